"""The page's reader of workbooks beside the package's: the same cells of every file, or the same refusal."""

import json
import sys
from datetime import date

import pytest
import wasmtime
from conftest import TOP
from libpilot import Error
from libpilot._workbook import Special, read_sheets

sys.path.append(str(TOP / "tests/python"))
import workbooks

WASM = TOP / "build/page/workbook.wasm"


@pytest.fixture(scope="session")
def compiled():
    engine = wasmtime.Engine()
    return engine, wasmtime.Module.from_file(engine, str(WASM))


@pytest.fixture
def read(compiled):
    """As the page does it: bytes and a name in, JSON out."""
    engine, module = compiled
    store = wasmtime.Store(engine)
    exports = wasmtime.Instance(store, module, []).exports(store)
    memory = exports["memory"]

    def put(data):
        at = exports["room"](store, len(data))
        memory.write(store, data, at)
        return at, len(data)

    def answer(data, name):
        at = exports["read"](store, *put(data), *put(name.encode()))
        size = int.from_bytes(memory.read(store, at, at + 4), "little")
        return json.loads(memory.read(store, at + 4, at + 4 + size))

    return answer


def cell(value):
    """A cell of the package's in the form in which a call takes it."""
    if value == "" and isinstance(value, str):
        return {}
    if isinstance(value, bool):
        return {"kind": "bool", "truth": value}
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, date):
        return {"kind": "day", "day": value.isoformat()}
    if isinstance(value, Special):
        if value.kind == "merged":
            return {"kind": "merged", "above": value.above, "left": value.left}
        return {"kind": value.kind, **({"text": value.text} if value.text else {})}
    number = int(value) if abs(value) < 1e15 and value == int(value) else value
    return {"kind": "number", "text": str(number)}


def of_package(data, name):
    try:
        sheets = read_sheets(data, name)
    except Error as error:
        line = {"line": error.line} if error.line else {}
        return [{"status": error.status, **line, "zh": error.message_zh, "en": error.message}]
    made = []
    for sheet in sheets:
        told = {"name": sheet.name, "hidden": sheet.hidden, "hidden_rows": sheet.hidden_rows}
        told["from_1904"] = sheet.from_1904
        made.append({key: one for key, one in told.items() if one or key == "name"})
        made[-1]["columns"] = len(sheet.rows[0]) if sheet.rows else 1
        made[-1]["cells"] = [cell(value) for row in sheet.rows for value in row]
    return made


def of_page(answer):
    if isinstance(answer, list):
        return answer
    return [{key: one for key, one in problem.items() if key != "place"} for problem in answer["problems"]]


ROW = "<table:table-row>{}</table:table-row>"
CELL = '<table:table-cell office:value-type="string"{}><text:p>a</text:p></table:table-cell>'
FAR = '<c r="{}"><v>1</v></c>'


def table(inside):
    return workbooks.ods(f'<table:table table:name="社区">{inside}</table:table>')


# What no trap is: other formats, and cells far out, of which there may be more than 32 bits can count.
OTHERS = {
    "merged.ods": table(ROW.format(CELL.format(' table:number-columns-spanned="2"') + "<table:covered-table-cell/>")),
    "percent.ods": table(ROW.format('<table:table-cell office:value-type="percentage" office:value="0.57999999999999996"/>')),
    "hidden.ods": table(ROW.format(CELL.format("")).replace("row>", 'row table:visibility="collapse">', 1)),
    "far.ods": table(
        ROW.format(CELL.format(' table:number-columns-repeated="16384"')).replace(
            "row>", 'row table:number-rows-repeated="1048576">', 1
        )
    ),
    "far.xlsx": workbooks.by_hand(
        {"社区": workbooks.data(f'<row r="1">{FAR.format("XFD1")}</row><row r="1048576">{FAR.format("A1048576")}</row>')}
    ),
    "semicolons.csv": "编号;名称\n1;\"甲;\"\"乙\"\"\"\n".encode(),
    "tabs.csv": "编号\t名称\r\n1\t甲\r\n".encode("utf-16"),
    "cut.csv": b'a,b\n1,"2\n',
    "kept.csv": b'a,="0012"\n',
    "picture.csv": b"\x89PNG",
    "empty.csv": b"",
}
FIXTURES = workbooks.fixtures()
FILES = [
    *((f"{one.trap}: {one.says}", one.name, one.data) for one in FIXTURES),
    *((f"{one.trap}: without it", *one.clean) for one in FIXTURES),
    *((f"other: {name}", name, data) for name, data in OTHERS.items()),
    *(
        (f"office: {name}", name, (TOP / "tests/cases/office" / name).read_bytes())
        for name in ("mistakes.xlsx", "corrected.xlsx")
    ),
]


@pytest.mark.parametrize(("name", "data"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_both_read_the_same(read, name, data):
    assert of_page(read(data, name)) == of_package(data, name)
