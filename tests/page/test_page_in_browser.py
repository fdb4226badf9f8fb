"""What a report's page does in a browser: its counts, filters, address, findings, languages, print, keyboard."""

import re
import time

import esprima
import libpilot
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import EXAMPLE
from playwright.sync_api import expect

ATTENTION = ("breach", "unknown", "pending", "info")
TITLES = {lang: libpilot.titles("outcome", lang) for lang in ("zh", "en")}


def said(finding):
    """As the row of a finding says it in Chinese: outcome, subject, what has to be so."""
    rule = libpilot.rule(finding.rule).zh
    return [TITLES["zh"][finding.outcome], finding.zh[: finding.zh.index(f"：{rule}")], rule]


def expected(report, keep):
    return sorted(said(one) for one in report.findings if keep(one))


def test_tiles_count_and_open_what_they_count(page, report):
    page.open()
    counts = report.counts.to_dict()
    for outcome, count in counts.items():
        assert page.text(f"#tiles a.{outcome} strong") == str(count)
    assert sorted(page.rows) == expected(report, lambda one: one.outcome in ATTENTION)
    for outcome, count in counts.items():
        page.click(f"#tiles a.{outcome}")
        assert f"outcome={outcome}" in page.address
        assert page.listed == f"共列出 {count} 项"
        assert sorted(page.rows) == expected(report, lambda one: one.outcome == outcome)
        assert page.page.evaluate("document.activeElement.id") == "list"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("example", "#lang=zh"),
        ("later", "#lang=zh&district=360105"),
        ("later", "#lang=en&outcome=breach"),
        ("example", "#lang=zh&body=district_finance"),
    ],
)
def test_every_number_opens_exactly_as_many(page, name, address):
    page.open(name, address)
    links = page.page.eval_on_selector_all(
        "a.number, #tiles a",
        "links => links.map(one => [one.getAttribute('href'), one.textContent, one.getAttribute('aria-label')])",
    )
    assert len(links) > 20
    for href, text, label in links:
        counts = re.findall(r"\d+", text) or re.findall(r"\d+", label)[-1:]
        page.page.evaluate("address => { location.hash = address }", href)
        page.settle()
        assert [str(page.row_count)] == counts, (href, text, label)
        assert re.findall(r"\d+", page.listed) == counts


def test_who_must_act(page, report):
    """By body, and in the list by the bodies that act together, then outcome, then due date."""
    page.open()
    rows = page.page.eval_on_selector_all(
        "#bodies tbody tr",
        "rows => rows.map(row => Array.from(row.cells).map(cell => cell.innerText.trim()))",
    )
    titles = libpilot.titles("actor", "zh")
    for body in {body for one in report.findings for body in one.who}:
        own = [one for one in report.findings if body in one.who]
        counts = [sum(one.outcome == outcome for one in own) for outcome in ("breach", "unknown", "pending")]
        dues = [one.due for one in own if one.outcome == "pending" and one.due]
        day = f"{min(dues).year}年{min(dues).month}月{min(dues).day}日" if dues else "—"
        assert [titles[body], *map(str, counts), str(sum(counts)), day] in rows
    assert len(rows) == len({body for one in report.findings for body in one.who})
    page.choose("body", "finance_bureau")
    assert sorted(page.rows) == expected(report, lambda one: "finance_bureau" in one.who)
    groups = page.page.eval_on_selector_all(
        "#findings .group",
        "all => all.map(one => [one.querySelector('h3').firstChild.data,"
        " Array.from(one.querySelectorAll('.what')).map(row => row.innerText.slice(2))])",
    )
    assert groups[0][0] == "市财政局"  # alone before what it does with others
    order = list(TITLES["zh"].values())
    order = [order[1], order[3], order[2]]
    for _, outcomes in groups:
        assert outcomes == sorted(outcomes, key=order.index)


