// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_TEMPLATE_H
#define EXCHANGE_TEMPLATE_H
/*
 * An organization's own form of reports: cover, logo, order of chapters, wording of
 * headings, what is left out. A YAML file, read by a table like a model, so that
 * reader, JSON Schema and manual are the same. It words and orders; what a report
 * finds, it cannot change: what it leaves out is said on the cover.
 */
#include "base/schema.h"
#include "exchange/logo.h"
#include "page/doc.h"

struct template_fact {
    struct text name, value;
};

struct template_cover {
    struct text organization, heading, note;
    const char *logo;  // path, from the template
    struct list facts; // struct template_fact
};

/* The heading of a section; the map's key names it. */
struct template_heading {
    struct entry entry;
    const char *en, *ja; // one of them may be NULL
};

struct template_data {
    int32_t version;
    struct template_cover cover;
    struct list order;     // struct ref to sections
    struct list leave_out; // struct ref to sections
    struct list headings;  // struct template_heading
};

struct report_template {
    struct arena arena;
    struct diag_list diags; // of reading; of the logo, too
    struct template_data t;
    struct logo logo; // once given
};

extern const struct shape template_shape;
enum { TEMPLATE_VERSION = 1 };
#define TEMPLATE_SCHEMA_ID "urn:awai:schema:template:1"

/*
 * Reads a template from text; `name` stands in messages. Always returns one (free it
 * with template_free); with errors in its diags it must not be used.
 */
struct report_template *template_read_text(const char *name, const char *text,
                                           size_t len);
void template_free(struct report_template *t);

/* Takes the bytes of the logo that it names; what is wrong goes to its diags. */
void template_take_logo(struct report_template *t, const void *bytes, size_t len);

/* Gives a report's document that form. The template must outlive the document. */
void template_apply(const struct report_template *t, struct doc *doc);
#endif
