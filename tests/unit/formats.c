/* SPDX-License-Identifier: Apache-2.0
 *
 * The document tree in other formats than HTML: Markdown, one exact string an element;
 * what a workbook makes of texts and names; one language left of two; and PDF without
 * the program for it, or with one that misbehaves. What is in a whole workbook is read
 * back in tests/cli/formats.sh.
 */
#include "unit.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "page/doc_html.h"
#include "page/doc_md.h"
#include "page/doc_pdf.h"
#include "page/doc_svg.h"
#include "page/doc_xlsx.h"
#include "page/svg.h"

struct bench {
    struct arena arena;
    struct doc *doc;
    struct buf out;
};

static void bench_open(struct bench *b)
{
    *b = (struct bench){0};
    b->doc = doc_new(&b->arena, TEXT("Title", "題"));
}

static void bench_close(struct bench *b)
{
    doc_fini(b->doc);
    buf_fini(&b->out);
    arena_fini(&b->arena);
}

static const char *md(struct bench *b, const struct doc_block *block, enum lang lang)
{
    buf_fini(&b->out);
    doc_md_block(b->doc, block, lang, &b->out);
    return buf_text(&b->out);
}

/* A paragraph of one text, as Markdown. */
static const char *md_of(struct bench *b, const char *s)
{
    return md(b,
              doc_say(b->doc, NULL, DOC_PARAGRAPH, TEXT(s, s))->first
                  ? b->doc->root.last
                  : NULL,
              LANG_EN);
}

/* ---- Markdown: texts */

static void test_md_escapes(void)
{
    struct bench b;
    bench_open(&b);
    CHECK_STR(md_of(&b, "a*b_c`d[e](f)"), "a\\*b\\_c\\`d\\[e\\](f)\n\n");
    CHECK_STR(md_of(&b, "<b>&amp;|~$\\"), "\\<b\\>\\&amp;\\|\\~\\$\\\\\n\n");
    CHECK_STR(md_of(&b, "# head"), "\\# head\n\n");
    CHECK_STR(md_of(&b, "- item"), "\\- item\n\n");
    CHECK_STR(md_of(&b, "+ item - b"), "\\+ item - b\n\n");
    CHECK_STR(md_of(&b, "12. item"), "12\\. item\n\n");
    CHECK_STR(md_of(&b, "12) item"), "12\\) item\n\n");
    CHECK_STR(md_of(&b, "12.5 kW"), "12\\.5 kW\n\n");
    CHECK_STR(md_of(&b, "== x"), "\\== x\n\n");
    CHECK_STR(md_of(&b, "a\nb\tc\rd"), "a b c d\n\n");
    CHECK_STR(md_of(&b, "    code"), "code\n\n");
    CHECK_STR(md_of(&b, "浴槽"), "浴槽\n\n");
    bench_close(&b);
}

static void test_md_spans(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *p = doc_block(b.doc, NULL, DOC_PARAGRAPH);
    struct doc_line *line = doc_line(b.doc, &p->lines);
    doc_strong(b.doc, line, TEXT("bold", "太字"));
    doc_strong(b.doc, line, TEXT("(odd)", "「奇」"));
    doc_soft(b.doc, line, TEXT(" soft", "淡"));
    doc_badge(b.doc, line, TEXT("open", "未"), DOC_OPEN);
    doc_code(b.doc, line, "a`b");
    doc_code(b.doc, line, "id_1");
    doc_mark(b.doc, line, "*", TEXT("rebuilt", "再構成"));
    doc_link(b.doc, line, TEXT("in", "中"), "#nowhere");
    doc_link(b.doc, line, TEXT("out", "外"), "https://example.org/a_(b)");
    doc_name(b.doc, line, "N");
    CHECK_STR(md(&b, p, LANG_EN),
              "**bold**<strong>(odd)</strong> soft\\[open\\]`` a`b `` `id_1`\\*in"
              "[out](https://example.org/a_%28b%29)N\n\n");
    CHECK_STR(md(&b, p, LANG_JA),
              "**太字**<strong>「奇」</strong>淡\\[未\\]`` a`b `` `id_1`\\*中"
              "[外](https://example.org/a_%28b%29)N\n\n");
    bench_close(&b);
}

/* ---- Markdown: blocks */

