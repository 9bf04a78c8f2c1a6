// SPDX-License-Identifier: Apache-2.0
/*
 * Measures and breaks text. Widths are those of Noto Sans for Latin (system fonts are
 * as wide or narrower, but for a few percent that the boxes leave free) and one em for
 * East Asian wide characters. Lines are chosen by dynamic programming over the places
 * where a break may be: the sum of squared line widths (even lines win) plus what each
 * break costs by the habits of the script. Nothing is forbidden outright, only dear, so
 * that any text can be broken.
 */
#include "page/figure_text.h"

#include <math.h>
#include <string.h>

enum { MAX_CHARACTERS = 240 }; // of one label; the rest can never be shown

#define DEAR 800.0 // cost of lines of which one ends within a word

static const char ellipsis[] = "\xE2\x80\xA6";

/* Advance widths of U+0020 to U+007E in 1/1000 em. */
static const unsigned short latin[] = {
    260, 268, 408, 645, 572, 831, 730, 225, 300, 300, 551, 572, 268, 322, 268, 372,
    572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434,
    899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781,
    605, 781, 622, 549, 556, 731, 600, 929, 586, 566, 572, 329, 372, 329, 572, 444,
    281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605,
    615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 381, 551, 381, 572,
};

/* What a character is to the one who breaks lines. */
enum script {
    BLANK,
    LATIN,
    OPENING,
    CLOSING,
    KATAKANA,
    HIRAGANA,
    IDEOGRAPH,
    N_SCRIPTS
};

static double advance(uint32_t c)
{
    if (c == 0xA0) c = ' ';
    if (c >= 0x20 && c < 0x7F) return latin[c - 0x20] / 1000.0;
    if (c >= 0xFF61 && c <= 0xFF9F) return 0.5;
    if (c >= 0x1F000 && c <= 0x1FAFF) return 1.4;
    unsigned cells = text_cell(c);
    if (cells == 0) return 0;
    // marks such as the ellipsis are wide in Japanese fonts
    return cells == 2 || c >= 0x2010 ? 1.0 : 0.66;
}

/* 1 for what must not be in a figure: controls, direction marks, noncharacters. */
static int is_unwanted(uint32_t c)
{
    static const struct {
        uint32_t low, high;
    } ranges[] = {
        {0x007F,  0x009F },
        {0x00AD,  0x00AD },
        {0x061C,  0x061C },
        {0x200B,  0x200F },
        {0x2028,  0x202E },
        {0x2060,  0x206F },
        {0xFDD0,  0xFDEF },
        {0xFE00,  0xFE0F },
        {0xFEFF,  0xFEFF },
        {0xFFF0,  0xFFFC },
        {0xFFFE,  0xFFFF },
        {0xE0000, 0xE0FFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (c >= ranges[i].low && c <= ranges[i].high) return 1;
    }
    return (c & 0xFFFE) == 0xFFFE;
}

static int in_set(uint32_t c, const uint32_t *set, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (set[i] == c) return 1;
    }
    return 0;
}

static enum script script_of(uint32_t c)
{
    static const uint32_t opening[] = {'(',    '[',    '{',    0x300C, 0x300E,
                                       0x3010, 0x3008, 0x300A, 0xFF08, 0xFF3B};
    static const uint32_t closing[] = {
        ')',    ']',    '}',    ',',    '.',    ';',    ':',    '!',    '?',
        '/',    '-',    '_',    '@',    0x3001, 0x3002, 0x300D, 0x300F, 0x3011,
        0x3009, 0x300B, 0xFF09, 0xFF3D, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF01,
        0xFF1F, 0x30FB, 0x2026, 0xFF0F, 0x301C, 0xFF5E};
    if (c == ' ' || c == 0x3000) return BLANK;
    if (in_set(c, opening, sizeof opening / sizeof *opening)) return OPENING;
    if (in_set(c, closing, sizeof closing / sizeof *closing)) return CLOSING;
    if ((c >= 0x30A0 && c <= 0x30FF) || (c >= 0xFF66 && c <= 0xFF9F)) return KATAKANA;
    if (c >= 0x3041 && c <= 0x309F) return HIRAGANA;
    return text_cell(c) == 2 ? IDEOGRAPH : LATIN;
}

