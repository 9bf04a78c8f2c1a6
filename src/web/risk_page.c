// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The page of risk: measures as cards at one side, what they come to at the other. It
 * is a form that works as it is; ui/pages/risk.ts asks for the same page with other
 * measures, and puts the parts that have an id with data-part in their places. The
 * parts are in files of their own (risk_parts.h); here they are put together.
 */
#include "page/figure_risk.h"
#include "web/frame.h"
#include "web/risk_parts.h"

static void put_map(const struct risk_page *p)
{
    struct buf svg = {0};
    struct text title = TEXT("The map, before and after", "マップ(対策の前と後)");
    if (!figure_map_after(p->s->assessment,
                          TEXT("with these measures", "この組合せの実施後"),
                          p->ex->lang, &svg))
        return;
    part_open(p, "map", "assess", title);
    part_figure(p, &svg, title);
    part_close(p);
    buf_fini(&svg);
}

static void put_adopted(const struct risk_page *p, int64_t adopted)
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

static void put_basis(const struct risk_page *p)
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
    struct risk_page p = {ex, &ex->answer.body, s, s->desk, model, ex->path.slug};
    frame_open(
        ex,
        &(struct frame){
            .title = {{arena_printf(&ex->arena, "%s: risk", text_in(name, LANG_EN)),
                       arena_printf(&ex->arena, "%s: リスク", text_in(name, LANG_JA))}},
            .slug = p.slug,
            .page = "/risk",
            .asset = "risk"});
    put_adopted(&p, adopted);
    risk_put_tiles(&p);
    risk_put_warnings(&p);
    buf_str(p.out, "<div class=\"risk\">\n");
    risk_put_cards(&p);
    buf_str(p.out, "<div class=\"result\" id=\"result\">\n");
    put_map(&p);
    part_drawn(&p, "curves", TEXT("Loss exceedance", "損失超過曲線"),
               figure_exceedance);
    risk_put_bearers(&p);
    risk_put_steps(&p);
    risk_put_plans(&p);
    risk_put_adopt(&p);
    part_drawn(&p, "likelihood", TEXT("The map with likelihood", "頻度付きマップ"),
               figure_likelihood);
    risk_put_drivers(&p);
    put_basis(&p);
    buf_str(p.out, "</div>\n</div>\n");
    frame_end(ex);
}
