"""Tables in files: columns by their use, encodings, what is wrong with a file and where; and outputs, whole or not at
all."""

import errno
import datetime
import decimal
import gzip
import io
import os
import resource
import signal
import stat
import subprocess
import sys
import zipfile

import libpilot
import pytest
from cases import TOP
from hypothesis import given, settings
from hypothesis import strategies as st

numpy = pytest.importorskip("numpy")
pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("narwhals")
import pyarrow.compute  # noqa: E402
import pyarrow.csv  # noqa: E402
import pyarrow.feather  # noqa: E402
import pyarrow.parquet  # noqa: E402
from libpilot import _files  # noqa: E402

HEADER = "code,households,first,last,ok,note\n"
GOOD = (
    HEADER
    + "041022,10,2019-12,2020-12,true,\n41022,5,2019-12,2020-12,,x\n041022,1,2020-01,2020-12,False,041\n"
)
ONE_YEAR = 12 * 1800  # fen of a household in a year of 18 yuan


@pytest.fixture
def put(tmp_path):
    def made(text, name="panel.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    made.folder = tmp_path
    return made


def groups(path, **asked):
    made = libpilot.tally_file(path, group="code", **asked)
    return {label: made.tally.counts(code)[0] for code, label in enumerate(made.labels)}


def names_in(folder):
    return sorted(os.listdir(folder))


# Groups


def month_of(number):
    return 600 + number % 40


GROUPS = {
    "text": [None if number % 11 == 3 else f"区{number % 7}" for number in range(900)],
    "numbers": [number % 5 - 2 for number in range(900)],
    "floats": [float("nan") if number % 13 == 1 else (number % 3) / 2 for number in range(900)],
    "results": [[True, False, None][number % 3] for number in range(900)],
    "days": [datetime.date(2020, 1, 1 + number % 9) if number % 10 else None for number in range(900)],
    "times": [datetime.datetime(2020, 1, 1, number % 24) for number in range(900)],
    "decimals": [decimal.Decimal(number % 4).scaleb(-1) for number in range(900)],
    "nothing": [None] * 900,
    # A label that only a bad row has is a group, one that no row has is none.
    "of bad rows": ["bad" if number in (5, 700) else "good" for number in range(900)],
}
TYPES = {
    "text": [pyarrow.string(), pyarrow.large_string(), pyarrow.dictionary(pyarrow.int8(), pyarrow.string())],
    "numbers": [pyarrow.int64(), pyarrow.int8(), pyarrow.dictionary(pyarrow.int16(), pyarrow.int32())],
    "floats": [pyarrow.float64(), pyarrow.float32()],
    "results": [pyarrow.bool_()],
    "days": [pyarrow.date32(), pyarrow.dictionary(pyarrow.int32(), pyarrow.date32())],
    "times": [pyarrow.timestamp("us"), pyarrow.timestamp("ms", "Asia/Shanghai")],
    "decimals": [pyarrow.decimal128(9, 1), pyarrow.decimal128(38, 1)],
    "nothing": [pyarrow.null(), pyarrow.string()],
    "of bad rows": [pyarrow.string()],
}


def by_group(values):
    """A Tally of each label's rows, by itself, and the number of rows without one."""
    households = [-1 if number in (5, 700) else number for number in range(900)]
    made, without = {}, 0
    for number, label in enumerate(values):
        if label is None or label != label:
            without += 1
            continue
        one = made.setdefault(label, ([], [], []))
        for column, value in zip(one, (households[number], month_of(number), month_of(number) + number % 15)):
            column.append(value)
    sums = {}
    for label in sorted(made):
        sums[label] = libpilot.columns.tally(*map(numpy.array, made[label]))
    return sums, without


def write_groups(path, values, kind, ordered):
    if pyarrow.types.is_timestamp(kind) and kind.tz:
        values = pyarrow.compute.assume_timezone(pyarrow.array(values, pyarrow.timestamp("ms")), kind.tz)
    elif pyarrow.types.is_dictionary(kind):
        # With a value that no row has.
        values = pyarrow.array(values, kind.value_type).dictionary_encode()
        unused = pyarrow.array([{"string": "unused", "int32": 99}.get(str(kind.value_type), datetime.date(1999, 1, 1))])
        words = pyarrow.concat_arrays([values.dictionary, unused.cast(kind.value_type)])
        values = pyarrow.DictionaryArray.from_arrays(values.indices.cast(kind.index_type), words)
    else:
        values = pyarrow.array(values, kind)
    table = pyarrow.table(
        {
            "of": values,
            "households": [-1 if number in (5, 700) else number for number in range(900)],
            "first": pyarrow.array([month_of(number) for number in range(900)], pyarrow.int32()),
            "last": pyarrow.array([month_of(number) + number % 15 for number in range(900)], pyarrow.int16()),
            "note": ["" for _ in range(900)],
        }
    ).slice(0, 900)
    # Batches whose dictionaries have the same words in other orders.
    parts = [table.slice(0, 250), table.slice(250, 1), table.slice(251)][:: 1 if ordered else -1]
    if path.suffix == ".parquet":
        with pyarrow.parquet.ParquetWriter(path, table.schema) as writer:
            for part in parts:
                writer.write_table(part)
        return
    make = pyarrow.ipc.new_stream if path.suffix == ".stream" else pyarrow.ipc.new_file
    with make(path, table.schema) as writer:
        for part in parts:
            writer.write_table(part)


@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".stream"])
@pytest.mark.parametrize("name", GROUPS)
def test_the_groups_of_a_file_are_those_of_its_rows(name, suffix, tmp_path):
    wanted, without = by_group(GROUPS[name])
    for kind in TYPES[name]:
        for ordered in (True, False):
            path = tmp_path / f"groups{suffix}"
            write_groups(path, GROUPS[name], kind, ordered)
            for rows in (1 << 20, 100, 7):
                made = libpilot.tally_file(path, group="of", bad="keep", batch_rows=rows, threads=rows % 2 + 1)
                assert made.labels == (list(wanted) or [None]), kind
                assert [type(label) for label in made.labels] == [type(label) for label in (wanted or [None])]
                for code, sums in enumerate(wanted.values()):
                    assert made.tally.years(code) == sums.years(), (kind, code)
                    assert made.tally.counts(code) == sums.counts(0)
                assert made.tally.rows + made.tally.bad == 900
                assert made.tally.bad - sum(made.tally.counts(code)[1] for code in range(made.tally.groups)) == without


