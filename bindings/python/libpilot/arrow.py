"""Awards and tallies of Arrow batches: the one function that Spark, DuckDB, Polars and others can call.

A batch is a pyarrow RecordBatch or Table, or what offers one by the Arrow C stream, as the frames of Polars
and pandas do. Its columns are named by argument:

households, communities: whole numbers of any width; building_area: likewise, in 0.01 m². Only those that the
    policy pays by are looked at.
first, last: months of service, both included: dates and timestamps (their month), whole numbers (months since
    1970-01) or text such as ``2019-12``.
passed, failed: the assessments, as masks with a bit for each year from that of the policy's first rate;
    passed may be True or False, for all years. What is not given means what it means to
    libpilot.columns.awards.

A row that cannot be computed is bad and does not stop the others: a null in any of these columns is
``missing_value``; else the row has the library's status.

Raises for the whole batch: NotFoundError (no column of that name), WrongTypeError (a column of floats,
decimals or anything else than named above), TooLargeError (a uint64 that is no int64).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from . import _pilot
from ._errors import (
    BY_NUMBER,
    ArgumentError,
    DuplicateKeyError,
    Error,
    MissingValueError,
    NotFoundError,
    TooLargeError,
    WrongTypeError,
)
from ._policy import NANCHANG_2019, Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, Union

    import numpy as np
    import pyarrow as pa
    from typing_extensions import TypeAlias

    from . import Tally

    Batch: TypeAlias = Union[pa.RecordBatch, pa.Table]
    Faults: TypeAlias = list[tuple[np.ndarray[Any, np.dtype[np.bool_]], int]]

__all__ = ["awards", "ddl", "register_duckdb", "schema", "tally", "tally_batch"]

_MADE = {"total_fen": "bigint", "city_fen": "bigint", "district_fen": "bigint", "status": "string"}
_PER = {
    "households": "household_month",
    "building_area": "square_metre_month",
    "communities": "community_month",
}
# No month of any year that the library knows: what makes a row bad there that is bad already here.
_NO_MONTH = -(2**31)


def schema(inputs: pa.Schema | None = None) -> pa.Schema:
    """The columns that :func:`awards` gives, after those of inputs: total_fen, city_fen, district_fen (int64)
    and status (string). Raises DuplicateKeyError where inputs have one of that name."""
    import pyarrow as pa

    made = pa.schema([]) if inputs is None else inputs
    for name, type_ in _MADE.items():
        if name in made.names:
            raise DuplicateKeyError(
                f"the batch has a column {name}, which is to be made: rename it", f"/{name}"
            )
        made = made.append(pa.field(name, pa.int64() if type_ == "bigint" else pa.string()))
    return made


def ddl() -> str:
    """The same four columns as Spark and SQL write them, for a schema after a frame's own columns.

    >>> ddl()
    'total_fen bigint, city_fen bigint, district_fen bigint, status string'
    """
    return ", ".join(f"{name} {type_}" for name, type_ in _MADE.items())


def awards(
    batch: Batch,
    policy: Policy = NANCHANG_2019,
    *,
    households: str | None = "households",
    first: str = "first",
    last: str = "last",
    building_area: str | None = None,
    communities: str | None = None,
    passed: str | None = None,
    failed: str | None = None,
) -> Batch:
    """The batch with each row's award (4.4.1-6, 4.4.1-8): its own columns, then those of :func:`schema`.

    Amounts are fen, null in a bad row; status is ``ok``, or why the row is bad. A RecordBatch gives a
    RecordBatch, anything else a Table; the rows are the same however they are cut into batches. Raises
    DuplicateKeyError as well, as :func:`schema` does.
    """
    import pyarrow as pa

    named = _named(households, first, last, building_area, communities, passed, failed)
    whole = _arrow(batch)
    made = schema(whole.schema)
    if isinstance(whole, pa.RecordBatch):
        return _awards(whole, policy, named, made)
    return pa.Table.from_batches(
        [_awards(part, policy, named, made) for part in whole.to_batches()], schema=made
    )


def tally(
    batches: Batch | Iterable[Batch],
    policy: Policy = NANCHANG_2019,
    group: str | None = None,
    groups: int | Sequence[Any] = 1,
    *,
    households: str | None = "households",
    first: str = "first",
    last: str = "last",
    building_area: str | None = None,
    communities: str | None = None,
    passed: str | None = None,
    failed: str | None = None,
) -> Tally:
    """The sums of the rows' awards by group and year: of a batch, or of all that an iterable gives.

    group: the column of each row's group: whole numbers from 0 to groups - 1; or, where groups are a list of
    values (district codes, names), those, and the group's number is the place in the list. A row of no group
    is bad, as are those that :func:`awards` finds bad; they are counted. Tallies of any parts of the rows add
    up, by ``+``, to the same bytes.
    """
    from . import Tally

    named = _named(households, first, last, building_area, communities, passed, failed)
    sums = Tally(policy, groups if isinstance(groups, int) else len(groups))
    for part in _parts(batches):
        given, _ = _claims(part, policy, named)
        if group is not None:
            given["group"] = _group(part, group, groups)
        sums.add(**given)
    return sums


def tally_batch(
    batches: Batch | Iterable[Batch],
    policy: Policy = NANCHANG_2019,
    group: str | None = None,
    groups: int | Sequence[Any] = 1,
    **columns: str | None,
) -> pa.RecordBatch:
    """What :func:`tally` gives, packed into the one row of a batch, for engines to carry: a binary column
    ``tally``, in Spark's words ``tally binary``. ``libpilot.Tally.from_bytes`` reads it."""
    import pyarrow as pa

    packed = tally(batches, policy, group, groups, **columns).to_bytes()  # type: ignore[arg-type]
    return pa.RecordBatch.from_pydict({"tally": pa.array([packed], pa.binary())})


