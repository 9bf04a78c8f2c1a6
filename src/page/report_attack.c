// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Chapter 4, for models that state attackers: how likely and how soon incidents are
 * reached, by the attack simulation, without measures and with those decided.
 */
#include <math.h>
#include <stdlib.h>

#include "attack/model_net.h"
#include "base/share.h"
#include "page/figure.h"
#include "page/figure_times.h"
#include "page/report_int.h"

enum { TRIALS = 20000, SEED = 1 };

const char *const report_sets[2] = {"none", "decided"};
const struct text report_set_names[2] = {
    {{"without measures", "対策なし"}},
    {{"with the measures decided", "決定済みの対策あり"}}};

struct simulation {
    uint32_t *targets, n;
    struct net nets[2]; // none, decided
    struct sim_comparison result;
    uint64_t *bins;
};

static void simulate(struct report *r, struct simulation *s)
{
    const struct graph *g = r->a->graph;
    uint8_t *measures = mem_alloc(r->m->measures.n + 1);
    s->n = g->n_incidents;
    s->targets = mem_alloc((s->n + 1) * sizeof *s->targets);
    for (uint32_t i = 0; i < s->n; i++)
        s->targets[i] = g->first_node[g->first_incident + i];
    for (int k = 0; k < 2; k++) {
        measures_choose(g->model, report_sets[k], measures);
        s->nets[k] = model_net(g, measures, HUGE_VAL);
    }
    struct sim_plan plan = {.net = &s->nets[0],
                            .targets = s->targets,
                            .n_targets = s->n,
                            .seed = SEED,
                            .n_trials = TRIALS,
                            .threads = share_threads()};
    s->result = sim_compare(&plan, &s->nets[1]);
    s->bins = mem_alloc(s->result.tallies[0].n_bins * sizeof *s->bins);
    free(measures);
}

static void simulation_fini(struct simulation *s)
{
    sim_comparison_fini(&s->result);
    net_fini(&s->nets[0]);
    net_fini(&s->nets[1]);
    free(s->targets);
    free(s->bins);
}

/* ---- attackers --------------------------------------------------------------------
 */

static struct text number(struct report *r, double value)
{
    return report_string(arena_printf(r->arena, "%g", value));
}

static struct text estimate(struct report *r, const struct estimate *e)
{
    if (!e->min.is_set) return number(r, e->mode.value);
    return FILL(r, TEXT("{0} ({1} to {2})", "{0}({1}～{2})"), number(r, e->mode.value),
                number(r, e->min.value), number(r, e->max.value));
}

static void add_attacker(struct report *r, struct doc_table *t,
                         const struct attacker *a)
{
    doc_row(r->doc, t, report_anchor(r, "attacker", a->entry.id));
    struct doc_cell *cell = doc_cell(r->doc, t);
    doc_strong(r->doc, doc_cell_line(r->doc, cell), a->name);
    doc_soft(r->doc, doc_line(r->doc, &cell->lines), a->description);
    if (a->provenance.source)
        doc_soft(r->doc, doc_line(r->doc, &cell->lines),
                 report_string(a->provenance.source));
    cell = doc_cell(r->doc, t);
    for (uint32_t i = 0; i < a->origins.n; i++)
        doc_text(r->doc, doc_line(r->doc, &cell->lines),
                 LIST_AT(r->c->origins, const struct origin,
                         LIST_AT(a->origins, const struct ref, i)->index)
                     ->name);
    doc_cell_text(r->doc, t, estimate(r, &a->campaigns));
    doc_cell_text(r->doc, t,
                  a->skill.mode.is_set ? estimate(r, &a->skill) : number(r, 1));
    doc_cell_text(r->doc, t, number(r, a->patience.value));
}

static void add_attackers(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Attacker", "攻撃者", DOC_WIDE, DOC_START),
        COLUMN("Starts from", "起点", DOC_MIDDLE, DOC_START),
        COLUMN("Campaigns a year", "年間の攻撃活動", DOC_NARROW, DOC_START),
        COLUMN("Skill", "技量", DOC_NARROW, DOC_END),
        COLUMN("Patience, days", "忍耐(日)", DOC_NARROW, DOC_END),
    };
    struct doc_block *s =
        doc_section(r->doc, chapter, "attackers", TEXT("Attackers", "攻撃者"));
    struct doc_table *t =
        doc_table(r->doc, s, TEXT("Attackers and their campaigns", "攻撃者と攻撃活動"),
                  columns, 5, 0);
    for (uint32_t i = 0; i < r->m->attackers.n; i++)
        add_attacker(r, t, LIST_AT(r->m->attackers, const struct attacker, i));
}

/* ---- incidents --------------------------------------------------------------------
 */

static void add_share(struct report *r, struct doc_table *t, const struct tally *tally,
                      uint64_t reached)
{
    double ends[2];
    struct doc_cell *cell = doc_cell(r->doc, t);
    dist_share_interval(reached, tally->trials, ends);
    doc_strong(r->doc, doc_cell_line(r->doc, cell),
               report_percent(r, (double)reached / (double)tally->trials));
    doc_soft(r->doc, doc_line(r->doc, &cell->lines),
             FILL(r, TEXT("{0} to {1}", "{0}～{1}"), report_percent(r, ends[0]),
                  report_percent(r, ends[1])));
}

