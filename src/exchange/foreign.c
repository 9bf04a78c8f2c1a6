// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What the readers of other tools' models share; see foreign.h. */
#include "exchange/foreign.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "exchange/grid.h"

// ---- the tree -----------------------------------------------------------------------

/* JSON as the tree that YAML has; the reader has limited its depth. */
static struct node *node_of(struct arena *a, const struct json_value *v)
{
    static const char *const words[] = {
        [JSON_NULL] = "null", [JSON_FALSE] = "false", [JSON_TRUE] = "true"};
    struct node *n = arena_alloc(a, sizeof *n), *last = NULL;
    n->key = v->key;
    n->kind = v->kind == JSON_OBJECT  ? NODE_MAPPING
              : v->kind == JSON_ARRAY ? NODE_SEQUENCE
                                      : NODE_SCALAR;
    n->quoted = v->kind == JSON_STRING;
    n->text = v->kind <= JSON_TRUE ? words[v->kind] : v->text;
    for (const struct json_value *e = v->first; e; e = e->next) {
        struct node *child = node_of(a, e);
        if (last)
            last->next = child;
        else
            n->first = child;
        last = child;
        n->n++;
    }
    return n;
}

static struct node *read_yaml(struct foreign *f)
{
    struct diag_list d = {0};
    int file = yaml_text(&d, f->job->name, f->job->bytes, f->job->len);
    struct node *n = file < 0 ? NULL : yaml_parse(&f->arena, &d, (uint32_t)file);
    if (d.n_errors) {
        struct place at = import_place(f->r, f->job, "");
        diag_copy(&f->r->diags, &d.items[0], at);
        n = NULL;
    }
    diag_fini(&d);
    return n;
}

int foreign_open(struct foreign *f, const struct import_job *job,
                 struct import_result *r)
{
    *f = (struct foreign){.job = job, .r = r};
    const struct json_value *v = json_read(&f->arena, job->bytes, job->len);
    f->tree = v ? node_of(&f->arena, v) : read_yaml(f);
    if (f->tree && f->tree->kind == NODE_MAPPING) return 1;
    if (r->diags.n_errors == 0)
        diag_put(&r->diags, DIAG_IMPORT_UNKNOWN, import_place(r, job, ""), NULL);
    return 0;
}

const char *foreign_say(const struct node *n, const char *key)
{
    const struct node *e = n && n->kind == NODE_MAPPING ? node_get(n, key) : NULL;
    if (e == NULL || e->kind != NODE_SCALAR || node_is_null(e)) return NULL;
    return e->text && !text_is_blank(e->text) ? e->text : NULL;
}

double foreign_number(const struct node *n, const char *key, double none)
{
    const char *s = foreign_say(n, key);
    char *end;
    double value = s ? strtod(s, &end) : none;
    return s && (*end || end == s) ? none : value;
}

const char *foreign_position(struct arena *arena, double x, double y)
{
    return arena_printf(arena, "{x: %.10g, y: %.10g}", x, y);
}

int foreign_read_position(struct foreign *f, const struct node *at, double above,
                          const char *place, double *x, double *y)
{
    if (foreign_say(at, "x") == NULL || foreign_say(at, "y") == NULL) return 0;
    *x = foreign_number(at, "x", (double)NAN);
    *y = foreign_number(at, "y", (double)NAN) + above;
    if (fabs(*x) <= model_places.greatest && fabs(*y) <= model_places.greatest)
        return 1;
    foreign_left(f, place, TEXT("its position", "位置"),
                 TEXT("it is beyond all drawings", "図の範囲を超えている"));
    return 0;
}

const struct node *foreign_first(const struct node *n, const char *key)
{
    const struct node *e = n && n->kind == NODE_MAPPING ? node_get(n, key) : NULL;
    return e && e->kind == NODE_SEQUENCE && e->n ? e->first : NULL;
}

int foreign_is(const struct node *n, const char *key)
{
    const char *s = foreign_say(n, key);
    return s && strcmp(s, "true") == 0;
}

// ---- identifiers --------------------------------------------------------------------

enum { MOST_ID = 48 };

