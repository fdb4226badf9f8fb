"""Cities as tables of any kind: in, out, and what is told of their cells."""

import os
import subprocess
import sys
import threading
from datetime import date, datetime
from decimal import Decimal

import cases
import pytest
from libpilot import CellProblem, City, InconsistentError, MissingKeyError, WrongTypeError, check
from libpilot._errors import FormatError



@pytest.fixture(scope="module")
def example():
    return City.load(cases.TOP / "examples/data/nanchang-2019.json")


@pytest.mark.parametrize("form", ["keys", "zh", "en"])
def test_a_city_comes_through_tables_as_it_is(example, form):
    made = City.from_tables(example.to_tables(form))
    assert made == example and made.notes == ()


def test_forms_differ_in_words_alone(example):
    keys, zh = example.to_tables(), example.to_tables("zh")
    assert [len(rows) for rows in keys.values()] == [len(rows) for rows in zh.values()]
    assert "老旧居民区" in zh and zh["老旧居民区"][0]["总户数"] == keys["areas"][0]["households"] == 955
    assert keys["areas"][0]["building_area_m2"] == Decimal("83240.00")
    assert keys["areas"][0]["steps.survey"] == date(2019, 7, 31)


@pytest.mark.parametrize("kind", ["pandas", "pyarrow", "polars", "arrays"])
def test_frames_of_any_kind(kind):
    columns = {
        "id": ["a1", "a2"],
        "communities": ["c1", "c1"],
        "households": [120, None],
        "steps.survey": [date(2019, 12, 5), None],
    }
    if kind == "pandas":
        import pandas

        areas = pandas.DataFrame(columns)
        areas["steps.survey"] = pandas.to_datetime(areas["steps.survey"])
    elif kind == "pyarrow":
        import pyarrow

        areas = pyarrow.table(columns)
    elif kind == "polars":
        polars = pytest.importorskip("polars")
        areas = polars.DataFrame(columns)
    else:
        areas = columns
    city = City.from_tables({"areas": areas, "communities": [{"id": "c1", "district": "360102"}]})
    rows = city.to_dict()["areas"]
    assert [row.get("households") for row in rows] == [120, None]
    assert [row.get("steps") for row in rows] == [{"survey": "2019-12-05"}, None]
    assert [note.code for note in city.notes] == ["record_made"]


def test_values_as_python_has_them():
    import numpy

    city = City.from_tables(
        {
            "communities": [{"id": "c,1", "district": "360102"}, {"id": "c2", "district": "360102"}],
            "areas": [
                {
                    "id": 7,
                    "communities": ["c,1", "c2"],
                    "households": numpy.int64(120),
                    "building_area_m2": Decimal("83240.50"),
                    "old": numpy.bool_(True),
                    "enclosed_on": datetime(2019, 12, 5),
                    "votes": "none",
                }
            ],
        }
    )
    area = city.to_dict()["areas"][0]
    assert area["id"] == "7" and area["communities"] == ["c,1", "c2"] and area["households"] == 120
    assert area["building_area_m2"] == "83240.50" and area["old"] is True and area["votes"] == []
    assert area["enclosed_on"] == "2019-12-05"


def test_problems_name_their_cells_in_both_languages():
    with pytest.raises(FormatError) as raised:
        City.from_tables(
            {
                "社区": [{"编号": "c1", "城区": "东湖区", "人员数": "约2"}, {"编号": "c2", "城区": "东湖区", "人员数": "约3"}],
                "居民区": [{"编号": "a1", "社区": "c9", "备注": "x"}],
            }
        )
    error = raised.value
    assert [one.cell.code for one in error.problems] == ["not_exact", "no_record"]
    assert error.problem_count == 2 and isinstance(error.cell, CellProblem)
    assert error.cell.cells == "C2, C3" and error.cell.count == 2
    assert error.text("zh").startswith("社区!C2 人员数 “约2”：") and error.text("zh").endswith("[not_exact]")
    assert str(error.problems[1]).startswith('居民区!B2 社区 "c9"')
    assert {note.code for note in error.notes} == {"record_made", "unknown_header"}


