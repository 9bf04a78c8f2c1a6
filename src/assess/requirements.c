// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Requirements by rule. One is derived when the applicant has a role it concerns, a
 * cell that someone reaches demands its viewpoint, a threat it answers is present (any
 * threat for a general one), the level it asks for is reached, and the system has what
 * it is about. Each of these leaves its reason.
 *
 * Rank: the sum, over the incidents that threats of its classes lead to, of the
 * incident's excess over targets; incidents of the very class count double; a general
 * requirement answers every incident, at half weight. So what the model's own risk
 * demands most comes first.
 */
#include <stdlib.h>
#include <string.h>

#include "assess/assess_int.h"
#include "assess/condition.h"

/* The set of incidents to which threats of each class lead. */
static void find_class_sets(struct stages *s)
{
    const struct assessment *a = s->a;
    const struct forward *f = &a->forward;
    uint32_t n_classes = a->catalog->c.threats.n;
    uint64_t *set = mem_alloc((f->words + 1) * sizeof *set);
    s->class_sets = mem_alloc(((size_t)n_classes * f->words + 1) * sizeof(uint64_t));
    for (uint32_t i = 0; i < a->threats.n; i++) {
        const struct threat *t = LIST_AT(a->threats, struct threat, i);
        if (t->excluded) continue;
        threat_incidents(a, t, set);
        for (uint32_t w = 0; w < f->words; w++)
            s->class_sets[(size_t)t->class * f->words + w] |= set[w];
    }
    free(set);
}

/* What there is of a class of threat, excluded ones left out. */
struct presence {
    uint32_t n;
    const struct threat *worst; // the most severe, first in canonical order
};

/* Per class; heap. */
static struct presence *find_present(const struct assessment *a)
{
    struct presence *present =
        mem_alloc((a->catalog->c.threats.n + 1) * sizeof *present);
    for (uint32_t i = 0; i < a->threats.n; i++) {
        const struct threat *t = LIST_AT(a->threats, struct threat, i);
        struct presence *p = &present[t->class];
        if (t->excluded) continue;
        if (p->n++ == 0 || t->severity > p->worst->severity) p->worst = t;
    }
    return present;
}

static int answers(const struct requirement *r, uint32_t class)
{
    for (uint32_t i = 0; i < r->threats.n; i++)
        if (LIST_AT(r->threats, struct ref, i)->index == class) return 1;
    return r->threats.n == 0;
}

/* Weight of incident number i (canonical): its excess, a little when within targets. */
static double incident_weight(const struct stages *s, uint32_t i)
{
    const struct graph *g = s->a->graph;
    uint32_t excess = s->excess[g->assets[g->first_incident + i].index];
    return excess ? (double)excess : 0.25;
}

static double score_incident(const struct stages *s, const struct requirement *r,
                             uint32_t i)
{
    const struct graph *g = s->a->graph;
    const struct forward *f = &s->a->forward;
    const struct incident *incident = LIST_AT(s->a->model->m.incidents, struct incident,
                                              g->assets[g->first_incident + i].index);
    if (r->threats.n == 0) return 0.5;
    double best = 0;
    for (uint32_t k = 0; k < r->threats.n; k++) {
        uint32_t class = LIST_AT(r->threats, struct ref, k)->index;
        int leads =
            (s->class_sets[(size_t) class * f->words + i / 64] >> (i % 64) & 1) != 0;
        double here = !leads ? 0 : class == incident->threat.index ? 2 : 1;
        best = here > best ? here : best;
    }
    return best;
}

static double score_of(const struct stages *s, const struct requirement *r)
{
    double score = 0;
    for (uint32_t i = 0; i < s->a->incidents.n; i++) {
        const struct incident_result *result =
            LIST_AT(s->a->incidents, struct incident_result, i);
        if (result->reached && !result->excluded)
            score += incident_weight(s, i) * score_incident(s, r, i);
    }
    return score;
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
            TEXT(arena_printf(why->arena, "The applicant is %s.", role.in[LANG_EN]),
                 arena_printf(why->arena, "適用主体は%sである。", role.in[LANG_JA])));
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
                          "%s stands at %s x %s; that cell demands viewpoint %d, "
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
    uint32_t n = present[class].n;
    const struct threat *t = present[class].worst;
    struct text name = LIST_AT(a->catalog->c.threats, struct threat_class, class)->name;
    struct text at = name_in_both(graph_asset_name(a->graph, t->asset, why->arena));
    add_reason(
        why, threat_id(a, t, why->arena),
        TEXT(arena_printf(
                 why->arena, "%s reaches %u %s; most gravely %s%s.",
                 text_in(name, LANG_EN), n, n == 1 ? "place" : "places", at.in[LANG_EN],
                 t->main ? ", from where an incident above a target follows" : ""),
             arena_printf(why->arena, "「%s」が%u箇所に及ぶ。最も重大なのは%s%s。",
                          text_in(name, LANG_JA), n, at.in[LANG_JA],
                          t->main ? "(目標を超えるインシデントにつながる)" : "")));
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

static int level_reached(const struct assessment *a, const struct target *least)
{
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        if (!row->excluded &&
            ((least->recovery && row->inherent.recovery >= least->recovery) ||
             (least->economic && row->inherent.economic >= least->economic)))
            return 1;
    }
    return least->recovery == LEVEL_NONE && least->economic == LEVEL_NONE;
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

static void explain_match(const struct assessment *a, const char *subject, uint32_t n,
                          uint32_t first, struct reasons *why)
{
    struct text name = name_in_both(subject_name(a, subject, first, why->arena));
    if (n == 1)
        add_reason(
            why, NULL,
            TEXT(arena_printf(why->arena, "It is about %s.", name.in[LANG_EN]),
                 arena_printf(why->arena, "対象は%sである。", name.in[LANG_JA])));
    else
        add_reason(why, NULL,
                   TEXT(arena_printf(why->arena, "It is about %s and %u more.",
                                     name.in[LANG_EN], n - 1),
                        arena_printf(why->arena, "対象は%sほか%u件である。",
                                     name.in[LANG_JA], n - 1)));
}

static int explain_evidence(const struct assessment *a, const struct requirement *r,
                            struct reasons *why)
{
    for (uint32_t i = 0; i < r->evidence.n; i++) {
        const struct condition *c = LIST_AT(r->evidence, struct condition, i);
        uint32_t first = 0, n = condition_count(a, c, &first);
        if (n == 0) continue;
        explain_match(a, c->subject, n, first, why);
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
        !level_reached(a, &r->at_least) || !explain_evidence(a, r, &why))
        return 0;
    result->strength = a->demanded[r->viewpoint];
    result->score = score_of(s, r);
    result->why.n = why.n;
    result->why.items = arena_array(&a->arena, why.n, sizeof(struct reason));
    memcpy(result->why.items, why.items, why.n * sizeof(struct reason));
    find_measures(a, r->entry.id, &a->arena, result);
    find_adoption(a, r->entry.id, result);
    result->excluded = (uint8_t)is_excluded(s, "requirement:", r->entry.id);
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
    find_class_sets(s);
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
