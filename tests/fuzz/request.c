/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to everything that the server reads of a request itself. What a path is
 * matched by is an identifier and a number; what a form gives is UTF-8; a host that is
 * ours makes an origin that is ours; where it listens is the loopback.
 */
#include <assert.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/schema.h"
#include "web/request.h"

static void feed_path(const char *text)
{
    struct request_path p;
    if (request_match("/systems/{slug}/versions/{number}", text, &p))
        assert(schema_is_id(p.slug) && p.number > 0);
    if (request_match("/systems/{slug}", text, &p)) assert(schema_is_id(p.slug));
    assert(request_number(text) != 0);
    double decimal = request_decimal(text);
    assert(decimal >= 0 ? decimal < 1e15 : decimal >= -1);
}

static void feed_form(const char *bytes, size_t len)
{
    struct arena a = {0};
    struct request_form form;
    if (request_form(bytes, len, &a, &form) == 0)
        for (size_t i = 0; i < form.n; i++) {
            const char *value = form.fields[i].value;
            assert(strlen(value) <= len &&
                   text_valid(value, strlen(value)) == strlen(value));
        }
    arena_fini(&a);
}

static void feed_headers(const char *text, size_t len)
{
    struct listen_address at;
    char *origin = malloc(len + 8);
    snprintf(origin, len + 8, "http://%s", text);
    if (request_is_own_host(text, 8787))
        assert(request_is_own_origin(origin, "http", text));
    free(origin);
    assert(request_accepts(text) == LANG_EN || request_accepts(text) == LANG_JA);
    assert(request_if_match(text) != 0);
    if (request_none_match(text, "\"1-ab\""))
        assert(strchr(text, '*') || strstr(text, "\"1-ab\""));
    request_is_type(text, "application/yaml");
    if (request_listen(text, &at) != LISTEN_HERE) return;
    assert(at.port <= 65535 && request_port(&at) == at.port);
    assert(at.address.ss_family == AF_INET || at.address.ss_family == AF_INET6);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    char *text = malloc(len + 1);
    if (len) memcpy(text, bytes, len);
    text[len] = '\0';
    feed_path(text);
    feed_form(text, len);
    feed_headers(text, strlen(text));
    free(text);
    return 0;
}
