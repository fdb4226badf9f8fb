"""Every case of column_cases by every way in: a value alone, dicts, NumPy, pandas, Polars, PyArrow and files."""

import datetime
from decimal import Decimal

import column_cases
import libpilot
import pytest
from column_cases import CASES, error_of

numpy = pytest.importorskip("numpy")
pandas, polars, pyarrow = map(pytest.importorskip, ("pandas", "polars", "pyarrow"))
import pyarrow.csv  # noqa: E402
import pyarrow.parquet  # noqa: E402

UNITS = {"quarter": "Q", "year": "Y", "week": "W", "3 months": "3M"}
OF_NUMPY = {"month": "M8[M]", "days": "M8[D]", "year": "M8[Y]", "week": "M8[W]", "3 months": "M8[3M]"}
OF_POLARS = {
    "text": polars.String,
    "date": polars.Date,
    "time": polars.Datetime("us"),
    "zoned": polars.Datetime("us", "Asia/Tokyo"),
    "bool": polars.Boolean,
    "number of months": polars.Int32,
    "int": polars.Int64,
    "uint64": polars.UInt64,
    "float": polars.Float64,
    "decimal": polars.Decimal(20, 3),
    "nulls": polars.Null,
}
OF_ARROW = {
    "text": pyarrow.string(),
    "date": pyarrow.date32(),
    "time": pyarrow.timestamp("us"),
    "zoned": pyarrow.timestamp("ns", "Asia/Tokyo"),
    "bool": pyarrow.bool_(),
    "number of months": pyarrow.int16(),
    "int": pyarrow.int64(),
    "uint64": pyarrow.uint64(),
    "float": pyarrow.float64(),
    "decimal": pyarrow.decimal128(20, 3),
    "nulls": pyarrow.null(),
}


def list_column(case):
    return case.cells if case.type in OF_ARROW else None


def numpy_column(case):
    known = [one for one in case.cells if one is not None]
    if case.type in OF_NUMPY:
        return numpy.array([one or "NaT" for one in case.cells], "M8[D]").astype(OF_NUMPY[case.type])
    if case.type in ("date", "time"):
        return numpy.array(case.cells, "M8[us]")
    if case.type == "float":
        return numpy.array([float("nan") if one is None else one for one in case.cells])
    if case.type not in ("int", "uint64", "text", "bool", "number of months"):
        return None
    filled = numpy.array(
        [known[0] if one is None else one for one in case.cells], {"uint64": "u8", "int": "i8"}.get(case.type)
    )
    return numpy.ma.MaskedArray(filled, [one is None for one in case.cells]) if None in case.cells else filled


def objects_column(case):
    return numpy.array(case.cells, object) if case.type in OF_ARROW else None


def pandas_column(case):
    if case.type in UNITS or case.type in ("month", "days"):
        unit = UNITS.get(case.type, case.type[0].upper())
        return pandas.Series(pandas.PeriodIndex([one or "NaT" for one in case.cells], freq=unit))
    if case.type == "zoned":
        return pandas.Series(pandas.to_datetime(case.cells)).dt.tz_convert("Asia/Tokyo")
    if case.type == "time":
        return pandas.Series(pandas.to_datetime(case.cells))
    return pandas.Series(case.cells) if case.type in OF_ARROW else None


def pandas_nullable(case):
    names = {"int": "Int64", "uint64": "UInt64", "float": "Float64", "bool": "boolean", "text": "string"}
    return pandas.Series(pandas.array(case.cells, names[case.type])) if case.type in names else None


def pandas_category(case):
    column = pandas_column(case)
    return None if column is None or case.type == "bool" else column.astype("category")


def pandas_arrow(case):
    return pandas.Series(pandas.arrays.ArrowExtensionArray(arrow_column(case))) if case.type in OF_ARROW else None


def polars_column(case):
    return polars.Series(case.cells, dtype=OF_POLARS[case.type]) if case.type in OF_POLARS else None


def polars_category(case):
    return polars.Series(case.cells, dtype=polars.Categorical) if case.type == "text" else None


def arrow_column(case):
    """In as many chunks as there are cells, with an empty one."""
    if case.type not in OF_ARROW:
        return None
    chunks = [pyarrow.array([one], OF_ARROW[case.type]) for one in case.cells]
    return pyarrow.chunked_array([pyarrow.array([], OF_ARROW[case.type]), *chunks])


def arrow_dictionary(case):
    column = arrow_column(case)
    return column.dictionary_encode() if column is not None and case.type != "nulls" else None


def arrow_whole(case):
    column = arrow_column(case)
    return None if column is None else column.combine_chunks()


def of_dict(column):
    return {"x": column}


def of_pandas(column):
    return pandas.DataFrame({"x": column})


def of_polars(column):
    return polars.DataFrame({"x": column})


def of_arrow(column):
    return pyarrow.table({"x": column})


