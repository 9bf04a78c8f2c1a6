// SPDX-License-Identifier: Apache-2.0
/* SARIF 2.1.0; the section numbers are those of the standard. */
#include "page/sarif.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/json.h"

/* A code in use, with the first diagnostic that has it. */
struct code {
    const char *name;
    const struct diag *first;
};

struct sarif {
    struct json json;
    enum lang lang;
    struct code *codes; // heap, sorted by name
    size_t n_codes, cap_codes;
    struct strmap code_ids; // name -> index in codes
    struct strmap seen;     // fingerprint -> how often so far, in counts
    uint32_t *counts;
    size_t n_counts, cap_counts;
    struct arena arena;
};

static int compare_codes(const void *a, const void *b)
{
    return strcmp(((const struct code *)a)->name, ((const struct code *)b)->name);
}

static void collect_codes(struct sarif *s, const struct diag_list *const *lists,
                          size_t n)
{
    struct strmap known = {0};
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < lists[i]->n; k++) {
            const struct diag *d = &lists[i]->items[k];
            if (!strmap_add(&known, d->code, 0, NULL)) continue;
            struct code *code =
                mem_push(&s->codes, &s->n_codes, &s->cap_codes, sizeof *s->codes);
            *code = (struct code){d->code, d};
        }
    }
    strmap_fini(&known);
    if (s->n_codes > 0) qsort(s->codes, s->n_codes, sizeof *s->codes, compare_codes);
    for (size_t i = 0; i < s->n_codes; i++)
        strmap_add(&s->code_ids, s->codes[i].name, (uint32_t)i, NULL);
}

/* {"text": ...} (3.11, 3.12) */
static void put_message(struct json *j, const char *key, const char *text)
{
    json_in(j, key, '{');
    json_put(j, "text", text);
    json_close(j, '}');
}

/* What a code means: in the table, or in the words of an organization's rule. */
static const char *meaning_of(struct sarif *s, const struct code *code)
{
    struct text meaning = diag_meaning(code->name);
    if (!text_empty(meaning)) return text_in(meaning, s->lang);
    char *words = arena_str(&s->arena, code->name);
    for (char *p = words; *p; p++)
        *p = *p == '-' ? ' ' : *p;
    return words;
}

/* reportingDescriptor (3.49): code hosts want all three texts. */
static void put_rule(struct sarif *s, const struct code *code)
{
    struct json *j = &s->json;
    const char *meaning = meaning_of(s, code);
    const char *hint = text_in(code->first->hint, s->lang);
    json_open(j, '{');
    json_put(j, "id", code->name);
    put_message(j, "shortDescription", meaning);
    put_message(j, "fullDescription", meaning);
    put_message(j, "help", hint[0] ? hint : meaning);
    json_in(j, "defaultConfiguration", '{');
    json_put(j, "level", diag_severity_name(code->first->severity));
    json_close(j, '}');
    json_close(j, '}');
}

/* A path as a URI reference (RFC 3986); an absolute one gets its scheme. */
static const char *uri_of(struct arena *arena, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~/";
    struct buf uri = {0};
    if (path[0] == '/') buf_str(&uri, "file://");
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    for (const char *p = path; *p; p++) {
        if (strchr(plain, *p))
            buf_char(&uri, *p);
        else
            buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*p);
    }
    const char *result = arena_str(arena, buf_text(&uri));
    buf_fini(&uri);
    return result;
}

/* location (3.28) */
static void put_location(struct sarif *s, const struct diag_file *file, struct place at)
{
    struct json *j = &s->json;
    const char *uri = uri_of(&s->arena, file->path);
    json_in(j, "locations", '[');
    json_open(j, '{');
    json_in(j, "physicalLocation", '{');
    json_in(j, "artifactLocation", '{');
    json_put(j, "uri", uri);
    if (file->path[0] != '/') json_put(j, "uriBaseId", "%SRCROOT%");
    json_close(j, '}');
    if (at.line > 0) {
        json_in(j, "region", '{');
        json_put_int(j, "startLine", at.line);
        json_put_int(j, "startColumn", at.column ? at.column : 1);
        json_close(j, '}');
    }
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, ']');
}

