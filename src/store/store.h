// SPDX-License-Identifier: Apache-2.0
#ifndef STORE_STORE_H
#define STORE_STORE_H
/*
 * What a server keeps: systems, and of each the versions of its model's text. A version
 * is never overwritten, and none is taken away: to go back is to save an old text as a
 * new version. The store knows nothing of what a text means. Systems belong to
 * workspaces; who asks in one never sees what is in another.
 *
 * Besides it keeps records, small texts that others give a meaning to, and a log of who
 * has done what, to which one can only add.
 *
 * Two who change one system do not lose each other's work: who saves says which version
 * the text was made from, and is refused when that is no longer the latest.
 *
 * What was acknowledged (STORE_OK) is on the disk. A store may be open in several
 * processes, and used by any number of threads at once: who reads waits for nobody, who
 * writes for those who write just then. Each backend is a table of functions
 * (store_int.h); tests/unit/store.c asks the same of all of them.
 */
#include "base/diag.h"
#include "base/schema.h"

struct store;

enum store_result {
    STORE_OK,
    STORE_MISSING,  // no such system or record, or no such version of it
    STORE_EXISTS,   // there is a system or record of that name
    STORE_CONFLICT, // it was not made from what is there now
    STORE_REFUSED,  // a name, text or note is not one that is kept; see below
    STORE_FULL,     // the disk takes no more: nothing has changed
    STORE_FAILED, // the backend failed, as store_problem says: nothing has changed, but
                  // if PostgreSQL went away just at the end, then it may have
};

/* What is kept at most, in bytes. Workspaces and slugs are identifiers (schema_is_id);
 * a text is not empty; all are UTF-8 without NUL; who and why are one line each,
 * without characters that are not seen. */
enum { STORE_TEXT_BYTES = 4 << 20, STORE_WHO_BYTES = 128, STORE_WHY_BYTES = 1024 };

/* Where systems are that nobody has put elsewhere. */
#define STORE_WORKSPACE "default"

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
    const char *summary; // what is remembered of the latest version; "" if nothing
    int64_t seen; // the version up to which it was looked at (visits below); 0: never
};

/* A text to be saved. */
struct store_text {
    const char *text;
    size_t len;
    int64_t saved_s;
    const char *who, *why; // "" where there is nothing to say
};

/*
 * Opens the store in a file, or in the database of PostgreSQL at an address that begins
 * with "postgresql://", making it when there is none, and brings it to the newest form.
 * NULL after an error in d: it cannot be opened, is something else, or was written by a
 * newer Awai. Free with store_close. A database that went away and came back is
 * connected with again; what was asked meanwhile has failed.
 */
struct store *store_open(const char *where, struct diag_list *d);
void store_close(struct store *store);

/* What it is kept in, as people call it: "SQLite", "PostgreSQL". A constant. */
const char *store_kind(const struct store *store);

/* What the backend said when it failed last, in its own words; "" if nothing. It stays
 * until the store is closed. */
const char *store_problem(struct store *store);

/* ---- systems and versions ------------------------------------------------------- */

/* The workspaces (const char *) that have a system, by name. */
enum store_result store_workspaces(struct store *store, struct arena *a,
                                   struct list *workspaces);

/* All systems of a workspace (struct store_system) by slug; texts in the arena. */
enum store_result store_systems(struct store *store, const char *workspace,
                                struct arena *a, struct list *systems);

/* A part of the list of systems: those after a slug ("": from the first), at most so
 * many, with what is remembered of them under a mark, and what a person has seen of
 * them ("": nobody). */
struct store_page {
    const char *after;
    int64_t most;
    const char *mark, *person;
};
enum store_result store_systems_page(struct store *store, const char *workspace,
                                     const struct store_page *page, struct arena *a,
                                     struct list *systems);

/* What is to be remembered of a version: a short text that takes long to find out, of
 * use under a mark that says what else it depends on. It may be forgotten at any time,
 * is in no export, and anyone may overwrite it. */
struct store_summary {
    const char *workspace, *slug;
    int64_t number;
    const char *mark, *text; // UTF-8 of at most STORE_RECORD_BYTES
};
enum store_result store_remember(struct store *store, const struct store_summary *items,
                                 size_t n);

/* One system. */
enum store_result store_system(struct store *store, const char *workspace,
                               const char *slug, struct arena *a,
                               struct store_system *system);

/* A new system with its first version. */
enum store_result store_create(struct store *store, const char *workspace,
                               const char *slug, const struct store_text *text);

/*
 * A new version of a system, made from version `based_on`; *number is the new one, or
 * with STORE_CONFLICT the latest.
 */
enum store_result store_save(struct store *store, const char *workspace,
                             const char *slug, int64_t based_on,
                             const struct store_text *text, int64_t *number);

/*
 * A new version with the text of version `old`; text->text is not looked at. Else as
 * store_save.
 */
enum store_result store_restore(struct store *store, const char *workspace,
                                const char *slug, int64_t old, int64_t based_on,
                                const struct store_text *text, int64_t *number);

/* The text of a version, 0: of the latest, NUL-terminated and with what is known of it,
 * in the arena. `version` may be NULL. */
enum store_result store_text(struct store *store, const char *workspace,
                             const char *slug, int64_t number, struct arena *a,
                             const char **text, struct store_version *version);

/* All versions (struct store_version) of a system, the latest first. */
enum store_result store_versions(struct store *store, const char *workspace,
                                 const char *slug, struct arena *a,
                                 struct list *versions);

/* ---- visits --------------------------------------------------------------------- */

/*
 * The version of a system up to which a person knows it, so that he can be told what
 * changed since. A person is who saves ("who" of a version). Who saves the next version
 * after the one he knows, knows that, too, as part of the saving; who skipped others'
 * versions still has them to see. Never goes back. In backups, in no export.
 */
