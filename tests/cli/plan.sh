#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai plan: what its results obey on the use cases and on a small system, writing a plan
# back, and what a user meets. _plan.py reads the JSON.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
AWAI_TODAY=2027-01-01
export AWAI_TODAY
if ! command -v python3 >/dev/null; then
    echo "skip plan: there is no python3"
    exit 0
fi

# ---- a small system

# What a plan is made of. $1: the file
small_model()
{
    cat >"$1" <<'END'
# a note at the top
awai: 1
system: {id: s, name: S}
applicant: firm
stakeholders:
  firm: {name: Firm, roles: [iot-user, service-provider], target: {recovery: limited, economic: limited}}
  maker: {name: Maker, roles: [device-maker], target: {recovery: limited, economic: none}}
zones:
  net: {name: Net, kind: internet}
components:
  cloud: {name: Cloud, kind: cloud-service, zone: net}
  plc: {name: PLC, kind: plc, zone: net, physical-effect: moves}
flows:
  command: {from: cloud, to: plc, protocol: modbus-tcp, carrier: internet}
incidents:
  hit:
    name: Hit
    threat: data-tampering
    at: command
    harms:
      firm: {recovery: fatal, economic: serious, because: so}
      maker: {recovery: none, economic: serious, because: so}
  stop:
    name: Stop
    threat: denial-of-service
    at: plc
    harms:
      firm: {recovery: none, economic: serious, because: so}
measures:
  # kept as it is
  dear:
    name: Dear          # and this
    requirement: safety-design
    by: maker
    status: proposed    # once
    cost: 5 MJPY
    limits: [{incident: hit, recovery: limited, economic: none, because: so}]
  cheap:
    name: Cheap
    requirement: safety-design
    by: firm
    cost: 1 MJPY
    limits: [{incident: hit, recovery: none, economic: none, because: so}]
    requires: ground
  ground: {name: Ground, requirement: safety-design, by: firm, cost: 2 MJPY, conflicts: [idle]}
  idle: {name: Idle, requirement: safety-design, by: firm, cost: 0 JPY}
  stopper: {name: Stopper, requirement: safety-design, by: maker, status: "proposed", cost: 300 kJPY, limits: [{incident: stop, recovery: none, economic: limited, because: so}]}
  free:
    name: Free
    requirement: safety-design
    by: firm
    limits: [{incident: hit, recovery: none, economic: none, because: so}]
# the end
END
}

# A value of the JSON in out. $1: name, $2: expression of Python over d, $3: its value
is()
{
    got=$(python3 -c "import json; d = json.load(open('$TEST_TMP/out')); print($2)" 2>&1)
    if [ "$got" = "$3" ]; then ok "$1"; else not_ok "$1" "$2 is $got, not $3"; fi
}

small=$TEST_TMP/small.yaml
small_model "$small"
chosen="sorted(m['measure'] for m in d['measures'])"
exits small 0 "$AWAI" plan "$small" --trials 500 --json
is small_chosen "$chosen" "['cheap', 'ground', 'stopper']"
is small_cost "d['plan']['cost']" 3300000.0
is small_target "[d['plan']['above_target'], d['result']]" "[0, 'proven']"
is small_costless "d['without_cost']" "['free']"
is small_order "[m['measure'] for m in d['measures']].index('ground') < [m['measure'] for m in d['measures']].index('cheap')" True
is small_trials "[d['simulation']['trials'], len(d['simulation']['incidents'])]" "[500, 2]"
exits free_is_assumed 0 "$AWAI" plan "$small" --trials 0 --assume-cost '100 kJPY' --json
is free_is_chosen "$chosen" "['free', 'stopper']"
is no_simulation "'simulation' in d" False
exits budget 0 "$AWAI" plan "$small" --trials 0 --budget '1 MJPY' --json
is budget_chosen "$chosen" "['stopper']"
is budget_left "d['plan']['above_target'] > 0 and d['result']" proven
exits front 0 "$AWAI" plan "$small" --trials 0 --pareto --json
is front_is_whole "d['front_is_whole']" True
is front_costs "[p['cost'] for p in d['front']]" "[0, 300000, 3000000.0, 3300000.0]"
exits text 0 "$AWAI" plan "$small" --trials 500 --pareto
has text_says_how_many out '3 of 5 candidates for 3.3 MJPY bring everyone within the target'
has text_asks_the_maker out 'to be asked of Maker'
has text_explains out 'without it'
has text_requires out 'required by cheap'
has text_names_the_costless out 'free'
exits text_ja 0 "$AWAI" plan "$small" --trials 500 --lang ja
has text_ja_says_how_many out '対策3件(候補5件中)、330万円で、全員が目標水準に収まる'

# ---- writing it back

