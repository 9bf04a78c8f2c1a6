// SPDX-License-Identifier: Apache-2.0
/* What we read of a request ourselves; see request.h. */
#include "web/request.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/schema.h"

/* ---- paths ---------------------------------------------------------------------- */

int64_t request_number(const char *s)
{
    int64_t value = 0;
    size_t n = 0;
    if (s[0] == '0') return -1;
    for (; s[n] >= '0' && s[n] <= '9' && n < 15; n++)
        value = value * 10 + (s[n] - '0');
    return n > 0 && s[n] == '\0' ? value : -1;
}

double request_decimal(const char *s)
{
    const char *digits = "0123456789";
    size_t whole = strspn(s, digits), n = whole;
    if (s[n] == '.') n += 1 + strspn(s + n + 1, digits);
    int is_one = whole > 0 && s[n] == '\0' && s[n - 1] != '.' && n <= 15;
    return is_one ? strtod(s, NULL) : -1;
}

/* Two identifiers with a dot between them. */
static int is_file(const char *text)
{
    char stem[sizeof((struct request_path *)0)->file];
    const char *dot = strchr(text, '.');
    if (dot == NULL) return 0;
    memcpy(stem, text, (size_t)(dot - text));
    stem[dot - text] = '\0';
    return schema_is_id(stem) && schema_is_id(dot + 1);
}

/* One segment of a path against one of a pattern. */
static int match_segment(const char *pattern, size_t n_pattern, const char *segment,
                         size_t n, struct request_path *out)
{
    char text[sizeof out->slug];
    if (pattern[0] != '{') return n == n_pattern && strncmp(pattern, segment, n) == 0;
    if (n == 0 || n >= sizeof text) return 0;
    memcpy(text, segment, n);
    text[n] = '\0';
    if (strncmp(pattern, "{number}", n_pattern) == 0) {
        out->number = request_number(text);
        return out->number > 0;
    }
    int is_of_file = strncmp(pattern, "{file}", n_pattern) == 0;
    memcpy(is_of_file                                 ? out->file
           : strncmp(pattern, "{id}", n_pattern) == 0 ? out->id
                                                      : out->slug,
           text, n + 1);
    return is_of_file ? is_file(text) : schema_is_id(text);
}

int request_match(const char *pattern, const char *path, struct request_path *out)
{
    *out = (struct request_path){0};
    for (;;) {
        if (*pattern != '/' || *path != '/') return 0;
        pattern++;
        path++;
        size_t n_pattern = strcspn(pattern, "/"), n = strcspn(path, "/");
        if (!match_segment(pattern, n_pattern, path, n, out)) return 0;
        pattern += n_pattern;
        path += n;
        if (*pattern == '\0' && *path == '\0') return 1;
    }
}

/* ---- forms ---------------------------------------------------------------------- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* One character of a form from s on, which is not its end; -1 for a bad escape. */
static int unescape(const char *s, const char *end, size_t *used)
{
    *used = 1;
    if (*s == '+') return ' ';
    if (*s != '%') return (unsigned char)*s;
    if (end - s < 3 || hex_digit(s[1]) < 0 || hex_digit(s[2]) < 0) return -1;
    *used = 3;
    return hex_digit(s[1]) * 16 + hex_digit(s[2]);
}

/* The plain text of a name or value in the arena; NULL if it is malformed. */
static const char *plain(const char *s, const char *end, struct arena *a)
{
    char *text = arena_alloc(a, (size_t)(end - s) + 1);
    size_t n = 0, used;
    for (; s < end; s += used) {
        int c = unescape(s, end, &used);
        if (c <= 0) return NULL;
        if (c == '\n' && n && text[n - 1] == '\r') n--;
        text[n++] = (char)c;
    }
    text[n] = '\0';
    return text_valid(text, n) == n ? text : NULL;
}

static const char *find(const char *s, const char *end, char c)
{
    const char *found = end > s ? memchr(s, c, (size_t)(end - s)) : NULL;
    return found ? found : end;
}

int request_form(const char *body, size_t len, struct arena *a,
                 struct request_form *out)
{
    const char *end = body + len;
    out->n = 0;
    for (const char *s = body; s < end;) {
        const char *amp = find(s, end, '&'), *equals = find(s, amp, '=');
        struct request_field *f = &out->fields[out->n];
        if (out->n++ >= REQUEST_MOST_FIELDS) return -1;
        f->name = plain(s, equals, a);
        f->value = plain(equals < amp ? equals + 1 : amp, amp, a);
        if (f->name == NULL || f->value == NULL) return -1;
        s = amp < end ? amp + 1 : end;
    }
    return 0;
}

