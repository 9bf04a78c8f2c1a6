// SPDX-License-Identifier: Apache-2.0
/* The floor of the warehouse; see site.h. A cell is y * width + x, with a margin of one
 * cell around the lanes for the bays along the sides. */
#include "twin/warehouse/site.h"

static int cell_at(int column, int row)
{
    return (row + 1) * SITE_WIDTH + column + 1;
}

static int column_of(int cell)
{
    return cell % SITE_WIDTH - 1;
}

static int row_of(int cell)
{
    return cell / SITE_WIDTH - 1;
}

double site_x_m(int cell)
{
    return column_of(cell) * SITE_CELL_M;
}

double site_y_m(int cell)
{
    return row_of(cell) * SITE_CELL_M;
}

static int is_inside(int column, int row)
{
    return column >= 0 && column < SITE_COLUMNS && row >= 0 && row < SITE_ROWS;
}

static enum site_use use_of_side(int column, int row)
{
    int is_beside = row >= 0 && row < SITE_ROWS,
        is_above = column >= 0 && column < SITE_COLUMNS;
    if (row == SITE_ROWS && is_above) return SITE_STATION;
    if (row == -1 && is_above) return SITE_HOME;
    return is_beside ? SITE_HOME : SITE_NOTHING;
}

enum site_use site_use(int cell)
{
    if (cell < 0 || cell >= SITE_CELLS) return SITE_NOTHING;
    int column = column_of(cell), row = row_of(cell);
    if (!is_inside(column, row)) return use_of_side(column, row);
    return column % 2 == 0 || row % SITE_AISLE == 0 ? SITE_LANE : SITE_RACK;
}

int site_rack(int n)
{
    const int across = SITE_COLUMNS / 2, deep = SITE_AISLE - 1;
    int layer = n / across;
    return cell_at(n % across * 2 + 1, layer / deep * SITE_AISLE + layer % deep + 1);
}

int site_station(int n)
{
    return cell_at(n, SITE_ROWS);
}

int site_home(int n)
{
    if (n < SITE_ROWS) return cell_at(-1, SITE_ROWS - 1 - n);
    n -= SITE_ROWS;
    if (n < SITE_COLUMNS) return cell_at(n, -1);
    return cell_at(SITE_COLUMNS, n - SITE_COLUMNS);
}

int site_gate(int cell)
{
    int column = column_of(cell), row = row_of(cell);
    if (site_use(cell) == SITE_RACK) return cell_at(column - 1, row);
    if (row == SITE_ROWS) return cell_at(column, row - 1);
    if (row < 0) return cell_at(column, 0);
    if (column < 0) return cell_at(0, row);
    return column == SITE_COLUMNS ? cell_at(column - 1, row) : cell;
}

/* Columns go south and north in turn, rows east and west. */
int site_next(int cell, int next[2])
{
    int column = column_of(cell), row = row_of(cell), n = 0;
    int north = column / 2 % 2 ? 1 : -1, east = row / SITE_AISLE % 2 ? -1 : 1;
    if (column % 2 == 0 && is_inside(column, row + north))
        next[n++] = cell_at(column, row + north);
    if (row % SITE_AISLE == 0 && is_inside(column + east, row))
        next[n++] = cell_at(column + east, row);
    return n;
}

int site_is_crossing(int cell)
{
    int column = column_of(cell), row = row_of(cell);
    return is_inside(column, row) && column % 2 == 0 && row % SITE_AISLE == 0;
}

/* Breadth first over the lanes; before[cell] is the cell it was reached from. */
static void search(int from, int to, int16_t *before)
{
    int16_t queue[SITE_CELLS];
    int head = 0, tail = 0;
    for (int i = 0; i < SITE_CELLS; i++)
        before[i] = -1;
    before[from] = (int16_t)from;
    queue[tail++] = (int16_t)from;
    while (head < tail && before[to] < 0) {
        int at = queue[head++], next[2], n = site_next(at, next);
        for (int i = 0; i < n; i++) {
            if (before[next[i]] >= 0) continue;
            before[next[i]] = (int16_t)at;
            queue[tail++] = (int16_t)next[i];
        }
    }
}

int site_route(int from, int to, uint16_t *way)
{
    int16_t before[SITE_CELLS];
    int first = site_gate(from), last = site_gate(to), n = 0, length = 0;
    if (from == to) return 0;
    search(first, last, before);
    for (int at = last; at != first; at = before[at])
        length++;
    if (first != from) way[n++] = (uint16_t)first;
    for (int at = last, i = n + length; at != first; at = before[at])
        way[--i] = (uint16_t)at;
    n += length;
    if (last != to) way[n++] = (uint16_t)to;
    return n;
}

int site_distance(int from, int to)
{
    uint16_t way[SITE_LONGEST_ROUTE];
    return site_route(from, to, way);
}
