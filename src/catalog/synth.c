// SPDX-License-Identifier: Apache-2.0
/*
 * A synthetic model; see synth.h. Plants of ten segments with about fifty components
 * each; three flows a component, most within the segment; every kind, protocol and
 * carrier of the catalog takes part.
 */
#include "catalog/synth.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    PER_ZONE = 50,
    ZONES_PER_SITE = 10,
    FLOWS_PER_COMPONENT = 3,
    MOST_INCIDENTS = 60
};

struct synth {
    struct buf *out;
    const struct catalog *catalog;
    const char **kinds; // concrete kinds of components
    size_t n_kinds, cap_kinds;
    uint64_t state;
    uint32_t n_components, n_zones, n_incidents;
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next_random(struct synth *s)
{
    uint64_t z = s->state += 0x9e3779b97f4a7c15ULL;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
    return z ^ z >> 31;
}

/* 0 to n - 1; the bias for small n is of no concern here. */
static uint32_t below(struct synth *s, uint32_t n)
{
    assert(n > 0);
    return (uint32_t)(next_random(s) % n);
}

static const char *pick(struct synth *s, const char *const *words, uint32_t n)
{
    return words[below(s, n)];
}

#define PICK(s, words) pick(s, words, sizeof(words) / sizeof *(words))

static void find_kinds(struct synth *s)
{
    for (uint32_t i = 0; i < s->catalog->c.kinds.n; i++) {
        const struct kind *k = LIST_AT(s->catalog->c.kinds, struct kind, i);
        if (k->is_abstract != TRI_YES && k->asset_type == ASSET_COMPONENT)
            *(const char **)mem_push(&s->kinds, &s->n_kinds, &s->cap_kinds,
                                     sizeof *s->kinds) = k->entry.id;
    }
}

static void put_head(struct synth *s)
{
    static const struct {
        const char *id, *roles;
    } stakeholders[] = {
        {"maker",      "service-developer, device-maker"},
        {"provider",   "service-provider"               },
        {"user",       "iot-user"                       },
        {"integrator", "integrator"                     },
        {"maintainer", "maintainer"                     },
        {"resident",   "resident"                       }
    };
    static const char *const data[] = {"personal",   "trade-secret", "control",
                                       "safety",     "program",      "credential",
                                       "operational"};
    buf_printf(s->out,
               "awai: 1\nsystem: {id: synthetic, name: \"Synthetic system of %u "
               "components\"}\napplicant: user\nstakeholders:\n",
               s->n_components);
    for (size_t i = 0; i < sizeof stakeholders / sizeof *stakeholders; i++)
        buf_printf(s->out,
                   "  %s: {name: \"The %s\", roles: [%s], target: {recovery: limited, "
                   "economic: limited}}\n",
                   stakeholders[i].id, stakeholders[i].id, stakeholders[i].roles);
    buf_str(s->out, "data:\n");
    for (size_t i = 0; i < sizeof data / sizeof *data; i++)
        buf_printf(s->out, "  data-%s: {name: \"Data: %s\", class: [%s]}\n", data[i],
                   data[i], data[i]);
}

static void put_zones(struct synth *s)
{
    static const char *const access[] = {"controlled", "controlled", "occupants"};
    buf_str(s->out,
            "zones:\n  internet: {name: Internet, kind: internet, trust: none}\n"
            "  cloud: {name: Cloud, kind: cloud, trust: partial, "
            "physical-access: controlled}\n");
    for (uint32_t i = 0; i < s->n_zones; i += ZONES_PER_SITE)
        buf_printf(s->out,
                   "  site-%05u: {name: Site %u, kind: site, physical-access: "
                   "controlled}\n",
                   i / ZONES_PER_SITE, i / ZONES_PER_SITE);
    for (uint32_t i = 0; i < s->n_zones; i++)
        buf_printf(
            s->out,
            "  zone-%05u: {name: Segment %u, within: site-%05u, physical-access: "
            "%s}\n",
            i, i, i / ZONES_PER_SITE, PICK(s, access));
}

static void put_component(struct synth *s, uint32_t i)
{
    static const char *const owners[] = {"maker", "provider", "user", "integrator"};
    static const char *const data[] = {"data-personal", "data-trade-secret",
                                       "data-control", "data-operational"};
    uint32_t zone = i / PER_ZONE;
    int in_cloud = below(s, 50) == 0;
    buf_printf(s->out, "  c%06u: {name: Component %u, kind: %s, zone: ", i, i,
               s->kinds[i % s->n_kinds]);
    if (in_cloud)
        buf_str(s->out, "cloud");
    else
        buf_printf(s->out, "zone-%05u", zone);
    buf_printf(s->out, ", owner: %s", PICK(s, owners));
    if (below(s, 4) == 0) buf_printf(s->out, ", data: [%s]", PICK(s, data));
    buf_str(s->out, "}\n");
}

static void put_flow(struct synth *s, uint32_t i, uint32_t k)
{
    static const char *const data[] = {
        "data-control", "data-operational", "data-operational", "data-program",
        "data-safety",  "data-personal",    "data-credential"};
    uint32_t zone = i / PER_ZONE * PER_ZONE, n = s->n_components - zone;
    uint32_t to = zone + below(s, n < PER_ZONE ? n : PER_ZONE);
    if (k == 0 && below(s, 4) == 0) to = below(s, s->n_components);
    if (to == i) to = i + 1 < s->n_components ? i + 1 : 0;
    const struct list *protocols = &s->catalog->c.protocols;
    const struct list *carriers = &s->catalog->c.carriers;
    const char *protocol =
        LIST_AT(*protocols, struct protocol, below(s, protocols->n))->entry.id;
    const char *carrier =
        LIST_AT(*carriers, struct carrier, below(s, carriers->n))->entry.id;
    buf_printf(s->out,
               "  f%07u: {from: c%06u, to: c%06u, data: [%s], protocol: %s, carrier: "
               "%s}\n",
               i * FLOWS_PER_COMPONENT + k, i, to, PICK(s, data), protocol, carrier);
}

static void put_incidents(struct synth *s)
{
    static const char *const recovery[] = {"limited", "serious", "fatal"};
    static const char *const economic[] = {"limited", "serious", "devastating"};
    static const char *const sufferers[] = {"user", "resident", "maker", "provider"};
    const struct list *threats = &s->catalog->c.threats;
    buf_str(s->out, "incidents:\n");
    for (uint32_t i = 0; i < s->n_incidents; i++) {
        const char *threat =
            LIST_AT(*threats, struct threat_class, below(s, threats->n))->entry.id;
        uint32_t at = below(s, s->n_components);
        buf_printf(s->out,
                   "  incident-%03u:\n    name: Incident %u\n    threat: %s\n    at: "
                   "[c%06u, c%06u, f%07u]\n    harms:\n",
                   i, i, threat, at, (at + 1) % s->n_components,
                   at * FLOWS_PER_COMPONENT);
        const char *who = PICK(s, sufferers);
        const char *level = PICK(s, recovery);
        buf_printf(s->out,
                   "      %s: {recovery: %s, economic: %s, because: synthetic}\n", who,
                   level, PICK(s, economic));
    }
}

static void put_measures(struct synth *s)
{
    static const char *const status[] = {"proposed", "decided", "decided"};
    const struct list *examples = &s->catalog->c.examples;
    buf_str(s->out, "measures:\n");
    for (uint32_t i = 0; i < examples->n; i++) {
        const struct example *e = LIST_AT(*examples, struct example, i);
        buf_printf(
            s->out,
            "  measure-%03u: {name: Measure %u, requirement: %s, example: %s, on: "
            "[c%06u], by: user, status: %s}\n",
            i, i, e->requirement.id, e->entry.id, below(s, s->n_components),
            PICK(s, status));
    }
}

static void put_model(struct synth *s)
{
    put_head(s);
    put_zones(s);
    buf_str(s->out, "components:\n");
    for (uint32_t i = 0; i < s->n_components; i++)
        put_component(s, i);
    buf_str(s->out, "flows:\n");
    for (uint32_t i = 0; i < s->n_components; i++)
        for (uint32_t k = 0; k < FLOWS_PER_COMPONENT; k++)
            put_flow(s, i, k);
    put_incidents(s);
    put_measures(s);
}

void synth_model(const struct catalog *catalog, uint32_t n_components, uint64_t seed,
                 struct buf *out)
{
    struct synth s = {.out = out, .catalog = catalog, .state = seed};
    s.n_components = n_components;
    s.n_zones = (s.n_components + PER_ZONE - 1) / PER_ZONE;
    s.n_incidents = s.n_components / 10 + 1;
    if (s.n_incidents > MOST_INCIDENTS) s.n_incidents = MOST_INCIDENTS;
    find_kinds(&s);
    put_model(&s);
    free(s.kinds);
}
