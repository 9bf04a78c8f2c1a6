/* SPDX-License-Identifier: Apache-2.0
 *
 * The test header of the unit tests, one program a file:
 *
 *     static void test_add(void)
 *     {
 *         CHECK_INT(add(1, 2), 3);
 *     }
 *
 *     int main(void)
 *     {
 *         RUN(test_add);
 *         return UNIT_RESULT();
 *     }
 *
 * Prints "ok NAME" or "not ok NAME: FILE:LINE: why" for each test, which tests/run
 * counts. A failed check does not end its test, except REQUIRE. Unlike the sources, a
 * test program may have globals. Checks may stand in helper functions; they count for
 * the test that runs.
 */
#ifndef AWAI_TESTS_UNIT_H
#define AWAI_TESTS_UNIT_H

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *unit_test = ""; /* name of the running test */
static int unit_n_wrong;           /* failed checks of the running test */
static int unit_n_failed;          /* failed tests of the program */

/* Opens the line that tells of a failed check. */
static inline void unit_wrong(const char *file, int line)
{
    if (unit_n_wrong++ == 0)
        printf("not ok %s: %s:%d: ", unit_test, file, line);
    else
        printf("#      %s: %s:%d: ", unit_test, file, line);
}

static inline void unit_check(const char *file, int line, int good, const char *text)
{
    if (good) return;
    unit_wrong(file, line);
    printf("%s\n", text);
    fflush(stdout);
}

static inline void unit_check_int(const char *file, int line, long long got,
                                  long long expected, const char *text)
{
    if (got == expected) return;
    unit_wrong(file, line);
    printf("%s is %lld, not %lld\n", text, got, expected);
    fflush(stdout);
}

static inline void unit_check_near(const char *file, int line, double got,
                                   double expected, double tolerance, const char *text)
{
    if (fabs(got - expected) <= tolerance) return;
    unit_wrong(file, line);
    printf("%s is %.17g, not %.17g (+-%g)\n", text, got, expected, tolerance);
    fflush(stdout);
}

static inline void unit_check_str(const char *file, int line, const char *got,
                                  const char *expected, const char *text)
{
    if (got && expected && strcmp(got, expected) == 0) return;
    if (!got && !expected) return;
    unit_wrong(file, line);
    printf("%s is \"%s\", not \"%s\"\n", text, got ? got : "(NULL)",
           expected ? expected : "(NULL)");
    fflush(stdout);
}

static inline void unit_run(void (*test)(void), const char *name)
{
    unit_test = name;
    unit_n_wrong = 0;
    test();
    if (unit_n_wrong > 0)
        unit_n_failed++;
    else
        printf("ok %s\n", name);
    fflush(stdout);
}

/* That cond holds. */
#define CHECK(cond) unit_check(__FILE__, __LINE__, (cond) ? 1 : 0, #cond)

/* That an integer is the expected one (compared as long long). */
#define CHECK_INT(got, expected)                                                       \
    unit_check_int(__FILE__, __LINE__, (long long)(got), (long long)(expected), #got)

/* That two numbers differ by no more than the tolerance, in their unit. */
#define CHECK_NEAR(got, expected, tolerance)                                           \
    unit_check_near(__FILE__, __LINE__, (got), (expected), (tolerance), #got)

/* That two strings are equal; NULL equals NULL only. */
#define CHECK_STR(got, expected)                                                       \
    unit_check_str(__FILE__, __LINE__, (got), (expected), #got)

/* Like CHECK, but leaves the (void) function: for what the rest depends on. */
#define REQUIRE(cond)                                                                  \
    do {                                                                               \
        int unit_good = (cond) ? 1 : 0;                                                \
        unit_check(__FILE__, __LINE__, unit_good, #cond);                              \
        if (!unit_good) return;                                                        \
    } while (0)

/* Runs a test, a void function without arguments. */
#define RUN(test) unit_run(test, #test)

/* What main returns: 0 if every test passed. */
#define UNIT_RESULT() (unit_n_failed > 0)

#endif
