// SPDX-License-Identifier: Apache-2.0
/*
 * A rehearsal as server-sent events, while it runs: begin, frame ..., end. The run is a
 * function of the address, so the server remembers nothing: a page that pauses closes
 * the stream, and goes on by asking for the same run `from` where it was; `until` ends
 * a piece of it. The clock only tells when the next frame is due (as in cli/watch.h):
 * so many steps make a frame that FRAMES_S a second are enough, and what is computed
 * does not depend on it.
 *
 * A stream holds a thread of the server: there are at most WEB_MOST_STREAMS, none
 * longer than STREAM_MOST_S, and one whose reader takes more than LATE_S for a frame
 * ends.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "page/figure_rehearse_kit.h"
#include "twin/live.h"
#include "web/run.h"

#define FRAMES_S      25.0 // frames a second
#define LEAST_GAP_S   (1 / 30.0)
#define USUAL_S       20.0 // how long a run takes to be looked at
#define STREAM_MOST_S 900.0
#define SILENT_MOST_S 20.0 // of running without being looked at
#define LATE_S        5.0
#define LOOK_S        0.05 // so often it is looked whether the server ends

enum { PAST_ROWS = 240, LOOKS_EACH = 256 };

enum live_phase { LIVE_BEGIN, LIVE_FIRST, LIVE_RUN, LIVE_RESULT, LIVE_DONE };

struct live {
    struct web_stream stream; // first: the server knows no more of it
    struct web *web;
    struct run_cast of;
    struct run_query query;
    uint8_t *measures;
    struct stage stage;
    uint32_t n_told; // marks
    enum live_phase phase;
    uint64_t n_each;              // steps a frame
    double began, due, shown;     // of the clock
    double ends_s, *least, *most; // foreseen, by what is shown
    uint32_t n_past;              // rows of what was run silently
    double *past;                 // time and what is shown
    const char *why;              // it ends before the run does
};

static int is_closing(struct web *web)
{
    pthread_mutex_lock(&web->lock);
    int is = web->is_closing;
    pthread_mutex_unlock(&web->lock);
    return is;
}

static const struct scenario *scenario_of(const struct live *l)
{
    return l->of.cast->scenario;
}

/* ---- beforehand ----------------------------------------------------------------- */

static struct stage_plan plan_of(const struct live *l, const struct cast_play *play)
{
    return (struct stage_plan){.cast = l->of.cast,
                               .play = play,
                               .measures = l->measures,
                               .emergency = -1,
                               .seed = l->query.seed,
                               .world = l->query.world,
                               .begins_s = -1};
}

static double shown(const struct live *l, size_t i)
{
    return stage_get(&l->stage, scenario_of(l)->shows[i]);
}

static int is_at(const struct live *l, double t)
{
    const double little_s = 1e-9;
    return l->stage.d.t >= t - little_s;
}

/* Calls `look` before each step until a time or the end; 0 if that takes too long. */
static int run_silently(struct live *l, double until_s, void (*look)(struct live *l))
{
    double began = web_clock_s();
    for (uint32_t i = 1; !is_at(l, until_s); i++) {
        look(l);
        if (!stage_step(&l->stage)) break;
        if (i % LOOKS_EACH) continue;
        if (web_clock_s() - began > SILENT_MOST_S || is_closing(l->web)) return 0;
    }
    return 1;
}

/* There are no outputs before the first step. */
static void note_range(struct live *l)
{
    for (size_t i = 0; l->stage.twin.n_steps && i < scenario_of(l)->n_shows; i++) {
        l->least[i] = fmin(l->least[i], shown(l, i));
        l->most[i] = fmax(l->most[i], shown(l, i));
    }
}

/* The run once, quickly: how long it is, and from where to where values go. */
static int look_ahead(struct live *l, const struct stage_plan *plan)
{
    stage_begin(&l->stage, plan);
    int is_whole = run_silently(l, HUGE_VAL, note_range);
    l->ends_s = l->stage.d.t;
    return is_whole;
}

/* A row of the past, so far apart that they do not become too many. */
static void note_past(struct live *l)
{
    size_t n = scenario_of(l)->n_shows;
    uint64_t steps = (uint64_t)(l->query.from_s / scenario_of(l)->every_s);
    double *row = l->past + l->n_past * (n + 1);
    if (l->stage.d.n_acts % (steps / PAST_ROWS + 1) || l->n_past >= PAST_ROWS ||
        l->stage.twin.n_steps == 0)
        return;
    row[0] = l->stage.d.t;
    for (size_t i = 0; i < n; i++)
        row[i + 1] = shown(l, i);
    l->n_past++;
}

static void settle_pace(struct live *l)
{
    double every_s = scenario_of(l)->every_s;
    if (!(l->query.speed > 0)) l->query.speed = fmax(l->ends_s / USUAL_S, 1e-3);
    l->n_each = (uint64_t)fmax(1, ceil(l->query.speed / FRAMES_S / every_s - 1e-9));
}