def test_the_sooner_it_was_due_the_sooner_it_comes(page):
    page.open(address="#lang=en")
    groups = page.page.eval_on_selector_all(
        "#findings .group",
        "all => all.map(one => Array.from(one.querySelectorAll('summary')).map(row =>"
        " [row.querySelector('.what').textContent, row.querySelector('.when').textContent]))",
    )
    dates = set()
    for rows in groups:
        for outcome in {outcome for outcome, _ in rows}:
            found = [re.search(r"20\d\d-\d\d-\d\d", when) for own, when in rows if own == outcome]
            days = [day[0] if day else "none" for day in found]
            assert days == sorted(days)
            dates.add(tuple(days))
    assert (
        "2019-11-01",
        "2019-11-01",
        "none",
        "none",
    ) in dates  # of district governments; the file's order is another


def test_where(page, report):
    """A cell has the open findings of a community under a part of the notice."""
    page.open()
    head = page.page.eval_on_selector_all("#matrix thead th", "all => all.map(one => one.textContent)")
    at = next(place for place, text in enumerate(head) if "四(三)" in text)
    row = page.page.locator("#matrix tr", has_text="西湖乙社区")
    assert row.locator("td").nth(at - 1).inner_text().split() == ["×", "1"]
    total = row.locator("td").nth(0).inner_text().split()
    counts = report.by_community()["xihu-2"].counts
    assert total == ["×", str(counts.breach), "…", str(counts.pending)] and counts.unknown == counts.info == 0
    row.locator("td").nth(at - 1).locator("a").click()
    page.settle()
    assert page.rows == [["不符合", "西湖乙社区（公共服务下沉第3项）", "原提供单位经费作相应核减"]]
    assert (
        row.locator("td").nth(at - 1).locator("a").get_attribute("aria-label")
        == "西湖乙社区，三类服务：不符合 1"
    )


FILTERS = {
    "outcome": ("unknown", lambda one: one.outcome == "unknown"),
    "district": ("360104", lambda one: one.outcome in ATTENTION and "青云谱" in one.zh.partition("：")[0]),
    "community": ("xihu-2", lambda one: one.outcome in ATTENTION and one.zh.startswith("西湖乙")),
    "body": ("workstation", lambda one: "workstation" in one.who),
    "clause": ("4.2", lambda one: one.outcome in ATTENTION and one.clause.startswith("4.2-")),
    "reading": (
        "household_basis",
        lambda one: one.outcome in ATTENTION and "household_basis" in one.readings,
    ),
}


@pytest.mark.parametrize("key", FILTERS)
def test_a_filter_its_address_and_the_way_back(page, report, key):
    value, keep = FILTERS[key]
    page.open()
    before = page.rows
    option = page.page.text_content(f"#choose-{key} option[value='{value}']")
    page.choose(key, value)
    rows = page.rows
    assert sorted(rows) == expected(report, keep) and 0 < len(rows) < len(before)
    assert option.endswith(f"({len(rows)})")
    assert page.address == f"#lang=zh&{key}={value}"
    assert page.page.evaluate("document.activeElement.id") == f"choose-{key}"
    page.page.reload()
    page.settle()
    assert page.rows == rows and page.page.input_value(f"#choose-{key}") == value
    page.back()
    assert page.rows == before
    page.page.go_forward()
    page.settle()
    assert page.rows == rows
    page.click("#choices .clear")
    assert page.rows == before


def test_filters_together_and_a_clause(page, report):
    page.open(address="#district=360103&outcome=breach&clause=4.2-1")
    assert page.rows == [["不符合", "西湖甲社区", "物业管理用房办公面积不低于规定"]]
    page.choose("clause", "")
    assert len(page.rows) == report.by_district()["360103"].counts.breach
    page.choose("district", "360102")
    assert len(page.rows) == report.by_district()["360102"].counts.breach
    page.open(address="#district=360102&outcome=breach&clause=4.2-1")
    assert (
        page.rows == []
        and page.listed == "共列出 0 项"
        and "没有符合筛选条件的事项" in page.text("#findings")
    )


