// SPDX-License-Identifier: Apache-2.0
/*
 * A set of measures decided: a new version of the model whose text differs in the
 * status of measures only. Measures of the set become decided, others that were decided
 * are proposed again; what is in force stays as it is.
 */
#include <string.h>

#include "base/json_read.h"
#include "web/change.h"
#include "web/risk.h"

struct order {
    const char *words, *why;
    int64_t base;
};

/* ---- what is ordered ------------------------------------------------------------ */

static int is_type(struct exchange *ex, const char *type)
{
    if (request_is_type(ex->content_type, type)) return 1;
    WEB_SAY(ex, REQUEST_TYPE, text_same(type));
    return 0;
}

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

static int read_form(struct exchange *ex, struct order *o)
{
    struct request_form form;
    if (!is_type(ex, "application/x-www-form-urlencoded")) return 0;
    if (request_form(buf_text(&ex->body), ex->body.len, &ex->arena, &form) != 0) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return 0;
    }
    o->words = or_empty(request_field(&form, "measures"));
    o->why = or_empty(request_field(&form, "why"));
    o->base = request_number(or_empty(request_field(&form, "base")));
    return 1;
}

/* The ids of a list of strings as words; NULL if it is something else. */
static const char *words_of(struct exchange *ex, const struct json_value *list)
{
    struct buf words = {0};
    int is_list = list && list->kind == JSON_ARRAY;
    buf_str(&words, "none");
    for (const struct json_value *v = is_list ? list->first : NULL; v; v = v->next) {
        const char *id = json_text(v);
        is_list &= id != NULL;
        buf_printf(&words, ",%s", id ? id : "");
    }
    const char *all = is_list ? arena_str(&ex->arena, buf_text(&words)) : NULL;
    buf_fini(&words);
    return all;
}

/* The type is one that no form of another site can send. */
static int read_call(struct exchange *ex, struct order *o)
{
    if (!is_type(ex, "application/json")) return 0;
    const struct json_value *body =
        json_read(&ex->arena, buf_text(&ex->body), ex->body.len);
    const struct json_value *reason = json_get(body, "reason");
    o->words = words_of(ex, json_get(body, "measures"));
    o->why = or_empty(json_text(reason));
    o->base = request_if_match(ex->if_match);
    if (o->words && (reason == NULL || json_text(reason))) return 1;
    web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
    return 0;
}

/* ---- the new text --------------------------------------------------------------- */

/* Changes the status of measures; `why` is told what changes, unless there is a reason
 * already. */
static void edit(struct change *c, const struct model *model, const uint8_t *measures,
                 struct buf *why)
{
    uint32_t n = model->m.measures.n;
    uint8_t *decided = arena_alloc(&c->ex->arena, n + 1);
    uint8_t *proposed = arena_alloc(&c->ex->arena, n + 1);
    int is_told = why->len > 0;
    risk_changes(model, measures, decided, proposed);
    for (uint32_t i = 0; i < n; i++) {
        const char *id = LIST_AT(model->m.measures, struct measure, i)->entry.id;
        if (!decided[i] && !proposed[i]) continue;
        int status = decided[i] ? STATUS_DECIDED : STATUS_PROPOSED;
        change_set(c, arena_printf(&c->ex->arena, "measures/%s/status", id),
                   choice_name(&measure_statuses, status));
        if (is_told || why->len > 200) continue;
        buf_printf(why, "%s%c%s", why->len ? ", " : "", decided[i] ? '+' : '-', id);
    }
}

/* ---- saving --------------------------------------------------------------------- */

static void tell(struct exchange *ex, int64_t number)
{
    if (ex->route->is_api) {
        api_saved(ex, ex->path.slug, number);
        ex->answer.status = 200; // nothing begins to be here, whatever the number
        return;
    }
    page_go(ex, "/systems/*/risk", ex->path.slug);
    ex->answer.location =
        arena_printf(&ex->arena, "%s%cadopted=%lld", ex->answer.location,
                     strchr(ex->answer.location, '?') ? '&' : '?', (long long)number);
}

static void save(struct change *c, const char *why)
{
    int64_t number = 0;
    if (c->failed)
        WEB_SAY(c->ex, PLAN_STYLE, text_same(c->failed));
    else
        number = change_save(c, why);
    if (number == 0) return;
    tell(c->ex, number);
    change_tell(c, number);
}

/* Decides a set in a version's text; where nothing changes, nothing is saved. */
static void adopt(struct exchange *ex, const struct order *o, const struct seen *s)
{
    const struct model *model = s->view.model;
    const uint8_t *measures = risk_measures(ex, model, o->words);
    struct buf why = {0};
    if (measures == NULL) return;
    if (risk_changes(model, measures, NULL, NULL) == 0) {
        tell(ex, s->version.number);
        return;
    }
    struct change c = change_begin(ex, s);
    c.claim = (struct claim){"measures", "status", NULL}; // it is a set that is adopted
    if (!text_is_blank(o->why)) buf_str(&why, o->why);
    edit(&c, model, measures, &why);
    save(&c, buf_text(&why));
    change_fini(&c);
    buf_fini(&why);
}

void web_post_adopt(struct exchange *ex)
{
    struct order o = {0};
    struct seen s;
    if (!(ex->route->is_api ? read_call(ex, &o) : read_form(ex, &o))) return;
    if (o.base < 1) {
        web_problem(ex, DIAG_REQUEST_BASE, NULL);
        return;
    }
    if (change_open(ex, o.base, &s) != 0) return;
    adopt(ex, &o, &s);
    seen_close(&s);
}
