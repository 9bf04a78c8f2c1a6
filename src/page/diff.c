// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * What changed in meaning from one model to another, and what follows from it: threats,
 * incidents, positions on the map, requirements, decisions; see diff.h.
 */
#include "page/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/schema_diff.h"

/* What can follow from a change; in the order in which it is told. */
enum effect {
    THREAT_APPEARED,
    THREAT_GONE,
    THREAT_NOW_MAIN,
    THREAT_NO_LONGER_MAIN,
    THREAT_STATE,
    INCIDENT_REACHED,
    INCIDENT_NO_LONGER_REACHED,
    MAP_MOVED,
    MAP_PLANNED_MOVED,
    MAP_INHERENT_MOVED,
    REQUIREMENT_DERIVED,
    REQUIREMENT_GONE,
    REQUIREMENT_ADOPTED,
    REQUIREMENT_REOPENED,
    DECISION_ORPHANED,
    DECISION_FOUND,
    DECISION_OVERDUE,
    N_EFFECTS,
};

// clang-format off
static const struct {
    const char *name;
    char sign;
    struct text text;
} effects[N_EFFECTS] = {
    [THREAT_APPEARED] = {"threat-appeared", '+', {{"Threats that appeared", "新たに生じた脅威"}}},
    [THREAT_GONE] = {"threat-gone", '-', {{"Threats that went", "無くなった脅威"}}},
    [THREAT_NOW_MAIN] = {"threat-now-main", '!', {{"Threats that now lead to an incident above a target", "目標を超えるインシデントに至るようになった脅威"}}},
    [THREAT_NO_LONGER_MAIN] = {"threat-no-longer-main", ' ', {{"Threats that no longer lead to an incident above a target", "目標を超えるインシデントに至らなくなった脅威"}}},
    [THREAT_STATE] = {"threat-state", '~', {{"Threats that measures now meet otherwise", "対策による状態が変わった脅威"}}},
    [INCIDENT_REACHED] = {"incident-reached", '!', {{"Incidents that can now be reached", "到達し得るようになったインシデント"}}},
    [INCIDENT_NO_LONGER_REACHED] = {"incident-no-longer-reached", ' ', {{"Incidents that can no longer be reached", "到達し得なくなったインシデント"}}},
    [MAP_MOVED] = {"map-moved", '~', {{"Moves on the map", "マップ上の移動"}}},
    [MAP_PLANNED_MOVED] = {"map-planned-moved", '~', {{"Moves on the map after decided measures", "決定済みの対策後のマップ上の移動"}}},
    [MAP_INHERENT_MOVED] = {"map-inherent-moved", '~', {{"Moves on the map without measures", "対策が無い場合のマップ上の移動"}}},
    [REQUIREMENT_DERIVED] = {"requirement-derived", '+', {{"Requirements newly derived", "新たに導出された対策要件"}}},
    [REQUIREMENT_GONE] = {"requirement-gone", '-', {{"Requirements no longer derived", "導出されなくなった対策要件"}}},
    [REQUIREMENT_ADOPTED] = {"requirement-adopted", ' ', {{"Requirements newly adopted", "新たに採用された対策要件"}}},
    [REQUIREMENT_REOPENED] = {"requirement-reopened", '!', {{"Requirements no longer adopted", "採用されなくなった対策要件"}}},
    [DECISION_ORPHANED] = {"decision-orphaned", '!', {{"Decisions that lost their subject", "対象を失った意思決定"}}},
    [DECISION_FOUND] = {"decision-found", ' ', {{"Decisions that found their subject again", "対象が再び見つかった意思決定"}}},
    [DECISION_OVERDUE] = {"decision-overdue", '!', {{"Decisions now past their review date", "見直し期限を過ぎた意思決定"}}},
};
// clang-format on

/* One thing that follows. Texts in the arena or in the models. */
struct consequence {
    enum effect effect;
    const char *id;
    struct text name;      // empty where the id says all
    const char *old_value; // NULL where there is none
    const char *new_value;
};

struct comparison {
    const struct diff_plan *plan;
    const struct assessment *before, *after;
    struct schema_diff changes;
    struct consequence *items; // heap
    size_t n, cap;
    struct arena arena;
};

static void follows(struct comparison *c, enum effect effect, const char *id,
                    struct text name, const char *old_value, const char *new_value)
{
    struct consequence *item = mem_push(&c->items, &c->n, &c->cap, sizeof *item);
    *item = (struct consequence){effect, id, name, old_value, new_value};
}

