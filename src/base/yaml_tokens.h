// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_YAML_TOKENS_H
#define BASE_YAML_TOKENS_H
/*
 * The tokens of a YAML text with the bytes they take, for whoever wants to know how a
 * text is written and not only what it says. What stands between two tokens is white
 * space, line ends and comments, and nothing else.
 *
 * For texts that yaml_parse (yaml.h) has read: its limits are not looked at again.
 */
#include <stddef.h>
#include <stdint.h>

enum yaml_token_kind {
    TOKEN_DOCUMENT,  // "---", "..." or a directive
    TOKEN_SEQUENCE,  // a sequence in lines begins; no bytes
    TOKEN_MAPPING,   // a mapping in lines begins; no bytes
    TOKEN_BLOCK_END, // the innermost of those ends; no bytes
    TOKEN_DASH,      // "-"; without TOKEN_SEQUENCE where its key's column is its own
    TOKEN_KEY,       // "?", or no bytes before a key without it
    TOKEN_COLON,     // ":"
    TOKEN_OPEN,      // "[" or "{"
    TOKEN_CLOSE,     // "]" or "}"
    TOKEN_COMMA,     // ","
    TOKEN_ALIAS,     // "*name"
    TOKEN_PROPERTY,  // an anchor or a tag
    TOKEN_PLAIN,     // the rest are scalars, their quotes included
    TOKEN_SINGLE_QUOTED, //
    TOKEN_DOUBLE_QUOTED, //
    TOKEN_BLOCK_SCALAR,  // from "|" or ">" to the start of a line after it
};

struct yaml_token {
    uint32_t from, to; // bytes of the text, `to` not included
    uint8_t kind;      // enum yaml_token_kind
};

/*
 * Finds the tokens of a text in UTF-8 without a byte order mark, LIMIT_FILE_BYTES at
 * most. Returns them in their order, to be freed, and how many; NULL, and 0, if the
 * text is no YAML.
 */
struct yaml_token *yaml_tokens(const char *text, size_t len, size_t *n);

/*
 * 1 if two texts say the same in the same words: their events agree in kind, value,
 * style, anchor and tag. 0 also where one of them is no YAML.
 */
int yaml_says_same(const char *a, size_t a_len, const char *b, size_t b_len);
#endif
