// SPDX-License-Identifier: Apache-2.0
/* From what happened to levels, by the rules of the model; see rehearse.h. */
#include <math.h>

#include "twin/rehearse.h"

static const struct level_rule *rule_at(const struct cast *c, uint32_t i)
{
    return LIST_AT(c->rehearsal->levels, struct level_rule, i);
}

static int applies(const struct level_rule *rule, uint32_t incident)
{
    return rule->incidents.n == 0 || refs_have(&rule->incidents, incident);
}

static int is_stated(const struct level_bounds *b)
{
    return b->from[LEVEL_LIMITED].is_set || b->from[LEVEL_SERIOUS].is_set ||
           b->from[LEVEL_WORST].is_set;
}

/* 1 if a rule says nothing itself: then the twin's suggestion counts. */
static int is_silent(const struct level_rule *rule)
{
    return !is_stated(&rule->recovery) && !is_stated(&rule->economic) &&
           rule->each.unit[0] == '\0';
}

static uint8_t stated_level(const struct level_bounds *b, double value)
{
    uint8_t level = LEVEL_NONE;
    for (uint8_t i = LEVEL_LIMITED; i < N_LEVELS; i++)
        if (b->from[i].is_set && value >= b->from[i].value) level = i;
    return level;
}

static uint8_t suggested_level(const double bounds[3], double value)
{
    uint8_t level = LEVEL_NONE;
    for (uint8_t i = LEVEL_LIMITED; i < N_LEVELS; i++)
        if (value >= bounds[i - 1]) level = i;
    return level;
}

static uint8_t money_level(const struct criteria *c, double money)
{
    uint8_t level = money > 0 ? LEVEL_LIMITED : LEVEL_NONE;
    for (uint8_t i = LEVEL_LIMITED; i < LEVEL_WORST; i++) {
        const struct money *below = &c->economic[i].below;
        if (below->unit[0] && money >= below->value) level = (uint8_t)(i + 1);
    }
    return level;
}

static void raise_to(uint8_t *level, uint8_t to)
{
    if (to > *level) *level = to;
}

static void levels_by(const struct cast *c, const struct level_rule *rule, double value,
                      struct run_levels *to)
{
    const struct scenario_outcome *o = cast_outcome(c->scenario, rule->outcome.index);
    if (is_silent(rule)) {
        raise_to(&to->recovery, suggested_level(o->recovery, value));
        raise_to(&to->economic, suggested_level(o->economic, value));
        return;
    }
    raise_to(&to->recovery, stated_level(&rule->recovery, value));
    raise_to(&to->economic, stated_level(&rule->economic, value));
}

void levels_of(const struct cast *c, uint32_t incident, const double *outcomes,
               struct run_levels *levels)
{
    const struct model *m = c->graph->model;
    for (uint32_t s = 0; s < m->m.stakeholders.n; s++) {
        double money = 0;
        levels[s] = (struct run_levels){0};
        for (uint32_t i = 0; i < c->rehearsal->levels.n; i++) {
            const struct level_rule *rule = rule_at(c, i);
            if (rule->stakeholder.index != s || !applies(rule, incident)) continue;
            double value = outcomes[rule->outcome.index];
            levels_by(c, rule, value, &levels[s]);
            money += rule->each.unit[0] ? rule->each.value * value : 0;
        }
        raise_to(&levels[s].economic, money_level(&m->m.criteria, money));
    }
}

/* The level to which one rule alone comes on an axis. */
static uint8_t level_by(const struct cast *c, const struct level_rule *rule,
                        double value, int axis)
{
    struct run_levels of = {0};
    levels_by(c, rule, value, &of);
    return axis ? of.economic : of.recovery;
}

struct level_reason levels_reason(const struct cast *c, uint32_t incident,
                                  const double *outcomes, uint32_t stakeholder,
                                  int axis)
{
    struct level_reason why = {0};
    uint8_t level = LEVEL_NONE;
    for (uint32_t i = 0; i < c->rehearsal->levels.n; i++) {
        const struct level_rule *rule = rule_at(c, i);
        if (rule->stakeholder.index != stakeholder || !applies(rule, incident))
            continue;
        double value = outcomes[rule->outcome.index];
        uint8_t to = level_by(c, rule, value, axis);
        if (axis && rule->each.unit[0]) why.money += rule->each.value * value;
        if (to > level) why.rule = rule;
        raise_to(&level, to);
    }
    if (axis && money_level(&c->graph->model->m.criteria, why.money) > level)
        why.rule = NULL;
    return why;
}

const struct harm *rehearse_declared(const struct cast *c, uint32_t incident,
                                     uint32_t stakeholder)
{
    const struct incident *of =
        LIST_AT(c->graph->model->m.incidents, struct incident, incident);
    for (uint32_t i = 0; i < of->harms.n; i++) {
        const struct harm *h = LIST_AT(of->harms, struct harm, i);
        if (h->entry.key_index == stakeholder) return h;
    }
    return NULL;
}

static int has_bound(const double bounds[3])
{
    return bounds[0] < HUGE_VAL || bounds[1] < HUGE_VAL || bounds[2] < HUGE_VAL;
}

int rehearse_measures(const struct cast *c, uint32_t incident, uint32_t stakeholder,
                      int axis)
{
    for (uint32_t i = 0; i < c->rehearsal->levels.n; i++) {
        const struct level_rule *rule = rule_at(c, i);
        const struct scenario_outcome *o =
            cast_outcome(c->scenario, rule->outcome.index);
        if (rule->stakeholder.index != stakeholder || !applies(rule, incident))
            continue;
        if (is_silent(rule) && has_bound(axis ? o->economic : o->recovery)) return 1;
        if (is_stated(axis ? &rule->economic : &rule->recovery)) return 1;
        if (axis && rule->each.unit[0]) return 1;
    }
    return 0;
}

int rehearse_concerns(const struct cast *c, uint32_t incident, uint32_t stakeholder)
{
    return rehearse_declared(c, incident, stakeholder) ||
           rehearse_measures(c, incident, stakeholder, 0) ||
           rehearse_measures(c, incident, stakeholder, 1);
}
