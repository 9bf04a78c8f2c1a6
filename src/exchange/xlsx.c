// SPDX-License-Identifier: Apache-2.0
/*
 * The reader of workbooks; see xlsx.h. minizip unpacks a part piece by piece into
 * expat's own buffer, so that a part that unpacks to more than its limit is given up
 * where the limit is, whatever it says of its size. Elements are told apart by their
 * local names: workbooks differ in prefixes and name spaces, not in these.
 */
#include "exchange/xlsx.h"

#include <expat.h>
#include <minizip/unzip.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

// ---- the bytes as a file ------------------------------------------------------------

struct bytes {
    const char *data;
    size_t len, at;
};

static voidpf bytes_open(voidpf opaque, const void *name, int mode)
{
    (void)name;
    return mode & ZLIB_FILEFUNC_MODE_WRITE ? NULL : opaque;
}

static uLong bytes_read(voidpf opaque, voidpf stream, void *to, uLong size)
{
    struct bytes *b = stream;
    size_t n = size < b->len - b->at ? size : b->len - b->at;
    (void)opaque;
    memcpy(to, b->data + b->at, n);
    b->at += n;
    return (uLong)n;
}

static ZPOS64_T bytes_tell(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ((struct bytes *)stream)->at;
}

static long bytes_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    struct bytes *b = stream;
    ZPOS64_T from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? b->at
                    : origin == ZLIB_FILEFUNC_SEEK_END ? b->len
                                                       : 0;
    (void)opaque;
    if (offset > b->len || from > b->len - offset) return -1;
    b->at = (size_t)(from + offset);
    return 0;
}

