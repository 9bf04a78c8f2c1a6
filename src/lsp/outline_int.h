// SPDX-License-Identifier: Apache-2.0
#ifndef LSP_OUTLINE_INT_H
#define LSP_OUTLINE_INT_H
/* What the files of the outline share. */
#include "lsp/outline.h"

/* Gives a spot of that shape, and all below it, their rows of the tables. */
void outline_type(struct spot *root, const struct shape *shape);
#endif