# Runs --write on $2. $1: name, $3...: options
writes()
{
    what=$1 file=$2
    shift 2
    cp "$file" "$TEST_TMP/before"
    exits "$what" 0 "$AWAI" plan "$file" --trials 0 --write "$@"
    cp "$TEST_TMP/out" "$TEST_TMP/said"
    exits "${what}_reads_back" 0 "$AWAI" check "$file"
    diff "$TEST_TMP/before" "$file" | grep '^[<>]' >"$TEST_TMP/changes"
}

chmod 640 "$small"
ln -s small.yaml "$TEST_TMP/link.yaml"
writes write "$TEST_TMP/link.yaml" --owner 'The "head"'
has write_says_what said 'measures decided 3'
cat >"$TEST_TMP/expected" <<'END'
>     status: decided
<   ground: {name: Ground, requirement: safety-design, by: firm, cost: 2 MJPY, conflicts: [idle]}
>   ground: {status: decided, name: Ground, requirement: safety-design, by: firm, cost: 2 MJPY, conflicts: [idle]}
<   stopper: {name: Stopper, requirement: safety-design, by: maker, status: "proposed", cost: 300 kJPY, limits: [{incident: stop, recovery: none, economic: limited, because: so}]}
>   stopper: {name: Stopper, requirement: safety-design, by: maker, status: "decided", cost: 300 kJPY, limits: [{incident: stop, recovery: none, economic: limited, because: so}]}
> decisions:
>   plan-hit:
>     subject: "incident:hit"
>     treatment: reduce
>     reason: {en: "Plan of 2027-01-01 (awai plan): ground, cheap.", ja: "2027-01-01の計画（awai plan）: ground, cheap"}
>     date: 2027-01-01
>     owner: "The \"head\""
>   plan-stop:
>     subject: "incident:stop"
>     treatment: reduce
>     reason: {en: "Plan of 2027-01-01 (awai plan): stopper.", ja: "2027-01-01の計画（awai plan）: stopper"}
>     date: 2027-01-01
>     owner: "The \"head\""
END
if cmp -s "$TEST_TMP/expected" "$TEST_TMP/changes"; then ok write_changes_only_this; else
    not_ok write_changes_only_this "$(diff "$TEST_TMP/expected" "$TEST_TMP/changes" | head -n 4)"
fi
if [ -L "$TEST_TMP/link.yaml" ]; then ok write_keeps_the_link; else
    not_ok write_keeps_the_link "it is a file"
fi
if [ "$(stat -c %a "$small")" = 640 ]; then ok write_keeps_permissions; else
    not_ok write_keeps_permissions "$(stat -c %a "$small")"
fi
cp "$small" "$TEST_TMP/once"
exits write_again 0 "$AWAI" plan "$small" --trials 0 --write
if cmp -s "$small" "$TEST_TMP/once"; then ok write_again_changes_nothing; else
    not_ok write_again_changes_nothing "$(diff "$small" "$TEST_TMP/once" | head -n 3)"
fi
exits written_is_within 0 "$AWAI" plan "$small" --trials 0 --keep-decided --json
is nothing_more_is_chosen "[$chosen, d['plan']['cost']]" "[[], 0]"

small_model "$TEST_TMP/crlf.yaml"
sed -i 's/$/\r/' "$TEST_TMP/crlf.yaml"
writes crlf "$TEST_TMP/crlf.yaml"
if grep -qv "$(printf '\r')\$" "$TEST_TMP/crlf.yaml"; then
    not_ok crlf_stays "$(grep -v "$(printf '\r')\$" "$TEST_TMP/crlf.yaml" | head -n 2)"
else ok crlf_stays; fi

# JSON is YAML in flow style
python3 - "$TEST_TMP" <<'END'
import json, sys
level = {"recovery": "limited", "economic": "limited"}
measure = {"name": "M", "requirement": "safety-design", "by": "firm", "cost": "1 EUR",
           "limits": [{"incident": "hit", **level, "because": "so"}]}
model = {
    "awai": 1, "system": {"id": "s", "name": "S"}, "applicant": "firm",
    "stakeholders": {"firm": {"name": "F", "roles": ["iot-user"], "target": level}},
    "zones": {"net": {"name": "N", "kind": "internet"}},
    "components": {"plc": {"name": "P", "kind": "plc", "zone": "net"}},
    "incidents": {"hit": {"name": "H", "threat": "denial-of-service", "at": "plc",
                          "harms": {"firm": {"recovery": "fatal", "economic": "none",
                                             "because": "so"}}}},
    "measures": {"m": measure},
}
json.dump(model, open(sys.argv[1] + "/model.json", "w"), ensure_ascii=False)
END
writes json "$TEST_TMP/model.json"
if python3 -c "import re,sys; sys.exit(0 if 'status: decided, ' in open('$TEST_TMP/model.json').read() else 1)"; then
    ok json_is_decided
