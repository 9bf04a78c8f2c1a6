// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * awai report: the assessment of one system as a file to hand over. What kind of file
 * is a table of endings; all but JSON are written from the same document.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/words.h"
#include "cli/meter.h"
#include "cli/output.h"
#include "cli/rehearsal.h"
#include "exchange/grid.h"
#include "exchange/template.h"
#include "page/doc_html.h"
#include "page/doc_json.h"
#include "page/doc_md.h"
#include "page/doc_pdf.h"
#include "page/doc_svg.h"
#include "page/doc_xlsx.h"
#include "page/extract.h"
#include "page/pictures.h"
#include "page/report.h"

/* What a format is written from. */
struct job {
    struct cli *cli;
    const char *path; // of the file; NULL for standard output
    const struct assessment *assessment;
    const struct rehearsal_runs *runs;
    struct buf *out;
    enum extract_kind extract; // of what, and of which
    const char *extract_id;
    struct report_template *template; // or NULL
    const struct picture *figure;     // or NULL: the sheet
};

/* ---- progress ----------------------------------------------------------------- */

static void show_progress(void *context, unsigned k, unsigned n)
{
    struct meter *meter = context;
    if (!meter_is_due(meter)) return;
    fprintf(stderr,
            meter->lang == LANG_JA ? METER_LINE "図を作成中 %u／%u"
                                   : METER_LINE "drawing figure %u of %u",
            k, n);
    fflush(stderr);
}

/* ---- formats ------------------------------------------------------------------ */

static int write_html(const struct job *job, struct doc *doc)
{
    doc_html(doc, job->cli->lang, job->out);
    return EXIT_FINE;
}

/* A folder of pictures beside the file: its name without the ending, and "-figures". */
struct pictures {
    const struct cli *cli;
    struct buf folder; // its path
    int code;          // EXIT_FINE until one could not be written
};

static void take_picture(void *context, const char *name, const char *svg)
{
    struct pictures *x = context;
    struct buf path = {0}, text = {0};
    if (x->code != EXIT_FINE) return;
    buf_printf(&path, "%s/%s", buf_text(&x->folder), name);
    buf_str(&text, svg);
    if (mkdir(buf_text(&x->folder), 0777) != 0 && errno != EEXIST)
        x->code = CLI_SAY(x->cli, CANNOT_WRITE, text_same(buf_text(&x->folder)),
                          words_error(errno));
    else
        x->code = output_file(x->cli, buf_text(&path), &text);
    buf_fini(&text);
    buf_fini(&path);
}

static int write_md(const struct job *job, struct doc *doc)
{
    struct pictures x = {.cli = job->cli};
    size_t stem = strlen(job->path) - strlen(strrchr(job->path, '.'));
    buf_printf(&x.folder, "%.*s-figures", (int)stem, job->path);
    const char *base = strrchr(buf_text(&x.folder), '/');
    const struct doc_md_pictures pictures = {base ? base + 1 : buf_text(&x.folder),
                                             take_picture, &x};
    doc_md(doc, job->cli->lang, &pictures, job->out);
    buf_fini(&x.folder);
    return x.code;
}

/* The tables of the document, then the model itself, which awai import reads back. */
static int write_xlsx(const struct job *job, struct doc *doc)
{
    const struct text path = text_same(job->path);
    enum lang lang = job->cli->lang;
    size_t n_long = 0;
    const struct doc_grid *grids =
        grid_make(&job->assessment->model->m, lang, doc->arena, &n_long);
    size_t n = job->extract ? 0 : grid_n_sheets; // an extract is not the model
    switch (doc_xlsx_with(doc, grids, n, lang, job->out)) {
    case DOC_XLSX_DONE: return EXIT_FINE;
    case DOC_XLSX_ABSENT: return CLI_SAY(job->cli, XLSX_ABSENT, path);
    case DOC_XLSX_FAILED: break;
    }
    return CLI_SAY(job->cli, CANNOT_WRITE, path, words_error(errno));
}

/* Long enough for some thousand pages. */
enum { PDF_SECONDS = 900 };

static void show_pdf(void *context)
{
    struct meter *meter = context;
    if (!meter_is_due(meter)) return;
    fprintf(stderr,
            meter->lang == LANG_JA ? METER_LINE "WeasyPrintが組版中 %.0f秒"
                                   : METER_LINE "WeasyPrint lays out the pages: %.0f s",
            cli_seconds() - meter->start_s);
    fflush(stderr);
}

