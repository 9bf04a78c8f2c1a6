// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Reads a model of OWASP Threat Dragon (version 2). Actors, processes and stores become
 * components in the zone whose box is around them, flows flows; threats of the kinds of
 * STRIDE become incidents where they are drawn. Components keep their places.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/foreign.h"

struct box {
    const char *zone; // ours
    double left, top, width, height;
};

struct dragon {
    struct foreign f;
    struct strmap cells; // their ids -> index in `ours`
    const char **ours;
    size_t n_ours, cap_ours;
    struct box *boxes;
    size_t n_boxes, cap_boxes;
    size_t n_rated, n_mitigated; // threats with a severity; that are done with
    unsigned diagram;
    double above,
        bottom; // where the drawing begins, below the one before; where it ends
};
enum { BETWEEN_DIAGRAMS = 100 }; // px

static const char *shape_of(const struct node *cell)
{
    const char *shape = foreign_say(cell, "shape");
    return shape ? shape : "";
}

static int is_box(const struct node *cell)
{
    return strncmp(shape_of(cell), "trust-", 6) == 0 &&
           strstr(shape_of(cell), "box") != NULL;
}

static int is_curve(const struct node *cell)
{
    return strncmp(shape_of(cell), "trust-", 6) == 0 && !is_box(cell);
}

static int is_flow(const struct node *cell)
{
    return strcmp(shape_of(cell), "flow") == 0;
}

static int is_thing(const struct node *cell)
{
    static const char *const shapes[] = {"actor", "process", "store"};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (strcmp(shape_of(cell), shapes[i]) == 0) return 1;
    return 0;
}

static const struct node *data_of(const struct node *cell)
{
    return node_get(cell, "data");
}

/* The name of a cell, its line breaks made blanks; NULL without one. */
static const char *name_of(struct dragon *d, const struct node *cell)
{
    const char *s = foreign_say(data_of(cell), "name");
    char *name = s ? arena_str(&d->f.arena, s) : NULL;
    for (char *c = name; c && *c; c++)
        if (*c == '\n' || *c == '\r') *c = ' ';
    return name;
}

static void know(struct dragon *d, const struct node *cell, const char *id)
{
    const char *theirs = foreign_say(cell, "id");
    if (theirs == NULL) return;
    strmap_add(&d->cells, theirs, (uint32_t)d->n_ours, NULL);
    *(const char **)mem_push(&d->ours, &d->n_ours, &d->cap_ours, sizeof *d->ours) = id;
}

static const char *ours_of(const struct dragon *d, const char *theirs)
{
    uint32_t i;
    return theirs && strmap_get(&d->cells, theirs, &i) ? d->ours[i] : NULL;
}

// ---- zones --------------------------------------------------------------------------

static struct box box_of(const struct node *cell)
{
    const struct node *at = node_get(cell, "position"), *size = node_get(cell, "size");
    return (struct box){NULL, foreign_number(at, "x", 0), foreign_number(at, "y", 0),
                        foreign_number(size, "width", 0),
                        foreign_number(size, "height", 0)};
}

static int holds(const struct box *outer, const struct box *inner)
{
    double x = inner->left + inner->width / 2, y = inner->top + inner->height / 2;
    return x >= outer->left && x <= outer->left + outer->width && y >= outer->top &&
           y <= outer->top + outer->height &&
           outer->width * outer->height > inner->width * inner->height;
}

/* The smallest box around another; NULL without one. */
static const struct box *around(const struct dragon *d, const struct box *inner)
{
    const struct box *best = NULL;
    for (size_t i = 0; i < d->n_boxes; i++) {
        const struct box *b = &d->boxes[i];
        if (holds(b, inner) &&
            (best == NULL || b->width * b->height < best->width * best->height))
            best = b;
    }
    return best;
}

static void read_box(struct dragon *d, const struct node *cell, const char *place)
{
    if (!is_box(cell)) return;
    const char *name = name_of(d, cell);
    const char *id = foreign_id(&d->f, &d->f.taken, NULL, name, "zone");
    struct want *w = foreign_entry(&d->f, "zones", id, place);
    foreign_text(&d->f, w, "name", name ? name : id);
    foreign_text(&d->f, w, "description", foreign_say(data_of(cell), "description"));
    if (name && strstr(name, "nternet")) {
        foreign_yaml(&d->f, w, "kind", "internet");
        foreign_taken(&d->f, place, name, "kind: internet");
    }
    struct box *b = mem_push(&d->boxes, &d->n_boxes, &d->cap_boxes, sizeof *b);
    *b = box_of(cell);
    b->zone = id;
}

