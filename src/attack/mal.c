// SPDX-License-Identifier: Apache-2.0
/* Attack graphs of MAL; see mal.h. */
#include "attack/mal.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/yaml.h"

enum { MOST_STEPS = 64 }; // of one expression

struct expression {
    struct mal *m;
    const char *step; // whose expression it is, for messages
    struct quantity_step items[MOST_STEPS];
    size_t n;
};

static int is_text(const struct node *n, const char *text)
{
    return n && n->kind == NODE_SCALAR && strcmp(n->text, text) == 0;
}

/* The text of a scalar, "" for anything else. */
static const char *text_of(const struct node *n)
{
    return n && n->kind == NODE_SCALAR ? n->text : "";
}

static int number_of(const struct node *n, double *value)
{
    char *end = NULL;
    if (n == NULL || n->kind != NODE_SCALAR || n->text[0] == '\0') return 0;
    *value = strtod(n->text, &end);
    return *end == '\0' && isfinite(*value);
}

/* ---- distributions ----------------------------------------------------------------
 */

static struct dist dist_of_rate(const double *a)
{
    return (struct dist){DIST_EXPONENTIAL, a[0] > 0 ? 1 / a[0] : 0, 0, 0};
}

static struct dist dist_of_log(const double *a)
{
    return (struct dist){DIST_LOGNORMAL, exp(a[0]), a[1], 0};
}

/* A class of MAL: possible by a chance, then exponential by a rate; 0: at once. */
struct named {
    const char *name;
    double chance, rate;
};
static const struct named classes[] = {
    {"Enabled",              1,   0   },
    {"Disabled",             0,   0   },
    {"Instant",              1,   0   },
    {"Zero",                 1,   0   },
    {"Infinity",             0,   0   },
    {"EasyAndCertain",       1,   1   },
    {"EasyAndUncertain",     0.5, 0   },
    {"HardAndCertain",       1,   0.1 },
    {"HardAndUncertain",     0.5, 0.1 },
    {"VeryHardAndCertain",   1,   0.01},
    {"VeryHardAndUncertain", 0.5, 0.01},
};

static const struct function {
    const char *name;
    int n; // arguments
    enum dist_family family;
    struct dist (*make)(const double *a); // NULL: the arguments are the parameters
} functions[] = {
    {"Bernoulli",       1, DIST_BERNOULLI,   NULL        },
    {"Binomial",        2, DIST_BINOMIAL,    NULL        },
    {"Exponential",     1, DIST_EXPONENTIAL, dist_of_rate},
    {"Gamma",           2, DIST_GAMMA,       NULL        },
    {"LogNormal",       2, DIST_LOGNORMAL,   dist_of_log },
    {"Pareto",          2, DIST_PARETO,      NULL        },
    {"TruncatedNormal", 2, DIST_NORMAL,      NULL        },
    {"Uniform",         2, DIST_UNIFORM,     NULL        },
};

/* Adds a step of the program; what does not fit is told once, by read_time. */
static void put(struct expression *x, enum quantity_op op, struct dist dist)
{
    if (x->n < MOST_STEPS) x->items[x->n] = (struct quantity_step){(uint8_t)op, dist};
    x->n++;
}

static void put_class(struct expression *x, const struct named *class, int is_factor)
{
    struct dist chance = {DIST_BERNOULLI, class->chance, 0, 0},
                time = {DIST_EXPONENTIAL, class->rate > 0 ? 1 / class->rate : 0, 0, 0};
    if (class->rate <= 0) {
        chance.b = is_factor;
        put(x, QUANTITY_PUT, chance);
        return;
    }
    put(x, QUANTITY_PUT, time);
    if (class->chance >= 1) return;
    chance.b = 1;
    put(x, QUANTITY_PUT, chance);
    put(x, QUANTITY_MUL, (struct dist){0});
}

static int put_named(struct expression *x, const char *name, int is_factor)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (strcmp(classes[i].name, name) != 0) continue;
        put_class(x, &classes[i], is_factor);
        return 1;
    }
    return 0;
}

/* Reads the arguments; 0 if they are others than f wants. */
static int read_arguments(const struct node *list, const struct function *f, double *a)
{
    int n = 0;
    if (list == NULL || list->kind != NODE_SEQUENCE || (int)list->n != f->n) return 0;
    for (const struct node *e = list->first; e; e = e->next)
        if (!number_of(e, &a[n++])) return 0;
    return 1;
}

static int put_function(struct expression *x, const struct node *n, int is_factor)
{
    const char *name = text_of(node_get(n, "name"));
    double a[2] = {0};
    if (put_named(x, name, is_factor)) return 1;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const struct function *f = &functions[i];
        if (strcmp(f->name, name) != 0) continue;
        if (!read_arguments(node_get(n, "arguments"), f, a)) break;
        struct dist d =
            f->make ? f->make(a) : (struct dist){(uint8_t)f->family, a[0], a[1], 0};
        if (f->family == DIST_BERNOULLI) d.b = is_factor;
        if (!dist_is_valid(&d)) break;
        put(x, QUANTITY_PUT, d);
        return 1;
    }
    DIAG_ADD(&x->m->diags, MAL_FUNCTION, n->at, text_same(x->step),
             diag_quote(&x->m->diags, name));
    return 0;
}

