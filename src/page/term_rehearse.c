// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Rehearsals on a terminal; see term_rehearse.h. */
#include "page/term_rehearse.h"

#include <math.h>

enum { NAME_CELLS = 26, MEAN_CELLS = 10, RANGE_CELLS = 22, LEVEL_CELLS = 13 };

struct writer {
    const struct rehearse_result *r;
    const struct model_data *m;
    const struct term *term;
    struct buf *out;
};

/* A ternary, so that the compiler sees the formats. */
#define IN(w, en, ja) ((w)->term->lang == LANG_JA ? (ja) : (en))

static const char *text_of(const struct writer *w, struct text t)
{
    return text_in(t, w->term->lang);
}

/* To the right of so many cells; after a blank where it needs more. */
static void put_right(const struct writer *w, const char *s, size_t cells)
{
    if (text_width(s) >= cells) buf_char(w->out, ' ');
    for (size_t i = text_width(s); i < cells; i++)
        buf_char(w->out, ' ');
    buf_str(w->out, s);
}

static const char *bold(const struct writer *w, int on)
{
    if (!w->term->colour) return "";
    return on ? "\033[1m" : "\033[0m";
}

/* ---- outcomes ---------------------------------------------------------------------
 */

static void put_spread(const struct writer *w, const struct spread *s)
{
    char text[80];
    snprintf(text, sizeof text, "%.3g", s->mean);
    put_right(w, text, MEAN_CELLS);
    snprintf(text, sizeof text, "%.3g (%.3g\u2013%.3g)", s->median, s->p5, s->p95);
    buf_str(w->out, "  ");
    put_right(w, text, RANGE_CELLS - 2);
}

/* An outcome that is always 0 says nothing. */
static int tells(const struct rehearse_result *r, const struct rehearsed *x, uint32_t i)
{
    for (uint32_t set = 0; set < r->plan.n_sets; set++) {
        struct spread s = rehearse_outcome(r, x, (int)set, i);
        if (s.least < 0 || s.most > 0) return 1;
    }
    return 0;
}

static void put_outcome(const struct writer *w, const struct rehearsed *x, uint32_t i)
{
    const struct twin_quantity *q = &cast_outcome(w->r->plan.cast->scenario, i)->q;
    char name[80];
    snprintf(name, sizeof name, "%s%s%s", q->name, q->unit[0] == '1' ? "" : ", ",
             q->unit[0] == '1' ? "" : q->unit);
    buf_str(w->out, "  ");
    term_pad(w->out, name, NAME_CELLS);
    for (uint32_t set = 0; set < w->r->plan.n_sets; set++) {
        struct spread s = rehearse_outcome(w->r, x, (int)set, i);
        put_spread(w, &s);
    }
    buf_char(w->out, '\n');
}

static void put_heads(const struct writer *w)
{
    const char *range = IN(w, "median (5\u201395%)", "中央値 (5～95%)");
    for (size_t i = 0; i < NAME_CELLS + 2; i++)
        buf_char(w->out, ' ');
    put_right(w, IN(w, "mean", "平均"), MEAN_CELLS);
    put_right(w, range, RANGE_CELLS);
    if (w->r->plan.n_sets > 1) {
        put_right(w, IN(w, "with", "対策後"), MEAN_CELLS);
        put_right(w, range, RANGE_CELLS);
    }
    buf_char(w->out, '\n');
}

/* ---- levels -----------------------------------------------------------------------
 */

static void put_measured(const struct writer *w, const struct rehearsed *x, int set,
                         uint32_t stakeholder, int axis)
{
    uint64_t counts[N_LEVELS], reached = 0;
    const struct choice_set *names = axis ? &economic_levels : &recovery_levels;
    rehearse_levels(w->r, x, set, stakeholder, axis, counts);
    int level = rehearse_measured(counts);
    for (int i = level; i < N_LEVELS; i++)
        reached += counts[i];
    double interval[2];
    dist_share_interval(reached, w->r->plan.runs, interval);
    buf_str(w->out, text_of(w, choice_text(names, level)));
    if (level > LEVEL_NONE)
        buf_printf(w->out,
                   IN(w, " in %.0f%% (%.0f\u2013%.0f%%)", " %.0f%%(%.0f～%.0f%%)"),
                   100 * (double)reached / (double)w->r->plan.runs, 100 * interval[0],
                   100 * interval[1]);
}

