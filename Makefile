# SPDX-License-Identifier: Apache-2.0
#
# Builds, runs and checks Awai. GNU make; `make help` lists the targets.
#
# Sources are found by wildcard: a new file in a room of src/ needs no line here.
# Configurations lie side by side, each with its own objects:
#   build/                         gcc
#   build/clang/                   CC=clang
#   build/san-address-undefined/   SAN=address,undefined
#   build/cover, build/fuzz/       MODE=..., used by the targets cover and fuzz
# Objects are rebuilt when their compile command changes.
#
# What may be given on the command line: CC, SAN, WERROR (1: warnings are errors; so by
# default in a checkout, not in a release tarball), JOBS, V=1 (show commands and test
# output), PREFIX, DESTDIR, FUZZ_SECONDS, FUZZ (targets), COVER_MIN, TEST_TIMEOUT, and
# CFLAGS, CPPFLAGS, LDFLAGS, which are added to ours.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules --no-print-directory

ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin AR),default)
AR := ar
endif
HOSTCC ?= cc
OBJCOPY ?= objcopy
PKG_CONFIG ?= pkg-config
INSTALL ?= install
SAN ?=
MODE ?=
WERROR ?= $(if $(wildcard .git),1,0)
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
PREFIX ?= /usr/local
DESTDIR ?=
FUZZ_SECONDS ?= 60
COVER_MIN ?= 85
TEST_TIMEOUT ?= 900

VERSION := $(shell sed -n 's/^.define AWAI_VERSION "\(.*\)"/\1/p' include/awai.h)
SONAME := libawai.so.$(firstword $(subst ., ,$(VERSION)))

comma := ,
empty :=
space := $(empty) $(empty)

# ---- configuration ------------------------------------------------------------------

COMPILER := $(notdir $(firstword $(CC)))
PARTS := $(filter-out gcc cc,$(COMPILER)) $(if $(SAN),san-$(subst $(comma),-,$(SAN)))
CONFIG := $(if $(MODE),$(MODE),$(subst $(space),-,$(strip $(PARTS))))
B := build$(if $(CONFIG),/$(CONFIG))

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
    -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wformat=2 \
    -Wundef -Wvla -Wdouble-promotion -Wimplicit-fallthrough -Wpointer-arith
ifeq ($(findstring clang,$(COMPILER)),)
WARN += -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init
endif

# Optimizers see phantoms in instrumented code: warnings are errors in plain builds only.
ifeq ($(WERROR)$(SAN)$(MODE),1)
WARN += -Werror
endif

# Assertions stay on. Floating point gives the same bits everywhere: no contraction.
LANGUAGE := -std=c17 -D_POSIX_C_SOURCE=200809L -ffp-contract=off
HARDEN := -fstack-protector-strong
# The same objects go into the program and both libraries.
PLAIN := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fPIC \
    -fno-semantic-interposition
INSTRUMENT := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all

ifeq ($(MODE),cover)
OPTIMIZE := -O0 -g --coverage -fprofile-update=atomic
LINK := --coverage -fprofile-update=atomic
else ifeq ($(MODE),fuzz)
OPTIMIZE := $(INSTRUMENT) -fsanitize=fuzzer-no-link,address,undefined
LINK := -fsanitize=address,undefined
else ifneq ($(SAN),)
OPTIMIZE := $(INSTRUMENT) -fsanitize=$(SAN)
LINK := -fsanitize=$(SAN)
else
OPTIMIZE := $(PLAIN)
LINK :=
endif

# The names of this machine's folders stay out of the binary (coverage needs them).
ifneq ($(MODE),cover)
OPTIMIZE += -ffile-prefix-map=$(CURDIR)=.
endif

# pkg-config is asked once, and only when something is compiled. Headers of libraries
# are system headers: their warnings are not ours.
PACKAGES := libgvc libcgraph libcdt yaml-0.1
# Only the program has a server: libawai needs none of these. All but SQLite are not linked
# but loaded when they are needed.
SERVER_PACKAGES := libmicrohttpd libpq sqlite3 libargon2 libqrencode
# What reads workbooks, for the program only as well.
EXCHANGE_PACKAGES := minizip expat zlib
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(patsubst -I%,-isystem %,$$(shell \
    $(PKG_CONFIG) --cflags $(PACKAGES) $(SERVER_PACKAGES) $(EXCHANGE_PACKAGES))))$(PKG_CFLAGS)
