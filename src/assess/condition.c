// SPDX-License-Identifier: Apache-2.0
/*
 * The mechanism of conditions; see condition.h. An attribute is a function that offers
 * the item's values one by one to a probe, so that no value is ever stored: many
 * values (the zones around a component) cost no memory. An attribute whose values are
 * a small set gives them as bits instead, and what is asked of it becomes bits once.
 */
#include "assess/condition.h"

#include <stdlib.h>
#include <string.h>

#include "assess/condition_int.h"

static const struct condition_attribute *
find_attribute(const struct condition_subject *subject, const char *name)
{
    for (size_t i = 0; i < subject->n_attributes; i++) {
        if (strcmp(subject->attributes[i].name, name) == 0)
            return &subject->attributes[i];
    }
    return NULL;
}

const struct condition_subject *condition_subject(const char *name)
{
    size_t n = 0;
    const struct condition_subject *all = condition_subjects(&n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(all[i].name, name) == 0) return &all[i];
    }
    return NULL;
}

/* ---- planning ---- */

/* Sets the bit of one word; 0 if it is none of the set's. */
static int add_word(const struct choice_set *set, const struct node *n,
                    struct condition_mask *mask)
{
    if (n->kind != NODE_SCALAR) return 0;
    if (node_is_null(n)) {
        mask->none = 1;
        return 1;
    }
    int value = choice_value(set, n->text);
    if (value >= 0) mask->any |= (uint64_t)1 << value;
    return value >= 0;
}

static int add_words(const struct choice_set *set, const struct node *n,
                     struct condition_mask *mask)
{
    if (n->kind != NODE_SEQUENCE) return add_word(set, n, mask);
    for (const struct node *e = n->first; e; e = e->next) {
        if (!add_word(set, e, mask)) return 0;
    }
    return 1;
}

/* The bits of all values from the bound on, upwards or downwards. */
static int add_range(const struct choice_set *set, const struct node *bound,
                     int at_least, struct condition_mask *mask)
{
    int limit = bound->kind == NODE_SCALAR ? choice_value(set, bound->text) : -1;
    for (size_t i = 0; i < set->n; i++) {
        int value = set->items[i].value;
        if (at_least ? value >= limit : value <= limit)
            mask->any |= (uint64_t)1 << value;
    }
    return limit >= 0;
}

/* Turns what a line asks of an attribute with a set into bits; 0 if it is wrong. */
static int plan_masks(struct condition_test *test)
{
    const struct choice_set *set = test->attribute->set;
    if (test->wanted->kind != NODE_MAPPING)
        return add_words(set, test->wanted, &test->masks[test->n_masks++]);
    for (const struct node *e = test->wanted->first; e; e = e->next) {
        if (test->n_masks == 3) return 0;
        struct condition_mask *mask = &test->masks[test->n_masks++];
        int is_not = strcmp(e->key, "not") == 0;
        int at_least = strcmp(e->key, "at-least") == 0;
        if (!is_not && !at_least && strcmp(e->key, "at-most") != 0) return 0;
        mask->negate = (uint8_t)is_not;
        if (!(is_not ? add_words(set, e, mask) : add_range(set, e, at_least, mask)))
            return 0;
    }
    return 1;
}

/* 1 for a word or a list of words. */
static int are_words(const struct node *n)
{
    if (n->kind != NODE_SEQUENCE) return n->kind == NODE_SCALAR;
    for (const struct node *e = n->first; e; e = e->next) {
        if (e->kind != NODE_SCALAR) return 0;
    }
    return 1;
}

/* 1 if a line asks something of an attribute of any words. */
static int is_question(const struct condition_attribute *attribute,
                       const struct node *wanted)
{
    if (wanted->kind != NODE_MAPPING) return are_words(wanted);
    for (const struct node *e = wanted->first; e; e = e->next) {
        int is_bound =
            strcmp(e->key, "at-least") == 0 || strcmp(e->key, "at-most") == 0;
        if (is_bound && (e->kind != NODE_SCALAR || node_is_null(e))) return 0;
        if (is_bound && !(attribute->flags & ATTRIBUTE_ORDERED)) return 0;
        if (!is_bound && (strcmp(e->key, "not") != 0 || !are_words(e))) return 0;
    }
    return 1;
}

