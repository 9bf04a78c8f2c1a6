#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai report in other formats: by the ending of the name; the same tables everywhere;
# texts that would be formulas or markup; PDF in both languages, and without WeasyPrint.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
model=usecases/gas-water-heater/model.yaml

# ---- by the ending

exits unknown_ending 2 "$AWAI" report $model -o "$TEST_TMP/r.docx" --lang en
has unknown_ending_is_told err '.html, .htm, .pdf, .xlsx, .md, .svg, .json'
exits no_ending 2 "$AWAI" report $model -o .md
exits standard_output_is_html 0 "$AWAI" report $model -o -
has standard_output_is_a_page out '<!DOCTYPE html>'
exits json 0 "$AWAI" report $model -o "$TEST_TMP/r.json"
"$AWAI" assess $model --json >"$TEST_TMP/assess.json"
cmp -s "$TEST_TMP/r.json" "$TEST_TMP/assess.json" && ok json_is_that_of_assess ||
    not_ok json_is_that_of_assess 'differs'
exits json_rehearsed 0 "$AWAI" report $model -o "$TEST_TMP/r.json" --rehearse 3
"$AWAI" assess $model --json --rehearse 3 >"$TEST_TMP/assess.json"
cmp -s "$TEST_TMP/r.json" "$TEST_TMP/assess.json" && ok rehearsed_json_is_that_of_assess ||
    not_ok rehearsed_json_is_that_of_assess 'differs'

# ---- the same tables in each format

for lang in en ja; do
    for format in html md xlsx; do
        exits $format:$lang 0 "$AWAI" report $model -o "$TEST_TMP/r-$lang.$format" --lang $lang
        empty $format:$lang:says_nothing err
    done
    if command -v python3 >/dev/null; then
        python3 tests/cli/_formats.py $lang "$TEST_TMP/r-$lang.html" "$TEST_TMP/r-$lang.md" \
            "$TEST_TMP/r-$lang.xlsx" || not_ok "formats:$lang" 'not read back'
    else
        echo "skip formats:$lang: there is no python3"
    fi
done
TZ=Asia/Tokyo "$AWAI" report $model -o "$TEST_TMP/again.xlsx" --lang ja
cmp -s "$TEST_TMP/again.xlsx" "$TEST_TMP/r-ja.xlsx" && ok xlsx_same_bytes ||
    not_ok xlsx_same_bytes 'differs'

