// SPDX-License-Identifier: Apache-2.0
/*
 * The public C interface: puts catalog, model, graph and assessment of one system
 * behind one handle. Everything it does is done by the rooms below; here is only who
 * owns what and in which order it is made and given back.
 */
#include "awai.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assess/assess.h"
#include "page/report.h"
#include "twin/cast.h"

/* Later ones borrow earlier ones; NULL from the stage on that had errors. */
struct awai_system {
    struct catalog *catalog;
    struct model *model;
    struct graph *graph;
    struct assessment *assessment;
};

const char *awai_version(void)
{
    return AWAI_VERSION;
}

/* The day in UTC as yyyymmdd; 0 if the clock cannot tell. */
static int32_t today(void)
{
    time_t now = time(NULL);
    struct tm day;
    if (gmtime_r(&now, &day) == NULL) return 0;
    return (day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday;
}

/* A system with its catalog; the model is not read if that has errors. */
static awai_system *open_catalog(const char *catalog_dir)
{
    awai_system *s = mem_alloc(sizeof *s);
    s->catalog = assess_read_catalog(catalog_dir);
    return s;
}

/* From a model that was read to its assessment, as far as there are no errors. */
static void finish(awai_system *s)
{
    struct model *model = s->model;
    catalog_bind(s->catalog, model);
    cast_bind(model);
    if (model->diags.n_errors > 0) return;
    model_warn(model);
    s->graph = graph_build(model, s->catalog);
    if (s->graph)
        s->assessment = assess_run(s->graph, today());
    else
        diag_put(&model->diags, DIAG_LARGE_GRAPH, (struct place){model->file, 1, 1},
                 NULL);
}

awai_system *awai_open(const char *path, const char *catalog_dir)
{
    awai_system *s = open_catalog(catalog_dir);
    if (s->catalog->diags.n_errors > 0) return s;
    s->model = model_read(path);
    finish(s);
    return s;
}

awai_system *awai_open_text(const char *name, const char *text, size_t len,
                            const char *catalog_dir)
{
    awai_system *s = open_catalog(catalog_dir);
    if (s->catalog->diags.n_errors > 0) return s;
    s->model = model_read_text(name, text ? text : "", len);
    finish(s);
    return s;
}

void awai_close(awai_system *s)
{
    if (s == NULL) return;
    assess_free(s->assessment);
    graph_free(s->graph);
    model_free(s->model);
    catalog_free(s->catalog);
    free(s);
}

/* 1 if the number written as yyyy-mm-dd is a day of the calendar. */
static int is_date(int yyyymmdd)
{
    char text[32];
    if (yyyymmdd < 0) return 0;
    snprintf(text, sizeof text, "%04d-%02d-%02d", yyyymmdd / 10000,
             yyyymmdd / 100 % 100, yyyymmdd % 100);
    return date_parse(text) == yyyymmdd;
}

int awai_set_today(awai_system *s, int yyyymmdd)
{
    if (s->assessment == NULL || (yyyymmdd != 0 && !is_date(yyyymmdd))) return -1;
    assess_free(s->assessment);
    s->assessment = assess_run(s->graph, yyyymmdd);
    return 0;
}

/* ---- diagnostics ---- */

/* The language of that name, or -1. */
static int find_lang(const char *name)
{
    if (name == NULL || strcmp(name, "en") == 0) return LANG_EN;
    return strcmp(name, "ja") == 0 ? LANG_JA : -1;
}

enum { MOST_LISTS = 3 };

/* The lists that there are, in the order of reading; returns how many. */
static size_t lists_of(const awai_system *s, const struct diag_list *lists[MOST_LISTS])
{
    size_t n = 0;
    lists[n++] = &s->catalog->diags;
    if (s->model) lists[n++] = &s->model->diags;
    if (s->assessment) lists[n++] = &s->assessment->diags;
    return n;
}

size_t awai_error_count(const awai_system *s)
{
    const struct diag_list *lists[MOST_LISTS];
    size_t n = lists_of(s, lists), sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += lists[i]->n_errors;
    return sum;
}

size_t awai_warning_count(const awai_system *s)
{
    const struct diag_list *lists[MOST_LISTS];
    size_t n = lists_of(s, lists), sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += lists[i]->n_warnings;
    return sum;
}

static int print(const awai_system *s, const char *lang, FILE *out, int warnings)
{
    const struct diag_list *lists[MOST_LISTS];
    size_t n = lists_of(s, lists);
    int found = find_lang(lang);
    if (found < 0) return -1;
    if (!warnings && awai_error_count(s) == 0) return 0;
    struct diag_view view = {.lang = (enum lang)found, .warnings = warnings, .all = 1};
    for (size_t i = 0; i < n; i++)
        diag_print(lists[i], out, view);
    return 0;
}

int awai_print_errors(const awai_system *s, const char *lang, FILE *out)
{
    return print(s, lang, out, 0);
}

int awai_print_warnings(const awai_system *s, const char *lang, FILE *out)
{
    return print(s, lang, out, 1);
}

/* ---- results ---- */

/* Ends a buffer that drains to a stream: 0, or -1 if writing failed. */
static int finish_stream(struct buf *out)
{
    int failed = buf_flush(out);
    out->sink = NULL;
    buf_fini(out);
    return failed;
}

/* Hands the text of a buffer, which is never empty, over to the caller. */
static char *finish_text(const struct buf *out, size_t *len)
{
    if (len) *len = out->len;
    return out->data;
}

static char *no_text(size_t *len)
{
    if (len) *len = 0;
    return NULL;
}

int awai_assess_json(const awai_system *s, FILE *stream)
{
    struct buf out = {.sink = stream};
    if (s->assessment == NULL) return -1;
    assess_json(s->assessment, &out);
    return finish_stream(&out);
}

char *awai_assess_json_text(const awai_system *s, size_t *len)
{
    struct buf out = {0};
    if (s->assessment == NULL) return no_text(len);
    assess_json(s->assessment, &out);
    return finish_text(&out, len);
}

int awai_report_html(const awai_system *s, const char *lang, FILE *stream)
{
    struct buf out = {.sink = stream};
    int found = find_lang(lang);
    if (s->assessment == NULL || found < 0) return -1;
    report_html(s->assessment, (enum lang)found, &out);
    return finish_stream(&out);
}

char *awai_report_html_text(const awai_system *s, const char *lang, size_t *len)
{
    struct buf out = {0};
    int found = find_lang(lang);
    if (s->assessment == NULL || found < 0) return no_text(len);
    report_html(s->assessment, (enum lang)found, &out);
    return finish_text(&out, len);
}
