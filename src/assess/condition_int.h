// SPDX-License-Identifier: Apache-2.0
#ifndef ASSESS_CONDITION_INT_H
#define ASSESS_CONDITION_INT_H
/* Between condition.c (the mechanism) and condition_table.c (the attributes) only. */
#include "assess/condition.h"

/* Where the items of a subject are listed. */
enum condition_from { FROM_MODEL, FROM_ASSESSMENT };

/* One item under test. */
struct condition_item {
    const struct assessment *a;
    const void *object; // the model's or the catalog's struct; NULL for a threat
    const void *result; // the assessment's struct; NULL where there is none
    uint32_t index;
    uint32_t asset; // in graph numbering; GRAPH_NONE where it is none
};

/* A question put to each value of an attribute; `hit` when one answers it. */
struct condition_probe {
    enum { PROBE_PRESENT, PROBE_EQUAL, PROBE_AT_LEAST, PROBE_AT_MOST } question;
    const char *text; // what is looked for
    double bound;     // for the ordered questions, which only numbers get
    int hit;
};

/* Offers each value of the item to the probe. */
typedef void condition_getter(const struct condition_item *item,
                              const struct condition_test *test,
                              struct condition_probe *probe);
/* The values of the item as bits. */
typedef uint64_t condition_masker(const struct condition_item *item,
                                  const struct condition_test *test);

enum condition_flags {
    ATTRIBUTE_RESULT = 1,  // the offset is into item->result, else into item->object
    ATTRIBUTE_ORDERED = 2, // at-least and at-most make sense
    ATTRIBUTE_NUMBER = 4,  // values are numbers
};

/* A section of the catalog whose ids are the values. */
struct condition_ids {
    size_t offset; // of the list in catalog_data
    size_t size;   // of its elements
};

/* Has either a getter or a masker; one with a masker has a set. */
struct condition_attribute {
    const char *name;
    condition_getter *get;
    condition_masker *mask;
    size_t offset;
    const struct choice_set *set;    // all values, or NULL
    const struct condition_ids *ids; // all values, or NULL
    const char *trait;               // what it is about, or NULL
    unsigned flags;
    struct text doc;
};

/* A getter gives each value of the item; NULL and "" are no values. */
void condition_offer(struct condition_probe *probe, const char *value);

/* Fills an item; its `object` is found from the result where there is one. */
struct condition_item condition_open(const struct assessment *a,
                                     const struct condition_subject *subject,
                                     uint32_t index);

/* "CLASS@ASSET" of a threat, at most size bytes with the NUL. */
void condition_threat_id(const struct assessment *a, const struct threat *t, char *out,
                         size_t size);
#endif
