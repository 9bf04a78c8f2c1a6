/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to the reader of models. What is refused has a place and a message; what
 * is accepted is written so that it reads back the same, bound to the catalog,
 * assessed, and if it can be, rehearsed: a few runs, which end and come to numbers.
 * The catalog is read once.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <math.h>

#include "assess/assess.h"
#include "twin/rehearse.h"

/* Ends the program when what must hold does not. */
static void must(int holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

static void check_errors(const struct diag_list *d)
{
    for (size_t i = 0; i < d->n; i++) {
        const struct diag *item = &d->items[i];
        must(item->message.in[LANG_EN][0] != '\0' && item->code[0] != '\0',
             "an error says nothing");
        must(item->at.file < d->n_files, "an error has no file");
        must(item->severity != DIAG_ERROR || item->at.line > 0,
             "an error has no place");
    }
}

static void check_writing(const struct model *model)
{
    struct buf first = {0}, second = {0};
    schema_write(&model_shape, &model->m, &first);
    struct model *again = model_read_text("written.yaml", buf_text(&first), first.len);
    must(again->diags.n_errors == 0, "what was written is refused");
    schema_write(&model_shape, &again->m, &second);
    must(strcmp(buf_text(&first), buf_text(&second)) == 0, "what was written changes");
    model_free(again);
    buf_fini(&first);
    buf_fini(&second);
}

/* One run: it ends, its outcomes are numbers, and a run from its middle is the same. */
static void run(struct stage *s, const struct stage_plan *plan)
{
    const uint32_t n = cast_n_outcomes(plan->cast->scenario);
    static double outcomes[STAGE_MOST_OUTCOMES + N_GENERAL_OUTCOMES];
    stage_begin(s, plan);
    for (int i = 0; i < 500; i++)
        stage_step(s);
    char *middle = mem_alloc(stage_size(s));
    stage_save(s, middle);
    stage_run(s);
    must(s->wrong == NULL, "a variable of the twin is no number");
    for (uint32_t i = 0; i < n; i++)
        must(isfinite(s->d.outcomes[i]), "an outcome is no number");
    memcpy(outcomes, s->d.outcomes, n * sizeof *outcomes);
    stage_restore(s, middle);
    stage_run(s);
    must(memcmp(outcomes, s->d.outcomes, n * sizeof *outcomes) == 0,
         "a run from its middle is another");
    free(middle);
}

/* The first plays, without measures and with all; then no play, in an emergency. */
static void rehearse(const struct graph *graph)
{
    enum { MOST_PLAYS = 3 };
    struct cast *cast = cast_new(graph);
    if (cast == NULL) return;
    struct stage *s = mem_alloc(sizeof *s);
    uint8_t *all = mem_alloc(graph->model->m.measures.n + 1);
    memset(all, 1, graph->model->m.measures.n);
    struct stage_plan plan = {.cast = cast, .seed = 1, .world = 5, .emergency = -1};
    for (uint32_t i = 0; i < cast->n_plays && i < MOST_PLAYS; i++) {
        plan.play = &cast->plays[i];
        plan.begins_s = i == 1 ? 100 : -1;
        plan.measures = NULL;
        run(s, &plan);
        plan.measures = all;
        run(s, &plan);
    }
    plan.play = NULL;
    plan.begins_s = -1;
    plan.emergency = (int)cast->scenario->n_emergencies - 1;
    run(s, &plan);
    stage_fini(s);
    free(s);
    free(all);
    cast_free(cast);
}

static void assess(struct model *model, const struct catalog *catalog)
{
    catalog_bind(catalog, model);
    cast_bind(model);
    check_errors(&model->diags);
    if (model->diags.n_errors) return;
    model_warn(model);
    struct graph *graph = graph_build(model, catalog);
    must(graph != NULL, "a small model has no graph");
    struct assessment *a = assess_run(graph, 20270101);
    struct buf json = {0};
    assess_json(a, &json);
    must(text_valid(buf_text(&json), json.len) == json.len, "the JSON is not UTF-8");
    buf_fini(&json);
    assess_free(a);
    rehearse(graph);
    graph_free(graph);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct catalog *catalog;
    if (catalog == NULL) catalog = catalog_read(NULL);
    must(catalog->diags.n_errors == 0, "the catalog has errors");

    struct model *model = model_read_text("fuzz.yaml", (const char *)bytes, len);
    check_errors(&model->diags);
    if (model->diags.n_errors == 0) {
        check_writing(model);
        assess(model, catalog);
    }
    model_free(model);
    return 0;
}