struct store_visit {
    int64_t number;
    int64_t seen_s; // when it was noted, as the one who noted it has said
};
/* Notes that a version was seen; STORE_MISSING: there is none of that number. */
enum store_result store_see(struct store *store, const char *workspace,
                            const char *slug, const char *person,
                            const struct store_visit *visit);
/* STORE_MISSING: he has never looked at it. */
enum store_result store_visited(struct store *store, const char *workspace,
                                const char *slug, const char *person,
                                struct store_visit *visit);

/* ---- records -------------------------------------------------------------------- */

/* A kind is an identifier; a key one line of visible characters, not empty; a value any
 * UTF-8 without NUL, or empty. What may be kept at most, in bytes: */
enum { STORE_KEY_BYTES = 200, STORE_RECORD_BYTES = 64 << 10 };

/* A record. Revisions grow, and none is used twice: not even by another record, or by
 * one that was dropped and made anew. */
struct store_record {
    const char *key, *value;
    size_t len;
    int64_t revision;
};

/*
 * Puts a record. based_on 0: it must not be there (else STORE_EXISTS); -1: whatever is
 * there; n: it must be there (else STORE_MISSING) with revision n (else STORE_CONFLICT,
 * and *revision is what is there). *revision is the new one; it may be NULL.
 */
enum store_result store_record_put(struct store *store, const char *kind,
                                   const char *key, const char *value, size_t len,
                                   int64_t based_on, int64_t *revision);

/* A record's value, NUL-terminated, in the arena; len and revision may be NULL. */
enum store_result store_record_get(struct store *store, const char *kind,
                                   const char *key, struct arena *a, const char **value,
                                   size_t *len, int64_t *revision);

/* Takes a record away. */
enum store_result store_record_drop(struct store *store, const char *kind,
                                    const char *key);

/* All records of a kind (struct store_record) by key, byte by byte. */
enum store_result store_records(struct store *store, const char *kind, struct arena *a,
                                struct list *records);

/* ---- the audit log -------------------------------------------------------------- */

/* A hash in hexadecimal digits with a NUL, and how many entries a list has at most. */
enum { STORE_HASH = 65, STORE_AUDIT_MOST = 1000 };

/* An entry: who has done what, to what. It carries the hash of the one before; the
 * first carries "". */
struct store_audit {
    int64_t number; // from 1, without gaps
    int64_t at_s;   // as the one who added it has said
    const char *who, *what, *about;
    const char *previous;
};

/* Adds an entry. Parts are notes like who (who, what) and why (about). No function
 * changes or removes one, and the database refuses to. */
enum store_result store_audit_add(struct store *store, int64_t at_s, const char *who,
                                  const char *what, const char *about);

/* At most so many entries (struct store_audit) with a number below `before` (0: all),
 * the latest first. */
enum store_result store_audit_list(struct store *store, int64_t before, int64_t most,
                                   struct arena *a, struct list *entries);

/*
 * Follows the chain: *broken is the number of the first entry that is missing or does
 * not carry the hash of the one before it, 0 if there is none; *n_entries is how many
 * are sound, `head` the hash of the last of them. That the last entries are still
 * there, and the very last unchanged, only those can tell who know an earlier head and
 * number.
 */
enum store_result store_audit_verify(struct store *store, int64_t *broken,
                                     int64_t *n_entries, char head[STORE_HASH]);

/* ---- several at once ------------------------------------------------------------ */

/*
 * Does several things together: `work` calls functions of the store with the store that
 * it is given, and not with any other. When it returns STORE_OK, all of that is kept,
 * else nothing; meanwhile nobody else changes anything. Not within itself.
 */
enum store_result store_together(struct store *store,
                                 enum store_result (*work)(struct store *within,
                                                           void *context),
                                 void *context);

/* ---- the whole ------------------------------------------------------------------ */

/* Copies the store, as it is at one moment, into a file of SQLite that is there whole
 * or not at all; others may go on reading and writing. 0, or -1 after an error in d:
 * also when there is something of that name. */
int store_backup(struct store *store, const char *path, struct diag_list *d);

/*
 * Puts what is in such a file in the place of all that is in the store, whole or not at
 * all; the file stays as it is. If there is something in the store, that is an error
 * unless it is to be replaced. 0, or -1 after an error in d.
 */
int store_refill(struct store *store, const char *path, int is_to_replace,
                 struct diag_list *d);

/* How much there is. */
struct store_count {
    int64_t n_workspaces, n_systems, n_versions, n_records, n_entries;
    char head[STORE_HASH]; // of the audit log
};

/* Looks through all that is kept: the database itself, each version's number and text,
 * the chain of the audit log. 0, or -1 after errors in d that tell what is damaged. */
int store_verify(struct store *store, struct store_count *count, struct diag_list *d);

/*
 * All systems as a folder of YAML, to be read, compared and kept under version control:
 * FOLDER/WORKSPACE/SLUG/index.yaml tells of the versions,
 * FOLDER/WORKSPACE/SLUG/NUMBER.yaml are their texts. The folder must not be there yet.
 * Records and the audit log, which are no one's to read, are not in it; a backup has
 * them. 0, or -1 after an error in d.
 */
int store_export(struct store *store, const char *folder, struct diag_list *d);

/* Puts such a folder into a store that has none of its systems: all, or nothing after
 * errors in d (-1). Numbers, times and notes stay. */
int store_import(struct store *store, const char *folder, struct diag_list *d);

/* Puts the use cases into a workspace that has no system, all or none of them; `why` is
 * the reason that their first versions give. */
enum store_result store_seed(struct store *store, const char *workspace, int64_t now_s,
                             const char *why);
#endif
