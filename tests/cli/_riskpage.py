# SPDX-License-Identifier: Apache-2.0
"""Laws of the page of risk, for riskpage.sh: each prints "ok NAME" or "not ok NAME: why"."""

import itertools
import json
import re
import sys
import urllib.request


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def tell(name, problems):
    print(f"ok {name}" if not problems else f"not ok {name}: {'; '.join(map(str, problems))[:400]}")


def without_draws(value):
    """A result without what comes of uncertain inputs, single measures, and clocks."""
    if isinstance(value, dict):
        return {k: without_draws(v) for k, v in value.items() if k not in (
            "spread90", "sensitivity", "work", "assumptions", "gain") and not (k == "measures" and isinstance(v, list))}
    if isinstance(value, list):
        return [without_draws(v) for v in value]
    return value


def differences(page, risk):
    page, risk = without_draws(page), without_draws(risk)
    return [key for key in risk if page.get(key) != risk[key]]


def risk(name, folder):
    tell(f"{name}_is_that_of_the_command_line",
         differences(load(f"{folder}/page.json"), load(f"{folder}/risk.json")))


OWN = ("version", "chosen", "exclude_each_other", "lack", "cost", "above_target_now", "above_target",
       "map", "before")


def schema(name, folder):
    """The answer's own keys, and the rest, as their schemas say; nothing else is in it."""
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        return
    page = load(f"{folder}/page.json")
    own, of_risk = load("schema/risk-page.schema.json"), load("schema/risk.schema.json")
    rest = {k: v for k, v in page.items() if k not in OWN}
    told = {k: v for k, v in page.items() if k in OWN}
    problems = [e.message[:100] for e in Draft202012Validator(own).iter_errors(told)]
    for result in (rest, page["before"]):
        problems += [e.message[:100] for e in Draft202012Validator(of_risk).iter_errors(result)]
    problems += [k for k in own["properties"] if k not in page and page["cost"]]
    spoilt = [k for k in own["required"]
              if not list(Draft202012Validator(own).iter_errors({x: v for x, v in told.items() if x != k}))]
    tell(f"{name}_schema", problems + spoilt)


def same(name, folder):
    """Risk, plan and map by page, API and commands."""
    risk(name, folder)
    schema(name, folder)
    page, plan = load(f"{folder}/page.json"), load(f"{folder}/plan.json")
    planned, assessed = load(f"{folder}/planned.json"), load(f"{folder}/assess.json")
    tell(f"{name}_plan", [k for k in planned if planned[k] != plan.get(k)])
    trades = plan.get("front", [])
    tell(f"{name}_front", [] if trades and all(
        a["cost"] < b["cost"] and a["above_target"] > b["above_target"]
        for a, b in itertools.pairwise(trades)) else [trades])
    if page["above_target_now"] != plan["now"]["above_target"]:
        tell(f"{name}_now", [page["above_target_now"], plan["now"]])
    rows = {r["stakeholder"]: r for r in assessed["map"] if not r.get("form")}
    tell(f"{name}_map", [row["stakeholder"] for row in page["map"]
                         if (row["now"], row["then"]) != (
                             position(rows[row["stakeholder"]]),
                             position(rows[row["stakeholder"]]["planned"]))])
    with open(f"{folder}/out", encoding="utf-8") as f:
        html = f.read()
    shown = {m[0]: [float(v) for v in re.findall(r'<data value="([^"]*)"', m[1])] for m in
             re.findall(r'<tr data-stakeholder="([^"]*)">(.*?)</tr>', html, re.S)}
    wrong = []
    for before, after in zip(page["before"]["stakeholders"], page["stakeholders"]):
        wanted = [before["serious_harm"]["per_year"], after["serious_harm"]["per_year"]]
        if page["currency"]:
            wanted += [before["loss"]["mean"], after["loss"]["mean"]]
        if not all(abs(a - b) <= 1e-12 * abs(b) for a, b in zip(shown[after["id"]], wanted, strict=True)):
            wrong.append((after["id"], shown[after["id"]], wanted))
    tell(f"{name}_shown", wrong)


def position(p):
    return {"recovery": p["recovery"], "economic": p["economic"]}


def drivers(name, folder):
    page, run = load(f"{folder}/page.json"), load(f"{folder}/risk.json")
    problems = [] if page["sensitivity"] == run["sensitivity"] and run["sensitivity"] else ["sensitivity"]
    problems += [] if page["steps"] == run["steps"] and run["steps"]["of_loss"] else ["steps"]
    for a, b in zip(page["stakeholders"], run["stakeholders"], strict=True):
        tried = {m["id"]: m for m in a["loss"]["measures"]}
        problems += [m["id"] for m in b["loss"]["measures"] if tried.get(m["id"]) != m]
        if len(tried) <= len(b["loss"]["measures"]):
            problems.append("no other measure was tried")
    tell(name, problems)


def ask(url):
    with urllib.request.urlopen(url, timeout=120) as answer:
        return json.load(answer)


def monotone(name, url, *systems):
    """A set that grows by a measure at a time, in the order of the ids."""
    problems = []
    for system in systems:
        at = f"{url}/api/v1/systems/{system}/risk?worlds=600&years=200&measures="
        ids = ask(at + "all")["chosen"]
        last, left = None, None
        for n in range(0, len(ids) + 1, 4):
            r = ask(at + ",".join(["none", *ids[:n]]))
            rates = {i["id"]: i["per_year"] for i in r["incidents"]}
            losses = {s["id"]: s["loss"]["mean"] for s in r["stakeholders"]}
            if last:
                problems += [(system, n, k) for k in rates if rates[k] > last[0][k] * (1 + 1e-12)]
                problems += [(system, n, k) for k in losses if losses[k] > last[1][k] * (1 + 1e-12)]
                if r["above_target"] > left:
                    problems.append((system, n, "above target"))
            last, left = (rates, losses), r["above_target"]
    tell(name, problems)


def adopted(name, before, after, *decided):
    """Lines differ by statuses only, and those decided are decided."""
    with open(before, encoding="utf-8") as f, open(after, encoding="utf-8") as g:
        old, new = f.read().splitlines(), g.read().splitlines()
    changed = [(a, b) for a, b in zip(old, new) if a != b]
    problems = [] if len(old) == len(new) and changed else [f"{len(old)} and {len(new)} lines"]
    problems += [c for c in changed if {c[0].strip(), c[1].strip()} != {"status: decided", "status: proposed"}]
    measure = None
    found = set()
    for line in new:
        key = re.match(r"  ([\w-]+):", line)
        measure = key.group(1) if key else measure
        if line.strip() == "status: decided":
            found.add(measure)
    tell(name, problems + sorted(found ^ set(decided)))


def together(name, *files):
    answers = [load(f) for f in files]
    tell(name, [f for f, a in zip(files, answers) if without_draws(a) != without_draws(answers[0])
                or a["stopped"]])


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
