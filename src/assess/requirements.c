// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Requirements by rule. One is derived when the applicant has a role it concerns, a
 * cell that someone reaches demands its viewpoint, a threat it answers is present (any
 * threat for a general one), the level it asks for is reached, and the system has what
 * it is about. Each of these leaves its reason.
 *
 * Rank: the sum, over the incidents reached, of the incident's excess over targets
 * without measures (a little when it is within them), times 2 when the requirement
 * answers the incident's threat, 1 when it answers another on the incident's shortest
 * chain, times 2 / (1 + the number of classes it answers; all for a general one). So
 * what the model's own risk demands most comes first, and what is made for it before
 * what helps against everything.
 */
#include <stdlib.h>
#include <string.h>

#include "assess/assess_int.h"
#include "assess/condition.h"

/* The classes of threat on the shortest chain of each incident, a bit each. */
static void find_chain_classes(struct stages *s)
{
    const struct graph *g = s->a->graph;
    uint8_t *mark = mem_alloc(g->n_nodes + 1);
    s->chain_classes = mem_alloc((g->n_incidents + 1) * sizeof *s->chain_classes);
    for (uint32_t i = 0; i < g->n_incidents; i++) {
        uint32_t node = g->first_node[g->first_incident + i], *chain = NULL;
        if (!reached_under(s, VIEW_INHERENT, node)) continue;
        size_t n = graph_chain(g, &s->a->reach, node, &chain, mark);
        for (size_t k = 0; k < n; k++)
            if (g->node_threat[chain[k]] < MAX_THREAT_CLASSES)
                s->chain_classes[i] |= (uint16_t)(1u << g->node_threat[chain[k]]);
        free(chain);
    }
    free(mark);
}

/* What there is of a class of threat, excluded ones left out. */
struct presence {
    uint32_t n, n_main;
    const struct threat *worst; // the most severe, then the easiest
};

static int is_worse(const struct assessment *a, const struct threat *t,
                    const struct threat *than)
{
    if (t->severity != than->severity) return t->severity > than->severity;
    return a->reach.effort[t->node] < a->reach.effort[than->node];
}

/* Per class; heap. */
static struct presence *find_present(const struct assessment *a)
{
    struct presence *present =
        mem_alloc((a->catalog->c.threats.n + 1) * sizeof *present);
    for (uint32_t i = 0; i < a->threats.n; i++) {
        const struct threat *t = LIST_AT(a->threats, struct threat, i);
        struct presence *p = &present[t->class];
        if (t->excluded) continue;
        p->n_main += t->main;
        if (p->n++ == 0 || is_worse(a, t, p->worst)) p->worst = t;
    }
    return present;
}

static int answers(const struct requirement *r, uint32_t class)
{
    for (uint32_t i = 0; i < r->threats.n; i++)
        if (LIST_AT(r->threats, struct ref, i)->index == class) return 1;
    return r->threats.n == 0;
}

static const struct incident *incident_at(const struct assessment *a, uint32_t i)
{
    const struct graph *g = a->graph;
    return LIST_AT(a->model->m.incidents, struct incident,
                   g->assets[g->first_incident + i].index);
}

/* How a requirement bears on incident number i (canonical): 2 its threat, 1 its way. */
static unsigned bearing(const struct stages *s, const struct requirement *r, uint32_t i)
{
    unsigned most = 0;
    if (r->threats.n == 0) return 2;
    for (uint32_t k = 0; k < r->threats.n; k++) {
        uint32_t class = LIST_AT(r->threats, struct ref, k)->index;
        unsigned here = class == incident_at(s->a, i)->threat.index
                            ? 2
                            : s->chain_classes[i] >> class & 1u;
        most = here > most ? here : most;
    }
    return most;
}

/* Weight of incident number i: its excess, a little when within targets; 0: no count.
 */
static double incident_weight(const struct stages *s, uint32_t i)
{
    const struct incident_result *r =
        LIST_AT(s->a->incidents, struct incident_result, i);
    if (!r->reached || r->excluded) return 0;
    return r->excess ? (double)r->excess : 0.25;
}

