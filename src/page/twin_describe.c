// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The description of a twin; see twin_describe.h. */
#include "page/twin_describe.h"

#include <math.h>

#include "base/json.h"
#include "twin/cast.h"

/* A ternary, so that the compiler sees the formats. */
#define IN(to, en, ja) ((to)->lang == LANG_JA ? (ja) : (en))

static const char *text_of(const struct twin_telling *to, struct text t)
{
    return text_in(t, to->lang);
}

void twin_pad(struct buf *out, const char *s, size_t cells)
{
    buf_str(out, s);
    for (size_t i = text_width(s); i < cells; i++)
        buf_char(out, ' ');
}

void twin_list(const struct twin_telling *to)
{
    for (size_t i = 0; i < n_twin_kinds; i++) {
        twin_pad(to->out, twin_kinds[i]->name, 12);
        buf_printf(to->out, "%s\n", text_of(to, twin_kinds[i]->title));
    }
}

/* ---- distributions ----------------------------------------------------------------
 */

/* How a distribution is called, how many parameters it has, and whether these are
 * values, so that a shift moves them. */
static const struct {
    const char *name;
    uint8_t n, are_values;
} families[] = {
    [DIST_CONSTANT] = {"constant",    1, 1},
    [DIST_EXPONENTIAL] = {"exponential", 1, 0},
    [DIST_GAMMA] = {"gamma",       2, 0},
    [DIST_LOGNORMAL] = {"lognormal",   2, 0},
    [DIST_WEIBULL] = {"weibull",     2, 0},
    [DIST_UNIFORM] = {"uniform",     2, 1},
    [DIST_TRIANGULAR] = {"triangular",  3, 1},
    [DIST_PERT] = {"pert",        3, 1},
    [DIST_PERT_SPREAD] = {"pert-spread", 3, 1},
    [DIST_POISSON] = {"poisson",     1, 0},
    [DIST_BERNOULLI] = {"bernoulli",   2, 0},
    [DIST_BINOMIAL] = {"binomial",    2, 0},
    [DIST_PARETO] = {"pareto",      2, 0},
    [DIST_NORMAL] = {"normal",      2, 0},
};

static double parameter(const struct scenario_chance *c, int i)
{
    const double values[] = {c->dist.a, c->dist.b, c->dist.c};
    return values[i] + (families[c->dist.family].are_values ? c->shift : 0);
}

static void list_distribution(const struct twin_telling *to,
                              const struct scenario_chance *c)
{
    if (c->dist.family == DIST_UNSET) return;
    buf_printf(to->out, IN(to, "; %s(", "。%s("), families[c->dist.family].name);
    for (int i = 0; i < families[c->dist.family].n; i++)
        buf_printf(to->out, "%s%g", i ? ", " : "", parameter(c, i));
    buf_char(to->out, ')');
    if (!families[c->dist.family].are_values && fabs(c->shift) > 0)
        buf_printf(to->out, " + %g", c->shift);
}

static void put_distribution(struct json *j, const struct scenario_chance *c)
{
    json_key(j, "distribution");
    if (c->dist.family == DIST_UNSET) {
        json_null(j);
        return;
    }
    json_open(j, '{');
    json_put(j, "family", families[c->dist.family].name);
    json_in(j, "parameters", '[');
    for (int i = 0; i < families[c->dist.family].n; i++)
        json_double(j, parameter(c, i));
    json_close(j, ']');
    json_key(j, "shift");
    json_double(j, families[c->dist.family].are_values ? 0 : c->shift);
    json_close(j, '}');
}

/* ---- as text ----------------------------------------------------------------------
 */

static void list_head(const struct twin_telling *to, const char *head)
{
    buf_printf(to->out, "\n%s\n", head);
}

static void begin_quantity(const struct twin_telling *to, const struct twin_quantity *q)
{
    buf_str(to->out, "  ");
    twin_pad(to->out, q->name, 22);
    twin_pad(to->out, q->unit, 10);
    buf_printf(to->out, "%s", text_of(to, q->about));
    if (q->least < q->most)
        buf_printf(to->out, IN(to, "; %g (%g to %g)", "。%g(%g～%g)"), q->start,
                   q->least, q->most);
}