static int put_expression(struct expression *x, const struct node *n, int is_factor);

static int put_operation(struct expression *x, const struct node *n,
                         enum quantity_op op)
{
    int is_factor = op == QUANTITY_MUL || op == QUANTITY_DIV;
    if (!put_expression(x, node_get(n, "lhs"), is_factor) ||
        !put_expression(x, node_get(n, "rhs"), is_factor))
        return 0;
    put(x, op, (struct dist){0});
    return 1;
}

static int put_number(struct expression *x, const struct node *n)
{
    struct dist d = {DIST_CONSTANT, 0, 0, 0};
    if (!number_of(node_get(n, "value"), &d.a) || d.a < 0) return 0;
    put(x, QUANTITY_PUT, d);
    return 1;
}

static int put_expression(struct expression *x, const struct node *n, int is_factor)
{
    static const struct {
        const char *type;
        enum quantity_op op;
    } operations[] = {
        {"addition",       QUANTITY_ADD},
        {"subtraction",    QUANTITY_SUB},
        {"multiplication", QUANTITY_MUL},
        {"division",       QUANTITY_DIV},
        {"exponentiation", QUANTITY_POW},
    };
    const struct node *type = n && n->kind == NODE_MAPPING ? node_get(n, "type") : NULL;
    if (is_text(type, "function")) return put_function(x, n, is_factor);
    if (is_text(type, "number") && put_number(x, n)) return 1;
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (is_text(type, operations[i].type))
            return put_operation(x, n, operations[i].op);
    struct place nowhere = {0};
    DIAG_ADD(&x->m->diags, MAL_EXPRESSION, n ? n->at : nowhere, text_same(x->step));
    return 0;
}

/* ---- steps ------------------------------------------------------------------------
 */

/* The program of a step's time; none for null. */
static void read_time(struct expression *x, const struct node *step)
{
    const struct node *ttc = node_get(step, "ttc");
    if (ttc == NULL || node_is_null(ttc)) return;
    if (!put_expression(x, ttc, 0)) {
        x->n = 0;
        return;
    }
    if (x->n > MOST_STEPS || !quantity_is_valid(x->items, x->n)) {
        DIAG_ADD(&x->m->diags, MAL_LARGE_EXPRESSION, ttc->at, text_same(x->step),
                 diag_number(&x->m->diags, QUANTITY_DEPTH));
        x->n = 0;
    }
}

/* A defense is open when it is not enabled. */
static struct dist read_defense(struct expression *x, const struct node *step)
{
    struct dist open = {DIST_BERNOULLI, 1, 0, 0};
    read_time(x, step);
    if (x->n == 1 && x->items[0].dist.family == DIST_BERNOULLI)
        open.a = 1 - x->items[0].dist.a;
    else if (x->n > 0)
        DIAG_ADD(&x->m->diags, MAL_DEFENSE, node_get(step, "ttc")->at,
                 text_same(x->step));
    // what mal-toolbox 1.x wrote beside the expression
    double status = 0;
    if (number_of(node_get(step, "defense_status"), &status))
        open.a = status < 0 ? 1 : status > 1 ? 0 : 1 - status;
    return open;
}

/* A condition of existence is open when what it is about is there, or is not. */
static struct dist read_existence(struct mal *m, const struct node *step, int wanted)
{
    const struct node *status = node_get(step, "existence_status");
    int is_true = is_text(status, "true") || is_text(status, "True"),
        is_false = is_text(status, "false") || is_text(status, "False");
    if (!is_true && !is_false)
        DIAG_ADD(&m->diags, MAL_EXISTENCE, status ? status->at : step->at,
                 text_same(step->key));
    return (struct dist){DIST_BERNOULLI, is_true == wanted, 0, 0};
}

static void add_gate(struct mal *m, const struct node *step, struct dist open)
{
    net_add_node(&m->net, NET_GATE, step->key,
                 &(struct quantity_step){QUANTITY_PUT, open}, 1);
}

/* Keys that say nothing about an attack. */
static void check_keys(struct mal *m, const struct node *step)
{
    static const char *const known[] = {
        "id",       "type",        "name",           "ttc",
        "children", "parents",     "asset",          "existence_status",
        "tags",     "extras",      "detectors",      "lang_graph_attack_step",
        "info",     "mitre_info",  "is_viable",      "is_necessary",
        "reward",   "causal_mode", "compromised_by", "defense_status"};
    for (const struct node *e = step->first; e; e = e->next) {
        int is_known = 0;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            is_known |= strcmp(e->key, known[i]) == 0;
        if (!is_known)
            DIAG_ADD(&m->diags, MAL_KEY, node_key_place(e), text_same(step->key),
                     diag_quote(&m->diags, e->key));
    }
}

