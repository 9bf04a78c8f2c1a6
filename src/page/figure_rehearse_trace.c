// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Runs had again and recorded; see figure_rehearse_kit.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/share.h"
#include "page/figure_rehearse_kit.h"

// clang-format off
const struct limit rehearse_limits[] = {
    {"heater", "bath_c", "too_hot_c", 0, {{"hurts", "熱いと感じる"}}},
    {"heater", "skin_c", NULL, 44, {{"damage begins", "損傷が始まる"}}}, // Moritz and Henriques (1947)
    {"heater", "damage", NULL, 0.53, {{"1st degree", "1度"}}}, // as skin.h says
    {"heater", "damage", NULL, 1, {{"2nd degree", "2度"}}},
    {"column", "pressure_kpag", "sis_trip_kpag", 0, {{"safety system trips", "安全計装の作動"}}},
    {"column", "pressure_kpag", "relief_set_kpag", 0, {{"relief valve", "安全弁"}}},
    {"column", "pressure_kpag", "burst_kpag", 0, {{"bursts", "破裂"}}},
    {"column", "bottom_c", "heel_onset_c", 0, {{"reaction begins", "反応の開始"}}},
    {"monitor", "zone_c", "limiter_c", 0, {{"limiter", "過昇温防止"}}},
    {"monitor", "bearing1_c", "alarm_c", 0, {{"alarm", "警報"}}},
    {"monitor", "bearing1_c", "trip_c", 0, {{"trip", "停止"}}},
    {"monitor", "bearing1_c", "seize_c", 0, {{"seizes", "焼付き"}}},
    {"monitor", "bearing2_c", "alarm_c", 0, {{"alarm", "警報"}}},
    {"monitor", "bearing2_c", "trip_c", 0, {{"trip", "停止"}}},
    {"weldcell", "left_heat_kj_mm", "heat_least_kj_mm", 0, {{"least", "下限"}}},
    {"weldcell", "left_heat_kj_mm", "heat_most_kj_mm", 0, {{"most", "上限"}}},
    {"weldcell", "right_heat_kj_mm", "heat_least_kj_mm", 0, {{"least", "下限"}}},
    {"weldcell", "right_heat_kj_mm", "heat_most_kj_mm", 0, {{"most", "上限"}}},
    {"weldcell", "heat_mean_kj_mm", "heat_least_kj_mm", 0, {{"least", "下限"}}},
    {"weldcell", "heat_mean_kj_mm", "heat_most_kj_mm", 0, {{"most", "上限"}}},
    {"weldcell", "worst_sync_mm", "sync_limit_mm", 0, {{"limit", "限度"}}},
    {"weldcell", "sync_error_mm", "sync_limit_mm", 0, {{"limit", "限度"}}},
    {"weldcell", "worst_off_mm", "off_limit_mm", 0, {{"limit", "限度"}}},
    {"drone", "height_m", "fence_height_m", 0, {{"geofence", "ジオフェンス"}}},
    {"drone", "battery_share", "return_share", 0, {{"flies home", "自動帰還"}}},
};
// clang-format on
const size_t n_rehearse_limits = sizeof rehearse_limits / sizeof *rehearse_limits;

/* ---- worlds again -----------------------------------------------------------------
 */

static void begin(const struct rehearse_view *v, int set, uint64_t world,
                  struct stage *s)
{
    const struct rehearse_plan *p = &v->result->plan;
    struct stage_plan plan = {.cast = p->cast,
                              .play = v->item->play,
                              .measures = p->sets[set],
                              .emergency = -1,
                              .seed = p->seed,
                              .world = world,
                              .begins_s = p->begins_s};
    stage_begin(s, &plan);
}

struct all {
    const struct rehearse_view *v;
    int set;
    trace_look *look;
    char *notes;
    size_t size;
    struct stage *stages; // by thread
};

static void run_piece(void *with, unsigned worker, uint64_t world)
{
    struct all *a = with;
    struct stage *s = &a->stages[worker];
    void *note = a->notes + world * a->size;
    begin(a->v, a->set, world, s);
    do
        a->look(note, s);
    while (stage_step(s));
    a->look(note, s);
}

void trace_all(const struct rehearse_view *v, int set, uint64_t n, trace_look *look,
               void *notes, size_t size)
{
    unsigned threads = v->result->plan.threads;
    struct all a = {v, set, look, notes, size, NULL};
    struct share work = {.threads = threads, .n = n, .piece = run_piece, .with = &a};
    a.stages = mem_alloc(threads * sizeof *a.stages);
    share_out(&work);
    for (unsigned i = 0; i < threads; i++)
        stage_fini(&a.stages[i]);
    free(a.stages);
}

