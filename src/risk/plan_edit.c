// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* A plan put into the text of the model; see plan_edit.h. */
#include "risk/plan_edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/schema_diff.h"
#include "risk/plan_int.h"

/* Something put in the place of `remove` bytes. */
struct change {
    size_t at, remove;
    const char *text;
    uint32_t number; // changes at one place keep their order
};

/* A section that the text does not have yet. */
struct new_section {
    uint32_t left; // entries to come
    int is_flow, indent;
    size_t at;
};

struct editor {
    const struct plan_answer *a;
    const struct model *model; // as it was read
    struct plan_edit *edit;
    struct arena arena;
    struct diag_list parsed;
    const char *text;
    size_t len;
    const char *newline;
    struct node *root;
    struct change *changes;
    size_t n, cap;
    struct new_section section;
};

/* A key and its value in flow style. */
struct line {
    const char *key, *value;
};

static void put_change(struct editor *e, size_t at, size_t remove, const char *text)
{
    struct change *c = mem_push(&e->changes, &e->n, &e->cap, sizeof *c);
    *c = (struct change){at, remove, text, (uint32_t)e->n};
}

static void complain(struct editor *e, struct place at, const char *what)
{
    at.file = e->model->file;
    DIAG_ADD(&e->edit->diags, PLAN_STYLE, at, text_same(what));
}

/* ---- places in the text ------------------------------------------------------------
 */

/* Where a line begins; the end of the text for one after the last. */
static size_t line_start(const struct editor *e, uint32_t line)
{
    size_t at = 0;
    while (--line > 0 && at < e->len) {
        const char *end = memchr(e->text + at, '\n', e->len - at);
        at = end ? (size_t)(end - e->text) + 1 : e->len;
    }
    return at;
}

static size_t offset_of(const struct editor *e, uint32_t line, uint32_t column)
{
    size_t start = line_start(e, line);
    return start + text_offset(e->text + start, e->len - start, column - 1);
}

static int is_flow(const struct editor *e, const struct node *mapping)
{
    size_t at = offset_of(e, mapping->at.line, mapping->at.column);
    return at < e->len && e->text[at] == '{';
}

/* A value as JSON, which is YAML in flow style. */
static const char *quoted(struct editor *e, const char *s)
{
    struct buf out = {0};
    struct json j = json_on(&out, 0);
    json_string(&j, s);
    const char *text = arena_str(&e->arena, buf_text(&out));
    buf_fini(&out);
    return text;
}

static const char *quoted_text(struct editor *e, struct text t)
{
    return arena_printf(&e->arena, "{en: %s, ja: %s}", quoted(e, text_in(t, LANG_EN)),
                        quoted(e, text_in(t, LANG_JA)));
}

/* ---- measures that become decided --------------------------------------------------
 */

static void set_status(struct editor *e, const struct node *status, const char *id)
{
    size_t at = offset_of(e, status->at.line, status->at.column), n = 0;
    const char *was = status->text ? status->text : "";
    size_t quote = status->quoted ? 1 : 0;
    if (status->kind == NODE_SCALAR && at + quote + strlen(was) <= e->len &&
        memcmp(e->text + at + quote, was, strlen(was)) == 0)
        n = strlen(was);
    if (n == 0) {
        complain(e, status->at, id);
        return;
    }
    put_change(e, at + quote, n, choice_name(&measure_statuses, STATUS_DECIDED));
}

/* Puts a key before the first of a mapping, in its style. */
static void add_status(struct editor *e, const struct node *measure, const char *id)
{
    const struct node *first = measure->first;
    size_t at = offset_of(e, first->key_line, first->key_column);
    size_t start = line_start(e, first->key_line);
    const char *end = ", ";
    if (!is_flow(e, measure)) {
        size_t indent = at - start;
        if (strspn(e->text + start, " ") != indent) {
            complain(e, node_key_place(first), id);
            return;
        }
        end =
            arena_printf(&e->arena, "%s%.*s", e->newline, (int)indent, e->text + start);
    }
    put_change(e, at, 0,
               arena_printf(&e->arena, "status: %s%s",
                            choice_name(&measure_statuses, STATUS_DECIDED), end));
}

