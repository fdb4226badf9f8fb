"""Reports as people keep them: workbooks, CSV and JSON, the office's own workbook marked, and the command line that
writes them."""

import copy
import csv
import datetime
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal

import libpilot
import pytest
from cases import TOP
from libpilot import _mark, _results
from libpilot import Place

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

CITY = TOP / "examples/data/nanchang-2019.json"
EXAMPLE = json.loads(CITY.read_text(encoding="utf-8"))
DAY = "2020-03-31"
SHEETS = {
    "zh": ["汇总", "检查结果", "奖补资金", "需补充材料"],
    "en": ["Summary", "Findings", "Awards", "Missing"],
}


@pytest.fixture(scope="module")
def reports():
    return {lang: libpilot.check(EXAMPLE, as_of=DAY, lang=lang) for lang in ("zh", "en")}


def opened(report, tmp_path, lang=None, **how):
    path = tmp_path / "report.xlsx"
    report.to_excel(path, lang)
    return openpyxl.load_workbook(path, **how)


def rows(sheet, first=1):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def test_a_frame_has_times(reports):
    pandas = pytest.importorskip("pandas")
    frame = reports["en"].to_frame()
    assert list(frame.columns) == list(libpilot.Finding.__match_args__)
    selection = frame[(frame.rule == "selection_on_time") & (frame.path == "/areas/0")].iloc[0]
    assert selection.due == pandas.Timestamp("2019-11-01")
    assert selection.notice_due == pandas.Timestamp("2019-08-31")
    due = frame[(frame.rule == "reward_due") & (frame.path == "/communities/0")].iloc[0]
    assert due.since == pandas.Timestamp("2020-02-20")
    assert [str(frame[name].dtype)[:10] for name in ("due", "notice_due", "since")] == ["datetime64"] * 3
    finding = next(one for one in reports["en"].findings if one.notice_due)
    assert finding.notice_due == datetime.date(2019, 8, 31)


# The workbook


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_findings_of_a_workbook_are_the_reports(reports, lang, tmp_path):
    report = reports[lang]
    book = opened(report, tmp_path)
    assert book.sheetnames == SHEETS[lang]
    sheet = book.worksheets[1]
    assert sheet.freeze_panes == "A2" and sheet.print_title_rows == "$1:$1"
    heading, *found = rows(sheet)
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(heading)).column_letter}{len(found) + 1}"
    assert len(found) == sum(report.counts.to_dict().values())
    names = libpilot.titles("outcome", lang)
    for outcome, count in report.counts.to_dict().items():
        assert sum(row[0] == names[outcome] for row in found) == count
    assert [row[0] for row in found[:22]] == [names["breach"]] * 21 + [names["unknown"]]  # breaches first
    # A word and a colour each, and no two outcomes look the same.
    looks = {
        sheet.cell(at, 1).value: sheet.cell(at, 1).fill.start_color.rgb for at in range(2, len(found) + 2)
    }
    assert set(looks) == set(names.values()) and len(set(looks.values())) == 6
    assert sheet["E2"].alignment.wrap_text and sheet.column_dimensions["E"].width > 20
    late = next(row for row in found if "5.3-1" in row[1] and row[9] == 9)
    assert (late[7], late[8]) == (datetime.datetime(2019, 11, 30),) * 2
    office = next(row for row in found if "4.2-1" in row[1] and row[0] == names["breach"])
    assert office[2:4] == ["西湖区", "西湖甲社区"]
    assert office[5:7] == (["118.50平方米", "120.00平方米"] if lang == "zh" else ["118.50 m²", "120.00 m²"])
    assert office[7] == datetime.datetime(2019, 12, 31) and office[8] is None  # the notice sets no day for it
    if lang == "zh":
        assert office[1] == "四(二)-1（4.2-1）"
        assert office[10] == "西湖甲社区工作站、西湖甲社区居民委员会"
    else:
        assert office[1] == "4.2-1"
        assert office[10] == "community workstation of 西湖甲社区, residents' committee of 西湖甲社区"
    assert office[13] == "/communities/2"  # of a city that is in no workbook


