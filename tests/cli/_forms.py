# SPDX-License-Identifier: Apache-2.0
"""Two people at the forms of one system at once: python3 _forms.py AWAI FOLDER

What a form changes is joined with what was saved since its page was opened, or the page
of the merge asks; nobody's change is lost. First each form once, then what people may
not do, then random interleavings of two users beside a plain account of what should
stand in the model, and at last both at the very same time.
"""
import html
import json
import random
import re
import threading

from _accounts import Client, Server, check, enroll, invite, set_up_codes

SLUG, OTHER = "drone", "welding-robot"
server = Server("forms.db", "--accounts")
olga = enroll(server, server.link, "olga")
set_up_codes(olga, "olga")
edwin = enroll(server, invite(olga, "editor"), "edwin")
vera = enroll(server, invite(olga, "viewer"), "vera")


def model(slug=SLUG):
    return olga.get(f"/api/v1/systems/{slug}/model").text


def versions(slug=SLUG):
    return json.loads(olga.get(f"/api/v1/systems/{slug}/versions").text)["versions"]


def latest(slug=SLUG):
    return versions(slug)[0]["version"]


def post(who, page, form, slug=SLUG):
    return who.post(f"/systems/{slug}/{page}", form)


def measures():
    """The ids of all measures on the board."""
    return re.findall(r'name="measure" value="([^"]*)"', olga.get(f"/systems/{SLUG}/measures").text)


def fields(text):
    """The fields of the form of the merge."""
    form = dict(re.findall(r'<input type="hidden" name="(base|latest)" value="(\d+)"', text))
    form["text"] = html.unescape(re.search(r'name="text"[^>]*>\n(.*?)</textarea>', text, re.S)[1])
    form["why"] = html.unescape(re.search(r'name="why"[^>]*value="([^"]*)"', text)[1])
    return form, len(re.findall('<fieldset class="conflict"', text))


# ---- each form once -------------------------------------------------------------------

ids = measures()
base = latest()
reply = post(edwin, "measures", {"base": base, "measure": ids[0], "owner": "Ed", "why": "his"})
check("first_is_saved", reply.status == 303 and "joined" not in reply.where, reply)
reply = post(olga, "measures", {"base": base, "measure": ids[1], "owner": "Ol", "why": "hers"})
check("second_is_joined", reply.status == 303 and reply.where.endswith(f"joined={base}-{base + 2}"), reply)
text = model()
check("both_are_there", "owner: Ed" in text and "owner: Ol" in text)
told = versions()
check("reasons_and_names_stay", [(v["who"], v["why"]) for v in told[:2]] == [("olga", "hers"), ("edwin", "his")],
      told[:2])
page = olga.get(reply.where + "&lang=en").text
check("joining_is_told", f"Saved as version {base + 2}. Changes by edwin since version {base} were joined" in page,
      page[:300])
page = olga.get(reply.where + "&lang=ja").text
check("joining_is_told_in_japanese", f"第{base + 2}版として保存した。第{base}版より後のedwinによる変更と統合した" in page)
check("joining_is_told_to_its_maker_only", "notice" not in edwin.get(reply.where).text)
for words in ("", "1", "1-1", "x-y", "9999-99999", "-1-3", "1-3-5", "1" * 50 + "-3", "<b>-3"):
    page = olga.get(f"/systems/{SLUG}/measures?joined={words}")
    check(f"joined_{words[:12]}_is_nothing", page.status == 200 and "Saved as version" not in page.text, page)

number = latest()
reply = post(olga, "measures", {"base": base, "measure": ids[0], "due": "2031-01-02", "why": "for <us>"})
form, n = fields(reply.text)
check("one_entry_is_asked", reply.status == 409 and latest() == number, reply)
check("conflict_says_where", n == 1 and f"<legend>Conflict 1: measures / {ids[0]}</legend>" in reply.text)
check("reason_is_kept", form["why"] == "for <us>", form["why"])
check("what_was_typed_is_kept", "due: 2031-01-02" in form["text"])
check("both_sides_are_shown", "owner: Ed" in reply.text and "2031-01-02" in reply.text and
      (n or "taken from theirs" in reply.text))
