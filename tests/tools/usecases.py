# SPDX-License-Identifier: Apache-2.0
"""Checks the six use cases against the reference document's tables; used by usecases.sh.

    usecases.py FOLDER AWAI

FOLDER has results/NAME.json (awai assess --json), models/NAME.json and catalogs/NAME.json
(the YAML files as JSON), graphs/NAME.json (awai graph --json), catalog.json (awai catalog
--json), schemas/*.json, synth.yaml. Prints "ok NAME" or "not ok NAME: why".
"""
import json
import pathlib
import re
import subprocess
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
NAMES = [
    "gas-water-heater",
    "drone",
    "warehouse-agv",
    "distillation",
    "welding-robot",
    "condition-monitoring",
]
ORIGINS = ["internet", "wireless", "local", "insider", "supply-chain", "physical", "social"]

# What a reason must say so that it names the threat; shorter than the document's names.
THREAT_WORDS = {
    "unauthorized-access": "不正アクセス",
    "malware-infection": "マルウェア",
    "misuse": "不正利用",
    "denial-of-service": "サービス不能",
    "data-tampering": "改ざん",
    "information-leak": "漏えい",
    "spoofing": "なりすまし",
}


def tell(name, wrong):
    """One test: passes if the list of what is wrong is empty."""
    wrong = list(wrong)
    more = f" and {len(wrong) - 5} more" if len(wrong) > 5 else ""
    print(f"not ok {name}: {'; '.join(map(str, wrong[:5]))}{more}" if wrong else f"ok {name}")


def table(name, columns):
    """The rows of a tab-separated file, missing columns empty."""
    text = (DATA / name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line[:1] not in ("#", "")]
    return [dict(zip(columns, row + [""] * (len(columns) - len(row)))) for row in rows]


def load(folder, kind, name):
    return json.loads((folder / kind / f"{name}.json").read_text(encoding="utf-8"))


