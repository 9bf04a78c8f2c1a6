// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_TWIN_RUN_H
#define PAGE_TWIN_RUN_H
/* A bare run of a twin, without anything around it, as CSV: a row a step. */
#include "base/buf.h"
#include "twin/twin.h"

/*
 * The variables to show: those named, separated by commas, or for NULL all outputs.
 * `columns` has room for all variables. Returns NULL, or the rest of the words from the
 * first on that is none.
 */
const char *twin_columns(const struct twin_kind *kind, const char *words, int *columns,
                         size_t *n);

/* How many steps a time takes. */
uint64_t twin_steps_until(const struct twin_kind *kind, double until_s);

/* Runs until so many steps are done; 0 if the twin has come to what is no number. */
int twin_run(struct twin *t, uint64_t n_steps, const int *columns, size_t n,
             struct buf *out);
#endif
