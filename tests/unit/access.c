/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounts below the server: published examples of HMAC and one-time codes, laws of
 * roles and of waiting, and what sessions, tokens and links do over time, which is
 * given and not waited for. How the server uses them: tests/cli/access.sh.
 */
#include "access/accounts.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "access/throttle.h"
#include "unit.h"

/* ---- codes ---------------------------------------------------------------------- */

static void check_hmac(const void *key, size_t n_key, const void *text, size_t n,
                       const char *expected)
{
    uint8_t digest[20];
    char hex[41];
    totp_hmac(key, n_key, text, n, digest);
    secret_hex(digest, sizeof digest, hex);
    CHECK_STR(hex, expected);
}

/* RFC 2202, section 3, those whose key fits a block; and lengths around a block. */
static void test_hmac(void)
{
    uint8_t key[20], data[50];
    memset(key, 0x0b, sizeof key);
    check_hmac(key, 20, "Hi There", 8, "b617318655057264e28bc0b6fb378c8ef146be00");
    check_hmac("Jefe", 4, "what do ya want for nothing?", 28,
               "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    memset(key, 0xaa, sizeof key);
    memset(data, 0xdd, sizeof data);
    check_hmac(key, 20, data, 50, "125d7342b9ac11cd91a39af48aa17b4f63f175d3");
    memset(key, 0x0c, sizeof key);
    check_hmac(key, 20, "Test With Truncation", 20,
               "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04");
}

/* RFC 6238, appendix B, the last six of its eight digits. */
static void test_codes(void)
{
    static const struct {
        int64_t at_s;
        const char *code;
    } rows[] = {
        {59,          "287082"},
        {1111111109,  "081804"},
        {1111111111,  "050471"},
        {1234567890,  "005924"},
        {2000000000,  "279037"},
        {20000000000, "353130"},
    };
    const char *key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // "12345678901234567890"
    uint8_t bytes[TOTP_KEY_BYTES];
    char code[TOTP_DIGITS + 1];
    REQUIRE(totp_key_read(key, bytes) == 0);
    CHECK(memcmp(bytes, "12345678901234567890", sizeof bytes) == 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t step = rows[i].at_s / TOTP_STEP_S;
        totp_code(bytes, step, code);
        CHECK_STR(code, rows[i].code);
        CHECK_INT(totp_find(key, code, rows[i].at_s, 0), step);
    }
}

static void test_code_is_good_once(void)
{
    char key[TOTP_KEY_TEXT], code[TOTP_DIGITS + 1];
    uint8_t bytes[TOTP_KEY_BYTES];
    const int64_t step = 1000, now_s = step * TOTP_STEP_S;
    totp_key_new(key);
    REQUIRE(totp_key_read(key, bytes) == 0);
    totp_code(bytes, step, code);
    CHECK_INT(totp_find(key, code, now_s, step - 1), step);
    CHECK_INT(totp_find(key, code, now_s, step), 0);
    CHECK_INT(totp_find(key, code, now_s, step + 1), 0); // nor an earlier one
    CHECK_INT(totp_find(key, code, now_s + TOTP_STEP_S, 0), step);
    CHECK_INT(totp_find(key, code, now_s - TOTP_STEP_S, 0), step);
    CHECK_INT(totp_find(key, code, now_s + 2 * TOTP_STEP_S, 0), 0);
    CHECK_INT(totp_find(key, "", now_s, 0), 0);
    CHECK_INT(totp_find("", code, now_s, 0), 0);
    CHECK_INT(totp_key_read("geZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", bytes), -1);
    CHECK_INT(totp_key_read("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", bytes), -1);
}

static void test_recovery(void)
{
    struct account a = {.login = "a"};
    char codes[RECOVERY_CODES][RECOVERY_TEXT];
    account_new_recovery(&a, codes);
    CHECK_INT(account_recovery_left(&a), RECOVERY_CODES);
    CHECK(!account_take_code(&a, "", 1000));
    CHECK(!account_take_code(&a, "AAAA-BBBB-CCCC-DDDD", 1000));
    for (int i = RECOVERY_CODES - 1; i >= 0; i--) {
        CHECK(strstr(a.recovery, codes[i]) == NULL);
        CHECK(account_take_code(&a, codes[i], 1000));
        CHECK(!account_take_code(&a, codes[i], 1000));
        CHECK_INT(account_recovery_left(&a), i);
    }
}

/* ---- passwords ------------------------------------------------------------------ */

static void test_judge(void)
{
    char text[PASSWORD_MOST + 2];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i * 7 % 20);
    text[PASSWORD_MOST + 1] = '\0';
    CHECK_INT(password_judge(text, "x"), PASSWORD_LONG);
    text[PASSWORD_MOST] = '\0';
    CHECK_INT(password_judge(text, "x"), PASSWORD_GOOD);
    text[PASSWORD_LEAST] = '\0';
    CHECK_INT(password_judge(text, "x"), PASSWORD_GOOD);
    text[PASSWORD_LEAST - 1] = '\0';
    CHECK_INT(password_judge(text, "x"), PASSWORD_SHORT);
    CHECK_INT(password_judge("", "x"), PASSWORD_SHORT);
    CHECK_INT(password_judge("Password1234", "x"), PASSWORD_COMMON);
    CHECK_INT(password_judge("abababababababab", "x"), PASSWORD_COMMON);
    CHECK_INT(password_judge("margarete-12", "Margarete"), PASSWORD_NAMED);
    CHECK_INT(password_judge("margarete and the four winds", "margarete"),
              PASSWORD_GOOD);
    // characters count, not bytes: eleven and twelve of three bytes
    CHECK_INT(password_judge("あいうえおかきくけこさ", "x"), PASSWORD_SHORT);
    CHECK_INT(password_judge("あいうえおかきくけこさし", "x"), PASSWORD_GOOD);
}

