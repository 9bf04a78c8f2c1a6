// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_MAL_H
#define ATTACK_MAL_H
/*
 * Reads an attack graph of MAL, the Meta Attack Language, as mal-toolbox 2.x writes it
 * (JSON or YAML), and makes a net of it.
 *
 *     attack_steps:
 *       "Host:connect":
 *         type: or | and | defense | exist | notExist
 *         ttc: an expression, or null
 *         children: {ID: NAME, ...}; parents likewise
 *         existence_status: true | false, of exist and notExist
 *
 * An expression is a distribution {type: function, name, arguments}, a number {type:
 * number, value}, or an operation {type: addition | subtraction | multiplication |
 * division | exponentiation, lhs, rhs}. Distributions: Bernoulli(p), Binomial(n, p),
 * Exponential(rate), Gamma(shape, scale), LogNormal(mean, deviation of the logarithm),
 * Pareto(min, shape), TruncatedNormal(mean, deviation), Uniform(min, max), and the
 * named classes of MAL. Times are in days.
 *
 * A defense is enabled with the probability of its Bernoulli; then it shuts what
 * depends on it. An attack step without expression takes no time; a defense without is
 * disabled. What is not understood is an error that names the step.
 */
#include "attack/net.h"
#include "base/diag.h"
#include "base/intern.h"

/* Owns everything in it. */
struct mal {
    struct arena arena;
    struct diag_list diags;
    struct net net;      // without attackers
    const char **names;  // of its nodes, in the order of the file
    struct strmap nodes; // by name
};

/* Never NULL; look at diags.n_errors before the rest. */
struct mal *mal_read(const char *path);
/* The same from text, which is copied; `path` is how messages call it. */
struct mal *mal_read_text(const char *path, const char *text, size_t len);
void mal_free(struct mal *m);
#endif
