#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# `awai import` of workbooks. A report as workbook read back is the model it came from,
# for every use case, and changes nothing in the model's own text. What a team types by
# hand changes just that, comments kept; what is wrong is told of its cell; workbooks made
# to do harm are refused before they do (_book.py).
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
AWAI_TODAY=2027-01-01
export AWAI_TODAY
if ! command -v python3 >/dev/null; then
    echo "skip exchange: there is no python3"
    exit 0
fi
book="python3 tests/cli/_book.py"

# ---- there and back

for name in gas-water-heater drone warehouse-agv distillation welding-robot \
    condition-monitoring; do
    model=usecases/$name/model.yaml
    exits "writes_$name" 0 "$AWAI" report $model -o "$TEST_TMP/r.xlsx" --lang ja
    exits "reads_$name" 0 "$AWAI" import "$TEST_TMP/r.xlsx" -o "$TEST_TMP/back.yaml"
    empty "nothing_left_out_$name" err
    exits "diffs_$name" 0 "$AWAI" diff $model "$TEST_TMP/back.yaml"
    has "same_model_$name" out 'The two models mean the same.'
    cp $model "$TEST_TMP/into.yaml"
    exits "into_$name" 0 "$AWAI" import "$TEST_TMP/r.xlsx" --into "$TEST_TMP/into.yaml"
    exits "same_text_$name" 0 cmp $model "$TEST_TMP/into.yaml"
done

# ---- what a team types

"$AWAI" new "$TEST_TMP/lock" >/dev/null
lock=$TEST_TMP/lock/model.yaml

# A sheet of rows: a line a row, cells apart by '|'. $1: name of the sheet
rows()
{
    awk -F'|' -v sheet="$1" '{ for (i = 1; i <= NF; i++)
        if ($i != "") printf "%s!%c%d = %s\n", sheet, 64 + i, NR, $i }'
}

team()
{
    rows Components <<'END'
Our components
id|name.en|name.ja|kind|zone|update|memo
lock|Door lock|ドアロック|door-lock|home|unsigned|ask Ken
bridge|#R 橋渡し機||home-router|home
END
    rows データフロー <<'END'
id|from|to|data|encrypted
bridge-lock|bridge|lock|lock-command、entry-log|#B 1
END
    rows Incidents <<'END'
id|name.en
opened-by-stranger|A burglar opens the door
END
    rows Harms <<'END'
incident|stakeholder|recovery|economic|because
opened-by-stranger|maker|limited|devastating|recall
END
    rows Measures <<'END'
id|name|requirement|on|by|cost|evidence
seal|Seal the bridge|safety-design|bridge|maker|2 MJPY|https://example.com/a,b\nsecond
END
    rows Decisions <<'END'
id|subject|treatment|reason|date
d1|incident:opened-by-stranger|accept|because\nof that|#N 46000
END
}

team | $book "$TEST_TMP/team.xlsx"
cp "$lock" "$TEST_TMP/m.yaml"
exits team 0 "$AWAI" import "$TEST_TMP/team.xlsx" --into "$TEST_TMP/m.yaml"
has team_counted out '4 new, 3 changed, 0 as they were'
has team_remark err "team.xlsx: Components!G2: warning: 'memo' is no key of the sheet Components"
has team_kept err 'note: entries of the model without a row, which stay as they are:'
exits team_checks 0 "$AWAI" check "$TEST_TMP/m.yaml"
exits team_differs 0 "$AWAI" diff "$lock" "$TEST_TMP/m.yaml" --json
"$AWAI" diff "$lock" "$TEST_TMP/m.yaml" >"$TEST_TMP/out"
for line in 'components bridge (橋渡し機)' 'update: signed → unsigned' \
    'data: [entry-log, lock-command], encrypted: true' 'name.en: A stranger opens the door' \
    'harms.maker.economic: serious → devastating' 'measures seal' 'date: 2025-12'; do
    has "team: $line" out "$line"
done
has_not team_readings out よみ
# every line of the old text that was not changed is there, comments too
diff "$lock" "$TEST_TMP/m.yaml" | grep -c '^<' >"$TEST_TMP/out"
has team_lines_changed out 3
grep '#' "$lock" >"$TEST_TMP/comments"
grep '#' "$TEST_TMP/m.yaml" | cmp -s - "$TEST_TMP/comments" && ok team_comments ||
    not_ok team_comments "comments were lost"
# the links, one a line
grep -q '"https://example.com/a,b", second' "$TEST_TMP/m.yaml" && ok team_links ||
    not_ok team_links "$(grep evidence "$TEST_TMP/m.yaml")"
# twice the same is no change
cp "$TEST_TMP/m.yaml" "$TEST_TMP/twice.yaml"
exits team_twice 0 "$AWAI" import "$TEST_TMP/team.xlsx" --into "$TEST_TMP/twice.yaml"
exits team_twice_same 0 cmp "$TEST_TMP/m.yaml" "$TEST_TMP/twice.yaml"

# ---- what is wrong, by its cell

team | sed 's/= home-router/= home-roter/; s/= accept/= acept/; s/= unsigned/= #E #REF!/
    s/= devastating/= devastting/; s/#N 46000/soon/; s/= 2 MJPY/= two/
    /Measures!D2/d; s/Flows!C2 = lock/Flows!C2 = look/' >"$TEST_TMP/cells"
