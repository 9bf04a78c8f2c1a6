/* SPDX-License-Identifier: Apache-2.0
 *
 * Two changes of one text, joined. Examples, and laws over random pairs of deeds: on
 * entries of their own both survive, in either order, and the two orders mean the same;
 * on one entry nobody's is taken silently. Texts that are none are never joined.
 */
#include <stdlib.h>

#include "base/yaml.h"
#include "unit.h"
#include "web/join.h"

static const char base_text[] = "awai: 1\n"
                                "# of the team\n"
                                "measures:\n"
                                "  m0:\n"
                                "    name: Zero # first\n"
                                "    status: proposed\n"
                                "  m1: {name: One, status: proposed}\n"
                                "  m2: {name: Two, status: proposed}\n"
                                "  m3:\n"
                                "    name: Three\n"
                                "\n"
                                "  # the last\n"
                                "  m4:\n"
                                "    name: Four\n"
                                "    owner: Ann\n"
                                "decisions:\n"
                                "  d-1: {subject: 'map:a', reason: old}\n"
                                "system: {id: x}\n";

static void do_all(const struct deed *deeds, size_t n, const char *text,
                   const char *beside, struct buf *out)
{
    const char *failed = NULL;
    struct deed copy[2];
    memcpy(copy, deeds, n * sizeof *deeds);
    out->len = 0;
    CHECK_INT(deeds_do(&(struct deeds){copy, n}, text, beside, out, &failed),
              EDIT_DONE);
}

/* Joins one's deeds with what the other's made of the same base. */
static int join_after(const struct deed *mine, const struct deed *theirs,
                      const struct claim *claim, struct buf *out)
{
    struct buf a = {0}, b = {0};
    struct deed copy = *mine;
    do_all(theirs, 1, base_text, "", &b);
    do_all(mine, 1, base_text, buf_text(&b), &a);
    struct join join = {
        base_text, buf_text(&a), buf_text(&b), {&copy, 1},
           {0    }
    };
    if (claim) join.claim = *claim;
    out->len = 0;
    int good = join_texts(&join, out);
    CHECK_INT(out->len > 0, good);
    buf_fini(&a);
    buf_fini(&b);
    return good;
}

static void test_examples(void)
{
    static const struct {
        struct deed mine, theirs;
        int is_joined;
        const char *has;
    } rows[] = {
        {{DEED_SET, "measures/m1/status", NULL, "decided"},
         {DEED_SET, "measures/m2/status", NULL, "decided"},
         1, "  m1: {name: One, status: decided}\n  m2: {name: Two, status: decided}\n"},
        {{DEED_SET, "measures/m0/status", NULL, "decided"},
         {DEED_SET, "measures/m0/owner", NULL, "Bob"},
         0, ""                                                                        },
        {{DEED_SET, "measures/m0/status", NULL, "decided"},
         {DEED_SET, "measures/m0/status", NULL, "decided"},
         1, "    status: decided\n"                                                   },
        {{DEED_DROP, "measures/m4", NULL, NULL},
         {DEED_SET, "measures/m4/owner", NULL, "Bob"},
         0, ""                                                                        },
        {{DEED_DROP, "measures/m4/owner", NULL, NULL},
         {DEED_DROP, "measures/m3", NULL, NULL},
         1, "    name: Four\ndecisions"                                               },
        {{DEED_ADD, "adoptions", "r1", "by: a\n"},
         {DEED_ADD, "adoptions", "r2", "by: a\n"},
         1, "adoptions:\n  r2:\n    by: a\n  r1:\n    by: a\n"                        },
        {{DEED_ADD, "adoptions", "r1", "by: a\n"},
         {DEED_ADD, "adoptions", "r1", "by: b\n"},
         0, ""                                                                        },
        {{DEED_SET, "system/name", NULL, "X"},
         {DEED_SET, "system/overview", NULL, "Y"},
         1, "overview: Y"                                                             },
        {{DEED_ADD_NUMBERED, "decisions", "d-", "subject: map:b\n"},
         {DEED_ADD_NUMBERED, "decisions", "d-", "subject: map:c\n"},
         1, "  d-2:\n    subject: map:c\n  d-3:\n    subject: map:b\n"                },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out = {0};
        CHECK_INT(join_after(&rows[i].mine, &rows[i].theirs, NULL, &out),
                  rows[i].is_joined);
        if (rows[i].is_joined && strstr(buf_text(&out), rows[i].has) == NULL)
            CHECK_STR(buf_text(&out), rows[i].has);
        buf_fini(&out);
    }
}

