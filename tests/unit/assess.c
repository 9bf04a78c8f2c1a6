/* SPDX-License-Identifier: Apache-2.0
 *
 * The assessment by law, on the six use cases and on random models: what is taken out
 * takes its threats along and adds none, a measure never makes anything worse, graver
 * harm never demands less, the order of entries changes no byte, decisions stay with
 * what they are about, every requirement has its reasons, both languages say the same.
 */
#include "unit.h"

#include "assess/assess.h"
#include "page/term.h"
#include "tools/kit.h"

enum { N_RANDOM = 40, MAX_SOURCES = 16, MAX_THREATS = 1024 };

static struct catalog *catalog;
static uint64_t seed;

/* ---- the models: use cases first, with short texts, then random ones */

static const struct asset *usecases[MAX_SOURCES];
static size_t n_usecases;
static struct buf texts[MAX_SOURCES + N_RANDOM];
static uint32_t n_texts;

static const char *text_name(uint32_t i)
{
    static char name[64];

    if (i < n_usecases) return usecases[i]->path;
    snprintf(name, sizeof name, "random model %u", i);
    return name;
}

static void make_texts(void)
{
    n_usecases = kit_usecases(usecases, MAX_SOURCES);
    for (uint32_t i = 0; i < n_usecases; i++) {
        struct tree t = tree_read((const char *)usecases[i]->bytes, usecases[i]->len);

        tree_slim(&model_shape, t.root);
        tree_write(t.root, NULL, &texts[n_texts++]);
        tree_fini(&t);
    }
    for (uint32_t i = 0; i < N_RANDOM; i++, n_texts++)
        random_text(catalog, seed, n_texts, &texts[n_texts]);
}

/* The name of a failed law: which model, and more about where. */
static void check_law(int line, int good, uint32_t i, const char *law, const char *more)
{
    char text[400];

    if (good) return;
    snprintf(text, sizeof text, "%s: %s%s%s", text_name(i), law, more ? ": " : "",
             more ? more : "");
    unit_check(__FILE__, line, 0, text);
}

#define CHECK_LAW(good, i, law, more) check_law(__LINE__, (good) ? 1 : 0, i, law, more)

static struct kit_system open_text(uint32_t i)
{
    struct kit_system s =
        kit_open(catalog, buf_text(&texts[i]), texts[i].len, 20260101);

    CHECK_LAW(s.assessment != NULL, i, "is legal", NULL);
    return s;
}

/* ---- looking at assessments */

#define AT_THREAT(a, i)      LIST_AT((a)->threats, struct threat, i)
#define AT_REQUIREMENT(a, i) LIST_AT((a)->requirements, struct requirement_result, i)
#define AT_ROW(a, i)         LIST_AT((a)->map, struct map_row, i)
#define AT_INCIDENT(a, i)    LIST_AT((a)->incidents, struct incident_result, i)

static const struct requirement *requirement_of(const struct requirement_result *r)
{
    return LIST_AT(catalog->c.requirements, struct requirement, r->requirement);
}

static const char *stakeholder_of(const struct assessment *a, const struct map_row *row)
{
    return LIST_AT(a->model->m.stakeholders, struct stakeholder, row->stakeholder)
        ->entry.id;
}

static const struct map_row *find_row(const struct assessment *a,
                                      const struct assessment *of,
                                      const struct map_row *wanted)
{
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = AT_ROW(a, i);
        const char *form = row->form ? row->form->entry.id : "";

        if (strcmp(stakeholder_of(a, row), stakeholder_of(of, wanted)) == 0 &&
            strcmp(form, wanted->form ? wanted->form->entry.id : "") == 0)
            return row;
    }
    return NULL;
}

static int is_at_most(struct position p, struct position most)
{
    return p.recovery <= most.recovery && p.economic <= most.economic;
}

/* ---- taking parts out */

/* Everything `less` says is said by `more`: threats, incidents, map, requirements. */
static void check_less(uint32_t i, const char *gone, const struct assessment *less,
                       const struct assessment *more)
{
    struct arena scratch = {0};

    for (uint32_t k = 0; k < less->threats.n; k++) {
        const char *id = threat_id(less, AT_THREAT(less, k), &scratch);

        CHECK_LAW(strcmp(strchr(id, '@') + 1, gone) != 0, i, "a part takes its threats",
                  id);
        CHECK_LAW(assess_find_threat(more, id) != NULL, i,
                  "taking a part out adds no threat", id);
    }
    for (uint32_t k = 0; k < less->incidents.n; k++) {
        const struct incident_result *r = AT_INCIDENT(less, k);
        const struct incident *incident =
            LIST_AT(less->model->m.incidents, struct incident, r->incident);
        char id[192];

        snprintf(id, sizeof id, "incident.%s", incident->entry.id);
        uint32_t node = graph_find(more->graph, id);
        CHECK_LAW(!r->reached || more->reach.effort[node] != GRAPH_NONE, i,
                  "taking a part out opens no incident", id);
    }
    for (uint32_t k = 0; k < less->map.n; k++) {
        const struct map_row *row = AT_ROW(less, k);
        const struct map_row *before = find_row(more, less, row);

        if (row->form) continue;
        CHECK_LAW(before && is_at_most(row->now, before->now) &&
                      is_at_most(row->inherent, before->inherent) &&
                      is_at_most(row->planned, before->planned),
                  i, "taking a part out raises no position", gone);
    }
    for (uint32_t k = 0; k < less->requirements.n; k++) {
        const char *id = requirement_of(AT_REQUIREMENT(less, k))->entry.id;

        CHECK_LAW(assess_find_requirement(more, id) != NULL, i,
                  "taking a part out adds no requirement", id);
    }
    arena_fini(&scratch);
}

static void check_removal(uint32_t i, const struct assessment *whole,
                          const char *section, const char *id)
{
    struct tree t = tree_read(buf_text(&texts[i]), texts[i].len);
    struct buf text = {0};

    tree_remove(&t, section, id);
    tree_write(t.root, NULL, &text);
    struct kit_system s = kit_open(catalog, buf_text(&text), text.len, 20260101);
    CHECK_LAW(s.assessment != NULL, i, "is legal without", id);
    if (s.assessment) check_less(i, id, s.assessment, whole);
    kit_close(&s);
    buf_fini(&text);
    tree_fini(&t);
}

/* Every part of the use cases, some of the random models. */
static void test_taking_a_part_out(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        const struct model_data *m = &s.model->m;
        uint32_t step = i < n_usecases ? 1 : 4;

        if (s.assessment == NULL) continue;
        for (uint32_t k = i % step; k < m->components.n && m->components.n > 1;
             k += step)
            check_removal(i, s.assessment, "components",
                          LIST_AT(m->components, struct component, k)->entry.id);
        for (uint32_t k = i % step; k < m->flows.n; k += step)
            check_removal(i, s.assessment, "flows",
                          LIST_AT(m->flows, struct flow, k)->entry.id);
        kit_close(&s);
    }
}

