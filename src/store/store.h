// SPDX-License-Identifier: Apache-2.0
#ifndef STORE_STORE_H
#define STORE_STORE_H
/*
 * What a server keeps: systems, and of each the versions of its model's text. A version
 * is never overwritten, and none is taken away: to go back is to save an old text as a
 * new version. The store knows nothing of what a text means.
 *
 * Two who change one system do not lose each other's work: who saves says which version
 * the text was made from, and is refused when that is no longer the latest.
 *
 * What was acknowledged (STORE_OK) is on the disk. A store may be open in several
 * processes; one handle is for one thread at a time. Each backend is a table of
 * functions (store_int.h); tests/unit/store.c asks the same of all of them.
 */
#include "base/diag.h"
#include "base/schema.h"

struct store;

enum store_result {
    STORE_OK,
    STORE_MISSING,  // no such system, or no such version of it
    STORE_EXISTS,   // there is a system of that name
    STORE_CONFLICT, // the text was not made from the latest version
    STORE_REFUSED,  // a name, text or note is not one that is kept; see below
    STORE_FULL,     // the disk takes no more: nothing has changed
    STORE_FAILED,   // the backend failed, as store_problem says: nothing has changed
};

/* What is kept at most, in bytes. A slug is an identifier (schema_is_id); a text is not
 * empty; all are UTF-8 without NUL; who and why are one line each, without characters
 * that are not seen. */
enum { STORE_TEXT_BYTES = 4 << 20, STORE_WHO_BYTES = 128, STORE_WHY_BYTES = 1024 };

/* A version, and a system, whose latest one it is. Times are seconds of POSIX. */
struct store_version {
    int64_t number;  // from 1, without gaps
    int64_t saved_s; // when, as the one who saved has said
    const char *who, *why;
    int64_t n_bytes; // of the text
};

struct store_system {
    const char *slug;
    int64_t created_s;
    struct store_version latest;
};

/* A text to be saved. */
struct store_text {
    const char *text;
    size_t len;
    int64_t saved_s;
    const char *who, *why; // "" where there is nothing to say
};

/*
 * Opens the store in a file, making it when there is none, and brings it to the newest
 * form. NULL after an error in d: it cannot be opened, is something else, or was
 * written by a newer Awai. Free with store_close.
 */
struct store *store_open(const char *path, struct diag_list *d);
void store_close(struct store *store);

/* What the backend said last, in its own words; "" if nothing. Until the next call. */
const char *store_problem(const struct store *store);

/* All systems (struct store_system) by slug; texts in the arena. */
enum store_result store_systems(struct store *store, struct arena *a,
                                struct list *systems);

/* One system. */
enum store_result store_system(struct store *store, const char *slug, struct arena *a,
                               struct store_system *system);

/* A new system with its first version. */
enum store_result store_create(struct store *store, const char *slug,
                               const struct store_text *text);

/*
 * A new version of a system, made from version `based_on`; *number is the new one, or
 * with STORE_CONFLICT the latest.
 */
enum store_result store_save(struct store *store, const char *slug, int64_t based_on,
                             const struct store_text *text, int64_t *number);

/*
 * A new version with the text of version `old`; text->text is not looked at. Else as
 * store_save.
 */
enum store_result store_restore(struct store *store, const char *slug, int64_t old,
                                int64_t based_on, const struct store_text *text,
                                int64_t *number);

/* The text of a version, 0: of the latest, NUL-terminated and with what is known of it,
 * in the arena. `version` may be NULL. */
enum store_result store_text(struct store *store, const char *slug, int64_t number,
                             struct arena *a, const char **text,
                             struct store_version *version);

/* All versions (struct store_version) of a system, the latest first. */
enum store_result store_versions(struct store *store, const char *slug, struct arena *a,
                                 struct list *versions);

/* Copies the store, as it is at one moment, into a file that is there whole or not at
 * all; others may go on reading and writing. */
enum store_result store_backup(struct store *store, const char *path);

/*
 * The whole store as a folder of YAML, to be read, compared and kept under version
 * control: FOLDER/SLUG/index.yaml tells of the versions, FOLDER/SLUG/NUMBER.yaml are
 * their texts. The folder must not be there yet. 0, or -1 after an error in d.
 */
int store_export(struct store *store, const char *folder, struct diag_list *d);

/* Puts such a folder into a store that has none of its systems: all, or nothing after
 * errors in d (-1). Numbers, times and notes stay. */
int store_import(struct store *store, const char *folder, struct diag_list *d);

/* Puts the use cases into a store that has no system, all or none of them. */
enum store_result store_seed(struct store *store, int64_t now_s);
#endif
