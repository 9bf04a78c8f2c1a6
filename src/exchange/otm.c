// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Reads an Open Threat Model (OTM 0.2.0). Trust zones become zones, components and data
 * flows likewise, assets data, threats that are said to be somewhere incidents there.
 * What Awai has written into attributes (export.h) makes it whole again; else what a
 * model of ours must have is taken as something, which is told.
 */
#include <stdlib.h>
#include <string.h>

#include "exchange/export.h"
#include "exchange/foreign.h"
#include "exchange/grid.h"

struct otm {
    struct foreign f;
    struct strmap zones, components, flows, data; // their ids -> index in `ours`
    const char **ours;
    size_t n_ours, cap_ours;
    enum lang lang; // of an export of ours
    size_t n_drawn; // things with a place in a drawing
};

static const struct shape *shape_of(const char *section)
{
    return schema_field(&model_shape, section)->of;
}

static void know(struct otm *o, struct strmap *map, const char *theirs, const char *id)
{
    if (theirs == NULL) return;
    strmap_add(map, theirs, (uint32_t)o->n_ours, NULL);
    *(const char **)mem_push(&o->ours, &o->n_ours, &o->cap_ours, sizeof *o->ours) = id;
}

static const char *ours_of(const struct otm *o, const struct strmap *map,
                           const char *theirs)
{
    uint32_t i;
    return theirs && strmap_get(map, theirs, &i) ? o->ours[i] : NULL;
}

static const char *place_at(struct otm *o, const char *section, unsigned i)
{
    return arena_printf(&o->f.arena, "%s[%u]", section, i);
}

/* A text against those kept for us, in the language of the export: if it is none of
 * them, it has been changed since, and stands; the other language stays. */
static void take_text(struct otm *o, struct want *w, const struct node *n,
                      const char *key)
{
    static const char *const langs[N_LANGS] = {"en", "ja"};
    const struct node *kept = node_get(n, "attributes");
    const char *says = foreign_say(n, key), *was[N_LANGS];
    for (int lang = 0; lang < N_LANGS; lang++) {
        was[lang] = foreign_say(
            kept, arena_printf(&o->f.arena, "awai.%s.%s", key, langs[lang]));
        if (says && was[lang] && strcmp(was[lang], says) == 0) return;
    }
    if (says == NULL) return;
    if (was[!o->lang] == NULL) {
        foreign_text(&o->f, w, key, says);
        return;
    }
    struct buf out = {0};
    buf_printf(&out, "{%s: ", langs[o->lang]);
    schema_quote(&out, says);
    buf_printf(&out, ", %s: ", langs[!o->lang]);
    schema_quote(&out, was[!o->lang]);
    buf_char(&out, '}');
    foreign_yaml(&o->f, w, key, buf_text(&out));
    buf_fini(&out);
}

/* Name, description, and what was kept for us. */
static void take_names(struct otm *o, struct want *w, const struct node *n,
                       const struct shape *shape, const char *place)
{
    const struct node *kept = node_get(n, "attributes");
    foreign_kept(&o->f, w, shape, kept, place);
    if (!foreign_is(kept, "awai.unnamed")) take_text(o, w, n, "name");
    take_text(o, w, n, "description");
}

/* Members of a thing that a model of ours has no key for. */
static void tell_rest(struct otm *o, const struct node *n, const char *place)
{
    static const struct {
        const char *key;
        struct text what;
    } rest[] = {
        {"tags",         {{"tags", "タグ"}}                              },
        {"ownerContact", {{"the owner's contact", "所有者の連絡先"}}},
        {"cwes",         {{"CWE numbers", "CWE番号"}}                    },
    };
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        const struct node *e = node_get(n, rest[i].key);
        if (e && (e->n || (e->kind == NODE_SCALAR && !node_is_null(e))))
            foreign_left(&o->f, place, rest[i].what,
                         TEXT("a model of Awai has no key for it",
                              "Awaiのモデルに対応するキーが無い"));
    }
    o->n_drawn += foreign_first(n, "representations") != NULL;
}

