"""A city's sheets as a workbook to fill in: what each column is for is said by the tables that read it again."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from . import _pilot
from ._book import TEXT_MOST, Book, width_of
from ._call import words
from ._city import City
from ._errors import TooLargeError
from ._files import written
from ._sheet import ROWS_MAX, name_of
from ._values import day_of, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike
    from typing import Any, Union

    from typing_extensions import TypeAlias

    from ._values import Document

    Cell: TypeAlias = Union[tuple[str, str], None]

_LAST_ROW = ROWS_MAX - 1
# What a workbook says of when it was made: always the same, so that its bytes are.
_MADE = datetime(2020, 1, 1)

_REQUIRED, _OTHER, _GREY, _LINK = "#C55A11", "#1F3864", "#7F7F7F", "#0563C1"
# Of the sheets of each list that a city has to have, with all that lies in its records.
_TABS = ("#2E75B6", "#BF9000", "#548235")

# How wide a column of each kind is at least, in letters, and how its cells show what they have. @ is text: 2019-10
# stays a month, 3.2 a clause, and an id keeps its zeros.
_KINDS = {
    "text": (18, "@"),
    "id": (14, "@"),
    "word": (12, "@"),
    "answer": (8, "@"),
    "count": (9, "#,##0"),
    "money": (14, "#,##0.00"),
    "price": (11, "0.00##"),
    "area": (13, "#,##0.00"),
    "share": (9, "@"),
    "year": (8, "0"),
    "month": (11, "@"),
    "date": (12, "yyyy-mm-dd"),
    "step": (12, "yyyy-mm-dd"),
    "clause": (10, "@"),
    "record": (14, "@"),
    "records": (18, "@"),
    "rows": (9, "General"),
}
_WIDEST = 44  # a column grows to what it has, so far
_WIDEST_HEAD = 20  # a longer head is broken


class _Column(NamedTuple):
    """As the library tells of it: ``cells_about``. title: its head, without a unit."""

    title: str
    kind: str
    required: bool
    required_beside: bool
    names: int
    meaning: str
    wanted: str
    unit: str | None
    clause: str | None
    choices: tuple[str, ...]


class _Sheet(NamedTuple):
    """Likewise. above: the sheet of what its rows lie in; -1: the city's own. id: the column of its ids, -1: none.
    rows: what stands below the head."""

    name: str
    required: bool
    above: int
    id: int
    meaning: str
    clause: str | None
    columns: tuple[_Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def template(path: str | PathLike[str], city: City | Document | None = None, lang: str = "zh") -> None:
    """Writes a workbook (.xlsx) to fill in, which City.load and every command that takes a city read again: a sheet
    for each kind of record, and a first one that says how to fill them.

    city: a City, or whatever City.load takes, whose records are in it; each sheet has a row of examples where it is
    None, which is passed over while it is unchanged. lang: of heads, words and notes, ``zh`` or ``en``. The same city
    gives the same bytes. Needs the extra ``excel``. Raises ArgumentError without it, NotFoundError (another
    language), TooLargeError (more rows or a longer text than a sheet takes), what City.load raises, and OSError with
    the file's name.
    """
    one_of(lang, words("lang"), "/lang")
    of = city if city is None or isinstance(city, City) else City.load(city)
    book = _Book(_sheets(of, lang), of is not None, lang)
    book.write()
    data = book.content()
    with written(path) as file:
        file.write(data)


def _sheets(city: City | None, lang: str) -> list[_Sheet]:
    """All there are, whether or not the city has records for them."""
    examples = _pilot.example_cells(lang)
    filled = None if city is None else dict(_pilot.city_cells(city._native, lang))
    made = []
    for (name, (head, *rows)), about in zip(examples, _pilot.cells_about(lang)):
        required, above, id, meaning, clause, columns = about
        titles = [cell[1] if cell else "" for cell in head]
        of = rows if filled is None else filled.get(name, ())[1:]
        each = (_Column(title, *column) for title, column in zip(titles, columns))
        made.append(_Sheet(name, required, above, id, meaning, clause, tuple(each), tuple(of)))
    return made


class _Book(Book):
    def __init__(self, sheets: list[_Sheet], filled: bool, lang: str) -> None:
        super().__init__("a template", lang)
        self._sheets = sheets
        self._filled = filled
        self._choices: dict[tuple[str, ...], str] = {}

    def write(self) -> None:
        self._book.set_properties({"title": self._title(), "created": _MADE})
        about = self._book.add_worksheet(self._say("About", "说明"))
        lists = self._say("Choices", "选项")
        order = self._order()
        made = [(number, self._book.add_worksheet(self._sheets[number].name)) for number in order]
        self._write_choices(self._book.add_worksheet(lists), lists)
        for number, sheet in made:
            self._write_sheet(sheet, number)
        self._write_about(about, order)
        about.activate()

    def _title(self) -> str:
        return self._say(
            "Pilot of property services in old residential areas: records of the city",
            "老旧居民区物业服务试点城市数据填报表",
        )

    def _top(self, number: int) -> int:
        """The city's own sheet that this one's records lie in, at whatever depth."""
        while self._sheets[number].above >= 0:
            number = self._sheets[number].above
        return number

    def _order(self) -> list[int]:
        """First what every city has, with all that lies in its records; then the rest."""
        return sorted(
            range(len(self._sheets)), key=lambda number: not self._sheets[self._top(number)].required
        )

    # What may be chosen: a list in a cell holds 255 characters, a range as many as there are

    def _write_choices(self, sheet: Any, name: str) -> None:
        sheet.very_hidden()
        sheet.write_string(0, 0, _pilot.template_mark())
        every = (column.choices for of in self._sheets for column in of.columns if column.choices)
        for at, choices in enumerate(dict.fromkeys(every), 1):
            for row, choice in enumerate(choices):
                sheet.write_string(row, at, choice)
            first, last = name_of(0, at), name_of(len(choices) - 1, at)
            self._choices[choices] = f"={_quoted(name)}!{_fixed(first)}:{_fixed(last)}"

    def _records_of(self, number: int) -> str:
        """The ids that stand in a sheet by then. Its head is in the range, and no row: one that is deleted takes
        nothing of the formula with it."""
        of = self._sheets[number]
        letters = name_of(0, of.id)[:-1]
        column = f"{_quoted(of.name)}!${letters}"
        return f"=OFFSET({column}$1,1,0,MAX(1,COUNTA({column}:${letters})-1),1)"

    # Sheets of records

    def _write_sheet(self, sheet: Any, number: int) -> None:
        of = self._sheets[number]
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.hide_gridlines(0)
        sheet.set_landscape()
        self._print_footer(sheet)
        tops = [one for one in range(len(self._sheets)) if self._sheets[one].required]
        top = self._top(number)
        sheet.set_tab_color(_TABS[tops.index(top) % len(_TABS)] if top in tops else _GREY)
        widths = [self._width(of, at) for at in range(len(of.columns))]
        sheet.set_paper(8 if sum(widths) > 150 else 9)  # A3 or A4
        sheet.fit_to_pages(-(-sum(widths) // 250), 0)
        lines = 1
        for at, column in enumerate(of.columns):
            sheet.set_column(at, at, widths[at], self._cell_format(column))
            head = self._head(column)
            sheet.write_string(0, at, head, self._head_format(column))
            lines = max(lines, _lines(head, widths[at]))
            self._note(sheet, at, column)
            self._validate(sheet, at, column)
        sheet.set_row(0, 15 * lines + 6)
        self._write_rows(sheet, of)

    def _head(self, column: _Column) -> str:
        return column.title + (self._say(f" ({column.unit})", f"（{column.unit}）") if column.unit else "")

    def _head_format(self, column: _Column) -> Any:
        return self._format(
            bold=True,
            font_color="#FFFFFF",
            bg_color=_REQUIRED if column.required else _OTHER,
            text_wrap=True,
            align="center",
            valign="vcenter",
            border=1,
            border_color="#BFBFBF",
        )

    def _cell_format(self, column: _Column) -> Any:
        return self._format(num_format=_KINDS[column.kind][1])

    def _width(self, of: _Sheet, at: int) -> int:
        column = of.columns[at]
        shown = [cell[1] for cell in (row[at] for row in of.rows) if cell]
        wide = max(map(width_of, (*shown, *column.choices)), default=0)
        head = min(width_of(self._head(column)) + 3, _WIDEST_HEAD)
        return min(max(_KINDS[column.kind][0], wide + 2, head), _WIDEST)

    def _write_rows(self, sheet: Any, of: _Sheet) -> None:
        if len(of.rows) > _LAST_ROW:
            raise TooLargeError(f"a sheet has {ROWS_MAX} rows, and there are {len(of.rows)} for {of.name}")
        for at, row in enumerate(of.rows, 1):
            for place, cell in enumerate(row):
                if cell:
                    self._write_cell(sheet, at, place, cell, self._cell_format(of.columns[place]))
            if not self._filled:
                self._show_example(sheet, of, row)

    def _write_cell(self, sheet: Any, row: int, place: int, cell: tuple[str, str], format: Any) -> None:
        """Text as text, whatever it begins with."""
        kind, text = cell
        if kind == "number":
            sheet.write_number(row, place, float(text), format)
        elif kind == "day":
            sheet.write_datetime(row, place, day_of(text), format)
        elif len(text) > TEXT_MOST:
            where = f"{sheet.get_name()}!{name_of(row, place)}"
            raise TooLargeError(f"a cell holds {TEXT_MOST} characters, and {where} has {len(text)}")
        else:
            sheet.write_string(row, place, text, format)

    def _show_example(self, sheet: Any, of: _Sheet, row: Sequence[Cell]) -> None:
        """Grey, while its first text is still that of the example."""
        at = next(
            at
            for at, column in enumerate(of.columns)
            if column.kind in ("text", "id", "record") and row[at] is not None
        )
        text = (row[at] or ("", ""))[1].replace('"', '""')
        grey = self._book.add_format({"italic": True, "font_color": _GREY})
        rule = {"type": "formula", "criteria": f'={_fixed(name_of(1, at))}="{text}"', "format": grey}
        sheet.conditional_format(1, 0, 1, len(of.columns) - 1, rule)

    # What is said of a column

    def _note(self, sheet: Any, at: int, column: _Column) -> None:
        lines = list(self._told(column))
        # In pixels, of which a letter takes about 6 and a line 17.
        width = 300
        height = 17 * sum(_lines(line, width // 6 - 2) for line in lines) + 12
        sheet.write_comment(
            0,
            at,
            "\n".join(lines),
            {
                "author": "libpilot",
                "width": width,
                "height": height,
                "font_name": self._say("Calibri", "Microsoft YaHei"),
                "font_size": 9,
                "color": "#FFFFE1",
            },
        )

    def _told(self, column: _Column) -> Iterator[str]:
        if column.required:
            yield self._say("Required.", "必填。")
        elif column.required_beside:
            yield self._say("Required where the columns beside it are filled in.", "填写相邻同组各列时必填。")
        yield self._sentence(column.meaning)
        if column.names >= 0:
            name = self._sheets[column.names].name
            yield self._say(f'See the sheet "{name}".', f"见工作表“{name}”。")
        yield self._sentence(column.wanted)
        if column.clause:
            yield self._say(f"Clause {column.clause} of the notice.", f"依据：通知{column.clause}条。")

    def _sentence(self, text: str) -> str:
        return self._say(f"{text[:1].upper()}{text[1:]}.", f"{text}。")

    def _validate(self, sheet: Any, at: int, column: _Column) -> None:
        rule = self._rule(at, column)
        if rule:
            said = {
                "error_title": _cut(column.title, 32),
                "error_message": _cut(self._sentence(column.wanted), 255),
            }
            sheet.data_validation(1, at, _LAST_ROW, at, {"error_type": "warning", **said, **rule})

    def _rule(self, at: int, column: _Column) -> dict[str, Any] | None:
        """A warning is all that is given where more is read than can be asked for here, such as 3万元; and not even
        that where a name may stand for an id, or several in one cell."""
        kind = column.kind
        if kind in ("word", "answer", "clause"):
            return {"validate": "list", "source": self._choices[column.choices], "error_type": "stop"}
        if kind == "step":
            cell, words = name_of(1, at), column.choices
            said = ",".join(f'{cell}="{word}"' for word in words)
            return {"validate": "custom", "value": f"=OR(ISNUMBER({cell}),{said})"}
        if kind == "date":
            span = {"minimum": date(1900, 1, 1), "maximum": date(2200, 12, 31)}
            return {"validate": "date", "criteria": "between", **span}
        if kind == "year":
            return {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2200}
        if kind in ("count", "money", "price", "area"):
            of = "integer" if kind == "count" else "decimal"
            return {"validate": of, "criteria": ">=", "value": 0}
        source = self._choices.get(column.choices)
        # The ids that there are go before what is known without any.
        if column.names >= 0 and kind != "rows" and (source is None or self._sheets[column.names].rows[1:]):
            source = self._records_of(column.names)
        return {"validate": "list", "source": source, "show_error": False} if source else None

    # The first sheet

    def _write_about(self, sheet: Any, order: Sequence[int]) -> None:
        sheet.set_tab_color(_REQUIRED)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        widths = (28, 60, 36, 10)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.write_string(0, 0, _pilot.template_mark(), self._format(font_color=_GREY, font_size=8))
        sheet.write_string(1, 0, self._title(), self._format(bold=True, font_size=16, valign="vcenter"))
        sheet.set_row(1, 30)
        row = 2
        for number, line in enumerate(self._lines(), 1):
            text = f"{number}. {line}"
            sheet.merge_range(row, 0, row, len(widths) - 1, "", self._format(text_wrap=True))
            sheet.write_string(row, 0, text, self._format(text_wrap=True))
            sheet.set_row(row, 15 * _lines(text, self._room(sum(widths))) + 3)
            row += 1
        heads = self._say(
            "sheet;what it has;required columns;clause", "工作表;填什么;必填的列;通知条款"
        ).split(";")
        row += 1
        for at, head in enumerate(heads):
            sheet.write_string(row, at, head, self._format(bold=True, font_color="#FFFFFF", bg_color=_OTHER))
        sheet.repeat_rows(row)
        for number in order:
            row += 1
            self._write_entry(sheet, row, number, widths)

    def _write_entry(self, sheet: Any, row: int, number: int, widths: Sequence[int]) -> None:
        of = self._sheets[number]
        depth = 0 if of.above < 0 else 1 if self._sheets[of.above].above < 0 else 2
        line = {"bottom": 1, "bottom_color": "#D9D9D9"}
        link = self._format(font_color=_LINK, underline=1, align="left", indent=depth, **line)
        texts = (self._purpose(of), self._titles(of, True), of.clause or "")
        sheet.write_url(row, 0, f"internal:{_quoted(of.name)}!A1", link, of.name)
        for at, text in enumerate(texts, 1):
            sheet.write_string(row, at, text, self._format(text_wrap=True, **line))
        lines = max(_lines(text, self._room(width)) for text, width in zip(texts, widths[1:]))
        sheet.set_row(row, 15 * lines + 3)

    def _room(self, width: int) -> int:
        """Running text takes less than a column's width says, which is that of digits: Latin letters more so."""
        return width * (11 if self._lang == "zh" else 13) // 10

    def _titles(self, of: _Sheet, required: bool) -> str:
        """Of the columns that are required, or of the others."""
        titles = [column.title for column in of.columns if column.required == required]
        return self._say("; ", "、").join(titles)

    def _purpose(self, of: _Sheet) -> str:
        """What it has a row for, and the columns that need not be there."""
        what = of.meaning
        if of.above >= 0:
            above = self._sheets[of.above].name
            what = self._say(f"{what}, of {above}", f"各{above}的{what}")
        rest = self._titles(of, False)
        return self._say(f"{what}: {rest}", f"{what}：{rest}") if rest else what

    def _lines(self) -> list[str]:
        """Of examples only where there are any."""
        example = self._say(
            "The grey second row of a sheet is an example. It is passed over while nothing of it is changed: delete"
            " it, or write over all of it.",
            "各表第2行灰色斜体的是示例，原样不动时不读入；可以整行删除，也可以整行改写。",
        )
        lines = [
            self._say(
                "This workbook holds a city's records of its pilot. Each sheet has one kind of record, one row a"
                " record. What each sheet is for is listed below.",
                "本工作簿用于填报一个城市的试点数据：一个工作表一类记录，一行一条记录，各表用途见下。",
            ),
            self._say(
                "Columns with an orange head are required; of the others write what is known. Point at a head to see"
                " what the column means, its clause and what to write.",
                "橙色表头的列必填，其余各列知道多少填多少；鼠标指向表头，可看该列的含义、依据和填法。",
            ),
            self._say(
                "A blank cell is not known, which is not no: what is missing is told as missing evidence. Where there"
                ' is none of something, such as contracts, write "none".',
                "留空表示“不清楚”，不等于“否”，检查时按缺少证据告知；确实没有的（如没有服务合同）填“无”。",
            ),
            self._say(
                "Days are written as 2019-12-31, months as 2019-12; a step that is still to be done as"
                ' "not done".',
                "日期填2019-12-31的样式，月份填2019-12的样式；还没有完成的步骤填“未完成”。",
            ),
            self._say(
                "Amounts are in yuan and areas in square metres, as numbers without a unit. A head may be given"
                " another unit in its brackets.",
                "金额以元、面积以平方米为单位，只填数字；整列为万元的，可把表头括号中的单位改为“万元”。",
            ),
            self._say(
                "Cells that name a record of another sheet have its id or its name; several in one cell stand apart"
                " by semicolons.",
                "引用其他工作表记录的单元格，填其编号或名称；同一格填几个的，用“、”隔开。",
            ),
            self._say(
                "Do not merge cells and do not change heads, but for their units. Columns may stand in any order, and"
                " sheets that are not needed may be deleted.",
                "不要合并单元格；除单位外不要改动表头。各列先后可以调整，用不到的工作表可以删除。",
            ),
            self._say(
                "Rows of totals may be added below: they are held against the rows above them and are no records.",
                "可以在下方加合计行：合计行不作为记录读入，只与以上各行核对。",
            ),
            *(() if self._filled else (example,)),
            self._say(
                "Then run: libpilot import city.xlsx -o city.json (it names every cell that cannot be read), and"
                " libpilot check city.xlsx --as-of 2020-02-29 --out report.html",
                "填好后运行：libpilot import city.xlsx -o city.json（逐格指出读不懂的内容），再运行：libpilot check"
                " city.xlsx --as-of 2020-02-29 --out report.html（得到检查结果）。",
            ),
        ]
        return lines


def _quoted(name: str) -> str:
    """A sheet's name in a formula."""
    return "'" + name.replace("'", "''") + "'"


def _fixed(name: str) -> str:
    """A cell's name that stays as it is wherever the formula goes: A1 is $A$1."""
    letters = name.rstrip("0123456789")
    return f"${letters}${name[len(letters) :]}"


def _lines(text: str, width: int) -> int:
    """That a text takes in a column of so many letters, broken at spaces, or between Chinese characters."""
    lines, used = 1, 0
    for word in text.split(" "):
        wide = width_of(word)
        if used and used + 1 + wide > width - 1 and wide < width:
            lines, used = lines + 1, wide
        else:
            used += wide + (1 if used else 0)
        lines, used = lines + used // width, used % width
    return lines


def _cut(text: str, most: int) -> str:
    """What of it fits into so many characters, up to the end of a word."""
    if len(text) <= most:
        return text
    at = text.rfind(" ", 0, most)
    return text[: at if at > most // 2 else most - 1].rstrip("，、,; ") + "…"
