// SPDX-License-Identifier: Apache-2.0
/*
 * By what an answer is known (ETag), so that whoever has it need not be sent it again.
 * The text of a version is known by its number, which a change then names (If-Match).
 * What follows from one is made of more, the day among it: it is known by the version
 * and a hash of its bytes. All else that is only read is known by such a hash.
 */
#include <string.h>

#include "base/sha256.h"
#include "web/web_int.h"

enum { HASH_BYTES = 12 };

/* A hash of a body in hexadecimal digits, in the arena. */
static const char *hash_of(struct exchange *ex)
{
    const struct buf *body = &ex->answer.body;
    uint8_t digest[SHA256_BYTES];
    char *text = arena_alloc(&ex->arena, 2 * HASH_BYTES + 1);
    sha256(body->data ? body->data : "", body->len, digest);
    for (size_t i = 0; i < HASH_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    return text;
}

/* Pages are made for whoever looks, and are not remembered. */
static int is_read(const struct exchange *ex)
{
    const struct web_route *r = ex->route;
    return r && strcmp(r->method, "GET") == 0 && ex->answer.status == 200 &&
           ex->answer.stream == NULL && (r->is_api || r->handle == web_get_asset);
}

static const char *tag_of(struct exchange *ex)
{
    const long long version = ex->answer.version;
    if (!is_read(ex) || ex->route->handle == web_get_model)
        return version ? arena_printf(&ex->arena, "\"%lld\"", version) : NULL;
    return version ? arena_printf(&ex->arena, "\"%lld-%s\"", version, hash_of(ex))
                   : arena_printf(&ex->arena, "\"%s\"", hash_of(ex));
}

void web_tag(struct exchange *ex)
{
    ex->answer.tag = tag_of(ex);
    if (ex->answer.tag == NULL || !is_read(ex)) return;
    if (!request_none_match(ex->if_none_match, ex->answer.tag)) return;
    ex->answer.status = 304;
    ex->answer.body.len = 0;
}
