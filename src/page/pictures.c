// SPDX-License-Identifier: Apache-2.0
/* The names of pictures; see pictures.h. */
#include "page/pictures.h"

#include <string.h>

#include "page/figure.h"
#include "page/report_int.h"

const struct picture picture_table[] = {
#define PICTURE(name, en, ja, on_sheet, needs)                                         \
    {name, {{en, ja}}, on_sheet, PICTURE_NEEDS_##needs},
#include "page/pictures.def"
#undef PICTURE
};
const size_t picture_n = sizeof picture_table / sizeof *picture_table;

const char picture_words[] = PICTURE_SHEET
#define PICTURE(name, en, ja, on_sheet, needs) " " name
#include "page/pictures.def"
#undef PICTURE
    ;

const struct picture *picture_find(const char *name, size_t len)
{
    for (size_t i = 0; i < picture_n; i++)
        if (strlen(picture_table[i].name) == len &&
            strncmp(picture_table[i].name, name, len) == 0)
            return &picture_table[i];
    return NULL;
}

int picture_is_assessed(const struct picture *p)
{
    return p->needs < PICTURE_NEEDS_ATTACK;
}

int picture_may_be(const struct picture *p, const struct assessment *a)
{
    const struct report r = {.a = a, .m = &a->model->m};
    switch (p->needs) {
    case PICTURE_NEEDS_NOTHING:
    case PICTURE_NEEDS_REHEARSAL: break;
    case PICTURE_NEEDS_SIZE: return figure_is_collapsed(a);
    case PICTURE_NEEDS_CHAINS: return report_n_chains(&r) > 0;
    case PICTURE_NEEDS_ATTACK: return r.m->attackers.n && r.m->incidents.n;
    case PICTURE_NEEDS_RISK: return report_has_risk(&r);
    case PICTURE_NEEDS_PLAN: return report_has_plan(&r);
    }
    return 1;
}
