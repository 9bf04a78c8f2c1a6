#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The introduction to the model language: its example is a model without errors that can
# be assessed, is the same in both languages, and gives the message that is quoted. The
# limits it states are those of the sources.
set -u
: "${AWAI:=build/awai}" "${TEST_TMP:=$(mktemp -d)}"
en=docs/model-intro.en.md
ja=docs/model-intro.ja.md

tell()
{
    if [ "$2" -eq 0 ]; then echo "ok $1"; else echo "not ok $1: exit $2"; fi
}

# The blocks of a page in a language. $1: page, $2: language of the block
blocks()
{
    awk -v open="\`\`\`$2" '
        $0 == open { inside = 1; next }
        /^```/ { inside = 0 }
        inside { print }' "$1"
}

blocks $en yaml >"$TEST_TMP/lock.yaml"
blocks $ja yaml >"$TEST_TMP/ja.yaml"
cmp "$TEST_TMP/lock.yaml" "$TEST_TMP/ja.yaml"
tell the_same_example_in_both_languages $?
awai=$AWAI
case $awai in /*) ;; *) awai=$PWD/$awai ;; esac
here=$PWD
cd "$TEST_TMP" || exit 1

"$awai" check lock.yaml >out 2>err
tell the_example_has_no_errors $?
test "$(grep -c ': warning: ' err)" -eq 1 && grep -q "'updates' is adopted by no" err
tell the_example_has_the_warning_told $?
"$awai" assess lock.yaml >out 2>err
tell the_example_is_assessed $?
"$awai" explain lock.yaml burglary >out 2>err
tell the_example_is_explained $?

# the message, for the mistake told
awk '/kind: door-lock/ { print; getline; sub(/home-lan/, "home-lna") } { print }' \
    lock.yaml >wrong.yaml
mv wrong.yaml lock.yaml
for page in en ja; do
    "$awai" check lock.yaml --lang $page 2>&1 >out | grep -v '^awai: ' >err
    eval "blocks \"\$here/\$$page\" text" >expected
    diff expected err
    tell "the_message_is_the_one_quoted_$page" $?
done
cd "$here" || exit 1

# limits: what the header says, what the pages say
while IFS=: read -r name value text; do
    grep -qF "$name" src/base/limits.h && grep -E "define $name +$value" \
        src/base/limits.h >/dev/null && grep -qF "$text" $en && grep -qF "$text" $ja
    tell "limit_$name" $?
done <<'END'
LIMIT_FILE_BYTES:.256u << 20.:256 MiB
LIMIT_SCALAR_BYTES:.1u << 20.:1 MiB
LIMIT_KEY_BYTES:128u:128
LIMIT_DEPTH:64u:64
LIMIT_NODES:.16u << 20.:16,777,216
LIMIT_INCLUDES:64u:64
LIMIT_ERRORS:200u:200
LIMIT_COMPONENTS:.4u << 20.:4,194,304
END
