// SPDX-License-Identifier: Apache-2.0
/* What the portfolio says of a system; see view_summary. */
#include <string.h>

#include "assess/standing.h"
#include "web/web_int.h"

static struct text copy_text(struct text t, struct arena *a)
{
    for (int i = 0; i < N_LANGS; i++)
        if (t.in[i]) t.in[i] = arena_str(a, t.in[i]);
    return t;
}

int summary_is_of(const struct summary *s, int32_t today)
{
    return s->day <= today && (s->next_date == 0 || s->next_date >= today);
}

/* The worst of all stakeholders, and how many are above their target. */
static void look_at_map(struct summary *s, const struct assessment *a)
{
    const struct map_row *row = a->map.items;
    for (uint32_t i = 0; i < a->map.n; i++) {
        if (row[i].form) continue;
        if (row[i].planned.recovery > s->planned.recovery)
            s->planned.recovery = row[i].planned.recovery;
        if (row[i].planned.economic > s->planned.economic)
            s->planned.economic = row[i].planned.economic;
        s->n_above += row[i].has_target && !row[i].within_target && !row[i].excluded;
    }
}

/* A date by which something is to be done: past, or the next one. */
static void note_date(struct summary *s, int32_t date, int32_t today)
{
    if (date == 0) return;
    if (date < today)
        s->n_overdue++;
    else if (s->next_date == 0 || date < s->next_date)
        s->next_date = date;
}

static void look_at_dates(struct summary *s, const struct assessment *a)
{
    const struct model_data *m = &a->model->m;
    for (uint32_t i = 0; i < m->decisions.n; i++)
        note_date(s, LIST_AT(m->decisions, struct decision, i)->review_by, a->today);
    for (uint32_t i = 0; i < m->exclusions.n; i++)
        note_date(s, LIST_AT(m->exclusions, struct exclusion, i)->review_by, a->today);
    for (uint32_t i = 0; i < m->measures.n; i++) {
        const struct measure *me = LIST_AT(m->measures, struct measure, i);
        if (me->status < STATUS_IMPLEMENTED) note_date(s, me->due, a->today);
    }
}

void summary_fill(struct summary *s, const struct view *v, struct arena *a)
{
    const struct assessment *as = v->assessment;
    uint32_t n = as->catalog->c.requirements.n;
    char *standing = arena_alloc(a, (size_t)n + 1);
    standings_of(as, (uint8_t *)standing);
    for (uint32_t k = 0; k < n; k++)
        standing[k] = (char)('0' + standing[k]);
    s->name = copy_text(v->model->m.system.name, a);
    s->worst = as->worst;
    s->is_assessed = 1;
    s->day = as->today;
    s->standing = standing;
    memcpy(s->demanded, as->demanded, sizeof s->demanded);
    look_at_map(s, as);
    look_at_dates(s, as);
}
