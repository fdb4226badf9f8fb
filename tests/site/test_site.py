"""The site in a browser, as `make docs` has made it: what is searched for is found, and no page is wider than a phone."""

import pathlib

import pytest

SITE = pathlib.Path(__file__).parents[2] / "build/site"
# TypeDoc's and Javadoc's pages have layouts of their own.
PAGES = sorted(
    path
    for path in SITE.rglob("*.html")
    if "api" not in path.relative_to(SITE).parts[:1] or path.parent.name == "api"
)


@pytest.fixture
def phone(browser):
    page = browser.new_page(viewport={"width": 400, "height": 800})
    yield page
    page.close()


@pytest.mark.parametrize(
    ("search", "asked", "found"),
    [
        ("search.html", "office shared", "clauses/4.2.html"),
        ("search.html", "pilot_award_compute", "c/reward.html"),
        ("search.html", "物业管理用房", "clauses/4.2.html"),
        ("zh/search.html", "物业管理用房", "clauses/4.2.html"),
        ("zh/search.html", "用房", "clauses/4.2.html"),
        ("zh/search.html", "缺少证据", "concepts.html"),
    ],
)
def test_search(phone, search, asked, found):
    phone.goto(f"{(SITE / search).as_uri()}?q={asked}")
    phone.wait_for_function(
        f"[...document.querySelectorAll('#search-results li a')].some(one => one.href.includes('{found}'))"
    )


def test_what_is_not_there_is_not_found(phone):
    phone.goto(f"{(SITE / 'zh/search.html').as_uri()}?q=房用物理")
    phone.wait_for_function("document.querySelector('#search-results h2')")
    phone.wait_for_timeout(500)
    assert not phone.query_selector("#search-results li a")


def test_no_page_is_wider_than_a_phone(phone):
    wide = []
    for path in PAGES:
        phone.goto(path.as_uri())
        width = phone.evaluate("document.documentElement.scrollWidth")
        if width > 400:
            wide.append(f"{path.relative_to(SITE)}: {width}")
    assert len(PAGES) > 100 and not wide, wide


def test_every_picture_is_there(phone):
    missing = []
    for name in (
        "index",
        "guide/concepts",
        "guide/tutorial",
        "pictures",
        "zh/index",
        "zh/concepts",
        "zh/start-official",
    ):
        phone.goto((SITE / f"{name}.html").as_uri())
        shown = phone.eval_on_selector_all(
            "article img", "all => all.map(one => [one.src, one.naturalWidth])"
        )
        assert shown, name
        missing += [source for source, width in shown if not width]
    assert not missing
