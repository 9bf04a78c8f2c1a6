#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The API against its own description: every operation is called as the description says,
# rightly, oddly and wrongly, and what comes is looked at (_api.py). $1: calls, or what
# are tests of their own, as each takes minutes: results (apisame.sh), that they are those
# of the commands; postgresql (apipg.sh), the calls with systems that PostgreSQL keeps.
set -u
: "${AWAI:=$PWD/build/awai}" "${AWAI_ROOT:=$PWD}" "${TEST_TMP:=$(mktemp -d)}"
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    echo 'skip api: there is no python3-jsonschema'
    exit 0
fi
export AWAI_TODAY=2027-01-01 AWAI TEST_TMP
cd "$AWAI_ROOT" || exit 1
. tests/tools/kit.sh

# Starts a server. $1: its store, $2...: options
start()
{
    export STORE="$1"
    shift
    serve --db "$STORE" "$@"
}

# Parts of _api.py, each to its end; then the server's.
check()
{
    for part; do
        python3 tests/cli/_api.py "$part" "$url"
        code=$?
        [ $code -eq 0 ] || echo "not ok ${part}_to_the_end: exit $code"
    done
    end_server
}

case ${1-calls} in
calls)
    start "$TEST_TMP/api.db" --seconds 600 # WeasyPrint beside other tests is slow
    check described calls
    start "$TEST_TMP/busy.db" --at-once 0
    check busy
    start "$TEST_TMP/accounts.db" --accounts
    check strange
    ;;
results)
    start "$TEST_TMP/api.db" --seconds 600
    check results
    ;;
postgresql)
    if address=$(tests/tools/postgres start "$TEST_TMP/pg" $$ 2>"$TEST_TMP/err"); then
        start "$address" --seconds 600
        check calls
        tests/tools/postgres stop "$TEST_TMP/pg"
    else
        echo 'skip calls_on_postgresql: it is not installed'
    fi
    ;;
esac
