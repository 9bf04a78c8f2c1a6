// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The page of risk: measures as boxes to tick at one side, what they come to at the
 * other. It is a form that works as it is; ui/pages/risk.ts asks for the same page with
 * other measures, and puts the parts that have an id with data-part in their places.
 */
#include <math.h>
#include <string.h>

#include "page/figure_front.h"
#include "page/figure_risk.h"
#include "page/money.h"
#include "web/frame.h"
#include "web/risk.h"

struct page {
    struct exchange *ex;
    struct buf *out;
    const struct risk_sight *s;
    const struct risk_desk *desk;
    const struct model *model;
    const char *slug;
};

/* ---- numbers -------------------------------------------------------------------- */

/* An amount, with the number itself for scripts and tests. */
static void put_money(const struct page *p, double value, const char *unit)
{
    char text[MONEY_BYTES];
    money_rounded(value, unit, p->ex->lang, text);
    buf_printf(p->out, "<data value=\"%.17g\">", value);
    buf_html(p->out, text);
    buf_str(p->out, "</data>");
}

/* Years to two digits from a hundred on, thousands parted in English. */
static void put_years(const struct page *p, double years)
{
    double unit = years < 100 ? 1 : pow(10, floor(log10(years)) - 1);
    long long whole = llround(round(years / unit) * unit);
    if (years < 20)
        buf_printf(p->out, "%.1f", years);
    else if (p->ex->lang == LANG_EN && whole >= 10000)
        buf_printf(p->out, "%lld,%03lld", whole / 1000, whole % 1000);
    else
        buf_printf(p->out, "%lld", whole);
}

/* "0.35 a year"; what is rare as "once in 28 years". */
static void put_rate(const struct page *p, double rate)
{
    int ja = p->ex->lang == LANG_JA;
    buf_printf(p->out, "<data value=\"%.17g\">", rate);
    if (!(rate > 0)) {
        buf_str(p->out, ja ? "無し" : "none seen");
    } else if (rate >= 0.5) {
        buf_printf(p->out, ja ? "年%.3g回" : "%.3g a year", rate);
    } else if (1 / rate < 1e6) {
        buf_str(p->out, ja ? "" : "once in ");
        put_years(p, 1 / rate);
        buf_str(p->out, ja ? "年に1回" : " years");
    } else {
        buf_str(p->out, ja ? "100万年に1回未満" : "less than once in a million years");
    }
    buf_str(p->out, "</data>");
}

static void put_text(const struct page *p, struct text t)
{
    frame_text(p->ex, t);
}

static const char *unit_of(const struct page *p)
{
    return p->s->after.risk->endings.money.unit;
}

static double loss_of_all(const struct risk *r)
{
    double sum = 0;
    for (uint32_t b = 0; b < r->n_bearers; b++)
        sum += r->bearers[b].loss.mean;
    return sum;
}

/* How often whoever bears it most often bears serious harm. */
static double most_serious(const struct risk *r)
{
    double most = 0;
    for (uint32_t b = 0; b < r->n_bearers; b++)
        most = fmax(most, r->bearers[b].serious.mean);
    return most;
}

/* ---- measures ------------------------------------------------------------------- */

static const struct measure *measure_at(const struct page *p, uint32_t i)
{
    return LIST_AT(p->model->m.measures, struct measure, i);
}

/* What a measure saves all bearers a year from where the set is; NAN: not tried. */
static double worth_of(const struct page *p, uint32_t measure)
{
    const struct risk *r = p->s->after.risk;
    double sum = r->n_bearers ? 0 : (double)NAN;
    for (uint32_t b = 0; b < r->n_bearers; b++) {
        const struct risk_bearer *x = &r->bearers[b];
        sum += p->s->measures[measure] ? x->without_measure[measure] - x->with_measures
                                       : x->with_measures - x->with_measure[measure];
    }
    return sum;
}

static double most_worth(const struct page *p)
{
    double most = 0;
    for (uint32_t i = 0; i < p->model->m.measures.n; i++)
        most = fmax(most, worth_of(p, i)); // NAN is none
    return most;
}

