"""Letters to the bodies that have to act: a draft notice of what is breached, and a list of the papers to supply, each
in the form of an official document (GB/T 9704-2012)."""

from __future__ import annotations

import io
import os
import re
from datetime import datetime, time
from pathlib import Path

from ._call import words
from ._errors import ArgumentError
from ._files import written
from ._mark import settled
from ._needed import needed
from ._notice import clause
from ._results import (
    Bodies,
    bodies_of,
    deadline,
    form_text,
    listed,
    reading_titles,
    source,
    told,
)
from ._values import day_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ._city import Report
    from ._needed import Needed
    from ._results import Body, Part, Told

# Of the standard: the sheet and its margins in millimetres, 22 lines of 28 characters of 16 points.
_SHEET = (210, 297)
_TOP, _BOTTOM, _LEFT, _RIGHT = 37, 35, 28, 26
_LINES, _CHARACTERS, _SIZE = 22, 28, 16
_POINTS_OF_MM = 72 / 25.4
# Of lines and of characters, in twentieths of a point, as such documents count.
_PITCH = int((_SHEET[1] - _TOP - _BOTTOM) * _POINTS_OF_MM * 20 / _LINES)
_WIDE = int((_SHEET[0] - _LEFT - _RIGHT) * _POINTS_OF_MM * 20 / _CHARACTERS)
_BODY, _BOLD, _TITLE = "仿宋", "黑体", "方正小标宋简体"
_LATIN = "Times New Roman"
_NAME_MOST = 60  # characters of a body in the name of a file


