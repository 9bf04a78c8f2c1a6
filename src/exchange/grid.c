// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Cells of a model, and YAML of cells; see grid.h. Each type of value has a row of a
 * table: how a cell shows it, and how a cell is read. All that has no row is shown as
 * schema_write writes it.
 */
#include "exchange/grid.h"

#include <stdlib.h>
#include <string.h>

// ---- sheets -------------------------------------------------------------------------

const struct grid_sheet grid_sheets[] = {
    {"Model",
     "モデル",                NULL,
     NULL,    {{"what the model says of itself: a key and its value a row",
       "モデル全体の設定（1行に1つのキーと値）"}}                  },
    {"Stakeholders",
     "ステークホルダー", "stakeholders",
     NULL,    {{"stakeholders, as the model has them", "モデルのステークホルダー"}}},
    {"Zones",
     "ゾーン",                "zones",
     NULL,    {{"zones, as the model has them", "モデルのゾーン"}}                      },
    {"Data",
     "データ",                "data",
     NULL,    {{"data, as the model has them", "モデルのデータ"}}                       },
    {"Components",
     "機器",                   "components",
     NULL,    {{"components, as the model has them", "モデルの機器"}}                    },
    {"Flows",
     "データフロー",       "flows",
     NULL,    {{"flows, as the model has them", "モデルのデータフロー"}}             },
    {"Safety functions",
     "安全機能",             "safety-functions",
     NULL,    {{"safety functions, as the model has them", "モデルの安全機能"}}        },
    {"Incidents",
     "インシデント",       "incidents",
     NULL,    {{"incidents, as the model has them", "モデルのインシデント"}}         },
    {"Harms",
     "被害",                   "incidents",
     "harms", {{"what each incident does to each stakeholder",
       "インシデントがステークホルダーに与える被害"}}        },
    {"Measures",
     "対策",                   "measures",
     NULL,    {{"measures, as the model has them", "モデルの対策"}}                      },
    {"Decisions",
     "意思決定",             "decisions",
     NULL,    {{"decisions, as the model has them", "モデルの意思決定"}}               },
    {"Policies",
     "対策方針",             "policies",
     NULL,    {{"policies, as the model has them", "モデルの対策方針"}}                },
    {"Adoptions",
     "採用",                   "adoptions",
     NULL,    {{"requirements taken on", "採用した対策要件"}}                          },
    {"Exclusions",
     "除外",                   "exclusions",
     NULL,    {{"results left out, with the reason", "除外した結果とその理由"}}     },
    {"Attackers",
     "攻撃者",                "attackers",
     NULL,    {{"attackers, as the model has them", "モデルの攻撃者"}}                  },
};
const size_t grid_n_sheets = sizeof grid_sheets / sizeof *grid_sheets;

/* Letters of any case, blanks and dashes left out. */
static int is_alike(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strspn(a, " -_");
        b += strspn(b, " -_");
        int x = *a >= 'A' && *a <= 'Z' ? *a + 32 : *a;
        int y = *b >= 'A' && *b <= 'Z' ? *b + 32 : *b;
        if (x != y) return 0;
        if (x == '\0') return 1;
    }
}

const struct grid_sheet *grid_find_sheet(const char *name)
{
    for (size_t i = 0; i < grid_n_sheets; i++)
        if (is_alike(name, grid_sheets[i].name) ||
            is_alike(name, grid_sheets[i].japanese))
            return &grid_sheets[i];
    return NULL;
}

const struct field *grid_section(const struct grid_sheet *sheet)
{
    return sheet->section ? schema_field(&model_shape, sheet->section) : NULL;
}

const struct shape *grid_shape(const struct grid_sheet *sheet)
{
    const struct field *f = grid_section(sheet);
    if (f && sheet->inner) f = schema_field(f->of, sheet->inner);
    return f ? f->of : &model_shape;
}

size_t grid_n_names(const struct grid_sheet *sheet)
{
    return sheet->inner ? 2 : 1;
}

// ---- columns ------------------------------------------------------------------------

static const char *const part_names[N_PARTS] = {"", ".en", ".ja"};

static struct grid_column *add_column(struct grid_column *to, const struct field *f,
                                      enum grid_part part, struct arena *a)
{
    to->key =
        part == PART_VALUE ? f->key : arena_printf(a, "%s%s", f->key, part_names[part]);
    to->field = f;
    to->part = (uint8_t)part;
    return to + 1;
}

