// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_REPORT_INT_H
#define PAGE_REPORT_INT_H
/*
 * What the files report*.c share: the state of one report, words, and lines that
 * name and link the things of a model. Anchors of the report: the stable ids
 * CLASS@ASSET, incident:ID, requirement:ID, map:ID, and likewise stakeholder:ID,
 * zone:ID, component:ID, flow:ID, data:ID, measure:ID, policy:ID, chain:CLASS@ASSET.
 */
#include "base/buf.h"
#include "page/report.h"

struct report {
    const struct assessment *a;
    const struct model_data *m;
    const struct catalog_data *c;
    struct doc *doc;
    struct arena *arena;
    int large;          // too many components for tables without folds
    unsigned n_rebuilt; // signs made since they were last explained
    uint8_t *mark;      // n_nodes zeroed bytes for graph_chain
    const struct report_progress *progress; // or NULL
    unsigned n_drawn, n_figures;
    const struct report_rehearsal *rehearsal; // or NULL
    int is_assessment;                        // nothing is simulated
};

#define NO_TEXT TEXT(NULL, NULL)

/* The two sets of measures that numbers are told for, and what they are called. */
extern const char *const report_sets[2];
extern const struct text report_set_names[2];

/* Parts of the report, in its order; each appends to the document. */
void report_cover(struct report *r);
void report_prepare(struct report *r);
void report_configuration(struct report *r, struct doc_block *chapter);
void report_flows(struct report *r, struct doc_block *chapter);
void report_assess(struct report *r);
void report_map(struct report *r, struct doc_block *chapter);
void report_treat(struct report *r);
void report_chains(struct report *r, struct doc_block *chapter);
void report_requirements(struct report *r, struct doc_block *chapter);
void report_measures(struct report *r, struct doc_block *chapter);
void report_decisions(struct report *r, struct doc_block *chapter);
void report_attack(struct report *r);
void report_risk(struct report *r);
void report_plan(struct report *r);
void report_rehearse(struct report *r);
/* How many figures the chapter of a rehearsal will have at most. */
unsigned report_n_rehearsal(const struct report *r);
/* 1 if the model has the numbers for them. */
int report_has_risk(const struct report *r);
int report_has_plan(const struct report *r);
void report_appendices(struct report *r);

// ---- shared by the parts ------------------------------------------------------------

/* Tells the progress; called before each figure. */
void report_tell(struct report *r);
/* How many figures of zones in detail, and of chains, there will be. */
unsigned report_n_details(struct report *r);
unsigned report_n_chains(const struct report *r);
/* A figure drawn in both languages; without a caption of the model, the usual one. */
typedef int figure_draw(const struct assessment *a, enum lang lang, struct buf *out);
/* A figure of a chapter's own: `draw` is called with what `of` is, in both languages;
 * nothing is added if it has nothing to draw. */
typedef int figure_draw_of(const void *of, enum lang lang, struct buf *out);
void report_draw_of(struct report *r, struct doc_block *parent, figure_draw_of *draw,
                    const void *of, struct text caption);
void report_draw(struct report *r, struct doc_block *parent, figure_draw *draw,
                 struct text caption, struct text usual);
/* The applicant first, then the others in the order of their ids. */
uint32_t *report_stakeholder_order(struct report *r);
/* What a default says of an asset's property, or NULL. */
const struct assumption *report_assumption(const struct report *r, uint32_t asset,
                                           const char *property);
/* The data that refs name, linked. */
void report_add_data(struct report *r, struct doc_line *line, const struct list *refs);
/* "Home > Home network". */
struct text report_zone_path(struct report *r, uint32_t zone);
/* The zone of an asset (index in the model's list): a flow has its sender's. */
uint32_t report_zone_of(const struct report *r, uint32_t asset);
/*
 * Rows for the assets from first to end that are wanted (NULL: all), grouped by zone;
 * add makes one row. In `s` a note is added when there are too many, and some left out.
 */
typedef int report_wants(const struct report *r, uint32_t asset);
typedef void report_row(struct report *r, struct doc_table *t, uint32_t asset);
void report_by_zone(struct report *r, struct doc_block *s, struct doc_table *t,
                    uint32_t first, uint32_t end, report_wants *wants, report_row *add);

/* Index of the first threat at an asset or after it; their number if there is none. */
uint32_t report_first_threat(const struct report *r, uint32_t asset);
/* A badge: within or above the target, or none to compare with. */
void report_add_judgement(struct report *r, struct doc_line *line, int has_target,
                          int within);

// ---- words (report_words.c) ---------------------------------------------------------

