// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The map of IoT-SSF: three by three tiles, from mild at the lower left to grave at the
 * upper right, with strips for "none" where someone stands there. In each tile the
 * stakeholders that stand in it, one below the other: a filled marker now, an outlined
 * one after the measures decided. Arrows and lines of targets run in the lanes between
 * the tiles, so that they never cross a name. Everything is stated once more in the
 * list below the map and in the description.
 */
#include "page/figure_int.h"

#include <math.h>
#include <string.h>

#define LEFT      74.0  // levels of axis 1
#define TOP       24.0  // title of axis 1
#define TILE      184.0 // width of a tile
#define STRIP     150.0 // width of the strip for "none"
#define LANE      6.0   // between two arrows
#define MARKER    10.0  // radius
#define TILE_PAD  10.0
#define ITEM_GAP  8.0
#define MIN_TILE  84.0 // height
#define SIZE_TILE 11.5 // names in tiles

enum { MAX_ARROWS = 8, MAX_ITEMS = 14 };

/* A stakeholder on the map. */
struct person {
    const struct map_row *row;
    const struct stakeholder *who;
    const char *letter, *name;
    struct point now, planned; // centres of the markers
    int moves, arrow;          // arrow: number of the lane, or -1
};

/* A marker with its name in a tile. */
struct item {
    struct person *person;
    int planned;
    struct label name, remark;
    double height;
};

struct tile {
    struct item *items;
    size_t n, hidden;
    double height;
};

struct map {
    const struct assessment *a;
    struct arena arena;
    enum lang lang;
    struct text after;    // what the position after is called
    const uint8_t *shown; // stakeholders, by index; NULL: all
    struct person *people;
    size_t n_people, n_arrows;
    struct tile tiles[N_LEVELS][N_LEVELS]; // [recovery][economic]
    int first_row, first_column;           // 0 if "none" is shown, else 1
    double x[N_LEVELS], width[N_LEVELS];   // tiles, by economic level
    double y[N_LEVELS], height[N_LEVELS];  // by recovery level
    double across, between; // width of vertical, height of horizontal lanes
    double right, bottom;
};

/* ---- people ------------------------------------------------------------------- */

/* A, B, ... Z, A2, B2, ... */
static const char *letter_of(struct map *m, size_t i)
{
    if (i < 26) return arena_printf(&m->arena, "%c", (char)('A' + i));
    return arena_printf(&m->arena, "%c%zu", (char)('A' + i % 26), i / 26 + 1);
}

static int same_position(struct position a, struct position b)
{
    return a.recovery == b.recovery && a.economic == b.economic;
}

static void add_people(struct map *m)
{
    const struct list *rows = &m->a->map;
    m->people = arena_array(&m->arena, rows->n + 1, sizeof *m->people);
    for (uint32_t i = 0; i < rows->n; i++) {
        const struct map_row *row = LIST_AT(*rows, struct map_row, i);
        if (row->form || (m->shown && !m->shown[row->stakeholder])) continue;
        struct person *p = &m->people[m->n_people];
        p->row = row;
        p->who =
            LIST_AT(m->a->model->m.stakeholders, struct stakeholder, row->stakeholder);
        p->letter = letter_of(m, m->n_people++);
        p->name = name_or_id(&m->arena, p->who->name, p->who->entry.id, m->lang);
        p->moves = !same_position(row->now, row->planned);
        p->arrow = -1;
        if (p->moves && m->n_arrows < MAX_ARROWS) p->arrow = (int)m->n_arrows++;
    }
}

/* ---- tiles -------------------------------------------------------------------- */

static double tile_width(int economic)
{
    return economic == LEVEL_NONE ? STRIP : TILE;
}

static void add_item(struct map *m, struct person *p, int planned)
{
    struct position at = planned ? p->row->planned : p->row->now;
    struct tile *t = &m->tiles[at.recovery][at.economic];
    double room = tile_width(at.economic) - 2 * TILE_PAD - 2 * MARKER - 6;
    int above = p->row->has_target &&
                !(planned ? p->row->planned_within : p->row->within_target);
    if (t->n >= MAX_ITEMS) {
        t->hidden++;
        return;
    }
    if (!t->items) t->items = arena_array(&m->arena, MAX_ITEMS, sizeof *t->items);
    struct item *item = &t->items[t->n++];
    *item = (struct item){.person = p, .planned = planned};
    item->name = figure_label(&m->arena, p->name, SIZE_TILE, !planned, room, 4);
    if (above)
        item->remark = figure_label(
            &m->arena, text_in(TEXT("▲ above target", "▲ 目標を超過"), m->lang),
            SIZE_MARK, 1, room, 1);
    item->height = fmax(item->name.height + item->remark.height, 2 * MARKER);
    t->height += item->height + ITEM_GAP;
}