static struct grid_column *add_columns(struct grid_column *to, const struct field *f,
                                       struct arena *a)
{
    if (f->type != FIELD_TEXT) return add_column(to, f, PART_VALUE, a);
    to = add_column(to, f, PART_EN, a);
    return add_column(to, f, PART_JA, a);
}

/* What stands before the rest: the ids, called as what they are of. */
static struct grid_column *add_names(struct grid_column *to,
                                     const struct grid_sheet *sheet)
{
    static const struct grid_column id = {"id", NULL, PART_VALUE},
                                    incident = {"incident", NULL, PART_VALUE},
                                    stakeholder = {"stakeholder", NULL, PART_VALUE};
    if (sheet->inner == NULL) *to++ = id;
    if (sheet->inner) *to++ = incident;
    if (sheet->inner) *to++ = stakeholder;
    return to;
}

struct grid_column *grid_columns(const struct grid_sheet *sheet, struct arena *a,
                                 size_t *n)
{
    const struct shape *shape = grid_shape(sheet);
    struct grid_column *columns =
        arena_array(a, 2 * shape->n_fields + 2, sizeof *columns);
    if (sheet->section == NULL) {
        columns[0].key = "key";
        columns[1].key = "value";
        *n = 2;
        return columns;
    }
    struct grid_column *to = add_names(columns, sheet);
    const struct field *section = grid_section(sheet);
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        int has_sheet = sheet->inner == NULL && section->of == shape &&
                        strcmp(f->key ? f->key : "", "harms") == 0;
        if (f->key && !has_sheet) to = add_columns(to, f, a);
    }
    *n = (size_t)(to - columns);
    return columns;
}

// ---- values as cells ----------------------------------------------------------------

static void show_string(const void *slot, struct buf *out)
{
    const char *s = *(const char *const *)slot;
    if (s) buf_str(out, s);
}

static void show_ref(const void *slot, struct buf *out)
{
    const char *id = ((const struct ref *)slot)->id;
    if (id) buf_str(out, id);
}

static void show_refs(const void *slot, struct buf *out)
{
    const struct list *list = slot;
    for (uint32_t i = 0; i < list->n; i++)
        buf_printf(out, "%s%s", i ? ", " : "", LIST_AT(*list, const struct ref, i)->id);
}

/* A string a line, where none is like a list or has lines itself. */
static void show_strings(const void *slot, struct buf *out)
{
    const struct list *list = slot;
    for (uint32_t i = 0; i < list->n; i++)
        buf_printf(out, "%s%s", i ? "\n" : "", *LIST_AT(*list, const char *const, i));
}

static int is_shown_by_lines(const struct list *list)
{
    for (uint32_t i = 0; i < list->n; i++) {
        const char *s = *LIST_AT(*list, const char *const, i);
        if (s[0] == '\0' || strchr(" \t[-", s[0]) || strchr(s, '\n') ||
            strchr(" \t", s[strlen(s) - 1]))
            return 0;
    }
    return 1;
}

typedef void show_value(const void *slot, struct buf *out);

static show_value *const shows[] = {
    [FIELD_STRING] = show_string,   [FIELD_ID] = show_string,
    [FIELD_REF] = show_ref,         [FIELD_REFS] = show_refs,
    [FIELD_STRINGS] = show_strings,
};
static const size_t n_shows = sizeof shows / sizeof *shows;

/* As schema_write has it: "KEY: VALUE" or lines below, whose indentation goes. */
static void show_written(const struct field *f, const void *object, struct buf *out)
{
    struct shape one = {.size = 0, .fields = f, .n_fields = 1};
    struct buf text = {0};
    schema_write(&one, object, &text);
    const char *s = buf_text(&text);
    s = strcmp(s, "{}\n") == 0 ? "" : s + strlen(f->key) + 1;
    s += strspn(s, " \n");
    for (; *s; s += strspn(s, "\n")) {
        size_t len = strcspn(s, "\n");
        size_t indent = strspn(s, " ");
        size_t lost = out->len && indent >= 2 ? 2 : 0;
        if (out->len) buf_char(out, '\n');
        buf_add(out, s + lost, len - lost);
        s += len;
    }
    buf_fini(&text);
}

