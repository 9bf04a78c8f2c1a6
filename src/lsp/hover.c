// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What stands at a place, in words. */
#include <string.h>

#include "lsp/describe.h"
#include "lsp/lsp_int.h"

static void put_hover(struct call *c, const struct buf *text, struct span at)
{
    json_open(c->j, '{');
    json_in(c->j, "contents", '{');
    json_put(c->j, "kind", "markdown");
    json_put(c->j, "value", buf_text(text));
    json_close(c->j, '}');
    put_range(c->j, "range", &c->document->lines, at);
    json_close(c->j, '}');
}

/* An identifier: what it stands for, or that it stands for nothing. */
static void say_mention(const struct call *c, const struct mention *m, struct buf *out)
{
    struct thing thing;
    enum lang lang = c->lsp->lang;
    if (things_find(&c->known, m->targets, m->id, &thing)) {
        describe_thing(&thing, lang, out);
        return;
    }
    const struct text args[] = {text_same(m->id), text_same(m->targets),
                                text_same(NULL)};
    struct buf message = {0};
    diag_message(DIAG_REFERENCE, lang, args, &message);
    describe_plain(buf_text(&message), out);
    buf_fini(&message);
}

static void say_choice(const struct call *c, const struct spot *s, struct buf *out)
{
    const struct choice_set *set = s->field->of;
    for (size_t i = 0; i < set->n; i++)
        if (strcmp(set->items[i].name, s->text) == 0)
            describe_choice(&set->items[i], c->lsp->lang, out);
}

/* The row of a key, or NULL. */
static const struct field *row_of(const struct spot *s)
{
    const struct shape *shape = s->parent ? s->parent->shape : NULL;
    return shape && s->key ? schema_field(shape, s->key) : NULL;
}

/* A key of the tables or a value; returns what of it is meant. */
static struct span say_spot(const struct call *c, const struct spot *s, struct buf *out)
{
    const struct field *f = row_of(s);
    enum lang lang = c->lsp->lang;
    if (s->key && span_holds(s->key_at, c->byte)) {
        if (f) describe_key(f, lang, out);
        return s->key_at;
    }
    int is_choice =
        s->field && (s->field->type == FIELD_CHOICE || s->field->type == FIELD_CHOICES);
    if (s->kind == SPOT_SCALAR && is_choice) say_choice(c, s, out);
    if (s->kind == SPOT_SCALAR && f && out->len == 0) describe_key(f, lang, out);
    return s->at;
}

void hover(struct call *c)
{
    struct buf text = {0};
    struct span at = {0, 0};
    if (!call_place(c)) return;
    const struct mention *m = mentions_at(c->known.mentions, c->byte);
    const struct spot *s = outline_at(c->known.outline, c->byte);
    if (m) {
        at = m->at;
        say_mention(c, m, &text);
    } else if (s) {
        at = say_spot(c, s, &text);
    }
    if (text.len)
        put_hover(c, &text, at);
    else
        json_null(c->j);
    buf_fini(&text);
}
