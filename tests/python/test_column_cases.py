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
    return (
        pandas.Series(pandas.arrays.ArrowExtensionArray(arrow_column(case)))
        if case.type in OF_ARROW
        else None
    )


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
    return column


@pytest.mark.parametrize("way", WAYS, ids=name_of)
def test_frames(way):
    column_of, frame_of = way
    tried = 0
    for case in CASES:
        column = column_of(case)
        if column is None or (
            way == (numpy_column, of_pandas) and (None in case.cells or case.type in UNITS)
        ):
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
        assert type(caught.value) is wanted[0] and caught.value.path in allowed(case, wanted[1]), (
            name,
            caught.value,
        )
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


# Groups and names


def midnights(rows=("2021-12-01", "2022-01-01")):
    """Midnights of Nanchang's clock: the last hour of the month before in Greenwich's."""
    zone = datetime.timezone(datetime.timedelta(hours=9))
    return [datetime.datetime.fromisoformat(row).replace(tzinfo=zone) for row in rows]


def zoned_frames(values):
    by_arrow = pyarrow.array(values, pyarrow.timestamp("s", "Asia/Tokyo"))
    series = pandas.Series(pandas.to_datetime(values)).dt.tz_convert("Asia/Tokyo")
    yield {"x": values}
    yield {"x": series}
    yield {"x": by_arrow}
    yield pandas.DataFrame({"x": series})
    yield pandas.DataFrame({"x": series.astype("category")})
    yield pandas.DataFrame({"x": series.astype(object)})
    yield polars.DataFrame({"x": series.dt.tz_localize(None)}).with_columns(
        polars.col("x").dt.replace_time_zone("Asia/Tokyo")
    )
    yield pyarrow.table({"x": by_arrow})
    yield pyarrow.table({"x": pyarrow.array(values, pyarrow.timestamp("ms", "+09:00"))})
    yield pyarrow.table({"x": by_arrow.dictionary_encode()})


def test_months_and_groups_go_by_the_clock_of_their_zone(tmp_path):
    """Five households in December 2021 and January 2022: 5 x (18 + 12) yuan."""
    first, last = midnights()
    wanted = [datetime.datetime(2021, 12, 1), datetime.datetime(2022, 1, 1)]
    one = pyarrow.table({name: pyarrow.array([value], pyarrow.timestamp("us", "Asia/Tokyo")) for name, value in
                         (("first", first), ("last", last))})  # fmt: skip
    for frame in (
        one,
        one.to_pandas(),
        polars.from_arrow(one),
        {name: one[name] for name in one.column_names},
    ):
        made = libpilot.simulate(frame, households=5)
        assert cells_of(made["total_fen"]) == [15000]
        compared = libpilot.compare(
            frame, libpilot.NANCHANG_2019, {"same": libpilot.NANCHANG_2019}, households=5
        )
        assert sum(compared.totals("same").values()) == 150
    pyarrow.parquet.write_table(one, tmp_path / "one.parquet")
    assert libpilot.tally_file(tmp_path / "one.parquet", households=5).tally.total == 150
    for frame in zoned_frames([first, last, first]):
        made = libpilot.simulate(frame, households=5, first="2021-12", last="2022-01", group="x")
        labels = [getattr(one, "to_pydatetime", lambda: one)() for one in cells_of(made["x"])]
        assert labels == [wanted[0]] * 5 + [wanted[1]] * 5, type(frame)
        assert cells_of(made["total_fen"])[2:4] == [18000, 12000]
        if isinstance(frame, pyarrow.Table) and frame["x"].type == pyarrow.timestamp("s", "Asia/Tokyo"):
            pyarrow.parquet.write_table(frame, tmp_path / "x.parquet")
            made = libpilot.tally_file(
                tmp_path / "x.parquet", households=5, first="2021-12", last="2022-01", group="x"
            )
            assert made.labels == wanted


