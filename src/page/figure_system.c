// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Draws the figures of the system: configuration, data flows, one zone in detail. Lines
 * of data flows carry a small badge (number, and signs of protection); what flows
 * stands in a table below the picture, numbered from top to bottom, so that the picture
 * stays small enough to be read in print.
 */
#include "page/figure_scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN       12.0
#define GAP          16.0 // between picture, legend and table
#define ENTRY_GAP    7.0
#define BADGE_COLUMN 56.0
#define MIN_COLUMN   196.0
#define MIN_WIDTH    640.0
#define MOST_LOAD    9.0  // width of a line that all attacks pass
#define MAX_ASPECT   1.36 // of height to width: an A4 page with its caption

/* ---- picture ------------------------------------------------------------------ */

static void draw_zones(const struct scene *s, struct buf *out, double x, double y)
{
    for (size_t i = 0; i < s->layout.n_zones; i++) {
        const struct layout_zone *at = &s->layout.zones[i];
        const struct scene_zone *z = &s->zones[i];
        const struct zone *zone = zone_at(s->a, z->zone);
        if (at->width <= 0) continue;
        svg_group(out, "zone", zone->entry.id,
                  name_or_id(s->arena, zone->name, zone->entry.id, s->lang));
        svg_rect(out, x + at->x, y + at->y, at->width, at->height, 10,
                 (struct pen){z->depth % 2 ? SVG_ZONE_ALT : SVG_ZONE, SVG_EDGE, 1,
                              zone->trust == TRUST_NONE ? "2 4" : NULL});
        svg_group_end(out);
    }
}

/* After the lines, so that they never cross out a name. */
static void draw_zone_names(const struct scene *s, struct buf *out, double x, double y)
{
    for (size_t i = 0; i < s->layout.n_zones; i++) {
        const struct layout_zone *at = &s->layout.zones[i];
        const struct scene_zone *z = &s->zones[i];
        if (at->width <= 0) continue;
        double left = x + at->x + 10, top = y + at->y + 6;
        svg_label(out, left, top, ANCHOR_START, SVG_INK, &z->name);
        svg_label(out, left, top + z->name.height, ANCHOR_START, SVG_SOFT, &z->note);
    }
}

static struct point moved(struct point p, double x, double y)
{
    return (struct point){p.x + x, p.y + y};
}

/* Draws an arrow head, and lets the line end within it. */
static void draw_head(struct buf *out, struct point *end, struct point before)
{
    struct point tip = *end;
    double length = hypot(tip.x - before.x, tip.y - before.y);
    svg_arrow(out, before, tip, 8, SVG_LINE);
    if (length > 0)
        *end = (struct point){tip.x - 5 * (tip.x - before.x) / length,
                              tip.y - 5 * (tip.y - before.y) / length};
}

/* The greatest share of attacks that pass one of a line's flows. */
static double line_load(const struct scene *s, const struct scene_line *line)
{
    double load = 0;
    for (size_t i = 0; s->load && i < line->n_flows; i++)
        load = fmax(load, s->load[s->a->graph->asset_of_flow[line->flows[i]]]);
    return load;
}

/* All flows that a line stands for, with blanks between them. */
static const char *line_flows(const struct scene *s, const struct scene_line *line)
{
    struct buf ids = {0};
    for (size_t i = 0; i < line->n_flows; i++)
        buf_printf(&ids, "%s%s", i ? " " : "", flow_at(s->a, line->flows[i])->entry.id);
    const char *copy = arena_str(s->arena, buf_text(&ids));
    buf_fini(&ids);
    return copy;
}

