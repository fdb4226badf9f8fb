"""What a city knows about its pilots, and the report that holds the notice's rules against it."""

from __future__ import annotations

from decimal import Decimal

from . import _pilot, _tables
from ._call import call, words
from ._notice import titled
from ._policy import NANCHANG_2019, AwardRange, Policy, Receipt, native, range_of, receipt_of
from ._values import Value, day, day_of, fields, from_json, indented, made_of, one_of, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from os import PathLike
    from pathlib import Path
    from typing import Any, Union

    from typing_extensions import TypeAlias

    from ._needed import Needed
    from ._tables import CellProblem, Place, Source, Table
    from ._values import Day, Document

    Found: TypeAlias = Union[int, str, tuple[str, ...], None]


class AwardYear(Value):
    """A calendar year of a city's awards, in yuan."""

    year: int
    total: Decimal
    city: Decimal
    district: Decimal
    withheld: Decimal


class CityAward(Value):
    """The awards of several areas together, in yuan. areas: how many are in the sum; areas_unknown: how many
    are not, for want of an entry by the day, of a count or of their communities. households, area (m²),
    communities: of those in it. years: from the policy's first rate to its last. range: over the readings."""

    total: Decimal
    city: Decimal
    district: Decimal
    withheld: Decimal
    areas: int
    areas_unknown: int
    households: int
    area: Decimal
    communities: int
    years: tuple[AwardYear, ...]
    range: AwardRange

    def plot(self, ax: Any = None, *, lang: str = "en") -> Any:
        """The awards and their two parts as bars, each with its range over the readings; arguments as of Award.plot."""
        from ._plot import city_award

        return city_award(self, ax, lang)

    def _repr_html_(self) -> str:
        from ._html import city_award

        return city_award(self)


class Step(Value):
    """A step of an area's way through part five. state: ``done``, ``open``, ``overdue``, ``not_recorded`` or
    ``not_needed``. due: by the policy. days_late: done or still open after it. actor: who has to act."""

    name: str
    zh: str
    en: str
    state: str
    state_zh: str
    state_en: str
    done_on: date | None
    due: date | None
    days_late: int
    actor: str | None
    clause: str | None


class Timeline(Value):
    """An area's steps, in the order in which they have to happen. next: the first that is neither done nor not
    needed; None where there is none."""

    steps: tuple[Step, ...]
    next: Step | None


def _step(row: dict[str, Any]) -> Step:
    name, state = row["milestone"], row["state"]
    zh, en = titled("milestone")[name]
    state_zh, state_en = titled("milestone_state")[state]
    return Step(
        name,
        zh,
        en,
        state,
        state_zh,
        state_en,
        day_of(row.get("done_on")),
        day_of(row.get("due")),
        row.get("days_late", 0),
        row.get("actor"),
        row.get("clause"),
    )


