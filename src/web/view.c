// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * What the store holds, assessed; and what of that is remembered: what was found out
 * about the last texts, and a line for each system's latest version (the store
 * remembers that too, remember.c). Reports, which take seconds to make, are in kept.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "page/report.h"
#include "twin/cast.h"
#include "web/kept.h"
#include "web/remember.h"

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

/* A summary that is kept. Its texts are on the heap: an arena would be a hundred times
 * as large, and there are many of them. */
struct kept_view {
    struct summary summary; // without its texts
    char *name[N_LANGS], *standing;
};

/* What is known of a text without errors, whoever has it. */
enum { N_KNOWN = 4096 };
struct known_text {
    uint8_t hash[SHA256_BYTES];
    int is_there;
    struct kept_view kept;
};

/* Of a system's version; a store that was put back may have another one of its number.
 */
struct kept_summary {
    int64_t number, saved_s, n_bytes;
    struct kept_view kept;
};

struct web_cache {
    struct arena names;
    struct strmap places; // WORKSPACE/SLUG -> index in summaries
    struct kept_summary *summaries;
    size_t n, cap;
    struct known_text known[N_KNOWN]; // each in the place that its hash says
};

static void kept_fini(struct kept_view *k)
{
    for (int i = 0; i < N_LANGS; i++)
        free(k->name[i]);
    free(k->standing);
    *k = (struct kept_view){0};
}

static char *heap_str(const char *text)
{
    size_t size = text ? strlen(text) + 1 : 0;
    return size ? memcpy(mem_alloc(size), text, size) : NULL;
}

static void keep(struct kept_view *k, const struct summary *s)
{
    kept_fini(k);
    k->summary = *s;
    for (int i = 0; i < N_LANGS; i++)
        k->name[i] = heap_str(s->name.in[i]);
    k->standing = heap_str(s->standing);
}

/* Its texts in the arena. */
static struct summary recall(const struct kept_view *k, struct arena *a)
{
    struct summary s = k->summary;
    for (int i = 0; i < N_LANGS; i++)
        s.name.in[i] = k->name[i] ? arena_str(a, k->name[i]) : NULL;
    s.standing = k->standing ? arena_str(a, k->standing) : NULL;
    return s;
}

struct web_cache *view_cache_new(void)
{
    return mem_alloc(sizeof(struct web_cache));
}

void view_cache_free(struct web_cache *c)
{
    if (c == NULL) return;
    for (size_t i = 0; i < c->n; i++)
        kept_fini(&c->summaries[i].kept);
    for (size_t i = 0; i < N_KNOWN; i++)
        kept_fini(&c->known[i].kept);
    free(c->summaries);
    strmap_fini(&c->places);
    arena_fini(&c->names);
    free(c);
}

/* ---- known texts ---------------------------------------------------------------- */

static struct known_text *known_place(struct web *web, const uint8_t hash[SHA256_BYTES])
{
    return &web->cache->known[(hash[0] << 8 | hash[1]) % N_KNOWN];
}

/* 1 and *out, if it is not NULL, if a text is known. */
static int recall_text(struct web *web, const char *text, size_t len, struct arena *a,
                       struct summary *out)
{
    uint8_t hash[SHA256_BYTES];
    sha256(text, len, hash);
    pthread_mutex_lock(&web->lock);
    const struct known_text *k = known_place(web, hash);
    int found = k->is_there && memcmp(k->hash, hash, sizeof hash) == 0;
    if (found && out) {
        found = summary_is_of(&k->kept.summary, web->today());
        if (found) *out = recall(&k->kept, a);
    }
    pthread_mutex_unlock(&web->lock);
    return found;
}

int view_is_known(struct web *web, const char *text, size_t len)
{
    return recall_text(web, text, len, NULL, NULL);
}

static void keep_text(struct web *web, const char *text, size_t len,
                      const struct summary *s)
{
    uint8_t hash[SHA256_BYTES];
    sha256(text, len, hash);
    pthread_mutex_lock(&web->lock);
    struct known_text *k = known_place(web, hash);
    memcpy(k->hash, hash, sizeof hash);
    k->is_there = 1;
    keep(&k->kept, s);
    pthread_mutex_unlock(&web->lock);
}

void view_know(struct web *web, const char *text, size_t len, const struct view *v)
{
    struct arena a = {0};
    struct summary s = {0};
    summary_fill(&s, v, &a);
    keep_text(web, text, len, &s);
    arena_fini(&a);
}

/* ---- summaries ------------------------------------------------------------------ */

/* The place for a system's summary, made when there is none. With the lock. */
static struct kept_summary *summary_place(struct web_cache *c, const char *workspace,
                                          const char *slug)
{
    char name[140];
    uint32_t at;
    snprintf(name, sizeof name, "%s/%s", workspace, slug);
    if (strmap_get(&c->places, name, &at)) return &c->summaries[at];
    strmap_add(&c->places, arena_str(&c->names, name), (uint32_t)c->n, &at);
    return mem_push(&c->summaries, &c->n, &c->cap, sizeof *c->summaries);
}

/* 1 and *out if it is remembered. */
static int recall_summary(struct web *web, const char *workspace,
                          const struct store_system *system, struct arena *a,
                          struct summary *out)
{
    const struct store_version *v = &system->latest;
    struct summary read;
    if (summary_read(system->summary, v, &read, a) == 0 &&
        summary_is_of(&read, web->today())) {
        *out = read;
        return 1;
    }
    pthread_mutex_lock(&web->lock);
    const struct kept_summary *k = summary_place(web->cache, workspace, system->slug);
    int found = k->number == v->number && k->saved_s == v->saved_s &&
                k->n_bytes == v->n_bytes &&
                summary_is_of(&k->kept.summary, web->today());
    if (found) *out = recall(&k->kept, a);
    pthread_mutex_unlock(&web->lock);
    return found;
}

