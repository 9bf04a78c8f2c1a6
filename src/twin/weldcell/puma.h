// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_WELDCELL_PUMA_H
#define TWIN_WELDCELL_PUMA_H
/*
 * Kinematics of the PUMA 560 arm: where joint angles put a point on the axis of its
 * flange, and joint angles that hold a torch there, pointing straight down. Base frame
 * at the height of the shoulder. Pure functions.
 *
 * Standard Denavit-Hartenberg parameters as in the Robotics Toolbox of P. Corke, after
 * B. Armstrong, O. Khatib, J. Burdick (1986): a2 = 0.4318 m, a3 = 0.0203 m, d3 =
 * 0.15005 m, d4 = 0.4318 m, twists 90, 0, -90, 90, -90, 0 degrees.
 */
enum { PUMA_AXES = 6 };

/* The point tool_m beyond the origin of the flange frame along its z axis; 0: the
 * origin itself, where the wrist axes meet. */
void puma_forward(const double *q_rad, double tool_m, double *xyz_m);

/* Shoulder, elbow, wrist and tip of a tool: what a drawing of the arm joins. */
enum { PUMA_POINTS = 4 };
void puma_points(const double *q_rad, double tool_m, double points_m[PUMA_POINTS][3]);

/* Joint angles with the elbow up, wrist not flipped, that put the tip of a tool
 * pointing down at xyz_m. Out of reach: stretched towards it. */
void puma_inverse(const double *xyz_m, double tool_m, double *q_rad);
#endif
