#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai report -o x.svg: the sheet of pictures of each use case in both languages, and
# each picture by its name, as files of their own that need nothing and run nothing; the
# same bytes again; with names that would be markup; of an extract, a template, a
# rehearsal, a large system.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
if ! command -v python3 >/dev/null; then
    echo 'skip svg: there is no python3'
    exit 0
fi

# The laws of tests/cli/_svg.py for file $2. $1: name, then texts
laws() { python3 tests/cli/_svg.py "$@" || not_ok "$1" 'not read'; }

# ---- the sheet

for system in condition-monitoring distillation drone gas-water-heater warehouse-agv welding-robot; do
    for lang in en ja; do
        file=$TEST_TMP/$system-$lang.svg
        exits "sheet:$system:$lang" 0 "$AWAI" report usecases/$system/model.yaml -o "$file" --lang $lang
        empty "sheet:$system:$lang:says_nothing" err
        laws "sheet:$system:$lang" "$file" "$system" # its id is on it
        for figure in map stakeholders configuration likelihood exceedance front; do
            has "sheet:$system:$lang:$figure" "$system-$lang.svg" "<g class=\"figure-$figure\""
        done
        has_not "sheet:$system:$lang:others" "$system-$lang.svg" '<g class="figure-dataflow"'
    done
done
for lang in en ja; do
    TZ=Asia/Tokyo "$AWAI" report usecases/drone/model.yaml -o "$TEST_TMP/again.svg" --lang $lang
    exits "same_bytes:$lang" 0 cmp "$TEST_TMP/again.svg" "$TEST_TMP/drone-$lang.svg"
done

# ---- by name: what is listed for a system is there, the other names are refused

model=usecases/gas-water-heater/model.yaml
"$AWAI" report $model --figure help --lang en >"$TEST_TMP/list"
"$AWAI" report --figure help --lang en >"$TEST_TMP/names"
sed '/^zone /d' "$TEST_TMP/names" >"$TEST_TMP/small"
exits names_of_a_system 0 cmp "$TEST_TMP/list" "$TEST_TMP/small" # all but those of large ones
[ "$(wc -l <"$TEST_TMP/names")" -ge 17 ] && ok names_are_listed || not_ok names_are_listed ''
for figure in $(cut -d ' ' -f 1 "$TEST_TMP/names"); do
    case $figure in
    zone) # of large systems only
        exits "figure:$figure" 1 "$AWAI" report $model --figure "$figure" --lang en
        has "figure:$figure:told" err "this report has no picture 'zone'"
        has "figure:$figure:others" err 'it has these: map, stakeholders, '
        ;;
    rehearse-*)
        exits "figure:$figure" 0 "$AWAI" report $model -o "$TEST_TMP/f.svg" --figure "$figure" --rehearse 2
        laws "figure:$figure" "$TEST_TMP/f.svg"
        ;;
    *)
        exits "figure:$figure" 0 "$AWAI" report $model -o "$TEST_TMP/f.svg" --figure "$figure"
        laws "figure:$figure" "$TEST_TMP/f.svg"
        ;;
    esac
done
"$AWAI" report $model --figure map >"$TEST_TMP/o.svg"
"$AWAI" report $model --figure map -o "$TEST_TMP/f.svg"
exits standard_output_is_svg 0 cmp "$TEST_TMP/o.svg" "$TEST_TMP/f.svg"
"$AWAI" report $model --figure sheet -o "$TEST_TMP/f.svg" --lang ja
exits sheet_by_name 0 cmp "$TEST_TMP/f.svg" "$TEST_TMP/gas-water-heater-ja.svg"
exits unknown_figure 2 "$AWAI" report $model -o "$TEST_TMP/none.svg" --figure mapp
[ -e "$TEST_TMP/none.svg" ] && not_ok unknown_writes_nothing '' || ok unknown_writes_nothing
exits no_figure_of_html 2 "$AWAI" report $model -o "$TEST_TMP/none.html" --figure map
exits no_file 2 "$AWAI" report
"$AWAI" new "$TEST_TMP/lock" >/dev/null
"$AWAI" report "$TEST_TMP/lock/model.yaml" --figure help >"$TEST_TMP/out"
has_not not_offered_without_costs out front
"$AWAI" synth --components 41 --seed 3 >"$TEST_TMP/m.yaml"
"$AWAI" report "$TEST_TMP/m.yaml" --figure help >"$TEST_TMP/out"
has offered_to_large out 'zone '

