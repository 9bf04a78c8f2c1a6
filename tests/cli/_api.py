# SPDX-License-Identifier: Apache-2.0
"""Calls the API by its own description; used by api.sh, from the project's root.

    _api.py described URL    the description is sound, and of all routes
    _api.py calls URL [ID...]
                             every operation is called as it says, rightly, oddly and
                             wrongly; with ids only these
    _api.py results URL      results are those of the commands, byte for byte
    _api.py busy URL         long computations are put off, of a server that does none
    _api.py strange URL      nobody in particular is answered, of a server with accounts

STORE is where its systems are kept, as --db has it. Prints "ok NAME" or "not ok NAME: why" a check.
"""
import http.client
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

URL, ONLY = sys.argv[2], set(sys.argv[3:])
AWAI = os.environ["AWAI"]
STORE = os.environ["STORE"]
TMP = pathlib.Path(os.environ["TEST_TMP"])
USECASES = sorted(p.parent.name for p in pathlib.Path("usecases").glob("*/model.yaml"))


def tell(name, why=None):
    print(f"not ok {name}: {str(why)[:300]}" if why else f"ok {name}", flush=True)


class Answer:
    """Of one call: status, type, headers, body."""

    def __init__(self, method, path, query=(), headers=None, body=None):
        if query:
            path += "?" + urllib.parse.urlencode(query)
        request = urllib.request.Request(
            URL + path, method=method, headers=headers or {}, data=body
        )
        try:
            reply = urllib.request.urlopen(request, timeout=300)
        except urllib.error.HTTPError as error:
            reply = error
        self.status, self.headers, self.body = reply.status, reply.headers, reply.read()
        self.type = reply.headers.get_content_type()

    def json(self):
        return json.loads(self.body)


# ---- the description

METHODS = {"get", "put", "post", "delete", "patch"}
documents = {}


def schema_at(ref):
    """A schema of the server, by what $ref says: a document, or a definition in it."""
    path, _, fragment = ref.partition("#")
    if path not in documents:
        answer = Answer("GET", path)
        documents[path] = answer.json() if answer.status == 200 else None
    document = documents[path]
    if document is None or not fragment:
        return document
    return {**document, "$ref": "#" + fragment}


def refs(content):
    """What the schema of a content refers to: one, or one of several; none."""
    schema = content.get("schema", {})
    return [s["$ref"] for s in schema.get("anyOf", [schema]) if "$ref" in s]


def fault_of_document(document, content):
    """What is wrong with it by the schema that it fits best; None if it fits one."""
    faults = []
    for ref in refs(content):
        error = best_match(Draft202012Validator(schema_at(ref)).iter_errors(document))
        if error is None:
            return None
        faults.append("/".join(map(str, error.absolute_path)) + ": " + error.message)
    return faults[0] if faults else None


def fault_of_parameter(p):
    if not {"name", "in", "schema"} <= p.keys() or p["in"] not in ("path", "query", "header"):
        return f"{p}: not a parameter"
    if p["in"] == "path" and not p.get("required"):
        return f"{p['name']}: in the path, but not required"
    if not p.get("description"):
        return f"{p['name']}: not described"
    Draft202012Validator.check_schema(p["schema"])
    value = p.get("example", p["schema"].get("default"))
    if value is not None and not Draft202012Validator(p["schema"]).is_valid(value):
        return f"{p['name']}: {value} is not what it may be"
    return None


SCOPES = {"look": "read", "review": "write", "change": "write", "manage": "admin"}


def fault_of_security(o):
    """Whoever has no account where there are none; else the scope for the right."""
    wanted = [{}, {"token": [SCOPES.get(o["x-awai-right"])]}]
    return None if o["security"] == wanted else f"{o['x-awai-right']}: {o['security']}"


def fault_of_operation(path, o, ids):
    if not {"operationId", "summary", "responses"} <= o.keys() or o["operationId"] in ids:
        return "no operationId of its own, summary or responses"
    ids.add(o["operationId"])
    named = {p["name"] for p in o["parameters"] if p["in"] == "path"}
    if named != set(re.findall(r"{(\w+)}", path)):
        return f"{path} has not the parameters {named}"
    faults = [f for f in map(fault_of_parameter, o["parameters"]) if f]
    keys = [(p["in"], p["name"]) for p in o["parameters"]]
    if faults or len(set(keys)) != len(keys):
        return faults or "a parameter twice"
    for content in o.get("requestBody", {}).get("content", {}).values():
        schema = schema_at(content["schema"]["$ref"])
        if not schema:
            return f"{content['schema']} leads nowhere"
        if not isinstance(content["example"], str) and not Draft202012Validator(schema).is_valid(content["example"]):
            return f"the example {content['example']} is not what the body may be"
    if fault_of_security(o):
        return fault_of_security(o)
    for status, response in o["responses"].items():
        if not re.fullmatch("[1-5][0-9]{2}|default", status) or not response.get("description"):
            return f"the response {status}"
        for content in response.get("content", {}).values():
            if not all(map(schema_at, refs(content))):
                return f"{content['schema']} leads nowhere"
    return None


def check_description(d):
    tell("openapi_is_3_1", not d["openapi"].startswith("3.1.") and d["openapi"])
    token = d["components"]["securitySchemes"]["token"]
    tell("token_is_a_bearer_token", None if (token["type"], token["scheme"]) == ("http", "bearer") else token)
    tell("openapi_has_what_it_must", None if {"title", "version"} <= d["info"].keys() else d["info"])
    ids = set()
    for path, item in d["paths"].items():
        if not path.startswith("/") or not item.keys() <= METHODS:
            tell(f"path_{path}", "not a path")
        for o in item.values():
            tell(f"described_{o.get('operationId')}", fault_of_operation(path, o, ids))
    for path, document in documents.items():
        try:
            Draft202012Validator.check_schema(document)
            tell(f"schema_{path}")
        except Exception as error:  # what is wrong with it
            tell(f"schema_{path}", error)