/* What became of the PDF; errno and `said` are as doc_pdf left them. */
static int tell_pdf(const struct job *job, enum doc_pdf_end end, unsigned limit,
                    const char *said)
{
    const struct text path = text_same(job->path);
    char seconds[16];
    snprintf(seconds, sizeof seconds, "%u", limit);
    switch (end) {
    case DOC_PDF_DONE: return EXIT_FINE;
    case DOC_PDF_ABSENT: return CLI_SAY(job->cli, PDF_ABSENT, path);
    case DOC_PDF_LATE: return CLI_SAY(job->cli, PDF_LATE, path, text_same(seconds));
    case DOC_PDF_FAILED: return CLI_SAY(job->cli, PDF_FAILED, path, text_same(said));
    case DOC_PDF_SYSTEM: break;
    }
    return CLI_SAY(job->cli, CANNOT_WRITE, path, words_error(errno));
}

static int write_pdf(const struct job *job, struct doc *doc)
{
    struct buf said = {0};
    struct meter meter;
    const struct doc_pdf_patience patience = {doc_pdf_seconds(PDF_SECONDS), show_pdf,
                                              &meter};
    meter_start(&meter, job->cli);
    enum doc_pdf_end end = doc_pdf(doc, job->cli->lang, &patience, job->out, &said);
    int why = errno;
    double seconds = meter_end(&meter);
    if (job->cli->show_times) fprintf(stderr, "time: %-8s %8.3f s\n", "pdf", seconds);
    if (said.len) text_clean(said.data);
    errno = why;
    int code = tell_pdf(job, end, patience.seconds, buf_text(&said));
    buf_fini(&said);
    return code;
}

/* The sheet, or the pictures of a name. */
static int write_svg(const struct job *job, struct doc *doc)
{
    const char *name = job->figure ? job->figure->name : NULL;
    struct buf names = {0};
    int code = EXIT_FINE;
    if (doc_svg(doc, job->cli->lang, name, job->out) == 0 && name) {
        doc_svg_names(doc, &names);
        code = CLI_SAY(job->cli, FIGURE_ABSENT, text_same(name),
                       text_same(names.len ? buf_text(&names) : NULL));
    }
    buf_fini(&names);
    return code;
}

/* The tables of an extract; of the whole there is the JSON of awai assess. */
static int write_json(const struct job *job, struct doc *doc)
{
    doc_json(doc, job->cli->lang, job->out);
    return EXIT_FINE;
}

/* Endings of file names; the first is what standard output gets. Without `write`: the
 * JSON of awai assess. */
static const struct format {
    const char *ending;
    int (*write)(const struct job *job, struct doc *doc);
} formats[] = {
    {".html", write_html},
    {".htm",  write_html},
    {".pdf",  write_pdf },
    {".xlsx", write_xlsx},
    {".md",   write_md  },
    {".svg",  write_svg },
    {".json", NULL      },
};
enum { N_FORMATS = sizeof formats / sizeof *formats };

/* The format that a path's ending names, or NULL. */
static const struct format *find_format(const char *path)
{
    size_t len = path ? strlen(path) : 0;
    if (path == NULL) return &formats[0];
    for (size_t i = 0; i < N_FORMATS; i++) {
        size_t tail = strlen(formats[i].ending);
        if (len > tail && strcmp(path + len - tail, formats[i].ending) == 0)
            return &formats[i];
    }
    return NULL;
}

static int refuse_name(const struct cli *cli, const char *path)
{
    struct buf endings = {0};
    for (size_t i = 0; i < N_FORMATS; i++)
        buf_printf(&endings, "%s%s", i ? ", " : "", formats[i].ending);
    int code =
        CLI_SAY(cli, REPORT_NAME, text_same(path), text_same(buf_text(&endings)));
    buf_fini(&endings);
    return code;
}

/* ---- one picture ---------------------------------------------------------------- */

static int wants_list(const struct cli *cli)
{
    const char *name = cli_option(cli, "figure");
    return name && strcmp(name, "help") == 0;
}

