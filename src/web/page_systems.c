// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Systems side by side: two that are chosen, or all in one cell of the map; where they
 * stand, and where what is demanded of them or adopted by them differs.
 */
#include <string.h>

#include "page/report.h"
#include "web/frame.h"
#include "web/markup.h"
#include "web/portfolio.h"

enum { MOST_SIDES = 12 };

/* Those that are compared. */
struct sides {
    const struct portfolio_member *members[MOST_SIDES];
    size_t n, n_left_out;
    const char *a, *b;
    struct position cell;
    int has_cell;
};

static void add(struct sides *s, const struct portfolio_member *m)
{
    if (s->n < MOST_SIDES)
        s->members[s->n++] = m;
    else
        s->n_left_out++;
}

static struct sides choose(struct exchange *ex, const struct portfolio *p)
{
    struct sides s = {.a = web_query(ex, "a"), .b = web_query(ex, "b")};
    s.has_cell = cell_read(web_query(ex, "cell"), &s.cell);
    for (size_t i = 0; i < p->n; i++) {
        const struct portfolio_member *m = &p->members[i];
        const char *slug = m->system->slug;
        if (!m->summary.is_assessed) continue;
        if (s.has_cell
                ? is_in_cell(&m->compared, s.cell)
                : (s.a && strcmp(s.a, slug) == 0) || (s.b && strcmp(s.b, slug) == 0))
            add(&s, m);
    }
    return s;
}

static void put_select(struct exchange *ex, const struct portfolio *p, const char *name,
                       const char *chosen, struct text label)
{
    put(ex, "<label>%t<select name=\"%m\">", label, name);
    for (size_t i = 0; i < p->n; i++)
        if (p->members[i].summary.is_assessed)
            put_option(ex, p->members[i].system->slug, chosen,
                       p->members[i].summary.name);
    put(ex, "</select></label>\n");
}

static void put_form(struct exchange *ex, const struct portfolio *p,
                     const struct sides *s)
{
    put(ex, "<form method=\"get\" action=\"/compare\" class=\"filter\">\n");
    put_select(ex, p, "a", s->a, TEXT("One system", "システム1"));
    put_select(ex, p, "b", s->b, TEXT("and another", "システム2"));
    put_lang_field(ex);
    put(ex, "<button type=\"submit\">%t</button></form>\n",
        TEXT("Compare", "比較する"));
}

/* The heads of a table: what, then a system a column. */
static void put_heads(struct exchange *ex, const struct sides *s, struct text what)
{
    put(ex, "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">%t</th>",
        what);
    for (size_t i = 0; i < s->n; i++)
        put(ex, "<th scope=\"col\"><a href=\"/systems/%m%l\">%t</a></th>",
            s->members[i]->system->slug, s->members[i]->summary.name);
    put(ex, "</tr></thead>\n<tbody>\n");
}

static void put_positions(struct exchange *ex, const struct sides *s)
{
    put_heads(ex, s, TEXT("Position", "位置"));
    put(ex, "<tr><th scope=\"row\">%t</th>", TEXT("now", "現在"));
    for (size_t i = 0; i < s->n; i++) {
        put(ex, "<td>");
        put_position_of(ex, s->members[i]->summary.worst);
        put(ex, "</td>");
    }
    put(ex, "</tr>\n<tr><th scope=\"row\">%t</th>",
        TEXT("after decided measures", "決定済み対策後"));
    for (size_t i = 0; i < s->n; i++) {
        put(ex, "<td>");
        put_position_of(ex, s->members[i]->summary.planned);
        put(ex, "</td>");
    }
    put(ex, "</tr>\n</tbody></table></div>\n");
}

static void put_demand(struct exchange *ex, const struct sides *s, uint32_t v)
{
    int differs = 0;
    for (size_t i = 1; i < s->n; i++)
        differs |=
            s->members[i]->compared.demanded[v] != s->members[0]->compared.demanded[v];
    put(ex, "<tr><th scope=\"row\">%t%m", report_viewpoint((int)v), differs ? " " : "");
    if (differs) put_badge(ex, "open", TEXT("differs", "相違"));
    put(ex, "</th>");
    for (size_t i = 0; i < s->n; i++) {
        int strength = s->members[i]->compared.demanded[v];
        put(ex, "<td>%t</td>",
            strength ? choice_text(&strengths, strength) : TEXT("–", "–"));
    }
    put(ex, "</tr>\n");
}

/* A row for a requirement in which they differ; 1 if they do. */
static int put_requirement(struct exchange *ex, const struct sides *s, uint32_t k)
{
    const struct requirement *r =
        LIST_AT(ex->web->catalog->c.requirements, struct requirement, k);
    int differs = 0;
    for (size_t i = 1; i < s->n; i++)
        differs |=
            s->members[i]->compared.standing[k] != s->members[0]->compared.standing[k];
    if (!differs) return 0;
    put(ex, "<tr><th scope=\"row\"><a href=\"/catalog/%m%l\">%t</a></th>", r->entry.id,
        r->name);
    for (size_t i = 0; i < s->n; i++) {
        int standing = s->members[i]->compared.standing[k];
        put(ex, "<td><span class=\"badge %m\">%t</span></td>",
            standing == STANDING_OPEN      ? "open"
            : standing == STANDING_ADOPTED ? ""
                                           : "info",
            standing_words[standing].text);
    }
    put(ex, "</tr>\n");
    return 1;
}

static void put_differences(struct exchange *ex, const struct sides *s)
{
    int n = 0;
    put(ex, "<h2>%t</h2>\n", TEXT("Confirmation demanded", "求められる確認"));
    put_heads(ex, s, TEXT("Viewpoint", "観点"));
    for (uint32_t v = 1; v <= N_VIEWPOINTS; v++)
        put_demand(ex, s, v);
    put(ex, "</tbody></table></div>\n<h2>%t</h2>\n",
        TEXT("Requirements in which they differ", "相違のある対策要件"));
    put_heads(ex, s, TEXT("Requirement", "対策要件"));
    for (uint32_t k = 0; k < ex->web->catalog->c.requirements.n; k++)
        n += put_requirement(ex, s, k);
    put(ex, "</tbody></table></div>\n");
    if (n == 0) put(ex, "<p>%t</p>\n", TEXT("None.", "なし。"));
}

void web_get_systems_compared(struct exchange *ex)
{
    struct portfolio p;
    if (portfolio_open(ex, &p) != 0) return;
    struct sides s = choose(ex, &p);
    frame_open(ex, &(struct frame){.title = TEXT("Systems compared", "システムの比較"),
                                   .asset = "pages"});
    if (s.has_cell) {
        put(ex, "<p>%t ", TEXT("All systems in one cell:", "同じ区画のシステム:"));
        put_position_of(ex, s.cell);
        if (s.n_left_out)
            put(ex, " %t %d", TEXT("not shown:", "表示外:"), (int)s.n_left_out);
        put(ex, "</p>\n");
    }
    put_form(ex, &p, &s);
    if (s.n >= 2) {
        put_positions(ex, &s);
        put_differences(ex, &s);
    } else {
        put(ex, "<p>%t</p>\n", TEXT("Choose two systems.", "二つのシステムを選ぶ。"));
    }
    frame_end(ex);
}
