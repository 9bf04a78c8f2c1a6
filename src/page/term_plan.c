// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* A plan on a terminal; see term_plan.h. */
#include "page/term_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attack/model_net.h"
#include "page/money.h"

/* Of each measure so many ways are told, and how many more there are. */
enum { MOST_WAYS = 3 };
enum { NAME_CELLS = 44, NUMBER_CELLS = 10, MONEY_CELLS = 20 };
enum { CHANCE_CELLS = 40, SHARE_CELLS = 10 };

struct writer {
    const struct plan_answer *a;
    const struct model_data *m;
    const struct term *term;
    struct buf *out;
    struct arena arena;
    const struct plan_way **ways; // that were referred to, to be told at the end
    size_t n_ways, cap_ways;
};

/* A ternary, so that the compiler sees the formats. */
#define IN(w, en, ja) ((w)->term->lang == LANG_JA ? (ja) : (en))

static const char *money(struct writer *w, double value)
{
    char *text = arena_alloc(&w->arena, MONEY_BYTES);
    money_exact(value, w->a->c->currency, w->term->lang, text);
    return text;
}

static const char *incident_name(const struct writer *w, uint32_t i)
{
    return text_in(LIST_AT(w->m->incidents, struct incident, i)->name, w->term->lang);
}

static const struct measure *measure_at(const struct writer *w, uint32_t i)
{
    return LIST_AT(w->m->measures, struct measure, i);
}

static const char *stakeholder_name(const struct writer *w, uint32_t i)
{
    return text_in(LIST_AT(w->m->stakeholders, struct stakeholder, i)->name,
                   w->term->lang);
}

static void put_heading(struct writer *w, const char *text)
{
    buf_printf(w->out, w->term->colour ? "\n\033[1m%s\033[0m\n" : "\n%s\n", text);
}

/* ---- the result --------------------------------------------------------------------
 */

static void put_outcome(struct writer *w)
{
    const struct plan_answer *a = w->a;
    const char *cost = money(w, a->set.cost);
    if (a->end == PLAN_IMPOSSIBLE)
        buf_printf(w->out,
                   IN(w,
                      "The target cannot be reached with the %u candidates. As near as "
                      "they come: measures %u, for %s.\n",
                      "候補%u件では目標水準に届かない。最も近づく計画: 対策%u件、%s\n"),
                   a->plan->n_candidates, a->n_choices, cost);
    else if (a->has_budget)
        buf_printf(w->out,
                   IN(w, "%u of %u candidates for %s, within the budget of %s.\n",
                      "対策%u件(候補%u件中)、%s(予算%s)\n"),
                   a->n_choices, a->plan->n_candidates, cost,
                   money(w, a->budget.value));
    else
        buf_printf(w->out,
                   IN(w,
                      "%u of %u candidates for %s bring everyone within the target.\n",
                      "対策%u件(候補%u件中)、%sで、全員が目標水準に収まる。\n"),
                   a->n_choices, a->plan->n_candidates, cost);
}

static void put_proof(struct writer *w)
{
    const struct plan_answer *a = w->a;
    const char *claim =
        a->end == PLAN_UNPROVEN
            ? IN(w, "NOT proven: the solver gave up", "証明なし: ソルバーが中断した")
        : a->has_budget || a->end == PLAN_IMPOSSIBLE
            ? IN(w,
                 "Proven: no set within it leaves less, and none that leaves as "
                 "little costs less",
                 "証明済み: "
                 "これより多くリスクを除く組合せも、同じだけ除いて安い組合せも無い")
            : IN(w, "Proven: no set of less cost does",
                 "証明済み: これより安い組合せは無い");
    buf_printf(w->out,
               IN(w, "%s (%u integer programs, %u cuts", "%s(整数計画%u回、カット%u件"),
               claim, a->plan->n_rounds, a->plan->n_cuts);
    if (a->plan->gap > 0)
        buf_printf(w->out, IN(w, ", but for at most %s", "、誤差は最大%s"),
                   money(w, a->plan->gap));
    buf_str(w->out, IN(w, ").\n", ")。\n"));
    buf_printf(w->out,
               IN(w,
                  "Risk above target: %u without measures, %u as it is, %u with the "
                  "plan.\n",
                  "目標水準を超えるリスク: 対策なし%u、現状%u、計画後%u\n"),
               a->inherent.left, a->now.left, a->set.left);
    if (!a->is_verified)
        buf_str(w->out, IN(w, "! the assessment with the plan disagrees\n",
                           "! 計画を反映した評価の結果が一致しない\n"));
}

