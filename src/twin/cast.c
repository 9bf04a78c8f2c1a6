// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* A model cast for its twin; see cast.h. */
#include "twin/cast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// clang-format off
#define NONE {HUGE_VAL, HUGE_VAL, HUGE_VAL}
const struct scenario_outcome general_outcomes[N_GENERAL_OUTCOMES] = {
    [GENERAL_PERSONAL] = {{"personal_records", "1", 0, 0, 0, {{"records of personal data that others can read", "他者に読まれた個人情報の件数"}}, NULL}, {1, 1000, HUGE_VAL}, NONE},
    [GENERAL_SECRET] = {{"secret_records", "1", 0, 0, 0, {{"records of trade secrets that others can read", "他者に読まれた営業秘密の件数"}}, NULL}, NONE, {1, 1000, HUGE_VAL}},
    [GENERAL_STOPPED_H] = {{"stopped_h", "h", 0, 0, 0, {{"longest time that a component is stopped by the attack", "攻撃により機器が停止する最長の時間"}}, NULL}, NONE, NONE},
    [GENERAL_ALTERED] = {{"altered_components", "1", 0, 0, 0, {{"components in which a program of the attacker has run", "攻撃者のプログラムが動いた機器の数"}}, NULL}, NONE, NONE},
    [GENERAL_REFUSED] = {{"refused_steps", "1", 0, 0, 0, {{"steps of the attack that protection or measures refused", "保護や対策が退けた攻撃の手数"}}, NULL}, NONE, NONE},
    [GENERAL_SEEN] = {{"attack_seen", "1", 0, 0, 0, {{"1: monitoring sees the attack before it ends, after the run as well", "1: 監視が攻撃の終わる前に検知する(試行の後を含む)"}}, NULL}, NONE, NONE},
};
#undef NONE
#define PERT(a, b, c) {DIST_PERT, a, b, c}, 0
const struct scenario_chance general_chances[N_GENERAL_CHANCES] = {
    [CHANCE_COPYING_H] = {{"copying_h", "h", 4, 0.01, 1000, {{"to copy all that a component holds", "機器のデータをすべて持ち出す時間"}}, "judgement: minutes to a day"}, PERT(0.2, 4, 24)},
    [CHANCE_RESTORE_H] = {{"restore_h", "h", 72, 0, 10000, {{"until a component that was stopped works again", "停止した機器が復旧するまでの時間"}}, "judgement: a day to three weeks where nothing is prepared; police statistics in Japan (2024) have most restorations after ransomware between a week and two months"}, PERT(24, 120, 504)},
    [CHANCE_NOTICE_S] = {{"notice_s", "s", 1800, 0, 1e8, {{"from the beginning of an attack until monitoring ends it", "監視が攻撃を終わらせるまでの時間"}}, "judgement: ten minutes where somebody watches, to half a day"}, PERT(600, 1800, 43200)},
    [CHANCE_LOGIN_S] = {{"login_s", "s", 15, 0, 3600, {{"time of a login", "ログインに要する時間"}}, "judgement"}, PERT(5, 15, 60)},
    [CHANCE_MISTYPED] = {{"locked_out", "1", 0.05, 0, 1, {{"probability that somebody in a hurry locks himself out", "慌てた人が自らをロックさせる確率"}}, "judgement"}, {DIST_UNSET, 0, 0, 0}, 0},
    [CHANCE_READABLE] = {{"readable", "1", 1, 0, 1, {{"share of what a component holds that a misused login can read", "悪用されたログインで読める、機器のデータの割合"}}, "1: no rights by task or tenant; measures set it"}, {DIST_UNSET, 0, 0, 0}, 0},
};
#undef PERT
// clang-format on

extern const struct scenario scenario_column, scenario_drone, scenario_heater,
    scenario_monitor, scenario_warehouse, scenario_weldcell;

static const struct scenario *const scenarios[] = {
    &scenario_column,  &scenario_drone,     &scenario_heater,
    &scenario_monitor, &scenario_warehouse, &scenario_weldcell,
};

const struct scenario *scenario_find(const struct twin_kind *kind)
{
    for (size_t i = 0; i < TWIN_COUNT(scenarios); i++)
        if (scenarios[i]->twin == kind) return scenarios[i];
    return NULL;
}