static void test_md_headings_and_lists(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *c = doc_chapter(b.doc, "c", TEXT("One #", "一"));
    struct doc_block *s = doc_section(b.doc, c, "s", TEXT("Two", "二"));
    struct doc_block *list = doc_block(b.doc, s, DOC_LIST);
    doc_text(b.doc, doc_line(b.doc, &list->lines), TEXT("a", "a"));
    doc_text(b.doc, doc_line(b.doc, &list->lines), TEXT("# b", "b"));
    struct doc_block *steps = doc_block(b.doc, s, DOC_STEPS);
    doc_text(b.doc, doc_line(b.doc, &steps->lines), TEXT("first", "f"));
    CHECK_STR(md(&b, c, LANG_EN),
              "## 1 One \\#\n\n### 1.1 Two\n\n- a\n- \\# b\n\n1. first\n\n");
    bench_close(&b);
}

static void test_md_note(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *note = doc_block(b.doc, NULL, DOC_WARNING);
    doc_text(b.doc, doc_line(b.doc, &note->lines), TEXT("a", "あ"));
    doc_text(b.doc, doc_line(b.doc, &note->lines), TEXT("- b", "い"));
    CHECK_STR(md(&b, note, LANG_EN), "> **Warning**\n>\n> a\n>\n> \\- b\n\n");
    CHECK_STR(md(&b, note, LANG_JA), "> **注意**\n>\n> あ\n>\n> い\n\n");
    bench_close(&b);
}

static const struct doc_column two[] = {
    {{{"A|", "甲"}}, DOC_AUTO, DOC_START},
    {{{"B", "乙"}},  DOC_AUTO, DOC_END  },
};

static struct doc_table *fill_table(struct bench *b, struct doc_block *parent)
{
    struct doc_table *t =
        doc_table(b->doc, parent, TEXT("Cap", "表題"), two, 2, DOC_FOLD);
    doc_group(b->doc, t, TEXT("Group", "群"));
    doc_row(b->doc, t, NULL);
    doc_cell_text(b->doc, t, TEXT("=x|y", "い"));
    struct doc_cell *cell = doc_cell(b->doc, t);
    doc_text(b->doc, doc_item(b->doc, &cell->lines), TEXT("1", "1"));
    doc_text(b->doc, doc_item(b->doc, &cell->lines), TEXT("2", "2"));
    doc_row(b->doc, t, NULL);
    doc_cell_text(b->doc, t, TEXT("z", "z"));
    return t;
}

static void test_md_table(void)
{
    struct bench b;
    bench_open(&b);
    fill_table(&b, NULL);
    CHECK_STR(md(&b, b.doc->root.last, LANG_EN),
              "**Table 1** Cap\n\n| A\\| | B |\n| --- | --: |\n| **Group** |  |\n"
              "| =x\\|y | \u2022 1<br>\u2022 2 |\n| z |  |\n\n");
    doc_table(b.doc, NULL, TEXT("Empty", "空"), two, 2, 0);
    CHECK_STR(md(&b, b.doc->root.last, LANG_JA), "**表2** 空\n\n該当なし。\n\n");
    bench_close(&b);
}

static void take_picture(void *context, const char *name, const char *svg)
{
    buf_printf(context, "%s=%s;", name, svg);
}

static void test_md_figures(void)
{
    struct bench b;
    struct buf taken = {0};
    bench_open(&b);
    const struct doc_md_pictures pictures = {"a b-figures", take_picture, &taken};
    struct doc_figure *f = doc_figure(b.doc, NULL, TEXT("Map", "図題"));
    f->svg[LANG_EN] = "<svg/>";
    struct doc_table *t = doc_figure_table(b.doc, f, two, 2);
    doc_row(b.doc, t, NULL);
    doc_cell_text(b.doc, t, TEXT("x", "x"));
    doc_md(b.doc, LANG_EN, &pictures, &b.out);
    CHECK_STR(buf_text(&b.out),
              "![Map](a%20b-figures/figure-01.svg)\n\n**Figure 1** Map\n\n"
              "| A\\| | B |\n| --- | --: |\n| x |  |\n");
    CHECK_STR(buf_text(&taken), "figure-01.svg=<svg/>;");
    CHECK_STR(md(&b, b.doc->root.last, LANG_JA),
              "**図1** 図題\n\n| 甲 | 乙 |\n| --- | --: |\n| x |  |\n\n");
    buf_fini(&taken);
    bench_close(&b);
}

/* ---- SVG */

