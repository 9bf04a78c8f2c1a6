// SPDX-License-Identifier: Apache-2.0
/*
 * The cyber side of a run: signals go from place to place of their routes, and the
 * steps of a play and the acts of measures meet them there. Events are taken in the
 * order of their times: steps that begin, forge or end, then messages that are due; the
 * order of those of one time is that in which they were sent.
 */
#include "twin/stage.h"

#include <math.h>
#include <string.h>

/* Forged messages of a signal that has no period come so often. */
#define FORGE_S 5.0
/* A command that is lost is sent again after this time, s (judgement: as TCP does at
 * first); a reading is not: the next one comes anyhow. */
#define REPEAT_S 1.0
/* What is queued at most before a flooded place, s. */
#define QUEUE_S 2.0

static const struct cast_place *place_at(const struct stage *s, uint16_t i)
{
    return &s->plan.cast->places[i];
}

static const struct cast_step *step_at(const struct stage *s, uint32_t i)
{
    return &s->plan.play->steps[i];
}

static uint32_t n_steps(const struct stage *s)
{
    return s->plan.play ? s->plan.play->n_steps : 0;
}

static int has_guard(const struct stage *s, uint16_t place, enum act_kind does)
{
    return place != CAST_NOWHERE && s->d.places[place].guards >> does & 1;
}

/* A flow is guarded by what is done on it or in the component at its end. */
static int is_guarded(const struct stage *s, uint16_t place, enum act_kind does)
{
    const struct cast_place *p = place_at(s, place);
    return has_guard(s, place, does) || (p->is_flow && has_guard(s, p->to, does));
}

static void mark(struct stage *s, double t, enum mark_kind kind, uint32_t step)
{
    if (s->d.n_marks < STAGE_MOST_MARKS)
        s->d.marks[s->d.n_marks++] =
            (struct stage_mark){t, (uint8_t)kind, (uint8_t)step};
}

static double draw_time(const struct stage *s, const struct dist *d, const char *what,
                        const char *of, uint32_t number)
{
    struct draws from = {.seed = s->plan.seed,
                         .trial = s->plan.world << 32 | number,
                         .draw = random_key(what) ^ (of ? random_key(of) << 1 : 0)};
    return dist_draw(d, &from);
}

/* Luck hangs on names: numbers would depend on the order of entries in the file. */
static const char *measure_of(const struct stage *s, const struct cast_act *a)
{
    const struct model *m = s->plan.cast->graph->model;
    return LIST_AT(m->m.measures, struct measure, a->measure)->entry.id;
}

static const char *component_of(const struct stage *s, uint16_t place)
{
    const struct model *m = s->plan.cast->graph->model;
    return LIST_AT(m->m.components, struct component, place_at(s, place)->index)
        ->entry.id;
}

static double general(const struct stage *s, enum general_chance c)
{
    return s->chances[s->plan.cast->scenario->n_chances + (size_t)c];
}

/* ---- messages on their way --------------------------------------------------------
 */

static int is_before(const struct message *a, const struct message *b)
{
    return a->due < b->due || (a->due <= b->due && a->order < b->order);
}

static void swap(struct message *a, struct message *b)
{
    struct message c = *a;
    *a = *b;
    *b = c;
}

/* Where a message goes: to the end of the heap, or where all is full in the place of
 * the one that is due last, so that what is held back for long stands in nobody's way.
 * STAGE_MOST_MESSAGES: it is due last itself, and lost. */
static uint32_t room_for(const struct stage *s, const struct message *m)
{
    const struct message *heap = s->d.messages;
    uint32_t last = STAGE_MOST_MESSAGES / 2; // the first leaf
    if (s->d.n_messages < STAGE_MOST_MESSAGES) return s->d.n_messages;
    for (uint32_t i = last + 1; i < STAGE_MOST_MESSAGES; i++)
        if (is_before(&heap[last], &heap[i])) last = i;
    return is_before(m, &heap[last]) ? last : STAGE_MOST_MESSAGES;
}

