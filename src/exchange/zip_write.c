// SPDX-License-Identifier: Apache-2.0
/* Archives of stored files; see zip_write.h and PKWARE's APPNOTE, 4.3. */
#include "exchange/zip_write.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

enum {
    VERSION = 20, // that is needed to unpack it
    NAMES_ARE_UTF8 = 0x800,
    FIRST_DAY = 0x21, // 1980-01-01, the earliest that there is
};

static void put_number(struct buf *out, uint32_t value, int n_bytes)
{
    for (int i = 0; i < n_bytes; i++)
        buf_char(out, (char)(value >> 8 * i & 0xff));
}

/* What stands before a file and in the list alike: from the version to the lengths. */
static void put_about(struct buf *out, uint32_t sum, size_t len, size_t n_name)
{
    put_number(out, VERSION, 2);
    put_number(out, NAMES_ARE_UTF8, 2);
    put_number(out, 0, 2); // stored
    put_number(out, 0, 2); // midnight
    put_number(out, FIRST_DAY, 2);
    put_number(out, sum, 4);
    put_number(out, (uint32_t)len, 4);
    put_number(out, (uint32_t)len, 4);
    put_number(out, (uint32_t)n_name, 2);
    put_number(out, 0, 2); // nothing extra
}

void zip_begin(struct zip_writer *z, struct buf *out)
{
    *z = (struct zip_writer){.out = out, .start = out->len};
}

void zip_file(struct zip_writer *z, const char *name, const void *bytes, size_t len)
{
    uint32_t at = (uint32_t)(z->out->len - z->start);
    uint32_t sum = (uint32_t)crc32_z(0, bytes, len);
    size_t n_name = strlen(name);
    buf_add(z->out, "PK\3\4", 4);
    put_about(z->out, sum, len, n_name);
    buf_add(z->out, name, n_name);
    buf_add(z->out, bytes, len);
    buf_add(&z->folder, "PK\1\2", 4);
    put_number(&z->folder, VERSION, 2);
    put_about(&z->folder, sum, len, n_name);
    put_number(&z->folder, 0, 2); // no comment
    put_number(&z->folder, 0, 2); // the first disk
    put_number(&z->folder, 0, 2);
    put_number(&z->folder, 0, 4);
    put_number(&z->folder, at, 4);
    buf_add(&z->folder, name, n_name);
    z->n++;
}

void zip_end(struct zip_writer *z)
{
    uint32_t at = (uint32_t)(z->out->len - z->start);
    buf_add(z->out, buf_text(&z->folder), z->folder.len);
    buf_add(z->out, "PK\5\6", 4);
    put_number(z->out, 0, 4); // one disk
    put_number(z->out, z->n, 2);
    put_number(z->out, z->n, 2);
    put_number(z->out, (uint32_t)z->folder.len, 4);
    put_number(z->out, at, 4);
    put_number(z->out, 0, 2); // no comment
    buf_fini(&z->folder);
}
