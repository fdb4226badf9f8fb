# The library for Node and browsers: build/js/libpilot.tgz, which npm installs.
JS         = build/js
JS_SOURCES = $(wildcard bindings/js/*.*)
JS_SCHEMAS = $(wildcard docs/schema/*.json docs/schema/call/*.json)
.PHONY: js test-js js-packages

js: js-packages
	@$(MAKE) -s $(JS)/libpilot.tgz
test-js: js-packages
	@sh .ci/packages chromium
	@$(MAKE) -s $(JS)/tests/made $(JS)/engine.wasm
	@cd $(JS) && node_modules/.bin/tsc -p tests
	@node --test --test-reporter=spec $(JS)/tests/*.test.mjs
	@sh tests/sbom $(JS)/libpilot.tgz

# Node and npm from Debian, unless others are there.
js-packages: run-packages
	@command -v npm >/dev/null || sh .ci/packages nodejs npm
	@node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || { \
	    echo "make: Node $$(node --version) is too old: it takes 18 at least"; exit 1; }

# wasm32 that asks nothing of its host and has what Chromium 74 knows, as small as it gets: zig makes -Os of an -Oz of its own.
# A call takes 32 KiB of stack at most.
COMMA   = ,
WASM_CC = build/cross/zig cc -target wasm32-wasi -mcpu=mvp+sign_ext+mutable_globals -mexec-model=reactor -std=c11 -Os -Xclang -Oz -mllvm -inline-threshold=-75 -fmerge-all-constants -fno-vectorize -fno-slp-vectorize -fno-unroll-loops \
    -DNDEBUG -fvisibility=hidden -ffunction-sections -fdata-sections -Iinclude -Ilibpilot -Ibuild/cross -Wl,--gc-sections \
    -Wl,--strip-all -Wl,-z,stack-size=131072 $(patsubst %,-Wl$(COMMA)--export=%,$(shell cat bindings/js/exports.txt))
# Addresses beyond 2 GiB would be negative numbers in JavaScript.
$(JS)/pilot.wasm: build/cross/made bindings/js/build.mk bindings/js/exports.txt $(SOURCES) $(HEADERS) $(wildcard libpilot/*/*.h)
	@mkdir -p $(@D)
	@$(WASM_CC) -Wl,--max-memory=2147418112 $(SOURCES) build/cross/cjson/cJSON.c -o $@
	@echo "made        $@"
$(JS)/engine.wasm: build/cross/made bindings/js/build.mk bindings/js/exports.txt tests/js/engine.c $(HEADERS)
	@mkdir -p $(@D)
	@$(WASM_CC) -Wl,--max-memory=16777216 tests/js/engine.c -o $@

$(JS)/tools: tests/js/package.json tests/js/package-lock.json
	@mkdir -p $(JS)
	@cp $^ $(JS)
	@cd $(JS) && npm ci --loglevel=error --no-audit --no-fund
	@touch $@

# The types are made of the calls' schemas and of the sources' comments. Whatever is in pilot.wasm has its licence beside it.
$(JS)/libpilot.tgz: $(JS)/pilot.wasm $(JS)/tools $(JS_SOURCES) $(JS_SCHEMAS) docs/javascript.md LICENSE .ci/sbom
	@rm -rf $(JS)/package && mkdir $(JS)/package
	@cp $(JS_SOURCES) $(JS)/package
	@cd $(JS)/package && node types.mjs $(CURDIR)/docs/schema/call calls.d.ts && ../node_modules/.bin/tsc
	@cd $(JS)/package && rm build.mk exports.txt tsconfig.json types.mjs
	@cp $(JS)/pilot.wasm LICENSE $(JS)/package
	@cp docs/javascript.md $(JS)/package/README.md
	@cp build/cross/cjson/LICENSE $(JS)/package/LICENSE.cJSON
	@cd build/cross/venv/lib/python3*/site-packages/ziglang && cp LICENSE $(CURDIR)/$(JS)/package/LICENSE.zig && \
	    cp lib/libc/musl/COPYRIGHT $(CURDIR)/$(JS)/package/LICENSE.musl && \
	    cp lib/libc/wasi/LICENSE-MIT $(CURDIR)/$(JS)/package/LICENSE.wasi-libc
	@python3 .ci/sbom pkg:npm/libpilot@$(VERSION) cjson zig musl wasi-libc >$(JS)/package/sbom.cdx.json
	@chmod 644 $(JS)/package/*
	@cd $(JS) && mv "$$(npm pack --loglevel=error ./package)" libpilot.tgz
	@echo "made        $@"

# The tests beside the package as npm installs it.
$(JS)/tests/made: $(JS)/libpilot.tgz $(wildcard tests/js/*.*)
	@rm -rf $(JS)/tests && cp -r tests/js $(JS)/tests
	@cd $(JS) && npm install --loglevel=error --no-save --no-audit --no-fund --offline ./libpilot.tgz
	@touch $@