static struct text no_name(void)
{
    return (struct text){
        {NULL, NULL}
    };
}

/* ---- threats ---- */

struct threat_ids {
    struct strmap map;
    const char **ids;
};

static struct threat_ids threat_ids_of(struct comparison *c, const struct assessment *a)
{
    struct threat_ids t = {.ids = arena_array(&c->arena, a->threats.n, sizeof *t.ids)};
    for (uint32_t i = 0; i < a->threats.n; i++) {
        t.ids[i] = threat_id(a, LIST_AT(a->threats, struct threat, i), &c->arena);
        strmap_add(&t.map, t.ids[i], i, NULL);
    }
    return t;
}

static void compare_threat(struct comparison *c, const char *id,
                           const struct threat *before, const struct threat *after)
{
    const char *old_state = before ? choice_name(&threat_states, before->state) : NULL;
    const char *new_state = after ? choice_name(&threat_states, after->state) : NULL;
    if (before == NULL) follows(c, THREAT_APPEARED, id, no_name(), NULL, new_state);
    if (after == NULL) follows(c, THREAT_GONE, id, no_name(), old_state, NULL);
    if (after && after->main && (before == NULL || !before->main))
        follows(c, THREAT_NOW_MAIN, id, no_name(), NULL, NULL);
    if (before && after && before->main && !after->main)
        follows(c, THREAT_NO_LONGER_MAIN, id, no_name(), NULL, NULL);
    if (before && after && before->state != after->state)
        follows(c, THREAT_STATE, id, no_name(), old_state, new_state);
}

static void compare_threats(struct comparison *c)
{
    struct threat_ids before = threat_ids_of(c, c->before);
    struct threat_ids after = threat_ids_of(c, c->after);
    uint32_t at = 0;
    for (uint32_t i = 0; i < c->after->threats.n; i++) {
        int is_old = strmap_get(&before.map, after.ids[i], &at);
        compare_threat(c, after.ids[i],
                       is_old ? LIST_AT(c->before->threats, struct threat, at) : NULL,
                       LIST_AT(c->after->threats, struct threat, i));
    }
    for (uint32_t i = 0; i < c->before->threats.n; i++) {
        if (!strmap_get(&after.map, before.ids[i], &at))
            compare_threat(c, before.ids[i],
                           LIST_AT(c->before->threats, struct threat, i), NULL);
    }
    strmap_fini(&before.map);
    strmap_fini(&after.map);
}

/* ---- incidents ---- */

static const struct incident *incident_of(const struct assessment *a, uint32_t i)
{
    return LIST_AT(a->model->m.incidents, struct incident,
                   LIST_AT(a->incidents, struct incident_result, i)->incident);
}

/* 1 if the incident with that id can be reached. */
static int is_reached(const struct assessment *a, const char *id)
{
    for (uint32_t i = 0; i < a->incidents.n; i++) {
        if (strcmp(incident_of(a, i)->entry.id, id) == 0)
            return LIST_AT(a->incidents, struct incident_result, i)->now;
    }
    return 0;
}

static void compare_incidents(struct comparison *c)
{
    for (uint32_t i = 0; i < c->after->incidents.n; i++) {
        const struct incident *in = incident_of(c->after, i);
        if (LIST_AT(c->after->incidents, struct incident_result, i)->now &&
            !is_reached(c->before, in->entry.id))
            follows(c, INCIDENT_REACHED, in->entry.id, in->name, NULL, NULL);
    }
    for (uint32_t i = 0; i < c->before->incidents.n; i++) {
        const struct incident *in = incident_of(c->before, i);
        if (LIST_AT(c->before->incidents, struct incident_result, i)->now &&
            !is_reached(c->after, in->entry.id))
            follows(c, INCIDENT_NO_LONGER_REACHED, in->entry.id, in->name, NULL, NULL);
    }
}

/* ---- map ---- */

static const struct stakeholder *who(const struct assessment *a,
                                     const struct map_row *row)
{
    return LIST_AT(a->model->m.stakeholders, struct stakeholder, row->stakeholder);
}

/* The row of a stakeholder over all forms of use, or NULL. */
static const struct map_row *row_of(const struct assessment *a, const char *id)
{
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        if (row->form == NULL && strcmp(who(a, row)->entry.id, id) == 0) return row;
    }
    return NULL;
}

