"""Frames of any kind as columns, and columns as frames: dicts of arrays, and what narwhals knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from ._column_inputs import is_one, months, whole
from ._errors import ArgumentError, MissingValueError, NotFoundError, WrongTypeError
from ._tally import Tally
from .columns import awards

if TYPE_CHECKING:
    from typing import Union

    from typing_extensions import TypeAlias

    from ._column_inputs import Array, Prepared
    from ._policy import Policy
    from .columns import Awards

    Name: TypeAlias = Union[str, int, Any, None]  # a column's name, or a value for every row

FEN = ("total_fen", "city_fen", "district_fen")


class Frame:
    """A frame's columns as NumPy arrays, without copies where its kind allows."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame
        self.narwhal: Any = None
        if isinstance(frame, Mapping):
            self.names = list(frame)
            return
        try:
            import narwhals.stable.v1 as nw
        except ImportError:
            raise ArgumentError(
                "frames other than dicts of arrays need narwhals: pip install libpilot[columns]", "/frame"
            ) from None
        try:
            self.narwhal = nw.from_native(frame, eager_only=True)
        except TypeError:
            lazy = ", which is lazy: collect() it" if hasattr(frame, "collect") else ""
            raise WrongTypeError(
                f"found a {type(frame).__module__}.{type(frame).__name__}{lazy} where a pandas or Polars"
                " DataFrame, a PyArrow Table or a dict of arrays is wanted",
                "/frame",
            ) from None
        self.names = list(self.narwhal.columns)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self.names

    @property
    def rows(self) -> int:
        if self.narwhal is not None:
            return len(self.narwhal)
        columns = [one for one in self.frame.values() if not is_one(one)]
        return len(columns[0]) if columns else 1

    def column(self, name: str) -> Any:
        """The column as an array; one of bool with nulls is masked. Raises NotFoundError, MissingValueError."""
        if name not in self.names:
            listed = ", ".join(map(str, self.names))
            raise NotFoundError(f"there is no such column; the frame has {listed}", f"/{name}")
        if self.narwhal is None:
            return self.frame[name]
        series = self.narwhal[name]
        nulls = series.null_count()
        if nulls:
            missing = series.is_null().to_numpy()
            known = series.drop_nulls().to_numpy()
            if len(known) and isinstance(known[0], (bool, numpy.bool_)):
                return _masked(known, missing, name)
            row = int(numpy.flatnonzero(missing)[0])
            raise MissingValueError(
                f"found {nulls} rows without a value, and every row needs one", f"/{name}/{row}"
            )
        native = series.to_native()
        if str(getattr(native, "dtype", "")).startswith("period"):
            return native.dt.to_timestamp().to_numpy()
        return series.to_numpy()

    def with_columns(self, made: Mapping[str, Any]) -> Any:
        """The same kind of frame, with the columns."""
        if self.narwhal is None:
            return {**self.frame, **made}
        import narwhals.stable.v1 as nw

        backend = self.narwhal.implementation
        return self.narwhal.with_columns(
            *(nw.new_series(name, values, backend=backend) for name, values in made.items())
        ).to_native()

    def like(self, made: Mapping[str, Any]) -> Any:
        """A frame of the same kind, of these columns alone."""
        if self.narwhal is None:
            return {name: numpy.asarray(values) for name, values in made.items()}
        import narwhals.stable.v1 as nw

        return nw.from_dict(dict(made), backend=self.narwhal.implementation).to_native()


def _masked(known: Any, missing: Any, name: str) -> Any:
    """The results that are known at the rows that have one, the others masked."""
    if not all(isinstance(one, (bool, numpy.bool_)) for one in known.tolist()):
        raise WrongTypeError("found other values among True, False and nulls", f"/{name}")
    values = numpy.zeros(len(missing), bool)
    values[~missing] = known.astype(bool)
    return numpy.ma.MaskedArray(values, missing)


class Claims(NamedTuple):
    """The columns of claims, as columns.awards takes them; first has a month for every row."""

    households: Prepared
    first: Array
    last: Prepared
    building_area: Prepared
    communities: Prepared
    passed: Any
    failed: Prepared

    @property
    def rows(self) -> int:
        return len(self.first)

    def awards(self, policy: Policy, **asked: Any) -> Awards:
        return awards(policy=policy, **self._asdict(), **asked)

    def tally(self, policy: Policy, groups: Groups, threads: int) -> Tally:
        made = Tally(policy, len(groups.labels))
        made.add(**self._asdict(), group=groups.codes, threads=threads)
        return made

    def part(self, start: int, stop: int) -> Claims:
        parts: list[Any] = [one[start:stop] if isinstance(one, numpy.ndarray) else one for one in self]
        return Claims(*parts)


class Groups(NamedTuple):
    """The group of each row, from 0, and what the groups are called, in order."""

    codes: Array | None
    labels: list[Any]


def claims_of(
    frame: Frame,
    households: Name = "households",
    first: Name = "first",
    last: Name = "last",
    building_area: Name = None,
    communities: Name = None,
    passed: Any = None,
    failed: Name = None,
) -> Claims:
    """The claims of a frame's rows. A name is that of a column; anything else holds for every row."""
    if households == "households" and not (building_area is None and communities is None):
        households = "households" if "households" in frame else None
    start = _month(frame, first, "first")
    return Claims(
        _quantity(frame, households),
        start if isinstance(start, numpy.ndarray) else numpy.full(frame.rows, start, numpy.int64),
        _month(frame, last, "last"),
        _quantity(frame, building_area),
        _quantity(frame, communities),
        _passed(frame, passed),
        _quantity(frame, failed, mask=True),
    )


def _quantity(frame: Frame, given: Name, *, mask: bool = False) -> Prepared:
    if isinstance(given, str):
        return whole(frame.column(given), given, mask=mask)
    return whole(given, "value", mask=mask)


def _month(frame: Frame, given: Name, name: str) -> Prepared:
    if isinstance(given, str) and (given in frame or not given[:4].isdigit()):
        return months(frame.column(given), given)
    return months(given, name)


def _passed(frame: Frame, given: Any) -> Any:
    if isinstance(given, str):
        found = frame.column(given)
        return found if _is_results(found) else whole(found, given, mask=True)
    if isinstance(given, Mapping):
        return {year: frame.column(one) if isinstance(one, str) else one for year, one in given.items()}
    return given


def _is_results(found: Any) -> bool:
    return bool(numpy.asarray(found).dtype.kind == "b")


def groups_of(frame: Frame, by: str | None) -> Groups:
    """The groups of a column, sorted."""
    if by is None:
        return Groups(None, [None])
    try:
        labels, codes = numpy.unique(numpy.asarray(frame.column(by)), return_inverse=True)
    except TypeError:
        raise WrongTypeError(
            "found values that cannot be put in order, which groups need", f"/{by}"
        ) from None
    return Groups(codes.astype(numpy.int64, copy=False), labels.tolist() or [None])


def codes_of(frame: Frame, by: str, labels: Iterable[Any]) -> Array:
    """The groups of a column whose labels are known."""
    place = {label: code for code, label in enumerate(labels)}
    found, codes = numpy.unique(numpy.asarray(frame.column(by)), return_inverse=True)
    known = numpy.array([place[label] for label in found.tolist()], numpy.int64)
    return known[codes] if len(found) else codes.astype(numpy.int64)
