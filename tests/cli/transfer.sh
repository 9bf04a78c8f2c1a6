#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What goes out of the workbench and comes in as files, asked by curl as a browser without
# script would: each format of the report and each extract is what `awai report` writes, byte
# by byte; other tools' models are what `awai export` writes, and their page says before what
# is not carried over; uploads are read, shown and forgotten, and what the page's form then
# saves is what was shown. Hostile uploads are refused, with their place where there is one.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
if ! command -v curl >/dev/null || ! command -v python3 >/dev/null; then
    echo 'skip transfer: there is no curl or no python3'
    exit 0
fi
AWAI_TODAY=2027-01-01 AWAI_PDF_SECONDS=3600 # what is slow is not wrong
export AWAI_TODAY AWAI_PDF_SECONDS
origin='' book="python3 tests/cli/_book.py"

# Starts a server. $1: PATH that it is given
start()
{
    serve_with=PATH=$1
    serve --db "$TEST_TMP/a.db"
}

# Asks; what came lies in out, the headers in head. $1: name, $2: status, $3: path,
# $4...: more for curl
asks()
{
    name=$1 expected=$2 path=$3
    shift 3
    status=$(curl -s -m 900 -o "$TEST_TMP/out" -D "$TEST_TMP/head" -w '%{http_code}' \
        -H "Origin: ${origin:-$url}" "$@" "$url$path" 2>"$TEST_TMP/err")
    if [ "$status" = "$expected" ]; then ok "$name"; else
        not_ok "$name" "$status, not $expected: $path"
        show
    fi
}

# That what came is a file's bytes. $1: name, $2: the file
is_file()
{
    if cmp -s "$TEST_TMP/out" "$2"; then ok "$1"; else not_ok "$1" "out differs from $2"; fi
}

# The value of a field of the form that came, as a browser would send it. $1: its name
field()
{
    python3 - "$TEST_TMP/out" "$1" <<'END'
import html, re, sys
page, name = open(sys.argv[1], encoding="utf-8").read(), sys.argv[2]
found = (re.search(rf'<textarea name="{name}"[^>]*>\n(.*?)</textarea>', page, re.S) or
         re.search(rf'<input[^>]*\bname="{name}"[^>]*\bvalue="([^"]*)"', page))
sys.stdout.write(html.unescape(found[1]) if found else "")
END
}

"$AWAI" new "$TEST_TMP/new" >/dev/null
# Two components of two suppliers, one with a name that is markup
sed 's/kind: door-lock/kind: door-lock\n    supplier: Kagi/
    s/kind: home-router/kind: home-router, supplier: "<b>\&\\"x"/' \
    "$TEST_TMP/new/model.yaml" >"$TEST_TMP/lock.yaml"
lock=$TEST_TMP/lock.yaml
mkdir "$TEST_TMP/none" "$TEST_TMP/fake"
start "$PATH"
asks made 201 '/api/v1/systems?slug=lock' -H 'Content-Type: application/yaml' \
    --data-binary @"$lock"

# ---- the page

asks page 200 '/systems/lock/hand-over?lang=en'
for text in 'The whole system' 'value="component/lock"' 'value="stakeholder/maker"' \
    'value="supplier/Kagi"' 'value="supplier/&lt;b&gt;&amp;&quot;x"' \
    'action="/systems/lock/hand-over/report"' 'export?to=threat-dragon' 'format=svg&amp;figure=map'; do
    has "page: $text" out "$text"
done
has_not page_escapes out '<b>&'
has_not no_form_yet out 'name="form"'
asks page_ja 200 '/systems/lock/hand-over?lang=ja'
has page_is_japanese out 'システム全体'
asks page_nowhere 404 /systems/nosuch/hand-over

# ---- each format, each extract: as the command line has it