static void test_passwords(void)
{
    char kept[PASSWORD_KEPT], again[PASSWORD_KEPT];
    REQUIRE(password_ready());
    REQUIRE(password_make("seven bridges", kept) == 0);
    REQUIRE(password_make("seven bridges", again) == 0);
    CHECK(strcmp(kept, again) != 0); // salted
    CHECK(password_is(kept, "seven bridges"));
    CHECK(!password_is(kept, "seven bridgeS"));
    CHECK(!password_is(kept, ""));
    CHECK(!password_is("", "seven bridges"));
    CHECK(!password_is("", ""));
    CHECK(!password_is("$argon2id$nonsense", "seven bridges"));
    CHECK(!password_is_old(kept));
    CHECK(password_is_old("$argon2id$v=19$m=4096,t=2,p=1$c29tZXNhbHQ$AAAA"));
    CHECK(password_is_old(""));
}

/* Of an account that is not there, it takes as long to say no: in time of this process,
 * with a wide margin. */
static void test_nobodys_password(void)
{
    char kept[PASSWORD_KEPT];
    REQUIRE(password_ready() && password_make("seven bridges", kept) == 0);
    clock_t began = clock();
    password_is(kept, "eight bridges");
    clock_t one = clock() - began;
    began = clock();
    password_is("", "eight bridges");
    CHECK(clock() - began > one / 4);
}

/* ---- rights --------------------------------------------------------------------- */

static void test_rights(void)
{
    for (int role = ROLE_NONE; role < N_ROLES; role++) {
        unsigned rights = rights_of_role((enum access_role)role);
        CHECK(!rights_have(rights, RIGHT_NOBODY));
        CHECK(rights_have(rights, RIGHT_OPEN));
        CHECK_INT(role_of(role_names[role]), role);
        // each has what the one before has
        if (role) CHECK((rights_of_role((enum access_role)(role - 1)) & ~rights) == 0);
    }
    for (int scope = SCOPE_NONE; scope < N_SCOPES; scope++) {
        unsigned rights = rights_of_scope((enum access_scope)scope);
        CHECK(!rights_have(rights, RIGHT_NOBODY));
        CHECK(!rights_have(rights, RIGHT_OWN));
        CHECK_INT(scope_of(scope_names[scope]), scope);
        if (scope)
            CHECK((rights_of_scope((enum access_scope)(scope - 1)) & ~rights) == 0);
    }
    CHECK(!rights_have(~0u, RIGHT_NOBODY));
    CHECK_INT(role_of("king"), ROLE_NONE);
    CHECK_INT(role_of(""), ROLE_NONE);
    CHECK(!rights_have(rights_of_role(ROLE_NONE), RIGHT_LOOK));
    CHECK(!rights_have(rights_of_role(ROLE_VIEWER), RIGHT_REVIEW));
    CHECK(!rights_have(rights_of_role(ROLE_REVIEWER), RIGHT_CHANGE));
    CHECK(!rights_have(rights_of_role(ROLE_EDITOR), RIGHT_MANAGE));
    CHECK(rights_have(rights_of_role(ROLE_OWNER), RIGHT_MANAGE));
}

