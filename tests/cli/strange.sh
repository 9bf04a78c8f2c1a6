#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# A model whose every text is markup, on all pages of awai serve; see _strange.py.
set -u
cd "${AWAI_ROOT:-$PWD}" || exit 1
. tests/tools/kit.sh
if ! command -v python3 >/dev/null; then
    echo 'skip strange: there is no python3'
    exit 0
fi
python3 -B tests/cli/_strange.py "$AWAI" "$TEST_TMP"
status=$?
if [ $status -eq 0 ]; then ok strange_walk_ends; else not_ok strange_walk_ends "exit $status"; fi