static void fill_tiles(struct map *m)
{
    m->first_row = m->first_column = 1;
    for (size_t i = 0; i < m->n_people; i++)
        add_item(m, &m->people[i], 0);
    for (size_t i = 0; i < m->n_people; i++) {
        if (m->people[i].moves) add_item(m, &m->people[i], 1);
    }
    for (int level = 0; level < N_LEVELS; level++) {
        if (m->tiles[LEVEL_NONE][level].n) m->first_row = 0;
        if (m->tiles[level][LEVEL_NONE].n) m->first_column = 0;
    }
    for (size_t i = 0; i < m->n_people; i++) {
        const struct target *target = &m->people[i].who->target;
        if (m->people[i].row->has_target && target->recovery == LEVEL_NONE)
            m->first_row = 0;
        if (m->people[i].row->has_target && target->economic == LEVEL_NONE)
            m->first_column = 0;
    }
}

static void set_sizes(struct map *m)
{
    m->across = 16 + LANE * (double)m->n_arrows;
    m->between = 22 + LANE * (double)m->n_arrows;
    double x = LEFT, y = TOP;
    for (int c = m->first_column; c < N_LEVELS; c++) {
        x += m->across;
        m->x[c] = x;
        m->width[c] = tile_width(c);
        x += m->width[c];
    }
    for (int r = N_LEVELS - 1; r >= m->first_row; r--) {
        y += r == LEVEL_WORST ? 14 : m->between; // nothing moves upwards
        double tallest = r == LEVEL_NONE ? 36 : MIN_TILE;
        for (int c = m->first_column; c < N_LEVELS; c++)
            tallest = fmax(tallest, m->tiles[r][c].height - ITEM_GAP + 2 * TILE_PAD +
                                        (m->tiles[r][c].hidden ? 16 : 0));
        m->y[r] = y;
        m->height[r] = tallest;
        y += tallest;
    }
    m->right = x + 10;
    m->bottom = y;
}

static void place_markers(struct map *m)
{
    for (int r = m->first_row; r < N_LEVELS; r++) {
        for (int c = m->first_column; c < N_LEVELS; c++) {
            struct tile *t = &m->tiles[r][c];
            double y = m->y[r] + TILE_PAD;
            for (size_t i = 0; i < t->n; i++) {
                struct point at = {m->x[c] + TILE_PAD + MARKER, y + MARKER};
                if (t->items[i].planned)
                    t->items[i].person->planned = at;
                else
                    t->items[i].person->now = at;
                y += t->items[i].height + ITEM_GAP;
            }
        }
    }
}

/* ---- drawing ------------------------------------------------------------------ */

static void draw_tile(struct map *m, struct buf *out, int r, int c)
{
    static const char *const tints[] = {
        "var(--fig-tint-1, #e4f0e8)", "var(--fig-tint-2, #f3f1d8)",
        "var(--fig-tint-3, #fbe6c2)", "var(--fig-tint-4, #f8d2b4)",
        "var(--fig-tint-5, #f0b8a8)"};
    int grade = r + c - 2;
    const char *fill = r == 0 || c == 0 ? SVG_ZONE : tints[grade];
    svg_rect(out, m->x[c], m->y[r], m->width[c], m->height[r], 8,
             (struct pen){.fill = fill});
}

static void draw_marker(struct buf *out, struct point at, const char *letter,
                        int filled)
{
    double size = strlen(letter) > 1 ? SIZE_MARK - 1 : SIZE_NAME;
    svg_circle(out, at.x, at.y, MARKER,
               (struct pen){filled ? SVG_ACCENT : SVG_PAPER, SVG_ACCENT, 1.8, NULL});
    svg_text(out, at.x, at.y + size * 0.36, size, 1, ANCHOR_MIDDLE,
             filled ? SVG_ON_ACCENT : SVG_ACCENT, letter);
}

