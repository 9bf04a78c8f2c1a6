#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Every command as a person uses it: help and its example, short names, exit codes, gates,
# what is said about mistakes, new models, standard input, and what a terminal shows.
set -u
AWAI_TODAY=2026-12-01
export AWAI_TODAY
unset NO_COLOR
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
model=usecases/drone/model.yaml

. tests/tools/kit.sh

# That two files are the same. $1: name
same()
{
    if cmp -s "$2" "$3"; then ok "$1"; else not_ok "$1" "$2 and $3 differ"; fi
}

# ---- help: each command, its example, its short names

"$AWAI" --help >"$TEST_TMP/help"
commands=$(awk '/^Commands/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' "$TEST_TMP/help")
exits help_alone 0 "$AWAI"
same help_without_arguments "$TEST_TMP/out" "$TEST_TMP/help"
exits help_as_command 0 "$AWAI" help
same help_as_command_is_help "$TEST_TMP/out" "$TEST_TMP/help"
exits help_in_japanese 0 "$AWAI" --help --lang ja
has help_in_japanese_is_japanese out 'コマンド'
exits version 0 "$AWAI" --version
has version_is_told out 'awai '
for command in assess catalog check compare diff explain graph new report schema \
    serve synth; do
    if echo "$commands" | grep -qx "$command"; then ok "command_$command"
    else not_ok "command_$command" "not listed by --help"; fi
done

# A tree like the source tree, in which examples may write.
tree=$TEST_TMP/tree
mkdir -p "$tree/build" "$tree/bin"
for folder in usecases docs catalog schema; do ln -s "$root/$folder" "$tree/$folder"; done
ln -s "$AWAI" "$tree/bin/awai"

# a store for those that want one
(cd "$tree" && timeout --preserve-status 5 "$AWAI" serve --db build/awai.db \
    --listen 127.0.0.1:0 >/dev/null 2>&1 </dev/null)

for command in $commands; do
    exits "help_$command" 0 "$AWAI" "$command" --help
    cp "$TEST_TMP/out" "$TEST_TMP/help-$command"
    has "help_${command}_has_an_example" out "awai $command "
    example=$(sed -n '/^Example:/{n;s/^ *//;p;}' "$TEST_TMP/out")
    # a server goes on until it is told to end
    if [ "$command" = serve ]; then
        example="timeout --preserve-status 5 $example --listen 127.0.0.1:0"
    fi
    (cd "$tree" && PATH=$tree/bin:$PATH && export PATH &&
        sh -c "$example" >"$TEST_TMP/out" 2>"$TEST_TMP/err" </dev/null)
    status=$?
    if [ "$status" -eq 0 ]; then ok "example_$command"; else
        not_ok "example_$command" "exit $status: $example"
        show
    fi
    if [ -s "$TEST_TMP/out" ] || [ "$command" = report ]; then ok "example_${command}_tells"
    else not_ok "example_${command}_tells" "nothing: $example"; fi
    exits "help_${command}_in_japanese" 0 "$AWAI" "$command" --help --lang ja
    has "help_${command}_in_japanese_has_an_example" out '例:'
    if [ "$(grep -c . "$TEST_TMP/out")" -eq "$(grep -c . "$TEST_TMP/help-$command")" ]; then
        ok "help_${command}_same_lines"
    else not_ok "help_${command}_same_lines" "not as many lines in both languages"; fi

    # beginnings of the name: the command if it is the only one, else a question
    short=${command%"${command#?}"}
    while ! echo "$commands" | grep -qx "$short" &&
        [ "$(echo "$commands" | grep -c "^$short")" -gt 1 ]; do
        if [ ! -e "$TEST_TMP/asked-$short" ]; then
            : >"$TEST_TMP/asked-$short"
            exits "ambiguous_$short" 2 "$AWAI" "$short" --help
            has "ambiguous_${short}_is_told" err "could be several commands"
        fi
        short=${command%"${command#"$short"?}"}
    done
    exits "short_$short" 0 "$AWAI" "$short" --help
    same "short_${short}_is_$command" "$TEST_TMP/out" "$TEST_TMP/help-$command"
