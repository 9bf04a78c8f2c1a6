// SPDX-License-Identifier: Apache-2.0
/*
 * Lays lines along a lattice, around boxes, each in a lane of its own. A line is the
 * cheapest path (A*) over states (point, direction): steps, bends and crossings cost.
 * Lines first may overlap; then those that do are laid again and again while sharing
 * becomes dearer, and places that were fought over keep a price (negotiated congestion,
 * McMurchie and Ebeling, PathFinder, 1995). What still overlaps in the end is left so.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "page/figure_layout.h"

enum { RIGHT, DOWN, LEFT, UP, N_DIRECTIONS };
enum {
    CROWDED = 60,       // lines
    MAX_ROUNDS = 9,     // of laying again
    MAX_IDLE = 2,       // of them without fewer lines that overlap
    MAX_WORK = 1500000, // states expanded before another round begins: about 0.2 s
};

// crossings and lanes make ways dearer than they are long: search is told so
#define HASTE         1.5f
#define HASTE_CROWDED 2.2f // of more lines than CROWDED
#define COST_BEND     3.0f
#define COST_CROSSING 2.2f
#define COST_HEAD     14.0f // over the name of a zone
#define COST_NEAR     0.6f  // close along a box
#define COST_CLOSE    1.7f  // in the lane next to another line

/* A point of the lattice: who is there. */
struct spot {
    uint8_t blocked;
    float extra;       // soft cost of being here
    uint16_t along[2]; // lines that run straight through: horizontally, vertically
    uint16_t bends;    // lines that bend or end here
    uint16_t uses[2];  // lines on the step to the right, down
    float price[2];    // of these steps, sharing aside: length, lines close by, history
};

/* What the search knows of a state; valid if stamp is the current one. */
struct state {
    float cost;
    uint32_t from; // state, or NO_STATE at the start
    uint32_t stamp;
    uint8_t closed;
};

struct entry {
    float key;
    uint32_t state;
};

#define NO_STATE UINT32_MAX

struct box_on_lattice {
    int x0, y0, x1, y1, tab; // tab: first column of what stands on the upper border
};

struct router {
    struct layout *layout;
    int width, height; // points
    struct spot *spots;
    struct state *states;
    struct box_on_lattice *boxes;
    struct entry *heap;
    size_t n_heap, cap_heap;
    uint32_t stamp;
    float sharing; // price of a step that another line uses
    float haste;
    uint32_t work; // states expanded
};

static const int step_x[] = {1, 0, -1, 0}, step_y[] = {0, 1, 0, -1};

static uint32_t spot_at(const struct router *r, int x, int y)
{
    return (uint32_t)(y * r->width + x);
}

/* ---- heap --------------------------------------------------------------------- */

static void heap_push(struct router *r, float key, uint32_t state)
{
    if (r->n_heap == r->cap_heap) {
        r->cap_heap = r->cap_heap ? 2 * r->cap_heap : 1024;
        r->heap = mem_grow(r->heap, r->cap_heap * sizeof *r->heap);
    }
    size_t i = r->n_heap++;
    while (i > 0 && r->heap[(i - 1) / 2].key > key) {
        r->heap[i] = r->heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    r->heap[i] = (struct entry){key, state};
}

static uint32_t heap_pop(struct router *r)
{
    uint32_t top = r->heap[0].state;
    struct entry last = r->heap[--r->n_heap];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= r->n_heap) break;
        if (child + 1 < r->n_heap && r->heap[child + 1].key < r->heap[child].key)
            child++;
        if (r->heap[child].key >= last.key) break;
        r->heap[i] = r->heap[child];
        i = child;
    }
    if (r->n_heap > 0) r->heap[i] = last;
    return top;
}

/* ---- costs -------------------------------------------------------------------- */

/* The step from a point in a direction: whose it is (right or down of a spot). */
static struct spot *step_owner(const struct router *r, int x, int y, int direction,
                               int *axis)
{
    *axis = direction % 2;
    if (direction == LEFT) x--;
    if (direction == UP) y--;
    return &r->spots[spot_at(r, x, y)];
}

static float cost_of_step(const struct router *r, int x, int y, int direction)
{
    int axis;
    const struct spot *owner = step_owner(r, x, y, direction, &axis);
    return owner->price[axis] + r->sharing * (float)owner->uses[axis];
}

