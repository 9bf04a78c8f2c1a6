#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What is done with a store besides serving it: backup and the way back while a server
# goes on, export and import, looking through it; a server that is killed again and again
# while many save; the same with PostgreSQL, where that is installed.
set -u
cd "${AWAI_ROOT:-$PWD}" || exit 1
. tests/tools/kit.sh
if ! command -v curl >/dev/null; then
    echo 'skip store: there is no curl'
    exit 0
fi
model=$TEST_TMP/model.yaml
"$AWAI" new "$TEST_TMP/new" >/dev/null && cp "$TEST_TMP/new/model.yaml" "$model"

# Asks the API for a system called x. $1: name, $2: expected status, $3: the rest of the
# path, $4...: for curl
calls()
{
    name=$1 expected=$2 path=$3
    shift 3
    code=$(curl -s -o "$TEST_TMP/out" -w '%{http_code}' -H 'Content-Type: application/yaml' \
        "$@" "$url/api/v1/systems$path")
    : >"$TEST_TMP/err"
    if [ "$code" = "$expected" ]; then ok "$name"; else
        not_ok "$name" "status $code, not $expected"
        show
    fi
}

# The way of a store from a server to a backup, to a folder, and back. $1: what the names
# of the tests begin with, $2: --db
way()
{
    at=$1
    folder=$TEST_TMP/$at
    mkdir "$folder"
    serve --db "$2"
    calls "${at}_create" 201 '?slug=x&reason=first' -X POST --data-binary "@$model"
    exits "${at}_backup" 0 "$AWAI" backup "$folder/b.db" --db "$2"
    calls "${at}_save_after" 200 /x/model -X PUT -H 'If-Match: "1"' \
        --data-binary "@$model"
    exits "${at}_backup_overwrites_nothing" 1 "$AWAI" backup "$folder/b.db" --db "$2"
    exits "${at}_export" 0 "$AWAI" store export "$folder/all" --db "$2"
    exits "${at}_export_is_the_text" 0 cmp "$folder/all/default/x/2.yaml" "$model"
    exits "${at}_verify" 0 "$AWAI" store verify --db "$2"
    has "${at}_verify_counts" out 'systems 7, versions 8'
    exits "${at}_restore_is_careful" 1 "$AWAI" restore "$folder/b.db" --db "$2"
    calls "${at}_page_before" 200 /x/versions
    exits "${at}_restore" 0 "$AWAI" restore "$folder/b.db" --db "$2" --replace
    calls "${at}_goes_on" 200 /x/versions
    has_not "${at}_is_as_it_was" out '"version": 2'
    calls "${at}_saves_again" 200 /x/model -X PUT -H 'If-Match: "1"' \
        --data-binary "@$model"
    end_server
    exits "${at}_import" 0 "$AWAI" store import "$folder/all" --db "$folder/new.db"
    exits "${at}_import_verify" 0 "$AWAI" store verify --db "$folder/new.db"
    has "${at}_import_has_all" out 'systems 7, versions 8'
    exits "${at}_restore_into_nothing" 0 "$AWAI" restore "$folder/b.db" \
        --db "$folder/back.db"
    exits "${at}_restored_verify" 0 "$AWAI" store verify --db "$folder/back.db"
    has "${at}_restored_has_all" out 'systems 7, versions 7'
}

way file "$TEST_TMP/a.db"
exits no_store 1 "$AWAI" backup "$TEST_TMP/none.b" --db "$TEST_TMP/none.db"
exits no_store_made 1 test -e "$TEST_TMP/none.db"
exits no_such_errand 2 "$AWAI" store burn
exits export_wants_a_folder 2 "$AWAI" store export --db "$TEST_TMP/a.db"

# ---- killed while many save: what was acknowledged is there

# Saves versions of system $1 until the server is gone, and notes those acknowledged.
save_on()
{
    n=$(cat "$TEST_TMP/last-$1")
    while curl -s -f -o "$TEST_TMP/answer-$1" -X PUT -H 'Content-Type: application/yaml' \
        -H "If-Match: \"$n\"" --data-binary "@$model" "$url/api/v1/systems/$1/model"; do
        n=$((n + 1))
        echo "$n" >"$TEST_TMP/last-$1"
    done
}

# The latest version of system $1, after a server that was killed may have saved one more
# than it could say.
latest()
{
    curl -s "$url/api/v1/systems/$1/versions" |
        sed -n 's/.*"version": \([0-9]*\).*/\1/p' | head -n 1
}

lost=0
serve --db "$TEST_TMP/k.db"
for slug in k1 k2 k3 k4; do
    calls "kill_create_$slug" 201 "?slug=$slug" -X POST --data-binary "@$model"
    echo 1 >"$TEST_TMP/last-$slug"
done
for round in 1 2 3 4 5 6 7 8; do
    savers=
    for slug in k1 k2 k3 k4; do
        save_on $slug &
        savers="$savers $!"
    done
    sleep 0.$((round % 4 + 3))
    kill -9 $server
    # shellcheck disable=SC2086 # a word each
    wait $server $savers 2>/dev/null
    serve --db "$TEST_TMP/k.db"
    for slug in k1 k2 k3 k4; do
        acknowledged=$(cat "$TEST_TMP/last-$slug")
        there=$(latest $slug)
        [ "${there:-0}" -ge "$acknowledged" ] || lost=$((lost + 1))
        echo "$there" >"$TEST_TMP/last-$slug"
    done
done
end_server
echo "# $(cat "$TEST_TMP"/last-k* | paste -sd+ | bc 2>/dev/null) versions over eight kills"
if [ "$lost" -eq 0 ]; then ok killed_loses_nothing; else
    not_ok killed_loses_nothing "$lost times a version was gone"
fi
exits killed_is_sound 0 "$AWAI" store verify --db "$TEST_TMP/k.db"

# ---- PostgreSQL

if address=$(tests/tools/postgres start "$TEST_TMP/pg" $$ 2>"$TEST_TMP/err"); then
    way postgresql "$address"
    serve --db "$address"
    calls postgresql_read 200 /x/model
    tests/tools/postgres stop "$TEST_TMP/pg"
    calls postgresql_gone 500 /x/model
    has postgresql_gone_is_told out '"code": "store"'
    calls postgresql_gone_for_saves 500 /x/model -X PUT -H 'If-Match: "2"' \
        --data-binary "@$model"
    tests/tools/postgres again "$TEST_TMP/pg"
    calls postgresql_is_back 200 /x/model
    calls postgresql_is_back_for_saves 200 /x/model -X PUT -H 'If-Match: "2"' \
        --data-binary "@$model"
    end_server
    tests/tools/postgres stop "$TEST_TMP/pg"
    exits postgresql_away 1 "$AWAI" store verify --db "$address"
    has postgresql_away_is_told err 'cannot open the store'
else
    echo 'skip postgresql: it is not installed'
fi