/* Ids of levels in JSON, words of the language in text. */
static const char *position_words(struct comparison *c, struct position p)
{
    if (c->plan->is_json)
        return arena_printf(&c->arena, "%s/%s", recovery_name(p.recovery),
                            economic_name(p.economic));
    return arena_printf(&c->arena, "%s \u00d7 %s",
                        text_in(recovery_text(p.recovery), c->plan->term.lang),
                        text_in(economic_text(p.economic), c->plan->term.lang));
}

/* A position at an offset in struct map_row; no harm where there is no row. */
static void compare_position(struct comparison *c, enum effect effect,
                             const struct stakeholder *s, const struct map_row *before,
                             const struct map_row *after, size_t offset)
{
    struct position old_position = {0}, new_position = {0};
    if (before)
        memcpy(&old_position, (const char *)before + offset, sizeof old_position);
    if (after) memcpy(&new_position, (const char *)after + offset, sizeof new_position);
    if (old_position.recovery == new_position.recovery &&
        old_position.economic == new_position.economic)
        return;
    follows(c, effect, s->entry.id, s->name, position_words(c, old_position),
            position_words(c, new_position));
}

static void compare_rows(struct comparison *c, const struct stakeholder *s,
                         const struct map_row *before, const struct map_row *after)
{
    compare_position(c, MAP_MOVED, s, before, after, offsetof(struct map_row, now));
    compare_position(c, MAP_PLANNED_MOVED, s, before, after,
                     offsetof(struct map_row, planned));
    compare_position(c, MAP_INHERENT_MOVED, s, before, after,
                     offsetof(struct map_row, inherent));
}

static void compare_map(struct comparison *c)
{
    for (uint32_t i = 0; i < c->after->map.n; i++) {
        const struct map_row *row = LIST_AT(c->after->map, struct map_row, i);
        const struct stakeholder *s = who(c->after, row);
        if (row->form == NULL) compare_rows(c, s, row_of(c->before, s->entry.id), row);
    }
    for (uint32_t i = 0; i < c->before->map.n; i++) {
        const struct map_row *row = LIST_AT(c->before->map, struct map_row, i);
        const struct stakeholder *s = who(c->before, row);
        if (row->form == NULL && row_of(c->after, s->entry.id) == NULL)
            compare_rows(c, s, row, NULL);
    }
}

/* ---- requirements ---- */

static void compare_requirement(struct comparison *c, const struct requirement *r)
{
    const char *id = r->entry.id;
    const struct requirement_result *before = assess_find_requirement(c->before, id);
    const struct requirement_result *after = assess_find_requirement(c->after, id);
    if (after && !before)
        follows(c, REQUIREMENT_DERIVED, id, r->name, NULL,
                after->adopted ? "adopted" : "open");
    if (before && !after)
        follows(c, REQUIREMENT_GONE, id, r->name, before->adopted ? "adopted" : "open",
                NULL);
    if (before && after && before->adopted != after->adopted)
        follows(c, after->adopted ? REQUIREMENT_ADOPTED : REQUIREMENT_REOPENED, id,
                r->name, NULL, NULL);
}

static void compare_requirements(struct comparison *c)
{
    const struct list *all = &c->after->catalog->c.requirements;
    for (uint32_t i = 0; i < all->n; i++)
        compare_requirement(c, LIST_AT(*all, struct requirement, i));
}

/* ---- decisions ---- */

/* What a decision or exclusion is called and about. */
struct decided {
    const char *id, *subject;
};

static struct decided decided_of(const struct assessment *a,
                                 const struct decision_result *r)
{
    if (r->is_exclusion) {
        const struct exclusion *e =
            LIST_AT(a->model->m.exclusions, struct exclusion, r->decision);
        return (struct decided){e->entry.id, e->subject};
    }
    const struct decision *d =
        LIST_AT(a->model->m.decisions, struct decision, r->decision);
    return (struct decided){d->entry.id, d->subject};
}

static const struct decision_result *find_decided(const struct assessment *a,
                                                  const char *id, int is_exclusion)
{
    for (uint32_t i = 0; i < a->decisions.n; i++) {
        const struct decision_result *r =
            LIST_AT(a->decisions, struct decision_result, i);
        if (r->is_exclusion == is_exclusion && strcmp(decided_of(a, r).id, id) == 0)
            return r;
    }
    return NULL;
}

