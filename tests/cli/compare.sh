#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai compare: the six use cases on one map, and what differs within a cell.
set -u
AWAI_TODAY=2026-01-01
export AWAI_TODAY

. tests/tools/kit.sh

# $1: name, $2: expected status, $3...: arguments
compare()
{
    name=$1 expected=$2
    shift 2
    exits "$name" "$expected" "$AWAI" compare "$@"
}

first=usecases/distillation/model.yaml
second=usecases/welding-robot/model.yaml

compare six 0 usecases/*/model.yaml
has six-names out "$first"
has six-cells out "Where systems in one cell differ"
compare six-in-japanese 0 --lang ja usecases/*/model.yaml
has six-in-japanese-cells out "同じ区画のシステムの違い"
compare six-json 0 --json usecases/*/model.yaml
has json-systems out '"systems": ['
has json-cells out '"cells": ['
if command -v python3 >/dev/null; then
    if python3 -m json.tool "$TEST_TMP/out" >/dev/null; then ok json; else
        not_ok json "not JSON"
    fi
else
    echo "skip json: no python3"
fi

# A system and itself are in one cell and differ in nothing.
compare itself 0 "$first" "$first"
has itself-no-difference out "no difference"

# Without its adoptions and measures it differs from itself.
sed -e '/^adoptions:/,/^[a-z]/{/^adoptions:/d;/^ /d;/^$/d;/^#/d}' "$second" >"$TEST_TMP/bare.yaml"
compare adopted 0 --json "$second" "$TEST_TMP/bare.yaml"
has adopted-differs out '"values": ["adopted", "open"]'

compare one-file 2 "$first"
compare missing-file 1 "$first" "$TEST_TMP/none.yaml"
