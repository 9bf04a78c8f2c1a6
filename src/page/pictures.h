// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_PICTURES_H
#define PAGE_PICTURES_H
/*
 * What pictures a report may have, by name: the classes of figure.h. The table is
 * pictures.def; the command, the API and the pages all choose from it. Several pictures
 * may have one name (a chain each, a zone each).
 */
#include "assess/assess.h"

/* What the model or the caller must give for there to be one. */
enum picture_needs {
    PICTURE_NEEDS_NOTHING,
    PICTURE_NEEDS_SIZE,     // so many components that they are not drawn one by one
    PICTURE_NEEDS_CHAINS,   // incidents that are reached
    PICTURE_NEEDS_ATTACK,   // attackers
    PICTURE_NEEDS_RISK,     // criteria with figures, too
    PICTURE_NEEDS_PLAN,     // costs of measures, and targets
    PICTURE_NEEDS_REHEARSAL // incidents rehearsed
};

struct picture {
    const char *name;
    struct text text;
    int on_sheet; // sums up: stands on the sheet of doc_svg
    enum picture_needs needs;
};
extern const struct picture picture_table[];
extern const size_t picture_n;

/* What stands for the whole sheet in the place of a name. */
#define PICTURE_SHEET "sheet"
/* It, and all names, separated by blanks. */
extern const char picture_words[];

/* The row of a name of so many bytes, or NULL. */
const struct picture *picture_find(const char *name, size_t len);

/* 1 if it is of the assessment: in a report without what is simulated, too. */
int picture_is_assessed(const struct picture *p);

/* 1 if the report of a system has what the picture needs; of rehearsals it is not
 * known. */
int picture_may_be(const struct picture *p, const struct assessment *a);
#endif