/* How what is declared stands to what is measured. */
static const char *verdict(const struct writer *w, int declared, int measured)
{
    if (declared < measured) return IN(w, "  << declared too low", "  << 申告が低い");
    if (declared > measured) return IN(w, "  (declared higher)", "  (申告の方が高い)");
    return "";
}

static void put_axis(const struct writer *w, const struct rehearsed *x,
                     uint32_t stakeholder, int axis)
{
    const struct cast *c = w->r->plan.cast;
    const struct choice_set *names = axis ? &economic_levels : &recovery_levels;
    const struct harm *h = rehearse_declared(c, x->play->incident, stakeholder);
    int declared = h ? (axis ? h->economic : h->recovery) : LEVEL_NONE;
    uint64_t counts[N_LEVELS];
    buf_printf(w->out, "    %s: ",
               axis ? IN(w, "economic", "経済") : IN(w, "recovery", "回復"));
    buf_printf(w->out, IN(w, "declared %s", "申告 %s"),
               text_of(w, choice_text(names, declared)));
    if (!rehearse_measures(c, x->play->incident, stakeholder, axis)) {
        buf_str(w->out, IN(w, "; no rule measures it\n", "。測る規則なし\n"));
        return;
    }
    rehearse_levels(w->r, x, 0, stakeholder, axis, counts);
    buf_str(w->out, IN(w, "; measured ", "、実測 "));
    put_measured(w, x, 0, stakeholder, axis);
    if (w->r->plan.n_sets > 1) {
        buf_str(w->out, IN(w, "; with measures ", "、対策後 "));
        put_measured(w, x, 1, stakeholder, axis);
    }
    buf_printf(w->out, "%s\n", verdict(w, declared, rehearse_measured(counts)));
}

static void put_stakeholders(const struct writer *w, const struct rehearsed *x)
{
    for (uint32_t i = 0; i < w->r->n_stakeholders; i++) {
        const struct stakeholder *s =
            LIST_AT(w->m->stakeholders, struct stakeholder, i);
        if (!rehearse_concerns(w->r->plan.cast, x->play->incident, i)) continue;
        buf_printf(w->out, "  %s\n", text_of(w, s->name));
        put_axis(w, x, i, 0);
        put_axis(w, x, i, 1);
    }
}

static void put_incident(const struct writer *w, const struct rehearsed *x)
{
    const struct incident *of =
        LIST_AT(w->m->incidents, struct incident, x->play->incident);
    buf_printf(w->out, "\n%s%s%s  (%s)\n", bold(w, 1), text_of(w, of->name), bold(w, 0),
               of->entry.id);
    if (!text_empty(x->play->from->about))
        buf_printf(w->out, "  %s\n", text_of(w, x->play->from->about));
    if (x->play->is_still)
        buf_printf(w->out,
                   IN(w, "  Nothing physical: %s\n", "  物理的な実行なし: %s\n"),
                   text_of(w, x->play->from->reason));
    put_heads(w);
    for (uint32_t i = 0; i < w->r->n_outcomes; i++)
        if (tells(w->r, x, i)) put_outcome(w, x, i);
    put_stakeholders(w, x);
    buf_printf(w->out,
               IN(w, "  worst: world %llu; typical: world %llu\n",
                  "  最悪: 試行 %llu、典型: 試行 %llu\n"),
               (unsigned long long)x->sets[0].worst,
               (unsigned long long)x->sets[0].typical);
}

