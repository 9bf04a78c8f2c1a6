/* SPDX-License-Identifier: Apache-2.0
 *
 * The figures of the report, by law: well-formed and escaped whatever the names are,
 * everything that the model has is shown, boxes and markers do not overlap, text fits
 * its box, the order of entries changes no byte, large systems are drawn in parts that
 * miss nothing.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/assets.h"
#include "page/figure.h"
#include "page/figure_text.h"
#include "tools/svg.h"

/* A model with all that is made from it. */
struct work_piece {
    struct model *model;
    struct graph *graph;
    struct assessment *a;
};

static struct catalog *catalog;

static void piece_build(struct work_piece *p)
{
    p->graph = graph_build(p->model, catalog);
    p->a = assess_run(p->graph, 0);
}

static struct work_piece piece_open(const char *name, const char *text, size_t len)
{
    struct work_piece p = {.model = model_read_text(name, text, len)};

    catalog_bind(catalog, p.model);
    if (p.model->diags.n_errors > 0) {
        diag_print(&p.model->diags, stdout, (struct diag_view){0});
        return p;
    }
    piece_build(&p);
    return p;
}

static void piece_close(struct work_piece *p)
{
    if (p->a) assess_free(p->a);
    if (p->graph) graph_free(p->graph);
    model_free(p->model);
}

/* ---- texts --------------------------------------------------------------------------
 */

static void test_width(void)
{
    CHECK_NEAR(figure_text_width("\u6f22\u5b57", 6, 10, 0), 20.4, 0.01);
    CHECK(figure_text_width("iiii", 4, 10, 0) < figure_text_width("MMMM", 4, 10, 0));
    CHECK(figure_text_width("name", 4, 10, 1) > figure_text_width("name", 4, 10, 0));
    CHECK_NEAR(figure_text_width("", 0, 10, 0), 0, 0);
}

static void test_lines(void)
{
    struct arena a = {0};
    struct label l =
        figure_label(&a, "Development environment of update programs", 12, 1, 113, 3);
    CHECK_INT(l.n, 3);
    CHECK_STR(l.line[0], "Development");
    CHECK_STR(l.line[2], "update programs");
    CHECK_INT(l.rough, 0);
    l = figure_label(&a, "one", 12, 0, 100, 3);
    CHECK_INT(l.n, 1);
    l = figure_label(&a, "", 12, 0, 100, 3);
    CHECK_INT(l.n, 0);
    l = figure_label(&a, NULL, 12, 0, 100, 3);
    CHECK_INT(l.n, 0);
    // words in katakana stay whole
    l = figure_label(&a, "\u30af\u30e9\u30a6\u30c9\u306e\u30b5\u30fc\u30d3\u30b9", 12,
                     0, 70, 3);
    CHECK_INT(l.n, 2);
    CHECK_STR(l.line[1], "\u30b5\u30fc\u30d3\u30b9");
    arena_fini(&a);
}

/* Whatever the text: lines within the width, no more than asked for, no control. */
static void test_any_text(void)
{
    static const char *const pieces[] = {
        "a",      "Word ", "\u6f22", "\u30ab\u30fc", "\u3001", "\x01",     "\n", "\xff",
        "\u202e", "-",     "(",      "\U0001F600",   "\u0301", "MMMMMMMM", "  "};
    uint64_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        struct arena a = {0};
        char text[600] = "";
        size_t len = 0;
        for (unsigned n = (unsigned)round % 60; n > 0; n--) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            const char *piece = pieces[(seed >> 33) % (sizeof pieces / sizeof *pieces)];
            len += (size_t)snprintf(text + len, sizeof text - len, "%s", piece);
        }
        struct label l = figure_label(&a, text, 12, 0, 60, 1 + (unsigned)round % 4);
        CHECK(l.n <= 1 + (unsigned)round % 4);
        CHECK(l.n == 0 || l.width > 0 || strlen(l.line[0]) > 0);
        for (unsigned i = 0; i < l.n; i++) {
            size_t n = strlen(l.line[i]);
            CHECK(text_valid(l.line[i], n) == n);
            CHECK(figure_text_width(l.line[i], n, 12, 0) <= 60.01);
            CHECK(strpbrk(l.line[i], "\x01\n") == NULL && !strstr(l.line[i], "\u202e"));
        }
        arena_fini(&a);
        if (unit_n_wrong) return;
    }
}

/* ---- use cases ----------------------------------------------------------------------
 */

