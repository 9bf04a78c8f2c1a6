# SPDX-License-Identifier: Apache-2.0
"""What a terminal shows; used by commands.sh.

    screen.py AWAI FOLDER

FOLDER has texts that AWAI printed, NAME-en.txt and NAME-ja.txt: drawn boxes have straight
edges and the columns of summaries stand below each other, also in wide characters; in both
languages there are as many lines; files have no escape codes. On a terminal of its own AWAI
uses colour, unless NO_COLOR is set. FOLDER also has broken.yaml and rules.yaml for that.
Prints "ok NAME" or "not ok NAME: why".
"""
import os
import pathlib
import pty
import re
import subprocess
import sys
import unicodedata

MODEL = "usecases/drone/model.yaml"
ESCAPE = "\033["


def tell(name, wrong):
    wrong = list(wrong)
    print(f"not ok {name}: {'; '.join(wrong[:3])}" if wrong else f"ok {name}")


def width(text):
    """Terminal cells: wide and fullwidth characters take two, combining ones none."""
    cells = 0
    for c in text:
        if unicodedata.category(c) not in ("Mn", "Me", "Cf"):
            cells += 2 if unicodedata.east_asian_width(c) in "WF" else 1
    return cells


def check_boxes(name, lines):
    """In a block of lines with box characters, edges stand where the first line has them."""
    wrong, n_boxes, first = [], 0, None
    for line in lines:
        edges = [width(line[:i]) for i, c in enumerate(line) if c in "│┌┬┐├┼┤└┴┘"]
        if edges and first is None:
            n_boxes += 1
        if edges and first not in (None, edges):
            wrong.append(f"edges at {edges}, not {first}: {line}")
        first = (first or edges) if edges else None
    tell(f"straight_{name}", wrong if n_boxes else ["no box is drawn"])


LEVELS = "none|limited|serious|fatal|なし|限定的|重大|致命的"


def check_columns(name, lines):
    """The levels of the stakeholders ("limited x serious") begin at one cell, after a blank."""
    rows = [re.match(rf"(  [A-Z] .*?)(?:{LEVELS}) × ", line) for line in lines]
    heads = [row.group(1) for row in rows if row]
    starts = sorted({width(head) for head in heads})
    tell(f"columns_{name}", [] if len(starts) == 1 else [f"levels begin at cells {starts}"])
    tell(f"gaps_{name}", [f"no blank after: {head}" for head in heads if head[-1] != " "])


def check_texts(folder):
    for path in sorted(folder.glob("*-en.txt")):
        name = path.name[: -len("-en.txt")]
        n_lines = []
        for lang in ("en", "ja"):
            text = (folder / f"{name}-{lang}.txt").read_text(encoding="utf-8")
            check_boxes(f"{name}_{lang}", text.splitlines())
            if name != "compare":
                check_columns(f"{name}_{lang}", text.splitlines())
            control = {hex(ord(c)) for c in text if ord(c) < 32 and c != "\n"}
            tell(f"no_escapes_{name}_{lang}", control)
            n_lines.append(text.count("\n"))
        tell(f"same_lines_{name}", [] if n_lines[0] == n_lines[1] else [str(n_lines)])


def on_terminal(command, no_colour, columns=1000):
    """What a command shows on a terminal of its own, output and errors."""
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    environment["COLUMNS"] = str(columns)
    if no_colour:
        environment["NO_COLOR"] = "1"
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        shown += more
    os.close(ours)
    process.wait()
    return shown.decode("utf-8", "replace").replace("\r\n", "\n")


def check_colour(name, command, holds, text):
    colour, plain = (on_terminal(command, no_colour) for no_colour in (0, 1))
    tell(f"colour_{name}", [] if ESCAPE in colour else ["no colour on a terminal"])
    tell(f"no_colour_{name}", [] if "\033" not in plain else ["colour in spite of NO_COLOR"])
    tell(f"colour_{name}_tells", [] if holds in plain else [f"no '{holds}' on a terminal"])
    bare = re.sub(r"\033\[[0-9;]*m", "", colour)
    tell(f"colour_{name}_changes_no_letter", [] if bare == plain else ["the text differs"])
    if text is not None:
        tell(f"terminal_{name}_as_in_a_file", [] if plain == text else ["the text differs"])


def check_width(name, command):
    """Lines end where the terminal does; broken lines have all letters; boxes are straight."""
    whole = on_terminal(command, 1)
    for columns in (40, 60, 80):
        shown = on_terminal(command, 1, columns)
        wide = [line for line in shown.splitlines() if width(line) > columns]
        tell(f"width_{name}_{columns}", wide)
        begins = [line for line in shown.splitlines() if line.strip()[:1] in tuple("、。」）")]
        tell(f"line_starts_{name}_{columns}", begins)
        if "│" in whole:
            check_boxes(f"{name}_{columns}", shown.splitlines())
        else:  # a map's cells are as wide as the terminal lets them
            bare = ("".join(text.split()) for text in (shown, whole))
            tell(f"letters_{name}_{columns}", [] if next(bare) == next(bare) else ["differ"])


def main():
    awai, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    check_texts(folder)
    text = (folder / "drone-en.txt").read_text(encoding="utf-8")
    check_colour("summary", [awai, "assess", MODEL, "--lang", "en"], "Requirements", text)
    for lang in ("en", "ja"):
        for command in (["assess", MODEL], ["explain", MODEL, "access-control"], ["catalog", "plc"]):
            check_width(f"{command[0]}_{lang}", [awai, *command, "--lang", lang])
    check_colour("errors", [awai, "check", str(folder / "broken.yaml")], ":3:12: ", None)
    rules = [awai, "check", MODEL, "--rules", str(folder / "rules.yaml")]
    check_colour("rules", rules, "[some-rule]", None)


main()
