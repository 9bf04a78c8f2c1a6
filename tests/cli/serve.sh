#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai serve, asked by curl: each page and each call of the API, who is refused (other
# hosts, other sites, too much, the wrong type), conflicts, the way back, a server that is
# killed while versions are saved, and its end on a signal.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
if ! command -v curl >/dev/null; then
    echo 'skip serve: there is no curl'
    exit 0
fi
db=$TEST_TMP/a.db

# Asks; what came lies in out, the headers in head. $1: name, $2: status, $3: path,
# $4...: more for curl
asks()
{
    name=$1 expected=$2 path=$3
    shift 3
    status=$(curl -s -m 120 -o "$TEST_TMP/out" -D "$TEST_TMP/head" -w '%{http_code}' "$@" \
        "$url$path" 2>"$TEST_TMP/err")
    if [ "$status" = "$expected" ]; then ok "$name"; else
        not_ok "$name" "$status, not $expected: $path"
        show
    fi
}

# ---- where it listens

exits other_address 1 "$AWAI" serve --db "$db" --listen 0.0.0.0:1
has other_address_is_told err '0.0.0.0:1 is not an address of this computer alone'
exits other_name 1 "$AWAI" serve --db "$db" --listen example.org:80
exits malformed_address 2 "$AWAI" serve --db "$db" --listen 8787
if [ -e "$db" ]; then not_ok nothing_is_made "$db"; else ok nothing_is_made; fi
echo 'a letter' >"$TEST_TMP/letter"
exits other_file 1 "$AWAI" serve --db "$TEST_TMP/letter" --listen 127.0.0.1:0
has other_file_is_told err 'cannot open the store'
if [ "$(cat "$TEST_TMP/letter")" = 'a letter' ]; then ok other_file_stays; else
    not_ok other_file_stays changed
fi

# ---- what there is at first

serve --db "$db"
if [ -n "$url" ]; then ok starts; else
    not_ok starts "$(cat "$TEST_TMP/log" "$TEST_TMP/said" | head -n 3)"
    exit 1
fi
exits address_taken 1 "$AWAI" serve --db "$TEST_TMP/b.db" --listen "${url#http://}"
has address_taken_is_told err 'cannot listen on 127.0.0.1:'
asks health 200 /healthz
has health_is_well out ok
asks portfolio 200 /
for name in gas-water-heater drone warehouse-agv distillation welding-robot \
    condition-monitoring; do
    has "portfolio_has_$name" out "href=\"/systems/$name\""
done
has portfolio_in_english out '<html lang="en">'
asks portfolio_ja 200 / -H 'Accept-Language: ja,en;q=0.5'
has portfolio_in_japanese out 'システム一覧</h1>'
asks portfolio_lang 200 '/?lang=en' -H 'Accept-Language: ja'
has address_decides_language out 'All systems</h1>'
for header in "Content-Security-Policy: default-src 'none'; style-src 'self'" \
    'X-Content-Type-Options: nosniff' 'X-Frame-Options: DENY' \
    'Referrer-Policy: same-origin'; do
    has "header_${header%%:*}" head "$header"
done
has_not no_inline_script out '<script>'
has_not no_inline_style out ' style='
asks style 200 /assets/web.css
asks script 200 /assets/web.js
asks asset_missing 404 /assets/none.js
asks head 200 / -I
asks report 200 /systems/drone/report
has report_has_places out 'href="/systems/drone/history?lang=en"'
has_not report_simulates_nothing out 'class="figure figure-exceedance'
has report_policy_has_hash head "script-src 'sha256-"
if command -v python3 >/dev/null; then
    python3 - "$TEST_TMP/out" "$TEST_TMP/head" <<'END'
import base64, hashlib, re, sys
page, head = (open(p, encoding="utf-8").read() for p in sys.argv[1:3])
for tag in ("script", "style"):
    inner = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
    hashes = ["sha256-" + base64.b64encode(hashlib.sha256(i.encode()).digest()).decode() for i in inner]
    good = len(inner) == 1 and hashes[0] in head
    print(f"ok report_{tag}_hash" if good else f"not ok report_{tag}_hash: {hashes}")
END
fi
asks report_in_japanese 200 '/systems/drone/report?lang=ja'
has report_is_japanese out '<html lang="ja"'
asks edit 200 /systems/drone/edit
has edit_has_text out '<textarea id="text"'
asks history 200 /systems/drone/history
asks version 200 /systems/drone/versions/1
has version_is_plain head 'text/plain'
asks nowhere 404 /nowhere
asks no_system 404 /systems/none
asks no_version 404 /systems/drone/versions/2
asks odd_path 404 /systems/..%2fdrone
asks method 405 / -X DELETE
has method_is_told head 'Allow: GET'

