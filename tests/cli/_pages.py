# SPDX-License-Identifier: Apache-2.0
"""The pages of awai serve as a reader meets them: python3 _pages.py URL

Each page in both languages: its structure (one heading, unique ids, every field has a
label, nothing inline), every link of it leads somewhere, hostile values in addresses
come back as text. Then what pages change: requirements adopted in bulk, a measure moved,
two texts merged, a model made by the questions.
"""
import html
import html.parser
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

BASE = sys.argv[1].rstrip("/")
SLUG = "drone"


class Keep(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(Keep)


def ask(path, form=None, **head):
    """Status, text and the headers of an answer."""
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(BASE + path, data, head)
    try:
        with OPENER.open(request, timeout=120) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as e:
        return e.code, e.read().decode(), e.headers


def check(name, good, why=""):
    print(f"ok {name}" if good else f"not ok {name}: {why}")


class Page(html.parser.HTMLParser):
    VOID = {"meta", "link", "input", "br", "hr", "img"}

    def __init__(self, text):
        super().__init__()
        self.stack, self.wrong, self.ids, self.links = [], [], [], []
        self.labelled, self.fields, self.n_h1, self.lang = set(), [], 0, None
        self.inputs = []
        self.feed(text)
        self.close()
        if self.stack:
            self.wrong.append(f"left open: {self.stack}")
        for tag, key in self.fields:
            if key not in self.labelled:
                self.wrong.append(f"{tag} {key} has no label")
        double = {i for i in self.ids if self.ids.count(i) > 1}
        if double:
            self.wrong.append(f"ids twice: {sorted(double)[:4]}")
        if self.n_h1 != 1:
            self.wrong.append(f"{self.n_h1} h1")

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if "style" in a or any(k.startswith("on") for k in a):
            self.wrong.append(f"inline in {tag}")
        if tag == "html":
            self.lang = a.get("lang")
        if tag == "h1":
            self.n_h1 += 1
        if "id" in a and "svg" not in self.stack:
            self.ids.append(a["id"])
        if tag == "a" and "href" in a:
            self.links.append(a["href"])
        if tag == "label" and "for" in a:
            self.labelled.add(a["for"])
        if tag == "input":
            self.inputs.append(a)
        if tag in ("input", "select", "textarea") and a.get("type") != "hidden":
            if "aria-label" not in a and "label" not in self.stack:
                self.fields.append((tag, a.get("id")))
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1] != tag:
            self.wrong.append(f"</{tag}> after {self.stack[-3:]}")
            if tag in self.stack:
                while self.stack.pop() != tag:
                    pass
        else:
            self.stack.pop()


PAGES = ["/", "/compare", "/compare?a=drone&b=distillation", "/compare?cell=serious-serious",
         "/catalog", "/catalog?q=login", "/catalog/access-control", "/new", "/tour", "/settings"] + [
    f"/systems/{SLUG}{p}" for p in (
        "", "/criteria", "/incidents", "/threats", "/threats?main=1",
        "/threats?of=data-tampering@cloud", "/requirements",
        "/requirements?viewpoint=1&state=open", "/measures", "/history", "/edit",
        "/compare")]


def with_query(path, more):
    return path + ("&" if "?" in path else "?") + more


def check_pages():
    links = set()
    for path in PAGES:
        for lang in ("en", "ja"):
            status, text, _ = ask(with_query(path, "lang=" + lang))
            page = Page(text)
            wrong = page.wrong + ([] if status == 200 else [f"status {status}"])
            if page.lang != lang:
                wrong.append(f"is in {page.lang}")
            heading = re.search(r"<main.*", text, re.S).group(0)
            has_kana = re.search("[\u3041-\u30ff]", re.sub("<[^>]*>", "", heading))
            # what a model or the catalog says in Japanese alone is so in both
            has_text = path.endswith("/edit") or "/catalog/" in path
            if (lang == "ja") != bool(has_kana) and not has_text:
                wrong.append(f"kana: {has_kana}")
            check(f"page_{path}_{lang}", not wrong, "; ".join(wrong[:4]))
            if lang == "en":
                links |= {l for l in page.links if l.startswith("/")}
    wrong = []
    for link in sorted(links):
        link = link.split("#")[0]
        if "/report" in link:
            continue
        status, _, _ = ask(link)
        if status != 200:
            wrong.append(f"{link} {status}")
    check("links_lead_somewhere", not wrong and len(links) > 100,
          f"{len(links)}: {wrong[:4]}")


