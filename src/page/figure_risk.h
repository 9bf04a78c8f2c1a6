// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_RISK_H
#define PAGE_FIGURE_RISK_H
/*
 * The pictures of risk in numbers; as figure.h says of all of them. `before` may be
 * NULL: then there is only one set of measures to show. Both are of the same model.
 */
#include "page/figure.h"
#include "risk/risk.h"

/* What a set of measures is called in a picture. */
struct risk_pair {
    const struct risk *before, *after;
    struct text before_name, after_name;
};

/*
 * The map with likelihood: for each stakeholder, how often a year each incident does
 * harm at each level of each axis; a box from 5% to 95% of what the uncertain inputs
 * make of it, a line at its mean, before and after. Injury and money stay apart: each
 * axis is a diagram of its own. Class figure-likelihood.
 */
int figure_likelihood(const struct risk_pair *pair, enum lang lang, struct buf *out);

/* The loss exceedance curve of each stakeholder. Class figure-exceedance. */
int figure_exceedance(const struct risk_pair *pair, enum lang lang, struct buf *out);

/* What drives the means of each stakeholder, as a tornado; of pair->after. Class
 * figure-drivers. */
int figure_drivers(const struct risk_pair *pair, enum lang lang, struct buf *out);

/* All of them, by the names under which files and answers have them. */
enum { N_RISK_FIGURES = 3 };
struct risk_figure {
    const char *name;
    int (*draw)(const struct risk_pair *pair, enum lang lang, struct buf *out);
};
extern const struct risk_figure risk_figures[N_RISK_FIGURES];
#endif