/* Small kana and sound marks may not begin a line. */
static int is_tied(uint32_t c)
{
    static const uint32_t tied[] = {0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063,
                                    0x3083, 0x3085, 0x3087, 0x30A1, 0x30A3, 0x30A5,
                                    0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7,
                                    0x30FC, 0x3005, 0x3099, 0x309A};
    return in_set(c, tied, sizeof tied / sizeof *tied) || text_cell(c) == 0;
}

double figure_break_cost(uint32_t before, uint32_t after)
{
    // clang-format off
    static const unsigned short cost[N_SCRIPTS][N_SCRIPTS] = {
        //              blank latin open clos kata hira ideo     after
        [BLANK]     = { 5000,    0,    0, 5000,  0,   0,   0},
        [LATIN]     = { 5000, 3000,   40, 5000, 20,  90,  30},
        [OPENING]   = { 5000, 5000, 5000, 5000, 5000, 5000, 5000},
        [CLOSING]   = { 5000,  300,    0, 5000,  0,   0,   0},
        [KATAKANA]  = { 5000,   20,    0, 5000, 900, 90,  15},
        [HIRAGANA]  = { 5000,   10,    0, 5000,  5, 120,   5},
        [IDEOGRAPH] = { 5000,   15,    0, 5000, 15, 140,  60},
    };
    // clang-format on
    if (is_tied(after)) return 5000;
    if (before == '-' || before == '/' || before == '_') return 30;
    return cost[script_of(before)][script_of(after)];
}

char *figure_text_clean(struct arena *a, const char *s)
{
    size_t len = s ? strlen(s) : 0, used = 0, n = 0;
    char *out = arena_alloc(a, len + 1);
    for (size_t i = 0; i < len; i += used) {
        uint32_t c = text_decode(s + i, len - i, &used);
        if (c < 0x20) c = ' ';
        if (c == 0xFFFD && used == 1) c = '?';
        if (is_unwanted(c) || (c == ' ' && (n == 0 || out[n - 1] == ' '))) continue;
        if (c == ' ' || c == '?') {
            out[n++] = (char)c;
        } else {
            memcpy(out + n, s + i, used);
            n += used;
        }
    }
    while (n > 0 && out[n - 1] == ' ')
        n--;
    out[n] = '\0';
    return out;
}

double figure_text_width(const char *s, size_t len, double size, int bold)
{
    double em = 0;
    size_t used = 0;
    for (size_t i = 0; i < len; i += used) {
        uint32_t c = text_decode(s + i, len - i, &used);
        em += advance(c) * (bold && text_cell(c) == 1 ? 1.07 : 1.0);
    }
    return em * size * 1.02;
}

/* The text being broken: n characters, with an extra place for an ellipsis. */
struct breaker {
    const char *text;
    size_t n;
    size_t at[MAX_CHARACTERS + 2]; // byte offset of each character and the end
    uint32_t character[MAX_CHARACTERS + 1];
    double sum[MAX_CHARACTERS + 2];  // width of the characters before
    double cost[MAX_CHARACTERS + 1]; // of a break before each character
    double max_width;
};

static void breaker_init(struct breaker *b, const char *text, double size, int bold,
                         double max_width)
{
    size_t len = strlen(text), i = 0, used = 0;
    *b = (struct breaker){.text = text, .max_width = max_width};
    while (i < len && b->n < MAX_CHARACTERS) {
        b->character[b->n] = text_decode(text + i, len - i, &used);
        b->at[b->n] = i;
        b->sum[b->n + 1] = b->sum[b->n] + figure_text_width(text + i, used, size, bold);
        if (b->n > 0)
            b->cost[b->n] =
                figure_break_cost(b->character[b->n - 1], b->character[b->n]);
        b->n++;
        i += used;
    }
    b->at[b->n] = i;
}