void term_rehearse(const struct rehearse_result *r, const struct term *term,
                   struct buf *out)
{
    const struct model_data *m = &r->plan.cast->graph->model->m;
    struct writer w = {r, m, term, out};
    buf_printf(out,
               IN(&w, "%s on the twin %s: %llu worlds of seed %llu each\n",
                  "%s、ツイン %s: 各 %llu 試行(乱数の種 %llu)\n"),
               text_of(&w, m->system.name), r->plan.cast->scenario->twin->name,
               (unsigned long long)r->plan.runs, (unsigned long long)r->plan.seed);
    if (r->is_stopped)
        buf_str(out, IN(&w, "Ended early: only what was done to the end is shown.\n",
                        "途中で終了したため、最後まで実行したものだけを示す。\n"));
    if (r->n_late)
        buf_printf(out,
                   IN(&w,
                      "%llu runs took more than %.0f s and were ended: they count as "
                      "they stood.\n",
                      "%llu 回の試行は %.0f 秒を超えたため打ち切り、その時点の値で"
                      "数えた。\n"),
                   (unsigned long long)r->n_late, REHEARSE_MOST_S);
    if (r->n_wrong)
        buf_printf(
            out,
            IN(&w, "%llu runs came to no number in '%s': they count as they stood.\n",
               "%llu 回の試行で「%s」が数値でなくなった。その時点の値で数えた。\n"),
            (unsigned long long)r->n_wrong, r->wrong);
    for (size_t i = 0; i < r->n; i++)
        put_incident(&w, &r->items[i]);
}

/* ---- each measure alone -----------------------------------------------------------
 */

struct matrix_writer {
    struct writer w;
    const struct rehearse_matrix *m;
    size_t incident, measure;
    const char *separator;
};

static const char *level_id(int axis, int level)
{
    return choice_name(axis ? &economic_levels : &recovery_levels, level);
}

/* "resident: recovery serious -> none", where it changes. */
static void put_level_change(struct matrix_writer *x, uint32_t stakeholder, int axis)
{
    const struct rehearse_result *r = x->m->without;
    const struct rehearsed *of = &r->items[x->incident];
    const struct run_levels *l =
        &x->m->cells[x->incident * x->m->n_measures + x->measure].levels[stakeholder];
    uint64_t counts[N_LEVELS];
    rehearse_levels(r, of, 0, stakeholder, axis, counts);
    int before = rehearse_measured(counts), after = axis ? l->economic : l->recovery;
    if (before == after) return;
    buf_printf(x->w.out, "%s%s: %s %s \u2192 %s", x->separator,
               LIST_AT(x->w.m->stakeholders, struct stakeholder, stakeholder)->entry.id,
               axis ? IN(&x->w, "economic", "経済") : IN(&x->w, "recovery", "回復"),
               level_id(axis, before), level_id(axis, after));
    x->separator = ", ";
}

/* 1 if some rule turns the outcome into levels in the incident. */
static int has_rule(const struct cast *c, uint32_t incident, uint32_t outcome)
{
    for (uint32_t i = 0; i < c->rehearsal->levels.n; i++) {
        const struct level_rule *rule =
            LIST_AT(c->rehearsal->levels, struct level_rule, i);
        int applies = rule->incidents.n == 0 || refs_have(&rule->incidents, incident);
        if (applies && rule->outcome.index == outcome) return 1;
    }
    return 0;
}

/* The means of outcomes that levels hang on, as "burn_degree 1.6 -> 0". */
static void put_means(struct matrix_writer *x)
{
    const struct rehearse_result *r = x->m->without;
    const struct rehearsed *of = &r->items[x->incident];
    const struct matrix_cell *cell =
        &x->m->cells[x->incident * x->m->n_measures + x->measure];
    for (uint32_t i = 0; i < r->n_outcomes; i++) {
        double before = rehearse_outcome(r, of, 0, i).mean, after = cell->means[i];
        if (!(fabs(after - before) > 0.005 * fmax(fabs(before), 1e-9))) continue;
        if (!has_rule(r->plan.cast, of->play->incident, i)) continue;
        buf_printf(x->w.out, "%s%s %.3g \u2192 %.3g", x->separator,
                   cast_outcome(r->plan.cast->scenario, i)->q.name, before, after);
        x->separator = ", ";
    }
}

