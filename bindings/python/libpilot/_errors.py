"""One exception for each status of the library."""

from __future__ import annotations

import errno

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._tables import CellProblem


class Error(Exception):
    """What the library refuses, and where.

    Every status of the C library is one subclass, which is also the built-in error that fits it best:
    ``except ValueError`` works for those who do not know libpilot.

    status: the status as a word, ``"range"``; number: the same as in C.
    path: where, as a JSON pointer (RFC 6901): into the document, ``/communities/3/office_area_m2``, or of
        the argument, ``/households``; ``""`` is the whole.
    value: what was found there, as written; ``""`` where that says nothing.
    line, column: of the text that was read, from 1, the column in bytes; 0 where there was no text.
    source: the file, where there was one.
    place, place_zh: where, for people, of a table that was read: the file and its line or row, and the column.
    cell: of a workbook or tables, what is wrong with which cell; message has all of it then. notes: what was passed
        over beside what is wrong.
    message: one sentence without the place; ``str(error)`` has both.
    message_zh: the same in Chinese; ``""`` of the little that is said in English alone.
        ``error.text("zh")`` has the place as well.
    problems: of a document that was refused, all that one pass finds wrong with it, in the order of its text:
        an Error each, the first of them as this one. At most 1000 are kept; ``()`` of anything else.
    problem_count: how many there are.

    >>> from libpilot import City
    >>> try:
    ...     City.load('{"districts": [], "comunities": [], "areas": [{"id": "a", "households": -1}]}')
    ... except Error as error:
    ...     for problem in error.problems:
    ...         print(problem)
    line 1, column 19: /comunities: the key "comunities" is not known here; did you mean "communities"?
    line 1, column 59: /areas/0/households: -1 is not a whole number, 0 or more
    """

    status = ""
    number = 0
    source = ""
    place = ""
    place_zh = ""
    cell: CellProblem | None = None
    notes: tuple[CellProblem, ...] = ()
    problems: tuple[Error, ...] = ()
    problem_count = 0

    def __init__(
        self,
        message: str,
        path: str = "",
        value: str = "",
        line: int = 0,
        column: int = 0,
        message_zh: str = "",
    ) -> None:
        super().__init__(message, path, value, line, column)
        self.message = message
        self.path = path
        self.value = value
        self.line = line
        self.column = column
        self.message_zh = message_zh

    def text(self, lang: str = "en") -> str:
        """The error as one line, place and sentence; lang: ``en``, as ``str(error)``, or ``zh``. Without a
        sentence in Chinese it is what the status means. Raises NotFoundError (another language).

        >>> from libpilot import NANCHANG_2019
        >>> try:
        ...     NANCHANG_2019.reward(households=1, first="2019-13", last="2019-12")
        ... except Error as error:
        ...     print(error.text("zh"))
        /first：“2019-13”不是月份：月份为01至12
        """
        from ._call import word_list, words
        from ._values import one_of

        chinese = one_of(lang, words("lang"), "/lang")
        if not chinese:
            return str(self)
        if self.cell:
            return self.cell.text(lang)
        message = self.message_zh or word_list("status")[self.number]["zh"]
        place = self.place_zh or self.place or self.source
        if self.line and not self.place:
            place += f":{self.line}:{self.column}" if place else f"第{self.line}行第{self.column}列"
        place = "，".join(part for part in (place, "" if self.place else self.path) if part)
        return f"{place}：{message}" if place else message

    def __str__(self) -> str:
        if self.cell:
            return self.cell.text()
        if self.place:
            return f"{self.place}: {self.message}"
        place = self.source
        if self.line:
            place += f":{self.line}:{self.column}" if place else f"line {self.line}, column {self.column}"
        return ": ".join(part for part in (place, self.path, self.message) if part)


class NoMemoryError(Error, MemoryError):
    """An allocation failed."""

    status, number = "memory", 1


class ArgumentError(Error, ValueError):
    """A value that is none where one has to be."""

    status, number = "argument", 2


class TooLargeError(Error, OverflowError):
    """The exact result does not fit."""

    status, number = "overflow", 3


class RangeError(Error, ValueError):
    """A value outside what it may be."""

    status, number = "range", 4


class OrderError(Error, ValueError):
    """A last before its first."""

    status, number = "order", 5