uint32_t cast_n_parameters(const struct scenario *s)
{
    return (uint32_t)(s->twin->n_variables + s->n_chances) + N_GENERAL_CHANCES;
}

static const struct scenario_chance *chance_at(const struct scenario *s, uint32_t i)
{
    return i < s->n_chances ? &s->chances[i] : &general_chances[i - s->n_chances];
}

const struct twin_quantity *cast_quantity(const struct scenario *s, uint32_t i)
{
    uint32_t n = (uint32_t)s->twin->n_variables;
    return i < n ? &s->twin->variables[i].q : &chance_at(s, i - n)->q;
}

uint32_t cast_n_outcomes(const struct scenario *s)
{
    return (uint32_t)s->n_outcomes + N_GENERAL_OUTCOMES;
}

const struct scenario_outcome *cast_outcome(const struct scenario *s, uint32_t i)
{
    return i < s->n_outcomes ? &s->outcomes[i] : &general_outcomes[i - s->n_outcomes];
}

/* ---- places -----------------------------------------------------------------------
 */

struct caster {
    struct cast *cast;
    const struct model *model;
    const struct catalog *catalog;
};

static const struct component *component_at(const struct caster *c, uint32_t i)
{
    return LIST_AT(c->model->m.components, struct component, i);
}

static const struct flow *flow_at(const struct caster *c, uint32_t i)
{
    return LIST_AT(c->model->m.flows, struct flow, i);
}

static uint16_t find(const struct caster *c, int is_flow, uint32_t index)
{
    for (uint32_t i = 0; i < c->cast->n_places; i++)
        if (c->cast->places[i].is_flow == is_flow && c->cast->places[i].index == index)
            return (uint16_t)i;
    return CAST_NOWHERE;
}

/* Adds the records of the data referred to, by their classes. */
static void count_records(const struct caster *c, const struct list *data, int is_flow,
                          struct cast_place *p)
{
    const struct rehearsal *r = c->cast->rehearsal;
    for (uint32_t i = 0; i < r->records.n; i++) {
        const struct record_count *x = LIST_AT(r->records, struct record_count, i);
        const struct data *of =
            LIST_AT(c->model->m.data, struct data, x->entry.key_index);
        double n = is_flow ? x->per_day.value : x->held.value;
        if (!refs_have(data, x->entry.key_index)) continue;
        p->personal += of->classes >> DATA_PERSONAL & 1 ? n : 0;
        p->secret += of->classes >> DATA_TRADE_SECRET & 1 ? n : 0;
    }
}

/* What a component can take, messages a second (judgement: a small server). */
#define COMPONENT_PER_S 1000.0

static uint16_t place_component(struct caster *c, uint32_t index)
{
    uint16_t at = find(c, 0, index);
    if (at != CAST_NOWHERE || c->cast->n_places == STAGE_MOST_PLACES) return at;
    struct cast_place *p = &c->cast->places[c->cast->n_places];
    *p = (struct cast_place){.index = index,
                             .zone = component_at(c, index)->zone.index,
                             .per_s = COMPONENT_PER_S,
                             .from = CAST_NOWHERE,
                             .to = CAST_NOWHERE};
    count_records(c, &component_at(c, index)->data, 0, p);
    return (uint16_t)c->cast->n_places++;
}

static double number_or(const struct number *n, double usual)
{
    return n->is_set ? n->value : usual;
}

static void carry(const struct caster *c, const struct flow *f, struct cast_place *p)
{
    static const struct carrier none = {0};
    const struct carrier *by = f->carrier.id ? LIST_AT(c->catalog->c.carriers,
                                                       struct carrier, f->carrier.index)
                                             : &none;
    p->latency_s = number_or(&by->latency_s, 0);
    p->jitter_s = number_or(&by->jitter_s, 0);
    p->loss = number_or(&by->loss, 0);
    p->per_s = number_or(&by->per_s, COMPONENT_PER_S);
}

