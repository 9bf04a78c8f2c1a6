// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The catalog to look through: its sections, found by a piece of an id, name or
 * description; and one entry with all that is said of it and what refers to it. All of
 * it is read off the table that describes the format, so that a new section or key
 * shows by itself.
 */
#include <ctype.h>
#include <string.h>

#include "web/frame.h"
#include "web/markup.h"

enum { MOST_ROWS = 400 };

/* One section, a map of the catalog's table. */
struct section {
    const struct field *field;
    const struct shape *shape;
    const struct list *list;
};

static int section_at(const struct catalog *c, size_t i, struct section *s)
{
    const struct field *f = &catalog_shape.fields[i];
    if (f->type != FIELD_MAP) return 0;
    *s = (struct section){
        f, f->of, (const struct list *)(const void *)((const char *)&c->c + f->offset)};
    return 1;
}

static const void *item(const struct section *s, uint32_t i)
{
    return (const char *)s->list->items + (size_t)i * s->shape->size;
}

static const char *id_of(const void *object)
{
    return ((const struct entry *)object)->id;
}

static const void *slot(const void *object, const struct field *f)
{
    return (const char *)object + f->offset;
}

/* A text of an entry by its key; empty if it has none. */
static struct text text_at(const struct section *s, const void *object, const char *key)
{
    const struct field *f = schema_field(s->shape, key);
    if (f == NULL || f->type != FIELD_TEXT) return TEXT("", "");
    return *(const struct text *)slot(object, f);
}

/* ---- finding -------------------------------------------------------------------- */

static int has_piece(const char *s, const char *piece)
{
    size_t n = strlen(piece);
    for (; s && *s; s++) {
        size_t i = 0;
        while (i < n &&
               tolower((unsigned char)s[i]) == tolower((unsigned char)piece[i]))
            i++;
        if (i == n) return 1;
    }
    return n == 0;
}

static int is_found(const struct section *s, const void *object, const char *piece)
{
    struct text name = text_at(s, object, "name");
    struct text about = text_at(s, object, "description");
    int found = has_piece(id_of(object), piece);
    for (int i = 0; i < N_LANGS; i++)
        found |= (name.in[i] && has_piece(name.in[i], piece)) ||
                 (about.in[i] && has_piece(about.in[i], piece));
    return found;
}

static void put_entry(struct exchange *ex, const struct section *s, const void *object)
{
    struct text name = text_at(s, object, "name");
    put(ex,
        "<tr><th scope=\"row\"><a href=\"/catalog/%m%l\">%t</a><div "
        "class=\"soft\">%s</div></th><td>%t</td></tr>\n",
        id_of(object), text_empty(name) ? text_same(id_of(object)) : name,
        id_of(object), text_at(s, object, "description"));
}

static unsigned put_section(struct exchange *ex, const struct section *s,
                            const char *piece)
{
    static const struct text heads[] = {
        {{"Entry", "項目"}},
        {{"Description", "説明"}},
    };
    unsigned n = 0;
    for (uint32_t i = 0; i < s->list->n && n < MOST_ROWS; i++) {
        if (!is_found(s, item(s, i), piece)) continue;
        if (n++ == 0) {
            put(ex, "<h2 id=\"%m\">%t</h2>\n", s->field->key, s->field->doc);
            frame_heads(ex, heads, sizeof heads / sizeof *heads);
        }
        put_entry(ex, s, item(s, i));
    }
    if (n) put(ex, "</tbody></table></div>\n");
    return n;
}

static void put_filter(struct exchange *ex, const char *piece, const char *chosen)
{
    struct section s;
    put(ex,
        "<form method=\"get\" action=\"/catalog\" class=\"filter\" role=\"search\">"
        "<label>%t<input type=\"search\" name=\"q\" maxlength=\"100\" "
        "value=\"%s\"></label><label>%t<select name=\"section\">",
        TEXT("Find", "検索"), piece, TEXT("Section", "区分"));
    put_option(ex, "", chosen, TEXT("all", "すべて"));
    for (size_t i = 0; i < catalog_shape.n_fields; i++)
        if (section_at(ex->web->catalog, i, &s))
            put_option(ex, s.field->key, chosen, s.field->doc);
    put(ex, "</select></label>");
    put_lang_field(ex);
    put(ex, "<button type=\"submit\">%t</button></form>\n", TEXT("Find", "検索"));
}

void web_get_catalog(struct exchange *ex)
{
    const char *piece = web_query(ex, "q"), *chosen = web_query(ex, "section");
    struct section s;
    unsigned n = 0;
    if (piece == NULL) piece = "";
    if (chosen == NULL) chosen = *piece ? "" : "requirements";
    frame_open(ex,
               &(struct frame){.title = TEXT("Catalog", "カタログ"), .asset = "pages"});
    put_filter(ex, piece, chosen);
    for (size_t i = 0; i < catalog_shape.n_fields; i++)
        if (section_at(ex->web->catalog, i, &s) &&
            (*chosen == '\0' || strcmp(chosen, s.field->key) == 0))
            n += put_section(ex, &s, piece);
    if (n == 0)
        put(ex, "<p>%t</p>\n", TEXT("Nothing is like that.", "該当する項目はない。"));
    frame_end(ex);
}

/* ---- one entry ------------------------------------------------------------------ */

static void put_id_link(struct exchange *ex, const char *id, int is_first)
{
    if (id == NULL) return;
    put(ex, "%m<a href=\"/catalog/%m%l\">%s</a>", is_first ? "" : ", ", id, id);
}

