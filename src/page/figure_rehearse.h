// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_REHEARSE_H
#define PAGE_FIGURE_REHEARSE_H
/*
 * The pictures of rehearsals; as figure.h says of all of them. What a picture needs
 * beyond the outcomes of all runs, it has by running worlds again: a run is a function
 * of the seed and its world.
 */
#include "page/figure.h"
#include "twin/rehearse.h"

struct rehearse_view {
    const struct rehearse_result *result;
    const struct rehearse_matrix *matrix; // or NULL
    const struct rehearsed *item;         // of pictures of one incident
    struct text names[2];                 // what the sets of measures are called
    struct text run; // what the run that is shown is called; without: the worst
    struct rehearse_again *again;
};

/* What was run again for an incident: for both languages once. Zeroed at first. */
enum { AGAIN_RUN, AGAIN_TWIN, N_AGAIN };
struct rehearse_again {
    struct arena arena, for_all; // of the item; of all items
    const struct rehearsed *item;
    void *kept[N_AGAIN], *curves; // curves: of the twin, whatever the item
};
void rehearse_again_fini(struct rehearse_again *again);

/* What a set of measures is called in a picture: sets that have a name in its words.
 */
struct text figure_rehearse_set(const char *set, struct arena *arena);

/*
 * The worst run of an incident: what its scenario shows over time, without measures and
 * with them side by side on common scales, with what happened when. Nothing of an
 * incident without physical run. Class figure-rehearse-run.
 */
int figure_rehearse_run(const struct rehearse_view *v, enum lang lang, struct buf *out);

/* What came of all runs of an incident, drawn as its twin is best understood; nothing
 * where the twin or the incident gives nothing. Class figure-rehearse-twin. */
int figure_rehearse_twin(const struct rehearse_view *v, enum lang lang,
                         struct buf *out);

/* The map with measured spreads: for each stakeholder the share of worlds that come to
 * each cell, before and after; the declared position marked. Class figure-rehearse-map.
 */
int figure_rehearse_map(const struct rehearse_view *v, enum lang lang, struct buf *out);

/* What each measure alone changes in each incident; nothing without a matrix. Class
 * figure-rehearse-matrix. */
int figure_rehearse_matrix(const struct rehearse_view *v, enum lang lang,
                           struct buf *out);
/* How much a cell moves an outcome: 0 if by less than can be told, at most half a
 * percent. */
double rehearse_moved(const struct rehearse_view *v, size_t incident, size_t measure,
                      uint32_t outcome);
#endif
