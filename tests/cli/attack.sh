#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai attack: laws of its results on the use cases, and what a user meets: options, errors,
# an interrupted run, graphs of MAL. _attack.py reads the JSON.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
model=usecases/gas-water-heater/model.yaml
mal=tests/corpus/mal/small.json

# Runs into a file of $TEST_TMP. $1: file, $2...: arguments
into()
{
    file=$1
    shift
    "$AWAI" attack "$@" --json >"$TEST_TMP/$file" 2>"$TEST_TMP/err" || {
        not_ok "run_$file" "exit $?"
        head -n 5 "$TEST_TMP/err"
    }
}

# ---- what a user meets

exits no_file 2 "$AWAI" attack
has no_file_is_told err 'attack wants FILE'
exits no_entry 2 "$AWAI" attack --mal "$mal"
has no_entry_is_told err '--entry'
exits trials_are_a_number 2 "$AWAI" attack "$model" --trials many
exits threads_are_few 2 "$AWAI" attack "$model" --threads 257
exits horizon_is_positive 2 "$AWAI" attack "$model" --horizon 0
exits unknown_measure 1 "$AWAI" attack "$model" --measures decided,nothing
has unknown_measure_is_told err "'nothing'"
exits unknown_target 1 "$AWAI" attack "$model" --target cloud.nothing
exits unknown_step 1 "$AWAI" attack --mal "$mal" --entry Host:conect
has unknown_step_has_a_hint err "did you mean 'Host:connect'"
exits broken_graph 1 "$AWAI" attack --mal usecases/drone/model.yaml --entry a
has broken_graph_has_a_place err 'model.yaml:'
exits text 0 "$AWAI" attack "$model" --trials 500
has text_names_incidents out 'Unauthorized access to the cloud service'
has text_has_a_way out 'most frequent way of'
empty text_has_no_errors err
exits text_ja 0 "$AWAI" attack "$model" --trials 500 --lang ja
has text_ja_names_incidents out '試行500回'
exits targets 0 "$AWAI" attack "$model" --trials 500 --target cloud.access cloud.read --json
has targets_are_those out '"name": "cloud.read"'
has_not targets_are_no_others out '"name": "incident.cloud-intrusion"'
exits several_targets 0 "$AWAI" attack --mal "$mal" --entry Host:connect --target Host:own \
    --target Host:access Host:own --json
has several_targets_have_both out '"name": "Host:access"'

exits compare 0 "$AWAI" attack "$model" --trials 2000 --compare none decided
has compare_names_the_sets out 'measures: A none, B decided'
exits figures 0 "$AWAI" attack "$model" --trials 500 --compare none decided --svg "$TEST_TMP/figures"
has figure_times figures/times.svg 'class="figure figure-times"'
has figure_attacks figures/attacks.svg 'class="figure figure-attacks"'
# products of times: 2 days x 3 x a half, in the half of the worlds where it is possible at all
mkdir -p "$TEST_TMP/catalog"
cat >"$TEST_TMP/catalog/k.yaml" <<'END'
kinds:
  k:
    name: K
    extends: plc
    source: me
    steps:
      wait: {name: W, threat: malware-infection, from: [{step: origin.internet}], ttc: [{dist: constant, mean: 2, judgement: true,
        factors: [{dist: constant, mean: 3}, {dist: uniform, min: 0.5, max: 0.5}, {dist: bernoulli, p: 0.5}]}]}
END
cat >"$TEST_TMP/product.yaml" <<'END'
awai: 1
system: {id: s, name: S}
applicant: firm
stakeholders: {firm: {name: F, roles: [iot-user]}}
zones: {net: {name: N, kind: internet, trust: none}}
components: {c: {name: C, kind: k, zone: net}}
attackers: {a: {name: A, origins: internet, campaigns: 1, patience: 100}}
END
exits product 0 "$AWAI" attack "$TEST_TMP/product.yaml" --catalog "$TEST_TMP/catalog" \
    --target c.wait --trials 4000 --json
python3 - "$TEST_TMP/out" <<'END'
import json, sys
target = json.load(open(sys.argv[1], encoding="utf-8"))["targets"][0]
wrong = abs(target["probability"] - 0.5) > 0.04 or abs(target["ttc_days"]["p05"] - 3) > 0.1
print(f"not ok product_is_one: {target}" if wrong else "ok product_is_one")
END
exits compare_or_measures 2 "$AWAI" attack "$model" --measures all --compare none all
exits svg_of_a_shard 2 "$AWAI" attack "$model" --shard 1/2 --svg "$TEST_TMP/none"
exits compare_wants_two 2 "$AWAI" attack "$model" --compare none
for threads in 1 3; do
    "$AWAI" attack "$model" --trials 2000 --threads $threads --compare none decided --json |
        sed 's/"seconds": .*//' >"$TEST_TMP/compare-$threads"
