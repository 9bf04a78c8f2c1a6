# SPDX-License-Identifier: Apache-2.0
"""A model whose every text is markup: python3 _strange.py AWAI FOLDER

All pages of a server that has it, in both languages, before and after it is changed; no
element or attribute may come of a text, in no page, picture or report. The name of the
system, as long as names may be, is a slug; the reason of its version is markup, too.
"""
import html.parser
import json
import re
import subprocess
import urllib.parse

from _accounts import YAML, Client, Server, awai, check

BAD = '<img src=x onerror=alert(1)>"\'&</script></style></textarea></title>--><svg onload=x>]]>&lt;b&gt;%s{n}'
SLUG = "a" * 64


def spoil(line):
    """A line of a model with BAD before every text in quotes; sums of money stay."""
    if line.lstrip().startswith("#") or re.search(r'"[0-9.]+ [kMG]?JPY"', line):
        return line
    bad = BAD.replace('"', '\\"')
    return re.sub(r'"((?:[^"\\]|\\.)*)"', lambda m: f'"{bad} {m[1]}"', line)


class Elements(html.parser.HTMLParser):
    """What elements and attributes there are that only a text could have made."""

    def __init__(self, text):
        super().__init__()
        self.wrong = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag == "img" or any(name.startswith("on") or "<" in name or '"' in name or "'" in name
                               for name, _ in attributes):
            self.wrong.append((tag, attributes))
        for name, value in attributes:
            if name in ("href", "src", "action") and value and "script:" in value.lower():
                self.wrong.append((tag, name, value))


with open("usecases/drone/model.yaml", encoding="utf-8") as f:
    MODEL = "\n".join(spoil(line) for line in f.read().split("\n"))
INCIDENT = re.search(r"^incidents:\n(?:\s*#.*\n|\s*\n)*  ([a-z0-9-]+):", MODEL, re.M)[1]
MEASURE = re.search(r"^measures:\n(?:\s*#.*\n|\s*\n)*  ([a-z0-9-]+):", MODEL, re.M)[1]
QUERIES = {
    "/systems/{slug}/rehearse/picture": f"?incident={INCIDENT}",
    "/systems/{slug}/rehearse": f"?incident={INCIDENT}",
    "/compare": f"?a={SLUG}&b=drone",
    "/systems/{slug}/compare": "?from=1&to=2",
}
routes = [line.split("\t") for line in
          subprocess.run([awai, "serve", "--routes"], capture_output=True, text=True).stdout.splitlines()]
server = Server("strange.db")
client = Client(server)
wrong, n_seen, n_pages = [], 0, 0


def look(name, reply):
    """Notes what a text has made of an answer that a browser shows."""
    global n_seen, n_pages
    shown = reply.headers["Content-Type"].split(";")[0]
    if shown not in ("text/html", "image/svg+xml"):
        return
    n_pages += 1
    n_seen += "onerror=alert" in reply.text
    found = Elements(reply.text).wrong
    if found:
        wrong.append((name, found[:3]))
    if reply.status >= 500:
        wrong.append((name, reply))


def walk():
    for method, pattern, right, kind in routes:
        if method != "GET" or "/stream" in pattern:
            continue
        path = pattern + QUERIES.get(pattern, "")
        for name, value in (("{slug}", SLUG), ("{number}", "1"), ("{file}", "web.css"), ("{id}", "risk-communication")):
            path = path.replace(name, value)
        for lang in ("en", "ja"):
            address = path + ("&" if "?" in path else "?") + f"lang={lang}"
            look(address, client.get(address))


reply = client.ask("POST", f"/api/v1/systems?slug={SLUG}&reason={urllib.parse.quote(BAD)}", MODEL, type=YAML)
check("strange_model_is_kept", reply.status == 201, reply.text)

# What is asked of a page in words that are markup.
words = urllib.parse.quote(BAD)
for path in (f"/systems/{SLUG}/requirements?target={words}&state={words}&threat={words}&viewpoint={words}",
             f"/systems/{SLUG}/threats?component={words}&threat={words}", f"/?q={words}&cell={words}&sort={words}",
             f"/compare?a={words}&b={words}&cell={words}", f"/catalog?q={words}&kind={words}",
             f"/systems/{SLUG}/risk?measures={words}&worlds={words}&years={words}&adopted={words}",
             f"/systems/{SLUG}/rehearse?incident={words}&measures={words}&seed={words}",
             f"/systems/{SLUG}/rehearse/picture?incident={words}", f"/new?text={words}", f"/login?next={words}",
             f"/systems/{SLUG}/criteria?x={words}", f"/tour?step={words}", f"/audit?before={words}"):
    look(path, client.get(path))

# Forms, some of which change it: what they say in the end is seen by the walk.
for path, form in (
        (f"/systems/{SLUG}/measures", {"base": "1", "measure": MEASURE, "owner": BAD, "evidence": BAD, "why": BAD}),
        (f"/systems/{SLUG}/decisions", {"base": "2", "subject": f"incident:{INCIDENT}", "treatment": "reduce",
                                        "reason": BAD, "owner": BAD, "evidence": "javascript:alert(1)"}),
        (f"/systems/{SLUG}/decisions", {"base": "3", "subject": BAD, "treatment": BAD, "reason": BAD}),
        (f"/systems/{SLUG}/measures", {"base": "3", "measure": MEASURE, "evidence": "javascript:alert(1)"}),
        (f"/systems/{SLUG}/requirements", {"base": "4", "because": BAD, "by": BAD, "adopt": "risk-communication"}),
        (f"/systems/{SLUG}/edit", {"base": "1", "text": MODEL.replace("Private", BAD.replace('"', '\\"')), "why": BAD}),
        (f"/systems/{SLUG}/edit", {"base": "1", "text": BAD, "why": BAD}),
        (f"/systems/{SLUG}/merge", {"base": "1", "latest": "1", "text": BAD, "why": BAD}),
        (f"/systems/{SLUG}/risk", {"base": "1", "measures": BAD, "why": BAD}),
        ("/systems", {"slug": BAD, "text": MODEL, "why": BAD}), ("/new", {"text": BAD, "slug": BAD, "name": BAD}),
        ("/login", {"login": BAD, "next": BAD})):
    reply = client.post(path, form)
    print(f"# {reply.status} {path[:12]}{path[74:]}")
    look(path, reply)
numbers = json.loads(client.get(f"/api/v1/systems/{SLUG}/versions").text)["versions"]
check("strange_forms_are_saved", len(numbers) >= 4, numbers)
walk()
check("no_element_of_a_text", not wrong, wrong)
check("texts_were_met", n_seen >= 30, f"{n_seen} of {n_pages}")
print(f"# {n_seen} of {n_pages} answers had the text")
check("strange_ends", server.end() == 0)
check("strange_no_sanitizer_speaks", "Sanitizer" not in open(server.log, encoding="utf-8").read())
