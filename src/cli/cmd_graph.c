// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai graph: the attack graph of a system. */
#include "cli/cli.h"
#include "graph/graph_write.h"

static int run(struct cli *cli)
{
    struct cli_system s = {0};
    int code = cli_load(cli, cli->args[0], &s, 0);
    if (code == EXIT_FINE && cli_option(cli, "json"))
        graph_json(s.graph, &s.assessment->reach, &cli->out);
    else if (code == EXIT_FINE && cli_option(cli, "dot"))
        graph_dot(s.graph, &s.assessment->reach, cli->lang, &cli->out);
    else if (code == EXIT_FINE)
        graph_summary(s.graph, &s.assessment->reach,
                      s.assessment->left.effort ? &s.assessment->left : NULL, cli->lang,
                      &cli->out);
    cli_unload(&s);
    return code;
}

static const struct option options[] = {
    {"json",
     NULL,         {{"every node with type, time to compromise and parents, as JSON",
       "全ノード(種類・所要時間・前提)をJSONで出力する"}}},
    {"dot",
     NULL,         {{"the reachable part as Graphviz DOT",
       "到達可能な部分をGraphviz DOTで出力する"}}               },
    {NULL,   NULL, {{NULL, NULL}}                                                      },
};

const struct command command_graph = {
    "graph",
    run,
    "FILE",
    1,
    1,
    options,
    {{"show the attack graph: how each incident can be reached",
      "攻撃グラフ(各インシデントに至る攻撃の連鎖)を示す"}},
    "awai graph usecases/gas-water-heater/model.yaml",
};
