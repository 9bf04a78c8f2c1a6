#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The hand-written JSON Schemas of results against what `awai attack`, `risk`, `plan` and
# `rehearse` print with --json: on the use cases, with every option that changes the form, on small models
# that lack something. They accept it all, hold nothing that is never written, and refuse
# results that are spoilt (_schema.py).
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
AWAI_TODAY=2027-01-01
export AWAI_TODAY
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    echo "skip results: there is no python3-jsonschema"
    exit 0
fi
heater=usecases/gas-water-heater/model.yaml
mal=tests/corpus/mal/small.json
few_worlds='--worlds 500 --years 500 --outer 5 --inner 50'
mkdir "$TEST_TMP/attack" "$TEST_TMP/risk" "$TEST_TMP/plan" "$TEST_TMP/rehearse"

# A result into a file of its own. $1: command, $2: name, $3...: arguments. A plan that does
# not reach the target exits with 3, and has its JSON all the same.
result()
{
    command=$1 file=$2
    shift 2
    "$AWAI" "$command" "$@" --json >"$TEST_TMP/$command/$file.json" 2>"$TEST_TMP/err"
    status=$?
    if [ $status -ne 0 ] && [ "$command $status" != 'plan 3' ]; then
        not_ok "${command}_$file" "exit $status: $(head -n 1 "$TEST_TMP/err")"
    fi
}

# ---- models that lack something

# One without attackers and without money
cat >"$TEST_TMP/poor.yaml" <<'END_OF_MODEL'
awai: 1
system: {id: s, name: S}
applicant: firm
stakeholders:
  firm: {name: F, roles: [iot-user], target: {recovery: limited, economic: limited}}
zones: {net: {name: N, kind: internet, trust: none}}
components: {c: {name: C, kind: plc, zone: net}}
incidents:
  i: {name: I, threat: malware-infection, at: c, harms: {firm: {recovery: serious, economic: serious, because: B}}}
END_OF_MODEL

# One with two attackers, safety functions without a pfd or with one, no tolerable frequency
cat "$TEST_TMP/poor.yaml" - >"$TEST_TMP/functions.yaml" <<'END_OF_MODEL'
safety-functions:
  stated: {name: S, independent: true, against: [i], pfd: 0.2}
  unstated: {name: U, independent: true, against: [i]}
attackers:
  lazy: {name: L, origins: [internet], campaigns: 1, patience: 0.00001}
  keen: {name: K, origins: [internet], campaigns: {min: 1, mode: 2, max: 3}, patience: 30}
END_OF_MODEL

# One that is rehearsed, and whose levels no rule measures
sed '/^  levels:$/,$d' "$heater" >"$TEST_TMP/unmeasured.yaml"

# ---- attack

result attack poor "$TEST_TMP/poor.yaml" --trials 200
result attack one-world "$TEST_TMP/functions.yaml" --trials 1
result attack rare --mal "$mal" --entry Host:connect --target Host:own --trials 20 --rare
result attack target "$heater" --trials 200 --target cloud.access cloud.read --horizon 5
result attack auto "$heater" --trials auto --precision 0.9 --resolution 0.5
result attack mal --mal "$mal" --entry Host:connect --trials 200
result attack mal-target --mal "$mal" --entry Host:connect --target Host:own --trials 200 \
    --horizon 9
for i in 1 2; do
    "$AWAI" attack "$heater" --trials 200 --shard $i/2 >"$TEST_TMP/part-$i.json"
done
result attack merged "$heater" --trials 200 --merge "$TEST_TMP/part-1.json" \
    "$TEST_TMP/part-2.json"

# ---- risk

# shellcheck disable=SC2086 # several words, here and below
result risk poor "$TEST_TMP/poor.yaml" $few_worlds
# shellcheck disable=SC2086
result risk rehearsed "$heater" $few_worlds --rehearse 5
# shellcheck disable=SC2086
result risk functions "$TEST_TMP/functions.yaml" $few_worlds
"$AWAI" risk "$heater" --worlds 10000000 --threads 2 --json >"$TEST_TMP/risk/ended.json" \
    2>"$TEST_TMP/err" &
interrupt $!
has ended_early risk/ended.json '"stopped": true'

# ---- plan

result plan poor "$TEST_TMP/poor.yaml" --trials 0
cat "$TEST_TMP/poor.yaml" - >"$TEST_TMP/costless.yaml" <<'END_OF_MODEL'
measures:
  m: {name: M, requirement: safety-design, by: firm}