class City:
    """A city file: what a city knows about its pilots. It never changes; compared by value and pickled.

    >>> city = City.from_tables({"districts": [{"id": "360102", "name": "东湖区"}],
    ...     "communities": [{"id": "c1", "district": "东湖区", "offices": None}],
    ...     "areas": [{"id": "a1", "communities": ["c1"], "households": 120, "steps.entry": "2019-12-05"}],
    ...     "assessments": [{"communities": "c1", "year": 2019, "result": "passed"}]})
    >>> city.award(as_of="2023-12-31").total, city.timeline("a1", as_of="2020-01-31").next.name
    (Decimal('79920.00'), 'survey')
    >>> city.to_tables()["areas"][0]["households"], str(city.place("/areas/0/households"))
    (120, 'areas!C2')
    >>> City.load(city.to_json()) == city, city.to_dict()["areas"][0]["id"]
    (True, 'a1')
    """

    __slots__ = ("_native", "_table")

    def __init__(self, document: Document) -> None:
        """A path, JSON text or bytes, or a dict, as ``libpilot.schema("city")`` describes it; or a workbook (.xlsx,
        .xls, .ods), its bytes, or a CSV, whose sheets and columns are called as those of a template are. What is not
        in it is not known. Raises the Error of whatever is wrong with it, with its place."""
        self._table: Table | None = None
        text, name = text_of(document)
        if _tables.is_workbook(text, name):
            self._read(_tables.of_files([text], [name]))
        else:
            self._native = made_of(_pilot.City, document, text, name, "city")

    def _read(self, table: Table) -> None:
        self._table = table
        self._native = table.city()

    @classmethod
    def load(cls, document: Document) -> City:
        """The city of a path, JSON text or bytes, or a dict; of a workbook or a CSV as well. Raises the Error of the
        first that is wrong with it, with all ``problems``.

        >>> City.load({"districts": [{"id": "360102"}], "communities": [], "areas": [{"id": "a", "communities": ["c"]}]})
        Traceback (most recent call last):
        libpilot._errors.DanglingIdError: /areas/0/communities/0: no record of "communities" has the id "c"
        """
        return cls(document)

    @classmethod
    def from_files(cls, sources: Sequence[Source], names: Sequence[str] = ()) -> City:
        """Workbooks and CSV files, read together as if all their sheets were in one: rows of one kind of record may
        stand in several. A CSV has one sheet, which is called as its file. sources: paths, or the bytes of files;
        names: what problems call them, their paths where there are none. Raises the Error of the first problem, with
        all ``problems``."""
        return cls._of(_tables.of_files(sources, names))

    @classmethod
    def from_tables(cls, tables: Mapping[str, Any]) -> City:
        """Tables under the names of their sheets: pandas or Polars DataFrames, PyArrow Tables, dicts of arrays or
        lists of dicts. Names and columns are keys, or titles as people write them (``city.to_tables("zh")``), in any
        order; a list, such as an area's communities, is a list of ids. Raises as from_files does.

        >>> city = City.from_tables({"communities": [{"id": "c1", "district": "东湖区", "name": "甲社区"}],
        ...                          "areas": [{"id": "a1", "communities": ["c1"], "households": 120}]})
        >>> city.to_dict()["areas"][0]["households"], str(city.place("/areas/0/households"))
        (120, 'areas!C2')
        """
        return cls._of(_tables.of_tables(tables))

    @classmethod
    def _of(cls, table: Table) -> City:
        made = cls.__new__(cls)
        made._read(table)
        return made

    def to_tables(self, form: str = "keys") -> dict[str, list[dict[str, Any]]]:
        """Its records as lists of dicts under the names of their sheets, of which from_tables makes the same city.
        form: of names, columns and words: ``keys``, ``zh`` or ``en``. A value is text, a whole number, a Decimal, a
        date, or None where nothing is known. Raises NotFoundError (another form)."""
        return _tables.tables_of(self._native, form)

    def to_excel(self, path: str | PathLike[str], lang: str = "zh") -> None:
        """Writes the template (``libpilot.template``) with its records in it, of which City.load makes the same city.
        Raises as that does."""
        from ._template import template

        template(path, self, lang)

    @property
    def notes(self) -> tuple[CellProblem, ...]:
        """What was passed over in the workbook or tables that it was read from: none of it is wrong."""
        return () if self._table is None else self._table.notes

    def place(self, path: str) -> Place | None:
        """The cell that a value of this path (``/communities/3/offices/0/area_m2``) was read from, or would be
        written in; of a record, its row. None of a city that was not read from a workbook or tables, as a pickled
        one, which keeps its records alone; and of a path that leads to none."""
        return None if self._table is None else self._table.place(path)

    def award(self, *, as_of: Day, policy: Policy | None = None, community: str | None = None) -> CityAward:
        """The awards of a community's areas, or of all (4.4.1-6, 4.4.1-8): service from the month of entry to the
        last month that has a rate, by the assessments known on the day. community: its id. Raises NotFoundError,
        TooLargeError."""
        row = self._call("city_award", policy, as_of, community=community)
        over = row["range"]
        return CityAward(
            Decimal(row["total_yuan"]),
            Decimal(row["city_yuan"]),
            Decimal(row["district_yuan"]),
            Decimal(row["withheld_yuan"]),
            row["areas"],
            row["areas_unknown"],
            row["households"],
            Decimal(row["building_area_m2"]),
            row["communities"],
            tuple(AwardYear(**fields(year)) for year in row["years"]),
            AwardRange(*(range_of(over[key]) for key in AwardRange.__match_args__)),
        )

    def timeline(self, area: str, *, as_of: Day, policy: Policy | None = None) -> Timeline:
        """The way of the area of this id through the steps of part five, on the day. Raises NotFoundError."""
        rows = self._call("timeline", policy, as_of, area=area)["entries"]
        steps = tuple(map(_step, rows))
        ahead = (step for step in steps if step.state not in ("done", "not_needed"))
        return Timeline(steps, next(ahead, None))

    def _call(self, name: str, policy: Policy | None, as_of: Day, **members: Any) -> Any:
        given = {"policy": native(policy), "city": self._native}
        return call(name, given=given, as_of=day(as_of, "as_of"), **members)

    def to_dict(self) -> dict[str, Any]:
        """The city's JSON form, without the keys that begin with ``x-``."""
        made: dict[str, Any] = from_json(self.to_json())
        return made

    def to_json(self, *, indent: bool = False) -> str:
        """Canonical: the same records, the same text."""
        return _pilot.city_json(self._native, indented(indent))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, City):
            return NotImplemented
        return self is other or self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __repr__(self) -> str:
        records = self.to_dict()
        counts = [f"{len(records.get(key) or ())} {key}" for key in ("districts", "communities", "areas")]
        return f"<City {records.get('name') or 'without a name'}: {', '.join(counts)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (City, (self.to_json(),))


