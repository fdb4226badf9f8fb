# The site, in build/site, from the pages under docs/ and what the library's tables tell: a warning is an error, each link
# is followed, and nothing but packages is asked of the network.
DOCS          = build/docs-venv
DOCS_JS       = build/docs-js
SITE          = build/site
DOCS_PACKAGES = doxygen fonts-noto-cjk default-jdk-headless swig
DOCS_TOOLS    = 'sphinx>=8,<10' 'myst-parser>=4' 'breathe>=4.36' 'furo>=2024.8' 'nbconvert>=7' 'ipykernel>=6'
SPHINX        = $(DOCS)/bin/python -m sphinx -q -W --keep-going -j$(JOBS) -c docs
.PHONY: docs test-site docs-packages docs-c docs-java docs-javascript docs-pictures docs-source

docs-packages: run-packages js-packages ; @sh .ci/packages $(DOCS_PACKAGES)
docs: docs-packages
	@$(MAKE) -s $(DOCS)/installed $(DOCS_JS)/node_modules
	@rm -rf $(SITE)
	@$(MAKE) -s -j$(JOBS) docs-c docs-java docs-javascript docs-source
	@$(SPHINX) -d build/site-cache/en build/site-source/en $(SITE)
	@$(SPHINX) -t zh -d build/site-cache/zh build/site-source/zh $(SITE)/zh
	@$(DOCS)/bin/python docs/site/check.py $(SITE)
	@echo "made        $(SITE)/index.html"

# An environment of its own, with the same wheel: autodoc imports it, and it says what is on the pages.
$(DOCS)/installed: $(VENV)/installed docs/build.mk
	@test -x $(DOCS)/bin/python || $(PYTHON) -m venv $(DOCS)
	@$(DOCS)/bin/python -m pip uninstall -qq -y libpilot
	@$(DOCS)/bin/python -m pip install -q "$$(echo build/python/dist/*.whl)[cli,frames,html,plot,excel,docx]" $(DOCS_TOOLS)
	@touch $@

# The pages, with the pictures of examples/python/pictures.py as it draws them now.
docs-source:
	@$(DOCS)/bin/python docs/site build/site-source
	@MPLBACKEND=agg $(DOCS)/bin/python examples/python/pictures.py build/site-source/en/images >/dev/null
	@cp build/site-source/en/images/*.png build/site-source/zh/images
docs-c:
	@rm -rf build/doxygen && mkdir -p build/doxygen
	@doxygen docs/Doxyfile

# Without the jars that it stands on: their types are named and not linked.
docs-java: $(JAVA)/pilot_wrap.c
	@mkdir -p $(SITE)/api
	@javadoc -quiet -notimestamp -Xdoclint:none --ignore-source-errors -encoding UTF-8 -d $(SITE)/api/java \
	    -sourcepath bindings/java/src/main/java:$(JAVA)/generated libpilot >build/site-java.log 2>&1 || { cat build/site-java.log; exit 1; }

# TypeDoc asks for an older TypeScript than the package's own types are made by.
$(DOCS_JS)/node_modules: docs/site/javascript/package.json
	@mkdir -p $(DOCS_JS)
	@cp $< $(DOCS_JS)
	@cd $(DOCS_JS) && npm install --loglevel=error --no-audit --no-fund --no-package-lock
	@touch $@
docs-javascript:
	@rm -rf $(DOCS_JS)/package && mkdir -p $(DOCS_JS)/package $(SITE)/api
	@cp bindings/js/*.* $(DOCS_JS)/package
	@cd $(DOCS_JS)/package && node types.mjs $(CURDIR)/docs/schema/call calls.d.ts
	@cd $(DOCS_JS)/package && ../node_modules/.bin/typedoc --name libpilot $(foreach file,node.js core.js browser.js calls.d.ts,--entryPoints $(file)) \
	    --out $(CURDIR)/$(SITE)/api/javascript --readme none --disableSources --hideGenerator --githubPages false --treatWarningsAsErrors --logLevel Warn

test-site: page-packages docs
	@$(MAKE) -s $(BROWSER)/installed
	@$(BROWSER)/bin/python -m pytest tests/site