typedef int draw(const struct assessment *a, enum lang lang, struct buf *out);

static const struct {
    const char *name;
    draw *draw;
} figures[] = {
    {"map",           figure_map          },
    {"stakeholders",  figure_stakeholders },
    {"configuration", figure_configuration},
    {"dataflow",      figure_dataflow     },
};

static void check_boxes(const char *svg, const char *kind)
{
    static struct rect boxes[512];
    size_t n = find_boxes(svg, kind, boxes, 512);
    double width = strtod(strstr(svg, "viewBox=\"0 0 ") + 13, NULL);
    char id[80];

    for (size_t i = 0; i < n; i++) {
        CHECK(boxes[i].x0 >= 0 && boxes[i].x1 <= width && boxes[i].y0 >= 0);
        for (size_t k = i + 1; k < n; k++)
            CHECK(!overlap(boxes[i], boxes[k]));
    }
    for (const char *s = svg; (s = next_group(s, kind, id)) != NULL;) {
        struct rect box = rect_of(strstr(s, "<rect"));
        CHECK(widest_text(s) <= box.x1 - box.x0 - 10);
    }
}

static void check_configuration(const struct work_piece *p, const char *svg)
{
    const struct model_data *m = &p->model->m;

    for (uint32_t i = 0; i < m->components.n; i++) {
        const struct component *c = LIST_AT(m->components, struct component, i);
        CHECK(has_group(svg, "component", c->entry.id));
    }
    CHECK_INT(n_groups(svg, "component"), m->components.n);
    for (uint32_t i = 0; i < m->zones.n; i++)
        CHECK(has_group(svg, "zone", LIST_AT(m->zones, struct zone, i)->entry.id));
    check_boxes(svg, "component");
}