/* What the model judges the measure to leave, where the twin says otherwise. */
static void put_judged(struct matrix_writer *x)
{
    const struct rehearse_result *r = x->m->without;
    uint32_t incident = r->items[x->incident].play->incident;
    const struct harm_limit *l =
        rehearse_judged(r->plan.cast, incident, x->m->measures[x->measure]);
    for (uint32_t i = 0; l && i < r->n_stakeholders; i++) {
        if (!rehearse_contradicts(x->m, x->incident, x->measure, i)) continue;
        buf_printf(
            x->w.out,
            IN(&x->w, "  << the twin does not bear out that it leaves %s x %s at most",
               "  << %s × %s 以下に収まるという判断は、ツインでは裏付けられない"),
            level_id(0, l->recovery), level_id(1, l->economic));
        return;
    }
}

static void put_matrix_row(struct matrix_writer *x)
{
    size_t before = x->w.out->len;
    x->separator = "";
    buf_printf(x->w.out, "    %s  ",
               LIST_AT(x->w.m->measures, struct measure, x->m->measures[x->measure])
                   ->entry.id);
    size_t empty = x->w.out->len;
    for (uint32_t i = 0; i < x->m->without->n_stakeholders; i++) {
        put_level_change(x, i, 0);
        put_level_change(x, i, 1);
    }
    if (x->separator[0]) x->separator = "; ";
    put_means(x);
    put_judged(x);
    if (x->w.out->len == empty)
        x->w.out->len = before; // it changes nothing that matters
    else
        buf_char(x->w.out, '\n');
}

void term_matrix(const struct rehearse_matrix *m, const struct term *term,
                 struct buf *out)
{
    const struct rehearse_result *r = m->without;
    struct writer w = {r, &r->plan.cast->graph->model->m, term, out};
    buf_printf(
        out, "\n%s%s%s\n", bold(&w, 1),
        IN(&w,
           "Each measure alone, when it holds: measured levels and means, without and "
           "with it",
           "対策ごとの効果(有効に働いた場合): 実測の水準と結果の平均(無し→有り)"),
        bold(&w, 0));
    for (size_t i = 0; i < r->n; i++) {
        uint32_t incident = r->items[i].play->incident;
        buf_printf(out, "  %s\n",
                   LIST_AT(w.m->incidents, struct incident, incident)->entry.id);
        for (size_t k = 0; k < m->n_measures; k++) {
            struct matrix_writer x = {w, m, i, k, ""};
            if (m->cells[i * m->n_measures + k].changes ||
                rehearse_judged(r->plan.cast, incident, m->measures[k]))
                put_matrix_row(&x);
        }
    }
}

/* ---- compatibility ----------------------------------------------------------------
 */

void term_compatibility(const struct compatibility *c, const struct term *term,
                        struct buf *out)
{
    struct writer w = {.m = &c->cast->graph->model->m, .term = term, .out = out};
    size_t n_broken = 0;
    buf_printf(
        out, "\n%s%s%s\n", bold(&w, 1),
        IN(&w, "Safety functions without any attack", "攻撃の無い場合の安全機能"),
        bold(&w, 0));
    for (size_t i = 0; i < c->n; i++) {
        const struct compatibility_row *row = &c->rows[i];
        const struct scenario_emergency *of =
            &c->cast->scenario->emergencies[row->emergency];
        int breaks = compatibility_breaks(c, row),
            is_first = i < c->cast->scenario->n_emergencies;
        n_broken += (size_t)breaks;
        if (!breaks && !is_first) continue;
        buf_printf(out, "  %s: ", row->set);
        buf_str(out, text_of(&w, of->about));
        buf_printf(
            out,
            IN(&w,
               "; %s at most %g, worst %.4g in world %llu; not met in %llu of %llu%s\n",
               "。%s は %g 以下、最悪 %.4g(試行 %llu)、%llu/%llu 回で満たさず%s\n"),
            c->cast->scenario->outcomes[of->outcome].q.name, row->most, row->worst,
            (unsigned long long)row->world, (unsigned long long)row->n_failed,
            (unsigned long long)c->runs,
            breaks ? IN(&w, "  << the measures break it", "  << 対策が妨げている")
                   : "");
    }
    if (n_broken == 0)
        buf_str(out, IN(&w, "  No measure and no set of them breaks a demand.\n",
                        "  安全機能への要求を妨げる対策も、その組合せも無い。\n"));
}