static void draw_items(struct map *m, struct buf *out, int r, int c)
{
    const struct tile *t = &m->tiles[r][c];
    for (size_t i = 0; i < t->n; i++) {
        const struct item *item = &t->items[i];
        const struct person *p = item->person;
        struct point at = item->planned ? p->planned : p->now;
        double top = at.y - MARKER, text = item->name.height + item->remark.height;
        double left = at.x + MARKER + 6, y = top + fmax(0, (2 * MARKER - text) / 2);
        svg_group(out, item->planned ? "planned" : "stakeholder", p->who->entry.id,
                  p->name);
        draw_marker(out, at, p->letter, !item->planned);
        svg_label(out, left, y, ANCHOR_START, SVG_INK, &item->name);
        svg_label(out, left, y + item->name.height, ANCHOR_START, SVG_INK,
                  &item->remark);
        svg_group_end(out);
    }
    if (t->hidden > 0)
        svg_text(out, m->x[c] + TILE_PAD, m->y[r] + m->height[r] - 8, SIZE_NOTE, 0,
                 ANCHOR_START, SVG_SOFT, arena_printf(&m->arena, "+ %zu", t->hidden));
}

/* Right angles in the lanes, from marker to marker. */
static void draw_move(struct map *m, struct buf *out, const struct person *p)
{
    struct position from = p->row->now, to = p->row->planned;
    double lane = 8 + LANE * p->arrow;
    double x1 = m->x[from.economic] - m->across + lane + 3;
    double x2 = m->x[to.economic] - m->across + lane + 3;
    double below = m->y[from.recovery] + m->height[from.recovery] + lane - 3;
    double tip = p->planned.x - MARKER - 2;
    struct point route[] = {
        {p->now.x - MARKER, p->now.y    },
        {x1,                p->now.y    },
        {x1,                below       },
        {x2,                below       },
        {x2,                p->planned.y},
        {tip - 5,           p->planned.y},
    };
    struct point straight[] = {route[0], route[1], route[4], route[5]};
    const struct pen pen = {NULL, SVG_ACCENT, 1.6, NULL};
    if (p->arrow < 0) return;
    if (from.economic == to.economic)
        svg_route(out, straight, 4, 5, pen);
    else
        svg_route(out, route, 6, 5, pen);
    svg_arrow(out, route[4], (struct point){tip, p->planned.y}, 8, SVG_ACCENT);
}

/* ---- targets ------------------------------------------------------------------ */

/* Letters of those who have this target, "" if none has. */
static const char *letters_with_target(struct map *m, int recovery, int economic)
{
    struct buf letters = {0};
    size_t n = 0;
    for (size_t i = 0; i < m->n_people; i++) {
        const struct person *p = &m->people[i];
        if (!p->row->has_target || p->who->target.recovery != recovery ||
            p->who->target.economic != economic)
            continue;
        if (n++ < 12) buf_printf(&letters, " %s", p->letter);
    }
    if (n > 12) buf_str(&letters, " …");
    char *copy = arena_str(&m->arena, buf_text(&letters));
    buf_fini(&letters);
    return copy;
}

/* The line around what is within a target. */
static struct point target_corner(const struct map *m, int r, int c, double off)
{
    return (struct point){m->x[c] + m->width[c] + 5 + off, m->y[r] - 6 - off};
}

static void draw_target_line(const struct map *m, struct buf *out, int r, int c,
                             double off)
{
    struct point corner = target_corner(m, r, c, off);
    double x0 = LEFT + 4 - off, y1 = m->bottom + 6 + off;
    svg_rect(out, x0, corner.y, corner.x - x0, y1 - corner.y, 8,
             (struct pen){NULL, SVG_ACCENT, 2, "7 4"});
}

static void draw_target_tag(struct map *m, struct buf *out, int r, int c, double off)
{
    struct point corner = target_corner(m, r, c, off);
    const char *text =
        arena_printf(&m->arena, "%s%s", text_in(TEXT("target of", "目標"), m->lang),
                     letters_with_target(m, r, c));
    double width = figure_text_width(text, strlen(text), SIZE_MARK, 1);
    double right = corner.x - 12;
    svg_rect(out, right - width - 6, corner.y - 8, width + 12, 16, 8,
             (struct pen){SVG_PAPER, SVG_ACCENT, 1.2, NULL});
    svg_text(out, right - width / 2, corner.y + 3.8, SIZE_MARK, 1, ANCHOR_MIDDLE,
             SVG_ACCENT, text);
}

