// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Several systems on one map, who stands where in each, and where systems in one cell
 * differ in what is demanded of them or adopted by them (assess/standing.h), as text or
 * JSON; see compare.h.
 */
#include "page/compare.h"

#include <stdlib.h>
#include <string.h>

#include "assess/standing.h"
#include "base/json.h"

struct comparison {
    const struct term *term;
    const struct compared_system *systems;
    size_t n;
    const struct catalog *catalog;
    uint8_t *standing; // of each system, each requirement of the catalog
    struct compared *compared;
};

/* A, B, ... Z, then numbers. */
static void system_mark(size_t i, char mark[8])
{
    if (i < 26)
        snprintf(mark, 8, "%c", (char)('A' + i));
    else
        snprintf(mark, 8, "%u", (unsigned)(i + 1) % 100000);
}

static const char *name_of(const struct comparison *c, size_t i)
{
    return text_in(c->systems[i].assessment->model->m.system.name, c->term->lang);
}

static const struct stakeholder *who(const struct assessment *a,
                                     const struct map_row *row)
{
    return LIST_AT(a->model->m.stakeholders, struct stakeholder, row->stakeholder);
}

static void find_standings(struct comparison *c)
{
    size_t n = c->catalog->c.requirements.n;
    c->standing = mem_alloc((n + 1) * c->n);
    c->compared = mem_alloc(c->n * sizeof *c->compared);
    for (size_t i = 0; i < c->n; i++) {
        const struct assessment *a = c->systems[i].assessment;
        standings_of(a, c->standing + i * n);
        c->compared[i] = (struct compared){a->worst, a->demanded, c->standing + i * n};
    }
}

/* ---- cells and what differs in them ---- */

static int is_here(const struct comparison *c, size_t i, struct position cell)
{
    return is_in_cell(&c->compared[i], cell);
}

/* Calls `show` for each cell with at least `least` systems, gravest first. */
static void
each_cell(struct comparison *c, size_t least,
          void (*show)(struct comparison *c, struct position cell, void *to), void *to)
{
    for (unsigned i = 0; i < N_CELLS; i++) {
        struct position cell = cell_by_gravity(i);
        if (count_in_cell(c->compared, c->n, cell) >= least) show(c, cell, to);
    }
}

static const struct requirement *requirement_at(const struct comparison *c, uint32_t k)
{
    return LIST_AT(c->catalog->c.requirements, struct requirement, k);
}

/* ---- text ---- */

/* A mark in each cell of the map where someone of the system stands. */
static void put_map(const struct comparison *c, struct buf *out)
{
    struct term_mark *marks = mem_alloc(c->n * N_LEVELS * N_LEVELS * sizeof *marks);
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct assessment *a = c->systems[i].assessment;
        uint8_t seen[N_LEVELS][N_LEVELS] = {{0}};
        for (uint32_t k = 0; k < a->map.n; k++) {
            const struct map_row *row = LIST_AT(a->map, struct map_row, k);
            uint8_t *is_seen = &seen[row->now.recovery][row->now.economic];
            if (row->form || *is_seen) continue;
            *is_seen = 1;
            marks[n].at = row->now;
            system_mark(i, marks[n++].letter);
        }
    }
    term_map(marks, n, c->term, out);
    free(marks);
}

enum { NAME_CELLS = 38, POSITION_CELLS = 24 };

static void put_position(struct buf *out, struct position p, enum lang lang)
{
    char text[128];
    snprintf(text, sizeof text, "%s \u00d7 %s",
             text_in(recovery_text(p.recovery), lang),
             text_in(economic_text(p.economic), lang));
    term_pad(out, text, POSITION_CELLS);
}

static void put_row(const struct assessment *a, const struct map_row *row,
                    enum lang lang, struct buf *out)
{
    static const struct text verdicts[] = {{{"no target", "目標なし"}},
                                           {{"above target", "目標超過"}},
                                           {{"within target", "目標内"}}};
    int verdict = !row->has_target ? 0 : row->within_target ? 2 : 1;
    buf_str(out, "      ");
    term_pad(out, text_in(who(a, row)->name, lang), NAME_CELLS);
    buf_char(out, ' ');
    put_position(out, row->now, lang);
    buf_printf(out, "%s\n", text_in(verdicts[verdict], lang));
}

