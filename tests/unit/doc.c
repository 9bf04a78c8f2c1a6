/* SPDX-License-Identifier: Apache-2.0
 *
 * The document tree and its HTML: one exact string an element, escaping, the two
 * languages, links that lead somewhere. Then the report of a small system as a whole:
 * well-formed, anchors and languages in pairs.
 */
#include "unit.h"

#include <stdlib.h>

#include "page/doc_html.h"
#include "page/report.h"
#include "world.h"

#define BOTH(en, ja) "<span lang=\"ja\">" ja "</span><span lang=\"en\">" en "</span>"

/* A document of one test; what was written last. */
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

/* The HTML of a block; valid until the next call. */
static const char *html(struct bench *b, const struct doc_block *block)
{
    buf_fini(&b->out);
    doc_html_block(b->doc, block, &b->out);
    return buf_text(&b->out);
}

static const char *html_line(struct bench *b, const struct doc_line *line)
{
    buf_fini(&b->out);
    doc_html_line(b->doc, line, &b->out);
    return buf_text(&b->out);
}

static const char *html_text(struct bench *b, struct text t)
{
    buf_fini(&b->out);
    doc_html_text(t, &b->out);
    return buf_text(&b->out);
}

/* ---- texts and lines */

// clang-format off
static void test_text_in_both_languages(void)
{
    struct bench b;
    bench_open(&b);
    CHECK_STR(html_text(&b, TEXT("tub", "浴槽")), BOTH("tub", "浴槽"));
    CHECK_STR(html_text(&b, TEXT("WMS", "WMS")), "WMS");
    CHECK_STR(html_text(&b, TEXT("tub", NULL)),
              "<span class=\"only\" lang=\"en\">tub</span>");
    CHECK_STR(html_text(&b, TEXT(NULL, "浴槽")),
              "<span class=\"only\" lang=\"ja\">浴槽</span>");
    CHECK_STR(html_text(&b, TEXT(NULL, NULL)), "");
    bench_close(&b);
}

static void test_text_is_escaped(void)
{
    struct bench b;
    bench_open(&b);
    CHECK_STR(html_text(&b, TEXT("<b>&\"'", "<b>&\"'")), "&lt;b&gt;&amp;&quot;&#39;");
    CHECK_STR(html_text(&b, TEXT("<i>", "</i>")), BOTH("&lt;i&gt;", "&lt;/i&gt;"));
    bench_close(&b);
}

static void test_spans(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_lines lines = {0};
    struct doc_line *line = doc_line(b.doc, &lines);
    doc_text(b.doc, line, TEXT("a", "a"));
    doc_text(b.doc, line, TEXT(NULL, NULL));
    doc_strong(b.doc, line, TEXT("b", "b"));
    doc_soft(b.doc, line, TEXT("c", "c"));
    doc_whole(b.doc, line, TEXT("2026-01-01", "2026-01-01"));
    doc_code(b.doc, line, "d<");
    doc_code(b.doc, line, NULL);
    doc_name(b.doc, line, "e&");
    doc_name(b.doc, line, NULL);
    CHECK_STR(html_line(&b, line), "a<strong>b</strong><span class=\"soft\">c</span>"
                                   "<span class=\"whole\">2026-01-01</span>"
                                   "<code>d&lt;</code><bdi>e&amp;</bdi>");
    bench_close(&b);
}

static void test_badge_and_mark(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_lines lines = {0};
    struct doc_line *line = doc_line(b.doc, &lines);
    doc_badge(b.doc, line, TEXT("serious", "重大"), DOC_LEVEL_2);
    CHECK_STR(html_line(&b, line),
              "<span class=\"badge level-2\">" BOTH("serious", "重大") "</span>");
    line = doc_line(b.doc, &lines);
    doc_mark(b.doc, line, "+", TEXT("yes", "はい"));
    CHECK_STR(html_line(&b, line),
              "<span class=\"mark\"><span aria-hidden=\"true\">+</span>"
              "<span class=\"heard\">" BOTH("yes", "はい") "</span></span>");
    bench_close(&b);
}

