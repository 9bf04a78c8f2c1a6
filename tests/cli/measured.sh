#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# --rehearse of assess and risk: measured levels beside the declared ones, the same for any
# number of threads, and a clear refusal where there is no rehearsal.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
AWAI_TODAY=2027-01-01
export AWAI_TODAY
heater=usecases/gas-water-heater/model.yaml

exits assess_rehearsed 0 "$AWAI" assess "$heater" --rehearse 40 --lang en
has assess_names_the_twin out 'Measured on the twin heater, 40 worlds each, without measures'
has assess_measures_a_burn out 'spoofed-home-command'
exits assess_rehearsed_ja 0 "$AWAI" assess "$heater" --rehearse 5 --lang ja
has assess_in_japanese out 'ツイン heater による実測'
exits assess_without 0 "$AWAI" assess "$heater" --lang en
has_not assess_measures_nothing_unasked out 'Measured on the twin'

exits json_1 0 "$AWAI" assess "$heater" --rehearse 10 --seed 3 --threads 1 --json
cp "$TEST_TMP/out" "$TEST_TMP/one.json"
has json_has_levels one.json '"declared_too_low"'
exits json_2 0 "$AWAI" assess "$heater" --rehearse 10 --seed 3 --threads 2 --json
if cmp -s "$TEST_TMP/out" "$TEST_TMP/one.json"; then ok threads_do_not_matter; else not_ok threads_do_not_matter 'bytes differ'; fi

exits risk_rehearsed 0 "$AWAI" risk "$heater" --rehearse 20 --worlds 500 --years 500 --outer 5 --inner 50 --lang en
has risk_says_so out 'measured on the digital twin'

sed '/^rehearsal:/,$d' "$heater" >"$TEST_TMP/plain.yaml"
exits no_rehearsal 1 "$AWAI" assess "$TEST_TMP/plain.yaml" --rehearse 10 --lang en
has says_what_is_missing err 'has no section rehearsal'
exits not_a_number 2 "$AWAI" assess "$heater" --rehearse some
