"""Workbooks as offices keep them: for each of the thirty traps a file that has it, what is to come of it cell by
cell, and the same file as it should have been. Made here, by the writers that people use and where these write no
such thing by hand."""

import csv
import datetime
import io
import struct
import zipfile
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlsxwriter
from libpilot._workbook import Special

# What goes into cells.


class Shown(NamedTuple):
    """A number by its format."""

    value: float
    format: str


class Formula(NamedTuple):
    text: str
    value: Any


class Merged(NamedTuple):
    """Over so many rows and columns."""

    value: Any
    down: int
    across: int = 1


class Rich(NamedTuple):
    """A text of which every second part is bold."""

    parts: tuple


class Fixture(NamedTuple):
    """trap: its number. name: of the file. cells: what is read of some of them, as ``老旧居民区!D2``. told: the places
    and codes of all that the library tells, a note or not. city: what the city then has. refused: words of the
    sentence that the whole file is refused with. clean: the name and bytes of a file without the trap, of which
    nothing is told."""

    trap: int
    says: str
    name: str
    data: bytes
    clean: tuple
    cells: dict
    told: tuple = ()
    city: dict = {}
    refused: str = ""


DAY = datetime.date(2019, 12, 5)
DISTRICTS = [["行政区划代码", "城区名称"], ["360102", "东湖区"]]
COMMUNITIES = [
    ["社区编号", "社区名称", "所属城区代码", "物业管理专责人员数"],
    ["c1", "院一社区", "360102", 3],
]
AREAS = [
    ["居民区编号", "居民区名称", "所属社区编号", "总户数", "建筑面积", "选举业主委员会"],
    ["a1", "院一片区", "c1", 955, 83240.5, DAY],
]
OFFICES = [["社区编号", "用房面积", "启用日期"], ["c1", 96, DAY]]
PROVIDERS = [["服务企业编号", "服务企业名称"], ["913601001581234563", "甲物业"]]
CONTRACTS = [
    ["居民区编号", "服务企业编号", "签订日期", "书面合同", "约定单价", "约定月费"],
    ["a1", "913601001581234563", DAY, "是", 0.33, 27469.2],
]
CHARGES = [
    ["居民区编号", "房号", "收费项目", "起始月份（含）", "截止月份（含）", "收取金额"],
    ["a1", "1-101", "cleaning", "2019-10", "2019-12", 72],
]
BASE = {
    "城区": DISTRICTS,
    "试点社区": COMMUNITIES,
    "老旧居民区": AREAS,
    "物业管理用房": OFFICES,
    "服务企业": PROVIDERS,
    "服务合同": CONTRACTS,
    "已收取的费用": CHARGES,
}


def with_(**sheets):
    """The base, with these sheets instead of its own; None: without."""
    made = {**BASE, **sheets}
    return {name: rows for name, rows in made.items() if rows is not None}


def put(sheet, cells, extra=()):
    """The base with some cells of one sheet changed, and rows behind."""
    rows = [list(row) for row in BASE[sheet]] + [list(row) for row in extra]
    for name, value in cells.items():
        row, column = place(name)
        rows[row][column] = value
    return with_(**{sheet: rows})


