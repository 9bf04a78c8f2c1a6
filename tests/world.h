/* SPDX-License-Identifier: Apache-2.0
 *
 * A small system with something of everything, assessed, for tests that look at what an
 * assessment holds: world_open(WORLD_MODEL, date), world_close.
 */
#ifndef AWAI_TESTS_WORLD_H
#define AWAI_TESTS_WORLD_H

#include <stdio.h>
#include <string.h>

#include "assess/assess.h"

#define WORLD_HEAD                                                                     \
    "awai: 1\n"                                                                        \
    "system: {id: plant, name: Plant}\n"                                               \
    "applicant: maker\n"                                                               \
    "stakeholders:\n"                                                                  \
    "  maker: {name: Maker, roles: [device-maker, service-provider],\n"                \
    "    target: {recovery: limited, economic: limited}}\n"                            \
    "  user: {name: User, roles: [iot-user, resident]}\n"

#define WORLD_PLACES                                                                   \
    "zones:\n"                                                                         \
    "  net: {name: Internet, kind: internet, trust: none, physical-access: public}\n"  \
    "  site: {name: Site, kind: site, physical-access: controlled}\n"                  \
    "  cell: {name: Cell, within: site, trust: full}\n"                                \
    "components:\n"                                                                    \
    "  plc: {name: PLC, kind: safety-plc, zone: cell, owner: user, operator: maker,\n" \
    "    physical-effect: moves the arm, authentication: none, update: manual}\n"      \
    "  camera: {name: Camera, kind: camera, zone: cell, rebuilt: true,\n"              \
    "    authentication: default-password, data: [pictures]}\n"                        \
    "  cloud: {name: Cloud, kind: cloud-service, zone: net, owner: maker,\n"           \
    "    authentication: password, data: [orders]}\n"                                  \
    "  old: {name: Old, kind: plc, zone: cell, out-of-scope: scrapped}\n"              \
    "flows:\n"                                                                         \
    "  view: {from: camera, to: cloud, data: [pictures], protocol: https,\n"           \
    "    carrier: internet}\n"                                                         \
    "  command: {from: cloud, to: plc, data: [orders], protocol: modbus-tcp,\n"        \
    "    carrier: internet, through: [camera]}\n"                                      \
    "  spare: {from: plc, to: old, data: [orders], protocol: modbus-tcp,\n"            \
    "    carrier: wired-lan, out-of-scope: scrapped}\n"                                \
    "data:\n"                                                                          \
    "  pictures: {name: Pictures, class: [personal, operational]}\n"                   \
    "  orders: {name: Orders, class: control}\n"

#define WORLD_RISKS                                                                    \
    "incidents:\n"                                                                     \
    "  peek: {name: Peek, threat: information-leak, at: camera,\n"                     \
    "    harms: {user: {recovery: limited, economic: limited, because: seen},\n"       \
    "      maker: {recovery: none, economic: serious, because: claims}}}\n"            \
    "  crash: {name: Crash, threat: data-tampering, at: plc,\n"                        \
    "    harms: {user: {recovery: fatal, economic: serious, because: hit}}}\n"         \
    "measures:\n"                                                                      \
    "  sign: {name: Sign, requirement: updates, on: [plc, camera], by: user,\n"        \
    "    status: proposed}\n"                                                          \
    "  login: {name: Login, requirement: access-control, on: cloud, by: maker,\n"      \
    "    status: verified, evidence: [https://example.org/a]}\n"                       \
    "decisions:\n"                                                                     \
    "  keep: {subject: 'incident:crash', treatment: accept, reason: rare,\n"           \
    "    owner: head, review-by: 2025-01-01}\n"                                        \
    "  gone: {subject: misuse@nothing, treatment: reduce, reason: old}\n"              \
    "exclusions:\n"                                                                    \
    "  paper: {subject: 'requirement:security-policy', reason: exists, owner: head}\n"

#define WORLD_MODEL WORLD_HEAD WORLD_PLACES WORLD_RISKS

struct world {
    struct catalog *catalog;
    struct model *model;
    struct graph *graph;
    struct assessment *assessment; /* NULL if the model is wrong */
};

/* Assesses a model under the embedded catalog as of a day (yyyymmdd). */
static inline struct world world_open(const char *text, int32_t today)
{
    struct world w = {.catalog = catalog_read(NULL)};

    diag_print(&w.catalog->diags, stdout, (struct diag_view){0});
    w.model = model_read_text("world.yaml", text, strlen(text));
    catalog_bind(w.catalog, w.model);
    diag_print(&w.model->diags, stdout, (struct diag_view){0});
    if (w.catalog->diags.n_errors + w.model->diags.n_errors > 0) return w;
    w.graph = graph_build(w.model, w.catalog);
    if (w.graph) w.assessment = assess_run(w.graph, today);
    return w;
}

static inline void world_close(struct world *w)
{
    assess_free(w->assessment);
    graph_free(w->graph);
    model_free(w->model);
    catalog_free(w->catalog);
    *w = (struct world){0};
}

#endif