def check_hostile():
    evil = '"><script>alert(1)</script>\'&'
    values = [evil, "x" * 4000, "%ff%fe", "%00", "-1", "999999999999999999999",
              "../../etc/passwd", "{{7*7}}", "\u202e\u0000"]
    names = {"/": ["text", "cell", "above", "overdue", "page", "days"],
             "/compare": ["a", "b", "cell"], "/catalog": ["q", "section"],
             f"/systems/{SLUG}/threats": ["of", "asset", "class", "main"],
             f"/systems/{SLUG}/requirements": ["viewpoint", "target", "state", "threat"],
             f"/systems/{SLUG}/compare": ["from", "to"]}
    wrong = []
    for path, fields in names.items():
        for field in fields:
            for value in values:
                quoted = value if value.startswith("%") else urllib.parse.quote(value)
                status, text, _ = ask(f"{path}?{field}={quoted}")
                if status not in (200, 404, 400) or "<script>alert" in text:
                    wrong.append(f"{path} {field} {value[:20]!r} {status}")
    check("hostile_values_come_back_as_text", not wrong, wrong[:4])


def check_languages():
    _, page, _ = ask(f"/systems/{SLUG}/requirements?state=open&lang=en&x=%22%3E%E5%AF%BE&y&lang=ja")
    check("language_keeps_what_was_asked",
          'href="?lang=ja&amp;state=open&amp;x=%22%3E%E5%AF%BE&amp;y"' in page,
          re.findall(r'href="[?][^"]*"', page))
    _, page, _ = ask(f"/systems/{SLUG}/edit", {"base": latest(), "text": "awai: 1\n"})
    check("language_of_an_answer_is_of_its_page", f'href="/systems/{SLUG}/edit?lang=ja"' in page,
          re.findall(r'href="[^"]*lang=ja"', page))


def check_remembered_language():
    for chosen in ("ja", "en"):
        status, _, head = ask("/settings?lang=en", {"language": chosen})
        cookie = head.get("Set-Cookie", "")
        check(f"language_is_remembered_{chosen}", status == 303 and head["Location"] == "/settings"
              and "HttpOnly; SameSite=Lax" in cookie and "Max-Age=31536000" in cookie, f"{status} {cookie}")
        cookie, other = cookie.split(";")[0], {"ja": "en", "en": "ja"}[chosen]
        page = ask("/settings", Cookie=cookie, **{"Accept-Language": other})[1]
        check(f"language_is_the_remembered_one_{chosen}", f'<html lang="{chosen}"' in page and
              f'value="{chosen}" selected' in page)
        page = ask("/settings?lang=" + other, Cookie=cookie)[1]
        check(f"language_of_the_address_comes_first_{chosen}", f'<html lang="{other}"' in page)
        status, _, head = ask("/settings", {"language": ""}, Cookie=cookie)
        check(f"language_is_forgotten_{chosen}", status == 303 and "Max-Age=0" in head.get("Set-Cookie", ""))
    for wrong in ("fr", "ja; Domain=x", "\r\nX: y"):
        status, _, head = ask("/settings", {"language": wrong})
        check(f"language_unknown_{wrong!r}", status == 422 and "Set-Cookie" not in head, status)
    page = ask("/settings", Cookie="awai-lang=fr", **{"Accept-Language": "ja"})[1]
    check("language_unknown_is_not_taken", '<html lang="ja"' in page)


