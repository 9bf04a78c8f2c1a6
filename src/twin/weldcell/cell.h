// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_WELDCELL_CELL_H
#define TWIN_WELDCELL_CELL_H
/*
 * The welding cell as plain data: two arms that face each other across a part, each
 * with its own power source and seam, and the safety functions around them. The right
 * arm is the left one turned by half a turn, so it runs its seam the other way in its
 * own frame and the same way in the hall.
 */
#include "twin/weldcell/puma.h"

enum { CELL_VIAS = 17, CELL_PIECES = 50, CELL_ARMS = 2 };

enum cell_phase {
    CELL_LOAD,     // a part comes in
    CELL_APPROACH, // arms to the start of their seams
    CELL_IGNITE,   // arcs burn, torches stand
    CELL_WELD,
    CELL_RETRACT,
    CELL_UNLOAD, // judged and taken away
};

struct arm {
    // inputs
    double speed_set_mm_s, current_set_a, voltage_set_v, shift_mm;
    // outputs: tip of the torch in the frame of the arm, along its seam, and its arc
    double x_m, y_m, z_m, progress_mm, speed_mm_s, off_mm;
    double current_a, voltage_v, heat_kj_mm;
    double sign;                           // of the seam along y: 1 or -1
    double planned_mm, planned_speed_mm_s; // of the trajectory along the seam
    double is_burning;
    double q[PUMA_AXES], command[PUMA_AXES], home[PUMA_AXES];
    double from[PUMA_AXES], to[PUMA_AXES]; // of a move
    double via[CELL_VIAS][PUMA_AXES];      // of the seam
    double piece_kj[CELL_PIECES];          // heat put into each piece of the seam
};

struct cell {
    // parameters
    double efficiency_k, source_lag_s, arc_start_s;
    double seam_mm, seam_x_m, seam_z_m, torch_m;
    double joint_limit_rad_s, joint_accel_rad_s2, joint_lag_s, seam_accel_mm_s2;
    double sync_gain_1_s, load_s, unload_s;
    double heat_least_kj_mm, heat_most_kj_mm, good_least, sync_limit_mm, off_limit_mm;
    double response_s, brake_rad_s2, field_m, field_height_mm, danger_m;
    // inputs
    double is_running, is_synchronized, fence_open, person_m, is_safety_on, reset,
        is_inspected;
    double is_fence_on, is_scanner_on, is_emergency_stop;
    double is_teaching, manual_pace, is_enabled, is_speed_held;
    struct arm arm[CELL_ARMS]; // left, right
    // outputs
    double phase, sync_error_mm, worst_sync_mm, worst_off_mm, good_share, imbalance;
    double heat_mean_kj_mm, penetration_mm, cooling_s, energy_kj;
    double parts_made, parts_defective, parts_rejected, parts_escaped, cycle_s,
        is_interrupted;
    double tip_speed_m_s, is_stopped, stopping_s, stopping_mm, needed_m, exposed_s,
        stopped_s;
    // the move of both arms: its share done and its rate
    double moved, move_rate_1_s;
    double in_phase_s, in_cycle_s;
    double is_demanded, demanded_s, pace, brake_1_s, is_still;
};

/* Arms at home, a part coming in. Parameters and inputs are set. */
void cell_start(struct cell *c);

/* h seconds; no allocation, no loop but over axes, arms and pieces. */
void cell_step(struct cell *c, double h);
#endif
