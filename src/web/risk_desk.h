// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_RISK_DESK_H
#define WEB_RISK_DESK_H
/*
 * The latest version of a system laid out for questions about sets of measures: its
 * worlds, its plan, and how it stands with what is in force. The first question takes
 * what a run of `awai risk` takes; those that follow run only worlds that change.
 *
 * A few desks are kept, that of one text and day each; they know no language. One
 * request has a desk at a time.
 */
#include "base/sha256.h"
#include "risk/plan_answer.h"
#include "risk/replay.h"
#include "risk/risk.h"
#include "web/web_int.h"

/* As many worlds and years as are run unless the address says otherwise, and at most.
 */
enum {
    DESK_WORLDS = 5000,
    DESK_MOST_WORLDS = 50000,
    DESK_YEARS = 20000,
    DESK_MOST_YEARS = 100000,
    DESK_SEED = 1
};

/* A result with what it borrows. */
struct desk_result {
    struct risk_plan plan;
    struct risk *risk;
};

/* A text, whoever has it: versions of that number are in other workspaces, too. */
struct desk_key {
    char slug[65];
    uint8_t hash[SHA256_BYTES];
    int32_t today;
};

struct risk_desk {
    struct desk_key key;
    int64_t number; // of the version it was taken for
    pthread_mutex_t lock;
    unsigned n_users; // with the server's lock, as is `used`
    // not 0: somebody waits for the desk, and what takes a second gives way
    volatile sig_atomic_t n_waiting;
    uint64_t used;
    // with the desk's own lock
    struct view view;          // assessment NULL: the model has errors
    struct replay *replay;     // NULL: so many measures that it would not fit
    uint8_t *in_force;         // a byte a measure
    struct desk_result before; // under these; risk NULL: not run yet
    struct plan_case *plan_case;
    struct plan_answer *plan; // with its front; NULL: costs are in two currencies
};

/* Which measures, and how exactly. */
struct desk_question {
    const char *set;         // as it was asked for
    const uint8_t *measures; // a byte each
    uint64_t worlds, years;
    int with_drivers; // takes a second: spreads, drivers, and each measure tried. Ends
                      // without, when somebody else asks: is_stopped
};

/* A desk for the latest version of the path's system, which nobody else has until
 * desk_give; NULL after an answer, of a model with errors too. */
struct risk_desk *desk_take(struct exchange *ex);
void desk_give(struct web *web, struct risk_desk *desk);

/* What a set of measures amounts to; for desk_result_fini, and not beyond desk_give. */
void desk_ask(struct risk_desk *desk, const struct desk_question *question,
              struct desk_result *result);
void desk_result_fini(struct desk_result *result);
/* The same of what is in force; kept by the desk. */
const struct risk *desk_before(struct risk_desk *desk,
                               const struct desk_question *question);

/* What a set costs beside what is in force, and how much risk above target it leaves.
 * Only with a plan. */
struct plan_set desk_weigh(struct risk_desk *desk, const uint8_t *measures);

struct risk_desks *risk_desks_new(void);
void risk_desks_free(struct risk_desks *desks);
#endif
