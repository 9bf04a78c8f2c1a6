// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_EXPORT_INT_H
#define EXCHANGE_EXPORT_INT_H
/* What the files of export share. */
#include "base/json.h"
#include "exchange/export.h"
#include "page/figure_layout.h"

struct exporting {
    const struct model_data *m;
    const struct catalog *catalog;
    enum lang lang;
    struct export_result *r;
    struct json json;
    struct arena arena;
    struct layout layout; // of components in their zones, in the model's order, as
                          // their positions are counted; exact where one is given
    uint32_t *zone_at;    // the layout's zone of each zone of the model
};

/* Each writes the whole. */
void export_otm(struct exporting *x);
void export_threat_dragon(struct exporting *x);

/* Tells what is not carried over: how many of a section, and why. */
void export_left(struct exporting *x, const char *section, size_t n, struct text why);

/* A text in the language asked for, else in the other; "" if there is none. */
const char *export_text(const struct exporting *x, struct text t);
/* The name of a flow, or that of its two ends. */
const char *export_flow_name(const struct exporting *x, const struct flow *f);
/* 1 if an incident is at that component or flow. */
int export_is_at(const struct incident *i, uint32_t index, int is_flow);
#endif
