// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The pictures of rehearsals, by law: well-formed, no text outside, the same when drawn
 * again and with any number of threads, in both languages; everybody who is measured
 * and every measure that changes something is there; what is recorded is what is run.
 * And the chapter of the report.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/assets.h"
#include "page/figure_rehearse_kit.h"
#include "page/report.h"
#include "tools/svg.h"

enum { RUNS = 4 };

struct stand {
    struct catalog *catalog;
    struct model *model;
    struct graph *graph;
    struct assessment *a;
    struct cast *cast;
    uint8_t *measures;
    struct rehearse_result *result;
    struct rehearse_matrix *matrix;
    struct compatibility *compatibility;
    struct rehearse_again again;
    struct rehearse_view view;
};

/* The water heater's model, rehearsed. */
static int stand_open(struct stand *s, unsigned threads)
{
    *s = (struct stand){.catalog = catalog_read(NULL)};
    s->model = model_read("usecases/gas-water-heater/model.yaml");
    catalog_bind(s->catalog, s->model);
    cast_bind(s->model);
    if (s->model->diags.n_errors) return 0;
    s->graph = graph_build(s->model, s->catalog);
    s->a = assess_run(s->graph, 0);
    s->cast = cast_new(s->graph);
    s->measures = mem_alloc(s->model->m.measures.n + 1);
    for (uint32_t i = 0; i < s->model->m.measures.n; i++)
        s->measures[i] = 1;
    struct rehearse_plan plan = {
        .cast = s->cast,
        .sets = {NULL, s->measures},
        .n_sets = 2,
        .incident = REF_NONE,
        .seed = 1,
        .runs = RUNS,
        .threads = threads,
        .begins_s = -1
    };
    s->result = rehearse_run(&plan);
    s->view = (struct rehearse_view){
        .result = s->result,
        .names = {TEXT("<without> & \"more\"", "対策なし"), TEXT("with", "対策あり")},
        .again = &s->again
    };
    return 1;
}

/* Each measure alone as well: that takes longer than all the rest. */
static void stand_matrix(struct stand *s)
{
    s->view.matrix = s->matrix = rehearse_matrix_run(s->result);
}

static void stand_close(struct stand *s)
{
    rehearse_again_fini(&s->again);
    compatibility_free(s->compatibility);
    rehearse_matrix_free(s->matrix);
    rehearse_free(s->result);
    free(s->measures);
    cast_free(s->cast);
    assess_free(s->a);
    graph_free(s->graph);
    model_free(s->model);
    catalog_free(s->catalog);
}

/* ---- laws of every picture ----------------------------------------------------------
 */

/* That each text lies within the picture. */
static void check_inside(const char *name, const char *svg)
{
    const char *box = strstr(svg, "viewBox=\"0 0 ");
    double width = strtod(box + 13, NULL), height = strtod(strchr(box + 13, ' '), NULL);
    for (const char *t = svg; (t = strstr(t, "<text")) != NULL; t++) {
        double x = attribute(t, "x"), y = attribute(t, "y");
        const char *end = strchr(t, '>'), *anchor = strstr(t, "text-anchor=\"");
        double wide = escaped_width(end + 1, attribute(t, "font-size"));
        if (anchor && anchor < end) x -= anchor[13] == 'm' ? wide / 2 : wide;
        if (x >= -1 && x + wide <= width + 1 && y >= 0 && y <= height) continue;
        printf("#  %s: outside: %.80s\n", name, t);
        CHECK(0);
    }
}

typedef int draw_view(const struct rehearse_view *v, enum lang lang, struct buf *out);

