/* SPDX-License-Identifier: Apache-2.0
 *
 * A workbook of one sheet, Components, whose part is any bytes: stored, not packed, so
 * that a fuzzer may change them.
 */
#ifndef AWAI_TESTS_ZIPPED_H
#define AWAI_TESTS_ZIPPED_H

#include <string.h>
#include <zlib.h>

#include "base/buf.h"

static inline void zipped_number(struct buf *out, unsigned long value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(out, (char)(value >> (8 * i) & 0xff));
}

/* What both headers of a file have in common, from the version on. */
static inline void zipped_fields(struct buf *out, const char *name, const void *bytes,
                                 size_t len)
{
    zipped_number(out, 20, 2);
    zipped_number(out, 0, 8); /* flags, stored, time, date */
    zipped_number(out, crc32(0, bytes, (uInt)len), 4);
    zipped_number(out, len, 4);
    zipped_number(out, len, 4);
    zipped_number(out, strlen(name), 2);
    zipped_number(out, 0, 2);
}

static inline void zipped_file(struct buf *out, struct buf *directory, const char *name,
                               const void *bytes, size_t len)
{
    size_t at = out->len;
    zipped_number(out, 0x04034b50, 4);
    zipped_fields(out, name, bytes, len);
    buf_str(out, name);
    buf_add(out, bytes, len);
    zipped_number(directory, 0x02014b50, 4);
    zipped_number(directory, 20, 2);
    zipped_fields(directory, name, bytes, len);
    zipped_number(directory, 0, 6); /* comment, disk, attributes */
    zipped_number(directory, 0, 4);
    zipped_number(directory, at, 4);
    buf_str(directory, name);
}

static inline void zipped_sheet(const void *bytes, size_t len, struct buf *out)
{
    static const char book[] = "<workbook><sheets><sheet name='Components' id='r'/>"
                               "</sheets></workbook>",
                      links[] = "<r><Relationship Id='r' Target='s.xml'/></r>";
    struct buf directory = {0};
    zipped_file(out, &directory, "xl/workbook.xml", book, sizeof book - 1);
    zipped_file(out, &directory, "xl/_rels/workbook.xml.rels", links, sizeof links - 1);
    zipped_file(out, &directory, "xl/s.xml", bytes, len);
    size_t at = out->len;
    buf_add(out, directory.data, directory.len);
    zipped_number(out, 0x06054b50, 4);
    zipped_number(out, 0, 4);
    zipped_number(out, 3, 2);
    zipped_number(out, 3, 2);
    zipped_number(out, directory.len, 4);
    zipped_number(out, at, 4);
    zipped_number(out, 0, 2);
    buf_fini(&directory);
}
#endif
