// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Writes a model of OWASP Threat Dragon (version 2): one diagram, zones as boxes of
 * trust boundaries, incidents as threats of the things that they are at. Positions are
 * those of the layout of our own figures.
 */
#include <string.h>

#include "base/sha256.h"
#include "exchange/export_int.h"
#include "exchange/foreign.h"

/* An id as Threat Dragon has them, the same for the same thing: a name-based UUID in
 * the free form of RFC 9562 (version 8). */
static const char *uuid_of(struct exporting *x, const char *kind, const char *id)
{
    uint8_t d[SHA256_BYTES];
    const char *name = arena_printf(&x->arena, "%s/%s/%s", x->m->system.id, kind, id);
    sha256(name, strlen(name), d);
    return arena_printf(&x->arena,
                        "%02x%02x%02x%02x-%02x%02x-8%01x%02x-8%01x%02x-%02x%02x%02x%02x"
                        "%02x%02x",
                        d[0], d[1], d[2], d[3], d[4], d[5], d[6] & 15, d[7], d[8] & 15,
                        d[9], d[10], d[11], d[12], d[13], d[14], d[15]);
}

static void put_number(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_double(j, value);
}

static void put_place(struct json *j, double left, double top, double width,
                      double height)
{
    json_in(j, "position", '{');
    put_number(j, "x", left);
    put_number(j, "y", top);
    json_close(j, '}');
    json_in(j, "size", '{');
    put_number(j, "width", width < 10 ? 10 : width);
    put_number(j, "height", height < 10 ? 10 : height);
    json_close(j, '}');
}

// ---- threats ------------------------------------------------------------------------

static const char *severity_of(const struct incident *e)
{
    static const char *const names[N_LEVELS] = {"Low", "Low", "Medium", "High"};
    int worst = 0;
    for (uint32_t i = 0; i < e->harms.n; i++) {
        const struct harm *h = LIST_AT(e->harms, const struct harm, i);
        worst = h->recovery > worst ? h->recovery : worst;
        worst = h->economic > worst ? h->economic : worst;
    }
    return names[worst];
}

/* The measures at a place, a line each. */
static const char *measures_at(struct exporting *x, uint32_t index, uint32_t section)
{
    struct buf out = {0};
    for (uint32_t i = 0; i < x->m->measures.n; i++) {
        const struct measure *m = LIST_AT(x->m->measures, const struct measure, i);
        for (uint32_t k = 0; k < m->on.n; k++) {
            const struct ref *on = LIST_AT(m->on, const struct ref, k);
            if (on->index == index && on->section == section)
                buf_printf(&out, "%s%s (%s)", out.len ? "\n" : "",
                           export_text(x, m->name),
                           choice_name(&measure_statuses,
                                       m->status ? m->status : STATUS_PROPOSED));
        }
    }
    const char *s = arena_strn(&x->arena, buf_text(&out), out.len);
    buf_fini(&out);
    return s;
}

static void put_threat(struct exporting *x, const struct incident *e, uint32_t number,
                       const char *measures)
{
    struct json *j = &x->json;
    int is_near;
    json_open(j, '{');
    json_put(j, "id", uuid_of(x, "incident", e->entry.id));
    json_put(j, "title", export_text(x, e->name));
    json_put(j, "status", "Open");
    json_put(j, "severity", severity_of(e));
    json_put(j, "type", foreign_stride(e->threat.id, &is_near));
    json_put(j, "description", export_text(x, e->description));
    json_put(j, "mitigation", measures);
    json_put(j, "modelType", "STRIDE");
    json_put_int(j, "number", (long long)number + 1);
    json_put(j, "score", "");
    json_close(j, '}');
}

/* Returns how many there are. */
static unsigned put_threats(struct exporting *x, uint32_t index, int is_flow)
{
    unsigned n = 0;
    const char *measures = measures_at(x, index, (uint32_t)is_flow);
    json_in(&x->json, "threats", '[');
    for (uint32_t i = 0; i < x->m->incidents.n; i++) {
        const struct incident *e = LIST_AT(x->m->incidents, const struct incident, i);
        if (!export_is_at(e, index, is_flow)) continue;
        put_threat(x, e, i, measures);
        n++;
    }
    json_close(&x->json, ']');
    return n;
}

// ---- cells --------------------------------------------------------------------------

static void put_stroke(struct json *j, const char *part, int is_open)
{
    json_in(j, part, '{');
    json_put(j, "stroke", is_open ? "red" : "#333333");
    put_number(j, "strokeWidth", is_open ? 3 : 1.5);
    json_put(j, "strokeDasharray", "");
}

static void put_text_of(struct json *j, const char *name)
{
    json_in(j, "text", '{');
    json_put(j, "text", name);
    json_close(j, '}');
}

