// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The attributes of conditions: for each subject a table of names, each with the
 * function that gives its values. What a component or flow is silent about is taken
 * from its kind or protocol, as the attack graph takes it.
 */
#include <stdio.h>
#include <string.h>

#include "assess/condition_int.h"
#include "base/limits.h"

/* Gives the values of an attribute of any words to the probe. */
#define GETTER(name)                                                                   \
    static void name(const struct condition_item *item,                                \
                     const struct condition_test *test, struct condition_probe *probe)
/* Gives the values of an attribute with a set: bit v for the value v. */
#define MASK(name)                                                                     \
    static uint64_t name(const struct condition_item *item,                            \
                         const struct condition_test *test)

/* ---- values at the attribute's offset ---- */

static const void *member(const struct condition_item *item,
                          const struct condition_test *test)
{
    const struct condition_attribute *at = test->attribute;
    const char *base = at->flags & ATTRIBUTE_RESULT ? item->result : item->object;
    return base + at->offset;
}

static uint64_t yes_no(int value)
{
    return value ? 2 : 1;
}

/* A value of the set as a bit; nothing for what is no value of it, such as "unset". */
static uint64_t choice_bit(const struct choice_set *set, int value)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->items[i].value == value) return (uint64_t)1 << value;
    }
    return 0;
}

MASK(mask_choice)
{
    return choice_bit(test->attribute->set, *(const uint8_t *)member(item, test));
}

MASK(mask_choices)
{
    return *(const uint32_t *)member(item, test) & ~CHOICES_EMPTY;
}

MASK(mask_tri)
{
    return yes_no(*(const uint8_t *)member(item, test) == TRI_YES);
}

MASK(mask_flag)
{
    return yes_no(*(const uint8_t *)member(item, test));
}

MASK(mask_given)
{
    return yes_no(!text_empty(*(const struct text *)member(item, test)));
}

MASK(mask_filled)
{
    return yes_no(((const struct list *)member(item, test))->n > 0);
}

GETTER(get_string)
{
    condition_offer(probe, *(const char *const *)member(item, test));
}

GETTER(get_ref)
{
    condition_offer(probe, ((const struct ref *)member(item, test))->id);
}

GETTER(get_refs)
{
    const struct list *refs = member(item, test);
    for (uint32_t i = 0; i < refs->n; i++)
        condition_offer(probe, LIST_AT(*refs, struct ref, i)->id);
}

GETTER(get_number)
{
    char text[16];
    snprintf(text, sizeof text, "%u", *(const uint32_t *)member(item, test));
    condition_offer(probe, text);
}

/* ---- what the attack graph knows ---- */

MASK(mask_traits)
{
    (void)test;
    return item->a->graph->traits[item->asset];
}

/* Whether the asset has the one trait that the attribute is about. */
MASK(mask_trait)
{
    return yes_no((item->a->graph->traits[item->asset] & test->trait) != 0);
}

/* ---- zones, and what lies in them ---- */

static const struct zone *zone_at(const struct condition_item *item,
                                  const struct ref *ref)
{
    if (ref->id == NULL || ref->index == REF_NONE) return NULL;
    return LIST_AT(item->a->model->m.zones, struct zone, ref->index);
}

static void offer_zones(const struct condition_item *item,
                        struct condition_probe *probe, const struct zone *zone)
{
    for (unsigned i = 0; zone && i < LIMIT_DEPTH; i++) {
        condition_offer(probe, zone->entry.id);
        zone = zone_at(item, &zone->within);
    }
}

static uint64_t kind_of_zone(const struct zone *zone)
{
    return (uint64_t)1 << (zone->kind ? zone->kind : ZONE_SEGMENT);
}

static uint64_t trust_of_zone(const struct zone *zone)
{
    return (uint64_t)1 << (zone->trust ? zone->trust : TRUST_PARTIAL);
}

MASK(mask_kind_of_zone)
{
    (void)test;
    return kind_of_zone(item->object);
}

MASK(mask_trust_of_zone)
{
    (void)test;
    return trust_of_zone(item->object);
}

MASK(mask_access_of_zone)
{
    (void)test;
    const struct zone *zone = item->object;
    return (uint64_t)1 << (zone->physical_access ? zone->physical_access
                                                 : ACCESS_OCCUPANTS);
}

GETTER(get_outer_zones)
{
    (void)test;
    const struct zone *zone = item->object;
    offer_zones(item, probe, zone_at(item, &zone->within));
}

/* ---- components ---- */

