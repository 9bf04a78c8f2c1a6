#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# awai risk: what a user meets, hostile values, an interrupted run; laws of its results on the
# use cases, which _risk.py reads from the JSON.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
model=usecases/gas-water-heater/model.yaml
small='--worlds 3000 --years 3000'

# ---- what a user meets

exits no_file 2 "$AWAI" risk
exits years_are_a_number 2 "$AWAI" risk "$model" --years many
exits worlds_are_few 2 "$AWAI" risk "$model" --worlds 10000001
exits outer_is_two 2 "$AWAI" risk "$model" --outer 1
exits unknown_measure 1 "$AWAI" risk "$model" --measures decided,nothing
has unknown_measure_is_told err "'nothing'"
# shellcheck disable=SC2086 # options
exits text 0 "$AWAI" risk "$model" $small
has text_has_stakeholders out 'Resident'
has text_has_losses out 'value at risk 99%'
has text_has_layers out 'Overheat shut-off'
has text_has_assumptions out 'What it rests on'
empty text_has_no_errors err
# shellcheck disable=SC2086
exits text_ja 0 "$AWAI" risk "$model" $small --lang ja
has text_ja_has_losses out 'バリュー・アット・リスク99%'
has text_ja_has_layers out '過熱時の燃焼停止'

# rows of numbers fit a terminal of 80 columns
# shellcheck disable=SC2086
exits rows 0 "$AWAI" risk usecases/distillation/model.yaml $small --outer 100 --inner 100
if long=$(python3 -c 'import sys
rows = [r for r in open(sys.argv[1], encoding="utf-8").read().split("\n") if "\u2013" in r or "demanded" in r or r.endswith("=")]
wide = [r for r in rows if len(r) > 79]
print("\n".join(wide))
sys.exit(len(rows) < 20 or len(wide) > 0)' "$TEST_TMP/out"); then ok rows_fit; else
    not_ok rows_fit "$long"
fi

# two sets of measures side by side, and the figures
few='--worlds 500 --years 500 --outer 60 --inner 50'
exits both_measures_and_compare 2 "$AWAI" risk "$model" --measures all --compare none all
# shellcheck disable=SC2086
exits compare 0 "$AWAI" risk "$model" $few --compare none decided --svg "$TEST_TMP/figures"
has compare_has_both_sets out 'none           decided'
has compare_has_losses out 'loss a year, mean'
has compare_has_levels out 'axis 2: limited'
has compare_has_curves out 'once in 50 years'
for figure in likelihood exceedance drivers; do
    has "figure_$figure" "figures/$figure.svg" "class=\"figure figure-$figure\""
    has "figure_${figure}_ends" "figures/$figure.svg" '</svg>'
done
# shellcheck disable=SC2086
exits compare_json 0 "$AWAI" risk "$model" $few --compare none decided --json
has compare_json_has_both out '"before": {'
# of many stakeholders and incidents the figures show those that matter most, and say so
awk 'BEGIN {
    print "awai: 1\nsystem: {id: s, name: S}\napplicant: s1"
    print "zones: {net: {name: N, kind: internet, trust: none}}"
    print "components: {c: {name: C, kind: plc, zone: net}}"
    print "criteria: {economic: {serious: {loss: 1 MJPY}}}"
    print "stakeholders:"
    for (i = 1; i <= 14; i++) print "  s" i ": {name: S" i ", roles: [iot-user]}"
    print "incidents:"
    for (k = 1; k <= 31; k++) {
        print "  i" k ":\n    {name: I" k ", threat: malware-infection, at: c, harms: {"
        for (i = 1; i <= 14; i++)
            print "      s" i ": {recovery: serious, economic: serious, because: B}" (i < 14 ? "," : "}}")
    }
}' >"$TEST_TMP/many.yaml"
# shellcheck disable=SC2086
exits many 0 "$AWAI" risk "$TEST_TMP/many.yaml" $few --svg "$TEST_TMP/many"
for figure in likelihood exceedance drivers; do
    has "many_${figure}_says_how_many" "many/$figure.svg" 'The 12 of 14 stakeholders'