/* ---- waiting -------------------------------------------------------------------- */

static void test_waiting_grows(void)
{
    struct throttle *t = throttle_new();
    int64_t now_s = 1000, before_s = 0;
    for (int i = 0; i < THROTTLE_FREE; i++) {
        CHECK_INT(throttle_wait(t, "a", "here", now_s), 0);
        throttle_try(t, "a", "here", now_s);
    }
    for (int i = 0; i < 20; i++) {
        int64_t wait_s = throttle_wait(t, "a", "here", now_s);
        CHECK(wait_s >= before_s && wait_s <= THROTTLE_MOST_S);
        CHECK(wait_s >= THROTTLE_LEAST_S);
        CHECK_INT(throttle_wait(t, "a", "here", now_s + wait_s - 1), 1);
        CHECK_INT(throttle_wait(t, "a", "here", now_s + wait_s), 0);
        before_s = wait_s;
        now_s += wait_s;
        throttle_try(t, "a", "here", now_s);
    }
    CHECK_INT(before_s, THROTTLE_MOST_S);
    // nobody else waits
    CHECK_INT(throttle_wait(t, "a", "there", now_s), 0);
    CHECK_INT(throttle_wait(t, "b", "here", now_s), 0);
    CHECK_INT(throttle_wait(t, "a", "here", now_s + THROTTLE_FORGET_S), 0);
    throttle_free(t);
}

static void test_waiting_ends(void)
{
    struct throttle *t = throttle_new();
    for (int i = 0; i < THROTTLE_FREE + 3; i++)
        throttle_try(t, "a", "here", 1000);
    CHECK(throttle_wait(t, "a", "here", 1000) > 0);
    throttle_right(t, "a", "here");
    CHECK_INT(throttle_wait(t, "a", "here", 1000), 0);
    throttle_right(t, "nobody", "nowhere"); // of which nothing is known
    throttle_free(t);
}

/* Who tries many accounts waits for each, and those who own them do not. */
static void test_waiting_of_a_place(void)
{
    struct throttle *t = throttle_new();
    char login[16];
    for (int i = 0; i < THROTTLE_PLACE_FREE; i++) {
        snprintf(login, sizeof login, "user%d", i);
        CHECK_INT(throttle_wait(t, login, "here", 1000), 0);
        throttle_try(t, login, "here", 1000);
    }
    CHECK(throttle_wait(t, "another", "here", 1000) > 0);
    CHECK_INT(throttle_wait(t, "another", "there", 1000), 0);
    // what can be no login at all counts as well, and as one
    for (int i = 0; i < THROTTLE_FREE; i++)
        throttle_try(t, "", "elsewhere", 1000);
    CHECK(throttle_wait(t, "", "elsewhere", 1000) > 0);
    CHECK_INT(throttle_wait(t, "another", "elsewhere", 1000), 0);
    throttle_free(t);
}

/* However many pairs there are, it takes no more memory and goes on. */
static void test_waiting_forgets(void)
{
    struct throttle *t = throttle_new();
    char login[16];
    for (int i = 0; i < 4 * THROTTLE_PLACES; i++) {
        snprintf(login, sizeof login, "u%d", i);
        throttle_try(t, login, login, 1000 + i);
    }
    CHECK_INT(throttle_wait(t, "fresh", "fresh", 1000), 0);
    for (int i = 0; i < THROTTLE_FREE; i++)
        throttle_try(t, "fresh", "fresh", 90000);
    CHECK(throttle_wait(t, "fresh", "fresh", 90000) > 0);
    throttle_free(t);
}

/* ---- what is kept --------------------------------------------------------------- */

