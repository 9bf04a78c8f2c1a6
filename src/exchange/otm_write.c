// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Writes an Open Threat Model (OTM 0.2.0); see export.h. Zones, components, flows and
 * data are its own; incidents are its threats, at the components and flows that they
 * are at; measures its mitigations. All the rest of an entry goes into its attributes,
 * as a cell of a workbook shows it (grid.h), the rest of the model into the project's.
 */
#include <string.h>

#include "exchange/export_int.h"
#include "exchange/foreign.h"
#include "exchange/grid.h"

#define DRAWING "configuration"

static void put_number(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_double(j, value);
}

// ---- attributes ---------------------------------------------------------------------

/* Keys of a section that OTM has itself. */
static int is_native(const char *section, const char *key)
{
    static const struct {
        const char *section, *keys;
    } rows[] = {
        {"zones",      " within "                                                     },
        {"components", " kind zone data position "                                    },
        {"flows",      " from to data "                                               },
        {"incidents",  " at "                                                         },
        {"",           " awai include zones components flows data incidents measures "},
    };
    char word[80];
    snprintf(word, sizeof word, " %s ", key);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].section, section) == 0)
            return strstr(rows[i].keys, word) != NULL;
    return 0;
}

static void put_kept(struct exporting *x, const struct field *f, enum grid_part part,
                     const void *object)
{
    static const char *const ends[N_PARTS] = {"", ".en", ".ja"};
    const char *value = grid_show(f, part, object, &x->arena);
    if (value)
        json_put(&x->json, arena_printf(&x->arena, "awai.%s%s", f->key, ends[part]),
                 value);
}

/* All that OTM has no member for; the caller may add to it. */
static void open_attributes(struct exporting *x, const char *section,
                            const struct shape *shape, const void *object)
{
    json_in(&x->json, "attributes", '{');
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        if (f->key == NULL || is_native(section, f->key)) continue;
        if (f->type != FIELD_TEXT) {
            put_kept(x, f, PART_VALUE, object);
            continue;
        }
        put_kept(x, f, PART_EN, object);
        put_kept(x, f, PART_JA, object);
    }
}

static void put_attributes(struct exporting *x, const char *section, const void *object)
{
    open_attributes(x, section, schema_field(&model_shape, section)->of, object);
    json_close(&x->json, '}');
}

// ---- what all things have -----------------------------------------------------------

static void put_names(struct exporting *x, const char *id, const char *name,
                      struct text description)
{
    json_put(&x->json, "id", id);
    json_put(&x->json, "name", name);
    if (!text_empty(description))
        json_put(&x->json, "description", export_text(x, description));
}

static void put_drawn(struct exporting *x, const char *id, double left, double top,
                      double width, double height)
{
    struct json *j = &x->json;
    json_in(j, "representations", '[');
    json_open(j, '{');
    json_put(j, "representation", DRAWING);
    json_put(j, "id", arena_printf(&x->arena, "%s-box", id));
    json_in(j, "position", '{');
    put_number(j, "x", left);
    put_number(j, "y", top);
    json_close(j, '}');
    json_in(j, "size", '{');
    put_number(j, "width", width);
    put_number(j, "height", height);
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, ']');
}

static void put_refs(struct json *j, const char *key, const struct list *refs)
{
    json_in(j, key, '[');
    for (uint32_t i = 0; i < refs->n; i++)
        json_string(j, LIST_AT(*refs, const struct ref, i)->id);
    json_close(j, ']');
}

/* Measures against the class of an incident at a place, where they are. */
static int is_against(const struct measure *m, uint32_t index, int is_flow)
{
    for (uint32_t i = 0; i < m->on.n; i++) {
        const struct ref *on = LIST_AT(m->on, const struct ref, i);
        if (on->section == (uint32_t)is_flow && on->index == index) return 1;
    }
    return 0;
}

