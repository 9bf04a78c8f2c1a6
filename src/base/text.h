// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_TEXT_H
#define BASE_TEXT_H
/*
 * Text a person reads: UTF-8, in Japanese and English, measured in terminal cells.
 */
#include <stddef.h>
#include <stdint.h>

enum lang { LANG_EN, LANG_JA };
enum { N_LANGS = 2 };

/* A text in both languages. `both` is set when the file gave one plain string. */
struct text {
    const char *in[N_LANGS]; // NULL when not given
};

/* The text in `lang`, else in the other language, else "". */
const char *text_in(struct text t, enum lang lang);

/* 1 if no language has it. */
int text_empty(struct text t);

/* 1 if s holds nothing but white space. */
int text_is_blank(const char *s);

/* Shorthand for a text that is written in the source. */
// clang-format off
#define TEXT(english, japanese) ((struct text){{english, japanese}})
// clang-format on

/* A word that is the same in both languages: an identifier, a path, a number. */
struct text text_same(const char *s);

/* Decodes one character at s (at most len bytes); *used >= 1. U+FFFD when malformed. */
uint32_t text_decode(const char *s, size_t len, size_t *used);

/* Terminal cells of one character: 0 combining, 2 East Asian wide, else 1. */
unsigned text_cell(uint32_t character);

/* Terminal cells of a string. */
size_t text_width(const char *s);

/* Byte offset of the n-th character (0-based), or len when there are fewer. */
size_t text_offset(const char *s, size_t len, size_t n);

/* The largest length <= len that does not cut a character. */
size_t text_whole(const char *s, size_t len);

/*
 * 1 for a character that is not seen, or turns the direction of what is: with it a text
 * is not what it looks like. White space is no such character.
 */
int text_is_invisible(uint32_t character);

/*
 * Byte position of the first such character from `from` on, or len, and the character.
 * The joiner between two pictographs, as in the sign of a family, is part of a visible
 * one.
 */
size_t text_find_invisible(const char *s, size_t len, size_t from, uint32_t *found);

/* Replaces control and invisible characters by spaces and malformed bytes by '?', each
 * by one, in place. */
void text_clean(char *s);

/* Byte position of the first malformed UTF-8 sequence or NUL, or len if all is well. */
size_t text_valid(const char *s, size_t len);
#endif
