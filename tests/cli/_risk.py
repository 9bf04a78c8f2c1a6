# SPDX-License-Identifier: Apache-2.0
"""Laws of results of `awai risk --json`; used by risk.sh.

    _risk.py FOLDER

FOLDER has NAME-threads-N.json, NAME-seed.json, NAME-measures-SET.json, order-a.json,
order-b.json. Prints "ok NAME" or "not ok NAME: why".
"""
import json
import math
import pathlib
import sys

NEAR = 1e-9


def tell(name, wrong):
    wrong = list(wrong)
    print(f"not ok {name}: {'; '.join(map(str, wrong[:3]))}" if wrong else f"ok {name}")


def load(folder, name):
    result = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    result["work"].pop("seconds")
    return result


def rates(result):
    """All that has a yearly frequency, by a name."""
    for i in result["incidents"]:
        yield f"incident {i['id']}", i
    for s in result["stakeholders"]:
        yield f"{s['id']} events", s["events"]
        yield f"{s['id']} serious", s["serious_harm"]
        for c in s["cells"]:
            yield f"{s['id']} {c['recovery']}/{c['economic']}", c


def keys(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def is_near(a, b):
    return math.isclose(a, b, rel_tol=NEAR, abs_tol=NEAR)


def check_harms(name, result):
    """What incidents do by levels adds up to what stakeholders bear."""
    wrong = []
    for s in result["stakeholders"]:
        own = [h for h in result["harms"] if h["stakeholder"] == s["id"]]
        serious = sum(level["per_year"] for h in own for level in h["recovery"]
                      if level["level"] in ("serious", "fatal"))
        if not is_near(serious, s["serious_harm"]["per_year"]):
            wrong.append(f"{s['id']}: serious harm {serious}")
        for level in ("limited", "serious", "devastating"):
            here = sum(x["per_year"] for h in own for x in h["economic"] if x["level"] == level)
            cells = sum(c["per_year"] for c in s["cells"] if c["economic"] == level)
            if not is_near(here, cells):
                wrong.append(f"{s['id']}: {level} {here}, not {cells}")
    tell(f"{name}_harms_add_up", wrong)


def check_form(name, result):
    """Means lie in their intervals and, but for a skew, in their spreads; cells sum up."""
    wrong = []
    for what, r in rates(result):
        low, high = r["ci95"]
        if not 0 <= low <= r["per_year"] * (1 + NEAR) or r["per_year"] > high * (1 + NEAR):
            wrong.append(f"{what}: interval")
        if not 0 <= r["spread90"][0] <= r["spread90"][1]:
            wrong.append(f"{what}: spread")
    tell(f"{name}_intervals", wrong)
    wrong = []
    for s in result["stakeholders"]:
        if not is_near(sum(c["per_year"] for c in s["cells"]), s["events"]["per_year"]):
            wrong.append(f"{s['id']}: events")
        serious = sum(c["per_year"] for c in s["cells"] if c["recovery"] in ("serious", "fatal"))
        if not is_near(serious, s["serious_harm"]["per_year"]):
            wrong.append(f"{s['id']}: serious harm")
    tell(f"{name}_cells_make_the_whole", wrong)
    codes = {n["code"] for n in result["assumptions"] + result["missing"]}
    tell(f"{name}_says_what_it_rests_on", [] if "loss-is-chance" in codes else [codes])
    # nobody's loss is a sum over both axes, and there is no total over stakeholders
    tell(f"{name}_no_total", [k for k in keys(result) if "total" in k])


def check_losses(name, result):
    wrong = []
    for s in result["stakeholders"]:
        loss = s["loss"]
        if not is_near(sum(i["mean"] for i in loss["incidents"]), loss["mean"]):
            wrong.append(f"{s['id']}: incidents")
        if loss["mean"] > 0 and not is_near(sum(i["share"] for i in loss["incidents"]), 1):
            wrong.append(f"{s['id']}: shares")
        # 4.5 deviations of the mean of so many years, where they are known at all
        is_seen = s["events"]["per_year"] * result["work"]["years"] > 100
        off = 4.5 * loss["deviation_of_years"] / math.sqrt(result["work"]["years"])
        if is_seen and abs(loss["mean_of_years"] - loss["mean"]) > off + NEAR:
            wrong.append(f"{s['id']}: {loss['mean_of_years']} in years, {loss['mean']} in worlds")
        values = [loss["quantiles"][k] for k in ("p50", "p90", "p95", "p99")] + [loss["greatest_year"]]
        if values != sorted(values):
            wrong.append(f"{s['id']}: quantiles")
        periods = [p["loss"] for p in loss["exceedance"]["return_periods"]]
        above = [a["probability_per_year"] for a in loss["exceedance"]["amounts"]]
        if periods != sorted(periods) or above != sorted(above, reverse=True):
            wrong.append(f"{s['id']}: curve")
        if [p for p in above if not 0 <= p <= 1]:
            wrong.append(f"{s['id']}: probabilities")
    tell(f"{name}_losses", wrong)


def check_protection(name, result):
    wrong = []
    for p in result["protection"]:
        credited = math.prod(x["pfd"] for x in p["layers"] if x["credited"])
        if not is_near(p["mitigated_per_year"], p["demand_per_year"] * credited):
            wrong.append(f"{p['incident']}: layers")
        if [x for x in p["layers"] if x["credited"] and not x["independent"]]:
            wrong.append(f"{p['incident']}: credit")
        beside = p["demanded_beside_these"]
        seen = p["demand_per_year"] or p["demand_ci95"][1]  # never seen: the upper end
        left = seen * credited
        if left <= p["tolerable_per_year"]:
            if beside["pfd"] != 1 or beside["risk_reduction"] != 1:
                wrong.append(f"{p['incident']}: demands for nothing")
        elif not is_near(left / beside["risk_reduction"], p["tolerable_per_year"]):
            wrong.append(f"{p['incident']}: reduction")
    tell(f"{name}_protection", wrong or ([] if result["protection"] else ["none"]))


def check_measures(name, folder):
    """Adding measures never raises a frequency or a mean, with the same seed."""
    results = [load(folder, f"{name}-measures-{s}") for s in ("none", "decided", "all")]
    for less, more in zip(results, results[1:]):
        before = dict(rates(less))
        label = f"{name}_{less['measures']}_to_{more['measures']}"
        wrong = []
        for what, r in rates(more):
            # cells may fill from worse ones; events and incidents may not
            if "/" not in what and r["per_year"] > before[what]["per_year"] * (1 + NEAR):
                wrong.append(what)
        for a, b in zip(less["stakeholders"], more["stakeholders"]):
            if b["loss"]["mean"] > a["loss"]["mean"] * (1 + NEAR):
                wrong.append(f"{a['id']}: loss")
        tell(f"{label}_raises_nothing", wrong)
    for result in results:
        wrong = [
            m["id"]
            for s in result["stakeholders"]
            for m in s["loss"]["measures"]
            if m["saves"] < -NEAR * m["mean_with"]
        ]
        tell(f"{name}_{result['measures']}_each_measure_saves", wrong)
    tell(f"{name}_none_saves_nothing", [s["id"] for s in results[0]["stakeholders"] if s["loss"]["measures"]])


def main():
    folder = pathlib.Path(sys.argv[1])
    for name in ("gas-water-heater", "distillation"):
        one = load(folder, f"{name}-threads-1")
        for threads in (2, 5):
            other = load(folder, f"{name}-threads-{threads}")
            tell(f"{name}_threads_{threads}", [] if other == one else ["differs from one thread"])
        tell(f"{name}_other_seed", [] if load(folder, f"{name}-seed")["incidents"] != one["incidents"] else ["the same"])
        check_form(name, one)
        check_harms(name, one)
        check_losses(name, one)
        check_losses(f"{name}_all", load(folder, f"{name}-measures-all"))
        check_protection(name, one)
        check_measures(name, folder)
    tell("order_of_the_file", [] if load(folder, "order-a") == load(folder, "order-b") else ["matters"])


main()
