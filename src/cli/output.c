// SPDX-License-Identifier: Apache-2.0
/* An organization's rules and SARIF, shared by `assess` and `check`. */
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "assess/rules.h"
#include "base/words.h"
#include "page/sarif.h"

int output_rules(const struct cli *cli, struct cli_system *s)
{
    const char *path = cli_option(cli, "rules");
    if (path == NULL) return EXIT_FINE;
    struct rules *rules = rules_read(path, s->catalog);
    if (rules->diags.n_errors) {
        int wrong = cli_report(cli, &rules->diags);
        rules_free(rules);
        return wrong;
    }
    struct rules_result result = rules_evaluate(rules, s->assessment);
    rules_report(&result, rules, s->assessment, &s->findings);
    cli_print(cli, &s->findings, 1);
    int code = EXIT_FINE;
    if (result.n_errors)
        code = CLI_SAY(cli, RULES_GATE, text_same(path),
                       diag_number(&s->findings, result.n_errors));
    rules_result_fini(&result);
    rules_free(rules);
    return code;
}

int output_sarif(const struct cli *cli, const struct cli_system *systems, size_t n,
                 const char *path)
{
    const struct diag_list **lists = mem_alloc((n * 3 + 1) * sizeof *lists);
    size_t n_lists = 0;
    for (size_t i = 0; i < n; i++) {
        if (systems[i].model) lists[n_lists++] = &systems[i].model->diags;
        if (systems[i].assessment) lists[n_lists++] = &systems[i].assessment->diags;
        lists[n_lists++] = &systems[i].findings;
    }
    int is_stdout = strcmp(path, "-") == 0;
    struct buf out = {.sink = is_stdout ? stdout : fopen(path, "wb")};
    int failed = out.sink == NULL;
    if (!failed) {
        sarif_write(lists, n_lists, cli->lang, &out);
        failed = buf_flush(&out) != 0;
        failed |= !is_stdout && fclose(out.sink) != 0;
    }
    if (failed) CLI_SAY(cli, CANNOT_WRITE, text_same(path), words_error(errno));
    out.sink = NULL;
    buf_fini(&out);
    free(lists);
    return failed ? EXIT_INPUT : EXIT_FINE;
}
