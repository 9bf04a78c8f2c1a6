// SPDX-License-Identifier: Apache-2.0
#include "exchange/import_int.h"
void import_otm(const struct import_job *job, struct import_result *r)
{
    (void)job, (void)r;
}
void import_threat_dragon(const struct import_job *job, struct import_result *r)
{
    (void)job, (void)r;
}
