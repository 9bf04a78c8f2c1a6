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
: >"$TEST_TMP/said"
"$AWAI" serve --db "$TEST_TMP/a.db" --listen 127.0.0.1:0 --lang en >"$TEST_TMP/said" \
    2>"$TEST_TMP/log" &
server=$!
trap 'kill -9 $server 2>/dev/null' EXIT
n=0
until grep -q '^Awai is at ' "$TEST_TMP/said" || [ $n -ge 600 ]; do
    n=$((n + 1))
    sleep 0.05
done
url=$(sed -n 's|^Awai is at \(http://[^ ]*\)/ .*|\1|p' "$TEST_TMP/said")
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
