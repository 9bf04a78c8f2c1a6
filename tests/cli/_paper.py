# SPDX-License-Identifier: Apache-2.0
"""
That no table runs off the paper: the widths of print.css, of the columns of each table of
the page that WeasyPrint is given, come to at most 100%.

    _paper.py page.html
"""
import re
import sys

page = open(sys.argv[1], encoding="utf-8").read()
style = page[page.index("<style>"):page.index("</style>")]


def width(selector):
    return float(re.search(re.escape(selector) + r" \{ width: ([0-9.]+)%", style)[1])


plain = {name: width("." + name) for name in ("narrow", "middle", "broad", "wide")}
most = width("nth-last-child(1)")
later = width("~ th.wide:nth-child(n)")
dense = width(".dense thead th:first-child")
n, wrong = 0, []
for table in re.finditer(r'<div class="table( dense)?".*?<thead>(.*?)</thead>', page, re.S):
    heads = [(c or "").split() for c in re.findall(r'<th scope="col"(?: class="([^"]*)")?', table[2])]
    total, wide = 0, 0
    for i, names in enumerate(heads):
        named = [plain[name] for name in names if name in plain]
        share = named[0] if named else 0
        if "wide" in names:
            share = later if wide else most if len(heads) == 3 or (i, len(heads)) == (1, 2) else share
            wide = 1
        total += dense if table[1] and i == 0 else share
    n += 1
    if total > 100:
        wrong.append(f"table {n}: {total}%")
print(f"not ok pdf_tables_fit: {wrong}" if wrong or n < 10 else "ok pdf_tables_fit")
