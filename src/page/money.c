// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Amounts of money; see money.h. */
#include "page/money.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { N_SCALES = 5 };

struct scale {
    double factor;
    const char *prefix;
};

/* The greatest scale that a value reaches. */
static struct scale scale_of(double value, enum lang lang)
{
    // clang-format off
    static const struct scale scales[N_LANGS][N_SCALES] = {
        [LANG_EN] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1, ""}},
        [LANG_JA] = {{1e12, "兆"}, {1e8, "億"}, {1e4, "万"}, {1, ""}, {1, ""}},
    };
    // clang-format on
    int i = 0;
    while (i < N_SCALES - 1 && fabs(value) < scales[lang][i].factor)
        i++;
    return scales[lang][i];
}

static void put_unit(const char *number, struct scale scale, const char *currency,
                     enum lang lang, char out[MONEY_BYTES])
{
    int is_yen = lang == LANG_JA && strcmp(currency, "JPY") == 0;
    snprintf(out, MONEY_BYTES, lang == LANG_JA ? "%s%s%s" : "%s %s%s", number,
             scale.prefix, is_yen ? "円" : currency);
}

void money_exact(double value, const char *currency, enum lang lang,
                 char out[MONEY_BYTES])
{
    struct scale scale = scale_of(value, lang);
    char number[32];
    snprintf(number, sizeof number, "%.6g", value / scale.factor);
    put_unit(number, scale, currency, lang, out);
}

void money_rounded(double value, const char *currency, enum lang lang,
                   char out[MONEY_BYTES])
{
    struct scale scale = scale_of(value, lang);
    double part = value / scale.factor, size = fabs(part);
    int decimals = scale.factor <= 1 ? 0 : size >= 100 ? 0 : size >= 10 ? 1 : 2;
    char number[32];
    snprintf(number, sizeof number, "%.*f", decimals, part);
    put_unit(number, scale, currency, lang, out);
}
