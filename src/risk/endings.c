// SPDX-License-Identifier: Apache-2.0
/* What incidents do; see endings.h. */
#include "risk/endings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

/* The point that a normal variable is below in 95% of cases. */
#define NORMAL_95 1.6448536269514722

/* ---- money ------------------------------------------------------------------------
 */

static struct dist dist_of(const struct loss *x)
{
    static const uint8_t families[] = {[LOSS_UNSET] = DIST_PERT,
                                       [LOSS_PERT] = DIST_PERT,
                                       [LOSS_PERT_SPREAD] = DIST_PERT_SPREAD,
                                       [LOSS_TRIANGULAR] = DIST_TRIANGULAR,
                                       [LOSS_UNIFORM] = DIST_UNIFORM,
                                       [LOSS_LOGNORMAL] = DIST_LOGNORMAL};
    double min = x->min.value, max = x->max.value;
    if (x->max.unit[0] == '\0')
        return (struct dist){DIST_CONSTANT, x->mode.value, 0, 0};
    if (x->dist == LOSS_UNIFORM) return (struct dist){DIST_UNIFORM, min, max, 0};
    if (x->dist == LOSS_LOGNORMAL)
        return (struct dist){DIST_LOGNORMAL, sqrt(min * max),
                             log(max / min) / (2 * NORMAL_95), 0};
    return (struct dist){families[x->dist], min, x->mode.value, max};
}

/*
 * What a level costs when only bounds are known: from the bound of the level below to
 * its own, most likely in the geometric middle. The lowest begins at a tenth of its
 * bound, the highest ends at ten times the bound below it.
 */
static struct amount between(const struct criteria *c, int level)
{
    double below = 0, own = c->economic[level].below.value;
    for (int i = LEVEL_LIMITED; i < level; i++)
        if (c->economic[i].below.unit[0]) below = c->economic[i].below.value;
    if (c->economic[level].below.unit[0] == '\0')
        own = level == LEVEL_WORST ? 10 * below : 0;
    if (below <= 0) below = own / 10;
    if (own <= 0)
        return (struct amount){
            BASIS_MISSING, {DIST_CONSTANT, 0, 0, 0}
        };
    return (struct amount){
        BASIS_BOUNDS, {DIST_PERT, below, sqrt(below * own), own}
    };
}

static struct amount level_amount(const struct criteria *c, int level)
{
    const struct loss *x = &c->economic[level].loss;
    if (level == LEVEL_NONE)
        return (struct amount){
            BASIS_NOTHING_LOST, {DIST_CONSTANT, 0, 0, 0}
        };
    if (loss_is_given(x)) return (struct amount){BASIS_STATED, dist_of(x)};
    return between(c, level);
}

static const char *unit_of(const struct loss *x)
{
    return x->mode.unit[0] ? x->mode.unit : x->max.unit;
}

/* The currency of the first amount of a harm, "" if it has none. */
static const char *harm_unit(const struct harm *h)
{
    const char *unit = unit_of(&h->loss);
    for (uint32_t i = 0; i < h->outcomes.n && unit[0] == '\0'; i++)
        unit = unit_of(&LIST_AT(h->outcomes, struct outcome, i)->loss);
    return unit;
}

/* All amounts of a model are in one currency; this one. */
static const char *model_unit(const struct model_data *m)
{
    const char *unit = "";
    for (int i = LEVEL_LIMITED; i < N_LEVELS && unit[0] == '\0'; i++) {
        const struct criterion *c = &m->criteria.economic[i];
        unit = c->below.unit[0] ? c->below.unit : unit_of(&c->loss);
    }
    for (uint32_t i = 0; i < m->incidents.n; i++) {
        const struct incident *x = LIST_AT(m->incidents, struct incident, i);
        for (uint32_t k = 0; k < x->harms.n && unit[0] == '\0'; k++)
            unit = harm_unit(LIST_AT(x->harms, struct harm, k));
    }
    return unit;
}

struct money_scale money_scale_of(const struct model *model,
                                  const struct catalog *catalog)
{
    struct money_scale s = {0};
    memcpy(s.unit, model_unit(&model->m), strlen(model_unit(&model->m)));
    for (int level = LEVEL_NONE; level < N_LEVELS; level++) {
        const struct loss *usual = &catalog->c.criteria.economic[level].loss;
        s.levels[level] = level_amount(&model->m.criteria, level);
        if (s.levels[level].basis < BASIS_BOUNDS || !loss_is_given(usual)) continue;
        if (s.unit[0] == '\0') memcpy(s.unit, unit_of(usual), sizeof s.unit);
        if (strcmp(s.unit, unit_of(usual)) == 0)
            s.levels[level] = (struct amount){BASIS_STATED, dist_of(usual)};
    }
    return s;
}

/* ---- endings ----------------------------------------------------------------------
 */

static struct amount own_or_level(const struct endings *e, const struct loss *own,
                                  const struct loss *of_harm, uint8_t economic)
{
    if (loss_is_given(own)) return (struct amount){BASIS_STATED, dist_of(own)};
    if (loss_is_given(of_harm)) return (struct amount){BASIS_STATED, dist_of(of_harm)};
    return e->money.levels[economic];
}