/* The picture of --figure, if given; with it alone, standard output gets SVG. */
static int read_figure(struct cli *cli, struct job *job, const struct format **format)
{
    const char *name = cli_option(cli, "figure");
    if (name == NULL || wants_list(cli)) return EXIT_FINE;
    if (job->path == NULL) *format = find_format("x.svg");
    if ((*format)->write != write_svg)
        return CLI_SAY(cli, FIGURE_FORMAT, text_same(job->path));
    job->figure = picture_find(name, strlen(name));
    if (job->figure || strcmp(name, PICTURE_SHEET) == 0) return EXIT_FINE;
    return CLI_SAY(cli, FIGURE_OPTION, text_same(name), text_same(picture_words));
}

/* --figure help: the names; with an assessment, those that its report may have. */
static void list_figures(struct cli *cli, const struct assessment *a)
{
    buf_printf(&cli->out, "%-16s %s\n", PICTURE_SHEET,
               text_in(TEXT("those that sum up, on one sheet",
                            "要約となる図を1枚にまとめたもの"),
                       cli->lang));
    for (size_t i = 0; i < picture_n; i++)
        if (a == NULL || picture_may_be(&picture_table[i], a))
            buf_printf(&cli->out, "%-16s %s\n", picture_table[i].name,
                       text_in(picture_table[i].text, cli->lang));
}

/* ---- all ---------------------------------------------------------------------- */

static int write_document(const struct job *job, const struct format *format)
{
    int (*write)(const struct job *job, struct doc *doc) =
        format->write ? format->write : write_json;
    const struct rehearsal_runs *x = job->runs;
    const struct report_rehearsal rehearsal = {x->result, x->matrix, x->compatibility};
    struct meter meter;
    const struct report_progress progress = {show_progress, &meter};
    struct arena arena = {0};
    meter_start(&meter, job->cli);
    int is_assessed = job->figure && picture_is_assessed(job->figure);
    struct doc *doc =
        is_assessed
            ? report_build_assessed(job->assessment, &arena, &progress)
            : report_build_rehearsed(job->assessment, x->result ? &rehearsal : NULL,
                                     &arena, &progress);
    double seconds = meter_end(&meter);
    if (job->extract)
        extract_apply(doc, job->assessment, job->extract, job->extract_id,
                      job->template == NULL);
    if (job->template) template_apply(job->template, doc);
    int code = write(job, doc);
    if (job->cli->show_times)
        fprintf(stderr, "time: %-8s %8.3f s\n", "report", seconds);
    doc_fini(doc);
    arena_fini(&arena);
    return code;
}

static int write_report(const struct job *job, const struct format *format)
{
    int code = EXIT_FINE;
    if (format->write || job->extract)
        code = write_document(job, format);
    else
        assess_json_with(job->assessment, job->out, rehearsal_json, job->runs->result);
    if (code == EXIT_FINE && job->path)
        code = output_file(job->cli, job->path, job->out);
    return code;
}

/* The extract that is asked for, if any: one at most, of what the model has. */
static int find_extract(const struct cli *cli, const struct model_data *m,
                        struct job *job)
{
    static const struct {
        const char *option;
        enum extract_kind kind;
    } rows[] = {
        {"component",   EXTRACT_COMPONENT  },
        {"stakeholder", EXTRACT_STAKEHOLDER},
        {"supplier",    EXTRACT_SUPPLIER   },
    };
    const char *before = NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *id = cli_option(cli, rows[i].option);
        if (id == NULL) continue;
        if (before)
            return CLI_SAY(cli, NOT_BOTH, text_same(before), text_same(rows[i].option));
        if (!extract_has(m, rows[i].kind, id))
            return CLI_SAY(cli, EXTRACT, text_same(id), extract_name(rows[i].kind),
                           text_same(extract_nearest(m, rows[i].kind, id)));
        job->extract = rows[i].kind;
        job->extract_id = id;
        before = rows[i].option;
    }
    return EXIT_FINE;
}

/* The logo that a template names, from its folder. */
static int read_logo(struct cli *cli, const char *path, struct report_template *t)
{
    struct buf name = {0}, bytes = {0};
    const char *slash = strrchr(path, '/');
    buf_add(&name, path, slash ? (size_t)(slash - path) + 1 : 0);
    buf_str(&name, t->t.cover.logo);
    int code = output_read(cli, buf_text(&name), &bytes);
    if (code == EXIT_FINE) template_take_logo(t, buf_text(&bytes), bytes.len);
    buf_fini(&name);
    buf_fini(&bytes);
    return code;
}

