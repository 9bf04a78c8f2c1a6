// SPDX-License-Identifier: Apache-2.0
/* Numbers among the options; see cli.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

int cli_whole(const struct cli *cli, const char *name, uint64_t least, uint64_t most,
              uint64_t *value)
{
    const char *text = cli_option(cli, name);
    char low[24], high[24];
    if (text == NULL) return EXIT_FINE;
    size_t len = strlen(text);
    int is_whole = len > 0 && len <= 19 && strspn(text, "0123456789") == len;
    uint64_t given = is_whole ? strtoull(text, NULL, 10) : 0;
    if (is_whole && given >= least && given <= most) {
        *value = given;
        return EXIT_FINE;
    }
    snprintf(low, sizeof low, "%llu", (unsigned long long)least);
    snprintf(high, sizeof high, "%llu", (unsigned long long)most);
    return CLI_SAY(cli, WHOLE_OPTION, text_same(text), text_same(name), text_same(low),
                   text_same(high));
}

int cli_decimal(const struct cli *cli, const char *name, double *value)
{
    const char *text = cli_option(cli, name);
    char *end = NULL;
    if (text == NULL) return EXIT_FINE;
    double given = strtod(text, &end);
    if (end == text || *end || !isfinite(given) || given <= 0)
        return CLI_SAY(cli, DECIMAL_OPTION, text_same(text), text_same(name));
    *value = given;
    return EXIT_FINE;
}

int cli_decimal_or_zero(const struct cli *cli, const char *name, double *value)
{
    const char *text = cli_option(cli, name);
    if (text == NULL || strcmp(text, "0") != 0) return cli_decimal(cli, name, value);
    *value = 0;
    return EXIT_FINE;
}
