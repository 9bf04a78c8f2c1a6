// SPDX-License-Identifier: Apache-2.0
/* Tokens and events of libyaml; see yaml_tokens.h. It counts in characters, we in
 * bytes: a cursor goes along, since one token begins where the one before ended. */
#include "base/yaml_tokens.h"

#include <string.h>
#include <yaml.h>

#include "base/mem.h"

static void begin(yaml_parser_t *p, const char *text, size_t len)
{
    if (!yaml_parser_initialize(p)) mem_out_of_memory();
    yaml_parser_set_encoding(p, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(p, (const unsigned char *)text, len);
}

// ---- tokens -------------------------------------------------------------------------

/* The same place, as libyaml counts and in bytes. */
struct cursor {
    const char *text;
    size_t len, byte, index;
};

static int is_inside(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80; // of a character, not its first byte
}

static uint32_t byte_of(struct cursor *c, size_t index)
{
    for (; c->index < index && c->byte < c->len; c->index++)
        do
            c->byte++;
        while (c->byte < c->len && is_inside(c->text[c->byte]));
    for (; c->index > index && c->byte > 0; c->index--)
        do
            c->byte--;
        while (c->byte > 0 && is_inside(c->text[c->byte]));
    return (uint32_t)c->byte;
}

static enum yaml_token_kind kind_of_scalar(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return TOKEN_SINGLE_QUOTED;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return TOKEN_DOUBLE_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE: return TOKEN_BLOCK_SCALAR;
    default: return TOKEN_PLAIN;
    }
}

/* The kind of a token, or -1: those that begin and end the stream are none of ours. */
static int kind_of(const yaml_token_t *t)
{
    static const struct {
        yaml_token_type_t type;
        enum yaml_token_kind kind;
    } kinds[] = {
        {YAML_VERSION_DIRECTIVE_TOKEN,    TOKEN_DOCUMENT },
        {YAML_TAG_DIRECTIVE_TOKEN,        TOKEN_DOCUMENT },
        {YAML_DOCUMENT_START_TOKEN,       TOKEN_DOCUMENT },
        {YAML_DOCUMENT_END_TOKEN,         TOKEN_DOCUMENT },
        {YAML_BLOCK_SEQUENCE_START_TOKEN, TOKEN_SEQUENCE },
        {YAML_BLOCK_MAPPING_START_TOKEN,  TOKEN_MAPPING  },
        {YAML_BLOCK_END_TOKEN,            TOKEN_BLOCK_END},
        {YAML_FLOW_SEQUENCE_START_TOKEN,  TOKEN_OPEN     },
        {YAML_FLOW_SEQUENCE_END_TOKEN,    TOKEN_CLOSE    },
        {YAML_FLOW_MAPPING_START_TOKEN,   TOKEN_OPEN     },
        {YAML_FLOW_MAPPING_END_TOKEN,     TOKEN_CLOSE    },
        {YAML_BLOCK_ENTRY_TOKEN,          TOKEN_DASH     },
        {YAML_FLOW_ENTRY_TOKEN,           TOKEN_COMMA    },
        {YAML_KEY_TOKEN,                  TOKEN_KEY      },
        {YAML_VALUE_TOKEN,                TOKEN_COLON    },
        {YAML_ALIAS_TOKEN,                TOKEN_ALIAS    },
        {YAML_ANCHOR_TOKEN,               TOKEN_PROPERTY },
        {YAML_TAG_TOKEN,                  TOKEN_PROPERTY },
    };
    if (t->type == YAML_SCALAR_TOKEN) return (int)kind_of_scalar(t->data.scalar.style);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == t->type) return (int)kinds[i].kind;
    return -1;
}

/* What has no bytes begins and ends where it begins. */
static int is_empty(int kind)
{
    return kind == TOKEN_SEQUENCE || kind == TOKEN_MAPPING || kind == TOKEN_BLOCK_END;
}

