// SPDX-License-Identifier: Apache-2.0
#ifndef ASSESS_CHANGES_H
#define ASSESS_CHANGES_H
/*
 * What changed in meaning from one model to another, and what follows from it: threats,
 * incidents, positions on the map, requirements, decisions. Order and layout of the
 * files are no change. Things are the same ones when their ids are.
 */
#include "assess/assess.h"
#include "base/schema_diff.h"

/* What can follow from a change; in the order in which it is told. */
enum effect {
    THREAT_APPEARED,
    THREAT_GONE,
    THREAT_NOW_MAIN,
    THREAT_NO_LONGER_MAIN,
    THREAT_STATE,
    INCIDENT_REACHED,
    INCIDENT_NO_LONGER_REACHED,
    MAP_MOVED,
    MAP_PLANNED_MOVED,
    MAP_INHERENT_MOVED,
    REQUIREMENT_DERIVED,
    REQUIREMENT_GONE,
    REQUIREMENT_ADOPTED,
    REQUIREMENT_REOPENED,
    DECISION_ORPHANED,
    DECISION_FOUND,
    DECISION_OVERDUE,
    N_EFFECTS,
};

struct effect_word {
    const char *name; // of JSON
    char sign;        // '+' came, '-' went, '~' changed, '!' grew worse, ' ' better
    struct text text; // above those of this kind
};
extern const struct effect_word effect_words[N_EFFECTS];

/* One thing that follows. Texts are in the arena of the changes or in the models. */
struct consequence {
    enum effect effect;
    const char *id;
    struct text name;      // empty where the id says all
    const char *old_value; // as in JSON; NULL where there is none
    const char *new_value;
    struct position from, to; // of moves on the map: what the values say
};

/* 1 if the values of a consequence are positions. */
int effect_is_move(enum effect effect);

struct changes {
    const struct assessment *before, *after;
    struct schema_diff diff; // of what is written
    struct consequence *items;
    size_t n, cap;
    struct arena arena;
};

/* Compares two assessments under one catalog, which must outlive the changes. */
void changes_find(struct changes *c, const struct assessment *before,
                  const struct assessment *after);
void changes_fini(struct changes *c);
#endif