/* A bar as wide as its share of the best, and the amount. */
static void put_worth(const struct page *p, double worth, double most)
{
    double width = most > 0 ? worth / most * 100 : 0;
    if (isnan(worth)) return;
    if (!(width >= 0.05)) {
        put_text(p, TEXT("does not change the loss", "損失は変わらない"));
        return;
    }
    buf_printf(p->out,
               "<svg viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" "
               "aria-hidden=\"true\"><rect width=\"%.1f\" height=\"4\"/></svg>",
               width);
    put_text(p, TEXT("saves ", "年間の減少額 "));
    put_money(p, worth, unit_of(p));
    put_text(p, TEXT(" a year", ""));
}

static void put_measure(const struct page *p, uint32_t i, double most)
{
    const struct measure *m = measure_at(p, i);
    char cost[MONEY_BYTES];
    struct text by = text_same("");
    if (m->by.id)
        by = LIST_AT(p->model->m.stakeholders, struct stakeholder, m->by.index)->name;
    buf_str(p->out, "<label class=\"measure\"><input type=\"checkbox\" "
                    "name=\"measures\" value=\"");
    buf_html(p->out, m->entry.id);
    buf_printf(p->out, "\"%s><span class=\"name\">",
               p->s->measures[i] ? " checked" : "");
    buf_html(p->out, text_in(m->name, p->ex->lang)[0] ? text_in(m->name, p->ex->lang)
                                                      : m->entry.id);
    buf_str(p->out, "</span><span class=\"facts\">");
    if (m->cost.unit[0]) {
        money_exact(m->cost.value, m->cost.unit, p->ex->lang, cost);
        buf_html(p->out, cost);
    } else {
        put_text(p, TEXT("no cost stated", "費用の記載なし"));
    }
    if (text_in(by, p->ex->lang)[0]) buf_str(p->out, " · ");
    put_text(p, by);
    buf_str(p->out, "</span><span class=\"worth\">");
    put_worth(p, worth_of(p, i), most);
    buf_str(p->out, "</span></label>\n");
}

/* How far measures are, as the page groups them. */
static const struct group {
    enum measure_status from, to;
    struct text title;
} groups[] = {
    {STATUS_IMPLEMENTED, STATUS_VERIFIED, {{"In place", "実施済み"}}},
    {STATUS_DECIDED,     STATUS_DECIDED,  {{"Decided", "決定済み"}} },
    {STATUS_PROPOSED,    STATUS_PROPOSED, {{"Proposed", "提案"}}      },
};

static int is_of(const struct page *p, const struct group *g, uint32_t i)
{
    uint8_t status = measure_at(p, i)->status;
    return status >= g->from && status <= g->to;
}

static void put_group(const struct page *p, const struct group *g, double most)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->model->m.measures.n; i++)
        n += is_of(p, g, i) ? 1 : 0;
    if (n == 0) return;
    buf_str(p->out, "<fieldset><legend>");
    put_text(p, g->title);
    buf_printf(p->out, " <span class=\"soft\">%u</span></legend>\n", n);
    for (uint32_t i = 0; i < p->model->m.measures.n; i++)
        if (is_of(p, g, i)) put_measure(p, i, most);
    buf_str(p->out, "</fieldset>\n");
}

/* An address of this page with other measures. */
static void put_href(const struct page *p, const char *words, const char *more)
{
    const char *lang = frame_lang(p->ex);
    buf_printf(p->out, "/systems/%s/risk%s%cmeasures=", p->slug, lang,
               *lang ? '&' : '?');
    buf_html(p->out, words); // ids and commas
    buf_html(p->out, more);
}

static void put_presets(const struct page *p)
{
    static const struct {
        const char *words;
        struct text name;
    } presets[] = {
        {"none",     {{"None", "なし"}}                },
        {"in-force", {{"In place", "実施済みのみ"}}},
        {"decided",  {{"Decided", "決定済みまで"}} },
        {"all",      {{"All", "すべて"}}              },
    };
    buf_str(p->out, "<p class=\"presets\">");
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
        buf_str(p->out, "<a data-set href=\"");
        put_href(p, presets[i].words, "");
        buf_str(p->out, "\">");
        put_text(p, presets[i].name);
        buf_str(p->out, "</a>");
    }
    buf_str(p->out, "</p>\n");
}