static void add_median(struct report *r, struct doc_table *t, const struct tally *tally,
                       const struct tally_target *total)
{
    double days = tally_quantile(tally, total, total->reached, 0.5);
    doc_cell_text(r->doc, t,
                  total->reached ? report_string(arena_printf(r->arena, "%.1f", days))
                                 : report_string("\u2014"));
}

static void add_incident(struct report *r, struct doc_table *t, struct simulation *s,
                         uint32_t i)
{
    const struct graph *g = r->a->graph;
    uint32_t index = g->assets[g->first_incident + i].index;
    const struct incident *x = report_incident(r, index);
    doc_row(r->doc, t, report_anchor(r, "likelihood", x->entry.id));
    doc_link(r->doc, report_cell(r, t), x->name,
             report_target(r, "incident", x->entry.id));
    for (int k = 0; k < 2; k++) {
        const struct tally *tally = &s->result.tallies[k];
        struct tally_target total = tally_total(tally, i, s->bins);
        add_share(r, t, tally, total.reached);
        if (k == 1) add_median(r, t, tally, &total);
    }
}

static void add_figure(struct report *r, struct doc_block *s,
                       const struct simulation *x)
{
    struct text *names = arena_array(r->arena, x->n + 1, sizeof *names);
    const struct graph *g = r->a->graph;
    for (uint32_t i = 0; i < x->n; i++)
        names[i] = report_incident(r, g->assets[g->first_incident + i].index)->name;
    struct doc_figure *f =
        doc_figure(r->doc, s,
                   TEXT("Share of campaigns that have reached each incident, by days",
                        "各インシデントに到達した攻撃活動の割合と日数"));
    struct times_set before = {&x->result.tallies[0], report_set_names[0]},
                     after = {&x->result.tallies[1], report_set_names[1]};
    report_tell(r);
    for (int lang = 0; lang < N_LANGS; lang++) {
        struct buf out = {0};
        if (figure_times(&before, &after, names, (enum lang)lang, &out))
            f->svg[lang] = arena_str(r->arena, buf_text(&out));
        buf_fini(&out);
    }
}

static void add_paths(struct report *r, struct doc_block *s, const struct simulation *x)
{
    double *load = arena_array(r->arena, r->a->graph->n_assets + 1, sizeof *load);
    figure_attack_load(r->a->graph, &x->result.tallies[1], load);
    struct doc_figure *f = NULL;
    for (int lang = 0; lang < N_LANGS; lang++) {
        struct buf out = {0};
        if (figure_attacks(r->a, load, (enum lang)lang, &out)) {
            if (f == NULL)
                f = doc_figure(r->doc, s,
                               TEXT("Where the successful attacks pass, with the "
                                    "measures decided",
                                    "成功した攻撃の通過箇所(決定済みの対策のもとで)"));
            f->svg[lang] = arena_str(r->arena, buf_text(&out));
        }
        buf_fini(&out);
    }
}

static void add_incidents(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Incident", "インシデント", DOC_WIDE, DOC_START),
        COLUMN("Reached without measures", "対策なしで到達", DOC_NARROW, DOC_END),
        COLUMN("With the measures decided", "決定済みの対策で到達", DOC_NARROW,
               DOC_END),
        COLUMN("Median days, where reached", "到達時の日数の中央値", DOC_NARROW,
               DOC_END),
    };
    struct simulation x = {0};
    simulate(r, &x);
    struct doc_block *s =
        doc_section(r->doc, chapter, "likelihood",
                    TEXT("How likely and how soon incidents are reached",
                         "インシデントに至る確率と日数"));
    struct doc_table *t =
        doc_table(r->doc, s,
                  TEXT("Share of campaigns that reach an incident, with 95% intervals",
                       "インシデントに到達する攻撃活動の割合(95%信頼区間)"),
                  columns, 4, 0);
    for (uint32_t i = 0; i < x.n; i++)
        add_incident(r, t, &x, i);
    add_figure(r, s, &x);
    add_paths(r, s, &x);
    simulation_fini(&x);
}

void report_attack(struct report *r)
{
    if (r->m->attackers.n == 0 || r->m->incidents.n == 0) return;
    struct doc_block *chapter =
        doc_chapter(r->doc, "likelihood-and-time",
                    TEXT("Likelihood and time", "起こりやすさと時間"));
    doc_say(
        r->doc, chapter, DOC_NOTE,
        FILL(r,
             TEXT("Beyond the framework, which leaves likelihood out: {0} simulated "
                  "campaigns, each of one attacker in a world of its own. What it "
                  "rests on, times to compromise, attackers and how well measures "
                  "hold, is judged where no source is named. It does not move the "
                  "map.",
                  "起こりやすさを扱わないフレームワークを超えた部分である。{0}"
                  "回の攻撃活動のシミュレーションに基づく。所要時間、攻撃者、対策の"
                  "有効性は、出典の無いものは判断による。マップには影響しない。"),
             report_number(r, TRIALS)));
    add_attackers(r, chapter);
    add_incidents(r, chapter);
}