static void push(struct stage *s, struct message m)
{
    struct message *heap = s->d.messages;
    m.order = s->d.order++;
    uint32_t i = room_for(s, &m);
    if (i == STAGE_MOST_MESSAGES) return;
    if (i == s->d.n_messages) s->d.n_messages++;
    heap[i] = m;
    for (; i > 0 && is_before(&heap[i], &heap[(i - 1) / 2]); i = (i - 1) / 2)
        swap(&heap[i], &heap[(i - 1) / 2]);
}

static struct message pop(struct stage *s)
{
    struct message *heap = s->d.messages, first = heap[0];
    heap[0] = heap[--s->d.n_messages];
    for (uint32_t i = 0, child; (child = 2 * i + 1) < s->d.n_messages; i = child) {
        if (child + 1 < s->d.n_messages && is_before(&heap[child + 1], &heap[child]))
            child++;
        if (!is_before(&heap[child], &heap[i])) break;
        swap(&heap[i], &heap[child]);
    }
    return first;
}

/* ---- what happens on the way ------------------------------------------------------
 */

/* Whether a step that runs concerns a signal at a place. */
static int meets(const struct stage *s, uint32_t step, uint16_t place, uint8_t signal)
{
    const struct cast_step *x = step_at(s, step);
    return s->d.steps[step].state == STEP_RUNS && x->on == place &&
           (x->signal < 0 || x->signal == signal);
}

/* What a message can hold: values that are changed again and again stay numbers. */
#define MOST_VALUE 1e12

static double changed(const struct stage *s, uint32_t step, double value, double t)
{
    const struct play_step *p = step_at(s, step)->from;
    double since_h = (t - s->d.steps[step].begins_s) / 3600;
    double times = p->times.is_set ? p->times.value : 1;
    double to = p->value.is_set ? p->value.value : times * value + p->add.value;
    return fmax(-MOST_VALUE, fmin(MOST_VALUE, to + p->per_h.value * since_h));
}

/* The place where a step's payload runs, or that it is at. */
static uint16_t payload_at(const struct stage *s, uint32_t step)
{
    const struct cast_step *x = step_at(s, step);
    return x->from->verb == VERB_BAD_UPDATE ? place_at(s, x->on)->to : x->on;
}

static int is_changed_by(const struct stage *s, uint32_t step, uint16_t place,
                         uint8_t signal)
{
    const struct cast_step *x = step_at(s, step);
    int is_command = s->plan.cast->scenario->signals[signal].is_command;
    int fits = x->from->payload == (is_command ? PAYLOAD_OVERRIDE : PAYLOAD_FALSIFY) ||
               (x->signal == signal && (x->from->payload == PAYLOAD_FALSIFY ||
                                        x->from->payload == PAYLOAD_OVERRIDE));
    return s->d.steps[step].state == STEP_RUNS && fits &&
           payload_at(s, step) == place && (x->signal < 0 || x->signal == signal);
}

/* How long it takes somebody to log in at a component. */
static double login_takes_s(const struct stage *s, uint16_t place)
{
    const struct cast *c = s->plan.cast;
    const char *at = component_of(s, place);
    double wait = 0, locks = 0;
    for (uint32_t i = 0; i < c->n_acts; i++) {
        const struct cast_act *a = &c->acts[i];
        if (!s->holds[i] || a->does != ACT_LOGIN || a->on != place) continue;
        wait += a->takes.family ? draw_time(s, &a->takes, "login", measure_of(s, a),
                                            (uint32_t)random_key(at))
                                : general(s, CHANCE_LOGIN_S);
        locks = fmax(locks, a->locks_s);
    }
    if (stage_draw(s, "locked", at, 0) < general(s, CHANCE_MISTYPED)) wait += locks;
    return wait;
}

/* A person's commands at a component that asks for a login wait until it is done: none
 * overtakes the first one. */
static void wait_for_login(struct stage *s, uint16_t place, struct message *m)
{
    struct stage_place *p = &s->d.places[place];
    if (!has_guard(s, place, ACT_LOGIN) || m->is_false ||
        !s->plan.cast->scenario->signals[m->signal].is_command)
        return;
    if (!p->has_login) p->login_until_s = m->due + login_takes_s(s, place);
    p->has_login = 1;
    m->due = fmax(m->due, p->login_until_s);
}

