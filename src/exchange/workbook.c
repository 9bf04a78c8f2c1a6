// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * A workbook as changes to a model; see import.h. Each row is compared, cell by cell,
 * with what the model's own sheets would hold (grid.h): only what differs is wanted, so
 * that the text of the model changes nowhere else (merge.h). Then the new text is read
 * like any model, and what the reader says of a line that came from a cell is told of
 * the cell.
 */
#include <stdlib.h>
#include <string.h>

#include "exchange/grid.h"
#include "exchange/import_int.h"
#include "exchange/merge.h"
#include "exchange/xlsx.h"

/* A column of a sheet as it was found. */
struct found {
    uint32_t at; // column of the workbook
    struct grid_column column;
    int is_known; // else it is passed over
};

/* A cell as a source. */
struct cell_at {
    const struct xlsx_sheet *sheet;
    const struct grid_sheet *kind;
    uint32_t row, column;
};

struct work {
    const struct import_job *job;
    struct import_result *r;
    struct xlsx book;
    struct arena arena;
    struct grid_index old;
    struct model *before; // NULL without a base
    struct want root;
    struct cell_at *cells; // sources, from 1
    size_t n_cells, cap_cells;
    struct strmap touched; // names of cells that differ, as grid_value has them
    struct strmap rows;    // names of rows met
    // the sheet at hand
    const struct xlsx_sheet *sheet;
    const struct grid_sheet *kind;
    struct found *columns;
    size_t n_columns;
    uint32_t head; // its row
};

static source source_of(struct work *w, uint32_t row, uint32_t column)
{
    struct cell_at *c = mem_push(&w->cells, &w->n_cells, &w->cap_cells, sizeof *c);
    *c = (struct cell_at){w->sheet, w->kind, row, column};
    return (source)w->n_cells;
}

static struct place place_of(struct work *w, const struct xlsx_sheet *sheet,
                             uint32_t row, uint32_t column)
{
    struct buf place = {0};
    buf_printf(&place, "%s!", sheet->name);
    xlsx_address(row, column, &place);
    struct place at = import_place(w->r, w->job, buf_text(&place));
    buf_fini(&place);
    return at;
}

#define COMPLAIN(w, row, column, kind, ...)                                            \
    DIAG_ADD(&(w)->r->diags, kind, place_of((w), (w)->sheet, (row), (column)),         \
             __VA_ARGS__)

// ---- the head of a sheet ------------------------------------------------------------

enum { MOST_HEAD_ROWS = 10 }; // before the rows of a sheet

static int is_key(const struct xlsx_cell *c, const char *key)
{
    return c && strcmp(c->text, key) == 0;
}

/* The column of a key in a row, or REF_NONE. */
static uint32_t find_key(const struct work *w, uint32_t row, const char *key)
{
    for (size_t i = 0; i < w->sheet->n; i++) {
        const struct xlsx_cell *c = &w->sheet->cells[i];
        if (c->row == row && is_key(c, key)) return c->column;
        if (c->row > row) break;
    }
    return REF_NONE;
}

/* The row of keys: the first that has the key of the names. */
static int find_head(struct work *w, const struct grid_column *columns)
{
    for (w->head = 0; w->head < MOST_HEAD_ROWS; w->head++)
        if (find_key(w, w->head, columns[0].key) != REF_NONE) return 1;
    return 0;
}

static int find_column(const struct work *w, const char *key,
                       const struct grid_column *columns, size_t n,
                       struct grid_column *out)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(columns[i].key, key) == 0) {
            *out = columns[i];
            return 1;
        }
    // a text in one column: the same in both languages
    const struct field *f =
        w->kind->section ? schema_field(grid_shape(w->kind), key) : NULL;
    *out = (struct grid_column){key, f, PART_VALUE};
    return f && f->type == FIELD_TEXT;
}

static void read_head(struct work *w, const struct grid_column *columns, size_t n)
{
    w->columns = arena_array(&w->arena, w->sheet->n, sizeof *w->columns);
    w->n_columns = 0;
    for (size_t i = 0; i < w->sheet->n; i++) {
        const struct xlsx_cell *c = &w->sheet->cells[i];
        if (c->row != w->head) continue;
        struct found *f = &w->columns[w->n_columns++];
        f->at = c->column;
        f->is_known = find_column(w, c->text, columns, n, &f->column);
        if (!f->is_known)
            COMPLAIN(w, c->row, c->column, COLUMN_UNKNOWN,
                     diag_quote(&w->r->diags, c->text), text_same(w->kind->name));
    }
}

