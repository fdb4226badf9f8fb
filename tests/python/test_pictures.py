"""Pictures and what notebooks show: what stands in them, held to the objects and to sums by hand."""

import functools
import html.parser
import importlib.util
import json
import pickle
import warnings
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import libpilot
import pytest
from cases import TOP
from libpilot import NANCHANG_2019

matplotlib = pytest.importorskip("matplotlib")
pytest.importorskip("numpy")
matplotlib.use("agg")
from matplotlib import font_manager, pyplot  # noqa: E402

DATA = TOP / "examples/data"
EVIL = '<script>alert("x")</script>&'
CHINESE = "按全年计算的奖补方案"
GRAVEST = ("breach", "unknown", "pending", "info", "met", "not_applicable")
LETTERS = dict(zip(GRAVEST, "B?PiM–"))


@pytest.fixture(autouse=True)
def no_warning():
    """matplotlib warns of a character that no font has."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
    pyplot.close("all")


@pytest.fixture
def no_chinese(monkeypatch):
    own = [one for one in font_manager.fontManager.ttflist if "DejaVu" in one.name]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda *_, **__: [])
    return monkeypatch


def made_font(name):
    """A font in which every character of Chinese is a box, and no other has a form."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 700), (850, 700), (850, 0)):
        pen.lineTo(point)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(1000)
    font.setupGlyphOrder([".notdef", "box"])
    font.setupCharacterMap(dict.fromkeys((*range(0x3000, 0xA000), *range(0xFF00, 0xFFF0)), "box"))
    font.setupGlyf({".notdef": box, "box": box})
    font.setupHorizontalMetrics({".notdef": (900, 50), "box": (900, 50)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": name, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    return font.font


@pytest.fixture
def chinese(no_chinese, tmp_path):
    """A font that has come since matplotlib's list was made."""
    path = tmp_path / "font.ttf"
    made_font("Noto Sans SC Made").save(path)
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    found = [str(tmp_path / "broken.ttf"), str(path)]
    no_chinese.setattr(font_manager, "findSystemFonts", lambda *_, **__: found)
    return no_chinese


@functools.lru_cache(maxsize=None)
def results():
    panel = {"households": [1885, 956], "first": ["2019-12", "2020-03"], "last": ["2023-12"] * 2}
    whole = NANCHANG_2019.with_reading(month_rule="calendar_years")
    city = libpilot.City.load(DATA / "nanchang-2019.json")
    return {
        "award": NANCHANG_2019.reward(households=1885, first="2019-12", last="2023-12"),
        "city award": city.award(as_of="2020-02-29"),
        "account": libpilot.Account.load(DATA / "accounts/956-households.json").compute(),
        "offers": libpilot.comparison(DATA / "comparisons/foshan-mudanjiang.json"),
        "report": libpilot.check(city, as_of="2020-02-29"),
        "policies": libpilot.compare(panel, NANCHANG_2019, {CHINESE: whole}),
        "draws": libpilot.draw(panel, seed=1, draws=50, pass_probability="0.9"),
        "sensitivity": libpilot.Panel(panel).sensitivity(),
    }


def drawn(axes):
    """All that is written in a picture, which is drawn for it."""
    axes.figure.canvas.draw()
    texts = [one.get_text() for one in axes.findobj(matplotlib.text.Text)]
    return [one for one in texts if one]


def has_chinese(text):
    return any("\u3000" < one < "\ua000" for one in text)


def bars_of(axes):
    return [(one.get_x(), one.get_width(), one.get_height()) for one in axes.patches if one.get_height()]


def centred(axes, years):
    """Whether the bars by each year, of any height, have the year in their middle."""
    for year in years:
        own = [(x, x + width) for x, width, _ in bars_of(axes) if abs(x + width / 2 - year) < 0.5]
        if own and (min(own)[0] + max(end for _, end in own)) / 2 != pytest.approx(year, abs=1e-9):
            return False
    return True


def exactly(amount, digits):
    return float(Fraction(amount) / 10**digits)


# Pictures.


@pytest.mark.parametrize("name", results())
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_a_font_everything_is_in_english(name, lang, no_chinese):
    said = drawn(results()[name].plot(lang=lang))
    assert said and not any(map(has_chinese, said))


@pytest.mark.parametrize("name", results())
def test_with_a_font_titles_and_units_are_in_chinese(name, chinese):
    axes = results()[name].plot(lang="zh")
    drawn(axes)
    labels = axes.get_title() + axes.get_xlabel() + axes.get_ylabel()
    assert has_chinese(axes.get_title() + axes.get_xlabel())
    assert "yuan" not in labels and (name == "report" or "万元" in labels)
    english = results()[name].plot()
    drawn(english)
    labels = english.get_title() + english.get_xlabel() + english.get_ylabel()
    assert not has_chinese(labels) and (name == "report" or "10,000 yuan" in labels)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_name_in_chinese_is_shown_where_a_font_has_it(lang, chinese):
    assert any(CHINESE in one for one in drawn(results()["policies"].plot(lang=lang)))
    assert "院一社区" in drawn(results()["report"].plot(lang=lang))
    assert any("甲物业" in one for one in drawn(results()["offers"].plot(lang=lang)))


def test_a_collection_of_fonts(no_chinese, tmp_path):
    from fontTools.ttLib import TTCollection

    both = TTCollection()
    both.fonts = [made_font("Noto Sans CJK Made"), made_font("Noto Sans CJK Made Too")]
    both.save(tmp_path / "fonts.ttc")
    no_chinese.setattr(font_manager, "findSystemFonts", lambda *_, **__: [str(tmp_path / "fonts.ttc")])
    assert "万元" in drawn(results()["policies"].plot(lang="zh"))


def test_a_font_of_a_known_name_without_chinese_is_none(no_chinese, tmp_path):
    font = made_font("Noto Sans SC Empty")
    for one in font["cmap"].tables:
        one.cmap = {0x3000: "box"}
    font.save(tmp_path / "empty.ttf")
    found = [str(tmp_path / "empty.ttf")]
    no_chinese.setattr(font_manager, "findSystemFonts", lambda *_, **__: found)
    assert "10,000 yuan" in drawn(results()["policies"].plot(lang="zh"))
    made_font("SimHei Made").save(tmp_path / "good.ttf")
    found.append(str(tmp_path / "good.ttf"))
    assert "万元" in drawn(results()["policies"].plot(lang="zh"))


def test_a_name_that_no_font_has_goes_by_its_number_or_id(no_chinese):
    said = drawn(results()["policies"].plot())
    assert "policy 2" in said and "numbered: no font has the name" in said and "baseline" in said
    assert "yuan-1" in drawn(results()["report"].plot())
    assert "offer 1\nfoshan-2019" in drawn(results()["offers"].plot())
    city = {"districts": [{"id": "d"}], "communities": [{"id": "社区", "district": "d"}], "areas": []}
    assert "community 1" in drawn(libpilot.check(city, as_of="2020-02-29").plot())


def test_a_character_that_is_not_in_the_chinese_font_either(chinese):
    panel = {"households": [1], "first": ["2020-01"], "last": ["2020-12"]}
    axes = libpilot.compare(panel, NANCHANG_2019, {"\U0001f3e0": NANCHANG_2019}).plot(lang="zh")
    said = drawn(axes)
    assert "政策2" in said and "编号者：没有字体可显示其名称" in said


def test_a_name_is_shown_as_it_is_however_it_begins():
    panel = {"households": [1], "first": ["2020-01"], "last": ["2020-12"]}
    names = ["_hidden", "$x^2$", r"$\frac{$"]
    axes = libpilot.compare(panel, NANCHANG_2019, dict.fromkeys(names, NANCHANG_2019)).plot()
    drawn(axes)
    assert [one.get_text() for one in axes.get_legend().get_texts()] == ["baseline", *names]


def test_a_long_name_is_cut_where_a_row_ends(chinese):
    city = communities(2)
    city["communities"][0]["name"] = CHINESE * 9
    said = drawn(libpilot.check(city, as_of="2020-02-29").plot())
    assert CHINESE[:9] + "..." in said and EVIL[:21] + "..." in said
    panel = {"households": [1], "first": ["2020-01"], "last": ["2020-12"]}
    names = [CHINESE * 9, "a reform of " * 9]
    axes = libpilot.compare(panel, NANCHANG_2019, dict.fromkeys(names, NANCHANG_2019)).plot()
    _, one, other = (text.get_text() for text in axes.get_legend().get_texts())
    assert one.replace("\n", "") == (CHINESE * 9)[:33] + "..." and one.count("\n") == 2
    assert other.startswith("a reform of a reform of\n") and other.endswith("...")


def test_no_setting_of_matplotlib_is_changed(chinese):
    before = dict(matplotlib.rcParams)
    for one in results().values():
        for lang in ("en", "zh"):
            one.plot(lang=lang)
    assert dict(matplotlib.rcParams) == before


def test_the_axes_given_are_the_axes_drawn_on():
    for one in results().values():
        axes = pyplot.subplots()[1]
        assert one.plot(axes) is axes and axes.get_title()
        assert one.plot() is not axes


def test_axes_of_other_limits_begin_at_0_as_well():
    for name, axis in (("policies", "y"), ("account", "y"), ("award", "x"), ("offers", "x"), ("draws", "y")):
        axes = pyplot.subplots()[1]
        axes.set(xlim=(5, 3000), ylim=(5, 3000))
        results()[name].plot(axes)
        assert (axes.get_ylim() if axis == "y" else axes.get_xlim())[0] == 0


def test_what_plot_refuses(monkeypatch):
    for one in results().values():
        with pytest.raises(libpilot.NotFoundError) as caught:
            one.plot(lang="fr")
        assert caught.value.path == "/lang"
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    for one in results().values():
        with pytest.raises(libpilot.ArgumentError, match=r"pip install libpilot\[plot\]"):
            one.plot()


def test_bars_stand_over_their_years():
    late = NANCHANG_2019.patch(
        {"rates": [{"first": "2022-01", "last": "2024-12", "yuan": "12", "per": "household_month"}]}
    )
    panel = {"households": [1000], "first": ["2019-12"], "last": ["2024-12"]}
    made = libpilot.compare(panel, NANCHANG_2019, {"late": late, "same": NANCHANG_2019})
    axes = made.plot()
    years = range(2019, 2025)
    assert centred(axes, years) and axes.get_xticks().tolist() == list(years)
    # In 2024 one of the three pays, and its bar is not where that of the second of three would be.
    (alone,) = [x + width / 2 for x, width, _ in bars_of(axes) if x > 2023.5]
    assert alone == 2024
    assert len([one for one in bars_of(axes) if 2021.5 < one[0] < 2022.5]) == 3
    lefts = sorted(one[0] for one in bars_of(axes))
    assert all(left + bars_of(axes)[0][1] <= right + 1e-9 for left, right in zip(lefts, lefts[1:]))


def test_of_many_years_some_are_written_out_and_all_are_whole():
    rates = [
        {"first": f"{year}-01", "last": f"{year}-12", "yuan": "1", "per": "household_month"}
        for year in range(1990, 2031)
    ]
    panel = {"households": [10], "first": ["1990-01"], "last": ["2030-12"]}
    axes = libpilot.compare(panel, NANCHANG_2019.patch({"rates": rates}), {}).plot()
    assert len(bars_of(axes)) == 41 and centred(axes, range(1990, 2031))
    assert 3 < len(axes.get_xticks()) <= 12 and all(one == int(one) for one in axes.get_xticks())


@pytest.mark.parametrize(
    ("households", "digits", "en", "zh"),
    [  # of a year at 18 yuan a month: 216 yuan a household
        (46, 0, "yuan", "元"),  # 9,936.00
        (47, 4, "10,000 yuan", "万元"),  # 10,152.00
        (462_962, 4, "10,000 yuan", "万元"),  # 99,999,792.00
        (462_963, 8, "100 million yuan", "亿元"),  # 100,000,008.00
    ],
)
def test_units(households, digits, en, zh, chinese):
    panel = {"households": [households], "first": ["2020-01"], "last": ["2020-12"]}
    made = libpilot.compare(panel, NANCHANG_2019, {})
    axes = made.plot()
    assert axes.get_ylabel() == en and made.plot(lang="zh").get_ylabel() == zh
    assert [height for _, _, height in bars_of(axes)] == [exactly(216 * households, digits)]
    assert axes.get_ylim()[0] == 0 < max(bars_of(axes))[2] < axes.get_ylim()[1]


def test_policies_are_the_exact_amounts():
    made = results()["policies"]
    axes = made.plot()
    for name, bars in zip(made.policies, axes.containers):
        assert [one.get_height() for one in bars] == [exactly(one, 4) for one in made.totals(name).values()]


def test_an_award_has_its_range():
    made = results()["award"]
    axes = made.plot()
    parts = [
        (made.total, made.range().total),
        (made.city, made.range().city),
        (made.district, made.range().district),
    ]
    assert [one.get_width() for one in axes.patches] == [exactly(amount, 4) for amount, _ in parts]
    (lines,) = [one for one in axes.collections if hasattr(one, "get_segments")]
    for (_, over), ((left, _), (right, _)) in zip(parts, lines.get_segments()):
        assert left == pytest.approx(exactly(over.least, 4)) and right == pytest.approx(
            exactly(over.greatest, 4)
        )
    assert axes.get_xlim()[0] == 0 and axes.get_xlim()[1] > exactly(made.range().total.greatest, 4)
    said = "\n".join(drawn(axes))
    # 49 months served, or 60 of whole years: 1,885 households at 12 x (18 x 3 + 12 + 6).
    assert "1,255,410.00 – 1,628,640.00" in said and 1885 * 12 * (18 * 3 + 12 + 6) == 1_628_640
    assert "the months that count" in said


def test_an_account_lacks_more_as_the_reward_falls():
    made = results()["account"]
    axes = made.plot()
    rows = made.years
    wanted = (
        [one.service.reward + one.community.reward for one in rows],
        [one.community.shortfall for one in rows],
        [one.service.shortfall for one in rows],
    )
    for bars, amounts in zip(axes.containers, wanted):
        assert [one.get_height() for one in bars] == [exactly(one, 4) for one in amounts]
    assert centred(axes, range(2019, 2025)) and axes.get_ylim()[0] == 0
    assert [one.get_text() for one in axes.get_xticklabels()] == [
        "2019-12\n18", "2020\n18", "2021\n18", "2022\n12", "2023\n6", "2024\n0",
    ]  # fmt: skip
    assert [str(one.yuan) for one in made.rates] == ["18.0000", "12.0000", "6.0000"]


def test_what_the_ledgers_lack_stands_one_above_the_other():
    months = {"first": "2020-01", "last": "2020-12"}
    costs = [
        {"ledger": one, "monthly_yuan": yuan, **months}
        for one, yuan in (("service", "100"), ("community", "250"))
    ]
    axes = (
        libpilot.Account.load({**months, "collection_rate": "0", "fee": {"billed_yuan": "0"}, "costs": costs})
        .compute()
        .plot()
    )
    _, community, service = axes.containers
    assert (community[0].get_y(), community[0].get_height()) == (0, 3000)
    assert (service[0].get_y(), service[0].get_height()) == (3000, 1200)


def test_offers_side_by_side():
    made = results()["offers"]
    axes = made.plot()
    assert [one.get_width() for one in axes.patches] == [exactly(one.quote.year, 4) for one in made.offers]
    assert axes.get_xlim()[0] == 0
    said = drawn(axes)
    assert "349,610.39 yuan" in said and "1,698,107.63 yuan\n1,348,497.24 more" in said
    top, second = (one.get_y() for one in axes.patches[:2])
    assert axes.transData.transform((0, top))[1] > axes.transData.transform((0, second))[1]


def test_draws_are_counted():
    made = results()["draws"]
    axes = made.plot()
    sums = [exactly(sum(row), 6) for row in made.total.tolist()]  # of fen
    for bar in axes.patches:
        left, right = bar.get_x(), bar.get_x() + bar.get_width()
        assert sum(left - 1e-9 <= one < right - 1e-9 for one in sums) == bar.get_height()
    assert sum(one.get_height() for one in axes.patches) == 50
    assert [one.get_xdata()[0] for one in axes.lines] == [exactly(one, 4) for one in made.quantiles()[None]]
    assert axes.get_ylim()[0] == 0 and axes.get_xlim()[0] > 0
    assert "the axis does not begin at 0" in axes.get_xlabel()
    axes = libpilot.draw({"households": [10]}, seed=1, draws=7, first="2020-01", last="2020-12").plot()
    (bar,) = axes.patches
    assert bar.get_height() == 7 and bar.get_x() < 2160 < bar.get_x() + bar.get_width()


def test_what_one_setting_moves():
    made = results()["sensitivity"]
    for of in ("total", "city"):
        axes = made.plot(of=of)
        base = exactly(getattr(made, of), 4)
        spreads = [one for one in made.spreads(of) if one[1] != one[2]]
        (line,) = axes.lines
        assert line.get_xdata()[0] == base
        shown = len(axes.patches) // 2
        assert 0 < shown <= len(spreads)
        for bars, at in ((axes.patches[:shown], 1), (axes.patches[shown:], 2)):
            ends = [exactly(spread[at], 4) for spread in spreads[:shown]]
            assert [bar.get_x() + bar.get_width() for bar in bars] == pytest.approx(ends, abs=1e-9)
            assert {bar.get_x() for bar in bars} == {base}
        top, second = (bar.get_y() for bar in axes.patches[:2])
        assert axes.transData.transform((0, top))[1] > axes.transData.transform((0, second))[1]
        assert f"as the policy is: {getattr(made, of):,}" in axes.get_xlabel()
    (rule,) = (one.title_en for one in libpilot.READINGS if one.name == "month_rule")
    assert any(one.startswith(f"{rule}\n") for one in drawn(axes))
    same = libpilot.Panel({"households": [0], "first": ["2020-01"], "last": ["2020-12"]}).sensitivity()
    assert not same.plot().patches


def test_draws_tell_what_spreads_them(chinese):
    asked = {"seed": 1, "draws": 50, "first": "2020-01", "last": "2020-12", "rows": "expected"}
    odds = {"pass_probability": libpilot.uniform("0.5", "0.9"), "take_up": libpilot.uniform("0.85", "0.9")}
    made = libpilot.draw({"households": [1000]}, **asked, **odds)
    greatest = made.sources()[0]
    assert greatest.name == "pass_probability"
    assert f"of the spread: pass rate {greatest.alone:.0%}, take-up" in made.plot().get_xlabel().replace(
        "\n", " "
    )
    assert "离散来源：考核合格率" in made.plot(lang="zh").get_xlabel().replace("\n", "")
    (_, _), (caption, rows) = tables(made)
    assert "spread" in caption and rows[0] == ["source", "share by itself", "share with others"]
    assert rows[1] == ["pass rate", f"{greatest.alone:.1%}", f"{greatest.with_others:.1%}"]
    one = libpilot.draw({"households": [1000]}, **asked, take_up=odds["take_up"])
    assert "spread" not in one.plot().get_xlabel() and len(tables(one)) == 1


def cells(axes):
    """What stands in a matrix, by the names of its row and column."""
    axes.figure.canvas.draw()
    rows, columns = (
        [one.get_text() for one in labels] for labels in (axes.get_yticklabels(), axes.get_xticklabels())
    )
    return {
        (rows[int(one.get_position()[1])], columns[int(one.get_position()[0])]): one for one in axes.texts
    }


def test_a_report_has_each_communitys_outcome_by_section(no_chinese):
    made = results()["report"]
    city = made.city.to_dict()
    own = [one["id"] for one in city["communities"]]
    found = {}
    for one in made.findings:
        steps = one.path.split("/")
        if "communities" in steps[1:2]:
            places = [own[int(steps[2])]]
        elif "areas" in steps[1:2]:
            places = city["areas"][int(steps[2])]["communities"]
        else:
            places = []
        for place in places:
            found.setdefault((place, libpilot.clause(one.clause).section), Counter())[one.outcome] += 1
    shown = cells(made.plot())
    assert shown.keys() == found.keys() and {place for place, _ in shown} == set(own)
    for at, outcomes in found.items():
        worst = next(one for one in GRAVEST if outcomes[one])
        number = "" if worst in ("met", "not_applicable") else f" {outcomes[worst]}"
        assert shown[at].get_text() == LETTERS[worst] + number
    # The office has 118.50 m², and 120 are wanted (4.2-1).
    assert shown["xihu-1", "4.2"].get_text() == "B 1"


def test_outcomes_are_told_apart_without_colour():
    axes = results()["report"].plot()
    backs = axes.images[0].get_array()
    grey = {
        tuple(one): 0.2126 * one[0] + 0.7152 * one[1] + 0.0722 * one[2]
        for row in backs
        for one in row.tolist()
    }
    assert len(grey) == len(set(grey.values())) == 6
    for text in axes.texts:
        x, y = text.get_position()
        fore = matplotlib.colors.to_rgb(text.get_color())
        assert contrast(fore, backs[y][x][:3]) > 4.5  # WCAG 2.2, 1.4.3
    assert len({one.get_text().split()[0] for one in axes.get_legend().get_texts()}) == 6


def contrast(one, other):
    def luminance(color):
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def communities(number):
    every = [{"id": f"c{at}", "name": EVIL, "district": "d"} for at in range(number)]
    return {"districts": [{"id": "d"}], "communities": every, "areas": []}


def test_of_many_communities_the_first_are_drawn():
    axes = libpilot.check(communities(61), as_of="2020-02-29").plot()
    assert len(axes.get_yticks()) == 60 and axes.get_title().endswith("the first 60 of 61 communities")
    assert len(libpilot.check(communities(60), as_of="2020-02-29").plot().get_yticks()) == 60
    none = libpilot.check(communities(0), as_of="2020-02-29").plot()
    assert not drawn(none)[0].isspace() and not none.texts


def test_nothing_is_cut_or_written_over_something_else(chinese):
    for name, one in results().items():
        for lang in ("en", "zh"):
            axes = one.plot(lang=lang)
            axes.figure.canvas.draw()
            whole = axes.figure.bbox
            (left, right), (low, high) = map(sorted, (axes.get_xlim(), axes.get_ylim()))
            ticks = [one.label1 for one in axes.xaxis.get_major_ticks() if left <= one.get_loc() <= right]
            ticks += [one.label1 for one in axes.yaxis.get_major_ticks() if low <= one.get_loc() <= high]
            labels = [axes.title, axes.xaxis.label, axes.yaxis.label, *ticks, *axes.texts]
            assert all(text.get_window_extent().x1 < axes.bbox.x1 for text in axes.texts), (name, lang)
            boxes = [tuple(text.get_window_extent().extents) for text in labels if text.get_text()]
            for at, (x0, y0, x1, y1) in enumerate(boxes):
                assert x0 >= 0 and y0 >= 0 and x1 <= whole.x1 and y1 <= whole.y1, (name, lang)
                for u0, v0, u1, v1 in boxes[:at]:
                    assert x0 >= u1 - 1 or u0 >= x1 - 1 or y0 >= v1 - 1 or v0 >= y1 - 1, (name, lang)


def test_the_roll_outs_bars_stand_over_their_years(tmp_path):
    spec = importlib.util.spec_from_file_location("rollout", TOP / "examples/python/rollout.py")
    rollout = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rollout)
    import numpy

    costs = {name: (numpy.full((2, years), 10**11), None) for name, years in (("a", 5), ("b", 1), ("c", 3))}
    rollout.draw([{"province": "x"}, {"province": "y"}], costs, tmp_path)
    schemes, provinces = (pyplot.figure(number).axes[0] for number in pyplot.get_fignums())
    assert centred(schemes, range(1, 6)) and schemes.get_ylim()[0] == provinces.get_xlim()[0] == 0
    assert {height for _, _, height in bars_of(schemes)} == {20.0}  # 2 x 10**11 fen, in 100 million yuan
    assert schemes.get_ylabel() == "100 million yuan"


# Notebooks.


class Tables(html.parser.HTMLParser):
    """Tables of HTML as (caption, rows of cells), and every tag that there is."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.tags = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not any(name.startswith("on") or "color:#" in (value or "") for name, value in attrs)
        if tag == "table":
            self.tables.append(["", []])
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][1][-1].append("")
        self.within = tag

    def handle_data(self, data):
        if self.within == "caption":
            self.tables[-1][0] += data
        else:
            self.tables[-1][1][-1][-1] += data


def tables(made):
    found = Tables(made._repr_html_())
    assert found.tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    for _, rows in found.tables:
        assert {len(row) for row in rows if not row[0].startswith(("and ", "另有"))} == {len(rows[0])}
    return found.tables


def test_an_award_in_a_notebook():
    made = results()["award"]
    (caption, rows), (_, ranges) = tables(made)
    assert "nanchang-2019" in caption and "yuan" in caption
    assert rows[1] == ["2019-12", "2019-12", "1", "18.0000", "household", "1,885", "payable",
                       "33,930.00", "16,965.00", "16,965.00", "0.00", "4.4.1-4"]  # fmt: skip
    assert (
        rows[-1][7:11] == ["1,255,410.00", "627,705.00", "627,705.00", "0.00"]
        and len(rows) == len(made.lines) + 2
    )
    assert ranges[1] == ["in all", "1,255,410.00", "1,628,640.00", "the months that count"]
    failed = NANCHANG_2019.reward(households=10, first="2023-12", last="2024-01", passed=False)
    (_, rows), _ = tables(failed)
    assert rows[1][6] == "the assessment was failed" and rows[1][10] == "60.00"
    assert rows[2][3] == rows[2][4] == "" and rows[2][6] == "outside the reward period"


def test_a_citys_award_in_a_notebook():
    made = results()["city award"]
    (caption, rows), (_, ranges) = tables(made)
    assert f"{made.areas} areas" in caption and f"{made.households:,} households" in caption
    assert rows[1:-1] == [
        [str(one.year), *(f"{amount:,}" for amount in (one.total, one.city, one.district, one.withheld))]
        for one in made.years
    ]
    assert rows[-1][1] == f"{made.total:,}" and ranges[1][2] == f"{made.range.total.greatest:,}"
    unknown = libpilot.City.load({"districts": [], "communities": [], "areas": [{"id": "a"}]})
    assert "of 1 more it is not known" in tables(unknown.award(as_of="2020-02-29"))[0][0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_report_in_a_notebook(lang):
    made = libpilot.check(DATA / "nanchang-2019.json", as_of="2020-02-29", lang=lang)
    (caption, rows), (_, breaches) = tables(made)
    names = libpilot.titles("outcome", lang)
    for outcome, number in made.counts.to_dict().items():
        assert f"{names[outcome]} {number:,}" in caption
    assert "2020-02-29" in caption
    assert rows[1:] == [
        [one.name, *(str(one.counts.to_dict()[outcome]) for outcome in GRAVEST)]
        for one in made.by_community().values()
    ]
    assert [row[:2] for row in breaches[1:]] == [[one.clause, getattr(one, lang)] for one in made.breaches]
    bodies = libpilot.titles("actor", lang)
    assert breaches[1][2].split("、" if lang == "zh" else ", ") == [
        bodies[one] for one in made.breaches[0].who
    ]
    assert len(tables(libpilot.check(communities(1), as_of="2019-01-01"))) == 1  # nothing is breached


def test_a_table_has_so_many_rows_and_says_how_many_more():
    for number, more in ((30, None), (31, "and 1 more"), (1031, "and 1,001 more")):
        rows = tables(libpilot.check(communities(number), as_of="2020-02-29"))[0][1]
        assert len(rows) == 31 + (more is not None) and (rows[-1] == [more]) == (more is not None)
    rows = tables(libpilot.check(communities(32), as_of="2020-02-29", lang="zh"))[0][1]
    assert rows[-1] == ["另有2行"]


def test_a_policy_in_a_notebook():
    ((caption, rows),) = tables(NANCHANG_2019)
    assert NANCHANG_2019.fingerprint in caption and "24 disputed readings, all of them as usual" in caption
    told = {row[0]: row[1:] for row in rows}
    assert told.keys() - {"parameter"} == NANCHANG_2019.to_dict().keys() - {"readings", "name_zh", "name_en"}
    assert told["office_min_area_m2"] == ["120.00", "least area of the property office", "4.2-1"]
    assert told["rates"][0].split("; ")[1] == "12.0000 yuan per household and month, 2022-01 to 2022-12"
    assert told["rounding"][0] == "half up" and told["districts"][0].startswith("东湖区; ")
    (caption, _), (_, readings) = tables(NANCHANG_2019.with_reading(month_rule="calendar_years"))
    assert "1 of them otherwise" in caption
    assert readings[1:] == [["the months that count", "calendar years", "service months", "4.4.1-3"]]


def test_a_diff_in_a_notebook_and_out_of_it():
    reform = NANCHANG_2019.patch(
        {"id": "my_reform", "city_share": "1/3", "rounding": "half_even", "readings": {"gate_mode": "annual"}}
    )
    made = NANCHANG_2019.diff(reform)
    ((caption, rows),) = tables(made)
    assert "4 changed" in caption and reform.fingerprint in caption and NANCHANG_2019.fingerprint in caption
    told = {row[0]: row[1:3] for row in rows[1:]}
    assert told == {
        "id": ["nanchang-2019", "my_reform"],
        "city_share": ["1/2", "1/3"],
        "rounding": ["half up", "half even"],
        "gate_mode": ["once", "annual"],
    }
    assert made == {
        "id": "my_reform",
        "city_share": "1/3",
        "rounding": "half_even",
        "readings": {"gate_mode": "annual"},
    }
    assert (
        isinstance(made, dict)
        and NANCHANG_2019.patch(made) == reform
        and json.loads(json.dumps(made)) == made
    )
    made["x-note"] = EVIL
    again = pickle.loads(pickle.dumps(made))
    assert again == made and again.after == reform and "x-note" in again._repr_html_()
    ((caption, rows),) = tables(NANCHANG_2019.diff(NANCHANG_2019))
    assert "nothing differs" in caption and len(rows) == 1


def test_policies_in_a_notebook():
    made = results()["policies"]
    (_, rows), (_, changes) = tables(made)
    assert rows[0] == ["year", "baseline", CHINESE]
    for year, row in zip(range(2019, 2024), rows[1:]):
        assert row == [str(year), *(f"{made.totals(name)[year]:,}" for name in made.policies)]
    assert rows[-1][1:] == [f"{sum(made.totals(name).values()):,}" for name in made.policies]
    (change,) = made.changes
    assert changes[1] == [
        CHINESE,
        str(change.more),
        f"{change.gained:,}",
        str(change.less),
        f"{change.lost:,}",
        str(change.same),
    ]
    panel = {"households": [1], "d": [EVIL], "first": ["2020-01"], "last": ["2020-12"]}
    grouped = libpilot.compare(panel, NANCHANG_2019, {"same": NANCHANG_2019}, by="d")
    assert tables(grouped)[1][1][1][:2] == ["same", EVIL]
    assert len(tables(libpilot.compare(panel, NANCHANG_2019, {}))) == 1


def test_an_account_in_a_notebook():
    made = results()["account"]
    ((_, rows),) = tables(made)
    assert [row[0] for row in rows[1:]] == ["2019-12", "2020", "2021", "2022", "2023", "2024", "in all"]
    for row, one in zip(rows[1:], (*made.years, made.total)):
        assert (
            row[1] == f"{one.service.collected:,}"
            and row[2] == f"{one.service.reward + one.community.reward:,}"
        )
        assert row[4:6] == [f"{one.service.shortfall:,}", f"{one.community.shortfall:,}"]
    assert rows[1][6:] == ["small profit", "0.3439"] and rows[-1][7] == ""


def test_draws_in_a_notebook():
    made = results()["draws"]
    ((caption, rows),) = tables(made)
    assert "50 draws" in caption and rows[0] == ["year", "5%", "25%", "50%", "75%", "95%"]
    known = made.quantiles(("0.05", "0.25", "0.5", "0.75", "0.95"))
    assert rows[-1] == ["in all", *(f"{one:,}" for one in known[None])]
    assert rows[2] == ["2020", *(f"{one:,}" for one in known[2020])]


def test_a_menu_in_a_notebook():
    (caption, rows), (_, packages) = tables(libpilot.Menu.load(DATA / "menus/foshan-2019.json"))
    assert "from 2019-05-01" in caption and "the lowest grade is the best" in caption
    assert rows[0] == ["service", "kind", "per", *(f"grade {grade}" for grade in range(1, 6))]
    assert rows[4] == ["保洁", "cleaning", "m²", "0.4900", "0.4300", "0.3600", "0.3000", "0.2300"]
    assert packages[1][:2] == [
        "一级综合服务",
        "综合管理 1, 共用部位、共用设施设备维护 1, 公共秩序维护 1, 保洁 1, 绿化养护 1",
    ]
    assert len(tables(libpilot.Menu.load(DATA / "menus/mudanjiang.json"))) == 1


def test_offers_in_a_notebook():
    made = results()["offers"]
    (_, rows), (_, cheapest) = tables(made)
    assert rows[1] == ["甲物业", "foshan-2019", "management 3, cleaning 3, order 3, greening 3",
                       "141,508.97", "1,698,107.63", "1,348,497.24", "1,410.56", "4"]  # fmt: skip
    assert [row[-1] for row in rows[1:]] == [str(one.rank) for one in made.offers]
    assert cheapest[1] == ["shared equipment", "3", "甲物业", "foshan-2019", "3", "0.3000", "m²", "24,972.17"]


def test_what_names_hold_is_shown_and_not_obeyed():
    policy = NANCHANG_2019.patch({"id": EVIL, "name_en": EVIL})
    panel = {"households": [1], "first": ["2020-01"], "last": ["2020-12"]}
    grade = [{"grade": 1, "yuan": "1"}]
    menu = {
        "id": EVIL, "name": EVIL, "best_is_low": True,
        "services": [{"id": EVIL, "name": EVIL, "kind": "other", "per": "month", "grades": grade}],
        "packages": [{"id": EVIL, "items": [{"service": EVIL, "grade": 1}]}],
    }  # fmt: skip
    offer = {"provider": EVIL, "menu": EVIL, "selection": {"package": EVIL}}
    asked = {"day": "2020-01-01", "premises": {}, "menus": [menu], "offers": [offer, offer]}
    account = json.loads((DATA / "accounts/956-households.json").read_text(encoding="utf-8"))
    for made in (
        policy,
        NANCHANG_2019.diff(policy),
        policy.reward(households=1, first="2020-01", last="2020-12"),
        libpilot.check(communities(1), as_of="2020-02-29", policy=policy),
        libpilot.compare(panel, policy, {EVIL: policy}),
        libpilot.Account.load(account).compute(policy=policy),
        libpilot.Menu.load(menu),
        libpilot.comparison(asked),
    ):
        said = [
            text
            for caption, rows in tables(made)
            for text in (caption, *(cell for row in rows for cell in row))
        ]
        assert any(EVIL in text for text in said), made
        assert "<script" not in made._repr_html_()


def test_amounts_are_never_rounded_for_a_notebook():
    whole = NANCHANG_2019.reward(households=10_000_000_000, first="2020-01", last="2020-12")
    assert tables(whole)[0][1][-1][7] == f"{10_000_000_000 * 216:,}.00" == f"{Decimal(whole.total):,}"


def test_a_section_that_a_community_has_nothing_of_is_left_open():
    communities = [{"id": one, "district": "d"} for one in "ab"]
    city = {"districts": [{"id": "d"}], "communities": communities, "areas": [{"id": "x", "communities": ["a"]}]}
    report = libpilot.check(city, as_of="2020-02-29")
    axes = report.plot()
    sections = [
        {libpilot.clause(one.clause).id.partition("-")[0] for one in report.findings if f"communities/{at}" in one.path}
        for at in range(2)
    ]
    assert sections[1]
    sizes = axes.images[0].get_array().shape if axes.images else None
    written = [one.get_text() for one in axes.texts]
    assert sizes is None or len(written) < sizes[0] * sizes[1]