def test_groups_are_called_as_they_are():
    claim = {"first": "2020-01", "last": "2020-01"}
    for column, labels in (
        (pandas.Series(pandas.PeriodIndex(["2020Q2", "2019Q4", "2020Q2"], freq="Q")), ["2019Q4", "2020Q2"]),
        (numpy.array(["2020-02", "2019-12", "2020-02"], "M8[M]"), ["2019-12", "2020-02"]),
        (numpy.array(["2020", "2019", "2020"], "M8[Y]"), ["2019", "2020"]),
        (numpy.array(["2020-02-03", "2019-12-01", "2020-02-03"], "M8[D]"),
         [datetime.date(2019, 12, 1), datetime.date(2020, 2, 3)]),
        (pandas.Series(["41022", "041022", "41022"], dtype="category"), ["041022", "41022"]),
        ([Decimal("1.5"), Decimal("0.5"), Decimal("1.50")], [Decimal("0.5"), Decimal("1.5")]),
        (pyarrow.array([Decimal("1.5"), Decimal("0.5"), Decimal("1.5")]), [Decimal("0.5"), Decimal("1.5")]),
        (polars.Series([2, 1, 2], dtype=polars.UInt8), [1, 2]),
        ([True, False, True], [False, True]),
        ("here", ["here"]),
    ):  # fmt: skip
        made = libpilot.simulate({"x": column, "n": [1, 2, 3]}, group="x", households="n", **claim)
        assert list(made["x"][::5]) == labels
        assert made["total_fen"][1::5].tolist() == ([3600, 7200] if len(labels) == 2 else [10800])


def test_rows_of_no_group():
    for frame in (
        {"x": ["a", None], "n": [1, 2]},
        pandas.DataFrame({"x": ["a", None], "n": [1, 2]}),
        polars.DataFrame({"x": ["a", None], "n": [1, 2]}),
        pyarrow.table({"x": ["a", None], "n": [1, 2]}),
    ):
        asked = {"households": "n", "first": "2020-01", "last": "2020-01", "group": "x"}
        with pytest.raises(libpilot.MissingValueError) as caught:
            libpilot.simulate(frame, **asked)
        assert caught.value.path == "/x/1"
        kept = libpilot.simulate(frame, **asked, bad="keep")
        assert cells_of(kept["x"]) == ["a"] * 5 and sum_of(kept) == 1800
    for column in ([1, "a"], numpy.zeros(2, "m8[D]"), pyarrow.array([[1], [2]]), [[1], [2]]):
        with pytest.raises(libpilot.WrongTypeError) as caught:
            libpilot.simulate({"x": column, "n": [1, 2]}, **asked)
        assert caught.value.path == "/x"


FRAMES = [lambda data: data, pandas.DataFrame, polars.DataFrame, pyarrow.table]


@pytest.mark.parametrize("make", FRAMES)
def test_no_column_takes_the_name_of_another(make, tmp_path):
    data = {"n": [1, 2], "first": ["2020-01"] * 2, "last": ["2020-01"] * 2}
    asked = {"households": "n"}
    for name in ("year", "total_fen", "city_fen", "district_fen", "withheld_fen", "households", "rows"):
        frame = make({**data, name: ["a", "b"]})
        calls = [
            lambda: libpilot.simulate(frame, group=name, **asked),
            lambda: libpilot.compare(frame, libpilot.NANCHANG_2019, {}, name, **asked),
        ]
        if isinstance(frame, pyarrow.Table):
            pyarrow.parquet.write_table(frame, tmp_path / "x.parquet")
            calls.append(lambda: libpilot.tally_file(tmp_path / "x.parquet", group=name, **asked))
        for call in calls:
            with pytest.raises(libpilot.DuplicateKeyError, match="rename or drop it") as caught:
                call()
            assert caught.value.path == f"/{name}"
    for name, more in (
        ("total_fen", {}),
        ("district_fen", {}),
        ("total_fen_2021", {"by_year": True}),
        ("reasons", {"reasons": True}),
        ("status", {"bad": "keep"}),
    ):
        frame = make({**data, name: [7, 8]})
        calls = [lambda: libpilot.simulate(frame, **asked, **more)]
        if isinstance(frame, pyarrow.Table):
            pyarrow.parquet.write_table(frame, tmp_path / "x.parquet")
            calls.append(
                lambda: libpilot.simulate_file(
                    tmp_path / "x.parquet", tmp_path / "y.parquet", **asked, **more
                )
            )
        for call in calls:
            with pytest.raises(libpilot.DuplicateKeyError) as caught:
                call()
            assert caught.value.path == f"/{name}"
        if more:
            assert cells_of(libpilot.simulate(frame, **asked)[name]) == [7, 8]


def test_two_columns_of_one_name():
    for frame in (
        pandas.DataFrame(
            [[1, "2020-01", "2020-01", 2]], columns=["households", "first", "last", "households"]
        ),
        pyarrow.table(
            [[1], ["2020-01"], ["2020-01"], [2]], names=["households", "first", "last", "households"]
        ),
    ):
        with pytest.raises(libpilot.DuplicateKeyError) as caught:
            libpilot.simulate(frame)
        assert caught.value.path == "/households"


