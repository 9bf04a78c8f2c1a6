// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Terminal output of an assessment; see term.h. */
#include "page/term.h"

#include <string.h>

#include "page/figure_text.h"

static const char reset[] = "\033[0m", bold[] = "\033[1m", red[] = "\033[1;31m",
                  green[] = "\033[32m", dim[] = "\033[2m";

static void tint(struct buf *out, int colour, const char *code, const char *s)
{
    if (colour) buf_str(out, code);
    buf_str(out, s);
    if (colour) buf_str(out, reset);
}

void term_pad(struct buf *out, const char *s, size_t cells)
{
    size_t len = strlen(s), i = 0, used = 0, width = 0;
    int fits = text_width(s) <= cells;
    while (i < len) {
        unsigned cell = text_cell(text_decode(s + i, len - i, &used));
        if (width + cell + (fits ? 0 : 1) > cells) break;
        width += cell;
        if ((unsigned char)s[i] < 0x20)
            buf_char(out, ' ');
        else
            buf_add(out, s + i, used);
        i += used;
    }
    if (!fits && cells > 0) {
        buf_str(out, "\u2026");
        width++;
    }
    for (; width < cells; width++)
        buf_char(out, ' ');
}

/* ---- lines ----------------------------------------------------------------------- */

enum { DEAREST_BREAK = 300 };

/* Bytes of the escape sequence at s, 0 if there is none. */
static size_t escape_length(const char *s)
{
    const char *end = s[0] == '\033' && s[1] == '[' ? strchr(s, 'm') : NULL;
    return end ? (size_t)(end - s) + 1 : 0;
}

/* An identifier or path stays whole: it may be copied. */
static int may_break(uint32_t before, uint32_t after)
{
    if (before == '-' || before == '_' || before == '/' || after == ' ') return 0;
    return figure_break_cost(before, after) <= DEAREST_BREAK;
}

/* Bytes of the first line of s that fit, without cutting it where it need not be. */
static size_t fitting(const char *s, size_t len, size_t cells)
{
    size_t width = 0, best = 0, used = 0, start = 0; // of a character's escapes
    uint32_t before = 0;
    for (size_t i = 0; i < len; i += used) {
        if ((used = escape_length(s + i))) continue;
        uint32_t c = text_decode(s + i, len - i, &used);
        if (before && may_break(before, c)) best = start;
        width += text_cell(c);
        if (width > cells && c != ' ') return best ? best : i ? i : used;
        before = c;
        start = i + used;
    }
    return len;
}

static void wrap_line(const char *s, size_t len, size_t columns, struct buf *out)
{
    size_t indent = strspn(s, " "), room = columns;
    size_t hang = indent + 2 < columns / 2 ? indent + 2 : 0;
    buf_printf(out, "%*s", (int)indent, "");
    s += indent;
    len -= indent;
    room -= indent < columns ? indent : 0;
    while (len > 0) {
        size_t n = fitting(s, len, room), end = n;
        while (n < len && end > 0 && s[end - 1] == ' ')
            end--;
        buf_add(out, s, end);
        s += n;
        len -= n;
        if (len > 0) buf_printf(out, "\n%*s", (int)hang, "");
        room = columns - hang;
    }
}

void term_wrap(const char *s, size_t columns, struct buf *out)
{
    while (*s) {
        size_t len = strcspn(s, "\n");
        wrap_line(s, len, columns, out);
        s += len;
        if (*s) buf_char(out, *s++);
    }
}

/* ---- map ------------------------------------------------------------------------- */

enum { HEAD = 11, CELL = 16, LEAST_CELL = 4 };

/* Cells within a box of the map. */
static size_t box_cells(const struct term *term)
{
    size_t most = (term->columns > HEAD ? term->columns - HEAD - 1 : 0) / N_LEVELS;
    if (term->columns == 0 || most > CELL) return CELL;
    return most > LEAST_CELL ? most - 1 : LEAST_CELL;
}

static void rule(struct buf *out, size_t cells, const char *left, const char *cross,
                 const char *right)
{
    buf_printf(out, "%*s%s", HEAD, "", left);
    for (int column = 0; column < 4; column++) {
        for (size_t i = 0; i < cells; i++)
            buf_str(out, "\u2500");
        buf_str(out, column < 3 ? cross : right);
    }
    buf_char(out, '\n');
}