/* Nothing that can happen, nothing that is demanded. */
static void check_undemanding(uint32_t i, const struct assessment *a)
{
    for (int v = 0; v <= N_VIEWPOINTS; v++)
        CHECK_LAW(a->demanded[v] == STRENGTH_NONE, i, "no harm demands no viewpoint",
                  NULL);
    CHECK_LAW(a->requirements.n == 0, i, "no harm, no requirement", NULL);
    CHECK_LAW(a->worst.recovery == 0 && a->worst.economic == 0, i,
              "no harm, no position", NULL);
    for (uint32_t k = 0; k < a->threats.n; k++)
        CHECK_LAW(!AT_THREAT(a, k)->main, i, "no harm, no main threat", NULL);
    for (uint32_t k = 0; k < a->model->m.components.n; k++)
        CHECK_LAW(a->importance[k].rank == 0, i, "no harm, no importance", NULL);
}

static void test_no_incidents_no_demands(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct tree t = tree_read(buf_text(&texts[i]), texts[i].len);
        struct buf text = {0};
        const struct node *incidents;

        while ((incidents = node_get(t.root, "incidents")) && incidents->first)
            tree_remove(&t, "incidents", incidents->first->key);
        tree_write(t.root, NULL, &text);
        struct kit_system s = kit_open(catalog, buf_text(&text), text.len, 0);
        struct kit_system whole = open_text(i);
        if (s.assessment && whole.assessment) {
            check_undemanding(i, s.assessment);
            CHECK_LAW(s.assessment->threats.n == whole.assessment->threats.n, i,
                      "threats do not depend on incidents", NULL);
        }
        CHECK_LAW(s.assessment != NULL, i, "is legal without incidents", NULL);
        kit_close(&s);
        kit_close(&whole);
        buf_fini(&text);
        tree_fini(&t);
    }
}

static void test_harmless_incidents_demand_nothing(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        struct list *incidents = s.assessment ? &s.model->m.incidents : NULL;

        for (uint32_t k = 0; incidents && k < incidents->n; k++) {
            struct incident *incident = LIST_AT(*incidents, struct incident, k);

            for (uint32_t h = 0; h < incident->harms.n; h++)
                LIST_AT(incident->harms, struct harm, h)->recovery =
                    LIST_AT(incident->harms, struct harm, h)->economic = LEVEL_NONE;
        }
        struct assessment *a = s.assessment ? assess_run(s.graph, 0) : NULL;
        if (a) check_undemanding(i, a);
        assess_free(a);
        kit_close(&s);
    }
}

/* ---- measures */

/* A measure of an example in a status, on up to `most` parts; appended to the model. */
static void add_measure(struct kit_system *s, uint32_t example, uint8_t status,
                        uint32_t most, struct chance *c)
{
    struct model_data *m = &s->model->m;
    const struct example *x = LIST_AT(catalog->c.examples, struct example, example);
    const struct list *sections[] = {&m->components, &m->flows, &m->zones};
    struct measure *more =
        arena_array(&s->model->arena, m->measures.n + 1, sizeof *more);
    struct measure *new = &more[m->measures.n];

    if (m->measures.n) memcpy(more, m->measures.items, m->measures.n * sizeof *more);
    new->entry.id = "zzz-new";
    new->requirement = x->requirement;
    new->example = (struct ref){.id = x->entry.id, .index = example};
    new->by = m->applicant;
    new->status = status;
    new->on.items =
        arena_array(&s->model->arena, m->components.n + m->flows.n + m->zones.n,
                    sizeof(struct ref));
    for (uint32_t section = 0; section < 3; section++)
        for (uint32_t i = 0; i < sections[section]->n; i++)
            if (new->on.n < most && (most > 99 || chance_once(c, 3)))
                *LIST_AT(new->on, struct ref, new->on.n++) =
                    (struct ref){.id = "-", .index = i, .section = section};
    m->measures.items = more;
    m->measures.n++;
}

static void remove_measure(struct kit_system *s)
{
    s->model->m.measures.n--;
}

/* The same system under one measure more: nothing is worse. */
static void check_no_worse(uint32_t i, const char *what,
                           const struct assessment *before,
                           const struct assessment *after)
{
    struct arena scratch = {0};

    CHECK_LAW(before->threats.n == after->threats.n, i, "a measure adds no threat",
              what);
    for (uint32_t k = 0; k < before->threats.n && k < after->threats.n; k++) {
        const struct threat *x = AT_THREAT(before, k), *y = AT_THREAT(after, k);
        const char *id = threat_id(after, y, &scratch);

        CHECK_LAW(x->asset == y->asset && x->class == y->class, i, "same threat", id);
        CHECK_LAW(y->state >= x->state, i, "a measure opens no threat in force", id);
        CHECK_LAW(y->planned >= x->planned, i, "a measure opens no threat planned", id);
        CHECK_LAW(y->severity <= x->severity && y->main <= x->main, i,
                  "a measure makes no threat graver", id);
        CHECK_LAW(y->detected >= x->detected || y->planned == THREAT_BLOCKED, i,
                  "a measure hides no threat that is left", id);
    }
    for (uint32_t k = 0; k < before->incidents.n; k++)
        CHECK_LAW(AT_INCIDENT(after, k)->now <= AT_INCIDENT(before, k)->now &&
                      AT_INCIDENT(after, k)->planned <= AT_INCIDENT(before, k)->planned,
                  i, "a measure opens no incident", what);
    for (uint32_t k = 0; k < before->map.n; k++) {
        const struct map_row *x = AT_ROW(before, k), *y = AT_ROW(after, k);

        CHECK_LAW(is_at_most(y->now, x->now) && is_at_most(y->planned, x->planned), i,
                  "a measure raises no position", what);
        CHECK_LAW(is_at_most(y->inherent, x->inherent) &&
                      is_at_most(x->inherent, y->inherent),
                  i, "a measure does not touch what is inherent", what);
    }
    arena_fini(&scratch);
}

static void check_measure(uint32_t i, struct kit_system *s, uint32_t example,
                          uint8_t status, uint32_t most, struct chance *c)
{
    const struct example *x = LIST_AT(catalog->c.examples, struct example, example);

    add_measure(s, example, status, most, c);
    struct assessment *after = assess_run(s->graph, 20260101);
    check_no_worse(i, x->entry.id, s->assessment, after);
    assess_free(after);
    remove_measure(s);
}

static void test_a_measure_makes_nothing_worse(void)
{
    struct chance c = chance_of(seed, 3);

    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        uint32_t step = i < n_usecases ? 1 : 7;

        for (uint32_t x = i % step; s.assessment && x < catalog->c.examples.n;
             x += step) {
            check_measure(i, &s, x, STATUS_IMPLEMENTED, 100000, &c);
            check_measure(i, &s, x, STATUS_IMPLEMENTED, 4, &c);
            check_measure(i, &s, x, STATUS_DECIDED, 4, &c);
        }
        kit_close(&s);
    }
}

/* Many measures one after the other: each no worse than the ones before. */
static void test_measures_add_up(void)
{
    struct chance c = chance_of(seed, 4);

    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);

        if (s.assessment == NULL) {
            kit_close(&s);
            continue;
        }
        for (uint32_t k = 0; k < 25; k++) {
            uint32_t x = chance_below(&c, catalog->c.examples.n);

            add_measure(&s, x, STATUS_IMPLEMENTED, 6, &c);
            struct assessment *after = assess_run(s.graph, 20260101);
            check_no_worse(i, "one of many", s.assessment, after);
            assess_free(s.assessment);
            s.assessment = after;
        }
        kit_close(&s);
    }
}