static const struct component *component_at(const struct condition_item *item,
                                            const struct ref *ref)
{
    if (ref->id == NULL || ref->index == REF_NONE) return NULL;
    return LIST_AT(item->a->model->m.components, struct component, ref->index);
}

static const struct kind *kind_at(const struct condition_item *item,
                                  const struct ref *ref)
{
    if (ref->id == NULL || ref->index == REF_NONE) return NULL;
    return LIST_AT(item->a->catalog->c.kinds, struct kind, ref->index);
}

/* A kind and those it extends. */
static void offer_family(const struct condition_item *item,
                         struct condition_probe *probe, const struct ref *ref)
{
    const struct kind *kind = kind_at(item, ref);
    for (unsigned i = 0; kind && i <= LIMIT_DEPTH; i++) {
        condition_offer(probe, kind->entry.id);
        kind = kind_at(item, &kind->extends);
    }
}

GETTER(get_family)
{
    (void)test;
    offer_family(item, probe, &((const struct component *)item->object)->kind);
}

static const struct zone *own_zone(const struct condition_item *item)
{
    return zone_at(item, &((const struct component *)item->object)->zone);
}

GETTER(get_zones_of_component)
{
    (void)test;
    offer_zones(item, probe, own_zone(item));
}

MASK(mask_zone_kind_of_component)
{
    (void)test;
    const struct zone *zone = own_zone(item);
    return zone ? kind_of_zone(zone) : 0;
}

MASK(mask_trust_of_component)
{
    (void)test;
    const struct zone *zone = own_zone(item);
    return zone ? trust_of_zone(zone) : 0;
}

GETTER(get_operator)
{
    (void)test;
    const struct component *c = item->object;
    condition_offer(probe, c->operator.id ? c->operator.id : c->owner.id);
}

static struct kind_defaults defaults_of(const struct condition_item *item,
                                        const struct component *c)
{
    const struct kind *kind = kind_at(item, &c->kind);
    return kind ? kind->defaults : (struct kind_defaults){0};
}

MASK(mask_authentication)
{
    const struct component *c = item->object;
    return choice_bit(test->attribute->set, c->authentication
                                                ? c->authentication
                                                : defaults_of(item, c).authentication);
}

MASK(mask_update)
{
    const struct component *c = item->object;
    return choice_bit(test->attribute->set,
                      c->update ? c->update : defaults_of(item, c).update);
}

MASK(mask_interfaces)
{
    (void)test;
    const struct component *c = item->object;
    return (c->interfaces ? c->interfaces : defaults_of(item, c).interfaces) &
           ~CHOICES_EMPTY;
}

/* Classes of the data that a list at the attribute's offset refers to. */
MASK(mask_data_classes)
{
    const struct list *refs = member(item, test);
    uint32_t classes = 0;
    for (uint32_t i = 0; i < refs->n; i++) {
        uint32_t index = LIST_AT(*refs, struct ref, i)->index;
        if (index != REF_NONE)
            classes |= LIST_AT(item->a->model->m.data, struct data, index)->classes;
    }
    return classes & ~CHOICES_EMPTY;
}

MASK(mask_importance_recovery)
{
    (void)test;
    const struct importance *all = item->a->importance;
    return (uint64_t)1 << (all ? all[item->index].recovery : LEVEL_NONE);
}

MASK(mask_importance_economic)
{
    (void)test;
    const struct importance *all = item->a->importance;
    return (uint64_t)1 << (all ? all[item->index].economic : LEVEL_NONE);
}

/* ---- flows ---- */

GETTER(get_end_family)
{
    const struct component *c = component_at(item, member(item, test));
    if (c) offer_family(item, probe, &c->kind);
}

GETTER(get_end_zones)
{
    const struct component *c = component_at(item, member(item, test));
    if (c) offer_zones(item, probe, zone_at(item, &c->zone));
}

MASK(mask_crosses_zones)
{
    (void)test;
    const struct flow *f = item->object;
    const struct component *from = component_at(item, &f->from);
    const struct component *to = component_at(item, &f->to);
    return yes_no(from && to && from->zone.index != to->zone.index);
}

/* ---- stakeholders ---- */

/* The row of a stakeholder over all forms of use, or NULL; O(log rows). */
static const struct map_row *map_row_of(const struct condition_item *item)
{
    const struct list *map = &item->a->map;
    const struct list *all = &item->a->model->m.stakeholders;
    const char *id = ((const struct entry *)item->object)->id;
    uint32_t low = 0, high = map->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        const struct map_row *row = LIST_AT(*map, struct map_row, mid);
        const char *other =
            LIST_AT(*all, struct stakeholder, row->stakeholder)->entry.id;
        if (strcmp(other, id) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < map->n; low++) {
        const struct map_row *row = LIST_AT(*map, struct map_row, low);
        if (row->stakeholder != item->index) return NULL;
        if (row->form == NULL) return row;
    }
    return NULL;
}