/* ---- measures ----------------------------------------------------------------------
 */

/* A step a line; "+" where another branch begins that is needed as well. */
static void put_chain(struct writer *w, const struct plan_way *way)
{
    struct attack_names names = model_names(&w->a->c->graph);
    const struct rows *parents = &w->a->c->graph.parents;
    for (size_t i = 0; i < way->n_nodes; i++) {
        uint32_t node = way->nodes[i];
        int is_first = parents->start[node] == parents->start[node + 1];
        struct text t = names.title(names.of, node, &w->arena);
        buf_printf(w->out, "      %s %s\n",
                   !is_first ? "\u2192"
                   : i       ? "+"
                             : " ",
                   text_in(t, w->term->lang));
    }
}

/* The number of a way among those to be told, which it joins. */
static size_t number_of(struct writer *w, const struct plan_way *way)
{
    for (size_t i = 0; i < w->n_ways; i++) {
        const struct plan_way *x = w->ways[i];
        if (x->incident == way->incident && x->n_nodes == way->n_nodes &&
            memcmp(x->nodes, way->nodes, way->n_nodes * sizeof *way->nodes) == 0)
            return i + 1;
    }
    *(const struct plan_way **)mem_push(&w->ways, &w->n_ways, &w->cap_ways,
                                        sizeof(const struct plan_way *)) = way;
    return w->n_ways;
}

static const char *levels(struct writer *w, struct position p)
{
    return arena_printf(&w->arena, "%s\u00d7%s",
                        text_in(recovery_text(p.recovery), w->term->lang),
                        text_in(economic_text(p.economic), w->term->lang));
}

static void put_way(struct writer *w, const struct plan_way *way)
{
    const char *name = incident_name(w, way->incident);
    const char *from = levels(w, way->from), *to = levels(w, way->to);
    size_t number = number_of(w, way);
    if (way->is_cut)
        buf_printf(w->out,
                   IN(w,
                      "     without it \u201c%s\u201d comes about (%s), by way [%zu]\n",
                      "     これが無いと「%s」(%s)に経路[%zu]で至る\n"),
                   name, from, number);
    else
        buf_printf(w->out,
                   IN(w,
                      "     without it \u201c%s\u201d does %s instead of %s, by way "
                      "[%zu]\n",
                      "     これが無いと「%s」の被害が%s(あれば%s)になる。経路[%zu]\n"),
                   name, from, to, number);
}

/* Those of the plan that require a measure, which may be all it is there for. */
static void put_needed_by(struct writer *w, const struct plan_choice *choice)
{
    int n = 0;
    for (uint32_t i = 0; i < w->a->n_choices; i++) {
        const struct measure *m = measure_at(w, w->a->choices[i].measure);
        for (uint32_t k = 0; k < m->requires.n; k++) {
            if (LIST_AT(m->requires, struct ref, k)->index != choice->measure) continue;
            buf_printf(
                w->out,
                n++ ? ", %s"
                    : IN(w, "     required by %s", "     これを前提とする対策: %s"),
                m->entry.id);
        }
    }
    if (n) buf_char(w->out, '\n');
}

static void put_choice(struct writer *w, uint32_t number)
{
    const struct plan_choice *choice = &w->a->choices[number];
    const struct measure *m = measure_at(w, choice->measure);
    int is_assumed = w->a->c->assumed[choice->measure];
    buf_printf(w->out, " %2u. %s (%s)  %s%s", number + 1,
               text_in(m->name, w->term->lang), m->entry.id, money(w, choice->cost),
               is_assumed ? IN(w, " (assumed)", "(仮定)") : "");
    if (choice->gain || choice->loss == 0)
        buf_printf(w->out, IN(w, ", removes %u\n", "、%uを除く\n"), choice->gain);
    else
        buf_printf(w->out,
                   IN(w, ", removes %u with others\n", "、他の対策と併せて%uを除く\n"),
                   choice->loss);
    for (size_t i = 0; i < choice->ways.n && i < MOST_WAYS; i++)
        put_way(w, &choice->ways.items[i]);
    if (choice->ways.n > MOST_WAYS)
        buf_printf(w->out,
                   IN(w, "     and other incidents: %zu\n", "     ほかに%zu件\n"),
                   choice->ways.n - MOST_WAYS);
    put_needed_by(w, choice);
}