def check_routes(d):
    """Each route of the server's table is described, and nothing else; with its right."""
    said = subprocess.run([AWAI, "serve", "--routes"], capture_output=True, text=True, check=True).stdout
    rows = [line.split("\t") for line in said.splitlines()]
    rights = {(r[0], r[1]): r[2] for r in rows if r[1].startswith("/api/v1/")}
    routes = set(rights)
    for path, item in d["paths"].items():
        for method, o in item.items():
            if o["x-awai-right"] != rights.get((method.upper(), path)):
                tell(f"{o['operationId']}_right", o["x-awai-right"])
    described = {(m.upper(), p) for p, item in d["paths"].items() for m in item}
    tell("some_routes", None if len(routes) > 9 else routes)
    tell("routes_are_described", sorted(routes - described))
    tell("described_are_routes", sorted(described - routes))


# ---- calls

MODEL = "application/yaml"
SCRATCH = "made-by-the-test"
# A use case, for the operation that needs one whose plan can be proven.
PLANNED = "planned-by-the-test"
# Of the small model that systems begin with; what they are of others, check_same tells.
SLOW = {"getReport", "getFigure"}
# What is asked for so that an answer comes soon.
SMALL = {
    "mergeAttack": [("trials", "300")],
    "mergeGraphAttack": [("trials", "300")],
    "writePlan": [("catalog-measures", "true"), ("assume-cost", "1 MJPY")],
    "getRehearsal": [("runs", "2")],
    "getLosses": [("worlds", "200"), ("years", "200"), ("outer", "3"), ("inner", "20")],
    "getTreatment": [("trials", "100")],
    "getAttack": [("trials", "200")],
    "streamRehearsal": [("speed", "1000000"), ("until", "2")],
    "getRisk": [("worlds", "100"), ("years", "100")],
}


def two_parts(method, path, query, **more):
    """Both parts of an attack simulation."""
    return [Answer(method, path, query + [("part", f"{i}/2")], **more).json() for i in (1, 2)]


def body_of_parts(call):
    path = call.pattern.format(**call.places).replace("/merge", "/shard")
    return {"parts": two_parts("GET", path, SMALL["mergeAttack"])}


def body_of_graph_parts(call):
    graph = GRAPH.read_bytes()
    query = [q for q in call.query if q[0] != "trials"] + SMALL["mergeGraphAttack"]
    parts = two_parts("POST", call.pattern.replace("/merge", "/shard"), query,
                      headers={"Content-Type": MODEL}, body=graph)
    return {"graph": graph.decode(), "parts": parts}


GRAPH = pathlib.Path("tests/corpus/mal/small.json")
# Bodies that only what was asked for before makes: the example cannot fit.
MADE = {"mergeAttack": body_of_parts, "mergeGraphAttack": body_of_graph_parts}


class Call:
    """A right call of an operation; parts of it can be spoilt."""

    def __init__(self, path, method, o):
        self.method, self.pattern, self.o = method.upper(), path, o
        self.places = {p["name"]: p.get("example") for p in o["parameters"] if p["in"] == "path"}
        self.query = [
            (p["name"], v)
            for p in o["parameters"]
            if p["in"] == "query" and p.get("required")
            for v in every(p["example"])
        ]
        self.query += SMALL.get(o["operationId"], [])
        self.more = [
            (p["name"], p["example"])
            for p in o["parameters"]
            if p["in"] == "query" and "example" in p and p["name"] not in dict(self.query)
        ]
        if o["operationId"] in SLOW:
            self.places["slug"] = SCRATCH
        self.headers, self.body = {}, None
        for kind, content in o.get("requestBody", {}).get("content", {}).items():
            self.headers["Content-Type"] = kind
            example = content["example"]
            self.body = (example if kind == MODEL else json.dumps(example)).encode()
        if o["operationId"] in MADE:
            self.body = json.dumps(MADE[o["operationId"]](self)).encode()
        if any(p["name"] == "If-Match" for p in o["parameters"]):
            slug = self.places["slug"] = PLANNED if o["operationId"] == "writePlan" else SCRATCH
            self.headers["If-Match"] = Answer("GET", f"/api/v1/systems/{slug}/model").headers["ETag"]

    def make(self, places=None, query=None, headers=None, **changed):
        path = self.pattern.format(**{**self.places, **(places or {})})
        heads = {**self.headers, **(headers or {})}
        heads = {k: v for k, v in heads.items() if v is not None}
        return Answer(
            self.method, path, self.query if query is None else query, heads,
            changed.get("body", self.body),
        )

    def is_in_json(self):
        return self.headers.get("Content-Type") == "application/json"

    def is_of_model(self):
        return self.headers.get("Content-Type") == MODEL

    def parameters(self):
        return [p for p in self.o["parameters"] if p["in"] == "query"]


def fault_of_events(text, ref):
    """Each event is as its schema says; the first begins, the last ends it."""
    validator = Draft202012Validator(schema_at(ref))
    events = re.findall(r"event: (\w+)\ndata: (.*)\n\n", text)
    if len(events) < 3 or events[0][0] != "begin" or events[-1][0] not in ("end", "pause"):
        return f"events {[e[0] for e in events]}"
    for name, data in events:
        error = best_match(validator.iter_errors({"event": name, "data": json.loads(data)}))
        if error:
            return f"{name}: {error.message}"
    return None


