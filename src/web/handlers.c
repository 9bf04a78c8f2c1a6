// SPDX-License-Identifier: Apache-2.0
/*
 * What can be asked for. A handler does it once for pages and API; only how the order
 * comes in and how the answer looks differ (ex->route->is_api).
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/assets.h"
#include "base/sha256.h"
#include "page/templates.h"
#include "web/change.h"
#include "web/contract.h"

static int is_api(const struct exchange *ex)
{
    return ex->route->is_api;
}

static int64_t now_s(void)
{
    return (int64_t)time(NULL);
}

const char *web_text(struct exchange *ex, int64_t number, struct store_version *version)
{
    const char *text = NULL;
    enum store_result result = store_text(ex->web->store, ex->workspace, ex->path.slug,
                                          number, &ex->arena, &text, version);
    if (result == STORE_OK) return text;
    web_store_problem(ex, result, 0);
    return NULL;
}

const char *web_text_key(struct arena *a, const char *text, size_t len)
{
    uint8_t digest[SHA256_BYTES];
    char hash[SHA256_BASE64];
    sha256(text, len, digest);
    sha256_base64(digest, hash);
    return arena_str(a, hash);
}

/* ---- looking -------------------------------------------------------------------- */

/* The part of the list that is asked for; one more, which tells whether there is a
 * next. */
static struct store_page asked_page(const struct exchange *ex)
{
    const char *after = contract_text(ex, "after");
    return (struct store_page){
        after ? after : "", (int64_t)contract_whole(ex, "most") + 1, ex->web->mark, ""};
}

void web_get_portfolio(struct exchange *ex)
{
    struct list systems;
    const struct store_page page = asked_page(ex);
    const char *next = NULL; // after which the next part begins
    enum store_result result =
        store_systems_page(ex->web->store, ex->workspace, &page, &ex->arena, &systems);
    if (result == STORE_OK && systems.n == page.most) {
        systems.n--;
        next = ((const struct store_system *)systems.items)[systems.n - 1].slug;
    }
    if (result != STORE_OK)
        web_store_problem(ex, result, 0);
    else
        api_systems(ex, &systems, next);
}

static void show_edit(struct exchange *ex, const char *text, int64_t base);

/* The report; of a model with errors, the editor that tells them. */
static void get_report(struct exchange *ex, int whole)
{
    struct store_version version;
    struct buf *out = &ex->answer.body;
    const struct report_wish wish = {ex->workspace, ex->path.slug, ex->lang, whole};
    enum store_result result = view_report(ex->web, &wish, out);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
    } else if (out->len) {
        ex->answer.status = 200;
        ex->answer.type = "text/html; charset=utf-8";
        ex->answer.is_report = 1;
    } else {
        const char *text = web_text(ex, 0, &version);
        if (text) show_edit(ex, text, version.number);
    }
}

void web_get_report(struct exchange *ex)
{
    get_report(ex, 0);
}

void web_get_whole_report(struct exchange *ex)
{
    get_report(ex, 1);
}

/* The editor with a text and, if that has any, its errors and warnings. */
static void show_edit(struct exchange *ex, const char *text, int64_t base)
{
    struct view v = view_open(ex->web, ex->path.slug, text, strlen(text));
    const struct diag_list *d = &v.model->diags;
    page_edit(ex, &(struct edit){.slug = ex->path.slug,
                                 .text = text,
                                 .reason = "",
                                 .base = base,
                                 .diags = d->n ? d : NULL});
    view_close(&v);
}

void web_get_edit(struct exchange *ex)
{
    struct store_version version;
    const char *text = web_text(ex, 0, &version);
    if (text) show_edit(ex, text, version.number);
}

void web_get_versions(struct exchange *ex)
{
    struct list versions;
    enum store_result result = store_versions(ex->web->store, ex->workspace,
                                              ex->path.slug, &ex->arena, &versions);
    if (result != STORE_OK)
        web_store_problem(ex, result, 0);
    else if (is_api(ex))
        api_versions(ex, &versions);
    else
        page_history(ex, ex->path.slug, &versions);
}

