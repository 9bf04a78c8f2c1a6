// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_NEWS_H
#define WEB_NEWS_H
/*
 * What changed since a person last looked at a system. The store notes the version up
 * to which he knows it (visits in store/store.h): his first look at the overview is the
 * beginning, and after it the note moves only when he says so ("Mark as seen"), or
 * saves the next version himself. It does not move by looking: else a page that is
 * loaded twice, or in passing, would take the news away unread, and looking would
 * change something. The button names the version that its page showed, so what is
 * saved meanwhile stays news.
 *
 * Who comes without an account is one person, "local". Programs have no news.
 */
#include "web/seen.h"

/* The person, as the store knows him; "" if it is a program. */
const char *news_person(const struct exchange *ex);

/* The news of a system for its overview: what changed in meaning and what follows, who
 * saved it, and the button. Nothing if there are none. Notes the first look. */
void put_news(struct exchange *ex, const struct seen *s);
#endif
