#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Hostile models: each ends soon in exit 1 and a message with a place, in bounded memory,
# and none of them crashes. Then use cases with accidents, ten thousand of them, in one
# process (tests/unit/mutate.c):
#
#     HOSTILE_COUNT=10000 HOSTILE_SEED=20261122 tests/cli/hostile.sh
set -u
: "${AWAI:=build/awai}" "${TEST_TMP:=$(mktemp -d)}" "${SAN:=}"
: "${HOSTILE_COUNT:=10000}" "${HOSTILE_SEED:=20261122}"
export LC_ALL=C

# Runs a check of $1 into $TEST_TMP/err, within 20 s and 4 GiB (sanitizers reserve more).
check()
{
    (
        if [ -z "$SAN" ]; then ulimit -v 4194304; fi
        exec timeout 20 "$AWAI" check "$1"
    ) >"$TEST_TMP/out" 2>"$TEST_TMP/err" </dev/null
}

# That a file is refused with a place in it and a message. $1: name, $2: file,
# $3: pattern of the message
refused()
{
    check "$2"
    status=$?
    if [ $status -ne 1 ]; then
        echo "not ok $1: exit $status"
        head -n 3 "$TEST_TMP/err" | cut -c 1-300
    elif ! grep -q "^$2:[0-9]*:[0-9]*: .*error: .*$3" "$TEST_TMP/err"; then
        echo "not ok $1: no place, or not the message"
        head -n 3 "$TEST_TMP/err" | cut -c 1-300
    elif LC_ALL=C.UTF-8 grep -q '[[:cntrl:]]' "$TEST_TMP/err"; then
        echo "not ok $1: control characters in the message"
    else
        echo "ok $1"
    fi
}

# A file of the test with the bytes that printf makes of $2 and what follows.
put()
{
    name=$TEST_TMP/$1
    shift
    # shellcheck disable=SC2059
    printf "$@" >"$name"
}

# $2 times the text $3, in file $1, after the text $4
many()
{
    awk -v n="$2" -v s="$3" -v head="${4-}" \
        'BEGIN { printf "%s", head; for (i = 0; i < n; i++) printf "%s", s }' \
        >"$TEST_TMP/$1"
}

cd "$TEST_TMP" || exit 1
case $AWAI in /*) ;; *) AWAI=$OLDPWD/$AWAI ;; esac

# ---- bytes

put empty ''
refused empty empty 'empty'
put nul 'awai: 1\nsystem: \000\n'
refused nul nul 'NUL'
put latin 'awai: 1\nsystem: {id: caf\351}\n'
refused not_utf8 latin 'UTF-8'
put utf16 '\377\376a\000w\000a\000i\000'
refused utf16 utf16 'UTF-8'
# names that would steer a terminal
cat >escape <<'EOF'
awai: 1
zones: {"\e[2J\e]0;x\a": {name: x}, y: {name: y, within: "\u009b2J"}}
EOF
refused terminal_escapes escape 'control character'
head -c 100000 /dev/urandom >random
refused random_bytes random ''

# ---- sizes

truncate -s 1G sparse
refused one_gigabyte sparse 'larger than'
{
    printf 'awai: 1\nsystem: {id: '
    head -c 40000000 /dev/zero | tr '\0' x
} >scalar
refused long_scalar scalar 'too long'
many key 100000 k 'awai: 1
'
printf ': 1\n' >>key
refused long_key key ''
many lines 300000 'a: 1
'
refused same_key_again_and_again lines 'stands twice'
many unknown 200000 'x' 'awai: 1
# '
refused long_comment unknown 'has no'
awk 'BEGIN { for (i = 0; i < 200000; i++) printf "k%d: {a: b}\n", i }' >keys
refused unknown_keys keys 'unknown key'

# ---- depth and aliases

many flow 200000 '['
refused deep_flow flow 'deep'
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "%*sa:\n", i, "" }' >block
refused deep_block block 'deep'
many dashes 100000 '- '
refused deep_dashes dashes 'deep'
many question 100000 '? '
refused deep_questions question ''
{
    echo 'a: &a [x, x, x, x, x, x, x, x, x]'
    for pair in ab bc cd de ef fg gh hi ij; do
        old=${pair%?} new=${pair#?}
        echo "$new: &$new [*$old, *$old, *$old, *$old, *$old, *$old, *$old, *$old, *$old]"
    done
} >laughs
refused billion_laughs laughs 'alias'
# the same in the shape of a model, with anchors that shadow themselves
awk 'BEGIN {
    n = 1000
    print "awai: 1\nincidents:"
    printf "  i0: {name: x, threat: t, at: &at ["
    for (i = 0; i < n; i++) printf "c, "
    print "&at c]}"
    printf "  i1: {name: x, threat: t, at: c, preconditions: &p ["
    for (i = 0; i < n; i++) printf "{threat: t, at: *at}, "
    print "{threat: t, at: c, because: &p x}]}"
    for (i = 0; i < n; i++)
        printf "  j%d: {name: x, threat: t, at: c, preconditions: *p}\n", i
}' >shadow
refused billion_laughs_in_a_model shadow ''

# ---- form

put second 'awai: 1\n---\nawai: 1\n'
refused second_document second 'second document'
put tag 'awai: 1\nsystem: !!python/object:os.system x\n'
refused application_tag tag 'tag'
put version '%%YAML 9.9\n---\nawai: 1\n'
refused yaml_version version ''
put list '\055 awai\n- 1\n'
refused list_as_root list 'mapping'
put word 'awai\n'
refused word_as_root word 'mapping'
put twice 'awai: 1\nawai: 1\n'
refused duplicate_key twice 'stands twice'
put nine 'awai: 9\n'
refused unknown_version nine 'version 9'
put null 'awai: ~\nsystem: ~\nstakeholders: {a: ~}\nzones:\ncomponents: null\n'
refused nulls null 'has no'

# ---- files

refused missing_file missing 'cannot read'
mkdir folder
refused folder folder 'directory'
put self 'awai: 1\ninclude: [self]\n'
refused include_of_itself self 'include'
put cycle 'awai: 1\ninclude: [other]\n'
put other 'include: [cycle, cycle, other, other]\n'
refused include_in_circles cycle 'include'
put device 'awai: 1\ninclude: [/dev/zero, /dev/stdin, folder, missing]\n'
refused include_of_a_device device 'not a regular file'
put aliased 'awai: 1\ninclude: more\nzones: &z {a: {name: A}}\ncomponents: *z\ndata: *z\n'
awk 'BEGIN { print "zones:"; for (i = 0; i < 5000; i++) printf "  b%d: {name: B}\n", i
    print "data:"; for (i = 0; i < 5000; i++) printf "  d%d: {name: D}\n", i }' >more
refused include_into_aliases aliased 'has no'

# ---- accidents

cd "$OLDPWD" || exit 1
MUTATE_COUNT=$HOSTILE_COUNT MUTATE_SEED=$HOSTILE_SEED \
    "$(dirname "$AWAI")/tests/unit/mutate"