static uint16_t place_flow(struct caster *c, uint32_t index)
{
    const struct flow *f = flow_at(c, index);
    uint16_t at = find(c, 1, index);
    if (at != CAST_NOWHERE) return at;
    uint16_t from = place_component(c, f->from.index);
    uint16_t to = place_component(c, f->to.index);
    if (c->cast->n_places == STAGE_MOST_PLACES) return CAST_NOWHERE;
    struct cast_place *p = &c->cast->places[c->cast->n_places];
    *p = (struct cast_place){.is_flow = 1, .index = index, .from = from, .to = to};
    p->encrypted = (uint8_t)effective_encrypted(c->catalog, f);
    p->authenticated = (uint8_t)effective_authenticated(c->catalog, f);
    carry(c, f, p);
    count_records(c, &f->data, 1, p);
    return (uint16_t)c->cast->n_places++;
}

static uint16_t place_of(struct caster *c, const struct ref *r)
{
    if (r->id == NULL) return CAST_NOWHERE;
    return ref_is_flow(r) ? place_flow(c, r->index) : place_component(c, r->index);
}

/* ---- bindings ---- */

static void bind_way(struct caster *c, const struct binding *x, uint32_t signal)
{
    struct cast_route *r = &c->cast->routes[signal];
    for (uint32_t i = 0; i < x->to.n; i++) {
        const struct flow *f = flow_at(c, LIST_AT(x->to, struct ref, i)->index);
        uint16_t flow = place_flow(c, LIST_AT(x->to, struct ref, i)->index);
        if (i == 0) r->places[r->n++] = place_component(c, f->from.index);
        r->places[r->n++] = flow;
        r->places[r->n++] = place_component(c, f->to.index);
    }
}

static void bind_function(struct caster *c, uint32_t function, uint32_t index)
{
    const struct safety_function *f =
        LIST_AT(c->model->m.safety_functions, struct safety_function, index);
    c->cast->functions[function] = index;
    c->cast->is_independent[function] = f->independent == TRI_YES;
    if (f->on.n)
        c->cast->function_at[function] =
            place_component(c, LIST_AT(f->on, struct ref, 0)->index);
}

static void bind_parts(struct caster *c)
{
    const struct list *bindings = &c->cast->rehearsal->bindings;
    for (uint32_t i = 0; i < bindings->n; i++) {
        const struct binding *x = LIST_AT(*bindings, struct binding, i);
        uint32_t part = x->entry.key_index, to = LIST_AT(x->to, struct ref, 0)->index;
        if (part < STAGE_MOST_DEVICES)
            c->cast->devices[part] = place_component(c, to);
        else if (part < STAGE_MOST_DEVICES + STAGE_MOST_SIGNALS)
            bind_way(c, x, part - STAGE_MOST_DEVICES);
        else
            bind_function(c, part - STAGE_MOST_DEVICES - STAGE_MOST_SIGNALS, to);
    }
}

/* ---- parameters and plays ---- */

static struct cast_parameter drawn(const struct estimate *e)
{
    double low = e->min.value;
    if (!estimate_is_range(e)) return (struct cast_parameter){.value = e->mode.value};
    return (struct cast_parameter){
        .value = e->mode.value,
        .shift = low,
        .dist = {DIST_PERT, 0, e->mode.value - low, e->max.value - low}
    };
}

static struct cast_parameter *usual_parameters(struct cast *c)
{
    const struct scenario *s = c->scenario;
    uint32_t n = (uint32_t)s->twin->n_variables;
    struct cast_parameter *p = arena_array(&c->arena, c->n_parameters, sizeof *p);
    for (uint32_t i = 0; i < c->n_parameters; i++) {
        p[i].value = cast_quantity(s, i)->start;
        if (i < n) continue;
        p[i].dist = chance_at(s, i - n)->dist;
        p[i].shift = chance_at(s, i - n)->shift;
    }
    return p;
}

/* `base` with those of the list instead. */
static const struct cast_parameter *with_parameters(struct cast *c,
                                                    const struct cast_parameter *base,
                                                    const struct list *list)
{
    size_t bytes = c->n_parameters * sizeof *base;
    if (list->n == 0) return base;
    struct cast_parameter *p = arena_array(&c->arena, c->n_parameters, sizeof *p);
    memcpy(p, base, bytes);
    for (uint32_t i = 0; i < list->n; i++) {
        const struct rehearsal_parameter *x =
            LIST_AT(*list, struct rehearsal_parameter, i);
        p[x->entry.key_index] = drawn(&x->value);
    }
    return p;
}

