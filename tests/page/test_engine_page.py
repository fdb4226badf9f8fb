"""The page with the engine inside: what is dropped on it is checked as the package checks it, and goes nowhere."""

import json
import re
import subprocess
import sys
import time

import esprima
import libpilot
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import EXAMPLE, TOP, city_of
from playwright.sync_api import expect

OFFICE = TOP / "tests/cases/office"
DAY = "2020-03-31"
ORDER = ("breach", "unknown", "pending", "info", "met", "not_applicable")  # of the tiles


@pytest.fixture(scope="module")
def city():
    return libpilot.City.load(OFFICE / "corrected.xlsx")


def counts(report):
    return [getattr(report.counts, outcome) for outcome in ORDER]


def drop(engine, path):
    """As a hand does it: the file is put on the page and let go."""
    data = engine.page.evaluate_handle(
        """([name, bytes]) => {
            const made = new DataTransfer();
            made.items.add(new File([new Uint8Array(bytes)], name));
            return made;
        }""",
        [path.name, list(path.read_bytes())],
    )
    engine.page.dispatch_event("#drop", "dragenter", {"dataTransfer": data})
    assert "over" in engine.page.get_attribute("body", "class")
    engine.page.dispatch_event("#drop", "drop", {"dataTransfer": data})
    engine.answered()
    assert "over" not in engine.page.get_attribute("body", "class").split()


def words_of(engine, part):
    """Whether in sight or not."""
    return re.sub(r"\s", "", engine.page.locator(part).first.text_content())


PARTS = ("h1", ".facts", "#tiles", "#choices", "#bodies", "#matrix", "#count", "#findings", "#awards table")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_that_is_dropped_gives_the_report_of_the_package(engine, files, city, lang):
    """What the page shows is what to_html() shows, word by word."""
    engine.page.fill("#as-of", DAY)
    drop(engine, OFFICE / "corrected.xlsx")
    report = libpilot.check(city, as_of=DAY)
    assert engine.counts == counts(report)
    (files / "office.html").write_text(report.to_html("zh"), encoding="utf-8")
    engine.page.evaluate("lang => { location.hash = `#lang=${lang}` }", lang)
    engine.settle()
    shown = {part: words_of(engine, part) for part in PARTS}
    engine.open("office", f"#lang={lang}")
    for part in PARTS:
        assert shown[part] == words_of(engine, part)


def test_the_report_that_is_saved_is_that_of_the_command_line(engine):
    engine.check(OFFICE / "corrected.xlsx", as_of=DAY)
    with engine.page.expect_download() as download:
        engine.page.click("#save")
    told = subprocess.run(
        [sys.executable, "-m", "libpilot", "check", str(OFFICE / "corrected.xlsx"), "--as-of", DAY, "--json"],
        capture_output=True,
        check=False,
    )
    assert told.returncode == 1  # there are breaches
    assert download.value.path().read_bytes() == told.stdout.rstrip(b"\n") + b"\n"
    assert download.value.suggested_filename == f"report-{DAY}.json"


def test_findings_name_cells(engine, city):
    engine.check(OFFICE / "corrected.xlsx", as_of=DAY)
    finding = next(one for one in libpilot.check(city, as_of=DAY).breaches if one.rule == "office_area")
    engine.page.click("#findings summary:has-text('物业管理用房办公面积') >> nth=0")
    assert f"所在单元格\n{city.place(finding.path)}" in engine.text("#findings details[open] dl")


def test_mistakes_are_told_by_cell(engine):
    engine.check(OFFICE / "mistakes.xlsx", as_of=DAY)
    with pytest.raises(libpilot.Error) as raised:
        libpilot.City.load(OFFICE / "mistakes.xlsx")
    wrong = [one.cell for one in raised.value.problems]
    assert len(wrong) == 3
    rows = engine.page.locator("#problems > table tbody tr")
    for lang, own in (("zh", "zh"), ("en", "en")):
        engine.page.evaluate("lang => { location.hash = `#lang=${lang}` }", lang)
        expect(engine.page.locator("#title")).to_contain_text("检查" if lang == "zh" else "Check")
        assert [[cell.strip() for cell in row.split("\t")] for row in rows.all_inner_texts()] == [
            [
                f"{one.sheet}!{one.cells}",
                one.header,
                one.value,
                getattr(one, f"reason_{own}"),
                f"{getattr(one, f'remedy_{own}')} [{one.code}]",
            ]
            for one in wrong
        ]
    assert not engine.page.is_visible("#live") and engine.page.is_visible("#problems summary")
    engine.check(OFFICE / "corrected.xlsx")  # put right
    assert engine.page.is_visible("#live") and not engine.page.locator("#problems > table").count()


def test_another_day(engine, city):
    engine.check(OFFICE / "corrected.xlsx", as_of=DAY)
    for day in ("2019-10-31", "2024-01-31"):
        engine.page.fill("#as-of", day)
        engine.answered()
        assert engine.counts == counts(libpilot.check(city, as_of=day))
        assert "截至 " + "年".join(day.split("-")[:1]) in engine.text("#facts")