def walk(value, path=()):
    """Every (path, value) in a tree, mappings and lists included."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from walk(item, path + (key,))


# ---- requirements


def check_requirements(name, result, model, rows, terms):
    derived = {r["id"]: r for r in result["requirements"]}
    mine = [row for row in rows if row["usecase"] == name]
    there = [row for row in mine if row["requirement"] in derived]
    tell(f"{name}_rows_known", [r["requirement"] for r in mine if r["requirement"] not in terms])
    for where in sorted({row["where"] for row in mine}):
        tell(
            f"{name}_derives_each_{where}_row",
            [r["requirement"] for r in mine if r["where"] == where and r not in there],
        )
    tell(
        f"{name}_viewpoints_and_targets",
        [
            f"{row['requirement']} has viewpoint {d['viewpoint']}, target {d['target']}"
            for row in there
            for d, t in [(derived[row["requirement"]], terms[row["requirement"]])]
            if str(d["viewpoint"]) != t["viewpoint"] or d["target"] != t["target"]
        ],
    )
    tell(
        f"{name}_threats_of_the_rows",
        [
            f"{row['requirement']} does not answer {threat}"
            for row in there
            for threat in filter(None, row["threats"].split(","))
            if threat not in derived[row["requirement"]]["threats"]
        ],
    )
    tell(
        f"{name}_adopts_each_row",
        [r["requirement"] for r in there if not derived[r["requirement"]]["adopted"]],
    )
    tell(
        f"{name}_adoptions_name_the_threats_of_the_rows",
        [
            f"{row['requirement']}: {word}"
            for row in there
            for word in (THREAT_WORDS[t] for t in row["threats"].split(",") if t)
            if word not in model["adoptions"].get(row["requirement"], {}).get("because", {}).get("ja", "")
        ],
    )
    tell(
        f"{name}_measures_of_the_decision_table",
        [
            row["requirement"]
            for row in there
            if row["where"] == "decision" and not derived[row["requirement"]]["measures"]
        ],
    )
    listed = {r for p in model.get("policies", {}).values() for r in as_list(p.get("requirements"))}
    tell(
        f"{name}_policies",
        [row["requirement"] for row in mine if row["where"] == "policy" and row["requirement"] not in listed]
        or ([] if model.get("policies") else ["none"]),
    )
    tell(f"{name}_reasons", [i for i, r in derived.items() if not r["why"]])


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


# ---- stakeholders and incidents

RECOVERY = ["none", "limited", "serious", "fatal"]
ECONOMIC = ["none", "limited", "serious", "devastating"]


def check_stakeholders(name, result, model, rows):
    wrong, levels, reasons, n_rows = [], [], [], 0
    mine = [row for row in rows if row["usecase"] == name]
    for row in mine:
        who = stakeholder_named(model, row["name"])
        if who is None:
            wrong.append(f"{row['name']} is not there, or not once")
            continue
        harms = harms_of(model, who)
        n_rows += sum(1 for _, h in harms if (h["recovery"], h["economic"]) != ("none", "none"))
        if sum(1 for i, _ in harms if not i.get("rebuilt")) < int(row["incidents"]):
            wrong.append(f"{who} suffers fewer than {row['incidents']} incidents")
        if not model["stakeholders"][who].get("target"):
            wrong.append(f"{who} has no target")
        if (row["applicant"] == "applicant") != (result["system"]["applicant"] == who):
            wrong.append(f"{who}: {row['applicant'] or 'not the applicant'}")
        # What is ours may add to the document's incidents, not lift anyone above them.
        for some in (harms, [(i, h) for i, h in harms if not i.get("rebuilt")]):
            found = worst(some)
            if found != (row["recovery"], row["economic"]):
                levels.append(f"{who} stands at {found}, the document at {row['recovery']}, {row['economic']}")
        reasons += missing(row["because"], "".join(h["because"]["ja"] for _, h in harms), who)
    if len(mine) != len(model["stakeholders"]):
        wrong.append(f"{len(model['stakeholders'])} stakeholders, the document has {len(mine)}")
    tell(f"{name}_stakeholders_and_harms", wrong)
    tell(f"{name}_levels_of_the_risk_table", levels)
    tell(f"{name}_reasons_of_the_risk_table", reasons)
    return n_rows


def stakeholder_named(model, name):
    """The id of the one stakeholder whose Japanese name begins so, or None."""
    found = [i for i, s in model["stakeholders"].items() if s["name"]["ja"].startswith(name)]
    return found[0] if len(found) == 1 else None


def harms_of(model, who):
    return [(i, i["harms"][who]) for i in model["incidents"].values() if who in i["harms"]]


def worst(harms):
    return tuple(
        max((h[axis] for _, h in harms), key=scale.index, default="none")
        for axis, scale in [("recovery", RECOVERY), ("economic", ECONOMIC)]
    )


def missing(words, text, what):
    return [f"{what}: no {w!r}" for w in words.split(",") if w and w not in text]


def check_incident_rows(name, model, rows):
    """Each row of the incident table is an incident of the document, and each of these a row."""
    wrong, hit = [], set()
    for row in (r for r in rows if r["usecase"] == name):
        who = stakeholder_named(model, row["who"])
        reasons = {i: lacks(incident, who, row) for i, incident in model["incidents"].items()}
        fits = [i for i, r in reasons.items() if not r]
        hit.update(fits)
        if len(fits) != 1:
            nearest = min(reasons, key=lambda i: len(reasons[i]))
            wrong.append(f"{row['who']}, {row['says'][:20]}: {fits or (nearest, reasons[nearest])}")
    tell(f"{name}_incident_rows", wrong)
    ours = {i for i, incident in model["incidents"].items() if incident.get("rebuilt")}
    tell(f"{name}_incidents_beyond_the_rows_are_marked", sorted(set(model["incidents"]) - hit - ours))
    tell(f"{name}_incidents_of_the_rows_are_not_marked", sorted(hit & ours))


def lacks(incident, who, row):
    """What an incident lacks to be the row of the document."""
    harm = incident["harms"].get(who)
    if harm is None:
        return ["does not harm them"] * 9
    wrong = [] if row["threat"] in ("-", incident["threat"]) else [f"threat {incident['threat']}"]
    if (harm["recovery"], harm["economic"]) != (row["recovery"], row["economic"]):
        wrong.append(f"levels {harm['recovery']}, {harm['economic']}")
    wrong += missing(row["says"], incident["name"]["ja"] + incident["description"]["ja"], "text")
    wrong += missing(row["harm"], "".join(h["because"]["ja"] for h in incident["harms"].values()), "reasons")
    return wrong + missing(row["note"], "".join(n["ja"] for n in incident.get("notes", [])), "notes")


# ---- decisions and policies


def check_decisions(name, model, rows):
    """Each bullet of the decision table is a measure of its carrier, and no other is decided."""
    decided = {i: m for i, m in model["measures"].items() if m.get("status", "proposed") != "proposed"}
    wrong, hit = [], []
    for row in (r for r in rows if r["usecase"] == name):
        who = stakeholder_named(model, row["by"])
        gaps = {
            i: missing(row["says"], m["name"]["ja"] + m["description"]["ja"], i)
            for i, m in decided.items()
            if m["requirement"] == row["requirement"] and m["by"] == who and i not in hit
        }
        best = min(gaps, key=lambda i: len(gaps[i]), default=None)
        if best is None or gaps[best]:
            wrong.append(f"{row['requirement']} by {row['by']}: {gaps.get(best, 'no measure')}")
        hit += [best]
    tell(f"{name}_decision_bullets", wrong)
    tell(f"{name}_decides_nothing_else", sorted(set(decided) - set(hit)))


def check_candidates(name, result, model):
    """What is ours says so, and every adopted requirement has a measure to look at."""
    candidates = {i: m for i, m in model["measures"].items() if m.get("status", "proposed") == "proposed"}
    tell(
        f"{name}_candidates_say_whose_they_are",
        [
            i
            for i, m in model["measures"].items()
            if (i in candidates) != i.startswith("c-")
            or (i in candidates) != ("原典にはない" in m["description"]["ja"])
            or (i in candidates) != ("not the document's" in m["description"]["en"])
        ],
    )
    tell(f"{name}_candidates_have_a_cost", [i for i, m in candidates.items() if not m.get("cost")])
    bare = [r["id"] for r in result["requirements"] if r["adopted"] and not r["measures"]]
    tell(f"{name}_measures_for_what_is_adopted", bare)


def check_remarks(name, model, rows):
    text = "".join(value["ja"] for _, value in walk(model) if isinstance(value, dict) and isinstance(value.get("ja"), str))
    found = "".join(text.split())  # folded lines
    mine = [row for row in rows if row["usecase"] == name]
    tell(f"{name}_remarks", [gap for row in mine for gap in missing(row["words"], found, row["page"])])


def check_policies(name, model, rows):
    wrong = []
    for row in (r for r in rows if r["usecase"] == name):
        who = stakeholder_named(model, row["whose"])
        found = [
            p
            for p in model["policies"].values()
            if p["stakeholder"] == who
            and not missing(row["says"], p["text"]["ja"], "")
            and set(row["requirements"].split(",")) == set(as_list(p["requirements"]))
        ]
        if len(found) != 1:
            wrong.append(f"{row['whose']}: {row['says'][:20]} stands {len(found)} times")
    tell(f"{name}_policies_of_the_document", wrong)


def check_incidents(name, result):
    tell(f"{name}_every_incident_is_reached", [i["id"] for i in result["incidents"] if not i["reached"]])
    tell(f"{name}_every_incident_harms", [i["id"] for i in result["incidents"] if not i["harms"]])
    empty = [h["stakeholder"] for i in result["incidents"] for h in i["harms"] if not h["because"]]
    tell(f"{name}_every_harm_has_a_reason", empty)


# ---- what the files hold


def check_contents(name, result, model):
    tell(f"{name}_eight_components", [] if len(result["components"]) >= 8 else [len(result["components"])])
    sections = ["relations", "zones", "flows", "data", "measures", "adoptions", "policies", "decisions"]
    tell(f"{name}_has_every_section", [s for s in sections if not model.get(s)])
    parts = {**model["components"], **model.get("flows", {}), **model["zones"]}
    rebuilt = [i for i, part in parts.items() if part.get("rebuilt")]
    tell(f"{name}_marks_what_is_rebuilt", [] if rebuilt else ["nothing is"])
    tell(f"{name}_names_its_sources", [] if model["system"].get("sources") else ["none"])
    tell(f"{name}_no_warnings", [f"{w['code']}: {w['message']['en']}" for w in result["warnings"]])


# Keys of what is derived; the reader refuses them, and none has crept into the language.
DERIVED = {
    "threats", "chain", "chains", "leads-to", "importance", "main", "severity", "state", "map", "position",
    "within-target", "above-target", "reached", "rank", "score", "why", "strength", "viewpoint", "viewpoints",
    "demanded", "demanded-viewpoints", "open", "adopted", "orphaned", "overdue", "traits", "steps",
}  # fmt: skip


def check_nothing_derived(name, model):
    found = []
    for path, value in walk(model):
        if path[:1] in (("system",), ("rehearsal",)) or not isinstance(value, dict):
            continue  # captions are keyed by the figures they belong to; a play has steps of its own
        is_section = len(path) == 1 or path[-1:] in (("harms",), ("forms-of-use",))
        found += ["/".join(map(str, path + (k,))) for k in value if k in DERIVED and not is_section]
    tell(f"{name}_holds_nothing_derived", found)


# ---- rehearsals


def check_rehearsal(name, model):
    """Each incident has a play; what does not run on the twin says why; each declared harm can be measured."""
    rehearsal = model["rehearsal"]
    plays = rehearsal["plays"]
    tell(f"{name}_each_incident_has_a_play", [i for i in model["incidents"] if i not in plays])
    tell(f"{name}_plays_have_steps_or_a_reason", [i for i, p in plays.items() if not p.get("steps") and not p.get("reason")])
    tell(f"{name}_plays_say_what_is_played", [i for i, p in plays.items() if set(p.get("about", {})) != {"en", "ja"}])
    whose = {(i, s) for i, incident in model["incidents"].items() for s in incident["harms"]}
    rules = rehearsal["levels"]
    measured = {(i, r["stakeholder"]) for r in rules for i in listed(r.get("incidents", list(plays)))}
    tell(f"{name}_each_harm_has_a_rule", [f"{i}: {s}" for i, s in sorted(whose - measured)])


def listed(value):
    return value if isinstance(value, list) else [value]


# ---- kinds of path


def step_of(node):
    return node.split(".", 1)[1].split("#")[0]


def asset_of(node):
    return node.split(".", 1)[0]


UPDATE_STEPS = {
    "bad-program", "swap-program", "install-bad-program", "tainted-program", "install-tainted-program",
}  # fmt: skip

# Each kind of path: where it begins, and what a chain of it shows. A chain is of the kind if it begins at
# these origins and at no other.
KINDS_OF_PATH = {
    "network": (["internet"], lambda steps, carriers: steps & {"reach", "access"}),
    "update path": (["supply-chain"], lambda steps, carriers: steps & UPDATE_STEPS),
    "removable medium": (["physical"], lambda steps, carriers: "removable-medium" in carriers),
    "medium put in by an insider": (["insider"], lambda steps, carriers: "insert" in steps),
    "insider": (["insider"], lambda steps, carriers: steps & {"abuse", "insider-use"}),
    "spoofed flow": (["wireless", "local"], lambda steps, carriers: "spoof" in steps),
}


def kinds_of_path(chain, flows):
    steps = {step_of(node) for node in chain}
    carriers = {flows[a]["carrier"] for a in map(asset_of, chain) if a in flows}
    origins = {step_of(node) for node in chain if asset_of(node) == "origin"}
    return {k for k, (begins, shows) in KINDS_OF_PATH.items() if origins <= set(begins) and shows(steps, carriers)}


def shortest_chain(nodes, goal):
    """The nodes that the shortest way to a node needs, from parents and efforts; none if there is no way."""
    chain, todo = set(), [goal] if nodes[goal]["reached"] else []
    while todo:
        node = nodes[todo.pop()]
        if node["id"] in chain:
            continue
        chain.add(node["id"])
        parents = [nodes[p] for p in node["parents"] if nodes[p]["reached"]]
        if node["type"] == "or":
            parents = sorted(parents, key=lambda p: (p["effort_days"], p["id"]))[:1]
        todo += [p["id"] for p in parents]
    return chain


def nodes_of(graph):
    return {n["id"]: n for n in graph["nodes"]}


def strike_chain(graph, incident):
    """The shortest chain by which an incident's own threat comes about, apart from its preconditions."""
    return shortest_chain(nodes_of(graph), f"incident.{incident}#1")


