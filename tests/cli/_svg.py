# SPDX-License-Identifier: Apache-2.0
"""
What holds of each SVG that awai writes as a file of its own: well formed; of a fixed
size; needs nothing from outside and runs nothing; no id twice; fonts named; no element
beyond its edges.

    _svg.py NAME FILE [TEXT...]

TEXT must be among its texts, blanks aside. Prints ok or not ok for each law. Standard
library only.
"""
import re
import sys
import xml.etree.ElementTree as ET

NAME, FILE, WANTED = sys.argv[1], sys.argv[2], sys.argv[3:]
SVG = "{http://www.w3.org/2000/svg}"
XML = "{http://www.w3.org/XML/1998/namespace}"
DRAWN = {"svg", "title", "desc", "g", "rect", "circle", "ellipse", "polygon", "line", "path", "text", "tspan"}


def tell(name, good, why=""):
    print(f"ok {NAME}:{name}" if good else f"not ok {NAME}:{name}: {why}")


source = open(FILE, encoding="utf-8").read()
try:
    root = ET.fromstring(source)
except ET.ParseError as error:
    tell("well_formed", False, error)
    sys.exit()
tell("well_formed", root.tag == SVG + "svg" and source.startswith("<?xml "), root.tag)

width, height = root.get("width", ""), root.get("height", "")
tell("has_a_size", root.get("viewBox") == f"0 0 {width} {height}" and float(width) > 0, root.attrib)
tell("has_a_language", root.get("lang") in ("en", "ja") and root.get("lang") == root.get(XML + "lang"), root.attrib)
tell("fonts_are_named", "Noto Sans CJK JP" in root.get("font-family", "") and "sans-serif" in root.get("font-family", ""))
tell("says_what_it_is", [child.tag for child in root][:2] == [SVG + "title", SVG + "desc"] and root[0].text)

strange = sorted({e.tag.replace(SVG, "") for e in root.iter()} - DRAWN)
tell("only_draws", not strange, strange)
outside = [(k, v) for e in root.iter() for k, v in e.attrib.items()
           if k.lower().startswith("on") or "href" in k or k == "style" or "url(" in v or "var(" in v or "//" in v]
tell("nothing_from_outside", not outside, outside[:3])
ids = [e.get("id") for e in root.iter() if e.get("id")]
tell("no_id_twice", len(ids) == len(set(ids)), ids)
tell("no_markup_left", not re.search(r"<!(DOCTYPE|ENTITY|\[)|<\?(?!xml )", source))


def place(element, x, y):
    """Points of what is drawn, moved by the groups around it."""
    moved = re.match(r"translate\((-?[\d.]+) (-?[\d.]+)\)", element.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    get = lambda key: float(element.get(key, 0))
    tag = element.tag.replace(SVG, "")
    if tag in ("rect", "text"):
        yield tag, x + get("x"), y + get("y")
    if tag == "rect":
        yield tag, x + get("x") + get("width"), y + get("y") + get("height")
    if tag == "circle":
        yield tag, x + get("cx") + get("r"), y + get("cy") + get("r")
    for child in element:
        yield from place(child, x, y)


beyond = [p for p in place(root, 0, 0) if not (-1 <= p[1] <= float(width) + 1 and -1 <= p[2] <= float(height) + 1)]
tell("nothing_beyond_its_edges", not beyond, beyond[:3])

bare = lambda text: re.sub(r"\s+", "", text)
said = bare("".join(t for e in root.iter() if e.tag in (SVG + "text", SVG + "tspan") for t in e.itertext()))
for text in WANTED:
    tell(f"says {text}", bare(text) in said, said[:200])