done
exits example_new_is_a_model 0 "$AWAI" assess "$tree/my-system/model.yaml"
if [ -s "$tree/build/report.html" ]; then ok example_report_is_written
else not_ok example_report_is_written "no build/report.html"; fi

# ---- wrong usage: exit 2, nothing on standard output

usage()
{
    name=$1 text=$2
    shift 2
    exits "usage_$name" 2 "$AWAI" "$@"
    empty "usage_${name}_prints_nothing" out
    has "usage_${name}_is_told" err "$text"
}

usage command "did you mean 'assess'?" asess "$model"
usage command_far_off "there is no command 'zzzzzz'" zzzzzz
usage option "unknown option '--jsno'" assess --jsno "$model"
has usage_option_suggests err "did you mean '--json'?"
usage option_alone "unknown option '--frob'" --frob
usage option_with_value "takes no value" assess "$model" --json=1
usage option_without_value "--fail-on wants" assess "$model" --fail-on
usage nothing_given "assess wants FILE" assess
usage too_much "too many arguments" assess "$model" "$model"
usage language "--lang is en or ja" assess "$model" --lang fr
usage gate "outside-target" assess "$model" --fail-on outside
usage gate_empty "outside-target" assess "$model" --fail-on ''
usage template "gas-water-heater" new "$TEST_TMP/none" --template boiler
usage number "a whole number from" synth --components many
usage number_negative "a whole number from" synth --components -5
usage number_too_small "a whole number from" synth --components 1
usage format "model, catalog, rules, template or api" schema modell
usage report_name ".html" report "$model" -o "$TEST_TMP/report.docx"
exits option_before_arguments 0 "$AWAI" assess --json "$model"
exits option_after_two_dashes 1 "$AWAI" assess -- --json
has option_after_two_dashes_is_a_file err "cannot read --json"
exits option_with_equals 0 "$AWAI" assess "$model" --lang=ja
has option_with_equals_counts out '適用主体'

# ---- wrong input: exit 1, with its place, all at once, nothing on standard output

exits missing_file 1 "$AWAI" assess "$TEST_TMP/none.yaml"
has missing_file_has_a_place err "$TEST_TMP/none.yaml:1:1: error: "
exits folder_as_file 1 "$AWAI" assess "$TEST_TMP"
exits one_catalog_entry_as_json 0 "$AWAI" catalog plc --json
has one_catalog_entry_has_it out '{"id": "plc", '
has_not one_catalog_entry_has_no_other out '{"id": "hmi", '
exits unknown_catalog_entry 1 "$AWAI" catalog plcc
exits unknown_explanation 1 "$AWAI" explain "$model" no-such-thing
exits no_catalog_folder 1 "$AWAI" assess "$model" --catalog "$TEST_TMP/none"

broken=$TEST_TMP/broken.yaml
cat >"$broken" <<'END'
awai: 1
system: {id: s, name: S}
applicant: nobody
stakeholders:
  firm: {name: F, roles: [iot-userr]}
zones:
  z: {name: Z, kindd: site}
components:
  c: {name: C, kind: plcc, zone: z}
flows:
  f: {from: c, to: d}
  g: {from: c, to: c, protocol: modbus-tpc}
bogus: 3
END
for command in assess check graph report; do
    exits "broken_$command" 1 "$AWAI" $command "$broken"
    empty "broken_${command}_prints_nothing" out
    for place in 3:12 5:27 7:16 11:20 13:1; do
        has "broken_${command}_$place" err "$broken:$place: error: "
    done
done
has broken_caret err '      |            ^'
has broken_line err '      3 | applicant: nobody'
for word in iot-user kind; do has "broken_suggests_$word" err "did you mean '$word'?"; done
has broken_kind_at_once err "$broken:9:22: error: "
has broken_protocol_at_once err "$broken:12:33: error: "
sed -e 's/nobody/firm/' -e 's/userr/user/' -e 's/kindd/kind/' -e 's/to: d/to: c/' -e '/bogus/d' \
    "$broken" >"$TEST_TMP/broken2.yaml"
