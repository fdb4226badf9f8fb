"""Owners' votes (5.3-2, 5.4-2, 4.4.2-1), by the law in force on the day."""

from __future__ import annotations

from decimal import Decimal

from ._call import call_with
from ._errors import MissingValueError, WrongTypeError
from ._policy import Receipt, native, receipt_of
from ._values import Value, count, day, day_of, exact, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from ._policy import Policy
    from ._values import Day, Document, Exact


class Weight(Value):
    """Owners, and the exclusive area that is theirs, in m²."""

    area: Exact
    owners: int


class Threshold(Value):
    """What a vote has to reach: owners, or m² of exclusive area. share is taken of base; bound: ``more_than`` or
    ``at_least``. missing: while the base stays as it is. more: what would do, voting in favour, of those who have
    not voted; None where not all would."""

    met: bool
    bound: str
    share: str
    base: Decimal
    needed: Decimal
    reached: Decimal
    missing: Decimal
    more: Decimal | None


class VoteResult(Value):
    """The outcome of an owners' vote. law, law_first: the policy's vote rule and the day it is in force from; kind:
    ``ordinary`` or ``special``, by it. reachable: those who have not voted could still make it pass."""

    passed: bool
    matter: str
    kind: str
    law: str
    law_first: date
    approval_of: str
    all: Weight
    participating: Weight
    in_favour: Weight
    participation_area: Threshold
    participation_heads: Threshold
    approval_area: Threshold
    approval_heads: Threshold
    reachable: bool
    receipt: Receipt


class Unit(Value):
    """An exclusive unit, a dwelling or a shop, and its ballot: ``none``, ``in_favour``, ``against``,
    ``abstained``. area: m². owner: any text that is one owner's alone. developer: not yet sold or handed over."""

    area: Exact
    owner: str | None
    ballot: str
    developer: bool | None = None


def _weight(row: Mapping[str, Any]) -> Weight:
    return Weight(Decimal(row["area_m2"]), row["owners"])


def _threshold(row: Mapping[str, Any]) -> Threshold:
    values = [
        row.get(name + "_m2", row.get(name)) for name in ("base", "needed", "reached", "missing", "more")
    ]
    base, needed, reached, missing, more = (None if value is None else Decimal(value) for value in values)
    assert base is not None and needed is not None and reached is not None and missing is not None
    return Threshold(row["met"], row["bound"], row["share"], base, needed, reached, missing, more)


def _result(row: Mapping[str, Any]) -> VoteResult:
    first = day_of(row["law_first"])
    assert first is not None
    return VoteResult(
        row["passed"],
        row["matter"],
        row["kind"],
        row["law"],
        first,
        row["approval_of"],
        _weight(row["all"]),
        _weight(row["participating"]),
        _weight(row["in_favour"]),
        _threshold(row["participation_area"]),
        _threshold(row["participation_heads"]),
        _threshold(row["approval_area"]),
        _threshold(row["approval_heads"]),
        row["reachable"],
        receipt_of(row),
    )


def _weight_document(weight: Weight | tuple[Exact, int] | Mapping[str, Any], name: str) -> dict[str, Any]:
    if isinstance(weight, Weight):
        area, owners = weight.area, weight.owners
    elif isinstance(weight, tuple):
        area, owners = weight
    else:
        return dict(weight)
    return {"area_m2": exact(area, f"{name}/area_m2"), "owners": count(owners, f"{name}/owners")}


def _unit_document(unit: Unit | Mapping[str, Any], index: int) -> dict[str, Any]:
    if not isinstance(unit, Unit):
        return dict(unit)
    made = {"area_m2": exact(unit.area, f"units/{index}/area_m2"), "ballot": unit.ballot}
    known = {"owner": unit.owner, "developer": unit.developer}
    return {**made, **{key: value for key, value in known.items() if value is not None}}


def decide_vote(
    document: Document | None = None,
    *,
    policy: Policy | None = None,
    held_on: Day | None = None,
    matter: str | None = None,
    all: Weight | tuple[Exact, int] | Mapping[str, Any] | None = None,
    in_favour: Weight | tuple[Exact, int] | Mapping[str, Any] | None = None,
    against: Weight | tuple[Exact, int] | Mapping[str, Any] | None = None,
    abstained: Weight | tuple[Exact, int] | Mapping[str, Any] | None = None,
    units: Iterable[Unit | Mapping[str, Any]] | None = None,
) -> VoteResult:
    """Decides a vote by the law in force on its day.

    Either document, a path, JSON text or a dict as ``libpilot.schema("vote_totals")`` describes it, or its parts: the
    day, the matter (``libpilot.words("vote_matter")``) and either totals, (m², owners) each, or the units, counted
    by the rule that one owner is one head (SPC interpretation on separate ownership, arts. 8 and 9).

    >>> for day in ("2020-06-01", "2021-06-01"):
    ...     result = decide_vote(held_on=day, matter="hire_provider", all=("61370.00", 1000),
    ...                         in_favour=("28000.00", 450), against=("13000.00", 220))
    ...     print(result.passed, result.law, result.participation_heads.missing, result.approval_area.missing)
    False property-law 0 2685.01
    True civil-code 0 0.00

    Raises InconsistentError (groups that are more than all, area without owners), NotFoundError (no law for so early
    a day), MissingValueError (a unit without an owner, no day or matter), and what a document can be refused for.
    """
    if document is None:
        if held_on is None or matter is None:
            raise MissingValueError(
                "the day or the matter of the vote is not given", "/held_on" if matter else "/matter"
            )
        made: dict[str, Any] = {"held_on": day(held_on, "held_on"), "matter": matter}
        weights = {"all": all, "in_favour": in_favour, "against": against, "abstained": abstained}
        for name, weight in weights.items():
            if weight is not None:
                made[name] = _weight_document(weight, name)
        if units is not None:
            made["units"] = [_unit_document(unit, index) for index, unit in enumerate(units)]
        document = made
    elif any(part is not None for part in (held_on, matter, all, in_favour, against, abstained, units)):
        raise WrongTypeError("a document is given beside its parts: a vote has one or the other")
    return _result(
        load(
            lambda text: call_with("vote", "vote", text, "vote_totals", {"policy": native(policy)}),
            document,
            "vote",
            "vote_totals",
        )
    )
