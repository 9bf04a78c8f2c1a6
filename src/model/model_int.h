// SPDX-License-Identifier: Apache-2.0
#ifndef MODEL_MODEL_INT_H
#define MODEL_MODEL_INT_H
/* What the files of this room share. */
#include "model/model.h"

/*
 * Joins to `root`, the first file of the model, the sections of the files that it
 * includes and that those include. All must lie in the folder `within`, or with NULL in
 * that of the first file. Errors go to the model.
 */
void model_join(struct model *model, struct node *root, const char *within);
#endif