static void decide(struct editor *e, uint32_t measure)
{
    const struct entry *entry = &plan_measure(e->a->plan, measure)->entry;
    const struct node *node = node_get(node_get(e->root, "measures"), entry->id);
    if (plan_measure(e->a->plan, measure)->status >= STATUS_DECIDED) return;
    e->edit->n_measures++;
    if (entry->at.file != e->model->file || node == NULL || node->first == NULL) {
        DIAG_ADD(&e->edit->diags, PLAN_INCLUDED, entry->at, text_same(entry->id));
        return;
    }
    const struct node *status = node_get(node, "status");
    if (status)
        set_status(e, status, entry->id);
    else
        add_status(e, node, entry->id);
}

/* ---- entries that are added --------------------------------------------------------
 */

static const char *flow_entry(struct editor *e, const char *id,
                              const struct line *lines, size_t n)
{
    const char *text = arena_printf(&e->arena, "%s: {", id);
    for (size_t i = 0; i < n; i++)
        text = arena_printf(&e->arena, "%s%s%s: %s", text, i ? ", " : "", lines[i].key,
                            lines[i].value);
    return arena_printf(&e->arena, "%s}", text);
}

static const char *block_entry(struct editor *e, const char *id, int indent,
                               const struct line *lines, size_t n)
{
    const char *text = arena_printf(&e->arena, "%*s%s:%s", indent, "", id, e->newline);
    for (size_t i = 0; i < n; i++)
        text = arena_printf(&e->arena, "%s%*s%s: %s%s", text, indent + 2, "",
                            lines[i].key, lines[i].value, e->newline);
    return text;
}

/*
 * Opens a section that is not there, for entries put at the same place: at the end, or
 * in flow style at the beginning. Nothing for one that is there or opened.
 */
static void open_section(struct editor *e, const char *section, uint32_t n_entries)
{
    struct new_section *s = &e->section;
    int indent = (int)e->root->at.column - 1;
    int has_newline = e->len > 0 && e->text[e->len - 1] == '\n';
    *s = (struct new_section){.left = n_entries, .indent = indent + 2, .at = e->len};
    if (n_entries == 0 || node_get(e->root, section)) return;
    s->is_flow = is_flow(e, e->root);
    if (s->is_flow) s->at = offset_of(e, e->root->at.line, e->root->at.column) + 1;
    put_change(e, s->at, 0,
               s->is_flow ? arena_printf(&e->arena, "%s: {", section)
                          : arena_printf(&e->arena, "%s%*s%s:%s",
                                         has_newline ? "" : e->newline, indent, "",
                                         section, e->newline));
}

static void put_in_new(struct editor *e, const char *id, const struct line *lines,
                       size_t n)
{
    struct new_section *s = &e->section;
    s->left--;
    put_change(e, s->at, 0,
               s->is_flow ? arena_printf(&e->arena, "%s%s", flow_entry(e, id, lines, n),
                                         s->left ? ", " : "}, ")
                          : block_entry(e, id, s->indent, lines, n));
}

/* Puts an entry before the others of its section, in their style. */
static void put_entry(struct editor *e, const char *section, const char *id,
                      const struct line *lines, size_t n)
{
    const struct node *node = node_get(e->root, section);
    if (node == NULL) {
        put_in_new(e, id, lines, n);
    } else if (is_flow(e, node)) {
        put_change(e, offset_of(e, node->at.line, node->at.column) + 1, 0,
                   arena_printf(&e->arena, "%s%s", flow_entry(e, id, lines, n),
                                node->n ? ", " : ""));
    } else if (node->first && node->first->key_line > node->key_line) {
        put_change(e, line_start(e, node->key_line + 1), 0,
                   block_entry(e, id, (int)node->first->key_column - 1, lines, n));
    } else {
        complain(e, node_key_place(node), section);
    }
}

static const char *id_list(struct editor *e, const struct list *refs)
{
    const char *text = "[";
    for (uint32_t i = 0; i < refs->n; i++)
        text = arena_printf(&e->arena, "%s%s%s", text, i ? ", " : "",
                            LIST_AT(*refs, struct ref, i)->id);
    return arena_printf(&e->arena, "%s]", text);
}

