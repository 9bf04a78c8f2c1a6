// SPDX-License-Identifier: Apache-2.0
/* awai risk and awai plan, as answers of the API: losses and treatment. */
#include <string.h>

#include "page/figure_front.h"
#include "page/figure_risk.h"
#include "page/term_plan.h"
#include "page/term_risk.h"
#include "risk/plan_answer.h"
#include "risk/plan_edit.h"
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

/* 1 if a figure is asked for, and answered with: as --svg writes it. */
static int put_risk_figure(struct exchange *ex, struct risk *const *risks, int n)
{
    const char *name = contract_text(ex, "figure");
    const struct risk_pair pair = {
        .before = n == 2 ? risks[0] : NULL,
        .after = risks[n - 1],
        .before_name = text_same(contract_text(ex, "measures")),
        .after_name = text_same(contract_text(ex, n == 2 ? "compare" : "measures"))};
    if (name == NULL) return 0;
    ask_begin(ex, "image/svg+xml");
    for (size_t i = 0; i < N_RISK_FIGURES; i++)
        if (strcmp(risk_figures[i].name, name) == 0)
            risk_figures[i].draw(&pair, ex->lang, &ex->answer.body);
    ask_nothing_drawn(ex);
    return 1;
}

static void put_losses(struct exchange *ex, struct risk *const *risks, int n)
{
    struct term term = ask_term(ex);
    if (put_risk_figure(ex, risks, n)) return;
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

/* The figure, as --svg writes it. */
static void put_front(struct exchange *ex, const struct plan_answer *answer)
{
    ask_begin(ex, "image/svg+xml");
    figure_front(answer, ex->lang, &ex->answer.body);
    ask_nothing_drawn(ex);
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
    int is_figure = contract_text(ex, "figure") != NULL,
        is_front = contract_flag(ex, "pareto");
    if (is_front || is_figure) plan_answer_front(answer, !is_front);
    if (trials.trials && !is_figure) plan_answer_chances(answer, &trials);
    if (is_figure)
        put_front(ex, answer);
    else if (ask_is_text(ex))
        term_plan(answer, &term, &ex->answer.body);
    else
        plan_document(answer, &ex->answer.body);
    plan_answer_close(answer);
}

/* What is done with a case that can be solved. */
typedef void case_fn(struct exchange *ex, struct plan_case *c,
                     const struct plan_wish *wish, struct patience *p);

/* The solver is asked by one thread at a time. */
static void with_case(struct exchange *ex, const struct view *v, struct patience *p,
                      case_fn *act)
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
            act(ex, c, &wish, p);
        plan_case_close(c);
    }
    pthread_mutex_unlock(&ex->web->one_report[1]);
}

static void treatment(struct exchange *ex, const struct view *v, struct patience *p)
{
    with_case(ex, v, p, answer_case);
}

void ask_treatment(struct exchange *ex)
{
    ask_long(ex, treatment);
}

/* ---- the plan as a new version -------------------------------------------------- */

/* Saves the text of an edit, if it says what was meant and nothing else. */
static void save_edit(struct exchange *ex, const struct plan_answer *answer,
                      struct plan_edit *edit)
{
    int64_t number = 0;
    const char *text = arena_strn(&ex->arena, buf_text(&edit->text), edit->text.len);
    const char *reason = contract_text(ex, "reason");
    struct view v = view_open(ex->web, ex->path.slug, text, edit->text.len);
    if (v.assessment) plan_edit_check(answer, v.model, edit);
    int is_right = v.assessment && edit->diags.n_errors == 0;
    if (!is_right) api_refused(ex, v.assessment ? &edit->diags : &v.model->diags);
    view_close(&v);
    if (!is_right) return;
    enum store_result result = web_save(
        ex, ex->path.slug, request_if_match(ex->if_match), text,
        reason && !text_is_blank(reason) ? reason : "awai plan --write", &number);
    if (result == STORE_OK)
        api_saved(ex, ex->path.slug, number);
    else
        web_store_problem(ex, result, number);
    if (result == STORE_OK) ex->answer.status = 200; // it was there before
}

static void write_case(struct exchange *ex, struct plan_case *c,
                       const struct plan_wish *wish, struct patience *p)
{
    (void)p;
    struct plan_answer *answer = plan_answer_open(c, &wish->budget);
    if (answer->end != PLAN_PROVEN) {
        WEB_SAY(ex, PLAN_GATE, text_same(ex->path.slug));
    } else {
        struct plan_edit edit =
            plan_edit_make(answer, contract_text(ex, "owner"), ex->web->today());
        if (edit.diags.n_errors)
            api_refused(ex, &edit.diags);
        else
            save_edit(ex, answer, &edit);
        plan_edit_fini(&edit);
    }
    plan_answer_close(answer);
}

/* Of the version that is meant, or of none. */
static void write(struct exchange *ex, const struct view *v, struct patience *p)
{
    if (request_if_match(ex->if_match) == ex->answer.version)
        with_case(ex, v, p, write_case);
    else
        web_store_problem(ex, STORE_CONFLICT, ex->answer.version);
}

void ask_write_plan(struct exchange *ex)
{
    if (request_if_match(ex->if_match) < 1)
        web_problem(ex, DIAG_REQUEST_BASE, NULL);
    else
        ask_long_once(ex, write);
}
