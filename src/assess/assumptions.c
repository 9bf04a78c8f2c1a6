// SPDX-License-Identifier: Apache-2.0
/*
 * Everything that a default decided, so that nothing is silent: properties that the
 * model does not state and whose default comes from the kind, the protocol or the model
 * language.
 */
#include <stdlib.h>
#include <string.h>

#include "assess/assess_int.h"

struct assumptions {
    struct assessment *a;
    struct assumption *items;
    size_t n, cap;
};

static void assume(struct assumptions *all, int unset, struct assumption value)
{
    if (unset)
        *(struct assumption *)mem_push(&all->items, &all->n, &all->cap,
                                       sizeof *all->items) = value;
}

static void assume_zone(struct assumptions *all, uint32_t asset, const struct zone *z)
{
    assume(all, z->kind == 0,
           (struct assumption){asset, "kind", choice_name(&zone_kinds, ZONE_SEGMENT),
                               "zone"});
    assume(all, z->trust == 0,
           (struct assumption){asset, "trust", choice_name(&trusts, TRUST_PARTIAL),
                               "zone"});
    assume(all, z->physical_access == 0 && z->kind != ZONE_INTERNET,
           (struct assumption){asset, "physical-access",
                               choice_name(&physical_accesses, ACCESS_OCCUPANTS),
                               "zone"});
}

/* The names of a set of interfaces, or "none"; in the arena. */
static const char *interface_names(uint32_t mask, struct arena *arena)
{
    struct buf text = {0};
    for (size_t i = 0; i < interfaces.n; i++) {
        if ((mask >> interfaces.items[i].value & 1) == 0) continue;
        if (text.len) buf_str(&text, ", ");
        buf_str(&text, interfaces.items[i].name);
    }
    const char *names = arena_str(arena, text.len ? buf_text(&text) : "none");
    buf_fini(&text);
    return names;
}

/* Without software nothing is logged in to or updated, and few things can be reached.
 */
static void assume_component(struct assumptions *all, uint32_t asset,
                             const struct component *c)
{
    struct assessment *a = all->a;
    uint32_t open = effective_interfaces(a->catalog, c);
    int runs = (a->graph->traits[asset] & trait_bit("software")) != 0;
    assume(all, runs && c->authentication == AUTH_UNSET,
           (struct assumption){
               asset, "authentication",
               choice_name(&authentications, effective_authentication(a->catalog, c)),
               c->kind.id});
    assume(all, runs && c->update == UPDATE_UNSET,
           (struct assumption){asset, "update",
                               choice_name(&updates, effective_update(a->catalog, c)),
                               c->kind.id});
    if (c->interfaces == 0 && (runs || open))
        assume(all, 1,
               (struct assumption){asset, "interfaces",
                                   interface_names(open, &a->arena), c->kind.id});
}

static void assume_flow(struct assumptions *all, uint32_t asset, const struct flow *f)
{
    const struct catalog *catalog = all->a->catalog;
    const char *from = f->protocol.id ? f->protocol.id : "no protocol";
    assume(all, f->encrypted == TRI_UNSET,
           (struct assumption){asset, "encrypted",
                               effective_encrypted(catalog, f) ? "true" : "false",
                               from});
    assume(all, f->authenticated == TRI_UNSET,
           (struct assumption){asset, "authenticated",
                               effective_authenticated(catalog, f) ? "true" : "false",
                               from});
    assume(all, f->initiator == INITIATOR_UNSET,
           (struct assumption){asset, "initiator",
                               choice_name(&initiators, INITIATOR_FROM), "flow"});
}

void assess_assumptions(struct stages *s)
{
    struct assessment *a = s->a;
    const struct graph *g = a->graph;
    const struct model_data *m = &a->model->m;
    struct assumptions all = {.a = a};
    for (uint32_t i = g->first_zone; i < g->first_component; i++)
        assume_zone(&all, i, LIST_AT(m->zones, struct zone, g->assets[i].index));
    for (uint32_t i = g->first_component; i < g->first_flow; i++)
        assume_component(&all, i,
                         LIST_AT(m->components, struct component, g->assets[i].index));
    for (uint32_t i = g->first_flow; i < g->first_incident; i++)
        assume_flow(&all, i, LIST_AT(m->flows, struct flow, g->assets[i].index));
    a->assumptions.n = (uint32_t)all.n;
    a->assumptions.items = arena_array(&a->arena, all.n, sizeof *all.items);
    if (all.n) memcpy(a->assumptions.items, all.items, all.n * sizeof *all.items);
    free(all.items);
}
