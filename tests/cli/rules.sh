#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# --rules and --sarif on the command line: exit codes, findings, exemptions by date.
set -u
AWAI_TODAY=2026-01-01
export AWAI_TODAY

. tests/tools/kit.sh

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
exits error-is-a-gate 3 "$AWAI" assess "$model" --rules "$rules"
has finding-is-told err "error: a part of the system: "
has finding-has-its-code err "[no-parts]"
has finding-has-its-place err "$model:"
exits check-knows-rules-too 3 "$AWAI" check "$model" --rules "$rules"
exits japanese 3 "$AWAI" assess "$model" --rules "$rules" --lang ja
has finding-in-japanese err "システムの部品: "

write_rules warning
exits warning-is-no-gate 0 "$AWAI" assess "$model" --rules "$rules"
has warning-is-told err "warning: a part of the system: "

part=$(sed -n 's/.*a part of the system: \([^ ]*\) .*/\1/p' "$TEST_TMP/err" | head -n 1)
write_rules warning "{id: $part, because: known, until: 2026-01-01}"
exits exemption-in-force 0 "$AWAI" assess "$model" --rules "$rules"
has_not exempt-is-not-told err "system: $part [no-parts]"
AWAI_TODAY=2026-01-02
exits exemption-expired 0 "$AWAI" assess "$model" --rules "$rules"
has expired-is-told err "[expired-exemption]"
has expired-counts-again err "system: $part [no-parts]"
AWAI_TODAY=2026-01-01
write_rules warning "{id: no-such-part, because: known}"
exits exemption-unused 0 "$AWAI" assess "$model" --rules "$rules"
has unused-is-noted err "note: nothing to exempt from no-parts: no-such-part"

sed 's/out-of-scope/out-of-scop/' "$rules" >"$TEST_TMP/wrong.yaml"
exits wrong-rules-are-input 1 "$AWAI" assess "$model" --rules "$TEST_TMP/wrong.yaml"
has wrong-rules-get-a-hint err "did you mean 'out-of-scope'?"
exits missing-rules-are-input 1 "$AWAI" assess "$model" --rules "$TEST_TMP/none.yaml"

for each in usecases/*/model.yaml; do
    exits "example-rules-$(basename "$(dirname "$each")")" 3 \
        "$AWAI" assess "$each" --rules docs/examples/rules.yaml
done

write_rules error
exits sarif 3 "$AWAI" assess "$model" --rules "$rules" --sarif "$TEST_TMP/sarif"
has sarif-version sarif '"version": "2.1.0"'
has sarif-rule sarif '"id": "no-parts"'
has sarif-result sarif '"ruleId": "no-parts"'
has sarif-uri sarif "\"uri\": \"$model\""
exits sarif-of-check 0 "$AWAI" check "$model" --sarif "$TEST_TMP/sarif"
has sarif-of-check-version sarif '"version": "2.1.0"'
if command -v python3 >/dev/null; then
    exits sarif-is-json 0 python3 -m json.tool "$TEST_TMP/sarif" "$TEST_TMP/pretty"
else
    echo "skip sarif-is-json: no python3"
fi
