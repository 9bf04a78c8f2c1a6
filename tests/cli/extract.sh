#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What is handed over: `awai report` for one component, stakeholder or supplier, which has
# what is about it and nothing of what is not; and in an organization's own form
# (--template), whose mistakes are told with their place and whose logo can do nothing but
# be seen.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
AWAI_TODAY=2027-01-01
export AWAI_TODAY
"$AWAI" new "$TEST_TMP/lock" >/dev/null
lock=$TEST_TMP/lock/model.yaml
sed 's/kind: door-lock/kind: door-lock\n    supplier: Kagi/' "$lock" >"$TEST_TMP/s.yaml"

# ---- extracts

exits component 0 "$AWAI" report "$lock" --component lock -o "$TEST_TMP/e.md"
for text in 'Smart door lock — Door lock' '| **Lock service → Door lock**' '**A stranger opens the door**' \
    'Extract: component' 'Requirements of viewpoint 1' '| **Home** | network segment'; do
    has "component: $text" e.md "$text"
done
for text in '| **Phone app** |' '| **Phone app → Lock service**' '## Summary'; do
    has_not "not_component: $text" e.md "$text"
done
has component_picture e.md '![System configuration with zones — Door lock]('
has component_is_drawn e-figures/figure-01.svg 'data-component="lock"'
has component_neighbour e-figures/figure-01.svg 'data-component="service"'
has_not component_not_drawn e-figures/figure-01.svg 'data-component="app"'
exits stakeholder 0 "$AWAI" report "$lock" --stakeholder maker -o "$TEST_TMP/e.md"
has stakeholder_measure e.md 'Multi-factor login'
has stakeholder_component e.md '**Lock service**'
has_not stakeholder_not_other e.md '| **Home router** |'
exits supplier 0 "$AWAI" report "$TEST_TMP/s.yaml" --supplier Kagi -o "$TEST_TMP/s.md"
"$AWAI" report "$lock" --component lock -o "$TEST_TMP/e.md"
sed '1,/^## /d; s/ — Door lock/ — Kagi/; s/(e-figures/(s-figures/' "$TEST_TMP/e.md" >"$TEST_TMP/a"
has supplier_named s.md '<br>Supplier: Kagi'
sed '1,/^## /d; s/<br>Supplier: Kagi//' "$TEST_TMP/s.md" >"$TEST_TMP/b"
exits supplier_is_its_components 0 cmp "$TEST_TMP/a" "$TEST_TMP/b"
for ending in html xlsx svg json; do
    exits "writes_$ending" 0 "$AWAI" report "$lock" --component lock -o "$TEST_TMP/e.$ending" --lang ja
done
has html_title e.html '<title data-en="Smart door lock — Door lock"'
has_not html_nothing_else e.html 'スマートフォンアプリの'
has json_title e.json '"title": "スマートドアロック — ドアロック"'
# links lead somewhere
if command -v python3 >/dev/null; then
    python3 - "$TEST_TMP/e.html" >"$TEST_TMP/out" <<'END'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
ids = set(re.findall(r' id="([^"]*)"', text))
print([a for a in re.findall(r'href="#([^"]*)"', text) if a not in ids])
END
    has links_lead out '[]'
    exits not_a_model 1 "$AWAI" import "$TEST_TMP/e.xlsx" # an extract is not the model
fi
# for every use case, each stakeholder and the first components
for name in drone distillation; do
    model=usecases/$name/model.yaml
    for id in $("$AWAI" assess $model --json | jq -r '.map[].stakeholder' | sort -u); do
        exits "extract_${name}_$id" 0 "$AWAI" report $model --stakeholder "$id" -o "$TEST_TMP/e.json"
    done
done
exits unknown 1 "$AWAI" report "$lock" --component lok -o "$TEST_TMP/e.md"
has unknown_near err "did you mean 'lock'?"
exits unknown_supplier 1 "$AWAI" report "$lock" --supplier Kagi -o "$TEST_TMP/e.md"
exits two 2 "$AWAI" report "$lock" --component lock --stakeholder maker -o "$TEST_TMP/e.md"

# ---- templates

template=docs/examples/template.yaml
exits template 0 "$AWAI" report "$lock" --template $template -o "$TEST_TMP/t.md"
grep '^## ' "$TEST_TMP/t.md" >"$TEST_TMP/out"
has template_front out '## In one page'
has template_first out '## 1 What is to be done'
has template_last out '## 3 Prepare'
has_not template_left_out out Sources
has template_cover t.md 'Document number: SW-2027-014'
has template_said t.md 'Left out: Sources'
exits template_html 0 "$AWAI" report "$lock" --template $template -o "$TEST_TMP/t.html"
has template_logo t.html '<svg xmlns="http://www.w3.org/2000/svg" class="logo" role="img"'
has template_ja t.html '1ページのまとめ'
has template_number t.html '<span class="number">1.1</span>'
exits template_extract 0 "$AWAI" report "$lock" --template $template --component lock -o "$TEST_TMP/t.html"
exits template_xlsx 0 "$AWAI" report "$lock" --template $template -o "$TEST_TMP/t.xlsx"