// ---- rows ---------------------------------------------------------------------------

/* What a cell says, as the sheets of a model would; NULL: nothing. */
static const char *cell_text(struct work *w, uint32_t row, const struct found *f)
{
    const struct xlsx_cell *c = xlsx_at(w->sheet, row, f->at);
    if (c == NULL || text_is_blank(c->text)) return NULL;
    if (c->kind == XLSX_ERROR)
        COMPLAIN(w, row, f->at, CELL_ERROR, diag_quote(&w->r->diags, c->text));
    int is_date = f->column.field && f->column.field->type == FIELD_DATE;
    int32_t day = is_date && c->kind == XLSX_NUMBER ? xlsx_day(&w->book, c->text) : 0;
    if (day == 0) return c->text;
    return arena_printf(&w->arena, "%04d-%02d-%02d", (int)(day / 10000),
                        (int)(day / 100 % 100), (int)(day % 100));
}

static int is_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void touch(struct work *w, const char *name)
{
    strmap_add(&w->touched, name, 0, NULL);
}

/* The value of a text, of which a row has one column or two. */
struct parts {
    const struct field *field;
    const char *in[N_LANGS];
    uint32_t at; // a column of it
    int differs;
};

static const char *name_part(struct work *w, const char *row_name,
                             const struct field *f, int lang)
{
    return arena_printf(&w->arena, "%s%s%s%s", row_name, w->kind->section ? "/" : "",
                        w->kind->section ? f->key : "",
                        lang == LANG_EN ? ".en" : ".ja");
}

/* The part that a cell is becomes what it says. */
static void set_part(struct work *w, struct parts *p, const char *row_name,
                     const struct grid_column *c, const char *says)
{
    for (int lang = 0; lang < N_LANGS; lang++) {
        if (c->part == PART_EN && lang != LANG_EN) continue;
        if (c->part == PART_JA && lang != LANG_JA) continue;
        if (is_same(p->in[lang], says)) continue;
        touch(w, name_part(w, row_name, p->field, lang));
        p->in[lang] = says;
        p->differs = 1;
    }
}

/* One plain text, or one a language. */
static const char *text_yaml(struct work *w, const struct parts *p)
{
    const char *en = p->in[LANG_EN], *ja = p->in[LANG_JA];
    struct buf out = {0};
    if (en == NULL && ja == NULL) return NULL;
    if (en && ja && strcmp(en, ja) == 0) {
        schema_quote(&out, en);
    } else {
        buf_char(&out, '{');
        if (en) buf_str(&out, "en: ");
        if (en) schema_quote(&out, en);
        if (ja) buf_str(&out, en ? ", ja: " : "ja: ");
        if (ja) schema_quote(&out, ja);
        buf_char(&out, '}');
    }
    const char *s = arena_strn(&w->arena, out.data, out.len);
    buf_fini(&out);
    return s;
}

/* A row: its names, and where what it says goes. */
struct row {
    uint32_t at;
    const char *name;     // as grid_value begins
    struct want *entry;   // where its keys go; NULL until there is one
    const char *names[2]; // ids, the second where entries are within entries
    uint32_t name_at[2];  // columns
    int is_new;
};

/* The mapping `key` within a want, made if need be. */
static struct want *within(struct work *w, struct want *parent, const char *key,
                           source from)
{
    struct want *found = want_get(parent, key);
    return found ? found : want_add(&w->arena, parent, key, from);
}

static struct want *entry_of(struct work *w, struct row *row)
{
    if (row->entry) return row->entry;
    source from = source_of(w, row->at, row->name_at[w->kind->inner ? 1 : 0]);
    struct want *at = within(w, &w->root, w->kind->section, from);
    at = within(w, at, row->names[0], from);
    if (w->kind->inner) {
        at = within(w, at, w->kind->inner, from);
        at = within(w, at, row->names[1], from);
    }
    at->is_old = !row->is_new;
    return row->entry = at;
}

/* The YAML of a cell; NULL, told, if it is none. */
static const char *value_yaml(struct work *w, uint32_t row, const struct found *f,
                              const char *says)
{
    struct buf out = {0};
    const struct text *wrong = grid_yaml(f->column.field, says, &w->arena, &out);
    const char *s = wrong ? NULL : arena_strn(&w->arena, buf_text(&out), out.len);
    if (wrong) COMPLAIN(w, row, f->at, CELL_YAML, *wrong);
    buf_fini(&out);
    return s;
}

