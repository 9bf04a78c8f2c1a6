// SPDX-License-Identifier: Apache-2.0
/* One run: time, world and what the scenario may ask; see stage.h. Messages and the
 * attack are in cyber.c. */
#include "twin/stage.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

double stage_draw(const struct stage *s, const char *what, const char *of,
                  uint32_t number)
{
    uint64_t key = random_key(what) ^ (of ? random_key(of) << 1 : 0);
    return random_unit(
        random_draw(s->plan.seed, s->plan.world << 32 | number, key).word[0]);
}

/* ---- the world --------------------------------------------------------------------
 */

static double clamped(double x, double least, double most)
{
    return fmin(most, fmax(least, x));
}

static double draw_parameter(const struct stage *s, const struct cast_parameter *p,
                             const struct twin_quantity *q)
{
    struct draws from = {.seed = s->plan.seed,
                         .trial = s->plan.world << 32,
                         .draw = random_key(q->name)};
    if (p->dist.family == DIST_UNSET) return p->value;
    return clamped(p->shift + dist_draw(&p->dist, &from), q->least, q->most);
}

/* Which measures hold in this world; one measure is one chance, whatever it does. */
static void draw_measures(struct stage *s)
{
    const struct cast *c = s->plan.cast;
    const struct model *m = c->graph->model;
    for (uint32_t i = 0; i < c->n_acts; i++) {
        uint32_t of = c->acts[i].measure;
        const char *id = LIST_AT(m->m.measures, struct measure, of)->entry.id;
        s->holds[i] =
            s->plan.measures && s->plan.measures[of] &&
            (s->plan.is_certain || stage_draw(s, "holds", id, 0) < c->holds[of]);
    }
}

/* Whether a measure changes more than another: it is farther from what is there without
 * any, or as far and above. */
static int is_farther(double a, double b, double without)
{
    double far = fabs(a - without), near = fabs(b - without);
    return far > near || (far >= near && a > b);
}

/* What measures in force have set a parameter to, or the value given. Of several the
 * one that changes most counts: no measure takes back what another does, and the order
 * of the file says nothing. */
static double set_by_measures(const struct stage *s, uint32_t parameter, double value)
{
    const struct cast *c = s->plan.cast;
    double set = value;
    for (uint32_t i = 0; i < c->n_acts; i++)
        if (s->holds[i] && c->acts[i].does == ACT_SET &&
            c->acts[i].parameter == (int16_t)parameter &&
            is_farther(c->acts[i].value, set, value))
            set = c->acts[i].value;
    return set;
}

static void draw_parameters(struct stage *s)
{
    const struct cast *c = s->plan.cast;
    const struct scenario *sc = c->scenario;
    const struct cast_parameter *p =
        s->plan.play ? s->plan.play->parameters : c->parameters;
    uint32_t n = (uint32_t)sc->twin->n_variables;
    for (uint32_t i = 0; i < c->n_parameters; i++) {
        if (i < n && sc->twin->variables[i].causality != TWIN_PARAMETER) continue;
        double value =
            set_by_measures(s, i, draw_parameter(s, &p[i], cast_quantity(sc, i)));
        if (i >= n)
            s->chances[i - n] = value;
        else
            twin_set(&s->twin, (int)i, value);
    }
}

/* ---- one run ----------------------------------------------------------------------
 */

static void look_up_uses(struct stage *s)
{
    const struct scenario *sc = s->plan.cast->scenario;
    assert(sc->n_uses <= STAGE_MOST_USES && sc->n_chances <= STAGE_MOST_CHANCES &&
           sc->n_outcomes <= STAGE_MOST_OUTCOMES && sc->size <= STAGE_STATE_BYTES &&
           sc->n_signals <= STAGE_MOST_SIGNALS && sc->n_devices <= STAGE_MOST_DEVICES &&
           sc->n_functions <= STAGE_MOST_FUNCTIONS &&
           sc->n_responses <= STAGE_MOST_RESPONSES);
    for (size_t i = 0; i < sc->n_uses; i++) {
        s->uses[i] = twin_variable(sc->twin, sc->uses[i]);
        assert(s->uses[i] >= 0);
    }
    s->n_steps_each = (uint32_t)lround(sc->every_s / sc->twin->step_s);
}

static int is_still(const struct stage *s)
{
    return s->plan.play && s->plan.play->is_still;
}

void stage_begin(struct stage *s, const struct stage_plan *plan)
{
    const struct scenario *sc = plan->cast->scenario;
    if (s->plan.cast != plan->cast) {
        stage_fini(s);
        s->twin = twin_new(sc->twin);
        s->holds = mem_alloc(plan->cast->n_acts + 1);
    } else {
        twin_reset(&s->twin);
    }
    s->plan = *plan;
    s->wrong = NULL;
    memset(&s->d, 0, sizeof s->d);
    look_up_uses(s);
    draw_measures(s);
    draw_parameters(s);
    cyber_begin(s);
    if (!is_still(s)) sc->begin(s);
}

void stage_fini(struct stage *s)
{
    if (s->twin.kind) twin_fini(&s->twin);
    free(s->holds);
    s->twin.kind = NULL;
    s->holds = NULL;
    s->plan.cast = NULL;
}

/* Nothing physical: only what the attack does to data and components. */
static void run_still(struct stage *s)
{
    const double long_s = 1e9;
    cyber_run(s, long_s);
    cyber_end(s);
    s->d.is_over = 1;
}

static void note_wrong(struct stage *s)
{
    for (size_t i = 0; i < s->twin.kind->n_variables; i++)
        if (isnan(twin_get(&s->twin, (int)i)))
            s->wrong = s->twin.kind->variables[i].q.name;
}