# $1: name, $2: text that is told; standard input: the template
bad()
{
    cat >"$TEST_TMP/bad.yaml"
    "$AWAI" report "$lock" --template "$TEST_TMP/bad.yaml" -o "$TEST_TMP/none.html" >"$TEST_TMP/out" 2>"$TEST_TMP/err"
    status=$?
    if [ $status -eq 1 ]; then ok "bad_$1"; else not_ok "bad_$1" "exit $status"; fi
    has "told_$1" err "$2"
}
printf 'template: 1\norder: [summary, prepair]\n' | bad order 'bad.yaml:2:18: error: no section'
printf 'template: 1\nheadings: {sumary: X}\n' | bad heading 'bad.yaml:2:12: error: no section'
printf 'template: 2\n' | bad version 'bad.yaml:1:11: error: '
printf 'template: 1\ncover: {heding: X}\n' | bad key "did you mean 'heading'?"
printf 'template: 1\ncover: {logo: ../x.svg}\n' | bad path 'bad.yaml:2:15: error: '
printf 'template: 1\ncover: {logo: /etc/passwd}\n' | bad root 'bad.yaml:2:15: error: '
printf 'template: 1\ncover: {logo: none.svg}\n' | bad absent 'cannot read'
printf 'template: 1\ncover: {logo: bad.yaml}\n' | bad no_picture 'neither PNG nor SVG'
printf 'hello' | bad no_yaml 'bad.yaml:1:1: error: '
awk 'BEGIN { printf "template: "; for (i = 0; i < 100; i++) printf "[" }' | bad deep 'too-deep'
exits no_template 1 "$AWAI" report "$lock" --template "$TEST_TMP/there-is-none" -o "$TEST_TMP/none.html"

# a logo that would do more than draw: only the drawing is left
cat >"$TEST_TMP/evil.svg" <<'END'
<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" onload="alert(1)">
<script>alert(2)</script><style>* { fill: url(http://example.com/a) }</style>
<image href="http://example.com/b.png"/><a href="javascript:alert(3)"><rect width="9" height="9"/></a>
<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(4)"/></foreignObject>
<use href="#x"/><animate attributeName="x"/><set attributeName="y"/>
<rect id="x" width="5" height="5" onclick="alert(5)" fill="url(http://example.com/c)" style="x"/>
<circle r="3" fill="URL(//example.com/d)" stroke="url(#g)" transform="rotate(9)"/>
<text>5 &lt; 6 &amp; "x"</text><title>&lt;script&gt;</title>
</svg>
END
printf 'template: 1\ncover: {logo: evil.svg}\n' >"$TEST_TMP/evil.yaml"
exits evil_logo 0 "$AWAI" report "$lock" --template "$TEST_TMP/evil.yaml" -o "$TEST_TMP/evil.html"
has evil_told err 'that do more than draw, left out: '
grep -o '<svg[^>]*class="logo".*' "$TEST_TMP/evil.html" | head -n 1 >"$TEST_TMP/x"
awk '/class="logo"/ { on = 1 } on { print } /<\/svg>/ { if (on) exit }' "$TEST_TMP/evil.html" >"$TEST_TMP/logo"
for text in alert example.com script\> 'style=' onload onclick '<image' '<use' foreign animate '<a '; do
    has_not "evil_without $text" logo "$text"
done
has evil_draws logo 'stroke="url(#logo-g)"'
has evil_text logo '5 &lt; 6 &amp;'
printf '<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1"><text>&a;</text></svg>' >"$TEST_TMP/e.svg"
printf 'template: 1\ncover: {logo: e.svg}\n' | bad entity 'not well formed'
printf '<svg xmlns="http://www.w3.org/2000/svg"/>' >"$TEST_TMP/e.svg"
printf 'template: 1\ncover: {logo: e.svg}\n' | bad no_size 'has no size'
awk 'BEGIN { printf "<svg viewBox=\"0 0 1 1\">"; for (i = 0; i < 5000; i++) printf "<g/>"; print "</svg>" }' >"$TEST_TMP/e.svg"
printf 'template: 1\ncover: {logo: e.svg}\n' | bad large_logo 'larger than what is read'
head -c 600000 /dev/zero >"$TEST_TMP/e.svg"
printf 'template: 1\ncover: {logo: e.svg}\n' | bad large_file 'larger than what is read'
printf '\211PNG\r\n\032\n0000000000000000000000000000000000' >"$TEST_TMP/e.svg"
printf 'template: 1\ncover: {logo: e.svg}\n' | bad broken_png 'not well formed'
