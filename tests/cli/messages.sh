#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Every message of base/diag.def, provoked in both languages: what the reference says can
# be said, message and hint, is compared with what was said (_messages.py). In either
# language the exit code, the places and the codes are the same, and the rest is in it.
set -u
: "${AWAI:=$PWD/build/awai}" "${AWAI_ROOT:=$PWD}" "${TEST_TMP:=$(mktemp -d)}"
AWAI_TODAY=2027-01-01
export AWAI_TODAY
scripts=$AWAI_ROOT/tests/cli model=$AWAI_ROOT/usecases/drone/model.yaml
cd "$TEST_TMP" || exit 1
if ! command -v python3 >/dev/null; then
    echo "skip messages: there is no python3"
    exit 0
fi

# ok or not ok. $1: name, $2: status, $3: why
tell()
{
    if [ "$2" -eq 0 ]; then echo "ok $1"; else echo "not ok $1: ${3-}"; fi
}

# What does not depend on the language: `file:line:column:` and [code] of each line.
skeleton()
{
    grep -aoE '^[^ ]+:[0-9]+:[0-9]+: | \[[a-zA-Z-]+\]$' "$1" | tr -d ' '
}

# Runs awai with $3 ... in both languages. $1: name, $2: expected status
says()
{
    name=$1 expected=$2
    shift 2
    for lang in en ja; do
        "$AWAI" --lang $lang "$@" >out 2>err.$lang </dev/null
        status=$?
        tell "$name:$lang:exit" $((status != expected)) "exit $status: $*"
        cat out err.$lang >>said.$lang
    done
    skeleton err.en >places.en
    skeleton err.ja >places.ja
    cmp -s places.en places.ja
    tell "$name:same_places" $? "$(diff places.en places.ja | head -n 3 | tr '\n' ' ')"
}

# A model that is right, to put something wrong into.
head_of_model()
{
    cat <<'END'
awai: 1
system: {id: s, name: S}
applicant: firm
stakeholders:
  firm: {name: F, roles: [iot-user], target: {recovery: limited, economic: limited}}
zones:
  net: {name: N, kind: internet}
END
}

# ---- files and YAML

# A model that is standard input, here as a file. $1: name, standard input: its text
check()
{
    cat >"$1.yaml"
    says "$1" 1 check "$1.yaml"
}

says missing 1 check missing.yaml
mkdir folder
printf 'awai: 1\ninclude: [/dev/null, folder]\n' | check device
says folder 1 check .
truncate -s 300M sparse
says sparse 1 check sparse
printf '' | check empty
printf 'awai: 1\na: *b\n' | check alias
printf 'awai: 1\n---\nawai: 1\n' | check document
printf 'awai: 1\nawai: 1\n' | check twice
printf 'awai: \000\n' | check nul
printf 'awai: \351\n' | check latin
printf 'awai: "\\e"\n' | check control
printf 'awai: "\\0"\n' | check escaped_nul
printf 'awai: 1 # \342\200\256\n' | check invisible
printf '[a]: 1\n' | check key
printf 'a: [\n' | check syntax
printf 'a: "x' | check syntax_end
printf 'a: !!python/x y\n' | check tag
awk 'BEGIN { for (i = 0; i < 100; i++) printf "[" }' | check deep
awk 'BEGIN { for (i = 0; i < 200; i++) printf "k"; print ": 1" }' | check long_key
awk 'BEGIN { printf "a: "; for (i = 0; i < 20000; i++) printf "%064d", 0; print "" }' |
    check long_value
awk 'BEGIN { print "a:"; for (i = 0; i < 1100; i++) printf "- &a%d x\n", i }' | check anchors
awk 'BEGIN { print "a: &a [x, x, x, x, x, x, x, x, x, x]"; for (i = 98; i < 106; i++)
    { printf "%c: &%c [", i, i; for (k = 0; k < 10; k++) printf "*%c, ", i - 1; print "]" } }' |
    check aliases
printf 'awai: 1\ninclude: self.yaml\n' | check self
for i in $(seq 70); do echo 'data: {}' >"data$i.yaml"; done
{ head_of_model; echo "include: [$(seq -s ', ' -f 'data%g.yaml' 70)]"; } | check many
printf 'zones: {net: {name: X}}\napplicant: firm\nsystem: {id: s}\n' >other.yaml
{ head_of_model; echo 'include: [other.yaml]'; } | check joined
printf -- '- a\n' >list.yaml
{ head_of_model; echo 'include: list.yaml'; } | check joined_list

{ head_of_model; echo 'attackers: {a: {name: A, origins: internet, campaigns: {min: 3, mode: 2, max: 5}, patience: 3}}'; } |
    check estimates
{ head_of_model; cat <<'END'; } | check losses
components: {c: {name: C, kind: plc, zone: net}}
criteria:
  recovery: {limited: {tolerable: 0.1}, serious: {tolerable: 0.2}}
  economic: {limited: {below: 1 MJPY, loss: {min: 3 JPY}}, serious: {loss: 10 USD}}
incidents:
  i: {name: I, threat: malware-infection, at: c, harms: {firm: {recovery: limited, economic: limited, because: B, outcomes: [{share: 0.5, recovery: none, economic: none}]}}}
END

# ---- what the table of a model refuses

{ head_of_model; cat <<'END'; } | check shapes
components:
  c: {name: [a], kind: plc, zone: net, physical: maybe, colour: red, ownerr: firm}
  "d e": {name: D, kind: [plc], zone: net, forms-of-use: [a]}
  e: {name: E, kind: plc, zone: net, owner: frm}
  f: word
  g: {kind: device, zone: net, name: {fr: G}, authentication: passwrd}
  h: {name: H, kind: plc, zone: net, authentication: zzzzzzzz, data: {a: b}}
  i: {name: H, kind: plc, zone: no-zone-at-all-is-called-so}
