// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The requirements that follow, by viewpoint and target, with filters; and adopting
 * many at once, with example measures for them: they are put into the model's text in
 * place, which is saved as a new version.
 */
#include <stdlib.h>
#include <string.h>

#include "page/report.h"
#include "web/change.h"

/* What the address asks for. */
struct wanted {
    int64_t viewpoint;
    const char *target, *state, *threat;
};

static struct wanted read_wanted(struct exchange *ex)
{
    const char *v = web_query(ex, "viewpoint");
    return (struct wanted){v ? request_number(v) : 0, web_query(ex, "target"),
                           web_query(ex, "state"), web_query(ex, "threat")};
}

static const struct requirement *requirement(const struct seen *s,
                                             const struct requirement_result *r)
{
    return LIST_AT(s->c->requirements, struct requirement, r->requirement);
}

static const char *state_of(const struct requirement_result *r)
{
    return r->adopted               ? "adopted"
           : requirement_is_open(r) ? "open"
           : r->excluded            ? "excluded"
                                    : "settled";
}

static int is_or_empty(const char *wanted, const char *is)
{
    return wanted == NULL || *wanted == '\0' || strcmp(wanted, is) == 0;
}

static int answers_threat(const struct seen *s, const struct requirement_result *r,
                          const char *threat)
{
    if (threat == NULL || *threat == '\0') return 1;
    for (uint32_t i = 0; i < r->threats.n; i++) {
        uint32_t class = *LIST_AT(r->threats, uint32_t, i);
        const struct threat_class *t =
            LIST_AT(s->c->threats, struct threat_class, class);
        if (strcmp(t->entry.id, threat) == 0) return 1;
    }
    return 0;
}

static int is_wanted(const struct seen *s, const struct wanted *w,
                     const struct requirement_result *r)
{
    const struct requirement *q = requirement(s, r);
    if (w->viewpoint > 0 && q->viewpoint != w->viewpoint) return 0;
    return is_or_empty(w->target, choice_name(&requirement_targets, q->target)) &&
           is_or_empty(w->state, state_of(r)) && answers_threat(s, r, w->threat);
}

/* ---- filter --------------------------------------------------------------------- */

static void put_viewpoints(struct exchange *ex, const struct wanted *w)
{
    const char *chosen = w->viewpoint > 0
                             ? arena_printf(&ex->arena, "%lld", (long long)w->viewpoint)
                             : "";
    put(ex, "<label>%t<select name=\"viewpoint\">", TEXT("Viewpoint", "観点"));
    put_option(ex, "", chosen, TEXT("all", "すべて"));
    for (int v = 1; v <= N_VIEWPOINTS; v++)
        put_option(ex, arena_printf(&ex->arena, "%d", v), chosen, report_viewpoint(v));
    put(ex, "</select></label>\n");
}

static void put_states(struct exchange *ex, const struct wanted *w)
{
    const char *chosen = w->state ? w->state : "";
    put(ex, "<label>%t<select name=\"state\">", TEXT("State", "状態"));
    put_option(ex, "", chosen, TEXT("all", "すべて"));
    put_option(ex, "open", chosen, TEXT("open", "未採用"));
    put_option(ex, "adopted", chosen, TEXT("adopted", "採用済み"));
    put_option(ex, "excluded", chosen, TEXT("excluded", "除外"));
    put_option(ex, "settled", chosen, TEXT("settled by a decision", "意思決定済み"));
    put(ex, "</select></label>\n");
}

static void put_filter(struct exchange *ex, const struct seen *s,
                       const struct wanted *w)
{
    const char *chosen = w->threat ? w->threat : "";
    put(ex,
        "<form method=\"get\" action=\"/systems/%m/requirements\" "
        "class=\"filter\">\n",
        s->slug);
    put_viewpoints(ex, w);
    put_select_set(ex, "target", TEXT("Aimed at", "対象"), TEXT("all", "すべて"),
                   &requirement_targets, w->target);
    put_states(ex, w);
    put(ex, "<label>%t<select name=\"threat\">", TEXT("Against", "対する脅威"));
    put_option(ex, "", chosen, TEXT("all", "すべて"));
    for (uint32_t i = 0; i < s->c->threats.n; i++) {
        const struct threat_class *t = LIST_AT(s->c->threats, struct threat_class, i);
        put_option(ex, t->entry.id, chosen, t->name);
    }
    put(ex, "</select></label>\n");
    put_lang_field(ex);
    put(ex, "<button type=\"submit\">%t</button></form>\n", TEXT("Filter", "絞り込む"));
}

