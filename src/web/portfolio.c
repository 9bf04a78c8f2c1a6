// SPDX-License-Identifier: Apache-2.0
/* All systems of the store; see portfolio.h. */
#include "web/portfolio.h"

#include "web/news.h"

#include <string.h>

/* The digits of a summary as standings. */
static const uint8_t *standing_bytes(struct exchange *ex, const char *digits)
{
    size_t n = strlen(digits);
    uint8_t *standing = arena_alloc(&ex->arena, n + 1);
    for (size_t i = 0; i < n; i++)
        standing[i] = (uint8_t)(digits[i] - '0');
    return standing;
}

static void open_member(struct exchange *ex, struct portfolio_member *m)
{
    m->summary = view_summary(ex->web, ex->workspace, m->system, &ex->arena);
    uint32_t n = ex->web->catalog->c.requirements.n;
    // one that was remembered is as good as the store
    if (!m->summary.standing || strlen(m->summary.standing) != n)
        m->summary.is_assessed = 0;
    if (!m->summary.is_assessed) return;
    m->compared = (struct compared){m->summary.worst, m->summary.demanded,
                                    standing_bytes(ex, m->summary.standing)};
}

int portfolio_open(struct exchange *ex, struct portfolio *p)
{
    struct list systems;
    // all of them, with what is remembered: to assess each takes milliseconds
    const struct store_page all = {"", INT32_MAX, ex->web->mark, news_person(ex)};
    enum store_result result =
        store_systems_page(ex->web->store, ex->workspace, &all, &ex->arena, &systems);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return -1;
    }
    p->n = systems.n;
    p->members = arena_array(&ex->arena, p->n + 1, sizeof *p->members);
    for (size_t i = 0; i < p->n; i++) {
        p->members[i].system = LIST_AT(systems, struct store_system, i);
        open_member(ex, &p->members[i]);
    }
    return 0;
}

int cell_read(const char *name, struct position *cell)
{
    for (int r = 0; r < N_LEVELS; r++)
        for (int e = 0; e < N_LEVELS; e++) {
            char own[64];
            snprintf(own, sizeof own, "%s-%s", recovery_name(r), economic_name(e));
            if (name == NULL || strcmp(own, name) != 0) continue;
            *cell = (struct position){(uint8_t)r, (uint8_t)e};
            return 1;
        }
    return 0;
}

const char *cell_name(struct exchange *ex, struct position cell)
{
    return arena_printf(&ex->arena, "%s-%s", recovery_name(cell.recovery),
                        economic_name(cell.economic));
}

struct compared *portfolio_compared(struct exchange *ex, const struct portfolio *p,
                                    size_t *n)
{
    struct compared *all = arena_array(&ex->arena, p->n + 1, sizeof *all);
    *n = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->members[i].summary.is_assessed) all[(*n)++] = p->members[i].compared;
    return all;
}

unsigned portfolio_differing(struct exchange *ex, const struct portfolio *p,
                             struct differing out[N_CELLS])
{
    size_t n;
    unsigned n_out = 0;
    const struct compared *all = portfolio_compared(ex, p, &n);
    for (unsigned i = 0; i < N_CELLS; i++) {
        struct differing d = {.cell = cell_by_gravity(i)};
        d.n_systems = count_in_cell(all, n, d.cell);
        if (d.n_systems < 2) continue;
        for (uint32_t v = 1; v <= N_VIEWPOINTS; v++)
            d.n_demands += (unsigned)demand_differs(all, n, d.cell, v);
        for (uint32_t k = 0; k < ex->web->catalog->c.requirements.n; k++)
            d.n_requirements += (unsigned)standing_differs(all, n, d.cell, k);
        out[n_out++] = d;
    }
    return n_out;
}