static void put_measures(const struct page *p)
{
    double most = most_worth(p);
    buf_printf(p->out,
               "<form class=\"measures\" id=\"choice\" method=\"get\" "
               "action=\"/systems/%s/risk\">\n<h2>",
               p->slug);
    put_text(p, TEXT("Measures", "対策"));
    buf_str(p->out, "</h2>\n");
    put_presets(p);
    if (p->ex->is_lang_asked)
        buf_printf(p->out, "<input type=\"hidden\" name=\"lang\" value=\"%s\">",
                   p->ex->lang == LANG_JA ? "ja" : "en");
    buf_str(p->out, "<input type=\"hidden\" name=\"measures\" value=\"none\">\n"
                    "<div class=\"list\" tabindex=\"-1\">\n");
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        put_group(p, &groups[i], most);
    buf_str(p->out, "</div>\n<button type=\"submit\" class=\"show\">");
    put_text(p, TEXT("Show what they do", "効果を表示"));
    buf_str(p->out, "</button></form>\n");
}

/* ---- what they come to ---------------------------------------------------------- */

static void open_tile(const struct page *p, const char *id, struct text title)
{
    buf_printf(p->out, "<div class=\"tile\" id=\"tile-%s\"><dt>", id);
    put_text(p, title);
    buf_str(p->out, "</dt><dd>");
}

static void close_tile(const struct page *p)
{
    buf_str(p->out, "</dd></div>\n");
}

static void put_was(const struct page *p)
{
    buf_str(p->out, "<span class=\"was\">");
    put_text(p, TEXT("now ", "現状 "));
}

static void put_cost_tile(const struct page *p)
{
    uint32_t n_costless = 0;
    const struct plan_case *c = p->desk->plan_case;
    if (p->desk->plan == NULL || c->currency[0] == '\0') return;
    for (uint32_t i = 0; i < c->n_costless; i++)
        n_costless += p->s->measures[c->costless[i]];
    open_tile(p, "cost", TEXT("Cost beside what is in place", "追加費用"));
    put_money(p, p->s->set.cost, c->currency);
    if (n_costless) {
        buf_printf(p->out, "<span class=\"was\">");
        if (p->ex->lang == LANG_EN)
            buf_printf(p->out, "and %u without a cost stated", n_costless);
        else
            buf_printf(p->out, "ほかに費用の記載がない対策%u件", n_costless);
        buf_str(p->out, "</span>");
    }
    close_tile(p);
}

static void put_left_tile(const struct page *p)
{
    if (p->desk->plan == NULL) return;
    open_tile(p, "left", TEXT("Risk left above target", "目標水準を超えて残るリスク"));
    buf_printf(p->out, "<data value=\"%u\">%u</data>", p->s->set.left, p->s->set.left);
    put_was(p);
    buf_printf(p->out, "%u</span>", p->s->now.left);
    close_tile(p);
}

static void put_loss_tile(const struct page *p)
{
    if (unit_of(p)[0] == '\0') return;
    open_tile(p, "loss",
              TEXT("Expected loss a year, of all", "年間期待損失額(全員の合計)"));
    put_money(p, loss_of_all(p->s->after.risk), unit_of(p));
    put_was(p);
    put_money(p, loss_of_all(p->s->before), unit_of(p));
    buf_str(p->out, "</span>");
    close_tile(p);
}

static void put_tiles(const struct page *p)
{
    buf_str(p->out, "<dl class=\"tiles\" id=\"tiles\" data-part>\n");
    put_cost_tile(p);
    put_left_tile(p);
    put_loss_tile(p);
    open_tile(p, "serious",
              TEXT("Serious or fatal damage", "重大又は致命的なダメージ"));
    put_rate(p, most_serious(p->s->after.risk));
    put_was(p);
    put_rate(p, most_serious(p->s->before));
    buf_str(p->out, "</span>");
    close_tile(p);
    buf_str(p->out, "</dl>\n");
}

