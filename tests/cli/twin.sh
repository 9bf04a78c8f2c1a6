#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai twin: what a user meets; what the twins compute is in tests/unit/twin*.c.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh

exits list 0 "$AWAI" twin
has list_has_heater out 'heater '
for twin in $("$AWAI" twin | cut -d' ' -f1); do
    for lang in en ja; do
        exits "${twin}_described_$lang" 0 "$AWAI" twin "$twin" --lang $lang
    done
    # all that a rehearsal uses is described, in both languages
    exits "${twin}_description" 0 "$AWAI" twin "$twin" --json
    cp "$TEST_TMP/out" "$TEST_TMP/twin.json"
    if jq -e '(.variables | length > 3) and (.checks | length > 0) and ([.. | .about? // empty | (.en, .ja) | length > 0] | all)
        and ([.variables[], (.scenario // {} | (.chances, .general_chances) // [])[]] | all(.causality == "output" or .source != null or .causality == "input"))' \
        "$TEST_TMP/twin.json" >"$TEST_TMP/jq"; then ok "${twin}_description_is_whole"; else
        not_ok "${twin}_description_is_whole" "$(cat "$TEST_TMP/jq")"
    fi
    for lang in en ja; do
        "$AWAI" twin "$twin" --lang $lang >"$TEST_TMP/text"
        jq -r --arg l $lang '.. | objects | select(.name) | (.name, .about[$l])' "$TEST_TMP/twin.json" |
            while IFS= read -r word; do grep -qF -e "$word" "$TEST_TMP/text" || echo "$word"; done >"$TEST_TMP/lost"
        # inputs and results of checks are told with --check
        jq -r --arg l $lang '.checks[] | (.inputs, .results)[] | (.name, .about[$l])' "$TEST_TMP/twin.json" |
            sort -u >"$TEST_TMP/of_checks"
        sort -u "$TEST_TMP/lost" | comm -23 - "$TEST_TMP/of_checks" >"$TEST_TMP/missing"
        empty "${twin}_text_tells_all_$lang" missing
    done
    exits "${twin}_checks" 0 "$AWAI" twin "$twin" --check
    has_not "${twin}_has_nothing_bad" out 'BAD'
    exits "${twin}_checks_json" 0 "$AWAI" twin "$twin" --check --json
    "$AWAI" twin "$twin" --check --json | jq -e '.checks | length > 0 and all(.ok)' >"$TEST_TMP/jq"
    if [ $? -eq 0 ]; then ok "${twin}_json_is_fine"; else not_ok "${twin}_json_is_fine" "$(cat "$TEST_TMP/jq")"; fi
    "$AWAI" twin "$twin" --until 100 >"$TEST_TMP/a.csv"
    "$AWAI" twin "$twin" --until 100 >"$TEST_TMP/b.csv"
    if cmp -s "$TEST_TMP/a.csv" "$TEST_TMP/b.csv" && [ "$(wc -l <"$TEST_TMP/a.csv")" -gt 2 ]; then
        ok "${twin}_runs_are_the_same"
    else not_ok "${twin}_runs_are_the_same" "$(head -n 2 "$TEST_TMP/a.csv")"; fi
done

exits one_check 0 "$AWAI" twin heater --check scald --set water_c=60 --json
has one_check_has_values out '"time_s_second": 4.'
has one_check_has_units out '"time_s_second": "s"'
exits check_before_set 0 "$AWAI" twin heater --check --json
exits csv 0 "$AWAI" twin heater --until 10 --csv bath_c,volume_l
has csv_has_a_head out 'time_s,bath_c,volume_l'
exits unknown_column 1 "$AWAI" twin heater --until 10 --csv bath_c,nothing
exits unknown_twin 1 "$AWAI" twin heatr
exits out_of_range 1 "$AWAI" twin heater --check scald --set water_c=101
has out_of_range_is_told err 'it goes from 38 to 100 degC'
exits no_number 1 "$AWAI" twin heater --check scald --set water_c=hot
exits output_is_no_input 1 "$AWAI" twin heater --until 10 --set degree=2
exits negative_time 2 "$AWAI" twin heater --until -1