def fault_of_answer(o, answer, status):
    """What is wrong with an answer, by the description."""
    if answer.status != status:
        return f"{answer.status}, not {status}: {answer.body[:200]}"
    contents = o["responses"].get(str(status), o["responses"]["default"])["content"]
    if answer.type not in contents:
        return f"{answer.type} is none of {list(contents)}"
    if not answer.body:
        return "nothing"
    if answer.type == "text/event-stream":
        return fault_of_events(answer.body.decode(), refs(contents[answer.type])[0])
    if answer.type.endswith("json"):
        return fault_of_document(answer.json(), contents[answer.type])
    return None


def every(value):
    return value if isinstance(value, list) else [value]


def as_text(value):
    return str(value).lower() if isinstance(value, bool) else value


def good_status(o):
    return int(min(o["responses"]))


# What some figures need, as nothing else would be in them.
FIGURES = {
    "drivers": [("worlds", "1000"), ("years", "1000"), ("outer", "30"), ("inner", "100")],
    "rehearse-matrix": [("matrix", "true"), ("runs", "2")],
    "rehearse-twin": [("incident", "hijack"), ("runs", "2")],
    "rehearse-run": [("incident", "hijack"), ("runs", "2")],
}


def with_figure(call, query, figure):
    known = {p["name"] for p in call.parameters()}
    more = [q for q in FIGURES.get(figure, []) if q[0] in known]
    return [q for q in query if q[0] not in dict(more)] + more


def call_rightly(call):
    o, name = call.o, call.o["operationId"]
    tell(f"{name}", fault_of_answer(o, call.make(), good_status(o)))
    if call.method == "GET" and name not in SLOW:
        full = call.make(query=call.query + [(n, as_text(v)) for n, w in call.more for v in every(w)])
        tell(f"{name}_with_all", fault_of_answer(o, full, good_status(o)))
    for p in call.parameters():
        schema = p["schema"].get("items", p["schema"])
        for word in schema.get("enum", ()):
            # the same again would be a second change
            if good_status(o) == 201 or "If-Match" in call.headers or call.method == "DELETE":
                break
            query = [q for q in call.query if q[0] != p["name"]] + [(p["name"], word)]
            answer = call.make(query=with_figure(call, query, word))
            if answer.status == 501 and "501" in o["responses"]:
                print(f"skip {name}_{word}: {answer.json()['error']['message']}")
                continue
            tell(f"{name}_{p['name']}_{word}", fault_of_answer(o, answer, good_status(o)))


def wrong_values(p):
    schema = p["schema"].get("items", p["schema"])
    wrong = ["", "x y"] if schema["type"] != "string" or "enum" in schema else []
    if "minimum" in schema and schema["minimum"] > 0:
        wrong.append(schema["minimum"] - 1)
    if "minimum" in schema or "exclusiveMinimum" in schema:
        wrong.append(-1)
    if "exclusiveMinimum" in schema:
        wrong.append(0)
    if "maximum" in schema:
        wrong.append(schema["maximum"] + 1)
    return wrong


def wrong_queries(call):
    yield "unknown_parameter", call.query + [("no-such", "1")], "no-such"
    for p in call.parameters():
        rest = [q for q in call.query if q[0] != p["name"]]
        for value in wrong_values(p):
            yield f"{p['name']}={value}", rest + [(p["name"], value)], p["name"]
        if p.get("required"):
            yield f"without_{p['name']}", rest, p["name"]
        if p["schema"]["type"] != "array":
            value = str(p.get("example", p["schema"].get("default", "x"))).lower()
            yield f"{p['name']}_twice", rest + [(p["name"], value)] * 2, p["name"]


def spoilt_bodies(call):
    """The body without what it needs, and with values of other types."""
    content = call.o["requestBody"]["content"]["application/json"]
    schema = schema_at(content["schema"]["$ref"])
    part = schema["$defs"][schema["$ref"].rpartition("/")[2]]
    good = content["example"]
    for key in part["required"]:
        yield f"body_without_{key}", {k: v for k, v in good.items() if k != key}
    for key in part["properties"]:
        yield f"body_with_odd_{key}", {**good, key: 7}


def fault_of_files(call):
    """Of a file that is none, the messages tell an error, and there is no model."""
    for name, body in (("cut", call.body[:-1]), ("empty", b""), ("null", b"null"), ("list", b"[]")):
        told = call.make(body=body).json()
        if "model" in told or not any(m["severity"] == "error" for m in told["messages"]):
            return f"{name}: {told}"
    return None


def wrong_calls(call):
    """(name, status or None: 400 or 422, how the call is spoilt)"""
    if "slug" in call.places:
        yield "no_such_system", 404, {"places": {"slug": "no-such-system"}}
    if "id" in call.places:
        yield "no_such_id", 404, {"places": {"id": "no-such-id"}}
    if "number" in call.places:
        yield "no_such_version", 404, {"places": {"number": 999999}}
    if "If-Match" in call.headers:
        yield "without_match", 428, {"headers": {"If-Match": None}}
        yield "with_another_match", 412, {"headers": {"If-Match": '"999"'}}
    if call.body:
        yield "another_type", 415, {"headers": {"Content-Type": "text/plain"}}
    if call.body and call.is_of_model():
        yield "too_large", 413, {"body": b" " * ((4 << 20) + 1)}
        if "422" in call.o["responses"]:
            is_any = call.o["operationId"] == "formatModel"  # takes any YAML
            yield "wrong_model", 422, {"body": b"awai: [\n" if is_any else b"awai: 1\n"}
    if call.body and call.is_in_json():
        for name, body in (("cut", call.body[:-1]), ("empty", b""), ("null", b"null"), ("list", b"[]")):
            yield f"body_{name}", 400, {"body": body}
        for name, body in spoilt_bodies(call):
            yield name, None, {"body": json.dumps(body).encode()}
    if call.method != "GET":
        yield "from_elsewhere", 403, {"headers": {"Origin": "http://evil.example"}}
    if "409" in call.o["responses"]:
        yield "taken", 409, {"query": [("slug", "drone")]}


