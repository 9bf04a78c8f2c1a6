/* SPDX-License-Identifier: Apache-2.0
 *
 * The attack graph by example: which steps the parts of small models have and which of
 * them are reached, what incidents need, and what measures do to steps.
 */
#include "unit.h"

#include "tools/grown.h"

/* ---- examples: what is there and what is reached */

#define HEAD                                                                           \
    "awai: 1\nsystem: {id: s, name: S}\napplicant: firm\nstakeholders:\n"              \
    "  firm: {name: Firm, roles: [iot-user]}\n  family: {name: F, roles: "             \
    "[resident]}\n"                                                                    \
    "zones:\n  net: {name: Net, kind: internet}\n"                                     \
    "  site: {name: Site, kind: site, physical-access: controlled}\n"                  \
    "  vault: {name: Vault, kind: segment, physical-access: controlled}\n"             \
    "data:\n  diary: {name: D, class: personal}\n  orders: {name: O, class: "          \
    "control}\n"                                                                       \
    "  program: {name: P, class: program}\n  log: {name: L, class: operational}\n"

enum standing { ABSENT, UNREACHED, REACHED };

static enum standing standing_of(const struct grown *g, const char *id)
{
    uint32_t node = g->graph ? graph_find(g->graph, id) : GRAPH_NONE;

    if (node == GRAPH_NONE) return ABSENT;
    return g->reach.effort[node] == GRAPH_NONE ? UNREACHED : REACHED;
}

static int has_parent(const struct graph *g, const char *child, const char *parent)
{
    uint32_t node = graph_find(g, child), wanted = graph_find(g, parent);

    for (uint32_t k = 0; node != GRAPH_NONE && k < n_parents(g, node); k++)
        if (parent_at(g, node, k) == wanted) return 1;
    return 0;
}

/* 1 if the shortest chain to a node passes another. */
static int chain_passes(const struct grown *g, const char *id, const char *by)
{
    if (g->graph == NULL) return 0;
    uint8_t *mark = mem_alloc(g->graph->n_nodes + 1);
    uint32_t *chain = NULL, goal = graph_find(g->graph, id);
    uint32_t wanted = graph_find(g->graph, by);
    size_t n = standing_of(g, id) == REACHED
                   ? graph_chain(g->graph, &g->reach, goal, &chain, mark)
                   : 0;
    int found = 0;

    for (size_t i = 0; i < n; i++)
        found |= chain[i] == wanted;
    free(chain);
    free(mark);
    return found;
}

/* Whether a node is reached when some others are impossible; NULL ends the list. */
static enum standing without(const struct grown *g, const char *id,
                             const char *const *impossible)
{
    if (g->graph == NULL) return ABSENT;
    uint8_t *blocked = mem_alloc(g->graph->n_nodes + 1);
    struct work work = {0};
    uint32_t node = graph_find(g->graph, id);

    for (; *impossible; impossible++) {
        uint32_t n = graph_find(g->graph, *impossible);

        CHECK(n != GRAPH_NONE);
        if (n != GRAPH_NONE) blocked[n] = 1;
    }
    struct reach r = graph_reach(g->graph, blocked, &work);
    enum standing s = node == GRAPH_NONE             ? ABSENT
                      : r.effort[node] == GRAPH_NONE ? UNREACHED
                                                     : REACHED;
    reach_fini(&r);
    free(blocked);
    return s;
}

#define WITHOUT(g, id, ...) without(g, id, (const char *const[]){__VA_ARGS__, NULL})

/* A cloud that sends a diary and orders to a robot, over a carrier, protected or not.
 */
static struct grown grow_flow(const char *properties)
{
    struct buf text = {0};

    buf_printf(&text,
               HEAD
               "components:\n"
               "  cloud: {name: C, kind: cloud-service, zone: net, interfaces: "
               "[internet]}\n"
               "  robot: {name: R, kind: robot-controller, zone: vault, "
               "interfaces: [panel], physical-effect: moves}\n"
               "flows:\n  f: {from: cloud, to: robot, data: [diary, orders], %s}\n",
               properties);
    struct grown g = grow(buf_text(&text));
    buf_fini(&text);
    return g;
}