void stage_finish(struct stage *s)
{
    s->plan.cast->scenario->end(s);
    cyber_end(s);
    s->d.is_over = 1;
}

int stage_step(struct stage *s)
{
    const struct scenario *sc = s->plan.cast->scenario;
    if (s->d.is_over) return 0;
    if (is_still(s)) {
        run_still(s);
        return 0;
    }
    cyber_run(s, s->d.t);
    if (sc->act(s) || s->d.t >= sc->lasts_s) {
        stage_finish(s);
        return 0;
    }
    if (!twin_steps(&s->twin, s->n_steps_each)) {
        note_wrong(s);
        stage_finish(s);
        return 0;
    }
    s->d.n_acts++;
    s->d.n_steps = s->twin.n_steps;
    s->d.t = (double)s->d.n_acts * sc->every_s;
    return 1;
}

void stage_run(struct stage *s)
{
    while (stage_step(s)) {
    }
}

struct stage_demand stage_demand(const struct stage *s, int emergency)
{
    const struct scenario_emergency *of =
        &s->plan.cast->scenario->emergencies[emergency];
    struct stage_demand d = {s->d.outcomes[of->outcome], of->most};
    if (of->of)
        d.most += of->share * twin_get(&s->twin, twin_variable(s->twin.kind, of->of));
    return d;
}

size_t stage_size(const struct stage *s)
{
    return sizeof s->d + s->twin.kind->size;
}

void stage_save(const struct stage *s, void *bytes)
{
    memcpy(bytes, &s->d, sizeof s->d);
    twin_save(&s->twin, (char *)bytes + sizeof s->d);
}

void stage_restore(struct stage *s, const void *bytes)
{
    memcpy(&s->d, bytes, sizeof s->d);
    twin_restore(&s->twin, (const char *)bytes + sizeof s->d, s->d.n_steps);
}

/* ---- what a scenario may ask ------------------------------------------------------
 */

void *stage_state(struct stage *s)
{
    return s->d.state;
}

const void *stage_look(const struct stage *s)
{
    return s->d.state;
}

const void *stage_look_twin(const struct stage *s)
{
    return s->twin.state;
}

double stage_time(const struct stage *s)
{
    return s->d.t;
}

int stage_emergency(const struct stage *s)
{
    return s->plan.emergency;
}

double stage_get(const struct stage *s, int use)
{
    return twin_get(&s->twin, s->uses[use]);
}

void stage_set(struct stage *s, int use, double value)
{
    const struct twin_quantity *q = &s->twin.kind->variables[s->uses[use]].q;
    twin_set(&s->twin, s->uses[use], clamped(value, q->least, q->most));
}

double stage_chance(const struct stage *s, int chance)
{
    return s->chances[chance];
}

double stage_luck(const struct stage *s, const char *name, uint32_t number)
{
    return stage_draw(s, "luck", name, number);
}

void stage_send(struct stage *s, int signal, double value)
{
    cyber_send(s, signal, value);
}

double stage_seen(const struct stage *s, int signal)
{
    return s->d.signals[signal].seen;
}

double stage_silence_s(const struct stage *s, int signal)
{
    return s->d.t - s->d.signals[signal].seen_s;
}

double stage_blocked_s(const struct stage *s, int signal)
{
    return cyber_blocked_s(s, signal);
}

uint32_t stage_arrived(const struct stage *s, int signal)
{
    return s->d.signals[signal].n_arrived;
}

int stage_works(const struct stage *s, int device)
{
    uint16_t at = s->plan.cast->devices[device];
    return at == CAST_NOWHERE || s->d.t >= s->d.places[at].stopped_until_s;
}

double stage_back_s(const struct stage *s, int device)
{
    uint16_t at = s->plan.cast->devices[device];
    return at == CAST_NOWHERE ? 0 : s->d.places[at].stopped_until_s;
}

static uint32_t n_steps_of_play(const struct stage *s)
{
    return s->plan.play ? s->plan.play->n_steps : 0;
}

static int has_begun(const struct stage_step *x)
{
    return x->state == STEP_RUNS || x->state == STEP_OVER;
}

double stage_attacked_from_s(const struct stage *s)
{
    double first = HUGE_VAL;
    for (uint32_t i = 0; i < n_steps_of_play(s); i++)
        if (has_begun(&s->d.steps[i])) first = fmin(first, s->d.steps[i].begins_s);
    return first;
}

double stage_attacked_until_s(const struct stage *s)
{
    double last = 0;
    for (uint32_t i = 0; i < n_steps_of_play(s); i++)
        if (has_begun(&s->d.steps[i])) last = fmax(last, s->d.steps[i].ends_s);
    return last > 0 ? last : HUGE_VAL;
}

int stage_protects(const struct stage *s, int function)
{
    return s->d.t >= s->d.function_off_s[function];
}

int stage_responds(const struct stage *s, int response)
{
    return s->d.t >= s->d.responds_s[response];
}

double stage_responds_s(const struct stage *s, int response)
{
    return s->d.responds_s[response];
}

double stage_noticed_s(const struct stage *s)
{
    double first = HUGE_VAL;
    for (uint32_t i = 0; i < s->d.n_marks; i++)
        if (s->d.marks[i].kind == MARK_SEEN) first = fmin(first, s->d.marks[i].t);
    return first;
}

/* What is no number leaves the outcome as it stood. */
void stage_outcome(struct stage *s, int outcome, double value)
{
    if (isfinite(value)) s->d.outcomes[outcome] = value;
}

double stage_outcome_so_far(const struct stage *s, int outcome)
{
    return s->d.outcomes[outcome];
}
