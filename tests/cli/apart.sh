#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Two workspaces of one server that have systems of the same names: that nobody is told, or
# changes, anything of the other. _apart.py does the work; every route comes from the
# program itself (awai serve --routes).
set -u
cd "${AWAI_ROOT:-$PWD}" || exit 1
. tests/tools/kit.sh
if ! command -v python3 >/dev/null; then
    echo 'skip apart: there is no python3'
    exit 0
fi
python3 -B tests/cli/_apart.py "$AWAI" "$TEST_TMP"
status=$?
if [ $status -eq 0 ]; then ok apart_ends; else not_ok apart_ends "exit $status"; fi
