/* SPDX-License-Identifier: Apache-2.0
 *
 * Makes an allocation of a program fail, to see whether it ends cleanly. Preloaded:
 *
 *     FAILMALLOC=count LD_PRELOAD=build/failmalloc.so build/awai ...
 *         counts the calls of malloc, calloc and realloc and prints
 *         "failmalloc: N" to standard error when the program exits
 *     FAILMALLOC=7 ...      the seventh call returns NULL
 *     FAILMALLOC=7+ ...     the seventh and all later ones do
 *     FAILMALLOC=each ...   each call fails, or with each+ it and all later ones: in a
 *         copy of the process, forked at the call, while the program itself gets its
 *         memory and goes on. That costs a fork a call instead of a run, so that all
 *         calls of a command are a matter of minutes.
 *
 * A copy is clean when it ends with exit status 1 and a message, or with 0 and what the
 * file FAILMALLOC_GOOD has: the usual output. What is not clean goes to the file
 * FAILMALLOC_REPORT, a line each; its last line is "N tried". FAILMALLOC_FIRST calls
 * (default: all) are tried, and then every FAILMALLOC_STEP-th. The program's standard
 * output must be a file.
 *
 * Calls count from main on: what the libraries allocate while they are loaded is not
 * ours to handle. With FAILMALLOC_OWN=1 only calls made by the program's own code count
 * (Graphviz, say, does not survive all failures). Needs glibc, and a program without
 * sanitizers. No thread is started: a copy made by fork would miss it, and calls would
 * count in another order each time.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
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
static atomic_int running;         /* main has been entered, and it is not us */
static uintptr_t own_from, own_to; /* where the program's code lies; 0: any caller */

/* ---- a copy of the process for each call */

enum { MOST_SECONDS = 20, MOST_FILES = 32 };

static struct {
    int is_on;
    int fail_on;               /* a copy gets no memory at all any more */
    unsigned long first, step; /* which calls */
    unsigned long n_tried;
    int good, report; /* files */
    int out, err;     /* what a copy writes */
} each;

/* Whether a copy has written the rest of what is good, from there on. */
static int wrote_rest(off_t from)
{
    char good[4096], own[sizeof good];

    for (off_t at = 0;; at += (off_t)sizeof good) {
        ssize_t n = pread(each.good, good, sizeof good, from + at);
        if (n < 0 || pread(each.out, own, sizeof own, at) != n) return 0;
        if (memcmp(good, own, (size_t)n) != 0) return 0;
        if (n == 0) return 1;
    }
}

/* Whether there is a message among the first that a copy has written of errors. */
static int wrote_message(void)
{
    char text[4097];
    ssize_t n = pread(each.err, text, sizeof text - 1, 0);

    if (n <= 0) return 0;
    text[n] = '\0';
    return strstr(text, "awai: ") || strstr(text, ": error: ");
}

/* Reports what was not clean in how a copy ended. */
static void judge(unsigned long call, int status, off_t written)
{
    int code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    const char *wrong = NULL;
    char line[128];

    if (WIFSIGNALED(status))
        wrong = "killed by signal";
    else if (code > 1)
        wrong = "exit";
    else if (code == 1 && !wrote_message())
        wrong = "no message, exit";
    else if (code == 0 && !wrote_rest(written))
        wrong = "another output, exit";
    if (wrong == NULL) return;
    int len = snprintf(line, sizeof line, "allocation %lu%s: %s %d\n", call,
                       each.fail_on ? "+" : "", wrong, code);
    if (write(each.report, line, (size_t)len) < 0) _exit(125);
}

/* Tries a call: 1 in the copy, where it fails, and 0 in the program. Copies read on in
 * the same open files: their places are put back. */
static int try_call(unsigned long call)
{
    off_t place[MOST_FILES];
    int status = 0;

    for (int fd = 0; fd < MOST_FILES; fd++)
        place[fd] = lseek(fd, 0, SEEK_CUR);
    if (ftruncate(each.out, 0) || ftruncate(each.err, 0)) _exit(125);
    lseek(each.out, 0, SEEK_SET);
    lseek(each.err, 0, SEEK_SET);
    pid_t copy = fork();
    if (copy < 0) _exit(125);
    if (copy == 0) {
        dup2(each.out, STDOUT_FILENO);
        dup2(each.err, STDERR_FILENO);
        alarm(MOST_SECONDS);
        each.is_on = 0;
        return 1;
    }
    while (waitpid(copy, &status, 0) < 0 && errno == EINTR)
        continue;
    for (int fd = 0; fd < MOST_FILES; fd++)
        if (place[fd] >= 0) lseek(fd, place[fd], SEEK_SET);
    each.n_tried++;
    judge(call, status, place[STDOUT_FILENO]);
    return 0;
}

static int is_chosen(unsigned long call)
{
    return call <= each.first || (call - each.first) % each.step == 0;
}

/* The number in a variable of the environment, or `otherwise`. */
static unsigned long number_of(const char *name, unsigned long otherwise)
{
    const char *value = getenv(name);
    return value ? strtoul(value, NULL, 10) : otherwise;
}

static void start_each(const char *wish)
{
    const char *good = getenv("FAILMALLOC_GOOD"), *report = getenv("FAILMALLOC_REPORT");

    each.is_on = 1;
    each.fail_on = wish[strlen("each")] == '+';
    each.first = number_of("FAILMALLOC_FIRST", ULONG_MAX);
    each.step = number_of("FAILMALLOC_STEP", 1);
    each.good = open(good ? good : "", O_RDONLY | O_CLOEXEC);
    each.report =
        open(report ? report : "", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    each.out = memfd_create("out", MFD_CLOEXEC);
    each.err = memfd_create("err", MFD_CLOEXEC);
    if (each.good < 0 || each.report < 0 || each.out < 0 || each.err < 0 || !each.step)
        _exit(125);
}

static void end_each(void)
{
    char line[64];
    int len = snprintf(line, sizeof line, "%lu tried\n", each.n_tried);
    if (write(each.report, line, (size_t)len) < 0) _exit(125);
}

/* ---- calls */

/* Whether this call, made from `caller`, is to fail. Counts it. */
static int fails(const void *caller)
{
    uintptr_t from = (uintptr_t)caller;
    unsigned long call;

    if (!atomic_load(&running)) return 0;
    if (own_to > 0 && (from < own_from || from >= own_to)) return 0;
    call = atomic_fetch_add(&n_calls, 1) + 1;
    if (each.is_on && is_chosen(call)) {
        atomic_store(&running, 0);
        if (try_call(call)) {
            fail_from = call;
            fail_on = each.fail_on;
        }
        atomic_store(&running, 1);
    }
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

/* A thread that cannot be had: the program does its work itself. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*start)(void *), void *argument)
{
    (void)thread;
    (void)attributes;
    (void)start;
    (void)argument;
    return EAGAIN;
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
        if (strncmp(wish, "each", strlen("each")) == 0) start_each(wish);
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

    if (each.is_on) end_each();
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
