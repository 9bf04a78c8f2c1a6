# SPDX-License-Identifier: Apache-2.0
"""
Checks JSON files against a JSON Schema (draft 7): _valid.py SCHEMA FILE...
Prints what is wrong; exits 1 if anything is.
"""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1], encoding="utf-8"))
bad = 0
for name in sys.argv[2:]:
    value = json.load(open(name, encoding="utf-8"))
    for error in jsonschema.Draft7Validator(schema).iter_errors(value):
        print(f"{name}: {list(error.path)}: {error.message[:120]}")
        bad = 1
sys.exit(bad)