exits broken_by_the_catalog 1 "$AWAI" check "$TEST_TMP/broken2.yaml"
has broken_kind err "$TEST_TMP/broken2.yaml:9:22: error: "
has broken_kind_suggested err "did you mean 'plc'?"
has broken_protocol err "$TEST_TMP/broken2.yaml:12:33: error: "
has broken_protocol_suggested err "did you mean 'modbus-tcp'?"
printf 'awai: 1\nsystem: {id: s, name: [}\n' >"$TEST_TMP/syntax.yaml"
exits broken_syntax 1 "$AWAI" check "$TEST_TMP/syntax.yaml"
has broken_syntax_has_a_place err "$TEST_TMP/syntax.yaml:2:"
exits broken_beside_good 1 "$AWAI" check "$model" "$broken"
has broken_beside_good_good_is_told out "$model: no errors"

mkdir "$TEST_TMP/catalog"
printf 'kinds:\n  plc2: {name: P, extends: plcc, source: me}\n' >"$TEST_TMP/catalog/a.yaml"
exits broken_catalog 1 "$AWAI" assess "$model" --catalog "$TEST_TMP/catalog"
has broken_catalog_has_a_place err "$TEST_TMP/catalog/a.yaml:2:28: error: "
sed 's/plcc/plc/' "$TEST_TMP/catalog/a.yaml" >"$TEST_TMP/catalog/b.yaml"
rm "$TEST_TMP/catalog/a.yaml"
exits own_catalog 0 "$AWAI" catalog plc2 --catalog "$TEST_TMP/catalog"
exits own_catalog_elsewhere 1 "$AWAI" catalog plc2

if [ -c /dev/full ]; then
    "$AWAI" assess "$model" --json >/dev/full 2>"$TEST_TMP/err"
    status=$?
    if [ $status -eq 1 ]; then ok full_disk; else not_ok full_disk "exit $status"; fi
    : >"$TEST_TMP/out"
    has full_disk_is_told err 'cannot write'
fi

# ---- standard input

"$AWAI" assess "$model" --json >"$TEST_TMP/by-name.json"
"$AWAI" assess - --json <"$model" >"$TEST_TMP/by-input.json"
same standard_input "$TEST_TMP/by-name.json" "$TEST_TMP/by-input.json"
"$AWAI" check - <"$broken" >"$TEST_TMP/out" 2>"$TEST_TMP/err"
status=$?
if [ $status -eq 1 ]; then ok standard_input_broken
else not_ok standard_input_broken "exit $status, not 1"; fi
has standard_input_has_places err ':3:12: error: '
"$AWAI" synth --components 50 --seed 3 | "$AWAI" assess - --json >"$TEST_TMP/out" 2>"$TEST_TMP/err"
has standard_input_from_synth out '"requirements"'
printf '' | "$AWAI" check - >"$TEST_TMP/out" 2>"$TEST_TMP/err"
status=$?
if [ $status -eq 1 ]; then ok standard_input_empty
else not_ok standard_input_empty "exit $status, not 1"; fi

# ---- gates

# A system that hurts somebody so or so much, with a target. $1: level
gate_model()
{
    cat <<END
awai: 1
system: {id: gate, name: Gate}
applicant: firm
stakeholders:
  firm: {name: F, roles: [iot-user], target: {recovery: limited, economic: limited}}
zones:
  net: {name: N, kind: internet}
components:
  cloud: {name: C, kind: cloud-service, zone: net}
incidents:
  leak: {name: L, threat: unauthorized-access, at: cloud, harms: {firm: {recovery: $1, economic: none, because: so}}}
END
}

