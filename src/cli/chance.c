// SPDX-License-Identifier: Apache-2.0
/* The options of random worlds; see chance.h. */
#include "cli/chance.h"

#include "attack/model_net.h"
#include "base/share.h"

int chance_read(const struct cli *cli, struct chance *chance)
{
    uint64_t threads = share_threads();
    chance->seed = 1;
    if (cli_whole(cli, "seed", 0, CLI_MOST_SEED, &chance->seed) ||
        cli_whole(cli, "threads", 1, SHARE_MOST_THREADS, &threads))
        return EXIT_USAGE;
    chance->threads = (unsigned)threads;
    return EXIT_FINE;
}

int chance_measures(const struct cli *cli, const struct model *model, const char *set,
                    uint8_t *of)
{
    struct buf clash = {0}, lack = {0};
    const char *wrong = measures_choose(model, set, of);
    if (wrong) return CLI_SAY(cli, MEASURE_SET, text_same(wrong));
    measures_clash(model, of, &clash);
    measures_lack(model, of, &lack);
    if (clash.len) CLI_SAY(cli, MEASURES_CLASH, text_same(buf_text(&clash)));
    if (lack.len) CLI_SAY(cli, MEASURES_LACK, text_same(buf_text(&lack)));
    buf_fini(&clash);
    buf_fini(&lack);
    return EXIT_FINE;
}