/* The offset is that of a level in struct map_row. */
MASK(mask_map_level)
{
    const struct map_row *row = map_row_of(item);
    return (uint64_t)1 << (row ? ((const uint8_t *)row)[test->attribute->offset]
                               : LEVEL_NONE);
}

/* Whether a flag of the row is set; no value for a stakeholder without target. */
MASK(mask_map_flag)
{
    const struct map_row *row = map_row_of(item);
    if (row == NULL || !row->has_target) return 0;
    return yes_no(((const uint8_t *)row)[test->attribute->offset]);
}

/* The offset is that of a level in struct target. */
MASK(mask_target)
{
    const struct target *t = &((const struct stakeholder *)item->object)->target;
    if (t->is_set != TRI_YES) return 0;
    return (uint64_t)1 << ((const uint8_t *)t)[test->attribute->offset];
}

MASK(mask_applicant)
{
    (void)test;
    const struct ref *applicant = &item->a->model->m.applicant;
    return yes_no(applicant->id && applicant->index == item->index);
}

/* ---- incidents ---- */

MASK(mask_worst_harm)
{
    const struct incident *incident = item->object;
    int is_recovery = test->attribute->set == &recovery_levels, worst = LEVEL_NONE;
    for (uint32_t i = 0; i < incident->harms.n; i++) {
        const struct harm *h = LIST_AT(incident->harms, struct harm, i);
        int level = is_recovery ? h->recovery : h->economic;
        worst = level > worst ? level : worst;
    }
    return (uint64_t)1 << worst;
}

GETTER(get_harmed)
{
    (void)test;
    const struct incident *incident = item->object;
    for (uint32_t i = 0; i < incident->harms.n; i++) {
        const struct harm *h = LIST_AT(incident->harms, struct harm, i);
        if (h->recovery != LEVEL_NONE || h->economic != LEVEL_NONE)
            condition_offer(probe, h->entry.id);
    }
}

/* Whether a decision of the model is about PREFIX ID. */
static uint64_t is_decided(const struct condition_item *item, const char *prefix,
                           const char *id)
{
    const struct list *all = &item->a->model->m.decisions;
    size_t len = strlen(prefix);
    int found = 0;
    for (uint32_t i = 0; i < all->n && !found; i++) {
        const char *subject = LIST_AT(*all, struct decision, i)->subject;
        found = subject && strncmp(subject, prefix, len) == 0 &&
                strcmp(subject + len, id) == 0;
    }
    return yes_no(found);
}

MASK(mask_incident_decided)
{
    (void)test;
    return is_decided(item, "incident:", ((const struct entry *)item->object)->id);
}

/* ---- threats ---- */

static const char *class_id(const struct condition_item *item, uint32_t class)
{
    return LIST_AT(item->a->catalog->c.threats, struct threat_class, class)->entry.id;
}

GETTER(get_threat_id)
{
    (void)test;
    char id[160];
    condition_threat_id(item->a, item->result, id, sizeof id);
    condition_offer(probe, id);
}

GETTER(get_threat_class)
{
    (void)test;
    condition_offer(probe,
                    class_id(item, ((const struct threat *)item->result)->class));
}

GETTER(get_threat_at)
{
    (void)test;
    const struct threat *t = item->result;
    condition_offer(probe, graph_asset_id(item->a->graph, t->asset));
}

MASK(mask_threat_on)
{
    const struct threat *t = item->result;
    return choice_bit(test->attribute->set, item->a->graph->assets[t->asset].type);
}

GETTER(get_leads_to)
{
    (void)test;
    const struct list *incidents = &item->a->model->m.incidents;
    for (uint32_t i = 0; i < incidents->n && !probe->hit; i++) {
        if (threat_leads_to(item->a, item->result, i))
            condition_offer(probe, LIST_AT(*incidents, struct incident, i)->entry.id);
    }
}

MASK(mask_threat_decided)
{
    (void)test;
    char id[160];
    if (item->a->model->m.decisions.n == 0) return yes_no(0);
    condition_threat_id(item->a, item->result, id, sizeof id);
    return is_decided(item, "", id);
}

/* ---- requirements ---- */

MASK(mask_open)
{
    (void)test;
    const struct requirement_result *r = item->result;
    return yes_no(requirement_is_open(r));
}

