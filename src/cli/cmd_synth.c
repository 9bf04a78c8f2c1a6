// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai synth: a valid synthetic model of any size, the same for the same seed. */
#include "catalog/synth.h"
#include "cli/cli.h"

static int run(struct cli *cli)
{
    uint64_t n = 100, seed = 1;
    if (cli_whole(cli, "components", SYNTH_LEAST, SYNTH_MOST, &n) ||
        cli_whole(cli, "seed", 0, CLI_MOST_SEED, &seed))
        return EXIT_USAGE;
    struct catalog *catalog = assess_read_catalog(cli->catalog_directory);
    int code = cli_report(cli, &catalog->diags);
    if (code == EXIT_FINE) synth_model(catalog, (uint32_t)n, seed, &cli->out);
    catalog_free(catalog);
    return code;
}

static const struct option options[] = {
    {"components",
     "N",                {{"number of components, 2 to 1000000; default 100",
       "機器の数(2から1000000)。既定100"}}                                  },
    {"seed",       "S",  {{"seed of the random choices; default 1", "乱数の種。既定1"}}},
    {NULL,         NULL, {{NULL, NULL}}                                                       },
};

const struct command command_synth = {
    "synth",
    run,
    "",
    0,
    0,
    options,
    {{"write a valid synthetic model, to see how Awai scales",
      "規模の確認用に人工的なモデルを出力する"}},
    "awai synth --components 1000 --seed 7",
};
