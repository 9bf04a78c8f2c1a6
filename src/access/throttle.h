// SPDX-License-Identifier: Apache-2.0
#ifndef ACCESS_THROTTLE_H
#define ACCESS_THROTTLE_H
/*
 * How soon somebody may try again after wrong passwords. What is slowed down is a pair,
 * of an account and where the tries come from, and never an account: a stranger who
 * guesses makes nobody wait but himself. Where that is, is an address, or for a browser
 * that has logged in there before, that browser ("device cookies", OWASP): so it is not
 * slowed down by its neighbours. A place that tries many accounts is slowed down too.
 *
 * In memory only, of a fixed size: what was tried longest ago is forgotten first. One
 * handle is for one thread at a time. Times are seconds of any clock.
 */
#include <stdint.h>

/* So many wrong tries cost nothing; after them one waits 16, 32, 64 ... seconds, up to
 * the most. */
enum {
    THROTTLE_FREE = 5,        // of a pair
    THROTTLE_PLACE_FREE = 50, // of a place, whatever the account
    THROTTLE_LEAST_S = 16,
    THROTTLE_MOST_S = 900,
    THROTTLE_FORGET_S = 3600, // without a try, all is forgotten
    THROTTLE_PLACES = 4096,   // pairs and places that are remembered
};

struct throttle;
struct throttle *throttle_new(void);
void throttle_free(struct throttle *t);

/* The seconds to wait, 0: none. */
int64_t throttle_wait(struct throttle *t, const char *login, const char *place,
                      int64_t now_s);

/* A try begins: it counts as a wrong one until throttle_right, so that many tries at
 * once are no way around. */
void throttle_try(struct throttle *t, const char *login, const char *place,
                  int64_t now_s);

/* It was right: what was wrong before is forgotten, of this pair; of the place, this
 * try. */
void throttle_right(struct throttle *t, const char *login, const char *place);
#endif
