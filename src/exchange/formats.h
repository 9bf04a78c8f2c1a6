// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_FORMATS_H
#define EXCHANGE_FORMATS_H
/* The file formats that have a table, by name: for what prints their JSON Schemas. */
#include "base/schema.h"

struct file_format {
    const char *name;
    const struct shape *shape;
    const char *id; // of the JSON Schema
};

/* model, catalog, rules or template; NULL if there is no such format. */
const struct file_format *format_find(const char *name);
#endif