/* ---- the table ------------------------------------------------------------------ */

static void put_state(struct exchange *ex, const struct requirement_result *r)
{
    if (r->adopted)
        put_badge(ex, "", TEXT("adopted", "採用済み"));
    else if (requirement_is_open(r))
        put_badge(ex, "open", TEXT("open", "未採用"));
    else
        put_badge(ex, "info",
                  r->excluded ? TEXT("excluded", "除外")
                              : TEXT("settled", "意思決定済み"));
}

static void put_why(struct exchange *ex, const struct requirement_result *r)
{
    put(ex, "<details><summary>%t</summary><ul>", TEXT("Why", "理由"));
    for (uint32_t i = 0; i < r->why.n; i++)
        put(ex, "<li>%t</li>", LIST_AT(r->why, struct reason, i)->text);
    put(ex, "</ul></details>");
}

static void put_measures(struct exchange *ex, const struct seen *s,
                         const struct requirement_result *r)
{
    for (uint32_t i = 0; i < r->measures.n; i++) {
        const struct measure *m =
            LIST_AT(s->m->measures, struct measure, *LIST_AT(r->measures, uint32_t, i));
        put(ex,
            "<div><a href=\"/systems/%m/measures%l#%m\">%t</a> <span "
            "class=\"soft\">%t</span></div>",
            s->slug, m->entry.id, seen_name(m->name, m->entry.id),
            choice_text(&measure_statuses, m->status ? m->status : STATUS_PROPOSED));
    }
}

/* Example measures of the catalog that can be chosen with it. */
static void put_proposals(struct exchange *ex, const struct seen *s,
                          const struct requirement_result *r)
{
    if (r->proposals.n == 0) return;
    put(ex, "<details><summary>%t (%d)</summary>", TEXT("Example measures", "対策例"),
        (int)r->proposals.n);
    for (uint32_t i = 0; i < r->proposals.n; i++) {
        const struct example *e = LIST_AT(s->c->examples, struct example,
                                          *LIST_AT(r->proposals, uint32_t, i));
        put(ex,
            "<label class=\"check\"><input type=\"checkbox\" name=\"example\" "
            "value=\"%m\">%t</label><br>\n",
            e->entry.id, seen_name(e->name, e->entry.id));
    }
    put(ex, "</details>");
}

static void put_requirement(struct exchange *ex, const struct seen *s,
                            const struct requirement_result *r)
{
    const struct requirement *q = requirement(s, r);
    put(ex, "<tr id=\"%m\"><td>", q->entry.id);
    if (!r->adopted)
        put(ex,
            "<input type=\"checkbox\" name=\"adopt\" value=\"%m\" "
            "aria-label=\"%t: %t\">",
            q->entry.id, TEXT("adopt", "採用"), q->name);
    put(ex, "</td><th scope=\"row\"><a href=\"/catalog/%m%l\">%t</a>", q->entry.id,
        seen_name(q->name, q->entry.id));
    put_why(ex, r);
    put(ex, "</th><td>");
    put_state(ex, r);
    put(ex, "</td><td>");
    put_measures(ex, s, r);
    put_proposals(ex, s, r);
    put(ex, "</td></tr>\n");
}

/* Those of one viewpoint and target; returns how many. */
static unsigned put_group(struct exchange *ex, const struct seen *s,
                          const struct wanted *w, int viewpoint, int target)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < s->a->requirements.n; i++) {
        const struct requirement_result *r =
            LIST_AT(s->a->requirements, struct requirement_result, i);
        const struct requirement *q = requirement(s, r);
        if (q->viewpoint != viewpoint || q->target != target || !is_wanted(s, w, r))
            continue;
        if (n++ == 0)
            put(ex,
                "<tr class=\"group\"><th colspan=\"4\" scope=\"rowgroup\">%t · %t"
                "</th></tr>\n",
                report_viewpoint(viewpoint), choice_text(&requirement_targets, target));
        put_requirement(ex, s, r);
    }
    return n;
}

