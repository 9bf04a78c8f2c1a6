// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The items that conditions are about: how each is found by its number, what it is
 * called, where it stands; and the manual page of subjects and attributes.
 */
#include <assert.h>
#include <stdio.h>

#include "assess/condition_int.h"

static const struct list *list_of(const struct assessment *a,
                                  const struct condition_subject *subject)
{
    const char *base =
        subject->from == FROM_MODEL ? (const char *)&a->model->m : (const char *)a;
    return (const struct list *)(const void *)(base + subject->offset);
}

uint32_t condition_n_items(const struct assessment *a,
                           const struct condition_subject *subject)
{
    return list_of(a, subject)->n;
}

/* What a result of the assessment is about, in the model or catalog; NULL: a threat. */
static const void *object_of(const struct assessment *a, const struct list *list,
                             const void *result)
{
    const struct model_data *m = &a->model->m;
    if (list == &a->incidents)
        return LIST_AT(m->incidents, struct incident,
                       ((const struct incident_result *)result)->incident);
    if (list == &a->requirements)
        return LIST_AT(a->catalog->c.requirements, struct requirement,
                       ((const struct requirement_result *)result)->requirement);
    if (list == &a->decisions) {
        const struct decision_result *d = result;
        return d->is_exclusion
                   ? (const void *)LIST_AT(m->exclusions, struct exclusion, d->decision)
                   : (const void *)LIST_AT(m->decisions, struct decision, d->decision);
    }
    return NULL;
}

struct condition_item condition_open(const struct assessment *a,
                                     const struct condition_subject *subject,
                                     uint32_t index)
{
    const struct list *list = list_of(a, subject);
    assert(index < list->n);
    const void *element = (const char *)list->items + (size_t)index * subject->size;
    struct condition_item item = {.a = a, .index = index, .asset = GRAPH_NONE};
    if (subject->asset_of) {
        const char *graph = (const char *)a->graph;
        item.asset =
            (*(uint32_t *const *)(const void *)(graph + subject->asset_of))[index];
    }
    if (subject->from == FROM_MODEL) {
        item.object = element;
    } else {
        item.result = element;
        item.object = object_of(a, list, element);
    }
    return item;
}

void condition_threat_id(const struct assessment *a, const struct threat *t, char *out,
                         size_t size)
{
    snprintf(out, size, "%s@%s",
             LIST_AT(a->catalog->c.threats, struct threat_class, t->class)->entry.id,
             graph_asset_id(a->graph, t->asset));
}

void condition_item_id(const struct assessment *a,
                       const struct condition_subject *subject, uint32_t index,
                       char *out, size_t size)
{
    struct condition_item item = condition_open(a, subject, index);
    assert(item.object || item.result);
    if (item.object)
        snprintf(out, size, "%s", ((const struct entry *)item.object)->id);
    else
        condition_threat_id(a, item.result, out, size);
}

/* Where the model states the asset with that number. */
static struct place place_of_asset(const struct assessment *a, uint32_t asset)
{
    const struct model_data *m = &a->model->m;
    const struct asset_ref *ref = &a->graph->assets[asset];
    if (ref->type == ASSET_COMPONENT)
        return LIST_AT(m->components, struct component, ref->index)->entry.at;
    if (ref->type == ASSET_FLOW)
        return LIST_AT(m->flows, struct flow, ref->index)->entry.at;
    return (struct place){a->model->file, 1, 1};
}

struct place condition_item_place(const struct assessment *a,
                                  const struct condition_subject *subject,
                                  uint32_t index)
{
    struct condition_item item = condition_open(a, subject, index);
    const struct list *list = list_of(a, subject);
    if (list == &a->threats && item.result)
        return place_of_asset(a, ((const struct threat *)item.result)->asset);
    if (list == &a->requirements && item.result) {
        // a requirement stands in the catalog; the model has it where it is adopted
        const struct requirement_result *r = item.result;
        return r->adoption ? r->adoption->entry.at
                           : (struct place){a->model->file, 1, 1};
    }
    assert(item.object);
    return ((const struct entry *)item.object)->at;
}

/* ---- manual ---- */

/* The values an attribute may have, as a cell of a table. */
static void write_values(const struct condition_attribute *at, enum lang lang,
                         struct buf *out)
{
    struct text any = at->ids ? TEXT("identifier in the catalog", "カタログの識別子")
                      : at->flags & ATTRIBUTE_NUMBER ? TEXT("number", "数")
                                                     : TEXT("identifier", "識別子");
    if (at->set == NULL) buf_str(out, text_in(any, lang));
    for (size_t i = 0; at->set && i < at->set->n; i++)
        buf_printf(out, "%s`%s`", i ? " " : "", at->set->items[i].name);
    if (at->flags & ATTRIBUTE_ORDERED)
        buf_str(out, text_in(TEXT(" (ordered)", "(順序あり)"), lang));
}

void condition_manual(enum lang lang, struct buf *out)
{
    struct text head = TEXT("| attribute | meaning | values |", "| 属性 | 意味 | 値 |");
    size_t n = 0;
    const struct condition_subject *all = condition_subjects(&n);
    for (size_t s = 0; s < n; s++) {
        const struct condition_subject *subject = &all[s];
        buf_printf(out, "### `%s`\n\n%s\n\n%s\n|---|---|---|\n", subject->name,
                   text_in(subject->doc, lang), text_in(head, lang));
        for (size_t i = 0; i < subject->n_attributes; i++) {
            const struct condition_attribute *at = &subject->attributes[i];
            buf_printf(out, "| `%s` | %s | ", at->name, text_in(at->doc, lang));
            write_values(at, lang, out);
            buf_str(out, " |\n");
        }
        buf_char(out, '\n');
    }
}
