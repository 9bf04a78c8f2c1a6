// SPDX-License-Identifier: Apache-2.0
/* Merging by lines; see merge.h. */
#include "web/merge.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_LINES = 200000,  // of a text; longer ones are one conflict
    MOST_CELLS = 1 << 20, // of the table of a longest common sequence
    MOST_DEPTH = 64,
    NOT_MATCHED = -1,
};

struct line {
    const char *text;
    uint32_t len, id; // lines that are the same have the same id
};

struct side {
    struct line *lines;
    int n;
};

/* Where lines of base are found again in another text. */
struct matcher {
    const struct side *base, *other;
    int *found;             // of each line of base: the other's line, or NOT_MATCHED
    int *count_b, *count_o; // of each id, all 0 between uses
    int *place_o;           // of each id: a line of the other that has it
};

/* ---- lines ---------------------------------------------------------------------- */

struct table {
    struct line **slots;
    size_t n_slots;
    uint32_t n_ids;
};

static uint32_t hash(const char *s, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h;
}

static void intern(struct table *t, struct line *line)
{
    size_t i = hash(line->text, line->len) & (t->n_slots - 1);
    while (t->slots[i] && (t->slots[i]->len != line->len ||
                           memcmp(t->slots[i]->text, line->text, line->len) != 0))
        i = (i + 1) & (t->n_slots - 1);
    if (t->slots[i] == NULL) {
        t->slots[i] = line;
        line->id = t->n_ids++;
    }
    line->id = t->slots[i]->id;
}

static size_t count_lines(const char *s)
{
    size_t n = 0;
    for (; *s; n++)
        s += strcspn(s, "\n") + (strchr(s, '\n') != NULL);
    return n;
}

static struct side split(struct arena *a, const char *s, size_t n)
{
    struct side side = {arena_array(a, n + 1, sizeof(struct line)), (int)n};
    for (size_t i = 0; i < n; i++) {
        size_t len = strcspn(s, "\n");
        if (s[len]) len++;
        side.lines[i] = (struct line){s, (uint32_t)len, 0};
        s += len;
    }
    return side;
}

/* ---- what is found again -------------------------------------------------------- */

static int is_same(const struct matcher *m, int b, int o)
{
    return m->base->lines[b].id == m->other->lines[o].id;
}

/* The longest common sequence of two ranges, by a table of lengths. */
static void match_small(struct matcher *m, int b0, int b1, int o0, int o1)
{
    size_t width = (size_t)(o1 - o0) + 1;
    int *length = mem_alloc(((size_t)(b1 - b0) + 1) * width * sizeof *length);
#define LENGTH(b, o) length[(size_t)((b)-b0) * width + (size_t)((o)-o0)]
    for (int b = b1 - 1; b >= b0; b--)
        for (int o = o1 - 1; o >= o0; o--) {
            int skip_b = LENGTH(b + 1, o), skip_o = LENGTH(b, o + 1);
            LENGTH(b, o) = is_same(m, b, o)   ? LENGTH(b + 1, o + 1) + 1
                           : skip_b >= skip_o ? skip_b
                                              : skip_o;
        }
    for (int b = b0, o = o0; b < b1 && o < o1;) {
        if (is_same(m, b, o))
            m->found[b++] = o++;
        else if (LENGTH(b + 1, o) >= LENGTH(b, o + 1))
            b++;
        else
            o++;
    }
#undef LENGTH
    free(length);
}

/* Counts lines of both ranges by id, or takes the counts back. */
static void count(struct matcher *m, int b0, int b1, int o0, int o1, int by)
{
    for (int b = b0; b < b1; b++)
        m->count_b[m->base->lines[b].id] += by;
    for (int o = o0; o < o1; o++) {
        m->count_o[m->other->lines[o].id] += by;
        m->place_o[m->other->lines[o].id] = o;
    }
}