# OpenMPI is used where it is installed (MPI= builds without); it goes into the program
# only, and not into instrumented ones: its own memory is none of ours.
MPI ?= $(shell $(PKG_CONFIG) --exists ompi-c && echo 1)
ifeq ($(MPI)$(SAN)$(MODE),1)
MPI_CFLAGS = -DAWAI_MPI $(patsubst -I%,-isystem %,$(shell $(PKG_CONFIG) --cflags ompi-c))
MPI_LIBS = $(shell $(PKG_CONFIG) --libs ompi-c)
endif
PKG_LIBS = $(eval PKG_LIBS := $$(shell $(PKG_CONFIG) --libs $(PACKAGES)))$(PKG_LIBS)
LIBS = $(PKG_LIBS) -lm
SERVER_LIBS = $(eval SERVER_LIBS := $$(shell $(PKG_CONFIG) --libs \
    sqlite3 $(EXCHANGE_PACKAGES)))$(SERVER_LIBS)
ALL_LIBS = $(SERVER_LIBS) $(LIBS)

COMPILE = $(CC) $(LANGUAGE) $(OPTIMIZE) $(HARDEN) $(WARN) -Isrc -Iinclude \
    $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS)

# ---- files --------------------------------------------------------------------------

GEN := build/gen
EMBED := build/tools/embed

SRC := $(sort $(wildcard src/*/*.c src/*/*/*.c))
CLI_SRC := $(filter src/cli/%,$(SRC))
SERVER_SRC := $(filter src/store/% src/access/% src/web/% src/exchange/%,$(SRC))
LIB_SRC := $(filter-out $(CLI_SRC) $(SERVER_SRC),$(SRC))
HEADERS := $(sort $(wildcard include/*.h src/*/*.h src/*/*/*.h))
# Each file of ui/pages becomes one script, with what it imports.
UI_SRC := $(wildcard ui/*/*.ts)
UI_PAGES := $(patsubst ui/pages/%.ts,$(GEN)/ui/%.js,$(sort $(wildcard ui/pages/*.ts)))
UI_MODULES := ui/node_modules/.installed-lock.json
# What the tests in a browser need, once for all of them that run at a time.
UI_TEST_MODULES := tests/ui/node_modules/.installed-lock.json
ASSETS := $(sort $(wildcard catalog/*.yaml usecases/*/*.yaml schema/*.json \
    src/page/assets/* src/web/assets/*)) $(UI_PAGES)
UNIT_SRC := $(sort $(wildcard tests/unit/*.c))
FUZZ_SRC := $(filter-out tests/fuzz/standalone.c,$(sort $(wildcard tests/fuzz/*.c)))
# A script whose name begins with "_" is not a test but a part of some.
SCRIPTS := $(foreach script,$(sort $(wildcard tests/cli/*.sh tests/*/*.mjs)), \
    $(if $(filter _%,$(notdir $(script))),,$(script)))
