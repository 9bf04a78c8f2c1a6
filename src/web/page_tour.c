// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* A tour of the workbench on one of the use cases: what each page answers, in the order
 * of the method. */
#include "web/frame.h"
#include "web/markup.h"

static const char sample[] = "gas-water-heater";

static const struct {
    const char *page;
    struct text title, about;
} stops[] = {
    {"",
     {{"1. The system at a glance", "1. システムの概要"}},
     {{"A gas water heater that is operated from a phone, through a cloud. The page "
       "shows the three steps of the method with what is there and what is missing, "
       "the "
       "risk map, and the drawing of the system.",
       "スマートフォンからクラウド経由で操作する家庭用ガス給湯器。手法の三つの手順の"
       "進み具合、リスクマップ、システム構成図が一目で分かる。"}}                              },
    {"/criteria",
     {{"2. Prepare: who is affected, and by which measure",
       "2. 準備: 誰が影響を受け、何を基準とするか"}},
     {{"Everybody who has a stake in it, with the harm that can be borne at most, and "
       "what limited, serious and the worst mean here.",
       "関係するすべての人と、許容できる被害の上限。限定的、重大、致命的等の意味。"}}},
    {"/incidents",
     {{"3. Assess: what can go wrong", "3. リスクアセスメント: 何が起こり得るか"}},
     {{"Incidents and whom they hurt. Each tells the shortest way in which an attacker "
       "gets there.",
       "インシデントとその被害者。攻撃者が至る最短の経路も示す。"}}                           },
    {"/threats?main=1",
     {{"4. Assess: which parts are threatened",
       "4. リスクアセスメント: どこが狙われるか"}},
     {{"The threats to each component and connection; those stand out that can cause "
       "the "
       "main harm. Choose one to see its chain of steps drawn.",
       "構成要素と接続ごとの脅威。主要な被害に至るものが目立つ。選ぶと攻撃の連鎖を図示"
       "する。"}}                                                                                                      },
    {"/requirements?state=open",
     {{"5. Treat: what is required", "5. リスク対応: 何が求められるか"}},
     {{"Requirements follow from the positions on the map. Tick those that you take "
       "on, "
       "with example measures, and adopt them at once.",
       "マップ上の位置から対策要件が導かれる。引き受けるものを対策例と共に選び、まとめ"
       "て採用できる。"}}                                                                                          },
    {"/measures",
     {{"6. Treat: what is done, by whom, until when",
       "6. リスク対応: 誰が、いつまでに、何をするか"}},
     {{"Measures as a board, with owner, date and evidence, and the decisions.",
       "対策を、責任者、期限、証跡と共に一覧する。意思決定も並ぶ。"}}                        },
    {"/report",
     {{"7. The report", "7. 報告書"}},
     {{"Everything in one document to hand over.",
       "すべてを一つにまとめた、提出できる文書。"}}                                                   },
};

void web_get_tour(struct exchange *ex)
{
    frame_open(
        ex, &(struct frame){.title = TEXT("A tour", "使い方の案内"), .asset = "pages"});
    put(ex, "<p class=\"prose\">%t</p>\n<ol class=\"plain\">\n",
        TEXT("Awai follows a method in three steps: prepare, assess, treat. The tour "
             "shows "
             "them on one of the samples; nothing is changed by looking.",
             "Awaiは準備、リスクアセスメント、リスク対応の三つの手順に沿って進む。ここ"
             "では"
             "見本のシステムで順に示す。見るだけでは何も変わらない。"));
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        put(ex,
            "<li><h2><a href=\"/systems/%m%m\">%t</a></h2><p class=\"prose\">%t</p>"
            "</li>\n",
            sample, stops[i].page, stops[i].title, stops[i].about);
    put(ex, "</ol>\n<p><a class=\"button\" href=\"/new%l\">%t</a></p>\n",
        TEXT("Now your own system", "自分のシステムを始める"));
    frame_end(ex);
}
