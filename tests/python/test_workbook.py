"""Files as cells beside the thirty traps: where cells stand, what other writers and formats have, what is refused and
how soon, and that nothing but an Error comes of any bytes."""

import datetime
import io
import random
import shutil
import struct
import subprocess
import sys
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libpilot import ArgumentError, EncodingError, Error, FormatError, LimitError, WrongTypeError

calamine = pytest.importorskip("python_calamine")
workbooks = pytest.importorskip("workbooks", exc_type=ImportError)
xlwt = pytest.importorskip("xlwt")
from libpilot import _archive, _pilot, _sheet, _xlsx  # noqa: E402
from libpilot._sheet import Special, percentage  # noqa: E402
from libpilot._workbook import read_sheets  # noqa: E402

DAY = datetime.date(2019, 12, 5)
WORKBOOK = workbooks.xlsx(workbooks.BASE)


def read(data, name="社区.xlsx"):
    return read_sheets(data, name)


def rows(data, name="社区.xlsx"):
    (sheet,) = read_sheets(data, name)
    return sheet.rows


def sheet(inside, **other):
    return workbooks.by_hand(
        {"社区": inside if isinstance(inside, bytes) else workbooks.data(inside)}, **other
    )


def refused(kind, words, data, name="社区.xlsx", seconds=1.0):
    started = time.process_time()
    with pytest.raises(kind, match=words or None) as error:
        read_sheets(data, name)
    assert time.process_time() - started < seconds
    assert error.value.source == name
    assert error.value.message_zh
    return error.value


# Where cells stand


def test_cells_stand_where_the_file_has_them():
    inside = (
        '<row r="5"><c r="C5"><v>1</v></c><c r="E5"><v>2</v></c></row><row r="7"><c r="D7"><v>3</v></c></row>'
    )
    made = rows(sheet(inside))
    assert len(made) == 7
    assert made[4] == ["", "", 1.0, "", 2.0]
    assert made[6] == ["", "", "", 3.0, ""]
    assert made[0] == [""] * 5


def test_rows_out_of_order_and_cells_over_one_another():
    inside = (
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    )
    assert rows(sheet(inside)) == [["", 2.0], ["", ""], [3.0, ""]]


def test_special_cells_stand_beyond_values():
    inside = (
        '<row r="1"><c r="A1"><f>B2&amp;"x"</f></c></row><row r="3"><c r="C3"><v>1</v></c></row>'
        '<row r="4"><c r="E4"><f>1+1</f><v/></c></row>'
    )
    made = rows(sheet(inside))
    assert made[0] == [Special("formula", '=B2&"x"'), "", "", "", ""]
    assert made[2] == ["", "", 1.0, "", ""]
    assert made[3] == ["", "", "", "", Special("formula", "=1+1")]


def test_blank_rows_and_columns_behind_the_last_value_are_left_out():
    """Also those in which formulas give an empty text."""
    blank = '<c r="{0}" t="str"><f>IF(1,"","")</f><v></v></c>'
    inside = (
        f'<row r="1"><c r="A1"><v>1</v></c>{blank.format("B1")}</row><row r="2">{blank.format("A2")}</row>'
    )
    assert rows(sheet(inside)) == [[1.0]]
    assert rows(sheet("")) == []


def test_false_and_0_are_values():
    inside = '<row r="1"><c r="A1"><v>0</v></c></row><row r="2"><c r="A2" t="b"><v>0</v></c></row>'
    made = rows(sheet(inside))
    assert made == [[0.0], [False]]
    assert type(made[1][0]) is bool


def test_merged_ranges_reach_as_far_as_values_do():
    inside = workbooks.data(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B2"><v>2</v></c><c r="B3"><v>3</v></c></row>'
    )
    made = rows(
        sheet(
            f'{inside}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'.encode().join(
                [b'<worksheet xmlns="%b">' % workbooks.MAIN.encode(), b"</worksheet>"]
            )
        )
    )
    assert made == [
        [1.0, Special("merged", None, 0, 1)],
        [Special("merged", None, 1, 0), 2.0],
        [Special("merged", None, 2, 0), 3.0],
    ]


# Two ways to search a sheet


def searches(data):
    """What both say of each sheet; of the first None where a sheet is not as nearly all are."""
    archive = _archive.Archive(data)
    book = _xlsx._Book(archive)
    for path in book.parts.values():
        quick = _xlsx._search(archive.pieces(path, 1 << 12), book)
        yield quick, _xlsx._walk(archive.pieces(path), book)


def test_the_quick_search_finds_what_the_parser_finds():
    quickly = 0
    made = [one for one in workbooks.fixtures() if one.data.startswith(b"PK") and one.trap != 14]
    assert len(made) > 25
    for one in made:
        for quick, slow in searches(one.data):
            if quick is None:
                continue
            quickly += 1
            assert quick.special == slow.special, one.says
            assert set(slow.percent) <= set(quick.percent), one.says
            assert quick.merged == slow.merged, one.says
            assert quick.hidden == slow.hidden, one.says
            assert (quick.row, quick.column) == (slow.row, slow.column), one.says
    assert quickly > 100


