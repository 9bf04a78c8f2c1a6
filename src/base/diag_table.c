// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The table of what can be said (diag.def) as data: looking up a row, filling in its
 * arguments, and the reference of all messages.
 */
#include <string.h>

#include "base/diag.h"
#include "base/diag_int.h"
#include "base/intern.h"

// clang-format off
#define CODE(code, en, ja)
#define DIAG(name, code, severity, n_args, en, ja, hint_en, hint_ja)                    \
    [DIAG_##name] = {code, DIAG_##severity, n_args, {{en, ja}}, {{hint_en, hint_ja}}},
const struct diag_row diag_rows[N_DIAG_KINDS] = {
#include "base/diag.def"
};
#undef DIAG
#undef CODE

static const struct {
    const char *code;
    struct text meaning;
} codes[] = {
#define CODE(code, en, ja) {code, {{en, ja}}},
#define DIAG(name, code, severity, n_args, en, ja, hint_en, hint_ja)
#include "base/diag.def"
#undef DIAG
#undef CODE
};
// clang-format on
enum { N_CODES = sizeof codes / sizeof *codes };

const char *diag_code(enum diag_kind kind)
{
    return diag_rows[kind].code;
}

struct text diag_meaning(const char *code)
{
    for (size_t i = 0; i < N_CODES; i++) {
        if (strcmp(codes[i].code, code) == 0) return codes[i].meaning;
    }
    return TEXT(NULL, NULL);
}

const char *diag_nearest_code(const char *word)
{
    const char *names[N_CODES];
    for (size_t i = 0; i < N_CODES; i++)
        names[i] = codes[i].code;
    return str_nearest(word, names, N_CODES);
}

/* ---- filling in */

enum { ARGUMENT_BYTES = 480 }; // of an argument that are shown

/* The number of the placeholder at p, from 1, or 0. */
static unsigned placeholder(const char *p)
{
    return p[0] == '%' && p[1] >= '1' && p[1] <= '9' ? (unsigned)(p[1] - '0') : 0;
}

static int is_given(const struct text *args, unsigned number)
{
    return args == NULL || !text_empty(args[number - 1]);
}

/* 1 if every argument of the alternative that begins at p is there. */
static int is_complete(const char *p, const struct text *args)
{
    for (; *p && *p != '|'; p++) {
        if (placeholder(p) && !is_given(args, placeholder(p))) return 0;
    }
    return 1;
}

static void put_argument(const struct text *args, unsigned number, enum lang lang,
                         struct buf *out)
{
    const char *s = args ? text_in(args[number - 1], lang) : "\xE2\x80\xA6";
    size_t len = strlen(s);
    if (len <= ARGUMENT_BYTES) {
        buf_add(out, s, len);
        return;
    }
    buf_add(out, s, text_whole(s, ARGUMENT_BYTES));
    buf_str(out, "...");
}

/* Fills in the alternative at p; returns its end. */
static const char *fill_one(const char *p, enum lang lang, const struct text *args,
                            struct buf *out)
{
    for (; *p && *p != '|'; p++) {
        unsigned number = placeholder(p);
        if (number)
            put_argument(args, number, lang, out);
        else
            buf_char(out, *p);
        p += number != 0;
    }
    return p;
}

static void fill(struct text format, enum lang lang, const struct text *args,
                 struct buf *out)
{
    const char *p = text_in(format, lang);
    while (*p) {
        int complete = is_complete(p, args);
        const char *end = complete ? fill_one(p, lang, args, out) : strchr(p, '|');
        if (end == NULL || *end == '\0' || (complete && args)) return;
        if (args == NULL) buf_str(out, " / ");
        p = end + 1;
    }
}

void diag_message(enum diag_kind kind, enum lang lang, const struct text *args,
                  struct buf *out)
{
    fill(diag_rows[kind].message, lang, args, out);
}

void diag_hint(enum diag_kind kind, enum lang lang, const struct text *args,
               struct buf *out)
{
    fill(diag_rows[kind].hint, lang, args, out);
}

/* ---- the reference */

static const struct text severity_words[] = {
    [DIAG_ERROR] = {{"error", "エラー"}},
    [DIAG_WARNING] = {{"warning", "警告"}},
    [DIAG_NOTE] = {{"note", "注記"}},
};

const char *diag_severity_name(enum diag_severity severity)
{
    return text_in(severity_words[severity], LANG_EN);
}

const char *diag_severity_word(enum diag_severity severity, enum lang lang)
{
    return text_in(severity_words[severity], lang);
}

/* Markdown's own characters lose their meaning. */
static void put_plain(const char *s, struct buf *out)
{
    for (; *s; s++) {
        if (strchr("|<>*_", *s)) buf_char(out, '\\');
        buf_char(out, *s);
    }
}

static void put_row(enum diag_kind kind, enum lang lang, struct buf *out)
{
    struct buf message = {0}, hint = {0};
    diag_message(kind, lang, NULL, &message);
    diag_hint(kind, lang, NULL, &hint);
    buf_str(out, "| ");
    put_plain(buf_text(&message), out);
    buf_str(out, " | ");
    put_plain(buf_text(&hint), out);
    buf_str(out, " |\n");
    buf_fini(&message);
    buf_fini(&hint);
}

static void put_code(size_t i, enum lang lang, struct buf *out)
{
    int ja = lang == LANG_JA, begun = 0;
    for (unsigned kind = 0; kind < N_DIAG_KINDS; kind++) {
        const struct diag_row *row = &diag_rows[kind];
        if (strcmp(row->code, codes[i].code) != 0) continue;
        if (!begun++)
            buf_printf(out, "%s### %s\n\n%s: %s\n\n| %s | %s |\n|---|---|\n",
                       out->len ? "\n" : "", row->code,
                       diag_severity_word(row->severity, lang),
                       text_in(codes[i].meaning, lang), ja ? "メッセージ" : "message",
                       ja ? "対処" : "what to do");
        put_row((enum diag_kind)kind, lang, out);
    }
}

int diag_manual(const char *code, enum lang lang, struct buf *out)
{
    int found = 0;
    if (code == NULL)
        buf_str(out, lang == LANG_JA ? "## すべてのメッセージ\n" : "## All messages\n");
    for (size_t i = 0; i < N_CODES; i++) {
        if (code && strcmp(codes[i].code, code) != 0) continue;
        found = 1;
        put_code(i, lang, out);
    }
    return found;
}