/* 0 if the line is wrong. */
static int plan_line(const struct condition_subject *subject, const struct node *line,
                     struct condition_test *test)
{
    test->attribute = find_attribute(subject, line->key);
    test->wanted = line;
    if (test->attribute == NULL) return 0;
    if (test->attribute->trait) test->trait = trait_bit(test->attribute->trait);
    if (test->attribute->mask) return plan_masks(test);
    return is_question(test->attribute, line);
}

struct condition_plan condition_plan(const char *subject, const struct node *where)
{
    struct condition_plan plan = {.subject = condition_subject(subject)};
    if (where == NULL || plan.subject == NULL || node_is_null(where)) return plan;
    int good = where->kind == NODE_MAPPING;
    for (const struct node *e = where->first; good && e; e = e->next) {
        plan.names_scope |= strcmp(e->key, "out-of-scope") == 0;
        good = plan.n < CONDITION_TESTS &&
               plan_line(plan.subject, e, &plan.tests[plan.n++]);
    }
    if (!good) plan.subject = NULL;
    return plan;
}

/* ---- matching ---- */

void condition_offer(struct condition_probe *probe, const char *value)
{
    if (probe->hit || value == NULL || value[0] == '\0') return;
    switch (probe->question) {
    case PROBE_PRESENT: probe->hit = 1; break;
    case PROBE_EQUAL: probe->hit = strcmp(value, probe->text) == 0; break;
    case PROBE_AT_LEAST: probe->hit = strtod(value, NULL) >= probe->bound; break;
    case PROBE_AT_MOST: probe->hit = strtod(value, NULL) <= probe->bound; break;
    }
}

static int ask(const struct condition_item *item, const struct condition_test *test,
               struct condition_probe probe)
{
    test->attribute->get(item, test, &probe);
    return probe.hit;
}

/* 1 if some value is the word; null asks for having none. */
static int is_value(const struct condition_item *item,
                    const struct condition_test *test, const struct node *word)
{
    if (node_is_null(word))
        return !ask(item, test, (struct condition_probe){.question = PROBE_PRESENT});
    return ask(item, test,
               (struct condition_probe){.question = PROBE_EQUAL, .text = word->text});
}

static int is_any_value(const struct condition_item *item,
                        const struct condition_test *test, const struct node *wanted)
{
    if (wanted->kind != NODE_SEQUENCE) return is_value(item, test, wanted);
    for (const struct node *e = wanted->first; e; e = e->next) {
        if (is_value(item, test, e)) return 1;
    }
    return 0;
}

static int is_beyond(const struct condition_item *item,
                     const struct condition_test *test, const struct node *bound)
{
    int at_least = strcmp(bound->key, "at-least") == 0;
    return ask(
        item, test,
        (struct condition_probe){.question = at_least ? PROBE_AT_LEAST : PROBE_AT_MOST,
                                 .bound = strtod(bound->text, NULL)});
}

static int words_hold(const struct condition_item *item,
                      const struct condition_test *test)
{
    if (test->wanted->kind != NODE_MAPPING)
        return is_any_value(item, test, test->wanted);
    for (const struct node *e = test->wanted->first; e; e = e->next) {
        int holds = strcmp(e->key, "not") == 0 ? !is_any_value(item, test, e)
                                               : is_beyond(item, test, e);
        if (!holds) return 0;
    }
    return 1;
}

static int masks_hold(const struct condition_item *item,
                      const struct condition_test *test)
{
    uint64_t values = test->attribute->mask(item, test);
    for (uint32_t i = 0; i < test->n_masks; i++) {
        const struct condition_mask *mask = &test->masks[i];
        int hit = (values & mask->any) != 0 || (mask->none && values == 0);
        if (hit == mask->negate) return 0;
    }
    return 1;
}

static int all_hold(const struct condition_item *item,
                    const struct condition_plan *plan)
{
    for (uint32_t i = 0; i < plan->n; i++) {
        const struct condition_test *test = &plan->tests[i];
        if (!(test->attribute->mask ? masks_hold(item, test) : words_hold(item, test)))
            return 0;
    }
    return 1;
}

int condition_holds(const struct assessment *a, const struct condition_plan *plan,
                    uint32_t index)
{
    if (plan->subject == NULL) return 0;
    struct condition_item item = condition_open(a, plan->subject, index);
    return all_hold(&item, plan);
}

static int is_out_of_scope(const struct condition_item *item,
                           const struct condition_subject *subject)
{
    if (subject->out_of_scope == 0) return 0;
    const char *object = item->object;
    return !text_empty(
        *(const struct text *)(const void *)(object + subject->out_of_scope));
}

