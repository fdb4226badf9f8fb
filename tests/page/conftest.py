"""Pages of reports in a browser without a window: whatever goes wrong in one fails the test that it is in."""

import copy
import json
import pathlib
import subprocess

import libpilot
import pytest

TOP = pathlib.Path(__file__).parents[2]
EXAMPLE = json.loads((TOP / "examples/data/nanchang-2019.json").read_text(encoding="utf-8"))


def city_of(communities):
    """The example's ten communities as often as it takes, each time with names and ids of their own."""
    made = copy.deepcopy(EXAMPLE)
    made["communities"], made["areas"] = [], []
    for time in range(communities // len(EXAMPLE["communities"])):
        for record in copy.deepcopy(EXAMPLE["communities"]):
            made["communities"].append(
                {**record, "id": f"{record['id']}-{time}", "name": f"{record['name']}{time}"}
            )
        for record in copy.deepcopy(EXAMPLE["areas"]):
            own = [f"{id}-{time}" for id in record["communities"]]
            made["areas"].append({**record, "id": f"{record['id']}-{time}", "communities": own})
    return made


@pytest.fixture(scope="session")
def report():
    return libpilot.check(EXAMPLE, as_of="2020-02-29", lang="zh")


@pytest.fixture(scope="session")
def large():
    return libpilot.check(city_of(200), as_of="2020-02-29", lang="zh")


@pytest.fixture(scope="session")
def files(report, large, tmp_path_factory):
    """Where the pages are, by name, as an office opens them: as files."""
    place = tmp_path_factory.mktemp("pages")
    later = libpilot.check(EXAMPLE, as_of="2021-06-30", lang="zh")
    for name, one in (("example", report), ("later", later), ("large", large)):
        (place / f"{name}.html").write_text(one.to_html(), encoding="utf-8")
    return place


class Page:
    """A page and what people do with it."""

    def __init__(self, page, files):
        self.page = page
        self._files = files

    def open(self, name="example", address=""):
        self.page.goto("about:blank")
        self.page.goto((self._files / f"{name}.html").as_uri() + address)
        self.settle()

    def settle(self):
        self.page.evaluate(
            "() => new Promise(done => setTimeout(done))"
        )  # what the address changes comes later
        self.page.wait_for_selector("#findings[aria-busy=false]")

    def click(self, selector):
        self.page.click(selector)
        self.settle()

    def choose(self, key, value):
        self.page.focus(f"#choose-{key}")
        self.page.select_option(f"#choose-{key}", value)
        self.settle()

    def back(self):
        self.page.go_back()
        self.settle()

    @property
    def address(self):
        return self.page.evaluate("location.hash")

    @property
    def rows(self):
        """The findings listed, each as its row says it: outcome, subject, what has to be so."""
        return self.page.eval_on_selector_all(
            "#findings li",
            "rows => rows.map(row => ['.what', '.subject', '.matter']"
            ".map(part => row.querySelector(part).textContent.trim().replace(/^\\S /, '')))",
        )

    @property
    def row_count(self):
        return self.page.locator("#findings li").count()

    @property
    def listed(self):
        return self.page.inner_text("#count")

    def text(self, selector):
        return self.page.inner_text(selector)

    def pdf(self, place):
        """Printed: the text of each sheet of paper."""
        self.page.pdf(path=place, prefer_css_page_size=True)
        told = subprocess.run(["pdftotext", "-layout", str(place), "-"], capture_output=True, check=True)
        return told.stdout.decode().split("\f")[:-1]


@pytest.fixture
def page(browser, files):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    wrong = []
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "request", lambda request: request.url.startswith(("file:", "about:")) or wrong.append(request.url)
    )
    yield Page(opened, files)
    context.close()
    assert not wrong


class EnginePage(Page):
    """The page that checks by itself, as make page has it."""

    def __init__(self, page, files):
        super().__init__(page, files)
        self.page.goto("about:blank")
        self.page.goto((TOP / "build/page/page.html").as_uri() + "#lang=zh")
        self.page.wait_for_selector("#intake:not([hidden])")

    def check(self, *names, as_of=None):
        """Files by the button; returns when there is an answer and nothing is left to be worked out."""
        if as_of:
            self.page.fill("#as-of", as_of)
        # What the last answer was is not to be taken for that of this one.
        self.page.evaluate("() => { document.getElementById('told').className = 'working' }")
        self.page.set_input_files("#choose-files", [str(name) for name in names])
        self.answered()

    def answered(self):
        self.page.wait_for_selector("#told:not(.working)")
        self.page.wait_for_selector("#live:not([hidden]) #rewards table, #problems h3")

    @property
    def counts(self):
        return [int(one) for one in self.page.locator("#tiles strong").all_inner_texts()]


@pytest.fixture
def engine(page):
    return EnginePage(page.page, page._files)