# The way in which the document tells an incident: the kind of path of its shortest chain.
TOLD_PATHS = [
    ("gas-water-heater", "tampered-command", "network"),
    ("gas-water-heater", "cloud-intrusion", "network"),
    ("gas-water-heater", "tampered-update", "update path"),
    ("gas-water-heater", "insider-leak", "insider"),
    ("gas-water-heater", "spoofed-home-command", "spoofed flow"),
    ("drone", "tampered-firmware", "update path"),
    ("drone", "false-position", "spoofed flow"),
    ("warehouse-agv", "stock-tampering", "network"),
    ("warehouse-agv", "update-malware", "update path"),
    ("warehouse-agv", "fleet-jam", "spoofed flow"),
    ("distillation", "update-malware", "update path"),
    ("distillation", "plant-stop", "medium put in by an insider"),
    ("distillation", "missing-warning", "insider"),
    ("welding-robot", "production-stop", "network"),
    ("welding-robot", "tampered-program", "network"),
    ("welding-robot", "infected-medium", "removable medium"),
    ("welding-robot", "missing-caution", "insider"),
    ("condition-monitoring", "server-ransomware", "network"),
    ("condition-monitoring", "secret-leak", "network"),
    ("condition-monitoring", "insider-leak", "insider"),
    ("condition-monitoring", "falsified-reading", "spoofed flow"),
]


