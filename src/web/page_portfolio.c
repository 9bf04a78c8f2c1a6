// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The first page: all systems on one map, as a list that can be filtered, what changed,
 * what is overdue, and where systems in one cell are protected differently.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "web/frame.h"
#include "web/markup.h"
#include "web/portfolio.h"

enum { PAGE_SIZE = 50, CELL_MOST = 12, CHANGES_MOST = 8, OVERDUE_MOST = 20 };

/* What the address asks for. */
struct filter {
    const char *text, *cell_name;
    int is_above, is_overdue, is_news, has_cell;
    struct position cell;
    int64_t page, days; // days 0: since the last look at each
};

/* Those that a filter leaves. */
struct shown {
    struct filter filter;
    struct portfolio all;
    const struct portfolio_member **members;
    size_t n;
};

/* ---- filter --------------------------------------------------------------------- */

static int is_asked(struct exchange *ex, const char *name)
{
    const char *value = web_query(ex, name);
    return value && strcmp(value, "1") == 0;
}

static int64_t number_asked(struct exchange *ex, const char *name, int64_t usual)
{
    const char *value = web_query(ex, name);
    int64_t n = value ? request_number(value) : -1;
    return n > 0 && n < 100000 ? n : usual;
}

static struct filter read_filter(struct exchange *ex)
{
    struct filter f = {.text = web_query(ex, "text"),
                       .cell_name = web_query(ex, "cell"),
                       .is_above = is_asked(ex, "above"),
                       .is_overdue = is_asked(ex, "overdue"),
                       .is_news = is_asked(ex, "news"),
                       .page = number_asked(ex, "page", 1),
                       .days = number_asked(ex, "days", 0)};
    if (f.text == NULL) f.text = "";
    f.has_cell = cell_read(f.cell_name, &f.cell);
    return f;
}

/* Whether s has a piece, small and capital letters of English alike. */
static int has_piece(const char *s, const char *piece)
{
    size_t n = strlen(piece);
    for (; *s; s++) {
        size_t i = 0;
        while (i < n &&
               tolower((unsigned char)s[i]) == tolower((unsigned char)piece[i]))
            i++;
        if (i == n) return 1;
    }
    return n == 0;
}

/* Whether there are versions that who asks has not seen of what he has looked at. */
static int is_news(const struct portfolio_member *m)
{
    return m->system->seen && m->system->seen < m->system->latest.number;
}

static int is_shown(const struct filter *f, const struct portfolio_member *m)
{
    const struct summary *s = &m->summary;
    int has_text = has_piece(m->system->slug, f->text);
    for (int i = 0; i < N_LANGS; i++)
        if (s->name.in[i]) has_text |= has_piece(s->name.in[i], f->text);
    if (!has_text || (f->is_above && s->n_above == 0)) return 0;
    if (f->is_overdue && s->n_overdue == 0) return 0;
    if (f->is_news && !is_news(m)) return 0;
    return !f->has_cell || (s->is_assessed && is_in_cell(&m->compared, f->cell));
}

static void choose(struct exchange *ex, struct shown *shown)
{
    shown->filter = read_filter(ex);
    shown->members = arena_array(&ex->arena, shown->all.n + 1, sizeof *shown->members);
    for (size_t i = 0; i < shown->all.n; i++)
        if (is_shown(&shown->filter, &shown->all.members[i]))
            shown->members[shown->n++] = &shown->all.members[i];
}

static void put_check(struct exchange *ex, const char *name, int is_set,
                      struct text label)
{
    put(ex,
        "<label class=\"check\"><input type=\"checkbox\" name=\"%m\" value=\"1\"%m>"
        "%t</label>\n",
        name, is_set ? " checked" : "", label);
}

static void put_cell_options(struct exchange *ex, const struct filter *f)
{
    const char *chosen = f->has_cell ? f->cell_name : "";
    put_option(ex, "", chosen, TEXT("all cells", "すべての区画"));
    for (unsigned i = 0; i < N_CELLS; i++) {
        struct position p = cell_by_gravity(i);
        const char *words = arena_printf(&ex->arena, "%s × %s",
                                         text_in(recovery_text(p.recovery), ex->lang),
                                         text_in(economic_text(p.economic), ex->lang));
        put_option(ex, cell_name(ex, p), chosen, text_same(words));
    }
}