CELLS = st.one_of(
    st.just(""),
    st.builds("<v>{}</v>".format, st.integers(0, 50)),
    st.just("<v></v>"),
    st.just("<v/>"),
    st.just("<f>1+1</f>"),
    st.just("<f>1+1</f><v/>"),
    st.just("<f>1+1</f><v>0</v>"),
    st.just('<f t="shared" si="0"/><v>2</v>'),
    st.just('<f t="shared" ref="A1:A2" si="0">A1&lt;2</f>'),
    st.just('<f>_xlfn.DISPIMG("ID",1)</f><v>=DISPIMG("ID",1)</v>'),
)
KINDS = st.sampled_from(["", ' t="str"', ' t="e"', ' t="b"', ' t="n"'])
STYLES = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"'])
NAMES = st.builds("{}{}".format, st.sampled_from(["A", "B", "Z", "AA", "XFD"]), st.integers(1, 300000))
HIDDEN = st.sampled_from(["", ' hidden="1"', ' hidden="0"', ' spans="1:3" hidden="true"'])


@st.composite
def some_rows(draw):
    """No cell is there twice."""
    made = ""
    names = draw(st.lists(NAMES, unique=True, max_size=20))
    while names:
        count = draw(st.integers(0, 4))
        cells = "".join(
            f'<c r="{name}"{draw(STYLES)}/>'
            if draw(st.booleans())
            else f'<c r="{name}"{draw(STYLES)}{draw(KINDS)}>{draw(CELLS)}</c>'
            for name in names[:count]
        )
        names = names[count + 1 :]
        made += f'<row r="{draw(st.integers(1, 9))}"{draw(HIDDEN)}>{cells}</row>'
    return made


PERCENT = (
    '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/><numFmt numFmtId="171" formatCode="0&quot;%&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>'
)


@given(some_rows(), st.booleans())
@settings(max_examples=200)
def test_both_ways_agree_about_any_cells(inside, uncounted):
    head = '<calcPr fullCalcOnLoad="1"/>' if uncounted else ""
    ((quick, slow),) = searches(sheet(inside, styles=PERCENT, workbook=head))
    assert quick is not None
    assert quick.special == slow.special
    assert set(slow.percent) <= set(quick.percent)  # which has blank ones as well
    assert quick.hidden == slow.hidden
    assert quick.row >= slow.row and quick.column >= slow.column


SCANNED = {
    b"": (-1, -1, False, False, False, False),
    b'<c r="A1"/><c r="XFD1048576" s="3"/><c r="B9"></c>': (-1, -1, False, False, False, False),
    b'<c r="B2" s="1" t="n"><v>1</v></c><c r="A7"><v>1</v></c>': (6, 1, False, False, False, False),
    b'<c r="XFD1048576" cm="1"><f>1</f></c>': (1048575, 16383, True, False, False, False),
    b'<f t="shared" si="0"/>': (-1, -1, True, False, False, False),
    b'<fonts/><cols><col min="1"/></cols>': (-1, -1, False, False, False, False),
    b'<c r="A1" t="e"><v>#N/A</v></c>': (0, 0, False, True, False, False),
    b'<c r="A1"  t="str" vm="2" ><v>x</v></c>': (0, 0, False, False, True, False),
    b'<row r="2" hidden="1"><c r="A2"/></row>': (-1, -1, False, False, False, True),
    b'<row r="2"><is><t>hidden</t></is></row>': (-1, -1, False, False, False, False),
    b"<x:sheet><x:other/></x:sheet>": (-1, -1, False, False, False, False),
}
# What is left to the parser.
ODD = [
    b'<x:c r="A1">', b"<x:row>", b"</x:f>", b"<!-- -->", b"<![CDATA[<c/>]]>", b"<c>", b"<c/>", b"<c\nr=\"A1\">",
    b"<c r='A1'/>", b'<c t="s" r="A1"/>', b'<c r="A1" r="XFD1"/>', b'<c r="a1"/>', b'<c r="AAAA1"/>', b'<c r="A"/>',
    b'<c r="1"/>', b'<c r="A12345678"/>', b'<c r="A1"s="1"/>', b'<c r="A1" s="<"/>', b'<c r="A1" xml:space="a"/>',
    b"<c", b"<c ", b'<c r="A1', b'<c r="A1"', b'<c r="A1" ', b'<c r="A1" s', b'<c r="A1" s="1', b'<c r="A1"/',
    b'<c r="A1\0"/>',
]  # fmt: skip


def test_what_the_tags_of_a_sheet_tell():
    assert {xml: _pilot.sheet_scan(xml) for xml in SCANNED} == SCANNED
    assert [xml for xml in ODD if _pilot.sheet_scan(xml) is not None] == []
    with pytest.raises(WrongTypeError):
        _pilot.sheet_scan("<c/>")


PARTS = [b"<", b"c", b" r=\"", b"A1", b'"', b" ", b"s=", b"t=", b"e", b"/", b">", b"</c>", b"row", b":", b"\0"]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map(b"".join))
def test_no_bytes_are_more_than_the_tags_can_tell(xml):
    """A tag that is not there to its end is no cell, whatever stands behind it in memory."""
    found = _pilot.sheet_scan(xml)
    assert found is None or found[:2] in ((-1, -1), (0, 0))


# Numbers as they are shown


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_a_percentage_has_the_digits_that_were_typed(digits, decimals):
    typed = f"{digits / 10**decimals:.{decimals}f}"
    bare = typed.rstrip("0").rstrip(".") if "." in typed else typed
    assert percentage(float(f"{digits}e-{decimals + 2}")) == ("0%" if digits == 0 else f"{bare}%")


def test_percentages_by_their_format():
    cells = "".join(f'<c r="{letter}1" s="{style}"><v>0.125</v></c>' for style, letter in enumerate("ABC"))
    assert rows(sheet(f'<row r="1">{cells}</row>', styles=PERCENT)) == [[0.125, "12.5%", 0.125]]


