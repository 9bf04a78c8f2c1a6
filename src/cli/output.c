// SPDX-License-Identifier: Apache-2.0
/* An organization's rules and SARIF, shared by `assess` and `check`. */
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assess/rules.h"
#include "page/sarif.h"

int output_rules(const struct cli *cli, struct cli_system *s)
{
    const char *path = cli_option(cli, "rules");
    int colour = isatty(STDERR_FILENO) && getenv("NO_COLOR") == NULL;
    if (path == NULL) return EXIT_FINE;
    struct rules *rules = rules_read(path, s->catalog);
    if (rules->diags.n_errors) {
        diag_print(&rules->diags, stderr, colour, 1);
        rules_free(rules);
        return EXIT_INPUT;
    }
    struct rules_result result = rules_evaluate(rules, s->assessment);
    rules_report(&result, rules, s->assessment, cli->lang, &s->findings);
    diag_print(&s->findings, stderr, colour, 1);
    int code = result.n_errors ? EXIT_GATE : EXIT_FINE;
    if (code != EXIT_FINE)
        fprintf(stderr, "awai: %u finding%s of severity error by the rules of %s\n",
                result.n_errors, result.n_errors == 1 ? "" : "s", path);
    rules_result_fini(&result);
    rules_free(rules);
    return code;
}

int output_sarif(const struct cli *cli, const struct cli_system *systems, size_t n,
                 const char *path)
{
    (void)cli;
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
        sarif_write(lists, n_lists, &out);
        failed = buf_flush(&out) != 0;
        failed |= !is_stdout && fclose(out.sink) != 0;
    }
    if (failed) fprintf(stderr, "awai: cannot write %s: %s\n", path, strerror(errno));
    out.sink = NULL;
    buf_fini(&out);
    free(lists);
    return failed ? EXIT_INPUT : EXIT_FINE;
}