/* A picture as the figures are, of a square; "stakeholders" and such as its name. */
static const char *picture(struct bench *b, const char *name, double side)
{
    struct buf svg = {0};
    svg_open(&svg, name, side, side, "T & <t>", "D", LANG_EN);
    svg_rect(&svg, 0, 0, 1, 1, 0, (struct pen){.fill = SVG_INK});
    svg_close(&svg);
    const char *copy = arena_str(&b->arena, buf_text(&svg));
    buf_fini(&svg);
    return copy;
}

static void add_picture(struct bench *b, const char *name, double side)
{
    struct doc_figure *f = doc_figure(b->doc, NULL, TEXT("Cap <c>", "図題"));
    f->svg[LANG_EN] = f->svg[LANG_JA] = picture(b, name, side);
}

static void test_svg_look(void)
{
    struct bench b;
    struct svg_seen seen;
    bench_open(&b);
    CHECK(svg_look(picture(&b, "map", 120.5), &seen));
    CHECK(seen.name_len == 3 && strncmp(seen.name, "map", 3) == 0);
    CHECK_NEAR(seen.width, 120.5, 0);
    CHECK_NEAR(seen.height, 120.5, 0);
    svg_put(&b.out, &seen, -3, 4.25);
    CHECK_STR(buf_text(&b.out),
              "<g class=\"figure-map\" transform=\"translate(-3 4.3)\">"
              "<title>T &amp; &lt;t&gt;</title><desc>D</desc>\n"
              "<rect x=\"0\" y=\"0\" width=\"1\" height=\"1\" "
              "fill=\"var(--fig-ink, #1c2733)\"/>\n</g>\n");
    CHECK(!svg_look("<svg/>", &seen) && !svg_look("", &seen) && !svg_look("x", &seen));
    CHECK(!svg_look("<svg class=\"logo\" viewBox=\"0 0 1 1\"></svg>", &seen));
    CHECK_NEAR(svg_size("<svg width=\"181.25\" height=\"7\">", " width"), 181.25, 1e-9);
    CHECK_NEAR(svg_size("<svg>", " width"), 0, 0);
    bench_close(&b);
}

/* One picture of a name is just that, with its own title. */
static void test_svg_one(void)
{
    struct bench b;
    bench_open(&b);
    add_picture(&b, "map", 20);
    CHECK_INT(doc_svg(b.doc, LANG_JA, "map", &b.out), 1);
    CHECK_STR(
        buf_text(&b.out),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"20\" "
        "viewBox=\"0 0 20 20\" lang=\"ja\" xml:lang=\"ja\" font-family=\"'Noto Sans', "
        "'Noto Sans CJK JP', 'Noto Sans JP', system-ui, sans-serif\" "
        "stroke-linecap=\"round\" stroke-linejoin=\"round\">"
        "<title>T &amp; &lt;t&gt;</title><desc>D</desc>\n"
        "<rect x=\"0\" y=\"0\" width=\"20\" height=\"20\" fill=\"#ffffff\"/>\n"
        "<rect x=\"0\" y=\"0\" width=\"1\" height=\"1\" fill=\"#1c2733\"/>\n</svg>\n");
    bench_close(&b);
}

static size_t count_of(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, what)) != NULL; p++)
        n++;
    return n;
}

/* The sheet has what sums up, each name its own; what is no picture of the table not.
 */
static void test_svg_choice(void)
{
    struct bench b;
    bench_open(&b);
    add_picture(&b, "map", 300);
    add_picture(&b, "path", 200);
    add_picture(&b, "path", 100);
    add_picture(&b, "configuration", 400);
    add_picture(&b, "strange", 10);
    CHECK_INT(doc_svg(b.doc, LANG_EN, NULL, &b.out), 2);
    CHECK_INT(count_of(buf_text(&b.out), "<g class=\"figure-"), 2);
    CHECK(strstr(buf_text(&b.out), ">Figure 4: Cap &lt;c&gt;<"));
    CHECK(strstr(buf_text(&b.out), "translate(36 ") &&
          strstr(buf_text(&b.out), "translate(368 ")); // two columns
    b.out.len = 0;
    CHECK_INT(doc_svg(b.doc, LANG_EN, "path", &b.out), 2);
    CHECK_INT(count_of(buf_text(&b.out), "<g class=\"figure-path"), 2);
    b.out.len = 0;
    CHECK_INT(doc_svg(b.doc, LANG_EN, "front", &b.out), 0);
    CHECK_INT(b.out.len, 0);
    CHECK_INT(doc_svg(b.doc, LANG_EN, "strange", &b.out), 0);
    doc_svg_names(b.doc, &b.out);
    CHECK_STR(buf_text(&b.out), "map, configuration, path");
    bench_close(&b);
}

