"""What results for people are made of: the bodies that act, by their places; what a finding says, part by part; where
it is seen in a workbook; what communities are owed; and the files that a report is written to."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import NamedTuple

from . import _pilot
from ._call import words
from ._city import Finding, Report, finding_of, outcome_bits
from ._needed import Form, Needed, needed
from ._notice import clause, duties, reading, rule, titles
from ._tables import around
from ._values import Value, from_json, one_of, record_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from typing import Any, Union

    from typing_extensions import TypeAlias

    from ._city import City
    from ._tables import Place

    # Of a report: a clause or section, a district, a community; None of all.
    Part: TypeAlias = tuple[Union[str, None], Union[str, None], Union[str, None]]
    Cell: TypeAlias = Union[str, int, date, None]

ALL: Part = (None, None, None)
OUTCOMES = ("breach", "unknown", "pending", "info", "met", "not_applicable")  # as people look for them


def language(report: Report, lang: str | None) -> str:
    """The language asked for, or the report's own. Raises NotFoundError."""
    made = report.lang if lang is None else lang
    one_of(made, words("lang"), "/lang")
    return made


def listed(names: Sequence[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(names)


# Bodies


class Body(NamedTuple):
    """One of the notice's bodies where it acts. place: the path of the record that it acts for, "" the city's."""

    actor: str
    place: str
    name: str


# What a body acts for; the others act for the city.
_LEVELS = {
    **dict.fromkeys(("district_government", "district_leading_group"), "districts"),
    **dict.fromkeys(("district_housing", "district_finance"), "districts"),
    **dict.fromkeys(("street", "workstation", "residents_committee"), "communities"),
    **dict.fromkeys(("assembly", "committee", "provider", "owners"), "areas"),
}
_WIDER = ("districts", "communities", "areas")  # the wider first


class Bodies:
    """The bodies of a city, as letters are addressed to them."""

    def __init__(self, city: City, as_of: date, lang: str) -> None:
        self.records = city.to_dict()
        self._day = as_of.isoformat()
        self._lang = lang
        self._titles = titles("actor", lang)
        self._of_communities: dict[str, list[str]] = {}
        for at, area in enumerate(self.records["areas"]):
            for id in area.get("communities") or ():
                self._of_communities.setdefault(id, []).append(f"/areas/{at}")
        self._at = {
            (key, row["id"]): f"/{key}/{at}" for key in _WIDER for at, row in enumerate(self.records[key])
        }

    def record(self, path: str) -> Any:
        return record_at(self.records, path)

    def name(self, path: str) -> str:
        """A record's name or id, of any origin."""
        record = self.record(path)
        return _pilot.shown(str(record.get("name") or record.get("id") or ""))

    def within(self, path: str, key: str) -> list[str]:
        """The paths of the districts, communities or areas (key) that a finding's record lies in, is, or has."""
        _, of, *rest = f"{path}//".split("/")
        own = f"/{of}/{rest[0]}"
        if of == key:
            return [own]
        if (of, key) == ("communities", "districts"):
            return [self._at[key, self.record(own)["district"]]]
        if (of, key) == ("communities", "areas"):
            return self._of_communities.get(self.record(own)["id"], [])
        if of == "areas":
            around = [self._at["communities", id] for id in self.record(own).get("communities") or ()]
            if key == "communities":
                return around
            return list(dict.fromkeys(place for one in around for place in self.within(one, key)))
        return []

    def of(self, finding: Finding) -> tuple[Body, ...]:
        """The bodies that have to act on a finding, each for its own place; an area of two communities has two
        workstations."""
        made: list[Body] = []
        for actor in finding.who:
            key = _LEVELS.get(actor)
            if key is None:
                made.append(Body(actor, "", self._titles[actor]))
            elif actor == "provider":
                made.extend(self._providers(finding.path))
            else:
                made.extend(self._bodies(actor, key, finding.path))
        return tuple(dict.fromkeys(made))

    def _bodies(self, actor: str, key: str, path: str) -> Iterator[Body]:
        places = self.within(path, key)
        for place in places:
            # A sub-district office has no record: it is told by the community that it is of.
            yield Body(actor, place, self._named(actor, place, around=actor == "street"))
        if not places:
            own = "/".join(path.split("/")[:3])
            yield Body(actor, own, self._named(actor, own, around=True, key=key))

    def _named(self, actor: str, place: str, *, around: bool = False, key: str = "") -> str:
        """around: the record is not the body's own; key: what the body's own would be."""
        title = self._titles[actor]
        # Of several that are not told apart, such as the workstations of a district.
        each = bool(key) and (not place or _WIDER.index(place.split("/")[1]) < _WIDER.index(key))
        if self._lang != "zh":
            of = f" of {self.name(place)}" if place else ""
            return f"{'each ' if each else ''}{title}{of}"
        if not place:
            return f"各{title}"
        name = self.name(place)
        if around or each:
            return f"{name}{'各' if each else '所在'}{title}"
        if not "\u4e00" <= name[-1:] <= "\u9fff":
            return f"{title}（{name}）"
        both = next(at for at in range(min(len(name), len(title)), -1, -1) if name.endswith(title[:at]))
        return name + title[both:]

    def _providers(self, path: str) -> Iterator[Body]:
        """Those of the areas' contracts, of the contract that the finding is of or the last one signed by the day."""
        steps = path.split("/")
        areas = self.within(path, "areas")
        for area in areas:
            known = self.record(area).get("contracts") or []
            if steps[3:4] == ["contracts"]:
                known = [known[int(steps[4])]]
            signed = [
                one for one in known if str(one.get("signed_on", "")) <= self._day and "provider" in one
            ]
            last = max(signed, key=lambda one: str(one.get("signed_on", "")), default=None)
            if last is None:
                yield Body("provider", area, self._named("provider", area))
                continue
            rows = self.records.get("providers") or []
            at = next(at for at, row in enumerate(rows) if row["id"] == last["provider"])
            yield Body("provider", f"/providers/{at}", self.name(f"/providers/{at}"))
        if not areas:
            yield from self._bodies("provider", "areas", path)


# Findings, part by part


class Told(NamedTuple):
    """A finding's parts as a table or a letter has them. matter: what has to be so, and of which record. places:
    its cells, () where the city was not read from a workbook."""

    finding: Finding
    matter: str
    found: str
    required: str
    bodies: tuple[Body, ...]
    places: tuple[Place, ...]


def told(report: Report, bodies: Bodies, outcomes: Sequence[str], part: Part, lang: str) -> tuple[Told, ...]:
    """The findings of these outcomes and this part, breaches first."""
    made: list[Told] = []
    for outcome in OUTCOMES:
        if outcome not in outcomes:
            continue
        bits = outcome_bits(outcome)
        findings = map(finding_of, from_json(_pilot.report_part(report._native, bits, *part, 0))["findings"])
        values = _pilot.report_words(report._native, bits, *part)
        for finding, parts in zip(findings, values):
            found, required = parts[2:6][lang != "zh" :: 2]
            paths = cell_paths(finding, bodies, parts[-1] if outcome == "unknown" else None)
            made.append(
                Told(
                    finding,
                    matter(finding, lang),
                    found,
                    required,
                    bodies.of(finding),
                    places_of(report.city, finding, paths),
                )
            )
    return tuple(made)


def matter(finding: Finding, lang: str) -> str:
    """The finding's sentence up to what has to be so; without its subject, where a long name leaves no room."""
    of = rule(finding.rule)
    sentence, line = (finding.zh, of.zh) if lang == "zh" else (finding.en, of.en)
    subject, found, _ = sentence.partition(line)
    return subject + line if found else line


def deadline(report: Report, finding: Finding) -> date | None:
    """The date that the notice itself sets for what the finding's clause asks for; None where it sets none: other
    dates of findings are those by which a duty is needed."""
    day = finding.notice_due or finding.due
    dates = {duty.due(report.policy) for duty in duties(clause=finding.clause)}
    return day if day is not None and dates & {finding.due, finding.notice_due} - {None} else None


def cell_paths(finding: Finding, bodies: Bodies, missing: str | None) -> tuple[str, ...]:
    """What to look at in the city file: of an unknown finding where its evidence is to be written (missing), of
    another the values of its record that its rule reads. Where one of these is the value found, that alone; the
    items of a list with several are not told apart otherwise, and the record stands for them."""
    if missing is not None:
        return (missing,) if missing else ()
    if finding.outcome == "met" or not finding.path:
        return ()
    steps = finding.path.split("/")[1:]
    own = [step for step in steps if not step.isdigit()]
    values: list[tuple[str, Any]] = []
    several = False
    for read in rule(finding.rule).reads:
        keys = read.split("/")
        if keys[: len(own)] != own or len(keys) == len(own):
            continue
        found = list(_values(finding.path, bodies.record(finding.path), keys[len(own) :], finding.clause))
        several |= len(found) > 1
        values.extend(found)
    same = [path for path, value in values if isinstance(finding.found, str) and value == finding.found]
    return tuple(same) or (() if several else tuple(path for path, _ in values))


def _values(path: str, record: Any, keys: list[str], cited: str) -> Iterator[tuple[str, Any]]:
    """The values under keys, through lists; of evidence only that for the clause."""
    if isinstance(record, list):
        for at, one in enumerate(record):
            if not (isinstance(one, dict) and one.get("clause", cited) != cited):
                yield from _values(f"{path}/{at}", one, keys, cited)
    elif not keys:
        yield path, record
    elif isinstance(record, dict) and keys[0] in record:
        yield from _values(f"{path}/{keys[0]}", record[keys[0]], keys[1:], cited)


def places_of(city: City, finding: Finding, paths: Sequence[str]) -> tuple[Place, ...]:
    """The cells of these paths, of one that has none the row of the record around it; or that of the finding."""
    found = [place for place in (around(city, path) for path in paths) if place is not None]
    own = None if found else around(city, finding.path)
    return tuple(dict.fromkeys(found if own is None else [own]))


def reading_titles(finding: Finding, lang: str) -> str:
    known = map(reading, finding.readings)
    return listed([one.title_zh if lang == "zh" else one.title_en for one in known], lang)


def source(id: str, lang: str) -> str:
    """A clause by its place in the notice, which is in Chinese, and its id."""
    return f"{clause(id).ref}（{id}）" if lang == "zh" else id


def form_text(form: Form, lang: str) -> str:
    """What to write: of a record what it has, by the fields' own titles."""
    if not form.fields:
        return form.zh if lang == "zh" else form.en
    least = "；" if lang == "zh" else "; "
    return least.join(field.zh if lang == "zh" else field.en for field in form.fields)


def where(city: City, path: str) -> str:
    """The cell of a path, or the path of a city that is in no workbook."""
    place = city.place(path)
    return path if place is None else str(place)


def bodies_of(bodies: Bodies, one: Needed) -> tuple[Body, ...]:
    """The bodies that can supply a piece of evidence."""
    return tuple(dict.fromkeys(body for finding in one.findings for body in bodies.of(finding)))


# Communities


class CommunityRow(Value):
    """A community's findings by outcome, and its reward in yuan: owed, earned by the day and not paid, of which one
    that has not passed has none; None where that is not known."""

    id: str
    name: str | None
    district: str
    counts: dict[str, int]
    owed: Decimal | None
    paid: Decimal | None


def communities(report: Report, part: Part = ALL) -> tuple[CommunityRow, ...]:
    """In the order of the file."""
    clause, district, community = part
    due = {one.path: one for one in report.findings if one.rule == "reward_due"}
    summaries = report.by_community()
    return tuple(
        CommunityRow(
            record["id"],
            record.get("name"),
            record["district"],
            summaries[record["id"]].counts.to_dict()
            if clause is None
            else _counts(report, record["id"], clause),
            _owed(due[f"/communities/{at}"]),
            _paid(record, report.as_of.isoformat()),
        )
        for at, record in enumerate(report.city.to_dict()["communities"])
        if community in (None, record["id"]) and district in (None, record["district"])
    )


def _counts(report: Report, community: str, clause: str) -> dict[str, int]:
    found = json.loads(_pilot.report_part(report._native, 0, clause, None, community, 0))["findings"]
    outcomes = [one["outcome"] for one in found]
    return {outcome: outcomes.count(outcome) for outcome in words("outcome")}


def _owed(due: Finding) -> Decimal | None:
    if due.outcome == "unknown":
        return None
    if not isinstance(due.required, str) or not isinstance(due.found, str):
        return Decimal("0.00")
    return max(Decimal(due.required) - Decimal(due.found), Decimal("0.00"))


def _paid(community: dict[str, Any], day: str) -> Decimal | None:
    if "reward_payments" not in community:
        return None
    paid = [Decimal(one["amount_yuan"]) for one in community["reward_payments"] if one["paid_on"] <= day]
    return sum(paid, Decimal("0.00"))


# Tables of findings and of what is missing


class Column(NamedTuple):
    """Of a table for people. width: in characters."""

    title: str
    width: int


def finding_columns(lang: str) -> list[Column]:
    made = [
        ("outcome", "结论", 10),
        ("clause", "条款", 20),
        ("district", "城区", 11),
        ("community or area", "社区、居民区", 16),
        ("what has to be so", "事项", 38),
        ("found", "实际", 18),
        ("required", "要求", 18),
        ("judged by", "判定期限", 12),
        ("date set by the notice", "方案规定期限", 13),
        ("days late", "逾期天数", 9),
        ("bodies", "责任单位", 26),
        ("next step", "下一步", 30),
        ("depends on the reading of", "取决于读法", 16),
        ("where", "位置", 16),
    ]
    return [Column(zh if lang == "zh" else en, width) for en, zh, width in made]


def finding_row(report: Report, bodies: Bodies, one: Told, lang: str) -> list[Cell]:
    finding = one.finding
    own = [
        place for place in ["/".join(finding.path.split("/")[:3])] if place.split("/")[1:2] != ["districts"]
    ]
    return [
        titles("outcome", lang)[finding.outcome],
        source(finding.clause, lang),
        listed([bodies.name(place) for place in bodies.within(finding.path, "districts")], lang),
        bodies.name(own[0]) if own and own[0] else "",
        one.matter,
        one.found,
        one.required,
        finding.due,
        deadline(report, finding),
        finding.days_late,
        listed([body.name for body in one.bodies], lang),
        (finding.next_zh if lang == "zh" else finding.next_en) or "",
        reading_titles(finding, lang),
        "\n".join(map(str, one.places)) or finding.path,
    ]


def missing_columns(lang: str) -> list[Column]:
    made = [
        ("bodies", "责任单位", 26),
        ("what is missing", "需补充的内容", 40),
        ("what to write", "填写内容", 40),
        ("where", "填写位置", 26),
        ("findings that it decides", "可判定的结论数", 12),
        ("clauses", "条款", 18),
        ("yuan that wait for it", "涉及金额（元）", 16),
    ]
    return [Column(zh if lang == "zh" else en, width) for en, zh, width in made]


def missing_rows(report: Report, bodies: Bodies, part: Part, lang: str) -> list[list[Any]]:
    return [
        [
            listed([body.name for body in bodies_of(bodies, one)], lang),
            one.zh if lang == "zh" else one.en,
            form_text(one.form, lang),
            where(report.city, one.path),
            len(one.findings),
            listed(one.clauses, lang),
            one.money,
        ]
        for one in needed(report, *part)
    ]


# Files


def _csv(report: Report, lang: str, outcomes: Sequence[str], part: Part) -> bytes:
    """With a mark at its beginning, by which Excel reads it as UTF-8."""
    bodies = Bodies(report.city, report.as_of, lang)
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow([column.title for column in finding_columns(lang)])
    for one in told(report, bodies, outcomes, part, lang):
        rows.writerow(map(_unformulated, finding_row(report, bodies, one, lang)))
    return text.getvalue().encode("utf-8-sig")


def _unformulated(cell: Cell) -> Cell:
    """Text that a workbook would compute, as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _json(report: Report, lang: str, outcomes: Sequence[str], part: Part) -> bytes:
    return (_pilot.report_part(report._native, outcome_bits(*outcomes), *part, 1) + "\n").encode()


def _xlsx(report: Report, lang: str, outcomes: Sequence[str], part: Part) -> bytes:
    from ._excel import workbook

    return workbook(report, lang, outcomes, part)


def _html(report: Report, lang: str, outcomes: Sequence[str], part: Part) -> bytes:
    """The whole report: the page has filters of its own."""
    page: Any = report
    made: str = page.to_html(lang)
    return made.encode()


# By their suffixes, the files that a report is written to.
FILES: dict[str, Callable[[Report, str, Sequence[str], Part], bytes]] = {
    ".xlsx": _xlsx,
    ".html": _html,
    ".csv": _csv,
    ".json": _json,
}