static void draw_line(const struct scene *s, struct buf *out, size_t i, double x,
                      double y)
{
    const struct layout_edge *e = &s->layout.edges[i];
    struct point *points = arena_array(s->arena, e->n_points + 1, sizeof *points);
    size_t last = e->n_points - 1;
    if (e->n_points < 2) return;
    for (size_t k = 0; k <= last; k++)
        points[k] = moved(e->points[k], x, y);
    svg_group(out, "flows", line_flows(s, &s->lines[i]), NULL);
    if (e->head == HEAD_TO || e->head == HEAD_BOTH)
        draw_head(out, &points[last], points[last - 1]);
    if (e->head == HEAD_FROM || e->head == HEAD_BOTH)
        draw_head(out, &points[0], points[1]);
    double load = line_load(s, &s->lines[i]);
    if (load > 0)
        svg_route(out, points, e->n_points, 6,
                  (struct pen){NULL, SVG_ACCENT, MOST_LOAD * load, NULL});
    svg_route(out, points, e->n_points, 6,
              (struct pen){NULL, SVG_LINE, 1.3, s->lines[i].dashed ? "5 4" : NULL});
    svg_group_end(out);
}

/* The rim of a component that attacks pass. */
static void draw_rim(const struct scene *s, struct buf *out, uint32_t component,
                     double x, double y)
{
    uint32_t box = s->box_of_component[component];
    double load = s->load ? s->load[s->a->graph->asset_of_component[component]] : 0;
    if (box == LAYOUT_NONE || load <= 0) return;
    const struct layout_node *n = &s->layout.nodes[box];
    double rim = MOST_LOAD / 2 * load;
    svg_rect(out, x + n->x - rim, y + n->y - rim, n->width + 2 * rim,
             n->height + 2 * rim, 6 + rim, (struct pen){SVG_ACCENT, NULL, 0, NULL});
}

/* The badge of a data flow: number, what protects it, threat. */
static void draw_badge(const struct scene_line *line, const struct layout_tag *tag,
                       struct buf *out, double x, double y)
{
    char number[16];
    const struct pen ink = {NULL, SVG_INK, 1.3, NULL};
    snprintf(number, sizeof number, "%u", line->number);
    svg_rect(out, x, y, tag->width, CHIP_HEIGHT, CHIP_HEIGHT / 2,
             (struct pen){SVG_PAPER, line->threat ? SVG_ALERT : SVG_LINE, 1, NULL});
    svg_text(out, x + 10.5, y + CHIP_HEIGHT * 0.74, SIZE_MARK, 1, ANCHOR_MIDDLE,
             SVG_INK, number);
    x += 18.5;
    y += CHIP_HEIGHT / 2 - 5;
    if (line->encrypted) {
        svg_icon(out, icon_lock, x, y, (struct pen){SVG_INK, SVG_INK, 1.2, NULL});
        x += SIGN_STEP;
    }
    if (line->authenticated) {
        svg_icon(out, icon_check, x, y, ink);
        x += SIGN_STEP;
    }
    if (line->unprotected) {
        svg_icon(out, icon_cross, x, y, ink);
        x += SIGN_STEP;
    }
    if (line->threat)
        svg_text(out, x + 5.5, y + 8.6, SIZE_MARK, 1, ANCHOR_MIDDLE, SVG_ALERT, "▲");
}

