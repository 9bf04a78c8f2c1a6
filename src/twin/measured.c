// SPDX-License-Identifier: Apache-2.0
/* Measured levels beside the declared ones; see measured.h. */
#include "twin/measured.h"

static struct measured_axis axis_of(const struct rehearse_result *r,
                                    const struct rehearsed *x, uint32_t stakeholder,
                                    int axis, int declared)
{
    uint64_t counts[N_LEVELS];
    struct measured_axis a = {.declared = (uint8_t)declared};
    a.is_measured =
        rehearse_measures(r->plan.cast, x->play->incident, stakeholder, axis);
    rehearse_levels(r, x, 0, stakeholder, axis, counts);
    a.measured = (uint8_t)rehearse_measured(counts);
    for (int i = a.measured; i < N_LEVELS; i++)
        a.n_reached += counts[i];
    a.is_low = a.is_measured && a.declared < a.measured;
    a.is_high = a.is_measured && a.declared > a.measured;
    return a;
}

int measured_of(const struct rehearse_result *r, const struct rehearsed *x,
                uint32_t stakeholder, struct measured *m)
{
    const struct cast *c = r->plan.cast;
    uint32_t incident = x->play->incident;
    const struct harm *h = rehearse_declared(c, incident, stakeholder);
    if (!rehearse_concerns(c, incident, stakeholder)) return 0;
    *m = (struct measured){.incident = incident, .stakeholder = stakeholder};
    m->axes[0] = axis_of(r, x, stakeholder, 0, h ? h->recovery : LEVEL_NONE);
    m->axes[1] = axis_of(r, x, stakeholder, 1, h ? h->economic : LEVEL_NONE);
    return 1;
}

static void put_axis(struct json *j, const struct rehearse_result *r, int axis,
                     const struct measured_axis *a)
{
    const struct choice_set *names = axis ? &economic_levels : &recovery_levels;
    double interval[2];
    dist_share_interval(a->n_reached, r->plan.runs, interval);
    json_in(j, axis ? "economic" : "recovery", '{');
    json_put(j, "declared", choice_name(names, a->declared));
    json_put(j, "measured", a->is_measured ? choice_name(names, a->measured) : NULL);
    json_key(j, "share");
    json_double(j, (double)a->n_reached / (double)r->plan.runs);
    json_in(j, "interval", '[');
    json_double(j, interval[0]);
    json_double(j, interval[1]);
    json_close(j, ']');
    json_put_bool(j, "declared_too_low", a->is_low);
    json_close(j, '}');
}

void measured_json(const struct rehearse_result *r, struct json *j)
{
    const struct model_data *m = &r->plan.cast->graph->model->m;
    struct measured one;
    json_in(j, "measured", '{');
    json_put(j, "twin", r->plan.cast->scenario->twin->name);
    json_put_int(j, "runs", (long long)r->plan.runs);
    json_put_int(j, "seed", (long long)r->plan.seed);
    json_in(j, "levels", '[');
    for (size_t i = 0; i < r->n * r->n_stakeholders; i++) {
        uint32_t s = (uint32_t)(i % r->n_stakeholders);
        if (!measured_of(r, &r->items[i / r->n_stakeholders], s, &one)) continue;
        json_open(j, '{');
        json_put(j, "incident",
                 LIST_AT(m->incidents, struct incident, one.incident)->entry.id);
        json_put(j, "stakeholder",
                 LIST_AT(m->stakeholders, struct stakeholder, s)->entry.id);
        put_axis(j, r, 0, &one.axes[0]);
        put_axis(j, r, 1, &one.axes[1]);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}