done
has many_harms_are_counted many/likelihood.svg 'awai risk --json has the other 504'
exits many_times 0 "$AWAI" attack "$TEST_TMP/many.yaml" --trials 100 --svg "$TEST_TMP/many"
has many_times_are_counted many/times.svg 'The first 30; awai attack --json has the other 1'

# a few years have a curve of shares, not above 1
# shellcheck disable=SC2086
exits few_years 0 "$AWAI" risk usecases/drone/model.yaml --worlds 500 --years 9 --outer 2 --inner 10 \
    --svg "$TEST_TMP/figures"
has few_years_have_an_axis_of_shares figures/exceedance.svg '>0.1<'
: >"$TEST_TMP/file"
# shellcheck disable=SC2086
exits svg_into_a_file 1 "$AWAI" risk "$model" $few --svg "$TEST_TMP/file"
has svg_into_a_file_is_told err 'cannot write'
# shellcheck disable=SC2086
exits clashing_measures 0 "$AWAI" risk usecases/drone/model.yaml $few \
    --measures none,c-parachute,c-light-airframe
has clashing_measures_are_told err 'exclude each other: c-parachute (c-light-airframe)'
# shellcheck disable=SC2086
exits lacking_measures 0 "$AWAI" risk usecases/drone/model.yaml $few --measures none,c-erasure-on-transfer
has lacking_measures_are_told err 'c-erasure-on-transfer (c-card-encryption)'

# a road vehicle has notes of ASIL, another system none
sed 's/^system:/system:\n  domain: road-vehicle/' usecases/distillation/model.yaml >"$TEST_TMP/vehicle.yaml"
# shellcheck disable=SC2086
exits road_vehicle 0 "$AWAI" risk "$TEST_TMP/vehicle.yaml" $few
has road_vehicle_has_asil out 'ASIL D (S3, E4, C3; partly assumed)'
# shellcheck disable=SC2086
exits no_vehicle 0 "$AWAI" risk usecases/distillation/model.yaml $few
has_not no_vehicle_has_no_asil out 'ASIL'

# a model without money shows how often, and says what is missing
cat >"$TEST_TMP/poor.yaml" <<'END'
awai: 1
system: {id: s, name: S}
applicant: firm
stakeholders: {firm: {name: F, roles: [iot-user]}}
zones: {net: {name: N, kind: internet, trust: none}}
components: {c: {name: C, kind: plc, zone: net}}
incidents:
  i: {name: I, threat: malware-infection, at: c, harms: {firm: {recovery: serious, economic: serious, because: B}}}
END
exits poor 0 "$AWAI" risk "$TEST_TMP/poor.yaml" --worlds 3000
has poor_is_frequent out 'serious / serious'
has poor_says_what_is_missing out 'No money'
has_not poor_has_no_money out 'value at risk'
exits poor_json 0 "$AWAI" risk "$TEST_TMP/poor.yaml" --worlds 3000 --json
has poor_json_has_no_loss out '"loss": null'

# ---- values that make no sense are refused, with a place

# $1: name, $2: what replaces the harm's levels, $3: the message
refused()
{
    sed "s/recovery: serious, economic: serious, because: B/&, $2/" "$TEST_TMP/poor.yaml" \
        >"$TEST_TMP/wrong.yaml"
    exits "$1" 1 "$AWAI" risk "$TEST_TMP/wrong.yaml"
    has "$1_has_a_place" err 'wrong.yaml:8:'
    has "$1_is_told" err "$3"
}
refused shares_above_one 'outcomes: [{share: 0.7, recovery: none, economic: none}, {share: 0.4, recovery: none, economic: none}]' \
    'sum to 1.1'
refused negative_share 'outcomes: [{share: -1, recovery: none, economic: none}, {share: 2, recovery: none, economic: none}]' \
    'share'
refused no_outcomes 'outcomes: []' 'outcomes'
refused falling_loss 'loss: {min: 3 JPY, mode: 2 JPY, max: 1 JPY}' 'no distribution'
refused half_a_loss 'loss: {min: 3 JPY}' 'no distribution'
refused loss_of_a_dist_alone 'loss: {dist: pert}' 'no distribution'
refused lognormal_from_nothing 'loss: {min: 0 JPY, max: 1 JPY, dist: lognormal}' 'no distribution'
refused lognormal_with_a_mode 'loss: {min: 1 JPY, mode: 2 JPY, max: 3 JPY, dist: lognormal}' \
    'no distribution'
