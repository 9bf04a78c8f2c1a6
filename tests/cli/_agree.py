# SPDX-License-Identifier: Apache-2.0
"""Whether the JSON Schema of a format and its reader refuse the same; used by agree.sh.

    _agree.py PROGRAM FORMAT SCHEMA FILE...                 good files, each spoilt
    _agree.py PROGRAM FORMAT SCHEMA --as-they-are FILE...   any files

PROGRAM (tests/unit/schema) turns YAML into JSON, and says by which codes the reader
refuses a document. Of the good files so many entries are kept that each key of the table
that any of them has is there; each of these keys is taken away, and given each of VALUES.
A JSON document is YAML, so the reader takes what the schema takes. Of the document the
schema is only asked about the part that holds the key: all else is as it was, and right.

Prints "ok NAME" or "not ok NAME: why" for each key.
"""
import copy
import json
import pathlib
import subprocess
import sys

from jsonschema import Draft202012Validator

# Codes of the reader that are about form. Not about form, so unknown to a JSON Schema:
# references, duplicates, circles and what else compares one place with another; invisible
# characters; limits of size.
FORM = {
    "blank",
    "choice",
    "date",
    "identifier",
    "missing-key",
    "money",
    "number",
    "range",
    "type",
    "unknown-key",
    "version",
}
OTHER = {
    "criteria",
    "estimate",
    "loss",
    "outcomes",
    "rehearsal",
    "tolerable",
    "document",
    "duplicate-id",
    "duplicate-key",
    "empty",
    "encoding",
    "include",
    "nesting",
    "reference",
    "syntax",
    "tag",
    "too-deep",
    "too-large",
    "alias",
    "key",
}

VALUES = [
    None, True, False, 0, 1, 5, -1, 2.5, 2000000000, -2000000000,
    "", " ", "\u3000\n", "word", "two words", "true", "null", "5", "-dash", "x" * 65,
    "none", "limited", "wrod", "a@b", "a@", "2027-03-31", "2027-02-29", "2028-02-29",
    "1900-02-29", "2000-02-29", "2027-04-31", "1899-12-31", "2027-3-1", "2027-12-31 ",
    "10 MJPY", "10. kJPY", "2.5e-3 EUR", "-1 JPY", "10 XJPY", "10 mjpy", "0x1 JPY", "1e100 JPY",
    [], [[]], ["word"], ["word", "word"], [""], ["word", 5], [None], [{}], [{"ja": "x"}],
    {}, {"ja": "x"}, {"en": "x", "ja": "y"}, {"en": ""}, {"ja": None}, {"fr": "x"},
    {"en": ["x"]}, {"word": {}}, {"word": None}, {"bad id": {}}, {"-dash": None}, {"": {}},
    {"word": "word"},
]  # fmt: skip


def tell(name, why):
    print(f"not ok {name}: {why}" if why else f"ok {name}")


class Table:
    """The mappings of a format as its schema has them: which keys are of the table."""

    def __init__(self, schema):
        self.schema = schema

    def resolve(self, node):
        """All alternatives of a schema, references followed."""
        if "$ref" in node:
            return self.resolve(self.schema["$defs"][node["$ref"].rpartition("/")[2]])
        if "anyOf" in node:
            return [one for branch in node["anyOf"] for one in self.resolve(branch)]
        return [node]

    def below(self, node, value):
        """(key or index, schema of it, its name in the table or "" for an entry)"""
        for one in self.resolve(node):
            if isinstance(value, dict) and "properties" in one:
                name = one.get("title", "text")
                for key in value.keys() & one["properties"].keys():
                    yield key, one["properties"][key], f"{name}.{key}"
            elif isinstance(value, dict) and "patternProperties" in one:
                entry = next(iter(one["patternProperties"].values()))
                for key in value:
                    yield key, entry, ""
            elif isinstance(value, list) and "items" in one:
                for i in range(len(value)):
                    yield i, one["items"], ""

    def keys(self, node, value):
        """Names of all keys of the table in a value."""
        found = set()
        for key, below, name in self.below(node, value):
            found |= {name} - {""} | self.keys(below, value[key])
        return found

    def prune(self, node, value, seen):
        """The value without entries that bring no key that was not seen yet."""
        if not isinstance(value, (dict, list)):
            return value
        kept = dict(value) if isinstance(value, dict) else {}
        for key, below, name in sorted(self.below(node, value), key=lambda b: str(b[0])):
            new = self.keys(below, value[key]) - seen
            if name or new or not kept or (isinstance(value, dict) and len(kept) == 1):
                kept[key] = self.prune(below, value[key], seen)
                seen |= new
            else:
                kept.pop(key, None)
        return kept if isinstance(value, dict) else list(kept.values())

    def places(self, node, value, path=()):
        """(path, name, schema of what holds it) of each value; name as in below."""
        for key, below, name in self.below(node, value):
            yield path + (key,), name or "entry of " + self.place(path), node
            yield from self.places(below, value[key], path + (key,))

    @staticmethod
    def place(path):
        return "/".join("*" if isinstance(key, int) else key for key in path)

    def validator(self, node):
        """Of one part of the format: what holds it stays as it was, and right."""
        return Draft202012Validator({"$defs": self.schema["$defs"], **node})


