// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * What changed in meaning between two versions of a system's model, and what follows
 * from it (assess/changes.h).
 */
#include <string.h>

#include "assess/changes.h"
#include "web/frame.h"
#include "web/markup.h"
#include "web/seen.h"
#include "web/transfer.h"

/* One side of the comparison. */
struct side {
    int64_t number;
    struct store_version version;
    struct view view;
};

static int open_side(struct exchange *ex, struct side *side)
{
    const char *text = web_text(ex, side->number, &side->version);
    if (text == NULL) return -1;
    side->number = side->version.number;
    side->view = view_open(ex->web, ex->path.slug, text, (size_t)side->version.n_bytes);
    return 0;
}

static void put_sign(struct exchange *ex, char sign)
{
    static const struct {
        char sign;
        const char *tone;
        struct text words;
    } signs[] = {
        {'+', "added",   {{"added", "追加"}}             },
        {'-', "removed", {{"removed", "削除"}}           },
        {'!', "removed", {{"to be looked at", "要注意"}}},
        {'~', "",        {{"changed", "変更"}}           },
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].sign == sign)
            put(ex, "<span class=\"sign %m\" role=\"img\" aria-label=\"%t\">%m</span>",
                signs[i].tone, signs[i].words, arena_printf(&ex->arena, "%c", sign));
}

/* A value, or the beginning of a long one. */
static void put_value(struct exchange *ex, const char *value)
{
    enum { SHOWN = 400 };
    size_t len = strlen(value), end = text_offset(value, len, SHOWN);
    put(ex, "%s%m", arena_strn(&ex->arena, value, end), end < len ? " …" : "");
}

static void put_values(struct exchange *ex, const char *old_value,
                       const char *new_value)
{
    if (old_value) {
        put(ex, "<del class=\"removed\">");
        put_value(ex, old_value);
        put(ex, "</del>");
    }
    if (old_value && new_value) put(ex, " → ");
    if (new_value) {
        put(ex, "<ins class=\"added\">");
        put_value(ex, new_value);
        put(ex, "</ins>");
    }
}

static char sign_of(const struct schema_change *c)
{
    if (c->kind == CHANGE_ADDED || c->old_value == NULL) return '+';
    if (c->kind == CHANGE_REMOVED || c->new_value == NULL) return '-';
    return '~';
}

static void put_change(struct exchange *ex, const struct schema_change *c)
{
    put(ex, "<li>");
    put_sign(ex, c->id && c->key == NULL && c->kind == CHANGE_ADDED     ? '+'
                 : c->id && c->key == NULL && c->kind == CHANGE_REMOVED ? '-'
                                                                        : sign_of(c));
    put(ex, "<strong>%s%m%s</strong> ", c->section, c->id ? " " : "", c->id);
    if (!text_empty(c->name)) put(ex, "%t ", c->name);
    if (c->key) put(ex, "<code>%s</code>: ", c->key);
    put_values(ex, c->old_value, c->new_value);
    put(ex, "</li>\n");
}

static void put_changes(struct exchange *ex, const struct changes *c)
{
    put(ex, "<h2>%t</h2>\n", TEXT("Changes of the model", "モデルの変更"));
    if (c->diff.n == 0)
        put(ex, "<p>%t</p>\n",
            TEXT("None in meaning; only order, layout or comments.",
                 "意味の変更はない(順序、体裁、コメントのみ)。"));
    put(ex, "<ul class=\"plain\">\n");
    for (size_t i = 0; i < c->diff.n; i++)
        put_change(ex, &c->diff.items[i]);
    put(ex, "</ul>\n");
}

static void put_consequence(struct exchange *ex, const struct consequence *item)
{
    put(ex, "<li>");
    put_sign(ex, effect_words[item->effect].sign);
    put(ex, "<strong>%s</strong> %t ", item->id, item->name);
    if (effect_is_move(item->effect)) {
        put_position_of(ex, item->from);
        put(ex, " → ");
        put_position_of(ex, item->to);
    } else {
        put_values(ex, item->old_value, item->new_value);
    }
    put(ex, "</li>\n");
}

static void put_consequences(struct exchange *ex, const struct changes *c)
{
    for (size_t i = 0; i < c->n; i++) {
        int is_first = i == 0 || c->items[i - 1].effect != c->items[i].effect;
        if (is_first)
            put(ex, "%m<h2>%t</h2>\n<ul class=\"plain\">\n", i ? "</ul>\n" : "",
                effect_words[c->items[i].effect].text);
        put_consequence(ex, &c->items[i]);
    }
    put(ex, c->n ? "</ul>\n" : "<p>%t</p>\n",
        TEXT("Nothing follows from it.", "帰結に変化はない。"));
}

static void put_side(struct exchange *ex, const struct side *side, struct text label)
{
    put(ex,
        "<p>%t <a href=\"/systems/%m/versions/%n%l\">%t %n</a> <span "
        "class=\"soft\">",
        label, ex->path.slug, side->number, TEXT("version", "版"), side->number);
    frame_time(ex, side->version.saved_s);
    put(ex, " %s</span> %s</p>\n", side->version.who, side->version.why);
}

void put_meaning(struct exchange *ex, const struct assessment *old_one,
                 const struct assessment *new_one)
{
    struct changes c;
    changes_find(&c, old_one, new_one);
    put_changes(ex, &c);
    put_consequences(ex, &c);
    changes_fini(&c);
}

static void put_comparison(struct exchange *ex, const struct side *old,
                           const struct side *new)
{
    if (old->view.assessment == NULL || new->view.assessment == NULL) {
        put(ex, "<p>%t</p>\n",
            TEXT("One of the two versions has errors, so that their meanings cannot be "
                 "compared.",
                 "一方の版に誤りがあり、意味を比較できない。"));
        return;
    }
    put_meaning(ex, old->view.assessment, new->view.assessment);
}

static int64_t number_asked(struct exchange *ex, const char *name)
{
    const char *value = web_query(ex, name);
    int64_t n = value ? request_number(value) : 0;
    return n > 0 ? n : 0;
}

void web_get_compare(struct exchange *ex)
{
    struct side new = {.number = number_asked(ex, "to")};
    struct side old = {.number = number_asked(ex, "from")};
    if (open_side(ex, &new) != 0) return;
    if (old.number == 0) old.number = new.number > 1 ? new.number - 1 : 1;
    if (open_side(ex, &old) == 0) {
        frame_open(
            ex, &(struct frame){.title = TEXT("What changed in meaning", "意味の変更"),
                                .slug = ex->path.slug,
                                .page = "/history",
                                .asset = "pages"});
        put_side(ex, &old, TEXT("From", "変更前:"));
        put_side(ex, &new, TEXT("To", "変更後:"));
        put_comparison(ex, &old, &new);
        frame_end(ex);
    }
    view_close(&old.view);
    view_close(&new.view);
}