/* How grave a cell is, 0 to 3, for its tint. */
static int cell_grade(int recovery, int economic)
{
    int sum = recovery + economic;
    return recovery == LEVEL_NONE && economic == LEVEL_NONE ? 0
           : sum >= 5                                       ? 3
           : sum >= 3                                       ? 2
                                                            : 1;
}

static void map_cell(const struct term_mark *marks, size_t n, int recovery,
                     int economic, const struct term *term, struct buf *out)
{
    static const char *const tints[] = {"", "\033[42;30m", "\033[43;30m",
                                        "\033[41;97m"};
    char text[64] = " ";
    size_t len = 1;
    for (size_t i = 0; i < n; i++) {
        size_t add = strlen(marks[i].letter) + 1;
        if (marks[i].at.recovery != recovery || marks[i].at.economic != economic ||
            len + add >= sizeof text)
            continue;
        memcpy(text + len, marks[i].letter, add - 1);
        len += add;
        text[len - 1] = ' ';
        text[len] = '\0';
    }
    int is_tinted = term->colour && len > 1;
    if (is_tinted) buf_str(out, tints[cell_grade(recovery, economic)]);
    term_pad(out, text, box_cells(term));
    if (is_tinted) buf_str(out, reset);
}

void term_map(const struct term_mark *marks, size_t n, const struct term *term,
              struct buf *out)
{
    enum lang lang = term->lang;
    int ja = lang == LANG_JA, colour = term->colour;
    size_t cells = box_cells(term);
    tint(out, colour, dim,
         ja ? "  第1軸 回復困難性の度合い\n" : "  axis 1: difficulty of recovery\n");
    rule(out, cells, "\u250c", "\u252c", "\u2510");
    for (int recovery = LEVEL_WORST; recovery >= LEVEL_NONE; recovery--) {
        buf_str(out, "  ");
        term_pad(out, text_in(recovery_text(recovery), lang), HEAD - 2);
        for (int economic = LEVEL_NONE; economic <= LEVEL_WORST; economic++) {
            buf_str(out, "\u2502");
            map_cell(marks, n, recovery, economic, term, out);
        }
        buf_str(out, "\u2502\n");
        if (recovery > LEVEL_NONE) rule(out, cells, "\u251c", "\u253c", "\u2524");
    }
    rule(out, cells, "\u2514", "\u2534", "\u2518");
    buf_printf(out, "%*s", HEAD, "");
    for (int economic = LEVEL_NONE; economic <= LEVEL_WORST; economic++) {
        buf_str(out, "  ");
        term_pad(out, text_in(economic_text(economic), lang), cells - 1);
    }
    buf_char(out, '\n');
    buf_printf(out, "%*s", HEAD + 2, "");
    tint(out, colour, dim,
         ja ? "第2軸 経済的影響の度合い\n" : "axis 2: economic impact\n");
}

/* ---- summary --------------------------------------------------------------------- */

static const struct stakeholder *who(const struct assessment *a,
                                     const struct map_row *row)
{
    return LIST_AT(a->model->m.stakeholders, struct stakeholder, row->stakeholder);
}

/* How many of each there are, as "1 flow, 2 measures". */
static void put_counts(const struct model_data *m, enum lang lang, struct buf *out)
{
    const struct {
        uint32_t n;
        const char *one, *many, *ja;
    } counts[] = {
        {m->components.n, "component", "components", "機器"            },
        {m->flows.n,      "flow",      "flows",      "フロー"         },
        {m->incidents.n,  "incident",  "incidents",  "インシデント"},
        {m->measures.n,   "measure",   "measures",   "対策"            },
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        uint32_t n = counts[i].n;
        if (lang == LANG_JA)
            buf_printf(out, "%s%s %u", i ? "、" : "", counts[i].ja, n);
        else
            buf_printf(out, "%s%u %s", i ? ", " : "", n,
                       n == 1 ? counts[i].one : counts[i].many);
    }
    buf_str(out, "\n\n");
}

static void put_title(const struct assessment *a, enum lang lang, int colour,
                      struct buf *out)
{
    const struct model_data *m = &a->model->m;
    tint(out, colour, bold, text_in(m->system.name, lang));
    buf_printf(
        out, "\n%s %s; ", lang == LANG_JA ? "適用主体:" : "applied by",
        text_in(LIST_AT(m->stakeholders, struct stakeholder, m->applicant.index)->name,
                lang));
    put_counts(m, lang, out);
}

enum { NAME_CELLS = 33, LEAST_NAME = 10, POSITION_CELLS = 22, JUDGEMENT_CELLS = 15 };

