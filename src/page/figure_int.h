// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_INT_H
#define PAGE_FIGURE_INT_H
/*
 * What the figures share: boxes with text, legends, icons, names. Private to
 * figure*.c. All texts and arrays live in the arena of the figure being drawn.
 */
#include "page/figure.h"
#include "page/figure_layout.h"

/* Two levels of type, and a third for badges. */
#define SIZE_NAME 12.0
#define SIZE_NOTE 10.5
#define SIZE_MARK 10.0

enum { N_CHIPS = 3 };

/* A small label in a box: outlined, or filled for what stands out. */
struct chip {
    const char *text; // NULL: none
    int filled;
    const char *colour, *on_colour;
    double width;
};

enum box_look { BOX_PLAIN, BOX_ACCENT, BOX_FAINT, BOX_ALERT };

/*
 * A rounded box: an icon on the left; small text, name, further small text one below
 * the other; chips on the upper border.
 */
struct box {
    const char *data_kind, *id, *title; // of the group; title as tooltip
    const char *icon;                   // path data of 16 x 16 px, or NULL
    struct label over, name, under;
    struct chip chips[N_CHIPS];
    enum box_look look;
    double border;        // px
    double width, height; // set by box_measure
};

/* Border weight in px for an importance rank of 0 to 3. */
double box_border(unsigned rank);

/* Sets width (at least min_width) and height. */
void box_measure(struct box *box, double min_width);
/* How much of the upper border the chips take, from the right, px. */
double box_tab(const struct box *box);
void box_draw(struct buf *out, const struct box *box, double x, double y);

/* Height of a row of chips, and of one chip. */
#define CHIP_HEIGHT 15.0

struct chip chip_of(const char *text, int filled, const char *colour,
                    const char *on_colour);

enum symbol {
    SYMBOL_BORDERS, // thin, medium, heavy border
    SYMBOL_THREAT,  // chip with the threat mark
    SYMBOL_OUT,     // dashed box
    SYMBOL_LINE,    // plain line
    SYMBOL_DASHED,  // dashed line
    SYMBOL_ARROW,   // line with a head
    SYMBOL_DASHED_ARROW,
    SYMBOL_LOCK,      // encrypted
    SYMBOL_CHECK,     // authenticated
    SYMBOL_CROSS,     // neither
    SYMBOL_NUMBER,    // badge with a number
    SYMBOL_BEYOND,    // arrow out of the picture
    SYMBOL_APPLICANT, // accented box
    SYMBOL_NOW,
    SYMBOL_PLANNED,
    SYMBOL_TARGET,
    SYMBOL_MOVE, // of the map
    SYMBOL_LOAD, // wide line
};

struct legend_item {
    enum symbol symbol;
    struct text text;
};

/*
 * Draws a legend from (x, y) in rows no wider than width; returns its height. With out
 * NULL it only measures.
 */
double legend_draw(struct buf *out, const struct legend_item *items, size_t n, double x,
                   double y, double width, enum lang lang);

/* One symbol in a field of symbol_width px, its middle at height y. */
void symbol_draw(struct buf *out, enum symbol symbol, double x, double y);
double symbol_width(enum symbol symbol);

/* Icon of a component kind by its family. */
const char *icon_of_kind(const struct catalog *catalog, uint32_t kind);

extern const char icon_zone[], icon_person[], icon_lock[], icon_check[], icon_cross[];

/*
 * A name in bold, in at most `lines` lines of max_width, or up to 40 px wider where
 * words would be broken or the end cut off otherwise.
 */
struct label name_label(struct arena *a, const char *name, double max_width,
                        unsigned lines);

/* Text in a language, cleaned; the id when it is empty. */
const char *name_or_id(struct arena *a, struct text name, const char *id,
                       enum lang lang);
#endif
