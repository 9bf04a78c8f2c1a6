#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The API against its own description: every operation is called as the description says,
# rightly and wrongly, and what comes is looked at (_api.py).
set -u
: "${AWAI:=$PWD/build/awai}" "${AWAI_ROOT:=$PWD}" "${TEST_TMP:=$(mktemp -d)}"
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    echo 'skip api: there is no python3-jsonschema'
    exit 0
fi
export AWAI_TODAY=2027-01-01 AWAI TEST_TMP
cd "$AWAI_ROOT" || exit 1
server=
trap 'kill -9 $server 2>/dev/null' EXIT

# Starts a server of its own, says where it is: $url. $1...: options
start()
{
    : >"$TEST_TMP/said"
    rm -f "$TEST_TMP"/api.db*
    "$AWAI" serve --db "$TEST_TMP/api.db" --listen 127.0.0.1:0 --lang en "$@" \
        >"$TEST_TMP/said" 2>"$TEST_TMP/log" &
    server=$!
    until grep -q '^Awai is at ' "$TEST_TMP/said" || ! kill -0 $server 2>/dev/null; do
        sleep 0.05
    done
    url=$(sed -n 's|^Awai is at \(http://[^ ]*\)/ .*|\1|p' "$TEST_TMP/said")
}

# One part of _api.py; one that ends early has not passed. $1: which
check()
{
    python3 tests/cli/_api.py "$1" "$url"
    code=$?
    [ $code -eq 0 ] || echo "not ok $1_to_the_end: exit $code"
}

start
check all
kill $server
wait $server
start --at-once 0
check busy
kill $server
wait $server
start --accounts
check strange
kill $server
wait $server