static void want_value(struct work *w, struct want *parent, uint32_t row,
                       const struct found *f, const char *says)
{
    struct want *key =
        want_add(&w->arena, parent, f->column.field->key, source_of(w, row, f->at));
    if (says) key->yaml = value_yaml(w, row, f, says);
}

/* Says that the model's text stays, since the cell cannot hold it. */
static int is_too_long(const char *says)
{
    return says && strcmp(says, GRID_LONG) == 0;
}

static void take_value(struct work *w, struct row *row, const struct found *f)
{
    const char *name =
        arena_printf(&w->arena, "%s/%s", row->name, f->column.field->key);
    const char *says = cell_text(w, row->at, f);
    if (is_too_long(says) || is_same(says, grid_value(&w->old, name))) return;
    touch(w, name);
    want_value(w, entry_of(w, row), row->at, f, says);
}

/* All columns of a text at once, when its first is met. */
static void take_text(struct work *w, struct row *row, size_t first)
{
    struct parts p = {.field = w->columns[first].column.field,
                      .at = w->columns[first].at};
    for (size_t i = 0; i < first; i++)
        if (w->columns[i].is_known && w->columns[i].column.field == p.field) return;
    for (int lang = 0; lang < N_LANGS; lang++)
        p.in[lang] = grid_value(&w->old, name_part(w, row->name, p.field, lang));
    for (size_t i = first; i < w->n_columns; i++) {
        const struct found *f = &w->columns[i];
        if (!f->is_known || f->column.field != p.field) continue;
        const char *says = cell_text(w, row->at, f);
        if (!is_too_long(says)) set_part(w, &p, row->name, &f->column, says);
    }
    if (!p.differs) return;
    struct want *key = want_add(&w->arena, entry_of(w, row), p.field->key,
                                source_of(w, row->at, p.at));
    key->yaml = text_yaml(w, &p);
}

static void take_row(struct work *w, struct row *row)
{
    for (size_t i = 0; i < w->n_columns; i++) {
        const struct found *f = &w->columns[i];
        if (!f->is_known || f->column.field == NULL) continue;
        if (f->column.field->type == FIELD_TEXT)
            take_text(w, row, i);
        else
            take_value(w, row, f);
    }
    if (row->is_new) entry_of(w, row); // even if it says nothing but its name
    w->r->n_new += (size_t)row->is_new;
    w->r->n_changed += !row->is_new && row->entry;
    w->r->n_same += !row->is_new && !row->entry;
}

/* The names of a row; 0, told, if one is missing. */
static int read_names(struct work *w, struct row *row,
                      const struct grid_column *columns)
{
    size_t n = grid_n_names(w->kind);
    struct buf name = {0};
    buf_str(&name, w->kind->name);
    for (size_t i = 0; i < n; i++) {
        uint32_t at = find_key(w, w->head, columns[i].key);
        const struct xlsx_cell *c =
            at == REF_NONE ? NULL : xlsx_at(w->sheet, row->at, at);
        row->name_at[i] = at == REF_NONE ? 0 : at;
        row->names[i] = c && !text_is_blank(c->text) ? c->text : NULL;
        if (row->names[i] == NULL) {
            COMPLAIN(w, row->at, row->name_at[i], ROW_WITHOUT_NAME,
                     text_same(columns[i].key));
            buf_fini(&name);
            return 0;
        }
        buf_printf(&name, "/%s", row->names[i]);
    }
    row->name = arena_str(&w->arena, buf_text(&name));
    buf_fini(&name);
    return 1;
}

static void read_row(struct work *w, uint32_t at, const struct grid_column *columns)
{
    struct row row = {.at = at};
    if (!read_names(w, &row, columns)) return;
    if (!strmap_add(&w->rows, row.name, 0, NULL)) {
        COMPLAIN(w, at, row.name_at[0], ROW_TWICE,
                 diag_quote(&w->r->diags, row.names[w->kind->inner ? 1 : 0]));
        return;
    }
    row.is_new = grid_value(&w->old, row.name) == NULL;
    take_row(w, &row);
}

// ---- "Model" ------------------------------------------------------------------------