// ---- things -------------------------------------------------------------------------

static const char *trust_of(double rating)
{
    return rating < 34 ? "none" : rating < 67 ? "partial" : "full";
}

/* The rating, unless it is what we wrote for the trust that was kept, or for none. */
static void read_trust(struct otm *o, struct want *w, const struct node *n)
{
    const struct node *risk = node_get(n, "risk"), *kept = node_get(n, "attributes");
    const char *was = foreign_say(kept, "awai.trust");
    double rating = foreign_number(risk, "trustRating", EXPORT_NO_TRUST);
    if (rating == EXPORT_NO_TRUST && // NOLINT: as it was written
        (risk == NULL || foreign_is(kept, "awai.untrusted")))
        return;
    if (was == NULL || strcmp(was, trust_of(rating)) != 0)
        foreign_yaml(&o->f, w, "trust", trust_of(rating));
}

static void read_zone(struct otm *o, const struct node *n, const char *place)
{
    const char *name = foreign_say(n, "name");
    const char *id = foreign_id(&o->f, &o->f.taken, foreign_say(n, "id"), name, "zone");
    struct want *w = foreign_entry(&o->f, "zones", id, place);
    know(o, &o->zones, foreign_say(n, "id"), id);
    take_names(o, w, n, shape_of("zones"), place);
    tell_rest(o, n, place);
    read_trust(o, w, n);
    if (name && strstr(name, "nternet") && want_get(w, "kind") == NULL) {
        foreign_yaml(&o->f, w, "kind", "internet");
        foreign_taken(&o->f, place, name, "kind: internet");
    }
}

/* The zone around a zone, once all are known. */
static void nest_zone(struct otm *o, const struct node *n, const char *place)
{
    const char *inner = ours_of(o, &o->zones, foreign_say(n, "id"));
    const char *outer =
        ours_of(o, &o->zones, foreign_say(node_get(n, "parent"), "trustZone"));
    struct want *zones = want_get(&o->f.root, "zones");
    struct want *w = inner && zones ? want_get(zones, inner) : NULL;
    (void)place;
    if (outer && w) foreign_text(&o->f, w, "within", outer);
}

static void read_asset(struct otm *o, const struct node *n, const char *place)
{
    const char *id = foreign_id(&o->f, &o->f.taken_data, foreign_say(n, "id"),
                                foreign_say(n, "name"), "data");
    struct want *w = foreign_entry(&o->f, "data", id, place);
    know(o, &o->data, foreign_say(n, "id"), id);
    take_names(o, w, n, shape_of("data"), place);
    if (want_get(w, "class")) return;
    foreign_yaml(&o->f, w, "class", "[operational]");
    foreign_taken(&o->f, place, id, "class: operational");
    if (node_get(n, "risk"))
        foreign_left(&o->f, place, TEXT("the risk of the asset", "資産のリスク値"),
                     TEXT("Awai judges incidents, not data",
                          "Awaiはデータではなくインシデントを評価する"));
}

/* Data that are named in a list, as "[a, b]"; NULL for none. */
static const char *data_of(struct otm *o, const struct node *first)
{
    struct buf out = {0};
    for (const struct node *e = first; e; e = e->next) {
        const char *id =
            e->kind == NODE_SCALAR && e->text ? ours_of(o, &o->data, e->text) : NULL;
        if (id) buf_printf(&out, "%s%s", out.len ? ", " : "[", id);
    }
    if (out.len) buf_char(&out, ']');
    const char *s = out.len ? arena_strn(&o->f.arena, out.data, out.len) : NULL;
    buf_fini(&out);
    return s;
}