def test_an_address_that_is_none(page, report):
    page.open(address="#outcome=nonsense&district=<b>&lang=fr&%")
    assert sorted(page.rows) == expected(report, lambda one: one.outcome in ATTENTION)


def opened(page, text):
    page.page.click(f"#findings summary:has-text('{text}') >> nth=0")
    box = page.page.locator(f"#findings details[open]:has-text('{text}') >> nth=0")
    box.locator(".details").wait_for()
    terms, values = box.locator("dt").all_inner_texts(), box.locator("dd").all_inner_texts()
    return dict(zip(terms, values))


def test_a_finding_opens_to_all_that_is_known_of_it(page):
    page.open(address="#community=qingyunpu-1&outcome=breach")
    assert page.page.locator("#findings .details").count() == 0
    found = opened(page, "按期召开业主大会")
    assert (
        found["依据"].split("\n")[0] == "方案五(三)-1（条款5.3-1）"
        and libpilot.clause("5.3-1").zh in found["依据"]
    )
    assert found["实际"] == "2019年12月9日" and found["要求"] == "不晚于2019年11月30日"
    assert found["期限"] == "2019年11月30日 逾期9天"
    assert found["责任单位"] == "街道办事处（乡镇政府）、青云谱甲社区工作站、青云谱甲社区居民委员会"
    assert found["下一步"].startswith(
        "请街道办事处（乡镇政府）、青云谱甲社区工作站、青云谱甲社区居民委员会整改"
    )
    found = opened(page, "明确片区责任人")
    assert found["实际"] == "3项" and found["要求"] == "还须有市生态环境局"
    page.open(address="#community=yuan-2")
    assert "一一对应" in opened(page, "社区对应一个老旧居民区")["取决于"]
    assert opened(page, "考核合格的社区")["应付未付起始"] == "2020年2月20日"
    page.open(address="#outcome=unknown")
    assert "物业管理用房的面积" in opened(page, "物业管理用房办公面积")["缺少"]
    page.open(address="#outcome=met&clause=5.3")
    assert opened(page, "业主大会提前通知业主")["另据"] == "《物业管理条例》第十四条"


@pytest.mark.parametrize("way", ["clipboard", "by hand"])
def test_the_next_step_is_copied(page, way):
    if way == "by hand":
        page.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        page.page.add_init_script(
            "document.addEventListener('copy', () => { window.copied = document.activeElement.value })"
        )
    page.open(address="#community=xihu-1&outcome=breach")
    opened(page, "物业管理用房办公面积")
    page.page.click(".copy")
    expect(page.page.locator("#findings details[open] .said")).to_have_text("已复制")
    got = page.page.evaluate("navigator.clipboard.readText()" if way == "clipboard" else "window.copied")
    assert got.split("\n") == [
        "请西湖甲社区工作站、西湖甲社区居民委员会整改。",
        "西湖甲社区：物业管理用房办公面积不低于规定；实际 118.50平方米；要求 120.00平方米。",
        "依据：方案四(二)-1（条款4.2-1）。",
    ]
    assert page.page.evaluate("document.activeElement.className") == "copy"


def test_the_language_is_switched_and_kept(page, report):
    page.open(address="#district=360103")
    count = len(page.rows)
    page.click("#languages a[lang=en]")
    assert page.address == "#lang=en&district=360103" and len(page.rows) == count
    assert page.page.get_attribute("html", "lang") == "en" and page.page.title().startswith(
        "Property services"
    )
    assert page.text("h1").startswith("Property services") and page.listed == f"Listed: {count}"
    # Whatever is Chinese on it says so, and is a name.
    assert (
        page.page.evaluate(
            "(() => { const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];"
            " while (walk.nextNode()) { const at = walk.currentNode.parentElement;"
            "  if (/[\\u4e00-\\u9fff]/.test(walk.currentNode.data) && at.getClientRects().length && !at.closest('option,[lang^=zh]'))"
            "   found.push(walk.currentNode.data); } return found; })()"
        )
        == []
    )
    page.page.reload()
    page.settle()
    assert page.text("#who h2") == "Who must act"
    page.click("#languages a[lang=zh-CN]")
    assert page.page.get_attribute("html", "lang") == "zh-CN" and page.text("#who h2") == "谁来办"
    page.back()
    assert page.text("#who h2") == "Who must act"


