"""A report as a page: one HTML file that needs nothing beside it and asks nothing of a network."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _pilot
from ._call import words
from ._city import City, CityAward, Finding, outcome_bits
from ._errors import ArgumentError
from ._notice import clause, reading, rule, titles
from ._results import language
from ._values import day_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ._city import Report

_FILES = Path(__file__).parent / "page"
_LANGS = ("zh", "en")  # the order in which everything has its two texts


def _read(name: str) -> Any:
    return json.loads(_text(name))


def _text(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")


# Signs of outcomes, the most pressing first, which stand in fonts of every office; and what the matrix has columns for:
# parts of the notice, by the sections that begin so.
_MARKS = _read("marks.json")
_SIGNS: dict[str, str] = _MARKS["signs"]
_PARTS: dict[str, list[str]] = _MARKS["parts"]

_PICTURED = 40  # communities that a picture has bars for; of more it has the districts


def page(report: Report, lang: str | None) -> str:
    """The page, in both languages; lang is the one that it opens in. Raises ArgumentError (Jinja2 is not there) and
    NotFoundError (no such language)."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from markupsafe import Markup
    except ImportError:
        raise ArgumentError(
            "to_html() needs Jinja2: pip install libpilot[html]",
            message_zh="写网页报告需要Jinja2：pip install libpilot[html]",
        ) from None
    lang = language(report, lang)
    words = _read("words.json")
    style, script = (_text(name) for name in ("report.css", "report.js"))
    environment = Environment(
        loader=FileSystemLoader(_FILES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["chinese"] = lambda text: re.search("[\u3400-\u9fff]", text) is not None
    data = _Data(report)
    rewards = _Rewards(report, data)
    document = report._made()
    outcomes = [
        (code, sign, zh, en, document["counts"][code]) for code, sign, zh, en in data.made["outcomes"]
    ]
    return environment.get_template("report.html.j2").render(
        lang=lang,
        words=words,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=Markup(_island({"lang": lang, "words": words, **data.made})),
        city=data.city_name,
        as_of=_day_texts(report.as_of),
        receipt=report.receipt,
        inputs=document["inputs"],
        outcomes=outcomes,
        total=sum(row[4] for row in outcomes),
        counts=(
            "，".join(f"{row[2]} {row[4]}" for row in outcomes),
            ", ".join(f"{row[3]} {row[4]}" for row in outcomes),
        ),
        summaries=_summaries(report, data),
        rewards=rewards,
    )


def _hash(text: str) -> str:
    """By which the page's own script and style run, and no other that got into it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _island(data: dict[str, Any]) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _day_texts(day: date) -> tuple[str, str]:
    return day_text(day, "zh"), day_text(day, "en")


def part_of(section: str) -> str:
    """The part of the notice that a section is of: ``4.4`` of ``4.4.1``, ``6`` of ``6.1``."""
    return max((one for one in _PARTS if f"{section}.".startswith(f"{one}.")), key=len)


class _Texts:
    """Texts in both languages, each once; the first is that of what is not there."""

    def __init__(self) -> None:
        self.rows: list[Any] = [""]
        self._places: dict[tuple[str, str], int] = {("", ""): 0}

    def __call__(self, zh: str, en: str) -> int:
        if (zh, en) not in self._places:
            self._places[zh, en] = len(self.rows)
            self.rows.append(zh if zh == en else [zh, en])
        return self._places[zh, en]


class _Rows:
    """Rows that findings share, each once."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._places: dict[Any, int] = {}

    def __call__(self, key: Any, make: Callable[[], Any]) -> int:
        if key not in self._places:
            self._places[key] = len(self.rows)
            self.rows.append(make())
        return self._places[key]


class _Data:
    """What the script shows: tables of what findings share, and each finding as a row of places in them."""

    def __init__(self, report: Report) -> None:
        self._report = report
        records = report.city.to_dict()
        self.districts = [(one["id"], one.get("name") or one["id"]) for one in records["districts"]]
        at = {id: place for place, (id, _) in enumerate(self.districts)}
        self.communities = [
            (one["id"], one.get("name") or one["id"], at[one["district"]]) for one in records["communities"]
        ]
        community_at = {id: place for place, (id, _, _) in enumerate(self.communities)}
        # Where an area's findings count: with the first of its communities, as in the report's own summaries.
        self._areas = [
            community_at[one["communities"][0]] if one.get("communities") else -1 for one in records["areas"]
        ]
        self.city_name = records.get("name") or ""
        outcomes = [titles("outcome", lang) for lang in _LANGS]
        actors = [titles("actor", lang) for lang in _LANGS]
        self._texts, self._kinds, self._subjects, self._bodies, self._readings, self._clauses = (
            _Texts(),
            *(_Rows() for _ in range(5)),
        )
        self._codes = list(_SIGNS)
        said = _pilot.report_words(report._native, outcome_bits(*words("outcome")), None, None, None)
        findings = [self._row(finding, words) for finding, words in zip(report.findings, said)]
        every = words("actor")
        used = sorted({body for row in self._bodies.rows for body in row}, key=every.index)
        parts = [part for part in _PARTS if any(row[1] == part for row in self._clauses.rows)]
        clauses = [[*row[:1], parts.index(row[1]), *row[2:]] for row in self._clauses.rows]
        self.made: dict[str, Any] = {
            "asOf": report.as_of.isoformat(),
            "city": self.city_name,
            "outcomes": [[code, sign, *(one[code] for one in outcomes)] for code, sign in _SIGNS.items()],
            "actors": [[code, *(one[code] for one in actors)] for code in used],
            "districts": self.districts,
            "communities": self.communities,
            "parts": [[part, *_PARTS[part]] for part in parts],
            "clauses": clauses,
            "readings": self._readings.rows,
            "kinds": self._kinds.rows,
            "subjects": self._subjects.rows,
            "bodies": [[used.index(body) for body in row] for row in self._bodies.rows],
            "texts": self._texts.rows,
            "findings": findings,
        }

    def _row(self, finding: Finding, words: tuple[str, ...]) -> list[Any]:
        """As the script reads it; what is 0 at its end is left out."""
        texts = self._texts
        subject, found, required, who, missing = (texts(*words[at : at + 2]) for at in range(0, 10, 2))
        row = [
            self._kind(finding),
            self._subjects(finding.path, lambda: self._subject(subject, finding.path)),
            self._codes.index(finding.outcome),
            found,
            required,
            self._day(finding.due),
            missing,
            self._bodies(finding.who, lambda: finding.who) + 1 if finding.who else 0,
            who,
            texts(finding.next_zh or "", finding.next_en or ""),
            self._day(finding.notice_due),
            self._day(finding.since),
            finding.days_late or 0,
            self._cell(words[10]),
            *(self._reading(one) + 1 for one in finding.readings),
        ]
        while not row[-1]:
            row.pop()
        return row

    def _kind(self, finding: Finding) -> int:
        def made() -> list[Any]:
            own = rule(finding.rule)
            return [own.zh, own.en, self._clause(finding.clause), finding.law or ""]

        return self._kinds((finding.rule, finding.clause), made)

    def _clause(self, id: str) -> int:
        def made() -> list[Any]:
            one = clause(id)
            return [one.id, part_of(one.section), one.ref, one.zh, one.en]

        return self._clauses(id, made)

    def _reading(self, name: str) -> int:
        def made() -> list[Any]:
            one = reading(name)
            return [one.name, one.title_zh, one.title_en, one.question_zh, one.question_en]

        return self._readings(name, made)

    def _subject(self, name: int, path: str) -> list[int]:
        return [name, *self._place(path), self._cell(path)]

    def _day(self, day: date | None) -> int:
        return 0 if day is None else self._texts(*_day_texts(day))

    def _cell(self, path: str) -> int:
        place = self._report.city.place(path) if path else None
        return 0 if place is None else self._texts(str(place), str(place))

    def _place(self, path: str) -> tuple[int, int]:
        """The district and the community that a path lies in; -1 for none."""
        steps = path.split("/")[1:]
        if len(steps) < 2:
            return -1, -1
        at = int(steps[1])
        if steps[0] == "districts":
            return at, -1
        at = at if steps[0] == "communities" else self._areas[at]
        return (self.communities[at][2], at) if at >= 0 else (-1, -1)


def _summaries(report: Report, data: _Data) -> list[tuple[str, list[int], bool]]:
    """For pages without a script: name, counts by outcome, whether it is a district."""
    made: list[tuple[str, list[int], bool]] = []
    districts, communities = report.by_district(), report.by_community()
    for place, (id, name) in enumerate(data.districts):
        made.append((name, _by_sign(districts[id].counts.to_dict()), True))
        for own, own_name, district in data.communities:
            if district == place:
                made.append((own_name, _by_sign(communities[own].counts.to_dict()), False))
    return made


def _by_sign(counts: dict[str, int]) -> list[int]:
    return [counts[code] for code in _SIGNS]


class _RewardRow:
    """A line of the table of rewards. kind: ``community``, ``district`` or ``city``."""

    def __init__(self, name: str, kind: str, award: CityAward, notes: list[int]) -> None:
        self.name = name
        self.kind = kind
        self.award = award
        self.notes = notes  # numbers of the readings that move it


class _Rewards:
    """The awards of each community, district and the city, under the policy and over the readings."""

    def __init__(self, report: Report, data: _Data) -> None:
        self._moving: list[str] = []
        records = report.city.to_dict()

        def award(city: City, community: str | None = None) -> CityAward:
            return city.award(as_of=report.as_of, policy=report.policy, community=community)

        def row(name: str, kind: str, made: CityAward) -> _RewardRow:
            return _RewardRow(name, kind, made, self._notes(made.range.total.moved_by))

        self.groups: list[list[_RewardRow]] = []
        for place, (_, name) in enumerate(data.districts):
            rows = [
                row(own_name, "community", award(report.city, own))
                for own, own_name, district in data.communities
                if district == place
            ]
            self.groups.append([*rows, row(name, "district", award(_of_district(records, data, place)))])
        self.city = row("", "city", award(report.city))
        self.years = [one.year for one in self.city.award.years]
        every = [one for group in self.groups for one in group]
        self.without_area = any(one.award.areas + one.award.areas_unknown == 0 for one in every)
        self.areas_unknown = self.city.award.areas_unknown > 0
        self.notes = [(number + 1, reading(name)) for number, name in enumerate(self._moving)]
        of_communities = len(data.communities) <= _PICTURED
        self.pictured = "of_communities" if of_communities else "of_districts"
        self.picture = _Picture(
            [
                one
                for group in self.groups
                for one in (group[:-1] if of_communities else group[-1:])
                if one.award.areas
            ]
        )

    def _notes(self, names: Iterable[str]) -> list[int]:
        for name in names:
            if name not in self._moving:
                self._moving.append(name)
        return [self._moving.index(name) + 1 for name in names]

    @staticmethod
    def amount(value: Decimal) -> str:
        return f"{value:,}"


def _of_district(records: dict[str, Any], data: _Data, place: int) -> City:
    """The city of one district's areas: an area counts where the first of its communities is."""
    district = {id: at for id, _, at in data.communities}
    areas = [
        one for one in records["areas"] if one.get("communities") and district[one["communities"][0]] == place
    ]
    named = {id for one in areas for id in one["communities"]}
    communities = [
        one for one in records["communities"] if district[one["id"]] == place or one["id"] in named
    ]
    return City({**records, "areas": areas, "communities": communities})


class _Bar:
    """A row of the picture, in its units: where its parts lie."""

    def __init__(self, row: _RewardRow, y: int, of: Any) -> None:
        award = row.award
        self.name = row.name
        self.y = y
        self.label = f"{award.total:,}"
        self.city = of(award.city)
        self.total = of(award.total)
        self.withheld = of(award.total + award.withheld)
        self.least, self.greatest = of(award.range.total.least), of(award.range.total.greatest)
        self.end = max(self.withheld, self.greatest)


class _Picture:
    """Bars from 0, one below the other, with an axis in 万元."""

    LEFT, WIDTH, ROW, TOP = 120, 620, 26, 26
    RIGHT = 130  # for the amounts

    def __init__(self, rows: list[_RewardRow]) -> None:
        most = max(
            (max(one.award.total + one.award.withheld, one.award.range.total.greatest) for one in rows),
            default=Decimal(0),
        )
        step = _step(most / 10000)
        top = (int(most / 10000 / step) + 1) * step if most else step

        def of(value: Decimal) -> float:
            return float(round(value / 10000 / top * self.WIDTH, 1))

        self.bars = [_Bar(row, self.TOP + place * self.ROW, of) for place, row in enumerate(rows)]
        self.ticks = [(str(at), of(at * 10000)) for at in _until(step, top)]
        self.height = self.TOP + len(rows) * self.ROW + 8
        self.width = self.LEFT + self.WIDTH + self.RIGHT


def _step(most: Decimal) -> Decimal:
    """A round distance between ticks, of which there are six at most."""
    step = Decimal(1)
    while step * 6 < most:
        step = step * 2 if str(step)[0] in "15" else step / 2 * 5
    return step


def _until(step: Decimal, top: Decimal) -> list[Decimal]:
    return [step * place for place in range(int(top / step) + 1)]
