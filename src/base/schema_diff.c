// SPDX-License-Identifier: Apache-2.0
/*
 * Compares by the table. A value is compared as the line of text that is shown for it;
 * structs and mappings are walked; elements of lists have no names, so their lines are
 * sorted and merged: what is in one only was removed or added.
 */
#include "base/schema_diff.h"

#include <stdlib.h>
#include <string.h>

struct differ {
    struct schema_diff *diff;
    const char *section, *id;
    struct buf path; // below section and id
};

/* ---- a value as one line of text; nothing for what is absent ---- */

static void show_object(const struct shape *shape, const void *object, struct buf *out);
static void show_field(const struct field *f, const void *slot, struct buf *out);

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The lines of a list's elements, sorted; heap array, lines in the arena. */
static const char **list_lines(const struct field *f, const struct list *list,
                               struct arena *arena)
{
    const struct shape *shape = f->of;
    const char **lines = mem_alloc((list->n + 1) * sizeof *lines);
    for (uint32_t i = 0; i < list->n; i++) {
        struct buf line = {0};
        const char *items = list->items;
        const char *string = NULL;
        if (f->type == FIELD_REFS)
            string = ((const struct ref *)list->items)[i].id;
        else if (f->type == FIELD_STRINGS)
            string = ((const char *const *)list->items)[i];
        else if (f->type == FIELD_TEXTS)
            show_field(&(struct field){.type = FIELD_TEXT},
                       &((const struct text *)list->items)[i], &line);
        else
            show_object(shape, items + i * shape->size, &line);
        if (string) buf_str(&line, string);
        lines[i] = arena_str(arena, buf_text(&line));
        buf_fini(&line);
    }
    if (list->n > 0) qsort(lines, list->n, sizeof *lines, compare_lines);
    return lines;
}

static void show_list(const struct field *f, const struct list *list, struct buf *out)
{
    if (list->n == 0) return;
    struct arena arena = {0};
    const char **lines = list_lines(f, list, &arena);
    buf_char(out, '[');
    for (uint32_t i = 0; i < list->n; i++)
        buf_printf(out, "%s%s", i ? ", " : "", lines[i]);
    buf_char(out, ']');
    free(lines);
    arena_fini(&arena);
}

static void show_map(const struct field *f, const struct list *list, struct buf *out)
{
    const struct shape *shape = f->of;
    for (uint32_t i = 0; i < list->n; i++) {
        const char *item = (const char *)list->items + i * shape->size;
        buf_printf(out, "%s%s: ", i ? ", " : "{",
                   ((const struct entry *)(const void *)item)->id);
        show_object(shape, item, out);
    }
    if (list->n > 0) buf_char(out, '}');
}

static void show_text(const struct text *t, struct buf *out)
{
    const char *en = t->in[LANG_EN], *ja = t->in[LANG_JA];
    if (en && ja && strcmp(en, ja) != 0)
        buf_printf(out, "{en: %s, ja: %s}", en, ja);
    else
        buf_str(out, text_in(*t, LANG_EN));
}

static void show_choices(const struct choice_set *set, uint32_t mask, struct buf *out)
{
    int first = 1;
    if (mask == 0) return;
    buf_char(out, '[');
    for (size_t i = 0; i < set->n; i++) {
        if (!(mask & 1u << set->items[i].value)) continue;
        buf_printf(out, "%s%s", first ? "" : ", ", set->items[i].name);
        first = 0;
    }
    buf_char(out, ']');
}

static void show_number(const struct number *number, struct buf *out)
{
    if (number->is_set) buf_printf(out, "%.15g", number->value);
}

static void show_money(const struct money *money, struct buf *out)
{
    if (money->unit[0]) buf_printf(out, "%.15g %s", money->value, money->unit);
}

static void show_date(int32_t date, struct buf *out)
{
    if (date)
        buf_printf(out, "%04d-%02d-%02d", (int)(date / 10000), (int)(date / 100 % 100),
                   (int)(date % 100));
}

static void show_field(const struct field *f, const void *slot, struct buf *out)
{
    static const char *const tri_words[] = {"", "false", "true"};
    const char *string = NULL;
    switch (f->type) {
    case FIELD_TEXT: show_text(slot, out); break;
    case FIELD_STRING:
    case FIELD_ID: string = *(const char *const *)slot; break;
    case FIELD_REF: string = ((const struct ref *)slot)->id; break;
    case FIELD_BOOL: string = tri_words[*(const uint8_t *)slot]; break;
    case FIELD_INT: buf_printf(out, "%d", (int)*(const int32_t *)slot); break;
    case FIELD_NUMBER: show_number(slot, out); break;
    case FIELD_CHOICE: string = choice_name(f->of, *(const uint8_t *)slot); break;
    case FIELD_CHOICES: show_choices(f->of, *(const uint32_t *)slot, out); break;
    case FIELD_DATE: show_date(*(const int32_t *)slot, out); break;
    case FIELD_MONEY: show_money(slot, out); break;
    case FIELD_STRUCT: show_object(f->of, slot, out); break;
    case FIELD_MAP: show_map(f, slot, out); break;
    case FIELD_TEXTS:
    case FIELD_STRINGS:
    case FIELD_REFS:
    case FIELD_LIST: show_list(f, slot, out); break;
    case FIELD_PRESENCE:
        string = *(const uint8_t *)slot == TRI_YES ? "{}" : NULL;
        break;
    case FIELD_NODE: break;
    }
    if (string) buf_str(out, string);
}

