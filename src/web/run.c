// SPDX-License-Identifier: Apache-2.0
/* What an address says of a run; see run.h. */
#include "web/run.h"

#include <stdlib.h>
#include <string.h>

#include "attack/model_net.h"
#include "web/contract.h"

/* ---- the query ------------------------------------------------------------------ */

/* A value as streamRehearsal has it, or `usual`; NULL after an answer. */
static const char *value_of(struct exchange *ex, const char *name, const char *usual)
{
    const char *value;
    if (!contract_taken(ex, "streamRehearsal", name, &value)) return NULL;
    return value ? value : usual;
}

static int read_whole(struct exchange *ex, const char *name, const char *usual,
                      uint64_t *out)
{
    const char *value = value_of(ex, name, usual);
    *out = value ? strtoull(value, NULL, 10) : 0;
    return value ? 0 : -1;
}

static int read_number(struct exchange *ex, const char *name, const char *usual,
                       double *out)
{
    const char *value = value_of(ex, name, usual);
    *out = value ? strtod(value, NULL) : 0;
    return value ? 0 : -1;
}

int run_query(struct exchange *ex, struct run_query *q)
{
    *q = (struct run_query){.incident = value_of(ex, "incident", ""),
                            .measures = value_of(ex, "measures", "none")};
    return read_whole(ex, "seed", "1", &q->seed) ||
                   read_whole(ex, "world", "0", &q->world) ||
                   read_number(ex, "speed", "0", &q->speed) ||
                   read_number(ex, "from", "0", &q->from_s) ||
                   read_number(ex, "until", "inf", &q->until_s)
               ? -1
               : 0;
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