def model(slug=SLUG):
    return ask(f"/api/v1/systems/{slug}/model")[1]


def latest(slug=SLUG):
    return int(re.search(r'"version": (\d+)', ask(f"/api/v1/systems/{slug}/versions")[1])[1])


def added(before, after):
    """Lines that came, if no line went."""
    a, b = before.splitlines(), after.splitlines()
    new, i = [], 0
    for line in b:
        if i < len(a) and line == a[i]:
            i += 1
        else:
            new.append(line)
    return new if i == len(a) else None


def check_filters():
    _, text, _ = ask("/?text=DISTILL&lang=en")
    check("filter_by_text", "1 system<" in text and "/systems/distillation" in text)
    _, text, _ = ask("/?cell=fatal-devastating&lang=en")
    check("filter_by_cell", "1 system<" in text)
    _, text, _ = ask("/?text=nothing-like-it&lang=en")
    check("filter_may_leave_none", "No system is like that" in text)
    _, one, _ = ask(f"/systems/{SLUG}/requirements?viewpoint=3&lang=en")
    check("filter_by_viewpoint", "Viewpoint 3" in one and "Viewpoint 1: confirmation before operation (design, manufacture) ·" not in one)


def check_adoption():
    before, base = model(), latest()
    _, text, _ = ask(f"/systems/{SLUG}/requirements?state=open")
    ids = re.findall(r'name="adopt" value="([^"]*)"', text)[:3]
    example = re.findall(r'name="example" value="([^"]*)"', text)[0]
    form = [("base", base), ("by", "maker"), ("because", 'said: "so" # all')] + \
        [("adopt", i) for i in ids] + [("example", example), ("adopt", "no-such"),
                                       ("status", "decided"), ("on", "no-such"), ("on", "cloud"),
                                       ("on", "x]\n  y: z")]
    status, _, _ = ask(f"/systems/{SLUG}/requirements", form)
    after = model()
    new = added(before, after)
    check("adoption_is_saved", status == 303 and latest() == base + 1, status)
    check("adoption_adds_lines_only", new is not None and
          all(any(l.strip() == i + ":" for l in new) for i in ids + [example]), new)
    check("adopted_measures_have_their_place", [l.strip() for l in new if l.strip().startswith("on:")] == ["on: [cloud]"], new)
    status, _, _ = ask(f"/systems/{SLUG}/requirements", form)
    check("adoption_of_the_same_changes_nothing", status == 303 and model() == after, status)
    status, _, _ = ask(f"/systems/{SLUG}/requirements",
                       [("base", base), ("adopt", "data-encryption")])
    check("adoption_on_an_old_version_conflicts", status in (303, 409), status)