/* 0 if it takes too long. */
static int prepare(struct live *l, const struct cast_play *play)
{
    struct stage_plan plan = plan_of(l, play);
    size_t n = scenario_of(l)->n_shows;
    l->least = mem_alloc((n + 1) * sizeof *l->least);
    l->most = mem_alloc((n + 1) * sizeof *l->most);
    l->past = mem_alloc(PAST_ROWS * (n + 1) * sizeof *l->past);
    for (size_t i = 0; i < n; i++) {
        l->least[i] = HUGE_VAL;
        l->most[i] = -HUGE_VAL;
    }
    if (!look_ahead(l, &plan)) return 0;
    settle_pace(l);
    stage_begin(&l->stage, &plan);
    return run_silently(l, fmin(l->query.from_s, l->ends_s), note_past);
}

/* ---- events --------------------------------------------------------------------- */

static struct json open_event(struct buf *out, const char *name)
{
    buf_printf(out, "event: %s\ndata: ", name);
    struct json j = json_on(out, 0);
    json_open(&j, '{');
    return j;
}

static void close_event(struct json *j)
{
    json_close(j, '}');
    buf_str(j->out, "\n\n");
}

static void put_double(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_double(j, value);
}

static void put_numbers(struct json *j, const double *values, size_t n)
{
    json_open(j, '[');
    for (size_t i = 0; i < n; i++)
        if (fabs(values[i]) < HUGE_VAL)
            json_double(j, values[i]);
        else
            json_null(j); // never seen
    json_close(j, ']');
}

static void put_foreseen(const struct live *l, struct json *j)
{
    size_t n = scenario_of(l)->n_shows;
    put_double(j, "ends_s", l->ends_s);
    put_double(j, "speed", l->query.speed);
    json_key(j, "least");
    put_numbers(j, l->least, n);
    json_key(j, "most");
    put_numbers(j, l->most, n);
    json_in(j, "past", '[');
    for (uint32_t i = 0; i < l->n_past; i++)
        put_numbers(j, l->past + i * (n + 1), n + 1);
    json_close(j, ']');
}

static void put_incident(const struct live *l, struct json *j)
{
    const struct model *m = l->of.view.model;
    const struct cast_play *play = l->stage.plan.play;
    const struct incident *x = LIST_AT(m->m.incidents, struct incident, play->incident);
    json_in(j, "incident", '{');
    json_put(j, "id", x->entry.id);
    json_put_text(j, "name", x->name);
    json_put_text(j, "about", play->from->about);
    json_put_text(j, "reason", play->from->reason);
    json_close(j, '}');
    json_in(j, "measures", '[');
    for (uint32_t i = 0; i < m->m.measures.n; i++)
        if (l->measures[i])
            json_string(j, LIST_AT(m->m.measures, struct measure, i)->entry.id);
    json_close(j, ']');
}

/* A chance or a parameter of the twin, NAN if there is none. */
static double parameter(const struct live *l, const char *name)
{
    const struct scenario *sc = scenario_of(l);
    for (size_t i = 0; i < sc->n_chances; i++)
        if (strcmp(sc->chances[i].q.name, name) == 0) return l->stage.chances[i];
    return stage_value(&l->stage, name);
}