class Counts(Value):
    """How many findings there are of each outcome."""

    met: int
    breach: int
    pending: int
    unknown: int
    info: int
    not_applicable: int


class Summary(Value):
    """The findings of a district or community and of what lies in it."""

    id: str
    name: str | None
    counts: Counts


class Finding(Value):
    """What a rule found of a record.

    outcome: ``met``, ``breach``, ``pending`` (not yet due), ``unknown`` (evidence missing), ``info`` (a soft
    clause) or ``not_applicable``. path: of the record in the city file; "" of one asked by itself. law: where it is
    written, if not in the notice. found, required: as JSON has them, money in yuan and areas in m² as text. due,
    days_late: where there is a date. notice_due: the notice's own, where due counts in its place. since: the day from
    which a sum is waited for. missing: the key of the evidence that is not there, with the id of the record that it
    is a key of (``areas/a1/households``). readings: whose other options give another outcome. who: the bodies that
    have to act.
    """

    rule: str
    clause: str
    scope: str
    path: str
    outcome: str
    zh: str
    en: str
    found: Found = None
    required: Found = None
    due: date | None = None
    notice_due: date | None = None
    since: date | None = None
    law: str | None = None
    days_late: int | None = None
    missing: str | None = None
    readings: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    next_zh: str | None = None
    next_en: str | None = None


def outcome_bits(*outcomes: str) -> int:
    """The filter that these outcomes pass."""
    known = words("outcome")
    return sum({1 << one_of(outcome, known, "/outcome") for outcome in outcomes})


def finding_of(row: dict[str, Any]) -> Finding:
    made: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    for key in ("due", "notice_due", "since"):
        if key in made:
            made[key] = day_of(made[key])
    return Finding(**made)


def _summaries(rows: list[dict[str, Any]]) -> dict[str, Summary]:
    return {row["id"]: Summary(row["id"], row.get("name"), Counts(**row["counts"])) for row in rows}


