"""What the rules find of records, of which nothing but the outcomes is kept: one record, or very many."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import islice
from os import PathLike, fspath

from . import _pilot
from ._call import words
from ._city import City, Counts
from ._errors import ArgumentError, Error, NotFoundError, WrongTypeError
from ._policy import native
from ._values import count, day, one_of, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from typing import Any, Literal, Union

    from typing_extensions import TypeAlias

    from ._policy import Policy
    from ._values import Day, Document

    Numbers: TypeAlias = Union[tuple[int, ...], None]
    Records: TypeAlias = Union[str, PathLike[str], Iterable[Document]]
    Placed: TypeAlias = tuple[int, Any]  # the number of the record or of its line, and the record
    Judged: TypeAlias = tuple[tuple[Placed, ...], tuple[Union[bytes, None], ...]]


class Verdict(Mapping[str, str]):
    """The outcomes of rules by their ids, in the order of ``libpilot.RULES``: of each rule the worst that it finds
    among the records, a breach before unknown, pending, info, met and not applicable. A rule that is asked of none of
    the records is ``not_applicable``. It never changes; compared by value and pickled."""

    __slots__ = ("_asked", "_outcomes")

    def __init__(self, asked: tuple[str, ...], outcomes: bytes) -> None:
        self._asked = asked
        self._outcomes = outcomes

    def __getitem__(self, rule: str) -> str:
        if rule not in self._asked:
            raise KeyError(rule)
        return _outcomes()[self._outcomes[self._asked.index(rule)]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._asked)

    def __len__(self) -> int:
        return len(self._asked)

    def __hash__(self) -> int:
        return hash((self._asked, self._outcomes))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Verdict, (self._asked, self._outcomes))

    def __repr__(self) -> str:
        told = ", ".join(f"{key} {value}" for key, value in self.counts.to_dict().items() if value)
        return f"<Verdict: {told}>"

    @property
    def ok(self) -> bool:
        """Nothing is breached; what is unknown or pending may yet be."""
        return _BREACH not in self._outcomes

    @property
    def counts(self) -> Counts:
        """How many rules have each outcome."""
        return Counts(*map(self._outcomes.count, range(len(_outcomes()))))

    def rules(self, *outcomes: str) -> tuple[str, ...]:
        """The rules of these outcomes. Raises NotFoundError (no such outcome).

        >>> verdict({"areas": [], "districts": [{"id": "360102"}], "communities": [{"id": "c", "district": "360102",
        ...     "offices": [{"area_m2": "118.50"}]}]}, as_of="2020-02-29").rules("breach")
        ('office_area',)
        """
        known, found = _outcomes(), self._outcomes
        places: list[int] = []
        for number in {one_of(outcome, known, "/outcome") for outcome in outcomes}:
            at = found.find(number)
            while at >= 0:
                places.append(at)
                at = found.find(number, at + 1)
        if len(outcomes) > 1:
            places.sort()
        return tuple([self._asked[at] for at in places])


_BREACH = 1


@lru_cache(maxsize=None)
def _outcomes() -> tuple[str, ...]:
    return words("outcome")


@lru_cache(maxsize=None)
def _numbers() -> dict[str, int]:
    return {rule: number for number, rule in enumerate(_pilot.rule_ids())}


@lru_cache(maxsize=None)
def _all() -> tuple[str, ...]:
    return tuple(_numbers())


def _asked(rules: Iterable[str] | None) -> tuple[Numbers, tuple[str, ...]]:
    """The numbers of the rules, None for all, and their ids, each once."""
    if rules is None:
        return None, _all()
    if isinstance(rules, str):
        raise WrongTypeError(f"found {told(rules)} where a list of ids of rules is wanted", "/rules", rules)
    known = _numbers()
    asked = tuple(dict.fromkeys(rules))
    for at, rule in enumerate(asked):
        if rule not in known:
            raise NotFoundError(
                f"no rule has the id {told(rule)}",
                f"/rules/{at}",
                str(rule),
                message_zh=f"没有编号为{told(rule)}的规则",
            )
    return tuple(known[rule] for rule in asked), asked


def verdict(
    record: City | Document,
    *,
    as_of: Day,
    policy: Policy | None = None,
    rules: Iterable[str] | None = None,
    community: str | None = None,
) -> Verdict:
    """The outcomes of the rules on a city's records on the day, where findings, words and receipt are not needed:
    what ``check`` finds, the worst of each rule, at a fraction of its time.

    record: a City, or whatever City.load takes; a dict is read as it is, without a text in between. policy: the
    notice's where it is None. rules: ids of those that are asked; all where it is None. community: the id of the one
    whose records alone are asked, with those of its areas; the rules of the city and of districts are
    ``not_applicable`` then. Raises what check raises; NotFoundError (no such rule or community).

    >>> office = {"area_m2": "118.50"}
    >>> found = verdict({"districts": [{"id": "360102"}], "areas": [],
    ...                  "communities": [{"id": "c", "district": "360102", "offices": [office]}]}, as_of="2020-02-29")
    >>> found.ok, found["office_area"], found["property_staff"], len(found) == len(found.keys())
    (False, 'breach', 'unknown', True)
    """
    numbers, asked = _asked(rules)
    by, on = native(policy), day(as_of, "as_of")
    if community is None and not isinstance(record, City):
        found = _pilot.verdicts(by, on, numbers, (record,))[0]
        if found is not None:
            return Verdict(asked, found)
    city = record if isinstance(record, City) else City(record)
    return Verdict(asked, _pilot.city_verdict(by, city._native, on, numbers, community))


def check_many(
    records: Records,
    *,
    as_of: Day,
    policy: Policy | None = None,
    rules: Iterable[str] | None = None,
    bad: Literal["raise", "keep"] = "raise",
    threads: int = 1,
) -> Iterator[Verdict | Error]:
    """The verdict of each record, one after another and in order: of files with very many.

    records: an iterable of what verdict takes, texts as JSON and not as paths; or the path of a file with a JSON
    document a line (NDJSON), of which blank lines are passed over. Records are taken from it some hundreds at a time
    and none may be changed once it has been given. as_of, policy, rules: as verdict has them. bad: ``raise`` raises
    the Error of the first bad record when its turn comes; ``keep`` gives that Error in the place of its verdict. Its
    path begins with the record's index, ``/17/areas/0``; of a file it has the source and the line. threads: how many
    work at once; the library's work holds no lock of Python's.

    Raises RangeError (as_of), NotFoundError (a rule), ArgumentError (threads), WrongTypeError, OSError.

    >>> city = {"districts": [{"id": "360102"}], "areas": [],
    ...         "communities": [{"id": "c", "district": "360102", "offices": [{"area_m2": "118.50"}]}]}
    >>> for made in check_many([city, {**city, "areas": 1}], as_of="2020-02-29", rules=["office_area"], bad="keep"):
    ...     print(dict(made) if isinstance(made, Verdict) else made)
    {'office_area': 'breach'}
    /1/areas: found a number where a list of records is wanted
    """
    numbers, asked = _asked(rules)
    keep = one_of(bad, ("raise", "keep"), "/bad") == 1
    if count(threads, "threads") < 1:
        raise ArgumentError(
            f"found {told(threads)} where a number of threads, 1 or more, is wanted", "/threads"
        )
    if isinstance(records, (bytes, bytearray, Mapping, City)):
        raise WrongTypeError(
            f"found {type(records).__name__} where an iterable of records or a path is wanted", "/records"
        )
    by, on = native(policy), day(as_of, "as_of")
    _pilot.verdicts(by, on, numbers, ())  # refuses the day now, and not with the first record

    def judge(batch: tuple[Placed, ...]) -> Judged:
        return batch, _pilot.verdicts(by, on, numbers, tuple(_text(record) for _, record in batch))

    def again(record: Document) -> bytes:
        city = record if isinstance(record, City) else City(_text(record))
        return _pilot.city_verdict(by, city._native, on, numbers, None)

    if isinstance(records, (str, PathLike)):
        source = fspath(records)
        return _given(_judged(_lines(source), judge, threads), asked, again, source, keep)
    return _given(_judged(enumerate(records), judge, threads), asked, again, "", keep)


_BATCH = 256
_PIECE = 1 << 20  # bytes


def _text(record: Any) -> Any:
    """A text as its bytes, which are no path."""
    return record.encode("utf-8", "surrogatepass") if isinstance(record, str) else record


def _lines(path: str) -> Iterator[Placed]:
    """The lines of a file, from 1, that are not blank."""
    with open(path, "rb") as file:
        number, rest = 0, b""
        while piece := file.read(_PIECE):
            *whole, rest = (rest + piece).split(b"\n")
            for line in whole:
                number += 1
                if line.strip():
                    yield number, line
        if rest.strip():
            yield number + 1, rest


def _judged(
    placed: Iterator[Placed], judge: Callable[[tuple[Placed, ...]], Judged], threads: int
) -> Iterator[Judged]:
    """What judge makes of the records, batch by batch and in order; a few batches are ahead of what is taken."""
    batches = iter(lambda: tuple(islice(placed, _BATCH)), ())
    if threads == 1:
        yield from map(judge, batches)
        return
    with ThreadPoolExecutor(threads) as pool:
        ahead: deque[Future[Judged]] = deque()
        try:
            for batch in batches:
                ahead.append(pool.submit(judge, batch))
                if len(ahead) > 2 * threads:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for waiting in ahead:
                waiting.cancel()


def _given(
    judged: Iterator[Judged],
    asked: tuple[str, ...],
    again: Callable[[Any], bytes],
    source: str,
    keep: bool,
) -> Iterator[Verdict | Error]:
    for batch, found in judged:
        for (number, record), outcomes in zip(batch, found):
            if outcomes is not None:
                yield Verdict(asked, outcomes)
                continue
            try:
                yield Verdict(asked, again(record))
            except Error as error:
                for problem in (error, *error.problems):
                    _place(problem, number, source)
                if not keep:
                    raise
                yield error


def _place(problem: Error, number: int, source: str) -> None:
    """The place of a record's problem among all records."""
    if source:
        problem.source = source
        problem.line = number
    else:
        problem.path = f"/{number}{problem.path}"