/* Letters and digits of ASCII, small, others as one dash; "" if none are left. */
static char *slug(struct arena *a, const char *name)
{
    char *out = arena_alloc(a, MOST_ID + 1);
    size_t n = 0;
    for (; *name && n < MOST_ID; name++) {
        char c = *name >= 'A' && *name <= 'Z' ? (char)(*name + 32) : *name;
        int is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_word)
            out[n++] = c;
        else if (n && out[n - 1] != '-')
            out[n++] = '-';
    }
    while (n && out[n - 1] == '-')
        n--;
    out[n] = '\0';
    return out;
}

/* 8-4-4-4-12 digits: says nothing to people. */
static int is_uuid(const char *s)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    static const uint8_t groups[] = {8, 4, 4, 4, 12};
    for (size_t i = 0; i < sizeof groups; i++) {
        if (strspn(s, digits) != groups[i]) return 0;
        s += groups[i];
        if (i + 1 < sizeof groups && *s++ != '-') return 0;
    }
    return *s == '\0';
}

static const char *stem_of(struct foreign *f, const char *given, const char *name,
                           const char *usual)
{
    if (given && schema_is_id(given) && !is_uuid(given)) return given;
    const char *of_name = name ? slug(&f->arena, name) : "";
    if (of_name[0]) return of_name;
    const char *of_id = given && !is_uuid(given) ? slug(&f->arena, given) : "";
    return of_id[0] ? of_id : usual;
}

const char *foreign_id(struct foreign *f, struct strmap *taken, const char *given,
                       const char *name, const char *usual)
{
    const char *stem = arena_str(&f->arena, stem_of(f, given, name, usual));
    const char *id = stem;
    for (unsigned k = 2; !strmap_add(taken, id, 0, NULL); k++)
        id = arena_printf(&f->arena, "%.*s-%u", MOST_ID, stem, k);
    return id;
}

// ---- the model ----------------------------------------------------------------------

static source source_of(struct foreign *f, const char *place)
{
    *(const char **)mem_push(&f->places, &f->n_places, &f->cap_places,
                             sizeof *f->places) = arena_str(&f->arena, place);
    return (source)f->n_places;
}

struct want *foreign_entry(struct foreign *f, const char *section, const char *id,
                           const char *place)
{
    source from = source_of(f, place);
    struct want *w = want_get(&f->root, section);
    if (w == NULL) w = want_add(&f->arena, &f->root, section, from);
    f->r->n_new++;
    return want_add(&f->arena, w, id, from);
}

void foreign_yaml(struct foreign *f, struct want *entry, const char *key,
                  const char *yaml)
{
    struct want *w = want_get(entry, key);
    if (yaml == NULL) return;
    if (w == NULL) w = want_add(&f->arena, entry, key, entry->from);
    w->yaml = arena_str(&f->arena, yaml);
}

void foreign_text(struct foreign *f, struct want *entry, const char *key,
                  const char *text)
{
    struct buf out = {0};
    if (text == NULL) return;
    char *clean = arena_str(&f->arena, text);
    size_t n = 0; // CR of CR LF, which no text of ours has
    for (size_t i = 0; clean[i]; i++)
        if (clean[i] != '\r') clean[n++] = clean[i];
    clean[n] = '\0';
    schema_quote(&out, clean);
    foreign_yaml(f, entry, key, buf_text(&out));
    buf_fini(&out);
}

// ---- what is told -------------------------------------------------------------------

void foreign_left(struct foreign *f, const char *place, struct text what,
                  struct text why)
{
    DIAG_ADD(&f->r->diags, LEFT_OUT, import_place(f->r, f->job, place), what, why);
}

void foreign_taken(struct foreign *f, const char *place, const char *what,
                   const char *as)
{
    DIAG_ADD(&f->r->diags, TAKEN_AS, import_place(f->r, f->job, place),
             diag_quote(&f->r->diags, what), text_same(as));
}

// ---- what the file kept for us ------------------------------------------------------

/* name.en, name.ja: the text of both languages. */
static void keep_text(struct foreign *f, struct want *entry, const struct field *field,
                      const struct node *kept)
{
    struct buf out = {0};
    const char *langs[] = {"en", "ja"}, *separator = "{";
    for (size_t i = 0; i < 2; i++) {
        const char *s = foreign_say(
            kept, arena_printf(&f->arena, "awai.%s.%s", field->key, langs[i]));
        if (s == NULL) continue;
        buf_printf(&out, "%s%s: ", separator, langs[i]);
        schema_quote(&out, s);
        separator = ", ";
    }
    if (out.len) buf_char(&out, '}');
    if (out.len) foreign_yaml(f, entry, field->key, buf_text(&out));
    buf_fini(&out);
}