static void put_warning(const struct page *p, const struct buf *pairs, struct text what)
{
    if (pairs->len == 0) return;
    buf_str(p->out, "<div class=\"notice\"><p>");
    put_text(p, what);
    buf_html(p->out, buf_text(pairs));
    buf_str(p->out, "</p></div>\n");
}

static void put_warnings(const struct page *p)
{
    buf_str(p->out, "<div id=\"warnings\" data-part>");
    put_warning(p, &p->s->clash,
                TEXT("These exclude each other, so the result is better than any of "
                     "them can be: ",
                     "両立しない対策が含まれるため、結果は実際より良く出る: "));
    put_warning(p, &p->s->lack,
                TEXT("These need others (in brackets) that are not chosen: ",
                     "前提となる対策(括弧内)が選ばれていない: "));
    buf_str(p->out, "</div>\n");
}

/* ---- figures -------------------------------------------------------------------- */

/* A figure, but for the style in its first tag: the page's policy lets none through,
 * and risk.css says the same. */
static void put_svg(const struct page *p, const struct buf *svg)
{
    static const char begin[] = " style=\"";
    const char *text = buf_text(svg), *end = strchr(text, '>');
    const char *style = strstr(text, begin);
    const char *quote =
        style && end && style < end ? strchr(style + sizeof begin - 1, '"') : NULL;
    if (quote == NULL) {
        buf_add(p->out, text, svg->len);
        return;
    }
    buf_add(p->out, text, (size_t)(style - text));
    buf_str(p->out, quote + 1);
}

/* Opens a part with a heading, and a link to the same in the report. */
static void open_part(const struct page *p, const char *id, const char *anchor,
                      struct text title)
{
    buf_printf(p->out, "<section class=\"part\" id=\"part-%s\" data-part>\n<h2>", id);
    put_text(p, title);
    buf_printf(p->out,
               "</h2>\n<a class=\"in-report\" href=\"/systems/%s/report%s#%s\">",
               p->slug, frame_lang(p->ex), anchor);
    put_text(p, TEXT("In the report", "報告書での表示"));
    buf_str(p->out, "</a>\n");
}

static void close_part(const struct page *p)
{
    buf_str(p->out, "</section>\n");
}

static void put_scroll(const struct page *p, const struct buf *svg, struct text name)
{
    buf_str(p->out, "<div class=\"figure-box\" tabindex=\"0\" role=\"group\" "
                    "aria-label=\"");
    put_text(p, name);
    buf_str(p->out, "\">");
    put_svg(p, svg);
    buf_str(p->out, "</div>\n");
}

static void put_map(const struct page *p)
{
    struct buf svg = {0};
    struct text title = TEXT("The map, before and after", "マップ(対策の前と後)");
    if (!figure_map_after(p->s->assessment,
                          TEXT("with these measures", "この組合せの実施後"),
                          p->ex->lang, &svg))
        return;
    open_part(p, "map", "assess", title);
    put_scroll(p, &svg, title);
    close_part(p);
    buf_fini(&svg);
}

static struct risk_pair pair_of(const struct page *p)
{
    return (struct risk_pair){p->s->before, p->s->after.risk,
                              TEXT("in place now", "現状"),
                              TEXT("with these measures", "この組合せ")};
}

static void put_figure(const struct page *p, const char *id, struct text title,
                       int (*draw)(const struct risk_pair *, enum lang, struct buf *))
{
    struct risk_pair pair = pair_of(p);
    struct buf svg = {0};
    if (draw(&pair, p->ex->lang, &svg)) {
        open_part(p, id, "risk-in-numbers", title);
        put_scroll(p, &svg, title);
        close_part(p);
    }
    buf_fini(&svg);
}

/* Opens a table that a keyboard can scroll; its end is that of frame_heads. */
static void put_heads(const struct page *p, struct text name, const struct text *heads,
                      size_t n)
{
    buf_str(p->out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
                    "aria-label=\"");
    put_text(p, name);
    buf_str(p->out, "\"><table>\n<thead><tr>");
    for (size_t i = 0; i < n; i++) {
        buf_str(p->out, "<th scope=\"col\">");
        put_text(p, heads[i]);
        buf_str(p->out, "</th>");
    }
    buf_str(p->out, "</tr></thead>\n<tbody>\n");
}

