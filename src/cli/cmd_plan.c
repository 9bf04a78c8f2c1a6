// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai plan: which measures, at what cost, bring every stakeholder within the target.
 */
// NOLINTNEXTLINE: the C library reserves the name for this very use
#define _XOPEN_SOURCE 700 // realpath
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/words.h"
#include "cli/chance.h"
#include "cli/meter.h"
#include "cli/output.h"
#include "page/figure_front.h"
#include "page/term_plan.h"
#include "risk/plan_edit.h"
#include "risk/plan_program.h"

struct settings {
    struct plan_wish wish;
    struct plan_trials trials;
    int wants_front;
};

static int read_money(const struct cli *cli, const char *name, struct money *money)
{
    const char *text = cli_option(cli, name);
    if (text == NULL || (money_parse(text, money) && money->value >= 0))
        return EXIT_FINE;
    return CLI_SAY(cli, MONEY_OPTION, text_same(text), text_same(name));
}

static int read_settings(const struct cli *cli, struct settings *s)
{
    if (!program_begin()) return cli_put(cli, DIAG_NO_SOLVER, NULL);
    struct chance chance;
    *s = (struct settings){
        .trials = {.trials = 10000, .stop = &meter_is_stopped}
    };
    if (cli_option(cli, "to-target") && cli_option(cli, "budget"))
        return CLI_SAY(cli, NOT_BOTH, text_same("to-target"), text_same("budget"));
    if (cli_whole(cli, "trials", 0, 1000000000, &s->trials.trials) ||
        chance_read(cli, &chance) || read_money(cli, "budget", &s->wish.budget) ||
        read_money(cli, "assume-cost", &s->wish.assumed))
        return EXIT_USAGE;
    s->trials.seed = chance.seed;
    s->trials.threads = chance.threads;
    s->wish.keeps_decided = cli_option(cli, "keep-decided") != NULL;
    s->wish.with_catalog = cli_option(cli, "catalog-measures") != NULL;
    s->wants_front = cli_option(cli, "pareto") != NULL;
    return EXIT_FINE;
}

/* ---- the plan ---------------------------------------------------------------------
 */

/* Ctrl-C ends the simulation, which then holds fewer trials. */
static void simulate(const struct cli *cli, struct plan_answer *answer,
                     const struct settings *s)
{
    struct meter meter;
    if (s->trials.trials == 0) return;
    meter_begin(&meter, cli);
    plan_answer_chances(answer, &s->trials);
    meter_end(&meter);
}

static void print_answer(struct cli *cli, const struct plan_answer *answer)
{
    struct term term = {cli->lang, cli->colour, cli->columns};
    if (cli_option(cli, "json")) {
        plan_document(answer, &cli->out);
        return;
    }
    cli_prose(cli);
    term_plan(answer, &term, &cli->out);
}

/* ---- writing it back --------------------------------------------------------------
 */

/* A file of a name of its own beside another, with its permissions; NULL: errno. */
static FILE *open_beside(const char *path, struct buf *name)
{
    struct stat was;
    buf_printf(name, "%s.plan.part", path);
    FILE *f = stat(path, &was) == 0 ? fopen(buf_text(name), "wb") : NULL;
    if (f) (void)fchmod(fileno(f), was.st_mode & 07777);
    return f;
}

/* Reads back what was written; EXIT_INPUT after a message if it is not what was meant.
 */
static int check_edit(const struct cli *cli, const struct plan_answer *answer,
                      const char *part, struct plan_edit *edit)
{
    struct model *edited = model_read_within(part, cli->include_root);
    catalog_bind(answer->c->graph.catalog, edited);
    plan_edit_check(answer, edited, edit);
    model_free(edited);
    return cli_report(cli, &edit->diags);
}

/* Puts the new text in the place of the file, as a whole or not at all. */
static int replace_file(const struct cli *cli, const struct plan_answer *answer,
                        const char *path, struct plan_edit *edit)
{
    struct buf name = {0};
    FILE *f = open_beside(path, &name);
    int is_bad =
        f == NULL || fwrite(edit->text.data, 1, edit->text.len, f) != edit->text.len;
    int why = errno, code = EXIT_FINE;
    if (f && fclose(f) != 0 && !is_bad) {
        is_bad = 1;
        why = errno;
    }
    if (!is_bad) code = check_edit(cli, answer, buf_text(&name), edit);
    if (!is_bad && code == EXIT_FINE && rename(buf_text(&name), path) != 0) {
        is_bad = 1;
        why = errno;
    }
    if (is_bad) code = CLI_SAY(cli, CANNOT_WRITE, text_same(path), words_error(why));
    if (f && code != EXIT_FINE) remove(buf_text(&name));
    buf_fini(&name);
    return code;
}