class Report:
    """The notice's rules held against a city's records: made by :func:`check`. ``print`` it to read it.

    The same city, policy and day give the same report, byte for byte. Compared by value and pickled.

    >>> city = {"districts": [{"id": "360102"}], "areas": [],
    ...         "communities": [{"id": "c", "district": "360102", "offices": [{"area_m2": "118.50"}]}]}
    >>> report = check(city, as_of="2020-02-29")
    >>> [finding.rule for finding in report.of("breach")], report.by_community()["c"].counts.breach
    (['office_area'], 1)
    >>> report.by_district()["360102"].counts.breach, report.ok
    (1, False)
    >>> report.to_text("zh").splitlines()[0]
    '南昌市老旧居民区物业服务试点(2019年)'
    >>> report.other_readings()  # none changes a finding
    ''
    >>> report.to_dict()["receipt"]["as_of"], report.to_json()[:20]
    ('2020-02-29', '{"receipt":{"library')
    """

    __slots__ = ("_native", "_city", "_policy", "_as_of", "_lang", "_document", "_findings")

    def __init__(self, city: City, policy: Policy, as_of: str, lang: str) -> None:
        self._native = _pilot.Report(native(policy), city._native, as_of)
        self._document: dict[str, Any] | None = None
        self._findings: tuple[Finding, ...] | None = None
        self._city = city  # which the native report points into, as into the policy
        self._policy = policy
        self._as_of = as_of
        self._lang = lang

    def __reduce__(self) -> tuple[Any, ...]:
        return (Report, (self._city, self._policy, self._as_of, self._lang))

    @property
    def city(self) -> City:
        """The city that it is of."""
        return self._city

    @property
    def policy(self) -> Policy:
        """The policy whose rules were held against it."""
        return self._policy

    @property
    def as_of(self) -> date:
        """The day that it judges by."""
        made = day_of(self._as_of)
        assert made is not None
        return made

    @property
    def lang(self) -> str:
        """The language that it is printed in."""
        return self._lang

    @property
    def counts(self) -> Counts:
        """Findings by outcome."""
        return Counts(*_pilot.report_counts(self._native))

    @property
    def ok(self) -> bool:
        """Nothing is breached; what is unknown or pending may yet be."""
        return self.counts.breach == 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, in stable order: the city, then its records in the order of the file."""
        if self._findings is None:
            self._findings = tuple(map(finding_of, self._made()["findings"]))
        return self._findings

    def of(self, *outcomes: str) -> tuple[Finding, ...]:
        """The findings of these outcomes. Raises NotFoundError (no such outcome)."""
        if not outcomes:
            return ()
        part = _pilot.report_part(self._native, outcome_bits(*outcomes), None, None, None, False)
        return tuple(map(finding_of, from_json(part)["findings"]))

    def rules(self, *outcomes: str) -> tuple[str, ...]:
        """The rules that have findings of these outcomes, each once: what is to know where the findings
        themselves, with their words and evidence, are not needed. Raises NotFoundError (no such outcome).

        >>> from libpilot import check
        >>> check({"areas": [], "districts": [{"id": "360102"}], "communities": [{"id": "c", "district": "360102",
        ...     "offices": [{"area_m2": "118.50"}]}]}, as_of="2020-02-29").rules("breach")
        ('office_area',)
        """
        if not outcomes:
            return ()
        return _pilot.report_rules(self._native, outcome_bits(*outcomes))

    @property
    def breaches(self) -> tuple[Finding, ...]:
        """The findings of what is not as the notice has it."""
        return self.of("breach")

    @property
    def unknowns(self) -> tuple[Finding, ...]:
        """The findings whose evidence is missing."""
        return self.of("unknown")

    def needed(self) -> tuple[Needed, ...]:
        """What to write next: the evidence that would decide the unknown findings, each piece once, with its place,
        its form and what waits for it; the most money first, then the most findings. What is filled in may ask for
        more, which the next report tells.

        >>> from libpilot import check
        >>> city = {"districts": [], "communities": [], "areas": [{"id": "a", "communities": []}]}
        >>> first = check(city, as_of="2020-02-29").needed()[0]
        >>> first.path, first.form.words, len(first.findings)
        ('/areas/0/branch', ('remediated', 'in_progress', 'neither'), 5)
        """
        from ._needed import needed

        return needed(self)

    @property
    def receipt(self) -> Receipt:
        """What it was made of: library, policy, day, and how many records."""
        return receipt_of(self._made())

    def by_district(self) -> dict[str, Summary]:
        """A summary for each district, by its id."""
        return _summaries(self._made()["districts"])

    def by_community(self) -> dict[str, Summary]:
        """A summary for each community, by its id."""
        return _summaries(self._made()["communities"])

    def other_readings(self, lang: str | None = None) -> str:
        """What would change under each other option of each disputed reading, as text. lang: the report's own where it
        is None. Raises NotFoundError (another language)."""
        return _pilot.report_readings(self._native, lang or self._lang)

    def to_text(self, lang: str | None = None) -> str:
        """The report for people: counts, summaries by district, and what is open, breaches first, each with what
        to do next and who has to do it. lang: ``en`` or ``zh``; the report's own where it is None. Raises
        NotFoundError (another language)."""
        return _pilot.report_text(self._native, lang or self._lang)

    def plot(self, ax: Any = None, *, lang: str | None = None) -> Any:
        """Communities by section of the notice as a matrix of outcomes: in each cell the letter of the gravest and how
        many findings have it, a breach before unknown, pending, info, met and not applicable. Findings of the city and
        its districts are in no row. lang: the report's own where it is None; else as of Award.plot."""
        from ._plot import report

        return report(self, ax, lang or self._lang)

    def _repr_html_(self) -> str:
        from ._html import report

        return report(self)

    def to_html(self, lang: str | None = None) -> str:
        """The report as a page: one HTML file, in Chinese and in English by a switch, that needs nothing beside it
        and no network. Who must act and where, filters kept in the address, findings that open to their clause and
        next step, rewards with their range over the readings; printed, a district a page. lang: the one that it
        opens in, ``en`` or ``zh``; the report's own where it is None. The same report gives the same bytes.

        Needs Jinja2 (the extra ``html``). Raises ArgumentError where it is missing, NotFoundError (no such
        language), and TooLargeError as City.award.
        """
        from ._page import page

        return page(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """The report's JSON form, as ``libpilot.schema("report")`` describes it."""
        made: dict[str, Any] = from_json(self.to_json())
        return made

    def to_json(self, *, indent: bool = False) -> str:
        """Canonical: the same report, the same text."""
        return _pilot.report_json(self._native, indented(indent))

    def to_frame(self) -> Any:
        """The findings as a pandas DataFrame, a row each and a column for each field of Finding, with pandas'
        own times in ``due``, ``notice_due`` and ``since``. Needs pandas.

        >>> city = {"districts": [{"id": "360102"}], "areas": [], "communities": [{"id": "c", "district": "360102",
        ...         "offices": [{"area_m2": "118.50"}]}]}
        >>> frame = check(city, as_of="2020-02-29").to_frame()
        >>> frame[frame.outcome == "breach"].rule.tolist()
        ['office_area']
        """
        from importlib import import_module

        pandas: Any = import_module("pandas")
        names = list(Finding.__match_args__)
        frame = pandas.DataFrame([finding._fields() for finding in self.findings], columns=names)
        for name in ("due", "notice_due", "since"):
            frame[name] = pandas.to_datetime(frame[name])
        return frame

    def to_excel(self, path: str | PathLike[str], lang: str | None = None) -> None:
        """Writes the report as a workbook (.xlsx): a summary by district and community, the findings, breaches
        first, the awards by community and year with their sums as formulas, and what is missing. The same report
        gives the same bytes. An older file is replaced when all is written. lang: the report's own where it is
        None. Needs the extra ``excel``; raises ArgumentError without it, OSError with the file's name."""
        from ._files import written
        from ._results import ALL, FILES, OUTCOMES, language

        made = FILES[".xlsx"](self, language(self, lang), OUTCOMES, ALL)
        with written(path) as file:
            file.write(made)

    def mark(
        self, source: str | PathLike[str], path: str | PathLike[str], lang: str | None = None
    ) -> tuple[Finding, ...]:
        """Writes the workbook (.xlsx) that the city was read from once more, as path, with the cells of what is
        breached or missing filled and noted: what was found, what is required, by which clause, and what to do.
        Everything else stays but macros, shapes that are neither pictures nor charts, and newer kinds of
        conditional formats. Gives the findings that have no cell, such as the city's own. Needs the extra ``excel``.

        Raises ArgumentError (the extra is not there; path is the source), FormatError (the source is no .xlsx),
        OSError with the file's name."""
        from ._mark import mark
        from ._results import language

        return mark(self, source, path, language(self, lang))

    def notices(self, folder: str | PathLike[str], lang: str | None = None) -> tuple[Path, ...]:
        """Writes a letter (.docx) to each body that has to act, in the form of an official document and as a draft:
        a notice of rectification of what is breached, and a list of the papers to supply for what is unknown; gives
        their paths, body by body. A deadline is in it only where the notice sets one; number, seal and signature
        are blank. The folder is made where there is none, other files in it stay, and files of the same names are
        replaced, each when it is whole. Needs the extra ``docx``; raises ArgumentError without it, OSError."""
        from ._notices import letters, put
        from ._results import ALL, language

        return put(letters(self, language(self, lang), ALL, papers=True), folder)

    def _made(self) -> dict[str, Any]:
        if self._document is None:
            self._document = self.to_dict()
        return self._document

    def __str__(self) -> str:
        return self.to_text().rstrip("\n")

    def __repr__(self) -> str:
        counts = ", ".join(f"{key} {value}" for key, value in self.counts.to_dict().items())
        return f"<Report as of {self.as_of}: {counts}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Report):
            return NotImplemented
        return self._lang == other._lang and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self._as_of, self.counts))


