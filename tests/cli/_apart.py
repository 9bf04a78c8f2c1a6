# SPDX-License-Identifier: Apache-2.0
"""Two workspaces, and in each a system of one name: python3 _apart.py AWAI FOLDER

The two models differ in a mark that stands in every text of one of them; they are as
long as each other and saved in the same second, so that nothing but the workspace or
the text itself can tell them apart. Each member walks every route, when nothing is
remembered and when all is, after a start too, and must never meet the other's mark.
"""
import html
import json
import re
import subprocess
import time

from _accounts import FORM, YAML, Client, Server, awai, check, enroll, secret_in, set_up_codes

MARKS = {"one": "MARKONE", "two": "MARKTWO"}
SLUG = "twin"
QUERY = {
    "/systems/{slug}/rehearse/picture": "?incident=",
    "/api/v1/systems/{slug}/rehearse/stream": "?incident=&speed=1000000",
    "/systems/{slug}/compare": "?from=1&to=2",
    "/compare": f"?a={SLUG}&b=drone",
}


def marked(mark):
    text = open("usecases/drone/model.yaml", encoding="utf-8").read()
    return re.sub(r'(\b(?:en|ja): ")', rf"\1{mark} ", text)


TEXTS = {name: marked(mark) for name, mark in MARKS.items()}
INCIDENT = re.search(r"^incidents:\n(?:\s*#.*\n|\s*\n)*  ([a-z0-9-]+):", TEXTS["one"], re.M)[1]

routes = [line.split("\t") for line in
          subprocess.run([awai, "serve", "--routes"], capture_output=True, text=True).stdout.splitlines()]


def path_of(pattern):
    path = pattern + QUERY.get(pattern, "").replace("incident=", f"incident={INCIDENT}")
    for name, value in (("{slug}", SLUG), ("{number}", "1"), ("{file}", "web.css"),
                        ("{id}", "risk-communication")):
        path = path.replace(name, value)
    return path


def walk(who, client, is_read, langs):
    """Asks every route that reads, or that changes; what was told of the other, and how much."""
    mine, other = MARKS[who], next(m for w, m in MARKS.items() if w != who)
    told, n_own = [], 0
    for method, pattern, right, kind in routes:
        if (method == "GET") != is_read or right in ("open", "own", "manage"):
            continue
        for lang in langs:
            path = path_of(pattern) + ("&" if "?" in path_of(pattern) else "?") + f"lang={lang}"
            reply = client.ask(method, path, *body_of(method, pattern, kind, who), If_Match='"1"')
            n_own += mine in reply.text
            if other in reply.text or other in str(reply.headers):
                told.append((method, path, reply.status))
            if reply.status >= 500:
                told.append((method, path, reply))
    return told, n_own


def body_of(method, pattern, kind, who):
    """What is sent: one's own text, over a version that is no longer the latest."""
    if method == "GET":
        return None, None
    if "/editor/" in pattern:
        return json.dumps({"text": TEXTS[who], "line": 1, "character": 1, "path": "system"}), "application/json"
    if pattern.endswith("review"):
        return (json.dumps({"verdict": "remark", "note": MARKS[who]}), "application/json") if kind == "api" else \
            (f"verdict=remark&note={MARKS[who]}", FORM)
    if kind == "api":
        return TEXTS[who], YAML
    return {"base": "1", "text": TEXTS[who] + "# changed\n", "why": MARKS[who], "slug": SLUG}, None


# ---- two workspaces -------------------------------------------------------------------

server = Server("apart.db", "--accounts")
olga = enroll(server, server.link, "olga")
set_up_codes(olga, "olga")
tokens = {}


def token():
    return secret_in(olga.post("/account/tokens", {"name": "t", "scope": "admin", "days": "30"}))


def create(client, who):
    return client.ask("POST", f"/api/v1/systems?slug={SLUG}", TEXTS[who], type=YAML)


def clients():
    return {who: Client(server, token=t) for who, t in tokens.items()}


