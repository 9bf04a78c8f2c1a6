// SPDX-License-Identifier: Apache-2.0
/*
 * What an asset is, as a set of trait bits: the model's properties, the defaults of
 * its kind where the model is silent, and what its kind, protocol and carrier bring.
 */
#include "graph/graph_int.h"

/* Bits by name, looked up once per graph. */
void traits_init(struct trait_bits *b)
{
    static const struct {
        const char *name;
        size_t offset;
    } names[] = {
#define BIT(member, name) {name, offsetof(struct trait_bits, member)}
        BIT(sensitive, "sensitive"),
        BIT(holds_data, "holds-data"),
        BIT(holds_program, "holds-program"),
        BIT(physical, "physical"),
        BIT(staffed, "staffed"),
        BIT(encrypted, "encrypted"),
        BIT(authenticated, "authenticated"),
        BIT(inside, "inside"),
        BIT(auth[AUTH_NONE], "auth-none"),
        BIT(auth[AUTH_DEFAULT_PASSWORD], "auth-default"),
        BIT(auth[AUTH_PASSWORD], "auth-password"),
        BIT(auth[AUTH_CERTIFICATE], "auth-certificate"),
        BIT(auth[AUTH_MULTI_FACTOR], "auth-multi-factor"),
        BIT(update[UPDATE_NONE], "update-none"),
        BIT(update[UPDATE_MANUAL], "update-manual"),
        BIT(update[UPDATE_UNSIGNED], "update-unsigned"),
        BIT(update[UPDATE_SIGNED], "update-signed"),
        BIT(interface[INTERFACE_INTERNET], "if-internet"),
        BIT(interface[INTERFACE_WIRELESS], "if-wireless"),
        BIT(interface[INTERFACE_LOCAL], "if-local"),
        BIT(interface[INTERFACE_USB], "if-usb"),
        BIT(interface[INTERFACE_SERIAL], "if-serial"),
        BIT(interface[INTERFACE_PANEL], "if-panel"),
        BIT(data[DATA_PERSONAL], "d-personal"),
        BIT(data[DATA_TRADE_SECRET], "d-trade-secret"),
        BIT(data[DATA_CONTROL], "d-control"),
        BIT(data[DATA_SAFETY], "d-safety"),
        BIT(data[DATA_PROGRAM], "d-program"),
        BIT(data[DATA_CREDENTIAL], "d-credential"),
        BIT(data[DATA_OPERATIONAL], "d-operational"),
        BIT(zone_kind[ZONE_INTERNET], "z-internet"),
        BIT(zone_kind[ZONE_CLOUD], "z-cloud"),
        BIT(zone_kind[ZONE_SEGMENT], "z-segment"),
        BIT(zone_kind[ZONE_SITE], "z-site"),
        BIT(zone_kind[ZONE_OUTDOOR], "z-outdoor"),
        BIT(access[ACCESS_PUBLIC], "access-public"),
        BIT(access[ACCESS_OCCUPANTS], "access-occupants"),
        BIT(access[ACCESS_CONTROLLED], "access-controlled"),
        BIT(trust[TRUST_NONE], "trust-none"),
        BIT(trust[TRUST_PARTIAL], "trust-partial"),
        BIT(trust[TRUST_FULL], "trust-full"),
#undef BIT
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        *(traits *)(void *)((char *)b + names[i].offset) = trait_bit(names[i].name);
}

/* Union of the classes of the data referred to: 1 << enum data_class. */
static uint32_t data_classes_of(const struct model *model, const struct list *refs)
{
    uint32_t classes = 0;
    for (uint32_t i = 0; i < refs->n; i++) {
        const struct ref *r = LIST_AT(*refs, struct ref, i);
        classes |= LIST_AT(model->m.data, struct data, r->index)->classes;
    }
    return classes;
}

enum {
    SENSITIVE = 1 << DATA_PERSONAL | 1 << DATA_TRADE_SECRET | 1 << DATA_CREDENTIAL,
};

uint8_t effective_authentication(const struct catalog *catalog,
                                 const struct component *c)
{
    const struct kind *kind = LIST_AT(catalog->c.kinds, struct kind, c->kind.index);
    return c->authentication ? c->authentication : kind->defaults.authentication;
}

uint8_t effective_update(const struct catalog *catalog, const struct component *c)
{
    const struct kind *kind = LIST_AT(catalog->c.kinds, struct kind, c->kind.index);
    return c->update ? c->update : kind->defaults.update;
}

uint32_t effective_interfaces(const struct catalog *catalog, const struct component *c)
{
    const struct kind *kind = LIST_AT(catalog->c.kinds, struct kind, c->kind.index);
    return c->interfaces ? c->interfaces : kind->defaults.interfaces;
}

/* Someone other than a private person owns or runs it, so it has staff. */
static int is_staffed(const struct model *model, const struct component *c)
{
    const uint32_t organizations = 1 << ROLE_SERVICE_DEVELOPER |
                                   1 << ROLE_SERVICE_PROVIDER | 1 << ROLE_DEVICE_MAKER |
                                   1 << ROLE_INTEGRATOR | 1 << ROLE_MAINTAINER;
    const struct ref *who = c->operator.id ? &c->operator: & c->owner;
    if (who->id == NULL) return 0;
    const struct stakeholder *s =
        LIST_AT(model->m.stakeholders, struct stakeholder, who->index);
    int is_private = (s->roles & (1u << ROLE_RESIDENT | 1u << ROLE_THIRD_PARTY)) != 0;
    return (s->roles & organizations) != 0 ||
           (!is_private && (s->roles & 1u << ROLE_IOT_USER) != 0);
}

traits traits_of_component(const struct trait_bits *b, const struct model *model,
                           const struct catalog *catalog, const struct component *c)
{
    const struct kind *kind = LIST_AT(catalog->c.kinds, struct kind, c->kind.index);
    uint32_t classes = data_classes_of(model, &c->data);
    uint32_t open = effective_interfaces(catalog, c);
    traits t = kind->mask | b->auth[effective_authentication(catalog, c)] |
               b->update[effective_update(catalog, c)];
    for (int i = 0; i < N_INTERFACES; i++)
        t |= open >> i & 1 ? b->interface[i] : 0;
    t |= classes & SENSITIVE ? b->sensitive : 0;
    t |= c->data.n ? b->holds_data : 0;
    t |= classes >> DATA_PROGRAM & 1 ? b->holds_program : 0;
    t |= text_empty(c->physical_effect) ? 0 : b->physical;
    t |= is_staffed(model, c) ? b->staffed : 0;
    return t;
}

/* A flow's property: what the model says, else what the protocol usually does. */
static int flow_property(uint8_t stated, uint8_t usual)
{
    return (stated ? stated : usual) == TRI_YES;
}

int effective_encrypted(const struct catalog *catalog, const struct flow *f)
{
    uint8_t usual = f->protocol.id ? LIST_AT(catalog->c.protocols, struct protocol,
                                             f->protocol.index)
                                         ->encrypted
                                   : TRI_NO;
    return flow_property(f->encrypted, usual);
}

int effective_authenticated(const struct catalog *catalog, const struct flow *f)
{
    uint8_t usual = f->protocol.id ? LIST_AT(catalog->c.protocols, struct protocol,
                                             f->protocol.index)
                                         ->authenticated
                                   : TRI_NO;
    return flow_property(f->authenticated, usual);
}

traits traits_of_flow(const struct trait_bits *b, const struct model *model,
                      const struct catalog *catalog, const struct flow *f)
{
    uint32_t classes = data_classes_of(model, &f->data);
    traits t = LIST_AT(catalog->c.kinds, struct kind, catalog->flow_kind)->mask;
    if (f->carrier.id)
        t |= LIST_AT(catalog->c.carriers, struct carrier, f->carrier.index)->mask;
    for (int i = 0; i < N_DATA_CLASSES; i++)
        t |= classes >> i & 1 ? b->data[i] : 0;
    t |= classes & SENSITIVE ? b->sensitive : 0;
    t |= effective_encrypted(catalog, f) ? b->encrypted : 0;
    t |= effective_authenticated(catalog, f) ? b->authenticated : 0;
    return t;
}

/* It lies within a place, through which one has to go; the internet is none. */
static int is_inside(const struct model *model, const struct zone *z)
{
    if (z->within.id == NULL) return 0;
    return LIST_AT(model->m.zones, struct zone, z->within.index)->kind != ZONE_INTERNET;
}

traits traits_of_zone(const struct trait_bits *b, const struct model *model,
                      const struct zone *z)
{
    return (is_inside(model, z) ? b->inside : 0) |
           b->zone_kind[z->kind ? z->kind : ZONE_SEGMENT] |
           b->access[z->physical_access ? z->physical_access : ACCESS_OCCUPANTS] |
           b->trust[z->trust ? z->trust : TRUST_PARTIAL];
}