gate_model none >"$TEST_TMP/harmless.yaml"
gate_model limited >"$TEST_TMP/within.yaml"
gate_model serious >"$TEST_TMP/outside.yaml"
gate_model serious | sed 's/, target:.*/}/' >"$TEST_TMP/free.yaml"
{
    gate_model serious
    echo 'adoptions:'
    "$AWAI" assess "$TEST_TMP/outside.yaml" --json |
        jq -r '.requirements[] | "  \(.id): {by: firm, because: so}"'
} >"$TEST_TMP/adopted.yaml"
sed '$d' "$TEST_TMP/adopted.yaml" >"$TEST_TMP/almost.yaml"
{
    cat "$TEST_TMP/almost.yaml"
    echo 'exclusions:'
    echo "  x: {subject: 'requirement:$(sed -n '$s/^ *\([a-z-]*\):.*/\1/p' \
        "$TEST_TMP/adopted.yaml")', reason: so}"
} >"$TEST_TMP/excluded.yaml"

while read -r file target open; do
    exits "gate_none_$file" 0 "$AWAI" assess "$TEST_TMP/$file.yaml"
    exits "gate_target_$file" "$target" \
        "$AWAI" assess "$TEST_TMP/$file.yaml" --fail-on outside-target
    if [ "$target" -eq 3 ]; then has "gate_target_${file}_is_told" err outside-target; fi
    exits "gate_open_$file" "$open" \
        "$AWAI" assess "$TEST_TMP/$file.yaml" --json --fail-on open-requirements
    has "gate_open_${file}_prints_all_the_same" out '"requirements"'
    both=$((target | open))
    exits "gate_both_$file" $both \
        "$AWAI" assess "$TEST_TMP/$file.yaml" --fail-on outside-target,open-requirements
done <<END
harmless 0 0
within 0 3
outside 3 3
free 0 3
adopted 3 0
almost 3 3
excluded 3 0
END
exits gate_on_broken_input 1 "$AWAI" assess "$broken" --fail-on outside-target

# ---- SARIF

# A requirement adopted by no measure is a warning; the use cases have none. The rehearsal
# names candidates, so it goes with them.
suspect=$TEST_TMP/suspect.yaml
sed '/---- candidates/,/^# -* decisions/d; /^rehearsal:/,$d' "$model" >"$suspect"
exits sarif_of_assess 0 "$AWAI" assess "$suspect" --sarif "$TEST_TMP/a.sarif"
exits sarif_of_check 0 "$AWAI" check "$suspect" --sarif "$TEST_TMP/c.sarif"
exits sarif_of_broken 1 "$AWAI" check "$broken" --sarif "$TEST_TMP/b.sarif"
for file in a c b; do
    if jq -e '.version == "2.1.0" and (.runs[0].results | length > 0)' \
        "$TEST_TMP/$file.sarif" >"$TEST_TMP/out" 2>"$TEST_TMP/err"; then ok "sarif_$file"
    else not_ok "sarif_$file" "not SARIF 2.1.0 with results"; fi
done
n=$(jq '[.runs[0].results[] | select(.level == "error")] | length' "$TEST_TMP/b.sarif")
if [ "$n" -ge 5 ]; then ok sarif_has_all_errors; else not_ok sarif_has_all_errors "$n"; fi
for command in assess check; do
    if "$AWAI" $command "$suspect" --sarif - 2>/dev/null | jq -e .runs >/dev/null; then
        ok "sarif_alone_$command"
    else not_ok "sarif_alone_$command" "standard output holds more than SARIF"; fi
done
exits sarif_or_json 2 "$AWAI" assess "$suspect" --sarif - --json
exits sarif_nowhere 1 "$AWAI" check "$model" --sarif "$TEST_TMP/none/x.sarif"
has sarif_nowhere_is_told err 'cannot write'

# ---- new