static const char *line_title(const struct scene *s, const struct scene_line *line)
{
    struct buf text = {0};
    for (size_t i = 0; i < line->n_flows && i < 8; i++) {
        const struct flow *f = flow_at(s->a, line->flows[i]);
        buf_printf(&text, "%s%s", i ? "; " : "",
                   name_or_id(s->arena, f->name, f->entry.id, s->lang));
    }
    if (line->n_flows > 8) buf_str(&text, "; …");
    char *copy = arena_str(s->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

static void draw_label(const struct scene *s, struct buf *out, size_t i, double x,
                       double y)
{
    const struct scene_line *line = &s->lines[i];
    const struct layout_tag *tag = &s->tags[i];
    const char *id = flow_at(s->a, line->flows[0])->entry.id;
    if (!tag->placed) return;
    x += tag->at.x;
    y += tag->at.y - tag->height / 2;
    svg_group(out, "flow", id, line_title(s, line));
    if (line->number > 0) {
        draw_badge(line, tag, out, x - tag->width / 2, y);
    } else {
        svg_rect(out, x - tag->width / 2 - 2, y, tag->width + 4, tag->height, 3,
                 (struct pen){SVG_PAPER, NULL, 0, NULL});
        svg_label(out, x, y, ANCHOR_MIDDLE, SVG_SOFT, &line->label);
    }
    svg_group_end(out);
}

/* Where positions of components are counted from, for those who move boxes. */
static void open_origin(const struct scene *s, struct buf *out, double x, double y)
{
    struct buf at = {0};
    svg_number(&at, x + s->layout.from_left);
    buf_char(&at, ' ');
    svg_number(&at, y + s->layout.from_top);
    svg_group(out, "origin", buf_text(&at), NULL);
    buf_fini(&at);
}

static void draw_picture(const struct scene *s, struct buf *out, double x, double y)
{
    open_origin(s, out, x, y);
    draw_zones(s, out, x, y);
    for (size_t i = 0; i < s->layout.n_edges; i++)
        draw_line(s, out, i, x, y);
    draw_zone_names(s, out, x, y);
    for (uint32_t i = 0; i < s->a->model->m.components.n; i++)
        draw_rim(s, out, i, x, y);
    for (size_t i = 0; i < s->layout.n_nodes; i++)
        box_draw(out, &s->boxes[i], x + s->layout.nodes[i].x, y + s->layout.nodes[i].y);
    for (size_t i = 0; i < s->layout.n_edges; i++)
        draw_label(s, out, i, x, y);
    svg_group_end(out);
}

/* ---- numbers ------------------------------------------------------------------ */

struct numbered {
    struct scene_line *line;
    const struct layout_tag *tag;
};

static int compare_badges(const void *x, const void *y)
{
    const struct numbered *a = x, *b = y;
    double rows = floor(a->tag->at.y / 24) - floor(b->tag->at.y / 24);
    if (rows < 0 || rows > 0) return rows < 0 ? -1 : 1;
    if (a->tag->at.x < b->tag->at.x || a->tag->at.x > b->tag->at.x)
        return a->tag->at.x < b->tag->at.x ? -1 : 1;
    return a->tag < b->tag ? -1 : a->tag > b->tag;
}

/* Numbers lines in the order in which the eye meets them. Returns them in that order.
 */
static struct numbered *number_lines(struct scene *s)
{
    size_t n = s->layout.n_edges;
    struct numbered *order = arena_array(s->arena, n + 1, sizeof *order);
    for (size_t i = 0; i < n; i++)
        order[i] = (struct numbered){&s->lines[i], &s->tags[i]};
    if (n > 0) qsort(order, n, sizeof *order, compare_badges);
    for (size_t i = 0; i < n; i++)
        order[i].line->number = (unsigned)i + 1;
    return order;
}

/* ---- table of flows ----------------------------------------------------------- */

/* What one line says in the table. */
struct entry_text {
    struct numbered of;
    struct label title, note;
    double height;
};

struct table {
    struct entry_text *entries;
    size_t n, columns, rows;
    double column_width, height;
};

/* Appends item to a list in text unless it is there. */
static void join_item(struct buf *text, const char **seen, size_t *n, size_t max,
                      const char *item, const char *comma)
{
    for (size_t i = 0; i < *n; i++) {
        if (strcmp(seen[i], item) == 0) return;
    }
    if (*n >= max) return;
    buf_printf(text, "%s%s", *n ? comma : "", item);
    seen[(*n)++] = item;
}

enum { MAX_ITEMS = 12, MAX_LEGEND = 12 };

static void data_of_flows(struct scene *s, const struct scene_line *line,
                          struct buf *text)
{
    const char *seen[MAX_ITEMS];
    size_t n = 0;
    const char *comma = s->lang == LANG_JA ? "、" : ", ";
    for (size_t i = 0; i < line->n_flows; i++) {
        const struct flow *f = flow_at(s->a, line->flows[i]);
        for (uint32_t k = 0; k < f->data.n; k++) {
            const struct data *d = LIST_AT(s->a->model->m.data, struct data,
                                           LIST_AT(f->data, struct ref, k)->index);
            join_item(text, seen, &n, MAX_ITEMS, text_in(d->name, s->lang), comma);
        }
        if (f->data.n == 0)
            join_item(text, seen, &n, MAX_ITEMS,
                      name_or_id(s->arena, f->name, f->entry.id, s->lang), comma);
    }
}

static void facts_of_flows(struct scene *s, const struct scene_line *line,
                           struct buf *text)
{
    const char *seen[MAX_ITEMS];
    size_t n = 0;
    const struct catalog_data *c = &s->a->catalog->c;
    const char *comma = s->lang == LANG_JA ? "、" : ", ";
    if (line->n_flows > 1) {
        if (s->lang == LANG_JA)
            buf_printf(text, "フロー%zu件：", line->n_flows);
        else
            buf_printf(text, "%zu flows: ", line->n_flows);
    }
    for (size_t i = 0; i < line->n_flows; i++) {
        const struct flow *f = flow_at(s->a, line->flows[i]);
        if (f->protocol.id)
            join_item(
                text, seen, &n, 4,
                text_in(LIST_AT(c->protocols, struct protocol, f->protocol.index)->name,
                        s->lang),
                comma);
        else if (f->carrier.id)
            join_item(
                text, seen, &n, 4,
                text_in(LIST_AT(c->carriers, struct carrier, f->carrier.index)->name,
                        s->lang),
                comma);
    }
    for (size_t i = 0; i < line->n_flows && !s->collapsed; i++) {
        const struct flow *f = flow_at(s->a, line->flows[i]);
        for (uint32_t k = 0; k < f->through.n; k++) {
            const struct component *via =
                component_at(s->a, LIST_AT(f->through, struct ref, k)->index);
            const char *name = name_or_id(s->arena, via->name, via->entry.id, s->lang);
            const char *said = s->lang == LANG_JA
                                   ? arena_printf(s->arena, "%s経由", name)
                                   : arena_printf(s->arena, "via %s", name);
            join_item(text, seen, &n, MAX_ITEMS, said, comma);
        }
    }
}

/* Both ends of a line between crowds, and what flows there. */
static void name_ends(struct scene *s, const struct scene_line *line, struct buf *title,
                      struct buf *note)
{
    static const char *const arrows[] = {"–", "→", "←", "⇄"};
    const struct layout_edge *e = &s->layout.edges[line - s->lines];
    buf_printf(title, "%s %s %s", s->boxes[e->from].title, arrows[e->head],
               s->boxes[e->to].title);
    if (line->n_flows > 1)
        buf_printf(note,
                   s->lang == LANG_JA ? "フロー%zu件：" : "%zu flows: ", line->n_flows);
    data_of_flows(s, line, note);
}

static void measure_entry(struct scene *s, struct numbered of, double width,
                          struct entry_text *entry)
{
    struct buf title = {0}, note = {0};
    if (s->collapsed) {
        name_ends(s, of.line, &title, &note);
    } else {
        data_of_flows(s, of.line, &title);
        facts_of_flows(s, of.line, &note);
    }
    entry->of = of;
    entry->title =
        figure_label(s->arena, buf_text(&title), SIZE_NOTE, 0, width - BADGE_COLUMN, 4);
    entry->note =
        figure_label(s->arena, buf_text(&note), SIZE_MARK, 0, width - BADGE_COLUMN, 4);
    entry->height = fmax(entry->title.height + entry->note.height, CHIP_HEIGHT);
    buf_fini(&title);
    buf_fini(&note);
}

/* Height of the columns when each is filled up to `limit`; the number used in *columns.
 */
static double fill_columns(const struct table *t, double limit, size_t *columns)
{
    double y = 0, most = 0;
    *columns = 1;
    for (size_t i = 0; i < t->n; i++) {
        double h = t->entries[i].height;
        if (y > 0 && y + h > limit) {
            y = 0;
            ++*columns;
        }
        y += h + ENTRY_GAP;
        most = fmax(most, y - ENTRY_GAP);
    }
    return most;
}

/* As many columns as fit the width, evenly filled. */
static struct table make_table(struct scene *s, const struct numbered *order,
                               double width)
{
    struct table t = {.n = s->layout.n_edges};
    size_t columns = (size_t)fmax(1, floor((width + GAP) / (MIN_COLUMN + GAP)));
    t.column_width = (width - (double)(columns - 1) * GAP) / (double)columns;
    t.entries = arena_array(s->arena, t.n + 1, sizeof *t.entries);
    double total = 0;
    for (size_t i = 0; i < t.n; i++) {
        measure_entry(s, order[i], t.column_width, &t.entries[i]);
        total += t.entries[i].height + ENTRY_GAP;
    }
    double limit = total / (double)columns;
    size_t used = 0;
    t.height = fill_columns(&t, limit, &used);
    while (used > columns) {
        limit += 6;
        t.height = fill_columns(&t, limit, &used);
    }
    t.columns = columns;
    return t;
}

static void draw_table(const struct table *t, struct buf *out, double x, double y)
{
    double top = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct entry_text *e = &t->entries[i];
        if (top > 0 && top + e->height > t->height + 0.1) {
            top = 0;
            x += t->column_width + GAP;
        }
        double text = x + BADGE_COLUMN;
        draw_badge(e->of.line, e->of.tag, out, x, y + top);
        svg_label(out, text, y + top, ANCHOR_START, SVG_INK, &e->title);
        svg_label(out, text, y + top + e->title.height, ANCHOR_START, SVG_SOFT,
                  &e->note);
        top += e->height + ENTRY_GAP;
    }
}

/* ---- whole figures ------------------------------------------------------------ */

// clang-format off
static const struct legend_item configuration_legend[] = {
    {SYMBOL_BORDERS, {{"border: importance low, medium, high", "枠線の太さ：重要度 低・中・高"}}},
    {SYMBOL_THREAT, {{"main threats to it (number)", "主要な脅威（件数）"}}},
    {SYMBOL_LINE, {{"connection", "接続"}}},
    {SYMBOL_DASHED, {{"wireless or removable medium", "無線・外部記憶媒体"}}},
    {SYMBOL_OUT, {{"out of scope", "対象外"}}},
};
static const struct legend_item dataflow_legend[] = {
    {SYMBOL_ARROW, {{"data flow", "データの流れ"}}},
    {SYMBOL_DASHED_ARROW, {{"wireless or removable medium", "無線・外部記憶媒体"}}},
    {SYMBOL_NUMBER, {{"number in the table", "下表の番号"}}},
    {SYMBOL_LOCK, {{"encrypted", "暗号化あり"}}},
    {SYMBOL_CHECK, {{"authenticated", "認証あり"}}},
    {SYMBOL_CROSS, {{"neither", "いずれもなし"}}},
    {SYMBOL_THREAT, {{"main threat", "主要な脅威"}}},
    {SYMBOL_BORDERS, {{"border: importance low, medium, high", "枠線の太さ：重要度 低・中・高"}}},
};
// clang-format on

// clang-format off
static const struct legend_item attacks_legend[] = {
    {SYMBOL_LOAD, {{"width: share of the successful attacks that pass", "太さ：成功した攻撃のうち通過したものの割合"}}},
    {SYMBOL_LINE, {{"connection", "接続"}}},
    {SYMBOL_DASHED, {{"wireless or removable medium", "無線・外部記憶媒体"}}},
};
// clang-format on

static const struct legend_item chain_legend[] = {
    {SYMBOL_LOAD,
     {{"passed by the chain; numbers: its steps", "連鎖が通る箇所。番号はステップ"}}},
    {SYMBOL_LINE,   {{"connection", "接続"}}                                                     },
    {SYMBOL_DASHED, {{"wireless or removable medium", "無線・外部記憶媒体"}}              },
};

static const struct legend_item zone_legend[] = {
    {SYMBOL_ARROW,        {{"data flow", "データの流れ"}}                               },
    {SYMBOL_DASHED_ARROW, {{"wireless or removable medium", "無線・外部記憶媒体"}}   },
    {SYMBOL_BEYOND,
     {{"exchanges data with another part or zone (flows)",
       "別図・別のゾーンとのデータの授受（フロー数）"}}                 },
    {SYMBOL_NUMBER,       {{"number in the table", "下表の番号"}}                        },
    {SYMBOL_LOCK,         {{"encrypted", "暗号化あり"}}                                  },
    {SYMBOL_CHECK,        {{"authenticated", "認証あり"}}                                 },
    {SYMBOL_CROSS,        {{"neither", "いずれもなし"}}                                 },
    {SYMBOL_THREAT,       {{"main threat", "主要な脅威"}}                                },
    {SYMBOL_BORDERS,
     {{"border: importance low, medium, high", "枠線の太さ：重要度 低・中・高"}}},
};

struct figure_kind {
    const char *name;
    const struct legend_item *legend;
    size_t n_legend;
    struct text title;
};

static const struct figure_kind attacks = {
    "attacks",
    attacks_legend,
    sizeof attacks_legend / sizeof(struct legend_item),
    {{"Ways of attacks", "攻撃の経路"}},
};

static const struct figure_kind chain = {
    "chain",
    chain_legend,
    sizeof chain_legend / sizeof(struct legend_item),
    {{"A chain of attack steps", "攻撃の連鎖"}},
};

static const struct figure_kind kinds[] = {
    [SCENE_CONFIGURATION] = {"configuration",
                             configuration_legend, sizeof configuration_legend / sizeof(struct legend_item),
                             {{"System configuration", "システム構成図"}}},
    [SCENE_DATAFLOW] = {"dataflow",
                             dataflow_legend,      sizeof dataflow_legend / sizeof(struct legend_item),
                             {{"Data flows", "データフロー図"}}          },
    [SCENE_ZONE] = {"zone",
                             zone_legend,          sizeof zone_legend / sizeof(struct legend_item),
                             {{"Zone in detail", "ゾーンの詳細"}}         },
};

static const struct figure_kind *kind_of(const struct scene *s)
{
    if (s->first_step) return &chain;
    return s->load ? &attacks : &kinds[s->view];
}

static char *description(const struct scene *s)
{
    const char *system = text_in(s->a->model->m.system.name, s->lang);
    if (s->lang == LANG_JA)
        return arena_printf(s->arena, "%s。ゾーン%zu、要素%zu、線%zu本。",
                            figure_text_clean(s->arena, system), s->layout.n_zones,
                            s->layout.n_nodes, s->layout.n_edges);
    return arena_printf(s->arena, "%s: %zu zones, %zu boxes, %zu lines.",
                        figure_text_clean(s->arena, system), s->layout.n_zones,
                        s->layout.n_nodes, s->layout.n_edges);
}

/* What had to be left out. */
static void say_hidden(const struct scene *s, struct buf *out)
{
    if (s->n_hidden_lines + s->n_hidden_zones == 0) return;
    if (s->lang == LANG_JA)
        buf_printf(out, "図示を省いたもの：フローの少ない線%zu本、空のゾーン%zu。",
                   s->n_hidden_lines, s->n_hidden_zones);
    else
        buf_printf(out, "Left out: %zu lines of the fewest flows, %zu empty zones. ",
                   s->n_hidden_lines, s->n_hidden_zones);
}

/* Which places of the model could not be taken. */
static void say_moved(const struct scene *s, struct buf *out)
{
    if (s->layout.is_spread)
        buf_str(out, text_in(TEXT("The places given lie too far apart; none is used. ",
                                  "指定された位置が離れすぎているため、"
                                  "いずれも用いていない。"),
                             s->lang));
    else if (s->layout.n_moved && s->lang == LANG_JA)
        buf_printf(out, "指定された位置からずらした要素：%zu（重なりを避けるため）。",
                   s->layout.n_moved);
    else if (s->layout.n_moved)
        buf_printf(out, "Moved from the place given, so that none overlaps: %zu. ",
                   s->layout.n_moved);
}

/* A remark on what is not as the model has it, or "". */
static const char *remark(const struct scene *s)
{
    struct buf text = {0};
    say_hidden(s, &text);
    say_moved(s, &text);
    const char *copy = figure_text_clean(s->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

/* 1 if the picture has what a symbol explains. */
static int is_used(const struct scene *s, enum symbol symbol)
{
    int lines = 0, boxes = 0;
    for (size_t i = 0; i < s->layout.n_edges; i++) {
        const struct scene_line *l = &s->lines[i];
        switch (symbol) {
        case SYMBOL_DASHED:
        case SYMBOL_DASHED_ARROW: lines |= l->dashed; break;
        case SYMBOL_LOCK: lines |= l->encrypted; break;
        case SYMBOL_CHECK: lines |= l->authenticated; break;
        case SYMBOL_CROSS: lines |= l->unprotected; break;
        case SYMBOL_ARROW: lines |= !l->dashed; break;
        default: lines = 1; break;
        }
    }
    for (size_t i = 0; i < s->layout.n_nodes; i++) {
        const struct box *b = &s->boxes[i];
        boxes |= symbol == SYMBOL_OUT      ? b->look == BOX_FAINT
                 : symbol == SYMBOL_THREAT ? b->chips[1].text != NULL
                 : symbol == SYMBOL_BEYOND ? b->under.n > 0
                                           : 1;
    }
    int of_boxes = symbol == SYMBOL_OUT || symbol == SYMBOL_THREAT ||
                   symbol == SYMBOL_BEYOND || symbol == SYMBOL_BORDERS;
    return of_boxes ? boxes : lines;
}

/* The legend without what the picture does not have. */
static size_t make_legend(const struct scene *s, struct legend_item legend[MAX_LEGEND])
{
    const struct figure_kind *kind = kind_of(s);
    size_t n = 0;
    for (size_t i = 0; i < kind->n_legend && n < MAX_LEGEND; i++) {
        if (is_used(s, kind->legend[i].symbol)) legend[n++] = kind->legend[i];
    }
    return n;
}

static void draw_scene(struct scene *s, struct buf *out)
{
    const struct figure_kind *kind = kind_of(s);
    int numbered = s->view != SCENE_CONFIGURATION;
    struct numbered *order = NULL;
    layout_place_tags(&s->layout, s->tags, s->arena);
    if (numbered) order = number_lines(s);
    struct table table = {0};
    struct legend_item items[MAX_LEGEND];
    size_t n_items = make_legend(s, items);
    double width = fmax(s->layout.width + 2 * MARGIN, MIN_WIDTH), height, legend;
    const char *note = remark(s);
    for (;;) { // wider, until the whole is no taller than a page
        double inner = width - 2 * MARGIN;
        if (numbered) table = make_table(s, order, inner);
        legend = legend_draw(NULL, items, n_items, 0, 0, inner, s->lang);
        height = MARGIN + s->layout.height + GAP + legend + MARGIN;
        height += table.n > 0 ? GAP + table.height : 0;
        height += *note ? 18 : 0;
        if (height <= MAX_ASPECT * width) break;
        width = ceil(width * 1.04);
    }
    double inner = width - 2 * MARGIN, y = MARGIN;
    svg_open(out, kind->name, width, height, text_in(kind->title, s->lang),
             description(s), s->lang);
    draw_picture(s, out, (width - s->layout.width) / 2, y);
    y += s->layout.height + GAP;
    y += legend_draw(out, items, n_items, MARGIN, y, inner, s->lang);
    if (*note) {
        svg_text(out, MARGIN, y + 13, SIZE_NOTE, 0, ANCHOR_START, SVG_SOFT, note);
        y += 18;
    }
    if (table.n > 0) draw_table(&table, out, MARGIN, y + GAP);
    svg_close(out);
}

static int draw_view(struct scene s, struct buf *out)
{
    struct arena arena = {0};
    s.arena = &arena;
    int drawn = scene_add_boxes(&s);
    if (drawn) {
        scene_add_lines(&s);
        layout_place(&s.layout, &arena);
        layout_place_given(&s.layout, 1, &arena);
        layout_route(&s.layout, &arena);
        draw_scene(&s, out);
    }
    arena_fini(&arena);
    return drawn;
}

int figure_is_collapsed(const struct assessment *a)
{
    return a->model->m.components.n > FIGURE_MAX_BOXES;
}

static int draw_part(const struct assessment *a, enum scene_view view,
                     const struct figure_part *part, enum lang lang, struct buf *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->model->m.components.n; i++)
        n += (uint32_t)scene_shows(part->components, i);
    return draw_view((struct scene){.a = a,
                                    .lang = lang,
                                    .view = view,
                                    .collapsed = n > FIGURE_MAX_BOXES,
                                    .only = *part},
                     out);
}

static const struct figure_part whole;

int figure_configuration(const struct assessment *a, enum lang lang, struct buf *out)
{
    return figure_configuration_part(a, &whole, lang, out);
}

int figure_configuration_part(const struct assessment *a,
                              const struct figure_part *part, enum lang lang,
                              struct buf *out)
{
    return draw_part(a, SCENE_CONFIGURATION, part, lang, out);
}

int figure_dataflow(const struct assessment *a, enum lang lang, struct buf *out)
{
    return figure_dataflow_part(a, &whole, lang, out);
}

int figure_dataflow_part(const struct assessment *a, const struct figure_part *part,
                         enum lang lang, struct buf *out)
{
    return draw_part(a, SCENE_DATAFLOW, part, lang, out);
}

void figure_attack_load(const struct graph *g, const struct tally *t, double *load)
{
    uint64_t *bins = mem_alloc(t->n_bins * sizeof *bins), all = 0;
    for (uint32_t i = 0; i < t->n_targets; i++)
        all += tally_total(t, i, bins).reached;
    for (uint32_t node = 0; all && t->has_ways && node < g->n_nodes; node++) {
        uint64_t used = 0;
        for (uint32_t i = 0; i < t->n_targets; i++)
            used += t->used[(size_t)i * t->n_nodes + node];
        double *own = &load[g->node_asset[node]];
        *own = fmax(*own, (double)used / (double)all);
    }
    free(bins);
}

int figure_attacks(const struct assessment *a, const double *load, enum lang lang,
                   struct buf *out)
{
    if (figure_is_collapsed(a)) return 0;
    return draw_view(
        (struct scene){.a = a, .lang = lang, .view = SCENE_CONFIGURATION, .load = load},
        out);
}

int figure_chain(const struct assessment *a, const uint32_t *nodes, size_t n,
                 enum lang lang, struct buf *out)
{
    struct arena own = {0};
    const struct graph *g = a->graph;
    double *load = arena_array(&own, g->n_assets, sizeof *load);
    uint32_t *first = arena_array(&own, g->n_assets, sizeof *first);
    uint32_t *last = arena_array(&own, g->n_assets, sizeof *last);
    for (size_t i = 0; i < n; i++) {
        uint32_t asset = g->node_asset[nodes[i]];
        load[asset] = 1;
        last[asset] = (uint32_t)i + 1;
        if (first[asset] == 0) first[asset] = (uint32_t)i + 1;
    }
    struct scene s = {.a = a,
                      .lang = lang,
                      .view = SCENE_CONFIGURATION,
                      .load = load,
                      .first_step = first,
                      .last_step = last};
    int drawn = !figure_is_collapsed(a) && draw_view(s, out);
    arena_fini(&own);
    return drawn;
}

unsigned figure_zone_parts(const struct assessment *a, uint32_t zone)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->model->m.components.n; i++)
        n += zone_of(a, i) == zone;
    return (n + SCENE_PART - 1) / SCENE_PART;
}

int figure_zone(const struct assessment *a, uint32_t zone, unsigned part,
                enum lang lang, struct buf *out)
{
    return draw_view(
        (struct scene){
            .a = a, .lang = lang, .view = SCENE_ZONE, .zone = zone, .part = part},
        out);
}
