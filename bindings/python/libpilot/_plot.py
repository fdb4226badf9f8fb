"""Pictures of results: bars that begin at 0 and stand over their years, amounts in the unit that their axis names,
and no character that the fonts at hand lack."""

from __future__ import annotations

import textwrap
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _pilot
from ._call import words
from ._errors import ArgumentError
from ._notice import _listed, reading, titles
from ._policy import _UNITS
from ._values import EXACT, from_json, one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ._account import AccountResult, AccountRow
    from ._city import CityAward, Report
    from ._documents import Comparison
    from ._draw import Draws
    from ._notice import Clause
    from ._policy import Award, Rate
    from ._panel import Sensitivity
    from ._simulate import PolicyComparison

    Part = tuple[str, Mapping[int, Decimal]]

# Families of fonts that have Chinese, by the beginnings of their names, the plainest first.
_CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "SimHei",
    "STHeiti",
    "WenQuanYi",
    # A collection of which matplotlib reads the first font only, which has the characters for all.
    "Noto Sans CJK",
    "Source Han Sans",
    "Noto Serif CJK",
    "Source Han Serif",
    "Songti SC",
    "SimSun",
    "FangSong",
    "KaiTi",
    "STSong",
    "AR PL",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)
_SAMPLE = "奖补缺口亿万元"


def _modules() -> tuple[Any, Any]:
    try:
        from matplotlib import font_manager, pyplot
    except ImportError:
        raise ArgumentError(
            "plot() needs matplotlib: pip install libpilot[plot]",
            message_zh="画图需要matplotlib：pip install libpilot[plot]",
        ) from None
    return pyplot, font_manager


def _chinese_family(fonts: Any) -> str | None:
    """The name of a font that has Chinese; None where there is none."""
    found = _listed_family(fonts)
    if found is None:
        # matplotlib's list is as old as its cache, and fonts may have come since.
        known = {str(one.fname) for one in fonts.fontManager.ttflist}
        for path in fonts.findSystemFonts():
            if path not in known:
                try:
                    fonts.fontManager.addfont(path)
                except (OSError, RuntimeError):  # a font that it cannot use
                    continue
        found = _listed_family(fonts)
    return found


def _listed_family(fonts: Any) -> str | None:
    names = sorted({one.name for one in fonts.fontManager.ttflist})
    for wanted in _CHINESE_FONTS:
        for name in names:
            if name.startswith(wanted) and _has(fonts, [name], _SAMPLE):
                return str(name)
    return None


def _has(fonts: Any, families: Iterable[str], text: str) -> bool:
    """Whether one of the families has each of the text's characters."""
    faces = [fonts.get_font(fonts.findfont(fonts.FontProperties(family=[one]))) for one in families]
    return all(any(face.get_char_index(ord(one)) for face in faces) for one in text)


class _Unit(NamedTuple):
    """What amounts are told in: yuan with so many digits less, the same in both languages."""

    digits: int
    en: str
    zh: str


_MONEY = (_Unit(8, "100 million yuan", "亿元"), _Unit(4, "10,000 yuan", "万元"), _Unit(0, "yuan", "元"))
_TICKS_MOST = 12  # years that are written out
_NAME_WIDTH = 24  # columns of a line of a name
_HATCHES = ("", "///", "...", "xxx", "\\\\\\", "---")


