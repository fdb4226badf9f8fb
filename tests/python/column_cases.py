"""What a column may hold and what it may not, once for every way in: cells, how they are typed, and what each row
gives. tests/engines reads it too."""

import datetime
from decimal import Decimal
from typing import Any, NamedTuple, Optional

import libpilot
from libpilot import NANCHANG_2019

# A yuan for each m² in December 2019.
BY_AREA = NANCHANG_2019.patch(
    {"rates": [{"first": "2019-12", "last": "2019-12", "yuan": "1", "per": "square_metre_month"}]}
)
TOKYO = datetime.timezone(datetime.timedelta(hours=9))
CLAIM = {"households": 10, "first": "2020-01", "last": "2020-12"}
AREA_CLAIM = {"first": "2019-12", "last": "2019-12"}


class Case(NamedTuple):
    """cells: of the column that is given as the argument, None being a blank. rows: fen, or the word of the error,
    of each; None: the column is refused as a whole, with type. type: a key of the builders of the ways in."""

    argument: str
    type: str
    cells: list
    rows: Optional[list]

    @property
    def policy(self) -> Any:
        return BY_AREA if "area" in self.argument else NANCHANG_2019

    @property
    def claim(self) -> dict:
        """The other arguments, which hold for every row."""
        given = AREA_CLAIM if "area" in self.argument else CLAIM
        return {name: value for name, value in given.items() if name != self.argument}

    @property
    def name(self) -> str:
        return f"{self.argument} {self.type} {self.cells[0]!r}"


def times(*texts):
    return [text and datetime.datetime.fromisoformat(text) for text in texts]


def zoned(*texts):
    return [one and one.replace(tzinfo=TOKYO) for one in times(*texts)]


def days(*texts):
    return [text and datetime.date.fromisoformat(text) for text in texts]


def decimals(*texts):
    return [text and Decimal(text) for text in texts]


YEAR, MONTH = 216000, 18000  # of ten households in 2020
MISSING = "missing_value"
CASES = [
    Case("first", "text", ["2020-01", None, "2020-12"], [YEAR, MISSING, MONTH]),
    Case("first", "text", ["2020-01-31", "2020-12-01 23:59:59.5", None], [YEAR, MONTH, MISSING]),
    # The wall clock of its own zone, not that of Greenwich, where it is a month earlier.
    Case("first", "text", ["2020-12-01T00:00:00+09:00", "2020-12-01 00:00Z"], [MONTH, MONTH]),
    Case(
        "first", "text", ["2020-13", "soon", "2020-1", "2021-02-29"], ["range", "format", "format", "range"]
    ),
    Case(
        "first", "text", ["1899-12", "2020-W05", "2020-Q1", "2020"], ["range", "format", "format", "format"]
    ),
    Case("last", "text", ["2020-01-31", "2019-12"], [MONTH, "order"]),
    Case("first", "date", days("2020-01-31", "2020-12-01", None), [YEAR, MONTH, MISSING]),
    Case("first", "time", times("2020-01-31T23:59:59", "2020-12-01T00:00:00", None), [YEAR, MONTH, MISSING]),
    Case("first", "zoned", zoned("2020-01-01T00:00", "2020-12-01T00:00", None), [YEAR, MONTH, MISSING]),
    Case("last", "zoned", zoned("2020-02-01T08:59", None), [2 * MONTH, MISSING]),
    Case("first", "month", ["2020-01", "2020-12", None], [YEAR, MONTH, MISSING]),
    Case("first", "days", ["2020-01-31", "2020-12-01", None], [YEAR, MONTH, MISSING]),
    *(Case("first", type_, ["2020-01-01", None], None) for type_ in ("quarter", "year", "week", "3 months")),
    *(Case("last", type_, ["2020-10-01"], None) for type_ in ("quarter", "year", "week", "3 months")),
    Case("first", "bool", [True, False], None),
    # A number alone is more likely a year, so that only columns hold months since 1970.
    Case("first", "number of months", [600, None], [YEAR, MISSING]),
    Case("first", "number of months", [611, 2020, 1970], [MONTH, "range", "range"]),
    Case("households", "int", [10, 0, -1, None], [YEAR, 0, "range", MISSING]),
    Case("households", "float", [10.0, None, 10.5], [YEAR, MISSING, "type"]),
    Case("households", "float", [float("inf"), 2.0**60], ["type", "type"]),
    Case("households", "decimal", decimals("10.00", "10.50", None), [YEAR, "type", MISSING]),
    Case("households", "uint64", [10, (1 << 64) - 1], [YEAR, "overflow"]),
    Case("households", "bool", [True, None], None),
    Case("households", "date", days("2020-01-01"), None),
    Case("building_area", "int", [120, None, -1], [12000, MISSING, "range"]),
    Case("building_area", "int", [(1 << 63) // 100, 0], ["overflow", 0]),
    Case("building_area", "decimal", decimals("120.50", None, "0.01"), [12050, MISSING, 1]),
    Case("building_area", "decimal", decimals("120.505", "120.500"), ["precision", 12050]),
    Case("building_area", "decimal", decimals("99999999999999999.9", "1.1"), ["overflow", 110]),
    Case("building_area", "float", [120.0, None, 120.5], [12000, MISSING, "type"]),
    Case("building_area", "text", ["120.5", "120.505", None], [12050, "precision", MISSING]),
    Case("building_area", "text", ["83240.57", "83,240.57", "-1.5"], [8324057, "format", "range"]),
    Case("building_area", "bool", [True], None),
    Case("building_area_dm2", "int", [12050, None, -1], [12050, MISSING, "range"]),
    Case("building_area_dm2", "float", [12050.0, 120.5], [12050, "type"]),
    # A result that is not known is none yet.
    Case("passed", "bool", [True, False, None], [YEAR, 0, 0]),
    Case("passed", "nulls", [None, None], [0, 0]),
]


def error_of(case):
    """The Error that the column or its first bad row raises, or None; and where, as of the column's name x."""
    kinds = {kind.status: kind for kind in libpilot._errors.BY_NUMBER.values()}
    if case.rows is None:
        return kinds["type"], ("/x",)
    for row, found in enumerate(case.rows):
        if isinstance(found, str):
            return kinds[found], (f"/x/{row}", f"/{row}")  # of the cell, or of the row that it makes bad
    return None
