"""Files: what kind one is by its bytes, tables read a batch of rows at a time, and outputs put in place whole."""

from __future__ import annotations

import codecs
import csv
import errno
import os
import secrets
import stat
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from itertools import chain
from os import fspath
from typing import TYPE_CHECKING, Any, NamedTuple

from ._errors import (
    NO_DIRECTORY,
    NOT_REGULAR,
    ArgumentError,
    EncodingError,
    Error,
    FormatError,
    NotFoundError,
    TooLargeError,
    WrongTypeError,
)
from ._progress import progress_bar
from ._values import count

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping
    from os import PathLike
    from typing import IO, Union

    from typing_extensions import TypeAlias

    Path: TypeAlias = Union[str, "PathLike[str]"]
    from ._column_inputs import Fault

    Table: TypeAlias = Any  # of PyArrow
    Said: TypeAlias = tuple[str, str]  # in English and in Chinese

SUFFIXES = (".parquet", ".csv", ".csv.gz", ".arrow", ".feather")  # of the tables that are read and written

_PARQUET, _GZIP = ("a Parquet file", "Parquet文件"), ("a gzip archive", "gzip压缩文件")
_ARROW, _STREAM = ("an Arrow file", "Arrow文件"), ("an Arrow stream", "Arrow数据流")
_MAGIC = (
    (b"PAR1", _PARQUET),
    (b"\x1f\x8b", _GZIP),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ("a document of an older Office, such as a workbook (.xls)", "旧版Office文件，如工作簿（.xls）"),
    ),
    (b"%PDF", ("a PDF document", "PDF文件")),
    (b"ARROW1", _ARROW),
    (b"\xff\xff\xff\xff", _STREAM),
)
_IN_ZIP = (
    ("xl/", ("a workbook (.xlsx)", "工作簿（.xlsx）")),
    ("word/", ("a Word document (.docx)", "Word文档（.docx）")),
    (
        "content.xml",
        ("an OpenDocument file, such as a workbook (.ods)", "OpenDocument文件，如工作簿（.ods）"),
    ),
)
_HEAD = 4096  # bytes that tell the kind


def kind_of(head: bytes, whole: Any) -> Said | None:
    """What the first bytes are the beginning of, for people; None is text, or not known. whole: the file, or its
    path, for what an archive has in it."""
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(whole)
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def _kind_of_zip(whole: Any) -> Said:
    import zipfile

    names: list[str] = []
    with suppress(Exception), zipfile.ZipFile(whole) as archive:  # which may be cut off or forged
        names = archive.namelist()
    for start, kind in _IN_ZIP:
        if any(name.startswith(start) for name in names):
            return kind
    return "a ZIP archive, as workbooks (.xlsx, .ods) are", "ZIP压缩文件，工作簿（.xlsx、.ods）也是这种格式"


# What a column is used as: whole numbers, areas, results, and text such as months.
WHOLE, AREA, RESULT, TEXT = "a whole number", "an area", "a result", "text"
_RESULTS = {"true": True, "yes": True, "是": True, "合格": True}
_RESULTS.update({"false": False, "no": False, "否": False, "不合格": False})
_BLOCK = 1 << 22  # bytes of a CSV at once, and of a row at most
_CHUNK = 1 << 20
BATCH_ROWS = 1 << 18  # of which some lie in memory at once
_BUFFER = 1 << 20  # of each column of a Parquet file