/* The zone of a component: of its parent, or of the component that it is in. */
static const char *zone_of(struct otm *o, const struct node *n, const char *place)
{
    enum { MOST = 64 };
    for (int depth = 0; n && depth < MOST; depth++) {
        const struct node *parent = node_get(n, "parent"), *outer = NULL;
        const char *zone = ours_of(o, &o->zones, foreign_say(parent, "trustZone"));
        const char *theirs = foreign_say(parent, "component");
        if (zone) return zone;
        const struct node *e = foreign_first(o->f.tree, "components");
        for (; e && theirs && outer == NULL; e = e->next) {
            const char *id = foreign_say(e, "id");
            if (id && strcmp(id, theirs) == 0) outer = e;
        }
        if (depth == 0 && theirs)
            foreign_left(
                &o->f, place,
                TEXT("that it is within another component",
                     "他のコンポーネントに含まれること"),
                TEXT("components stand in zones only", "機器はゾーンにのみ属する"));
        n = outer;
    }
    return foreign_nowhere(&o->f);
}

/* Where it stands in the first drawing that has it, unless our own layout put it just
 * there. */
static void read_position(struct otm *o, struct want *w, const struct node *n,
                          const char *place)
{
    const char *laid_out = foreign_say(node_get(n, "attributes"), FOREIGN_LAID_OUT);
    const struct node *e = foreign_first(n, "representations"), *at = NULL;
    for (; e && at == NULL; e = e->next)
        if (e->kind == NODE_MAPPING) at = node_get(e, "position");
    double x, y;
    if (!foreign_read_position(&o->f, at, 0, place, &x, &y)) return;
    const char *position = foreign_position(&o->f.arena, x, y);
    if (laid_out == NULL || strcmp(laid_out, position) != 0)
        foreign_yaml(&o->f, w, "position", position);
}

static void read_component(struct otm *o, const struct node *n, const char *place)
{
    const char *name = foreign_say(n, "name");
    const char *id =
        foreign_id(&o->f, &o->f.taken, foreign_say(n, "id"), name, "component");
    struct want *w = foreign_entry(&o->f, "components", id, place);
    const struct node *assets = node_get(n, "assets");
    know(o, &o->components, foreign_say(n, "id"), id);
    take_names(o, w, n, shape_of("components"), place);
    tell_rest(o, n, place);
    foreign_yaml(&o->f, w, "kind", foreign_kind(&o->f, foreign_say(n, "type"), place));
    foreign_yaml(&o->f, w, "zone", zone_of(o, n, place));
    read_position(o, w, n, place);
    if (want_get(w, "data")) return;
    const char *data = data_of(o, foreign_first(assets, "stored"));
    foreign_yaml(&o->f, w, "data",
                 data ? data : data_of(o, foreign_first(assets, "processed")));
}

static void read_ends(struct otm *o, struct want *w, const char *from, const char *to,
                      const char *place)
{
    const char *a = ours_of(o, &o->components, from);
    const char *b = ours_of(o, &o->components, to);
    (void)place;
    foreign_text(&o->f, w, "from", a ? a : from);
    foreign_text(&o->f, w, "to", b ? b : to);
}

static void read_flow(struct otm *o, const struct node *n, const char *place)
{
    const char *from = foreign_say(n, "source"), *to = foreign_say(n, "destination");
    const char *name = foreign_say(n, "name");
    const char *id = foreign_id(&o->f, &o->f.taken, foreign_say(n, "id"), name, "flow");
    struct want *w = foreign_entry(&o->f, "flows", id, place);
    know(o, &o->flows, foreign_say(n, "id"), id);
    take_names(o, w, n, shape_of("flows"), place);
    tell_rest(o, n, place);
    read_ends(o, w, from, to, place);
    const char *data = data_of(o, foreign_first(n, "assets"));
    if (want_get(w, "data") == NULL) foreign_yaml(&o->f, w, "data", data);
    if (!foreign_is(n, "bidirectional")) return;
    const char *back = foreign_id(
        &o->f, &o->f.taken, arena_printf(&o->f.arena, "%s-back", id), NULL, "flow");
    w = foreign_entry(&o->f, "flows", back, place);
    read_ends(o, w, to, from, place);
    foreign_yaml(&o->f, w, "data", data);
    foreign_taken(&o->f, place, "bidirectional", back);
}

