// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What is known beforehand, shown: sections, or one entry; see catalog_show.h. */
#include "page/catalog_show.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

struct section {
    const char *name;
    size_t offset; // of the list in catalog_data
    size_t size;
    size_t name_offset, source_offset;
    void (*show)(const struct catalog *c, uint32_t i, enum lang lang, struct buf *out);
};

static void show_distribution(const struct ttc *t, struct buf *out)
{
    struct ttc_parameter p[TTC_PARAMETERS];
    uint32_t n = ttc_parameters(t, p);
    buf_str(out, choice_name(&distributions, t->dist));
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, " %s=%g", p[i].name, p[i].number.value);
}

static void show_ttc(const struct ttc *t, enum lang lang, struct buf *out)
{
    buf_str(out, "        ");
    show_distribution(t, out);
    for (uint32_t i = 0; i < t->factors.n; i++) {
        buf_str(out, " x ");
        show_distribution(LIST_AT(t->factors, struct ttc, i), out);
    }
    buf_printf(out, " %s", lang == LANG_JA ? "日" : "days");
    for (uint32_t i = 0; i < t->if_traits.n; i++)
        buf_printf(out, " if %s", LIST_AT(t->if_traits, struct ref, i)->id);
    if (t->judgement == TRI_YES)
        buf_str(out, lang == LANG_JA ? " [判断]" : " [judgement]");
    buf_printf(out, "  %s\n", t->source ? t->source : "");
}

/* A threat class as a person calls it, and its identifier. */
static void put_threat(const struct catalog *c, const struct ref *threat,
                       enum lang lang, struct buf *out)
{
    const struct threat_class *t =
        LIST_AT(c->c.threats, struct threat_class, threat->index);
    buf_printf(out, "%s (%s)", text_in(t->name, lang), threat->id);
}

static void show_step(const struct catalog *c, const struct step *s, enum lang lang,
                      struct buf *out)
{
    buf_printf(out, "  %s  %s  [%s]", s->entry.id, text_in(s->name, lang),
               s->type == STEP_AND ? "and" : "or");
    if (s->threat.id) {
        buf_str(out, "  = ");
        put_threat(c, &s->threat, lang, out);
    }
    buf_char(out, '\n');
    for (uint32_t i = 0; i < s->from.n; i++) {
        const struct parent *p = LIST_AT(s->from, struct parent, i);
        buf_printf(out, "      <- %s", p->step);
        for (uint32_t k = 0; k < p->if_traits.n; k++)
            buf_printf(out, " if %s", LIST_AT(p->if_traits, struct ref, k)->id);
        for (uint32_t k = 0; k < p->unless_traits.n; k++)
            buf_printf(out, " unless %s", LIST_AT(p->unless_traits, struct ref, k)->id);
        buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < s->ttc.n; i++)
        show_ttc(LIST_AT(s->ttc, struct ttc, i), lang, out);
}

static void show_kind(const struct catalog *c, uint32_t i, enum lang lang,
                      struct buf *out)
{
    const struct kind *k = LIST_AT(c->c.kinds, struct kind, i);
    buf_printf(out, "%s\n", text_in(k->description, lang));
    if (k->extends.id) buf_printf(out, "extends: %s\n", k->extends.id);
    buf_str(out, lang == LANG_JA ? "攻撃ステップ:\n" : "attack steps:\n");
    for (uint32_t s = 0; s < k->plan.n; s++)
        show_step(c, LIST_AT(k->plan, struct step, s), lang, out);
}

static void show_requirement(const struct catalog *c, uint32_t i, enum lang lang,
                             struct buf *out)
{
    const struct requirement *r = LIST_AT(c->c.requirements, struct requirement, i);
    buf_printf(out,
               lang == LANG_JA ? "%s\n第%dの観点、%s、脅威: "
                               : "%s\nviewpoint %d, %s, threats: ",
               text_in(r->description, lang), (int)r->viewpoint,
               text_in(choice_text(&requirement_targets, r->target), lang));
    for (uint32_t k = 0; k < r->threats.n; k++) {
        if (k) buf_str(out, lang == LANG_JA ? "、" : ", ");
        put_threat(c, LIST_AT(r->threats, struct ref, k), lang, out);
    }
    buf_str(out, r->threats.n ? "\n" : lang == LANG_JA ? "全般\n" : "general\n");
    buf_str(out, lang == LANG_JA ? "対策の例:\n" : "example measures:\n");
    for (uint32_t k = 0; k < c->c.examples.n; k++) {
        const struct example *e = LIST_AT(c->c.examples, struct example, k);
        if (strcmp(e->requirement.id, r->entry.id) == 0)
            buf_printf(out, "  - %s (%s)\n", text_in(e->name, lang), e->entry.id);
    }
}

