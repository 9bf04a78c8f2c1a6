// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
#ifndef PAGE_MONEY_H
#define PAGE_MONEY_H
/*
 * Amounts of money for people: "12 MJPY", with k, M and G; in Japanese in myriads,
 * 「1200万円」.
 */
#include "base/text.h"

#include <stddef.h>

enum { MONEY_BYTES = 64 };

/* As it was given, up to six digits. */
void money_exact(double value, const char *currency, enum lang lang,
                 char out[MONEY_BYTES]);

/* As it was computed: three digits that mean something, or as many as stand before the
 * point. */
void money_rounded(double value, const char *currency, enum lang lang,
                   char out[MONEY_BYTES]);
#endif
