// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The command line beside the API: what carries an option that no parameter of its name
 * does, or why nothing does; see contract.h. tests/cli/_apicover.py holds it against
 * the options that the program has.
 */
#include "web/contract.h"

#define ANY_COMMAND NULL
#define ITSELF      NULL
#define NOTHING     NULL

#define ONE_THREAD                                                                                            \
    {                                                                                                         \
        {                                                                                                     \
            "a computation of the server has one thread, and so many run at once as "                         \
            "awai serve --at-once says; results do not depend on it",                                         \
                "サーバーの計算は一つのスレッドで行い、同時に行う数は `awai serve " \
                "--at-once` による。結果には影響しない"                                          \
        }                                                                                                     \
    }
#define THE_ANSWER                                                                     \
    {                                                                                  \
        {                                                                              \
            "the answer is the file", "応答がそのままファイルになる"     \
        }                                                                              \
    }
#define THE_FIGURE                                                                         \
    {                                                                                      \
        {                                                                                  \
            "one figure an answer, by its name",                                           \
                "図の名前を指定すると、一つの応答で一つの図を返す" \
        }                                                                                  \
    }
#define THE_FORMAT                                                                     \
    {                                                                                  \
        {                                                                              \
            "the usual answer is JSON", "通常の応答がJSONである"              \
        }                                                                              \
    }
#define OF_THE_STORE                                                                                                     \
    {                                                                                                                    \
        {                                                                                                                \
            "of a whole store, with all its workspaces and accounts: for whoever "                                       \
            "runs the server, at the server",                                                                            \
                "すべてのワークスペースとアカウントを含むデータ全体が対象であり、サー" \
                "バーの管理者がサーバー上で行う"                                                          \
        }                                                                                                                \
    }

// clang-format off
const struct contract_option contract_options[] = {
    {ANY_COMMAND, "catalog", NOTHING, {{"the server has one catalog for all: awai serve --catalog DIR", "サーバーのカタログは全員に共通である(awai serve --catalog DIR)"}}},
    {ANY_COMMAND, "lang", "getAssessment?lang", {{"every operation has it; else the header Accept-Language counts", "どの操作にもある。無ければヘッダー Accept-Language による"}}},
    {ANY_COMMAND, "time", NOTHING, {{"the log of the server tells the milliseconds of each answer", "応答ごとの所要時間(ミリ秒)はサーバーのログに残る"}}},
    {ANY_COMMAND, "include-root", NOTHING, {{"a model that is kept is one text, which names no files", "保存されたモデルは一つの文章であり、ファイルを参照しない"}}},
    {ANY_COMMAND, "help", "getDescription", {{"and, for people, the page /api", "人が読むには /api のページ"}}},
    {ANY_COMMAND, "threads", NOTHING, ONE_THREAD},
    {"assess", "json", "getAssessment?format=json assessModel", THE_FORMAT},
    {"assess", "fail-on", "getGates", {{"every gate, and whether it is met", "すべてのゲートと、満たすかどうか"}}},
    {"assess", "sarif", "getCheck?format=sarif checkModel?format=sarif", {{"as of check", "check と同じ"}}},
    {"assess", "rules", "getCheck?rules checkByRules", {{"rules that the workspace keeps, or that are sent", "ワークスペースに登録した規則、又は送信した規則"}}},
    {"attack", "mal", "attackGraph", {{"the graph is the body", "グラフを本文とする"}}},
    {"attack", "trials", "getAttack?auto", {{"the word auto", "auto の場合"}}},
    {"attack", "shard", "getAttackShard?part attackGraphShard?part", {{"an operation of its own", "専用の操作がある"}}},
    {"attack", "merge", "mergeAttack mergeGraphAttack", {{"the parts are the body", "部分結果を本文とする"}}},
    {"attack", "svg", "getAttack?figure", THE_FIGURE},
    {"attack", "json", "getAttack?format=json", THE_FORMAT},
    {"backup", ITSELF, NOTHING, OF_THE_STORE},
    {"catalog", "json", "getCatalog?format=json", THE_FORMAT},
    {"check", "all", "getCheck", {{"the answer has each diagnostic", "応答にすべての診断が含まれる"}}},
    {"check", "sarif", "getCheck?format=sarif checkModel?format=sarif", {{"a format of the answer", "応答の形式の一つ"}}},
    {"compare", "json", "compareSystems?format=json", THE_FORMAT},
    {"diff", "json", "getDiff?format=json", THE_FORMAT},
    {"export", "output", "exportSystem", THE_ANSWER},
    {"export", "json", "exportSystem?about=true", {{"the account in place of the file", "ファイルの代わりに記録を返す"}}},
    {"format", "check", "formatModel", {{"whether the answer is the text that was sent", "応答が送信した文章と同じかどうかで分かる"}}},
    {"format", "output", "formatModel", {{"the answer is the text", "応答がそのまま文章になる"}}},
    {"graph", "json", "getGraph?format=json", THE_FORMAT},
    {"graph", "dot", "getGraph?format=dot", {{"a format of the answer", "応答の形式の一つ"}}},
    {"import", "output", "createSystem saveModel", {{"what comes of a file is a text, which is saved as any other", "取り込んだ結果は文章であり、他の文章と同じように保存する"}}},
    {"import", "json", "importFile", {{"the answer is JSON, the model a text in it", "応答はJSONで、その中にモデルの文章が入る"}}},
    {"lsp", ITSELF, "checkText completeText findDefinition explainText findReferences renameId drawText editText readText", {{"each question of an editor is an operation", "エディターの問い合わせごとに操作がある"}}},
    {"plan", "to-target", "getTreatment", {{"unless a budget is given", "budget を指定しない場合"}}},
    {"plan", "write", "writePlan", {{"a new version with the plan in it", "計画を書き込んだ新しい版を保存する"}}},
    {"plan", "svg", "getTreatment?figure", THE_FIGURE},
    {"plan", "json", "getTreatment?format=json", THE_FORMAT},
    {"rehearse", "trace", "getTrace", {{"an operation of its own", "専用の操作がある"}}},
    {"rehearse", "watch", "streamRehearsal", {{"events in place of a drawing on the terminal", "端末の描画の代わりにイベントを送る"}}},
    {"rehearse", "json", "getRehearsal?format=json", THE_FORMAT},
    {"rehearse", "svg", "getRehearsal?figure", THE_FIGURE},
    {"report", "output", "getReport?format", THE_ANSWER},
    {"restore", ITSELF, NOTHING, OF_THE_STORE},
    {"risk", "svg", "getLosses?figure", THE_FIGURE},
    {"risk", "json", "getLosses?format=json", THE_FORMAT},
    {"schema", "manual", "getSchema?format=manual", {{"a format of the answer", "応答の形式の一つ"}}},
    {"serve", ITSELF, NOTHING, {{"it is what answers", "応答しているのがこのコマンドである"}}},
    {"store", ITSELF, NOTHING, OF_THE_STORE},
    {"twin", "check", "getTwinChecks getTwinAnswer?check", {{"all of them, or one", "全部、又は一つ"}}},
    {"twin", "json", "getTwin?format=json", THE_FORMAT},
};
// clang-format on
const size_t n_contract_options = sizeof contract_options / sizeof *contract_options;