file=/systems/lock/hand-over/report
for lang in en ja; do
    for format in html xlsx svg json; do
        "$AWAI" report "$lock" --lang $lang -o "$TEST_TMP/r.$format"
        asks "whole_${format}_$lang" 200 "$file?format=$format&lang=$lang"
        is_file "whole_${format}_${lang}_same" "$TEST_TMP/r.$format"
        has "whole_${format}_name" head "filename=\"lock-report.$format\""
        for of in component/lock stakeholder/maker supplier/Kagi; do
            "$AWAI" report "$lock" --lang $lang --"${of%/*}" "${of#*/}" \
                -o "$TEST_TMP/r.$format"
            asks "${of%/*}_${format}_$lang" 200 "$file?format=$format&lang=$lang&of=$of"
            is_file "${of%/*}_${format}_${lang}_same" "$TEST_TMP/r.$format"
        done
    done
done
has extract_name head 'filename="lock-supplier-Kagi.json"'
"$AWAI" report "$lock" --supplier '<b>&"x' -o "$TEST_TMP/r.json" --lang ja
asks supplier_of_any_name 200 "$file" -G --data-urlencode 'of=supplier/<b>&"x' \
    -d format=json -d lang=ja
is_file supplier_of_any_name_same "$TEST_TMP/r.json"
has supplier_has_no_place_in_a_name head 'filename="lock-supplier.json"'
mkdir "$TEST_TMP/md"
"$AWAI" report "$lock" --lang ja -o "$TEST_TMP/md/lock-report.md"
asks markdown 200 "$file?format=md&lang=ja"
has markdown_name head 'filename="lock-report.zip"'
mkdir "$TEST_TMP/unpacked"
if python3 -m zipfile -e "$TEST_TMP/out" "$TEST_TMP/unpacked" &&
    diff -r "$TEST_TMP/md" "$TEST_TMP/unpacked" >/dev/null; then ok markdown_same; else
    not_ok markdown_same "$(diff -rq "$TEST_TMP/md" "$TEST_TMP/unpacked" | head -n 3)"
fi
for picture in map configuration stakeholders; do
    "$AWAI" report "$lock" --figure $picture --lang ja >"$TEST_TMP/r.svg"
    asks "picture_$picture" 200 "$file?format=svg&figure=$picture&lang=ja"
    is_file "picture_${picture}_same" "$TEST_TMP/r.svg"
    has "picture_${picture}_name" head "filename=\"lock-$picture.svg\""
done
asks no_picture 400 "$file?format=svg&figure=nosuch"
asks picture_absent 404 "$file?format=svg&figure=front&lang=en"
has picture_absent_is_told out 'this report has no picture'
asks picture_of_html 400 "$file?format=html&figure=map"
asks no_format 400 "$file?format=docx&lang=en"
has no_format_is_told out 'cannot be &#39;docx&#39;'
asks no_kind 400 "$file?of=person/x"
asks no_part 422 "$file?of=component/lok&lang=en"
has no_part_is_told out 'did you mean &#39;lock&#39;?'
has_not refused_is_no_file head 'attachment'
"$AWAI" report "$lock" --figure configuration --component lock --lang ja >"$TEST_TMP/r.svg"
asks extract_of_a_picture 200 "$file?of=component/lock&format=svg&figure=configuration&lang=ja"
is_file extract_of_a_picture_same "$TEST_TMP/r.svg"
has extract_of_a_picture_name head 'filename="lock-component-lock-configuration.svg"'
asks no_system 404 '/systems/nosuch/hand-over/report'
asks no_own_form 400 "$file?form=own"

# ---- for other tools