/* What is drawn, 1 if anything: well-formed, inside, and the same again. */
static int check_drawn(const struct stand *s, const char *name, draw_view *draw)
{
    int drawn = 0;
    for (int lang = 0; lang < N_LANGS; lang++) {
        struct buf out = {0}, again = {0};
        drawn = draw(&s->view, (enum lang)lang, &out);
        CHECK_INT(draw(&s->view, (enum lang)lang, &again), drawn);
        CHECK(strcmp(buf_text(&out), buf_text(&again)) == 0);
        CHECK_INT(out.len > 0, drawn);
        if (drawn) CHECK_FORM(name, buf_text(&out));
        if (drawn) check_inside(name, buf_text(&out));
        buf_fini(&out);
        buf_fini(&again);
    }
    return drawn;
}

static void test_pictures_of_incidents(void)
{
    struct stand s;
    int n_physical = 0;
    REQUIRE(stand_open(&s, 2));
    for (size_t i = 0; i < s.result->n; i++) {
        s.view.item = &s.result->items[i];
        int is_physical = !s.view.item->play->is_still;
        CHECK_INT(check_drawn(&s, "run", figure_rehearse_run), is_physical);
        CHECK_INT(check_drawn(&s, "twin", figure_rehearse_twin), is_physical);
        n_physical += is_physical;
    }
    CHECK(n_physical > 0);
    stand_close(&s);
}

static void test_pictures_of_all(void)
{
    struct stand s;
    REQUIRE(stand_open(&s, 2));
    stand_matrix(&s);
    CHECK_INT(check_drawn(&s, "map", figure_rehearse_map), 1);
    CHECK_INT(check_drawn(&s, "matrix", figure_rehearse_matrix), 1);
    s.view.matrix = NULL;
    CHECK_INT(check_drawn(&s, "no matrix", figure_rehearse_matrix), 0);
    const size_t n = s.result->n;
    s.result->n = 0;
    CHECK_INT(check_drawn(&s, "empty map", figure_rehearse_map), 0);
    s.result->n = n; // or what is of them is not given back
    stand_close(&s);
}

static void draw_all(struct stand *s, struct buf *out)
{
    figure_rehearse_map(&s->view, LANG_EN, out);
    figure_rehearse_matrix(&s->view, LANG_EN, out);
    for (size_t i = 0; i < s->result->n; i++) {
        s->view.item = &s->result->items[i];
        figure_rehearse_run(&s->view, LANG_EN, out);
        figure_rehearse_twin(&s->view, LANG_EN, out);
    }
}

static void test_threads_change_no_byte(void)
{
    struct stand one, three;
    struct buf a = {0}, b = {0};
    REQUIRE(stand_open(&one, 1) && stand_open(&three, 3));
    draw_all(&one, &a);
    draw_all(&three, &b);
    CHECK(strcmp(buf_text(&a), buf_text(&b)) == 0);
    buf_fini(&a);
    buf_fini(&b);
    stand_close(&one);
    stand_close(&three);
}

/* ---- what is in them ----------------------------------------------------------------
 */

static int is_measured(const struct stand *s, uint32_t stakeholder)
{
    for (size_t i = 0; i < s->result->n; i++)
        for (int axis = 0; axis < 2; axis++)
            if (rehearse_measures(s->cast, s->result->items[i].play->incident,
                                  stakeholder, axis))
                return 1;
    return 0;
}

static void test_map_has_everybody_measured(void)
{
    struct stand s;
    struct buf out = {0};
    REQUIRE(stand_open(&s, 2));
    figure_rehearse_map(&s.view, LANG_EN, &out);
    for (uint32_t i = 0; i < s.model->m.stakeholders.n; i++) {
        const struct stakeholder *x =
            LIST_AT(s.model->m.stakeholders, struct stakeholder, i);
        CHECK_INT(has_group(buf_text(&out), "stakeholder", x->entry.id),
                  is_measured(&s, i));
    }
    buf_fini(&out);
    stand_close(&s);
}

