// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai serve: the workbench in a browser, until Ctrl-C or SIGTERM. */
#include <signal.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "web/web.h"

static const char usual_address[] = "127.0.0.1:8787";
static const char usual_store[] = "awai.db";

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

/* Reads --listen; EXIT_FINE, or an exit code after a message. */
static int read_address(const struct cli *cli, struct listen_address *at)
{
    const char *text = cli_option(cli, "listen");
    if (text == NULL) text = usual_address;
    switch (request_listen(text, at)) {
    case LISTEN_HERE: return EXIT_FINE;
    case LISTEN_ELSEWHERE: return CLI_SAY(cli, NOT_LOOPBACK, text_same(text));
    default: return CLI_SAY(cli, LISTEN_OPTION, text_same(text));
    }
}

/* Says where it listens, waits for the end. */
static void serve_until_end(struct cli *cli, struct web *web, const sigset_t *ends)
{
    int signal_number;
    buf_printf(&cli->out,
               cli->lang == LANG_JA ? "Awaiを開始した: %s (終了は Ctrl-C)\n"
                                    : "Awai is at %s (Ctrl-C ends it)\n",
               web_address(web));
    buf_flush(&cli->out);
    fflush(stdout);
    sigwait(ends, &signal_number);
}

static int run_serve(struct cli *cli)
{
    struct web_config config = {.today = cli_today, .log = stderr};
    uint64_t at_once = 2, seconds = 120;
    struct diag_list d = {0};
    sigset_t ends;
    int code = read_address(cli, &config.listen);
    if (code == EXIT_FINE) code = cli_whole(cli, "at-once", 0, 64, &at_once);
    if (code == EXIT_FINE) code = cli_whole(cli, "seconds", 1, 86400, &seconds);
    if (code != EXIT_FINE) return code;
    config.at_once = (unsigned)at_once;
    config.seconds = (unsigned)seconds;
    config.store = cli_option(cli, "db");
    if (config.store == NULL) config.store = usual_store;
    struct catalog *catalog = assess_read_catalog(cli->catalog_directory);
    code = cli_report(cli, &catalog->diags);
    if (code == EXIT_FINE) {
        block_signals(&ends);
        config.catalog = catalog;
        struct web *web = web_open(&config, &d);
        if (web) serve_until_end(cli, web, &ends);
        web_close(web);
        code = cli_report(cli, &d);
    }
    diag_fini(&d);
    catalog_free(catalog);
    return code;
}

static const struct option options[] = {
    {"db",
     "FILE",          {{"the file in which systems and their versions are kept (default: awai.db)",
       "システムとその版を保存するファイル。既定は awai.db"}}},
    {"listen",
     "HOST:PORT",     {{"where to listen: 127.0.0.1, [::1] or localhost; port 0: a free one (default: "
       "127.0.0.1:8787)",
       "待ち受ける場所。127.0.0.1、[::1] 又は "
       "localhost。ポート0は空いているもの。既定は "
       "127.0.0.1:8787"}}                                                    },
    {"at-once",
     "N",             {{"long computations of the API at once, 0: none (default: 2)",
       "APIで同時に行う長い計算の数。0は行わない。既定は2"}}   },
    {"seconds",
     "N",             {{"how long each of them may take (default: 120)",
       "その一つにかけてよい秒数。既定は120"}}                       },
    {NULL,      NULL, {{NULL, NULL}}                                                          },
};

const struct command command_serve = {
    "serve",
    run_serve,
    "",
    0,
    0,
    options,
    {{"the workbench in a browser, for one person on this computer",
      "ブラウザーで使うワークベンチ(このコンピューターの一人用)"}},
    "awai serve --db build/awai.db",
};
