/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to the reader of rules files; what it accepts judges a small system. The
 * catalog and the system are made once.
 */
#include <stdint.h>
#include <stdlib.h>

#include "assess/rules.h"
#include "world.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct world world;
    if (world.catalog == NULL) world = world_open(WORLD_MODEL, 20260101);

    struct rules *rules =
        rules_read_text("fuzz.yaml", (const char *)bytes, len, world.catalog);
    if (rules->diags.n_errors == 0 && world.assessment) {
        struct diag_list out = {0};
        struct rules_result result = rules_evaluate(rules, world.assessment);
        rules_report(&result, rules, world.assessment, &out);
        rules_result_fini(&result);
        diag_fini(&out);
    }
    rules_free(rules);
    return 0;
}
