#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The JSON Schemas against the readers, which come from the same tables: the use cases, the
# catalog and the example of rules, spoilt at each key in every way that a value can have
# the wrong form. What one of the two refuses, the other refuses (_agree.py).
set -u
: "${AWAI:=build/awai}" "${TEST_TMP:=$(mktemp -d)}"
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    echo "skip agree: there is no python3-jsonschema"
    exit 0
fi
tools="$(dirname "$AWAI")/tests/unit/schema"

# $1: format, $2...: good files of it
agree()
{
    format=$1
    shift
    "$AWAI" schema "$format" --lang en >"$TEST_TMP/$format.json"
    python3 tests/cli/_agree.py "$tools" "$format" "$TEST_TMP/$format.json" "$@"
}

agree model usecases/*/model.yaml
agree catalog catalog/*.yaml
agree rules docs/examples/rules.yaml
agree model --as-they-are tests/corpus/model/*.yaml
