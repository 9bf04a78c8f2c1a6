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

enum { BATCH = 256, FORM = 1 }; // FORM grows when a summary comes to mean another thing

/* ---- a summary as text ---------------------------------------------------------- */

/* It begins with what the version must be: a store may be put back under a server, and
 * then have another version of that number. */
void summary_write(const struct store_version *of, const struct summary *s,
                   struct buf *out)
{
    buf_printf(out, "%lld %lld %d %u %u %u", (long long)of->saved_s,
               (long long)of->n_bytes, s->is_assessed, (unsigned)s->worst.recovery,
               (unsigned)s->worst.economic, s->n_above);
    for (int i = 0; i < N_LANGS; i++) {
        const char *name = s->name.in[i];
        buf_printf(out, " %zu:%s", name ? strlen(name) + 1 : 0, name ? name : "");
    }
}

/* Reads a name that has its length + 1 before it, 0: none. NULL if it is none, else
 * what follows. */
static const char *read_name(const char *from, const char **name, struct arena *a)
{
    char *end;
    unsigned long len = strtoul(from, &end, 10);
    if (end == from || *end != ':' || (len && strlen(end + 1) < len - 1)) return NULL;
    *name = len ? arena_strn(a, end + 1, len - 1) : NULL;
    return end + 1 + (len ? len - 1 : 0);
}

/* Reads the numbers at the beginning; NULL if they are not those of a summary of this
 * version, else what follows. */
static const char *read_numbers(const char *text, const struct store_version *of,
                                struct summary *s)
{
    long long saved_s, n_bytes;
    unsigned recovery, economic;
    int n = 0;
    if (sscanf(text, "%lld %lld %d %u %u %u%n", &saved_s, &n_bytes, &s->is_assessed,
               &recovery, &economic, &s->n_above, &n) != 6 ||
        recovery >= N_LEVELS || economic >= N_LEVELS || saved_s != of->saved_s ||
        n_bytes != of->n_bytes)
        return NULL;
    s->worst.recovery = (uint8_t)recovery;
    s->worst.economic = (uint8_t)economic;
    return text + n;
}

int summary_read(const char *text, const struct store_version *of, struct summary *s,
                 struct arena *a)
{
    struct summary read = {0};
    text = read_numbers(text, of, &read);
    for (int i = 0; i < N_LANGS && text; i++)
        text = *text == ' ' ? read_name(text + 1, &read.name.in[i], a) : NULL;
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
