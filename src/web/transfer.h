// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_TRANSFER_H
#define WEB_TRANSFER_H
/* What goes out of the workbench and comes into it as files: handlers of the table of
 * routes, and what their pages share. */
#include "exchange/import.h"
#include "web/multipart.h"
#include "web/web_int.h"

void web_get_hand_over(struct exchange *ex); // page_hand_over.c
void web_get_hand_over_report(struct exchange *ex);
void web_get_export(struct exchange *ex);
void web_get_import(struct exchange *ex); // page_import.c
void web_post_import(struct exchange *ex);
void web_post_import_call(struct exchange *ex);
void web_get_template(struct exchange *ex); // page_template.c
void web_post_template(struct exchange *ex);

/* Reads the form with files of one of our pages: 0, or -1 after an answer. */
int upload_read(struct exchange *ex, struct multipart *m);

/* What is said of files of others, each with its place; `name` is what places begin
 * with. Errors first. */
void put_transfer_messages(struct exchange *ex, const struct diag_list *d,
                           const char *name);

/* What changed in meaning between two assessments; page_compare.c. */
void put_meaning(struct exchange *ex, const struct assessment *old_one,
                 const struct assessment *new_one);
#endif
