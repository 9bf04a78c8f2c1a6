// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_GRID_H
#define EXCHANGE_GRID_H
/*
 * A model as sheets of cells, in the model's own words, and how a cell becomes YAML
 * again. Sheets, columns and what stands in a cell follow from the tables that read the
 * model (model_shape): a new key of the language is a new column by itself.
 *
 * A sheet has two heads: what a column means, for people, and its key, for the reader;
 * then a row an entry. A key with a text has two columns, name.en and name.ja; what has
 * no form of its own in a cell stands there as YAML. The sheet "Model" holds what are
 * no entries, a key and its value a row.
 */
#include "base/schema.h"
#include "model/model.h"
#include "page/doc_xlsx.h"

/* What a cell says instead of a text that it cannot hold: the model's stays. */
#define GRID_LONG "(...)"

enum grid_part { PART_VALUE, PART_EN, PART_JA, N_PARTS };

struct grid_column {
    const char *key;           // as the head has it: "name.en"
    const struct field *field; // NULL: the id of the entry, or of the one around it
    uint8_t part;              // enum grid_part
};

/* A sheet: what it is called, and which entries it has. */
struct grid_sheet {
    const char *name;     // the same in both languages; also the Japanese one is read
    const char *japanese; // what it is called there
    const char *section;  // key of the model; NULL: "Model"
    const char *inner;    // key of the section's entries whose entries are the rows
    struct text about;
};

extern const struct grid_sheet grid_sheets[];
extern const size_t grid_n_sheets;

/* The sheet of a name in either language, whatever its case and blanks; or NULL. */
const struct grid_sheet *grid_find_sheet(const char *name);
/* The shape of its rows (of "Model": of the whole). */
const struct shape *grid_shape(const struct grid_sheet *sheet);
/* The field that holds them; NULL for "Model". */
const struct field *grid_section(const struct grid_sheet *sheet);

/* The columns of a sheet, in the arena. */
struct grid_column *grid_columns(const struct grid_sheet *sheet, struct arena *a,
                                 size_t *n);
/* How many of them name the row: 1, or 2 where entries are within entries. */
size_t grid_n_names(const struct grid_sheet *sheet);

/* A row of "Model": its field, and that of the system if it is one of these. */
struct grid_column grid_setting(const char *key);

/*
 * All sheets of a model, for doc_xlsx_with, in the arena; `lang` is that of the heads.
 * For texts that a cell cannot hold stands GRID_LONG; their number is added to *n_long.
 */
struct doc_grid *grid_make(const struct model_data *m, enum lang lang, struct arena *a,
                           size_t *n_long);

/*
 * The cells of a model by name, to compare: "SHEET/ID/KEY", or "SHEET/ID/ID/KEY".
 */
struct grid_index {
    struct strmap map;
    const char **values;
    const char **names;
    size_t n, cap, cap_names, n_names;
};
void grid_index(struct grid_index *x, const struct model_data *m, struct arena *a);
void grid_index_fini(struct grid_index *x);
/* What the cell holds; NULL if it is empty or there is none. */
const char *grid_value(const struct grid_index *x, const char *name);

/* What a cell shows of an object's field, or of one language of it; NULL: nothing. */
const char *grid_show(const struct field *f, enum grid_part part, const void *object,
                      struct arena *a);

/*
 * Appends what a cell says as YAML on one line, as the value of its key. Returns NULL,
 * or what is wrong if it is no YAML where YAML is meant, in the arena.
 */
const struct text *grid_yaml(const struct field *f, const char *cell, struct arena *a,
                             struct buf *out);
/* A node as YAML on one line. */
void grid_node(const struct node *n, struct buf *out);
#endif