/* Makes the steps in the lanes on both sides dearer: labels need more than one lane. */
static void crowd(struct router *r, uint32_t owner, int axis, float by)
{
    int x = (int)owner % r->width, y = (int)owner / r->width;
    int at = axis == 0 ? y : x, end = axis == 0 ? r->height : r->width;
    uint32_t beside = axis == 0 ? (uint32_t)r->width : 1;
    if (at > 0) r->spots[owner - beside].price[axis] += by;
    if (at + 1 < end) r->spots[owner + beside].price[axis] += by;
}

/* Of passing through a point that was entered in one direction and is left in another.
 */
static float cost_of_passing(const struct router *r, const struct spot *s, int in,
                             int out)
{
    if (in != out)
        return COST_BEND + r->sharing * (float)(s->along[0] + s->along[1] + s->bends);
    return COST_CROSSING * (float)s->along[1 - out % 2] + r->sharing * (float)s->bends;
}

/* ---- ports -------------------------------------------------------------------- */

/* 1 if a line may leave box b from its border point x, y in a direction. */
static int is_port(const struct box_on_lattice *b, int x, int y, int direction)
{
    switch (direction) {
    case RIGHT: return x == b->x1 && y > b->y0 && y < b->y1;
    case LEFT: return x == b->x0 && y > b->y0 && y < b->y1;
    case DOWN: return y == b->y1 && x > b->x0 && x < b->x1;
    default: return y == b->y0 && x > b->x0 && x < b->x1 && x < b->tab;
    }
}

/* The middle of a side is the best place for a line. */
static float cost_of_port(const struct box_on_lattice *b, int x, int y, int direction)
{
    double off = direction % 2 ? fabs(x - (b->x0 + b->x1) / 2.0)
                               : fabs(y - (b->y0 + b->y1) / 2.0);
    return (float)(0.25 * off);
}

/* ---- search ------------------------------------------------------------------- */

/*
 * What is left to a box at least, for one who moves in a direction: steps, and bends
 * (none straight ahead, one round a corner, two to turn about or get into line).
 */
static float least_cost(const struct box_on_lattice *b, int x, int y, int direction)
{
    int dx = x < b->x0 ? b->x0 - x : x > b->x1 ? b->x1 - x : 0;
    int dy = y < b->y0 ? b->y0 - y : y > b->y1 ? b->y1 - y : 0;
    int ahead = step_x[direction] * dx + step_y[direction] * dy;
    int aside = direction % 2 ? dx : dy;
    int bends = ahead < 0 ? 2 : aside == 0 ? (ahead == 0) : 1;
    return (float)(abs(dx) + abs(dy)) + COST_BEND * (float)bends;
}

static void reach(struct router *r, int x, int y, int direction, float cost,
                  uint32_t from, const struct box_on_lattice *goal)
{
    uint32_t state = spot_at(r, x, y) * N_DIRECTIONS + (uint32_t)direction;
    struct state *s = &r->states[state];
    if (s->stamp == r->stamp && (s->closed || s->cost <= cost)) return;
    *s = (struct state){cost, from, r->stamp, 0};
    heap_push(r, cost + r->haste * least_cost(goal, x, y, direction), state);
}

static void leave_box(struct router *r, const struct box_on_lattice *b, int x, int y,
                      int direction, const struct box_on_lattice *goal)
{
    int nx = x + step_x[direction], ny = y + step_y[direction];
    if (!is_port(b, x, y, direction) || r->spots[spot_at(r, nx, ny)].blocked) return;
    float cost = cost_of_port(b, x, y, direction) + cost_of_step(r, x, y, direction);
    reach(r, nx, ny, direction, cost, NO_STATE, goal);
}

static void start(struct router *r, const struct box_on_lattice *b,
                  const struct box_on_lattice *goal)
{
    r->stamp++;
    r->n_heap = 0;
    for (int x = b->x0 + 1; x < b->x1; x++) {
        leave_box(r, b, x, b->y0, UP, goal);
        leave_box(r, b, x, b->y1, DOWN, goal);
    }
    for (int y = b->y0 + 1; y < b->y1; y++) {
        leave_box(r, b, b->x0, y, LEFT, goal);
        leave_box(r, b, b->x1, y, RIGHT, goal);
    }
}

/* An end of a line: the last state, and the direction into the box. */
struct arrival {
    float cost;
    uint32_t state;
    int direction;
};