def check_measure():
    before, base = model(), latest()
    form = {"base": base, "measure": "m-legal-duties", "status": "implemented",
            "owner": "A & <b>", "due": "2026-01-02", "evidence": 'https://example.org/?a="b"'}
    status, _, _ = ask(f"/systems/{SLUG}/measures", form)
    _, page, _ = ask(f"/systems/{SLUG}/measures?lang=en")
    check("measure_is_saved", status == 303 and latest() == base + 1, status)
    check("measure_is_shown", "A &amp; &lt;b&gt;" in page and
          'href="https://example.org/?a=&quot;b&quot;"' in page)
    changed = [l for l in model().splitlines() if l not in before.splitlines()]
    check("measure_changes_few_lines", len(changed) <= 4, changed)
    status, _, _ = ask(f"/systems/{SLUG}/measures", form)
    check("measure_sent_twice_is_saved_once", status == 303 and latest() == base + 1, status)
    status, _, _ = ask(f"/systems/{SLUG}/measures", {**form, "owner": "B"})
    check("measure_on_an_old_version_conflicts", status == 409 and latest() == base + 1, status)
    form.update(base=latest(), evidence="", owner="", due="")
    status, _, _ = ask(f"/systems/{SLUG}/measures", form)
    check("measure_loses_what_is_emptied", status == 303 and "A & <b>" not in model())
    form = {"base": latest(), "measure": "m-legal-duties", "cost": "1.5 MJPY"}
    status, _, _ = ask(f"/systems/{SLUG}/measures", form)
    _, page, _ = ask(f"/systems/{SLUG}/measures?lang=en")
    check("measure_has_a_cost", status == 303 and 'name="cost" maxlength="40" value="1.5 MJPY"' in page, status)
    form.update(base=latest())
    ask(f"/systems/{SLUG}/measures", form)
    check("measure_with_the_same_cost_is_no_change", latest() == form["base"], latest())
    status, _, _ = ask(f"/systems/{SLUG}/measures", {**form, "cost": "a lot"})
    check("measure_with_no_amount_is_refused", status == 422 and latest() == form["base"], status)
    status, _, _ = ask(f"/systems/{SLUG}/measures", {"base": latest(), "measure": "none"})
    check("measure_unknown", status == 404, status)
    _, page, _ = ask(f"/systems/{SLUG}/compare?from={base}&to={base + 1}&lang=en")
    check("compare_tells_meaning", "m-legal-duties" in page and "implemented" in page)


def check_decision():
    before, base = model(), latest()
    form = {"base": base, "subject": "incident:hijack", "treatment": "accept",
            "reason": 'for: "now" #1', "owner": "A", "review": "2030-01-02", "evidence": "m.pdf"}
    status, _, _ = ask(f"/systems/{SLUG}/decisions", form)
    new = added(before, model())
    check("decision_is_saved", status == 303 and new and len(new) == 8, f"{status} {new}")
    _, page, _ = ask(f"/systems/{SLUG}/measures?lang=en")
    check("decision_is_shown", "for: &quot;now&quot; #1" in page and "2030-01-02" in page)
    status, _, _ = ask(f"/systems/{SLUG}/decisions", {**form, "base": latest(), "treatment": "x y"})
    check("decision_on_nonsense", status == 422, status)
    status, _, _ = ask(f"/systems/{SLUG}/decisions", form)
    check("decision_on_an_old_version_conflicts", status == 409, status)


def check_merge():
    slug = "welding-robot"
    text, base = model(slug), latest(slug)
    line = next(l for l in text.splitlines() if l.startswith("applicant:"))
    theirs = text.replace(line, line + " # theirs") + "# end\n"
    mine = "# mine\n" + text
    clash = "# mine\n" + text.replace(line, line + " # mine")
    status, _, _ = ask(f"/systems/{slug}/edit", {"base": base, "text": theirs})
    check("merge_first_is_saved", status == 303, status)
    status, page, _ = ask(f"/systems/{slug}/edit", {"base": base, "text": mine, "why": "w<"})
    check("merge_without_overlap", status == 409 and "<fieldset" not in page and
          'value="w&lt;"' in page, status)
    check("merge_page", not Page(page).wrong, Page(page).wrong)
    status, page, _ = ask(f"/systems/{slug}/edit", {"base": base, "text": clash})
    check("merge_with_overlap", status == 409 and page.count("<fieldset") == 1, status)
    form = {"base": base, "latest": base + 1, "text": clash, "part-1": "b"}
    status, _, _ = ask(f"/systems/{slug}/merge", form)
    check("merge_is_checked", status == 422 and latest(slug) == base + 1, status)
    form["part-1"] = "t"
    status, _, _ = ask(f"/systems/{slug}/merge", form)
    check("merge_is_saved", status == 303 and model(slug) == "# mine\n" + theirs, status)
    status, _, _ = ask(f"/systems/{slug}/merge", form)
    check("merge_conflicts_again", status == 409, status)
    status, _, _ = ask(f"/systems/{slug}/merge", {"text": "x"})
    check("merge_without_base", status == 428, status)


