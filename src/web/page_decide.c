// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Deciding on an incident or on where a stakeholder stands: a form below the decisions
 * (page_measures.c), whose answer becomes an entry of the model's text.
 */
#include "web/change.h"

/* ---- the form ------------------------------------------------------------------- */

static void put_subjects(struct exchange *ex, const struct seen *s)
{
    for (uint32_t i = 0; i < s->m->incidents.n; i++) {
        const struct incident *in = LIST_AT(s->m->incidents, struct incident, i);
        put_option(ex, arena_printf(&ex->arena, "incident:%s", in->entry.id), NULL,
                   seen_name(in->name, in->entry.id));
    }
    for (uint32_t i = 0; i < s->m->stakeholders.n; i++) {
        const struct stakeholder *who =
            LIST_AT(s->m->stakeholders, struct stakeholder, i);
        const char *words =
            arena_printf(&ex->arena, "%s %s",
                         text_in(TEXT("Position of:", "マップ上の位置:"), ex->lang),
                         text_in(seen_name(who->name, who->entry.id), ex->lang));
        put_option(ex, arena_printf(&ex->arena, "map:%s", who->entry.id), NULL,
                   text_same(words));
    }
}

void put_decision_form(struct exchange *ex, const struct seen *s)
{
    put(ex,
        "<details><summary>%t</summary><form method=\"post\" "
        "action=\"/systems/%m/decisions%f\"><input type=\"hidden\" name=\"base\" "
        "value=\"%n\"><div class=\"row\"><label>%t<select name=\"subject\">",
        TEXT("Decide on something", "意思決定を追加"), s->slug, s->version.number,
        TEXT("On what", "対象"));
    put_subjects(ex, s);
    put(ex, "</select></label><label>%t<select name=\"treatment\">",
        TEXT("Treatment", "対応"));
    for (size_t i = 0; i < treatments.n; i++)
        put_option(ex, treatments.items[i].name, NULL, treatments.items[i].text);
    put(ex,
        "</select></label><label>%t<input name=\"reason\" required "
        "maxlength=\"1000\"></label><label>%t<input name=\"owner\" "
        "maxlength=\"200\"></label><label>%t<input type=\"date\" name=\"review\">"
        "</label><label>%t<input name=\"evidence\" maxlength=\"500\"></label></div>"
        "<button type=\"submit\">%t</button></form></details>\n",
        TEXT("Reason", "理由"), TEXT("Owner", "責任者"),
        TEXT("Review by", "見直し期限"),
        TEXT("What it rests on (address or file)", "根拠資料(URL又は文書名)"),
        TEXT("Decide", "決定する"));
}

/* ---- what is sent --------------------------------------------------------------- */

static const char *field(const struct request_form *form, const char *name)
{
    const char *value = request_field(form, name);
    return value && !text_is_blank(value) ? value : "";
}

static void put_line(struct buf *block, const char *key, const char *value)
{
    if (*value == '\0') return;
    buf_printf(block, "%s: ", key);
    text_edit_word(block, value);
    buf_char(block, '\n');
}

/* yyyy-mm-dd of a day as a number. */
static const char *date_words(struct exchange *ex, int32_t d)
{
    return arena_printf(&ex->arena, "%04d-%02d-%02d", d / 10000, d / 100 % 100,
                        d % 100);
}

static void put_block(struct exchange *ex, const struct request_form *form,
                      struct buf *block)
{
    const char *evidence = field(form, "evidence"), *review = field(form, "review");
    put_line(block, "subject", field(form, "subject"));
    put_line(block, "treatment", field(form, "treatment"));
    put_line(block, "reason", field(form, "reason"));
    put_line(block, "owner", field(form, "owner"));
    buf_printf(block, "date: %s\n", date_words(ex, ex->web->today()));
    if (date_parse(review)) buf_printf(block, "review-by: %s\n", review);
    if (*evidence == '\0') return;
    buf_str(block, "evidence: [");
    text_edit_word(block, evidence);
    buf_str(block, "]\n");
}

void web_post_decisions(struct exchange *ex)
{
    struct seen s;
    struct buf block = {0};
    const struct request_form *form = seen_form(ex);
    if (form == NULL || change_open(ex, change_base(form), &s) != 0) return;
    struct change c = change_begin(ex, &s);
    put_block(ex, form, &block);
    c.claim = (struct claim){"decisions", "subject", field(form, "subject")};
    change_add_numbered(&c, "decisions", "d-", buf_text(&block));
    change_finish(&c, field(form, "subject"), "/measures");
    buf_fini(&block);
    change_fini(&c);
    seen_close(&s);
}
