// SPDX-License-Identifier: Apache-2.0
/*
 * What the portfolio says of systems, remembered in the store: to assess a model takes
 * milliseconds, and there may be ten thousand. It is written in batches, by whoever
 * fills one, since nothing is lost with it but time.
 */
#include <stdlib.h>
#include <string.h>

#include "awai.h"
#include "base/sha256.h"
#include "web/remember.h"

enum { BATCH = 256, FORM = 2 }; // FORM grows when a summary comes to mean another thing

/* ---- a summary as text ---------------------------------------------------------- */

/* The numbers of a summary, with what the version must be before them: a store may be
 * put back under a server, and then have another version of that number. F(type, what)
 */
#define NUMBERS(F)                                                                     \
    F(int, is_assessed)                                                                \
    F(uint8_t, worst.recovery)                                                         \
    F(uint8_t, worst.economic)                                                         \
    F(uint8_t, planned.recovery)                                                       \
    F(uint8_t, planned.economic)                                                       \
    F(unsigned, n_above)                                                               \
    F(unsigned, n_overdue)                                                             \
    F(int32_t, next_date)                                                              \
    F(int32_t, day)

static void write_text(const char *text, struct buf *out)
{
    buf_printf(out, " %zu:%s", text ? strlen(text) + 1 : 0, text ? text : "");
}

void summary_write(const struct store_version *of, const struct summary *s,
                   struct buf *out)
{
    buf_printf(out, "%lld %lld", (long long)of->saved_s, (long long)of->n_bytes);
#define F(type, what) buf_printf(out, " %lld", (long long)s->what);
    NUMBERS(F)
#undef F
    for (size_t i = 0; i < sizeof s->demanded; i++)
        buf_printf(out, " %d", s->demanded[i]);
    for (int i = 0; i < N_LANGS; i++)
        write_text(s->name.in[i], out);
    write_text(s->standing, out);
}

/* Reads a text that has its length + 1 before it, 0: none. NULL if it is none, else
 * what follows. */
static const char *read_name(const char *from, const char **name, struct arena *a)
{
    char *end;
    unsigned long len = strtoul(from, &end, 10);
    if (end == from || *end != ':' || (len && strlen(end + 1) < len - 1)) return NULL;
    *name = len ? arena_strn(a, end + 1, len - 1) : NULL;
    return end + 1 + (len ? len - 1 : 0);
}

/* Reads one number from 0 to `most`; NULL if it is none, else what follows. */
static const char *read_number(const char *from, long long most, long long *value)
{
    char *end;
    if (from == NULL) return NULL;
    *value = strtoll(from, &end, 10);
    return end == from || *value < 0 || *value > most ? NULL : end;
}

/* Reads the numbers at the beginning; NULL if they are not those of a summary of this
 * version, else what follows. */
static const char *read_numbers(const char *text, const struct store_version *of,
                                struct summary *s)
{
    const long long most = 1ll << 53;
    long long value = 0;
    text = read_number(text, most, &value);
    if (text && value != of->saved_s) return NULL;
    text = read_number(text, most, &value);
    if (text && value != of->n_bytes) return NULL;
#define F(type, what)                                                                  \
    text = read_number(text, sizeof(type) == 1 ? N_LEVELS - 1 : UINT32_MAX, &value);   \
    s->what = (type)value;
    NUMBERS(F)
#undef F
    for (size_t i = 0; i < sizeof s->demanded; i++) {
        text = read_number(text, UINT8_MAX, &value);
        s->demanded[i] = (uint8_t)value;
    }
    return text;
}

int summary_read(const char *text, const struct store_version *of, struct summary *s,
                 struct arena *a)
{
    struct summary read = {0};
    text = read_numbers(text, of, &read);
    for (int i = 0; i < N_LANGS && text; i++)
        text = *text == ' ' ? read_name(text + 1, &read.name.in[i], a) : NULL;
    if (text) text = *text == ' ' ? read_name(text + 1, &read.standing, a) : NULL;
    if (text == NULL || *text) return -1;
    *s = read;
    return 0;
}

/* ---- what it depends on besides the model --------------------------------------- */

void memory_mark(const struct catalog *catalog, char mark[MEMORY_MARK])
{
    struct buf all = {0};
    uint8_t digest[SHA256_BYTES];
    char hash[SHA256_BASE64];
    for (size_t i = 0; i < catalog->diags.n_files; i++)
        if (catalog->diags.files[i].text) buf_str(&all, catalog->diags.files[i].text);
    sha256(all.data, all.len, digest);
    sha256_base64(digest, hash);
    snprintf(mark, MEMORY_MARK, "%s %d %s", AWAI_VERSION, FORM, hash);
    buf_fini(&all);
}

/* ---- what is to be written ------------------------------------------------------ */

struct memory {
    struct store *store;
    const char *mark;
    pthread_mutex_t lock;
    struct arena texts; // of items
    struct store_summary items[BATCH];
    size_t n;
};

struct memory *memory_new(struct store *store, const char *mark)
{
    struct memory *m = mem_alloc(sizeof *m);
    m->store = store;
    m->mark = mark;
    pthread_mutex_init(&m->lock, NULL);
    return m;
}

/* Writes what has gathered. With the lock; a store that fails has told so elsewhere. */
static void write_batch(struct memory *m)
{
    store_remember(m->store, m->items, m->n);
    m->n = 0;
    arena_fini(&m->texts);
    m->texts = (struct arena){0};
}

void memory_put(struct memory *m, const char *workspace,
                const struct store_system *system, const struct summary *s)
{
    struct buf text = {0};
    summary_write(&system->latest, s, &text);
    pthread_mutex_lock(&m->lock);
    m->items[m->n++] = (struct store_summary){
        arena_str(&m->texts, workspace), arena_str(&m->texts, system->slug),
        system->latest.number, m->mark, arena_str(&m->texts, buf_text(&text))};
    if (m->n == BATCH) write_batch(m);
    pthread_mutex_unlock(&m->lock);
    buf_fini(&text);
}

void memory_free(struct memory *m)
{
    if (m == NULL) return;
    write_batch(m);
    pthread_mutex_destroy(&m->lock);
    free(m);
}