def test_what_is_in_order_is_folded(page, report):
    page.open()
    counts = report.counts
    assert "符合" not in {row[0] for row in page.rows}
    assert re.findall(r"\d+", page.text(".folded")) == [str(counts.met), str(counts.not_applicable)]
    page.click(".folded a >> nth=1")
    assert len(page.rows) == counts.not_applicable


def test_the_matrix_folds(page, large):
    page.open("large")
    assert page.page.locator("#matrix tbody tr").count() == len(EXAMPLE["districts"]) + 1
    page.click("[data-fold='1']")
    assert page.page.locator("#matrix tbody tr").count() == len(EXAMPLE["districts"]) + 1 + 40
    assert page.page.get_attribute("[data-fold='1']", "aria-expanded") == "true"
    assert page.page.evaluate("document.activeElement.getAttribute('data-fold')") == "1"
    page.click("[data-fold-all]")
    assert page.page.locator("#matrix tbody tr").count() == len(EXAMPLE["districts"]) + 1 + 200


def test_two_hundred_communities(page, large):
    began = time.monotonic()
    page.open("large")
    shown = page.page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    print(
        f"200 communities, {len(large.findings)} findings: shown after {shown:.0f} ms, listed after {time.monotonic() - began:.2f} s"
    )
    counts = large.counts
    assert page.listed == f"共列出 {counts.breach + counts.unknown + counts.pending + counts.info} 项"
    assert page.row_count == counts.breach + counts.unknown + counts.pending + counts.info
    page.click("#tiles a.met")
    assert page.row_count == counts.met


def test_print_has_a_district_a_page(page, report, tmp_path):
    page.open()
    opened(page, "社区对应一个老旧居民区")
    sheets = page.pdf(tmp_path / "page.pdf")
    for district in EXAMPLE["districts"]:
        counts = report.by_district()[district["id"]].counts
        open_ = counts.breach + counts.unknown + counts.pending + counts.info
        heads = [
            sheet for sheet in sheets if f"{district['name']}：列出 {open_} 项" in sheet.replace("  ", " ")
        ]
        assert len(heads) == 1
        assert len(re.findall("列出", heads[0])) == 1 and "责任单位和下一步" in heads[0]
    assert "方案四(二)-3" in next(sheet for sheet in sheets if "东湖区：列出" in sheet)  # what was open
    assert "方案四(二)-1" not in "".join(sheets)
    assert any("8,401,626.00" in sheet for sheet in sheets)
    assert "清除筛选" not in "".join(sheets) and not re.search(
        r"^ *复制|复制 *$", "".join(sheets), re.MULTILINE
    )
    assert page.page.inner_html("#printed") == ""


def test_print_repeats_the_heads_of_long_tables(page, large, tmp_path):
    page.open("large", "#district=360103&outcome=breach")
    sheets = page.pdf(tmp_path / "page.pdf")
    first = next(at for at, sheet in enumerate(sheets) if "西湖区：列出" in sheet)
    assert "责任单位和下一步" in sheets[first + 1] and "西湖区：列出" not in sheets[first + 1]
    assert not any("东湖区：列出" in sheet for sheet in sheets)