/* The text itself: as plain text for a browser, which then shows it. */
void web_get_model(struct exchange *ex)
{
    struct store_version version;
    const char *text = web_text(ex, ex->path.number, &version);
    if (text == NULL) return;
    ex->answer.status = 200;
    ex->answer.type =
        is_api(ex) ? "application/yaml; charset=utf-8" : "text/plain; charset=utf-8";
    ex->answer.version = version.number;
    buf_add(&ex->answer.body, text, (size_t)version.n_bytes);
}

/* ---- assets --------------------------------------------------------------------- */

const struct asset *web_asset(const char *file)
{
    static const char *const folders[] = {"src/web/assets", "build/gen/ui"};
    char path[128];
    const struct asset *asset = NULL;
    for (size_t i = 0; asset == NULL && i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/%s", folders[i], file);
        asset = asset_find(path);
    }
    return asset;
}

static const char *type_of(const char *file)
{
    static const char *const types[][2] = {
        {".css", "text/css; charset=utf-8"       },
        {".js",  "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"                 },
    };
    const char *end = strrchr(file, '.');
    for (size_t i = 0; end && i < sizeof types / sizeof *types; i++)
        if (strcmp(end, types[i][0]) == 0) return types[i][1];
    return "application/octet-stream";
}

void web_get_asset(struct exchange *ex)
{
    const struct asset *asset = web_asset(ex->path.file);
    if (asset == NULL) {
        web_problem(ex, DIAG_REQUEST_NOWHERE, NULL);
        return;
    }
    ex->answer.status = 200;
    ex->answer.type = type_of(ex->path.file);
    buf_add(&ex->answer.body, (const char *)asset->bytes, asset->len);
}

/* Well is who can read the store. */
void web_get_health(struct exchange *ex)
{
    struct store_system unused;
    enum store_result result =
        store_system(ex->web->store, ex->workspace, "healthz", &ex->arena, &unused);
    if (result != STORE_OK && result != STORE_MISSING) {
        web_store_problem(ex, result, 0);
        return;
    }
    ex->answer.status = 200;
    ex->answer.type = "text/plain; charset=utf-8";
    buf_str(&ex->answer.body, "ok\n");
}

/* ---- changing ------------------------------------------------------------------- */

/* What is to be saved. */
struct order {
    const char *slug, *text, *why;
    size_t len;
    int64_t base;   // -1: not said
    int is_to_join; // with what was saved since, where nobody has to decide
};

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

/* Reads an order from a form; -1 after an answer. */
static int read_form(struct exchange *ex, struct order *o)
{
    static const char form_type[] = "application/x-www-form-urlencoded";
    struct request_form form;
    if (!request_is_type(ex->content_type, form_type)) {
        WEB_SAY(ex, REQUEST_TYPE, text_same(form_type));
        return -1;
    }
    if (request_form(buf_text(&ex->body), ex->body.len, &ex->arena, &form) != 0) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return -1;
    }
    o->slug = request_field(&form, "slug");
    o->text = or_empty(request_field(&form, "text"));
    o->len = strlen(o->text);
    o->why = or_empty(request_field(&form, "why"));
    o->base = request_number(or_empty(request_field(&form, "base")));
    o->is_to_join = strcmp(or_empty(request_field(&form, "join")), "1") == 0;
    return 0;
}

/* Reads an order from query, headers and body, which is YAML or nothing. The type is
 * one that no form of another site can send. */
static int read_call(struct exchange *ex, struct order *o)
{
    static const char yaml_type[] = "application/yaml";
    if (ex->body.len && !request_is_type(ex->content_type, yaml_type)) {
        WEB_SAY(ex, REQUEST_TYPE, text_same(yaml_type));
        return -1;
    }
    o->slug = ex->slug;
    o->text = buf_text(&ex->body);
    o->len = ex->body.len;
    o->why = or_empty(ex->reason);
    o->base = request_if_match(ex->if_match);
    return 0;
}

