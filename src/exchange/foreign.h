// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_FOREIGN_H
#define EXCHANGE_FOREIGN_H
/*
 * What the readers of other tools' models share: their text as a tree, identifiers made
 * of theirs, and a model put together key by key, whose errors are told at the places
 * of the file that they come from.
 */
#include "exchange/import_int.h"
#include "exchange/merge.h"

struct foreign {
    const struct import_job *job;
    struct import_result *r;
    struct arena arena;
    struct node *tree;   // of the file
    struct want root;    // the model
    struct strmap taken; // identifiers of components, flows and zones, one name space
    struct strmap taken_data, taken_incidents, taken_measures, taken_systems;
    const char **places; // sources, from 1
    size_t n_places, cap_places;
};

/* Reads JSON or YAML; 0, told, if it is neither, or no mapping. */
int foreign_open(struct foreign *f, const struct import_job *job,
                 struct import_result *r);
/* Reads the model that was put together; its text goes to the result. */
void foreign_close(struct foreign *f);

/* What a member of a mapping says; NULL for none, null and what is no scalar. */
const char *foreign_say(const struct node *n, const char *key);
/* The same as a number; `none` if it is none. */
double foreign_number(const struct node *n, const char *key, double none);
/* The first member of a list; NULL if there is none. Others follow by ->next. */
const struct node *foreign_first(const struct node *n, const char *key);
/* 1 for true. */
int foreign_is(const struct node *n, const char *key);

/*
 * An identifier that is not taken yet: as given where it can stand and says something,
 * else of the name, else `usual` and a number.
 */
const char *foreign_id(struct foreign *f, struct strmap *taken, const char *given,
                       const char *name, const char *usual);

/* An entry of a section, from a place such as "components[3]". */
struct want *foreign_entry(struct foreign *f, const char *section, const char *id,
                           const char *place);
/* A key with a text; with words as they are; nothing for NULL. */
void foreign_text(struct foreign *f, struct want *entry, const char *key,
                  const char *text);
void foreign_yaml(struct foreign *f, struct want *entry, const char *key,
                  const char *yaml);

/*
 * Keys of ours that the file kept for us: members "awai.KEY" of a mapping, each as a
 * cell of a workbook has it. Those that are no keys of the shape are told.
 */
void foreign_kept(struct foreign *f, struct want *entry, const struct shape *shape,
                  const struct node *kept, const char *place);

/* Where something stands in a drawing, as the value of our key `position`. */
const char *foreign_position(struct arena *arena, double x, double y);
/* The position that a mapping {x, y} states, moved down by `above`: 1, or 0, told if
 * there is one that no model of ours can have. */
int foreign_read_position(struct foreign *f, const struct node *at, double above,
                          const char *place, double *x, double *y);
/* The attribute that keeps it where our own layout made it: it is no position then. */
#define FOREIGN_LAID_OUT "awai.laid-out"

/* Tells what is not carried over, or what something is taken as. */
void foreign_left(struct foreign *f, const char *place, struct text what,
                  struct text why);
void foreign_taken(struct foreign *f, const char *place, const char *what,
                   const char *as);

/* The kind of component that a word of another tool stands for, told if guessed. */
const char *foreign_kind(struct foreign *f, const char *word, const char *place);
/* The class of threat likewise, or NULL. */
const char *foreign_threat(const struct catalog *c, const char *word);
/* The word of STRIDE nearest to a class; *is_near: it is not quite the same. */
const char *foreign_stride(const char *class, int *is_near);

/* The zone for what has none, made when first asked for. */
const char *foreign_nowhere(struct foreign *f);
/* The stakeholder who applies the framework; name NULL: unknown. */
void foreign_applicant(struct foreign *f, const char *name, const char *place);
#endif