flows: {x: {from: c, to: c, encrypted: maybe}}
data: [a]
measures:
  m: {name: M, by: firm, status: proposed, on: c, cost: ten, review-by: soon}
decisions:
  d: {subject: "x", treatment: accept, reason: r, review-by: soon}
relations: {from: firm}
criteria: {recovery: {serious: {injured: many}}, economic: {limited: {below: ten}}}
incidents: {i: {name: " ", threat: t, at: [], description: 2027, harms: {firm: {recovery: none}}}}
END
{ head_of_model; echo 'components: {c: {name: C, kind: device, zone: net}}'; } | check family
{ head_of_model; cat <<'END'; } | check criteria
components: {c: {name: C, kind: plc, zone: net}}
criteria: {economic: {limited: {below: 10 MJPY}, serious: {below: 10000 kJPY}, devastating: {below: 1 GUSD}}}
END
{ head_of_model; cat <<'END'; } | check catalog
components: {c: {name: C, kind: plcc, zone: net}, d: {name: D, kind: zzzzzzzzzzzz, zone: net}}
END
head_of_model | sed 's/awai: 1/awai: 9/' | check version
head_of_model | sed 's/awai: 1/awai: one/' | check number
printf -- 'word\n' | check word
{ head_of_model; cat <<'END'; } | check names
  x: {name: X, within: y}
  y: {name: Y, within: x}
components:
  net: {name: C, kind: plc, zone: net}
  a: {name: A, kind: plc, zone: net, forms-of-use: {f: {name: F}}}
  b: {name: A, kind: plc, zone: net, forms-of-use: {f: {name: F}}}
END
awk 'BEGIN { print "awai: 1"; for (i = 0; i < 300; i++) printf "k%d: 1\n", i }' | check dropped

# ---- warnings

{ head_of_model; cat <<'END'; } >odd.yaml
components:
  c: {name: C, kind: plc, zone: net}
  d: {name: D, kind: plc, zone: net}
  e: {name: E, kind: plc, zone: net}
  f: {name: E, kind: plc, zone: net}
  g: {name: E, kind: plc, zone: net}
data: {d1: {name: D1, class: [control]}}
flows:
  self: {from: c, to: c, protocol: modbus-tcp, encrypted: true, authenticated: true}
incidents:
  harmless: {name: H, threat: misuse, at: c}
  far: {name: F, threat: spoofing, at: d, harms: {firm: {recovery: serious, economic: none, because: b}}}
adoptions:
  source-protection: {by: firm, because: b}
  disposal: {by: firm, because: b}
measures:
  m: {name: M, by: firm, status: proposed, on: c, requirement: disposal, example: EXAMPLE}
decisions:
  a: {subject: "requirement:nothing", treatment: accept, reason: r, review-by: 2026-01-01}
  b: {subject: "requirement:nothing", treatment: accept, reason: r}
exclusions:
  x: {subject: "misuse@nothing", reason: b, review-by: 2026-01-01}
  y: {subject: "misuse@nothing", reason: b}
END
example=$("$AWAI" catalog access-control --lang en | sed -n 's/^  - .*(\([a-z0-9-]*\))$/\1/p' | head -n 1)
sed -e "s/EXAMPLE/$example/" -e 's/, target:.*/}/' odd.yaml >odd2.yaml
says odd 0 check odd2.yaml
says odd_all 0 check odd2.yaml --all

{ head_of_model | sed 's/iot-user/iot-user, resident/'; cat <<'END'; } >outside.yaml
components:
  c: {name: C, kind: plc, zone: net}
  d: {name: D, kind: plc, zone: net, out-of-scope: because}
flows: {f: {from: c, to: d, data: d1}}
data: {d1: {name: D1, class: control}}
incidents:
  i: {name: I, threat: misuse, at: [c, d], harms: {firm: {recovery: serious, economic: none, because: b}}}
exclusions:
  x: {subject: "misuse@c", reason: b}
measures:
  m: {name: M, by: firm, status: proposed, on: c, requirement: disposal, example: EXAMPLE}
END
acts_on_flows=$("$AWAI" catalog --json | python3 -c 'import json, sys
print(*(e["id"] for e in json.load(sys.stdin)["examples"]))' | tr ' ' '\n' | while read -r id; do
    "$AWAI" catalog "$id" >entry
    if grep -q '^  [a-z]* flow\.' entry && ! grep -q '^  [a-z]* component\.' entry; then
        echo "$id"; break; fi; done)
sed -e "s/EXAMPLE/$acts_on_flows/" outside.yaml >outside2.yaml
says outside 0 check outside2.yaml

# ---- the catalog

# A catalog of one file, standard input. $1: name
catalog()
{
    mkdir -p "$1"
    cat >"$1/a.yaml"
    says "catalog_$1" 1 catalog --catalog "$1"
}

says no_catalog 1 catalog --catalog nowhere
says broken_catalog_for_synth 1 synth --catalog nowhere
echo '- a' | catalog list
echo 'kinds: [a]' | catalog section
cat <<'END' | catalog steps
kinds:
  one: {name: O, extends: plc, source: me, steps: {s: {name: S, from: [{step: zone.nothing}]}}}
  two: {name: O, extends: three, source: me}
  three: {name: O, extends: two, source: me}
  four: {name: O, source: me}
