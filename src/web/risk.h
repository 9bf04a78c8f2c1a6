// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_RISK_H
#define WEB_RISK_H
/*
 * What one set of measures comes to, as page and API tell it: risk.c finds it out,
 * risk_page.c shows it, risk_adopt.c has it decided.
 */
#include "web/risk_desk.h"

struct risk_sight {
    struct risk_desk *desk;
    uint8_t *measures;
    struct desk_question question;
    struct desk_result after;
    const struct risk *before;     // with what is in force
    struct assessment *assessment; // its view `planned` is under the set
    struct plan_set now, set;      // without `of`; only if the desk has a plan
    struct buf clash, lack;        // pairs of measures, as measures_clash
};

/*
 * The measures that are named in words, a byte each in the arena; NULL after an answer
 * when one is unknown.
 */
uint8_t *risk_measures(struct exchange *ex, const struct model *model,
                       const char *words);

/* The ids of a set, commas between them, "none" for none; in the arena. */
const char *risk_words(struct exchange *ex, const struct model *model,
                       const uint8_t *measures);

/* Measures that would become decided, and those that would no longer be, if a set is
 * adopted: what is in force stays so. Returns how many; each may be NULL. */
uint32_t risk_changes(const struct model *model, const uint8_t *measures,
                      uint8_t *decided, uint8_t *proposed);

/* The page. `adopted`: the version that was just made, or 0. */
void page_risk(struct exchange *ex, const struct risk_sight *sight, int64_t adopted);
#endif