reply = post(olga, "merge", {**form, **{f"part-{i + 1}": "b" for i in range(n)}})
check("merge_is_saved", reply.status == 303 and latest() == number + 1 and versions()[0]["why"] == "for <us>", reply)
check("merge_has_both", "due: 2031-01-02" in model() and "owner: Ed" in model())
reply = post(olga, "measures", {"base": base, "measure": ids[1], "owner": "Ol", "why": "twice"})
check("sent_twice_is_saved_once", reply.status == 303 and latest() == number + 1 and "joined" not in reply.where, reply)

base = latest()
wanted = re.findall(r'name="adopt" value="([^"]*)"', olga.get(f"/systems/{SLUG}/requirements?state=open").text)[:4]
for who, part in ((edwin, wanted[:2]), (olga, wanted[2:])):
    reply = who.ask("POST", f"/systems/{SLUG}/requirements", f"base={base}&because=by+{len(part)}" +
                    "".join(f"&adopt={i}" for i in part))
    check(f"adopted_{part[0]}", reply.status == 303, reply)
check("adoptions_are_joined", all(re.search(f"^  {i}:", model(), re.M) for i in wanted) and latest() == base + 2)
reply = olga.ask("POST", f"/systems/{SLUG}/requirements", f"base={base}&because=otherwise&adopt={wanted[0]}")
check("adoption_of_one_is_asked", reply.status == 409 and "otherwise" in fields(reply.text)[0]["text"], reply)

base = latest()
decision = {"base": base, "treatment": "accept", "reason": "first"}
check("decides", post(edwin, "decisions", {**decision, "subject": "incident:hijack"}).status == 303)
reply = post(olga, "decisions", {**decision, "subject": "map:operator", "reason": "second"})
check("decision_on_another_is_joined", reply.status == 303 and "joined" in reply.where, reply)
reply = post(olga, "decisions", {**decision, "subject": "incident:hijack", "reason": "third"})
form, n = fields(reply.text)
check("decision_on_the_same_is_asked", reply.status == 409 and n == 1 and "third" in form["text"], reply)
reply = post(olga, "merge", {**form, "part-1": "b"})
check("both_decisions_may_stay", reply.status == 303 and all(w in model() for w in ("first", "second", "third")), reply)

base = latest()
plan = {"base": base, "measures": "none", "why": "a plan"}
check("owner_beside_a_plan", post(edwin, "measures", {"base": base, "measure": ids[2], "owner": "Beside"}).status == 303)
reply = post(olga, "risk", plan)
check("plan_is_joined", reply.status == 303 and "adopted=" in reply.where and "joined=" in reply.where, reply)
page = olga.get(reply.where + "&worlds=50&lang=en").text
check("plan_tells_joining", "Changes by edwin since" in page and "has these measures decided" in page)
base = latest()
check("status_beside_a_plan", post(edwin, "measures", {"base": base, "measure": ids[3], "status": "implemented"}).status == 303)
reply = post(olga, "risk", {"base": base, "measures": "all", "why": "another plan"})
check("plan_with_other_statuses_is_asked", reply.status == 409 and fields(reply.text)[0]["why"] == "another plan", reply)

# ---- a whole text taken in, a name that is taken, an old version restored ---------------

base, text = latest(OTHER), model(OTHER)
line = next(l for l in text.splitlines() if l.startswith("applicant:"))
post(edwin, "edit", {"base": base, "text": text + "# the end\n"}, OTHER)
taken = {"base": base, "join": "1", "text": "# taken in\n" + text, "why": "workbook"}
reply = post(olga, "edit", taken, OTHER)
check("taken_in_is_joined", reply.status == 303 and reply.where.endswith(f"?joined={base}-{base + 2}") and
      model(OTHER) == "# taken in\n" + text + "# the end\n", reply)
