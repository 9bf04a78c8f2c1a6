#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Accounts and protection of awai serve, as an attacker would try them: _access.py does
# the work. Every route comes from the program itself (awai serve --routes).
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}"
. tests/tools/kit.sh
for needed in python3 openssl; do
    if ! command -v $needed >/dev/null; then
        echo "skip access: there is no $needed"
        exit 0
    fi
done

# ---- what is not started

exits elsewhere 1 "$AWAI" serve --db "$TEST_TMP/no.db" --listen 0.0.0.0:1
has elsewhere_is_told err 'passwords would go there unencrypted'
exits elsewhere_accounts_alone 1 "$AWAI" serve --accounts --db "$TEST_TMP/no.db" --listen 0.0.0.0:1
exits tls_half 2 "$AWAI" serve --tls-cert x.pem --db "$TEST_TMP/no.db"
has tls_half_is_told err 'belong together'
exits host_name 2 "$AWAI" serve --host http://example.org --db "$TEST_TMP/no.db"
exits name_to_listen 2 "$AWAI" serve --insecure-no-tls --listen example.org:1 --db "$TEST_TMP/no.db"
if [ -e "$TEST_TMP/no.db" ]; then not_ok nothing_is_made no.db; else ok nothing_is_made; fi

# ---- certificates, good for an hour

openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj '/CN=awai.test' \
    -addext 'subjectAltName=DNS:awai.test,DNS:localhost,IP:127.0.0.1' \
    -keyout "$TEST_TMP/key.pem" -out "$TEST_TMP/cert.pem" 2>/dev/null
openssl genrsa -out "$TEST_TMP/other-key.pem" 2048 2>/dev/null
exits wrong_key 1 "$AWAI" serve --db "$TEST_TMP/k.db" --listen 127.0.0.1:0 \
    --tls-cert "$TEST_TMP/cert.pem" --tls-key "$TEST_TMP/other-key.pem"
has wrong_key_is_told err 'cannot be used for TLS'
exits missing_certificate 1 "$AWAI" serve --db "$TEST_TMP/k.db" --listen 127.0.0.1:0 \
    --tls-cert "$TEST_TMP/none.pem" --tls-key "$TEST_TMP/key.pem"

# ---- the rest

python3 tests/cli/_access.py "$AWAI" "$TEST_TMP"
status=$?
if [ $status -eq 0 ]; then ok attacks_end; else not_ok attacks_end "exit $status"; fi
