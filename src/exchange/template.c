// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Forms of reports; see template.h. */
#include "exchange/template.h"

#include <stdlib.h>
#include <string.h>

#include "model/common.h"
#include "page/doc_keep.h"

// clang-format off
#define F(type, key, kind, member, of, target, flags, en, ja) SCHEMA_FIELD(type, key, kind, member, of, target, flags, en, ja)

#define S struct template_fact
static const struct field fact_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what it is, such as a document number", "項目名(文書番号など)"),
    F(S, "value", FIELD_TEXT, value, NULL, NULL, FIELD_REQUIRED, "what it says", "内容"),
};
SCHEMA_SHAPE(fact, "a line of the cover", "表紙の項目", S, "A name and what it says, on the cover.", "表紙に載せる項目とその内容。")
#undef S

#define S struct template_cover
static const struct field cover_fields[] = {
    F(S, "organization", FIELD_TEXT, organization, NULL, NULL, 0, "who hands over the report", "報告書を提出する組織"),
    F(S, "heading", FIELD_TEXT, heading, NULL, NULL, 0, "what the document is; above the name of the system", "文書の種類。システム名の上に示す"),
    F(S, "logo", FIELD_STRING, logo, NULL, NULL, 0, "a PNG or SVG file, at most 512 KiB; its path from this file, in the same folder or below it", "PNG又はSVGのファイル(512 KiBまで)。このファイルと同じフォルダー以下の相対パス"),
    F(S, "facts", FIELD_LIST, facts, &fact_shape, NULL, 0, "lines to add, such as document number and release", "追加する項目(文書番号、版など)"),
    F(S, "note", FIELD_TEXT, note, NULL, NULL, 0, "a remark, such as who may read it", "注記(配布範囲など)"),
};
SCHEMA_SHAPE(cover, "the cover", "表紙", S, "What stands on the cover besides the report's own.", "報告書自体の内容のほかに表紙に載せるもの。")
#undef S

#define S struct template_heading
static const struct field heading_fields[] = {
    F(S, "en", FIELD_STRING, en, NULL, NULL, 0, "in English; without ja in both languages", "英語の見出し。ja が無ければ両言語で用いる"),
    F(S, "ja", FIELD_STRING, ja, NULL, NULL, 0, "in Japanese; without en in both languages", "日本語の見出し。en が無ければ両言語で用いる"),
};
SCHEMA_SHAPE(heading, "a heading", "見出し", S, "How a section is called.", "章や節の見出し。")
#undef S

static const struct range versions = {TEMPLATE_VERSION, TEMPLATE_VERSION};
#define S struct template_data
static const struct field template_fields[] = {
    F(S, "template", FIELD_INT, version, &versions, NULL, FIELD_REQUIRED | FIELD_VERSION, "version of the language of templates: 1", "テンプレート言語の版: 1"),
    F(S, "cover", FIELD_STRUCT, cover, &cover_shape, NULL, 0, "what stands on the cover", "表紙"),
    F(S, "order", FIELD_REFS, order, NULL, "sections", 0, "chapters in the order wanted; those not named follow in their usual order", "章の順序。書かない章は、その後に通常の順序で続く"),
    F(S, "leave-out", FIELD_REFS, leave_out, NULL, "sections", 0, "chapters and sections left out; the cover says so", "省く章や節。表紙に明記される"),
    F(S, "headings", FIELD_MAP, headings, &heading_shape, "sections", FIELD_SHORT, "headings in your own words", "独自の見出し"),
};
const struct shape template_shape = {{{"the template", "テンプレート"}}, sizeof(S), template_fields, sizeof template_fields / sizeof(struct field),
    {{"The form of an organization's reports: awai report --template.", "組織独自の報告書の様式。awai report --template で用いる。"}}};
#undef S

/* The sections of a report by their anchors; those of a chapter are below it. */
static const char *const sections[] = {
    "summary", "prepare", "overview", "stakeholders", "components",
    "configuration", "data-flows", "safety-functions", "criteria",
    "assess", "incidents", "harms", "importance", "map", "demands",
    "treat", "policies", "threats", "chains", "requirements", "measures",
    "decisions", "left-out", "likelihood-and-time", "attackers",
    "risk-in-numbers", "likelihood", "losses", "protection", "risk-basis",
    "plan", "rehearsal", "rehearsal-map", "rehearsal-measures", "rehearsal-safety",
    "axes", "assumptions", "sources",
};
// clang-format on

// ---- reading ------------------------------------------------------------------------

static int is_section(const char *id)
{
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (strcmp(sections[i], id) == 0) return 1;
    return 0;
}

