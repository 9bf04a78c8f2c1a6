// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_PORTFOLIO_H
#define WEB_PORTFOLIO_H
/* All systems of the store, as the pages about several of them look at them. */
#include "assess/standing.h"
#include "web/web_int.h"

struct portfolio_member {
    const struct store_system *system;
    struct summary summary;
    struct compared compared; // of one that is assessed
};

struct portfolio {
    struct portfolio_member *members; // by slug
    size_t n;
};

/* Looks at all systems; everything in the arena of the exchange. -1 after an answer. */
int portfolio_open(struct exchange *ex, struct portfolio *p);

/* "serious-limited" as a cell; 0 for anything else. */
int cell_read(const char *name, struct position *cell);
const char *cell_name(struct exchange *ex, struct position cell);

/* The cells in which two systems or more stand that are protected differently: `put`
 * is called with the members in it and how many things differ. */
struct differing {
    struct position cell;
    size_t n_systems;
    unsigned n_demands, n_requirements;
};
/* Fills at most N_CELLS; returns how many. */
unsigned portfolio_differing(struct exchange *ex, const struct portfolio *p,
                             struct differing out[N_CELLS]);
/* What is compared of those that are assessed: n of them, in the arena. */
struct compared *portfolio_compared(struct exchange *ex, const struct portfolio *p,
                                    size_t *n);
#endif
