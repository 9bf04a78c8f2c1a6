# SPDX-License-Identifier: Apache-2.0
"""
Makes a workbook as a team might type one, and workbooks as nobody should.

    _book.py OUT [SHEET...] <CELLS     CELLS: lines "SHEET!C7 = TEXT"; a sheet with "\\n" in
                                       a text has a line feed there; "#N 42" is a number,
                                       "#B 1" a truth value, "#E #REF!" an error
    _book.py OUT --evil KIND           bomb, deep, entities, external, truncated, sheets,
                                       address, locked, cell, elsewhere

Standard library only.
"""
import sys
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell(address, text):
    if text.startswith("#N "):
        return f'<c r="{address}"><v>{escape(text[3:])}</v></c>'
    if text.startswith("#B "):
        return f'<c r="{address}" t="b"><v>{text[3:]}</v></c>'
    if text.startswith("#E "):
        return f'<c r="{address}" t="e"><v>{text[3:]}</v></c>'
    if text.startswith("#R "):  # Japanese with its reading, in pieces
        return (f'<c r="{address}" t="inlineStr"><is><r><t>{escape(text[3:])}</t></r>'
                f'<rPh sb="0" eb="1"><t>よみ</t></rPh></is></c>')
    text = escape(text).replace("\\n", "_x000D_&#10;")
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def sheet(cells):
    rows = {}
    for address, text in cells:
        rows.setdefault(int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), []).append(
            cell(address, text))
    inner = "".join(f'<row r="{n}">{"".join(rows[n])}</row>' for n in sorted(rows))
    return f'<worksheet xmlns="{MAIN}"><sheetData>{inner}</sheetData></worksheet>'


def write(path, sheets, more=()):
    """sheets: name -> text of its part."""
    names = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="r{i}"/>'
                    for i, n in enumerate(sheets, 1))
    links = "".join(f'<Relationship Id="r{i}" Target="worksheets/s{i}.xml"/>'
                    for i in range(1, len(sheets) + 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
                                      f"<sheets>{names}</sheets></workbook>")
        z.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        for i, text in enumerate(sheets.values(), 1):
            z.writestr(f"xl/worksheets/s{i}.xml", text)
        for name, text in more:
            z.writestr(name, text)


def typed(path):
    sheets = {}
    for line in sys.stdin:
        if not line.strip():
            continue
        place, text = line.rstrip("\n").split(" = ", 1)
        name, address = place.rsplit("!", 1)
        sheets.setdefault(name, []).append((address, text))
    write(path, {name: sheet(cells) for name, cells in sheets.items()})


def evil(path, kind):
    good = sheet([("A1", "id"), ("A2", "x")])
    bombs = {
        "deep": "<worksheet>" + "<a>" * 100 + "</a>" * 100 + "</worksheet>",
        "entities": '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
                    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet><sheetData><row>'
                    '<c t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>',
        "external": '<!DOCTYPE w SYSTEM "file:///etc/passwd"><worksheet/>',
        "address": sheet([("ZZZZ99999999", "id")]),
        "cell": sheet([("A1", "id"), ("A2", "x" * (3 << 20))]),
        "unclosed": "<worksheet><sheetData><row>",
    }
    if kind == "bomb":
        write(path, {"Components": "<worksheet>" + " " * (80 << 20) + "</worksheet>"})
    elif kind == "strings":
        write(path, {"Components": good},
              [("xl/sharedStrings.xml", "<sst>" + "<si><t>" + "y" * (1 << 20) +
                "</t></si>" + ("<si><t>" + "y" * (1 << 19) + "</t></si>") * 200 + "</sst>")])
    elif kind == "sheets":
        write(path, {f"Components{'' if i == 0 else i}": good for i in range(2000)})
    elif kind == "parts":
        write(path, {"Components": good}, [(f"x{i}", "") for i in range(5000)])
    elif kind == "truncated":
        write(path, {"Components": good})
        data = open(path, "rb").read()
        open(path, "wb").write(data[: len(data) // 2])
    elif kind == "spoilt":
        write(path, {"Components": good * 50})
        data = bytearray(open(path, "rb").read())
        at = data.find(b"worksheets/s1.xml") + 40
        data[at:at + 20] = b"\xff" * 20
        open(path, "wb").write(data)
    elif kind == "locked":
        write(path, {"Components": good})
        data = bytearray(open(path, "rb").read())
        at = 0
        while (at := data.find(b"PK\1\2", at)) >= 0:
            data[at + 8] |= 1
            at += 4
        at = 0
        while (at := data.find(b"PK\3\4", at)) >= 0:
            data[at + 6] |= 1
            at += 4
        open(path, "wb").write(data)
    elif kind == "elsewhere":
        with zipfile.ZipFile(path, "w") as z:
            z.writestr("word/document.xml", "<document/>")
    else:
        write(path, {"Components": bombs[kind]})


if __name__ == "__main__":
    if len(sys.argv) > 3 and sys.argv[2] == "--evil":
        evil(sys.argv[1], sys.argv[3])
    else:
        typed(sys.argv[1])