static void nest_boxes(struct dragon *d)
{
    struct want *zones = want_get(&d->f.root, "zones");
    for (size_t i = 0; i < d->n_boxes && zones; i++) {
        const struct box *outer = around(d, &d->boxes[i]);
        struct want *w = want_get(zones, d->boxes[i].zone);
        if (outer && w) foreign_yaml(&d->f, w, "within", outer->zone);
    }
}

static void read_curve(struct dragon *d, const struct node *cell, const char *place)
{
    const char *name = name_of(d, cell);
    if (is_curve(cell))
        foreign_left(&d->f, place,
                     name ? diag_quote(&d->f.r->diags, name)
                          : TEXT("a curve of a trust boundary", "信頼境界の曲線"),
                     TEXT("only a box says what is within it",
                          "囲みの形でなければ、内側にあるものが定まらない"));
}

// ---- components and flows -----------------------------------------------------------

/* What a flag of theirs says, which no key of ours does. */
static void tell_flags(struct dragon *d, const struct node *data, const char *place)
{
    static const char *const flags[] = {"isALog",
                                        "storesCredentials",
                                        "storesInventory",
                                        "isSigned",
                                        "providesAuthentication",
                                        "isWebApplication",
                                        "handlesCardPayment",
                                        "handlesGoodsOrServices",
                                        "privilegeLevel"};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        const char *says = foreign_say(data, flags[i]);
        if (says && strcmp(says, "false") != 0)
            foreign_left(&d->f, place, text_same(flags[i]),
                         TEXT("say it by the data that the component holds",
                              "機器が保持するデータとして書く"));
    }
}

static void read_scope(struct dragon *d, struct want *w, const struct node *data)
{
    const char *why = foreign_say(data, "reasonOutOfScope");
    if (foreign_is(data, "outOfScope"))
        foreign_text(&d->f, w, "out-of-scope",
                     why ? why : "Threat Dragon: out of scope");
}

/* The drawings stand below each other. */
static void read_position(struct dragon *d, struct want *w, const struct node *cell,
                          const char *place)
{
    double x, y;
    if (!foreign_read_position(&d->f, node_get(cell, "position"), d->above, place, &x,
                               &y))
        return;
    d->bottom = fmax(d->bottom, y + box_of(cell).height);
    foreign_yaml(&d->f, w, "position", foreign_position(&d->f.arena, x, y));
}

static void read_thing(struct dragon *d, const struct node *cell, const char *place)
{
    if (!is_thing(cell)) return;
    const struct node *data = data_of(cell);
    const char *name = name_of(d, cell);
    const char *id = foreign_id(&d->f, &d->f.taken, NULL, name, "component");
    struct want *w = foreign_entry(&d->f, "components", id, place);
    struct box at = box_of(cell);
    const struct box *outer = around(d, &at);
    know(d, cell, id);
    foreign_text(&d->f, w, "name", name ? name : id);
    foreign_text(&d->f, w, "description", foreign_say(data, "description"));
    foreign_yaml(&d->f, w, "kind",
                 foreign_kind(&d->f,
                              foreign_is(data, "isWebApplication") ? "web-portal"
                                                                   : shape_of(cell),
                              place));
    foreign_yaml(&d->f, w, "zone", outer ? outer->zone : foreign_nowhere(&d->f));
    read_position(d, w, cell, place);
    read_scope(d, w, data);
    tell_flags(d, data, place);
}

