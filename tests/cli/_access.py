# SPDX-License-Identifier: Apache-2.0
"""Tries to get at what one has no right to, on a server with accounts.

    python3 _access.py AWAI FOLDER

FOLDER has cert.pem and key.pem. Prints "ok NAME" or "not ok NAME: WHY" for each thing
that was tried. Nothing waits for the clock: what ends after a time is tested in
tests/unit/access.c.
"""
import ctypes
import hashlib
import http.client
import json
import re
import socket
import sqlite3
import ssl
import subprocess
import threading
import time
import warnings

from _accounts import (FORM, PASSWORD, YAML, Client, Server, awai, check, code_of, enroll, folder,
                       invite, link_in, secret_in, set_up_codes)

warnings.simplefilter("ignore", DeprecationWarning) # old versions of TLS, on purpose
routes = [line.split("\t") for line in
          subprocess.run([awai, "serve", "--routes"], capture_output=True, text=True).stdout.splitlines()]
check("routes_are_listed", len(routes) > 30 and all(len(r) == 4 for r in routes), routes[:3])
check("no_route_is_nobodys", all(r[2] in ("open", "own", "look", "review", "change", "manage")
                                 for r in routes), "")
check("open_routes_are_few", {r[1] for r in routes if r[2] == "open"} ==
      {"/assets/{file}", "/healthz", "/login", "/link/{id}"}, [r for r in routes if r[2] == "open"])
check("changes_need_a_right", all(r[0] == "GET" or r[2] != "open" or r[1] in ("/login", "/link/{id}")
                                  for r in routes), "")


def path_of(pattern, slug="door"):
    for name, value in (("{slug}", slug), ("{number}", "1"), ("{file}", "web.css"),
                        ("{id}", "0123456789abcdef")):
        pattern = pattern.replace(name, value)
    return pattern


# Forms with files, and one that has none of the fields that are wanted.
TAKES_FILES = {"/import", "/systems/{slug}/import", "/template"}
FILES = "multipart/form-data; boundary=XyZ"
NO_FILE = '--XyZ\r\nContent-Disposition: form-data; name="why"\r\n\r\nnothing\r\n--XyZ--\r\n'


def is_denied(reply):
    return reply.status in (401, 403) or (reply.status == 303 and reply.where.startswith("/login"))


# ---- the first owner ------------------------------------------------------------------

server = Server("a.db", "--accounts")
nobody = Client(server)
check("owner_link_is_told", server.link, "")
check("health_is_open", nobody.get("/healthz").status == 200)
check("page_leads_to_login", nobody.get("/").where.startswith("/login"))
check("page_is_remembered", nobody.get("/systems/drone").where == "/login?next=/systems/drone")
check("api_says_401", nobody.get("/api/v1/systems").status == 401)
check("unknown_path_is_404", nobody.get("/nowhere").status == 404)
reply = nobody.get(f"/link/{server.link}")
check("link_shows_a_form", reply.status == 200 and 'autocomplete="new-password"' in reply.text, reply)
check("link_of_nobody", nobody.get("/link/" + "0" * 64).status == 404)
for name, login, password, code in (
        ("short", "olga", "short one", "too short"), ("common", "olga", "password1234", "guessed"),
        ("same", "olga", "aaaaaaaaaaaaaaaaaa", "guessed"), ("long", "olga", "x1y2z" * 60, "too long"),
        ("named", "olgaolga", "olgaolga2026", "a name"), ("name", "o l g a", PASSWORD["olga"], "no login"),
        ("name_dash", "-olga", PASSWORD["olga"], "no login"), ("name_empty", "", PASSWORD["olga"], "no login")):
    reply = nobody.post(f"/link/{server.link}", {"login": login, "password": password})
    check(f"refused_{name}", reply.status == 422 and code in reply.text, reply)
olga = enroll(server, server.link, "olga")
crumb = next((c for c in olga.get("/nowhere").crumbs), None)
check("link_works_once", nobody.post(f"/link/{server.link}",
                                     {"login": "eve", "password": PASSWORD["nora"]}).status == 404)