/* Lines that are in both ranges once: pairs in the order of base; returns how many. */
static int pair_unique(struct matcher *m, int b0, int b1, int *pairs)
{
    int n = 0;
    for (int b = b0; b < b1; b++) {
        uint32_t id = m->base->lines[b].id;
        if (m->count_b[id] != 1 || m->count_o[id] != 1) continue;
        pairs[2 * n] = b;
        pairs[2 * n + 1] = m->place_o[id];
        n++;
    }
    return n;
}

/* Marks the longest run of pairs that rise in both texts: found[] of base. */
static int rise(struct matcher *m, const int *pairs, int n)
{
    int *pile = mem_alloc(((size_t)n + 1) * sizeof *pile);
    int *before = mem_alloc(((size_t)n + 1) * sizeof *before);
    int n_piles = 0;
    for (int i = 0; i < n; i++) {
        int low = 0, high = n_piles;
        while (low < high) {
            int mid = (low + high) / 2;
            if (pairs[2 * pile[mid] + 1] < pairs[2 * i + 1])
                low = mid + 1;
            else
                high = mid;
        }
        before[i] = low > 0 ? pile[low - 1] : -1;
        pile[low] = i;
        if (low == n_piles) n_piles++;
    }
    for (int i = n_piles > 0 ? pile[n_piles - 1] : -1; i >= 0; i = before[i])
        m->found[pairs[2 * i]] = pairs[2 * i + 1];
    free(pile);
    free(before);
    return n_piles;
}

static void match(struct matcher *m, int b0, int b1, int o0, int o1, int depth);

/* The ranges between lines that are found already. */
static void match_between(struct matcher *m, int b0, int b1, int o0, int o1, int depth)
{
    int b = b0, o = o0;
    for (int i = b0; i <= b1; i++) {
        if (i < b1 && m->found[i] == NOT_MATCHED) continue;
        int end = i < b1 ? m->found[i] : o1;
        match(m, b, i, o, end, depth + 1);
        b = i + 1;
        o = end + 1;
    }
}

static void match(struct matcher *m, int b0, int b1, int o0, int o1, int depth)
{
    while (b0 < b1 && o0 < o1 && is_same(m, b0, o0))
        m->found[b0++] = o0++;
    while (b0 < b1 && o0 < o1 && is_same(m, b1 - 1, o1 - 1))
        m->found[--b1] = --o1;
    if (b0 == b1 || o0 == o1 || depth > MOST_DEPTH) return;
    int *pairs = mem_alloc(2 * (size_t)(b1 - b0) * sizeof *pairs);
    count(m, b0, b1, o0, o1, 1);
    int n = pair_unique(m, b0, b1, pairs);
    count(m, b0, b1, o0, o1, -1);
    n = rise(m, pairs, n);
    free(pairs);
    if (n > 0)
        match_between(m, b0, b1, o0, o1, depth);
    else if ((size_t)(b1 - b0) * (size_t)(o1 - o0) <= MOST_CELLS)
        match_small(m, b0, b1, o0, o1);
}

static int *find(struct arena *a, const struct side *base, const struct side *other,
                 uint32_t n_ids)
{
    struct matcher m = {base, other, NULL, NULL, NULL, NULL};
    m.found = arena_array(a, (size_t)base->n + 1, sizeof *m.found);
    m.count_b = arena_array(a, (size_t)n_ids + 1, sizeof *m.count_b);
    m.count_o = arena_array(a, (size_t)n_ids + 1, sizeof *m.count_o);
    m.place_o = arena_array(a, (size_t)n_ids + 1, sizeof *m.place_o);
    for (int i = 0; i < base->n; i++)
        m.found[i] = NOT_MATCHED;
    match(&m, 0, base->n, 0, other->n, 0);
    return m.found;
}

/* ---- three of them -------------------------------------------------------------- */

static struct lines_of range(const struct side *s, int from, int to)
{
    struct lines_of r = {from < to ? s->lines[from].text : "", 0};
    for (int i = from; i < to; i++)
        r.len += s->lines[i].len;
    return r;
}