def place(cell):
    """D7: (6, 3)."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(letters) :]) - 1, column - 1


def xlsx(sheets, from_1904=False, then=None):
    """By XlsxWriter. then: what is done to the workbook and its worksheets before they are written."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "date_1904": from_1904})
    formats = {}

    def style(text):
        return formats.setdefault(text, book.add_format({"num_format": text}))

    def write(sheet, row, column, value):
        if isinstance(value, Shown):
            sheet.write_number(row, column, value.value, style(value.format))
        elif isinstance(value, Formula):
            sheet.write_formula(row, column, value.text, None, value.value)
        elif isinstance(value, Merged):
            last = (row + value.down - 1, column + value.across - 1)
            sheet.merge_range(row, column, *last, "")
            write(sheet, row, column, value.value)
        elif isinstance(value, Rich):
            bold = book.add_format({"bold": True})
            parts = [
                one for number, part in enumerate(value.parts) for one in ([bold] * (number % 2) + [part])
            ]
            sheet.write_rich_string(row, column, *parts)
        elif isinstance(value, datetime.date):
            sheet.write_datetime(row, column, value, style("yyyy-mm-dd"))
        elif isinstance(value, str):
            sheet.write_string(row, column, value)
        elif value is not None:
            sheet.write(row, column, value)

    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                write(sheet, row, column, value)
    if then:
        then(book)
    book.close()
    return file.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def parts_of(sheets, main=MAIN, styles="", shared=None, workbook="", office=_OFFICE):
    """A workbook by hand. sheets: the name of each and what is in its <worksheet>, or the whole part as bytes. shared:
    what is in <sst>. workbook: what stands before <sheets>."""
    relations, listed, parts = [], [], {}

    def add(kind, target, text):
        relations.append(f'<Relationship Id="r{len(relations)}" Type="{office}/{kind}" Target="{target}"/>')
        parts[f"xl/{target}"] = text

    for number, (name, inside) in enumerate(sheets.items(), 1):
        listed.append(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{len(relations)}"/>')
        whole = inside if isinstance(inside, bytes) else f'<worksheet xmlns="{main}">{inside}</worksheet>'
        add("worksheet", f"worksheets/sheet{number}.xml", whole)
    if styles:
        add("styles", "styles.xml", f'<styleSheet xmlns="{main}">{styles}</styleSheet>')
    if shared is not None:
        add("sharedStrings", "sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{main}" xmlns:r="{office}">{workbook}<sheets>{"".join(listed)}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}</Relationships>'
    )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>'
    )
    return parts


def by_hand(sheets, **other):
    return packed(parts_of(sheets, **other))


