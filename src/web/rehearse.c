// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The page on which incidents are rehearsed: which one, in which world, with which
 * measures. What moves in it is ui/pages/rehearse.ts; without script, the form asks for
 * the picture of the run that the report would show.
 */
#include <stdlib.h>
#include <string.h>

#include "page/figure_rehearse.h"
#include "web/frame.h"
#include "web/run.h"

/* ---- the picture ---------------------------------------------------------------- */

/* Worlds have numbers below the runs of a plan: one run, whose world is the one asked
 * for. */
static void draw(struct exchange *ex, const struct rehearse_plan *plan, uint64_t world,
                 struct text with)
{
    struct rehearse_result *r = rehearse_run(plan);
    struct rehearse_again again = {0};
    const struct rehearse_view view = {
        .result = r,
        .item = r->items,
        .names = {TEXT("Without measures", "対策なし"), with},
        .run = TEXT("The run over time", "試行の経過"),
        .again = &again
    };
    r->items[0].sets[0].worst = world;
    figure_rehearse_run(&view, ex->lang, &ex->answer.body);
    rehearse_again_fini(&again);
    rehearse_free(r);
}

static void answer_picture(struct exchange *ex, const struct run_query *q,
                           const struct cast *c)
{
    const struct cast_play *play = run_play(ex, c, q->incident);
    int is_none = strcmp(q->measures, "none") == 0;
    const char *set = is_none ? "decided" : q->measures;
    uint8_t *measures = play ? run_measures(ex, c, set) : NULL;
    if (measures == NULL) return;
    if (play->is_still) {
        web_problem(ex, DIAG_REQUEST_NOWHERE, NULL);
    } else {
        const struct rehearse_plan plan = {
            .cast = c,
            .sets = {NULL, measures},
            .n_sets = 2,
            .incident = play->incident,
            .seed = q->seed,
            .runs = 1,
            .threads = 1,
            .begins_s = -1
        };
        const struct text with = {
            {arena_printf(&ex->arena, "With measures: %s", set),
             arena_printf(&ex->arena, "対策あり: %s", set)}
        };
        draw(ex, &plan, q->world, with);
        ex->answer.status = 200;
        ex->answer.type = "image/svg+xml";
        ex->answer.is_report = 1; // its styles are its own
    }
    free(measures);
}

void web_get_rehearse_picture(struct exchange *ex)
{
    struct run_query q;
    struct run_cast of;
    if (run_query(ex, &q) != 0) return;
    if (run_open(ex, &of) == 0) answer_picture(ex, &q, of.cast);
    run_close(&of);
}

/* ---- the form ------------------------------------------------------------------- */

struct choice_of {
    const char *value;
    struct text name;
};

static const struct choice_of sets[] = {
    {"none",     {{"none", "なし"}}                                          },
    {"decided",  {{"those decided", "決定済みの対策"}}                  },
    {"in-force", {{"those in force", "実施済みの対策"}}                 },
    {"all",      {{"all, the proposed ones too", "すべて(提案を含む)"}}},
};
static const struct choice_of others[] = {
    {"",         {{"nothing", "なし"}}                                  },
    {"measures", {{"other measures", "対策の有無を変えた試行"}}},
    {"world",    {{"the next world", "次の番号の試行"}}            },
};

static void put_option(struct exchange *ex, const char *value, int is_chosen,
                       struct text name)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<option value=\"");
    buf_html(out, value);
    buf_printf(out, "\"%s>", is_chosen ? " selected" : "");
    frame_text(ex, name);
    buf_str(out, "</option>\n");
}

static void open_field(struct exchange *ex, const char *name, struct text label)
{
    buf_printf(&ex->answer.body, "<div><label for=\"%s\">", name);
    frame_text(ex, label);
    buf_str(&ex->answer.body, "</label>");
}

/* A choice of a table; what is chosen and not in it stands last. */
static void put_select(struct exchange *ex, const char *name, struct text label,
                       const struct choice_of *of, size_t n, const char *chosen)
{
    int is_known = 0;
    open_field(ex, name, label);
    buf_printf(&ex->answer.body, "<select id=\"%s\" name=\"%s\">\n", name, name);
    for (size_t i = 0; i < n; i++) {
        int is_it = strcmp(of[i].value, chosen) == 0;
        is_known |= is_it;
        put_option(ex, of[i].value, is_it, of[i].name);
    }
    if (!is_known) put_option(ex, chosen, 1, text_same(chosen));
    buf_str(&ex->answer.body, "</select></div>\n");
}

static void put_number(struct exchange *ex, const char *name, struct text label,
                       uint64_t value)
{
    open_field(ex, name, label);
    buf_printf(&ex->answer.body,
               "<input id=\"%s\" name=\"%s\" inputmode=\"numeric\" pattern=\"[0-9]*\" "
               "maxlength=\"15\" value=\"%llu\"></div>\n",
               name, name, (unsigned long long)value);
}

static const struct incident *incident_of(const struct cast *c, uint32_t play)
{
    return LIST_AT(c->graph->model->m.incidents, struct incident,
                   c->plays[play].incident);
}

/* The one asked for; else the first that moves something, if any does. */
static uint32_t chosen_play(const struct cast *c, const char *chosen)
{
    uint32_t first = c->n_plays;
    for (uint32_t i = 0; i < c->n_plays; i++) {
        if (strcmp(incident_of(c, i)->entry.id, chosen) == 0) return i;
        if (first == c->n_plays && !c->plays[i].is_still) first = i;
    }
    return first;
}

