// SPDX-License-Identifier: Apache-2.0
/* Scanners, emergency stop, distances and contacts. */
#include <math.h>

#include "twin/warehouse/fleet.h"

#define BODY_M    0.3  // radius of a person seen from above
#define CREEP_M_S 0.05 // slower than that is standing
#define FAR_M     10.0 // greater distances are told as this

/* Of somebody far away no more is told than that. */
static double person_gap(const struct warehouse *w, const struct hull *h)
{
    double dx = w->person_x_m - h->x_m, dy = w->person_y_m - h->y_m;
    double reach = FAR_M + BODY_M + h->half_long + h->half_wide;
    if (dx * dx + dy * dy > reach * reach) return FAR_M;
    return fmax(0, hull_distance(h, w->person_x_m, w->person_y_m) - BODY_M);
}

/* ---- when within the step

 * A gap is looked at when a step has ended; who touches then has touched before, and
 * faster, since brakes were on. */

struct meeting {
    const struct vehicle_kind *kind;
    const struct vehicle *a, *b; // b NULL: the person, who stands
    double person_x_m, person_y_m;
};

static struct hull hull_within(const struct meeting *m, const struct vehicle *v,
                               double share)
{
    struct vehicle_past at = vehicle_within(v, share);
    struct hull hull = vehicle_hull(v, m->kind);
    hull.x_m = at.x_m;
    hull.y_m = at.y_m;
    hull.cosine = at.cosine;
    hull.sine = at.sine;
    return hull;
}

static int touches(const struct meeting *m, double share)
{
    struct hull a = hull_within(m, m->a, share);
    if (m->b == NULL) return hull_distance(&a, m->person_x_m, m->person_y_m) <= BODY_M;
    struct hull b = hull_within(m, m->b, share);
    return hull_gap(&a, &b) <= 0;
}

/* The share of the step at which two who touch now have met, by halving; 0 if they did
 * when it began. */
static double met_at(const struct meeting *m)
{
    double apart = 0, together = 1;
    if (touches(m, 0)) return 0;
    for (int i = 0; i < 30; i++) {
        double middle = (apart + together) / 2;
        if (touches(m, middle))
            together = middle;
        else
            apart = middle;
    }
    return together;
}

/* ---- stops */

static int sees_person(const struct warehouse *w, const struct vehicle *v)
{
    struct hull field = vehicle_field(v, &w->kind);
    return person_gap(w, &field) <= 0;
}

static int has_to_stop(const struct warehouse *w, const struct vehicle *v)
{
    if (w->is_stopped > 0.5 || v->is_broken || v->is_touching) return 1;
    return w->is_scanning > 0.5 && (v->is_seen || sees_person(w, v));
}

void watch_stops(struct warehouse *w, double h)
{
    w->stopped = 0;
    for (int i = 0; i < w->n; i++) {
        struct vehicle *v = &w->fleet[i];
        int before = v->is_stopping;
        vehicle_watch(v, &w->kind, has_to_stop(w, v), h);
        w->stops += v->is_stopping && !before;
        w->stopped += v->is_stopping;
    }
    w->stop_h += w->stopped * h / 3600;
}

/* ---- vehicles and vehicles */

static void wreck(struct vehicle *v)
{
    v->is_broken = 1;
    v->left_m_s = v->right_m_s = v->reference_m_s = 0;
}

/* How fast two came together when they met. */
static double closing_m_s(const struct warehouse *w, const struct vehicle *va,
                          const struct vehicle *vb)
{
    const struct meeting m = {&w->kind, va, vb, 0, 0};
    double share = met_at(&m);
    struct vehicle_past a = vehicle_within(va, share), b = vehicle_within(vb, share);
    return hypot(a.speed_m_s * a.cosine - b.speed_m_s * b.cosine,
                 a.speed_m_s * a.sine - b.speed_m_s * b.sine);
}