/* A measure of the catalog. */
static void add_measure(struct editor *e, uint32_t measure)
{
    const struct measure *m = plan_measure(e->a->plan, measure);
    const char *cost = arena_printf(
        &e->arena, "%.17g %s", e->a->plan->question.costs[measure], e->a->c->currency);
    const struct line lines[] = {
        {"name",                         quoted_text(e,  m->name)},
        {"requirement",                              m->requirement.id                               },
        {"example",                              m->example.id    },
        {"on",                              id_list(e,                                     &m->on)},
        {"by",                       m->by.id},
        {"status",choice_name(&measure_statuses,              STATUS_DECIDED)},
        {"cost",  cost},
    };
    put_entry(e, "measures", m->entry.id, lines, sizeof lines / sizeof *lines);
    e->edit->n_added++;
}

/* ---- decisions ---------------------------------------------------------------------
 */

/* 1 if the model has a decision on an incident, which is left as it is. */
static int is_decided(const struct editor *e, uint32_t incident)
{
    static const char prefix[] = "incident:";
    const struct list *decisions = &e->model->m.decisions;
    const char *id =
        LIST_AT(e->model->m.incidents, struct incident, incident)->entry.id;
    for (uint32_t i = 0; i < decisions->n; i++) {
        const char *s = LIST_AT(*decisions, struct decision, i)->subject;
        if (strncmp(s, prefix, sizeof prefix - 1) == 0 &&
            strcmp(s + sizeof prefix - 1, id) == 0)
            return 1;
    }
    return 0;
}

static int has_decision(const struct editor *e, const char *id)
{
    const struct list *decisions = &e->model->m.decisions;
    for (uint32_t i = 0; i < decisions->n; i++)
        if (strcmp(LIST_AT(*decisions, struct decision, i)->entry.id, id) == 0)
            return 1;
    return 0;
}

static int is_for(const struct plan_choice *choice, uint32_t incident)
{
    for (size_t i = 0; i < choice->ways.n; i++)
        if (choice->ways.items[i].incident == incident) return 1;
    return 0;
}

/* The measures that an incident is left to without; if none alone, those of the plan.
 */
static const char *measures_for(struct editor *e, uint32_t incident)
{
    const char *text = "";
    for (int all = 0; all < 2 && *text == '\0'; all++)
        for (uint32_t i = 0; i < e->a->n_choices; i++)
            if (all || is_for(&e->a->choices[i], incident))
                text = arena_printf(
                    &e->arena, "%s%s%s", text, *text ? ", " : "",
                    plan_measure(e->a->plan, e->a->choices[i].measure)->entry.id);
    return text;
}

static void add_decision(struct editor *e, uint32_t incident, const char *owner,
                         const char *date)
{
    const char *of =
        LIST_AT(e->model->m.incidents, struct incident, incident)->entry.id;
    const char *subject = arena_printf(&e->arena, "incident:%s", of);
    const char *id = arena_printf(&e->arena, "plan-%.50s", of);
    for (unsigned i = 2; has_decision(e, id); i++)
        id = arena_printf(&e->arena, "plan-%.50s-%u", of, i);
    const char *measures = measures_for(e, incident);
    struct text reason = {
        .in = {[LANG_EN] = arena_printf(&e->arena, "Plan of %s (awai plan): %s.", date,
               measures),
               [LANG_JA] = arena_printf(&e->arena, "%sの計画（awai plan）: %s", date,
               measures)}
    };
    const struct line lines[] = {
        {"subject",         quoted(e,                subject)         },
        {"treatment",       choice_name(&treatments, TREATMENT_REDUCE)},
        {"reason",          quoted_text(e,           reason)          },
        {"date",            date                   },
        {"owner", owner ? quoted(e,           owner) : NULL                 },
    };
    put_entry(e, "decisions", id, lines,
              sizeof lines / sizeof *lines - (owner == NULL));
    e->edit->n_decisions++;
}

