"""Files cut into batches and row groups at random: the sums, the labels and the row that an error names are those of
the whole."""

import datetime
from decimal import Decimal

import libpilot
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

numpy = pytest.importorskip("numpy")
pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("narwhals")
import pyarrow.csv  # noqa: E402
import pyarrow.parquet  # noqa: E402

BY_AREA = libpilot.NANCHANG_2019.patch(
    {"rates": [{"first": "2019-12", "last": "2023-12", "yuan": "0.3451", "per": "square_metre_month"}]}
)
ZONE = datetime.timezone(datetime.timedelta(hours=9))
midnights = st.integers(590, 660).map(
    lambda month: datetime.datetime(1970 + month // 12, month % 12 + 1, 1, tzinfo=ZONE)
)
texts = midnights.map(lambda day: f"{day:%Y-%m}")


def runs(values, *, blank):
    """Columns of long runs, so that a batch may have nothing but blanks."""
    one = st.one_of(st.none(), values) if blank else values
    return st.lists(st.tuples(one, st.integers(1, 5)), min_size=1, max_size=9).map(
        lambda parts: [value for value, times in parts for _ in range(times)]
    )


def sometimes(values, other):
    """Mostly the values: a column with another one now and then is bad in few rows."""
    return st.one_of(values, values, values, values, values, values, other)


TYPES = {
    "households": pyarrow.int64(),
    "floats": pyarrow.float64(),
    "area": pyarrow.decimal128(12, 3),
    "first": pyarrow.timestamp("us", "Asia/Tokyo"),
    "last": pyarrow.string(),
    "passed": pyarrow.bool_(),
    "group": pyarrow.string(),
    "zone": pyarrow.timestamp("ms", "Asia/Tokyo"),
    "coded": pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
}
columns = st.fixed_dictionaries(
    {
        "households": runs(sometimes(st.integers(0, 3000), st.just(-1)), blank=False),
        "floats": runs(sometimes(st.integers(0, 3000).map(float), st.sampled_from([None, 0.5])), blank=False),
        "area": runs(
            sometimes(
                st.integers(0, 10**6).map(lambda n: Decimal(n) / 100),
                st.sampled_from([None, Decimal("1.005")]),
            ),
            blank=False,
        ),
        "first": runs(sometimes(midnights, st.none()), blank=False),
        "last": runs(sometimes(texts, st.sampled_from([None, "soon", "2020-13"])), blank=False),
        "passed": runs(st.booleans(), blank=True),
        "group": runs(sometimes(st.sampled_from(["041022", "41022", "b"]), st.none()), blank=False),
        "zone": runs(midnights, blank=False),
        "coded": runs(sometimes(st.sampled_from(["x", "y", "z"]), st.none()), blank=False),
    }
)
asked = st.fixed_dictionaries(
    {},
    optional={
        "passed": st.sampled_from(["passed", {2020: "passed", 2021: True}]),
        "group": st.sampled_from(["group", "zone", "coded"]),
        "bad": st.just("keep"),
    },
)
quantities = st.sampled_from(["households", "floats", "area"])


def outcome(call):
    """What a call gives, or all that its error says but for the file's name."""
    try:
        made = call()
    except libpilot.Error as error:
        return type(error), error.path, error.message
    return made.labels, made.tally.to_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("batches")


def table_of(data):
    rows = min(map(len, data.values()))
    return pyarrow.table({name: pyarrow.array(cells[:rows], TYPES[name]) for name, cells in data.items()})


@settings(max_examples=60)
@given(
    columns,
    asked,
    quantities,
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=3, max_size=3),
)
def test_any_cut_of_a_file_gives_the_same(folder, data, words, quantity, cuts):
    table, path = table_of(data), folder / "x.parquet"
    policy = BY_AREA if quantity == "area" else libpilot.NANCHANG_2019
    words = {**words, ("building_area" if quantity == "area" else "households"): quantity, "policy": policy}
    pyarrow.parquet.write_table(table, path)
    whole = outcome(lambda: libpilot.tally_file(path, **words))
    frame = outcome_of_frame(table, words)
    assert frame == (whole if isinstance(whole[0], type) else whole[1])
    for group, batch in cuts:
        pyarrow.parquet.write_table(table, path, row_group_size=group)
        assert outcome(lambda: libpilot.tally_file(path, batch_rows=batch, **words)) == whole
        rows = {name: value for name, value in words.items() if name != "group"}
        outputs = [
            written(folder, lambda to: libpilot.simulate_file(path, to, batch_rows=number, **rows))
            for number in (batch, 1000)
        ]
        assert outputs[0] == outputs[1]


def outcome_of_frame(table, words):
    """The same of the frame at once: the error, or the bytes of its sums."""
    from libpilot._frames import Frame, rows_of

    try:
        rest = {name: value for name, value in words.items() if name not in ("bad", "policy")}
        rows = rows_of(Frame(table), [words["policy"]], **rest)
        tally = libpilot.Tally(words["policy"], len(rows.labels))
        told = rows.add_to(tally)
        if "bad" not in words:
            rows.check(told)
    except libpilot.Error as error:
        return type(error), error.path, error.message
    return tally.to_bytes()


def written(folder, call):
    try:
        call(folder / "y.parquet")
    except libpilot.Error as error:
        return type(error), error.path, error.message
    return pyarrow.parquet.read_table(folder / "y.parquet")


@settings(max_examples=60)
@given(columns, asked)
def test_a_file_of_text_gives_what_one_of_types_does(folder, data, words):
    """CSV beside Parquet, where the group is no time, which a text file has only as text."""
    data = {name: data[name] for name in ("households", "first", "last", "passed", "group")}
    if words.get("group") in ("zone", "coded"):
        words = {**words, "group": "group"}
    data["group"] = [f"code {one}" for one in data["group"]]
    data["last"] = [one or "soon" for one in data["last"]]
    data["passed"] = [True, False, *data["passed"]]
    table = table_of(data)
    pyarrow.parquet.write_table(table, folder / "x.parquet")
    lines = [",".join(table.column_names)]
    for row in table.to_pylist():
        first, passed = row["first"], row["passed"]
        cells = [
            row["households"],
            "" if first is None else first.isoformat(),
            row["last"],
            "" if passed is None else str(passed).lower(),
            row["group"],
        ]
        lines.append(",".join(map(str, cells)))
    (folder / "x.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    one, other = (
        outcome(lambda: libpilot.tally_file(folder / f"x.{kind}", **words)) for kind in ("parquet", "csv")
    )
    assert one == other