/* Cells for the names in the legend. */
static size_t name_cells(const struct term *term)
{
    size_t others = 5 + POSITION_CELLS + JUDGEMENT_CELLS;
    if (term->columns == 0 || term->columns >= others + NAME_CELLS) return NAME_CELLS;
    return term->columns > others + LEAST_NAME ? term->columns - others : LEAST_NAME;
}

static void put_position(struct buf *out, struct position p, enum lang lang)
{
    char text[128];
    snprintf(text, sizeof text, "%s × %s", text_in(recovery_text(p.recovery), lang),
             text_in(economic_text(p.economic), lang));
    term_pad(out, text, POSITION_CELLS);
}

static void put_judgement(const struct map_row *row, int is_within,
                          const struct term *term, struct buf *out)
{
    int ja = term->lang == LANG_JA, colour = term->colour;
    if (row->excluded)
        tint(out, colour, dim, ja ? "除外" : "left out, with a reason");
    else if (!row->has_target)
        tint(out, colour, dim, ja ? "目標なし" : "no target");
    else if (is_within)
        tint(out, colour, green, ja ? "\u2713 目標内" : "\u2713 within target");
    else
        tint(out, colour, red, ja ? "! 目標超過" : "! above target");
    buf_char(out, '\n');
}

/* A line of the legend, and one below it where decided measures move the stakeholder.
 */
static void put_row(const struct assessment *a, const struct map_row *row, char letter,
                    const struct term *term, struct buf *out)
{
    char mark[8] = {letter, '\0'};
    size_t cells = name_cells(term);
    buf_str(out, "  ");
    tint(out, term->colour, bold, mark);
    buf_char(out, ' ');
    term_pad(out, text_in(who(a, row)->name, term->lang), cells);
    buf_char(out, ' ');
    put_position(out, row->now, term->lang);
    put_judgement(row, row->within_target, term, out);
    if (memcmp(&row->now, &row->planned, sizeof row->now) == 0) return;
    buf_str(out, "    ");
    term_pad(out,
             term->lang == LANG_JA ? "\u2192 決定済み対策後"
                                   : "\u2192 after decided measures",
             cells);
    buf_char(out, ' ');
    put_position(out, row->planned, term->lang);
    put_judgement(row, row->planned_within, term, out);
}

static void put_map(const struct assessment *a, const struct term *term,
                    struct buf *out)
{
    struct term_mark marks[26];
    size_t n = 0;
    for (uint32_t i = 0; i < a->map.n && n < 26; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        if (row->form) continue;
        marks[n].at = row->now;
        snprintf(marks[n].letter, sizeof marks[n].letter, "%c", (char)('A' + n));
        n++;
    }
    term_map(marks, n, term, out);
    buf_char(out, '\n');
    size_t shown = 0;
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        if (row->form == NULL) {
            put_row(a, row, shown < 26 ? (char)('A' + shown) : ' ', term, out);
            shown++;
        }
    }
}

struct threat_counts {
    uint32_t all, main, open_main, groups;
};

static void put_threats(const struct assessment *a, enum lang lang, int colour,
                        struct buf *out)
{
    struct threat_counts n = {0};
    uint32_t assets = 0, last = GRAPH_NONE;
    for (uint32_t i = 0; i < a->threats.n; i++) {
        const struct threat *t = LIST_AT(a->threats, struct threat, i);
        n.all += !t->excluded;
        n.main += t->main;
        n.open_main += t->main && t->planned == THREAT_OPEN;
        assets += t->asset != last;
        last = t->asset;
    }
    buf_char(out, '\n');
    tint(out, colour, bold, lang == LANG_JA ? "脅威  " : "Threats  ");
    if (lang == LANG_JA)
        buf_printf(out,
                   "%u箇所に%u件(%u種の連鎖)。主要な被害につながるもの%"
                   "u件、うち決定済み対策後も未対策%u件\n",
                   assets, n.all, a->n_groups, n.main, n.open_main);
    else
        buf_printf(
            out,
            "%u at %u components and flows, in %u groups of like chains; %u lead to "
            "an incident above a target, %u of them still open after what is "
            "decided\n",
            n.all, assets, a->n_groups, n.main, n.open_main);
}

