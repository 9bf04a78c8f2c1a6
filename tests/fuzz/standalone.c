/* SPDX-License-Identifier: Apache-2.0
 *
 * A main for fuzz targets where libFuzzer is not: feeds files to the target, so that
 * every input ever found is an ordinary test.
 *
 *     TARGET FILE|FOLDER...
 *
 * Folders are read one level deep, in the order of names. Each input lies in a block of
 * exactly its size, so that a sanitizer sees every byte read beyond it. The name of
 * each file is printed before it runs; the last one printed is the culprit of a crash.
 * Exits 1 if a file cannot be read or there is none.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Runs the target on one file; 0 if it could be read. */
static int feed_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    struct stat info;
    uint8_t *bytes = NULL;
    size_t len = 0;
    int failed = 1;

    printf("# %s\n", path);
    fflush(stdout);
    if (!in || stat(path, &info)) goto out;
    len = (size_t)info.st_size;
    bytes = malloc(len > 0 ? len : 1);
    if (!bytes || fread(bytes, 1, len, in) != len) goto out;
    LLVMFuzzerTestOneInput(bytes, len);
    failed = 0;
out:
    if (failed) fprintf(stderr, "%s: cannot read\n", path);
    free(bytes);
    if (in) fclose(in);
    return failed;
}

static int not_hidden(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Runs the target on a file or on the files of a folder; counts them in *n_files. */
static int feed(const char *path, int *n_files)
{
    struct dirent **entries = NULL;
    struct stat info;
    int failed = 0;
    int n;

    if (stat(path, &info) == 0 && !S_ISDIR(info.st_mode)) {
        ++*n_files;
        return feed_file(path);
    }
    n = scandir(path, &entries, not_hidden, alphasort);
    if (n < 0) {
        fprintf(stderr, "%s: cannot read\n", path);
        return 1;
    }
    for (int i = 0; i < n; i++) {
        char file[4096];

        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        failed |= feed_file(file);
        ++*n_files;
        free(entries[i]);
    }
    free(entries);
    return failed;
}

int main(int argc, char **argv)
{
    int n_files = 0;
    int failed = 0;

    for (int i = 1; i < argc; i++)
        failed |= feed(argv[i], &n_files);
    printf("# %d inputs\n", n_files);
    if (n_files == 0) fprintf(stderr, "no inputs: a target needs a corpus\n");
    return failed || n_files == 0;
}
