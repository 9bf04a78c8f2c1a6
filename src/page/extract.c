// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Extracts of a report for one party; see extract.h. */
#include "page/extract.h"

#include <string.h>

#include "base/schema.h"
#include "page/doc_keep.h"
#include "page/figure.h"
#include "page/svg.h"

/* The things meant, and those that go along, as anchors. */
struct subject {
    const struct model_data *m;
    struct strmap own, along;
    struct strmap assets; // ids of components and flows: CLASS@ASSET is about them
    uint8_t *components, *flows, *stakeholders; // what is drawn, by index
    struct arena *arena;
};

static void add(struct subject *s, struct strmap *to, const char *prefix,
                const char *id)
{
    strmap_add(to, arena_printf(s->arena, "%s:%s", prefix, id), 0, NULL);
}

static void add_refs(struct subject *s, const char *prefix, const struct list *refs)
{
    for (uint32_t i = 0; i < refs->n; i++)
        add(s, &s->along, prefix, LIST_AT(*refs, const struct ref, i)->id);
}

static int names(const struct list *refs, uint32_t section, uint32_t index)
{
    for (uint32_t i = 0; i < refs->n; i++) {
        const struct ref *r = LIST_AT(*refs, const struct ref, i);
        if (r->section == section && r->index == index) return 1;
    }
    return 0;
}

static void add_flow(struct subject *s, uint32_t index)
{
    const struct flow *f = LIST_AT(s->m->flows, const struct flow, index);
    add(s, &s->own, "flow", f->entry.id);
    strmap_add(&s->assets, f->entry.id, 0, NULL);
    add_refs(s, "data", &f->data);
    s->flows[index] = s->components[f->from.index] = s->components[f->to.index] = 1;
    add(s, &s->along, "component", f->from.id);
    add(s, &s->along, "component", f->to.id);
}

static void add_component(struct subject *s, uint32_t index)
{
    const struct component *c =
        LIST_AT(s->m->components, const struct component, index);
    s->components[index] = 1;
    add(s, &s->own, "component", c->entry.id);
    strmap_add(&s->assets, c->entry.id, 0, NULL);
    add(s, &s->along, "zone", c->zone.id);
    if (c->owner.id) add(s, &s->along, "stakeholder", c->owner.id);
    if (c->operator.id) add(s, &s->along, "stakeholder", c->operator.id);
    add_refs(s, "data", &c->data);
    for (uint32_t i = 0; i < s->m->flows.n; i++) {
        const struct flow *f = LIST_AT(s->m->flows, const struct flow, i);
        if (f->from.index == index || f->to.index == index ||
            names(&f->through, 0, index))
            add_flow(s, i);
    }
    for (uint32_t i = 0; i < s->m->measures.n; i++) {
        const struct measure *m = LIST_AT(s->m->measures, const struct measure, i);
        if (names(&m->on, 0, index)) add(s, &s->own, "measure", m->entry.id);
    }
}

static int is_held_by(const struct component *c, const char *stakeholder)
{
    return (c->owner.id && strcmp(c->owner.id, stakeholder) == 0) ||
           (c->operator.id && strcmp(c->operator.id, stakeholder) == 0);
}

static void add_stakeholder(struct subject *s, const char *id)
{
    add(s, &s->own, "stakeholder", id);
    add(s, &s->own, "map", id);
    for (uint32_t i = 0; i < s->m->stakeholders.n; i++)
        s->stakeholders[i] =
            strcmp(LIST_AT(s->m->stakeholders, const struct stakeholder, i)->entry.id,
                   id) == 0;
    for (uint32_t i = 0; i < s->m->components.n; i++)
        if (is_held_by(LIST_AT(s->m->components, const struct component, i), id))
            add_component(s, i);
    for (uint32_t i = 0; i < s->m->measures.n; i++) {
        const struct measure *m = LIST_AT(s->m->measures, const struct measure, i);
        if (strcmp(m->by.id, id) == 0) add(s, &s->own, "measure", m->entry.id);
    }
}

static int is_supplied(const struct component *c, const char *supplier)
{
    return c->supplier && strcmp(c->supplier, supplier) == 0;
}

static void add_subject(struct subject *s, enum extract_kind kind, const char *id)
{
    static const char *const along[] = {"overview", "criteria"};
    for (size_t i = 0; i < sizeof along / sizeof *along; i++)
        strmap_add(&s->along, along[i], 0, NULL);
    if (kind == EXTRACT_STAKEHOLDER) add_stakeholder(s, id);
    for (uint32_t i = 0; i < s->m->components.n && kind != EXTRACT_STAKEHOLDER; i++) {
        const struct component *c =
            LIST_AT(s->m->components, const struct component, i);
        if (kind == EXTRACT_SUPPLIER ? is_supplied(c, id)
                                     : strcmp(c->entry.id, id) == 0)
            add_component(s, i);
    }
}