GETTER(get_answered_threats)
{
    (void)test;
    const struct requirement_result *r = item->result;
    int is_general = ((const struct requirement *)item->object)->threats.n == 0;
    for (uint32_t i = 0; !is_general && i < r->threats.n; i++)
        condition_offer(probe, class_id(item, *LIST_AT(r->threats, uint32_t, i)));
}

MASK(mask_row)
{
    (void)test;
    return (uint64_t)1 << item->a->worst.recovery;
}

MASK(mask_column)
{
    (void)test;
    return (uint64_t)1 << item->a->worst.economic;
}

MASK(mask_requirement_decided)
{
    (void)test;
    return is_decided(item, "requirement:", ((const struct entry *)item->object)->id);
}

/* ---- decisions and exclusions ---- */

static int is_exclusion(const struct condition_item *item)
{
    return ((const struct decision_result *)item->result)->is_exclusion;
}

MASK(mask_decision_type)
{
    (void)test;
    return (uint64_t)1 << is_exclusion(item);
}

GETTER(get_decision_subject)
{
    (void)test;
    condition_offer(probe, is_exclusion(item)
                               ? ((const struct exclusion *)item->object)->subject
                               : ((const struct decision *)item->object)->subject);
}

MASK(mask_treatment)
{
    if (is_exclusion(item)) return 0;
    return choice_bit(test->attribute->set,
                      ((const struct decision *)item->object)->treatment);
}

GETTER(get_decision_owner)
{
    (void)test;
    condition_offer(probe, is_exclusion(item)
                               ? ((const struct exclusion *)item->object)->owner
                               : ((const struct decision *)item->object)->owner);
}

GETTER(get_reviewer)
{
    (void)test;
    if (!is_exclusion(item))
        condition_offer(probe, ((const struct decision *)item->object)->reviewer);
}

MASK(mask_review_by)
{
    (void)test;
    return yes_no((is_exclusion(item)
                       ? ((const struct exclusion *)item->object)->review_by
                       : ((const struct decision *)item->object)->review_by) != 0);
}

/* ---- the tables ---- */

