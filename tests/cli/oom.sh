#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Memory that runs out: the N-th allocation of a command fails (tests/failmalloc.c), or
# that one and all after it. Each time the command ends in exit 1 with a message, or,
# where the library that asked can do without, with the same output as always. N goes
# over the first OOM_FIRST allocations and OOM_SPREAD more, spread over all;
# OOM_SPREAD=all tries every one, which takes some ten milliseconds each.
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

# Runs awai with failing allocations into out. $1: the wish, $2...: arguments
fail()
{
    wish=$1
    shift
    FAILMALLOC=$wish FAILMALLOC_FIRST=$OOM_FIRST FAILMALLOC_STEP=$step \
        FAILMALLOC_GOOD=$TEST_TMP/good FAILMALLOC_REPORT=$TEST_TMP/unclean \
        LD_PRELOAD=$FAILMALLOC_SO "$AWAI" "$@" >"$TEST_TMP/out" </dev/null
}

# Fails the allocations of one command. $1: name, $2...: arguments of awai
check()
{
    name=$1
    shift
    "$AWAI" "$@" >"$TEST_TMP/good" 2>/dev/null </dev/null
    status=$?
    step=1
    n=$(fail count "$@" 2>&1 | sed -n 's/^failmalloc: //p')
    if [ $status -ne 0 ] || [ "${n:-0}" -lt 1 ]; then
        echo "not ok oom_$name: exit $status, ${n:-no} allocations, without any failure"
        return
    fi
    if [ "$OOM_SPREAD" != all ] && [ "$n" -gt "$OOM_FIRST" ]; then
        step=$(((n - OOM_FIRST) / OOM_SPREAD + 1))
    fi
    for wish in each each+; do
        fail $wish "$@" 2>"$TEST_TMP/err"
        status=$?
        tried=$(sed -n 's/ tried$//p' "$TEST_TMP/unclean")
        unclean=$(grep '^allocation' "$TEST_TMP/unclean")
        if [ $status -ne 0 ] || ! cmp -s "$TEST_TMP/out" "$TEST_TMP/good"; then
            echo "not ok oom_$name: exit $status, or another output, of the program itself"
        elif [ "${tried:-0}" -lt 1 ]; then
            echo "not ok oom_$name: nothing was tried"
        elif [ -n "$unclean" ]; then
            echo "not ok oom_$name: $(echo "$unclean" | head -n 3 | tr '\n' ' ')"
        else
            echo "# $name: $n allocations, $tried tried"
            echo "ok oom_$name$(echo $wish | tr -d a-z)"
        fi
    done
}

check help --help
check attack attack "$drone" --trials 50
check risk risk "$heater" --worlds 50 --years 50 --outer 10
check rehearse rehearse "$heater" --runs 1 --incident tampered-command
check schema schema model
check manual schema catalog --manual
check check check "$drone" "$heater"
check assess assess "$drone"
check json assess "$heater" --json
# Graphviz does not survive every failure: only our own code is tried
FAILMALLOC_OWN=1
export FAILMALLOC_OWN
check report report "$drone"
# neither does the solver of integer programs
check plan plan "$drone" --trials 100 --budget '50 MJPY' --assume-cost '1 MJPY'
