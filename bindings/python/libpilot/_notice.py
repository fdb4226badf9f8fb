"""The notice: its clauses, the rules that carry them out, the disputed readings, and who is responsible."""

from __future__ import annotations

from . import _pilot
from ._call import call, word_list, words
from ._errors import NotFoundError
from ._values import Value, day_of, meant, one_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from ._city import City, Finding
    from ._policy import Policy
    from ._values import Day, Document


def titles(list: str, lang: str = "en") -> dict[str, str]:
    """What to call the words of a list to people; lang: ``en`` or ``zh``. Raises NotFoundError.

    >>> titles("actor", "zh")["finance_bureau"]
    '市财政局'
    """
    one_of(lang, words("lang"), "/lang")
    return {word["name"]: word[lang] for word in word_list(list)}


def titled(list: str) -> dict[str, tuple[str, ...]]:
    """The words of a list, each with its titles."""
    return {word["name"]: (word["zh"], word["en"]) for word in word_list(list)}


def _key(list: str, word: str | None) -> str | None:
    """The key that a word of the list stands for."""
    if word is None or word in words(list):
        return word
    found = meant(word, titled(list)) if isinstance(word, str) else []
    if not found:
        raise NotFoundError(
            f'found "{word}" where a word of libpilot.words("{list}") is wanted', f"/{list}", str(word)
        )
    if len(found) > 1:
        names = titles(list, "zh")
        listed = [f"{names[key]}（{key}）" for key in found]
        raise NotFoundError(
            f'found "{word}", which can be {", ".join(f"{names[key]} ({key})" for key in found)}',
            f"/{list}",
            word,
            message_zh=f"“{word}”不止一个意思：{'、'.join(listed)}",
        )
    return found[0]


_ASKED = ("matter", "role", "actor", "side", "place", "layout")


def _duties(name: str, *asked: str | None, clause: str | None) -> tuple[Duty, ...]:
    filters: dict[str, Any] = {list: _key(list, word) for list, word in zip(_ASKED, asked)}
    return tuple(map(_duty, call(name, clause=clause, **filters)["duties"]))


def _duty(row: dict[str, Any]) -> Duty:
    found = {key: value for key, value in row.items() if key != "due"}
    return Duty(**{**found, "matters": tuple(row["matters"])})


class Clause(Value):
    """One of the notice's 140 statements.

    decided_by: ``computable``, ``evidence``, ``tracked`` (too soft for a verdict) or ``mixed``. soft: never a
    breach. actors: the bodies it speaks to. carried_out_by: what in the library does.
    """

    id: str
    section: str
    ref: str
    kinds: tuple[str, ...]
    decided_by: str
    soft: bool
    actors: tuple[str, ...]
    zh: str
    en: str
    carried_out_by: tuple[str, ...]