/* FNV-1a over a string and its end, 64 bits. */
static uint64_t hash_more(uint64_t h, const char *s)
{
    do
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    while (*s++);
    return h;
}

/* How often this fingerprint has come before. */
static uint32_t count_seen(struct sarif *s, const char *print)
{
    uint32_t at = (uint32_t)s->n_counts;
    if (!strmap_add(&s->seen, print, at, &at)) return ++s->counts[at];
    *(uint32_t *)mem_push(&s->counts, &s->n_counts, &s->cap_counts, sizeof *s->counts) =
        0;
    return 0;
}

/* partialFingerprints (3.27.17); equal findings are numbered in their order. */
static void put_fingerprints(struct sarif *s, const struct diag *d, const char *path)
{
    struct json *j = &s->json;
    uint64_t h = hash_more(14695981039346656037u, d->code);
    h = hash_more(hash_more(h, path), text_in(d->message, LANG_EN));
    const char *print = arena_printf(&s->arena, "%016llx", (unsigned long long)h);
    uint32_t n = count_seen(s, print) + 1;
    const char *numbered = arena_printf(&s->arena, "%s:%u", print, n);
    json_in(j, "partialFingerprints", '{');
    json_put(j, "awaiFinding/v1", numbered);
    json_put(j, "primaryLocationLineHash", numbered); // the one that code hosts compare
    json_close(j, '}');
}

/* result (3.27) */
static void put_result(struct sarif *s, const struct diag_list *list,
                       const struct diag *d)
{
    struct json *j = &s->json;
    const struct diag_file *file =
        d->at.file < list->n_files ? &list->files[d->at.file] : NULL;
    const char *message = text_in(d->message, s->lang);
    const char *hint = text_in(d->hint, s->lang);
    uint32_t rule = 0;
    strmap_get(&s->code_ids, d->code, &rule);
    json_open(j, '{');
    json_put(j, "ruleId", d->code);
    json_put_int(j, "ruleIndex", rule);
    json_put(j, "level", diag_severity_name(d->severity));
    put_message(j, "message",
                hint[0] ? arena_printf(&s->arena, "%s\n%s", message, hint) : message);
    if (file) put_location(s, file, d->at);
    put_fingerprints(s, d, file ? file->path : "");
    json_close(j, '}');
}

/* run (3.14); columns count characters, as diagnostics do. */
static void put_run(struct sarif *s, const struct diag_list *const *lists, size_t n)
{
    struct json *j = &s->json;
    const char *language = s->lang == LANG_JA ? "ja" : "en";
    json_open(j, '{');
    json_in(j, "tool", '{');
    json_in(j, "driver", '{');
    json_put(j, "name", "awai");
    json_put(j, "language", language);
    json_in(j, "rules", '[');
    for (size_t i = 0; i < s->n_codes; i++)
        put_rule(s, &s->codes[i]);
    json_close(j, ']');
    json_close(j, '}');
    json_close(j, '}');
    json_put(j, "language", language);
    json_put(j, "columnKind", "unicodeCodePoints");
    json_in(j, "results", '[');
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < lists[i]->n; k++)
            put_result(s, lists[i], &lists[i]->items[k]);
    }
    json_close(j, ']');
    json_close(j, '}');
}

void sarif_write(const struct diag_list *const *lists, size_t n, enum lang lang,
                 struct buf *out)
{
    enum { LINES = 4 }; // one line a rule and a result
    struct sarif s = {.json = json_on(out, LINES), .lang = lang};
    collect_codes(&s, lists, n);
    json_open(&s.json, '{');
    json_put(&s.json, "$schema",
             "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
             "sarif-schema-2.1.0.json");
    json_put(&s.json, "version", "2.1.0");
    json_in(&s.json, "runs", '[');
    put_run(&s, lists, n);
    json_close(&s.json, ']');
    json_close(&s.json, '}');
    free(s.codes);
    free(s.counts);
    strmap_fini(&s.code_ids);
    strmap_fini(&s.seen);
    arena_fini(&s.arena);
}
