// SPDX-License-Identifier: Apache-2.0
/* The options of random worlds; see chance.h. */
#include "cli/chance.h"

#include "attack/model_net.h"
#include "base/share.h"

int chance_read(const struct cli *cli, struct chance *chance)
{
    uint64_t threads = share_threads();
    chance->seed = 1;
    if (cli_whole(cli, "seed", 0, CLI_MOST_SEED, &chance->seed) ||
        cli_whole(cli, "threads", 1, SHARE_MOST_THREADS, &threads))
        return EXIT_USAGE;
    chance->threads = (unsigned)threads;
    return EXIT_FINE;
}

static const struct measure *measure_at(const struct model *m, uint32_t i)
{
    return LIST_AT(m->m.measures, struct measure, i);
}

/* Lists "a (b)" for each measure a in play that refers to a b which is in play, or is
 * not. */
static void list_pairs(const struct model *m, const uint8_t *of, int is_conflict,
                       struct buf *out)
{
    for (uint32_t i = 0; i < m->m.measures.n; i++) {
        const struct measure *x = measure_at(m, i);
        const struct list *refs = is_conflict ? &x->conflicts : &x->requires;
        for (uint32_t k = 0; of[i] && k < refs->n; k++) {
            uint32_t other = LIST_AT(*refs, struct ref, k)->index;
            if (of[other] != is_conflict) continue;
            if (is_conflict && other < i &&
                refs_have(&measure_at(m, other)->conflicts, i))
                continue; // told
            buf_printf(out, "%s%s (%s)", out->len ? ", " : "", x->entry.id,
                       measure_at(m, other)->entry.id);
        }
    }
}

int chance_measures(const struct cli *cli, const struct model *model, const char *set,
                    uint8_t *of)
{
    struct buf clash = {0}, lack = {0};
    const char *wrong = measures_choose(model, set, of);
    if (wrong) return CLI_SAY(cli, MEASURE_SET, text_same(wrong));
    list_pairs(model, of, 1, &clash);
    list_pairs(model, of, 0, &lack);
    if (clash.len) CLI_SAY(cli, MEASURES_CLASH, text_same(buf_text(&clash)));
    if (lack.len) CLI_SAY(cli, MEASURES_LACK, text_same(buf_text(&lack)));
    buf_fini(&clash);
    buf_fini(&lack);
    return EXIT_FINE;
}