static void put_positions(const struct comparison *c, struct buf *out)
{
    enum lang lang = c->term->lang;
    for (size_t i = 0; i < c->n; i++) {
        const struct assessment *a = c->systems[i].assessment;
        char mark[8];
        system_mark(i, mark);
        buf_str(out, "\n  ");
        term_pad(out, mark, 4);
        term_pad(out, name_of(c, i), NAME_CELLS);
        buf_char(out, ' ');
        put_position(out, a->worst, lang);
        buf_printf(out, "%s\n", c->systems[i].file);
        for (uint32_t k = 0; k < a->map.n; k++) {
            const struct map_row *row = LIST_AT(a->map, struct map_row, k);
            if (row->form == NULL) put_row(a, row, lang, out);
        }
    }
}

/* One line of a table of differences: a cell for each system, then what it is about. */
static void put_marks(const struct comparison *c, struct position cell,
                      const char *(*mark)(const struct comparison *c, size_t i,
                                          uint32_t what, char own[8]),
                      uint32_t what, size_t cells, struct buf *out)
{
    buf_str(out, "    ");
    for (size_t i = 0; i < c->n; i++) {
        char own[8];
        if (is_here(c, i, cell)) term_pad(out, mark(c, i, what, own), cells);
    }
    buf_char(out, ' ');
}

static const char *head_mark(const struct comparison *c, size_t i, uint32_t what,
                             char own[8])
{
    (void)c;
    (void)what;
    system_mark(i, own);
    return own;
}

static const char *standing_mark(const struct comparison *c, size_t i, uint32_t what,
                                 char own[8])
{
    (void)own;
    return standing_words[c->compared[i].standing[what]].mark;
}

static const char *demand_mark(const struct comparison *c, size_t i, uint32_t what,
                               char own[8])
{
    (void)own;
    int strength = c->compared[i].demanded[what];
    return strength ? text_in(choice_text(&strengths, strength), c->term->lang) : "-";
}

enum { MARK_CELLS = 4, DEMAND_CELLS = 20 };

/* Where cells are written, and how many were. */
struct cell_writer {
    struct buf *out;
    unsigned n;
};

static void put_cell(struct comparison *c, struct position cell, void *to)
{
    struct cell_writer *writer = to;
    struct buf *out = writer->out;
    writer->n++;
    enum lang lang = c->term->lang;
    int ja = lang == LANG_JA, n_different = 0;
    buf_printf(out, "\n  %s \u00d7 %s\n", text_in(recovery_text(cell.recovery), lang),
               text_in(economic_text(cell.economic), lang));
    for (uint32_t v = 1; v <= N_VIEWPOINTS; v++) {
        if (!demand_differs(c->compared, c->n, cell, v)) continue;
        if (n_different++ == 0) {
            put_marks(c, cell, head_mark, 0, DEMAND_CELLS, out);
            buf_str(out, ja ? "求められる確認\n" : "confirmation demanded\n");
        }
        put_marks(c, cell, demand_mark, v, DEMAND_CELLS, out);
        buf_printf(out, ja ? "観点%u\n" : "viewpoint %u\n", v);
    }
    int n_before = n_different;
    for (uint32_t k = 0; k < c->catalog->c.requirements.n; k++) {
        if (!standing_differs(c->compared, c->n, cell, k)) continue;
        if (n_different++ == n_before) {
            put_marks(c, cell, head_mark, 0, MARK_CELLS, out);
            buf_str(out, ja ? "対策要件\n" : "requirement\n");
        }
        put_marks(c, cell, standing_mark, k, MARK_CELLS, out);
        buf_printf(out, "%s: %s\n", requirement_at(c, k)->entry.id,
                   text_in(requirement_at(c, k)->name, lang));
    }
    if (n_different == 0) buf_str(out, ja ? "    違いはない\n" : "    no difference\n");
}

