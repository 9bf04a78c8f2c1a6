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

/* Makes entries of the catalog known to references, with the command that lists them.
 */
static void list_scope(struct scope *scope, const char *name, const char *lister,
                       const struct list *entries, size_t size)
{
    schema_scope(scope, name, entries, size);
    scope->lister = lister;
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
    struct list steps = step_entries(catalog, &model->arena);
    const struct {
        const char *name, *lister;
        const struct list *entries;
        size_t size;
    } sections[] = {
        {"kinds",        "awai catalog kinds",        &c->kinds,        sizeof(struct kind)        },
        {"threats",      "awai catalog threats",      &c->threats,      sizeof(struct threat_class)},
        {"protocols",    "awai catalog protocols",    &c->protocols,    sizeof(struct protocol)    },
        {"carriers",     "awai catalog carriers",     &c->carriers,     sizeof(struct carrier)     },
        {"requirements", "awai catalog requirements", &c->requirements,
         sizeof(struct requirement)                                                                },
        {"examples",     "awai catalog examples",     &c->examples,     sizeof(struct example)     },
        {"origins",      "awai catalog origins",      &c->origins,      sizeof(struct origin)      },
        {"steps",        "awai catalog KIND",         &steps,           sizeof(struct entry)       },
    };
    enum { N_SECTIONS = sizeof sections / sizeof *sections };
    struct scope scopes[N_SECTIONS] = {{0}};
    for (size_t i = 0; i < N_SECTIONS; i++)
        list_scope(&scopes[i], sections[i].name, sections[i].lister,
                   sections[i].entries, sections[i].size);
    schema_resolve(&model_shape, &model->m, scopes, N_SECTIONS, &model->arena,
                   &model->diags);
    for (size_t i = 0; i < N_SECTIONS; i++)
        strmap_fini(&scopes[i].ids);
    for (uint32_t i = 0; i < model->m.components.n; i++)
        check_kind(catalog, model, LIST_AT(model->m.components, struct component, i));
    for (uint32_t i = 0; i < model->m.flows.n; i++)
        check_protocol(catalog, model, LIST_AT(model->m.flows, struct flow, i));
    for (uint32_t i = 0; i < model->m.measures.n; i++)
        check_example(catalog, model, LIST_AT(model->m.measures, struct measure, i));
    diag_sort(&model->diags);
}