static void read_step(struct mal *m, const struct node *step)
{
    struct expression x = {.m = m, .step = step->key};
    const struct node *type = node_get(step, "type");
    check_keys(m, step);
    if (is_text(type, "or") || is_text(type, "and")) {
        read_time(&x, step);
        net_add_node(&m->net, is_text(type, "and") ? NET_AND : NET_OR, step->key,
                     x.items, x.n);
    } else if (is_text(type, "defense")) {
        add_gate(m, step, read_defense(&x, step));
    } else if (is_text(type, "exist") || is_text(type, "notExist")) {
        add_gate(m, step, read_existence(m, step, is_text(type, "exist")));
    } else {
        DIAG_ADD(&m->diags, MAL_TYPE, type ? type->at : step->at, text_same(step->key),
                 diag_quote(&m->diags, text_of(type)));
        net_add_node(&m->net, NET_OR, step->key, NULL, 0);
    }
}

static void read_steps(struct mal *m, const struct node *steps)
{
    m->names = arena_array(&m->arena, steps->n + 1, sizeof *m->names);
    for (const struct node *s = steps->first; s; s = s->next) {
        uint32_t index = (uint32_t)m->net.n_nodes;
        if (s->kind != NODE_MAPPING) {
            DIAG_ADD(&m->diags, MAL_STEP, s->at, text_same(s->key));
            continue;
        }
        m->names[index] = s->key;
        strmap_add(&m->nodes, s->key, index, NULL);
        read_step(m, s);
    }
}

/* ---- edges ------------------------------------------------------------------------
 */

struct edges {
    struct net_edge *items;
    size_t n, cap;
};

/* The steps that `key` names: a mapping of ids to names, or a list of names. */
static void read_relatives(struct mal *m, const struct node *step, const char *key,
                           struct edges *edges)
{
    const struct node *list = node_get(step, key);
    uint32_t own = 0, other = 0;
    int is_parents = strcmp(key, "parents") == 0;
    if (list == NULL || node_is_null(list)) return;
    strmap_get(&m->nodes, step->key, &own);
    if (list->kind == NODE_SCALAR)
        DIAG_ADD(&m->diags, MAL_RELATIVE, list->at, text_same(step->key),
                 diag_quote(&m->diags, list->text));
    for (const struct node *e = list->first; e; e = e->next) {
        if (e->kind != NODE_SCALAR || !strmap_get(&m->nodes, e->text, &other)) {
            DIAG_ADD(&m->diags, MAL_RELATIVE, e->at, text_same(step->key),
                     diag_quote(&m->diags, text_of(e)));
            continue;
        }
        struct net_edge edge = {is_parents ? other : own, is_parents ? own : other};
        // nobody has to come to a gate
        if (m->net.nodes[edge.child].type == NET_GATE) continue;
        *(struct net_edge *)mem_push(&edges->items, &edges->n, &edges->cap,
                                     sizeof edge) = edge;
    }
}

static void read_graph(struct mal *m, uint32_t file)
{
    const struct node *root = yaml_parse(&m->arena, &m->diags, file);
    if (root == NULL) return;
    const struct node *steps =
        root->kind == NODE_MAPPING ? node_get(root, "attack_steps") : NULL;
    if (steps == NULL || steps->kind != NODE_MAPPING || steps->n == 0) {
        diag_put(&m->diags, DIAG_MAL_STEPS, steps ? steps->at : root->at, NULL);
        return;
    }
    read_steps(m, steps);
    struct edges edges = {0};
    for (const struct node *s = steps->first; s; s = s->next) {
        if (s->kind != NODE_MAPPING) continue;
        read_relatives(m, s, "children", &edges);
        read_relatives(m, s, "parents", &edges);
    }
    net_link(&m->net, edges.items, edges.n);
    free(edges.items);
}

struct mal *mal_read(const char *path)
{
    struct mal *m = mem_alloc(sizeof *m);
    int file = yaml_load(&m->diags, path, (struct place){0});
    if (file >= 0) read_graph(m, (uint32_t)file);
    return m;
}

struct mal *mal_read_text(const char *path, const char *text, size_t len)
{
    struct mal *m = mem_alloc(sizeof *m);
    char *copy = mem_alloc(len + 1);
    if (len) memcpy(copy, text, len);
    read_graph(m, diag_add_file(&m->diags, path, copy, len));
    return m;
}

void mal_free(struct mal *m)
{
    if (m == NULL) return;
    net_fini(&m->net);
    strmap_fini(&m->nodes);
    arena_fini(&m->arena);
    diag_fini(&m->diags);
    free(m);
}