static void test_links_lead_somewhere(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_lines lines = {0};
    struct doc_line *line = doc_line(b.doc, &lines);
    doc_link(b.doc, line, TEXT("x", "x"), "#misuse@plc");
    CHECK_STR(html_line(&b, line), "x");
    CHECK_STR(doc_claim(b.doc, "misuse@plc"), "misuse@plc");
    CHECK_STR(html_line(&b, line), "<a href=\"#misuse@plc\">x</a>");
    CHECK(doc_claim(b.doc, "misuse@plc") == NULL);
    CHECK(doc_claim(b.doc, NULL) == NULL);
    line = doc_line(b.doc, &lines);
    doc_link(b.doc, line, TEXT("y", "y"), "https://example.org/?a=\"1\"&b");
    CHECK_STR(html_line(&b, line),
              "<a href=\"https://example.org/?a=&quot;1&quot;&amp;b\" "
              "rel=\"noopener noreferrer\">y</a>");
    line = doc_line(b.doc, &lines);
    doc_link(b.doc, line, TEXT("z", "z"), "javascript:alert(1)");
    doc_link(b.doc, line, TEXT("0", "0"), NULL);
    CHECK_STR(html_line(&b, line), "z0");
    bench_close(&b);
}

/* ---- blocks */

static void test_paragraph_lead_note(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *s = doc_front(b.doc, NULL, TEXT("S", "S"));
    doc_say(b.doc, s, DOC_PARAGRAPH, TEXT("p", "p"));
    CHECK_STR(html(&b, s->last), "<p>p</p>\n");
    doc_say(b.doc, s, DOC_LEAD, TEXT("p", "p"));
    CHECK_STR(html(&b, s->last), "<p class=\"lead\">p</p>\n");
    doc_say(b.doc, s, DOC_NOTE, TEXT("n", "n"));
    CHECK_STR(html(&b, s->last), "<div class=\"note\" role=\"note\"><p>n</p></div>\n");
    doc_say(b.doc, s, DOC_WARNING, TEXT("n", "n"));
    CHECK_STR(html(&b, s->last),
              "<div class=\"note warning\" role=\"note\"><p>n</p></div>\n");
    bench_close(&b);
}

static void test_lists(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *list = doc_block(b.doc, NULL, DOC_LIST);
    struct doc_line *line = doc_line(b.doc, &list->lines);
    line->anchor = doc_claim(b.doc, "one");
    doc_text(b.doc, line, TEXT("1", "1"));
    doc_text(b.doc, doc_line(b.doc, &list->lines), TEXT("2", "2"));
    CHECK_STR(html(&b, list), "<ul><li id=\"one\">1</li><li>2</li></ul>\n");
    list->kind = DOC_STEPS;
    CHECK_STR(html(&b, list),
              "<ol class=\"steps\"><li id=\"one\">1</li><li>2</li></ol>\n");
    bench_close(&b);
}

static void test_bullets_make_lists(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *p = doc_block(b.doc, NULL, DOC_PARAGRAPH);
    doc_text(b.doc, doc_line(b.doc, &p->lines), TEXT("a", "a"));
    doc_text(b.doc, doc_item(b.doc, &p->lines), TEXT("b", "b"));
    doc_text(b.doc, doc_item(b.doc, &p->lines), TEXT("c", "c"));
    CHECK_STR(html(&b, p), "<p>a</p><ul><li>b</li><li>c</li></ul>\n");
    doc_text(b.doc, doc_line(b.doc, &p->lines), TEXT("d", "d"));
    CHECK_STR(html(&b, p), "<p>a</p><ul><li>b</li><li>c</li></ul><p>d</p>\n");
    bench_close(&b);
}