static void test_proposed_measures_have_no_effect(void)
{
    struct chance c = chance_of(seed, 5);

    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);

        if (s.assessment == NULL) continue;
        add_measure(&s, i % catalog->c.examples.n, STATUS_PROPOSED, 100000, &c);
        struct assessment *after = assess_run(s.graph, 20260101);
        check_no_worse(i, "proposed", s.assessment, after);
        check_no_worse(i, "proposed", after, s.assessment);
        assess_free(after);
        kit_close(&s);
    }
}

/* A measure in force counts for what is planned, too. */
static void test_what_is_planned_is_no_worse(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        const struct assessment *a = s.assessment;

        for (uint32_t k = 0; a && k < a->threats.n; k++)
            CHECK_LAW(AT_THREAT(a, k)->planned >= AT_THREAT(a, k)->state, i,
                      "a threat planned is no more open", NULL);
        for (uint32_t k = 0; a && k < a->incidents.n; k++)
            CHECK_LAW(AT_INCIDENT(a, k)->planned <= AT_INCIDENT(a, k)->now &&
                          AT_INCIDENT(a, k)->now <= AT_INCIDENT(a, k)->reached,
                      i, "an incident planned is no more reached", NULL);
        for (uint32_t k = 0; a && k < a->map.n; k++)
            CHECK_LAW(is_at_most(AT_ROW(a, k)->now, AT_ROW(a, k)->inherent) &&
                          is_at_most(AT_ROW(a, k)->planned, AT_ROW(a, k)->now),
                      i, "inherent, now, planned go down", NULL);
        kit_close(&s);
    }
}

/*
 * What the states mean: blocked, when no way is left; slowed, when every way left
 * passes a step made harder; else open.
 */
static uint8_t state_by_definition(const struct assessment *a, const struct threat *t,
                                   const struct reach *left, const struct reach *easy)
{
    uint8_t state = THREAT_BLOCKED;

    for (uint32_t n = a->graph->first_node[t->asset];
         n < a->graph->first_node[t->asset + 1]; n++) {
        if (graph_threat(a->graph, n) != t->class) continue;
        if (easy->effort[n] != GRAPH_NONE) return THREAT_OPEN;
        if (left->effort[n] != GRAPH_NONE) state = THREAT_SLOWED;
    }
    return state;
}

/* Detected: some way is left, and each passes a step where it would be seen. */
static int detected_by_definition(const struct assessment *a, const struct threat *t,
                                  const struct reach *left, const struct reach *unseen)
{
    int is_left = 0;

    for (uint32_t n = a->graph->first_node[t->asset];
         n < a->graph->first_node[t->asset + 1]; n++) {
        if (graph_threat(a->graph, n) != t->class) continue;
        if (unseen->effort[n] != GRAPH_NONE) return 0;
        is_left |= left->effort[n] != GRAPH_NONE;
    }
    return is_left;
}

static void check_states(uint32_t i, const struct assessment *a,
                         enum measure_status status)
{
    const struct graph *g = a->graph;
    uint8_t *blocked = mem_alloc(g->n_nodes + 1), *hard = mem_alloc(g->n_nodes + 1);
    uint8_t *seen = mem_alloc(g->n_nodes + 1);
    struct effects effects = {.blocked = blocked, .slowed = hard, .detected = seen};
    struct arena scratch = {0};
    struct work work = {0};

    graph_effects(g, status, &effects);
    for (uint32_t n = 0; n < g->n_nodes; n++) {
        hard[n] |= blocked[n];
        seen[n] |= blocked[n];
    }
    struct reach left = graph_reach(g, blocked, &work);
    struct reach easy = graph_reach(g, hard, &work);
    struct reach unseen = graph_reach(g, seen, &work);
    for (uint32_t k = 0; k < a->threats.n; k++) {
        const struct threat *t = AT_THREAT(a, k);
        const char *id = threat_id(a, t, &scratch);
        uint8_t state = status == STATUS_DECIDED ? t->planned : t->state;

        CHECK_LAW(state == state_by_definition(a, t, &left, &easy), i,
                  "a threat's state is that of the easiest way to it", id);
        CHECK_LAW(status != STATUS_DECIDED ||
                      t->detected == detected_by_definition(a, t, &left, &unseen),
                  i, "a threat is detected if every way to it is", id);
    }
    reach_fini(&left);
    reach_fini(&easy);
    reach_fini(&unseen);
    arena_fini(&scratch);
    free(blocked);
    free(hard);
    free(seen);
}

static void test_states_mean_what_they_say(void)
{
    struct chance c = chance_of(seed, 6);

    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);

        for (uint32_t k = 0; s.assessment && k < 5; k++) {
            check_states(i, s.assessment, STATUS_IMPLEMENTED);
            check_states(i, s.assessment, STATUS_DECIDED);
            add_measure(&s, chance_below(&c, catalog->c.examples.n),
                        k % 2 ? STATUS_DECIDED : STATUS_IMPLEMENTED, 6, &c);
            assess_free(s.assessment);
            s.assessment = assess_run(s.graph, 20260101);
        }
        kit_close(&s);
    }
}

/* ---- the order of entries */

static void write_all(const struct kit_system *s, struct buf *out)
{
    assess_json(s->assessment, out);
    for (int lang = 0; lang < N_LANGS; lang++)
        term_summary(s->assessment, &(struct term){.lang = (enum lang)lang}, out);
}

static void check_shuffled(uint32_t i, const char *text, size_t len, uint32_t n)
{
    struct tree t = tree_read(text, len);
    struct chance c = chance_of(seed + 1, i);
    struct kit_system s = kit_open(catalog, text, len, 20260101);
    struct buf first = {0};

    if (s.assessment) model_warn(s.model);
    if (s.assessment) write_all(&s, &first);
    CHECK_LAW(first.len > 0, i, "is legal", NULL);
    kit_close(&s);
    for (uint32_t k = 0; k < n && first.len > 0; k++) {
        struct buf shuffled = {0}, out = {0};

        tree_write(t.root, &c, &shuffled);
        s = kit_open(catalog, buf_text(&shuffled), shuffled.len, 20260101);
        if (s.assessment) model_warn(s.model);
        if (s.assessment) write_all(&s, &out);
        int same = out.len == first.len && memcmp(out.data, first.data, out.len) == 0;
        size_t at = 0;
        while (!same && at < out.len && at < first.len &&
               out.data[at] == first.data[at])
            at++;
        CHECK_LAW(same, i, "the order of entries changes no byte",
                  same           ? NULL
                  : at < out.len ? out.data + at - (at < 80 ? at : 80)
                                 : "shorter");
        kit_close(&s);
        buf_fini(&shuffled);
        buf_fini(&out);
    }
    buf_fini(&first);
    tree_fini(&t);
}

static void test_order_changes_no_byte(void)
{
    for (uint32_t i = 0; i < n_usecases; i++)
        check_shuffled(i, (const char *)usecases[i]->bytes, usecases[i]->len, 4);
    for (uint32_t i = (uint32_t)n_usecases; i < n_texts; i++)
        check_shuffled(i, buf_text(&texts[i]), texts[i].len, 3);
}

/* ---- graver harm */

