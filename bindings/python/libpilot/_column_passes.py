"""Passes over rows: the arrays that they write, the ranges they are cut into, and what became of the rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from ._column_inputs import part, row_count
from ._errors import BY_NUMBER, ArgumentError, WrongTypeError
from ._values import count, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol, TypeVar

    from typing_extensions import TypeAlias

    from ._column_inputs import Array, Prepared

    Done: TypeAlias = tuple[int, int, int]  # bad rows, the first of them, the number of its status
    Call: TypeAlias = Callable[[tuple[Prepared, ...], tuple[Array | None, ...]], Done]

    class Told(Protocol):
        @property
        def bad(self) -> int: ...
        @property
        def first_bad(self) -> int | None: ...
        @property
        def status(self) -> str | None: ...

    T = TypeVar("T", bound=Told)


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
    call: Call, prepared: Sequence[Prepared], outputs: Sequence[Output], out: object, threads: int
) -> list[Any]:
    """The outputs, of out or new, which the call has written all rows to, and then the fields of the Pass.
    The call gets a range of rows at a time, its outputs flat."""
    rows = row_count(prepared)
    arrays = [_output(one, None if out is None else attrgetter(one.name)(out), rows) for one in outputs]

    def work(start: int, stop: int) -> Done:
        flat = (None if array is None else array[start:stop].reshape(-1) for array in arrays)
        return call(part(prepared, start, stop), tuple(flat))

    return [*arrays, *over_ranges(rows, threads, work)]


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


def pass_of(done: Done, start: int = 0) -> Pass:
    bad, first, number = done
    return Pass(bad, start + first, BY_NUMBER[number].status) if bad else Pass()


def over_ranges(rows: int, threads: int, work: Callable[[int, int], Done]) -> Pass:
    """What work did for the rows, in as many ranges at once as there are threads."""
    if count(threads, "threads") < 1:
        raise ArgumentError(f"found {told(threads)} where a number of threads, 1 or more, is wanted", "/threads")
    threads = min(threads, rows) or 1
    if threads == 1:
        return pass_of(work(0, rows))
    # Each output's cache lines but those at the edges belong to one thread.
    edges = [rows * i // threads for i in range(threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(work, edges[:-1], edges[1:]))
    parts = [pass_of(one, start) for one, start in zip(done, edges)]
    first = next((part for part in parts if part.bad), parts[0])
    return Pass(sum(part.bad for part in parts), first.first_bad, first.status)