static double score_of(const struct stages *s, const struct requirement *r)
{
    double sum = 0, classes = r->threats.n ? r->threats.n : s->a->catalog->c.threats.n;
    for (uint32_t i = 0; i < s->a->incidents.n; i++)
        sum += incident_weight(s, i) * bearing(s, r, i);
    return sum * 2 / (1 + classes);
}

/* ---- reasons ------------------------------------------------------------------- */

struct reasons {
    struct arena *arena;
    struct reason items[12];
    uint32_t n;
};

static void add_reason(struct reasons *why, const char *ref, struct text text)
{
    if (why->n < sizeof why->items / sizeof *why->items)
        why->items[why->n++] = (struct reason){text, ref};
}

static struct text name_in_both(struct text name)
{
    return TEXT(text_in(name, LANG_EN), text_in(name, LANG_JA));
}

/* The role that brings it about, or 0 when the applicant has none it concerns. */
static int explain_role(const struct assessment *a, const struct requirement *r,
                        struct reasons *why)
{
    const struct stakeholder *applicant = LIST_AT(
        a->model->m.stakeholders, struct stakeholder, a->model->m.applicant.index);
    uint32_t common = applicant->roles & r->roles;
    for (size_t i = 0; i < roles.n; i++) {
        if ((common >> roles.items[i].value & 1) == 0) continue;
        struct text role = roles.items[i].text;
        add_reason(
            why, NULL,
            TEXT(arena_printf(why->arena, "Role of the applicant: %s.",
                              role.in[LANG_EN]),
                 arena_printf(why->arena, "適用主体の役割：%s。", role.in[LANG_JA])));
        return 1;
    }
    return 0;
}

/* The map row that demands the viewpoint most strongly, or NULL. */
static const struct map_row *demanding_row(const struct assessment *a, int viewpoint)
{
    const struct map_row *best = NULL;
    int most = STRENGTH_NONE;
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        int strength = catalog_strength(a->catalog, row->inherent.recovery,
                                        row->inherent.economic, viewpoint);
        if (row->form == NULL && !row->excluded && strength > most) {
            most = strength;
            best = row;
        }
    }
    return best;
}

static int explain_cell(const struct assessment *a, const struct requirement *r,
                        struct reasons *why)
{
    const struct map_row *row = demanding_row(a, r->viewpoint);
    if (row == NULL) return 0;
    const struct stakeholder *who =
        LIST_AT(a->model->m.stakeholders, struct stakeholder, row->stakeholder);
    struct text name = name_in_both(who->name);
    struct text strength = choice_text(&strengths, a->demanded[r->viewpoint]);
    add_reason(
        why, arena_printf(why->arena, "map:%s", who->entry.id),
        TEXT(arena_printf(why->arena,
                          "%s stands at %s × %s; that cell demands viewpoint %d, "
                          "confirmed %s.",
                          name.in[LANG_EN],
                          recovery_text(row->inherent.recovery).in[LANG_EN],
                          economic_text(row->inherent.economic).in[LANG_EN],
                          (int)r->viewpoint, strength.in[LANG_EN]),
             arena_printf(
                 why->arena,
                 "%sは「%s」×「%s」に位置し、この区画では第%dの観点(%s)が求められる。",
                 name.in[LANG_JA], recovery_text(row->inherent.recovery).in[LANG_JA],
                 economic_text(row->inherent.economic).in[LANG_JA], (int)r->viewpoint,
                 strength.in[LANG_JA])));
    return 1;
}

