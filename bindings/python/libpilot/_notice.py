"""The notice: its clauses, the rules that carry them out, the disputed readings, and who is responsible."""

from __future__ import annotations

from . import _pilot
from ._errors import NotFoundError
from ._values import Value, day_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from ._policy import Policy


def words(list: str) -> tuple[str, ...]:
    """The words of a list: ``matter``, ``role``, ``actor``, ``side``, ``place``, ``layout`` (of duties),
    ``outcome``, ``reading``, ``vote_matter``, ``ballot``, ``document``, ``lang``.

    >>> words("outcome")
    ('met', 'breach', 'pending', 'unknown', 'info', 'not_applicable')
    """
    return _pilot.words(list)


def titles(list: str, lang: str = "en") -> dict[str, str]:
    """What to call the words of a list to people; lang: ``en`` or ``zh``. Raises NotFoundError.

    >>> titles("actor", "zh")["finance_bureau"]
    '市财政局'
    """
    return dict(zip(_pilot.words(list), _pilot.titles(list, lang)))


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
    """A rule that a report holds against the records of its scope; clauses[0] is what a finding cites."""

    id: str
    clauses: tuple[str, ...]
    scope: str
    part: str
    soft: bool
    dated: bool
    readings: tuple[str, ...]
    outcomes: tuple[str, ...]
    zh: str
    en: str


class Reading(Value):
    """A place where the notice can be read in more than one way; options[0] is the default."""

    name: str
    register: str
    clause: str
    options: tuple[str, ...]
    question_zh: str
    question_en: str
    reason_zh: str
    reason_en: str


class Duty(Value):
    """What one clause gives one body to do, or to be told.

    side, place, layout: None where they do not narrow it down. order: rank among those of one role in one
    matter on one side. leads_on: the place where the body goes first.
    """

    row: int
    clause: str
    matters: tuple[str, ...]
    role: str
    actor: str
    side: str | None
    place: str | None
    layout: str | None
    order: int
    leads_on: str | None
    zh: str
    en: str

    def due(self, policy: Policy | None = None) -> date | None:
        """The last day for it under the policy (5.1-1 to 5.5-1); None where the notice sets none."""
        from ._policy import native

        return day_of(_pilot.duty_due(native(policy), self.row))


_lists: dict[str, tuple[Value, ...]] = {}


def _listed(name: str) -> tuple[Value, ...]:
    """Made on the first use, so that an import is quick."""
    if name not in _lists:
        make, rows = {
            "CLAUSES": (Clause, _pilot.clauses),
            "RULES": (Rule, _pilot.rules),
            "READINGS": (Reading, _pilot.readings),
        }[name]
        _lists[name] = tuple(make(*row) for row in rows())
    return _lists[name]


def _named(name: str, key: str, value: str) -> Value:
    for found in _listed(name):
        if getattr(found, key) == value:
            return found
    what = name.lower()[:-1]
    raise NotFoundError(
        f'found "{value}", which no {what} of libpilot.{name} is called', f"/{what}", str(value)
    )


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
    """The duties that pass, in the order of the notice. Words are those of ``libpilot.words``; clause: an id,
    or a section with those below it. Raises NotFoundError for a word that is none.

    >>> [duty.clause for duty in duties(actor="finance_bureau", matter="reward")]
    ['3.2-7b', '3.2-7c', '4.4.1-2', '4.4.1-8', '5.5-3']
    """
    asked = (matter, role, actor, side, place, layout, clause)
    return tuple(Duty(*row) for row in _pilot.duties_of(asked))


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
    asked = (matter, role, actor, side, place, layout, clause)
    return tuple(Duty(*row) for row in _pilot.responsible(asked))