static struct dist time_of(const struct estimate *e)
{
    if (!e->mode.is_set) return (struct dist){0};
    if (!estimate_is_range(e)) return (struct dist){DIST_CONSTANT, e->mode.value, 0, 0};
    return (struct dist){DIST_PERT, e->min.value, e->mode.value, e->max.value};
}

/* The scenario's function that is bound to a safety function of the model, or -1. */
static int16_t function_of(const struct cast *c, const struct ref *r)
{
    for (size_t i = 0; r->id && i < c->scenario->n_functions; i++)
        if (c->functions[i] == r->index) return (int16_t)i;
    return -1;
}

static void cast_steps(struct caster *c, const struct play *p, struct cast_play *to)
{
    for (uint32_t i = 0; i < p->steps.n; i++) {
        const struct play_step *s = LIST_AT(p->steps, struct play_step, i);
        to->steps[to->n_steps++] = (struct cast_step){
            .from = s,
            .on = place_of(c, &s->on),
            .foothold = place_of(c, &s->from),
            .signal = s->signal.id ? (int16_t)s->signal.index : -1,
            .function = function_of(c->cast, &s->function),
            .at = time_of(&s->at),
            .lasts = time_of(&s->lasts),
        };
    }
}

/* The play of an incident, or NULL. */
static const struct play *play_of(const struct rehearsal *r, uint32_t incident)
{
    for (uint32_t i = 0; i < r->plays.n; i++) {
        const struct play *p = LIST_AT(r->plays, struct play, i);
        if (p->entry.key_index == incident) return p;
    }
    return NULL;
}

static void cast_plays(struct caster *c)
{
    struct cast *k = c->cast;
    uint32_t n = c->model->m.incidents.n;
    k->plays = arena_array(&k->arena, n + 1, sizeof *k->plays);
    for (uint32_t i = 0; i < n; i++) {
        const struct play *p = play_of(k->rehearsal, i);
        if (p == NULL) continue;
        struct cast_play *to = &k->plays[k->n_plays++];
        *to = (struct cast_play){
            .incident = i, .from = p, .is_still = !text_empty(p->reason)};
        to->parameters = with_parameters(k, k->parameters, &p->parameters);
        cast_steps(c, p, to);
    }
}

/* ---- measures ---- */

int cast_zone_within(const struct model *m, uint32_t a, uint32_t b)
{
    for (uint32_t steps = 0; a != REF_NONE && steps <= m->m.zones.n; steps++) {
        if (a == b) return 1;
        const struct zone *z = LIST_AT(m->m.zones, struct zone, a);
        a = z->within.id ? z->within.index : REF_NONE;
    }
    return 0;
}

static int touches_zone(const struct caster *c, const struct cast_place *p,
                        uint32_t zone)
{
    if (!p->is_flow) return cast_zone_within(c->model, p->zone, zone);
    return cast_zone_within(c->model, c->cast->places[p->from].zone, zone) ||
           cast_zone_within(c->model, c->cast->places[p->to].zone, zone);
}

static void add_act(struct caster *c, const struct cast_act *act)
{
    struct cast *k = c->cast;
    *(struct cast_act *)mem_push(&k->acts, &k->n_acts, &k->acts_cap, sizeof *act) =
        *act;
}

static void act_in_zone(struct caster *c, struct cast_act act, uint32_t zone)
{
    act.zone = zone;
    if (act.does == ACT_SEGMENT) {
        add_act(c, &act);
        return;
    }
    for (uint32_t i = 0; i < c->cast->n_places; i++) {
        act.on = (uint16_t)i;
        if (touches_zone(c, &c->cast->places[i], zone)) add_act(c, &act);
    }
}

/* An act at each of the places it is put to, where those matter at all. */
static void act_on(struct caster *c, struct cast_act act, const struct list *on)
{
    for (uint32_t i = 0; i < on->n; i++) {
        const struct ref *r = LIST_AT(*on, struct ref, i);
        if (r->section == 2) {
            act_in_zone(c, act, r->index);
            continue;
        }
        act.on = find(c, ref_is_flow(r), r->index);
        act.zone = REF_NONE;
        if (act.on != CAST_NOWHERE) add_act(c, &act);
    }
}

static int needs_place(uint8_t does)
{
    return does != ACT_LIMIT && does != ACT_SET && does != ACT_CONFIRM;
}