def test_times_are_text():
    cells = [
        workbooks.Shown(43804.5731, "yyyy-mm-dd"),
        workbooks.Shown(0.5, "h:mm"),
        workbooks.Shown(1.5, "[h]:mm"),
        workbooks.Shown(43804, 'yyyy"年"m"月"d"日"'),
        workbooks.Shown(0, "yyyy-mm-dd"),
    ]
    assert rows(workbooks.xlsx({"社区": [cells]})) == [
        ["2019-12-05 13:45:16", "12:00:00", "36:00:00", DAY, "00:00:00"]
    ]


def test_pictures_of_newer_workbooks():
    """A value of many parts, which is an error for those that know none."""
    inside = '<row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c><c r="B1" t="e"><v>#VALUE!</v></c></row>'
    parts = workbooks.parts_of({"社区": workbooks.data(inside)})
    assert rows(workbooks.packed(parts)) == [[Special("error", "#VALUE!")] * 2]
    parts["xl/richData/rdrichvaluestructure.xml"] = '<rvStructures><s t="_localImage"/></rvStructures>'
    assert rows(workbooks.packed(parts)) == [[Special("picture"), Special("error", "#VALUE!")]]


def test_charts_are_no_sheets():
    def chart(book):
        made = book.add_chart({"type": "line"})
        made.add_series({"values": "=社区!$A$1:$A$1"})
        book.add_chartsheet("图").set_chart(made)

    assert [one.name for one in read(workbooks.xlsx({"社区": [[1]]}, then=chart))] == ["社区"]


# Older workbooks


def old(cells, hidden=(), merged=(), from_1904=False):
    """An .xls; cells: of each place the value and the format of its number."""
    book = xlwt.Workbook()
    book.dates_1904 = from_1904
    made = book.add_sheet("社区")
    for place, value, *shown in cells:
        at = workbooks.place(place)
        made.write(*at, value, *(xlwt.easyxf(num_format_str=one) for one in shown))
    for row in hidden:
        made.row(row).hidden = True
    for first, last, value in merged:
        (top, left), (bottom, right) = workbooks.place(first), workbooks.place(last)
        made.write_merge(top, bottom, left, right, value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_an_old_workbook():
    data = old(
        [
            ("C5", "院一社区"),
            ("D5", 0.57999999999999996, "0.0%"),
            ("E5", DAY, "yyyy-mm-dd"),
            ("F5", 43804.5731, "yyyy-mm-dd hh:mm"),
            ("C6", True),
            ("D6", 955),
            ("E6", 1234.56),
            ("F6", 360102001001),
            ("C7", 1.5, "[h]:mm"),
            ("D7", 60, "yyyy-mm-dd"),
            ("E7", 59, "yyyy-mm-dd"),
            ("E9", "末行"),
        ],
        hidden=[5],
        merged=[("C8", "D9", "合并")],
    )
    (made,) = read(data, "社区.xls")
    assert made.rows[4] == ["", "", "院一社区", "58%", DAY, "2019-12-05 13:45:16"]
    assert made.rows[5] == ["", "", True, 955.0, 1234.56, 360102001001.0]
    assert made.rows[6] == ["", "", "36:00:00", "1900-02-29", datetime.date(1900, 2, 28), ""]
    assert made.rows[7][2:4] == ["合并", Special("merged", None, 0, 1)]
    assert made.rows[8][2:4] == [Special("merged", None, 1, 0), Special("merged", None, 1, 1)]
    assert made.hidden_rows == 1 and not made.from_1904


def test_an_old_workbook_that_counts_from_1904():
    (made,) = read(old([("A1", 42342, "yyyy-mm-dd")], from_1904=True), "社区.xls")
    assert made.rows == [[DAY]] and made.from_1904


def test_errors_and_results_of_an_old_workbook():
    book = xlwt.Workbook()
    made = book.add_sheet("社区")
    made.row(0).set_cell_error(0, 0x2A)
    made.row(0).set_cell_error(1, 0x17)
    made.row(0).set_cell_boolean(2, False)
    made.visibility = 0
    hidden = book.add_sheet("选项")
    hidden.visibility = 2
    file = io.BytesIO()
    book.save(file)
    first, second = read(file.getvalue(), "社区.xls")
    assert first.rows == [[Special("error", "#N/A"), Special("error", "#REF!"), False]]
    assert (first.hidden, second.hidden) == (False, True)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40)


@given(
    st.lists(st.lists(st.floats(-1e9, 1e9) | st.integers(-(2**31), 2**31) | TEXTS, max_size=4), max_size=6)
)
@settings(max_examples=50)
def test_old_workbooks_are_read_as_calamine_reads_them(cells):
    data = old(
        [
            (f"{workbooks.letters(c)}{r}", value)
            for r, row in enumerate(cells, 1)
            for c, value in enumerate(row)
        ]
    )
    theirs = calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours = [list(row) for row in rows(data, "社区.xls")]
    while theirs and not any(value != "" for value in theirs[-1]):
        theirs.pop()
    width = max((c + 1 for row in theirs for c, value in enumerate(row) if value != ""), default=0)
    assert ours == [row[:width] for row in theirs]


def test_long_texts_of_an_old_workbook_go_on_in_other_records():
    texts = [("社区" * 3000 + str(number), "a" * 9000 + str(number)) for number in range(8)]
    data = old([(f"{letter}{r}", text) for r, row in enumerate(texts, 1) for letter, text in zip("AB", row)])
    assert rows(data, "社区.xls") == [list(row) for row in texts]