def test_a_group_may_be_a_column_of_the_claims(tmp_path):
    path = tmp_path / "panel.parquet"
    for months in (pyarrow.array([600, 601, 600]), pyarrow.array(["2020-01", "2020-02", "2020-01"])):
        pyarrow.parquet.write_table(pyarrow.table({"first": months, "last": months, "households": [1, 2, 3]}), path)
        made = libpilot.tally_file(path, group="first")
        assert made.labels == sorted(set(months.to_pylist()))
        assert [made.tally.fen(code)[0] for code in (0, 1)] == [4 * 1800, 2 * 1800]


@pytest.mark.parametrize("suffix", [".arrow", ".feather"])
def test_an_arrow_file_is_written_and_read(suffix, put):
    words = pyarrow.array(["a", None, "b"]).dictionary_encode()
    rows = {"households": [1, 2, 3], "first": ["2020-01"] * 3, "last": ["2020-12"] * 3}
    source = put.folder / "in.arrow"
    with pyarrow.ipc.new_file(source, pyarrow.table({**rows, "of": words}).schema) as writer:
        writer.write_table(pyarrow.table({**rows, "of": words}))
    parquet, to = put.folder / "in.parquet", put.folder / f"out{suffix}"
    pyarrow.parquet.write_table(pyarrow.table({**rows, "of": words}), parquet, row_group_size=1)
    for path in (source, parquet):
        sums = libpilot.simulate_file(path, to, batch_rows=2)
        made = pyarrow.feather.read_table(to)
        assert made.column_names == ["households", "first", "last", "of", "total_fen", "city_fen", "district_fen"]
        assert made["total_fen"].to_pylist() == [ONE_YEAR, 2 * ONE_YEAR, 3 * ONE_YEAR] and sums.rows == 3
        assert made["of"].to_pylist() == ["a", None, "b"] and made.schema.field("of").type == pyarrow.string()
        assert libpilot.tally_file(to, group="of", bad="keep").labels == ["a", "b"]
    bytes_of = source.read_bytes()
    for cut in (10, len(bytes_of) // 2, len(bytes_of) - 3):
        refused(put, put(bytes_of[:cut], "cut.arrow"))
    stream = io.BytesIO()
    with pyarrow.ipc.new_stream(stream, pyarrow.schema([("a", pyarrow.int8()), ("a", pyarrow.int8())])) as writer:
        pass
    assert '"a" is there twice' in refused(put, put(stream.getvalue(), "twice.arrow"))


# Types follow use


def test_a_grouping_column_keeps_its_text(put):
    assert groups(put(GOOD)) == {"041022": 2, "41022": 1}
    # Also where the first rows look like something else, and where the column is a number's as well.
    late = HEADER + "1,1,2020-01,2020-01,,\n" * 30_000 + "x01,1,2020-01,2020-01,,\n007,1,2020-01,2020-01,,\n"
    assert groups(put(late), batch_rows=100) == {"1": 30_000, "x01": 1, "007": 1}
    homes = {"households": "homes", "group": "homes", "first": "2020-01", "last": "2020-12"}
    made = libpilot.tally_file(put("homes\n007\n7\n"), **homes)
    assert (made.labels, made.tally.total) == (["007", "7"], 2 * 7 * 216)
    made = libpilot.tally_file(put(GOOD), group="first")
    assert made.labels == ["2019-12", "2020-01"]


def test_columns_that_are_not_used_are_written_as_they_were(put):
    libpilot.simulate_file(put(GOOD), put.folder / "out.csv", passed="ok", reasons=True)
    rows = pyarrow.csv.read_csv(
        put.folder / "out.csv",
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pyarrow.string() for name in ("code", "note")}
        ),
    ).to_pydict()
    assert rows["code"] == ["041022", "41022", "041022"] and rows["note"] == ["", "x", "041"]
    assert rows["total_fen"] == [10 * 13 * 1800, 0, 0]
    assert rows["reasons"] == ["payable", "not_assessed", "failed"]