/* Incidents at one of the things meant are meant too: whom they harm, and how. */
static void add_incidents(struct subject *s)
{
    for (uint32_t i = 0; i < s->m->incidents.n; i++) {
        const struct incident *e = LIST_AT(s->m->incidents, const struct incident, i);
        uint32_t value;
        for (uint32_t k = 0; k < e->at.n; k++)
            if (strmap_get(&s->assets, LIST_AT(e->at, const struct ref, k)->id,
                           &value)) {
                add(s, &s->own, "incident", e->entry.id);
                break;
            }
    }
}

static int is_against(const struct requirement *q, uint32_t classes)
{
    for (uint32_t i = 0; i < q->threats.n; i++)
        if (classes >> LIST_AT(q->threats, const struct ref, i)->index & 1) return 1;
    return 0;
}

/* Requirements against the classes of threats that are at the things meant go along. */
static void add_requirements(struct subject *s, const struct assessment *a)
{
    uint32_t classes = 0, value;
    for (uint32_t i = 0; i < a->threats.n; i++) {
        const struct threat *t = LIST_AT(a->threats, const struct threat, i);
        if (strmap_get(&s->assets, graph_asset_id(a->graph, t->asset), &value))
            classes |= 1u << t->class;
    }
    for (uint32_t i = 0; i < a->catalog->c.requirements.n; i++) {
        const struct requirement *q =
            LIST_AT(a->catalog->c.requirements, const struct requirement, i);
        if (is_against(q, classes)) add(s, &s->along, "requirement", q->entry.id);
    }
}

// ---- what stays ---------------------------------------------------------------------

static int is_own(const void *context, const char *anchor)
{
    const struct subject *s = context;
    const char *at = strchr(anchor, '@');
    uint32_t value;
    return strmap_get(&s->own, anchor, &value) ||
           (at && strmap_get(&s->assets, at + 1, &value));
}

static int goes_along(const void *context, const char *anchor)
{
    const struct subject *s = context;
    uint32_t value;
    return strmap_get(&s->along, anchor, &value);
}

// ---- names --------------------------------------------------------------------------

/* The names that there are, one after the other; NULL after the last. */
static const char *name_at(const struct model_data *m, enum extract_kind kind,
                           uint32_t i)
{
    if (kind == EXTRACT_STAKEHOLDER)
        return i < m->stakeholders.n
                   ? LIST_AT(m->stakeholders, const struct stakeholder, i)->entry.id
                   : NULL;
    if (i >= m->components.n) return NULL;
    const struct component *c = LIST_AT(m->components, const struct component, i);
    if (kind == EXTRACT_COMPONENT) return c->entry.id;
    return c->supplier ? c->supplier : "";
}

struct text extract_name(enum extract_kind kind)
{
    static const struct text names[] = {
        [EXTRACT_NONE] = {{"", ""}},
        [EXTRACT_COMPONENT] = {{"component", "機器"}},
        [EXTRACT_STAKEHOLDER] = {{"stakeholder", "ステークホルダー"}},
        [EXTRACT_SUPPLIER] = {{"supplier", "供給者"}},
    };
    return names[kind];
}

int extract_has(const struct model_data *m, enum extract_kind kind, const char *id)
{
    const char *name;
    for (uint32_t i = 0; (name = name_at(m, kind, i)) != NULL; i++)
        if (name[0] && strcmp(name, id) == 0) return 1;
    return 0;
}

/* Characters that both begin with, whatever their case. */
static size_t n_alike(const char *a, const char *b)
{
    size_t n = 0;
    while (a[n] && (a[n] | 32) == (b[n] | 32))
        n++;
    return n;
}

const char *extract_nearest(const struct model_data *m, enum extract_kind kind,
                            const char *id)
{
    const char *name, *best = NULL;
    size_t most = 1;
    for (uint32_t i = 0; (name = name_at(m, kind, i)) != NULL; i++) {
        size_t n = n_alike(name, id);
        if (n > most) {
            most = n;
            best = name;
        }
    }
    return best;
}

/* What it is called on the cover. */
static struct text name_of(const struct model_data *m, enum extract_kind kind,
                           const char *id)
{
    for (uint32_t i = 0; i < m->components.n && kind == EXTRACT_COMPONENT; i++) {
        const struct component *c = LIST_AT(m->components, const struct component, i);
        if (strcmp(c->entry.id, id) == 0) return c->name;
    }
    for (uint32_t i = 0; i < m->stakeholders.n && kind == EXTRACT_STAKEHOLDER; i++) {
        const struct stakeholder *s =
            LIST_AT(m->stakeholders, const struct stakeholder, i);
        if (strcmp(s->entry.id, id) == 0) return s->name;
    }
    return text_same(id);
}