/* [a, b] without its brackets; an empty list keeps them, being another thing than none.
 */
static void strip_brackets(struct buf *text)
{
    if (text->len <= 2 || text->data[0] != '[') return;
    text->len -= 2;
    memmove(text->data, text->data + 1, text->len);
    text->data[text->len] = '\0';
}

/* What a cell shows of an object's field; NULL: nothing. */
static const char *show(const struct grid_column *c, const void *object,
                        struct arena *a)
{
    const void *slot = (const char *)object + c->field->offset;
    struct buf out = {0};
    if (c->part != PART_VALUE) {
        const struct text *t = slot;
        const char *s = t->in[c->part == PART_EN ? LANG_EN : LANG_JA];
        return s;
    }
    int is_usual = c->field->type != FIELD_STRINGS || is_shown_by_lines(slot);
    if (is_usual && c->field->type < n_shows && shows[c->field->type])
        shows[c->field->type](slot, &out);
    else
        show_written(c->field, object, &out);
    if (c->field->type == FIELD_CHOICES) strip_brackets(&out);
    const char *s = out.len ? arena_strn(a, out.data, out.len) : NULL;
    buf_fini(&out);
    return s;
}

const char *grid_show(const struct field *f, enum grid_part part, const void *object,
                      struct arena *a)
{
    const struct grid_column c = {f->key, f, (uint8_t)part};
    return show(&c, object, a);
}

// ---- all sheets ---------------------------------------------------------------------

/* Who is told of the rows of a model: names of n columns, and their values. */
struct teller {
    void (*row)(void *context, const struct grid_sheet *sheet,
                const struct grid_column *columns, size_t n, const char **values);
    void *context;
    struct arena *arena;
};

static void tell_entry(const struct teller *t, const struct grid_sheet *sheet,
                       const struct grid_column *columns, size_t n, const char *outer,
                       const void *object)
{
    size_t k = 0;
    const char **values = arena_array(t->arena, n, sizeof *values);
    if (outer) values[k++] = outer;
    values[k++] = ((const struct entry *)object)->id;
    for (; k < n; k++)
        values[k] = show(&columns[k], object, t->arena);
    t->row(t->context, sheet, columns, n, values);
}

/* The rows of a list of entries. */
static void tell_entries(const struct teller *t, const struct grid_sheet *sheet,
                         const struct grid_column *columns, size_t n, const char *outer,
                         const struct list *list, size_t size)
{
    for (uint32_t i = 0; i < list->n; i++)
        tell_entry(t, sheet, columns, n, outer, (const char *)list->items + i * size);
}

static void tell_section(const struct teller *t, const struct grid_sheet *sheet,
                         const struct model_data *m)
{
    size_t n;
    struct grid_column *columns = grid_columns(sheet, t->arena, &n);
    const struct field *section = grid_section(sheet);
    const struct shape *shape = section->of;
    const struct list *list = (const void *)((const char *)m + section->offset);
    if (sheet->inner == NULL) {
        tell_entries(t, sheet, columns, n, NULL, list, shape->size);
        return;
    }
    const struct field *inner = schema_field(shape, sheet->inner);
    for (uint32_t i = 0; i < list->n; i++) {
        const char *object = (const char *)list->items + i * shape->size;
        tell_entries(t, sheet, columns, n,
                     ((const struct entry *)(const void *)object)->id,
                     (const void *)(object + inner->offset), grid_shape(sheet)->size);
    }
}

/* One row of "Model". */
static void tell_setting(const struct teller *t, const struct grid_sheet *sheet,
                         const struct grid_column *c, const char *prefix,
                         const void *object)
{
    const char **values = arena_array(t->arena, 2, sizeof *values);
    values[0] = arena_printf(t->arena, "%s%s", prefix, c->key);
    values[1] = show(c, object, t->arena);
    if (values[1]) t->row(t->context, sheet, c, 2, values);
}

