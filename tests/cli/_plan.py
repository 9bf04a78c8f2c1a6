# SPDX-License-Identifier: Apache-2.0
"""What every plan obeys; used by plan.sh.

    _plan.py AWAI MODEL PLAN.JSON OPTION...

Prints "ok NAME" or "not ok NAME: why".
"""
import json
import pathlib
import subprocess
import sys

awai, model, path, *options = sys.argv[1:]
plan = json.load(open(path))
name = pathlib.Path(path).stem + "".join(o for o in options if o.startswith("--"))
wrong = []


def check(good, why):
    if not good:
        wrong.append(why)


def ask(*more):
    """Another plan, with the same options."""
    command = [awai, "plan", model, "--trials", "0", "--json", *options, *more]
    return json.loads(subprocess.run(command, capture_output=True, text=True).stdout)


def money(value):
    return f"{value:.17g} {plan['currency']}"


chosen = {m["measure"]: m for m in plan["measures"]}
front = plan["front"]
check(plan["proof"]["verified"], "the assessment disagrees")
check(plan["proof"]["gap"] == 0, "a gap")
check(plan["proof"]["optimal"] == (plan["result"] == "proven"), "optimal, proven")
check(plan["result"] in ("proven", "impossible"), plan["result"])
check((plan["plan"]["above_target"] == 0) == (plan["result"] == "proven"), "what is left")
check(bool(plan["left"]) == (plan["plan"]["above_target"] > 0), "ways that are left")
check(bool(plan["beyond_candidates"]) == (plan["result"] == "impossible"), "beyond")
total = sum(m["cost"] for m in chosen.values())
check(abs(total - plan["plan"]["cost"]) <= 1e-6 * total, "sum of the costs")
removed = sum(m["gain"] for m in chosen.values())
check(removed == plan["now"]["above_target"] - plan["plan"]["above_target"], "sum of the gains")
for id, measure in chosen.items():
    check(measure["loss"] > 0, f"{id} is there for nothing")
    check(bool(measure["without_it"]) == (measure["loss"] > 0), f"{id} explains nothing")
    check(set(measure["requires"]) <= set(chosen) or "--keep-decided" in options, f"{id} alone")
    for way in measure["without_it"]:
        check(way["chain"][0].startswith("origin."), f"{id}: {way['chain'][0]}")
        check(way["chain"][-1].startswith("incident."), f"{id}: {way['chain'][-1]}")
for first, second in zip(front, front[1:]):
    check(first["cost"] < second["cost"], "costs of the front rise")
    check(first["above_target"] > second["above_target"], "what is left falls along the front")
check(front[0]["above_target"] <= plan["now"]["above_target"], "the first of the front")
check(front[-1]["above_target"] == plan["plan"]["above_target"], "the last of the front")
check(front[-1]["cost"] == plan["plan"]["cost"], "the cost of the last of the front")
for point in front:
    within = ask("--budget", money(point["cost"]))
    check(within["plan"] == {k: point[k] for k in ("cost", "above_target")}, "budget of the front")
    if point["cost"] > 0:
        below = ask("--budget", money(point["cost"] * 0.999))
        check(below["plan"]["above_target"] > point["above_target"], "a budget too small")
for incident in plan["simulation"]["incidents"]:
    check(incident["after"] <= incident["before"], f"{incident['incident']} is more likely")
print(f"not ok {name}: {'; '.join(wrong[:3])}" if wrong else f"ok {name}")