# OpenDocument


def table(inside, name="社区", more=""):
    return f'<table:table table:name="{name}"{more}>{inside}</table:table>'


def row_(inside, more=""):
    return f"<table:table-row{more}>{inside}</table:table-row>"


def cell_(kind="", value="", text="", more=""):
    attribute = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    of = f' office:value-type="{kind}"' if kind else ""
    of += f' office:{attribute}="{value}"' if value else ""
    paragraphs = "".join(f"<text:p>{one}</text:p>" for one in text.split("|")) if text else ""
    return f"<table:table-cell{of}{more}>{paragraphs}</table:table-cell>"


def test_an_open_document():
    remark = "<office:annotation><text:p>备注</text:p></office:annotation>"
    ruby = "<text:ruby><text:ruby-base>院</text:ruby-base><text:ruby-text>いん</text:ruby-text></text:ruby>"
    repeated = ' table:number-columns-repeated="2"'
    formula = ' table:formula="of:={}"'
    inside = (
        row_("<table:table-cell/>", ' table:number-rows-repeated="4"')
        + row_(
            cell_(more=repeated)
            + cell_("string", text=f'{ruby}一<text:s text:c="2"/>社<text:span>区</text:span>|第二行')
            + cell_("float", "955", "955户", repeated)
            + cell_("date", "2019-12-05", "2019年12月5日")
            + cell_("date", "2019-12-05T13:45:16", "x")
        )
        + row_(
            cell_("percentage", "0.57999999999999996", "58%")
            + cell_("boolean", "true", "TRUE")
            + cell_("string", text="#N/A", more=f'{formula.format("NA()")} calcext:value-type="error"')
            + cell_("float", "0", "Err:502", formula.format("X()"))
            + cell_(more=formula.format("1+1"))
            + f"<table:table-cell>{remark}</table:table-cell>",
            ' table:visibility="filter"',
        )
        + row_(
            cell_(
                "currency", "1.5", "1.50", ' table:number-rows-spanned="2" table:number-columns-spanned="2"'
            )
        )
        + row_("<table:covered-table-cell/>" * 2 + cell_("time", "PT13H", "13:00"))
        + row_(cell_(more=' table:number-columns-repeated="16384"'), ' table:number-rows-repeated="1048000"')
    )
    hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    first, second = read(
        workbooks.ods(table(inside) + table("", "选项", ' table:style-name="ta2"'), styles=hidden), "社区.ods"
    )
    assert first.rows == [
        *[[""] * 7] * 4,
        ["", "", "院一  社区\n第二行", 955.0, 955.0, DAY, "2019-12-05 13:45:16"],
        [
            "58%",
            True,
            Special("error", "#N/A"),
            Special("error", "Err:502"),
            Special("formula", "=1+1"),
            "",
            "",
        ],
        [1.5, Special("merged", None, 0, 1), "", "", "", "", ""],
        [Special("merged", None, 1, 0), Special("merged", None, 1, 1), "13:00", "", "", "", ""],
    ]
    assert first.hidden_rows == 1
    assert (first.hidden, second.hidden, second.rows) == (False, True, [])


def test_open_documents_that_count_from_1904():
    head = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    (made,) = read(workbooks.ods(table(row_(cell_("date", "2019-12-05"))), settings=head), "社区.ods")
    assert made.from_1904 and made.rows == [[DAY]]


def test_an_open_document_is_read_as_calamine_reads_it():
    inside = row_("<table:table-cell/>") + row_(
        "<table:table-cell/>"
        + cell_("string", text="院一社区")
        + cell_("float", "1.5", "x")
        + cell_("date", "2019-12-05")
    )
    data = workbooks.ods(table(inside))
    theirs = calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows(data, "社区.ods") == theirs


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_of_each_encoding_and_separator(encoding, separator):
    made = [
        ["社区编号", "社区名称", "备注"],
        ["001", "院一社区", "甲,乙;丙\t丁"],
        ["", "", ""],
        ["002", "两\n行", '"'],
    ]
    (one,) = read(workbooks.csv_of(made, encoding, separator), "dir/试点社区.csv")
    assert one.name == "试点社区"
    assert one.rows == made


def test_blank_lines_of_a_csv_are_rows():
    assert rows(b"a,b\r\n\r\n1,2\r\n\r\n", "x.csv") == [["a", "b"], ["", ""], ["1", "2"]]


def test_the_separator_is_the_one_that_lines_agree_about():
    thousands = "编号\t收入\t支出\n1\t1,234.5\t2,000,000\n2\t3,000\t4,000\n"
    assert rows(thousands.encode(), "x.csv")[1] == ["1", "1,234.5", "2,000,000"]
    titled = "社区情况表\n编号;名称;备注\n1;甲;a,b\n2;乙;\n"
    assert rows(titled.encode(), "x.csv")[2] == ["1", "甲", "a,b"]
    assert rows("sep=|\n编号|名称\n1|甲\n".encode(), "x.csv") == [["编号", "名称"], ["1", "甲"]]
    assert rows("编号\n1\n2\n".encode(), "x.csv") == [["编号"], ["1"], ["2"]]


def test_digits_that_csv_keeps_as_text():
    assert rows('编号,名称\n="0123",=1+1\n'.encode(), "x.csv")[1] == ["0123", "=1+1"]


