// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Measures as a board, a part for each stakeholder, a column for each status, with
 * owner, date and evidence; below it the decisions. A card's form changes the model's
 * text in place and saves it as a new version.
 */
#include <string.h>

#include "web/change.h"

/* ---- cards ---------------------------------------------------------------------- */

static int is_address(const char *s)
{
    return strncmp(s, "https://", 8) == 0 || strncmp(s, "http://", 7) == 0;
}

static void put_evidence(struct exchange *ex, const struct list *evidence)
{
    if (evidence->n == 0) return;
    put(ex, "<ul aria-label=\"%t\">", TEXT("Evidence", "証跡"));
    for (uint32_t i = 0; i < evidence->n; i++) {
        const char *e = *LIST_AT(*evidence, const char *, i);
        if (is_address(e))
            put(ex, "<li><a href=\"%s\" rel=\"noreferrer\">%s</a></li>", e, e);
        else
            put(ex, "<li>%s</li>", e);
    }
    put(ex, "</ul>\n");
}

static void put_when(struct exchange *ex, const struct seen *s, const struct measure *m)
{
    if (m->owner) put(ex, "<p>%t %s</p>\n", TEXT("Owner:", "責任者:"), m->owner);
    if (m->due == 0) return;
    put(ex, "<p>%t ", TEXT("Due:", "期限:"));
    put_date(ex, m->due);
    if (m->due < s->a->today && m->status < STATUS_IMPLEMENTED) {
        put(ex, " ");
        put_badge(ex, "open", TEXT("overdue", "期限超過"));
    }
    put(ex, "</p>\n");
}

static const char *date_text(struct exchange *ex, int32_t d)
{
    return d == 0 ? ""
                  : arena_printf(&ex->arena, "%04d-%02d-%02d", d / 10000, d / 100 % 100,
                                 d % 100);
}

/* An amount as one writes it in a model: "9 MJPY"; "" for none. */
static const char *cost_text(struct exchange *ex, const struct money *m)
{
    static const struct {
        double times;
        const char *prefix;
    } sizes[] = {
        {1e9, "G"},
        {1e6, "M"},
        {1e3, "k"}
    };
    double value = m->value;
    const char *prefix = "";
    for (size_t i = 0; *prefix == '\0' && i < sizeof sizes / sizeof *sizes; i++) {
        if (m->value < sizes[i].times) continue;
        value = m->value / sizes[i].times;
        prefix = sizes[i].prefix;
    }
    return m->unit[0] ? arena_printf(&ex->arena, "%.12g %s%s", value, prefix, m->unit)
                      : "";
}

static void put_cost_field(struct exchange *ex, const struct measure *m)
{
    put(ex,
        "<label>%t<input name=\"cost\" maxlength=\"40\" value=\"%m\" "
        "pattern=\" *[0-9.]+ *[kMGT]?[A-Z]{3} *\"></label>",
        TEXT("Cost (such as 1.5 MJPY)", "費用(1.5 MJPY など)"),
        cost_text(ex, &m->cost));
}

static void put_form(struct exchange *ex, const struct seen *s, const struct measure *m)
{
    const char *status =
        choice_name(&measure_statuses, m->status ? m->status : STATUS_PROPOSED);
    put(ex,
        "<details><summary>%t</summary><form method=\"post\" "
        "action=\"/systems/%m/measures%f\"><input type=\"hidden\" name=\"base\" "
        "value=\"%n\"><input type=\"hidden\" name=\"measure\" value=\"%m\">",
        TEXT("Change", "変更"), s->slug, s->version.number, m->entry.id);
    put(ex, "<label>%t<select name=\"status\">", TEXT("Status", "状況"));
    for (size_t i = 0; i < measure_statuses.n; i++)
        put_option(ex, measure_statuses.items[i].name, status,
                   measure_statuses.items[i].text);
    put(ex,
        "</select></label><label>%t<input name=\"owner\" maxlength=\"200\" "
        "value=\"%s\"></label><label>%t<input type=\"date\" name=\"due\" "
        "value=\"%m\"></label>",
        TEXT("Owner", "責任者"), m->owner, TEXT("Due", "期限"), date_text(ex, m->due));
    put_cost_field(ex, m);
    put(ex,
        "<label>%t<input name=\"evidence\" "
        "maxlength=\"500\"></label><label>%t<input name=\"why\" "
        "maxlength=\"300\"></label><button type=\"submit\">%t</button></form>"
        "</details>\n",
        TEXT("Evidence to add (address or file)", "追加する証跡(URL又は文書名)"),
        TEXT("Reason for the change", "変更の理由"), TEXT("Save", "保存"));
}

