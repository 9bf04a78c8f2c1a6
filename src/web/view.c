// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * What the store holds, assessed; and what of that is remembered: a line for each
 * system's latest version, and the last few reports, which take seconds to make.
 */
#include <stdlib.h>
#include <string.h>

#include "page/report.h"
#include "twin/cast.h"
#include "web/web_int.h"

/* ---- a text assessed ------------------------------------------------------------ */

struct view view_open(const struct web *web, const char *slug, const char *text,
                      size_t len)
{
    struct view v = {.model = model_read_text(slug, text, len)};
    catalog_bind(web->catalog, v.model);
    cast_bind(v.model);
    if (v.model->diags.n_errors) return v;
    model_warn(v.model);
    v.graph = graph_build(v.model, web->catalog);
    if (v.graph)
        v.assessment = assess_run(v.graph, web->today());
    else
        diag_put(&v.model->diags, DIAG_LARGE_GRAPH, (struct place){v.model->file, 1, 1},
                 NULL);
    return v;
}

void view_close(struct view *v)
{
    assess_free(v->assessment);
    graph_free(v->graph);
    model_free(v->model);
    *v = (struct view){0};
}

/* ---- the cache ------------------------------------------------------------------ */

/* Of a system's version `number`, as it was on a day. */
struct kept_summary {
    int64_t number;
    int32_t today;
    struct summary summary; // its texts in `texts`
    struct arena texts;
};

enum { KEPT_REPORTS = 8 };
struct kept_report {
    char slug[65];
    int64_t number; // 0: an empty place
    int32_t today;
    enum lang lang;
    int whole;
    uint64_t used; // when it was last asked for, in requests
    struct buf html;
};

struct web_cache {
    struct arena slugs;
    struct strmap places; // slug -> index in summaries
    struct kept_summary *summaries;
    size_t n, cap;
    struct kept_report reports[KEPT_REPORTS];
    uint64_t n_used;
};

struct web_cache *view_cache_new(void)
{
    return mem_alloc(sizeof(struct web_cache));
}

void view_cache_free(struct web_cache *c)
{
    if (c == NULL) return;
    for (size_t i = 0; i < c->n; i++)
        arena_fini(&c->summaries[i].texts);
    for (size_t i = 0; i < KEPT_REPORTS; i++)
        buf_fini(&c->reports[i].html);
    free(c->summaries);
    strmap_fini(&c->places);
    arena_fini(&c->slugs);
    free(c);
}

/* A text with copies in another arena. */
static struct text copy_text(struct text t, struct arena *a)
{
    for (int i = 0; i < N_LANGS; i++)
        if (t.in[i]) t.in[i] = arena_str(a, t.in[i]);
    return t;
}

/* ---- summaries ------------------------------------------------------------------ */

/* The place for a system's summary, made when there is none. With the lock. */
static struct kept_summary *summary_place(struct web_cache *c, const char *slug)
{
    uint32_t at;
    if (strmap_get(&c->places, slug, &at)) return &c->summaries[at];
    strmap_add(&c->places, arena_str(&c->slugs, slug), (uint32_t)c->n, &at);
    return mem_push(&c->summaries, &c->n, &c->cap, sizeof *c->summaries);
}

/* 1 and *out if it is remembered. */
static int recall_summary(struct web *web, const struct store_system *system,
                          struct arena *a, struct summary *out)
{
    pthread_mutex_lock(&web->lock);
    const struct kept_summary *k = summary_place(web->cache, system->slug);
    int found = k->number == system->latest.number && k->today == web->today();
    if (found) {
        *out = k->summary;
        out->name = copy_text(k->summary.name, a);
    }
    pthread_mutex_unlock(&web->lock);
    return found;
}

static void keep_summary(struct web *web, const struct store_system *system,
                         const struct summary *s)
{
    pthread_mutex_lock(&web->lock);
    struct kept_summary *k = summary_place(web->cache, system->slug);
    arena_fini(&k->texts);
    k->number = system->latest.number;
    k->today = web->today();
    k->summary = *s;
    k->summary.name = copy_text(s->name, &k->texts);
    pthread_mutex_unlock(&web->lock);
}

static unsigned count_above(const struct assessment *a)
{
    const struct map_row *row = a->map.items;
    unsigned n = 0;
    for (uint32_t i = 0; i < a->map.n; i++)
        n += row[i].form == NULL && row[i].has_target && !row[i].within_target &&
             !row[i].excluded;
    return n;
}

static enum store_result read_latest(struct web *web, const char *slug, struct arena *a,
                                     const char **text, struct store_version *version)
{
    pthread_mutex_lock(&web->lock);
    enum store_result result = store_text(web->store, slug, 0, a, text, version);
    pthread_mutex_unlock(&web->lock);
    return result;
}