# ---- API

asks api_systems 200 /api/v1/systems
has api_tells_positions out '"position": {"recovery": "'
has_not api_systems_are_all out '"next"'
asks api_part 200 '/api/v1/systems?most=2'
has api_part_tells_the_next out '"next": "distillation"'
has_not api_part_is_a_part out '"slug": "drone"'
asks api_next 200 '/api/v1/systems?most=2&after=distillation'
has api_next_goes_on out '"slug": "drone"'
has_not api_next_leaves_out out '"slug": "distillation"'
asks api_part_of_nothing 200 '/api/v1/systems?after=~'
has_not api_after_the_last out '"slug"'
asks api_part_too_large 400 '/api/v1/systems?most=1001'
asks api_model 200 /api/v1/systems/drone/model
has api_etag head 'ETag: "1"'
cmp -s "$TEST_TMP/out" usecases/drone/model.yaml && ok api_same_bytes ||
    not_ok api_same_bytes 'not the use case'
cp "$TEST_TMP/out" "$TEST_TMP/drone.yaml"
asks api_not_modified 304 /api/v1/systems/drone/model -H 'If-None-Match: "1"'
asks api_assessment 200 /api/v1/systems/drone/assessment
"$AWAI" assess usecases/drone/model.yaml --json >"$TEST_TMP/expected"
sed 's/"file": "[^"]*"//' "$TEST_TMP/out" >"$TEST_TMP/got"
sed 's/"file": "[^"]*"//' "$TEST_TMP/expected" | cmp -s - "$TEST_TMP/got" &&
    ok api_assessment_is_that_of_assess || not_ok api_assessment_is_that_of_assess differs
asks api_check 200 /api/v1/systems/drone/check
has api_check_counts out '"errors": 0'
asks api_versions 200 /api/v1/systems/drone/versions
asks api_version 200 /api/v1/systems/drone/versions/1
asks api_nowhere 404 /api/v1/systems/none/model
has api_error_is_json out '"code": "request"'

yaml='Content-Type: application/yaml'
model=/api/v1/systems/drone/model

# Saves a file over version $3. $1: name, $2: status, $4: file, $5...: more for curl
puts()
{
    name=$1 expected=$2 base=$3 file=$4
    shift 4
    asks "$name" "$expected" "$model" -X PUT -H "$yaml" -H "If-Match: \"$base\"" \
        --data-binary "@$file" "$@"
}

sed 's/^  id: drone/  id: drone/; $a # second' "$TEST_TMP/drone.yaml" >"$TEST_TMP/two.yaml"
puts put 200 1 "$TEST_TMP/two.yaml"
has put_has_etag head 'ETag: "2"'
puts put_conflict 412 1 "$TEST_TMP/drone.yaml"
has put_conflict_tells out 'version 2 in the meantime'
asks put_without_base 428 $model -X PUT -H "$yaml" --data-binary "@$TEST_TMP/two.yaml"
asks put_without_type 415 $model -X PUT -H 'If-Match: "2"' --data-binary "@$TEST_TMP/two.yaml"
echo 'awai: 1' >"$TEST_TMP/wrong.yaml"
puts put_wrong_model 422 2 "$TEST_TMP/wrong.yaml"
has put_wrong_has_places out '"line": 1, "column": 1'
printf 'a: \377' >"$TEST_TMP/bytes"
puts put_not_text 422 2 "$TEST_TMP/bytes"
printf 'include: [/etc/passwd]\n' >"$TEST_TMP/include"
puts put_include 422 2 "$TEST_TMP/include"
has_not put_include_shows_nothing out root:
asks put_nowhere 404 /api/v1/systems/none/model -X PUT -H "$yaml" -H 'If-Match: "1"' \
    --data-binary "@$TEST_TMP/two.yaml"
asks post 201 '/api/v1/systems?slug=mine&reason=first' -X POST -H "$yaml" \
    --data-binary "@$TEST_TMP/drone.yaml"
asks post_again 409 '/api/v1/systems?slug=mine' -X POST -H "$yaml" \
    --data-binary "@$TEST_TMP/drone.yaml"
asks post_name 422 '/api/v1/systems?slug=a/b' -X POST -H "$yaml" \
    --data-binary "@$TEST_TMP/drone.yaml"
asks post_small 201 '/api/v1/systems?slug=small' -X POST
asks api_restore 200 /api/v1/systems/drone/versions/1/restore -X POST -H 'If-Match: "2"'
asks api_restore_conflict 412 /api/v1/systems/drone/versions/1/restore -X POST \
    -H 'If-Match: "2"'
asks api_restored 200 $model
cmp -s "$TEST_TMP/out" "$TEST_TMP/drone.yaml" && ok api_restored_text ||
    not_ok api_restored_text differs

