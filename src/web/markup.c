// SPDX-License-Identifier: Apache-2.0
/* Markup with holes; see markup.h. */
#include "web/markup.h"

#include <stdarg.h>
#include <string.h>

#include "page/money.h"
#include "web/frame.h"

static void put_hole(struct exchange *ex, char hole, va_list *args)
{
    struct buf *out = &ex->answer.body;
    const char *s;
    switch (hole) {
    case 's':
        s = va_arg(*args, const char *);
        buf_html(out, s ? s : "");
        break;
    case 't': frame_text(ex, va_arg(*args, struct text)); break;
    case 'd': buf_printf(out, "%d", va_arg(*args, int)); break;
    case 'n': buf_printf(out, "%lld", (long long)va_arg(*args, int64_t)); break;
    case 'l': buf_str(out, frame_lang(ex)); break;
    case 'f': buf_str(out, frame_form(ex)); break;
    case 'm': buf_str(out, va_arg(*args, const char *)); break;
    default: buf_char(out, hole);
    }
}

void put(struct exchange *ex, const char *pattern, ...)
{
    va_list args;
    va_start(args, pattern);
    for (const char *p = pattern; *p; p++) {
        size_t n = strcspn(p, "%");
        buf_add(&ex->answer.body, p, n);
        p += n;
        if (*p == '\0' || p[1] == '\0') break;
        put_hole(ex, *++p, &args);
    }
    va_end(args);
}

void put_count(struct exchange *ex, struct counted words, int64_t n)
{
    const char *s = text_in(n == 1 ? words.one : words.many, ex->lang);
    const char *hole = strstr(s, "{n}");
    size_t before = hole ? (size_t)(hole - s) : strlen(s);
    buf_html(&ex->answer.body, arena_strn(&ex->arena, s, before));
    if (hole) put(ex, "%n%s", n, hole + 3);
}

const char *put_and_lang(const struct exchange *ex)
{
    if (!ex->is_lang_asked) return "";
    return ex->lang == LANG_JA ? "&amp;lang=ja" : "&amp;lang=en";
}

void put_link_open(struct exchange *ex, const char *path)
{
    put(ex, "<a href=\"%s%l\">", path);
}

void put_badge(struct exchange *ex, const char *tone, struct text words)
{
    put(ex, "<span class=\"badge %m\">%t</span>", tone, words);
}

void put_position_of(struct exchange *ex, struct position at)
{
    put(ex,
        "<span class=\"level level-%d\">%t</span> \u00d7 <span class=\"level "
        "level-%d\">%t</span>",
        (int)at.recovery, recovery_text(at.recovery), (int)at.economic,
        economic_text(at.economic));
}

void put_amount(struct exchange *ex, const struct money *money)
{
    char words[MONEY_BYTES];
    if (money->unit[0] == '\0') return;
    money_exact(money->value, money->unit, ex->lang, words);
    put(ex, "%s", words);
}

void put_date(struct exchange *ex, int32_t d)
{
    if (d)
        buf_printf(&ex->answer.body, "<span class=\"date\">%04d-%02d-%02d</span>",
                   d / 10000, d / 100 % 100, d % 100);
}

/* Copies a picture but for its style: a width in its place. */
static void put_svg(struct buf *out, const char *svg)
{
    static const char begin[] = " width=\"100%\"", style[] = " style=\"max-width:";
    const char *width = strstr(svg, begin), *at = strstr(svg, style);
    const char *end = at ? strstr(at, "px\"") : NULL;
    if (width == NULL || end == NULL || width > at) {
        buf_str(out, svg);
        return;
    }
    const char *value = at + sizeof style - 1;
    buf_add(out, svg, (size_t)(width - svg));
    buf_printf(out, " width=\"%.*s\"", (int)(end - value), value);
    buf_add(out, width + sizeof begin - 1, (size_t)(at - width) - (sizeof begin - 1));
    buf_str(out, end + 3);
}

void put_figure(struct exchange *ex, const struct buf *svg, struct text caption)
{
    if (svg->len == 0) return;
    put(ex,
        "<figure><div class=\"scroll\" tabindex=\"0\" role=\"group\" "
        "aria-label=\"%t\">",
        caption);
    put_svg(&ex->answer.body, buf_text(svg));
    put(ex, "</div><figcaption>%t</figcaption></figure>\n", caption);
}

void put_option(struct exchange *ex, const char *value, const char *chosen,
                struct text words)
{
    int is_chosen = chosen && strcmp(value, chosen) == 0;
    put(ex, "<option value=\"%s\"%m>%t</option>", value, is_chosen ? " selected" : "",
        words);
}

void put_select_set(struct exchange *ex, const char *name, struct text label,
                    struct text all, const struct choice_set *set, const char *chosen)
{
    put(ex, "<label>%t<select name=\"%m\">", label, name);
    put_option(ex, "", chosen ? chosen : "", all);
    for (size_t i = 0; i < set->n; i++)
        if (set->items[i].name[0])
            put_option(ex, set->items[i].name, chosen, set->items[i].text);
    put(ex, "</select></label>\n");
}

void put_lang_field(struct exchange *ex)
{
    if (ex->is_lang_asked)
        put(ex, "<input type=\"hidden\" name=\"lang\" value=\"%m\">",
            ex->lang == LANG_JA ? "ja" : "en");
}
