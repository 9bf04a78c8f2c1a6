// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Progress and Ctrl-C; see meter.h. */
#include "cli/meter.h"

#include <unistd.h>

#define PATIENCE_S 2.0
#define EVERY_S    0.1

volatile sig_atomic_t meter_is_stopped;

static void stop(int signal_number)
{
    (void)signal_number;
    meter_is_stopped = 1;
}

void meter_start(struct meter *m, const struct cli *cli)
{
    *m = (struct meter){.start_s = cli_seconds(), .lang = cli->lang};
}

void meter_begin(struct meter *m, const struct cli *cli)
{
    struct sigaction action = {.sa_handler = stop};
    meter_start(m, cli);
    m->catches = sigaction(SIGINT, &action, &m->before) == 0;
}

double meter_end(struct meter *m)
{
    if (m->is_shown) fputs(METER_LINE, stderr);
    if (m->catches) sigaction(SIGINT, &m->before, NULL);
    return cli_seconds() - m->start_s;
}

int meter_is_due(struct meter *m)
{
    double now = cli_seconds();
    if (!isatty(STDERR_FILENO) || now - m->start_s < PATIENCE_S ||
        now - m->last_s < EVERY_S)
        return 0;
    m->last_s = now;
    m->is_shown = 1;
    return 1;
}

void meter_show_share(void *meter, double share)
{
    struct meter *m = meter;
    if (!meter_is_due(m)) return;
    double left = (cli_seconds() - m->start_s) * (1 - share) / (share > 0 ? share : 1);
    fprintf(stderr,
            m->lang == LANG_JA ? METER_LINE "%.0f%% (残り約%.0f秒)"
                               : METER_LINE "%.0f%% (about %.0f s left)",
            100 * share, left);
    fflush(stderr);
}