def check_told_paths(results, graphs):
    found = set()
    for name, incident, kind in TOLD_PATHS:
        flows = {f["id"]: f for f in results[name]["flows"]}
        chain = strike_chain(graphs[name], incident)
        kinds = kinds_of_path(chain, flows)
        found |= kinds
        tell(f"{name}_{incident}_by_{kind.replace(' ', '_')}", [] if kind in kinds else [sorted(chain)])
    for kind in KINDS_OF_PATH:
        tell(f"path_{kind.replace(' ', '_')}", [] if kind in found else ["begins no incident's shortest chain"])


# A program altered in development comes from there and nowhere else, its preconditions included.
def check_origins(results, graphs):
    for name, incident, kind in TOLD_PATHS:
        if kind != "update path":
            continue
        chain = shortest_chain(nodes_of(graphs[name]), f"incident.{incident}")
        origins = sorted(node for node in chain if asset_of(node) == "origin")
        tell(f"{name}_{incident}_begins_in_development", [] if origins == ["origin.supply-chain"] else origins)
    explained = set()
    for name in NAMES:
        for incident in results[name]["incidents"]:
            explained |= strike_chain(graphs[name], incident["id"])
        for threat in results[name]["threats"]:
            explained |= set(threat["chain"])
    for origin in ORIGINS:
        tell(f"path_from_{origin}", [] if f"origin.{origin}" in explained else ["in no explaining chain"])


