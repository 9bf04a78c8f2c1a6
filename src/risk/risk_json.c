// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Risk in numbers as JSON; see risk.h. */
#include <math.h>

#include "risk/risk_int.h"

const double risk_periods[N_RISK_PERIODS] = {2, 5, 10, 20, 50, 100, 200, 500, 1000};

// clang-format off
const struct risk_note_row risk_notes[N_RISK_NOTES] = {
    [NOTE_ATTACKERS_OF_CATALOG] = {"attackers-of-catalog", 1, {{
        "The model names no attackers: those of the catalog are taken, whose figures are judgements.",
        "モデルに攻撃者の記載がないため、カタログの攻撃者を用いた。その数値は判断による。"}}},
    [NOTE_LOSS_FROM_BOUNDS] = {"loss-from-bounds", 1, {{
        "Where no loss is stated, an event costs between the bound of the level below and its own (the lowest from a tenth of its bound, the highest up to ten times the bound below it): PERT, most likely in the geometric middle.",
        "損失額の記載がない水準では、1回の損失額を、一つ下の水準の上限から当該水準の上限まで(最も低い水準は自らの上限の10分の1から、最も高い水準は一つ下の上限の10倍まで)で、最頻値を両端の幾何平均とするPERT分布と仮定した。"}}},
    [NOTE_LOSS_IS_CHANCE] = {"loss-is-chance", 0, {{
        "What an event costs is chance, drawn for each event alone. What the model gives as a range (campaigns, skill, holds, pfd) is uncertain, and spreads means.",
        "1回の損失額は偶然によるものとして事象ごとに抽出した。モデルが幅で示す入力(campaigns、skill、holds、pfd)は不確かさとして扱い、平均の幅に反映した。"}}},
    [NOTE_NESTED] = {"nested", 0, {{
        "Skill or the holding of measures is uncertain: each draw of them plays fewer worlds again (--inner), with the same luck in each.",
        "技量又は対策の有効性が不確かなため、抽出のたびに、同じ乱数を用いて少ない試行(--inner)で計算し直した。"}}},
    [NOTE_LAYER_STOPS_ALL] = {"layer-stops-all", 0, {{
        "A safety function that works keeps the whole harm of its incidents away, the economic one too, unless it says what it leaves (leaves).",
        "安全機能が働いた場合、残る被害(leaves)の記載が無い限り、対象のインシデントの被害は、経済的なものも含めてすべて防がれるものとした。"}}},
    [NOTE_ENDINGS_APART] = {"outcomes-apart", 0, {{
        "How an incident ends is drawn for each stakeholder alone.",
        "インシデントの結果は、ステークホルダーごとに独立に抽出した。"}}},
    [NOTE_NO_MONEY] = {"no-money", 1, {{
        "No money: the model gives neither bounds nor losses (criteria.economic.LEVEL.below or .loss, or a harm's loss).",
        "金額は算出していない。モデルに金額の上限も損失額も無い(criteria.economic.水準.below 又は loss、若しくは被害の loss を書く)。"}}},
    [NOTE_LEVEL_WITHOUT_LOSS] = {"level-without-loss", 1, {{
        "Some harm is at a level that says nothing of money: it is counted as no loss.",
        "金額の手掛かりが無い水準の被害がある。その損失は0として計算した。"}}},
    [NOTE_NO_TOLERABLE] = {"no-tolerable", 1, {{
        "Hazardous incidents without a tolerable frequency (criteria.recovery.LEVEL.tolerable): what is demanded of safety functions is not told.",
        "許容頻度(criteria.recovery.水準.tolerable)の無い危険なインシデントがあり、安全機能への要求は示せない。"}}},
    [NOTE_FUNCTION_WITHOUT_PFD] = {"function-without-pfd", 1, {{
        "Safety functions without a probability of failure on demand (pfd) get no credit.",
        "作動要求時の機能失敗確率(pfd)の無い安全機能は、効果を見込まない。"}}},
    [NOTE_FUNCTION_NOT_INDEPENDENT] = {"function-not-independent", 0, {{
        "Safety functions that do not work without the communication (independent) get no credit: an attack may take them along.",
        "通信から独立していない安全機能は、攻撃とともに失われ得るため、効果を見込まない。"}}},
    [NOTE_HIGH_DEMAND] = {"high-demand", 0, {{
        "Where the demand is above once a year, the bands of low demand mode do not hold: IEC 61508 then judges dangerous failures an hour.",
        "作動要求が年1回を超えるものには、低頻度作動要求モードのSIL区分は当てはまらない。IEC 61508では1時間当たりの危険側故障頻度による。"}}},
    [NOTE_WITHOUT_FUNCTION] = {"without-function", 0, {{
        "Axis 1 counts privacy beside injury. Where no safety function acts against an incident, its gap is told, but no SIL: it may be one for security measures alone.",
        "第1軸には、けがのほかプライバシー被害も含まれる。安全機能の無いインシデントについては、SILを示さず、許容頻度との差だけを示す。セキュリティ対策だけで対処すべきものの場合があるためである。"}}},
    [NOTE_NEVER_SEEN] = {"never-seen", 0, {{
        "A hazardous incident that no world reached counts with the upper end of its interval in what is demanded; more worlds may lower it.",
        "どの試行でも到達しなかった危険なインシデントは、防護層への要求では信頼区間の上限の頻度とみなす。試行を増やせば下がり得る。"}}},
    [NOTE_ASIL] = {"asil", 0, {{
        "ASIL (ISO 26262-3) is about failures of a vehicle; an attacker has no exposure. It is a note, by the severity of axis 1 and, where the model does not say them, E4 and C3.",
        "ASIL(ISO 26262-3)は車両の故障についてのもので、攻撃者に曝露確率は無い。参考として、第1軸による過酷度と、記載が無ければE4、C3により示す。"}}},
    [NOTE_FEWER_YEARS] = {"fewer-years", 0, {{
        "So many events come a year, or do so much harm, that fewer years were run than asked for.",
        "年間の事象又はその被害の数が多いため、指定より少ない年数で計算した。"}}},
    [NOTE_FEWER_WORLDS] = {"fewer-worlds", 0, {{
        "With so many incidents fewer worlds were run than asked for.",
        "インシデントの数が多いため、指定より少ない試行で計算した。"}}},
    [NOTE_EXCLUDED] = {"excluded", 0, {{
        "Incidents that the model excludes harm nobody here, as on the map.",
        "モデルで除外したインシデントは、マップと同じく、被害に数えない。"}}},
    [NOTE_REHEARSED] = {"rehearsed", 0, {{
        "How incidents end is measured on the digital twin, without measures, where the model has a play and rules of levels; what measures limit stays its judgement (limits).",
        "プレイと水準の規則があるインシデントの結果は、対策無しのデジタルツインでの実測による。対策による上限は、モデルの判断(limits)のままである。"}}},
    [NOTE_NO_STEPS] = {"no-steps", 0, {{
        "The attack graph is so large that its steps are not ranked.",
        "攻撃グラフが大きいため、攻撃ステップの順位付けは行っていない。"}}},
    [NOTE_FEWER_GAINS] = {"fewer-gains", 0, {{
        "The attack graph is so large that only for the steps of all losses it was tried what would end without them.",
        "攻撃グラフが大きいため、不可能にしたときに減る割合は、全損失を担う攻撃ステップについてだけ求めた。"}}},
    [NOTE_FEWER_DRAWS] = {"fewer-draws", 0, {{
        "With so many incidents and stakeholders fewer draws of what is uncertain were made than asked for.",
        "インシデントとステークホルダーの数が多いため、不確かな入力の抽出は指定より少ない回数とした。"}}},
};
// clang-format on

