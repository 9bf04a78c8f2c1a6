// SPDX-License-Identifier: Apache-2.0
/* Integer programs by CBC; see plan_program.h. */
#include "risk/plan_program.h"

#include <coin/Cbc_C_Interface.h>
#include <float.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/library.h"
#include "base/mem.h"

/* What is called of CBC. */
#define CALLS(F)                                                                       \
    F(addCol)                                                                          \
    F(addRow)                                                                          \
    F(deleteModel)                                                                     \
    F(getColSolution)                                                                  \
    F(isProvenInfeasible)                                                              \
    F(isProvenOptimal)                                                                 \
    F(newModel)                                                                        \
    F(setInteger)                                                                      \
    F(setLogLevel)                                                                     \
    F(setObjSense)                                                                     \
    F(setParameter)                                                                    \
    F(solve)

/*
 * Loaded when a plan is made: CBC brings BLAS and LAPACK, whose loading would cost
 * every command six milliseconds.
 */
static struct {
    int is_there;
#define F(call) __typeof__(Cbc_##call) *call;
    CALLS(F)
#undef F
} cbc;

/* Of threads one at a time: CBC has state that all its models share. */
static pthread_mutex_t one_solver = PTHREAD_MUTEX_INITIALIZER;

static int load(void)
{
#define F(name) {"Cbc_" #name, &cbc.name},
    static const struct library_call calls[] = {CALLS(F)};
#undef F
    if (!cbc.is_there) cbc.is_there = LIBRARY_LOAD("libCbcSolver.so.3", calls);
    return cbc.is_there;
}

int program_begin(void)
{
    pthread_mutex_lock(&one_solver);
    int is_there = load();
    pthread_mutex_unlock(&one_solver);
    return is_there;
}

void program_row(struct program *p, double least, double most)
{
    struct program_row *row =
        mem_push(&p->rows, &p->n_rows, &p->cap_rows, sizeof *p->rows);
    *row = (struct program_row){least, most, (uint32_t)p->n_terms, 0};
}

void program_term(struct program *p, uint32_t variable, double factor)
{
    struct program_term *term =
        mem_push(&p->terms, &p->n_terms, &p->cap_terms, sizeof *p->terms);
    *term = (struct program_term){variable, factor};
    p->rows[p->n_rows - 1].n++;
}

void program_fini(struct program *p)
{
    free(p->costs);
    free(p->rows);
    free(p->terms);
    *p = (struct program){0};
}

static double bound(double value)
{
    return value >= PROGRAM_FREE ? DBL_MAX : value <= -PROGRAM_FREE ? -DBL_MAX : value;
}

static void add_variables(Cbc_Model *model, const struct program *p)
{
    for (uint32_t i = 0; i < p->n_variables; i++)
        cbc.addCol(model, "", 0, 1, p->costs[i], 1, 0, NULL, NULL);
}

/* CBC takes rows of one bound: one of two becomes two. */
static void add_row(Cbc_Model *model, const struct program *p,
                    const struct program_row *row, int *variables, double *factors)
{
    for (uint32_t k = 0; k < row->n; k++) {
        variables[k] = (int)p->terms[row->first + k].variable;
        factors[k] = p->terms[row->first + k].factor;
    }
    if (bound(row->least) > -DBL_MAX)
        cbc.addRow(model, "", (int)row->n, variables, factors, 'G', row->least);
    if (bound(row->most) < DBL_MAX)
        cbc.addRow(model, "", (int)row->n, variables, factors, 'L', row->most);
}

static void add_rows(Cbc_Model *model, const struct program *p)
{
    int *variables = mem_alloc((p->n_variables + 1) * sizeof *variables);
    double *factors = mem_alloc((p->n_variables + 1) * sizeof *factors);
    for (size_t i = 0; i < p->n_rows; i++)
        add_row(model, p, &p->rows[i], variables, factors);
    free(variables);
    free(factors);
}

/* No gap is let pass, and nothing is printed; CoinUtils' presolve leaks. */
static void set_parameters(Cbc_Model *model, uint32_t most_nodes)
{
    static const char *const parameters[][2] = {
        {"log",      "0"  },
        {"slog",     "0"  },
        {"presolve", "off"},
        {"ratio",    "0"  },
        {"allow",    "0"  },
    };
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
        cbc.setParameter(model, parameters[i][0], parameters[i][1]);
    if (most_nodes) {
        char number[16];
        snprintf(number, sizeof number, "%u", most_nodes);
        cbc.setParameter(model, "maxNodes", number);
    }
    cbc.setLogLevel(model, 0);
}

static enum program_end end_of(Cbc_Model *model)
{
    if (cbc.isProvenInfeasible(model)) return PROGRAM_IMPOSSIBLE;
    return cbc.isProvenOptimal(model) ? PROGRAM_OPTIMAL : PROGRAM_UNPROVEN;
}

/* 1 if every row can be met without any variable, or none can be. */
static int is_trivial(const struct program *p, enum program_end *end)
{
    for (size_t i = 0; i < p->n_rows; i++)
        if (p->rows[i].n == 0 && (p->rows[i].least > 0 || p->rows[i].most < 0)) {
            *end = PROGRAM_IMPOSSIBLE;
            return 1;
        }
    *end = PROGRAM_OPTIMAL;
    return p->n_variables == 0;
}

static enum program_end solve(const struct program *p, uint8_t *values)
{
    if (!load()) return PROGRAM_UNPROVEN;
    Cbc_Model *model = cbc.newModel();
    add_variables(model, p);
    for (uint32_t i = 0; i < p->n_variables; i++)
        cbc.setInteger(model, (int)i);
    add_rows(model, p);
    cbc.setObjSense(model, 1);
    set_parameters(model, p->most_nodes);
    cbc.solve(model);
    enum program_end end = end_of(model);
    const double *found = end == PROGRAM_OPTIMAL ? cbc.getColSolution(model) : NULL;
    for (uint32_t i = 0; found && i < p->n_variables; i++)
        values[i] = found[i] > 0.5;
    cbc.deleteModel(model);
    return end;
}

enum program_end program_solve(const struct program *p, uint8_t *values)
{
    enum program_end end;
    if (is_trivial(p, &end)) return end;
    pthread_mutex_lock(&one_solver);
    end = solve(p, values);
    pthread_mutex_unlock(&one_solver);
    return end;
}