def test_csv_that_cannot_be_read_says_where():
    error = refused(
        EncodingError, "neither UTF-8 nor GB18030", "编号\n甲\n".encode("gbk") + b"\xff\xff\n", "x.csv"
    )
    assert (error.line, error.place) == (3, "x.csv:3")
    error = refused(FormatError, "quote", '编号,名称\n1,"甲\n2,乙\n'.encode(), "x.csv")
    assert error.line == 2
    refused(EncodingError, "UTF-16", b"\xff\xfea\x00b", "x.csv")


def test_texts_have_no_nul():
    """Which ends a text in C."""
    inside = '<row r="1"><c r="A1" t="str"><v>a_x0000_b</v></c><c r="B1" t="s"><v>0</v></c><c r="C1"><v>1</v></c></row>'
    assert rows(sheet(inside, shared="<si><t>c_x0000_d&#10;e</t></si>")) == [["ab", "cd\ne", 1.0]]
    assert rows(old([("A1", "a\0b")]), "社区.xls") == [["ab"]]
    refused(FormatError, "no text", sheet('<row r="1"><c r="A1" t="str"><v>a\0b</v></c></row>'))
    refused(FormatError, "binary", b"a," * 5000 + b"\0\n", "x.csv")


# What is no workbook


def zip_of(*names):
    return workbooks.packed(dict.fromkeys(names, b"x"))


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "empty"),
        (zip_of("word/document.xml", "[Content_Types].xml"), "Word"),
        (zip_of("ppt/presentation.xml"), "presentation"),
        (zip_of("xl/workbook.bin"), "xlsb"),
        (zip_of("社区.xlsx", "居民区.xlsx"), "unpack"),
        (zip_of("content.xml"), "no spreadsheet"),
        (workbooks.packed({"x.zip": WORKBOOK}), "unpack"),
        (b"PK\x05\x06" + bytes(18), "ZIP archive"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08...", "archive"),
        (b"Rar!\x1a\x07", "archive"),
        (b"\x89PNG\r\n", "picture"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "Excel 4"),
        (workbooks.compound({"Book": bytes(4096)}), "Excel 95"),
        (workbooks.compound({"WordDocument": bytes(4096)}), "no workbook"),
        ("<html><table><td>编号".encode("gbk"), "HTML"),
        ("<HTML>".encode("utf-16"), "HTML"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>', "workbook as XML"),
        (b"MIME-Version: 1.0\n", "MHTML"),
        (rb"{\rtf1\ansi}", "RTF"),
        (b'{"districts": []}', "JSON"),
        (b"\x01\x02\x00\x03", "binary"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_workbook_is_called_what_it_is(data, words):
    assert words in refused(FormatError, "", data).message


def test_passwords():
    filepass = workbooks.record(0x809, struct.pack("<HH12x", 0x600, 5)) + workbooks.record(0x2F, bytes(6))
    older = workbooks.compound({"Workbook": filepass + workbooks.record(0x0A) + bytes(4096)})
    manifest = '<manifest:manifest xmlns:manifest="x"><manifest:encryption-data/></manifest:manifest>'
    locked = bytearray(WORKBOOK)
    for at in range(len(locked) - 4):
        if locked[at : at + 4] == b"PK\x01\x02":
            locked[at + 8] |= 1
    for data in (
        workbooks.encrypted(),
        older,
        workbooks.ods("", **{"META-INF/manifest.xml": manifest}),
        bytes(locked),
    ):
        error = refused(FormatError, "password", data)
        assert "密码" in error.text("zh")


# What asks for more than there is


def test_cells_far_out():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = sheet(far)
    assert len(data) < 7000
    error = refused(LimitError, "XFD1048576", data)
    assert error.place == "社区.xlsx: 社区"


@pytest.mark.parametrize(
    "inside",
    [
        "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1"><c r="A1" s="0" r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c s="0" r="xfd1048576"><v>1</v></c></row>',
        '<row r="1"><c\n\tr="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><x:c xmlns:x="x" r="XFD1048576"><x:v>1</x:v></x:c></row>',
        '<row r="1"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A0"><v>1</v></c></row>',
        '<row r="1048575"/><row/>' + "<row/>" * 10 + "<row><c/><c><v>1</v></c></row>",
        '<!-- <row> --><row r="1"><c r="XFD1048576"><v>1</v></c></row>',
    ],
)
def test_cells_far_out_however_they_are_written(inside):
    refused(Error, "", sheet(inside + '<row r="2"><c r="A2"><v>2</v></c></row>'))


def test_many_blank_cells_far_out_are_nothing():
    inside = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert rows(sheet(inside)) == [[1.0]]


def test_all_sheets_together_have_a_cap(monkeypatch):
    for module in (_xlsx, _sheet):
        monkeypatch.setattr(module, "CELLS_MAX", 3)
    two = {
        name: workbooks.data('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>') for name in "ab"
    }
    refused(LimitError, "B1", workbooks.by_hand(two))
    assert len(read(workbooks.by_hand({"a": two["a"]}))) == 1


def test_a_text_that_many_cells_share():
    """A few kilobytes that would be many gigabytes of text, of which each cell has its own."""
    many = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 40001))
    data = sheet(many, shared=f"<si><t>{'a' * 32000}</t></si>")
    assert len(data) < 300000
    refused(LimitError, "texts", data)
    few = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 4))
    assert rows(sheet(few, shared=f"<si><t>{'a' * 32000}</t></si>")) == [["a" * 32000]] * 3


def test_what_is_packed_has_a_cap():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in workbooks.parts_of({"社区": workbooks.data("")}).items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet9.xml", "w", force_zip64=True) as part:
            for _ in range(33):
                part.write(bytes(1 << 24))
    refused(LimitError, "512 MiB", file.getvalue())