static int write_plan(const struct cli *cli, struct plan_answer *answer)
{
    struct plan_edit edit =
        plan_edit_make(answer, cli_option(cli, "owner"), cli_today());
    char *path = realpath(cli->args[0], NULL);
    int code = cli_report(cli, &edit.diags);
    if (code == EXIT_FINE && path == NULL)
        code = CLI_SAY(cli, CANNOT_WRITE, text_same(cli->args[0]), words_error(errno));
    if (path && code == EXIT_FINE) code = replace_file(cli, answer, path, &edit);
    answer->is_written = code == EXIT_FINE;
    answer->n_decided = edit.n_measures;
    answer->n_added = edit.n_added;
    answer->n_entries = edit.n_decisions;
    free(path);
    plan_edit_fini(&edit);
    return code;
}

static int write_front(const struct cli *cli, const struct plan_answer *answer)
{
    struct buf svg = {0};
    figure_front(answer, cli->lang, &svg);
    int code = output_figure(cli, "front", &svg);
    buf_fini(&svg);
    return code;
}

static int make_plan(struct cli *cli, const struct settings *s, struct plan_case *c)
{
    struct plan_answer *answer = plan_answer_open(c, &s->wish.budget);
    if (s->wants_front || cli_option(cli, "svg"))
        plan_answer_front(answer, !s->wants_front);
    simulate(cli, answer, s);
    int code = EXIT_FINE;
    if (answer->end != PLAN_PROVEN)
        code = CLI_SAY(cli, PLAN_GATE, text_same(cli->args[0]));
    else if (cli_option(cli, "write"))
        code = write_plan(cli, answer);
    print_answer(cli, answer);
    if (cli_option(cli, "svg") && write_front(cli, answer)) code = EXIT_INPUT;
    plan_answer_close(answer);
    return code;
}

static int run(struct cli *cli)
{
    struct settings s;
    struct cli_system system = {0};
    int wrong = read_settings(cli, &s);
    if (wrong) return wrong;
    int code = cli_load(cli, cli->args[0], &system, 0);
    struct plan_case *c =
        code == EXIT_FINE ? plan_case_open(system.assessment, &s.wish) : NULL;
    if (c) code = cli_report(cli, &c->diags);
    if (code == EXIT_FINE) code = make_plan(cli, &s, c);
    plan_case_close(c);
    cli_unload(&system);
    return code;
}

static const struct option options[] = {
    {"to-target",
     NULL,                     {{"the least cost that brings everyone within the target; the default",
       "全員が目標水準に収まる最小費用を求める(既定)"}}                                              },
    {"budget",
     "MONEY",                  {{"the most risk removed for at most this, such as '10 MJPY'",
       "この額以内で最も多くのリスクを除く(「10 MJPY」など)"}}                                    },
    {"pareto",
     NULL,                     {{"also each best trade of cost against risk left",
       "費用と残るリスクの最良の組合せもすべて示す"}}                                                },
    {"assume-cost",
     "MONEY",                  {{"the cost of each measure that states none; else it is left out",
       "費用の記載が無い対策の費用とする額。無ければ候補から除く"}}                        },
    {"catalog-measures",
     NULL,                     {{"also examples of the catalog for open requirements, wherever they act",
       "未対応の要件に対するカタログの対策例も、効く箇所すべてに適用する候補とする"}}},
    {"keep-decided",
     NULL,                     {{"measures already decided stay and cost nothing more",
       "決定済みの対策は実施するものとし、費用に含めない"}}                                       },
    {"write",
     NULL,                     {{"write the plan into FILE: measures decided, a decision for each incident",
       "計画をFILEに書き込む: 対策を決定とし、インシデントごとに意思決定を加える"}}      },
    {"owner",
     "NAME",                   {{"with --write: who answers for the decisions",
       "--write と共に: 意思決定の責任者"}}                                                                  },
    {"trials",
     "N",                      {{"worlds of the simulation before and after; default 10000, 0: none",
       "計画前後のシミュレーションの試行回数。既定10000、0なら行わない"}}                      },
    CHANCE_SEED_OPTION,
    CHANCE_THREADS_OPTION,
    OUTPUT_SVG_OPTION,
    {"json",
     NULL,                     {{"the result as JSON (schema/plan.schema.json)",
       "結果をJSONで出力する (schema/plan.schema.json)"}}                                                         },
    {NULL,               NULL, {{NULL, NULL}}                                                                                       },
};

const struct command command_plan = {
    "plan",
    run,
    "FILE",
    1,
    1,
    options,
    {{"choose the measures that reach the target at least cost, and prove it",
      "目標水準に収める最小費用の対策を、証明付きで選ぶ"}},
    "awai plan usecases/gas-water-heater/model.yaml --assume-cost '1 MJPY' --budget '5 "
    "MJPY'",
};
