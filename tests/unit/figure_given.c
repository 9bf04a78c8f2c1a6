/* SPDX-License-Identifier: Apache-2.0
 *
 * Places that a model gives to boxes, by law: whatever is wanted, nothing overlaps, all
 * stand in their zones and in the whole, the same input gives the same places; what is
 * wanted apart stands just so; the rest comes close; what lies too far apart is
 * refused.
 */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "page/figure_layout.h"

enum { MOST_BOXES = 14, MOST_ZONES = 6 };

struct drawing {
    struct arena arena;
    struct layout layout;
    struct layout_node nodes[MOST_BOXES];
    struct layout_zone zones[MOST_ZONES];
    unsigned long long random;
};

static unsigned pick(struct drawing *d, unsigned n)
{
    d->random = d->random * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(d->random >> 33) % n;
}

/* Zones nested at random, boxes in them of many sizes; which of them want a place. */
static void drawing_make(struct drawing *d, unsigned seed, unsigned wanted_in_ten,
                         int range)
{
    *d = (struct drawing){.random = seed};
    d->layout = (struct layout){.nodes = d->nodes, .zones = d->zones};
    d->layout.n_zones = pick(d, MOST_ZONES + 1);
    d->layout.n_nodes = 1 + pick(d, MOST_BOXES);
    for (unsigned i = 0; i < d->layout.n_zones; i++)
        d->zones[i] =
            (struct layout_zone){.outer = i && pick(d, 2) ? pick(d, i) : LAYOUT_NONE,
                                 .label_width = pick(d, 200),
                                 .label_height = 30};
    for (unsigned i = 0; i < d->layout.n_nodes; i++)
        d->nodes[i] =
            (struct layout_node){.width = 100 + pick(d, 120),
                                 .height = 20 + pick(d, 60),
                                 .zone = d->layout.n_zones && pick(d, 5)
                                             ? pick(d, (unsigned)d->layout.n_zones)
                                             : LAYOUT_NONE,
                                 .is_wanted = pick(d, 10) < wanted_in_ten,
                                 .want_x = (int)pick(d, (unsigned)(2 * range)) - range,
                                 .want_y = (int)pick(d, (unsigned)(2 * range)) - range};
    layout_place(&d->layout, &d->arena);
}

static void drawing_fini(struct drawing *d)
{
    arena_fini(&d->arena);
}

struct area {
    double x, y, width, height;
};

static struct area box_at(const struct drawing *d, size_t i)
{
    const struct layout_node *n = &d->nodes[i];
    return (struct area){n->x, n->y, n->width, n->height};
}

static struct area zone_at(const struct drawing *d, size_t i)
{
    const struct layout_zone *z = &d->zones[i];
    return (struct area){z->x, z->y, z->width, z->height};
}