/* Returns 0 if the message is lost; may change its value, and when it is due. */
static int pass_component(struct stage *s, uint16_t place, struct message *m)
{
    if (m->due < s->d.places[place].stopped_until_s) return 0;
    for (uint32_t i = 0; i < n_steps(s); i++) {
        if (!is_changed_by(s, i, place, m->signal)) continue;
        m->value = changed(s, i, m->value, m->due);
        m->is_false = 1;
    }
    wait_for_login(s, place, m);
    return 1;
}

/* The luck of a message at a place of its way. */
static struct random_words luck_of(const struct stage *s, const struct message *m,
                                   uint64_t draw)
{
    const char *name = s->plan.cast->scenario->signals[m->signal].q.name;
    return random_draw(s->plan.seed, s->plan.world << 32 | m->number,
                       random_key(name) + draw);
}

/* How much of a flood is too much: the share of messages that is lost. */
static double flooded(const struct stage *s, uint16_t place, double per_s,
                      double *delay)
{
    double can = place_at(s, place)->per_s;
    *delay += QUEUE_S * fmin(1, per_s / can);
    return fmax(0, 1 - can / per_s);
}

/* Whether a step floods a flow, or the component where it ends; that where a signal
 * begins too. A component on the way is met once. */
static int floods(const struct stage *s, uint32_t step, uint16_t place, uint8_t at)
{
    const struct cast_place *p = place_at(s, place);
    uint16_t on = step_at(s, step)->on;
    return step_at(s, step)->from->verb == VERB_FLOOD &&
           s->d.steps[step].state == STEP_RUNS &&
           (on == place || on == p->to || (on == p->from && at <= 1));
}

/* What the attack does to a message on a flow or, by a flood, at its end. */
static int survives_attack(struct stage *s, uint16_t place, struct message *m,
                           double *delay)
{
    const uint64_t floods_from = 64; // draws before are for loss and jitter
    for (uint32_t i = 0; i < n_steps(s); i++) {
        const struct play_step *x = step_at(s, i)->from;
        if (floods(s, i, place, m->at)) {
            double lost = flooded(s, step_at(s, i)->on, x->per_s.value, delay);
            double luck = random_unit(luck_of(s, m, floods_from + m->at).word[0]);
            if (luck < lost) return 0;
        }
        if (!meets(s, i, place, m->signal)) continue;
        if (x->verb == VERB_DROP) return 0;
        if (x->verb == VERB_DELAY) *delay += x->delay_s.value;
        if (x->verb == VERB_TAMPER) {
            m->value = changed(s, i, m->value, m->due);
            m->is_false = 1;
        }
    }
    return 1;
}

/* Whether a replay wants a message of this time: the first one since it records, or
 * else the last one before it begins, or if there was none the first one after. */
static int is_wanted(const struct play_step *p, const struct stage_step *d, double t)
{
    if (p->recorded.is_set) return !d->has_recorded && t >= p->recorded.value;
    return !d->has_recorded || t <= d->begins_s;
}

/* Keeps what a replay will send again. */
static void record(struct stage *s, uint16_t place, const struct message *m)
{
    for (uint32_t i = 0; i < n_steps(s); i++) {
        const struct cast_step *x = step_at(s, i);
        struct stage_step *d = &s->d.steps[i];
        int is_due = x->from->verb == VERB_REPLAY && x->on == place &&
                     x->signal == m->signal && !m->is_false &&
                     is_wanted(x->from, d, m->due);
        if (!is_due) continue;
        d->recorded = m->value;
        d->has_recorded = 1;
    }
}

static int pass_flow(struct stage *s, uint16_t place, struct message *m, double *delay)
{
    const struct cast_place *p = place_at(s, place);
    int is_certain = p->loss <= 0 && p->jitter_s <= 0;
    struct random_words w = {
        {0, 0}
    };
    if (!is_certain) w = luck_of(s, m, (uint64_t)m->at + 1);
    record(s, place, m);
    if (p->loss > 0 && random_unit(w.word[0]) < p->loss) {
        if (!s->plan.cast->scenario->signals[m->signal].is_command) return 0;
        *delay += REPEAT_S;
    }
    double waits = fmax(0, s->d.places[place].free_s - m->due);
    s->d.places[place].free_s = m->due + waits + 1 / p->per_s;
    *delay += waits + p->latency_s +
              (p->jitter_s > 0 ? p->jitter_s * random_unit(w.word[1]) : 0);
    return survives_attack(s, place, m, delay);
}

