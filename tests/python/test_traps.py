"""The thirty traps of workbooks as offices keep them: what comes of each, cell by cell, and nothing of the same file
without it."""

import json
import time

import pytest
from libpilot import Error, _pilot
from libpilot._workbook import read_sheets

pytest.importorskip("python_calamine")
workbooks = pytest.importorskip("workbooks", exc_type=ImportError)

FIXTURES = workbooks.fixtures()
each = pytest.mark.parametrize("one", FIXTURES, ids=[f"{one.trap}: {one.says}" for one in FIXTURES])


def cell(sheets, name):
    sheet, _, place = name.partition("!")
    row, column = workbooks.place(place)
    return next(one for one in sheets if one.name == sheet).rows[row][column]


@each
def test_cells(one):
    if one.refused:
        with pytest.raises(Error, match=one.refused) as refused:
            read_sheets(one.data, one.name)
        assert refused.value.source == one.name
        assert refused.value.message_zh
        return
    sheets = read_sheets(one.data, one.name)
    read = {name: cell(sheets, name) for name in one.cells}
    assert read == one.cells
    assert {name: type(value) for name, value in read.items()} == {
        name: type(value) for name, value in one.cells.items()
    }
    assert all(len(row) == len(sheet.rows[0]) for sheet in sheets for row in sheet.rows)


def told(table):
    """The places and codes of all that is told, in order."""
    problems, more = _pilot.table_problems(table)
    assert not more
    return [(f"{sheet}!{cells}", code) for code, _, _, _, sheet, _, cells, *_ in problems]


def at(document, path):
    """None where there is no such key."""
    for key in path.split("/")[1:]:
        document = document[int(key)] if isinstance(document, list) else document.get(key)
    return document


@pytest.mark.parametrize(
    "one", [one for one in FIXTURES if not one.refused], ids=lambda one: f"{one.trap}: {one.says}"
)
def test_what_is_told_and_what_the_city_has(one):
    table = _pilot.Table(read_sheets(one.data, one.name))
    assert told(table) == list(one.told)
    notes = {problem[0] for problem in _pilot.table_problems(table)[0] if problem[1]}
    if {code for _, code in one.told} <= notes:
        city = json.loads(_pilot.city_json(_pilot.table_city(table), 0))
        assert {path: at(city, path) for path in one.city} == one.city
    else:
        assert not one.city  # there is none


@each
def test_nothing_is_told_of_the_file_without_the_trap(one):
    name, data = one.clean
    assert one.clean != (one.name, one.data)
    table = _pilot.Table(read_sheets(data, name))
    assert told(table) == []
    assert json.loads(_pilot.city_json(_pilot.table_city(table), 0))["areas"]


def test_a_day_is_the_same_in_every_zone(monkeypatch):
    """6: no instant lies between the serial number and the day."""
    days = [one for one in FIXTURES if one.trap in (5, 6)]
    assert len(days) == 2
    try:
        for zone in ("UTC", "Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            for one in days:
                sheets = read_sheets(one.data, one.name)
                assert {name: cell(sheets, name) for name in one.cells} == one.cells
    finally:
        monkeypatch.undo()
        time.tzset()


def test_rows_without_values_are_nothing():
    """14: of a million there is no trace."""
    styled = next(one for one in FIXTURES if one.trap == 14)
    sheets = {sheet.name: sheet for sheet in read_sheets(styled.data, styled.name)}
    assert [len(sheet.rows) for sheet in sheets.values()] == [2] * len(workbooks.BASE)


def test_what_is_hidden_is_counted():
    """17: rows with values alone."""
    hidden = next(one for one in FIXTURES if one.trap == 17)
    sheets = {sheet.name: sheet for sheet in read_sheets(hidden.data, hidden.name)}
    assert {name for name, sheet in sheets.items() if sheet.hidden} == {"服务企业", "选项"}
    assert {name: sheet.hidden_rows for name, sheet in sheets.items() if sheet.hidden_rows} == {
        "老旧居民区": 1
    }


def test_how_the_days_are_counted_is_told():
    """5."""
    flags = {one.trap: {sheet.from_1904 for sheet in read_sheets(one.data, one.name)} for one in FIXTURES[:6]}
    assert flags[5] == {True}
    assert flags[4] == {False}