static void expand(struct router *r, uint32_t state, const struct box_on_lattice *goal,
                   struct arrival *best)
{
    struct state *s = &r->states[state];
    int in = (int)(state % N_DIRECTIONS);
    uint32_t at = state / N_DIRECTIONS;
    int x = (int)at % r->width, y = (int)at / r->width;
    const struct spot *here = &r->spots[at];
    s->closed = 1;
    r->work++;
    for (int out = 0; out < N_DIRECTIONS; out++) {
        int nx = x + step_x[out], ny = y + step_y[out];
        if ((out + 2) % N_DIRECTIONS == in || nx < 0 || ny < 0 || nx >= r->width ||
            ny >= r->height)
            continue;
        float cost =
            s->cost + cost_of_passing(r, here, in, out) + cost_of_step(r, x, y, out);
        if (is_port(goal, nx, ny, (out + 2) % N_DIRECTIONS)) {
            cost += cost_of_port(goal, nx, ny, out);
            if (cost < best->cost) *best = (struct arrival){cost, state, out};
        } else if (!r->spots[spot_at(r, nx, ny)].blocked) {
            cost += r->spots[spot_at(r, nx, ny)].extra;
            reach(r, nx, ny, out, cost, state, goal);
        }
    }
}

static struct arrival search(struct router *r, const struct box_on_lattice *from,
                             const struct box_on_lattice *goal)
{
    struct arrival best = {HUGE_VALF, NO_STATE, 0};
    start(r, from, goal);
    while (r->n_heap > 0 && r->heap[0].key < best.cost) {
        uint32_t state = heap_pop(r);
        if (!r->states[state].closed) expand(r, state, goal, &best);
    }
    return best;
}

/* ---- lines -------------------------------------------------------------------- */

/* A line on the lattice: its points, border points of both boxes included. */
struct line {
    uint32_t *points;
    size_t n, cap;
    int length; // straight distance between the boxes, for the order of laying
    uint32_t edge;
};

static void add_point(struct line *line, uint32_t point)
{
    *(uint32_t *)mem_push(&line->points, &line->n, &line->cap, sizeof point) = point;
}

/* Writes the path that ends with an arrival into the line, from start to end. */
static void keep_path(struct router *r, const struct arrival *end, struct line *line)
{
    line->n = 0;
    if (end->state == NO_STATE) return;
    uint32_t at = end->state / N_DIRECTIONS, first = end->state;
    int w = r->width;
    const int offset[] = {1, w, -1, -w};
    add_point(line, (uint32_t)((int)at + offset[end->direction]));
    for (uint32_t s = end->state; s != NO_STATE; s = r->states[s].from) {
        add_point(line, s / N_DIRECTIONS);
        first = s;
    }
    int back = (int)(first / N_DIRECTIONS) - offset[first % N_DIRECTIONS];
    add_point(line, (uint32_t)back);
    for (size_t i = 0, k = line->n - 1; i < k; i++, k--) {
        uint32_t swap = line->points[i];
        line->points[i] = line->points[k];
        line->points[k] = swap;
    }
}

/* Adds or takes away (by = -1) a line on the lattice. */
static void occupy(struct router *r, const struct line *line, int by)
{
    for (size_t i = 0; i + 1 < line->n; i++) {
        uint32_t a = line->points[i], b = line->points[i + 1];
        int axis = a + 1 == b || b + 1 == a ? 0 : 1;
        struct spot *owner = &r->spots[a < b ? a : b];
        owner->uses[axis] = (uint16_t)(owner->uses[axis] + by);
        if (owner->uses[axis] == (by > 0)) // the first came, or the last went
            crowd(r, a < b ? a : b, axis, by > 0 ? COST_CLOSE : -COST_CLOSE);
        if (i == 0) continue;
        uint32_t before = line->points[i - 1];
        struct spot *s = &r->spots[a];
        if (a - before == b - a)
            s->along[axis] = (uint16_t)(s->along[axis] + by);
        else
            s->bends = (uint16_t)(s->bends + by);
    }
}

/* 1 if the line shares a step or a bend with another; raises the price of such places.
 */
static int is_fought_over(struct router *r, const struct line *line)
{
    int fought = 0;
    for (size_t i = 0; i + 1 < line->n; i++) {
        uint32_t a = line->points[i], b = line->points[i + 1];
        int axis = a + 1 == b || b + 1 == a ? 0 : 1;
        struct spot *owner = &r->spots[a < b ? a : b];
        const struct spot *s = &r->spots[a];
        if (owner->uses[axis] > 1) {
            owner->price[axis] += 0.7f;
            fought = 1;
        }
        if (s->bends > 0 && s->bends + s->along[0] + s->along[1] > 1) fought = 1;
    }
    return fought;
}

