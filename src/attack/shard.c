// SPDX-License-Identifier: Apache-2.0
/* Runs in parts; see shard.h. */
#include "attack/shard.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "attack/sim_int.h"
#include "base/yaml.h"

enum { SHARD_FORMAT = 1 };

int shard_parse(const char *text, struct shard *shard)
{
    char *end = NULL;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 6 || text[digits] != '/') return 0;
    shard->i = strtoull(text, &end, 10);
    size_t more = strspn(end + 1, "0123456789");
    if (more == 0 || more > 6 || end[1 + more]) return 0;
    shard->n = strtoull(end + 1, NULL, 10);
    return shard->i >= 1 && shard->i <= shard->n && shard->n <= SHARD_MOST;
}

/* Trial i * trials / n without overflow. */
static uint64_t share_of(uint64_t trials, uint64_t i, uint64_t n)
{
    return trials / n * i + trials % n * i / n;
}

void shard_trials(const struct shard *shard, const struct sim_plan *whole,
                  struct sim_plan *part)
{
    uint64_t from = share_of(whole->n_trials, shard->i - 1, shard->n),
             to = share_of(whole->n_trials, shard->i, shard->n);
    *part = *whole;
    part->first_trial = whole->first_trial + from;
    part->n_trials = to - from;
}

/* ---- digest -----------------------------------------------------------------------
 */

static void add_word(uint64_t *digest, uint64_t word)
{
    *digest = random_draw(*digest, word, 0).word[0];
}

static void add_number(uint64_t *digest, double value)
{
    uint64_t word;
    memcpy(&word, &value, sizeof word);
    add_word(digest, word);
}

static void add_nodes(uint64_t *digest, const struct net *net)
{
    for (size_t i = 0; i < net->n_nodes; i++) {
        const struct net_node *n = &net->nodes[i];
        add_word(digest, n->key);
        add_word(digest, n->type | (uint64_t)n->n_children << 8);
        add_word(digest, n->n_quantity | (uint64_t)n->n_effects << 8);
    }
    for (size_t i = 0; i < net->n_edges; i++)
        add_word(digest, net->children[i]);
    for (size_t i = 0; i < net->n_quantities; i++) {
        const struct quantity_step *s = &net->quantities[i];
        add_word(digest, s->op | (uint64_t)s->dist.family << 8);
        add_number(digest, s->dist.a);
        add_number(digest, s->dist.b);
        add_number(digest, s->dist.c);
    }
}

static void add_people(uint64_t *digest, const struct net *net)
{
    for (size_t i = 0; i < net->n_effects; i++) {
        add_word(digest, net->effects[i].measure);
        add_number(digest, net->effects[i].factor);
    }
    for (size_t i = 0; i < net->n_measures; i++) {
        add_word(digest, net->measures[i].key);
        add_number(digest, net->measures[i].holds);
    }
    for (size_t i = 0; i < net->n_attackers; i++) {
        add_word(digest, net->attackers[i].n_entries);
        add_number(digest, net->attackers[i].share);
        add_number(digest, net->attackers[i].factor);
        add_number(digest, net->attackers[i].horizon);
    }
    for (size_t i = 0; i < net->n_entries; i++)
        add_word(digest, net->entries[i]);
    for (size_t i = 0; i < net->n_spared; i++)
        add_word(digest, net->spared[i]);
}

uint64_t shard_digest(const struct sim_plan *whole)
{
    uint64_t digest = SHARD_FORMAT;
    add_word(&digest, whole->seed);
    add_word(&digest, whole->first_trial);
    add_word(&digest, whole->n_trials);
    for (uint32_t i = 0; i < whole->n_targets; i++)
        add_word(&digest, whole->targets[i]);
    add_nodes(&digest, whole->net);
    add_people(&digest, whole->net);
    return digest;
}

/* ---- writing ----------------------------------------------------------------------
 */

static void put_word(struct json *j, const char *key, uint64_t word)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, word);
    if (key)
        json_put(j, key, text);
    else
        json_string(j, text);
}

/* Those that are not 0, each after its index. */
static void put_sparse(struct json *j, const char *key, const uint64_t *words, size_t n)
{
    json_in(j, key, '[');
    for (size_t i = 0; i < n; i++) {
        if (words[i] == 0) continue;
        json_int(j, (long long)i);
        put_word(j, NULL, words[i]);
    }
    json_close(j, ']');
}