WAYS = [
    (list_column, of_dict),
    (numpy_column, of_dict),
    (objects_column, of_dict),
    (numpy_column, of_pandas),
    (objects_column, of_pandas),
    (pandas_column, of_dict),
    (pandas_column, of_pandas),
    (pandas_nullable, of_dict),
    (pandas_nullable, of_pandas),
    (pandas_category, of_pandas),
    (pandas_arrow, of_dict),
    (pandas_arrow, of_pandas),
    (polars_column, of_dict),
    (polars_column, of_polars),
    (polars_category, of_polars),
    (arrow_column, of_dict),
    (arrow_column, of_arrow),
    (arrow_dictionary, of_arrow),
    (arrow_whole, of_dict),
]


def name_of(way):
    return " ".join(part.__name__ for part in way)


def rows_of(frame):
    """Fen or the word of the error, of each row that simulate kept."""
    fen, words = (cells_of(frame[name]) for name in ("total_fen", "status"))
    assert all((word == "ok") == isinstance(found, int) for found, word in zip(fen, words))
    return [found if word == "ok" else word for found, word in zip(fen, words)]


def cells_of(column):
    """A null of any library's is no int."""
    for method in ("to_pylist", "to_list", "tolist"):
        if hasattr(column, method):
            return getattr(column, method)()
    raise TypeError(type(column))


@pytest.mark.parametrize("way", WAYS, ids=name_of)
def test_frames(way):
    column_of, frame_of = way
    tried = 0
    for case in CASES:
        column = column_of(case)
        if column is None or (way == (numpy_column, of_pandas) and (None in case.cells or case.type in UNITS)):
            continue  # pandas knows no masks, and makes seconds of such units
        tried += 1
        check(case, lambda **asked: libpilot.simulate(frame_of(column), case.policy, **asked), case.name)
    assert tried > 4


def check(case, simulate, name, column_refused=("/x",)):
    """simulate takes the case's arguments, and bad."""
    asked = {**case.claim, case.argument: "x"}
    wanted = error_of(case)
    if wanted is None:
        assert [int(one) for one in list(simulate(**asked)["total_fen"])] == case.rows, name
    else:
        with pytest.raises(wanted[0]) as caught:
            simulate(**asked)
        assert type(caught.value) is wanted[0] and caught.value.path in allowed(case, wanted[1]), (name, caught.value)
    if case.rows is not None:
        kept = simulate(**asked, bad="keep")
        assert rows_of(kept) == case.rows, name
        good = sum(one for one in case.rows if not isinstance(one, str))
        assert sum_of(kept) == good, name


def allowed(case, paths):
    """A column without a type of its own is refused at its first cell."""
    return (*paths, "/x/0") if case.rows is None else paths


def sum_of(frame):
    column = frame["total_fen"]
    found = pyarrow.compute.sum(column).as_py() if isinstance(frame, pyarrow.Table) else column.sum()
    return 0 if found is None or found is numpy.ma.masked else int(found)


def scalar(case, cell):
    """The value as a caller has it who has one."""
    if cell is None:
        return {"bool": None, "nulls": None}.get(case.type, float("nan"))
    if case.type in UNITS or case.type in ("month", "days"):
        return pandas.Period(cell, UNITS.get(case.type, case.type[0].upper()))
    return cell


def test_values_alone():
    tried = 0
    for case in CASES:
        if case.type == "number of months" or "dm2" in case.argument:
            continue
        argument = {"building_area": "area"}.get(case.argument, case.argument)
        for row, cell in enumerate(case.cells):
            if cell is None and case.rows is None:
                continue
            tried += 1
            wanted = "type" if case.rows is None else case.rows[row]
            try:
                found = int(case.policy.reward(**case.claim, **{argument: scalar(case, cell)}).total * 100)
            except libpilot.Error as error:
                found = error.status
            assert found == wanted, (case.name, cell)
    assert tried > 50


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_files(suffix, tmp_path):
    tried = 0
    for case in CASES:
        column = csv_column(case) if suffix == "csv" else arrow_whole(case)
        if column is None:
            continue
        tried += 1
        table = pyarrow.table({"x": column, "n": range(len(column))})
        path = tmp_path / f"x.{suffix}"
        (pyarrow.csv.write_csv if suffix == "csv" else pyarrow.parquet.write_table)(table, path)

        def simulate(**asked):
            libpilot.simulate_file(path, tmp_path / "out.parquet", case.policy, batch_rows=1, **asked)
            return pyarrow.parquet.read_table(tmp_path / "out.parquet")

        check(case, simulate, f"{case.name} in {suffix}")
    assert tried > 15


def csv_column(case):
    """As the cells are written in a CSV file; a type that such a file does not have is left out."""
    if case.type not in ("text", "date", "time", "zoned", "int", "decimal", "float", "bool"):
        return None
    if case.rows is None or case.argument == "building_area_dm2" or "inf" in map(str, case.cells):
        return None
    if case.argument == "building_area" and case.type == "float":
        return None  # which is a decimal in a file
    return pyarrow.array([written(one) for one in case.cells], pyarrow.string())


def written(cell):
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return None if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
