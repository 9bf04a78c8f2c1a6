// SPDX-License-Identifier: Apache-2.0
/*
 * UTF-8 by RFC 3629 (no surrogates, no overlong forms); widths after Unicode's
 * East Asian Width classes W and F, the ranges that occur in practice.
 */
#include "base/text.h"

#include <string.h>

const char *text_in(struct text t, enum lang lang)
{
    if (t.in[lang]) return t.in[lang];
    const char *other = t.in[1 - (int)lang];
    return other ? other : "";
}

int text_empty(struct text t)
{
    return t.in[LANG_EN] == NULL && t.in[LANG_JA] == NULL;
}

int text_is_blank(const char *s)
{
    static const struct {
        uint32_t first, last;
    } spaces[] = {
        {0x09,   0x0D  },
        {0x20,   0x20  },
        {0x85,   0x85  },
        {0xA0,   0xA0  },
        {0x1680, 0x1680},
        {0x2000, 0x200A},
        {0x2028, 0x2029},
        {0x202F, 0x202F},
        {0x205F, 0x205F},
        {0x3000, 0x3000},
        {0xFEFF, 0xFEFF},
    };
    size_t len = strlen(s), used = 0;
    for (size_t i = 0; i < len; i += used) {
        uint32_t c = text_decode(s + i, len - i, &used);
        int is_space = 0;
        for (size_t k = 0; k < sizeof spaces / sizeof *spaces; k++)
            is_space |= c >= spaces[k].first && c <= spaces[k].last;
        if (!is_space) return 0;
    }
    return 1;
}

struct text text_same(const char *s)
{
    return TEXT(s, s);
}

/* Length of the well-formed sequence at s, or 0. */
static size_t sequence(const unsigned char *s, size_t len, uint32_t *character)
{
    static const struct {
        unsigned char low, high, second_low, second_high;
        size_t length;
    } forms[] = {
        {0xC2, 0xDF, 0x80, 0xBF, 2},
        {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3},
        {0xED, 0xED, 0x80, 0x9F, 3},
        {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4},
        {0xF1, 0xF3, 0x80, 0xBF, 4},
        {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    if (len == 0) return 0;
    if (s[0] < 0x80) {
        *character = s[0];
        return 1;
    }
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        if (s[0] < forms[f].low || s[0] > forms[f].high || forms[f].length > len)
            continue;
        if (s[1] < forms[f].second_low || s[1] > forms[f].second_high) return 0;
        uint32_t c = s[0] & (0xFFu >> (forms[f].length + 1));
        for (size_t i = 1; i < forms[f].length; i++) {
            if ((s[i] & 0xC0) != 0x80) return 0;
            c = c << 6 | (s[i] & 0x3Fu);
        }
        *character = c;
        return forms[f].length;
    }
    return 0;
}

uint32_t text_decode(const char *s, size_t len, size_t *used)
{
    uint32_t character = 0xFFFD;
    size_t n = sequence((const unsigned char *)s, len, &character);
    *used = n ? n : 1;
    return n ? character : 0xFFFD;
}

unsigned text_cell(uint32_t c)
{
    static const struct {
        uint32_t low, high;
        unsigned cells;
    } ranges[] = {
        {0x0300,  0x036F,  0},
        {0x1100,  0x115F,  2},
        {0x200B,  0x200F,  0},
        {0x20D0,  0x20FF,  0},
        {0x231A,  0x231B,  2},
        {0x2E80,  0x303E,  2},
        {0x3041,  0x33FF,  2},
        {0x3400,  0x4DBF,  2},
        {0x4E00,  0x9FFF,  2},
        {0xA000,  0xA4CF,  2},
        {0xAC00,  0xD7A3,  2},
        {0xF900,  0xFAFF,  2},
        {0xFE00,  0xFE0F,  0},
        {0xFE30,  0xFE6F,  2},
        {0xFF00,  0xFF60,  2},
        {0xFFE0,  0xFFE6,  2},
        {0x1F300, 0x1F64F, 2},
        {0x1F900, 0x1F9FF, 2},
        {0x20000, 0x3FFFD, 2},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (c >= ranges[i].low && c <= ranges[i].high) return ranges[i].cells;
    }
    return 1;
}

size_t text_width(const char *s)
{
    size_t cells = 0, len = strlen(s), used = 0;
    for (size_t i = 0; i < len; i += used)
        cells += text_cell(text_decode(s + i, len - i, &used));
    return cells;
}

size_t text_offset(const char *s, size_t len, size_t n)
{
    size_t i = 0, used = 0;
    for (size_t k = 0; k < n && i < len; k++) {
        text_decode(s + i, len - i, &used);
        i += used;
    }
    return i;
}

size_t text_whole(const char *s, size_t len)
{
    size_t start = len;
    while (start > 0 && len - start < 4 && ((unsigned char)s[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0) return len;
    unsigned char lead = (unsigned char)s[start - 1];
    size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return len - (start - 1) < want ? start - 1 : len;
}

int text_is_invisible(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00AD,  0x00AD }, // soft hyphen
        {0x034F,  0x034F }, // grapheme joiner
        {0x061C,  0x061C }, // Arabic letter mark
        {0x115F,  0x1160 }, // Hangul fillers
        {0x17B4,  0x17B5 }, // Khmer vowels without a form
        {0x180B,  0x180F }, // Mongolian selectors and separator
        {0x200B,  0x200F }, // zero-width space, joiners, direction marks
        {0x202A,  0x202E }, // embeddings and overrides of direction
        {0x2060,  0x206F }, // word joiner, invisible operators, isolates of direction
        {0x3164,  0x3164 }, // Hangul filler
        {0xFEFF,  0xFEFF }, // zero-width no-break space
        {0xFFA0,  0xFFA0 }, // halfwidth Hangul filler
        {0xFFF9,  0xFFFB }, // interlinear annotation
        {0x1BCA0, 0x1BCA3}, // shorthand format controls
        {0x1D173, 0x1D17A}, // musical format controls
        {0xE0000, 0xE007F}, // tags
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last) return 1;
    }
    return 0;
}