# ---- pages that change something

asks page_save 303 /systems/drone/edit --data-urlencode "text@$TEST_TMP/two.yaml" \
    -d base=3 --data-urlencode 'why=because <b>'
has page_save_leads_on head 'Location: /systems/drone'
asks lang_stays 200 '/systems/drone/history?lang=ja'
has lang_stays_in_links out 'href="/systems/drone/edit?lang=ja"'
asks page_saved 200 $model
cmp -s "$TEST_TMP/out" "$TEST_TMP/two.yaml" && ok page_saved_text ||
    not_ok page_saved_text differs
asks page_history 200 /systems/drone/history
has page_history_escapes out 'because &lt;b&gt;'
asks page_conflict 409 /systems/drone/edit --data-urlencode "text@$TEST_TMP/drone.yaml" \
    -d base=3 -d why=mine
has page_conflict_keeps_reason out 'value="mine"'
has page_conflict_tells out 'saved version 4 in the meantime'
asks page_wrong 422 '/systems/drone/edit?lang=ja' --data-urlencode \
    "text@$TEST_TMP/wrong.yaml" -d base=4
has page_wrong_has_place out 'drone:1:1: エラー'
has page_wrong_keeps_text out 'awai: 1'
asks page_without_base 428 /systems/drone/edit -d text=x
asks page_bad_form 400 /systems/drone/edit -d 'text=%zz&base=4'
asks page_other_type 415 /systems/drone/edit -F text=x -F base=4
asks page_restore 303 /systems/drone/versions/1/restore -d base=4
asks page_new 303 /systems -d slug=new-one
asks page_new_again 409 /systems -d slug=new-one
asks page_new_name 422 /systems -d 'slug=-x'

# ---- who is refused

port=${url##*:}
asks host_other 421 / -H "Host: evil.example:$port"
asks host_none 421 / -H 'Host: localhost'
asks host_localhost 200 / -H "Host: localhost:$port"
asks host_malformed 421 / -H "Host: [::1:$port"
asks origin_other 403 /systems -d slug=evil -H 'Origin: http://evil.example'
asks origin_null 403 /systems -d slug=evil -H 'Origin: null'
asks origin_other_port 403 /systems -d slug=evil -H 'Origin: http://127.0.0.1:1'
asks site_other 403 /systems -d slug=evil -H 'Sec-Fetch-Site: cross-site'
asks origin_api 403 "$model" -X PUT -H "$yaml" -H 'If-Match: "5"' \
    --data-binary "@$TEST_TMP/two.yaml" -H 'Origin: http://evil.example'
asks origin_own 303 /systems -d slug=own -H "Origin: $url" -H 'Sec-Fetch-Site: same-origin'
asks evil_is_not_there 404 /systems/evil
head -c 13000000 /dev/zero | tr '\0' 'x' >"$TEST_TMP/large"
puts large_body 413 5 "$TEST_TMP/large" -H 'Expect:'
puts large_chunked 413 5 "$TEST_TMP/large" -H 'Transfer-Encoding: chunked' -H 'Expect:'
head -c 4194305 "$TEST_TMP/large" >"$TEST_TMP/large-model"
puts large_model 413 5 "$TEST_TMP/large-model" -H 'Expect:'
head -c 40000 "$TEST_TMP/large" >"$TEST_TMP/large-header"
status=$(curl -s -o /dev/null -w '%{http_code}' -H "X-Large: $(cat "$TEST_TMP/large-header")" "$url/")
case $status in 431 | 413 | 000) ok large_header ;; *) not_ok large_header "$status" ;; esac

# ---- many at once, some of whom want the same report

for i in 1 2 3 4 5 6; do
    (
        for path in / /systems/distillation/report "/systems/warehouse-agv/report?lang=ja" /metrics \
            /api/v1/systems /api/v1/systems/drone/assessment /systems/drone/edit; do
            curl -sf -m 300 -o /dev/null "$url$path" || echo "$path"
        done >"$TEST_TMP/many.$i"
    ) &
    many="${many-} $!"
done
# shellcheck disable=SC2086 # a word each; not the server
wait $many
cat "$TEST_TMP"/many.* >"$TEST_TMP/out"
empty many_at_once out

# Half a request is dropped, and keeps nobody waiting.
python3 - "${url#http://}" <<'END'
import socket, sys, time
host, port = sys.argv[1].split(":")
slow = [socket.create_connection((host, int(port))) for _ in range(20)]
for s in slow:
    s.sendall(b"PUT /api/v1/systems/drone/model HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-")
