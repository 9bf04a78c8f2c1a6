// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_RISK_H
#define RISK_RISK_H
/*
 * Risk in numbers: joins campaigns a year, the worlds of the attack simulation, and
 * what incidents do, to how often a year each stakeholder is in each cell of the map,
 * what it costs, and what protection is demanded.
 *
 * Injury and death stay on axis 1 and are counted, money stays on axis 2 and is summed:
 * nothing here turns one into the other or adds both.
 *
 * Two kinds of not knowing are kept apart. Chance: which campaigns come in a year and
 * what comes of them, in the years that are simulated. Uncertainty: how many campaigns
 * are to be expected at all, how skilled attackers are, how well measures hold and
 * safety functions work (inputs.h), in the outer draws; what they do to a mean is its
 * spread.
 */
#include "base/json.h"
#include "risk/compound.h"
#include "risk/counts.h"
#include "risk/inputs.h"
#include "risk/layers.h"
#include "risk/steps.h"

/* What a result rests on, or lacks. */
enum risk_note {
    NOTE_ATTACKERS_OF_CATALOG,
    NOTE_LOSS_FROM_BOUNDS,
    NOTE_LOSS_IS_CHANCE,
    NOTE_NESTED,
    NOTE_LAYER_STOPS_ALL,
    NOTE_ENDINGS_APART,
    NOTE_NO_MONEY,
    NOTE_LEVEL_WITHOUT_LOSS,
    NOTE_NO_TOLERABLE,
    NOTE_FUNCTION_WITHOUT_PFD,
    NOTE_FUNCTION_NOT_INDEPENDENT,
    NOTE_HIGH_DEMAND,
    NOTE_WITHOUT_FUNCTION,
    NOTE_NEVER_SEEN,
    NOTE_ASIL,
    NOTE_FEWER_YEARS,
    NOTE_FEWER_WORLDS,
    NOTE_FEWER_DRAWS,
    NOTE_EXCLUDED,
    NOTE_REHEARSED,
    NOTE_NO_STEPS,
    NOTE_FEWER_GAINS,
    N_RISK_NOTES
};
extern const struct risk_note_row {
    const char *code;
    int is_gap; // something the model could give
    struct text text;
} risk_notes[N_RISK_NOTES];

struct rehearse_result;
struct replay;

/* Parts of a result that a plan may leave out. */
enum risk_part {
    RISK_SPREADS = 1,  // spreads and drivers: as if ended before the first draw
    RISK_MEASURES = 2, // single measures
    RISK_GAINS = 4,    // what impossible steps would gain
};

struct risk_plan {
    const struct graph *graph;
    const uint8_t *measures;                 // in play, a byte each
    const char *set;                         // as it was asked for
    const struct rehearse_result *rehearsed; // how incidents end, measured; or NULL
    uint64_t worlds, years, seed;
    uint64_t outer; // draws of what is uncertain; 0: 1000, or 200 if each needs worlds
    uint64_t inner; // worlds in each draw, if so
    uint64_t measure_worlds; // run again without each measure; 0: 10000
    struct replay *replay;   // worlds that are kept (replay.h), or NULL
    unsigned leaves_out;     // of enum risk_part
    int tries_all;           // measures that are not in play are tried, too
    unsigned threads;
    const volatile sig_atomic_t *stop;
    void (*progress)(void *told, double share); // of all the work, 0 to 1
    void *told;
};

/* A number with what is not known about it. */
struct risk_value {
    double mean;
    double interval[2]; // 95% confidence: as many worlds were run
    double spread[2];   // 5% and 95% of the outer draws, as inputs are uncertain; NAN:
                        // ended before there was one
};

struct risk_incident {
    struct risk_value rate; // reached, a year, with the measures in play
    double layers[N_CELLS]; // with what chance its layers leave it at most there
};

/* What a stakeholder bears. */
struct risk_bearer {
    uint32_t stakeholder;
    struct risk_value cells[N_CELLS]; // a year
    struct risk_value events;         // a year, with some harm
    struct risk_value serious;        // a year, at least serious on axis 1
    struct risk_value loss;           // money a year; no interval
    double *of_incident;              // mean loss by each incident
    double *without_measure; // mean loss without each measure; NAN: not in play
    double *with_measure;    // likewise with one more; NAN: in play, or not tried
    double with_measures;    // mean loss in the same worlds, with all in play
};

