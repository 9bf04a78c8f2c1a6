#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# `awai schema`, and the JSON Schemas against what they describe: the use cases, the
# catalog, the example of rules, and what `awai assess --json` prints. YAML becomes JSON
# with the help of the unit test "schema".
set -u
: "${AWAI:=build/awai}" "${TEST_TMP:=$(mktemp -d)}"
tojson="$(dirname "$AWAI")/tests/unit/schema"
check="python3 tests/cli/_schema.py"
names='gas-water-heater drone warehouse-agv distillation welding-robot
    condition-monitoring'

# ok or not ok, by the exit status of the command before. $1: name, $2: status
tell()
{
    if [ "$2" -eq 0 ]; then echo "ok $1"; else echo "not ok $1: exit $2"; fi
}

# That a command exits with a status. $1: name, $2: status, $3...: arguments of awai
exits()
{
    name=$1 wanted=$2
    shift 2
    "$AWAI" "$@" >"$TEST_TMP/out" 2>"$TEST_TMP/err"
    status=$?
    if [ $status -eq "$wanted" ]; then echo "ok $name"
    else echo "not ok $name: exit $status, not $wanted"; fi
}

# ---- the command

for format in model catalog rules template; do
    for lang in en ja; do
        "$AWAI" schema $format --lang $lang >"$TEST_TMP/$format-$lang.json"
        tell "schema_${format}_$lang" $?
        "$AWAI" schema $format --manual --lang $lang >"$TEST_TMP/$format-$lang.md"
        tell "manual_${format}_$lang" $?
        # the tables have five columns, each row of them
        if awk -F ' \\| ' '/^\| `/ && NF != 5 { print; bad = 1 } END { exit bad }' \
            "$TEST_TMP/$format-$lang.md"; then echo "ok manual_rows_${format}_$lang"
        else echo "not ok manual_rows_${format}_$lang: not five columns"; fi
    done
done
"$AWAI" schema >"$TEST_TMP/default.json"
cmp -s "$TEST_TMP/default.json" "$TEST_TMP/model-en.json"
tell schema_of_the_model_by_default $?
exits schema_of_what_is_no_format 2 schema modell
grep -q 'modell' "$TEST_TMP/err"
tell schema_names_the_wrong_word $?
exits schema_of_two 2 schema model catalog

# ---- schemas are sound

# shellcheck disable=SC2086
$check sound "$TEST_TMP/model-en.json" "$TEST_TMP/model-ja.json" \
    "$TEST_TMP/catalog-en.json" "$TEST_TMP/catalog-ja.json" \
    "$TEST_TMP/rules-en.json" "$TEST_TMP/rules-ja.json" schema/assess.schema.json

# ---- they accept what Awai accepts

mkdir -p "$TEST_TMP/models" "$TEST_TMP/catalogs" "$TEST_TMP/results" "$TEST_TMP/rules"
for name in $names; do
    "$tojson" --json "usecases/$name/model.yaml" >"$TEST_TMP/models/$name.json"
    AWAI_TODAY=2027-01-01 "$AWAI" assess "usecases/$name/model.yaml" --json \
        >"$TEST_TMP/results/$name.json" || echo "not ok assess_$name: exit $?"
done
AWAI_TODAY=2027-01-01 "$AWAI" assess usecases/gas-water-heater/model.yaml --rehearse 5 \
    --json >"$TEST_TMP/results/measured.json" || echo "not ok assess_measured: exit $?"
for file in catalog/*.yaml; do
    "$tojson" --json "$file" >"$TEST_TMP/catalogs/$(basename "$file" .yaml).json"
done
$check validate "$TEST_TMP/model-en.json" "$TEST_TMP"/models/*.json
$check validate "$TEST_TMP/catalog-en.json" "$TEST_TMP"/catalogs/*.json
$check validate schema/assess.schema.json "$TEST_TMP"/results/*.json
if [ -e docs/examples/rules.yaml ]; then
    "$tojson" --json docs/examples/rules.yaml >"$TEST_TMP/rules/example.json"
    $check validate "$TEST_TMP/rules-en.json" "$TEST_TMP/rules/example.json"
    tell rules_example $?
    "$tojson" --json docs/examples/template.yaml >"$TEST_TMP/template.json"
    $check validate "$TEST_TMP/template-en.json" "$TEST_TMP/template.json"
fi

# ---- and refuse what Awai refuses

$check refuse "$TEST_TMP/model-en.json" "$TEST_TMP/models/gas-water-heater.json"
