# SPDX-License-Identifier: Apache-2.0
"""
Reads back a report in several formats and compares: each table of the HTML report is a
table of the Markdown and a sheet of the workbook, row by row, with the same texts.

    _formats.py LANG report.html report.md report.xlsx

Prints ok or not ok for each law. Standard library only.
"""
import html.parser
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

LANG, HTML, MD, XLSX = sys.argv[1:5]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VOID = {"meta", "input", "br"}


def tell(name, good, why=""):
    print(f"ok {LANG}:{name}" if good else f"not ok {LANG}:{name}: {why}")


def bare(text):
    """A text without what formats put in differently: blanks, bullets."""
    return re.sub(r"[\s\u2022]+", "", text)


class Tables(html.parser.HTMLParser):
    """The tables of the HTML report in one language: rows of cells of text. A table
    whose groups are folded is one table; rows of group titles are left out."""

    def __init__(self):
        super().__init__()
        self.tables, self.stack, self.cell, self.row, self.head = [], [], None, None, 0

    def hidden(self):
        return any(skip for _, skip in self.stack)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        names = (a.get("class") or "").split()
        if tag in VOID:
            return
        other = a.get("lang") not in (None, LANG) and "only" not in names and tag != "html"
        self.stack.append((tag, other or "heard" in names or tag in ("svg", "title")))
        if tag == "div" and "table" in names:
            self.tables.append([])
        elif tag == "thead":
            self.head = 1
        elif tag == "tr":
            self.row = [] if not self.head and "group" not in names else None
        elif tag in ("td", "th") and self.row is not None:
            self.cell = ""

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass
        if tag == "thead":
            self.head = 0
        elif tag in ("td", "th") and self.cell is not None:
            self.row.append(bare(self.cell))
            self.cell = None
        elif tag == "tr" and self.row is not None:
            self.tables[-1].append(self.row)
            self.row = None

    def handle_data(self, data):
        if self.cell is not None and not self.hidden():
            self.cell += data


def md_tables():
    """Tables of the Markdown, without heads and titles of groups."""
    tables, rows, none = [], None, "該当なし。" if LANG == "ja" else "None."
    for line in open(MD, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("|"):
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            rows = [] if rows is None else rows
            rows.append([unescape(c) for c in cells])
        else:
            if rows is not None:
                tables.append(rows)
            rows = None
            if line == none:
                tables.append(None)
    return tables


def unescape(cell):
    cell = cell.strip().replace("<br>", "").replace("**", "")
    cell = re.sub(r"</?strong>", "", cell)
    cell = re.sub(r"(?<!\\)`+", "", cell)
    cell = re.sub(r"(?<!\\)\]\([^)]*\)|(?<!\\)\[", "", cell)
    return bare(re.sub(r"\\(.)", r"\1", cell))


def sheets():
    """Name, rows of (text, style) and the XML of each sheet; the shared strings."""
    book = zipfile.ZipFile(XLSX)
    tell("xlsx_is_whole", book.testzip() is None)
    strings = ["".join(t.text or "" for t in si.iter(MAIN + "t"))
               for si in ET.fromstring(book.read("xl/sharedStrings.xml"))]
    found = []
    for k, sheet in enumerate(ET.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet")):
        root = ET.fromstring(book.read(f"xl/worksheets/sheet{k + 1}.xml"))
        rows = [[value(c, strings) for c in row.iter(MAIN + "c")]
                for row in root.iter(MAIN + "row")]
        found.append((sheet.get("name"), rows, root))
    return found, strings


def value(cell, strings):
    v = cell.find(MAIN + "v")
    if v is None:
        return ""
    return strings[int(v.text)] if cell.get("t") == "s" else v.text


def same(have, want):
    """Numbers are numbers in a workbook: 0.50 is 0.5."""
    try:
        return have == want or float(have) == float(want)
    except ValueError:
        return False


def words(row):
    """Texts of a row without brackets, which Markdown adds to badges."""
    return [re.sub(r"[\[\]]", "", c) for c in row]


parser = Tables()
parser.feed(open(HTML, encoding="utf-8").read())
wanted = parser.tables

# ---- Markdown: the table of a figure has no match in HTML and comes first
found = [t for t in md_tables()]
tell("md_has_every_table", len(found) - 1 == len(wanted), f"{len(found)} of {len(wanted)}")
bad = []
for k, (have, want) in enumerate(zip(found[1:], wanted), 1):
    lines = iter([] if have is None else have[2:])
    for row in want:
        if not any(words(line) == words(row + [""] * (len(line) - len(row)))
                   for line in lines):
            bad.append(f"table {k}: {row}")
            break
tell("md_has_every_row", not bad, "; ".join(bad)[:400])

# ---- workbook
book, strings = sheets()
names = [name for name, _, _ in book]
# the sheets of the model itself come last, without a number
numbered = [n for n in names if n[0].isdigit()]
tell("xlsx_has_every_table", len(numbered) - 1 == len(wanted), f"{len(numbered)} of {len(wanted)}")
tell("xlsx_has_the_model", names[len(numbered) + 1] == "Model", names)
tell("xlsx_names_are_valid", all(0 < len(n.encode("utf-16-le")) // 2 <= 31 and
                                 not re.search(r"[\[\]:*?/\\]", n) and n.strip("'") == n
                                 for n in names), names)
tell("xlsx_names_are_unique", len({n.lower() for n in names}) == len(names), names)
bad = []
for (name, rows, root), want in zip(book[2:], wanted):
    have = [[bare(c) for c in row] for row in rows[2:]]
    for h, w in zip(have, want):
        shift = len(h) - len(w)
        if shift not in (0, 1) or not all(map(same, h[shift:], w)):
            bad.append(f"{name}: {h} is not {w}")
            break
    if len(have) != len(want):
        bad.append(f"{name}: {len(have)} rows of {len(want)}")
tell("xlsx_has_every_row", not bad, "; ".join(bad)[:400])
tell("xlsx_heads_are_frozen", all(root.find(f".//{MAIN}pane") is not None
                                  for _, _, root in book[1:]))
tell("xlsx_has_filters", all(root.find(f"{MAIN}autoFilter") is not None
                             for _, _, root in book[1:]))
tell("xlsx_has_no_formula", not any(root.findall(f".//{MAIN}f") for _, _, root in book))
tell("xlsx_links_lead_to_sheets",
     sorted(h.get("location") for h in book[0][2].iter(MAIN + "hyperlink")) ==
     sorted(f"'{n}'!A1" for n in names[1:]))
fills = zipfile.ZipFile(XLSX).read("xl/styles.xml").decode()
tell("xlsx_levels_are_coloured", "FFFBD8B4" in fills and "FFFBF0C8" in fills)

whole = zipfile.ZipFile(XLSX)
drawings = [n for n in whole.namelist() if re.fullmatch(r"xl/drawings/drawing\d+.xml", n)]
pictures = [whole.read(n) for n in whole.namelist() if n.startswith("xl/media/")]
described = [d for n in drawings for d in re.findall(r'descr="([^"]*)"', whole.read(n).decode())]
tell("xlsx_has_the_map_drawn", len(drawings) == len(pictures) == 1 and
     pictures[0][:8] == b"\x89PNG\r\n\x1a\n" and book[1][2].find(f"{MAIN}drawing") is not None,
     f"{drawings} {[p[:8] for p in pictures]}")
tell("xlsx_map_is_described", len(described) == 1 and len(described[0]) > 10, described)
tell("xlsx_map_is_fine_enough", all(min(int.from_bytes(p[16:20], "big"), int.from_bytes(p[20:24], "big")) > 600
                                    for p in pictures))