reply = post(olga, "edit", {**taken, "text": text + "# else\n", "why": "kept"}, OTHER)
form, n = fields(reply.text)
check("taken_in_is_asked", reply.status == 409 and n == 1 and form["why"] == "kept" and "# else" in form["text"], reply)
reply = post(olga, "edit", {"base": base, "text": "# mine\n" + text}, OTHER)
check("editor_shows_what_is_merged", reply.status == 409 and "# mine" in fields(reply.text)[0]["text"], reply)
reply = post(olga, f"versions/{base}/restore", {"base": base, "why": "back"}, OTHER)
check("restoring_is_asked", reply.status == 409 and fields(reply.text)[0]["text"] == text and
      fields(reply.text)[0]["why"] == "back", reply)
reply = olga.post("/systems", {"slug": OTHER, "text": text, "why": "a <new> one"})
check("name_taken", reply.status == 409 and f'value="{OTHER}-2"' in reply.text and
      'value="a &lt;new&gt; one"' in reply.text and
      html.unescape(re.search(r'<textarea[^>]*>\n(.*?)</textarea>', reply.text, re.S)[1]) == text, reply)
check("name_taken_in_japanese", "別の名前を選ぶ" in
      olga.post("/systems?lang=ja", {"slug": OTHER, "text": text}).text)
reply = olga.post("/systems", {"slug": "../x", "text": text, "why": "w"})
check("name_that_is_none", reply.status == 422 and 'value="imported"' in reply.text and 'value="w"' in reply.text, reply)
check("name_by_a_program", olga.ask("POST", f"/api/v1/systems?slug={OTHER}", text, type="application/yaml").status == 409)

# ---- who may not, and what is no version ------------------------------------------------

before = latest()
stale = {"base": 1, "measure": ids[0], "owner": "Eve", "adopt": wanted[0], "subject": "map:operator",
         "treatment": "accept", "reason": "r", "measures": "all", "text": text, "join": "1"}
FORMS = ("measures", "requirements", "decisions", "risk", "edit", "merge", "versions/1/restore")
check("viewer_is_refused", all(post(vera, page, stale).status == 403 for page in FORMS))
check("nobody_is_refused", all(post(Client(server), page, stale).status in (303, 401) for page in FORMS))
check("another_workspace_is_refused",
      all(olga.post(f"/systems/{SLUG}/{page}?in=elsewhere", stale).status == 403 for page in FORMS))
check("another_workspace_is_made", olga.post("/workspaces", {"workspace": "two"}).status == 303)
check("it_is_opened", olga.post("/account/workspace", {"workspace": "two"}).status == 303)
check("nothing_is_there", all(post(olga, page, {**stale, "latest": 1}).status in (404, 422, 428) for page in FORMS[:4]))
check("it_is_left", olga.post("/account/workspace", {"workspace": "default"}).status == 303)
check("nothing_was_saved", latest() == before, latest())
for base in ("-1", "0", "01", "", "x", "1e1", "1.0", str(before + 1), "9" * 14, "9" * 40, "1;2", "٣"):
    got = [post(edwin, page, {**stale, "base": base}).status for page in FORMS[:5]]
    check(f"base_{base[:16]}_is_none", got == [428] * 5, got)
form = {key: value for key, value in stale.items() if key != "base"}
check("without_base", all(post(edwin, page, form).status == 428 for page in FORMS))
check("base_of_another_system", post(edwin, "measures", {**stale, "base": before}, OTHER).status == 428)
check("still_nothing_was_saved", latest() == before, latest())
for base in ("1", str(before - 1), str(before + 1)):
    got = [olga.ask("PUT", f"/api/v1/systems/{SLUG}/model", text, type="application/yaml", If_Match=f'"{base}"').status,
           olga.ask("POST", f"/api/v1/systems/{SLUG}/adopt", '{"measures": []}', type="application/json",
                    If_Match=f'"{base}"').status]
    check(f"programs_are_strict_{base}", got == [412, 412] and latest() == before, got)

# ---- two users in any order -------------------------------------------------------------


class Account:
    """What should stand in the model: words by the entry that they are in, at each version."""

    def __init__(self):
        self.states = {latest(): {}}
        self.now = latest()

    def entry(self, version, name):
        return self.states[version].get(name, frozenset())

    def has_moved(self, base, name):
        return self.entry(base, name) != self.entry(self.now, name)

    def save(self, name, words):
        self.states[self.now + 1] = {**self.states[self.now], name: frozenset(words)}
        self.now += 1

    def words(self):
        return set().union(*self.states[self.now].values())


