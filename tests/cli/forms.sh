#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Two people at the forms of one system at once; see _forms.py.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
if ! command -v python3 >/dev/null; then
    echo 'skip forms: there is no python3'
    exit 0
fi
python3 tests/cli/_forms.py "$AWAI" "$TEST_TMP"
status=$?
if [ $status -eq 0 ]; then ok ends; else not_ok ends "exit $status"; fi
cat "$TEST_TMP"/*.log >"$TEST_TMP/log"
has_not no_sanitizer_speaks log Sanitizer
