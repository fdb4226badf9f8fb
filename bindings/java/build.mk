# The Java package: natives for each system, classes by SWIG and by hand, the jar, tests, examples.

JAVA          = build/java
JAVA_PACKAGES = default-jdk-headless maven swig
JAVA_SYSTEMS  = linux-x86_64 linux-aarch64 linux-x86_64-musl linux-aarch64-musl
JAVA_NATIVES  = $(JAVA_SYSTEMS:%=$(JAVA)/resources/libpilot/natives/%/libpilot_java.so)
JAVA_JAR      = $(JAVA)/maven/libpilot-$(VERSION).jar
MAVEN         = mvn -q -B -f bindings/java/pom.xml -Dproject.build.outputTimestamp=$(SOURCE_DATE_EPOCH)

.PHONY: jar test-java java-packages bench-java
java-packages: run-packages ; @sh .ci/packages $(JAVA_PACKAGES)

# The oldest glibc that the natives are for; musl has one version.
JAVA_TARGET_linux-x86_64       = x86_64-linux-gnu.2.17
JAVA_TARGET_linux-aarch64      = aarch64-linux-gnu.2.17
JAVA_TARGET_linux-x86_64-musl  = x86_64-linux-musl
JAVA_TARGET_linux-aarch64-musl = aarch64-linux-musl
# What the builtin for the processor's abilities asks is in gcc's own library, and not in zig's: where that is not at
# hand, columns have no wider registers.
ifeq ($(shell uname -m),x86_64)
JAVA_LIBGCC_linux-x86_64 = $(shell $(CC) -print-libgcc-file-name)
JAVA_LIBGCC_linux-x86_64-musl = $(JAVA_LIBGCC_linux-x86_64)
else
JAVA_WIDTH_linux-x86_64 = -DPILOT_WIDTH_MAX=0
JAVA_WIDTH_linux-x86_64-musl = $(JAVA_WIDTH_linux-x86_64)
endif
# jni.h is the same for each of them.
JNI = $(patsubst %/bin/javac,%/include,$(realpath $(shell command -v javac)))

$(JAVA)/pilot_wrap.c: bindings/java/pilot.i bindings/java/binding.h bindings/pilot.swg bindings/constants.swg $(HEADERS)
	@rm -rf $(JAVA)/generated
	@mkdir -p $(JAVA)/generated/libpilot
	@swig -java -w314 -Iinclude -package libpilot -outdir $(JAVA)/generated/libpilot -o $@ $<
# The library and what is around it, as its own rules make them, by a compiler for the system; SWIG's wrapper is not for
# strict aliasing.
$(JAVA)/resources/libpilot/natives/%/libpilot_java.so: $(JAVA)/pilot_wrap.c bindings/java/binding.c bindings/java/natives.map \
    build/cross/made $(SOURCES) $(wildcard libpilot/*/*.h)
	@mkdir -p $(@D)
	@$(MAKE) -s BUILD=$(JAVA)/$* CC="build/cross/zig cc -target $(JAVA_TARGET_$*)" AR="build/cross/zig ar" \
	    CFLAGS="-O2 -isystem build/cross $(JAVA_WIDTH_$*)" LIBGCC="$(JAVA_LIBGCC_$*)" $(JAVA)/$*/libpilot_java.so
	@cp $(JAVA)/$*/libpilot_java.so $@
	@echo "made        $@"
$(BUILD)/libpilot_java.so: $(JAVA)/pilot_wrap.c bindings/java/binding.c build/cross/cjson/cJSON.c $(STATIC)
	$(CC) -std=c11 $(CFLAGS) $(HARDENED) -fPIC -fvisibility=hidden -fno-strict-aliasing -shared -s -Iinclude -Ibindings/java \
	    -isystem $(JNI) -isystem $(JNI)/linux $(RELRO) -Wl,--version-script=bindings/java/natives.map $^ $(LIBGCC) -o $@

# The natives carry cJSON, and so its licence, and what zig has beside it.
$(JAVA)/resources/META-INF/LICENSE: LICENSE .ci/sbom build/cross/made
	@mkdir -p $(@D)/sbom
	@python3 .ci/sbom pkg:maven/libpilot/libpilot@$(VERSION) cjson zig $(if $(JAVA_LIBGCC_linux-x86_64),libgcc) >$(@D)/sbom/libpilot.cdx.json
	@cp LICENSE $@ && cp build/cross/cjson/LICENSE $@.cJSON
$(JAVA_JAR): $(JAVA_NATIVES) $(JAVA)/resources/META-INF/LICENSE bindings/java/pom.xml $(shell find bindings/java/src/main -type f)
	@chmod -R u=rwX,go=rX $(JAVA)/resources
	@umask 022 && $(MAVEN) -DskipTests package
	@touch $@
	@echo "made        $@"
jar: java-packages
	@$(MAKE) -s -j$(JOBS) $(JAVA_JAR)

test-java: jar
	@sh bindings/java/test $(JAVA_JAR)

bench-java: jar $(STATIC) $(VENV)/installed
	@sh tests/bench/java/run $(JAVA_JAR) $(VENV)/bin/python
