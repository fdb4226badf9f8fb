"""Letters to the bodies that have to act: who gets one, what is in it, and its form."""

import copy
import datetime
import json
import re
import shutil
import subprocess
import sys
import zipfile

import libpilot
import pytest
from cases import TOP
from libpilot import _results
from libpilot import Place

docx = pytest.importorskip("docx")
from libpilot._notices import chinese_number  # noqa: E402

CITY = TOP / "examples/data/nanchang-2019.json"
EXAMPLE = json.loads(CITY.read_text(encoding="utf-8"))
DAY = "2020-03-31"


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    made = {}
    for lang in ("zh", "en"):
        report = libpilot.check(EXAMPLE, as_of=DAY, lang=lang)
        paths = report.notices(tmp_path_factory.mktemp(lang))
        made[lang] = (report, {path.name: path for path in paths})
    return made


def text_of(path):
    return [one.text for one in docx.Document(path).paragraphs]


def table_of(path):
    return [[cell.text for cell in row.cells] for row in docx.Document(path).tables[0].rows]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_breach_is_in_the_letters_of_its_bodies_and_in_no_other(letters, lang):
    report, paths = letters[lang]
    notice, papers = ("整改通知", "补充材料清单") if lang == "zh" else ("notice", "papers")
    assert {name.partition("-")[0] for name in paths} == {notice, papers}
    bodies = _results.Bodies(report.city, report.as_of, lang)
    expected = {}
    for finding in report.breaches:
        for body in bodies.of(finding):
            expected.setdefault(body.name, []).append(_results.matter(finding, lang))
    found = {}
    for name, path in paths.items():
        if name.startswith(notice):
            lines = text_of(path)
            addressee = next(line for line in lines if line.endswith("：" if lang == "zh" else ":"))
            to = addressee[:-1] if lang == "zh" else addressee[len("To the ") : -1]
            number = r"[一二三四五六七八九十]+、" if lang == "zh" else r"\d+\. "
            found[to] = [re.sub(number, "", line, count=1) for line in lines if re.match(number, line)]
    assert found == expected and len(found) > 20
    # What is unknown is in lists, and in nobody's notice.
    sentences = [_results.matter(one, lang) for one in report.unknowns]
    assert not any(one in line for lines in found.values() for line in lines for one in sentences)


def test_a_notice_says_what_why_and_by_when(letters):
    lines = text_of(letters["zh"][1]["整改通知-青云谱甲社区工作站.docx"])
    at = lines.index("一、青云谱甲片区：按期召开业主大会")
    assert lines[at + 1].startswith("依据：方案五(三)-1（5.3-1），")
    assert lines[at + 2 : at + 6] == [
        "要求：不晚于2019年11月30日",
        "实际：2019年12月9日",
        "方案规定期限：2019年11月30日，逾期9天",
        "共同责任单位：青云谱甲社区所在街道办事处（乡镇政府）、青云谱甲社区居民委员会",
    ]
    assert "未列期限的事项，方案没有规定期限。" not in lines
    # The notice sets no day for the office, though it is needed by the entry.
    office = text_of(letters["zh"][1]["整改通知-西湖甲社区工作站.docx"])
    assert "要求：120.00平方米" in office and "实际：118.50平方米" in office
    assert "未列期限的事项，方案没有规定期限。" in office
    assert not any("规定期限：" in line or "12月31日" in line for line in office)
    english = text_of(letters["en"][1]["notice-community_workstation_of_青云谱甲社区.docx"])
    assert "Date set by the notice: 2019-11-30, late by 9" in english and "Required: by 2019-11-30" in english
    assert any(line.startswith("Clause: 5.3-1: ") for line in english)
    # What depends on a disputed reading says so; what has no value found is said not to be done.
    assert "结论取决于读法：一一对应" in text_of(letters["zh"][1]["整改通知-东湖区政府.docx"])
    assert "实际：经查未做到。" in text_of(letters["zh"][1]["整改通知-西湖区政府.docx"])


def test_a_list_says_what_to_supply(letters):
    _, paths = letters["zh"]
    path = paths["补充材料清单-湾里乙社区工作站.docx"]
    assert text_of(path)[0] == "补充材料清单"
    assert table_of(path) == [
        ["序号", "需补充的材料", "填写内容", "条款"],
        ["1", "社区“湾里乙社区”的物业管理用房的面积", "平方米，不小于0，至多两位小数，如“118.50”", "4.2-1"],
        ["2", "社区“湾里乙社区”的物业管理专责人员数", "整数，不小于0", "4.1-4"],
    ]
    # A notice names the list where its body has both.
    both = text_of(paths["整改通知-领导小组办公室.docx"])
    assert "附件：补充材料清单" in both and "补充材料清单-领导小组办公室.docx" in paths
    assert "附件：补充材料清单" not in text_of(paths["整改通知-西湖甲社区工作站.docx"])


