// SPDX-License-Identifier: Apache-2.0
/* Criteria and estimates within themselves: what no table of keys can state. */
#include "model/model.h"

#include <math.h>
#include <string.h>

/* What is written for a level, or NULL. */
static const struct node *criterion_node(const struct node *root, const char *axis,
                                         const char *level, const char *key)
{
    const struct node *of = node_get(node_get(root, "criteria"), axis);
    return node_get(node_get(of, level), key);
}

/* The amount of a level, as it is written; its node, or NULL. */
static const struct node *bound_of(const struct node *root, const char *level)
{
    return criterion_node(root, "economic", level, "below");
}

static void compare(const struct node *root, const struct criteria *c, int low,
                    int high, struct diag_list *d)
{
    const struct money *less = &c->economic[low].below;
    const struct money *more = &c->economic[high].below;
    const char *level = choice_name(&economic_levels, high);
    const struct node *lower = bound_of(root, choice_name(&economic_levels, low));
    const struct node *upper = bound_of(root, level);
    if (lower == NULL || upper == NULL) return;
    const struct text *args = DIAG_ARGUMENTS(
        CRITERIA_ORDER, text_same(level), diag_quote(d, upper->text),
        text_same(choice_name(&economic_levels, low)), diag_quote(d, lower->text));
    if (strcmp(less->unit, more->unit) != 0)
        diag_put(d, DIAG_CRITERIA_CURRENCY, upper->at, args);
    else if (more->value <= less->value)
        diag_put(d, DIAG_CRITERIA_ORDER, upper->at, args);
}

static int is_money(const struct money *m)
{
    return m->unit[0] != '\0';
}

int loss_is_given(const struct loss *loss)
{
    return is_money(&loss->mode) || is_money(&loss->min) || is_money(&loss->max) ||
           loss->dist != LOSS_UNSET;
}

/* 1 if the mean of a lognormal loss is an amount of money: its tail may outgrow any. */
static int has_mean(const struct loss *x)
{
    const double wide = 2 * 1.6448536269514722; // from 5% to 95% of a normal variable
    double sigma = log(x->max.value / x->min.value) / wide;
    double log_mean = (log(x->min.value) + log(x->max.value) + sigma * sigma) / 2;
    return log_mean <= log(1e30);
}

/* 1 if a loss has the amounts that its distribution takes, in order. */
static int is_distribution(const struct loss *x)
{
    int mode = is_money(&x->mode), min = is_money(&x->min), max = is_money(&x->max);
    if (x->dist == LOSS_UNIFORM || x->dist == LOSS_LOGNORMAL)
        return !mode && min && max && x->min.value < x->max.value &&
               (x->dist == LOSS_UNIFORM || (x->min.value > 0 && has_mean(x)));
    if (!min && !max) return mode && x->dist == LOSS_UNSET;
    return mode && min && max && x->min.value <= x->mode.value &&
           x->mode.value <= x->max.value;
}

/* Complains of the losses and tolerable frequencies of the levels. */
static void check_levels(const struct node *root, const struct criteria *c,
                         struct diag_list *d)
{
    const struct criterion *last = NULL;
    const char *name = NULL;
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++) {
        const char *economic = choice_name(&economic_levels, level);
        const char *recovery = choice_name(&recovery_levels, level);
        const struct node *loss = criterion_node(root, "economic", economic, "loss");
        const struct node *rate =
            criterion_node(root, "recovery", recovery, "tolerable");
        const struct criterion *own = &c->recovery[level];
        if (loss && loss_is_given(&c->economic[level].loss) &&
            !is_distribution(&c->economic[level].loss))
            DIAG_ADD(d, LOSS_FORM, loss->at, text_same(economic));
        if (rate == NULL || !own->tolerable.is_set) continue;
        if (last && own->tolerable.value > last->tolerable.value)
            DIAG_ADD(d, TOLERABLE_ORDER, rate->at, text_same(recovery),
                     text_same(name));
        last = own;
        name = recovery;
    }
}

void criteria_check(const struct node *root, const struct criteria *c,
                    struct diag_list *d)
{
    int last = LEVEL_NONE;
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++) {
        if (c->economic[level].below.unit[0] == '\0') continue;
        if (last != LEVEL_NONE) compare(root, c, last, level, d);
        last = level;
    }
    check_levels(root, c, d);
}

int refs_have(const struct list *refs, uint32_t index)
{
    for (uint32_t i = 0; i < refs->n; i++)
        if (LIST_AT(*refs, struct ref, i)->index == index) return 1;
    return 0;
}

double estimate_mean(const struct estimate *e)
{
    if (!estimate_is_range(e)) return e->mode.value;
    return (e->min.value + 4 * e->mode.value + e->max.value) / 6;
}

