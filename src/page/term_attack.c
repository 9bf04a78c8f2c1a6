// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* An attack simulation on a terminal; see term_attack.h. */
#include "page/term_attack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Ways are told of so many targets; needs as many. */
enum { MOST_TOLD = 12, MOST_NEEDS = 4 };
enum { SHARE_CELLS = 9, INTERVAL_CELLS = 18, DAYS_CELLS = 9 };

struct writer {
    const struct attack *a;
    const struct term *term;
    struct buf *out;
    struct arena arena;
};

/* A ternary, so that the compiler sees the formats. */
#define IN(w, en, ja) ((w)->term->lang == LANG_JA ? (ja) : (en))

/* What the numbers leave of a line. */
static size_t name_cells(const struct writer *w)
{
    enum {
        NUMBERS = SHARE_CELLS + INTERVAL_CELLS + 3 * DAYS_CELLS,
        LEAST = 16,
        MOST = 44
    };
    size_t columns = w->term->columns;
    if (columns == 0 || columns > NUMBERS + MOST) return MOST;
    return columns > NUMBERS + LEAST ? columns - NUMBERS : LEAST;
}

static const char *title(struct writer *w, uint32_t node)
{
    struct text t = w->a->names.title(w->a->names.of, node, &w->arena);
    return text_in(t, w->term->lang);
}

/* Right-aligned. */
static void put_cell(struct writer *w, const char *s, size_t cells)
{
    size_t width = text_width(s);
    for (size_t i = width; i < cells; i++)
        buf_char(w->out, ' ');
    buf_str(w->out, s);
}

/* A share as percent with two or three digits that mean something. */
static void print_share(char *text, size_t size, double share)
{
    double percent = 100 * share;
    int decimals = percent >= 99.95 || percent <= 0 ? 0
                   : percent >= 10                  ? 1
                   : percent >= 1                   ? 2
                                                    : 3;
    snprintf(text, size, "%.*f%%", decimals, percent);
}

static void put_share(struct writer *w, const struct tally_target *t, uint64_t n)
{
    char share[24], low[24], high[24], interval[64];
    double ends[2];
    dist_share_interval(t->reached, n, ends);
    print_share(low, sizeof low, ends[0]);
    print_share(high, sizeof high, ends[1]);
    print_share(share, sizeof share, n ? (double)t->reached / (double)n : 0);
    snprintf(interval, sizeof interval, "%s\u2013%s", low, high);
    put_cell(w, share, SHARE_CELLS);
    put_cell(w, interval, INTERVAL_CELLS);
}

/* Days with two digits that mean something; a dash where it never happens. */
static void put_days(struct writer *w, double days)
{
    char text[32];
    if (days >= HUGE_VAL)
        snprintf(text, sizeof text, "\u2014");
    else
        snprintf(text, sizeof text,
                 days >= 99.5   ? "%.0f"
                 : days >= 9.95 ? "%.1f"
                                : "%.2f",
                 days);
    put_cell(w, text, DAYS_CELLS);
}

static void put_head(struct writer *w)
{
    const struct tally *t = w->a->tally;
    buf_printf(w->out, IN(w, "%llu worlds, seed %llu", "試行%llu回、乱数の種%llu"),
               (unsigned long long)t->trials, (unsigned long long)w->a->plan->seed);
    if (w->a->set) buf_printf(w->out, IN(w, "; measures: %s", "。対策: %s"), w->a->set);
    if (w->a->is_stopped) buf_str(w->out, IN(w, "; ended early", "。途中で終了"));
    buf_str(w->out, "\n\n");
    term_pad(w->out, "", name_cells(w));
    put_cell(w, IN(w, "reached", "到達"), SHARE_CELLS);
    put_cell(w, IN(w, "95% interval", "95%信頼区間"), INTERVAL_CELLS);
    put_cell(w, IN(w, "days: 5%", "日数: 5%"), DAYS_CELLS);
    put_cell(w, "50%", DAYS_CELLS);
    put_cell(w, "95%", DAYS_CELLS);
    buf_char(w->out, '\n');
}

static void put_target(struct writer *w, uint32_t i, uint64_t *bins)
{
    static const double quantiles[] = {0.05, 0.5, 0.95};
    const struct tally *t = w->a->tally;
    struct tally_target total = tally_total(t, i, bins);
    term_pad(w->out, title(w, w->a->plan->targets[i]), name_cells(w));
    put_share(w, &total, t->trials);
    for (size_t q = 0; q < sizeof quantiles / sizeof *quantiles; q++)
        put_days(w, tally_quantile(t, &total, t->trials, quantiles[q]));
    buf_char(w->out, '\n');
}

static void put_way(struct writer *w, uint32_t target)
{
    size_t n_ways = 0, n = 0;
    uint64_t n_reached = 0;
    uint32_t *nodes = NULL;
    char share[24];
    struct attack_way *ways = attack_ways(w->a->tally, target, &n_ways, &n_reached);
    if (n_ways == 0) return;
    n = attack_way(w->a, target, ways[0].first, &nodes);
    print_share(share, sizeof share, (double)ways[0].count / (double)n_reached);
    buf_printf(
        w->out,
        IN(w, "  most frequent way of %zu (%s)\n", "  %zu通りのうち最も多い経路(%s)\n"),
        n_ways, share);
    for (size_t i = 0; i < n; i++)
        buf_printf(w->out, "    %2zu. %s\n", i + 1, title(w, nodes[i]));
    free(nodes);
    free(ways);
}