tokens["one"] = token()
check("workspace", olga.post("/workspaces", {"workspace": "other"}).status == 303)
tokens["two"] = token()
of = clients()
replies = {}
# in the same second: it takes so long that a second passes between only if it is about to
time.sleep(1 - time.time() % 1)
for who, client in of.items():
    replies[who] = create(client, who)
check("both_made", all(r.status == 201 for r in replies.values()), replies)
saved = {who: json.loads(c.get(f"/api/v1/systems/{SLUG}/versions").text)["versions"] for who, c in of.items()}
check("both_alike", len(TEXTS["one"]) == len(TEXTS["two"]) and TEXTS["one"] != TEXTS["two"], saved)
print(f"# saved at {[v[0].get('saved', v[0].get('at')) for v in saved.values()]}")

# ---- every route ----------------------------------------------------------------------


def walk_both(name, is_read, *langs):
    for who, client in clients().items():
        told, n_own = walk(who, client, is_read, langs)
        check(f"{name}_{who}", not told, told)
        check(f"{name}_{who}_sees_its_own", n_own >= (20 if is_read else 1), n_own)


walk_both("cold", True, "en")
walk_both("warm", True, "en", "ja")
walk_both("changing", False, "en")
walk_both("changed", True, "ja")
check("ends", server.end() == 0, open(server.log).read()[-500:])
server = Server("apart.db")
olga.server = server
walk_both("started_anew", True, "en")

# ---- what one changes is not changed for the other ------------------------------------

before = {who: c.get(f"/api/v1/systems/{SLUG}/versions").text for who, c in clients().items()}
texts = {who: c.get(f"/api/v1/systems/{SLUG}/model").text for who, c in clients().items()}
number = json.loads(before["one"])["versions"][0]["version"]
reply = clients()["one"].ask("PUT", f"/api/v1/systems/{SLUG}/model", TEXTS["one"] + "# more\n", type=YAML,
                             If_Match=f'"{number}"')
check("one_saves", reply.status == 200, reply)
check("other_is_as_it_was", clients()["two"].get(f"/api/v1/systems/{SLUG}/versions").text == before["two"] and
      clients()["two"].get(f"/api/v1/systems/{SLUG}/model").text == texts["two"])

# ---- a page of a workspace that is no longer the one open in the session ----------------

opened = olga.post("/account/workspace", {"workspace": "default"})
actions = set()
for method, pattern, right, kind in routes:
    if method == "GET" and kind == "page" and right in ("own", "look", "review", "manage"):
        found = re.findall(r'<form method="post" action="([^"]*)"', olga.get(path_of(pattern) or "/").text)
        actions |= {html.unescape(a) for a in found}
unsaid = sorted(a for a in actions if "in=default" not in a and a != "/logout")
check("forms_tell_their_workspace", opened.status == 303 and len(actions) >= 15 and not unsaid, unsaid)
check("another_is_opened", olga.post("/account/workspace", {"workspace": "other"}).status == 303)
wrong = []
for action in sorted(actions - set(unsaid) - {"/logout"}):
    if action.startswith("/account/workspace"):
        continue
    reply = olga.post(action, {"base": "1", "text": TEXTS["one"], "login": "olga", "role": "viewer"})
    if reply.status != 403:
        wrong.append((action, reply))
check("forms_stay_in_their_workspace", not wrong, wrong)
check("page_is_of_another_workspace", "another workspace" in reply.text, reply.text)
reply = olga.ask("PUT", f"/api/v1/systems/{SLUG}/model?in=default", TEXTS["one"], type=YAML, If_Match='"1"')
check("editor_stays_in_its_workspace", reply.status == 403, reply)
check("workspace_is_opened_again", olga.post("/account/workspace?in=other", {"workspace": "default"}).status == 303)

# ---- the audit log --------------------------------------------------------------------

reply = clients()["two"].get("/api/v1/audit")
entries = json.loads(reply.text)["entries"]
check("log_of_the_other_only", entries and all(e["about"].startswith("other") for e in entries),
      [e for e in entries if not e["about"].startswith("other")])
check("ends_at_last", server.end() == 0)
check("no_sanitizer_speaks", "Sanitizer" not in open(server.log).read())
