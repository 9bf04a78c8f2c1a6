# SPDX-License-Identifier: Apache-2.0
#
# For the tests of commands, read by `.` from the project's root: runs a command and looks
# at what it wrote. What the last command wrote lies in $TEST_TMP/out and $TEST_TMP/err.
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"

ok() { echo "ok $1"; }
not_ok() { echo "not ok $1: $2"; }

# What the last command wrote, as comment.
show()
{
    for stream in out err; do
        sed "s/^/#  $stream: /" "$TEST_TMP/$stream" | head -n 8
    done
}

# Runs a command. $1: name, $2: expected status, $3...: command
exits()
{
    name=$1 expected=$2
    shift 2
    "$@" >"$TEST_TMP/out" 2>"$TEST_TMP/err"
    status=$?
    if [ "$status" -eq "$expected" ]; then ok "$name"; else
        not_ok "$name" "exit $status, not $expected: $*"
        show
    fi
}

# That a file of $TEST_TMP, such as out or err, has a text. $1: name, $2: file, $3: text
has()
{
    if grep -qF -e "$3" "$TEST_TMP/$2"; then ok "$1"; else
        not_ok "$1" "no '$3' in $2"
        show
    fi
}

has_not()
{
    if grep -qF -e "$3" "$TEST_TMP/$2"; then
        not_ok "$1" "'$3' in $2"
        show
    else ok "$1"; fi
}

empty()
{
    if [ -s "$TEST_TMP/$2" ]; then
        not_ok "$1" "something in $2"
        show
    else ok "$1"; fi
}

# Whether a process has a handler for SIGINT: bit 1 of the caught signals, a hexadecimal
# number whose last digit holds it. Not that of a shell which is about to become the command.
# $1: its process id
listens()
{
    ! [ "/proc/$1/exe" -ef "/proc/$$/exe" ] &&
        grep -q '^SigCgt:.*[2367abef]$' "/proc/$1/status" 2>/dev/null
}

# Whether a process has not ended, if only to be waited for. $1: its process id
runs() { grep -q '^State:.[^ZX]' "/proc/$1/status" 2>/dev/null; }

# Presses Ctrl-C on a command started with &, once it listens (before that the key would end
# it unheard), and waits for its end. $1: its process id. The status is the command's.
interrupt()
{
    while runs "$1" && ! listens "$1"; do sleep 0.05; done
    kill -INT "$1" 2>/dev/null
    wait "$1"
}

# Starts a server and waits until it says where it is: $url, or "" if it ended instead. Its
# process id is $server, what it says is in said, its log in log; it goes when the test does.
# $serve_with may be a variable for it, such as PATH=/nowhere. $1...: options
serve_with='' server='' url=''
serve()
{
    : >"$TEST_TMP/said"
    env ${serve_with:+"$serve_with"} "$AWAI" serve --listen 127.0.0.1:0 --lang en "$@" \
        >"$TEST_TMP/said" 2>>"$TEST_TMP/log" &
    server=$!
    trap 'kill -9 $server 2>/dev/null' EXIT
    until grep -q '^Awai is at ' "$TEST_TMP/said" || ! kill -0 $server 2>/dev/null; do
        sleep 0.05
    done
    url=$(sed -n 's|^Awai is at \(https\{0,1\}://[^ ]*\)/ .*|\1|p' "$TEST_TMP/said")
}

# Ends it by SIGTERM; the status is its own.
end_server()
{
    kill "$server"
    wait "$server"
}