static int bytes_close(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

static int bytes_error(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

static unzFile open_archive(struct bytes *b)
{
    zlib_filefunc64_def calls = {
        .zopen64_file = bytes_open,
        .zread_file = bytes_read,
        .ztell64_file = bytes_tell,
        .zseek64_file = bytes_seek,
        .zclose_file = bytes_close,
        .zerror_file = bytes_error,
        .opaque = b,
    };
    return unzOpen2_64("workbook", &calls);
}

// ---- parts --------------------------------------------------------------------------

/* One reading of a workbook. */
struct reader {
    struct xlsx *x;
    unzFile zip;
    int (*wants)(const char *name);
    enum xlsx_end end;
    XML_Parser parser; // of the part at hand
    unsigned depth;
    size_t n_text, n_cells; // so far
    // what the workbook names
    struct link {
        const char *name, *id, *part;
        struct xlsx_sheet *sheet; // NULL: not wanted
    } * links;
    size_t n_links, cap_links;
    const char **texts; // shared by its cells
    size_t n_texts, cap_texts;
    // the element at hand
    struct xlsx_sheet *sheet;
    struct buf text;   // what it says so far
    unsigned is_heard; // within an element whose characters are a value
    unsigned is_aside; // within a reading (ruby) of a text
    uint32_t row, column;
    char type[12]; // of the cell
};

typedef void begin_element(struct reader *r, const char *name, const char **attributes);
typedef void end_element(struct reader *r, const char *name);

struct handlers {
    begin_element *begin;
    end_element *end;
};

static void give_up(struct reader *r, enum xlsx_end end)
{
    if (r->end == XLSX_DONE) r->end = end;
    if (r->parser) XML_StopParser(r->parser, XML_FALSE);
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

/* An attribute by its local name, or NULL. */
static const char *attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0) return attributes[1];
    return NULL;
}

static int is_name(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* A part's handlers and the reading, as expat hands them back. */
struct part {
    struct reader *r;
    const struct handlers *handlers;
};

static void on_begin(void *context, const char *name, const char **attributes)
{
    struct part *p = context;
    if (++p->r->depth > XLSX_MOST_DEPTH)
        give_up(p->r, XLSX_BEYOND);
    else
        p->handlers->begin(p->r, local_name(name), attributes);
}

static void on_end(void *context, const char *name)
{
    struct part *p = context;
    p->r->depth--;
    p->handlers->end(p->r, local_name(name));
}

static void on_characters(void *context, const char *s, int len)
{
    struct reader *r = ((struct part *)context)->r;
    if (!r->is_heard || r->is_aside) return;
    if (r->text.len + (size_t)len > XLSX_MOST_CELL)
        give_up(r, XLSX_BEYOND);
    else
        buf_add(&r->text, s, (size_t)len);
}

static void on_document_type(void *context, const char *name, const char *system,
                             const char *public, int has_internal)
{
    (void)name, (void)system, (void)public, (void)has_internal;
    give_up(((struct part *)context)->r, XLSX_BAD_XML);
}

/* Unpacks the archive's current file into the parser. */
static void feed(struct reader *r)
{
    enum { PIECE = 1 << 16 };
    size_t total = 0;
    int n = 1;
    while (n > 0 && r->end == XLSX_DONE) {
        void *piece = XML_GetBuffer(r->parser, PIECE);
        if (piece == NULL) mem_out_of_memory();
        n = unzReadCurrentFile(r->zip, piece, PIECE);
        if (n < 0) {
            give_up(r, XLSX_NO_ZIP);
            return;
        }
        total += (size_t)n;
        if (total > XLSX_MOST_BYTES)
            give_up(r, XLSX_BEYOND);
        else if (XML_ParseBuffer(r->parser, n, n == 0) == XML_STATUS_ERROR)
            give_up(r, XLSX_BAD_XML);
    }
}

static void parse(struct reader *r, const struct handlers *handlers)
{
    struct part part = {r, handlers};
    r->parser = XML_ParserCreate(NULL);
    if (r->parser == NULL) mem_out_of_memory();
    r->depth = 0;
    r->is_heard = r->is_aside = 0;
    XML_SetUserData(r->parser, &part);
    XML_SetElementHandler(r->parser, on_begin, on_end);
    XML_SetCharacterDataHandler(r->parser, on_characters);
    XML_SetStartDoctypeDeclHandler(r->parser, on_document_type);
    feed(r);
    XML_ParserFree(r->parser);
    r->parser = NULL;
}

/* Reads a part; 0 if the archive has none of that name. */
static int read_part(struct reader *r, const char *name,
                     const struct handlers *handlers)
{
    unz_file_info64 info;
    if (unzLocateFile(r->zip, name, 1) != UNZ_OK) return 0;
    if (unzGetCurrentFileInfo64(r->zip, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
        give_up(r, XLSX_NO_ZIP);
    else if (info.flag & 1)
        give_up(r, XLSX_ENCRYPTED);
    else if (unzOpenCurrentFile(r->zip) != UNZ_OK)
        give_up(r, XLSX_NO_ZIP);
    if (r->end != XLSX_DONE) return 1;
    parse(r, handlers);
    if (unzCloseCurrentFile(r->zip) == UNZ_CRCERROR) give_up(r, XLSX_NO_ZIP);
    return 1;
}

static void end_nothing(struct reader *r, const char *name)
{
    (void)r, (void)name;
}

// ---- the workbook: names of sheets, and their parts ---------------------------------

static void begin_in_book(struct reader *r, const char *name, const char **attributes)
{
    const char *called = attribute(attributes, "name");
    if (is_name(name, "workbookPr")) {
        const char *date = attribute(attributes, "date1904");
        r->x->counts_from_1904 = date && (is_name(date, "1") || is_name(date, "true"));
    }
    if (!is_name(name, "sheet") || called == NULL) return;
    const char *id = attribute(attributes, "id");
    if (r->n_links == XLSX_MOST_SHEETS) {
        give_up(r, XLSX_BEYOND);
        return;
    }
    struct link *link = mem_push(&r->links, &r->n_links, &r->cap_links, sizeof *link);
    link->name = arena_str(&r->x->arena, called);
    link->id = arena_str(&r->x->arena, id ? id : "");
}

/* A target is beside the workbook, or named from the root of the archive. */
static const char *part_of(struct reader *r, const char *target)
{
    return target[0] == '/' ? arena_str(&r->x->arena, target + 1)
                            : arena_printf(&r->x->arena, "xl/%s", target);
}

static void begin_in_links(struct reader *r, const char *name, const char **attributes)
{
    const char *id = attribute(attributes, "Id");
    const char *target = attribute(attributes, "Target");
    if (!is_name(name, "Relationship") || id == NULL || target == NULL) return;
    for (size_t i = 0; i < r->n_links; i++)
        if (is_name(r->links[i].id, id)) r->links[i].part = part_of(r, target);
}

// ---- texts --------------------------------------------------------------------------

/* The number that "_x000D_" stands for, or 0 where nothing such stands. */
static unsigned escape_at(const char *s)
{
    static const char digits[] = "0123456789ABCDEFabcdef";
    if (s[0] != '_' || s[1] != 'x' || strspn(s + 2, digits) < 4 || s[6] != '_')
        return 0;
    char number[5] = {s[2], s[3], s[4], s[5], '\0'};
    return (unsigned)strtoul(number, NULL, 16);
}

static char *put_character(char *to, unsigned c)
{
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3F));
    } else {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    }
    return to;
}

/* Puts characters for their escapes, and one line feed for each end of line, in place.
 */
static void unescape(char *s)
{
    char *to = s;
    while (*s) {
        unsigned c = escape_at(s);
        if (c && (c < 0xD800 || c > 0xDFFF)) {
            if (c != '\r') to = put_character(to, c);
            s += 7;
        } else if (*s == '\r') {
            s++;
        } else {
            *to++ = *s++;
        }
    }
    *to = '\0';
}

/* What was heard, in the arena; NULL beyond the limit. */
static const char *take_text(struct reader *r)
{
    r->n_text += r->text.len;
    if (r->n_text > XLSX_MOST_TEXT) {
        give_up(r, XLSX_BEYOND);
        return NULL;
    }
    char *text = arena_strn(&r->x->arena, buf_text(&r->text), r->text.len);
    r->text.len = 0;
    unescape(text);
    return text;
}

/* Of a text in its cell or in the table of texts: <t> is heard, but not in a reading.
 */
static void begin_in_text(struct reader *r, const char *name)
{
    if (is_name(name, "rPh")) r->is_aside++;
    if (is_name(name, "t")) r->is_heard++;
}

static void end_in_text(struct reader *r, const char *name)
{
    if (is_name(name, "rPh") && r->is_aside) r->is_aside--;
    if (is_name(name, "t") && r->is_heard) r->is_heard--;
}

static void begin_in_texts(struct reader *r, const char *name, const char **attributes)
{
    (void)attributes;
    if (is_name(name, "si")) r->text.len = 0;
    begin_in_text(r, name);
}

static void end_in_texts(struct reader *r, const char *name)
{
    end_in_text(r, name);
    if (!is_name(name, "si")) return;
    const char *text = take_text(r);
    if (r->n_texts == XLSX_MOST_CELLS) give_up(r, XLSX_BEYOND);
    if (r->end != XLSX_DONE) return;
    const char **slot = mem_push(&r->texts, &r->n_texts, &r->cap_texts, sizeof *slot);
    *slot = text;
}

// ---- cells --------------------------------------------------------------------------

/* Sets row and column from "C7"; 0 if it is no address within a sheet. */
static int read_address(const char *s, uint32_t *row, uint32_t *column)
{
    uint32_t c = 0, r = 0;
    for (; *s >= 'A' && *s <= 'Z' && c <= XLSX_MOST_COLUMNS; s++)
        c = c * 26 + (uint32_t)(*s - 'A' + 1);
    for (; *s >= '0' && *s <= '9' && r <= XLSX_MOST_ROWS; s++)
        r = r * 10 + (uint32_t)(*s - '0');
    if (*s || c == 0 || r == 0 || c > XLSX_MOST_COLUMNS || r > XLSX_MOST_ROWS) return 0;
    *row = r - 1;
    *column = c - 1;
    return 1;
}

/* A cell, or row, without an address is the next one. */
static void begin_cell(struct reader *r, const char **attributes)
{
    const char *address = attribute(attributes, "r");
    const char *type = attribute(attributes, "t");
    uint32_t row = r->row, column = r->column;
    if (address && !read_address(address, &row, &column)) give_up(r, XLSX_BAD_XML);
    r->row = row;
    r->column = column;
    r->text.len = 0;
    snprintf(r->type, sizeof r->type, "%s", type ? type : "n");
}

static void begin_row(struct reader *r, const char **attributes)
{
    const char *number = attribute(attributes, "r");
    unsigned long given = number ? strtoul(number, NULL, 10) : 0;
    if (given > 0 && given <= XLSX_MOST_ROWS) r->row = (uint32_t)given - 1;
    r->column = 0;
}

static void begin_in_sheet(struct reader *r, const char *name, const char **attributes)
{
    if (is_name(name, "row")) begin_row(r, attributes);
    if (is_name(name, "c")) begin_cell(r, attributes);
    if (is_name(name, "v")) r->is_heard++;
    begin_in_text(r, name);
}

/* The shortest form of a number that reads back: 0.1, not 0.10000000000000001. */
static const char *short_number(struct arena *a, const char *s)
{
    char *end;
    double value = strtod(s, &end);
    char text[32];
    if (end == s || *end) return s;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) // NOLINT: exact round trip is meant
            break;
    }
    return arena_str(a, text);
}