static void show_object(const struct shape *shape, const void *object, struct buf *out)
{
    int first = 1;
    buf_char(out, '{');
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        struct buf value = {0};
        if (f->key) show_field(f, (const char *)object + f->offset, &value);
        if (value.len > 0 && strcmp(buf_text(&value), "{}") != 0) {
            buf_printf(out, "%s%s: %s", first ? "" : ", ", f->key, buf_text(&value));
            first = 0;
        }
        buf_fini(&value);
    }
    buf_char(out, '}');
}

/* ---- comparing ---- */

static struct schema_change *add_change(struct differ *d, enum schema_change_kind kind,
                                        const char *old_value, const char *new_value)
{
    struct schema_diff *diff = d->diff;
    struct schema_change *c =
        mem_push(&diff->items, &diff->n, &diff->cap, sizeof *diff->items);
    struct arena *arena = &diff->arena;
    *c = (struct schema_change){
        .kind = kind,
        .section = arena_str(arena, d->section),
        .id = d->id ? arena_str(arena, d->id) : NULL,
        .key = d->path.len ? arena_str(arena, buf_text(&d->path)) : NULL,
        .old_value = old_value ? arena_str(arena, old_value) : NULL,
        .new_value = new_value ? arena_str(arena, new_value) : NULL,
    };
    return c;
}

/* The text under the key `name` of an object, copied; empty where there is none. */
static struct text name_of(const struct shape *shape, const void *object,
                           struct arena *arena)
{
    struct text name = {
        {NULL, NULL}
    };
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        if (f->key && strcmp(f->key, "name") == 0 && f->type == FIELD_TEXT)
            name =
                *(const struct text *)(const void *)((const char *)object + f->offset);
    }
    for (int lang = 0; lang < N_LANGS; lang++) {
        if (name.in[lang]) name.in[lang] = arena_str(arena, name.in[lang]);
    }
    return name;
}

/* Goes one key down; returns what leave_key wants to come back. */
static size_t enter_key(struct differ *d, const char *key)
{
    size_t before = d->path.len;
    if (before) buf_char(&d->path, '.');
    buf_str(&d->path, key);
    return before;
}

static void leave_key(struct differ *d, size_t before)
{
    d->path.len = before;
    if (d->path.data) d->path.data[before] = '\0';
}

static void diff_values(struct differ *d, const struct field *f, const void *old_slot,
                        const void *new_slot)
{
    struct buf old_value = {0}, new_value = {0};
    show_field(f, old_slot, &old_value);
    show_field(f, new_slot, &new_value);
    if (strcmp(buf_text(&old_value), buf_text(&new_value)) != 0)
        add_change(d, CHANGE_CHANGED, old_value.len ? buf_text(&old_value) : NULL,
                   new_value.len ? buf_text(&new_value) : NULL);
    buf_fini(&old_value);
    buf_fini(&new_value);
}

/* A text is compared language by language; a missing one counts as the other. */
static void diff_texts(struct differ *d, const struct text *old_text,
                       const struct text *new_text)
{
    static const char *const names[N_LANGS] = {"en", "ja"};
    const char *old_value[N_LANGS], *new_value[N_LANGS];
    int differs[N_LANGS];
    for (int lang = 0; lang < N_LANGS; lang++) {
        old_value[lang] = text_in(*old_text, (enum lang)lang);
        new_value[lang] = text_in(*new_text, (enum lang)lang);
        differs[lang] = strcmp(old_value[lang], new_value[lang]) != 0;
    }
    int same_in_both = strcmp(old_value[0], old_value[1]) == 0 &&
                       strcmp(new_value[0], new_value[1]) == 0;
    for (int lang = 0; lang < N_LANGS; lang++) {
        if (!differs[lang] || (same_in_both && lang > 0)) continue;
        size_t before = d->path.len;
        if (!same_in_both) before = enter_key(d, names[lang]);
        add_change(d, CHANGE_CHANGED, old_value[lang][0] ? old_value[lang] : NULL,
                   new_value[lang][0] ? new_value[lang] : NULL);
        leave_key(d, before);
    }
}

