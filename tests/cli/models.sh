#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Models of other tools: Open Threat Model and OWASP Threat Dragon. What is exported is
# valid by their schemas (tests/data/exchange), and an export as OTM read back is the same
# model, for every use case. Of what is imported, all that has no place is told. Files made
# to do harm are refused.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
AWAI_TODAY=2027-01-01
export AWAI_TODAY
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    echo "skip models: there is no python3-jsonschema"
    exit 0
fi
data=tests/data/exchange

# ---- there and back

for name in gas-water-heater drone warehouse-agv distillation welding-robot \
    condition-monitoring; do
    model=usecases/$name/model.yaml
    for lang in en ja; do
        exits "otm_${name}_$lang" 0 "$AWAI" export $model --lang $lang -o "$TEST_TMP/x.otm.json"
        exits "otm_valid_${name}_$lang" 0 python3 tests/cli/_valid.py $data/otm.schema.json \
            "$TEST_TMP/x.otm.json"
        exits "otm_back_${name}_$lang" 0 "$AWAI" import "$TEST_TMP/x.otm.json" -o "$TEST_TMP/back.yaml"
        exits "otm_diff_${name}_$lang" 0 "$AWAI" diff $model "$TEST_TMP/back.yaml"
        has "otm_same_${name}_$lang" out 'The two models mean the same.'
    done
    exits "td_$name" 0 "$AWAI" export $model --to threat-dragon -o "$TEST_TMP/x.td.json"
    has "td_told_$name" err 'threat-dragon: warning: adoptions'
    exits "td_valid_$name" 0 python3 tests/cli/_valid.py $data/threat-dragon.schema.json \
        "$TEST_TMP/x.td.json"
    exits "td_back_$name" 0 "$AWAI" import "$TEST_TMP/x.td.json" -o "$TEST_TMP/back.yaml"
    exits "td_checks_$name" 0 "$AWAI" check "$TEST_TMP/back.yaml"
done
# names, zones and ends are the same after a way through Threat Dragon
"$AWAI" check "$TEST_TMP/back.yaml" >/dev/null 2>&1
for word in 'within: ' 'encrypted: true' 'carrier: internet' 'threat: data-tampering'; do
    has "td_has $word" back.yaml "$word"
done
# a name that another tool changes is taken over, the rest stays
"$AWAI" new "$TEST_TMP/lock" >/dev/null
# positions come back as they were given; what was laid out comes back without, unless
# another tool has moved it
sed 's/kind: door-lock/kind: door-lock\n    position: {x: -120.5, y: 40}/' "$TEST_TMP/lock/model.yaml" \
    >"$TEST_TMP/placed.yaml"
exits placed_otm 0 "$AWAI" export "$TEST_TMP/placed.yaml" -o "$TEST_TMP/x.otm.json"
exits placed_otm_back 0 "$AWAI" import "$TEST_TMP/x.otm.json" -o "$TEST_TMP/back.yaml"
exits placed_otm_diff 0 "$AWAI" diff "$TEST_TMP/placed.yaml" "$TEST_TMP/back.yaml"
has placed_otm_same out 'The two models mean the same.'
exits placed_otm_valid 0 python3 tests/cli/_valid.py $data/otm.schema.json "$TEST_TMP/x.otm.json"
python3 - "$TEST_TMP/x.otm.json" >"$TEST_TMP/y.json" <<'END'
import json, sys
model = json.load(open(sys.argv[1]))
for c in model["components"]:
    if c["id"] == "router":
        c["representations"][0]["position"] = {"x": 777, "y": 0.5}