static void check_map(const struct work_piece *p, const char *svg)
{
    struct rect markers[64];
    const struct list *people = &p->model->m.stakeholders;
    char id[80];
    size_t n = 0;

    for (uint32_t i = 0; i < people->n; i++)
        CHECK(has_group(svg, "stakeholder",
                        LIST_AT(*people, struct stakeholder, i)->entry.id));
    for (int planned = 0; planned < 2; planned++) {
        for (const char *s = svg;
             n < 64 &&
             (s = next_group(s, planned ? "planned" : "stakeholder", id)) != NULL;) {
            const char *circle = strstr(s, "<circle");
            double x = attribute(circle, "cx"), y = attribute(circle, "cy");
            double r = attribute(circle, "r");
            markers[n++] = (struct rect){x - r, y - r, x + r, y + r};
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            CHECK(!overlap(markers[i], markers[k]));
}

static void check_path(const struct work_piece *p, enum lang lang)
{
    uint8_t *mark = mem_alloc(p->graph->n_nodes + 1);

    for (uint32_t i = 0; i < p->a->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(p->a->incidents, struct incident_result, i);
        uint32_t *nodes = NULL;
        struct buf out = {0};
        if (!r->reached) continue;
        size_t n =
            graph_chain(p->graph, &p->a->reach,
                        graph_incident_node(p->graph, r->incident), &nodes, mark);
        CHECK_INT(figure_threat_path(p->a, nodes, n, lang, &out), 1);
        CHECK_FORM("path", buf_text(&out));
        CHECK_INT(n_groups(buf_text(&out), "node"), n < 48 ? n : 48);
        check_boxes(buf_text(&out), "node");
        out.len = 0;
        CHECK_INT(figure_chain(p->a, nodes, n, lang, &out), !figure_is_collapsed(p->a));
        if (out.len) CHECK_FORM("chain", buf_text(&out));
        if (out.len)
            CHECK_INT(n_groups(buf_text(&out), "component"),
                      p->a->model->m.components.n);
        buf_fini(&out);
        free(nodes);
    }
    free(mark);
}

static void check_piece(const struct work_piece *p, enum lang lang)
{
    for (size_t f = 0; f < sizeof figures / sizeof *figures; f++) {
        struct buf out = {0}, again = {0};
        CHECK_INT(figures[f].draw(p->a, lang, &out), 1);
        CHECK_FORM(figures[f].name, buf_text(&out));
        figures[f].draw(p->a, lang, &again);
        CHECK(strcmp(buf_text(&out), buf_text(&again)) == 0);
        if (strcmp(figures[f].name, "configuration") == 0)
            check_configuration(p, buf_text(&out));
        if (strcmp(figures[f].name, "dataflow") == 0)
            check_boxes(buf_text(&out), "component");
        if (strcmp(figures[f].name, "map") == 0) check_map(p, buf_text(&out));
        if (strcmp(figures[f].name, "stakeholders") == 0) {
            CHECK_INT(n_groups(buf_text(&out), "stakeholder"),
                      p->model->m.stakeholders.n);
            check_boxes(buf_text(&out), "stakeholder");
        }
        buf_fini(&out);
        buf_fini(&again);
    }
    check_path(p, lang);
}

static void test_use_cases(void)
{
    int found = 0;

    for (size_t i = 0; i < embed_n_assets; i++) {
        const struct asset *x = &embed_assets[i];
        if (strncmp(x->path, "usecases/", 9) != 0) continue;
        struct work_piece p = piece_open(x->path, (const char *)x->bytes, x->len);
        CHECK(p.a != NULL);
        if (p.a) {
            check_piece(&p, LANG_EN);
            check_piece(&p, LANG_JA);
            found++;
        }
        piece_close(&p);
    }
    CHECK(found >= 6);
}

/* ---- made up ------------------------------------------------------------------------
 */

static const char head[] =
    "awai: 1\n"
    "system: {id: s, name: \"<System> & 'co'\"}\n"
    "applicant: a\n"
    "stakeholders:\n"
    "  a: {name: \"A <b>bold</b> & \\\"quoted\\\" name\", roles: [iot-user, "
    "device-maker],\n"
    "      target: {recovery: limited, economic: limited}}\n"
    "  b: {name: b, roles: [maintainer]}\n"
    "relations: [{from: a, kind: supplies, to: b, description: \"]]>&<!--\"},\n"
    "            {from: b, kind: informs, to: a}]\n"
    "zones:\n"
    "  z: {name: \"zone </g> <script>\", kind: segment}\n"
    "  empty: {name: n}\n"
    "data:\n"
    "  d: {name: \"<data>\", class: [control]}\n";

/* Names that the reader refuses; figures stand them all the same. */
static void spoil_names(struct model_data *m)
{
    for (uint32_t i = 0; i < m->stakeholders.n; i++) {
        struct stakeholder *s = LIST_AT(m->stakeholders, struct stakeholder, i);
        if (strcmp(s->entry.id, "b") == 0)
            s->name.in[LANG_EN] = s->name.in[LANG_JA] = "\x01\x02\u202e";
    }
    for (uint32_t i = 0; i < m->components.n; i++) {
        struct component *c = LIST_AT(m->components, struct component, i);
        if (strcmp(c->entry.id, "y") == 0) c->name = TEXT("", "");
        if (strcmp(c->entry.id, "w") == 0)
            c->name.in[LANG_EN] = c->name.in[LANG_JA] =
                "\x1b[31m\a \xef\xbf\xbe\xef\xbb\xbf\xff\xc0\xaf";
    }
    for (uint32_t i = 0; i < m->zones.n; i++) {
        struct zone *z = LIST_AT(m->zones, struct zone, i);
        if (strcmp(z->entry.id, "empty") == 0) z->name = TEXT("", "");
    }
    for (uint32_t i = 0; i < m->flows.n; i++) {
        struct flow *f = LIST_AT(m->flows, struct flow, i);
        if (strcmp(f->entry.id, "g") == 0) f->name = TEXT("", "");
    }
}

static void open_hostile(struct work_piece *p, int reversed)
{
    static const char *const components[] = {
        "  x: {name: \"<x>&amp;\", kind: plc, zone: z}\n",
        "  y: {name: n, kind: sensor, zone: z}\n",
        "  w: {name: w, kind: person, zone: empty}\n"};
    static const char *const flows[] = {
        "  f: {name: \"'\\\"<>\", from: x, to: y, data: [d], protocol: modbus-tcp}\n",
        "  g: {name: n, from: y, to: x, carrier: wifi}\n",
        "  h: {name: loop, from: x, to: x}\n"};
    struct buf text = {0};

    buf_str(&text, head);
    buf_str(&text, "components:\n");
    for (int i = 0; i < 3; i++)
        buf_str(&text, components[reversed ? 2 - i : i]);
    buf_str(&text, "  long: {name: \"");
    for (int i = 0; i < 5000; i++)
        buf_str(&text, i % 9 ? "M" : "\u6f22");
    buf_str(&text, "\", kind: cloud-service, zone: z}\nflows:\n");
    for (int i = 0; i < 3; i++)
        buf_str(&text, flows[reversed ? 2 - i : i]);
    buf_str(&text,
            "incidents:\n"
            "  i: {name: \"<i>\", threat: denial-of-service, at: [x], harms: {a: "
            "{recovery: fatal, economic: devastating, because: \"x\"}, b: "
            "{recovery: serious, economic: none, because: \"y\"}}}\n"
            "measures:\n"
            "  m: {name: n, requirement: updates, on: [x], by: a, status: decided,\n"
            "      limits: [{incident: i, recovery: limited, economic: serious, "
            "because: \"z\"}]}\n");
    *p = piece_open("hostile", buf_text(&text), text.len);
    if (p->a) spoil_names(&p->model->m);
    buf_fini(&text);
}

static void test_hostile_names(void)
{
    struct work_piece p;

    open_hostile(&p, 0);
    CHECK(p.a != NULL);
    if (p.a) {
        check_piece(&p, LANG_EN);
        check_piece(&p, LANG_JA);
        struct buf out = {0};
        CHECK_INT(figure_zone(p.a, 0, 0, LANG_EN, &out), 1);
        CHECK_FORM("zone", buf_text(&out));
        CHECK_INT(figure_threat_path(p.a, NULL, 0, LANG_EN, &out), 0);
        CHECK_INT(figure_zone(p.a, 0, 9, LANG_EN, &out), 0);
        CHECK_INT(figure_zone_parts(p.a, 0), 1);
        CHECK_INT(figure_zone_parts(p.a, 1), 1);
        CHECK_INT(figure_zone_parts(p.a, FIGURE_NO_ZONE), 0);
        buf_fini(&out);
    }
    piece_close(&p);
}

static void test_order_of_entries(void)
{
    struct work_piece p, q;

    open_hostile(&p, 0);
    open_hostile(&q, 1);
    CHECK(p.a && q.a);
    for (size_t f = 0; p.a && q.a && f < sizeof figures / sizeof *figures; f++) {
        struct buf x = {0}, y = {0};
        figures[f].draw(p.a, LANG_EN, &x);
        figures[f].draw(q.a, LANG_EN, &y);
        CHECK(strcmp(buf_text(&x), buf_text(&y)) == 0);
        buf_fini(&x);
        buf_fini(&y);
    }
    piece_close(&p);
    piece_close(&q);
}

static struct map_row *row_of(struct assessment *a, const char *id)
{
    for (uint32_t i = 0; i < a->map.n; i++) {
        struct map_row *row = LIST_AT(a->map, struct map_row, i);
        const struct stakeholder *s =
            LIST_AT(a->model->m.stakeholders, struct stakeholder, row->stakeholder);
        if (!row->form && strcmp(s->entry.id, id) == 0) return row;
    }
    return NULL;
}

/* Every position, moved to every position: both markers stand, apart from each other.
 */
static void test_moves_on_map(void)
{
    struct work_piece p;

    open_hostile(&p, 0);
    REQUIRE(p.a != NULL);
    struct map_row *a = row_of(p.a, "a"), *b = row_of(p.a, "b");
    REQUIRE(a && b);
    for (unsigned k = 0; k < 256; k++) {
        struct buf out = {0};
        a->now = b->planned = (struct position){k & 3, k >> 2 & 3};
        a->planned = b->now = (struct position){k >> 4 & 3, k >> 6 & 3};
        CHECK_INT(figure_map(p.a, LANG_JA, &out), 1);
        CHECK_FORM("map", buf_text(&out));
        check_map(&p, buf_text(&out));
        int moves = a->now.recovery != a->planned.recovery ||
                    a->now.economic != a->planned.economic;
        CHECK_INT(n_groups(buf_text(&out), "planned"), moves ? 2 : 0);
        CHECK_INT(n_groups(buf_text(&out), "stakeholder"), 2);
        buf_fini(&out);
    }
    piece_close(&p);
}

static void test_nothing_to_show(void)
{
    static const char text[] = "awai: 1\nsystem: {id: s, name: s}\napplicant: a\n"
                               "stakeholders: {a: {name: a, roles: [iot-user]}}\n"
                               "zones: {z: {name: z}}\n"
                               "components: {c: {name: c, kind: plc, zone: z}}\n";
    struct work_piece p = {.model = model_read_text("empty", text, sizeof text - 1)};
    struct buf out = {0};

    p.model->m.zones.n = p.model->m.components.n = 0; // no reader lets that pass
    piece_build(&p);
    REQUIRE(p.a != NULL);
    CHECK_INT(figure_configuration(p.a, LANG_EN, &out), 0);
    CHECK_INT(figure_dataflow(p.a, LANG_EN, &out), 0);
    CHECK_STR(buf_text(&out), "");
    CHECK_INT(figure_stakeholders(p.a, LANG_EN, &out), 1);
    CHECK_INT(figure_is_collapsed(p.a), 0);
    buf_fini(&out);
    piece_close(&p);
}

/* ---- large --------------------------------------------------------------------------
 */

static struct work_piece open_large(unsigned n, unsigned zones)
{
    struct buf text = {0};

    buf_str(&text, "awai: 1\nsystem: {id: s, name: s}\napplicant: a\n"
                   "stakeholders: {a: {name: a, roles: [iot-user]}}\nzones:\n");
    for (unsigned z = 0; z < zones; z++) {
        buf_printf(&text, "  z%u: {name: Zone %u, kind: segment", z, z);
        if (z >= 4) buf_printf(&text, ", within: z%u", z / 3);
        buf_str(&text, "}\n");
    }
    buf_str(&text, "components:\n");
    for (unsigned c = 0; c < n; c++)
        buf_printf(&text, "  c%u: {name: Part %u, kind: %s, zone: z%u}\n", c, c,
                   c % 3 ? "plc" : "sensor", c * 7 % zones);
    buf_str(&text, "flows:\n");
    for (unsigned f = 0; f < 2 * n; f++)
        buf_printf(&text, "  f%u: {name: Flow %u, from: c%u, to: c%u}\n", f, f, f % n,
                   (f * 13 + 5) % n);
    struct work_piece p = piece_open("large", buf_text(&text), text.len);
    buf_fini(&text);
    return p;
}

static void test_large(void)
{
    struct work_piece p = open_large(300, 12);
    unsigned *seen = mem_alloc(300 * sizeof *seen);
    struct buf out = {0};

    REQUIRE(p.a != NULL);
    CHECK_INT(figure_is_collapsed(p.a), 1);
    figure_configuration(p.a, LANG_EN, &out);
    CHECK_FORM("configuration", buf_text(&out));
    CHECK_INT(n_groups(buf_text(&out), "component"), 0);
    for (uint32_t z = 0; z < p.model->m.zones.n; z++) {
        CHECK(has_group(buf_text(&out), "zone",
                        LIST_AT(p.model->m.zones, struct zone, z)->entry.id));
        for (unsigned part = 0; part < figure_zone_parts(p.a, z); part++) {
            struct buf detail = {0};
            char id[80];
            CHECK_INT(figure_zone(p.a, z, part, LANG_EN, &detail), 1);
            CHECK_FORM("zone", buf_text(&detail));
            check_boxes(buf_text(&detail), "component");
            for (const char *s = buf_text(&detail);
                 (s = next_group(s, "component", id)) != NULL;)
                seen[strtoul(id + 1, NULL, 10)]++;
            buf_fini(&detail);
        }
    }
    for (int c = 0; c < 300; c++)
        CHECK_INT(seen[c], 1);
    buf_fini(&out);
    free(seen);
    piece_close(&p);
}

/* Text of a group, from its start to the next. */
static int group_says(const char *svg, const char *kind, const char *id,
                      const char *what)
{
    char found[80];
    for (const char *s = svg; (s = next_group(s, kind, found)) != NULL;) {
        if (strcmp(found, id) != 0) continue;
        const char *end = strstr(s, "</g>"), *at = strstr(s, what);
        return at && end && at < end;
    }
    return 0;
}

/* A component that talks to another zone says so in its box, in the zone's detail. */
static void test_flows_that_leave(void)
{
    struct work_piece p = open_large(300, 12);

    REQUIRE(p.a != NULL);
    for (uint32_t z = 0; z < p.model->m.zones.n; z++) {
        for (unsigned part = 0; part < figure_zone_parts(p.a, z); part++) {
            struct buf out = {0};
            figure_zone(p.a, z, part, LANG_EN, &out);
            for (uint32_t i = 0; i < p.model->m.flows.n; i++) {
                const struct flow *f = LIST_AT(p.model->m.flows, struct flow, i);
                const struct component *from =
                    LIST_AT(p.model->m.components, struct component, f->from.index);
                const struct component *to =
                    LIST_AT(p.model->m.components, struct component, f->to.index);
                if (from->zone.index == to->zone.index) continue;
                if (has_group(buf_text(&out), "component", from->entry.id))
                    CHECK(group_says(buf_text(&out), "component", from->entry.id,
                                     "\u2197"));
                if (has_group(buf_text(&out), "component", to->entry.id))
                    CHECK(group_says(buf_text(&out), "component", to->entry.id,
                                     "\u2197"));
            }
            buf_fini(&out);
        }
    }
    piece_close(&p);
}

/* Between two zones of a large system there is one line, whichever way data flows. */
static void test_one_line_between_crowds(void)
{
    struct work_piece p = open_large(300, 4);
    struct buf out = {0};

    REQUIRE(p.a != NULL);
    CHECK_INT(figure_dataflow(p.a, LANG_EN, &out), 1);
    CHECK_INT(n_groups(buf_text(&out), "zone"), 4);
    CHECK(n_groups(buf_text(&out), "flow") <= 4 * 3 / 2);
    buf_fini(&out);
    piece_close(&p);
}

/* Names of any length in any script fit their boxes. */
static void test_names_of_any_length(void)
{
    static const char *const scripts[] = {
        "W", "word ", "\u6f22", "\u30b7\u30b9", "-", "\U0001F1EF\U0001F1F5"};
    static const struct {
        const char *key, *letter, *more;
    } rows[] = {
        {"stakeholders", "a", "roles: [iot-user], "  },
        {"zones",        "z", ""                     },
        {"components",   "c", "kind: plc, zone: z0, "},
    };
    static const size_t lengths[] = {1, 2, 9, 40, 120, 200};
    enum { N_SCRIPTS = sizeof scripts / sizeof *scripts };

    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        struct buf text = {0};
        buf_str(&text, "awai: 1\nsystem: {id: s, name: s}\napplicant: a0\n");
        for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
            buf_printf(&text, "%s:\n", rows[row].key);
            for (size_t i = 0; i < N_SCRIPTS; i++) {
                buf_printf(&text, "  %s%zu: {%sname: \"", rows[row].letter, i,
                           rows[row].more);
                for (size_t n = 0; n < lengths[k]; n++)
                    buf_str(&text, scripts[i]);
                buf_str(&text, "\"}\n");
            }
        }
        buf_str(&text, "flows:\n");
        for (size_t i = 0; i < N_SCRIPTS; i++)
            buf_printf(&text, "  f%zu: {from: c%zu, to: c%zu, protocol: modbus-tcp}\n",
                       i, i, (i + 1) % N_SCRIPTS);
        struct work_piece p = piece_open("names", buf_text(&text), text.len);
        CHECK(p.a != NULL);
        if (p.a) {
            check_piece(&p, LANG_EN);
            check_piece(&p, LANG_JA);
        }
        piece_close(&p);
        buf_fini(&text);
    }
}