new=$TEST_TMP/new
exits new 0 "$AWAI" new "$new"
has new_says_where out "$new/model.yaml"
exits new_is_right 0 "$AWAI" check "$new/model.yaml"
exits new_can_be_assessed 0 "$AWAI" assess "$new/model.yaml"
# the editor's first line names a schema that is there
schema=$(sed -n '1s/^# yaml-language-server: \$schema=\.\///p' "$new/model.yaml")
"$AWAI" schema model >"$TEST_TMP/model.schema.json"
same new_tells_editors_of_the_schema "$new/${schema:-nothing}" "$TEST_TMP/model.schema.json"
echo '# mine' >>"$new/model.yaml"
cp "$new/model.yaml" "$TEST_TMP/mine.yaml"
exits new_overwrites_nothing 1 "$AWAI" new "$new"
exits new_overwrites_nothing_by_template 1 "$AWAI" new "$new" --template drone
same new_has_left_mine "$new/model.yaml" "$TEST_TMP/mine.yaml"
rm "$new/model.yaml"
echo '{}' >"$new/model.schema.json"
exits new_beside_a_schema 0 "$AWAI" new "$new"
if [ "$(cat "$new/model.schema.json")" = '{}' ]; then ok new_leaves_my_schema
else not_ok new_leaves_my_schema "it was replaced"; fi
mkdir "$TEST_TMP/there"
echo keep >"$TEST_TMP/there/notes"
exits new_in_a_folder_that_is_there 0 "$AWAI" new "$TEST_TMP/there"
if [ "$(cat "$TEST_TMP/there/notes")" = keep ]; then ok new_leaves_other_files
else not_ok new_leaves_other_files "notes are gone"; fi
exits new_below_nothing 1 "$AWAI" new "$TEST_TMP/no/such/place"
for each in usecases/*/model.yaml; do
    case_name=$(basename "$(dirname "$each")")
    exits "new_$case_name" 0 "$AWAI" new "$TEST_TMP/new-$case_name" --template "$case_name"
    tail -n +2 "$TEST_TMP/new-$case_name/model.yaml" >"$TEST_TMP/without-first-line"
    same "new_${case_name}_is_the_use_case" "$TEST_TMP/without-first-line" "$each"
done

# ---- times, on standard error only

exits times 0 "$AWAI" assess "$model" --json --time
for stage in read graph assess; do has "time_$stage" err "time: $stage"; done
same times_change_nothing "$TEST_TMP/out" "$TEST_TMP/by-name.json"

# ---- what is shown, in both languages, in a file and on a terminal

mkdir "$TEST_TMP/texts"
for each in usecases/*/model.yaml; do
    case_name=$(basename "$(dirname "$each")")
    for lang in en ja; do
        "$AWAI" assess "$each" --lang $lang >"$TEST_TMP/texts/$case_name-$lang.txt"
        "$AWAI" assess "$each" --lang $lang --json >"$TEST_TMP/$case_name-$lang.json"
    done
    same "json_has_no_language_$case_name" "$TEST_TMP/$case_name-en.json" \
        "$TEST_TMP/$case_name-ja.json"
done
# names in wide and narrow characters, cut where they must be
sed -e 's/name: F,/name: {en: "A rather long name of a firm, which does not fit", ja: "株式会社ABCとても長い名前の製造事業者(日本)とその子会社"},/' \
    -e '/^stakeholders/a\  other: {name: {en: O, ja: ｱア}, roles: [resident]}' \
    "$TEST_TMP/outside.yaml" >"$TEST_TMP/wide.yaml"
printf 'rules:\n  some-rule: {severity: warning, for: components, require: {kind: plc}, message: {en: M, ja: M}}\n' \
    >"$TEST_TMP/texts/rules.yaml"
cp "$broken" "$TEST_TMP/texts/broken.yaml"
for lang in en ja; do
    "$AWAI" compare usecases/*/model.yaml --lang $lang >"$TEST_TMP/texts/compare-$lang.txt"
    "$AWAI" assess "$TEST_TMP/wide.yaml" --lang $lang >"$TEST_TMP/texts/wide-$lang.txt"
done
python3 tests/tools/screen.py "$AWAI" "$TEST_TMP/texts"
"$AWAI" check "$broken" >"$TEST_TMP/out" 2>"$TEST_TMP/err"
has_not no_colour_of_errors_in_a_file err "$(printf '\033')"
