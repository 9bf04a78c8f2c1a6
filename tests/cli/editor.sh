#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What an editor in a page asks of awai serve (/api/v1/editor), by curl: that the answers
# are those of check and of the language server, in both languages; edits of a text in
# places; who asks for too much, or for nonsense; that nothing is kept of it.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
for program in curl python3; do
    if ! command -v $program >/dev/null; then
        echo "skip editor: there is no $program"
        exit 0
    fi
done
serve --db "$TEST_TMP/a.db"
if [ -n "$url" ]; then ok starts; else
    not_ok starts "$(cat "$TEST_TMP/log")"
    exit 1
fi
python3 -B tests/cli/_editor.py "$url" "$AWAI" "$TEST_TMP"
kill $server
if wait $server; then ok ends; else not_ok ends "$?"; fi
