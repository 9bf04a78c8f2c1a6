// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai assess: the whole IoT-SSF assessment of one system, as text or JSON, with gates.
 */
#include <string.h>

#include "assess/gates.h"
#include "cli/output.h"
#include "cli/rehearsal.h"
#include "page/term_measured.h"

static int is_name(const char *name, const char *given, size_t len)
{
    return strlen(name) == len && strncmp(name, given, len) == 0;
}

static int is_gate(const char *name, size_t len)
{
    for (size_t i = 0; i < n_gates; i++)
        if (is_name(gates[i].name, name, len)) return 1;
    return 0;
}

/* 1 if every name in a comma-separated list is a gate, and there is one. */
static int gates_known(const char *names)
{
    const char *p = names;
    do {
        size_t len = strcspn(p, ",");
        if (!is_gate(p, len)) return 0;
        p += len + (p[len] == ',');
    } while (*p);
    return 1;
}

static int check_gates(const struct cli *cli, const struct assessment *a,
                       const char *names)
{
    int code = EXIT_FINE;
    for (const char *p = names; *p;) {
        size_t len = strcspn(p, ",");
        for (size_t i = 0; i < n_gates; i++) {
            if (is_name(gates[i].name, p, len) && gates[i].fails(a))
                code = CLI_SAY(cli, GATE, text_same(gates[i].name), gates[i].why);
        }
        p += len + (p[len] == ',');
    }
    return code;
}

static void print_summary(struct cli *cli, const struct assessment *a,
                          const struct rehearse_result *rehearsed)
{
    struct term term = {cli->lang, cli->colour, cli->columns};
    cli_prose(cli);
    term_summary(a, &term, &cli->out);
    if (rehearsed) term_measured(rehearsed, &term, &cli->out);
}

static void print(struct cli *cli, const struct assessment *a,
                  const struct rehearse_result *rehearsed)
{
    if (cli_option(cli, "json"))
        assess_json_with(a, &cli->out, rehearsal_json, rehearsed);
    else if (!output_only_sarif(cli))
        print_summary(cli, a, rehearsed);
}

/* Result, rules and gates. */
static int assess(struct cli *cli, struct cli_system *s)
{
    const char *fail_on = cli_option(cli, "fail-on");
    struct rehearsal_runs runs;
    int code = rehearsal_run(cli, s->graph, &runs);
    if (code == EXIT_FINE) print(cli, s->assessment, runs.result);
    rehearsal_fini(&runs);
    if (code != EXIT_FINE) return code;
    int rules = output_rules(cli, s);
    int gate = fail_on ? check_gates(cli, s->assessment, fail_on) : EXIT_FINE;
    return rules ? rules : gate;
}

static int run(struct cli *cli)
{
    struct cli_system s = {0};
    const char *fail_on = cli_option(cli, "fail-on");
    if (fail_on && !gates_known(fail_on))
        return CLI_SAY(cli, GATES, text_same(fail_on),
                       text_same("outside-target, open-requirements"));
    if (cli_option(cli, "json") && output_only_sarif(cli))
        return CLI_SAY(cli, ONE_OUTPUT, text_same("--json"));
    int code = cli_load(cli, cli->args[0], &s, 0);
    if (code == EXIT_FINE) code = assess(cli, &s);
    if (cli_option(cli, "sarif") && s.model) {
        int written = output_sarif(cli, &s, 1, cli_option(cli, "sarif"));
        code = written ? written : code;
    }
    cli_unload(&s);
    return code;
}

static const struct option options[] = {
    {"json",
     NULL,            {{"the whole assessment as JSON (schema/assess.schema.json)",
       "評価全体をJSONで出力する (schema/assess.schema.json)"}}             },
    {"fail-on",
     "GATES",         {{"exit 3 if a gate is not met: outside-target, open-requirements",
       "ゲート未達なら終了コード3: outside-target, open-requirements"}}},
    {"rules",
     "FILE",          {{"check your organization's own rules too; an error is a gate",
       "組織独自の規則も検査する。エラーはゲート未達"}}       },
    {"sarif",
     "FILE",          {{"write findings as SARIF 2.1.0 for code hosts ('-': standard output, alone)",
       "検出結果をSARIF 2.1.0で書き出す(- は標準出力のみに)"}}    },
    REHEARSAL_OPTION,
    CHANCE_SEED_OPTION,
    CHANCE_THREADS_OPTION,
    {NULL,      NULL, {{NULL, NULL}}                                                            },
};

const struct command command_assess = {
    "assess",
    run,
    "FILE",
    1,
    1,
    options,
    {{"assess a system: map, threats, requirements, decisions",
      "システムを評価する: マップ、脅威、対策要件、意思決定"}},
    "awai assess usecases/gas-water-heater/model.yaml",
};
