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

# That a file is refused for exactly one reason that it includes. $1 to $3: as refused
once()
{
    refused "$@"
    if [ "$(grep -c '\[include\]' "$TEST_TMP/err")" -eq 1 ]; then echo "ok $1_once"
    else echo "not ok $1_once: $(grep -c '\[include\]' "$TEST_TMP/err") times"; fi
}

# That the last check showed nothing of what is secret. $1: name
silent()
{
    if grep -q secret "$TEST_TMP/err"; then
        echo "not ok $1: $(grep secret "$TEST_TMP/err" | head -n 1)"
    else echo "ok $1"; fi
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
# texts that are not what they look like, as they are and as escapes
for character in '\342\200\256' '\342\201\246' '\342\200\213' '\302\255' '\363\240\201\201'; do
    put trojan "awai: 1\nsystem: {id: s, name: a${character}b} # c${character}\n$character"
    refused "invisible_$(echo "$character" | tr -d '\\')" trojan 'is invisible or turns'
    if [ "$(grep -c 'is invisible' "$TEST_TMP/err")" -ne 3 ] ||
        ! grep -q '^trojan:2:24: ' "$TEST_TMP/err"; then
        echo "not ok invisible: not each of them, or not in its place"
    fi
done
put trojan 'awai: 1\nsystem: {id: s, name: "a\\u2067b"}\n"\\u202E": 1\n'
refused invisible_escape trojan 'U+2067 is invisible or turns'
put trojan 'awai: 1\n"zo\\u200Dnes": {a: {name: A}}\n'
refused invisible_in_a_key trojan 'U+200D is invisible or turns'
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
for version in 9 1.0 +1 01 '"1"' 1e0 0x1 one; do
    put version "awai: $version\n"
    refused "version_$version" version "version $(echo "$version" | tr -d '"') "
    if ! grep -q "write 'awai: 1'" "$TEST_TMP/err"; then
        echo "not ok version_$version: it does not say what to write"
    fi
done
put null 'awai: ~\nsystem: ~\nstakeholders: {a: ~}\nzones:\ncomponents: null\n'
refused nulls null 'has no'

# ---- files

refused missing_file missing 'cannot read'
mkdir folder
refused folder folder 'directory'
put self 'awai: 1\ninclude: [self]\n'
once include_of_itself self "includes itself: self -> self"
put cycle 'awai: 1\ninclude: [other]\n'
put other 'include: [cycle, cycle, other, ./other, folder/../cycle]\n'
once include_in_circles cycle ""
if grep -q "^other:1:11: error: 'cycle' includes itself: cycle -> other -> cycle" \
    "$TEST_TMP/err"; then echo "ok include_in_circles_named"
else echo "not ok include_in_circles_named: $(grep itself "$TEST_TMP/err")"; fi
put device 'awai: 1\ninclude: [folder, missing]\n'
refused include_of_a_folder device 'not a regular file'
refused include_of_nothing device 'cannot read missing'
put device 'awai: 1\ninclude: [/dev/zero, /dev/stdin, /etc/passwd, /no/such/file]\n'
refused include_of_a_device device "'/dev/zero' is outside"
refused include_of_what_is_not_there device "'/no/such/file' is outside"
# what lies outside, by each way out, and what is no model: nothing of it is shown
echo 'zones: {secret-word: [' >../outside-$$
mkdir -p folder/sub
ln -sf "$PWD/../outside-$$" folder/link
ln -sf .. folder/up
put climb 'awai: 1\ninclude: [../outside-%d, folder/../../outside-%d, folder/link, folder/up/../outside-%d]\n' $$ $$ $$
refused include_by_dots climb "'../outside-$$' is outside"
refused include_by_more_dots climb "'folder/../../outside-$$' is outside"
refused include_by_a_link climb "'folder/link' is outside"
refused include_by_a_link_and_dots climb "'folder/up/../outside-$$' is outside"
silent include_shows_nothing_of_what_is_outside
rm ../outside-$$
put passwd 'root:x:0:0:secret-word:/root:/bin/sh\n'
put tokens 'token: secret-word\n# zones: x\n'
put words '\055 secret-word\n- secret-word\n'
put bytes 'secret-word \377 secret-word\n'
put broken 'secret: "secret-word\n'
put foreign 'awai: 1\ninclude: [passwd, tokens, words, bytes, broken, empty]\n'
for name in passwd tokens words broken empty; do
    refused include_of_foreign_$name foreign "'$name' is not part of a model"
done
silent include_shows_nothing_of_foreign_files
put part 'zones:\n  z: {name: Z, trust: complete}\n'
put whole 'awai: 1\ninclude: [part]\n'
check whole
if grep -q '^part:2:23: error:' "$TEST_TMP/err" && grep -q 'trust: complete' "$TEST_TMP/err"
then echo "ok error_in_an_included_file"
else echo "not ok error_in_an_included_file: no place, or no line of it"; fi
put old 'awai: 2\nzones: {a: {name: A}}\n'
put whole 'awai: 1\ninclude: old\n'
check whole
if grep -q '^old:1:7: error: version 2' "$TEST_TMP/err"; then echo "ok version_of_an_included_file"
else echo "not ok version_of_an_included_file: it is not said"; fi
# the option lets files be included from elsewhere, but only from there
mkdir -p far/models far/parts
cat >far/models/m <<'END'
awai: 1
include: [../parts/zones, ../parts/more, ../parts/zones]
system: {id: s, name: S}
applicant: a
stakeholders: {a: {name: A, roles: [iot-user], target: {recovery: none, economic: none}}}
components: {c: {name: C, kind: plc, zone: z, out-of-scope: x}}
END
echo 'zones: {z: {name: Z}}' >far/parts/zones
echo 'include: zones' >far/parts/more
check far/models/m
if [ "$(grep -c 'is outside' "$TEST_TMP/err")" -eq 3 ]; then echo "ok include_root_not_given"
else echo "not ok include_root_not_given: $(head -n 1 "$TEST_TMP/err")"; fi
for root in far "$PWD/far" .; do
    if "$AWAI" check --include-root "$root" far/models/m >"$TEST_TMP/out" 2>"$TEST_TMP/err"
    then echo "ok include_root_$(basename "$root")"
    else echo "not ok include_root_$root: $(head -n 1 "$TEST_TMP/err")"; fi
done
if "$AWAI" check --include-root far/models far/models/m >/dev/null 2>"$TEST_TMP/err"
then echo "not ok include_root_is_a_limit: accepted"
else echo "ok include_root_is_a_limit"; fi
if "$AWAI" check --include-root nowhere far/models/m >/dev/null 2>"$TEST_TMP/err" ||
    ! grep -q 'cannot read nowhere' "$TEST_TMP/err"
then echo "not ok include_root_is_missing: it is not said"
else echo "ok include_root_is_missing"; fi
put aliased 'awai: 1\ninclude: more\nzones: &z {a: {name: A}}\ncomponents: *z\ndata: *z\n'
awk 'BEGIN { print "zones:"; for (i = 0; i < 5000; i++) printf "  b%d: {name: B}\n", i
    print "data:"; for (i = 0; i < 5000; i++) printf "  d%d: {name: D}\n", i }' >more
refused include_into_aliases aliased 'has no'

# ---- accidents

cd "$OLDPWD" || exit 1
MUTATE_COUNT=$HOSTILE_COUNT MUTATE_SEED=$HOSTILE_SEED \
    "$(dirname "$AWAI")/tests/unit/mutate"
