# SPDX-License-Identifier: Apache-2.0
"""Checks JSON documents against JSON Schemas (draft 2020-12); used by schema.sh.

    _schema.py validate SCHEMA FILE...  each file is accepted
    _schema.py refuse SCHEMA FILE       the file, a good model, is refused once spoilt
    _schema.py sound SCHEMA...          each is a schema, and says what every key means
    _schema.py exact SCHEMA FILE...     every key of the schema, every item and every null
                                        occurs in a file, and a file spoilt there is refused

Prints "ok NAME" or "not ok NAME: why" a check.
"""
import copy
import json
import pathlib
import sys

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def tell(name, why):
    print(f"not ok {name}: {why}" if why else f"ok {name}")


def validate(schema, files):
    validator = Draft202012Validator(load(schema))
    for file in files:
        errors = [
            "/".join(map(str, e.absolute_path)) + ": " + e.message[:120]
            for e in (best_match([e]) for e in validator.iter_errors(load(file)))
        ]
        stem = f"{pathlib.Path(schema).stem}_accepts_{pathlib.Path(file).stem}"
        tell(stem, "; ".join(errors[:5]))


def first(mapping):
    return next(iter(mapping.values()))


def drop(key):
    return lambda m: m.pop(key)


def put(section, key, value):
    """Spoils a key of the first entry of a section."""
    return lambda m: first(m[section]).__setitem__(key, value)


SPOILS = {
    "no_version": drop("awai"),
    "version_as_text": lambda m: m.__setitem__("awai", "one"),
    "no_system": drop("system"),
    "no_zones": drop("zones"),
    "unknown_section": lambda m: m.__setitem__("compnents", {}),
    "unknown_key": put("components", "colour", "red"),
    "entry_without_name": lambda m: first(m["components"]).pop("name"),
    "entry_of_wrong_type": lambda m: m["zones"].__setitem__("z", "segment"),
    "bad_identifier": lambda m: m["zones"].__setitem__("bad id", {"name": "x"}),
    "unknown_choice": put("zones", "trust", "complete"),
    "unknown_choice_in_list": put("components", "interfaces", ["usb", "floppy"]),
    "boolean_as_text": put("components", "rebuilt", "yes"),
    "text_in_a_third_language": put("components", "name", {"fr": "serrure"}),
    "list_for_a_text": put("components", "name", ["a", "b"]),
    "reference_that_is_no_identifier": put("components", "zone", "the zone"),
    "list_for_a_map": lambda m: m.__setitem__("stakeholders", []),
    "map_for_a_list": lambda m: m.__setitem__("relations", {}),
    "level_of_the_other_axis": lambda m: first(first(m["incidents"])["harms"]).update(
        recovery="devastating"
    ),
    "harm_without_reason": lambda m: first(first(m["incidents"])["harms"]).pop("because"),
    "bad_money": put("measures", "cost", "much"),
    "bad_date": put("decisions", "review-by", "next year"),
}


def refuse(schema, file):
    validator = Draft202012Validator(load(schema))
    good = load(file)
    for name, spoil in SPOILS.items():
        model = copy.deepcopy(good)
        spoil(model)
        why = "accepted" if validator.is_valid(model) else ""
        tell(f"model_schema_refuses_{name}", why)


def undescribed(schema, node, path):
    """Keys without a meaning of their own or of what they refer to."""
    if isinstance(node, list):
        for item in node:
            yield from undescribed(schema, item, path)
    if not isinstance(node, dict):
        return
    for key, value in node.get("properties", {}).items():
        target = value.get("$ref", "").rpartition("/")[2]
        if "description" not in value and "description" not in schema["$defs"].get(target, {}):
            # ja and en of a text, and the viewpoints, are clear from what holds them
            if key not in ("ja", "en"):
                yield f"{path}/{key}"
    for key, value in node.items():
        if key != "if":
            yield from undescribed(schema, value, f"{path}/{key}")


def dangling(schema, node):
    """References that lead nowhere."""
    if isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str) and target.rpartition("/")[2] not in schema["$defs"]:
            yield target
    for value in node.values() if isinstance(node, dict) else node:
        if isinstance(value, (dict, list)):
            yield from dangling(schema, value)


def unused(schema):
    text = json.dumps(schema)
    for name in schema["$defs"]:
        if f'"#/$defs/{name}"' not in text:
            yield name


def sound(paths):
    for path in paths:
        schema = load(path)
        why = ""
        try:
            Draft202012Validator.check_schema(schema)
        except Exception as e:  # pylint: disable=broad-except
            why = str(e).splitlines()[0]
        for what, found in (
            ("no meaning", undescribed(schema, schema, "")),
            ("leads nowhere", dangling(schema, schema)),
            ("unused", unused(schema)),
        ):
            found = sorted(set(found))
            if found and not why:
                why = f"{what}: {', '.join(found[:5])}"
        tell(f"sound_{pathlib.Path(path).stem}", why)


