// SPDX-License-Identifier: Apache-2.0
/* Passwords by libargon2, which is loaded when a server with accounts starts. */
#include "access/password.h"

#include <argon2.h>
#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "access/secret.h"
#include "base/library.h"
#include "base/text.h"

enum { SALT_BYTES = 16, HASH_BYTES = 32 };

/* ---- the library ---------------------------------------------------------------- */

/* Set once, before there are threads. */
static struct {
    int is_there;
    __typeof__(argon2id_hash_encoded) *make;
    __typeof__(argon2id_verify) *verify;
} argon2;

/* Guards the memory of one hash. */
static pthread_mutex_t one_hash = PTHREAD_MUTEX_INITIALIZER;

int password_ready(void)
{
    static const struct library_call calls[] = {
        {"argon2id_hash_encoded", &argon2.make  },
        {"argon2id_verify",       &argon2.verify}
    };
    if (!argon2.is_there) argon2.is_there = LIBRARY_LOAD("libargon2.so.1", calls);
    return argon2.is_there;
}

int password_make(const char *password, char kept[PASSWORD_KEPT])
{
    uint8_t salt[SALT_BYTES];
    secret_random(salt, sizeof salt);
    pthread_mutex_lock(&one_hash);
    int code = argon2.make(PASSWORD_PASSES, PASSWORD_KIB, PASSWORD_LANES, password,
                           strlen(password), salt, sizeof salt, HASH_BYTES, kept,
                           PASSWORD_KEPT);
    pthread_mutex_unlock(&one_hash);
    return code == ARGON2_OK ? 0 : -1;
}

/* What a password is compared with where there is no account: of a secret that nobody
 * has. */
static const char nobodys[] = "$argon2id$v=19$m=19456,t=2,p=1$YXdhaS1uby1hY2NvdW50$"
                              "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

int password_is(const char *kept, const char *password)
{
    pthread_mutex_lock(&one_hash);
    int code = argon2.verify(kept[0] ? kept : nobodys, password, strlen(password));
    pthread_mutex_unlock(&one_hash);
    return kept[0] && code == ARGON2_OK;
}

int password_is_old(const char *kept)
{
    char cost[64];
    snprintf(cost, sizeof cost, "$argon2id$v=%d$m=%d,t=%d,p=%d$", ARGON2_VERSION_NUMBER,
             PASSWORD_KIB, PASSWORD_PASSES, PASSWORD_LANES);
    return strncmp(kept, cost, strlen(cost)) != 0;
}

/* ---- which are taken ------------------------------------------------------------ */

/* Of the commonest in lists of stolen ones, those that are long enough, and what people
 * make of the shorter ones when they must be longer; in lower case. */
static const char *const common[] = {
    "0123456789012",    "012345678901",
    "1111111111111",    "111111111111",
    "111222333444",     "1234567890123",
    "123456789012",     "12345678910",
    "123456789101",     "123456789abc",
    "123456789qwerty",  "1234qwer1234",
    "1q2w3e4r5t6y",     "1q2w3e4r5t6y7u",
    "1qaz2wsx3edc",     "1qaz2wsx3edc4rfv",
    "987654321012",     "9876543210987",
    "abc123abc123",     "abcd12345678",
    "abcdef123456",     "abcdefghijkl",
    "abcdefghijklm",    "administrator",
    "administrator1",   "adminadminadmin",
    "asdfghjkl123",     "asdfghjklasdf",
    "changeme1234",     "changemechangeme",
    "correcthorse",     "correcthorsebatterystaple",
    "dragon123456",     "football1234",
    "hello1234567",     "iloveyou1234",
    "iloveyou12345",    "iloveyouiloveyou",
    "letmein12345",     "letmeinletmein",
    "liverpool123",     "metallica123",
    "minecraft123",     "monkey123456",
    "myspace12345",     "p@ssw0rd1234",
    "pa$$w0rd1234",     "passw0rd1234",
    "password1234",     "password12345",
    "password123456",   "password2024",
    "password2025",     "password2026",
    "passwordpassword", "pokemon12345",
    "princess1234",     "q1w2e3r4t5y6",
    "qazwsxedcrfv",     "qwerty123456",
    "qwertyqwerty",     "qwertyuiop12",
    "qwertyuiop123",    "qwertyuiop[]",
    "qwertyuiopas",     "qwertyuiopasdf",
    "sunshine1234",     "superman1234",
    "trustno1trustno1", "unknown12345",
    "welcome12345",     "welcome123456",
    "zaq12wsxcde3",     "zxcvbnm12345",
    "zxcvbnmzxcvbnm",
};

static void lower(const char *s, char *out, size_t size)
{
    size_t n = 0;
    for (; s[n] && n + 1 < size; n++)
        out[n] = (char)tolower((unsigned char)s[n]);
    out[n] = '\0';
}

static int is_common(const char *lowered)
{
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strcmp(lowered, common[i]) == 0) return 1;
    return 0;
}

static size_t count_characters(const char *s)
{
    size_t n = 0, used, len = strlen(s);
    for (; len; s += used, len -= used, n++)
        text_decode(s, len, &used);
    return n;
}

/* How many different bytes are in it: few are as good as a short one. */
static size_t count_different(const char *s)
{
    unsigned char seen[256] = {0};
    size_t n = 0;
    for (; *s; s++)
        n += !seen[(unsigned char)*s]++;
    return n;
}

/* 1 if the rest, without a name that is in it, is shorter than half a password. */
static int is_named(const char *lowered, const char *name)
{
    size_t n = strlen(name);
    return n >= 4 && strstr(lowered, name) && strlen(lowered) - n < PASSWORD_LEAST / 2;
}

enum password_fault password_judge(const char *password, const char *login)
{
    enum { DIFFERENT_LEAST = 5 };
    char lowered[PASSWORD_MOST + 1], name[PASSWORD_MOST + 1];
    if (strlen(password) > PASSWORD_MOST) return PASSWORD_LONG;
    if (count_characters(password) < PASSWORD_LEAST) return PASSWORD_SHORT;
    lower(password, lowered, sizeof lowered);
    lower(login, name, sizeof name);
    enum password_fault fault = PASSWORD_GOOD;
    if (is_common(lowered) || count_different(password) < DIFFERENT_LEAST)
        fault = PASSWORD_COMMON;
    else if (is_named(lowered, name) || is_named(lowered, "awai"))
        fault = PASSWORD_NAMED;
    secret_wipe(lowered, sizeof lowered);
    return fault;
}
