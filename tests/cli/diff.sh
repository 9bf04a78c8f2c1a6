#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai diff: the same meaning, changes and what follows from them.
set -u
AWAI_TODAY=2026-01-01
export AWAI_TODAY

. tests/tools/kit.sh

# $1: name, $2: expected status, $3...: arguments
diff_models()
{
    name=$1 expected=$2
    shift 2
    exits "$name" "$expected" "$AWAI" diff "$@"
}

old=$TEST_TMP/old.yaml new=$TEST_TMP/new.yaml

# The parts of a model, so that they can be put together in any order.
head_part='awai: 1
system: {id: lamp, name: Lamp}
applicant: maker
stakeholders:
  maker: {name: Maker, roles: [device-maker, service-provider], target: {recovery: limited, economic: limited}}
  user: {name: User, roles: [iot-user, resident], target: {recovery: limited, economic: limited}}'
zones='zones:
  net: {name: Internet, kind: internet, trust: none, physical-access: public}
  home: {name: Home, kind: site}'
components='components:
  cloud: {name: Cloud, kind: cloud-service, zone: net, owner: maker, authentication: password}
  lamp: {name: Lamp, kind: sensor, zone: home, owner: user}'
flows='flows:
  switch: {name: Switching, from: cloud, to: lamp, data: [orders], protocol: mqtt, carrier: internet}
data:
  orders: {name: Orders, class: control}'
risks='incidents:
  dark: {name: Darkness, threat: unauthorized-access, at: cloud, harms: {user: {recovery: serious, economic: limited, because: falls}}}'
decisions='decisions:
  live-with-it: {subject: unauthorized-access@cloud, treatment: accept, reason: rare, owner: head, review-by: 2025-06-30}'

# build FILE PART...
build()
{
    file=$1
    shift
    printf '%s\n' "$@" >"$file"
}

build "$old" "$head_part" "$zones" "$components" "$flows" "$risks" "$decisions"
diff_models same-file 0 "$old" "$old"
has same-is-said out "The two models mean the same."
diff_models same-in-japanese 0 --lang ja "$old" "$old"
has same-is-said-in-japanese out "二つのモデルの意味は同じ"

build "$new" "$head_part" "$decisions" "$risks" "# moved" "$flows" "$components" "$zones"
diff_models order-is-nothing 0 "$old" "$new"
has order-is-nothing-said out "The two models mean the same."

build "$new" "$head_part" "$zones" "$flows" "$risks" "$decisions" \
    "$(echo "$components" | sed 's/authentication: password/authentication: multi-factor/')"
diff_models value 0 "$old" "$new"
has value-entry out "~ components cloud"
has value-key out "authentication: password → multi-factor"
diff_models value-json 0 --json "$old" "$new"
has value-json-same out '"same": false'
has value-json-change out '{"kind": "changed", "section": "components", "id": "cloud", "key": "authentication", "old": "password", "new": "multi-factor"}'

# A component and its flow go: threats, the incident's way and the decision's subject go.
build "$new" "$head_part" "$zones" "$decisions" "$(echo "$components" | sed '/cloud:/d')"
diff_models removal 0 "$old" "$new"
has removal-component out "- components cloud (Cloud)"
has removal-flow out "- flows switch (Switching)"
has removal-threat out "- unauthorized-access@cloud"
has removal-orphan out "! live-with-it: unauthorized-access@cloud"
has removal-move out "~ user (User): serious × limited → none × none"
diff_models addition 0 "$new" "$old"
has addition-component out "+ components cloud (Cloud)"
has addition-threat out "+ unauthorized-access@cloud"
has addition-move out "~ user (User): none × none → serious × limited"

# A raised level moves the map.
build "$new" "$head_part" "$zones" "$components" "$flows" "$decisions" \
    "$(echo "$risks" | sed 's/recovery: serious/recovery: fatal/')"
diff_models raised 0 "$old" "$new"
has raised-key out "harms.user.recovery: serious → fatal"
has raised-move out "~ user (User): serious × limited → fatal × limited"
diff_models raised-json 0 --json "$old" "$new"
has raised-json-move out '"kind": "map-moved", "id": "user"'

# An adoption is told.
build "$new" "$head_part" "$zones" "$components" "$flows" "$risks" "$decisions" \
    'adoptions: {access-control: {by: maker, because: needed}}'
diff_models adoption 0 "$old" "$new"
has adoption-entry out "+ adoptions access-control"
has adoption-consequence out "Requirements newly adopted"

diff_models missing-file 1 "$old" "$TEST_TMP/none.yaml"
diff_models one-file 2 "$old"
diff_models three-files 2 "$old" "$old" "$old"
for each in usecases/*/model.yaml; do
    diff_models "usecase-$(basename "$(dirname "$each")")" 0 "$each" "$each"
    has "same-$(basename "$(dirname "$each")")" out "The two models mean the same."
done
