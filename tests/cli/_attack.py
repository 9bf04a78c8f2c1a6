# SPDX-License-Identifier: Apache-2.0
"""Laws of results of `awai attack --json`; used by attack.sh.

    _attack.py FOLDER

FOLDER has NAME-threads-N.json, NAME-seed.json, NAME-measures-SET.json, NAME-short.json,
order-a.json, order-b.json, mal.json. Prints "ok NAME" or "not ok NAME: why".
"""
import json
import math
import pathlib
import sys


def tell(name, wrong):
    wrong = list(wrong)
    print(f"not ok {name}: {'; '.join(map(str, wrong[:3]))}" if wrong else f"ok {name}")


def load(folder, name):
    result = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    result["work"].pop("seconds")
    return result


def by_name(result):
    return {t["name"]: t for t in result["targets"]}


def check_form(name, result):
    """Probabilities lie in their intervals, quantiles rise, shares are shares."""
    wrong = []
    for t in result["targets"]:
        low, high = t["ci95"]
        if not 0 <= low <= t["probability"] <= high <= 1:
            wrong.append(f"{t['name']}: interval")
        if abs(t["probability"] - t["reached"] / result["trials"]) > 1e-12:
            wrong.append(f"{t['name']}: probability")
        times = [t["ttc_days"][k] for k in ("p05", "p25", "p50", "p75", "p95")]
        known = [x for x in times if x is not None]
        if known != sorted(known) or times[: len(known)] != known:
            wrong.append(f"{t['name']}: quantiles")
        for share, time in zip((0.05, 0.25, 0.5, 0.75, 0.95), times):
            if (time is None) != (t["probability"] < share):
                wrong.append(f"{t['name']}: a quantile where it has none, or none")
    tell(f"{name}_form", wrong)
    shares = [x["share"] for x in result["paths"] + result["critical"]]
    tell(f"{name}_shares", [s for s in shares if not 0 < s <= 1])
    ends = [p for p in result["paths"] if p["nodes"][-1] != p["target"] or len(set(p["nodes"])) != len(p["nodes"])]
    tell(f"{name}_ways_end_at_their_target", ends)
    entries = {e for a in result["attackers"] for e in a["entries"]}
    tell(f"{name}_ways_begin_at_an_entry", [p for p in result["paths"] if p["nodes"][0] not in entries])
    tell(f"{name}_attackers", [] if math.isclose(sum(a["share"] for a in result["attackers"]), 1) else ["shares"])
    trials = sum(a["trials"] for a in result["attackers"])
    tell(f"{name}_each_world_has_one_attacker", [] if trials == result["trials"] else [trials])
    for t in result["targets"]:
        if "attackers" in t and sum(a["reached"] for a in t["attackers"]) != t["reached"]:
            tell(f"{name}_parts_of_{t['name']}", ["do not make the whole"])


def check_monotone(name, less, more):
    """What is reached in `less`: no target oftener than in `more`."""
    a, b = by_name(less), by_name(more)
    tell(name, [t for t in a if a[t]["reached"] > b[t]["reached"]])


def check_usecase(folder, name):
    one = load(folder, f"{name}-threads-1")
    check_form(name, one)
    for threads in (2, 5):
        tell(f"{name}_{threads}_threads", [] if load(folder, f"{name}-threads-{threads}") == one else ["differ from one"])
    other = load(folder, f"{name}-seed")
    tell(f"{name}_another_seed", [] if by_name(other) != by_name(one) else ["has the same result"])
    none, decided, every = (load(folder, f"{name}-measures-{s}") for s in ("none", "decided", "all"))
    check_monotone(f"{name}_decided_measures_never_help", decided, none)
    check_monotone(f"{name}_more_measures_never_help", every, decided)
    reached = [sum(t["reached"] for t in r["targets"]) for r in (none, decided, every)]
    tell(f"{name}_measures_act", [] if reached[0] > reached[1] > reached[2] else [reached])
    check_monotone(f"{name}_less_time_never_helps", load(folder, f"{name}-short"), one)


def check_mal(result):
    """connect, then access (exists, 3/4 not patched, hard and uncertain) or phish (1/10)."""
    p = by_name(result)
    n = result["trials"]
    access, phish = 0.75 * 0.5, 0.1
    exact = {"Host:access": access, "Host:phish": phish, "Host:own": 1 - (1 - access) * (1 - phish)}
    far = [(k, p[k]["probability"]) for k, x in exact.items() if abs(p[k]["probability"] - x) > 4.5 * math.sqrt(x * (1 - x) / n)]
    tell("mal_probabilities", far)
    tell("mal_gates_are_no_targets", [k for k in p if k in ("Host:patched", "Host:networked")])
    check_form("mal", result)


def check_rare(rare, many):
    """Intervals of splitting and of many worlds overlap, where there are both."""
    known, apart, n = by_name(many), [], 0
    for t in rare["targets"]:
        if "rare" not in t:
            continue
        n += 1
        low, high = t["rare"]["ci95"]
        least, most = known[t["name"]]["ci95"]
        if high < least or most < low:
            apart.append((t["name"], t["rare"]["ci95"], known[t["name"]]["ci95"]))
    tell("rare_is_what_many_worlds_say", apart)
    tell("rare_is_there", [] if n >= 2 else [n])


def check_auto(result):
    """--trials auto --precision 0.2 --resolution 0.01"""
    wide = [
        t["name"]
        for t in result["targets"]
        if (t["ci95"][1] - t["ci95"][0]) / 2 > 0.2 * max(t["probability"], 0.01)
    ]
    tell("auto_is_precise", wide)
    tell("auto_is_no_more_than_it_takes", [] if result["trials"] < 100_000 else [result["trials"]])


def main():
    folder = pathlib.Path(sys.argv[1])
    for name in ("drone", "distillation"):
        check_usecase(folder, name)
    a, b = load(folder, "order-a"), load(folder, "order-b")
    for result in (a, b):
        result.pop("attackers")
    tell("order_of_entries_is_nothing", [] if a == b else [k for k in a if a[k] != b[k]])
    check_mal(load(folder, "mal"))
    check_auto(load(folder, "auto"))
    check_rare(load(folder, "rare"), load(folder, "many"))


main()