static void test_logins(void)
{
    char login[LOGIN_TEXT];
    CHECK(login_read("Olga.B+x@example.org", login));
    CHECK_STR(login, "olga.b+x@example.org");
    CHECK(!login_read("", login));
    CHECK(!login_read("a b", login));
    CHECK(!login_read("a/b", login));
    CHECK(!login_read("-a", login));
    CHECK(!login_read(".a", login));
    CHECK(!login_read("\xc3\xb6", login));
    CHECK(login_read("a234567890123456789012345678901234567890123456789012345678901234",
                     login));
    CHECK(!login_read(
        "a2345678901234567890123456789012345678901234567890123456789012345", login));
}

static int read_link(const char *text)
{
    struct link link;
    int wrong = record_read(&link_kind, text, strlen(text), &link);
    static const struct link nothing;
    if (wrong) CHECK(memcmp(&link, &nothing, sizeof link) == 0);
    return wrong;
}

static void test_records(void)
{
    struct link link = {.login = "a\"b\n", .workspace = "w", .role = ROLE_EDITOR}, back;
    struct buf text = {0};
    char large[200];
    link.ends_s = 1234567890123;
    record_write(&link_kind, &link, &text);
    CHECK_INT(record_read(&link_kind, text.data, text.len, &back), 0);
    CHECK_STR(back.login, link.login);
    CHECK_INT(back.role, ROLE_EDITOR);
    CHECK_INT(back.ends_s, link.ends_s);
    buf_fini(&text);
    CHECK_INT(read_link("{}"), 0);
    CHECK_INT(read_link("{\"more\": [1]}"), 0);
    CHECK_INT(read_link(""), -1);
    CHECK_INT(read_link("[]"), -1);
    CHECK_INT(read_link("{\"role\": \"king\"}"), -1);
    CHECK_INT(read_link("{\"role\": 4}"), -1);
    CHECK_INT(read_link("{\"ends_s\": \"1\"}"), -1);
    CHECK_INT(read_link("{\"login\": \"a\\u0000b\"}"), -1);
    snprintf(large, sizeof large, "{\"login\": \"%065d\"}", 1);
    CHECK_INT(read_link(large), -1);
    snprintf(large, sizeof large, "{\"login\": \"%064d\"}", 1);
    CHECK_INT(read_link(large), 0);
}

/* A store of its own in TEST_TMP. */
static struct store *open_store(void)
{
    const char *folder = getenv("TEST_TMP");
    struct diag_list d = {0};
    char path[512];
    static int n;
    snprintf(path, sizeof path, "%s/access-%d-%d.db", folder ? folder : "/tmp",
             (int)getpid(), n++);
    remove(path);
    struct store *store = store_open(path, &d);
    diag_fini(&d);
    return store;
}

enum { T0 = 1700000000 };

static void test_sessions(void)
{
    struct store *store = open_store();
    struct session s = {.login = "a", .workspace = "w", .made_s = T0, .seen_s = T0};
    struct session found;
    char one[SECRET_TEXT], two[SECRET_TEXT], hash[SECRET_TEXT];
    REQUIRE(store && session_new(store, &s, one) == STORE_OK);
    REQUIRE(session_new(store, &s, two) == STORE_OK);
    CHECK(strcmp(one, two) != 0);
    CHECK_INT(session_find(store, one, T0 + 1, &found, hash), STORE_OK);
    CHECK_STR(found.login, "a");
    CHECK(strcmp(hash, one) != 0);
    // kept under the hash, not under the secret
    CHECK_INT(session_find(store, hash, T0, &found, hash), STORE_MISSING);
    CHECK_INT(session_find(store, "", T0, &found, hash), STORE_MISSING);
    // idle
    CHECK_INT(session_find(store, two, T0 + SESSION_IDLE_S, &found, hash),
              STORE_MISSING);
    CHECK_INT(session_find(store, two, T0, &found, hash), STORE_MISSING);
    // used all the time, it ends all the same
    int64_t now_s = T0;
    while (session_find(store, one, now_s, &found, hash) == STORE_OK)
        now_s += 1800;
    CHECK_INT(now_s, T0 + SESSION_MOST_S);
    store_close(store);
}

