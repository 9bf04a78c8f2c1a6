#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai format: what is shipped is laid out so; another layout of a use case comes back,
# and its assessment is the same in either; in place, to a file, by pipe, and --check;
# what cannot be done leaves files as they were; large and odd texts take no long time.
set -u
: "${AWAI:=$PWD/build/awai}" "${AWAI_ROOT:=$PWD}" "${TEST_TMP:=$(mktemp -d)}"
AWAI_TODAY=2027-01-01
export AWAI_TODAY
cd "$TEST_TMP" || exit 1

# ok or not ok. $1: name, $2: status, $3: why
tell()
{
    if [ "$2" -eq 0 ]; then echo "ok $1"; else echo "not ok $1: ${3-}"; fi
}

# That a command ends with a status. $1: name, $2: status, then the command
ends()
{
    name=$1 expected=$2
    shift 2
    "$@" >out 2>err </dev/null
    status=$?
    tell "$name" $((status != expected)) "exit $status: $(head -c 200 err)"
}

# Another layout that means the same: levels twice as far in, blanks, other line ends.
spread()
{
    sed -e 's/^\( *\)- /\1\1-   /; t end' -e 's/^\( *\)/\1\1/' -e ':end' \
        -e 's/^$/\n /' -e 's/$/\r/' "$1"
}

# ---- what is shipped

# shellcheck disable=SC2046 # names without blanks
ends shipped_is_laid_out 0 "$AWAI" format --check "$AWAI_ROOT"/usecases/*/model.yaml \
    "$AWAI_ROOT"/catalog/*.yaml "$AWAI_ROOT"/docs/examples/*.yaml \
    $(find "$AWAI_ROOT/src/page/assets" -name '*.yaml')
ends new_is_laid_out 0 "$AWAI" new new
ends new_is_laid_out:check 0 "$AWAI" format --check new/model.yaml

for model in "$AWAI_ROOT"/usecases/*/model.yaml; do
    case=$(basename "$(dirname "$model")")
    mkdir -p was spread
    cp "$model" was/model.yaml
    spread "$model" >spread/model.yaml
    ends "$case:is_other" 1 "$AWAI" format --check spread/model.yaml
    grep -q 'spread/model.yaml' err
    tell "$case:is_named" $?
    for at in was spread; do (cd $at && "$AWAI" assess --json model.yaml >assessment); done
    cmp -s was/assessment spread/assessment && [ -s was/assessment ]
    tell "$case:spread_means_the_same" $?
    ends "$case:in_place" 0 "$AWAI" format spread/model.yaml
    cmp -s spread/model.yaml "$model"
    tell "$case:comes_back" $? "$(diff "$model" spread/model.yaml | head -n 3)"
    (cd spread && "$AWAI" assess --json model.yaml >assessment)
    cmp -s was/assessment spread/assessment
    tell "$case:assessed_the_same" $?
done

# ---- where to

printf 'a:\n    b: 1 # one\n' >x.yaml
printf 'a:\n  b: 1 # one\n' >right
cp x.yaml y.yaml
ends to_a_file 0 "$AWAI" format x.yaml -o z.yaml
cmp -s z.yaml right && cmp -s x.yaml y.yaml
tell to_a_file:written $?
ends to_standard_output 0 "$AWAI" format x.yaml --output -
cmp -s out right && cmp -s x.yaml y.yaml
tell to_standard_output:written $?
"$AWAI" format - <x.yaml | cmp -s - right
tell by_pipe $?
"$AWAI" format - --check <x.yaml 2>err
tell by_pipe:check $(($? != 1))
"$AWAI" format - --check <right
tell by_pipe:check_of_what_is_right $?
"$AWAI" format x.yaml -o /dev/null && [ -c /dev/null ]
tell to_a_device $?
chmod 640 y.yaml
ln -s y.yaml link.yaml
ends by_a_link 0 "$AWAI" format link.yaml
cmp -s y.yaml right && [ -L link.yaml ] && [ "$(stat -c %a y.yaml)" = 640 ] &&
    [ ! -e y.yaml.part ] && [ ! -e link.yaml.part ]
tell by_a_link:stays_one $?
before=$(stat -c %i y.yaml)
ends right_already 0 "$AWAI" format y.yaml
[ "$(stat -c %i y.yaml)" = "$before" ]
tell right_already:not_written $?
ends one_output 2 "$AWAI" format x.yaml y.yaml -o z.yaml

# ---- what cannot be done: said, and no file is touched; the others are done

printf 'a: [\n' >broken.yaml
printf 'a:\302\205  b: 1\n' >odd.yaml
cp broken.yaml broken
cp odd.yaml odd
cp x.yaml w.yaml
ends broken 1 "$AWAI" format broken.yaml odd.yaml missing.yaml w.yaml
for what in broken.yaml:2 odd.yaml:1 missing.yaml; do
    grep -q "$what" err
    tell "broken:$what" $? "$(head -c 300 err)"
done
cmp -s broken.yaml broken && cmp -s odd.yaml odd && cmp -s w.yaml right
tell broken:left $?
ends broken:check 1 "$AWAI" format --check broken.yaml
"$AWAI" format broken.yaml -o none 2>err
[ ! -e none ]
tell broken:no_output $?
: >empty.yaml
ends empty 1 "$AWAI" format empty.yaml

# ---- large and odd: nothing is looked at again and again

# That a text is laid out within a time that only another order of growth would take.
# $1: name; standard input: the text
in_time()
{
    cat >"$1.large"
    timeout 60 "$AWAI" format "$1.large" -o "$1.once" 2>err &&
        timeout 60 "$AWAI" format --check "$1.once"
    tell "large:$1" $? "exit $?: $(head -c 200 err)"
}

"$AWAI" synth --components 25000 >synth
[ "$(wc -c <synth)" -ge 10000000 ]
tell large:is_10_MB $?
in_time synth <synth
spread synth | in_time synth_spread
cmp -s synth_spread.once synth.once
tell large:synth_comes_back $?
awk 'BEGIN { printf "a: ["; for (i = 0; i < 200000; i++) printf "x ,  "; print "y]" }' | in_time line
awk 'BEGIN { print "a: ["; for (i = 0; i < 200000; i++) print "x,"; print "y]" }' | in_time bracket
awk 'BEGIN { for (i = 0; i < 200000; i++) print "   # c" i; print "a: 1" }' | in_time comments
awk 'BEGIN { print "a: 1"; for (i = 0; i < 500000; i++) print "" }' | in_time empty_lines
awk 'BEGIN { print "a: |"; for (i = 0; i < 100000; i++) print "    x   "; print "    x" }' | in_time block
awk 'BEGIN { print "a: \"x"; for (i = 0; i < 100000; i++) print "     \303\251  "; print "    x\"" }' | in_time quoted
awk 'BEGIN { for (i = 0; i < 30; i++) { printf "%*sa:\n", i * 7, "" } printf "%*sb: 1\n", i * 7, ""
    for (i = 0; i < 100000; i++) printf "%*s# c\n", (i % 30) * 7, "" }' | in_time deep
