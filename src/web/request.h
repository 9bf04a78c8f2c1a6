// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H
/*
 * What we read of a request ourselves: paths, forms, and some headers. All of it is
 * pure: bytes in, a value or a refusal out; sockets are elsewhere (server.c).
 * tests/fuzz/request.c feeds all of it.
 */
#include <sys/socket.h>

#include "base/mem.h"
#include "base/text.h"

/* ---- paths ---- */

/* What a pattern's {slug}, {id}, {file} and {number} stand for in a path. */
struct request_path {
    char slug[65];  // an identifier (schema_is_id), or ""
    char id[65];    // likewise
    char file[65];  // two identifiers with a dot between them, or ""
    int64_t number; // above 0, or 0
};

/*
 * 1 if a path is as the pattern says, "/systems/{slug}/versions/{number}": other
 * segments are the same, {slug} and {id} are identifiers, {file} a name with an ending,
 * {number} up to 15 digits that do not
 * begin with 0.
 */
int request_match(const char *pattern, const char *path, struct request_path *out);

/* A number as in a path, or -1. */
int64_t request_number(const char *s);

/* A decimal number, digits with at most one dot among them, 15 characters at most, or
 * -1.
 */
double request_decimal(const char *s);

/* ---- forms: application/x-www-form-urlencoded ---- */

enum { REQUEST_MOST_FIELDS = 256 };
struct request_field {
    const char *name, *value; // NUL-terminated, without NUL in them
};
struct request_form {
    struct request_field fields[REQUEST_MOST_FIELDS];
    size_t n;
};

/*
 * Reads a form into the arena. 0, or -1 if it is malformed: a bad escape, a NUL, not
 * UTF-8, or more fields than there may be. Line ends are made "\n", as browsers send
 * "\r\n".
 */
int request_form(const char *body, size_t len, struct arena *a,
                 struct request_form *out);

/* The value of the first field of that name, or NULL. */
const char *request_field(const struct request_form *form, const char *name);

/* ---- headers ---- */

/*
 * 1 if the Host header is this computer's own name for itself with our port: 127.x.y.z,
 * [::1] or localhost. A page of another site whose name was made to lead here sends its
 * own name.
 */
int request_is_own_host(const char *host, unsigned port);

/* 1 if the Host header is this name, with whatever port: what comes through something
 * before us has its port. */
int request_is_host(const char *host, const char *name);

/* 1 if an Origin header is that of a page served under this Host header, by a scheme
 * ("http"). */
int request_is_own_origin(const char *origin, const char *scheme, const char *host);

/* 1 if a text is a name of a host, of letters, digits, '-' and '.'. */
int request_is_host_name(const char *text);

/* The value of a cookie in a Cookie header, in the arena; NULL if it is not there. The
 * first counts, which a browser sends for the longest path. */
const char *request_cookie(const char *header, const char *name, struct arena *a);

/* What follows "Bearer" in an Authorization header, or NULL. */
const char *request_bearer(const char *header);

/* 1 if a text is a path of ours to go to, and not the address of another site. */
int request_is_path(const char *text);

/* The version in an If-Match header of one strong tag: "12" in quotes, or "12-" and
 * what else an answer about version 12 was made of. Or -1. */
int64_t request_if_match(const char *header);

/* 1 if an If-None-Match header names a tag (in quotes), or any ("*"). Weak ones count
 * as the same, as RFC 9110 wants it. NULL: 0. */
int request_none_match(const char *header, const char *tag);

/* The language that an Accept-Language header prefers; English if it has neither. */
enum lang request_accepts(const char *header);

/* 1 if a Content-Type header names this type, whatever its parameters. */
int request_is_type(const char *header, const char *type);

/* ---- where to listen ---- */

enum request_listen { LISTEN_HERE, LISTEN_MALFORMED, LISTEN_ELSEWHERE };

struct listen_address {
    struct sockaddr_storage address;
    socklen_t len;
    unsigned port;
    char host[64]; // as it stands in an URL
    char bare[64]; // without brackets
};

/*
 * Reads HOST:PORT, HOST an address of the loopback (127.x.y.z, [::1]) or localhost,
 * which is 127.0.0.1; port 0: one that is free. LISTEN_ELSEWHERE for any other
 * host: `out` is good, too, if that is an address, else its len is 0; names are never
 * looked up.
 */
enum request_listen request_listen(const char *text, struct listen_address *out);
/* The port of such an address. */
unsigned request_port(const struct listen_address *at);
#endif