static void test_sessions_end(void)
{
    struct store *store = open_store();
    struct session s = {.login = "a", .made_s = T0, .seen_s = T0}, found;
    char mine[SECRET_TEXT], other[SECRET_TEXT], theirs[SECRET_TEXT], hash[SECRET_TEXT];
    REQUIRE(store && session_new(store, &s, mine) == STORE_OK);
    session_new(store, &s, other);
    s.login[0] = 'b';
    session_new(store, &s, theirs);
    secret_hash(mine, hash);
    CHECK_INT(session_end_all(store, "a", hash), STORE_OK);
    CHECK_INT(session_find(store, other, T0, &found, hash), STORE_MISSING);
    CHECK_INT(session_find(store, mine, T0, &found, hash), STORE_OK);
    CHECK_INT(session_find(store, theirs, T0, &found, hash), STORE_OK);
    CHECK_INT(accounts_sweep(store, T0 + SESSION_MOST_S), STORE_OK);
    struct arena a = {0};
    struct list left;
    CHECK_INT(store_records(store, "session", &a, &left), STORE_OK);
    CHECK_INT(left.n, 0);
    arena_fini(&a);
    store_close(store);
}

/* What a backup holds of those who were logged in is of no use to anyone. */
static void test_log_out_all(void)
{
    static const char *const kinds[] = {"session", "link", "device"};
    struct store *store = open_store();
    struct session s = {.login = "a", .made_s = T0, .seen_s = T0}, found;
    struct token t = {.login = "a", .scope = SCOPE_READ, .ends_s = T0 + 100}, kept;
    char secret[SECRET_TEXT], token[SECRET_TEXT], hash[SECRET_TEXT];
    REQUIRE(store && session_new(store, &s, secret) == STORE_OK);
    CHECK_INT(token_new(store, &t, token), STORE_OK);
    for (size_t i = 0; i < 3; i++) // whatever stands in them
        CHECK_INT(store_record_put(store, kinds[i], "x", "?", 1, 0, NULL), STORE_OK);
    CHECK_INT(accounts_log_out_all(store), STORE_OK);
    for (size_t i = 0; i < 3; i++)
        CHECK_INT(store_record_drop(store, kinds[i], "x"), STORE_MISSING);
    CHECK_INT(session_find(store, secret, T0, &found, hash), STORE_MISSING);
    CHECK_INT(token_find(store, token, T0, &kept), STORE_OK);
    store_close(store);
}

static void test_tokens(void)
{
    struct store *store = open_store();
    struct token t = {.login = "a", .scope = SCOPE_READ, .ends_s = T0 + 100}, found;
    char secret[SECRET_TEXT];
    REQUIRE(store && token_new(store, &t, secret) == STORE_OK);
    CHECK_INT(token_find(store, secret, T0 + 99, &found), STORE_OK);
    CHECK_INT(found.scope, SCOPE_READ);
    CHECK_INT(found.seen_s, T0 + 99);
    CHECK_INT(token_find(store, secret, T0 + 100, &found), STORE_MISSING);
    CHECK_INT(token_end_all(store, "b"), STORE_OK);
    CHECK_INT(token_find(store, secret, T0, &found), STORE_OK);
    CHECK_INT(token_end_all(store, "a"), STORE_OK);
    CHECK_INT(token_find(store, secret, T0, &found), STORE_MISSING);
    store_close(store);
}

static void test_devices(void)
{
    struct store *store = open_store();
    char secret[SECRET_TEXT];
    REQUIRE(store && device_new(store, "a", T0, secret) == STORE_OK);
    CHECK(device_is(store, secret, "a", T0));
    CHECK(!device_is(store, secret, "b", T0));
    CHECK(!device_is(store, "", "a", T0));
    CHECK(!device_is(store, secret, "a", T0 + DEVICE_S));
    store_close(store);
}

