// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What a set of measures comes to: the sums that stay in sight, what does not go
 * together, and who bears what; see risk_parts.h. */
#include "web/risk_parts.h"

#include <math.h>

#include "web/frame.h"

/* ---- sums ----------------------------------------------------------------------- */
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

static void open_tile(const struct risk_page *p, const char *id, struct text title)
{
    buf_printf(p->out, "<div class=\"tile\" id=\"tile-%s\"><dt>", id);
    part_text(p, title);
    buf_str(p->out, "</dt><dd>");
}

static void close_tile(const struct risk_page *p)
{
    buf_str(p->out, "</dd></div>\n");
}

static void put_was(const struct risk_page *p)
{
    buf_str(p->out, "<span class=\"was\">");
    part_text(p, TEXT("now ", "現状 "));
}

static void put_cost_tile(const struct risk_page *p)
{
    uint32_t n_costless = 0;
    const struct plan_case *c = p->desk->plan_case;
    if (p->desk->plan == NULL || c->currency[0] == '\0') return;
    for (uint32_t i = 0; i < c->n_costless; i++)
        n_costless += p->s->measures[c->costless[i]];
    open_tile(p, "cost", TEXT("Cost beside what is in place", "追加費用"));
    part_money(p, p->s->set.cost, c->currency);
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

static void put_left_tile(const struct risk_page *p)
{
    if (p->desk->plan == NULL) return;
    open_tile(p, "left", TEXT("Risk left above target", "目標水準を超えて残るリスク"));
    buf_printf(p->out, "<data value=\"%u\">%u</data>", p->s->set.left, p->s->set.left);
    put_was(p);
    buf_printf(p->out, "%u</span>", p->s->now.left);
    close_tile(p);
}

static void put_loss_tile(const struct risk_page *p)
{
    if (part_unit(p)[0] == '\0') return;
    open_tile(p, "loss",
              TEXT("Expected loss a year, of all", "年間期待損失額(全員の合計)"));
    part_money(p, loss_of_all(p->s->after.risk), part_unit(p));
    put_was(p);
    part_money(p, loss_of_all(p->s->before), part_unit(p));
    buf_str(p->out, "</span>");
    close_tile(p);
}

void risk_put_tiles(const struct risk_page *p)
{
    buf_str(p->out, "<dl class=\"tiles\" id=\"tiles\" data-part>\n");
    put_cost_tile(p);
    put_left_tile(p);
    put_loss_tile(p);
    open_tile(p, "serious",
              TEXT("Serious or fatal damage", "重大又は致命的なダメージ"));
    part_rate(p, most_serious(p->s->after.risk));
    put_was(p);
    part_rate(p, most_serious(p->s->before));
    buf_str(p->out, "</span>");
    close_tile(p);
    buf_str(p->out, "</dl>\n");
}

static void put_warning(const struct risk_page *p, const struct buf *pairs,
                        struct text what)
{
    if (pairs->len == 0) return;
    buf_str(p->out, "<p>");
    part_text(p, what);
    buf_html(p->out, buf_text(pairs));
    buf_str(p->out, "</p>\n");
}

/* One line whatever there is to warn of, so that nothing moves when that changes; what
 * it is about opens over the page. */
void risk_put_warnings(const struct risk_page *p)
{
    buf_str(p->out, "<div id=\"warnings\" data-part>");
    if (p->s->clash.len == 0 && p->s->lack.len == 0) {
        frame_element(p->ex, "p",
                      TEXT("Nothing in this set excludes or lacks another measure.",
                           "この組合せに、両立しない対策や前提を欠く対策は無い。"));
    } else {
        buf_str(p->out, "<details id=\"unfit\"><summary>");
        part_text(p, TEXT("Not all measures of this set go together",
                          "両立しない対策、又は前提を欠く対策がある"));
        buf_str(p->out, "</summary><div>");
        put_warning(
            p, &p->s->clash,
            TEXT("These exclude each other, so the result is better than any of "
                 "them can be: ",
                 "両立しない対策が含まれるため、結果は実際より良く出る: "));
        put_warning(p, &p->s->lack,
                    TEXT("These need others (in brackets) that are not chosen: ",
                         "前提となる対策(括弧内)が選ばれていない: "));
        buf_str(p->out, "</div></details>");
    }
    buf_str(p->out, "</div>\n");
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

static void put_standing(const struct risk_page *p, const struct map_row *row)
{
    if (row == NULL || !row->has_target) return;
    buf_printf(p->out, "<span class=\"badge%s\">", row->planned_within ? "" : " open");
    part_text(p, row->planned_within ? TEXT("within target", "目標内")
                                     : TEXT("above target", "目標超過"));
    buf_str(p->out, "</span>");
}

static void put_bearer(const struct risk_page *p, uint32_t i)
{
    const struct risk_bearer *after = &p->s->after.risk->bearers[i];
    const struct risk_bearer *before = &p->s->before->bearers[i];
    const struct stakeholder *who =
        LIST_AT(p->model->m.stakeholders, struct stakeholder, after->stakeholder);
    buf_printf(p->out, "<tr data-stakeholder=\"%s\"><th scope=\"row\">", who->entry.id);
    part_text(p, who->name);
    buf_str(p->out, "</th><td>");
    put_standing(p, row_of(p->s->assessment, after->stakeholder));
    buf_str(p->out, "</td><td>");
    part_rate(p, before->serious.mean);
    buf_str(p->out, "</td><td class=\"serious\">");
    part_rate(p, after->serious.mean);
    if (part_unit(p)[0]) {
        buf_str(p->out, "</td><td class=\"number\">");
        part_money(p, before->loss.mean, part_unit(p));
        buf_str(p->out, "</td><td class=\"number loss\">");
        part_money(p, after->loss.mean, part_unit(p));
    }
    buf_str(p->out, "</td></tr>\n");
}

void risk_put_bearers(const struct risk_page *p)
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
    part_open(p, "bearers", "risk-in-numbers", title);
    part_heads(p, title, heads, part_unit(p)[0] ? 6 : 4);
    for (uint32_t i = 0; i < p->s->after.risk->n_bearers; i++)
        put_bearer(p, i);
    buf_str(p->out, "</tbody></table></div>\n");
    part_close(p);
}