static void test_sections_are_numbered(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *front = doc_front(b.doc, "front", TEXT("F", "F"));
    struct doc_block *one = doc_chapter(b.doc, "one", TEXT("A", "A"));
    doc_section(b.doc, one, NULL, TEXT("B", "B"));
    struct doc_block *two = doc_section(b.doc, one, "two", TEXT("C", "C"));
    struct doc_block *deep = doc_section(b.doc, two, NULL, TEXT("D", "D"));
    struct doc_block *last = doc_appendix(b.doc, NULL, TEXT("E", "E"));
    CHECK_STR(html(&b, front),
              "<section class=\"depth-1\" id=\"front\">\n<h2>F</h2>\n</section>\n");
    CHECK_STR(html(&b, deep), "<section class=\"depth-3\">\n<h4><span class=\"number\">"
                              "1.2.1</span> D</h4>\n</section>\n");
    CHECK_STR(html(&b, last), "<section class=\"depth-1\">\n<h2><span class=\"number\">"
                              "A</span> E</h2>\n</section>\n");
    CHECK_STR(two->number, "1.2");
    CHECK_STR(one->number, "1");
    CHECK(front->number == NULL);
    bench_close(&b);
}

static void test_contents(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *one = doc_chapter(b.doc, "one", TEXT("A", "A"));
    struct doc_block *two = doc_section(b.doc, one, "two", TEXT("C<", "C<"));
    doc_section(b.doc, two, "three", TEXT("too deep", "too deep"));
    doc_html_contents(b.doc, &b.out);
    CHECK_STR(buf_text(&b.out),
              "<nav class=\"contents\" aria-labelledby=\"contents-title\">"
              "<details open><summary id=\"contents-title\">" BOTH("Contents", "目次")
              "</summary>\n<ol>\n<li><a href=\"#one\">"
              "<span class=\"number\">1</span> <span>A</span></a><ol>\n"
              "<li><a href=\"#two\"><span class=\"number\">1.1</span> "
              "<span>C&lt;</span></a></li>\n</ol></li>\n</ol></details></nav>\n");
    bench_close(&b);
}

static void test_facts_and_tiles(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *facts = doc_block(b.doc, NULL, DOC_FACTS);
    CHECK_STR(html(&b, facts), "");
    struct doc_fact *f = doc_fact(b.doc, facts, TEXT("n", "n"));
    doc_text(b.doc, doc_line(b.doc, &f->value), TEXT("v", "v"));
    CHECK_STR(html(&b, facts),
              "<dl class=\"facts\">\n<div><dt>n</dt><dd>v</dd></div>\n</dl>\n");
    facts->kind = DOC_TILES;
    f->tone = DOC_OPEN;
    CHECK_STR(html(&b, facts), "<dl class=\"tiles\">\n<div class=\"open\"><dt>n</dt>"
                               "<dd>v</dd></div>\n</dl>\n");
    bench_close(&b);
}

static void test_figure(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_figure *f = doc_figure(b.doc, NULL, TEXT("c", "c"));
    f->svg[LANG_EN] = "<svg>e</svg>";
    f->svg[LANG_JA] = "<svg>j</svg>";
    CHECK_STR(html(&b, b.doc->root.last),
              "<figure>\n<div class=\"picture\" lang=\"ja\"><svg>j</svg></div>\n"
              "<div class=\"picture\" lang=\"en\"><svg>e</svg></div>\n"
              "<figcaption class=\"caption\"><span class=\"count\">" BOTH("Figure 1", "図1")
              "</span> c</figcaption>\n</figure>\n");
    f = doc_figure(b.doc, NULL, TEXT(NULL, NULL));
    CHECK_INT(f->number, 0);
    CHECK_STR(html(&b, b.doc->root.last), "<figure>\n</figure>\n");
    bench_close(&b);
}

static void test_folded_columns_group(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *fold = doc_folded(b.doc, NULL, "f", TEXT("h", "h"));
    doc_say(b.doc, fold, DOC_PARAGRAPH, TEXT("p", "p"));
    CHECK_STR(html(&b, fold), "<details id=\"f\"><summary>h</summary>\n"
                              "<div class=\"folded\">\n<p>p</p>\n</div></details>\n");
    fold->open = 1;
    doc_soft(b.doc, doc_line(b.doc, &fold->aside), TEXT("s", "s"));
    CHECK_STR(html(&b, fold),
              "<details id=\"f\" open><summary>h <span class=\"aside\"><span "
              "class=\"soft\">s</span></span></summary>\n<div class=\"folded\">\n"
              "<p>p</p>\n</div></details>\n");
    struct doc_block *columns = doc_block(b.doc, NULL, DOC_COLUMNS);
    doc_say(b.doc, columns, DOC_PARAGRAPH, TEXT("l", "l"));
    doc_say(b.doc, doc_block(b.doc, columns, DOC_GROUP), DOC_PARAGRAPH, TEXT("r", "r"));
    CHECK_STR(html(&b, columns),
              "<div class=\"columns\">\n<div>\n<p>l</p>\n</div>\n<div>\n<div>\n"
              "<p>r</p>\n</div>\n</div>\n</div>\n");
    bench_close(&b);
}