class CapacityError(Error, ValueError):
    """More than there is room for."""

    status, number = "capacity", 6


class FormatError(Error, ValueError):
    """Text that is not of the wanted form."""

    status, number = "format", 7


class PrecisionError(Error, ValueError):
    """More decimals or digits than can be kept exactly."""

    status, number = "precision", 8


class JSONSyntaxError(Error, ValueError):
    """Not JSON."""

    status, number = "syntax", 9


class EncodingError(Error, ValueError):
    """Not UTF-8."""

    status, number = "encoding", 10


class LimitError(Error, ValueError):
    """Larger or deeper than is read."""

    status, number = "limit", 11


class WrongTypeError(Error, TypeError):
    """Another type than wanted: of a JSON value, or a float where an exact number is needed."""

    status, number = "type", 12


class DuplicateKeyError(Error, ValueError):
    """A JSON object has a key twice."""

    status, number = "duplicate_key", 13


class UnknownKeyError(Error, KeyError):
    """A JSON object has a key that nothing reads."""

    status, number = "unknown_key", 14


class MissingKeyError(Error, KeyError):
    """A JSON object lacks a key that it needs."""

    status, number = "missing_key", 15


class DuplicateIdError(Error, ValueError):
    """Two records have one id."""

    status, number = "duplicate_id", 16


class DanglingIdError(Error, KeyError):
    """A reference to a record that is not there."""

    status, number = "dangling_id", 17


class NotFoundError(Error, KeyError):
    """A name that nothing has."""

    status, number = "not_found", 18


class InconsistentError(Error, ValueError):
    """Values that are good alone and contradict each other."""

    status, number = "inconsistent", 19


class MissingValueError(Error, ValueError):
    """A value that the calculation needs is not known."""

    status, number = "missing_value", 20


class StoppedError(Error, RuntimeError):
    """A call was stopped before it ended. In Python a signal stops it, and what the signal's handler raises is
    raised instead: KeyboardInterrupt, for Ctrl-C."""

    status, number = "stopped", 21


BY_NUMBER: dict[int, type[Error]] = {made.number: made for made in Error.__subclasses__()}
BY_STATUS: dict[str | None, type[Error]] = {made.status: made for made in Error.__subclasses__()}


def of_status(
    number: int, message: str, path: str, value: str, line: int, column: int, message_zh: str = ""
) -> Error:
    """The error of a status, for the extension module to raise."""
    return BY_NUMBER[number](message, path, value, line, column, message_zh)


# What systems refuse a file for. Their own words follow the locale of the program, and not the language that is asked for.
_OF_SYSTEM = {
    errno.ENOENT: ("no such file or directory", "文件或目录不存在"),
    errno.EISDIR: ("is a directory", "是目录，不是文件"),
    errno.ENOTDIR: ("not a directory", "不是目录"),
    errno.EACCES: ("permission denied", "没有权限"),
    errno.EPERM: ("operation not permitted", "不允许此操作"),
    errno.EROFS: ("read-only file system", "文件系统为只读"),
    errno.ENOSPC: ("no space left on device", "磁盘空间不足"),
    errno.EDQUOT: ("disk quota exceeded", "超出磁盘配额"),
    errno.EFBIG: ("file too large", "文件过大"),
    errno.EIO: ("input/output error", "读写错误"),
    errno.EBADF: ("bad file descriptor", "文件未打开"),
    errno.ELOOP: ("too many levels of symbolic links", "符号链接层数过多"),
    errno.ENAMETOOLONG: ("file name too long", "文件名过长"),
    errno.EMFILE: ("too many open files", "打开的文件过多"),
    errno.EINVAL: ("invalid argument", "参数无效"),
}

# And what we refuse one for ourselves.
NO_DIRECTORY = "there is no such directory"
NOT_REGULAR = "found no regular file, which alone can be replaced"
_OURS = {NO_DIRECTORY: "目录不存在", NOT_REGULAR: "不是普通文件，不能替换"}


def of_system(error: OSError) -> tuple[str, str]:
    """What an error of the system says, in English and in Chinese."""
    said = error.strerror or str(error)
    if said in _OURS:
        return said, _OURS[said]
    en, zh = _OF_SYSTEM.get(error.errno or 0, (said.lower(), f"系统错误：{said.lower()}"))
    return en, zh