static void put_zone(struct exporting *x, uint32_t i)
{
    struct json *j = &x->json;
    const struct zone *z = LIST_AT(x->m->zones, const struct zone, i);
    const struct layout_zone *at = &x->layout.zones[x->zone_at[i]];
    if (at->width <= 0) return; // nothing is in it
    json_open(j, '{');
    json_put(j, "id", uuid_of(x, "zone", z->entry.id));
    json_put(j, "shape", "trust-boundary-box");
    json_put_int(j, "zIndex", -1);
    put_place(j, at->x, at->y, at->width, at->height);
    json_in(j, "attrs", '{');
    json_in(j, "label", '{');
    json_put(j, "text", export_text(x, z->name));
    json_close(j, '}');
    json_close(j, '}');
    json_in(j, "data", '{');
    json_put(j, "type", "tm.BoundaryBox");
    json_put(j, "name", export_text(x, z->name));
    json_put(j, "description", export_text(x, z->description));
    json_put_bool(j, "isTrustBoundary", 1);
    json_put_bool(j, "hasOpenThreats", 0);
    json_close(j, '}');
    json_close(j, '}');
}

/* Which of their three shapes a kind is. */
static const struct look {
    const char *kind, *shape, *type;
} looks[] = {
    {"person",           "actor",   "tm.Actor"  },
    {"database-server",  "store",   "tm.Store"  },
    {"removable-medium", "store",   "tm.Store"  },
    {"backup-server",    "store",   "tm.Store"  },
    {"historian",        "store",   "tm.Store"  },
    {NULL,               "process", "tm.Process"},
};

static const struct look *look_of(const char *kind)
{
    const struct look *l = looks;
    while (l->kind && strcmp(l->kind, kind) != 0)
        l++;
    return l;
}

static void put_scope(struct exporting *x, struct text why)
{
    json_put_bool(&x->json, "outOfScope", !text_empty(why));
    json_put(&x->json, "reasonOutOfScope", export_text(x, why));
}

static void put_component(struct exporting *x, uint32_t i)
{
    struct json *j = &x->json;
    const struct component *c = LIST_AT(x->m->components, const struct component, i);
    const struct layout_node *at = &x->layout.nodes[i];
    const struct look *look = look_of(c->kind.id);
    json_open(j, '{');
    json_put(j, "id", uuid_of(x, "component", c->entry.id));
    json_put(j, "shape", look->shape);
    json_put_int(j, "zIndex", 1);
    put_place(j, at->x, at->y, at->width, at->height);
    json_in(j, "data", '{');
    json_put(j, "type", look->type);
    json_put(j, "name", export_text(x, c->name));
    json_put(j, "description", export_text(x, c->description));
    put_scope(x, c->out_of_scope);
    json_put_bool(j, "isTrustBoundary", 0);
    unsigned n = put_threats(x, i, 0);
    json_put_bool(j, "hasOpenThreats", n > 0);
    json_close(j, '}');
    json_in(j, "attrs", '{');
    put_text_of(j, export_text(x, c->name));
    put_stroke(j, "body", n > 0);
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
}

static void put_end(struct exporting *x, const char *key, const struct ref *ref)
{
    json_in(&x->json, key, '{');
    json_put(&x->json, "cell", uuid_of(x, "component", ref->id));
    json_close(&x->json, '}');
}

/* What is stated of a flow, else what its protocol says. */
static int is_encrypted(const struct exporting *x, const struct flow *f)
{
    if (f->encrypted != TRI_UNSET || f->protocol.id == NULL)
        return f->encrypted == TRI_YES;
    return LIST_AT(x->catalog->c.protocols, const struct protocol, f->protocol.index)
               ->encrypted == TRI_YES;
}

static void put_line(struct exporting *x, const char *name, unsigned n)
{
    struct json *j = &x->json;
    json_in(j, "attrs", '{');
    put_stroke(j, "line", n > 0);
    json_in(j, "targetMarker", '{');
    json_put(j, "name", "block");
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
    json_in(j, "labels", '[');
    json_open(j, '{');
    put_number(j, "position", 0.5);
    json_in(j, "attrs", '{');
    json_in(j, "label", '{');
    json_put(j, "text", name);
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, ']');
}

static void put_flow(struct exporting *x, uint32_t i)
{
    struct json *j = &x->json;
    const struct flow *f = LIST_AT(x->m->flows, const struct flow, i);
    const char *name = export_flow_name(x, f);
    json_open(j, '{');
    json_put(j, "id", uuid_of(x, "flow", f->entry.id));
    json_put(j, "shape", "flow");
    json_put_int(j, "zIndex", 10);
    json_put(j, "connector", "smooth");
    put_end(x, "source", &f->from);
    put_end(x, "target", &f->to);
    json_in(j, "vertices", '[');
    json_close(j, ']');
    json_in(j, "data", '{');
    json_put(j, "type", "tm.Flow");
    json_put(j, "name", name);
    json_put(j, "description", export_text(x, f->description));
    put_scope(x, f->out_of_scope);
    json_put_bool(j, "isTrustBoundary", 0);
    json_put_bool(j, "isBidirectional", 0);
    json_put_bool(j, "isEncrypted", is_encrypted(x, f));
    json_put_bool(j, "isPublicNetwork",
                  f->carrier.id && strcmp(f->carrier.id, "internet") == 0);
    json_put(j, "protocol", f->protocol.id ? f->protocol.id : "");
    unsigned n = put_threats(x, i, 1);
    json_put_bool(j, "hasOpenThreats", n > 0);
    json_close(j, '}');
    put_line(x, name, n);
    json_close(j, '}');
}