# Not to be provoked by what is asked for alone; restoreVersion refuses a reason only.
NOT_HERE = {401, 501, 503, 507}
# Of a defect of ours only, or of rules that another catalog has made wrong.
NO_DEFECT = {"getTwinRun": {422}, "getCheck": {422}}


def fault_of_a_large_body(call):
    """A body is refused by its length, before it is sent."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(URL).netloc, timeout=60)
    connection.putrequest(call.method, call.pattern.format(**call.places))
    for name, value in {**call.headers, "Content-Length": str(1 << 30)}.items():
        connection.putheader(name, value)
    connection.endheaders()
    reply = connection.getresponse()
    status = json.loads(reply.read())["error"]["status"]
    connection.close()
    return None if (reply.status, status) == (413, 413) else f"{reply.status} {status}"


RULES = """rules:
  own-review:
    severity: warning
    for: components
    where: {out-of-scope: false}
    message: {en: a part of the system, ja: システムの部品}
"""


def keep_rules():
    return Answer("PUT", "/api/v1/rules", headers={"Content-Type": MODEL}, body=RULES.encode())


FORM = {"text": "template: 1\ncover: {organization: Our company}\n"}


def keep_form():
    return Answer("PUT", "/api/v1/template", headers={"Content-Type": "application/json"}, body=json.dumps(FORM).encode())


# What is read here is kept by these.
KEPT = {"getRules": keep_rules, "getReportForm": keep_form}


def fault_without(o, call, keep):
    Answer("DELETE", call.pattern)
    fault = fault_of_answer(o, call.make(), 404)
    keep()
    return fault


def call_wrongly(call):
    o, name = call.o, call.o["operationId"]
    provoked = NOT_HERE | NO_DEFECT.get(name, set()) | ({403} if call.method == "GET" else set())
    for what, query, word in wrong_queries(call):
        answer = call.make(query=query)
        fault = fault_of_answer(o, answer, 400)
        if not fault and f"'{word}'" not in answer.json()["error"]["message"]:
            fault = answer.json()["error"]["message"]
        tell(f"{name}_{what}", fault)
    provoked.add(400)
    for what, status, spoilt in wrong_calls(call):
        answer = call.make(**spoilt)
        if status is None:  # either that it is malformed, or what is wrong with it
            status = answer.status if answer.status == 422 else 400
        if str(status) not in o["responses"]:
            tell(f"{name}_{what}", f"{status} is not described")
            continue
        fault = fault_of_answer(o, answer, status)
        if not fault and answer.json()["error"]["status"] != status:
            fault = "another status in the text"
        tell(f"{name}_{what}", fault)
        provoked.add(status)
    if name == "importFile":
        tell(f"{name}_of_no_file", fault_of_files(call))
    if call.body and not call.is_of_model():
        tell(f"{name}_too_large", fault_of_a_large_body(call))
        provoked.add(413)
    for what, status, query, *body in SPECIAL.get(name, ()):
        whole = [q for q in call.query if q[0] not in dict(query)] + query if body else query
        answer = call.make(query=whole, **({"body": body[0]} if body else {}))
        tell(f"{name}_{what}", fault_of_answer(o, answer, status))
        provoked.add(status)
    if name in KEPT:
        tell(f"{name}_of_none", fault_without(o, call, KEPT[name]))
        provoked.add(404)
    if "422" in o["responses"] and 422 not in provoked and call.places.get("slug"):
        answer = call.make(places={"slug": BROKEN})
        tell(f"{name}_of_a_broken_model", fault_of_answer(o, answer, 422))
        provoked.add(422)
    promised = {int(s) for s in o["responses"] if s != "default" and int(s) >= 400}
    tell(f"{name}_provokes_all", sorted(promised - provoked))


# ---- calls that HTTP allows, or that nobody in his senses makes

STRANGE = ["%00", "%0a", "..", "%2e%2e", "a%2Fb", "%ff", "-x", "a" * 65, "%E3%81%82", "%22%3E%3Cscript%3E",
           "a%20b", "%25s%25n", "a;b", "~", "a%3Fb", "CON."]
STRANGE_NUMBERS = ["0", "-1", "01", "1e3", "0x1", "%31%20", "99999999999999999999", "1.5", "one", "%00"]


def raw(method, path, headers=(), body=None):
    """An answer to an address that is sent as it is: status, headers, body."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(URL).netloc, timeout=300)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    reply = connection.getresponse()
    seen = reply.status, reply.headers, reply.read()
    connection.close()
    return seen


def address(call, **places):
    path = call.pattern.format(**{**call.places, **places})
    return path + ("?" + urllib.parse.urlencode(call.query) if call.query else "")


def fault_of_problem(o, status, headers, body, wanted):
    """A problem is one of those wanted, in the form that the description says."""
    if status not in wanted:
        return f"{status}: {body[:100]}"
    if headers.get_content_type() != "application/json":
        return headers.get_content_type()
    content = o["responses"]["default"]["content"]["application/json"]
    return fault_of_document(json.loads(body), content)


def strange_places(call):
    for name in call.places:
        for value in STRANGE_NUMBERS if name == "number" else STRANGE:
            yield name, value + (".svg" if name == "file" else "")


def call_strangely(call):
    faults = []
    for name, value in strange_places(call):
        headers = [(k, v) for k, v in call.headers.items() if v is not None]
        fault = fault_of_problem(call.o, *raw(call.method, address(call, **{name: value}), headers, call.body),
                                 {400, 404, 405, 422, 428})
        if fault:
            faults.append(f"{name}={value}: {fault}")
    tell(f"{call.o['operationId']}_strange_places", faults)