def test_a_part_that_is_longer_than_it_says():
    data = bytearray(sheet(f'<row r="1"><c r="A1"><v>{"1" * 5000}</v></c></row>'))
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    refused(FormatError, "damaged", bytes(data))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_entities(part):
    parts = workbooks.parts_of(
        {"社区": workbooks.data('<row r="1"><c r="A1"><v>1</v></c></row>')}, styles="<cellXfs/>"
    )
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(12))
    parts[part] = f"<!DOCTYPE x [{entities}]>{parts[part]}".replace("</sheetData>", "&e11;</sheetData>")
    refused(FormatError, "document type", workbooks.packed(parts))


def test_entities_of_an_open_document():
    content = '<!DOCTYPE x [<!ENTITY a "x">]><office:document-content xmlns:office="x">&a;</office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    refused(FormatError, "document type", workbooks.packed({"mimetype": kind, "content.xml": content}))


def test_repeated_cells_of_an_open_document():
    every = ' table:number-columns-repeated="16384"'
    refused(
        LimitError,
        "XFD1048576",
        workbooks.ods(table(row_(cell_("float", "1", "1", every), ' table:number-rows-repeated="1048576"'))),
    )
    refused(
        LimitError,
        "",
        workbooks.ods(table(row_(cell_("float", "1", "1", ' table:number-columns-repeated="999999999"')))),
    )
    far = row_("<table:table-cell/>", ' table:number-rows-repeated="1048575"') + row_(
        cell_(more=' table:number-columns-repeated="16383"') + cell_("float", "1", "1")
    )
    refused(LimitError, "XFD1048576", workbooks.ods(table(far)))
    wide = row_(cell_("float", "1", "1", every)) + row_(
        cell_("float", "1", "1"), ' table:number-rows-repeated="1048575"'
    )
    refused(LimitError, "", workbooks.ods(table(wide)))


def test_old_workbooks_have_256_columns():
    bof = workbooks.record(0x809, struct.pack("<HH12x", 0x600, 5))
    end = workbooks.record(0x0A)

    def globals_(start):
        return bof + workbooks.record(0x85, struct.pack("<IBBBB1s", start, 0, 0, 1, 0, b"s")) + end

    stream = globals_(len(globals_(0)))
    for column, good in ((255, True), (256, False)):
        number = workbooks.record(0x203, struct.pack("<HHHd", 0, column, 0, 1.0))
        whole = workbooks.compound({"Workbook": (stream + bof + number + end).ljust(4096, b"\0")})
        if good:
            assert rows(whole, "社区.xls")[0][-1] == 1.0
        else:
            refused(FormatError, "damaged", whole)


def test_cells_far_out_of_old_workbooks():
    book = xlwt.Workbook()
    for number in range(3):
        made = book.add_sheet(f"s{number}")
        made.write(0, 0, 1)
        made.write(65535, 255, 1)
    file = io.BytesIO()
    book.save(file)
    refused(LimitError, "IV65536", file.getvalue(), "社区.xls")


@pytest.mark.parametrize("count", [1001, 5000])
def test_too_many_sheets(count):
    parts = {f"s{number}": workbooks.data("") for number in range(count)}
    refused(LimitError, "1000", workbooks.by_hand(parts), seconds=3)
    refused(LimitError, "1000", workbooks.ods("".join(table("", f"s{number}") for number in range(count))))


def test_merged_ranges_over_each_other():
    cells = workbooks.data("".join(f'<row r="{r}"><c r="B{r}"><v>1</v></c></row>' for r in range(1, 2000)))
    many = '<mergeCell ref="A1:B1999"/>' * 20000
    refused(FormatError, "merged", workbooks.by_hand({"社区": f"{cells}<mergeCells>{many}</mergeCells>"}))


def test_a_file_has_a_cap(monkeypatch, tmp_path):
    monkeypatch.setattr("libpilot._workbook.FILE_MAX", 100)
    refused(LimitError, "larger", b"a" * 101)
    path = tmp_path / "x.csv"
    path.write_bytes(b"a" * 101)
    with pytest.raises(LimitError, match="larger"):
        read_sheets(path, "x.csv")


# Files


def test_a_path_or_its_bytes(tmp_path):
    path = tmp_path / "社区.csv"
    path.write_bytes("编号\n1\n".encode())
    for source in (path, str(path), path.read_bytes()):
        assert read_sheets(source, "社区.csv")[0].rows == [["编号"], ["1"]]
    with pytest.raises(FileNotFoundError):
        read_sheets(tmp_path / "none.xlsx", "none.xlsx")


def test_without_calamine(monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    refused(ArgumentError, r"pip install libpilot\[excel\]", WORKBOOK)
    assert rows("编号\n".encode(), "x.csv") == [["编号"]]


# Damaged files

DAMAGED = {
    "社区.xlsx": WORKBOOK,
    "社区.xls": old([("A1", "院一社区"), ("B2", 955), ("C3", DAY, "yyyy-mm-dd"), ("D400", "末行")]),
    "社区.ods": workbooks.ods(
        table(row_(cell_("string", text="院一社区") + cell_("float", "955", "955")) * 50)
    ),
    "社区.csv": workbooks.csv_of(workbooks.AREAS * 20, "gb18030"),
}


def attempt(data, name):
    """Reads it, or refuses it with an Error that says of which file."""
    try:
        return read_sheets(data, name)
    except Error as error:
        assert error.source == name
        assert error.message and error.message_zh
        return None


@pytest.mark.parametrize("name", DAMAGED)
def test_a_file_that_was_cut_off(name, capfd):
    whole = DAMAGED[name]
    for end in range(0, len(whole), 100):
        made = attempt(whole[:end], name)
        assert made is None or name.endswith("csv") or len(whole) - end < 600, end
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", DAMAGED)
def test_a_file_with_other_bytes(name):
    chance = random.Random(13)
    for _ in range(300):
        data = bytearray(DAMAGED[name])
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        attempt(bytes(data), name)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"<"]),
)
@settings(max_examples=300)
def test_any_bytes(data, start):
    attempt(start + data, "x")


