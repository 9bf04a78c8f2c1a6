// SPDX-License-Identifier: Apache-2.0
/* What is said of more than one model: of two versions or systems, or of several
 * systems. */
#include <stdlib.h>
#include <string.h>

#include "page/compare.h"
#include "page/diff.h"
#include "web/ask.h"

/* The text of a version (0: the latest) of a system; NULL after an answer. */
static const char *text_of(struct exchange *ex, const char *slug, int64_t number,
                           struct store_version *version)
{
    const struct request_path path = ex->path;
    if (!schema_is_id(slug)) {
        web_problem(ex, DIAG_REQUEST_NOWHERE, NULL);
        return NULL;
    }
    snprintf(ex->path.slug, sizeof ex->path.slug, "%s", slug);
    const char *text = web_text(ex, number, version);
    ex->path = path;
    return text;
}

/* It assessed; 0 after an answer. What was opened is to be closed in any case. */
static int open_version(struct exchange *ex, const char *slug, int64_t number,
                        struct view *v)
{
    struct store_version version;
    const char *name = arena_str(&ex->arena, slug);
    const char *text = text_of(ex, name, number, &version);
    *v = (struct view){0};
    if (text == NULL) return 0;
    *v = view_open(ex->web, name, text, (size_t)version.n_bytes);
    if (v->assessment == NULL) api_refused(ex, &v->model->diags);
    return v->assessment != NULL;
}

/* ---- two ------------------------------------------------------------------------ */

static void write_diff(struct exchange *ex, const struct view views[2],
                       const char *other)
{
    const struct diff_plan plan = {
        .before = views[0].assessment,
        .after = views[1].assessment,
        .names = {other, ex->path.slug},
        .is_json = !ask_is_text(ex),
        .term = {.lang = ex->lang    }
    };
    if (plan.is_json) ask_begin(ex, "application/json");
    diff_write(&plan, &ex->answer.body);
}

void ask_diff(struct exchange *ex)
{
    struct view views[2] = {{0}};
    const char *other = contract_text(ex, "from-system");
    if (other == NULL) other = ex->path.slug;
    int64_t from = (int64_t)contract_whole(ex, "from");
    int64_t to = (int64_t)contract_whole(ex, "to");
    if (open_version(ex, other, from, &views[0]) &&
        open_version(ex, ex->path.slug, to, &views[1]))
        write_diff(ex, views, other);
    view_close(&views[1]);
    view_close(&views[0]);
}

/* ---- several -------------------------------------------------------------------- */

static void write_comparison(struct exchange *ex, const struct view *views, size_t n)
{
    const struct term term = {.lang = ex->lang};
    struct compared_system compared[REQUEST_MOST_FIELDS];
    for (size_t i = 0; i < n; i++)
        compared[i] = (struct compared_system){views[i].assessment,
                                               contract_text_at(ex, "system", i)};
    ask_begin(ex, "application/json");
    compare_write(compared, n, ask_is_text(ex) ? &term : NULL, &ex->answer.body);
}

void ask_compare(struct exchange *ex)
{
    struct view views[REQUEST_MOST_FIELDS];
    size_t n = 0, n_fine = 0;
    const char *slug;
    while ((slug = contract_text_at(ex, "system", n)) != NULL) {
        n_fine += open_version(ex, slug, 0, &views[n]) ? 1 : 0;
        if (n_fine != ++n) break;
    }
    if (n_fine == n) write_comparison(ex, views, n);
    while (n > 0)
        view_close(&views[--n]);
}
