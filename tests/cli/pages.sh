#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The pages of awai serve, as a reader meets them; see _pages.py.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
if ! command -v python3 >/dev/null; then
    echo 'skip pages: there is no python3'
    exit 0
fi
serve --db "$TEST_TMP/a.db"
if [ -n "$url" ]; then ok starts; else
    not_ok starts "$(head -n 3 "$TEST_TMP/log" "$TEST_TMP/said")"
    exit 1
fi
python3 tests/cli/_pages.py "$url"
kill -TERM "$server"
wait "$server"
status=$?
if [ $status -eq 0 ]; then ok ends; else not_ok ends "exit $status"; fi
has_not no_sanitizer_speaks log Sanitizer