struct summary view_summary(struct web *web, const struct store_system *system,
                            struct arena *a)
{
    struct summary s = {.name = text_same(system->slug)};
    struct store_version version;
    const char *text;
    if (recall_summary(web, system, a, &s)) return s;
    if (read_latest(web, system->slug, a, &text, &version) != STORE_OK) return s;
    struct view v = view_open(web, system->slug, text, (size_t)version.n_bytes);
    if (v.assessment) {
        s.name = copy_text(v.model->m.system.name, a);
        s.worst = v.assessment->worst;
        s.n_above = count_above(v.assessment);
        s.is_assessed = 1;
    }
    view_close(&v);
    if (version.number == system->latest.number) keep_summary(web, system, &s);
    return s;
}

/* ---- reports -------------------------------------------------------------------- */

static int is_report(const struct kept_report *k, const struct kept_report *wanted)
{
    return k->number == wanted->number && k->today == wanted->today &&
           k->lang == wanted->lang && k->whole == wanted->whole &&
           strcmp(k->slug, wanted->slug) == 0;
}

/* 1 and a copy in `out` if it is remembered. */
static int recall_report(struct web *web, const struct kept_report *wanted,
                         struct buf *out)
{
    int found = 0;
    pthread_mutex_lock(&web->lock);
    for (size_t i = 0; i < KEPT_REPORTS && !found; i++) {
        struct kept_report *k = &web->cache->reports[i];
        if (!is_report(k, wanted)) continue;
        k->used = ++web->cache->n_used;
        buf_add(out, k->html.data, k->html.len);
        found = 1;
    }
    pthread_mutex_unlock(&web->lock);
    return found;
}

/* Remembers a report in the place of the one not asked for longest. */
static void keep_report(struct web *web, const struct kept_report *key,
                        const struct buf *html)
{
    pthread_mutex_lock(&web->lock);
    struct kept_report *place = web->cache->reports;
    for (size_t i = 1; i < KEPT_REPORTS; i++)
        if (web->cache->reports[i].used < place->used) place = &web->cache->reports[i];
    buf_fini(&place->html);
    *place = *key;
    place->html = (struct buf){0};
    place->used = ++web->cache->n_used;
    buf_add(&place->html, html->data, html->len);
    pthread_mutex_unlock(&web->lock);
}

static void write_report(struct web *web, const struct kept_report *key,
                         const char *text, size_t len, struct buf *out)
{
    const char *code = key->lang == LANG_JA ? "ja" : "en";
    char all[16], other[96], rehearse[96], edit[96], history[96];
    const struct doc_place places[] = {
        {TEXT("All systems",                  "システム一覧"),                                "/"                                          },
        {key->whole ? TEXT("Assessment only", "評価のみ")
                    : TEXT("With simulation and plan", "シミュレーションと計画を含む"),
         other},
        {TEXT("Rehearse",                                   "リハーサル"),                                                                         rehearse                                                                 },
        {TEXT("Edit",                                   "編集"),                                                                             edit             },
        {TEXT("History",                                   "履歴"),                                                                          history                                                              },
    };
    const struct report_frame frame = {places, sizeof places / sizeof *places,
                                       !key->whole};
    snprintf(all, sizeof all, "/?lang=%s", code);
    snprintf(other, sizeof other, "/systems/%s%s?lang=%s", key->slug,
             key->whole ? "" : "/report", code);
    snprintf(rehearse, sizeof rehearse, "/systems/%s/rehearse?lang=%s", key->slug,
             code);
    snprintf(edit, sizeof edit, "/systems/%s/edit?lang=%s", key->slug, code);
    snprintf(history, sizeof history, "/systems/%s/history?lang=%s", key->slug, code);
    struct view v = view_open(web, key->slug, text, len);
    if (v.assessment) report_html_framed(v.assessment, &frame, key->lang, out);
    view_close(&v);
}

enum store_result view_report(struct web *web, const char *slug, enum lang lang,
                              int whole, struct buf *out)
{
    struct arena a = {0};
    struct store_version version;
    struct kept_report key = {.today = web->today(), .lang = lang, .whole = whole};
    const char *text;
    enum store_result result = read_latest(web, slug, &a, &text, &version);
    if (result == STORE_OK) {
        snprintf(key.slug, sizeof key.slug, "%s", slug);
        key.number = version.number;
        // who waits for the same report finds it made
        if (!recall_report(web, &key, out)) {
            pthread_mutex_lock(&web->one_report);
            if (!recall_report(web, &key, out)) {
                write_report(web, &key, text, (size_t)version.n_bytes, out);
                if (out->len) keep_report(web, &key, out);
            }
            pthread_mutex_unlock(&web->one_report);
        }
    }
    arena_fini(&a);
    return result;
}
