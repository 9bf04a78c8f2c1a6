// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_TEMPLATE_KEPT_H
#define WEB_TEMPLATE_KEPT_H
/*
 * An organization's own form of reports, one for each workspace, as the store keeps it:
 * the text of the template, and the bytes of the logo that it names.
 */
#include "exchange/template.h"
#include "web/web_int.h"

enum {
    TEMPLATE_TEXT_BYTES = STORE_RECORD_BYTES,
    TEMPLATE_LOGO_BYTES = STORE_RECORD_BYTES / 4 * 3, // base64 takes the rest
};

struct template_kept {
    const char *text; // NULL: there is none; in the arena of the exchange
    const char *logo; // likewise
    size_t logo_len;
};

/* The caller's workspace's: 0, or -1 after an answer. */
int template_kept_find(struct exchange *ex, struct template_kept *t);

/* 1 if both parts are small enough to be kept; 0 after an answer. */
int template_kept_fits(struct exchange *ex, const struct template_kept *t);

/* Keeps one, both parts or neither; without text, takes away what there is. As above.
 */
int template_kept_put(struct exchange *ex, const struct template_kept *t);

/* Reads it, with its logo. As template_read_text; a logo that is named and not there is
 * an error. */
struct report_template *template_kept_open(const struct template_kept *t);

/* All of it as one text, so that whatever is made with it can be remembered by it. */
const char *template_kept_name(struct exchange *ex, const struct template_kept *t);
#endif
