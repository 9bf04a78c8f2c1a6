// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_DOC_H
#define PAGE_DOC_H
/*
 * A document as a tree, without a format: what a report says, not how it looks.
 * Builders append to the tree; writers (doc_html.h) walk it. Each text is in both
 * languages, so that one tree makes a document in either, or in both.
 *
 *     document > blocks > (blocks | lines | tables | figures)
 *     table    > groups > rows > cells > lines
 *     line     > spans
 *
 * A block is a section, a paragraph, a list, ...; a line is a run of text of its own
 * (a paragraph, an item of a list, a line in a cell); a span is a piece of a line with
 * one meaning (plain, strong, a link, a badge).
 *
 * The document and all that hangs on it live in the arena of doc_new. Strings given
 * are borrowed: literals, texts of the model, or copies in the same arena. Builders
 * never fail. An anchor is the stable id of what a place is about; the first place
 * that claims it has it, and a link to an anchor that no place has is written as
 * plain text, so that every link of a document leads somewhere.
 */
#include "base/buf.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/text.h"

/* What a badge or a cell stands for; always said in words as well. */
enum doc_tone {
    DOC_PLAIN,
    DOC_LEVEL_NONE, // levels of harm
    DOC_LEVEL_1,
    DOC_LEVEL_2,
    DOC_LEVEL_3,
    DOC_GOOD,
    DOC_OPEN, // to be done, above a target
    DOC_INFO,
    DOC_MUTED,
};

enum doc_span_kind {
    DOC_TEXT,
    DOC_LINK,  // target: "#anchor", or an http(s) address
    DOC_BADGE, // text in a frame, with a tone
    DOC_CODE,  // an identifier; text.in[LANG_EN] holds it
    DOC_MARK,  // one sign; `text` is what it means
    DOC_NAME,  // a name as the author wrote it, of people say; in text.in[LANG_EN]
};

enum doc_span_flags { DOC_STRONG = 1, DOC_SOFT = 2, DOC_WHOLE = 4 };

struct doc_span {
    struct doc_span *next;
    uint8_t kind;  // enum doc_span_kind
    uint8_t tone;  // enum doc_tone
    uint8_t flags; // enum doc_span_flags
    struct text text;
    const char *target; // of a link; the sign of a mark
};

struct doc_line {
    struct doc_line *next;
    struct doc_span *first, *last;
    uint8_t bullet;     // an item of a list
    const char *anchor; // or NULL
};

struct doc_lines {
    struct doc_line *first, *last;
    size_t n;
};

enum doc_width { DOC_AUTO, DOC_NARROW, DOC_MIDDLE, DOC_BROAD, DOC_WIDE };
enum doc_align { DOC_START, DOC_CENTRE, DOC_END };

struct doc_column {
    struct text title;
    uint8_t width; // enum doc_width, a hint
    uint8_t align; // enum doc_align
};

struct doc_cell {
    struct doc_cell *next;
    struct doc_lines lines;
    uint8_t highlight; // stands out: strong, shaded and marked
    uint8_t tone;      // enum doc_tone: shade of the cell
    const char *anchor;
};

/* The first cell of a row is its head. Cells that are missing at the end are empty. */
struct doc_row {
    struct doc_row *next;
    struct doc_cell *first, *last;
    size_t n_cells;
    const char *anchor;
    uint8_t stands_out; // something is to be done here
    uint8_t total;      // sums up the rows before it
};

/* Rows that belong together; a table without groups has one, without title. */
struct doc_group {
    struct doc_group *next;
    struct text title, detail;
    const char *anchor;
    struct doc_row *first, *last;
    size_t n_rows;
    uint8_t open; // when folded: shown at first
};

struct doc_table {
    struct text caption;
    const struct doc_column *columns;
    size_t n_columns;
    struct doc_group *first, *last;
    size_t n_rows;
    unsigned flags;  // enum doc_table_flags
    unsigned number; // counted over the document, from 1
};

enum doc_table_flags {
    DOC_FILTER = 1, // large: let the reader search it
    DOC_FOLD = 2,   // groups may be folded
    DOC_DENSE = 4,  // many narrow columns
};

/* One picture a language, and a caption. */
struct doc_figure {
    struct text caption;
    const char *svg[N_LANGS];
    unsigned number;         // 0: not counted
    struct doc_table *table; // what it shows, in words; or NULL
    uint8_t is_part;         // drawn of what an extract is about: stays in it
};

/* A name and what it has to say. */
struct doc_fact {
    struct doc_fact *next;
    struct text name;
    struct doc_lines value;
    uint8_t tone;
};

struct doc_facts {
    struct doc_fact *first, *last;
};

enum doc_block_kind {
    DOC_SECTION,   // heading, then children
    DOC_PARAGRAPH, // lines
    DOC_LEAD,      // lines: what matters most of a section
    DOC_LIST,      // lines
    DOC_STEPS,     // lines: a chain, one after the other
    DOC_TABLE,
    DOC_FIGURE,
    DOC_NOTE,    // lines: a remark
    DOC_WARNING, // lines: a remark that must not be overlooked
    DOC_FACTS,   // names and values
    DOC_TILES,   // few facts that are large
    DOC_COLUMNS, // children side by side where there is room
    DOC_GROUP,   // children that belong together, as in one column
    DOC_FOLDED,  // heading, then children that the reader unfolds
    DOC_COVER,   // the document's title; heading: what it is; lines; children
};