/* ---- arrival ----------------------------------------------------------------------
 */

static double limited(const struct stage *s, const struct message *m)
{
    const struct cast *c = s->plan.cast;
    double least = -HUGE_VAL, most = HUGE_VAL;
    if (!(s->limited >> m->signal & 1)) return m->value;
    for (uint32_t i = 0; i < c->n_acts; i++) {
        const struct cast_act *a = &c->acts[i];
        if (!s->holds[i] || a->does != ACT_LIMIT || a->signal != m->signal) continue;
        least = fmax(least, a->least);
        most = fmin(most, a->most);
    }
    return fmin(most, fmax(least, m->value));
}

/* What nobody there has asked for is confirmed by mistake only. */
static int is_confirmed(struct stage *s, const struct message *m)
{
    const struct cast *c = s->plan.cast;
    int is_asked = m->is_false && (s->confirmed >> m->signal & 1);
    for (uint32_t i = 0; is_asked && i < c->n_acts; i++) {
        const struct cast_act *a = &c->acts[i];
        if (!s->holds[i] || a->does != ACT_CONFIRM || a->signal != m->signal) continue;
        if (stage_draw(s, "confirms", measure_of(s, a), m->signal) >= a->chance)
            return 0;
    }
    return 1;
}

static void deliver(struct stage *s, const struct message *m)
{
    struct stage_signal *x = &s->d.signals[m->signal];
    if (!is_confirmed(s, m)) return;
    x->seen = limited(s, m);
    x->seen_s = m->due;
    x->n_arrived++;
}

/* Goes on from place m.at of its route until it has to wait, arrives or is lost. */
static void travel(struct stage *s, struct message m)
{
    const struct cast_route *r = &s->plan.cast->routes[m.signal];
    while (m.at < r->n) {
        uint16_t place = r->places[m.at];
        double delay = 0, now = m.due;
        int passes = place_at(s, place)->is_flow ? pass_flow(s, place, &m, &delay)
                                                 : pass_component(s, place, &m);
        if (!passes) return;
        m.at++;
        m.due += delay;
        if (m.due <= now) continue;
        push(s, m);
        return;
    }
    deliver(s, &m);
}

void cyber_send(struct stage *s, int signal, double value)
{
    struct stage_signal *x = &s->d.signals[signal];
    x->sent = value;
    travel(s, (struct message){.due = s->d.t,
                               .value = value,
                               .number = ++x->n_sent,
                               .signal = (uint8_t)signal});
}

/* ---- the attack -------------------------------------------------------------------
 */

static int is_in_zone(const struct stage *s, uint16_t component, uint32_t zone)
{
    const struct model *m = s->plan.cast->graph->model;
    return cast_zone_within(m, place_at(s, component)->zone, zone);
}

/* Whether the border of a zone is between a component and a place; a flow across the
 * border is on both sides of it. */
static int is_across(const struct stage *s, uint16_t component, uint16_t place,
                     uint32_t zone)
{
    const struct cast_place *p = place_at(s, place);
    int is_inside = is_in_zone(s, component, zone);
    if (!p->is_flow) return is_in_zone(s, place, zone) != is_inside;
    return is_in_zone(s, p->from, zone) != is_inside &&
           is_in_zone(s, p->to, zone) != is_inside;
}

/* 1 if the model has a flow from a component to where a step is. */
static int is_let_in(const struct stage *s, uint16_t from, uint16_t to)
{
    const struct model *m = s->plan.cast->graph->model;
    const struct cast_place *target = place_at(s, to);
    if (target->is_flow) return target->from == from || target->to == from;
    for (uint32_t i = 0; i < m->m.flows.n; i++) {
        const struct flow *f = LIST_AT(m->m.flows, struct flow, i);
        if (f->from.index == place_at(s, from)->index && f->to.index == target->index)
            return 1;
    }
    return 0;
}

