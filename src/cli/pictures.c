// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The figures of rehearsals as files; see pictures.h. */
#include "cli/pictures.h"

#include "cli/output.h"
#include "page/figure_rehearse.h"

typedef int figure_of_view(const struct rehearse_view *v, enum lang lang,
                           struct buf *out);

static int write_one(const struct cli *cli, const struct rehearse_view *v,
                     figure_of_view *draw, const char *name, const char *id)
{
    struct buf svg = {0}, path = {0};
    buf_printf(&path, id ? "%s-%s" : "%s", name, id);
    int code = draw(v, cli->lang, &svg) ? output_figure(cli, buf_text(&path), &svg)
                                        : EXIT_FINE;
    buf_fini(&path);
    buf_fini(&svg);
    return code;
}

static int write_items(const struct cli *cli, struct rehearse_view *v)
{
    const struct list *incidents = &v->result->plan.cast->graph->model->m.incidents;
    int code = EXIT_FINE;
    for (size_t i = 0; i < v->result->n && code == EXIT_FINE; i++) {
        v->item = &v->result->items[i];
        const char *id =
            LIST_AT(*incidents, struct incident, v->item->play->incident)->entry.id;
        code = write_one(cli, v, figure_rehearse_twin, "rehearse-twin", id);
        if (code == EXIT_FINE)
            code = write_one(cli, v, figure_rehearse_run, "rehearse-run", id);
    }
    return code;
}

int pictures_write(const struct cli *cli, const struct rehearse_result *r,
                   const struct rehearse_matrix *m, const char *set)
{
    struct rehearse_again again = {0};
    struct arena arena = {0};
    if (cli_option(cli, "svg") == NULL) return EXIT_FINE;
    struct rehearse_view v = {
        .result = r,
        .matrix = m,
        .names = {TEXT("without measures", "対策なし"),
                  figure_rehearse_set(set, &arena)},
        .again = &again
    };
    int code = write_one(cli, &v, figure_rehearse_map, "rehearse-map", NULL);
    if (code == EXIT_FINE)
        code = write_one(cli, &v, figure_rehearse_matrix, "rehearse-matrix", NULL);
    if (code == EXIT_FINE) code = write_items(cli, &v);
    rehearse_again_fini(&again);
    arena_fini(&arena);
    return code;
}