/* A document without pictures is a sheet that says so. */
static void test_svg_nothing(void)
{
    struct bench b;
    bench_open(&b);
    CHECK_INT(doc_svg(b.doc, LANG_EN, NULL, &b.out), 0);
    CHECK(strstr(buf_text(&b.out), ">There is nothing to draw.<"));
    bench_close(&b);
}

/* ---- one language */

static void test_only_one_language(void)
{
    struct bench b;
    bench_open(&b);
    fill_table(&b, NULL);
    doc_only(b.doc, LANG_JA);
    doc_html_block(b.doc, b.doc->root.last, &b.out);
    CHECK(strstr(buf_text(&b.out), "甲") && strstr(buf_text(&b.out), "表題"));
    CHECK(strstr(buf_text(&b.out), "Cap") == NULL);
    CHECK(strstr(buf_text(&b.out), "Group") == NULL);
    CHECK_STR(two[0].title.in[LANG_EN], "A|"); /* what is borrowed is not changed */
    bench_close(&b);
}

/* ---- workbook */

static const char *xlsx_name(struct bench *b, unsigned k, const char *s)
{
    buf_fini(&b->out);
    doc_xlsx_name(k, s, &b->out);
    return buf_text(&b->out);
}

static void test_xlsx_names(void)
{
    struct bench b;
    bench_open(&b);
    CHECK_STR(xlsx_name(&b, 1, "Zones"), "1 Zones");
    CHECK_STR(xlsx_name(&b, 12, "a/b: [c]?*\\'d'"), "12 a b c d");
    CHECK_STR(xlsx_name(&b, 3, ""), "3");
    CHECK_STR(xlsx_name(&b, 3, "'[]"), "3");
    CHECK_STR(xlsx_name(&b, 1, "12345678901234567890123456789 more"),
              "1 12345678901234567890123456789");
    CHECK_STR(
        xlsx_name(&b, 10,
                  "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむ"),
        "10 あいうえおかきくけこさしすせそたちつてとなにぬねのはひふ");
    CHECK_STR(xlsx_name(&b, 1, "\xf0\x9f\x9a\xbf\xf0\x9f\x9a\xbf"),
              "1 \xf0\x9f\x9a\xbf\xf0\x9f\x9a\xbf");
    bench_close(&b);
}

static const char *xlsx_text(struct bench *b, const char *s)
{
    buf_fini(&b->out);
    doc_xlsx_text(s, LANG_EN, &b->out);
    return buf_text(&b->out);
}

static void test_xlsx_texts(void)
{
    struct bench b;
    bench_open(&b);
    CHECK_STR(xlsx_text(&b, "=1+1"), "=1+1");
    CHECK_STR(xlsx_text(&b, "a\x01\x7f\nb\t"), "a  \nb\t");
    CHECK_STR(xlsx_text(&b, "\xef\xbf\xbf"), "   ");
    CHECK_STR(xlsx_text(&b, "a_x00e9_x0041_"), "a_x005F_x00e9_x005F_x0041_");
    CHECK_STR(xlsx_text(&b, "_x00_x004_"), "_x00_x004_");
    char *longest = mem_alloc(DOC_XLSX_TEXT + 2);
    memset(longest, 'x', DOC_XLSX_TEXT + 1);
    CHECK_INT(strlen(xlsx_text(&b, longest)), DOC_XLSX_TEXT + 1); /* "…": 3 bytes */
    CHECK_STR(xlsx_text(&b, longest) + DOC_XLSX_TEXT - 9, "x\u2026 (cut)");
    longest[DOC_XLSX_TEXT] = '\0';
    CHECK_STR(xlsx_text(&b, longest), longest);
    free(longest);
    bench_close(&b);
}

static void test_xlsx_same_bytes(void)
{
    struct bench b;
    struct buf again = {0};
    bench_open(&b);
    fill_table(&b, NULL);
    enum doc_xlsx_end end = doc_xlsx(b.doc, LANG_EN, &b.out);
    CHECK_INT(end, DOC_XLSX_DONE);
    CHECK_INT(doc_xlsx(b.doc, LANG_EN, &again), DOC_XLSX_DONE);
    CHECK(again.len == b.out.len && memcmp(again.data, b.out.data, again.len) == 0);
    buf_fini(&again);
    setenv("TMPDIR", "/nowhere", 1);
    CHECK_INT(doc_xlsx(b.doc, LANG_EN, &again), DOC_XLSX_FAILED);
    CHECK_INT(again.len, 0);
    unsetenv("TMPDIR");
    buf_fini(&again);
    bench_close(&b);
}

