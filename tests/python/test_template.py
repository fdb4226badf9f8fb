"""The workbook to fill in: what it says of each column, what may be chosen there, and that it reads back."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date

import cases
import libpilot
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libpilot import ArgumentError, City, NotFoundError, TooLargeError, _template

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

FILES = ("examples/data/nanchang-2019.json", "tests/cases/impact/city.json", "tests/cases/from_sqlite.json")
langs = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("template")
    for lang in ("zh", "en"):
        libpilot.template(path / f"{lang}.xlsx", lang=lang)
    return path


@pytest.fixture(scope="module")
def book(empty):
    return openpyxl.load_workbook(empty / "zh.xlsx")


def column(book, sheet, title):
    """Its head."""
    return next(cell for cell in book[sheet][1] if cell.value == title)


def rule(book, sheet, title):
    letters = column(book, sheet, title).column_letter
    found = [
        one
        for one in book[sheet].data_validations.dataValidation
        if re.fullmatch(rf"{letters}2:{letters}\d+", str(one.sqref))
    ]
    assert len(found) <= 1
    return found[0] if found else None


def chosen(book, sheet, title):
    """What its drop-down shows, read from the range that it refers to."""
    formula = rule(book, sheet, title).formula1
    name, _, cells = formula.rpartition("!")
    return [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]


# Reads back


@langs
@pytest.mark.parametrize("file", FILES)
def test_a_city_comes_through_its_template_as_it_is(file, lang, tmp_path):
    city = City.load(cases.TOP / file)
    city.to_excel(tmp_path / "city.xlsx", lang)
    made = City.load(tmp_path / "city.xlsx")
    assert made == city and made.notes == () and made.to_json() == city.to_json()


@langs
def test_an_empty_template_has_no_records(empty, lang):
    city = City.load(empty / f"{lang}.xlsx")
    assert city.to_dict() == {"districts": [], "communities": [], "areas": []}
    assert {note.code for note in city.notes} == {"example_row"} and len(city.notes) == 30


def filled_in(empty, cells, tmp_path):
    """The empty template in Chinese with cells filled in, as a person would."""
    book = openpyxl.load_workbook(empty / "zh.xlsx")
    for sheet, rows in cells.items():
        for at, row in enumerate(rows, 2):
            for title, value in row.items():
                book[sheet].cell(at, column(book, sheet, title).column).value = value
    book.save(tmp_path / "filled.xlsx")
    return tmp_path / "filled.xlsx"


def test_filled_in_by_hand(empty, tmp_path):
    """Below the example or over it; a district by its name, with no row of its own."""
    path = filled_in(
        empty,
        {
            "试点社区": [{}, {"社区编号": "c1", "社区名称": "七一社区", "所属城区代码": "东湖区"}],
            "物业管理用房": [{}, {"社区编号": "七一社区", "用房面积（平方米）": 118.5, "用房来源": "自有"}],
            "老旧居民区": [
                {},
                {
                    "居民区编号": "a1",
                    "所属社区编号": "c1",
                    "总户数": 955,
                    "居民意愿调查": date(2019, 7, 31),
                    "服务合同": "无",
                },
            ],
            "已收取的费用": [
                {},
                {
                    "居民区编号": "a1",
                    "房号": "1-5",
                    "收费项目": "x",
                    "起始月份（含）": "2019-10",
                    "截止月份（含）": "2019-12",
                    "收取金额（元）": 18,
                },
            ],
        },
        tmp_path,
    )
    city = City.load(path)
    (area,), (community,) = city.to_dict()["areas"], city.to_dict()["communities"]
    assert community["district"] == "360102" and community["offices"] == [
        {"area_m2": "118.50", "route": "own"}
    ]
    assert area["households"] == 955 and area["steps"] == {"survey": "2019-07-31"} and area["contracts"] == []
    (charge,) = area["charges"]
    assert charge["dwelling"] == "1-5" and charge["first"] == "2019-10" and charge["amount_yuan"] == "18.00"
    assert {note.code for note in city.notes} == {"example_row", "record_made"}


def test_a_changed_example_is_a_record(empty, tmp_path):
    path = filled_in(empty, {"老旧居民区": [{"总户数": 121}]}, tmp_path)
    with pytest.raises(libpilot.Error) as refused:
        City.load(path)
    assert {one.cell.sheet for one in refused.value.problems} == {"老旧居民区"}


def test_another_unit_in_a_head(empty, tmp_path):
    """As the first sheet says that it may be done."""
    assert "万元" in "".join(str(row[0].value) for row in openpyxl.load_workbook(empty / "zh.xlsx")["说明"])
    book = openpyxl.load_workbook(empty / "zh.xlsx")
    book["全市"].delete_rows(2)
    head = column(book, "全市", "市级奖励预算（元）")
    head.value = "市级奖励预算（万元）"
    book["全市"].cell(2, head.column).value = 62.77
    book.save(tmp_path / "x.xlsx")
    assert City.load(tmp_path / "x.xlsx").to_dict()["reward_budget_yuan"] == "627700.00"


def test_a_later_template_is_told(empty, tmp_path):
    book = openpyxl.load_workbook(empty / "zh.xlsx")
    assert book["说明"]["A1"].value == book["选项"]["A1"].value == "libpilot template 1"
    book["选项"]["A1"].value = "libpilot template 2"
    book.save(tmp_path / "x.xlsx")
    notes = City.load(tmp_path / "x.xlsx").notes
    assert [(note.code, note.sheet, note.cell) for note in notes if note.code != "example_row"] == [
        ("later_template", "选项", "A1")
    ]


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20) | st.sampled_from(
    [
        "=1+1",
        "+1",
        "@x",
        "-1",
        "http://x",
        "#N/A",
        "_x0041_",
        "'a",
        "1-5",
        "2019.10",
        "360102199001011234",
        "无",
        "示例",
        "TRUE",
        " a ",
        "a\r\nb",
    ]
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=8, unique_by=lambda pair: pair[0]))
def test_any_text_comes_through(tmp_path, pairs):
    """30, and what else a workbook could take for something."""
    areas = [{"id": id or "x", "name": name, "communities": []} for id, name in pairs]
    try:
        city = City.load({"districts": [], "communities": [], "areas": areas})
    except libpilot.Error:  # an id that is none
        return
    city.to_excel(tmp_path / "city.xlsx")
    assert City.load(tmp_path / "city.xlsx") == city


def test_text_is_never_a_formula(tmp_path):
    city = City.load(
        {
            "districts": [],
            "communities": [],
            "areas": [{"id": "=1+1", "name": "http://x.cn", "communities": []}],
        }
    )
    city.to_excel(tmp_path / "city.xlsx")
    with zipfile.ZipFile(tmp_path / "city.xlsx") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheets = [text for name, text in parts.items() if "worksheets/sheet" in name and name.endswith(".xml")]
    assert len(sheets) == 33 and not any(b"<f>" in text or b"<f " in text for text in sheets)
    assert not any(b"x.cn" in text for name, text in parts.items() if name.endswith(".rels"))
    assert b"<t>=1+1</t>" in parts["xl/sharedStrings.xml"]


def test_the_same_bytes_each_time(tmp_path):
    """At another time as well, in another process with another hash of texts."""
    city = City.load(cases.TOP / FILES[0])
    script = "import libpilot, sys; libpilot.City.load(sys.argv[1]).to_excel(sys.argv[2])"
    city.to_excel(tmp_path / "a.xlsx")
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati"}
    arguments = [sys.executable, "-c", script, str(cases.TOP / FILES[0]), str(tmp_path / "b.xlsx")]
    subprocess.run(arguments, check=True, env=environment)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


# What it says


def test_what_every_city_has_comes_first(book):
    names = book.sheetnames
    assert names[:5] == ["说明", "城区", "城区-证明材料", "试点社区", "物业管理用房"]
    assert names.index("服务合同") < names.index("全市") < names.index("服务菜单") < names.index("选项") == 32
    assert book["选项"].sheet_state == "veryHidden" and book.active.title == "说明"
    assert {book[name].sheet_state for name in names[:-1]} == {"visible"}


def test_the_first_sheet_explains_the_others(book):
    about = book["说明"]
    text = [str(row[0].value) for row in about.iter_rows() if row[0].value]
    lines = [line for line in text if re.match(r"\d+\. ", line)]
    assert len(lines) == 10 and all("libpilot" in line for line in lines[-1:])
    for word in ("橙色", "无", "未完成", "2019-12-31", "示例", "合并", "合计"):
        assert any(word in line for line in lines), word
    cells = [row[0] for row in about.iter_rows() if row[0].hyperlink]
    assert all(cell.hyperlink.location == f"'{cell.value}'!A1" for cell in cells)
    links = {cell.value for cell in cells}
    assert links == set(book.sheetnames) - {"说明", "选项"}
    entry = next(row for row in about.iter_rows(values_only=True) if row[0] == "考核记录")
    assert entry[1] == "各试点社区的考核记录：考核日期、考核办法版本、考核单位"
    assert entry[2] == "社区编号、服务年度、考核结果" and entry[3] == "4.4.1-1"


def test_a_filled_one_speaks_of_no_examples(tmp_path):
    City.load(cases.TOP / FILES[0]).to_excel(tmp_path / "city.xlsx")
    about = openpyxl.load_workbook(tmp_path / "city.xlsx")["说明"]
    assert not any("示例" in str(row[0].value) for row in about.iter_rows())


@langs
def test_every_column_has_a_note_and_a_format(empty, lang):
    book = openpyxl.load_workbook(empty / f"{lang}.xlsx")
    for name in book.sheetnames[1:-1]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2", name
        for cell in sheet[1]:
            assert cell.comment is not None and len(cell.comment.text.splitlines()) >= 2, (name, cell.value)
            width = sheet.column_dimensions[cell.column_letter].width
            assert 8 <= width <= 45, (name, cell.value)
        for one in sheet.data_validations.dataValidation:
            assert len(one.errorTitle or "") <= 32 and len(one.error or "") <= 255
            assert one.type != "list" or not one.formula1.startswith('"'), "a list in the cell"
            assert one.allowBlank


def test_notes(book):
    households = column(book, "老旧居民区", "总户数").comment.text
    assert households == "总户数，全部住宅，不含商铺和单位。\n请填写整数，如 120。\n依据：通知4.4.1-6条。"
    result = column(book, "考核记录", "考核结果").comment.text
    assert result.startswith("必填。\n") and result.endswith("请填写其中一项。\n依据：通知4.4.1-2条。")
    assert "见工作表“试点社区”" in column(book, "考核记录", "社区编号").comment.text
    # Of a count of votes all numbers or none.
    assert "相邻同组" in column(book, "业主表决", "计票-全体业主-业主人数").comment.text


def test_required_columns_are_marked(book):
    marked = {
        cell.value: cell.fill.start_color.rgb == "FFC55A11"
        for sheet in ("试点社区", "考核记录")
        for cell in book[sheet][1]
    }
    assert {title for title, is_marked in marked.items() if is_marked} == {
        "社区编号",
        "所属城区代码",
        "服务年度",
        "考核结果",
    }
    assert all(
        ("必填。" in column(book, "考核记录", title).comment.text) == marked[title]
        for title in ("服务年度", "考核日期")
    )


def test_what_may_be_chosen(book):
    assert chosen(book, "考核记录", "考核结果") == ["未考核", "不合格", "合格"]
    assert chosen(book, "老旧居民区", "属老旧居民区") == ["是", "否"]
    assert rule(book, "老旧居民区", "属老旧居民区").errorStyle in (None, "stop")
    assert len(chosen(book, "试点社区-证明材料", "条款编号")) == 140
    assert (
        "东湖区" in chosen(book, "试点社区", "所属城区代码")
        and not rule(book, "试点社区", "所属城区代码").showErrorMessage
    )
    assert chosen(book, "老旧居民区", "服务合同") == ["无"]
    # What stands in another sheet by then.
    assert rule(book, "物业管理用房", "社区编号").formula1 == (
        "OFFSET('试点社区'!$A$1,1,0,MAX(1,COUNTA('试点社区'!$A:$A)-1),1)"
    )
    assert rule(book, "单选服务", "服务合同").type == "whole"  # the number of a contract, which has no id
    assert rule(book, "老旧居民区", "居民区编号") is None


def test_days_and_amounts_are_held_to_what_they_are(book):
    day = rule(book, "考核记录", "考核日期")
    assert (day.type, day.formula1, day.formula2) == ("date", "1", "109939")  # 1900-01-01 to 2200-12-31
    area = rule(book, "老旧居民区", "建筑面积（平方米）")
    assert (area.type, area.operator, area.formula1, area.errorStyle) == (
        "decimal",
        "greaterThanOrEqual",
        "0",
        "warning",
    )
    step = rule(book, "老旧居民区", "居民意愿调查")
    letters = column(book, "老旧居民区", "居民意愿调查").column_letter
    assert step.formula1 == f'OR(ISNUMBER({letters}2),{letters}2="未完成")'


def test_ids_and_months_are_text(book):
    def shown(sheet, title):
        head = column(book, sheet, title)
        return book[sheet].cell(2, head.column).number_format

    assert {shown("已收取的费用", title) for title in ("居民区编号", "房号", "起始月份（含）")} == {"@"}
    assert shown("证明材料" if "证明材料" in book.sheetnames else "全市-证明材料", "条款编号") == "@"
    assert shown("考核记录", "考核日期") == shown("老旧居民区", "居民意愿调查") == "yyyy-mm-dd"
    assert shown("老旧居民区", "建筑面积（平方米）") == "#,##0.00"


def test_ids_of_a_filled_one_may_be_chosen(tmp_path):
    City.load(cases.TOP / FILES[0]).to_excel(tmp_path / "city.xlsx")
    book = openpyxl.load_workbook(tmp_path / "city.xlsx")
    assert "OFFSET('城区'!$A$1" in rule(book, "试点社区", "所属城区代码").formula1


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("short", 32, "short"),
        ("the date of the duty's transfer to the provider", 32, "the date of the duty's transfer…"),
        ("一" * 40, 32, "一" * 31 + "…"),
        ("x " * 200, 255, None),
    ],
)
def test_titles_are_cut_at_a_word(text, most, cut):
    made = _template._cut(text, most)
    assert len(made) <= most and (cut is None or made == cut)


# What is refused


def test_what_is_refused(tmp_path, monkeypatch):
    with pytest.raises(NotFoundError, match="zh"):
        libpilot.template(tmp_path / "x.xlsx", lang="fr")
    with pytest.raises(libpilot.Error):
        libpilot.template(tmp_path / "x.xlsx", {"districts": 1})
    with pytest.raises(OSError) as refused:
        libpilot.template(tmp_path / "none" / "x.xlsx")
    assert "none" in str(refused.value.filename)
    long = {
        "districts": [],
        "communities": [],
        "areas": [{"id": "a", "name": "长" * 32768, "communities": []}],
    }
    with pytest.raises(TooLargeError, match="老旧居民区!B2"):
        libpilot.template(tmp_path / "x.xlsx", long)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ArgumentError, match=r"libpilot\[excel\]"):
        libpilot.template(tmp_path / "x.xlsx")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_libreoffice_keeps_it(empty, kind, tmp_path):
    """Opened and saved again, empty and filled in."""
    city = City.load(cases.TOP / FILES[1])
    city.to_excel(tmp_path / "city.xlsx")
    shutil.copy(empty / "zh.xlsx", tmp_path / "empty.xlsx")
    again = tmp_path / "again"
    for name in ("city", "empty"):
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            kind,
        ]
        subprocess.run(
            [*command, "--outdir", str(again), str(tmp_path / f"{name}.xlsx")],
            check=True,
            capture_output=True,
        )
    made = City.load(again / f"city.{kind}")
    assert made == city and made.notes == ()
    assert {note.code for note in City.load(again / f"empty.{kind}").notes} == {"example_row"}
