// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What is uncertain; see inputs.h. */
#include "risk/inputs.h"

#include <stdlib.h>
#include <string.h>

// clang-format off
SCHEMA_SET(input_kinds, "uncertain input",
    {"campaigns", INPUT_CAMPAIGNS, {{"campaigns a year", "年間の攻撃活動"}}},
    {"skill", INPUT_SKILL, {{"skill", "技量"}}},
    {"holds", INPUT_HOLDS, {{"holding", "有効性"}}},
    {"pfd", INPUT_PFD, {{"PFD", "PFD"}}})
// clang-format on

struct maker {
    struct risk_input *items;
    size_t n, cap;
};

/* Adds an estimate that is a range, once. */
static void add(struct maker *m, enum input_kind kind, const char *id, struct text name,
                const struct estimate *e)
{
    if (!estimate_is_range(e)) return;
    for (size_t i = 0; i < m->n; i++)
        if (m->items[i].estimate == e) return;
    struct risk_input *x = mem_push(&m->items, &m->n, &m->cap, sizeof *x);
    *x = (struct risk_input){(uint8_t)kind, id, name, e};
}

static void add_attackers(struct maker *m, const struct graph *g)
{
    const struct list *attackers = model_attackers(g);
    for (uint32_t i = 0; i < attackers->n; i++) {
        const struct attacker *a = LIST_AT(*attackers, struct attacker, i);
        add(m, INPUT_CAMPAIGNS, a->entry.id, a->name, &a->campaigns);
        add(m, INPUT_SKILL, a->entry.id, a->name, &a->skill);
    }
}

/* Under the name of the measure, the example, or the catalog, whose estimate it is. */
static void add_holds(struct maker *m, const struct graph *g, const struct measure *x)
{
    const struct estimate *e = measure_holds(g, x);
    if (e == &x->holds) {
        add(m, INPUT_HOLDS, x->entry.id, x->name, e);
    } else if (e == &g->catalog->c.effectiveness.holds) {
        add(m, INPUT_HOLDS, "effectiveness",
            TEXT("Measures in general (catalog)", "対策一般(カタログ)"), e);
    } else {
        const struct example *of =
            LIST_AT(g->catalog->c.examples, struct example, x->example.index);
        add(m, INPUT_HOLDS, of->entry.id, of->name, e);
    }
}

static void add_measures(struct maker *m, const struct graph *g,
                         const uint8_t *measures)
{
    for (uint32_t i = 0; i < g->model->m.measures.n; i++) {
        const struct measure *x = LIST_AT(g->model->m.measures, struct measure, i);
        if (measures[i] && (x->example.id || x->limits.n)) add_holds(m, g, x);
    }
}

static void add_functions(struct maker *m, const struct graph *g)
{
    const struct list *functions = &g->model->m.safety_functions;
    for (uint32_t i = 0; i < functions->n; i++) {
        const struct safety_function *f =
            LIST_AT(*functions, struct safety_function, i);
        if (f->independent == TRI_YES) add(m, INPUT_PFD, f->entry.id, f->name, &f->pfd);
    }
}

static int compare(const void *a, const void *b)
{
    const struct risk_input *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return strcmp(x->id, y->id);
}

struct inputs inputs_of(const struct graph *g, const uint8_t *measures,
                        struct arena *arena)
{
    struct maker m = {0};
    struct inputs inputs = {0};
    add_attackers(&m, g);
    add_measures(&m, g, measures);
    add_functions(&m, g);
    if (m.n) qsort(m.items, m.n, sizeof *m.items, compare);
    inputs.n = (uint32_t)m.n;
    inputs.items = arena_array(arena, m.n + 1, sizeof *inputs.items);
    for (uint32_t i = 0; i < inputs.n; i++) {
        inputs.items[i] = m.items[i];
        inputs.is_nested |=
            m.items[i].kind == INPUT_SKILL || m.items[i].kind == INPUT_HOLDS;
    }
    free(m.items);
    return inputs;
}

double input_draw(const struct risk_input *input, uint64_t seed, uint64_t draw)
{
    static const char *const streams[N_INPUT_KINDS] = {
        [INPUT_CAMPAIGNS] = "campaigns of risk",
        [INPUT_SKILL] = "skill of risk",
        [INPUT_HOLDS] = "holds of risk",
        [INPUT_PFD] = "pfd of risk",
    };
    const struct estimate *e = input->estimate;
    struct dist d = {DIST_PERT, e->min.value, e->mode.value, e->max.value};
    struct draws from = {.trial = draw, .draw = random_key(input->id)};
    from.seed = random_draw(seed, 1, random_key(streams[input->kind])).word[0];
    return dist_draw(&d, &from);
}

uint32_t inputs_find(const struct inputs *inputs, const struct estimate *e)
{
    uint32_t i = 0;
    while (i < inputs->n && inputs->items[i].estimate != e)
        i++;
    return i;
}