class TableFile:
    """A table in a file, Parquet, CSV or Arrow (a file or a stream), as its content says. encoding: of a CSV, ``utf-8`` or ``gb18030``; found
    out where it is None. Every error has the file as its source, and its place in it."""

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise ArgumentError(
                "files need PyArrow: pip install libpilot[frames]",
                message_zh="读写此类文件需要PyArrow：pip install libpilot[frames]",
            ) from None
        self.name = os.fsdecode(fspath(path))
        self._gzip = False
        self._encoding = None if encoding is None else _encoding(encoding)
        with self._read():
            kind = self._kind()
            if kind == _GZIP:
                self._gzip = True
                kind = self._kind()
            self.csv = kind is None
            self._binary = kind
            if kind is not None and (self._gzip or kind not in (_PARQUET, _ARROW, _STREAM)):
                raise FormatError(
                    f"found {kind[0]} where a table is wanted, {_or(SUFFIXES)}",
                    message_zh=f"是{kind[1]}，应为表格（{_or(SUFFIXES, '、', '或')}）",
                )
            self.names = self._begin_csv() if self.csv else self._begin_columns()

    def _kind(self) -> Said | None:
        if not stat.S_ISREG(os.stat(self.name).st_mode) and not os.path.isdir(self.name):
            raise FormatError(
                "found no regular file; a table may be read more than once",
                message_zh="不是普通文件；表格可能要读多遍",
            )
        with self._bytes() as file:
            head = file.read(_HEAD)
            if not head:
                raise FormatError(
                    "the file is empty; a table begins with the names of its columns",
                    message_zh="文件为空；表格首行应为列名",
                )
            if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
                return "text in UTF-16", "UTF-16编码的文本"
            return kind_of(head, file) or (("binary data", "二进制数据") if b"\0" in head else None)

    @contextmanager
    def _read(self) -> Iterator[None]:
        """Whatever reading can raise, as an Error of this file or an OSError that names it."""
        import zlib

        import pyarrow

        try:
            yield
            return
        except Error as wrong:
            error = wrong
        except OSError as wrong:
            if wrong.errno is not None:
                wrong.filename = wrong.filename or self.name
                raise
            error = _foreign(wrong)
        except (pyarrow.ArrowException, EOFError, zlib.error, csv.Error, UnicodeError) as wrong:
            fault = self._fault() if self._encoding else None
            error = fault or _foreign(wrong)
            if not fault and "straddling" in str(wrong):
                most = _BLOCK >> 20
                error = FormatError(f"a row is longer than {most} MiB", message_zh=f"一行超过{most}MiB")
        error.source = self.name
        raise error

    # CSV

    def _bytes(self) -> Any:
        if not self._gzip:
            return open(self.name, "rb")
        import gzip

        return gzip.open(self.name, "rb")

    def _records(self, strict: bool = False) -> Generator[tuple[int, list[str]], None, None]:
        """The records of a CSV, each with its first line, from 1. Empty lines are none."""
        import io

        encoding = "utf-8-sig" if self._encoding == "utf-8" else self._encoding
        with io.TextIOWrapper(self._bytes(), encoding, newline="") as text:
            ended: list[bool] = []
            reader = csv.reader(chain(text, _end_of(ended)), strict=strict)
            line = 1
            try:
                for record in reader:
                    if record:
                        yield line, record
                    line = reader.line_num + 1
            except csv.Error as error:
                said, zh = "a quote that opens here is not closed", "此处开始的引号没有结束"
                wrong = FormatError(said, message_zh=zh) if ended else _foreign(error)
                raise _at_line(wrong, self.name, line) from None

    def _begin_csv(self) -> list[str]:
        """The names of the columns. Raises FormatError where they are none, or the text cannot be trusted."""
        if not is_csv(self.name):
            raise FormatError(
                f"found text; the name of a table ends in {_or(SUFFIXES)}, as what is in it does",
                message_zh=f"是文本；表格的文件名应按内容以{_or(SUFFIXES, '、', '或')}结尾",
            )
        quotes = self._recognise()
        with closing(self._records()) as records:
            line, header = next(records, (1, []))
            header = [header[0].lstrip("\ufeff"), *header[1:]] if header else header
            wrong = _wrong_header(header, *next(records, (0, [])))
        if wrong:
            raise _at_line(FormatError(wrong[0], message_zh=wrong[1]), self.name, line)
        if quotes % 2:  # One that is not closed would take in all that follows.
            for _ in self._records(strict=True):
                pass
        return header

    def _recognise(self) -> int:
        """Finds out the encoding, of the whole text. The number of its quotes."""
        asked = self._encoding
        line: int | None = None
        for encoding in ("utf-8", "gb18030") if asked is None else (asked,):
            line, quotes = self._undecodable(encoding)
            if line is None:
                self._encoding = encoding
                return quotes
        is_not = f"is not {asked.upper()}" if asked else "is neither UTF-8 nor GB18030"
        is_not_zh = f"不是{asked.upper()}编码" if asked else "既不是UTF-8编码，也不是GB18030编码"
        wrong = EncodingError(f"the text of this line {is_not}", message_zh=f"此行{is_not_zh}")
        raise _at_line(wrong, self.name, line or 1)

    def _undecodable(self, encoding: str) -> tuple[int | None, int]:
        """The first line that is not in the encoding, and the number of quotes up to there."""
        import numpy

        decoder = codecs.getincrementaldecoder(encoding)()
        quotes = known = 0
        with self._bytes() as file:
            while True:
                chunk = file.read(_CHUNK)
                try:
                    decoder.decode(chunk, not chunk)
                except UnicodeDecodeError as error:
                    # What the decoder had kept of the chunks before is in its object.
                    return self._line_at(known - (len(error.object) - len(chunk)) + error.start), quotes
                if not chunk:
                    return None, quotes
                known += len(chunk)
                quotes += int(numpy.count_nonzero(numpy.frombuffer(chunk, numpy.uint8) == ord('"')))

    def _line_at(self, place: int) -> int:
        """The line of a byte. There are many lines, so that they are counted where one is asked for alone."""
        line = 1
        with self._bytes() as file:
            while place:
                chunk = file.read(min(_CHUNK, place))
                line += chunk.count(b"\n")
                place -= len(chunk)
        return line

    def _fault(self) -> Error | None:
        """What is wrong with the form of a CSV, and in which line."""
        wanted = 0
        try:
            with closing(self._records(strict=True)) as records:
                for line, record in records:
                    wanted = wanted or len(record)
                    if len(record) != wanted:
                        cells = f"{len(record)} cell{'s' * (len(record) != 1)}"
                        wrong = FormatError(
                            f"found {cells} where the columns are {wanted}",
                            message_zh=f"有{len(record)}个单元格，应为{wanted}列",
                        )
                        return _at_line(wrong, self.name, line)
        except Error as error:
            return error
        except Exception:
            return None
        return None

    def _csv_tables(self, columns: list[str] | None) -> Iterator[Table]:
        import pyarrow.csv

        text = dict.fromkeys(self.names, pyarrow.string())
        with self._bytes() as file:
            yield from (
                pyarrow.Table.from_batches([batch])
                for batch in pyarrow.csv.open_csv(
                    file,
                    pyarrow.csv.ReadOptions(block_size=_BLOCK, encoding=self._encoding),
                    pyarrow.csv.ParseOptions(newlines_in_values=True),
                    # The whole text has been decoded once.
                    pyarrow.csv.ConvertOptions(column_types=text, include_columns=columns, check_utf8=False),
                )
            )

    def line_of(self, row: int) -> int:
        """The line of a CSV, from 1, in which a row, from 0, begins; 0 where it cannot be told."""
        with suppress(Error), closing(self._records()) as records:
            for number, (line, _) in enumerate(records, -1):
                if number == row:
                    return line
        return 0

    def locate(self, error: Error) -> None:
        """Says where in the file an error is, whose path has the column, the row from 0, or both."""
        whole = error.path[1:]
        column, _, row = whole.rpartition("/")
        if whole in self.names or not row.isdecimal() or column not in ("", *self.names):
            column, row = whole, ""
        place = zh = error.source = self.name
        if row:
            if self.csv:
                error.line = self.line_of(int(row))
            place += f":{error.line}" if error.line else f": row {int(row) + 1}"
            zh += f":{error.line}" if error.line else f"，第{int(row) + 1}行"
        error.place = f"{place}: {column}" if column else place
        error.place_zh = f"{zh}，{column}" if column else zh

    # Parquet and Arrow, whose columns have types

    def _schema(self) -> Any:
        import pyarrow.parquet

        if self._binary == _PARQUET:
            return pyarrow.parquet.read_schema(self.name)
        with self._arrow(None) as reader:
            return reader.schema

    def _begin_columns(self) -> list[str]:
        names: list[str] = self._schema().names
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise FormatError(f'the column "{twice}" is there twice', message_zh=f"列“{twice}”重复")
        return names

    def _parquet_tables(self, rows: int, columns: list[str] | None, group: str | None) -> Iterator[Table]:
        import pyarrow.parquet

        encoded = None if group is None else [group]
        # Pages as they come: otherwise the bytes of all row groups are held until the file is closed.
        with pyarrow.parquet.ParquetFile(
            self.name, read_dictionary=encoded, buffer_size=_BUFFER, pre_buffer=False
        ) as file:
            for batch in file.iter_batches(batch_size=rows, columns=columns):
                yield pyarrow.Table.from_batches([batch])

    @contextmanager
    def _arrow(self, columns: list[str] | None) -> Iterator[Any]:
        """Its reader, of some columns or of all; a stream's is of all."""
        import pyarrow

        with pyarrow.OSFile(self.name) as file:
            if self._binary == _STREAM:
                with pyarrow.ipc.open_stream(file) as reader:
                    yield reader
                return
            places = None
            if columns is not None:
                places = sorted(map(pyarrow.ipc.open_file(file).schema.names.index, columns))
            options = pyarrow.ipc.IpcReadOptions(included_fields=places)
            with pyarrow.ipc.open_file(file, options=options) as reader:
                yield reader

    def _arrow_tables(self, columns: list[str] | None) -> Iterator[Table]:
        import pyarrow

        with self._arrow(columns) as reader:
            batches = (
                reader
                if self._binary == _STREAM
                else map(reader.get_batch, range(reader.num_record_batches))
            )
            for batch in batches:
                table = pyarrow.Table.from_batches([batch])
                yield table if columns is None else table.select(columns)

    def _tables(self, rows: int, columns: list[str] | None, group: str | None) -> Iterator[Table]:
        if self.csv:
            return self._csv_tables(columns)
        if self._binary == _PARQUET:
            return self._parquet_tables(rows, columns, group)
        return self._arrow_tables(columns)

    def _empty(self, columns: list[str] | None) -> Table:
        import pyarrow

        names = self.names if columns is None else columns
        if self.csv:
            return pyarrow.table({name: pyarrow.array([], pyarrow.string()) for name in names})
        return self._schema().empty_table().select(names)

    # All of them

    def batches(
        self,
        rows: int = BATCH_ROWS,
        columns: list[str] | None = None,
        progress: bool = False,
        group: str | None = None,
    ) -> Iterator[Batch]:
        """The rows in order, at most so many at once, and one batch without rows where there are none. group: a
        column whose text is wanted as a dictionary, where the file has it so."""
        if count(rows, "batch_rows") < 1:
            raise ArgumentError(
                f"found {rows} where a number of rows, 1 or more, is wanted",
                "/batch_rows",
                message_zh=f"{rows}有误，应为不小于1的行数",
            )
        for name in columns or ():
            if name not in self.names:
                listed = ", ".join(self.names)
                error = NotFoundError(
                    f"there is no such column; the file has {listed}",
                    f"/{name}",
                    message_zh=f"没有此列；文件中有{'、'.join(self.names)}",
                )
                self.locate(error)
                raise error
        start = 0
        tables = self._tables(rows, columns, group)
        for table in self._shown(tables) if progress else self._ahead(tables):
            for first in range(0, table.num_rows, rows):
                yield Batch(self, table.slice(first, rows), start + first)
            start += table.num_rows
            del table
        if not start:
            with self._read():
                empty = self._empty(columns)
            yield Batch(self, empty, 0)

    def each(self, work: Callable[[Batch], None], *asked: Any) -> None:
        """Works on one batch after the other, as batches has them; none of them is kept."""

        def located(batch: Batch) -> None:
            with batch.located():
                work(batch)

        for _ in map(located, self.batches(*asked)):
            pass

    def whole(self) -> Batch:
        """All rows at once."""
        import pyarrow

        return Batch(self, pyarrow.concat_tables([batch.table for batch in self.batches()]), 0)

    def _told(self, tables: Iterator[Table]) -> Iterator[Table]:
        with self._read():
            yield from tables

    def _ahead(self, tables: Iterator[Table]) -> Iterator[Table]:
        """The next one is read while one is worked on."""
        told = self._told(tables)
        with ThreadPoolExecutor(1) as reader:
            coming = reader.submit(next, told, None)
            while (table := coming.result()) is not None:
                coming = reader.submit(next, told, None)
                yield table
                del table  # which is not kept while the next one is waited for

    def _shown(self, tables: Iterator[Table]) -> Iterator[Table]:
        """With a bar on standard error."""
        with progress_bar(True, "rows", self._total()) as advance:
            for table in self._ahead(tables):
                yield table
                advance(table.num_rows)

    def _total(self) -> int | None:
        """The number of rows, where the file says it."""
        if self._binary != _PARQUET:
            return None
        import pyarrow.parquet

        return int(pyarrow.parquet.read_metadata(self.name).num_rows)


