#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# --rules and --sarif on the command line: exit codes, findings, exemptions by date.
set -u
AWAI_TODAY=2026-01-01
export AWAI_TODAY

ok() { echo "ok $1"; }
not_ok() { echo "not ok $1: $2"; }

# check NAME EXPECTED_STATUS COMMAND...: output lies in $TEST_TMP/out and err
check()
{
    name=$1 expected=$2
    shift 2
    "$@" >"$TEST_TMP/out" 2>"$TEST_TMP/err"
    status=$?
    if [ "$status" -eq "$expected" ]; then ok "$name"; else
        not_ok "$name" "exit $status, not $expected"
        sed 's/^/# /' "$TEST_TMP/err" | head -n 20
    fi
}

# has NAME FILE TEXT: the file of $TEST_TMP has the text
has()
{
    if grep -qF -e "$3" "$TEST_TMP/$2"; then ok "$1"; else
        not_ok "$1" "no '$3' in $2"
        sed 's/^/# /' "$TEST_TMP/$2" | head -n 20
    fi
}

has_not()
{
    if grep -qF -e "$3" "$TEST_TMP/$2"; then not_ok "$1" "'$3' in $2"; else ok "$1"; fi
}

model=usecases/gas-water-heater/model.yaml
rules=$TEST_TMP/rules.yaml

# Some component of a real model, whatever it is.
write_rules()
{
    cat >"$rules" <<END
rules:
  no-parts:
    severity: $1
    for: components
    where: {out-of-scope: false}
    message: {en: "a part of the system", ja: "システムの部品"}
    exempt: [${2-}]
END
}

write_rules error
check error-is-a-gate 3 "$AWAI" assess "$model" --rules "$rules"
has finding-is-told err "error: a part of the system: "
has finding-has-its-code err "[no-parts]"
has finding-has-its-place err "$model:"
check check-knows-rules-too 3 "$AWAI" check "$model" --rules "$rules"
check japanese 3 "$AWAI" assess "$model" --rules "$rules" --lang ja
has finding-in-japanese err "システムの部品: "

write_rules warning
check warning-is-no-gate 0 "$AWAI" assess "$model" --rules "$rules"
has warning-is-told err "warning: a part of the system: "

part=$(sed -n 's/.*a part of the system: \([^ ]*\) .*/\1/p' "$TEST_TMP/err" | head -n 1)
write_rules warning "{id: $part, because: known, until: 2026-01-01}"
check exemption-in-force 0 "$AWAI" assess "$model" --rules "$rules"
has_not exempt-is-not-told err "system: $part [no-parts]"
AWAI_TODAY=2026-01-02
check exemption-expired 0 "$AWAI" assess "$model" --rules "$rules"
has expired-is-told err "[expired-exemption]"
has expired-counts-again err "system: $part [no-parts]"
AWAI_TODAY=2026-01-01
write_rules warning "{id: no-such-part, because: known}"
check exemption-unused 0 "$AWAI" assess "$model" --rules "$rules"
has unused-is-noted err "note: nothing to exempt from no-parts: no-such-part"

sed 's/out-of-scope/out-of-scop/' "$rules" >"$TEST_TMP/wrong.yaml"
check wrong-rules-are-input 1 "$AWAI" assess "$model" --rules "$TEST_TMP/wrong.yaml"
has wrong-rules-get-a-hint err "did you mean 'out-of-scope'?"
check missing-rules-are-input 1 "$AWAI" assess "$model" --rules "$TEST_TMP/none.yaml"

for each in usecases/*/model.yaml; do
    check "example-rules-$(basename "$(dirname "$each")")" 3 \
        "$AWAI" assess "$each" --rules docs/examples/rules.yaml
done

write_rules error
check sarif 3 "$AWAI" assess "$model" --rules "$rules" --sarif "$TEST_TMP/sarif"
has sarif-version sarif '"version": "2.1.0"'
has sarif-rule sarif '"id": "no-parts"'
has sarif-result sarif '"ruleId": "no-parts"'
has sarif-uri sarif "\"uri\": \"$model\""
check sarif-of-check 0 "$AWAI" check "$model" --sarif "$TEST_TMP/sarif"
has sarif-of-check-version sarif '"version": "2.1.0"'
if command -v python3 >/dev/null; then
    check sarif-is-json 0 python3 -m json.tool "$TEST_TMP/sarif" "$TEST_TMP/pretty"
else
    echo "skip sarif-is-json: no python3"
fi
