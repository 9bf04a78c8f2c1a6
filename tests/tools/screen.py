# SPDX-License-Identifier: Apache-2.0
"""What a terminal shows; used by commands.sh.

    screen.py aligned FILE      drawn boxes in it have straight edges, also with Japanese
    screen.py marks FILE        the column after the names of the stakeholders is straight
    screen.py plain FILE        it has no control characters but newlines
    screen.py tty COMMAND...    runs a command on a terminal of its own, prints what it shows

Exits 1 and says why if it is not so.
"""
import os
import pty
import sys
import unicodedata


def width(text):
    """Terminal cells: wide and fullwidth characters take two, combining ones none."""
    cells = 0
    for c in text:
        if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf"):
            continue
        cells += 2 if unicodedata.east_asian_width(c) in "WF" else 1
    return cells


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def columns(line, characters):
    """At which cells some characters stand."""
    return [width(line[:i]) for i, c in enumerate(line) if c in characters]


def aligned(path):
    """Blocks of lines with box characters: every edge stands where the top line has a knot."""
    wrong, n_boxes, top = [], 0, None
    for number, line in enumerate(lines_of(path), 1):
        edges = columns(line, "│┌┬┐├┼┤└┴┘")
        if not edges:
            top = None
            continue
        if top is None:
            top = edges
            n_boxes += 1
        if edges != top:
            wrong.append(f"{path}:{number}: edges at {edges}, not {top}: {line}")
    return wrong or ([] if n_boxes else [f"{path}: no box is drawn"])


def marks(path):
    """The " × " of the rows of stakeholders stands at one cell."""
    rows = [line for line in lines_of(path) if line.startswith("  ") and " × " in line]
    if len(rows) < 2:
        return [f"{path}: {len(rows)} rows of stakeholders"]
    starts = {start_of_levels(line) for line in rows}
    return [] if len(starts) == 1 else [f"{path}: levels begin at cells {sorted(starts)}"]


def start_of_levels(line):
    head = line.split(" × ")[0]
    return width(head) - width(head.split(" ")[-1])


def plain(path):
    with open(path, "rb") as file:
        found = {c for c in file.read() if c < 32 and c != 10}
    return [f"{path}: control characters {sorted(found)}"] if found else []


def tty(command):
    """The bytes a command writes to a terminal; returns its exit status."""
    shown = []

    def read(fd):
        data = os.read(fd, 65536)
        shown.append(data)
        return b""

    def nothing(fd):
        return os.read(fd, 1024)

    status = pty.spawn(command, read, nothing)
    sys.stdout.buffer.write(b"".join(shown).replace(b"\r\n", b"\n"))
    return os.waitstatus_to_exitcode(status)


def main():
    what, arguments = sys.argv[1], sys.argv[2:]
    if what == "tty":
        sys.exit(tty(arguments))
    wrong = [w for path in arguments for w in {"aligned": aligned, "marks": marks, "plain": plain}[what](path)]
    for line in wrong[:5]:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


main()
