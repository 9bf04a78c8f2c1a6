// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_TERM_ATTACK_H
#define PAGE_TERM_ATTACK_H
/*
 * What an attack simulation says, on a terminal: a line for each target with its
 * probability, interval and times, and for a few targets how they are reached most
 * often and what that needs.
 */
#include "attack/attack.h"
#include "page/term.h"

void term_attack(const struct attack *a, const struct term *term, struct buf *out);

/* A line for each target with its probability under both sets, and the difference. */
void term_attack_compare(const struct attack_comparison *c, const struct term *term,
                         struct buf *out);
#endif
