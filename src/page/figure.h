// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_H
#define PAGE_FIGURE_H
/*
 * The pictures of the report. Each function appends one complete <svg> element in one
 * language to a buffer and returns 1, or appends nothing and returns 0 when there is
 * nothing to draw (no stakeholder, no component, ...).
 *
 * An element needs nothing from outside: no style sheet, no script, no id, so that any
 * number of figures can stand in one HTML page. It is as wide as its container at most
 * (width="100%", max-width in its style) and keeps its shape. Its class is "figure"
 * and "figure-NAME" (map, stakeholders, configuration, dataflow, zone, path). It has
 * role="img", <title> and <desc>. Nothing is said by colour alone.
 *
 * Colours are CSS custom properties with a light fallback; a page may set them anew
 * (dark mode, print):
 *   --fig-paper  ground           --fig-ink    text and outlines
 *   --fig-soft   secondary text   --fig-line   arrows and flows
 *   --fig-zone, --fig-zone-alt    fill of zones, by depth
 *   --fig-edge   border of zones  --fig-box    fill of boxes
 *   --fig-accent applicant, markers, what stands out    --fig-on-accent  text on it
 *   --fig-tint-1 ... --fig-tint-5 fill of the cells of the map, mild to grave
 *   --fig-alert  threat marks     --fig-on-alert text on them
 *
 * Groups carry data-component, data-zone, data-flow, data-stakeholder, data-planned
 * (the marker after measures, with the stakeholder's id), data-panel (the diagram of a
 * stakeholder), data-node with the id of what
 * they show, data-flows (a line) with all that it stands for, for scripts and tests.
 * data-origin is around a picture of the system: where in it positions of components
 * are counted from, "x y".
 *
 * The assessment is only read. Everything taken from Graphviz is given back before a
 * function returns. Text of any length and content is cleaned, wrapped and cut.
 */
#include "assess/assess.h"
#include "attack/sim.h"
#include "base/buf.h"

/* Zone number for components that are in no zone (figure_zone, figure_zone_parts). */
#define FIGURE_NO_ZONE UINT32_MAX

/*
 * The map of IoT-SSF: difficulty of recovery (vertical) by economic impact
 * (horizontal), each stakeholder's position now (filled marker with a letter), its
 * target (a line around what is within it), the position after decided measures
 * (outlined marker, with an arrow where it differs), and a legend with the names.
 */
int figure_map(const struct assessment *a, enum lang lang, struct buf *out);
/* The same where the position after is under other measures (assess_run_with): what the
 * legend calls it. */
int figure_map_after(const struct assessment *a, struct text after, enum lang lang,
                     struct buf *out);

/*
 * What of a system is drawn: what is marked, by its index in the model's list; NULL:
 * all. A flow is drawn between those of its components that are.
 */
struct figure_part {
    const uint8_t *components, *flows, *stakeholders;
};
/* figure_map, figure_configuration and figure_dataflow of a part. */
int figure_map_part(const struct assessment *a, const struct figure_part *part,
                    enum lang lang, struct buf *out);
int figure_configuration_part(const struct assessment *a,
                              const struct figure_part *part, enum lang lang,
                              struct buf *out);
int figure_dataflow_part(const struct assessment *a, const struct figure_part *part,
                         enum lang lang, struct buf *out);

/* Stakeholders with their roles, and the relations between them. */
int figure_stakeholders(const struct assessment *a, enum lang lang, struct buf *out);

/*
 * Zones, components in them, and the connections: which parts talk to which.
 * Systems of more than FIGURE_MAX_BOXES components are drawn with one box a zone, and
 * one line for all flows between two boxes.
 */
int figure_configuration(const struct assessment *a, enum lang lang, struct buf *out);

/*
 * The configuration with what attacks pass: `load` is a share (0 to 1) for each asset
 * of the graph; lines of flows are as wide, boxes have as wide a rim, as their load.
 * Nothing is drawn when it is collapsed. Class figure-attacks.
 */
int figure_attacks(const struct assessment *a, const double *load, enum lang lang,
                   struct buf *out);

/*
 * The configuration with what one chain of steps passes, as figure_threat_path takes
 * it: what it passes is drawn thick, components with the numbers of their steps.
 * Nothing is drawn when it is collapsed. Class figure-chain.
 */
int figure_chain(const struct assessment *a, const uint32_t *nodes, size_t n,
                 enum lang lang, struct buf *out);

/* For each asset the share of the successful attacks that pass it, over all incidents:
 * load[i], of n_assets, from a tally with ways whose targets are nodes of the graph. */
void figure_attack_load(const struct graph *g, const struct tally *tally, double *load);

/*
 * The same with what flows: direction, data, protocol, protection; numbered, with a
 * table below the picture. Boxes stand where they do in the configuration. Large
 * systems are collapsed likewise.
 */
int figure_dataflow(const struct assessment *a, enum lang lang, struct buf *out);

enum { FIGURE_MAX_BOXES = 40 };

/* 1 if figure_configuration and figure_dataflow draw zones, not components. */
int figure_is_collapsed(const struct assessment *a);

/*
 * In how many pictures the components of a zone (not of those within it) are drawn:
 * 0 if it has none. `zone` is an index in the model's list, or FIGURE_NO_ZONE.
 */
unsigned figure_zone_parts(const struct assessment *a, uint32_t zone);

/*
 * Detail of one zone: its own components, the data flows between them, and in each
 * box the other parts and zones it talks to. `part` counts from 0 to
 * figure_zone_parts - 1.
 */
int figure_zone(const struct assessment *a, uint32_t zone, unsigned part,
                enum lang lang, struct buf *out);

/*
 * A chain of attack steps (nodes of the graph, as graph_chain gives them: origins
 * first), as numbered boxes from left to right, over as many lines as needed.
 */
int figure_threat_path(const struct assessment *a, const uint32_t *nodes, size_t n,
                       enum lang lang, struct buf *out);
#endif
