// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What is exported: layout and words that both formats share; see export.h. */
#include "exchange/export.h"

#include <string.h>

#include "exchange/export_int.h"

// clang-format off
SCHEMA_SET(export_kinds, "format",
    {"otm", EXPORT_OTM, {{"Open Threat Model", "Open Threat Model"}}},
    {"threat-dragon", EXPORT_THREAT_DRAGON, {{"OWASP Threat Dragon", "OWASP Threat Dragon"}}})
// clang-format on

void export_left(struct exporting *x, const char *section, size_t n, struct text why)
{
    if (n == 0) return;
    const char *what =
        n == 1 ? section : arena_printf(&x->arena, "%s (%zu)", section, n);
    DIAG_ADD(&x->r->diags, LEFT_OUT, ((struct place){0}), text_same(what), why);
}

const char *export_text(const struct exporting *x, struct text t)
{
    return text_in(t, x->lang);
}

const char *export_flow_name(const struct exporting *x, const struct flow *f)
{
    const char *name = export_text(x, f->name);
    if (name[0]) return name;
    const struct component *from =
        LIST_AT(x->m->components, const struct component, f->from.index);
    const struct component *to =
        LIST_AT(x->m->components, const struct component, f->to.index);
    struct exporting *own = (struct exporting *)(uintptr_t)x; // only its arena grows
    return arena_printf(&own->arena, "%s \u2192 %s", export_text(x, from->name),
                        export_text(x, to->name));
}

int export_is_at(const struct incident *i, uint32_t index, int is_flow)
{
    for (uint32_t k = 0; k < i->at.n; k++) {
        const struct ref *at = LIST_AT(i->at, const struct ref, k);
        if (at->index == index && ref_is_flow(at) == is_flow) return 1;
    }
    return 0;
}

// ---- layout -------------------------------------------------------------------------

enum { BOX_WIDTH = 160, BOX_HEIGHT = 80, LABEL_HEIGHT = 20 };

/* Zones in an order in which outer ones come first. */
static void order_zones(struct exporting *x)
{
    uint32_t n = x->m->zones.n, done = 0;
    x->zone_at = arena_array(&x->arena, n + 1u, sizeof *x->zone_at);
    for (uint32_t i = 0; i < n; i++)
        x->zone_at[i] = LAYOUT_NONE;
    for (uint32_t round = 0; round <= n && done < n; round++)
        for (uint32_t i = 0; i < n; i++) {
            const struct zone *z = LIST_AT(x->m->zones, const struct zone, i);
            uint32_t outer = z->within.id ? x->zone_at[z->within.index] : LAYOUT_NONE;
            if (x->zone_at[i] != LAYOUT_NONE || (z->within.id && outer == LAYOUT_NONE))
                continue;
            x->layout.zones[done] = (struct layout_zone){
                .outer = outer, .label_width = BOX_WIDTH, .label_height = LABEL_HEIGHT};
            x->zone_at[i] = done++;
        }
}

/* From where the model counts, so that an import has what was given. */
static void count_as_given(struct layout *l)
{
    for (size_t i = 0; i < l->n_zones; i++) {
        l->zones[i].x -= l->from_left;
        l->zones[i].y -= l->from_top;
    }
    for (size_t i = 0; i < l->n_nodes; i++) {
        struct layout_node *n = &l->nodes[i];
        int is_exact = n->is_wanted && !n->is_moved && !l->is_spread;
        n->x = is_exact ? n->want_x : n->x - l->from_left;
        n->y = is_exact ? n->want_y : n->y - l->from_top;
    }
}

static void lay_out(struct exporting *x)
{
    struct layout *l = &x->layout;
    l->n_nodes = x->m->components.n;
    l->n_zones = x->m->zones.n;
    l->n_ties = x->m->flows.n;
    l->nodes = arena_array(&x->arena, l->n_nodes + 1, sizeof *l->nodes);
    l->zones = arena_array(&x->arena, l->n_zones + 1, sizeof *l->zones);
    l->ties = arena_array(&x->arena, l->n_ties + 1, sizeof *l->ties);
    order_zones(x);
    for (uint32_t i = 0; i < l->n_nodes; i++) {
        const struct component *c =
            LIST_AT(x->m->components, const struct component, i);
        l->nodes[i] = (struct layout_node){.width = BOX_WIDTH,
                                           .height = BOX_HEIGHT,
                                           .zone = x->zone_at[c->zone.index],
                                           .is_wanted = c->position.x.is_set,
                                           .want_x = c->position.x.value,
                                           .want_y = c->position.y.value};
    }
    for (uint32_t i = 0; i < l->n_ties; i++) {
        const struct flow *f = LIST_AT(x->m->flows, const struct flow, i);
        l->ties[i] = (struct layout_tie){f->from.index, f->to.index, 1, 0};
    }
    layout_place(l, &x->arena);
    layout_place_given(l, 0, &x->arena);
    count_as_given(l);
}

// ---- the whole ----------------------------------------------------------------------

void export_model(const struct model *model, const struct catalog *catalog,
                  enum export_kind kind, enum lang lang, struct export_result *r)
{
    static void (*const exports[])(struct exporting * x) = {
        [EXPORT_OTM] = export_otm,
        [EXPORT_THREAT_DRAGON] = export_threat_dragon,
    };
    struct exporting x = {.m = &model->m, .catalog = catalog, .lang = lang, .r = r};
    *r = (struct export_result){.n_components = model->m.components.n,
                                .n_flows = model->m.flows.n,
                                .n_zones = model->m.zones.n,
                                .n_threats = model->m.incidents.n};
    diag_add_file(&r->diags, choice_name(&export_kinds, (int)kind), NULL, 0);
    r->diags.files[0].is_place = 1;
    x.json = json_on(&r->text, 64);
    lay_out(&x);
    exports[kind](&x);
    buf_char(&r->text, '\n');
    arena_fini(&x.arena);
}

void export_fini(struct export_result *r)
{
    buf_fini(&r->text);
    diag_fini(&r->diags);
}

void export_json(struct json *j, const struct export_result *r, enum export_kind kind,
                 enum lang lang, const char *wrote)
{
    json_put(j, "schema", "urn:awai:schema:export:1");
    json_put(j, "to", choice_name(&export_kinds, (int)kind));
    json_put(j, "wrote", wrote);
    json_put_int(j, "components", (long long)r->n_components);
    json_put_int(j, "flows", (long long)r->n_flows);
    json_put_int(j, "zones", (long long)r->n_zones);
    json_put_int(j, "threats", (long long)r->n_threats);
    json_in(j, "left_out", '[');
    for (size_t i = 0; i < r->diags.n; i++)
        json_string(j, text_in(r->diags.items[i].message, lang));
    json_close(j, ']');
}