const char *request_field(const struct request_form *form, const char *name)
{
    for (size_t i = 0; i < form->n; i++)
        if (strcmp(form->fields[i].name, name) == 0) return form->fields[i].value;
    return NULL;
}

/* ---- headers -------------------------------------------------------------------- */

/* The host and port of "HOST:PORT", the host without brackets; -1 for the port if there
 * is none, -2 if the text is malformed. */
static long split_host(const char *text, char *host, size_t size)
{
    const char *end = text[0] == '[' ? strchr(text, ']') : strrchr(text, ':');
    const char *from = text[0] == '[' ? text + 1 : text;
    size_t len = end ? (size_t)(end - from) : strlen(from);
    if (len == 0 || len >= size || (text[0] == '[' && end == NULL)) return -2;
    memcpy(host, from, len);
    host[len] = '\0';
    if (end && *end == ']') end = end[1] ? end + 1 : NULL;
    if (end == NULL) return -1;
    if (*end != ':') return -2;
    int64_t port = strcmp(end + 1, "0") == 0 ? 0 : request_number(end + 1);
    return port < 0 || port > 65535 ? -2 : (long)port;
}

/* The address of the loopback that a host is; 0 if it is another's. */
static int is_loopback(const char *host, struct in_addr *four, struct in6_addr *six)
{
    *six = in6addr_loopback;
    four->s_addr = htonl(INADDR_LOOPBACK);
    if (strcasecmp(host, "localhost") == 0) return AF_INET;
    if (inet_pton(AF_INET, host, four) == 1)
        return ntohl(four->s_addr) >> 24 == 127 ? AF_INET : 0;
    if (inet_pton(AF_INET6, host, six) == 1)
        return IN6_IS_ADDR_LOOPBACK(six) ? AF_INET6 : 0;
    return 0;
}

int request_is_own_host(const char *host, unsigned port)
{
    enum { HTTP = 80 };
    char name[64];
    struct in_addr four;
    struct in6_addr six;
    long given = host ? split_host(host, name, sizeof name) : -2;
    if (given == -1) given = HTTP;
    return given == (long)port && is_loopback(name, &four, &six);
}

int request_is_host(const char *host, const char *name)
{
    char given[256];
    return host && split_host(host, given, sizeof given) != -2 &&
           strcasecmp(given, name) == 0;
}

int request_is_own_origin(const char *origin, const char *scheme, const char *host)
{
    size_t n = strlen(scheme);
    return host && strncasecmp(origin, scheme, n) == 0 &&
           strncmp(origin + n, "://", 3) == 0 && strcasecmp(origin + n + 3, host) == 0;
}

int request_is_host_name(const char *text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-."
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t n = strlen(text);
    return n > 0 && n < 254 && strspn(text, allowed) == n && text[0] != '.' &&
           text[0] != '-';
}

const char *request_cookie(const char *header, const char *name, struct arena *a)
{
    size_t n = strlen(name);
    for (const char *s = header ? header : ""; *s;) {
        s += strspn(s, "; ");
        size_t len = strcspn(s, ";");
        if (len > n && strncmp(s, name, n) == 0 && s[n] == '=')
            return arena_strn(a, s + n + 1, len - n - 1);
        s += len;
    }
    return NULL;
}

const char *request_bearer(const char *header)
{
    static const char scheme[] = "Bearer ";
    if (header == NULL || strncasecmp(header, scheme, sizeof scheme - 1) != 0)
        return NULL;
    return header + sizeof scheme - 1 + strspn(header + sizeof scheme - 1, " ");
}

int request_is_path(const char *text)
{
    enum { MOST = 512 };
    size_t n = strlen(text);
    if (text[0] != '/' || text[1] == '/' || n > MOST) return 0;
    for (size_t i = 0; i < n; i++)
        if (text[i] <= ' ' || text[i] > '~' || text[i] == '\\') return 0;
    return 1;
}

