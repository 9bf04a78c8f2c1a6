// SPDX-License-Identifier: Apache-2.0
/* What identifiers refer to; see things.h. */
#include "lsp/things.h"

#include <string.h>

#include "twin/cast.h"

/* A list of entries within a struct, and where their name and description are. */
struct section {
    const char *name;
    size_t list, size, title, about;
};

#define OF(whole, key, member, type)                                                   \
    {                                                                                  \
        key, offsetof(struct whole, member), sizeof(struct type),                      \
            offsetof(struct type, name), offsetof(struct type, description)            \
    }

static const struct section of_model[] = {
    OF(model_data, "stakeholders", stakeholders, stakeholder),
    OF(model_data, "zones", zones, zone),
    OF(model_data, "components", components, component),
    OF(model_data, "flows", flows, flow),
    OF(model_data, "data", data, data),
    OF(model_data, "incidents", incidents, incident),
    OF(model_data, "measures", measures, measure),
    OF(model_data, "safety-functions", safety_functions, safety_function),
};

static const struct section of_catalog[] = {
    OF(catalog_data, "kinds", kinds, kind),
    OF(catalog_data, "threats", threats, threat_class),
    OF(catalog_data, "protocols", protocols, protocol),
    OF(catalog_data, "carriers", carriers, carrier),
    OF(catalog_data, "requirements", requirements, requirement),
    OF(catalog_data, "examples", examples, example),
    OF(catalog_data, "origins", origins, origin),
};

/* Whom to show what, of which section. */
struct teller {
    const struct knowledge *k;
    const char *section;
    size_t len;
    thing_visitor *visit;
    void *told;
};

static int is_named(const struct teller *t, const char *name)
{
    return strlen(name) == t->len && memcmp(name, t->section, t->len) == 0;
}

// ---- the text itself

static const char *scalar_of(const struct spot *s)
{
    return s->kind == SPOT_SCALAR && s->text[0] ? s->text : NULL;
}

static const struct spot *child(const struct spot *s, const char *key)
{
    for (const struct spot *e = s ? s->first : NULL; e; e = e->next)
        if (e->key && !e->is_bare && strcmp(e->key, key) == 0) return e;
    return NULL;
}

static struct text text_of(const struct spot *s, const char *key)
{
    const struct spot *at = child(s, key), *en = child(at, "en"), *ja = child(at, "ja");
    struct text t = {
        {NULL, NULL}
    };
    if (at && at->kind == SPOT_SCALAR) return text_same(scalar_of(at));
    if (en) t.in[LANG_EN] = scalar_of(en);
    if (ja) t.in[LANG_JA] = scalar_of(ja);
    return t;
}

static struct thing defined(const struct mention *m)
{
    return (struct thing){.section = m->targets,
                          .id = m->id,
                          .name = text_of(m->spot, "name"),
                          .about = text_of(m->spot, "description"),
                          .at = m};
}

static void tell_text(const struct teller *t)
{
    const struct mentions *m = t->k->mentions;
    for (size_t i = 0; m && i < m->n; i++) {
        struct thing thing = {0};
        if (!m->items[i].is_definition || !is_named(t, m->items[i].targets)) continue;
        thing = defined(&m->items[i]);
        t->visit(t->told, &thing);
    }
}

// ---- lists of structs

/* Those of a list, or with `but`, those that are not of that file. */
static void tell_list(const struct teller *t, const struct section *s,
                      const void *whole, const uint32_t *but)
{
    const struct list *list =
        (const struct list *)(const void *)((const char *)whole + s->list);
    const char *item = list->items;
    for (uint32_t i = 0; i < list->n; i++, item += s->size) {
        const struct entry *e = (const struct entry *)(const void *)item;
        if (e->id == NULL || (but && e->at.file == *but)) continue;
        struct thing thing = {
            .section = s->name,
            .id = e->id,
            .name = *(const struct text *)(const void *)(item + s->title),
            .about = *(const struct text *)(const void *)(item + s->about),
            .included = but ? &e->at : NULL};
        t->visit(t->told, &thing);
    }
}

static void tell_lists(const struct teller *t, const struct section *sections, size_t n,
                       const void *whole, const uint32_t *but)
{
    for (size_t i = 0; i < n; i++)
        if (is_named(t, sections[i].name)) tell_list(t, &sections[i], whole, but);
}