class Rule(Value):
    """A rule that a report holds against the records of its scope; clauses[0] is what a finding cites.

    reads: the fields that decide it, as paths of keys in the city file; no other changes what it finds.
    due: the step by whose date it has to be so (``own``: a date of its own); None of what waits for nothing.
    whole_city: it needs records of the city beyond the one that it is asked of and what that lies in.
    """

    id: str
    clauses: tuple[str, ...]
    scope: str
    part: str
    soft: bool
    due: str | None
    readings: tuple[str, ...]
    outcomes: tuple[str, ...]
    zh: str
    en: str
    reads: tuple[str, ...]
    whole_city: bool

    def check(
        self,
        record: Document,
        *,
        as_of: Day,
        policy: Policy | None = None,
        area: Document | None = None,
        community: Document | None = None,
        district: Document | None = None,
        city: City | Document | None = None,
    ) -> Finding:
        """What the rule finds of one record on the day, as a report has it; its path is "".

        record: of the rule's scope, as it stands in a city file: of a rule of offices an office, of a rule of the
        city a city file; a path, JSON text or bytes, or a dict. Only what the rule ``reads`` need be in it. area,
        community, district: what the record lies in, where the rule reads some of that. city: what else it reads,
        as a part of a city file, such as ``{"menus": [...]}``, or the City, where ``whole_city`` is true; what the
        other records say goes before what it says of the same id. policy: the notice's where it is None.

        >>> finding = rule("office_area").check({"offices": [{"area_m2": "118.50"}]}, as_of="2020-02-29")
        >>> finding.outcome, finding.found, finding.required
        ('breach', '118.50', '120.00')
        >>> rule("office_area").reads
        ('communities/offices/area_m2', 'communities/offices/route', 'communities/offices/available_from', 'areas/communities', 'areas/branch')
        >>> rule("bays_guided").check({"on_public_road": True}, area={"layout_at_selection": "open"},
        ...                           as_of="2020-02-29").missing
        'traffic_police_guided'
        >>> rule("one_area").check({"id": "c"}, as_of="2020-02-29")
        Traceback (most recent call last):
        libpilot._errors.MissingValueError: /city: the rule "one_area" needs the whole city, not one record: give the city as well; it reads complete, areas/communities

        Raises MissingValueError (the city, which the rule needs, is not given), RangeError (a day outside
        1900..2200), ArgumentError (a record that this one does not lie in), and what City.load raises, with the
        path within the record; of the others it begins with their name, ``/community/assessments/0``.
        """
        from ._city import City, finding_of
        from ._policy import native
        from ._values import day, from_json, load

        def text_of(document: Document | None, name: str) -> str | bytes | None:
            return None if document is None else load(_same, document, name, "")

        around = (
            text_of(area, "area"),
            text_of(community, "community"),
            text_of(district, "district"),
            text_of(city.to_json() if isinstance(city, City) else city, "city"),
        )
        on, under = day(as_of, "as_of"), native(policy)
        text = load(lambda text: _pilot.check_rule(under, self.id, (text, *around), on), record, "record", "")
        return finding_of({**from_json(text), "path": ""})


def _same(text: str | bytes) -> str | bytes:
    """A document's text as it is."""
    return text


class Reading(Value):
    """A place where the notice can be read in more than one way; options[0] is the default. options_zh, options_en:
    what to call the options."""

    name: str
    register: str
    clause: str
    options: tuple[str, ...]
    question_zh: str
    question_en: str
    reason_zh: str
    reason_en: str
    title_zh: str
    title_en: str
    options_zh: tuple[str, ...]
    options_en: tuple[str, ...]


class Duty(Value):
    """What one clause gives one body to do, or to be told.

    side, place, layout: None where they do not narrow it down. order: rank among those of one role in one
    matter on one side. leads_on: the place where the body goes first.

    >>> duty = next(one for one in duties() if one.due())
    >>> duty.clause, duty.due()
    ('2-3', datetime.date(2019, 8, 31))
    """

    row: int
    clause: str
    matters: tuple[str, ...]
    role: str
    actor: str
    zh: str
    en: str
    side: str | None = None
    place: str | None = None
    layout: str | None = None
    order: int = 0
    leads_on: str | None = None

    def due(self, policy: Policy | None = None) -> date | None:
        """The last day for it under the policy (5.1-1 to 5.5-1); None where the notice sets none."""
        from ._policy import native

        rows = call("duties", given={"policy": native(policy)}, clause=self.clause)["duties"]
        return day_of(next(row for row in rows if row["row"] == self.row).get("due"))


_lists: dict[str, tuple[Any, ...]] = {}


def _listed(name: str) -> tuple[Any, ...]:
    """Made on the first use, so that an import is quick."""
    if name not in _lists:
        make = {"CLAUSES": _clause, "RULES": _rule, "READINGS": _reading}[name]
        key = name.lower()
        _lists[name] = tuple(map(make, call(key)[key]))
    return _lists[name]


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _clause(row: dict[str, Any]) -> Clause:
    made = _tuples(row)
    return Clause(decided_by=made.pop("class"), actors=made.pop("actors", ()), **made)