static int is_pictograph(uint32_t c)
{
    return (c >= 0x2190 && c <= 0x27BF) || (c >= 0x2B00 && c <= 0x2BFF) ||
           (c >= 0x1F000 && c <= 0x1FAFF);
}

size_t text_find_invisible(const char *s, size_t len, size_t from, uint32_t *found)
{
    enum { JOINER = 0x200D, AS_PICTOGRAPH = 0xFE0F };
    uint32_t before = 0;
    size_t used = 0, next = 0;
    for (size_t i = from; i < len; i += used) {
        uint32_t c = text_decode(s + i, len - i, &used);
        int joins = c == JOINER && i + used < len &&
                    (is_pictograph(before) || before == AS_PICTOGRAPH) &&
                    is_pictograph(text_decode(s + i + used, len - i - used, &next));
        before = c;
        if (c <= 0x7F || joins || !text_is_invisible(c)) continue;
        *found = c;
        return i;
    }
    return len;
}

static int is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 ||
           text_is_invisible(c);
}

void text_clean(char *s)
{
    size_t len = strlen(s), used = 0, n = 0;
    for (size_t i = 0; i < len; i += used) {
        uint32_t c = text_decode(s + i, len - i, &used);
        int is_malformed = c == 0xFFFD && used == 1;
        if (is_malformed || is_control(c)) {
            s[n++] = is_malformed ? '?' : ' ';
            continue;
        }
        memmove(s + n, s + i, used);
        n += used;
    }
    s[n] = '\0';
}

size_t text_valid(const char *s, size_t len)
{
    size_t i = 0;
    uint32_t c = 0;
    while (i < len) {
        size_t n = sequence((const unsigned char *)s + i, len - i, &c);
        if (n == 0 || c == 0) return i;
        i += n;
    }
    return len;
}
