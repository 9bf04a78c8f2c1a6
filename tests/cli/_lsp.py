# SPDX-License-Identifier: Apache-2.0
"""A client of `awai lsp` that follows a script of its own; prints ok or not ok a line.

    python3 _lsp.py AWAI ROOT
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from urllib.parse import quote

AWAI, ROOT = sys.argv[1:3]
USE_CASES = sorted(os.listdir(f"{ROOT}/usecases"))


def tell(name, good, why=""):
    print(f"ok {name}" if good else f"not ok {name}: {str(why)[:300]}")


class Client:
    """One server, its answers by id and its diagnostics by uri."""

    def __init__(self, *options, **environment):
        self.process = subprocess.Popen([AWAI, "lsp", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, env={**os.environ, **environment})
        self.next_id, self.diagnostics = 0, {}

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        # Half of what clients do is ASCII with surrogates, half UTF-8.
        text = json.dumps(message, ensure_ascii=bool(self.next_id % 2)).encode("utf-8", "surrogatepass")
        self.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)

    def read(self):
        length, line = None, self.process.stdout.readline()
        while line not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            line = self.process.stdout.readline()
        message = json.loads(self.process.stdout.read(length)) if length else None
        if message and message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def notify(self, method, params=None):
        self.send({"jsonrpc": "2.0", "method": method, **({} if params is None else {"params": params})})

    def ask(self, method, params=None):
        """The whole answer to a request, notifications before it noted."""
        self.next_id += 1
        self.send({"jsonrpc": "2.0", "id": self.next_id, "method": method,
                   **({} if params is None else {"params": params})})
        while True:
            message = self.read()
            if message is None or message.get("id") == self.next_id:
                return message

    def start(self, locale=None):
        answer = self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {},
                                         **({"locale": locale} if locale else {})})
        self.notify("initialized", {})
        return answer["result"]

    def open(self, uri, text):
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1,
                                                              "text": text}})

    def await_diagnostics(self, uri):
        self.diagnostics.pop(uri, None)
        while uri not in self.diagnostics:
            if self.read() is None:
                return None
        return self.diagnostics[uri]

    def at(self, method, uri, text, offset, **more):
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri},
                                                   "position": position(text, offset), **more}).get("result")

    def end(self):
        answer = self.ask("shutdown")
        self.notify("exit")
        self.process.stdin.close()
        return answer, self.process.wait(20)


def position(text, offset):
    before = text[:offset]
    line = before.rfind("\n") + 1
    return {"line": before.count("\n"), "character": len(before[line:].encode("utf-16-le")) // 2}


def offset(text, place):
    start = 0
    for _ in range(place["line"]):
        start = text.index("\n", start) + 1
    end = text.find("\n", start)
    line = text[start:end if end >= 0 else len(text)]
    return start + len(line.encode("utf-16-le")[:2 * place["character"]].decode("utf-16-le"))


def applied(text, edits):
    for edit in sorted(edits, key=lambda e: -offset(text, e["range"]["start"])):
        text = (text[:offset(text, edit["range"]["start"])] + edit["newText"] +
                text[offset(text, edit["range"]["end"]):])
    return text


def part(text, span):
    return text[offset(text, span["start"]):offset(text, span["end"])]


def labels(result):
    return [item["label"] for item in result["items"]]


def model_of(use_case):
    return open(f"{ROOT}/usecases/{use_case}/model.yaml", encoding="utf-8").read()


def check_of(path, lang):
    """What `awai check --all` says of a file: (line, column, severity, code, message)."""
    said = subprocess.run([AWAI, "check", "--all", "--lang", lang, path], capture_output=True, text=True).stderr
    words = {"error": 1, "warning": 2, "note": 3, "エラー": 1, "警告": 2, "注記": 3}
    rows = re.findall(r"^(?:.*?):(\d+):(\d+): (\S+): (.*) \[([a-zA-Z-]+)\]$", said, re.M)
    return sorted((int(a), int(b), words[c], e, d) for a, b, c, d, e in rows)


def as_checked(text, diagnostics):
    return sorted((d["range"]["start"]["line"] + 1,
                   offset(text, d["range"]["start"]) - text.rfind("\n", 0, offset(text, d["range"]["start"])),
                   d["severity"], d["code"], d["message"].split("\n")[0]) for d in diagnostics)


def session(lang, use_case):
    name = f"{use_case}:{lang}"
    client, text = Client(AWAI_TODAY="2027-01-01"), model_of(use_case)
    info = client.start("ja-JP" if lang == "ja" else "en-GB")
    tell(f"{name}:capabilities", info["capabilities"]["positionEncoding"] == "utf-16" and
         info["capabilities"]["documentFormattingProvider"] is True, info)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/a model 模.yaml"
        uri = "file://" + quote(path)
        client.open(uri, text)
        tell(f"{name}:nothing_to_say", client.await_diagnostics(uri) == [])

        # what is wrong, at the same places and in the same words as awai check
        wrong = text.replace("kind: ", "kind: x", 1).replace("  zone: ", "  zon: ", 1) + "\nx😀y: {\n"
        for broken in (wrong[:-3] + "\n", wrong, text.replace("status: decided", "status: dcided"),
                       "awai: 1\n", "# " + "あ😀" * 5 + "\nsystem: {id: あ😀い, name: あ😀い, あ😀: 1}\n", ""):
            open(path, "w", encoding="utf-8").write(broken)
            client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2},
                                                     "contentChanges": [{"text": broken}]})
            expected, got = check_of(path, lang), as_checked(broken, client.await_diagnostics(uri))
            tell(f"{name}:as_check_says:{len(got)}", got == expected and got, f"{got} / {expected}")
        client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 3},
                                                 "contentChanges": [{"text": text}]})
        tell(f"{name}:well_again", client.await_diagnostics(uri) == [])
        at_places(client, name, lang, uri, text)
        layout(client, name, lang, uri, text)
    answer, status = client.end()
    tell(f"{name}:ends", answer.get("result", 1) is None and status == 0, status)


def at_places(client, name, lang, uri, text):
    """Hover, definition, references, rename, symbols of the first component."""
    at = text.index("\ncomponents:\n") + len("\ncomponents:\n  ")
    component = re.match(r"[A-Za-z0-9_-]+", text[at:]).group()
    hover = client.at("hover", uri, text, at + 1)
    tell(f"{name}:hover_of_a_definition", ("機器" if lang == "ja" else "component") in hover["contents"]["value"], hover)
    tell(f"{name}:hover_range", part(text, hover["range"]) == component, hover)
    zone = re.compile(r"[ {]zone: ([a-z0-9-]+)").search(text, at)
    used = zone.start(1) + 1
    hover = client.at("hover", uri, text, used)["contents"]["value"]
    tell(f"{name}:hover_of_a_reference", f"`{zone.group(1)}`" in hover and ("ゾーン" if lang == "ja" else "zone") in hover, hover)
    hover = client.at("hover", uri, text, zone.start() + 2)["contents"]["value"]
    tell(f"{name}:hover_of_a_key", hover.startswith("**zone**") and
         bool(re.search("[ぁ-ん一-龠]", hover)) == (lang == "ja"), hover)
    place = client.at("definition", uri, text, used)
    tell(f"{name}:definition", part(text, place["range"]) == zone.group(1) and
         text[offset(text, place["range"]["end"])] == ":", place)
    places = client.at("references", uri, text, used, context={"includeDeclaration": True})
    tell(f"{name}:references", len(places) > 1 and all(part(text, p["range"]) == zone.group(1) for p in places), places)
    edits = client.at("rename", uri, text, used, newName="new-zone")["changes"][uri]
    renamed = applied(text, edits)
    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 4},
                                             "contentChanges": [{"text": renamed}]})
    tell(f"{name}:renamed_is_well", client.await_diagnostics(uri) == [] and renamed != text)
    back = renamed.index("new-zone")
    edits = client.at("rename", uri, renamed, back, newName=zone.group(1))["changes"][uri]
    tell(f"{name}:renamed_back", applied(renamed, edits) == text)
    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 5},
                                             "contentChanges": [{"text": text}]})
    symbols = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})["result"]
    names = {s["name"]: s for s in symbols}
    tell(f"{name}:symbols", component in [c["name"] for c in names["components"]["children"]], list(names))
    completion(client, name, lang, uri, text, zone)


def formatted(client, uri, text):
    """What the server answers to a wish to format that text."""
    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 8},
                                             "contentChanges": [{"text": text}]})
    return client.ask("textDocument/formatting", {"textDocument": {"uri": uri},
                                                  "options": {"tabSize": 8, "insertSpaces": False}})


def layout(client, name, lang, uri, text):
    """A use case is laid out; one that is not becomes so by edits of just those lines."""
    tell(f"{name}:laid_out_already", formatted(client, uri, text)["result"] == [])
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("components:"))
    odd = lines[:at] + ["", "", "components :  "] + lines[at + 1:]
    edits = formatted(client, uri, "\n".join(odd))["result"]
    touched = [e["range"]["start"]["line"] for e in edits]
    tell(f"{name}:only_what_changes", set(touched) <= {at - 1, at, at + 1, at + 2} and len(edits) in (3, 4) and
         all((part("\n".join(odd), e["range"]) + e["newText"]).strip() == "" for e in edits), edits)
    tell(f"{name}:laid_out", applied("\n".join(odd), edits) in (text, text.replace("\ncomponents:", "\n\ncomponents:")))
    # each level further in, dashes as well, a line end of another system, and blanks
    wide = "\n".join(re.sub(r"^( *)(- )?", lambda m: m[1] * 2 + ("-   " if m[2] else ""), line)
                     for line in text.split("\n"))
    for made in (wide, wide.replace("\n", "  \n") if " >" not in wide and " |" not in wide else wide):
        tell(f"{name}:from_wide", applied(made, formatted(client, uri, made)["result"]) == text)
    broken = text + "x: [\n"
    refused = formatted(client, uri, broken)
    message = refused.get("error", {}).get("message", "")
    line = text.count("\n") + 2
    tell(f"{name}:no_layout_of_what_is_no_yaml", "result" not in refused and refused["error"]["code"] == -32803 and
         str(line) in message and bool(re.search("[ぁ-ん一-龠]", message)) == (lang == "ja"), refused)
    refused = formatted(client, uri, "a:\x85  b: 1\n")
    tell(f"{name}:no_layout_that_changes_it", refused.get("error", {}).get("code") == -32803, refused)
    crlf = "# あ😀\r\na:\r\n    b: 1 # あ😀 \r\n"
    tell(f"{name}:line_ends", applied(crlf, formatted(client, uri, crlf)["result"]) ==
         "# あ😀\na:\n  b: 1 # あ😀\n")


def completion(client, name, lang, uri, text, zone):
    offered = client.at("completion", uri, text, zone.start(1) + 1)
    zones = re.findall(r"^  ([a-z0-9-]+):", re.split(r"\n(?=[a-z])", text[text.index("\nzones:\n") + 1:])[0], re.M)
    tell(f"{name}:ids_are_offered", set(labels(offered)) == set(zones), f"{labels(offered)} {zones}")
    # a line that is half typed, and one that is empty, in a text that is then not YAML
    after = text.index("\nzones:\n") + 7
    typed = text[:after] + "\n  half-typed:\n    " + text[after:]
    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 6},
                                             "contentChanges": [{"text": typed}]})
    offered = client.at("completion", uri, typed, after + len("\n  half-typed:\n    "))
    tell(f"{name}:required_key_first", min(offered["items"], key=lambda i: i["sortText"])["label"] == "name",
         labels(offered))
    for begun in ("", "tr"):
        typed = text[:after] + f"\n  half-typed:\n    name: x\n    {begun}" + text[after:]
        client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 6},
                                                 "contentChanges": [{"text": typed}]})
        offered = client.at("completion", uri, typed, typed.index("name: x\n    ") + 12 + len(begun))
        tell(f"{name}:keys_are_offered:{begun}", "trust" in labels(offered) and "name" not in labels(offered),
             labels(offered))
        about = next(i["documentation"]["value"] for i in offered["items"] if i["label"] == "trust")
        tell(f"{name}:with_their_meaning:{begun}", bool(re.search("[ぁ-ん一-龠]", about)) == (lang == "ja"), about)
    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 7},
                                             "contentChanges": [{"text": text}]})


def increments():
    client, text, uri = Client(), "awai: 1\nsystem: {id: s, name: あ😀い}\n", "untitled:x"
    client.start()
    client.open(uri, text)
    client.await_diagnostics(uri)
    where = text.index("い")
    span = {"start": position(text, where), "end": position(text, where + 1)}
    client.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [
        {"range": span, "text": "う, zon: 1"},
        {"range": {"start": {"line": 0, "character": 6}, "end": {"line": 0, "character": 99}}, "text": "2"}]})
    text = text.replace("い", "う, zon: 1").replace("1\nsystem", "2\nsystem")
    said = {d["code"]: part(text, d["range"]) for d in client.await_diagnostics(uri)}
    tell("increments:version", said.get("version") == "2", said)
    tell("increments:key", said.get("unknown-key") == "zon", said)
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    tell("increments:closed", client.await_diagnostics(uri) == [])
    client.end()


def includes():
    """A mistake in an included file is told of that file; its ids are known."""
    client = Client()
    client.start()
    with tempfile.TemporaryDirectory() as folder:
        part_path, path = f"{folder}/zones.yaml", f"{folder}/model.yaml"
        open(part_path, "w").write("zones:\n  lan: {name: L, kind: segmnt}\n")
        text = "awai: 1\ninclude: zones.yaml\nsystem: {id: s, name: S}\ncomponents:\n  c: {name: C, kind: camera, zone: lan}\n"
        uri, part_uri = f"file://{path}", f"file://{part_path}"
        open(path, "w").write(text)
        client.open(uri, text)
        client.await_diagnostics(part_uri)
        said = client.diagnostics[part_uri]
        tell("includes:told_of_the_file", [d["code"] for d in said] == ["choice"], said)
        at = text.index("lan}")
        tell("includes:ids", labels(client.at("completion", uri, text, at)) == ["lan"])
        tell("includes:definition", client.at("definition", uri, text, at + 1)["uri"] == part_uri)
        refused = client.ask("textDocument/rename", {"textDocument": {"uri": uri}, "newName": "d",
                                                     "position": position(text, text.index("c: {"))})
        tell("includes:no_rename", refused["error"]["code"] == -32803, refused)
        open(part_path, "w").write("zones:\n  lan: {name: L, kind: segment}\n")
        client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        client.await_diagnostics(uri)
        tell("includes:taken_back", client.diagnostics[part_uri] == [])
    client.end()


def markup():
    """What a model says is no markup in a hover: an editor would fetch the picture."""
    client, text = Client(), 'zones:\n  net: {name: "![x](http://e/) <b>`"}\ncomponents:\n  c: {zone: net, kind: "[k](y)"}\n'
    client.start("en")
    client.open("untitled:m", text)
    said = client.at("hover", "untitled:m", text, text.index("net, "))["contents"]["value"]
    tell("no_markup_of_a_name", said == r"**zone** `net`: \!\[x\]\(http://e/\) \<b\>\`", said)
    said = client.at("hover", "untitled:m", text, text.index("[k]"))["contents"]["value"]
    tell("no_markup_of_an_id", r"\[k\]\(y\)" in said, said)
    client.end()


def language_option():
    client = Client("--lang", "ja")
    client.start("en")
    client.open("untitled:y", "awai: 2\n")
    said = client.await_diagnostics("untitled:y")
    tell("lang_option_wins", re.search("[ぁ-ん一-龠]", said[0]["message"]), said)
    client.end()


def errors_of(bytes_sent, start=True):
    client = Client()
    if start:
        client.start()
    client.write(bytes_sent)
    client.process.stdin.close()
    found = []
    while message := client.read():
        if "error" in message:
            found.append(message["error"]["code"])
    return found, client.process.wait(20)


def framed(text):
    data = text if isinstance(text, bytes) else text.encode()
    return b"Content-Length: %d\r\n\r\n" % len(data) + data


def hostile():
    ask = '{"jsonrpc":"2.0","id":7,"method":"%s"}'
    cases = {
        "not_json": (framed("{"), [-32700]),
        "not_utf8": (framed(b'{"id":1,"method":"\xff"}'), [-32700]),
        "deep": (framed("[" * 5000), [-32700]),
        "batch": (framed("[" + ask % "shutdown" + "]"), [-32600]),
        "no_method": (framed('{"jsonrpc":"2.0","id":1}'), [-32600]),
        "unknown_method": (framed(ask % "workspace/nothing"), [-32601]),
        "formatting": (framed(ask % "textDocument/formatting"), [-32602]),
        "range_formatting": (framed(ask % "textDocument/rangeFormatting"), [-32601]),
        "unknown_notification": (framed('{"jsonrpc":"2.0","method":"$/nothing"}'), []),
        "cancelled": (framed('{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}'), []),
        "an_answer": (framed('{"jsonrpc":"2.0","id":3,"result":null}'), []),
        "twice": (framed(ask % "initialize"), [-32600]),
        "no_params": (framed(ask % "textDocument/hover"), [-32602]),
        "no_document": (framed('{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{"textDocument":'
                               '{"uri":"a"},"position":{"line":-1,"character":1e99}}}'), [-32602]),
        "after_shutdown": (framed(ask % "shutdown") + framed(ask % "textDocument/hover"), [-32600]),
        "no_length": (b"Content-Type: x\r\n\r\n" + framed(ask % "nothing"), [-32600, -32601]),
        "bad_length": (b"Content-Length: -5\r\n\r\n" + framed(ask % "nothing"), [-32600, -32601]),
        "too_long": (b"Content-Length: 99999999999\r\n\r\n" + b"x" * 100000, [-32600]),
        "passed_over": (b"Content-Length: 67108865\r\n\r\n" + b"x" * 67108865 + framed(ask % "nothing"),
                        [-32600, -32601]),
        "long_header": (b"x" * 10000, []),
        "cut": (b"Content-Length: 50\r\n\r\n{", []),
    }
    for name, (sent, expected) in cases.items():
        found, status = errors_of(sent)
        tell(f"hostile:{name}", found == expected and status == 1, f"{found}, exit {status}")
    found, status = errors_of(framed(ask % "textDocument/hover"), start=False)
    tell("hostile:before_initialize", found == [-32002] and status == 1, found)
    found, status = errors_of(framed('{"jsonrpc":"2.0","method":"exit"}'))
    tell("exit_without_shutdown", status == 1, status)
    found, status = errors_of(framed(ask % "shutdown") + framed('{"jsonrpc":"2.0","method":"exit"}'))
    tell("exit_after_shutdown", status == 0, status)


for language in ("en", "ja"):
    for case in USE_CASES:
        session(language, case)
increments()
includes()
markup()
language_option()
hostile()
