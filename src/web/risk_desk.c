// SPDX-License-Identifier: Apache-2.0
/* Versions of systems laid out for questions; see risk_desk.h. */
#include "web/risk_desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/share.h"

/* Drivers: draws of what is uncertain, worlds in each, worlds for each measure. */
enum { OUTER = 100, INNER = 200, MEASURE_WORLDS = 1000 };

enum { DESKS = 4, MOST_REPLAYED = 128 };

struct risk_desks {
    struct risk_desk *places[DESKS]; // NULL: free
    uint64_t clock;
};

/* ---- one desk ------------------------------------------------------------------- */

static struct risk_desk *desk_new(const struct desk_key *key)
{
    struct risk_desk *d = mem_alloc(sizeof *d);
    d->key = *key;
    pthread_mutex_init(&d->lock, NULL);
    return d;
}

static void desk_free(struct risk_desk *d)
{
    if (d == NULL) return;
    desk_result_fini(&d->before);
    plan_answer_close(d->plan);
    plan_case_close(d->plan_case);
    replay_close(d->replay);
    view_close(&d->view);
    free(d->in_force);
    pthread_mutex_destroy(&d->lock);
    free(d);
}

/* The plan to the target and the best trades, as far as they take seconds. */
static void make_plan(struct risk_desk *d)
{
    const struct plan_wish wish = {0};
    const struct money none = {0};
    d->plan_case = plan_case_open(d->view.assessment, &wish);
    if (d->plan_case->diags.n_errors) return;
    d->plan = plan_answer_open(d->plan_case, &none);
    plan_answer_front(d->plan, 1);
}

static void lay_out(struct web *web, struct risk_desk *d, const char *text, size_t len)
{
    d->view = view_open(web, d->key.slug, text, len);
    if (d->view.assessment == NULL) return;
    d->in_force = mem_alloc(d->view.model->m.measures.n + 1);
    graph_measures_of(d->view.model, STATUS_IMPLEMENTED, d->in_force);
    if (d->view.model->m.measures.n <= MOST_REPLAYED)
        d->replay = replay_open(d->view.graph, DESK_SEED);
    make_plan(d);
}

/* ---- which desk ----------------------------------------------------------------- */

/* A place that nobody uses, that not used longest first; NULL: all are in use. With the
 * server's lock. */
static struct risk_desk **free_place(struct risk_desks *desks)
{
    struct risk_desk **place = NULL;
    for (int i = 0; i < DESKS; i++) {
        struct risk_desk **at = &desks->places[i];
        if (*at == NULL) return at;
        if ((*at)->n_users == 0 && (place == NULL || (*at)->used < (*place)->used))
            place = at;
    }
    return place;
}

static int is_key(const struct desk_key *a, const struct desk_key *b)
{
    return a->today == b->today && strcmp(a->slug, b->slug) == 0 &&
           memcmp(a->hash, b->hash, sizeof a->hash) == 0;
}

/* The desk of a text, empty if it is new. One that finds no place is given up after
 * use. With the server's lock. */
static struct risk_desk *find_desk(struct risk_desks *desks, const struct desk_key *key)
{
    struct risk_desk *d = NULL;
    for (int i = 0; i < DESKS && d == NULL; i++) {
        struct risk_desk *x = desks->places[i];
        if (x && is_key(&x->key, key)) d = x;
    }
    if (d == NULL) {
        struct risk_desk **place = free_place(desks);
        d = desk_new(key);
        if (place) desk_free(*place);
        if (place) *place = d;
    }
    d->n_users++;
    d->used = ++desks->clock;
    return d;
}

struct risk_desk *desk_take(struct exchange *ex)
{
    struct web *web = ex->web;
    struct store_version version;
    const char *text = web_text(ex, 0, &version);
    if (text == NULL) return NULL;
    struct desk_key key = {.today = web->today()};
    snprintf(key.slug, sizeof key.slug, "%s", ex->path.slug);
    sha256(text, (size_t)version.n_bytes, key.hash);
    pthread_mutex_lock(&web->lock);
    struct risk_desk *d = find_desk(web->desks, &key);
    d->n_waiting++;
    pthread_mutex_unlock(&web->lock);
    pthread_mutex_lock(&d->lock);
    pthread_mutex_lock(&web->lock);
    d->n_waiting--;
    pthread_mutex_unlock(&web->lock);
    d->number = version.number;
    if (d->view.model == NULL) lay_out(web, d, text, (size_t)version.n_bytes);
    if (d->view.assessment) return d;
    if (ex->route->is_api)
        api_refused(ex, &d->view.model->diags);
    else
        page_go(ex, "/systems/*/edit", ex->path.slug); // it tells the errors
    desk_give(web, d);
    return NULL;
}

void desk_give(struct web *web, struct risk_desk *d)
{
    int is_placed = 0;
    pthread_mutex_unlock(&d->lock);
    pthread_mutex_lock(&web->lock);
    d->n_users--;
    for (int i = 0; i < DESKS; i++)
        is_placed |= web->desks->places[i] == d;
    int is_over = !is_placed && d->n_users == 0;
    pthread_mutex_unlock(&web->lock);
    if (is_over) desk_free(d);
}

struct risk_desks *risk_desks_new(void)
{
    return mem_alloc(sizeof(struct risk_desks));
}

void risk_desks_free(struct risk_desks *desks)
{
    if (desks == NULL) return;
    for (int i = 0; i < DESKS; i++)
        desk_free(desks->places[i]);
    free(desks);
}

/* ---- questions ------------------------------------------------------------------ */

void desk_ask(struct risk_desk *d, const struct desk_question *q,
              struct desk_result *result)
{
    result->plan = (struct risk_plan){
        .graph = d->view.graph,
        .measures = q->measures,
        .set = q->set,
        .worlds = q->worlds,
        .years = q->years,
        .seed = DESK_SEED,
        .outer = OUTER,
        .inner = INNER,
        .measure_worlds = MEASURE_WORLDS,
        .replay = d->replay,
        .threads = share_threads(),
        .stop = q->with_drivers ? &d->n_waiting : NULL,
        .tries_all = q->with_drivers,
        .leaves_out = q->with_drivers ? 0 : RISK_SPREADS | RISK_MEASURES | RISK_GAINS,
    };
    result->risk = risk_run(&result->plan);
}

void desk_result_fini(struct desk_result *result)
{
    risk_free(result->risk);
    result->risk = NULL;
}

const struct risk *desk_before(struct risk_desk *d, const struct desk_question *q)
{
    struct desk_result *b = &d->before;
    const struct desk_question now = {"in-force", d->in_force, q->worlds, q->years, 0};
    if (b->risk && b->plan.worlds == q->worlds && b->plan.years == q->years)
        return b->risk;
    desk_result_fini(b);
    desk_ask(d, &now, b);
    return b->risk;
}

struct plan_set desk_weigh(struct risk_desk *d, const uint8_t *measures)
{
    return plan_weigh(d->plan->plan, measures);
}
