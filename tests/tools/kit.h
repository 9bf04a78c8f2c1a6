/* SPDX-License-Identifier: Apache-2.0
 *
 * What tests of laws are made of: random numbers from a seed that is printed, random
 * models as YAML text, the same text in another order or with parts taken out, and a
 * system read, built and assessed from it.
 *
 * KIT_SEED=N in the environment chooses other models than usual.
 */
#ifndef AWAI_TESTS_KIT_H
#define AWAI_TESTS_KIT_H

#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "base/assets.h"

/* ---- chance */

struct chance {
    uint64_t state;
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static inline uint64_t chance_next(struct chance *c)
{
    uint64_t z = (c->state += 0x9E3779B97F4A7C15u);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* A number below n, which is not 0. */
static inline uint32_t chance_below(struct chance *c, uint32_t n)
{
    return (uint32_t)(chance_next(c) % n);
}

/* 1 once in n times. */
static inline int chance_once(struct chance *c, uint32_t n)
{
    return chance_below(c, n) == 0;
}

#define KIT_COUNT(array)      (sizeof(array) / sizeof *(array))
#define CHANCE_PICK(c, words) (words)[chance_below(c, (uint32_t)KIT_COUNT(words))]

/* The seed of the program's random models, said in its output. */
static inline uint64_t kit_seed(void)
{
    const char *given = getenv("KIT_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : 20261122;

    printf("# KIT_SEED=%llu\n", (unsigned long long)seed);
    return seed;
}

/* Generator number i of a seed. */
static inline struct chance chance_of(uint64_t seed, uint64_t i)
{
    struct chance c = {seed ^ (i * 0xD1342543DE82EF95u)};

    chance_next(&c);
    return c;
}

/* ---- random models */

struct random_model {
    struct chance chance;
    const struct catalog *catalog;
    uint32_t n_components, n_flows, n_zones, n_incidents, n_measures;
    int is_regular; /* kinds, protocols, carriers in turn: for counting growth */
    int has_one_zone;
    struct buf *out;
};

/* Ids whose order is not that in which they are written. */
static inline uint32_t random_tag(uint32_t i)
{
    return (i + 1) * 2654435761u >> 12;
}

static inline void put_id(struct random_model *m, char letter, uint32_t i)
{
    buf_printf(m->out, "%c%05x-%u", letter, random_tag(i), i);
}

/* The id of entry number i of a list of the catalog, in turn or at random. */
static inline const char *random_entry(struct random_model *m, const struct list *list,
                                       size_t size, uint32_t i)
{
    uint32_t k = m->is_regular ? i % list->n : chance_below(&m->chance, list->n);

    return ((const struct entry *)(const void *)((const char *)list->items + k * size))
        ->id;
}

static inline void put_random_head(struct random_model *m)
{
    static const char *const levels[] = {"none", "limited", "serious"};
    static const struct {
        const char *id, *roles;
    } who[] = {
        {"maker",      "device-maker, service-developer"},
        {"provider",   "service-provider"               },
        {"user",       "iot-user"                       },
        {"resident",   "resident"                       },
        {"neighbour",  "third-party"                    },
        {"maintainer", "maintainer, integrator"         },
    };
    buf_str(m->out, "awai: 1\nsystem: {id: chance, name: Chance}\n");
    buf_printf(m->out, "applicant: %s\nstakeholders:\n",
               who[chance_below(&m->chance, 3)].id);
    for (size_t i = 0; i < KIT_COUNT(who); i++) {
        buf_printf(m->out, "  %s: {name: %s, roles: [%s]", who[i].id, who[i].id,
                   who[i].roles);
        if (!chance_once(&m->chance, 5)) {
            buf_printf(m->out, ", target: {recovery: %s, economic: ",
                       CHANCE_PICK(&m->chance, levels));
            buf_printf(m->out, "%s}", CHANCE_PICK(&m->chance, levels));
        }
        buf_str(m->out, "}\n");
    }
    buf_str(m->out, "data:\n");
    for (size_t i = 0; i < data_classes.n; i++)
        buf_printf(m->out, "  d-%s: {name: Data, class: %s}\n",
                   data_classes.items[i].name, data_classes.items[i].name);
}

static inline void put_random_zones(struct random_model *m)
{
    static const char *const kinds[] = {"cloud", "segment", "segment", "site",
                                        "outdoor"};
    static const char *const access[] = {"public", "occupants", "controlled"};

    buf_str(m->out, "zones:\n  net: {name: Internet, kind: internet, trust: none}\n");
    for (uint32_t i = 0; i < m->n_zones; i++) {
        buf_str(m->out, "  ");
        put_id(m, 'z', i);
        buf_printf(m->out, ": {name: Zone, kind: %s",
                   m->is_regular ? "segment" : CHANCE_PICK(&m->chance, kinds));
        if (i > 0 && !m->is_regular && chance_once(&m->chance, 2)) {
            buf_str(m->out, ", within: ");
            put_id(m, 'z', chance_below(&m->chance, i));
        }
        if (m->is_regular || !chance_once(&m->chance, 3))
            buf_printf(m->out, ", physical-access: %s",
                       m->is_regular ? "controlled" : CHANCE_PICK(&m->chance, access));
        buf_str(m->out, "}\n");
    }
}

/* Puts ", KEY: VALUE" with a value of the set, one time in two. */
static inline void put_random_choice(struct random_model *m, const char *key,
                                     const struct choice_set *set)
{
    if (m->is_regular || chance_once(&m->chance, 2)) return;
    buf_printf(m->out, ", %s: %s", key,
               set->items[chance_below(&m->chance, (uint32_t)set->n)].name);
}

static inline void put_random_data(struct random_model *m, uint32_t i)
{
    uint32_t n = m->is_regular ? i % 3 : chance_below(&m->chance, 3);

    buf_str(m->out, ", data: [");
    for (uint32_t k = 0; k < n; k++) {
        uint32_t class = m->is_regular
                             ? (i + k) % (uint32_t)data_classes.n
                             : chance_below(&m->chance, (uint32_t)data_classes.n);

        buf_printf(m->out, "%sd-%s", k ? ", " : "", data_classes.items[class].name);
    }
    buf_char(m->out, ']');
}

/* Kinds that a component may have; the arena's. */
static inline struct list concrete_kinds(const struct catalog *catalog, struct arena *a)
{
    struct list kinds = {arena_array(a, catalog->c.kinds.n, sizeof(struct kind)), 0};

    for (uint32_t i = 0; i < catalog->c.kinds.n; i++) {
        const struct kind *k = LIST_AT(catalog->c.kinds, struct kind, i);

        if (k->is_abstract != TRI_YES && k->asset_type == ASSET_COMPONENT)
            *LIST_AT(kinds, struct kind, kinds.n++) = *k;
    }
    return kinds;
}

static inline void put_random_component(struct random_model *m, uint32_t i,
                                        const struct list *kinds)
{
    static const char *const owners[] = {"maker", "provider", "user", "resident"};
    uint32_t zone = m->has_one_zone ? 0
                    : m->is_regular ? i % m->n_zones
                                    : chance_below(&m->chance, m->n_zones + 1);

    buf_str(m->out, "  ");
    put_id(m, 'c', i);
    buf_printf(m->out, ": {name: Part, kind: %s, zone: ",
               random_entry(m, kinds, sizeof(struct kind), i));
    if (zone == m->n_zones)
        buf_str(m->out, "net");
    else
        put_id(m, 'z', zone);
    if (m->is_regular || !chance_once(&m->chance, 3))
        buf_printf(m->out, ", owner: %s",
                   m->is_regular ? owners[i % 4] : CHANCE_PICK(&m->chance, owners));
    put_random_choice(m, "authentication", &authentications);
    put_random_choice(m, "update", &updates);
    if (!m->is_regular && chance_once(&m->chance, 2))
        buf_printf(
            m->out, ", interfaces: [%s]",
            interfaces.items[chance_below(&m->chance, (uint32_t)interfaces.n)].name);
    put_random_data(m, i);
    if (i % 3 == 0) buf_str(m->out, ", physical-effect: moves");
    if (!m->is_regular && chance_once(&m->chance, 15))
        buf_str(m->out, ", out-of-scope: elsewhere");
    if (i == 1) buf_str(m->out, ", forms-of-use: {day: {name: Day}, night: {name: N}}");
    buf_str(m->out, "}\n");
}

static inline void put_random_flow(struct random_model *m, uint32_t i)
{
    const struct catalog_data *c = &m->catalog->c;
    uint32_t from =
        m->is_regular ? i % m->n_components : chance_below(&m->chance, m->n_components);

    buf_str(m->out, "  ");
    put_id(m, 'f', i);
    buf_str(m->out, ": {from: ");
    put_id(m, 'c', from);
    buf_str(m->out, ", to: ");
    put_id(m, 'c',
           m->is_regular ? (from + 1 + i / m->n_components) % m->n_components
                         : chance_below(&m->chance, m->n_components));
    put_random_data(m, i);
    if (m->is_regular || !chance_once(&m->chance, 5))
        buf_printf(m->out, ", protocol: %s",
                   random_entry(m, &c->protocols, sizeof(struct protocol), i));
    if (m->is_regular || !chance_once(&m->chance, 5))
        buf_printf(m->out, ", carrier: %s",
                   random_entry(m, &c->carriers, sizeof(struct carrier), i));
    if (m->is_regular ? i % 5 == 0 : chance_once(&m->chance, 3)) {
        buf_str(m->out, ", through: [");
        put_id(m, 'c', chance_below(&m->chance, m->n_components));
        buf_char(m->out, ']');
    }
    if (!m->is_regular && chance_once(&m->chance, 3))
        buf_printf(m->out, ", encrypted: %s, authenticated: %s",
                   chance_once(&m->chance, 2) ? "true" : "false",
                   chance_once(&m->chance, 2) ? "true" : "false");
    put_random_choice(m, "initiator", &initiators);
    if (!m->is_regular && chance_once(&m->chance, 15))
        buf_str(m->out, ", out-of-scope: elsewhere");
    buf_str(m->out, "}\n");
}

/* "[c.., f..]": where a threat strikes. */
static inline void put_random_places(struct random_model *m)
{
    uint32_t n = 1 + chance_below(&m->chance, 3);

    buf_char(m->out, '[');
    for (uint32_t k = 0; k < n; k++) {
        int is_flow = m->n_flows > 0 && chance_once(&m->chance, 3);

        if (k > 0) buf_str(m->out, ", ");
        put_id(m, is_flow ? 'f' : 'c',
               chance_below(&m->chance, is_flow ? m->n_flows : m->n_components));
    }
    buf_char(m->out, ']');
}

static inline const char *random_threat(struct random_model *m)
{
    const struct list *threats = &m->catalog->c.threats;

    return LIST_AT(*threats, struct threat_class, chance_below(&m->chance, threats->n))
        ->entry.id;
}

static inline void put_random_levels(struct random_model *m)
{
    buf_printf(m->out, "recovery: %s, economic: %s",
               recovery_levels.items[chance_below(&m->chance, N_LEVELS)].name,
               economic_levels.items[chance_below(&m->chance, N_LEVELS)].name);
}

static inline void put_random_incident(struct random_model *m, uint32_t i)
{
    static const char *const sufferers[] = {"user", "resident", "neighbour", "maker"};
    uint32_t n = 1 + chance_below(&m->chance, 3);

    buf_str(m->out, "  ");
    put_id(m, 'i', i);
    buf_printf(m->out,
               ":\n    name: Mishap\n    threat: %s\n    at: ", random_threat(m));
    put_random_places(m);
    if (chance_once(&m->chance, 3)) {
        buf_printf(m->out, "\n    preconditions: [{threat: %s, at: ", random_threat(m));
        put_random_places(m);
        buf_str(m->out, "}]");
    }
    if (m->n_components > 1 && chance_once(&m->chance, 4))
        buf_str(m->out, "\n    form-of-use: day");
    buf_str(m->out, "\n    harms:\n");
    for (uint32_t k = 0; k < n; k++) {
        buf_printf(m->out, "      %s: {", sufferers[(i + k) % 4]);
        put_random_levels(m);
        buf_str(m->out, ", because: so}\n");
    }
}

static inline void put_random_measure(struct random_model *m, uint32_t i)
{
    const struct list *examples = &m->catalog->c.examples;
    const struct example *x =
        LIST_AT(*examples, struct example, chance_below(&m->chance, examples->n));

    buf_str(m->out, "  ");
    put_id(m, 'm', i);
    buf_printf(m->out, ": {name: Measure, requirement: %s, example: %s, by: user, on: ",
               x->requirement.id, x->entry.id);
    put_random_places(m);
    put_random_choice(m, "status", &measure_statuses);
    if (m->n_incidents > 0 && chance_once(&m->chance, 3)) {
        buf_str(m->out, ", limits: [{incident: ");
        put_id(m, 'i', chance_below(&m->chance, m->n_incidents));
        buf_str(m->out, ", ");
        put_random_levels(m);
        buf_str(m->out, ", because: so}]");
    }
    buf_str(m->out, "}\n");
}

/* "CLASS@ASSET", which may be there or not. */
static inline void put_random_subject(struct random_model *m)
{
    int is_flow = m->n_flows > 0 && chance_once(&m->chance, 2);

    buf_printf(m->out, "%s@", random_threat(m));
    put_id(m, is_flow ? 'f' : 'c',
           chance_below(&m->chance, is_flow ? m->n_flows : m->n_components));
}

static inline void put_random_choices(struct random_model *m)
{
    buf_str(m->out, "decisions:\n");
    for (uint32_t i = 0; i < 3; i++) {
        buf_printf(m->out,
                   "  decided-%u: {treatment: accept, reason: so, subject: ", i);
        put_random_subject(m);
        buf_str(m->out, "}\n");
    }
    buf_str(m->out, "exclusions:\n");
    for (uint32_t i = 0; i < 3; i++) {
        buf_printf(m->out, "  excluded-%u: {reason: so, subject: ", i);
        put_random_subject(m);
        buf_str(m->out, "}\n");
    }
}

/* Writes a model of about n components: legal, unlikely, of everything something. */
static inline void random_model_write(struct random_model *m)
{
    struct arena arena = {0};
    struct list kinds = concrete_kinds(m->catalog, &arena);

    put_random_head(m);
    put_random_zones(m);
    buf_str(m->out, "components:\n");
    for (uint32_t i = 0; i < m->n_components; i++)
        put_random_component(m, i, &kinds);
    if (m->n_flows > 0) buf_str(m->out, "flows:\n");
    for (uint32_t i = 0; i < m->n_flows; i++)
        put_random_flow(m, i);
    if (m->n_incidents > 0) buf_str(m->out, "incidents:\n");
    for (uint32_t i = 0; i < m->n_incidents; i++)
        put_random_incident(m, i);
    if (m->n_measures > 0) buf_str(m->out, "measures:\n");
    for (uint32_t i = 0; i < m->n_measures; i++)
        put_random_measure(m, i);
    if (!m->is_regular) put_random_choices(m);
    arena_fini(&arena);
}

/* Random model number i of a seed: 2 to 31 components. */
static inline void random_text(const struct catalog *catalog, uint64_t seed, uint32_t i,
                               struct buf *out)
{
    struct random_model m = {chance_of(seed, i), catalog, .out = out};

    m.n_components = 2 + chance_below(&m.chance, 30);
    m.n_flows = chance_below(&m.chance, 3 * m.n_components);
    m.n_zones = 1 + chance_below(&m.chance, 6);
    m.n_incidents = chance_below(&m.chance, 12);
    m.n_measures = chance_below(&m.chance, 6);
    random_model_write(&m);
}

/* ---- a text as a tree, in another order, with parts taken out */

struct tree {
    struct arena arena;
    struct diag_list diags;
    struct node *root; /* NULL: not YAML */
};

static inline struct tree tree_read(const char *text, size_t len)
{
    struct tree t = {0};
    char *copy = mem_alloc(len + 1);

    memcpy(copy, text, len);
    t.root =
        yaml_parse(&t.arena, &t.diags, diag_add_file(&t.diags, "tree.yaml", copy, len));
    return t;
}

static inline void tree_fini(struct tree *t)
{
    arena_fini(&t->arena);
    diag_fini(&t->diags);
}

/* Plain where it was plain and cannot be misread, else in quotes. */
static inline void tree_write_scalar(const struct node *n, struct buf *out)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789_-.";

    if (!n->quoted && n->text[strspn(n->text, safe)] == '\0') {
        buf_str(out, n->text);
        return;
    }
    buf_char(out, '"');
    for (const char *s = n->text; *s; s++) {
        if (*s == '\n')
            buf_str(out, "\\n");
        else if (*s == '"' || *s == '\\')
            buf_printf(out, "\\%c", *s);
        else
            buf_char(out, *s);
    }
    buf_char(out, '"');
}

/* The entries of a collection, in order or, with chance, shuffled; heap. */
static inline const struct node **tree_entries(const struct node *n, struct chance *c)
{
    const struct node **entries = mem_alloc((n->n + 1) * sizeof *entries);
    uint32_t k = 0;

    for (const struct node *e = n->first; e; e = e->next)
        entries[k++] = e;
    for (uint32_t i = k; c && i > 1; i--) {
        uint32_t other = chance_below(c, i);
        const struct node *kept = entries[i - 1];

        entries[i - 1] = entries[other];
        entries[other] = kept;
    }
    return entries;
}

/* The order of a list of mappings may mean something; that of scalars does not. */
static inline int tree_may_shuffle(const struct node *n)
{
    return n->kind == NODE_MAPPING || n->first == NULL || n->first->kind == NODE_SCALAR;
}

/* In flow style; shuffled when there is chance. */
static inline void tree_write(const struct node *n, struct chance *c, struct buf *out)
{
    int is_map = n->kind == NODE_MAPPING;

    if (n->kind == NODE_SCALAR) {
        tree_write_scalar(n, out);
        return;
    }
    const struct node **entries = tree_entries(n, tree_may_shuffle(n) ? c : NULL);
    buf_char(out, is_map ? '{' : '[');
    for (uint32_t i = 0; i < n->n; i++) {
        buf_str(out, i ? ",\n" : "");
        if (is_map) buf_printf(out, "%s: ", entries[i]->key);
        tree_write(entries[i], c, out);
    }
    buf_char(out, is_map ? '}' : ']');
    free(entries);
}

/* Takes the entry that *link points to out of its collection. */
static inline void tree_unlink(struct node *collection, struct node **link)
{
    *link = (*link)->next;
    collection->n--;
}

/* What is being taken out: a section's entry, and what cannot be without it. */
struct removal {
    struct node *root;
    const char *section, *id;
    struct {
        const char *section, *id;
    } queue[512];
    size_t n;
};

static inline void removal_add(struct removal *r, const char *section, const char *id)
{
    if (r->n < KIT_COUNT(r->queue)) {
        r->queue[r->n].section = section;
        r->queue[r->n++].id = id;
    }
}

/* 1 if `target` ("components|flows") has the section. */
static inline int target_has(const char *target, const char *section)
{
    size_t len = strlen(section);

    for (const char *at = target; at && *at; at += strcspn(at, "|")) {
        at += *at == '|';
        if (strncmp(at, section, len) == 0 && (at[len] == '|' || at[len] == '\0'))
            return 1;
    }
    return 0;
}

static inline int tree_prune(struct removal *r, const struct shape *shape,
                             struct node *n);

static inline int prune_refs(struct removal *r, const struct field *f, struct node *v);
static inline int prune_entries(struct removal *r, const struct field *f,
                                struct node *v);

/* Of an entry in its short form, which is the value of its first key. */
static inline int prune_short(struct removal *r, const struct field *f,
                              struct node *entry)
{
    const struct shape *of = f->of;
    const struct field *first = &of->fields[0];

    switch (first->type) {
    case FIELD_REF:
    case FIELD_REFS: return prune_refs(r, first, entry);
    case FIELD_LIST: return prune_entries(r, first, entry);
    default: return 0;
    }
}

static inline int prune_entry(struct removal *r, const struct field *f,
                              struct node *entry)
{
    if (f->flags & FIELD_SHORT && entry->kind != NODE_MAPPING)
        return prune_short(r, f, entry);
    return tree_prune(r, f->of, entry);
}

/* Takes entries out of a list or map; returns 1 if its owner cannot be without. */
static inline int prune_entries(struct removal *r, const struct field *f,
                                struct node *v)
{
    int is_section = node_get(r->root, f->key) == v;
    uint32_t before = v->n;

    for (struct node **link = &v->first; *link;) {
        struct node *e = *link;
        int is_it = f->type == FIELD_MAP && strcmp(e->key, r->id) == 0 &&
                    (target_has(f->target, r->section) ||
                     (is_section && strcmp(f->key, r->section) == 0));

        if (!is_it && !prune_entry(r, f, e)) {
            link = &(*link)->next;
            continue;
        }
        if (strcmp(f->key, "preconditions") == 0) return 1;
        if (is_section && f->type == FIELD_MAP) {
            const struct node *forms = node_get(e, "forms-of-use");

            removal_add(r, f->key, e->key);
            for (const struct node *form = forms ? forms->first : NULL; form;
                 form = form->next)
                removal_add(r, "forms-of-use", form->key);
        }
        tree_unlink(v, link);
    }
    return strcmp(f->key, "steps") == 0 && before > 0 && v->n == 0; // of a play
}

/* Takes references out of a key's value; returns 1 if nothing is left of it. */
static inline int prune_refs(struct removal *r, const struct field *f, struct node *v)
{
    if (!target_has(f->target, r->section)) return 0;
    if (v->kind == NODE_SCALAR) return strcmp(v->text, r->id) == 0;
    uint32_t before = v->n;
    for (struct node **link = &v->first; *link;) {
        if (strcmp((*link)->text, r->id) == 0)
            tree_unlink(v, link);
        else
            link = &(*link)->next;
    }
    return before > 0 && v->n == 0;
}

/* Takes references out of a mapping; returns 1 if it cannot be without them. */
static inline int tree_prune(struct removal *r, const struct shape *shape,
                             struct node *n)
{
    if (n->kind != NODE_MAPPING) return 0;
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        struct node **link = &n->first;
        int gone = 0;

        while (f->key && *link && strcmp((*link)->key, f->key) != 0)
            link = &(*link)->next;
        if (f->key == NULL || *link == NULL) continue;
        switch (f->type) {
        case FIELD_REF:
        case FIELD_REFS: gone = prune_refs(r, f, *link); break;
        case FIELD_STRUCT: gone = tree_prune(r, f->of, *link); break;
        case FIELD_LIST:
        case FIELD_MAP:
            if (prune_entries(r, f, *link)) return 1;
            break;
        default: break;
        }
        if (gone && (f->flags & FIELD_REQUIRED)) return 1;
        if (gone) tree_unlink(n, link);
    }
    return 0;
}

/*
 * Takes an entry of a section out of a model's tree, with every reference to it and
 * every entry that is nothing without: flows of a component, incidents at nothing.
 */
static inline void tree_remove(struct tree *t, const char *section, const char *id)
{
    struct removal *r = mem_alloc(sizeof *r);

    r->root = t->root;
    removal_add(r, section, id);
    for (size_t i = 0; i < r->n; i++) {
        r->section = r->queue[i].section;
        r->id = r->queue[i].id;
        tree_prune(r, &model_shape, t->root);
    }
    free(r);
}

/* Makes every text of a mapping "x": they are long and mean nothing to a machine. */
static inline void tree_slim(const struct shape *shape, struct node *n)
{
    for (size_t i = 0; n->kind == NODE_MAPPING && i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        struct node *v = f->key ? node_get(n, f->key) : NULL;

        if (v == NULL) continue;
        if (f->type == FIELD_TEXT) {
            v->kind = NODE_SCALAR;
            v->text = "x";
            v->first = NULL;
            v->n = 0;
        } else if (f->type == FIELD_STRUCT) {
            tree_slim(f->of, v);
        } else if (f->type == FIELD_LIST || f->type == FIELD_MAP) {
            for (struct node *e = v->first; e; e = e->next)
                tree_slim(f->of, e);
        }
    }
}

/* ---- a system */

struct kit_system {
    struct model *model;
    struct graph *graph;
    struct assessment *assessment; /* NULL if the model is wrong: printed */
};

static inline struct kit_system kit_open(const struct catalog *catalog,
                                         const char *text, size_t len, int32_t today)
{
    struct kit_system s = {.model = model_read_text("kit.yaml", text, len)};

    catalog_bind(catalog, s.model);
    if (s.model->diags.n_errors > 0) {
        diag_print(&s.model->diags, stdout, (struct diag_view){0});
        return s;
    }
    s.graph = graph_build(s.model, catalog);
    s.assessment = s.graph ? assess_run(s.graph, today) : NULL;
    return s;
}

static inline void kit_close(struct kit_system *s)
{
    assess_free(s->assessment);
    graph_free(s->graph);
    model_free(s->model);
    *s = (struct kit_system){0};
}

/* The embedded use cases: fills at most `most`, returns how many. */
static inline size_t kit_usecases(const struct asset **assets, size_t most)
{
    size_t n = 0;

    for (size_t i = 0; i < embed_n_assets && n < most; i++)
        if (strncmp(embed_assets[i].path, "usecases/", 9) == 0)
            assets[n++] = &embed_assets[i];
    return n;
}

#endif