static void keep_summary(struct web *web, const char *workspace,
                         const struct store_system *system, const struct summary *s)
{
    pthread_mutex_lock(&web->lock);
    struct kept_summary *k = summary_place(web->cache, workspace, system->slug);
    k->number = system->latest.number;
    k->saved_s = system->latest.saved_s;
    k->n_bytes = system->latest.n_bytes;
    keep(&k->kept, s);
    pthread_mutex_unlock(&web->lock);
    memory_put(web->memory, workspace, system, s);
}

void view_saved(struct web *web, const char *workspace, const char *slug,
                int64_t number, const struct store_text *text)
{
    struct arena a = {0};
    struct summary s;
    const struct store_system system = {
        .slug = slug,
        .summary = "",
        .latest = {
                   .number = number, .saved_s = text->saved_s, .n_bytes = (int64_t)text->len}
    };
    if (recall_text(web, text->text, text->len, &a, &s))
        keep_summary(web, workspace, &system, &s);
    arena_fini(&a);
}

/* Of a text that is assessed now, unless it is known. */
static void summarize(struct web *web, const char *slug, const char *text, size_t len,
                      struct arena *a, struct summary *s)
{
    if (recall_text(web, text, len, a, s)) return;
    struct view v = view_open(web, slug, text, len);
    if (v.assessment) view_know(web, text, len, &v);
    view_close(&v);
    recall_text(web, text, len, a, s);
}

struct summary view_summary(struct web *web, const char *workspace,
                            const struct store_system *system, struct arena *a)
{
    struct arena texts = {0};
    struct summary s = {.name = text_same(system->slug)};
    struct store_version version;
    const char *text;
    if (recall_summary(web, workspace, system, a, &s)) return s;
    if (store_text(web->store, workspace, system->slug, system->latest.number, &texts,
                   &text, &version) == STORE_OK) {
        summarize(web, system->slug, text, (size_t)version.n_bytes, a, &s);
        keep_summary(web, workspace, system, &s);
    }
    arena_fini(&texts);
    return s;
}

/* ---- reports -------------------------------------------------------------------- */

/* The pages that a report leads to; the second is the other form of the report. */
static const struct {
    const char *page; // of the system, or NULL: of all
    struct text text;
} report_places[] = {
    {NULL,            {{"All systems", "システム一覧"}}                                     },
    {"",              {{"Overview", "概要"}}                                                    },
    {"/report/whole", {{"With simulation and plan", "シミュレーションと計画を含む"}}},
    {"/report",       {{"Assessment only", "評価のみ"}}                                       },
    {"/rehearse",     {{"Rehearse", "リハーサル"}}                                           },
    {"/edit",         {{"Edit", "編集"}}                                                        },
    {"/hand-over",    {{"Hand over", "ファイル出力"}}                                       },
    {"/history",      {{"History", "履歴"}}                                                     },
};
enum { N_PLACES = sizeof report_places / sizeof *report_places };

static void write_report(struct web *web, const struct report_wish *wish,
                         const char *text, size_t len, struct arena *a, struct buf *out)
{
    const char *code = wish->lang == LANG_JA ? "ja" : "en";
    const char *own = wish->whole ? "/report/whole" : "/report";
    struct doc_place places[N_PLACES];
    struct report_frame frame = {places, 0, !wish->whole};
    for (size_t i = 0; i < N_PLACES; i++) {
        const char *page = report_places[i].page;
        if (page && strcmp(page, own) == 0) continue;
        places[frame.n_places++] = (struct doc_place){
            report_places[i].text,
            page ? arena_printf(a, "/systems/%s%s?lang=%s", wish->slug, page, code)
                 : arena_printf(a, "/?lang=%s", code)};
    }
    struct view v = view_open(web, wish->slug, text, len);
    if (v.assessment) report_html_framed(v.assessment, &frame, wish->lang, out);
    view_close(&v);
}

/* 1 if a report is remembered; then it is in `out`. */
static int is_made(struct web *web, const char *key, struct buf *out)
{
    const char *type;
    return kept_find(web->kept, key, out, &type);
}

enum store_result view_report(struct web *web, const struct report_wish *wish,
                              struct buf *out)
{
    struct arena a = {0};
    struct store_version version;
    const char *text;
    enum store_result result =
        store_text(web->store, wish->workspace, wish->slug, 0, &a, &text, &version);
    if (result == STORE_OK) {
        size_t len = (size_t)version.n_bytes;
        const char *key =
            arena_printf(&a, "report %d %d %s %s %d", wish->whole, (int)wish->lang,
                         wish->slug, web_text_key(&a, text, len), (int)web->today());
        if (!is_made(web, key, out)) {
            pthread_mutex_lock(&web->one_report[wish->whole]);
            // who waits for the same report finds it made
            if (!is_made(web, key, out)) {
                write_report(web, wish, text, len, &a, out);
                if (out->len) kept_put(web->kept, key, "text/html", out);
            }
            pthread_mutex_unlock(&web->one_report[wish->whole]);
        }
    }
    arena_fini(&a);
    return result;
}