int condition_selects(const struct assessment *a, const struct condition_plan *plan,
                      uint32_t index)
{
    if (plan->subject == NULL) return 0;
    struct condition_item item = condition_open(a, plan->subject, index);
    if (!plan->names_scope && is_out_of_scope(&item, plan->subject)) return 0;
    return all_hold(&item, plan);
}

int condition_matches(const struct assessment *a, const char *subject,
                      const struct node *where, uint32_t index)
{
    struct condition_plan plan = condition_plan(subject, where);
    return condition_selects(a, &plan, index);
}

/* 1 if item i comes before item k in canonical order. */
static int comes_before(const struct assessment *a, const struct condition_subject *s,
                        uint32_t i, uint32_t k)
{
    if (s->sorted) return i < k;
    struct condition_item one = condition_open(a, s, i),
                          other = condition_open(a, s, k);
    if (one.asset != GRAPH_NONE) return one.asset < other.asset;
    return strcmp(((const struct entry *)one.object)->id,
                  ((const struct entry *)other.object)->id) < 0;
}

uint32_t condition_count(const struct assessment *a, const struct condition *c,
                         uint32_t *first)
{
    struct condition_plan plan = condition_plan(c->subject, c->where);
    uint32_t n = plan.subject ? condition_n_items(a, plan.subject) : 0;
    uint32_t n_matching = 0, least = GRAPH_NONE;
    for (uint32_t i = 0; i < n; i++) {
        if (!condition_selects(a, &plan, i)) continue;
        n_matching++;
        if (least == GRAPH_NONE || comes_before(a, plan.subject, i, least)) least = i;
    }
    if (first) *first = least;
    return n_matching;
}

/* ---- checking ---- */

struct checker {
    struct diag_list *diags;
    const struct catalog *catalog;
    size_t n_errors;
};

#define COMPLAIN(c, place, name, ...)                                                  \
    ((c)->n_errors++, DIAG_ADD((c)->diags, name, (place), __VA_ARGS__))

/* Names to choose from, for the hint; items is on the heap. */
struct names {
    const char **items;
    size_t n, cap;
};

static void add_name(struct names *names, const char *name)
{
    *(const char **)mem_push(&names->items, &names->n, &names->cap,
                             sizeof *names->items) = name;
}

/* The name nearest to a word, and all of them unless they are many; empty else. */
struct suggestion {
    struct text near, all;
};

/* Frees the names; the texts lie in the list's arena. */
static struct suggestion suggest(struct checker *c, struct names *names,
                                 const char *word)
{
    enum { MOST_LISTED = 64 };
    struct suggestion s = {.near =
                               text_same(str_nearest(word, names->items, names->n))};
    struct buf list = {0};
    for (size_t i = 0; i < names->n; i++)
        buf_printf(&list, "%s%s", i ? ", " : "", names->items[i]);
    if (names->n <= MOST_LISTED)
        s.all = text_same(arena_str(&c->diags->arena, buf_text(&list)));
    buf_fini(&list);
    free(names->items);
    return s;
}

/* The i-th id of a catalog section, or NULL past its end. */
static const char *catalog_id(const struct catalog *catalog,
                              const struct condition_ids *ids, uint32_t i)
{
    const struct list *list =
        (const struct list *)(const void *)((const char *)&catalog->c + ids->offset);
    if (i >= list->n) return NULL;
    const void *item = (const char *)list->items + i * ids->size;
    return ((const struct entry *)item)->id;
}

static int is_in_catalog(const struct catalog *catalog, const struct condition_ids *ids,
                         const char *text)
{
    const char *id = NULL;
    for (uint32_t i = 0; (id = catalog_id(catalog, ids, i)) != NULL; i++) {
        if (strcmp(id, text) == 0) return 1;
    }
    return 0;
}

static void check_scalar(struct checker *c, const struct condition_attribute *at,
                         const struct node *n)
{
    if (n->kind != NODE_SCALAR) {
        COMPLAIN(c, n->at, WANTS_VALUE, text_same(at->name));
        return;
    }
    if (node_is_null(n)) return;
    struct names names = {0};
    struct text word = diag_quote(c->diags, n->text);
    if (at->set && choice_value(at->set, n->text) < 0) {
        for (size_t i = 0; i < at->set->n; i++)
            add_name(&names, at->set->items[i].name);
        struct suggestion s = suggest(c, &names, n->text);
        COMPLAIN(c, n->at, UNKNOWN_VALUE, word, text_same(at->name), s.near, s.all);
    } else if (at->ids && c->catalog && !is_in_catalog(c->catalog, at->ids, n->text)) {
        const char *id = NULL;
        for (uint32_t i = 0; (id = catalog_id(c->catalog, at->ids, i)) != NULL; i++)
            add_name(&names, id);
        struct suggestion s = suggest(c, &names, n->text);
        COMPLAIN(c, n->at, UNKNOWN_ID, word, text_same(at->name), s.near, s.all);
    } else if (at->flags & ATTRIBUTE_NUMBER) {
        if (n->text[0] == '\0' || strspn(n->text, "0123456789") != strlen(n->text))
            COMPLAIN(c, n->at, COUNTING_NUMBER, text_same(at->name), word);
    }
}

