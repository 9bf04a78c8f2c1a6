// SPDX-License-Identifier: Apache-2.0
/* What takes long: its time and memory; see ask_long.h. */
#include "web/ask_long.h"

#include "attack/model_net.h"
#include "web/kept.h"
#include "web/long_work.h"

/* ---- time ----------------------------------------------------------------------- */

void patience_share(void *patience, double share)
{
    struct patience *p = patience;
    (void)share;
    if (web_clock_s() > p->ends_s) p->is_over = 1;
}

void patience_count(void *patience, uint64_t done)
{
    (void)done;
    patience_share(patience, 0);
}

static void say_long(struct exchange *ex)
{
    const char *seconds = arena_printf(&ex->arena, "%u", ex->web->seconds);
    WEB_SAY(ex, REQUEST_LONG, text_same(seconds));
}

/* ---- the answer ----------------------------------------------------------------- */

/* The answer is remembered by the key, unless that is NULL. */
static void compute_within(struct exchange *ex, struct view *v, long_fn *compute,
                           const char *key)
{
    struct patience p = {.ends_s = web_clock_s() + ex->web->seconds};
    ask_begin(ex, "application/json");
    compute(ex, v, &p);
    if (p.is_over) say_long(ex);
    if (key && ex->answer.status == 200)
        kept_put(ex->web->kept, key, ex->answer.type, &ex->answer.body);
}

static void compute_now(struct exchange *ex, const char *text, size_t len,
                        long_fn *compute, const char *key)
{
    if (!long_work_enter(ex)) return;
    struct view v = view_open(ex->web, ex->path.slug, text, len);
    if (v.assessment)
        compute_within(ex, &v, compute, key);
    else
        api_refused(ex, &v.model->diags);
    view_close(&v);
    long_work_leave(ex);
}

void ask_long(struct exchange *ex, long_fn *compute)
{
    struct store_version version;
    const char *type = NULL, *text = web_text(ex, 0, &version);
    if (text == NULL) return;
    ex->text_key = web_text_key(&ex->arena, text, (size_t)version.n_bytes);
    const char *key = arena_printf(&ex->arena, "%s %s %s %d %s", contract_key(ex),
                                   ex->path.slug, ex->text_key, (int)ex->web->today(),
                                   ex->depends_on ? ex->depends_on : "");
    ex->answer.version = version.number;
    if (kept_find(ex->web->kept, key, &ex->answer.body, &type))
        ask_begin(ex, type);
    else
        compute_now(ex, text, (size_t)version.n_bytes, compute, key);
}

void ask_long_once(struct exchange *ex, long_fn *compute)
{
    struct store_version version;
    const char *text = web_text(ex, 0, &version);
    if (text == NULL) return;
    ex->answer.version = version.number;
    compute_now(ex, text, (size_t)version.n_bytes, compute, NULL);
}

void ask_long_alone(struct exchange *ex, long_fn *compute)
{
    if (!long_work_enter(ex)) return;
    compute_within(ex, NULL, compute, NULL);
    long_work_leave(ex);
}

int ask_measures(struct exchange *ex, const struct view *v, const char *parameter,
                 const uint8_t **of)
{
    const char *set = contract_text(ex, parameter);
    uint8_t *chosen = arena_alloc(&ex->arena, v->model->m.measures.n + 1);
    const char *wrong = measures_choose(v->model, set, chosen);
    *of = chosen;
    if (wrong == NULL) return 1;
    WEB_SAY(ex, MEASURE_SET, text_same(wrong));
    return 0;
}
