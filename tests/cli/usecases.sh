#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The six use cases against the reference document: every row of its requirement tables is
# derived and adopted, its stakeholders and harms are there, nothing derived is typed in,
# incidents come about the way it tells, none without that way, measures act and move the
# map, the catalog is used and sourced, rules are general. What the
# document says is in tests/data; tests/tools/usecases.py does the looking. YAML becomes
# JSON with the help of the unit test "schema".
set -u
: "${AWAI:=build/awai}" "${TEST_TMP:=$(mktemp -d)}"
AWAI_TODAY=2026-12-01
export AWAI_TODAY
tojson="$(dirname "$AWAI")/tests/unit/schema"
cd "$(dirname "$0")/../.." || exit 1

# Runs a command into a file of TEST_TMP; a failure is a failed test. $1: file
make_file()
{
    file=$TEST_TMP/$1
    shift
    mkdir -p "$(dirname "$file")"
    "$@" >"$file" 2>"$TEST_TMP/err" || {
        echo "not ok $(basename "$file"): $* ended with $?"
        sed 's/^/# /' "$TEST_TMP/err" | head -n 10
    }
}

for model in usecases/*/model.yaml; do
    name=$(basename "$(dirname "$model")")
    make_file "models/$name.json" "$tojson" --json "$model"
    make_file "results/$name.json" "$AWAI" assess "$model" --json
    make_file "graphs/$name.json" "$AWAI" graph "$model" --json
done
for file in catalog/*.yaml; do
    make_file "catalogs/$(basename "$file" .yaml).json" "$tojson" --json "$file"
done
for format in model catalog rules; do
    make_file "schemas/$format.json" "$AWAI" schema $format
done
make_file catalog.json "$AWAI" catalog --json
make_file synth.yaml "$AWAI" synth --components 2000
python3 tests/tools/usecases.py "$TEST_TMP" "$AWAI"