rows Exclusions >>"$TEST_TMP/cells" <<'END'
name
END
rows Attackers >>"$TEST_TMP/cells" <<'END'
id|name|origins|campaigns|patience
a|A|internet|{min: 1|3
a|A|internet|1|3
|A
END
$book "$TEST_TMP/bad.xlsx" <"$TEST_TMP/cells"
cp "$lock" "$TEST_TMP/m.yaml"
exits cells 1 "$AWAI" import "$TEST_TMP/bad.xlsx" --into "$TEST_TMP/m.yaml"
for place in 'Components!F3' 'Components!D4' 'Harms!D2' 'Measures!F2' 'Decisions!C2' \
    'Decisions!E2' 'Exclusions!A1' 'Attackers!D2' 'Attackers!A3' 'Attackers!A4'; do
    has "cell $place" err "bad.xlsx: $place: error: "
done
exits cells_nothing_written 0 cmp "$lock" "$TEST_TMP/m.yaml"
# a required cell that is empty, new or emptied
team | sed '/Components!B4/d; /Components!D3/d' | $book "$TEST_TMP/bad.xlsx"
exits missing 1 "$AWAI" import "$TEST_TMP/bad.xlsx" --into "$TEST_TMP/m.yaml"
has missing_new err 'bad.xlsx: Components!B4: error: a component has no'
has missing_old err 'bad.xlsx: Components!D3: error: a component has no'

# ---- models that are written otherwise

# in flow style throughout: written anew, which is said
cat >"$TEST_TMP/flow.yaml" <<'END'
{awai: 1, system: {id: s, name: S}, applicant: f, stakeholders: {f: {name: F, roles: [iot-user]}},
zones: {z: {name: Z}}, components: {c: {name: C, kind: plc, zone: z}}}
END
rows Components >"$TEST_TMP/cells" <<'END'
id|name|kind|zone
c|Controller|plc|z
END
$book "$TEST_TMP/c.xlsx" <"$TEST_TMP/cells"
exits flow_style 0 "$AWAI" import "$TEST_TMP/c.xlsx" --into "$TEST_TMP/flow.yaml"
has flow_style_said err 'could not be changed in place'
exits flow_style_checks 0 "$AWAI" check "$TEST_TMP/flow.yaml"
# an alias: the entry gets its own keys, its anchor stays
cat >"$TEST_TMP/alias.yaml" <<'END'
awai: 1
system: {id: s, name: S}
applicant: f
stakeholders: {f: {name: F, roles: [iot-user]}}
zones: {z: {name: Z}}
components:
  a: &a # the first
    name: A
    kind: plc
    zone: z
  c: *a
END
exits alias 0 "$AWAI" import "$TEST_TMP/c.xlsx" --into "$TEST_TMP/alias.yaml" -o "$TEST_TMP/a.yaml"
has alias_stays a.yaml '  a: &a # the first'
has alias_new a.yaml '    name: "Controller"'
# a part in another file stays there
printf 'components:\n  c: {name: C, kind: plc, zone: z}\n' >"$TEST_TMP/part.yaml"
cat >"$TEST_TMP/whole.yaml" <<'END'
awai: 1
include: part.yaml
system: {id: s, name: S}
applicant: f
stakeholders: {f: {name: F, roles: [iot-user]}}
zones: {z: {name: Z}}
END
exits included 1 "$AWAI" import "$TEST_TMP/c.xlsx" --into "$TEST_TMP/whole.yaml"
has included_said err 'is in a file that the model includes'
# a model that is wrong itself
printf 'awai: 1\n' >"$TEST_TMP/wrong.yaml"
exits wrong_model 1 "$AWAI" import "$TEST_TMP/c.xlsx" --into "$TEST_TMP/wrong.yaml"
has wrong_model_said err "wrong.yaml:1:1: error: the model has no 'system'"

# ---- workbooks made to do harm

for kind in bomb deep entities external address cell unclosed strings sheets parts \
    truncated spoilt locked elsewhere; do
    $book "$TEST_TMP/evil.xlsx" --evil $kind
    exits "evil_$kind" 1 "$AWAI" import "$TEST_TMP/evil.xlsx"
    empty "evil_${kind}_writes_nothing" out
done
printf 'hello\n' >"$TEST_TMP/evil.xlsx"
exits no_format 1 "$AWAI" import "$TEST_TMP/evil.xlsx"
exits no_file 1 "$AWAI" import "$TEST_TMP/there-is-none"
exits no_such_format 2 "$AWAI" import "$TEST_TMP/evil.xlsx" --from csv

# ---- what programs read

exits json 0 "$AWAI" import "$TEST_TMP/team.xlsx" --into "$lock" -o "$TEST_TMP/m.yaml" --json
has json_place out 'team.xlsx: Components!G2'
cp "$TEST_TMP/out" "$TEST_TMP/import-a.json"
printf 'hello\n' >"$TEST_TMP/text"
"$AWAI" import "$TEST_TMP/text" --json >"$TEST_TMP/import-b.json" 2>/dev/null
"$AWAI" import "$TEST_TMP/c.xlsx" --into "$TEST_TMP/wrong.yaml" --json >"$TEST_TMP/import-c.json" 2>/dev/null
"$AWAI" import tests/data/exchange/shop.td.json -o "$TEST_TMP/m.yaml" --json >"$TEST_TMP/import-d.json" 2>/dev/null
"$AWAI" export "$lock" --to otm -o "$TEST_TMP/x.json" --json >"$TEST_TMP/export-a.json" 2>/dev/null
"$AWAI" export "$lock" --to threat-dragon --json >"$TEST_TMP/export-b.json" 2>/dev/null
"$AWAI" report "$lock" --component lock -o "$TEST_TMP/extract-a.json"
if python3 -c 'import jsonschema' 2>/dev/null; then
    for result in import export extract; do
        python3 tests/cli/_schema.py sound schema/$result.schema.json
        python3 tests/cli/_schema.py validate schema/$result.schema.json "$TEST_TMP"/$result-*.json
    done
fi