/* The value of the cell at hand, by its type; NULL for none. */
static const char *cell_value(struct reader *r, uint8_t *kind)
{
    const char *text = take_text(r);
    *kind = XLSX_TEXT;
    if (text == NULL) return NULL;
    if (is_name(r->type, "s")) {
        unsigned long k = strtoul(text, NULL, 10);
        return k < r->n_texts ? r->texts[k] : NULL;
    }
    if (is_name(r->type, "b")) {
        *kind = XLSX_BOOL;
        return text[0] == '1' || text[0] == 't' ? "true" : "false";
    }
    if (is_name(r->type, "e")) *kind = XLSX_ERROR;
    if (!is_name(r->type, "n")) return text;
    *kind = XLSX_NUMBER;
    return short_number(&r->x->arena, text);
}

static void end_cell(struct reader *r)
{
    uint8_t kind;
    struct xlsx_sheet *s = r->sheet;
    const char *text = r->text.len ? cell_value(r, &kind) : NULL;
    if (r->n_cells++ == XLSX_MOST_CELLS) give_up(r, XLSX_BEYOND);
    if (text == NULL || text[0] == '\0' || r->end != XLSX_DONE) {
        r->column++;
        return;
    }
    struct xlsx_cell *cell = mem_push(&s->cells, &s->n, &s->cap, sizeof *cell);
    *cell = (struct xlsx_cell){r->row, r->column++, text, kind};
}

