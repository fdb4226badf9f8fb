"""The workbook of an office with sixty communities, from its mistakes to a report."""

import importlib.util
from collections import Counter

import cases
import pytest
from libpilot import City, check
from libpilot._errors import Error

pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")

OFFICE = cases.TOP / "tests/cases/office"


def script():
    spec = importlib.util.spec_from_file_location("office", OFFICE / "make.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def city():
    return City.load(OFFICE / "corrected.xlsx")


def test_the_script_makes_these_workbooks(tmp_path):
    for name, corrected in (("mistakes", False), ("corrected", True)):
        script().make(tmp_path / f"{name}.xlsx", corrected)
        made, kept = (cells_of(folder / f"{name}.xlsx") for folder in (tmp_path, OFFICE))
        assert made == kept


def cells_of(path):
    from libpilot._workbook import read_sheets

    return [(sheet.name, sheet.rows) for sheet in read_sheets(path, path.name)]


def test_exactly_the_mistakes_are_told_with_their_cells():
    with pytest.raises(Error) as raised:
        City.load(OFFICE / "mistakes.xlsx")
    told = [one.text("zh") for one in raised.value.problems]
    assert [line.split(" ")[0] for line in told] == ["用房!B19", "居民区!C40", "考核!D42"]
    for line, (wrong, _) in zip(told, script().MISTAKES.values()):
        assert f"“{wrong}”" in line


def test_put_right_it_is_the_city_that_it_was_made_of(city):
    office = script()
    records = city.to_dict()
    assert [one["name"] for one in records["communities"]] == [office.community(n) for n in range(60)]
    assert [one["households"] for one in records["areas"]] == [office.households(n) for n in range(60)]
    assert [one["building_area_m2"] for one in records["areas"]] == [
        f"{office.households(n) * 78.5:.2f}" for n in range(60)
    ]
    assert Counter(one["district"] for one in records["communities"]) == {
        "360102": 12,
        "360103": 12,
        "360104": 12,
        "360105": 12,
        "360111": 12,
    }
    entered = [area["id"] for area in records["areas"] if area["steps"].get("entry", "not_done") != "not_done"]
    assert len(entered) == 48
    assert sum(bool(area.get("contracts")) for area in records["areas"]) == 48
    assert "old" not in records["areas"][0] and records["areas"][1]["old"] is True


def test_what_was_passed_over_is_told(city):
    assert Counter(note.code for note in city.notes) == {
        "above_header": 11,
        "name_for_id": 3,
        "record_made": 1,
        "totals_row": 2,
        "unknown_header": 1,
        "unknown_sheet": 1,
    }
    assert sum(note.count for note in city.notes if note.code == "totals_row") == 12


def test_findings_name_cells(city):
    report = check(city, as_of="2020-03-31")
    small = [finding for finding in report.breaches if finding.rule == "office_area"]
    assert small and all(str(city.place(finding.path)).startswith("社区!") for finding in small)
    place = city.place("/communities/0/offices/0/area_m2")
    assert str(place) == "用房!B4"