/* Width of characters from..to without a blank at the end. */
static double span(const struct breaker *b, size_t from, size_t to)
{
    if (to > from + 1 && b->character[to - 1] == ' ') to--;
    return b->sum[to] - b->sum[from];
}

/*
 * Breaks the first n characters into at most max_lines lines, the last of which keeps
 * `tail` px free. Puts the end of each line into ends, returns the number of lines, 0
 * if they do not fit at a cost below `dearest`.
 */
static unsigned break_lines(const struct breaker *b, size_t n, unsigned max_lines,
                            double tail, double dearest, size_t *ends)
{
    double best[LABEL_LINES + 1][MAX_CHARACTERS + 1];
    size_t previous[LABEL_LINES + 1][MAX_CHARACTERS + 1];
    for (size_t i = 0; i <= n; i++)
        best[0][i] = i == 0 ? 0 : HUGE_VAL;
    for (unsigned line = 1; line <= max_lines; line++) {
        for (size_t to = 0; to <= n; to++) {
            best[line][to] = HUGE_VAL;
            previous[line][to] = 0;
            double room = b->max_width - (to == n ? tail : 0);
            for (size_t from = to; from-- > 0;) {
                double width = span(b, from, to);
                if (width > room) break;
                double fill = 10 * (width + (to == n ? tail : 0)) / b->max_width;
                double cost = best[line - 1][from] + fill * fill;
                cost += b->cost[from];
                if (cost < best[line][to]) {
                    best[line][to] = cost;
                    previous[line][to] = from;
                }
            }
        }
        // one more line is better than a break within a word
        if (best[line][n] < (line == max_lines ? dearest : DEAR)) {
            size_t to = n;
            for (unsigned k = line; k > 0; k--) {
                ends[k - 1] = to;
                to = previous[k][to];
            }
            return line;
        }
    }
    return 0;
}

struct label figure_label(struct arena *a, const char *s, double size, int bold,
                          double max_width, unsigned max_lines)
{
    struct label label = {.bold = bold, .size = size, .leading = size * 1.28};
    struct breaker b;
    size_t ends[LABEL_LINES] = {0};
    const char *text = figure_text_clean(a, s);
    breaker_init(&b, text, size, bold, max_width);
    size_t n = b.n;
    double tail = 0;
    int cut = text[b.at[b.n]] != '\0';
    if (n == 0) return label;
    while (n > 1 && b.sum[n] > max_width * max_lines)
        n--;
    double dots = figure_text_width(ellipsis, sizeof ellipsis - 1, size, bold);
    if (n < b.n || cut) tail = dots;
    // better break a word than cut off the end; if the end goes anyway, then by words,
    // but not too much of it
    size_t least = n * 3 / 5;
    unsigned lines = break_lines(&b, n, max_lines, tail, DEAR, ends);
    for (unsigned most = 1; lines == 0 && tail <= 0 && most <= max_lines; most++)
        lines = break_lines(&b, n, most, 0, HUGE_VAL, ends);
    while (lines == 0 &&
           (lines = break_lines(&b, n, max_lines, tail, n > least ? DEAR : HUGE_VAL,
                                ends)) == 0 &&
           n > 1) {
        n--;
        tail = dots;
    }
    if (lines == 0) { // not even one character: show it nevertheless
        lines = 1;
        ends[0] = n;
    }
    size_t from = 0;
    label.rough = tail > 0;
    for (unsigned k = 0; k < lines; k++) {
        label.rough |= b.cost[from] > 300;
        size_t to = ends[k], end = to;
        while (end > from + 1 && b.character[end - 1] == ' ')
            end--;
        int last = k + 1 == lines && tail > 0;
        label.line[k] = arena_printf(a, "%.*s%s", (int)(b.at[end] - b.at[from]),
                                     text + b.at[from], last ? ellipsis : "");
        double width = b.sum[end] - b.sum[from] + (last ? tail : 0);
        label.width = fmax(label.width, width);
        from = to;
    }
    label.n = lines;
    label.height = lines * label.leading;
    return label;
}
