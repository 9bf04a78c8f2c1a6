// SPDX-License-Identifier: Apache-2.0
/* From a system to a question; see plan_case.h. */
#include "risk/plan_case.h"

#include <stdlib.h>
#include <string.h>

static struct measure *measure_at(const struct plan_case *c, uint32_t i)
{
    return LIST_AT(c->model.m.measures, struct measure, i);
}

/* ---- measures of the catalog -------------------------------------------------------
 */

struct places {
    struct ref *items;
    size_t n, cap;
};

/* Adds the assets of a section where an example acts; m is put at one after the other.
 */
static void add_places(struct plan_case *c, struct measure *m,
                       const struct list *section, size_t size, uint32_t number,
                       struct places *places)
{
    const char *item = section->items;
    struct ref *place = arena_alloc(&c->arena, sizeof *place);
    m->on = (struct list){place, 1};
    for (uint32_t i = 0; i < section->n; i++, item += size) {
        const struct entry *e = (const struct entry *)(const void *)item;
        *place = (struct ref){e->id, i, number, {0}};
        if (!graph_measure_acts(&c->graph, m)) continue;
        *(struct ref *)mem_push(&places->items, &places->n, &places->cap,
                                sizeof *place) = *place;
    }
}

static struct list places_of(struct plan_case *c, struct measure *m)
{
    const struct model_data *d = &c->model.m;
    struct places places = {0};
    struct list on;
    add_places(c, m, &d->components, sizeof(struct component), 0, &places);
    add_places(c, m, &d->flows, sizeof(struct flow), 1, &places);
    add_places(c, m, &d->zones, sizeof(struct zone), 2, &places);
    on.n = (uint32_t)places.n;
    on.items = arena_array(&c->arena, places.n, sizeof *places.items);
    if (places.n) memcpy(on.items, places.items, places.n * sizeof *places.items);
    free(places.items);
    return on;
}

static int has_example(const struct plan_case *c, const char *id)
{
    for (uint32_t i = 0; i < c->model.m.measures.n; i++) {
        const char *own = measure_at(c, i)->example.id;
        if (own && strcmp(own, id) == 0) return 1;
    }
    return 0;
}

static int has_measure(const struct plan_case *c, const char *id)
{
    for (uint32_t i = 0; i < c->model.m.measures.n; i++)
        if (strcmp(measure_at(c, i)->entry.id, id) == 0) return 1;
    return 0;
}

/* The id of an example, or one like it that no measure has. */
static const char *free_id(struct plan_case *c, const char *id)
{
    enum { LONGEST = 56 };
    for (unsigned i = 2; has_measure(c, id); i++)
        id = arena_printf(&c->arena, "%.*s-%u", LONGEST, id, i);
    return id;
}

/* Adds an example that blocks something as a measure wherever it acts. */
static void add_example(struct plan_case *c, uint32_t number,
                        const struct requirement *requirement)
{
    const struct catalog *catalog = c->graph.catalog;
    const struct example *x = LIST_AT(catalog->c.examples, struct example, number);
    if (x->block_steps.n == 0 || has_example(c, x->entry.id)) return;
    struct measure m = {
        .entry = {free_id(c,             x->entry.id), {0}, REF_NONE},
        .name = x->name,
        .description = x->description,
        .requirement = {requirement->entry.id, 0,            0,   {0}     },
        .example = {x->entry.id,           number,       0,   {0}     },
        .by = c->model.m.applicant,
        .status = STATUS_PROPOSED,
    };
    m.on = places_of(c, &m);
    if (m.on.n) *measure_at(c, c->model.m.measures.n++) = m;
}

static void add_examples(struct plan_case *c, const struct assessment *a)
{
    const struct list *requirements = &a->catalog->c.requirements;
    for (uint32_t i = 0; i < a->requirements.n; i++) {
        const struct requirement_result *r =
            LIST_AT(a->requirements, struct requirement_result, i);
        for (uint32_t k = 0; requirement_is_open(r) && k < r->proposals.n; k++)
            add_example(c, *LIST_AT(r->proposals, uint32_t, k),
                        LIST_AT(*requirements, struct requirement, r->requirement));
    }
}