def test_another_reading(engine, city):
    engine.check(OFFICE / "corrected.xlsx", as_of=DAY)
    engine.page.click("#readings-box summary")
    before = engine.text("#receipt")
    engine.page.select_option("select.zh[data-reading=area_map]", "function")
    engine.answered()
    other = libpilot.NANCHANG_2019.patch({"readings": {"area_map": "function"}})
    made = libpilot.check(city, as_of=DAY, policy=other)
    assert engine.counts == counts(made) and made.receipt.fingerprint in engine.text("#receipt") != before
    assert engine.text("#readings-count") == "（1项不同于通常读法）"


def test_another_policy_and_back(engine, city, tmp_path):
    engine.check(OFFICE / "corrected.xlsx", as_of=DAY)
    usual = engine.counts
    option = next(one for one in libpilot.reading("month_rule").options if one != "service_months")
    reform = {"office_min_area_m2": "60.00", "readings": {"month_rule": option}}
    (tmp_path / "reform.json").write_text(json.dumps(reform), encoding="utf-8")
    engine.page.set_input_files("#choose-policy", str(tmp_path / "reform.json"))
    made = libpilot.check(city, as_of=DAY, policy=libpilot.NANCHANG_2019.patch(reform))
    expect(engine.page.locator("#receipt")).to_contain_text(made.receipt.fingerprint)
    engine.answered()
    assert engine.counts == counts(made) != usual
    assert engine.page.input_value("select.zh[data-reading=month_rule]") == option
    engine.page.click("#drop-policy")
    expect(engine.page.locator("#receipt")).to_contain_text(libpilot.NANCHANG_2019.fingerprint)
    engine.answered()
    assert engine.counts == usual


def test_a_policy_that_is_none(engine, tmp_path):
    (tmp_path / "reform.json").write_text('{\n "office_minimum": 1}', encoding="utf-8")
    engine.page.set_input_files("#choose-policy", str(tmp_path / "reform.json"))
    expect(engine.page.locator("#problems")).to_contain_text("reform.json")
    assert "/office_minimum" in engine.text("#problems") and engine.text("#problems").count("\n") < 4


def test_a_city_file(engine, tmp_path):
    path = tmp_path / "city.json"
    path.write_text(json.dumps(EXAMPLE), encoding="utf-8")
    engine.check(path, as_of="2020-02-29")
    assert engine.counts == counts(libpilot.check(EXAMPLE, as_of="2020-02-29"))


def test_a_city_file_with_mistakes_says_where(engine, tmp_path):
    path = tmp_path / "city.json"
    made = {**EXAMPLE, "meetings": [{"held_on": "8 November 2019"}], "comunities": []}
    made["areas"] = [{**EXAMPLE["areas"][0], "households": -1}, *EXAMPLE["areas"][1:]]
    path.write_text(json.dumps(made), encoding="utf-8")
    engine.check(path, as_of=DAY)
    told = engine.page.locator("#problems li").all_inner_texts()
    assert [line.partition(" ")[2] for line in told] == [
        f"{one.path}：{one.message_zh}" for one in libpilot.problems(path)
    ]
    assert len(told) == 3 and all(line.startswith("第1行 ") for line in told)
    (tmp_path / "cut.json").write_text('{"districts": [', encoding="utf-8")
    engine.check(tmp_path / "cut.json")
    assert "cut.json" in engine.text("#problems") and not engine.page.is_visible("#live")