/* How far back changes are told. */
static void put_days(struct exchange *ex, const struct filter *f)
{
    static const int days[] = {1, 7, 30, 90, 365};
    const char *chosen = arena_printf(&ex->arena, "%lld", (long long)f->days);
    put(ex, "<label>%t<select name=\"days\">", TEXT("What changed", "最近の変更"));
    put_option(ex, "", f->days ? chosen : "",
               TEXT("since you last looked", "前回の確認以降"));
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const char *n = arena_printf(&ex->arena, "%d", days[i]);
        const char *words = arena_printf(&ex->arena,
                                         ex->lang == LANG_JA ? "過去%d日"
                                         : days[i] == 1      ? "within %d day"
                                                             : "within %d days",
                                         days[i]);
        put_option(ex, n, chosen, text_same(words));
    }
    put(ex, "</select></label>\n");
}

static void put_filter(struct exchange *ex, const struct filter *f)
{
    put(ex,
        "<form method=\"get\" action=\"/\" class=\"filter\" role=\"search\">\n"
        "<label>%t<input type=\"search\" name=\"text\" maxlength=\"100\" "
        "value=\"%s\"></label>\n<label>%t<select name=\"cell\">",
        TEXT("Name", "名称"), f->text, TEXT("Cell of the map", "マップの区画"));
    put_cell_options(ex, f);
    put(ex, "</select></label>\n");
    put_check(ex, "above", f->is_above, TEXT("above a target", "目標超過のみ"));
    put_check(ex, "overdue", f->is_overdue, TEXT("something overdue", "期限超過のみ"));
    put_check(ex, "news", f->is_news,
              TEXT("changed since you last looked", "前回の確認以降に変更あり"));
    put_days(ex, f);
    put_lang_field(ex);
    put(ex, "<button type=\"submit\">%t</button>\n", TEXT("Filter", "絞り込む"));
    if (*f->text || f->has_cell || f->is_above || f->is_overdue || f->is_news) {
        put_link_open(ex, "/");
        put(ex, "%t</a>", TEXT("Show all", "すべて表示"));
    }
    put(ex, "</form>\n");
}

/* ---- map ------------------------------------------------------------------------ */

/* The systems of a cell by the number that they have in the list. */
static void put_cell(struct exchange *ex, const struct shown *shown,
                     struct position cell)
{
    size_t n = 0;
    put(ex, "<td class=\"tile tint-%d\">",
        cell.recovery && cell.economic ? cell.recovery + cell.economic - 1 : 0);
    for (size_t i = 0; i < shown->n; i++) {
        const struct portfolio_member *m = shown->members[i];
        if (!m->summary.is_assessed || !is_in_cell(&m->compared, cell)) continue;
        if (n++ >= CELL_MOST) continue;
        put(ex,
            "<a class=\"dot%m\" href=\"/systems/%m%l\" title=\"%t\" "
            "aria-label=\"%d: %t\">%d</a>\n",
            m->summary.n_above ? " open" : "", m->system->slug, m->summary.name,
            (int)i + 1, m->summary.name, (int)i + 1);
    }
    if (n > CELL_MOST)
        put(ex, "<a href=\"/?cell=%m%m\">+%d</a>", cell_name(ex, cell),
            put_and_lang(ex), (int)(n - CELL_MOST));
    put(ex, "</td>");
}

static void put_map(struct exchange *ex, const struct shown *shown)
{
    put(ex,
        "<div class=\"scroll\"><table class=\"riskmap\"><caption>%t</caption>\n"
        "<tbody>\n",
        TEXT("Where the systems stand: difficulty of recovery (up) by economic impact "
             "(right). Numbers are those of the list; red: somebody is above a target.",
             "システムの位置。縦は回復困難性、横は経済的影響。番号は一覧の番号、"
             "赤は目標を超えるステークホルダーがいるもの。"));
    for (int r = LEVEL_WORST; r >= LEVEL_NONE; r--) {
        put(ex, "<tr><th scope=\"row\">%t</th>", recovery_text(r));
        for (int e = LEVEL_NONE; e <= LEVEL_WORST; e++)
            put_cell(ex, shown, (struct position){(uint8_t)r, (uint8_t)e});
        put(ex, "</tr>\n");
    }
    put(ex, "</tbody><tfoot><tr><td></td>");
    for (int e = LEVEL_NONE; e <= LEVEL_WORST; e++)
        put(ex, "<th scope=\"col\">%t</th>", economic_text(e));
    put(ex, "</tr></tfoot></table></div>\n");
}

