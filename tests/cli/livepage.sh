#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The page Rehearse and its stream: frames are the rows of `awai rehearse --trace`, also in
# pieces; what is asked wrongly; how many streams there may be; clients who go away; and a
# server that ends while streams run.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
export TEST_TMP
. tests/tools/kit.sh
if ! command -v curl >/dev/null || ! command -v python3 >/dev/null; then
    echo 'skip livepage: there is no curl, or no python3'
    exit 0
fi
serve --db "$TEST_TMP/a.db"

# Asks; what came lies in out, the headers in head. $1: name, $2: status, $3: path
asks()
{
    status=$(curl -s -m 120 -o "$TEST_TMP/out" -D "$TEST_TMP/head" -w '%{http_code}' \
        "$url$3" 2>"$TEST_TMP/err")
    if [ "$status" = "$2" ]; then ok "$1"; else
        not_ok "$1" "$status, not $2: $3"
        show
    fi
}

# ---- the page without script

page=/systems/gas-water-heater/rehearse
asks page 200 $page
has page_has_its_tab out 'aria-current="page">Rehearse</a>'
has page_has_incidents out '<option value="tampered-command"'
has page_has_script out '/assets/rehearse.js'
has page_says_what_is_not_run out 'Nothing physical is run: '
has_not page_has_no_inline_style out ' style='
asks page_of_a_run 200 "$page?incident=tampered-command&world=3&measures=decided&lang=ja"
has page_is_japanese out 'リハーサル'
has page_keeps_what_was_chosen out '<option value="decided" selected>'
has page_has_a_picture out '<img class="run" src="/systems/gas-water-heater/rehearse/picture?'
asks picture 200 "$page/picture?incident=tampered-command&world=3&lang=ja"
has picture_is_svg head 'image/svg+xml'
has picture_is_of_the_run out '<title>試行の経過</title>'
asks picture_of_nothing_physical 404 "$page/picture?incident=insider-leak"
asks script 200 /assets/rehearse.js
asks no_system 404 /systems/none/rehearse

# ---- asked wrongly: refused before anything runs

live=/api/v1/systems/gas-water-heater/rehearse/stream
asks no_incident 400 "$live"
asks other_incident 404 "$live?incident=%3Cscript%3E"
has other_incident_is_no_page head 'application/json'
asks no_such_measure 422 "$live?incident=tampered-command&measures=none,nothing"
for bad in world=-1 world=1000001 world=1.5 seed=x seed=1e3 seed=9999999999999999 speed=0 \
    speed=nan speed=inf speed=1e9 speed=1000001 from=-1 from=0x10 until=. until=1.2.3 \
    until=1000000001; do
    asks "refuses_$bad" 400 "$live?incident=tampered-command&$bad"
done
has refused_says_why out "the parameter 'until' cannot be '1000000001'"
asks page_refuses_seed 400 "$page?seed=x"
asks page_refuses 422 "$page?measures=nothing"
asks picture_refuses 400 "$page/picture?incident=tampered-command&seed=-"
asks stream_of_no_system 404 /api/v1/systems/none/rehearse/stream?incident=x
curl -s -o "$TEST_TMP/out" -X POST "$url$live"
has only_get out '"status": 405'
asks beyond_the_end 200 "$live?incident=tampered-command&from=999999&speed=1000"
has beyond_the_end_is_the_end out 'event: end'
asks nothing_physical 200 "$live?incident=insider-leak"
has nothing_physical_has_levels out '"level": "serious"'
sed 's/\btwin: heater/twin: none/; /^rehearsal:/,$d' usecases/gas-water-heater/model.yaml \
    >"$TEST_TMP/plain.yaml"
curl -s -o "$TEST_TMP/out" -X POST -H 'Content-Type: application/yaml' \
    --data-binary "@$TEST_TMP/plain.yaml" "$url/api/v1/systems?slug=plain"
asks model_without_rehearsal 404 '/api/v1/systems/plain/rehearse/stream?incident=x'
has model_without_rehearsal_is_told out 'has no section rehearsal'

# Heads alone take no place for good.
for i in 1 2 3 4 5 6 7 8 9 10; do
    curl -s -I -m 60 -o /dev/null "$url$live?incident=tampered-command"
done
asks heads_take_no_place 200 "$live?incident=tampered-command&speed=1000000"

# ---- the same run

python3 tests/cli/_live.py same "$AWAI" "$url" || not_ok same 'ended early'
python3 tests/cli/_live.py places "$url" 8 || not_ok places 'ended early'

# ---- the server ends while streams run

for i in 1 2; do
    curl -s -N -o "$TEST_TMP/cut.$i" \
        "$url/api/v1/systems/drone/rehearse/stream?incident=hijack&speed=0.01" &
    readers="${readers-} $!"
done
n=0
until grep -q 'event: frame' "$TEST_TMP/cut.1" 2>/dev/null || [ $n -ge 200 ]; do
    n=$((n + 1))
    sleep 0.05
done
kill -TERM $server
wait $server
status=$?
if [ $status -eq 0 ]; then ok ends_while_streams_run; else
    not_ok ends_while_streams_run "exit $status"
    grep -v '^time=' "$TEST_TMP/log" | head -n 40 | sed 's/^/#  /'
fi
has_not no_sanitizer_speaks log Sanitizer
# shellcheck disable=SC2086 # a word each
wait $readers || : # what they read was cut off