/* Two vehicles that meet are counted once and stay where they are. */
static void collide(struct warehouse *w, int i, int j)
{
    uint64_t mask = (uint64_t)1 << (j % 64);
    if (w->touching[i][j / 64] & mask) return;
    w->touching[i][j / 64] |= mask;
    w->collisions++;
    w->contact_m_s = fmax(w->contact_m_s, closing_m_s(w, &w->fleet[i], &w->fleet[j]));
    wreck(&w->fleet[i]);
    wreck(&w->fleet[j]);
}

static void scan(struct warehouse *w, struct vehicle *v, const struct hull *other)
{
    if (v->is_seen) return;
    struct hull field = vehicle_field(v, &w->kind);
    v->is_seen = hull_gap(&field, other) <= 0;
}

static void scan_both(struct warehouse *w, struct vehicle *a, struct vehicle *b)
{
    struct hull ha = vehicle_hull(a, &w->kind), hb = vehicle_hull(b, &w->kind);
    scan(w, a, &hb);
    scan(w, b, &ha);
}

static void measure_gap(struct warehouse *w, int i, int j)
{
    struct hull a = vehicle_hull(&w->fleet[i], &w->kind),
                b = vehicle_hull(&w->fleet[j], &w->kind);
    double gap = hull_gap(&a, &b);
    w->nearest_m = fmin(w->nearest_m, gap);
    if (gap <= 0) collide(w, i, j);
}

/* apart_m: what lies at least between them. */
static void measure(struct warehouse *w, int i, int j, double apart_m)
{
    const double rim_m = 0.3; // a field may grow by that in a step
    struct vehicle *a = &w->fleet[i], *b = &w->fleet[j];
    if (apart_m < w->nearest_m) measure_gap(w, i, j);
    if (apart_m < fmax(a->field_m, b->field_m) + rim_m) scan_both(w, a, b);
}

static void measure_pairs(struct warehouse *w)
{
    const struct vehicle_kind *k = &w->kind;
    double radius = hypot(k->length_m, k->width_m) / 2,
           stop = vehicle_stopping_m(k->speed_m_s * 1.2, k->decel_m_s2, k->response_s,
                                     k->supplement_m);
    double reach = fmax(FAR_M, stop) + 2 * radius, reach2 = reach * reach;
    for (int i = 0; i < w->n; i++)
        for (int j = i + 1; j < w->n; j++) {
            double dx = w->fleet[i].x_m - w->fleet[j].x_m,
                   dy = w->fleet[i].y_m - w->fleet[j].y_m, d2 = dx * dx + dy * dy;
            if (d2 < reach2) measure(w, i, j, sqrt(d2) - 2 * radius);
        }
}

/* ---- vehicles and a person */

/* A vehicle that moves into the person hits; a standing one is walked into. The bumper
 * then stops it. */
static void touch_person(struct warehouse *w, struct vehicle *v)
{
    struct hull hull = vehicle_hull(v, &w->kind);
    double gap = person_gap(w, &hull);
    w->person_gap_m = fmin(w->person_gap_m, gap);
    if (gap <= 0 && !v->is_touching) {
        const struct meeting m = {&w->kind, v, NULL, w->person_x_m, w->person_y_m};
        double speed = fabs(vehicle_within(v, met_at(&m)).speed_m_s);
        w->hits += speed > CREEP_M_S;
        if (speed > CREEP_M_S) w->contact_m_s = fmax(w->contact_m_s, speed);
        if (speed > CREEP_M_S) w->hit_m_s = fmax(w->hit_m_s, speed);
    }
    v->is_touching = gap <= 0;
}

void watch_distances(struct warehouse *w)
{
    w->nearest_m = w->person_gap_m = FAR_M;
    for (int i = 0; i < w->n; i++)
        w->fleet[i].is_seen = 0;
    measure_pairs(w);
    for (int i = 0; i < w->n; i++)
        touch_person(w, &w->fleet[i]);
    w->least_m = w->n_steps ? fmin(w->least_m, w->nearest_m) : w->nearest_m;
}