struct writer {
    const struct risk *r;
    const struct model_data *m;
    struct json *j;
};

/* A number, null where there is none. */
static void put(struct json *j, const char *key, double value)
{
    if (key) json_key(j, key);
    if (isfinite(value))
        json_double(j, value);
    else
        json_null(j);
}

static void put_pair(struct json *j, const char *key, const double pair[2])
{
    json_in(j, key, '[');
    put(j, NULL, pair[0]);
    put(j, NULL, pair[1]);
    json_close(j, ']');
}

/* Null when the run was ended before the first draw. */
static void put_spread(const struct writer *w, const struct risk_value *value)
{
    if (w->r->n_outer)
        put_pair(w->j, "spread90", value->spread);
    else
        put(w->j, "spread90", (double)NAN);
}

static void put_rate(const struct writer *w, const struct risk_value *value)
{
    put(w->j, "per_year", value->mean);
    put_pair(w->j, "ci95", value->interval);
    put_spread(w, value);
}

static const char *stakeholder_id(const struct writer *w, uint32_t bearer)
{
    return LIST_AT(w->m->stakeholders, struct stakeholder,
                   w->r->bearers[bearer].stakeholder)
        ->entry.id;
}

static const char *incident_id(const struct writer *w, uint32_t incident)
{
    return LIST_AT(w->m->incidents, struct incident, incident)->entry.id;
}

