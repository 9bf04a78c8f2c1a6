// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Zones and boxes of a figure of the system. Small systems: a box a component. Large
 * ones: a box a zone (how many components of which kinds, how many main threats); if
 * even those are too many, inner zones are taken together, at last all but the gravest.
 * Detail of a zone: a box a component, with the other zones it talks to in words.
 */
#include "page/figure_scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NAME_WIDTH  113.0
#define BOX_WIDTH   150.0
#define CROWD_WIDTH 142.0
#define ZONE_WIDTH  200.0

/* ---- facts -------------------------------------------------------------------- */

static int has_trait(const struct assessment *a, uint32_t flow, const char *trait)
{
    const struct graph *g = a->graph;
    return (g->traits[g->asset_of_flow[flow]] & trait_bit(trait)) != 0;
}

int flow_is_encrypted(const struct assessment *a, uint32_t flow)
{
    return has_trait(a, flow, "encrypted");
}

int flow_is_authenticated(const struct assessment *a, uint32_t flow)
{
    return has_trait(a, flow, "authenticated");
}

static uint32_t *components_of_zone(const struct assessment *a, uint32_t zone,
                                    struct arena *arena, uint32_t *n)
{
    const struct graph *g = a->graph;
    uint32_t *found = arena_array(arena, a->model->m.components.n + 1, sizeof *found);
    *n = 0;
    for (uint32_t i = g->first_component; i < g->first_flow; i++) {
        if (zone_of(a, g->assets[i].index) == zone) found[(*n)++] = g->assets[i].index;
    }
    return found;
}

static unsigned depth_of(const struct assessment *a, uint32_t zone)
{
    unsigned depth = 0;
    while (zone_at(a, zone)->within.id) {
        zone = zone_at(a, zone)->within.index;
        depth++;
    }
    return depth;
}

/* The zone itself, or the one around it that is no deeper than `depth`. */
static uint32_t at_depth(const struct assessment *a, uint32_t zone, unsigned depth)
{
    if (zone == FIGURE_NO_ZONE) return zone;
    for (unsigned d = depth_of(a, zone); d > depth; d--)
        zone = zone_at(a, zone)->within.index;
    return zone;
}

/* Counts, per asset, main threats that nothing in force blocks. */
static void count_threats(struct scene *s)
{
    s->main_threats =
        arena_array(s->arena, s->a->graph->n_assets + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < s->a->threats.n; i++) {
        const struct threat *t = LIST_AT(s->a->threats, struct threat, i);
        if (t->main && !t->excluded && t->state != THREAT_BLOCKED)
            s->main_threats[t->asset]++;
    }
}

/* From the cloud at the top to the field: the order in which lines run. */
static unsigned level_of(const struct assessment *a, uint32_t component)
{
    static const struct {
        const char *family;
        unsigned level;
    } levels[] = {
        {"server",         1},
        {"person-family",  1},
        {"medium-family",  1},
        {"terminal",       2},
        {"network-device", 2},
        {"field-device",   4},
        {"controller",     3},
    };
    uint32_t zone = zone_of(a, component);
    const struct ref *kind = &component_at(a, component)->kind;
    if (zone != FIGURE_NO_ZONE && (zone_at(a, zone)->kind == ZONE_CLOUD ||
                                   zone_at(a, zone)->kind == ZONE_INTERNET))
        return 0;
    for (size_t i = 0; kind->id && i < sizeof levels / sizeof *levels; i++) {
        if (kind_is_a(a->catalog, kind->index, levels[i].family))
            return levels[i].level;
    }
    return 3;
}

static const char *kind_text(const struct scene *s, uint32_t component)
{
    const struct ref *kind = &component_at(s->a, component)->kind;
    if (!kind->id || kind->index >= s->a->catalog->c.kinds.n) return "";
    return text_in(LIST_AT(s->a->catalog->c.kinds, struct kind, kind->index)->name,
                   s->lang);
}

/* ---- boxes -------------------------------------------------------------------- */

static struct box *add_box(struct scene *s, uint32_t container, unsigned level)
{
    size_t i = s->layout.n_nodes++;
    s->layout.nodes[i].zone = container;
    s->levels[i] = level;
    return &s->boxes[i];
}

