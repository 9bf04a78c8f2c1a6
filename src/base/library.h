// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H
/*
 * Libraries that are loaded when they are first needed, since loading them would cost
 * every command, or since Awai does without them. A user keeps a pointer for each call
 * and names them all; a loaded library stays until the program ends.
 */
#include <stddef.h>

struct library_call {
    const char *name;
    void *to; // the address of a pointer to a function
};

/* 1 if the library is there and has all the calls, which are then set; else 0, and some
 * of them may be. Any thread may call; that no two set one pointer is the user's care.
 */
int library_load(const char *file, const struct library_call *calls, size_t n);

#define LIBRARY_LOAD(file, calls)                                                      \
    library_load((file), (calls), sizeof(calls) / sizeof *(calls))
#endif
