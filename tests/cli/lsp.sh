#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai lsp, by a client that is a script (_lsp.py): a session on each use case in both
# languages, positions in Japanese text, included files, and messages that are none.
set -u
: "${AWAI:=$PWD/build/awai}" "${AWAI_ROOT:=$PWD}"
if ! command -v python3 >/dev/null; then
    echo "skip lsp: there is no python3"
    exit 0
fi
AWAI_TODAY=2027-01-01
export AWAI_TODAY
timeout 300 python3 "$AWAI_ROOT/tests/cli/_lsp.py" "$AWAI" "$AWAI_ROOT" || echo "not ok lsp: ended early"