static void test_encryption_keeps_from_reading(void)
{
    struct grown open =
        grow_flow("carrier: internet, encrypted: false, authenticated: false");
    struct grown closed =
        grow_flow("carrier: internet, encrypted: true, authenticated: false");

    CHECK_INT(standing_of(&open, "f.eavesdrop"), REACHED);
    CHECK_INT(standing_of(&closed, "f.eavesdrop"), ABSENT);
    CHECK_INT(standing_of(&closed, "f.access"), REACHED);
    CHECK_INT(standing_of(&closed, "f.tamper-in-transit"), REACHED);
    CHECK_INT(standing_of(&closed, "f.spoof"), REACHED);
    fell(&open);
    fell(&closed);
}

static void test_authentication_keeps_from_altering_but_not_at_the_source(void)
{
    struct grown open =
        grow_flow("carrier: internet, encrypted: false, authenticated: false");
    struct grown closed =
        grow_flow("carrier: internet, encrypted: false, authenticated: true");

    CHECK_INT(standing_of(&open, "f.tamper-in-transit"), REACHED);
    CHECK_INT(standing_of(&open, "f.spoof"), REACHED);
    CHECK_INT(standing_of(&closed, "f.tamper-in-transit"), ABSENT);
    CHECK_INT(standing_of(&closed, "f.spoof"), ABSENT);
    CHECK_INT(standing_of(&closed, "robot.deceived"), UNREACHED);
    CHECK_INT(standing_of(&closed, "f.eavesdrop"), REACHED);
    CHECK_INT(standing_of(&closed, "f.falsify-at-source"), REACHED);
    CHECK(chain_passes(&closed, "f.falsify-at-source", "cloud.control"));
    CHECK_INT(WITHOUT(&closed, "f.falsify-at-source", "cloud.control"), UNREACHED);
    CHECK_INT(standing_of(&closed, "robot.misoperate"), REACHED);
    fell(&open);
    fell(&closed);
}

static void test_a_protocol_protects_when_the_flow_is_silent(void)
{
    struct grown plain = grow_flow("carrier: internet, protocol: http");
    struct grown tls = grow_flow("carrier: internet, protocol: https");
    struct grown overruled =
        grow_flow("carrier: internet, protocol: https, encrypted: false");

    CHECK_INT(standing_of(&plain, "f.eavesdrop"), REACHED);
    CHECK_INT(standing_of(&tls, "f.eavesdrop"), ABSENT);
    CHECK_INT(standing_of(&overruled, "f.eavesdrop"), REACHED);
    fell(&plain);
    fell(&tls);
    fell(&overruled);
}

static void test_wifi_is_reached_from_the_street(void)
{
    struct grown wifi = grow_flow("carrier: wifi, authenticated: false");
    struct grown cable = grow_flow("carrier: wired-lan, authenticated: false");
    struct grown inside = grow_flow("carrier: internal, authenticated: false");

    REQUIRE(wifi.graph && cable.graph && inside.graph);
    CHECK(has_parent(wifi.graph, "f.access", "origin.wireless"));
    CHECK(has_parent(wifi.graph, "f.block", "origin.wireless"));
    CHECK(chain_passes(&wifi, "f.spoof", "origin.wireless"));
    CHECK(!has_parent(cable.graph, "f.access", "origin.wireless"));
    CHECK(!has_parent(cable.graph, "f.block", "origin.wireless"));
    CHECK_INT(WITHOUT(&cable, "f.access", "net.network", "vault.network"), UNREACHED);
    CHECK_INT(standing_of(&inside, "f.access"), UNREACHED);
    fell(&wifi);
    fell(&cable);
    fell(&inside);
}

/* An update server that serves a controller, which takes programs so or so. */
static struct grown grow_update(const char *update, const char *carrier)
{
    struct buf text = {0};

    buf_printf(&text,
               HEAD "components:\n"
                    "  builder: {name: B, kind: update-server, zone: net, "
                    "interfaces: [internet], data: [program]}\n"
                    "  device: {name: D, kind: controller, zone: vault, "
                    "interfaces: [panel], update: %s}\n"
                    "flows:\n  f: {from: builder, to: device, data: [program], "
                    "carrier: %s, authenticated: %s, initiator: to}\n",
               update, carrier, strcmp(update, "signed") == 0 ? "true" : "false");
    struct grown g = grow(buf_text(&text));
    buf_fini(&text);
    return g;
}

