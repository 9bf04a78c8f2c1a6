# SPDX-License-Identifier: Apache-2.0
"""Asks a server's /api/v1/editor. Arguments: its address, the binary, a folder to write in."""
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

url, awai, folder = sys.argv[1:4]
root = pathlib.Path(__file__).resolve().parents[2]
template = (root / "src/page/assets/new-model.yaml").read_text(encoding="utf-8")
cases = sorted(root.glob("usecases/*/model.yaml"))


def post(what, body, lang="en", kind="application/json", raw=False):
    """The status, and the answer as JSON."""
    data = body if raw else json.dumps(body).encode()
    headers = {"Content-Type": kind, "Accept-Language": lang}
    request = urllib.request.Request(f"{url}/api/v1/editor/{what}", data, headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def tell(name, good, why=""):
    print(f"ok {name}" if good else f"not ok {name}: {str(why)[:300]}".replace("\n", " "))


def position(text, words):
    """The place after some words, in units of UTF-16."""
    at = text.index(words) + len(words)
    start = text.rfind("\n", 0, at) + 1
    return {"line": text.count("\n", 0, at), "character": len(text[start:at].encode("utf-16-le")) // 2}


def lines_kept(before, after):
    rest = iter(after.split("\n"))
    return all(any(line == other for other in rest) for line in before.split("\n"))


# ---- check: the messages of awai check, at their places

wrong = template.replace("kind: door-lock", "kind: door-lok").replace("from: phone-app", "from: phone")
path = pathlib.Path(folder, "wrong.yaml")
path.write_text(wrong, encoding="utf-8")
for lang, word in (("en", "error"), ("ja", "エラー")):
    status, answer = post("check", {"text": wrong}, lang)
    run = subprocess.run([awai, "check", str(path), "--lang", lang], capture_output=True, text=True, check=False)
    expected = re.findall(rf":(\d+):(\d+): {word}: (.*?)(?: \[[a-z-]+\])?$", run.stdout + run.stderr, re.M)
    said = [(str(d["range"]["start"]["line"] + 1), d["message"].split("\n")[0])
            for d in answer["diagnostics"] if d["severity"] == 1]
    tell(f"{lang}:check_says_what_check_says",
         status == 200 and len(said) == 2 and said == [(e[0], e[2]) for e in expected], (said, expected))
status, answer = post("check", {"text": template})
tell("check_of_a_sound_text", status == 200 and not [d for d in answer["diagnostics"] if d["severity"] == 1], answer)
names = {s["name"]: [c["name"] for c in s.get("children", [])] for s in answer["symbols"]}
tell("symbols", names.get("components") == ["service", "phone-app", "router", "lock"] and "flows" in names, names)
status, answer = post("check", {"text": "a: 1\n" * 300000})
tell("symbols_are_not_endless", status == 200 and len(json.dumps(answer)) < 4000000, len(json.dumps(answer)))
for text in ("", "\n", "awai", "{", "a: [", "- x", "\u3042: {", "\0", "a: 1\r\n\tb"):
    for what in ("check", "drawing"):
        status, _ = post(what, {"text": text})
        tell(f"{what}_of_{text!r}", status == 200, status)
slow = []
for case in cases:
    text = case.read_text(encoding="utf-8")
    times = []
    for _ in range(3):
        began = time.perf_counter()
        status, answer = post("check", {"text": text})
        times.append(time.perf_counter() - began)
    slow.append(f"{case.parent.name} {min(times) * 1e3:.0f} ms")
    tell(f"check_{case.parent.name}", status == 200 and answer["diagnostics"] == [], answer["diagnostics"][:1])
print("# " + ", ".join(slow))

# ---- the language server's answers

status, answer = post("complete", {"text": template, "position": position(template, "kind: door-")})
labels = [item["label"] for item in answer["items"]]
tell("complete", status == 200 and "door-lock" in labels and "plc" in labels, labels[:5])
for lang, words in (("en", "physical world"), ("ja", "物理的な作用")):
    status, answer = post("hover", {"text": template, "position": position(template, "physical-effect")}, lang)
    tell(f"{lang}:hover", status == 200 and words in answer["contents"]["value"], answer)
status, answer = post("hover", {"text": template, "position": {"line": 0, "character": 0}})
tell("hover_over_nothing", status == 200 and answer is None, answer)
place = position(template, "from: phone-")
status, answer = post("definition", {"text": template, "position": place})
tell("definition", status == 200 and answer["range"]["start"] ==
     {**position(template, "  phone-app"), "character": 2}, answer)
status, answer = post("references", {"text": template, "position": place})
tell("references", status == 200 and len(answer) == 1, answer)
status, answer = post("rename", {"text": template, "position": place, "newName": "telephone"})
edits = [e for all_of in answer["changes"].values() for e in all_of]
tell("rename", status == 200 and len(edits) == 2 and {e["newText"] for e in edits} == {"telephone"}, answer)
for lang, words in (("en", "'lock'"), ("ja", "「lock」")):
    status, answer = post("rename", {"text": template, "position": place, "newName": "lock"}, lang)
    error = answer["error"]
    tell(f"{lang}:rename_refused", status == 422 and words in error["message"] and error["hint"] and
         error["status"] == 422, answer)
for what in ("complete", "hover", "definition", "references", "rename"):
    for at in (None, 7, {}, {"line": -1, "character": 0}, {"line": "1", "character": 1}, {"line": 1.5, "character": 0}):
        status, answer = post(what, {"text": template, "position": at, "newName": "x"})
        tell(f"{what}_at_{at}", status == 400 and "error" in answer, (status, answer))
    status, _ = post(what, {"text": template, "position": {"line": 2**40, "character": 2**40}, "newName": "x"})
    tell(f"{what}_far_off", status in (200, 422), status)
status, _ = post("rename", {"text": template, "position": place})
tell("rename_to_nothing", status == 400, status)

# ---- layout: that of awai format, by edits and as a whole

wide = "\n".join(" " * (len(line) - len(line.lstrip(" "))) + line + "  " for line in template.split("\n"))
run = subprocess.run([awai, "format", "-"], input=wide.replace("  - ", "  -   "), capture_output=True, text=True, check=False)
tell("format_of_the_command", run.returncode == 0 and run.stdout == template, run.stderr)
status, answer = post("format", {"text": template})
tell("format_of_what_is_so", status == 200 and answer == [], answer)
status, answer = post("format", {"text": template.replace("awai: 1", "awai:   1").replace("\n", "\r\n", 1)})
tell("format_edits", status == 200 and [e["range"]["start"]["line"] for e in answer] == [0, 4] and
     answer[1]["newText"] == "", answer)
for lang, words in (("en", "line 2"), ("ja", "2行目")):
    status, answer = post("format", {"text": "a: [\n"}, lang)
    tell(f"{lang}:format_refused", status == 422 and words in answer["error"]["message"] and answer["error"]["hint"], answer)
request = urllib.request.Request(f"{url}/api/v1/format", wide.replace("  - ", "  -   ").encode(),
                                 {"Content-Type": "application/yaml"})
with urllib.request.urlopen(request, timeout=120) as said:
    tell("format_whole", said.read().decode() == template and said.headers["Content-Type"].startswith("application/yaml"))

# ---- the drawing

for lang, words in (("en", "System configuration"), ("ja", "システム構成図")):
    status, answer = post("drawing", {"text": template}, lang)
    svg = answer["svg"]
    tell(f"{lang}:drawing", status == 200 and svg.startswith("<svg") and svg.endswith("</svg>\n") and words in svg, svg)
tell("drawing_has_no_style", " style=" not in svg and "<style" not in svg and "<script" not in svg, svg)
tell("drawing_names_its_parts", all(w in svg for w in (
    'data-component="lock"', 'data-zone="home"', 'data-flows="app-service"')), svg)
status, answer = post("drawing", {"text": wrong})
tell("drawing_of_errors", status == 200 and answer["svg"] is None, answer)
hostile = template.replace("en: Door lock,", 'en: "<script>alert(1)</script> style=\\"x\\"",')
status, answer = post("drawing", {"text": hostile})
tell("drawing_escapes", status == 200 and "<script" not in answer["svg"] and answer["svg"].endswith("</svg>\n"), answer)
large = subprocess.run([awai, "synth", "--components", "200", "--seed", "1"],
                       capture_output=True, text=True, check=True).stdout
status, answer = post("drawing", {"text": large})
tell("drawing_of_many", status == 200 and answer["is_collapsed"] and answer["svg"], answer)

# ---- edits

entry = {"name": {"en": "Key box: #1", "ja": "鍵の保管箱"}, "kind": "gateway", "zone": "home"}
order = [
    {"add": "components", "id": "box", "value": entry},
    {"add": "flows", "id": "lock-box", "value": {"from": "lock", "to": "box", "data": ["lock-command"], "encrypted": True}},
    {"set": "components/router/zone", "value": "cloud"},
]
status, answer = post("edit", {"text": template, "edits": order})
edited = answer["text"]
tell("edit", status == 200 and
     '  box:\n    name: {en: "Key box: #1", ja: "鍵の保管箱"}\n    kind: gateway\n    zone: home\n' in edited and
     "  lock-box:\n    from: lock\n    to: box\n    data: [lock-command]\n    encrypted: true\n" in edited and
     "kind: home-router, zone: cloud," in edited, edited)
tell("edit_keeps_all_else", lines_kept(template.replace("home-router, zone: home", "home-router, zone: cloud"), edited))
status, answer = post("check", {"text": edited})
tell("edit_leaves_a_sound_text", not [d for d in answer["diagnostics"] if d["severity"] == 1], answer["diagnostics"])
back = [{"drop": "components/box"}, {"drop": "flows/lock-box"}, {"set": "components/router/zone", "value": "home"}]
status, answer = post("edit", {"text": edited, "edits": back})
tell("edit_and_back_is_the_same", answer["text"] == template)
status, answer = post("value", {"text": edited, "path": "components/box"})
tell("value", answer["value"] == entry, answer)
for path, expected in (("", dict), ("none/at/all", None), ("flows/lock-box/encrypted", "true"), ("awai/x", None)):
    value = post("value", {"text": edited, "path": path})[1]["value"]
    tell(f"value_at_{path}", isinstance(value, dict) if expected is dict else value == expected, value)
for number, (edits, status_expected, word) in enumerate((
        ([{"set": "none/x", "value": 1}], 422, "none/x"),
        ([{"add": "components", "id": "lock", "value": {}}], 422, "lock"),
        ([{"add": "components", "id": "a b", "value": {}}], 422, "a b"),
        ([{"add": "components", "id": "-x", "value": {}}], 422, "-x"),
        ([{"set": "awai", "value": 2}, {"drop": "none"}], 422, "none"),
        ([{"set": "awai"}], 400, ""), ([{"add": "components", "id": 7, "value": 1}], 400, ""),
        ([{}], 400, ""), ([7], 400, ""), ("x", 400, ""), (None, 400, ""),
        ([{"set": "awai", "value": 1}] * 65, 400, ""))):
    status, answer = post("edit", {"text": template, "edits": edits})
    tell(f"edit_refused_{number}", status == status_expected and word in answer["error"]["message"] and
         "text" not in answer, (status, answer))
status, answer = post("edit", {"text": "a: 1\n", "edits": [{"set": "b", "value": "x: \n#\t\\ 'q' \"d\" \U0001f600 null"}]})
value = post("value", {"text": answer["text"], "path": "b"})[1]["value"]
tell("edit_keeps_every_character", value == "x: \n#\t\\ 'q' \"d\" \U0001f600 null", answer)
for word in ("null", "true", "1", "", " x ", "- y", "a: b", "\u65e5\u672c"):
    status, answer = post("edit", {"text": "a: 1\n", "edits": [{"set": "a", "value": word}]})
    value = post("value", {"text": answer.get("text", ""), "path": "a"})[1]["value"]
    tell(f"edit_writes_{word!r}", value == word, answer)
status, answer = post("edit", {"text": "a: 1\n", "edits": [{"set": "a", "value": "bell \u0007"}]})
tell("edit_of_what_no_model_may_have", status == 422, answer)
status, answer = post("edit", {"text": "a: &x {b: 1}\nc: *x\n", "edits": [{"set": "a/b", "value": 2}]})
tell("edit_of_an_anchor", status == 422, answer)

# ---- many at once: each gets the answer that it gets alone

texts = [case.read_text(encoding="utf-8") for case in cases]
questions = [(what, {"text": text}, lang) for text in texts for what, lang in (("check", "ja"), ("drawing", "en"))]
alone = [post(*question) for question in questions]
with concurrent.futures.ThreadPoolExecutor(12) as pool:
    together = list(pool.map(lambda question: post(*question), questions * 2))
tell("many_at_once", together == alone * 2)

# ---- what is no question

for what in ("check", "complete", "drawing", "edit", "value"):
    for name, body in (("nothing", b""), ("no_json", b"{"), ("text", b'"x"'), ("no_text", b"{}"), ("number", b'{"text": 1}'),
                       ("not_utf8", b'{"text": "\xff"}'), ("deep", b"[" * 100000), ("nul", b"\0")):
        status, answer = post(what, body, raw=True)
        tell(f"{what}_{name}", status == 400 and answer["error"]["status"] == 400, (status, answer))
    for kind in ("application/yaml", "text/plain", "application/x-www-form-urlencoded"):
        status, answer = post(what, {"text": ""}, kind=kind)
        tell(f"{what}_as_{kind}", status == 415, status)
    status, answer = post(what, {"text": "#" * (4 << 20) + "#"})
    tell(f"{what}_too_large", status == 413, status)
status, answer = post("edit", {"text": "a: " + "x" * 1000000 + "\n", "edits": [
    {"set": f"k{i}", "value": "y" * 900000} for i in range(5)]})
tell("edit_that_grows_too_large", status == 413, status)
status, answer = post("edit", {"text": "a: 1\n" + "# comment\n" * 200000, "edits": [{"set": "a", "value": i} for i in range(20)]})
tell("edits_that_would_take_too_long", status == 413, status)
try:
    urllib.request.urlopen(f"{url}/api/v1/editor/check", timeout=60)
    tell("get", False, "is answered")
except urllib.error.HTTPError as error:
    tell("get", error.code == 405 and error.headers["Allow"] == "POST", error.code)
status, _ = post("none", {"text": ""})
tell("unknown_question", status == 404, status)
with urllib.request.urlopen(f"{url}/api/v1/systems", timeout=60) as answer:
    systems = json.loads(answer.read())["systems"]
tell("nothing_is_kept", len(systems) == 6 and all(s["version"] == 1 for s in systems), systems)