static void finish_box(struct scene *s, struct box *box)
{
    struct layout_node *node = &s->layout.nodes[box - s->boxes];
    box_measure(box, BOX_WIDTH);
    // as large as the lattice will make it
    box->width = node->width = ceil(box->width / LATTICE) * LATTICE;
    box->height = node->height = ceil(box->height / LATTICE) * LATTICE;
    node->tab = box_tab(box);
}

static struct label small_label(struct scene *s, const char *text, double width,
                                unsigned lines)
{
    return figure_label(s->arena, text, SIZE_NOTE, 0, width, lines);
}

/* In the place of the risk: which steps of the chain are taken there. */
static void add_steps_chip(struct scene *s, struct box *box, uint32_t asset)
{
    unsigned first = s->first_step[asset], last = s->last_step[asset];
    box->border = box_border(0);
    if (first == 0) return;
    const char *steps = first == last ? arena_printf(s->arena, "%u", first)
                                      : arena_printf(s->arena, "%u–%u", first, last);
    box->chips[0] = chip_of(steps, 1, SVG_ACCENT, SVG_ON_ACCENT);
}

/* In the place of the risk: what share of the attacks passes. */
static void add_load_chip(struct scene *s, struct box *box, uint32_t component)
{
    double percent = 100 * s->load[s->a->graph->asset_of_component[component]];
    box->border = box_border(0);
    if (percent >= 0.5)
        box->chips[0] = chip_of(arena_printf(s->arena, "%.0f%%", percent), 1,
                                SVG_ACCENT, SVG_ON_ACCENT);
}

static void add_risk_chips(struct scene *s, struct box *box, unsigned rank,
                           uint32_t threats)
{
    static const struct text importance[] = {
        {{"", ""}},
        {{"low", "低"}},
        {{"medium", "中"}},
        {{"high", "高"}},
    };
    const char *word = text_in(importance[rank < 3 ? rank : 3], s->lang);
    box->border = box_border(rank < 3 ? rank : 3);
    if (*word) box->chips[0] = chip_of(word, 0, SVG_INK, SVG_BOX);
    if (threats > 0)
        box->chips[1] = chip_of(arena_printf(s->arena, "▲ %u", threats), 1, SVG_ALERT,
                                SVG_ON_ALERT);
}

/* `under`: what stands below the name, may be empty. */
static void add_component_box(struct scene *s, uint32_t component, uint32_t container,
                              struct label under)
{
    const struct assessment *a = s->a;
    const struct component *c = component_at(a, component);
    struct box *box = add_box(s, container, level_of(a, component));
    uint32_t threats = s->main_threats[a->graph->asset_of_component[component]];
    const char *name = name_or_id(s->arena, c->name, c->entry.id, s->lang);
    box->data_kind = "component";
    box->id = c->entry.id;
    box->title = arena_printf(s->arena, "%s (%s)", name, kind_text(s, component));
    box->icon = icon_of_kind(a->catalog, c->kind.id ? c->kind.index : REF_NONE);
    box->name = name_label(s->arena, name, NAME_WIDTH, 3);
    box->under = under;
    if (text_empty(c->out_of_scope)) {
        if (s->first_step)
            add_steps_chip(s, box, a->graph->asset_of_component[component]);
        else if (s->load)
            add_load_chip(s, box, component);
        else
            add_risk_chips(s, box, a->importance[component].rank, threats);
    } else {
        box->look = BOX_FAINT;
        box->chips[0] = chip_of(text_in(TEXT("out of scope", "対象外"), s->lang), 0,
                                SVG_SOFT, SVG_BOX);
    }
    s->box_of_component[component] = (uint32_t)(box - s->boxes);
    finish_box(s, box);
    struct layout_node *node = &s->layout.nodes[box - s->boxes];
    node->is_wanted = c->position.x.is_set && c->position.y.is_set;
    node->want_x = c->position.x.value;
    node->want_y = c->position.y.value;
}

/* ---- containers --------------------------------------------------------------- */