/* Their protocol is free text; ours is one of the catalog. */
static void read_protocol(struct dragon *d, struct want *w, const struct node *data,
                          const char *place)
{
    static const struct {
        const char *theirs, *ours;
    } rows[] = {
        {"HTTPS",  "https"     },
        {"HTTP/S", "https"     },
        {"HTTP",   "http"      },
        {"MQTT",   "mqtt"      },
        {"MQTTS",  "mqtt-tls"  },
        {"SSH",    "ssh"       },
        {"SMTP",   "smtp"      },
        {"SQL",    "sql"       },
        {"RDP",    "rdp"       },
        {"Modbus", "modbus-tcp"},
        {"DNS",    "dns"       }
    };
    const char *says = foreign_say(data, "protocol");
    for (size_t i = 0; says && i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].theirs, says) == 0) {
            foreign_yaml(&d->f, w, "protocol", rows[i].ours);
            return;
        }
    const struct list *known = &d->f.job->catalog->c.protocols;
    for (uint32_t i = 0; says && i < known->n; i++)
        if (strcmp(LIST_AT(*known, const struct protocol, i)->entry.id, says) == 0) {
            foreign_yaml(&d->f, w, "protocol", says);
            return;
        }
    if (says)
        foreign_left(&d->f, place, diag_quote(&d->f.r->diags, says),
                     TEXT("no protocol of the catalog is called so",
                          "カタログにその名前のプロトコルが無い"));
}

static const char *end_of(const struct dragon *d, const struct node *cell,
                          const char *end)
{
    return ours_of(d, foreign_say(node_get(cell, end), "cell"));
}

static void add_flow(struct dragon *d, const struct node *cell, const char *id,
                     const char *from, const char *to, const char *place)
{
    const struct node *data = data_of(cell);
    struct want *w = foreign_entry(&d->f, "flows", id, place);
    foreign_text(&d->f, w, "name", name_of(d, cell));
    foreign_text(&d->f, w, "description", foreign_say(data, "description"));
    foreign_yaml(&d->f, w, "from", from);
    foreign_yaml(&d->f, w, "to", to);
    foreign_yaml(&d->f, w, "encrypted", foreign_say(data, "isEncrypted"));
    if (foreign_is(data, "isPublicNetwork"))
        foreign_yaml(&d->f, w, "carrier", "internet");
    read_protocol(d, w, data, place);
    read_scope(d, w, data);
}

static void read_flow(struct dragon *d, const struct node *cell, const char *place)
{
    if (!is_flow(cell)) return;
    const char *from = end_of(d, cell, "source"), *to = end_of(d, cell, "target");
    const char *name = name_of(d, cell);
    if (from == NULL || to == NULL) {
        foreign_left(&d->f, place,
                     name ? diag_quote(&d->f.r->diags, name) : TEXT("a flow", "フロー"),
                     TEXT("an end of it is at nothing", "端が何にもつながっていない"));
        return;
    }
    const char *id = foreign_id(&d->f, &d->f.taken, NULL, name, "flow");
    know(d, cell, id);
    add_flow(d, cell, id, from, to, place);
    if (!foreign_is(data_of(cell), "isBidirectional")) return;
    const char *back = foreign_id(
        &d->f, &d->f.taken, arena_printf(&d->f.arena, "%s-back", id), NULL, "flow");
    add_flow(d, cell, back, to, from, place);
    foreign_taken(&d->f, place, "isBidirectional", back);
}

// ---- threats ------------------------------------------------------------------------

/* How it is to be met goes to the notes; how far that is has no key. */
static void read_answer(struct dragon *d, struct want *w, const struct node *n)
{
    const char *how = foreign_say(n, "mitigation"), *status = foreign_say(n, "status");
    struct buf out = {0};
    if (how) {
        buf_char(&out, '[');
        schema_quote(&out, how);
        buf_char(&out, ']');
        foreign_yaml(&d->f, w, "notes", buf_text(&out));
    }
    buf_fini(&out);
    d->n_rated += foreign_say(n, "severity") != NULL;
    d->n_mitigated += status && strcmp(status, "Open") != 0;
}

static void read_threat(struct dragon *d, const struct node *n, const char *at,
                        const char *place)
{
    const char *type = foreign_say(n, "type"), *title = foreign_say(n, "title");
    const char *class = foreign_threat(d->f.job->catalog, type);
    if (class == NULL) {
        foreign_left(&d->f, place, diag_quote(&d->f.r->diags, title ? title : "-"),
                     TEXT("its type is no class of threat in Awai",
                          "脅威の種類に対応するAwaiの分類が無い"));
        return;
    }
    const char *id = foreign_id(&d->f, &d->f.taken_incidents, NULL, title, "threat");
    struct want *w = foreign_entry(&d->f, "incidents", id, place);
    foreign_text(&d->f, w, "name", title ? title : id);
    foreign_text(&d->f, w, "description", foreign_say(n, "description"));
    foreign_yaml(&d->f, w, "threat", class);
    foreign_yaml(&d->f, w, "at", at);
    read_answer(d, w, n);
}

