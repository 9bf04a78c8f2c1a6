// SPDX-License-Identifier: Apache-2.0
/*
 * The layout of figures by Graphviz (dot: layers, clusters, splines). Only positions
 * are taken from it: nodes have fixed sizes and no text, labels of clusters are empty
 * tables of the size wanted, so that no font library is needed. Labels of edges must be
 * nodes of their own: dot 2.42 frees memory twice when a level edge of the uppermost
 * layer has a label. What Graphviz allocates is given back before layout_graphviz
 * returns.
 *
 * Graphviz is not made for threads: it has state of its own, from its plugins to the
 * place of its errors. So one figure is laid out at a time, whoever asks.
 */
#include "page/figure_layout.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

// before gvc.h: its headers are not prepared for our names
#include <gvc.h>

#define DOT_PER_INCH 72.0

static pthread_mutex_t one_layout = PTHREAD_MUTEX_INITIALIZER;

/*
 * The layout plugin, if the program is linked with it: then Graphviz need not look for
 * plugins on disk, nor load those that bring cairo and pango along.
 */
extern gvplugin_library_t gvplugin_dot_layout_LTX_library __attribute__((weak));

double layout_scale(double width, double height)
{
    return fmin(1, fmin(680 / fmax(width, 1), 940 / fmax(height, 1)));
}

