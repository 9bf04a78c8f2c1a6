// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_RISK_PARTS_H
#define WEB_RISK_PARTS_H
/*
 * What the page of risk (risk_page.c) is put together from. Each part writes itself
 * into the answer of the exchange, in its language, and owns nothing beyond that.
 */
#include "page/figure_risk.h"
#include "web/risk.h"

struct risk_page {
    struct exchange *ex;
    struct buf *out;
    const struct risk_sight *s;
    const struct risk_desk *desk;
    const struct model *model;
    const char *slug;
};

/* ---- parts, by file ------------------------------------------------------------- */

/* risk_cards.c: the form with all measures, those of the set apart from the rest. */
void risk_put_cards(const struct risk_page *p);
/* risk_totals.c: sums that stay in sight; what excludes or lacks what; who bears what.
 */
void risk_put_tiles(const struct risk_page *p);
void risk_put_warnings(const struct risk_page *p);
void risk_put_bearers(const struct risk_page *p);
/* risk_plans.c: the best trades; what adopting the set would change, and the form. */
void risk_put_plans(const struct risk_page *p);
void risk_put_adopt(const struct risk_page *p);
/* risk_ranking.c: attack steps by what passes through them. */
void risk_put_steps(const struct risk_page *p);
/* risk_drivers.c: uncertain inputs that move the result. */
void risk_put_drivers(const struct risk_page *p);

/* ---- what they share: risk_parts.c ---------------------------------------------- */

void part_text(const struct risk_page *p, struct text t);
/* An amount of money, rounded, with the number itself for scripts and tests. */
void part_money(const struct risk_page *p, double value, const char *unit);
/* A frequency a year: "0.6 a year"; what is rare as "once in 28 years". */
void part_rate(const struct risk_page *p, double per_year);
/* The currency of losses, "" without money. */
const char *part_unit(const struct risk_page *p);
const struct measure *part_measure(const struct risk_page *p, uint32_t i);
/* An address of this page with the measures in `words`; `more` follows. */
void part_href(const struct risk_page *p, const char *words, const char *more);

/* Opens the part "part-ID" with a heading, and a link to ANCHOR of the report. */
void part_open(const struct risk_page *p, const char *id, const char *anchor,
               struct text title);
void part_close(const struct risk_page *p);
/* A drawing that a keyboard can scroll, by a name. */
void part_figure(const struct risk_page *p, const struct buf *svg, struct text name);
/* A part with a figure of both results, if there is anything to draw. */
void part_drawn(const struct risk_page *p, const char *id, struct text title,
                int (*draw)(const struct risk_pair *, enum lang, struct buf *));
/* What is in force, and the set, as figures have them. */
struct risk_pair part_pair(const struct risk_page *p);
/* Opens a table that a keyboard can scroll; its end is that of frame_heads. */
void part_heads(const struct risk_page *p, struct text name, const struct text *heads,
                size_t n);
#endif
