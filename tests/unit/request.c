/* SPDX-License-Identifier: Apache-2.0
 *
 * What the server reads of a request itself: paths, forms, headers, and where it may
 * listen; and the hash by which a policy knows a script.
 */
#include "web/request.h"

#include "base/sha256.h"
#include "unit.h"

static void test_paths(void)
{
    struct request_path p;
    CHECK(request_match("/", "/", &p));
    CHECK(!request_match("/", "/x", &p));
    CHECK(request_match("/systems/{slug}/versions/{number}", "/systems/a-b/versions/12",
                        &p));
    CHECK_STR(p.slug, "a-b");
    CHECK_INT(p.number, 12);
    CHECK(!request_match("/systems/{slug}", "/systems/", &p));
    CHECK(!request_match("/systems/{slug}", "/systems/a/", &p));
    CHECK(!request_match("/systems/{slug}", "/systems/..", &p));
    CHECK(!request_match("/systems/{slug}", "/systems/-a", &p));
    CHECK(!request_match("/systems/{slug}", "systems/a", &p));
    CHECK(request_match("/s/{slug}/i/{id}", "/s/a/i/b", &p));
    CHECK_STR(p.slug, "a");
    CHECK_STR(p.id, "b");
    CHECK(request_match("/assets/{file}", "/assets/a-b.css", &p));
    CHECK_STR(p.file, "a-b.css");
    CHECK(!request_match("/assets/{file}", "/assets/a.b.css", &p));
    CHECK(!request_match("/assets/{file}", "/assets/..", &p));
    CHECK(!request_match("/assets/{file}", "/assets/a.", &p));
    CHECK(request_decimal("0") == 0 && request_decimal("12.5") == 12.5);
    CHECK(request_decimal("012") == 12 && request_decimal("999999999999999") > 9e14);
    static const char *const none[] = {"",
                                       ".",
                                       "1.",
                                       ".5",
                                       "-1",
                                       "+1",
                                       " 1",
                                       "1e3",
                                       "nan",
                                       "1.2.3",
                                       "0x1",
                                       "1 ",
                                       "1234567890.12345"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK(request_decimal(none[i]) < 0);
    CHECK(!request_match("/v/{number}", "/v/0", &p));
    CHECK(!request_match("/v/{number}", "/v/01", &p));
    CHECK(!request_match("/v/{number}", "/v/1x", &p));
    CHECK(!request_match("/v/{number}", "/v/9999999999999999", &p));
}

static void check_form(const char *body, int expected, const char *value)
{
    struct arena a = {0};
    struct request_form form;
    CHECK_INT(request_form(body, strlen(body), &a, &form), expected);
    if (expected == 0) CHECK_STR(request_field(&form, "x"), value);
    arena_fini(&a);
}

static void test_forms(void)
{
    check_form("x=1", 0, "1");
    check_form("", 0, NULL);
    check_form("a=2&x=a+b%20c&x=later", 0, "a b c");
    check_form("x=a%0D%0Ab%0D", 0, "a\nb\r");
    check_form("x=%E9%9B%A8", 0, "\xe9\x9b\xa8");
    check_form("x", 0, "");
    check_form("x=%", -1, NULL);
    check_form("x=%4", -1, NULL);
    check_form("x=%zz", -1, NULL);
    check_form("x=%00", -1, NULL);
    check_form("x=%E9", -1, NULL);
    char most[2 * REQUEST_MOST_FIELDS + 4] = "x=";
    for (int i = 1; i < REQUEST_MOST_FIELDS; i++)
        memcpy(most + strlen(most), "&a", 3);
    check_form(most, 0, "");
    memcpy(most + strlen(most), "&a", 3);
    check_form(most, -1, NULL);
}

static void test_hosts(void)
{
    CHECK(request_is_own_host("127.0.0.1:8787", 8787));
    CHECK(request_is_own_host("LocalHost:8787", 8787));
    CHECK(request_is_own_host("[::1]:8787", 8787));
    CHECK(request_is_own_host("localhost", 80));
    CHECK(!request_is_own_host("localhost", 8787));
    CHECK(!request_is_own_host("127.0.0.1:8788", 8787));
    CHECK(!request_is_own_host("evil.example:8787", 8787));
    CHECK(!request_is_own_host("127.0.0.1.evil.example:8787", 8787));
    CHECK(!request_is_own_host("localhost:8787x", 8787));
    CHECK(!request_is_own_host("[::1", 80));
    CHECK(!request_is_own_host("", 80));
    CHECK(!request_is_own_host(NULL, 80));
    CHECK(request_is_own_origin("http://localhost:8787", "http", "localhost:8787"));
    CHECK(!request_is_own_origin("https://localhost:8787", "http", "localhost:8787"));
    CHECK(!request_is_own_origin("http://localhost", "http", "localhost:8787"));
    CHECK(!request_is_own_origin("null", "http", "localhost:8787"));
}

static void test_headers(void)
{
    CHECK_INT(request_if_match("\"12\""), 12);
    CHECK_INT(request_if_match("12"), -1);
    CHECK_INT(request_if_match("W/\"12\""), -1);
    CHECK_INT(request_if_match("*"), -1);
    CHECK_INT(request_if_match("\""), -1);
    CHECK_INT(request_if_match("\"1\", \"2\""), -1);
    CHECK_INT(request_if_match(NULL), -1);
    CHECK_INT(request_if_match("\"12-0af\""), 12);
    CHECK_INT(request_if_match("\"12af\""), -1);
    CHECK_INT(request_if_match("\"-0af\""), -1);
    CHECK_INT(request_if_match("\"12-0af\"x\""), -1);
    CHECK_INT(request_none_match("\"12\"", "\"12\""), 1);
    CHECK_INT(request_none_match("W/\"12\"", "\"12\""), 1);
    CHECK_INT(request_none_match("\"1\", W/\"2\" ,\"12\"", "\"12\""), 1);
    CHECK_INT(request_none_match("*", "\"12\""), 1);
    CHECK_INT(request_none_match("\"1\"", "\"12\""), 0);
    CHECK_INT(request_none_match("12", "\"12\""), 0);
    CHECK_INT(request_none_match("\"12", "\"12\""), 0);
    CHECK_INT(request_none_match("", "\"12\""), 0);
    CHECK_INT(request_none_match(NULL, "\"12\""), 0);
    CHECK_INT(request_accepts("ja,en-US;q=0.7,en;q=0.3"), LANG_JA);
    CHECK_INT(request_accepts("en, ja;q=0.9"), LANG_EN);
    CHECK_INT(request_accepts("fr, ja-JP;q=0.2"), LANG_JA);
    CHECK_INT(request_accepts("ja;q=0, en;q=0.1"), LANG_EN);
    CHECK_INT(request_accepts("jab, de"), LANG_EN);
    CHECK_INT(request_accepts(NULL), LANG_EN);
    CHECK(request_is_type("application/yaml; charset=utf-8", "application/yaml"));
    CHECK(!request_is_type("application/yamlx", "application/yaml"));
    CHECK(!request_is_type(NULL, "application/yaml"));
}

static void check_cookie(const char *header, const char *expected)
{
    struct arena a = {0};
    const char *value = request_cookie(header, "awai-session", &a);
    if (expected)
        CHECK_STR(value, expected);
    else
        CHECK(value == NULL);
    arena_fini(&a);
}

static void test_who_asks(void)
{
    check_cookie("awai-session=1", "1");
    check_cookie("a=2; awai-session=1; b=3", "1");
    check_cookie("awai-session=1;awai-session=2", "1");
    check_cookie("awai-session=", "");
    check_cookie("xawai-session=1", NULL);
    check_cookie("awai-session-x=1", NULL);
    check_cookie("a=awai-session=1", NULL);
    check_cookie("", NULL);
    check_cookie(NULL, NULL);
    CHECK_STR(request_bearer("Bearer abc"), "abc");
    CHECK_STR(request_bearer("bearer  abc"), "abc");
    CHECK(request_bearer("Basic abc") == NULL);
    CHECK(request_bearer("Bearer") == NULL);
    CHECK(request_bearer(NULL) == NULL);
    CHECK(request_is_path("/systems/a?lang=ja"));
    CHECK(!request_is_path(""));
    CHECK(!request_is_path("systems"));
    CHECK(!request_is_path("//evil.example"));
    CHECK(!request_is_path("/\\evil.example"));
    CHECK(!request_is_path("/a b"));
    CHECK(!request_is_path("/a\r\nX: y"));
    CHECK(request_is_host("awai.example", "awai.example"));
    CHECK(request_is_host("AWAI.example:8443", "awai.example"));
    CHECK(!request_is_host("awai.example.evil.example", "awai.example"));
    CHECK(!request_is_host("awai.example:x", "awai.example"));
    CHECK(!request_is_host("", ""));
    CHECK(!request_is_host(NULL, "awai.example"));
    CHECK(request_is_host_name("awai-1.example.org"));
    CHECK(!request_is_host_name("awai:80"));
    CHECK(!request_is_host_name("-a"));
    CHECK(!request_is_host_name(""));
}

static void test_listen(void)
{
    struct listen_address at;
    CHECK_INT(request_listen("127.0.0.1:8787", &at), LISTEN_HERE);
    CHECK_INT(at.port, 8787);
    CHECK_INT(request_port(&at), 8787);
    CHECK_INT(request_listen("[::1]:0", &at), LISTEN_HERE);
    CHECK_STR(at.host, "[::1]");
    CHECK_INT(request_listen("localhost:80", &at), LISTEN_HERE);
    CHECK_INT(request_listen("127.8.9.1:80", &at), LISTEN_HERE);
    CHECK_INT(request_listen("0.0.0.0:80", &at), LISTEN_ELSEWHERE);
    CHECK_INT(request_listen("[::]:80", &at), LISTEN_ELSEWHERE);
    CHECK_INT(request_listen("[::ffff:127.0.0.1]:80", &at), LISTEN_ELSEWHERE);
    CHECK_INT(at.port, 80);
    CHECK(at.len > 0);
    CHECK_INT(request_listen("192.0.2.7:81", &at), LISTEN_ELSEWHERE);
    CHECK_STR(at.bare, "192.0.2.7");
    CHECK_INT(request_port(&at), 81);
    CHECK_INT(request_listen("example.org:80", &at), LISTEN_ELSEWHERE);
    CHECK_INT(at.len, 0);
    CHECK_INT(request_listen("127.0.0.1", &at), LISTEN_MALFORMED);
    CHECK_INT(request_listen("127.0.0.1:", &at), LISTEN_MALFORMED);
    CHECK_INT(request_listen("127.0.0.1:65536", &at), LISTEN_MALFORMED);
    CHECK_INT(request_listen(":80", &at), LISTEN_MALFORMED);
}

static void check_hash(const char *text, size_t n, const char *expected)
{
    uint8_t digest[SHA256_BYTES];
    char base64[SHA256_BASE64];
    static char all[1000];
    size_t len = strlen(text);
    for (size_t i = 0; i < n; i++)
        memcpy(all + i * len, text, len);
    sha256(all, n * len, digest);
    sha256_base64(digest, base64);
    CHECK_STR(base64, expected);
}

/* What openssl comes to; the lengths are around those where the padding changes. */
static void test_hash(void)
{
    check_hash("", 0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    check_hash("abc", 1, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    check_hash("a", 55, "n0OQ+NMMLdkuyfCVtl4rmumwqSWlJY4kHJ8ekQ9zQxg=");
    check_hash("a", 56, "s1Q5pKxvCUi21vnjxq8PX1kM4g8b3nCQ73lwaG7Gc4o=");
    check_hash("a", 63, "fT50oF19sVvOStnsBljqmOPwbu7PFrTG//LaRX3cLzQ=");
    check_hash("a", 64, "/+BU/nrgy23GXDr5th1SCfQ5hR20PQulmXM33xVGaOs=");
    check_hash("a", 65, "Y1NhxIu56rFBmOduqKt/GkFoXWrWKqkUbTAdTxfrCuA=");
    check_hash("a", 119, "MeulHDE6XAgiat8Y1KNZz9/Y0ugWsT9K+VL36mWE3Ps=");
    check_hash("a", 120, "Lz0zVDLHC1gK8Ojhs2dKfAINaDql9zqq7f3FWvkEwhw=");
    check_hash("a", 1000, "Qe3s5C1j6Nm/UVqbppMuHCDLyfWl0TRkWttdsblzfqM=");
}

int main(void)
{
    RUN(test_paths);
    RUN(test_forms);
    RUN(test_hosts);
    RUN(test_headers);
    RUN(test_who_asks);
    RUN(test_listen);
    RUN(test_hash);
    return UNIT_RESULT();
}