check("owner_must_have_codes", olga.get("/").where == "/account/code", olga.get("/"))
wrong = []
for method, pattern, right, kind in routes:
    if right in ("look", "review", "change", "manage"):
        reply = olga.ask(method, path_of(pattern, "drone"), None if method == "GET" else {})
        if not (reply.status == 403 or reply.where == "/account/code"):
            wrong.append((method, pattern, reply))
check("owner_without_codes_gets_nowhere", not wrong, wrong)
check("owner_code_wrong", olga.post("/account/code", {"present": PASSWORD["olga"], "code": "00000"}).status == 422)
check("owner_code_needs_password", olga.post("/account/code", {"present": "wrong wrong wrong", "code": "1"})
      .status == 422)
key, step, recovery, reply = set_up_codes(olga, "olga")
check("codes_are_on", reply.status == 200 and len(recovery) == 8, reply)
check("owner_gets_in", olga.get("/").status == 200, olga.get("/"))
check("header_has_owner", ">olga · default</a>" in olga.get("/").text and 'action="/logout"' in olga.get("/").text)
check("api_is_not_shown", "attachment" in olga.get("/api/v1/me").headers["Content-Disposition"])
check("no_store", olga.get("/").headers["Cache-Control"] == "no-store")

# ---- one-time codes are good once -----------------------------------------------------

second = Client(server)
check("login_without_code", second.log_in("olga", PASSWORD["olga"]).status == 401)
check("code_is_not_taken_again", second.log_in("olga", PASSWORD["olga"], code_of(key, step)).status == 401)
reply = second.log_in("olga", PASSWORD["olga"], code_of(key, step + 1))
check("next_code_is_taken", reply.status == 303 and reply.where == "/", reply)
crumbs = {c.split("=")[0]: c for c in reply.crumbs}
check("cookie_is_guarded", all(all(part in c for part in ("HttpOnly", "SameSite=Lax", "Path=/"))
                               for c in crumbs.values()) and "awai-session" in crumbs, crumbs)
check("session_has_256_bits", re.fullmatch("[0-9a-f]{64}", reply.cookies["awai-session"]), reply.cookies)
third = Client(server)
check("replayed_code", third.log_in("olga", PASSWORD["olga"], code_of(key, step + 1)).status == 401)
check("recovery_code", third.log_in("olga", PASSWORD["olga"], recovery[0]).status == 303)
check("recovery_code_is_good_once", Client(server).log_in("olga", PASSWORD["olga"], recovery[0]).status == 401)
check("recovery_code_typed_otherwise", Client(server).log_in(
    "OLGA", PASSWORD["olga"], recovery[1].lower().replace("-", " ")).status == 303)

# ---- members and workspaces -----------------------------------------------------------

link = invite(olga, "viewer")
vera = enroll(server, link, "vera")
rita = enroll(server, invite(olga, "reviewer"), "rita")
edwin = enroll(server, invite(olga, "editor"), "edwin")
check("login_is_taken", Client(server).post(f"/link/{invite(olga, 'viewer')}", {
    "login": "Vera", "password": PASSWORD["vera"]}).status == 409)
check("workspace_made", olga.post("/workspaces", {"workspace": "other"}).status == 303)
check("workspace_taken", olga.post("/workspaces", {"workspace": "default"}).status == 409)
check("workspace_name", olga.post("/workspaces", {"workspace": "a/b"}).status == 422)
check("hidden_system", olga.post("/systems", {"slug": "hidden"}).status == 303)
nora = enroll(server, invite(olga, "owner"), "nora")
other_link = olga.post("/members/invite", {"role": "viewer"})
other_link_id = re.search(r'name="id" value="([0-9a-f]{16})"', other_link.text)[1]
check("back", olga.post("/account/workspace", {"workspace": "default"}).status == 303)
check("system_made", edwin.post("/systems", {"slug": "door"}).status == 303)
check("saved_by_account", '"who": "edwin"' in edwin.get("/api/v1/systems/door/versions").text)