/* One harm is graver: nothing is demanded less. */
static void check_graver(uint32_t i, const struct assessment *before,
                         const struct assessment *after)
{
    for (uint32_t k = 0; k < before->map.n; k++)
        CHECK_LAW(
            is_at_most(AT_ROW(before, k)->now, AT_ROW(after, k)->now) &&
                is_at_most(AT_ROW(before, k)->inherent, AT_ROW(after, k)->inherent) &&
                is_at_most(AT_ROW(before, k)->planned, AT_ROW(after, k)->planned),
            i, "graver harm lowers no position", NULL);
    for (int v = 1; v <= N_VIEWPOINTS; v++)
        CHECK_LAW(after->demanded[v] >= before->demanded[v], i,
                  "graver harm demands no less", NULL);
    for (uint32_t k = 0; k < before->requirements.n; k++) {
        const struct requirement_result *r = AT_REQUIREMENT(before, k);
        const char *id = requirement_of(r)->entry.id;
        const struct requirement_result *now = assess_find_requirement(after, id);

        CHECK_LAW(now && now->strength >= r->strength && now->score >= r->score, i,
                  "graver harm removes or weakens no requirement", id);
    }
    for (uint32_t k = 0; k < before->threats.n; k++)
        CHECK_LAW(AT_THREAT(after, k)->severity >= AT_THREAT(before, k)->severity, i,
                  "graver harm makes no threat less grave", NULL);
    for (uint32_t k = 0; k < before->model->m.components.n; k++)
        CHECK_LAW(after->importance[k].rank >= before->importance[k].rank, i,
                  "graver harm makes no component less important", NULL);
}

static void check_raised(uint32_t i, struct kit_system *s, uint8_t *level)
{
    if (*level == LEVEL_WORST) return;
    ++*level;
    struct assessment *after = assess_run(s->graph, 20260101);
    check_graver(i, s->assessment, after);
    assess_free(after);
    --*level;
}

static void test_graver_harm_demands_no_less(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        const struct list *incidents = s.assessment ? &s.model->m.incidents : NULL;

        for (uint32_t k = 0; incidents && k < incidents->n; k++) {
            const struct list *harms = &LIST_AT(*incidents, struct incident, k)->harms;

            for (uint32_t h = 0; h < harms->n; h++) {
                check_raised(i, &s, &LIST_AT(*harms, struct harm, h)->recovery);
                check_raised(i, &s, &LIST_AT(*harms, struct harm, h)->economic);
            }
        }
        kit_close(&s);
    }
}

/* ---- exclusions */

/* Lays an exclusion on each of `n` threats (by index); replaces the model's own. */
static void exclude(struct kit_system *s, const uint32_t *threats, uint32_t n)
{
    struct list *exclusions = &s->model->m.exclusions;

    exclusions->items = arena_array(&s->model->arena, n, sizeof(struct exclusion));
    exclusions->n = n;
    for (uint32_t i = 0; i < n; i++) {
        struct exclusion *e = LIST_AT(*exclusions, struct exclusion, i);

        e->entry.id = arena_printf(&s->model->arena, "x%05u", i);
        e->subject = threat_id(s->assessment, AT_THREAT(s->assessment, threats[i]),
                               &s->model->arena);
    }
}

/* Takes what a test chooses out of the assessment; returns how many. */
static uint32_t choose(const struct assessment *a, uint32_t class, uint32_t asset,
                       uint32_t chosen[MAX_THREATS])
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < a->threats.n && n < MAX_THREATS; k++)
        if ((class == REF_NONE || AT_THREAT(a, k)->class == class) &&
            (asset == GRAPH_NONE || AT_THREAT(a, k)->asset == asset))
            chosen[n++] = k;
    return n;
}

static void check_excluded(uint32_t i, const struct assessment *before,
                           const struct assessment *after, const uint32_t *chosen,
                           uint32_t n)
{
    CHECK_LAW(after->threats.n == before->threats.n, i, "what is excluded stays listed",
              NULL);
    for (uint32_t k = 0; k < n; k++) {
        const struct threat *t = AT_THREAT(after, chosen[k]);

        CHECK_LAW(t->excluded && !t->main && t->severity == 0, i,
                  "what is excluded stands out no more", NULL);
    }
    for (uint32_t k = 0; k < after->decisions.n; k++) {
        const struct decision_result *d =
            LIST_AT(after->decisions, struct decision_result, k);

        CHECK_LAW(!d->is_exclusion || d->state == SUBJECT_FOUND, i,
                  "an exclusion finds its threat", NULL);
    }
}

/* A class of threat that is excluded everywhere brings about no requirement. */
static void check_class_excluded(uint32_t i, struct kit_system *s, uint32_t class)
{
    static uint32_t chosen[MAX_THREATS];
    uint32_t n = choose(s->assessment, class, GRAPH_NONE, chosen);
    struct list kept = s->model->m.exclusions;

    exclude(s, chosen, n);
    struct assessment *after = assess_run(s->graph, 20260101);
    check_excluded(i, s->assessment, after, chosen, n);
    for (uint32_t k = 0; k < after->requirements.n; k++) {
        const struct requirement_result *r = AT_REQUIREMENT(after, k);

        for (uint32_t c = 0; c < r->threats.n; c++)
            CHECK_LAW(*LIST_AT(r->threats, uint32_t, c) != class, i,
                      "an excluded class answers for no requirement",
                      requirement_of(r)->entry.id);
    }
    assess_free(after);
    s->model->m.exclusions = kept;
}

static void test_excluded_threats_do_not_count(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);

        for (uint32_t c = 0; s.assessment && c < catalog->c.threats.n; c++)
            check_class_excluded(i, &s, c);
        kit_close(&s);
    }
}

static void test_without_threats_there_is_no_requirement(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        static uint32_t chosen[MAX_THREATS];
        struct kit_system s = open_text(i);

        if (s.assessment == NULL) continue;
        uint32_t n = choose(s.assessment, REF_NONE, GRAPH_NONE, chosen);
        exclude(&s, chosen, n);
        struct assessment *after = assess_run(s.graph, 20260101);
        CHECK_LAW(after->requirements.n == 0, i,
                  "all threats excluded, nothing is required", NULL);
        for (uint32_t k = 0; k < s.model->m.components.n; k++)
            CHECK_LAW(after->importance[k].rank == 0, i,
                      "a component whose threats are excluded causes nothing",
                      LIST_AT(s.model->m.components, struct component, k)->entry.id);
        assess_free(after);
        kit_close(&s);
    }
}

/* Everything that an incident can bring about, once it is excluded or taken out. */
static void check_without_incident(uint32_t i, const struct assessment *excluded,
                                   const struct assessment *gone)
{
    for (uint32_t k = 0; k < gone->map.n; k++) {
        const struct map_row *row = find_row(excluded, gone, AT_ROW(gone, k));

        CHECK_LAW(row && memcmp(&row->inherent, &AT_ROW(gone, k)->inherent,
                                sizeof row->inherent) == 0,
                  i, "an excluded incident does not count on the map", NULL);
    }
    for (uint32_t k = 0; k < gone->model->m.components.n; k++)
        CHECK_LAW(excluded->importance[k].rank == gone->importance[k].rank, i,
                  "an excluded incident gives no importance", NULL);
    CHECK_INT(excluded->requirements.n, gone->requirements.n);
    for (uint32_t k = 0; k < gone->threats.n; k++)
        CHECK_LAW(AT_THREAT(excluded, k)->main == AT_THREAT(gone, k)->main, i,
                  "an excluded incident makes no threat stand out", NULL);
}

