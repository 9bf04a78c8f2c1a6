// SPDX-License-Identifier: Apache-2.0
/* The store's side of a workspace's template; see template_kept.h. */
#include "web/template_kept.h"

#include <string.h>

#include "base/base64.h"

static const char kind_of_text[] = "template", kind_of_logo[] = "template-logo";

/* A record of the workspace, or NULL; -1 after an answer. */
static int find(struct exchange *ex, const char *kind, const char **value, size_t *len)
{
    enum store_result result = store_record_get(ex->web->store, kind, ex->workspace,
                                                &ex->arena, value, len, NULL);
    if (result == STORE_OK) return 0;
    *value = NULL;
    if (result == STORE_MISSING) return 0;
    web_store_problem(ex, result, 0);
    return -1;
}

int template_kept_find(struct exchange *ex, struct template_kept *t)
{
    const char *logo;
    size_t len;
    struct buf bytes = {0};
    *t = (struct template_kept){0};
    if (find(ex, kind_of_text, &t->text, &len) != 0) return -1;
    if (t->text == NULL) return 0;
    if (find(ex, kind_of_logo, &logo, &len) != 0) return -1;
    if (logo && base64_take(&bytes, logo, len) == 0) {
        t->logo = arena_strn(&ex->arena, buf_text(&bytes), bytes.len);
        t->logo_len = bytes.len;
    }
    buf_fini(&bytes);
    return 0;
}

struct keeping {
    struct exchange *ex;
    const struct template_kept *t;
};

/* Puts a record, or takes it away for NULL. */
static enum store_result put(struct store *within, const struct exchange *ex,
                             const char *kind, const char *value, size_t len)
{
    if (value)
        return store_record_put(within, kind, ex->workspace, value, len, -1, NULL);
    enum store_result result = store_record_drop(within, kind, ex->workspace);
    return result == STORE_MISSING ? STORE_OK : result;
}

static enum store_result keep_both(struct store *within, void *context)
{
    const struct keeping *k = context;
    const struct template_kept *t = k->t;
    struct buf logo = {0};
    if (t->text && t->logo) base64_put(&logo, t->logo, t->logo_len);
    enum store_result result =
        put(within, k->ex, kind_of_text, t->text, t->text ? strlen(t->text) : 0);
    if (result == STORE_OK)
        result = put(within, k->ex, kind_of_logo, logo.len ? buf_text(&logo) : NULL,
                     logo.len);
    buf_fini(&logo);
    return result;
}

static int fits(struct exchange *ex, size_t len, int most)
{
    if (len <= (size_t)most) return 1;
    WEB_SAY(ex, REQUEST_LARGE, text_same(arena_printf(&ex->arena, "%d", most)));
    return 0;
}

int template_kept_fits(struct exchange *ex, const struct template_kept *t)
{
    return fits(ex, strlen(t->text), TEMPLATE_TEXT_BYTES) &&
           fits(ex, t->logo_len, TEMPLATE_LOGO_BYTES);
}

int template_kept_put(struct exchange *ex, const struct template_kept *t)
{
    struct keeping k = {ex, t};
    enum store_result result = store_together(ex->web->store, keep_both, &k);
    if (result == STORE_OK) return 0;
    web_store_problem(ex, result, 0);
    return -1;
}

struct report_template *template_kept_open(const struct template_kept *t)
{
    struct report_template *r =
        template_read_text("template.yaml", t->text, strlen(t->text));
    if (r->diags.n_errors == 0 && r->t.cover.logo)
        template_take_logo(r, t->logo ? t->logo : "", t->logo_len);
    return r;
}

const char *template_kept_name(struct exchange *ex, const struct template_kept *t)
{
    struct buf logo = {0};
    if (t->text == NULL) return "";
    base64_put(&logo, t->logo, t->logo_len);
    const char *name = arena_printf(&ex->arena, "%s\n%s", buf_text(&logo), t->text);
    buf_fini(&logo);
    return name;
}