/* A border that the attacker would have to cross where no flow of the model does. */
static int is_segmented(const struct stage *s, const struct cast_step *x)
{
    const struct cast *c = s->plan.cast;
    if (x->foothold == CAST_NOWHERE || is_let_in(s, x->foothold, x->on)) return 0;
    for (uint32_t i = 0; i < c->n_acts; i++) {
        uint32_t zone = c->acts[i].zone;
        if (!s->holds[i] || c->acts[i].does != ACT_SEGMENT || zone == REF_NONE)
            continue;
        if (is_across(s, x->foothold, x->on, zone)) return 1;
    }
    return 0;
}

static int is_disable_refused(const struct stage *s, const struct cast_step *x)
{
    if (x->function < 0) return 1; // bound to nothing that the twin has
    return s->plan.cast->is_independent[x->function] ||
           has_guard(s, s->plan.cast->function_at[x->function], ACT_ISOLATE);
}

/* Whether protection makes a step impossible from the start. */
static int is_refused(const struct stage *s, const struct cast_step *x)
{
    const struct cast_place *p = place_at(s, x->on);
    if (is_segmented(s, x)) return 1;
    if (x->from->payload == PAYLOAD_DISABLE && is_disable_refused(s, x)) return 1;
    switch (x->from->verb) {
    case VERB_SPOOF:
        return p->authenticated || is_guarded(s, x->on, ACT_AUTHENTICATE) ||
               is_guarded(s, x->on, ACT_INTEGRITY);
    case VERB_TAMPER:
    case VERB_REPLAY: return p->authenticated || is_guarded(s, x->on, ACT_INTEGRITY);
    case VERB_EAVESDROP: return p->encrypted || has_guard(s, x->on, ACT_ENCRYPT);
    case VERB_FLOOD: return is_guarded(s, x->on, ACT_RATE_LIMIT);
    case VERB_MISUSE:
        return x->foothold != CAST_NOWHERE && has_guard(s, x->on, ACT_SECOND_FACTOR);
    case VERB_TAKE_OVER: return has_guard(s, x->on, ACT_ALLOW_LIST);
    case VERB_BAD_UPDATE:
        return is_guarded(s, x->on, ACT_SIGNED_UPDATE) ||
               has_guard(s, p->to, ACT_ALLOW_LIST);
    default: return 0;
    }
}

/* Whether an act watches over what a step does. */
static int watches(const struct stage *s, const struct cast_act *a, uint16_t place)
{
    const struct cast_place *p = place_at(s, place);
    return a->on == place || (p->is_flow && (a->on == p->from || a->on == p->to));
}

/* Monitoring ends a step, and people respond. */
static void notice(struct stage *s, uint32_t step)
{
    const struct cast *c = s->plan.cast;
    struct stage_step *d = &s->d.steps[step];
    double first = HUGE_VAL;
    for (uint32_t i = 0; i < c->n_acts; i++) {
        const struct cast_act *a = &c->acts[i];
        int sees = a->does == ACT_MONITOR || a->does == ACT_RESPOND;
        if (!s->holds[i] || !sees || !watches(s, a, payload_at(s, step))) continue;
        double t = d->begins_s + (a->takes.family ? draw_time(s, &a->takes, "notice",
                                                              measure_of(s, a), 0)
                                                  : general(s, CHANCE_NOTICE_S));
        first = fmin(first, t);
        if (a->response < 0 || t >= s->d.responds_s[a->response]) continue;
        s->d.responds_s[a->response] = t;
        mark(s, t, MARK_RESPONSE, (uint32_t)a->response);
    }
    if (first >= d->ends_s) return;
    d->ends_s = first;
    s->d.outcomes[s->plan.cast->scenario->n_outcomes + GENERAL_SEEN] = 1;
    mark(s, first, MARK_SEEN, step);
}