static void put_incidents(struct exchange *ex, const struct cast *c, const char *chosen)
{
    uint32_t play = chosen_play(c, chosen);
    open_field(ex, "incident", TEXT("Incident", "インシデント"));
    buf_str(&ex->answer.body, "<select id=\"incident\" name=\"incident\">\n");
    for (uint32_t i = 0; i < c->n_plays; i++) {
        const struct incident *x = incident_of(c, i);
        put_option(ex, x->entry.id, i == play, x->name);
    }
    buf_str(&ex->answer.body, "</select></div>\n");
}

static void put_form(struct exchange *ex, const struct cast *c,
                     const struct run_query *q)
{
    struct buf *out = &ex->answer.body;
    const char *other = web_query(ex, "other");
    buf_str(out, "<form id=\"choose\" class=\"choose\" method=\"get\">\n");
    if (ex->is_lang_asked)
        buf_printf(out, "<input type=\"hidden\" name=\"lang\" value=\"%s\">\n",
                   ex->lang == LANG_JA ? "ja" : "en");
    put_incidents(ex, c, q->incident);
    put_select(ex, "measures", TEXT("Measures", "対策"), sets,
               sizeof sets / sizeof *sets, q->measures);
    put_number(ex, "world", TEXT("World", "試行の番号"), q->world);
    put_number(ex, "seed", TEXT("Seed", "乱数の種"), q->seed);
    put_select(ex, "other", TEXT("Beside it", "並べて示すもの"), others,
               sizeof others / sizeof *others, other ? other : "");
    buf_str(out, "<button type=\"submit\">");
    frame_text(ex, TEXT("Show", "表示"));
    buf_str(out, "</button></form>\n");
}

/* ---- the page ------------------------------------------------------------------- */

/* What the form asks for, where no script runs. */
static void put_without_script(struct exchange *ex, const struct cast *c,
                               const struct run_query *q)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<noscript>\n");
    frame_element(ex, "p",
                  TEXT("Without script the run is shown as a picture: once without "
                       "measures, once with those chosen.",
                       "スクリプトが使えない場合は、対策の無い場合と選んだ対策の有る場"
                       "合の経過を図で示す。"));
    for (uint32_t i = 0; i < c->n_plays; i++) {
        const struct incident *x = incident_of(c, i);
        if (strcmp(x->entry.id, q->incident) != 0 || c->plays[i].is_still) continue;
        buf_printf(out, "<p><img class=\"run\" src=\"/systems/%s/rehearse/picture?",
                   ex->path.slug);
        buf_printf(
            out, "incident=%s&amp;seed=%llu&amp;world=%llu&amp;measures=", x->entry.id,
            (unsigned long long)q->seed, (unsigned long long)q->world);
        buf_html(out, q->measures);
        buf_printf(out, "&amp;lang=%s\" alt=\"", ex->lang == LANG_JA ? "ja" : "en");
        buf_html(out, text_in(x->name, ex->lang));
        buf_str(out, "\"></p>\n");
    }
    buf_str(out, "</noscript>\n");
}

static void put_play(struct exchange *ex, const struct cast *c, uint32_t i)
{
    struct buf *out = &ex->answer.body;
    const struct incident *x = incident_of(c, i);
    const struct cast_play *play = &c->plays[i];
    const char *lang = frame_lang(ex);
    buf_printf(out, "<dt><a href=\"/systems/%s/rehearse?incident=%s%s%s\">",
               ex->path.slug, x->entry.id, lang[0] ? "&amp;" : "",
               lang[0] ? lang + 1 : "");
    frame_text(ex, x->name);
    buf_str(out, "</a></dt><dd>");
    frame_text(ex, play->from->about);
    if (play->is_still) {
        buf_str(out, " <span class=\"soft\">");
        frame_text(ex, TEXT("Nothing physical is run: ", "物理的な実行は無い: "));
        frame_text(ex, play->from->reason);
        buf_str(out, "</span>");
    }
    buf_str(out, "</dd>\n");
}

static void put_page(struct exchange *ex, const struct cast *c,
                     const struct run_query *q)
{
    struct buf *out = &ex->answer.body;
    struct text name = c->graph->model->m.system.name;
    frame_open(ex, &(struct frame){.title = {{arena_printf(&ex->arena, "%s: rehearse",
                                                           text_in(name, LANG_EN)),
                                              arena_printf(&ex->arena, "%s: リハーサル",
                                                           text_in(name, LANG_JA))}},
                                   .slug = ex->path.slug,
                                   .page = "/rehearse",
                                   .asset = "rehearse"});
    frame_element(ex, "p", c->scenario->about);
    put_form(ex, c, q);
    put_without_script(ex, c, q);
    buf_printf(out, "<div id=\"run\" data-slug=\"%s\" hidden></div>\n", ex->path.slug);
    frame_element(ex, "h2", TEXT("Incidents", "インシデント"));
    buf_str(out, "<dl class=\"plays\">\n");
    for (uint32_t i = 0; i < c->n_plays; i++)
        put_play(ex, c, i);
    buf_str(out, "</dl>\n");
    frame_end(ex);
}

void web_get_rehearse(struct exchange *ex)
{
    struct run_query q;
    struct run_cast of;
    if (run_query(ex, &q) != 0) return;
    uint8_t *measures =
        run_open(ex, &of) == 0 ? run_measures(ex, of.cast, q.measures) : NULL;
    if (measures) put_page(ex, of.cast, &q);
    free(measures);
    run_close(&of);
}