// ---- threats and mitigations --------------------------------------------------------

/* Adds where a threat is, of a list of components or flows, to "[a, b". */
static void add_places(struct otm *o, const char *section, const struct strmap *map,
                       const char *threat, struct buf *out)
{
    for (const struct node *e = foreign_first(o->f.tree, section); e; e = e->next)
        for (const struct node *t = foreign_first(e, "threats"); t; t = t->next) {
            const char *what = foreign_say(t, "threat");
            const char *id = ours_of(o, map, foreign_say(e, "id"));
            if (what && id && strcmp(what, threat) == 0)
                buf_printf(out, "%s%s", out->len ? ", " : "[", id);
        }
}

static const char *places_of(struct otm *o, const char *threat)
{
    struct buf out = {0};
    add_places(o, "components", &o->components, threat, &out);
    add_places(o, "dataflows", &o->flows, threat, &out);
    if (out.len) buf_char(&out, ']');
    const char *s = out.len ? arena_strn(&o->f.arena, out.data, out.len) : NULL;
    buf_fini(&out);
    return s;
}

static const char *class_of(const struct otm *o, const struct node *n)
{
    const struct node *e = foreign_first(n, "categories");
    const char *class = NULL;
    for (; e && class == NULL; e = e->next)
        class =
            e->kind == NODE_SCALAR ? foreign_threat(o->f.job->catalog, e->text) : NULL;
    return class;
}

static void read_threat(struct otm *o, const struct node *n, const char *place)
{
    const char *theirs = foreign_say(n, "id"), *name = foreign_say(n, "name");
    const struct node *kept = node_get(n, "attributes");
    const char *at = theirs ? places_of(o, theirs) : NULL;
    const char *class = class_of(o, n);
    int is_ours = foreign_say(kept, "awai.threat") != NULL;
    if (!is_ours && (at == NULL || class == NULL)) {
        foreign_left(&o->f, place, diag_quote(&o->f.r->diags, name ? name : "-"),
                     at ? TEXT("none of its categories is one of STRIDE",
                               "分類がSTRIDEのいずれでもない")
                        : TEXT("it is at no component and no data flow",
                               "コンポーネントにもデータフローにも属さない"));
        return;
    }
    const char *id = foreign_id(&o->f, &o->f.taken_incidents, theirs, name, "threat");
    struct want *w = foreign_entry(&o->f, "incidents", id, place);
    take_names(o, w, n, shape_of("incidents"), place);
    tell_rest(o, n, place);
    if (want_get(w, "threat") == NULL) foreign_yaml(&o->f, w, "threat", class);
    if (want_get(w, "at") == NULL) foreign_yaml(&o->f, w, "at", at);
    if (!is_ours && node_get(n, "risk"))
        foreign_left(&o->f, place,
                     TEXT("likelihood and impact", "発生可能性と影響の値"),
                     TEXT("Awai judges harm to each stakeholder",
                          "Awaiはステークホルダーごとの被害を評価する"));
}

static void read_mitigation(struct otm *o, const struct node *n, const char *place)
{
    const struct node *kept = node_get(n, "attributes");
    const char *name = foreign_say(n, "name");
    if (foreign_say(kept, "awai.requirement") == NULL) {
        foreign_left(&o->f, place, diag_quote(&o->f.r->diags, name ? name : "-"),
                     TEXT("a measure needs the requirement that it meets and who "
                          "carries it out",
                          "対策には、満たす対策要件と実施主体が必要である"));
        return;
    }
    const char *id =
        foreign_id(&o->f, &o->f.taken_measures, foreign_say(n, "id"), name, "measure");
    struct want *w = foreign_entry(&o->f, "measures", id, place);
    take_names(o, w, n, shape_of("measures"), place);
}

