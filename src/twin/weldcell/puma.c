// SPDX-License-Identifier: Apache-2.0
/* The PUMA 560 arm; see puma.h. */
#include "twin/weldcell/puma.h"

#include <math.h>
#include <string.h>

#define PI      3.14159265358979323846
#define UPPER_M 0.4318  // a2
#define ELBOW_M 0.0203  // a3
#define SIDE_M  0.15005 // d3
#define FORE_M  0.4318  // d4

/* A link: its length along x, offset along z, and cosine and sine of its twist, which
 * are 0, 1 or -1 for this arm. */
static const struct link {
    double a_m, d_m, cosine, sine;
} links[PUMA_AXES] = {
    {0,       0,      0, 1 },
    {UPPER_M, 0,      1, 0 },
    {ELBOW_M, SIDE_M, 0, -1},
    {0,       FORE_M, 0, 1 },
    {0,       0,      0, -1},
    {0,       0,      1, 0 },
};

/* A frame: its axes and origin in the frame of the base. */
struct frame {
    double x[3], y[3], z[3], origin[3];
};

/* The frame at the far end of a link whose joint is turned by q. */
static void move_along(struct frame *f, const struct link *l, double q)
{
    double c = cos(q), s = sin(q);
    for (int i = 0; i < 3; i++) {
        double x = c * f->x[i] + s * f->y[i], y = c * f->y[i] - s * f->x[i];
        double z = f->z[i];
        f->origin[i] += l->a_m * x + l->d_m * z;
        f->x[i] = x;
        f->y[i] = l->cosine * y + l->sine * z;
        f->z[i] = l->cosine * z - l->sine * y;
    }
}

static const struct frame base = {
    {1, 0, 0},
    {0, 1, 0},
    {0, 0, 1},
    {0, 0, 0}
};

void puma_points(const double *q_rad, double tool_m, double points_m[PUMA_POINTS][3])
{
    static const int point_after[PUMA_AXES] = {0, 1, -1, 2, -1, -1};
    struct frame f = base;
    for (int i = 0; i < PUMA_AXES; i++) {
        move_along(&f, &links[i], q_rad[i]);
        if (point_after[i] >= 0)
            memcpy(points_m[point_after[i]], f.origin, sizeof f.origin);
    }
    for (int i = 0; i < 3; i++)
        points_m[PUMA_POINTS - 1][i] = f.origin[i] + tool_m * f.z[i];
}

void puma_forward(const double *q_rad, double tool_m, double *xyz_m)
{
    struct frame f = base;
    for (int i = 0; i < PUMA_AXES; i++)
        move_along(&f, &links[i], q_rad[i]);
    for (int i = 0; i < 3; i++)
        xyz_m[i] = f.origin[i] + tool_m * f.z[i];
}

/* In the plane of upper arm and forearm: reach r and height z of the wrist. */
static void reach(double r, double z, double *q)
{
    double fore = hypot(ELBOW_M, FORE_M), bend = atan2(FORE_M, ELBOW_M);
    double cosine =
        (r * r + z * z - UPPER_M * UPPER_M - fore * fore) / (2 * UPPER_M * fore);
    double elbow = -acos(fmax(-1, fmin(1, cosine)));
    q[1] = atan2(z, r) - atan2(fore * sin(elbow), UPPER_M + fore * cos(elbow));
    q[2] = elbow - bend;
}

void puma_inverse(const double *xyz_m, double tool_m, double *q_rad)
{
    double x = xyz_m[0], y = xyz_m[1];
    double r = sqrt(fmax(0, x * x + y * y - SIDE_M * SIDE_M));
    q_rad[0] = atan2(y, x) + atan2(SIDE_M, r);
    reach(r, xyz_m[2] + tool_m, q_rad);
    q_rad[3] = 0;
    q_rad[4] = remainder(PI - q_rad[1] - q_rad[2], 2 * PI);
    q_rad[5] = q_rad[0]; // the torch keeps its heading
}
