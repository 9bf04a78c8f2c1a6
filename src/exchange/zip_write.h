// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_ZIP_WRITE_H
#define EXCHANGE_ZIP_WRITE_H
/*
 * Several files as one archive (ZIP), stored as they are: for what is handed over with
 * its pictures. The same files give the same bytes: the archive states no time.
 */
#include "base/buf.h"

struct zip_writer {
    struct buf *out;
    size_t start;      // of the archive in out
    struct buf folder; // what comes at the end: the list of files
    unsigned n;
};

/* Appends an archive to `out`: begin, any files (at most 65,535, 4 GiB in all, names in
 * UTF-8), end. */
void zip_begin(struct zip_writer *z, struct buf *out);
void zip_file(struct zip_writer *z, const char *name, const void *bytes, size_t len);
void zip_end(struct zip_writer *z);
#endif