FORMATTED := $(HEADERS) $(SRC) $(wildcard tools/*.[ch] tests/*.[ch] tests/*/*.[ch] \
    bench/*.[ch])

LIB_OBJ := $(LIB_SRC:%.c=$(B)/obj/%.o) $(B)/obj/gen/embed.o
CLI_OBJ := $(CLI_SRC:%.c=$(B)/obj/%.o)
SERVER_OBJ := $(SERVER_SRC:%.c=$(B)/obj/%.o)
TEST_OBJ := $(UNIT_SRC:%.c=$(B)/obj/%.o) $(FUZZ_SRC:%.c=$(B)/obj/%.o) \
    $(if $(FUZZ_SRC),$(B)/obj/tests/fuzz/standalone.o)
OBJ := $(LIB_OBJ) $(SERVER_OBJ) $(CLI_OBJ) $(TEST_OBJ)

# All of the library with all its names, and the server, for the program and the tests;
# what others get has no names but awai_*.
INNER := $(B)/obj/awai.a
LIB := $(B)/libawai.a
SHARED := $(if $(SAN)$(MODE),,$(B)/libawai.so)
AWAI := $(if $(CLI_SRC),$(B)/awai)
UNIT := $(UNIT_SRC:%.c=$(B)/%)
FUZZERS := $(FUZZ_SRC:%.c=$(B)/%)
FUZZ ?= $(notdir $(FUZZERS))
# Failing allocations by preloading does not go together with sanitizers.
FAILMALLOC := $(if $(SAN)$(MODE),,$(B)/failmalloc.so)

ifeq ($(V),1)
say = @:
Q :=
else
say = $(if $(findstring s,$(firstword -$(MAKEFLAGS))),@:,@printf '  %-7s %s\n')
Q := @
endif

# -jN for a make of our own, unless the one who called us has given one.
PARALLEL = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))

# ---- build --------------------------------------------------------------------------

.PHONY: FORCE
FORCE:

.PHONY: all
all: $(LIB) $(SHARED) $(AWAI) ## build awai and libawai in build/ (the default)

# Files that hold a line and change only with it. The first is the compile command, a
# prerequisite of every object; the others are lists of files.
$(B)/command: FORCE
	@mkdir -p $(@D)
	@$(PKG_CONFIG) --exists $(PACKAGES) $(SERVER_PACKAGES) $(EXCHANGE_PACKAGES) xlsxwriter || { \
	    echo "make: libraries are missing: run 'make packages'" >&2; exit 1; }
	@echo '$(COMPILE) $(LINK) $(LDFLAGS)' | cmp -s - $@ || \
	    echo '$(COMPILE) $(LINK) $(LDFLAGS)' >$@
$(B)/objects: FORCE
	@mkdir -p $(@D)
	@echo '$(LIB_OBJ) $(SERVER_OBJ) $(CLI_OBJ)' | cmp -s - $@ || \
	    echo '$(LIB_OBJ) $(SERVER_OBJ) $(CLI_OBJ)' >$@
$(GEN)/assets: FORCE
	@mkdir -p $(@D)
	@echo '$(ASSETS)' | cmp -s - $@ || echo '$(ASSETS)' >$@

$(EMBED): tools/embed.c
	@mkdir -p $(@D)
	$(say) HOSTCC $<
	$(Q)$(HOSTCC) -std=c17 -O2 -Wall -Wextra -o $@ $<

$(GEN)/embed.c: $(EMBED) $(GEN)/assets $(ASSETS)
	$(say) EMBED $@
	$(Q)$(EMBED) $@ . $(ASSETS)

$(UI_MODULES) $(UI_TEST_MODULES): %/node_modules/.installed-lock.json: %/package-lock.json
	@command -v npm >/dev/null || { \
	    echo "make: npm is missing: run 'make packages'" >&2; exit 1; }
	$(say) NPM $*
	$(Q)cd $* && npm ci --ignore-scripts --no-audit --no-fund --silent
	$(Q)cp $< $@

$(GEN)/ui/%.js: ui/pages/%.ts $(UI_SRC) $(UI_MODULES)
	@mkdir -p $(@D)
	$(say) BUNDLE $@
	$(Q)ui/node_modules/.bin/esbuild $< --bundle --minify --format=esm \
	    --target=es2022 --legal-comments=inline --log-level=warning --outfile=$@

# Literals of any length are fine for the compilers that we use.
$(B)/obj/gen/embed.o: $(GEN)/embed.c $(B)/command
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(COMPILE) -Wno-overlength-strings -MMD -MP -c -o $@ $<

# The entry of a fuzz target has its prototype in libFuzzer, not in a header.
$(B)/obj/tests/%.o: tests/%.c $(B)/command
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(COMPILE) -Wno-missing-prototypes -Itests -MMD -MP -c -o $@ $<

$(B)/obj/src/risk/plan_program.o: CPPFLAGS += \
    $(patsubst -I%,-isystem %,$(shell $(PKG_CONFIG) --cflags cbc))
$(B)/obj/src/page/doc_xlsx.o: CPPFLAGS += \
    $(patsubst -I%,-isystem %,$(shell $(PKG_CONFIG) --cflags xlsxwriter))
$(B)/obj/src/cli/ranks.o: CPPFLAGS += $(MPI_CFLAGS)
$(B)/obj/%.o: %.c $(B)/command
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# Appended, not replaced: files of two rooms may have one name.
$(INNER): $(LIB_OBJ) $(SERVER_OBJ) $(B)/objects
	$(say) AR $@
	$(Q)rm -f $@
	$(Q)$(AR) qcsD $@ $(LIB_OBJ) $(SERVER_OBJ)

$(LIB): $(LIB_OBJ) $(B)/objects
	$(say) AR $@
	$(Q)rm -f $@
	$(Q)$(CC) -r -nostdlib -o $(B)/obj/libawai.o $(LIB_OBJ)
	$(Q)$(OBJCOPY) --wildcard --keep-global-symbol='awai_*' $(B)/obj/libawai.o
	$(Q)$(AR) qcsD $@ $(B)/obj/libawai.o

$(B)/libawai.so: $(LIB_OBJ) $(B)/objects
	$(say) LINK $@
	@echo '{ global: awai_*; local: *; };' >$(B)/obj/libawai.map
	$(Q)$(CC) $(OPTIMIZE) -shared -Wl,-soname,$(SONAME) \
	    -Wl,--version-script,$(B)/obj/libawai.map $(LDFLAGS) -o $@ $(LIB_OBJ) $(LIBS)

$(B)/awai: $(CLI_OBJ) $(INNER) $(B)/objects
	$(say) LINK $@
	$(Q)$(CC) $(OPTIMIZE) $(LINK) $(LDFLAGS) -o $@ $(CLI_OBJ) $(INNER) \
	    $(ALL_LIBS) $(MPI_LIBS)

$(B)/tests/unit/%: $(B)/obj/tests/unit/%.o $(INNER)
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(CC) $(OPTIMIZE) $(LINK) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

# The column is checked against a stiff solver where there is one.
ifneq ($(wildcard /usr/include/cvode/cvode.h),)
$(B)/tests/unit/ode: LIBS += -lsundials_arkode -lsundials_nvecserial
$(B)/tests/unit/column_stiff: LIBS += -lsundials_cvode -lsundials_nvecserial \
    -lsundials_sunmatrixdense -lsundials_sunlinsoldense
endif

$(B)/bench/%: $(B)/obj/bench/%.o $(INNER)
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(CC) $(OPTIMIZE) $(LINK) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

ifeq ($(MODE),fuzz)
$(B)/tests/fuzz/%: $(B)/obj/tests/fuzz/%.o $(INNER)
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(CC) -fsanitize=fuzzer $(LINK) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
else
$(B)/tests/fuzz/%: $(B)/obj/tests/fuzz/%.o $(B)/obj/tests/fuzz/standalone.o $(INNER)
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(CC) $(OPTIMIZE) $(LINK) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
endif

$(B)/failmalloc.so: tests/failmalloc.c $(B)/command
	$(say) LINK $@
	$(Q)$(COMPILE) -Wno-missing-prototypes -fno-builtin -fPIC -shared -o $@ $<

-include $(OBJ:.o=.d)

# Parts of other targets.
.PHONY: objects test-build headers
objects: $(OBJ)
test-build: all $(UI_MODULES) $(UI_TEST_MODULES) $(UNIT) $(FUZZERS) $(FAILMALLOC)
headers: $(HEADERS:%=$(B)/headers/%.ok)
$(B)/headers/%.ok: % $(HEADERS) $(B)/command
	@mkdir -p $(@D)
	$(Q)echo 'extern int alone;' | $(COMPILE) -fsyntax-only -x c -include ./$< -
	@touch $@

.PHONY: clang-build
clang-build: ## compile everything with clang, warnings being errors
	+@$(MAKE) $(PARALLEL) CC=clang SAN= MODE= WERROR=1 objects headers

# ---- run ----------------------------------------------------------------------------

.PHONY: packages
packages: ## install the Debian packages that are missing to build and run
	@tools/install-packages run

.PHONY: run
run: packages ## install what is missing, build, open the workbench (LISTEN=HOST:PORT)
	+@$(MAKE) $(PARALLEL) all
	@exec $(AWAI) serve --db build/awai.db $(if $(LISTEN),--listen $(LISTEN))

.PHONY: usecases
usecases: all ## assess the six use cases, write their reports to build/reports
	@tools/run-usecases $(AWAI)

# ---- check --------------------------------------------------------------------------

# Fuzz targets run as ordinary tests on their corpus.
RUN_CORPUS = $(foreach fuzzer,$(FUZZERS), \
    -c fuzz/$(notdir $(fuzzer)) '$(fuzzer) tests/corpus/$(notdir $(fuzzer))')
# Checks of the sources are the same in every configuration: only plain ones run them.
RUN_STATIC = $(if $(SAN)$(MODE),,-c lint tools/lint \
    -c format-check 'clang-format --dry-run -Werror $(FORMATTED)' \
    -c types 'ui/node_modules/.bin/tsc --noEmit -p ui' \
    $(if $(wildcard tools/fresh),-c fresh tools/fresh) \
    -c clang-build '$(MAKE_COMMAND) -s -j$(JOBS) clang-build')
TEST_ENV = AWAI='$(abspath $(B)/awai)' FAILMALLOC_SO='$(abspath $(FAILMALLOC))' \
    SAN='$(SAN)' TEST_LOGS='$(B)/test-logs' TEST_TIMEOUT='$(TEST_TIMEOUT)'
RUN = $(TEST_ENV) tests/run $(if $(filter 1,$(V)),-v) -j $(JOBS)

.PHONY: check
check: ## install what is missing, build, run all tests, print the sum
	@tools/install-packages run check
	+@$(MAKE) $(PARALLEL) WERROR=1 test-build
	@$(RUN) $(RUN_STATIC) $(RUN_CORPUS) $(UNIT) $(SCRIPTS)

.PHONY: smoke
smoke: ## build, run the unit tests, assess each use case: ten seconds
	+@$(MAKE) $(PARALLEL) test-build
	@$(RUN) $(foreach model,$(wildcard usecases/*/model.yaml), \
	    -c $(model) '$(B)/awai assess $(model)') $(UNIT)