for to in otm threat-dragon; do
    for lang in en ja; do
        "$AWAI" export "$lock" --to $to --lang $lang 2>/dev/null >"$TEST_TMP/x"
        asks "export_${to}_$lang" 200 "/systems/lock/export?to=$to&download=1&lang=$lang"
        is_file "export_${to}_${lang}_same" "$TEST_TMP/x"
        has "export_${to}_name" head "filename=\"lock.$to.json\""
        asks "export_${to}_api" 200 "/api/v1/systems/lock/export?to=$to&lang=$lang"
        is_file "export_${to}_api_same" "$TEST_TMP/x"
        asks "export_${to}_page" 200 "/systems/lock/export?to=$to&lang=$lang"
        has_not "export_${to}_page_is_none" head 'attachment'
        cp "$TEST_TMP/out" "$TEST_TMP/told.$lang"
    done
    asks "export_${to}_about" 200 "/api/v1/systems/lock/export?to=$to&about=true&lang=en"
    cp "$TEST_TMP/out" "$TEST_TMP/about-$to.json"
    python3 tests/cli/_schema.py validate schema/export.schema.json "$TEST_TMP/about-$to.json"
    "$AWAI" export "$lock" --to $to --json --lang en 2>/dev/null >"$TEST_TMP/x"
    is_file "export_${to}_about_same" "$TEST_TMP/x"
done
has told_before told.en 'What the other format has no place for'
has told_each told.en '<li>stakeholders'
has told_in_japanese told.ja '相手の形式に入れられないもの'
asks export_yaml 200 '/systems/lock/export?to=yaml'
is_file export_yaml_same "$lock"
asks export_nothing 400 /systems/lock/export
asks export_nothing_api 400 '/api/v1/systems/lock/export?to=pdf'
asks export_nowhere 404 '/systems/nosuch/export?to=otm'

# ---- a file becomes a system

"$AWAI" export "$lock" --to otm 2>/dev/null >"$TEST_TMP/lock.otm.json"
"$AWAI" import "$TEST_TMP/lock.otm.json" -o "$TEST_TMP/otm.yaml" >/dev/null 2>&1
asks import_page 200 '/import?lang=en'
has import_form out 'enctype="multipart/form-data"'
asks upload 200 '/import?lang=en' -F "file=@$TEST_TMP/lock.otm.json" -F from=
for text in 'Open Threat Model' 'Door lock' 'value="door-lock"' 'representations'; do
    has "upload: $text" out "$text"
done
field text >"$TEST_TMP/text"
if cmp -s "$TEST_TMP/text" "$TEST_TMP/otm.yaml"; then ok upload_text; else
    not_ok upload_text 'the text is not that of awai import'
fi
asks nothing_is_kept 404 /systems/smart-lock
asks confirmed 303 /systems --data-urlencode "text@$TEST_TMP/text" -d slug=back -d why=w
asks confirmed_is_there 200 /api/v1/systems/back/model
is_file confirmed_same "$TEST_TMP/otm.yaml"
asks name_is_free 200 '/import?lang=ja' -F "file=@$TEST_TMP/lock.otm.json" -F from=otm
has upload_ja out '取込み結果'
asks wrong_kind 422 '/import?lang=en' -F "file=@$TEST_TMP/lock.otm.json" -F from=xlsx
has wrong_kind_is_told out 'cannot be taken in as it is'
asks no_such_kind 400 /import -F "file=@$TEST_TMP/lock.otm.json" -F from=visio

# ---- a workbook changes a system

"$AWAI" report "$lock" -o "$TEST_TMP/r.xlsx"
asks unchanged 200 '/systems/lock/import?lang=en' -F "file=@$TEST_TMP/r.xlsx"
has unchanged_is_told out 'None in meaning'
printf '%s\n' 'Components!A1 = id' 'Components!B1 = name' 'Components!C1 = kind' \
    'Components!D1 = zone' 'Components!A2 = bridge' 'Components!B2 = <i>Bridge' \
    'Components!C2 = home-router' 'Components!D2 = home' >"$TEST_TMP/cells"
