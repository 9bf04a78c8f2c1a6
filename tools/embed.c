/* SPDX-License-Identifier: Apache-2.0
 *
 * Host program: turns files into one C source that holds them.
 *
 *     embed OUT.c ROOT FILE...
 *
 * OUT.c defines the table of base/assets.h: one entry {path, bytes, len} a file, the
 * path relative to ROOT, sorted by path. Bytes are written as string literals, which
 * compilers read several times faster than lists of numbers. OUT.c appears whole or
 * not at all. Exits 1 with a message when a file cannot be read or comes twice.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_WIDTH = 80 };

/* A file to embed. */
struct entry {
    const char *file; /* where it is */
    const char *path; /* how it is called in the table */
    size_t len;       /* bytes, once written */
};

static int fail(const char *what, const char *name)
{
    fprintf(stderr, "embed: %s: %s%s%s\n", name, what, errno ? ": " : "",
            errno ? strerror(errno) : "");
    return -1;
}

/* Where in `file` the part below `root` begins; all of it when it is elsewhere. */
static const char *below(const char *root, const char *file)
{
    size_t len = strlen(root);

    while (len > 0 && root[len - 1] == '/')
        len--;
    if (strncmp(file, root, len) == 0 && file[len] == '/') file += len + 1;
    while (strncmp(file, "./", 2) == 0)
        file += 2;
    return file;
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;

    return strcmp(x->path, y->path);
}

/* Writes one byte of a literal and returns how many columns it took. Octal escapes
 * always have three digits, so that a digit may follow; '?' is escaped because of
 * trigraphs. */
static int put_byte(FILE *out, int c)
{
    if (c == '\n') return fprintf(out, "\\n");
    if (c == '"' || c == '\\') return fprintf(out, "\\%c", c);
    if (c >= 0x20 && c < 0x7f && c != '?') return fprintf(out, "%c", c);
    return fprintf(out, "\\%03o", (unsigned)c);
}

/* Writes the content of `entry` as array number `i`, and notes its length. */
static int put_file(FILE *out, struct entry *entry, int i)
{
    FILE *in = fopen(entry->file, "rb");
    int column = 0;
    int c;

    if (!in) return fail("cannot open", entry->file);
    fprintf(out, "\n/* %s */\nstatic const unsigned char file_%d[] =\n    \"",
            entry->path, i);
    while ((c = getc(in)) != EOF) {
        if (column >= LINE_WIDTH) {
            fprintf(out, "\"\n    \"");
            column = 0;
        }
        column += put_byte(out, c);
        entry->len++;
    }
    fprintf(out, "\";\n");
    if (ferror(in)) {
        fail("cannot read", entry->file);
        fclose(in);
        return -1;
    }
    fclose(in);
    return 0;
}

/* Writes all files, then the table. The last, empty entry keeps an empty table legal;
 * it is not counted. */
static int put_all(FILE *out, struct entry *entries, int n)
{
    fprintf(out, "/* Written by tools/embed. Do not edit. */\n"
                 "#include \"base/assets.h\"\n");
    for (int i = 0; i < n; i++) {
        errno = 0;
        if (i > 0 && strcmp(entries[i - 1].path, entries[i].path) == 0)
            return fail("given twice", entries[i].path);
        if (put_file(out, &entries[i], i)) return -1;
    }
    fprintf(out, "\nconst struct asset embed_assets[] = {\n");
    for (int i = 0; i < n; i++)
        fprintf(out, "    {\"%s\", file_%d, %zu},\n", entries[i].path, i,
                entries[i].len);
    fprintf(out, "    {NULL, NULL, 0},\n};\nconst size_t embed_n_assets = %d;\n", n);
    return 0;
}

int main(int argc, char **argv)
{
    int n = argc - 3;
    int failed = 1;
    char temporary[4096];
    struct entry *entries;
    FILE *out;

    if (n < 0) {
        fprintf(stderr, "usage: embed OUT.c ROOT FILE...\n");
        return 2;
    }
    entries = calloc((size_t)n + 1, sizeof *entries);
    if (!entries) return 1;
    for (int i = 0; i < n; i++) {
        entries[i].file = argv[i + 3];
        entries[i].path = below(argv[2], argv[i + 3]);
    }
    qsort(entries, (size_t)n, sizeof *entries, compare_entries);
    snprintf(temporary, sizeof temporary, "%s.tmp", argv[1]);
    out = fopen(temporary, "wb");
    if (out) {
        failed = put_all(out, entries, n) || ferror(out);
        failed = fclose(out) || failed || rename(temporary, argv[1]);
    }
    if (failed) {
        fail("not written", argv[1]);
        remove(temporary);
    }
    free(entries);
    return failed;
}