/* All lines, then all tags, so that no line crosses a tag out. */
static void draw_targets(struct map *m, struct buf *out)
{
    for (int tags = 0; tags < 2; tags++) {
        int number = 0;
        for (int r = m->first_row; r < N_LEVELS; r++) {
            for (int c = m->first_column; c < N_LEVELS; c++) {
                double off = 2.0 * (number % 3); // so that lines stay apart
                if (!*letters_with_target(m, r, c)) continue;
                number++;
                if (tags)
                    draw_target_tag(m, out, r, c, off);
                else
                    draw_target_line(m, out, r, c, off);
            }
        }
    }
}

/* ---- axes --------------------------------------------------------------------- */

static void draw_axes(struct map *m, struct buf *out)
{
    for (int r = m->first_row; r < N_LEVELS; r++) {
        struct label level =
            figure_label(&m->arena, text_in(choice_text(&recovery_levels, r), m->lang),
                         SIZE_NAME, 1, LEFT - 12, 2);
        svg_label(out, LEFT - 10, m->y[r] + (m->height[r] - level.height) / 2,
                  ANCHOR_END, SVG_INK, &level);
    }
    for (int c = m->first_column; c < N_LEVELS; c++) {
        struct label level =
            figure_label(&m->arena, text_in(choice_text(&economic_levels, c), m->lang),
                         SIZE_NAME, 1, m->width[c], 1);
        svg_label(out, m->x[c] + m->width[c] / 2, m->bottom + 16, ANCHOR_MIDDLE,
                  SVG_INK, &level);
    }
    svg_text(
        out, 4, 14, SIZE_NOTE, 0, ANCHOR_START, SVG_SOFT,
        text_in(TEXT("↑ axis 1: difficulty of recovery", "↑ 第1軸 回復困難性の度合い"),
                m->lang));
    svg_text(out, m->right - 6, m->bottom + 48, SIZE_NOTE, 0, ANCHOR_END, SVG_SOFT,
             text_in(TEXT("axis 2: economic impact →", "第2軸 経済的影響の度合い →"),
                     m->lang));
}

/* ---- list --------------------------------------------------------------------- */

static const char *position_text(struct map *m, struct position p)
{
    return arena_printf(&m->arena, "%s × %s",
                        text_in(choice_text(&recovery_levels, p.recovery), m->lang),
                        text_in(choice_text(&economic_levels, p.economic), m->lang));
}

/* "fatal x serious -> limited x limited (target limited x limited)" */
static const char *person_text(struct map *m, const struct person *p)
{
    struct position target = {p->who->target.recovery, p->who->target.economic};
    const char *now = position_text(m, p->row->now);
    const char *then = position_text(m, p->row->planned);
    const char *aim = p->row->has_target
                          ? arena_printf(&m->arena, "%s%s",
                                         text_in(TEXT("; target ", "／目標 "), m->lang),
                                         position_text(m, target))
                          : text_in(TEXT("; no target", "／目標なし"), m->lang);
    return arena_printf(&m->arena, "%s%s%s%s", now, p->moves ? " → " : "",
                        p->moves ? then : "", aim);
}