static void test_links(void)
{
    struct store *store = open_store();
    struct link link = {.workspace = "w", .role = ROLE_OWNER, .ends_s = T0 + 100};
    struct link found;
    char one[SECRET_TEXT], two[SECRET_TEXT];
    REQUIRE(store && link_new(store, &link, one) == STORE_OK);
    REQUIRE(link_new(store, &link, two) == STORE_OK);
    CHECK_INT(accounts_any(store), 0);
    CHECK_INT(accounts_owned(store, "w"), 0);
    CHECK_INT(link_find(store, one, T0 + 100, &found), STORE_MISSING);
    CHECK_INT(link_use(store, one, "a", "kept", T0 + 100), STORE_MISSING);
    CHECK_INT(link_use(store, one, "a", "kept", T0), STORE_OK);
    CHECK_INT(link_use(store, one, "b", "kept", T0), STORE_MISSING);
    CHECK_INT(accounts_any(store), 1);
    CHECK_INT(accounts_owned(store, "w"), 1);
    CHECK_INT(accounts_owned(store, "v"), 0);
    CHECK_INT(member_role(store, "w", "a"), ROLE_OWNER);
    CHECK_INT(member_role(store, "v", "a"), ROLE_NONE);
    // who chooses a login that is taken may choose another
    CHECK_INT(link_use(store, two, "a", "stolen", T0), STORE_EXISTS);
    CHECK_INT(link_find(store, two, T0, &found), STORE_OK);
    struct account account;
    CHECK_INT(account_get(store, "a", &account, NULL), STORE_OK);
    CHECK_STR(account.password, "kept");
    store_close(store);
}

static void test_new_password(void)
{
    struct store *store = open_store();
    struct link link = {.login = "a", .workspace = "w", .by = "o", .ends_s = T0 + 100};
    struct account account = {.login = "a", .password = "old", .code_key = "key"};
    struct session s = {.login = "a", .made_s = T0, .seen_s = T0}, session;
    struct token t = {.login = "a", .ends_s = T0 + 100}, token;
    char secret[SECRET_TEXT], browser[SECRET_TEXT], program[SECRET_TEXT],
        hash[SECRET_TEXT];
    REQUIRE(store && account_put(store, &account, 0) == STORE_OK);
    member_set(store, "w", "o", ROLE_OWNER, T0);
    member_set(store, "w", "a", ROLE_VIEWER, T0);
    session_new(store, &s, browser);
    token_new(store, &t, program);
    link_new(store, &link, secret);
    CHECK_INT(link_use(store, secret, "other", "new", T0), STORE_OK);
    CHECK_INT(account_get(store, "a", &account, NULL), STORE_OK);
    CHECK_STR(account.password, "new");
    CHECK_STR(account.code_key, "");
    CHECK_INT(account_get(store, "other", &account, NULL), STORE_MISSING);
    CHECK_INT(session_find(store, browser, T0, &session, hash), STORE_MISSING);
    CHECK_INT(token_find(store, program, T0, &token), STORE_MISSING);
    store_close(store);
}

/* Who has made a link must still be allowed to. */
static void test_links_are_backed(void)
{
    struct store *store = open_store();
    struct link invite = {.workspace = "w", .by = "o", .role = ROLE_VIEWER};
    struct link reset = {.login = "a", .workspace = "w", .by = "o"}, found;
    struct account account = {.login = "a"};
    char one[SECRET_TEXT], two[SECRET_TEXT];
    invite.ends_s = reset.ends_s = T0 + 100;
    REQUIRE(store && account_put(store, &account, 0) == STORE_OK);
    member_set(store, "w", "o", ROLE_OWNER, T0);
    member_set(store, "w", "p", ROLE_OWNER, T0);
    member_set(store, "w", "a", ROLE_VIEWER, T0);
    link_new(store, &invite, one);
    link_new(store, &reset, two);
    CHECK_INT(link_find(store, one, T0, &found), STORE_OK);
    CHECK_INT(link_find(store, two, T0, &found), STORE_OK);
    // the member has come into a workspace where that owner has no say
    member_set(store, "v", "a", ROLE_OWNER, T0);
    CHECK_INT(link_find(store, two, T0, &found), STORE_MISSING);
    CHECK_INT(link_use(store, two, "a", "stolen", T0), STORE_MISSING);
    CHECK_INT(member_may_reset(store, "w", "o", "a"), STORE_REFUSED);
    CHECK_INT(member_may_reset(store, "w", "o", "b"), STORE_MISSING);
    CHECK_INT(member_may_reset(store, "w", "o", "p"), STORE_OK);
    // the owner is none any more
    CHECK_INT(member_set(store, "w", "o", ROLE_EDITOR, T0), STORE_OK);
    CHECK_INT(link_use(store, one, "b", "kept", T0), STORE_MISSING);
    store_close(store);
}

