// SPDX-License-Identifier: Apache-2.0
/* What a set of measures comes to: the question read, and the answer in JSON; see
 * risk.h. */
#include "web/risk.h"

#include <stdlib.h>
#include <string.h>

#include "attack/model_net.h"
#include "risk/plan_program.h"
#include "web/contract.h"

/* ---- sets of measures ----------------------------------------------------------- */

uint8_t *risk_measures(struct exchange *ex, const struct model *model,
                       const char *words)
{
    uint8_t *of = arena_alloc(&ex->arena, model->m.measures.n + 1);
    const char *wrong = measures_choose(model, words, of);
    if (wrong == NULL) return of;
    // as much as a name may have: the rest is none of ours
    const char *word =
        arena_printf(&ex->arena, "%.*s", (int)strcspn(wrong, ","), wrong);
    if (strlen(word) > 64) word = "?";
    WEB_SAY(ex, MEASURE_SET, text_same(word));
    return NULL;
}

static const char *id_of(const struct model *model, uint32_t i)
{
    return LIST_AT(model->m.measures, struct measure, i)->entry.id;
}

const char *risk_words(struct exchange *ex, const struct model *model,
                       const uint8_t *measures)
{
    struct buf words = {0};
    for (uint32_t i = 0; i < model->m.measures.n; i++)
        if (measures[i])
            buf_printf(&words, "%s%s", words.len ? "," : "", id_of(model, i));
    const char *all = arena_str(&ex->arena, words.len ? buf_text(&words) : "none");
    buf_fini(&words);
    return all;
}

uint32_t risk_changes(const struct model *model, const uint8_t *measures,
                      uint8_t *decided, uint8_t *proposed)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < model->m.measures.n; i++) {
        uint8_t status = LIST_AT(model->m.measures, struct measure, i)->status;
        uint8_t is_new = measures[i] && status < STATUS_DECIDED;
        uint8_t is_off = !measures[i] && status == STATUS_DECIDED;
        if (decided) decided[i] = is_new;
        if (proposed) proposed[i] = is_off;
        n += is_new || is_off;
    }
    return n;
}

/* ---- the question --------------------------------------------------------------- */

/* A whole number of the address, as getRisk has it; 0 after an answer. */
static int read_count(struct exchange *ex, const char *name, uint64_t *value)
{
    const char *text;
    if (!contract_taken(ex, "getRisk", name, &text)) return 0;
    if (text) *value = strtoull(text, NULL, 10);
    return 1;
}

/* 0 after an answer. */
static int read_question(struct exchange *ex, struct risk_sight *s)
{
    const struct model *model = s->desk->view.model;
    const char *words = web_query_list(ex, "measures");
    struct desk_question *q = &s->question;
    *q = (struct desk_question){.worlds = DESK_WORLDS, .years = DESK_YEARS};
    const char *drivers = web_query(ex, "drivers");
    if (!read_count(ex, "worlds", &q->worlds) || !read_count(ex, "years", &q->years))
        return 0;
    q->set = words ? words : "decided";
    q->with_drivers = drivers && strcmp(drivers, "false") != 0;
    s->measures = risk_measures(ex, model, q->set);
    q->measures = s->measures;
    return s->measures != NULL;
}

static void look(struct risk_sight *s)
{
    struct risk_desk *d = s->desk;
    s->before = desk_before(d, &s->question);
    desk_ask(d, &s->question, &s->after);
    s->assessment = assess_run_with(d->view.graph, d->key.today, s->measures);
    measures_clash(d->view.model, s->measures, &s->clash);
    measures_lack(d->view.model, s->measures, &s->lack);
    if (d->plan == NULL) return;
    s->now = desk_weigh(d, d->in_force);
    s->set = desk_weigh(d, s->measures);
}

static void sight_fini(struct risk_sight *s)
{
    desk_result_fini(&s->after);
    assess_free(s->assessment);
    buf_fini(&s->clash);
    buf_fini(&s->lack);
}

/* ---- JSON ----------------------------------------------------------------------- */

static void put_position(struct json *j, const char *key, struct position p)
{
    json_in(j, key, '{');
    json_put(j, "recovery", recovery_name(p.recovery));
    json_put(j, "economic", economic_name(p.economic));
    json_close(j, '}');
}