static void put_table(struct exchange *ex, const struct seen *s, const struct wanted *w)
{
    static const struct text heads[] = {
        {{"Adopt", "採用"}},
        {{"Requirement", "対策要件"}},
        {{"State", "状態"}},
        {{"Measures", "対策"}},
    };
    unsigned n = 0;
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (int v = 1; v <= N_VIEWPOINTS; v++)
        for (int t = TARGET_ORGANIZATION; t <= TARGET_SYSTEM; t++)
            n += put_group(ex, s, w, v, t);
    put(ex, "</tbody></table></div>\n");
    if (n == 0)
        put(ex, "<p>%t</p>\n",
            TEXT("No requirement is like that.", "条件に合う対策要件はない。"));
}

/* The places that measures can be put on: components, flows, zones, as model and graph
 * have them. */
static uint32_t count_places(const struct seen *s)
{
    return s->m->components.n + s->m->flows.n + s->m->zones.n;
}

/* The identifier of a place; its asset goes to `asset`. */
static const char *place_at(const struct seen *s, uint32_t i, uint32_t *asset)
{
    const struct graph *g = s->a->graph;
    uint32_t n = s->m->components.n;
    if (i < n) {
        *asset = g->asset_of_component[i];
        return LIST_AT(s->m->components, struct component, i)->entry.id;
    }
    i -= n;
    n = s->m->flows.n;
    if (i < n) {
        *asset = g->asset_of_flow[i];
        return LIST_AT(s->m->flows, struct flow, i)->entry.id;
    }
    *asset = g->asset_of_zone[i - n];
    return LIST_AT(s->m->zones, struct zone, i - n)->entry.id;
}

static void put_places(struct exchange *ex, const struct seen *s)
{
    uint32_t asset;
    put(ex, "<label>%t<select name=\"on\" multiple size=\"6\">",
        TEXT("Measures act on", "対策の適用箇所"));
    for (uint32_t i = 0; i < count_places(s); i++) {
        const char *id = place_at(s, i, &asset);
        put_option(ex, id, NULL, seen_asset_name(ex, s, asset));
    }
    put(ex, "</select></label>\n");
}

static void put_adoption_fields(struct exchange *ex, const struct seen *s)
{
    put(ex,
        "<fieldset><legend>%t</legend><p class=\"soft\">%t</p><div class=\"row\">"
        "<label>%t<select name=\"by\">",
        TEXT("Adopt what is ticked", "選択した要件を採用"),
        TEXT(
            "Requirements are written into the model as adoptions, example measures as "
            "measures; comments and the rest of the text stay.",
            "要件は採用として、対策例は対策としてモデルに書き加える。コメント等、"
            "他の部分はそのまま残る。"),
        TEXT("By", "実施主体"));
    seen_stakeholder_options(ex, s, s->m->applicant.id);
    put(ex, "</select></label><label>%t<select name=\"status\">",
        TEXT("Measures are", "対策の状況"));
    put_option(ex, "proposed", "decided",
               choice_text(&measure_statuses, STATUS_PROPOSED));
    put_option(ex, "decided", "decided",
               choice_text(&measure_statuses, STATUS_DECIDED));
    put(ex, "</select></label>");
    put_places(ex, s);
    put(ex,
        "<label>%t<input name=\"because\" maxlength=\"300\"></label>"
        "</div><button type=\"submit\">%t</button></fieldset>\n",
        TEXT("Because", "理由"), TEXT("Adopt", "採用する"));
}

void web_get_requirements(struct exchange *ex)
{
    struct seen s;
    struct wanted w = read_wanted(ex);
    if (seen_open(ex, &s) != 0) return;
    seen_begin(ex, &s, "/requirements", TEXT("requirements", "対策要件"));
    put_filter(ex, &s, &w);
    put(ex,
        "<form method=\"post\" action=\"/systems/%m/requirements%f\">"
        "<input type=\"hidden\" name=\"base\" value=\"%n\">\n",
        s.slug, s.version.number);
    put_table(ex, &s, &w);
    put_adoption_fields(ex, &s);
    put(ex, "</form>\n");
    frame_end(ex);
    seen_close(&s);
}

