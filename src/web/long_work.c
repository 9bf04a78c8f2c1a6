// SPDX-License-Identifier: Apache-2.0
/* How much long work there may be at once; see long_work.h. */
#include "web/long_work.h"

#include "web/web_int.h"

int long_work_enter(struct exchange *ex)
{
    struct web *web = ex->web;
    pthread_mutex_lock(&web->lock);
    int may = web->n_long < web->at_once;
    web->n_long += may ? 1 : 0;
    pthread_mutex_unlock(&web->lock);
    if (may) return 1;
    ex->answer.retry_s = LONG_WORK_RETRY_S;
    web_problem(ex, DIAG_REQUEST_BUSY, NULL);
    return 0;
}

void long_work_leave(struct exchange *ex)
{
    pthread_mutex_lock(&ex->web->lock);
    ex->web->n_long--;
    pthread_mutex_unlock(&ex->web->lock);
}
