// SPDX-License-Identifier: Apache-2.0
/* The file formats that have a table; see formats.h. */
#include "exchange/formats.h"

#include <string.h>

#include "assess/rules.h"
#include "catalog/catalog.h"
#include "exchange/template.h"
#include "model/model.h"

static const struct file_format formats[] = {
    {"model",    &model_shape,    MODEL_SCHEMA_ID            },
    {"catalog",  &catalog_shape,  "urn:awai:schema:catalog:1"},
    {"rules",    &rules_shape,    "urn:awai:schema:rules:1"  },
    {"template", &template_shape, TEMPLATE_SCHEMA_ID         },
};

const struct file_format *format_find(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0) return &formats[i];
    return NULL;
}
