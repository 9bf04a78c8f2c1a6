// SPDX-License-Identifier: Apache-2.0
/* One-time codes of the time; see totp.h. SHA-1 is FIPS 180-4, and here for nothing
 * else: a keyed hash is safe where a plain one is no longer. */
#include "access/totp.h"

#include <stdio.h>
#include <string.h>

#include "access/secret.h"

/* ---- SHA-1 ---------------------------------------------------------------------- */

enum { BLOCK = 64, DIGEST = 20 };

static uint32_t turn(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

static void expand(const uint8_t *block, uint32_t w[80])
{
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 80; i++)
        w[i] = turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
}

/* The function of a round's quarter, and its constant. */
static uint32_t mix(int quarter, uint32_t b, uint32_t c, uint32_t d)
{
    static const uint32_t constants[] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc,
                                         0xca62c1d6};
    uint32_t f = quarter == 0   ? (b & c) | (~b & d)
                 : quarter == 2 ? (b & c) | (b & d) | (c & d)
                                : b ^ c ^ d;
    return f + constants[quarter];
}

static void take_block(uint32_t h[5], const uint8_t *block)
{
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    expand(block, w);
    for (int i = 0; i < 80; i++) {
        uint32_t next = turn(a, 5) + mix(i / 20, b, c, d) + e + w[i];
        e = d;
        d = c;
        c = turn(b, 30);
        b = a;
        a = next;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
}

/* Of a block (a key's pad) and what follows it, which may be of any length. */
static void sha1_after(const uint8_t pad[BLOCK], const uint8_t *bytes, size_t n,
                       uint8_t digest[DIGEST])
{
    uint32_t h[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    uint8_t last[2 * BLOCK] = {0};
    const uint64_t bits = (BLOCK + (uint64_t)n) * 8;
    take_block(h, pad);
    for (; n >= BLOCK; n -= BLOCK, bytes += BLOCK)
        take_block(h, bytes);
    if (n) memcpy(last, bytes, n);
    last[n] = 0x80;
    size_t len = n + 9 <= BLOCK ? BLOCK : 2 * BLOCK;
    for (size_t i = 0; i < 8; i++)
        last[len - 1 - i] = (uint8_t)(bits >> (8 * i));
    for (size_t at = 0; at < len; at += BLOCK)
        take_block(h, last + at);
    for (size_t i = 0; i < DIGEST; i++)
        digest[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

void totp_hmac(const uint8_t *key, size_t n_key, const uint8_t *message, size_t n,
               uint8_t digest[20])
{
    uint8_t inner[BLOCK], outer[BLOCK], first[DIGEST];
    for (size_t i = 0; i < BLOCK; i++) {
        uint8_t k = i < n_key ? key[i] : 0;
        inner[i] = k ^ 0x36;
        outer[i] = k ^ 0x5c;
    }
    sha1_after(inner, message, n, first);
    sha1_after(outer, first, sizeof first, digest);
}

/* ---- keys ----------------------------------------------------------------------- */

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* 20 bytes are 32 characters exactly, so nothing is left over. */
void totp_key_new(char key[TOTP_KEY_TEXT])
{
    uint8_t bytes[TOTP_KEY_BYTES];
    secret_random(bytes, sizeof bytes);
    for (size_t i = 0; i < TOTP_KEY_TEXT - 1; i++) {
        size_t bit = 5 * i;
        unsigned two = (unsigned)bytes[bit / 8] << 8;
        if (bit / 8 + 1 < sizeof bytes) two |= bytes[bit / 8 + 1];
        key[i] = base32[two >> (11 - bit % 8) & 31];
    }
    key[TOTP_KEY_TEXT - 1] = '\0';
    secret_wipe(bytes, sizeof bytes);
}

int totp_key_read(const char *key, uint8_t bytes[TOTP_KEY_BYTES])
{
    if (strlen(key) != TOTP_KEY_TEXT - 1) return -1;
    memset(bytes, 0, TOTP_KEY_BYTES);
    for (size_t i = 0; i < TOTP_KEY_TEXT - 1; i++) {
        const char *digit = strchr(base32, key[i]);
        if (digit == NULL) return -1;
        for (size_t b = 0; b < 5; b++) {
            unsigned set = (unsigned)(digit - base32) >> (4 - b) & 1;
            size_t bit = 5 * i + b;
            bytes[bit / 8] |= (uint8_t)(set << (7 - bit % 8));
        }
    }
    return 0;
}

/* ---- codes ---------------------------------------------------------------------- */

void totp_code(const uint8_t key[TOTP_KEY_BYTES], int64_t step,
               char code[TOTP_DIGITS + 1])
{
    uint8_t counter[8], digest[DIGEST];
    for (size_t i = 0; i < sizeof counter; i++)
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    totp_hmac(key, TOTP_KEY_BYTES, counter, sizeof counter, digest);
    const uint8_t *at = digest + (digest[DIGEST - 1] & 15);
    uint32_t word = (uint32_t)(at[0] & 0x7f) << 24 | (uint32_t)at[1] << 16 |
                    (uint32_t)at[2] << 8 | at[3];
    snprintf(code, TOTP_DIGITS + 1, "%06u", (unsigned)(word % 1000000));
}

int64_t totp_find(const char *key, const char *code, int64_t now_s, int64_t used)
{
    uint8_t bytes[TOTP_KEY_BYTES];
    char right[TOTP_DIGITS + 1];
    int64_t found = 0;
    if (totp_key_read(key, bytes) != 0) return 0;
    for (int64_t step = now_s / TOTP_STEP_S - 1; step <= now_s / TOTP_STEP_S + 1;
         step++) {
        totp_code(bytes, step, right);
        if (secret_equal(code, right) && step > used && found == 0) found = step;
    }
    secret_wipe(bytes, sizeof bytes);
    return found;
}
