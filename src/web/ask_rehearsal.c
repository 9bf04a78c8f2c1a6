// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai rehearse, as answers of the API, and awai assess, which may take what is
 * measured. */
#include "web/ask_rehearsal.h"

#include <stdio.h>
#include <string.h>

#include "attack/model_net.h"
#include "page/figure_rehearse.h"
#include "page/term_measured.h"
#include "page/term_rehearse.h"

static void bound(struct rehearse_plan *plan, struct patience *p)
{
    plan->threads = 1;
    plan->stop = &p->is_over;
    plan->progress = patience_share;
    plan->told = p;
}

/* The cast of a model, or NULL after an answer. */
static struct cast *open_cast(struct exchange *ex, const struct view *v)
{
    struct cast *c = cast_new(v->graph);
    const char *library = c ? twin_lacks(c->scenario->twin) : NULL;
    if (c == NULL) WEB_SAY(ex, NO_REHEARSAL, text_same(ex->path.slug));
    if (library == NULL) return c;
    WEB_SAY(ex, TWIN_LACKS, text_same(c->scenario->twin->name), text_same(library));
    cast_free(c);
    return NULL;
}

/* 1 if the results of a plan have room; 0 after an answer. */
static int has_room(struct exchange *ex, const struct rehearse_plan *plan)
{
    const double most = REHEARSE_MOST_BYTES / 10; // several may be at it
    double needs = rehearse_bytes(plan);
    if (needs <= most) return 1;
    WEB_SAY(ex, RUNS_LARGE, text_same(arena_printf(&ex->arena, "%.1f", needs / 1e9)),
            text_same(arena_printf(&ex->arena, "%.1f", most / 1e9)));
    return 0;
}

int ask_rehearsed(struct exchange *ex, const struct view *v, struct patience *p,
                  int is_all, struct rehearsal_runs *runs)
{
    struct rehearse_plan plan = {.n_sets = is_all ? 2 : 1,
                                 .incident = REF_NONE,
                                 .begins_s = -1,
                                 .seed = contract_whole(ex, "seed"),
                                 .runs = contract_whole(ex, "rehearse")};
    *runs = (struct rehearsal_runs){0};
    if (plan.runs == 0) return 1;
    plan.cast = runs->cast = open_cast(ex, v);
    if (plan.cast == NULL || !has_room(ex, &plan)) return 0;
    runs->measures = mem_alloc(v->model->m.measures.n + 1);
    plan.sets[1] = runs->measures;
    measures_choose(v->model, "decided", runs->measures);
    bound(&plan, p);
    rehearsal_runs_make(&plan, is_all ? REHEARSAL_MATRIX | REHEARSAL_COMPATIBILITY : 0,
                        runs);
    return 1;
}

/* ---- the assessment ------------------------------------------------------------- */

static void assessment(struct exchange *ex, const struct view *v, struct patience *p)
{
    struct rehearsal_runs runs;
    struct term term = ask_term(ex);
    struct buf *out = &ex->answer.body;
    int is_fine = ask_rehearsed(ex, v, p, 0, &runs);
    if (is_fine && ask_is_text(ex)) {
        term_summary(v->assessment, &term, out);
        if (runs.result) term_measured(runs.result, &term, out);
    } else if (is_fine) {
        assess_json_with(v->assessment, out, rehearsal_json, runs.result);
    }
    rehearsal_fini(&runs);
}

static void assessment_at_once(struct exchange *ex, const struct view *v)
{
    struct patience unused = {0};
    ask_begin(ex, "application/json");
    assessment(ex, v, &unused);
}

/* Unless something is to be rehearsed. */
void ask_assessment(struct exchange *ex)
{
    if (contract_text(ex, "rehearse"))
        ask_long(ex, assessment);
    else
        ask_of_system(ex, assessment_at_once);
}

/* ---- the rehearsal -------------------------------------------------------------- */

/* The play asked for, NULL: of all; 0 after an answer. */
static int find_play(struct exchange *ex, const struct cast *c,
                     const struct cast_play **play)
{
    const char *id = contract_text(ex, "incident");
    *play = id ? rehearsal_play(c, id) : NULL;
    if (id == NULL || *play) return 1;
    WEB_SAY(ex, NO_PLAY, text_same(id));
    return 0;
}

