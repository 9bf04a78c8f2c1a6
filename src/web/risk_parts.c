// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Numbers, figures and tables as all parts of the page of risk have them; see
 * risk_parts.h. */
#include "web/risk_parts.h"

#include <math.h>
#include <string.h>

#include "page/money.h"
#include "web/frame.h"

/* ---- numbers -------------------------------------------------------------------- */

/* An amount, with the number itself for scripts and tests. */
void part_money(const struct risk_page *p, double value, const char *unit)
{
    char text[MONEY_BYTES];
    money_rounded(value, unit, p->ex->lang, text);
    buf_printf(p->out, "<data value=\"%.17g\">", value);
    buf_html(p->out, text);
    buf_str(p->out, "</data>");
}

/* Years to two digits from a hundred on, thousands parted in English. */
static void put_years(const struct risk_page *p, double years)
{
    double unit = years < 100 ? 1 : pow(10, floor(log10(years)) - 1);
    long long whole = llround(round(years / unit) * unit);
    if (years < 20)
        buf_printf(p->out, "%.1f", years);
    else if (p->ex->lang == LANG_EN && whole >= 10000)
        buf_printf(p->out, "%lld,%03lld", whole / 1000, whole % 1000);
    else
        buf_printf(p->out, "%lld", whole);
}

/* "0.35 a year"; what is rare as "once in 28 years". */
void part_rate(const struct risk_page *p, double rate)
{
    int ja = p->ex->lang == LANG_JA;
    buf_printf(p->out, "<data value=\"%.17g\">", rate);
    if (!(rate > 0)) {
        buf_str(p->out, ja ? "無し" : "none seen");
    } else if (rate >= 0.5) {
        buf_printf(p->out, ja ? "年%.3g回" : "%.3g a year", rate);
    } else if (1 / rate < 1e6) {
        buf_str(p->out, ja ? "" : "once in ");
        put_years(p, 1 / rate);
        buf_str(p->out, ja ? "年に1回" : " years");
    } else {
        buf_str(p->out, ja ? "100万年に1回未満" : "less than once in a million years");
    }
    buf_str(p->out, "</data>");
}

void part_text(const struct risk_page *p, struct text t)
{
    frame_text(p->ex, t);
}

const char *part_unit(const struct risk_page *p)
{
    return p->s->after.risk->endings.money.unit;
}

const struct measure *part_measure(const struct risk_page *p, uint32_t i)
{
    return LIST_AT(p->model->m.measures, struct measure, i);
}

/* An address of this page with other measures. */
void part_href(const struct risk_page *p, const char *words, const char *more)
{
    const char *lang = frame_lang(p->ex);
    buf_printf(p->out, "/systems/%s/risk%s%cmeasures=", p->slug, lang,
               *lang ? '&' : '?');
    buf_html(p->out, words); // ids and commas
    buf_html(p->out, more);
}

/* ---- figures and tables --------------------------------------------------------- */

/* A figure, but for the style in its first tag: the page's policy lets none through,
 * and risk.css says the same. */
static void put_svg(const struct risk_page *p, const struct buf *svg)
{
    static const char begin[] = " style=\"";
    const char *text = buf_text(svg), *end = strchr(text, '>');
    const char *style = strstr(text, begin);
    const char *quote =
        style && end && style < end ? strchr(style + sizeof begin - 1, '"') : NULL;
    if (quote == NULL) {
        buf_add(p->out, text, svg->len);
        return;
    }
    buf_add(p->out, text, (size_t)(style - text));
    buf_str(p->out, quote + 1);
}

/* Opens a part with a heading, and a link to the same in the report. */
void part_open(const struct risk_page *p, const char *id, const char *anchor,
               struct text title)
{
    buf_printf(p->out, "<section class=\"part\" id=\"part-%s\" data-part>\n<h2>", id);
    part_text(p, title);
    buf_printf(p->out,
               "</h2>\n<a class=\"in-report\" href=\"/systems/%s/report%s#%s\">",
               p->slug, frame_lang(p->ex), anchor);
    part_text(p, TEXT("In the report", "報告書での表示"));
    buf_str(p->out, "</a>\n");
}

void part_close(const struct risk_page *p)
{
    buf_str(p->out, "</section>\n");
}

void part_figure(const struct risk_page *p, const struct buf *svg, struct text name)
{
    buf_str(p->out, "<div class=\"figure-box\" tabindex=\"0\" role=\"group\" "
                    "aria-label=\"");
    part_text(p, name);
    buf_str(p->out, "\">");
    put_svg(p, svg);
    buf_str(p->out, "</div>\n");
}

struct risk_pair part_pair(const struct risk_page *p)
{
    return (struct risk_pair){p->s->before, p->s->after.risk,
                              TEXT("in place now", "現状"),
                              TEXT("with these measures", "この組合せ")};
}

void part_drawn(const struct risk_page *p, const char *id, struct text title,
                int (*draw)(const struct risk_pair *, enum lang, struct buf *))
{
    struct risk_pair pair = part_pair(p);
    struct buf svg = {0};
    if (draw(&pair, p->ex->lang, &svg)) {
        part_open(p, id, "risk-in-numbers", title);
        part_figure(p, &svg, title);
        part_close(p);
    }
    buf_fini(&svg);
}

/* Opens a table that a keyboard can scroll; its end is that of frame_heads. */
void part_heads(const struct risk_page *p, struct text name, const struct text *heads,
                size_t n)
{
    buf_str(p->out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
                    "aria-label=\"");
    part_text(p, name);
    buf_str(p->out, "\"><table>\n<thead><tr>");
    for (size_t i = 0; i < n; i++) {
        buf_str(p->out, "<th scope=\"col\">");
        part_text(p, heads[i]);
        buf_str(p->out, "</th>");
    }
    buf_str(p->out, "</tr></thead>\n<tbody>\n");
}
