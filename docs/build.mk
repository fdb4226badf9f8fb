# The site, in build/site, from the pages under docs/ and what the library's tables tell: a warning is an error, each link
# is followed, and nothing is asked of the network but packages.
DOCS          = build/docs-venv
SITE          = build/site
DOCS_PACKAGES = doxygen fonts-noto-cjk
DOCS_TOOLS    = 'sphinx>=8,<10' 'myst-parser>=4' 'furo>=2024.8'
SPHINX        = $(DOCS)/bin/python -m sphinx -q -W --keep-going -j$(JOBS) -c docs
.PHONY: docs

docs: run-packages
	@sh .ci/packages $(DOCS_PACKAGES)
	@$(MAKE) -s $(DOCS)/installed
	@rm -rf $(SITE)
	@$(DOCS)/bin/python docs/site build/site-source
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