def test_results_and_whole_numbers(put):
    def total(households, ok=""):
        path = put(f"{HEADER}a,{households},2020-01,2020-12,{ok},\n")
        return libpilot.tally_file(path, **({"passed": "ok"} if ok else {})).tally.fen()[0]

    for word in ("true", "TRUE", "True", "yes", "是", "合格"):
        assert total(1, word) == ONE_YEAR
    for word in ("false", "No", "否", "不合格"):
        assert total(1, word) == 0
    for number in ("10", "010", "+10", "10.0", "10."):
        assert total(number) == 10 * ONE_YEAR
    for number in ("10.5", "0x10", "1e3", "1 0", " 10", "１０", "1,0", "NA", "ten"):
        cell = f'"{number}"'
        with pytest.raises(libpilot.WrongTypeError if number == "10.5" else libpilot.FormatError) as caught:
            total(cell)
        assert caught.value.path == "/households/0" and f'"{number}"' in str(caught.value)
        assert ":2: households: " in str(caught.value)
    # 1 could be a mask of the first year: with failed years beside it, it is.
    for word in ("1", "0", "t", "passed"):
        with pytest.raises(libpilot.FormatError, match="true, yes"):
            total(1, word)
    masks = put("households,p,f,first,last\n1,2,1,2019-12,2021-12\n")
    assert libpilot.tally_file(masks, passed="p", failed="f").tally.years()[2020].total == 216
    for number in ("9223372036854775808", "-9223372036854775809", "9" * 5000):
        with pytest.raises(libpilot.TooLargeError) as caught:
            total(number)
        assert caught.value.path == "/households/0"
    with pytest.raises(libpilot.InconsistentError, match="households"):
        libpilot.tally_file(put(GOOD), passed="households")


CELL = st.sampled_from(["1", "12", "007", "3.0", "", "x", "1.5", "-1", "99999999999999999999"])
MONTH = st.sampled_from(["2019-12", "2020-06", "2020-06", "2023-12", "", "2020-13", "soon"])
RESULT = st.sampled_from(["true", "no", "", "", "maybe"])
GROUP = st.sampled_from(["01", "1", "", "é", '"x,y"', '"two\nlines"'])


@settings(max_examples=150)
@given(
    st.lists(st.tuples(GROUP, CELL, MONTH, MONTH, RESULT), max_size=12),
    st.integers(1, 13),
    st.integers(120, 400),
)
def test_a_file_says_the_same_however_it_is_cut(tmp_path_factory, rows, batch_rows, block):
    path = tmp_path_factory.mktemp("cut") / "panel.csv"
    path.write_text(HEADER + "".join(",".join((*row, "\n")) for row in rows), encoding="utf-8")
    asked = {"group": "code", "passed": "ok"}

    def told(**more):
        made = []
        for bad in ("raise", "keep"):
            try:
                tally, labels = libpilot.tally_file(path, bad=bad, **asked, **more)
                made.append((tally.to_bytes(), labels))
            except libpilot.Error as error:
                made.append((type(error), str(error), error.path, error.line, error.source))
        return made

    whole, before = told(), _files._BLOCK
    try:
        _files._BLOCK = block
        assert told(batch_rows=batch_rows) == whole
    finally:
        _files._BLOCK = before


