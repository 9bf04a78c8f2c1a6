// SPDX-License-Identifier: Apache-2.0
/*
 * awai attack --mal, as an answer of the API: a graph that is sent and not kept. Of
 * what is sent each time, the graph is read anew.
 */
#include <math.h>
#include <string.h>

#include "attack/mal_net.h"
#include "web/ask_attack.h"

static const char graph_name[] = "graph"; // as messages call it

/* What is done with the simulation of a graph; `body` as from ask_parts, or NULL. */
typedef void mal_fn(struct exchange *ex, const struct attack_asked *a,
                    const struct node *body, struct diag_list *d);

/* Entries and targets; 0 after an answer. */
static int choose(struct exchange *ex, struct mal *m, struct sim_plan *plan)
{
    const char *entries[REQUEST_MOST_FIELDS], *names[REQUEST_MOST_FIELDS];
    size_t n_entries = ask_values(ex, "entry", entries),
           n_names = ask_values(ex, "target", names);
    uint32_t *targets = arena_array(&ex->arena, m->net.n_nodes + 1, sizeof *targets);
    plan->targets = targets;
    plan->net = &m->net;
    const char *wrong =
        mal_entries(m, entries, n_entries, contract_decimal(ex, "horizon", HUGE_VAL));
    if (wrong == NULL)
        wrong = mal_targets(m, names, n_names, targets, &plan->n_targets);
    if (wrong) ask_miss_node(ex, wrong, graph_name, mal_nearest(m, wrong));
    return wrong == NULL;
}

/* Reads a graph and does something with its simulation. */
static void with_graph(struct exchange *ex, struct patience *p, const char *text,
                       size_t len, const struct node *body, mal_fn *act)
{
    struct diag_list d = {0};
    struct mal *m = mal_read_text(graph_name, text, len);
    struct attack_asked a = {ask_sim_plan(ex, p), mal_attack_names(m), NULL};
    if (m->diags.n_errors)
        api_refused_file(ex, &m->diags);
    else if (choose(ex, m, &a.plan))
        act(ex, &a, body, &d);
    mal_free(m);
    diag_fini(&d);
}

/* ---- whole and in parts --------------------------------------------------------- */

static void run_whole(struct exchange *ex, const struct attack_asked *a,
                      const struct node *body, struct diag_list *d)
{
    (void)body;
    (void)d;
    ask_attack_run(ex, a, NULL, NULL);
}

static void run_part(struct exchange *ex, const struct attack_asked *a,
                     const struct node *body, struct diag_list *d)
{
    (void)body;
    (void)d;
    ask_attack_part(ex, a);
}

static void whole(struct exchange *ex, const struct view *none, struct patience *p)
{
    (void)none;
    with_graph(ex, p, buf_text(&ex->body), ex->body.len, NULL, run_whole);
}

static void part(struct exchange *ex, const struct view *none, struct patience *p)
{
    (void)none;
    with_graph(ex, p, buf_text(&ex->body), ex->body.len, NULL, run_part);
}

void ask_mal(struct exchange *ex)
{
    if (ask_is_posted(ex)) ask_long_alone(ex, whole);
}

void ask_mal_shard(struct exchange *ex)
{
    if (ask_is_posted(ex)) ask_long_alone(ex, part);
}

/* ---- merged --------------------------------------------------------------------- */

static void add_up(struct exchange *ex, const struct attack_asked *a,
                   const struct node *body, struct diag_list *d)
{
    ask_attack_merged(ex, a, node_get(body, "parts"), d);
}

/* The graph stands in the body as a text, beside the parts. */
static void merge(struct exchange *ex, const struct view *none, struct patience *p)
{
    struct diag_list d = {0};
    const struct node *body = ask_parts(ex, &d),
                      *graph = body ? node_get(body, "graph") : NULL;
    (void)none;
    if (graph && graph->kind == NODE_SCALAR)
        with_graph(ex, p, graph->text, strlen(graph->text), body, add_up);
    else if (body)
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
    diag_fini(&d);
}

void ask_mal_merge(struct exchange *ex)
{
    if (ask_is_type(ex, "application/json")) ask_long_alone(ex, merge);
}
