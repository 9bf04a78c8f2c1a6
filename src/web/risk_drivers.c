// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The uncertain inputs that move the result; see risk_parts.h. */
#include "web/risk_parts.h"

#include "web/frame.h"

void risk_put_drivers(const struct risk_page *p)
{
    struct risk_pair pair = part_pair(p);
    struct buf svg = {0};
    struct text title = TEXT("What drives the result", "結果を左右する要因");
    const char *words = risk_words(p->ex, p->model, p->s->measures);
    part_open(p, "drivers", "risk-in-numbers", title);
    if (!p->s->question.with_drivers || p->s->after.risk->is_stopped) {
        buf_str(p->out, "<p><a id=\"drivers\" href=\"");
        part_href(p, words, "&drivers=1");
        buf_str(p->out, "#part-drivers\">");
        part_text(p, TEXT("Find out: takes some seconds", "計算する(数秒かかる)"));
        buf_str(p->out, "</a></p>\n");
    } else if (figure_drivers(&pair, p->ex->lang, &svg)) {
        part_figure(p, &svg, title);
    } else {
        frame_element(p->ex, "p",
                      TEXT("No uncertain input moves it enough to tell.",
                           "結果を目立って左右する不確かな入力は無い。"));
    }
    part_close(p);
    buf_fini(&svg);
}