static void check_section(struct report_template *t, const char *id, struct place at)
{
    struct buf all = {0};
    if (is_section(id)) return;
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        buf_printf(&all, "%s%s", i ? ", " : "", sections[i]);
    DIAG_ADD(&t->diags, TEMPLATE_SECTION, at, diag_quote(&t->diags, id),
             text_same(buf_text(&all)));
    buf_fini(&all);
}

static void check_sections(struct report_template *t)
{
    const struct list *lists[] = {&t->t.order, &t->t.leave_out};
    for (size_t k = 0; k < 2; k++)
        for (uint32_t i = 0; i < lists[k]->n; i++) {
            const struct ref *r = LIST_AT(*lists[k], const struct ref, i);
            if (r->id) check_section(t, r->id, r->at);
        }
    for (uint32_t i = 0; i < t->t.headings.n; i++) {
        const struct template_heading *h =
            LIST_AT(t->t.headings, const struct template_heading, i);
        check_section(t, h->entry.id, h->entry.at);
    }
}

/* A path that stays in the folder: no root, no "..". */
static int stays_within(const char *path)
{
    return path[0] != '/' && strcmp(path, "..") != 0 && strncmp(path, "../", 3) != 0 &&
           strstr(path, "/../") == NULL &&
           (strlen(path) < 3 || strcmp(path + strlen(path) - 3, "/..") != 0);
}

static void check_logo_path(struct report_template *t, const struct node *root)
{
    const struct node *cover = node_get(root, "cover");
    const struct node *logo =
        cover && cover->kind == NODE_MAPPING ? node_get(cover, "logo") : NULL;
    if (t->t.cover.logo && logo && !stays_within(t->t.cover.logo))
        DIAG_ADD(&t->diags, LOGO_PATH, logo->at,
                 diag_quote(&t->diags, t->t.cover.logo));
}

struct report_template *template_read_text(const char *name, const char *text,
                                           size_t len)
{
    struct report_template *t = mem_alloc(sizeof *t);
    int file = yaml_text(&t->diags, name, text, len);
    struct node *root =
        file < 0 ? NULL : yaml_parse(&t->arena, &t->diags, (uint32_t)file);
    if (root) {
        schema_read(&template_shape, root, &t->t, &t->arena, &t->diags);
        check_sections(t);
        if (root->kind == NODE_MAPPING) check_logo_path(t, root);
    }
    diag_sort(&t->diags);
    return t;
}

void template_free(struct report_template *t)
{
    if (t == NULL) return;
    logo_fini(&t->logo);
    arena_fini(&t->arena);
    diag_fini(&t->diags);
    free(t);
}

void template_take_logo(struct report_template *t, const void *bytes, size_t len)
{
    static const enum diag_kind ends[] = {
        [LOGO_LARGE] = DIAG_LOGO_LARGE,
        [LOGO_UNKNOWN] = DIAG_LOGO_UNKNOWN,
        [LOGO_BROKEN] = DIAG_LOGO_BROKEN,
    };
    struct text name = t->t.cover.organization;
    enum logo_end end = logo_read(&t->logo, bytes, len,
                                  text_empty(name) ? "Logo" : text_in(name, LANG_EN));
    struct place at = {.file = 0};
    if (end != LOGO_DONE)
        diag_put(&t->diags, ends[end], at,
                 (const struct text[]){text_same(t->t.cover.logo)});
    else if (t->logo.n_dropped)
        DIAG_ADD(&t->diags, LOGO_CLEANED, at, text_same(t->t.cover.logo),
                 diag_number(&t->diags, t->logo.n_dropped));
}

// ---- applying -----------------------------------------------------------------------

static struct doc_block *find(struct doc_block *b, const char *anchor)
{
    struct doc_block *found = NULL;
    if (b->anchor && strcmp(b->anchor, anchor) == 0) return b;
    for (struct doc_block *c = b->first; c && found == NULL; c = c->next)
        found = find(c, anchor);
    return found;
}

static void unlink_block(struct doc_block *parent, struct doc_block *b)
{
    struct doc_block **link = &parent->first;
    while (*link && *link != b)
        link = &(*link)->next;
    if (*link) *link = b->next;
    parent->last = NULL;
    for (struct doc_block *c = parent->first; c; c = c->next)
        parent->last = c;
    b->next = NULL;
}

static void append(struct doc_block *parent, struct doc_block *b)
{
    if (parent->last)
        parent->last->next = b;
    else
        parent->first = b;
    parent->last = b;
}

