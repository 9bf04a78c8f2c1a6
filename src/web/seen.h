// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_SEEN_H
#define WEB_SEEN_H
/*
 * One system as the pages about it see it: its latest version, assessed. And the parts
 * that those pages share. Everything that is counted or listed here is in the order of
 * the assessment.
 */
#include "web/frame.h"
#include "web/markup.h"

struct seen {
    const char *slug, *text; // of the model, in the arena of the exchange
    struct store_version version;
    struct view view;
    const struct assessment *a; // never NULL once open
    const struct model_data *m;
    const struct catalog_data *c;
};

/* Opens the path's system; -1 after an answer: it is not there, or its model has
 * errors, which a page then tells with the way to the editor. */
int seen_open(struct exchange *ex, struct seen *s);
/* That version of it, 0: the latest. */
int seen_open_at(struct exchange *ex, struct seen *s, int64_t number);
void seen_close(struct seen *s);

/* Begins a page about it: "NAME: TITLE"; `page` is its place ("/threats"). */
void seen_begin(struct exchange *ex, const struct seen *s, const char *page,
                struct text title);

/* What `awai check` says of a list, as it prints it. */
void seen_diagnostics(struct exchange *ex, const struct diag_list *d);

/* A picture of the system by its name, drawn or remembered from when it was: 1, or 0 if
 * there is nothing to draw. */
typedef int seen_draw(const struct assessment *a, enum lang lang, struct buf *out);
int seen_picture(struct exchange *ex, const struct seen *s, const char *name,
                 seen_draw *draw, struct buf *svg);

/* Names of things, with the id where there is no name. */
struct text seen_name(struct text name, const char *id);
struct text seen_asset_name(struct exchange *ex, const struct seen *s, uint32_t asset);
struct text seen_stakeholder(const struct seen *s, const struct ref *ref);

/* Names of what references point to: components and flows, or zones (section 2). */
void seen_places(struct exchange *ex, const struct seen *s, const struct list *refs);

/* A link to an incident (index in the model's list) and to a requirement's row. */
void seen_incident_link(struct exchange *ex, const struct seen *s, uint32_t incident);
void seen_requirement_link(struct exchange *ex, const struct seen *s, uint32_t i);

/* Options of a select: the stakeholders. */
void seen_stakeholder_options(struct exchange *ex, const struct seen *s,
                              const char *chosen);

/* The form with which something is decided; page_decide.c. */
void put_decision_form(struct exchange *ex, const struct seen *s);

/* Reads the form of a page that changes the model; NULL after an answer. What is then
 * changed goes the way of change.h. */
const struct request_form *seen_form(struct exchange *ex);
/* Answers that a text is not saved, since its model would have these errors. */
void seen_refuse(struct exchange *ex, const struct diag_list *d);
#endif