/* Two decisions on one subject are for people, whatever their ids are. */
static void test_claim(void)
{
    const struct deed one = {DEED_ADD_NUMBERED, "decisions", "d-",
                             "subject: map:b\nreason: one\n"};
    const struct deed other = {DEED_ADD_NUMBERED, "decisions", "d-",
                               "subject: map:b\nreason: other\n"};
    const struct deed again = {DEED_SET, "decisions/d-1/reason", NULL, "new"};
    const struct claim on_b = {"decisions", "subject", "map:b"};
    const struct deed plan = {DEED_SET, "measures/m0/status", NULL, "decided"};
    const struct deed status = {DEED_SET, "measures/m4/status", NULL, "decided"};
    const struct deed gone = {DEED_DROP, "measures/m2", NULL, NULL};
    const struct deed owner = {DEED_SET, "measures/m4/owner", NULL, "Bob"};
    const struct deed more = {DEED_ADD, "measures", "m9", "name: Nine\n"};
    const struct claim all = {"measures", "status", NULL};
    const struct claim on_a = {"decisions", "subject", "map:a"};
    struct buf out = {0};
    CHECK_INT(join_after(&one, &other, NULL, &out), 1);
    CHECK_INT(join_after(&one, &other, &on_b, &out), 0);
    CHECK_INT(join_after(&one, &again, &on_b, &out), 1);
    CHECK_INT(join_after(&one, &again, &on_a, &out), 0);
    CHECK_INT(join_after(&plan, &status, NULL, &out), 1);
    CHECK_INT(join_after(&plan, &status, &all, &out), 0);
    CHECK_INT(join_after(&plan, &gone, &all, &out), 0);
    CHECK_INT(join_after(&plan, &owner, &all, &out), 1);
    CHECK_INT(join_after(&plan, &more, &all, &out), 1);
    buf_fini(&out);
}

/* ---- laws ----------------------------------------------------------------------- */

static uint32_t state = 7;

static uint32_t draw(uint32_t below)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
}

/* A deed on an entry, and which. `n` makes words that occur once. */
struct drawn {
    struct deed deed;
    int entry;
    char path[64], id[16], value[64];
};

enum { N_MEASURES = 5, N_ENTRIES = 12 };

static void draw_deed(struct drawn *d, int entry, unsigned n)
{
    static const char *const keys[] = {"status", "owner", "name", "due"};
    *d = (struct drawn){.entry = entry};
    snprintf(d->value, sizeof d->value, "\"v: %u\"", n);
    snprintf(d->path, sizeof d->path, "measures/m%d", entry);
    if (entry < N_MEASURES && draw(5) == 0) {
        d->deed = (struct deed){DEED_DROP, d->path, NULL, NULL};
    } else if (entry < N_MEASURES) {
        snprintf(d->path, sizeof d->path, "measures/m%d/%s", entry, keys[draw(4)]);
        d->deed = (struct deed){DEED_SET, d->path, NULL, d->value};
    } else {
        snprintf(d->path, sizeof d->path, "%s", entry % 2 ? "measures" : "adoptions");
        snprintf(d->id, sizeof d->id, "e%d", entry);
        snprintf(d->value, sizeof d->value, "by: v%u\n", n);
        d->deed = (struct deed){DEED_ADD, d->path, d->id, d->value};
    }
}

