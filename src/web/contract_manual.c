// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The reference of the API as Markdown, written from the table; see contract.h. */
#include <string.h>

#include "web/contract.h"

static const char *in(enum lang lang, const char *en, const char *ja)
{
    return lang == LANG_JA ? ja : en;
}

/* '|' would end a cell. */
static void put_cell(struct buf *out, const char *text)
{
    for (const char *s = text; *s; s++) {
        if (*s == '|') buf_char(out, '\\');
        buf_char(out, *s);
    }
}

static void put_parameter(const struct parameter *p, enum lang lang, struct buf *out)
{
    struct arena a = {0};
    buf_printf(out, "| `%s` | ", p->name);
    put_cell(out, text_in(p->about, lang));
    buf_str(out, " | ");
    put_cell(out, text_in(contract_range(p, &a), lang));
    buf_str(out, p->is_many ? in(lang, ", again and again", "、繰り返し可") : "");
    buf_str(out, " | ");
    if (p->usual)
        buf_printf(out, "`%s`", p->usual);
    else if (p->is_needed)
        buf_str(out, in(lang, "must be given", "必須"));
    buf_str(out, " |\n");
    arena_fini(&a);
}

static void put_parameters(const struct operation *o, enum lang lang, struct buf *out)
{
    if (o->parameters == NULL) return;
    buf_str(out,
            in(lang, "\n| parameter | meaning | value | usual |\n|---|---|---|---|\n",
               "\n| パラメーター | 意味 | 値 | 既定 |\n|---|---|---|---|\n"));
    for (const struct parameter *p = o->parameters; p->name; p++)
        put_parameter(p, lang, out);
}

static void put_answers(const struct operation *o, enum lang lang, struct buf *out)
{
    buf_printf(out, "%s%u ", in(lang, "\nAnswer: ", "\n応答: "), o->status);
    for (size_t i = 0; i < CONTRACT_MOST_ANSWERS && o->answers[i].type; i++) {
        buf_printf(out, "%s`%s`", i ? in(lang, ", ", "、") : "", o->answers[i].type);
        if (o->answers[i].schema)
            buf_printf(out, lang == LANG_JA ? "(スキーマ `%s`)" : " (schema `%s`)",
                       o->answers[i].schema);
    }
    buf_str(out, in(lang, ". Problems: 400", "。エラー: 400"));
    for (size_t i = 0; i < CONTRACT_MOST_PROBLEMS && o->problems[i]; i++)
        buf_printf(out, ", %u", o->problems[i]);
    buf_str(out, in(lang, ".\n", "。\n"));
}

static void put_body(const struct contract_body *b, enum lang lang, struct buf *out)
{
    if (b->example == NULL) {
        buf_str(out, in(lang, " The body is a model, of the type `application/yaml`.",
                        "本文はモデル(`application/yaml`)。"));
        return;
    }
    buf_printf(out,
               lang == LANG_JA ? "本文は `%s`(スキーマ `%s`)。例:\n\n```%s\n%s\n```"
                               : " The body is `%s` (schema `%s`), for example:\n\n"
                                 "```%s\n%s\n```",
               b->type, b->schema, b->example[0] == '{' ? "json" : "yaml", b->example);
}

/* What whoever asks needs, where there are accounts. */
static void put_right(const struct operation *o, enum lang lang, struct buf *out)
{
    const struct web_route *route = contract_route(o);
    if (route == NULL || route->right == RIGHT_LOOK) return;
    buf_printf(out,
               lang == LANG_JA ? "権限 `%s` が必要。" : " It needs the right `%s`.",
               right_names[route->right]);
}

static void put_operation(const struct operation *o, enum lang lang, struct buf *out)
{
    buf_printf(out, "\n## %s %s\n\n", o->method, o->pattern);
    buf_str(out, text_in(o->summary, lang));
    buf_str(out, in(lang, ".", "。"));
    if (o->command)
        buf_printf(out, lang == LANG_JA ? "`awai %s` に当たる。" : " As `awai %s`.",
                   o->command);
    if (o->takes_match)
        buf_str(out,
                in(lang, " `If-Match` names the version it was made from, in quotes.",
                   "`If-Match` に、基にした版の番号を引用符で囲んで書く。"));
    put_right(o, lang, out);
    if (o->body) put_body(o->body, lang, out);
    buf_char(out, '\n');
    put_parameters(o, lang, out);
    put_answers(o, lang, out);
}

/* ---- the command line ----------------------------------------------------------- */

/* What does it: operations and parameters as code. */
static void put_by(const char *by, enum lang lang, struct buf *out)
{
    if (by == NULL) buf_str(out, in(lang, "nothing", "なし"));
    for (const char *s = by; s && *s;) {
        size_t len = strcspn(s, " ");
        buf_printf(out, "%s`%.*s`", s == by ? "" : in(lang, ", ", "、"), (int)len, s);
        s += len + (s[len] == ' ');
    }
}

static void put_option(const struct contract_option *o, enum lang lang, struct buf *out)
{
    if (o->command == NULL)
        buf_printf(out, "| `--%s` | ", o->option);
    else
        buf_printf(out, o->option ? "| `awai %s --%s` | " : "| `awai %s` | ",
                   o->command, o->option);
    put_by(o->by, lang, out);
    buf_str(out, " | ");
    put_cell(out, text_in(o->about, lang));
    buf_str(out, " |\n");
}

static void put_options(enum lang lang, struct buf *out)
{
    buf_str(out, in(lang, "\n## Options of the command line\n\n",
                    "\n## コマンドラインのオプション\n\n"));
    buf_str(out,
            in(lang,
               "An option is the parameter of its name of the operations that name its "
               "command. Where that is not so, this does it, or nothing does:\n\n"
               "| option | by | how, or why not |\n|---|---|---|\n",
               "オプションは、そのコマンドに当たる操作の同名のパラメーターに対応する。"
               "それ以外の対応と、対応するものが無い理由は次のとおり。\n\n"
               "| オプション | 対応する操作 | 方法又は理由 |\n|---|---|---|\n"));
    for (size_t i = 0; i < n_contract_options; i++)
        put_option(&contract_options[i], lang, out);
}

void contract_manual(enum lang lang, struct buf *out)
{
    for (size_t i = 0; i < n_operations; i++)
        put_operation(&operations[i], lang, out);
    put_options(lang, out);
}
