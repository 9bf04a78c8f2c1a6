#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai rehearse: what a user meets, results that do not hang on threads, runs that can be had
# again, refusals with their places, an interrupted run. What the engine does is in
# tests/unit/rehearse.c.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
model=usecases/gas-water-heater/model.yaml

# ---- what a user meets

exits no_file 2 "$AWAI" rehearse
exits no_such_file 1 "$AWAI" rehearse "$TEST_TMP/nothing.yaml"
for runs in 0 many 1000001 -1; do exits "runs_are_not_$runs" 2 "$AWAI" rehearse "$model" --runs $runs; done
for at in -1 noon nan inf; do exits "at_is_not_$at" 2 "$AWAI" rehearse "$model" --runs 1 --at $at; done
exits at_is_the_beginning 0 "$AWAI" rehearse "$model" --runs 1 --at 0
if grep -qE '[.][0-9]+[.][0-9]' "$TEST_TMP/out"; then not_ok numbers_have_blanks_between "$(grep -E '[.][0-9]+[.][0-9]' "$TEST_TMP/out" | head -n 1)"
else ok numbers_have_blanks_between; fi
exits threads_are_some 2 "$AWAI" rehearse "$model" --threads 0
exits unknown_measure 1 "$AWAI" rehearse "$model" --runs 1 --measures decided,nothing
has unknown_measure_is_told err "'nothing'"
exits unknown_incident 1 "$AWAI" rehearse "$model" --runs 1 --incident nothing
has unknown_incident_is_told err "no play of the incident 'nothing'"
exits world_without_trace 2 "$AWAI" rehearse "$model" --world 3
exits trace_without_incident 2 "$AWAI" rehearse "$model" --trace "$TEST_TMP/t.csv"
exits too_many_runs 2 "$AWAI" rehearse "$model" --runs 1000000
has too_many_runs_are_told err 'GB'
sed '/^rehearsal:/,$d' "$model" >"$TEST_TMP/without.yaml"
exits no_section 1 "$AWAI" rehearse "$TEST_TMP/without.yaml"
has no_section_is_told err 'has no section rehearsal'

exits text 0 "$AWAI" rehearse "$model" --runs 20
empty text_has_no_errors err
has text_has_the_twin out 'on the twin heater: 20 worlds of seed 1 each'
has text_has_outcomes out 'burn_degree'
has text_has_levels out 'declared serious; measured serious'
has text_has_a_worst_run out 'worst: world'
has text_has_the_reason out 'Nothing physical: '
exits more_text 0 "$AWAI" rehearse "$model" --runs 3 --matrix --compatibility
has text_has_the_matrix out 'm-safety-functions  maker: recovery limited'
has text_has_emergencies out 'No measure and no set of them breaks a demand.'
exits text_ja 0 "$AWAI" rehearse "$model" --runs 3 --matrix --compatibility --lang ja
has text_ja_has_levels out '申告 重大、実測 '
has text_ja_has_emergencies out '安全機能への要求を妨げる対策も、その組合せも無い。'
if LC_ALL=C.UTF-8 grep -qE 'mean|declared|measured|worst' "$TEST_TMP/out"; then
    not_ok text_ja_is_japanese "$(grep -E 'mean|declared|measured|worst' "$TEST_TMP/out" | head -n 1)"
else ok text_ja_is_japanese; fi

# ---- the same for any number of threads, and for the same seed only

# Runs into a file of $TEST_TMP, without what it took. $1: file, $2...: arguments
into()
{
    file=$1
    shift
    "$AWAI" rehearse "$model" "$@" --json 2>"$TEST_TMP/err" | jq 'del(.work)' >"$TEST_TMP/$file" ||
        not_ok "run_$file" "$(head -n 2 "$TEST_TMP/err")"
}

# That two files are the same, or are not. $1: name, $2 and $3: files, $4: 0 or 1
same()
{
    cmp -s "$TEST_TMP/$2" "$TEST_TMP/$3"
    if [ $? -eq "$4" ]; then ok "$1"; else not_ok "$1" "$2 and $3"; fi
}

for threads in 1 2 4; do into threads-$threads --runs 12 --threads $threads; done
same two_threads_are_one threads-1 threads-2 0
same four_threads_are_one threads-1 threads-4 0
into seed-2 --runs 12 --seed 2
for threads in 1 2; do into tables-$threads --runs 2 --threads $threads --matrix --compatibility; done
same tables_of_two_threads_are_of_one tables-1 tables-2 0
same another_seed_is_another threads-1 seed-2 1
into none --runs 12 --measures none
into none-again --runs 12 --measures none
same same_seed_is_the_same none none-again 0
if jq -e '.incidents | all(.without == .with)' "$TEST_TMP/none" >"$TEST_TMP/jq"; then
    ok no_measures_change_nothing
else not_ok no_measures_change_nothing 'with differs from without'; fi
# more runs begin with the fewer ones, and one incident is as among all
into one --runs 12 --incident tampered-command
jq '.incidents[] | select(.incident == "tampered-command")' "$TEST_TMP/threads-1" >"$TEST_TMP/a"
jq '.incidents[0]' "$TEST_TMP/one" >"$TEST_TMP/b"
same one_incident_is_as_among_all a b 0

# ---- runs that can be had again