print(json.dumps(model))
END
exits moved_otm 0 "$AWAI" import "$TEST_TMP/y.json" -o "$TEST_TMP/back.yaml"
exits moved_otm_diff 0 "$AWAI" diff "$TEST_TMP/placed.yaml" "$TEST_TMP/back.yaml"
has moved_otm_x out 'position.x: 777'
[ "$(grep -c position.x "$TEST_TMP/out")" -eq 1 ] && ok moved_otm_alone || not_ok moved_otm_alone "$(cat "$TEST_TMP/out")"
exits placed_td 0 "$AWAI" export "$TEST_TMP/placed.yaml" --to threat-dragon -o "$TEST_TMP/x.td.json"
exits placed_td_back 0 "$AWAI" import "$TEST_TMP/x.td.json" -o "$TEST_TMP/back.yaml"
python3 - "$TEST_TMP/x.td.json" "$TEST_TMP/back.yaml" >"$TEST_TMP/out" <<'END'
import json, re, sys
cells = json.load(open(sys.argv[1]))["detail"]["diagrams"][0]["cells"]
drawn = sorted((c["position"]["x"], c["position"]["y"]) for c in cells if c["shape"] in ("actor", "process", "store"))
text = open(sys.argv[2]).read()
mine = sorted((float(x), float(y)) for x, y in re.findall(r"position:\s*\{?\s*x: (\S+?),?\s+y: ([-\d.]+)", text))
print("same" if drawn == mine else (drawn, mine), (-120.5, 40) in drawn)
END
has placed_td_same out 'same True'
for at in '{"x": 1e999, "y": 1}' '{"x": "a", "y": 1}' '{"x": 1}' '[1, 2]' '{"x": 100001, "y": 0}' '"{x: 1, y: 2}"'; do
    python3 - "$TEST_TMP/x.otm.json" "$at" >"$TEST_TMP/y.json" <<'END'
import json, sys
model = json.load(open(sys.argv[1]))
model["components"][0]["representations"][0]["position"] = "HERE"
print(json.dumps(model).replace('"HERE"', sys.argv[2]))
END
    exits "odd_position $at" 0 "$AWAI" import "$TEST_TMP/y.json" -o "$TEST_TMP/back.yaml"
    exits "odd_position $at is a model" 0 "$AWAI" check "$TEST_TMP/back.yaml"
done
# the drawing has it there: left of what is laid out, and says nothing
exits placed_is_drawn 0 "$AWAI" report "$TEST_TMP/placed.yaml" --figure configuration -o "$TEST_TMP/p.svg" --lang en
has_not placed_says_nothing p.svg 'Moved from'
sed 's/kind: home-router,/kind: home-router, position: {x: -120.5, y: 40},/' "$TEST_TMP/placed.yaml" >"$TEST_TMP/same.yaml"
exits same_place 0 "$AWAI" report "$TEST_TMP/same.yaml" --figure configuration -o "$TEST_TMP/p.svg" --lang en
has same_place_is_told p.svg 'Moved from the place given, so that none overlaps: 1.'
exits same_place_ja 0 "$AWAI" report "$TEST_TMP/same.yaml" --figure configuration -o "$TEST_TMP/p.svg" --lang ja
has same_place_is_told_ja p.svg '指定された位置からずらした要素：1'
exits same_place_td 0 "$AWAI" export "$TEST_TMP/same.yaml" --to threat-dragon -o "$TEST_TMP/x.td.json"
has same_place_td_is_told err 'components: position'

"$AWAI" export "$TEST_TMP/lock/model.yaml" -o "$TEST_TMP/x.otm.json" >/dev/null 2>&1
sed 's/"name": "Door lock"/"name": "Front door"/' "$TEST_TMP/x.otm.json" >"$TEST_TMP/y.json"
"$AWAI" import "$TEST_TMP/y.json" -o "$TEST_TMP/y.yaml" >/dev/null 2>&1
"$AWAI" diff "$TEST_TMP/lock/model.yaml" "$TEST_TMP/y.yaml" >"$TEST_TMP/out"
has renamed out 'name.en: Door lock → Front door'
grep -c '~' "$TEST_TMP/out" >"$TEST_TMP/count"
has renamed_only count 2

# ---- what is imported

exits valid_otm_sample 0 "$AWAI" import $data/shop.otm.yaml -o "$TEST_TMP/m.yaml"
for place in 'project: warning: cmdb ' "project: warning: the owner's contact" 'project: warning: tags' \
    'trustZones[0]: warning: Internet is taken as kind: internet' \
    'assets[0]: warning: the risk of the asset' 'components[1]: warning: web-service is taken as web-portal' \
    'components[2]: warning: that it is within another component' \
    'dataflows[0]: warning: bidirectional is taken as order-back' 'threats[0]: warning: CWE numbers' \
    'threats[0]: warning: likelihood and impact' 'threats[1]: warning: Deniable order is not carried over' \
    'threats[2]: warning: Nowhere is not carried over' 'mitigations[0]: warning: Sign orders' \
    'representations: warning: ' 'otmVersion: warning: 0.1.0 is taken as 0.2.0'; do
    has "otm: $place" err "shop.otm.yaml: $place"
