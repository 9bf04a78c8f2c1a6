// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The best trades of cost against risk to pick one from, and the form that has a set
 * decided; see risk_parts.h. */
#include "web/risk_parts.h"

#include <string.h>

#include "page/figure_front.h"
#include "web/frame.h"

/* ---- plans ---------------------------------------------------------------------- */

static uint32_t count_chosen(const struct risk_page *p, const struct plan_set *set)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->model->m.measures.n; i++)
        n += set->of[i] && !p->desk->in_force[i];
    return n;
}

static void put_trade(const struct risk_page *p, size_t number)
{
    const struct plan_set *set = &p->desk->plan->front.sets[number];
    int is_here = memcmp(set->of, p->s->measures, p->model->m.measures.n) == 0;
    const char *currency = p->desk->plan_case->currency;
    buf_printf(p->out, "<tr%s><th scope=\"row\">", is_here ? " class=\"here\"" : "");
    part_money(p, set->cost, currency);
    buf_printf(p->out,
               "</th><td class=\"number\">%u</td><td class=\"number\">%u</td><td>",
               set->left, count_chosen(p, set));
    buf_printf(p->out, "<a data-set data-trade-link=\"%zu\"%s href=\"", number,
               is_here ? " aria-current=\"true\"" : "");
    part_href(p, risk_words(p->ex, p->model, set->of), "");
    buf_str(p->out, "\">");
    part_text(p, is_here ? TEXT("These are chosen", "選択中")
                         : TEXT("Choose these", "この組合せを選ぶ"));
    buf_str(p->out, "</a></td></tr>\n");
}

/* Why there is nothing to choose among, where that is for want of costs. */
static void put_costless(const struct risk_page *p, struct text title)
{
    if (p->desk->plan_case->n_costless == 0) return;
    part_open(p, "plans", "plan", title);
    buf_str(p->out, "<p>");
    part_text(p, TEXT("A plan weighs cost against risk, and leaves out measures whose "
                      "cost is not stated:",
                      "計画は費用とリスクを比べるため、費用の記載が無い対策を除く。"));
    buf_printf(p->out, " <a href=\"/systems/%s/measures%s\">", p->slug,
               frame_lang(p->ex));
    part_text(p, TEXT("state costs on the cards", "カードに費用を記入する"));
    buf_str(p->out, "</a></p>\n");
    part_close(p);
}

void risk_put_plans(const struct risk_page *p)
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
    part_open(p, "plans", "plan", title);
    part_figure(p, &svg, title);
    part_heads(p, title, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < a->front.n; i++)
        put_trade(p, i);
    buf_str(p->out, "</tbody></table></div>\n");
    part_close(p);
    buf_fini(&svg);
}

/* ---- adopting ------------------------------------------------------------------- */

static void put_changes(const struct risk_page *p, const uint8_t *of, struct text what)
{
    int n = 0;
    for (uint32_t i = 0; i < p->model->m.measures.n; i++) {
        if (!of[i]) continue;
        buf_str(p->out, n++ ? "</li><li>" : "<p>");
        if (n == 1) {
            part_text(p, what);
            buf_str(p->out, "</p><ul><li>");
        }
        part_text(p, part_measure(p, i)->name);
    }
    if (n) buf_str(p->out, "</li></ul>\n");
}

static void put_adopt_form(const struct risk_page *p)
{
    const char *words = risk_words(p->ex, p->model, p->s->measures);
    buf_printf(p->out,
               "<form method=\"post\" action=\"/systems/%s/risk%s\">"
               "<input type=\"hidden\" name=\"measures\" value=\"%s\">"
               "<input type=\"hidden\" name=\"base\" value=\"%lld\">"
               "<label for=\"why\">",
               p->slug, frame_form(p->ex), words, (long long)p->desk->number);
    part_text(p, TEXT("Reason for the decision", "決定の理由"));
    buf_str(p->out, "</label><input id=\"why\" name=\"why\" maxlength=\"300\" "
                    "autocomplete=\"off\"><button type=\"submit\">");
    part_text(p, TEXT("Adopt: decide these measures", "採用: この組合せを決定とする"));
    buf_str(p->out, "</button></form>\n");
}

void risk_put_adopt(const struct risk_page *p)
{
    uint32_t n = p->model->m.measures.n;
    uint8_t *decided = arena_alloc(&p->ex->arena, n + 1);
    uint8_t *proposed = arena_alloc(&p->ex->arena, n + 1);
    uint32_t n_changes = risk_changes(p->model, p->s->measures, decided, proposed);
    buf_str(p->out, "<section class=\"part adopt\" id=\"part-adopt\" data-part>\n<h2>");
    part_text(p, TEXT("Adopt", "採用"));
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
    part_close(p);
}
