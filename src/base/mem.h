// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_MEM_H
#define BASE_MEM_H
/*
 * The one allocator. Memory is taken per unit of work from an arena (a model, a
 * report, a request) and given back all at once; nothing in an arena is freed
 * singly. When memory runs out the process ends with a message and exit code 1:
 * sizes that come from outside are limited before they get here (limits.h).
 */
#include <stddef.h>
#include <stdint.h>

/* Returns `size` zeroed bytes from the heap; the caller frees them with free(). */
void *mem_alloc(size_t size);

/* Grows or shrinks a heap block; new bytes are not zeroed. Frees nothing on its own. */
void *mem_grow(void *block, size_t size);

/* Ends the process with "awai: out of memory", exit code 1. */
_Noreturn void mem_out_of_memory(void);

struct arena_block;

/* Zero-initialized is valid and empty. Owns all its blocks. */
struct arena {
    struct arena_block *blocks; // newest first
    size_t used;                // bytes used in the newest block
    size_t total;               // bytes taken from the heap so far
};

/* Frees everything in the arena and leaves it empty and usable. */
void arena_fini(struct arena *a);

/* Returns `size` zeroed bytes aligned for any type; lives until arena_fini. */
void *arena_alloc(struct arena *a, size_t size);

/* Copies `len` bytes and adds a NUL. */
char *arena_strn(struct arena *a, const char *s, size_t len);

/* Copies a string. */
char *arena_str(struct arena *a, const char *s);

/* Formats like printf into the arena. */
char *arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* An array of n zeroed elements; dies on overflow of the product. */
void *arena_array(struct arena *a, size_t n, size_t size);

/*
 * Appends room for one element to a heap array that doubles: `items` points to the
 * array pointer, `n` to its length (incremented), `cap` to its capacity.
 * Returns the new zeroed element. The caller frees the array.
 */
void *mem_push(void *items, size_t *n, size_t *cap, size_t size);
#endif