static void test_members(void)
{
    struct store *store = open_store();
    struct arena a = {0};
    struct member *members;
    size_t n;
    REQUIRE(store);
    CHECK_INT(member_set(store, "w", "a", ROLE_OWNER, T0), STORE_OK);
    CHECK_INT(member_set(store, "w", "b", ROLE_VIEWER, T0), STORE_OK);
    CHECK_INT(member_set(store, "v", "b", ROLE_OWNER, T0), STORE_OK);
    CHECK_INT(member_set(store, "w", "a", ROLE_EDITOR, T0), STORE_REFUSED);
    CHECK_INT(member_set(store, "w", "a", ROLE_NONE, T0), STORE_REFUSED);
    CHECK_INT(member_list(store, "w", NULL, &a, &members, &n), STORE_OK);
    CHECK_INT(n, 2);
    CHECK_INT(member_list(store, NULL, "b", &a, &members, &n), STORE_OK);
    CHECK_INT(n, 2);
    CHECK_INT(member_set(store, "w", "b", ROLE_OWNER, T0), STORE_OK);
    CHECK_INT(member_set(store, "w", "a", ROLE_NONE, T0), STORE_OK);
    CHECK_INT(member_role(store, "w", "a"), ROLE_NONE);
    arena_fini(&a);
    store_close(store);
}

/* Two that change an account at once: one is told. */
static void test_account_conflict(void)
{
    struct store *store = open_store();
    struct account account = {.login = "a"};
    int64_t revision;
    REQUIRE(store && account_put(store, &account, 0) == STORE_OK);
    CHECK_INT(account_put(store, &account, 0), STORE_EXISTS);
    CHECK_INT(account_get(store, "a", &account, &revision), STORE_OK);
    CHECK_INT(account_put(store, &account, revision), STORE_OK);
    CHECK_INT(account_put(store, &account, revision), STORE_CONFLICT);
    store_close(store);
}

static void test_ids(void)
{
    struct store *store = open_store();
    struct arena a = {0};
    struct token t = {.login = "a", .workspace = "w", .ends_s = T0};
    char secret[SECRET_TEXT], hash[SECRET_TEXT], id[ID_TEXT];
    REQUIRE(store && token_new(store, &t, secret) == STORE_OK);
    secret_hash(secret, hash);
    snprintf(id, sizeof id, "%.16s", hash);
    CHECK(secret_by_id(store, &token_kind, id, "a", "w", &a));
    CHECK(secret_by_id(store, &token_kind, id, NULL, NULL, &a));
    CHECK(!secret_by_id(store, &token_kind, id, "b", NULL, &a));
    CHECK(!secret_by_id(store, &token_kind, id, NULL, "v", &a));
    CHECK(!secret_by_id(store, &token_kind, "", NULL, NULL, &a));
    CHECK(!secret_by_id(store, &session_kind, id, NULL, NULL, &a));
    arena_fini(&a);
    store_close(store);
}

static void test_secrets(void)
{
    char a[SECRET_TEXT], b[SECRET_TEXT];
    secret_new(a);
    secret_new(b);
    CHECK_INT(strlen(a), SECRET_TEXT - 1);
    CHECK(strspn(a, "0123456789abcdef") == SECRET_TEXT - 1);
    CHECK(strcmp(a, b) != 0);
    CHECK(secret_equal(a, a));
    CHECK(!secret_equal(a, b));
    CHECK(!secret_equal("a", "ab"));
    CHECK(secret_equal("", ""));
    secret_hash("abc", a);
    CHECK_STR(a, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    secret_wipe(a, sizeof a);
    CHECK_STR(a, "");
}

int main(void)
{
    RUN(test_hmac);
    RUN(test_codes);
    RUN(test_code_is_good_once);
    RUN(test_recovery);
    RUN(test_judge);
    RUN(test_passwords);
    RUN(test_nobodys_password);
    RUN(test_rights);
    RUN(test_waiting_grows);
    RUN(test_waiting_ends);
    RUN(test_waiting_of_a_place);
    RUN(test_waiting_forgets);
    RUN(test_logins);
    RUN(test_records);
    RUN(test_sessions);
    RUN(test_sessions_end);
    RUN(test_log_out_all);
    RUN(test_tokens);
    RUN(test_devices);
    RUN(test_links);
    RUN(test_new_password);
    RUN(test_links_are_backed);
    RUN(test_members);
    RUN(test_account_conflict);
    RUN(test_ids);
    RUN(test_secrets);
    return UNIT_RESULT();
}
