// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Measured levels on a terminal; see term_measured.h. */
#include "page/term_measured.h"

enum { INCIDENT_CELLS = 22, STAKEHOLDER_CELLS = 20, LEVEL_CELLS = 12 };

/* A ternary, so that the compiler sees the formats. */
#define IN(term, en, ja) ((term)->lang == LANG_JA ? (ja) : (en))

static const char *level_text(const struct term *term, int axis, int level)
{
    return text_in(choice_text(axis ? &economic_levels : &recovery_levels, level),
                   term->lang);
}

/* "limited -> serious 38%": declared, measured, in how many runs. */
static void put_axis(const struct rehearse_result *r, const struct measured_axis *a,
                     int axis, const struct term *term, struct buf *out)
{
    char text[128];
    if (!a->is_measured) {
        snprintf(text, sizeof text, "%s \u2192 \u2014",
                 level_text(term, axis, a->declared));
    } else {
        snprintf(text, sizeof text, "%s \u2192 %s %.0f%%",
                 level_text(term, axis, a->declared),
                 level_text(term, axis, a->measured),
                 100 * (double)a->n_reached / (double)r->plan.runs);
    }
    if (axis == 0)
        term_pad(out, text, 2 * LEVEL_CELLS + 4);
    else
        buf_str(out, text);
}

static void put_row(const struct rehearse_result *r, const struct measured *m,
                    const struct term *term, struct buf *out)
{
    const struct model_data *d = &r->plan.cast->graph->model->m;
    int is_low = m->axes[0].is_low || m->axes[1].is_low;
    buf_str(out, "  ");
    term_pad(out, LIST_AT(d->incidents, struct incident, m->incident)->entry.id,
             INCIDENT_CELLS);
    term_pad(out,
             LIST_AT(d->stakeholders, struct stakeholder, m->stakeholder)->entry.id,
             STAKEHOLDER_CELLS);
    put_axis(r, &m->axes[0], 0, term, out);
    put_axis(r, &m->axes[1], 1, term, out);
    if (is_low && term->colour) buf_str(out, "\033[31m");
    if (is_low) buf_str(out, IN(term, "  << declared too low", "  << 申告が低い"));
    if (is_low && term->colour) buf_str(out, "\033[0m");
    buf_char(out, '\n');
}

void term_measured(const struct rehearse_result *r, const struct term *term,
                   struct buf *out)
{
    struct measured one;
    buf_printf(out,
               IN(term,
                  "\nMeasured on the twin %s, %llu worlds each, without measures "
                  "(declared \u2192 measured, and in how many of the worlds)\n",
                  "\nツイン %s による実測、各 %llu 試行、対策無し"
                  "(申告→実測と、その水準に達した試行の割合)\n"),
               r->plan.cast->scenario->twin->name, (unsigned long long)r->plan.runs);
    buf_str(out, "  ");
    term_pad(out, IN(term, "incident", "インシデント"), INCIDENT_CELLS);
    term_pad(out, IN(term, "stakeholder", "ステークホルダー"), STAKEHOLDER_CELLS);
    term_pad(out, IN(term, "recovery", "回復困難性"), 2 * LEVEL_CELLS + 4);
    buf_printf(out, "%s\n", IN(term, "economic", "経済的影響"));
    for (size_t i = 0; i < r->n; i++)
        for (uint32_t s = 0; s < r->n_stakeholders; s++)
            if (measured_of(r, &r->items[i], s, &one)) put_row(r, &one, term, out);
}
