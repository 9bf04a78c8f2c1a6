#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The reference trace in each twin's folder: the twin still does what it did (_traces.py).
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
set -- src/twin/*/trace.csv
if [ $# -eq 6 ]; then echo "ok each_twin_has_a_trace"; else echo "not ok each_twin_has_a_trace: $*"; fi
python3 tests/cli/_traces.py "$AWAI" "$@"
# a trace that is spoilt is told
sed '5s/,[0-9.]*/,1234/' src/twin/heater/trace.csv >"$TEST_TMP/trace.csv"
mkdir -p "$TEST_TMP/spoilt" && mv "$TEST_TMP/trace.csv" "$TEST_TMP/spoilt/"
case $(python3 tests/cli/_traces.py "$AWAI" "$TEST_TMP/spoilt/trace.csv") in
'not ok'*) echo "ok spoilt_trace_is_told" ;;
*) echo "not ok spoilt_trace_is_told: no difference found" ;;
esac
