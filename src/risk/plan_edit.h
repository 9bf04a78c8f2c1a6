// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_PLAN_EDIT_H
#define RISK_PLAN_EDIT_H
/*
 * A plan put into the text of the model: chosen measures become decided, those of the
 * catalog are added, and each incident that the plan is for gets a decision to reduce
 * it. All other text, comments too, stays byte for byte.
 */
#include "risk/plan_answer.h"

struct plan_edit {
    uint32_t n_measures, n_added, n_decisions; // set to decided; of the catalog
    struct buf text;                           // the whole new text of the model's file
    struct diag_list diags;                    // what stands where it cannot be edited
};

/* Makes the new text; the owner (or NULL) and the date, yyyymmdd, of the decisions. For
 * plan_edit_fini. */
struct plan_edit plan_edit_make(const struct plan_answer *answer, const char *owner,
                                int32_t date);

/*
 * Adds an error for what differs between the model and one read from the new text
 * beyond what was meant, or is missing of that.
 */
void plan_edit_check(const struct plan_answer *answer, const struct model *edited,
                     struct plan_edit *edit);
void plan_edit_fini(struct plan_edit *edit);
#endif
