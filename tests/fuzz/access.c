/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to what accounts read: records of each kind, whose texts then have an end
 * and come back the same; logins, keys and passwords; and the headers that tell who
 * asks (web/request.h).
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "access/accounts.h"
#include "web/request.h"

/* What is read can be written and read again. */
static void feed_record(const struct record_kind *kind, const char *text, size_t len)
{
    void *once = calloc(1, kind->size), *twice = calloc(1, kind->size);
    struct buf written = {0}, again = {0};
    if (record_read(kind, text, len, once) == 0) {
        record_write(kind, once, &written);
        assert(record_read(kind, written.data, written.len, twice) == 0);
        record_write(kind, twice, &again);
        assert(strcmp(buf_text(&written), buf_text(&again)) == 0);
    }
    buf_fini(&written);
    buf_fini(&again);
    free(once);
    free(twice);
}

static void feed_words(const char *text)
{
    char login[LOGIN_TEXT], again[LOGIN_TEXT];
    uint8_t key[TOTP_KEY_BYTES];
    if (login_read(text, login)) {
        assert(login_read(login, again) && strcmp(login, again) == 0);
        assert(strlen(login) == strlen(text));
    }
    if (totp_key_read(text, key) == 0) assert(strlen(text) == TOTP_KEY_TEXT - 1);
    if (password_judge(text, "olga") == PASSWORD_GOOD)
        assert(strlen(text) >= PASSWORD_LEAST && strlen(text) <= PASSWORD_MOST);
    struct account account = {.login = "a"};
    assert(!account_take_code(&account, text, 1000000000));
}

static void feed_headers(const char *text)
{
    struct arena a = {0};
    const char *cookie = request_cookie(text, "awai-session", &a);
    const char *bearer = request_bearer(text);
    if (cookie) assert(strchr(cookie, ';') == NULL && strstr(text, cookie));
    if (bearer) assert(bearer > text && bearer <= text + strlen(text));
    if (request_is_path(text))
        assert(text[0] == '/' && text[1] != '/' && strpbrk(text, "\\\r\n ") == NULL);
    if (request_is_host_name(text)) assert(strpbrk(text, ":/@[]") == NULL);
    if (request_is_host(text, "awai.example")) assert(strlen(text) >= 12);
    arena_fini(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const struct record_kind *const kinds[] = {
        &account_kind, &member_kind, &workspace_kind, &session_kind,
        &token_kind,   &link_kind,   &device_kind};
    char *text = malloc(len + 1);
    if (len) memcpy(text, bytes, len);
    text[len] = '\0';
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        feed_record(kinds[i], text, len);
    feed_words(text);
    feed_headers(text);
    free(text);
    return 0;
}