def test_the_summary_has_the_counts_and_what_is_owed(reports, tmp_path):
    report = reports["zh"]
    sheet = opened(report, tmp_path, data_only=True).worksheets[0]
    assert sheet["A1"].value == "南昌市老旧居民区物业服务试点检查结果"
    assert "2020年3月31日" in sheet["A2"].value and report.receipt.fingerprint in sheet["A2"].value
    table = rows(sheet)
    order = [*_results.OUTCOMES]
    assert table[3][2:8] == [libpilot.titles("outcome", "zh")[one] for one in order]
    by_district = {row[0]: row[2:8] for row in table[4:11]}
    assert by_district["合计"] == [getattr(report.counts, one) for one in order]
    for one in report.by_district().values():
        assert by_district[one.name] == [getattr(one.counts, outcome) for outcome in order]
    by_community = {row[1]: row for row in table[12:] if row[1]}
    assert by_community["院一社区"][8:10] == [68760, 0]
    assert by_community["青山湖乙社区"][8] == "不明"
    assert sheet["J14"].number_format == "#,##0.00"


NEAR_FEN = Decimal("0.01")


def formulas(book):
    return [
        (sheet, cell) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_formula_is_a_sum_that_agrees_with_its_value(reports, lang, tmp_path):
    book = opened(reports[lang], tmp_path)
    stored = opened(reports[lang], tmp_path, data_only=True)
    found = formulas(book)
    assert len(found) > 30
    for sheet, cell in found:
        area = re.fullmatch(r"=SUM\(([A-Z]+[0-9]+:[A-Z]+[0-9]+)\)", cell.value)[1]
        cells = [one.value for row in stored[sheet.title][area] for one in row]
        assert cells and cell.coordinate not in {one.coordinate for row in sheet[area] for one in row}
        numbers = [Decimal(repr(one)) for one in cells if not isinstance(one, str)]
        assert all(one == one.quantize(NEAR_FEN) for one in numbers)
        assert Decimal(repr(stored[sheet.title][cell.coordinate].value)) == sum(numbers)


def test_awards_are_those_of_the_city(reports, tmp_path):
    report = reports["en"]
    sheet = opened(report, tmp_path, data_only=True).worksheets[2]
    table = {row[0]: row for row in rows(sheet) if row[0] is not None}
    every = report.city.award(as_of=DAY)
    years = [one.year for one in every.years]
    assert table["community"][2:7] == [str(year) for year in years]
    for record in EXAMPLE["communities"]:
        one = report.city.award(as_of=DAY, community=record["id"])
        expected = [one.households, *(year.total for year in one.years)]
        expected += [one.total, one.city, one.district, one.withheld]
        assert [Decimal(repr(cell)) for cell in table[record["name"]][1:11]] == expected
    for one in every.years:
        expected = [one.total, one.city, one.district, one.withheld]
        assert [Decimal(repr(cell)) for cell in table[str(one.year)][2:6]] == expected
    # The README's sum, which is that of both tables.
    assert [row[7] for row in rows(sheet) if row[0] == "all"][0] == 8401626
    assert [row[2] for row in rows(sheet) if row[0] == "all"][1] == 8401626
    assert sheet["C5"].number_format == "#,##0.00" and sheet.freeze_panes == "A5"


def test_what_is_missing_is_what_is_needed(reports, tmp_path):
    report = reports["zh"]
    _, *found = rows(opened(report, tmp_path).worksheets[3])
    needed = report.needed()
    assert [row[1] for row in found] == [one.zh for one in needed]
    assert [row[3] for row in found] == [one.path for one in needed]
    assert [row[6] for row in found] == [999000, None, None, None, None]
    assert found[3][0] == "湾里乙社区工作站、湾里乙社区居民委员会"
    assert found[3][2] == "平方米，不小于0，至多两位小数，如“118.50”"
    assert found[0][2] == "服务年度；考核结果；考核日期"  # titles, no keys


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "http://a.example", "0012"]


def hostile():
    city = copy.deepcopy(EXAMPLE)
    for record, name in zip(city["communities"], HOSTILE):
        record["name"] = name
    return libpilot.check(city, as_of=DAY)