static void test_signed_updates_of_a_compromised_builder_are_installed(void)
{
    struct grown g = grow_update("signed", "internet");

    REQUIRE(g.graph != NULL);
    CHECK_INT(standing_of(&g, "f.swap-program"), UNREACHED);
    CHECK_INT(standing_of(&g, "f.bad-program"), REACHED);
    CHECK_INT(standing_of(&g, "device.install-bad-program"), REACHED);
    CHECK(chain_passes(&g, "device.install-bad-program", "builder.alter"));
    CHECK_INT(WITHOUT(&g, "device.install-bad-program", "builder.alter"), UNREACHED);
    fell(&g);
}

/* What is poisoned while it is made is a way of its own, from the supply chain to the
 * device, that no signature stops. */
static void test_tainted_programs_come_from_the_supply_chain(void)
{
    struct grown g = grow(
        HEAD "components:\n"
             "  builder: {name: B, kind: development-environment, zone: vault, "
             "data: [program]}\n"
             "  server: {name: U, kind: update-server, zone: net}\n"
             "  device: {name: D, kind: plc, zone: vault, update: signed, "
             "interfaces: []}\n"
             "flows:\n"
             "  release: {from: builder, to: server, data: [program]}\n"
             "  update: {from: server, to: device, data: [program], initiator: to}\n"
             "incidents:\n"
             "  sold: {name: N, threat: malware-infection, at: device, "
             "by: install-tainted-program}\n");

    REQUIRE(g.graph != NULL);
    CHECK(chain_passes(&g, "incident.sold", "origin.supply-chain"));
    CHECK(chain_passes(&g, "incident.sold", "builder.taint"));
    CHECK(chain_passes(&g, "incident.sold", "server.pass-on-tainted-program"));
    CHECK_INT(WITHOUT(&g, "incident.sold", "origin.supply-chain"), UNREACHED);
    CHECK_INT(WITHOUT(&g, "incident.sold", "update.tainted-program"), UNREACHED);
    // The server can be got at by itself as well.
    CHECK_INT(WITHOUT(&g, "incident.sold", "builder.taint"), REACHED);
    CHECK_INT(WITHOUT(&g, "incident.sold", "builder.taint", "server.taint"), UNREACHED);
    fell(&g);
}

static void test_unsigned_updates_can_be_swapped_on_the_way(void)
{
    struct grown g = grow_update("unsigned", "internet");
    struct grown none = grow_update("none", "internet");

    REQUIRE(g.graph && none.graph);
    CHECK_INT(WITHOUT(&g, "device.install-bad-program", "builder.alter"), REACHED);
    CHECK(has_parent(g.graph, "device.install-bad-program", "f.swap-program"));
    CHECK_INT(WITHOUT(&g, "device.infect", "builder.alter"), REACHED);
    CHECK_INT(standing_of(&none, "device.install-bad-program"), ABSENT);
    fell(&g);
    fell(&none);
}