static void end_quantity(const struct twin_telling *to, const struct twin_quantity *q)
{
    if (q->source) buf_printf(to->out, " [%s]", q->source);
    buf_char(to->out, '\n');
}

static void list_variables(const struct twin_telling *to, const struct twin_kind *kind)
{
    static const struct text heads[] = {
        [TWIN_PARAMETER] = {{"Parameters", "パラメータ"}},
        [TWIN_INPUT] = {{"Inputs", "入力"}},
        [TWIN_OUTPUT] = {{"Outputs", "出力"}},
    };
    for (int c = TWIN_PARAMETER; c <= TWIN_OUTPUT; c++) {
        list_head(to, text_of(to, heads[c]));
        for (size_t i = 0; i < kind->n_variables; i++) {
            if (kind->variables[i].causality != c) continue;
            begin_quantity(to, &kind->variables[i].q);
            end_quantity(to, &kind->variables[i].q);
        }
    }
}

static void list_parts(const struct twin_telling *to, const char *head,
                       const struct scenario_part *parts, size_t n)
{
    if (n) list_head(to, head);
    for (size_t i = 0; i < n; i++) {
        buf_str(to->out, "  ");
        twin_pad(to->out, parts[i].name, 22);
        buf_printf(to->out, "%s\n", text_of(to, parts[i].about));
    }
}

/* Where a signal is used, or NULL. */
static const char *end_of(const struct scenario *s, size_t signal)
{
    int device = s->ends ? s->ends[signal] : -1;
    return device < 0 ? NULL : s->devices[device].name;
}

static void list_signals(const struct twin_telling *to, const struct scenario *s)
{
    list_head(to, IN(to, "Signals (bind each to the flows it takes)",
                     "信号(通るフローに順に対応付ける)"));
    for (size_t i = 0; i < s->n_signals; i++) {
        const struct scenario_signal *x = &s->signals[i];
        begin_quantity(to, &x->q);
        buf_printf(to->out, "%s%s", IN(to, "; ", "。"),
                   x->is_command ? IN(to, "command", "指示")
                                 : IN(to, "reading", "測定値"));
        if (end_of(s, i)) buf_printf(to->out, IN(to, " to %s", "(%sへ)"), end_of(s, i));
        if (x->period_s > 0)
            buf_printf(to->out, IN(to, ", every %g s", "、%g秒ごと"), x->period_s);
        end_quantity(to, &x->q);
    }
}

static void list_chances(const struct twin_telling *to, const struct scenario_chance *c,
                         size_t n)
{
    for (size_t i = 0; i < n; i++) {
        begin_quantity(to, &c[i].q);
        list_distribution(to, &c[i]);
        end_quantity(to, &c[i].q);
    }
}

static void list_bounds(const struct twin_telling *to, const char *axis,
                        const struct choice_set *levels, const double bounds[3])
{
    const char *separator = "";
    for (int i = 0; i < 3; i++) {
        if (!(bounds[i] < HUGE_VAL)) continue;
        if (separator[0] == '\0')
            buf_printf(to->out, "%s%s: ", IN(to, "; ", "。"), axis);
        buf_printf(to->out, IN(to, "%s%s from %g", "%s%s %g以上"), separator,
                   text_of(to, choice_text(levels, i + 1)), bounds[i]);
        separator = IN(to, ", ", "、");
    }
}

static void list_outcomes(const struct twin_telling *to,
                          const struct scenario_outcome *o, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        begin_quantity(to, &o[i].q);
        list_bounds(to, IN(to, "recovery", "回復"), &recovery_levels, o[i].recovery);
        list_bounds(to, IN(to, "economic", "経済"), &economic_levels, o[i].economic);
        end_quantity(to, &o[i].q);
    }
}

/* "5", "1.5 relief_set_kpag", "limiter_c + 5". */
static const char *bound_text(const struct scenario_emergency *e, char text[96])
{
    char share[32] = "";
    if (e->of == NULL) {
        snprintf(text, 96, "%g", e->most);
        return text;
    }
    if (e->share < 1 || e->share > 1) snprintf(share, sizeof share, "%g ", e->share);
    size_t n = (size_t)snprintf(text, 96, "%s%.48s", share, e->of);
    if (e->most < 0 || e->most > 0)
        snprintf(text + n, 96 - n, " %c %g", e->most < 0 ? '-' : '+', fabs(e->most));
    return text;
}