class Batch(NamedTuple):
    """Rows of a table, from row start of the file on. A CSV's columns are text."""

    file: TableFile
    table: Table
    start: int

    def used(self, uses: Mapping[str, str]) -> tuple[Table, list[Fault]]:
        """The table with the columns of a CSV as they are used: int64 where WHOLE, bool where RESULT, and nulls in
        blank cells, as dictionaries. A column's type follows its use, whatever is in it; the others keep their text,
        also blank. And the cells that cannot be read so, which are null as well."""
        made = self.table
        faults: list[Fault] = []
        for name, use in uses.items() if self.file.csv else ():
            if name in made.column_names:
                place = made.column_names.index(name)
                made = made.set_column(place, name, _of_distinct(made.column(place), name, use, faults))
        return made, faults

    def plain(self, table: Table, uses: Mapping[str, str]) -> Table:
        """The table that used has made, without its dictionaries."""
        for name in uses if self.file.csv else ():
            if name in table.column_names:
                place = table.column_names.index(name)
                column = table.column(place)
                table = table.set_column(place, name, column.cast(column.type.value_type))
        return table

    @contextmanager
    def located(self) -> Iterator[None]:
        """Gives an Error its place in the file, the row in its path being one of the file."""
        try:
            yield
        except Error as error:
            self.file.locate(error)
            raise