static void tell_settings(const struct teller *t, const struct grid_sheet *sheet,
                          const struct shape *shape, const char *prefix,
                          const void *object)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        struct grid_column two[2];
        if (f->key == NULL || f->type == FIELD_MAP || (f->flags & FIELD_VERSION) ||
            strcmp(f->key, "include") == 0)
            continue;
        if (shape == &model_shape && strcmp(f->key, "system") == 0) {
            tell_settings(t, sheet, f->of, "system.", (const char *)object + f->offset);
            continue;
        }
        const struct grid_column *end = add_columns(two, f, t->arena);
        for (const struct grid_column *c = two; c < end; c++)
            tell_setting(t, sheet, c, prefix, object);
    }
}

static void tell_all(const struct teller *t, const struct model_data *m)
{
    for (size_t i = 0; i < grid_n_sheets; i++) {
        if (grid_sheets[i].section)
            tell_section(t, &grid_sheets[i], m);
        else
            tell_settings(t, &grid_sheets[i], &model_shape, "", m);
    }
}

struct grid_column grid_setting(const char *key)
{
    static const char of_system[] = "system.";
    const struct shape *shape = &model_shape;
    struct grid_column c = {.key = key};
    if (strncmp(key, of_system, sizeof of_system - 1) == 0) {
        shape = schema_field(shape, "system")->of;
        key += sizeof of_system - 1;
    }
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        size_t len = f->key ? strlen(f->key) : 0;
        if (len == 0 || strncmp(key, f->key, len) != 0 || f->type == FIELD_MAP)
            continue;
        for (int part = 0; part < N_PARTS; part++)
            if (strcmp(key + len, part_names[part]) == 0 &&
                (part == PART_VALUE || f->type == FIELD_TEXT)) {
                c.field = f;
                c.part = (uint8_t)part;
            }
    }
    return c;
}

// ---- for the writer of workbooks ----------------------------------------------------

struct making {
    struct arena *arena;
    enum lang lang;
    struct doc_grid *grids;
    size_t *caps;
    size_t *n_long;
};

/* Characters as a workbook counts them. */
static size_t units_of(const char *s)
{
    size_t len = strlen(s), used, units = 0;
    for (size_t i = 0; i < len; i += used)
        units += text_decode(s + i, len - i, &used) > 0xffff ? 2 : 1;
    return units;
}

/* A grid's next row, in a heap array until all are there. */
static const char **add_row(struct doc_grid *g, size_t *cap)
{
    size_t needed = (g->n_rows + 1) * g->n_columns;
    if (needed > *cap) {
        *cap = 2 * needed;
        g->cells = mem_grow(g->cells, *cap * sizeof *g->cells);
    }
    return g->cells + g->n_rows++ * g->n_columns;
}

static void make_row(void *context, const struct grid_sheet *sheet,
                     const struct grid_column *columns, size_t n, const char **values)
{
    struct making *x = context;
    size_t i = (size_t)(sheet - grid_sheets);
    const char **row = add_row(&x->grids[i], &x->caps[i]);
    (void)columns;
    for (size_t k = 0; k < n; k++) {
        int is_long = values[k] && units_of(values[k]) > DOC_XLSX_TEXT / 2;
        row[k] = is_long ? GRID_LONG : values[k];
        *x->n_long += (size_t)is_long;
    }
}

static const char *title_of(const struct grid_sheet *sheet, const struct grid_column *c,
                            enum lang lang, struct arena *a)
{
    static const char *const langs[N_LANGS][N_PARTS] = {
        {"", " (English)",   " (Japanese)"    },
        {"", "（英語）", "（日本語）"}
    };
    static const struct text name = {
        {"its identifier", "識別子"}
    };
    if (sheet->section == NULL || c->field == NULL) return text_in(name, lang);
    return arena_printf(a, "%s%s", text_in(c->field->doc, lang), langs[lang][c->part]);
}

static void make_heads(struct making *x, size_t i)
{
    struct doc_grid *g = &x->grids[i];
    const struct grid_sheet *sheet = &grid_sheets[i];
    struct grid_column *columns = grid_columns(sheet, x->arena, &g->n_columns);
    g->name = sheet->name;
    g->about = sheet->about;
    g->n_heads = 2;
    const char **row = add_row(g, &x->caps[i]);
    for (size_t k = 0; k < g->n_columns; k++)
        row[k] = title_of(sheet, &columns[k], x->lang, x->arena);
    if (sheet->section == NULL) {
        row[0] = text_in(sheet->about, x->lang);
        row[1] = NULL;
    }
    row = add_row(g, &x->caps[i]);
    for (size_t k = 0; k < g->n_columns; k++)
        row[k] = columns[k].key;
}