static void list_emergencies(const struct twin_telling *to, const struct scenario *s)
{
    list_head(
        to,
        IN(to, "Emergencies without any attack, in which safety functions are demanded",
           "攻撃の無い緊急事態(安全機能への要求)"));
    for (size_t i = 0; i < s->n_emergencies; i++) {
        const struct scenario_emergency *e = &s->emergencies[i];
        char bound[96];
        buf_str(to->out, "  ");
        twin_pad(to->out, e->name, 22);
        buf_printf(to->out, IN(to, "%s; %s at most %s\n", "%s。%s は %s 以下\n"),
                   text_of(to, e->about), s->outcomes[e->outcome].q.name,
                   bound_text(e, bound));
    }
}

static void list_scenario(const struct twin_telling *to, const struct scenario *s)
{
    list_head(to, IN(to, "Rehearsed (awai rehearse)", "リハーサル(awai rehearse)"));
    buf_printf(to->out,
               IN(to, "  %s\n  A run lasts at most %g s.\n",
                  "  %s\n  1回の試行は最長%g秒。\n"),
               text_of(to, s->about), s->lasts_s);
    list_parts(to,
               IN(to, "Devices (bind each to a component)", "装置(機器に対応付ける)"),
               s->devices, s->n_devices);
    list_signals(to, s);
    list_parts(to, IN(to, "Safety functions", "安全機能"), s->functions,
               s->n_functions);
    list_parts(to, IN(to, "Responses of people", "人の対応"), s->responses,
               s->n_responses);
    list_head(to, IN(to, "People and world (parameters as well)",
                     "人と環境(パラメータとして指定できる)"));
    list_chances(to, s->chances, s->n_chances);
    list_chances(to, general_chances, N_GENERAL_CHANCES);
    list_head(to, IN(to, "Outcomes, and levels where a rule states none",
                     "結果と、規則に記述が無い場合の水準"));
    list_outcomes(to, s->outcomes, s->n_outcomes);
    list_outcomes(to, general_outcomes, N_GENERAL_OUTCOMES);
    list_emergencies(to, s);
}

void twin_describe(const struct twin_telling *to, const struct twin_kind *kind)
{
    const struct scenario *s = scenario_find(kind);
    buf_printf(to->out, "%s: %s\n%s\n", kind->name, text_of(to, kind->title),
               text_of(to, kind->about));
    buf_printf(to->out, IN(to, "step %g s\n", "刻み%g秒\n"), kind->step_s);
    list_variables(to, kind);
    list_head(to, IN(to, "Checks", "検証"));
    for (size_t i = 0; i < kind->n_checks; i++) {
        buf_str(to->out, "  ");
        twin_pad(to->out, kind->checks[i].name, 16);
        buf_printf(to->out, "%s\n", text_of(to, kind->checks[i].about));
    }
    if (s) list_scenario(to, s);
}

/* ---- as JSON ----------------------------------------------------------------------
 */

static void put_number(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_double(j, value);
}

/* An object of a quantity, left open. */
static void open_quantity(struct json *j, const struct twin_quantity *q)
{
    json_open(j, '{');
    json_put(j, "name", q->name);
    json_put(j, "unit", q->unit);
    json_put_text(j, "about", q->about);
    put_number(j, "start", q->start);
    if (q->least < q->most) {
        put_number(j, "least", q->least);
        put_number(j, "most", q->most);
    }
    if (q->source) json_put(j, "source", q->source);
}