static void keep_value(struct foreign *f, struct want *entry, const struct field *field,
                       const char *says, const char *place)
{
    struct buf out = {0};
    const struct text *wrong = grid_yaml(field, says, &f->arena, &out);
    if (wrong)
        DIAG_ADD(&f->r->diags, CELL_YAML, import_place(f->r, f->job, place), *wrong);
    else
        foreign_yaml(f, entry, field->key, buf_text(&out));
    buf_fini(&out);
}

void foreign_kept(struct foreign *f, struct want *entry, const struct shape *shape,
                  const struct node *kept, const char *place)
{
    if (kept == NULL || kept->kind != NODE_MAPPING) return;
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *field = &shape->fields[i];
        if (field->key == NULL) continue;
        const char *says =
            foreign_say(kept, arena_printf(&f->arena, "awai.%s", field->key));
        if (says) keep_value(f, entry, field, says, place);
        if (field->type == FIELD_TEXT) keep_text(f, entry, field, kept);
    }
    const struct node *e = kept->first;
    for (uint32_t i = 0; i < kept->n && e; i++, e = e->next)
        if (strncmp(e->key, "awai.", 5) != 0)
            foreign_left(f, place, diag_quote(&f->r->diags, e->key),
                         TEXT("an attribute of another tool", "他のツールの属性"));
}

// ---- words of other tools -----------------------------------------------------------

/* Pieces of words for kinds; the first that is in the word decides. */
static const struct {
    const char *piece, *kind;
} kind_pieces[] = {
    {"database",   "database-server"  },
    {"postgres",   "database-server"  },
    {"sql",        "database-server"  },
    {"firewall",   "firewall"         },
    {"router",     "home-router"      },
    {"gateway",    "gateway"          },
    {"vpn",        "vpn-gateway"      },
    {"switch",     "switch"           },
    {"camera",     "camera"           },
    {"sensor",     "sensor"           },
    {"actuator",   "actuator"         },
    {"plc",        "plc"              },
    {"drone",      "drone"            },
    {"robot",      "robot"            },
    {"mobile",     "smartphone-app"   },
    {"phone",      "smartphone"       },
    {"browser",    "business-terminal"},
    {"web-client", "business-terminal"},
    {"client",     "business-terminal"},
    {"portal",     "web-portal"       },
    {"web",        "web-portal"       },
    {"cloud",      "cloud-service"    },
    {"lambda",     "cloud-service"    },
    {"aws",        "cloud-service"    },
    {"azure",      "cloud-service"    },
    {"actor",      "person"           },
    {"user",       "person"           },
    {"human",      "person"           },
    {"store",      "database-server"  },
    {"mail",       "mail-server"      },
};

