#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The page of risk and what it asks the API for, by curl: its numbers are those of
# `awai risk` and `awai plan`; more measures never cost a stakeholder more, as the worlds
# are the same; sets that cannot be read are told; a set that is adopted is a version in
# which these measures are decided, and nothing else has changed.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
if ! command -v curl >/dev/null || ! command -v python3 >/dev/null; then
    echo 'skip riskpage: there is no curl or no python3'
    exit 0
fi

# Asks; what came lies in out. $1: name, $2: status, $3: path, $4...: more for curl
asks()
{
    name=$1 expected=$2 path=$3
    shift 3
    status=$(curl -s -g -m 120 -o "$TEST_TMP/out" -D "$TEST_TMP/head" -w '%{http_code}' \
        "$@" "$url$path" 2>"$TEST_TMP/err")
    if [ "$status" = "$expected" ]; then ok "$name"; else
        not_ok "$name" "$status, not $expected: $path"
        show
    fi
}

serve --db "$TEST_TMP/a.db"
if [ -z "$url" ]; then
    not_ok starts "$(cat "$TEST_TMP/log")"
    exit 1
fi
api=/api/v1/systems

# ---- the numbers of the command line

for system in gas-water-heater drone warehouse-agv distillation welding-robot \
    condition-monitoring; do
    model=usecases/$system/model.yaml
    asks "risk_$system" 200 "$api/$system/risk?measures=decided&worlds=1500&years=3000"
    cp "$TEST_TMP/out" "$TEST_TMP/page.json"
    "$AWAI" risk "$model" --measures decided --worlds 1500 --years 3000 --outer 2 --inner 1 \
        --json >"$TEST_TMP/risk.json"
    "$AWAI" assess "$model" --json >"$TEST_TMP/assess.json"
    asks "plan_$system" 200 "$api/$system/plan"
    cp "$TEST_TMP/out" "$TEST_TMP/plan.json"
    "$AWAI" plan "$model" --pareto --trials 0 --json >"$TEST_TMP/planned.json"
    asks "page_$system" 200 "/systems/$system/risk?measures=decided&worlds=1500&years=3000"
    python3 tests/cli/_riskpage.py same "$system" "$TEST_TMP"
done

# Sets that are come to one from the other, as on the page, against runs of their own.
previous=decided
for change in -m-safety-functions m-safety-functions,-m-design-review none all; do
    asks "toggled_$change" 200 \
        "$api/gas-water-heater/risk?worlds=1200&years=1000&measures=$previous,$change"
    cp "$TEST_TMP/out" "$TEST_TMP/page.json"
    "$AWAI" risk usecases/gas-water-heater/model.yaml --measures="$previous,$change" \
        --worlds 1200 --years 1000 --outer 2 --inner 1 --json >"$TEST_TMP/risk.json" \
        2>/dev/null
    python3 tests/cli/_riskpage.py risk "toggled_$change" "$TEST_TMP"
done

# What each measure saves: of those in play as the command line has it.
asks drivers 200 "$api/drone/risk?measures=decided&worlds=800&years=500&drivers=true"
cp "$TEST_TMP/out" "$TEST_TMP/page.json"
"$AWAI" risk usecases/drone/model.yaml --measures decided --worlds 800 --years 500 \
    --outer 100 --inner 200 --json >"$TEST_TMP/risk.json"
python3 tests/cli/_riskpage.py drivers drivers "$TEST_TMP"

# ---- more measures, no more loss

python3 tests/cli/_riskpage.py monotone monotone "$url" drone welding-robot

# ---- what cannot be read