static double restore_s(const struct stage *s, uint16_t place)
{
    static const struct dist prepared = {DIST_PERT, 2 * 3600.0, 8 * 3600.0,
                                         24 * 3600.0};
    const struct cast *c = s->plan.cast;
    double takes = general(s, CHANCE_RESTORE_H) * 3600;
    for (uint32_t i = 0; i < c->n_acts; i++) {
        const struct cast_act *a = &c->acts[i];
        if (!s->holds[i] || a->does != ACT_RESTORE || a->on != place) continue;
        takes = fmin(takes, draw_time(s, a->takes.family ? &a->takes : &prepared,
                                      "restore", measure_of(s, a), 0));
    }
    return takes;
}

static void stop_component(struct stage *s, uint32_t step, uint16_t place)
{
    struct stage_step *d = &s->d.steps[step];
    struct stage_place *p = &s->d.places[place];
    double back = d->begins_s + restore_s(s, place);
    if (step_at(s, step)->from->payload == PAYLOAD_STOP) back = fmin(back, d->ends_s);
    p->stopped_until_s = fmax(p->stopped_until_s, back);
    p->stopped_s = fmax(p->stopped_s, back - d->begins_s);
}

static void begin_step(struct stage *s, uint32_t i)
{
    const struct cast_step *x = step_at(s, i);
    struct stage_step *d = &s->d.steps[i];
    size_t refused = s->plan.cast->scenario->n_outcomes + GENERAL_REFUSED;
    if (is_refused(s, x)) {
        d->state = STEP_REFUSED;
        s->d.outcomes[refused]++;
        mark(s, d->begins_s, MARK_REFUSED, i);
        return;
    }
    d->state = STEP_RUNS;
    d->forges_s = d->begins_s;
    mark(s, d->begins_s, MARK_ATTACK, i);
    notice(s, i);
    if (x->from->payload == PAYLOAD_STOP || x->from->payload == PAYLOAD_ENCRYPT)
        stop_component(s, i, payload_at(s, i));
    if (x->from->payload == PAYLOAD_DISABLE)
        s->d.function_off_s[x->function] =
            fmax(s->d.function_off_s[x->function], d->ends_s);
}

/* Whether a step makes messages of its own. */
static int forges(const struct stage *s, uint32_t i)
{
    const struct cast_step *x = step_at(s, i);
    return x->signal >= 0 && !s->plan.play->is_still &&
           (x->from->verb == VERB_SPOOF || x->from->verb == VERB_REPLAY ||
            x->from->payload == PAYLOAD_OVERRIDE);
}

/* Where on a route a forged message enters: behind the place of the step. */
static uint8_t entrance(const struct cast_route *r, uint16_t place)
{
    for (uint16_t i = 0; i < r->n; i++)
        if (r->places[i] == place) return (uint8_t)(i + 1);
    return (uint8_t)r->n;
}

/* Forged messages are numbered by themselves, apart from true ones and by step, so that
 * each has its own luck and no other loses it. */
static uint32_t forged_number(uint32_t step, struct stage_step *d)
{
    return 1u << 31 | step << 26 | (d->n_forged++ & ((1u << 26) - 1));
}

/* What has never been recorded is not replayed. */
static void forge(struct stage *s, uint32_t i)
{
    const struct cast_step *x = step_at(s, i);
    struct stage_step *d = &s->d.steps[i];
    int is_replay = x->from->verb == VERB_REPLAY;
    double sent = s->d.signals[x->signal].sent, t = d->forges_s;
    double period = s->plan.cast->scenario->signals[x->signal].period_s;
    d->forges_s += period > 0 ? period : FORGE_S;
    if (is_replay && !d->has_recorded) return;
    travel(s, (struct message){
                  .due = t,
                  .value = is_replay ? d->recorded : changed(s, i, sent, t),
                  .number = forged_number(i, d),
                  .signal = (uint8_t)x->signal,
                  .at = entrance(&s->plan.cast->routes[x->signal], payload_at(s, i)),
                  .is_false = 1});
}

static void end_step(struct stage *s, uint32_t i)
{
    s->d.steps[i].state = STEP_OVER;
    mark(s, s->d.steps[i].ends_s, MARK_ENDED, i);
}

