# SPDX-License-Identifier: Apache-2.0
"""Reference traces of the twins: src/twin/NAME/trace.csv against the program.

    python3 tests/cli/_traces.py AWAI [--write] FILE...

The first line of a trace says how it was made: "# COMMAND; every N rows". The command is run again;
each of its N-th rows must agree with the file's, to 1e-6 of the value (and 1e-9 about zero), which leaves
room for another libm and for nothing else. --write makes the file anew: on purpose, with the
reason in the commit.
"""
import re
import shlex
import subprocess
import sys


def run(awai, head):
    """The rows of the command in a trace's first line, thinned."""
    command, every = re.fullmatch(r"# awai (.*); every (\d+) rows", head).groups()
    out = subprocess.run([awai, *shlex.split(command)], stdout=subprocess.PIPE, text=True, check=True).stdout
    lines = out.splitlines()
    return [lines[0], *lines[int(every)::int(every)]]


def differs(ours, theirs):
    """The first place where two lists of rows differ, in words, or None."""
    if len(ours) != len(theirs) or ours[0] != theirs[0]:
        return "other rows or columns"
    names = ours[0].split(",")
    for a, b in zip(ours[1:], theirs[1:]):
        for name, x, y in zip(names, map(float, a.split(",")), map(float, b.split(","))):
            if abs(x - y) > 1e-9 + 1e-6 * abs(y):
                return f"{name} is {x:.9g}, not {y:.9g}, in the row '{b}'"
    return None


def main():
    awai, write, paths = sys.argv[1], "--write" in sys.argv, [x for x in sys.argv[2:] if x != "--write"]
    for path in paths:
        lines = open(path, encoding="utf-8").read().splitlines()
        rows = run(awai, lines[0])
        name = "trace_" + path.split("/")[-2]
        if write:
            open(path, "w", encoding="utf-8").write("\n".join([lines[0], *rows]) + "\n")
            continue
        wrong = differs(rows, lines[1:])
        print(f"not ok {name}: {wrong}" if wrong else f"ok {name}")


main()