/* More zones than boxes, deeper than containers: still one picture. */
static void test_many_zones(void)
{
    static const unsigned sizes[][2] = {
        {61,  61 },
        {500, 400},
        {40,  90 }
    };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct work_piece p = open_large(sizes[i][0], sizes[i][1]);
        struct buf out = {0};
        CHECK(p.a != NULL);
        if (p.a) {
            CHECK_INT(figure_configuration(p.a, LANG_JA, &out), 1);
            CHECK_FORM("configuration", buf_text(&out));
            out.len = 0;
            CHECK_INT(figure_dataflow(p.a, LANG_JA, &out), 1);
            CHECK_FORM("dataflow", buf_text(&out));
            if (!figure_is_collapsed(p.a))
                CHECK_INT(n_groups(buf_text(&out), "component"), sizes[i][0]);
        }
        buf_fini(&out);
        piece_close(&p);
    }
}

int main(void)
{
    catalog = catalog_read(NULL);
    RUN(test_width);
    RUN(test_lines);
    RUN(test_any_text);
    RUN(test_use_cases);
    RUN(test_hostile_names);
    RUN(test_order_of_entries);
    RUN(test_moves_on_map);
    RUN(test_nothing_to_show);
    RUN(test_large);
    RUN(test_flows_that_leave);
    RUN(test_one_line_between_crowds);
    RUN(test_names_of_any_length);
    RUN(test_many_zones);
    catalog_free(catalog);
    return UNIT_RESULT();
}