/* By who carries them out, in the order of the first of each. */
static void put_choices(struct writer *w)
{
    const struct plan_answer *a = w->a;
    uint8_t *is_told = arena_alloc(&w->arena, w->m->stakeholders.n + 1);
    for (uint32_t i = 0; i < a->n_choices; i++) {
        uint32_t by = measure_at(w, a->choices[i].measure)->by.index;
        double sum = 0;
        if (is_told[by]) continue;
        is_told[by] = 1;
        for (uint32_t k = i; k < a->n_choices; k++)
            if (measure_at(w, a->choices[k].measure)->by.index == by)
                sum += a->choices[k].cost;
        put_heading(w,
                    arena_printf(&w->arena,
                                 by == w->m->applicant.index
                                     ? IN(w, "%s, own measures: %s", "%s(自ら実施): %s")
                                     : IN(w, "to be asked of %s: %s", "%sに要請: %s"),
                                 stakeholder_name(w, by), money(w, sum)));
        for (uint32_t k = i; k < a->n_choices; k++)
            if (measure_at(w, a->choices[k].measure)->by.index == by) put_choice(w, k);
    }
    if (a->n_choices)
        buf_str(w->out, IN(w, "\nNumbers: the order of most risk removed per money.\n",
                           "\n番号は、費用当たりに除くリスクの大きい順。\n"));
}

/* ---- what is left ------------------------------------------------------------------
 */

static int is_among(const struct plan_ways *ways, uint32_t incident)
{
    for (size_t i = 0; ways && i < ways->n; i++)
        if (ways->items[i].incident == incident) return 1;
    return 0;
}

/* Ways, but to the incidents that others have told of. */
static void put_ways(struct writer *w, const char *heading,
                     const struct plan_ways *ways, const struct plan_ways *told)
{
    size_t n = 0;
    for (size_t i = 0; i < ways->n; i++) {
        if (is_among(told, ways->items[i].incident)) continue;
        if (n++ == 0) put_heading(w, heading);
        size_t number = number_of(w, &ways->items[i]);
        buf_printf(w->out, IN(w, "  %s (%s), by way [%zu]\n", "  %s(%s)、経路[%zu]\n"),
                   incident_name(w, ways->items[i].incident),
                   levels(w, ways->items[i].from), number);
    }
}

static void put_left(struct writer *w)
{
    const struct plan_answer *a = w->a;
    put_ways(w,
             IN(w, "No candidate cuts these ways, nor limits what follows",
                "どの候補も断てず、被害も抑えられない経路"),
             &a->beyond, NULL);
    if (a->is_conflict)
        put_heading(w, IN(w, "All would do, but some exclude each other.",
                          "すべて実施できれば足りるが、両立しない候補がある。"));
    put_ways(w, IN(w, "Left above target", "目標水準を超えて残るもの"), &a->left,
             &a->beyond);
}

static void put_rows(struct writer *w)
{
    const struct list *map = &w->a->after->map;
    put_heading(w, IN(w, "Stakeholders: as it is \u2192 with the plan",
                      "ステークホルダー: 現状 \u2192 計画後"));
    for (uint32_t i = 0; i < map->n; i++) {
        const struct map_row *row = LIST_AT(*map, struct map_row, i);
        if (row->form || !row->has_target || row->excluded) continue;
        term_pad(w->out,
                 arena_printf(&w->arena, "  %s", stakeholder_name(w, row->stakeholder)),
                 NAME_CELLS);
        buf_printf(w->out, " %s \u2192 %s%s\n", levels(w, row->now),
                   levels(w, row->planned),
                   row->planned_within ? "" : IN(w, "  above target", "  目標超過"));
    }
}

static void put_costless(struct writer *w)
{
    const struct plan_case *c = w->a->c;
    if (c->n_costless == 0) return;
    buf_str(w->out,
            IN(w,
               "\nLeft out, as their cost is not stated (--assume-cost gives "
               "one): ",
               "\n費用の記載が無いため除いた対策(--assume-cost で仮定できる): "));
    for (uint32_t i = 0; i < c->n_costless; i++)
        buf_printf(w->out, "%s%s", i ? ", " : "",
                   measure_at(w, c->costless[i])->entry.id);
    buf_char(w->out, '\n');
}

