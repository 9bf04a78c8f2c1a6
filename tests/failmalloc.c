/* SPDX-License-Identifier: Apache-2.0
 *
 * Makes an allocation of a program fail, to see whether it ends cleanly. Preloaded:
 *
 *     FAILMALLOC=count LD_PRELOAD=build/failmalloc.so build/awai ...
 *         counts the calls of malloc, calloc and realloc and prints
 *         "failmalloc: N" to standard error when the program exits
 *     FAILMALLOC=7 ...      the seventh call returns NULL
 *     FAILMALLOC=7+ ...     the seventh and all later ones do
 *
 * Calls count from main on: what the libraries allocate while they are loaded is not
 * ours to handle. With FAILMALLOC_OWN=1 only calls made by the program's own code count
 * (Graphviz, say, does not survive all failures). Needs glibc, and a program without
 * sanitizers.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, void (*)(void),
                           void (*)(void), void (*)(void), void *);

/* glibc's own names of the functions replaced here. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

static main_function *real_main;
static atomic_ulong n_calls;
static unsigned long fail_from; /* number of the call that fails; 0: none */
static int fail_on;             /* the later ones fail too */
static int counting;
static atomic_int running;         /* main has been entered */
static uintptr_t own_from, own_to; /* where the program's code lies; 0: any caller */

/* Whether this call, made from `caller`, is to fail. Counts it. */
static int fails(const void *caller)
{
    uintptr_t from = (uintptr_t)caller;
    unsigned long call;

    if (!atomic_load(&running)) return 0;
    if (own_to > 0 && (from < own_from || from >= own_to)) return 0;
    call = atomic_fetch_add(&n_calls, 1) + 1;
    if (fail_from == 0 || call < fail_from || (call > fail_from && !fail_on)) return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

/* Notes where the program lies, the first object in the list, and ends the search. */
static int note_program(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    own_from = UINTPTR_MAX;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
        uintptr_t end = start + info->dlpi_phdr[i].p_memsz;

        if (info->dlpi_phdr[i].p_type != PT_LOAD) continue;
        if (start < own_from) own_from = start;
        if (end > own_to) own_to = end;
    }
    return 1;
}

static int counted_main(int argc, char **argv, char **environment)
{
    atomic_store(&running, 1);
    return real_main(argc, argv, environment);
}

/* Stands before the C library's function of this name, which calls main. */
int __libc_start_main(main_function *program, int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    union {
        void *object;
        start_function *function;
    } next;
    const char *wish = getenv("FAILMALLOC");
    const char *own = getenv("FAILMALLOC_OWN");
    char *end = NULL;

    if (wish) {
        counting = strcmp(wish, "count") == 0;
        fail_from = strtoul(wish, &end, 10);
        fail_on = end && *end == '+';
    }
    if (own && strcmp(own, "1") == 0) dl_iterate_phdr(note_program, NULL);
    real_main = program;
    next.object = dlsym(RTLD_NEXT, "__libc_start_main");
    return next.function(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}

/* Prints the count without the help of stdio, which allocates. */
__attribute__((destructor)) static void print_count(void)
{
    unsigned long n = atomic_load(&n_calls);
    char text[48];
    size_t at = sizeof text;

    if (!counting) return;
    text[--at] = '\n';
    do {
        text[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    at -= strlen("failmalloc: ");
    memcpy(text + at, "failmalloc: ", strlen("failmalloc: "));
    if (write(STDERR_FILENO, text + at, sizeof text - at) < 0) return;
}
