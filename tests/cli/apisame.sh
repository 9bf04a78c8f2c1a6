#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# What the API answers is what the commands print, byte for byte, of all use cases.
exec sh "${AWAI_ROOT:-$PWD}/tests/cli/api.sh" results
