// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai serve: the workbench in a browser, until Ctrl-C or SIGTERM. */
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "web/web.h"

static const char usual_address[] = "127.0.0.1:8787";
static const char usual_store[] = "awai.db";

enum { MOST_HOSTS = 16 };

/* The signals that end the server, blocked for all threads: the main one waits for
 * them. A client that has gone is no reason to end. */
static void block_signals(sigset_t *ends)
{
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(ends);
    sigaddset(ends, SIGINT);
    sigaddset(ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, ends, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

/* Where it may listen beyond this computer: with TLS, or where that was waived. */
static int is_protected(const struct web_config *config)
{
    return config->tls_cert || config->may_be_behind_tls;
}

/* Reads --listen; EXIT_FINE, or an exit code after a message. Any address but the
 * loopback demands accounts. */
static int read_address(const struct cli *cli, struct web_config *config)
{
    const char *text = cli_option(cli, "listen");
    if (text == NULL) text = usual_address;
    switch (request_listen(text, &config->listen)) {
    case LISTEN_HERE: return EXIT_FINE;
    case LISTEN_ELSEWHERE:
        if (!is_protected(config)) return CLI_SAY(cli, NOT_LOOPBACK, text_same(text));
        config->with_accounts = 1;
        if (config->listen.len) return EXIT_FINE;
        return CLI_SAY(cli, LISTEN_OPTION, text_same(text));
    default: return CLI_SAY(cli, LISTEN_OPTION, text_same(text));
    }
}

/* Reads what is said of accounts, TLS and names; likewise. */
static int read_access(struct cli *cli, struct web_config *config, const char **hosts)
{
    const char *host;
    config->tls_cert = cli_option(cli, "tls-cert");
    config->tls_key = cli_option(cli, "tls-key");
    config->may_be_behind_tls = cli_option(cli, "insecure-no-tls") != NULL;
    config->with_accounts = cli_option(cli, "accounts") != NULL;
    config->owner_of = cli_option(cli, "owner-link");
    config->hosts = hosts;
    if (!config->tls_cert != !config->tls_key) return cli_put(cli, DIAG_TLS_PAIR, NULL);
    for (int i = 0; (host = cli_option_at(cli, "host", i)) != NULL; i++) {
        if (!request_is_host_name(host) || i >= MOST_HOSTS)
            return CLI_SAY(cli, HOST_OPTION, text_same(host));
        hosts[config->n_hosts++] = host;
    }
    return EXIT_FINE;
}

/* Says where it listens, waits for the end. */
static void serve_until_end(struct cli *cli, struct web *web, const sigset_t *ends)
{
    int signal_number;
    buf_printf(&cli->out,
               cli->lang == LANG_JA ? "Awaiを開始した: %s (終了は Ctrl-C)\n"
                                    : "Awai is at %s (Ctrl-C ends it)\n",
               web_address(web));
    if (web_owner_link(web))
        buf_printf(&cli->out,
                   cli->lang == LANG_JA
                       ? "3日以内に一度だけ使える、管理者を作るリンク: %s\n"
                       : "A link that makes an owner, once, within three days: %s\n",
                   web_owner_link(web));
    buf_flush(&cli->out);
    fflush(stdout);
    sigwait(ends, &signal_number);
}

/* A thread a connection: glibc would give each a heap of its own, up to eight a
 * processor, and what large texts leave behind in all of them would pile up. One a
 * processor is as fast (bench/serve). */
static void share_heaps(void)
{
#ifdef M_ARENA_MAX
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    mallopt(M_ARENA_MAX, n > 1 ? (int)n : 2);
#endif
}

/* Serves with a catalog that is without errors. */
static int serve_with(struct cli *cli, struct web_config *config)
{
    struct diag_list d = {0};
    sigset_t ends;
    block_signals(&ends);
    share_heaps();
    struct web *web = web_open(config, &d);
    if (web) serve_until_end(cli, web, &ends);
    web_close(web);
    int code = cli_report(cli, &d);
    diag_fini(&d);
    return code;
}

static int run_serve(struct cli *cli)
{
    const char *hosts[MOST_HOSTS];
    struct web_config config = {.today = cli_today, .log = stderr, .lang = cli->lang};
    if (cli_option(cli, "routes")) {
        web_routes_list(&cli->out);
        return EXIT_FINE;
    }
    uint64_t at_once = 2, seconds = 120;
    int code = read_access(cli, &config, hosts);
    if (code == EXIT_FINE) code = cli_whole(cli, "at-once", 0, 64, &at_once);
    if (code == EXIT_FINE) code = cli_whole(cli, "seconds", 1, 86400, &seconds);
    if (code == EXIT_FINE) code = read_address(cli, &config);
    if (code != EXIT_FINE) return code;
    config.at_once = (unsigned)at_once;
    config.seconds = (unsigned)seconds;
    config.store = cli_option(cli, "db");
    if (config.store == NULL) config.store = usual_store;
    struct catalog *catalog = assess_read_catalog(cli->catalog_directory);
    code = cli_report(cli, &catalog->diags);
    config.catalog = catalog;
    if (code == EXIT_FINE) code = serve_with(cli, &config);
    catalog_free(catalog);
    return code;
}

static const struct option options[] = {
    {"db",
     "FILE",                  {{"the file in which systems and their versions are kept, or the address of a "
       "database of PostgreSQL, postgresql://... (default: awai.db)",
       "システムとその版を保存するファイル、又はPostgreSQLのデータベースのアドレス "
       "postgresql://…。既定は awai.db"}}                                                                 },
    {"listen",
     "HOST:PORT",             {{"where to listen, usually 127.0.0.1, [::1] or localhost; any other address "
       "needs TLS and brings accounts; port 0: a free one (default: 127.0.0.1:8787)",
       "待ち受ける場所。通常は 127.0.0.1、[::1] 又は "
       "localhost。他のアドレスにはTLSが必要で、アカウントも必要になる。ポート0は空いて"
       "いるもの。既定は "
       "127.0.0.1:8787"}}                                                                                  },
    {"accounts",
     NULL,                    {{"demand accounts on the loopback as well; prints a one-time link that makes the "
       "owner while there is none",
       "ループバックでもアカウントを必要とする。管理者がいなければ、管理者を作るリンク"
       "を表示する"}}                                                                                        },
    {"owner-link",
     "WORKSPACE",             {{"print a one-time link that makes an owner of this workspace (the usual "
       "one: default)",
       "このワークスペースの管理者を作るリンクを表示する。通常のワークスペースは "
       "default"}}                                                                                         },
    {"tls-cert",
     "FILE",                  {{"certificate for TLS, in PEM, with its chain",
       "TLSの証明書(PEM形式、中間証明書を含む)"}}                                                },
    {"tls-key",
     "FILE",                  {{"its key, in PEM, without a passphrase", "その鍵(PEM形式、パスフレーズ無し)"}}},
    {"host",
     "NAME",                  {{"a name by which browsers call this server; may be repeated",
       "ブラウザーから見たこのサーバーの名前。繰り返してよい"}}                       },
    {"insecure-no-tls",
     NULL,                    {{"listen beyond this computer without TLS: only where something before it "
       "encrypts",
       "TLS無しで他のアドレスで待ち受ける。手前で暗号化している場合に限る"}}       },
    {"routes",
     NULL,                    {{"print each address of the server with the right that it needs, and end",
       "サーバーの各アドレスと必要な権限を表示して終わる"}}                               },
    {"at-once",
     "N",                     {{"long computations and files at once, 0: none (default: 2)",
       "同時に行う長い計算とファイル作成の数。0は行わない。既定は2"}}                  },
    {"seconds",
     "N",                     {{"how long a computation may take (default: 120)",
       "計算一つにかけてよい秒数。既定は120"}}                                                     },
    {NULL,              NULL, {{NULL, NULL}}                                                                                },
};

const struct command command_serve = {
    "serve",
    run_serve,
    "",
    0,
    0,
    options,
    {{"the workbench in a browser, for one person, or for a team with accounts",
      "ブラウザーで使うワークベンチ(一人用、又はアカウントを使うチーム用)"}},
    "awai serve --db build/awai.db",
};
