// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Layers of protection against each hazardous incident; see risk.h. */
#include <math.h>

#include "risk/risk_int.h"

const struct text sil_names[] = {
    [SIL_NOT_NEEDED] = {{"nothing", "要求なし"}},
    [SIL_1] = {{"SIL 1", "SIL 1"}},
    [SIL_2] = {{"SIL 2", "SIL 2"}},
    [SIL_3] = {{"SIL 3", "SIL 3"}},
    [SIL_4] = {{"SIL 4", "SIL 4"}},
    [SIL_BEYOND] = {{"more than SIL 4", "SIL 4を超える"}},
    [SIL_BELOW_1] = {{"less than SIL 1", "SIL 1未満"}},
};
const char *const asil_names[] = {"QM", "ASIL A", "ASIL B", "ASIL C", "ASIL D"};

/* How often a year an incident harms the stakeholder it harms most often at a level of
 * axis 1 or worse, before safety functions. */
static double rate_from(const struct risk *r, const struct counts *c, uint32_t incident,
                        uint8_t level)
{
    const struct endings *e = &r->endings;
    double most = 0, values[N_VALUES];
    for (uint32_t i = e->first[incident]; i < e->end[incident]; i++) {
        counts_values(c, e, &e->items[i], r->campaigns, NULL, values);
        most = fmax(most, cells_from(values, level));
    }
    return most;
}

static int was_run(const struct counts *c)
{
    uint64_t n = 0;
    for (uint32_t a = 0; a < c->n_attackers; a++)
        n += c->worlds[a];
    return n > 0;
}

static double tolerable_at(const struct risk *r, uint8_t level)
{
    const struct graph *g = r->plan->graph;
    const struct criterion *own = &g->model->m.criteria.recovery[level],
                           *usual = &g->catalog->c.criteria.recovery[level];
    if (own->tolerable.is_set) return own->tolerable.value;
    return usual->tolerable.is_set ? usual->tolerable.value : (double)NAN;
}

/* 1 if the incident may end at the level or worse, as the model has it. */
static int may_end_at(const struct risk *r, uint32_t incident, uint8_t level)
{
    const struct endings *e = &r->endings;
    for (uint32_t i = e->first[incident]; i < e->end[incident]; i++)
        for (uint32_t k = 0; k < e->items[i].n_ends; k++)
            if (e->items[i].ends[k].recovery >= level) return 1;
    return 0;
}

/* The share of the demands that all its functions let through to a level. */
static double passes(const struct risk *r, uint32_t incident, uint8_t level)
{
    return layers_pass(r->incidents[incident].layers, level);
}

/* Likewise, all but one of them. */
static double pass_others(struct risk *r, uint32_t incident, uint8_t level,
                          uint32_t function)
{
    double layers[N_CELLS], pfd = r->pfd[function];
    r->pfd[function] = (double)NAN;
    risk_layers(r, incident, r->pfd, layers);
    r->pfd[function] = pfd;
    return layers_pass(layers, level);
}

static void add_functions(struct risk *r, struct risk_protection *p)
{
    const struct list *functions = &r->plan->graph->model->m.safety_functions;
    p->layers = arena_array(&r->arena, functions->n + 1, sizeof *p->layers);
    for (uint32_t k = 0; k < functions->n; k++) {
        uint32_t f = r->function_order[k];
        const struct safety_function *x =
            LIST_AT(*functions, struct safety_function, f);
        if (!risk_acts(x, p->incident)) continue;
        int is_credited = !isnan(r->pfd[f]) && function_leaves(x) / N_LEVELS < p->level;
        double others = is_credited ? pass_others(r, p->incident, p->level, f)
                                    : passes(r, p->incident, p->level);
        p->layers[p->n_layers++] = (struct risk_layer){
            f, is_credited, layer_demanded(p->counted, others, p->tolerable)};
    }
}

