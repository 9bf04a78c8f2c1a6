#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai rehearse --watch: what it shows is what --trace writes, however fast; and on a
# terminal the cursor comes back, also after Ctrl-C. And the figures of --svg.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
model=usecases/gas-water-heater/model.yaml
incident=spoofed-home-command

exits watch_needs_an_incident 2 "$AWAI" rehearse $model --watch
has watch_needs_is_told err '--watch needs --incident'
exits speed_is_a_number 2 "$AWAI" rehearse $model --incident $incident --watch --speed fast
exits speed_is_not_below_0 2 "$AWAI" rehearse $model --incident $incident --watch --speed -1
exits watch 0 "$AWAI" rehearse $model --incident $incident --world 3 --watch \
    --trace "$TEST_TMP/trace.csv"
empty watch_has_no_errors err
has_not watch_without_terminal_has_no_codes out "$(printf '\033')"
has watch_tells_outcomes out 'bath_entered_c'

# The line of a time holds the values of the row of that time in the trace.
cp "$TEST_TMP/out" "$TEST_TMP/lines"
awk -F, '
    FNR == NR {
        if (FNR == 1) for (i = 1; i <= NF; i++) name[i] = $i
        else for (i = 2; i < NF; i++) at[$1, name[i]] = $i
        next
    }
    $2 == "s" {
        n++
        for (i = 3; i <= NF; i++)
            if (split($i, pair, "=") == 2 && at[$1, pair[1]] != pair[2])
                { print "at " $1 " " $i ", not " at[$1, pair[1]]; wrong = 1 }
    }
    END { exit wrong || n < 5 }
' "$TEST_TMP/trace.csv" FS=' ' "$TEST_TMP/lines"
result=$?
if [ $result -eq 0 ]; then ok watch_has_the_values_of_trace; else
    not_ok watch_has_the_values_of_trace "exit $result"
fi
exits watch_paced 0 "$AWAI" rehearse $model --incident $incident --world 3 --watch \
    --speed 5000
if cmp -s "$TEST_TMP/out" "$TEST_TMP/lines"; then ok watch_paced_is_the_same; else
    not_ok watch_paced_is_the_same 'other lines'
fi
exits watch_ja 0 "$AWAI" rehearse $model --incident $incident --world 3 --watch --lang ja
has watch_ja_tells_outcomes out '結果'
exits watch_still 0 "$AWAI" rehearse $model --incident insider-leak --watch
has watch_still_tells_outcomes out 'personal_records'

exits svg 0 "$AWAI" rehearse $model --runs 3 --incident $incident --svg "$TEST_TMP/figures"
for name in map twin-$incident run-$incident; do
    if grep -q '^<svg ' "$TEST_TMP/figures/rehearse-$name.svg"; then ok "svg_$name"; else
        not_ok "svg_$name" 'no such figure'
    fi
done

if command -v python3 >/dev/null; then
    python3 tests/cli/_watch.py "$AWAI" $model $incident
else
    echo 'skip watch_on_terminal: there is no python3'
fi