/* ---- list ----------------------------------------------------------------------- */

static void put_standing(struct exchange *ex, const struct summary *s)
{
    static const struct counted above = {{{"{n} above target", "{n}者が目標超過"}},
                                         {{"{n} above target", "{n}者が目標超過"}}};
    static const struct counted overdue = {{{"{n} overdue", "期限超過 {n}件"}},
                                           {{"{n} overdue", "期限超過 {n}件"}}};
    if (!s->is_assessed) return;
    if (s->n_above) {
        put(ex, "<span class=\"badge open\">");
        put_count(ex, above, s->n_above);
        put(ex, "</span> ");
    } else {
        put_badge(ex, "", TEXT("within targets", "目標内"));
    }
    if (s->n_overdue == 0) return;
    put(ex, " <span class=\"badge open\">");
    put_count(ex, overdue, s->n_overdue);
    put(ex, "</span>");
}

static void put_member(struct exchange *ex, const struct portfolio_member *m,
                       size_t number)
{
    const struct summary *s = &m->summary;
    const char *slug = m->system->slug;
    put(ex,
        "<tr><td class=\"number\">%d</td><th scope=\"row\"><a "
        "href=\"/systems/%m%l\">%t</a><div class=\"soft\">%s</div></th><td>",
        (int)number, slug, s->name, slug);
    if (!s->is_assessed)
        put_badge(ex, "open", TEXT("has errors", "モデルに誤りあり"));
    else
        put_position_of(ex, s->worst);
    put(ex, "</td><td>");
    if (s->is_assessed) put_position_of(ex, s->planned);
    put(ex, "</td><td>");
    put_standing(ex, s);
    put(ex, "</td><td>");
    frame_time(ex, m->system->latest.saved_s);
    put(ex, "<div class=\"soft\">%t %n</div>", TEXT("version", "版"),
        m->system->latest.number);
    if (is_news(m)) put_badge(ex, "info", TEXT("changed", "変更あり"));
    put(ex, "</td></tr>\n");
}

/* The address of another page of the list, with what is asked for. */
static void put_page_link(struct exchange *ex, int64_t page, const char *relation,
                          struct text words)
{
    put(ex, "<a rel=\"%m\" href=\"/?page=%n%s\">%t</a>\n", relation, page,
        web_query_rest(ex, "page"), words);
}

static void put_pages(struct exchange *ex, int64_t page, int64_t n_pages)
{
    if (n_pages < 2) return;
    put(ex, "<nav class=\"turn\" aria-label=\"%t\">",
        TEXT("Pages of the list", "一覧の頁"));
    if (page > 1) put_page_link(ex, page - 1, "prev", TEXT("Previous", "前へ"));
    put(ex, "<span>%n / %n</span>\n", page, n_pages);
    if (page < n_pages) put_page_link(ex, page + 1, "next", TEXT("Next", "次へ"));
    put(ex, "</nav>\n");
}

static void put_list(struct exchange *ex, const struct shown *shown)
{
    static const struct text heads[] = {
        {{"No.", "番号"}},
        {{"System", "システム"}},
        {{"Position now", "現在の位置"}},
        {{"After decided measures", "決定済み対策後"}},
        {{"State", "状態"}},
        {{"Last saved", "最終保存"}},
    };
    static const struct counted systems = {{{"{n} system", "{n}システム"}},
                                           {{"{n} systems", "{n}システム"}}};
    int64_t n_pages = ((int64_t)shown->n + PAGE_SIZE - 1) / PAGE_SIZE;
    int64_t page = shown->filter.page > n_pages ? n_pages : shown->filter.page;
    size_t from = page > 0 ? (size_t)(page - 1) * PAGE_SIZE : 0;
    put(ex, "<h2>");
    put_count(ex, systems, (int64_t)shown->n);
    put(ex, "</h2>\n");
    if (shown->n == 0) {
        put(ex, "<p>%t</p>\n",
            TEXT("No system is like that.", "条件に合うシステムはない。"));
        return;
    }
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (size_t i = from; i < shown->n && i < from + PAGE_SIZE; i++)
        put_member(ex, shown->members[i], i + 1);
    put(ex, "</tbody></table></div>\n");
    put_pages(ex, page, n_pages);
}

