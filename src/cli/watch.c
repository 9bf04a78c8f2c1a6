// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* A rehearsal to look at; see watch.h. */
#include "cli/watch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/meter.h"
#include "page/term.h"
#include "twin/rehearse_json.h"

#define FRAME_S 0.1
#define USUAL_S 20.0 // how long a run takes to be looked at
#define LINE_S  60.0 // simulated, without a terminal

enum { MOST_SHOWN = 8, MOST_EVENTS = 4, LEAST_SPARK = 10, MOST_SPARK = 120 };
enum { NAME_CELLS = 22, VALUE_CELLS = 18 };

#define HIDE_CURSOR "\033[?25l"
#define SHOW_CURSOR "\033[?25h"
#define CLEAR_REST  "\033[K\n"

/* What is shown of a run; the ranges are known beforehand, as the run is. */
struct watch {
    struct cli *cli;
    struct stage *stage;
    uint32_t n;
    int variables[MOST_SHOWN];
    double least[MOST_SHOWN], most[MOST_SHOWN], end_s;
    int is_terminal;
    double speed;
    uint32_t n_told;                              // marks
    size_t n_spark;                               // cells of the line of a variable
    unsigned char sparks[MOST_SHOWN][MOST_SPARK]; // 0: nothing yet; 1 to 8
    unsigned n_lines;                             // of the last frame
};

#define IN(w, en, ja) ((w)->cli->lang == LANG_JA ? (ja) : (en))

/* ---- words ------------------------------------------------------------------------
 */

static const char *mark_words(const struct watch *w, int kind)
{
    static const struct text words[] = {
        [MARK_ATTACK] = {{"attack begins", "攻撃の開始"}},
        [MARK_REFUSED] = {{"refused by a measure", "対策による拒否"}},
        [MARK_SEEN] = {{"attack seen", "攻撃の検知"}},
        [MARK_RESPONSE] = {{"people respond", "人の対応"}},
        [MARK_ENDED] = {{"attack ends", "攻撃の終了"}},
    };
    return text_in(words[kind], w->cli->lang);
}

static const struct twin_quantity *quantity(const struct watch *w, uint32_t i)
{
    return &w->stage->twin.kind->variables[w->variables[i]].q;
}

static const char *unit_of(const struct twin_quantity *q)
{
    return strcmp(q->unit, "1") == 0 ? "" : q->unit;
}

static const char *colour(const struct watch *w, const char *code)
{
    return w->cli->colour ? code : "";
}

/* ---- beforehand -------------------------------------------------------------------
 */

static double value(const struct watch *w, uint32_t i)
{
    return twin_get(&w->stage->twin, w->variables[i]);
}

/* The run once, quickly: how long it is, and from where to where values go. */
static void look_ahead(struct watch *w, const struct stage_plan *plan)
{
    stage_begin(w->stage, plan);
    for (uint32_t i = 0; i < w->n; i++) {
        w->least[i] = HUGE_VAL;
        w->most[i] = -HUGE_VAL;
    }
    while (stage_step(w->stage) && !meter_is_stopped)
        for (uint32_t i = 0; i < w->n; i++) {
            w->least[i] = fmin(w->least[i], value(w, i));
            w->most[i] = fmax(w->most[i], value(w, i));
        }
    w->end_s = w->stage->d.t;
}

static void prepare(struct watch *w, const struct stage_plan *plan)
{
    const struct scenario *sc = plan->cast->scenario;
    size_t room = w->cli->columns > NAME_CELLS + VALUE_CELLS + 2
                      ? w->cli->columns - NAME_CELLS - VALUE_CELLS - 2
                      : LEAST_SPARK;
    w->n_spark = room < MOST_SPARK ? room : MOST_SPARK;
    for (size_t i = 0; i < sc->n_shows && i < MOST_SHOWN; i++)
        w->variables[w->n++] = twin_variable(sc->twin, sc->uses[sc->shows[i]]);
    if (plan->play && plan->play->is_still) w->n = 0;
    look_ahead(w, plan);
    if (w->speed < 0) w->speed = w->is_terminal ? w->end_s / USUAL_S : 0;
    stage_begin(w->stage, plan);
}

/* ---- without a terminal -----------------------------------------------------------
 */

static void put_line(struct watch *w)
{
    struct buf *out = &w->cli->out;
    const struct stage *s = w->stage;
    buf_printf(out, "%10.9g s", s->d.t);
    for (uint32_t i = 0; i < w->n; i++) {
        const struct twin_quantity *q = quantity(w, i);
        buf_printf(out, "  %s=%.9g", q->name, value(w, i));
    }
    for (; w->n_told < s->d.n_marks; w->n_told++)
        buf_printf(out, "  [%s %.6g s]", mark_words(w, s->d.marks[w->n_told].kind),
                   s->d.marks[w->n_told].t);
    buf_char(out, '\n');
    buf_flush(out);
}

/* ---- on a terminal ----------------------------------------------------------------
 */

/* The height of a variable, 1 to 8, into the column of the time. */
static void note_spark(struct watch *w, uint32_t i)
{
    double share = w->end_s > 0 ? w->stage->d.t / w->end_s : 1;
    size_t at = (size_t)(share * (double)w->n_spark);
    double wide = w->most[i] - w->least[i];
    double up = wide > 0 ? (value(w, i) - w->least[i]) / wide : 0;
    unsigned char height = (unsigned char)(1 + 7 * fmin(fmax(up, 0), 1));
    unsigned char *spark = &w->sparks[i][at < w->n_spark ? at : w->n_spark - 1];
    if (height > *spark) *spark = height; // a peak is not lost
}