static void test_cover(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_block *cover = doc_block(b.doc, NULL, DOC_COVER);
    cover->heading = TEXT("k", "k");
    doc_text(b.doc, doc_line(b.doc, &cover->lines), TEXT("l", "l"));
    CHECK_STR(html(&b, cover),
              "<div class=\"cover\">\n<p class=\"kicker\">k</p>\n<h1>" BOTH("Title", "題")
              "</h1>\n<p class=\"lead\">l</p></div>\n");
    bench_close(&b);
}

/* ---- tables */

static const struct doc_column two_columns[] = {
    {{{"a", "a"}}, DOC_WIDE, DOC_START},
    {{{"b", "b"}}, DOC_NARROW, DOC_END},
};

#define TABLE_HEAD                                                                     \
    "<thead><tr><th scope=\"col\" class=\"wide\">a</th>"                               \
    "<th scope=\"col\" class=\"narrow end\">b</th></tr></thead>\n"

static void test_table(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_table *t = doc_table(b.doc, NULL, TEXT("c", "c"), two_columns, 2, 0);
    doc_row(b.doc, t, "row");
    doc_cell_text(b.doc, t, TEXT("1", "1"));
    doc_cell_text(b.doc, t, TEXT("2", "2"));
    doc_row(b.doc, t, NULL)->stands_out = 1;
    doc_cell_text(b.doc, t, TEXT("3", "3"));
    CHECK_STR(html(&b, b.doc->root.last),
              "<div class=\"table\">\n<p class=\"caption\" id=\"table-1\">"
              "<span class=\"count\">" BOTH("Table 1", "表1")
              "</span> c</p>\n<div class=\"scroll\">"
              "<table aria-labelledby=\"table-1\">\n" TABLE_HEAD
              "<tbody>\n<tr id=\"row\"><th scope=\"row\">1</th>"
              "<td class=\"end\">2</td></tr>\n"
              "<tr class=\"stands-out\"><th scope=\"row\">3</th>"
              "<td class=\"end\"></td></tr>\n"
              "</tbody>\n</table></div>\n</div>\n");
    bench_close(&b);
}

static void test_table_without_rows(void)
{
    struct bench b;
    bench_open(&b);
    doc_table(b.doc, NULL, TEXT(NULL, NULL), two_columns, 2, DOC_FILTER);
    CHECK_STR(html(&b, b.doc->root.last),
              "<div class=\"table\">\n<p class=\"soft\">"
              BOTH("None.", "該当なし。") "</p>\n</div>\n");
    bench_close(&b);
}

static void test_table_groups(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_table *t =
        doc_table(b.doc, NULL, TEXT(NULL, NULL), two_columns, 2, DOC_DENSE);
    struct doc_group *g = doc_group(b.doc, t, TEXT("g", "g"));
    g->detail = TEXT("d", "d");
    g->anchor = doc_claim(b.doc, "g");
    doc_row(b.doc, t, NULL)->total = 1;
    doc_group(b.doc, t, TEXT("empty", "empty"));
    CHECK_STR(html(&b, b.doc->root.last),
              "<div class=\"table dense\">\n<div class=\"scroll\"><table>\n" TABLE_HEAD
              "<tbody class=\"few\">\n<tr class=\"group\" id=\"g\"><th scope=\"rowgroup\" "
              "colspan=\"2\">g <span class=\"soft\">d</span></th></tr>\n"
              "<tr class=\"total\"><th scope=\"row\"></th><td class=\"end\"></td></tr>\n"
              "</tbody>\n</table></div>\n</div>\n");
    bench_close(&b);
}

