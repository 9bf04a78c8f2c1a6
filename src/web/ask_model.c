// SPDX-License-Identifier: Apache-2.0
/*
 * What the commands say of one model, as answers of the API: of a system's latest
 * version, or of a model that is sent and not kept.
 */
#include <string.h>

#include "assess/gates.h"
#include "base/json.h"
#include "base/yaml.h"
#include "graph/graph_write.h"
#include "lsp/format.h"
#include "page/explain.h"
#include "page/sarif.h"
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

int ask_is_type(struct exchange *ex, const char *type)
{
    if (request_is_type(ex->content_type, type)) return 1;
    WEB_SAY(ex, REQUEST_TYPE, text_same(type));
    return 0;
}

int ask_is_posted(struct exchange *ex)
{
    if (!ask_is_type(ex, "application/yaml")) return 0;
    if (ex->body.len <= STORE_TEXT_BYTES) return 1;
    const char *most = arena_printf(&ex->arena, "%d", STORE_TEXT_BYTES);
    WEB_SAY(ex, REQUEST_LARGE, text_same(most));
    return 0;
}

/* The model of the body; 0 after an answer. */
static int open_posted(struct exchange *ex, struct view *v)
{
    if (!ask_is_posted(ex)) return 0;
    *v = view_open(ex->web, "model.yaml", buf_text(&ex->body), ex->body.len);
    return 1;
}

void ask_begin(struct exchange *ex, const char *type)
{
    ex->answer.status = 200;
    ex->answer.type = type;
}

void ask_nothing_drawn(struct exchange *ex)
{
    if (ex->answer.status == 200 && ex->answer.body.len == 0)
        web_problem(ex, DIAG_REQUEST_NO_FIGURE, NULL);
}

int ask_is_text(struct exchange *ex)
{
    int is_text = strcmp(contract_text(ex, "format"), "text") == 0;
    if (is_text) ask_begin(ex, ASK_PLAIN);
    return is_text;
}

struct term ask_term(const struct exchange *ex)
{
    return (struct term){.lang = ex->lang};
}

/* ---- check, assess, graph ------------------------------------------------------- */

/* Of a model with errors or without; `found`: by an organization's rules. */
void ask_put_check(struct exchange *ex, const struct view *v, int64_t version,
                   const struct diag_list *found)
{
    const struct diag_list *lists[] = {&v->model->diags, NULL, found};
    size_t n = v->assessment ? 3 : 1;
    if (v->assessment) lists[1] = &v->assessment->diags;
    if (strcmp(contract_text(ex, "format"), "sarif") == 0) {
        ask_begin(ex, "application/sarif+json");
        sarif_write(lists, n, ex->lang, &ex->answer.body);
    } else {
        api_check(ex, version, lists, n);
    }
}

void ask_check_posted(struct exchange *ex)
{
    const struct diag_list none = {0};
    struct view v;
    if (!open_posted(ex, &v)) return;
    ask_put_check(ex, &v, 0, &none);
    view_close(&v);
}

/* A text that was not laid out is refused with its errors, as one that is saved. */
void ask_format_posted(struct exchange *ex)
{
    struct diag_list d = {0};
    struct buf formatted = {0};
    if (!ask_is_posted(ex)) return;
    int file = yaml_text(&d, "model.yaml", buf_text(&ex->body), ex->body.len);
    if (file >= 0 && format_file(&d, (uint32_t)file, &formatted)) {
        ask_begin(ex, "application/yaml; charset=utf-8");
        buf_add(&ex->answer.body, buf_text(&formatted), formatted.len);
    } else {
        api_refused(ex, &d);
    }
    buf_fini(&formatted);
    diag_fini(&d);
}

/* A row: of several with one name each must be met. */
static void put_gate(struct json *j, const struct gate *g, const struct assessment *a)
{
    json_open(j, '{');
    json_put(j, "gate", g->name);
    json_put_bool(j, "met", !g->fails(a));
    json_put_text(j, "otherwise", g->why);
    json_close(j, '}');
}

static void put_gates(struct exchange *ex, const struct view *v)
{
    struct json j = json_on(&ex->answer.body, 3);
    ask_begin(ex, "application/json");
    json_open(&j, '{');
    json_in(&j, "gates", '[');
    for (size_t i = 0; i < n_gates; i++)
        put_gate(&j, &gates[i], v->assessment);
    json_close(&j, ']');
    json_close(&j, '}');
}

void ask_gates(struct exchange *ex)
{
    ask_of_system(ex, put_gates);
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