/* Where forms of use put the stakeholder elsewhere. */
static const char *forms_text(struct map *m, const struct person *p)
{
    struct buf text = {0};
    for (uint32_t i = 0; i < m->a->map.n; i++) {
        const struct map_row *row = LIST_AT(m->a->map, struct map_row, i);
        if (!row->form || row->stakeholder != p->row->stakeholder ||
            same_position(row->now, p->row->now) || text.len > 400)
            continue;
        buf_printf(&text, "%s%s: %s", text.len ? "; " : "",
                   name_or_id(&m->arena, row->form->name, row->form->entry.id, m->lang),
                   position_text(m, row->now));
    }
    char *copy = arena_str(&m->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

/* The list of people in two columns; returns its height. Only measures without out. */
static double draw_list(struct map *m, struct buf *out, double y)
{
    double column = (m->right - 28) / 2, top[2] = {y, y};
    for (size_t i = 0; i < m->n_people; i++) {
        const struct person *p = &m->people[i];
        int k = i >= (m->n_people + 1) / 2;
        double x = 8 + k * (column + 12), left = x + 2 * MARKER + 8;
        double room = column - 2 * MARKER - 8;
        struct label name = figure_label(&m->arena, p->name, SIZE_NOTE, 1, room, 2);
        struct label state =
            figure_label(&m->arena, person_text(m, p), SIZE_NOTE, 0, room, 2);
        struct label forms =
            figure_label(&m->arena, forms_text(m, p), SIZE_MARK, 0, room, 3);
        if (out) {
            draw_marker(out, (struct point){x + MARKER, top[k] + MARKER}, p->letter, 1);
            svg_label(out, left, top[k], ANCHOR_START, SVG_INK, &name);
            svg_label(out, left, top[k] + name.height, ANCHOR_START, SVG_SOFT, &state);
            svg_label(out, left, top[k] + name.height + state.height, ANCHOR_START,
                      SVG_SOFT, &forms);
        }
        top[k] += fmax(name.height + state.height + forms.height, 2 * MARKER) + 8;
    }
    return fmax(top[0], top[1]) - y;
}

/* ---- whole -------------------------------------------------------------------- */

static const char *map_description(struct map *m)
{
    struct buf text = {0};
    for (size_t i = 0; i < m->n_people; i++)
        buf_printf(&text, "%s %s: %s. ", m->people[i].letter, m->people[i].name,
                   person_text(m, &m->people[i]));
    char *copy = arena_str(&m->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

/* 1 if the map has what a symbol explains. */
static int is_used(const struct map *m, enum symbol symbol)
{
    int moves = 0, targets = 0;
    for (size_t i = 0; i < m->n_people; i++) {
        moves |= m->people[i].moves;
        targets |= m->people[i].row->has_target;
    }
    return symbol == SYMBOL_NOW ? 1 : symbol == SYMBOL_TARGET ? targets : moves;
}

static void draw_map(struct map *m, struct buf *out)
{
    // clang-format off
    const struct legend_item all[] = {
        {SYMBOL_NOW, {{"now", "現在の位置"}}},
        {SYMBOL_PLANNED, m->after},
        {SYMBOL_MOVE, {{"change", "変化"}}},
        {SYMBOL_TARGET, {{"target: within this line", "目標（線の内側）"}}},
    };
    // clang-format on
    struct legend_item items[sizeof all / sizeof *all];
    size_t n_legend = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (is_used(m, all[i].symbol)) items[n_legend++] = all[i];
    }
    double below = m->bottom + 62, width = m->right - 12;
    double legend_height = legend_draw(NULL, items, n_legend, 8, 0, width, m->lang);
    double list = below + legend_height + 26;
    svg_open(out, "map", m->right, list + draw_list(m, NULL, 0) + 4,
             text_in(TEXT("Risk map", "リスクのマッピング結果"), m->lang),
             map_description(m), m->lang);
    for (int r = m->first_row; r < N_LEVELS; r++) {
        for (int c = m->first_column; c < N_LEVELS; c++)
            draw_tile(m, out, r, c);
    }
    draw_axes(m, out);
    draw_targets(m, out);
    for (size_t i = 0; i < m->n_people; i++)
        draw_move(m, out, &m->people[i]);
    for (int r = m->first_row; r < N_LEVELS; r++) {
        for (int c = m->first_column; c < N_LEVELS; c++)
            draw_items(m, out, r, c);
    }
    legend_draw(out, items, n_legend, 8, below, width, m->lang);
    svg_text(out, 8, list - 8, SIZE_NOTE, 0, ANCHOR_START, SVG_SOFT,
             text_in(TEXT("Positions: difficulty of recovery × economic impact",
                          "位置の表記：回復困難性の度合い × 経済的影響の度合い"),
                     m->lang));
    draw_list(m, out, list);
    svg_close(out);
}

static int draw(struct map m, struct buf *out)
{
    add_people(&m);
    if (m.n_people > 0) {
        fill_tiles(&m);
        set_sizes(&m);
        place_markers(&m);
        draw_map(&m, out);
    }
    int drawn = m.n_people > 0;
    arena_fini(&m.arena);
    return drawn;
}

static const struct text after_decided = {
    {"with decided measures", "決定した対策の実施後"}
};

int figure_map(const struct assessment *a, enum lang lang, struct buf *out)
{
    return figure_map_after(a, after_decided, lang, out);
}

int figure_map_after(const struct assessment *a, struct text after, enum lang lang,
                     struct buf *out)
{
    return draw((struct map){.a = a, .lang = lang, .after = after}, out);
}

int figure_map_part(const struct assessment *a, const struct figure_part *part,
                    enum lang lang, struct buf *out)
{
    return draw(
        (struct map){
            .a = a, .lang = lang, .after = after_decided, .shown = part->stakeholders},
        out);
}