# ---- what is reached is derived


def prune(model, gone):
    """The model without some components and flows, and what hangs on them: incidents that have no place any more."""
    dead = set(gone)
    for flow, f in model.get("flows", {}).items():
        if dead & {f["from"], f["to"]}:
            dead.add(flow)
    model["flows"] = {i: f for i, f in model["flows"].items() if i not in dead}
    model["components"] = {i: c for i, c in model["components"].items() if i not in dead}
    forms = {form for c in model["components"].values() for form in c.get("forms-of-use", {})}
    for path, value in walk(model):
        for key in ("at", "on", "through") if isinstance(value, dict) else ():
            if isinstance(value.get(key), (list, str)) and path[:1] != ("system",):
                value[key] = [i for i in as_list(value[key]) if i not in dead]
    for _, value in walk(model):
        for key in ("on", "through") if isinstance(value, dict) else ():
            if value.get(key) == []:
                del value[key]
    model["incidents"] = {i: x for i, x in model["incidents"].items() if all(part["at"] for part in parts_of(x))}
    for path, value in walk(model):
        if path[-1:] in (("against",), ("aims",)) and isinstance(value, list):
            value[:] = [x for x in value if x in model["incidents"]]
        if path[-1:] == ("limits",):
            value[:] = [x for x in value if x["incident"] in model["incidents"]]
    for incident in model["incidents"].values():
        if incident.get("form-of-use") not in forms:
            incident.pop("form-of-use", None)


