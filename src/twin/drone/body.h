// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_DRONE_BODY_H
#define TWIN_DRONE_BODY_H
/*
 * A quadrotor as a rigid body in air, as plain data. The world is east, north, up; the
 * body is forward, left, up. The attitude turns vectors of the body into the world; it
 * is a unit quaternion, the real part first.
 *
 * Rotors sit in an X, in the order front left, front right, back left, back right;
 * each pushes along the body's up, follows what it is told at first order, and turns
 * the body against its own spin. The air is quadratic drag, on motion through it and on
 * spin.
 */
#define GRAVITY_M_S2 9.81 // of the published numbers; 0.03% over the standard 9.80665

/* Where the parts of the state begin; the last two are integrals of power. */
enum body_part {
    BODY_PLACE = 0,     // m: east, north, up
    BODY_VELOCITY = 3,  // m/s, in the world
    BODY_ATTITUDE = 6,  // quaternion
    BODY_RATE = 10,     // rad/s, in the body
    BODY_THRUST = 13,   // N, of each rotor
    BODY_THRUST_J = 17, // work of the rotors on the body
    BODY_DRAG_J = 18,   // work of the body on the air
    BODY_SIZE = 19,
};
enum { ROTORS = 4 };

struct body {
    double x[BODY_SIZE];
};

/* What does not change while it flies. */
struct frame {
    double mass_kg;
    double inertia_kg_m2[3];  // about forward, left, up
    double arm_m;             // from a rotor's axis to the body's forward and left axes
    double torque_m;          // torque against the spin for each newton of thrust
    double lag_s;             // of a rotor
    double spin_drag_nm_s2;   // torque of the air = this * rate^2
    double greatest_thrust_n; // of one rotor
};

/* What acts from outside during a step. */
struct air {
    double drag_n_s2_m2; // rho * CdA / 2
    double wind_m_s[3];
    double told_n[ROTORS]; // thrusts that the rotors are told
};

/* h seconds on, by the classical Runge-Kutta method of the fourth order. The norm of
 * the quaternion is left as it comes out. */
void body_step(struct body *b, const struct frame *f, const struct air *a, double h);

/* From a body above the ground that one step would take below: on to the ground
 * instead. Returns the seconds that took, 0 to h. */
double body_land(struct body *b, const struct frame *f, const struct air *a, double h);

void body_normalize(struct body *b);

/* The body's up in the world. */
void body_up(const struct body *b, double up[3]);

double body_thrust_n(const struct body *b);
double body_speed_m_s(const struct body *b);
double body_kinetic_j(const struct body *b, const struct frame *f); // with its spin
double body_potential_j(const struct body *b, const struct frame *f);
#endif