# Each picture that the text names is there, and each that is there is named.
sed -n 's/^!\[.*](\(.*\))$/\1/p' "$TEST_TMP/r-en.md" | sort >"$TEST_TMP/named"
(cd "$TEST_TMP" && ls r-en-figures/*.svg) | sort >"$TEST_TMP/there"
if [ -s "$TEST_TMP/named" ] && cmp -s "$TEST_TMP/named" "$TEST_TMP/there"; then
    ok md_pictures
else
    not_ok md_pictures "$(diff "$TEST_TMP/named" "$TEST_TMP/there" | head -n 3)"
fi
touch "$TEST_TMP/b-figures"
exits md_without_folder 1 "$AWAI" report $model -o "$TEST_TMP/b.md" --lang en
has md_without_folder_is_told err 'b-figures'
if [ -e "$TEST_TMP/b.md" ]; then not_ok md_whole_or_not 'b.md'; else ok md_whole_or_not; fi

# ---- texts that mean something elsewhere

cat >"$TEST_TMP/h.yaml" <<'END'
awai: 1
system: {id: s, name: '=CMD|'' /C calc''!A0'}
applicant: firm
stakeholders:
  firm: {name: '+1-2@SUM(A1)', roles: [iot-user], target: {recovery: limited, economic: limited}}
zones:
  net: {name: '| a | **bold** [x](y) <script>', kind: internet}
components:
  c: {name: '=HYPERLINK("http://example.org/","x")', kind: plc, zone: net}
  d: {name: '@d_x0041_', kind: plc, zone: net}
data: {d1: {name: '# D1', class: [control]}}
flows: {f: {from: c, to: d, name: '-1', protocol: modbus-tcp, data: d1}}
incidents:
  i: {name: '1. I', threat: misuse, at: c, harms: {firm: {recovery: serious, economic: serious, because: '`tick` & | bar'}}}
END
for format in html md xlsx; do
    exits hostile_$format 0 "$AWAI" report "$TEST_TMP/h.yaml" -o "$TEST_TMP/h.$format" --lang en
done
if command -v python3 >/dev/null; then
    python3 - "$TEST_TMP/h.xlsx" >"$TEST_TMP/out" <<'END'
import re, sys, zipfile
book = zipfile.ZipFile(sys.argv[1])
print(re.sub("<si>", "\n<si>", book.read("xl/sharedStrings.xml").decode()))
print("formulas:", sum(b"<f>" in book.read(n) for n in book.namelist()))
END
    has hostile_formula_is_text out '<t>=HYPERLINK("http://example.org/","x")'
    has hostile_escape_is_text out '@d_x005F_x0041_'
    has hostile_no_formula out 'formulas: 0'
fi
cp "$TEST_TMP/h.md" "$TEST_TMP/out"
has hostile_md_bars out '\| a \| \*\*bold\*\* \[x\](y) \<script\>'
has hostile_md_ticks out '\`tick\` \& \| bar'
has_not hostile_md_no_element out ' <script'

# ---- PDF

mkdir "$TEST_TMP/bin"
exits pdf_absent 1 env PATH="$TEST_TMP/bin" "$AWAI" report $model -o "$TEST_TMP/a.pdf" --lang en
has pdf_absent_names_the_package err 'install the package weasyprint'
[ -e "$TEST_TMP/a.pdf" ] && not_ok pdf_absent_writes_nothing 'a.pdf' || ok pdf_absent_writes_nothing
printf '#!/bin/sh\ncat >"%s"\nexit 1\n' "$TEST_TMP/page.html" >"$TEST_TMP/bin/weasyprint"
chmod +x "$TEST_TMP/bin/weasyprint"
exits pdf_refused 1 env PATH="$TEST_TMP/bin:$PATH" "$AWAI" report $model -o "$TEST_TMP/a.pdf" \
    --rehearse 2
if command -v python3 >/dev/null; then python3 tests/cli/_paper.py "$TEST_TMP/page.html"; fi
if ! command -v weasyprint >/dev/null || ! command -v pdftotext >/dev/null; then
    echo 'skip pdf: there is no weasyprint, or no poppler-utils'
    exit 0
fi
"$AWAI" new "$TEST_TMP/new" >/dev/null 2>&1
for lang in en ja; do
    pdf=$TEST_TMP/n-$lang.pdf
    exits pdf:$lang 0 "$AWAI" report "$TEST_TMP/new/model.yaml" -o "$pdf" --lang $lang
    empty pdf:$lang:says_nothing err
    pdfinfo "$pdf" >"$TEST_TMP/out"
    has pdf:$lang:is_a4 out '(A4)'
    pages=$(sed -n 's/^Pages: *//p' "$TEST_TMP/out")
    [ "$pages" -gt 5 ] && ok pdf:$lang:pages || not_ok pdf:$lang:pages "$pages"
    title=$(sed -n 's/^# //p;/^# /q' "$TEST_TMP/n-$lang.md" 2>/dev/null)
    "$AWAI" report "$TEST_TMP/new/model.yaml" -o "$TEST_TMP/n-$lang.md" --lang $lang
    title=$(sed -n 's/^# //p' "$TEST_TMP/n-$lang.md" | head -n 1)
    has pdf:$lang:title out "$title"
    # a bookmark for each heading of the document down to the third level
    headings=$(grep -cE '^#{2,6} ' "$TEST_TMP/n-$lang.md")
    marks=$(grep -ac '/Title ' "$pdf")
    [ "$marks" -ge "$headings" ] && ok pdf:$lang:bookmarks ||
        not_ok pdf:$lang:bookmarks "$marks of $headings"
    pdftotext -layout "$pdf" "$TEST_TMP/out"
    has pdf:$lang:page_numbers out "$pages / $pages"
    [ "$(grep -cF -e "$title" "$TEST_TMP/out")" -gt 5 ] && ok pdf:$lang:running_title ||
        not_ok pdf:$lang:running_title "$title"
    grep -Eq '[1-9](\.[1-9])? .*(\. ?){5,} *[0-9]+' "$TEST_TMP/out" &&
        ok pdf:$lang:contents_have_pages || not_ok pdf:$lang:contents_have_pages ''
done
pdftotext "$TEST_TMP/n-en.pdf" "$TEST_TMP/out"
has pdf_english out 'Contents'
has_not pdf_english_only out '目次'
pdftotext "$TEST_TMP/n-ja.pdf" "$TEST_TMP/out"
has pdf_japanese out '目次'
has_not pdf_japanese_only out 'Contents'
pdffonts "$TEST_TMP/n-ja.pdf" >"$TEST_TMP/out"
has pdf_japanese_font out 'Noto-Sans-CJK-JP'
