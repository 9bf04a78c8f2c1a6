// SPDX-License-Identifier: Apache-2.0
/* Structs as JSON in records of the store; see record.h. */
#include "access/record.h"

#include <string.h>

#include "access/secret.h"
#include "base/json.h"
#include "base/json_read.h"

static void write_field(struct json *j, const struct record_field *f, const char *at)
{
    int64_t number;
    int word;
    switch (f->type) {
    case RECORD_TEXT: json_put(j, f->name, at); break;
    case RECORD_NUMBER:
        memcpy(&number, at, sizeof number);
        json_put_int(j, f->name, number);
        break;
    case RECORD_WORD:
        memcpy(&word, at, sizeof word);
        json_put(j, f->name, f->words[word]);
        break;
    }
}

void record_write(const struct record_kind *kind, const void *value, struct buf *out)
{
    struct json j = json_on(out, 0);
    json_open(&j, '{');
    for (size_t i = 0; i < kind->n; i++)
        write_field(&j, &kind->fields[i], (const char *)value + kind->fields[i].offset);
    json_close(&j, '}');
}

static int read_word(const struct record_field *f, const char *text)
{
    for (int i = 0; i < f->n_words; i++)
        if (strcmp(f->words[i], text) == 0) return i;
    return -1;
}

static int read_field(const struct record_field *f, const struct json_value *v,
                      char *at)
{
    const char *text = json_text(v);
    long long number;
    if (f->type == RECORD_NUMBER) {
        if (!json_whole(v, &number)) return -1;
        memcpy(at, &(int64_t){number}, sizeof(int64_t));
        return 0;
    }
    if (text == NULL) return -1;
    if (f->type == RECORD_WORD) {
        int word = read_word(f, text);
        memcpy(at, &word, sizeof word);
        return word < 0 ? -1 : 0;
    }
    if (strlen(text) >= f->size) return -1;
    memcpy(at, text, strlen(text) + 1);
    return 0;
}

int record_read(const struct record_kind *kind, const char *text, size_t len,
                void *value)
{
    struct arena a = {0};
    int wrong = 0;
    memset(value, 0, kind->size);
    const struct json_value *object = json_read(&a, text, len);
    if (object == NULL || object->kind != JSON_OBJECT) wrong = -1;
    for (size_t i = 0; i < kind->n && !wrong; i++) {
        const struct record_field *f = &kind->fields[i];
        const struct json_value *v = json_get(object, f->name);
        if (v) wrong = read_field(f, v, (char *)value + f->offset);
    }
    arena_fini(&a);
    if (wrong) memset(value, 0, kind->size);
    return wrong;
}

enum store_result record_get(struct store *store, const struct record_kind *kind,
                             const char *key, void *value, int64_t *revision)
{
    struct arena a = {0};
    const char *text = NULL;
    size_t len = 0;
    enum store_result result =
        store_record_get(store, kind->kind, key, &a, &text, &len, revision);
    if (result == STORE_OK && record_read(kind, text, len, value) != 0)
        result = STORE_FAILED;
    arena_fini(&a);
    // a key that is none is the key of nothing
    return result == STORE_REFUSED ? STORE_MISSING : result;
}

enum store_result record_put(struct store *store, const struct record_kind *kind,
                             const char *key, const void *value, int64_t based_on)
{
    struct buf text = {0};
    record_write(kind, value, &text);
    enum store_result result = store_record_put(store, kind->kind, key, buf_text(&text),
                                                text.len, based_on, NULL);
    if (text.data) secret_wipe(text.data, text.len);
    buf_fini(&text);
    return result;
}

enum store_result record_all(struct store *store, const struct record_kind *kind,
                             struct arena *a, struct record_list *out)
{
    struct list found = {0};
    enum store_result result = store_records(store, kind->kind, a, &found);
    *out = (struct record_list){0};
    if (result != STORE_OK) return result;
    const struct store_record *r = found.items;
    out->keys = arena_array(a, found.n + 1, sizeof *out->keys);
    out->values = arena_array(a, found.n + 1, kind->size);
    for (uint32_t i = 0; i < found.n; i++) {
        void *value = (char *)out->values + out->n * kind->size;
        if (record_read(kind, r[i].value, r[i].len, value) != 0) continue;
        out->keys[out->n++] = r[i].key;
    }
    return STORE_OK;
}