void rehearse_again_fini(struct rehearse_again *again)
{
    arena_fini(&again->arena);
    arena_fini(&again->for_all);
    *again = (struct rehearse_again){0};
}

static void forget_item(struct rehearse_again *again)
{
    arena_fini(&again->arena);
    memset(again->kept, 0, sizeof again->kept);
}

const void *again_of(const struct rehearse_view *v, int part, again_gather *gather)
{
    struct rehearse_again *a = v->again;
    if (a->item != v->item) forget_item(a);
    a->item = v->item;
    if (a->kept[part] == NULL) a->kept[part] = gather(v, &a->arena);
    return a->kept[part];
}

/* ---- recording --------------------------------------------------------------------
 */

/* Two stretches become one: room for a run twice as long. */
static void halve(struct trace *t)
{
    for (uint32_t k = 0; k < t->n_variables; k++) {
        for (uint32_t i = 0; i < t->n / 2; i++) {
            t->least[k][i] = fmin(t->least[k][2 * i], t->least[k][2 * i + 1]);
            t->most[k][i] = fmax(t->most[k][2 * i], t->most[k][2 * i + 1]);
        }
    }
    t->n /= 2;
    t->every_s *= 2;
}

static void record(struct trace *t, const struct stage *s)
{
    t->end_s = s->d.t;
    if (s->twin.n_steps == 0) return; // outputs are none yet
    if (s->d.t >= TRACE_BUCKETS * t->every_s) halve(t);
    uint32_t at = (uint32_t)(s->d.t / t->every_s);
    for (uint32_t k = 0; k < t->n_variables; k++) {
        double value = twin_get(&s->twin, t->variables[k]);
        if (isnan(value)) value = 0; // the run ended there, and says so
        t->least[k][at] = at < t->n ? fmin(t->least[k][at], value) : value;
        t->most[k][at] = at < t->n ? fmax(t->most[k][at], value) : value;
        for (uint32_t i = t->n; i < at; i++) // before the first step
            t->least[k][i] = t->most[k][i] = value;
    }
    t->n = at + 1;
}

static void keep_end(struct trace *t, const struct stage *s, struct arena *arena)
{
    const struct scenario *sc = s->plan.cast->scenario;
    size_t n = sc->twin->n_variables;
    double *last = arena_array(arena, n + 1, sizeof *last);
    double *chances = arena_array(arena, sc->n_chances + 1, sizeof *chances);
    for (size_t i = 0; i < n; i++)
        last[i] = twin_get(&s->twin, (int)i);
    memcpy(chances, s->chances, sc->n_chances * sizeof *chances);
    t->last = last;
    t->chances = chances;
    t->n_marks = s->d.n_marks;
    memcpy(t->marks, s->d.marks, s->d.n_marks * sizeof *t->marks);
}

struct trace *trace_run(const struct rehearse_view *v, int set, uint64_t world,
                        const int *variables, uint32_t n, struct arena *arena)
{
    struct trace *t = arena_alloc(arena, sizeof *t);
    struct stage *s = mem_alloc(sizeof *s);
    begin(v, set, world, s);
    t->every_s = v->result->plan.cast->scenario->every_s;
    t->n_variables = n < TRACE_VARIABLES ? n : TRACE_VARIABLES;
    memcpy(t->variables, variables, t->n_variables * sizeof *t->variables);
    do
        record(t, s);
    while (stage_step(s));
    record(t, s);
    keep_end(t, s, arena);
    stage_fini(s);
    free(s);
    return t;
}

/* ---- values by name ---------------------------------------------------------------
 */

int trace_outcome(const struct scenario *s, const char *name)
{
    uint32_t n = cast_n_outcomes(s);
    for (uint32_t i = 0; i < n; i++)
        if (strcmp(cast_outcome(s, i)->q.name, name) == 0) return (int)i;
    return -1;
}

static double value_of(const struct scenario *sc, const double *last,
                       const double *chances, const char *name)
{
    for (size_t i = 0; i < sc->n_chances; i++)
        if (strcmp(sc->chances[i].q.name, name) == 0) return chances[i];
    int variable = twin_variable(sc->twin, name);
    return variable < 0 ? (double)NAN : last[variable];
}

double trace_value(const struct rehearse_view *v, const struct trace *t,
                   const char *name)
{
    return value_of(v->result->plan.cast->scenario, t->last, t->chances, name);
}

double stage_value(const struct stage *s, const char *name)
{
    int variable = twin_variable(s->twin.kind, name);
    return variable < 0 ? (double)NAN : twin_get(&s->twin, variable);
}