def register_duckdb(connection: Any, policy: Policy = NANCHANG_2019, name: str = "reward_fen") -> None:
    """Makes the award a function of SQL on the duckdb connection: name(quantity, first, last), with passed
    and failed after them where those are known. It gives a STRUCT of the columns of :func:`schema`. There is
    a quantity for each of households, building_area and communities, in this order, that the policy pays by.
    Values are of the types that :func:`awards` takes."""
    import pyarrow as pa

    needed = [*(argument for argument in _PER if argument in _paid_by(policy)), "first", "last"]
    arguments = [*needed, "passed", "failed"]

    def call(values: tuple[Any, ...]) -> Any:
        if not len(needed) <= len(values) <= len(arguments):
            raise ArgumentError(f"found {len(values)} arguments where {name}({', '.join(needed)}) is wanted")
        rows = pa.table(dict(zip(arguments, values)))
        made = awards(rows, policy, **{column: column for column in rows.column_names})
        return made.select(list(_MADE)).to_struct_array()

    # DuckDB reads annotations as SQL types: a lambda has none, so that it takes what awards takes.
    connection.create_function(
        name, lambda *values: call(values), None, f"STRUCT({ddl()})", type="arrow", null_handling="special"
    )


def _named(*columns: str | None) -> dict[str, str]:
    arguments = ("households", "first", "last", "building_area", "communities", "passed", "failed")
    return {argument: column for argument, column in zip(arguments, columns) if column is not None}


def _arrow(batch: Any) -> Batch:
    import pyarrow as pa

    if isinstance(batch, (pa.RecordBatch, pa.Table)):
        return batch
    if hasattr(batch, "__arrow_c_stream__"):
        return pa.table(batch)
    raise WrongTypeError(
        f"found {type(batch).__name__} where a pyarrow RecordBatch or Table is wanted", "/batch"
    )


def _parts(batches: Any) -> Iterator[pa.RecordBatch]:
    """Record batches, one at a time where they come so."""
    import pyarrow as pa

    if isinstance(batches, pa.RecordBatch):
        yield batches
    elif isinstance(batches, pa.Table):
        yield from batches.to_batches()
    elif isinstance(batches, pa.RecordBatchReader) or not hasattr(batches, "__arrow_c_stream__"):
        for batch in batches:
            yield from _parts(_arrow(batch))
    else:
        yield from pa.RecordBatchReader.from_stream(batches)


def _awards(batch: pa.RecordBatch, policy: Policy, named: dict[str, str], made: pa.Schema) -> pa.RecordBatch:
    import numpy as np
    import pyarrow as pa

    from . import columns

    given, faults = _claims(batch, policy, named)
    found = columns.awards(policy=policy, statuses=True, **given)
    statuses = found.statuses
    assert statuses is not None
    for rows, status in faults:
        statuses[rows] = status
    bad = statuses != 0
    holes = bad if np.any(bad) else None
    words = pa.array(["ok", *(BY_NUMBER[number].status for number in range(1, len(BY_NUMBER) + 1))])
    told = pa.DictionaryArray.from_arrays(pa.array(statuses.astype(np.int8)), words)
    amounts = [pa.array(values, mask=holes) for values in (found.total, found.city, found.district)]
    return pa.RecordBatch.from_arrays([*batch.columns, *amounts, told.cast(pa.string())], schema=made)


@lru_cache(maxsize=64)
def _paid_by(policy: Policy) -> frozenset[str]:
    """The quantities that the policy has rates for."""
    per = {rate["per"] for rate in policy.to_dict()["rates"]}
    return frozenset(argument for argument, unit in _PER.items() if unit in per)