/* Excluding an incident is as if it did no harm, except that it stays listed. */
static void test_excluded_incidents_count_nowhere(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        struct exclusion one = {.entry.id = "x"};

        for (uint32_t k = 0; s.assessment && k < s.model->m.incidents.n; k++) {
            struct incident *x = LIST_AT(s.model->m.incidents, struct incident, k);
            struct list harms = x->harms;

            x->harms.n = 0;
            s.model->m.exclusions.n = 0;
            struct assessment *gone = assess_run(s.graph, 20260101);
            x->harms = harms;
            one.subject = arena_printf(&s.model->arena, "incident:%s", x->entry.id);
            s.model->m.exclusions = (struct list){&one, 1};
            struct assessment *excluded = assess_run(s.graph, 20260101);
            check_without_incident(i, excluded, gone);
            assess_free(gone);
            assess_free(excluded);
        }
        kit_close(&s);
    }
}

/* A position that is excluded is held against no target and demands nothing. */
static void test_excluded_positions_demand_nothing(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        uint32_t n = s.assessment ? s.model->m.stakeholders.n : 0;
        struct exclusion *all = mem_alloc((n + 1) * sizeof *all);

        for (uint32_t k = 0; k < n; k++)
            all[k] = (struct exclusion){
                .entry.id = "x",
                .subject = arena_printf(
                    &s.model->arena, "map:%s",
                    LIST_AT(s.model->m.stakeholders, struct stakeholder, k)->entry.id)};
        if (s.assessment) {
            s.model->m.exclusions = (struct list){all, n};
            struct assessment *after = assess_run(s.graph, 20260101);
            for (uint32_t k = 0; k < after->map.n; k++)
                CHECK_LAW(AT_ROW(after, k)->excluded && AT_ROW(after, k)->within_target,
                          i, "an excluded position is above no target", NULL);
            CHECK_LAW(after->requirements.n == 0, i,
                      "where every position is excluded nothing is demanded", NULL);
            assess_free(after);
        }
        kit_close(&s);
        free(all);
    }
}

/* A decision to accept what a requirement is for settles it; one to reduce does not. */
static void test_accepted_requirements_are_not_open(void)
{
    for (uint32_t i = 0; i < n_usecases; i++) {
        struct kit_system s = open_text(i);
        struct decision one = {.entry.id = "x"};

        if (s.assessment == NULL || s.assessment->requirements.n == 0) continue;
        s.model->m.adoptions.n = s.model->m.measures.n = s.model->m.exclusions.n = 0;
        const char *id = requirement_of(AT_REQUIREMENT(s.assessment, 0))->entry.id;
        one.subject = arena_printf(&s.model->arena, "requirement:%s", id);
        for (int t = TREATMENT_REDUCE; t <= TREATMENT_AVOID; t++) {
            one.treatment = (uint8_t)t;
            s.model->m.decisions = (struct list){&one, 1};
            struct assessment *after = assess_run(s.graph, 20260101);
            for (uint32_t k = 0; k < after->requirements.n; k++) {
                const struct requirement_result *r = AT_REQUIREMENT(after, k);
                int is_it = strcmp(requirement_of(r)->entry.id, id) == 0;

                CHECK_LAW(requirement_is_open(r) == !(is_it && t != TREATMENT_REDUCE),
                          i, "what is accepted is not open", id);
            }
            assess_free(after);
        }
        kit_close(&s);
    }
}

static void test_excluded_requirements_stay_and_are_told(void)
{
    for (uint32_t i = 0; i < n_usecases; i++) {
        struct kit_system s = open_text(i);
        struct exclusion one = {.entry.id = "x"};

        if (s.assessment == NULL || s.assessment->requirements.n == 0) continue;
        const char *id = requirement_of(AT_REQUIREMENT(s.assessment, 0))->entry.id;
        one.subject = arena_printf(&s.model->arena, "requirement:%s", id);
        s.model->m.exclusions = (struct list){&one, 1};
        struct assessment *after = assess_run(s.graph, 20260101);
        const struct requirement_result *r = assess_find_requirement(after, id);
        CHECK_LAW(r && r->excluded && r->rank == 1, i, "it is excluded, not lost", id);
        CHECK_LAW(after->requirements.n == s.assessment->requirements.n, i,
                  "the others are as before", id);
        assess_free(after);
        kit_close(&s);
    }
}

/* ---- decisions */

#define HEAD                                                                           \
    "awai: 1\nsystem: {id: s, name: S}\napplicant: firm\nstakeholders:\n"              \
    "  firm: {name: Firm, roles: [iot-user], target: {recovery: limited, economic: "   \
    "limited}}\n"
#define ZONES "zones:\n  a: {name: A, kind: internet}\n  b: {name: B, kind: internet}\n"
#define CLOUD "  cloud: {name: C, kind: cloud-service, zone: a}\n"
#define SCADA "  scada: {name: S, kind: scada, zone: a}\n"
#define FLOW                                                                           \
    "flows:\n  wire: {from: cloud, to: scada, data: [orders], carrier: internet}\n"    \
    "data:\n  orders: {name: O, class: control}\n"
#define RISKS                                                                          \
    "incidents:\n  fall: {name: F, threat: data-tampering, at: wire,\n"                \
    "    harms: {firm: {recovery: serious, economic: serious, because: so}}}\n"
#define DECISIONS                                                                      \
    "decisions:\n"                                                                     \
    "  d1: {subject: misuse@cloud, treatment: accept, reason: so, review-by: "         \
    "2026-03-01}\n"                                                                    \
    "  d2: {subject: data-tampering@wire, treatment: reduce, reason: so}\n"            \
    "  d3: {subject: 'incident:fall', treatment: transfer, reason: so}\n"              \
    "  d4: {subject: 'requirement:access-control', treatment: reduce, reason: so}\n"   \
    "  d5: {subject: 'map:firm', treatment: avoid, reason: so}\n"                      \
    "exclusions:\n"                                                                    \
    "  x1: {subject: denial-of-service@cloud, reason: so, review-by: 2026-02-28}\n"

/* The result of a decision or exclusion by id, or NULL. */
static const struct decision_result *find_decision(const struct assessment *a,
                                                   const char *id)
{
    for (uint32_t i = 0; i < a->decisions.n; i++) {
        const struct decision_result *r =
            LIST_AT(a->decisions, struct decision_result, i);
        const char *name =
            r->is_exclusion
                ? LIST_AT(a->model->m.exclusions, struct exclusion, r->decision)
                      ->entry.id
                : LIST_AT(a->model->m.decisions, struct decision, r->decision)
                      ->entry.id;

        if (strcmp(name, id) == 0) return r;
    }
    return NULL;
}

/* One letter a decision: f found, o orphaned; capital when overdue; - not there. */
static const char *decisions_of(const char *text, int32_t today)
{
    static const char *const ids[] = {"d1", "d2", "d3", "d4", "d5", "x1"};
    static char states[KIT_COUNT(ids) + 1];
    struct kit_system s = kit_open(catalog, text, strlen(text), today);

    memset(states, '-', sizeof states - 1);
    for (size_t i = 0; s.assessment && i < KIT_COUNT(ids); i++) {
        const struct decision_result *r = find_decision(s.assessment, ids[i]);

        if (r) states[i] = r->state == SUBJECT_FOUND ? 'f' : 'o';
        if (r && r->overdue) states[i] = r->state == SUBJECT_FOUND ? 'F' : 'O';
    }
    kit_close(&s);
    return states;
}

