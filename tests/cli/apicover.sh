#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Whatever the command line can be told, the API can be told, or a row of its contract
# says why not (_apicover.py).
set -u
: "${AWAI:=$PWD/build/awai}" "${AWAI_ROOT:=$PWD}"
export AWAI
cd "$AWAI_ROOT" || exit 1
python3 tests/cli/_apicover.py