/* A measure that is drawn moves an outcome; one that moves no outcome is not drawn. */
static void test_matrix_has_what_changes(void)
{
    struct stand s;
    struct buf out = {0};
    uint32_t n_own;
    REQUIRE(stand_open(&s, 2));
    stand_matrix(&s);
    n_own = s.result->n_outcomes - N_GENERAL_OUTCOMES + GENERAL_REFUSED;
    figure_rehearse_matrix(&s.view, LANG_EN, &out);
    for (size_t k = 0; k < s.matrix->n_measures; k++) {
        const struct measure *x =
            LIST_AT(s.model->m.measures, struct measure, s.matrix->measures[k]);
        int moves = 0;
        for (size_t i = 0; i < s.result->n; i++)
            for (uint32_t o = 0; o < n_own; o++)
                moves |= fabs(rehearse_moved(&s.view, i, k, o)) > 0;
        CHECK_INT(has_group(buf_text(&out), "measure", x->entry.id), moves);
    }
    buf_fini(&out);
    stand_close(&s);
}

/* The range that a trace has recorded, and the end, are those of the run itself. */
static void test_trace_is_the_run(void)
{
    struct stand s;
    struct arena arena = {0};
    struct stage *stage = mem_alloc(sizeof *stage);
    REQUIRE(stand_open(&s, 2));
    s.view.item = &s.result->items[0];
    int bath = twin_variable(s.cast->scenario->twin, "bath_c");
    const struct trace *t = trace_run(&s.view, 1, 3, &bath, 1, &arena);
    double most = -HUGE_VAL, recorded = -HUGE_VAL;
    stage_begin(stage, &(struct stage_plan){.cast = s.cast,
                                            .play = s.view.item->play,
                                            .measures = s.measures,
                                            .emergency = -1,
                                            .seed = 1,
                                            .world = 3,
                                            .begins_s = -1});
    while (stage_step(stage))
        most = fmax(most, twin_get(&stage->twin, bath));
    for (uint32_t i = 0; i < t->n; i++)
        recorded = fmax(recorded, t->most[0][i]);
    CHECK(fabs(most - recorded) <= 0);
    CHECK(fabs(t->end_s - stage->d.t) <= 0);
    CHECK_INT(t->n_marks, stage->d.n_marks);
    CHECK(t->n > 100 && t->n <= TRACE_BUCKETS);
    stage_fini(stage);
    free(stage);
    arena_fini(&arena);
    stand_close(&s);
}

/* ---- the report ---------------------------------------------------------------------
 */

static void test_report_has_the_chapter(void)
{
    struct stand s;
    struct buf with = {0}, without = {0};
    REQUIRE(stand_open(&s, 2));
    stand_matrix(&s);
    s.compatibility = compatibility_run(&s.result->plan);
    struct report_rehearsal rehearsal = {s.result, s.matrix, s.compatibility};
    report_html_rehearsed(s.a, &rehearsal, LANG_EN, NULL, &with);
    report_html(s.a, LANG_EN, &without);
    CHECK(strstr(buf_text(&without), "id=\"rehearsal\"") == NULL);
    CHECK(strstr(buf_text(&with), "id=\"rehearsal\"") != NULL);
    CHECK(strstr(buf_text(&with), "id=\"rehearsal-map\"") != NULL);
    CHECK(strstr(buf_text(&with), "id=\"rehearsal-safety\"") != NULL);
    CHECK(strstr(buf_text(&with), "デジタルツインによるリハーサル") != NULL);
    for (size_t i = 0; i < s.result->n; i++) {
        char id[120];
        snprintf(id, sizeof id, "id=\"rehearsal:%s\"",
                 LIST_AT(s.model->m.incidents, struct incident,
                         s.result->items[i].play->incident)
                     ->entry.id);
        CHECK(strstr(buf_text(&with), id) != NULL);
    }
    buf_fini(&with);
    buf_fini(&without);
    stand_close(&s);
}

int main(void)
{
    RUN(test_pictures_of_incidents);
    RUN(test_pictures_of_all);
    RUN(test_threads_change_no_byte);
    RUN(test_map_has_everybody_measured);
    RUN(test_matrix_has_what_changes);
    RUN(test_trace_is_the_run);
    RUN(test_report_has_the_chapter);
    return UNIT_RESULT();
}