def test_names_are_never_formulas(tmp_path):
    book = opened(hostile(), tmp_path)
    assert {cell.value[:5] for _, cell in formulas(book)} == {"=SUM("}
    assert not any(sheet._hyperlinks for sheet in book)
    seen = {cell.value: cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {seen[name] for name in HOSTILE if name != "\t=1"} == {"s"}


def test_the_same_report_is_the_same_bytes(reports, tmp_path):
    for lang, report in reports.items():
        report.to_excel(tmp_path / "a.xlsx")
        pickled = libpilot.check(EXAMPLE, as_of=DAY, lang=lang)
        pickled.to_excel(tmp_path / "b.xlsx")
        assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2020-03-31T00:00:00Z"}


def test_a_city_of_nothing_has_a_workbook(tmp_path):
    empty = libpilot.check({"districts": [], "communities": [], "areas": []}, as_of=DAY)
    book = opened(empty, tmp_path, "zh")
    assert book.sheetnames == SHEETS["zh"]
    assert {cell.value[:5] for _, cell in formulas(book)} <= {"=SUM("}


def test_amounts_beyond_a_cell_are_text(tmp_path):
    """Of 16 digits a cell would lose the fen."""
    city = copy.deepcopy(EXAMPLE)
    large = "90000000000000.01"
    for record in city["communities"][:2]:
        record["reward_payments"] = [{"paid_on": "2020-03-01", "amount_yuan": large}]
    sheet = opened(libpilot.check(city, as_of=DAY), tmp_path).worksheets[0]
    paid = {row[1].value: row[9].value for row in sheet.iter_rows(min_row=13) if row[1].value}
    assert paid["院一社区"] == paid["院二社区"] == large
    assert [row[9].value for row in sheet.iter_rows(min_row=13) if row[0].value == "all"] == [
        "180000000000000.02"
    ]


# Recomputed by a spreadsheet program


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_computes_the_same(reports, tmp_path):
    stored = opened(reports["zh"], tmp_path, data_only=True)
    book = opened(reports["zh"], tmp_path)
    for _, cell in formulas(book):
        cell.value = cell.value  # written again without its value, so that it has to be computed
    book.save(tmp_path / "bare.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        tmp_path,
        tmp_path / "bare.xlsx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    command[4:] = ["xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "again", tmp_path / "bare.ods"]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    again = openpyxl.load_workbook(tmp_path / "again/bare.xlsx", data_only=True)
    for sheet, cell in formulas(book):
        computed = Decimal(repr(again[sheet.title][cell.coordinate].value)).quantize(NEAR_FEN)
        assert computed == Decimal(repr(stored[sheet.title][cell.coordinate].value)), cell.coordinate


# Bodies and dates


def told(report, rule, path, lang="zh"):
    bodies = _results.Bodies(report.city, report.as_of, lang)
    finding = next(one for one in report.findings if (one.rule, one.path) == (rule, path))
    return finding, [body.name for body in bodies.of(finding)]


def test_bodies_are_those_of_the_place(reports):
    report = reports["zh"]
    for rule, path, names in (
        ("office_area", "/communities/2", ["西湖甲社区工作站", "西湖甲社区居民委员会"]),
        ("budget_cut", "/communities/3/handovers/2", ["市财政局", "西湖区财政"]),
        ("experience_recorded", "/districts/1", ["西湖区政府"]),
        # Of an area of two communities those of both, and of their one district once.
        ("one_community", "/areas/9", ["青山湖区政府"]),
        (
            "entry_on_time",
            "/areas/9",
            [
                "青山湖甲社区所在街道办事处（乡镇政府）",
                "青山湖乙社区所在街道办事处（乡镇政府）",
                "青山湖甲社区工作站",
                "青山湖乙社区工作站",
                "青山湖片区业主大会",
            ],
        ),
        # A provider by its contract, whose name the city has.
        ("charge_price", "/areas/0/charges/2", ["院一片区业主委员会", "物业服务企业甲"]),
    ):
        assert told(report, rule, path)[1] == names


def test_bodies_without_a_record_are_told_by_what_is_known():
    city = {
        "districts": [{"id": "360102"}],
        "communities": [{"id": "c1", "district": "360102", "workstation": {"property_staff": 0}}],
        "areas": [
            {"id": "a", "steps": {"assembly": "2019-12-09"}},
            {
                "id": "b",
                "communities": ["c1"],
                "contracts": [{"signed_by": "residents_committee", "signed_on": "2019-12-01"}],
            },
        ],
    }
    report = libpilot.check(city, as_of=DAY, lang="zh")
    assert told(report, "assembly_on_time", "/areas/0")[1] == [
        "a所在街道办事处（乡镇政府）",
        "a所在社区工作站",
        "a所在社区居民委员会",
    ]
    assert told(report, "property_staff", "/communities/0")[1] == ["社区工作站（c1）"]
    assert told(report, "assembly_on_time", "/areas/0", "en")[1][1] == "community workstation of a"
    bodies = _results.Bodies(report.city, report.as_of, "zh")
    finding = copy.copy(report.findings[0])
    made = libpilot.Finding(**{**finding.to_dict(), "path": "", "who": ("district_government", "provider")})
    assert [body.name for body in bodies.of(made)] == ["各区政府", "各物业服务企业或专业机构"]
    of_district = libpilot.Finding(**{**made.to_dict(), "path": "/districts/0", "who": ("workstation",)})
    assert [body.name for body in bodies.of(of_district)] == ["360102各社区工作站"]


def test_only_dates_of_the_notice_are_deadlines(reports):
    """Its five steps (5.1 to 5.5) have dates; a duty that is needed by a step has none of its own."""
    report = reports["zh"]
    for rule, path, day in (
        ("assembly_on_time", "/areas/5", "2019-11-30"),
        ("entry_on_time", "/areas/9", "2019-12-31"),
        ("assessment_on_time", "/communities/6", "2020-02-29"),
        ("selection_on_time", "/areas/0", "2019-08-31"),  # though the day in force counts in its place
        ("office_area", "/communities/2", None),  # due with the entry, by our reading
        ("one_community", "/areas/9", None),
        ("budget_cut", "/communities/3/handovers/2", None),
        ("grid_posts", "/areas/5", None),
        ("reward_due", "/communities/0", None),
    ):
        finding = told(report, rule, path)[0]
        assert finding.due is not None
        assert _results.deadline(report, finding) == (day and datetime.date.fromisoformat(day)), rule
    later = libpilot.NANCHANG_2019.patch({"assembly_due": "2019-12-05"})
    report = libpilot.check(EXAMPLE, as_of=DAY, policy=later)
    finding = told(report, "assembly_on_time", "/areas/5")[0]
    assert _results.deadline(report, finding) == datetime.date(2019, 12, 5)


# CSV and the command line


typer = pytest.importorskip("typer")
from test_cli import run  # noqa: E402

CHECK = ("check", CITY, "--as-of", DAY)


def read_csv(path):
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # by which Excel reads Chinese
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_has_what_is_printed(reports, tmp_path):
    out = tmp_path / "r.csv"
    for words, outcomes in (
        ((), ("breach", "unknown", "pending", "info")),
        (("--unknown", "hide"), ("breach", "pending", "info")),
        (("--all",), _results.OUTCOMES),
    ):
        run(*CHECK, "--out", out, *words, "--lang", "zh", status=1)
        heading, *found = read_csv(out)
        assert heading[:2] == ["结论", "条款"] and len({len(row) for row in [heading, *found]}) == 1
        names = libpilot.titles("outcome", "zh")
        counts = {names[one]: getattr(reports["zh"].counts, one) for one in outcomes}
        assert {name: sum(row[0] == name for row in found) for name in names.values()} == {
            **dict.fromkeys(names.values(), 0),
            **counts,
        }
    run(*CHECK, "--out", out, "--clause", "4.2-1", "--district", "西湖区", status=1)
    assert [(row[0], row[1], row[3]) for row in read_csv(out)[1:]] == [("breach", "4.2-1", "西湖甲社区")]


def test_a_csv_computes_nothing(tmp_path):
    city = tmp_path / "city.json"
    names = ["=cmd|' /C calc'!A1", "+1", "-1", "@x"]
    records = copy.deepcopy(EXAMPLE)
    for record, name in zip(records["communities"], names):
        record["name"] = name
    city.write_text(json.dumps(records), encoding="utf-8")
    run("check", city, "--as-of", DAY, "--all", "--out", tmp_path / "r.csv", status=1)
    cells = [cell for row in read_csv(tmp_path / "r.csv") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {f"'{name}" for name in names} <= set(cells)


def test_json_is_what_is_printed(tmp_path):
    printed = run(*CHECK, "--json", "--district", "西湖区", status=1).stdout
    done = run(*CHECK, "--json", "--district", "西湖区", "--out", tmp_path / "r.json", status=1)
    assert (tmp_path / "r.json").read_text(encoding="utf-8") == printed == done.stdout
    assert done.stderr == f"written: {tmp_path / 'r.json'}\n"  # as standard output is JSON


def test_a_page_is_the_reports_own(tmp_path, monkeypatch):
    monkeypatch.setattr(
        libpilot.Report, "to_html", lambda self, lang: f"<p>{lang} 中 {self.counts.breach}", raising=False
    )
    run(*CHECK, "--out", tmp_path / "r.html", "--lang", "zh", status=1)
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == "<p>zh 中 21"


@pytest.mark.parametrize(("lang", "said"), [("en", "written: "), ("zh", "已写入：")])
def test_what_was_written_is_said(lang, said, tmp_path):
    outs = [tmp_path / "a.xlsx", tmp_path / "b.CSV"]
    words = [word for out in outs for word in ("--out", out)]
    printed = run(*CHECK, *words, "--lang", lang, status=1).stdout
    assert printed.splitlines()[-2:] == [said + str(out) for out in outs]
    assert all(out.stat().st_size > 1000 for out in outs)
    assert "4.2-1" not in printed and "857232.00" not in printed  # counts alone
    for asked in ("--summary", "--todo"):
        alone = run(*CHECK, asked, "--lang", lang, status=1).stdout
        both = run(*CHECK, asked, *words, "--lang", lang, status=1).stdout
        assert both == alone + "".join(f"{said}{out}\n" for out in outs)


def test_the_workbook_of_a_part(tmp_path):
    out = tmp_path / "r.xlsx"
    run(*CHECK, "--out", out, "--district", "西湖区", "--unknown", "hide", "--lang", "zh", status=1)
    book = openpyxl.load_workbook(out, data_only=True)
    assert {row[2] for row in rows(book["检查结果"], 2)} == {"西湖区"}
    assert {row[0] for row in rows(book["检查结果"], 2)} == {"不符合", "未到期"}
    award = libpilot.City(EXAMPLE)
    parts = [award.award(as_of=DAY, community=f"xihu-{at}").total for at in (1, 2)]
    totals = [row for row in rows(book["奖补资金"]) if row[0] == "合计"]
    assert totals[0][7] == totals[1][2] == sum(parts)
    assert [row[0] for row in rows(book["需补充材料"], 2)] == ["没有缺少证据的结论。"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("--out", "r.pdf"),
            '--out: found "r.pdf", and the name of a report ends in .xlsx, .html, .csv or .json',
        ),
        (("--out", "r"), '--out: found "r", and the name of a report ends in .xlsx, .html, .csv or .json'),
        (("--out", "r.xls"), '--out: found "r.xls", and'),
        (("--mark", "r.ods"), '--mark: found "r.ods", and the name of a marked workbook ends in .xlsx'),
        (("--out", CITY), f"--out: found {CITY}, which is the file that is read"),
        (("--out", "r.xlsx", "--mark", "./r.xlsx"), 'found "./r.xlsx" twice among the files to write'),
        (("--out", "no-such-folder/r.csv"), "no-such-folder: there is no such directory"),
    ],
)
def test_outputs_that_are_refused(words, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = CITY.read_bytes()
    done = run(*CHECK, *words, status=2)
    assert done.stdout == "" and says in done.stderr
    assert not list(tmp_path.iterdir()) and CITY.read_bytes() == before


def test_standard_input_cannot_be_marked():
    done = run("check", "-", "--as-of", DAY, "--mark", "m.xlsx", given="{}", status=2)
    assert done.stderr == "--mark: standard input is no workbook that could be marked\n"


def test_nothing_is_written_where_one_cannot_be_made(tmp_path):
    """The older file of the one that could is as it was."""
    (tmp_path / "a.csv").write_text("old")
    (tmp_path / "no.xlsx").write_text("no workbook")
    done = run(
        "check", CITY, "--as-of", DAY, "--out", tmp_path / "a.csv", "--mark", tmp_path / "m.xlsx", status=2
    )  # fmt: skip
    assert "save it as .xlsx first" in done.stderr and done.stdout == ""
    assert (tmp_path / "a.csv").read_text() == "old" and not (tmp_path / "m.xlsx").exists()


def test_without_the_extras_there_is_one_clear_sentence(reports, tmp_path, monkeypatch):
    for name, call, says in (
        ("xlsxwriter", lambda: reports["en"].to_excel(tmp_path / "r.xlsx"), "to_excel() needs XlsxWriter"),
        ("openpyxl.reader.excel", lambda: reports["en"].mark(CITY, tmp_path / "r.xlsx"), "mark() needs openpyxl"),
    ):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(libpilot.ArgumentError, match=re.escape(says + ": pip install libpilot[excel]")):
            call()
    with pytest.raises(libpilot.NotFoundError):
        reports["en"].to_excel(tmp_path / "r.xlsx", "fr")
    assert not list(tmp_path.iterdir())


# The office's own workbook


FIRST = 4  # row of the first community


def cell_of(self, path):
    """Where the workbook below has what it has."""
    at = re.fullmatch(r"/(communities|areas)/(\d+)(.*)", path)
    if at is None:
        return None
    sheet = {"communities": "社区", "areas": "居民区"}[at[1]]
    row = FIRST + int(at[2])
    column = {
        "": "",
        "/offices/0/area_m2": "C",
        "/workstation/property_staff": "D",
        "/steps/assembly": "B",
        "/steps/committee": "C",
    }.get(at[3])
    return None if column is None else Place(sheet, f"{column}{row}")


def office(path):
    """As an office keeps it: a title, merged districts, a row of totals, a note of its own, a hidden sheet."""
    from openpyxl.comments import Comment
    from openpyxl.drawing.image import Image
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "社区"
    sheet["A1"] = "老旧居民区物业服务试点情况表"
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append(["城区", "社区", "办公面积", "专责人员"])
    for record in EXAMPLE["communities"]:
        office = (record.get("offices") or [{}])[0]
        area = office.get("area_m2")
        sheet.append(
            [
                record["district"],
                record["name"],
                area and float(area),
                (record.get("workstation") or {}).get("property_staff"),
            ]
        )
    for at in range(5):
        sheet.merge_cells(start_row=FIRST + 2 * at, end_row=FIRST + 2 * at + 1, start_column=1, end_column=1)
    sheet["A14"], sheet["C14"] = "合计", "=SUM(C4:C13)"
    sheet["C6"].font = Font(bold=True, name="宋体")
    sheet["C6"].comment = Comment("已现场丈量", "office")
    sheet.freeze_panes = "A4"
    check = DataValidation(type="whole", operator="between", formula1="0", formula2="99")
    check.add("D4:D13")
    sheet.add_data_validation(check)
    areas = book.create_sheet("居民区")
    for _ in range(3):
        areas.append(["居民区", "业主大会", "业主委员会"])
    for record in EXAMPLE["areas"]:
        steps = record.get("steps") or {}
        areas.append([record["name"], steps.get("assembly"), steps.get("committee")])
    book.create_sheet("备注").sheet_state = "hidden"
    book["备注"]["A1"] = "=1+1"
    picture = io.BytesIO()
    from PIL import Image as Picture

    Picture.new("RGB", (8, 8), "red").save(picture, "PNG")
    areas.add_image(Image(picture), "F2")
    book.save(path)
    return path


LISTS = """<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"
 xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1"
 xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" allowBlank="1"
 showErrorMessage="1" errorTitle="选项"><x14:formula1><xm:f>备注!$A$1:$A$3</xm:f></x14:formula1>
<xm:sqref>B4:B13</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"""


def computed(path):
    """As a newer program saves it: formulas with their values, and a list of choices on another sheet written apart."""
    with zipfile.ZipFile(path) as archive:
        parts = {one.filename: archive.read(one).decode("latin-1") for one in archive.infolist()}
    for name, old, new in (
        ("sheet1", "<f>SUM(C4:C13)</f><v />", "<f>SUM(C4:C13)</f><v>1170.85</v>"),
        ("sheet1", "</worksheet>", LISTS.encode().decode("latin-1")),
        ("sheet3", "<f>1+1</f><v />", "<f>1+1</f><v>2</v>"),
    ):
        part = f"xl/worksheets/{name}.xml"
        text = parts[part].replace("<v></v>", "<v />").replace("<v/>", "<v />")
        assert old in text, text
        parts[part] = text.replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text.encode("latin-1"))
    return path