/* ---- parts ------------------------------------------------------------------------
 */

static void put_notes(const struct writer *w, const char *key, int is_gap)
{
    json_in(w->j, key, '[');
    for (int i = 0; i < N_RISK_NOTES; i++) {
        if (!w->r->notes[i] || risk_notes[i].is_gap != is_gap) continue;
        json_open(w->j, '{');
        json_put(w->j, "code", risk_notes[i].code);
        json_put_text(w->j, "text", risk_notes[i].text);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_attackers(const struct writer *w)
{
    json_in(w->j, "attackers", '[');
    for (uint32_t a = 0; a < w->r->n_attackers; a++) {
        const struct attacker *x = w->r->attackers[a];
        json_open(w->j, '{');
        json_put(w->j, "id", x->entry.id);
        put(w->j, "campaigns_per_year", w->r->campaigns[a]);
        put(w->j, "least",
            x->campaigns.min.is_set ? x->campaigns.min.value : w->r->campaigns[a]);
        put(w->j, "greatest",
            x->campaigns.max.is_set ? x->campaigns.max.value : w->r->campaigns[a]);
        json_put_int(w->j, "worlds", (long long)w->r->counts.worlds[a]);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_incidents(const struct writer *w)
{
    json_in(w->j, "incidents", '[');
    for (uint32_t k = 0; k < w->r->n_incidents; k++) {
        uint32_t i = w->r->incident_order[k];
        const struct risk_incident *x = &w->r->incidents[i];
        json_open(w->j, '{');
        json_put(w->j, "id", incident_id(w, i));
        put_rate(w, &x->rate);
        put(w->j, "passes_layers", x->layers[N_CELLS - 1]);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_cells(const struct writer *w, const struct risk_bearer *b)
{
    json_in(w->j, "cells", '[');
    for (uint32_t i = 1; i < N_CELLS; i++) {
        // also those that were never seen, if something could come to them
        if (b->cells[i].interval[1] <= 0) continue;
        json_open(w->j, '{');
        json_put(w->j, "recovery", choice_name(&recovery_levels, (int)(i / N_LEVELS)));
        json_put(w->j, "economic", choice_name(&economic_levels, (int)(i % N_LEVELS)));
        put_rate(w, &b->cells[i]);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

/* Of the years; null when the run was ended before the first. */
static void put_of_years(const struct writer *w, const char *key, double value)
{
    put(w->j, key, w->r->years.years ? value : (double)NAN);
}

static void put_quantiles(const struct writer *w, uint32_t bearer)
{
    static const struct {
        const char *key;
        double p;
    } quantiles[] = {
        {"p50", 0.5 },
        {"p90", 0.9 },
        {"p95", 0.95},
        {"p99", 0.99}
    };
    json_in(w->j, "quantiles", '{');
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++)
        put_of_years(w, quantiles[i].key,
                     compound_quantile(&w->r->years, bearer, quantiles[i].p));
    json_close(w->j, '}');
    json_in(w->j, "value_at_risk", '{');
    put_of_years(w, "95", compound_quantile(&w->r->years, bearer, 0.95));
    put_of_years(w, "99", compound_quantile(&w->r->years, bearer, 0.99));
    json_close(w->j, '}');
}

/* The loss exceedance curve by return periods, as far as the years reach, and at
 * amounts 1, 2, 5, 10, ... as far as there are losses. */
static void put_curve(const struct writer *w, uint32_t bearer)
{
    static const double steps[] = {2, 2.5, 2};
    const struct compound_result *y = &w->r->years;
    json_in(w->j, "exceedance", '{');
    json_in(w->j, "return_periods", '[');
    for (int i = 0; i < N_RISK_PERIODS && risk_periods[i] * 10 <= (double)y->years;
         i++) {
        json_open(w->j, '{');
        put(w->j, "years", risk_periods[i]);
        put(w->j, "loss", compound_quantile(y, bearer, 1 - 1 / risk_periods[i]));
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
    json_in(w->j, "amounts", '[');
    double amount = 1;
    int n_steps = 0;
    while (amount <= y->bearers[bearer].most) {
        double loss = amount, above = compound_above(y, bearer, loss);
        amount *= steps[n_steps++ % 3];
        // where nearly every year is above it, it says nothing
        if (above <= compound_above(y, bearer, amount) && above > 0) continue;
        json_open(w->j, '{');
        put(w->j, "loss", loss);
        put(w->j, "probability_per_year", above);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
    json_close(w->j, '}');
}

static void put_by_incident(const struct writer *w, const struct risk_bearer *b)
{
    json_in(w->j, "incidents", '[');
    for (uint32_t k = 0; k < w->r->n_incidents; k++) {
        uint32_t i = w->r->incident_order[k];
        if (b->of_incident[i] <= 0) continue;
        json_open(w->j, '{');
        json_put(w->j, "id", incident_id(w, i));
        put(w->j, "mean", b->of_incident[i]);
        put(w->j, "share", b->of_incident[i] / b->loss.mean);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_measure(const struct writer *w, const char *id, double with,
                        double without)
{
    if (isnan(with) || isnan(without)) return;
    json_open(w->j, '{');
    json_put(w->j, "id", id);
    put(w->j, "mean_with", with);
    put(w->j, "mean_without", without);
    put(w->j, "saves", without - with);
    json_close(w->j, '}');
}

/* Those in play, and those that were tried beside them. */
static void put_by_measure(const struct writer *w, const struct risk_bearer *b)
{
    json_in(w->j, "measures", '[');
    for (uint32_t k = 0; k < w->m->measures.n; k++) {
        uint32_t i = w->r->measure_order[k];
        const char *id = LIST_AT(w->m->measures, struct measure, i)->entry.id;
        put_measure(w, id, b->with_measures, b->without_measure[i]);
        put_measure(w, id, b->with_measure[i], b->with_measures);
    }
    json_close(w->j, ']');
}

static void put_loss(const struct writer *w, uint32_t bearer)
{
    const struct risk_bearer *b = &w->r->bearers[bearer];
    const struct compound_years *y = &w->r->years.bearers[bearer];
    double n = (double)w->r->years.years, mean = n > 0 ? y->sum / n : 0;
    double variance = n > 0 ? fmax(0, y->squares / n - mean * mean) : 0;
    json_in(w->j, "loss", '{');
    put(w->j, "mean", b->loss.mean);
    put_spread(w, &b->loss);
    put_of_years(w, "mean_of_years", mean);
    put_of_years(w, "deviation_of_years", sqrt(variance));
    put_of_years(w, "greatest_year", y->most);
    put_quantiles(w, bearer);
    put_curve(w, bearer);
    put_by_incident(w, b);
    put_by_measure(w, b);
    json_close(w->j, '}');
}

static void put_bearers(const struct writer *w)
{
    json_in(w->j, "stakeholders", '[');
    for (uint32_t i = 0; i < w->r->n_bearers; i++) {
        const struct risk_bearer *b = &w->r->bearers[i];
        json_open(w->j, '{');
        json_put(w->j, "id", stakeholder_id(w, i));
        json_in(w->j, "events", '{');
        put_rate(w, &b->events);
        json_close(w->j, '}');
        json_in(w->j, "serious_harm", '{');
        put_rate(w, &b->serious);
        json_close(w->j, '}');
        put_cells(w, b);
        if (w->r->notes[NOTE_NO_MONEY])
            put(w->j, "loss", (double)NAN);
        else
            put_loss(w, i);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

/* ---- protection -------------------------------------------------------------------
 */

static void put_demand(struct json *j, const char *key, const struct layer_demand *d,
                       int is_function)
{
    static const char *const sils[] = {[SIL_NOT_NEEDED] = "not needed",
                                       [SIL_1] = "SIL 1",
                                       [SIL_2] = "SIL 2",
                                       [SIL_3] = "SIL 3",
                                       [SIL_4] = "SIL 4",
                                       [SIL_BEYOND] = "beyond SIL 4",
                                       [SIL_BELOW_1] = "below SIL 1"};
    if (isnan(d->pfd)) {
        put(j, key, (double)NAN);
        return;
    }
    json_in(j, key, '{');
    put(j, "pfd", fmin(1, d->pfd));
    put(j, "risk_reduction", d->reduction);
    json_put(j, "sil", is_function ? sils[d->sil] : NULL);
    json_close(j, '}');
}

static void put_layer(const struct writer *w, const struct risk_layer *x)
{
    const struct safety_function *f =
        LIST_AT(w->m->safety_functions, struct safety_function, x->function);
    json_open(w->j, '{');
    json_put(w->j, "id", f->entry.id);
    json_put_bool(w->j, "independent", f->independent == TRI_YES);
    put(w->j, "pfd", f->pfd.mode.is_set ? estimate_mean(&f->pfd) : (double)NAN);
    json_put_bool(w->j, "credited", x->is_credited);
    put_demand(w->j, "demanded", &x->demand, 1);
    json_close(w->j, '}');
}

static void put_asil(const struct writer *w, const struct risk_asil *a)
{
    json_in(w->j, "asil", '{');
    json_put(w->j, "asil", asil_names[a->asil]);
    json_put_int(w->j, "severity", a->severity);
    json_put_int(w->j, "exposure", a->exposure);
    json_put_int(w->j, "controllability", a->controllability);
    json_put_bool(w->j, "assumed", a->is_assumed);
    json_close(w->j, '}');
}

static void put_protections(const struct writer *w)
{
    json_in(w->j, "protection", '[');
    for (uint32_t i = 0; i < w->r->n_protections; i++) {
        const struct risk_protection *p = &w->r->protections[i];
        json_open(w->j, '{');
        json_put(w->j, "incident", incident_id(w, p->incident));
        json_put(w->j, "recovery", choice_name(&recovery_levels, p->level));
        put(w->j, "unmitigated_per_year", p->unmitigated);
        put(w->j, "demand_per_year", p->demand);
        put_pair(w->j, "demand_ci95", p->interval);
        json_in(w->j, "layers", '[');
        for (uint32_t k = 0; k < p->n_layers; k++)
            put_layer(w, &p->layers[k]);
        json_close(w->j, ']');
        put(w->j, "mitigated_per_year", p->mitigated);
        put(w->j, "tolerable_per_year", p->tolerable);
        put(w->j, "gap", p->mitigated / p->tolerable);
        put_demand(w->j, "demanded_beside_these", &p->rest, p->n_layers > 0);
        if (p->asil.is_noted) put_asil(w, &p->asil);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_swing(struct json *j, const char *key, const struct risk_swing *s)
{
    json_in(j, key, '{');
    put(j, "correlation", s->correlation);
    put(j, "when_least", s->ends[0]);
    put(j, "when_greatest", s->ends[1]);
    json_close(j, '}');
}

static void put_levels(const struct writer *w, const struct risk_harm *h, int axis)
{
    const struct choice_set *set = axis ? &economic_levels : &recovery_levels;
    json_in(w->j, axis ? "economic" : "recovery", '[');
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++) {
        const struct risk_value *v = &h->levels[axis * N_LEVELS + level];
        if (v->mean <= 0) continue;
        json_open(w->j, '{');
        json_put(w->j, "level", choice_name(set, level));
        put(w->j, "per_year", v->mean);
        put_spread(w, v);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

/* What each incident does to each stakeholder, by levels of each axis. */
static void put_harms(const struct writer *w)
{
    json_in(w->j, "harms", '[');
    for (uint32_t i = 0; i < w->r->endings.n; i++) {
        const struct risk_harm *h = &w->r->harms[i];
        json_open(w->j, '{');
        json_put(w->j, "incident", incident_id(w, h->incident));
        json_put(w->j, "stakeholder", stakeholder_id(w, h->bearer));
        put_levels(w, h, 0);
        put_levels(w, h, 1);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_drivers(const struct writer *w)
{
    json_in(w->j, "sensitivity", '[');
    for (uint32_t i = 0; i < w->r->n_drivers; i++) {
        const struct risk_driver *d = &w->r->drivers[i];
        const struct risk_input *x = &w->r->inputs.items[d->input];
        json_open(w->j, '{');
        json_put(w->j, "stakeholder", stakeholder_id(w, d->bearer));
        json_put(w->j, "input", choice_name(&input_kinds, x->kind));
        json_put(w->j, "of", x->id);
        put_swing(w->j, "loss", &d->loss);
        put_swing(w->j, "serious_harm", &d->serious);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_step(const struct writer *w, const struct risk_step *s)
{
    char id[256];
    graph_node_id(w->r->plan->graph, s->node, id, sizeof id);
    json_open(w->j, '{');
    if (s->incident != REF_NONE)
        json_put(w->j, "incident", incident_id(w, s->incident));
    json_put(w->j, "step", id);
    put(w->j, "share", s->share);
    put(w->j, "gain", s->gain);
    json_close(w->j, '}');
}

/* Attack steps by what passes through them: of all losses, and of each incident. */
static void put_steps(const struct writer *w)
{
    const struct steps *s = &w->r->steps;
    json_in(w->j, "steps", '{');
    json_in(w->j, "of_loss", '[');
    for (uint32_t i = 0; i < s->n_of_loss; i++)
        put_step(w, &s->of_loss[i]);
    json_close(w->j, ']');
    json_in(w->j, "of_incidents", '[');
    for (uint32_t i = 0; i < s->n_of_incidents; i++)
        put_step(w, &s->of_incidents[i]);
    json_close(w->j, ']');
    json_close(w->j, '}');
}

static void put_work(const struct writer *w)
{
    json_in(w->j, "work", '{');
    json_put_int(w->j, "worlds", (long long)w->r->worlds);
    json_put_int(w->j, "worlds_for_measures", (long long)w->r->measure_worlds);
    json_put_int(w->j, "worlds_for_steps", (long long)w->r->steps.n_worlds);
    json_put_int(w->j, "years", (long long)w->r->years.years);
    json_put_int(w->j, "outer", (long long)w->r->n_outer);
    json_put_int(w->j, "inner",
                 w->r->inputs.is_nested ? (long long)w->r->plan->inner : 0);
    put(w->j, "seconds", w->r->seconds);
    json_close(w->j, '}');
}

void risk_json(const struct risk *r, struct json *j)
{
    struct writer w = {r, &r->plan->graph->model->m, j};
    const char *unit = r->endings.money.unit;
    json_put(j, "measures", r->plan->set);
    json_put_int(j, "seed", (long long)r->plan->seed);
    json_put_bool(j, "stopped", r->is_stopped);
    json_put(j, "currency", unit[0] ? unit : NULL);
    put_notes(&w, "assumptions", 0);
    put_notes(&w, "missing", 1);
    put_attackers(&w);
    put_incidents(&w);
    put_bearers(&w);
    put_harms(&w);
    put_protections(&w);
    put_drivers(&w);
    put_steps(&w);
    put_work(&w);
}

/* ---- the whole object */

void risk_document(struct risk *const *risks, int n, struct buf *out)
{
    struct json j = json_on(out, n == 2 ? 5 : 4);
    json_open(&j, '{');
    if (n == 1) risk_json(risks[0], &j);
    for (int i = 0; n == 2 && i < 2; i++) {
        json_in(&j, i ? "after" : "before", '{');
        risk_json(risks[i], &j);
        json_close(&j, '}');
    }
    json_close(&j, '}');
}