static void put_row(struct watch *w, uint32_t i)
{
    static const char *const blocks[] = {" ",      "\u2581", "\u2582",
                                         "\u2583", "\u2584", "\u2585",
                                         "\u2586", "\u2587", "\u2588"};
    struct buf *out = &w->cli->out;
    const struct twin_quantity *q = quantity(w, i);
    char text[48];
    term_pad(out, q->name, NAME_CELLS);
    snprintf(text, sizeof text, "%.4g %s", value(w, i), unit_of(q));
    term_pad(out, text, VALUE_CELLS);
    buf_str(out, colour(w, "\033[34m"));
    for (size_t k = 0; k < w->n_spark; k++)
        buf_str(out, blocks[w->sparks[i][k]]);
    buf_str(out, colour(w, "\033[0m"));
    buf_str(out, CLEAR_REST);
}

/* The last events, the newest below. */
static void put_events(struct watch *w)
{
    const struct stage_data *d = &w->stage->d;
    uint32_t first = d->n_marks > MOST_EVENTS ? d->n_marks - MOST_EVENTS : 0;
    for (uint32_t i = first; i < first + MOST_EVENTS; i++) {
        if (i < d->n_marks) {
            int is_bad = d->marks[i].kind == MARK_ATTACK;
            buf_printf(&w->cli->out, "  %s%10.6g s  %s%s",
                       colour(w, is_bad ? "\033[31m" : "\033[1m"), d->marks[i].t,
                       mark_words(w, d->marks[i].kind), colour(w, "\033[0m"));
        }
        buf_str(&w->cli->out, CLEAR_REST);
    }
}

static void put_frame(struct watch *w)
{
    struct buf *out = &w->cli->out;
    if (w->n_lines) buf_printf(out, "\033[%uA\r", w->n_lines);
    buf_printf(out,
               IN(w, "%s%.0f s%s of %.0f s, %.3g times as fast",
                  "%s%.0f秒%s/%.0f秒(%.3g倍速)"),
               colour(w, "\033[1m"), w->stage->d.t, colour(w, "\033[0m"), w->end_s,
               w->speed);
    buf_str(out, CLEAR_REST);
    for (uint32_t i = 0; i < w->n; i++)
        put_row(w, i);
    put_events(w);
    w->n_lines = 1 + w->n + MOST_EVENTS;
    buf_flush(out);
    fflush(stdout);
}

/* ---- the run ----------------------------------------------------------------------
 */

static void sleep_until(double when_s)
{
    double left = when_s - cli_seconds();
    if (!(left > 0)) return;
    struct timespec t = {(time_t)left, (long)(1e9 * (left - floor(left)))};
    nanosleep(&t, NULL); // Ctrl-C ends it
}

/* What there is now, on a terminal as the next frame. */
static void show(struct watch *w)
{
    if (w->is_terminal)
        put_frame(w);
    else
        put_line(w);
}

/* When the next one is due after one at time t of the run: a frame by the clock where
 * it runs free, else by the time of the run. */
static int is_due(const struct watch *w, double shown_t, double shown_at)
{
    double gone = w->stage->d.t - shown_t;
    if (!w->is_terminal) return gone >= LINE_S;
    if (w->speed > 0) return gone >= w->speed * FRAME_S;
    return cli_seconds() - shown_at >= FRAME_S;
}

static void run(struct watch *w)
{
    double start = cli_seconds(), shown_t = -HUGE_VAL, shown_at = 0;
    do {
        for (uint32_t i = 0; w->stage->twin.n_steps && i < w->n; i++)
            note_spark(w, i); // there are no outputs before the first step
        if (!is_due(w, shown_t, shown_at)) continue;
        if (w->speed > 0) sleep_until(start + w->stage->d.t / w->speed);
        show(w);
        shown_t = w->stage->d.t;
        shown_at = cli_seconds();
    } while (!meter_is_stopped && stage_step(w->stage));
    show(w);
}

static void put_outcomes(struct watch *w)
{
    struct buf *out = &w->cli->out;
    const struct scenario *sc = w->stage->plan.cast->scenario;
    if (!w->stage->d.is_over) {
        buf_str(out, IN(w, "Ended early.\n", "途中で終了した。\n"));
        return;
    }
    buf_str(out, IN(w, "What came of it\n", "結果\n"));
    for (uint32_t i = 0; i < cast_n_outcomes(sc); i++) {
        const struct twin_quantity *q = &cast_outcome(sc, i)->q;
        if (!(w->stage->d.outcomes[i] < 0) && !(w->stage->d.outcomes[i] > 0)) continue;
        char text[48];
        buf_str(out, "  ");
        term_pad(out, q->name, NAME_CELLS);
        snprintf(text, sizeof text, "%.4g %s", w->stage->d.outcomes[i], unit_of(q));
        term_pad(out, text, VALUE_CELLS);
        buf_printf(out, "%s\n", text_in(q->about, w->cli->lang));
    }
}

int watch_run(struct cli *cli, const struct stage_plan *plan, double speed)
{
    struct watch *w = mem_alloc(sizeof *w);
    struct meter meter;
    w->cli = cli;
    w->speed = speed;
    w->is_terminal = isatty(STDOUT_FILENO);
    w->stage = mem_alloc(sizeof *w->stage);
    meter_begin(&meter, cli);
    prepare(w, plan);
    if (w->is_terminal) buf_str(&cli->out, HIDE_CURSOR);
    run(w);
    if (w->is_terminal) buf_str(&cli->out, SHOW_CURSOR);
    put_outcomes(w);
    buf_flush(&cli->out);
    meter_end(&meter);
    stage_fini(w->stage);
    free(w->stage);
    free(w);
    return EXIT_FINE;
}

int watch_speed(const struct cli *cli, double *speed)
{
    *speed = -1;
    return cli_decimal_or_zero(cli, "speed", speed);
}
