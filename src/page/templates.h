// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_TEMPLATES_H
#define PAGE_TEMPLATES_H
/* Models to begin with: a small one, and the use cases. */
#include "base/assets.h"

enum { TEMPLATES_MOST = 64 };

/* The names of the use cases, with their lengths, as no NUL follows them; how many. */
size_t templates_list(const char *names[TEMPLATES_MOST], size_t lens[TEMPLATES_MOST]);

/* The text of a use case, or for NULL the small model; NULL if there is none. */
const struct asset *template_find(const char *name);
#endif