def _compute() -> Any:
    """PyArrow's functions, which are made when they are imported, where type checkers do not see them."""
    import pyarrow.compute

    return pyarrow.compute


def _of_distinct(text: Any, name: str, use: str, faults: list[Fault]) -> Any:
    """The cells of a column as they are used, each of its texts being looked at once."""
    import numpy
    import pyarrow

    from ._column_inputs import Fault

    cells = text.combine_chunks().dictionary_encode()
    wrong: list[Fault] = []
    values = _AS[use](pyarrow.chunked_array([cells.dictionary]), name, wrong)
    for fault in wrong:
        rows = numpy.flatnonzero(numpy.isin(cells.indices.to_numpy(), fault.rows))
        faults.append(Fault(name, rows, fault.error))
    return pyarrow.DictionaryArray.from_arrays(cells.indices, values.combine_chunks())


def _known(text: Any, name: str, faults: list[Fault]) -> Any:
    import pyarrow

    compute = _compute()

    return compute.if_else(compute.equal(text, ""), pyarrow.scalar(None, pyarrow.string()), text)


def _whole(text: Any, name: str, faults: list[Fault]) -> Any:
    import pyarrow

    compute = _compute()

    known = _known(text, name, faults)
    # As a program writes them that takes whole numbers for fractions where a cell is blank.
    good = compute.match_substring_regex(known, r"^[+-]?[0-9]+(\.0*)?$")
    fraction = compute.match_substring_regex(known, r"^[+-]?[0-9]*\.[0-9]*[1-9][0-9]*$")
    wanted = ("a whole number", "整数")
    _refuse(known, compute.invert(fraction), name, faults, WrongTypeError, wanted)
    _refuse(known, compute.or_(good, fraction), name, faults, FormatError, wanted)
    known = compute.if_else(good, known, pyarrow.scalar(None, known.type))
    digits = compute.replace_substring_regex(known, r"^\+|\.0*$", "")
    try:
        return digits.cast(pyarrow.int64())
    except pyarrow.ArrowInvalid:
        fits = pyarrow.chunked_array([[one is None or _fits(one) for one in digits.to_pylist()]])
        _refuse(digits, fits, name, faults, TooLargeError, ("a number of 64 bits", "64位以内的整数"))
        return compute.if_else(fits, digits, pyarrow.scalar(None, digits.type)).cast(pyarrow.int64())


