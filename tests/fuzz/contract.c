/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes as the value of every parameter of the API: what fits is within the range
 * that the table promises, read by other means than the check's own.
 */
#include "web/contract.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int is_listed(const char *words, const char *value)
{
    char padded[512], wanted[512];
    snprintf(padded, sizeof padded, " %s ", words);
    snprintf(wanted, sizeof wanted, " %.400s ", value);
    return strchr(value, ' ') == NULL && strstr(padded, wanted) != NULL;
}

static void feed(const struct parameter *p, const char *value)
{
    struct arena a = {0};
    assert(!text_empty(contract_range(p, &a)));
    arena_fini(&a);
    if (!contract_fits(p, value)) return;
    switch (p->type) {
    case PARAMETER_WHOLE: {
        char *end;
        unsigned long long n = strtoull(value, &end, 10);
        assert(*end == '\0' && n >= p->least && n <= p->most);
        break;
    }
    case PARAMETER_DECIMAL: {
        double number = strtod(value, NULL);
        assert(isfinite(number) && number >= 0);
        assert(p->most == 0 || number <= (double)p->most);
        break;
    }
    case PARAMETER_WORD: assert(is_listed(p->words, value)); break;
    case PARAMETER_FLAG: assert(is_listed("true false", value)); break;
    case PARAMETER_TEXT: break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    char *value = malloc(len + 1);
    if (value == NULL) return 0;
    if (len) memcpy(value, bytes, len);
    value[len] = '\0';
    for (size_t i = 0; i < n_operations; i++)
        for (const struct parameter *p = operations[i].parameters; p && p->name; p++)
            feed(p, value);
    free(value);
    return 0;
}
