// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * What is done with a store besides serving it: awai backup, awai restore, and awai
 * store export, import and verify. A server may go on meanwhile.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "access/accounts.h"
#include "base/words.h"
#include "cli/cli.h"
#include "store/store.h"

static const char usual_store[] = "awai.db";

static const char *place(const struct cli *cli)
{
    const char *where = cli_option(cli, "db");
    return where ? where : usual_store;
}

/* Opens a store in which something is to be found: a file must be there. NULL after an
 * error in d. */
static struct store *open_existing(const struct cli *cli, struct diag_list *d)
{
    const char *where = place(cli);
    if (strstr(where, "://") || access(where, F_OK) == 0) return store_open(where, d);
    DIAG_ADD(d, STORE_OPEN, (struct place){0}, text_same(where), words_error(errno));
    return NULL;
}

/* Reports what has come of it, and says what was done when that went well. */
static int finish(struct cli *cli, struct store *store, struct diag_list *d,
                  struct text done, const char *with)
{
    int code = cli_report(cli, d);
    if (code == EXIT_FINE)
        buf_printf(&cli->out, "%s: %s\n", with, text_in(done, cli->lang));
    store_close(store);
    diag_fini(d);
    return code;
}

/* ---- backup and the way back ---------------------------------------------------- */

static int run_backup(struct cli *cli)
{
    struct diag_list d = {0};
    struct store *store = open_existing(cli, &d);
    if (store) store_backup(store, cli->args[0], &d);
    return finish(
        cli, store, &d,
        TEXT("a backup of the whole store", "保存先全体のバックアップを作成した"),
        cli->args[0]);
}

static int run_restore(struct cli *cli)
{
    struct diag_list d = {0};
    struct store *store = store_open(place(cli), &d);
    int is_to_replace = cli_option(cli, "replace") != NULL;
    if (store && store_refill(store, cli->args[0], is_to_replace, &d) == 0 &&
        accounts_log_out_all(store) != STORE_OK)
        DIAG_ADD(&d, STORE_UNUSABLE, (struct place){0},
                 text_same(store_problem(store)));
    return finish(
        cli, store, &d,
        TEXT("put back into the store; sessions and one-time links in it have "
             "ended",
             "この内容を保存先に戻し、セッションと一回限りのリンクを無効にした"),
        cli->args[0]);
}

/* ---- export, import, verify ----------------------------------------------------- */

static int export_to(struct cli *cli, const char *folder)
{
    struct diag_list d = {0};
    struct store *store = open_existing(cli, &d);
    if (store) store_export(store, folder, &d);
    return finish(cli, store, &d,
                  TEXT("all systems with all their versions, as YAML",
                       "すべてのシステムのすべての版をYAMLで書き出した"),
                  folder);
}

static int import_from(struct cli *cli, const char *folder)
{
    struct diag_list d = {0};
    struct store *store = store_open(place(cli), &d);
    if (store) store_import(store, folder, &d);
    return finish(
        cli, store, &d,
        TEXT("now in the store, with all versions", "すべての版を保存先に取り込んだ"),
        folder);
}

static void write_count(struct buf *out, enum lang lang, const struct store_count *c)
{
    buf_printf(out,
               lang == LANG_JA
                   ? "ワークスペース %lld、システム %lld、版 %lld、レコード %lld\n"
                   : "workspaces %lld, systems %lld, versions %lld, records %lld\n",
               (long long)c->n_workspaces, (long long)c->n_systems,
               (long long)c->n_versions, (long long)c->n_records);
    buf_printf(out,
               lang == LANG_JA ? "監査記録 %lld、最後のハッシュ %s\n"
                               : "audit log: entries %lld, last hash %s\n",
               (long long)c->n_entries, c->head[0] ? c->head : "-");
}

static int verify(struct cli *cli, const char *unused)
{
    struct diag_list d = {0};
    struct store_count count = {0};
    struct store *store = open_existing(cli, &d);
    (void)unused;
    if (store && store_verify(store, &count, &d) == 0)
        write_count(&cli->out, cli->lang, &count);
    return finish(cli, store, &d, TEXT("sound", "異常なし"), place(cli));
}

static const struct errand {
    const char *name;
    int (*run)(struct cli *cli, const char *folder);
    int n_args; // with the verb itself
} errands[] = {
    {"export", export_to,   2},
    {"import", import_from, 2},
    {"verify", verify,      1},
};

static int run_store(struct cli *cli)
{
    for (size_t i = 0; i < sizeof errands / sizeof *errands; i++) {
        if (strcmp(cli->args[0], errands[i].name) != 0) continue;
        if (cli->n_args == errands[i].n_args)
            return errands[i].run(cli, cli->n_args > 1 ? cli->args[1] : NULL);
    }
    return CLI_SAY(cli, STORE_WHAT, text_same(cli->args[0]));
}

/* ---- the commands --------------------------------------------------------------- */

// clang-format off
#define DB_OPTION                                                                      \
    {"db", "FILE",                                                                     \
     {{"the store, as serve has it: a file, or postgresql://... (default: awai.db)",   \
       "保存先。serve と同じく、ファイル又は postgresql://…。既定は awai.db"}}}

static const struct option options[] = {DB_OPTION, {NULL, NULL, {{NULL, NULL}}}};
static const struct option restore_options[] = {
    DB_OPTION,
    {"replace", NULL,
     {{"put the backup in the place of all that is in the store",
       "保存先の全データを、バックアップの内容に置き換える"}}},
    {NULL, NULL, {{NULL, NULL}}},
};
// clang-format on

const struct command command_backup = {
    "backup",
    run_backup,
    "FILE",
    1,
    1,
    options,
    {{"copy a whole store into a file, while it is served",
      "保存先全体をファイルにコピーする(サーバーの稼働中も可)"}},
    "awai backup --db build/awai.db monday.db",
};

const struct command command_restore = {
    "restore",
    run_restore,
    "FILE",
    1,
    1,
    restore_options,
    {{"put a backup back into a store", "バックアップを保存先に戻す"}},
    "awai restore --db build/new.db monday.db",
};

const struct command command_store = {
    "store",
    run_store,
    "WHAT [DIR]",
    1,
    2,
    options,
    {{"a store as a folder of YAML: export DIR, import DIR; is it sound: verify",
      "保存先をYAMLのフォルダーとして扱う(export DIR、import "
      "DIR)、異常の有無を調べる(verify)"}},
    "awai store verify --db build/awai.db",
};