/* An incident that comes about by a medium, though the network would do as well. */
static void test_incidents_come_about_by_the_steps_named(void)
{
    struct grown g =
        grow(HEAD "components:\n"
                  "  pc: {name: P, kind: business-terminal, zone: site, interfaces: "
                  "[internet, local, usb]}\n"
                  "incidents:\n"
                  "  any: {name: A, threat: malware-infection, at: pc}\n"
                  "  usb: {name: U, threat: malware-infection, at: pc, by: insert}\n"
                  "  none: {name: N, threat: misuse, at: pc, by: insert}\n");
    struct grown medium =
        grow(HEAD "components:\n"
                  "  stick: {name: S, kind: removable-medium, zone: site}\n"
                  "  pc: {name: P, kind: business-terminal, zone: site, interfaces: "
                  "[internet, local, usb]}\n"
                  "flows:\n"
                  "  f: {from: pc, to: stick, data: [log], carrier: removable-medium}\n"
                  "  g: {from: stick, to: pc, data: [log], carrier: removable-medium}\n"
                  "incidents:\n"
                  "  x: {name: X, threat: malware-infection, at: pc, by: "
                  "carry-malware}\n");

    REQUIRE(g.graph != NULL);
    CHECK(!chain_passes(&g, "incident.any", "pc.insert"));
    CHECK(chain_passes(&g, "incident.usb", "pc.insert"));
    CHECK(chain_passes(&g, "incident.usb", "pc.infect"));
    CHECK(!chain_passes(&g, "incident.usb", "pc.exploit"));
    CHECK_INT(WITHOUT(&g, "incident.any", "pc.insert"), REACHED);
    CHECK_INT(WITHOUT(&g, "incident.usb", "pc.insert"), UNREACHED);
    CHECK_INT(standing_of(&g, "incident.none"), UNREACHED);
    REQUIRE(medium.graph != NULL);
    CHECK(chain_passes(&medium, "incident.x", "g.carry-malware"));
    CHECK_INT(WITHOUT(&medium, "incident.x", "g.carry-malware"), UNREACHED);
    fell(&medium);
    fell(&g);
}

/* What blocks, slows or shows a step does so to the incident's stand-in for it. */
static void test_stand_ins_share_the_effects_of_their_steps(void)
{
    struct grown g =
        grow(HEAD "components:\n"
                  "  pc: {name: P, kind: business-terminal, zone: site, interfaces: "
                  "[internet, local, usb]}\n"
                  "incidents:\n"
                  "  usb: {name: U, threat: malware-infection, at: pc, by: insert}\n"
                  "measures:\n"
                  "  m: {name: M, requirement: malware-protection, by: firm, on: [pc], "
                  "status: implemented}\n");
    uint32_t n_marked = 0;

    REQUIRE(g.graph != NULL);
    uint32_t infect = graph_find(g.graph, "pc.infect");
    uint32_t stand_in = g.graph->n_nodes - 1;
    CHECK_INT(graph_stands_for(g.graph, stand_in), infect);
    CHECK(graph_ttc(g.graph, stand_in) == graph_ttc(g.graph, infect));
    for (uint32_t i = 0; i < catalog->c.examples.n; i++) {
        const struct example *x = LIST_AT(catalog->c.examples, struct example, i);
        uint8_t *marks = mem_alloc(g.graph->n_nodes + 1);

        LIST_AT(g.model->m.measures, struct measure, 0)->example =
            (struct ref){.id = x->entry.id, .index = i};
        graph_effects(g.graph, STATUS_IMPLEMENTED, &(struct effects){.slowed = marks});
        CHECK_INT(marks[stand_in], marks[infect]);
        n_marked += marks[infect];
        free(marks);
    }
    CHECK(n_marked > 0);
    fell(&g);
}

/* An office PC whose files go by USB stick to a machine that no network reaches. */
static void test_a_removable_medium_carries_malware(void)
{
    struct grown g = grow(
        HEAD "components:\n"
             "  pc: {name: P, kind: business-terminal, zone: site, interfaces: "
             "[internet, local]}\n"
             "  stick: {name: S, kind: removable-medium, zone: site}\n"
             "  island: {name: I, kind: plc, zone: vault, interfaces: [usb]}\n"
             "flows:\n"
             "  f1: {from: pc, to: stick, data: [log], carrier: removable-medium}\n"
             "  f2: {from: stick, to: island, data: [log], carrier: "
             "removable-medium}\n");

    REQUIRE(g.graph != NULL);
    CHECK_INT(standing_of(&g, "stick.infect"), REACHED);
    CHECK_INT(standing_of(&g, "island.infect"), REACHED);
    CHECK(has_parent(g.graph, "stick.infect", "f1.carry-malware"));
    CHECK(has_parent(g.graph, "island.infect", "f2.carry-malware"));
    CHECK_INT(WITHOUT(&g, "island.infect", "vault.enter"), REACHED);
    CHECK_INT(WITHOUT(&g, "island.infect", "origin.physical", "origin.supply-chain"),
              REACHED);
    CHECK_INT(WITHOUT(&g, "island.infect", "origin.physical", "origin.supply-chain",
                      "pc.infect"),
              UNREACHED);
    CHECK_INT(WITHOUT(&g, "island.infect", "vault.enter", "stick.infect"), UNREACHED);
    fell(&g);
}

