// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_HAND_OVER_H
#define WEB_HAND_OVER_H
/*
 * Files to hand over: the report of a system, whole or an extract, in each format that
 * `awai report` writes, and single pictures of it. A file is made of what is said here
 * and of nothing else, so it is remembered by a hash of that.
 */
#include "exchange/template.h"
#include "page/extract.h"
#include "page/pictures.h"
#include "web/seen.h"

/* Seconds of WeasyPrint, unless AWAI_PDF_SECONDS says otherwise. */
enum { HAND_OVER_PDF_SECONDS = 300 };

/* What is asked for. */
struct hand_over {
    const struct hand_over_format *format;
    const struct picture *figure; // of SVG: of that name, not the sheet; or NULL
    enum extract_kind extract;
    const char *id;
    const struct report_template *template; // or NULL
    const char *template_text;              // what it was read from; "" for none
};

struct making;
struct hand_over_format {
    const char *name;                     // in addresses
    const char *type;                     // Content-Type
    const char *ending;                   // of the file's name
    struct text text;                     // for people
    int (*write)(const struct making *m); // 0, or -1 after an answer
};
extern const struct hand_over_format hand_over_formats[];
extern const size_t hand_over_n_formats;

const struct hand_over_format *hand_over_find(const char *name);

/* Kinds of extracts as addresses name them: "component/ID". NULL for none. */
const char *hand_over_kind(enum extract_kind kind);
enum extract_kind hand_over_kind_named(const char *name, size_t len);

/* 1 if a model has what an extract is asked of, or none is asked for; 0 after an
 * answer.
 */
int hand_over_has(struct exchange *ex, const struct model_data *m,
                  enum extract_kind kind, const char *id);

/* Appends the pictures of a name, or the sheet for NULL; -1 after the answer that the
 * document has none of that name. */
int hand_over_svg(struct exchange *ex, const struct doc *doc, const char *name,
                  struct buf *out);

/* Answers with the file, as one to be kept; or says why there is none. `text` is the
 * latest text of the path's system. */
void hand_over_answer(struct exchange *ex, const struct hand_over *h, const char *text);
#endif