$book "$TEST_TMP/w.xlsx" <"$TEST_TMP/cells"
cp "$lock" "$TEST_TMP/into.yaml"
"$AWAI" import "$TEST_TMP/w.xlsx" --into "$TEST_TMP/into.yaml" >/dev/null 2>&1
asks changed 200 '/systems/lock/import?lang=en' -F "file=@$TEST_TMP/w.xlsx"
has changed_diff out 'components bridge'
has changed_is_escaped out '&lt;i&gt;Bridge'
has_not changed_has_no_markup out '<i>Bridge'
field text >"$TEST_TMP/text"
base=$(field base)
asks save_it 303 /systems/lock/edit --data-urlencode "text@$TEST_TMP/text" -d "base=$base" \
    -d why=workbook
asks saved 200 /api/v1/systems/lock/model
is_file saved_same "$TEST_TMP/into.yaml"
asks saved_why 200 /api/v1/systems/lock/versions
has saved_reason out '"why": "workbook"'
asks late 409 /systems/lock/edit --data-urlencode "text@$lock" -d "base=$base" -d why=late
sed 's/= home-router/= home-roter/; s/= home$/= hom/' "$TEST_TMP/cells" |
    $book "$TEST_TMP/bad.xlsx"
for lang in en ja; do
    asks "bad_cells_$lang" 422 "/systems/lock/import?lang=$lang" -F "file=@$TEST_TMP/bad.xlsx"
    for cell in 'Components!C2' 'Components!D2'; do
        has "bad_cell_${cell}_$lang" out "<strong>$cell</strong>"
    done
    has_not "bad_cells_are_not_saved_$lang" out 'name="text"'
done
asks into_otm 422 /systems/lock/import -F "file=@$TEST_TMP/lock.otm.json"
asks into_nowhere 404 /systems/nosuch/import -F "file=@$TEST_TMP/w.xlsx"

# ---- the same by a program

octets='Content-Type: application/octet-stream'
asks call 200 '/api/v1/import?name=lock.json' -H "$octets" --data-binary @"$TEST_TMP/lock.otm.json"
cp "$TEST_TMP/out" "$TEST_TMP/call.json"
asks call_into 200 '/api/v1/import?into=lock' -H "$octets" --data-binary @"$TEST_TMP/w.xlsx"
cp "$TEST_TMP/out" "$TEST_TMP/into.json"
asks call_bad 200 '/api/v1/import?into=lock&name=w' -H "$octets" --data-binary @"$TEST_TMP/bad.xlsx"
has call_bad_place out '"place": "w: Components!C2"'
cp "$TEST_TMP/out" "$TEST_TMP/bad.json"
python3 tests/cli/_schema.py validate schema/import.schema.json "$TEST_TMP/call.json" \
    "$TEST_TMP/into.json" "$TEST_TMP/bad.json"
python3 -c 'import json,sys; sys.stdout.write(json.load(open(sys.argv[1]))["model"])' \
    "$TEST_TMP/call.json" >"$TEST_TMP/out"
is_file call_model "$TEST_TMP/otm.yaml"
asks call_as_form 415 /api/v1/import -d x=1
asks call_as_multipart 415 /api/v1/import -F "file=@$TEST_TMP/w.xlsx"
asks call_into_nowhere 404 '/api/v1/import?into=nosuch' -H "$octets" -d x
asks call_into_evil 422 '/api/v1/import?into=../x' -H "$octets" -d x

# ---- hostile uploads

origin=http://evil.example
asks forged 403 /import -F "file=@$TEST_TMP/w.xlsx"
asks forged_into 403 /systems/lock/import -F "file=@$TEST_TMP/w.xlsx"
asks forged_form 403 /template -F do=drop
origin=
asks no_multipart 415 /import -d x=1
asks no_file 422 /import -F from=
asks empty_file 422 /import -F 'file=@/dev/null;filename=x.xlsx'
asks nonsense 422 /import -F 'file=nonsense;filename=x.xlsx'
asks cut 400 /import -H 'Content-Type: multipart/form-data; boundary=b' \
    --data-binary '--b'