static void compare_decisions(struct comparison *c)
{
    for (uint32_t i = 0; i < c->after->decisions.n; i++) {
        const struct decision_result *r =
            LIST_AT(c->after->decisions, struct decision_result, i);
        struct decided d = decided_of(c->after, r);
        const struct decision_result *old =
            find_decided(c->before, d.id, r->is_exclusion);
        int was_orphaned = old && old->state == SUBJECT_ORPHANED;
        if (r->state == SUBJECT_ORPHANED && !was_orphaned)
            follows(c, DECISION_ORPHANED, d.id, no_name(), NULL, d.subject);
        if (r->state == SUBJECT_FOUND && was_orphaned)
            follows(c, DECISION_FOUND, d.id, no_name(), NULL, d.subject);
        if (r->overdue && !(old && old->overdue))
            follows(c, DECISION_OVERDUE, d.id, no_name(), NULL, d.subject);
    }
}

/* ---- all of it, in order ---- */

static int compare_items(const void *a, const void *b)
{
    const struct consequence *one = a, *other = b;
    if (one->effect != other->effect) return one->effect < other->effect ? -1 : 1;
    return strcmp(one->id, other->id);
}

/* How a model is put into files, and the version of its language, mean nothing. */
static int is_meaning(const struct schema_change *change)
{
    return strcmp(change->section, "include") != 0 &&
           strcmp(change->section, "awai") != 0;
}

static void keep_meaning(struct schema_diff *diff)
{
    size_t n = 0;
    for (size_t i = 0; i < diff->n; i++) {
        if (is_meaning(&diff->items[i])) diff->items[n++] = diff->items[i];
    }
    diff->n = n;
}

static void compare(struct comparison *c)
{
    c->changes = schema_diff(&model_shape, &c->before->model->m, &c->after->model->m);
    keep_meaning(&c->changes);
    compare_threats(c);
    compare_incidents(c);
    compare_map(c);
    compare_requirements(c);
    compare_decisions(c);
    if (c->n > 0) qsort(c->items, c->n, sizeof *c->items, compare_items);
}

/* ---- text ---- */

static void tint(const struct term *term, struct buf *out, char sign)
{
    static const struct {
        char sign;
        const char *code;
    } tints[] = {
        {'+', "\033[32m"  },
        {'-', "\033[31m"  },
        {'~', "\033[33m"  },
        {'!', "\033[1;31m"}
    };
    for (size_t i = 0; term->colour && i < sizeof tints / sizeof *tints; i++) {
        if (tints[i].sign == sign) buf_str(out, tints[i].code);
    }
    buf_char(out, sign);
    buf_str(out, term->colour ? "\033[0m " : " ");
}

static void put_head(const struct term *term, const char *words, struct buf *out)
{
    if (term->colour)
        buf_printf(out, "\n\033[1m%s\033[0m\n", words);
    else
        buf_printf(out, "\n%s\n", words);
}

/* Text of a model without control characters, which terminals obey. */
static void put_clean(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        buf_char(out, (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i]);
}

/* A value shortened to what fits a line. */
static void put_value(struct buf *out, const char *value)
{
    enum { SHOWN = 96 };
    size_t len = strlen(value), end = text_offset(value, len, SHOWN);
    put_clean(out, value, end);
    if (end < len) buf_str(out, " \u2026");
}

static void put_name(struct buf *out, struct text name, enum lang lang)
{
    const char *text = text_in(name, lang);
    if (text[0] == '\0') return;
    buf_str(out, " (");
    put_clean(out, text, strlen(text));
    buf_char(out, ')');
}

static void put_values(struct buf *out, const char *old_value, const char *new_value)
{
    if (old_value) put_value(out, old_value);
    if (old_value && new_value) buf_str(out, " \u2192 ");
    if (new_value) put_value(out, new_value);
}

/* The entry of two changes is the same one. */
static int is_same_entry(const struct schema_change *a, const struct schema_change *b)
{
    if (strcmp(a->section, b->section) != 0 || (a->id == NULL) != (b->id == NULL))
        return 0;
    return a->id == NULL || strcmp(a->id, b->id) == 0;
}

static char sign_of(const struct schema_change *change)
{
    if (change->kind == CHANGE_ADDED || change->old_value == NULL) return '+';
    if (change->kind == CHANGE_REMOVED || change->new_value == NULL) return '-';
    return '~';
}

