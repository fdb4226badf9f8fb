# The C++ header's tests and example; the library on other systems.

CPP = $(CXX) -std=c++17 $(WARNINGS) $(CFLAGS) $(SANITIZE) -Iinclude -Ibindings/cpp -MMD -MP
$(BUILD)/cpp/%: tests/cpp/%.cpp $(STATIC)
	@mkdir -p $(@D)
	$(CPP) $< $(STATIC) $(CJSON) -pthread -o $@
$(BUILD)/cpp/%: examples/cpp/%.cpp $(STATIC)
	@mkdir -p $(@D)
	$(CPP) $< $(STATIC) $(CJSON) -o $@
test-cpp: $(BUILD)/cpp/test_pilot $(BUILD)/cpp/award

# What the library does on other libcs and machines, most of them emulated, shows the C suite; what that needs of Criterion is
# in tests/port. All are compiled by zig's clang, which is newer than Debian's. The builtin that asks a processor for wider
# registers is gcc's own library's, which these lack.
.PHONY: test-ports port-packages
port-packages: run-packages js-packages ; @sh .ci/packages qemu-user binutils
PORTS  = x86_64-linux-musl x86-linux-musl aarch64-linux-musl s390x-linux-musl wasm32-wasi
# Of wasm the linker sets the stack: as much as a thread has in the others.
PORT_LINKED_wasm32-wasi = -Wl,-z,stack-size=131072
PORTED = $(MAKE) -s -j$(JOBS) BUILD=build/ports/$(1) CC="build/cross/zig cc -target $(1)" AR="build/cross/zig ar" \
    CJSON=build/cross/cjson/cJSON.c CRITERION="tests/port/criterion.c $(PORT_LINKED_$(1))" CFLAGS=-O1 \
    SANITIZE="-DPILOT_WIDTH_MAX=0 -Ibuild/cross -Itests/port -Wno-c23-extensions $(2)"
$(PORTS:%=port-%): port-%: port-packages build/cross/made
	@$(call PORTED,$*) build/ports/$*/unit
	@python3 tests/port/run.py $*
port-windows: port-packages build/cross/made
	@$(call PORTED,x86_64-windows-gnu,-DPILOT_BUILDING) build/ports/x86_64-windows-gnu/award.exe
	@sh tests/port/windows
test-ports: build/cross/made
	@for port in $(PORTS) windows; do $(MAKE) -s port-$$port || exit 1; done

# For Windows the library is a DLL that has cJSON in it.
$(BUILD)/libpilot.dll: $(STATIC)
	$(CC) $(CFLAGS) -DCJSON_HIDE_SYMBOLS -shared -s -Wl,--whole-archive $(STATIC) -Wl,--no-whole-archive $(CJSON) \
	    -Wl,--out-implib,$@.a -o $@
$(BUILD)/award.exe: examples/c/award.c $(BUILD)/libpilot.dll
	$(CC) -std=c11 $(WARNINGS) -Iinclude $< $(BUILD)/libpilot.dll.a -o $@
