// SPDX-License-Identifier: Apache-2.0
/* Integer programs by CBC; see plan_program.h. */
#include "risk/plan_program.h"

#include <coin/Cbc_C_Interface.h>
#include <float.h>
#include <stdlib.h>

#include "base/mem.h"

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

static void add_variables(Cbc_Model *cbc, const struct program *p)
{
    for (uint32_t i = 0; i < p->n_variables; i++)
        Cbc_addCol(cbc, "", 0, 1, p->costs[i], 1, 0, NULL, NULL);
}

/* CBC takes rows of one bound: one of two becomes two. */
static void add_row(Cbc_Model *cbc, const struct program *p,
                    const struct program_row *row, int *variables, double *factors)
{
    for (uint32_t k = 0; k < row->n; k++) {
        variables[k] = (int)p->terms[row->first + k].variable;
        factors[k] = p->terms[row->first + k].factor;
    }
    if (bound(row->least) > -DBL_MAX)
        Cbc_addRow(cbc, "", (int)row->n, variables, factors, 'G', row->least);
    if (bound(row->most) < DBL_MAX)
        Cbc_addRow(cbc, "", (int)row->n, variables, factors, 'L', row->most);
}

static void add_rows(Cbc_Model *cbc, const struct program *p)
{
    int *variables = mem_alloc((p->n_variables + 1) * sizeof *variables);
    double *factors = mem_alloc((p->n_variables + 1) * sizeof *factors);
    for (size_t i = 0; i < p->n_rows; i++)
        add_row(cbc, p, &p->rows[i], variables, factors);
    free(variables);
    free(factors);
}

/* No gap is let pass, and nothing is printed; CoinUtils' presolve leaks. */
static void set_parameters(Cbc_Model *cbc)
{
    static const char *const parameters[][2] = {
        {"log",      "0"  },
        {"slog",     "0"  },
        {"presolve", "off"},
        {"ratio",    "0"  },
        {"allow",    "0"  },
    };
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
        Cbc_setParameter(cbc, parameters[i][0], parameters[i][1]);
    Cbc_setLogLevel(cbc, 0);
}

static enum program_end end_of(Cbc_Model *cbc)
{
    if (Cbc_isProvenInfeasible(cbc)) return PROGRAM_IMPOSSIBLE;
    return Cbc_isProvenOptimal(cbc) ? PROGRAM_OPTIMAL : PROGRAM_UNPROVEN;
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

enum program_end program_solve(const struct program *p, uint8_t *values)
{
    enum program_end end;
    if (is_trivial(p, &end)) return end;
    Cbc_Model *cbc = Cbc_newModel();
    add_variables(cbc, p);
    for (uint32_t i = 0; i < p->n_variables; i++)
        Cbc_setInteger(cbc, (int)i);
    add_rows(cbc, p);
    Cbc_setObjSense(cbc, 1);
    set_parameters(cbc);
    Cbc_solve(cbc);
    end = end_of(cbc);
    const double *found = end == PROGRAM_OPTIMAL ? Cbc_getColSolution(cbc) : NULL;
    for (uint32_t i = 0; found && i < p->n_variables; i++)
        values[i] = found[i] > 0.5;
    Cbc_deleteModel(cbc);
    return end;
}