/* 1 if a figure is asked for, and answered with: as --svg writes it. Those of one
 * incident are of the first that was rehearsed. */
static int put_figure(struct exchange *ex, const struct rehearsal_runs *r)
{
    static const struct {
        const char *name;
        int (*draw)(const struct rehearse_view *v, enum lang lang, struct buf *out);
    } figures[] = {
        {"rehearse-map",    figure_rehearse_map   },
        {"rehearse-matrix", figure_rehearse_matrix},
        {"rehearse-twin",   figure_rehearse_twin  },
        {"rehearse-run",    figure_rehearse_run   },
    };
    const char *name = contract_text(ex, "figure");
    struct rehearse_again again = {0};
    const struct rehearse_view v = {
        .result = r->result,
        .matrix = r->matrix,
        .item = r->result->n ? &r->result->items[0] : NULL,
        .names = {TEXT("without measures", "対策なし"),
                  figure_rehearse_set(contract_text(ex, "measures"), &ex->arena)},
        .again = &again
    };
    if (name == NULL) return 0;
    ask_begin(ex, "image/svg+xml");
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (strcmp(figures[i].name, name) == 0)
            figures[i].draw(&v, ex->lang, &ex->answer.body);
    rehearse_again_fini(&again);
    ask_nothing_drawn(ex);
    return 1;
}

static void put_rehearsal(struct exchange *ex, const struct rehearsal_runs *r)
{
    struct buf *out = &ex->answer.body;
    struct term term = ask_term(ex);
    if (put_figure(ex, r)) return;
    if (!ask_is_text(ex)) {
        rehearsal_document(r, out);
        return;
    }
    term_rehearse(r->result, &term, out);
    if (r->matrix) term_matrix(r->matrix, &term, out);
    if (r->compatibility) term_compatibility(r->compatibility, &term, out);
}

static void rehearse(struct exchange *ex, const struct view *v, struct patience *p,
                     struct rehearsal_runs *runs)
{
    const struct cast_play *play;
    struct rehearse_plan plan = {.cast = runs->cast,
                                 .n_sets = 2,
                                 .seed = contract_whole(ex, "seed"),
                                 .runs = contract_whole(ex, "runs"),
                                 .begins_s = contract_decimal(ex, "at", -1)};
    if (!find_play(ex, runs->cast, &play) ||
        !ask_measures(ex, v, "measures", &plan.sets[1]))
        return;
    plan.incident = play ? play->incident : REF_NONE;
    bound(&plan, p);
    if (!has_room(ex, &plan)) return;
    int also = (contract_flag(ex, "matrix") ? REHEARSAL_MATRIX : 0) |
               (contract_flag(ex, "compatibility") ? REHEARSAL_COMPATIBILITY : 0);
    rehearsal_runs_make(&plan, also, runs);
    runs->result->seconds = web_seconds(ex);
    put_rehearsal(ex, runs);
}

static void rehearsal(struct exchange *ex, const struct view *v, struct patience *p)
{
    struct rehearsal_runs runs = {.cast = open_cast(ex, v)};
    if (runs.cast) rehearse(ex, v, p, &runs);
    rehearsal_fini(&runs);
}

void ask_rehearsal(struct exchange *ex)
{
    ask_long(ex, rehearsal);
}

/* ---- one run -------------------------------------------------------------------- */

static void run_once(struct exchange *ex, const struct view *v, const struct cast *c)
{
    const struct cast_play *play;
    const uint8_t *measures = NULL;
    if (!find_play(ex, c, &play) ||
        (contract_text(ex, "measures") && !ask_measures(ex, v, "measures", &measures)))
        return;
    const struct stage_plan plan = {.cast = c,
                                    .play = play,
                                    .measures = measures,
                                    .emergency = -1,
                                    .seed = contract_whole(ex, "seed"),
                                    .world = contract_whole(ex, "world"),
                                    .begins_s = contract_decimal(ex, "at", -1)};
    ask_begin(ex, "text/csv; charset=utf-8");
    rehearsal_trace(&plan, &ex->answer.body);
}

static void trace(struct exchange *ex, const struct view *v, struct patience *p)
{
    struct cast *c = open_cast(ex, v);
    (void)p; // the scenario's time bounds a run
    if (c) run_once(ex, v, c);
    cast_free(c);
}

void ask_trace(struct exchange *ex)
{
    ask_long(ex, trace);
}