// ---- the whole ----------------------------------------------------------------------

static void put_diagram(struct exporting *x)
{
    struct json *j = &x->json;
    json_open(j, '{');
    json_put_int(j, "id", 0);
    json_put(j, "title", export_text(x, x->m->system.name));
    json_put(j, "description", export_text(x, x->m->system.figures.configuration));
    json_put(j, "diagramType", "STRIDE");
    json_put(j, "placeholder", "");
    json_put(j, "thumbnail", "./public/content/images/thumbnail.stride.jpg");
    json_put(j, "version", "2.2.0");
    json_in(j, "cells", '[');
    for (uint32_t i = 0; i < x->m->zones.n; i++)
        put_zone(x, i);
    for (uint32_t i = 0; i < x->m->components.n; i++)
        put_component(x, i);
    for (uint32_t i = 0; i < x->m->flows.n; i++)
        put_flow(x, i);
    json_close(j, ']');
    json_close(j, '}');
}

static void put_summary(struct exporting *x)
{
    struct json *j = &x->json;
    json_in(j, "summary", '{');
    json_put(j, "title", export_text(x, x->m->system.name));
    json_put(j, "owner",
             export_text(x, LIST_AT(x->m->stakeholders, const struct stakeholder,
                                    x->m->applicant.index)
                                ->name));
    json_put(j, "description", export_text(x, x->m->system.overview));
    json_put_int(j, "id", 0);
    json_close(j, '}');
}

static void tell_classes(struct exporting *x)
{
    for (uint32_t i = 0; i < x->m->incidents.n; i++) {
        const struct incident *e = LIST_AT(x->m->incidents, const struct incident, i);
        int is_near;
        const char *word = foreign_stride(e->threat.id, &is_near);
        if (is_near)
            DIAG_ADD(&x->r->diags, TAKEN_AS, ((struct place){0}),
                     text_same(
                         arena_printf(&x->arena, "%s (%s)", e->entry.id, e->threat.id)),
                     text_same(word));
    }
}

/* What Threat Dragon has no place for. */
static void tell_left(struct exporting *x)
{
    static const struct text none = {
        {"Threat Dragon has no place for it", "Threat Dragonに対応する項目が無い"}
    };
    static const struct text words = {
        {"only the names of measures go along, as mitigations",
         "対策の名称だけを対処の欄に書く"}
    };
    static const struct text severity = {
        {"only the gravest level goes along, as severity",
         "最も大きい水準だけを深刻度として書く"}
    };
    static const struct text moved = {
        {"something else is there: they stand beside it", "重なるため、近くに移した"}
    };
    const struct model_data *m = x->m;
    size_t n_harms = 0;
    for (uint32_t i = 0; i < m->incidents.n; i++)
        n_harms += LIST_AT(m->incidents, const struct incident, i)->harms.n;
    static const struct text many = {
        {"there are too many components to set each at its place",
         "機器が多すぎるため、自動で配置する"}
    };
    export_left(x, "components: position", x->layout.is_spread ? m->components.n : 0,
                many);
    export_left(x, "components: position", x->layout.is_spread ? 0 : x->layout.n_moved,
                moved);
    export_left(x, "stakeholders", m->stakeholders.n, none);
    export_left(x, "relations", m->relations.n, none);
    export_left(x, "zones: kind, trust, physical-access", m->zones.n, none);
    export_left(x,
                "components: kind, owner, operator, authentication, update, interfaces",
                m->components.n, none);
    export_left(x, "flows: through, authenticated, initiator", m->flows.n, none);
    export_left(x, "data", m->data.n, none);
    export_left(x, "harms", n_harms, severity);
    export_left(x, "measures", m->measures.n, words);
    export_left(x, "safety-functions", m->safety_functions.n, none);
    export_left(x, "policies", m->policies.n, none);
    export_left(x, "adoptions", m->adoptions.n, none);
    export_left(x, "decisions", m->decisions.n, none);
    export_left(x, "exclusions", m->exclusions.n, none);
    export_left(x, "attackers", m->attackers.n, none);
    export_left(x, "criteria, rehearsal", 1, none);
    export_left(x, "text in the other language", 1, none);
}

void export_threat_dragon(struct exporting *x)
{
    struct json *j = &x->json;
    json_open(j, '{');
    json_put(j, "version", "2.2.0");
    put_summary(x);
    json_in(j, "detail", '{');
    json_in(j, "contributors", '[');
    json_close(j, ']');
    json_in(j, "diagrams", '[');
    put_diagram(x);
    json_close(j, ']');
    json_put_int(j, "diagramTop", 1);
    json_put(j, "reviewer", "");
    json_put_int(j, "threatTop", (long long)x->m->incidents.n);
    json_close(j, '}');
    json_close(j, '}');
    tell_classes(x);
    tell_left(x);
}