static void show_effects(const char *what, const struct list *steps, struct buf *out)
{
    for (uint32_t i = 0; i < steps->n; i++)
        buf_printf(out, "  %s %s\n", what, *LIST_AT(*steps, const char *, i));
}

static void show_example(const struct catalog *c, uint32_t i, enum lang lang,
                         struct buf *out)
{
    const struct example *e = LIST_AT(c->c.examples, struct example, i);
    buf_printf(out, "%s\nrequirement: %s\n", text_in(e->description, lang),
               e->requirement.id);
    show_effects("blocks", &e->blocks, out);
    show_effects("slows", &e->slows, out);
    show_effects("limits", &e->limits, out);
    show_effects("detects", &e->detects, out);
}

static void show_protocol(const struct catalog *c, uint32_t i, enum lang lang,
                          struct buf *out)
{
    static const char *const words[] = {"?", "no", "yes"};
    const struct protocol *p = LIST_AT(c->c.protocols, struct protocol, i);
    buf_printf(out,
               "%s\ncan-encrypt: %s\ncan-authenticate: %s\nencrypted: %s\n"
               "authenticated: %s\n",
               text_in(p->description, lang), words[p->can_encrypt],
               words[p->can_authenticate], words[p->encrypted],
               words[p->authenticated]);
}

static void show_described(const struct text *description, enum lang lang,
                           struct buf *out)
{
    buf_printf(out, "%s\n", text_in(*description, lang));
}

static void show_threat(const struct catalog *c, uint32_t i, enum lang lang,
                        struct buf *out)
{
    show_described(&LIST_AT(c->c.threats, struct threat_class, i)->description, lang,
                   out);
}

static void show_origin(const struct catalog *c, uint32_t i, enum lang lang,
                        struct buf *out)
{
    show_described(&LIST_AT(c->c.origins, struct origin, i)->description, lang, out);
}

static void show_carrier(const struct catalog *c, uint32_t i, enum lang lang,
                         struct buf *out)
{
    show_described(&LIST_AT(c->c.carriers, struct carrier, i)->description, lang, out);
}

static void show_estimate(const char *key, const struct estimate *e, struct buf *out)
{
    buf_printf(out, "\n%s: %g", key, e->mode.is_set ? e->mode.value : 1);
    if (e->min.is_set) buf_printf(out, " (%g to %g)", e->min.value, e->max.value);
}

static void show_attacker(const struct catalog *c, uint32_t i, enum lang lang,
                          struct buf *out)
{
    const struct attacker *a = LIST_AT(c->c.attackers, struct attacker, i);
    show_described(&a->description, lang, out);
    buf_str(out, "origins:");
    for (uint32_t k = 0; k < a->origins.n; k++)
        buf_printf(out, " %s", LIST_AT(a->origins, struct ref, k)->id);
    show_estimate("skill", &a->skill, out);
    show_estimate("campaigns", &a->campaigns, out);
    buf_printf(out, "\npatience: %g\n", a->patience.value);
}

#define SECTION(member, type, source, show)                                            \
    {                                                                                  \
#member, offsetof(struct catalog_data, member), sizeof(struct type),           \
            offsetof(struct type, name), offsetof(struct type, source), show           \
    }

static const struct section sections[] = {
    SECTION(threats, threat_class, source, show_threat),
    SECTION(origins, origin, source, show_origin),
    SECTION(protocols, protocol, source, show_protocol),
    SECTION(carriers, carrier, source, show_carrier),
    SECTION(kinds, kind, source, show_kind),
    SECTION(requirements, requirement, source, show_requirement),
    SECTION(examples, example, source, show_example),
    SECTION(attackers, attacker, provenance.source, show_attacker),
};
enum { N_SECTIONS = sizeof sections / sizeof *sections };