/* What the report's curves are measured against, as it is in this world. */
static void put_limits(const struct live *l, struct json *j)
{
    const struct scenario *sc = scenario_of(l);
    json_in(j, "limits", '[');
    for (size_t i = 0; i < n_rehearse_limits; i++) {
        const struct limit *x = &rehearse_limits[i];
        if (strcmp(x->twin, sc->twin->name) != 0) continue;
        json_open(j, '{');
        json_put(j, "variable", x->variable);
        put_double(j, "value", x->parameter ? parameter(l, x->parameter) : x->value);
        json_put_text(j, "name", x->name);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_begin(struct live *l, struct buf *out)
{
    struct json j = open_event(out, "begin");
    put_incident(l, &j);
    json_put_int(&j, "seed", (long long)l->query.seed);
    json_put_int(&j, "world", (long long)l->query.world);
    put_foreseen(l, &j);
    put_limits(l, &j);
    live_head(&l->stage, &j);
    close_event(&j);
}

static void put_frame(struct live *l, struct buf *out)
{
    struct json j = open_event(out, "frame");
    live_frame(&l->stage, &l->n_told, &j);
    close_event(&j);
}

/* The run is over, or `why` it goes no further here. */
static void put_end(struct live *l, struct buf *out)
{
    struct json j = open_event(out, l->why ? l->why : "end");
    if (l->why)
        put_double(&j, "t", l->stage.d.t);
    else
        live_result(&l->stage, &j);
    if (l->stage.wrong) json_put(&j, "wrong", l->stage.wrong);
    close_event(&j);
}

/* ---- the run -------------------------------------------------------------------- */

/* Waits until the next frame is due, or as long as a stream may; 1 if it is due. */
static int wait_for_frame(struct live *l)
{
    double until = web_clock_s() + WEB_STREAM_WAIT_S;
    for (;;) {
        double now = web_clock_s(), left = fmin(l->due, until) - now;
        if (now >= l->due || is_closing(l->web)) return 1;
        if (left <= 0) return 0;
        struct timespec t = {0, (long)(1e9 * fmin(left, LOOK_S))};
        nanosleep(&t, NULL);
    }
}

/* After a frame: when the next one is due. Who is late is not hurried after. */
static void settle_due(struct live *l)
{
    double now = web_clock_s(), gap = (double)l->n_each * scenario_of(l)->every_s;
    l->due = fmax(l->due + gap / l->query.speed, now + LEAST_GAP_S);
    l->shown = now;
}

/* As many steps as make a frame, but none beyond what is asked for, and not the one
 * that ends the run: the moment before it is the last that is to be seen. */
static void go_on(struct live *l)
{
    for (uint64_t i = 0; i < l->n_each; i++) {
        if (!stage_step(&l->stage)) {
            l->phase = LIVE_RESULT;
            return;
        }
        if (is_at(l, l->query.until_s)) {
            l->why = "pause";
            l->phase = LIVE_RESULT;
        }
        if (l->why || is_at(l, l->ends_s)) return;
        if (i % LOOKS_EACH == LOOKS_EACH - 1 && is_closing(l->web)) return;
    }
}

/* 1 where the server, the clock or the reader ends it. */
static int is_ended(struct live *l)
{
    double now = web_clock_s();
    int is_late = l->phase == LIVE_RUN && now > fmax(l->due, l->shown) + LATE_S;
    if (!is_closing(l->web) && now - l->began < STREAM_MOST_S && !is_late) return 0;
    l->why = "limit";
    l->phase = LIVE_RESULT;
    return 1;
}

static void run_on(struct live *l, struct buf *out)
{
    if (is_ended(l)) return;
    if (!wait_for_frame(l)) {
        buf_str(out, ": waits\n\n"); // a reader who has gone is missed
        l->shown = web_clock_s();
        return;
    }
    go_on(l);
    int is_over = l->stage.d.is_over; // then there is a moment more only for its marks
    if (!is_over || l->n_told < l->stage.d.n_marks) put_frame(l, out);
    settle_due(l);
}

/* Already at its beginning: where nothing physical is run there is only an end. */
static int is_over(struct live *l)
{
    if (l->stage.plan.play->is_still) stage_run(&l->stage);
    return l->stage.d.is_over;
}

static int next(struct web_stream *stream, struct buf *out)
{
    struct live *l = (struct live *)stream;
    while (out->len == 0 && l->phase != LIVE_DONE) {
        switch (l->phase) {
        case LIVE_BEGIN:
            put_begin(l, out);
            l->phase = LIVE_FIRST;
            break;
        case LIVE_FIRST:
            l->phase = is_over(l) ? LIVE_RESULT : LIVE_RUN;
            put_frame(l, out);
            l->due = web_clock_s();
            settle_due(l);
            break;
        case LIVE_RUN: run_on(l, out); break;
        default: put_end(l, out); l->phase = LIVE_DONE;
        }
    }
    return out->len > 0;
}

/* ---- the handler ---------------------------------------------------------------- */

/* 1 if there may be one more. */
static int take_place(struct web *web)
{
    pthread_mutex_lock(&web->lock);
    int may = web->n_streams < WEB_MOST_STREAMS && !web->is_closing;
    if (may) web->n_streams++;
    pthread_mutex_unlock(&web->lock);
    return may;
}

static void give_place(struct web *web)
{
    pthread_mutex_lock(&web->lock);
    web->n_streams--;
    pthread_mutex_unlock(&web->lock);
}

static void live_free(struct web_stream *stream)
{
    struct live *l = (struct live *)stream;
    stage_fini(&l->stage);
    run_close(&l->of);
    give_place(l->web);
    free(l->measures);
    free(l->least);
    free(l->most);
    free(l->past);
    free(l);
}

/* 0, or -1 after an answer. */
static int begin(struct exchange *ex, struct live *l)
{
    if (run_query(ex, &l->query) || run_open(ex, &l->of)) return -1;
    const struct cast_play *play = run_play(ex, l->of.cast, l->query.incident);
    if (play == NULL) return -1;
    l->measures = run_measures(ex, l->of.cast, l->query.measures);
    if (l->measures == NULL) return -1;
    if (!prepare(l, play)) {
        l->why = "limit";
        l->phase = LIVE_RESULT;
    }
    l->began = web_clock_s();
    l->query.incident = l->query.measures = NULL; // they go with the exchange
    return 0;
}

void web_get_rehearse_stream(struct exchange *ex)
{
    if (!take_place(ex->web)) {
        WEB_SAY(ex, STREAM_BUSY,
                text_same(arena_printf(&ex->arena, "%d", WEB_MOST_STREAMS)));
        return;
    }
    struct live *l = mem_alloc(sizeof *l);
    l->stream.next = next;
    l->stream.free = live_free;
    l->web = ex->web;
    if (begin(ex, l) != 0) {
        live_free(&l->stream);
        return;
    }
    ex->answer.status = 200;
    ex->answer.type = "text/event-stream";
    ex->answer.stream = &l->stream;
}
