// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_STEPS_H
#define RISK_STEPS_H
/*
 * Which attack steps carry the risk: how much of it passes through a step, and how much
 * of it would go if the step were impossible. From the worlds of the attack simulation
 * under the measures in play; no world is run for the first, few are for the second.
 *
 * Of an incident t and a step s, with attackers a who begin c_a campaigns a year and
 * have N_a worlds, of which n_a(t) reach t:
 *
 *   share(s, t) = sum_a c_a n_a(s, t) / N_a  over  sum_a c_a n_a(t) / N_a
 *
 *     n_a(s, t): worlds whose attack on t, the fastest there, needs s (world_needs).
 * The importance of Fussell and Vesely, as fault trees have it: the share of what
 *     happens to which s contributes; the attack of a world stands for its cut sets.
 *
 *   gain(s, t) = share(s, t) sum_a c_a l_a(s, t) / N_a  over  sum_a c_a n_a(s, t) / N_a
 *
 *     l_a(s, t): those of the same worlds that do not reach t by any other way when s
 * is impossible. It is 1 - R(t | s impossible) / R(t) of the frequency R a year, which
 *     is 1 - 1/w of the risk reduction worth w, and as every step can succeed at last,
 *     Birnbaum's importance over R(t).
 *
 * So 0 <= gain <= share <= 1: where a step is not needed, nothing changes without it.
 * Steps in series have a share of 1 and gain 1 each; of steps in parallel the shares
 * add to 1, and one of them gains what no other would have taken in time.
 *
 * Of all losses, each incident weighs by its expected loss a year to all bearers, as if
 * its attacks were equally dear.
 *
 *   W. E. Vesely, T. C. Davis, R. S. Denning, N. Saltos, "Measures of Risk Importance
 * and Their Applications", NUREG/CR-3385, 1983; J. B. Fussell, "How to Hand-Calculate
 *   System Reliability and Safety Characteristics", IEEE Transactions on Reliability
 *   R-24, 1975; Z. W. Birnbaum, "On the Importance of Different Components in a
 *   Multicomponent System", in: Multivariate Analysis II, 1969.
 */
#include <stdint.h>

/* As many steps are told of each incident and of all losses, and none with less. */
enum { STEPS_MOST = 8 };
#define STEPS_LEAST_SHARE 0.01

struct risk_step {
    uint32_t incident; // REF_NONE: of all losses
    uint32_t node;     // of the graph: never an origin, a joint or an incident
    double share;      // of its frequency a year, or of the expected loss
    double gain;       // likewise; NAN: not tried
};

/* In the arena of the result. Of incidents: in the order of their ids, and of each by
 * falling shares; those of equal shares by node. */
struct steps {
    uint32_t n_of_loss, n_of_incidents;
    uint64_t n_worlds;         // in which gains were tried; 0: they were not
    struct risk_step *of_loss; // none without money
    struct risk_step *of_incidents;
};
#endif