static const struct list *list_of(const struct catalog *c, const struct section *s)
{
    return (const struct list *)(const void *)((const char *)&c->c + s->offset);
}

static const char *item_of(const struct catalog *c, const struct section *s, uint32_t i)
{
    return (const char *)list_of(c, s)->items + i * s->size;
}

static const char *id_of(const char *item)
{
    return ((const struct entry *)(const void *)item)->id;
}

static struct text name_of(const struct section *s, const char *item)
{
    return *(const struct text *)(const void *)(item + s->name_offset);
}

static const char *source_of(const struct section *s, const char *item)
{
    const char *source = *(const char *const *)(const void *)(item + s->source_offset);
    return source ? source : "";
}

static void list_section(const struct catalog *c, const struct section *s,
                         enum lang lang, struct buf *out)
{
    buf_printf(out, "%s (%u)\n", s->name, list_of(c, s)->n);
    for (uint32_t i = 0; i < list_of(c, s)->n; i++) {
        const char *item = item_of(c, s, i);
        buf_printf(out, "  %-32s %s\n", id_of(item), text_in(name_of(s, item), lang));
    }
}

/* Whether an entry was asked for: by its id, by its section, or as one of all. */
static int is_wanted(const struct section *s, const char *item, const char *id)
{
    return id == NULL || strcmp(s->name, id) == 0 || strcmp(id_of(item), id) == 0;
}

static void json_section(const struct catalog *c, const struct section *s,
                         const char *id, struct json *j)
{
    json_in(j, s->name, '[');
    for (uint32_t i = 0; i < list_of(c, s)->n; i++) {
        const char *item = item_of(c, s, i);
        if (!is_wanted(s, item, id)) continue;
        json_open(j, '{');
        json_put(j, "id", id_of(item));
        json_put_text(j, "name", name_of(s, item));
        json_put(j, "source", source_of(s, item));
        json_close(j, '}');
    }
    json_close(j, ']');
}

void catalog_json(const struct catalog *c, const char *id, struct buf *out)
{
    struct json j = json_on(out, 2);
    json_open(&j, '{');
    for (size_t s = 0; s < N_SECTIONS; s++)
        json_section(c, &sections[s], id, &j);
    json_close(&j, '}');
}

int catalog_has(const struct catalog *c, const char *id)
{
    for (size_t s = 0; s < N_SECTIONS; s++) {
        for (uint32_t i = 0; i < list_of(c, &sections[s])->n; i++)
            if (is_wanted(&sections[s], item_of(c, &sections[s], i), id)) return 1;
    }
    return 0;
}

/* Shows every entry called id (ids of different sections may be equal). */
static void show(const struct catalog *c, const char *id, enum lang lang,
                 struct buf *out)
{
    for (size_t s = 0; s < N_SECTIONS; s++) {
        if (strcmp(sections[s].name, id) == 0) {
            list_section(c, &sections[s], lang, out);
            return;
        }
        for (uint32_t i = 0; i < list_of(c, &sections[s])->n; i++) {
            const char *item = item_of(c, &sections[s], i);
            if (strcmp(id_of(item), id) != 0) continue;
            buf_printf(out, "%s: %s (%s)\n", sections[s].name,
                       text_in(name_of(&sections[s], item), lang), id);
            sections[s].show(c, i, lang, out);
            buf_printf(out, "source: %s\n", source_of(&sections[s], item));
        }
    }
}

void catalog_show(const struct catalog *c, const char *id, enum lang lang,
                  struct buf *out)
{
    if (id) show(c, id, lang, out);
    for (size_t s = 0; id == NULL && s < N_SECTIONS; s++)
        list_section(c, &sections[s], lang, out);
}

const char *catalog_nearest(const struct catalog *c, const char *id)
{
    const char **ids = NULL;
    size_t n = 0, cap = 0;
    for (size_t s = 0; s < N_SECTIONS; s++) {
        *(const char **)mem_push(&ids, &n, &cap, sizeof *ids) = sections[s].name;
        for (uint32_t i = 0; i < list_of(c, &sections[s])->n; i++)
            *(const char **)mem_push(&ids, &n, &cap, sizeof *ids) =
                id_of(item_of(c, &sections[s], i));
    }
    const char *nearest = str_nearest(id, ids, n);
    free(ids);
    return nearest;
}