/* When a step does something next; *what is then called. */
static double next_of_step(const struct stage *s, uint32_t i,
                           void (**what)(struct stage *, uint32_t))
{
    const struct stage_step *d = &s->d.steps[i];
    *what = d->state == STEP_WAITING ? begin_step : end_step;
    if (d->state == STEP_WAITING) return d->begins_s;
    if (d->state != STEP_RUNS) return HUGE_VAL;
    if (!forges(s, i) || d->forges_s >= d->ends_s) return d->ends_s;
    *what = forge;
    return d->forges_s;
}

/* The step that does something first, not later than t; 0 if there is none. */
static int run_step(struct stage *s, double t)
{
    void (*first)(struct stage *, uint32_t) = NULL, (*what)(struct stage *, uint32_t);
    uint32_t which = 0;
    for (uint32_t i = 0; i < n_steps(s); i++) {
        double next = next_of_step(s, i, &what);
        if (next > t || (first && next >= t)) continue;
        t = next;
        which = i;
        first = what;
    }
    if (first == NULL) return 0;
    first(s, which);
    return 1;
}

void cyber_run(struct stage *s, double t)
{
    for (;;) {
        int has_message = s->d.n_messages > 0 && s->d.messages[0].due <= t;
        if (run_step(s, has_message ? s->d.messages[0].due : t)) continue;
        if (!has_message) return;
        travel(s, pop(s));
    }
}

/* ---- beginning and end ------------------------------------------------------------
 */

static void begin_steps(struct stage *s)
{
    double first = HUGE_VAL;
    for (uint32_t i = 0; i < n_steps(s); i++) {
        struct stage_step *d = &s->d.steps[i];
        const struct cast_step *x = step_at(s, i);
        d->begins_s = draw_time(s, &x->at, "begins", NULL, i);
        d->ends_s = x->lasts.family
                        ? d->begins_s + draw_time(s, &x->lasts, "lasts", NULL, i)
                        : HUGE_VAL;
        first = fmin(first, d->begins_s);
    }
    for (uint32_t i = 0; s->plan.begins_s >= 0 && i < n_steps(s); i++) {
        s->d.steps[i].begins_s += s->plan.begins_s - first;
        s->d.steps[i].ends_s += s->plan.begins_s - first;
    }
}

void cyber_begin(struct stage *s)
{
    const struct cast *c = s->plan.cast;
    for (size_t i = 0; i < STAGE_MOST_RESPONSES; i++)
        s->d.responds_s[i] = HUGE_VAL;
    for (size_t i = 0; i < c->scenario->n_signals; i++)
        s->d.signals[i].seen = s->d.signals[i].sent = c->scenario->signals[i].q.start;
    s->limited = s->confirmed = 0;
    for (uint32_t i = 0; i < c->n_acts; i++) {
        const struct cast_act *a = &c->acts[i];
        if (!s->holds[i]) continue;
        if (a->on != CAST_NOWHERE) s->d.places[a->on].guards |= 1u << a->does;
        if (a->does == ACT_LIMIT) s->limited |= 1u << a->signal;
        if (a->does == ACT_CONFIRM) s->confirmed |= 1u << a->signal;
    }
    begin_steps(s);
}

/* For how long a step that runs will still keep a signal from passing a place; 0 of one
 * that never ends. */
static double blocks_s(const struct stage *s, uint32_t i, uint16_t place, int signal)
{
    const struct cast_step *x = step_at(s, i);
    const struct cast_place *p = place_at(s, place);
    const struct stage_step *d = &s->d.steps[i];
    int drops = x->from->verb == VERB_DROP && meets(s, i, place, (uint8_t)signal);
    int is_near = x->on == place || x->on == p->to || x->on == p->from;
    // most of it is lost
    int floods = x->from->verb == VERB_FLOOD && p->is_flow && is_near &&
                 x->from->per_s.value > 2 * place_at(s, x->on)->per_s;
    if (d->state != STEP_RUNS || d->ends_s >= HUGE_VAL) return 0;
    return drops || floods ? d->ends_s - s->d.t : 0;
}

double cyber_blocked_s(const struct stage *s, int signal)
{
    const struct cast_route *r = &s->plan.cast->routes[signal];
    double longest = 0;
    for (uint16_t k = 0; k < r->n; k++) {
        double stopped_s = s->d.places[r->places[k]].stopped_until_s - s->d.t;
        longest = fmax(longest, stopped_s);
        for (uint32_t i = 0; i < n_steps(s); i++)
            longest = fmax(longest, blocks_s(s, i, r->places[k], signal));
    }
    return longest;
}