static void test_insiders_are_where_there_is_staff(void)
{
    struct grown g =
        grow(HEAD "components:\n"
                  "  office: {name: O, kind: scada, zone: vault, operator: firm}\n"
                  "  home: {name: H, kind: scada, zone: vault, operator: family}\n"
                  "  nobody: {name: N, kind: scada, zone: vault}\n");

    REQUIRE(g.graph != NULL);
    CHECK(has_parent(g.graph, "office.abuse", "origin.insider"));
    CHECK(has_parent(g.graph, "office.misuse", "office.abuse"));
    CHECK_INT(standing_of(&g, "office.abuse"), REACHED);
    CHECK_INT(standing_of(&g, "home.abuse"), UNREACHED);
    CHECK_INT(standing_of(&g, "nobody.abuse"), UNREACHED);
    fell(&g);
}

/* A false order goes on from one that acts on it to the next, down to what does harm.
 */
static void test_false_orders_are_passed_on(void)
{
    struct grown g = grow(
        HEAD "components:\n"
             "  cloud: {name: C, kind: cloud-service, zone: net}\n"
             "  panel: {name: P, kind: controller, zone: vault, interfaces: [], "
             "physical-effect: starts the heater}\n"
             "  heater: {name: H, kind: controller, zone: vault, interfaces: [], "
             "physical-effect: heats}\n"
             "flows:\n"
             "  far: {from: cloud, to: panel, data: [orders], carrier: internet, "
             "authenticated: false, initiator: to}\n"
             "  near: {from: panel, to: heater, data: [orders], carrier: internal}\n"
             "  told: {from: panel, to: heater, data: [log], carrier: internal}\n");

    REQUIRE(g.graph != NULL);
    CHECK(chain_passes(&g, "heater.misoperate", "near.pass-on-false-order"));
    CHECK_INT(WITHOUT(&g, "heater.misoperate", "panel.control", "heater.control"),
              REACHED);
    CHECK_INT(WITHOUT(&g, "heater.misoperate", "panel.control", "heater.control",
                      "far.tamper-in-transit", "far.falsify-at-source",
                      "panel.deceived"),
              UNREACHED);
    CHECK_INT(standing_of(&g, "told.pass-on-false-order"), ABSENT); // no order
    fell(&g);
}

/* What holds something to keep secret can be read when it is thrown away; nobody throws
 * away a rented cloud. */
static void test_what_is_thrown_away_is_read(void)
{
    struct grown g = grow(
        HEAD "components:\n"
             "  base: {name: B, kind: database-server, zone: vault, data: [diary]}\n"
             "  meter: {name: M, kind: database-server, zone: vault, data: [log]}\n"
             "  cloud: {name: C, kind: cloud-service, zone: net, data: [diary]}\n");

    REQUIRE(g.graph != NULL);
    CHECK(chain_passes(&g, "base.recover-discarded", "origin.physical"));
    CHECK_INT(standing_of(&g, "meter.recover-discarded"), ABSENT);
    CHECK_INT(standing_of(&g, "cloud.recover-discarded"), ABSENT);
    fell(&g);
}

/* Someone who works at a terminal, deceived by telephone or disloyal. */
static struct grown grow_person(const char *authentication)
{
    struct buf text = {0};

    buf_printf(&text,
               HEAD "components:\n"
                    "  clerk: {name: C, kind: person, zone: site, operator: firm}\n"
                    "  guest: {name: G, kind: person, zone: site, operator: family}\n"
                    "  desk: {name: D, kind: business-terminal, zone: site, "
                    "authentication: %s, interfaces: [local]}\n"
                    "flows:\n"
                    "  f: {from: clerk, to: desk, data: [orders], carrier: manual}\n",
               authentication);
    struct grown g = grow(buf_text(&text));
    buf_fini(&text);
    return g;
}