static uint32_t count_diags(const char *text, int32_t today, const char *code)
{
    struct kit_system s = kit_open(catalog, text, strlen(text), today);
    uint32_t n = 0;

    for (size_t i = 0; s.assessment && i < s.assessment->diags.n; i++)
        n += strcmp(s.assessment->diags.items[i].code, code) == 0;
    kit_close(&s);
    return n;
}

#define PLAIN HEAD ZONES "components:\n" CLOUD SCADA FLOW RISKS DECISIONS

static void test_decisions_find_their_subjects(void)
{
    CHECK_STR(decisions_of(PLAIN, 0), "ffffff");
    CHECK_INT(count_diags(PLAIN, 0, "orphaned"), 0);
}

static void test_decisions_survive_moves(void)
{
    CHECK_STR(
        decisions_of(HEAD ZONES "components:\n" SCADA CLOUD FLOW RISKS DECISIONS, 0),
        "ffffff");
    CHECK_STR(
        decisions_of(HEAD DECISIONS RISKS FLOW "components:\n" SCADA CLOUD ZONES, 0),
        "ffffff");
    CHECK_STR(
        decisions_of(
            HEAD ZONES
            "components:\n"
            "  cloud: {name: Moved, kind: cloud-service, zone: b}\n"
            "  newcomer: {name: N, kind: scada, zone: b}\n" SCADA FLOW RISKS DECISIONS,
            0),
        "ffffff");
}

static void test_decisions_are_orphaned_when_their_subject_goes(void)
{
    static const char renamed[] = HEAD ZONES
        "components:\n  sky: {name: C, kind: cloud-service, zone: a}\n" SCADA
        "flows:\n  wire: {from: sky, to: scada, data: [orders], carrier: "
        "internet}\ndata:\n  orders: {name: O, class: control}\n" RISKS DECISIONS;
    static const char quiet[] = HEAD ZONES "components:\n" CLOUD SCADA FLOW DECISIONS;
    static const char unwired[] = HEAD ZONES "components:\n" CLOUD SCADA DECISIONS;

    CHECK_STR(decisions_of(renamed, 0), "offffo");
    CHECK_INT(count_diags(renamed, 0, "orphaned"), 2);
    CHECK_STR(decisions_of(quiet, 0), "ffooff");
    CHECK_STR(decisions_of(unwired, 0), "foooff");
}

static void test_decisions_fall_due(void)
{
    CHECK_STR(decisions_of(PLAIN, 20260227), "ffffff");
    CHECK_STR(decisions_of(PLAIN, 20260228), "ffffff");
    CHECK_STR(decisions_of(PLAIN, 20260301), "fffffF");
    CHECK_STR(decisions_of(PLAIN, 20260302), "FffffF");
    CHECK_INT(count_diags(PLAIN, 20260302, "overdue"), 2);
    CHECK_INT(count_diags(PLAIN, 20260228, "overdue"), 0);
}

static void test_doubled_decisions_are_told(void)
{
    static const char doubled[] =
        PLAIN "  x2: {subject: 'denial-of-service@cloud', reason: again}\n"
              "  x3: {subject: misuse@cloud, reason: decided on as well}\n";

    CHECK_INT(count_diags(PLAIN, 0, "doubled"), 0);
    CHECK_INT(count_diags(doubled, 0, "doubled"), 1);
    CHECK_STR(decisions_of(doubled, 0), "ffffff");
}

static void test_odd_subjects_are_orphans(void)
{
    static const char *const subjects[] = {
        "misuse",        "misuse@",      "@cloud",         "misuse@cloud@cloud",
        "nothing@cloud", "incident:",    "incident:burn",  "requirement:none",
        "requirement:",  "map:",         "map:nobody",     "Misuse@cloud",
        "misuse@cloud ", "cloud.login",  "misus@cloud",    "misuse@clou",
        "misuse@cloudy", "map:firm:day", "incident:fall2", "misuse@a",
    };
    for (size_t i = 0; i < KIT_COUNT(subjects); i++) {
        struct buf text = {0};

        buf_printf(&text,
                   HEAD ZONES "components:\n" CLOUD SCADA FLOW RISKS
                              "decisions:\n  d1: {subject: \"%s\", treatment: "
                              "accept, reason: so}\n",
                   subjects[i]);
        unit_check_str(__FILE__, __LINE__, decisions_of(buf_text(&text), 0), "o-----",
                       subjects[i]);
        buf_fini(&text);
    }
}

/* A decision on every threat; then parts go: none is lost, each knows its state. */
static void check_decided(uint32_t i, uint32_t part)
{
    struct kit_system whole = open_text(i);
    struct buf text = {0}, decided = {0};
    struct arena scratch = {0};

    if (whole.assessment == NULL) return;
    struct tree t = tree_read(buf_text(&texts[i]), texts[i].len);
    const struct list *parts = &whole.model->m.components;
    const char *gone = LIST_AT(*parts, struct component, part % parts->n)->entry.id;
    buf_str(&decided, "decisions: {");
    for (uint32_t k = 0; k < whole.assessment->threats.n; k++)
        buf_printf(
            &decided, "%st%u: {subject: \"%s\", treatment: accept, reason: x}",
            k ? ", " : "", k,
            threat_id(whole.assessment, AT_THREAT(whole.assessment, k), &scratch));
    buf_str(&decided, "}");
    struct tree more = tree_read(buf_text(&decided), decided.len);
    struct node *old = node_get(t.root, "decisions");
    if (old) {
        old->first = more.root->first->first;
        old->n = more.root->first->n;
    }
    if (parts->n > 1) tree_remove(&t, "components", gone);
    tree_write(t.root, NULL, &text);
    struct kit_system s = kit_open(catalog, buf_text(&text), text.len, 0);
    uint32_t n_decisions = 0, n_wrong = 0;
    for (uint32_t k = 0; old && s.assessment && k < s.assessment->decisions.n; k++) {
        const struct decision_result *r =
            LIST_AT(s.assessment->decisions, struct decision_result, k);

        if (r->is_exclusion) continue;
        n_decisions++;
        const char *subject =
            LIST_AT(s.model->m.decisions, struct decision, r->decision)->subject;
        n_wrong += (r->state == SUBJECT_FOUND) !=
                   (assess_find_threat(s.assessment, subject) != NULL);
    }
    CHECK_LAW(s.assessment != NULL, i, "is legal with decisions", gone);
    CHECK_LAW(!old || n_decisions == whole.assessment->threats.n, i,
              "no decision is lost", gone);
    CHECK_LAW(n_wrong == 0, i, "a decision is orphaned when its threat is gone", gone);
    kit_close(&s);
    kit_close(&whole);
    tree_fini(&t);
    tree_fini(&more);
    arena_fini(&scratch);
    buf_fini(&text);
    buf_fini(&decided);
}

static void test_decisions_are_never_lost(void)
{
    for (uint32_t i = 0; i < n_texts; i++)
        check_decided(i, i);
}

/* ---- requirements */

static int is_general(const struct requirement_result *r)
{
    return requirement_of(r)->threats.n == 0;
}

static int is_in_both(struct text t)
{
    return t.in[LANG_EN] && t.in[LANG_EN][0] && t.in[LANG_JA] && t.in[LANG_JA][0];
}