/* ---- who bears it --------------------------------------------------------------- */

static const struct map_row *row_of(const struct assessment *a, uint32_t stakeholder)
{
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        if (row->stakeholder == stakeholder && row->form == NULL) return row;
    }
    return NULL;
}

static void put_standing(const struct page *p, const struct map_row *row)
{
    if (row == NULL || !row->has_target) return;
    buf_printf(p->out, "<span class=\"badge%s\">", row->planned_within ? "" : " open");
    put_text(p, row->planned_within ? TEXT("within target", "目標内")
                                    : TEXT("above target", "目標超過"));
    buf_str(p->out, "</span>");
}

static void put_bearer(const struct page *p, uint32_t i)
{
    const struct risk_bearer *after = &p->s->after.risk->bearers[i];
    const struct risk_bearer *before = &p->s->before->bearers[i];
    const struct stakeholder *who =
        LIST_AT(p->model->m.stakeholders, struct stakeholder, after->stakeholder);
    buf_printf(p->out, "<tr data-stakeholder=\"%s\"><th scope=\"row\">", who->entry.id);
    put_text(p, who->name);
    buf_str(p->out, "</th><td>");
    put_standing(p, row_of(p->s->assessment, after->stakeholder));
    buf_str(p->out, "</td><td>");
    put_rate(p, before->serious.mean);
    buf_str(p->out, "</td><td class=\"serious\">");
    put_rate(p, after->serious.mean);
    if (unit_of(p)[0]) {
        buf_str(p->out, "</td><td class=\"number\">");
        put_money(p, before->loss.mean, unit_of(p));
        buf_str(p->out, "</td><td class=\"number loss\">");
        put_money(p, after->loss.mean, unit_of(p));
    }
    buf_str(p->out, "</td></tr>\n");
}

static void put_bearers(const struct page *p)
{
    static const struct text heads[] = {
        {{"Stakeholder", "ステークホルダー"}},
        {{"Target", "目標水準"}},
        {{"Serious or fatal damage: now", "重大・致命的ダメージ: 現状"}},
        {{"with these measures", "この組合せ"}},
        {{"Loss a year: now", "年間期待損失額: 現状"}},
        {{"with these measures", "この組合せ"}},
    };
    struct text title = TEXT("Who bears what", "誰が何を負うか");
    open_part(p, "bearers", "risk-in-numbers", title);
    put_heads(p, title, heads, unit_of(p)[0] ? 6 : 4);
    for (uint32_t i = 0; i < p->s->after.risk->n_bearers; i++)
        put_bearer(p, i);
    buf_str(p->out, "</tbody></table></div>\n");
    close_part(p);
}

/* ---- plans ---------------------------------------------------------------------- */

static uint32_t count_chosen(const struct page *p, const struct plan_set *set)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->model->m.measures.n; i++)
        n += set->of[i] && !p->desk->in_force[i];
    return n;
}

static void put_trade(const struct page *p, size_t number)
{
    const struct plan_set *set = &p->desk->plan->front.sets[number];
    int is_here = memcmp(set->of, p->s->measures, p->model->m.measures.n) == 0;
    const char *currency = p->desk->plan_case->currency;
    buf_printf(p->out, "<tr%s><th scope=\"row\">", is_here ? " class=\"here\"" : "");
    put_money(p, set->cost, currency);
    buf_printf(p->out,
               "</th><td class=\"number\">%u</td><td class=\"number\">%u</td><td>",
               set->left, count_chosen(p, set));
    buf_printf(p->out, "<a data-set data-trade-link=\"%zu\"%s href=\"", number,
               is_here ? " aria-current=\"true\"" : "");
    put_href(p, risk_words(p->ex, p->model, set->of), "");
    buf_str(p->out, "\">");
    put_text(p, is_here ? TEXT("These are chosen", "選択中")
                        : TEXT("Choose these", "この組合せを選ぶ"));
    buf_str(p->out, "</a></td></tr>\n");
}