@pytest.fixture
def marked(reports, tmp_path, monkeypatch):
    monkeypatch.setattr(libpilot.City, "place", cell_of)
    source = computed(office(tmp_path / "city.xlsx"))
    left = reports["zh"].mark(source, tmp_path / "marked.xlsx")
    return source, tmp_path / "marked.xlsx", left


def test_cells_are_marked_and_noted(reports, marked):
    book = openpyxl.load_workbook(marked[1])
    sheet = book["社区"]
    notes = {
        (one.title, cell.coordinate): cell
        for one in book
        for row in one.iter_rows()
        for cell in row
        if cell.comment
    }
    breached = sheet["C6"]  # 118.50 m²
    assert breached.fill.start_color.rgb == "00F8CBAD" and breached.font.bold and breached.font.name == "宋体"
    assert breached.comment.text == (
        "已现场丈量\n\n"
        "【不符合】西湖甲社区：物业管理用房办公面积不低于规定\n"
        "实际：118.50平方米\n要求：120.00平方米\n条款：四(二)-1（4.2-1）\n"
        "下一步：请西湖甲社区工作站、西湖甲社区居民委员会整改"
    )
    staff = sheet["D11"]  # which is blank
    assert staff.fill.start_color.rgb == "00FFE699" and staff.value is None
    assert staff.comment.text.split("\n")[:3] == [
        "【缺少证据】湾里乙社区：社区工作站明确专人负责物业管理",
        "需补充：社区“湾里乙社区”的物业管理专责人员数",
        "填写内容：整数，不小于0",
    ]
    late = book["居民区"]["B9"]
    assert late.value == "2019-12-09" and "要求：不晚于2019年11月30日" in late.comment.text
    # A finding of the whole row stands at its first own cell: the district's is merged over two.
    assert ("社区", "A4") not in notes and "一个老旧居民区" in notes["社区", "B5"].comment.text
    # Every breach and every unknown finding is either noted once or told to have no cell.
    text = "\n".join(cell.comment.text for cell in notes.values())
    open_ = [*reports["zh"].breaches, *reports["zh"].unknowns]
    left = {(one.rule, one.path) for one in marked[2]}
    assert {one.path.split("/")[1] for one in marked[2]} == {"districts"}
    for one in open_:
        line = _results.matter(one, "zh")
        assert (line in text) == ((one.rule, one.path) not in left), line
    # The city's own waits for a record of a community, whose row has no cell of its own for it.
    assert "奖励专项资金足以承担市级份额" in notes["社区", "B10"].comment.text
    assert len(left) == 3  # of the districts, which it has no rows for