/* ---- figures -----------------------------------------------------------------------
 */

static void put_cell(struct writer *w, const char *s, size_t cells)
{
    for (size_t i = text_width(s); i < cells; i++)
        buf_char(w->out, ' ');
    buf_str(w->out, s);
}

static void put_front(struct writer *w)
{
    const struct plan_answer *a = w->a;
    if (a->front.n == 0) return;
    put_heading(w, IN(w, "Cost against risk left above target",
                      "費用と、目標水準を超えて残るリスク"));
    for (size_t i = 0; i < a->front.n; i++) {
        const struct plan_set *set = &a->front.sets[i];
        put_cell(w, money(w, set->cost), MONEY_CELLS);
        put_cell(w, arena_printf(&w->arena, "%u", set->left), NUMBER_CELLS);
        for (uint32_t k = 0, n = 0; k < a->plan->n_candidates; k++)
            if (set->of[a->plan->candidates[k]])
                buf_printf(w->out, "%s%s", n++ ? ", " : "  ",
                           measure_at(w, a->plan->candidates[k])->entry.id);
        buf_char(w->out, '\n');
    }
    if (a->is_front_cut)
        buf_str(w->out,
                IN(w, "  and dearer ones, not sought for so long (--pareto)\n",
                   "  これより高額の組合せは、長くかかるため探していない(--pareto)\n"));
}

static const char *percent(struct writer *w, double share)
{
    double size = fabs(100 * share);
    int decimals = size >= 99.95 || size <= 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return arena_printf(&w->arena, "%.*f%%", decimals, 100 * share);
}

static void put_chances(struct writer *w)
{
    const struct plan_answer *a = w->a;
    const char *now = IN(w, "as it is", "現状"), *then = IN(w, "plan", "計画後");
    if (a->n_chances == 0) return;
    put_heading(w, arena_printf(&w->arena,
                                IN(w, "Share of campaigns (%llu worlds)",
                                   "攻撃活動に占める割合(試行%llu回)"),
                                (unsigned long long)a->trials));
    term_pad(w->out, "", CHANCE_CELLS);
    put_cell(w, IN(w, "comes about", "発生"), 2 * SHARE_CELLS);
    put_cell(w, IN(w, "above target", "目標超過"), 2 * SHARE_CELLS);
    buf_char(w->out, '\n');
    term_pad(w->out, "", CHANCE_CELLS);
    for (int i = 0; i < 4; i++)
        put_cell(w, i % 2 ? then : now, SHARE_CELLS);
    buf_char(w->out, '\n');
    for (uint32_t i = 0; i < a->n_chances; i++) {
        const struct plan_chance *c = &a->chances[i];
        const double shares[] = {c->before, c->after, c->above_before, c->above_after};
        term_pad(w->out, arena_printf(&w->arena, "  %s", incident_name(w, c->incident)),
                 CHANCE_CELLS);
        for (int k = 0; k < 4; k++)
            put_cell(w, percent(w, shares[k]), SHARE_CELLS);
        buf_char(w->out, '\n');
    }
}

static void put_told_ways(struct writer *w)
{
    if (w->n_ways) put_heading(w, IN(w, "The ways", "経路"));
    for (size_t i = 0; i < w->n_ways; i++) {
        buf_printf(w->out, "  [%zu] %s\n", i + 1,
                   incident_name(w, w->ways[i]->incident));
        put_chain(w, w->ways[i]);
    }
    free(w->ways);
}

void term_plan(const struct plan_answer *answer, const struct term *term,
               struct buf *out)
{
    struct writer w = {.a = answer, .m = &answer->c->model.m, .term = term, .out = out};
    put_outcome(&w);
    put_proof(&w);
    put_choices(&w);
    put_left(&w);
    put_rows(&w);
    put_front(&w);
    put_chances(&w);
    put_told_ways(&w);
    put_costless(&w);
    if (answer->is_written)
        buf_printf(out,
                   IN(&w,
                      "\nWritten: measures decided %u, measures added %u, decisions "
                      "added %u.\n",
                      "\n書き込み: "
                      "決定とした対策%u件、追加した対策%u件、追加した意思決定%u件\n"),
                   answer->n_decided, answer->n_added, answer->n_entries);
    arena_fini(&w.arena);
}
