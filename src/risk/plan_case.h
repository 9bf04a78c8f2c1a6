// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_PLAN_CASE_H
#define RISK_PLAN_CASE_H
/*
 * From a system to a question (plan.h): which of its measures are candidates, what each
 * costs, and candidates that the catalog proposes. The model is not changed: what is
 * added lies in a copy of its list of measures, under a copy of the graph's head.
 *
 * Borrows the assessment and what it is of; owns the rest until plan_case_close.
 */
#include "risk/plan.h"

struct plan_wish {
    int keeps_decided;    // decided measures count as there, and cost nothing more
    int with_catalog;     // examples of the catalog for open requirements, too
    struct money assumed; // cost of a measure that states none; unit "": leave it out
    struct money budget;  // unit "": none
};

struct plan_case {
    struct arena arena;
    struct model model; // the shape only: lists are those of the model read
    struct graph graph;
    struct plan_question question;
    uint32_t n_own;   // measures of the model; those after are of the catalog
    uint8_t *assumed; // of each measure: its cost is assumed
    uint32_t *costless, n_costless; // measures left out, as they state no cost; by id
    char currency[4];               // "" if no cost is stated
    struct diag_list diags;         // costs in two currencies
};

/* Always returns a case; with errors in its diags it must only be closed. */
struct plan_case *plan_case_open(const struct assessment *a,
                                 const struct plan_wish *wish);
void plan_case_close(struct plan_case *c);
#endif
