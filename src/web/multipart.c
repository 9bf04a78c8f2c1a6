// SPDX-License-Identifier: Apache-2.0
/*
 * Reads multipart/form-data; see multipart.h. A body is
 *
 *     --B CRLF headers CRLF CRLF bytes CRLF --B CRLF ... CRLF --B-- [CRLF]
 *
 * so a part ends where CRLF--B stands, and each step of the reader leaves `at` behind
 * what it has taken. No byte is looked at more than a few times.
 */
#include "web/multipart.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "web/request.h"

/* ---- the boundary --------------------------------------------------------------- */

static int is_boundary_character(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("'()+_,-./:=?", c));
}

int multipart_boundary(const char *content_type, char boundary[MULTIPART_BOUNDARY])
{
    static const char key[] = "boundary=";
    if (!request_is_type(content_type, "multipart/form-data")) return -1;
    const char *s = strchr(content_type, ';');
    s = s ? s + 1 + strspn(s + 1, " ") : "";
    if (strncasecmp(s, key, sizeof key - 1) != 0) return -1;
    s += sizeof key - 1;
    int is_quoted = *s == '"';
    size_t n = 0;
    for (s += is_quoted; is_boundary_character(s[n]);)
        if (++n >= MULTIPART_BOUNDARY) return -1;
    if (n == 0 || strcmp(s + n, is_quoted ? "\"" : "") != 0) return -1;
    memcpy(boundary, s, n);
    boundary[n] = '\0';
    return 0;
}

/* ---- the reader ----------------------------------------------------------------- */

struct reader {
    const char *at, *end;
    char stop[MULTIPART_BOUNDARY + 4]; // CRLF--B
    size_t n_stop;
    struct arena *arena;
};

/* Takes a piece of text that must come next. */
static int take(struct reader *r, const char *piece, size_t n)
{
    if ((size_t)(r->end - r->at) < n || memcmp(r->at, piece, n) != 0) return 0;
    r->at += n;
    return 1;
}

/* The next place from s on where a piece stands, or NULL. */
static const char *find(const char *s, const char *end, const char *piece, size_t n)
{
    while ((size_t)(end - s) >= n) {
        s = memchr(s, piece[0], (size_t)(end - s) - n + 1);
        if (s == NULL || memcmp(s, piece, n) == 0) return s;
        s++;
    }
    return NULL;
}

/* A value in quotes; what is in it is UTF-8 without control characters. Browsers write
 * a quotation mark in a name as %22. NULL if it is none. */
static const char *take_quoted(struct reader *r)
{
    if (!take(r, "\"", 1)) return NULL;
    const char *s = r->at;
    const char *close = memchr(s, '"', (size_t)(r->end - s));
    size_t n = close ? (size_t)(close - s) : 0;
    if (close == NULL || n > MULTIPART_NAME_BYTES || text_valid(s, n) != n) return NULL;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < ' ' || s[i] == 0x7f) return NULL;
    r->at = close + 1;
    return arena_strn(r->arena, s, n);
}

/* The last part of a path, of either kind. */
static const char *without_folders(const char *path)
{
    const char *name = path;
    for (const char *s = path; *s; s++)
        if (*s == '/' || *s == '\\') name = s + 1;
    return name;
}

/* form-data; name="..."[; filename="..."] */
static int take_disposition(struct reader *r, struct multipart_part *part)
{
    static const char start[] = "form-data; name=", file[] = "; filename=";
    if (part->name || !take(r, start, sizeof start - 1)) return 0;
    part->name = take_quoted(r);
    if (part->name == NULL || part->name[0] == '\0') return 0;
    if (!take(r, file, sizeof file - 1)) return 1;
    part->file = take_quoted(r);
    if (part->file) part->file = without_folders(part->file);
    return part->file != NULL;
}

/* Takes "NAME:" and the blanks after it, in whatever case. */
static int take_header(struct reader *r, const char *name)
{
    size_t n = strlen(name);
    if ((size_t)(r->end - r->at) <= n || strncasecmp(r->at, name, n) != 0 ||
        r->at[n] != ':')
        return 0;
    r->at += n + 1;
    while (r->at < r->end && *r->at == ' ')
        r->at++;
    return 1;
}

/* The headers of a part, which end in an empty line. */
static int take_head(struct reader *r, struct multipart_part *part)
{
    struct reader line = *r;
    const char *end = r->end;
    if ((size_t)(end - r->at) > MULTIPART_HEAD_BYTES)
        end = r->at + MULTIPART_HEAD_BYTES;
    while (!take(r, "\r\n", 2)) {
        line.at = r->at;
        line.end = find(r->at, end, "\r\n", 2);
        if (line.end == NULL) return 0;
        r->at = line.end + 2;
        if (take_header(&line, "Content-Type")) continue; // files are told by content
        if (!take_header(&line, "Content-Disposition") ||
            !take_disposition(&line, part) || line.at != line.end)
            return 0;
    }
    return part->name != NULL && r->at <= end;
}

static int take_part(struct reader *r, struct multipart *out)
{
    struct multipart_part part = {0};
    if (out->n >= MULTIPART_MOST_PARTS || !take_head(r, &part)) return 0;
    // an empty part ends right behind its head, whose last line end is the stop's too
    const char *end = find(r->at - 2, r->end, r->stop, r->n_stop);
    if (end == NULL || multipart_find(out, part.name)) return 0;
    part.bytes = r->at;
    part.len = end < r->at ? 0 : (size_t)(end - r->at);
    r->at = end + r->n_stop;
    out->parts[out->n++] = part;
    return 1;
}

int multipart_read(const char *body, size_t len, const char *boundary, struct arena *a,
                   struct multipart *out)
{
    struct reader r = {.at = body, .end = body + len, .arena = a};
    size_t n = strlen(boundary);
    out->n = 0;
    if (n == 0 || n >= MULTIPART_BOUNDARY) return -1;
    memcpy(r.stop, "\r\n--", 4);
    memcpy(r.stop + 4, boundary, n);
    r.n_stop = n + 4;
    if (!take(&r, r.stop + 2, r.n_stop - 2)) return -1;
    while (take(&r, "\r\n", 2))
        if (!take_part(&r, out)) return -1;
    if (!take(&r, "--", 2)) return -1;
    take(&r, "\r\n", 2);
    return r.at == r.end ? 0 : -1;
}

/* ---- the parts ------------------------------------------------------------------ */

const struct multipart_part *multipart_find(const struct multipart *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->parts[i].name, name) == 0) return &m->parts[i];
    return NULL;
}

const char *multipart_text(const struct multipart *m, const char *name, struct arena *a)
{
    const struct multipart_part *part = multipart_find(m, name);
    size_t n = 0;
    if (part == NULL) return "";
    if (text_valid(part->bytes, part->len) != part->len ||
        memchr(part->bytes, 0, part->len))
        return NULL;
    char *text = arena_alloc(a, part->len + 1);
    for (size_t i = 0; i < part->len; i++) {
        if (part->bytes[i] == '\n' && n && text[n - 1] == '\r') n--;
        text[n++] = part->bytes[i];
    }
    text[n] = '\0';
    return text;
}