/* Elements without names: the sorted lines are merged. */
static void diff_lists(struct differ *d, const struct field *f,
                       const struct list *old_list, const struct list *new_list)
{
    struct arena arena = {0};
    const char **old_lines = list_lines(f, old_list, &arena);
    const char **new_lines = list_lines(f, new_list, &arena);
    uint32_t i = 0, k = 0;
    while (i < old_list->n || k < new_list->n) {
        int order = i == old_list->n   ? 1
                    : k == new_list->n ? -1
                                       : strcmp(old_lines[i], new_lines[k]);
        if (order < 0) add_change(d, CHANGE_REMOVED, old_lines[i], NULL);
        if (order > 0) add_change(d, CHANGE_ADDED, NULL, new_lines[k]);
        i += order <= 0;
        k += order >= 0;
    }
    free(old_lines);
    free(new_lines);
    arena_fini(&arena);
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *const *one = a, *const *other = b;
    return strcmp((*one)->id, (*other)->id);
}

/* The entries of a mapping by id; heap array. */
static const struct entry **sorted_entries(const struct shape *shape,
                                           const struct list *list)
{
    const struct entry **entries = mem_alloc((list->n + 1) * sizeof *entries);
    for (uint32_t i = 0; i < list->n; i++)
        entries[i] = (const struct entry *)(const void *)((const char *)list->items +
                                                          i * shape->size);
    if (list->n > 0) qsort(entries, list->n, sizeof *entries, compare_entries);
    return entries;
}

static void diff_objects(struct differ *d, const struct shape *shape,
                         const void *old_object, const void *new_object);

/* An entry that only one side has, as a whole. */
static void add_entry(struct differ *d, const struct shape *shape,
                      const struct entry *entry, enum schema_change_kind kind)
{
    struct buf value = {0};
    show_object(shape, entry, &value);
    const char *text = buf_text(&value);
    struct schema_change *c = add_change(d, kind, kind == CHANGE_REMOVED ? text : NULL,
                                         kind == CHANGE_ADDED ? text : NULL);
    c->name = name_of(shape, entry, &d->diff->arena);
    buf_fini(&value);
}

/* One entry of a mapping, which only one side has, or both: then as it was and is. */
static void diff_entry(struct differ *d, const struct shape *shape,
                       enum schema_change_kind kind, const struct entry *entry,
                       const struct entry *new_entry)
{
    int is_top = d->id == NULL && d->path.len == 0;
    size_t before = d->path.len;
    if (is_top)
        d->id = entry->id;
    else
        before = enter_key(d, entry->id);
    if (kind == CHANGE_CHANGED)
        diff_objects(d, shape, entry, new_entry);
    else
        add_entry(d, shape, entry, kind);
    if (is_top) d->id = NULL;
    leave_key(d, before);
}

static void diff_maps(struct differ *d, const struct field *f,
                      const struct list *old_list, const struct list *new_list)
{
    const struct entry **old_entries = sorted_entries(f->of, old_list);
    const struct entry **new_entries = sorted_entries(f->of, new_list);
    uint32_t i = 0, k = 0;
    while (i < old_list->n || k < new_list->n) {
        int order = i == old_list->n   ? 1
                    : k == new_list->n ? -1
                                       : strcmp(old_entries[i]->id, new_entries[k]->id);
        if (order == 0)
            diff_entry(d, f->of, CHANGE_CHANGED, old_entries[i], new_entries[k]);
        else if (order < 0)
            diff_entry(d, f->of, CHANGE_REMOVED, old_entries[i], NULL);
        else
            diff_entry(d, f->of, CHANGE_ADDED, new_entries[k], NULL);
        i += order <= 0;
        k += order >= 0;
    }
    free(old_entries);
    free(new_entries);
}

static void diff_field(struct differ *d, const struct field *f, const void *old_slot,
                       const void *new_slot)
{
    switch (f->type) {
    case FIELD_TEXT: diff_texts(d, old_slot, new_slot); break;
    case FIELD_STRUCT: diff_objects(d, f->of, old_slot, new_slot); break;
    case FIELD_MAP: diff_maps(d, f, old_slot, new_slot); break;
    case FIELD_LIST:
    case FIELD_REFS:
    case FIELD_STRINGS:
    case FIELD_TEXTS: diff_lists(d, f, old_slot, new_slot); break;
    default: diff_values(d, f, old_slot, new_slot); break;
    }
}

static void diff_objects(struct differ *d, const struct shape *shape,
                         const void *old_object, const void *new_object)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        size_t before = f->key ? enter_key(d, f->key) : d->path.len;
        diff_field(d, f, (const char *)old_object + f->offset,
                   (const char *)new_object + f->offset);
        leave_key(d, before);
    }
}

struct schema_diff schema_diff(const struct shape *shape, const void *old_object,
                               const void *new_object)
{
    struct schema_diff diff = {0};
    struct differ d = {.diff = &diff};
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        d.section = f->key ? f->key : "";
        diff_field(&d, f, (const char *)old_object + f->offset,
                   (const char *)new_object + f->offset);
    }
    buf_fini(&d.path);
    return diff;
}

void schema_diff_fini(struct schema_diff *diff)
{
    free(diff->items);
    arena_fini(&diff->arena);
    *diff = (struct schema_diff){0};
}
