#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The JSON Schemas against the readers, which come from the same tables: the use cases, the
# catalog and the example of rules, spoilt at each key in every way that a value can have
# the wrong form. What one of the two refuses, the other refuses (_agree.py).
set -u
: "${AWAI:=build/awai}" "${TEST_TMP:=$(mktemp -d)}"
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    echo "skip agree: there is no python3-jsonschema"
    exit 0
fi
tools="$(dirname "$AWAI")/tests/unit/schema"

# $1: format, $2...: good files of it
agree()
{
    format=$1
    shift
    "$AWAI" schema "$format" --lang en >"$TEST_TMP/$format.json"
    python3 tests/cli/_agree.py "$tools" "$format" "$TEST_TMP/$format.json" "$@"
}

# keys that none of the files has
cat >"$TEST_TMP/model.yaml" <<'END'
awai: 1
include: [more.yaml]
system: {id: s, name: S, domain: road-vehicle}
applicant: a
stakeholders: {a: {name: A, roles: [iot-user]}}
zones: {z: {name: Z}}
components: {c: {name: C, kind: plc, zone: z, supplier: M, position: {x: -20.5, y: 1e3}}}
incidents:
  i: {name: I, threat: t, at: c, preconditions: [{threat: t, at: c, by: s}]}
  j:
    name: J
    threat: t
    at: c
    harms:
      a: {recovery: none, economic: none, because: B, loss: {min: 1 JPY, mode: 2 JPY, max: 3 JPY, dist: pert-spread}, outcomes: [{share: 1, recovery: none, economic: none, loss: 5 JPY}], judgement: true, source: me}
    exposure: E3
    controllability: C2
criteria:
  recovery: {serious: {tolerable: 0.001, judgement: true, source: me}}
  economic: {serious: {loss: {min: 1 JPY, max: 2 JPY, dist: lognormal}, judgement: true, source: me}, limited: {loss: 1 JPY}}
safety-functions:
  f: {name: F, against: i, pfd: 0.1, leaves: {recovery: none, economic: limited}, judgement: true, source: me}
  g: {name: G, against: i, pfd: {min: 0.1, mode: 0.2, max: 0.3}}
measures:
  m: {name: M, requirement: r, by: a, evidence: [https://example.com/x], owner: O, due: 2027-03-31, holds: 0.5, slows-by: 2, requires: [n], conflicts: n, judgement: true, source: me}
  n: {name: N, requirement: r, by: a, holds: {min: 0.1, mode: 0.5, max: 0.6}}
attackers:
  b: {name: B, description: D, origins: [internet], aims: [i], skill: {min: 1, mode: 2, max: 3}, campaigns: {mode: 1, min: 0, max: 2}, patience: 3, judgement: true, source: me}
  d: {name: D, origins: insider, campaigns: 0.5, patience: 3}
flows: {f: {from: c, to: c}}
decisions: {e: {subject: "incident:i", treatment: reduce, reason: B, evidence: [x]}}
data: {d: {name: D, class: personal}}
rehearsal:
  twin: heater
  parameters: {p: 1, q: {mode: 2, min: 1, max: 3}}
  bind: {u: c, v: [f, f], w: {to: c}}
  records: {d: 5, e: {held: 5, per-day: 2}}
  measures:
    m:
      acts:
        - {does: limit, on: [c, f], signal: s, least: 1, most: 2, takes: 5}
        - {does: set, parameter: p, value: 3, takes: {mode: 2, min: 1, max: 3}}
        - {does: confirm, signal: s, chance: 0.5}
        - {does: respond, response: r}
        - {does: login, locks: 5}
      judgement: true
      source: me
  plays:
    i:
      about: A
      reason: R
      parameters: {p: 1, q: {mode: 2, min: 1, max: 3}}
      steps:
        - {at: 1, lasts: 2, do: tamper, on: f, from: c, signal: s, value: 1, add: 2, times: 3, per-hour: 4}
        - {at: {mode: 2, min: 1, max: 3}, lasts: {mode: 2, min: 1, max: 3}, do: replay, on: f, signal: s, recorded: 5}
        - {at: 1, do: delay, on: f, delay: 5}
        - {at: 1, do: flood, on: f, per-second: 5}
        - {at: 1, do: misuse, on: c, payload: disable, function: g}
      judgement: true
      source: me
  levels:
    - {outcome: o, stakeholder: a, incidents: [i], recovery: {limited: 1, serious: 2, fatal: 3}, economic: {limited: 1, serious: 2, devastating: 3}, each: 1 JPY, because: B}
END
cat >"$TEST_TMP/catalog.yaml" <<'END'
kinds:
  k:
    name: K
    source: me
    steps:
      s: {ttc: [{dist: pert, min: 1, mode: 2, max: 3, p: 0.5, unless: [person], factors: [{dist: lognormal, median: 2, sigma: 1}, {dist: gamma, shape: 1, scale: 2, p: 0.5}, {dist: uniform, min: 1, max: 2}, {dist: triangular, min: 1, mode: 2, max: 2}, {dist: constant, mean: 2}]}]}
examples:
  e: {name: E, description: D, requirement: access-control, source: me, holds: {min: 0.1, mode: 0.5, max: 0.6}, slows-by: 2, acts: [restore, login]}
carriers:
  c: {name: C, latency: 0.1, jitter: 0.2, loss: 0.3, per-second: 4}
END
cat >>"$TEST_TMP/catalog.yaml" <<'END'
criteria:
  recovery: {serious: {tolerable: 0.001, judgement: true, source: me}}
  economic: {serious: {loss: {min: 1 JPY, max: 2 JPY, dist: uniform}, judgement: true, source: me}, limited: {loss: {min: 1 JPY, mode: 1 JPY, max: 1 JPY}}}
END
cat >"$TEST_TMP/rules.yaml" <<'END'
rules:
  r: {for: threats, message: M, exempt: [{id: spoofing@c, because: B, until: 2027-12-31}]}
END

agree model usecases/*/model.yaml "$TEST_TMP/model.yaml"
agree catalog catalog/*.yaml "$TEST_TMP/catalog.yaml"
agree rules docs/examples/rules.yaml "$TEST_TMP/rules.yaml"
# all but the one with an amount of money so large that only the reader can tell
# shellcheck disable=SC2046 # names without blanks
agree model --as-they-are $(find tests/corpus/model -name '*.yaml' ! -name money.yaml | sort)