/* What the sheet says of a key on any row; NULL: nothing, or no such row. */
static const char *setting_of(struct work *w, const char *key, uint32_t key_at,
                              uint32_t value_at)
{
    for (size_t i = 0; i < w->sheet->n; i++) {
        const struct xlsx_cell *c = &w->sheet->cells[i];
        struct found f = {value_at, grid_setting(key), 1};
        if (c->row > w->head && c->column == key_at && strcmp(c->text, key) == 0)
            return cell_text(w, c->row, &f);
    }
    return grid_value(&w->old, arena_printf(&w->arena, "%s/%s", w->kind->name, key));
}

/* A text of the model itself: each language has a row. */
static void take_setting_text(struct work *w, struct want *parent, uint32_t row,
                              const struct found *f, uint32_t key_at)
{
    const char *key = f->column.key;
    int len = (int)(strlen(key) - strlen(".en"));
    struct parts p = {.field = f->column.field};
    p.in[LANG_EN] =
        setting_of(w, arena_printf(&w->arena, "%.*s.en", len, key), key_at, f->at);
    p.in[LANG_JA] =
        setting_of(w, arena_printf(&w->arena, "%.*s.ja", len, key), key_at, f->at);
    struct want *want = within(w, parent, p.field->key, source_of(w, row, f->at));
    want->yaml = text_yaml(w, &p);
}

static void read_setting(struct work *w, uint32_t row, uint32_t key_at,
                         uint32_t value_at)
{
    static const char of_system[] = "system.";
    const struct xlsx_cell *key = xlsx_at(w->sheet, row, key_at);
    if (key == NULL) return;
    struct found f = {value_at, grid_setting(key->text), 1};
    if (f.column.field == NULL) {
        COMPLAIN(w, row, key_at, COLUMN_UNKNOWN, diag_quote(&w->r->diags, key->text),
                 text_same(w->kind->name));
        return;
    }
    const char *says = cell_text(w, row, &f);
    const char *name = arena_printf(&w->arena, "%s/%s", w->kind->name, key->text);
    if (is_too_long(says) || is_same(says, grid_value(&w->old, name))) return;
    touch(w, name);
    struct want *parent = &w->root;
    if (strncmp(key->text, of_system, sizeof of_system - 1) == 0)
        parent = within(w, parent, "system", source_of(w, row, value_at));
    if (f.column.part == PART_VALUE)
        want_value(w, parent, row, &f, says);
    else
        take_setting_text(w, parent, row, &f, key_at);
}

// ---- sheets -------------------------------------------------------------------------

static void read_sheet(struct work *w, const struct xlsx_sheet *sheet)
{
    size_t n;
    w->sheet = sheet;
    w->kind = grid_find_sheet(sheet->name);
    struct grid_column *columns = grid_columns(w->kind, &w->arena, &n);
    if (!find_head(w, columns)) {
        COMPLAIN(w, 0, 0, SHEET_WITHOUT_HEAD, text_same(columns[0].key));
        return;
    }
    if (w->kind->section) read_head(w, columns, n);
    uint32_t last = w->head;
    uint32_t key_at = find_key(w, w->head, columns[0].key);
    uint32_t value_at = find_key(w, w->head, columns[1].key);
    for (size_t i = 0; i < sheet->n; i++) {
        uint32_t row = sheet->cells[i].row;
        if (row <= last) continue;
        last = row;
        if (w->kind->section)
            read_row(w, row, columns);
        else if (value_at != REF_NONE)
            read_setting(w, row, key_at, value_at);
    }
}

static int is_wanted(const char *name)
{
    return grid_find_sheet(name) != NULL;
}

static int open_book(struct work *w)
{
    static const enum diag_kind ends[] = {
        [XLSX_NO_ZIP] = DIAG_WORKBOOK_BROKEN,    [XLSX_NO_BOOK] = DIAG_WORKBOOK_BROKEN,
        [XLSX_ENCRYPTED] = DIAG_WORKBOOK_LOCKED, [XLSX_BAD_XML] = DIAG_WORKBOOK_XML,
        [XLSX_BEYOND] = DIAG_WORKBOOK_LARGE,
    };
    enum xlsx_end end = xlsx_read(&w->book, w->job->bytes, w->job->len, is_wanted);
    struct place at = import_place(w->r, w->job, "");
    if (end != XLSX_DONE)
        diag_put(&w->r->diags, ends[end], at, NULL);
    else if (w->book.n_sheets == 0)
        diag_put(&w->r->diags, DIAG_WORKBOOK_EMPTY, at, NULL);
    return w->r->diags.n_errors == 0;
}