def letters(column):
    return (letters(column // 26 - 1) if column > 25 else "") + chr(65 + column % 26)


def plain_cell(name, value):
    """As odd writers have it: every text in its cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, datetime.date):
        return f'<c r="{name}" s="1"><v>{(value - datetime.date(1899, 12, 30)).days}</v></c>'
    return f'<c r="{name}"><v>{value}</v></c>'


def rows_by_hand(rows, cell=plain_cell):
    return "".join(
        f'<row r="{r}">{"".join(cell(f"{letters(c)}{r}", value) for c, value in enumerate(row))}</row>'
        for r, row in enumerate(rows, 1)
    )


DATES = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'


def data(inside):
    return f"<sheetData>{inside}</sheetData>"


def of_rows(sheets):
    return {name: data(rows_by_hand(rows)) for name, rows in sheets.items()}


def csv_of(rows, encoding="utf-8", separator=","):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(
        [[str(value) if value is not None else "" for value in row] for row in rows]
    )
    return text.getvalue().encode(encoding)


# Compound files, in which old workbooks and those with a password are.

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams):
    """Streams of 4096 bytes or more, by name."""
    bodies = {name: body + bytes(-len(body) % 512) for name, body in streams.items()}
    entries, chains, at = [], [], 2  # behind the allocation table and the directory
    for name, body in bodies.items():
        count = len(body) // 512
        chains += [*range(at + 1, at + count), _END]
        entries.append((name, 2, at, len(streams[name])))
        at += count
    table = [_FAT, _END, *chains]
    assert len(table) <= 128 and len(entries) <= 3
    root = [("Root Entry", 5, _END, 0), *entries]
    directory = b""
    for number, (name, kind, start, size) in enumerate(root):
        text = name.encode("utf-16-le")
        others = (_FREE, number + 1 if 0 < number < len(entries) else _FREE, 1 if number == 0 else _FREE)
        directory += struct.pack("<64sHBB3I16xI16xIQ", text, len(text) + 2, kind, 1, *others, 0, start, size)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    head += struct.pack("<108I", *[_FREE] * 108)
    table += [_FREE] * (128 - len(table))
    return head + struct.pack("<128I", *table) + directory.ljust(512, b"\0") + b"".join(bodies.values())


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def encrypted():
    """A workbook with a password, as far as it can be told without."""
    return compound({"EncryptionInfo": bytes(4096), "EncryptedPackage": bytes(4096)})


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def ods(tables, styles="", settings="", **parts):
    """tables: what stands in <office:spreadsheet>."""
    names = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{settings}{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = f'<m:manifest xmlns:m="{_ODF}manifest:1.0"><m:file-entry m:full-path="/"/></m:manifest>'
    return packed(
        {"mimetype": _SPREADSHEET, "content.xml": content, "META-INF/manifest.xml": manifest, **parts}
    )


# The traps, by their numbers in the order of the list that the project keeps.

CLEAN = ("试点.xlsx", xlsx(BASE))


def _codes():
    return Fixture(
        1,
        "a code of 18 digits kept as a number has lost the last of them",
        "编号.xlsx",
        xlsx(with_(服务企业=[PROVIDERS[0], [913601001581234563, "甲物业"]], 服务合同=None)),
        ("编号.xlsx", xlsx(with_(服务合同=None))),
        {"服务企业!A2": 913601001581234560.0, "服务企业!B2": "甲物业"},
        [("服务企业!A2", "digits_lost")],
    )


def _month_of_two():
    return Fixture(
        2,
        "2019.10 is kept as 2019.1",
        "月份.xlsx",
        xlsx(put("已收取的费用", {"D2": 2019.10})),
        ("月份.xlsx", xlsx(put("已收取的费用", {"D2": "2019.10"}))),
        {"已收取的费用!D2": 2019.1, "已收取的费用!E2": "2019-12"},
        [("已收取的费用!D2", "month_ambiguous")],
    )


def _text_made_a_date():
    return Fixture(
        3,
        "3-2 typed as a text became a date",
        "房号.xlsx",
        xlsx(
            with_(
                老旧居民区=[AREAS[0], [*AREAS[1][:3], datetime.date(2020, 1, 5), *AREAS[1][4:]]],
                已收取的费用=[CHARGES[0], ["a1", datetime.date(2020, 3, 2), *CHARGES[1][2:]]],
            )
        ),
        ("房号.xlsx", xlsx(put("已收取的费用", {"B2": "3-2"}))),
        {"老旧居民区!D2": datetime.date(2020, 1, 5), "已收取的费用!B2": datetime.date(2020, 3, 2)},
        [("老旧居民区!D2", "unexpected_date"), ("已收取的费用!B2", "unexpected_date")],
    )


def _serial():
    return Fixture(
        4,
        "a date without the format of one reads 43800",
        "日期.xlsx",
        xlsx(put("物业管理用房", {"C2": 43800})),
        ("日期.xlsx", xlsx(put("物业管理用房", {"C2": datetime.date(2019, 12, 1)}))),
        {"物业管理用房!C2": 43800.0},
        [("物业管理用房!C2", "serial_day")],
        {"/communities/0/offices/0/available_from": "2019-12-01"},
    )


def _from_1904():
    made = xlsx(put("物业管理用房", {"C2": DAY}, [["c1", 42.5, 42338]]), from_1904=True)
    return Fixture(
        5,
        "the workbook counts days from 1904",
        "1904.xlsx",
        made,
        ("1904.xlsx", xlsx(BASE, from_1904=True)),
        {"物业管理用房!C2": DAY, "物业管理用房!C3": 42338.0},
        [("物业管理用房!C3", "serial_day")],
        {
            "/communities/0/offices/0/available_from": "2019-12-05",
            "/communities/0/offices/1/available_from": "2019-12-01",
        },
    )


def _zones():
    """The serial number of a day is that day whatever the clock and its zone are; the test sets several."""
    rows = put(
        "物业管理用房", {"C2": Shown(43804, "yyyy/m/d;@")}, [["c1", 42.5, Shown(43804, "m/d/yy h:mm")]]
    )
    return Fixture(
        6,
        "a date becomes 23:59 of the day before",
        "时区.xlsx",
        xlsx(rows),
        CLEAN,
        {"物业管理用房!C2": DAY, "物业管理用房!C3": DAY},
        [],
        {
            "/communities/0/offices/0/available_from": "2019-12-05",
            "/communities/0/offices/1/available_from": "2019-12-05",
        },
    )


def _formulas():
    """One writer leaves the value out, the other says 0 and has the workbook counted when it is opened."""
    file = io.BytesIO()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in put("老旧居民区", {"D2": "=900+55"}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return Fixture(
        7,
        "a formula without a stored value reads as nothing",
        "公式.xlsx",
        file.getvalue(),
        ("公式.xlsx", xlsx(put("老旧居民区", {"D2": Formula("=900+55", 955)}))),
        {"老旧居民区!D2": Special("formula", "=900+55"), "老旧居民区!E2": 83240.5},
        [("老旧居民区!D2", "no_value")],
    )


def _formulas_of_0():
    return _formulas()._replace(
        says="a formula without a stored value reads as 0",
        data=xlsx(put("老旧居民区", {"D2": Formula("=900+55", 0)})),
    )


def _errors():
    return Fixture(
        8,
        "#N/A and #REF! read as blank",
        "错误.xlsx",
        xlsx(put("老旧居民区", {"D2": Formula("=NA()", "#N/A"), "E2": Formula("=#REF!", "#REF!")})),
        ("错误.xlsx", xlsx(put("老旧居民区", {"D2": None, "E2": None}))),
        {"老旧居民区!D2": Special("error", "#N/A"), "老旧居民区!E2": Special("error", "#REF!")},
        [("老旧居民区!D2", "error_value"), ("老旧居民区!E2", "error_value")],
    )


def _merged():
    communities = [
        ["所属城区代码", "社区编号", "社区名称", "物业管理专责人员数"],
        [Merged("360102", 3), "c1", "院一社区", 3],
        [None, "c2", "院二社区", 2],
        [None, "c3", "院三社区", 1],
    ]
    areas = [
        AREAS[0],
        ["a1", "院一片区", "c1", Merged(955, 2), 83240.5, DAY],
        ["a2", "院二片区", "c2", None, 5200, DAY],
        ["a3", "院三片区", "c3", 300, 5200, DAY],
    ]
    unmerged = [row[:3] + [955] + row[4:] if row[0] in ("a1", "a2") else row for row in areas]
    return Fixture(
        9,
        "merged cells leave the rows below blank",
        "合并.xlsx",
        xlsx(with_(试点社区=communities, 老旧居民区=areas)),
        ("合并.xlsx", xlsx(with_(试点社区=communities, 老旧居民区=unmerged))),
        {
            "试点社区!A2": "360102",
            "试点社区!A3": Special("merged", None, 1),
            "试点社区!A4": Special("merged", None, 2),
            "老旧居民区!D2": 955.0,
            "老旧居民区!D3": Special("merged", None, 1),
        },
        [("老旧居民区!D3", "merged_value")],
    )


VOTE = ["a1", "2019-11-18", "选聘服务企业", 83240, 938, 46012.5, 514]


def _headers():
    rows = [
        [Merged("居民区编号", 3), Merged("表决日期", 3), Merged("表决事项", 3), Merged("计票", 1, 4)],
        [None, None, None, Merged("全体业主", 1, 2), None, Merged("同意的业主", 1, 2), None],
        [None, None, None, "专有部分面积", "业主人数", "专有部分面积", "业主人数"],
        VOTE,
    ]
    flat = ["居民区编号", "表决日期", "表决事项"]
    flat += [
        f"计票-{who}-{what}" for who in ("全体业主", "同意的业主") for what in ("专有部分面积", "业主人数")
    ]
    return Fixture(
        10,
        "a header in three merged rows",
        "表头.xlsx",
        xlsx(with_(业主表决=rows)),
        ("表头.xlsx", xlsx(with_(业主表决=[flat, VOTE]))),
        {
            "业主表决!D1": "计票",
            "业主表决!G1": Special("merged", None, 0, 3),
            "业主表决!A3": Special("merged", None, 2, 0),
            "业主表决!E2": Special("merged", None, 0, 1),
            "业主表决!G4": 514.0,
        },
        [],
        {
            "/areas/0/votes/0/totals/all/owners": 938,
            "/areas/0/votes/0/totals/in_favour/area_m2": "46012.50",
        },
    )


def _above():
    rows = [
        [Merged("老旧居民区情况表", 1, 6)],
        ["填报单位：丁公路街道办事处", None, None, "单位：户、平方米"],
        [],
        *AREAS,
    ]
    return Fixture(
        11,
        "a title, who reports and the unit stand above the header",
        "标题.xlsx",
        xlsx(with_(老旧居民区=rows)),
        CLEAN,
        {
            "老旧居民区!A1": "老旧居民区情况表",
            "老旧居民区!F1": Special("merged", None, 0, 5),
            "老旧居民区!A3": "",
            "老旧居民区!A4": "居民区编号",
            "老旧居民区!A5": "a1",
        },
        [("老旧居民区!A1, A2", "above_header"), ("老旧居民区!D2", "above_header")],
        {"/areas/0/households": 955},
    )


def _totals():
    rows = [
        *AREAS,
        ["小计", None, None, 955, 83240.5],
        ["a2", "院二片区", "c1", 300, 5200, DAY],
        ["合  计", None, None, Formula("=SUM(D2,D4)", 1255), Formula("=SUM(E2,E4)", 88440)],
    ]
    return Fixture(
        12,
        "rows of totals become records",
        "合计.xlsx",
        xlsx(with_(老旧居民区=rows)),
        ("合计.xlsx", xlsx(with_(老旧居民区=[rows[0], rows[1], rows[3]]))),
        {"老旧居民区!A5": "合  计", "老旧居民区!D5": 1255.0, "老旧居民区!E5": 88440.0},
        [("老旧居民区!3, 5", "totals_row"), ("老旧居民区!E5", "total_differs")],
    )


def _example():
    """The template's row as it came, and one in whose place somebody wrote an area."""
    return Fixture(
        13,
        "the template's row of examples is left in",
        "示例.xlsx",
        xlsx(with_(服务企业=[PROVIDERS[0], ["示例", "示例"], PROVIDERS[1]])),
        CLEAN,
        {"服务企业!A2": "示例", "服务企业!A3": "913601001581234563"},
        [("服务企业!2", "example_row")],
        {"/providers/0/id": "913601001581234563"},
    )


def _styled():
    """A million rows that have a format and nothing else."""
    of = dict(of_rows(BASE))
    behind = "".join(
        f'<row r="{r}" s="1" customFormat="1"><c r="A{r}" s="1"/></row>' for r in range(3, 1048577)
    )
    of["老旧居民区"] = data(rows_by_hand(AREAS) + behind)
    return Fixture(
        14,
        "a million rows with formats and no values",
        "空行.xlsx",
        by_hand(of, styles=DATES),
        CLEAN,
        {"老旧居民区!A2": "a1", "老旧居民区!F2": DAY},
        [],
        {"/areas/0/id": "a1"},
    )


def _gap():
    return Fixture(
        15,
        "rows behind a gap are lost",
        "空档.xlsx",
        xlsx(put("老旧居民区", {}, [[]] * 200 + [["a2", "院二片区", "c1", 300, 5200, DAY]])),
        ("空档.xlsx", xlsx(put("老旧居民区", {}, [["a2", "院二片区", "c1", 300, 5200, DAY]]))),
        {"老旧居民区!A3": "", "老旧居民区!A202": "", "老旧居民区!A203": "a2"},
        [],
        {"/areas/1/id": "a2"},
    )


def _dimension():
    of = {name: f'<dimension ref="A1"/>{inside}' for name, inside in of_rows(BASE).items()}
    return Fixture(
        16,
        "the sheet's stated size is wrong",
        "大小.xlsx",
        by_hand(of, styles=DATES),
        CLEAN,
        {"老旧居民区!F2": DAY, "服务合同!F2": 27469.2},
        [],
        {"/areas/0/households": 955},
    )


def _hidden():
    def hide(book):
        sheets = {sheet.name: sheet for sheet in book.worksheets()}
        sheets["老旧居民区"].set_row(1, None, None, {"hidden": True})
        sheets["老旧居民区"].set_row(7, None, None, {"hidden": True})  # in which nothing is
        sheets["服务企业"].hide()
        sheets["选项"].very_hidden()

    more = put("老旧居民区", {}, [["a2", "院二片区", "c1", 300, 5200, DAY]])
    return Fixture(
        17,
        "rows and sheets are hidden",
        "隐藏.xlsx",
        xlsx({**more, "选项": [["是"], ["否"]]}, then=hide),
        ("隐藏.xlsx", xlsx(more)),
        {"老旧居民区!A2": "a1", "老旧居民区!A3": "a2", "服务企业!A2": "913601001581234563", "选项!A2": "否"},
        [("老旧居民区!", "hidden_rows"), ("服务企业!", "hidden_sheet"), ("选项!", "unknown_sheet")],
        {"/areas/0/id": "a1", "/areas/1/id": "a2"},
    )


def _spaces():
    cells = {
        "A2": "\u00a0a1\u3000",
        "B2": "\u3000院一片区 ",
        "C2": "\ufeffc1\u200b",
        "D2": "\u3000\u00a0",
        "E2": "\u00a083240.5",
    }
    return Fixture(
        18,
        "no-break and full-width spaces",
        "空格.xlsx",
        xlsx(put("老旧居民区", cells)),
        CLEAN,
        {f"老旧居民区!{name}": value for name, value in cells.items()},
        [],
        {"/areas/0/id": "a1", "/areas/0/name": "院一片区", "/areas/0/households": None},
    )


def _amounts():
    """What is taken, and what is refused for meaning no one number."""
    head = ["居民区编号", "所属社区编号", "总户数", "入住户数", "缴费户数", "建筑面积"]
    good = [
        head,
        ["a1", "c1", "1,234户", "１２３４", "", "１２０．５㎡"],
        ["a2", "c1", 120, 100, 90, "120平"],
    ]
    vague = [*good[:2], ["a2", "c1", "约120", "120+", "100-120", "120平"]]
    charges = [CHARGES[0], [*CHARGES[1][:5], "3万元"], [*CHARGES[1][:5], "1,234.5"]]
    plain = [head, ["a1", "c1", 1234, 1234, None, 120.5], ["a2", "c1", 120, 100, 90, 120]]
    clean = ("数字.xlsx", xlsx(with_(老旧居民区=plain)))
    return [
        Fixture(
            19,
            "separators, widths and units",
            "数字.xlsx",
            xlsx(with_(老旧居民区=good, 已收取的费用=charges)),
            clean,
            {"老旧居民区!C2": "1,234户", "老旧居民区!F2": "１２０．５㎡", "已收取的费用!F2": "3万元"},
            [],
            {
                "/areas/0/households": 1234,
                "/areas/0/occupied_households": 1234,
                "/areas/0/building_area_m2": "120.50",
                "/areas/1/building_area_m2": "120.00",
                "/areas/0/charges/0/amount_yuan": "30000.00",
                "/areas/0/charges/1/amount_yuan": "1234.50",
            },
        ),
        Fixture(
            19,
            "numbers that are only about right",
            "数字.xlsx",
            xlsx(with_(老旧居民区=vague)),
            clean,
            {"老旧居民区!C3": "约120", "老旧居民区!D3": "120+", "老旧居民区!E3": "100-120"},
            [("老旧居民区!C3", "not_exact"), ("老旧居民区!D3", "not_exact"), ("老旧居民区!E3", "not_exact")],
        ),
    ]


def _floats():
    of = of_rows(BASE)
    of["服务合同"] = of["服务合同"].replace("<v>0.33</v>", "<v>0.57999999999999996</v>")
    return Fixture(
        20,
        "0.58 is stored as 0.57999999999999996",
        "小数.xlsx",
        by_hand(of, styles=DATES),
        CLEAN,
        {"服务合同!E2": 0.58},
        [],
        {"/areas/0/contracts/0/price_yuan_per_m2": "0.5800"},
    )


def _menu(*discounts):
    """A menu with a package for each discount."""
    packages = [f"p{number}" for number in range(1, len(discounts) + 1)]
    return {
        "服务菜单": [["菜单编号", "等级1为最高"], ["m1", "是"]],
        "可选服务": [
            ["菜单编号", "服务编号", "服务类别", "计价单位"],
            ["m1", "s1", "cleaning", "square_metre_month"],
        ],
        "可选等级": [["菜单编号", "服务编号", "等级", "单价"], ["m1", "s1", 1, 0.22]],
        "可选套餐": [
            ["菜单编号", "套餐编号", "优惠比例"],
            *(["m1", *one] for one in zip(packages, discounts)),
        ],
        "套餐内服务": [
            ["菜单编号", "套餐编号", "服务编号", "服务等级"],
            *(["m1", one, "s1", 1] for one in packages),
        ],
    }


def _percentages():
    kept = [Shown(0.95, "0%"), Shown(0.57999999999999996, "0.00%")]
    return Fixture(
        21,
        "95 % is stored as 0.95",
        "比例.xlsx",
        xlsx(with_(**_menu(*kept, 1))),
        ("比例.xlsx", xlsx(with_(**_menu(*kept, "90%")))),
        {"可选套餐!C2": "95%", "可选套餐!C3": "58%", "可选套餐!C4": 1.0},
        [("可选套餐!C4", "not_a_share")],
    )


def _answers():
    said = ["是", "否", "无", "", "—", "/", "待定", "不详", "可能", "不太清楚"]
    contracts = [CONTRACTS[0][:4], *(["a1", "913601001581234563", DAY, one] for one in said)]
    clean = ("答案.xlsx", xlsx(with_(服务合同=contracts[:2])))
    return [
        Fixture(
            22,
            "yes, no and not known",
            "答案.xlsx",
            xlsx(with_(服务合同=contracts[:-2])),
            clean,
            {"服务合同!D3": "否", "服务合同!D5": "", "服务合同!D6": "—"},
            [],
            {
                f"/areas/0/contracts/{number}/written": {"是": True, "否": False, "无": False}.get(one)
                for number, one in enumerate(said[:-2])
            },
        ),
        Fixture(
            22,
            "whatever is not yes becomes no",
            "答案.xlsx",
            xlsx(with_(服务合同=contracts)),
            clean,
            {"服务合同!D10": "可能", "服务合同!D11": "不太清楚"},
            [("服务合同!D10, D11", "not_an_answer")],
        ),
    ]


def _gbk():
    areas = [
        ["居民区编号", "居民区名称"],
        ["a1", "院一片区"],
        ["a2", "䶮家片区"],
    ]  # of GBK and of GB18030 alone
    return Fixture(
        23,
        "a CSV in GBK",
        "居民区.csv",
        csv_of(areas, "gb18030"),
        ("居民区.csv", csv_of(areas)),
        {"居民区!A1": "居民区编号", "居民区!B2": "院一片区", "居民区!B3": "䶮家片区"},
        [],
        {"/areas/1/name": "䶮家片区"},
    )


def _mark():
    areas = [["居民区编号", "居民区名称"], ["a1", "院一片区"]]
    return Fixture(
        24,
        "a byte order mark inside the first header",
        "居民区.csv",
        csv_of(areas, "utf-8-sig"),
        ("居民区.csv", csv_of(areas)),
        {"居民区!A1": "居民区编号", "居民区!A2": "a1"},
        [],
        {"/areas/0/id": "a1"},
    )


def _password():
    return Fixture(25, "a workbook with a password", "密码.xlsx", encrypted(), CLEAN, {}, refused="password")


def _page():
    page = '<html><head><meta charset="gbk"></head><body><table><tr><td>编号</td></tr></table></body></html>'
    return Fixture(26, "an .xls that is a page", "居民区.xls", page.encode("gbk"), CLEAN, {}, refused="HTML")


def _renamed():
    return Fixture(
        26,
        "an .xls that is a ZIP, as .xlsx are",
        "居民区.xls",
        xlsx(BASE),
        CLEAN,
        {"老旧居民区!A2": "a1"},
        [],
        {"/areas/0/id": "a1"},
    )


def _prefixed(rows):
    """As some writers of .NET do it: each element with a prefix, values that are empty, no shared texts."""

    def cell(name, value):
        if value is None:
            return f'<x:c r="{name}" s="0"><x:v/></x:c>'
        if isinstance(value, str):
            return f'<x:c r="{name}" t="str"><x:v>{escape(value)}</x:v></x:c>'
        return plain_cell(name, value).replace("<", "<x:").replace("<x:/", "</x:")

    inside = rows_by_hand(rows, cell).replace("<row", "<x:row").replace("</row", "</x:row")
    return f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{inside}</x:sheetData></x:worksheet>'.encode()


def _odd_writers():
    """The strict form, prefixes, quotes of the other kind, cells without names, an empty value."""
    whole = with_(老旧居民区=[*AREAS, ["a2", "院二片区", "c1", None, None, None]])
    strict = {name: data(rows_by_hand(rows)) for name, rows in whole.items()}
    strict_office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    unnamed = {
        name: data(
            rows_by_hand(
                rows, lambda place, value: plain_cell(place, value or "").replace(f' r="{place}"', "")
            )
        )
        for name, rows in with_(老旧居民区=AREAS).items()
    }
    quoted = {
        name: data(rows_by_hand(rows).replace('"', "'").replace("<c r=", "<c\n r="))
        for name, rows in whole.items()
    }
    empty = {
        name: data(
            rows_by_hand(
                rows, lambda place, value: plain_cell(place, value) or f'<c r="{place}" t="n"><v></v></c>'
            )
        )
        for name, rows in whole.items()
    }
    made = {
        "the strict form": by_hand(strict, main=STRICT, office=strict_office, styles=DATES),
        "prefixes and empty values": by_hand(
            {name: _prefixed(rows) for name, rows in whole.items()}, styles=DATES
        ),
        "cells without names": by_hand(unnamed, styles=DATES),
        "quotes of the other kind": by_hand(quoted, styles=DATES),
        "values that are empty": by_hand(empty, styles=DATES),
    }
    return [
        Fixture(
            27,
            f"an odd writer: {says}",
            "怪.xlsx",
            file,
            CLEAN,
            {"老旧居民区!A2": "a1", "老旧居民区!D2": 955.0, "老旧居民区!F2": DAY, "服务合同!D2": "是"},
            [],
            {"/areas/0/households": 955},
        )
        for says, file in made.items()
    ]


def _rich():
    shared = (
        '<si><r><t>院一</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 片区</t></r>'
        '<rPh sb="0" eb="2"><t>インイチ</t></rPh><phoneticPr fontId="1"/></si>'
    )
    of = of_rows(BASE)
    text = '<is><t xml:space="preserve">院一片区</t></is>'
    of["老旧居民区"] = of["老旧居民区"].replace(f't="inlineStr">{text}', 't="s"><v>0</v>')
    return [
        Fixture(
            28,
            "a text of several formats, and how it is read",
            "格式.xlsx",
            by_hand(of, styles=DATES, shared=shared),
            CLEAN,
            {"老旧居民区!B2": "院一 片区"},
            [],
            {"/areas/0/name": "院一 片区"},
        ),
        Fixture(
            28,
            "a text of several formats",
            "格式.xlsx",
            xlsx(put("老旧居民区", {"B2": Rich(("院一", "片区", "（北）"))})),
            CLEAN,
            {"老旧居民区!B2": "院一片区（北）"},
            [],
            {"/areas/0/name": "院一片区（北）"},
        ),
    ]


def _pictures():
    """As WPS has them; the name of the function is not one of the format's."""
    of = of_rows(BASE)
    formula = '<f>_xlfn.DISPIMG("ID_0C1D2E",1)</f><v>=DISPIMG("ID_0C1D2E",1)</v>'
    of["老旧居民区"] = of["老旧居民区"].replace(
        '<c r="E2"><v>83240.5</v></c>', f'<c r="E2" t="str">{formula}</c>'
    )
    return Fixture(
        29,
        "a picture in a cell is a formula",
        "图片.xlsx",
        by_hand(of, styles=DATES),
        CLEAN,
        {"老旧居民区!D2": 955.0, "老旧居民区!E2": Special("picture")},
        [("老旧居民区!E2", "has_picture")],
        {"/areas/0/building_area_m2": None},
    )


def _equals():
    return Fixture(
        30,
        "a name that begins as a formula does",
        "名称.xlsx",
        xlsx(put("老旧居民区", {"B2": "=1+1"})),
        CLEAN,
        {"老旧居民区!B2": "=1+1"},
        [],
        {"/areas/0/name": "=1+1"},
    )


def fixtures():
    made = [
        _codes(),
        _month_of_two(),
        _text_made_a_date(),
        _serial(),
        _from_1904(),
        _zones(),
        _formulas(),
        _formulas_of_0(),
        _errors(),
        _merged(),
        _headers(),
        _above(),
        _totals(),
        _example(),
        _styled(),
        _gap(),
        _dimension(),
        _hidden(),
        _spaces(),
        *_amounts(),
        _floats(),
        _percentages(),
        *_answers(),
        _gbk(),
        _mark(),
        _password(),
        _page(),
        _renamed(),
        *_odd_writers(),
        *_rich(),
        _pictures(),
        _equals(),
    ]
    assert {one.trap for one in made} == set(range(1, 31))
    return made