def test_cells_are_named_where_the_city_has_them(tmp_path, monkeypatch):
    def place(self, path):
        return {
            "/communities/2/offices/0/area_m2": Place("社区", "D7"),
            "/communities/7": Place("社区", "12"),
        }.get(path)

    monkeypatch.setattr(libpilot.City, "place", place)
    libpilot.check(EXAMPLE, as_of=DAY, lang="zh").notices(tmp_path)
    assert "数据位置：社区!D7" in text_of(tmp_path / "整改通知-西湖甲社区工作站.docx")
    assert not any("数据位置" in line for line in text_of(tmp_path / "整改通知-西湖区财政.docx"))


def test_lists_name_the_cells_to_fill_in(tmp_path, monkeypatch):
    def place(self, path):
        return Place("社区", "E11") if path.endswith("/property_staff") else None

    monkeypatch.setattr(libpilot.City, "place", place)
    libpilot.check(EXAMPLE, as_of=DAY, lang="zh").notices(tmp_path)
    rows = table_of(tmp_path / "补充材料清单-湾里乙社区工作站.docx")
    assert [row[-1] for row in rows] == ["单元格", "", "社区!E11"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_is_that_of_an_official_document(letters, lang):
    """GB/T 9704-2012: A4, margins 37, 35, 28 and 26 mm, 16 points, 22 lines on a page."""
    for path in letters[lang][1].values():
        document = docx.Document(path)
        section = document.sections[0]
        assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
        for header in (section.header, section.even_page_header):
            assert header.paragraphs[0].text.startswith("草　稿" if lang == "zh" else "DRAFT")
        assert "PAGE" in section.footer._element.xml and "PAGE" in section.even_page_footer._element.xml
        body = [one for one in document.paragraphs if one.text]
        pitch = {one.paragraph_format.line_spacing.pt for one in body}
        assert len(pitch) == 1 and 22 * max(pitch) <= 225 / 25.4 * 72 < 23 * max(pitch)
        assert 28.5 < max(pitch) < 29.5
        sizes = {run.font.size.pt for one in body[2:-1] for run in one.runs if run.font.size.pt != 22}
        assert sizes == {16}
        fonts = set(re.findall(r'w:eastAsia="([^"]+)"', document.element.xml))
        assert "仿宋" in fonts and fonts <= {"仿宋", "黑体", "方正小标宋简体"}


def test_number_and_signature_are_blank(letters):
    for name, path in letters["zh"][1].items():
        lines = text_of(path)
        if name.startswith("整改通知"):
            assert lines[0] == "〔　　　　〕　　号" and "年　　月　　日　　" in lines
    lines = text_of(letters["en"][1]["notice-district_finance_of_西湖区.docx"])
    assert lines[0] == "No. ________" and "Date: ____________" in lines


def test_the_same_report_is_the_same_bytes(letters, tmp_path):
    report, paths = letters["zh"]
    again = libpilot.check(EXAMPLE, as_of=DAY, lang="zh").notices(tmp_path)
    assert [path.name for path in again] == list(paths)
    for path in again:
        assert path.read_bytes() == paths[path.name].read_bytes()
    with zipfile.ZipFile(again[0]) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    own = docx.Document(again[0]).core_properties
    assert (
        own.created.replace(tzinfo=None)
        == own.modified.replace(tzinfo=None)
        == datetime.datetime(2020, 3, 31)
    )
    assert own.author == own.comments == own.last_modified_by == ""
    assert report.notices(tmp_path, "en")[0].name.startswith("notice-")


def test_names_of_files_are_safe_and_unique(tmp_path):
    city = copy.deepcopy(EXAMPLE)
    names = ["../x", "..\\x", "甲/乙:*?", "a" * 300, "CON", "A b", "a B"]
    city["areas"], city["menus"] = [], []
    for record, name in zip(city["communities"], names):
        record["name"] = name
        record["workstation"] = {"property_staff": 0}
    paths = libpilot.check(city, as_of=DAY, lang="en").notices(tmp_path / "letters")
    assert {path.parent for path in paths} == {tmp_path / "letters"}
    assert sorted(path.name for path in (tmp_path / "letters").iterdir()) == sorted(
        path.name for path in paths
    )
    assert len({path.name.casefold() for path in paths}) == len(paths)
    for path in paths:
        assert re.fullmatch(r"(notice|papers)-\w[\w-]*\.docx", path.name) and len(path.name.encode()) < 255
    to = [
        line for path in paths for line in text_of(path) if line.startswith("To the community workstation of")
    ]
    assert {f"To the community workstation of {name}:" for name in names} <= set(to)


def test_control_characters_do_not_spoil_a_letter(tmp_path):
    city = copy.deepcopy(EXAMPLE)
    city["communities"][2]["name"] = "西湖\x01\x0b甲"
    paths = libpilot.check(city, as_of=DAY, lang="zh").notices(tmp_path)
    assert all(docx.Document(path) for path in paths)


def test_other_files_stay_and_older_letters_are_replaced(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "mine.docx").write_text("mine")
    (folder / "整改通知-市城管局.docx").write_text("old")
    report = libpilot.check(EXAMPLE, as_of=DAY, lang="zh")
    report.notices(folder)
    assert (folder / "mine.docx").read_text() == "mine"
    assert text_of(folder / "整改通知-市城管局.docx")
    with pytest.raises(FileNotFoundError):
        report.notices(tmp_path / "no" / "such")
    with pytest.raises(FileExistsError):
        report.notices(folder / "mine.docx")
    assert not list(folder.glob(".*"))


def test_without_the_extra_there_is_one_clear_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(libpilot.ArgumentError, match=re.escape("pip install libpilot[docx]")):
        libpilot.check(EXAMPLE, as_of=DAY).notices(tmp_path / "letters")
    assert not (tmp_path / "letters").exists()


def test_numbers_of_headings():
    made = {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一百", 101: "一百零一"}
    made.update({110: "一百一十", 111: "一百一十一", 999: "九百九十九"})
    assert {number: chinese_number(number) for number in made} == made


def test_the_command_line_writes_letters(tmp_path):
    pytest.importorskip("typer")
    from test_cli import run

    asked = ("check", CITY, "--as-of", DAY, "--notices", tmp_path / "letters", "--lang", "zh")
    printed = run(*asked, "--district", "西湖区", "--unknown", "hide", status=1).stdout
    names = sorted(path.name for path in (tmp_path / "letters").iterdir())
    assert printed.endswith(f"\n已写入：{tmp_path / 'letters'}，共{len(names)}份文书\n")
    assert "整改通知-西湖甲社区工作站.docx" in names and not any("青云谱" in name for name in names)
    assert not any(name.startswith("补充材料清单") for name in names)
    done = run(*asked[:-3], tmp_path / "no" / "such", status=2)
    assert done.stdout == "" and done.stderr == f"{tmp_path / 'no' / 'such'}: no such file or directory\n"


def test_a_name_may_be_longer_than_a_sentence(tmp_path):
    city = copy.deepcopy(EXAMPLE)
    city["communities"][2]["name"] = "长" * 1900
    paths = libpilot.check(city, as_of=DAY, lang="zh").notices(tmp_path)
    long = [text_of(path) for path in paths if path.name.startswith("整改通知-长")]
    assert len(long) == 2  # workstation and residents' committee, of one name so far as it goes
    assert all("一、物业管理用房办公面积不低于规定" in lines and "长" * 1900 in lines[5] for lines in long)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_page_has_22_lines_of_28_characters(tmp_path):
    city = copy.deepcopy(EXAMPLE)
    city["communities"][2]["name"] = "长" * 1900
    libpilot.check(city, as_of=DAY, lang="zh").notices(tmp_path)
    long = sorted(tmp_path.glob("整改通知-长*.docx"))[0]
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", tmp_path, long]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    pdf = tmp_path / (long.stem + ".pdf")
    text = subprocess.run(
        ["pdftotext", "-f", "2", "-l", "2", pdf, "-"], check=True, capture_output=True
    ).stdout.decode()
    lines = [line for line in text.split("\n") if set(line) == {"长"}]
    assert len(lines) == 22 and {len(line) for line in lines} == {28}


def test_a_notice_names_the_other_law(tmp_path):
    """The assembly was called too late for the regulation as well."""
    city = json.loads((TOP / "examples/data/nanchang-2019.json").read_text(encoding="utf-8"))
    for area in city["areas"]:
        area.setdefault("steps", {}).update(assembly_notice="2019-11-20", assembly="2019-11-25")
    letters = libpilot.check(city, as_of="2020-02-29").notices(tmp_path, "zh")
    assert any("另依：《物业管理条例》第十四条" in text_of(path) for path in letters)