/* Every pointer of a reason leads somewhere. */
static int ref_exists(const struct assessment *a, const char *ref)
{
    if (strncmp(ref, "map:", 4) == 0) {
        for (uint32_t i = 0; i < a->map.n; i++)
            if (strcmp(stakeholder_of(a, AT_ROW(a, i)), ref + 4) == 0) return 1;
        return 0;
    }
    if (strncmp(ref, "incident:", 9) == 0) {
        for (uint32_t i = 0; i < a->model->m.incidents.n; i++)
            if (strcmp(LIST_AT(a->model->m.incidents, struct incident, i)->entry.id,
                       ref + 9) == 0)
                return 1;
        return 0;
    }
    return assess_find_threat(a, ref) != NULL;
}

static void check_requirement(uint32_t i, const struct assessment *a, uint32_t k)
{
    const struct requirement_result *r = AT_REQUIREMENT(a, k);
    const struct requirement *q = requirement_of(r);
    const struct stakeholder *applicant = LIST_AT(
        a->model->m.stakeholders, struct stakeholder, a->model->m.applicant.index);

    CHECK_LAW(r->rank == k + 1, i, "ranks are 1 to n", q->entry.id);
    CHECK_LAW(r->why.n > 0, i, "a requirement has a reason", q->entry.id);
    for (uint32_t w = 0; w < r->why.n; w++) {
        const struct reason *reason = LIST_AT(r->why, struct reason, w);

        CHECK_LAW(is_in_both(reason->text), i, "a reason is in both languages",
                  q->entry.id);
        CHECK_LAW(!reason->ref || ref_exists(a, reason->ref), i,
                  "a reason points to what is there", reason->ref);
    }
    CHECK_LAW(r->strength == a->demanded[q->viewpoint] && r->strength > 0, i,
              "its viewpoint is demanded", q->entry.id);
    CHECK_LAW((applicant->roles & q->roles) != 0, i, "it concerns the applicant",
              q->entry.id);
    CHECK_LAW(r->threats.n > 0, i, "a threat stands behind it", q->entry.id);
    for (uint32_t p = 0; p < r->proposals.n; p++)
        CHECK_LAW(strcmp(LIST_AT(catalog->c.examples, struct example,
                                 *LIST_AT(r->proposals, uint32_t, p))
                             ->requirement.id,
                         q->entry.id) == 0,
                  i, "a proposal meets it", q->entry.id);
}

/* The best of the general and of the specific ones are apart by more than order. */
static void check_ranking(uint32_t i, const struct assessment *a)
{
    const struct requirement_result *specific = NULL;

    for (uint32_t k = 0; k < a->requirements.n; k++) {
        const struct requirement_result *r = AT_REQUIREMENT(a, k);

        CHECK_LAW(k == 0 || AT_REQUIREMENT(a, k - 1)->score >= r->score, i,
                  "a higher rank has a higher score", requirement_of(r)->entry.id);
        if (!is_general(r) && specific == NULL) specific = r;
    }
    for (uint32_t k = 0; specific && k + 1 < specific->rank; k++)
        CHECK_LAW(AT_REQUIREMENT(a, k)->score > specific->score ||
                      AT_REQUIREMENT(a, k)->strength > specific->strength,
                  i, "a general requirement leads by score, not by order",
                  requirement_of(AT_REQUIREMENT(a, k))->entry.id);
}

static void test_requirements_have_reasons_and_ranks(void)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);

        for (uint32_t k = 0; s.assessment && k < s.assessment->requirements.n; k++)
            check_requirement(i, s.assessment, k);
        if (s.assessment) check_ranking(i, s.assessment);
        n += s.assessment ? s.assessment->requirements.n : 0;
        kit_close(&s);
    }
    CHECK(n > 100);
}

/* ---- threats */

static void test_threats_are_told_once_and_found(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        const struct assessment *a = s.assessment;
        struct arena scratch = {0};

        for (uint32_t k = 0; a && k < a->threats.n; k++) {
            const struct threat *t = AT_THREAT(a, k);
            const char *id = threat_id(a, t, &scratch);

            CHECK_LAW(assess_find_threat(a, id) == t, i, "an id finds its threat", id);
            CHECK_LAW(graph_threat(a->graph, t->node) == t->class, i,
                      "its step is of its class", id);
            CHECK_LAW(a->reach.effort[t->node] != GRAPH_NONE, i, "a chain reaches it",
                      id);
            CHECK_LAW(t->group < a->n_groups, i, "it is in a group", id);
            CHECK_LAW(!t->main || t->severity > 0, i, "the main ones are severe", id);
        }
        arena_fini(&scratch);
        kit_close(&s);
    }
}

/* What explains a threat that is left holds no step that the measures in force block.
 */
static void check_chain_left(uint32_t i, const struct assessment *a,
                             const struct threat *t, const uint8_t *blocked,
                             uint8_t *mark)
{
    uint32_t *chain = NULL;
    size_t n = assess_chain(a, threat_node(a, t), &chain, mark);

    for (size_t k = 0; k < n; k++)
        CHECK_LAW(t->state == THREAT_BLOCKED || !blocked[chain[k]], i,
                  "an open threat is explained by a chain that is left", NULL);
    CHECK_LAW(n > 0 && a->graph->node_threat[chain[n - 1]] == t->class, i,
              "a chain ends in a step of the class", NULL);
    free(chain);
}

static void test_chains_are_those_that_are_left(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);

        for (uint32_t k = 0; s.assessment && k < s.model->m.measures.n; k++)
            LIST_AT(s.model->m.measures, struct measure, k)->status = STATUS_VERIFIED;
        struct assessment *a = s.assessment ? assess_run(s.graph, 0) : NULL;
        uint8_t *blocked = mem_alloc(s.graph ? s.graph->n_nodes + 1 : 1);
        uint8_t *mark = mem_alloc(s.graph ? s.graph->n_nodes + 1 : 1);

        if (a)
            graph_effects(s.graph, STATUS_VERIFIED,
                          &(struct effects){.blocked = blocked});
        for (uint32_t k = 0; a && k < a->threats.n; k++)
            check_chain_left(i, a, AT_THREAT(a, k), blocked, mark);
        free(mark);
        free(blocked);
        assess_free(a);
        kit_close(&s);
    }
}

/* A threat leads to whatever any of its steps leads to, by the graph's own sets. */
static void test_threats_lead_where_their_steps_lead(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        const struct assessment *a = s.assessment;
        struct arena scratch = {0};

        for (uint32_t k = 0; a && k < a->threats.n; k++) {
            const struct threat *t = AT_THREAT(a, k);
            const struct graph *g = a->graph;

            for (uint32_t x = 0; x < g->n_incidents; x++) {
                int leads = 0;

                for (uint32_t n = g->first_node[t->asset];
                     n < g->first_node[t->asset + 1]; n++)
                    leads |= graph_threat(g, n) == t->class &&
                             forward_leads(&a->forward, n, x);
                CHECK_LAW(threat_leads_to(
                              a, t, g->assets[g->first_incident + x].index) == leads,
                          i, "a threat leads where its steps lead",
                          threat_id(a, t, &scratch));
            }
        }
        arena_fini(&scratch);
        kit_close(&s);
    }
}

/* Main are those that lead to an incident above a target, by the graph's own sets. */
static void test_main_threats_lead_above_a_target(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        const struct assessment *a = s.assessment;

        if (a) s.model->m.measures.n = s.model->m.exclusions.n = 0;
        struct assessment *bare = a ? assess_run(s.graph, 0) : NULL;
        for (uint32_t k = 0; bare && k < bare->threats.n; k++) {
            const struct threat *t = AT_THREAT(bare, k);
            int leads_above = 0;

            for (uint32_t x = 0; x < bare->incidents.n; x++)
                leads_above |= AT_INCIDENT(bare, x)->above &&
                               threat_leads_to(bare, t, AT_INCIDENT(bare, x)->incident);
            CHECK_LAW(t->main == leads_above, i, "main means above a target", NULL);
        }
        assess_free(bare);
        kit_close(&s);
    }
}