def changed(document, path, change):
    copied = copy.deepcopy(document)
    at = copied
    for key in path[:-1]:
        at = at[key]
    change(at, path[-1])
    return copied


def put(value):
    return lambda at, key: at.__setitem__(key, copy.deepcopy(value))


def beside(key):
    return lambda at, _: at.__setitem__(key, "x")


def renamed(name):
    return lambda at, key: at.__setitem__(name, at.pop(key))


def spoilt(document, path):
    """(what was done, the document) for each way to change the value at path."""
    at = part(document, path)
    for value in VALUES + [[at], [at, at], {"ja": at}, {"ja": at, "en": at}]:
        yield f"= {json.dumps(value, ensure_ascii=False)[:60]}", changed(document, path, put(value))
    yield "removed", changed(document, path, lambda at, key: at.pop(key))
    if isinstance(path[-1], str):
        yield "with an unknown key beside it", changed(document, path, beside("colour"))
        yield "as a bad identifier", changed(document, path, renamed("bad id"))


def codes(program, format_name, documents):
    """What the reader says of each document."""
    lines = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents)
    done = subprocess.run([program, "--codes", format_name], input=lines, text=True,
                          encoding="utf-8", capture_output=True, check=True)  # fmt: skip
    answers = [set(line.split()) for line in done.stdout.splitlines()]
    assert len(answers) == len(documents), (len(answers), len(documents))
    return answers


def part(document, path):
    for key in path:
        document = document[key]
    return document


def differences(program, format_name, validator, cases, path=()):
    """What was done to documents below path of which reader and schema think differently."""
    for (what, document), said in zip(cases, codes(program, format_name, [c[1] for c in cases])):
        unknown = said - FORM - OTHER
        if unknown:
            yield f"{what}: the code {unknown} is neither of form nor not"
        elif validator.is_valid(part(document, path)) == bool(said & FORM):
            who = f"only the reader refuses ({' '.join(said)})" if said & FORM else "only the schema refuses"
            yield f"{what}: {who}"


def to_json(program, path):
    done = subprocess.run([program, "--json", path], text=True, encoding="utf-8", capture_output=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def least(schema, document, path):
    """The document without what need not be there beside the value at path."""
    return {k: v for k, v in document.items() if k == path[0] or k in schema.get("required", [])}


def spoil_all(program, format_name, schema, files):
    table, seen, spoilt_keys = Table(schema), set(), set()
    for file in files:
        good = table.prune(schema, to_json(program, file), seen)
        for path, name, node in table.places(schema, good):
            if name in spoilt_keys:
                continue
            spoilt_keys.add(name)
            cases = list(spoilt(least(schema, good, path), path))
            found = differences(program, format_name, table.validator(node), cases, path[:-1])
            tell(f"{format_name}:{name.replace(' ', '_')}", "; ".join(list(found)[:6]))
    left = all_keys(schema) - spoilt_keys
    tell(f"{format_name}:every_key_is_in_some_file", ", ".join(sorted(left)))


def all_keys(schema):
    shapes = [schema, *schema["$defs"].values()]
    return {f"{s['title']}.{key}" for s in shapes if "title" in s for key in s["properties"]}


def as_they_are(program, format_name, schema, files):
    validator = Draft202012Validator(schema)
    for file in files:
        document = to_json(program, file)
        if document is None:
            continue
        found = list(differences(program, format_name, validator, [("as it is", document)]))
        tell(f"{format_name}:{pathlib.Path(file).stem}", "; ".join(found))


def main():
    program, format_name, path, *files = sys.argv[1:]
    schema = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    if files[0] == "--as-they-are":
        as_they_are(program, format_name, schema, files[1:])
    else:
        spoil_all(program, format_name, schema, files)


main()