def _fits(digits: str) -> bool:
    return len(digits.lstrip("-0")) <= 19 and -(1 << 63) <= int(digits) < 1 << 63


def _results(text: Any, name: str, faults: list[Fault]) -> Any:
    import pyarrow

    compute = _compute()

    known = _known(text, name, faults)
    words = pyarrow.array(list(_RESULTS))
    found = compute.index_in(compute.utf8_lower(known), value_set=words, skip_nulls=True)
    good = compute.if_else(compute.is_null(known), None, compute.is_valid(found))
    wanted = f"{_or(tuple(_RESULTS))}, or nothing,", f"{_or(tuple(_RESULTS), '、', '或')}，或留空"
    _refuse(known, good, name, faults, FormatError, wanted)
    return pyarrow.chunked_array([pyarrow.array(list(_RESULTS.values()))]).take(found)


def _areas(text: Any, name: str, faults: list[Fault]) -> Any:
    compute = _compute()

    # Zeros that a sheet of more decimals writes say nothing.
    ends = compute.replace_substring_regex(_known(text, name, faults), r"(\.[0-9]*[1-9])0+$", r"\1")
    return compute.replace_substring_regex(ends, r"\.0+$", "")


_AS = {WHOLE: _whole, AREA: _areas, RESULT: _results, TEXT: _known}


