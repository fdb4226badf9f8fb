"""From files to cells: workbooks (.xlsx, .xls, .ods) and CSV, told apart by their bytes and not by their names. What
cells mean is the library's (``pilot/table.h``)."""

from __future__ import annotations

import codecs
import csv
import gc
import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from contextlib import contextmanager, suppress
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from ._errors import EncodingError, Error, FormatError, LimitError
from ._sheet import (
    CELLS_MAX,
    COLUMNS_MAX,
    FILE_MAX,
    ROWS_MAX,
    Sheet,
    Special,
    damaged,
    finish,
    refusal,
    too_many_cells,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Union

    from typing_extensions import TypeAlias

    Source: TypeAlias = Union[str, "PathLike[str]", bytes]

__all__ = ["Sheet", "Special", "read_sheets"]

_WANTED = "a workbook (.xlsx, .xls, .ods) or CSV is wanted"
_WANTED_ZH = "应为工作簿（.xlsx、.xls、.ods）或CSV"


def read_sheets(source: Source, name: str) -> list[Sheet]:
    """The sheets of a workbook in its order, without charts, or of a CSV the one, which is called as its file is.

    source: a path, or the bytes of a file. name: what errors call the file. The bytes decide what it is: a workbook
    whose name ends in .csv is one. Of a CSV every cell is text; its encoding is found out, by a byte order mark or
    else UTF-8 where all of it is, or GB18030; and its separator, comma, tab or semicolon: the one that gives most of
    the first rows the same number of cells.

    Raises FormatError (no workbook, a damaged one, one with a password), EncodingError (a CSV in another encoding),
    LimitError (more than is read: see ``_sheet``), ArgumentError (no python-calamine, which reads .xlsx), and OSError
    of a path. Every Error has name as its source.
    """
    try:
        with _uncollected():
            return _sheets(_contents(source), name)
    except Error as error:
        error.source = name
        if error.line:
            error.place = f"{name}:{error.line}"
        elif error.place:
            error.place = f"{name}: {error.place}"
        raise


@contextmanager
def _uncollected() -> Iterator[None]:
    """Millions of cells have no cycles among them, which Python would look for again and again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _contents(source: Source) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        with open(source, "rb") as file:
            data = file.read(FILE_MAX + 1)
    if len(data) > FILE_MAX:
        raise refusal(
            LimitError,
            f"the file is larger than {FILE_MAX >> 20} MiB",
            f"文件大于{FILE_MAX >> 20} MiB",
        )
    return data


def _sheets(data: bytes, name: str) -> list[Sheet]:
    try:
        if data.startswith(b"PK"):
            return _of_zip(data)
        if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            from . import _xls

            return _xls.sheets(data)
    except Error:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, EOFError, OSError) as error:
        raise damaged(error) from None
    except (ValueError, LookupError, ArithmeticError, NotImplementedError, RuntimeError):
        raise damaged() from None
    return [_of_text(data, name)]


def _found(what: str, zh: str, advice: str = "", advice_zh: str = "") -> Error:
    said, said_zh = advice and f": {advice}", advice_zh and f"：{advice_zh}"
    return refusal(FormatError, f"found {what} where {_WANTED}{said}", f"{_WANTED_ZH}，而文件是{zh}{said_zh}")


_SAVE, _SAVE_ZH = "open it in a spreadsheet program and save it as .xlsx", "请用表格软件打开后另存为.xlsx"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def _of_zip(data: bytes) -> list[Sheet]:
    from . import _ods, _xlsx
    from ._archive import Archive

    archive = Archive(data)
    if _xlsx.WORKBOOK in archive:
        return _xlsx.sheets(archive, data)
    if "mimetype" in archive and archive.read("mimetype").startswith(_SPREADSHEET):
        return _ods.sheets(archive)
    names = archive.names
    if "xl/workbook.bin" in names:
        raise _found("a binary workbook (.xlsb)", "二进制工作簿（.xlsb）", _SAVE, _SAVE_ZH)
    for start, what, zh in (
        ("word/", "a Word document (.docx)", "Word文档（.docx）"),
        ("ppt/", "a presentation (.pptx)", "演示文稿（.pptx）"),
        ("content.xml", "an OpenDocument file that is no spreadsheet", "不是表格的OpenDocument文件"),
        ("index/", "a document of Numbers", "Numbers文档"),
    ):
        if any(one.startswith(start) for one in names):
            raise _found(what, zh)
    raise _found("a ZIP archive of files", "ZIP压缩包", "unpack it", "请先解压")


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHERS = (
    (
        re.compile(rb"\x09[\x00\x02\x04]\x06\x00|\x09\x00\x04\x00"),
        "a workbook of Excel 4 or before",
        "Excel 4或更早版本的工作簿",
    ),
    (re.compile(rb"%PDF"), "a PDF document", "PDF文档"),
    (re.compile(rb"PAR1"), "a Parquet file", "Parquet文件"),
    (re.compile(rb"\x1f\x8b|Rar!|7z\xbc\xaf"), "an archive of files", "压缩包"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff"), "a picture", "图片"),
)
_NO_TABLES = (
    (
        re.compile(r"<\?xml.{0,2000}?(?:Excel\.Sheet|office:spreadsheet)", re.DOTALL),
        "a workbook as XML",
        "XML表格",
    ),
    (
        re.compile(r"<(?:!doctype html|html|head|body|table|meta|style|div)\b", re.I),
        "a page (HTML)",
        "网页（HTML）",
    ),
    (re.compile("MIME-Version:", re.I), "a page with its pictures (MHTML)", "网页存档（MHTML）"),
    (re.compile(r"\{\\rtf"), "a text with formats (RTF)", "RTF文档"),
    (re.compile("<"), "XML", "XML"),
    (re.compile(r"[{\[]"), "JSON", "JSON"),
)


def _of_text(data: bytes, name: str) -> Sheet:
    if not data:
        raise _found("an empty file", "空文件")
    for bytes_of, what, zh in _OTHERS:
        if bytes_of.match(data):
            raise _found(what, zh)
    text = _decoded(data)
    if "\0" in text:
        raise _found("binary data", "二进制数据")
    for start, what, zh in _NO_TABLES:
        if start.match(text[:4096].lstrip()):
            raise _found(what, zh, *(() if what == "JSON" else (_SAVE, _SAVE_ZH)))
    rows = _records(text)
    width = max(map(len, rows), default=0)
    if len(rows) > ROWS_MAX or width > COLUMNS_MAX or len(rows) * width > CELLS_MAX:
        raise too_many_cells("", len(rows) - 1, width - 1)
    return Sheet(Path(name).stem, finish(rows, {}, []), False, 0, False)


def _decoded(data: bytes) -> str:
    mark, encoding = next((one for one in _MARKS if data.startswith(one[0])), (b"", ""))
    if not encoding and b"\0" in data[:4096]:  # which GB18030 may be and text is not
        raise _found("binary data", "二进制数据")
    failed = 0
    for tried in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return data[len(mark) :].decode(tried)
        except UnicodeDecodeError as wrong:
            failed = wrong.start
    said, zh = ("neither UTF-8 nor GB18030", "既不是UTF-8也不是GB18030")
    if encoding:
        said, zh = f"not {encoding.upper()}, as the file says", f"不是文件所标明的{encoding.upper()}"
    error = refusal(EncodingError, f"the text of this line is {said}", f"此行文字{zh}")
    error.line = data.count(b"\n", 0, failed) + 1
    raise error


_SEPARATORS = ",\t;"
_FIRST = 20  # records that tell the separator: a title may stand above the header
_KEPT = re.compile(r'="([^"]*)"')  # how programs keep digits as they are in CSV


def _records(text: str) -> list[list[Any]]:
    said = re.match(r"sep=(.)\r?\n", text)  # which Excel takes for no row
    text = text[said.end() :] if said else text
    separator = said[1] if said else _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=text.count('"') % 2 == 1)
    rows: list[list[Any]] = []
    begun = 1
    try:
        for row in reader:
            rows.append([kept[1] if (kept := _KEPT.fullmatch(cell)) else cell for cell in row])
            begun = reader.line_num + 1
    except csv.Error as wrong:
        unclosed = "unexpected end" in str(wrong)
        error = refusal(
            FormatError,
            "a quote that opens here is not closed" if unclosed else f"the line cannot be read: {wrong}",
            "此处的引号没有结束" if unclosed else "此行无法读取",
        )
        error.line = begun
        raise error from None
    return rows


def _separator(text: str) -> str:
    """The one that most of the first records agree about, and of such the one that makes most cells."""

    def agreed(separator: str) -> tuple[int, int]:
        with suppress(csv.Error):
            records = islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _FIRST)
            widths = Counter(len(record) for record in records if len(record) > 1)
            return max(((count, width) for width, count in widths.items()), default=(0, 0))
        return 0, 0

    return max(_SEPARATORS, key=agreed)
