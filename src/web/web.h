// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_WEB_H
#define WEB_WEB_H
/*
 * The workbench as a server: pages and an API over a store. On the loopback it is for
 * one person, where everybody may do everything who can talk to it, pages of other
 * sites excepted; or there are accounts (access.h), as any other address demands.
 *
 * It runs in threads of its own until web_close, which lets requests end that have
 * begun. Signals are the caller's business: block them before web_open.
 */
#include "catalog/catalog.h"
#include "web/request.h"

struct web_config {
    struct listen_address listen;
    const char *store;              // file
    const struct catalog *catalog;  // without errors; only looked at
    int32_t (*today)(void);         // yyyymmdd, which review dates are compared with
    FILE *log;                      // a line a request, or NULL
    enum lang lang;                 // of what the server itself writes into the store
    int with_accounts;              // demand them, even while there are none
    const char *owner_of;           // make a link to own this workspace, or NULL
    const char *tls_cert, *tls_key; // files in PEM, or NULL both
    int may_be_behind_tls;          // something before us may speak TLS
    const char *const *hosts;       // names of this server besides its address
    size_t n_hosts;
    unsigned at_once; // of what takes long (long_work.h); 0: none is done
    unsigned seconds; // how long each may take
};

struct web;

/*
 * Opens the store, seeds an empty one with the use cases, and listens. NULL after an
 * error in d. What config points to must outlive it.
 */
struct web *web_open(const struct web_config *config, struct diag_list *d);

/* "http://127.0.0.1:8787/": where it listens. */
const char *web_address(const struct web *web);

/* The address of the link that makes an owner, for whoever has started the server and
 * nobody else; NULL if there is none. In memory that lives as long as the server. */
const char *web_owner_link(const struct web *web);

/* The table of routes: method, pattern, the right that is needed (access/rights.h) and
 * "api" or "page", by tabs, a line a route. */
void web_routes_list(struct buf *out);

/* Listens no more, waits for what has begun, gives everything back. NULL is fine. */
void web_close(struct web *web);
#endif