/* What is left out goes to the cover by its usual name. */
static void leave_out(const struct report_template *t, struct doc *doc,
                      struct doc_block *cover)
{
    struct doc_line *line = NULL;
    for (uint32_t i = 0; i < t->t.leave_out.n; i++) {
        const struct ref *r = LIST_AT(t->t.leave_out, const struct ref, i);
        struct doc_block *b = find(&doc->root, r->id);
        if (b == NULL) continue; // this report has none
        if (line == NULL && cover) {
            struct doc_fact *f = doc_fact(doc, cover, TEXT("Left out", "省いた部分"));
            line = doc_line(doc, &f->value);
        } else if (line) {
            doc_text(doc, line, TEXT(", ", "、"));
        }
        if (line) doc_text(doc, line, b->heading);
        unlink_block(b->parent ? b->parent : &doc->root, b);
    }
}

static void set_headings(const struct report_template *t, struct doc *doc)
{
    for (uint32_t i = 0; i < t->t.headings.n; i++) {
        const struct template_heading *h =
            LIST_AT(t->t.headings, const struct template_heading, i);
        struct doc_block *b = find(&doc->root, h->entry.id);
        const char *en = h->en ? h->en : h->ja, *ja = h->ja ? h->ja : h->en;
        if (b && en) b->heading = TEXT(en, ja);
    }
}

/* Chapters named come first, after the cover; then the others. */
static void set_order(const struct report_template *t, struct doc *doc)
{
    struct doc_block rest = {0};
    while (doc->root.first) {
        struct doc_block *b = doc->root.first;
        unlink_block(&doc->root, b);
        append(&rest, b);
    }
    if (rest.first && rest.first->kind == DOC_COVER) {
        struct doc_block *cover = rest.first;
        unlink_block(&rest, cover);
        append(&doc->root, cover);
    }
    for (uint32_t i = 0; i < t->t.order.n; i++) {
        const struct ref *r = LIST_AT(t->t.order, const struct ref, i);
        for (struct doc_block *b = rest.first; b; b = b->next)
            if (b->anchor && strcmp(b->anchor, r->id) == 0) {
                unlink_block(&rest, b);
                append(&doc->root, b);
                break;
            }
    }
    while (rest.first) {
        struct doc_block *b = rest.first;
        unlink_block(&rest, b);
        append(&doc->root, b);
    }
}

/* Sections within a section: 2.1, 2.2, ... */
static void number_within(struct doc *doc, struct doc_block *b)
{
    unsigned k = 0;
    for (struct doc_block *c = b->first; c; c = c->next) {
        if (c->kind != DOC_SECTION) continue;
        if (b->number) c->number = arena_printf(doc->arena, "%s.%u", b->number, ++k);
        number_within(doc, c);
    }
}

/* Chapters 1, 2, ..., appendices A, B, ..., each by what it was. */
static void number_all(struct doc *doc)
{
    unsigned chapters = 0, appendices = 0;
    for (struct doc_block *b = doc->root.first; b; b = b->next) {
        if (b->kind != DOC_SECTION || b->number == NULL) continue;
        int is_letter = b->number[0] >= 'A';
        char letter = (char)('A' + appendices % 26);
        b->number = is_letter ? arena_strn(doc->arena, &letter, 1)
                              : arena_printf(doc->arena, "%u", ++chapters);
        appendices += (unsigned)is_letter;
        number_within(doc, b);
    }
}

static void set_cover(const struct report_template *t, struct doc *doc,
                      struct doc_block *cover)
{
    const struct template_cover *c = &t->t.cover;
    if (!text_empty(c->heading)) cover->heading = c->heading;
    if (!text_empty(c->organization)) {
        struct doc_fact *f = doc_fact(doc, cover, TEXT("Organization", "組織"));
        doc_text(doc, doc_line(doc, &f->value), c->organization);
    }
    for (uint32_t i = 0; i < c->facts.n; i++) {
        const struct template_fact *x =
            LIST_AT(c->facts, const struct template_fact, i);
        struct doc_fact *f = doc_fact(doc, cover, x->name);
        doc_text(doc, doc_line(doc, &f->value), x->value);
    }
    if (!text_empty(c->note)) doc_say(doc, cover, DOC_NOTE, c->note);
    if (t->logo.svg.len == 0) return;
    cover->figure = arena_alloc(doc->arena, sizeof *cover->figure);
    cover->figure->svg[LANG_EN] = cover->figure->svg[LANG_JA] = buf_text(&t->logo.svg);
    cover->figure->caption = c->organization;
    doc->has_images |= t->logo.is_raster;
}

void template_apply(const struct report_template *t, struct doc *doc)
{
    struct doc_block *cover = doc->root.first;
    if (cover && cover->kind != DOC_COVER) cover = NULL;
    if (cover) set_cover(t, doc, cover);
    leave_out(t, doc, cover);
    set_headings(t, doc);
    set_order(t, doc);
    number_all(doc);
    doc_reclaim(doc);
}