def test_cells_that_cannot_be_read_are_kept_as_they_are(put):
    path = put(GOOD + "x,ten,2020-01,2020-12,true,\nx,1,2020-01,2020-12,perhaps,\nx,,2020-01,soon,,\n")
    for name in ("out.csv", "out.parquet"):
        sums = libpilot.simulate_file(path, put.folder / name, passed="ok", bad="keep")
        assert (sums.rows, sums.bad) == (3, 3)
        tally = libpilot.tally_file(put.folder / name, group="status", passed="ok", bad="keep")
        assert tally.labels == ["format", "missing_value", "ok"]
    assert "x,ten,2020-01,2020-12,true" in (put.folder / "out.csv").read_text().replace('"', "")
    kept = pyarrow.parquet.read_table(put.folder / "out.parquet").to_pydict()
    assert kept["households"] == [10, 5, 1, None, 1, None] and kept["total_fen"][3:] == [None] * 3
    areas = put("a,first,last\n120.500,2020-01,2020-12\n0.01,2020-01,2020-12\n100,2020-01,2020-12\n")
    by_area = {"rates": [{"first": "2020-01", "last": "2020-12", "yuan": "1", "per": "square_metre_month"}]}
    made = libpilot.tally_file(areas, libpilot.NANCHANG_2019.patch(by_area), building_area="a")
    assert made.tally.fen()[0] == 12 * (12050 + 1 + 10000)


# Encodings and forms


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_are_recognised(put, encoding, packed):
    text = (
        "小区,户数,起,止\n西湖,10,2019-12,2020-12\n青云谱,5,2019-12,2020-12\n"
        + "東湖,1,2020-01,2020-12\n" * 9
    )
    data = text.encode(encoding)
    path = put(gzip.compress(data) if packed else data, "panel.csv.gz" if packed else "panel.csv")
    asked = {"group": "小区", "households": "户数", "first": "起", "last": "止"}
    for said in (None, encoding):
        made = libpilot.tally_file(path, encoding=said, batch_rows=2, **asked)
        assert made.labels == ["東湖", "西湖", "青云谱"] and made.tally.rows == 11
    del asked["group"]
    libpilot.simulate_file(path, put.folder / "out.csv", **asked)
    assert (put.folder / "out.csv").read_bytes().startswith('"小区","户数"'.encode())


def test_a_late_character_tells_the_encoding(put):
    text = HEADER + "a,1,2020-01,2020-12,,\n" * 200_000 + "é西湖,1,2020-01,2020-12,,\n"
    assert set(groups(put(text, encoding="gb18030"))) == {"a", "é西湖"}


def refused(put, text, kind=libpilot.FormatError, **asked):
    path = put(text) if isinstance(text, (str, bytes)) else text
    told = []
    for call in (
        lambda: libpilot.tally_file(path, **asked),
        lambda: libpilot.simulate_file(path, put.folder / "out.parquet", **asked),
    ):
        with pytest.raises(kind) as caught:
            call()
        told.append(str(caught.value))
        assert caught.value.source == str(path)
    assert told[0] == told[1] and "\n" not in told[0]
    assert not (put.folder / "out.parquet").exists()
    return told[0].replace(str(path), "FILE")


def test_what_is_wrong_with_a_csv_and_in_which_line(put):
    row = "a,1,2020-01,2020-12,,\n"
    for text, said, *kind in (
        ("2019年试点\n" + GOOD, "FILE:1: this line has 1 name and line 2 has 6 cells"),
        ("2019年试点,,,,,\n" + GOOD, "FILE:1: this line has 1 name and line 2 has 6 cells"),
        ("\n\n试点,,,单位：户,,\n" + GOOD, "FILE:3: column 2 has no name"),
        ("code,households,first,last,code\n", 'FILE:1: the columns 1 and 5 have one name, "code"'),
        ("code,households,,last\n", "FILE:1: column 3 has no name"),
        ("code;households;first;last\na;1;2020-01;2020-12\n", "FILE:1: the cells are separated by ';'"),
        ("code\thouseholds\na\t1\n", "FILE:1: the cells are separated by '\\t'"),
        (HEADER + row * 3 + "a,1,2020-01,2020-12,\n" + row, "FILE:5: found 5 cells where the columns are 6"),
        (HEADER + row + "\n\n" + "a,1,2020-01,2020-12,,,\n", "FILE:5: found 7 cells where the columns are 6"),
        (HEADER + 'a,1,2020-01,2020-12,,"\n' + "x\n" * 9, "FILE:2: a quote that opens here is not closed"),
        (
            HEADER + '"two\nlines",1,2020-01,2020-12,,\n' + "a,b,2020-01,2020-12,,\n",
            'FILE:4: households: found "b"',
        ),
        (HEADER + row * 40_000 + "a,1,2020-01,2020-13,,\n", "FILE:40002: last: ", libpilot.RangeError),
        (HEADER + "a,1,2020-02,2020-01,,\n", "FILE:2: A last before its first.", libpilot.OrderError),
        ("", "FILE: the file is empty"),
    ):
        assert said in refused(put, text, *kind), text[:40]
    assert "FILE:2: " in refused(
        put, HEADER.encode() + "西湖".encode("gb18030") + b",\xff\n", libpilot.EncodingError
    )
    path = put(HEADER + "西湖,1,2020-01,2020-12,,\n", encoding="gb18030")
    assert "FILE:2: the text of this line is not UTF-8" in refused(
        put, path, libpilot.EncodingError, encoding="utf-8"
    )
    with pytest.raises(libpilot.NotFoundError, match="utf-8 or gb18030"):
        libpilot.tally_file(path, encoding="latin-1")
    with pytest.raises(libpilot.NotFoundError) as caught:
        libpilot.tally_file(put(GOOD), households="户数")
    assert "户数: there is no such column; the file has code, households" in str(caught.value)
    for rows in (0, -1):
        with pytest.raises(libpilot.ArgumentError):
            libpilot.tally_file(put(GOOD), batch_rows=rows)