static void check_values(struct checker *c, const struct condition_attribute *at,
                         const struct node *n)
{
    if (n->kind != NODE_SEQUENCE) check_scalar(c, at, n);
    for (const struct node *e = n->kind == NODE_SEQUENCE ? n->first : NULL; e;
         e = e->next)
        check_scalar(c, at, e);
}

static void check_operator(struct checker *c, const struct condition_attribute *at,
                           const struct node *n)
{
    int is_bound = strcmp(n->key, "at-least") == 0 || strcmp(n->key, "at-most") == 0;
    if (strcmp(n->key, "not") == 0) {
        check_values(c, at, n);
    } else if (is_bound && (at->flags & ATTRIBUTE_ORDERED) && !node_is_null(n)) {
        check_scalar(c, at, n);
    } else if (is_bound) {
        COMPLAIN(c, node_key_place(n), NO_ORDER, text_same(at->name));
    } else {
        struct names names = {0};
        add_name(&names, "not");
        add_name(&names, "at-least");
        add_name(&names, "at-most");
        struct suggestion s = suggest(c, &names, n->key);
        COMPLAIN(c, node_key_place(n), OPERATOR, diag_quote(c->diags, n->key), s.near,
                 s.all);
    }
}

static void check_line(struct checker *c, const struct condition_subject *subject,
                       const struct node *line)
{
    const struct condition_attribute *at = find_attribute(subject, line->key);
    if (at == NULL) {
        struct names names = {0};
        for (size_t i = 0; i < subject->n_attributes; i++)
            add_name(&names, subject->attributes[i].name);
        struct suggestion s = suggest(c, &names, line->key);
        COMPLAIN(c, node_key_place(line), ATTRIBUTE, diag_quote(c->diags, line->key),
                 text_same(subject->name), s.near, s.all);
    } else if (line->kind != NODE_MAPPING) {
        check_values(c, at, line);
    } else {
        for (const struct node *e = line->first; e; e = e->next)
            check_operator(c, at, e);
    }
}

void assess_check_catalog(struct catalog *catalog)
{
    for (uint32_t i = 0; i < catalog->c.requirements.n; i++) {
        const struct requirement *r =
            LIST_AT(catalog->c.requirements, struct requirement, i);
        for (uint32_t k = 0; k < r->evidence.n; k++) {
            const struct condition *c = LIST_AT(r->evidence, struct condition, k);
            condition_check(c->where, c->subject, r->entry.at, &catalog->diags,
                            catalog);
        }
    }
    diag_sort(&catalog->diags);
}

struct catalog *assess_read_catalog(const char *directory)
{
    struct catalog *catalog = catalog_read(directory);
    if (catalog->diags.n_errors == 0) assess_check_catalog(catalog);
    return catalog;
}

size_t condition_check(const struct node *where, const char *subject, struct place at,
                       struct diag_list *d, const struct catalog *catalog)
{
    struct checker c = {d, catalog, 0};
    const struct condition_subject *s = condition_subject(subject);
    if (s == NULL) {
        struct names names = {0};
        size_t n = 0;
        const struct condition_subject *all = condition_subjects(&n);
        for (size_t i = 0; i < n; i++)
            add_name(&names, all[i].name);
        struct suggestion near = suggest(&c, &names, subject);
        COMPLAIN(&c, at, SUBJECT, diag_quote(d, subject), near.near, near.all);
        return c.n_errors;
    }
    if (where == NULL || node_is_null(where)) return 0;
    if (where->kind != NODE_MAPPING) {
        c.n_errors++;
        diag_put(d, DIAG_CONDITION_NOT_MAPPING, where->at, NULL);
        return c.n_errors;
    }
    for (const struct node *line = where->first; line; line = line->next)
        check_line(&c, s, line);
    return c.n_errors;
}
