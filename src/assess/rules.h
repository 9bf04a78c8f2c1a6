// SPDX-License-Identifier: Apache-2.0
#ifndef ASSESS_RULES_H
#define ASSESS_RULES_H
/*
 * An organization's own rules: a YAML file of conditions (condition.h) that no item may
 * match, or that each matching item must satisfy, with severity, message in both
 * languages and exemptions that expire. The reader, the JSON Schema and the manual come
 * from rules_shape. Only items are judged; nothing in a model is changed.
 *
 * Rules and results own their memory. A result borrows rules and assessment.
 */
#include "assess/condition.h"

enum rule_severity { RULE_UNSET, RULE_ERROR, RULE_WARNING, RULE_NOTE };
extern const struct choice_set rule_severities;

/* One item that need not follow a rule. */
struct exemption {
    struct ref item; // only its id and place are used
    struct text because;
    int32_t until; // the last day, yyyymmdd; 0: for good
};

struct rule {
    struct entry entry;
    uint8_t severity;           // enum rule_severity; unset: an error
    uint8_t subject;            // of condition_subject_names
    const struct node *where;   // NULL: every item
    const struct node *require; // NULL: no item may match
    struct text message;
    struct list exempt; // struct exemption
    const char *source;
};

struct rules {
    struct arena arena;
    struct diag_list diags; // of reading
    struct list rules;      // struct rule, in the order of the file
};

extern const struct shape rules_shape;

/*
 * Reads a rules file. Always returns rules (free them with rules_free); with errors in
 * rules->diags they must not be used further. The catalog may be NULL.
 */
struct rules *rules_read(const char *path, const struct catalog *catalog);
/* The same from text in memory; `name` stands in messages. Takes a copy. */
struct rules *rules_read_text(const char *name, const char *text, size_t len,
                              const struct catalog *catalog);
void rules_free(struct rules *rules);

/* An item that does not follow a rule. */
struct finding {
    const struct rule *rule;
    const char *item;                // its stable id
    struct place at;                 // in the model's files
    const struct exemption *exempt;  // in force for it, or NULL
    const struct exemption *expired; // was in force for it, or NULL
};

struct rules_result {
    struct arena arena;
    struct list findings; // struct finding, by rule id, then item id; exempt ones too
    struct list unused;   // struct unused_exemption
    uint32_t n_errors, n_warnings, n_notes, n_exempt; // of findings; not exempt, exempt
};

/* An exemption whose item follows the rule, or is not there. */
struct unused_exemption {
    const struct rule *rule;
    const struct exemption *exemption;
};

/* How many items rules_evaluate judges: those of each rule's subject, over all rules.
 */
uint64_t rules_work(const struct rules *rules, const struct assessment *a);

/* Judges every item by every rule; exemptions expire by a->today. O(rules * items). */
struct rules_result rules_evaluate(const struct rules *rules,
                                   const struct assessment *a);
void rules_result_fini(struct rules_result *result);

/*
 * Adds what was found to `out`: each finding under its rule's id and severity, expired
 * exemptions as warnings, unused ones as notes, and sorts. `out` may be the model's own
 * list; any other gets copies of the sources that it quotes. Either way it is
 * independent of rules and result afterwards.
 */
void rules_report(const struct rules_result *result, const struct rules *rules,
                  const struct assessment *a, struct diag_list *out);

/* Writes [{rule, severity, item, message, exempt?}] as the value of a JSON key. */
struct json;
void rules_json(const struct rules_result *result, struct json *j);
#endif