quick = socket.create_connection((host, int(port)))
quick.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
quick.settimeout(8)
good = quick.recv(100).startswith(b"HTTP/1.1 200")
print("ok slow_keep_nobody" if good else "not ok slow_keep_nobody: no answer beside slow ones")
began = time.time()
for s in slow:
    s.settimeout(30)
    try:
        while s.recv(1000):
            pass
    except (ConnectionError, socket.timeout):
        pass
took = time.time() - began
print("ok slow_are_dropped" if took < 25 else f"not ok slow_are_dropped: after {took:.0f} s")
END

# A report that takes seconds keeps nobody waiting who wants a quick one.
python3 - "${url#http://}" <<'END'
import select, socket, sys, time
host, port = sys.argv[1].split(":")
def ask(path):
    s = socket.create_connection((host, int(port)))
    s.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
    return s
slow = ask("/systems/warehouse-agv/report/whole")
time.sleep(0.3)
quick = ask("/systems/condition-monitoring/report")
ready = select.select([slow, quick], [], [], 120)[0]
print("ok quick_report_does_not_wait" if quick in ready else "not ok quick_report_does_not_wait: behind the slow one")
for s in (slow, quick):
    while s.recv(100000):
        pass
END

# Two lengths of one body: refused, and nothing after it is taken for another request.
python3 - "${url#http://}" <<'END'
import socket, sys
host, port = sys.argv[1].split(":")
s = socket.create_connection((host, int(port)))
s.settimeout(30)
s.sendall((f"POST /systems HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
           f"Content-Type: application/x-www-form-urlencoded\r\n\r\n0\r\n\r\n"
           f"GET /healthz HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n").encode())
got = b""
try:
    while part := s.recv(10000):
        got += part
except (ConnectionError, socket.timeout):
    pass
good = got.startswith(b"HTTP/1.1 400") and got.count(b"HTTP/1.1 ") == 1
print("ok two_lengths" if good else f"not ok two_lengths: {got[:80]} {got.count(b'HTTP/1.1 ')}")
END

# ---- what is counted and logged

asks metrics 200 /metrics
has metrics_count out 'awai_requests_total{method="GET",route="/systems/{slug}/report",status="200"}'
has metrics_saved out 'awai_versions_saved_total 8'
has log_has_route log 'method=PUT route=/api/v1/systems/{slug}/model status=200'
has_not log_has_no_names log drone
has_not log_has_no_addresses log 127.0.0.1

# ---- ended after all that, with nothing to say against it

# Ends the server with signal $2. $1: name
ends()
{
    kill "-$2" "$server"
    wait "$server"
    status=$?
    if [ $status -eq 0 ]; then ok "$1"; else
        not_ok "$1" "exit $status"
        grep -v '^time=' "$TEST_TMP/log" | head -n 40 | sed 's/^/#  /'
    fi
}
ends ends_after_all TERM
has_not no_sanitizer_speaks log Sanitizer
serve --db "$db"

# ---- killed while versions are saved: what was acknowledged is there

asks kill_before 200 /api/v1/systems/small/versions
base=$(sed -n 's/.*"version": \([0-9]*\).*/\1/p' "$TEST_TMP/out" | head -n 1)
asks kill_text 200 /api/v1/systems/small/model
cp "$TEST_TMP/out" "$TEST_TMP/small.yaml"
lost=
for round in 1 2 3 4 5 6; do
    (
        n=$base
        while curl -sf -o /dev/null -X PUT -H "$yaml" -H "If-Match: \"$n\"" \
            --data-binary "@$TEST_TMP/small.yaml" "$url/api/v1/systems/small/model"; do
            n=$((n + 1))
            echo $n >"$TEST_TMP/acknowledged"
        done
    ) &
    saver=$!
    sleep "0.$((2 + round))"
    kill -9 "$server"
    wait "$server" $saver 2>/dev/null
    serve --db "$db"
    curl -s "$url/api/v1/systems/small/versions" >"$TEST_TMP/out"
    latest=$(sed -n 's/.*"version": \([0-9]*\).*/\1/p' "$TEST_TMP/out" | head -n 1)
    if [ "${latest:-0}" -lt "$(cat "$TEST_TMP/acknowledged")" ]; then lost=$round; fi
    base=$latest
done
if [ -z "$lost" ] && [ "$base" -gt 6 ]; then ok killed_loses_nothing; else
    not_ok killed_loses_nothing "round ${lost:-none}, version $base"
fi
echo "# $base versions over six kills"
asks killed_then_all_there 200 /systems/drone/versions/5

# ---- the end

curl -s -m 60 -o "$TEST_TMP/out" "$url/systems/welding-robot/report" &
reader=$!
sleep 0.1
ends ends_on_sigterm TERM
wait $reader
serve --db "$db"
ends ends_on_ctrl_c INT
server=
