// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_WAREHOUSE_SITE_H
#define TWIN_WAREHOUSE_SITE_H
/*
 * The floor of the warehouse: cells of 2 m. Lanes run along every second column and
 * every fifth row, one way each, in turn one and the other; the outer ones are a ring,
 * so every lane can be reached from every other. Between the lanes stand the racks;
 * along the north side the picking stations, along the other three sides the places
 * where vehicles charge. Racks, stations and places to charge are bays: off the lanes,
 * entered and left through one lane cell, their gate. All of it is arithmetic: there is
 * no table.
 */
#include <stddef.h>
#include <stdint.h>

#define SITE_CELL_M 2.0

enum {
    SITE_COLUMNS = 31,
    SITE_ROWS = 26,
    SITE_AISLE = 5, // every fifth row is a lane
    SITE_WIDTH = SITE_COLUMNS + 2,
    SITE_CELLS = SITE_WIDTH * (SITE_ROWS + 2),
    SITE_RACKS = (SITE_COLUMNS / 2) * (SITE_ROWS - 1) / SITE_AISLE * (SITE_AISLE - 1),
    SITE_STATIONS = SITE_COLUMNS,
    SITE_HOMES = SITE_COLUMNS + 2 * SITE_ROWS,
    SITE_LONGEST_ROUTE = 128, // cells; no two lane cells are that far apart
};

enum site_use { SITE_NOTHING, SITE_LANE, SITE_RACK, SITE_STATION, SITE_HOME };

enum site_use site_use(int cell);
double site_x_m(int cell);
double site_y_m(int cell);

/* The n-th bay of its kind. */
int site_rack(int n);
int site_station(int n);
int site_home(int n);

/* The lane cell of a bay; a lane cell is its own. */
int site_gate(int cell);

/* The lane cells that follow a lane cell, at most two; returns how many. */
int site_next(int cell, int next[2]);
int site_is_crossing(int cell);

/* The shortest way in cells after `from` up to and with `to`; returns how many cells,
 * at most SITE_LONGEST_ROUTE, 0 if they are the same. */
int site_route(int from, int to, uint16_t *way);
/* The number of them. */
int site_distance(int from, int to);
#endif
