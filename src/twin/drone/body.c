// SPDX-License-Identifier: Apache-2.0
/* A quadrotor as a rigid body in air; see body.h. */
#include "twin/drone/body.h"

#include <math.h>

static double dot(const double *a, const double *b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

void body_up(const struct body *b, double up[3])
{
    const double *q = b->x + BODY_ATTITUDE;
    up[0] = 2 * (q[1] * q[3] + q[0] * q[2]);
    up[1] = 2 * (q[2] * q[3] - q[0] * q[1]);
    up[2] = 1 - 2 * (q[1] * q[1] + q[2] * q[2]);
}

double body_thrust_n(const struct body *b)
{
    const double *n = b->x + BODY_THRUST;
    return n[0] + n[1] + n[2] + n[3];
}

/* Torque of the rotors about the body's axes. */
static void torque(const struct frame *f, const double *n, double out[3])
{
    out[0] = f->arm_m * (n[0] - n[1] + n[2] - n[3]);
    out[1] = f->arm_m * (n[2] + n[3] - n[0] - n[1]);
    out[2] = f->torque_m * (n[1] + n[2] - n[0] - n[3]);
}

/* m v' = thrust + drag + weight, and the power of the first two. */
static void translate(const struct body *b, const struct frame *f, const struct air *a,
                      double *d)
{
    const double *v = b->x + BODY_VELOCITY;
    double up[3], through[3], thrust = body_thrust_n(b), per_kg = 1 / f->mass_kg;
    body_up(b, up);
    for (int i = 0; i < 3; i++)
        through[i] = v[i] - a->wind_m_s[i];
    double drag = a->drag_n_s2_m2 * sqrt(dot(through, through));
    for (int i = 0; i < 3; i++) {
        d[BODY_PLACE + i] = v[i];
        d[BODY_VELOCITY + i] = (thrust * up[i] - drag * through[i]) * per_kg;
    }
    d[BODY_VELOCITY + 2] -= GRAVITY_M_S2;
    d[BODY_THRUST_J] = thrust * dot(up, v);
    d[BODY_DRAG_J] = drag * dot(through, v);
}

/* J w' = torque - w x J w - drag (Euler's equations), q' = q (0, w) / 2. */
static void rotate(const struct body *b, const struct frame *f, double *d)
{
    const double *q = b->x + BODY_ATTITUDE, *w = b->x + BODY_RATE,
                 *j = f->inertia_kg_m2;
    double m[3], spin = sqrt(dot(w, w));
    torque(f, b->x + BODY_THRUST, m);
    d[BODY_THRUST_J] += dot(m, w);
    d[BODY_DRAG_J] += f->spin_drag_nm_s2 * spin * spin * spin;
    for (int i = 0; i < 3; i++)
        m[i] -= f->spin_drag_nm_s2 * spin * w[i];
    d[BODY_RATE + 0] = (m[0] - (j[2] - j[1]) * w[1] * w[2]) / j[0];
    d[BODY_RATE + 1] = (m[1] - (j[0] - j[2]) * w[2] * w[0]) / j[1];
    d[BODY_RATE + 2] = (m[2] - (j[1] - j[0]) * w[0] * w[1]) / j[2];
    d[BODY_ATTITUDE + 0] = -(q[1] * w[0] + q[2] * w[1] + q[3] * w[2]) / 2;
    d[BODY_ATTITUDE + 1] = (q[0] * w[0] + q[2] * w[2] - q[3] * w[1]) / 2;
    d[BODY_ATTITUDE + 2] = (q[0] * w[1] + q[3] * w[0] - q[1] * w[2]) / 2;
    d[BODY_ATTITUDE + 3] = (q[0] * w[2] + q[1] * w[1] - q[2] * w[0]) / 2;
}

static void derive(const struct body *b, const struct frame *f, const struct air *a,
                   struct body *d)
{
    double per_lag = 1 / f->lag_s;
    translate(b, f, a, d->x);
    rotate(b, f, d->x);
    for (int i = 0; i < ROTORS; i++)
        d->x[BODY_THRUST + i] = (a->told_n[i] - b->x[BODY_THRUST + i]) * per_lag;
}

static struct body along(const struct body *b, const struct body *d, double h)
{
    struct body to;
    for (int i = 0; i < BODY_SIZE; i++)
        to.x[i] = b->x[i] + h * d->x[i];
    return to;
}

void body_step(struct body *b, const struct frame *f, const struct air *a, double h)
{
    struct body k1, k2, k3, k4, to;
    derive(b, f, a, &k1);
    to = along(b, &k1, h / 2);
    derive(&to, f, a, &k2);
    to = along(b, &k2, h / 2);
    derive(&to, f, a, &k3);
    to = along(b, &k3, h);
    derive(&to, f, a, &k4);
    for (int i = 0; i < BODY_SIZE; i++)
        b->x[i] += h / 6 * (k1.x[i] + 2 * (k2.x[i] + k3.x[i]) + k4.x[i]);
}

/* Newton's method on the height after t seconds, which is nearly linear in t. */
double body_land(struct body *b, const struct frame *f, const struct air *a, double h)
{
    enum { ROUNDS = 4 };
    double above = b->x[BODY_PLACE + 2], t;
    struct body at = *b;
    body_step(&at, f, a, h);
    t = h * above / (above - at.x[BODY_PLACE + 2]);
    for (int i = 0; i < ROUNDS; i++) {
        at = *b;
        body_step(&at, f, a, t);
        double climb = at.x[BODY_VELOCITY + 2];
        if (fabs(climb) < 1e-9) break;
        t = fmin(h, fmax(0, t - at.x[BODY_PLACE + 2] / climb));
    }
    *b = at;
    return t;
}

void body_normalize(struct body *b)
{
    double *q = b->x + BODY_ATTITUDE;
    double norm = sqrt(q[0] * q[0] + dot(q + 1, q + 1));
    for (int i = 0; i < 4; i++)
        q[i] /= norm;
}

double body_speed_m_s(const struct body *b)
{
    return sqrt(dot(b->x + BODY_VELOCITY, b->x + BODY_VELOCITY));
}

double body_kinetic_j(const struct body *b, const struct frame *f)
{
    const double *v = b->x + BODY_VELOCITY, *w = b->x + BODY_RATE;
    double energy = f->mass_kg * dot(v, v);
    for (int i = 0; i < 3; i++)
        energy += f->inertia_kg_m2[i] * w[i] * w[i];
    return energy / 2;
}

double body_potential_j(const struct body *b, const struct frame *f)
{
    return f->mass_kg * GRAVITY_M_S2 * b->x[BODY_PLACE + 2];
}
