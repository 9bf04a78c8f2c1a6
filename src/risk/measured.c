// SPDX-License-Identifier: Apache-2.0
/* Endings from rehearsals; see measured.h. */
#include "risk/measured.h"

enum { N_CELLS = N_LEVELS * N_LEVELS };

/* What a cell costs: the harm's own loss belongs to its own level. */
static struct amount amount_of(const struct endings *e, const struct ending *declared,
                               const struct harm *h, int economic)
{
    int is_own = loss_is_given(&h->loss) && economic == h->economic && !h->outcomes.n;
    return is_own ? declared->ends[0].loss : e->money.levels[economic];
}

static void count_cells(const struct rehearse_result *r, const struct rehearsed *x,
                        const struct harm *h, uint64_t cells[N_CELLS])
{
    const struct cast *c = r->plan.cast;
    uint32_t s = h->entry.key_index;
    int by_recovery = rehearse_measures(c, x->play->incident, s, 0);
    int by_economic = rehearse_measures(c, x->play->incident, s, 1);
    for (uint64_t i = 0; i < r->plan.runs; i++) {
        const struct run_levels *l = &x->sets[0].levels[i * r->n_stakeholders + s];
        int recovery = by_recovery ? l->recovery : h->recovery;
        int economic = by_economic ? l->economic : h->economic;
        cells[recovery * N_LEVELS + economic]++;
    }
}

static int measure_ending(struct endings *e, const struct rehearse_result *r,
                          const struct rehearsed *x, const struct ending *declared)
{
    const struct cast *c = r->plan.cast;
    uint32_t s = declared->stakeholder, incident = declared->incident, n = 0;
    const struct harm *h = rehearse_declared(c, incident, s);
    uint64_t cells[N_CELLS] = {0};
    struct end ends[N_CELLS];
    if (!rehearse_measures(c, incident, s, 0) && !rehearse_measures(c, incident, s, 1))
        return 0;
    count_cells(r, x, h, cells);
    for (int i = 0; i < N_CELLS; i++) {
        if (cells[i] == 0) continue;
        ends[n++] = (struct end){(double)cells[i] / (double)r->plan.runs,
                                 (uint8_t)(i / N_LEVELS), (uint8_t)(i % N_LEVELS),
                                 amount_of(e, declared, h, i % N_LEVELS)};
    }
    return endings_put(e, incident, s, ends, n);
}

uint32_t endings_measure(struct endings *e, const struct rehearse_result *r)
{
    uint32_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        uint32_t incident = r->items[i].play->incident;
        for (uint32_t k = e->first[incident]; k < e->end[incident]; k++)
            n += (uint32_t)measure_ending(e, r, &r->items[i], &e->items[k]);
    }
    return n;
}
