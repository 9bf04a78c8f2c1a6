#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai compare: the six use cases on one map, and what differs within a cell.
set -u
AWAI_TODAY=2026-01-01
export AWAI_TODAY

ok() { echo "ok $1"; }
not_ok() { echo "not ok $1: $2"; }

compare()
{
    name=$1 expected=$2
    shift 2
    "$AWAI" compare "$@" >"$TEST_TMP/out" 2>"$TEST_TMP/err"
    status=$?
    if [ "$status" -eq "$expected" ]; then ok "$name"; else
        not_ok "$name" "exit $status, not $expected"
        sed 's/^/# /' "$TEST_TMP/err" | head -n 20
    fi
}

has()
{
    if grep -qF -e "$2" "$TEST_TMP/out"; then ok "$1"; else
        not_ok "$1" "no '$2'"
        sed 's/^/# /' "$TEST_TMP/out" | head -n 30
    fi
}

first=usecases/distillation/model.yaml
second=usecases/welding-robot/model.yaml

compare six 0 usecases/*/model.yaml
has six-names "$first"
has six-cells "Where systems in one cell differ"
compare six-in-japanese 0 --lang ja usecases/*/model.yaml
has six-in-japanese-cells "同じ区画のシステムの違い"
compare six-json 0 --json usecases/*/model.yaml
has json-systems '"systems": ['
has json-cells '"cells": ['
if command -v python3 >/dev/null; then
    if python3 -m json.tool "$TEST_TMP/out" >/dev/null; then ok json; else
        not_ok json "not JSON"
    fi
else
    echo "skip json: no python3"
fi

# A system and itself are in one cell and differ in nothing.
compare itself 0 "$first" "$first"
has itself-no-difference "no difference"

# Without its adoptions and measures it differs from itself.
sed -e '/^adoptions:/,/^[a-z]/{/^adoptions:/d;/^ /d;/^$/d;/^#/d}' "$second" >"$TEST_TMP/bare.yaml"
compare adopted 0 --json "$second" "$TEST_TMP/bare.yaml"
has adopted-differs '"values": ["adopted", "open"]'

compare one-file 2 "$first"
compare missing-file 1 "$first" "$TEST_TMP/none.yaml"