examples:
  e: {name: E, description: D, requirement: disposal, blocks: [component.nothing], source: me}
END
awk 'BEGIN { print "kinds:\n  big:\n    name: B\n    extends: plc\n    source: me\n    steps:"
    for (i = 0; i < 70; i++) printf "      s%d: {name: S}\n", i }' | catalog large
awk 'BEGIN { print "threats:"; for (i = 0; i < 20; i++)
    printf "  t%d: {name: T, description: D, source: me}\n", i }' | catalog classes
cat <<'END' | catalog times
kinds:
  k: {name: K, asset: component, source: me, steps: {s: {name: S, from: [{step: origin.internet}], ttc: [{dist: gamma, mean: 3, source: me}]}}}
END
cat <<'END' | catalog factors
kinds:
  k: {name: K, asset: component, source: me, steps: {s: {name: S, from: [{step: origin.internet}], ttc: [{dist: constant, mean: 3, source: me, factors: [
    {dist: constant, mean: 1}, {dist: constant, mean: 1}, {dist: constant, mean: 1}, {dist: constant, mean: 1}, {dist: constant, mean: 1},
    {dist: constant, mean: 1}, {dist: constant, mean: 1}, {dist: constant, mean: 1}, {dist: constant, mean: 1}]}]}}}
END
cat <<'END' | catalog viewpoints
requirements:
  r: {name: R, description: D, viewpoint: 7, target: system, roles: [iot-user], source: me}
demands:
  d: {recovery: fatal, economic: limited, viewpoints: [{viewpoint: one, strength: self}], source: me}
END
cat <<'END' | catalog demands
demands:
  d: {recovery: fatal, economic: limited, viewpoints: [{viewpoint: 1, strength: self}], source: me}
  none-limited: {recovery: none, economic: limited, viewpoints: [], source: me}
END
cat <<'END' | catalog demands2
demands:
  d: {recovery: fatal, economic: limited, viewpoints: [{viewpoint: 1, strength: self}], source: me}
END
cat <<'END' | catalog evidence
requirements:
  r: {name: R, viewpoint: 1, target: system, roles: [iot-user], source: me, evidence: [{for: flow}, {for: zzzzzzzzzz},
    {for: flows, where: {protokol: https}}, {for: flows, where: {encrypted: yess}}]}
END
echo 'kinds: {x: {name: X, extends: plc, source: me, steps: {s: {name: S, ttc: [{dist: exponential, mean: .inf}]}}}}' |
    catalog numbers

# ---- the plan

# A measure that limits the harm of hit. $1: name, $2: what it has besides
limiter()
{
    echo "  $1: {name: M, requirement: safety-design, by: firm, limits: [{incident: hit, recovery: limited, economic: limited, because: so}], $2}"
}

{
    head_of_model
    cat <<'END'
components:
  plc: {name: P, kind: plc, zone: net}
incidents:
  hit: {name: H, threat: denial-of-service, at: plc, harms: {firm: {recovery: fatal, economic: none, because: so}}}
END
} >risky.yaml
{ cat risky.yaml; echo measures:; limiter a 'cost: 1 JPY'; limiter b 'cost: 1 EUR'; } >currencies.yaml
says plan_currencies 1 plan currencies.yaml
says plan_gate 3 plan risky.yaml --trials 0
{ cat risky.yaml; echo measures:; limiter a 'cost: 1 JPY, status: &s proposed'; limiter b 'cost: 2 JPY, status: *s'; } >alias.yaml
sed 's/cost: 1 JPY, //' alias.yaml >alias-only.yaml
says plan_style 1 plan alias-only.yaml --trials 0 --write
{ cat risky.yaml; echo 'include: [parts.yaml]'; } >whole.yaml
{ echo measures:; limiter a 'cost: 1 JPY'; } >parts.yaml
says plan_included 1 plan whole.yaml --trials 0 --write
says plan_goals 2 plan risky.yaml --to-target --budget '1 JPY'
says plan_money 2 plan risky.yaml --budget much

# ---- attack graphs of MAL

echo '{"attack_steps": {}}' >no-steps.json
says mal_no_steps 1 attack --mal no-steps.json --entry a
awk 'BEGIN { for (i = 0; i < 40; i++)
    printf "{type: addition, lhs: {type: number, value: 1}, rhs: " ; printf "{type: number, value: 1}"
    for (i = 0; i < 40; i++) printf "}" }' >deep.yaml
cat >steps.yaml <<END
attack_steps:
  list: [1]
  odd: {type: maybe, colour: red, children: {"1": nowhere}}
  exists: {type: exist}
  unknown: {type: or, ttc: {type: function, name: Cauchy, arguments: [1]}}
  wrong: {type: or, ttc: {type: function, name: Bernoulli, arguments: [2]}}
  none: {type: or, ttc: {type: modulo}}
  deep: {type: or, ttc: $(cat deep.yaml)}
  defence: {type: defense, ttc: {type: function, name: Exponential, arguments: [1]}}
END
says mal_steps 1 attack --mal steps.yaml --entry a
echo 'attack_steps: {"Host:connect": {type: or}}' >one.yaml
echo '{"a": 1}' >one.json
# ---- rehearsals

