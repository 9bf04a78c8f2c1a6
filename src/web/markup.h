// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_MARKUP_H
#define WEB_MARKUP_H
/*
 * Markup with holes. What is written in our sources goes out as it is; whatever comes
 * from a model, a form or an address goes through a hole, which escapes it.
 */
#include "web/web_int.h"

/*
 * Appends a pattern to the page. Holes, each with its argument in order:
 *   %s  const char *  text, escaped; NULL: nothing
 *   %t  struct text   the same, in the language of the page
 *   %d  int           %n  int64_t      %%  a percent sign
 *   %l                what an address ends in for the language ("?lang=ja"); no
 *                     argument, nor has %f: the same for a form (frame_form)
 *   %m  const char *  markup of our own, or an identifier: as it is
 */
void put(struct exchange *ex, const char *pattern, ...);

/* A text with a number in it: "{n} systems"; one for 1, many for others. */
struct counted {
    struct text one, many;
};
void put_count(struct exchange *ex, struct counted words, int64_t n);

/* What comes after a query in an address for the language: "&amp;lang=ja", or "". */
const char *put_and_lang(const struct exchange *ex);

/* "<a href=PATH>", an address without a query, its text to come. */
void put_link_open(struct exchange *ex, const char *path);

/* A badge: "good", "open", or "" for one that says nothing of either. */
void put_badge(struct exchange *ex, const char *tone, struct text words);
void put_position_of(struct exchange *ex, struct position at);
/* Nothing for an amount that is not given. */
void put_amount(struct exchange *ex, const struct money *money);
/* yyyymmdd as a date; nothing for 0. */
void put_date(struct exchange *ex, int32_t yyyymmdd);

/* A picture made by a function of page/figure.h, without the style that our pages'
 * policy forbids, and its caption. */
void put_figure(struct exchange *ex, const struct buf *svg, struct text caption);

/* <option value=VALUE>, chosen if it is the one given. */
void put_option(struct exchange *ex, const char *value, const char *chosen,
                struct text words);
/* A select of a set of choices: the first is "all", with the value "". */
void put_select_set(struct exchange *ex, const char *name, struct text label,
                    struct text all, const struct choice_set *set, const char *chosen);
/* The hidden field by which a form in which the method is GET keeps the language. */
void put_lang_field(struct exchange *ex);
#endif