@pytest.mark.parametrize("make", FRAMES)
def test_bad_rows_that_are_kept_are_nulls_of_the_frame(make):
    data = {"households": [10, None, -1], "first": ["2020-01"] * 3, "last": ["2020-12"] * 3}
    made = libpilot.simulate(make(data), bad="keep", by_year=True, reasons=True)
    for name in ("total_fen", "city_fen", "district_fen", "total_fen_2020"):
        assert [one for one in cells_of(made[name]) if isinstance(one, int)] == [
            216000 // (1 + (name[0] in "cd"))
        ]
    assert sum_of(made) == 216000
    assert cells_of(made["reasons"])[0] == "payable"
    assert not any(isinstance(one, str) for one in cells_of(made["reasons"])[1:])
    assert cells_of(made["status"]) == ["ok", "missing_value", "range"]
    good = libpilot.simulate(make({**data, "households": [1, 2, 3]}), bad="keep")
    if isinstance(good, pandas.DataFrame):
        assert good["total_fen"].dtype == made["total_fen"].dtype == "Int64"
    assert sum_of(good) == 6 * 21600


def test_a_quantity_that_nothing_is_paid_by_may_be_missing():
    data = {"households": [None, 1], "area": [Decimal("120.5"), Decimal(1)]}
    asked = {"policy": column_cases.BY_AREA, "first": "2019-12", "last": "2019-12", "building_area": "area"}
    assert libpilot.simulate(data, **asked)["total_fen"].tolist() == [12050, 100]
    with pytest.raises(libpilot.MissingValueError) as caught:
        libpilot.simulate(data, **{**asked, "policy": libpilot.NANCHANG_2019})
    assert caught.value.path == "/households/0"


def test_the_first_bad_row_is_named_whatever_is_wrong_with_it():
    """The row comes before the column, and a value that is missing before others of its row."""
    right = {"households": [1] * 4, "first": ["2020-01"] * 4, "last": ["2020-12"] * 4}
    for changed, kind, path in (
        ({"households": [1, 1, 1, None], "last": ["2020-12", "x", "2020-12", "2020-12"]}, libpilot.FormatError, "/last/1"),
        ({"households": [1, 1, -1, None], "last": ["2020-12"] * 3 + ["x"]}, libpilot.RangeError, "/2"),
        ({"households": [1, 1.5, 1, 1], "last": ["2020-12", None] * 2}, libpilot.MissingValueError, "/last/1"),
        ({"first": ["x"] * 4, "last": ["2020-13"] * 4}, libpilot.FormatError, "/first/0"),
    ):  # fmt: skip
        with pytest.raises(kind) as caught:
            libpilot.simulate({**right, **changed})
        assert caught.value.path == path


def test_areas_are_square_metres_unless_they_are_asked_for_otherwise():
    asked = {"policy": column_cases.BY_AREA, "first": "2019-12", "last": "2019-12"}
    for name, column, fen in (
        ("building_area", [120], 12000),
        ("building_area", ["120.50"], 12050),
        ("building_area_dm2", [12050], 12050),
    ):
        for found in (
            libpilot.simulate({"x": column}, **{name: "x"}, **asked)["total_fen"].sum(),
            libpilot.columns.awards(**{name: column}, **asked).total.sum(),
            libpilot.columns.tally(**{name: column}, **asked).fen()[0],
            libpilot.compare(
                {"x": column}, asked["policy"], {}, **{name: "x"}, first="2019-12", last="2019-12"
            )
            .rows[0]
            .total
            * 100,
            libpilot.draw({"x": column}, seed=1, draws=1, **{name: "x"}, **asked).total.sum(),
        ):
            assert found == fen
        year = libpilot.columns.tally(**{name: column}, **asked).years()[2019]
        assert (
            year.building_area == Decimal(fen) / 100 and year.to_dict()["building_area"] == f"{fen / 100:.2f}"
        )
    found = libpilot.solve(None, find="quantity", per="square_metre_month", budget="120.50", **asked)
    assert found == Decimal("120.50")
    assert libpilot.columns.bills(area=[120], price=3500, months=1).amounts.tolist() == [4200]
    assert libpilot.columns.bills(area_dm2=[12000], price=3500, months=1).amounts.tolist() == [4200]
    least = Decimal(libpilot.NANCHANG_2019.to_dict()["office_min_area_m2"])
    office = 1 << libpilot.columns.SCREEN_RULES.index("office_area")
    seen = libpilot.columns.screen(office_area=[least, least - 1, None], communities=1)
    assert (seen.breached & office).tolist() == [0, office, 0]
    assert (seen.unknown & office).tolist() == [0, 0, office]