@pytest.mark.filterwarnings("ignore:Data Validation")  # as the test reads the source
def test_everything_else_stays(marked):
    before, after = (openpyxl.load_workbook(path) for path in marked[:2])
    assert before.sheetnames == after.sheetnames
    for old in before:
        new = after[old.title]
        assert rows(old) == rows(new) and old.sheet_state == new.sheet_state
        assert str(old.merged_cells) == str(new.merged_cells) and old.freeze_panes == new.freeze_panes
        assert len(old._images) == len(new._images)
    whole, choices = after["社区"].data_validations.dataValidation
    assert (str(whole.sqref), whole.formula2) == ("D4:D13", "99")
    assert (str(choices.sqref), choices.type, choices.formula1) == ("B4:B13", "list", "备注!$A$1:$A$3")
    assert choices.showErrorMessage and choices.allowBlank and choices.errorTitle == "选项"
    values = openpyxl.load_workbook(marked[1], data_only=True)
    assert values["社区"]["C14"].value == 1170.85 and values["备注"]["A1"].value == 2
    assert after["社区"]["C14"].value == "=SUM(C4:C13)" and len(after["居民区"]._images) == 1


def test_a_marked_copy_is_the_same_bytes_and_can_be_marked_again(reports, marked, tmp_path):
    source, to, _ = marked
    reports["zh"].mark(source, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == to.read_bytes()
    with pytest.raises(libpilot.ArgumentError, match="which is the file that is read"):
        reports["zh"].mark(source, source)
    reports["en"].mark(source, tmp_path / "en.xlsx")
    note = openpyxl.load_workbook(tmp_path / "en.xlsx")["社区"]["C6"].comment.text
    assert "[BREACH] 西湖甲社区: the property office has" in note and "clause: 4.2-1" in note


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an older Office"),
        (b"{}", "no workbook"),
        ("content.xml", "an OpenDocument file"),
        ("word/document.xml", "a Word document"),
        ("xl/workbook.xml", "that cannot be opened"),
    ],
)
def test_what_cannot_be_marked_says_so(reports, content, found, tmp_path):
    source = tmp_path / "city.xlsx"
    if isinstance(content, str):
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr(content, "<a/>")
    else:
        source.write_bytes(content)
    with pytest.raises(libpilot.FormatError, match=found) as refused:
        reports["en"].mark(source, tmp_path / "marked.xlsx")
    assert refused.value.source == str(source) and not (tmp_path / "marked.xlsx").exists()
    assert ("save it as .xlsx first" in str(refused.value)) == (content != "xl/workbook.xml")