/* What an incident does to a stakeholder, by levels of each axis, a year. No interval.
 */
enum { N_AXIS_LEVELS = 2 * N_LEVELS }; // of axis 1, then of axis 2
struct risk_harm {
    uint32_t incident, bearer;
    struct risk_value levels[N_AXIS_LEVELS];
};

struct risk_layer {
    uint32_t function; // safety function
    int is_credited;   // independent, with a probability of failure on demand
    struct layer_demand demand;
};

/* A note on an incident of a road vehicle. */
struct risk_asil {
    int is_noted; // else the rest means nothing
    int severity, exposure, controllability;
    int is_assumed; // exposure or controllability is not stated, the worst is taken
    enum asil asil;
};

/* Layers of protection against one incident, at the level of axis 1 that demands most.
 */
struct risk_protection {
    uint32_t incident;
    uint8_t level;            // enum level: this or worse
    double tolerable;         // a year; NAN: not stated
    double unmitigated;       // a year, without measures and safety functions; NAN:
                              // ended before that was run
    double demand;            // a year, with the measures in play
    double interval[2];       // of the demand, 95% confidence
    double counted;           // the demand, or its upper end where it was never seen
    double mitigated;         // a year, with the credited layers too
    struct layer_demand rest; // demanded of one more layer
    uint32_t n_layers;
    struct risk_layer *layers;
    struct risk_asil asil;
};

/* How a mean follows an uncertain input. */
struct risk_swing {
    double correlation; // Spearman's; NAN: does not vary
    double
        ends[2]; // the mean in the quarter of draws with the least, the greatest input
};

struct risk_driver {
    uint32_t input, bearer;
    struct risk_swing loss, serious; // of loss and frequency of serious harm
};

/* For risk_free. */
struct risk {
    struct arena arena;
    const struct risk_plan *plan;
    struct endings endings;
    struct counts counts;
    struct inputs inputs;
    uint32_t n_attackers, n_incidents, n_bearers, n_protections, n_drivers;
    double *campaigns; // of each attacker, a year
    struct risk_incident *incidents;
    struct risk_bearer *bearers;
    uint32_t *bearer_of;     // of each stakeholder, or REF_NONE
    struct risk_harm *harms; // of each of endings
    struct risk_protection *protections;
    struct risk_driver *drivers;
    struct steps steps;
    struct ways ways;                // of the worlds, unless a replay has them
    uint64_t worlds, measure_worlds; // that were run; those for single measures
    size_t outer, n_outer;           // draws of inputs: wanted, done
    uint64_t years_planned;
    struct compound_result years; // empty without money
    double *pfd;                  // of each safety function; NAN: not credited
    uint64_t *function_keys;      // of their draws
    // numbers in the order of ids, in which all is summed and shown
    uint32_t *incident_order, *measure_order, *function_order;
    const struct attacker **attackers; // likewise, as in the net
    int notes[N_RISK_NOTES];
    int is_stopped;
    double seconds;
};

/* What is demanded, in words; the ASIL is the same in both languages. */
extern const struct text sil_names[];
extern const char *const asil_names[];

struct risk *risk_run(const struct risk_plan *plan);
void risk_free(struct risk *r);

/* The results of a bearer that drivers are told of. */
enum risk_result { RESULT_LOSS, RESULT_SERIOUS, N_RISK_RESULTS };
extern const struct text risk_result_names[N_RISK_RESULTS];
const struct risk_swing *risk_swing_of(const struct risk_driver *d,
                                       enum risk_result result);

/*
 * The drivers that move a result of a bearer most, the widest swing first: numbers into
 * r->drivers, at most `most`. A correlation that may be chance in so many draws does
 * not count. Returns how many there are.
 */
uint32_t risk_top_drivers(const struct risk *r, uint32_t bearer,
                          enum risk_result result, uint32_t *top, uint32_t most);

/* Return periods in years whose loss is shown. */
enum { N_RISK_PERIODS = 9 };
extern const double risk_periods[N_RISK_PERIODS];

/* The members of a JSON object. */
void risk_json(const struct risk *r, struct json *j);
/* The whole object: of one set of measures, or of two as "before" and "after". */
void risk_document(struct risk *const *risks, int n, struct buf *out);
#endif
