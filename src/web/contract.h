// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_CONTRACT_H
#define WEB_CONTRACT_H
/*
 * What the API promises, as a table beside that of the routes: a row an operation, with
 * its parameters, body and answers. From it queries are checked (contract_check), and
 * the OpenAPI description (contract_openapi), the reference in the manual
 * (contract_manual) and the page /api are written: they cannot differ. Every route
 * under /api/v1 has its row, which tests/cli/api.sh looks at from both sides.
 */
#include "base/buf.h"
#include "base/text.h"
#include "web/web_int.h"

enum parameter_type {
    PARAMETER_WHOLE,   // a whole number from least to most
    PARAMETER_DECIMAL, // a number above 0, or from 0 if least is 0; up to most, if any
    PARAMETER_WORD,    // one of `words`
    PARAMETER_FLAG,    // true or false
    PARAMETER_TEXT,    // its handler says what it may be
};

struct parameter {
    const char *name;
    enum parameter_type type;
    uint64_t least, most;
    const char *words;   // separated by blanks
    const char *usual;   // what it is when it is not given, or NULL
    const char *example; // a value that fits the example of a system, or NULL: `usual`
    int is_needed, is_many; // must be given; may be given again and again
    struct text about;
};

/* One form of an answer. */
struct contract_answer {
    const char *type;   // of the content
    const char *schema; // as in the address /api/v1/schemas/NAME[#/$defs/PART], one or
                        // another where a blank parts them, or NULL; of
                        // text/event-stream, that of each event
};

/* What is sent along. */
struct contract_body {
    int is_needed;
    const char *type, *schema; // as of an answer
    const char *example;       // JSON or YAML, that fits the examples of the place;
                               // NULL: of a model, the small one that systems begin
                               // with
};

enum { CONTRACT_MOST_ANSWERS = 6, CONTRACT_MOST_PROBLEMS = 9 };
struct operation {
    const char *id, *method, *pattern;
    struct text summary;
    const char *command;                // whose result it is, or NULL
    const struct parameter *parameters; // ends with a row without a name; NULL: none
    const char *example;                // of {id}, or NULL
    const struct contract_body *body;   // NULL: none
    int takes_match;                    // If-Match must name a version
    unsigned status;                    // when all is well
    struct contract_answer answers[CONTRACT_MOST_ANSWERS];
    // further statuses, ends with 0; each has 400, and with accounts 401 and 403
    unsigned problems[CONTRACT_MOST_PROBLEMS];
};

extern const struct operation operations[];
extern const size_t n_operations;

/* The parameter that every operation has: the language of what is told. */
extern const struct parameter contract_lang;
/* That of every operation but GET: which workspace is meant (access_guard.c). */
extern const struct parameter contract_in;

/* That of a method and pattern, or NULL. */
const struct operation *contract_find(const char *method, const char *pattern);

/* The route of an operation: it says who may ask. NULL: it has none. */
const struct web_route *contract_route(const struct operation *o);

/* The parameter of that name, or NULL. */
const struct parameter *contract_parameter(const struct operation *o, const char *name);

/* ---- contract_cli.c */

/*
 * What of the API does what an option of the command line does, where no parameter of
 * that name of an operation of that command does; or why nothing does. Every option has
 * the one or the other, which tests/cli/apicover.sh demands.
 */
struct contract_option {
    const char *command; // NULL: every command
    const char *option;  // NULL: the command itself, and with it all its own options
    const char *by;      // OPERATION, OPERATION?PARAMETER or OPERATION?PARAMETER=VALUE,
                         // separated by blanks; NULL: nothing
    struct text about;   // how, or why not
};
extern const struct contract_option contract_options[];
extern const size_t n_contract_options;

/* ---- contract_query.c */

/* 1 if the query is as the row of the route has it, or there is none; 0 after an
 * answer. */
int contract_check(struct exchange *ex);

/* 1 if a parameter may have that value. */
int contract_fits(const struct parameter *p, const char *value);

/* The value of a parameter that a page takes as an operation (by its id) does: NULL if
 * it is not given, or empty. 1, or 0 after an answer that refuses it. */
int contract_taken(struct exchange *ex, const char *id, const char *name,
                   const char **value);

/* The value of a parameter of the row, or its usual one, or NULL; checked. */
const char *contract_text(const struct exchange *ex, const char *name);
uint64_t contract_whole(const struct exchange *ex, const char *name);
double contract_decimal(const struct exchange *ex, const char *name, double otherwise);
int contract_flag(const struct exchange *ex, const char *name);
/* Value number i of one that may be given again, or NULL. */
const char *contract_text_at(const struct exchange *ex, const char *name, size_t i);
/* What is asked for, but for system and version: equal for requests that ask for the
 * same, whatever the order of their parameters. In the exchange's arena. */
const char *contract_key(struct exchange *ex);

/* What a parameter may be, in words: "a whole number from 1 to 1000". */
struct text contract_range(const struct parameter *p, struct arena *a);

/* ---- contract_openapi.c, contract_manual.c */

/* The description as OpenAPI 3.1, JSON. */
void contract_openapi(enum lang lang, struct buf *out);
/* The reference as Markdown. */
void contract_manual(enum lang lang, struct buf *out);
#endif