// clang-format off
#define LOCAL_SET(variable, label, ...) \
    static const struct choice variable##_items[] = {__VA_ARGS__}; \
    static const struct choice_set variable = {label, variable##_items, sizeof variable##_items / sizeof(struct choice)};
LOCAL_SET(bools, "yes or no", {"true", 1, {{"yes", "はい"}}}, {"false", 0, {{"no", "いいえ"}}})
LOCAL_SET(asset_words, "asset",
    {"component", ASSET_COMPONENT, {{"component", "機器"}}}, {"flow", ASSET_FLOW, {{"flow", "フロー"}}})
LOCAL_SET(subject_states, "state of a subject",
    {"found", SUBJECT_FOUND, {{"found", "対象あり"}}}, {"orphaned", SUBJECT_ORPHANED, {{"orphaned", "対象なし"}}})
LOCAL_SET(decision_types, "type of decision",
    {"decision", 0, {{"decision", "意思決定"}}}, {"exclusion", 1, {{"exclusion", "除外"}}})

#define IDS(name, section, type) \
    static const struct condition_ids name = {offsetof(struct catalog_data, section), sizeof(type)};
IDS(kind_ids, kinds, struct kind)
IDS(threat_ids, threats, struct threat_class)
IDS(protocol_ids, protocols, struct protocol)
IDS(carrier_ids, carriers, struct carrier)
IDS(requirement_ids, requirements, struct requirement)
IDS(example_ids, examples, struct example)

enum { ORDERED = ATTRIBUTE_ORDERED, RESULT = ATTRIBUTE_RESULT, NUMBER = ATTRIBUTE_NUMBER | ATTRIBUTE_ORDERED };
#define AT(type, member) offsetof(type, member)
/* An attribute of any words, of a set of words, and one that is about a trait. */
#define A(name, get, offset, ids, flags, en, ja) {name, get, NULL, offset, NULL, ids, NULL, flags, {{en, ja}}}
#define M(name, mask, offset, set, flags, en, ja) {name, NULL, mask, offset, set, NULL, NULL, flags, {{en, ja}}}
#define TRAIT(name, trait, en, ja) {name, NULL, mask_trait, 0, &bools, NULL, trait, 0, {{en, ja}}}
#define ID A("id", get_string, 0, NULL, 0, "identifier in the model", "モデルにおける識別子")
#define DATA_CLASS(type) M("data-class", mask_data_classes, AT(type, data), &data_classes, 0, "class of some data it holds or carries", "保持又は伝送するデータの分類")
#define SCOPE(type) M("out-of-scope", mask_given, AT(type, out_of_scope), &bools, 0, "left out of the assessment; named here, such parts take part in the condition", "評価の対象外か。この属性を書いた条件だけが対象外の項目も調べる")
#define REBUILT(type) M("rebuilt", mask_tri, AT(type, rebuilt), &bools, 0, "filled in by the analyst", "分析者が補ったものか")
#define FLAG(type, name, member, en, ja) M(name, mask_flag, AT(type, member), &bools, RESULT, en, ja)

#define S struct component
static const struct condition_attribute component_attributes[] = {
    ID,
    A("kind", get_ref, AT(S, kind), &kind_ids, 0, "its kind", "種別"),
    A("family", get_family, 0, &kind_ids, 0, "its kind and every kind that this extends", "種別とその継承元のいずれか"),
    A("zone", get_zones_of_component, 0, NULL, 0, "the zone it is in, and those around it", "所在するゾーンとその外側のゾーン"),
    M("zone-kind", mask_zone_kind_of_component, 0, &zone_kinds, 0, "kind of its zone", "所在するゾーンの種類"),
    M("trust", mask_trust_of_component, 0, &trusts, ORDERED, "trust in its zone", "所在するゾーンの信頼の度合い"),
    A("owner", get_ref, AT(S, owner), NULL, 0, "the stakeholder whose it is", "所有者"),
    A("operator", get_operator, 0, NULL, 0, "the stakeholder who runs it; the owner when not stated", "運用者。記述が無ければ所有者"),
    M("authentication", mask_authentication, 0, &authentications, ORDERED, "authentication, as stated or of its kind", "認証方式(記述が無ければ種別の既定)"),
    M("update", mask_update, 0, &updates, ORDERED, "way of update, as stated or of its kind", "更新方式(記述が無ければ種別の既定)"),
    M("interface", mask_interfaces, 0, &interfaces, 0, "an interface it exposes, as stated or of its kind", "開いたインタフェース(記述が無ければ種別の既定)"),
    A("data", get_refs, AT(S, data), NULL, 0, "data it holds", "保持するデータ"),
    DATA_CLASS(S),
    TRAIT("physical", "physical", "acts on the physical world", "物理的な作用をもつか"),
    M("trait", mask_traits, 0, &trait_names, 0, "a trait it has in the attack graph", "攻撃グラフにおける特性"),
    M("importance-recovery", mask_importance_recovery, 0, &recovery_levels, ORDERED, "worst level on axis 1 of the incidents it can cause", "起こし得るインシデントの第1軸の最大水準"),
    M("importance-economic", mask_importance_economic, 0, &economic_levels, ORDERED, "worst level on axis 2 of the incidents it can cause", "起こし得るインシデントの第2軸の最大水準"),
    SCOPE(S),
    REBUILT(S),
};
#undef S
#define S struct flow
static const struct condition_attribute flow_attributes[] = {
    ID,
    A("from", get_ref, AT(S, from), NULL, 0, "the component that sends", "送信側の機器"),
    A("to", get_ref, AT(S, to), NULL, 0, "the component that receives", "受信側の機器"),
    A("from-kind", get_end_family, AT(S, from), &kind_ids, 0, "the sender's kind, and every kind that this extends", "送信側の種別とその継承元のいずれか"),
    A("to-kind", get_end_family, AT(S, to), &kind_ids, 0, "the receiver's kind, and every kind that this extends", "受信側の種別とその継承元のいずれか"),
    A("from-zone", get_end_zones, AT(S, from), NULL, 0, "the sender's zone, and those around it", "送信側のゾーンとその外側のゾーン"),
    A("to-zone", get_end_zones, AT(S, to), NULL, 0, "the receiver's zone, and those around it", "受信側のゾーンとその外側のゾーン"),
    A("through", get_refs, AT(S, through), NULL, 0, "a component it passes through", "経由する機器"),
    A("protocol", get_ref, AT(S, protocol), &protocol_ids, 0, "its protocol", "プロトコル"),
    A("carrier", get_ref, AT(S, carrier), &carrier_ids, 0, "what carries it", "伝送手段"),
    TRAIT("encrypted", "encrypted", "encrypted, as stated or by its protocol", "暗号化の有無(記述が無ければプロトコルの既定)"),
    TRAIT("authenticated", "authenticated", "authenticated, as stated or by its protocol", "認証の有無(記述が無ければプロトコルの既定)"),
    A("data", get_refs, AT(S, data), NULL, 0, "data it carries", "運ぶデータ"),
    DATA_CLASS(S),
    M("crosses-zones", mask_crosses_zones, 0, &bools, 0, "its ends lie in different zones", "両端が異なるゾーンにあるか"),
    M("trait", mask_traits, 0, &trait_names, 0, "a trait it has in the attack graph", "攻撃グラフにおける特性"),
    SCOPE(S),
    REBUILT(S),
};
#undef S
#define S struct zone
static const struct condition_attribute zone_attributes[] = {
    ID,
    M("kind", mask_kind_of_zone, 0, &zone_kinds, 0, "what sort of place", "種類"),
    M("trust", mask_trust_of_zone, 0, &trusts, ORDERED, "how far its network is trusted", "ネットワークの信頼の度合い"),
    M("physical-access", mask_access_of_zone, 0, &physical_accesses, ORDERED, "who can get there", "物理的に立ち入れる者"),
    A("within", get_outer_zones, 0, NULL, 0, "a zone around it", "外側のゾーン"),
    M("trait", mask_traits, 0, &trait_names, 0, "a trait it has in the attack graph", "攻撃グラフにおける特性"),
    REBUILT(S),
};
#undef S
static const struct condition_attribute data_attributes[] = {
    ID,
    M("class", mask_choices, AT(struct data, classes), &data_classes, 0, "what sort of data", "分類"),
};
#define S struct stakeholder
#define R struct map_row
static const struct condition_attribute stakeholder_attributes[] = {
    ID,
    M("role", mask_choices, AT(S, roles), &roles, 0, "a role it has", "役割"),
    M("applicant", mask_applicant, 0, &bools, 0, "applies the framework", "適用主体か"),
    M("recovery", mask_map_level, AT(R, inherent.recovery), &recovery_levels, ORDERED, "position on axis 1 without measures", "対策が無い場合の第1軸の位置"),
    M("economic", mask_map_level, AT(R, inherent.economic), &economic_levels, ORDERED, "position on axis 2 without measures", "対策が無い場合の第2軸の位置"),
    M("now-recovery", mask_map_level, AT(R, now.recovery), &recovery_levels, ORDERED, "position on axis 1 with the measures in force", "実施中の対策を考慮した第1軸の位置"),
    M("now-economic", mask_map_level, AT(R, now.economic), &economic_levels, ORDERED, "position on axis 2 with the measures in force", "実施中の対策を考慮した第2軸の位置"),
    M("planned-recovery", mask_map_level, AT(R, planned.recovery), &recovery_levels, ORDERED, "position on axis 1 with the measures decided as well", "決定済みの対策も考慮した第1軸の位置"),
    M("planned-economic", mask_map_level, AT(R, planned.economic), &economic_levels, ORDERED, "position on axis 2 with the measures decided as well", "決定済みの対策も考慮した第2軸の位置"),
    M("target-recovery", mask_target, AT(struct target, recovery), &recovery_levels, ORDERED, "target on axis 1; null: none stated", "第1軸の目標。null: 記述なし"),
    M("target-economic", mask_target, AT(struct target, economic), &economic_levels, ORDERED, "target on axis 2; null: none stated", "第2軸の目標。null: 記述なし"),
    M("within-target", mask_map_flag, AT(R, within_target), &bools, 0, "within its target with the measures in force; null: no target", "実施中の対策で目標以内か。null: 目標なし"),
    M("planned-within-target", mask_map_flag, AT(R, planned_within), &bools, 0, "within its target with the measures decided as well; null: no target", "決定済みの対策も含め目標以内か。null: 目標なし"),
};
#undef R
#undef S
#define S struct incident
#define R struct incident_result
static const struct condition_attribute incident_attributes[] = {
    ID,
    A("threat", get_ref, AT(S, threat), &threat_ids, 0, "the threat class that causes it", "原因となる脅威の分類"),
    A("at", get_refs, AT(S, at), NULL, 0, "a component or flow where it begins", "起点となる機器又はフロー"),
    A("form-of-use", get_ref, AT(S, form_of_use), NULL, 0, "the form of use it belongs to", "使用形態"),
    A("stakeholder", get_harmed, 0, NULL, 0, "someone it harms", "被害を受けるステークホルダー"),
    M("recovery", mask_worst_harm, 0, &recovery_levels, ORDERED, "worst harm on axis 1", "第1軸の最大の被害"),
    M("economic", mask_worst_harm, 0, &economic_levels, ORDERED, "worst harm on axis 2", "第2軸の最大の被害"),
    FLAG(R, "reached", reached, "a chain reaches it without measures", "対策が無い場合に到達し得るか"),
    FLAG(R, "now", now, "a chain reaches it with the measures in force", "実施中の対策の下で到達し得るか"),
    FLAG(R, "planned", planned, "a chain reaches it with the measures decided as well", "決定済みの対策の下で到達し得るか"),
    FLAG(R, "above-target", above, "some harm is above the sufferer's target", "目標を超える被害があるか"),
    M("decided", mask_incident_decided, 0, &bools, 0, "a decision is about it", "意思決定があるか"),
    REBUILT(S),
};
#undef R
#undef S
#define R struct threat
static const struct condition_attribute threat_attributes[] = {
    A("id", get_threat_id, 0, NULL, 0, "CLASS@ASSET", "CLASS@ASSET"),
    A("class", get_threat_class, 0, &threat_ids, 0, "its class", "分類"),
    A("at", get_threat_at, 0, NULL, 0, "the component or flow it concerns", "対象の機器又はフロー"),
    M("on", mask_threat_on, 0, &asset_words, 0, "whether that is a component or a flow", "対象が機器かフローか"),
    FLAG(R, "main", main, "leads to an incident above someone's target", "目標を超えるインシデントに至るか"),
    A("leads-to", get_leads_to, 0, NULL, 0, "an incident it leads to", "至り得るインシデント"),
    M("state", mask_choice, AT(R, state), &threat_states, RESULT | ORDERED, "state under the measures in force", "実施中の対策の下での状態"),
    M("planned", mask_choice, AT(R, planned), &threat_states, RESULT | ORDERED, "state under the measures decided as well", "決定済みの対策の下での状態"),
    FLAG(R, "excluded", excluded, "left out, with a reason", "理由を付して除外されたか"),
    FLAG(R, "detected", detected, "a measure in force or decided would show it", "検知する対策があるか"),
    M("decided", mask_threat_decided, 0, &bools, 0, "a decision is about it", "意思決定があるか"),
};
#undef R
#define S struct requirement
#define R struct requirement_result
static const struct condition_attribute requirement_attributes[] = {
    ID,
    A("viewpoint", get_number, AT(S, viewpoint), NULL, NUMBER, "viewpoint of axis 3, 1 to 4", "第3軸の観点(1から4)"),
    M("target", mask_choice, AT(S, target), &requirement_targets, 0, "whom or what it is aimed at", "実装先"),
    FLAG(R, "adopted", adopted, "taken on, or met by a decided measure", "採用済みか"),
    M("open", mask_open, 0, &bools, 0, "derived, and neither adopted nor excluded nor settled by a decision", "未採用で、除外も決定(受容等)もされていないか"),
    FLAG(R, "excluded", excluded, "left out, with a reason", "理由を付して除外されたか"),
    A("threat", get_answered_threats, 0, &threat_ids, 0, "a threat present that it answers; null: general", "対応する脅威。null: 全般"),
    A("rank", get_number, AT(R, rank), NULL, RESULT | NUMBER, "place among all, 1 first", "順位(1が最優先)"),
    M("strength", mask_choice, AT(R, strength), &strengths, RESULT | ORDERED, "strength of confirmation its viewpoint demands", "求められる確認の強さ"),
    M("row", mask_row, 0, &recovery_levels, ORDERED, "level on axis 1 of the worst cell of the map (measures in force)", "マップ上の最悪の区画の第1軸の水準(実施中の対策を考慮)"),
    M("column", mask_column, 0, &economic_levels, ORDERED, "level on axis 2 of the worst cell of the map (measures in force)", "マップ上の最悪の区画の第2軸の水準(実施中の対策を考慮)"),
    M("measured", mask_filled, AT(R, measures), &bools, RESULT, "some measure of the model serves it", "対応する対策があるか"),
    M("decided", mask_requirement_decided, 0, &bools, 0, "a decision is about it", "意思決定があるか"),
};
#undef R
#undef S
#define S struct measure
static const struct condition_attribute measure_attributes[] = {
    ID,
    A("requirement", get_ref, AT(S, requirement), &requirement_ids, 0, "the requirement it meets", "満たす対策要件"),
    A("example", get_ref, AT(S, example), &example_ids, 0, "the example it follows", "基にした対策例"),
    M("status", mask_choice, AT(S, status), &measure_statuses, ORDERED, "how far it is", "状況"),
    A("by", get_ref, AT(S, by), NULL, 0, "who carries it out", "実施主体"),
    A("on", get_refs, AT(S, on), NULL, 0, "a component, flow or zone it is put on", "実装する機器、フロー又はゾーン"),
    M("evidence", mask_filled, AT(S, evidence), &bools, 0, "evidence is given", "根拠が示されているか"),
};
#undef S
#define R struct decision_result
static const struct condition_attribute decision_attributes[] = {
    ID,
    M("type", mask_decision_type, 0, &decision_types, 0, "a decision or an exclusion", "意思決定か除外か"),
    A("subject", get_decision_subject, 0, NULL, 0, "what it is about", "対象"),
    M("treatment", mask_treatment, 0, &treatments, 0, "how the risk is treated; null for an exclusion", "リスク対応。除外ではnull"),
    A("owner", get_decision_owner, 0, NULL, 0, "who answers for it; null: nobody", "責任者。null: 記述なし"),
    A("reviewer", get_reviewer, 0, NULL, 0, "who reviewed it; null: nobody", "確認者。null: 記述なし"),
    M("review-by", mask_review_by, 0, &bools, 0, "it states when it must be looked at again", "見直し期限があるか"),
    M("state", mask_choice, AT(R, state), &subject_states, RESULT, "whether its subject is still there", "対象の有無"),
    FLAG(R, "overdue", overdue, "past its review date", "見直し期限を過ぎたか"),
};
#undef R

#define ITEMS(x) (x), sizeof(x) / sizeof(struct condition_attribute)
#define MODEL(member, type) FROM_MODEL, 0, offsetof(struct model_data, member), sizeof(type)
#define RESULTS(member, type) FROM_ASSESSMENT, 1, offsetof(struct assessment, member), sizeof(type)
static const struct condition_subject subjects[] = {
    {"components", ITEMS(component_attributes), MODEL(components, struct component), offsetof(struct component, out_of_scope), offsetof(struct graph, asset_of_component),
     {{"What the system is made of.", "構成機器。"}}},
    {"flows", ITEMS(flow_attributes), MODEL(flows, struct flow), offsetof(struct flow, out_of_scope), offsetof(struct graph, asset_of_flow),
     {{"Data going from one component to another.", "データフロー。"}}},
    {"zones", ITEMS(zone_attributes), MODEL(zones, struct zone), 0, offsetof(struct graph, asset_of_zone),
     {{"Parts with the same protection.", "ゾーン。"}}},
    {"data", ITEMS(data_attributes), MODEL(data, struct data), 0, 0,
     {{"Kinds of data.", "データ。"}}},
    {"stakeholders", ITEMS(stakeholder_attributes), MODEL(stakeholders, struct stakeholder), 0, 0,
     {{"Everyone concerned, with their place on the map.", "ステークホルダーとマップ上の位置。"}}},
    {"incidents", ITEMS(incident_attributes), RESULTS(incidents, struct incident_result), 0, 0,
     {{"What can happen.", "想定されるインシデント。"}}},
    {"threats", ITEMS(threat_attributes), RESULTS(threats, struct threat), 0, 0,
     {{"Threats that a chain reaches, per component and flow.", "攻撃経路が到達する脅威(機器・フローごと)。"}}},
    {"requirements", ITEMS(requirement_attributes), RESULTS(requirements, struct requirement_result), 0, 0,
     {{"Requirements that are derived.", "導出された対策要件。"}}},
    {"measures", ITEMS(measure_attributes), MODEL(measures, struct measure), 0, 0,
     {{"What is done.", "対策。"}}},
    {"decisions", ITEMS(decision_attributes), RESULTS(decisions, struct decision_result), 0, 0,
     {{"Decisions and exclusions.", "意思決定と除外。"}}},
};

/* The same names for the key `for` of other tables; value = place in the table + 1. */
SCHEMA_SET(condition_subject_names, "subject",
    {"components", 1, {{"components", "機器"}}}, {"flows", 2, {{"flows", "フロー"}}}, {"zones", 3, {{"zones", "ゾーン"}}},
    {"data", 4, {{"data", "データ"}}}, {"stakeholders", 5, {{"stakeholders", "ステークホルダー"}}},
    {"incidents", 6, {{"incidents", "インシデント"}}}, {"threats", 7, {{"threats", "脅威"}}},
    {"requirements", 8, {{"requirements", "対策要件"}}}, {"measures", 9, {{"measures", "対策"}}},
    {"decisions", 10, {{"decisions", "意思決定"}}})
// clang-format on

const struct condition_subject *condition_subjects(size_t *n)
{
    *n = sizeof subjects / sizeof *subjects;
    return subjects;
}