@given(st.binary(max_size=120))
@settings(max_examples=300)
def test_any_bytes_in_a_sheet(data):
    attempt(
        sheet(b'<worksheet><sheetData><row r="1"><c r="A1"' + data + b"</sheetData></worksheet>"), "x.xlsx"
    )


@given(st.binary(min_size=20, max_size=400))
@settings(max_examples=200)
def test_any_records_of_an_old_workbook(data):
    head = workbooks.record(0x809, struct.pack("<HH12x", 0x600, 5))
    attempt(workbooks.compound({"Workbook": (head + data).ljust(4096, b"\0")}), "x.xls")


# What few programs write


def stream_of(*cells, book=b"", name=b"s"):
    """The one stream of an .xls; cells: records of its sheet."""
    bof = workbooks.record(0x809, struct.pack("<HH12x", 0x600, 5))
    end = workbooks.record(0x0A)

    def globals_(start):
        sheet_ = struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name
        return bof + book + workbooks.record(0x85, sheet_) + end

    return globals_(len(globals_(0))) + bof + b"".join(cells) + end


def biff(*cells, book=b""):
    return workbooks.compound({"Workbook": stream_of(*cells, book=book).ljust(4096, b"\0")})


def formula(column, result):
    return workbooks.record(0x06, struct.pack("<HHH8s6x", 0, column, 0, result))


def test_formulas_of_an_old_workbook():
    text = workbooks.record(0x207, struct.pack("<HB", 2, 0) + b"ab")
    cells = [
        formula(0, struct.pack("<d", 2.5)),
        formula(1, b"\x01\0\x01\0\0\0\xff\xff"),
        formula(2, b"\x02\0\x2a\0\0\0\xff\xff"),
        formula(3, b"\0\0\0\0\0\0\xff\xff") + text,
        formula(4, b"\x03\0\0\0\0\0\xff\xff") + text,  # the text is of no cell
        workbooks.record(0x204, struct.pack("<HHHHB", 0, 5, 0, 2, 0) + b"cd"),
    ]
    assert rows(biff(*cells), "社区.xls") == [[2.5, True, Special("error", "#N/A"), "ab", "", "cd"]]


def test_days_of_an_old_workbook_that_are_none():
    data = old([("A1", -1, "yyyy-mm-dd"), ("B1", 0.5, "hh:mm"), ("C1", 2958466, "yyyy-mm-dd")])
    assert rows(data, "社区.xls") == [[-1.0, "12:00:00", 2958466.0]]


def test_old_workbooks_that_are_cut_in_the_middle_of_a_text():
    begun = workbooks.record(0xFC, struct.pack("<IIHB", 1, 1, 5, 0) + b"ab")
    refused(FormatError, "damaged", biff(book=begun), "社区.xls")
    half = workbooks.record(0xFC, struct.pack("<IIHB", 1, 1, 5, 1) + b"a")
    refused(FormatError, "damaged", biff(book=half), "社区.xls")
    refused(FormatError, "damaged", biff(book=workbooks.record(0xFC, struct.pack("<II", 1, 1))), "社区.xls")


def test_an_old_workbook_of_another_version():
    older = workbooks.record(0x809, struct.pack("<HH12x", 0x500, 5)) + workbooks.record(0x0A)
    refused(FormatError, "Excel 95", workbooks.compound({"Workbook": older.ljust(4096, b"\0")}), "社区.xls")


def test_an_old_workbook_of_many_sheets():
    sheets = b"".join(workbooks.record(0x85, struct.pack("<IBBBB1s", 0, 0, 0, 1, 0, b"s")) for _ in range(1001))
    refused(LimitError, "1000", biff(book=sheets), "社区.xls")