/* Reads --template, if given, and says what is wrong with it. */
static int read_template(struct cli *cli, struct job *job)
{
    const char *path = cli_option(cli, "template");
    struct buf text = {0};
    if (path == NULL) return EXIT_FINE;
    int code = output_read(cli, path, &text);
    if (code == EXIT_FINE) {
        job->template = template_read_text(path, buf_text(&text), text.len);
        code = cli_report(cli, &job->template->diags);
    }
    if (code == EXIT_FINE && job->template->t.cover.logo) {
        code = read_logo(cli, path, job->template);
        if (code == EXIT_FINE) code = cli_report(cli, &job->template->diags);
        if (code == EXIT_FINE) cli_print(cli, &job->template->diags, 1);
    }
    buf_fini(&text);
    return code;
}

/* Writes the report, once all that is asked for is known. */
static int make_report(struct cli *cli, struct job *job, const struct format *format,
                       struct cli_system *system)
{
    struct rehearsal_runs x = {0};
    struct buf file = {0};
    int code =
        (format->write ? rehearsal_run_all : rehearsal_run)(cli, system->graph, &x);
    job->assessment = system->assessment;
    job->runs = &x;
    job->out = job->path ? &file : &cli->out;
    if (code == EXIT_FINE) code = write_report(job, format);
    buf_fini(&file);
    rehearsal_fini(&x);
    return code;
}

static int run_report(struct cli *cli)
{
    const char *path = cli_option(cli, "output");
    struct cli_system system = {0};
    if (path && strcmp(path, "-") == 0) path = NULL;
    const struct format *format = find_format(path);
    if (format == NULL) return refuse_name(cli, path);
    if (cli->n_args == 0 && !wants_list(cli))
        return CLI_SAY(cli, ARGUMENTS_WANTED, text_same("report"), text_same("FILE"));
    struct job job = {.cli = cli, .path = path};
    int code = read_figure(cli, &job, &format);
    if (code == EXIT_FINE) code = read_template(cli, &job);
    if (code == EXIT_FINE && cli->n_args)
        code = cli_load(cli, cli->args[0], &system, 0);
    if (code == EXIT_FINE && wants_list(cli))
        list_figures(cli, system.assessment);
    else if (code == EXIT_FINE &&
             (code = find_extract(cli, &system.model->m, &job)) == EXIT_FINE)
        code = make_report(cli, &job, format, &system);
    template_free(job.template);
    cli_unload(&system);
    return code;
}

static const struct option options[] = {
    {"output",
     "FILE",              {{"write to FILE, as its ending says: .html (also the default, standard output), "
       ".pdf, .xlsx, .md, .svg, .json",
       "FILEに、拡張子の示す形式で書き出す: "
       ".html、.pdf、.xlsx、.md、.svg、.json。既定は標準出力にHTML"}}                                      },
    {"figure",
     "NAME",              {{"of an SVG: the pictures of this name, not the sheet; `help` lists them",
       "SVGのとき、この名前の図だけを書き出す。一覧は help"}}                                       },
    {"rehearse",
     "RUNS",              {{"also rehearse the incidents on the digital twin, in so many worlds each, and "
       "add a chapter about it; default: no rehearsal",
       "インシデントをデジタルツインで各RUNS回試行し、その章を加える。既定ではリハーサ"
       "ルを行わない"}}                                                                                            },
    {"template",
     "FILE",              {{"the organization's own form of the report: cover, logo, order, headings",
       "組織独自の様式（表紙、ロゴ、章の順序、見出し）を用いる"}}                             },
    {"component",
     "ID",                {{"only what is about one component: an extract to hand over",
       "1つの機器に関する部分だけの抜粋にする"}}                                                         },
    {"stakeholder",
     "ID",                {{"only what is about one stakeholder, and what it owns or runs",
       "1つのステークホルダーと、その所有・運用する機器に関する部分だけの抜粋にする"}}},
    {"supplier",
     "NAME",              {{"only what is about the components that name this supplier",
       "供給者がNAMEである機器に関する部分だけの抜粋にする"}}                                     },
    {NULL,          NULL, {{NULL, NULL}}                                                                                             },
};

const struct command command_report = {
    "report",
    run_report,
    "FILE",
    0, // --figure help needs none
    1,
    options,
    {{"the assessment as one file to hand over: HTML, PDF, XLSX, Markdown, SVG, JSON",
      "評価結果を1つのファイルにまとめる: HTML、PDF、XLSX、Markdown、SVG、JSON"}},
    "awai report usecases/gas-water-heater/model.yaml -o build/report.html",
};