static void explain_class(const struct assessment *a, const struct presence *present,
                          uint32_t class, struct reasons *why)
{
    const struct presence *p = &present[class];
    struct text name = LIST_AT(a->catalog->c.threats, struct threat_class, class)->name;
    struct text at =
        name_in_both(graph_asset_name(a->graph, p->worst->asset, why->arena));
    const char *en = text_in(name, LANG_EN), *ja = text_in(name, LANG_JA);
    struct text text;
    if (p->n_main)
        text = TEXT(
            arena_printf(why->arena,
                         "%s reaches %u %s; at %u it can bring about an incident above "
                         "a target, as at %s.",
                         en, p->n, p->n == 1 ? "place" : "places", p->n_main,
                         at.in[LANG_EN]),
            arena_printf(why->arena,
                         "「%s」が%u箇所に及び、うち%u箇所で目標を超えるインシデントに"
                         "つながり得る(例: %s)。",
                         ja, p->n, p->n_main, at.in[LANG_JA]));
    else
        text = TEXT(arena_printf(why->arena, "%s reaches %u %s, such as %s.", en, p->n,
                                 p->n == 1 ? "place" : "places", at.in[LANG_EN]),
                    arena_printf(why->arena, "「%s」が%u箇所に及ぶ(例: %s)。", ja, p->n,
                                 at.in[LANG_JA]));
    add_reason(why, threat_id(a, p->worst, why->arena), text);
}

/* Threats present that it answers; 0 when there are none. */
static int explain_threats(const struct assessment *a, const struct requirement *r,
                           const struct presence *present, struct reasons *why,
                           struct list *classes)
{
    uint32_t n = a->catalog->c.threats.n;
    classes->items = arena_array(why->arena, n, sizeof(uint32_t));
    for (uint32_t c = 0; c < n; c++)
        if (present[c].n && answers(r, c))
            *LIST_AT(*classes, uint32_t, classes->n++) = c;
    if (r->threats.n == 0 && classes->n)
        add_reason(why, NULL,
                   TEXT("It is general: it helps against every threat present.",
                        "全般的な要件であり、存在するすべての脅威に関わる。"));
    for (uint32_t i = 0; r->threats.n && i < classes->n; i++)
        explain_class(a, present, *LIST_AT(*classes, uint32_t, i), why);
    return classes->n > 0;
}

/* The first row of the map that has one of the levels asked for, or NULL. */
static const struct map_row *row_with_level(const struct assessment *a,
                                            const struct target *least)
{
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        if (!row->excluded &&
            ((least->recovery && row->inherent.recovery >= least->recovery) ||
             (least->economic && row->inherent.economic >= least->economic)))
            return row;
    }
    return NULL;
}

static int explain_level(const struct assessment *a, const struct target *least,
                         struct reasons *why)
{
    if (least->recovery == LEVEL_NONE && least->economic == LEVEL_NONE) return 1;
    const struct map_row *row = row_with_level(a, least);
    if (row == NULL) return 0;
    const struct stakeholder *who =
        LIST_AT(a->model->m.stakeholders, struct stakeholder, row->stakeholder);
    struct text name = name_in_both(who->name);
    add_reason(why, arena_printf(why->arena, "map:%s", who->entry.id),
               TEXT(arena_printf(why->arena, "It is for grave cases, as that of %s.",
                                 name.in[LANG_EN]),
                    arena_printf(why->arena, "影響の大きい場合の要件である(例: %s)。",
                                 name.in[LANG_JA])));
    return 1;
}

/* The incidents it bears on most, so that its rank can be understood. */
static void explain_rank(const struct stages *s, const struct requirement *r,
                         struct reasons *why)
{
    uint32_t n = 0, worst = GRAPH_NONE;
    for (uint32_t i = 0; r->threats.n && i < s->a->incidents.n; i++) {
        if (bearing(s, r, i) < 2 || incident_weight(s, i) < 1) continue;
        if (n++ == 0 || incident_weight(s, i) > incident_weight(s, worst)) worst = i;
    }
    if (n == 0) return;
    const struct incident *x = incident_at(s->a, worst);
    struct text name = name_in_both(x->name);
    add_reason(why, arena_printf(why->arena, "incident:%s", x->entry.id),
               TEXT(arena_printf(why->arena,
                                 "It answers the threat of %u %s above a target: %s%s",
                                 n, n == 1 ? "incident" : "incidents", name.in[LANG_EN],
                                 n == 1 ? "." : ", for one."),
                    arena_printf(why->arena,
                                 "目標を超えるインシデント%u件の脅威に応える(%s%s)。",
                                 n, n == 1 ? "" : "例: ", name.in[LANG_JA])));
}