class _Picture:
    """matplotlib's axes, and what all pictures share: the language, its font, the unit, titles and legends."""

    def __init__(self, axes: Any, lang: str, size: tuple[float, float] = (7.0, 4.0)) -> None:
        """size: of the figure in inches, where axes is None."""
        one_of(lang, words("lang"), "/lang")
        pyplot, self._fonts = _modules()
        own = self._fonts.FontProperties().get_family()
        chinese = None if _has(self._fonts, own, _SAMPLE) else _chinese_family(self._fonts)
        self._families = [*own, *([chinese] if chinese else [])]
        self.zh = lang == "zh" and self._readable(_SAMPLE)
        # Of each text by itself, as rcParams are everybody's; and a name may hold what TeX would read.
        self.font: dict[str, Any] = {"fontfamily": self._families, "parse_math": False}
        self.axes = axes if axes is not None else pyplot.subplots(figsize=size, layout="constrained")[1]
        self.ink = pyplot.rcParams["text.color"]  # black, but on a dark ground
        self._unit = _MONEY[-1]

    def __call__(self, en: str, zh: str) -> str:
        return zh if self.zh else en

    def _readable(self, text: str) -> bool:
        return _has(self._fonts, self._families, text)

    def known(self, *names: str | None, lines: int = 3) -> str | None:
        """The first of the names that can be read, in so many lines at most; None where there is none."""
        for one in names:
            text = " ".join((one or "").split())
            if text and self._readable(text):
                return "\n".join(_lines(text, lines))
        return None

    def title(self, en: str, zh: str) -> None:
        self.axes.set_title(self(en, zh), **self.font)

    def money(self, amounts: Iterable[Decimal]) -> str:
        """Chooses the unit by the greatest of the amounts, and says which it is."""
        greatest = max(amounts, default=Decimal(0))
        self._unit = next((one for one in _MONEY if greatest >= 10**one.digits), _MONEY[-1])
        return self(self._unit.en, self._unit.zh)

    def of(self, amount: Decimal) -> float:
        """An amount in the unit, which a float is good enough for where it is looked at."""
        return float(amount.scaleb(-self._unit.digits, EXACT))

    def yuan(self, amount: Decimal) -> str:
        return self(f"{amount:,} yuan", f"{amount:,}元")

    def from_zero(self, axis: str) -> None:
        """The axis of amounts begins at 0, and its numbers have their thousands apart."""
        of_axis = self.axes.yaxis if axis == "y" else self.axes.xaxis
        of_axis.set_major_formatter("{x:,.10g}")
        (self.axes.set_ylim if axis == "y" else self.axes.set_xlim)(0)

    def legend(self, handles: Sequence[Any], labels: Sequence[str], **other: Any) -> None:
        """With labels as they are: matplotlib of earlier years leaves out those that begin with an underscore."""
        made = self.axes.legend(
            handles, ["-"] * len(labels), prop={"family": self._families}, alignment="left", **other
        )
        for text, label in zip(made.get_texts(), labels):
            text.set(text=label, **self.font)
        made.get_title().set(**self.font)

    def bars(self, stacks: Sequence[Sequence[Part]], **legend: Any) -> None:
        """For each year a bar of each stack, those that are not 0 side by side with the year in their middle; the
        amounts of a stack's parts one above the other."""
        years = sorted({year for stack in stacks for _, amounts in stack for year in amounts})
        sums = [
            {year: sum((amounts.get(year, Decimal(0)) for _, amounts in stack), Decimal(0)) for year in years}
            for stack in stacks
        ]
        label = self.money(amount for one in sums for amount in one.values())
        width = 0.8 / len(stacks)
        handles: list[Any] = []
        labels: list[str] = []
        for number, stack in enumerate(stacks):
            at = []
            for year in years:
                shown = [place for place, one in enumerate(sums) if one[year]]
                own = shown.index(number) - (len(shown) - 1) / 2 if number in shown else 0
                at.append(year + own * width)
            below = dict.fromkeys(years, Decimal(0))
            for name, amounts in stack:
                heights = [self.of(amounts.get(year, Decimal(0))) for year in years]
                bottoms = [self.of(below[year]) for year in years]
                hatch = _HATCHES[len(handles) % len(_HATCHES)]
                bars = self.axes.bar(at, heights, width, bottoms, hatch=hatch, edgecolor="white", linewidth=0)
                handles.append(bars)
                labels.append(name)
                below = {year: below[year] + amounts.get(year, Decimal(0)) for year in years}
        self.axes.set_ylabel(label, **self.font)
        self.axes.set_xticks(years[:: -(-len(years) // _TICKS_MOST)])
        self.axes.set_xlabel(self("year", "年份"), **self.font)
        self.axes.margins(y=0.15)
        self.from_zero("y")
        self.legend(handles, labels, **legend)


def _lines(text: str, most: int) -> list[str]:
    """Of a name. A Chinese character is as wide as two others."""
    wide = sum(ord(one) > 0x2E7F for one in text) * 2 > len(text)
    width = _NAME_WIDTH // 2 if wide else _NAME_WIDTH
    lines = textwrap.wrap(text, width)
    if len(lines) > most:
        lines[most - 1 :] = [lines[most - 1][: width - 3] + "..."]
    return lines


def award(made: Award, axes: Any, lang: str) -> Any:
    return _award(_Picture(axes, lang, (7.0, 3.2)), made, made.range())


def city_award(made: CityAward, axes: Any, lang: str) -> Any:
    return _award(_Picture(axes, lang, (7.0, 3.2)), made, made.range)


def _award(picture: _Picture, made: Any, over: Any) -> Any:
    rows = [
        (picture("in all", "合计"), made.total, over.total),
        (picture("city", "市级"), made.city, over.city),
        (picture("district", "区级"), made.district, over.district),
    ]
    unit = picture.money(one.greatest for _, _, one in rows)
    axes = picture.axes
    places = range(len(rows))
    axes.barh(places, [picture.of(amount) for _, amount, _ in rows], 0.5)
    lengths = [
        [picture.of(amount - one.least) for _, amount, one in rows],
        [picture.of(one.greatest - amount) for _, amount, one in rows],
    ]
    ends = [picture.of(amount) for _, amount, _ in rows]
    axes.errorbar(ends, places, xerr=lengths, fmt="none", ecolor=picture.ink, capsize=6)
    labels = []
    for name, amount, one in rows:
        span = f"{one.least:,}" if one.least == one.greatest else f"{one.least:,} – {one.greatest:,}"
        labels.append(f"{name}: {picture.yuan(amount)}\n{picture('range', '区间')} {span}")
    axes.set_yticks(places, labels, **picture.font)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    moved = dict.fromkeys(name for _, _, one in rows for name in one.moved_by)
    by = picture(", ", "、").join(picture(reading(name).title_en, reading(name).title_zh) for name in moved)
    note = picture("no reading moves it", "与读法无关")
    if moved:
        note = picture(f"line: over the readings of {by}", f"线段：取决于读法（{by}）")
    axes.set_xlabel("\n".join([unit, *textwrap.wrap(note, 35 if picture.zh else 70)]), **picture.font)
    axes.margins(x=0.05)
    picture.from_zero("x")
    picture.title("Reward in place of subsidy (4.4.1)", "以奖代补（4.4.1）")
    return axes


def account(made: AccountResult, axes: Any, lang: str) -> Any:
    picture = _Picture(axes, lang, (8.0, 4.2))
    rows = {int(row.first[:4]): row for row in made.years}
    reward = {year: row.service.reward + row.community.reward for year, row in rows.items()}
    community = {year: row.community.shortfall for year, row in rows.items()}
    service = {year: row.service.shortfall for year, row in rows.items()}
    picture.bars(
        [
            [(picture("reward", "奖补"), reward)],
            [
                (picture("the community lacks", "社区工作缺口"), community),
                (picture("the service lacks", "物业服务缺口"), service),
            ],
        ]
    )
    ticks = [round(one) for one in picture.axes.get_xticks()]
    labels = [f"{_months(rows[year])}\n{_rates(rows[year], made.rates)}" for year in ticks]
    picture.axes.set_xticks(ticks, labels, **picture.font)
    units = dict.fromkeys(_UNITS[one.per] for one in made.rates)
    per = picture(" or ".join(en for en, _ in units), "或".join(zh for _, zh in units))
    picture.axes.set_xlabel(
        picture(f"year, and the reward's rate: yuan per {per} and month", f"年份，以及奖补标准：元/{per}·月"),
        **picture.font,
    )
    picture.title("What is lacking as the reward falls", "奖补退坡后的资金缺口")
    return picture.axes


def _months(row: AccountRow) -> str:
    """A year, with the months of it where they are not all."""
    first, last = int(row.first[5:]), int(row.last[5:])
    if (first, last) == (1, 12):
        return row.first[:4]
    return row.first if first == last else f"{row.first}–{last:02d}"


def _rates(row: AccountRow, rates: Sequence[Rate]) -> str:
    """The rates in these months; 0 where there is none (4.4.1-3)."""
    found = [
        f"{one.yuan.normalize(EXACT):f}" for one in rates if one.first <= row.last and row.first <= one.last
    ]
    return ", ".join(found) or "0"


def policy_comparison(made: PolicyComparison, axes: Any, lang: str) -> Any:
    picture = _Picture(axes, lang)
    names = [picture.known(name) for name in made.policies]
    numbered = [picture(f"policy {number}", f"政策{number}") for number in range(1, len(names) + 1)]
    note = (
        picture("numbered: no font has the name", "编号者：没有字体可显示其名称") if None in names else None
    )
    picture.bars(
        [
            [(known or number, made.totals(name))]
            for name, known, number in zip(made.policies, names, numbered)
        ],
        title=note,
    )
    picture.title("Reward by year under each policy", "各政策下的奖补（按年）")
    return picture.axes


def comparison(made: Comparison, axes: Any, lang: str) -> Any:
    picture = _Picture(axes, lang, (8.0, 1.4 + 0.6 * len(made.offers)))
    unit = picture.money(one.quote.year for one in made.offers)
    names = []
    for number, one in enumerate(made.offers, 1):
        provider = picture.known(one.provider)
        first = picture(f"offer {number}", f"报价{number}")
        names.append("\n".join(filter(None, [
            picture(f"{first}: {provider}", f"{first}：{provider}") if provider else first,
            picture.known(one.quote.menu),
        ])))  # fmt: skip
    places = range(len(names))
    bars = picture.axes.barh(places, [picture.of(one.quote.year) for one in made.offers], 0.6)
    said = [
        picture.yuan(one.quote.year)
        + (picture(f"\n{one.year_more:,} more", f"\n多{one.year_more:,}元") if one.year_more else "")
        for one in made.offers
    ]
    picture.axes.bar_label(bars, said, padding=4, **picture.font)
    picture.axes.set_yticks(places, names, **picture.font)
    picture.axes.invert_yaxis()
    picture.axes.margins(x=0.4)  # room for what is written beside the bars
    picture.from_zero("x")
    picture.axes.set_xlabel(picture(f"{unit} a year", f"{unit}/年"), **picture.font)
    picture.title(f"Offers on {made.day}", f"{made.day}的报价")
    return picture.axes


_BINS = 40


def sensitivity_title(name: str, lang: str = "en") -> str:
    """What to call a reading, and a parameter by its key."""
    if "/" in name or name not in {one.name for one in _listed("READINGS")}:
        return name
    return reading(name).title_zh if lang == "zh" else reading(name).title_en


def draws(made: Draws, axes: Any, lang: str) -> Any:
    picture = _Picture(axes, lang)
    sums = [sum(row) for row in made.total.tolist()]  # in fen, exact
    marks = dict(zip(("5%", "50%", "95%"), made.quantiles()[None]))
    least, most = min(sums), max(sums)
    # So wide that the axis can tell one from the next, where nothing is uncertain.
    step = max((most - least) // _BINS + 1, most // 1000, 1)
    bins = (most - least) // step + 1
    start = (least + most - step * bins) // 2
    counts = Counter((one - start) // step for one in sums)
    unit = picture.money([Decimal(most).scaleb(-2, EXACT)])

    def at(one: int) -> float:
        return picture.of(Decimal(one).scaleb(-2, EXACT))

    picture.axes.bar(
        [at(start + step * place) for place in counts],
        list(counts.values()),
        at(step),
        align="edge",
        color="0.7",
    )
    lines = [
        picture.axes.axvline(picture.of(amount), color=picture.ink, linestyle=style)
        for amount, style in zip(marks.values(), (":", "-", "--"))
    ]
    picture.axes.margins(x=0.05, y=0.4)  # room for the legend above
    picture.axes.xaxis.set_major_formatter("{x:,.10g}")
    picture.from_zero("y")
    label = picture(f"total of all years, {unit}", f"各年合计，{unit}")
    if picture.axes.get_xlim()[0] > 0:
        label += picture(" (the axis does not begin at 0)", "（横轴不从0起）")
    lines_of = [label]
    if made.known_sources:
        told = picture(", ", "、").join(
            f"{picture(one.title_en, one.title_zh)} {one.alone:.0%}" for one in made.known_sources
        )
        note = picture(f"of the spread: {told}", f"离散来源：{told}")
        lines_of += textwrap.wrap(note, 35 if picture.zh else 70)
    picture.axes.set_xlabel("\n".join(lines_of), **picture.font)
    picture.axes.set_ylabel(picture("draws", "抽样次数"), **picture.font)
    number = len(sums)
    picture.title(f"{number:,} draws (seed {made.seed})", f"{number:,}次抽样（种子{made.seed}）")
    picture.legend(lines, [f"{share}: {picture.yuan(amount)}" for share, amount in marks.items()])
    return picture.axes


_BARS_MOST = 15


def sensitivity(made: Sensitivity, axes: Any, of: str, lang: str) -> Any:
    spreads = made.spreads(of)
    shown = [one for one in spreads if one[1] != one[2]][:_BARS_MOST]
    picture = _Picture(axes, lang, (8.0, 1.8 + 0.42 * max(len(shown), 1)))
    base = getattr(made, of)
    unit = picture.money((base, *(greatest for _, _, greatest in shown)))
    axes = picture.axes
    places = range(len(shown))
    start = picture.of(base)
    for ends, color in (
        ([least for _, least, _ in shown], "#4393c3"),
        ([greatest for _, _, greatest in shown], "#d6604d"),
    ):
        axes.barh(places, [picture.of(one) - start for one in ends], 0.6, left=start, color=color)
    labels = []
    for name, least, greatest in shown:
        title = picture(sensitivity_title(name), sensitivity_title(name, "zh"))
        titled = picture.known(title) or name
        labels.append(f"{titled}\n{least:,} – {greatest:,}")
    axes.set_yticks(places, labels, fontsize="small", **picture.font)
    axes.set_ylim(max(len(shown), 1) - 0.5, -0.5)
    axes.axvline(start, color=picture.ink)
    axes.xaxis.set_major_formatter("{x:,.10g}")
    names = {
        "total": ("total", "合计"),
        "city": ("city's part", "市级"),
        "district": ("districts' part", "区级"),
    }
    what = picture(*names[of])
    label = picture(f"{what}, {unit}; as the policy is: {base:,}", f"{what}，{unit}；现行政策：{base:,}元")
    if axes.get_xlim()[0] > 0:
        label += picture("\n(the axis does not begin at 0)", "（横轴不从0起）")
    axes.set_xlabel(label, **picture.font)
    left = len(spreads) - len(shown)
    more = picture(f", {left} more move it less", f"，另有{left}项影响更小") if left else ""
    picture.title(f"One setting changed at a time{more}", f"逐项改变时的影响{more}")
    return axes


_COMMUNITIES_MOST = 60
# From the gravest: the letter, the colour of the cell and that of the letter. They differ in lightness as well.
_MARKS = {
    "breach": ("B", "不", "#b2182b", "white"),
    "unknown": ("?", "缺", "#f4a582", "black"),
    "pending": ("P", "未", "#92c5de", "black"),
    "info": ("i", "提", "#d1e5f0", "black"),
    "met": ("M", "符", "#f0f4ea", "black"),
    "not_applicable": ("–", "–", "#ffffff", "black"),
}


def report(made: Report, axes: Any, lang: str) -> Any:
    every = list(made.by_community().values())
    shown = every[:_COMMUNITIES_MOST]
    found = [_by_section(made, one.id) for one in shown]
    sections = sorted(
        {section for one in found for section in one}, key=lambda one: list(map(int, one.split(".")))
    )
    picture = _Picture(axes, lang, (3.4 + 0.42 * len(sections), 1.6 + 0.3 * len(shown)))
    _matrix(picture, [[one.get(section) for section in sections] for one in found])
    names = [
        picture.known(one.name, one.id, lines=1) or picture(f"community {number}", f"社区{number}")
        for number, one in enumerate(shown, 1)
    ]
    picture.axes.set_yticks(range(len(shown)), names, **picture.font)
    picture.axes.set_xticks(
        range(len(sections)), [_section(picture, one) for one in sections], **picture.font
    )
    picture.axes.set_xlabel(picture("section of the notice", "方案条款"), **picture.font)
    number, all_ = len(shown), len(every)
    en, zh = f"Outcomes as of {made.as_of}", f"截至{made.as_of}的结论"
    if number < all_:
        en, zh = f"{en}: the first {number} of {all_} communities", f"{zh}：{all_}个社区中的前{number}个"
    picture.title(en, zh)
    return picture.axes


def _matrix(picture: _Picture, rows: Sequence[Sequence[Counter[str] | None]]) -> None:
    """Of each cell the gravest outcome, and how many findings have it where something may be to do."""
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Patch

    backs = [[(0.0, 0.0, 0.0, 0.0) for _ in row] for row in rows]
    for y, row in enumerate(rows):
        for x, outcomes in enumerate(row):
            if not outcomes:
                continue
            worst = next(outcome for outcome in _MARKS if outcomes[outcome])
            en, zh, back, fore = _MARKS[worst]
            backs[y][x] = to_rgba(back)
            said = picture(en, zh) + ("" if worst in ("met", "not_applicable") else f" {outcomes[worst]}")
            picture.axes.text(x, y, said, color=fore, ha="center", va="center", size="small", **picture.font)
    height, width = max(len(rows), 1), max(map(len, rows), default=1)
    if rows:
        picture.axes.imshow(backs, aspect="auto")
    line = {"color": "0.6", "linewidth": 0.5}
    picture.axes.hlines([one - 0.5 for one in range(1, height)], -0.5, width - 0.5, **line)
    picture.axes.vlines([one - 0.5 for one in range(1, width)], -0.5, height - 0.5, **line)
    picture.axes.set_xlim(-0.5, width - 0.5)
    picture.axes.set_ylim(height - 0.5, -0.5)
    names = titles("outcome", "zh" if picture.zh else "en")
    picture.legend(
        [Patch(facecolor=back, edgecolor="0.6") for _, _, back, _ in _MARKS.values()],
        [f"{picture(en, zh)}  {names[outcome]}" for outcome, (en, zh, _, _) in _MARKS.items()],
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
    )


def _by_section(made: Report, community: str) -> dict[str, Counter[str]]:
    """How many findings of a community have which outcome, by the section of their clause."""
    sections = {one.id: one.section for one in _clauses()}
    found: dict[str, Counter[str]] = {}
    for one in from_json(_pilot.report_part(made._native, 0, None, None, community, False))["findings"]:
        found.setdefault(sections[one["clause"]], Counter())[one["outcome"]] += 1
    return found


def _clauses() -> Iterable[Clause]:
    from ._notice import Clause

    return (one for one in _listed("CLAUSES") if isinstance(one, Clause))


def _section(picture: _Picture, section: str) -> str:
    """In Chinese as the notice writes it, 四(二), in two lines."""
    found = next(one for one in _clauses() if one.section == section)
    return picture(section, found.ref.partition("-")[0].replace("(", "\n("))