def _rule(row: dict[str, Any]) -> Rule:
    made = _tuples(row)
    due, readings = made.pop("waits_for", None), made.pop("readings", ())
    return Rule(due=due, readings=readings, **{key: made[key] for key in Rule.__match_args__ if key in made})


def _reading(row: dict[str, Any]) -> Reading:
    options = row["options"]
    return Reading(
        name=row["id"],
        options=tuple(option["name"] for option in options),
        options_zh=tuple(option["zh"] for option in options),
        options_en=tuple(option["en"] for option in options),
        **{key: value for key, value in row.items() if key not in ("id", "options")},
    )


def _named(name: str, key: str, value: str) -> Any:
    for found in _listed(name):
        if getattr(found, key) == value:
            return found
    what = name.lower()[:-1]
    raise NotFoundError(
        f'found "{value}", which no {what} of libpilot.{name} is called{_near(name, key, value)}',
        f"/{what}",
        str(value),
    )


def _near(name: str, key: str, value: object) -> str:
    """A hint at names that are much like this one."""
    from difflib import get_close_matches

    near = get_close_matches(str(value), [getattr(one, key) for one in _listed(name)], cutoff=0.75)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def clause(id: str) -> Clause:
    """The clause of this id.

    >>> clause("4.2-1").en
    'A pilot community has to have a property office with 120 m² of office space or more.'

    Raises NotFoundError, a KeyError.
    """
    found = _named("CLAUSES", "id", id)
    assert isinstance(found, Clause)
    return found


def rule(id: str) -> Rule:
    """The rule of this id. Raises NotFoundError, a KeyError.

    >>> rule("office_area").clauses
    ('4.2-1',)
    >>> rule("office_areas")
    Traceback (most recent call last):
    libpilot._errors.NotFoundError: /rule: found "office_areas", which no rule of libpilot.RULES is called; did you mean office_area or office_route?
    """
    found = _named("RULES", "id", id)
    assert isinstance(found, Rule)
    return found


def reading(name: str) -> Reading:
    """The disputed reading of this name. Raises NotFoundError, a KeyError.

    >>> reading("gate_mode").options
    ('once', 'annual')
    """
    found = _named("READINGS", "name", name)
    assert isinstance(found, Reading)
    return found


def duties(
    matter: str | None = None,
    *,
    role: str | None = None,
    actor: str | None = None,
    side: str | None = None,
    place: str | None = None,
    layout: str | None = None,
    clause: str | None = None,
) -> tuple[Duty, ...]:
    """The duties that pass, in the order of the notice. Words are those of ``libpilot.words``, or their titles in
    either language; a Chinese word also stands for the title that has it in it. clause: an id, or a section with
    those below it. Raises NotFoundError for a word that is none, or could be several.

    >>> [duty.clause for duty in duties(actor="finance_bureau", matter="reward")]
    ['3.2-7b', '3.2-7c', '4.4.1-2', '4.4.1-8', '5.5-3']
    >>> duties(actor="市财政局", matter="以奖代补") == duties(actor="finance_bureau", matter="reward")
    True
    """
    return _duties("duties", matter, role, actor, side, place, layout, clause=clause)


def responsible(
    matter: str,
    *,
    role: str | None = None,
    actor: str | None = None,
    side: str | None = None,
    place: str | None = None,
    layout: str | None = None,
    clause: str | None = None,
) -> tuple[Duty, ...]:
    """Who performs, pays for, decides, supervises a matter and may be told of it, the nearest to it first
    (1-3, 1-4, 3.2, 4.3). With place and layout the side of the gate follows. Raises NotFoundError for a word
    that is none, InconsistentError for a side on which the place cannot lie.

    >>> responsible("disorderly_parking", place="public_road", role="supervises")[0].actor
    'traffic_police'
    """
    return _duties("responsible", matter, role, actor, side, place, layout, clause=clause)