/* ---- what changed --------------------------------------------------------------- */

static int by_saved(const void *a, const void *b)
{
    const struct portfolio_member *const *one = a, *const *other = b;
    int64_t x = (*one)->system->latest.saved_s, y = (*other)->system->latest.saved_s;
    if (x != y) return x > y ? -1 : 1;
    return strcmp((*one)->system->slug, (*other)->system->slug);
}

static void put_changed(struct exchange *ex, const struct shown *shown,
                        const struct portfolio_member *m)
{
    const struct store_version *v = &m->system->latest;
    int64_t from = shown->filter.days ? v->number - 1 : m->system->seen;
    put(ex, "<li><a href=\"/systems/%m%l\">%t</a> ", m->system->slug, m->summary.name);
    if (v->number > 1)
        put(ex, "<a href=\"/systems/%m/compare?from=%n&amp;to=%n%m\">%t %n</a>",
            m->system->slug, from, v->number, put_and_lang(ex), TEXT("version", "版"),
            v->number);
    else
        put(ex, "%t", TEXT("new", "新規"));
    put(ex, " <span class=\"soft\">");
    frame_time(ex, v->saved_s);
    put(ex, " %s</span>", v->who);
    if (*v->why) put(ex, "<div>%s</div>", v->why);
    put(ex, "</li>\n");
}

/* Of those that are shown: saved within the days, or since they were looked at. */
static size_t choose_changed(const struct shown *shown,
                             const struct portfolio_member **out)
{
    int64_t since = (int64_t)time(NULL) - shown->filter.days * 86400;
    size_t n = 0;
    for (size_t i = 0; i < shown->n; i++) {
        const struct portfolio_member *m = shown->members[i];
        if (shown->filter.days ? m->system->latest.saved_s >= since : is_news(m))
            out[n++] = m;
    }
    qsort(out, n, sizeof(struct portfolio_member *), by_saved);
    return n;
}

/* Since when; and of what is told nothing, since it was never looked at. */
static void put_since(struct exchange *ex, const struct shown *shown)
{
    static const struct counted never = {
        {{"{n} system was never looked at by you.", "未確認のシステム: {n}件"}},
        {{"{n} systems were never looked at by you.", "未確認のシステム: {n}件"}}};
    size_t n = 0;
    for (size_t i = 0; i < shown->n; i++)
        n += shown->members[i]->system->seen == 0;
    put(ex, "<p class=\"soft\">");
    if (shown->filter.days)
        put(ex, "%t %n", TEXT("Days back:", "さかのぼる日数:"), shown->filter.days);
    else
        put(ex, "%t ",
            TEXT("Since you last looked at each.", "前回の確認以降の変更。"));
    if (shown->filter.days == 0 && n) put_count(ex, never, (int64_t)n);
    put(ex, "</p>\n");
}

static void put_changes(struct exchange *ex, const struct shown *shown)
{
    const struct portfolio_member **m =
        arena_array(&ex->arena, shown->n + 1, sizeof *m);
    size_t n = choose_changed(shown, m);
    put(ex, "<section><h2>%t</h2>\n", TEXT("What changed", "最近の変更"));
    put_since(ex, shown);
    put(ex, n ? "<ul class=\"plain\">\n" : "<p>%t</p>\n", TEXT("Nothing.", "なし。"));
    for (size_t i = 0; i < n && i < CHANGES_MOST; i++)
        put_changed(ex, shown, m[i]);
    if (n > CHANGES_MOST) put(ex, "<li>+%d</li>\n", (int)(n - CHANGES_MOST));
    put(ex, n ? "</ul></section>\n" : "</section>\n");
}

/* ---- what is overdue ------------------------------------------------------------ */