def check(city: City | Document, *, as_of: Day, policy: Policy | None = None, lang: str = "en") -> Report:
    """Every rule of the notice, asked of every record of the city, on the day.

    city: a City, or whatever City.load takes. policy: the notice's where it is None. lang: of ``print(report)``,
    ``en`` or ``zh``. Raises RangeError (a day outside 1900..2200), and what City.load raises.

    >>> office = {"area_m2": "118.50"}
    >>> report = check({"districts": [{"id": "360102"}], "areas": [],
    ...                 "communities": [{"id": "c", "district": "360102", "offices": [office]}]}, as_of="2020-02-29")
    >>> report.ok, [finding.en for finding in report.breaches if finding.clause == "4.2-1"]
    (False, ['c: the property office has at least the required area; found 118.50 m², required 120.00 m²'])
    """
    one_of(lang, words("lang"), "/lang")
    read = city if isinstance(city, City) else City.load(city)
    return Report(read, NANCHANG_2019 if policy is None else policy, day(as_of, "as_of"), lang)


def timeline(city: City, area: str, *, as_of: Day, policy: Policy | None = None) -> Timeline:
    """An area's way through the steps of part five, on the day. area: its id. Raises NotFoundError.

    >>> city = {"districts": [], "communities": [], "areas": [{"id": "a", "communities": []}]}
    >>> timeline(City.load(city), "a", as_of="2020-01-31").next.en
    'survey of the residents'
    """
    return city.timeline(area, as_of=as_of, policy=policy)
