"""A browser without a window, for the suites that look at pages."""

import shutil

import pytest


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "Debian's package chromium is missing"
    with sync_playwright() as playwright:
        # Debian's own, as root in a container as well.
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