// ---- the whole ----------------------------------------------------------------------

typedef void read_thing(struct otm *o, const struct node *n, const char *place);

static void read_all(struct otm *o, const char *section, read_thing *read)
{
    unsigned i = 0;
    for (const struct node *n = foreign_first(o->f.tree, section); n; n = n->next, i++)
        if (n->kind == NODE_MAPPING) read(o, n, place_at(o, section, i));
}

/* The system as it was kept stands; what has been changed of it since is told. */
static void tell_project(struct otm *o, const struct node *n, const struct node *kept)
{
    static const char *const keys[] = {"id", "name", "description"};
    const char *system = foreign_say(kept, "awai.system");
    for (size_t i = 0; i < 3 && system; i++) {
        struct buf quoted = {0};
        const char *says = foreign_say(n, keys[i]);
        schema_quote(&quoted, says ? says : "");
        if (says && strstr(system, buf_text(&quoted)) == NULL &&
            strstr(system, says) == NULL)
            foreign_left(
                &o->f, "project", text_same(keys[i]),
                TEXT("it was changed since Awai wrote it, and Awai's own stands",
                     "Awaiの書き出し後に変更されたが、元の値を用いる"));
        buf_fini(&quoted);
    }
}

/* Keys of the whole that were kept for us, but of what is read otherwise. */
static void read_project(struct otm *o)
{
    struct foreign *f = &o->f;
    const struct node *n = node_get(f->tree, "project");
    const struct node *kept =
        n && n->kind == NODE_MAPPING ? node_get(n, "attributes") : NULL;
    const char *name = foreign_say(n, "name"), *id = foreign_say(n, "id");
    const char *lang = foreign_say(kept, "awai.lang");
    o->lang = lang && strcmp(lang, "ja") == 0 ? LANG_JA : LANG_EN;
    foreign_kept(f, &f->root, &model_shape, kept, "project");
    tell_project(o, n, kept);
    if (n && n->kind == NODE_MAPPING) tell_rest(o, n, "project");
    if (want_get(&f->root, "system") == NULL) {
        struct want *system = want_add(&f->arena, &f->root, "system", 0);
        const char *slug = foreign_id(f, &f->taken_systems, id, name, "system");
        foreign_text(f, system, "id", slug);
        foreign_text(f, system, "name", name ? name : slug);
        foreign_text(f, system, "overview", foreign_say(n, "description"));
    }
    foreign_applicant(f, foreign_say(n, "owner"), "project");
}

static void tell_drawings(struct otm *o)
{
    if (o->n_drawn)
        foreign_left(&o->f, "representations",
                     TEXT("how large boxes are, where zones stand, and places in code",
                          "要素の大きさ、ゾーンの位置、コードの中での位置"),
                     TEXT("a model of Awai has positions of components only",
                          "Awaiのモデルに書けるのは機器の位置だけである"));
}

void import_otm(const struct import_job *job, struct import_result *r)
{
    struct otm o = {0};
    if (foreign_open(&o.f, job, r)) {
        const char *version = foreign_say(o.f.tree, "otmVersion");
        read_project(&o);
        if (version && strcmp(version, "0.2.0") != 0)
            foreign_taken(&o.f, "otmVersion", version, "0.2.0");
        read_all(&o, "trustZones", read_zone);
        read_all(&o, "trustZones", nest_zone);
        read_all(&o, "assets", read_asset);
        read_all(&o, "components", read_component);
        read_all(&o, "dataflows", read_flow);
        read_all(&o, "threats", read_threat);
        read_all(&o, "mitigations", read_mitigation);
        tell_drawings(&o);
    }
    foreign_close(&o.f);
    strmap_fini(&o.zones);
    strmap_fini(&o.components);
    strmap_fini(&o.flows);
    strmap_fini(&o.data);
    free(o.ours);
}
