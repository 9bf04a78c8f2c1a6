#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai report --rehearse: the chapter is there when asked for, in both languages.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
model=usecases/gas-water-heater/model.yaml

sed '/^rehearsal:/,$d' $model >"$TEST_TMP/plain.yaml"
exits runs_are_a_number 2 "$AWAI" report $model --rehearse many
exits runs_are_at_least_one 2 "$AWAI" report $model --rehearse 0
exits no_rehearsal 1 "$AWAI" report "$TEST_TMP/plain.yaml" --rehearse 3
has no_rehearsal_is_told err 'has no section rehearsal'
exits plain 0 "$AWAI" report $model
has_not plain_has_no_rehearsal out 'id="rehearsal"'
exits rehearsed 0 "$AWAI" report $model --rehearse 3 --lang en
empty rehearsed_has_no_errors err
for part in rehearsal rehearsal:tampered-command rehearsal:insider-leak rehearsal-map \
    rehearsal-measures rehearsal-safety; do
    has "rehearsed_has_$part" out "id=\"$part\""
done
has rehearsed_in_english out 'Rehearsal on the digital twin'
has rehearsed_in_japanese out 'デジタルツインによるリハーサル'
has rehearsed_tells_the_world out '--seed 1 --world'
for figure in run twin map matrix; do
    has "rehearsed_has_figure_$figure" out "class=\"figure figure-rehearse-$figure\""
done
