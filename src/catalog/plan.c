// SPDX-License-Identifier: Apache-2.0
/*
 * From kinds as written to plans: a kind's steps are those of the kind it extends,
 * each overridden key by key, plus its own. After this, a step's conditions are
 * masks and its parents are (relation, step number), so that the graph is built
 * without looking at a string.
 */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "catalog/catalog_int.h"

static const struct {
    const char *name;
    enum relation_to relation;
    enum asset_type from; // the asset type that has this relation
} relations[] = {
    {"self",      TO_SELF,      ASSET_UNSET    },
    {"zone",      TO_ZONE,      ASSET_COMPONENT},
    {"in",        TO_IN,        ASSET_COMPONENT},
    {"out",       TO_OUT,       ASSET_COMPONENT},
    {"via",       TO_VIA,       ASSET_COMPONENT},
    {"accepts",   TO_ACCEPTS,   ASSET_COMPONENT},
    {"from",      TO_FROM,      ASSET_FLOW     },
    {"to",        TO_TO,        ASSET_FLOW     },
    {"through",   TO_THROUGH,   ASSET_FLOW     },
    {"initiator", TO_INITIATOR, ASSET_FLOW     },
    {"acceptor",  TO_ACCEPTOR,  ASSET_FLOW     },
    {"from-zone", TO_FROM_ZONE, ASSET_FLOW     },
    {"to-zone",   TO_TO_ZONE,   ASSET_FLOW     },
    {"member",    TO_MEMBER,    ASSET_ZONE     },
    {"outer",     TO_OUTER,     ASSET_ZONE     },
    {"inner",     TO_INNER,     ASSET_ZONE     },
    {"origin",    TO_ORIGIN,    ASSET_UNSET    },
};

