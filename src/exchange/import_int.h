// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_IMPORT_INT_H
#define EXCHANGE_IMPORT_INT_H
/* What the files of import share. */
#include "exchange/import.h"

/* Each reads the job's bytes into the result. */
void import_workbook(const struct import_job *job, struct import_result *r);
void import_otm(const struct import_job *job, struct import_result *r);
void import_threat_dragon(const struct import_job *job, struct import_result *r);

/* Registers a place within the job's bytes, such as "Components!C7". */
struct place import_place(struct import_result *r, const struct import_job *job,
                          const char *place);
/* Checks a model against the catalog, as the commands do that read one. */
void import_bind(const struct import_job *job, struct model *model);
#endif
