# SPDX-License-Identifier: Apache-2.0
"""Compares what was said with what can be said.

    python3 _messages.py REFERENCE SAID LANGUAGE [CODE:NUMBER ...]

REFERENCE is what `awai messages` prints, SAID what many commands have printed. Each row of
the reference, message and hint, must be found in SAID, save the rows named by their code
and number within it, counted from 1. Prints ok or not ok for each row.
"""
import re
import sys

reference, said, language = sys.argv[1:4]
spared = set(sys.argv[4:])
text = open(said, encoding="utf-8", errors="replace").read()


def pattern(cell):
    """A regular expression for each alternative of a cell."""
    plain = re.sub(r"\\([|<>*_])", r"\1", cell)
    return ["".join(".*" if part == "\u2026" else re.escape(part) for part in re.split("(\u2026)", one))
            for one in plain.split(" / ")]


code, number, header = "", 0, True
for line in open(reference, encoding="utf-8"):
    line = line.rstrip("\n")
    if line.startswith("### "):
        code, number, header = line[4:], 0, True
    elif line.startswith("|---"):
        header = False
    elif line.startswith("| ") and not header:
        number += 1
        name = f"{code}:{number}"
        if name in spared:
            spared.discard(name)
            continue
        message, hint = re.split(r"(?<!\\) \| ", line[2:].removesuffix(" |"))
        wrong = []
        if not any(re.search(one, text) for one in pattern(message)):
            wrong.append(message)
        if hint.strip():
            wrong += [one for one in hint.split(" / ") if not re.search(pattern(one)[0], text)]
        if wrong:
            print(f"not ok {language}:{name}: nothing says: {wrong[0]}")
        else:
            print(f"ok {language}:{name}")
if spared:
    print(f"not ok {language}:spared: there are no such rows: {sorted(spared)}")