static const struct node *tree(struct arena *a, const struct buf *text)
{
    struct diag_list d = {0};
    int file = yaml_text(&d, "t", buf_text(text), text->len);
    const struct node *root = yaml_parse(a, &d, (uint32_t)file);
    diag_fini(&d);
    CHECK(root != NULL);
    return root;
}

/* The same, in whatever order entries are. */
static int is_like(const struct node *a, const struct node *b)
{
    if (a == NULL || b == NULL || a->kind != b->kind || a->n != b->n) return 0;
    if (a->kind == NODE_SCALAR) return strcmp(a->text, b->text) == 0;
    for (const struct node *e = a->first; e; e = e->next)
        if (!is_like(e, node_get(b, e->key))) return 0;
    return 1;
}

/* What all deeds, one after another, come to. */
static int is_as_in_turn(const struct drawn *a, const struct drawn *b,
                         const struct buf *joined)
{
    struct arena arena = {0};
    struct buf text = {0};
    const struct deed both[] = {a->deed, b->deed};
    do_all(both, 2, base_text, "", &text);
    int like = is_like(tree(&arena, &text), tree(&arena, joined));
    buf_fini(&text);
    arena_fini(&arena);
    return like;
}

static void test_laws(void)
{
    for (unsigned round = 0; round < 300; round++) {
        struct drawn a, b;
        struct buf one = {0}, other = {0};
        draw_deed(&a, (int)draw(N_ENTRIES), 2 * round);
        draw_deed(&b, (int)draw(N_ENTRIES), 2 * round + 1);
        int alike = a.deed.verb == DEED_DROP && b.deed.verb == DEED_DROP;
        int good = join_after(&a.deed, &b.deed, NULL, &one);
        CHECK_INT(join_after(&b.deed, &a.deed, NULL, &other), good);
        if (a.entry == b.entry) {
            CHECK_INT(good, alike);
        } else {
            CHECK_INT(good, 1);
            CHECK_INT(is_as_in_turn(&a, &b, &one), 1);
            CHECK_INT(is_as_in_turn(&b, &a, &other), 1);
        }
        buf_fini(&one);
        buf_fini(&other);
    }
}

/* Whole texts, whose deeds are not known. */
static void test_texts(void)
{
    static const struct {
        const char *base, *mine, *theirs;
        int is_joined;
    } rows[] = {
        {"a: 1\n\nb: 2\n",                   "a: 3\n\nb: 2\n",                   "a: 1\n\nb: 4\n",   1},
        {"a: 1\n\nb: 2\n",                   "a: 3\n\nb: 2\n",                   "a: 4\n\nb: 2\n",   0},
        {"a:\n  k: {x: 1,\n   \n   y: 2}\n", "a:\n  k: {x: 2,\n   \n   y: 2}\n",
         "a:\n  k: {x: 1,\n   \n   y: 3}\n",                                                         0},
        {"a: 1\n",                           "# mine\na: 1\n",                   "a: 1\n# theirs\n", 1},
        {"a: 1\nb: 2\n",                     "b: 2\n",                           "a: 1\n",           0},
        {"a: 1\n\nb: 2\n",                   "a: 1\n\nb: 3\n",                   "{",                0},
        {"a: 1\n",                           "",                                 "a: 1\n",           0},
        {"- 1\n\n- 2\n",                     "- 3\n\n- 2\n",                     "- 1\n\n- 4\n",     0},
        {"",                                 "",                                 "",                 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out = {0};
        const struct join join = {rows[i].base, rows[i].mine, rows[i].theirs, {0}, {0}};
        CHECK_INT(join_texts(&join, &out), rows[i].is_joined);
        buf_fini(&out);
    }
}

int main(void)
{
    RUN(test_examples);
    RUN(test_claim);
    RUN(test_laws);
    RUN(test_texts);
    return UNIT_RESULT();
}