static int is_equal(struct lines_of a, struct lines_of b)
{
    return a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

static void add(struct merge *m, struct lines_of base, struct lines_of mine,
                struct lines_of theirs)
{
    struct merge_part part = {MERGE_CONFLICT, base, mine, theirs};
    if (base.len + mine.len + theirs.len == 0) return;
    if (is_equal(mine, base) && is_equal(theirs, base))
        part.kind = MERGE_SAME;
    else if (is_equal(mine, base))
        part.kind = MERGE_THEIRS;
    else if (is_equal(theirs, base) || is_equal(mine, theirs))
        part.kind = MERGE_MINE;
    m->n_conflicts += part.kind == MERGE_CONFLICT;
    m->parts[m->n++] = part;
}

/* The next line of base from `b` on that both have kept. */
static int next_kept(const int *mine, const int *theirs, int b, int n)
{
    while (b < n && (mine[b] == NOT_MATCHED || theirs[b] == NOT_MATCHED))
        b++;
    return b;
}

static struct merge walk(struct arena *a, const struct side *base,
                         const struct side *mine, const struct side *theirs,
                         const int *in_mine, const int *in_theirs)
{
    struct merge m = {arena_array(a, 2 * (size_t)base->n + 2, sizeof *m.parts), 0, 0};
    for (int b = 0, i = 0, t = 0;;) {
        int kept = next_kept(in_mine, in_theirs, b, base->n);
        int end_i = kept < base->n ? in_mine[kept] : mine->n;
        int end_t = kept < base->n ? in_theirs[kept] : theirs->n;
        add(&m, range(base, b, kept), range(mine, i, end_i), range(theirs, t, end_t));
        if (kept == base->n) return m;
        int run = kept;
        while (run < base->n && in_mine[run] == end_i + run - kept &&
               in_theirs[run] == end_t + run - kept)
            run++;
        add(&m, range(base, kept, run), range(mine, end_i, end_i + run - kept),
            range(theirs, end_t, end_t + run - kept));
        i = end_i + run - kept;
        t = end_t + run - kept;
        b = run;
    }
}

struct merge merge_texts(struct arena *a, const char *base, const char *mine,
                         const char *theirs)
{
    size_t n_base = count_lines(base), n_mine = count_lines(mine);
    size_t n_theirs = count_lines(theirs), n = n_base + n_mine + n_theirs;
    if (n_base > MOST_LINES || n_mine > MOST_LINES || n_theirs > MOST_LINES) {
        struct merge whole = {arena_array(a, 1, sizeof *whole.parts), 0, 0};
        add(&whole, (struct lines_of){base, strlen(base)},
            (struct lines_of){mine, strlen(mine)},
            (struct lines_of){theirs, strlen(theirs)});
        return whole;
    }
    struct table t = {.n_slots = 16};
    while (t.n_slots < 2 * n)
        t.n_slots *= 2;
    t.slots = arena_array(a, t.n_slots, sizeof(struct line *));
    struct side sides[] = {split(a, base, n_base), split(a, mine, n_mine),
                           split(a, theirs, n_theirs)};
    for (size_t s = 0; s < 3; s++)
        for (int i = 0; i < sides[s].n; i++)
            intern(&t, &sides[s].lines[i]);
    return walk(a, &sides[0], &sides[1], &sides[2],
                find(a, &sides[0], &sides[1], t.n_ids),
                find(a, &sides[0], &sides[2], t.n_ids));
}

/* Lines, ended if they are not and more follow. */
static void put_lines(struct buf *out, struct lines_of lines)
{
    if (lines.len == 0) return;
    if (out->len && out->data[out->len - 1] != '\n') buf_char(out, '\n');
    buf_add(out, lines.text, lines.len);
}

void merge_write(const struct merge *merge, const char *choice, struct buf *out)
{
    for (size_t i = 0; i < merge->n; i++) {
        const struct merge_part *p = &merge->parts[i];
        char taken = p->kind == MERGE_THEIRS ? 't' : 'm';
        if (p->kind == MERGE_CONFLICT && choice && *choice) taken = *choice++;
        if (taken != 't') put_lines(out, p->mine);
        if (taken == 't' || taken == 'b') put_lines(out, p->theirs);
    }
}