static void put_card(struct exchange *ex, const struct seen *s, const struct measure *m)
{
    put(ex, "<article class=\"card\" id=\"%m\"><strong>%t</strong>\n<p>", m->entry.id,
        seen_name(m->name, m->entry.id));
    if (m->requirement.index != REF_NONE)
        seen_requirement_link(ex, s, m->requirement.index);
    put(ex, "</p>\n");
    if (m->on.n) {
        put(ex, "<p class=\"soft\">%t ", TEXT("On:", "適用箇所:"));
        seen_places(ex, s, &m->on);
        put(ex, "</p>\n");
    }
    if (m->cost.unit[0]) {
        put(ex, "<p class=\"soft\">");
        put_amount(ex, &m->cost);
        put(ex, "</p>\n");
    }
    put_when(ex, s, m);
    put_evidence(ex, &m->evidence);
    put_form(ex, s, m);
    put(ex, "</article>\n");
}

/* ---- the board ------------------------------------------------------------------ */

static int status_of(const struct measure *m)
{
    return m->status ? m->status : STATUS_PROPOSED;
}

static void put_column(struct exchange *ex, const struct seen *s, uint32_t by,
                       int status)
{
    unsigned n = 0;
    put(ex, "<div><h3>%t</h3>\n", choice_text(&measure_statuses, status));
    for (uint32_t i = 0; i < s->m->measures.n; i++) {
        const struct measure *m = LIST_AT(s->m->measures, struct measure, i);
        if (m->by.index != by || status_of(m) != status) continue;
        put_card(ex, s, m);
        n++;
    }
    if (n == 0) put(ex, "<p class=\"soft\">–</p>");
    put(ex, "</div>\n");
}

static unsigned count_of(const struct seen *s, uint32_t by)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < s->m->measures.n; i++)
        n += LIST_AT(s->m->measures, struct measure, i)->by.index == by;
    return n;
}

static void put_board(struct exchange *ex, const struct seen *s, uint32_t by)
{
    const struct stakeholder *who = LIST_AT(s->m->stakeholders, struct stakeholder, by);
    int is_own = s->m->applicant.index == by;
    if (count_of(s, by) == 0) return;
    put(ex,
        "<h2>%t %t</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
        "aria-label=\"%t\"><div class=\"board\">\n",
        seen_name(who->name, who->entry.id),
        is_own ? TEXT("", "") : TEXT("(asked of them)", "(実施を要請)"),
        seen_name(who->name, who->entry.id));
    for (int status = STATUS_PROPOSED; status <= STATUS_VERIFIED; status++)
        put_column(ex, s, by, status);
    put(ex, "</div></div>\n");
}

/* ---- decisions ------------------------------------------------------------------ */

static void put_decision(struct exchange *ex, const struct seen *s,
                         const struct decision_result *r)
{
    const struct decision *d = LIST_AT(s->m->decisions, struct decision, r->decision);
    put(ex, "<tr id=\"%m\"><th scope=\"row\">%s</th><td>%t</td><td>%t", d->entry.id,
        d->subject, choice_text(&treatments, d->treatment), d->reason);
    put_evidence(ex, &d->evidence);
    put(ex, "</td><td>%s</td><td>", d->owner);
    put_date(ex, d->date);
    put(ex, "</td><td>");
    put_date(ex, d->review_by);
    if (r->overdue) put_badge(ex, "open", TEXT("overdue", "期限超過"));
    if (r->state == SUBJECT_ORPHANED)
        put_badge(ex, "open", TEXT("lost its subject", "対象なし"));
    put(ex, "</td></tr>\n");
}

static void put_decisions(struct exchange *ex, const struct seen *s)
{
    static const struct text heads[] = {
        {{"On", "対象"}},      {{"Treatment", "対応"}}, {{"Reason", "理由"}},
        {{"Owner", "責任者"}}, {{"Date", "決定日"}},    {{"Review by", "見直し期限"}},
    };
    put(ex, "<h2>%t</h2>\n", TEXT("Decisions", "意思決定"));
    if (s->m->decisions.n == 0) {
        put(ex, "<p>%t</p>\n", TEXT("Nothing is decided yet.", "意思決定はまだない。"));
        return;
    }
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (uint32_t i = 0; i < s->a->decisions.n; i++) {
        const struct decision_result *r =
            LIST_AT(s->a->decisions, struct decision_result, i);
        if (!r->is_exclusion) put_decision(ex, s, r);
    }
    put(ex, "</tbody></table></div>\n");
}