static void put_variables(struct json *j, const struct twin_kind *kind)
{
    static const char *const causalities[] = {"parameter", "input", "output"};
    json_in(j, "variables", '[');
    for (size_t i = 0; i < kind->n_variables; i++) {
        open_quantity(j, &kind->variables[i].q);
        json_put(j, "causality", causalities[kind->variables[i].causality]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_quantities(struct json *j, const char *key,
                           const struct twin_quantity *q, size_t n)
{
    json_in(j, key, '[');
    for (size_t i = 0; i < n; i++) {
        open_quantity(j, &q[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_checks(struct json *j, const struct twin_kind *kind)
{
    json_in(j, "checks", '[');
    for (size_t i = 0; i < kind->n_checks; i++) {
        const struct twin_check *c = &kind->checks[i];
        json_open(j, '{');
        json_put(j, "name", c->name);
        json_put_text(j, "about", c->about);
        json_put(j, "reference", c->reference);
        put_quantities(j, "inputs", c->inputs, c->n_inputs);
        put_quantities(j, "results", c->results, c->n_results);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_parts(struct json *j, const char *key,
                      const struct scenario_part *parts, size_t n)
{
    json_in(j, key, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(j, '{');
        json_put(j, "name", parts[i].name);
        json_put_text(j, "about", parts[i].about);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_signals(struct json *j, const struct scenario *s)
{
    json_in(j, "signals", '[');
    for (size_t i = 0; i < s->n_signals; i++) {
        open_quantity(j, &s->signals[i].q);
        json_put_bool(j, "command", s->signals[i].is_command);
        put_number(j, "period_s", s->signals[i].period_s);
        if (end_of(s, i)) json_put(j, "end", end_of(s, i));
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_chances(struct json *j, const char *key,
                        const struct scenario_chance *c, size_t n)
{
    json_in(j, key, '[');
    for (size_t i = 0; i < n; i++) {
        open_quantity(j, &c[i].q);
        put_distribution(j, &c[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_bounds(struct json *j, const char *key, const struct choice_set *levels,
                       const double bounds[3])
{
    json_in(j, key, '{');
    for (int i = 0; i < 3; i++)
        if (bounds[i] < HUGE_VAL) put_number(j, choice_name(levels, i + 1), bounds[i]);
    json_close(j, '}');
}

static void put_outcomes(struct json *j, const char *key,
                         const struct scenario_outcome *o, size_t n)
{
    json_in(j, key, '[');
    for (size_t i = 0; i < n; i++) {
        open_quantity(j, &o[i].q);
        put_bounds(j, "recovery", &recovery_levels, o[i].recovery);
        put_bounds(j, "economic", &economic_levels, o[i].economic);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_emergencies(struct json *j, const struct scenario *s)
{
    json_in(j, "emergencies", '[');
    for (size_t i = 0; i < s->n_emergencies; i++) {
        const struct scenario_emergency *e = &s->emergencies[i];
        json_open(j, '{');
        json_put(j, "name", e->name);
        json_put_text(j, "about", e->about);
        json_put(j, "outcome", s->outcomes[e->outcome].q.name);
        put_number(j, "most", e->most);
        if (e->of) {
            json_put(j, "of", e->of);
            put_number(j, "share", e->share);
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_scenario(struct json *j, const struct scenario *s)
{
    json_in(j, "scenario", '{');
    json_put_text(j, "about", s->about);
    put_number(j, "lasts_s", s->lasts_s);
    put_number(j, "every_s", s->every_s);
    put_parts(j, "devices", s->devices, s->n_devices);
    put_signals(j, s);
    put_parts(j, "functions", s->functions, s->n_functions);
    put_parts(j, "responses", s->responses, s->n_responses);
    put_chances(j, "chances", s->chances, s->n_chances);
    put_chances(j, "general_chances", general_chances, N_GENERAL_CHANCES);
    put_outcomes(j, "outcomes", s->outcomes, s->n_outcomes);
    put_outcomes(j, "general_outcomes", general_outcomes, N_GENERAL_OUTCOMES);
    put_emergencies(j, s);
    json_close(j, '}');
}

void twin_describe_json(const struct twin_telling *to, const struct twin_kind *kind)
{
    const struct scenario *s = scenario_find(kind);
    struct json j = json_on(to->out, 3);
    json_open(&j, '{');
    json_put(&j, "twin", kind->name);
    json_put_text(&j, "title", kind->title);
    json_put_text(&j, "about", kind->about);
    put_number(&j, "step_s", kind->step_s);
    put_variables(&j, kind);
    put_checks(&j, kind);
    if (s) put_scenario(&j, s);
    json_close(&j, '}');
}