// ---- messages of the reader ---------------------------------------------------------

/* The column whose key a message says is missing, or that of the source. */
static uint32_t missing_column(const struct cell_at *c, const struct diag *item)
{
    const char *said = text_in(item->message, LANG_EN);
    for (size_t i = 0; i < c->sheet->n; i++) {
        const struct xlsx_cell *head = &c->sheet->cells[i];
        if (head->row >= MOST_HEAD_ROWS) break;
        size_t len = strcspn(head->text, ".");
        for (const char *s = said; (s = strchr(s, '\'')); s++)
            if (strncmp(s + 1, head->text, len) == 0 && s[len + 1] == '\'')
                return head->column;
    }
    return c->column;
}

/* Where a message about a line belongs: to the cell it came from, to the model's own
 * line, or to the workbook as a whole. */
static struct place place_of_line(struct work *w, const struct merged *m,
                                  const struct diag *item, uint32_t model_file)
{
    const struct merge_line *line =
        item->at.line && item->at.line <= m->n ? &m->lines[item->at.line - 1] : NULL;
    int is_missing = item->kind == DIAG_MISSING_KEY;
    if (line && line->from && (line->line == 0 || is_missing)) {
        const struct cell_at *c = &w->cells[line->from - 1];
        return place_of(w, c->sheet, c->row,
                        is_missing ? missing_column(c, item) : c->column);
    }
    if (line && line->line && w->job->base)
        return (struct place){model_file, line->line, item->at.column};
    return import_place(w->r, w->job, "");
}

/* Errors of the new model, at the places they came from. */
static void tell_reader(struct work *w, const struct merged *m, struct model *after)
{
    const struct import_base *base = w->job->base;
    uint32_t file = 0;
    if (base && after->diags.n_errors) {
        char *text = mem_alloc(base->len + 1);
        memcpy(text, base->text, base->len);
        file = diag_add_file(&w->r->diags, base->path, text, base->len);
    }
    for (size_t i = 0; i < after->diags.n; i++) {
        const struct diag *item = &after->diags.items[i];
        if (item->severity == DIAG_ERROR)
            diag_copy(&w->r->diags, item, place_of_line(w, m, item, file));
    }
}

// ---- the whole ----------------------------------------------------------------------

/* What is wrong with the model to be changed, at its places, which outlive it. */
static void tell_base(struct work *w)
{
    const struct diag_list *from = &w->before->diags;
    struct diag_list *to = &w->r->diags;
    uint32_t first = (uint32_t)to->n_files;
    for (size_t i = 0; i < from->n_files; i++) {
        const struct diag_file *f = &from->files[i];
        char *text = f->text ? mem_alloc(f->len + 1) : NULL;
        if (text) memcpy(text, f->text, f->len);
        uint32_t file = diag_add_file(to, f->path, text, f->len);
        to->files[file].is_foreign = f->is_foreign;
    }
    for (size_t i = 0; i < from->n; i++) {
        struct place at = from->items[i].at;
        at.file += first;
        diag_copy(to, &from->items[i], at);
    }
}

/* Reads a text of the model, with what it includes if that may be looked for. */
static struct model *read_model(const struct import_job *job, const char *path,
                                const char *text, size_t len)
{
    if (job->is_text_only) return model_read_text(path, text, len);
    return model_read_edited(path, text, len, job->base ? job->base->folder : NULL);
}

/* Reads the model to be changed; 0, told, if it is wrong itself. */
static int open_base(struct work *w)
{
    const struct import_base *b = w->job->base;
    if (b == NULL) return 1;
    w->before = read_model(w->job, b->path, b->text, b->len);
    import_bind(w->job, w->before);
    if (w->before->diags.n_errors == 0) {
        grid_index(&w->old, &w->before->m, &w->arena);
        return 1;
    }
    tell_base(w);
    return 0;
}

/* 1 if all that the workbook did not touch is as it was. */
static int rest_is_same(const struct work *w, const struct model *after)
{
    struct arena arena = {0};
    struct grid_index now;
    int same = 1;
    grid_index(&now, &after->m, &arena);
    for (size_t i = 0; i < w->old.n && same; i++) {
        uint32_t value;
        const char *name = w->old.names[i];
        if (!strmap_get(&w->touched, name, &value))
            same = is_same(w->old.values[i], grid_value(&now, name));
    }
    grid_index_fini(&now);
    arena_fini(&arena);
    return same;
}