/* The cells go from the heap into the arena. */
static void settle(struct doc_grid *g, struct arena *a)
{
    size_t n = g->n_rows * g->n_columns;
    const char **cells = arena_array(a, n, sizeof *cells);
    memcpy(cells, g->cells, n * sizeof *cells);
    free(g->cells);
    g->cells = cells;
}

struct doc_grid *grid_make(const struct model_data *m, enum lang lang, struct arena *a,
                           size_t *n_long)
{
    struct making x = {
        .arena = a,
        .lang = lang,
        .grids = arena_array(a, grid_n_sheets, sizeof(struct doc_grid)),
        .caps = arena_array(a, grid_n_sheets, sizeof(size_t)),
        .n_long = n_long,
    };
    const struct teller t = {make_row, &x, a};
    for (size_t i = 0; i < grid_n_sheets; i++)
        make_heads(&x, i);
    tell_all(&t, m);
    for (size_t i = 0; i < grid_n_sheets; i++)
        settle(&x.grids[i], a);
    return x.grids;
}

// ---- by name ------------------------------------------------------------------------

struct indexing {
    struct grid_index *x;
    struct arena *arena;
};

static void add_value(const struct indexing *i, const char *name, const char *value)
{
    struct grid_index *x = i->x;
    if (value == NULL) return;
    strmap_add(&x->map, name, (uint32_t)x->n, NULL);
    *(const char **)mem_push(&x->values, &x->n, &x->cap, sizeof *x->values) = value;
    *(const char **)mem_push(&x->names, &x->n_names, &x->cap_names, sizeof *x->names) =
        name;
}

static void index_row(void *context, const struct grid_sheet *sheet,
                      const struct grid_column *columns, size_t n, const char **values)
{
    const struct indexing *i = context;
    size_t n_names = grid_n_names(sheet);
    const char *name = arena_printf(i->arena, "%s/%s", sheet->name, values[0]);
    if (sheet->section == NULL) {
        add_value(i, name, values[1]);
        return;
    }
    if (n_names == 2) name = arena_printf(i->arena, "%s/%s", name, values[1]);
    add_value(i, name, values[n_names - 1]);
    for (size_t k = n_names; k < n; k++)
        add_value(i, arena_printf(i->arena, "%s/%s", name, columns[k].key), values[k]);
}

void grid_index(struct grid_index *x, const struct model_data *m, struct arena *a)
{
    struct indexing i = {x, a};
    const struct teller t = {index_row, &i, a};
    *x = (struct grid_index){0};
    tell_all(&t, m);
}

void grid_index_fini(struct grid_index *x)
{
    strmap_fini(&x->map);
    free(x->values);
    free(x->names);
}

const char *grid_value(const struct grid_index *x, const char *name)
{
    uint32_t at;
    return strmap_get(&x->map, name, &at) ? x->values[at] : NULL;
}

// ---- cells as YAML ------------------------------------------------------------------

/* Identifiers: plain where nothing else can be read from them. */
static void read_id(const char *cell, struct buf *out)
{
    if (schema_is_id(cell) && yaml_plain_type(cell) == SCALAR_TEXT)
        buf_str(out, cell);
    else
        schema_quote(out, cell);
}

void grid_node(const struct node *n, struct buf *out)
{
    int is_map = n->kind == NODE_MAPPING;
    if (n->kind == NODE_SCALAR) {
        if (node_type(n) == SCALAR_TEXT && n->quoted)
            schema_quote(out, n->text);
        else if (node_type(n) == SCALAR_TEXT)
            read_id(n->text, out);
        else
            buf_str(out, node_is_null(n) ? "null" : n->text);
        return;
    }
    buf_char(out, is_map ? '{' : '[');
    const struct node *e = n->first;
    for (uint32_t i = 0; i < n->n && e; i++, e = e->next) {
        if (i) buf_str(out, ", ");
        if (is_map) schema_quote(out, e->key);
        if (is_map) buf_str(out, ": ");
        grid_node(e, out);
    }
    buf_char(out, is_map ? '}' : ']');
}