# One link, eight at once: one gets in.
link = invite(olga, "viewer")
replies = []
threads = [threading.Thread(target=lambda i=i: replies.append(Client(server).post(
    f"/link/{link}", {"login": f"racer{i}", "password": "many want to be the first"}).status))
    for i in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
check("link_in_a_race", sorted(replies) == [303] + [404] * 7, replies)

# ---- every route, every role ----------------------------------------------------------


def token_of(client, scope, name="a <b>program</b>"):
    reply = client.post("/account/tokens", {"name": name, "scope": scope, "days": "30"})
    return secret_in(reply), reply


def rights_of(client):
    reply = client.get("/api/v1/me")
    return json.loads(reply.text)["rights"] if reply.status == 200 else ["open"]


check("token_wants_scope", olga.post("/account/tokens", {"name": "x", "scope": "all", "days": "30"}).status == 422)
check("token_wants_end", olga.post("/account/tokens", {"name": "x", "scope": "read", "days": "4000"}).status == 422)
tokens = {}
for login, client in (("olga", olga), ("edwin", edwin), ("vera", vera)):
    for scope in ("read", "write", "admin"):
        tokens[login, scope], reply = token_of(client, scope)
check("token_name_is_escaped", "a &lt;b&gt;program" in reply.text and "<b>program" not in reply.text)
gone, reply = token_of(olga, "admin", "to be revoked")
gone_id = re.findall(r'name="id" value="([0-9a-f]{16})"', reply.text)
check("token_of_another_is_nowhere", vera.post("/account/tokens/end", {"id": gone_id[0]}).status == 404)
revoked = hashlib.sha256(gone.encode()).hexdigest()[:16]
check("token_revoked", olga.post("/account/tokens/end", {"id": revoked}).status == 303)
left = Client(server)
left.log_in("vera", PASSWORD["vera"])
stale = left.copy()
check("logged_out", left.post("/logout").status == 303 and "awai-session" not in left.cookies)

callers = {
    "nobody": nobody, "stale_session": stale,
    "made_up_session": nobody.copy(cookies={"awai-session": "a" * 64}),
    "malformed_session": nobody.copy(cookies={"awai-session": "x' OR 1=1 --"}),
    "revoked_token": nobody.copy(token=gone),
    "made_up_token": nobody.copy(token="0" * 64),
    "stale_token_beside_session": olga.copy(token=gone),
    "viewer": vera, "reviewer": rita, "editor": edwin, "owner": olga,
    **{f"token_{login}_{scope}": nobody.copy(token=t) for (login, scope), t in tokens.items()},
}
expected = {
    "viewer": {"open", "own", "look"}, "reviewer": {"open", "own", "look", "review"},
    "editor": {"open", "own", "look", "review", "change"},
    "owner": {"open", "own", "look", "review", "change", "manage"},
    "token_olga_read": {"open", "look"}, "token_olga_write": {"open", "look", "review", "change"},
    "token_olga_admin": {"open", "look", "review", "change", "manage"},
    "token_edwin_read": {"open", "look"}, "token_edwin_write": {"open", "look", "review", "change"},
    "token_edwin_admin": {"open", "look", "review", "change"},
    "token_vera_read": {"open", "look"}, "token_vera_write": {"open", "look"},
    "token_vera_admin": {"open", "look"},
}
tried = 0
for name, client in callers.items():
    rights = expected.get(name, {"open"})
    check(f"rights_of_{name}", set(rights_of(client)) == rights, rights_of(client))
    wrong = []
    for method, pattern, right, kind in routes:
        if pattern == "/logout" and name in ("viewer", "reviewer", "editor", "owner"):
            continue  # it works: above
        if pattern == "/login":
            continue  # what it answers is about the login itself: below
        path = path_of(pattern)
        body = None if method == "GET" else "" if kind == "api" else {}
        type = YAML if kind == "api" else FORM
        if method != "GET" and pattern in TAKES_FILES:
            body, type = NO_FILE, FILES
        reply = client.ask(method, path, body, type=type, keep=False)
        tried += 1
        if right not in rights and not is_denied(reply):
            wrong.append((method, path, reply.status))
        if right in rights and is_denied(reply):
            wrong.append((method, path, reply))
        if reply.status >= 500:
            wrong.append((method, path, reply))
    check(f"routes_as_{name}", not wrong, wrong)
print(f"# {tried} requests over {len(routes)} routes as {len(callers)} callers")
check("version_untouched", '"version": 2' not in edwin.get("/api/v1/systems/door/versions").text)

# ---- forged origins -------------------------------------------------------------------

bearer = nobody.copy(token=tokens["olga", "admin"])
for name, client, headers in (
        ("other_origin", olga, {"origin": "http://evil.example"}),
        ("null_origin", olga, {"origin": "null"}),
        ("other_port", olga, {"origin": "http://127.0.0.1:1"}),
        ("other_scheme", olga, {"origin": server.origin.replace("http", "https")}),
        ("no_origin", olga, {"origin": None}),
        ("other_site", olga, {"origin": None, "Sec_Fetch_Site": "cross-site"}),
        ("same_site", olga, {"origin": None, "Sec_Fetch_Site": "same-site"}),
        ("no_site", olga, {"origin": None, "Sec_Fetch_Site": "none"}),
        ("token_other_origin", bearer, {"origin": "http://evil.example"})):
    wrong = []
    for method, pattern, right, kind in routes:
        if method == "GET" or (right == "open" and "origin" in name and headers["origin"] is None):
            continue
        body, type = (NO_FILE, FILES) if pattern in TAKES_FILES else ({}, None)
        reply = client.ask(method, path_of(pattern), body, type=type, keep=False, **headers)
        if reply.status != 403:
            wrong.append((method, pattern, reply))
    check(f"forged_{name}", not wrong, wrong)
check("session_still_there", olga.get("/").status == 200)
check("fetch_metadata_is_enough", olga.post("/account/workspace", {"workspace": "default"}, origin=None,
                                            Sec_Fetch_Site="same-origin").status == 303)

# ---- another workspace ----------------------------------------------------------------

for name, client in (("editor", edwin), ("owner_who_is_elsewhere", olga), ("token", bearer)):
    wrong = []
    for method, pattern, right, kind in routes:
        if "{slug}" not in pattern:
            continue
        body = None if method == "GET" else {"base": "1", "text": "awai: 1"}
        type = None
        if method != "GET" and pattern in TAKES_FILES:
            body, type = NO_FILE, FILES
        replies = [client.ask(method, path_of(pattern, slug), body, type=type, If_Match='"1"')
                   for slug in ("hidden", "nosuch")]
        there, nowhere = [(r.status, r.text.replace("hidden", "nosuch"), r.where) for r in replies]
        if there != nowhere or there[0] < 400:
            wrong.append((method, pattern, there, nowhere))
    check(f"other_workspace_as_{name}", not wrong, wrong)
check("portfolio_is_ones_own", "/systems/hidden" not in edwin.get("/").text and "/systems/door" in edwin.get("/").text)
check("not_into_other_workspace", edwin.post("/account/workspace", {"workspace": "other"}).status ==
      edwin.post("/account/workspace", {"workspace": "nosuch"}).status == 404)
check("link_of_other_workspace", olga.post("/members/link/end", {"id": other_link_id}).status == 404)
nora_key = set_up_codes(nora, "nora")
check("other_owner_sees_own", "/systems/hidden" in nora.get("/").text and
      "/systems/door" not in nora.get("/").text)
check("other_owner_sees_own_members", "edwin" not in nora.get("/members").text)
check("other_owner_sees_own_log", "door" not in nora.get("/audit").text and
      "edwin" not in nora.get("/api/v1/audit").text)
check("other_owner_cannot_reset", nora.post("/members/reset", {"login": "edwin"}).status == 404)
check("other_owner_cannot_reset_shared", nora.post("/members/reset", {"login": "olga"}).status == 403)
page = edwin.get("/account").text
mine = {i for i in re.findall(r'name="id" value="([0-9a-f]{16})"', page)}
theirs = hashlib.sha256(olga.cookies["awai-session"].encode()).hexdigest()[:16]
check("sessions_are_ones_own", theirs not in mine and
      edwin.post("/account/sessions/end", {"id": theirs}).status == 404)

# A workspace's own form of reports is its own.
FORM_OF_REPORTS = NO_FILE.replace('"why"', '"do"').replace("nothing", "keep").replace(
    "--XyZ--", '--XyZ\r\nContent-Disposition: form-data; name="text"\r\n\r\ntemplate: 1\r\n--XyZ--')
check("form_is_for_owners", edwin.post("/template", FORM_OF_REPORTS, type=FILES).status == 403)
check("form_is_kept", olga.post("/template", FORM_OF_REPORTS, type=FILES).status == 303)
check("form_is_used_by_all", 'name="form"' in vera.get("/systems/door/hand-over").text and
      vera.get("/systems/door/hand-over/report?form=own&format=json").status == 200)
check("form_is_ones_own", "There is none yet" in nora.get("/template?lang=en").text)
check("call_into_other_workspace", bearer.post("/api/v1/import?into=hidden", "x", type="application/octet-stream")
      .status == 404)

# ---- reviews --------------------------------------------------------------------------

for name, body, status in (("approved", {"verdict": "approved", "note": "looks <right>"}, 303),
                           ("no_verdict", {"note": "x"}, 422), ("other_verdict", {"verdict": "king"}, 422),
                           ("two_lines", {"verdict": "remark", "note": "a\nb"}, 422),
                           ("long", {"verdict": "remark", "note": "a" * 1025}, 422)):
    reply = rita.post("/systems/door/versions/1/review", body)
    check(f"review_{name}", reply.status == status, reply)
check("review_of_nothing", rita.post("/systems/door/versions/9/review", {"verdict": "approved"}).status == 404)
check("review_is_shown", "looks &lt;right&gt;" in vera.get("/systems/door/reviews").text)
check("viewer_has_no_form", "<select" in rita.get("/systems/door/reviews").text and
      "<select" not in vera.get("/systems/door/reviews").text)
reply = nobody.copy(token=tokens["edwin", "write"]).post(
    "/api/v1/systems/door/versions/1/review", '{"verdict": "objected", "note": "not yet"}', type="application/json")
check("review_by_program", '"verdict": "objected"' in reply.text, reply)
check("review_wants_json", bearer.post("/api/v1/systems/door/versions/1/review", {"verdict": "approved"}).status
      == 415)
check("reviews_are_listed", len(json.loads(vera.get("/api/v1/systems/door/reviews").text)["reviews"]) == 2)
check("review_replaces", rita.post("/systems/door/versions/1/review", {"verdict": "remark"}).status == 303 and
      len(json.loads(vera.get("/api/v1/systems/door/reviews").text)["reviews"]) == 2)

# ---- sessions -------------------------------------------------------------------------

fixed = Client(server)
fixed.cookies["awai-session"] = "f" * 64
reply = fixed.log_in("vera", PASSWORD["vera"])
check("fixed_session_is_replaced", reply.cookies.get("awai-session") not in (None, "f" * 64), reply)
check("fixed_session_is_nobodys", is_denied(nobody.copy(cookies={"awai-session": "f" * 64}).get("/")))
before = fixed.copy()
check("again", fixed.log_in("vera", PASSWORD["vera"]).status == 303)
check("new_id_at_login", fixed.cookies["awai-session"] != before.cookies["awai-session"])
check("old_id_has_ended", is_denied(before.get("/")))
extra = Client(server)
extra.log_in("vera", PASSWORD["vera"])
check("others_end", vera.post("/account/sessions/end-others").status == 303 and is_denied(extra.get("/"))
      and is_denied(fixed.get("/")) and vera.get("/").status == 200)
extra.log_in("vera", PASSWORD["vera"])
for name, next_, goes in (("own", "/systems/door", "/systems/door"), ("site", "//evil.example", "/"),
                          ("backslash", "/\\evil.example", "/"), ("address", "https://evil.example/", "/"),
                          ("lines", "/\r\nX: y", "/")):
    reply = Client(server).post("/login", {"login": "vera", "password": PASSWORD["vera"], "next": next_})
    check(f"next_{name}", reply.where == goes, reply)
check("present_password", vera.post("/account/password", {
    "present": "not the present one", "password": "new " + PASSWORD["vera"]}).status == 422)
reply = vera.post("/account/password", {"present": PASSWORD["vera"], "password": "new " + PASSWORD["vera"]})
check("password_changed", reply.status == 303, reply)
check("password_ends_sessions", is_denied(extra.get("/")) and vera.get("/").status == 200)
check("old_password_is_gone", Client(server).log_in("vera", PASSWORD["vera"]).status == 401)
PASSWORD["vera"] = "new " + PASSWORD["vera"]

# ---- guessing -------------------------------------------------------------------------

known = Client(server, "127.0.0.2")
check("known_browser", known.log_in("vera", PASSWORD["vera"]).status == 303)
known.cookies.pop("awai-session")
guesser = Client(server, "127.0.0.2")
statuses = [guesser.log_in("vera", f"wrong guess number {i}").status for i in range(8)]
check("guesses_are_slowed", statuses == [401] * 5 + [429] * 3, statuses)
reply = guesser.log_in("vera", PASSWORD["vera"])
check("slowed_even_when_right", reply.status == 429 and int(reply.headers["Retry-After"]) >= 1, reply)
check("not_elsewhere", Client(server, "127.0.0.3").log_in("vera", PASSWORD["vera"]).status == 303)
check("not_a_known_browser", known.copy().log_in("vera", PASSWORD["vera"]).status == 303)
check("not_another_account", Client(server, "127.0.0.2").log_in("rita", PASSWORD["rita"]).status == 303)
borrowed = known.copy()
for i in range(6):
    borrowed.log_in("rita", f"wrong guess number {i}")
check("known_for_its_own_only", borrowed.log_in("rita", PASSWORD["rita"]).status == 429 and
      rita.get("/").status == 200)
check("unknown_account_likewise", [Client(server, "127.0.0.4").log_in("nobody", f"wrong guess {i} wrong").status
                                   for i in range(7)][4:] == [401, 429, 429])
texts = {re.sub(r'value="[^"]*"', "", Client(server, "127.0.0.5").log_in(login, "wrong and wrong again").text)
         for login in ("edwin", "nobody", "")}
check("no_account_looks_like_one", len(texts) == 1, [t[:200] for t in texts])

# ---- what is taken away works at once -------------------------------------------------

check("last_owner_stays", olga.post("/members/role", {"login": "olga", "role": "viewer"}).status == 409)
check("role_of_nobody", olga.post("/members/role", {"login": "nosuch", "role": "viewer"}).status == 404)
check("no_such_role", olga.post("/members/role", {"login": "edwin", "role": "king"}).status == 400)
editor_token = nobody.copy(token=tokens["edwin", "write"])
check("editor_may_save", editor_token.ask("PUT", "/api/v1/systems/door/model", "awai: 1", type=YAML,
                                          If_Match='"1"').status == 422)
check("demoted", olga.post("/members/role", {"login": "edwin", "role": "viewer"}).status == 303)
check("demoted_session", edwin.post("/systems", {"slug": "late"}).status == 403)
check("demoted_token", editor_token.ask("PUT", "/api/v1/systems/door/model", "awai: 1", type=YAML,
                                        If_Match='"1"').status == 403)
check("removed", olga.post("/members/role", {"login": "edwin", "role": ""}).status == 303)
check("removed_session", edwin.get("/").status == 403 and edwin.get("/account").status == 200)
check("removed_token", is_denied(editor_token.get("/api/v1/systems")))
check("reset_of_a_stranger", olga.post("/members/reset", {"login": "edwin"}).status == 404)
reply = olga.post("/members/reset", {"login": "rita"})
check("reset_link", link_in(reply) and rita.get("/").status == 200, reply)
PASSWORD["rita"] = "another one for rita to keep"
check("reset", Client(server).post(f"/link/{link_in(reply)}", {"password": PASSWORD["rita"]}).where == "/login")
check("reset_ends_sessions", is_denied(rita.get("/")))
check("reset_once", Client(server).post(f"/link/{link_in(reply)}", {"password": PASSWORD["rita"]}).status == 404)
check("reset_password", Client(server).log_in("rita", PASSWORD["rita"]).status == 303)
reply = olga.post("/members/invite", {"role": "viewer"})
link_id = hashlib.sha256(link_in(reply).encode()).hexdigest()[:16]
check("withdrawn", olga.post("/members/link/end", {"id": link_id}).status == 303 and
      nobody.get(f"/link/{link_in(reply)}").status == 404)

# ---- the audit log --------------------------------------------------------------------

reply = vera.post("/api/v1/editor/check", json.dumps({"text": "awai: 1"}), type="application/json")
check("editor_answers", reply.status == 200, reply)
entries = json.loads(bearer.get("/api/v1/audit").text)["entries"]
whats = {(e["who"], e["what"]) for e in entries}
older, before = entries, json.loads(bearer.get("/api/v1/audit").text)["next"]
while before:
    page = json.loads(bearer.get(f"/api/v1/audit?before={before}").text)
    older, before = older + page["entries"], page["next"]
whats = {(e["who"], e["what"]) for e in older}
for who, what in (("olga", "account-made"), ("olga", "codes-on"), ("olga", "login"), ("olga", "login-failed"),
                  ("vera", "login-failed"), ("", "login-failed"), ("vera", "logout"), ("edwin", "POST /systems"),
                  ("olga", "member-invited"), ("olga", "role-set"), ("olga", "token-made"),
                  ("olga", "token-revoked"), ("vera", "password-changed"), ("olga", "reset-link"),
                  ("rita", "password-reset"), ("vera", "denied"), ("olga", "POST /workspaces"),
                  ("olga", "GET /systems/{slug}/report"), ("vera", "sessions-ended")):
    check(f"audit_{who or 'nobody'}_{what.replace(' ', '_')}", (who, what) in whats, sorted(whats))
asked = [e for e in older if "/editor/" in e["what"] and e["what"] != "denied"]
check("audit_asking_is_no_change", not asked, asked[:3])
check("audit_numbers", [e["number"] for e in older] == list(range(len(older), 0, -1)))
check("audit_page", "login failed" in olga.get("/audit").text)
sound = json.loads(bearer.get("/api/v1/audit/check").text)
check("audit_is_sound", sound["sound"] and sound["entries"] >= len(older) and len(sound["head"]) == 64, sound)

# ---- what lies in the store and in the log --------------------------------------------

stored = b"".join(open(server.db + end, "rb").read() for end in ("", "-wal"))
logged = open(server.log).read()
secrets_ = [*PASSWORD.values(), *tokens.values(), *recovery, olga.cookies["awai-session"],
            olga.cookies["awai-device"], link]
check("store_has_no_secret", not [s for s in secrets_ if s.encode() in stored])
check("passwords_are_argon2id", b"$argon2id$v=19$m=19456,t=2,p=1$" in stored)
check("log_has_no_person", not [s for s in [*secrets_, "olga", "vera", "127.0.0.2"] if s in logged])
check("ends", server.end() == 0, open(server.log).read()[-2000:])
check("no_sanitizer_speaks", "Sanitizer" not in open(server.log).read())

database = sqlite3.connect(server.db)
try:
    database.execute("UPDATE audit SET who = 'eve' WHERE number = 3")
    check("audit_refuses_changes", False, "an entry was changed")
except sqlite3.Error as error:
    check("audit_refuses_changes", "audit" in str(error) or "never" in str(error), error)
for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
    database.execute(f"DROP TRIGGER {name}")
database.execute("UPDATE audit SET who = 'eve' WHERE number = 3")
database.commit()
database.close()

# A password that was hashed at less cost is hashed anew at the next login.
argon2 = ctypes.CDLL("libargon2.so.1")
cheap = ctypes.create_string_buffer(128)
argon2.argon2id_hash_encoded(ctypes.c_uint32(1), ctypes.c_uint32(64), ctypes.c_uint32(1), PASSWORD["vera"].encode(),
                             ctypes.c_size_t(len(PASSWORD["vera"])), b"salt salt", ctypes.c_size_t(9),
                             ctypes.c_size_t(32), cheap, ctypes.c_size_t(128))
database = sqlite3.connect(server.db)
(table,) = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'record%'").fetchone()
((account,),) = database.execute(f"SELECT value FROM {table} WHERE kind = 'account' AND name = 'vera'").fetchall()
changed = json.dumps({**json.loads(account), "password": cheap.value.decode()})
database.execute(f"UPDATE {table} SET value = ? WHERE kind = 'account' AND name = 'vera'", (changed,))
database.commit()
database.close()

# Once there are accounts, they are demanded without being asked for.
server = Server("a.db")
check("accounts_stay", Client(server).get("/").where.startswith("/login"))
bearer = Client(server, token=tokens["olga", "admin"])
sound = json.loads(bearer.get("/api/v1/audit/check").text)
check("audit_tells_changes", not sound["sound"] and sound["broken"] in (3, 4), sound)
check("old_hash_logs_in", Client(server).log_in("vera", PASSWORD["vera"]).status == 303)
check("renewed_hash_logs_in", Client(server).log_in("vera", PASSWORD["vera"]).status == 303)
server.end()
database = sqlite3.connect(server.db)
((account,),) = database.execute(f"SELECT value FROM {table} WHERE kind = 'account' AND name = 'vera'").fetchall()
check("old_hash_is_renewed", "$m=64,t=1," in cheap.value.decode() and "$m=19456,t=2,p=1$" in account, account)
database.close()

# ---- without accounts: for one person, as ever ----------------------------------------

server = Server("b.db")
one = Client(server)
check("one_person_gets_in", one.get("/").status == 200 and one.post("/systems", {"slug": "mine"}).status == 303)
for path in ("/login", "/account", "/members", "/link/" + "0" * 64):
    check(f"no_accounts{path[:8].replace('/', '_')}", one.get(path).status == 404)
server.end()

# ---- TLS ------------------------------------------------------------------------------

tls = ("--tls-cert", f"{folder}/cert.pem", "--tls-key", f"{folder}/key.pem")
server = Server("c.db", "--host", "awai.test", *tls, "--accounts", listen="0.0.0.0:0")
client = Client(server)
check("tls_answers", client.get("/healthz").status == 200)
check("tls_hsts", client.get("/healthz").headers["Strict-Transport-Security"] == "max-age=31536000")
oscar = enroll(server, server.link, "oscar")
check("tls_cookie_is_host_only", "__Host-awai-session" in oscar.cookies, oscar.cookies)
crumbs = oscar.post("/logout", keep=False).crumbs
check("tls_cookie_is_secure", crumbs and all("; Secure" in c for c in crumbs), crumbs)
oscar.cookies.pop("__Host-awai-session", None)
named = client.ask("GET", "/healthz", Host=f"awai.test:{server.port}")
check("tls_named_host", named.status == 200, named)
check("tls_named_host_in_front", client.ask("GET", "/healthz", Host="awai.test").status == 200)
check("tls_other_host", client.ask("GET", "/healthz", Host="evil.example").status == 421)
check("tls_wants_login", is_denied(client.get("/")))
check("tls_plain_origin", client.post("/login", {}, origin=server.origin.replace("https", "http")).status == 403)
context = ssl.create_default_context(cafile=f"{folder}/cert.pem")
context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
context.maximum_version = ssl.TLSVersion.TLSv1_1
context.set_ciphers("ALL:@SECLEVEL=0")
try:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
        with context.wrap_socket(raw, server_hostname="awai.test"):
            check("tls_refuses_old_versions", False, "TLS 1.1 was spoken")
except (ssl.SSLError, ConnectionError) as error:
    check("tls_refuses_old_versions", True, error)
try:
    plain = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    plain.request("GET", "/healthz")
    check("tls_speaks_nothing_else", plain.getresponse().status >= 400)
except (http.client.HTTPException, OSError):
    check("tls_speaks_nothing_else", True)
# Half a handshake, or none, keeps nobody waiting; nor does one address take all places.
slow = [socket.create_connection(("127.0.0.1", server.port), source_address=("127.0.0.9", 0)) for _ in range(80)]
for s in slow[:40]:
    try:
        s.sendall(b"\x16\x03\x01\x02\x00\x01")
    except OSError:
        pass  # it was one too many
began = time.monotonic()
check("tls_half_open_keep_nobody", client.get("/healthz").status == 200 and time.monotonic() - began < 8)
for s in slow:
    s.close()
check("tls_ends", server.end() == 0)
check("tls_no_sanitizer_speaks", "Sanitizer" not in open(server.log).read())