/* "Network segment, partial trust" */
static const char *zone_facts(struct scene *s, const struct zone *z)
{
    const char *kind =
        text_in(choice_text(&zone_kinds, z->kind ? z->kind : ZONE_SEGMENT), s->lang);
    const char *trust =
        text_in(choice_text(&trusts, z->trust ? z->trust : TRUST_PARTIAL), s->lang);
    return arena_printf(s->arena, "%s%s%s", kind, s->lang == LANG_JA ? "・" : ", ",
                        trust);
}

static uint32_t add_container(struct scene *s, uint32_t zone, uint32_t outer)
{
    const struct zone *z = zone_at(s->a, zone);
    uint32_t i = (uint32_t)s->layout.n_zones++;
    struct scene_zone *container = &s->zones[i];
    const char *name = name_or_id(s->arena, z->name, z->entry.id, s->lang);
    container->zone = zone;
    container->depth = outer == LAYOUT_NONE ? 0 : s->zones[outer].depth + 1;
    container->name = figure_label(s->arena, name, SIZE_NAME, 1, ZONE_WIDTH, 2);
    container->note = small_label(s, zone_facts(s, z), ZONE_WIDTH, 1);
    s->layout.zones[i].outer = outer;
    s->layout.zones[i].label_width = container->name.width > container->note.width
                                         ? container->name.width
                                         : container->note.width;
    s->layout.zones[i].label_height = container->name.height + container->note.height;
    return i;
}

/*
 * Containers for the zones marked as wanted, outer ones first. `wanted` counts the
 * boxes that will lie in a zone or deeper; zones without any are left out when there
 * are too many. Returns model zone -> container.
 */
static uint32_t *add_containers(struct scene *s, const uint32_t *wanted, int with_empty)
{
    const struct graph *g = s->a->graph;
    uint32_t n = s->a->model->m.zones.n;
    uint32_t *place = arena_array(s->arena, n + 1, sizeof *place);
    memset(place, 0xff, (n + 1) * sizeof *place);
    for (unsigned depth = 0; depth < SCENE_MAX_DEPTH; depth++) {
        for (uint32_t i = g->first_zone; i < g->first_component; i++) {
            uint32_t zone = g->assets[i].index;
            if (depth_of(s->a, zone) != depth || !(wanted[zone] || with_empty))
                continue;
            if (s->layout.n_zones >= SCENE_MAX_ZONES) {
                s->n_hidden_zones++;
                continue;
            }
            const struct ref *within = &zone_at(s->a, zone)->within;
            place[zone] =
                add_container(s, zone, within->id ? place[within->index] : LAYOUT_NONE);
        }
    }
    // what is too deep, or too many, is drawn as part of what is around it
    for (uint32_t zone = 0; zone < n; zone++) {
        uint32_t at = zone;
        while (place[at] == LAYOUT_NONE && zone_at(s->a, at)->within.id)
            at = zone_at(s->a, at)->within.index;
        place[zone] = place[at];
    }
    return place;
}

/* Adds n to a zone and all around it. */
static void count_up(const struct assessment *a, uint32_t *counts, uint32_t zone,
                     uint32_t n)
{
    while (zone != FIGURE_NO_ZONE) {
        counts[zone] += n;
        zone = zone_at(a, zone)->within.id ? zone_at(a, zone)->within.index
                                           : FIGURE_NO_ZONE;
    }
}

/* ---- small systems ------------------------------------------------------------ */

static void add_all_components(struct scene *s)
{
    const struct assessment *a = s->a;
    const struct graph *g = a->graph;
    uint32_t n_zones = a->model->m.zones.n;
    uint32_t *wanted = arena_array(s->arena, n_zones + 1, sizeof *wanted);
    int with_empty = n_zones <= SCENE_MAX_ZONES / 2 && s->only.components == NULL;
    for (uint32_t i = 0; i < a->model->m.components.n; i++)
        if (scene_shows(s->only.components, i)) count_up(a, wanted, zone_of(a, i), 1);
    uint32_t *place = add_containers(s, wanted, with_empty);
    for (uint32_t i = g->first_component; i < g->first_flow; i++) {
        uint32_t zone = zone_of(a, g->assets[i].index);
        if (!scene_shows(s->only.components, g->assets[i].index)) continue;
        add_component_box(s, g->assets[i].index,
                          zone == FIGURE_NO_ZONE ? LAYOUT_NONE : place[zone],
                          (struct label){0});
    }
}

