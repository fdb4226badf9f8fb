# The page with the engine inside, and the reader of workbooks that it carries.
PAGE  = build/page
CRATE = bindings/page/workbook
.PHONY: page

# Rust's own library is compiled for more than Chromium 74 has: binaryen puts that in other words, and says so where it
# cannot.
BINARYEN = binaryen@132.0.0
WASM_OPT = $(PAGE)/tools/node_modules/.bin/wasm-opt
NEWER    = --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int
OLDER    = --llvm-memory-copy-fill-lowering --llvm-nontrapping-fptoint-lowering
KNOWN    = --mvp-features --enable-sign-ext --enable-mutable-globals
$(WASM_OPT):
	@$(MAKE) -s js-packages
	@npm install --silent --no-save --no-audit --no-fund --prefix $(PAGE)/tools $(BINARYEN)

# Panics name files, which are no matter of where this was built.
$(PAGE)/workbook.wasm: $(CRATE)/Cargo.toml $(wildcard $(CRATE)/src/*.rs) | $(WASM_OPT)
	@sh $(CRATE)/rust
	@mkdir -p $(@D)
	@RUSTFLAGS="--remap-path-prefix=$${CARGO_HOME:-$$HOME/.cargo}/registry/src=crates --remap-path-prefix=$(CURDIR)=." \
	    CARGO_TARGET_DIR=build/workbook cargo build -q --release --target wasm32-unknown-unknown --manifest-path $<
	@$(WASM_OPT) $(KNOWN) $(NEWER) $(OLDER) -O2 -o $@ build/workbook/wasm32-unknown-unknown/release/workbook.wasm
	@$(WASM_OPT) $(KNOWN) -q --vacuum -o /dev/null $@
	@echo "made        $@"

PAGE_SOURCES = $(wildcard bindings/page/*.*) $(wildcard bindings/python/libpilot/page/*) bindings/js/core.js
$(PAGE)/page.html: $(PAGE)/workbook.wasm $(JS)/pilot.wasm $(PAGE_SOURCES)
	@python3 bindings/page/make.py $@
page: run-packages js-packages
	@$(MAKE) -s $(PAGE)/page.html
