"""What to write next: the evidence that would decide a report's unknown findings."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from . import _pilot
from ._call import schema
from ._city import Finding, finding_of, outcome_bits
from ._notice import rule
from ._tables import around
from ._values import Value, from_json, record_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._city import Report
    from ._tables import Place


class FormField(Value):
    """A field of a record that is to be written. required: a record without it is refused."""

    key: str
    zh: str
    en: str
    required: bool
    form: Form


class Form(Value):
    """What a value looks like, as the schema of city files has it.

    kind: ``date``, ``count``, ``money``, ``square_metres``, ``price``, ``share``, ``year``, ``month``, ``id``,
    ``clause`` (a scalar of the schema), ``boolean``, ``text``, ``word``, ``ids``, ``words`` or ``numbers`` (lists),
    ``record``, or ``list``, of records. words: those there are, or what may stand in a day's place. fields: of the
    record, or of each in the list; of what a report needs those that have to be there, and those that decide.
    """

    kind: str
    zh: str
    en: str
    words: tuple[str, ...] = ()
    fields: tuple[FormField, ...] = ()


class Needed(Value):
    """A piece of evidence, and what it would decide.

    who: the bodies that can supply it. path: where it is to be written, a JSON pointer into the city file; one that
    ends in ``-`` is of a record that a list needs besides those it has (RFC 6901). key: of the field or list. zh, en:
    what it is, and of which record. form: what to write. findings: the unknown ones that wait for it; of several
    things that one lacks it names the first, so that it may then ask for the next. clauses: theirs. clause: the one
    that it is the evidence for, where the form asks for a clause. money: in yuan, what the community's awards that
    wait for it come to, withheld or not known to be paid; None where that cannot be told.
    place: of a city that was read from a workbook, the cell to write in, or the row of the record that lacks it.
    """

    who: tuple[str, ...]
    path: str
    key: str
    zh: str
    en: str
    form: Form
    findings: tuple[Finding, ...]
    clauses: tuple[str, ...]
    clause: str | None = None
    money: Decimal | None = None
    place: Place | None = None


def needed(
    report: Report, clause: str | None = None, district: str | None = None, community: str | None = None
) -> tuple[Needed, ...]:
    """Of the report's unknown findings, or those of a clause or section, a district or a community."""
    part = (clause, district, community)
    text = _pilot.report_part(report._native, outcome_bits("unknown"), *part, False)
    findings = map(finding_of, from_json(text)["findings"])
    waiting: dict[tuple[str, ...], list[tuple[Finding, str, str]]] = {}
    said = _pilot.report_words(report._native, outcome_bits("unknown"), *part)
    for finding, (zh, en, path) in zip(findings, (words[-3:] for words in said)):
        if path:
            waiting.setdefault(_apart(finding, path), []).append((finding, zh, en))
    awards = _Awards(report)
    made = [_needed(path, rows, awards, around(report.city, path)) for (path, *_), rows in waiting.items()]
    return tuple(sorted(made, key=lambda one: (-(one.money or 0), -len(one.findings), _order(one.path))))


def _apart(finding: Finding, path: str) -> tuple[str, ...]:
    """What findings share that wait for the same. A new record is its clause's, or of the list's own finding."""
    if not path.endswith("/-"):
        return (path,)
    return (path, finding.clause, "") if "clause" in _keys(form_at(path)) else (path, "", finding.path)


def _keys(form: Form) -> set[str]:
    return {field.key for field in form.fields}


def _order(path: str) -> list[tuple[int, str]]:
    return [(int(step), "") if step.isdigit() else (0, step) for step in path.split("/")]


def _needed(path: str, rows: list[tuple[Finding, str, str]], awards: _Awards, place: Place | None) -> Needed:
    findings = tuple(finding for finding, _, _ in rows)
    first, zh, en = rows[0]
    form = _of_use(form_at(path), path, findings)
    clause = first.clause if path.endswith("/-") and "clause" in _keys(form) else None
    if clause is not None:
        zh, en = f"{zh}（条款{clause}）", f"{en} (clause {clause})"
    elif path.count("/") == 2 and path.endswith("/-"):  # a record of the city's, for that of the finding
        name = awards.name(first.path)
        zh, en = f"{zh}（{name}）", f"{en} ({name})"
    return Needed(
        tuple(dict.fromkeys(body for finding in findings for body in finding.who)),
        path,
        [step for step in path.split("/") if step != "-"][-1],
        zh,
        en,
        form,
        findings,
        tuple(dict.fromkeys(finding.clause for finding in findings)),
        clause,
        awards.waiting(path),
        place,
    )


def _of_use(form: Form, path: str, findings: tuple[Finding, ...]) -> Form:
    """Of a record's fields those without which it is refused, and those that the findings' rules read."""
    at = "".join(f"{step}/" for step in path.split("/") if step.strip("-") and not step.isdigit())
    reads = (one for finding in findings for one in rule(finding.rule).reads)
    read = {one[len(at) :].split("/")[0] for one in reads if one.startswith(at)}
    fields = tuple(field for field in form.fields if field.required or field.key in read)
    return Form(form.kind, *_told(form.kind, fields), form.words, fields) if fields else form