/* ---- large systems ------------------------------------------------------------ */

/* What is known of the components that share a box. */
struct crowd {
    uint32_t zone; // FIGURE_NO_ZONE: without zone, or of several
    uint32_t n, threats, levels, rank;
    uint32_t *by_kind; // catalog kinds
};

/* The number of its members by kind: the two most frequent. */
static const char *crowd_text(struct scene *s, const struct crowd *c)
{
    struct buf text = {0};
    uint32_t n_kinds = s->a->catalog->c.kinds.n, rest = c->n;
    uint8_t *told = arena_array(s->arena, n_kinds + 1, sizeof *told);
    const char *comma = s->lang == LANG_JA ? "、" : ", ";
    for (int i = 0; i < 2 && rest > 0; i++) {
        uint32_t most = n_kinds;
        for (uint32_t k = 0; k < n_kinds; k++) {
            if (!told[k] && c->by_kind[k] > (most < n_kinds ? c->by_kind[most] : 0))
                most = k;
        }
        if (most == n_kinds) break;
        told[most] = 1;
        rest -= c->by_kind[most];
        const struct kind *kind = LIST_AT(s->a->catalog->c.kinds, struct kind, most);
        buf_printf(&text, "%s%s\xC2\xA0%u", i ? comma : "",
                   text_in(kind->name, s->lang), c->by_kind[most]);
    }
    if (rest > 0)
        buf_printf(&text, "%s%s\xC2\xA0%u", comma,
                   text_in(TEXT("others", "その他"), s->lang), rest);
    char *copy = arena_str(s->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

static void add_crowd_box(struct scene *s, const struct crowd *c, uint32_t container,
                          struct text name, const char *id)
{
    struct box *box = add_box(s, container, c->n ? c->levels / c->n : 2);
    box->data_kind = "zone";
    box->id = id;
    box->title = name_or_id(s->arena, name, id, s->lang);
    box->icon = icon_zone;
    const char *count = s->lang == LANG_JA
                            ? arena_printf(s->arena, "構成要素 %u", c->n)
                            : arena_printf(s->arena, "%u components", c->n);
    box->over = small_label(s, count, NAME_WIDTH, 1);
    box->name = name_label(s->arena, box->title, NAME_WIDTH, 3);
    box->under = small_label(s, crowd_text(s, c), CROWD_WIDTH, 4);
    add_risk_chips(s, box, c->rank, c->threats);
    finish_box(s, box);
}

static void join_crowd(const struct scene *s, struct crowd *c, uint32_t component)
{
    const struct ref *kind = &component_at(s->a, component)->kind;
    uint32_t rank = s->a->importance[component].rank;
    c->n++;
    c->levels += level_of(s->a, component);
    c->threats += s->main_threats[s->a->graph->asset_of_component[component]];
    c->rank = rank > c->rank ? rank : c->rank;
    if (kind->id && kind->index < s->a->catalog->c.kinds.n) c->by_kind[kind->index]++;
}

/* The zones that stand for components when no zone deeper than `depth` is drawn. */
static uint32_t mark_zones(const struct scene *s, unsigned depth, uint8_t *used)
{
    uint32_t n = 0, n_zones = s->a->model->m.zones.n;
    memset(used, 0, n_zones + 1);
    for (uint32_t i = 0; i < s->a->model->m.components.n; i++) {
        uint32_t zone = at_depth(s->a, zone_of(s->a, i), depth);
        if (!scene_shows(s->only.components, i)) continue;
        uint8_t *mark = &used[zone == FIGURE_NO_ZONE ? n_zones : zone];
        n += !*mark;
        *mark = 1;
    }
    return n;
}

/* Grave zones first, then populous ones, then by id. */
struct weighed {
    uint32_t zone, threats, n;
    const char *id;
};

static int compare_weighed(const void *x, const void *y)
{
    const struct weighed *a = x, *b = y;
    if (a->threats != b->threats) return a->threats < b->threats ? 1 : -1;
    if (a->n != b->n) return a->n < b->n ? 1 : -1;
    return strcmp(a->id, b->id);
}

/* Leaves marks on the gravest FIGURE_MAX_BOXES - 2 zones only. */
static void keep_gravest(const struct scene *s, uint8_t *used)
{
    uint32_t n_zones = s->a->model->m.zones.n, n = 0;
    struct weighed *all = arena_array(s->arena, n_zones + 1, sizeof *all);
    for (uint32_t z = 0; z < n_zones; z++)
        all[z] = (struct weighed){z, 0, 0, zone_at(s->a, z)->entry.id};
    for (uint32_t i = 0; i < s->a->model->m.components.n; i++) {
        uint32_t zone = at_depth(s->a, zone_of(s->a, i), 0);
        if (zone == FIGURE_NO_ZONE || !scene_shows(s->only.components, i)) continue;
        all[zone].n++;
        all[zone].threats += s->main_threats[s->a->graph->asset_of_component[i]];
    }
    qsort(all, n_zones, sizeof *all, compare_weighed);
    for (uint32_t i = 0; i < n_zones; i++) {
        if (used[all[i].zone] && n++ >= FIGURE_MAX_BOXES - 2) used[all[i].zone] = 0;
    }
}

static void add_crowds(struct scene *s)
{
    const struct assessment *a = s->a;
    const struct graph *g = a->graph;
    uint32_t n_zones = a->model->m.zones.n, n_kinds = a->catalog->c.kinds.n;
    uint8_t *used = arena_array(s->arena, n_zones + 1, sizeof *used);
    unsigned depth = SCENE_MAX_DEPTH;
    while (mark_zones(s, depth, used) > FIGURE_MAX_BOXES && depth > 0)
        depth--;
    int too_many = depth == 0 && mark_zones(s, 0, used) > FIGURE_MAX_BOXES;
    if (too_many) keep_gravest(s, used);

    // crowd n_zones: without zone; n_zones + 1: of the zones left out
    struct crowd *crowds = arena_array(s->arena, n_zones + 2, sizeof *crowds);
    for (uint32_t z = 0; z < n_zones + 2; z++) {
        if (z >= n_zones || used[z])
            crowds[z].by_kind = arena_array(s->arena, n_kinds + 1, sizeof(uint32_t));
    }
    for (uint32_t i = 0; i < a->model->m.components.n; i++) {
        uint32_t zone = at_depth(a, zone_of(a, i), depth);
        if (!scene_shows(s->only.components, i)) continue;
        uint32_t crowd = zone == FIGURE_NO_ZONE ? n_zones
                         : used[zone]           ? zone
                                                : n_zones + 1;
        join_crowd(s, &crowds[crowd], i);
        s->box_of_component[i] = crowd; // of crowds; of boxes below
    }
    uint32_t *wanted = arena_array(s->arena, n_zones + 1, sizeof *wanted);
    for (uint32_t z = 0; z < n_zones; z++) {
        const struct ref *within = &zone_at(a, z)->within;
        if (crowds[z].n > 0 && within->id) count_up(a, wanted, within->index, 1);
    }
    uint32_t *place = add_containers(s, wanted, 0);
    uint32_t *box_of = arena_array(s->arena, n_zones + 2, sizeof *box_of);
    for (uint32_t i = g->first_zone; i < g->first_component; i++) {
        uint32_t z = g->assets[i].index;
        const struct zone *zone = zone_at(a, z);
        if (crowds[z].n == 0) continue;
        box_of[z] = (uint32_t)s->layout.n_nodes;
        add_crowd_box(s, &crowds[z], place[z], zone->name, zone->entry.id);
    }
    static const struct text names[] = {{{"Outside all zones", "ゾーンの外"}},
                                        {{"Other zones", "その他のゾーン"}}};
    for (uint32_t k = 0; k < 2; k++) {
        box_of[n_zones + k] = (uint32_t)s->layout.n_nodes;
        if (crowds[n_zones + k].n > 0)
            add_crowd_box(s, &crowds[n_zones + k], LAYOUT_NONE, names[k], "-");
    }
    for (uint32_t i = 0; i < a->model->m.components.n; i++)
        if (scene_shows(s->only.components, i))
            s->box_of_component[i] = box_of[s->box_of_component[i]];
}

/* ---- detail of a zone --------------------------------------------------------- */

/*
 * Members of a zone in an order that keeps together what is connected: breadth first
 * from the first by id, over flows within the zone. Parts are cut from it.
 */
static uint32_t *order_by_flows(struct scene *s, const uint32_t *members, uint32_t n)
{
    const struct assessment *a = s->a;
    const struct graph *g = a->graph;
    uint32_t n_components = a->model->m.components.n, n_flows = a->model->m.flows.n;
    uint32_t *order = arena_array(s->arena, n + 1, sizeof *order), done = 0;
    uint8_t *seen = arena_array(s->arena, n_components + 1, sizeof *seen);
    // flows of each member as chained lists: 2 * flow for the sender, + 1 the receiver
    uint32_t *first = arena_array(s->arena, n_components + 1, sizeof *first);
    uint32_t *next = arena_array(s->arena, 2 * (size_t)n_flows + 2, sizeof *next);
    memset(first, 0xff, (n_components + 1) * sizeof *first);
    for (uint32_t i = g->first_incident; i-- > g->first_flow;) {
        uint32_t f = g->assets[i].index;
        uint32_t from = flow_at(a, f)->from.index, to = flow_at(a, f)->to.index;
        uint32_t out = 2 * f, in = 2 * f + 1;
        next[out] = first[from];
        first[from] = out;
        next[in] = first[to];
        first[to] = in;
    }
    for (uint32_t i = 0, head = 0; i < n; i++) {
        if (!seen[members[i]]) order[done++] = members[i];
        seen[members[i]] = 1;
        for (; head < done; head++) {
            for (uint32_t e = first[order[head]]; e != UINT32_MAX; e = next[e]) {
                const struct flow *f = flow_at(a, e / 2);
                uint32_t other = e % 2 ? f->from.index : f->to.index;
                if (!seen[other] && zone_of(a, other) == s->zone) order[done++] = other;
                if (zone_of(a, other) == s->zone) seen[other] = 1;
            }
        }
    }
    return order;
}

/* A flow that leaves the picture: from or to which member, and where it goes on. */
struct leaving {
    uint32_t member; // its place in the order of the zone's members
    uint32_t place; // another part of the zone; n_parts + the canonical place of a zone
};

static int compare_leaving(const void *x, const void *y)
{
    const struct leaving *a = x, *b = y;
    if (a->member != b->member) return a->member < b->member ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* Where a component is drawn, as seen from another part or zone. */
static uint32_t place_of(const struct scene *s, const uint32_t *rank, uint32_t n_parts,
                         uint32_t component)
{
    const struct graph *g = s->a->graph;
    uint32_t zone = zone_of(s->a, component);
    if (zone == s->zone) return rank[component] / SCENE_PART;
    if (zone == FIGURE_NO_ZONE) return n_parts + s->a->model->m.zones.n;
    return n_parts + g->asset_of_zone[zone] - g->first_zone;
}

static const char *place_text(struct scene *s, uint32_t n_parts, uint32_t place)
{
    const struct graph *g = s->a->graph;
    if (place < n_parts)
        return s->lang == LANG_JA ? arena_printf(s->arena, "別図%u", place + 1)
                                  : arena_printf(s->arena, "part\xC2\xA0%u", place + 1);
    if (place == n_parts + s->a->model->m.zones.n)
        return text_in(TEXT("outside all zones", "ゾーンの外"), s->lang);
    const struct zone *z =
        zone_at(s->a, g->assets[g->first_zone + place - n_parts].index);
    return name_or_id(s->arena, z->name, z->entry.id, s->lang);
}

/* "↗ part 2 (3), Cloud": the flows of one member that leave the picture. */
static struct label leaving_label(struct scene *s, const struct leaving *all, size_t n,
                                  uint32_t n_parts)
{
    struct buf text = {0};
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && all[end].place == all[i].place;)
            end++;
        buf_printf(&text, "%s%s",
                   i == 0               ? "↗\xC2\xA0"
                   : s->lang == LANG_JA ? "、"
                                        : ", ",
                   place_text(s, n_parts, all[i].place));
        if (end - i > 1)
            buf_printf(&text, s->lang == LANG_JA ? "（%zu）" : "\xC2\xA0(%zu)",
                       end - i);
    }
    struct label label = small_label(s, buf_text(&text), CROWD_WIDTH, 4);
    buf_fini(&text);
    return label;
}

/* The members' flows that leave the part, sorted by member and place; how many in *n.
 */
static struct leaving *find_leaving(struct scene *s, const uint32_t *rank,
                                    uint32_t n_parts, size_t *n)
{
    const struct graph *g = s->a->graph;
    struct leaving *all =
        arena_array(s->arena, s->a->model->m.flows.n + 1, sizeof *all);
    *n = 0;
    for (uint32_t i = g->first_flow; i < g->first_incident; i++) {
        const struct flow *f = flow_at(s->a, g->assets[i].index);
        uint32_t from = place_of(s, rank, n_parts, f->from.index);
        uint32_t to = place_of(s, rank, n_parts, f->to.index);
        if (from == to || (from != s->part && to != s->part)) continue;
        all[(*n)++] = from == s->part ? (struct leaving){rank[f->from.index], to}
                                      : (struct leaving){rank[f->to.index], from};
    }
    if (*n > 0) qsort(all, *n, sizeof *all, compare_leaving);
    return all;
}

static void add_zone_detail(struct scene *s)
{
    const struct assessment *a = s->a;
    uint32_t n = 0, container = LAYOUT_NONE;
    size_t n_leaving = 0, done = 0;
    uint32_t *members = components_of_zone(a, s->zone, s->arena, &n);
    uint32_t *rank = arena_array(s->arena, a->model->m.components.n + 1, sizeof *rank);
    uint32_t n_parts = (n + SCENE_PART - 1) / SCENE_PART;
    members = order_by_flows(s, members, n);
    for (uint32_t i = 0; i < n; i++)
        rank[members[i]] = i;
    if (s->part >= n_parts) return;
    struct leaving *leaving = find_leaving(s, rank, n_parts, &n_leaving);
    if (s->zone != FIGURE_NO_ZONE) container = add_container(s, s->zone, LAYOUT_NONE);
    for (uint32_t i = s->part * SCENE_PART; i < n && i < (s->part + 1) * SCENE_PART;
         i++) {
        size_t first = done;
        while (done < n_leaving && leaving[done].member == i)
            done++;
        add_component_box(s, members[i], container,
                          leaving_label(s, leaving + first, done - first, n_parts));
    }
}

int scene_add_boxes(struct scene *s)
{
    uint32_t n = s->a->model->m.components.n;
    size_t n_boxes = FIGURE_MAX_BOXES + SCENE_MAX_ZONES;
    count_threats(s);
    s->box_of_component = arena_array(s->arena, n + 1, sizeof(uint32_t));
    memset(s->box_of_component, 0xff, (n + 1) * sizeof(uint32_t));
    s->boxes = arena_array(s->arena, n_boxes, sizeof *s->boxes);
    s->levels = arena_array(s->arena, n_boxes, sizeof *s->levels);
    s->layout.nodes = arena_array(s->arena, n_boxes, sizeof *s->layout.nodes);
    s->zones = arena_array(s->arena, SCENE_MAX_ZONES + 1, sizeof *s->zones);
    s->layout.zones =
        arena_array(s->arena, SCENE_MAX_ZONES + 1, sizeof *s->layout.zones);
    if (n == 0) return 0;
    if (s->view == SCENE_ZONE)
        add_zone_detail(s);
    else if (s->collapsed)
        add_crowds(s);
    else
        add_all_components(s);
    return s->layout.n_nodes > 0;
}