static const char *small(struct arena *a, const char *s)
{
    char *out = arena_str(a, s);
    for (char *c = out; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
    return out;
}

static int has_entry(const struct list *list, size_t size, const char *id)
{
    for (uint32_t i = 0; i < list->n; i++) {
        const void *item = (const char *)list->items + i * size;
        if (strcmp(((const struct entry *)item)->id, id) == 0) return 1;
    }
    return 0;
}

const char *foreign_kind(struct foreign *f, const char *word, const char *place)
{
    const char *kind = "business-server", *s = small(&f->arena, word ? word : "");
    if (word && has_entry(&f->job->catalog->c.kinds, sizeof(struct kind), word))
        return word;
    for (size_t i = 0; i < sizeof kind_pieces / sizeof *kind_pieces; i++)
        if (strstr(s, kind_pieces[i].piece)) {
            kind = kind_pieces[i].kind;
            break;
        }
    foreign_taken(f, place, word ? word : "-", kind);
    return kind;
}

/* Words of STRIDE and CIA for classes of threats. The first of a class is written. */
static const struct {
    const char *word, *class;
    int is_near;
} threat_words[] = {
    {"Spoofing",               "spoofing",            0},
    {"Tampering",              "data-tampering",      0},
    {"Information disclosure", "information-leak",    0},
    {"Denial of service",      "denial-of-service",   0},
    {"Elevation of privilege", "unauthorized-access", 0},
    {"Tampering",              "malware-infection",   1},
    {"Elevation of privilege", "misuse",              1},
    {"Confidentiality",        "information-leak",    0},
    {"Integrity",              "data-tampering",      0},
    {"Availability",           "denial-of-service",   0},
};
enum { N_THREAT_WORDS = sizeof threat_words / sizeof *threat_words };

const char *foreign_threat(const struct catalog *c, const char *word)
{
    if (word == NULL) return NULL;
    for (int i = 0; i < N_THREAT_WORDS; i++) {
        const char *a = threat_words[i].word, *b = word;
        while (*a && ((*a | 32) == (*b | 32) || (*a == ' ' && *b == '-')))
            a++, b++;
        if (*a == '\0' && *b == '\0') return threat_words[i].class;
    }
    return has_entry(&c->c.threats, sizeof(struct threat_class), word) ? word : NULL;
}

const char *foreign_stride(const char *class, int *is_near)
{
    for (int i = 0; i < N_THREAT_WORDS; i++)
        if (strcmp(threat_words[i].class, class) == 0) {
            *is_near = threat_words[i].is_near;
            return threat_words[i].word;
        }
    *is_near = 1;
    return "Tampering";
}

// ---- what a model of ours must have -------------------------------------------------

const char *foreign_nowhere(struct foreign *f)
{
    static const char id[] = "unplaced";
    const struct want *zones = want_get(&f->root, "zones");
    if (zones && want_get(zones, id)) return id;
    strmap_add(&f->taken, id, 0, NULL);
    struct want *zone = foreign_entry(f, "zones", id, "");
    foreign_yaml(f, zone, "name", "{en: \"Not placed\", ja: \"所在未定\"}");
    foreign_taken(f, "", "-", "zones: unplaced");
    return id;
}

void foreign_applicant(struct foreign *f, const char *name, const char *place)
{
    if (want_get(&f->root, "applicant")) return; // kept for us
    const char *id = "applicant";
    struct want *who = foreign_entry(f, "stakeholders", id, place);
    if (name)
        foreign_text(f, who, "name", name);
    else
        foreign_yaml(f, who, "name", "{en: \"Applicant\", ja: \"適用主体\"}");
    foreign_yaml(f, who, "roles", "[service-provider]");
    foreign_yaml(f, &f->root, "applicant", id);
    foreign_taken(f, place, name ? name : "-", "stakeholders: applicant");
}

// ---- the end ------------------------------------------------------------------------

static struct place place_of(struct foreign *f, const struct merged *m, uint32_t line)
{
    const struct merge_line *l = line && line <= m->n ? &m->lines[line - 1] : NULL;
    return import_place(f->r, f->job, l && l->from ? f->places[l->from - 1] : "");
}

static void read_model(struct foreign *f, const struct merged *m)
{
    struct buf text = {0};
    merged_text(m, &text);
    struct model *model = model_read_text(f->job->name, buf_text(&text), text.len);
    import_bind(f->job, model);
    for (size_t i = 0; i < model->diags.n; i++) {
        const struct diag *item = &model->diags.items[i];
        if (item->severity == DIAG_ERROR)
            diag_copy(&f->r->diags, item, place_of(f, m, item->at.line));
    }
    if (f->r->diags.n_errors == 0) schema_write(&model_shape, &model->m, &f->r->text);
    model_free(model);
    buf_fini(&text);
}

void foreign_close(struct foreign *f)
{
    static const char start[] = "awai: 1\n";
    struct diag_list d = {0};
    struct merged m;
    if (f->tree && f->r->diags.n_errors == 0) {
        int file = yaml_text(&d, "model", start, strlen(start));
        const struct node *root = yaml_parse(&f->arena, &d, (uint32_t)file);
        merge_text(&m, start, strlen(start), root, &f->root, &f->arena);
        read_model(f, &m);
        merged_fini(&m);
    }
    diag_fini(&d);
    strmap_fini(&f->taken);
    strmap_fini(&f->taken_data);
    strmap_fini(&f->taken_incidents);
    strmap_fini(&f->taken_measures);
    strmap_fini(&f->taken_systems);
    free(f->places);
    arena_fini(&f->arena);
}
