// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_LONG_WORK_H
#define WEB_LONG_WORK_H
/*
 * What takes seconds, or much memory: computations of the API, files that are made or
 * read. As many run at once as web_config says (`awai serve --at-once`), whatever they
 * are, since they share processors and memory; who comes while there is no room is told
 * when to come again.
 */
struct exchange;

enum { LONG_WORK_RETRY_S = 5 };

/* 1 if one more may begin: it ends with long_work_leave. 0 after an answer (503). */
int long_work_enter(struct exchange *ex);
void long_work_leave(struct exchange *ex);
#endif