int64_t request_if_match(const char *header)
{
    char text[20];
    size_t len = header ? strlen(header) : 0;
    if (len < 3 || header[0] != '"' || header[len - 1] != '"') return -1;
    size_t n = strspn(header + 1, "0123456789");
    size_t rest = strspn(header + 1 + n, "-abcdef0123456789");
    if (n == 0 || n >= sizeof text || n + rest + 2 != len) return -1;
    if (rest && header[1 + n] != '-') return -1;
    memcpy(text, header + 1, n);
    text[n] = '\0';
    return request_number(text);
}

/* Past what parts the tags of a list. */
static const char *skip_between(const char *s)
{
    return s + strspn(s, " \t,");
}

int request_none_match(const char *header, const char *tag)
{
    size_t len = strlen(tag);
    const char *s = header ? skip_between(header) : "";
    if (strcmp(s, "*") == 0) return 1;
    while (*s) {
        if (strncmp(s, "W/", 2) == 0) s += 2;
        const char *end = s[0] == '"' ? strchr(s + 1, '"') : NULL;
        if (end == NULL) return 0; // it is no list of tags
        if ((size_t)(end + 1 - s) == len && strncmp(s, tag, len) == 0) return 1;
        s = skip_between(end + 1);
    }
    return 0;
}

/* The weight of a language range, "ja;q=0.8", in thousandths. */
static int weight(const char *s, size_t len)
{
    const char *q = find(s, s + len, ';');
    int value = 1000, unit = 100;
    while (q < s + len && (*q == ';' || *q == ' '))
        q++;
    if (s + len - q < 3 || (q[0] != 'q' && q[0] != 'Q') || q[1] != '=') return value;
    value = q[2] == '1' ? 1000 : 0;
    if (q + 3 >= s + len || q[3] != '.') return value;
    for (q += 4; q < s + len && *q >= '0' && *q <= '9' && unit; q++, unit /= 10)
        value += (*q - '0') * unit;
    return value > 1000 ? 1000 : value;
}

enum lang request_accepts(const char *header)
{
    static const char *const names[N_LANGS] = {[LANG_EN] = "en", [LANG_JA] = "ja"};
    int best = 0;
    enum lang lang = LANG_EN;
    for (const char *s = header ? header : ""; *s;) {
        s += strspn(s, ", \t");
        size_t len = strcspn(s, ",");
        for (int i = 0; i < N_LANGS && len >= 2; i++) {
            int is_it = strncasecmp(s, names[i], 2) == 0 &&
                        (len == 2 || strchr("-; ", s[2]) != NULL);
            if (!is_it || weight(s, len) <= best) continue;
            best = weight(s, len);
            lang = (enum lang)i;
        }
        s += len;
    }
    return lang;
}

int request_is_type(const char *header, const char *type)
{
    size_t len = strlen(type);
    return header && strncasecmp(header, type, len) == 0 &&
           (header[len] == '\0' || header[len] == ';' || header[len] == ' ');
}

/* ---- where to listen ------------------------------------------------------------ */

/* The family of any address that a host is; 0 if it is a name. */
static int family_of(const char *host, struct in_addr *four, struct in6_addr *six)
{
    if (inet_pton(AF_INET, host, four) == 1) return AF_INET;
    return inet_pton(AF_INET6, host, six) == 1 ? AF_INET6 : 0;
}

enum request_listen request_listen(const char *text, struct listen_address *out)
{
    char host[256];
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    long port = split_host(text, host, sizeof host);
    *out = (struct listen_address){0};
    if (port < 0) return LISTEN_MALFORMED;
    int here = is_loopback(host, &four.sin_addr, &six.sin6_addr);
    int family = here ? here : family_of(host, &four.sin_addr, &six.sin6_addr);
    if (family == 0) return LISTEN_ELSEWHERE;
    four.sin_port = six.sin6_port = htons((uint16_t)port);
    out->port = (unsigned)port;
    out->len = family == AF_INET ? sizeof four : sizeof six;
    memcpy(&out->address, family == AF_INET ? (void *)&four : (void *)&six, out->len);
    snprintf(out->host, sizeof out->host, family == AF_INET6 ? "[%.60s]" : "%.60s",
             host);
    snprintf(out->bare, sizeof out->bare, "%.63s", host);
    return here ? LISTEN_HERE : LISTEN_ELSEWHERE;
}

unsigned request_port(const struct listen_address *at)
{
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    memcpy(&four, &at->address, sizeof four);
    memcpy(&six, &at->address, sizeof six);
    return ntohs(at->address.ss_family == AF_INET6 ? six.sin6_port : four.sin_port);
}