static int compare_lines(const void *x, const void *y)
{
    const struct line *a = x, *b = y;
    if (a->length != b->length) return a->length - b->length;
    return a->edge < b->edge ? -1 : a->edge > b->edge;
}

static void lay(struct router *r, struct line *line)
{
    const struct layout_edge *e = &r->layout->edges[line->edge];
    struct arrival end = search(r, &r->boxes[e->from], &r->boxes[e->to]);
    keep_path(r, &end, line);
    occupy(r, line, 1);
}

static void negotiate(struct router *r, struct line *lines, size_t n)
{
    size_t least = n;
    r->sharing = 1.5f;
    r->haste = n > CROWDED ? HASTE_CROWDED : HASTE;
    for (size_t i = 0; i < n; i++)
        lay(r, &lines[i]);
    for (int round = 0, idle = 0;
         round < MAX_ROUNDS && idle < MAX_IDLE && r->work < MAX_WORK; round++) {
        size_t again = 0;
        r->sharing *= 1.6f;
        for (size_t i = 0; i < n; i++) {
            if (!is_fought_over(r, &lines[i])) continue;
            again++;
            occupy(r, &lines[i], -1);
            lay(r, &lines[i]);
        }
        if (again == 0) break;
        idle = again < least ? 0 : idle + 1;
        least = again < least ? again : least;
    }
}

/* ---- lattice ------------------------------------------------------------------ */

static void mark_box(struct router *r, const struct box_on_lattice *b)
{
    for (int y = b->y0 - 1; y <= b->y1 + 1; y++) {
        for (int x = b->x0 - 1; x <= b->x1 + 1; x++) {
            struct spot *s = &r->spots[spot_at(r, x, y)];
            int inside = x >= b->x0 && x <= b->x1 && y >= b->y0 && y <= b->y1;
            int under_tab = y == b->y0 - 1 && x >= b->tab - 1 && x <= b->x1;
            if (inside || under_tab) s->blocked = 1;
            s->extra += COST_NEAR;
        }
    }
}

static void mark_head(struct router *r, const struct layout_zone *z)
{
    int x0 = (int)(z->x / LATTICE), y0 = (int)(z->y / LATTICE);
    int x1 = (int)((z->x + z->label_width + 16) / LATTICE);
    int y1 = (int)((z->y + z->label_height + 8) / LATTICE);
    for (int y = y0 + 1; y <= y1 && y < r->height; y++) {
        for (int x = x0 + 1; x <= x1 && x < r->width; x++)
            r->spots[spot_at(r, x, y)].extra += COST_HEAD;
    }
}

static void make_lattice(struct router *r, struct arena *a)
{
    const struct layout *l = r->layout;
    r->width = (int)(l->width / LATTICE) + 1;
    r->height = (int)(l->height / LATTICE) + 1;
    size_t n = (size_t)r->width * (size_t)r->height;
    r->spots = arena_array(a, n, sizeof *r->spots);
    for (size_t i = 0; i < n; i++)
        r->spots[i].price[0] = r->spots[i].price[1] = 1;
    r->states = arena_array(a, n * N_DIRECTIONS, sizeof *r->states);
    r->boxes = arena_array(a, l->n_nodes + 1, sizeof *r->boxes);
    for (size_t i = 0; i < l->n_nodes; i++) {
        const struct layout_node *node = &l->nodes[i];
        struct box_on_lattice *b = &r->boxes[i];
        b->x0 = (int)lround(node->x / LATTICE);
        b->y0 = (int)lround(node->y / LATTICE);
        b->x1 = (int)lround((node->x + node->width) / LATTICE);
        b->y1 = (int)lround((node->y + node->height) / LATTICE);
        b->tab = node->tab > 0 ? b->x1 - (int)ceil(node->tab / LATTICE) : b->x1 + 2;
        mark_box(r, b);
    }
    for (size_t i = 0; i < l->n_zones; i++)
        mark_head(r, &l->zones[i]);
}

/* ---- result ------------------------------------------------------------------- */

static struct point in_px(const struct router *r, uint32_t point)
{
    int column = (int)point % r->width, row = (int)point / r->width;
    return (struct point){column * LATTICE, row * LATTICE};
}