static void test_stolen_credentials_need_a_person_and_a_way_in(void)
{
    struct grown g = grow_person("certificate");
    struct grown strong = grow_person("multi-factor");
    const char *step = "desk.use-stolen-credentials";

    REQUIRE(g.graph && strong.graph);
    uint32_t node = graph_find(g.graph, step);
    REQUIRE(node != GRAPH_NONE);
    CHECK_INT(g.graph->node_type[node], NODE_AND);
    CHECK_INT(standing_of(&g, step), REACHED);
    CHECK(chain_passes(&g, step, "clerk.deceive"));
    CHECK(chain_passes(&g, step, "origin.social"));
    CHECK(chain_passes(&g, step, "desk.reach"));
    CHECK_INT(WITHOUT(&g, step, "clerk.deceive"), UNREACHED);
    CHECK_INT(WITHOUT(&g, step, "origin.social"), UNREACHED);
    CHECK_INT(WITHOUT(&g, step, "desk.reach"), UNREACHED);
    CHECK_INT(standing_of(&strong, step), ABSENT);
    fell(&g);
    fell(&strong);
}

static void test_a_disloyal_person_misuses_what_is_at_hand(void)
{
    struct grown g = grow_person("multi-factor");

    REQUIRE(g.graph != NULL);
    CHECK(chain_passes(&g, "clerk.misuse", "origin.insider"));
    CHECK(has_parent(g.graph, "desk.misuse", "f.insider-use"));
    CHECK_INT(WITHOUT(&g, "f.insider-use", "clerk.misuse"), UNREACHED);
    // A private person has nobody to betray, but can be deceived.
    CHECK_INT(standing_of(&g, "guest.misuse"), ABSENT);
    CHECK_INT(standing_of(&g, "guest.deceive"), REACHED);
    fell(&g);
}

/* A guarded room in a plant, a desk in it; a rented cloud; a place on the internet's
 * side. */
static void test_places_are_entered_through_what_lies_around_them(void)
{
    struct grown g = grow(
        "awai: 1\nsystem: {id: s, name: S}\napplicant: firm\n"
        "stakeholders: {firm: {name: Firm, roles: [iot-user]}}\n"
        "zones:\n"
        "  net: {name: N, kind: internet}\n"
        "  plant: {name: P, kind: site, physical-access: controlled}\n"
        "  room: {name: R, within: plant, physical-access: controlled}\n"
        "  yard: {name: Y, kind: site, within: net, physical-access: occupants}\n"
        "  wall: {name: W, kind: outdoor, within: plant, physical-access: public}\n"
        "  rented: {name: C, kind: cloud}\n"
        "components:\n"
        "  desk: {name: D, kind: scada, zone: room, operator: firm}\n"
        "  base: {name: B, kind: database-server, zone: rented, operator: firm}\n");

    REQUIRE(g.graph != NULL);
    CHECK_INT(standing_of(&g, "room.enter"), REACHED);
    CHECK_INT(WITHOUT(&g, "room.enter", "plant.enter"), UNREACHED);
    CHECK(has_parent(g.graph, "plant.enter", "origin.physical"));
    CHECK(has_parent(g.graph, "yard.enter", "origin.physical"));
    CHECK(has_parent(g.graph, "wall.enter", "origin.physical"));
    CHECK(standing_of(&g, "rented.enter") != REACHED);
    CHECK_INT(standing_of(&g, "base.touch") == REACHED, 0);
    // Where entry is controlled, those who may enter are the ones who are there.
    CHECK(has_parent(g.graph, "room.plug-in", "origin.insider"));
    CHECK(has_parent(g.graph, "room.network", "room.plug-in"));
    CHECK_INT(standing_of(&g, "yard.plug-in"), UNREACHED);
    CHECK_INT(standing_of(&g, "rented.plug-in"), ABSENT);
    fell(&g);
}