asks unknown_measure 422 "$api/drone/risk?measures=decided,nonsense"
has unknown_is_told out 'nonsense'
asks unknown_measure_page 422 '/systems/drone/risk?measures=nonsense'
has unknown_is_a_page out '<!DOCTYPE html>'
asks markup_in_measure 422 '/systems/drone/risk?measures=%3Cscript%3E'
has_not markup_is_text out '<script>'
asks long_measure 422 "$api/drone/risk?measures=$(printf '%01000d' 7)"
has long_is_not_told out "'?' begins"
asks empty_word 422 "$api/drone/risk?measures=decided,,none"
asks no_utf8 400 "$api/drone/risk?measures=%FF"
asks no_worlds 400 "$api/drone/risk?worlds=0"
has worlds_are_told out "the parameter 'worlds' cannot be '0'"
has range_is_told out 'a whole number from 1 to 50000'
asks many_worlds 400 "$api/drone/risk?worlds=50001"
asks odd_worlds 400 "$api/drone/risk?worlds=1e3"
asks odd_years 400 "$api/drone/risk?years=-1"
asks no_worlds_page 400 '/systems/drone/risk?worlds=0'
has page_tells_the_range out 'a whole number from 1 to 50000'
asks odd_drivers 400 "$api/drone/risk?drivers=1"
asks no_system 404 "$api/none/risk"
asks no_plan 404 "$api/none/plan"
asks boxes 200 '/systems/drone/risk?measures=none&measures=c-parachute&worlds=50'
has box_is_ticked out 'value="c-parachute" checked'
if [ "$(grep -o ' checked>' "$TEST_TMP/out" | wc -l)" = 1 ]; then ok one_box; else
    not_ok one_box "$(grep -c ' checked>' "$TEST_TMP/out")"
fi
has_not no_inline_style out ' style='
has_not no_inline_script out '<script>'
asks bound_of_target 200 '/systems/gas-water-heater/risk?worlds=200&years=2000'
has curves_show_the_bound out '>target</text>'
has trades_can_be_picked out '<g data-trade="1">'
has set_is_in_the_picture out '<g data-here="">'
asks japanese 200 '/systems/drone/risk?lang=ja&worlds=50'
has page_in_japanese out '損失超過曲線'

# A model without attackers, money and measures has its page, too.
printf '%s\n' 'awai: 1' 'system: {id: s, name: S}' 'applicant: firm' 'stakeholders:' \
    '  firm: {name: F, roles: [iot-user], target: {recovery: limited, economic: limited}}' \
    'zones: {net: {name: N, kind: internet, trust: none}}' \
    'components: {c: {name: C, kind: plc, zone: net}}' 'incidents:' \
    '  i: {name: I, threat: malware-infection, at: c, harms: {firm: {recovery: serious, economic: serious, because: B}}}' \
    >"$TEST_TMP/poor.yaml"
asks poor_is_saved 201 "$api?slug=poor" -X POST -H 'Content-Type: application/yaml' \
    --data-binary "@$TEST_TMP/poor.yaml"
asks poor_page 200 /systems/poor/risk
asks poor_api 200 "$api/poor/risk"
asks poor_plan 200 "$api/poor/plan"
asks poor_drivers 200 '/systems/poor/risk?drivers=1'

# ---- adopting

adopt()
{
    name=$1 expected=$2 match=$3 body=$4
    asks "$name" "$expected" "$api/gas-water-heater/adopt" -X POST \
        -H 'Content-Type: application/json' ${match:+-H "If-Match: \"$match\""} -d "$body"
}

adopt adopt_needs_base 428 '' '{"measures": []}'
adopt adopt_unknown 422 1 '{"measures": ["nonsense"]}'
adopt adopt_malformed 400 1 '{"measures": '
adopt adopt_no_list 400 1 '{"measures": "all"}'
adopt adopt_odd_list 400 1 '{"measures": [1]}'
adopt adopt_odd_reason 400 1 '{"measures": [], "reason": 1}'
adopt adopt_stale 412 7 '{"measures": []}'
asks adopt_type 415 "$api/gas-water-heater/adopt" -X POST -d 'measures=none' -H 'If-Match: "1"'
asks adopt_origin 403 "$api/gas-water-heater/adopt" -X POST -H 'Content-Type: application/json' \
    -H 'If-Match: "1"' -H 'Origin: http://example.org' -d '{"measures": []}'
asks nothing_is_saved 200 "$api/gas-water-heater/versions"
has_not still_one_version out '"version": 2'
asks words_as_decided 200 "$api/gas-water-heater/risk?measures=decided&worlds=50"
python3 -c 'import json, sys
print(json.dumps({"measures": json.load(open(sys.argv[1]))["chosen"]}))' "$TEST_TMP/out" \
    >"$TEST_TMP/decided.json"