/* The share of a component's records that a step has copied. */
static double copied(const struct stage *s, uint32_t i)
{
    const struct stage_step *d = &s->d.steps[i];
    uint16_t place = payload_at(s, i);
    if (step_at(s, i)->from->payload != PAYLOAD_READ) return 0;
    if (d->state != STEP_RUNS && d->state != STEP_OVER) return 0;
    if (has_guard(s, place, ACT_ENCRYPT)) return 0;
    // rights bind who logs in, not who has the whole component
    int is_login = step_at(s, i)->from->verb == VERB_MISUSE;
    double readable = is_login ? general(s, CHANCE_READABLE) : 1;
    double all_s = general(s, CHANCE_COPYING_H) * 3600;
    return readable * fmin(1, (d->ends_s - d->begins_s) / all_s);
}

/* Days for which a flow has been listened to: a day where nothing says how long and the
 * twin stands still. */
static double listened_days(const struct stage *s, uint32_t i)
{
    const double day_s = 86400;
    const struct stage_step *d = &s->d.steps[i];
    if (step_at(s, i)->from->verb != VERB_EAVESDROP) return 0;
    if (d->state != STEP_RUNS && d->state != STEP_OVER) return 0;
    double end = s->plan.play->is_still ? d->begins_s + day_s : s->d.t;
    if (s->plan.play->is_still && d->ends_s < HUGE_VAL) end = d->ends_s;
    return fmax(0, fmin(d->ends_s, end) - d->begins_s) / day_s;
}

/* What has been read at a place: by the step that read most, if that is this one. */
static double read_at(const struct stage *s, uint32_t i)
{
    double share = fmax(copied(s, i), listened_days(s, i));
    for (uint32_t k = 0; k < n_steps(s); k++) {
        double other = fmax(copied(s, k), listened_days(s, k));
        if (payload_at(s, k) == payload_at(s, i) &&
            (other > share || (k < i && other >= share)))
            return 0;
    }
    return share;
}

/* What has been read, each place once. */
static void count_records(struct stage *s, double *personal, double *secret)
{
    for (uint32_t i = 0; i < n_steps(s); i++) {
        const struct cast_place *p = place_at(s, payload_at(s, i));
        double share = read_at(s, i);
        *personal += floor(share * p->personal);
        *secret += floor(share * p->secret);
    }
}

static int is_program(const struct stage *s, uint32_t i)
{
    uint8_t verb = step_at(s, i)->from->verb, state = s->d.steps[i].state;
    return (verb == VERB_TAKE_OVER || verb == VERB_BAD_UPDATE) &&
           (state == STEP_RUNS || state == STEP_OVER);
}

/* 1 if step i has run a program where no step before it has. */
static int has_altered(const struct stage *s, uint32_t i)
{
    if (!is_program(s, i)) return 0;
    for (uint32_t k = 0; k < i; k++)
        if (is_program(s, k) && payload_at(s, k) == payload_at(s, i)) return 0;
    return 1;
}

double stage_restores_s(const struct stage *s, int device)
{
    uint16_t place = s->plan.cast->devices[device];
    if (place == CAST_NOWHERE) return 0;
    double takes = s->d.places[place].stopped_s;
    for (uint32_t i = 0; i < n_steps(s); i++)
        if (is_program(s, i) && payload_at(s, i) == place)
            takes = fmax(takes, restore_s(s, place));
    return takes;
}

void cyber_end(struct stage *s)
{
    double *out = s->d.outcomes + s->plan.cast->scenario->n_outcomes;
    count_records(s, &out[GENERAL_PERSONAL], &out[GENERAL_SECRET]);
    for (uint32_t i = 0; i < n_steps(s); i++)
        out[GENERAL_ALTERED] += has_altered(s, i);
    for (uint32_t i = 0; i < s->plan.cast->n_places; i++)
        out[GENERAL_STOPPED_H] =
            fmax(out[GENERAL_STOPPED_H], s->d.places[i].stopped_s / 3600);
}
