// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Incidents by measures; see figure_rehearse.h. A cell tells of one outcome, the first
 * of the twin's list that the measure moves (outcomes stand there most telling first),
 * with a letter for it; its shade tells whether anybody's measured level falls or
 * rises.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "page/figure_rehearse_kit.h"

#define LABEL 236.0
#define WIDE  62.0
#define HIGH  22.0
#define HEAD  30.0
#define ROW   17.0 // of the key

enum {
    MOST_ROWS = 40,
    MOST_COLUMNS = 16,
    MOST_OUTCOMES = STAGE_MOST_OUTCOMES + N_GENERAL_OUTCOMES
};

struct matrix_figure {
    const struct rehearse_view *v;
    struct arena arena;
    enum lang lang;
    struct buf *out;
    struct plot p; // for its text
    size_t rows[MOST_ROWS], n_rows, n_all;
    size_t n_columns;
    int letter[MOST_OUTCOMES]; // 1 on: used
    int n_letters;
};

/* ---- what changes -----------------------------------------------------------------
 */

static double mean_of(const struct rehearse_result *r, size_t incident,
                      uint32_t outcome)
{
    double sum = 0;
    for (uint64_t w = 0; w < r->plan.runs; w++)
        sum += r->items[incident].sets[0].outcomes[w * r->n_outcomes + outcome];
    return sum / (double)r->plan.runs;
}

double rehearse_moved(const struct rehearse_view *v, size_t incident, size_t measure,
                      uint32_t outcome)
{
    const struct rehearse_matrix *m = v->matrix;
    const struct matrix_cell *cell = &m->cells[incident * m->n_measures + measure];
    double before = mean_of(v->result, incident, outcome);
    double by = cell->means[outcome] - before;
    return fabs(by) > 0.005 * fmax(fabs(before), 1e-9) ? by : 0;
}

/* The first outcome that is moved, or -1; that the attack is only seen is no change of
 * what it does. */
static int moved_first(const struct rehearse_view *v, size_t incident, size_t measure)
{
    const struct rehearse_result *r = v->result;
    uint32_t own = r->n_outcomes - N_GENERAL_OUTCOMES;
    if (!v->matrix->cells[incident * v->matrix->n_measures + measure].changes)
        return -1;
    for (uint32_t i = 0; i < r->n_outcomes; i++) {
        if (i == own + GENERAL_REFUSED || i == own + GENERAL_SEEN) continue;
        double by = rehearse_moved(v, incident, measure, i);
        if (by < 0 || by > 0) return (int)i;
    }
    return -1;
}

/* Whether levels fall (-1) or rise (1); 2: some fall and some rise. */
static int levels_move(const struct rehearse_view *v, size_t incident, size_t measure)
{
    const struct rehearse_result *r = v->result;
    const struct matrix_cell *cell =
        &v->matrix->cells[incident * v->matrix->n_measures + measure];
    int falls = 0, rises = 0;
    for (uint32_t i = 0; i < r->n_stakeholders; i++) {
        for (int axis = 0; axis < 2; axis++) {
            uint64_t counts[N_LEVELS];
            rehearse_levels(r, &r->items[incident], 0, i, axis, counts);
            int before = rehearse_measured(counts);
            int after = axis ? cell->levels[i].economic : cell->levels[i].recovery;
            falls |= after < before;
            rises |= after > before;
        }
    }
    return falls && rises ? 2 : rises - falls;
}

static void choose(struct matrix_figure *f)
{
    const struct rehearse_result *r = f->v->result;
    f->n_columns = r->n < MOST_COLUMNS ? r->n : MOST_COLUMNS;
    for (size_t k = 0; k < f->v->matrix->n_measures; k++) {
        int tells = 0;
        for (size_t i = 0; i < f->n_columns; i++) {
            int outcome = moved_first(f->v, i, k);
            if (outcome < 0) continue;
            tells = 1;
            if (f->n_all < MOST_ROWS && f->letter[outcome] == 0)
                f->letter[outcome] = ++f->n_letters;
        }
        if (!tells) continue;
        if (f->n_rows < MOST_ROWS) f->rows[f->n_rows++] = k;
        f->n_all++;
    }
}

/* ---- cells ------------------------------------------------------------------------
 */

static const char *change(struct matrix_figure *f, size_t incident, size_t measure,
                          int outcome)
{
    double by = rehearse_moved(f->v, incident, measure, (uint32_t)outcome);
    double before = mean_of(f->v->result, incident, (uint32_t)outcome);
    int letter = 'a' + f->letter[outcome] - 1;
    double percent = 100 * by / before;
    if (!(fabs(before) > 1e-9) || fabs(percent) > 999)
        return arena_printf(&f->arena, "%c %s", letter, by > 0 ? "\u2191" : "\u2193");
    return arena_printf(&f->arena, "%c %s%.0f%%", letter, by < 0 ? "\u2212" : "+",
                        fabs(percent));
}

static double left_of(size_t column)
{
    return LABEL + (double)column * WIDE;
}

static double top_of(size_t row)
{
    return HEAD + (double)row * HIGH;
}

static const char *const fills[] = {"var(--fig-tint-1, #e4f0e8)", SVG_ZONE_ALT,
                                    "var(--fig-tint-4, #f8d2b4)",
                                    "var(--fig-tint-3, #fbe6c2)"};

/* The sign says in words' stead what the shade says. */
static const char *const signs[] = {"\u25bc ", "", "\u25b2 ", "\u25c6 "};

