// SPDX-License-Identifier: Apache-2.0
/* Criteria and estimates within themselves: what no table of keys can state. */
#include "model/model.h"

#include <string.h>

/* The amount of a level, as it is written; its node, or NULL. */
static const struct node *bound_of(const struct node *root, const char *level)
{
    const struct node *axis = node_get(node_get(root, "criteria"), "economic");
    return node_get(node_get(axis, level), "below");
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

void criteria_check(const struct node *root, const struct criteria *c,
                    struct diag_list *d)
{
    int last = LEVEL_NONE;
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++) {
        if (c->economic[level].below.unit[0] == '\0') continue;
        if (last != LEVEL_NONE) compare(root, c, last, level, d);
        last = level;
    }
}

/* 1 if an estimate has its most likely value between the others, where it has them. */
static int is_in_order(const struct estimate *e)
{
    if (e->min.is_set != e->max.is_set) return 0;
    return !e->min.is_set ||
           (e->min.value <= e->mode.value && e->mode.value <= e->max.value);
}

void attackers_check(const struct list *attackers, struct diag_list *d)
{
    for (uint32_t i = 0; i < attackers->n; i++) {
        const struct attacker *a = LIST_AT(*attackers, struct attacker, i);
        if (!is_in_order(&a->campaigns))
            DIAG_ADD(d, ESTIMATE_ORDER, a->entry.at, text_same(a->entry.id));
    }
}
