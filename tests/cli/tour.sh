#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Runs what the documents show. Of each document the blocks
#
#     ```sh      commands, run in order in one empty folder, with awai in the PATH.
#                A command stands on one line, or goes on after a backslash, or has a
#                here-document; it must exit with 0, or with the N of a comment
#                "# exit N" at the end of its line.
#     ```text    right after such a block: what it prints. Its lines must be in the output,
#                one after the other; a line "..." stands for any lines. Blanks at the ends
#                of lines do not count.
#
# Documents named *.ja.md run in a Japanese environment, the others in an English one.
# Blocks of any other kind are not run.
set -u
: "${AWAI:=$PWD/build/awai}" "${AWAI_ROOT:=$PWD}" "${TEST_TMP:=$(mktemp -d)}"
mkdir -p "$TEST_TMP/bin"
ln -sf "$AWAI" "$TEST_TMP/bin/awai"
PATH=$TEST_TMP/bin:$PATH
AWAI_TODAY=2026-10-01 # the dates in the templates lie around it
export PATH AWAI_TODAY

# Takes the blocks of a document $1 apart into $2/N.sh and $2/N.want.
extract()
{
    awk -v folder="$2" '
        # after each command: was its exit status the expected one?
        function end_command() {
            printf "tour_exit $? %d %d\n", expected, FNR >script
            expected = 0
        }
        kind == "" && /^```sh$/ { kind = "sh"; n++; script = folder "/" n ".sh"; next }
        kind == "" && /^```text$/ && after { kind = "text"; want = folder "/" n ".want"
            printf "" >want; next }
        kind == "" && /^```/ { kind = "other"; after = 0; next }
        kind == "" && NF { after = 0 }
        kind == "" { next }
        /^```$/ { after = kind == "sh"; kind = ""; next }
        kind == "text" { print >want }
        kind != "sh" { next }
        { print >script }
        here != "" { if ($0 == here) { here = ""; end_command() } next }
        /# exit [0-9]+$/ { expected = $NF + 0 }
        match($0, /<<.?[A-Z]+/) {
            here = substr($0, RSTART + 2, RLENGTH - 2)
            gsub(/[^A-Z]/, "", here)
            next
        }
        /\\$/ || NF == 0 || /^#/ { next }
        { end_command() }' "$1"
}

# That file $2 has the lines of file $1; prints the first line that it has not.
has_lines()
{
    awk '
        { sub(/[ \t]+$/, "") }
        NR == FNR { want[++n] = $0; next }
        { have[++m] = $0 }
        END {
            free = 1 # the next line may be anywhere from here on
            for (i = 1; i <= n; i++) {
                if (want[i] == "...") { free = 1; continue }
                for (at++; free && at <= m && have[at] != want[i]; at++);
                if (at > m || have[at] != want[i]) { print want[i]; exit 1 }
                free = 0
            }
        }' "$1" "$2"
}

# Runs block number $2 of document $1, whose parts lie in $3, in the folder $3/run.
run_block()
{
    name=$1:block_$2 part=$3/$2
    {
        # shellcheck disable=SC2016 # for the shell that runs the block
        printf 'tour_exit() { if [ "$1" -ne "$2" ]; then\n'
        # shellcheck disable=SC2016
        printf '    echo "tour: line $3: exit $1, not $2" >&3; fi; }\n'
        cat "$part.sh"
    } >"$part.run"
    (cd "$3/run" && sh -u "$part.run" >"$part.out" 2>&1 3>"$part.wrong" </dev/null) ||
        echo "tour: the shell failed" >>"$part.wrong"
    if [ -s "$part.wrong" ]; then
        echo "not ok $name: $(head -n 1 "$part.wrong")"
        sed 's/^/# /' "$part.out" | tail -n 20
    elif [ -e "$part.want" ] && ! missing=$(has_lines "$part.want" "$part.out"); then
        echo "not ok $name: the output has not, or not there: $missing"
        sed 's/^/# /' "$part.out" | tail -n 60
    else
        echo "ok $name"
    fi
}

for document in README.md README.ja.md docs/manual.md docs/manual.ja.md; do
    folder=$TEST_TMP/$(basename "$document")
    mkdir -p "$folder/run"
    case $document in
    *.ja.md) LC_ALL=ja_JP.UTF-8 ;;
    *) LC_ALL=C.UTF-8 ;;
    esac
    export LC_ALL
    extract "$AWAI_ROOT/$document" "$folder"
    block=1
    while [ -e "$folder/$block.sh" ]; do
        run_block "$document" $block "$folder"
        block=$((block + 1))
    done
    if [ $block -eq 1 ]; then echo "not ok $document: no block to run"; fi
done
