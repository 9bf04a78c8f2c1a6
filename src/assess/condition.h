// SPDX-License-Identifier: Apache-2.0
#ifndef ASSESS_CONDITION_H
#define ASSESS_CONDITION_H
/*
 * Conditions over what a model and its assessment hold: "flows that carry control data
 * and are not authenticated". The catalog states with them when a requirement is
 * derived, an organization's rules state what must hold.
 *
 * A condition has a subject (components, flows, threats, ...) and a mapping `where` of
 *
 *     ATTRIBUTE: value                 some value of the item is this one
 *     ATTRIBUTE: [value, value]        ... is one of these
 *     ATTRIBUTE: {not: value or list}  no value of the item is among these
 *     ATTRIBUTE: {at-least: value}     some value is this one or beyond (ordered ones)
 *     ATTRIBUTE: {at-most: value}
 *
 * All lines must hold; null as value stands for "has none". Attributes are one table a
 * subject (condition_table.c). Components and flows that are out of scope are passed
 * over unless `where` names out-of-scope itself.
 *
 * An item is numbered as in the model's list (components, flows, zones, data,
 * stakeholders, measures) or in the assessment's (threats, incidents, requirements,
 * decisions). Nothing here allocates; all pointers are borrowed.
 */
#include "assess/assess.h"

struct condition_attribute;

struct condition_subject {
    const char *name;
    const struct condition_attribute *attributes;
    size_t n_attributes;
    uint8_t from;        // enum condition_from
    uint8_t sorted;      // the list is in canonical order as it is
    size_t offset;       // of the list in model_data or assessment
    size_t size;         // of its elements
    size_t out_of_scope; // of that text in an item; 0 where there is none
    size_t asset_of;     // of the array in graph that gives its asset; 0: none
    struct text doc;
};

/* Some value is in `any`, or there is none and `none` is set; or not so. */
struct condition_mask {
    uint64_t any; // bit v: the value v of the attribute's set
    uint8_t none, negate;
};

/* One line of `where`. */
struct condition_test {
    const struct condition_attribute *attribute;
    const struct node *wanted;
    traits trait;     // the bit of the trait that the attribute is about
    uint32_t n_masks; // for attributes with a set of values; all must hold
    struct condition_mask masks[3];
};

/* A condition made ready for many items: names looked up, words turned into bits. */
enum { CONDITION_TESTS = 24 }; // more than any subject has attributes
struct condition_plan {
    const struct condition_subject *subject; // NULL: nothing matches
    uint32_t n;
    int names_scope; // `where` says itself what is to happen with parts out of scope
    struct condition_test tests[CONDITION_TESTS];
};

/* The subject of that name, or NULL; all of them. */
const struct condition_subject *condition_subject(const char *name);
const struct condition_subject *condition_subjects(size_t *n);
/* Their names as choices; value = place among condition_subjects + 1. */
extern const struct choice_set condition_subject_names;

/*
 * Checks subject, attribute names, and values where they are enumerated; the catalog
 * (may be NULL) tells kinds, threats, protocols, carriers, requirements. `at` is where
 * the subject is named. Returns the number of errors added to d.
 */
size_t condition_check(const struct node *where, const char *subject, struct place at,
                       struct diag_list *d, const struct catalog *catalog);

/* Makes a plan; `where` may be NULL. What condition_check rejects never matches. */
struct condition_plan condition_plan(const char *subject, const struct node *where);

/* 1 if item `index` is selected by the plan: all tests hold and it is in scope. */
int condition_selects(const struct assessment *a, const struct condition_plan *plan,
                      uint32_t index);
/* 1 if all tests hold, in scope or not. */
int condition_holds(const struct assessment *a, const struct condition_plan *plan,
                    uint32_t index);

/* condition_selects for a single item. */
int condition_matches(const struct assessment *a, const char *subject,
                      const struct node *where, uint32_t index);

/*
 * How many items match, and in *first (may be NULL) the number of the first in
 * canonical order, or GRAPH_NONE. O(items), some nanoseconds each.
 */
uint32_t condition_count(const struct assessment *a, const struct condition *c,
                         uint32_t *first);

/* Items of a subject; the stable id of one, and where the model's file has it. */
uint32_t condition_n_items(const struct assessment *a,
                           const struct condition_subject *subject);
void condition_item_id(const struct assessment *a,
                       const struct condition_subject *subject, uint32_t index,
                       char *out, size_t size);
struct place condition_item_place(const struct assessment *a,
                                  const struct condition_subject *subject,
                                  uint32_t index);

/* Writes subjects and attributes as Markdown tables, in one language. */
void condition_manual(enum lang lang, struct buf *out);
#endif
