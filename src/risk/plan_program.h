// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_PLAN_PROGRAM_H
#define RISK_PLAN_PROGRAM_H
/*
 * Integer programs over variables that are 0 or 1, solved to proven optimality by CBC;
 * plan_program.c is the only file that sees it. One thread, nothing printed, the same
 * program gives the same answer.
 */
#include <stddef.h>
#include <stdint.h>

/* One row: least <= sum of factors times variables <= most. */
struct program_row {
    double least, most;
    uint32_t first, n; // its terms
};

struct program_term {
    uint32_t variable;
    double factor;
};

/* Zero-initialized but for n_variables and most_nodes, it is empty; for program_fini.
 */
struct program {
    uint32_t n_variables;
    uint32_t most_nodes; // of the search tree, then it is unproven; 0: no limit
    double *costs;       // of each variable; their sum is made least
    struct program_row *rows;
    size_t n_rows, cap_rows;
    struct program_term *terms;
    size_t n_terms, cap_terms;
};

/* Begins a row, without a bound on a side by -PROGRAM_FREE and PROGRAM_FREE. */
#define PROGRAM_FREE 1e300
void program_row(struct program *p, double least, double most);
/* Adds a term to the last row, whose variable is not in it yet. */
void program_term(struct program *p, uint32_t variable, double factor);

enum program_end { PROGRAM_OPTIMAL, PROGRAM_IMPOSSIBLE, PROGRAM_UNPROVEN };

/* Loads CBC; 0 if it is not there, and then nothing can be solved. */
int program_begin(void);

/* Solves; with PROGRAM_OPTIMAL, values[i] is 0 or 1 for each variable. */
enum program_end program_solve(const struct program *p, uint8_t *values);

void program_fini(struct program *p);
#endif