def test_findings_have_cells(example):
    city = City.from_tables(example.to_tables("zh"))
    report = check(city, as_of="2020-02-29")
    assert report.to_json() == check(example, as_of="2020-02-29").to_json()
    places = {finding.path: str(city.place(finding.path)) for finding in report.breaches}
    assert places["/communities/1"] == "试点社区!3" and "None" not in places.values()
    assert all(str(city.place(one.path)).count("!") == 1 for one in report.needed() if not one.path.endswith("-"))


@pytest.mark.parametrize(
    ("tables", "path"),
    [
        ([], "/tables"),
        ({"areas": [1]}, "/tables/areas/0"),
        ({"areas": [{"id": object()}]}, "/tables/areas/0/id"),
        ({"areas": [{"communities": [[]]}]}, "/tables/areas/0/communities"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(tables, path):
    with pytest.raises(WrongTypeError) as raised:
        City.from_tables(tables)
    assert raised.value.path == path


def test_rows_as_drivers_of_databases_give_them():
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    rows = connection.execute("select 'c1' as id, '360102' as district, null as name").fetchall()
    connection.close()
    city = City.from_tables({"communities": rows, "areas": ({"id": "a1"}, {"communities": "c1", "id": "a2"})})
    assert city.to_dict()["communities"] == [{"id": "c1", "district": "360102"}]
    assert [area.get("communities") for area in city.to_dict()["areas"]] == [None, ["c1"]]


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(InconsistentError, match="columns of 1 and 2 rows") as raised:
        City.from_tables({"areas": {"id": ["a1", "a2"], "households": [1]}})
    assert raised.value.path == "/tables/areas"


def test_totals_and_missing_columns():
    rows = [{"编号": "a", "社区": "c1", "总户数": 10}, {"编号": "合计", "社区": None, "总户数": 11}]
    with pytest.raises(InconsistentError, match="sum of the rows"):
        City.from_tables({"居民区": rows, "社区": [{"编号": "c1", "城区": "东湖区"}]})
    with pytest.raises(MissingKeyError, match="社区!2 "):
        City.from_tables({"社区": [{"编号": "c1"}]})


def test_a_document_is_read_once(tmp_path):
    """A pipe has it only once."""
    pipe = tmp_path / "city.json"
    os.mkfifo(pipe)
    text = '{"name": "甲", "districts": [], "communities": [], "areas": []}'
    writer = threading.Thread(target=pipe.write_text, args=(text, "utf-8"), daemon=True)
    writer.start()
    assert City.load(pipe).to_dict()["name"] == "甲"
    writer.join(5)


@pytest.mark.parametrize("name", ["社区.xls", "社区.csv"])
def test_files_with_zeros_are_read_to_their_end(tmp_path, name):
    """Workbooks of older programs and text in UTF-16 have them, and are longer than what tells the kind of a file."""
    path, rows = tmp_path / name, [["编号", "城区"], *([f"c{number}", "东湖区"] for number in range(2000))]
    if name.endswith(".xls"):
        book = pytest.importorskip("xlwt").Workbook()
        sheet = book.add_sheet("社区")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
        book.save(str(path))
    else:
        path.write_text("".join(f"{','.join(row)}\n" for row in rows), encoding="utf-16")
    assert len(City.load(path).to_dict()["communities"]) == 2000
    command = [sys.executable, "-m", "libpilot", "import", str(path), "--lang", "en", "-o", str(tmp_path / "city.json")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.split()[-6:] == "1 districts, 2000 communities, 0 areas".split()


def test_a_problem_of_a_cell_reads_as_its_text(tmp_path):
    path = tmp_path / "城区.csv"
    path.write_text("城区代码,别的\n东湖区,x\n", encoding="utf-8")
    (note,) = (one for one in City.load(path).notes if one.code == "unknown_header")
    assert str(note) == note.text() and "[unknown_header]" in str(note)
