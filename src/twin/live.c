// SPDX-License-Identifier: Apache-2.0
/* Runs as they go; see live.h. */
#include "twin/live.h"

#include <stdlib.h>

#include "base/mem.h"
#include "twin/rehearse_json.h"

static void put_double(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_double(j, value);
}

static void put_quantity(struct json *j, const struct twin_quantity *q)
{
    json_put(j, "name", q->name);
    json_put(j, "unit", q->unit);
    json_put_text(j, "about", q->about);
}

/* What --trace writes: all that may change. */
static int is_column(const struct twin_variable *v)
{
    return v->causality != TWIN_PARAMETER;
}

/* ---- the head ------------------------------------------------------------------- */

static void put_columns(const struct stage *s, struct json *j)
{
    const struct twin_kind *kind = s->twin.kind;
    json_in(j, "columns", '[');
    for (size_t i = 0; i < kind->n_variables; i++) {
        if (!is_column(&kind->variables[i])) continue;
        json_open(j, '{');
        put_quantity(j, &kind->variables[i].q);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* By name: the columns are as they come. */
static void put_shows(const struct stage *s, struct json *j)
{
    const struct scenario *sc = s->plan.cast->scenario;
    json_in(j, "shows", '[');
    for (size_t i = 0; i < sc->n_shows; i++)
        json_string(j, sc->uses[sc->shows[i]]);
    json_close(j, ']');
}

static void put_signals(const struct stage *s, struct json *j)
{
    const struct scenario *sc = s->plan.cast->scenario;
    json_in(j, "signals", '[');
    for (size_t i = 0; i < sc->n_signals; i++) {
        json_open(j, '{');
        put_quantity(j, &sc->signals[i].q);
        json_put_bool(j, "is_command", sc->signals[i].is_command);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_world(const struct stage *s, struct json *j)
{
    const struct scenario *sc = s->plan.cast->scenario;
    json_in(j, "parameters", '{');
    for (size_t i = 0; i < s->twin.kind->n_variables; i++)
        if (!is_column(&s->twin.kind->variables[i]))
            put_double(j, s->twin.kind->variables[i].q.name,
                       twin_get(&s->twin, (int)i));
    json_close(j, '}');
    json_in(j, "chances", '{');
    for (size_t i = 0; i < sc->n_chances; i++)
        put_double(j, sc->chances[i].q.name, s->chances[i]);
    json_close(j, '}');
}

static int is_still(const struct stage *s)
{
    return s->plan.play && s->plan.play->is_still;
}

void live_head(const struct stage *s, struct json *j)
{
    const struct scenario *sc = s->plan.cast->scenario;
    json_put(j, "twin", s->twin.kind->name);
    json_put_text(j, "title", s->twin.kind->title);
    json_put_text(j, "about", sc->about);
    json_put_bool(j, "is_still", is_still(s));
    put_double(j, "lasts_s", sc->lasts_s);
    put_double(j, "every_s", sc->every_s);
    put_columns(s, j);
    put_shows(s, j);
    put_signals(s, j);
    put_world(s, j);
    json_in(j, "scene", '{');
    if (sc->scene && !is_still(s)) sc->scene(s, j);
    json_close(j, '}');
}

/* ---- frames --------------------------------------------------------------------- */

/* Sent last at its beginning, seen last at its end, s since that came. */
static void put_messages(const struct stage *s, struct json *j)
{
    json_in(j, "signals", '[');
    for (size_t i = 0; i < s->plan.cast->scenario->n_signals; i++) {
        const struct stage_signal *x = &s->d.signals[i];
        json_open(j, '[');
        json_double(j, x->sent);
        json_double(j, x->seen);
        json_double(j, s->d.t - x->seen_s);
        json_close(j, ']');
    }
    json_close(j, ']');
}

static void put_marks(const struct stage *s, uint32_t *n_told, struct json *j)
{
    const struct scenario *sc = s->plan.cast->scenario;
    json_in(j, "marks", '[');
    for (; *n_told < s->d.n_marks; ++*n_told) {
        const struct stage_mark *m = &s->d.marks[*n_told];
        json_open(j, '{');
        put_double(j, "t", m->t);
        json_put(j, "kind", mark_name(m->kind));
        if (m->kind == MARK_RESPONSE && m->step < sc->n_responses)
            json_put_text(j, "about", sc->responses[m->step].about);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void live_frame(const struct stage *s, uint32_t *n_told, struct json *j)
{
    const struct twin_kind *kind = s->twin.kind;
    const struct scenario *sc = s->plan.cast->scenario;
    put_double(j, "t", s->d.t);
    json_in(j, "values", '[');
    for (size_t i = 0; i < kind->n_variables; i++)
        if (is_column(&kind->variables[i])) json_double(j, twin_get(&s->twin, (int)i));
    json_close(j, ']');
    put_messages(s, j);
    put_marks(s, n_told, j);
    json_in(j, "picture", '{');
    if (sc->picture && !is_still(s)) sc->picture(s, j);
    json_close(j, '}');
}

/* ---- the result ----------------------------------------------------------------- */

static void put_outcomes(const struct stage *s, struct json *j)
{
    const struct scenario *sc = s->plan.cast->scenario;
    json_in(j, "outcomes", '[');
    for (uint32_t i = 0; i < cast_n_outcomes(sc); i++) {
        json_open(j, '{');
        put_quantity(j, &cast_outcome(sc, i)->q);
        put_double(j, "value", s->d.outcomes[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* From which value of the outcome on it is at the level, by the rule or, where that
 * states none, as the twin suggests. */
static void put_bound(struct json *j, const struct level_rule *rule,
                      const struct scenario_outcome *o, int axis, int level)
{
    const struct level_bounds *b = axis ? &rule->economic : &rule->recovery;
    int is_stated = b->from[level].is_set;
    put_double(j, "from",
               is_stated ? b->from[level].value
                         : (axis ? o->economic : o->recovery)[level - 1]);
    json_put_bool(j, "is_suggested", !is_stated);
}

static void put_rule(const struct stage *s, struct json *j,
                     const struct level_rule *rule, int axis, int level)
{
    const struct scenario_outcome *o =
        cast_outcome(s->plan.cast->scenario, rule->outcome.index);
    json_in(j, "rule", '{');
    put_quantity(j, &o->q);
    put_double(j, "value", s->d.outcomes[rule->outcome.index]);
    put_bound(j, rule, o, axis, level);
    json_put_text(j, "because", rule->because);
    json_close(j, '}');
}

static struct text level_text(const struct choice_set *levels, int level)
{
    for (size_t i = 0; i < levels->n; i++)
        if (levels->items[i].value == level) return levels->items[i].text;
    return text_same(NULL);
}

static void put_money(struct json *j, const struct cast *c, double money)
{
    const struct criteria *of = &c->graph->model->m.criteria;
    put_double(j, "money", money);
    for (int i = LEVEL_LIMITED; i < N_LEVELS; i++) {
        if (of->economic[i].below.unit[0] == '\0') continue;
        json_put(j, "currency", of->economic[i].below.unit);
        return;
    }
}

static void put_axis(const struct stage *s, struct json *j, uint32_t stakeholder,
                     int axis, int level)
{
    const struct cast *c = s->plan.cast;
    uint32_t incident = s->plan.play->incident;
    const struct harm *declared = rehearse_declared(c, incident, stakeholder);
    const struct choice_set *names = axis ? &economic_levels : &recovery_levels;
    if (!rehearse_measures(c, incident, stakeholder, axis)) return;
    struct level_reason why =
        levels_reason(c, incident, s->d.outcomes, stakeholder, axis);
    json_in(j, axis ? "economic" : "recovery", '{');
    json_put_int(j, "rank", level);
    json_put(j, "level", choice_name(names, level));
    json_put_text(j, "name", level_text(names, level));
    if (declared)
        json_put_text(
            j, "declared",
            level_text(names, axis ? declared->economic : declared->recovery));
    if (why.money > 0) put_money(j, c, why.money);
    if (why.rule && level > LEVEL_NONE) put_rule(s, j, why.rule, axis, level);
    json_close(j, '}');
}

static void put_stakeholders(const struct stage *s, struct json *j)
{
    const struct cast *c = s->plan.cast;
    const struct model *m = c->graph->model;
    uint32_t incident = s->plan.play->incident;
    struct run_levels *levels = mem_alloc((m->m.stakeholders.n + 1) * sizeof *levels);
    levels_of(c, incident, s->d.outcomes, levels);
    json_in(j, "stakeholders", '[');
    for (uint32_t i = 0; i < m->m.stakeholders.n; i++) {
        const struct stakeholder *x = LIST_AT(m->m.stakeholders, struct stakeholder, i);
        if (!rehearse_concerns(c, incident, i)) continue;
        json_open(j, '{');
        json_put(j, "id", x->entry.id);
        json_put_text(j, "name", x->name);
        put_axis(s, j, i, 0, levels[i].recovery);
        put_axis(s, j, i, 1, levels[i].economic);
        json_close(j, '}');
    }
    json_close(j, ']');
    free(levels);
}

void live_result(const struct stage *s, struct json *j)
{
    put_double(j, "t", s->d.t);
    put_outcomes(s, j);
    put_stakeholders(s, j);
}