static void put_choices(struct exchange *ex, const struct choice_set *set,
                        uint32_t bits)
{
    int n = 0;
    for (size_t i = 0; i < set->n; i++)
        if (bits >> set->items[i].value & 1)
            put(ex, "%m%t", n++ ? ", " : "", set->items[i].text);
}

static int is_given(const struct field *f, const void *at)
{
    switch (f->type) {
    case FIELD_TEXT: return !text_empty(*(const struct text *)at);
    case FIELD_STRING:
    case FIELD_ID: return *(const char *const *)at != NULL;
    case FIELD_REF: return ((const struct ref *)at)->id != NULL;
    case FIELD_REFS:
    case FIELD_STRINGS: return ((const struct list *)at)->n > 0;
    case FIELD_CHOICE: return *(const uint8_t *)at != 0;
    case FIELD_CHOICES: return (*(const uint32_t *)at & ~CHOICES_EMPTY) != 0;
    case FIELD_INT: return *(const int32_t *)at != 0;
    case FIELD_NUMBER: return ((const struct number *)at)->is_set;
    default: return 0; // in the text below
    }
}

static void put_value(struct exchange *ex, const struct field *f, const void *at)
{
    const struct list *list = at;
    if (f->type == FIELD_TEXT) put(ex, "%t", *(const struct text *)at);
    if (f->type == FIELD_STRING || f->type == FIELD_ID)
        put(ex, "%s", *(const char *const *)at);
    if (f->type == FIELD_REF) put_id_link(ex, ((const struct ref *)at)->id, 1);
    if (f->type == FIELD_CHOICE)
        put(ex, "%t", choice_text(f->of, *(const uint8_t *)at));
    if (f->type == FIELD_CHOICES) put_choices(ex, f->of, *(const uint32_t *)at);
    if (f->type == FIELD_INT) put(ex, "%d", (int)*(const int32_t *)at);
    if (f->type == FIELD_NUMBER)
        put(ex, "%s",
            arena_printf(&ex->arena, "%g", ((const struct number *)at)->value));
    for (uint32_t i = 0; f->type == FIELD_REFS && i < list->n; i++)
        put_id_link(ex, LIST_AT(*list, struct ref, i)->id, i == 0);
    for (uint32_t i = 0; f->type == FIELD_STRINGS && i < list->n; i++)
        put(ex, "%m%s", i ? ", " : "", *LIST_AT(*list, const char *, i));
}

static void put_details(struct exchange *ex, const struct section *s,
                        const void *object)
{
    struct buf yaml = {0};
    put(ex, "<section class=\"step\"><h2>%t</h2>\n<p class=\"soft\">%t</p><dl>\n",
        text_at(s, object, "name"), s->field->doc);
    for (size_t i = 0; i < s->shape->n_fields; i++) {
        const struct field *f = &s->shape->fields[i];
        if (f->key == NULL || !is_given(f, slot(object, f))) continue;
        put(ex, "<dt title=\"%t\">%s</dt><dd>", f->doc, f->key);
        put_value(ex, f, slot(object, f));
        put(ex, "</dd>\n");
    }
    schema_write(s->shape, object, &yaml);
    put(ex,
        "</dl>\n<details><summary>%t</summary><pre tabindex=\"0\">%s</pre></details>"
        "</section>\n",
        TEXT("As it is written", "記述の全体"), buf_text(&yaml));
    buf_fini(&yaml);
}

static int refers(const struct section *s, const void *object, const char *id)
{
    for (size_t i = 0; i < s->shape->n_fields; i++) {
        const struct field *f = &s->shape->fields[i];
        const void *at = slot(object, f);
        const struct list *list = at;
        if (f->type == FIELD_REF && ((const struct ref *)at)->id &&
            strcmp(((const struct ref *)at)->id, id) == 0)
            return 1;
        for (uint32_t k = 0; f->type == FIELD_REFS && k < list->n; k++)
            if (strcmp(LIST_AT(*list, struct ref, k)->id, id) == 0) return 1;
    }
    return 0;
}

/* What refers to it, section by section. */
static void put_referring(struct exchange *ex, const char *id)
{
    struct section s;
    for (size_t i = 0; i < catalog_shape.n_fields; i++) {
        unsigned n = 0;
        if (!section_at(ex->web->catalog, i, &s)) continue;
        for (uint32_t k = 0; k < s.list->n; k++) {
            if (!refers(&s, item(&s, k), id)) continue;
            if (n++ == 0)
                put(ex, "<h3>%t %t</h3>\n<ul class=\"plain\">\n",
                    TEXT("Named by:", "参照元:"), s.field->doc);
            put(ex, "<li><a href=\"/catalog/%m%l\">%t</a></li>\n", id_of(item(&s, k)),
                text_at(&s, item(&s, k), "name"));
        }
        if (n) put(ex, "</ul>\n");
    }
}

void web_get_catalog_entry(struct exchange *ex)
{
    const char *id = ex->path.id;
    struct section s;
    int is_open = 0;
    for (size_t i = 0; i < catalog_shape.n_fields; i++)
        for (uint32_t k = 0; section_at(ex->web->catalog, i, &s) && k < s.list->n;
             k++) {
            if (strcmp(id_of(item(&s, k)), id) != 0) continue;
            if (!is_open++)
                frame_open(ex,
                           &(struct frame){.title = text_same(id), .asset = "pages"});
            put_details(ex, &s, item(&s, k));
        }
    if (!is_open) {
        web_problem(ex, DIAG_REQUEST_NOWHERE, NULL);
        return;
    }
    put_referring(ex, id);
    put(ex, "<p><a href=\"/catalog%l\">%t</a></p>\n", TEXT("The catalog", "カタログ"));
    frame_end(ex);
}