static void put_mitigations(struct exporting *x, uint32_t index, int is_flow)
{
    struct json *j = &x->json;
    json_in(j, "mitigations", '[');
    for (uint32_t i = 0; i < x->m->measures.n; i++) {
        const struct measure *m = LIST_AT(x->m->measures, const struct measure, i);
        if (!is_against(m, index, is_flow)) continue;
        int status = m->status ? m->status : STATUS_PROPOSED;
        json_open(j, '{');
        json_put(j, "mitigation", m->entry.id);
        json_put(j, "state", choice_name(&measure_statuses, status));
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* The incidents at a component or flow. */
static void put_threats(struct exporting *x, uint32_t index, int is_flow)
{
    struct json *j = &x->json;
    json_in(j, "threats", '[');
    for (uint32_t i = 0; i < x->m->incidents.n; i++) {
        const struct incident *e = LIST_AT(x->m->incidents, const struct incident, i);
        if (!export_is_at(e, index, is_flow)) continue;
        json_open(j, '{');
        json_put(j, "threat", e->entry.id);
        json_put(j, "state", "exposed");
        put_mitigations(x, index, is_flow);
        json_close(j, '}');
    }
    json_close(j, ']');
}

// ---- things -------------------------------------------------------------------------

static void put_zone(struct exporting *x, uint32_t i)
{
    static const double ratings[] = {[TRUST_UNSET] = EXPORT_NO_TRUST,
                                     [TRUST_NONE] = 10,
                                     [TRUST_PARTIAL] = 50,
                                     [TRUST_FULL] = 90};
    const struct zone *z = LIST_AT(x->m->zones, const struct zone, i);
    const struct layout_zone *at = &x->layout.zones[x->zone_at[i]];
    put_names(x, z->entry.id, export_text(x, z->name), z->description);
    json_in(&x->json, "risk", '{');
    put_number(&x->json, "trustRating", ratings[z->trust]);
    json_close(&x->json, '}');
    if (z->within.id) {
        json_in(&x->json, "parent", '{');
        json_put(&x->json, "trustZone", z->within.id);
        json_close(&x->json, '}');
    }
    if (at->width > 0) put_drawn(x, z->entry.id, at->x, at->y, at->width, at->height);
    open_attributes(x, "zones", schema_field(&model_shape, "zones")->of, z);
    if (z->trust == TRUST_UNSET) json_put(&x->json, "awai.untrusted", "true");
    json_close(&x->json, '}');
}

static void put_component(struct exporting *x, uint32_t i)
{
    const struct component *c = LIST_AT(x->m->components, const struct component, i);
    const struct layout_node *at = &x->layout.nodes[i];
    put_names(x, c->entry.id, export_text(x, c->name), c->description);
    json_put(&x->json, "type", c->kind.id);
    json_in(&x->json, "parent", '{');
    json_put(&x->json, "trustZone", c->zone.id);
    json_close(&x->json, '}');
    // a component's zone is named, not drawn: its place may stay as it was given
    put_drawn(x, c->entry.id, at->is_wanted ? at->want_x : at->x,
              at->is_wanted ? at->want_y : at->y, at->width, at->height);
    json_in(&x->json, "assets", '{');
    put_refs(&x->json, "stored", &c->data);
    json_close(&x->json, '}');
    put_threats(x, i, 0);
    open_attributes(x, "components", schema_field(&model_shape, "components")->of, c);
    if (!at->is_wanted)
        json_put(&x->json, FOREIGN_LAID_OUT, foreign_position(&x->arena, at->x, at->y));
    json_close(&x->json, '}');
}

static void put_flow(struct exporting *x, uint32_t i)
{
    const struct flow *f = LIST_AT(x->m->flows, const struct flow, i);
    put_names(x, f->entry.id, export_flow_name(x, f), f->description);
    json_put(&x->json, "source", f->from.id);
    json_put(&x->json, "destination", f->to.id);
    json_put_bool(&x->json, "bidirectional", 0);
    put_refs(&x->json, "assets", &f->data);
    put_threats(x, i, 1);
    open_attributes(x, "flows", schema_field(&model_shape, "flows")->of, f);
    if (text_empty(f->name)) json_put(&x->json, "awai.unnamed", "true");
    json_close(&x->json, '}');
}

/* Awai rates no data: the numbers that OTM demands say nothing, which is said. */
static void put_data(struct exporting *x, uint32_t i)
{
    static const char *const sides[] = {"confidentiality", "integrity", "availability"};
    const struct data *d = LIST_AT(x->m->data, const struct data, i);
    put_names(x, d->entry.id, export_text(x, d->name), d->description);
    json_in(&x->json, "risk", '{');
    for (size_t k = 0; k < 3; k++)
        put_number(&x->json, sides[k], 0);
    json_put(&x->json, "comment", "not rated");
    json_close(&x->json, '}');
    put_attributes(x, "data", d);
}

/* 0 for no harm to 100 for the worst on either axis. */
static int impact_of(const struct incident *e)
{
    int worst = 0;
    for (uint32_t i = 0; i < e->harms.n; i++) {
        const struct harm *h = LIST_AT(e->harms, const struct harm, i);
        worst = h->recovery > worst ? h->recovery : worst;
        worst = h->economic > worst ? h->economic : worst;
    }
    return worst * 100 / (N_LEVELS - 1);
}

static void put_incident(struct exporting *x, uint32_t i)
{
    const struct incident *e = LIST_AT(x->m->incidents, const struct incident, i);
    int is_near;
    put_names(x, e->entry.id, export_text(x, e->name), e->description);
    json_in(&x->json, "categories", '[');
    json_string(&x->json, foreign_stride(e->threat.id, &is_near));
    json_close(&x->json, ']');
    json_in(&x->json, "risk", '{');
    json_key(&x->json, "likelihood");
    json_null(&x->json);
    put_number(&x->json, "impact", impact_of(e));
    json_put(&x->json, "impactComment",
             x->lang == LANG_JA ? "最も大きい被害の水準（致命的・壊滅的を100とする）"
                                : "the gravest level of harm, 100 being the worst");
    json_close(&x->json, '}');
    put_attributes(x, "incidents", e);
}

static void put_measure(struct exporting *x, uint32_t i)
{
    const struct measure *m = LIST_AT(x->m->measures, const struct measure, i);
    put_names(x, m->entry.id, export_text(x, m->name), m->description);
    put_number(&x->json, "riskReduction", 0);
    put_attributes(x, "measures", m);
}

// ---- the whole ----------------------------------------------------------------------

static void put_all(struct exporting *x, const char *key, uint32_t n,
                    void (*put)(struct exporting *x, uint32_t i))
{
    json_in(&x->json, key, '[');
    for (uint32_t i = 0; i < n; i++) {
        json_open(&x->json, '{');
        put(x, i);
        json_close(&x->json, '}');
    }
    json_close(&x->json, ']');
}

static void put_project(struct exporting *x)
{
    struct json *j = &x->json;
    const struct system *s = &x->m->system;
    json_in(j, "project", '{');
    put_names(x, s->id, export_text(x, s->name), s->overview);
    json_put(j, "owner",
             export_text(x, LIST_AT(x->m->stakeholders, const struct stakeholder,
                                    x->m->applicant.index)
                                ->name));
    open_attributes(x, "", &model_shape, x->m);
    json_put(j, "awai.lang", x->lang == LANG_JA ? "ja" : "en");
    json_close(j, '}');
    json_close(j, '}');
}

static void put_drawing(struct exporting *x)
{
    struct json *j = &x->json;
    json_in(j, "representations", '[');
    json_open(j, '{');
    json_put(j, "name", x->lang == LANG_JA ? "システム構成図" : "System configuration");
    json_put(j, "id", DRAWING);
    json_put(j, "type", "diagram");
    json_in(j, "size", '{');
    put_number(j, "width", x->layout.width);
    put_number(j, "height", x->layout.height);
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, ']');
}

/* Sections that only the attributes hold. */
static void tell_kept(struct exporting *x)
{
    static const struct text why = {
        {"OTM has no member for it; it is kept in the project's attributes, which "
         "other "
         "tools may not show", "OTMに対応する項目が無い。projectのattributesに保持するが、"
         "他のツールには表示されないことがある"}
    };
    static const struct text numbers = {
        {"OTM demands a number that Awai has not: 0 is written",
         "OTMが求める数値がAwaiに無いため、0を書いた"}
    };
    const struct model_data *m = x->m;
    export_left(x, "stakeholders", m->stakeholders.n, why);
    export_left(x, "relations", m->relations.n, why);
    export_left(x, "safety-functions", m->safety_functions.n, why);
    export_left(x, "policies", m->policies.n, why);
    export_left(x, "adoptions", m->adoptions.n, why);
    export_left(x, "decisions", m->decisions.n, why);
    export_left(x, "exclusions", m->exclusions.n, why);
    export_left(x, "attackers", m->attackers.n, why);
    export_left(x, "data: risk", m->data.n, numbers);
    export_left(x, "measures: riskReduction", m->measures.n, numbers);
}

void export_otm(struct exporting *x)
{
    struct json *j = &x->json;
    json_open(j, '{');
    json_put(j, "otmVersion", "0.2.0");
    put_project(x);
    put_drawing(x);
    put_all(x, "assets", x->m->data.n, put_data);
    put_all(x, "trustZones", x->m->zones.n, put_zone);
    put_all(x, "components", x->m->components.n, put_component);
    put_all(x, "dataflows", x->m->flows.n, put_flow);
    put_all(x, "threats", x->m->incidents.n, put_incident);
    put_all(x, "mitigations", x->m->measures.n, put_measure);
    json_close(j, '}');
    tell_kept(x);
}
