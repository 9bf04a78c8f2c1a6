// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Whom the system concerns, and what the levels of the map mean for them. */
#include "web/seen.h"

/* The criterion of the model, or where it says nothing that of the catalog. */
static const struct criterion *criterion(const struct criterion *own,
                                         const struct criterion *usual)
{
    return text_empty(own->meaning) && text_empty(own->injury) && !own->below.unit[0]
               ? usual
               : own;
}

static void put_criterion(struct exchange *ex, const struct criterion *own,
                          const struct criterion *usual, struct text level)
{
    const struct criterion *c = criterion(own, usual);
    put(ex, "<tr><th scope=\"row\">%t</th><td>%t", level, c->meaning);
    if (!text_empty(c->injury)) put(ex, "<div class=\"soft\">%t</div>", c->injury);
    put(ex, "</td><td>");
    if (c->below.unit[0]) put(ex, "%t ", TEXT("below", "未満:"));
    put_amount(ex, &c->below);
    put(ex, "</td><td>");
    put_badge(ex, c == own ? "" : "info",
              c == own ? TEXT("this model", "このモデル")
                       : TEXT("catalog", "カタログ"));
    put(ex, "</td></tr>\n");
}

static void put_axis(struct exchange *ex, const struct criterion *own,
                     const struct criterion *usual, struct text (*level)(int),
                     struct text title)
{
    static const struct text heads[] = {
        {{"Level", "水準"}},
        {{"Meaning", "意味"}},
        {{"Amount", "金額"}},
        {{"From", "出所"}},
    };
    put(ex, "<h2>%t</h2>\n", title);
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (int i = LEVEL_LIMITED; i <= LEVEL_WORST; i++)
        put_criterion(ex, &own[i], &usual[i], level(i));
    put(ex, "</tbody></table></div>\n");
}

static void put_roles(struct exchange *ex, uint32_t bits)
{
    int n = 0;
    for (size_t i = 0; i < roles.n; i++)
        if (bits >> roles.items[i].value & 1)
            put(ex, "%t%t", n++ ? TEXT(", ", "、") : TEXT("", ""), roles.items[i].text);
}

static void put_stakeholder(struct exchange *ex, const struct seen *s,
                            const struct map_row *row)
{
    const struct stakeholder *who =
        LIST_AT(s->m->stakeholders, struct stakeholder, row->stakeholder);
    const struct target *t = &who->target;
    put(ex, "<tr id=\"%m\"><th scope=\"row\">%t<div class=\"soft\">", who->entry.id,
        seen_name(who->name, who->entry.id));
    put_roles(ex, who->roles);
    put(ex, "</div></th><td>");
    if (t->is_set == TRI_YES)
        put_position_of(ex, (struct position){t->recovery, t->economic});
    else
        put_badge(ex, "open", TEXT("no target", "目標なし"));
    put(ex, "</td><td>");
    put_position_of(ex, row->now);
    put(ex, "</td><td>");
    put_position_of(ex, row->planned);
    put(ex, "</td><td>");
    if (row->has_target && !row->excluded)
        put_badge(ex, row->within_target ? "" : "open",
                  row->within_target ? TEXT("within", "目標内")
                                     : TEXT("above target", "目標超過"));
    put(ex, "</td></tr>\n");
}

static void put_stakeholders(struct exchange *ex, const struct seen *s)
{
    static const struct text heads[] = {
        {{"Stakeholder", "ステークホルダー"}},
        {{"Target", "目標"}},
        {{"Position now", "現在の位置"}},
        {{"After decided measures", "決定済み対策後"}},
        {{"State", "状態"}},
    };
    put(ex, "<h2>%t</h2>\n",
        TEXT("Stakeholders and targets", "ステークホルダーと目標"));
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (uint32_t i = 0; i < s->a->map.n; i++) {
        const struct map_row *row = LIST_AT(s->a->map, struct map_row, i);
        if (row->form == NULL) put_stakeholder(ex, s, row);
    }
    put(ex, "</tbody></table></div>\n");
}

static void put_relations(struct exchange *ex, const struct seen *s)
{
    if (s->m->relations.n == 0) return;
    put(ex, "<h2>%t</h2>\n<ul class=\"plain\">\n", TEXT("Relations", "関係"));
    for (uint32_t i = 0; i < s->m->relations.n; i++) {
        const struct relation *r = LIST_AT(s->m->relations, struct relation, i);
        put(ex, "<li>%t → %t: %t", seen_stakeholder(s, &r->from),
            seen_stakeholder(s, &r->to), choice_text(&relation_kinds, r->kind));
        if (!text_empty(r->description))
            put(ex, "<div class=\"soft\">%t</div>", r->description);
        put(ex, "</li>\n");
    }
    put(ex, "</ul>\n");
}

void web_get_criteria(struct exchange *ex)
{
    struct seen s;
    if (seen_open(ex, &s) != 0) return;
    seen_begin(ex, &s, "/criteria", TEXT("criteria", "基準"));
    put_stakeholders(ex, &s);
    put_relations(ex, &s);
    put_axis(ex, s.m->criteria.recovery, s.c->criteria.recovery, recovery_text,
             TEXT("Axis 1: difficulty of recovery", "第1軸: 回復困難性の度合い"));
    put_axis(ex, s.m->criteria.economic, s.c->criteria.economic, economic_text,
             TEXT("Axis 2: economic impact", "第2軸: 経済的影響の度合い"));
    frame_end(ex);
    seen_close(&s);
}