void shard_write(const struct shard *shard, const struct sim_plan *whole,
                 const struct tally *t, struct json *j)
{
    size_t rows = (size_t)t->n_targets * t->n_attackers;
    json_put_int(j, "awai-attack-shard", SHARD_FORMAT);
    json_put_int(j, "shard", (long long)shard->i);
    json_put_int(j, "shards", (long long)shard->n);
    put_word(j, "run", shard_digest(whole));
    put_word(j, "trials", t->trials);
    put_word(j, "node-visits", t->node_visits);
    put_word(j, "edge-visits", t->edge_visits);
    put_sparse(j, "worlds", t->worlds, t->n_attackers);
    json_in(j, "targets", '[');
    for (size_t i = 0; i < rows; i++) {
        json_open(j, '{');
        put_word(j, "reached", t->targets[i].reached);
        put_word(j, "time-low", t->targets[i].time_low);
        put_word(j, "time-high", t->targets[i].time_high);
        json_close(j, '}');
    }
    json_close(j, ']');
    put_sparse(j, "bins", t->bins, rows * t->n_bins);
    if (!t->has_ways) return;
    put_sparse(j, "used", t->used, (size_t)t->n_targets * t->n_nodes);
    put_sparse(j, "ways", t->ways, (size_t)t->n_targets * TALLY_WAY_TRIALS);
}

/* ---- reading ----------------------------------------------------------------------
 */

static int read_word(const struct node *n, uint64_t *word)
{
    if (n == NULL || n->kind != NODE_SCALAR) return 0;
    size_t len = strlen(n->text);
    if (len == 0 || len > 20 || strspn(n->text, "0123456789") != len) return 0;
    *word = strtoull(n->text, NULL, 10);
    return 1;
}

static int read_member(const struct node *root, const char *key, uint64_t *word)
{
    return read_word(node_get(root, key), word);
}

static int read_sparse(const struct node *root, const char *key, uint64_t *words,
                       size_t n)
{
    const struct node *list = node_get(root, key);
    if (list == NULL || list->kind != NODE_SEQUENCE) return 0;
    for (const struct node *e = list->first; e; e = e->next->next) {
        uint64_t index = 0;
        if (!read_word(e, &index) || index >= n || e->next == NULL ||
            !read_word(e->next, &words[index]))
            return 0;
    }
    return 1;
}

static int read_targets(const struct node *root, struct tally *t)
{
    const struct node *list = node_get(root, "targets");
    size_t rows = (size_t)t->n_targets * t->n_attackers, i = 0;
    if (list == NULL || list->kind != NODE_SEQUENCE || list->n != rows) return 0;
    for (const struct node *e = list->first; e; e = e->next, i++) {
        struct tally_target *target = &t->targets[i];
        if (!read_member(e, "reached", &target->reached) ||
            !read_member(e, "time-low", &target->time_low) ||
            !read_member(e, "time-high", &target->time_high))
            return 0;
    }
    return 1;
}

static int read_tally(const struct node *root, struct tally *t)
{
    size_t rows = (size_t)t->n_targets * t->n_attackers;
    int is_right = read_member(root, "trials", &t->trials) &&
                   read_member(root, "node-visits", &t->node_visits) &&
                   read_member(root, "edge-visits", &t->edge_visits) &&
                   read_sparse(root, "worlds", t->worlds, t->n_attackers) &&
                   read_targets(root, t) &&
                   read_sparse(root, "bins", t->bins, rows * t->n_bins);
    if (!is_right || !t->has_ways) return is_right;
    return read_sparse(root, "used", t->used, (size_t)t->n_targets * t->n_nodes) &&
           read_sparse(root, "ways", t->ways, (size_t)t->n_targets * TALLY_WAY_TRIALS);
}

/* ---- soundness --------------------------------------------------------------------
 */

/* The sum of counts that are at most `most` each; UINT64_MAX if one is more. */
static uint64_t sum_within(const uint64_t *counts, size_t n, uint64_t most)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (counts[i] > most) return UINT64_MAX;
        sum += counts[i];
    }
    return sum;
}

/* Whether no target was reached in more worlds than there were of its attacker, each
 * at some time, and with nothing needed more often. */
