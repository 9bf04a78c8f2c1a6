// SPDX-License-Identifier: Apache-2.0
/* Skin in hot water; see skin.h. */
#include "twin/heater/skin.h"

#include <math.h>

#define BLOOD_C    37.0
#define SURFACE_C  34.0
#define PERFUSION  (1.25e-3 * 1060 * 3770) // W/m3K
#define FREQUENCY  3.1e98                  // 1/s
#define ACTIVATION 75000.0                 // K
#define KELVIN     273.0                   // as Henriques has it
#define FIRST      0.53
#define WHOLE      1.0

/* Layers from the surface down; cells of the lower two grow with depth. */
static const struct layer {
    int n;
    double thickness_m, conductivity, capacity, perfusion, growth;
} layers[] = {
    {SKIN_EPIDERMIS, 80e-6, 0.23, 1200.0 * 3600, 0,         1   },
    {SKIN_DERMIS,    2e-3,  0.45, 1200.0 * 3300, PERFUSION, 1.15},
    {SKIN_SUBCUTIS,  10e-3, 0.19, 1000.0 * 2500, PERFUSION, 1.2 },
};
enum { N_LAYERS = sizeof layers / sizeof *layers };

/* Half a cell, as the heat it lets through, W/m2K. */
static double half(const struct layer *l, double width_m)
{
    return l->conductivity / (width_m / 2);
}

static double first_width(const struct layer *l)
{
    double sum = 0, width = 1;
    for (int i = 0; i < l->n; i++, width *= l->growth)
        sum += width;
    return l->thickness_m / sum;
}

static void make_cells(struct skin *s)
{
    double above = HUGE_VAL; // the water lets everything through
    int at = 0;
    for (int k = 0; k < N_LAYERS; k++) {
        const struct layer *l = &layers[k];
        double width = first_width(l);
        for (int i = 0; i < l->n; i++, at++, width *= l->growth) {
            s->stored[at] = l->capacity * width;
            s->blood[at] = l->perfusion * width;
            s->through[at] = 1 / (1 / above + 1 / half(l, width));
            above = half(l, width);
            s->through[at + 1] = above; // if it is the last
        }
    }
}

/* A tridiagonal system in place (Thomas): the answer is in right. */
static void solve(int n, const double *below, double *middle, const double *above,
                  double *right)
{
    for (int i = 1; i < n; i++) {
        double factor = below[i] / middle[i - 1];
        middle[i] -= factor * above[i - 1];
        right[i] -= factor * right[i - 1];
    }
    right[n - 1] /= middle[n - 1];
    for (int i = n - 2; i >= 0; i--)
        right[i] = (right[i] - above[i] * right[i + 1]) / middle[i];
}

/* The heat balance of all cells after a backward Euler step; rate: 1/h, 0 at rest. */
static void conduct(struct skin *s, double surface_c, double rate)
{
    double below[SKIN_CELLS], middle[SKIN_CELLS], above[SKIN_CELLS];
    double *t = s->temperature_c;
    for (int i = 0; i < SKIN_CELLS; i++) {
        double stored = s->stored[i] * rate;
        below[i] = -s->through[i];
        above[i] = -s->through[i + 1];
        middle[i] = s->through[i] + s->through[i + 1] + stored + s->blood[i];
        t[i] = stored * t[i] + s->blood[i] * BLOOD_C;
    }
    t[0] += s->through[0] * surface_c;
    t[SKIN_CELLS - 1] += s->through[SKIN_CELLS] * BLOOD_C;
    solve(SKIN_CELLS, below, middle, above, t);
}

/* Where one layer ends: the temperature that lets the same heat through both sides. */
static double between(const struct skin *s, int upper, const struct layer *a,
                      const struct layer *b, double upper_m, double lower_m)
{
    double x = half(a, upper_m), y = half(b, lower_m);
    return (x * s->temperature_c[upper] + y * s->temperature_c[upper + 1]) / (x + y);
}

static double last_width(const struct layer *l)
{
    return first_width(l) * pow(l->growth, l->n - 1);
}

static double damage_rate(double temperature_c)
{
    return FREQUENCY * exp(-ACTIVATION / (temperature_c + KELVIN));
}

static void look(struct skin *s)
{
    s->basal_c = between(s, SKIN_EPIDERMIS - 1, &layers[0], &layers[1],
                         last_width(&layers[0]), first_width(&layers[1]));
    s->base_c = between(s, SKIN_EPIDERMIS + SKIN_DERMIS - 1, &layers[1], &layers[2],
                        last_width(&layers[1]), first_width(&layers[2]));
}

void skin_rest(struct skin *s)
{
    *s = (struct skin){0};
    make_cells(s);
    conduct(s, SURFACE_C, 0);
    look(s);
}

void skin_step(struct skin *s, double surface_c, double h)
{
    double basal = damage_rate(s->basal_c), base = damage_rate(s->base_c);
    conduct(s, surface_c, 1 / h);
    look(s);
    s->basal_damage += h * (basal + damage_rate(s->basal_c)) / 2;
    s->base_damage += h * (base + damage_rate(s->base_c)) / 2;
}

int skin_degree(const struct skin *s)
{
    if (s->base_damage >= WHOLE) return 3;
    if (s->basal_damage >= WHOLE) return 2;
    return s->basal_damage >= FIRST;
}