END_OF_MODEL
result plan costless "$TEST_TMP/costless.yaml" --trials 0
sed 's/status: decided/status: proposed/' "$heater" >"$TEST_TMP/written.yaml"
result plan written "$TEST_TMP/written.yaml" --trials 200 --write --owner me \
    --assume-cost '1 MJPY' --catalog-measures

# Ended during the worlds of the present, before any of the plan
"$AWAI" plan "$heater" --trials 10000000 --threads 1 --json >"$TEST_TMP/plan/ended.json" \
    2>"$TEST_TMP/err" &
interrupt $!
has ended_plan_has_its_measures plan/ended.json '"goal": "target"'
has_not ended_plan_has_no_shares plan/ended.json '"simulation"'

# ---- rehearse

# Each measure alone, and each demand, once; then what is ended, and one incident
result rehearse all "$heater" --runs 3 --matrix --compatibility
result rehearse one "$heater" --runs 5 --incident tampered-command --measures all --at 60
result rehearse unmeasured "$TEST_TMP/unmeasured.yaml" --runs 2
"$AWAI" rehearse "$heater" --runs 20000 --threads 2 --json >"$TEST_TMP/rehearse/ended.json" \
    2>"$TEST_TMP/err" &
interrupt $!
has ended_rehearsal rehearse/ended.json '"stopped": true'

# ---- the use cases

for model in usecases/*/model.yaml; do
    name=$(basename "$(dirname "$model")")
    result attack "$name" "$model" --trials 200
    result attack "$name-compare" "$model" --trials 200 --compare none all
    # shellcheck disable=SC2086
    result risk "$name" "$model" $few_worlds
    # shellcheck disable=SC2086
    result risk "$name-compare" "$model" $few_worlds --compare none all
    sed 's/^system:/system:\n  domain: road-vehicle/' "$model" >"$TEST_TMP/road.yaml"
    # shellcheck disable=SC2086
    result risk "$name-road" "$TEST_TMP/road.yaml" $few_worlds
    if grep -q '^rehearsal:' "$model"; then result rehearse "$name" "$model" --runs 2; fi
    result plan "$name" "$model" --trials 200 --pareto
    result plan "$name-budget" "$model" --trials 200 --budget '20 MJPY'
    result plan "$name-catalog" "$model" --trials 0 --keep-decided --catalog-measures \
        --assume-cost '1 MJPY'
done

# The work of a comparison is that of both sets. $1: file of an attack
visits() { sed -n 's/^ *"node_visits": \([0-9]*\).*/\1/p' "$TEST_TMP/attack/$1.json"; }
result attack none "$heater" --trials 200 --measures none
result attack none-twice "$heater" --trials 200 --compare none none
if [ "$(visits none-twice)" -eq $((2 * $(visits none))) ]; then ok work_of_both_sets; else
    not_ok work_of_both_sets "$(visits none-twice) is not twice $(visits none)"
fi

# ---- what the schemas say of them

schemas='schema/attack.schema.json schema/risk.schema.json schema/plan.schema.json
    schema/rehearse.schema.json'
# shellcheck disable=SC2086
python3 tests/cli/_schema.py sound $schemas
for command in attack risk plan rehearse; do
    schema=schema/$command.schema.json
    python3 tests/cli/_schema.py validate "$schema" "$TEST_TMP/$command"/*.json
    python3 tests/cli/_schema.py exact "$schema" "$TEST_TMP/$command"/*.json
done

# What a risk rests on or lacks: the codes of the table are those of the schema.
sed -n 's/^ *\[NOTE_.*{"\([a-z-]*\)", \([01]\), .*/\2 \1/p' src/risk/risk_json.c | sort \
    >"$TEST_TMP/notes"
python3 - >"$TEST_TMP/described" <<'END_OF_PROGRAM'
import json
defs = json.load(open("schema/risk.schema.json", encoding="utf-8"))["$defs"]
for is_gap, name in enumerate(("assumption", "gap")):
    for code in defs[name]["properties"]["code"]["enum"]:
        print(is_gap, code)
END_OF_PROGRAM
if [ -s "$TEST_TMP/notes" ] && sort "$TEST_TMP/described" | cmp -s - "$TEST_TMP/notes"; then
    ok risk_schema_knows_each_note
else not_ok risk_schema_knows_each_note "$(sort "$TEST_TMP/described" | diff - "$TEST_TMP/notes")"; fi