static void put_change(const struct term *term, const struct schema_change *change,
                       int is_first, struct buf *out)
{
    int is_whole = change->id && change->key == NULL;
    if (is_first) {
        buf_str(out, "  ");
        tint(term, out, is_whole ? sign_of(change) : '~');
        buf_printf(out, "%s%s%s", change->section, change->id ? " " : "",
                   change->id ? change->id : "");
        if (is_whole && !text_empty(change->name)) {
            put_name(out, change->name, term->lang);
        } else if (is_whole) {
            buf_str(out, "  ");
            put_values(out, change->old_value, change->new_value);
        }
        buf_char(out, '\n');
    }
    if (is_whole) return;
    buf_str(out, "      ");
    tint(term, out, sign_of(change));
    buf_printf(out, "%s%s", change->key ? change->key : "", change->key ? ": " : "");
    put_values(out, change->old_value, change->new_value);
    buf_char(out, '\n');
}

static void put_changes(const struct comparison *c, struct buf *out)
{
    int ja = c->plan->term.lang == LANG_JA;
    put_head(&c->plan->term, ja ? "モデルの変更" : "Changes of the model", out);
    for (size_t i = 0; i < c->changes.n; i++) {
        const struct schema_change *change = &c->changes.items[i];
        put_change(&c->plan->term, change, i == 0 || !is_same_entry(change, change - 1),
                   out);
    }
    if (c->changes.n == 0) buf_str(out, ja ? "  なし\n" : "  none\n");
}

static void put_consequences(const struct comparison *c, struct buf *out)
{
    enum lang lang = c->plan->term.lang;
    for (size_t i = 0; i < c->n; i++) {
        const struct consequence *item = &c->items[i];
        if (i == 0 || item[-1].effect != item->effect)
            put_head(&c->plan->term, text_in(effects[item->effect].text, lang), out);
        buf_str(out, "  ");
        tint(&c->plan->term, out, effects[item->effect].sign);
        buf_str(out, item->id);
        put_name(out, item->name, lang);
        if (item->old_value || item->new_value) buf_str(out, ": ");
        put_values(out, item->old_value, item->new_value);
        buf_char(out, '\n');
    }
}

static void put_text(const struct comparison *c, struct buf *out)
{
    int ja = c->plan->term.lang == LANG_JA;
    if (c->changes.n == 0 && c->n == 0) {
        buf_str(out,
                ja ? "二つのモデルの意味は同じ\n" : "The two models mean the same.\n");
        return;
    }
    buf_printf(out, "%s \u2192 %s\n", c->plan->names[0], c->plan->names[1]);
    put_changes(c, out);
    put_consequences(c, out);
    buf_printf(out, ja ? "\n変更 %zu、帰結 %zu\n" : "\n%zu changes, %zu consequences\n",
               c->changes.n, c->n);
}

/* ---- JSON ---- */

static void put_json(const struct comparison *c, struct buf *out)
{
    static const char *const kinds[] = {"added", "removed", "changed"};
    struct json j = json_on(out, 2);
    json_open(&j, '{');
    json_put_bool(&j, "same", c->changes.n == 0 && c->n == 0);
    json_in(&j, "changes", '[');
    for (size_t i = 0; i < c->changes.n; i++) {
        const struct schema_change *change = &c->changes.items[i];
        json_open(&j, '{');
        json_put(&j, "kind", kinds[change->kind]);
        json_put(&j, "section", change->section);
        json_put(&j, "id", change->id);
        json_put(&j, "key", change->key);
        json_put(&j, "old", change->old_value);
        json_put(&j, "new", change->new_value);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_in(&j, "consequences", '[');
    for (size_t i = 0; i < c->n; i++) {
        const struct consequence *item = &c->items[i];
        json_open(&j, '{');
        json_put(&j, "kind", effects[item->effect].name);
        json_put(&j, "id", item->id);
        json_put_text(&j, "name", item->name);
        json_put(&j, "old", item->old_value);
        json_put(&j, "new", item->new_value);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

void diff_write(const struct diff_plan *plan, struct buf *out)
{
    struct comparison c = {.plan = plan, .before = plan->before, .after = plan->after};
    compare(&c);
    if (plan->is_json)
        put_json(&c, out);
    else
        put_text(&c, out);
    schema_diff_fini(&c.changes);
    free(c.items);
    arena_fini(&c.arena);
}
