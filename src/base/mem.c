// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Arena: a list of blocks that double up to a ceiling; an allocation larger than
 * a block gets its own. Blocks come zeroed, so what is handed out is zeroed.
 */
// NOLINTNEXTLINE: the C library reserves the name for this very use
#define _DEFAULT_SOURCE // madvise
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    FIRST_BLOCK = 16 << 10,
    LARGEST_BLOCK = 16 << 20,
    HUGE_PAGE = 2 << 20,
};

struct arena_block {
    struct arena_block *next;
    size_t size;
    max_align_t data[];
};

_Noreturn void mem_out_of_memory(void)
{
    fputs("awai: out of memory (メモリ不足)\n", stderr); // no language is known here
    _Exit(1);
}

/*
 * Asks for huge pages inside a large fresh block: the first touch of many small pages
 * costs more than the work done on them. Advice only; nothing depends on it.
 */
static void advise_huge(void *block, size_t size)
{
    uintptr_t start = ((uintptr_t)block + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    uintptr_t end = ((uintptr_t)block + size) / HUGE_PAGE * HUGE_PAGE;
    if (end > start) madvise((void *)start, end - start, MADV_HUGEPAGE);
}

void *mem_alloc(size_t size)
{
    void *p = calloc(1, size ? size : 1);
    if (p == NULL) mem_out_of_memory();
    if (size >= 2 * (size_t)HUGE_PAGE) advise_huge(p, size);
    return p;
}

void *mem_grow(void *block, size_t size)
{
    void *p = realloc(block, size ? size : 1);
    if (p == NULL) mem_out_of_memory();
    return p;
}

void *mem_push(void *items, size_t *n, size_t *cap, size_t size)
{
    void **array = items;
    if (*n == *cap) {
        size_t more = *cap ? *cap * 2 : 8;
        if (more > SIZE_MAX / size) mem_out_of_memory();
        *array = mem_grow(*array, more * size);
        *cap = more;
    }
    char *item = (char *)*array + *n * size;
    memset(item, 0, size);
    *n += 1;
    return item;
}

static void arena_add_block(struct arena *a, size_t need)
{
    size_t size = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < need) size = need;
    struct arena_block *b = mem_alloc(sizeof *b + size);
    b->next = a->blocks;
    b->size = size;
    a->blocks = b;
    a->used = 0;
    a->total += size;
}

void arena_fini(struct arena *a)
{
    while (a->blocks) {
        struct arena_block *b = a->blocks;
        a->blocks = b->next;
        free(b);
    }
    *a = (struct arena){0};
}

void *arena_alloc(struct arena *a, size_t size)
{
    const size_t align = sizeof(max_align_t) > 16 ? 16 : sizeof(max_align_t);
    if (size > SIZE_MAX / 2) mem_out_of_memory();
    size = (size + align - 1) / align * align;
    if (a->blocks == NULL || a->blocks->size - a->used < size) arena_add_block(a, size);
    char *p = (char *)a->blocks->data + a->used;
    a->used += size;
    return p;
}

char *arena_strn(struct arena *a, const char *s, size_t len)
{
    char *copy = arena_alloc(a, len + 1);
    memcpy(copy, s, len);
    return copy;
}

char *arena_str(struct arena *a, const char *s)
{
    return arena_strn(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0) mem_out_of_memory();
    char *s = arena_alloc(a, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(s, (size_t)len + 1, format, args);
    va_end(args);
    return s;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / 2 / size) mem_out_of_memory();
    return arena_alloc(a, n * size);
}