/* ---- both languages */

/* 1 if s has a character of Japanese. */
static int has_japanese(const char *s)
{
    size_t len = strlen(s), used;

    for (size_t at = 0; at < len; at += used) {
        uint32_t c = text_decode(s + at, len - at, &used);

        if ((c >= 0x3040 && c < 0x3100) || (c >= 0x4E00 && c < 0xA000)) return 1;
    }
    return 0;
}

static void check_text(const char *where, struct text t)
{
    int is_bilingual = is_in_both(t) && t.in[LANG_EN] != t.in[LANG_JA];

    if (text_empty(t)) return;
    unit_check(__FILE__, __LINE__, is_bilingual, where);
    if (!is_bilingual) return;
    if (has_japanese(t.in[LANG_EN])) unit_check(__FILE__, __LINE__, 0, where);
    /* names such as MES stand alike in both; sentences do not */
    if (strlen(t.in[LANG_EN]) > 40 && !has_japanese(t.in[LANG_JA]))
        unit_check(__FILE__, __LINE__, 0, where);
}

/* Every text of an object, through the tables that read it. */
static uint32_t check_texts(const struct shape *shape, const void *object,
                            const char *where)
{
    uint32_t n = 0;

    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        const char *slot = (const char *)object + f->offset;
        const struct list *list = (const void *)slot;
        const struct shape *of = f->of;
        char path[300];

        snprintf(path, sizeof path, "%.200s.%s", where, f->key ? f->key : "");
        if (f->type == FIELD_TEXT) {
            struct text t = *(const struct text *)(const void *)slot;

            check_text(path, t);
            n += !text_empty(t);
        }
        if (f->type == FIELD_STRUCT) n += check_texts(of, slot, path);
        for (uint32_t k = 0; f->type == FIELD_TEXTS && k < list->n; k++, n++)
            check_text(path, *LIST_AT(*list, struct text, k));
        for (uint32_t k = 0;
             (f->type == FIELD_LIST || f->type == FIELD_MAP) && k < list->n; k++) {
            const char *item = (const char *)list->items + k * of->size;

            if (f->type == FIELD_MAP)
                snprintf(path, sizeof path, "%.200s.%s.%s", where, f->key,
                         ((const struct entry *)(const void *)item)->id);
            n += check_texts(of, item, path);
        }
    }
    return n;
}

static void test_use_cases_are_in_both_languages(void)
{
    CHECK(n_usecases >= 6);
    for (size_t i = 0; i < n_usecases; i++) {
        struct model *model = model_read_text(
            usecases[i]->path, (const char *)usecases[i]->bytes, usecases[i]->len);
        uint32_t n = check_texts(&model_shape, &model->m, usecases[i]->path);

        CHECK(n > 100);
        model_free(model);
    }
}

static void test_the_catalog_is_in_both_languages(void)
{
    CHECK(check_texts(&catalog_shape, &catalog->c, "catalog") > 500);
}

/* What the tables say of themselves. */
static uint32_t check_docs(const struct shape *shape, int depth)
{
    uint32_t n = 1;

    const char *name = text_in(shape->name, LANG_EN);
    unit_check(__FILE__, __LINE__, is_in_both(shape->doc), name);
    unit_check(__FILE__, __LINE__, is_in_both(shape->name), name);
    for (size_t i = 0; i < shape->n_fields && depth < 8; i++) {
        const struct field *f = &shape->fields[i];
        const struct choice_set *set = f->of;

        if (f->key == NULL) continue;
        unit_check(__FILE__, __LINE__, is_in_both(f->doc), f->key);
        if (f->type == FIELD_STRUCT || f->type == FIELD_LIST || f->type == FIELD_MAP)
            n += check_docs(f->of, depth + 1);
        for (size_t k = 0;
             (f->type == FIELD_CHOICE || f->type == FIELD_CHOICES) && k < set->n; k++)
            unit_check(__FILE__, __LINE__, is_in_both(set->items[k].text),
                       set->items[k].name);
    }
    return n;
}

static void test_the_tables_are_in_both_languages(void)
{
    CHECK(check_docs(&model_shape, 0) > 10);
    CHECK(check_docs(&catalog_shape, 0) > 10);
}

/* Whatever `assess` prints has as many lines in one language as in the other. */
static void test_summaries_have_the_same_lines(void)
{
    for (uint32_t i = 0; i < n_texts; i++) {
        struct kit_system s = open_text(i);
        size_t n_lines[N_LANGS] = {0};

        for (int lang = 0; s.assessment && lang < N_LANGS; lang++) {
            struct buf out = {0};

            term_summary(s.assessment, &(struct term){.lang = (enum lang)lang}, &out);
            for (size_t k = 0; k < out.len; k++)
                n_lines[lang] += out.data[k] == '\n';
            buf_fini(&out);
        }
        CHECK_LAW(n_lines[LANG_EN] == n_lines[LANG_JA], i,
                  "the summary has the same lines in both languages", NULL);
        kit_close(&s);
    }
}

int main(void)
{
    catalog = catalog_read(NULL);
    diag_print(&catalog->diags, stdout, (struct diag_view){0});
    if (catalog->diags.n_errors > 0) return 1;
    seed = kit_seed();
    make_texts();
    RUN(test_taking_a_part_out);
    RUN(test_no_incidents_no_demands);
    RUN(test_harmless_incidents_demand_nothing);
    RUN(test_a_measure_makes_nothing_worse);
    RUN(test_measures_add_up);
    RUN(test_proposed_measures_have_no_effect);
    RUN(test_what_is_planned_is_no_worse);
    RUN(test_states_mean_what_they_say);
    RUN(test_order_changes_no_byte);
    RUN(test_graver_harm_demands_no_less);
    RUN(test_excluded_threats_do_not_count);
    RUN(test_without_threats_there_is_no_requirement);
    RUN(test_excluded_requirements_stay_and_are_told);
    RUN(test_accepted_requirements_are_not_open);
    RUN(test_excluded_incidents_count_nowhere);
    RUN(test_excluded_positions_demand_nothing);
    RUN(test_decisions_find_their_subjects);
    RUN(test_decisions_survive_moves);
    RUN(test_decisions_are_orphaned_when_their_subject_goes);
    RUN(test_decisions_fall_due);
    RUN(test_doubled_decisions_are_told);
    RUN(test_odd_subjects_are_orphans);
    RUN(test_decisions_are_never_lost);
    RUN(test_requirements_have_reasons_and_ranks);
    RUN(test_threats_are_told_once_and_found);
    RUN(test_chains_are_those_that_are_left);
    RUN(test_threats_lead_where_their_steps_lead);
    RUN(test_main_threats_lead_above_a_target);
    RUN(test_use_cases_are_in_both_languages);
    RUN(test_the_catalog_is_in_both_languages);
    RUN(test_the_tables_are_in_both_languages);
    RUN(test_summaries_have_the_same_lines);
    for (uint32_t i = 0; i < n_texts; i++)
        buf_fini(&texts[i]);
    catalog_free(catalog);
    return UNIT_RESULT();
}