def test_the_command_line_marks(reports, tmp_path, monkeypatch):
    from libpilot import cli

    source, to = office(tmp_path / "city.xlsx"), tmp_path / "marked.xlsx"
    monkeypatch.setattr(libpilot.City, "place", cell_of)
    monkeypatch.setattr(cli, "city_of", lambda path: libpilot.City(EXAMPLE))
    printed = run("check", source, "--as-of", DAY, "--mark", to, "--unknown", "hide", status=1).stdout
    assert printed.endswith(f"written: {to}\n3 findings have no cell in the workbook\n")
    sheet = openpyxl.load_workbook(to)["社区"]
    assert sheet["C6"].comment and not sheet["D11"].comment


def test_cells_of_a_breach():
    """The value found where it is in the record, the values that the rule reads otherwise, of a list of several none."""
    report = libpilot.check(EXAMPLE, as_of=DAY)
    bodies = _results.Bodies(report.city, report.as_of, "en")
    by = {(one.rule, one.path): one for one in report.breaches}

    def paths(rule, path):
        return _results.cell_paths(by[rule, path], bodies, None)

    assert paths("office_area", "/communities/2") == ("/communities/2/offices/0/area_m2",)
    assert paths("assembly_on_time", "/areas/5") == ("/areas/5/steps/assembly",)
    assert paths("contract_signatory", "/areas/8/contracts/0") == ("/areas/8/contracts/0/signed_by",)
    assert paths("money_follows_duty", "/communities/6/handovers/4") == (
        "/communities/6/handovers/4/duty_moved",
        "/communities/6/handovers/4/money_moved",
    )
    assert paths("grid_posts", "/areas/5") == ()  # several, and one that is not there
    assert paths("all_steps_on_time", "/districts/2") == ()  # which reads other records
    evidence = paths("experience_recorded", "/districts/1")
    assert {path.rpartition("/")[2] for path in evidence} == {"clause", "done"}
    assert len({path.rpartition("/")[0] for path in evidence}) == 1  # of the one clause