# A model of a home that is rehearsed. $1: name, $2: bindings, $3: plays, $4: more
home()
{
    cat >"$1.yaml" <<END
awai: 1
system: {id: s, name: S}
applicant: firm
stakeholders: {firm: {name: F, roles: [iot-user]}}
zones: {net: {name: N, kind: internet}}
criteria: {economic: {limited: {below: 10 MJPY}}}
components:
  c: {name: C, kind: plc, zone: net}
  d: {name: D, kind: plc, zone: net}
flows:
  f: {from: c, to: d}
  g: {from: d, to: c}
safety-functions: {l: {name: L, on: c, against: i}}
incidents: {i: {name: I, threat: misuse, at: c, harms: {firm: {recovery: none, economic: none, because: b}}}}
measures: {m: {name: M, requirement: safety-design, by: firm}}
rehearsal:
  twin: heater
  bind: {bath_set: [f], $2}
  plays: {i: {$3}}
$4
END
}

# The same of a model that is wrong.
wrong_home()
{
    home "$@"
    says "rehearsal_$1" 1 rehearse "$1.yaml" --runs 1
}

steps() { awk -v n="$2" -v s="$1" 'BEGIN { printf "steps: ["; for (i = 0; i < n; i++) printf "%s%s", i ? ", " : "", s; print "]" }'; }
wrong_home lacks '' 'steps: [{at: 0, do: spoof, on: f, value: 1}, {at: 0, do: delay, on: f}]' \
    '  measures: {m: {acts: [{does: limit, signal: bath_set}]}}'
wrong_home target '' 'steps: [{at: 0, do: drop, on: c}, {at: 0, do: misuse, on: f, payload: read}]' ''
wrong_home payload '' 'steps: [{at: 0, do: drop, on: f, payload: stop}]' ''
wrong_home empty '' 'about: A' ''
wrong_home sort 'heater: f' 'reason: R' ''
wrong_home sort2 'panel_set: c' 'reason: R' ''
wrong_home sort3 'limit: c' 'reason: R' ''
wrong_home gap 'panel_set: [f, f]' 'reason: R' ''
wrong_home end 'heater: c' 'reason: R' ''
wrong_home long 'panel_set: [f, g, f, g, f, g, f, g, f]' 'reason: R' ''
wrong_home range '' 'reason: R, parameters: {inlet_c: 500}' ''
wrong_home step_range '' 'reason: R' '  measures: {m: {acts: [{does: set, parameter: limit_c, value: 1e6}]}}'
wrong_home many_steps '' "$(steps '{at: 0, do: drop, on: f}' 17)" ''
wrong_home passes '' 'steps: [{at: 0, do: drop, on: g, signal: bath_set}]' ''
wrong_home order '' 'reason: R' '  levels: [{outcome: burn_degree, stakeholder: firm, recovery: {limited: 2, serious: 1}}]'
wrong_home money '' 'reason: R' '  levels: [{outcome: burn_degree, stakeholder: firm, each: 1 EUR}]'
wrong_home limits '' 'reason: R' '  measures: {m: {acts: [{does: limit, signal: bath_set, least: 50, most: 40}]}}'
wrong_home unknown 'nothing: c' 'reason: R' ''
{
    sed '/^components:/,$d' lacks.yaml
    awk 'BEGIN { print "components:"; for (i = 0; i <= 1100; i++) print "  c" i ": {name: C" i ", kind: plc, zone: net}"
        print "flows:"; for (i = 0; i < 1100; i++) print "  f" i ": {from: c" i ", to: c" i + 1 "}"
        print "incidents:"; for (i = 0; i < 80; i++) print "  i" i ": {name: I" i ", threat: misuse, at: c0}"
        print "rehearsal:\n  twin: heater\n  plays:"
        for (i = 0; i < 80; i++) {
            printf "    i%d: {steps: [", i
            for (k = 0; k < 13; k++) printf "%s{at: 0, do: drop, on: f%d}", k ? ", " : "", 13 * i + k
            print "]}"
        } }'
} >wide.yaml
says rehearsal_wide 1 rehearse wide.yaml --runs 1
home good '' 'steps: [{at: 0, do: drop, on: f}]' ''
says rehearsal_late 0 rehearse good.yaml --runs 1 --at 7200
home unbound '' 'steps: [{at: 0, do: misuse, on: c, payload: disable, function: l}]' ''
says rehearsal_unbound 0 check unbound.yaml
says rehearsal_no_play 1 rehearse good.yaml --incident j
says rehearsal_trace 2 rehearse good.yaml --trace out.csv
says rehearsal_world 2 rehearse good.yaml --world 3
says rehearsal_runs 2 rehearse ../usecases/none --runs 0
says rehearsal_large 2 rehearse "$AWAI_ROOT/usecases/gas-water-heater/model.yaml" --runs 1000000
says no_rehearsal 1 rehearse risky.yaml
says twin_kind 1 twin nothing
says twin_name 1 twin heater --check nothing
says twin_set 1 twin heater --check scald --set water_c
says twin_range 1 twin heater --check scald --set water_c=1000
says twin_output 1 twin heater --until 10 --set bath_c=40
says twin_long 1 twin heater --until 1e12
mkdir broken && echo none >broken/libsundials_arkode.so.5
LD_LIBRARY_PATH=$PWD/broken
export LD_LIBRARY_PATH
says twin_lacks 1 twin column --until 10
says rehearsal_lacks 1 rehearse "$AWAI_ROOT/usecases/distillation/model.yaml" --runs 1
unset LD_LIBRARY_PATH
says measures 1 attack "$model" --measures all,nothing
says measures_clash 0 attack "$model" --trials 10 --measures none,c-parachute,c-light-airframe
says measures_lack 0 risk "$model" --worlds 10 --years 10 --outer 2 --measures none,c-erasure-on-transfer
says shard_option 2 attack "$model" --shard 3/2
says not_both 2 attack "$model" --shard 1/2 --compare none all
for i in 1 2; do "$AWAI" attack "$model" --trials 50 --shard $i/3 >part-$i.json; done
says shard_other 1 attack "$model" --trials 51 --merge part-1.json
says shard_missing 1 attack "$model" --trials 50 --merge part-2.json part-1.json
says shard_twice 1 attack "$model" --trials 50 --merge part-2.json part-2.json
says no_shard 1 attack "$model" --merge one.json
says mal_name 1 attack --mal one.yaml --entry Host:conect
says mal_other_name 1 attack --mal one.yaml --entry qqqqqqqqqqqqqqqqqqqqqqqqqq

