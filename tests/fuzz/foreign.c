/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to the readers of other tools' models; what they accept is exported again
 * in both forms.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "exchange/export.h"
#include "exchange/import.h"

static void export_again(const struct catalog *catalog, const struct import_result *in)
{
    struct model *m = model_read_text("fuzz.yaml", in->text.data, in->text.len);
    catalog_bind(catalog, m);
    for (int kind = EXPORT_OTM; kind <= EXPORT_THREAT_DRAGON && !m->diags.n_errors;
         kind++) {
        struct export_result out;
        export_model(m, catalog, (enum export_kind)kind, LANG_JA, &out);
        export_fini(&out);
    }
    model_free(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct catalog *catalog;
    if (catalog == NULL) catalog = assess_read_catalog(NULL);
    for (int kind = IMPORT_OTM; kind <= IMPORT_THREAT_DRAGON; kind++) {
        const struct import_job job = {"fuzz", bytes,   len, (enum import_kind)kind,
                                       NULL,   catalog, 1};
        struct import_result r;
        import_bytes(&job, &r);
        if (r.text.len) export_again(catalog, &r);
        import_fini(&r);
    }
    return 0;
}
