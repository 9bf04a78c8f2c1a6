// SPDX-License-Identifier: Apache-2.0
/* Model meets catalog: references resolved, and what only both together can tell. */
#include <string.h>

#include "catalog/catalog.h"

static void check_kind(const struct catalog *catalog, struct model *model,
                       const struct component *c)
{
    if (c->kind.index == REF_NONE || c->kind.id == NULL) return;
    const struct kind *kind = LIST_AT(catalog->c.kinds, struct kind, c->kind.index);
    if (kind->is_abstract == TRI_YES || kind->asset_type != ASSET_COMPONENT)
        DIAG_ADD(&model->diags, KIND_FAMILY, c->kind.at, text_same(c->kind.id));
}

static void check_protocol(const struct catalog *catalog, struct model *model,
                           const struct flow *f)
{
    if (f->protocol.id == NULL || f->protocol.index == REF_NONE) return;
    const struct protocol *p =
        LIST_AT(catalog->c.protocols, struct protocol, f->protocol.index);
    if (f->encrypted == TRI_YES && p->can_encrypt == TRI_NO)
        DIAG_ADD(&model->diags, CANNOT_ENCRYPT, f->entry.at, text_same(f->entry.id),
                 text_same(f->protocol.id));
    if (f->authenticated == TRI_YES && p->can_authenticate == TRI_NO)
        DIAG_ADD(&model->diags, CANNOT_AUTHENTICATE, f->entry.at,
                 text_same(f->entry.id), text_same(f->protocol.id));
}

static void check_example(const struct catalog *catalog, struct model *model,
                          const struct measure *m)
{
    if (m->example.id == NULL || m->example.index == REF_NONE) return;
    const struct example *e =
        LIST_AT(catalog->c.examples, struct example, m->example.index);
    if (m->requirement.id && e->requirement.id &&
        strcmp(m->requirement.id, e->requirement.id) != 0)
        DIAG_ADD(&model->diags, EXAMPLE, m->example.at, text_same(e->entry.id),
                 text_same(e->requirement.id), text_same(m->requirement.id));
}

/* The names of attack steps as entries that can be referred to; in the model's arena.
 */
static struct list step_entries(const struct catalog *catalog, struct arena *arena)
{
    uint32_t n = (uint32_t)catalog->n_step_names;
    struct list steps = {arena_array(arena, n, sizeof(struct entry)), n};
    for (uint32_t i = 0; i < n; i++)
        LIST_AT(steps, struct entry, i)->id = catalog->step_names[i];
    return steps;
}

void catalog_bind(const struct catalog *catalog, struct model *model)
{
    const struct catalog_data *c = &catalog->c;
    struct scope scopes[7] = {{0}};
    struct list steps = step_entries(catalog, &model->arena);
    schema_scope(&scopes[0], "kinds", &c->kinds, sizeof(struct kind));
    schema_scope(&scopes[1], "threats", &c->threats, sizeof(struct threat_class));
    schema_scope(&scopes[2], "protocols", &c->protocols, sizeof(struct protocol));
    schema_scope(&scopes[3], "carriers", &c->carriers, sizeof(struct carrier));
    schema_scope(&scopes[4], "requirements", &c->requirements,
                 sizeof(struct requirement));
    schema_scope(&scopes[5], "examples", &c->examples, sizeof(struct example));
    schema_scope(&scopes[6], "steps", &steps, sizeof(struct entry));
    schema_resolve(&model_shape, &model->m, scopes, 7, &model->arena, &model->diags);
    for (size_t i = 0; i < 7; i++)
        strmap_fini(&scopes[i].ids);
    for (uint32_t i = 0; i < model->m.components.n; i++)
        check_kind(catalog, model, LIST_AT(model->m.components, struct component, i));
    for (uint32_t i = 0; i < model->m.flows.n; i++)
        check_protocol(catalog, model, LIST_AT(model->m.flows, struct flow, i));
    for (uint32_t i = 0; i < model->m.measures.n; i++)
        check_example(catalog, model, LIST_AT(model->m.measures, struct measure, i));
    diag_sort(&model->diags);
}
