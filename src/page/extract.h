// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_EXTRACT_H
#define PAGE_EXTRACT_H
/*
 * What to hand to one party: of the report, all that is about one component, one
 * stakeholder, or what one supplier supplies. A component brings its flows, its data
 * and measures, the incidents at it, the requirements against the threats to it; a
 * stakeholder the components owned or operated, the measures to carry out; a supplier
 * the components that name it (key `supplier`). Configuration, data flows and map are
 * drawn anew of what stays.
 */
#include "assess/assess.h"
#include "page/doc.h"

enum extract_kind {
    EXTRACT_NONE,
    EXTRACT_COMPONENT,
    EXTRACT_STAKEHOLDER,
    EXTRACT_SUPPLIER
};

/* What people call what an extract is about: "component". */
struct text extract_name(enum extract_kind kind);

/* Whether the model has it. */
int extract_has(const struct model_data *m, enum extract_kind kind, const char *id);

/* The name nearest to one that it has not, or NULL. */
const char *extract_nearest(const struct model_data *m, enum extract_kind kind,
                            const char *id);

/* Leaves that of a report's document, and says so on its cover; there, too, that its
 * numbers are those of the whole, if they stay so. */
void extract_apply(struct doc *doc, const struct assessment *a, enum extract_kind kind,
                   const char *id, int has_numbers);
#endif