/* The id and name of an item a condition found. */
static struct text subject_name(const struct assessment *a, const char *subject,
                                uint32_t i, struct arena *arena)
{
    const struct model_data *m = &a->model->m;
    const struct graph *g = a->graph;
    if (strcmp(subject, "components") == 0)
        return LIST_AT(m->components, struct component, i)->name;
    if (strcmp(subject, "flows") == 0)
        return graph_asset_name(g, g->asset_of_flow[i], arena);
    if (strcmp(subject, "zones") == 0) return LIST_AT(m->zones, struct zone, i)->name;
    if (strcmp(subject, "data") == 0) return LIST_AT(m->data, struct data, i)->name;
    if (strcmp(subject, "stakeholders") == 0)
        return LIST_AT(m->stakeholders, struct stakeholder, i)->name;
    if (strcmp(subject, "incidents") == 0)
        return LIST_AT(m->incidents, struct incident,
                       LIST_AT(a->incidents, struct incident_result, i)->incident)
            ->name;
    if (strcmp(subject, "threats") == 0) {
        const char *id = threat_id(a, LIST_AT(a->threats, struct threat, i), arena);
        return TEXT(id, id);
    }
    return TEXT(subject, subject);
}

static void explain_match(const struct assessment *a, const struct condition *c,
                          uint32_t n, uint32_t first, struct reasons *why)
{
    struct text name = name_in_both(subject_name(a, c->subject, first, why->arena));
    struct text about = name_in_both(c->about);
    int plain = text_empty(c->about);
    const char *more_en = n > 1 ? arena_printf(why->arena, " and %u more", n - 1) : "";
    const char *more_ja = n > 1 ? arena_printf(why->arena, "ほか%u件", n - 1) : "";
    add_reason(why, NULL,
               TEXT(arena_printf(why->arena, "It is about %s%s%s%s.",
                                 plain ? "" : about.in[LANG_EN], plain ? "" : ": ",
                                 name.in[LANG_EN], more_en),
                    arena_printf(why->arena, "対象は%s%s%s%sである。",
                                 plain ? "" : about.in[LANG_JA], plain ? "" : ": ",
                                 name.in[LANG_JA], more_ja)));
}

static int explain_evidence(const struct assessment *a, const struct requirement *r,
                            struct reasons *why)
{
    for (uint32_t i = 0; i < r->evidence.n; i++) {
        const struct condition *c = LIST_AT(r->evidence, struct condition, i);
        uint32_t first = 0, n = condition_count(a, c, &first);
        if (n == 0) continue;
        explain_match(a, c, n, first, why);
        return 1;
    }
    return r->evidence.n == 0;
}

/* ---- adoption -------------------------------------------------------------------- */

static void find_measures(const struct assessment *a, const char *id,
                          struct arena *arena, struct requirement_result *result)
{
    const struct list *measures = &a->model->m.measures;
    result->measures.items = arena_array(arena, measures->n, sizeof(uint32_t));
    for (uint32_t i = 0; i < measures->n; i++) {
        const struct measure *m = LIST_AT(*measures, struct measure, i);
        if (strcmp(m->requirement.id, id) != 0) continue;
        *LIST_AT(result->measures, uint32_t, result->measures.n++) = i;
        result->adopted |= m->status >= STATUS_DECIDED;
    }
}

static void find_adoption(const struct assessment *a, const char *id,
                          struct requirement_result *result)
{
    const struct list *adoptions = &a->model->m.adoptions;
    for (uint32_t i = 0; i < adoptions->n; i++) {
        const struct adoption *adoption = LIST_AT(*adoptions, struct adoption, i);
        if (strcmp(adoption->entry.id, id) != 0) continue;
        result->adoption = adoption;
        result->adopted = 1;
    }
}

static int is_example_used(const struct assessment *a,
                           const struct requirement_result *result, const char *example)
{
    for (uint32_t i = 0; i < result->measures.n; i++) {
        const struct measure *m = LIST_AT(a->model->m.measures, struct measure,
                                          *LIST_AT(result->measures, uint32_t, i));
        if (m->example.id && strcmp(m->example.id, example) == 0) return 1;
    }
    return 0;
}