.PHONY: devcheck
devcheck: ## check, once more with address and undefined sanitizers, then threads
	+@$(MAKE) check
	+@$(MAKE) SAN=address,undefined check
	+@$(MAKE) threads

.PHONY: threads threads-run
threads: ## libawai, simulation and server on several threads under the thread sanitizer
	+@$(MAKE) $(PARALLEL) SAN=thread MODE= threads-run
threads-run: $(B)/tests/unit/awai_h $(B)/tests/unit/attack $(B)/tests/unit/risk | $(AWAI)
	@$(RUN) $^ tests/cli/serve.sh tests/cli/access.sh tests/cli/livepage.sh

.PHONY: fuzz
fuzz: ## fuzz each target of tests/fuzz for FUZZ_SECONDS=60 (FUZZ=name: only that)
	@tools/install-packages run check develop
	+@$(MAKE) $(PARALLEL) CC=clang MODE=fuzz fuzz-build
	@failed=; for name in $(FUZZ); do \
	    echo "fuzz: $$name"; \
	    mkdir -p build/fuzz/corpus/$$name tests/corpus/$$name; \
	    dictionary=tests/fuzz/$$name.dict; \
	    build/fuzz/tests/fuzz/$$name -max_total_time=$(FUZZ_SECONDS) \
	        -max_len=65536 -timeout=30 -rss_limit_mb=2048 -print_final_stats=1 \
	        -artifact_prefix=build/fuzz/$$name- $$(test -e $$dictionary && \
	        echo -dict=$$dictionary) build/fuzz/corpus/$$name tests/corpus/$$name \
	        </dev/null || failed="$$failed $$name"; \
	done; test -z "$$failed" || { echo "fuzz: failed:$$failed" >&2; exit 1; }