/* Threats stand in the data of a cell, or, as the schema has it, beside it. */
static void read_threats(struct dragon *d, const struct node *cell, const char *place)
{
    const char *at = ours_of(d, foreign_say(cell, "id"));
    const struct node *in_data = foreign_first(data_of(cell), "threats");
    const struct node *n = in_data ? in_data : foreign_first(cell, "threats");
    for (; n && at; n = n->next)
        if (n->kind == NODE_MAPPING) read_threat(d, n, at, place);
}

// ---- the whole ----------------------------------------------------------------------

typedef void read_cell(struct dragon *d, const struct node *cell, const char *place);

static void read_cells(struct dragon *d, const struct node *diagram, read_cell *read)
{
    unsigned i = 0;
    for (const struct node *c = foreign_first(diagram, "cells"); c; c = c->next, i++)
        if (c->kind == NODE_MAPPING && data_of(c))
            read(d, c,
                 arena_printf(&d->f.arena, "diagrams[%u].cells[%u]", d->diagram, i));
}

/* Boxes of one drawing are around things of the same only. */
static void read_diagram(struct dragon *d, const struct node *diagram)
{
    d->n_boxes = 0;
    if (node_get(diagram, "diagramJson"))
        foreign_left(&d->f, arena_printf(&d->f.arena, "diagrams[%u]", d->diagram),
                     TEXT("a diagram of Threat Dragon 1", "Threat Dragon 1の図"),
                     TEXT("open it in Threat Dragon 2 and save it anew",
                          "Threat Dragon 2で開いて保存し直す"));
    read_cells(d, diagram, read_box);
    nest_boxes(d);
    read_cells(d, diagram, read_curve);
    read_cells(d, diagram, read_thing);
    read_cells(d, diagram, read_flow);
    read_cells(d, diagram, read_threats);
    d->diagram++;
    d->above = d->bottom + BETWEEN_DIAGRAMS;
}

static void read_summary(struct dragon *d)
{
    struct foreign *f = &d->f;
    const struct node *n = node_get(f->tree, "summary");
    const char *title = foreign_say(n, "title"), *owner = foreign_say(n, "owner");
    const char *id = foreign_id(f, &f->taken_systems, NULL, title, "system");
    struct want *w = want_add(&f->arena, &f->root, "system", 0);
    foreign_text(f, w, "id", id);
    foreign_text(f, w, "name", title ? title : id);
    foreign_text(f, w, "overview", foreign_say(n, "description"));
    foreign_applicant(f, owner, "summary");
}

static void tell_detail(struct dragon *d, const struct node *detail)
{
    static const struct text no_key = {
        {"a model of Awai has no key for it", "Awaiのモデルに対応するキーが無い"}
    };
    if (foreign_first(detail, "contributors") || foreign_say(detail, "reviewer"))
        foreign_left(&d->f, "detail",
                     TEXT("contributors and reviewer", "作成者と確認者"), no_key);
    if (d->n_rated)
        foreign_left(&d->f, "threats", TEXT("severity and score", "深刻度とスコア"),
                     TEXT("Awai judges harm to each stakeholder: add harms",
                          "Awaiはステークホルダーごとの被害を評価する。harms を補う"));
    if (d->n_mitigated)
        foreign_left(
            &d->f, "threats",
            TEXT("that some are mitigated or do not apply",
                 "一部が対処済み又は対象外であること"),
            TEXT("state the measures that make it so", "その根拠となる対策を書く"));
    foreign_left(&d->f, "diagrams",
                 TEXT("how large boxes are, and where boundaries stand",
                      "要素の大きさと、信頼境界の位置"),
                 TEXT("a model of Awai has positions of components only",
                      "Awaiのモデルに書けるのは機器の位置だけである"));
}

void import_threat_dragon(const struct import_job *job, struct import_result *r)
{
    struct dragon d = {0};
    if (foreign_open(&d.f, job, r)) {
        const struct node *detail = node_get(d.f.tree, "detail");
        read_summary(&d);
        for (const struct node *n = foreign_first(detail, "diagrams"); n; n = n->next)
            if (n->kind == NODE_MAPPING) read_diagram(&d, n);
        tell_detail(&d, detail);
    }
    foreign_close(&d.f);
    strmap_fini(&d.cells);
    free(d.ours);
    free(d.boxes);
}