/* On the cover: of what it is an extract, and that all else is left out. */
static void say_so(struct doc *doc, const struct model_data *m, enum extract_kind kind,
                   const char *id, int has_numbers)
{
    static const struct text kinds[] = {
        [EXTRACT_COMPONENT] = {{"component", "機器"}},
        [EXTRACT_STAKEHOLDER] = {{"stakeholder", "ステークホルダー"}},
        [EXTRACT_SUPPLIER] = {{"supplier", "供給者"}},
    };
    struct doc_block *cover = doc->root.first;
    struct text name = name_of(m, kind, id);
    if (cover == NULL || cover->kind != DOC_COVER) return;
    struct doc_fact *f = doc_fact(doc, cover, TEXT("Extract", "抜粋"));
    struct doc_line *line = doc_line(doc, &f->value);
    doc_text(doc, line, kinds[kind]);
    doc_text(doc, line, TEXT(": ", "："));
    doc_strong(doc, line, name);
    line = doc_line(doc, &f->value);
    doc_text(doc, line,
             TEXT("What is not about it is left out.", "関係しない部分は省いている。"));
    if (has_numbers)
        doc_text(doc, line,
                 TEXT(" Numbers of sections and tables are those of the whole report.",
                      "章や表の番号は報告書全体のものである。"));
    const char *en = arena_printf(doc->arena, "%s \u2014 %s",
                                  text_in(doc->title, LANG_EN), text_in(name, LANG_EN));
    const char *ja = arena_printf(doc->arena, "%s — %s", text_in(doc->title, LANG_JA),
                                  text_in(name, LANG_JA));
    doc->title = TEXT(en, ja);
}

// ---- pictures -----------------------------------------------------------------------

typedef int draw_part(const struct assessment *a, const struct figure_part *part,
                      enum lang lang, struct buf *out);

/* How a picture of the whole is drawn of a part, or NULL. */
static draw_part *drawer_of(const struct doc_figure *f)
{
    static const struct {
        const char *name;
        draw_part *draw;
    } rows[] = {
        {"map",           figure_map_part          },
        {"configuration", figure_configuration_part},
        {"dataflow",      figure_dataflow_part     },
    };
    struct svg_seen seen;
    const char *svg = f->svg[LANG_EN] ? f->svg[LANG_EN] : f->svg[LANG_JA];
    if (svg == NULL || !svg_look(svg, &seen)) return NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strlen(rows[i].name) == seen.name_len &&
            strncmp(rows[i].name, seen.name, seen.name_len) == 0)
            return rows[i].draw;
    return NULL;
}

/* Says in the caption what it is of; its words in a table were of the whole. */
static void draw_figure(struct doc *doc, const struct subject *s,
                        const struct assessment *a, struct doc_figure *f,
                        struct text name)
{
    const struct figure_part part = {s->components, s->flows, s->stakeholders};
    draw_part *draw = drawer_of(f);
    if (draw == NULL) return;
    f->table = NULL;
    for (int lang = 0; lang < N_LANGS; lang++) {
        struct buf out = {0};
        f->is_part |= (uint8_t)draw(a, &part, (enum lang)lang, &out);
        f->svg[lang] = out.len ? arena_str(doc->arena, buf_text(&out)) : NULL;
        f->caption.in[lang] =
            arena_printf(doc->arena, "%s — %s", text_in(f->caption, (enum lang)lang),
                         text_in(name, (enum lang)lang));
        buf_fini(&out);
    }
}

static void draw_figures(struct doc *doc, const struct subject *s,
                         const struct assessment *a, struct doc_block *b,
                         struct text name)
{
    if (b->kind == DOC_FIGURE) draw_figure(doc, s, a, b->figure, name);
    for (struct doc_block *child = b->first; child; child = child->next)
        draw_figures(doc, s, a, child, name);
}

void extract_apply(struct doc *doc, const struct assessment *a, enum extract_kind kind,
                   const char *id, int has_numbers)
{
    struct subject s = {.m = &a->model->m, .arena = doc->arena};
    const struct doc_keep keep = {is_own, goes_along, &s};
    s.components = arena_alloc(s.arena, s.m->components.n + 1u);
    s.flows = arena_alloc(s.arena, s.m->flows.n + 1u);
    s.stakeholders = arena_alloc(s.arena, s.m->stakeholders.n + 1u);
    add_subject(&s, kind, id);
    add_incidents(&s);
    add_requirements(&s, a);
    draw_figures(doc, &s, a, &doc->root, name_of(s.m, kind, id));
    doc_keep(doc, &keep);
    say_so(doc, s.m, kind, id, has_numbers);
    strmap_fini(&s.own);
    strmap_fini(&s.along);
    strmap_fini(&s.assets);
}