static void cast_stated(struct caster *c, uint32_t measure, const struct act *a,
                        const struct list *on)
{
    struct cast_act act = {
        .does = a->does,
        .measure = measure,
        .on = CAST_NOWHERE,
        .zone = REF_NONE,
        .signal = a->signal.id ? (int16_t)a->signal.index : -1,
        .response = a->response.id ? (int16_t)a->response.index : -1,
        .parameter = a->parameter.id ? (int16_t)a->parameter.index : -1,
        .least = number_or(&a->least, -HUGE_VAL),
        .most = number_or(&a->most, HUGE_VAL),
        .value = a->value.value,
        .chance = number_or(&a->chance, 0.1),
        .locks_s = a->locks_s.value,
        .takes = time_of(&a->takes),
    };
    if (needs_place(a->does))
        act_on(c, act, a->on.n ? &a->on : on);
    else
        add_act(c, &act);
}

/* An example of the catalog names no signal and no parameter: acts that need one say
 * nothing there. */
static void cast_usual(struct caster *c, uint32_t measure, uint32_t acts,
                       const struct list *on)
{
    for (uint8_t does = 1; does < N_ACT_KINDS; does++) {
        struct cast_act act = {.does = does,
                               .measure = measure,
                               .on = CAST_NOWHERE,
                               .zone = REF_NONE,
                               .signal = -1,
                               .response = -1,
                               .parameter = -1};
        if (acts >> does & 1 && needs_place(does)) act_on(c, act, on);
    }
}

static const struct rehearsal_measure *stated(const struct rehearsal *r,
                                              uint32_t measure)
{
    for (uint32_t i = 0; i < r->measures.n; i++) {
        const struct rehearsal_measure *m =
            LIST_AT(r->measures, struct rehearsal_measure, i);
        if (m->entry.key_index == measure) return m;
    }
    return NULL;
}

static void cast_measure(struct caster *c, uint32_t i)
{
    const struct measure *m = LIST_AT(c->model->m.measures, struct measure, i);
    const struct rehearsal_measure *own = stated(c->cast->rehearsal, i);
    const struct example *e = m->example.id ? LIST_AT(c->catalog->c.examples,
                                                      struct example, m->example.index)
                                            : NULL;
    const struct estimate *holds = &c->catalog->c.effectiveness.holds;
    if (e && e->holds.mode.is_set) holds = &e->holds;
    if (m->holds.mode.is_set) holds = &m->holds;
    c->cast->holds[i] = estimate_mean(holds);
    for (uint32_t k = 0; own && k < own->acts.n; k++)
        cast_stated(c, i, LIST_AT(own->acts, struct act, k), &m->on);
    if (own == NULL && e) cast_usual(c, i, e->acts & ~CHOICES_EMPTY, &m->on);
}

static void cast_measures(struct caster *c)
{
    uint32_t n = c->model->m.measures.n;
    c->cast->holds = arena_array(&c->cast->arena, n + 1, sizeof *c->cast->holds);
    for (uint32_t i = 0; i < n; i++)
        cast_measure(c, i);
}

struct cast *cast_new(const struct graph *g)
{
    const struct rehearsal *r = &g->model->m.rehearsal;
    const struct twin_kind *kind =
        r->is_given == TRI_YES ? twin_find(r->twin.id) : NULL;
    const struct scenario *s = kind ? scenario_find(kind) : NULL;
    if (s == NULL) return NULL;
    struct cast *cast = mem_alloc(sizeof *cast);
    struct caster c = {cast, g->model, g->catalog};
    *cast = (struct cast){.graph = g, .rehearsal = r, .scenario = s};
    cast->n_parameters = cast_n_parameters(s);
    memset(cast->devices, 0xff, sizeof cast->devices);
    memset(cast->functions, 0xff, sizeof cast->functions);
    memset(cast->function_at, 0xff, sizeof cast->function_at);
    cast->parameters = with_parameters(cast, usual_parameters(cast), &r->parameters);
    bind_parts(&c);
    cast_plays(&c);
    cast_measures(&c);
    return cast;
}

int cast_acts_of(const struct cast *c, uint32_t measure)
{
    for (size_t i = 0; i < c->n_acts; i++)
        if (c->acts[i].measure == measure) return 1;
    return 0;
}

void cast_free(struct cast *c)
{
    if (c == NULL) return;
    arena_fini(&c->arena);
    free(c->acts);
    free(c);
}