static void put_map(struct json *j, const struct assessment *a)
{
    json_in(j, "map", '[');
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        const struct stakeholder *who =
            LIST_AT(a->model->m.stakeholders, struct stakeholder, row->stakeholder);
        if (row->form) continue;
        json_open(j, '{');
        json_put(j, "stakeholder", who->entry.id);
        put_position(j, "now", row->now);
        put_position(j, "then", row->planned);
        json_put_bool(j, "has_target", row->has_target);
        json_put_bool(j, "within_target", row->planned_within);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_set(struct json *j, const struct risk_sight *s)
{
    const struct model *model = s->desk->view.model;
    json_in(j, "chosen", '[');
    for (uint32_t i = 0; i < model->m.measures.n; i++)
        if (s->measures[i]) json_string(j, id_of(model, i));
    json_close(j, ']');
    json_put(j, "exclude_each_other", s->clash.len ? buf_text(&s->clash) : NULL);
    json_put(j, "lack", s->lack.len ? buf_text(&s->lack) : NULL);
}

/* Chosen measures that state no cost. */
static void put_costless(struct json *j, const struct risk_sight *s)
{
    const struct plan_case *c = s->desk->plan_case;
    json_in(j, "without_cost", '[');
    for (uint32_t i = 0; i < c->n_costless; i++)
        if (s->measures[c->costless[i]])
            json_string(j, id_of(s->desk->view.model, c->costless[i]));
    json_close(j, ']');
}

static void put_weight(struct json *j, const struct risk_sight *s)
{
    if (s->desk->plan == NULL) {
        json_put(j, "cost", NULL);
        return;
    }
    const char *currency = s->desk->plan_case->currency;
    json_in(j, "cost", '{');
    json_key(j, "amount");
    json_double(j, s->set.cost);
    json_put(j, "currency", currency[0] ? currency : NULL);
    put_costless(j, s);
    json_close(j, '}');
    json_put_int(j, "above_target_now", s->now.left);
    json_put_int(j, "above_target", s->set.left);
}

static void api_risk(struct exchange *ex, const struct risk_sight *s)
{
    struct json j = json_on(&ex->answer.body, 3);
    ex->answer.status = 200;
    ex->answer.type = "application/json";
    ex->answer.version = s->desk->number;
    json_open(&j, '{');
    json_put_int(&j, "version", s->desk->number);
    put_set(&j, s);
    put_weight(&j, s);
    put_map(&j, s->assessment);
    json_in(&j, "before", '{');
    risk_json(s->before, &j);
    json_close(&j, '}');
    risk_json(s->after.risk, &j);
    json_close(&j, '}');
    buf_char(&ex->answer.body, '\n');
}

/* ---- handlers ------------------------------------------------------------------- */

static int64_t adopted(const struct exchange *ex, const struct risk_desk *desk)
{
    const char *text = web_query(ex, "adopted");
    return text && request_number(text) == desk->number ? desk->number : 0;
}

void web_get_risk(struct exchange *ex)
{
    struct risk_sight s = {.desk = desk_take(ex)};
    if (s.desk == NULL) return;
    if (read_question(ex, &s)) {
        look(&s);
        if (ex->route->is_api)
            api_risk(ex, &s);
        else
            page_risk(ex, &s, adopted(ex, s.desk));
        sight_fini(&s);
    }
    desk_give(ex->web, s.desk);
}

void web_get_plan(struct exchange *ex)
{
    struct risk_desk *d = desk_take(ex);
    if (d == NULL) return;
    if (d->plan == NULL) {
        api_refused(ex, &d->plan_case->diags);
    } else if (!program_begin()) {
        web_problem(ex, DIAG_NO_SOLVER, NULL);
    } else {
        struct json j = json_on(&ex->answer.body, 3);
        ex->answer.status = 200;
        ex->answer.type = "application/json";
        ex->answer.version = d->number;
        json_open(&j, '{');
        plan_json(d->plan, &j);
        json_close(&j, '}');
        buf_char(&ex->answer.body, '\n');
    }
    desk_give(ex->web, d);
}