/* A word that YAML takes for nothing but a word, or a number. */
static int is_plain(const char *s)
{
    static const char letters[] =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._+-";
    return s[0] && strspn(s, letters) == strlen(s);
}

static void read_text(const char *cell, struct buf *out)
{
    schema_quote(out, cell);
}

/* Numbers, dates, truth values, words: as they are typed. */
static void read_word(const char *cell, struct buf *out)
{
    if (is_plain(cell) && strcmp(cell, "-") != 0)
        buf_str(out, cell);
    else
        schema_quote(out, cell);
}

/* Bytes of the separator at s: comma, line feed, or the comma of Japanese; or 0. */
static size_t separator(const char *s)
{
    static const char *const all[] = {",", "\n", "、", "，"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strncmp(s, all[i], strlen(all[i])) == 0) return strlen(all[i]);
    return 0;
}

static void put_piece(const char *s, size_t len, int is_first, struct buf *out)
{
    char *piece;
    while (len && strchr(" \t", s[0]))
        s++, len--;
    while (len && strchr(" \t", s[len - 1]))
        len--;
    if (len == 0) return;
    piece = mem_alloc(len + 1);
    memcpy(piece, s, len);
    if (!is_first) buf_str(out, ", ");
    read_id(piece, out);
    free(piece);
}

/* A line feed, which separates what may hold commas. */
static size_t line_end(const char *s)
{
    return *s == '\n';
}

/* Pieces one after the other; `ends` tells the bytes of the separator at s, or 0. */
static void read_pieces(const char *cell, size_t (*ends)(const char *s),
                        struct buf *out)
{
    const char *start = cell, *s = cell;
    buf_char(out, '[');
    size_t before = out->len;
    for (;;) {
        size_t skip = ends(s);
        if (*s && !skip) {
            s++;
            continue;
        }
        put_piece(start, (size_t)(s - start), out->len == before, out);
        if (*s == '\0') break;
        start = s += skip;
    }
    buf_char(out, ']');
}

static void read_list(const char *cell, struct buf *out)
{
    read_pieces(cell, separator, out);
}

static void read_lines(const char *cell, struct buf *out)
{
    read_pieces(cell, line_end, out);
}

typedef void read_cell(const char *cell, struct buf *out);

static read_cell *const reads[] = {
    [FIELD_TEXT] = read_text,     [FIELD_STRING] = read_text,
    [FIELD_ID] = read_id,         [FIELD_BOOL] = read_word,
    [FIELD_INT] = read_word,      [FIELD_NUMBER] = read_word,
    [FIELD_CHOICE] = read_word,   [FIELD_CHOICES] = read_list,
    [FIELD_DATE] = read_word,     [FIELD_MONEY] = read_text,
    [FIELD_REF] = read_id,        [FIELD_REFS] = read_list,
    [FIELD_STRINGS] = read_lines,
};
static const size_t n_reads = sizeof reads / sizeof *reads;

static const struct text *read_yaml(const char *cell, struct arena *a, struct buf *out)
{
    struct diag_list d = {0};
    struct text *wrong = NULL;
    int file = yaml_text(&d, "cell", cell, strlen(cell));
    struct node *n = file < 0 ? NULL : yaml_parse(a, &d, (uint32_t)file);
    if (n && d.n_errors == 0)
        grid_node(n, out);
    else {
        wrong = arena_alloc(a, sizeof *wrong);
        for (int lang = 0; lang < N_LANGS; lang++)
            wrong->in[lang] =
                arena_str(a, text_in(d.items[0].message, (enum lang)lang));
    }
    diag_fini(&d);
    return wrong;
}

/* Lists, which may also stand as YAML has them. */
static int is_bracketed(const struct field *f, const char *cell)
{
    int is_list =
        f->type == FIELD_CHOICES || f->type == FIELD_REFS || f->type == FIELD_STRINGS;
    return is_list && (cell[0] == '[' || strncmp(cell, "- ", 2) == 0);
}

const struct text *grid_yaml(const struct field *f, const char *cell, struct arena *a,
                             struct buf *out)
{
    int is_bracket = is_bracketed(f, cell);
    if (f->type < n_reads && reads[f->type] && !is_bracket) {
        reads[f->type](cell, out);
        return NULL;
    }
    return read_yaml(cell, a, out);
}
