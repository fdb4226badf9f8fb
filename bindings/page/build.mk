# The page with the engine inside, and the reader of workbooks that it carries.
PAGE  = build/page
CRATE = bindings/page/workbook
.PHONY: page

# Panics name files, which are no matter of where this was built.
$(PAGE)/workbook.wasm: $(CRATE)/Cargo.toml $(wildcard $(CRATE)/src/*.rs)
	@sh $(CRATE)/rust
	@mkdir -p $(@D)
	@RUSTFLAGS="--remap-path-prefix=$${CARGO_HOME:-$$HOME/.cargo}/registry/src=crates --remap-path-prefix=$(CURDIR)=." \
	    CARGO_TARGET_DIR=build/workbook cargo build -q --release --target wasm32-unknown-unknown --manifest-path $<
	@cp build/workbook/wasm32-unknown-unknown/release/workbook.wasm $@
	@echo "made        $@"

PAGE_SOURCES = $(wildcard bindings/page/*.*) $(wildcard bindings/python/libpilot/page/*) bindings/js/core.js
$(PAGE)/page.html: $(PAGE)/workbook.wasm $(JS)/pilot.wasm $(PAGE_SOURCES)
	@python3 bindings/page/make.py $@
page: packages $(PAGE)/page.html