static GVC_t *context_open(void)
{
    lt_symlist_t plugins[] = {
        {"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
        {0,                                 0                               }
    };
    return plugins[0].address ? gvContextPlugins(plugins, 0) : gvContext();
}

static int ignore_message(char *message)
{
    (void)message;
    return 0;
}

/* Graphviz takes its strings as char *; it does not change them. */
static char *loose(struct arena *a, const char *s)
{
    return arena_str(a, s);
}

static void set_default(graph_t *g, struct arena *a, int kind, const char *name,
                        const char *value)
{
    agattr(g, kind, loose(a, name), loose(a, value));
}

static void set_inches(void *object, struct arena *a, const char *name, double px)
{
    agset(object, loose(a, name), arena_printf(a, "%.4f", px / DOT_PER_INCH));
}

/* Gives an object a label of this size without contents. */
static void set_room(graph_t *g, void *object, struct arena *a, double width,
                     double height)
{
    unsigned w = (unsigned)fmin(ceil(width), 20000);
    unsigned h = (unsigned)fmin(ceil(height), 20000);
    char *html = agstrdup_html(
        g,
        arena_printf(a,
                     "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" "
                     "CELLPADDING=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"%u\" HEIGHT=\"%u\">"
                     "<TR><TD FIXEDSIZE=\"TRUE\" WIDTH=\"%u\" HEIGHT=\"%u\">"
                     "</TD></TR></TABLE>",
                     w, h, w, h));
    agset(object, loose(a, "label"), html);
    agstrfree(g, html);
}

/* What one attempt at a layout looks like; gaps in px. */
struct style {
    const char *direction; // "TB", "LR"
    double node_gap, rank_gap;
};

/* The Graphviz side of a layout. */
struct drawing {
    graph_t *graph;
    graph_t **zones;
    node_t **nodes;
    edge_t **edges;
};

static void set_defaults(graph_t *g, const char *direction, struct arena *a)
{
    set_default(g, a, AGRAPH, "rankdir", direction);
    set_default(g, a, AGRAPH, "nodesep", "0");
    set_default(g, a, AGRAPH, "ranksep", "0");
    set_default(g, a, AGRAPH, "label", "");
    set_default(g, a, AGRAPH, "labeljust", "l");
    set_default(g, a, AGRAPH, "margin", "10");
    set_default(g, a, AGRAPH, "nslimit", "4"); // bounds the time for dense graphs
    set_default(g, a, AGRAPH, "nslimit1", "4");
    set_default(g, a, AGNODE, "shape", "box");
    set_default(g, a, AGNODE, "fixedsize", "true");
    set_default(g, a, AGNODE, "label", "");
    set_default(g, a, AGNODE, "width", "1");
    set_default(g, a, AGNODE, "height", "1");
    set_default(g, a, AGEDGE, "label", "");
    set_default(g, a, AGEDGE, "dir", "none");
    set_default(g, a, AGEDGE, "arrowsize", "0.8");
    set_default(g, a, AGEDGE, "weight", "1");
}

static void build(struct drawing *d, const struct layout *l, const struct style *style,
                  struct arena *a)
{
    graph_t *g = d->graph = agopen(loose(a, "figure"), Agdirected, NULL);
    set_defaults(g, style->direction, a);
    set_inches(g, a, "nodesep", style->node_gap);
    set_inches(g, a, "ranksep", style->rank_gap);
    d->zones = arena_array(a, l->n_zones + 1, sizeof *d->zones);
    d->nodes = arena_array(a, l->n_nodes + 1, sizeof *d->nodes);
    d->edges = arena_array(a, l->n_edges + 1, sizeof *d->edges);
    for (size_t i = 0; i < l->n_zones; i++) {
        uint32_t outer = l->zones[i].outer;
        graph_t *around = outer == LAYOUT_NONE ? g : d->zones[outer];
        d->zones[i] = agsubg(around, arena_printf(a, "cluster%zu", i), 1);
        set_room(g, d->zones[i], a, l->zones[i].label_width, l->zones[i].label_height);
    }
    for (size_t i = 0; i < l->n_nodes; i++) {
        const struct layout_node *n = &l->nodes[i];
        graph_t *around = n->zone == LAYOUT_NONE ? g : d->zones[n->zone];
        d->nodes[i] = agnode(around, arena_printf(a, "n%zu", i), 1);
        set_inches(d->nodes[i], a, "width", n->width);
        set_inches(d->nodes[i], a, "height", n->height);
    }
    for (size_t i = 0; i < l->n_edges; i++) {
        const struct layout_edge *e = &l->edges[i];
        edge_t *edge = agedge(g, d->nodes[e->from], d->nodes[e->to],
                              arena_printf(a, "e%zu", i), 1);
        d->edges[i] = edge;
        if (e->head != HEAD_NONE)
            agset(edge, loose(a, "dir"),
                  loose(a, e->head == HEAD_TO ? "forward" : "back"));
        if (e->weight > 1)
            agset(edge, loose(a, "weight"), arena_printf(a, "%u", e->weight));
    }
}

static void read_edge(struct layout_edge *e, edge_t *edge, double height,
                      struct arena *a)
{
    splines *path = ED_spl(edge);
    e->curved = 1;
    e->n_points = 0;
    if (!path || path->size == 0) return;
    bezier *b = &path->list[0];
    e->n_points = (size_t)b->size;
    e->points = arena_array(a, e->n_points, sizeof *e->points);
    for (size_t i = 0; i < e->n_points; i++)
        e->points[i] = (struct point){b->list[i].x, height - b->list[i].y};
    e->before_tip = e->points[e->head == HEAD_FROM ? 0 : e->n_points - 1];
    e->tip = e->before_tip;
    if (e->head == HEAD_TO && b->eflag)
        e->tip = (struct point){b->ep.x, height - b->ep.y};
    if (e->head == HEAD_FROM && b->sflag)
        e->tip = (struct point){b->sp.x, height - b->sp.y};
}

static void read_back(struct layout *l, const struct drawing *d, struct arena *a)
{
    boxf all = GD_bb(d->graph);
    l->width = all.UR.x;
    l->height = all.UR.y;
    for (size_t i = 0; i < l->n_nodes; i++) {
        pointf at = ND_coord(d->nodes[i]);
        l->nodes[i].x = at.x - l->nodes[i].width / 2;
        l->nodes[i].y = l->height - at.y - l->nodes[i].height / 2;
    }
    for (size_t i = 0; i < l->n_zones; i++) {
        boxf box = GD_bb(d->zones[i]);
        struct layout_zone *z = &l->zones[i];
        z->width = agnnodes(d->zones[i]) > 0 ? box.UR.x - box.LL.x : 0;
        z->height = box.UR.y - box.LL.y;
        z->x = box.LL.x;
        z->y = l->height - box.UR.y;
    }
    for (size_t i = 0; i < l->n_edges; i++)
        read_edge(&l->edges[i], d->edges[i], l->height, a);
}

/* One layout; returns 0 if Graphviz refused. */
static int run_dot(struct layout *l, GVC_t *context, const struct style *style,
                   struct arena *a)
{
    struct drawing d = {0};
    build(&d, l, style, a);
    int good = gvLayout(context, d.graph, loose(a, "dot")) == 0;
    if (good) {
        read_back(l, &d, a);
        gvFreeLayout(context, d.graph);
    }
    agclose(d.graph);
    return good;
}

/* Rows of boxes without zones around them or paths between them: better than nothing.
 */
static void set_in_rows(struct layout *l, const struct style *style)
{
    double x = 0, y = 0, row = 0;
    l->width = 1;
    for (size_t i = 0; i < l->n_nodes; i++) {
        struct layout_node *n = &l->nodes[i];
        if (x > 0 && x + n->width > 680) {
            x = 0;
            y += row + style->rank_gap;
            row = 0;
        }
        n->x = x;
        n->y = y;
        x += n->width + style->node_gap;
        row = fmax(row, n->height);
        l->width = fmax(l->width, n->x + n->width);
    }
    l->height = y + row;
    for (size_t i = 0; i < l->n_zones; i++)
        l->zones[i].width = 0;
    for (size_t i = 0; i < l->n_edges; i++)
        l->edges[i].n_points = 0;
}

/* A copy whose positions may be thrown away. */
static struct layout copy(const struct layout *l, struct arena *a)
{
    struct layout c = *l;
    c.nodes = arena_array(a, l->n_nodes + 1, sizeof *c.nodes);
    c.zones = arena_array(a, l->n_zones + 1, sizeof *c.zones);
    c.edges = arena_array(a, l->n_edges + 1, sizeof *c.edges);
    if (l->n_nodes > 0) memcpy(c.nodes, l->nodes, l->n_nodes * sizeof *c.nodes);
    if (l->n_zones > 0) memcpy(c.zones, l->zones, l->n_zones * sizeof *c.zones);
    if (l->n_edges > 0) memcpy(c.edges, l->edges, l->n_edges * sizeof *c.edges);
    return c;
}

void layout_graphviz(struct layout *l, double node_gap, double rank_gap,
                     struct arena *a)
{
    const struct style styles[] = {
        {"TB", node_gap, rank_gap},
        {"LR", node_gap, rank_gap}
    };
    double best = -1;
    struct layout chosen = {0};
    pthread_mutex_lock(&one_layout);
    agusererrf before = agseterrf(ignore_message);
    GVC_t *context = context_open();
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        struct layout trial = copy(l, a);
        if (!run_dot(&trial, context, &styles[i], a)) continue;
        double scale = layout_scale(trial.width, trial.height);
        if (scale > best * 1.02) {
            best = scale;
            chosen = trial;
        }
    }
    gvFreeContext(context);
    agseterrf(before);
    pthread_mutex_unlock(&one_layout);
    if (best < 0)
        set_in_rows(l, &styles[0]);
    else
        *l = chosen;
}
