"""A report as a workbook: summary, findings, awards with their sums as formulas, and what is missing."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from . import _pilot
from ._book import TEXT_MOST, Book, width_of
from ._call import words
from ._errors import TooLargeError
from ._notice import titles
from ._results import (
    OUTCOMES,
    Bodies,
    CommunityRow,
    communities,
    finding_columns,
    finding_row,
    missing_columns,
    missing_rows,
    told,
)
from ._sheet import ROWS_MAX
from ._values import day_text, yuan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ._city import Report
    from ._results import Column, Part

_EXACT_BELOW = Decimal(10) ** 13  # yuan: up to here a cell keeps each fen, 15 digits

# Each outcome by a fill and a colour of letters, which its word goes with: both are told apart in grey as well.
FILLS = {
    "breach": ("#F8CBAD", "#7F1D1D"),
    "unknown": ("#FFE699", "#5F4B00"),
    "pending": ("#DDEBF7", "#1F3864"),
    "info": ("#E7E6E6", "#3B3838"),
    "met": ("#E2EFDA", "#1E4620"),
    "not_applicable": ("#FFFFFF", "#767171"),
}


def workbook(report: Report, lang: str, outcomes: Sequence[str], part: Part) -> bytes:
    """The file. The same report gives the same bytes. Raises ArgumentError (XlsxWriter is not there), TooLargeError
    (more findings than a sheet has rows)."""
    book = _Book(report, lang)
    book.summary(part)
    book.findings(outcomes, part)
    book.awards(part)
    book.missing(part)
    return book.content()


class _Book(Book):
    def __init__(self, report: Report, lang: str) -> None:
        super().__init__("to_excel()", lang)
        self._report = report
        self._bodies = Bodies(report.city, report.as_of, lang)
        created = datetime.combine(report.as_of, time())
        self._book.set_properties({"title": self._title(), "created": created, "comments": self._basis()})

    def _title(self) -> str:
        name = self._bodies.name("")
        what = self._say(
            "property services in old residential areas: the pilot's report", "老旧居民区物业服务试点检查结果"
        )
        return self._say(f"{name}: {what}" if name else what[0].upper() + what[1:], name + what)

    def _basis(self) -> str:
        receipt = self._report.receipt
        return self._say(
            f"as of {receipt.as_of}; policy {receipt.policy} ({receipt.fingerprint}); libpilot {receipt.library}",
            f"截至{day_text(self._report.as_of, 'zh')}；依据政策“{receipt.policy}”（指纹{receipt.fingerprint}），"
            f"libpilot {receipt.library}",
        )

    # Cells

    def _heading(self) -> Any:
        return self._format(
            bold=True,
            bg_color="#1F3864",
            font_color="#FFFFFF",
            text_wrap=True,
            align="center",
            valign="vcenter",
            border=1,
        )

    def _body(self, **format: Any) -> Any:
        return self._format(border=1, border_color="#BFBFBF", **format)

    def _write(self, sheet: Any, row: int, column: int, value: Any, **format: Any) -> None:
        """Text as text, whatever it begins with; days and amounts as what they are."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, self._body(**format))
        elif isinstance(value, date):
            day = self._body(num_format="yyyy-mm-dd", align="center", **format)
            sheet.write_datetime(row, column, datetime.combine(value, time()), day)
        elif isinstance(value, Decimal) and abs(value) < _EXACT_BELOW:
            sheet.write_number(row, column, float(value), self._body(num_format="#,##0.00", **format))
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._body(num_format="#,##0", **format))
        else:
            sheet.write_string(row, column, str(value)[:TEXT_MOST], self._body(text_wrap=True, **format))

    def _sum(
        self, sheet: Any, row: int, column: int, area: tuple[int, int, int, int], values: Sequence[Any]
    ) -> None:
        """The sum of an area, from its first row and column to its last, as a formula that has its value with it; as
        text where a number in it is more than a cell can keep."""
        from xlsxwriter.utility import xl_range

        known = [value for value in values if value is not None]
        total = sum(known, type(known[0])(0)) if known else 0
        if not all(abs(one) < _EXACT_BELOW for one in [*known, total]):
            self._write(sheet, row, column, Decimal(total), bold=True)
            return
        number = "#,##0.00" if isinstance(total, Decimal) else "#,##0"
        value = float(total) if isinstance(total, Decimal) else total
        format = self._body(num_format=number, bold=True)
        sheet.write_formula(row, column, f"=SUM({xl_range(*area)})", format, value)

    def _sum_above(self, sheet: Any, begin: int, end: int, column: int, values: Sequence[Any]) -> None:
        """In the row end, of the rows from begin to the one above it."""
        self._sum(sheet, end, column, (begin, column, end - 1, column), values)

    def _sheet(self, name: str, widths: Sequence[int], heading: int) -> Any:
        """heading: the row of the table's head, which stays in sight and is printed on each page."""
        sheet = self._book.add_worksheet(name)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.freeze_panes(heading + 1, 0)
        sheet.repeat_rows(heading)
        sheet.set_paper(8 if sum(widths) > 180 else 9)  # A3 or A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self._print_footer(sheet)
        sheet.hide_gridlines(2)
        return sheet

    def _head(self, sheet: Any, row: int, columns: Sequence[str]) -> None:
        for at, title in enumerate(columns):
            sheet.write_string(row, at, title, self._heading())
        sheet.set_row(row, 30)

    def _top(self, sheet: Any, title: str, *lines: str) -> None:
        sheet.write_string(0, 0, title, self._format(bold=True, font_size=14, valign="vcenter"))
        sheet.set_row(0, 26)
        for at, line in enumerate(lines, 1):
            sheet.write_string(at, 0, line, self._format(font_color="#595959"))

    # Sheets

    def summary(self, part: Part) -> None:
        say, names = self._say, titles("outcome", self._lang)
        widths = [14, 18, *[10] * len(OUTCOMES), 16, 16]
        sheet = self._sheet(say("Summary", "汇总"), widths, 3)
        self._top(sheet, self._title(), self._basis())
        outcomes = [names[outcome] for outcome in OUTCOMES]
        self._head(sheet, 3, [say("district", "城区"), "", *outcomes])
        rows = self._districts(part)
        for at, (name, counts) in enumerate(rows, 4):
            self._write(sheet, at, 0, name)
            self._write(sheet, at, 1, None)
            self._counts(sheet, at, counts)
        end = 4 + len(rows)
        self._sums(sheet, 4, end, [counts for _, counts in rows])
        of = communities(self._report, part)
        begin = end + 3
        money = [say("owed, yuan", "应付未付（元）"), say("paid, yuan", "已付（元）")]
        self._head(sheet, begin - 1, [say("district", "城区"), say("community", "社区"), *outcomes, *money])
        districts = self._report.by_district()
        for at, one in enumerate(of, begin):
            self._write(sheet, at, 0, districts[one.district].name or one.district)
            self._community(sheet, at, one)
        end = begin + len(of)
        if of:
            self._sums(sheet, begin, end, [one.counts for one in of])
            self._sum_above(sheet, begin, end, 8, [one.owed for one in of])
            self._sum_above(sheet, begin, end, 9, [one.paid for one in of])
            note = say(
                "Findings of the districts and of the city themselves are no community's.",
                "社区合计不含城区和市本级自身的结论。",
            )
            if any(one.owed is None or one.paid is None for one in of):
                note += say(
                    " What is not known is left out of the sums of yuan.", "金额合计不含“不明”的社区。"
                )
            sheet.write_string(end + 1, 0, note, self._format(font_color="#595959"))

    def _districts(self, part: Part) -> list[tuple[str, dict[str, int]]]:
        itself = self._say("the city itself", "市本级")
        made = []
        for id, name, counts in _pilot.report_by_district(self._report._native, *part):
            if any(counts):
                made.append((name or id or itself, dict(zip(words("outcome"), counts))))
        return made

    def _community(self, sheet: Any, at: int, one: CommunityRow) -> None:
        self._write(sheet, at, 1, one.name or one.id)
        self._counts(sheet, at, one.counts)
        unknown = self._say("unknown", "不明")
        for column, value in enumerate((one.owed, one.paid), 8):
            fill = {"bg_color": FILLS["unknown"][0]} if value is None else {}
            self._write(sheet, at, column, unknown if value is None else value, **fill)

    def _counts(self, sheet: Any, at: int, counts: dict[str, int]) -> None:
        for column, outcome in enumerate(OUTCOMES, 2):
            fill, letters = FILLS[outcome]
            marked = outcome in ("breach", "unknown") and counts[outcome] > 0
            colours = {"bg_color": fill, "font_color": letters, "bold": True} if marked else {}
            self._write(sheet, at, column, counts[outcome], **colours)

    def _sums(self, sheet: Any, begin: int, end: int, rows: Sequence[dict[str, int]]) -> None:
        """Of the counts in the rows from begin to before end, in the row end."""
        self._write(sheet, end, 0, self._say("all", "合计"), bold=True)
        self._write(sheet, end, 1, None, bold=True)
        for column, outcome in enumerate(OUTCOMES, 2):
            self._sum_above(sheet, begin, end, column, [row[outcome] for row in rows])

    def _table(self, sheet: Any, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
        self._head(sheet, 0, [column.title for column in columns])
        if len(rows) >= ROWS_MAX:
            raise TooLargeError(f"a sheet has {ROWS_MAX} rows, and there are {len(rows)} findings for it")
        for at, row in enumerate(rows, 1):
            # Said, as not every program finds out how tall a row of wrapped text is.
            lines = max(_lines(value, column.width) for value, column in zip(row, columns))
            sheet.set_row(at, min(4 + 14 * lines, 409))
            for place, value in enumerate(row):
                self._write(sheet, at, place, value)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)

    def findings(self, outcomes: Sequence[str], part: Part) -> None:
        columns = finding_columns(self._lang)
        sheet = self._sheet(self._say("Findings", "检查结果"), [column.width for column in columns], 0)
        found = told(self._report, self._bodies, outcomes, part, self._lang)
        self._table(
            sheet, columns, [finding_row(self._report, self._bodies, one, self._lang) for one in found]
        )
        names = titles("outcome", self._lang)
        for at, one in enumerate(found, 1):
            outcome = one.finding.outcome
            fill, letters = FILLS[outcome]
            self._write(sheet, at, 0, names[outcome], bg_color=fill, font_color=letters, bold=True)

    def awards(self, part: Part) -> None:
        """Of the communities of the part: an award has no clause."""
        say = self._say
        _, district, community = part
        of = [
            row
            for row in self._bodies.records["communities"]
            if community in (None, row["id"]) and district in (None, row["district"])
        ]
        made = [
            self._report.city.award(as_of=self._report.as_of, policy=self._report.policy, community=row["id"])
            for row in of
        ]
        every = self._report.city.award(as_of=self._report.as_of, policy=self._report.policy)
        years = [one.year for one in every.years]
        payers = [say("city's part", "市级"), say("district's part", "区级"), say("withheld", "未予支付")]
        all_, all_years = say("all", "合计"), say("payable", "应付合计")
        columns = [
            say("community", "社区"),
            say("homes", "户数"),
            *(say(f"{year}", f"{year}年") for year in years),
            all_years,
            *payers,
            say("note", "说明"),
        ]
        widths = [22, 9, *[14] * (len(years) + 4), 34]
        sheet = self._sheet(say("Awards", "奖补资金"), widths, 3)
        self._top(
            sheet,
            say(
                "Reward in place of subsidy, yuan (4.4.1-2 to 4.4.1-8)", "以奖代补，元（4.4.1-2 至 4.4.1-8）"
            ),
            self._basis(),
        )
        self._head(sheet, 3, columns)
        last = 2 + len(years)  # of the column of all years
        for at, (row, one) in enumerate(zip(of, made), 4):
            self._write(sheet, at, 0, row.get("name") or row["id"])
            self._write(sheet, at, 1, one.households)
            totals = [year.total for year in one.years]
            for column, value in enumerate(totals, 2):
                self._write(sheet, at, column, value)
            self._sum(sheet, at, last, (at, 2, at, last - 1), totals)
            for column, value in enumerate((one.city, one.district, one.withheld), last + 1):
                self._write(sheet, at, column, value)
            self._write(sheet, at, last + 4, self._award_note(one))
        end = 4 + len(of)
        self._write(sheet, end, 0, all_, bold=True)
        by_column: list[list[Any]] = [
            [one.households for one in made],
            *([one.years[at].total for one in made] for at in range(len(years))),
            *([getattr(one, name) for one in made] for name in ("total", "city", "district", "withheld")),
        ]
        for column, values in enumerate(by_column, 1):
            if values:
                self._sum_above(sheet, 4, end, column, values)
        self._write(sheet, end, last + 4, None)
        self._by_year(sheet, end + 3, years, made, [say("year", "年份"), "", all_years, *payers])

    def _by_year(
        self, sheet: Any, begin: int, years: Sequence[int], made: Sequence[Any], columns: Sequence[str]
    ) -> None:
        self._head(sheet, begin - 1, columns)
        names = ("total", "city", "district", "withheld")
        sums = [
            [sum((getattr(one.years[at], name) for one in made), yuan(0)) for name in names]
            for at in range(len(years))
        ]
        for at, (year, row) in enumerate(zip(years, sums)):
            self._write(sheet, begin + at, 0, self._say(f"{year}", f"{year}年"))
            self._write(sheet, begin + at, 1, None)
            for column, value in enumerate(row, 2):
                self._write(sheet, begin + at, column, value)
        end = begin + len(years)
        self._write(sheet, end, 0, self._say("all", "合计"), bold=True)
        self._write(sheet, end, 1, None)
        for column in range(len(names)):
            self._sum_above(sheet, begin, end, column + 2, [row[column] for row in sums])

    def _award_note(self, one: Any) -> str:
        if one.areas_unknown:
            return self._say(
                f"{one.areas_unknown} area(s) lack data and are not in it",
                f"{one.areas_unknown}个居民区缺数据，未计入",
            )
        return "" if one.areas else self._say("no area of its own counts here", "没有单独计入的居民区")

    def missing(self, part: Part) -> None:
        columns = missing_columns(self._lang)
        sheet = self._sheet(self._say("Missing", "需补充材料"), [column.width for column in columns], 0)
        rows = missing_rows(self._report, self._bodies, part, self._lang)
        self._table(sheet, columns, rows)
        if not rows:
            self._write(sheet, 1, 0, self._say("Nothing is unknown.", "没有缺少证据的结论。"))


def _lines(value: Any, width: int) -> int:
    """That a cell's text takes in a column of so many characters, of which Chinese ones are two."""
    return sum(1 + width_of(line) // (width - 1) for line in str(value or "").split("\n"))