else not_ok json_is_decided "$(head -c 200 "$TEST_TMP/model.json")"; fi

# What stands elsewhere, or is an alias, is left as it is.
mkdir "$TEST_TMP/parts"
small_model "$TEST_TMP/whole"
sed -n '/^measures:/,$p' "$TEST_TMP/whole" >"$TEST_TMP/parts/measures.yaml"
{
    sed '/^measures:/,$d' "$TEST_TMP/whole"
    echo 'include: [measures.yaml]'
} >"$TEST_TMP/parts/model.yaml"
cp "$TEST_TMP/parts/model.yaml" "$TEST_TMP/before"
exits included 1 "$AWAI" plan "$TEST_TMP/parts/model.yaml" --trials 0 --write
has included_is_told err 'stands in another file'
if cmp -s "$TEST_TMP/parts/model.yaml" "$TEST_TMP/before"; then ok included_left; else
    not_ok included_left changed
fi
sed 's/status: proposed .*/status: \&s proposed/; s/status: "proposed"/status: *s/' "$TEST_TMP/whole" \
    >"$TEST_TMP/alias.yaml"
cp "$TEST_TMP/alias.yaml" "$TEST_TMP/before"
exits alias 1 "$AWAI" plan "$TEST_TMP/alias.yaml" --trials 0 --write
has alias_is_told err 'cannot be edited'
if cmp -s "$TEST_TMP/alias.yaml" "$TEST_TMP/before"; then ok alias_left; else
    not_ok alias_left changed
fi
if ls "$TEST_TMP" | grep -q part$; then not_ok nothing_is_left_beside "$(ls "$TEST_TMP")"; else
    ok nothing_is_left_beside
fi

# ---- what a user meets

exits no_file 2 "$AWAI" plan
exits two_goals 2 "$AWAI" plan "$small" --to-target --budget '1 JPY'
exits budget_is_money 2 "$AWAI" plan "$small" --budget much
exits budget_in_another_currency 1 "$AWAI" plan "$small" --budget '1 EUR'
has both_currencies_are_told err 'the cost of --budget is in EUR, others are in JPY'
sed 's/requires: ground/requires: grond/' "$TEST_TMP/whole" >"$TEST_TMP/wrong.yaml"
exits unknown_measure 1 "$AWAI" check "$TEST_TMP/wrong.yaml"
has unknown_measure_is_told err grond
sed '/conflicts/s/\[idle\]/[cheap]/; s/cost: 5 MJPY//' \
    "$TEST_TMP/whole" >"$TEST_TMP/excluded.yaml"
exits excluded 3 "$AWAI" plan "$TEST_TMP/excluded.yaml" --trials 0
has excluded_is_told err 'no choice among the candidates'
has excluded_says_why out 'some exclude each other'
small_model "$TEST_TMP/all"
sed '/^  stopper:/d' "$TEST_TMP/all" >"$TEST_TMP/hopeless.yaml"
exits hopeless 3 "$AWAI" plan "$TEST_TMP/hopeless.yaml" --trials 0
has hopeless_says_what_is_left out 'No candidate cuts these ways'

# ---- the use cases

exits front 0 "$AWAI" plan usecases/drone/model.yaml --trials 0 --svg "$TEST_TMP/figures"
has front_is_drawn figures/front.svg 'class="figure figure-front"'
has front_shows_the_plan figures/front.svg '>the plan<'

for model in usecases/*/model.yaml; do
    name=$(basename "$(dirname "$model")")
    for wish in '' '--keep-decided' '--assume-cost 1MJPY --catalog-measures'; do
        # shellcheck disable=SC2086 # several words
        "$AWAI" plan "$model" --trials 200 --pareto --json $wish \
            >"$TEST_TMP/$name.json" 2>"$TEST_TMP/err"
        status=$?
        if [ -z "$wish" ] && [ $status -ne 0 ]; then
            not_ok "${name}_reaches_the_target" "exit $status"
        elif [ $status -ne 0 ] && [ $status -ne 3 ]; then
            not_ok "$name" "exit $status: $(head -n 1 "$TEST_TMP/err")"
        fi
        python3 tests/cli/_plan.py "$AWAI" "$model" "$TEST_TMP/$name.json" $wish
    done
    cp "$model" "$TEST_TMP/$name.yaml"
    writes "${name}_write" "$TEST_TMP/$name.yaml" --budget '100 MJPY' --assume-cost '1 MJPY' \
        --catalog-measures
    if grep -v 'status: proposed$' "$TEST_TMP/changes" | grep -q '^<'; then
        not_ok "${name}_only_adds" "$(grep '^<' "$TEST_TMP/changes" | head -n 2)"
    else ok "${name}_only_adds"; fi
done