static int overlap(struct area a, struct area b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

static int holds(struct area outer, struct area inner)
{
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

/* 1 if zone `outer` is a zone itself, or around it. */
static int is_within(const struct drawing *d, uint32_t zone, uint32_t outer)
{
    while (zone != LAYOUT_NONE && zone != outer)
        zone = d->zones[zone].outer;
    return zone == outer;
}

static void check_whole(const struct drawing *d)
{
    struct area whole = {0, 0, d->layout.width, d->layout.height};
    for (size_t i = 0; i < d->layout.n_nodes; i++)
        CHECK(holds(whole, box_at(d, i)));
    for (size_t i = 0; i < d->layout.n_zones; i++)
        CHECK(d->zones[i].width <= 0 || holds(whole, zone_at(d, i)));
}

static void check_boxes(const struct drawing *d)
{
    for (size_t i = 0; i < d->layout.n_nodes; i++) {
        for (size_t k = 0; k < i; k++)
            CHECK(!overlap(box_at(d, i), box_at(d, k)));
        for (uint32_t z = 0; z < d->layout.n_zones; z++)
            if (is_within(d, d->nodes[i].zone, z))
                CHECK(holds(zone_at(d, z), box_at(d, i)));
            else
                CHECK(!overlap(zone_at(d, z), box_at(d, i)));
    }
}

static void check_zones(const struct drawing *d)
{
    for (uint32_t i = 0; i < d->layout.n_zones; i++)
        for (uint32_t k = 0; k < i; k++)
            if (is_within(d, i, k))
                CHECK(holds(zone_at(d, k), zone_at(d, i)));
            else if (!is_within(d, k, i))
                CHECK(!overlap(zone_at(d, i), zone_at(d, k)));
}

static void check_laws(const struct drawing *d)
{
    check_whole(d);
    check_boxes(d);
    check_zones(d);
}

/* ---- laws */

static void test_nothing_overlaps(void)
{
    static const int ranges[] = {1, 60, 400, 1500};
    struct drawing d;
    for (unsigned seed = 1; seed <= 160; seed++) {
        drawing_make(&d, seed, 1 + seed % 10, ranges[seed % 4]);
        layout_place_given(&d.layout, 1, &d.arena);
        if (!d.layout.is_spread) check_laws(&d);
        drawing_fini(&d);
        drawing_make(&d, seed, 1 + seed % 10, ranges[seed % 4]);
        layout_place_given(&d.layout, 0, &d.arena);
        check_laws(&d);
        drawing_fini(&d);
    }
}

/* What was not moved stands where it was wanted, but for the lattice. */
static void test_wanted_is_had(void)
{
    struct drawing d;
    size_t n_there = 0;
    for (unsigned seed = 1; seed <= 40; seed++) {
        drawing_make(&d, seed, 8, 1500);
        layout_place_given(&d.layout, 0, &d.arena);
        for (size_t i = 0; i < d.layout.n_nodes; i++) {
            const struct layout_node *n = &d.nodes[i];
            if (!n->is_wanted || n->is_moved) continue;
            n_there++;
            CHECK_NEAR(n->x - d.layout.from_left, n->want_x, LATTICE / 2);
            CHECK_NEAR(n->y - d.layout.from_top, n->want_y, LATTICE / 2);
        }
        drawing_fini(&d);
    }
    CHECK(n_there > 40);
}

static void test_same_again(void)
{
    struct drawing a, b;
    drawing_make(&a, 7, 5, 400);
    drawing_make(&b, 7, 5, 400);
    layout_place_given(&a.layout, 1, &a.arena);
    layout_place_given(&b.layout, 1, &b.arena);
    for (size_t i = 0; i < a.layout.n_nodes; i++) {
        CHECK_NEAR(a.nodes[i].x, b.nodes[i].x, 0);
        CHECK_NEAR(a.nodes[i].y, b.nodes[i].y, 0);
    }
    drawing_fini(&a);
    drawing_fini(&b);
}

static void test_nothing_wanted(void)
{
    struct drawing d;
    drawing_make(&d, 3, 0, 400);
    double x = d.nodes[0].x, width = d.layout.width;
    layout_place_given(&d.layout, 1, &d.arena);
    CHECK_NEAR(d.nodes[0].x, x, 0);
    CHECK_NEAR(d.layout.width, width, 0);
    CHECK_NEAR(d.layout.from_left, 0, 0);
    drawing_fini(&d);
}

/* ---- examples */

/* Three boxes without zones. */
static void three(struct drawing *d)
{
    *d = (struct drawing){
        .layout = {.nodes = d->nodes, .zones = d->zones, .n_nodes = 3}
    };
    for (size_t i = 0; i < 3; i++)
        d->nodes[i] = (struct layout_node){
            .width = 100, .height = 40, .zone = LAYOUT_NONE, .is_wanted = 1};
}

static void test_far_ones_come_closer(void)
{
    struct drawing d;
    three(&d);
    d.nodes[1].want_x = 5000;
    d.nodes[2].want_x = 90000;
    d.nodes[2].want_y = -90000;
    layout_place(&d.layout, &d.arena);
    layout_place_given(&d.layout, 1, &d.arena);
    CHECK(d.layout.is_spread == 0 && d.layout.n_moved == 0);
    CHECK(d.layout.width < 1300);
    CHECK(d.nodes[0].x < d.nodes[1].x && d.nodes[1].x < d.nodes[2].x);
    CHECK(d.nodes[2].y < d.nodes[1].y);
    drawing_fini(&d);
}

static void test_same_place_twice(void)
{
    struct drawing d;
    three(&d);
    d.nodes[2].want_x = 400;
    layout_place(&d.layout, &d.arena);
    layout_place_given(&d.layout, 1, &d.arena);
    CHECK_INT(d.layout.n_moved, 1);
    CHECK(!d.nodes[0].is_moved && d.nodes[1].is_moved && !d.nodes[2].is_moved);
    CHECK_NEAR(d.nodes[2].x - d.nodes[0].x, 400, 0);
    CHECK(!overlap(box_at(&d, 0), box_at(&d, 1)));
    drawing_fini(&d);
}

static void test_others_come_close(void)
{
    struct drawing d;
    three(&d);
    d.nodes[0].want_x = d.nodes[0].want_y = 50000;
    d.nodes[1].is_wanted = d.nodes[2].is_wanted = 0;
    layout_place(&d.layout, &d.arena);
    layout_place_given(&d.layout, 0, &d.arena);
    CHECK(d.layout.width < 500 && d.layout.height < 400);
    CHECK_NEAR(d.nodes[0].x - d.layout.from_left, 50000, 0);
    drawing_fini(&d);
}

int main(void)
{
    RUN(test_nothing_overlaps);
    RUN(test_wanted_is_had);
    RUN(test_same_again);
    RUN(test_nothing_wanted);
    RUN(test_far_ones_come_closer);
    RUN(test_same_place_twice);
    RUN(test_others_come_close);
    return UNIT_RESULT();
}