static void test_table_folded(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_table *t = doc_table(b.doc, NULL, TEXT("c", "c"), two_columns, 2,
                                    DOC_FOLD | DOC_FILTER);
    doc_group(b.doc, t, TEXT("g", "g"))->open = 1;
    doc_row(b.doc, t, NULL);
    doc_cell_text(b.doc, t, TEXT("1", "1"));
    CHECK_STR(html(&b, b.doc->root.last),
              "<div class=\"table\">\n<p class=\"caption\" id=\"table-1\">"
              "<span class=\"count\">" BOTH("Table 1", "表1") "</span> c</p>\n"
              "<div class=\"filter\" hidden><label>" BOTH("Filter", "絞り込み")
              " <input type=\"search\" autocomplete=\"off\"></label> "
              "<output>1</output><span class=\"soft\"> / 1 " BOTH("rows", "行")
              "</span></div>\n"
              "<details class=\"group\" open><summary>g <span class=\"count\">1</span>"
              "</summary>\n<div class=\"scroll\"><table aria-labelledby=\"table-1\">\n"
              TABLE_HEAD
              "<tbody>\n<tr><th scope=\"row\">1</th><td class=\"end\"></td></tr>\n"
              "</tbody>\n</table></div></details>\n</div>\n");
    bench_close(&b);
}

static void test_cells(void)
{
    struct bench b;
    bench_open(&b);
    struct doc_table *t =
        doc_table(b.doc, NULL, TEXT(NULL, NULL), two_columns, 2, 0);
    doc_row(b.doc, t, NULL);
    struct doc_cell *cell = doc_cell(b.doc, t);
    doc_strong(b.doc, doc_cell_line(b.doc, cell), TEXT("n", "n"));
    doc_soft(b.doc, doc_line(b.doc, &cell->lines), TEXT("d", "d"));
    cell = doc_cell(b.doc, t);
    cell->highlight = 1;
    cell->tone = DOC_GOOD;
    cell->anchor = doc_claim(b.doc, "x@y");
    doc_text(b.doc, doc_item(b.doc, &cell->lines), TEXT("i", "i"));
    const char *written = html(&b, b.doc->root.last);
    CHECK(strstr(written, "<tr><th scope=\"row\"><p><strong>n</strong></p>"
                          "<p><span class=\"soft\">d</span></p></th>"
                          "<td class=\"end main good\" id=\"x@y\"><ul><li>i</li></ul>"
                          "</td></tr>\n") != NULL);
    bench_close(&b);
}

// clang-format on

/* ---- pages */

static void test_page_frame(void)
{
    struct bench b;
    bench_open(&b);
    doc_block(b.doc, NULL, DOC_COVER);
    doc_chapter(b.doc, "one", TEXT("A", "A"));
    doc_html(b.doc, LANG_JA, &b.out);
    const char *page = buf_text(&b.out);
    CHECK(strncmp(page, "<!DOCTYPE html>\n<html lang=\"ja\" data-lang=\"ja\">", 47) ==
          0);
    CHECK(strstr(page, "<title data-en=\"Title\" data-ja=\"題\">題</title>") != NULL);
    CHECK(strstr(page, "default-src 'none'") != NULL);
    const char *cover = strstr(page, "<div class=\"cover\">");
    const char *contents = strstr(page, "<nav class=\"contents\"");
    const char *section = strstr(page, "<section class=\"depth-1\" id=\"one\">");
    REQUIRE(cover && contents && section);
    CHECK(cover < contents && contents < section);
    CHECK(strstr(page, "</main>\n<script>") != NULL);
    CHECK(strcmp(page + b.out.len - 16, "</body>\n</html>\n") == 0);
    bench_close(&b);
}

/* The number of times a string occurs in text. */
static unsigned count(const char *text, const char *what)
{
    unsigned n = 0;
    for (const char *p = strstr(text, what); p; p = strstr(p + 1, what))
        n++;
    return n;
}