/* Why there is nothing to choose among, where that is for want of costs. */
static void put_costless(const struct page *p, struct text title)
{
    if (p->desk->plan_case->n_costless == 0) return;
    open_part(p, "plans", "plan", title);
    buf_str(p->out, "<p>");
    put_text(p, TEXT("A plan weighs cost against risk, and leaves out measures whose "
                     "cost is not stated:",
                     "計画は費用とリスクを比べるため、費用の記載が無い対策を除く。"));
    buf_printf(p->out, " <a href=\"/systems/%s/measures%s\">", p->slug,
               frame_lang(p->ex));
    put_text(p, TEXT("state costs on the cards", "カードに費用を記入する"));
    buf_str(p->out, "</a></p>\n");
    close_part(p);
}

static void put_plans(const struct page *p)
{
    static const struct text heads[] = {
        {{"Cost", "費用"}},
        {{"Risk left above target", "目標水準を超えて残るリスク"}},
        {{"Measures", "対策の数"}},
        {{"Choose", "選択"}},
    };
    const struct plan_answer *a = p->desk->plan;
    struct text title = TEXT("Plans: cost against risk left", "計画: 費用と残るリスク");
    struct buf svg = {0};
    if (a == NULL) return;
    if (!figure_front_beside(a, &p->s->set, p->ex->lang, &svg)) {
        put_costless(p, title);
        return;
    }
    open_part(p, "plans", "plan", title);
    put_scroll(p, &svg, title);
    put_heads(p, title, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < a->front.n; i++)
        put_trade(p, i);
    buf_str(p->out, "</tbody></table></div>\n");
    close_part(p);
    buf_fini(&svg);
}

/* ---- adopting ------------------------------------------------------------------- */

static void put_changes(const struct page *p, const uint8_t *of, struct text what)
{
    int n = 0;
    for (uint32_t i = 0; i < p->model->m.measures.n; i++) {
        if (!of[i]) continue;
        buf_str(p->out, n++ ? "</li><li>" : "<p>");
        if (n == 1) {
            put_text(p, what);
            buf_str(p->out, "</p><ul><li>");
        }
        put_text(p, measure_at(p, i)->name);
    }
    if (n) buf_str(p->out, "</li></ul>\n");
}

static void put_adopt_form(const struct page *p)
{
    const char *words = risk_words(p->ex, p->model, p->s->measures);
    buf_printf(p->out,
               "<form method=\"post\" action=\"/systems/%s/risk%s\">"
               "<input type=\"hidden\" name=\"measures\" value=\"%s\">"
               "<input type=\"hidden\" name=\"base\" value=\"%lld\">"
               "<label for=\"why\">",
               p->slug, frame_form(p->ex), words, (long long)p->desk->number);
    put_text(p, TEXT("Reason for the decision", "決定の理由"));
    buf_str(p->out, "</label><input id=\"why\" name=\"why\" maxlength=\"300\" "
                    "autocomplete=\"off\"><button type=\"submit\">");
    put_text(p, TEXT("Adopt: decide these measures", "採用: この組合せを決定とする"));
    buf_str(p->out, "</button></form>\n");
}

static void put_adopt(const struct page *p)
{
    uint32_t n = p->model->m.measures.n;
    uint8_t *decided = arena_alloc(&p->ex->arena, n + 1);
    uint8_t *proposed = arena_alloc(&p->ex->arena, n + 1);
    uint32_t n_changes = risk_changes(p->model, p->s->measures, decided, proposed);
    buf_str(p->out, "<section class=\"part adopt\" id=\"part-adopt\" data-part>\n<h2>");
    put_text(p, TEXT("Adopt", "採用"));
    buf_str(p->out, "</h2>\n");
    if (n_changes == 0) {
        frame_element(p->ex, "p",
                      TEXT("These are the measures decided, as the model has them.",
                           "モデルで決定済みの対策と同じ組合せである。"));
    } else {
        put_changes(p, decided, TEXT("Become decided:", "決定となる対策:"));
        put_changes(p, proposed,
                    TEXT("No longer decided, but proposed again:",
                         "決定を取り消し、提案に戻る対策:"));
        put_adopt_form(p);
    }
    close_part(p);
}

