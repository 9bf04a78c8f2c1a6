// SPDX-License-Identifier: Apache-2.0
#ifndef ASSESS_FORMATS_H
#define ASSESS_FORMATS_H
/* The file formats that have a table, by name: for what prints their JSON Schemas. */
#include "base/schema.h"

struct file_format {
    const char *name;
    const struct shape *shape;
    const char *id; // of the JSON Schema
};

/* model, catalog or rules; NULL if there is no such format. */
const struct file_format *format_find(const char *name);
#endif