/* Every href="#..." has its id="...". */
static void check_anchors(const char *page)
{
    char id[256];
    for (const char *p = strstr(page, "href=\"#"); p; p = strstr(p + 1, "href=\"#")) {
        const char *start = p + 7, *end = strchr(start, '"');
        REQUIRE(end && (size_t)(end - start) < sizeof id - 8);
        snprintf(id, sizeof id, "id=\"%.*s\"", (int)(end - start), start);
        CHECK(count(page, id) == 1);
    }
}

static void test_report_of_small_system(void)
{
    struct world w = world_open(WORLD_MODEL, 20300101);
    struct buf ja = {0}, en = {0};
    REQUIRE(w.assessment != NULL);
    report_html(w.assessment, LANG_JA, &ja);
    report_html(w.assessment, LANG_EN, &en);
    const char *page = buf_text(&ja);
    check_anchors(page);
    static const char *const elements[] = {"section", "table", "tr",   "td",
                                           "th",      "div",   "span", "details",
                                           "p",       "ul",    "li",   "a"};
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        char open[16], open_with[16], close[16];
        snprintf(open, sizeof open, "<%s>", elements[i]);
        snprintf(open_with, sizeof open_with, "<%s ", elements[i]);
        snprintf(close, sizeof close, "</%s>", elements[i]);
        CHECK_INT(count(page, open) + count(page, open_with), count(page, close));
    }
    CHECK_INT(ja.len, en.len);
    CHECK_INT(count(page, "<span lang=\"ja\">"), count(page, "<span lang=\"en\">"));
    CHECK_INT(count(page, "src=\""), 0);
    CHECK_INT(count(page, "url("), 0);
    buf_fini(&ja);
    buf_fini(&en);
    world_close(&w);
}

/* Hardly a model, with names that would like to be markup. */
static void test_report_of_next_to_nothing(void)
{
    static const char model[] =
        "awai: 1\n"
        "system: {id: s, name: \"</title><script>alert(1)</script>\"}\n"
        "applicant: a\n"
        "stakeholders: {a: {name: '<img src=x onerror=alert(1)>', roles: [iot-user]}}\n"
        "zones: {z: {name: '\"><b>'}}\n"
        "components: {c: {name: '--><i>', kind: sensor, zone: z}}\n";
    struct world w = world_open(model, 0);
    struct buf out = {0};
    REQUIRE(w.assessment != NULL);
    report_html(w.assessment, LANG_EN, &out);
    const char *page = buf_text(&out);
    CHECK_INT(count(page, "<script>"), 1);
    CHECK_INT(count(page, "<title"), count(page, "</title>"));
    CHECK(strstr(page, "<img") == NULL);
    CHECK(strstr(page, "\"><b>") == NULL);
    CHECK(strstr(page, "--><i>") == NULL);
    check_anchors(page);
    buf_fini(&out);
    world_close(&w);
}

/* Every figure is told before it is drawn, and as many as were announced. */
struct telling {
    unsigned told, n;
    int wrong;
};

static void hear(void *context, unsigned k, unsigned n)
{
    struct telling *t = context;
    t->wrong |= k != t->told + 1 || (t->n && n != t->n);
    t->told = k;
    t->n = n;
}

static void test_progress(void)
{
    struct world w = world_open(WORLD_MODEL, 20300101);
    struct telling t = {0};
    const struct report_progress progress = {hear, &t};
    struct buf told = {0}, quiet = {0};
    REQUIRE(w.assessment != NULL);
    report_html_telling(w.assessment, LANG_EN, &progress, &told);
    report_html(w.assessment, LANG_EN, &quiet);
    CHECK(!t.wrong && t.n > 3);
    CHECK_INT(t.told, t.n);
    CHECK_INT(t.n, count(buf_text(&told), "class=\"picture\" lang=\"ja\""));
    CHECK_STR(buf_text(&told), buf_text(&quiet));
    buf_fini(&told);
    buf_fini(&quiet);
    world_close(&w);
}