static int are_targets_sound(const struct tally *t)
{
    for (size_t i = 0; i < (size_t)t->n_targets * t->n_attackers; i++) {
        uint64_t reached = t->targets[i].reached;
        if (reached > t->worlds[i / t->n_targets] ||
            sum_within(t->targets[i].bins, t->n_bins, reached) != reached)
            return 0;
    }
    size_t n_used = t->has_ways ? (size_t)t->n_targets * t->n_nodes : 0;
    return sum_within(t->used, n_used, t->trials) != UINT64_MAX;
}

/* Whether a part says what its share of the trials can have counted: a file that was
 * damaged or made up must not become a probability above 1. */
static int is_sound(const struct sim_plan *whole, const struct shard *shard,
                    const struct tally *t)
{
    struct sim_plan part;
    shard_trials(shard, whole, &part);
    return t->trials == part.n_trials &&
           sum_within(t->worlds, t->n_attackers, t->trials) == t->trials &&
           are_targets_sound(t);
}

struct merger {
    const struct sim_plan *whole;
    uint64_t digest;
    struct diag_list *d;
    struct tally sum;
    uint64_t n_shards; // 0: not known yet
    uint8_t *is_there; // of each part
};

/* Whether a part belongs to the run, and is there for the first time. */
static int check_part(struct merger *m, const struct node *root, struct shard *part)
{
    uint64_t format = 0, run = 0;
    if (root->kind != NODE_MAPPING ||
        !read_member(root, "awai-attack-shard", &format) || format != SHARD_FORMAT ||
        !read_member(root, "run", &run) || !read_member(root, "shard", &part->i) ||
        !read_member(root, "shards", &part->n) || part->i < 1 || part->i > part->n ||
        part->n > SHARD_MOST) {
        diag_put(m->d, DIAG_SHARD, root->at, NULL);
        return 0;
    }
    if (m->n_shards == 0) m->n_shards = part->n;
    if (run != m->digest || part->n != m->n_shards) {
        diag_put(m->d, DIAG_SHARD_OTHER, root->at, NULL);
        return 0;
    }
    if (m->is_there[part->i])
        DIAG_ADD(m->d, SHARD_TWICE, root->at, diag_number(m->d, (long long)part->i));
    return !m->is_there[part->i];
}

static void merge_part(struct merger *m, const struct node *root)
{
    struct shard part = {0};
    if (!check_part(m, root, &part)) return;
    struct tally t = tally_new(m->whole->net, m->whole->n_targets);
    m->is_there[part.i] = 1;
    if (read_tally(root, &t) && is_sound(m->whole, &part, &t))
        tally_add(&m->sum, &t);
    else
        diag_put(m->d, DIAG_SHARD, root->at, NULL);
    tally_fini(&t);
}

static void merge_file(struct merger *m, const char *path)
{
    struct arena arena = {0};
    int file = yaml_load(m->d, path, (struct place){0});
    const struct node *root =
        file >= 0 ? yaml_parse(&arena, m->d, (uint32_t)file) : NULL;
    if (root) merge_part(m, root);
    arena_fini(&arena);
}

static struct merger merge_begin(const struct sim_plan *whole, struct diag_list *d)
{
    struct merger m = {.whole = whole, .digest = shard_digest(whole), .d = d};
    m.sum = tally_new(whole->net, whole->n_targets);
    m.is_there = mem_alloc(SHARD_MOST + 1);
    return m;
}

/* Tells which parts are missing, if all else is right. */
static struct tally merge_end(struct merger *m)
{
    struct diag_list *d = m->d;
    for (uint64_t i = 1; i <= m->n_shards && d->n_errors == 0; i++)
        if (!m->is_there[i])
            DIAG_ADD(d, SHARD_MISSING, (struct place){0}, diag_number(d, (long long)i),
                     diag_number(d, (long long)m->n_shards));
    free(m->is_there);
    return m->sum;
}

struct tally shard_merge(const struct sim_plan *whole, const char *const *paths,
                         size_t n, struct diag_list *d)
{
    struct merger m = merge_begin(whole, d);
    for (size_t i = 0; i < n; i++)
        merge_file(&m, paths[i]);
    return merge_end(&m);
}

struct tally shard_merge_list(const struct sim_plan *whole, const struct node *parts,
                              struct diag_list *d)
{
    struct merger m = merge_begin(whole, d);
    if (parts->n == 0) diag_put(d, DIAG_SHARD, parts->at, NULL);
    for (const struct node *part = parts->first; part; part = part->next)
        merge_part(&m, part);
    return merge_end(&m);
}