def is_nullable(node):
    return "null" in node.get("type", []) or None in node.get("enum", [])


def conditional(node):
    return node["then"]["required"] if "then" in node else []


def places(node, at):
    """Where a schema says something of a value: its keys, items, choices and nulls."""
    yield at
    if is_nullable(node):
        yield f"{at} null"
    for key in conditional(node):
        yield f"{at} with {key}"
        yield f"{at} without {key}"
    for key, value in node.get("properties", {}).items():
        yield from places(value, f"{at}/{key}")
    for value in node.get("patternProperties", {}).values():
        yield from places(value, f"{at}/*")
    if "items" in node:
        yield from places(node["items"], f"{at}/[]")
    for i, value in enumerate(node.get("anyOf", node.get("oneOf", []))):
        yield from places(value, f"{at}/{i}")


def visit(validator, node, at, value, path):
    """The places of a schema that a value comes to: place, node, path in the value."""
    yield at, node, path
    if is_nullable(node) and value is None:
        yield f"{at} null", node, path
    for key in conditional(node):
        yield f"{at} {'with' if key in value else 'without'} {key}", {"turns": key}, path
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        yield from visit(validator, validator.schema["$defs"][name], name, value, path)
    for i, choice in enumerate(node.get("anyOf", node.get("oneOf", []))):
        if validator.evolve(schema=choice).is_valid(value):
            yield from visit(validator, choice, f"{at}/{i}", value, path)
    for key, sub in node.get("properties", {}).items():
        if isinstance(value, dict) and key in value:
            yield from visit(validator, sub, f"{at}/{key}", value[key], path + [key])
    for sub in node.get("patternProperties", {}).values():
        for key in value if isinstance(value, dict) else ():
            yield from visit(validator, sub, f"{at}/*", value[key], path + [key])
    if isinstance(value, list) and "items" in node:
        for i, item in enumerate(value):
            yield from visit(validator, node["items"], f"{at}/[]", item, path + [i])


def spoilt(node, value):
    """What a value is no more allowed to be, by what its schema says: what, value."""
    if "turns" in node:
        others = {k: v for k, v in value.items() if k != node["turns"]}
        other = {**value, node["turns"]: 0} if value == others else others
        yield "key_against_its_condition", other
    if "type" in node or "enum" in node:
        yield "another_type", {"spoilt": []}
    if isinstance(value, str) and ("enum" in node or "pattern" in node):
        yield "another_word", value + " spoilt"
    if isinstance(value, dict) and "properties" in node:
        yield "unknown_key", {**value, "spoilt": 1}
        for key in node.get("required", []):
            yield "key_left_out", {k: v for k, v in value.items() if k != key}
    if isinstance(value, dict) and "patternProperties" in node:
        yield "name_of_another_form", {**value, "no name": next(iter(value.values()), 0)}
    if isinstance(value, (int, float)):
        if "minimum" in node or "exclusiveMinimum" in node:
            yield "number_too_small", -2
        if "maximum" in node:
            yield "number_too_great", node["maximum"] + 1
    if isinstance(value, list) and "minItems" in node:
        yield "list_too_short", value[: node["minItems"] - 1]
    if isinstance(value, list) and "maxItems" in node and value:
        yield "list_too_long", value[:1] * (node["maxItems"] + 1)


def inside(document, path):
    for key in path:
        document = document[key]
    return document


def with_other(document, path, value):
    if not path:
        return value
    other = copy.deepcopy(document)
    inside(other, path[:-1])[path[-1]] = value
    return other


def exact(schema, files):
    validator = Draft202012Validator(load(schema))
    name = pathlib.Path(schema).stem
    wanted = set(places(validator.schema, ""))
    for key, value in validator.schema["$defs"].items():
        wanted.update(places(value, key))
    wrong = {}
    seen = set()
    # the smallest first: each place is spoilt where it is seen first
    for document in sorted(map(load, files), key=lambda d: len(json.dumps(d))):
        for at, node, path in list(visit(validator, validator.schema, "", document, [])):
            if at in seen:
                continue
            seen.add(at)
            for what, value in spoilt(node, inside(document, path)):
                accepted = wrong.setdefault(what, [])
                if validator.is_valid(with_other(document, path, value)):
                    accepted.append(at)
    missing = sorted(wanted - seen)
    tell(f"{name}_has_nothing_that_is_never_written", ", ".join(missing[:8]))
    for what, accepted in wrong.items():
        tell(f"{name}_refuses_{what}", ", ".join(accepted[:8]))


def main():
    if sys.argv[1] == "validate":
        validate(sys.argv[2], sys.argv[3:])
    elif sys.argv[1] == "refuse":
        refuse(sys.argv[2], sys.argv[3])
    elif sys.argv[1] == "exact":
        exact(sys.argv[2], sys.argv[3:])
    else:
        sound(sys.argv[2:])


main()