refused lognormal_without_a_mean 'loss: {min: 1e-30 JPY, max: 1e30 JPY, dist: lognormal}' \
    'no distribution'
refused two_currencies 'loss: {min: 1 JPY, mode: 2 EUR, max: 3 JPY}' 'in JPY, other amounts are in EUR'
refused negative_loss 'loss: -1 JPY' 'JPY'

# ---- an interrupted run ends well, and says so

"$AWAI" risk "$model" --worlds 10000000 --threads 2 --json >"$TEST_TMP/out" 2>"$TEST_TMP/err" &
interrupt $!
status=$?
if [ $status -eq 0 ]; then ok interrupted; else not_ok interrupted "exit $status"; fi
has interrupted_says_so out '"stopped": true'

# ---- laws, by the JSON

# Runs into a file of $TEST_TMP. $1: file, $2...: arguments
into()
{
    file=$1
    shift
    "$AWAI" risk "$@" --json >"$TEST_TMP/$file" 2>"$TEST_TMP/err" || {
        not_ok "run_$file" "exit $?"
        head -n 5 "$TEST_TMP/err"
    }
}

for case_name in gas-water-heater distillation; do
    each=usecases/$case_name/model.yaml
    for threads in 1 2 5; do
        # shellcheck disable=SC2086
        into "$case_name-threads-$threads.json" "$each" $small --threads $threads
    done
    # shellcheck disable=SC2086
    into "$case_name-seed.json" "$each" $small --seed 2
    for set in none decided all; do
        # shellcheck disable=SC2086
        into "$case_name-measures-$set.json" "$each" $small --measures $set
    done
done
# the same model, its entries the other way round; JSON is YAML
"$(dirname "$AWAI")/tests/unit/schema" --json "$model" >"$TEST_TMP/model.json"
python3 - "$TEST_TMP/model.json" "$TEST_TMP/turned.yaml" <<'END'
import json, sys
model = json.load(open(sys.argv[1], encoding="utf-8"))
keep = ("system", "criteria")
turned = {k: dict(reversed(v.items())) if isinstance(v, dict) and k not in keep else v for k, v in reversed(model.items())}
json.dump(turned, open(sys.argv[2], "w", encoding="utf-8"))
END
# shellcheck disable=SC2086
into order-a.json "$model" $small --measures all
# shellcheck disable=SC2086
into order-b.json "$TEST_TMP/turned.yaml" $small --measures all
# of a large graph only the steps of all losses are tried without, and that is told
"$AWAI" synth --components 1500 >"$TEST_TMP/large.yaml"
printf 'criteria:\n  economic: {limited: {below: 10 MJPY}, serious: {below: 1 GJPY}}\n' \
    >>"$TEST_TMP/large.yaml"
"$AWAI" risk "$TEST_TMP/large.yaml" --worlds 120 --years 20 --outer 2 --inner 2 --measures none \
    --json >"$TEST_TMP/large.json" 2>"$TEST_TMP/err"
python3 - "$TEST_TMP/large.json" <<'END'
import json, sys
risk = json.load(open(sys.argv[1], encoding="utf-8"))
steps, work = risk["steps"], risk["work"]
problems = []
if not any(note["code"] == "fewer-gains" for note in risk["assumptions"]): problems.append("not told")
if not steps["of_loss"] or None in [step["gain"] for step in steps["of_loss"]]: problems.append("of losses")
tried = {step["step"] for step in steps["of_loss"]}
if any(step["gain"] is not None and step["step"] not in tried for step in steps["of_incidents"]): problems.append("of incidents")
if not 0 < work["worlds_for_steps"] <= 120: problems.append(work["worlds_for_steps"])
print("not ok gains_of_large_graphs: " + str(problems) if problems else "ok gains_of_large_graphs")
END
python3 tests/cli/_risk.py "$TEST_TMP"
