// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Decisions and exclusions hang on stable ids. Here they find their subjects again:
 * one whose subject has gone is orphaned, one past its review date overdue, two on
 * the same subject are told; none is lost or doubled silently.
 */
#include <stdlib.h>
#include <string.h>

#include "assess/assess_int.h"
#include "base/limits.h"

// clang-format off
static const struct text record_words[] = { // by is_exclusion
    {{"decision", "意思決定"}},
    {{"exclusion", "除外"}},
};
// clang-format on

static int has_entry(const struct list *list, size_t size, const char *id)
{
    const char *item = list->items;
    for (uint32_t i = 0; i < list->n; i++, item += size)
        if (strcmp(((const struct entry *)(const void *)item)->id, id) == 0) return 1;
    return 0;
}

/* 1 if what a subject names is there: derived, or declared in the model. */
static int subject_exists(const struct assessment *a, const char *subject)
{
    const struct model_data *m = &a->model->m;
    static const char incident[] = "incident:", requirement[] = "requirement:",
                      map[] = "map:";
    if (strncmp(subject, incident, sizeof incident - 1) == 0)
        return has_entry(&m->incidents, sizeof(struct incident),
                         subject + sizeof incident - 1);
    if (strncmp(subject, requirement, sizeof requirement - 1) == 0)
        return assess_find_requirement(a, subject + sizeof requirement - 1) != NULL;
    if (strncmp(subject, map, sizeof map - 1) == 0)
        return has_entry(&m->stakeholders, sizeof(struct stakeholder),
                         subject + sizeof map - 1);
    return assess_find_threat(a, subject) != NULL;
}

static void judge(struct assessment *a, struct decision_result *r,
                  const struct entry *e, const char *subject, int32_t review_by)
{
    struct text what = record_words[r->is_exclusion != 0];
    r->state = (uint8_t)(subject_exists(a, subject) ? SUBJECT_FOUND : SUBJECT_ORPHANED);
    r->overdue = a->today && review_by && review_by < a->today;
    if (r->state == SUBJECT_ORPHANED)
        DIAG_ADD(&a->diags, ORPHANED, e->at, text_same(e->id), text_same(subject),
                 what);
    if (r->overdue)
        DIAG_ADD(&a->diags, OVERDUE, e->at, text_same(e->id),
                 diag_date(&a->diags, review_by), what);
}

static void warn_doubled(struct assessment *a, struct strmap *seen,
                         const struct entry *e, const char *subject, int is_exclusion)
{
    if (!strmap_add(seen, subject, 0, NULL))
        DIAG_ADD(&a->diags, DOUBLED, e->at, text_same(subject),
                 record_words[is_exclusion]);
}

struct sort_item {
    const char *id;
    uint32_t index;
};

static int compare_items(const void *a, const void *b)
{
    return strcmp(((const struct sort_item *)a)->id, ((const struct sort_item *)b)->id);
}

/* Indices of a list in the order of ids; heap. */
static struct sort_item *sorted_entries(const struct list *list, size_t size)
{
    struct sort_item *items = mem_alloc((list->n + 1) * sizeof *items);
    const char *item = list->items;
    for (uint32_t i = 0; i < list->n; i++, item += size)
        items[i] =
            (struct sort_item){((const struct entry *)(const void *)item)->id, i};
    if (list->n) qsort(items, list->n, sizeof *items, compare_items);
    return items;
}

static struct decision_result *next_result(struct assessment *a)
{
    return LIST_AT(a->decisions, struct decision_result, a->decisions.n++);
}

void assess_decisions(struct stages *s)
{
    struct assessment *a = s->a;
    const struct model_data *m = &a->model->m;
    struct strmap decided = {0}, excluded = {0};
    struct sort_item *decisions =
        sorted_entries(&m->decisions, sizeof(struct decision));
    struct sort_item *exclusions =
        sorted_entries(&m->exclusions, sizeof(struct exclusion));
    a->decisions.items = arena_array(&a->arena, m->decisions.n + m->exclusions.n + 1,
                                     sizeof(struct decision_result));
    for (uint32_t i = 0; i < m->decisions.n; i++) {
        const struct decision *d =
            LIST_AT(m->decisions, struct decision, decisions[i].index);
        struct decision_result *r = next_result(a);
        r->decision = decisions[i].index;
        judge(a, r, &d->entry, d->subject, d->review_by);
        warn_doubled(a, &decided, &d->entry, d->subject, 0);
    }
    for (uint32_t i = 0; i < m->exclusions.n; i++) {
        const struct exclusion *e =
            LIST_AT(m->exclusions, struct exclusion, exclusions[i].index);
        struct decision_result *r = next_result(a);
        r->decision = exclusions[i].index;
        r->is_exclusion = 1;
        judge(a, r, &e->entry, e->subject, e->review_by);
        warn_doubled(a, &excluded, &e->entry, e->subject, 1);
    }
    strmap_fini(&decided);
    strmap_fini(&excluded);
    free(decisions);
    free(exclusions);
}

static int has_subject(const struct strmap *subjects, const char *prefix,
                       const char *id)
{
    char subject[16 + LIMIT_KEY_BYTES];
    uint32_t found;
    snprintf(subject, sizeof subject, "%s%s", prefix, id);
    return strmap_get(subjects, subject, &found);
}

int is_excluded(const struct stages *s, const char *prefix, const char *id)
{
    return has_subject(&s->excluded, prefix, id);
}

int is_settled(const struct stages *s, const char *prefix, const char *id)
{
    return has_subject(&s->settled, prefix, id);
}

int requirement_is_open(const struct requirement_result *r)
{
    return !r->adopted && !r->excluded && !r->settled;
}

/* Excluded threats stay listed, but stand out no more and demand nothing. */
void assess_exclude_threats(struct stages *s)
{
    const struct list *exclusions = &s->a->model->m.exclusions;
    for (uint32_t i = 0; i < exclusions->n; i++) {
        const char *subject = LIST_AT(*exclusions, struct exclusion, i)->subject;
        const struct threat *found = assess_find_threat(s->a, subject);
        if (found == NULL) continue;
        struct threat *t = LIST_AT(s->a->threats, struct threat,
                                   found - (const struct threat *)s->a->threats.items);
        t->excluded = 1;
        t->main = 0;
        t->severity = 0;
    }
}