static int read_order(struct exchange *ex, struct order *o)
{
    int wrong = is_api(ex) ? read_call(ex, o) : read_form(ex, o);
    if (!wrong && text_is_blank(o->why)) o->why = "";
    return wrong;
}

static struct store_text text_of(const struct exchange *ex, const struct order *o)
{
    return (struct store_text){o->text, o->len, now_s(), ex->caller.login, o->why};
}

/* Notes that a text has become the version `number` of a system. */
static void note_saved(struct exchange *ex, const char *slug, int64_t number,
                       const struct store_text *text)
{
    pthread_mutex_lock(&ex->web->lock);
    ex->web->n_saved++;
    pthread_mutex_unlock(&ex->web->lock);
    if (text->len) view_saved(ex->web, ex->workspace, slug, number, text);
}

enum store_result web_save(struct exchange *ex, const char *slug, int64_t based_on,
                           const char *text, const char *why, int64_t *number)
{
    const struct store_text saved = {text, strlen(text), now_s(), ex->caller.login,
                                     why};
    enum store_result result =
        store_save(ex->web->store, ex->workspace, slug, based_on, &saved, number);
    if (result == STORE_OK) note_saved(ex, slug, *number, &saved);
    return result;
}

enum store_result web_create(struct exchange *ex, const char *slug, const char *text,
                             size_t len, const char *why)
{
    const struct store_text saved = {text, len, now_s(), ex->caller.login, why};
    ex->slug = slug;
    enum store_result result =
        store_create(ex->web->store, ex->workspace, slug, &saved);
    if (result == STORE_OK) note_saved(ex, slug, 1, &saved);
    return result;
}

/* Answers that a version was saved. */
static void saved(struct exchange *ex, const char *slug, int64_t number)
{
    if (is_api(ex))
        api_saved(ex, slug, number);
    else
        page_go(ex, "/systems/*", slug);
}

/* Answers that a text was not saved; a person keeps it in the editor. */
static void refuse(struct exchange *ex, const struct order *o, enum diag_kind kind,
                   const struct text *args, const struct diag_list *d)
{
    struct buf notice = {0};
    ex->answer.status = web_status_of(kind);
    diag_message(kind, ex->lang, args, &notice);
    buf_str(&notice, ex->lang == LANG_EN ? ". " : " ");
    diag_hint(kind, ex->lang, args, &notice);
    page_edit(ex, &(struct edit){.slug = ex->path.slug,
                                 .text = o->text,
                                 .reason = o->why,
                                 .base = o->base,
                                 .diags = d,
                                 .notice = buf_text(&notice)});
    buf_fini(&notice);
}

/* 1 if a model has no errors; 0 after an answer that tells them. */
static int is_sound(struct exchange *ex, const struct order *o, const char *slug)
{
    if (view_is_known(ex->web, o->text, o->len)) return 1;
    struct view v = view_open(ex->web, slug, o->text, o->len);
    int sound = v.assessment != NULL;
    if (sound) view_know(ex->web, o->text, o->len, &v);
    if (!sound && (is_api(ex) || ex->path.slug[0] == '\0'))
        api_refused(ex, &v.model->diags);
    else if (!sound)
        refuse(ex, o, DIAG_REQUEST_MODEL, NULL, &v.model->diags);
    view_close(&v);
    return sound;
}

/* A conflict in the editor: both texts are merged, and what overlaps is asked for. */
static void conflict(struct exchange *ex, const struct order *o, int64_t latest)
{
    if (is_api(ex))
        web_store_problem(ex, STORE_CONFLICT, latest);
    else
        page_merge(ex, &(struct merge_ask){o->text, o->why, o->base, latest});
}

/* What came of saving; `number` is the new version, or in a conflict the latest. */
static void answer_save(struct exchange *ex, const struct order *o,
                        enum store_result result, int64_t number)
{
    if (result == STORE_OK)
        saved(ex, ex->path.slug, number);
    else if (result == STORE_CONFLICT)
        conflict(ex, o, number);
    else
        web_store_problem(ex, result, 0);
}