asks no_boundary 400 /import -H 'Content-Type: multipart/form-data' --data-binary '--b--'
asks long_boundary 400 /import --data-binary x \
    -H "Content-Type: multipart/form-data; boundary=$(printf '%080d' 0)"
asks markup_name 422 '/import?lang=en' -F 'file=x;filename=<script>alert(1)</script>.xlsx'
has_not markup_name_is_escaped out '<script>alert'
asks path_name 422 '/import?lang=en' -F 'file=x;filename=../../etc/passwd'
has path_name_has_no_folder out 'Take a file in: passwd'
head -c 14000000 /dev/zero >"$TEST_TMP/large"
asks too_large 413 /import -F "file=@$TEST_TMP/large;filename=x.xlsx"
for kind in bomb deep entities external address cell unclosed strings sheets parts \
    truncated spoilt locked elsewhere; do
    $book "$TEST_TMP/evil.xlsx" --evil $kind
    asks "evil_$kind" 422 /import -F "file=@$TEST_TMP/evil.xlsx"
    asks "evil_${kind}_into" 422 /systems/lock/import -F "file=@$TEST_TMP/evil.xlsx"
done
# no file of the server is read, whatever a workbook says
echo 'secret: of the server' >"$TEST_TMP/secret.yaml"
printf '%s\n' 'Model!A1 = key' 'Model!B1 = value' 'Model!A2 = include' \
    "Model!B2 = $TEST_TMP/secret.yaml" 'Model!A3 = awai' 'Model!B3 = 1' | $book "$TEST_TMP/i.xlsx"
asks includes_nothing 422 /systems/lock/import -F "file=@$TEST_TMP/i.xlsx"
has_not includes_tells_nothing out 'of the server'
asks includes_nothing_new 422 /import -F "file=@$TEST_TMP/i.xlsx"
has_not includes_tells_nothing_new out 'of the server'

# ---- the workspace's own form

cat >"$TEST_TMP/t.yaml" <<'END'
template: 1
cover:
  organization: {en: "Sakura Works", ja: "さくら工業"}
  logo: logo.svg
leave-out: [sources]
END
cat >"$TEST_TMP/logo.svg" <<'END'
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><script>alert(1)</script>
<rect width="10" height="10" fill="#c00" onclick="alert(2)"/></svg>
END
asks form_page 200 '/template?lang=en'
has form_none_yet out 'There is none yet.'
asks form_lacks_logo 422 /template -F "text=<$TEST_TMP/t.yaml" -F do=keep
asks form_still_none 200 '/template?lang=en'
has form_still_none_told out 'There is none yet.'
asks form_checked 200 '/template?lang=en' -F "text=<$TEST_TMP/t.yaml" \
    -F "logo=@$TEST_TMP/logo.svg" -F do=check
has form_is_right out 'The template is right'
has form_logo_is_cleaned out 'warning'
asks form_kept 303 /template -F "text=<$TEST_TMP/t.yaml" -F "logo=@$TEST_TMP/logo.svg" -F do=keep
asks form_is_there 200 '/template?lang=ja'
has form_is_there_told out '登録済み(ロゴあり)'
asks form_is_offered 200 '/systems/back/hand-over?lang=en'
has form_is_offered_told out 'name="form"'
for format in html json xlsx; do
    "$AWAI" report "$TEST_TMP/otm.yaml" --template "$TEST_TMP/t.yaml" --component lock \
        --lang ja -o "$TEST_TMP/r.$format" 2>/dev/null
    asks "own_form_$format" 200 \
        "/systems/back/hand-over/report?form=own&of=component/lock&format=$format&lang=ja"
    is_file "own_form_${format}_same" "$TEST_TMP/r.$format"