# ---- hostile names

cat >"$TEST_TMP/h.yaml" <<'END'
awai: 1
system: {id: s, name: '</title></svg><script>alert(1)</script>&amp; "x" ='}
applicant: firm
stakeholders:
  firm: {name: '<b onclick="x">&quot;F', roles: [iot-user], target: {recovery: limited, economic: limited}}
zones:
  net: {name: ']]><!-- ="var(--fig-ink, red) ', kind: internet}
components:
  c: {name: '"><image href="http://example.org/x"/>', kind: plc, zone: net}
  d: {name: '=cmd|'' /C', kind: plc, zone: net}
data: {d1: {name: "'\"<&>", class: [control]}}
flows: {f: {from: c, to: d, name: '&#x3c;', protocol: modbus-tcp, data: d1}}
incidents:
  i: {name: '<i>', threat: misuse, at: c, harms: {firm: {recovery: serious, economic: serious, because: because}}}
END
for figure in sheet map stakeholders configuration dataflow; do
    exits "hostile:$figure" 0 "$AWAI" report "$TEST_TMP/h.yaml" -o "$TEST_TMP/h.svg" --figure $figure
    laws "hostile:$figure" "$TEST_TMP/h.svg"
done
"$AWAI" report "$TEST_TMP/h.yaml" -o "$TEST_TMP/h.svg"
laws hostile_is_said "$TEST_TMP/h.svg" '</title></svg><script>alert(1)</script>&amp; "x" =' '&quot;F'
long=$(awk 'BEGIN { for (i = 0; i < 40; i++) printf "Very long <name> " }')
sed "s/name: '<b.*F'/name: '$long'/" "$TEST_TMP/h.yaml" >"$TEST_TMP/l.yaml"
exits long_names 0 "$AWAI" report "$TEST_TMP/l.yaml" -o "$TEST_TMP/l.svg"
laws long_names "$TEST_TMP/l.svg"

# ---- extracts, the organization's form, large systems

lock=$TEST_TMP/lock/model.yaml
exits extract 0 "$AWAI" report "$lock" --component lock -o "$TEST_TMP/e.svg" --lang en
laws extract "$TEST_TMP/e.svg" 'Smart door lock — Door lock' 'component: Door lock'
has extract_draws_it e.svg 'data-component="lock"'
has_not extract_leaves_others e.svg 'data-component="app"'
has_not extract_has_no_map e.svg 'figure-map'
exits extract_person 0 "$AWAI" report "$lock" --stakeholder resident -o "$TEST_TMP/e.svg" --lang en
has extract_has_its_marker e.svg 'data-stakeholder="resident"'
has_not extract_has_no_other_marker e.svg 'data-stakeholder="maker"'
template=docs/examples/template.yaml
exits template 0 "$AWAI" report "$lock" --template $template -o "$TEST_TMP/t.svg" --lang en
has template_cover t.svg 'SW-2027-014'
has template_logo t.svg '<svg x='
xml=$(python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1]); print("well formed")' "$TEST_TMP/t.svg")
[ "$xml" = 'well formed' ] && ok template_well_formed || not_ok template_well_formed "$xml"
"$AWAI" synth --components 120 --seed 3 >"$TEST_TMP/large.yaml"
exits large 0 "$AWAI" report "$TEST_TMP/large.yaml" -o "$TEST_TMP/large.svg" --lang ja
laws large "$TEST_TMP/large.svg"
exits large_zones 0 "$AWAI" report "$TEST_TMP/large.yaml" -o "$TEST_TMP/z.svg" --figure zone --lang ja
laws large_zones "$TEST_TMP/z.svg"
