// SPDX-License-Identifier: Apache-2.0
/* Random bytes and hashes of secrets; see secret.h. */
#include "access/secret.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/sha256.h"

void secret_random(void *out, size_t n)
{
    uint8_t *at = out;
    while (n) {
        ssize_t got = getrandom(at, n, 0);
        if (got < 0 && errno != EINTR) abort();
        if (got <= 0) continue;
        at += got;
        n -= (size_t)got;
    }
}

void secret_hex(const uint8_t *bytes, size_t n, char *text)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        *text++ = digits[bytes[i] >> 4];
        *text++ = digits[bytes[i] & 15];
    }
    *text = '\0';
}

void secret_new(char text[SECRET_TEXT])
{
    uint8_t bytes[SECRET_BYTES];
    secret_random(bytes, sizeof bytes);
    secret_hex(bytes, sizeof bytes, text);
    secret_wipe(bytes, sizeof bytes);
}

void secret_hash(const char *secret, char hash[SECRET_TEXT])
{
    uint8_t digest[SHA256_BYTES];
    sha256(secret, strlen(secret), digest);
    secret_hex(digest, sizeof digest, hash);
}

int secret_equal(const char *a, const char *b)
{
    size_t n = strlen(a);
    unsigned differs = 0;
    if (n != strlen(b)) return 0;
    for (size_t i = 0; i < n; i++)
        differs |= (unsigned char)a[i] ^ (unsigned)(unsigned char)b[i];
    return differs == 0;
}

void secret_wipe(void *bytes, size_t n)
{
    volatile uint8_t *at = bytes;
    while (n--)
        *at++ = 0;
}
