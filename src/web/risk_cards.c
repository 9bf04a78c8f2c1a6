// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Measures as cards in two groups, in the plan and left out; see risk_parts.h. Each
 * card has a switch, which is all that the form sends; ui/parts/cards.ts lets cards be
 * dragged. */
#include "web/risk_parts.h"

#include <math.h>

#include "page/money.h"
#include "web/frame.h"

/* What a measure saves all bearers a year from where the set is; NAN: not tried. */
static double worth_of(const struct risk_page *p, uint32_t measure)
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

static double most_worth(const struct risk_page *p)
{
    double most = 0;
    for (uint32_t i = 0; i < p->model->m.measures.n; i++)
        most = fmax(most, worth_of(p, i)); // NAN is none
    return most;
}

/* A bar as wide as its share of the best, and the amount. */
static void put_worth(const struct risk_page *p, double worth, double most)
{
    double width = most > 0 ? worth / most * 100 : 0;
    if (isnan(worth)) return;
    if (!(width >= 0.05)) {
        part_text(p, TEXT("does not change the loss", "損失は変わらない"));
        return;
    }
    buf_printf(p->out,
               "<svg viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" "
               "aria-hidden=\"true\"><rect width=\"%.1f\" height=\"4\"/></svg>",
               width);
    part_text(p, TEXT("saves ", "年間の減少額 "));
    part_money(p, worth, part_unit(p));
    part_text(p, TEXT(" a year", ""));
}

/* Cost, how far it is, and whose: what does not change while sets are tried. */
static void put_facts(const struct risk_page *p, const struct measure *m)
{
    char cost[MONEY_BYTES];
    buf_str(p->out, "<span class=\"facts\">");
    if (m->cost.unit[0]) {
        money_exact(m->cost.value, m->cost.unit, p->ex->lang, cost);
        buf_html(p->out, cost);
    } else {
        part_text(p, TEXT("no cost stated", "費用の記載なし"));
    }
    buf_str(p->out, " · ");
    part_text(p, choice_text(&measure_statuses, m->status));
    if (m->by.id) {
        buf_str(p->out, " · ");
        part_text(
            p,
            LIST_AT(p->model->m.stakeholders, struct stakeholder, m->by.index)->name);
    }
    buf_str(p->out, "</span>");
}

/* The grip is for pointers only: whoever has none has the switch. */
static void put_card(const struct risk_page *p, uint32_t i, uint32_t order, double most)
{
    const struct measure *m = part_measure(p, i);
    const char *name = text_in(m->name, p->ex->lang);
    buf_printf(p->out,
               "<div class=\"card\" role=\"listitem\" data-order=\"%u\">"
               "<label class=\"measure\"><input type=\"checkbox\" "
               "name=\"measures\" value=\"",
               order);
    buf_html(p->out, m->entry.id);
    buf_printf(p->out, "\"%s><span class=\"name\">",
               p->s->measures[i] ? " checked" : "");
    buf_html(p->out, name[0] ? name : m->entry.id);
    buf_str(p->out, "</span>");
    put_facts(p, m);
    buf_str(p->out, "<span class=\"worth\">");
    put_worth(p, worth_of(p, i), most);
    buf_str(p->out,
            "</span></label><span class=\"grip\" aria-hidden=\"true\"></span></div>\n");
}

/* Cards are in the order of how far measures are, then in that of the model. */
static const struct standing {
    enum measure_status from, to;
} standings[] = {
    {STATUS_IMPLEMENTED, STATUS_VERIFIED},
    {STATUS_DECIDED,     STATUS_DECIDED },
    {STATUS_PROPOSED,    STATUS_PROPOSED},
};

static void put_standing(const struct risk_page *p, const struct standing *of,
                         int is_in, uint32_t *order)
{
    double most = most_worth(p);
    for (uint32_t i = 0; i < p->model->m.measures.n; i++) {
        uint8_t status = part_measure(p, i)->status;
        if (status < of->from || status > of->to) continue;
        ++*order;
        if (!p->s->measures[i] == !is_in) put_card(p, i, *order, most);
    }
}

static uint32_t count_in(const struct risk_page *p, int is_in)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->model->m.measures.n; i++)
        n += !p->s->measures[i] == !is_in;
    return n;
}

/* The measures of the set, and the others: a card that is dragged from one group to the
 * other is switched, and one that is switched moves there. */
static const struct side {
    int is_in;
    const char *id;
    struct text title, empty;
} sides[] = {
    {1,
     "in",  {{"In the plan", "計画に入れる対策"}},
     {{"No measure. Switch one on below, or drag it here by its grip.",
       "対策なし。下のスイッチを入れるか、つまみでここへ移すと入る。"}}            },
    {0,
     "out", {{"Left out", "外した対策"}},
     {{"Nothing is left out. Switch a measure off above, or drag it here by its grip.",
       "外した対策はない。上のスイッチを切るか、つまみでここへ移すと外れる。"}}},
};

static void put_zone(const struct risk_page *p, const struct side *z)
{
    uint32_t order = 0;
    buf_printf(p->out,
               "<div class=\"zone\" role=\"group\" aria-labelledby=\"zone-%s\" "
               "data-zone=\"%s\"><h3 id=\"zone-%s\">",
               z->id, z->id, z->id);
    part_text(p, z->title);
    buf_printf(p->out,
               " <span class=\"soft count\">%u</span></h3>\n"
               "<div class=\"cards\" role=\"list\">\n",
               count_in(p, z->is_in));
    for (size_t i = 0; i < sizeof standings / sizeof *standings; i++)
        put_standing(p, &standings[i], z->is_in, &order);
    buf_str(p->out, "</div>\n<p class=\"empty soft\">");
    part_text(p, z->empty);
    buf_str(p->out, "</p></div>\n");
}

static void put_presets(const struct risk_page *p)
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
        part_href(p, presets[i].words, "");
        buf_str(p->out, "\">");
        part_text(p, presets[i].name);
        buf_str(p->out, "</a>");
    }
    buf_str(p->out, "</p>\n");
}

void risk_put_cards(const struct risk_page *p)
{
    buf_printf(p->out,
               "<form class=\"measures\" id=\"choice\" method=\"get\" "
               "action=\"/systems/%s/risk\">\n<h2>",
               p->slug);
    part_text(p, TEXT("Measures", "対策"));
    buf_str(p->out, "</h2>\n");
    put_presets(p);
    if (p->ex->is_lang_asked)
        buf_printf(p->out, "<input type=\"hidden\" name=\"lang\" value=\"%s\">",
                   p->ex->lang == LANG_JA ? "ja" : "en");
    buf_str(p->out, "<input type=\"hidden\" name=\"measures\" value=\"none\">\n");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        put_zone(p, &sides[i]);
    buf_str(p->out, "<button type=\"submit\" class=\"show\">");
    part_text(p, TEXT("Show what they do", "効果を表示"));
    buf_str(p->out, "</button></form>\n");
}