static void add_decisions(struct editor *e, const char *owner, int32_t date)
{
    const struct plan_answer *a = e->a;
    const char *day = arena_printf(&e->arena, "%04d-%02d-%02d", date / 10000,
                                   date / 100 % 100, date % 100);
    struct plan_ways met = plan_ways_left(a->plan, a->plan->question.base, a->set.of);
    uint32_t n = 0;
    for (size_t i = 0; i < met.n; i++)
        n += is_decided(e, met.items[i].incident) ? 0u : 1u;
    open_section(e, "decisions", n);
    for (size_t i = 0; i < met.n; i++)
        if (!is_decided(e, met.items[i].incident))
            add_decision(e, met.items[i].incident, owner, day);
    free(met.items);
}

/* ---- the new text ------------------------------------------------------------------
 */

static int compare_changes(const void *a, const void *b)
{
    const struct change *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static void apply(struct editor *e)
{
    size_t at = 0;
    if (e->n) qsort(e->changes, e->n, sizeof *e->changes, compare_changes);
    for (size_t i = 0; i < e->n; i++) {
        buf_add(&e->edit->text, e->text + at, e->changes[i].at - at);
        buf_str(&e->edit->text, e->changes[i].text);
        at = e->changes[i].at + e->changes[i].remove;
    }
    buf_add(&e->edit->text, e->text + at, e->len - at);
}

static void parse(struct editor *e)
{
    const struct diag_file *file = &e->model->diags.files[e->model->file];
    char *copy = mem_alloc(file->len + 1);
    memcpy(copy, file->text, file->len);
    e->text = file->text;
    e->len = file->len;
    e->newline = strstr(file->text, "\r\n") ? "\r\n" : "\n";
    e->root = yaml_parse(&e->arena, &e->parsed,
                         diag_add_file(&e->parsed, file->path, copy, file->len));
}

static void put_measures(struct editor *e)
{
    const struct plan_answer *a = e->a;
    uint32_t n_added = 0;
    for (uint32_t i = 0; i < a->n_choices; i++) {
        if (a->choices[i].measure < a->c->n_own)
            decide(e, a->choices[i].measure);
        else
            n_added++;
    }
    open_section(e, "measures", n_added);
    for (uint32_t i = 0; i < a->n_choices; i++)
        if (a->choices[i].measure >= a->c->n_own) add_measure(e, a->choices[i].measure);
}

struct plan_edit plan_edit_make(const struct plan_answer *a, const char *owner,
                                int32_t date)
{
    struct plan_edit edit = {0};
    struct editor e = {
        .a = a, .model = a->plan->question.assessment->model, .edit = &edit};
    diag_borrow_files(&edit.diags, &e.model->diags);
    parse(&e);
    put_measures(&e);
    add_decisions(&e, owner, date);
    apply(&e);
    free(e.changes);
    diag_fini(&e.parsed);
    arena_fini(&e.arena);
    return edit;
}

/* ---- whether that is what was meant ------------------------------------------------
 */

static int is_meant(const struct plan_answer *a, const struct schema_change *change)
{
    int is_measure = strcmp(change->section, "measures") == 0;
    if (change->kind == CHANGE_ADDED && change->key == NULL)
        return is_measure || strcmp(change->section, "decisions") == 0;
    if (!is_measure || change->key == NULL || strcmp(change->key, "status") != 0)
        return 0;
    for (uint32_t i = 0; i < a->n_choices; i++)
        if (strcmp(plan_measure(a->plan, a->choices[i].measure)->entry.id,
                   change->id) == 0)
            return 1;
    return 0;
}

void plan_edit_check(const struct plan_answer *a, const struct model *edited,
                     struct plan_edit *edit)
{
    const struct model *model = a->plan->question.assessment->model;
    struct place at = {model->file, 1, 1};
    struct schema_diff diff = {0};
    if (edited->diags.n_errors == 0)
        diff = schema_diff(&model_shape, &model->m, &edited->m);
    int is_right = edited->diags.n_errors == 0 &&
                   diff.n == edit->n_measures + edit->n_added + edit->n_decisions;
    for (size_t i = 0; i < diff.n; i++)
        is_right &= is_meant(a, &diff.items[i]);
    if (!is_right) DIAG_ADD(&edit->diags, PLAN_STYLE, at, text_same("measures"));
    schema_diff_fini(&diff);
}

void plan_edit_fini(struct plan_edit *edit)
{
    buf_fini(&edit->text);
    diag_fini(&edit->diags);
}
