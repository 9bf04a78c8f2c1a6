// SPDX-License-Identifier: Apache-2.0
/*
 * What the commands say of one model, as answers of the API: of a system's latest
 * version, or of a model that is sent and not kept.
 */
#include <string.h>

#include "graph/graph_write.h"
#include "page/explain.h"
#include "web/ask.h"

/* ---- which model ---------------------------------------------------------------- */

void ask_of_view(struct exchange *ex, struct view *v, ask_fn *answer)
{
    if (v->assessment)
        answer(ex, v);
    else
        api_refused(ex, &v->model->diags);
    view_close(v);
}

void ask_of_system(struct exchange *ex, ask_fn *answer)
{
    struct store_version version;
    const char *text = web_text(ex, 0, &version);
    if (text == NULL) return;
    struct view v = view_open(ex->web, ex->path.slug, text, (size_t)version.n_bytes);
    ex->answer.version = version.number;
    ask_of_view(ex, &v, answer);
}

/* The model of the body; 0 after an answer. */
static int open_posted(struct exchange *ex, struct view *v)
{
    static const char yaml_type[] = "application/yaml";
    if (!request_is_type(ex->content_type, yaml_type)) {
        WEB_SAY(ex, REQUEST_TYPE, text_same(yaml_type));
        return 0;
    }
    if (ex->body.len > STORE_TEXT_BYTES) {
        const char *most = arena_printf(&ex->arena, "%d", STORE_TEXT_BYTES);
        WEB_SAY(ex, REQUEST_LARGE, text_same(most));
        return 0;
    }
    *v = view_open(ex->web, "model.yaml", buf_text(&ex->body), ex->body.len);
    return 1;
}

void ask_begin(struct exchange *ex, const char *type)
{
    ex->answer.status = 200;
    ex->answer.type = type;
}

/* ---- check, assess, graph ------------------------------------------------------- */

void ask_check_posted(struct exchange *ex)
{
    struct view v;
    if (!open_posted(ex, &v)) return;
    api_check(ex, 0, &v.model->diags);
    view_close(&v);
}

static void assess(struct exchange *ex, const struct view *v)
{
    ask_begin(ex, "application/json");
    assess_json(v->assessment, &ex->answer.body);
}

void ask_assess_posted(struct exchange *ex)
{
    struct view v;
    if (open_posted(ex, &v)) ask_of_view(ex, &v, assess);
}

static void graph(struct exchange *ex, const struct view *v)
{
    const char *format = contract_text(ex, "format");
    const struct assessment *a = v->assessment;
    struct buf *out = &ex->answer.body;
    ask_begin(ex, "application/json");
    if (strcmp(format, "dot") == 0) {
        ask_begin(ex, "text/vnd.graphviz; charset=utf-8");
        graph_dot(v->graph, &a->reach, ex->lang, out);
    } else if (strcmp(format, "text") == 0) {
        ask_begin(ex, ASK_PLAIN);
        graph_summary(v->graph, &a->reach, a->left.effort ? &a->left : NULL, ex->lang,
                      out);
    } else {
        graph_json(v->graph, &a->reach, out);
    }
}

void ask_graph(struct exchange *ex)
{
    ask_of_system(ex, graph);
}

/* ---- explain -------------------------------------------------------------------- */

static void explanation(struct exchange *ex, const struct view *v)
{
    const char *id = contract_text(ex, "id");
    ask_begin(ex, ASK_PLAIN);
    if (!explain(v->assessment, id, ex->lang, &ex->answer.body))
        WEB_SAY(ex, EXPLANATION, text_same(id), text_same(ex->path.slug));
}

void ask_explanation(struct exchange *ex)
{
    ask_of_system(ex, explanation);
}