def _refuse(cells: Any, good: Any, name: str, faults: list[Fault], kind: type[Error], wanted: Said) -> None:
    """Keeps the rows of the cells that are not good, for one reason."""
    import numpy

    compute = _compute()

    from ._column_inputs import Fault

    rows = numpy.flatnonzero(numpy.asarray(compute.fill_null(good, True)) == 0)
    if rows.size:
        value = cells[int(rows[0])].as_py()
        shown = value if len(value) <= 40 else value[:40] + "…"
        en, zh = f'found "{shown}" where {wanted[0]} is wanted', f"“{shown}”有误，应为{wanted[1]}"
        faults.append(Fault(name, rows, kind(en, f"/{name}", value, message_zh=zh)))


def _wrong_header(header: list[str], second_line: int, second: list[str]) -> Said | None:
    """What is wrong with the names of columns, beside the record that follows."""
    named = [name for name in header if name.strip()]
    if len(named) <= 1 and sum(map(bool, second)) > 1:
        return (
            f"this line has {len(named)} name{'s' * (len(named) != 1)} and line {second_line} has {len(second)}"
            " cells: the names of the columns have to be on the first line, without a title above",
            f"此行有{len(named)}个列名，第{second_line}行有{len(second)}个单元格：列名应在首行，上方不能有标题",
        )
    for place, name in enumerate(header):
        if not name.strip():
            return f"column {place + 1} has no name", f"第{place + 1}列没有列名"
        if name in header[:place]:
            first = header.index(name) + 1
            return (
                f'the columns {first} and {place + 1} have one name, "{name}"',
                f"第{first}列和第{place + 1}列同名“{name}”",
            )
    mark = next((mark for mark in ("\t", ";") if len(header) == 1 and mark in header[0]), None)
    if mark is None:
        return None
    return f"the cells are separated by {mark!r} where commas are wanted", f"单元格以{mark!r}分隔，应为逗号"