class _Awards:
    """The awards of a report's communities, by their places in the city file."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._records: dict[str, Any] | None = None
        self._waiting: dict[str, tuple[Decimal, Decimal] | None] = {}

    def _record(self, path: str) -> dict[str, Any]:
        if self._records is None:
            self._records = self._report.city.to_dict()
        made: dict[str, Any] = record_at(self._records, path)
        return made

    def name(self, path: str) -> str:
        record = self._record(path)
        return str(record.get("name") or record.get("id") or "")

    def waiting(self, path: str) -> Decimal | None:
        """What is withheld without the results of assessments, or not known to be paid without the payments."""
        steps = path.removesuffix("/-").split("/")
        if len(steps) != 4 or steps[1] != "communities" or steps[3] not in ("assessments", "reward_payments"):
            return None
        known = self._award("/".join(steps[:3]))
        return None if known is None else known[0 if steps[3] == "assessments" else 1]

    def _award(self, path: str) -> tuple[Decimal, Decimal] | None:
        if path not in self._waiting:
            record = self._record(path)
            made = self._report.city.award(
                as_of=self._report.as_of, policy=self._report.policy, community=record["id"]
            )
            day = self._report.as_of.isoformat()
            payments = [one for one in record.get("reward_payments") or () if one["paid_on"] <= day]
            paid = sum((Decimal(one["amount_yuan"]) for one in payments), Decimal(0))
            known = made.areas > 0 and made.areas_unknown == 0
            self._waiting[path] = (made.withheld, made.total - paid) if known else None
        return self._waiting[path]


@lru_cache(maxsize=None)
def _schema() -> dict[str, Any]:
    made: dict[str, Any] = schema("city")
    return made


def form_at(path: str) -> Form:
    """The form of what lies at a JSON pointer into a city file."""
    return _form_at(tuple("-" if step.isdigit() else step for step in path.split("/")[1:]))


@lru_cache(maxsize=None)
def _form_at(steps: tuple[str, ...]) -> Form:
    schema = _schema()
    for step in steps:
        schema = _known(schema)[0]
        schema = schema["items"] if step == "-" else schema["properties"][step]
    return _form(schema)


def _known(schema: dict[str, Any]) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """The schema of what is there, by whatever way it is referred to; the name that it goes by, and the words that
    may stand in its place."""
    name, words = "", ()
    while "$ref" in schema or "anyOf" in schema:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = _schema()["$defs"][name]
            continue
        words += tuple(one["const"] for one in schema["anyOf"] if "const" in one)
        schema = next(one for one in schema["anyOf"] if "const" not in one and one.get("type") != "null")
    return schema, name, words


def _form(schema: dict[str, Any]) -> Form:
    known, name, words = _known(schema)
    kinds = known.get("type", ())
    if "enum" in known:
        every = tuple(known["enum"])
        if name == "clause":
            return Form(name, known["x-zh"], known["description"], every)
        return Form("word", "、".join(every) + "之一", "one of " + ", ".join(every), every)
    if "boolean" in kinds:
        return Form("boolean", "true或false", "true or false")
    if kinds == "object":
        fields = _fields(known)
        return Form("record", *_told("record", fields), fields=fields)
    if "array" in kinds:
        return _list(known["items"])
    if not name:
        return Form("text", "文字", "text")
    zh, en = known["x-zh"], known["description"]
    for word in words:
        zh, en = f"{zh}，或“{word}”", f'{en}, or "{word}"'
    return Form(name, zh, en, words)


def _list(items: dict[str, Any]) -> Form:
    one = _form(items)
    if one.kind != "record":
        kind = {"id": "ids", "word": "words"}.get(one.kind, "numbers")
        return Form(kind, f"列表，每项为{one.zh}", f"a list, each of it {one.en}", one.words)
    return Form("list", *_told("list", one.fields), fields=one.fields)


def _fields(schema: dict[str, Any]) -> tuple[FormField, ...]:
    required = schema["required"]
    made = [
        FormField(key, one["x-zh"], one["description"], key in required, _form(one))
        for key, one in schema["properties"].items()
    ]
    return tuple(sorted(made, key=lambda field: not field.required))


def _told(kind: str, fields: tuple[FormField, ...]) -> tuple[str, str]:
    """The fields by their keys, those that are required first."""
    least = [field.key for field in fields if field.required]
    more = [field.key for field in fields if not field.required]
    zh, en = "、".join(least), ", ".join(least)
    if least and more:
        zh, en = f"{zh}，已知时含", f"{en}, and where known "
    zh, en = zh + "、".join(more), en + ", ".join(more)
    if kind == "list":
        return (
            f"记录列表，每条含{zh}；没有则为[]",
            f"a list of records, each with {en}; [] where there is none",
        )
    return f"一条记录，含{zh}", f"a record with {en}"