/* The incident's own interval, in the share of it that ends at the level. */
static void put_interval(const struct risk *r, struct risk_protection *p)
{
    const struct risk_value *rate = &r->incidents[p->incident].rate;
    double share = rate->mean > 0 ? p->demand / rate->mean : 1;
    for (int side = 0; side < 2; side++)
        p->interval[side] = share * rate->interval[side];
}

static struct risk_protection protection_at(const struct risk *r,
                                            const struct counts *none,
                                            uint32_t incident, uint8_t level)
{
    struct risk_protection p = {
        .incident = incident, .level = level, .tolerable = tolerable_at(r, level)};
    p.unmitigated = was_run(none) ? rate_from(r, none, incident, level) : (double)NAN;
    p.demand = rate_from(r, &r->counts, incident, level);
    p.mitigated = p.demand * passes(r, incident, level);
    put_interval(r, &p);
    p.counted = p.demand > 0 ? p.demand : p.interval[1];
    p.rest = layer_demanded(p.counted, passes(r, incident, level), p.tolerable);
    return p;
}

/* 1 if a, at a worse level, demands more than b; what has no tolerable frequency
 * demands nothing. */
static int demands_more(const struct risk_protection *a,
                        const struct risk_protection *b)
{
    if (isnan(a->tolerable)) return isnan(b->tolerable);
    if (isnan(b->tolerable)) return 1;
    return a->rest.pfd < b->rest.pfd;
}

/* What an ASIL would be: where injury is meant, which a safety function or a stated
 * exposure tells, as axis 1 counts privacy too. */
static struct risk_asil asil_at(const struct risk *r, const struct risk_protection *p)
{
    enum { WORST_EXPOSURE = 4, WORST_CONTROLLABILITY = 3 };
    const struct model_data *m = &r->plan->graph->model->m;
    const struct incident *i = LIST_AT(m->incidents, struct incident, p->incident);
    struct risk_asil a = {0};
    a.is_noted = m->system.domain == DOMAIN_ROAD_VEHICLE &&
                 (p->n_layers || i->exposure || i->controllability);
    for (uint8_t level = LEVEL_LIMITED; level < N_LEVELS; level++)
        if (may_end_at(r, p->incident, level)) a.severity = level - LEVEL_NONE;
    a.is_assumed = !i->exposure || !i->controllability;
    a.exposure = i->exposure ? i->exposure - EXPOSURE_E0 : WORST_EXPOSURE;
    a.controllability = i->controllability ? i->controllability - CONTROLLABILITY_C0
                                           : WORST_CONTROLLABILITY;
    a.asil = asil_of(a.severity, a.exposure, a.controllability);
    return a;
}

static void protect(struct risk *r, const struct counts *none, uint32_t incident)
{
    struct risk_protection *p = NULL;
    for (int level = LEVEL_SERIOUS; level < N_LEVELS; level++) {
        if (!may_end_at(r, incident, (uint8_t)level)) continue;
        struct risk_protection at = protection_at(r, none, incident, (uint8_t)level);
        if (p == NULL) p = &r->protections[r->n_protections++];
        if (p->counted <= 0 || demands_more(&at, p)) *p = at;
    }
    if (p == NULL) return;
    add_functions(r, p);
    p->asil = asil_at(r, p);
    r->notes[NOTE_ASIL] |= p->asil.is_noted;
    r->notes[NOTE_NO_TOLERABLE] |= isnan(p->tolerable);
    r->notes[NOTE_NEVER_SEEN] |= p->demand <= 0;
    r->notes[NOTE_WITHOUT_FUNCTION] |= p->n_layers == 0;
    r->notes[NOTE_HIGH_DEMAND] |= p->demand > 1 && p->n_layers > 0;
}

void risk_add_protection(struct risk *r, const struct counts *none)
{
    r->protections = arena_array(&r->arena, r->n_incidents + 1, sizeof *r->protections);
    for (uint32_t i = 0; i < r->n_incidents; i++)
        protect(r, none, r->incident_order[i]);
}