static traits mask_of(const struct list *refs)
{
    traits mask = 0;
    for (uint32_t i = 0; i < refs->n; i++)
        mask |= (traits)1 << LIST_AT(*refs, struct ref, i)->index;
    return mask;
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All distinct step names, sorted: their order is part of what breaks ties. */
static void name_steps(struct catalog *catalog)
{
    size_t n = 0;
    struct strmap seen = {0};
    const struct list *kinds = &catalog->c.kinds;
    for (uint32_t k = 0; k < kinds->n; k++)
        n += LIST_AT(*kinds, struct kind, k)->steps.n;
    catalog->step_names = arena_array(&catalog->arena, n + 1, sizeof(char *));
    for (uint32_t k = 0; k < kinds->n; k++) {
        const struct list *steps = &LIST_AT(*kinds, struct kind, k)->steps;
        for (uint32_t i = 0; i < steps->n; i++) {
            const char *name = LIST_AT(*steps, struct step, i)->entry.id;
            if (strmap_add(&seen, name, 0, NULL))
                catalog->step_names[catalog->n_step_names++] = name;
        }
    }
    strmap_fini(&seen);
    qsort(catalog->step_names, catalog->n_step_names, sizeof(char *), compare_strings);
    for (size_t i = 0; i < catalog->n_step_names; i++)
        strmap_add(&catalog->step_ids, catalog->step_names[i], (uint32_t)i, NULL);
}

static int find_origin(const struct catalog *catalog, const char *id, uint32_t *index)
{
    for (uint32_t i = 0; i < catalog->c.origins.n; i++) {
        if (strcmp(LIST_AT(catalog->c.origins, struct origin, i)->entry.id, id) == 0) {
            *index = i;
            return 1;
        }
    }
    return 0;
}

/* Reads "RELATION.STEP" of a parent; asset is the type of the step's owner. */
static void plan_parent(struct catalog *catalog, struct parent *p, struct place at,
                        enum asset_type asset)
{
    const char *dot = p->step ? strchr(p->step, '.') : NULL;
    p->need = mask_of(&p->if_traits);
    p->avoid = mask_of(&p->unless_traits);
    for (size_t i = 0; dot && i < sizeof relations / sizeof *relations; i++) {
        size_t len = (size_t)(dot - p->step);
        if (strlen(relations[i].name) != len ||
            memcmp(relations[i].name, p->step, len) != 0)
            continue;
        if (relations[i].from != ASSET_UNSET && relations[i].from != asset) break;
        p->relation = (uint8_t)relations[i].relation;
        int known = p->relation == TO_ORIGIN
                        ? find_origin(catalog, dot + 1, &p->name)
                        : strmap_get(&catalog->step_ids, dot + 1, &p->name);
        if (known) return;
        break;
    }
    DIAG_ADD(&catalog->diags, PARENT_STEP, at, text_same(p->step ? p->step : ""));
}

static struct list join_lists(struct catalog *catalog, const struct list *a,
                              const struct list *b, size_t size)
{
    struct list both = {arena_array(&catalog->arena, (size_t)a->n + b->n, size),
                        a->n + b->n};
    if (a->n) memcpy(both.items, a->items, a->n * size);
    if (b->n) memcpy((char *)both.items + a->n * size, b->items, b->n * size);
    return both;
}

/* Complains of a time, or factor of one, that is no distribution; 1 if it is one. */
static int prepare_time(struct catalog *catalog, const struct step *own, struct ttc *t)
{
    const char *takes = ttc_prepare(t);
    if (takes)
        DIAG_ADD(&catalog->diags, TTC_PARAMETERS, own->entry.at,
                 text_same(own->entry.id), choice_text(&distributions, t->dist),
                 text_same(takes));
    return takes == NULL;
}

static void prepare_factors(struct catalog *catalog, const struct step *own,
                            struct ttc *t)
{
    if (t->factors.n > TTC_MOST_FACTORS)
        DIAG_ADD(&catalog->diags, TTC_FACTORS, own->entry.at, text_same(own->entry.id));
    for (uint32_t i = 0; i < t->factors.n; i++) {
        struct ttc *factor = LIST_AT(t->factors, struct ttc, i);
        if (prepare_time(catalog, own, factor)) ttc_multiply(t, factor);
    }
}

/* Times of a step as it is written; steps that inherit them share them. */
static void prepare_times(struct catalog *catalog, const struct step *own)
{
    for (uint32_t i = 0; i < own->ttc.n; i++) {
        struct ttc *t = LIST_AT(own->ttc, struct ttc, i);
        t->need = mask_of(&t->if_traits);
        t->avoid = mask_of(&t->unless_traits);
        prepare_time(catalog, own, t);
        prepare_factors(catalog, own, t);
    }
}

/* Lays the keys that `own` gives over the inherited step. */
static void override_step(struct catalog *catalog, struct step *s,
                          const struct step *own)
{
    s->entry = own->entry;
    if (!text_empty(own->name)) s->name = own->name;
    if (own->type != STEP_UNSET) s->type = own->type;
    if (own->threat.id) s->threat = own->threat;
    if (own->if_traits.n) s->if_traits = own->if_traits;
    if (own->unless_traits.n) s->unless_traits = own->unless_traits;
    if (own->from.n) s->from = own->from;
    s->from = join_lists(catalog, &s->from, &own->also_from, sizeof(struct parent));
    if (own->ttc.n) s->ttc = own->ttc;
    if (own->source) s->source = own->source;
    s->remove = own->remove;
}

static struct step *find_step(struct list *plan, const char *name)
{
    for (uint32_t i = 0; i < plan->n; i++) {
        struct step *s = LIST_AT(*plan, struct step, i);
        if (strcmp(s->entry.id, name) == 0) return s;
    }
    return NULL;
}

static void plan_own_step(struct catalog *catalog, struct kind *kind,
                          const struct step *own)
{
    struct step *s = find_step(&kind->plan, own->entry.id);
    if (s == NULL) {
        s = LIST_AT(kind->plan, struct step, kind->plan.n++);
        s->type = STEP_OR;
        s->name = TEXT(own->entry.id, own->entry.id);
        s->source = kind->source;
    }
    override_step(catalog, s, own);
    prepare_times(catalog, own);
}

/* Turns what is written in a planned step into masks and numbers. */
static void plan_step(struct catalog *catalog, const struct kind *kind, struct step *s)
{
    s->need = mask_of(&s->if_traits);
    s->avoid = mask_of(&s->unless_traits);
    strmap_get(&catalog->step_ids, s->entry.id, &s->name_index);
    struct list from = s->from;
    s->from = join_lists(catalog, &from, &(struct list){0}, sizeof(struct parent));
    for (uint32_t i = 0; i < s->from.n; i++)
        plan_parent(catalog, LIST_AT(s->from, struct parent, i), s->entry.at,
                    (enum asset_type)kind->asset_type);
}

static int compare_steps(const void *a, const void *b)
{
    return strcmp(((const struct step *)a)->entry.id,
                  ((const struct step *)b)->entry.id);
}

static void drop_removed(struct list *plan)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < plan->n; i++) {
        struct step *s = LIST_AT(*plan, struct step, i);
        if (s->remove != TRI_YES) *LIST_AT(*plan, struct step, kept++) = *s;
    }
    plan->n = kept;
}

static void inherit(struct kind *kind, const struct kind *parent)
{
    kind->mask |= parent->mask;
    if (kind->asset == ASSET_UNSET) kind->asset_type = parent->asset_type;
    if (kind->defaults.authentication == AUTH_UNSET)
        kind->defaults.authentication = parent->defaults.authentication;
    if (kind->defaults.update == UPDATE_UNSET)
        kind->defaults.update = parent->defaults.update;
    if (kind->defaults.interfaces == 0)
        kind->defaults.interfaces = parent->defaults.interfaces;
}

enum { MAX_PLAN = 64 }; // steps and joints of a kind: bits of a word in the graph