/* The name of a step, in the first kind that has it. */
static struct text step_name(const struct catalog *c, const char *id)
{
    for (uint32_t i = 0; i < c->c.kinds.n; i++) {
        const struct list *steps = &LIST_AT(c->c.kinds, struct kind, i)->steps;
        for (uint32_t k = 0; k < steps->n; k++) {
            const struct step *s = LIST_AT(*steps, struct step, k);
            if (strcmp(s->entry.id, id) == 0 && !text_empty(s->name)) return s->name;
        }
    }
    return text_same(NULL);
}

static void tell_steps(const struct teller *t)
{
    const struct catalog *c = t->k->catalog;
    if (!is_named(t, "steps")) return;
    for (size_t i = 0; i < c->n_step_names; i++) {
        struct thing thing = {.section = "steps",
                              .id = c->step_names[i],
                              .name = step_name(c, c->step_names[i])};
        t->visit(t->told, &thing);
    }
}

// ---- the twin

static const struct scenario *scenario_of(const struct knowledge *k)
{
    const struct spot *twin =
        k->outline ? child(child(k->outline->root, "rehearsal"), "twin") : NULL;
    const char *name = twin ? scalar_of(twin) : NULL;
    const struct twin_kind *kind = name ? twin_find(name) : NULL;
    return kind ? scenario_find(kind) : NULL;
}

static void tell_quantity(const struct teller *t, const char *section,
                          const struct twin_quantity *q)
{
    struct thing thing = {.section = section,
                          .id = q->name,
                          .name = q->about,
                          .unit = q->unit,
                          .least = q->least,
                          .most = q->most};
    t->visit(t->told, &thing);
}

static void tell_parts(const struct teller *t, const char *section,
                       const struct scenario_part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct thing thing = {
            .section = section, .id = parts[i].name, .name = parts[i].about};
        t->visit(t->told, &thing);
    }
}

static void tell_signals(const struct teller *t, const char *section,
                         const struct scenario *s)
{
    for (size_t i = 0; i < s->n_signals; i++)
        tell_quantity(t, section, &s->signals[i].q);
}

static void tell_parameters(const struct teller *t, const struct scenario *s)
{
    for (uint32_t i = 0; i < cast_n_parameters(s); i++)
        if (i >= s->twin->n_variables ||
            s->twin->variables[i].causality == TWIN_PARAMETER)
            tell_quantity(t, "parameters", cast_quantity(s, i));
}

static void tell_twin(const struct teller *t)
{
    const struct scenario *s = scenario_of(t->k);
    for (size_t i = 0; is_named(t, "twins") && i < n_twin_kinds; i++) {
        struct thing thing = {.section = "twins",
                              .id = twin_kinds[i]->name,
                              .name = twin_kinds[i]->title,
                              .about = twin_kinds[i]->about};
        t->visit(t->told, &thing);
    }
    if (s == NULL) return;
    if (is_named(t, "parts")) {
        tell_parts(t, "parts", s->devices, s->n_devices);
        tell_signals(t, "parts", s);
        tell_parts(t, "parts", s->functions, s->n_functions);
    }
    if (is_named(t, "signals")) tell_signals(t, "signals", s);
    if (is_named(t, "parameters")) tell_parameters(t, s);
    if (is_named(t, "responses"))
        tell_parts(t, "responses", s->responses, s->n_responses);
    for (uint32_t i = 0; is_named(t, "outcomes") && i < cast_n_outcomes(s); i++)
        tell_quantity(t, "outcomes", &cast_outcome(s, i)->q);
}

// ---- all

void things_each(const struct knowledge *k, const char *section, size_t len,
                 thing_visitor *visit, void *told)
{
    const struct teller t = {k, section, len, visit, told};
    tell_text(&t);
    if (k->model)
        tell_lists(&t, of_model, sizeof of_model / sizeof *of_model, &k->model->m,
                   &k->model->file);
    tell_lists(&t, of_catalog, sizeof of_catalog / sizeof *of_catalog, &k->catalog->c,
               NULL);
    tell_steps(&t);
    tell_twin(&t);
}

struct search {
    const char *id;
    struct thing *found;
};

static void look(void *told, const struct thing *thing)
{
    struct search *s = told;
    if (s->found->id == NULL && strcmp(thing->id, s->id) == 0) *s->found = *thing;
}

int things_find(const struct knowledge *k, const char *targets, const char *id,
                struct thing *thing)
{
    struct search search = {id, thing};
    *thing = (struct thing){0};
    for (const char *t = targets; *t && thing->id == NULL;) {
        size_t len = strcspn(t, "|");
        const struct mention *m =
            k->mentions ? mentions_defined(k->mentions, t, len, id) : NULL;
        if (m)
            *thing = defined(m);
        else
            things_each(k, t, len, look, &search);
        t += len + (t[len] == '|');
    }
    return thing->id != NULL;
}
