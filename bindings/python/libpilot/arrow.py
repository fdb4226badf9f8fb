"""Awards and tallies of Arrow batches: the one function that Spark, DuckDB, Polars and others can call.

A batch is a pyarrow RecordBatch or Table, or what offers one by the Arrow C stream, as the frames of Polars
and pandas do. Its columns are named by argument:

households, communities: whole numbers of any width, or whole floats or decimals; building_area: m², whole numbers,
    decimals of at most two places or text such as ``83240.57``; building_area_dm2: whole 0.01 m². Only those that
    the policy pays by are looked at.
first, last: months of service, both included: dates and timestamps (their month, by the wall clock of their own
    zone), whole numbers (months since 1970-01) or text such as ``2019-12``.
passed, failed: the assessments, as masks with a bit for each year from that of the policy's first rate;
    passed may be True, False or null (not assessed), for all years. What is not given means what it means to
    libpilot.columns.awards.

A row that cannot be computed is bad and does not stop the others: a null in any of these columns, but for a result
that is not known, is ``missing_value``; else the row has the library's status, ``type`` where a number has decimals.

Raises for the whole batch: NotFoundError (no column of that name), WrongTypeError (a column of another type).
"""

from __future__ import annotations

from ._errors import BY_NUMBER, ArgumentError, DuplicateKeyError, NotFoundError, WrongTypeError
from ._policy import NANCHANG_2019, Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, Union

    import pyarrow as pa
    from typing_extensions import TypeAlias

    from . import Tally
    from ._frames import Rows

    Batch: TypeAlias = Union[pa.RecordBatch, pa.Table]

__all__ = ["awards", "ddl", "register_duckdb", "schema", "tally", "tally_batch"]

_MADE = {"total_fen": "bigint", "city_fen": "bigint", "district_fen": "bigint", "status": "string"}


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
    building_area_dm2: str | None = None,
    communities: str | None = None,
    passed: str | None = None,
    failed: str | None = None,
    passed_from: str | None = None,
) -> Batch:
    """The batch with each row's award (4.4.1-6, 4.4.1-8): its own columns, then those of :func:`schema`.

    Amounts are fen, null in a bad row; status is ``ok``, or why the row is bad. A RecordBatch gives a
    RecordBatch, anything else a Table; the rows are the same however they are cut into batches. Raises
    DuplicateKeyError as well, as :func:`schema` does.
    """
    import pyarrow as pa

    named = _named(households, first, last, building_area, building_area_dm2, communities, passed, failed, passed_from)
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
    building_area_dm2: str | None = None,
    communities: str | None = None,
    passed: str | None = None,
    failed: str | None = None,
    passed_from: str | None = None,
) -> Tally:
    """The sums of the rows' awards by group and year: of a batch, or of all that an iterable gives.

    group: the column of each row's group: whole numbers from 0 to groups - 1; or, where groups are a list of
    values (district codes, names), those, and the group's number is the place in the list. A row of no group
    is bad, as are those that :func:`awards` finds bad; they are counted. Tallies of any parts of the rows add
    up, by ``+``, to the same bytes.
    """
    from . import Tally

    named = _named(households, first, last, building_area, building_area_dm2, communities, passed, failed, passed_from)
    sums = Tally(policy, groups if isinstance(groups, int) else len(groups))
    for part in _parts(batches):
        rows = _rows(part, policy, named)
        if group is not None:
            rows.group = _group(part, group, groups)
        rows.add_to(sums)
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
    """Makes the award a function of SQL on the duckdb connection: name(quantity, first, last), with passed,
    failed and passed_from after them where those are known. It gives a STRUCT of the columns of :func:`schema`. There is
    a quantity for each of households, building_area (m²) and communities, in this order, that the policy pays by.
    Values are of the types that :func:`awards` takes."""
    import pyarrow as pa

    from ._column_inputs import QUANTITIES, paid_by

    needed = [*(argument for argument in QUANTITIES if argument in paid_by(policy)), "first", "last"]
    arguments = [*needed, "passed", "failed", "passed_from"]

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
    arguments = (
        "households",
        "first",
        "last",
        "building_area",
        "building_area_dm2",
        "communities",
        "passed",
        "failed",
        "passed_from",
    )
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

    found = _rows(batch, policy, named).awards(policy, statuses=True)
    statuses = found.statuses
    assert statuses is not None
    bad = statuses != 0
    holes = bad if np.any(bad) else None
    words = pa.array(["ok", *(BY_NUMBER[number].status for number in range(1, len(BY_NUMBER) + 1))])
    told = pa.DictionaryArray.from_arrays(pa.array(statuses.astype(np.int8)), words)
    amounts = [pa.array(values, mask=holes) for values in (found.total, found.city, found.district)]
    return pa.RecordBatch.from_arrays([*batch.columns, *amounts, told.cast(pa.string())], schema=made)


def _rows(batch: pa.RecordBatch, policy: Policy, named: dict[str, str]) -> Rows:
    from ._column_inputs import QUANTITIES, paid_by, read_claims
    from ._frames import Rows

    needed = paid_by(policy)
    unpaid = {argument for argument in QUANTITIES if argument not in needed}
    given = {
        argument: _column(batch, argument, column)
        for argument, column in named.items()
        if argument.replace("_dm2", "") not in unpaid
    }
    return Rows(read_claims(given, needed=needed))


def _column(batch: pa.RecordBatch, argument: str, column: str) -> pa.Array:
    places = batch.schema.get_all_field_indices(column)
    if len(places) != 1:
        found = "no column" if not places else "more than one column"
        raise NotFoundError(
            f'the batch has {found} "{column}": it has {", ".join(batch.schema.names)}',
            f"/{argument}",
            column,
        )
    return batch.column(places[0])


def _plain(values: pa.Array) -> pa.Array:
    """Neither dictionary nor views, for which Arrow lacks kernels."""
    import pyarrow as pa

    if pa.types.is_dictionary(values.type):
        return _plain(values.dictionary).take(values.indices)
    return values.cast(pa.large_string()) if pa.types.is_string_view(values.type) else values


def _group(batch: pa.RecordBatch, group: str, groups: int | Sequence[Any]) -> Any:
    """The number of each row's group; -1, which none has, for a null or a value that is not listed."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from ._column_inputs import whole

    values = _plain(_column(batch, "group", group))
    if not isinstance(groups, int):
        try:
            wanted = pa.array(groups, values.type)
            values = pc.index_in(values, wanted, skip_nulls=True)  # pyright: ignore[reportAttributeAccessIssue]
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise WrongTypeError(
                f'groups are not of the type of column "{group}": {error}', "/groups"
            ) from None
    if not pa.types.is_integer(values.type) and not pa.types.is_null(values.type):
        raise WrongTypeError(
            f'column "{group}" is {values.type} where whole numbers of groups are wanted',
            "/group",
            str(values.type),
        )
    return whole(values, "group", absent=-1)