static void check_size(struct catalog *catalog, const struct kind *kind)
{
    uint32_t n = kind->plan.n;
    for (uint32_t i = 0; i < kind->plan.n; i++) {
        const struct step *s = LIST_AT(kind->plan, struct step, i);
        n += s->type == STEP_AND ? s->from.n : 0;
    }
    if (n > MAX_PLAN)
        DIAG_ADD(&catalog->diags, LARGE_KIND, kind->entry.at, text_same(kind->entry.id),
                 diag_number(&catalog->diags, MAX_PLAN));
}

static void plan_kind(struct catalog *catalog, struct kind *kind, unsigned depth)
{
    struct kind *parent = NULL;
    if (kind->plan.items) return;
    if (depth > LIMIT_DEPTH) {
        DIAG_ADD(&catalog->diags, KIND_NESTING, kind->entry.at,
                 text_same(kind->entry.id));
        return;
    }
    if (kind->extends.id) {
        parent = LIST_AT(catalog->c.kinds, struct kind, kind->extends.index);
        plan_kind(catalog, parent, depth + 1);
    }
    uint32_t inherited = parent ? parent->plan.n : 0;
    kind->asset_type = kind->asset;
    kind->mask = mask_of(&kind->traits);
    kind->plan.items = arena_array(&catalog->arena, inherited + kind->steps.n + 1,
                                   sizeof(struct step));
    if (parent && parent->plan.items) {
        inherit(kind, parent);
        memcpy(kind->plan.items, parent->plan.items, inherited * sizeof(struct step));
        kind->plan.n = inherited;
    }
    for (uint32_t i = 0; i < kind->steps.n; i++)
        plan_own_step(catalog, kind, LIST_AT(kind->steps, struct step, i));
    drop_removed(&kind->plan);
    for (uint32_t i = 0; i < kind->plan.n; i++)
        plan_step(catalog, kind, LIST_AT(kind->plan, struct step, i));
    qsort(kind->plan.items, kind->plan.n, sizeof(struct step), compare_steps);
    check_size(catalog, kind);
    if (kind->asset_type == ASSET_UNSET)
        DIAG_ADD(&catalog->diags, KIND_OF_NOTHING, kind->entry.at,
                 text_same(kind->entry.id));
}

static uint32_t find_kind(struct catalog *catalog, const char *id)
{
    for (uint32_t i = 0; i < catalog->c.kinds.n; i++) {
        if (strcmp(LIST_AT(catalog->c.kinds, struct kind, i)->entry.id, id) == 0)
            return i;
    }
    DIAG_ADD(&catalog->diags, REFERENCE, (struct place){0}, text_same(id),
             text_same("kinds"), text_same(NULL));
    return 0;
}

/* Reads "component.STEP" patterns of an example's effects. */
static struct list plan_effects(struct catalog *catalog, const struct example *e,
                                const struct list *effects)
{
    static const char *const prefixes[] = {[ASSET_COMPONENT] = "component.",
                                           [ASSET_FLOW] = "flow.",
                                           [ASSET_ZONE] = "zone."};
    struct list patterns = {
        arena_array(&catalog->arena, effects->n, sizeof(struct step_pattern)),
        effects->n};
    for (uint32_t i = 0; i < effects->n; i++) {
        const char *s = *LIST_AT(*effects, const char *, i);
        struct step_pattern *p = LIST_AT(patterns, struct step_pattern, i);
        for (int t = ASSET_COMPONENT; s && t <= ASSET_ZONE; t++) {
            size_t len = strlen(prefixes[t]);
            if (strncmp(s, prefixes[t], len) == 0 &&
                strmap_get(&catalog->step_ids, s + len, &p->name))
                p->asset_type = (uint8_t)t;
        }
        if (p->asset_type == ASSET_UNSET)
            DIAG_ADD(&catalog->diags, EXAMPLE_STEP, e->entry.at, text_same(e->entry.id),
                     text_same(s ? s : ""));
    }
    return patterns;
}

static void plan_examples(struct catalog *catalog)
{
    for (uint32_t i = 0; i < catalog->c.examples.n; i++) {
        struct example *e = LIST_AT(catalog->c.examples, struct example, i);
        e->block_steps = plan_effects(catalog, e, &e->blocks);
        e->slow_steps = plan_effects(catalog, e, &e->slows);
        e->limit_steps = plan_effects(catalog, e, &e->limits);
        e->detect_steps = plan_effects(catalog, e, &e->detects);
    }
}

void catalog_plan(struct catalog *catalog)
{
    name_steps(catalog);
    for (uint32_t i = 0; i < catalog->c.kinds.n; i++)
        plan_kind(catalog, LIST_AT(catalog->c.kinds, struct kind, i), 0);
    for (uint32_t i = 0; i < catalog->c.carriers.n; i++) {
        struct carrier *c = LIST_AT(catalog->c.carriers, struct carrier, i);
        c->mask = mask_of(&c->traits);
    }
    catalog->component_kind = find_kind(catalog, "component");
    catalog->flow_kind = find_kind(catalog, "flow");
    catalog->zone_kind = find_kind(catalog, "zone");
    plan_examples(catalog);
}