struct doc_block {
    struct doc_block *next, *parent;
    struct doc_block *first, *last; // children
    uint8_t kind;                   // enum doc_block_kind
    uint8_t depth;                  // of a section: 1, 2, ...
    uint8_t open;                   // of DOC_FOLDED: shown at first
    struct text heading;
    struct doc_lines aside; // of DOC_FOLDED: beside the heading
    const char *number;     // of a section: "2.1", or NULL
    const char *anchor;
    unsigned n_sections; // among the children
    struct doc_lines lines;
    struct doc_table *table;
    struct doc_figure *figure; // of a cover: a logo, its caption who it is of
    struct doc_facts *facts;
};

/* A page beside the document, where a server shows it. */
struct doc_place {
    struct text text;
    const char *href;
};

struct doc {
    struct arena *arena;
    struct text title;
    struct doc_block root; // no kind of its own; its children are the document
    unsigned n_chapters, n_appendices, n_tables, n_figures;
    struct strmap anchors;          // freed by doc_fini
    const struct doc_place *places; // in the bar; borrowed, none in a file
    size_t n_places;
    int has_images; // raster images within figures
};

/* An empty document in the arena. Call doc_fini before the arena goes. */
struct doc *doc_new(struct arena *arena, struct text title);
void doc_fini(struct doc *doc);

/*
 * Sections. doc_chapter: numbered 1, 2, ... in the document; doc_appendix: A, B, ...;
 * doc_front: without number; doc_section: within another section, 1.1, 1.2, ...
 */
struct doc_block *doc_chapter(struct doc *doc, const char *anchor, struct text heading);
struct doc_block *doc_appendix(struct doc *doc, const char *anchor,
                               struct text heading);
struct doc_block *doc_front(struct doc *doc, const char *anchor, struct text heading);
struct doc_block *doc_section(struct doc *doc, struct doc_block *parent,
                              const char *anchor, struct text heading);

/* A block of any other kind without content yet; parent NULL: in the document. */
struct doc_block *doc_block(struct doc *doc, struct doc_block *parent,
                            enum doc_block_kind kind);

/* A paragraph, note, ... of one text. Returns its line, for more. */
struct doc_line *doc_say(struct doc *doc, struct doc_block *parent,
                         enum doc_block_kind kind, struct text text);

/* A part that the reader unfolds. */
struct doc_block *doc_folded(struct doc *doc, struct doc_block *parent,
                             const char *anchor, struct text heading);

/* Appends a line, empty yet; doc_item: as an item of a list. */
struct doc_line *doc_line(struct doc *doc, struct doc_lines *lines);
struct doc_line *doc_item(struct doc *doc, struct doc_lines *lines);

/* Pieces of a line. An empty text adds nothing. doc_link: `target` "#anchor" or http.
 */
void doc_text(struct doc *doc, struct doc_line *line, struct text text);
void doc_strong(struct doc *doc, struct doc_line *line, struct text text);
void doc_soft(struct doc *doc, struct doc_line *line, struct text text);
/* A date and the like, which must not be broken over two lines. */
void doc_whole(struct doc *doc, struct doc_line *line, struct text text);
void doc_link(struct doc *doc, struct doc_line *line, struct text text,
              const char *target);
void doc_badge(struct doc *doc, struct doc_line *line, struct text text,
               enum doc_tone tone);
void doc_code(struct doc *doc, struct doc_line *line, const char *id);
void doc_name(struct doc *doc, struct doc_line *line, const char *name);
void doc_mark(struct doc *doc, struct doc_line *line, const char *sign,
              struct text meaning);

/* A table; `columns` are borrowed. Starts with one group without title. */
struct doc_table *doc_table(struct doc *doc, struct doc_block *parent,
                            struct text caption, const struct doc_column *columns,
                            size_t n_columns, unsigned flags);
/* Opens a group; rows that follow are in it. */
struct doc_group *doc_group(struct doc *doc, struct doc_table *table,
                            struct text title);
/* Opens a row; cells that follow are in it. */
struct doc_row *doc_row(struct doc *doc, struct doc_table *table, const char *anchor);
/* Appends a cell to the table's last row. doc_cell_text: with one line of text. */
struct doc_cell *doc_cell(struct doc *doc, struct doc_table *table);
struct doc_line *doc_cell_text(struct doc *doc, struct doc_table *table,
                               struct text text);
/* The cell's last line, made if there is none. */
struct doc_line *doc_cell_line(struct doc *doc, struct doc_cell *cell);

/* A figure; pictures are SVG elements, borrowed; those missing are NULL. */
struct doc_figure *doc_figure(struct doc *doc, struct doc_block *parent,
                              struct text caption);

/*
 * A table that says what a figure shows, for formats without pictures; it is in no
 * block, and not counted. Rows are added as to any other.
 */
struct doc_table *doc_figure_table(struct doc *doc, struct doc_figure *figure,
                                   const struct doc_column *columns, size_t n_columns);

/* A fact of a block of kind DOC_FACTS, DOC_TILES or DOC_COVER. Returns its lines. */
struct doc_fact *doc_fact(struct doc *doc, struct doc_block *facts, struct text name);

/* Claims an anchor for a place: returns it, or NULL when it is taken (or NULL given).
 */
const char *doc_claim(struct doc *doc, const char *anchor);

/*
 * Leaves one language of the document: each text that exists in both becomes what it is
 * in `lang`, figures lose the picture in the other. For what is handed over in one
 * language; the tree cannot be made bilingual again.
 */
void doc_only(struct doc *doc, enum lang lang);

/* Appends what a line says, as plain text. */
void doc_plain(const struct doc_line *line, enum lang lang, struct buf *out);

/* 1 if a link to it leads somewhere: a claimed "#anchor", or an http(s) address. */
int doc_leads(const struct doc *doc, const char *target);
#endif
