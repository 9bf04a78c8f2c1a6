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
};

/* A question put to each value of an attribute; `hit` when one answers it. */
struct condition_probe {
    enum { PROBE_PRESENT, PROBE_EQUAL, PROBE_AT_LEAST, PROBE_AT_MOST } question;
    const struct choice_set *set; // of the attribute, or NULL
    const char *text;             // what is looked for
    double bound;                 // its rank, for the ordered questions
    int hit;
};

typedef void condition_getter(const struct condition_item *item,
                              const struct condition_attribute *attribute,
                              struct condition_probe *probe);

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

struct condition_attribute {
    const char *name;
    condition_getter *get;
    size_t offset;
    const struct choice_set *set;    // all values, or NULL
    const struct condition_ids *ids; // all values, or NULL
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