# ---- rules

# $1: name, $2: status, standard input: the rules
rules()
{
    cat >"$1.rules"
    says "rules_$1" "$2" check "$model" --rules "$1.rules"
}

rules conditions 1 <<'END'
rules:
  a: {for: flows, message: m}
  b: {for: flows, message: m, where: [x]}
  c: {for: flows, message: m, where: {protokol: https, colour: red, protocol: httpss, encrypted: yess}}
  d: {for: flows, message: m, where: {encrypted: zzzzzz, protocol: zzzzzzzzz, data-class: [[a]]}}
  e: {for: components, message: m, where: {kind: {nott: plc, "zzzzzzz": plc, at-least: plc}}}
  f: {for: requirements, message: m, where: {viewpoint: one, id: qqqqqqqqqqqqqqqqqqq}}
  g: {for: components, message: m, where: {}, exempt: [{id: x, because: b}, {id: x, because: b}]}
  h: {for: components, message: m, where: {kind: qqqqqqqqqqqqqqqqqqq}}
END
rules finding 3 <<'END'
rules:
  a: {for: stakeholders, message: {en: somebody, ja: 誰か}, where: {id: maker}}
  b: {for: stakeholders, message: {en: somebody, ja: 誰か}, where: {id: nobody}, exempt: [{id: x, because: b}]}
END
part=$("$AWAI" assess "$model" --json | sed -n 's/.*{"id": "\([a-z0-9-]*\)".*"kind".*/\1/p' | head -n 1)
rules expired 3 <<END
rules:
  c: {for: components, message: {en: a part, ja: 部品}, where: {id: $part}, exempt: [{id: $part, because: b, until: 2026-01-01}]}
  d: {for: components, message: {en: a part, ja: 部品}, where: {}}
END

# ---- the command line

says command 2 asess
says command_far_off 2 zzzzzzzz
says ambiguous 2 c
says option 2 assess --jsno x
says option_far_off 2 assess --zzzzzzzzz x
says option_with_value 2 assess x --json=1
says option_without_value 2 assess x --fail-on
says nothing_given 2 assess
says too_much 2 assess a b
says gates 2 assess "$model" --fail-on outside
says one_output 2 assess "$model" --json --sarif -
says format 2 schema modell
says template 2 new x --template boiler
says report_name 2 report "$model" -o r.docx
says figure_name 2 report "$model" -o r.svg --figure nosuch
says figure_format 2 report "$model" -o r.html --figure map
says figure_absent 1 report "$model" --figure rehearse-map
printf "template: 1\nleave-out: [summary, prepare, assess, treat]\n" >bare.yaml
says figure_none 1 report "$model" --figure map --template bare.yaml

# Other programs in the place of WeasyPrint, none at all, and a library that is none. Each
# is a program that runs awai ($real) so.
real=$AWAI
as()
{
    printf '#!/bin/sh\n%s exec %s "$@"\n' "$1" "$real" >as
    chmod +x as
    AWAI=$PWD/as
}
mkdir fails hangs empty
printf '#!/bin/sh\necho broken >&2\nexit 1\n' >fails/weasyprint
printf '#!/bin/sh\nwhile :; do :; done\n' >hangs/weasyprint
echo none >empty/libxlsxwriter.so.4
chmod +x fails/weasyprint hangs/weasyprint
as "PATH=$PWD/empty"
says pdf_absent 1 report "$model" -o r.pdf
as "PATH=$PWD/fails"
says pdf_failed 1 report "$model" -o r.pdf
as "PATH=$PWD/hangs AWAI_PDF_SECONDS=1"
says pdf_late 1 report "$model" -o r.pdf
as "LD_LIBRARY_PATH=$PWD/empty"
says xlsx_absent 1 report "$model" -o r.xlsx
AWAI=$real

says components 2 synth --components many
says horizon 2 attack --mal none.json --entry a --horizon soon
says directory 2 new "$(awk 'BEGIN { for (i = 0; i < 5000; i++) printf "d" }')"
says no_entry 1 catalog qqqq
says no_such_kind 1 catalog plcc
says no_such_thing 1 explain "$model" qqqq
says no_code 1 messages no-flw
says no_code_far_off 1 messages qqqqqqqqqq
says gate 3 assess "$model" --fail-on outside-target,open-requirements
says cannot_write 1 report "$model" -o nowhere/r.html
says cannot_make 1 new nowhere/x
for lang in en ja; do
    "$AWAI" assess x --lang fr 2>>said.$lang
    LC_ALL=ja_JP.UTF-8 "$AWAI" assess x --lang fr 2>>said.ja
    if [ -c /dev/full ]; then "$AWAI" schema --lang $lang >/dev/full 2>>said.$lang; fi
done

printf 'a:\302\205  b: 1\n' >unusual.yaml
says format_refused 1 format unusual.yaml
printf 'a:\n    b: 1\n' >unformatted.yaml
says format_needed 1 format --check unformatted.yaml
says format_one 2 format unformatted.yaml unusual.yaml -o -