static void put_text(struct comparison *c, struct buf *out)
{
    int ja = c->term->lang == LANG_JA;
    put_map(c, out);
    put_positions(c, out);
    buf_str(out,
            ja ? "\n同じ区画のシステムの違い" : "\nWhere systems in one cell differ");
    buf_str(out, " (");
    for (int i = N_STANDINGS - 1; i >= 0; i--)
        buf_printf(out, "%s %s%s", standing_words[i].mark,
                   text_in(standing_words[i].text, c->term->lang), i ? ", " : ")\n");
    struct cell_writer writer = {out, 0};
    each_cell(c, 2, put_cell, &writer);
    if (writer.n == 0)
        buf_str(out, ja ? "\n  同じ区画に二つ以上のシステムは無い\n"
                        : "\n  no two systems are in one cell\n");
}

/* ---- JSON ---- */

static void json_position(struct json *j, struct position p)
{
    json_put(j, "recovery", recovery_name(p.recovery));
    json_put(j, "economic", economic_name(p.economic));
}

static void json_system(const struct comparison *c, size_t i, struct json *j)
{
    const struct assessment *a = c->systems[i].assessment;
    char mark[8];
    system_mark(i, mark);
    json_open(j, '{');
    json_put(j, "mark", mark);
    json_put(j, "file", c->systems[i].file);
    json_put(j, "id", a->model->m.system.id);
    json_put_text(j, "name", a->model->m.system.name);
    json_position(j, a->worst);
    json_in(j, "map", '[');
    for (uint32_t k = 0; k < a->map.n; k++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, k);
        if (row->form) continue;
        json_open(j, '{');
        json_put(j, "stakeholder", who(a, row)->entry.id);
        json_put_text(j, "name", who(a, row)->name);
        json_position(j, row->now);
        json_key(j, "within_target");
        if (row->has_target)
            json_bool(j, row->within_target);
        else
            json_null(j);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

/* The values of the systems of a cell, in their order. */
static void json_values(const struct comparison *c, struct position cell, int is_demand,
                        uint32_t what, struct json *j)
{
    json_in(j, "values", '[');
    for (size_t i = 0; i < c->n; i++) {
        if (!is_here(c, i, cell)) continue;
        int v =
            is_demand ? c->compared[i].demanded[what] : c->compared[i].standing[what];
        const char *strength = choice_name(&strengths, v);
        json_string(j, !is_demand    ? standing_words[v].name
                       : strength[0] ? strength
                                     : "none");
    }
    json_close(j, ']');
}

static void json_cell(struct comparison *c, struct position cell, void *to)
{
    struct json *j = to;
    json_open(j, '{');
    json_position(j, cell);
    json_in(j, "systems", '[');
    for (size_t i = 0; i < c->n; i++) {
        char mark[8];
        system_mark(i, mark);
        if (is_here(c, i, cell)) json_string(j, mark);
    }
    json_close(j, ']');
    json_in(j, "viewpoints", '[');
    for (uint32_t v = 1; v <= N_VIEWPOINTS; v++) {
        if (!demand_differs(c->compared, c->n, cell, v)) continue;
        json_open(j, '{');
        json_put_int(j, "viewpoint", v);
        json_values(c, cell, 1, v, j);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_in(j, "requirements", '[');
    for (uint32_t k = 0; k < c->catalog->c.requirements.n; k++) {
        if (!standing_differs(c->compared, c->n, cell, k)) continue;
        json_open(j, '{');
        json_put(j, "id", requirement_at(c, k)->entry.id);
        json_values(c, cell, 0, k, j);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void put_json(struct comparison *c, struct buf *out)
{
    struct json j = json_on(out, 4);
    json_open(&j, '{');
    json_in(&j, "systems", '[');
    for (size_t i = 0; i < c->n; i++)
        json_system(c, i, &j);
    json_close(&j, ']');
    json_in(&j, "cells", '[');
    each_cell(c, 1, json_cell, &j);
    json_close(&j, ']');
    json_close(&j, '}');
}

void compare_write(const struct compared_system *systems, size_t n,
                   const struct term *term, struct buf *out)
{
    static const struct term no_term;
    struct comparison c = {term ? term : &no_term,         systems, n,
                           systems[0].assessment->catalog, NULL,    NULL};
    find_standings(&c);
    if (term)
        put_text(&c, out);
    else
        put_json(&c, out);
    free(c.standing);
    free(c.compared);
}