def small(body, following=None):
    """A file system whose stream is too short for sectors of its own: in pieces of 64 bytes, in those of the root."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    count = len(body) // 64 + 1
    sectors = count // 8 + 1
    table = [0xFFFFFFFD, end, end, *range(4, 3 + sectors), end]
    mini = following or [*range(1, count), end]
    entries = b""
    for name, kind, start, size in (("Root Entry", 5, 3, count * 64), ("Workbook", 2, 0, len(body))):
        text = name.encode("utf-16-le")
        entries += struct.pack("<64sHBB3I16xI16xIQ", text, len(text) + 2, kind, 1, free, free, free, 0, start, size)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, end, 0, 0)
    head += struct.pack("<108I", *[free] * 108)
    return (
        head
        + struct.pack("<128I", *table, *[free] * (128 - len(table)))
        + entries.ljust(512, b"\0")
        + struct.pack("<128I", *mini, *[free] * (128 - len(mini)))
        + body.ljust(sectors * 512, b"\0")
    )


def test_a_short_old_workbook_is_in_small_sectors():
    stream = stream_of(*(workbooks.record(0x203, struct.pack("<HHHd", r, 0, 0, float(r))) for r in range(20)))
    assert 64 < len(stream) < 4096
    assert rows(small(stream), "社区.xls") == [[float(r)] for r in range(20)]
    for following in ([1, 0], [200]):  # in a circle, and out of the table
        refused(FormatError, "damaged", small(stream, following=following), "社区.xls")


def test_an_old_workbook_whose_table_of_sectors_goes_on_elsewhere():
    data = bytearray(workbooks.compound({"Workbook": stream_of(formula(0, struct.pack("<d", 7.0))).ljust(4096, b"\0")}))
    number = len(data) // 512 - 1  # of the sector that is added
    struct.pack_into("<II", data, 68, number, 1)
    assert rows(bytes(data) + struct.pack("<128I", *[0xFFFFFFFF] * 127, 0xFFFFFFFE), "社区.xls") == [[7.0]]


def test_tabs_and_breaks_of_an_opendocument_text():
    inside = '<table:table-cell office:value-type="string"><text:p>a<text:tab/>b<text:line-break/>c</text:p></table:table-cell>'
    assert rows(workbooks.ods(table(row_(inside))), "社区.ods") == [["a\tb\nc"]]


def test_pictures_and_repeats_of_opendocument():
    picture = '<table:table-cell table:formula="of:=DISPIMG(&quot;ID&quot;;1)" office:value-type="string"/>'
    assert rows(workbooks.ods(table(row_(picture))), "社区.ods") == [[Special("picture")]]
    often = row_(cell_("float", "1", "1", ' table:number-columns-repeated="many"'))
    refused(FormatError, "many", workbooks.ods(table(often)), "社区.ods")


def again(data, edit=lambda name, body: body, twice=""):
    """The archive with its parts edited, and one of them a second time."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(file, "w") as made:
        for name in whole.namelist():
            made.writestr(name, edit(name, whole.read(name)))
            if name == twice:
                made.writestr(name.upper(), whole.read(name))
    return file.getvalue()


def in_part(part, before, after):
    def edit(name, body):
        if name != part:
            return body
        assert before in body
        return body.replace(before, after, 1)

    return again(WORKBOOK, edit)


def test_what_two_readers_could_take_for_two_things():
    refused(FormatError, "twice", again(WORKBOOK, twice="xl/workbook.xml"))
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as whole:
        names = whole.namelist()
        book = whole.read("xl/workbook.xml")
        relations = whole.read("xl/_rels/workbook.xml.rels")
    assert "xl/workbook.xml" in names
    one = book[book.index(b"<sheet ") : book.index(b"/>", book.index(b"<sheet ")) + 2]
    refused(FormatError, "two sheets", in_part("xl/workbook.xml", one, one * 2))
    one = relations[relations.index(b"<Relationship ") : relations.index(b"/>", relations.index(b"<Relationship ")) + 2]
    refused(FormatError, "twice", in_part("xl/_rels/workbook.xml.rels", one, one * 2))
    refused(FormatError, "UTF-8", in_part("xl/workbook.xml", b"UTF-8", b"GB18030"))


def test_cells_that_say_too_little():
    hidden = '<row hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    (made,) = read(sheet(hidden))
    assert made.rows == [[1.0], [2.0]] and made.hidden_rows == 1
    refused(FormatError, "in no cell", sheet('<row r="1"><f>_xlfn.DISPIMG("a",1)</f></row>'))
    merged = workbooks.data('<row r="1"><c r="A1"><v>1</v></c></row>') + '<mergeCells><mergeCell ref="A0:B1"/></mergeCells>'
    refused(FormatError, "no cell", workbooks.by_hand({"社区": merged}))


def test_texts_that_are_wide_or_long():
    refused(LimitError, "XFE1", ("," * 16384).encode(), "社区.csv")
    refused(FormatError, "", b"a,b\n" + b"x" * 200_000 + b",1\n", "社区.csv")


class PanicException(BaseException):
    """As calamine's are called, which are no Exception."""


@pytest.mark.parametrize(("fault", "said"), [(calamine.PasswordError, "password"), (PanicException, "damaged")])
def test_what_calamine_stops_at(fault, said, monkeypatch):
    def load(file):
        raise fault("a place in its source")

    monkeypatch.setattr(calamine, "load_workbook", load)
    error = refused(FormatError, said, WORKBOOK)
    assert "source" not in str(error).replace(error.source, "")
    monkeypatch.setattr(calamine, "load_workbook", lambda file: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        read(WORKBOOK)


# By another program, and how long it takes


def kept(sheets):
    """With the 15 digits of a number that workbooks keep."""
    return [
        one._replace(
            rows=[[f"{cell:.15g}" if type(cell) is float else cell for cell in row] for row in one.rows]
        )
        for one in sheets
    ]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("kind", ["ods", "xls", "xlsx"])
def test_what_libreoffice_saves_is_read_the_same(kind, tmp_path):
    made = {
        f"{number}.xlsx": one.data
        for number, one in enumerate(workbooks.fixtures())
        if not one.refused and one.name.endswith(".xlsx") and one.trap not in (7, 14, 29)
    }
    assert len(made) > 20
    (tmp_path / "to").mkdir()
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", tmp_path / "to"]
    subprocess.run([*command, *sorted(tmp_path.glob("*.xlsx"))], check=True, capture_output=True, timeout=300)
    for name, data in made.items():
        again = read_sheets(tmp_path / "to" / name.replace(".xlsx", f".{kind}"), name)
        assert kept(again) == kept(read(data, name)), name