def draw_form(rng, turn):
    """A page, its form, the entry that this changes, the word that it puts there."""
    kind = rng.choice(("owner", "owner", "evidence", "decision"))
    word = f"{'own' if kind == 'owner' else 'tok'}{turn}x"
    if kind == "decision":
        subject = rng.choice(subjects)
        return "decisions", {"subject": subject, "treatment": "accept", "reason": word}, subject, word
    measure = rng.choice(ids[:6])
    return "measures", {"measure": measure, kind: word, "why": "w" + word}, measure, word


def merge_by_hand(who, reply, account, name, word):
    """Takes mine for each overlap: it is then there, and nothing of other entries is lost."""
    form, n = fields(reply.text)
    good = word in form["text"]
    reply = post(who, "merge", {**form, **{f"part-{i + 1}": "m" for i in range(n)}})
    words = set(re.findall(r"(?:own|tok)\d+x", model()))
    others = set().union(*(v for k, v in account.states[account.now].items() if k != name), set())
    good &= reply.status == 303 and word in words and others <= words
    account.save(name, words - others)
    return good, reply


subjects = re.findall(r'<option value="((?:map|incident):[^"]*)"', olga.get(f"/systems/{SLUG}/measures").text)[:5]
rng = random.Random(20261126)
account, wrong, joined, asked = Account(), [], 0, 0
opened = {olga: account.now, edwin: account.now}
for turn in range(160):
    who = rng.choice((olga, edwin))
    if rng.random() < 0.4:
        opened[who] = account.now # opens the page anew
        continue
    page, form, name, word = draw_form(rng, turn)
    moved = account.has_moved(opened[who], name)
    reply = post(who, page, {**form, "base": opened[who]})
    if moved and reply.status == 409:
        asked += 1
        good = latest() == account.now
        if rng.random() < 0.5:
            merged, reply = merge_by_hand(who, reply, account, name, word)
            good &= merged
    else:
        joined += "joined=" in reply.where
        good = not moved and reply.status == 303
        # a new owner stands where another stood; all else stays
        kept = {w for w in account.entry(account.now, name) if "owner" not in form or w.startswith("tok")}
        account.save(name, kept | {word})
    words = set(re.findall(r"(?:own|tok)\d+x", model()))
    if not good or words != account.words() or latest() != account.now:
        wrong.append((turn, page, form, moved, reply, words ^ account.words()))
        break
check("two_users_lose_nothing", not wrong, wrong)
check("both_ways_were_taken", joined > 10 and asked > 10, (joined, asked))
numbers = [v["version"] for v in versions()]
check("versions_follow_each_other", numbers == list(range(account.now, 0, -1)), numbers[:5])

# ---- both at the very same time ---------------------------------------------------------

base, replies, overlaps = latest(), [], []


def hurry(who, own, word):
    for i in range(25):
        copy = who.copy()
        reply = post(copy, "measures", {"base": base if i == 0 else latest(), "measure": own[i % len(own)],
                                        "evidence": f"{word}{i}x", "why": "hurry"})
        while reply.status == 409: # others were quicker too often: nothing overlaps, it is but asked
            form, n = fields(reply.text)
            overlaps.append(n)
            reply = post(copy, "merge", form)
        replies.append(reply)


crowd = [threading.Thread(target=hurry, args=a) for a in ((olga, ids[0::2], "even"), (edwin, ids[1::2], "odd"))]
for thread in crowd:
    thread.start()
for thread in crowd:
    thread.join()
text = model()
lost = [w for word in ("even", "odd") for w in (f"{word}{i}x" for i in range(25)) if w not in text]
check("all_at_once_are_saved", all(r.status == 303 for r in replies) and len(replies) == 50,
      [r for r in replies if r.status != 303][:3])
check("all_at_once_never_overlap", not any(overlaps), overlaps)
check("all_at_once_lose_nothing", not lost, lost)
check("all_at_once_are_versions", latest() == base + 50 and
      [v["version"] for v in versions()] == list(range(base + 50, 0, -1)), latest())
check("server_ends", server.end() == 0)
