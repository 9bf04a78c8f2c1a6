/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to the reader of workbooks, and what it accepts to a small model; then,
 * so that most runs get behind the archive, as the one sheet of a workbook.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "exchange/import.h"
#include "exchange/xlsx.h"

#include "zipped.h"

static const char base_text[] =
    "awai: 1\nsystem: {id: s, name: S}\napplicant: f\n"
    "stakeholders:\n  f:\n    name: F\n    roles: [iot-user]\n"
    "zones:\n  z: {name: Z}\ncomponents:\n  c:\n    name: C\n    kind: plc\n    zone: "
    "z\n";

static void import(const struct catalog *catalog, const void *bytes, size_t len)
{
    const struct import_base base = {"base.yaml", base_text, sizeof base_text - 1,
                                     NULL};
    const struct import_job job = {"fuzz.xlsx", bytes,   len, IMPORT_XLSX,
                                   &base,       catalog, 1};
    struct import_result r;
    import_bytes(&job, &r);
    import_fini(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct catalog *catalog;
    struct buf zip = {0};
    if (catalog == NULL) catalog = assess_read_catalog(NULL);
    import(catalog, bytes, len);
    zipped_sheet(bytes, len, &zip);
    import(catalog, zip.data, zip.len);
    buf_fini(&zip);
    return 0;
}
