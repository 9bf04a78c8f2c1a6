// SPDX-License-Identifier: Apache-2.0
#ifndef ACCESS_PASSWORD_H
#define ACCESS_PASSWORD_H
/*
 * Passwords: which are taken, and how they are kept. They are kept as Argon2id (RFC
 * 9106) in its usual text, which says with what cost it was made, so that the cost can
 * rise: an older one is made anew when its owner next logs in.
 *
 * One at a time is hashed in a process: many at once would take 19 MiB each.
 */
#include <stddef.h>

/* As OWASP's Password Storage Cheat Sheet has it: 19 MiB, two passes, one lane. */
enum { PASSWORD_KIB = 19456, PASSWORD_PASSES = 2, PASSWORD_LANES = 1 };

/* Bytes of a password, and of what is kept of it with its NUL. */
enum { PASSWORD_LEAST = 12, PASSWORD_MOST = 256, PASSWORD_KEPT = 128 };

enum password_fault {
    PASSWORD_GOOD,
    PASSWORD_SHORT,  // fewer than 12 characters
    PASSWORD_LONG,   // more than 256 bytes
    PASSWORD_COMMON, // among the commonest, or next to no different characters
    PASSWORD_NAMED,  // little more than the name of its owner, or of this program
};

/* What is wrong with a new password for a login. Nothing is demanded of its characters:
 * any that UTF-8 has may be in it. */
enum password_fault password_judge(const char *password, const char *login);

/* 1 if libargon2 is there; nothing else works without it. */
int password_ready(void);

/* What is kept of a password; 0, or -1 if there was no memory. */
int password_make(const char *password, char kept[PASSWORD_KEPT]);

/* 1 if a password is the one of which `kept` was made. With "" as kept it takes as long
 * and says 0, so that time does not tell whether there is an account. */
int password_is(const char *kept, const char *password);

/* 1 if it was made with another cost than today's. */
int password_is_old(const char *kept);
#endif
