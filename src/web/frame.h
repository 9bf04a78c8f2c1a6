// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_FRAME_H
#define WEB_FRAME_H
/*
 * What all pages share: head, way around, and the small parts they are put together
 * from. Whatever is not markup goes through buf_html. Pages hold no script and no style
 * of their own: what moves in them is a file of ui/ by name.
 */
#include "web/web_int.h"

struct frame {
    struct text title;
    const char *slug;  // of the system the page is about, or NULL
    const char *page;  // its place among the pages of a system ("/edit"), or NULL
    const char *asset; // "risk": with /assets/risk.css and risk.js, as far as there are
};

/* Begins and ends a page; frame_begin is one that is about no system. What was written
 * before is thrown away; a status that was set stays. */
void frame_open(struct exchange *ex, const struct frame *frame);
void frame_begin(struct exchange *ex, struct text title);
void frame_end(struct exchange *ex);

/* "NAME: what", by the name of a system as its latest version has it; in the arena. */
struct text frame_title(struct exchange *ex, const char *slug, struct text what);

/* A text in the language of the page; the same in an element. */
void frame_text(struct exchange *ex, struct text t);
void frame_element(struct exchange *ex, const char *element, struct text t);
/* What an address ends in so that the next page has the language of this one. */
const char *frame_lang(const struct exchange *ex);
/* What the address that a form is sent to ends in: the language, and which workspace
 * the page is of, so that nothing is done to another that was opened meanwhile. */
const char *frame_form(struct exchange *ex);
/* A link to a page of our own, its address without a query. */
void frame_link(struct exchange *ex, const char *href, struct text t);
/* "/systems/SLUG" and what follows, in the arena. */
const char *frame_path(struct exchange *ex, const char *slug, const char *page);
/* What has to be told, in the language of the page; nothing for NULL. */
void frame_notice(struct exchange *ex, const char *notice);
/* A time in UTC, to the minute. */
void frame_time(struct exchange *ex, int64_t seconds);
/* Opens a table; its end is "</tbody></table></div>". */
void frame_heads(struct exchange *ex, const struct text *heads, size_t n);
#endif