# The last row of a trace has what the run came to. $1: incident, $2: of which set, $3...: options
replayed()
{
    incident=$1 set=$2
    shift 2
    world=$(jq -r --arg i "$incident" --arg s "$set" '.incidents[] | select(.incident == $i)[$s].worst.world' "$TEST_TMP/threads-1")
    degree=$(jq -r --arg i "$incident" --arg s "$set" '.incidents[] | select(.incident == $i)[$s].worst.outcomes.burn_degree' "$TEST_TMP/threads-1")
    exits "trace_of_${incident}_$set" 0 "$AWAI" rehearse "$model" --incident "$incident" --world "$world" \
        --trace "$TEST_TMP/trace.csv" "$@"
    last=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "degree") c = i } END { print $c }' "$TEST_TMP/trace.csv")
    if [ "$last" = "$degree" ]; then ok "worst_of_${incident}_${set}_again"; else
        not_ok "worst_of_${incident}_${set}_again" "degree $last, not $degree, in world $world"
    fi
}
for incident in tampered-command spoofed-home-command lifted-limit; do
    replayed $incident without
    replayed $incident with --measures decided
done
has trace_has_a_head trace.csv 'time_s,'
has trace_has_events trace.csv 'attack@0'
exits trace_of_what_stands_still 0 "$AWAI" rehearse "$model" --incident cloud-intrusion --trace "$TEST_TMP/still.csv"
has still_trace_has_events still.csv 'attack@0'
exits trace_nowhere 1 "$AWAI" rehearse "$model" --incident cloud-intrusion --trace "$TEST_TMP/no/such.csv"

# ---- the time of the attack

exits at 0 "$AWAI" rehearse "$model" --incident tampered-command --trace "$TEST_TMP/at.csv" --at 777
has at_is_then at.csv 'attack@777'
exits at_the_end 0 "$AWAI" rehearse "$model" --incident tampered-command --runs 20 --at 1e6 --json
if jq -e '.incidents[0].without.outcomes.burn_degree.most == 0' "$TEST_TMP/out" >"$TEST_TMP/jq"; then
    ok too_late_does_nothing
else not_ok too_late_does_nothing 'somebody is burnt'; fi

# ---- what is wrong has its place

# Replaces something in the model. $1: name, $2: sed program, $3: line that has it, $4: message
refused()
{
    sed "$2" "$model" >"$TEST_TMP/wrong.yaml"
    line=$(grep -nF -e "$3" "$TEST_TMP/wrong.yaml" | tail -n 1 | cut -d: -f1)
    exits "$1" 1 "$AWAI" rehearse "$TEST_TMP/wrong.yaml" --runs 1
    has "$1_has_a_place" err "wrong.yaml:$line:"
    has "$1_is_told" err "$4"
}
refused unknown_twin 's/twin: heater/twin: heatr/' 'twin: heatr' "heatr"
refused unknown_part 's/    panel: wall-remote/    pannel: wall-remote/' 'pannel: wall-remote' 'pannel'
refused unknown_component 's/    panel: wall-remote/    panel: wall-remot/' 'panel: wall-remot' 'wall-remot'
refused wrong_sort 's/    panel: wall-remote/    panel: heater-controller/' 'panel: heater-controller' 'wrong sort'
refused gap 's/panel_set: \[operate-panel, panel-heater\]/panel_set: [panel-heater, operate-panel]/' \
    'panel_set: [panel-heater' 'does not end where'
refused parameter_range 's/tries_water: 0.3}/tries_water: 1.3}/' 'tries_water: 1.3' 'out of its range, 0 to 1'
refused unknown_parameter 's/tries_water: 0.3}/tries_watr: 0.3}/' 'tries_watr' 'tries_watr'
refused set_range 's/parameter: limit_c, value: 48/parameter: limit_c, value: 480/' 'limit_c, value: 480' 'out of its range'
refused no_output 's/parameter: limit_c, value: 48/parameter: bath_c, value: 48/' 'parameter: bath_c' 'bath_c'
refused huge_time 's/{at: 0, do: tamper/{at: 1e10, do: tamper/' 'at: 1e10' 'from 0 to 1000000000'
refused verb_and_place 's/do: tamper, on: cloud-controller/do: tamper, on: cloud/' 'do: tamper, on: cloud,' 'cannot be done'
refused not_on_its_way 's/do: tamper, on: cloud-controller/do: tamper, on: panel-heater/' 'on: panel-heater' 'does not pass'
refused step_without_value 's/signal: bath_set, value: 48}/signal: bath_set}/' 'on: controller, payload: override, signal: bath_set}' "lacks 'value'"
refused payload_of_none 's/do: tamper, on: cloud-controller/do: tamper, payload: stop, on: cloud-controller/' \
    'payload: stop' 'runs no payload'
refused levels_fall 's/recovery: {limited: 1, serious: 1000}/recovery: {limited: 1, serious: 0}/' 'serious: 0}' 'do not rise'

# a measure that stands in the way of an emergency is told, with the run that shows it
sed 's/^    m-safety-separated:$/    m-change-initial-password: {acts: [{does: login, on: wall-remote, takes: 20, locks: 600}]}\n&/' \
    "$model" >"$TEST_TMP/locked.yaml"
exits locked 0 "$AWAI" rehearse "$TEST_TMP/locked.yaml" --runs 10 --incident tampered-command --compatibility
has locked_is_told out 'the measures break it'
has locked_has_its_run out 'm-change-initial-password: off at the panel'

# ---- an interrupted run ends well, and says so

"$AWAI" rehearse "$model" --runs 20000 --threads 2 --json >"$TEST_TMP/out" 2>"$TEST_TMP/err" &
interrupt $!
status=$?
if [ $status -eq 0 ]; then ok interrupted; else not_ok interrupted "exit $status"; fi
has interrupted_says_so out '"stopped": true'
# the matrix as well
"$AWAI" rehearse "$model" --runs 2000 --incident cloud-intrusion --matrix --compatibility --json \
    >"$TEST_TMP/out" 2>"$TEST_TMP/err" &
run=$!
sleep 1
interrupt $run
status=$?
if [ $status -eq 0 ]; then ok interrupted_matrix; else not_ok interrupted_matrix "exit $status"; fi
has interrupted_matrix_says_so out '"stopped": true'
