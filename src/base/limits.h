// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H
/*
 * Stated limits on outside bytes, checked before memory is taken for them.
 * docs/model.md repeats them for users; an input beyond one is refused with
 * an error that names the limit.
 */
#define LIMIT_FILE_BYTES   (256u << 20) // one YAML file
#define LIMIT_SCALAR_BYTES (1u << 20)   // one scalar (a key or a value)
#define LIMIT_KEY_BYTES    128u         // one identifier or key
#define LIMIT_DEPTH        64u          // nesting of sequences and mappings
#define LIMIT_NODES        (16u << 20)  // nodes of one document, aliases expanded
#define LIMIT_INCLUDES     64u          // files joined by include
#define LIMIT_ERRORS       200u         // errors shown; the rest are counted
#define LIMIT_GRAPH_NODES  (1u << 28)   // nodes of one attack graph
#define LIMIT_COMPONENTS   (4u << 20)   // components, and likewise flows, of a model
#endif