/* Examples of the catalog that would meet it and are not used yet. */
static void find_proposals(const struct assessment *a, const char *id,
                           struct arena *arena, struct requirement_result *result)
{
    const struct list *examples = &a->catalog->c.examples;
    result->proposals.items = arena_array(arena, examples->n, sizeof(uint32_t));
    for (uint32_t i = 0; i < examples->n; i++) {
        const struct example *e = LIST_AT(*examples, struct example, i);
        if (strcmp(e->requirement.id, id) == 0 &&
            !is_example_used(a, result, e->entry.id))
            *LIST_AT(result->proposals, uint32_t, result->proposals.n++) = i;
    }
}

/* ---- the stage ------------------------------------------------------------------- */

/* Fills result and returns 1 if the requirement is derived. */
static int derive(const struct stages *s, uint32_t index,
                  const struct presence *present, struct requirement_result *result)
{
    struct assessment *a = s->a;
    const struct requirement *r =
        LIST_AT(a->catalog->c.requirements, struct requirement, index);
    struct reasons why = {.arena = &a->arena};
    *result = (struct requirement_result){.requirement = index};
    if (!explain_cell(a, r, &why) || !explain_role(a, r, &why) ||
        !explain_threats(a, r, present, &why, &result->threats) ||
        !explain_level(a, &r->at_least, &why) || !explain_evidence(a, r, &why))
        return 0;
    explain_rank(s, r, &why);
    result->strength = a->demanded[r->viewpoint];
    result->score = score_of(s, r);
    result->why.n = why.n;
    result->why.items = arena_array(&a->arena, why.n, sizeof(struct reason));
    memcpy(result->why.items, why.items, why.n * sizeof(struct reason));
    find_measures(a, r->entry.id, &a->arena, result);
    find_adoption(a, r->entry.id, result);
    result->excluded = (uint8_t)is_excluded(s, "requirement:", r->entry.id);
    result->settled = (uint8_t)is_settled(s, "requirement:", r->entry.id);
    find_proposals(a, r->entry.id, &a->arena, result);
    return 1;
}

static int compare_results(const void *x, const void *y)
{
    const struct requirement_result *a = x, *b = y;
    if (a->score < b->score || a->score > b->score) return a->score > b->score ? -1 : 1;
    if (a->strength != b->strength) return a->strength > b->strength ? -1 : 1;
    return a->requirement < b->requirement ? -1 : a->requirement > b->requirement;
}

static void warn_pointless_adoptions(struct assessment *a)
{
    const struct list *adoptions = &a->model->m.adoptions;
    for (uint32_t i = 0; i < adoptions->n; i++) {
        const struct adoption *adoption = LIST_AT(*adoptions, struct adoption, i);
        if (assess_find_requirement(a, adoption->entry.id) == NULL)
            DIAG_ADD(&a->diags, NOT_DERIVED, adoption->entry.at,
                     text_same(adoption->entry.id));
    }
}

void assess_requirements(struct stages *s)
{
    struct assessment *a = s->a;
    uint32_t n = a->catalog->c.requirements.n;
    struct presence *present = find_present(a);
    struct requirement_result *items = arena_array(&a->arena, n + 1, sizeof *items);
    find_chain_classes(s);
    a->requirements.items = items;
    for (uint32_t i = 0; i < n; i++)
        a->requirements.n += (uint32_t)derive(s, i, present, &items[a->requirements.n]);
    if (a->requirements.n)
        qsort(items, a->requirements.n, sizeof *items, compare_results);
    for (uint32_t i = 0; i < a->requirements.n; i++)
        items[i].rank = i + 1;
    free(present);
    warn_pointless_adoptions(a);
}

const struct requirement_result *assess_find_requirement(const struct assessment *a,
                                                         const char *id)
{
    for (uint32_t i = 0; i < a->requirements.n; i++) {
        const struct requirement_result *r =
            LIST_AT(a->requirements, struct requirement_result, i);
        const struct requirement *requirement =
            LIST_AT(a->catalog->c.requirements, struct requirement, r->requirement);
        if (strcmp(requirement->entry.id, id) == 0) return r;
    }
    return NULL;
}