def fault_of_head(call):
    """HEAD says what GET would, without the body."""
    status, headers, body = raw("HEAD", address(call))
    wanted = call.make()
    if (status, body, headers.get_content_type()) != (wanted.status, b"", wanted.type):
        return f"{status} {headers.get_content_type()} {body[:50]}"
    return None if headers["ETag"] == wanted.headers["ETag"] else "another ETag"


def fault_of_tags(call):
    """What one has is not sent again; whatever else is said of it, it is."""
    first = call.make()
    tag = first.headers["ETag"]
    if not tag or first.headers["Cache-Control"] != "no-cache":
        return f"ETag {tag}, Cache-Control {first.headers['Cache-Control']}"
    for header, status in ((tag, 304), (f'W/{tag}, "x"', 304), ("*", 304), ('"x"', 200), (tag[:-1], 200)):
        again = call.make(headers={"If-None-Match": header})
        if again.status != status or again.headers["ETag"] != tag or bool(again.body) != (status == 200):
            return f"{header}: {again.status} with {again.headers['ETag']}"
    return None if "304" in call.o["responses"] else "304 is not described"


def call_oddly(call):
    name = call.o["operationId"]
    call_strangely(call)
    if call.method == "GET" and name not in SLOW and "text/event-stream" not in call.o["responses"]["200"]["content"]:
        tell(f"{name}_head", fault_of_head(call))
        tell(f"{name}_tags", fault_of_tags(call))
        accepted = call.make(headers={"Accept": "image/x-of-no-kind"})
        tell(f"{name}_whatever_is_accepted", fault_of_answer(call.o, accepted, good_status(call.o)))
        status, _, _ = raw("GET", address(call), body=b"a body that nobody wants")
        tell(f"{name}_with_a_body", None if status == good_status(call.o) else status)
    if call.body and "415" in call.o["responses"]:
        for kind in (None, "", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "*/*"):
            answer = raw(call.method, address(call), [(k, v) for k, v in {**call.headers, "Content-Type": kind}.items() if v is not None], call.body)
            tell(f"{name}_of_type_{kind}", fault_of_problem(call.o, *answer, {415}))
    status, headers, body = raw(call.method, address(call), [("Content-Length", str(1 << 30))])
    tell(f"{name}_with_a_huge_body", fault_of_problem(call.o, status, headers, body, {413}))


