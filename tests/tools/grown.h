/* SPDX-License-Identifier: Apache-2.0
 *
 * A graph grown from the text of a model, for the tests of the graph.
 */
#ifndef TESTS_TOOLS_GROWN_H
#define TESTS_TOOLS_GROWN_H
#include "graph/graph.h"
#include "tools/kit.h"

static struct catalog *catalog;
static uint64_t seed;

/* What a check says: which random model. */
static const char *number_text(uint32_t i, const char *law)
{
    static char text[260];

    snprintf(text, sizeof text, "random model %u: %s", i, law);
    return text;
}

#define CHECK_LAW(i, good, law)                                                        \
    unit_check(__FILE__, __LINE__, (good) ? 1 : 0, number_text(i, law))

struct grown {
    struct model *model;
    struct graph *graph; /* NULL if the model is wrong: printed */
    struct reach reach;
};

static struct grown grow_len(const char *text, size_t len)
{
    struct grown g = {.model = model_read_text("graph.yaml", text, len)};
    struct work work = {0};

    catalog_bind(catalog, g.model);
    diag_print(&g.model->diags, stdout, (struct diag_view){0});
    if (g.model->diags.n_errors > 0) return g;
    g.graph = graph_build(g.model, catalog);
    if (g.graph) g.reach = graph_reach(g.graph, NULL, &work);
    return g;
}

static struct grown grow(const char *text)
{
    return grow_len(text, strlen(text));
}

static void fell(struct grown *g)
{
    reach_fini(&g->reach);
    graph_free(g->graph);
    model_free(g->model);
    *g = (struct grown){0};
}

static uint32_t n_parents(const struct graph *g, uint32_t node)
{
    return g->parents.start[node + 1] - g->parents.start[node];
}

static uint32_t parent_at(const struct graph *g, uint32_t node, uint32_t k)
{
    return g->parents.items[g->parents.start[node] + k];
}

/* Random model number i, with some nodes blocked by chance (heap). */
static struct grown grow_random(uint32_t i, uint8_t **blocked)
{
    struct buf text = {0};
    struct chance c = chance_of(seed + 1, i);

    random_text(catalog, seed, i, &text);
    struct grown g = grow_len(buf_text(&text), text.len);
    buf_fini(&text);
    *blocked = NULL;
    if (g.graph == NULL) {
        CHECK_LAW(i, 0, "is legal");
        return g;
    }
    *blocked = mem_alloc(g.graph->n_nodes + 1);
    for (uint32_t n = 0; n < g.graph->n_nodes; n++)
        (*blocked)[n] = (uint8_t)chance_once(&c, 12);
    return g;
}
#endif
