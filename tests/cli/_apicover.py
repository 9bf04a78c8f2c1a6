# SPDX-License-Identifier: Apache-2.0
"""Holds the options of the program against the description of the API.

Every command has an operation that names it (x-awai-command), or a row of x-awai-options.
Every option has a parameter of its name in such an operation, or a row. Each row is of an
option that there is and that needs it, names operations, parameters and values that there
are, and is in both manuals of the API. Of whoever adds an option, this demands the one or
the other.

Prints "ok NAME" or "not ok NAME: why" a check.
"""
import json
import os
import pathlib
import re
import subprocess

AWAI = os.environ["AWAI"]


def tell(name, why=None):
    print(f"not ok {name}: {str(why)[:300]}" if why else f"ok {name}", flush=True)


def said(*words):
    return subprocess.run([AWAI, *words, "--lang", "en"], capture_output=True, text=True, check=True).stdout


def block(text, head):
    """The first words of the lines after a heading, up to an empty line."""
    lines = text.split(f"\n{head}", 1)[1].split("\n")[1:]
    return [line.split()[0] for line in lines[: lines.index("")]]


# ---- what the program can be told

HELP = said("--help")
COMMANDS = block(HELP, "Commands")
COMMON = [o[2:] for o in block(HELP, "Options of every command")]
OPTIONS = {}
for command in COMMANDS:
    own = block(said(command, "--help"), "Options")
    OPTIONS[command] = [o[2:] for o in own if o.startswith("--") and o[2:] not in COMMON]

# ---- what the API can be told

DESCRIPTION = json.loads(said("schema", "api"))
OPERATIONS = {
    o["operationId"]: o for item in DESCRIPTION["paths"].values() for o in item.values()
}
ROWS = {(r["command"], r["option"]): r for r in DESCRIPTION["x-awai-options"]}


def parameter(operation, name):
    for p in OPERATIONS.get(operation, {}).get("parameters", ()):
        if p["name"] == name and p["in"] == "query":
            return p
    return None


def of_command(command):
    return [i for i, o in OPERATIONS.items() if o.get("x-awai-command") == command]


def carries(command, option):
    """An operation of the command has a parameter of that name."""
    return any(parameter(i, option) for i in of_command(command))


def row_for(command, option):
    return ROWS.get((command, option)) or ROWS.get(("", option)) or ROWS.get((command, ""))


def fault_of_target(target):
    """What is wrong with OPERATION?PARAMETER=VALUE."""
    operation, _, rest = target.partition("?")
    name, _, value = rest.partition("=")
    if operation not in OPERATIONS:
        return f"no operation {operation}"
    if not name:
        return None
    p = parameter(operation, name)
    if p is None:
        return f"{operation} has no parameter {name}"
    allowed = p["schema"].get("enum") or (["true", "false"] if p["schema"]["type"] == "boolean" else None)
    return f"{name} may not be {value}" if value and allowed and value not in allowed else None


def fault_of_row(row):
    command, option = row["command"], row["option"]
    if command and command not in COMMANDS:
        return "there is no such command"
    known = OPTIONS[command] if command else COMMON + sum(OPTIONS.values(), [])
    if option and option not in known:
        return "there is no such option"
    names = {re.split("[?=]", target + "?")[1] for target in row["by"].split()}
    if command and option and carries(command, option) and names <= {option}:
        return "a parameter has that name already"
    faults = [f for f in map(fault_of_target, row["by"].split()) if f]
    return faults[0] if faults else None if row["about"] else "it says not how, or why not"


# ---- the checks

tell("some_commands_and_options", None if len(COMMANDS) > 20 and len(OPTIONS["attack"]) > 10 else OPTIONS)
tell("each_row_once", len(DESCRIPTION["x-awai-options"]) - len(ROWS))
for command in COMMANDS:
    tell(f"command_{command}", None if of_command(command) or (command, "") in ROWS else "neither operation nor row")
    for option in OPTIONS[command]:
        there = carries(command, option) or row_for(command, option)
        tell(f"option_{command}_{option}", None if there else "neither parameter nor row")
for option in COMMON:
    tell(f"option_{option}", None if ("", option) in ROWS else "no row")
for (command, option), row in ROWS.items():
    tell(f"row_{command or 'any'}_{option or 'itself'}", fault_of_row(row))

for page in ("docs/api.md", "docs/api.ja.md"):
    text = pathlib.Path(page).read_text()
    for command, option in ROWS:
        words = f"awai {command} --{option}" if command and option else f"awai {command}" if command else f"--{option}"
        tell(f"{page}_has_{command}_{option}", None if re.search(rf"^\| `{re.escape(words)}` \|", text, re.M) else "not in the table")