.PHONY: fuzz-build
fuzz-build: $(FUZZERS)

# One file a process: clang-tidy 14 takes every va_list but the first file's for unset.
.PHONY: tidy
tidy: ## look for defects with clang-tidy and cppcheck
	@tools/install-packages run develop
	@mkdir -p build/cppcheck $(GEN)
	cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 -j $(JOBS) \
	    --enable=warning,performance,portability --suppress=missingIncludeSystem \
	    --cppcheck-build-dir=build/cppcheck -Isrc -Iinclude -Itests \
	    $(SRC) tools/embed.c $(wildcard tests/*/*.c)
	printf '%s\n' $(SRC) tools/embed.c $(UNIT_SRC) | xargs -P $(JOBS) -n 1 sh -c \
	    'exec clang-tidy --quiet "$$@" -- $(LANGUAGE) -Isrc -Iinclude -Itests \
	    $(PKG_CFLAGS)' tidy

.PHONY: lint
lint: ## check the rules that no compiler knows (tools/lint)
	@tools/lint

.PHONY: format
format: ## lay out the C sources as .clang-format says
	clang-format -i $(FORMATTED)

.PHONY: format-check
format-check: ## check that `make format` would change nothing
	@clang-format --dry-run -Werror $(FORMATTED)

.PHONY: cover
cover: ## measure how much of the code the tests run (build/cover/index.html)
	@tools/install-packages run check develop
	+@$(MAKE) $(PARALLEL) MODE=cover test-build
	@find build/cover -name '*.gcda' -delete
	+-@$(MAKE) MODE=cover cover-run
	@gcovr --root . --filter 'src/' --object-directory build/cover/obj \
	    --exclude-unreachable-branches --print-summary --fail-under-line $(COVER_MIN) \
	    --txt build/cover/cover.txt --html-details build/cover/index.html \
	    --json-summary build/cover/cover.json build/cover/obj
	@echo build/cover/index.html

.PHONY: cover-run
cover-run:
	@$(RUN) $(RUN_CORPUS) $(UNIT) $(SCRIPTS)

.PHONY: bench
bench: all $(B)/bench/losses $(B)/bench/rehearse $(B)/bench/column $(B)/bench/load ## measure speed (bench/run, bench/serve)
	@AWAI='$(abspath $(B)/awai)' bench/run
	@AWAI='$(abspath $(B)/awai)' bench/serve

.PHONY: soak
soak: $(B)/tests/unit/ordinary ## 1,000 ordinary days of each twin, without an incident's harm
	@SOAK_DAYS=1000 $<

# ---- install ------------------------------------------------------------------------

# Installed files as FROM:TO:MODE, and symbolic links as NAME:TO, all below PREFIX.
TO_INSTALL := $(B)/awai:bin/awai:755 $(LIB):lib/libawai.a:644 \
    $(B)/awai.pc:lib/pkgconfig/awai.pc:644 include/awai.h:include/awai.h:644 \
    docs/man/awai.1:share/man/man1/awai.1:644 \
    docs/completion/awai.bash:share/bash-completion/completions/awai:644 \
    docs/completion/_awai:share/zsh/site-functions/_awai:644 \
    $(foreach schema,$(wildcard schema/*.json), \
    $(schema):share/awai/schema/$(notdir $(schema)):644) \
    $(SHARED:%=%:lib/libawai.so.$(VERSION):755)
TO_LINK := $(if $(SHARED),lib/$(SONAME):libawai.so.$(VERSION) lib/libawai.so:$(SONAME))

.PHONY: install
install: all ## install below PREFIX=/usr/local (DESTDIR is put before it)
	@sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' \
	    -e 's|@PACKAGES@|$(PACKAGES)|' src/lib/awai.pc.in >$(B)/awai.pc
	@set -e; for row in $(TO_INSTALL); do \
	    from=$${row%%:*}; rest=$${row#*:}; to='$(DESTDIR)$(PREFIX)'/$${rest%:*}; \
	    echo "  INSTALL $$to"; \
	    $(INSTALL) -D -m $${rest#*:} "$$from" "$$to"; \
	done; \
	for row in $(TO_LINK); do \
	    echo "  INSTALL $(DESTDIR)$(PREFIX)/$${row%%:*}"; \
	    ln -sf "$${row#*:}" '$(DESTDIR)$(PREFIX)'/$${row%%:*}; \
	done

.PHONY: uninstall
uninstall: ## remove what `make install` has installed
	@for row in $(TO_INSTALL); do \
	    rest=$${row#*:}; rm -f '$(DESTDIR)$(PREFIX)'/$${rest%:*}; \
	done; \
	for row in $(TO_LINK); do rm -f '$(DESTDIR)$(PREFIX)'/$${row%%:*}; done
	@rmdir '$(DESTDIR)$(PREFIX)/share/awai/schema' '$(DESTDIR)$(PREFIX)/share/awai' \
	    2>/dev/null || true

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile
