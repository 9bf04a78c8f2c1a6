// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The page /api: what the API can be asked for, from the table of the contract. */
#include <string.h>

#include "web/contract.h"
#include "web/frame.h"

static void put_code(struct exchange *ex, const char *text)
{
    buf_str(&ex->answer.body, "<code>");
    buf_html(&ex->answer.body, text);
    buf_str(&ex->answer.body, "</code>");
}

/* What it may be, and what it is when it is not given. */
static void put_value(struct exchange *ex, const struct parameter *p)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<div class=\"soft\">");
    if (p->type != PARAMETER_TEXT) frame_text(ex, contract_range(p, &ex->arena));
    if (p->is_many) frame_text(ex, TEXT(" again and again", " 繰り返し可"));
    if (p->is_needed) frame_text(ex, TEXT(" must be given", " 必須"));
    if (p->usual) {
        frame_text(ex, p->type == PARAMETER_TEXT ? TEXT("usually ", "既定は ")
                                                 : TEXT("; usually ", "。既定は "));
        put_code(ex, p->usual);
    }
    buf_str(out, "</div>");
}

static void put_parameter(struct exchange *ex, const struct parameter *p)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<dt>");
    put_code(ex, p->name);
    buf_str(out, "</dt><dd>");
    frame_text(ex, p->about);
    put_value(ex, p);
    buf_str(out, "</dd>\n");
}

static void put_parameters(struct exchange *ex, const struct operation *o)
{
    if (o->parameters == NULL) return;
    buf_str(&ex->answer.body, "<dl>\n");
    for (const struct parameter *p = o->parameters; p->name; p++)
        put_parameter(ex, p);
    buf_str(&ex->answer.body, "</dl>\n");
}

static void put_answers(struct exchange *ex, const struct operation *o)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<p class=\"soft\">");
    frame_text(ex, TEXT("Answer: ", "応答: "));
    buf_printf(out, "%u ", o->status);
    for (size_t i = 0; i < CONTRACT_MOST_ANSWERS && o->answers[i].type; i++) {
        if (i) buf_str(out, ", ");
        put_code(ex, o->answers[i].type);
    }
    frame_text(ex, TEXT("; problems: 400", "、エラー: 400"));
    for (size_t i = 0; i < CONTRACT_MOST_PROBLEMS && o->problems[i]; i++)
        buf_printf(out, ", %u", o->problems[i]);
    buf_str(out, "</p>\n");
}

/* A body in JSON, by an example; that of a model is told in words. */
static void put_example(struct exchange *ex, const struct contract_body *b)
{
    struct buf *out = &ex->answer.body;
    if (b == NULL || b->example == NULL) return;
    frame_element(
        ex, "p",
        strcmp(b->type, "application/json") == 0
            ? TEXT("The body is JSON, for example:", "本文はJSON。例:")
            : TEXT("The body is a file, for example:", "本文はファイル。例:"));
    buf_str(out, "<pre><code>");
    buf_html(out, b->example);
    buf_str(out, "</code></pre>\n");
}

/* What whoever asks needs, where there are accounts. */
static void put_right(struct exchange *ex, const struct operation *o)
{
    const struct web_route *route = contract_route(o);
    if (route == NULL || route->right == RIGHT_LOOK) return;
    frame_text(ex, TEXT(" It needs the right ", "権限 "));
    put_code(ex, right_names[route->right]);
    frame_text(ex, TEXT(".", " が必要。"));
}

static void put_operation(struct exchange *ex, const struct operation *o)
{
    struct buf *out = &ex->answer.body;
    buf_printf(out, "<section id=\"%s\"><h2><code>%s ", o->id, o->method);
    // so that a narrow page can break a long address
    for (const char *s = o->pattern; *s; s++) {
        if (*s == '/') buf_str(out, "<wbr>");
        buf_char(out, *s);
    }
    buf_str(out, "</code></h2>\n<p>");
    frame_text(ex, o->summary);
    frame_text(ex, TEXT(".", "。"));
    if (o->command) {
        frame_text(ex, TEXT(" As ", ""));
        put_code(ex, arena_printf(&ex->arena, "awai %s", o->command));
        frame_text(ex, TEXT(".", " に当たる。"));
    }
    if (o->body && o->body->example == NULL)
        frame_text(ex, TEXT(" The body is a model (application/yaml).",
                            "本文はモデル(application/yaml)。"));
    if (o->takes_match)
        frame_text(ex, TEXT(" If-Match names the version it was made from.",
                            "If-Match に基にした版の番号を書く。"));
    put_right(ex, o);
    buf_str(out, "</p>\n");
    put_example(ex, o->body);
    put_parameters(ex, o);
    put_answers(ex, o);
    buf_str(out, "</section>\n");
}

/* ---- the command line ----------------------------------------------------------- */

/* The operations that do what an option does, as links. */
static void put_by(struct exchange *ex, const char *by)
{
    struct buf *out = &ex->answer.body;
    for (const char *s = by; s && *s;) {
        size_t len = strcspn(s, " "), id = strcspn(s, "? ");
        buf_printf(out, "<a href=\"#%.*s\"><code>%.*s</code></a> ", (int)id, s,
                   (int)len, s);
        s += len + (s[len] == ' ');
    }
}

static void put_option(struct exchange *ex, const struct contract_option *o)
{
    struct buf *out = &ex->answer.body;
    const char *command = o->command ? o->command : "";
    buf_str(out, "<dt>");
    put_code(ex, arena_printf(&ex->arena, "%s%s%s%s%s", o->command ? "awai " : "",
                              command, o->command && o->option ? " " : "",
                              o->option ? "--" : "", o->option ? o->option : ""));
    buf_str(out, "</dt><dd>");
    put_by(ex, o->by);
    frame_text(ex, o->about);
    buf_str(out, "</dd>\n");
}

static void put_options(struct exchange *ex)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<section id=\"options\"><h2>");
    frame_text(ex, TEXT("Options of the command line", "コマンドラインのオプション"));
    buf_str(out, "</h2>\n");
    frame_element(
        ex, "p",
        TEXT("An option is the parameter of its name of the operations that name its "
             "command. Where that is not so, this does it, or why nothing does:",
             "オプションは、そのコマンドに当たる操作の同名のパラメーターに対応する。"
             "それ以外の対応と、対応するものが無い理由は次のとおり。"));
    buf_str(out, "<dl>\n");
    for (size_t i = 0; i < n_contract_options; i++)
        put_option(ex, &contract_options[i]);
    buf_str(out, "</dl>\n</section>\n");
}

void page_api(struct exchange *ex)
{
    frame_open(
        ex, &(struct frame){.title = TEXT("The API for programs", "プログラム用のAPI"),
                            .asset = "api"});
    frame_element(
        ex, "p",
        TEXT(
            "Each operation also takes the parameter lang, en or ja. Problems are told "
            "in JSON. The same as OpenAPI 3.1, for programs that make clients:",
            "どの操作にもパラメーター lang(en 又は "
            "ja)を指定できる。エラーはJSONで返る。"
            "クライアントを生成するためのOpenAPI 3.1:"));
    buf_str(&ex->answer.body, "<p>");
    frame_link(ex, "/api/v1/openapi.json", text_same("/api/v1/openapi.json"));
    buf_str(&ex->answer.body, "</p>\n");
    for (size_t i = 0; i < n_operations; i++)
        put_operation(ex, &operations[i]);
    put_options(ex);
    frame_end(ex);
}
