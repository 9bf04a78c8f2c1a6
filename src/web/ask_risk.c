// SPDX-License-Identifier: Apache-2.0
/* awai risk and awai plan, as answers of the API: losses and treatment. */
#include "page/term_plan.h"
#include "page/term_risk.h"
#include "risk/plan_answer.h"
#include "risk/plan_program.h"
#include "risk/risk.h"
#include "web/ask_rehearsal.h"

/* ---- losses --------------------------------------------------------------------- */

static struct risk_plan plan_of(const struct exchange *ex, const struct view *v,
                                struct patience *p)
{
    return (struct risk_plan){.graph = v->graph,
                              .worlds = contract_whole(ex, "worlds"),
                              .years = contract_whole(ex, "years"),
                              .seed = contract_whole(ex, "seed"),
                              .outer = contract_whole(ex, "outer"),
                              .inner = contract_whole(ex, "inner"),
                              .threads = 1,
                              .stop = &p->is_over,
                              .progress = patience_share,
                              .told = p};
}

static void put_losses(struct exchange *ex, struct risk *const *risks, int n)
{
    struct term term = ask_term(ex);
    if (!ask_is_text(ex))
        risk_document(risks, n, &ex->answer.body);
    else if (n == 2)
        term_risk_compare(risks[0], risks[1], &term, &ex->answer.body);
    else
        term_risk(risks[0], &term, &ex->answer.body);
}

static void losses(struct exchange *ex, const struct view *v, struct patience *p)
{
    static const char *const sets[] = {"measures", "compare"};
    struct risk_plan plans[2];
    struct risk *risks[2] = {NULL, NULL};
    struct rehearsal_runs rehearsed = {0};
    int n = contract_text(ex, "compare") ? 2 : 1;
    for (int i = 0; i < n; i++) {
        plans[i] = plan_of(ex, v, p);
        plans[i].set = contract_text(ex, sets[i]);
        if (!ask_measures(ex, v, sets[i], &plans[i].measures)) return;
    }
    if (ask_rehearsed(ex, v, p, 0, &rehearsed)) {
        for (int i = 0; i < n; i++) {
            plans[i].rehearsed = rehearsed.result;
            risks[i] = risk_run(&plans[i]);
            risks[i]->seconds = web_seconds(ex);
        }
        put_losses(ex, risks, n);
    }
    for (int i = 0; i < n; i++)
        risk_free(risks[i]);
    rehearsal_fini(&rehearsed);
}

void ask_losses(struct exchange *ex)
{
    ask_long(ex, losses);
}

/* ---- treatment ------------------------------------------------------------------ */

/* 0 after an answer. */
static int read_money(struct exchange *ex, const char *name, struct money *money)
{
    const char *text = contract_text(ex, name);
    if (text == NULL || (money_parse(text, money) && money->value >= 0)) return 1;
    WEB_SAY(ex, MONEY_OPTION, text_same(text), text_same(name));
    return 0;
}

static void answer_case(struct exchange *ex, struct plan_case *c,
                        const struct plan_wish *wish, struct patience *p)
{
    const struct plan_trials trials = {.trials = contract_whole(ex, "trials"),
                                       .seed = contract_whole(ex, "seed"),
                                       .threads = 1,
                                       .stop = &p->is_over};
    struct term term = ask_term(ex);
    struct plan_answer *answer = plan_answer_open(c, &wish->budget);
    if (contract_flag(ex, "pareto")) plan_answer_front(answer, 0);
    if (trials.trials) plan_answer_chances(answer, &trials);
    if (ask_is_text(ex))
        term_plan(answer, &term, &ex->answer.body);
    else
        plan_document(answer, &ex->answer.body);
    plan_answer_close(answer);
}

/* The solver is asked by one thread at a time. */
static void treatment(struct exchange *ex, const struct view *v, struct patience *p)
{
    struct plan_wish wish = {.keeps_decided = contract_flag(ex, "keep-decided"),
                             .with_catalog = contract_flag(ex, "catalog-measures")};
    if (!read_money(ex, "budget", &wish.budget) ||
        !read_money(ex, "assume-cost", &wish.assumed))
        return;
    pthread_mutex_lock(&ex->web->one_report[1]);
    if (!program_begin()) {
        web_problem(ex, DIAG_NO_SOLVER, NULL);
    } else {
        struct plan_case *c = plan_case_open(v->assessment, &wish);
        if (c->diags.n_errors)
            api_refused(ex, &c->diags);
        else
            answer_case(ex, c, &wish, p);
        plan_case_close(c);
    }
    pthread_mutex_unlock(&ex->web->one_report[1]);
}

void ask_treatment(struct exchange *ex)
{
    ask_long(ex, treatment);
}
