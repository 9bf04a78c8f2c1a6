#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# `make install` and `make uninstall`, and libawai as others have it: a program built
# against the installed header and library, static and shared; no name in either but
# awai_*; a header that C and C++ accept alone.
set -u
: "${AWAI:=$PWD/build/awai}" "${TEST_TMP:=$(mktemp -d)}" "${SAN:=}" "${MODE:=}"
: "${CC:=gcc}"
root=$TEST_TMP/root
prefix=$TEST_TMP/prefix
lib=$prefix/lib
model=usecases/drone/model.yaml
export AWAI_TODAY=2027-01-01

if [ -n "$SAN$MODE" ]; then
    echo 'skip install: what is installed is built without sanitizers'
    exit 0
fi

# ok or not ok. $1: name, $2: status, $3: why
tell()
{
    if [ "$2" -eq 0 ]; then echo "ok $1"; else echo "not ok $1: ${3-exit $2}"; fi
}

# Builds what make check has built, no more: with its compiler, with warnings as errors.
quiet_make() { make -s CC="$CC" WERROR=1 "$@" >"$TEST_TMP/make.log" 2>&1; }

# ---- where files go

quiet_make install PREFIX=/usr DESTDIR="$root"
tell install_below_destdir $? "$(tail -n 3 "$TEST_TMP/make.log" | tr '\n' ' ')"
(cd "$root" && find . ! -type d | sort) >"$TEST_TMP/installed"
version=$(sed -n 's/^#define AWAI_VERSION "\(.*\)"/\1/p' include/awai.h)
sort >"$TEST_TMP/expected" <<END
./usr/bin/awai
./usr/include/awai.h
./usr/lib/libawai.a
./usr/lib/libawai.so
./usr/lib/libawai.so.${version%%.*}
./usr/lib/libawai.so.$version
./usr/lib/pkgconfig/awai.pc
./usr/share/awai/schema/answers.schema.json
./usr/share/awai/schema/assess.schema.json
./usr/share/awai/schema/attack.schema.json
./usr/share/awai/schema/catalog.schema.json
./usr/share/awai/schema/live.schema.json
./usr/share/awai/schema/export.schema.json
./usr/share/awai/schema/extract.schema.json
./usr/share/awai/schema/import.schema.json
./usr/share/awai/schema/model.schema.json
./usr/share/awai/schema/plan.schema.json
./usr/share/awai/schema/rehearse.schema.json
./usr/share/awai/schema/risk-page.schema.json
./usr/share/awai/schema/risk.schema.json
./usr/share/awai/schema/rules.schema.json
./usr/share/awai/schema/template.schema.json
./usr/share/bash-completion/completions/awai
./usr/share/man/man1/awai.1
./usr/share/zsh/site-functions/_awai
END
diff "$TEST_TMP/expected" "$TEST_TMP/installed" | sed 's/^/# /'
cmp -s "$TEST_TMP/expected" "$TEST_TMP/installed"
tell installed_files $? 'other files than those listed'
[ "$("$root/usr/bin/awai" --version)" = "awai $version" ]
tell installed_program_runs $?
grep -rlF "$root" "$root" >"$TEST_TMP/named"
[ ! -s "$TEST_TMP/named" ]
tell no_file_names_destdir $? "$(tr '\n' ' ' <"$TEST_TMP/named")"
quiet_make uninstall PREFIX=/usr DESTDIR="$root"
[ -z "$(find "$root" ! -type d)" ] && [ ! -e "$root/usr/share/awai" ]
tell uninstall_leaves_nothing $? "$(find "$root" ! -type d | head -n 3 | tr '\n' ' ')"

# ---- a program of somebody else's

quiet_make install PREFIX="$prefix"
tell install_below_prefix $?
PKG_CONFIG_PATH=$lib/pkgconfig
export PKG_CONFIG_PATH
"$AWAI" assess $model --json >"$TEST_TMP/expected.json"

# Builds and runs docs/examples/assess.c. $1: name, $2...: flags of the linker
program()
{
    name=$1
    shift
    # shellcheck disable=SC2046 # a word each
    $CC -std=c17 -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags awai) \
        -o "$TEST_TMP/$name" docs/examples/assess.c "$@" >"$TEST_TMP/log" 2>&1
    tell "builds_$name" $? "$(head -n 3 "$TEST_TMP/log" | tr '\n' ' ')"
    LD_LIBRARY_PATH=$lib "$TEST_TMP/$name" $model >"$TEST_TMP/$name.json"
    tell "runs_$name" $?
    cmp -s "$TEST_TMP/expected.json" "$TEST_TMP/$name.json"
    tell "same_bytes_$name" $? 'not what awai assess --json prints'
    LD_LIBRARY_PATH=$lib "$TEST_TMP/$name" "$TEST_TMP/none" 2>"$TEST_TMP/err"
    [ $? -eq 1 ] && grep -q 'error: cannot read' "$TEST_TMP/err"
    tell "tells_errors_$name" $?
}

# shellcheck disable=SC2046 # a word each
program shared $(pkg-config --libs awai)
# shellcheck disable=SC2046
program static "$lib/libawai.a" $(pkg-config --static --libs awai | sed 's/-lawai//')
LD_LIBRARY_PATH=$lib ldd "$TEST_TMP/shared" | grep -q "libawai.so.${version%%.*} => $lib/"
tell shared_is_shared $?
ldd "$TEST_TMP/static" | grep -q libawai
[ $? -eq 1 ]
tell static_is_static $?

# ---- names

# That the names which nm prints are those that the header declares. $1: name
names_of_the_header()
{
    awk '$2 ~ /^[A-Z]$/ && $2 != "A" { print $3 }' | sort -u >"$TEST_TMP/names"
    grep -oE '\bawai_[a-z_]+\(' include/awai.h | tr -d '(' | sort -u |
        diff - "$TEST_TMP/names" >"$TEST_TMP/diff"
    tell "$1" $? "$(head -n 5 "$TEST_TMP/diff" | tr '\n' ' ')"
}
nm -D --defined-only "$lib/libawai.so" | names_of_the_header names_of_the_shared
nm -g --defined-only "$lib/libawai.a" | names_of_the_header names_of_the_static
echo 'extern int alone;' | $CC -std=c17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
    -x c -include "$prefix/include/awai.h" -
tell header_alone $?
echo 'extern int alone;' | clang++ -std=c++11 -Wall -Wextra -Wpedantic -Werror \
    -fsyntax-only -x c++ -include "$prefix/include/awai.h" -
tell header_alone_in_cxx $?
