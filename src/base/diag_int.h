// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_DIAG_INT_H
#define BASE_DIAG_INT_H
/* What diag.c and diag_table.c share; the tests of the table look at it too. */
#include "base/diag.h"

struct diag_row {
    const char *code;
    enum diag_severity severity;
    unsigned n_args;
    struct text message, hint;
};

extern const struct diag_row diag_rows[N_DIAG_KINDS];

/* The severity as a person reads it. */
const char *diag_severity_word(enum diag_severity severity, enum lang lang);
#endif