done
asks own_form_html 200 '/systems/back/hand-over/report?form=own&format=html'
has_not own_form_has_no_script out 'alert('
asks form_logo_stays 303 /template -F "text=<$TEST_TMP/t.yaml" -F do=keep
asks form_wrong 422 '/template?lang=en' -F 'text=template: 2' -F do=keep
asks form_large 413 /template -F "text=<$TEST_TMP/large" -F do=keep
head -c 50000 /dev/zero >"$TEST_TMP/logo.png"
asks form_large_logo 413 /template -F "text=<$TEST_TMP/t.yaml" -F "logo=@$TEST_TMP/logo.png"
asks form_taken_away 303 /template -F do=drop
asks form_gone 200 '/template?lang=en'
has form_gone_told out 'There is none yet.'

# ---- PDF: without WeasyPrint, with it, and too many at once

end_server 2>/dev/null
start "$TEST_TMP/none"
# the first two pictures of a server, at once: Graphviz is not made for threads
makers=
for lang in en ja; do
    curl -s -m 900 -o "$TEST_TMP/two.$lang" "$url$file?format=html&lang=$lang" &
    makers="$makers $!"
done
# shellcheck disable=SC2086 # a word each
wait $makers
for lang in en ja; do
    "$AWAI" report "$TEST_TMP/into.yaml" --lang $lang -o "$TEST_TMP/two.$lang.html"
    cp "$TEST_TMP/two.$lang" "$TEST_TMP/out"
    is_file "two_at_once_$lang" "$TEST_TMP/two.$lang.html"
done
for lang in en ja; do
    asks "pdf_absent_$lang" 501 "$file?format=pdf&lang=$lang"
    has "pdf_absent_told_$lang" out 'WeasyPrint'
done
has_not pdf_absent_is_no_file head attachment
end_server 2>/dev/null
# One that says that it has begun, and goes on when it is told to
cat >"$TEST_TMP/fake/weasyprint" <<END
#!/bin/sh
echo begun >>'$TEST_TMP/begun'
until [ -e '$TEST_TMP/go' ]; do sleep 0.05; done
echo '%PDF-1.7 as it is'
END
chmod +x "$TEST_TMP/fake/weasyprint"
: >"$TEST_TMP/begun"
start "$TEST_TMP/fake:$PATH"
for i in 1 2; do
    curl -s -m 900 -o "$TEST_TMP/pdf$i" "$url$file?format=pdf&lang=en&of=component/lock&n=$i" &
    eval "client$i=$!"
    while runs $! && [ "$(wc -l <"$TEST_TMP/begun")" -lt $i ]; do sleep 0.05; done
done
asks too_many 503 "$file?format=html&lang=en"
has too_many_told out 'as much is being computed or made as there may be'
asks too_many_computations 503 /api/v1/systems/lock/attack
has too_many_when head 'Retry-After: 5'
asks too_many_imports 503 /import -F "file=@$TEST_TMP/w.xlsx"
asks others_go_on 200 /systems/lock/hand-over
: >"$TEST_TMP/go"
# shellcheck disable=SC2154 # set by eval
wait "$client1" "$client2"
has made_all_the_same pdf1 '%PDF-1.7'
has made_all_the_same_2 pdf2 '%PDF-1.7'
asks room_again 200 "$file?format=html&lang=en"
# it was remembered: nobody lays it out again
asks remembered 200 "$file?format=pdf&lang=en&of=component/lock"
if [ "$(wc -l <"$TEST_TMP/begun")" -eq 2 ]; then ok not_made_again; else
    not_ok not_made_again "$(wc -l <"$TEST_TMP/begun") times"
fi
end_server 2>/dev/null
has_not no_sanitizer_speaks log Sanitizer
if command -v weasyprint >/dev/null; then
    start "$PATH"
    "$AWAI" report "$TEST_TMP/into.yaml" --component lock --lang ja -o "$TEST_TMP/r.pdf"
    asks pdf 200 "$file?format=pdf&lang=ja&of=component/lock"
    is_file pdf_same "$TEST_TMP/r.pdf"
    has pdf_name head 'filename="lock-component-lock.pdf"'
    end_server 2>/dev/null
fi