def put(made: dict[str, bytes], folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Files of these names, each whole, in the folder, which is made where there is none; others in it stay."""
    to = Path(os.fsdecode(os.fspath(folder)))
    to.mkdir(exist_ok=True)
    for name, content in made.items():
        with written(to / name) as file:
            file.write(content)
    return tuple(to / name for name in made)


def letters(report: Report, lang: str, part: Part, *, papers: bool) -> dict[str, bytes]:
    """The files by their names, in the order of the bodies. Raises ArgumentError (python-docx is not there)."""
    try:
        import docx  # noqa: F401
    except ImportError:
        raise ArgumentError(
            "notices() needs python-docx: pip install libpilot[docx]",
            message_zh="写通知函需要python-docx：pip install libpilot[docx]",
        ) from None
    bodies = Bodies(report.city, report.as_of, lang)
    breaches: dict[Body, list[Told]] = {}
    for one in told(report, bodies, ("breach",), part, lang):
        for body in one.bodies:
            breaches.setdefault(body, []).append(one)
    lacking: dict[Body, list[Needed]] = {}
    for piece in needed(report, *part) if papers else ():
        for body in bodies_of(bodies, piece):
            lacking.setdefault(body, []).append(piece)
    made: dict[str, bytes] = {}
    for body in sorted({**breaches, **lacking}, key=_order):
        if body in breaches:
            name = _file_name("整改通知" if lang == "zh" else "notice", body, made)
            made[name] = _notice(report, bodies, body, breaches[body], body in lacking, lang)
        if body in lacking:
            name = _file_name("补充材料清单" if lang == "zh" else "papers", body, made)
            made[name] = _papers(report, body, lacking[body], lang)
    return made


def _order(body: Body) -> tuple[int, list[tuple[int, str]]]:
    """As the notice lists the bodies, and the file their places."""
    actors = words("actor")
    steps = [(int(step), "") if step.isdigit() else (0, step) for step in body.place.split("/")]
    return (actors.index(body.actor) if body.actor in actors else len(actors), steps)


def _file_name(kind: str, body: Body, taken: dict[str, bytes]) -> str:
    """One that every system takes: letters and digits alone, and another than those taken, in whatever case."""
    said = re.sub(r"[\W_]+", "_", body.name)[:_NAME_MOST].strip("_")
    known = {name.casefold() for name in taken}
    made, number = f"{kind}-{said}", 1
    while f"{made}.docx".casefold() in known:
        number += 1
        made = f"{kind}-{said}-{number}"
    return f"{made}.docx"


def _notice(
    report: Report, bodies: Bodies, body: Body, breaches: Sequence[Told], papers: bool, lang: str
) -> bytes:
    chinese = lang == "zh"
    letter = _Letter(report, lang)
    # Number, seal and signature are the office's that sends it.
    letter.line("〔　　　　〕　　号" if chinese else "No. ________", align="center")
    letter.line()
    letter.title("关于老旧居民区物业服务试点\n有关问题的整改通知" if chinese else "Notice of rectification")
    letter.line()
    letter.line(f"{body.name}：" if chinese else f"To the {body.name}:")
    day = day_text(report.as_of, lang)
    count = len(breaches)
    policy = _policy_name(report, lang)
    letter.paragraph(
        f"对照“{policy}”，核对截至{day}的资料，下列{count}项不符合要求，请予整改。"
        if chinese
        else f'The records as of {day} were held against "{policy}". The following {count}'
        f" {'requirement is' if count == 1 else 'requirements are'} not met; please put {'it' if count == 1 else 'them'} right."
    )
    undated = False
    for number, one in enumerate(breaches, 1):
        finding = one.finding
        letter.paragraph(
            f"{chinese_number(number)}、{one.matter}" if chinese else f"{number}. {one.matter}", heading=True
        )
        cited = clause(finding.clause)
        letter.pair(
            "依据",
            "Clause",
            f"方案{source(cited.id, lang)}，{cited.zh}" if chinese else f"{cited.id}: {cited.en}",
        )
        if finding.law:
            letter.pair("另依", "Also by", finding.law)
        letter.pair("要求", "Required", one.required)
        letter.pair("实际", "Found", one.found or ("经查未做到。" if chinese else "not done"))
        day_of_notice = deadline(report, finding)
        if day_of_notice is not None:
            late = finding.days_late or 0
            of_days = (f"，逾期{late}天" if chinese else f", late by {late}") if late else ""
            letter.pair("方案规定期限", "Date set by the notice", day_text(day_of_notice, lang) + of_days)
        undated |= day_of_notice is None
        if one.places:
            letter.pair("数据位置", "Cell", listed([str(place) for place in one.places], lang))
        if finding.readings:
            letter.pair("结论取决于读法", "Depends on the reading of", reading_titles(finding, lang))
        others = [other.name for other in one.bodies if other != body]
        if others:
            letter.pair("共同责任单位", "Together with", listed(others, lang))
    if undated:
        letter.paragraph(
            "未列期限的事项，方案没有规定期限。"
            if chinese
            else "Where no date is given, the notice sets none."
        )
    letter.paragraph(
        "整改完成后，请报送整改结果和证明材料。"
        if chinese
        else "Please report what was done, with evidence, when it is."
    )
    if papers:
        letter.paragraph("附件：补充材料清单" if chinese else "Attached: list of papers to supply")
    letter.end()
    return letter.content("整改通知" if chinese else "Notice of rectification", body.name)


def _papers(report: Report, body: Body, lacking: Sequence[Needed], lang: str) -> bytes:
    chinese = lang == "zh"
    letter = _Letter(report, lang)
    letter.title("补充材料清单" if chinese else "List of papers to supply")
    letter.line()
    letter.line(f"{body.name}：" if chinese else f"To the {body.name}:")
    day = day_text(report.as_of, lang)
    letter.paragraph(
        f"核对截至{day}的资料，下列{len(lacking)}项材料缺少，有关结论无法判定，请予补充。"
        if chinese
        else f"In the records as of {day} the following is missing ({len(lacking)}), so that nothing can be"
        " concluded; please supply it."
    )
    places = [report.city.place(one.path) for one in lacking]
    columns = [
        ("序号", "No.", 15),
        ("需补充的材料", "What is missing", 54),
        ("填写内容", "What to write", 61),
        ("条款", "Clauses", 26),
    ]
    rows = [
        [str(number), one.zh if chinese else one.en, form_text(one.form, lang), "\n".join(one.clauses)]
        for number, one in enumerate(lacking, 1)
    ]
    if any(places):  # of a city that was read from a workbook
        columns = [(zh, en, width - width // 5 * (width > 15)) for zh, en, width in columns] + [
            ("单元格", "Cell", 27)
        ]
        rows = [[*row, str(place or "")] for row, place in zip(rows, places)]
    letter.table([(zh if chinese else en, width) for zh, en, width in columns], rows)
    letter.end(signed=False)
    return letter.content("补充材料清单" if chinese else "List of papers to supply", body.name)


def _policy_name(report: Report, lang: str) -> str:
    document = report.policy.to_dict()
    return str(document.get(f"name_{lang}") or document["id"])


def chinese_number(number: int) -> str:
    """As headings count, 一 to 九百九十九."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    made = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        made += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        made += "零"
    return made + (digits[ones] if ones else "")


class _Letter:
    """A document in the standard's form, marked as a draft."""

    def __init__(self, report: Report, lang: str) -> None:
        import docx
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        self._report = report
        self._chinese = lang == "zh"
        self._lang = lang
        self._document = docx.Document()
        style: Any = self._document.styles["Normal"]
        _fonts(style, _BODY, _SIZE)
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(_WIDE - 20 * _SIZE))
        style.element.get_or_add_rPr().insert_element_before(
            spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang"
        )
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        section = self._document.sections[0]
        section.page_width, section.page_height = map(Mm, _SHEET)
        section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
        section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
        section.header_distance, section.footer_distance = Mm(20), Mm(24)
        # Lines and characters have their own pitch, whatever grid a program would lay under them.
        for grid in section._sectPr.xpath("w:docGrid"):
            section._sectPr.remove(grid)
        self._document.settings.odd_and_even_pages_header_footer = True
        for header, footer, side in (
            (section.header, section.footer, "right"),
            (section.even_page_header, section.even_page_footer, "left"),
        ):
            self._draft(header.paragraphs[0])
            self._page_number(footer.paragraphs[0], side)

    def _draft(self, paragraph: Any) -> None:
        from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
        from docx.shared import RGBColor

        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
        run = paragraph.add_run("草　稿" if self._chinese else "DRAFT")
        _fonts(run, _BOLD, 22)
        run.font.color.rgb = RGBColor(0xC0, 0, 0)
        note = paragraph.add_run("　未经审核签发" if self._chinese else "  not signed")
        _fonts(note, _BODY, 12)

    def _page_number(self, paragraph: Any, side: str) -> None:
        from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT[side.upper()]
        for text, field in (("— ", None), ("", "PAGE"), (" —", None)):
            run = paragraph.add_run(text)
            _fonts(run, "宋体", 14)
            if field:
                for kind in ("begin", "instr", "end"):
                    made = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
                    if kind == "instr":
                        made.text = field
                    else:
                        made.set(qn("w:fldCharType"), kind)
                    run._r.append(made)

    def line(self, text: str = "", *, align: str = "left", font: str = _BODY, size: int = _SIZE) -> Any:
        from docx.enum.text import WD_PARAGRAPH_ALIGNMENT, WD_LINE_SPACING
        from docx.shared import Twips

        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT[align.upper()]
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Twips(_PITCH)
        paragraph.paragraph_format.widow_control = False
        _fonts(paragraph.add_run(text), font, size)
        return paragraph

    def title(self, text: str) -> None:
        for one in text.split("\n"):
            self.line(one, align="center", font=_TITLE, size=22)

    def paragraph(self, text: str, *, heading: bool = False) -> None:
        """Indented by two characters; a heading stays with what it is of."""
        from docx.shared import Pt

        made = self.line(text, align="left", font=_BOLD if heading else _BODY)
        made.paragraph_format.first_line_indent = Pt(2 * _SIZE)
        made.paragraph_format.keep_with_next = heading

    def pair(self, zh: str, en: str, text: str) -> None:
        if text:
            self.paragraph(f"{zh}：{text}" if self._chinese else f"{en}: {text}")

    def table(self, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> None:
        """columns: with their widths in millimetres. The head is repeated on each page, and no row is split."""
        from docx.oxml import OxmlElement
        from docx.shared import Mm

        table = self._document.add_table(0, len(columns))
        table.style = "Table Grid"
        table.autofit = False
        for column, (_, width) in zip(table.columns, columns):
            column.width = Mm(width)
        for at, row in enumerate([[title for title, _ in columns], *rows]):
            made = table.add_row()
            properties = made._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if at == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, text, (_, width) in zip(made.cells, row, columns):
                cell.width = Mm(width)
                _fonts(cell.paragraphs[0].add_run(text), _BOLD if at == 0 else _BODY, 12)

    def end(self, *, signed: bool = True) -> None:
        """The place of signature and seal, left blank, and what the letter rests on."""
        self.line()
        if signed:
            self.line()
            self.line("年　　月　　日　　" if self._chinese else "Date: ____________", align="right")
            self.line()
        receipt = self._report.receipt
        day = day_text(self._report.as_of, self._lang)
        self.line(
            f"数据截至{day}；政策{receipt.policy}（{receipt.fingerprint}）；libpilot {receipt.library}"
            if self._chinese
            else f"Records as of {day}; policy {receipt.policy} ({receipt.fingerprint}); libpilot {receipt.library}",
            size=9,
        )

    def content(self, title: str, subject: str) -> bytes:
        """The file: the same letter is the same bytes."""
        own = self._document.core_properties
        own.title, own.subject, own.author, own.comments = title, subject[:255], "", ""
        own.created = own.modified = datetime.combine(self._report.as_of, time())
        own.last_modified_by, own.revision = "", 1
        made = io.BytesIO()
        self._document.save(made)
        return settled(made.getvalue())


def _fonts(of: Any, name: str, size: int) -> None:
    """Of a run or a style: Chinese characters and Latin ones have a font each."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    of.font.name = _LATIN
    of.font.size = Pt(size)
    fonts = of.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("w:hAnsi", "w:cs"):
        fonts.set(qn(key), _LATIN)
    fonts.set(qn("w:eastAsia"), name)