/* Who is on a network is what its zone's trust says. */
static void test_trust_says_who_is_on_a_network(void)
{
    static const struct {
        const char *zone;
        int stranger, insider;
    } cases[] = {
        {"trust: none, physical-access: controlled",    1, 1},
        {"trust: none, physical-access: occupants",     1, 0},
        {"trust: partial, physical-access: controlled", 0, 1},
        {"trust: partial, physical-access: occupants",  1, 0},
        {"trust: partial, physical-access: public",     1, 0},
        {"trust: full, physical-access: controlled",    0, 1},
        {"trust: full, physical-access: occupants",     0, 1},
        {"trust: full, physical-access: public",        0, 1},
        {"physical-access: occupants",                  1, 0}, // partial
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[600];

        snprintf(text, sizeof text,
                 "awai: 1\nsystem: {id: s, name: S}\napplicant: firm\n"
                 "stakeholders: {firm: {name: Firm, roles: [iot-user]}}\n"
                 "zones: {lan: {name: L, %s}}\n"
                 "components: {desk: {name: D, kind: scada, zone: lan}}\n",
                 cases[i].zone);
        struct grown g = grow(text);
        REQUIRE(g.graph != NULL);
        CHECK_INT(has_parent(g.graph, "lan.network", "origin.local"),
                  cases[i].stranger);
        CHECK_INT(has_parent(g.graph, "lan.plug-in", "origin.insider"),
                  cases[i].insider);
        CHECK_INT(standing_of(&g, "desk.reach"), REACHED); // on foot, if need be
        fell(&g);
    }
}

/* An incident: its threat at any of its places, and every precondition. */
static void test_incidents_need_their_preconditions(void)
{
    struct grown g = grow(
        HEAD
        "components:\n"
        "  scada: {name: C, kind: scada, zone: vault, interfaces: [local]}\n"
        "  plc: {name: P, kind: plc, zone: vault, interfaces: [local], "
        "physical-effect: heats}\n"
        "incidents:\n"
        "  fire:\n    name: Fire\n    threat: data-tampering\n    at: [plc, scada]\n"
        "    preconditions: [{threat: denial-of-service, at: scada}]\n");

    REQUIRE(g.graph != NULL);
    CHECK_INT(standing_of(&g, "incident.fire"), REACHED);
    CHECK_INT(g.graph->node_type[graph_find(g.graph, "incident.fire")], NODE_AND);
    CHECK_INT(WITHOUT(&g, "incident.fire", "plc.alter"), REACHED);
    CHECK_INT(WITHOUT(&g, "incident.fire", "plc.alter", "scada.alter"), UNREACHED);
    CHECK_INT(WITHOUT(&g, "incident.fire", "scada.deny"), UNREACHED);
    CHECK_INT(graph_incident_node(g.graph, 0), graph_find(g.graph, "incident.fire"));
    fell(&g);
}

/* A regression: origins are numbered by id, not in the order of the catalog. */
static void check_origins(const struct graph *g, uint32_t *n_edges)
{
    for (uint32_t n = 0; n < g->n_nodes; n++) {
        const struct step *s = graph_step(g, n);
        char id[192];

        for (uint32_t k = 0; s && k < n_parents(g, n); k++) {
            uint32_t origin = parent_at(g, n, k);
            int is_named = 0;

            if (g->node_asset[origin] >= g->first_zone) continue;
            graph_node_id(g, origin, id, sizeof id);
            for (uint32_t p = 0; p < s->from.n; p++)
                is_named |= strcmp(LIST_AT(s->from, struct parent, p)->step, id) == 0;
            unit_check(__FILE__, __LINE__, is_named, id);
            ++*n_edges;
        }
    }
}

static void test_origins_are_the_ones_named(void)
{
    uint32_t n_edges = 0;

    for (uint32_t i = 0; i < 10; i++) {
        uint8_t *blocked;
        struct grown g = grow_random(i, &blocked);

        if (g.graph) check_origins(g.graph, &n_edges);
        for (uint32_t o = 1; g.graph && o < g.graph->first_zone; o++)
            CHECK(strcmp(graph_asset_id(g.graph, o - 1), graph_asset_id(g.graph, o)) <
                  0);
        free(blocked);
        fell(&g);
    }
    CHECK(n_edges > 100);
}

/* ---- measures */

/* The marks of an effect are on the assets that the measure is put on. */
static uint32_t count_marks(const struct graph *g, const uint8_t *marks)
{
    uint32_t n_marked = 0, n_astray = 0;

    for (uint32_t n = 0; n < g->n_nodes; n++) {
        n_marked += marks[n];
        n_astray +=
            marks[n] && strncmp(graph_asset_id(g, g->node_asset[n]), "on-", 3) != 0;
    }
    CHECK_INT(n_astray, 0);
    return n_marked;
}

