# SPDX-License-Identifier: Apache-2.0
"""What changed since a person last looked: python3 _news.py AWAI FOLDER

Each person has news of his own. The first look is where they begin; looking again takes
none away, the button does, up to the version that its page showed. Who saves the next
version himself knows it. With accounts, and without.
"""
import json
import re

from _accounts import Client, Server, check, enroll, invite, secret_in, set_up_codes

SLUG = "drone"


def news(who, lang="en", slug=SLUG):
    """The part of the overview that tells them, or None."""
    page = who.get(f"/systems/{slug}?lang={lang}")
    found = re.search(r'<section class="news".*?</section>', page.text, re.S)
    return found[0] if found else None


def portfolio(who, query=""):
    page = who.get(f"/?lang=en{query}").text
    told = re.search(r"<h2>What changed</h2>.*?</section>", page, re.S)[0]
    listed = re.findall(r'<th scope="row"><a href="/systems/([\w-]+)', page)
    return told, listed, page


def latest(who, slug=SLUG):
    return json.loads(who.get(f"/api/v1/systems/{slug}/versions").text)["versions"][0]["version"]


def move(who, owner, base=None, slug=SLUG):
    """Saves a version by a card of the board."""
    form = {"base": base or latest(who), "measure": "m-legal-duties", "owner": owner, "why": f"by {owner}"}
    return who.post(f"/systems/{slug}/measures", form)


def mark(who, number, slug=SLUG):
    return who.post(f"/systems/{slug}/seen", {"number": number})


# ---- with accounts --------------------------------------------------------------------

server = Server("news.db", "--accounts")
olga = enroll(server, server.link, "olga")
set_up_codes(olga, "olga")
edwin = enroll(server, invite(olga, "editor"), "edwin")
vera = enroll(server, invite(olga, "viewer"), "vera")

told, listed, page = portfolio(olga)
n_systems = len(listed)
check("at_first_nothing_was_looked_at", "Nothing." in told and f"{n_systems} systems were never looked at" in told, told)
check("first_look_has_no_news", all(news(who) is None for who in (olga, edwin, vera)))
told, listed, page = portfolio(olga)
check("one_was_looked_at", f"{n_systems - 1} systems were never looked at" in told, told)
move(edwin, "first")
move(edwin, "second")
told = news(olga)
check("news_are_told", told and "You know version 1" in told and "now it is version 3" in told and
      " by edwin" in told and "m-legal-duties" in told and "second" in told, told)
check("news_are_told_again", news(olga) == told)
check("news_in_japanese", "前回の確認以降の変更" in news(olga, "ja") and "確認済みにする" in news(olga, "ja"))
check("own_versions_are_no_news", news(edwin) is None)
told, listed, page = portfolio(olga)
check("portfolio_tells", f"/systems/{SLUG}/compare?from=1&amp;to=3" in told and "by second" in told and
      page.count(">changed</span>") == 1, told)
check("portfolio_filters", portfolio(olga, "&news=1")[1] == [SLUG] and portfolio(edwin, "&news=1")[1] == [])
told, listed, page = portfolio(edwin, "&days=365")
check("portfolio_by_days", "Days back: 365" in told and f"/systems/{SLUG}/compare?from=2&amp;to=3" in told, told)
for days in ("0", "-1", "x", "99999999999"):
    check(f"days_{days}_is_usual", "Since you last looked" in portfolio(olga, f"&days={days}")[0])

reply = mark(olga, 2)
check("marks_what_was_shown", reply.status == 303 and reply.where == f"/systems/{SLUG}", reply)
check("later_stays_news", "You know version 2" in news(olga))
check("marks_all", mark(olga, 3).status == 303 and news(olga) is None)
check("mark_does_not_go_back", mark(olga, 1).status == 303 and news(olga) is None)
check("others_have_theirs", "You know version 1" in news(vera))
check("viewer_marks_his_own", mark(vera, 3).status == 303 and news(vera) is None)
check("marking_saves_nothing", latest(olga) == 3)
move(edwin, "third")
move(olga, "fourth")
check("skipped_versions_stay_news", "You know version 3" in news(olga) and "now it is version 5" in news(olga))
mark(olga, 5)
reply = olga.post(f"/systems/{SLUG}/measures", {"base": 4, "measure": "m-one-unit", "owner": "late"})
check("joined_is_own_if_all_was_known", "joined=4-6" in reply.where and news(olga) is None, reply)

before = news(vera)
for number in ("0", "-1", "7", "x", "", "1e0", "9" * 30):
    check(f"no_version_{number[:9]}", mark(vera, number).status == 404 and news(vera) == before)
check("without_number", vera.post(f"/systems/{SLUG}/seen", {}).status == 404)
check("no_such_system", mark(vera, 1, "none").status == 404)
check("nobody", mark(Client(server), 1).status in (303, 401) and news(vera) == before, mark(Client(server), 1))
check("other_origin", vera.post(f"/systems/{SLUG}/seen", {"number": 6}, origin="http://evil.example").status == 403 and
      news(vera) == before)
check("other_workspace", vera.post(f"/systems/{SLUG}/seen?in=other", {"number": 6}).status == 403)
olga.post("/workspaces", {"workspace": "two"})
olga.post("/account/workspace", {"workspace": "two"})
check("in_another_it_is_not_there", mark(olga, 1).status == 404)
olga.post("/account/workspace", {"workspace": "default"})
token = secret_in(olga.post("/account/tokens", {"name": "p", "scope": "write", "days": "9"}))
program = Client(server, token=token)
check("programs_save", program.ask("PUT", f"/api/v1/systems/{SLUG}/model", olga.get(f"/api/v1/systems/{SLUG}/model").text +
                                   "# more\n", type="application/yaml", If_Match='"6"').status == 200)
check("no_entry_in_the_audit_log", "/seen" not in olga.get("/audit").text)
check("server_ends", server.end() == 0)
Server.read_link = lambda server: None # it has an owner
server = Server("news.db", "--accounts")
edwin = Client(server)
edwin.log_in("edwin", "edwin walks over seven bridges")
check("it_is_remembered", "now it is version 7" in news(edwin), news(edwin))
check("server_ends_again", server.end() == 0)

# ---- without accounts: one person -------------------------------------------------------

server = Server("alone.db")
local = Client(server)
check("alone_no_news", news(local) is None)
move(local, "me")
check("alone_own_is_no_news", news(local) is None)
text = local.get(f"/api/v1/systems/{SLUG}/model").text
check("alone_by_a_program", local.ask("PUT", f"/api/v1/systems/{SLUG}/model", "# text\n" + text, type="application/yaml",
                                      If_Match='"2"').status == 200 and news(local) is None)
check("alone_ends", server.end() == 0)