def run_awai(awai, command, path):
    done = subprocess.run([awai, command, str(path), "--json"], capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr[:300]}


def parts_of(incident):
    return [incident, *incident.get("preconditions", [])]


def places_of(incident):
    return {place for part in parts_of(incident) for place in as_list(part["at"])}


def wear_down(awai, path, model, incident):
    """Takes away what the shortest chain passes, its places last, until there is none. What is wrong with that."""
    effort = 0
    for _ in range(60):
        path.write_text(json.dumps(model, ensure_ascii=False), encoding="utf-8")
        graph = run_awai(awai, "graph", path)
        if "error" in graph:
            return [f"{incident}: {graph['error']}"]
        nodes = nodes_of(graph)
        goal = nodes[f"incident.{incident}"]
        if not goal["reached"]:
            break
        if goal["effort_days"] < effort:
            return [f"{incident} is reached sooner with less"]
        effort = goal["effort_days"]
        passed = {asset_of(n) for n in shortest_chain(nodes, goal["id"])} & {*model["components"], *model["flows"]}
        prune(model, passed - places_of(model["incidents"][incident]) or passed)
        if incident not in model["incidents"]:
            return []
    result = run_awai(awai, "assess", path)
    reached = [i["id"] for i in result["incidents"] if i["reached"]]
    warned = [w for w in result["warnings"] if w["code"] == "not-reached" and f"'{incident}'" in w["message"]["en"]]
    return [] if incident not in reached and warned else [f"{incident} is still reached" if incident in reached else f"no warning of {incident}"]


def check_reached_is_derived(awai, folder, name, model):
    path = folder / "worn.yaml"
    wrong = []
    bare = {section: content for section, content in model.items() if section != "rehearsal"}
    for incident in model["incidents"]:
        wrong += wear_down(awai, path, json.loads(json.dumps(bare)), incident)
    tell(f"{name}_without_its_way_no_incident_is_reached", wrong)


# ---- measures have effect

EFFECTS = ["blocks", "slows", "limits", "detects"]


def check_measures(name, result, model, graph, examples):
    """Each measure acts on a step where it stands, unless its example acts through people only."""
    nodes = nodes_of(graph)
    kinds = {i: kind for kind in ("component", "flow", "zone") for i in model[f"{kind}s"]}
    idle = []
    for i, m in model["measures"].items():
        patterns = [p.split(".") for e in EFFECTS for p in as_list(examples[m["example"]].get(e))]
        acts = [
            place
            for place in as_list(m.get("on"))
            for kind, step in patterns
            if kinds[place] == kind and f"{place}.{step}" in nodes
        ]
        if patterns and not acts:
            idle.append(i)
    tell(f"{name}_each_measure_acts_where_it_stands", idle)
    scales = [("recovery", RECOVERY), ("economic", ECONOMIC)]
    moved = [
        scale.index(row["without_measures"][axis]) - scale.index(row["planned"][axis])
        for row in result["map"]
        for axis, scale in scales
    ]
    tell(f"{name}_decided_measures_worsen_no_position", [m for m in moved if m < 0])
    tell(f"{name}_decided_measures_better_a_position", [] if max(moved) > 0 else ["no stakeholder stands better"])
    settled = {d["subject"] for d in model["decisions"].values() if d["treatment"] != "reduce" and d["reason"]}
    above = [row["stakeholder"] for row in result["map"] if not row["planned_within_target"]]
    tell(f"{name}_what_is_left_above_a_target_is_decided", [w for w in above if f"map:{w}" not in settled])


