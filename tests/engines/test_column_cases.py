"""The cases of tests/python/column_cases.py by Arrow batches, and as DuckDB, Polars and Spark hand them over."""

import json
import pathlib
import sys

import duckdb
import libpilot
import polars as pl
import pyarrow as pa
import pytest
from libpilot import arrow

sys.path.append(str(pathlib.Path(__file__).parents[1] / "python"))
from column_cases import BY_AREA, CASES  # noqa: E402

TYPES = {
    "text": pa.string(),
    "date": pa.date32(),
    "time": pa.timestamp("us"),
    "zoned": pa.timestamp("us", "Asia/Tokyo"),
    "bool": pa.bool_(),
    "number of months": pa.int32(),
    "int": pa.int64(),
    "uint64": pa.uint64(),
    "float": pa.float64(),
    "decimal": pa.decimal128(20, 3),
    "nulls": pa.null(),
}
TYPED = {str(number): case for number, case in enumerate(CASES) if case.type in TYPES}


def claims(case, column):
    """The cells and what holds for every row, as columns."""
    rest = {name: [value] * len(column) for name, value in case.claim.items()}
    return pa.table({**rest, "x": column})


def found(make):
    """Fen or a word a row; None where the column is refused."""
    try:
        made = make()
    except libpilot.WrongTypeError:
        return None
    rows = zip(made["total_fen"].to_pylist(), made["status"].to_pylist())
    return [fen if status == "ok" else status for fen, status in rows]


def test_batches():
    for case in TYPED.values():
        table = claims(case, pa.array(case.cells, TYPES[case.type]))
        (part,) = table.to_batches()
        for batch in (table, part, part.slice(0, 0)):
            made = found(lambda: arrow.awards(batch, case.policy, **{case.argument: "x"}))
            assert made == (case.rows and case.rows[: len(batch)]), case.name
        summed = case.rows and [one for one in case.rows if not isinstance(one, str)]
        if summed is not None:
            tally = arrow.tally(table, case.policy, **{case.argument: "x"})
            assert (tally.fen()[0], tally.rows) == (sum(summed), len(summed)), case.name


@pytest.mark.parametrize("type_", [pl.Categorical, pl.Enum(["2020-01", "2020-12"])])
def test_polars(type_):
    for case in TYPED.values():
        frame = pl.from_arrow(claims(case, pa.array(case.cells, TYPES[case.type])))
        if case.type == "text" and set(case.cells) <= {"2020-01", "2020-12", None}:
            frame = frame.with_columns(pl.col("x").cast(type_))
        made = found(lambda: arrow.awards(frame, case.policy, **{case.argument: "x"}))
        assert made == case.rows, case.name


def test_duckdb():
    connection = duckdb.connect()
    connection.execute("set timezone = 'Asia/Tokyo'")
    arrow.register_duckdb(connection)
    arrow.register_duckdb(connection, BY_AREA, "area_fen")
    tried = 0
    for case in TYPED.values():
        if case.argument == "building_area_dm2":
            continue
        tried += 1
        column = pa.array(case.cells, TYPES[case.type])
        cells = pa.table({"n": range(len(column)), "x": column})  # noqa: F841 DuckDB finds it by its name
        words = ["building_area" if case.policy is BY_AREA else "households", "first", "last"]
        given = [f"'{case.claim[word]}'" if word in case.claim else "x" for word in words]
        given = [one.strip("'") if word == "households" else one for word, one in zip(words, given)]
        given += ["x"] if case.argument == "passed" else []
        call = f"{'area' if case.policy is BY_AREA else 'reward'}_fen({', '.join(given)})"
        query = f"select unnest({call}) from cells order by n"
        if case.rows is None:
            with pytest.raises(duckdb.Error, match="found a column of"):
                connection.execute(query).fetchall()
            continue
        made = connection.execute(query).fetchall()
        assert [row[0] if row[3] == "ok" else row[3] for row in made] == case.rows, case.name
    assert tried > 25


def test_spark():
    """One frame with a column for each case, in a session whose zone is that of the zoned cells."""
    import cluster
    from pyspark.sql import types as t

    of_spark = {
        "text": t.StringType(),
        "date": t.DateType(),
        "time": t.TimestampNTZType(),
        "zoned": t.TimestampType(),
        "bool": t.BooleanType(),
        "number of months": t.IntegerType(),
        "int": t.LongType(),
        "float": t.DoubleType(),
        "decimal": t.DecimalType(20, 3),
        "nulls": t.NullType(),
    }
    cases = {name: case for name, case in TYPED.items() if case.type in of_spark}
    height = max(len(case.cells) for case in cases.values())
    columns = [case.cells + [None] * (height - len(case.cells)) for case in cases.values()]
    asked = {name: (case.argument, case.claim, case.policy) for name, case in cases.items()}

    def told(batches):
        for batch in batches:
            texts = [{} for _ in range(batch.num_rows)]
            for name, (argument, rest, policy) in asked.items():
                held = {key: [value] * batch.num_rows for key, value in rest.items()}
                table = pa.table({**held, "x": batch.column(name)})
                try:
                    made = arrow.awards(table, policy, **{argument: "x"}).to_pylist()
                except libpilot.WrongTypeError:
                    made = [{"status": "refused"}] * batch.num_rows
                for text, row in zip(texts, made):
                    text[name] = row["total_fen"] if row["status"] == "ok" else row["status"]
            yield pa.RecordBatch.from_pydict({"told": [json.dumps(text) for text in texts]})

    session = cluster.start(**{"spark.sql.session.timeZone": "Asia/Tokyo"})
    try:
        schema = t.StructType([t.StructField(name, of_spark[case.type]) for name, case in cases.items()])
        frame = session.createDataFrame(list(zip(*columns)), schema).coalesce(1)
        rows = [json.loads(row.told) for row in frame.mapInArrow(told, "told string").collect()]
    finally:
        session.stop()
    for name, case in cases.items():
        wanted = ["refused"] * len(case.cells) if case.rows is None else case.rows
        assert [row[name] for row in rows][: len(case.cells)] == wanted, case.name