done
exits otm_sample_checks 0 "$AWAI" check "$TEST_TMP/m.yaml"
for line in '  internet:' '    trust: none' '    within: cellar' '  t1:' '    at: [till]' \
    '  order-back:' '    kind: database-server' '    zone: rack' '茶葉の在庫'; do
    has "otm_model: $line" m.yaml "$line"
done
exits valid_td_sample 0 "$AWAI" import $data/shop.td.json -o "$TEST_TMP/m.yaml"
for place in 'diagrams[0].cells[2]: warning: Fence' 'diagrams[0].cells[3]: warning: providesAuthentication' \
    'diagrams[0].cells[4]: warning: Denied is not carried over' 'diagrams[0].cells[5]: warning: isALog' \
    'diagrams[0].cells[7]: warning: carrier pigeon' 'diagrams[0].cells[8]: warning: Loose' \
    'diagrams[0].cells[6]: warning: isBidirectional is taken as command-back' \
    'threats: warning: severity and score' 'threats: warning: that some are mitigated' \
    'detail: warning: contributors and reviewer' 'diagrams: warning: ' 'diagrams[1]: warning: a diagram of Threat Dragon 1'; do
    has "td: $place" err "shop.td.json: $place"
done
exits td_sample_checks 0 "$AWAI" check "$TEST_TMP/m.yaml"
for line in '    within: site' '    zone: cell' '    zone: site' '    zone: unplaced' '  operator-at-night:' \
    '    out-of-scope: "kept elsewhere"' '    protocol: https' '  forged-command:' '    notes:' '    at: [line]'; do
    has "td_model: $line" m.yaml "$line"
done
exits json 0 "$AWAI" import $data/shop.td.json -o "$TEST_TMP/m.yaml" --json
has json_left_out out '"place": "tests/data/exchange/shop.td.json: diagrams[0].cells[2]"'
exits export_json 0 "$AWAI" export usecases/drone/model.yaml --to otm -o "$TEST_TMP/x.json" --json
has export_json_left_out out '"left_out": ['
exits export_counts 0 "$AWAI" export usecases/drone/model.yaml -o "$TEST_TMP/x.otm.json"
has export_counted out 'x.otm.json: '
exits no_such_format 2 "$AWAI" export usecases/drone/model.yaml --to stix
exits no_format 2 "$AWAI" export usecases/drone/model.yaml -o "$TEST_TMP/x.json"

# ---- files made to do harm

# $1: name; standard input: the file
refused()
{
    cat >"$TEST_TMP/evil.json"
    "$AWAI" import "$TEST_TMP/evil.json" -o "$TEST_TMP/evil.yaml" >"$TEST_TMP/out" 2>"$TEST_TMP/err"
    status=$?
    if [ $status -eq 1 ]; then ok "refused_$1"; else not_ok "refused_$1" "exit $status"; fi
    if grep -q 'error: ' "$TEST_TMP/err"; then ok "said_$1"; else not_ok "said_$1" "nothing said"; fi
}
awk 'BEGIN { printf "{\"otmVersion\": "; for (i = 0; i < 1000; i++) printf "["; print "}" }' | refused deep
printf '{"otmVersion": "0.2.0"}' | refused empty_otm
printf '{"summary": {}, "detail": {"diagrams": [{"cells": [7, {"data": 3}, {"shape": []}]}]}}' | refused odd_td
printf '{"otmVersion": "0.2.0", "project": [], "trustZones": {}, "components": [null, 3, {"parent": 7}]}' | refused odd_otm
printf '{"otmVersion": "0.2.0", "project": {"id": "a", "name": "b", "attributes": {"awai.stakeholders": "{a: ["}}}' | refused attribute
printf 'otmVersion: &a [*a]\n' | refused loop
awk 'BEGIN { print "otmVersion: &a [x, x, x, x, x, x, x, x, x, x]"; for (i = 98; i < 106; i++)
    { printf "%c: &%c [", i, i; for (k = 0; k < 10; k++) printf "*%c, ", i - 1; print "]" } }' | refused aliases
awk 'BEGIN { printf "{\"otmVersion\": \"0.2.0\", \"project\": {\"id\": \"a\", \"name\": \"b\"}, \"trustZones\": [{\"id\": \"z\", \"name\": \"z\", \"risk\": {\"trustRating\": 1e999}, \"parent\": {\"trustZone\": \"z\"}}], \"components\": [{\"id\": \"c\", \"name\": \"c\", \"type\": \"x\", \"parent\": {\"component\": \"c\"}}]}" }' | refused within_itself