struct yaml_token *yaml_tokens(const char *text, size_t len, size_t *n)
{
    struct yaml_token *tokens = NULL;
    struct cursor c = {text, len, 0, 0};
    yaml_parser_t p;
    yaml_token_t t;
    size_t cap = 0;
    int is_good = 1;
    begin(&p, text, len);
    *n = 0;
    for (int is_over = 0; is_good && !is_over;) {
        is_good = yaml_parser_scan(&p, &t);
        if (!is_good) break;
        int kind = kind_of(&t);
        if (kind >= 0) {
            struct yaml_token *to = mem_push(&tokens, n, &cap, sizeof *to);
            to->kind = (uint8_t)kind;
            to->from = byte_of(&c, t.start_mark.index);
            to->to = is_empty(kind) ? to->from : byte_of(&c, t.end_mark.index);
        }
        is_over = t.type == YAML_STREAM_END_TOKEN;
        yaml_token_delete(&t);
    }
    if (p.error == YAML_MEMORY_ERROR) mem_out_of_memory();
    yaml_parser_delete(&p);
    if (is_good && tokens) return tokens;
    free(tokens);
    *n = 0;
    return NULL;
}

// ---- events -------------------------------------------------------------------------

static int is_same_word(const yaml_char_t *a, const yaml_char_t *b)
{
    if (a == NULL || b == NULL) return a == b;
    return strcmp((const char *)a, (const char *)b) == 0;
}

static int is_same_scalar(const yaml_event_t *x, const yaml_event_t *y)
{
    return x->data.scalar.length == y->data.scalar.length &&
           memcmp(x->data.scalar.value, y->data.scalar.value, x->data.scalar.length) ==
               0 &&
           x->data.scalar.style == y->data.scalar.style &&
           is_same_word(x->data.scalar.anchor, y->data.scalar.anchor) &&
           is_same_word(x->data.scalar.tag, y->data.scalar.tag);
}

static int is_same_event(const yaml_event_t *x, const yaml_event_t *y)
{
    if (x->type != y->type) return 0;
    switch (x->type) {
    case YAML_SCALAR_EVENT: return is_same_scalar(x, y);
    case YAML_ALIAS_EVENT:
        return is_same_word(x->data.alias.anchor, y->data.alias.anchor);
    case YAML_SEQUENCE_START_EVENT:
        return x->data.sequence_start.style == y->data.sequence_start.style &&
               is_same_word(x->data.sequence_start.anchor,
                            y->data.sequence_start.anchor) &&
               is_same_word(x->data.sequence_start.tag, y->data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT:
        return x->data.mapping_start.style == y->data.mapping_start.style &&
               is_same_word(x->data.mapping_start.anchor,
                            y->data.mapping_start.anchor) &&
               is_same_word(x->data.mapping_start.tag, y->data.mapping_start.tag);
    case YAML_DOCUMENT_START_EVENT:
        return x->data.document_start.implicit == y->data.document_start.implicit;
    case YAML_DOCUMENT_END_EVENT:
        return x->data.document_end.implicit == y->data.document_end.implicit;
    default: return 1;
    }
}

/* 1 if both have one more event and it is the same; *is_over after the last. */
static int is_next_same(yaml_parser_t *a, yaml_parser_t *b, int *is_over)
{
    yaml_event_t x, y;
    if (!yaml_parser_parse(a, &x)) return 0;
    if (!yaml_parser_parse(b, &y)) {
        yaml_event_delete(&x);
        return 0;
    }
    int is_same = is_same_event(&x, &y);
    *is_over = x.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&x);
    yaml_event_delete(&y);
    return is_same;
}

int yaml_says_same(const char *a, size_t a_len, const char *b, size_t b_len)
{
    yaml_parser_t first, second;
    int is_same = 1, is_over = 0;
    begin(&first, a, a_len);
    begin(&second, b, b_len);
    while (is_same && !is_over)
        is_same = is_next_same(&first, &second, &is_over);
    if (first.error == YAML_MEMORY_ERROR || second.error == YAML_MEMORY_ERROR)
        mem_out_of_memory();
    yaml_parser_delete(&first);
    yaml_parser_delete(&second);
    return is_same;
}