/* ---- drivers -------------------------------------------------------------------- */

static void put_drivers(const struct page *p)
{
    struct risk_pair pair = pair_of(p);
    struct buf svg = {0};
    struct text title = TEXT("What drives the result", "結果を左右する要因");
    const char *words = risk_words(p->ex, p->model, p->s->measures);
    open_part(p, "drivers", "risk-in-numbers", title);
    if (!p->s->question.with_drivers || p->s->after.risk->is_stopped) {
        buf_str(p->out, "<p><a id=\"drivers\" href=\"");
        put_href(p, words, "&drivers=1");
        buf_str(p->out, "#part-drivers\">");
        put_text(p, TEXT("Find out: takes some seconds", "計算する(数秒かかる)"));
        buf_str(p->out, "</a></p>\n");
    } else if (figure_drivers(&pair, p->ex->lang, &svg)) {
        put_scroll(p, &svg, title);
    } else {
        frame_element(p->ex, "p",
                      TEXT("No uncertain input moves it enough to tell.",
                           "結果を目立って左右する不確かな入力は無い。"));
    }
    close_part(p);
    buf_fini(&svg);
}

/* ---- all ------------------------------------------------------------------------ */

static void put_adopted(const struct page *p, int64_t adopted)
{
    if (adopted == 0) return;
    buf_str(p->out, "<div class=\"notice good\" role=\"status\"><p>");
    if (p->ex->lang == LANG_EN)
        buf_printf(p->out, "Saved: version %lld has these measures decided.",
                   (long long)adopted);
    else
        buf_printf(p->out, "保存した。第%lld版で、この組合せが決定となった。",
                   (long long)adopted);
    buf_str(p->out, "</p></div>\n");
}

static void put_basis(const struct page *p)
{
    const struct risk *r = p->s->after.risk;
    buf_str(p->out, "<p class=\"soft\" id=\"basis\" data-part>");
    if (p->ex->lang == LANG_EN)
        buf_printf(p->out,
                   "Version %lld. %llu worlds of the attack simulation with each set "
                   "of measures, the same luck in all; %llu years of losses.",
                   (long long)p->desk->number, (unsigned long long)r->worlds,
                   (unsigned long long)r->years.years);
    else
        buf_printf(
            p->out,
            "第%lld版。対策の組合せごとに、同じ乱数による攻撃シミュレーション%llu"
            "回、損失の計算%llu年。",
            (long long)p->desk->number, (unsigned long long)r->worlds,
            (unsigned long long)r->years.years);
    buf_str(p->out, "</p>\n");
}

void page_risk(struct exchange *ex, const struct risk_sight *s, int64_t adopted)
{
    const struct model *model = s->desk->view.model;
    struct text name = model->m.system.name;
    struct page p = {ex, &ex->answer.body, s, s->desk, model, ex->path.slug};
    frame_open(
        ex,
        &(struct frame){
            .title = {{arena_printf(&ex->arena, "%s: risk", text_in(name, LANG_EN)),
                       arena_printf(&ex->arena, "%s: リスク", text_in(name, LANG_JA))}},
            .slug = p.slug,
            .page = "/risk",
            .asset = "risk"});
    put_adopted(&p, adopted);
    put_tiles(&p);
    put_warnings(&p);
    buf_str(p.out, "<div class=\"risk\">\n");
    put_measures(&p);
    buf_str(p.out, "<div class=\"result\" id=\"result\">\n");
    put_map(&p);
    put_figure(&p, "curves", TEXT("Loss exceedance", "損失超過曲線"),
               figure_exceedance);
    put_bearers(&p);
    put_plans(&p);
    put_adopt(&p);
    put_figure(&p, "likelihood", TEXT("The map with likelihood", "頻度付きマップ"),
               figure_likelihood);
    put_drivers(&p);
    put_basis(&p);
    buf_str(p.out, "</div>\n</div>\n");
    frame_end(ex);
}
