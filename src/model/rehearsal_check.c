// SPDX-License-Identifier: Apache-2.0
/* The section `rehearsal` within itself: what no table of keys can state. */
#include <stdlib.h>

#include "model/model.h"

static void check_parameters(const struct list *list, struct diag_list *d)
{
    for (uint32_t i = 0; i < list->n; i++) {
        const struct rehearsal_parameter *p =
            LIST_AT(*list, struct rehearsal_parameter, i);
        estimate_check(&p->value, p->entry.at, p->entry.id, d);
    }
}

static void check_bounds(const struct level_bounds *b, const struct level_rule *rule,
                         struct diag_list *d)
{
    const struct number *last = NULL;
    if (rule->outcome.id == NULL) return; // that is told already
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++) {
        const struct number *from = &b->from[level];
        if (!from->is_set) continue;
        if (last && from->value < last->value)
            DIAG_ADD(d, LEVEL_ORDER, rule->outcome.at, text_same(rule->outcome.id));
        last = from;
    }
}

static int runs_payload(const struct play_step *s)
{
    return s->verb == VERB_TAKE_OVER || s->verb == VERB_MISUSE ||
           s->verb == VERB_BAD_UPDATE;
}

/* What each verb and payload cannot do without. */
static const char *lacks(const struct play_step *s)
{
    int changes =
        s->value.is_set || s->add.is_set || s->times.is_set || s->per_h.is_set;
    int is_changer = s->payload == PAYLOAD_FALSIFY || s->payload == PAYLOAD_OVERRIDE ||
                     s->verb == VERB_TAMPER || s->verb == VERB_SPOOF;
    if (runs_payload(s) && s->payload == PAYLOAD_NONE) return "payload";
    if (is_changer && !changes) return "value";
    if ((s->verb == VERB_SPOOF || s->verb == VERB_REPLAY) && s->signal.id == NULL)
        return "signal";
    if (s->verb == VERB_DELAY && !s->delay_s.is_set) return "delay";
    if (s->verb == VERB_FLOOD && !s->per_s.is_set) return "per-second";
    return s->payload == PAYLOAD_DISABLE && s->function.id == NULL ? "function" : NULL;
}

static int wants_component(uint8_t verb)
{
    return verb == VERB_TAKE_OVER || verb == VERB_MISUSE;
}

static void check_step(const struct play_step *s, struct diag_list *d)
{
    const char *missing = lacks(s);
    if (s->on.id == NULL) return; // that is told already, and there is no place
    if (missing)
        DIAG_ADD(d, STEP_LACKS, s->on.at, text_same(choice_name(&verbs, s->verb)),
                 text_same(missing));
    if (s->payload != PAYLOAD_NONE && !runs_payload(s))
        DIAG_ADD(d, STEP_PAYLOAD, s->on.at, text_same(choice_name(&verbs, s->verb)),
                 text_same(choice_name(&payloads, s->payload)));
    estimate_check(&s->at, s->on.at, "at", d);
    estimate_check(&s->lasts, s->on.at, "lasts", d);
}

/* What only resolved references tell: whether a verb is at the right sort of thing. */
static void check_target(const struct play_step *s, struct diag_list *d)
{
    int is_flow = s->on.section == 1;
    if (s->on.id == NULL || s->on.index == REF_NONE || s->verb == VERB_FLOOD ||
        s->verb == VERB_UNSET)
        return;
    if (is_flow == wants_component(s->verb))
        DIAG_ADD(d, STEP_TARGET, s->on.at, text_same(choice_name(&verbs, s->verb)),
                 text_same(s->on.id), text_same(is_flow ? "components" : "flows"));
}

static const char *act_lacks(const struct act *a)
{
    switch (a->does) {
    case ACT_LIMIT:
        if (a->signal.id == NULL) return "signal";
        return a->least.is_set || a->most.is_set ? NULL : "most";
    case ACT_SET:
        if (a->parameter.id == NULL) return "parameter";
        return a->value.is_set ? NULL : "value";
    case ACT_CONFIRM: return a->signal.id ? NULL : "signal";
    case ACT_RESPOND: return a->response.id ? NULL : "response";
    default: return NULL;
    }
}

static void check_measure(const struct rehearsal_measure *m, struct diag_list *d)
{
    for (uint32_t i = 0; i < m->acts.n; i++) {
        const struct act *a = LIST_AT(m->acts, struct act, i);
        const char *missing = act_lacks(a);
        if (missing)
            DIAG_ADD(d, STEP_LACKS, m->entry.at,
                     text_same(choice_name(&act_kinds, a->does)), text_same(missing));
        else if (a->least.is_set && a->most.is_set && a->least.value > a->most.value)
            DIAG_ADD(d, LIMIT_ORDER, m->entry.at,
                     text_same(a->signal.id ? a->signal.id : m->entry.id));
        estimate_check(&a->takes, m->entry.at, m->entry.id, d);
    }
}

void rehearsal_check(const struct rehearsal *r, struct diag_list *d)
{
    check_parameters(&r->parameters, d);
    for (uint32_t i = 0; i < r->plays.n; i++) {
        const struct play *p = LIST_AT(r->plays, struct play, i);
        check_parameters(&p->parameters, d);
        for (uint32_t k = 0; k < p->steps.n; k++)
            check_step(LIST_AT(p->steps, struct play_step, k), d);
        if (p->steps.n == 0 && text_empty(p->reason))
            DIAG_ADD(d, PLAY_EMPTY, p->entry.at, text_same(p->entry.id));
    }
    for (uint32_t i = 0; i < r->measures.n; i++)
        check_measure(LIST_AT(r->measures, struct rehearsal_measure, i), d);
    for (uint32_t i = 0; i < r->levels.n; i++) {
        const struct level_rule *rule = LIST_AT(r->levels, struct level_rule, i);
        check_bounds(&rule->recovery, rule, d);
        check_bounds(&rule->economic, rule, d);
    }
}

void rehearsal_check_targets(const struct rehearsal *r, struct diag_list *d)
{
    for (uint32_t i = 0; i < r->plays.n; i++) {
        const struct play *p = LIST_AT(r->plays, struct play, i);
        for (uint32_t k = 0; k < p->steps.n; k++)
            check_target(LIST_AT(p->steps, struct play_step, k), d);
    }
}
