// SPDX-License-Identifier: Apache-2.0
/*
 * PDF by WeasyPrint; see doc_pdf.h. Input, output and errors of the child are unlinked
 * temporary files, not pipes: no side can wait for the other, and time is the only
 * thing to watch. Pages and fonts take WeasyPrint some seconds, so asking every 20 ms
 * whether it is done costs nothing.
 */
#include "page/doc_pdf.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "page/doc_html.h"
#include "page/svg.h"

enum { EXIT_NOT_FOUND = 127, EXIT_NOT_STARTED = 126 };

// ---- figures ------------------------------------------------------------------------

/* WeasyPrint knows no custom properties in attributes of SVG. */
static const char *plain_colours(const char *svg, struct arena *arena)
{
    struct buf out = {0};
    svg_plain_colours(svg, &out);
    const char *copy = arena_strn(arena, buf_text(&out), out.len);
    buf_fini(&out);
    return copy;
}

static void prepare_figures(struct doc *doc, struct doc_block *b)
{
    if (b->figure)
        for (int lang = 0; lang < N_LANGS; lang++)
            if (b->figure->svg[lang])
                b->figure->svg[lang] = plain_colours(b->figure->svg[lang], doc->arena);
    for (struct doc_block *child = b->first; child; child = child->next)
        prepare_figures(doc, child);
}

// ---- the child ----------------------------------------------------------------------

/* Its three streams. */
struct streams {
    FILE *in, *out, *errors;
};

static int streams_open(struct streams *s, const struct buf *page)
{
    s->in = tmpfile();
    s->out = tmpfile();
    s->errors = tmpfile();
    if (s->in == NULL || s->out == NULL || s->errors == NULL) return -1;
    if (fwrite(page->data, 1, page->len, s->in) != page->len) return -1;
    if (fflush(s->in) != 0) return -1;
    return lseek(fileno(s->in), 0, SEEK_SET) == 0 ? 0 : -1;
}

static void streams_close(struct streams *s)
{
    if (s->in) fclose(s->in);
    if (s->out) fclose(s->out);
    if (s->errors) fclose(s->errors);
}

extern char **environ;

/*
 * Ours, and before it what makes the same page the same bytes: else the day and the
 * time stand in the fonts, and Python orders sets by chance. The array is the caller's.
 */
static char **child_environment(void)
{
    static char time_of_fonts[] = "SOURCE_DATE_EPOCH=946684800";
    static char order_of_sets[] = "PYTHONHASHSEED=0";
    size_t n = 0, at = 2;
    while (environ[n])
        n++;
    char **all = mem_alloc((n + 3) * sizeof *all);
    all[0] = time_of_fonts;
    all[1] = order_of_sets;
    for (size_t i = 0; i < n; i++)
        if (strncmp(environ[i], "SOURCE_DATE_EPOCH=", 18) != 0 &&
            strncmp(environ[i], "PYTHONHASHSEED=", 15) != 0)
            all[at++] = environ[i];
    return all;
}

/* Between fork and exec: only what is safe there. */
_Noreturn static void become_weasyprint(const struct streams *s, char **environment)
{
    static const char *const words[] = {
        "weasyprint", "--quiet", "--encoding", "utf-8", "--optimize-size",
        "fonts",      "-",       "-",          NULL};
    char *arguments[sizeof words / sizeof *words];
    memcpy(arguments, words, sizeof words);
    if (dup2(fileno(s->in), 0) < 0 || dup2(fileno(s->out), 1) < 0 ||
        dup2(fileno(s->errors), 2) < 0)
        _exit(EXIT_NOT_STARTED);
    environ = environment;
    execvp(arguments[0], arguments);
    _exit(errno == ENOENT || errno == EACCES || errno == ENOTDIR ? EXIT_NOT_FOUND
                                                                 : EXIT_NOT_STARTED);
}

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/*
 * Waits for a child; 1 if it ended in time, else it is killed. Where the process
 * ignores SIGCHLD its end is seen, but not how: what it wrote will tell.
 */
static int wait_for(pid_t child, const struct doc_pdf_patience *patience, int *status)
{
    const struct timespec pause = {0, 20000000};
    double end = now_s() + patience->seconds;
    pid_t got;
    while ((got = waitpid(child, status, WNOHANG)) != child && now_s() < end) {
        if (got < 0 && errno == ECHILD) {
            *status = 0;
            return 1;
        }
        if (patience->tick) patience->tick(patience->context);
        nanosleep(&pause, NULL);
    }
    if (got == child) return 1;
    kill(child, SIGKILL);
    while (waitpid(child, status, 0) < 0 && errno == EINTR)
        continue;
    return 0;
}

// ---- what it wrote ------------------------------------------------------------------

static void read_all(FILE *f, struct buf *out)
{
    char piece[1 << 16];
    size_t n;
    rewind(f);
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_add(out, piece, n);
}

/* The last line that is not empty: where a program in Python says what is wrong. */
static void read_last_line(FILE *f, struct buf *out)
{
    struct buf all = {0};
    read_all(f, &all);
    size_t end = all.len;
    while (end > 0 && (unsigned char)all.data[end - 1] <= ' ')
        end--;
    size_t start = end;
    while (start > 0 && all.data[start - 1] != '\n')
        start--;
    if (end > start) buf_add(out, all.data + start, end - start);
    buf_fini(&all);
}

/* What the child's end means; a PDF without its first bytes is none. */
static enum doc_pdf_end judge(int status, const struct streams *s, struct buf *out,
                              struct buf *said)
{
    size_t start = out->len;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == EXIT_NOT_FOUND) return DOC_PDF_ABSENT;
    if (code == 0) read_all(s->out, out);
    if (out->len - start > 5 && memcmp(out->data + start, "%PDF-", 5) == 0)
        return DOC_PDF_DONE;
    out->len = start;
    read_last_line(s->errors, said);
    if (said->len == 0) buf_printf(said, "exit %d", code);
    return DOC_PDF_FAILED;
}

static enum doc_pdf_end run(const struct buf *page,
                            const struct doc_pdf_patience *patience, struct buf *out,
                            struct buf *said)
{
    struct streams s = {0};
    enum doc_pdf_end end = DOC_PDF_SYSTEM;
    char **environment = child_environment();
    int status, why = 0;
    pid_t child = streams_open(&s, page) == 0 ? fork() : -1;
    if (child == 0) become_weasyprint(&s, environment);
    if (child < 0)
        why = errno;
    else if (wait_for(child, patience, &status))
        end = judge(status, &s, out, said);
    else
        end = DOC_PDF_LATE;
    streams_close(&s);
    free(environment);
    errno = why;
    return end;
}

enum doc_pdf_end doc_pdf(struct doc *doc, enum lang lang,
                         const struct doc_pdf_patience *patience, struct buf *out,
                         struct buf *said)
{
    struct buf page = {0};
    doc_only(doc, lang);
    prepare_figures(doc, &doc->root);
    doc_html_print(doc, lang, &page);
    enum doc_pdf_end end = run(&page, patience, out, said);
    int why = errno;
    buf_fini(&page);
    errno = why;
    return end;
}

unsigned doc_pdf_seconds(unsigned usual)
{
    const char *given = getenv("AWAI_PDF_SECONDS");
    unsigned long seconds = given ? strtoul(given, NULL, 10) : 0;
    return seconds > 0 && seconds <= 86400 ? (unsigned)seconds : usual;
}
