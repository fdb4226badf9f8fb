"""The cells of a column of any kind as NumPy arrays: lists, NumPy, PyArrow, and the series that narwhals knows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from ._errors import WrongTypeError
from ._values import EXACT, blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import TypeAlias

    Array: TypeAlias = numpy.ndarray[Any, numpy.dtype[Any]]


class Cells(NamedTuple):
    """values: bool, whole numbers, floats, datetime64 by the wall clock of their zone, or Python's own values;
    datetime64 and floats have NaT and NaN where missing says so. missing: the rows without a value, or None.
    codes: of each row the place of its value, where values are the distinct ones. type: what the column's own
    library calls it, for errors. text: whether its type is text, whatever the values. scale: the decimals that whole
    numbers stand for."""

    values: Array
    missing: Array | None = None
    codes: Array | None = None
    type: str = ""
    text: bool = False
    scale: int = 0

    def value(self, place: int) -> Any:
        """One of the values, as Python has it."""
        found = self.values[place : place + 1].tolist()[0]
        return Decimal(found).scaleb(-self.scale, EXACT) if self.scale else found

    @property
    def kind(self) -> str:
        """NumPy's letter for the values; U for text, O for Python's own values, V for what is of no use."""
        return "U" if self.text else str(self.values.dtype.kind)

    @property
    def rows(self) -> int:
        return len(self.values if self.codes is None else self.codes)

    def spread(self, of_values: Array) -> Array:
        """What belongs to each value as what belongs to each row."""
        if self.codes is None:
            return of_values
        return of_values[self.codes] if len(of_values) else numpy.zeros(self.rows, of_values.dtype)


# NumPy takes its time to say what a type is called.
_NAMES = {numpy.dtype(name): name for name in ("int64", "int32", "int16", "bool", "float64", "datetime64[M]")}


def is_masked(array: Any) -> bool:
    """NumPy imports its masked arrays, which takes it longer than a million awards, when they are asked for."""
    return type(array) is not numpy.ndarray and isinstance(array, numpy.ma.MaskedArray)


def cells_of(column: Any, name: str) -> Cells:
    """The cells, without copies where they are numbers of NumPy or Arrow, all of them known. Raises WrongTypeError
    (no column)."""
    if isinstance(column, numpy.ndarray):
        made = _of_numpy(column, name)
    elif isinstance(column, (list, tuple)):
        made = _of_list(column, name)
    elif type(column).__module__.partition(".")[0] == "pyarrow":
        made = _of_arrow(column)
    else:
        made = _of_series(column, name)
    return made


def few(column: Any) -> Any:
    """The column as the distinct values that it has, where it is one of Arrow's of numbers, times, True and False:
    others that can be are so anyway."""
    if type(column).__module__.partition(".")[0] != "pyarrow":
        return column
    import pyarrow

    types, kind = pyarrow.types, column.type
    of_few = types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind)
    return column.dictionary_encode() if of_few or types.is_timestamp(kind) else column


def _of_numpy(array: Array, name: str) -> Cells:
    missing = None
    if is_masked(array):
        missing = numpy.ma.getmaskarray(array)
        array = numpy.ma.getdata(array)
    if array.ndim != 1:
        raise WrongTypeError(f"found {array.ndim} dimensions where a column has one", f"/{name}")
    kind, type_ = array.dtype.kind, _NAMES.get(array.dtype) or str(array.dtype)
    if kind in "OUST":
        return _distinct(array.tolist(), name, type_, missing)._replace(text=kind in "UT")
    if kind == "M":
        missing = _either(missing, numpy.isnat(array))
    elif kind == "f":
        missing = _either(missing, numpy.isnan(array))
    return Cells(array, _or_none(missing), None, type_)


def _either(one: Array | None, other: Array | None) -> Array | None:
    if one is None or other is None:
        return other if one is None else one
    return numpy.logical_or(one, other)


def _or_none(missing: Array | None) -> Array | None:
    return missing if missing is not None and missing.any() else None


def _of_list(column: Sequence[Any], name: str) -> Cells:
    # NumPy would make text of a number among texts, and a float of a large number among small ones.
    if set(map(type, column)) <= {int}:
        try:
            return Cells(numpy.array(column, numpy.int64), None, None, "int64")
        except OverflowError:
            pass
    return _distinct(column, name, "objects")


def _distinct(column: Sequence[Any], name: str, type_: str, masked: Array | None = None) -> Cells:
    """The values of each type once; True is not 1."""
    places: dict[Any, int] = {}
    codes = [0] * len(column)
    missing = bytearray(len(column)) if masked is None else bytearray(masked)
    values: list[Any] = []
    for row, one in enumerate(column):
        if type(one) is not str and (missing[row] or blank(one)):
            missing[row] = 1
            continue
        try:
            code = places.setdefault(one if type(one) is str else (type(one), one), len(values))
        except TypeError:
            raise WrongTypeError(
                f"found a {type(one).__name__} in row {row} where one value is wanted", f"/{name}"
            ) from None
        if code == len(values):
            values.append(one)
        codes[row] = code
    known = numpy.frombuffer(missing, bool)
    return Cells(_objects(values), _or_none(known), numpy.array(codes, numpy.int64), type_)


def _objects(values: Sequence[Any]) -> Array:
    """An array of the values themselves; of bool where all are."""
    if values and all(isinstance(one, (bool, numpy.bool_)) for one in values):
        return numpy.array(values, bool)
    made = numpy.empty(len(values), object)
    made[:] = values
    return made


def _of_arrow(column: Any) -> Cells:
    import pyarrow

    types, kind = pyarrow.types, column.type
    if types.is_decimal128(kind):
        scaled = _of_decimals(column)
        if scaled is not None:
            return scaled
    if types.is_string_view(kind):
        column = column.cast(pyarrow.large_string())
    if _is_text(column.type) or types.is_date(kind) or types.is_decimal(kind):
        # There are few days and months, and NumPy is slow to find a day's month.
        column = column.dictionary_encode()
    column = _in_one(column)
    if types.is_dictionary(column.type):
        return _of_dictionary(column, str(kind))
    missing = _flat(column.is_null()) if column.null_count else None
    if types.is_null(kind):
        return Cells(_objects([]), missing, numpy.zeros(len(column), numpy.int64), str(kind))
    if types.is_timestamp(kind):
        return Cells(_wall_clock(column), missing, None, str(kind))
    if types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind):
        return _of_arrow_numbers(column, missing)
    return Cells(numpy.zeros(len(column), "V1"), missing, None, str(kind))


def _wall_clock(times: Any) -> Any:
    import pyarrow.compute

    # PyArrow makes the functions of compute when it is imported, where pyright does not see them.
    zoned = times.type.tz is not None
    return _flat(pyarrow.compute.local_timestamp(times) if zoned else times)  # pyright: ignore[reportAttributeAccessIssue]


def _of_arrow_numbers(column: Any, missing: Array | None) -> Cells:
    import pyarrow

    if missing is not None:
        column = column.fill_null(False if pyarrow.types.is_boolean(column.type) else 0)
    values = _flat(column)
    if values.dtype.kind == "f":
        missing = _or_none(_either(missing, numpy.isnan(values)))
    return Cells(values, missing, None, str(column.type))


def _in_one(column: Any) -> Any:
    """The chunks of a column as one array."""
    import pyarrow

    if not isinstance(column, pyarrow.ChunkedArray):
        return column
    if pyarrow.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _of_decimals(column: Any) -> Cells | None:
    """Decimals as whole numbers of their last place, where those have 64 bits: Arrow gives them 128."""
    array = _in_one(column)
    kind = array.type
    if not 0 <= kind.scale <= 18 or not len(array):
        return None
    words = numpy.frombuffer(array.buffers()[1], "<i8").reshape(-1, 2)[
        array.offset : array.offset + len(array)
    ]
    missing = _or_none(_flat(array.is_null()))
    fits = words[:, 1] == words[:, 0] >> 63
    if not (fits if missing is None else fits | missing).all():
        return None
    return Cells(words[:, 0], missing, None, str(kind), scale=kind.scale)


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind))


def _flat(array: Any) -> Any:
    return array.to_numpy(zero_copy_only=False)


def _of_dictionary(column: Any, type_: str) -> Cells:
    import pyarrow

    missing = _flat(column.is_null()) if column.null_count else None
    codes = _flat(column.indices.fill_null(0) if column.null_count else column.indices)
    dictionary = column.dictionary
    text = _is_text(dictionary.type)
    if text or pyarrow.types.is_decimal(dictionary.type):
        inner = Cells(_objects(dictionary.to_pylist()), _or_none(_flat(dictionary.is_null())))
    elif pyarrow.types.is_date(dictionary.type):
        inner = Cells(_flat(dictionary), _or_none(_flat(dictionary.is_null())))
    else:
        inner = _of_arrow(dictionary)
    if inner.missing is not None and len(dictionary):
        missing = _either(missing, inner.missing[codes])
    if inner.codes is not None and len(dictionary):
        codes = inner.codes[codes]
    return Cells(inner.values, _or_none(missing), codes, type_, text or inner.text)


def _of_series(column: Any, name: str) -> Cells:
    """The cells of a pandas or Polars series, or of anything that NumPy takes for an array."""
    try:
        import narwhals.stable.v1 as nw

        series = nw.from_native(column, series_only=True)
    except (ImportError, TypeError):
        return _of_other(column, name)
    native = series.to_native()
    type_ = str(native.dtype)
    if hasattr(native.dtype, "pyarrow_dtype"):
        import pyarrow

        return _of_arrow(pyarrow.chunked_array(pyarrow.array(native.array)))
    if type_ == "category" or type_.startswith("period"):
        codes, values = native.factorize()
        missing = codes < 0
        return Cells(_objects(values.tolist()), _or_none(missing), numpy.where(missing, 0, codes), type_)
    if type_.startswith("Decimal"):
        return _of_polars_decimals(native, name)
    return _of_narwhal(series, name, type_)


def _of_narwhal(series: Any, name: str, type_: str) -> Cells:
    import narwhals.stable.v1 as nw

    dtype = series.dtype
    text = isinstance(dtype, (nw.String, nw.Categorical, nw.Enum)) and type_ != "object"
    if text or isinstance(dtype, (nw.Object, nw.Unknown)) or type_ in ("object", "Null", "Int128"):
        return _distinct(series.to_list(), name, type_)._replace(text=text)
    if isinstance(dtype, nw.Datetime) and dtype.time_zone is not None:
        series = series.dt.replace_time_zone(None)
    if isinstance(dtype, (nw.Date, nw.Datetime)):
        return _of_numpy(series.to_numpy(), name)._replace(type=type_)
    if not dtype.is_numeric() and dtype != nw.Boolean:
        return Cells(numpy.zeros(len(series), "V1"), None, None, type_)
    missing = series.is_null().to_numpy() if series.null_count() else None
    if missing is not None:
        series = series.fill_null(False if dtype == nw.Boolean else 0)
    made = _of_numpy(series.to_numpy(), name)
    return made._replace(missing=_or_none(_either(missing, made.missing)), type=type_)


def _of_polars_decimals(column: Any, name: str) -> Cells:
    """Likewise as whole numbers of their last place."""
    import polars

    scaled = column.to_physical().cast(polars.Int64, strict=False)
    if scaled.null_count() != column.null_count():
        return _distinct(column.to_list(), name, str(column.dtype))
    return _of_series(scaled, name)._replace(type=str(column.dtype), scale=column.dtype.scale)


def _of_other(column: Any, name: str) -> Cells:
    try:
        array = numpy.asarray(column)
    except ValueError:
        raise WrongTypeError("found no column: lists of lists, or of other things", f"/{name}") from None
    return _of_numpy(array, name)
