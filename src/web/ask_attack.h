// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_ASK_ATTACK_H
#define WEB_ASK_ATTACK_H
/*
 * What attack simulations of systems and of graphs of MAL share: the run that the
 * parameters ask for, a part of it, and parts put together.
 */
#include "attack/attack.h"
#include "base/yaml.h"
#include "web/ask_long.h"

/* A simulation, as far as it has been asked for. */
struct attack_asked {
    struct sim_plan plan; // the whole of it
    struct attack_names names;
    const char *set; // of measures; NULL: of no model
};

/* The plan that the parameters say; net and targets are for the caller to put in. */
struct sim_plan ask_sim_plan(const struct exchange *ex, struct patience *p);

/* All values of a parameter; how many. */
size_t ask_values(const struct exchange *ex, const char *parameter,
                  const char *values[REQUEST_MOST_FIELDS]);

/* Says that no node is called so. */
void ask_miss_node(struct exchange *ex, const char *name, const char *of,
                   const char *nearest);

/* Answers with a figure, if one is asked for: 1, or 0. */
typedef int attack_draw(struct exchange *ex, const struct view *v,
                        const struct attack_asked *a, const struct tally *tally);

/* Runs it and answers; `draw` is given v, both may be NULL. */
void ask_attack_run(struct exchange *ex, const struct attack_asked *a,
                    attack_draw *draw, const struct view *v);

/* Runs the part that the parameter `part` names, and answers what --shard prints. */
void ask_attack_part(struct exchange *ex, const struct attack_asked *a);

/* The body of a merge, as a tree in the exchange's arena: an object with `parts`. NULL
 * after an answer. `d`: of the caller, for what is wrong with the parts. */
const struct node *ask_parts(struct exchange *ex, struct diag_list *d);

/* Answers the whole that the parts make, or what is wrong with them. */
void ask_attack_merged(struct exchange *ex, const struct attack_asked *a,
                       const struct node *parts, struct diag_list *d);
#endif