def test_several_workbooks_are_one(engine, tmp_path):
    """Each district sends its own: what is wrong is told with the file."""
    second = tmp_path / "居民区.csv"
    (tmp_path / "试点社区.csv").write_text("编号,名称,所属城区代码\nc1,甲社区,东湖区\n", encoding="utf-8")
    second.write_text("编号,名称,所属社区编号,总户数\na1,甲片区,c1,约120\n", encoding="gb18030")
    engine.check(tmp_path / "试点社区.csv", second, as_of=DAY)
    assert "居民区.csv: 居民区!D2" in engine.text("#problems")
    second.write_text("编号,名称,所属社区编号,总户数\na1,甲片区,c1,120\n", encoding="gb18030")
    engine.check(tmp_path / "试点社区.csv", second)
    made = libpilot.City.from_files([tmp_path / "试点社区.csv", second])
    assert engine.counts == counts(libpilot.check(made, as_of=DAY))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "PDF文档"),
        ("a.xlsx", (OFFICE / "corrected.xlsx").read_bytes()[:9000], "已损坏或不完整"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "旧版Office文档"),
        ("a.csv", b'a,"b\n1,2\n', "第1行"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_next_file_is(engine, tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    engine.check(tmp_path / name, as_of=DAY)
    assert said in engine.text("#problems") and name in engine.text("#problems")
    engine.check(OFFICE / "corrected.xlsx")
    assert engine.page.is_visible("#live")


def test_nothing_leaves_and_nothing_is_evaluated(browser):
    """What is asked for outside fails each test (the fixture of pages); here nothing can even try."""
    page = browser.new_page()
    page.goto((TOP / "build/page/page.html").as_uri())
    page.wait_for_selector("#intake:not([hidden])")
    policy = page.get_attribute("meta[http-equiv]", "content")
    assert "default-src 'none'" in policy and "connect-src 'none'" in policy
    tried = """what => new Promise(done => setTimeout(() => {
        addEventListener('securitypolicyviolation', one => done(one.effectiveDirective.split('-elem')[0]));
        try {
            if (what === 'script') {
                const made = document.createElement('script');
                made.textContent = '1';
                document.head.appendChild(made);
            } else if (what === 'eval') (0, eval)('1');
            else fetch('data:,1').catch(() => {});
        } catch (refused) { /* which is told as a violation, too */ }
    }))"""
    assert page.evaluate(tried, "script") == "script-src"
    assert page.evaluate(tried, "eval") == "script-src"
    assert page.evaluate(tried, "fetch") == "connect-src"
    page.close()


@pytest.mark.parametrize("width", [1366, 683, 360])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing(engine, lang, width, tmp_path):
    (tmp_path / "city.json").write_text(json.dumps(EXAMPLE), encoding="utf-8")
    engine.page.set_viewport_size({"width": width, "height": 768})
    engine.page.evaluate("lang => { location.hash = `#lang=${lang}` }", lang)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    for file in (None, OFFICE / "mistakes.xlsx", tmp_path / "city.json"):
        if file:
            engine.check(file, as_of="2020-02-29")
        found = Axe().run(engine.page, options=options)
        assert found.violations_count == 0, found.generate_report()
        assert engine.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("communities", [60, 2000])
def test_how_long_an_answer_takes(engine, tmp_path, communities):
    """Told, and not held to a time. What is answered is held to the package."""
    if communities == 60:
        path = OFFICE / "corrected.xlsx"
    else:
        path = tmp_path / "city.xlsx"
        libpilot.City(city_of(communities)).to_excel(path, lang="zh")
    engine.page.fill("#as-of", DAY)
    began = time.monotonic()
    engine.page.set_input_files("#choose-files", str(path))
    engine.page.wait_for_selector("#live:not([hidden]) #tiles a")
    first = time.monotonic() - began
    engine.page.wait_for_selector("#rewards table", timeout=60000)
    print(
        f"{communities} communities, {path.stat().st_size} bytes: an answer after {first:.2f} s,"
        f" rewards after {time.monotonic() - began:.2f} s"
    )
    assert engine.counts == counts(libpilot.check(libpilot.City.load(path), as_of=DAY))


def test_by_keyboard_alone(engine):
    # Heard of early: a chooser that opens before the browser knows that somebody waits for it is lost.
    engine.page.on("filechooser", lambda _: None)

    def go(key, id):
        for _ in range(20):
            engine.page.keyboard.press(key)
            if engine.page.evaluate("document.activeElement.id") == id:
                return
        raise AssertionError(f"{key} does not reach {id}")

    for id in ("choose-files", "as-of", "choose-policy"):
        go("Tab", id)
    go("Shift+Tab", "choose-files")
    outline = "getComputedStyle(document.querySelector('label[for=choose-files]')).outlineStyle"
    assert engine.page.evaluate(outline) != "none"
    with engine.page.expect_file_chooser() as chooser:
        engine.page.keyboard.press("Space")
    chooser.value.set_files(str(OFFICE / "corrected.xlsx"))
    engine.answered()
    assert engine.page.is_visible("#live")


def test_browsers_of_offices_can_run_it(browser):
    """ES2017, styles that Chromium 74 knows, and wasm without what came later; an older one says what it takes."""
    text = (TOP / "build/page/page.html").read_text(encoding="utf-8")
    assert len(text.encode()) <= 1_500_000
    script = text[text.rindex('<script type="module">') + len('<script type="module">') : text.rindex("</script>")]
    esprima.parseModule(script)
    assert not re.search(r"\.(flat|flatMap|matchAll|replaceAll|at|fromEntries|allSettled|arrayBuffer)\(", script)
    style = re.sub(r"/\*.*?\*/", "", text[text.index("<style>") : text.index("</style>")], flags=re.DOTALL)
    assert not re.search(
        r":has\(|:is\(|:where\(|\binset:|aspect-ratio|[^-]gap:|clamp\(|\bmin\(|\bmax\(|@layer|&", style
    )
    without = browser.new_context(locale="zh-CN")
    without.add_init_script("delete window.WebAssembly")
    for context, said in ((browser.new_context(java_script_enabled=False), "须启用脚本"), (without, "浏览器版本过旧")):
        page = context.new_page()
        page.goto((TOP / "build/page/page.html").as_uri())
        page.wait_for_selector("#plain")
        assert said in page.inner_text("#plain")
        assert not page.is_visible("#intake")
        context.close()