static void add_ending(struct endings *e, uint32_t incident, const struct harm *h)
{
    static const struct loss none;
    struct ending *x = &e->items[e->n++];
    x->incident = incident;
    x->stakeholder = h->entry.key_index;
    x->n_ends = h->outcomes.n ? h->outcomes.n : 1;
    x->ends = arena_array(&e->arena, x->n_ends, sizeof *x->ends);
    x->ends[0] = (struct end){1, h->recovery, h->economic,
                              own_or_level(e, &h->loss, &none, h->economic)};
    for (uint32_t i = 0; i < h->outcomes.n; i++) {
        const struct outcome *o = LIST_AT(h->outcomes, struct outcome, i);
        // the harm's own loss belongs to its own level
        const struct loss *of_harm = o->economic == h->economic ? &h->loss : &none;
        x->ends[i] = (struct end){o->share.value, o->recovery, o->economic,
                                  own_or_level(e, &o->loss, of_harm, o->economic)};
    }
}

struct numbered {
    const char *id;
    uint32_t number;
};

static int compare_ids(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    return strcmp(x->id, y->id);
}

uint32_t *order_of_ids(struct arena *a, const struct list *list, size_t size)
{
    struct numbered *all = mem_alloc((list->n + 1) * sizeof *all);
    uint32_t *order = arena_array(a, list->n + 1, sizeof *order);
    const char *item = list->items;
    for (uint32_t i = 0; i < list->n; i++, item += size) {
        const struct entry *e = (const struct entry *)(const void *)item;
        all[i] = (struct numbered){e->id, i};
    }
    qsort(all, list->n, sizeof *all, compare_ids);
    for (uint32_t i = 0; i < list->n; i++)
        order[i] = all[i].number;
    free(all);
    return order;
}

/* What is left out counts nowhere, as on the map. */
static int is_excluded(const struct strmap *excluded, const struct incident *x)
{
    char subject[16 + LIMIT_KEY_BYTES];
    uint32_t found;
    snprintf(subject, sizeof subject, "incident:%s", x->entry.id);
    return strmap_get(excluded, subject, &found);
}

static struct strmap excluded_of(const struct model_data *m)
{
    struct strmap excluded = {0};
    for (uint32_t i = 0; i < m->exclusions.n; i++)
        strmap_add(&excluded, LIST_AT(m->exclusions, struct exclusion, i)->subject, i,
                   NULL);
    return excluded;
}

struct endings endings_of(const struct model *model, const struct catalog *catalog)
{
    struct endings e = {.money = money_scale_of(model, catalog),
                        .n_incidents = model->m.incidents.n};
    struct strmap excluded = excluded_of(&model->m);
    uint32_t n = 0;
    for (uint32_t i = 0; i < e.n_incidents; i++)
        n += LIST_AT(model->m.incidents, struct incident, i)->harms.n;
    e.items = arena_array(&e.arena, n, sizeof *e.items);
    e.first = arena_array(&e.arena, e.n_incidents + 1, sizeof *e.first);
    e.end = arena_array(&e.arena, e.n_incidents + 1, sizeof *e.end);
    const uint32_t *order =
        order_of_ids(&e.arena, &model->m.incidents, sizeof(struct incident));
    for (uint32_t i = 0; i < e.n_incidents; i++) {
        const struct incident *x =
            LIST_AT(model->m.incidents, struct incident, order[i]);
        int is_out = is_excluded(&excluded, x);
        e.n_excluded += is_out ? 1u : 0;
        e.first[order[i]] = e.n;
        for (uint32_t k = 0; k < x->harms.n && !is_out; k++)
            add_ending(&e, order[i], LIST_AT(x->harms, struct harm, k));
        e.end[order[i]] = e.n;
    }
    strmap_fini(&excluded);
    return e;
}

int endings_put(struct endings *e, uint32_t incident, uint32_t stakeholder,
                const struct end *ends, uint32_t n)
{
    for (uint32_t i = e->first[incident]; i < e->end[incident]; i++) {
        struct ending *x = &e->items[i];
        if (x->stakeholder != stakeholder) continue;
        x->ends = arena_array(&e->arena, n, sizeof *x->ends);
        memcpy(x->ends, ends, n * sizeof *ends);
        x->n_ends = n;
        return 1;
    }
    return 0;
}

void endings_fini(struct endings *e)
{
    arena_fini(&e->arena);
    *e = (struct endings){0};
}

struct end end_limited(const struct endings *e, struct end end, uint8_t recovery,
                       uint8_t economic)
{
    if (end.recovery > recovery) end.recovery = recovery;
    if (end.economic <= economic) return end;
    end.economic = economic;
    const struct amount *less = &e->money.levels[economic];
    int is_known = less->basis != BASIS_MISSING && end.loss.basis != BASIS_MISSING;
    if (!is_known || dist_mean(&less->dist) < dist_mean(&end.loss.dist))
        end.loss = *less;
    return end;
}