static void draw_cell(struct matrix_figure *f, size_t column, size_t row)
{
    double x = left_of(column), y = top_of(row);
    int outcome = moved_first(f->v, column, f->rows[row]);
    if (outcome < 0) {
        svg_circle(f->out, x + WIDE / 2, y + HIGH / 2, 1,
                   (struct pen){.fill = SVG_EDGE});
        return;
    }
    int moves = levels_move(f->v, column, f->rows[row]);
    svg_rect(f->out, x + 1, y + 1, WIDE - 2, HIGH - 2, 3,
             (struct pen){fills[moves + 1], moves == -1 ? SVG_ACCENT : NULL, 1, NULL});
    svg_text(f->out, x + WIDE / 2, y + HIGH / 2 + 3.4, 9.5, moves != 0, ANCHOR_MIDDLE,
             SVG_INK,
             arena_printf(&f->arena, "%s%s", signs[moves + 1],
                          change(f, column, f->rows[row], outcome)));
}

static void draw_rows(struct matrix_figure *f)
{
    const struct list *measures = &f->v->result->plan.cast->graph->model->m.measures;
    for (size_t row = 0; row < f->n_rows; row++) {
        const struct measure *m =
            LIST_AT(*measures, struct measure, f->v->matrix->measures[f->rows[row]]);
        const char *name = name_or_id(&f->arena, m->name, m->entry.id, f->lang);
        svg_group(f->out, "measure", m->entry.id, name);
        plot_text(&f->p, LABEL - 8, top_of(row) + HIGH / 2 + 3.6, 10.5, 0, ANCHOR_END,
                  SVG_INK, LABEL - 16, name);
        for (size_t column = 0; column < f->n_columns; column++)
            draw_cell(f, column, row);
        svg_group_end(f->out);
    }
}

/* ---- around -----------------------------------------------------------------------
 */

static void draw_heads(struct matrix_figure *f)
{
    for (size_t i = 0; i < f->n_columns; i++)
        svg_text(f->out, left_of(i) + WIDE / 2, HEAD - 9, 11, 1, ANCHOR_MIDDLE, SVG_INK,
                 arena_printf(&f->arena, "%zu", i + 1));
}

static double key_line(struct matrix_figure *f, double y, const char *head,
                       const char *text, double width)
{
    plot_text(&f->p, 26, y + 12, 11, 1, ANCHOR_END, SVG_INK, 24, head);
    plot_text(&f->p, 36, y + 12, 11, 0, ANCHOR_START, SVG_INK, width - 46, text);
    return ROW;
}

static double draw_key(struct matrix_figure *f, double y, double width)
{
    static const struct text moves[] = {
        {{"a measured level falls", "実測の水準が下がる"}},
        {{"the outcome changes, no level does", "結果は変わるが水準は変わらない"}},
        {{"a measured level rises", "実測の水準が上がる"}},
        {{"one level falls, another rises", "下がる水準と上がる水準がある"}},
    };
    const struct rehearse_result *r = f->v->result;
    const struct list *incidents = &r->plan.cast->graph->model->m.incidents;
    double from = y;
    for (size_t i = 0; i < f->n_columns; i++) {
        const struct incident *x =
            LIST_AT(*incidents, struct incident, r->items[i].play->incident);
        y += key_line(f, y, arena_printf(&f->arena, "%zu", i + 1),
                      name_or_id(&f->arena, x->name, x->entry.id, f->lang), width);
    }
    y += 6;
    for (int letter = 1; letter <= f->n_letters; letter++)
        for (uint32_t i = 0; i < r->n_outcomes; i++)
            if (f->letter[i] == letter)
                y += key_line(f, y, arena_printf(&f->arena, "%c", 'a' + letter - 1),
                              plot_name(&f->arena,
                                        &cast_outcome(r->plan.cast->scenario, i)->q,
                                        f->lang),
                              width);
    y += 6;
    for (int i = 0; i < 4; i++) {
        svg_rect(f->out, 10, y + 1, 18, 14, 3,
                 (struct pen){fills[i], i == 0 ? SVG_ACCENT : NULL, 1, NULL});
        y += key_line(
            f, y, "",
            arena_printf(&f->arena, "%s%s", signs[i], text_in(moves[i], f->lang)),
            width);
    }
    if (f->n_all > f->n_rows)
        y += key_line(f, y, "",
                      arena_printf(&f->arena,
                                   f->lang == LANG_JA
                                       ? "ほかの%zu件は awai rehearse --matrix にある。"
                                       : "awai rehearse --matrix has the other %zu.",
                                   f->n_all - f->n_rows),
                      width);
    return y - from;
}

static void draw(struct matrix_figure *f, struct buf *out)
{
    double width = fmax(left_of(f->n_columns) + 8, 560);
    double bottom = top_of(f->n_rows) + 10;
    int ja = f->lang == LANG_JA;
    struct buf key = {0};
    f->out = f->p.out = &key;
    double height = draw_key(f, bottom, width);
    f->out = f->p.out = out;
    svg_open(
        out, "rehearse-matrix", width, bottom + height + 8,
        ja ? "対策ごとの効果" : "What each measure alone changes",
        ja ? "対策を一つだけ講じた場合に、各インシデントの結果の平均がどう変わるか。"
           : "How the mean of the first outcome that it moves changes in each "
             "incident, when only this measure is in force.",
        f->lang);
    draw_heads(f);
    draw_rows(f);
    buf_str(out, buf_text(&key));
    buf_fini(&key);
    svg_close(out);
}

int figure_rehearse_matrix(const struct rehearse_view *v, enum lang lang,
                           struct buf *out)
{
    if (v->matrix == NULL) return 0;
    struct matrix_figure *f = mem_alloc(sizeof *f);
    f->v = v;
    f->lang = lang;
    f->p = (struct plot){.lang = lang, .arena = &f->arena};
    choose(f);
    int any = f->n_rows > 0;
    if (any) draw(f, out);
    arena_fini(&f->arena);
    free(f);
    return any;
}