static void end_in_sheet(struct reader *r, const char *name)
{
    if (is_name(name, "v") && r->is_heard) r->is_heard--;
    end_in_text(r, name);
    if (is_name(name, "c")) end_cell(r);
    if (is_name(name, "row")) r->row++;
}

// ---- the whole ----------------------------------------------------------------------

static const struct handlers in_book = {begin_in_book, end_nothing};
static const struct handlers in_links = {begin_in_links, end_nothing};
static const struct handlers in_texts = {begin_in_texts, end_in_texts};
static const struct handlers in_sheet = {begin_in_sheet, end_in_sheet};

static int compare_cells(const void *a, const void *b)
{
    const struct xlsx_cell *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static void read_sheet(struct reader *r, const struct link *link)
{
    struct xlsx_sheet *s = &r->x->sheets[r->x->n_sheets++];
    s->name = link->name;
    r->sheet = s;
    r->row = r->column = 0;
    if (link->part == NULL || !read_part(r, link->part, &in_sheet))
        give_up(r, XLSX_NO_BOOK);
    if (s->n) qsort(s->cells, s->n, sizeof *s->cells, compare_cells);
}

static void read_book(struct reader *r)
{
    unz_global_info64 info;
    if (unzGetGlobalInfo64(r->zip, &info) != UNZ_OK) give_up(r, XLSX_NO_ZIP);
    if (r->end == XLSX_DONE && info.number_entry > XLSX_MOST_PARTS)
        give_up(r, XLSX_BEYOND);
    if (r->end != XLSX_DONE) return;
    if (!read_part(r, "xl/workbook.xml", &in_book) ||
        !read_part(r, "xl/_rels/workbook.xml.rels", &in_links))
        give_up(r, XLSX_NO_BOOK);
    if (r->end == XLSX_DONE) read_part(r, "xl/sharedStrings.xml", &in_texts);
    r->x->sheets = mem_alloc((r->n_links + 1) * sizeof *r->x->sheets);
    for (size_t i = 0; i < r->n_links && r->end == XLSX_DONE; i++)
        if (r->wants == NULL || r->wants(r->links[i].name)) read_sheet(r, &r->links[i]);
}

enum xlsx_end xlsx_read(struct xlsx *x, const void *bytes, size_t len,
                        int (*wants)(const char *name))
{
    struct bytes b = {bytes, len, 0};
    struct reader r = {.x = x, .wants = wants};
    *x = (struct xlsx){0};
    if (len > XLSX_MOST_BYTES) return XLSX_BEYOND;
    r.zip = open_archive(&b);
    if (r.zip == NULL) return XLSX_NO_ZIP;
    read_book(&r);
    unzClose(r.zip);
    free(r.links);
    free(r.texts);
    buf_fini(&r.text);
    return r.end;
}

void xlsx_fini(struct xlsx *x)
{
    for (size_t i = 0; i < x->n_sheets; i++)
        free(x->sheets[i].cells);
    free(x->sheets);
    arena_fini(&x->arena);
    *x = (struct xlsx){0};
}

int xlsx_is_like(const void *bytes, size_t len)
{
    return len >= 4 && memcmp(bytes, "PK\3\4", 4) == 0;
}

const struct xlsx_cell *xlsx_at(const struct xlsx_sheet *s, uint32_t row,
                                uint32_t column)
{
    const struct xlsx_cell wanted = {.row = row, .column = column};
    if (s->n == 0) return NULL;
    return bsearch(&wanted, s->cells, s->n, sizeof *s->cells, compare_cells);
}

void xlsx_address(uint32_t row, uint32_t column, struct buf *out)
{
    char letters[8];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (uint32_t c = column + 1; c > 0; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    buf_printf(out, "%s%u", letters + at, row + 1);
}

/* Days since 1970 -> yyyymmdd (civil calendar; H. Hinnant, "chrono-compatible
 * low-level date algorithms"). */
static int32_t civil(long days)
{
    long z = days + 719468, era = z / 146097, doe = z - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    long day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;
    return (int32_t)((yoe + era * 400 + (month <= 2)) * 10000 + month * 100 + day);
}

int32_t xlsx_day(const struct xlsx *x, const char *number)
{
    enum { DAY_0 = 25569, DAY_0_FROM_1904 = 24107, LEAST = 61, MOST = 2958465 };
    char *end;
    double value = strtod(number, &end);
    if (end == number || *end || value < LEAST || value > MOST) return 0;
    return civil((long)value - (x->counts_from_1904 ? DAY_0_FROM_1904 : DAY_0));
}