static void put_viewpoints(const struct assessment *a, enum lang lang, int colour,
                           struct buf *out)
{
    uint32_t derived[N_VIEWPOINTS + 1] = {0}, open[N_VIEWPOINTS + 1] = {0},
                                    adopted[N_VIEWPOINTS + 1] = {0};
    int ja = lang == LANG_JA;
    for (uint32_t i = 0; i < a->requirements.n; i++) {
        const struct requirement_result *r =
            LIST_AT(a->requirements, struct requirement_result, i);
        int v = LIST_AT(a->catalog->c.requirements, struct requirement, r->requirement)
                    ->viewpoint;
        derived[v] += !r->excluded;
        adopted[v] += r->adopted && !r->excluded;
        open[v] += (uint32_t)requirement_is_open(r);
    }
    tint(out, colour, bold, ja ? "対策要件\n" : "Requirements\n");
    for (int v = 1; v <= N_VIEWPOINTS; v++) {
        if (a->demanded[v] == STRENGTH_NONE) continue;
        buf_printf(out,
                   ja ? "  第%dの観点 (%s): 導出 %u、採用 %u、未採用 "
                      : "  viewpoint %d (confirmed %s): %u derived, %u adopted, ",
                   v, text_in(choice_text(&strengths, a->demanded[v]), lang),
                   derived[v], adopted[v]);
        char text[32];
        snprintf(text, sizeof text, ja ? "%u" : "%u open", open[v]);
        tint(out, colour, open[v] ? red : green, text);
        buf_char(out, '\n');
    }
}

static void put_open_requirements(const struct assessment *a, enum lang lang,
                                  struct buf *out)
{
    uint32_t shown = 0, open = 0;
    for (uint32_t i = 0; i < a->requirements.n; i++) {
        const struct requirement_result *r =
            LIST_AT(a->requirements, struct requirement_result, i);
        const struct requirement *q =
            LIST_AT(a->catalog->c.requirements, struct requirement, r->requirement);
        if (!requirement_is_open(r)) continue;
        open++;
        if (shown++ < 5)
            buf_printf(out, "    %2u. %s (%s)\n", r->rank, text_in(q->name, lang),
                       q->entry.id);
    }
    if (open > 5)
        buf_printf(out, lang == LANG_JA ? "    ほか%u件\n" : "    and %u more\n",
                   open - 5);
}

static void put_decisions(const struct assessment *a, enum lang lang, int colour,
                          struct buf *out)
{
    uint32_t orphaned = 0, overdue = 0;
    for (uint32_t i = 0; i < a->decisions.n; i++) {
        const struct decision_result *d =
            LIST_AT(a->decisions, struct decision_result, i);
        orphaned += d->state == SUBJECT_ORPHANED;
        overdue += d->overdue;
    }
    tint(out, colour, bold, lang == LANG_JA ? "意思決定  " : "Decisions  ");
    buf_printf(out,
               lang == LANG_JA ? "%u件、対象を失ったもの%u件、期限切れ%u件\n"
                               : "%u, %u without subject, %u overdue\n",
               a->decisions.n, orphaned, overdue);
    if (a->assumptions.n)
        buf_printf(out,
                   lang == LANG_JA
                       ? "既定値による仮定 %u件 (--json の assumptions に一覧)\n"
                       : "%u properties were taken from defaults (listed under "
                         "\"assumptions\" in --json)\n",
                   a->assumptions.n);
}

/* Incidents that count nowhere, lest they be taken for harmless; and other warnings. */
static void put_warnings(const struct assessment *a, enum lang lang, int colour,
                         struct buf *out)
{
    int ja = lang == LANG_JA;
    size_t n = a->diags.n_warnings + a->model->diags.n_warnings;
    for (uint32_t i = 0; i < a->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(a->incidents, struct incident_result, i);
        const struct incident *x =
            LIST_AT(a->model->m.incidents, struct incident, r->incident);
        if (r->reached || r->excluded) continue;
        tint(out, colour, red,
             ja ? "! 攻撃の連鎖が到達せずマップに数えないインシデント: "
                : "! reached by no chain, so not on the map: ");
        buf_printf(out, "%s (%s)\n", text_in(x->name, lang), x->entry.id);
    }
    if (n)
        buf_printf(out,
                   ja ? "警告 %zu件 (`awai check` で表示)\n"
                      : "%zu warnings (`awai check` shows them)\n",
                   n);
}

void term_summary(const struct assessment *a, const struct term *term, struct buf *out)
{
    enum lang lang = term->lang;
    int colour = term->colour;
    put_title(a, lang, colour, out);
    put_map(a, term, out);
    put_threats(a, lang, colour, out);
    put_viewpoints(a, lang, colour, out);
    put_open_requirements(a, lang, out);
    put_decisions(a, lang, colour, out);
    put_warnings(a, lang, colour, out);
}