/* What example x does under a measure of some status, counted. */
static uint32_t count_effects(const struct graph *g, enum measure_status status,
                              const struct example *x)
{
    const uint32_t n_patterns[] = {x->block_steps.n, x->slow_steps.n, x->limit_steps.n,
                                   x->detect_steps.n};
    uint8_t *marks[4];
    uint32_t n = 0;

    for (size_t i = 0; i < 4; i++)
        marks[i] = mem_alloc(g->n_nodes + 1);
    graph_effects(g, status, &(struct effects){marks[0], marks[1], marks[2], marks[3]});
    for (size_t i = 0; i < 4; i++) {
        uint32_t n_here = count_marks(g, marks[i]);

        CHECK(n_here <= n_patterns[i]);
        n += n_here;
        free(marks[i]);
    }
    return n;
}

static void test_effects_mark_their_steps_where_they_are_put(void)
{
    struct grown g =
        grow(HEAD "components:\n"
                  "  on-part: {name: A, kind: scada, zone: vault, data: [diary], "
                  "interfaces: [usb, local]}\n"
                  "  other: {name: B, kind: scada, zone: vault, data: [diary]}\n"
                  "flows:\n"
                  "  on-flow: {from: on-part, to: other, data: [orders, diary], "
                  "carrier: wifi}\n"
                  "  back: {from: other, to: on-part, data: [orders], carrier: wifi}\n"
                  "measures:\n"
                  "  m: {name: M, requirement: access-control, by: firm, on: [on-part, "
                  "on-flow], status: implemented}\n");
    uint32_t n_seen = 0, n_effective = 0;

    REQUIRE(g.graph != NULL);
    for (uint32_t i = 0; i < catalog->c.examples.n; i++) {
        const struct example *x = LIST_AT(catalog->c.examples, struct example, i);
        struct measure *m = LIST_AT(g.model->m.measures, struct measure, 0);

        m->example = (struct ref){.id = x->entry.id, .index = i};
        CHECK_INT(count_effects(g.graph, STATUS_VERIFIED, x), 0);
        n_seen += count_effects(g.graph, STATUS_DECIDED, x) > 0;
        n_effective +=
            x->block_steps.n + x->slow_steps.n + x->limit_steps.n + x->detect_steps.n >
            0;
    }
    printf("# %u examples, %u with effects, %u seen here\n", catalog->c.examples.n,
           n_effective, n_seen);
    CHECK(n_seen > n_effective / 2);
    fell(&g);
}

int main(void)
{
    catalog = catalog_read(NULL);
    diag_print(&catalog->diags, stdout, (struct diag_view){0});
    if (catalog->diags.n_errors > 0) return 1;
    seed = kit_seed();
    RUN(test_encryption_keeps_from_reading);
    RUN(test_authentication_keeps_from_altering_but_not_at_the_source);
    RUN(test_a_protocol_protects_when_the_flow_is_silent);
    RUN(test_wifi_is_reached_from_the_street);
    RUN(test_signed_updates_of_a_compromised_builder_are_installed);
    RUN(test_tainted_programs_come_from_the_supply_chain);
    RUN(test_unsigned_updates_can_be_swapped_on_the_way);
    RUN(test_incidents_come_about_by_the_steps_named);
    RUN(test_stand_ins_share_the_effects_of_their_steps);
    RUN(test_a_removable_medium_carries_malware);
    RUN(test_insiders_are_where_there_is_staff);
    RUN(test_false_orders_are_passed_on);
    RUN(test_what_is_thrown_away_is_read);
    RUN(test_stolen_credentials_need_a_person_and_a_way_in);
    RUN(test_a_disloyal_person_misuses_what_is_at_hand);
    RUN(test_places_are_entered_through_what_lies_around_them);
    RUN(test_trust_says_who_is_on_a_network);
    RUN(test_incidents_need_their_preconditions);
    RUN(test_origins_are_the_ones_named);
    RUN(test_effects_mark_their_steps_where_they_are_put);
    catalog_free(catalog);
    return UNIT_RESULT();
}