adopt adopt_what_is_decided 200 1 "$(cat "$TEST_TMP/decided.json")"
has nothing_new out '"version": 1'
adopt adopt_two 200 1 \
    '{"measures": ["m-safety-functions", "c-pseudonyms-in-cloud"], "reason": "The cheapest <two>"}'
has adopted_version out '"version": 2'
asks adopted_model 200 "$api/gas-water-heater/model"
cp "$TEST_TMP/out" "$TEST_TMP/adopted.yaml"
python3 tests/cli/_riskpage.py adopted adopted usecases/gas-water-heater/model.yaml \
    "$TEST_TMP/adopted.yaml" m-safety-functions c-pseudonyms-in-cloud
exits adopted_is_sound 0 "$AWAI" check "$TEST_TMP/adopted.yaml"
asks adopted_why 200 "$api/gas-water-heater/versions"
has reason_is_kept out 'The cheapest <two>'
asks default_is_decided 200 "$api/gas-water-heater/risk?worlds=50"
python3 -c 'import json, sys
chosen = json.load(open(sys.argv[1]))["chosen"]
print("ok decided_are_two" if sorted(chosen) == ["c-pseudonyms-in-cloud", "m-safety-functions"]
      else f"not ok decided_are_two: {chosen}")' "$TEST_TMP/out"
asks form_adopts 303 '/systems/drone/risk?lang=ja' -d 'measures=none&base=1&why='
has form_goes_back head 'Location: /systems/drone/risk?lang=ja&adopted=2'
asks adopted_is_told 200 '/systems/drone/risk?adopted=2&worlds=50'
has notice_of_adopted out 'version 2 has these measures decided'
asks not_adopted 200 '/systems/drone/risk?adopted=9&worlds=50'
has_not no_notice out 'has these measures decided'
asks form_conflict 409 /systems/drone/risk -d 'measures=all&base=1&why=kept'
has form_conflict_keeps_reason out 'value="kept"'
asks form_without_base 428 /systems/drone/risk -d 'measures=all'
asks why_of_form 200 "$api/drone/versions"
has changes_are_why out '"why": "-m-legal-duties, '

# ---- several at once

for i in 1 2 3 4 5 6; do
    curl -s -m 120 -o "$TEST_TMP/at$i" \
        "$url$api/warehouse-agv/risk?worlds=700&years=500&measures=all&drivers=true" &
    curl -s -m 120 -o "$TEST_TMP/quick$i" \
        "$url$api/warehouse-agv/risk?worlds=700&years=500&measures=decided" &
    eval "first$i=\$!"
done
# shellcheck disable=SC2154
for pid in "$first1" "$first2" "$first3" "$first4" "$first5" "$first6"; do wait "$pid"; done
python3 tests/cli/_riskpage.py together together "$TEST_TMP"/quick*
# More systems than desks are kept, twice each: none waits for ever, none loses its desk.
pids=
for system in gas-water-heater drone warehouse-agv distillation welding-robot \
    condition-monitoring poor; do
    for i in 1 2; do
        curl -s -m 120 -o "$TEST_TMP/many-$system-$i" -w '%{http_code}\n' \
            "$url$api/$system/risk?worlds=60&years=60&measures=all" \
            >"$TEST_TMP/many-status-$system-$i" &
        pids="$pids $!"
    done
done
for pid in $pids; do wait "$pid"; done
if [ "$(cat "$TEST_TMP"/many-status-* | sort | uniq -c | tr -s ' ')" = ' 14 200' ]; then
    ok all_desks
else not_ok all_desks "$(cat "$TEST_TMP"/many-status-*)"; fi
for system in drone poor; do
    python3 tests/cli/_riskpage.py together "desk_of_$system" "$TEST_TMP/many-$system"-[12]
done
kill -TERM "$server"
wait "$server"
status=$?
if [ $status -eq 0 ]; then ok ends_well; else not_ok ends_well "exit $status"; fi