@pytest.mark.parametrize("width", [1366, 683, 360])  # 683: 200 % of the first
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing(page, lang, width):
    page.page.set_viewport_size({"width": width, "height": 768})
    page.open(address=f"#lang={lang}")
    for place in (0, 5, 20, 30):
        page.page.locator("#findings summary").nth(place).click()
    found = Axe().run(
        page.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    )
    assert found.violations_count == 0, found.generate_report()
    assert page.page.evaluate("document.documentElement.scrollWidth") <= width


def test_by_keyboard_alone(page):
    page.open()

    def tab_to(selector):
        for _ in range(400):
            page.page.keyboard.press("Tab")
            if page.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = page.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", selector
                return
        raise AssertionError(selector)

    tab_to(".skip")
    tab_to("#tiles a.breach")
    page.page.keyboard.press("Enter")
    page.settle()
    assert "outcome=breach" in page.address and {row[0] for row in page.rows} == {"不符合"}
    tab_to("#findings summary")  # from the list's heading on, where the number leads
    page.page.keyboard.press("Enter")
    page.page.wait_for_selector("#findings details[open] .details")
    tab_to(".copy")
    page.page.keyboard.press("Enter")
    expect(page.page.locator("#findings details[open] .said")).to_have_text("已复制")
    page.open()
    tab_to("#choose-body")
    page.page.keyboard.press("ArrowDown")
    page.settle()
    assert "body=" in page.address


def test_the_skip_link_keeps_the_filters(page):
    page.open(address="#lang=zh&outcome=breach")
    page.page.focus(".skip")
    page.page.keyboard.press("Enter")
    assert page.page.evaluate("document.activeElement.id") == "list" and "outcome=breach" in page.address


def test_rewards_of_a_district(page):
    page.open()
    assert page.page.locator("#awards tbody:visible").count() == len(EXAMPLE["districts"]) + 1
    page.choose("district", "360103")
    assert page.page.locator("#awards tbody:visible").count() == 2
    assert "1,078,920.00" in page.text("#awards table") and "636,030.00" not in page.text("#awards table")


def test_names_that_are_markup_are_names(page, files):
    city = {**EXAMPLE, "communities": [dict(one) for one in EXAMPLE["communities"]]}
    city["communities"][2]["name"] = "</script><img src=x onerror=console.log(1)>\"'&amp;"
    made = libpilot.check(city, as_of="2020-02-29", lang="zh").to_html()
    (files / "markup.html").write_text(made, encoding="utf-8")
    page.open("markup", "#community=xihu-1")
    assert page.rows[0][1] == city["communities"][2]["name"] and page.page.locator("img").count() == 0
    opened(page, "物业管理用房办公面积")
    page.page.click(".copy")
    assert city["communities"][2]["name"] in page.text("#matrix")


def test_without_a_script(browser, files, report):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((files / "example.html").as_uri())
    assert page.is_visible("#plain table") and not page.is_visible("#live")
    assert "未启用脚本" in page.inner_text("#plain")
    row = page.locator("#plain tr", has_text="西湖乙社区").inner_text().split()
    counts = report.by_community()["xihu-2"].counts
    assert row[1:] == [str(getattr(counts, one)) for one in (*ATTENTION, "met", "not_applicable")]
    assert "8,401,626.00" in page.inner_text("#awards")
    context.close()


def test_browsers_of_offices_can_read_it(files):
    """Scripts of ES2017, and styles that Chromium 74 knows."""
    text = (files / "example.html").read_text(encoding="utf-8")
    script = text[text.rindex("<script>") + len("<script>") : text.rindex("</script>")]
    esprima.parseScript(script)
    assert not re.search(r"\.(flat|flatMap|matchAll|replaceAll|at|fromEntries|allSettled)\(", script)
    style = re.sub(r"/\*.*?\*/", "", text[text.index("<style>") : text.index("</style>")], flags=re.DOTALL)
    assert not re.search(
        r":has\(|:is\(|:where\(|\binset:|aspect-ratio|[^-]gap:|clamp\(|\bmin\(|\bmax\(|@layer|&", style
    )
    assert "<dialog" not in text