def positions(result, view):
    rows = [(row if view is None else row[view]) for row in result["map"]]
    return [(row["recovery"], row["economic"]) for row in rows]


def check_views(awai, folder, name, result, model):
    """What is decided holds once it is carried out; without measures nothing moves."""
    path = folder / "views.yaml"
    done, none = json.loads(json.dumps(model)), json.loads(json.dumps(model))
    for m in done["measures"].values():
        if m.get("status", "proposed") != "proposed":
            m["status"] = "verified"
    none["measures"] = {}
    none.pop("rehearsal", None)  # which names measures
    views = []
    for changed in (done, none):
        path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
        views.append(run_awai(awai, "assess", path))
    moved = positions(views[0], None) == positions(result, "planned") == positions(views[0], "planned")
    tell(f"{name}_what_is_carried_out_is_what_was_planned", [] if moved else [positions(views[0], None)])
    still = positions(views[1], None) == positions(views[1], "planned") == positions(result, "without_measures")
    tell(f"{name}_without_measures_nothing_moves", [] if still else [positions(views[1], "planned")])


# ---- the catalog


def check_catalog(folder, catalog, models):
    sources, unsourced = 0, []
    for path in sorted((folder / "catalogs").glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for section, entries in document.items():
            if section == "criteria":
                continue
            # a section is entries by identifier, or one thing that is always there
            things = entries.items() if all(isinstance(e, dict) for e in entries.values()) else [("", entries)]
            for entry, body in things:
                sources += 1
                if not str(body.get("source", "")).strip():
                    unsourced.append(f"{section}/{entry}")
        for where, value in walk(document):
            is_figure = isinstance(value, dict) and "dist" in value
            if is_figure and not value.get("source"):
                unsourced.append("/".join(map(str, where)))
    tell("every_catalog_entry_has_a_source", unsourced or ([] if sources > 300 else [f"{sources} entries only"]))

    used = {c["kind"] for m in models.values() for c in m["components"].values()}
    kinds = {}
    for path in (folder / "catalogs").glob("*.json"):
        kinds.update(json.loads(path.read_text(encoding="utf-8")).get("kinds", {}))
    concrete = [k["id"] for k in catalog["kinds"] if not kinds[k["id"]].get("abstract")]
    synth = (folder / "synth.yaml").read_text(encoding="utf-8")
    used |= set(re.findall(r"\bkind: ([a-z0-9-]+)", synth))
    tell("every_kind_is_used", [k for k in concrete if k not in used])
    for section, key in [("protocols", "protocol"), ("carriers", "carrier")]:
        used = {f.get(key) for m in models.values() for f in m["flows"].values()}
        used |= set(re.findall(rf"\b{key}: ([a-z0-9-]+)", synth))
        tell(f"each_of_{section}_is_used", [e["id"] for e in catalog[section] if e["id"] not in used])
    tell("at_least_forty_kinds", [] if len(concrete) >= 40 else [len(concrete)])
    counts = {}
    for document in (folder / "catalogs").glob("*.json"):
        for body in json.loads(document.read_text(encoding="utf-8")).get("examples", {}).values():
            counts[body["requirement"]] = counts.get(body["requirement"], 0) + 1
    tell("two_examples_a_requirement", [r["id"] for r in catalog["requirements"] if counts.get(r["id"], 0) < 2])


def check_terms(catalog, terms):
    named = {r["id"]: r["name"]["ja"] for r in catalog["requirements"]}
    tell("requirements_of_annex_a", sorted(set(named) ^ set(terms)))
    tell("terms_of_annex_a", [i for i in terms if named.get(i) not in (terms[i]["term"], None)])


WORD_LISTS = [("enum",), ("traits",), ("if",), ("unless",)]


def vocabulary(folder, catalog):
    """Every word that is of the languages of model and catalog, not of one model."""
    words = {e["id"] for section in catalog.values() for e in section}
    for path in [*(folder / "schemas").glob("*.json"), *(folder / "catalogs").glob("*.json")]:
        document = json.loads(path.read_text(encoding="utf-8"))
        words |= set(document.get("kinds", {}))
        for where, value in walk(document):
            if isinstance(value, str) and (where[-1:] == ("const",) or where[-2:-1] in WORD_LISTS):
                words.add(value)
    return words


def check_rules(folder, catalog, models, results):
    words = vocabulary(folder, catalog)
    requirements = load(folder, "catalogs", "requirements")["requirements"]
    ids = {}
    for name, model in models.items():
        mine = {name, model["system"]["id"]}
        for section in model.values():
            mine |= set(section) if isinstance(section, dict) else set()
        for component in model["components"].values():
            mine |= set(component.get("forms-of-use", {}))
        for word in mine:
            ids.setdefault(word, set()).add(name)
    strange, private = [], []
    for requirement, rule in requirements.items():
        for where, value in walk(rule.get("evidence", [])):
            if not isinstance(value, str) or where[-1:] == ("for",) or {"trait", "about"} & set(where):
                continue  # the reader of the catalog knows all subjects and traits
            if value not in words:
                strange.append(f"{requirement}: {value}")
            if value not in words and len(ids.get(value, ())) == 1:
                private.append(f"{requirement}: {value}")
            if any(name in value for name in NAMES):
                private.append(f"{requirement}: {value}")
    tell("rules_speak_of_the_catalog_only", strange)
    tell("rules_name_no_use_case", private)
    derived = {}
    for name, result in results.items():
        for r in result["requirements"]:
            derived.setdefault(r["id"], []).append(name)
    tell("no_rule_fits_one_use_case_only", [f"{i}: {n[0]}" for i, n in derived.items() if len(n) == 1])
    # What all have is no rule at all: some must tell the six apart.
    apart = [i for i in requirements if 0 < len(derived.get(i, [])) < len(NAMES)]
    tell("some_rules_tell_the_use_cases_apart", [] if apart else ["all derive in all"])


def main():
    folder = pathlib.Path(sys.argv[1])
    rows = table("requirement-tables.tsv", ["usecase", "requirement", "where", "threats", "note"])
    people = table(
        "stakeholders.tsv", ["usecase", "name", "incidents", "recovery", "economic", "because", "applicant"]
    )
    incidents = table(
        "incident-rows.tsv",
        ["usecase", "under", "who", "threat", "recovery", "economic", "says", "harm", "note"],
    )
    bullets = table("decision-bullets.tsv", ["usecase", "by", "requirement", "says"])
    remarks = table("remarks.tsv", ["usecase", "page", "words"])
    policies = table("policies.tsv", ["usecase", "whose", "says", "requirements"])
    terms = {t["id"]: t for t in table("requirements.tsv", ["id", "viewpoint", "target", "term"])}
    catalog = json.loads((folder / "catalog.json").read_text(encoding="utf-8"))
    results = {name: load(folder, "results", name) for name in NAMES}
    models = {name: load(folder, "models", name) for name in NAMES}
    graphs = {name: load(folder, "graphs", name) for name in NAMES}
    examples = load(folder, "catalogs", "examples")["examples"]
    n_harms = 0
    for name in NAMES:
        check_requirements(name, results[name], models[name], rows, terms)
        n_harms += check_stakeholders(name, results[name], models[name], people)
        check_incident_rows(name, models[name], incidents)
        check_decisions(name, models[name], bullets)
        check_candidates(name, results[name], models[name])
        check_policies(name, models[name], policies)
        check_remarks(name, models[name], remarks)
        check_incidents(name, results[name])
        check_contents(name, results[name], models[name])
        check_nothing_derived(name, models[name])
        check_rehearsal(name, models[name])
        check_measures(name, results[name], models[name], graphs[name], examples)
        check_views(sys.argv[2], folder, name, results[name], models[name])
        check_reached_is_derived(sys.argv[2], folder, name, models[name])
    tell("harm_rows_of_the_document", [] if n_harms >= 27 else [f"{n_harms} of 27"])
    check_told_paths(results, graphs)
    check_origins(results, graphs)
    check_terms(catalog, terms)
    check_catalog(folder, catalog, models)
    check_rules(folder, catalog, models, results)


main()
