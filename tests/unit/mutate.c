/* SPDX-License-Identifier: Apache-2.0
 *
 * Use cases with accidents: bytes flipped, lines moved, names exchanged, blocks lost.
 * Each ends in a clean error, with a place and something to read, or in a clean result:
 * bound to the catalog, graph and assessment made, JSON written, and the model written
 * so that it reads back the same. All in one process, so that ten thousand are a matter
 * of a minute or two; tests/cli/hostile.sh asks for as many.
 *
 *     MUTATE_COUNT=300 MUTATE_SEED=20261122 MUTATE_FIRST=0 build/tests/unit/mutate
 *
 * Case i depends on the seed and i only: "# case 1200" in the log of a crash means that
 * MUTATE_FIRST=1200 MUTATE_COUNT=100 finds it again. The text of a case that fails is
 * kept in TEST_LOGS.
 */
#include "unit.h"

#include <stdlib.h>
#include <time.h>

#include "assess/assess.h"
#include "base/assets.h"
#include "base/limits.h"

enum { MAX_SOURCES = 32, MOST_SECONDS = 20 };

static struct {
    unsigned long count, seed, first;
    struct catalog *catalog;
    const struct asset *sources[MAX_SOURCES];
    size_t n_sources;
    unsigned long n_refused, n_unbound, n_assessed;
    double slowest_s;
} run;

/* ---- chance */