/* A list of the measures with room for each example of the catalog. */
static void copy_measures(struct plan_case *c)
{
    const struct list own = c->model.m.measures;
    struct list *all = &c->model.m.measures;
    all->items =
        arena_array(&c->arena, (size_t)own.n + c->graph.catalog->c.examples.n + 1,
                    sizeof(struct measure));
    if (own.n) memcpy(all->items, own.items, own.n * sizeof(struct measure));
    c->n_own = own.n;
}

/* ---- costs -------------------------------------------------------------------------
 */

/* Takes the currency of the first amount for that of all. */
static void take_currency(struct plan_case *c, const struct money *money,
                          struct place at, const char *whose)
{
    if (money->unit[0] == '\0') return;
    if (c->currency[0] == '\0') memcpy(c->currency, money->unit, sizeof c->currency);
    if (strcmp(c->currency, money->unit) != 0)
        DIAG_ADD(&c->diags, PLAN_CURRENCY, at, text_same(whose), text_same(money->unit),
                 text_same(c->currency));
}

static void take_cost(struct plan_case *c, const struct plan_wish *wish, uint32_t i,
                      uint8_t *candidates, double *costs)
{
    const struct measure *m = measure_at(c, i);
    const struct money *money = &m->cost;
    if (money->unit[0] == '\0') {
        money = &wish->assumed;
        c->assumed[i] = 1;
    }
    if (money->unit[0] == '\0') {
        c->costless[c->n_costless++] = i;
        candidates[i] = c->assumed[i] = 0;
        return;
    }
    take_currency(c, money, m->entry.at, m->entry.id);
    costs[i] = money->value;
}

/* By insertion: they are few, and need the model for their ids. */
static void sort_costless(struct plan_case *c)
{
    for (uint32_t i = 1; i < c->n_costless; i++) {
        uint32_t moved = c->costless[i], k = i;
        const char *id = measure_at(c, moved)->entry.id;
        for (; k > 0 && strcmp(measure_at(c, c->costless[k - 1])->entry.id, id) > 0;
             k--)
            c->costless[k] = c->costless[k - 1];
        c->costless[k] = moved;
    }
}

static void choose(struct plan_case *c, const struct plan_wish *wish)
{
    uint32_t n = c->model.m.measures.n;
    uint8_t *base = arena_alloc(&c->arena, n + 1);
    uint8_t *candidates = arena_alloc(&c->arena, n + 1);
    double *costs = arena_array(&c->arena, n + 1, sizeof *costs);
    c->assumed = arena_alloc(&c->arena, n + 1);
    c->costless = arena_array(&c->arena, n + 1, sizeof *c->costless);
    graph_measures_of(&c->model,
                      wish->keeps_decided ? STATUS_DECIDED : STATUS_IMPLEMENTED, base);
    for (uint32_t i = 0; i < n; i++) {
        candidates[i] = !base[i];
        if (candidates[i]) take_cost(c, wish, i, candidates, costs);
    }
    sort_costless(c);
    take_currency(c, &wish->assumed, (struct place){0}, "--assume-cost");
    take_currency(c, &wish->budget, (struct place){0}, "--budget");
    c->question.base = base;
    c->question.candidates = candidates;
    c->question.costs = costs;
}

struct plan_case *plan_case_open(const struct assessment *a,
                                 const struct plan_wish *wish)
{
    struct plan_case *c = mem_alloc(sizeof *c);
    c->model = *a->model;
    c->graph = *a->graph;
    c->graph.model = &c->model;
    diag_borrow_files(&c->diags, &a->model->diags);
    copy_measures(c);
    if (wish->with_catalog) add_examples(c, a);
    c->question.graph = &c->graph;
    c->question.assessment = a;
    choose(c, wish);
    return c;
}

void plan_case_close(struct plan_case *c)
{
    if (c == NULL) return;
    diag_fini(&c->diags);
    arena_fini(&c->arena);
    free(c);
}