/* What is about one component in the same way stands in one row. */
static void test_like_components_share_a_row(void)
{
    struct buf text = {0}, out = {0};
    buf_str(&text, "awai: 1\nsystem: {id: s, name: s}\napplicant: a\n"
                   "stakeholders: {a: {name: a, roles: [iot-user],\n"
                   "  target: {recovery: limited, economic: limited}}}\n"
                   "zones: {z: {name: Z, kind: segment}}\ncomponents:\n");
    for (int i = 0; i < 9; i++)
        buf_printf(&text, "  c%d: {name: Part %d, kind: plc, zone: z}\n", i, i);
    buf_str(&text, "incidents: {i: {name: I, threat: denial-of-service, at: [c0], "
                   "harms: {a: {recovery: fatal, economic: serious, because: x}}}}\n");
    struct world w = world_open(buf_text(&text), 0);
    REQUIRE(w.assessment != NULL);
    report_html(w.assessment, LANG_EN, &out);
    const char *section = strstr(buf_text(&out), "id=\"importance\"");
    REQUIRE(section != NULL);
    char *copy = mem_alloc(out.len + 1);
    snprintf(copy, (size_t)(strstr(section, "</section>") - section), "%s", section);
    for (int i = 0; i < 9; i++) {
        char name[16];
        snprintf(name, sizeof name, ">Part %d<", i);
        CHECK_INT(count(copy, name), 1); // each once, in a row or below the table
    }
    CHECK(count(copy, "<tr>") < 1 + 9);
    free(copy);
    buf_fini(&out);
    buf_fini(&text);
    world_close(&w);
}

/* More than a page can hold: rows and pictures end, and it is said. */
static void test_report_of_very_many(void)
{
    enum { N = 2300, MAX_ROWS = 2000, MAX_PICTURES = 44 };
    struct buf text = {0}, out = {0};
    buf_str(&text, "awai: 1\nsystem: {id: s, name: s}\napplicant: a\n"
                   "stakeholders: {a: {name: a, roles: [iot-user]}}\nzones:\n");
    for (int i = 0; i < 200; i++)
        buf_printf(&text, "  z%d: {name: Z%d, kind: segment}\n", i, i);
    buf_str(&text, "components:\n");
    for (int i = 0; i < N; i++)
        buf_printf(&text, "  c%d: {name: C%d, kind: plc, zone: z%d}\n", i, i, i % 200);
    buf_str(&text, "flows:\n");
    for (int i = 0; i < N; i++)
        buf_printf(&text, "  f%d: {name: F%d, from: c%d, to: c%d}\n", i, i, i,
                   (i * 7 + 1) % N);
    struct world w = world_open(buf_text(&text), 0);
    REQUIRE(w.assessment != NULL);
    report_html(w.assessment, LANG_EN, &out);
    const char *page = buf_text(&out);
    CHECK_INT(count(page, "<tr id=\"component:"), MAX_ROWS);
    CHECK_INT(count(page, "<tr id=\"flow:"), MAX_ROWS);
    CHECK(count(page, "The table shows 2000 rows") >= 2);
    CHECK(strstr(page, "leaves out 300.") != NULL);
    CHECK(strstr(page, "Not drawn, since") != NULL);
    CHECK(count(page, "class=\"picture\" lang=\"en\"") <= MAX_PICTURES);
    CHECK(out.len < 16u << 20);
    buf_fini(&out);
    buf_fini(&text);
    world_close(&w);
}

int main(void)
{
    RUN(test_text_in_both_languages);
    RUN(test_text_is_escaped);
    RUN(test_spans);
    RUN(test_badge_and_mark);
    RUN(test_links_lead_somewhere);
    RUN(test_paragraph_lead_note);
    RUN(test_lists);
    RUN(test_bullets_make_lists);
    RUN(test_sections_are_numbered);
    RUN(test_contents);
    RUN(test_facts_and_tiles);
    RUN(test_figure);
    RUN(test_folded_columns_group);
    RUN(test_cover);
    RUN(test_table);
    RUN(test_table_without_rows);
    RUN(test_table_groups);
    RUN(test_table_folded);
    RUN(test_cells);
    RUN(test_page_frame);
    RUN(test_report_of_small_system);
    RUN(test_report_of_next_to_nothing);
    RUN(test_progress);
    RUN(test_like_components_share_a_row);
    RUN(test_report_of_very_many);
    return UNIT_RESULT();
}