/* Puts the wants into a text and reads it; NULL if they cannot be put there. */
static struct model *apply(struct work *w, const char *path, const char *text,
                           size_t len, struct merged *m)
{
    struct diag_list d = {0};
    struct model *after = NULL;
    struct buf out = {0};
    int file = yaml_text(&d, path, text, len);
    struct node *root = file < 0 ? NULL : yaml_parse(&w->arena, &d, (uint32_t)file);
    *m = (struct merged){0};
    if (root) merge_text(m, text, len, root, &w->root, &w->arena);
    if (root && !m->is_partial) {
        merged_text(m, &out);
        after = read_model(w->job, path, buf_text(&out), out.len);
        import_bind(w->job, after);
    }
    buf_fini(&out);
    diag_fini(&d);
    return after;
}

/* The model anew, in the writer's own form, with the wants in it; NULL for one that is
 * in several files. */
static struct model *apply_anew(struct work *w, struct buf *text, struct merged *m)
{
    *m = (struct merged){0};
    if (w->before && w->before->m.includes.n) return NULL;
    if (w->before)
        schema_write(&model_shape, &w->before->m, text);
    else
        buf_str(text, "awai: 1\n");
    return apply(w, w->job->base ? w->job->base->path : w->job->name, buf_text(text),
                 text->len, m);
}

static int is_good(const struct work *w, const struct model *after)
{
    return after &&
           (after->diags.n_errors || w->before == NULL || rest_is_same(w, after));
}

static void write_result(struct work *w, const struct merged *m,
                         const struct model *after)
{
    if (w->job->base)
        merged_text(m, &w->r->text);
    else
        schema_write(&model_shape, &after->m, &w->r->text);
}

/* In place, or anew where that cannot be; then what the reader says of it. */
static void finish(struct work *w)
{
    struct merged m;
    struct buf anew = {0};
    const struct import_base *b = w->job->base;
    struct model *after = b ? apply(w, b->path, b->text, b->len, &m) : NULL;
    if (!is_good(w, after)) {
        if (b) {
            model_free(after);
            merged_fini(&m);
        }
        after = apply_anew(w, &anew, &m);
        if (b && is_good(w, after))
            DIAG_ADD(&w->r->diags, MODEL_REWRITTEN, import_place(w->r, w->job, ""),
                     text_same(b->path));
    }
    if (is_good(w, after))
        tell_reader(w, &m, after);
    else
        diag_put(&w->r->diags, DIAG_MODEL_UNCHANGEABLE, import_place(w->r, w->job, ""),
                 NULL);
    if (w->r->diags.n_errors == 0) write_result(w, &m, after);
    model_free(after);
    merged_fini(&m);
    buf_fini(&anew);
}

/* Entries of the model that the workbook does not speak of stay; they are counted. */
static void tell_kept(struct work *w)
{
    size_t n = 0;
    for (size_t i = 0; i < w->old.n; i++) {
        uint32_t value;
        const char *name = w->old.names[i], *slash = strchr(name, '/');
        struct buf sheet = {0};
        buf_add(&sheet, name, (size_t)(slash - name));
        const struct grid_sheet *kind = grid_find_sheet(buf_text(&sheet));
        buf_fini(&sheet);
        size_t names = 0;
        for (const char *s = slash; s; s = strchr(s + 1, '/'))
            names++;
        if (kind->section && names == grid_n_names(kind) &&
            !strmap_get(&w->rows, name, &value))
            n++;
    }
    if (n)
        DIAG_ADD(&w->r->diags, ROWS_KEPT, import_place(w->r, w->job, ""),
                 diag_number(&w->r->diags, (long long)n));
}

static void read_all(struct work *w)
{
    for (size_t i = 0; i < w->book.n_sheets; i++)
        read_sheet(w, &w->book.sheets[i]);
    finish(w);
    if (w->before && w->r->diags.n_errors == 0) tell_kept(w);
}

void import_workbook(const struct import_job *job, struct import_result *r)
{
    struct work w = {.job = job, .r = r};
    if (open_book(&w) && open_base(&w)) read_all(&w);
    xlsx_fini(&w.book);
    grid_index_fini(&w.old);
    strmap_fini(&w.touched);
    strmap_fini(&w.rows);
    free(w.cells);
    model_free(w.before);
    arena_fini(&w.arena);
}
