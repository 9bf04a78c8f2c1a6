// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What changed in meaning, and what follows; see changes.h. */
#include "assess/changes.h"

#include <stdlib.h>
#include <string.h>

// clang-format off
const struct effect_word effect_words[N_EFFECTS] = {
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

static void follows(struct changes *c, enum effect effect, const char *id,
                    struct text name, const char *old_value, const char *new_value)
{
    struct consequence *item = mem_push(&c->items, &c->n, &c->cap, sizeof *item);
    *item = (struct consequence){.effect = effect,
                                 .id = id,
                                 .name = name,
                                 .old_value = old_value,
                                 .new_value = new_value};
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

static struct threat_ids threat_ids_of(struct changes *c, const struct assessment *a)
{
    struct threat_ids t = {.ids = arena_array(&c->arena, a->threats.n, sizeof *t.ids)};
    for (uint32_t i = 0; i < a->threats.n; i++) {
        t.ids[i] = threat_id(a, LIST_AT(a->threats, struct threat, i), &c->arena);
        strmap_add(&t.map, t.ids[i], i, NULL);
    }
    return t;
}

static void compare_threat(struct changes *c, const char *id,
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

static void compare_threats(struct changes *c)
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

static void compare_incidents(struct changes *c)
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

static const char *position_words(struct changes *c, struct position p)
{
    return arena_printf(&c->arena, "%s/%s", recovery_name(p.recovery),
                        economic_name(p.economic));
}

int effect_is_move(enum effect effect)
{
    return effect == MAP_MOVED || effect == MAP_PLANNED_MOVED ||
           effect == MAP_INHERENT_MOVED;
}

/* A position at an offset in struct map_row; no harm where there is no row. */
static void compare_position(struct changes *c, enum effect effect,
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
    c->items[c->n - 1].from = old_position;
    c->items[c->n - 1].to = new_position;
}

static void compare_rows(struct changes *c, const struct stakeholder *s,
                         const struct map_row *before, const struct map_row *after)
{
    compare_position(c, MAP_MOVED, s, before, after, offsetof(struct map_row, now));
    compare_position(c, MAP_PLANNED_MOVED, s, before, after,
                     offsetof(struct map_row, planned));
    compare_position(c, MAP_INHERENT_MOVED, s, before, after,
                     offsetof(struct map_row, inherent));
}

static void compare_map(struct changes *c)
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

static void compare_requirement(struct changes *c, const struct requirement *r)
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

static void compare_requirements(struct changes *c)
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

static void compare_decisions(struct changes *c)
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

void changes_find(struct changes *c, const struct assessment *before,
                  const struct assessment *after)
{
    *c = (struct changes){.before = before, .after = after};
    c->diff = schema_diff(&model_shape, &before->model->m, &after->model->m);
    keep_meaning(&c->diff);
    compare_threats(c);
    compare_incidents(c);
    compare_map(c);
    compare_requirements(c);
    compare_decisions(c);
    if (c->n > 0) qsort(c->items, c->n, sizeof *c->items, compare_items);
}

void changes_fini(struct changes *c)
{
    schema_diff_fini(&c->diff);
    free(c->items);
    arena_fini(&c->arena);
    *c = (struct changes){0};
}
