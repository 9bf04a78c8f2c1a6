#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Memory that runs out: the N-th allocation of a command fails (tests/failmalloc.c), or
# that one and all after it. Each time the command ends in exit 1 with a message, or,
# where the library that asked can do without, with the same output as always. N goes
# over the first OOM_FIRST allocations and OOM_SPREAD more, spread over all.
#
#     OOM_FIRST=25 OOM_SPREAD=40 tests/cli/oom.sh
set -u
: "${AWAI:=build/awai}" "${TEST_TMP:=$(mktemp -d)}"
: "${FAILMALLOC_SO:=$(dirname "$AWAI")/failmalloc.so}"
: "${OOM_FIRST:=25}" "${OOM_SPREAD:=40}"
export AWAI_TODAY=2027-01-01
drone=usecases/drone/model.yaml
heater=usecases/gas-water-heater/model.yaml

if [ ! -e "$FAILMALLOC_SO" ]; then
    echo 'skip oom: allocations cannot be made to fail in this build'
    exit 0
fi

# The numbers of allocations to fail, of $1.
points()
{
    awk -v n="$1" -v first="$OOM_FIRST" -v spread="$OOM_SPREAD" 'BEGIN {
        for (i = 1; i <= first && i <= n; i++) print i
        for (k = 1; k <= spread && n > first; k++) {
            i = first + int(k * (n - first) / spread)
            if (i != last) print i
            last = i
        }
    }'
}

# One run in which allocation $1 fails. Prints what is wrong with its end, if anything.
fail_at()
{
    rm -f "$TEST_TMP/out" "$TEST_TMP/err" "$TEST_TMP/report.html"
    at=$1
    shift
    FAILMALLOC=$at LD_PRELOAD=$FAILMALLOC_SO timeout 20 "$AWAI" "$@" \
        >"$TEST_TMP/out" 2>"$TEST_TMP/err" </dev/null
    status=$?
    case $status in
    0)
        if ! cmp -s "$TEST_TMP/out" "$TEST_TMP/good"; then
            echo "allocation $at: exit 0 with another output"
        fi
        ;;
    1)
        if ! grep -qE '^awai: |: error: ' "$TEST_TMP/err"; then
            echo "allocation $at: exit 1 without a message"
        fi
        ;;
    *) echo "allocation $at: exit $status" ;;
    esac
}

# Fails the allocations of one command. $1: name, $2...: arguments of awai
check()
{
    name=$1
    shift
    "$AWAI" "$@" >"$TEST_TMP/good" 2>/dev/null </dev/null
    status=$?
    n=$(FAILMALLOC=count LD_PRELOAD=$FAILMALLOC_SO "$AWAI" "$@" \
        2>&1 >/dev/null </dev/null | sed -n 's/^failmalloc: //p')
    if [ $status -ne 0 ] || [ -z "$n" ] || [ "$n" -lt 1 ]; then
        echo "not ok oom_$name: exit $status, ${n:-no} allocations, without any failure"
        return
    fi
    wrong=$(
        for at in $(points "$n"); do
            fail_at "$at" "$@"
            fail_at "$at+" "$@"
        done
    )
    if [ -z "$wrong" ]; then
        echo "# $name: $n allocations"
        echo "ok oom_$name"
    else
        echo "not ok oom_$name: $(echo "$wrong" | head -n 3 | tr '\n' ' ')"
    fi
}

check help --help
check schema schema model
check manual schema catalog --manual
check check check "$drone" "$heater"
check assess assess "$drone"
check json assess "$heater" --json
# Graphviz does not survive every failure: only our own code is tried
FAILMALLOC_OWN=1
export FAILMALLOC_OWN
check report report "$drone" -o "$TEST_TMP/report.html"