struct chance {
    uint64_t state;
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next(struct chance *c)
{
    uint64_t z = (c->state += 0x9E3779B97F4A7C15u);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* A number below n, which is not 0. */
static size_t below(struct chance *c, size_t n)
{
    return (size_t)(next(c) % n);
}

/* ---- accidents: each changes the text, which never is empty */

struct text_bytes {
    char *bytes;
    size_t len, cap;
};

/* Replaces `gone` bytes at `at` by others, which may be part of the text. */
static void splice(struct text_bytes *t, size_t at, size_t gone, const char *bytes,
                   size_t n)
{
    char *copy = mem_alloc(n + 1);

    if (gone > t->len - at) gone = t->len - at;
    memcpy(copy, bytes, n);
    if (t->len - gone + n > t->cap) {
        t->cap = 2 * (t->len + n);
        t->bytes = mem_grow(t->bytes, t->cap);
    }
    memmove(t->bytes + at + n, t->bytes + at + gone, t->len - at - gone);
    memcpy(t->bytes + at, copy, n);
    t->len += n - gone;
    if (t->len == 0) t->bytes[t->len++] = '\n';
    free(copy);
}

/* A random line: where it begins, and its length with the newline. */
static size_t pick_line(const struct text_bytes *t, struct chance *c, size_t *len)
{
    size_t at = below(c, t->len);

    while (at > 0 && t->bytes[at - 1] != '\n')
        at--;
    const char *end = memchr(t->bytes + at, '\n', t->len - at);
    *len = end ? (size_t)(end - t->bytes) + 1 - at : t->len - at;
    return at;
}

static void flip_byte(struct text_bytes *t, struct chance *c)
{
    t->bytes[below(c, t->len)] = (char)below(c, 256);
}

static void delete_bytes(struct text_bytes *t, struct chance *c)
{
    size_t at = below(c, t->len);
    splice(t, at, 1 + below(c, 60), "", 0);
}

static void insert_signs(struct text_bytes *t, struct chance *c)
{
    static const char signs[] = "{}[]:,&*!|>'\"%@`-? \n\t#\\~=<";
    char some[4];
    size_t n = 1 + below(c, sizeof some);

    for (size_t i = 0; i < n; i++)
        some[i] = signs[below(c, sizeof signs - 1)];
    splice(t, below(c, t->len), 0, some, n);
}

static void insert_token(struct text_bytes *t, struct chance *c)
{
    static const char *const tokens[] = {
        "&a ",
        "*a",
        "!!str ",
        "!x ",
        "null",
        "~",
        "[]",
        "{}",
        "|\n  ",
        ">-\n",
        "---\n",
        "...\n",
        "\"\\0\"",
        "\"\\ud800\"",
        "true",
        "1e999",
        "-1",
        "include: x\n",
        "<<: ",
        "\xEF\xBB\xBF",
        "\xC2\x85",
        "\xE2\x80\xA8",
        "999999999999999999999",
        "- ",
        "? ",
        "none",
        "fatal",
        "2027-02-30",
        "10 MJPY",
    };
    const char *token = tokens[below(c, sizeof tokens / sizeof *tokens)];

    splice(t, below(c, t->len), below(c, 2), token, strlen(token));
}

static void copy_block(struct text_bytes *t, struct chance *c)
{
    size_t from = below(c, t->len), n = 1 + below(c, 200);

    if (n > t->len - from) n = t->len - from;
    splice(t, below(c, t->len), 0, t->bytes + from, n);
}

static void copy_line(struct text_bytes *t, struct chance *c)
{
    size_t len = 0, other = 0, from = pick_line(t, c, &len);
    splice(t, pick_line(t, c, &other), 0, t->bytes + from, len);
}

static void delete_lines(struct text_bytes *t, struct chance *c)
{
    for (size_t n = 1 + below(c, 12); n > 0; n--) {
        size_t len = 0, at = pick_line(t, c, &len);
        splice(t, at, len, "", 0);
        if (below(c, 3)) return;
    }
}

/* Deletes a line and those below it that are indented deeper: an entry, a section. */
static void delete_entry(struct text_bytes *t, struct chance *c)
{
    size_t len = 0, at = pick_line(t, c, &len), end = at + len;
    size_t indent = strspn(t->bytes + at, " ");

    while (end < t->len && strspn(t->bytes + end, " ") > indent) {
        const char *line_end = memchr(t->bytes + end, '\n', t->len - end);
        end = line_end ? (size_t)(line_end - t->bytes) + 1 : t->len;
    }
    splice(t, at, end - at, "", 0);
}

static void indent_line(struct text_bytes *t, struct chance *c)
{
    size_t len = 0, at = pick_line(t, c, &len);

    if (below(c, 2))
        splice(t, at, 0, "    ", 1 + below(c, 4));
    else if (t->bytes[at] == ' ')
        splice(t, at, 1 + below(c, 2), "", 0);
}

static int is_word(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '-' ||
           ch == '_';
}

/* A word at or after a random place: its place, and length; 0 when there is none. */
static size_t pick_word(const struct text_bytes *t, struct chance *c, size_t *len)
{
    size_t at = below(c, t->len);

    while (at > 0 && is_word(t->bytes[at - 1]))
        at--;
    while (at < t->len && !is_word(t->bytes[at]))
        at++;
    for (*len = 0; at + *len < t->len && is_word(t->bytes[at + *len]);)
        ++*len;
    return at;
}

/* One word takes another's place: often a reference that leads elsewhere. */
static void exchange_word(struct text_bytes *t, struct chance *c)
{
    size_t len = 0, other_len = 0;
    size_t at = pick_word(t, c, &len), other = pick_word(t, c, &other_len);

    if (len && other_len) splice(t, at, len, t->bytes + other, other_len);
}

/* The value of a key takes the place of another value of that key: mostly valid. */
static void exchange_value(struct text_bytes *t, struct chance *c)
{
    size_t len = 0, other_len = 0, at = pick_line(t, c, &len);
    size_t key = at + strspn(t->bytes + at, " -"), key_len = 0;

    while (key + key_len < at + len && is_word(t->bytes[key + key_len]))
        key_len++;
    if (key_len == 0 || t->bytes[key + key_len] != ':') return;
    for (int tries = 0; tries < 200; tries++) {
        size_t other = pick_line(t, c, &other_len);
        size_t skip = strspn(t->bytes + other, " -");
        if (other == at || skip + key_len >= other_len) continue;
        if (memcmp(t->bytes + other + skip, t->bytes + key, key_len + 1) != 0) continue;
        splice(t, key, at + len - key, t->bytes + other + skip, other_len - skip);
        return;
    }
}

static void cut_short(struct text_bytes *t, struct chance *c)
{
    splice(t, below(c, t->len), t->len, "", 0);
}

static void long_word(struct text_bytes *t, struct chance *c)
{
    char word[3000];

    memset(word, 'x', sizeof word);
    splice(t, below(c, t->len), 0, word, 1 + below(c, sizeof word));
}

typedef void accident(struct text_bytes *t, struct chance *c);

static accident *const wild[] = {
    flip_byte,  delete_bytes, insert_signs, insert_token, copy_block,
    copy_line,  delete_lines, indent_line,  cut_short,    long_word,
    copy_block, insert_signs, flip_byte,    delete_bytes, insert_token,
};
static accident *const tame[] = {exchange_word, exchange_value, exchange_value,
                                 delete_entry, exchange_value};

/* Half of the cases get tame accidents only, so that they come as far as the graph. */
static void mutate(struct text_bytes *t, struct chance *c)
{
    size_t is_wild = below(c, 2);

    for (size_t n = 1 + below(c, is_wild ? 6 : 3); n > 0; n--) {
        if (is_wild && below(c, 4))
            wild[below(c, sizeof wild / sizeof *wild)](t, c);
        else
            tame[below(c, sizeof tame / sizeof *tame)](t, c);
    }
}

/* ---- what must hold */

/* An error says where and what; its place is in the text. */
static int errors_are_clean(const struct diag_list *d)
{
    size_t n_kept = 0;

    for (size_t i = 0; i < d->n; i++) {
        const struct diag *item = &d->items[i];
        n_kept += item->severity == DIAG_ERROR;
        if (item->message.in[LANG_EN][0] == '\0' || item->code[0] == '\0') return 0;
        if (item->at.file >= d->n_files) return 0;
        if (item->severity == DIAG_ERROR &&
            (item->at.line == 0 || item->at.column == 0))
            return 0;
        if (text_valid(item->message.in[LANG_EN], strlen(item->message.in[LANG_EN])) !=
            strlen(item->message.in[LANG_EN]))
            return 0;
    }
    return n_kept > 0 && n_kept <= LIMIT_ERRORS && d->n_errors >= n_kept;
}

/* Brackets close as they opened and nothing but white space follows the last. */
static int json_is_whole(const char *s)
{
    char stack[64];
    size_t depth = 0;
    int closed = 0;

    for (; *s; s++) {
        if (closed && *s != '\n') return 0;
        if (*s == '"') {
            for (s++; *s && *s != '"'; s++)
                if (*s == '\\') s++;
            if (*s == '\0') return 0;
        } else if (*s == '{' || *s == '[') {
            if (depth == sizeof stack) return 0;
            stack[depth++] = *s == '{' ? '}' : ']';
        } else if (*s == '}' || *s == ']') {
            if (depth == 0 || stack[--depth] != *s) return 0;
            closed = depth == 0;
        }
    }
    return closed;
}

/* The model written reads back without errors and is written the same again. */
static int writes_back(const struct model *model)
{
    struct buf first = {0}, second = {0};

    schema_write(&model_shape, &model->m, &first);
    struct model *again = model_read_text("written", buf_text(&first), first.len);
    schema_write(&model_shape, &again->m, &second);
    int good = again->diags.n_errors == 0 && strcmp(first.data, buf_text(&second)) == 0;
    model_free(again);
    buf_fini(&first);
    buf_fini(&second);
    return good;
}

/* What is wrong with the assessment of a bound model, or NULL. */
static const char *assess(struct model *model)
{
    const char *wrong = NULL;
    struct buf json = {0};
    struct graph *graph = graph_build(model, run.catalog);

    if (graph == NULL) return "no graph";
    struct assessment *assessment = assess_run(graph, 20270101);
    assess_json(assessment, &json);
    if (!json_is_whole(buf_text(&json))) wrong = "broken JSON";
    if (text_valid(buf_text(&json), json.len) != json.len) wrong = "JSON is not UTF-8";
    run.n_assessed++;
    buf_fini(&json);
    assess_free(assessment);
    graph_free(graph);
    return wrong;
}

/* Takes one text through the mill; what is wrong, or NULL. */
static const char *mill(const char *text, size_t len)
{
    const char *wrong = NULL;
    struct model *model = model_read_text("mutated.yaml", text, len);

    if (model->diags.n_errors) {
        run.n_refused++;
        if (!errors_are_clean(&model->diags)) wrong = "unclean error";
    } else if (!writes_back(model)) {
        wrong = "does not write back";
    } else {
        catalog_bind(run.catalog, model);
        if (model->diags.n_errors) {
            run.n_unbound++;
            if (!errors_are_clean(&model->diags)) wrong = "unclean error of binding";
        } else {
            model_warn(model);
            wrong = assess(model);
        }
    }
    model_free(model);
    return wrong;
}

/* Keeps the text of a case that failed. */
static void keep(unsigned long number, const struct text_bytes *t)
{
    char path[600];
    const char *folder = getenv("TEST_LOGS");

    snprintf(path, sizeof path, "%s/mutate-%lu-%lu.yaml", folder ? folder : "build",
             run.seed, number);
    FILE *f = fopen(path, "wb");
    if (f == NULL) return;
    fwrite(t->bytes, 1, t->len, f);
    fclose(f);
    printf("# kept as %s\n", path);
}

static void run_case(unsigned long number)
{
    struct chance chance = {run.seed * 1000003u + number};
    next(&chance);
    const struct asset *source = run.sources[below(&chance, run.n_sources)];
    struct text_bytes t = {mem_alloc(source->len + 1), source->len, source->len + 1};
    memcpy(t.bytes, source->bytes, source->len);
    mutate(&t, &chance);
    splice(&t, t.len, 0, "", 1); /* ends with NUL for the functions above */
    t.len--;

    clock_t start = clock();
    const char *wrong = mill(t.bytes, t.len);
    double s = (double)(clock() - start) / CLOCKS_PER_SEC;
    if (s > run.slowest_s) run.slowest_s = s;
    if (s > MOST_SECONDS && !wrong) wrong = "takes too long";
    if (wrong) {
        printf("# case %lu (%s): %s\n", number, source->path, wrong);
        keep(number, &t);
    }
    CHECK(!wrong);
    free(t.bytes);
}

static void test_mutated_use_cases(void)
{
    for (unsigned long i = run.first; i < run.first + run.count; i++) {
        if (i % 100 == 0) {
            printf("# case %lu\n", i);
            fflush(stdout);
        }
        run_case(i);
    }
    printf("# seed %lu, cases %lu to %lu: %lu refused, %lu not bound, %lu assessed; "
           "slowest %.2f s\n",
           run.seed, run.first, run.first + run.count - 1, run.n_refused, run.n_unbound,
           run.n_assessed, run.slowest_s);
    if (run.count >= 100) {
        CHECK(run.n_refused > 0); /* else the accidents are too harmless */
        CHECK(run.n_assessed > 0);
    }
}

/* Without any accident. */
static void test_sources_are_assessed(void)
{
    for (size_t i = 0; i < run.n_sources; i++)
        CHECK_STR(mill((const char *)run.sources[i]->bytes, run.sources[i]->len), NULL);
    CHECK_INT(run.n_assessed, run.n_sources);
    run.n_assessed = 0;
}

static unsigned long setting(const char *name, unsigned long otherwise)
{
    const char *value = getenv(name);
    return value && value[0] ? strtoul(value, NULL, 10) : otherwise;
}

int main(void)
{
    run.count = setting("MUTATE_COUNT", 300);
    run.seed = setting("MUTATE_SEED", 20261122);
    run.first = setting("MUTATE_FIRST", 0);
    for (size_t i = 0; i < embed_n_assets && run.n_sources < MAX_SOURCES; i++)
        if (strncmp(embed_assets[i].path, "usecases/", 9) == 0)
            run.sources[run.n_sources++] = &embed_assets[i];
    run.catalog = catalog_read(NULL);
    if (run.catalog->diags.n_errors || run.n_sources == 0) {
        diag_print(&run.catalog->diags, stdout, (struct diag_view){0});
        puts("not ok catalog: it has errors, or there are no use cases");
        return 1;
    }
    RUN(test_sources_are_assessed);
    RUN(test_mutated_use_cases);
    catalog_free(run.catalog);
    return UNIT_RESULT();
}