def _encoding(asked: str) -> str:
    """GB18030 takes in its predecessors."""
    known = {
        "utf-8": "utf-8",
        "utf-8-sig": "utf-8",
        "gb18030": "gb18030",
        "gbk": "gb18030",
        "gb2312": "gb18030",
    }
    try:
        return known[codecs.lookup(asked).name]
    except (LookupError, UnicodeError, ValueError):
        raise NotFoundError(
            f"found {asked!r} where utf-8 or gb18030 is wanted",
            "/encoding",
            asked,
            message_zh=f"“{asked}”有误，应为utf-8或gb18030",
        ) from None


def _end_of(ended: list[bool]) -> Iterator[str]:
    """No line. Notes that a reader asked for one after the last: a quote is then still open."""
    ended.append(True)
    yield from ()


def _at_line(error: Error, name: str, line: int) -> Error:
    error.line, error.place = line, f"{name}:{line}"
    return error


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).split("\n")[0]


def _foreign(error: BaseException) -> FormatError:
    """What another library says of a file, which it says in English."""
    said = _first_line(error)
    return FormatError(said, message_zh=f"无法读写此文件：{said}")


def _or(words: tuple[str, ...], comma: str = ", ", last: str = " or ") -> str:
    return comma.join(words[:-1]) + last + words[-1]


# Outputs

# A file without a name leaves nothing behind, however its program ends. Not every file system has them.
_UNNAMED = getattr(os, "O_TMPFILE", 0) if os.path.isdir("/proc/self/fd") else 0
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


@contextmanager
def written(to: Path) -> Iterator[IO[bytes]]:
    """A new file that takes the place of another, or of none, when the block ends: whole, on the disk, with the mode
    and owner of the old one; a symbolic link stays, and what it leads to is replaced. Where the block raises, or the
    program ends, the old file is as it was. Raises OSError with the file's name."""
    asked = os.fsdecode(fspath(to))
    target = os.path.realpath(asked)
    folder, name = os.path.split(target)
    if not os.path.isdir(folder):
        raise FileNotFoundError(errno.ENOENT, NO_DIRECTORY, folder)
    of_block: OSError | None = None
    try:
        directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            old = _replaceable(target)
            with _unfinished(directory, old) as (file, finish):
                if old is not None and not os.access(target, os.W_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                try:
                    yield file
                except OSError as error:
                    of_block = error
                    raise
                file.flush()
                os.fsync(file.fileno())
                finish(name)
            _sync(directory)
        finally:
            os.close(directory)
    except OSError as error:
        # What the block reads has another name, and what it writes none.
        error.filename = error.filename if error is of_block and error.filename else asked
        raise


def _replaceable(target: str) -> os.stat_result | None:
    """What is there now; None is nothing."""
    try:
        old = os.stat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(old.st_mode):
        raise OSError(errno.EINVAL, NOT_REGULAR)
    return old


@contextmanager
def _unfinished(
    directory: int, old: os.stat_result | None
) -> Iterator[tuple[IO[bytes], Callable[[str], None]]]:
    """A file in the directory that nobody takes for another, and what gives it its name."""
    part = f".libpilot-{secrets.token_hex(8)}.part"
    mode = 0o666 if old is None else stat.S_IMODE(old.st_mode)
    named = False
    try:
        number = os.open(".", _UNNAMED | os.O_WRONLY | os.O_CLOEXEC, mode, dir_fd=directory)
    except OSError:
        named = True
        number = os.open(part, _NEW, mode, dir_fd=directory)

    def finish(name: str) -> None:
        nonlocal named
        if not named:
            # With a directory at hand the link is followed to the file itself.
            os.link(f"/proc/self/fd/{number}", part, dst_dir_fd=directory, follow_symlinks=True)
            named = True
        os.replace(part, name, src_dir_fd=directory, dst_dir_fd=directory)
        named = False

    try:
        with open(number, "wb") as file:
            if old is not None:
                with suppress(OSError):  # Only root gives files away.
                    os.fchown(number, old.st_uid, old.st_gid)
                os.fchmod(number, mode)
            yield file, finish
    finally:
        if named:
            os.unlink(part, dir_fd=directory)


def _sync(directory: int) -> None:
    try:
        os.fsync(directory)
    except OSError as error:
        if error.errno != errno.EINVAL:  # Not every file system can.
            raise


def is_csv(to: Path) -> bool:
    return os.fsdecode(fspath(to)).lower().endswith((".csv", ".csv.gz"))


def differ(source: Path, to: Path) -> None:
    """Raises ArgumentError where both are one file, by whatever names."""
    with suppress(FileNotFoundError):
        if os.path.samefile(source, to):
            name = os.fsdecode(fspath(to))
            raise ArgumentError(
                f"found {name}, which is the file that is read",
                "/to",
                message_zh=f"{name}正是所读的文件，不能写出到它",
            )


@contextmanager
def table_written(to: Path) -> Iterator[Callable[[Table], None]]:
    """Writes tables of one schema, one after the other, as the file of that name, as written() does; its suffix tells
    the format. Raises ArgumentError (another suffix), FormatError (a column that the format has no form for)."""
    import pyarrow

    name = os.fsdecode(fspath(to))
    make = _writer_of(name)
    with written(to) as file:
        writers: list[Any] = []  # and before it what it writes through
        writing: list[Future[None]] = []

        def put(table: Table) -> None:
            """The next one can be made while this is written."""
            done()
            if not writers:
                writers.extend(make(file, table.schema))
            writing.append(writer.submit(writers[-1].write_table, table))

        def done() -> None:
            while writing:
                writing.pop().result()

        try:
            with ThreadPoolExecutor(1) as writer:
                yield put
                done()
            while writers:
                writers.pop().close()
        except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError) as wrong:
            error = _foreign(wrong)
            error.source = name
            raise error from None
        finally:
            for one in reversed(writers):
                with suppress(Exception):  # What it would still write is not wanted.
                    one.close()