class Wizard:
    def __init__(self):
        self.text = ""

    def go(self, step, go="add", **answers):
        form = {"step": step, "go": go, "text": self.text, **answers}
        status, page, headers = ask("/new?lang=en", form)
        hidden = [i for i in Page(page).inputs if i.get("name") == "text"] if page else []
        area = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', page, re.S)
        if hidden:
            self.text = hidden[0]["value"]
        elif area:
            self.text = html.unescape(area[1])
        return status, page, headers


def check_wizard():
    w = Wizard()
    status, page, _ = w.go("system", "next", name="", slug="toy", overview="")
    check("wizard_asks_for_a_name", status == 422 and "star" in page, status)
    status, page, _ = w.go("system", "next", name="x", slug="a/b")
    check("wizard_asks_for_a_slug", status == 422, status)
    status, page, _ = w.go("system", "next", name='Toy: "car"', slug="toy", overview="A car.\nRuns.")
    check("wizard_goes_on", status == 200 and "Who is affected" in page, status)
    for name, role in (("Maker", "device-maker"), ("\u5b50\u3069\u3082", "iot-user")):
        status, page, _ = w.go("people", name=name, role=role, recovery="limited", economic="limited")
    check("wizard_lists_what_there_is", "Maker <button" in page, status)
    for name, kind, zone in (("Cloud", "cloud-service", "cloud"), ("Car", "controller", "site"),
                             ("Error", "controller", "site")):
        status, page, _ = w.go("parts", name=name, kind=kind, zone=zone, owner="maker", effect="")
    status, page, _ = w.go("parts", "", drop="components/error")
    check("wizard_takes_away", status == 200 and "error:" not in w.text, status)
    status, page, _ = w.go("flows", **{"from": "cloud", "to": "car", "data": "control",
                                       "carrier": "internet", "protocol": "https"})
    check("wizard_adds_flows", "cloud-car" in w.text, status)
    for whom in ("stakeholder", "maker"):
        status, page, _ = w.go("incidents", name="Hits a child", threat="data-tampering",
                               at="cloud-car", whom=whom, recovery="serious",
                               economic="limited", because='It "runs" into #1')
    check("wizard_adds_harms", w.text.count("because:") == 2, w.text)
    status, page, _ = w.go("criteria", "next", r1="Bruises", r2="Fractures", e3="Bankruptcy")
    check("wizard_shows_the_model", status == 200 and "Make the system" in page and
          "no errors" not in page and "error:" not in page, page[-3000:])
    status, page, headers = w.go("review", "create")
    check("wizard_makes_the_system", status == 303 and
          headers["Location"].startswith("/systems/toy"), f"{status} {w.text}")
    status, page, _ = ask("/systems/toy?lang=en")
    check("wizard_system_is_shown", status == 200 and "Toy: &quot;car&quot;" in page, status)
    status, page, _ = w.go("review", "create")
    check("wizard_does_not_overwrite", status == 409 and 'value="toy"' in page and
          "Bruises" in w.text, status)
    status, page, _ = ask("/new", {"step": "review", "go": "create", "text": "a: ["})
    check("wizard_refuses_nonsense", status == 422, status)
    status, page, _ = ask("/new", {"step": "people", "go": "add", "text": "\ufeff[", "name": "x",
                                   "role": "x", "recovery": "x", "economic": "x"})
    check("wizard_survives_nonsense", status == 422, status)


def check_errors():
    status, page, _ = ask("/systems/nowhere/threats")
    check("no_such_system", status == 404, status)
    status, page, _ = ask("/systems/nowhere/measures", {"base": 1})
    check("no_such_system_to_change", status == 404, status)


check_pages()
check_hostile()
check_languages()
check_remembered_language()
check_filters()
check_adoption()
check_measure()
check_decision()
check_merge()
check_wizard()
check_errors()
