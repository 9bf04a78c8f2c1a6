// SPDX-License-Identifier: Apache-2.0
#ifndef ACCESS_SECRET_H
#define ACCESS_SECRET_H
/*
 * What secrets are made of: random bytes of the system, hashes under which they are
 * kept, and a comparison that takes as long whatever differs. Nothing here keeps
 * anything.
 */
#include <stddef.h>
#include <stdint.h>

/* A secret of 256 random bits, and likewise a SHA-256, in hexadecimal with a NUL. */
enum { SECRET_BYTES = 32, SECRET_TEXT = 65 };

/* Fills with bytes of the system's generator; ends the process if there is none, since
 * nothing could be kept safe then. */
void secret_random(void *out, size_t n);

/* A new secret. */
void secret_new(char text[SECRET_TEXT]);

/* The SHA-256 of a text, under which a secret is kept and found: of 256 random bits
 * nothing else can be learnt from it. */
void secret_hash(const char *secret, char hash[SECRET_TEXT]);

/* 1 if two texts are the same; how long that takes tells their lengths only. */
int secret_equal(const char *a, const char *b);

/* n bytes in lower-case hexadecimal, 2 n + 1 characters. */
void secret_hex(const uint8_t *bytes, size_t n, char *text);

/* Overwrites what must not stay in memory, in spite of any optimizer. */
void secret_wipe(void *bytes, size_t n);
#endif