int estimate_is_range(const struct estimate *e)
{
    return e->min.is_set && e->max.is_set && e->min.value < e->max.value;
}

/* Complains unless the most likely value is between the others, where it has them. */
void estimate_check(const struct estimate *e, struct place at, const char *whose,
                    struct diag_list *d)
{
    int is_in_order = e->min.is_set == e->max.is_set &&
                      (!e->min.is_set || (e->min.value <= e->mode.value &&
                                          e->mode.value <= e->max.value));
    if (!is_in_order) DIAG_ADD(d, ESTIMATE_ORDER, at, text_same(whose));
}

void attackers_check(const struct list *attackers, struct diag_list *d)
{
    for (uint32_t i = 0; i < attackers->n; i++) {
        const struct attacker *a = LIST_AT(*attackers, struct attacker, i);
        estimate_check(&a->campaigns, a->entry.at, a->entry.id, d);
        estimate_check(&a->skill, a->entry.at, a->entry.id, d);
    }
}

void estimates_check(const struct model_data *m, struct diag_list *d)
{
    for (uint32_t i = 0; i < m->measures.n; i++) {
        const struct measure *x = LIST_AT(m->measures, struct measure, i);
        estimate_check(&x->holds, x->entry.at, x->entry.id, d);
    }
    for (uint32_t i = 0; i < m->safety_functions.n; i++) {
        const struct safety_function *x =
            LIST_AT(m->safety_functions, struct safety_function, i);
        estimate_check(&x->pfd, x->entry.at, x->entry.id, d);
    }
}

/* ---- losses -----------------------------------------------------------------------
 */

struct loss_check {
    struct diag_list *d;
    const char *unit; // of the first amount
};

/* Complains of an amount in another currency than the first. */
static void check_currency(struct loss_check *c, const struct money *m, struct place at,
                           struct text whose)
{
    if (!is_money(m)) return;
    if (c->unit == NULL) c->unit = m->unit;
    if (strcmp(c->unit, m->unit) != 0)
        DIAG_ADD(c->d, LOSS_CURRENCY, at, whose, text_same(m->unit),
                 text_same(c->unit));
}

/* Of what is a distribution at all: the form of levels is checked with the criteria. */
static void check_currencies(struct loss_check *c, const struct loss *x,
                             struct place at, struct text whose)
{
    const struct money *parts[] = {&x->mode, &x->min, &x->max};
    size_t before = c->d->n_errors;
    for (size_t i = 0; i < 3 && c->d->n_errors == before; i++)
        check_currency(c, parts[i], at, whose);
}

static void check_loss(struct loss_check *c, const struct loss *x, struct place at,
                       struct text whose)
{
    if (!loss_is_given(x)) return;
    if (is_distribution(x))
        check_currencies(c, x, at, whose);
    else
        DIAG_ADD(c->d, LOSS_FORM, at, whose);
}

static void check_harm(struct loss_check *c, const struct incident *i,
                       const struct harm *h)
{
    double sum = 0;
    struct text whose = text_same(
        arena_printf(&c->d->arena, "incidents.%s.harms.%s", i->entry.id, h->entry.id));
    check_loss(c, &h->loss, h->entry.at, whose);
    for (uint32_t k = 0; k < h->outcomes.n; k++) {
        const struct outcome *o = LIST_AT(h->outcomes, struct outcome, k);
        sum += o->share.value;
        check_loss(c, &o->loss, h->entry.at, whose);
    }
    if (h->outcomes.n && fabs(sum - 1) > 1e-6)
        DIAG_ADD(c->d, OUTCOME_SHARES, h->entry.at, whose,
                 text_same(arena_printf(&c->d->arena, "%.6g", sum)));
}

void losses_check(const struct node *root, const struct model_data *m,
                  struct diag_list *d)
{
    struct loss_check c = {d, NULL};
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++) {
        const char *name = choice_name(&economic_levels, level);
        const struct node *below = bound_of(root, name);
        const struct node *loss = criterion_node(root, "economic", name, "loss");
        const struct criterion *own = &m->criteria.economic[level];
        if (below && c.unit == NULL && is_money(&own->below)) c.unit = own->below.unit;
        if (loss) check_currencies(&c, &own->loss, loss->at, text_same(name));
    }
    for (uint32_t i = 0; i < m->incidents.n; i++) {
        const struct incident *of = LIST_AT(m->incidents, struct incident, i);
        for (uint32_t k = 0; k < of->harms.n; k++)
            check_harm(&c, of, LIST_AT(of->harms, struct harm, k));
    }
}