def _claims(batch: pa.RecordBatch, policy: Policy, named: dict[str, str]) -> tuple[dict[str, Any], Faults]:
    """The columns as the library takes them, and the rows that are bad already; their first month is none, so
    that the library finds them bad as well."""
    given: dict[str, Any] = {"first": None}
    faults: Faults = []
    for argument, column in named.items():
        if argument in _PER and argument not in _paid_by(policy):
            continue
        values = _column(batch, argument, column)
        if values.null_count:
            faults.append((_array(values.is_null()), MissingValueError.number))
        if argument in ("first", "last"):
            given[argument] = _months(values, argument, column, faults)
        else:
            given[argument] = _numbers(values, argument, column)
    if faults:
        given["first"] = given["first"].copy()
        for rows, _ in faults:
            given["first"][rows] = _NO_MONTH
    # Of a row with several faults, the missing value is told.
    faults.sort(key=lambda fault: fault[1])
    return given, faults


def _column(batch: pa.RecordBatch, argument: str, column: str) -> pa.Array:
    places = batch.schema.get_all_field_indices(column)
    if len(places) != 1:
        found = "no column" if not places else "more than one column"
        raise NotFoundError(
            f'the batch has {found} "{column}": it has {", ".join(batch.schema.names)}',
            f"/{argument}",
            column,
        )
    return _plain(batch.column(places[0]))


def _plain(values: pa.Array) -> pa.Array:
    """Neither dictionary nor views, for which Arrow lacks kernels."""
    import pyarrow as pa

    if pa.types.is_dictionary(values.type):
        return _plain(values.dictionary).take(values.indices)
    return values.cast(pa.large_string()) if pa.types.is_string_view(values.type) else values


def _numbers(values: pa.Array, argument: str, column: str) -> Any:
    import pyarrow as pa

    kind = values.type
    if argument == "passed" and pa.types.is_boolean(kind):
        return _array(values.fill_null(False))
    if not pa.types.is_integer(kind) and not pa.types.is_null(kind):
        raise _wrong(kind, argument, column, "whole numbers")
    if argument in ("passed", "failed") and kind == pa.uint64():
        values = values.view(pa.int64())
    try:
        whole = values.cast(pa.int32() if kind == pa.int32() else pa.int64())
    except pa.ArrowInvalid as error:
        raise TooLargeError(f'column "{column}": {error}', f"/{argument}") from None
    return _array(whole.fill_null(0))


def _months(values: pa.Array, argument: str, column: str, faults: Faults) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = values.type
    if pa.types.is_date(kind):
        # Days are few, and NumPy is slow to find a day's month.
        distinct = values.fill_null(date(1970, 1, 1)).dictionary_encode()
        return _months_of(distinct.dictionary)[_array(distinct.indices)]
    if pa.types.is_timestamp(kind):
        # PyArrow makes the functions of pc when it is imported, where pyright does not see them.
        return _months_of(values if kind.tz is None else pc.local_timestamp(values))  # pyright: ignore[reportAttributeAccessIssue]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _text_months(values, faults)
    if pa.types.is_integer(kind) or pa.types.is_null(kind):
        return _numbers(values, argument, column)
    raise _wrong(kind, argument, column, 'dates, months since 1970-01 or text such as "2019-12"')


def _months_of(times: pa.Array) -> Any:
    # Not Arrow's own year, which has 16 bits and wraps.
    return _array(times).astype("datetime64[M]").astype("int64")


def _text_months(values: pa.Array, faults: Faults) -> Any:
    import numpy as np

    distinct = values.fill_null("1970-01").dictionary_encode()
    rows = _array(distinct.indices)
    texts = distinct.dictionary.to_pylist()
    numbers, statuses = np.empty(len(texts), np.int64), np.zeros(len(texts), np.uint8)
    for place, text in enumerate(texts):
        try:
            numbers[place] = _pilot.month_number(text)
        except Error as error:
            numbers[place], statuses[place] = _NO_MONTH, error.number
    faults.extend((statuses[rows] == number, number) for number in set(statuses.tolist()) - {0})
    return numbers[rows]


def _group(batch: pa.RecordBatch, group: str, groups: int | Sequence[Any]) -> Any:
    """The number of each row's group; -1, which none has, for a null or a value that is not listed."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values = _column(batch, "group", group)
    if not isinstance(groups, int):
        try:
            wanted = pa.array(groups, values.type)
            values = pc.index_in(values, wanted, skip_nulls=True)  # pyright: ignore[reportAttributeAccessIssue]
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise WrongTypeError(
                f'groups are not of the type of column "{group}": {error}', "/groups"
            ) from None
    return _numbers(values.fill_null(-1), "group", group)


def _array(values: pa.Array) -> Any:
    return values.to_numpy(zero_copy_only=False)


def _wrong(kind: pa.DataType, argument: str, column: str, wanted: str) -> WrongTypeError:
    import pyarrow as pa

    found = f'column "{column}" is {kind}'
    if pa.types.is_floating(kind):
        found += ", and floats cannot hold every amount exactly: cast it first,"
    return WrongTypeError(f"{found} where {wanted} are wanted", f"/{argument}", str(kind))