/* A thing that is counted: "{0} component", "{0} components", Japanese likewise. */
struct noun {
    const char *one, *many, *ja;
};

/* The pattern with {0}, {1}, ... replaced by the arguments, in each language. */
struct text report_fill(struct report *r, struct text pattern, const struct text *args,
                        size_t n);
#define FILL(r, pattern, ...)                                                          \
    report_fill(r, pattern, (const struct text[]){__VA_ARGS__},                        \
                sizeof((const struct text[]){__VA_ARGS__}) / sizeof(struct text))

struct text report_number(struct report *r, unsigned long n);
struct text report_count(struct report *r, unsigned long n, const struct noun *noun);
/* A share as a percentage: "12%", "1.2%", "0.12%". */
struct text report_percent(struct report *r, double share);
struct text report_string(const char *s); // the same in both languages
struct text report_money(struct report *r, const struct money *money);
struct text report_date(struct report *r, int32_t yyyymmdd);
/* The first letter as a capital, in English. */
struct text report_capital(struct report *r, struct text t);
/* "PREFIX:ID" and "#PREFIX:ID" in the arena. */
const char *report_anchor(struct report *r, const char *prefix, const char *id);
const char *report_target(struct report *r, const char *prefix, const char *id);
/* "Viewpoint 1"; the long form is in report.h. */
struct text report_viewpoint_short(int viewpoint);

// ---- things -------------------------------------------------------------------------

const struct stakeholder *report_stakeholder(const struct report *r, uint32_t i);
const struct component *report_component(const struct report *r, uint32_t i);
const struct flow *report_flow(const struct report *r, uint32_t i);
const struct incident *report_incident(const struct report *r, uint32_t i);
const struct requirement *report_requirement(const struct report *r, uint32_t i);
/* How an incident stands (index in the model's list), or NULL. */
const struct incident_result *report_incident_result(const struct report *r,
                                                     uint32_t i);
/* 1 if a requirement is neither adopted nor excluded. */
int report_is_open(const struct requirement_result *q);
/* Numbers of requirements. */
unsigned report_n_open(const struct report *r);

// ---- lines --------------------------------------------------------------------------

/* Ids of model entries sorted as text: the report's order. n indices in the arena. */
uint32_t *report_order(struct report *r, const struct list *list, size_t entry_size);

void report_say(struct report *r, struct doc_line *line, const char *en,
                const char *ja);
void report_comma(struct report *r, struct doc_line *line);
void report_add_stakeholder(struct report *r, struct doc_line *line,
                            const struct ref *ref);
void report_add_asset(struct report *r, struct doc_line *line, uint32_t asset);
enum { REPORT_MAX_NAMES = 400 }; // listed one after the other
/* The same for several; of very many the first, and how many more. */
void report_add_assets(struct report *r, struct doc_line *line, const uint32_t *assets,
                       uint32_t n);
void report_add_incident(struct report *r, struct doc_line *line, uint32_t incident);
/* The same for several, in the order of the results; "all", or "all but", where that is
 * shorter. */
void report_add_incidents(struct report *r, struct doc_line *line,
                          const uint32_t *incidents, uint32_t n);
void report_add_requirement(struct report *r, struct doc_line *line, uint32_t i);
void report_add_recovery(struct report *r, struct doc_line *line, int level);
void report_add_economic(struct report *r, struct doc_line *line, int level);
void report_add_places(struct report *r, struct doc_line *line,
                       const struct list *refs);
void report_add_subject(struct report *r, struct doc_line *line, const char *subject);
void report_add_threat(struct report *r, struct doc_line *line, const struct threat *t);
/* A sign after the name of what the analyst filled in, and what it means, where used.
 */
void report_add_rebuilt(struct report *r, struct doc_line *line);
void report_explain_rebuilt(struct report *r, struct doc_block *parent);
/* The texts of the values whose bits are set. */
void report_add_joined(struct report *r, struct doc_line *line,
                       const struct choice_set *set, uint32_t bits);

/* Cells with one line each. */
struct doc_line *report_cell(struct report *r, struct doc_table *t);
void report_cell_recovery(struct report *r, struct doc_table *t, int level);
void report_cell_economic(struct report *r, struct doc_table *t, int level);
void report_cell_choice(struct report *r, struct doc_table *t,
                        const struct choice_set *set, int value);
/* A cell of a name and, below, what it is about; returns the cell. */
struct doc_cell *report_cell_named(struct report *r, struct doc_table *t,
                                   struct text name, struct text description);

/* A column: title in both languages, width, alignment. */
// clang-format off
#define COLUMN(en, ja, width, align) {{{en, ja}}, width, align}
// clang-format on
#endif
