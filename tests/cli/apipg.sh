#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Every operation of the API, called as in api.sh, with systems that PostgreSQL keeps.
exec sh "${AWAI_ROOT:-$PWD}/tests/cli/api.sh" postgresql
