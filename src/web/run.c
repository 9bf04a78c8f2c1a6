// SPDX-License-Identifier: Apache-2.0
/* What an address says of a run; see run.h. */
#include "web/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attack/model_net.h"

/* ---- the query ------------------------------------------------------------------ */

static int refuse(struct exchange *ex, const char *name, const char *value)
{
    WEB_SAY(ex, STREAM_VALUE, text_same(name), text_same(value));
    return -1;
}

/* A number from least to most, or, where it is not named, as it stands. */
static int read_number(struct exchange *ex, const char *name, double least, double most,
                       double *out)
{
    const char *text = web_query(ex, name);
    if (text == NULL || text[0] == '\0') return 0;
    double value = request_decimal(text);
    if (value < least || value > most) return refuse(ex, name, text);
    *out = value;
    return 0;
}

static int read_whole(struct exchange *ex, const char *name, double most, uint64_t *out)
{
    double value = (double)*out;
    if (read_number(ex, name, 0, most, &value)) return -1;
    *out = (uint64_t)value;
    return value == floor(value) ? 0 : refuse(ex, name, web_query(ex, name));
}

static const char *read_text(struct exchange *ex, const char *name, const char *usual)
{
    const char *text = web_query(ex, name);
    return text && text[0] ? arena_str(&ex->arena, text) : usual;
}

int run_query(struct exchange *ex, struct run_query *q)
{
    const double most_seed = 999999999999999, most_s = 1e9;
    *q = (struct run_query){.seed = 1, .until_s = HUGE_VAL};
    q->incident = read_text(ex, "incident", "");
    q->measures = read_text(ex, "measures", "none");
    if (read_whole(ex, "seed", most_seed, &q->seed) ||
        read_whole(ex, "world", REHEARSE_MOST_RUNS, &q->world) ||
        read_number(ex, "speed", 1e-3, RUN_MOST_SPEED, &q->speed) ||
        read_number(ex, "from", 0, most_s, &q->from_s) ||
        read_number(ex, "until", 0, most_s, &q->until_s))
        return -1;
    return 0;
}

/* ---- the model ------------------------------------------------------------------ */

int run_open(struct exchange *ex, struct run_cast *c)
{
    struct store_version version;
    const char *text = web_text(ex, 0, &version);
    *c = (struct run_cast){0};
    if (text == NULL) return -1;
    c->view = view_open(ex->web, ex->path.slug, text, (size_t)version.n_bytes);
    if (c->view.assessment == NULL) {
        web_problem(ex, DIAG_REQUEST_MODEL, NULL);
        return -1;
    }
    c->cast = cast_new(c->view.graph);
    if (c->cast) return 0;
    WEB_SAY(ex, NO_REHEARSAL, text_same(ex->path.slug));
    return -1;
}

void run_close(struct run_cast *c)
{
    cast_free(c->cast);
    view_close(&c->view);
    c->cast = NULL;
}

const struct cast_play *run_play(struct exchange *ex, const struct cast *c,
                                 const char *incident)
{
    const struct list *all = &c->graph->model->m.incidents;
    for (uint32_t i = 0; i < c->n_plays; i++) {
        const struct incident *x = LIST_AT(*all, struct incident, c->plays[i].incident);
        if (strcmp(x->entry.id, incident) == 0) return &c->plays[i];
    }
    WEB_SAY(ex, NO_PLAY, text_same(incident));
    return NULL;
}

uint8_t *run_measures(struct exchange *ex, const struct cast *c, const char *set)
{
    uint8_t *of = mem_alloc(c->graph->model->m.measures.n + 1);
    const char *wrong = measures_choose(c->graph->model, set, of);
    if (wrong == NULL) return of;
    free(of);
    WEB_SAY(ex, MEASURE_SET, text_same(wrong));
    return NULL;
}