static void put_needs(struct writer *w, uint32_t target)
{
    size_t n = 0;
    char share[24];
    struct attack_need *needs = attack_needs(w->a, target, ATTACK_NEED_SHARE, &n);
    if (n)
        buf_str(w->out,
                IN(w, "  most attacks need\n", "  多くの攻撃が必要とするもの\n"));
    for (size_t i = 0; i < n && i < MOST_NEEDS; i++) {
        print_share(share, sizeof share, needs[i].share);
        buf_printf(w->out, "    %6s %s\n", share, title(w, needs[i].node));
    }
    free(needs);
}

static void put_details(struct writer *w, uint32_t target)
{
    buf_printf(w->out, "\n%s\n", title(w, w->a->plan->targets[target]));
    put_way(w, target);
    put_needs(w, target);
}

/* What was too rare for the worlds run, by splitting. */
static void put_rare(struct writer *w)
{
    int is_first = 1;
    for (uint32_t i = 0; w->a->rare && i < w->a->tally->n_targets; i++) {
        const struct rare *r = &w->a->rare[i];
        if (r->n_levels == 0) continue;
        if (is_first)
            buf_str(w->out, IN(w, "\nRare, by multilevel splitting\n",
                               "\n稀なもの(多段分岐法による)\n"));
        is_first = 0;
        term_pad(w->out, title(w, w->a->plan->targets[i]), name_cells(w));
        buf_printf(w->out, "%9.2g   %.2g\u2013%.2g\n", r->probability, r->ci95[0],
                   r->ci95[1]);
    }
}

void term_attack(const struct attack *a, const struct term *term, struct buf *out)
{
    struct writer w = {a, term, out, {0}};
    const struct tally *t = a->tally;
    uint64_t *bins = mem_alloc(t->n_bins * sizeof *bins);
    double none[2];
    char share[24];
    put_head(&w);
    for (uint32_t i = 0; i < t->n_targets; i++)
        put_target(&w, i, bins);
    dist_share_interval(0, t->trials, none);
    print_share(share, sizeof share, none[1]);
    buf_printf(out,
               IN(&w, "\nWhat was never reached may still be as likely as %s.\n",
                  "\n一度も到達しなかったものの確率も、最大%sはあり得る。\n"),
               share);
    put_rare(&w);
    for (uint32_t i = 0; t->n_targets <= MOST_TOLD && i < t->n_targets; i++) {
        struct tally_target total = tally_total(t, i, bins);
        if (total.reached) put_details(&w, i);
    }
    arena_fini(&w.arena);
    free(bins);
}

/* ---- comparison -------------------------------------------------------------------
 */

static void print_points(char *text, size_t size, double difference)
{
    double points = 100 * difference, size_of = fabs(points);
    snprintf(text, size, "%+.*f",
             size_of >= 9.95    ? 1
             : size_of >= 0.995 ? 2
                                : 3,
             points);
}

static void put_difference(struct writer *w, const struct tally_pair *pair, uint64_t n)
{
    char text[24], low[24], high[24], interval[64];
    double ends[2];
    print_points(text, sizeof text, tally_difference(pair, n, ends));
    print_points(low, sizeof low, ends[0]);
    print_points(high, sizeof high, ends[1]);
    snprintf(interval, sizeof interval, "%s to %s", low, high);
    put_cell(w, text, SHARE_CELLS);
    put_cell(w, interval, INTERVAL_CELLS);
}

void term_attack_compare(const struct attack_comparison *c, const struct term *term,
                         struct buf *out)
{
    struct writer w = {&c->attack, term, out, {0}};
    const struct tally *tallies = c->result->tallies;
    uint64_t *bins = mem_alloc(tallies[0].n_bins * sizeof *bins);
    buf_printf(out,
               IN(&w, "%llu worlds, seed %llu; measures: A %s, B %s\n\n",
                  "試行%llu回、乱数の種%llu。対策: A %s、B %s\n\n"),
               (unsigned long long)tallies[0].trials,
               (unsigned long long)c->attack.plan->seed, c->sets[0], c->sets[1]);
    term_pad(out, "", name_cells(&w));
    put_cell(&w, "A", SHARE_CELLS);
    put_cell(&w, "B", SHARE_CELLS);
    put_cell(&w, "B - A", SHARE_CELLS);
    put_cell(&w, IN(&w, "95% interval", "95%信頼区間"), INTERVAL_CELLS);
    buf_char(out, '\n');
    for (uint32_t i = 0; i < tallies[0].n_targets; i++) {
        term_pad(out, title(&w, c->attack.plan->targets[i]), name_cells(&w));
        for (int k = 0; k < 2; k++) {
            struct tally_target total = tally_total(&tallies[k], i, bins);
            char share[24];
            print_share(share, sizeof share,
                        (double)total.reached / (double)tallies[k].trials);
            put_cell(&w, share, SHARE_CELLS);
        }
        put_difference(&w, &c->result->pairs[i], tallies[0].trials);
        buf_char(out, '\n');
    }
    arena_fini(&w.arena);
    free(bins);
}