/* Keeps ends and bends. */
static void give(const struct router *r, const struct line *line, struct arena *a)
{
    struct layout_edge *e = &r->layout->edges[line->edge];
    e->curved = 0;
    e->n_points = 0;
    if (line->n < 2) return;
    e->points = arena_array(a, line->n, sizeof *e->points);
    for (size_t i = 0; i < line->n; i++) {
        const uint32_t *p = line->points + i;
        if (i == 0 || i + 1 == line->n || p[0] - p[-1] != p[1] - p[0])
            e->points[e->n_points++] = in_px(r, *p);
    }
    int at_start = e->head == HEAD_FROM;
    e->tip = e->points[at_start ? 0 : e->n_points - 1];
    e->before_tip = e->points[at_start ? 1 : e->n_points - 2];
}

static void include(struct point *low, struct point *high, double x, double y)
{
    *low = (struct point){fmin(low->x, x), fmin(low->y, y)};
    *high = (struct point){fmax(high->x, x), fmax(high->y, y)};
}

static struct point less(struct point p, struct point by)
{
    return (struct point){p.x - by.x, p.y - by.y};
}

/* Moves everything so that nothing but what is drawn takes room. */
static void crop(struct layout *l)
{
    struct point low = {l->width, l->height}, high = {0, 0};
    for (size_t i = 0; i < l->n_nodes; i++) {
        const struct layout_node *n = &l->nodes[i];
        include(&low, &high, n->x, n->y - (n->tab > 0 ? LATTICE : 0));
        include(&low, &high, n->x + n->width, n->y + n->height);
    }
    for (size_t i = 0; i < l->n_zones; i++) {
        const struct layout_zone *z = &l->zones[i];
        include(&low, &high, z->x, z->y);
        include(&low, &high, z->x + z->width, z->y + z->height);
    }
    for (size_t i = 0; i < l->n_edges; i++) {
        for (size_t k = 0; k < l->edges[i].n_points; k++)
            include(&low, &high, l->edges[i].points[k].x, l->edges[i].points[k].y);
    }
    l->width = high.x - low.x;
    l->height = high.y - low.y;
    l->from_left -= low.x;
    l->from_top -= low.y;
    for (size_t i = 0; i < l->n_nodes; i++) {
        l->nodes[i].x -= low.x;
        l->nodes[i].y -= low.y;
    }
    for (size_t i = 0; i < l->n_zones; i++) {
        l->zones[i].x -= low.x;
        l->zones[i].y -= low.y;
    }
    for (size_t i = 0; i < l->n_edges; i++) {
        struct layout_edge *e = &l->edges[i];
        for (size_t k = 0; k < e->n_points; k++)
            e->points[k] = less(e->points[k], low);
        e->tip = less(e->tip, low);
        e->before_tip = less(e->before_tip, low);
    }
}

void layout_route(struct layout *l, struct arena *a)
{
    struct arena scratch = {0};
    struct router r = {.layout = l};
    make_lattice(&r, &scratch);
    struct line *lines = arena_array(&scratch, l->n_edges + 1, sizeof *lines);
    for (size_t i = 0; i < l->n_edges; i++) {
        const struct box_on_lattice *u = &r.boxes[l->edges[i].from];
        const struct box_on_lattice *v = &r.boxes[l->edges[i].to];
        lines[i].edge = (uint32_t)i;
        lines[i].length =
            abs(u->x0 + u->x1 - v->x0 - v->x1) + abs(u->y0 + u->y1 - v->y0 - v->y1);
    }
    if (l->n_edges > 0) qsort(lines, l->n_edges, sizeof *lines, compare_lines);
    negotiate(&r, lines, l->n_edges);
    for (size_t i = 0; i < l->n_edges; i++) {
        give(&r, &lines[i], a);
        free(lines[i].points);
    }
    free(r.heap);
    arena_fini(&scratch);
    crop(l);
}

struct point layout_point(const struct layout_edge *edge, double t)
{
    double total = 0;
    for (size_t i = 0; i + 1 < edge->n_points; i++)
        total += hypot(edge->points[i + 1].x - edge->points[i].x,
                       edge->points[i + 1].y - edge->points[i].y);
    double left = t * total;
    for (size_t i = 0; i + 1 < edge->n_points; i++) {
        struct point a = edge->points[i], b = edge->points[i + 1];
        double length = hypot(b.x - a.x, b.y - a.y);
        if (left <= length && length > 0)
            return (struct point){a.x + (b.x - a.x) * left / length,
                                  a.y + (b.y - a.y) * left / length};
        left -= length;
    }
    return edge->n_points ? edge->points[edge->n_points - 1] : (struct point){0, 0};
}