def test_workbooks_of_more_rows_than_a_sheet_has(reports, tmp_path, monkeypatch):
    monkeypatch.setattr("libpilot._excel.ROWS_MAX", 20)
    with pytest.raises(libpilot.TooLargeError, match="20 rows"):
        reports["en"].to_excel(tmp_path / "report.xlsx")
    monkeypatch.setattr("libpilot._template._LAST_ROW", 3)
    with pytest.raises(libpilot.TooLargeError, match="and there are"):
        reports["en"].city.to_excel(tmp_path / "city.xlsx")
    assert not list(tmp_path.iterdir())


def test_bodies_where_a_city_says_little(tmp_path):
    """A contract without its provider, and a community whose payments are not known."""
    city = json.loads((TOP / "examples/data/nanchang-2019.json").read_text(encoding="utf-8"))
    for area in city["areas"]:
        for contract in area.get("contracts", []):
            contract.pop("provider", None)
    for community in city["communities"]:
        community.pop("reward_payments", None)
    report = libpilot.check(city, as_of="2020-02-29")
    bodies = _results.Bodies(report.city, report.as_of, "en")
    told = [body for one in report.findings for body in bodies.of(one) if body.actor == "provider"]
    assert told and not any(body.place.startswith("/providers/") for body in told)
    assert {row.paid for row in _results.communities(report)} == {None}
    city = json.loads((TOP / "examples/data/nanchang-2019.json").read_text(encoding="utf-8"))
    for area in city["areas"]:
        for contract in area.get("contracts", []):
            contract.pop("yearly_cost_yuan", None)
    named = libpilot.check(city, as_of="2020-02-29")
    bodies = _results.Bodies(named.city, named.as_of, "en")
    of_contracts = [one for one in named.findings if "/contracts/" in one.path and "provider" in one.who]
    assert of_contracts
    for one in of_contracts:
        place, number = one.path.split("/contracts/")
        contract = bodies.record(place)["contracts"][int(number.split("/")[0])]
        (provider,) = (body for body in bodies.of(one) if body.actor == "provider")
        assert bodies.record(provider.place)["id"] == contract["provider"]


def test_a_sum_that_lacks_areas_says_so(tmp_path):
    city = json.loads((TOP / "examples/data/nanchang-2019.json").read_text(encoding="utf-8"))
    for area in city["areas"]:
        area.pop("households", None)
        area.pop("counts", None)
    libpilot.check(city, as_of="2020-02-29", lang="en").to_excel(tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("lack data and are not in it" in one for one in said)


def test_a_formula_that_gives_a_text_keeps_it():
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cell = '<c r="A1"><f>B1</f><v/></c>'
    sheet = f'<worksheet xmlns="{space}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    made = _mark._with_values(sheet.encode(), {"A1": ("str", "东湖")}).decode()
    assert '<c r="A1" t="str"><f>B1</f><v>东湖</v></c>' in made