/* ---- PDF: programs that take the place of WeasyPrint */

/* The end, with `script` as the program, or none; what it said is in b->out. */
static enum doc_pdf_end pdf_by(struct bench *b, const char *script, struct buf *pdf)
{
    char folder[] = "/tmp/awai-test-XXXXXX", path[64], *old = NULL;
    if (getenv("PATH")) old = arena_str(&b->arena, getenv("PATH"));
    if (mkdtemp(folder) == NULL) return DOC_PDF_SYSTEM;
    snprintf(path, sizeof path, "%s/weasyprint", folder);
    FILE *f = script ? fopen(path, "w") : NULL;
    if (f) {
        fprintf(f, "#!/bin/sh\n%s\n", script);
        fclose(f);
        chmod(path, 0755);
    }
    setenv("PATH", folder, 1);
    buf_fini(&b->out);
    enum doc_pdf_end end = doc_pdf(
        b->doc, LANG_EN, &(struct doc_pdf_patience){1, NULL, NULL}, pdf, &b->out);
    setenv("PATH", old ? old : "", 1);
    unlink(path);
    rmdir(folder);
    return end;
}

static void test_pdf_ends(void)
{
    struct bench b;
    struct buf pdf = {0};
    bench_open(&b);
    CHECK_INT(pdf_by(&b, NULL, &pdf), DOC_PDF_ABSENT);
    CHECK_INT(pdf_by(&b, "echo one >&2; echo two >&2; echo >&2; exit 3", &pdf),
              DOC_PDF_FAILED);
    CHECK_STR(buf_text(&b.out), "two");
    CHECK_INT(pdf_by(&b, "exit 3", &pdf), DOC_PDF_FAILED);
    CHECK_STR(buf_text(&b.out), "exit 3");
    CHECK_INT(pdf_by(&b, "echo no PDF", &pdf), DOC_PDF_FAILED);
    CHECK_INT(pdf_by(&b, "while :; do :; done", &pdf), DOC_PDF_LATE);
    CHECK_INT(pdf.len, 0);
    buf_fini(&pdf);
    bench_close(&b);
}

/* What the program is given: options and the page of one language, plain colours. */
static void test_pdf_input(void)
{
    struct bench b;
    struct buf pdf = {0};
    bench_open(&b);
    struct doc_figure *f = doc_figure(b.doc, NULL, TEXT("Map", "図題"));
    f->svg[LANG_EN] = "<svg fill=\"var(--fig-ink, #123456)\">var(--fig-a, b)</svg>";
    CHECK_INT(pdf_by(&b,
                     "echo \"%PDF-1.7 $*\"; "
                     "echo epoch $SOURCE_DATE_EPOCH seed $PYTHONHASHSEED; while read "
                     "-r x; do echo \"$x\"; done",
                     &pdf),
              DOC_PDF_DONE);
    CHECK(strncmp(buf_text(&pdf),
                  "%PDF-1.7 --quiet --encoding utf-8 --optimize-size fonts - -\n",
                  60) == 0);
    CHECK(strstr(buf_text(&pdf), "<svg fill=\"#123456\">var(--fig-a, b)</svg>"));
    CHECK(strstr(buf_text(&pdf), "\nepoch 946684800 seed 0\n"));
    CHECK(strstr(buf_text(&pdf), "<p class=\"running\">Title</p>"));
    CHECK(strstr(buf_text(&pdf), "<script") == NULL);
    CHECK(strstr(buf_text(&pdf), "図題") == NULL);
    buf_fini(&pdf);
    bench_close(&b);
}

int main(void)
{
    RUN(test_md_escapes);
    RUN(test_md_spans);
    RUN(test_md_headings_and_lists);
    RUN(test_md_note);
    RUN(test_md_table);
    RUN(test_md_figures);
    RUN(test_svg_look);
    RUN(test_svg_one);
    RUN(test_svg_choice);
    RUN(test_svg_nothing);
    RUN(test_only_one_language);
    RUN(test_xlsx_names);
    RUN(test_xlsx_texts);
    RUN(test_xlsx_same_bytes);
    RUN(test_pdf_ends);
    RUN(test_pdf_input);
    return UNIT_RESULT();
}