done
if cmp -s "$TEST_TMP/compare-1" "$TEST_TMP/compare-3"; then ok compare_threads; else
    not_ok compare_threads 'results differ'
fi

# parts in any order are the whole, byte for byte
for i in 1 2 3 4; do
    "$AWAI" attack "$model" --trials 3001 --shard $i/4 --threads $i >"$TEST_TMP/part-$i.json"
done
"$AWAI" attack "$model" --trials 3001 --json | sed 's/"seconds": .*//' >"$TEST_TMP/whole"
"$AWAI" attack "$model" --trials 3001 --json --merge "$TEST_TMP"/part-3.json "$TEST_TMP"/part-1.json \
    "$TEST_TMP"/part-4.json "$TEST_TMP"/part-2.json | sed 's/"seconds": .*//' >"$TEST_TMP/merged"
if [ -s "$TEST_TMP/whole" ] && cmp -s "$TEST_TMP/whole" "$TEST_TMP/merged"; then ok parts_are_the_whole; else
    not_ok parts_are_the_whole 'results differ'
fi
sed 's/"reached": "[0-9]*"/"reached": "-1"/' "$TEST_TMP/part-1.json" >"$TEST_TMP/spoilt.json"
exits spoilt_part 1 "$AWAI" attack "$model" --trials 3001 --merge "$TEST_TMP/spoilt.json"
# as many trials as it takes: each interval is as narrow as was asked for
exits auto 0 "$AWAI" attack "$model" --trials auto --precision 0.2 --resolution 0.01 --json
cp "$TEST_TMP/out" "$TEST_TMP/auto.json"
exits auto_compare 0 "$AWAI" attack "$model" --trials auto --precision 0.5 --resolution 0.05 --compare none all

# what few worlds have reached is estimated on its own, near what many worlds say
exits rare 0 "$AWAI" attack "$model" --trials 2000 --rare --json
cp "$TEST_TMP/out" "$TEST_TMP/rare.json"
into many.json "$model" --trials 200000
exits rare_text 0 "$AWAI" attack "$model" --trials 2000 --rare
has rare_text_says_how out 'Rare, by multilevel splitting'

# a run that is interrupted ends well, and says how many trials it holds
"$AWAI" attack "$model" --trials 1000000000 --threads 2 --json >"$TEST_TMP/out" 2>"$TEST_TMP/err" &
interrupt $!
status=$?
if [ $status -eq 0 ]; then ok interrupted; else not_ok interrupted "exit $status"; fi
has interrupted_says_so out '"stopped": true'

# a node that is not there: the nearest that is, or where to find them
exits no_such_node 1 "$AWAI" attack usecases/distillation/model.yaml --target incident.data-laek
has nearest_node err "did you mean 'incident.data-leak'?"
exits nothing_like_it 1 "$AWAI" attack usecases/distillation/model.yaml --target zzz
has where_to_find_nodes err 'awai graph FILE --json'

# ---- laws, by the JSON

for case_name in drone distillation; do
    each=usecases/$case_name/model.yaml
    for threads in 1 2 5; do
        into "$case_name-threads-$threads.json" "$each" --trials 5000 --threads $threads
    done
    into "$case_name-seed.json" "$each" --trials 5000 --seed 2
    for set in none decided all; do
        into "$case_name-measures-$set.json" "$each" --trials 5000 --measures $set
    done
    into "$case_name-short.json" "$each" --trials 5000 --horizon 2
done
# the same model, its entries the other way round; JSON is YAML
"$(dirname "$AWAI")/tests/unit/schema" --json "$model" >"$TEST_TMP/model.json"
python3 - "$TEST_TMP/model.json" "$TEST_TMP/turned.yaml" <<'END'
import json, sys
model = json.load(open(sys.argv[1], encoding="utf-8"))
keep = ("system", "criteria")
turned = {k: dict(reversed(v.items())) if isinstance(v, dict) and k not in keep else v for k, v in reversed(model.items())}
json.dump(turned, open(sys.argv[2], "w", encoding="utf-8"))
END
into order-a.json "$model" --trials 3000
into order-b.json "$TEST_TMP/turned.yaml" --trials 3000
into mal.json --mal "$mal" --entry Host:connect --trials 40000
python3 tests/cli/_attack.py "$TEST_TMP"