def archive(*names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(zipfile.ZipInfo(name), "x")
    return made.getvalue()


KINDS = [
    (archive("[Content_Types].xml", "xl/workbook.xml"), "a workbook (.xlsx)"),
    (archive("mimetype", "content.xml"), "workbook (.ods)"),
    (archive("[Content_Types].xml", "word/document.xml"), "a Word document"),
    (archive("a.json"), "a ZIP archive"),
    (archive("xl/workbook.xml")[:60], "workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "workbook (.xls)"),
    (b"%PDF-1.7\n", "a PDF document"),
]
NO_TEXT = [("a,b\n".encode("utf-16"), "text in UTF-16"), (b"\x7fELF\0\0", "binary data")]


@pytest.mark.parametrize(
    ("data", "said"), [*KINDS, (b"PAR1" + bytes(9), "Parquet"), (gzip.compress(b"{}", mtime=0), "gzip")]
)
def test_a_file_of_another_kind_is_called_by_it(put, data, said):
    for name, make in (
        ("menu", libpilot.Menu.load),
        ("account", libpilot.Account.load),
        ("policy", libpilot.NANCHANG_2019.patch),
        ("outside", libpilot.outside),
        ("contest", libpilot.contest),
        ("comparison", libpilot.comparison),
    ):
        for source in (data, put(data, "x.json"), str(put(data, "x.json"))):
            with pytest.raises(libpilot.Error) as caught:
                make(source)
            assert f"a JSON {name} file is wanted" in str(caught.value) and said in str(caught.value)


@pytest.mark.parametrize(("data", "said"), [*KINDS, *NO_TEXT])
def test_a_table_of_another_kind_is_called_by_it(put, data, said):
    for name in ("panel.csv", "panel.xlsx", "panel.parquet"):
        assert said in refused(put, put(data, name))
    assert said in refused(put, put(gzip.compress(data), "panel.csv.gz"))


def test_files_that_are_cut_off_or_forged_are_refused(put):
    pyarrow.parquet.write_table(pyarrow.table({"households": [1] * 999}), put.folder / "x.parquet")
    data = (put.folder / "x.parquet").read_bytes()
    for end in (4, 12, len(data) // 2, len(data) - 1):
        refused(put, put(data[:end], "y.parquet"))
    assert "text" in refused(put, put(GOOD, "y.parquet"))
    packed = gzip.compress(GOOD.encode() * 99)
    refused(put, put(packed[: len(packed) // 2], "y.csv.gz"))
    refused(put, put(packed[:40] + b"?" + packed[41:], "y.csv.gz"))
    twice = pyarrow.table([pyarrow.array([1]), pyarrow.array([2])], names=["households", "households"])
    pyarrow.parquet.write_table(twice, put.folder / "twice.parquet")
    assert '"households" is there twice' in refused(put, put.folder / "twice.parquet")
    os.mkfifo(put.folder / "pipe.csv")
    assert "no regular file" in refused(put, put.folder / "pipe.csv")
    for wrong, kind in (("none.csv", FileNotFoundError), (".", IsADirectoryError)):
        with pytest.raises(kind) as caught:
            libpilot.tally_file(put.folder / wrong)
        assert caught.value.filename == str(put.folder / wrong)


def test_a_row_of_a_parquet_file_is_named(put):
    table = pyarrow.table(
        {"households": [1] * 9 + [None], "first": ["2020-01"] * 10, "last": ["2020-02"] * 10}
    )
    pyarrow.parquet.write_table(table, put.folder / "x.parquet")
    for rows in (1, 3, 100):
        with pytest.raises(libpilot.MissingValueError) as caught:
            libpilot.tally_file(put.folder / "x.parquet", batch_rows=rows)
        assert caught.value.path == "/households/9" and "x.parquet: row 10: households: " in str(caught.value)


# Outputs


@pytest.mark.parametrize("name", ["out.parquet", "out.csv", "out.csv.gz", "OUT.CSV"])
@pytest.mark.parametrize("source", ["panel.csv", "panel.parquet"])
def test_the_suffix_tells_the_format(put, name, source):
    put(GOOD)
    pyarrow.parquet.write_table(
        pyarrow.table(
            {
                "code": ["041022", "41022"],
                "households": [10, 5],
                "first": ["2020-01"] * 2,
                "last": ["2020-12"] * 2,
            }
        ),
        put.folder / "panel.parquet",
    )
    sums = libpilot.simulate_file(put.folder / source, put.folder / name, batch_rows=1)
    again = libpilot.tally_file(put.folder / name, group="code")
    assert again.tally.total == sums.total and again.labels == ["041022", "41022"]
    if name.endswith("parquet"):
        assert pyarrow.parquet.read_table(put.folder / name)["total_fen"].to_pylist()[0] % ONE_YEAR in (
            0,
            18000,
        )
    assert names_in(put.folder) == sorted({"panel.csv", "panel.parquet", name})


def test_a_header_alone_gives_a_header_alone(put):
    for name in ("out.parquet", "out.csv", "out.csv.gz"):
        sums = libpilot.simulate_file(put(HEADER), put.folder / name, by_year=True, reasons=True, bad="keep")
        assert (sums.rows, sums.bad, sums.total) == (0, 0, 0)
        again = libpilot.tally_file(put.folder / name, group="code")
        assert again.tally.rows == 0
    table = pyarrow.parquet.read_table(put.folder / "out.parquet")
    assert table.num_rows == 0 and table.column_names[:2] == ["code", "households"]
    assert (put.folder / "out.csv").read_text().count("\n") == 1


def test_names_that_are_no_tables_are_refused(put):
    path = put(GOOD)
    for name in ("out.xlsx", "out", "out.parquet.part", "out.gz", "out.csv/", ""):
        with pytest.raises(libpilot.ArgumentError, match=r"\.parquet, \.csv, \.csv\.gz, \.arrow or \.feather"):
            libpilot.simulate_file(path, f"{put.folder}/{name}" if name else "")
    assert names_in(put.folder) == ["panel.csv"]


def test_the_input_is_never_the_output(put):
    path = put(GOOD)
    (put.folder / "link.csv").symlink_to("panel.csv")
    os.link(path, put.folder / "hard.csv")
    (put.folder / "sub").mkdir()
    for name in ("panel.csv", "./sub/../panel.csv", "link.csv", "hard.csv"):
        for source in ("panel.csv", "link.csv"):
            with pytest.raises(libpilot.ArgumentError, match="the file that is read"):
                libpilot.simulate_file(put.folder / source, os.path.join(put.folder, name))
    assert path.read_text() == GOOD


@pytest.fixture(params=["unnamed", "named"])
def way(request, monkeypatch):
    """Files without a name until they are whole, and where a file system has none of those."""
    if request.param == "named":
        monkeypatch.setattr(_files, "_UNNAMED", 0)


def test_modes_and_links_stay(put, way):
    path = put(GOOD)
    before = os.umask(0o027)
    try:
        libpilot.simulate_file(path, put.folder / "new.csv")
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(put.folder / "new.csv").st_mode) == 0o640
    (put.folder / "there").mkdir()
    old = put.folder / "there" / "old.csv"
    for mode in (0o600, 0o664, 0o755):
        old.write_text("old")
        old.chmod(mode)
        (put.folder / "link.csv").unlink(missing_ok=True)
        (put.folder / "link.csv").symlink_to("there/old.csv")
        libpilot.simulate_file(path, put.folder / "link.csv")
        assert os.readlink(put.folder / "link.csv") == "there/old.csv"
        assert stat.S_IMODE(old.stat().st_mode) == mode and old.read_text().startswith('"code"')
    (put.folder / "to.csv").symlink_to("there/none.csv")
    libpilot.simulate_file(path, put.folder / "to.csv")
    assert (put.folder / "to.csv").is_symlink() and (put.folder / "there" / "none.csv").exists()
    assert names_in(put.folder) == ["link.csv", "new.csv", "panel.csv", "there", "to.csv"]
    if os.geteuid() == 0:
        os.chown(old, 65534, 65534)
        libpilot.simulate_file(path, old)
        assert (old.stat().st_uid, old.stat().st_gid) == (65534, 65534)


def test_what_cannot_be_replaced_is_refused(put, way):
    path = put(GOOD)
    (put.folder / "folder.csv").mkdir()
    for name, target in (("null", "/dev/null"), ("full", "/dev/full"), ("loop", "loop.csv")):
        (put.folder / f"{name}.csv").symlink_to(target)
    os.mkfifo(put.folder / "pipe.csv")
    kept = names_in(put.folder)
    for to in (
        "folder.csv",
        "null.csv",
        "full.csv",
        "loop.csv",
        "pipe.csv",
        "none/out.csv",
        "panel.csv/out.csv",
    ):
        with pytest.raises(OSError) as caught:
            libpilot.simulate_file(path, put.folder / to)
        assert str(put.folder) in caught.value.filename
    assert names_in(put.folder) == kept


def test_a_failure_leaves_the_old_file_and_nothing_else(put, way, monkeypatch):
    old = put.folder / "out.csv"
    old.write_text("old")
    with pytest.raises(libpilot.OrderError):
        libpilot.simulate_file(put(GOOD + "a,1,2020-02,2020-01,,\n"), old, batch_rows=1)
    nested = pyarrow.table({"households": [1], "first": ["2020-01"], "last": ["2020-02"], "list": [[1]]})
    pyarrow.parquet.write_table(nested, put.folder / "nested.parquet")
    with pytest.raises(libpilot.FormatError, match="list"):
        libpilot.simulate_file(put.folder / "nested.parquet", old)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(_files.os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        libpilot.simulate_file(put(GOOD), old)
    assert old.read_text() == "old" and names_in(put.folder) == ["nested.parquet", "out.csv", "panel.csv"]


def test_outputs_are_on_the_disk_before_they_take_a_place(put, way, monkeypatch):
    done = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(
            _files.os, name, lambda *a, real=real, name=name, **k: (done.append(name), real(*a, **k))[1]
        )
    libpilot.simulate_file(put(GOOD), put.folder / "out.csv")
    assert done == ["fsync", "replace", "fsync"]  # the file, then the folder


def test_the_last_of_two_writers_wins_whole(put, way):
    to = put.folder / "out.csv"
    to.write_bytes(b"old")
    one, two = _files.written(to), _files.written(to)
    first, second = one.__enter__(), two.__enter__()
    for _ in range(100):
        first.write(b"first" * 1000)
        second.write(b"second" * 999)
    assert to.read_bytes() == b"old"
    two.__exit__(None, None, None)
    assert to.read_bytes() == b"second" * 99900
    one.__exit__(None, None, None)
    assert to.read_bytes() == b"first" * 100_000
    assert names_in(put.folder) == ["out.csv"]


RUN = """
import os, sys
from libpilot import _files
_files._BLOCK = 200
{before}
batches = _files.TableFile.batches
def some(self, *words, **named):
    for number, batch in enumerate(batches(self, *words, **named)):
        if number == 3:
            {then}
        yield batch
_files.TableFile.batches = some
from libpilot.__main__ import main
main()
"""


def program(*words, before="", then="pass", **options):
    code = RUN.format(before=before, then=then)
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        cwd=TOP,
        **options,
    )


@pytest.mark.parametrize(
    "suffix", [".parquet", *(pytest.param(one, marks=pytest.mark.slow) for one in (".csv", ".csv.gz"))]
)
def test_killed_in_the_middle(put, suffix):
    rows = HEADER + "a,1,2020-01,2020-12,,\n" * 1000
    to = put.folder / f"out{suffix}"
    to.write_text("old")
    for number, ended, said in (
        (signal.SIGINT, 130, "interrupted\n"),
        (signal.SIGTERM, 143, "terminated\n"),
        (signal.SIGHUP, 129, ""),
        (signal.SIGKILL, -9, ""),
    ):
        done = program("simulate", put(rows), "-o", to, then=f"os.kill(os.getpid(), {int(number)})")
        assert (done.returncode, done.stderr) == (ended, said)
        assert to.read_text() == "old"
        # A kill leaves nothing where files can be without a name; else one that says whose it was.
        left = set(names_in(put.folder)) - {to.name, "panel.csv"}
        assert not left or (number == signal.SIGKILL and all(name.startswith(".libpilot-") for name in left))


def test_a_file_that_may_grow_no_further(put):
    rows = HEADER + "a,1,2020-01,2020-12,,\n" * 5000
    path = put(rows)
    for suffix in (".csv", ".parquet"):
        to = put.folder / f"out{suffix}"
        to.write_text("old")
        done = program(
            "simulate",
            path,
            "-o",
            to,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)),
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"{to}: file too large\n"
        assert to.read_text() == "old"
    assert names_in(put.folder) == ["out.csv", "out.parquet", "panel.csv"]


@pytest.fixture
def disk(tmp_path):
    """A disk of 64 KiB, and what makes it read-only."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True
    )
    if made.returncode:
        pytest.skip("NOT TRIED: a full and a read-only disk; only root can mount one")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_full_or_read_only(put, disk):
    path = put(HEADER + "a,1,2020-01,2020-12,,\n" * 5000)
    for suffix in (".csv", ".parquet"):
        (disk / f"out{suffix}").write_text("old")
    filled = disk / "filled"
    filled.write_bytes(bytes(40_000))
    for suffix in (".csv", ".parquet"):
        to = disk / f"out{suffix}"
        done = program("simulate", path, "-o", to)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{to}: no space left on device\n")
        assert to.read_text() == "old"
    filled.unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for to in (disk / "out.csv", disk / "new.csv"):
        done = program("simulate", path, "-o", to)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{to}: read-only file system\n")
    assert names_in(disk) == ["out.csv", "out.parquet"] and (disk / "out.csv").read_text() == "old"


@pytest.mark.skipif(
    os.geteuid() == 0, reason="root may write anywhere; test_a_disk_that_is_full_or_read_only"
)
def test_a_folder_that_may_not_be_written(put):
    folder = put.folder / "folder"
    folder.mkdir()
    (folder / "out.csv").write_text("old")
    folder.chmod(0o555)
    for name in ("out.csv", "new.csv"):
        done = program("simulate", put(GOOD), "-o", folder / name)
        assert (done.returncode, done.stderr) == (2, f"{folder / name}: permission denied\n")
    assert names_in(folder) == ["out.csv"] and (folder / "out.csv").read_text() == "old"


# What seldom goes wrong


def test_what_is_needed_for_files_and_is_not_there(put, monkeypatch):
    path = put(GOOD)
    monkeypatch.setitem(sys.modules, "rich.console", None)
    with pytest.raises(libpilot.ArgumentError, match=r"libpilot\[progress\]"):
        libpilot.tally_file(path, progress=True)
    monkeypatch.setitem(sys.modules, "narwhals.stable.v1", None)
    with pytest.raises(libpilot.ArgumentError, match=r"libpilot\[columns\]"):
        libpilot.simulate(pyarrow.table({"households": [1]}), first="2020-01", last="2020-02")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(libpilot.ArgumentError, match=r"libpilot\[frames\]"):
        libpilot.tally_file(path)


def test_rows_and_quotes_that_do_not_end(put):
    wide = [f"c{number}" for number in range(100)]
    long = ",".join(["households", "first", "last", *wide]) + "\n1,2020-01,2020-12" + f",{'x' * 120_000}" * 100 + "\n"
    assert "FILE: a row is longer than 4 MiB" in refused(put, long)
    cell = HEADER + 'a,1,2020-01,2020-12,,"' + "x\n" * (3 << 20) + '"\n'
    assert "FILE:2: field larger than field limit" in refused(put, cell)
    behind = HEADER + '"a"b,1,2020-01,2020-12,,\na,1\n'
    assert "FILE:2: " in refused(put, behind)
    late = HEADER + "a,1,2020-01,2020-12,,\n" * 300_000 + 'a,1,2020-01,2020-12,,"\n' + "x\n" * 9
    assert "FILE:300002: a quote that opens here is not closed" in refused(put, late)


def test_an_archive_that_ends_too_soon_of_a_known_encoding(put):
    packed = gzip.compress((HEADER + "a,1,2020-01,2020-12,,\n" * 9).encode())[:-9]
    path = put(packed, "panel.csv.gz")
    assert "FILE: " in refused(put, path, libpilot.Error, encoding="utf-8")


def test_a_line_that_is_not_there(put):
    made = _files.TableFile(put(GOOD))
    assert (made.line_of(0), made.line_of(10**6)) == (2, 0)


def test_a_bar_where_a_file_does_not_say_its_rows(put, capsys):
    pytest.importorskip("rich")
    assert libpilot.tally_file(put(GOOD), progress=True).tally == libpilot.tally_file(put(GOOD)).tally
    assert "rows" in capsys.readouterr().err


def test_a_file_that_may_not_be_written_is_not_replaced(put, monkeypatch):
    to = put.folder / "out.csv"
    to.write_text("old")
    monkeypatch.setattr(_files.os, "access", lambda path, mode: False)
    with pytest.raises(PermissionError) as refused_:
        libpilot.simulate_file(put(GOOD), to)
    assert refused_.value.filename == str(to) and to.read_text() == "old"


def test_folders_that_cannot_be_brought_to_the_disk(put, monkeypatch):
    """Of the two faults one says that the file system has no such thing."""
    real = os.fsync

    def fsync(number):
        if stat.S_ISDIR(os.fstat(number).st_mode):
            raise OSError(fault, os.strerror(fault))
        real(number)

    monkeypatch.setattr(_files.os, "fsync", fsync)
    fault = errno.EINVAL
    libpilot.simulate_file(put(GOOD), put.folder / "out.csv")
    fault = errno.EIO
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        libpilot.simulate_file(put(GOOD), put.folder / "out.csv")


def test_an_error_of_reading_without_a_number(put, monkeypatch):
    """As Arrow raises some."""
    path = put.folder / "x.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"households": [1]}), path)

    def fail(*_, **__):
        raise OSError("a page is not what it says")

    monkeypatch.setattr(pyarrow.parquet, "ParquetFile", fail)
    with pytest.raises(libpilot.FormatError, match="a page is not") as refused_:
        libpilot.tally_file(path, first="2020-01", last="2020-12")
    assert refused_.value.source == str(path)