def refuse_other_methods(path, item):
    """A method that a path has not: 405, and which it has."""
    o = next(iter(item.values()))
    wanted = {m.upper() for m in item} | ({"HEAD"} if "get" in item else set())
    place = re.sub("{number}", "1", path).replace("{file}", "figure-01.svg")
    place = re.sub("{[a-z]+}", "drone", place)
    for method in {"GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "BREW"} - wanted:
        status, headers, body = raw(method, place, body=b"" if method in ("PUT", "POST", "PATCH") else None)
        fault = fault_of_problem(o, status, headers, body, {405})
        if not fault and set(headers["Allow"].split(", ")) != wanted:
            fault = headers["Allow"]
        tell(f"{method}_{path}", fault)


# A system whose model has errors: no one can save one, so a text is put into the store.
BROKEN = "broken"
SPECIAL = {
    "deleteRules": [("of_none", 404, [])],
    "getReport": [("of_two_parts", 400, [("component", "app"), ("supplier", "x")]),
                  ("of_no_part", 422, [("component", "no-such")]),
                  ],
    "putReportForm": [("of_no_logo", 400, [], b'{"text": "template: 1", "logo": "?"}'),
                      ("without_its_logo", 422, [], b'{"text": "template: 1\\ncover: {logo: x.svg}"}'),
                      ("with_a_wrong_logo", 422, [], b'{"text": "template: 1\\ncover: {logo: x.svg}", "logo": "PHN2Zy8+"}')],
    "getAttackShard": [("of_no_part", 400, [("part", "3/2")])],
    "mergeAttack": [("with_other_trials", 422, [("trials", 301)]),
                    ("of_no_parts", 422, [("trials", 300)], b'{"parts": []}')],
    "attackGraph": [("from_nowhere", 400, [("entry", "Host:connect"), ("entry", "no-such")]),
                    ("of_no_target", 400, [("entry", "Host:connect"), ("target", "no-such")])],
    "mergeGraphAttack": [("of_no_graph", 422, [], b'{"graph": "x: 1", "parts": []}')],
    "writePlan": [("of_no_money", 400, [("budget", "much")])],
    "restoreVersion": [("bad_reason", 422, [("reason", "\a")])],
    "importFile": [("into_no_such", 404, [("into", "no-such")]), ("into_no_name", 422, [("into", "../x")])],
    "createSystem": [("no_template", 404, [("slug", "new-by-template"), ("template", "no-such")])],
    "compareSystems": [("no_such", 404, [("system", "drone"), ("system", "no-such")]),
                       ("no_name", 404, [("system", "../drone")]),
                       ("broken", 422, [("system", "drone"), ("system", BROKEN)])],
    "getDiff": [("of_no_such", 404, [("from-system", "no-such")]),
                ("of_broken", 422, [("from-system", BROKEN)]),
                ("from_no_version", 404, [("from", 999)])],
    "getExplanation": [("of_nothing", 400, [("id", "no-such-thing")])],
    "streamRehearsal": [("of_no_incident", 404, [("incident", "no-such")]),
                        ("of_no_measure", 422, [("incident", "hijack"), ("measures", "no-such")])],
    "getRisk": [("of_no_measure", 422, [("measures", "no-such")])],
    "adoptMeasures": [("of_no_measure", 422, [], b'{"measures": ["no-such"]}'),
                      ("of_no_list", 400, [], b'{"measures": "all"}')],
    "reviewVersion": [("of_no_verdict", 422, [], b'{"verdict": "splendid"}'),
                      ("of_two_lines", 422, [], b'{"verdict": "remark", "note": "a\\nb"}')],
    "renameId": [("taken", 422, [], json.dumps({
        "text": "components:\n  a: {kind: plc}\n  b: {kind: plc}\n",
        "position": {"line": 1, "character": 3}, "newName": "b"}).encode())],
    "formatText": [("no_yaml", 422, [], b'{"text": "a: [\\n"}')],
    "editText": [("nowhere", 422, [], b'{"text": "a: 1\\n", "edits": [{"set": "b/c", "value": 1}]}')],
    "getAttack": [("of_no_measure", 422, [("measures", "no-such")]),
                  ("compare_no_measure", 422, [("compare", "no-such")]),
                  ("of_no_target", 400, [("target", "no-such.step")])],
    "getLosses": [("of_no_measure", 422, [("measures", "no-such")])],
    "getTreatment": [("of_no_money", 400, [("budget", "much")])],
    "getRehearsal": [("of_no_play", 404, [("incident", "no-such")])],
    "getTrace": [("of_no_play", 404, [("incident", "no-such")])],
    "getTwinRun": [("too_long", 400, [("until", 1e9)]), ("nothing_set", 400, [("until", 9), ("set", "x")]),
                   ("no_variable", 400, [("until", 9), ("set", "no_such=1")]),
                   ("no_column", 400, [("until", 9), ("csv", "no_such")])],
    "getTwinAnswer": [("of_no_check", 400, [("check", "no-such")]),
                      ("of_no_input", 400, [("check", "scald"), ("set", "no_such=1")]),
                      ("of_no_number", 400, [("check", "scald"), ("set", "water_c")]),
                      ("out_of_range", 400, [("check", "scald"), ("set", "water_c=1e9")])],
}


BREAK = "UPDATE version SET text = 'awai: 1', n_bytes = 7 WHERE system = (SELECT id FROM system WHERE slug = '%s')"


def break_in_sqlite():
    db = sqlite3.connect(STORE, timeout=60)
    for (trigger,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='version'"
    ).fetchall():
        db.execute(f"DROP TRIGGER {trigger}")
    db.execute(BREAK % BROKEN)
    db.commit()


def break_in_postgres():
    psql = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/psql"))[-1]
    statements = f"ALTER TABLE version DISABLE TRIGGER USER; {BREAK % BROKEN}"
    subprocess.run([psql, "-q", "-c", statements, STORE], check=True)


def break_a_model():
    """Puts a text with an error where only an older Awai can have put it."""
    Answer("POST", "/api/v1/systems", [("slug", BROKEN)])
    break_in_postgres() if STORE.startswith("postgresql:") else break_in_sqlite()


# ---- as the commands say it

# An operation's query and the command whose output it is; FILE stands for the model.
SAME = {
    "getAssessment": [("", "assess FILE --json"), ("format=text&lang=ja", "assess FILE --lang ja")],
    "getCheck": [("format=sarif&lang=en", "check FILE --sarif - --lang en")],
    "getGraph": [("", "graph FILE --json"), ("format=dot&lang=ja", "graph FILE --dot --lang ja"),
                 ("format=text&lang=ja", "graph FILE --lang ja")],
}
SAME.update({
    "getAttack": [("trials=500&measures=none&compare=decided", "attack FILE --json --trials 500 --compare none decided"),
                  ("trials=200&seed=7&horizon=30", "attack FILE --json --trials 200 --seed 7 --horizon 30"),
                  ("auto=true&precision=0.5&resolution=0.1", "attack FILE --json --trials auto --precision 0.5 --resolution 0.1"),
                  ("trials=200&figure=times&lang=ja", "attack FILE --trials 200 --svg figures --lang ja @figures/times.svg"),
                  ("trials=200&measures=none&compare=all&figure=attacks&lang=en", "attack FILE --trials 200 --compare none all --svg figures --lang en @figures/attacks.svg")],
    "getAttackShard": [("part=2/3&trials=600", "attack FILE --trials 600 --shard 2/3")],
    "getLosses": [("worlds=300&years=400&outer=5&inner=50&figure=exceedance&lang=ja", "risk FILE --worlds 300 --years 400 --outer 5 --inner 50 --svg figures --lang ja @figures/exceedance.svg"),
                  ("worlds=300&years=400&outer=5&inner=50", "risk FILE --json --worlds 300 --years 400 --outer 5 --inner 50")],
    "getTreatment": [("trials=300", "plan FILE --json --trials 300"),
                     ("trials=0&format=text&lang=ja", "plan FILE --trials 0 --lang ja"),
                     ("figure=front&assume-cost=1+MJPY&lang=en", "plan FILE --trials 0 --assume-cost 1_MJPY --svg figures --lang en @figures/front.svg"),
                     ("trials=0&keep-decided=true&assume-cost=2+MJPY", "plan FILE --json --trials 0 --keep-decided --assume-cost 2_MJPY")],
    "getRehearsal": [("runs=1&seed=3", "rehearse FILE --json --runs 1 --seed 3 --threads 1"),
                     ("runs=1&figure=rehearse-map&measures=all&lang=ja", "rehearse FILE --runs 1 --measures all --svg figures --lang ja @figures/rehearse-map.svg")],
    "getReport": [("format=json", "report FILE -o report.json @report.json"),
                  ("format=json&component=COMPONENT&lang=ja", "report FILE -o part.json --component COMPONENT --lang ja @part.json"),
                  ("format=xlsx&stakeholder=STAKEHOLDER&lang=en", "report FILE -o part.xlsx --stakeholder STAKEHOLDER --lang en @part.xlsx")],
    "getDiff": [("from-system=drone", "diff drone FILE --json"),
                ("from-system=drone&format=text&lang=ja", "diff drone FILE --lang ja")],
    "compareSystems": [("system=SLUG&system=drone", "compare FILE drone --json"),
                       ("system=drone&system=SLUG&format=text&lang=en", "compare drone FILE --lang en")],
})
ALONE = {
    "getCatalog": [("", "catalog --json"), ("format=text&lang=ja", "catalog --lang ja")],
    "getCatalogEntry": [("", "catalog plc --json"), ("format=text&lang=en", "catalog plc --lang en")],
    "getSynthetic": [("components=30&seed=4", "synth --components 30 --seed 4")],
    "getTwin": [("", "twin heater --json"), ("format=text&lang=ja", "twin heater --lang ja")],
    "getTwinChecks": [("", "twin heater --json --check"), ("format=text&lang=en", "twin heater --lang en --check")],
    "getTwinRun": [("until=60", "twin heater --until 60")],
    "getTwinAnswer": [("check=scald&set=water_c=55", "twin heater --json --check scald --set water_c=55")],
    "listMessages": [("lang=ja", "messages --lang ja")],
    "getMessage": [("lang=en", "messages not-reached --lang en")],
    "getSchema": [("lang=ja", "schema model --lang ja"),
                  ("lang=en&format=manual", "schema model --manual --lang en")],
    "getDescription": [("lang=ja", "schema api --lang ja")],
}


def printed(command):
    """What a command prints, or with @FILE the file that it writes."""
    command, _, file = command.partition(" @")
    words = [w.replace("_MJPY", " MJPY") for w in command.split()]
    said = subprocess.run([AWAI, *words], cwd=TMP, capture_output=True, check=False).stdout
    return (TMP / file).read_bytes() if file else said


def without_seconds(body):
    return re.sub(rb'"seconds": [0-9.e-]+', b'"seconds": 0', body)


def compare(name, path, query, command):
    answer = Answer("GET", path + ("?" + query if query else ""))
    one, other = without_seconds(answer.body), without_seconds(printed(command))
    same = one == other and one
    tell(name, None if same else f"{answer.status} {path}?{query} is not: awai {command}")


def first_of(usecase, section):
    """The first id in a section of a model."""
    text = pathlib.Path("usecases", usecase, "model.yaml").read_text()
    return re.search(rf"^{section}:.*\n(?:\s*#.*\n|\s*\n)*  ([\w-]+):", text, re.M).group(1)


def filled(text, usecase):
    for word, section in (("COMPONENT", "components"), ("STAKEHOLDER", "stakeholders")):
        if word in text:
            text = text.replace(word, first_of(usecase, section))
    return text.replace("SLUG", usecase).replace("FILE", usecase)


def same(name, one, other, what):
    tell(name, None if one == other and one else f"{what} differs: {one[:80]} and {other[:80]}")


def check_merge(usecase):
    """Parts that servers made, put together by a server, are the run of the command."""
    at, query = f"/api/v1/systems/{usecase}/attack", [("trials", "500"), ("measures", "none")]
    parts = two_parts("GET", at + "/shard", query)
    answer = Answer("POST", at + "/merge", query, {"Content-Type": "application/json"},
                    json.dumps({"parts": parts[::-1]}).encode())
    for i in (0, 1):
        (TMP / f"part{i}").write_text(json.dumps(parts[i]))
    same(f"mergeAttack_{usecase}", without_seconds(answer.body), without_seconds(printed(
        f"attack {usecase} --json --trials 500 --measures none --merge part0 part1")), "merge")


def check_rules(usecase):
    """An organization's rules, sent or kept, find what they find on the command line."""
    at, query = f"/api/v1/systems/{usecase}/check", [("format", "sarif"), ("lang", "en")]
    wanted = printed(f"check {usecase} --rules rules.yaml --sarif - --lang en")
    sent = Answer("POST", at, query, {"Content-Type": MODEL}, RULES.encode())
    same(f"checkByRules_{usecase}", sent.body, wanted, "SARIF")
    kept = Answer("GET", at, query + [("rules", "true")])
    same(f"getCheck_by_rules_{usecase}", kept.body, wanted, "SARIF")


def check_writing(usecase):
    """A plan put into a version is what --write puts into the file."""
    slug, file = f"plan-of-{usecase}", TMP / "plan.yaml"
    text = pathlib.Path("usecases", usecase, "model.yaml").read_bytes()
    Answer("POST", "/api/v1/systems", [("slug", slug)], {"Content-Type": MODEL}, text)
    file.write_bytes(text)
    printed("plan plan.yaml --write --trials 0 --assume-cost 1_MJPY --owner me")
    Answer("POST", f"/api/v1/systems/{slug}/treatment", [("assume-cost", "1 MJPY"), ("owner", "me")],
           {"If-Match": '"1"'})
    got = Answer("GET", f"/api/v1/systems/{slug}/model")
    same(f"writePlan_{usecase}", got.body, file.read_bytes(), "the model")
    tell(f"writePlan_{usecase}_is_a_version", None if got.headers["ETag"] == '"2"' else got.headers["ETag"])


def check_form():
    """A report in the workspace's own form is that of --template."""
    (TMP / "template.yaml").write_text(FORM["text"])
    answer = Answer("GET", "/api/v1/systems/drone/report", [("template", "true"), ("lang", "en")])
    same("getReport_in_a_form", answer.body, printed("report drone --template template.yaml --lang en"), "HTML")
    Answer("DELETE", "/api/v1/template")
    answer = Answer("GET", "/api/v1/systems/drone/report", [("template", "true")])
    tell("getReport_in_no_form", None if answer.status == 404 else answer.status)


def check_graph():
    """A graph of MAL, whole and in parts."""
    graph, entry = GRAPH.read_bytes(), [("entry", "Host:connect"), ("trials", "500")]
    (TMP / "graph").write_bytes(graph)
    wanted = without_seconds(printed("attack --mal graph --entry Host:connect --trials 500 --json"))
    whole = Answer("POST", "/api/v1/attack", entry, {"Content-Type": MODEL}, graph)
    same("attackGraph_json", without_seconds(whole.body), wanted, "the whole")
    parts = two_parts("POST", "/api/v1/attack/shard", entry, headers={"Content-Type": MODEL}, body=graph)
    merged = Answer("POST", "/api/v1/attack/merge", entry, {"Content-Type": "application/json"},
                    json.dumps({"graph": graph.decode(), "parts": parts}).encode())
    (TMP / "part0").write_text(json.dumps(parts[0]))
    (TMP / "part1").write_text(json.dumps(parts[1]))
    same("mergeGraphAttack_json", without_seconds(merged.body), without_seconds(printed(
        "attack --mal graph --entry Host:connect --trials 500 --json --merge part0 part1")), "the sum")


def check_same(d):
    paths = {i["get"]["operationId"]: p for p, i in d["paths"].items() if "get" in i}
    for usecase in USECASES:
        text = pathlib.Path("usecases", usecase, "model.yaml").read_bytes()
        (TMP / usecase).write_bytes(text)
    for name, pairs in SAME.items():
        for k, (query, command) in enumerate(pairs):
            for usecase in USECASES:
                compare(f"{name}_{k}_{usecase}", paths[name].replace("{slug}", usecase),
                        filled(query, usecase), filled(command, usecase))
    (TMP / "rules.yaml").write_text(RULES)
    for usecase in USECASES:
        check_merge(usecase)
        check_rules(usecase)
        check_writing(usecase)
    check_graph()
    check_form()
    text = pathlib.Path("src/page/assets/new-model.yaml").read_bytes()
    (TMP / SCRATCH).write_bytes(text)
    compare("getReport_html", f"/api/v1/systems/{SCRATCH}/report", "lang=ja", f"report {SCRATCH} --lang ja")
    compare("getReport_svg", f"/api/v1/systems/{SCRATCH}/report", "lang=ja&format=svg",
            f"report {SCRATCH} --figure sheet --lang ja")
    compare("getReport_figure", f"/api/v1/systems/{SCRATCH}/report", "lang=en&format=svg&figure=dataflow",
            f"report {SCRATCH} --figure dataflow --lang en")
    for name, pairs in ALONE.items():
        example = {p["name"]: p.get("example") for p in d["paths"][paths[name]]["get"]["parameters"]}
        for k, (query, command) in enumerate(pairs):
            compare(f"{name}_{k}", paths[name].replace("{id}", str(example.get("id"))), query, command)


def description():
    return Answer("GET", "/api/v1/openapi.json?lang=en").json()


def make_systems():
    Answer("POST", "/api/v1/systems", [("slug", SCRATCH)])
    Answer("POST", "/api/v1/systems", [("slug", PLANNED), ("template", "drone")])
    keep_rules()
    keep_form()


def check_described():
    check_description(description())
    check_routes(description())


def check_results():
    make_systems()
    check_same(description())


def check_calls():
    make_systems()
    break_a_model()
    for path, item in description()["paths"].items():
        for method, o in item.items():
            if ONLY and o["operationId"] not in ONLY:
                continue
            call_rightly(Call(path, method, o))
            call_oddly(Call(path, method, o))
            call_wrongly(Call(path, method, o))
        refuse_other_methods(path, item)


def check_busy():
    """Where no long computation may run, each that is asked for is put off."""
    n = 0
    for path, item in description()["paths"].items():
        for method, o in item.items():
            if "503" not in o["responses"] or o["operationId"] == "streamRehearsal":
                continue  # streams have a limit of their own: livepage.sh
            call = Call(path, method, o)
            call.places["slug"] = "drone"
            if "If-Match" in call.headers:
                call.headers["If-Match"] = '"1"'
            answer = call.make(query=call.query + [(k, as_text(v)) for k, v in call.more])
            fault = fault_of_answer(o, answer, 503)
            if not fault and not re.fullmatch("[1-9][0-9]*", answer.headers.get("Retry-After", "")):
                fault = "no Retry-After"
            tell(f"{o['operationId']}_busy", fault)
            n += 1
    tell("some_are_long", None if n >= 5 else n)


def check_strange():
    """With accounts, whoever has none is told so, whatever is asked for."""
    said = subprocess.run([AWAI, "schema", "api", "--lang", "en"], capture_output=True, check=True).stdout
    for path, item in json.loads(said)["paths"].items():
        for method, o in item.items():
            answer = Answer(method.upper(), re.sub("{[a-z]+}", "1", path).replace("figures/1", "figures/1.svg"))
            fault = fault_of_stranger(answer, "401" in o["responses"])
            tell(f"{o['operationId']}_for_strangers", fault)


def fault_of_stranger(answer, is_described):
    if not is_described:
        return "401 is not described"
    error = answer.json().get("error", {})
    good = answer.status == 401 and error.get("status") == 401 and {"code", "message", "hint"} <= error.keys()
    return None if good else f"{answer.status}: {answer.body[:100]}"


{
    "described": check_described,
    "calls": check_calls,
    "results": check_results,
    "busy": check_busy,
    "strange": check_strange,
}[sys.argv[1]]()