/* 1 if a model may be kept as a text; 0 after an answer. */
static int is_kept_size(struct exchange *ex, const struct order *o)
{
    const char *most = arena_printf(&ex->arena, "%d", STORE_TEXT_BYTES);
    if (o->len <= STORE_TEXT_BYTES) return 1;
    WEB_SAY(ex, REQUEST_LARGE, text_same(most));
    return 0;
}

/* Saves a whole text as a change (change.h). */
static void save_joined(struct exchange *ex, const struct order *o)
{
    struct change c;
    int64_t number = 0;
    if (change_whole(ex, o->base, o->text, &c) == 0) number = change_save(&c, o->why);
    if (number) {
        saved(ex, ex->path.slug, number);
        change_tell(&c, number);
    }
    change_fini(&c);
}

void web_put_model(struct exchange *ex)
{
    struct order o = {0};
    int64_t number = 0;
    if (read_order(ex, &o) != 0 || !is_kept_size(ex, &o)) return;
    if (o.base < 1) {
        web_problem(ex, DIAG_REQUEST_BASE, NULL);
        return;
    }
    if (!is_sound(ex, &o, ex->path.slug)) return;
    if (o.is_to_join) {
        save_joined(ex, &o);
        return;
    }
    enum store_result result =
        web_save(ex, ex->path.slug, o.base, o.text, o.why, &number);
    answer_save(ex, &o, result, number);
}

/* Without a text, a model to begin with; 0 after an answer. */
static int begin_with_template(struct exchange *ex, struct order *o)
{
    const char *name = is_api(ex) ? contract_text(ex, "template") : NULL;
    const struct asset *asset = template_find(name);
    if (asset == NULL) {
        WEB_SAY(ex, TEMPLATE, text_same(name), text_same(" /api/v1/templates"));
        return 0;
    }
    if (o->len) return 1;
    o->text = (const char *)asset->bytes;
    o->len = asset->len;
    return 1;
}

/* Answers that a system was not made because of its name; a person keeps all else. */
static void refuse_name(struct exchange *ex, const struct order *o, enum diag_kind kind)
{
    const struct text name = text_same(or_empty(o->slug));
    if (is_api(ex)) {
        web_problem(ex, kind, &name);
        return;
    }
    ex->answer.status = web_status_of(kind);
    page_make_again(ex, o->slug, arena_strn(&ex->arena, o->text, o->len), o->why);
}

void web_post_system(struct exchange *ex)
{
    struct order o = {0};
    if (read_order(ex, &o) != 0 || !is_kept_size(ex, &o)) return;
    if (!begin_with_template(ex, &o)) return;
    if (o.slug == NULL || !schema_is_id(o.slug)) {
        refuse_name(ex, &o, DIAG_REQUEST_SLUG);
        return;
    }
    if (!is_sound(ex, &o, o.slug)) return;
    enum store_result result = web_create(ex, o.slug, o.text, o.len, o.why);
    if (result == STORE_OK)
        saved(ex, o.slug, 1);
    else if (result == STORE_EXISTS)
        refuse_name(ex, &o, DIAG_REQUEST_TAKEN);
    else
        web_store_problem(ex, result, 0);
}

void web_post_restore(struct exchange *ex)
{
    struct order o = {0};
    int64_t number = 0;
    if (read_order(ex, &o) != 0) return;
    if (o.base < 1) {
        web_problem(ex, DIAG_REQUEST_BASE, NULL);
        return;
    }
    if (o.why[0] == '\0')
        o.why = arena_printf(&ex->arena, "version %lld", (long long)ex->path.number);
    o.text = "";
    const struct store_text text = text_of(ex, &o);
    enum store_result result =
        store_restore(ex->web->store, ex->workspace, ex->path.slug, ex->path.number,
                      o.base, &text, &number);
    if (result == STORE_OK) note_saved(ex, ex->path.slug, number, &text);
    if (result == STORE_CONFLICT && !is_api(ex)) // to be merged as any other text
        o.text = web_text(ex, ex->path.number, NULL);
    if (o.text) answer_save(ex, &o, result, number);
}