static void put_dates(struct exchange *ex, const struct shown *shown)
{
    unsigned n = 0;
    put(ex, "<section><h2>%t</h2>\n<ul class=\"plain\">\n",
        TEXT("Overdue, and next", "期限"));
    for (size_t i = 0; i < shown->n && n < OVERDUE_MOST; i++) {
        const struct portfolio_member *m = shown->members[i];
        if (m->summary.n_overdue == 0 && m->summary.next_date == 0) continue;
        n++;
        put(ex, "<li><a href=\"/systems/%m/measures%l\">%t</a> ", m->system->slug,
            m->summary.name);
        if (m->summary.n_overdue)
            put(ex, "<span class=\"badge open\">%t %d</span> ",
                TEXT("overdue:", "期限超過:"), (int)m->summary.n_overdue);
        if (m->summary.next_date) {
            put(ex, "<span class=\"soft\">%t ", TEXT("next:", "次の期限:"));
            put_date(ex, m->summary.next_date);
            put(ex, "</span>");
        }
        put(ex, "</li>\n");
    }
    if (n == 0)
        put(ex, "<li>%t</li>", TEXT("No date is set.", "期限は設定されていない。"));
    put(ex, "</ul></section>\n");
}

/* ---- consistency ---------------------------------------------------------------- */

static void put_differing(struct exchange *ex, const struct differing *d)
{
    put(ex, "<li>");
    put_position_of(ex, d->cell);
    put(ex, "<div>%t %d · ", TEXT("systems:", "システム:"), (int)d->n_systems);
    if (d->n_demands + d->n_requirements == 0)
        put(ex, "%t", TEXT("protected alike", "要求は一致"));
    else
        put(ex, "<a href=\"/compare?cell=%m%m\">%t %d</a>", cell_name(ex, d->cell),
            put_and_lang(ex), TEXT("differences:", "相違:"),
            (int)(d->n_demands + d->n_requirements));
    put(ex, "</div></li>\n");
}

static void put_consistency(struct exchange *ex, const struct portfolio *p)
{
    struct differing d[N_CELLS];
    unsigned n = portfolio_differing(ex, p, d);
    put(ex, "<section><h2>%t</h2>\n<ul class=\"plain\">\n",
        TEXT("Consistency within a cell", "同じ区画の整合"));
    for (unsigned i = 0; i < n; i++)
        put_differing(ex, &d[i]);
    if (n == 0)
        put(ex, "<li>%t</li>\n",
            TEXT("No two systems stand in one cell.",
                 "同じ区画に二つ以上のシステムはない。"));
    put(ex, "</ul></section>\n");
}

/* ---- a new system --------------------------------------------------------------- */

/* Where one begins; above all else, however long the list is. */
static void put_beginnings(struct exchange *ex)
{
    put(ex, "<p>");
    if (rights_have(ex->caller.rights, RIGHT_CHANGE))
        put(ex,
            "<a class=\"button\" href=\"/new%l\">%t</a> <a href=\"/import%l\">%t</a> "
            "<a href=\"#small\">%t</a> ",
            TEXT("New system", "新しいシステム"),
            TEXT("Take a file in", "ファイルを取り込む"),
            TEXT("Begin with a small model", "小さなモデルから始める"));
    put(ex, "<a href=\"/tour%l\">%t</a></p>\n", TEXT("Tour", "使い方"));
}

static void put_new_system(struct exchange *ex)
{
    put(ex, "<section id=\"small\"><h2>%t</h2>\n",
        TEXT("A new system", "新しいシステム"));
    put(ex,
        "<form method=\"post\" action=\"/systems%f\"><label for=\"slug\">%t</label>"
        "<input id=\"slug\" name=\"slug\" required maxlength=\"64\" "
        "pattern=\"[A-Za-z0-9_][A-Za-z0-9_\\-]*\" autocomplete=\"off\">"
        "<button type=\"submit\">%t</button></form></section>\n",
        TEXT("Name in addresses: letters, digits, - and _",
             "アドレスに使う名前(英数字、-、_)"),
        TEXT("Begin with a small model", "小さなモデルから始める"));
}

void web_get_home(struct exchange *ex)
{
    struct shown shown = {0};
    if (portfolio_open(ex, &shown.all) != 0) return;
    choose(ex, &shown);
    frame_open(ex, &(struct frame){.title = TEXT("All systems", "システム一覧"),
                                   .asset = "pages"});
    put_beginnings(ex);
    put_filter(ex, &shown.filter);
    put_map(ex, &shown);
    put_list(ex, &shown);
    put(ex, "<div class=\"columns\">\n");
    put_changes(ex, &shown);
    put_dates(ex, &shown);
    put_consistency(ex, &shown.all);
    if (rights_have(ex->caller.rights, RIGHT_CHANGE)) put_new_system(ex);
    put(ex, "</div>\n");
    frame_end(ex);
}