# What the language server refuses, in messages of the protocol. $1: the text of a model
ask_about()
{
    for lang in en ja; do
        for body in '{"id":1,"method":"initialize","params":{}}' \
            "{\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":\"untitled:a\",\"text\":\"$1\"}}}" \
            '{"id":2,"method":"textDocument/rename","params":{"textDocument":{"uri":"untitled:a"},"position":{"line":1,"character":3},"newName":"b"}}' \
            '{"id":3,"method":"textDocument/formatting","params":{"textDocument":{"uri":"untitled:a"}}}'; do
            printf 'Content-Length: %d\r\n\r\n%s' ${#body} "$body"
        done | "$AWAI" lsp --lang $lang 2>>said.$lang >out
        sed 's/\\n/\n/g' out >>said.$lang
    done
}
ask_about 'zones:\n  net: {name: N}\nzones: [}\n'
ask_about 'zones:\n  net: {name: N}\ninclude: x.yaml\n'
ask_about 'awai: 1\n  # nothing\n'

# ---- the server: what a browser is told

says listen 2 serve --listen 8787
says listen_elsewhere 1 serve --db s.db --listen 0.0.0.0:80
says tls_pair 2 serve --db s.db --tls-cert x.pem
says host_option 2 serve --db s.db --host a/b
echo nothing >no.pem
says tls_unusable 1 serve --db s.db --listen 127.0.0.1:0 --tls-cert no.pem --tls-key no.pem
echo 'a letter' >letter
says store_open 1 serve --db letter --listen 127.0.0.1:0
python3 - <<'END'
import sqlite3
for name, pragma in (("foreign.db", "CREATE TABLE t (x)"), ("newer.db", "PRAGMA application_id = 1098342761")):
    db = sqlite3.connect(name)
    db.execute(pragma)
    db.execute("PRAGMA user_version = 99" if name == "newer.db" else "SELECT 1")
    db.commit()
END
says store_foreign 1 serve --db foreign.db --listen 127.0.0.1:0
says store_newer 1 serve --db newer.db --listen 127.0.0.1:0

# ---- what is done with a store

mkdir -p ours/default/x
echo 'versions: [{number: 1, saved: 1}]' >ours/default/x/index.yaml
echo 'a: 1' >ours/default/x/1.yaml
"$AWAI" store import ours --db ours.db >/dev/null || not_ok store_import "exit $?"
says store_there 1 store import ours --db ours.db
echo 'versions: [{number: 2, saved: 1}]' >ours/default/x/index.yaml
says store_folder 1 store import ours --db other.db
"$AWAI" backup ours.backup --db ours.db >/dev/null || not_ok backup "exit $?"
says store_has 1 restore ours.backup --db ours.db
python3 -c 'import sqlite3; d = sqlite3.connect("ours.db"); d.execute("DROP TRIGGER version_stays"); d.execute("UPDATE version SET text = 1"); d.commit()'
says store_damaged 1 store verify --db ours.db
says store_what 2 store burn

# Starts a server that may write files of no more than $1 (ulimit -f): $url, $server.
# $2...: options
serve()
{
    : >where
    (
        ulimit -f "$1"
        shift
        trap '' XFSZ
        exec "$AWAI" serve --db s.db --listen 127.0.0.1:0 --lang en "$@"
    ) >where 2>/dev/null &
    server=$!
    until grep -q http where || ! kill -0 $server 2>/dev/null; do sleep 0.1; done
    url=$(sed -n 's|.* \(http://[^ ]*\)/ .*|\1|p' where)
}

# Asks in both languages. $1: path, $2...: for curl
told()
{
    path=$1
    shift
    for lang in en ja; do
        curl -s "$@" -H "Accept-Language: $lang" "$url$path" >>said.$lang
    done
}

yaml='Content-Type: application/yaml'
put=/api/v1/systems/drone/model
if command -v curl >/dev/null; then
    serve unlimited
    : >last
    says cannot_listen 1 serve --db t.db --listen "${url#http://}"
    told /nowhere
    told / -X DELETE
    told / -H 'Host: evil.example'
    told '/api/v1/systems?slug=x' -X POST -H 'Origin: http://evil.example'
    told '/api/v1/systems?slug=-x' -X POST
    told /api/v1/systems/drone/versions/1/review -H 'Content-Type: application/json' -d '{}'
    told '/api/v1/systems?slug=drone' -X POST
    told "$put" -X PUT -d x
    told "$put" -X PUT -H "$yaml" -d x
    told "$put" -X PUT -H "$yaml" -H 'If-Match: "1"' -d 'awai: 1'
    told "$put" -X PUT -H "$yaml" -H 'If-Match: "7"' --data-binary "@$model"
    told "$put?reason=%07" -X PUT -H "$yaml" -H 'If-Match: "1"' --data-binary "@$model"
    head -c 5000000 /dev/zero | tr '\0' ' ' >large-body
    told "$put" -X PUT -H "$yaml" -H 'If-Match: "1"' --data-binary @large-body
    told /systems/drone/edit -d 'text=%zz'
    "$AWAI" new shared >/dev/null
    sed 's/^  strong-login:/& \&m/; $a \  second: *m' shared/model.yaml >shared.yaml
    curl -s -o last "$url/api/v1/systems?slug=shared" -X POST -H "$yaml" --data-binary @shared.yaml
    told /systems/shared/measures -d base=1 -d measure=strong-login -d status=verified
    json='Content-Type: application/json' edit=/api/v1/editor/edit
    told $edit -H "$json" -d '{"text": "a: 1\n", "edits": [{"set": "b/c", "value": 2}]}'
    told $edit -H "$json" -d '{"text": "s: {a: 1}\n", "edits": [{"add": "s", "id": "a", "value": 2}]}'
    told $edit -H "$json" -d '{"text": "a: 1\n", "edits": [{"set": "a", "value": "\u0007"}]}'
    told $edit -H "$json" -d '{"text": "a: &x {b: 1}\nc: *x\n", "edits": [{"set": "a/b", "value": 2}]}'
    run=/api/v1/systems/drone/rehearse/stream
    streams=
    for i in 1 2 3 4 5 6 7 8; do # all that may be, until they are killed
        curl -s -N -o /dev/null "$url$run?incident=hijack&speed=0.01" &
        streams="$streams $!"
    done
    n=0
    until grep -q '"status": 503' last || [ $n -ge 200 ]; do
        n=$((n + 1))
        sleep 0.05
        curl -s -m 1 "$url$run?incident=hijack&speed=0.01" | head -c 300 >last
    done
    told "$run?incident=hijack"
    # shellcheck disable=SC2086 # a word each
    kill $streams
    told '/api/v1/systems/drone/graph?fromat=dot'
    told '/api/v1/systems/drone/graph?xyzzyxyzzy=1'
    told '/api/v1/systems/drone/graph?format=pdf'
    told '/api/v1/systems/drone/graph?format=dot&format=dot'
    told '/api/v1/attack?entry=a' -H "$yaml" -d 'awai: 1'
    told '/api/v1/systems/drone/report?component=x&supplier=y'
    "$AWAI" synth --components 2000 >grown.yaml
    { echo 'rules:'; for i in $(seq 130); do echo "  r$i: {for: components, where: {out-of-scope: false}, message: m}"; done; } >many-rules.yaml
    curl -s -o last "$url/api/v1/systems?slug=grown" -X POST -H "$yaml" --data-binary @grown.yaml
    told /api/v1/systems/grown/check -H "$yaml" --data-binary @many-rules.yaml
    told '/api/v1/systems/drone/rehearsal?runs=1&figure=rehearse-matrix'
    told /api/v1/systems -X POST
    kill $server
    wait $server
    serve unlimited --at-once 0
    told /api/v1/systems/drone/attack
    kill $server
    wait $server
    serve unlimited --seconds 1
    told '/api/v1/systems/drone/rehearsal?runs=1000'
    kill $server
    wait $server
    serve 1400 # blocks of 512 bytes, or of 1,024
    for version in 1 2 3 4 5 6 7 8 9; do
        curl -s -o last -X PUT -H "$yaml" -H "If-Match: \"$version\"" --data-binary "@$model" "$url$put"
        if grep -q '"error"' last; then break; fi
    done
    told "$put" -X PUT -H "$yaml" -H "If-Match: \"$version\"" --data-binary "@$model"
    python3 -c 'import sqlite3; d = sqlite3.connect("s.db"); d.execute("DROP TABLE version"); d.commit()'
    told "$put"
    kill $server
    wait $server
fi

# What pages of accounts tell, of an owner who has no one-time codes at first. $1, $2: a
# path and fields of its form
entered()
{
    for lang in en ja; do
        curl -s -b jar -c jar -H "Origin: $url" -H "Accept-Language: $lang" -d "$2" "$url$1" |
            sed "s/&#39;/'/g; s/&quot;/\"/g" >>said.$lang
    done
}

accounts()
{
    : >where
    "$AWAI" serve --db u.db --listen 127.0.0.1:0 --lang en "$@" >where 2>/dev/null &
    server=$!
    until grep -q /link/ where || ! kill -0 $server 2>/dev/null; do sleep 0.1; done
    url=$(sed -n 's|^Awai is at \(http://[^ ]*\)/ .*|\1|p' where)
    link=$(sed -n 's|.*\(/link/[0-9a-f]*\).*|\1|p' where)
}

good='password=seven+bridges+and+a+river'
if command -v curl >/dev/null; then
    accounts --accounts
    told /api/v1/systems
    entered /link/none ''
    entered "$link" 'login=olga&password=short'
    entered "$link" "login=olga&password=$(head -c 300 /dev/zero | tr '\0' 'x')"
    entered "$link" 'login=olga&password=password1234'
    entered "$link" 'login=olgaolga&password=olgaolga2026'
    entered "$link" "login=-&$good"
    curl -s -b jar -c jar -H "Origin: $url" -d "login=olga&$good" "$url$link"
    kill $server
    wait $server
    accounts --owner-link default
    entered "$link" "login=olga&$good"
    entered /members/role login=olga
    entered /account/tokens name=x
    entered /account/password 'present=x'
    entered /account/code 'code=1&present=seven bridges and a river'
    curl -s -b jar -H "Origin: $url" -d 'name=x&scope=read&days=1' "$url/account/tokens" >page
    token=$(sed -n 's|.*class="secret"[^>]*>\([0-9a-f]*\)<.*|\1|p' page)
    told '/api/v1/systems?slug=x' -X POST -H "Authorization: Bearer $token"
    curl -s -b jar "$url/account/code" >page
    code=$(python3 - page <<'END'
import base64, hashlib, hmac, re, sys, time
key = base64.b32decode(re.search("secret=([A-Z2-7]*)", open(sys.argv[1]).read())[1])
digest = hmac.new(key, (int(time.time()) // 30).to_bytes(8, "big"), hashlib.sha1).digest()
at = digest[-1] & 15
print(f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7fffffff) % 1000000:06d}")
END
)
    curl -s -o page -b jar -H "Origin: $url" -d "code=$code&present=seven bridges and a river" \
        "$url/account/code"
    entered /members/role 'login=olga&role=viewer'
    entered '/members/role?in=other' 'login=olga&role=viewer'
    for _ in 1 2 3 4 5; do entered /login 'login=nobody&password=x'; done
    kill $server
    wait $server
fi

# ---- what others have written

book=$scripts/_book.py
printf 'hello\n' >text
says no_import 1 import text
says import_format 2 import text --from csv
for kind in elsewhere locked entities deep; do
    python3 "$book" $kind.xlsx --evil $kind
    says import_$kind 1 import $kind.xlsx
done
printf 'Other!A1 = id\n' | python3 "$book" other.xlsx
says import_other 1 import other.xlsx
{ head_of_model; echo 'components: {c: {name: C, kind: plc, zone: net}}'; } >into.yaml
cat >cells <<'END'
Flows!A1 = name
Components!A1 = id
Components!B1 = memo
Components!C1 = forms-of-use
Components!D1 = name
Components!A2 = c
Components!D2 = #E #REF!
Components!A3 = c
Components!B4 = no name
Components!A5 = d
Components!C5 = {a: [
END
python3 "$book" cells.xlsx <cells
says import_cells 1 import cells.xlsx --into into.yaml
printf 'Components!A1 = id\nComponents!B1 = memo\nComponents!C1 = update\nComponents!A2 = c\nComponents!C2 = signed\n' |
    python3 "$book" good.xlsx
{ echo 'components: {c: {name: C, kind: plc, zone: net}}'; } >part.yaml
{ head_of_model; echo 'include: part.yaml'; } >whole.yaml
says import_included 1 import good.xlsx --into whole.yaml
head_of_model | sed 's/^\(stakeholders\|zones\):$/&/' >flow.yaml
{ printf '{awai: 1, system: {id: s, name: S}, applicant: f, stakeholders: {f: {name: F, roles: [iot-user]}},\n'
  printf 'zones: {net: {name: N}}, components: {c: {name: C, kind: plc, zone: net}}}\n'; } >flow.yaml
says import_anew 0 import good.xlsx --into flow.yaml -o anew.yaml
says import_otm 0 import "$AWAI_ROOT/tests/data/exchange/shop.otm.yaml" -o shop.yaml
says export_td 0 export "$model" --to threat-dragon -o drone.td.json
says export_format 2 export "$model" --to stix
says extract 1 report "$model" --component drne
says no_extract 1 report "$model" --supplier zzzz
cat >evil.svg <<'END'
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>
END
head -c 600000 /dev/zero >large.svg
printf '<svg/>' >broken.svg
for name in evil.svg large.svg broken.svg text ../up.svg; do
    printf 'template: 1\ncover: {logo: %s}\n' "$name" >template.yaml
    case $name in evil.svg) status=0 ;; *) status=1 ;; esac
    says "logo_$(basename "$name")" $status report into.yaml --template template.yaml -o logo.html
done
printf 'template: 1\norder: [zzz]\n' >template.yaml
says template_section 1 report into.yaml --template template.yaml -o logo.html

# ---- all of them

# Not to be provoked from here. too-large: 16 million nodes, 4 million components, 268
# million nodes of the graph take too long. encoding:3 and include:5 are of texts given to
# the C interface (unit/awai_h), duplicate-id:3 of the built-in catalog, shard:5 of Ctrl-C, rank of
# mpirun (ranks.sh), plan:1 of a machine without CBC.
for lang in en ja; do
    "$AWAI" messages --lang $lang >reference.$lang
    python3 "$scripts/_messages.py" reference.$lang said.$lang $lang too-large:1 \
        too-large:6 too-large:7 encoding:3 include:5 duplicate-id:3 shard:5 rank:1 rank:2 \
        plan:1 twin:6 gate:3
done

# Japanese output has nothing of the English table, and the other way round.
LC_ALL=C.UTF-8 grep -aoE "(error|warning|note): .*|did you mean.*" said.ja | head -n 3 >rest
[ ! -s rest ]
tell ja:nothing_in_english $? "$(cat rest)"
LC_ALL=C.UTF-8 grep -aE 'エラー: |警告: |注記: ' said.en | head -n 3 >rest
[ ! -s rest ]
tell en:nothing_in_japanese $? "$(cat rest)"

# ---- the catalog in Japanese names threat classes so, too

for id in plc disposal; do
    "$AWAI" catalog "$id" --lang ja >page
    grep -q '不正アクセス (unauthorized-access)' page
    tell "ja:catalog_${id}_names_threats" $? "$(grep unauth page | head -n 1)"
done

# ---- help

for lang in en ja; do
    "$AWAI" --help --lang $lang >help.$lang
    "$AWAI" --lang $lang --help | cmp -s - help.$lang
    tell "$lang:help_wherever_the_option_stands" $?
done
commands=$(awk '/^Commands/ { on = 1; next } NF == 0 { on = 0 } on { print $1 }' help.en)
for command in '' $commands; do
    # shellcheck disable=SC2086 # none at all for the help of awai itself
    "$AWAI" $command --help --lang ja >page
    # each line that explains something has a Japanese letter (three bytes from E3)
    sed -n 's/^  \(--\)\{0,1\}[a-z-]* .*/&/p' page | grep -v '^  awai ' |
        LC_ALL=C grep -v "$(printf '[\343-\357]')" >rest
    [ ! -s rest ]
    tell "ja:help_${command:-awai}_is_japanese" $? "$(cat rest)"
done
