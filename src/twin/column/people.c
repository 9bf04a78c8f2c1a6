// SPDX-License-Identifier: Apache-2.0
/* Who is hurt by a blast; see people.h. */
#include "twin/column/people.h"

#include <math.h>

#include "twin/column/blast.h"

/* From a pressure on: probabilities that somebody is killed, gravely hurt or worse, and
 * hurt at all. */
struct harm_row {
    double from_kpa, dead, grave, any;
};

/* Eardrum, lung, half die (HHS REMM; twins.md). A torn eardrum does not heal without
 * leaving something behind, so it is grave. Judgement: a tenth with blast lung die. */
static const struct harm_row outdoors[] = {
    {34.5, 0,   1, 1},
    {103,  0.1, 1, 1},
    {345,  0.5, 1, 1},
};

/* Window glass, walls that partly collapse, total destruction (Clancey 1972).
 * Judgement: at Iwakuni-Ohtake in 2012 windows of hundreds of houses broke and some
 * twenty people were hurt, nearly all slightly; of those under a wall a tenth are
 * gravely hurt and one in a hundred dies; in what is destroyed half die. */
static const struct harm_row indoors[] = {
    {2.07, 0,    0.001, 0.02},
    {13.8, 0.01, 0.1,   0.4 },
    {68.9, 0.5,  1,     1   },
};

double people_blast_kpa(double tnt_kg, double distance_m)
{
    if (!(tnt_kg > 0)) return 0;
    return blast_overpressure_kpa(tnt_kg, blast_nearest_m(tnt_kg, distance_m));
}

static void count(const struct harm_row *rows, double kpa, double luck,
                  struct casualties *to)
{
    const struct harm_row *at = NULL;
    for (int i = 0; i < 3 && kpa >= rows[i].from_kpa; i++)
        at = &rows[i];
    if (at == NULL || luck >= at->any) return;
    if (luck < at->dead)
        to->dead++;
    else if (luck < at->grave)
        to->grave++;
    else
        to->slight++;
}

/* Three numbers for each: where he is, whether under a roof, and how he fares. */
struct casualties people_hurt(const struct stage *s, const struct people *p,
                              double tnt_kg)
{
    struct casualties sum = {0, 0, 0};
    uint32_t n = (uint32_t)lround(fmin(PEOPLE_MOST, fmax(0, p->n)));
    for (uint32_t i = 0; i < n; i++) {
        double u = stage_luck(s, p->name, 3 * i);
        double distance_m = p->nearest_m + u * (p->farthest_m - p->nearest_m);
        int is_indoors = stage_luck(s, p->name, 3 * i + 1) < p->indoors;
        count(is_indoors ? indoors : outdoors, people_blast_kpa(tnt_kg, distance_m),
              stage_luck(s, p->name, 3 * i + 2), &sum);
    }
    return sum;
}
