// SPDX-License-Identifier: Apache-2.0
/* Libraries loaded late; see library.h. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

int library_load(const char *file, const struct library_call *calls, size_t n)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return 0;
    for (size_t i = 0; i < n; i++) {
        void *call = dlsym(library, calls[i].name);
        if (call == NULL) return 0;
        // a pointer to a function is not assigned from one to an object
        memcpy(calls[i].to, &call, sizeof call);
    }
    return 1;
}