def _plain_schema(schema: Any) -> Any:
    """The schema without dictionaries, of which an Arrow file has one a column, and each batch another."""
    import pyarrow

    for place, field in enumerate(schema):
        if pyarrow.types.is_dictionary(field.type):
            schema = schema.set(place, field.with_type(field.type.value_type))
    return schema


class _Plain:
    """What writes tables to an Arrow file, without their dictionaries."""

    def __init__(self, writer: Any) -> None:
        self.writer = writer

    def write_table(self, table: Table) -> None:
        self.writer.write_table(table.cast(_plain_schema(table.schema)))

    def close(self) -> None:
        self.writer.close()


def _writer_of(name: str) -> Callable[[IO[bytes], Any], list[Any]]:
    import gzip

    import pyarrow.csv
    import pyarrow.parquet

    def packed(file: IO[bytes], schema: Any) -> list[Any]:
        through = gzip.GzipFile("", "wb", fileobj=file, mtime=0)
        return [through, pyarrow.csv.CSVWriter(through, schema)]

    def arrow(file: IO[bytes], schema: Any) -> list[Any]:
        return [_Plain(pyarrow.ipc.new_file(file, _plain_schema(schema)))]

    made: dict[str, Callable[[IO[bytes], Any], list[Any]]] = {
        ".parquet": lambda file, schema: [pyarrow.parquet.ParquetWriter(file, schema)],
        ".csv": lambda file, schema: [pyarrow.csv.CSVWriter(file, schema)],
        ".csv.gz": packed,
        ".arrow": arrow,
        ".feather": arrow,
    }
    for suffix in SUFFIXES:
        if name.lower().endswith(suffix):
            return made[suffix]
    raise ArgumentError(
        f'found "{name}", and the name of a table ends in {_or(SUFFIXES)}',
        "/to",
        name,
        message_zh=f"“{name}”有误，表格的文件名应以{_or(SUFFIXES, '、', '或')}结尾",
    )
