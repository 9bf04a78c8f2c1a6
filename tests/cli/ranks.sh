#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai attack on several ranks of OpenMPI: the bytes of one process, whatever their number;
# a rank that fails ends the run. test: alone
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
model=usecases/drone/model.yaml

if ! command -v mpirun >/dev/null; then
    echo 'skip ranks: there is no mpirun'
    exit 0
fi
# as root, as in a container, more ranks than cores, without a network
run="mpirun --allow-run-as-root --oversubscribe --mca btl self,vader --mca plm isolated"
OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_rmaps_base_oversubscribe
if $run -n 2 "$AWAI" attack "$model" --trials 10 2>&1 | grep -q 'built without MPI'; then
    echo 'skip ranks: built without MPI'
    exit 0
fi

without_seconds() { sed 's/"seconds": .*//' "$1"; }

for what in '--trials 4001' '--trials auto --precision 0.5 --resolution 0.05' '--trials 2000 --compare none all'; do
    name=$(echo "$what" | tr -c 'a-z0-9\n' '-')
    # shellcheck disable=SC2086 # several words
    "$AWAI" attack "$model" $what --json >"$TEST_TMP/one"
    for n in 1 3; do
        # shellcheck disable=SC2086
        $run -n $n "$AWAI" attack "$model" $what --json --threads 1 >"$TEST_TMP/out" 2>"$TEST_TMP/err"
        status=$?
        without_seconds "$TEST_TMP/one" >"$TEST_TMP/a"
        without_seconds "$TEST_TMP/out" >"$TEST_TMP/b"
        if [ $status -eq 0 ] && [ -s "$TEST_TMP/a" ] && cmp -s "$TEST_TMP/a" "$TEST_TMP/b"; then
            ok "ranks_$n$name"
        else
            not_ok "ranks_$n$name" "exit $status, or another result"
            show
        fi
    done
done

# one rank has no model: the others do not wait for it for ever
# shellcheck disable=SC2086
timeout 60 $run -n 1 "$AWAI" attack "$model" --trials 1000 : -n 1 "$AWAI" attack "$TEST_TMP/none.yaml" \
    --trials 1000 >"$TEST_TMP/out" 2>"$TEST_TMP/err"
status=$?
has failing_rank_is_named err 'rank 1 of 2 has failed'
if [ $status -ne 0 ] && [ $status -ne 124 ]; then ok failing_rank; else not_ok failing_rank "exit $status"; fi
