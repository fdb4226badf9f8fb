"""Passes over rows: the arrays that they write, the blocks they are cut into, and what became of the rows."""

from __future__ import annotations

from concurrent.futures import CancelledError, ThreadPoolExecutor
from itertools import chain
from operator import attrgetter
from threading import Condition
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from ._column_inputs import part, row_count
from ._errors import BY_NUMBER, ArgumentError, WrongTypeError
from ._values import count, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Protocol, TypeVar

    from typing_extensions import TypeAlias

    from ._column_inputs import Array, Prepared

    Done: TypeAlias = tuple[int, int, int]  # bad rows, the first of them, the number of its status
    Call: TypeAlias = Callable[[tuple[Prepared, ...], tuple[Array | None, ...]], Done]
    Work: TypeAlias = Callable[[int, int], Done]  # of the rows from the first number up to the second

    class Told(Protocol):
        @property
        def bad(self) -> int: ...
        @property
        def first_bad(self) -> int | None: ...
        @property
        def status(self) -> str | None: ...

    T = TypeVar("T", bound=Told)
    Item = TypeVar("Item")
    Made = TypeVar("Made")


class Checked:
    """A result that tells of bad rows."""

    __slots__ = ()

    def check(self: T) -> T:
        """Raises the Error of the first bad row, at ``/row``; gives the same result where there is none."""
        if self.bad:
            kind = next(kind for kind in BY_NUMBER.values() if kind.status == self.status)
            raise kind(f"{kind.__doc__} ({self.bad} bad rows in all)", f"/{self.first_bad}")
        return self


class _Pass(NamedTuple):
    bad: int = 0
    first_bad: int | None = None
    status: str | None = None


class Pass(_Pass, Checked):
    """What became of the rows: bad ones, the first of them and its status as a word, or None."""

    __slots__ = ()


class Output(NamedTuple):
    """An array to write. name: where the result has it, such as ``total`` or ``service.gap``; wanted: whether
    it is made where none is given; width: of each row, None where the array has one dimension."""

    name: str
    wanted: bool = True
    kind: type[Any] = numpy.int64
    width: int | None = None


def written(
    call: Call,
    prepared: Sequence[Prepared],
    outputs: Sequence[Output],
    out: object,
    threads: int,
    first: int | None = None,
) -> list[Any]:
    """The outputs, of out or new, which the call has written all rows to, and then the fields of the Pass.
    The call gets a block of rows at a time, its outputs flat; first: as of over_rows."""
    rows = row_count(prepared)
    arrays = [_output(one, None if out is None else attrgetter(one.name)(out), rows) for one in outputs]

    def work(start: int, stop: int) -> Done:
        flat = (None if array is None else array[start:stop].reshape(-1) for array in arrays)
        return call(part(prepared, start, stop), tuple(flat))

    return [*arrays, *over_rows(rows, threads, lambda: work, first)]


def _output(wanted: Output, given: Any, rows: int) -> Array | None:
    shape = (rows,) if wanted.width is None else (rows, wanted.width)
    if given is None:
        return numpy.empty(shape, wanted.kind) if wanted.wanted else None
    path = "/out/" + wanted.name.replace(".", "/")
    if not isinstance(given, numpy.ndarray) or given.dtype != wanted.kind or given.shape != shape:
        raise WrongTypeError(f"an array of {numpy.dtype(wanted.kind)} of the shape {shape} is wanted", path)
    if not given.flags.c_contiguous or not given.flags.writeable or not given.flags.aligned:
        raise WrongTypeError("an array that can be written, without gaps, is wanted", path)
    return given


def pass_of(blocks: Iterable[tuple[int, Done]]) -> Pass:
    """What became of all rows, from what became of those of each block, with its first row, in order."""
    bad = [(start, done) for start, done in blocks if done[0]]
    if not bad:
        return Pass()
    start, (_, first, number) = bad[0]
    return Pass(sum(done[0] for _, done in bad), start + first, BY_NUMBER[number].status)


FIRST_BLOCK = 1 << 14
# Seconds that a block may take: far more than its call, far less than people notice.
_SHORT, _LONG = 0.01, 0.04
# Seconds that one thread would take for the rows that are left: from here on a pool of them is sooner started.
_PAYS = 0.001


def over_rows(rows: int, threads: int, begin: Callable[[], Work], first: int | None = None) -> Pass:
    """What became of the rows, in as many ranges at once as there are threads, where those pay. begin gives what works
    on the blocks of one range, one after the other; first: rows of the first block, whose time says how long the
    others will take.

    Between two blocks Python sees to its signals, which it never does within one: so an exception, a
    KeyboardInterrupt above all, ends the pass, and when it leaves this function no thread goes on."""
    if count(threads, "threads") < 1:
        raise ArgumentError(
            f"found {told(threads)} where a number of threads, 1 or more, is wanted", "/threads"
        )
    # One block at least, so that columns without rows are looked at, too.
    size = min(first or FIRST_BLOCK, rows)
    began = perf_counter()
    work = begin()
    done = [(0, work(0, size))]
    took = perf_counter() - began
    left = rows - size
    if not left:
        return pass_of(done)
    threads = min(threads, left) if took * left >= _PAYS * size else 1
    # Each output's cache lines but those at the edges belong to one thread.
    edges = [size + left * i // threads for i in range(threads + 1)]

    def through(span: tuple[int, int], goes_on: Callable[[], bool]) -> list[tuple[int, Done]]:
        own = work if span[0] == size else begin()
        return [(start, own(start, stop)) for start, stop in _blocks(*span, size, took, goes_on)]

    made = in_threads(through, list(zip(edges[:-1], edges[1:])), threads)
    return pass_of(chain(done, *made))


def _blocks(
    start: int, stop: int, size: int, took: float, goes_on: Callable[[], bool]
) -> Iterator[tuple[int, int]]:
    """The rows in blocks, each as long as the size of the last one and its seconds suggest: a row of an account takes a
    hundred times as long as one of a tally."""
    while start < stop and goes_on():
        size = size * 2 if took < _SHORT else max(size // 2, 1) if took > _LONG else size
        began = perf_counter()
        yield start, min(start + size, stop)
        start += size
        took = perf_counter() - began


def in_threads(
    work: Callable[[Item, Callable[[], bool]], Made], items: Sequence[Item], threads: int
) -> list[Made]:
    """What work makes of each item, in their order. work asks what it is given whether to go on, as often as
    it can: no longer once any of them, or the caller, has met an exception, which leaves this function when none
    of them works any more."""
    if threads == 1:
        return [work(item, lambda: True) for item in items]
    stopped: list[bool] = []
    working: list[Item] = []
    changed = Condition()

    def watched(item: Item) -> Made:
        with changed:
            if stopped:
                raise CancelledError  # pragma: no cover: whether a block begins after another failed depends on time
            working.append(item)
        try:
            return work(item, lambda: not stopped)
        except BaseException:
            stopped.append(True)
            raise
        finally:
            with changed:
                working.pop()
                changed.notify()

    # A pool waits for its threads, but not for one that it was starting when the exception came.
    with ThreadPoolExecutor(threads) as pool:
        try:
            return list(pool.map(watched, items))
        finally:
            with changed:
                stopped.append(True)
                changed.wait_for(lambda: not working)