void web_get_measures(struct exchange *ex)
{
    struct seen s;
    if (seen_open(ex, &s) != 0) return;
    seen_begin(ex, &s, "/measures", TEXT("measures and decisions", "対策と意思決定"));
    if (s.m->measures.n == 0)
        put(ex, "<p>%t <a href=\"/systems/%m/requirements%l\">%t</a></p>\n",
            TEXT("There is no measure yet.", "対策はまだない。"), s.slug,
            TEXT("Adopt requirements with example measures", "要件と対策例を採用する"));
    for (uint32_t i = 0; i < s.m->stakeholders.n; i++)
        put_board(ex, &s, i);
    put_decisions(ex, &s);
    put_decision_form(ex, &s);
    frame_end(ex);
    seen_close(&s);
}

/* ---- changing one --------------------------------------------------------------- */

/* What is changed of one measure. */
struct draft {
    struct change change;
    const struct measure *measure;
};

/* Puts a key in, or takes it out where the value is NULL. */
static void edit(struct draft *d, const char *key, const char *value)
{
    const char *path =
        arena_printf(&d->change.ex->arena, "measures/%s/%s", d->measure->entry.id, key);
    if (value)
        change_set(&d->change, path, value);
    else
        change_drop(&d->change, path);
}

static const char *word(struct exchange *ex, const char *s)
{
    struct buf out = {0};
    text_edit_word(&out, s);
    const char *copy = arena_str(&ex->arena, buf_text(&out));
    buf_fini(&out);
    return copy;
}

/* A key whose value the form states: "" takes it out. */
static void edit_field(struct draft *d, const char *key, const char *value,
                       const char *was)
{
    if (value == NULL || strcmp(value, was ? was : "") == 0) return;
    edit(d, key, text_is_blank(value) ? NULL : word(d->change.ex, value));
}

/* All that there is, and one more. */
static void edit_evidence(struct draft *d, const char *more)
{
    struct buf list = {0};
    if (more == NULL || text_is_blank(more)) return;
    buf_char(&list, '[');
    for (uint32_t i = 0; i < d->measure->evidence.n; i++) {
        text_edit_word(&list, *LIST_AT(d->measure->evidence, const char *, i));
        buf_str(&list, ", ");
    }
    text_edit_word(&list, more);
    buf_char(&list, ']');
    edit(d, "evidence", buf_text(&list));
    buf_fini(&list);
}

static void edit_all(struct draft *d, const struct request_form *form)
{
    const struct measure *m = d->measure;
    const char *status = request_field(form, "status");
    const char *due = request_field(form, "due");
    if (status && choice_value(&measure_statuses, status) > 0)
        edit_field(d, "status", status, choice_name(&measure_statuses, m->status));
    edit_field(d, "owner", request_field(form, "owner"), m->owner);
    if (due && (*due == '\0' || date_parse(due)))
        edit_field(d, "due", due, date_text(d->change.ex, m->due));
    edit_field(d, "cost", request_field(form, "cost"),
               cost_text(d->change.ex, &m->cost));
    edit_evidence(d, request_field(form, "evidence"));
}

static const struct measure *find_measure(const struct seen *s, const char *id)
{
    for (uint32_t i = 0; id && i < s->m->measures.n; i++) {
        const struct measure *m = LIST_AT(s->m->measures, struct measure, i);
        if (strcmp(m->entry.id, id) == 0) return m;
    }
    return NULL;
}

void web_post_measures(struct exchange *ex)
{
    struct seen s;
    const struct request_form *form = seen_form(ex);
    if (form == NULL || change_open(ex, change_base(form), &s) != 0) return;
    const struct measure *m = find_measure(&s, request_field(form, "measure"));
    const char *why = request_field(form, "why");
    struct draft d = {change_begin(ex, &s), m};
    if (m == NULL) {
        web_problem(ex, DIAG_REQUEST_NOWHERE, NULL);
    } else {
        if (why == NULL || text_is_blank(why))
            why = text_in(seen_name(m->name, m->entry.id), ex->lang);
        edit_all(&d, form);
        change_finish(&d.change, why, "/measures");
    }
    change_fini(&d.change);
    seen_close(&s);
}
