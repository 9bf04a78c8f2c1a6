// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The picture of a twin: what its own folder of pictures knows to draw, and below it
 * how the runs are spread over the first outcomes that say anything. A twin without a
 * row has the spreads alone.
 */
#include <string.h>

#include "page/figure_rehearse_kit.h"

#define ABOUT                                                                              \
    {                                                                                      \
        {                                                                                  \
            "How many of the worlds come to each value, without measures and with "        \
            "them.",                                                                       \
                "各値に至った試行の割合を、対策の有無ごとに示す。" \
        }                                                                                  \
    }
#define TITLE                                                                          \
    {                                                                                  \
        {                                                                              \
            "What comes of all runs", "全試行の結果"                             \
        }                                                                              \
    }

static const char *const warehouse_spreads[] = {"orders_late", "orders_wrong",
                                                "collisions", "contact_m_s", NULL};
/* A warehouse is best understood by counts: late orders. It has no picture of its own.
 */
static const struct twin_picture picture_warehouse = {.twin = "warehouse",
                                                      .title = TITLE,
                                                      .about = ABOUT,
                                                      .n_spreads = MOST_SPREADS,
                                                      .spreads = warehouse_spreads};
static const struct twin_picture picture_others = {
    .title = TITLE, .about = ABOUT, .n_spreads = MOST_SPREADS};

static const struct twin_picture *const pictures[] = {
    &picture_heater,  &picture_column,    &picture_drone,
    &picture_monitor, &picture_warehouse, &picture_weldcell};

const struct twin_check *picture_check(const struct rehearse_view *v, const char *name)
{
    const struct twin_kind *kind = v->result->plan.cast->scenario->twin;
    for (size_t i = 0; i < kind->n_checks; i++)
        if (strcmp(kind->checks[i].name, name) == 0) return &kind->checks[i];
    return NULL;
}

static const struct twin_picture *picture_of(const struct rehearse_view *v)
{
    const char *twin = v->result->plan.cast->scenario->twin->name;
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
        if (strcmp(pictures[i]->twin, twin) == 0) return pictures[i];
    return &picture_others;
}

struct plot picture_part(const struct plot *p, const struct rehearse_view *v,
                         uint32_t set, double top, double bottom)
{
    const double left = 56, right = 12, between = 24;
    uint32_t n = v->result->plan.n_sets;
    double wide = (TWIN_WIDTH - left - right - between * (n - 1)) / n;
    struct plot part = *p;
    part.x = (struct scale){0, 1, left + set * (wide + between), 0, 0};
    part.x.end = part.x.at + wide;
    part.y = (struct scale){0, 1, bottom, top, 0};
    return part;
}

static double draw_parts(const struct rehearse_view *v, const struct twin_picture *x,
                         const void *gathered, const struct plot *p)
{
    uint32_t outcomes[MOST_SPREADS];
    uint32_t n = gathered ? x->n_spreads : MOST_SPREADS;
    double y = 6;
    if (gathered) {
        x->draw(v, gathered, p);
        y += x->height;
    }
    n = spreads_choose(v, x->spreads, n, outcomes);
    return gathered || n ? y + spreads_draw(v, outcomes, n, y, TWIN_WIDTH, p) : 0;
}

int figure_rehearse_twin(const struct rehearse_view *v, enum lang lang, struct buf *out)
{
    const struct twin_picture *x = picture_of(v);
    struct arena arena = {0};
    struct buf parts = {0};
    struct plot p = {.lang = lang, .out = &parts, .arena = &arena};
    if (v->item->play->is_still) return 0;
    const void *gathered = x->gather ? again_of(v, AGAIN_TWIN, x->gather) : NULL;
    double height = draw_parts(v, x, gathered, &p);
    if (height > 0) {
        svg_open(out, "rehearse-twin", TWIN_WIDTH, height, text_in(x->title, lang),
                 text_in(x->about, lang), lang);
        buf_str(out, buf_text(&parts));
        svg_close(out);
    }
    buf_fini(&parts);
    arena_fini(&arena);
    return height > 0;
}
