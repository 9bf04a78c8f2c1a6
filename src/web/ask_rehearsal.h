// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_ASK_REHEARSAL_H
#define WEB_ASK_REHEARSAL_H
/* Incidents rehearsed, for answers that are about that or take what is measured. */
#include "twin/runs.h"
#include "web/ask_long.h"

/*
 * With the parameter `rehearse`, every incident rehearsed without measures; `is_all`:
 * also with those decided, each alone, and the safety functions under measures. All of
 * runs is NULL without it. 0 after an answer. For rehearsal_fini.
 */
int ask_rehearsed(struct exchange *ex, const struct view *v, struct patience *p,
                  int is_all, struct rehearsal_runs *runs);
#endif
