# The C++ header's tests and example; the library on other systems.

CPP = $(CXX) -std=c++17 $(WARNINGS) $(CFLAGS) $(SANITIZE) -Iinclude -Ibindings/cpp -MMD -MP
$(BUILD)/cpp/%: tests/cpp/%.cpp $(STATIC)
	@mkdir -p $(@D)
	$(CPP) $< $(STATIC) $(CJSON) -pthread -o $@
$(BUILD)/cpp/%: examples/cpp/%.cpp $(STATIC)
	@mkdir -p $(@D)
	$(CPP) $< $(STATIC) $(CJSON) -o $@
test-cpp: $(BUILD)/cpp/test_pilot $(BUILD)/cpp/award

# What the library does on another libc and on another machine, which is emulated, shows the C suite; what that needs of
# Criterion is in tests/port. The builtin that asks a processor for wider registers is gcc's own library's, which these lack.
.PHONY: test-ports port-packages
port-packages: run-packages ; @sh .ci/packages qemu-user binutils
PORTED = $(MAKE) -s -j$(JOBS) BUILD=build/ports/$$port CC="build/cross/zig cc -target $$port" AR="build/cross/zig ar" \
    CJSON=build/cross/cjson/cJSON.c CRITERION=tests/port/criterion.c CFLAGS=-O1 \
    SANITIZE="-DPILOT_WIDTH_MAX=0 -Ibuild/cross -Itests/port -Wno-c23-extensions
test-ports: port-packages
	@sh .ci/cross
	@set -e; for port in x86_64-linux-musl aarch64-linux-musl; do $(PORTED)" build/ports/$$port/unit; done
	@port=x86_64-windows-gnu; $(PORTED) -DPILOT_BUILDING" build/ports/$$port/award.exe
	@sh tests/port/run

# For Windows the library is a DLL that has cJSON in it.
$(BUILD)/libpilot.dll: $(STATIC)
	$(CC) $(CFLAGS) -DCJSON_HIDE_SYMBOLS -shared -s -Wl,--whole-archive $(STATIC) -Wl,--no-whole-archive $(CJSON) \
	    -Wl,--out-implib,$@.a -o $@
$(BUILD)/award.exe: examples/c/award.c $(BUILD)/libpilot.dll
	$(CC) -std=c11 $(WARNINGS) -Iinclude $< $(BUILD)/libpilot.dll.a -o $@
