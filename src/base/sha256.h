// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_SHA256_H
#define BASE_SHA256_H
/*
 * SHA-256 (FIPS 180-4) of bytes in memory: for names of contents, such as a page's
 * policy for its own script. Not for secrets.
 */
#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32, SHA256_BASE64 = 45 };

void sha256(const void *bytes, size_t len, uint8_t digest[SHA256_BYTES]);

/* The digest in base64, 44 characters and a NUL. */
void sha256_base64(const uint8_t digest[SHA256_BYTES], char text[SHA256_BASE64]);
#endif