/* ---- adopting ------------------------------------------------------------------- */

struct draft {
    struct change change;
    const struct seen *s;
    const struct request_form *form;
};

static const char *field(const struct draft *d, const char *name)
{
    const char *value = request_field(d->form, name);
    return value ? value : "";
}

static int is_stakeholder(const struct seen *s, const char *id)
{
    for (uint32_t i = 0; i < s->m->stakeholders.n; i++)
        if (strcmp(LIST_AT(s->m->stakeholders, struct stakeholder, i)->entry.id, id) ==
            0)
            return 1;
    return 0;
}

static void put_by(struct draft *d, struct buf *block)
{
    if (is_stakeholder(d->s, field(d, "by")))
        buf_printf(block, "by: %s\n", field(d, "by"));
}

static void adopt_requirement(struct draft *d, const char *id)
{
    struct buf block = {0};
    put_by(d, &block);
    if (!text_is_blank(field(d, "because"))) {
        buf_str(&block, "because: ");
        text_edit_word(&block, field(d, "because"));
        buf_char(&block, '\n');
    }
    change_add(&d->change, "adoptions", id, block.len ? buf_text(&block) : "{}");
    buf_fini(&block);
}

/* Both languages of a name, on one line. */
static void put_name(struct buf *block, struct text name)
{
    buf_str(block, "name: {en: ");
    text_edit_word(block, text_in(name, LANG_EN));
    buf_str(block, ", ja: ");
    text_edit_word(block, text_in(name, LANG_JA));
    buf_str(block, "}\n");
}

static int is_place(const struct seen *s, const char *id)
{
    uint32_t asset;
    for (uint32_t i = 0; i < count_places(s); i++)
        if (strcmp(place_at(s, i, &asset), id) == 0) return 1;
    return 0;
}

/* The places that were chosen; other names are passed over. */
static void put_on(struct draft *d, struct buf *block)
{
    unsigned n = 0;
    for (size_t i = 0; i < d->form->n; i++) {
        const struct request_field *f = &d->form->fields[i];
        if (strcmp(f->name, "on") != 0 || !is_place(d->s, f->value)) continue;
        buf_printf(block, "%s%s", n++ ? ", " : "on: [", f->value);
    }
    if (n) buf_str(block, "]\n");
}

static void adopt_example(struct draft *d, const struct example *e)
{
    struct buf block = {0};
    const char *status =
        strcmp(field(d, "status"), "decided") == 0 ? "decided" : "proposed";
    put_name(&block, e->name);
    buf_printf(&block, "requirement: %s\nexample: %s\n", e->requirement.id,
               e->entry.id);
    put_on(d, &block);
    put_by(d, &block);
    buf_printf(&block, "status: %s\n", status);
    change_add(&d->change, "measures", e->entry.id, buf_text(&block));
    buf_fini(&block);
}

/* What is asked for and in the catalog; other names are passed over. */
static void adopt(struct draft *d, const struct request_field *f)
{
    const struct list *requirements = &d->s->c->requirements;
    const struct list *examples = &d->s->c->examples;
    for (uint32_t i = 0; strcmp(f->name, "adopt") == 0 && i < requirements->n; i++)
        if (strcmp(LIST_AT(*requirements, struct requirement, i)->entry.id, f->value) ==
            0)
            adopt_requirement(d, f->value);
    for (uint32_t i = 0; strcmp(f->name, "example") == 0 && i < examples->n; i++)
        if (strcmp(LIST_AT(*examples, struct example, i)->entry.id, f->value) == 0)
            adopt_example(d, LIST_AT(*examples, struct example, i));
}

void web_post_requirements(struct exchange *ex)
{
    struct seen s;
    const struct request_form *form = seen_form(ex);
    if (form == NULL || change_open(ex, change_base(form), &s) != 0) return;
    struct draft d = {change_begin(ex, &s), &s, form};
    for (size_t i = 0; i < form->n; i++)
        adopt(&d, &form->fields[i]);
    const char *why =
        arena_printf(&ex->arena, "%s: %zu", text_in(TEXT("adopted", "採用"), ex->lang),
                     d.change.deeds.n);
    change_finish(&d.change, why, "/requirements");
    change_fini(&d.change);
    seen_close(&s);
}
