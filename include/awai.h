/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWAI_H
#define AWAI_H
/*
 * The C interface of libawai: a model of an IoT system in, its IoT-SSF assessment out,
 * as JSON or as an HTML report. What `awai assess --json` and `awai report` do, without
 * the command line.
 *
 *     awai_system *s = awai_open("model.yaml", NULL);
 *     if (awai_error_count(s) > 0)
 *         awai_print_errors(s, NULL, stderr);
 *     else
 *         awai_assess_json(s, stdout);
 *     awai_close(s);
 *
 * Ownership: an awai_system owns everything it holds, until awai_close. It keeps no
 * pointer to what it was given. Strings that a function returns for the caller to free
 * come from malloc and go back with free().
 *
 * Threads and state: the library has no state of its own; any number of systems may be
 * open at once, in one thread or in many. One system must not be used by two threads at
 * the same time. awai_report_html and awai_report_html_text lay out diagrams with
 * Graphviz, which has global state: call them from one thread at a time, whatever the
 * system.
 *
 * Nothing is printed except to the streams given. Files are read, never written. Input
 * is untrusted: whatever bytes it holds, it ends in errors that can be printed or in a
 * result, within the limits that the manual states. There is one exception: when memory
 * runs out, the process ends with a message on standard error and exit status 1.
 *
 * Pointers to systems must not be NULL, unless a function says so.
 */
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version these declarations belong to, MAJOR.MINOR.PATCH. */
#define AWAI_VERSION "0.1.0"

/* A model that was read, and what became of it. */
typedef struct awai_system awai_system;

/*
 * The version of the library that runs, as AWAI_VERSION. The string lives as long as
 * the program.
 */
const char *awai_version(void);

/*
 * Reads the model file `path` ("-": standard input) with the files it includes, which
 * must lie in its folder, under the built-in catalog and, if `catalog_dir` is not NULL,
 * the *.yaml files of that directory, whose entries replace built-in ones of the same
 * identifier. Builds the attack graph and assesses the system as of today (UTC): only
 * the review dates of decisions and exclusions depend on the day.
 *
 * Always returns a system, to be closed with awai_close, even when nothing could be
 * read: awai_error_count tells. `path` must not be NULL.
 */
awai_system *awai_open(const char *path, const char *catalog_dir);

/*
 * The same for a model of `len` bytes at `text`, of which a copy is taken. `name`
 * stands for the file's name in messages. `text` may be NULL when `len` is 0. A model
 * given so cannot use `include`: that is an error.
 */
awai_system *awai_open_text(const char *name, const char *text, size_t len,
                            const char *catalog_dir);

/*
 * Assesses anew as if today were `yyyymmdd`, for example 20270331; 0: no date is
 * overdue. Returns 0, or -1 and changes nothing if that is no day of the calendar or
 * the system has errors.
 */
int awai_set_today(awai_system *system, int yyyymmdd);

/*
 * The number of errors in catalog and model. If it is not 0, there is no assessment,
 * and the functions below that write one fail.
 */
size_t awai_error_count(const awai_system *system);

/* The number of warnings about model and assessment. They prevent nothing. */
size_t awai_warning_count(const awai_system *system);

/*
 * Prints every error to `out` as `FILE:LINE:COLUMN: error: what is wrong [code]`, the
 * source line, a caret below the place, and what to do; without colour. Beyond the
 * first 200 only their number is told. Prints nothing if there are none. `lang` is the
 * language of the words, "en" or "ja"; NULL is "en".
 *
 * Returns 0, or -1 if `lang` is neither (then nothing is printed).
 */
int awai_print_errors(const awai_system *system, const char *lang, FILE *out);

/* The same for errors and warnings. */
int awai_print_warnings(const awai_system *system, const char *lang, FILE *out);

/*
 * Writes the whole assessment to `out` as one JSON object in UTF-8, ended by a newline:
 * what `awai assess --json` prints. The same files and the same day give the same
 * bytes.
 *
 * Returns 0, or -1 if the system has errors (then nothing is written) or writing
 * failed.
 */
int awai_assess_json(const awai_system *system, FILE *out);

/*
 * The same as a NUL-terminated string that the caller frees with free(). Stores its
 * length in *len, unless `len` is NULL. Returns NULL if the system has errors; *len is
 * then 0.
 */
char *awai_assess_json_text(const awai_system *system, size_t *len);

/*
 * Writes the report to `out`: one HTML file in UTF-8 that needs nothing from a network,
 * with both languages in it. `lang` says which is shown first: "en" or "ja"; NULL is
 * "en".
 *
 * Returns 0, or -1 if the system has errors or `lang` is neither (then nothing is
 * written) or writing failed.
 */
int awai_report_html(const awai_system *system, const char *lang, FILE *out);

/*
 * The same as a NUL-terminated string that the caller frees with free(). Stores its
 * length in *len, unless `len` is NULL. Returns NULL if the system has errors or `lang`
 * is neither "en" nor "ja"; *len is then 0.
 */
char *awai_report_html_text(const awai_system *system, const char *lang, size_t *len);

/* Gives back everything a system holds. NULL is allowed and does nothing. */
void awai_close(awai_system *system);

#ifdef __cplusplus
}
#endif

#endif
