// SPDX-License-Identifier: Apache-2.0
#ifndef ACCESS_TOTP_H
#define ACCESS_TOTP_H
/*
 * One-time codes of the time (RFC 6238 over RFC 4226): HMAC-SHA-1, six digits, steps of
 * 30 s, as every authenticator app does by default. The key is 160 random bits, kept
 * and shown in base32 (RFC 4648, without padding).
 */
#include <stddef.h>
#include <stdint.h>

enum { TOTP_KEY_BYTES = 20, TOTP_KEY_TEXT = 33, TOTP_STEP_S = 30, TOTP_DIGITS = 6 };

/* HMAC-SHA-1 (RFC 2104); a key of at most 64 bytes. */
void totp_hmac(const uint8_t *key, size_t n_key, const uint8_t *message, size_t n,
               uint8_t digest[20]);

/* A new key in base32. */
void totp_key_new(char key[TOTP_KEY_TEXT]);

/* The bytes of a key in base32; 0, or -1 if it is none. */
int totp_key_read(const char *key, uint8_t bytes[TOTP_KEY_BYTES]);

/* The code of a step, six digits and a NUL. */
void totp_code(const uint8_t key[TOTP_KEY_BYTES], int64_t step,
               char code[TOTP_DIGITS + 1]);

/*
 * The step whose code this is, near the time: the step before, the one now, or the one
 * after, since clocks differ; but later than `used`, the last step of which a code was
 * taken, so that no code is taken twice. 0: it is none of them.
 */
int64_t totp_find(const char *key, const char *code, int64_t now_s, int64_t used);
#endif
