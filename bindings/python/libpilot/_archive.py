"""The ZIP archive that a workbook is, read part by part with what a part may be, and its XML."""

from __future__ import annotations

import re
import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat

from ._sheet import UNPACKED_MAX, damaged, locked, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import TypeAlias

    Attributes: TypeAlias = "dict[str, str]"

_SMALL_MAX = 1 << 25  # bytes of a part that is read whole
_READ = 1 << 20
_END, _END_SIZE, _COMMENT_MAX = b"PK\x05\x06", 22, 0xFFFF


class Archive:
    """Names are compared without regard to case, as calamine does; it reads the same file again, so there must be one
    way to read it: one directory, at its end, no name twice. Raises FormatError, LimitError."""

    def __init__(self, data: bytes) -> None:
        end = data.rfind(_END)
        if end < 0 or len(data) < end + _END_SIZE:
            raise damaged("no directory of its parts")
        size, start = struct.unpack_from("<II", data, end + 12)
        if start + size != end or data.find(_END, max(0, len(data) - _COMMENT_MAX - _END_SIZE)) != end:
            raise damaged("its directory is not where it says")
        self._zip = zipfile.ZipFile(BytesIO(data))
        self.nul = False  # whether a text of a part that was read may have one, as workbooks write it
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for part in self._zip.infolist():
            if part.flag_bits & 1:
                raise locked()
            if part.filename.lower() in self._parts:
                raise damaged(f"{part.filename} is there twice")
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise damaged(f"{part.filename} is packed in an unusual way")
            self._parts[part.filename.lower()] = part
        if sum(part.file_size for name, part in self._parts.items() if _is_read(name)) > UNPACKED_MAX:
            raise too_large()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    @property
    def names(self) -> list[str]:
        """In lower case."""
        return list(self._parts)

    def size(self, name: str) -> int:
        return self._parts[name.lower()].file_size

    def pieces(self, name: str, size: int = _READ) -> Iterator[bytes]:
        """A part, which is no longer than it says: of one that is, zipfile finds another checksum."""
        if name not in self:
            raise damaged(f"{name} is missing")
        with self._zip.open(self._parts[name.lower()]) as file:
            first = True
            while True:
                piece = file.read(size)
                if not piece:
                    return
                if first:
                    _check_encoding(piece)
                if b"\0" in piece:  # which calamine would take
                    raise damaged(f"{name} has bytes that are no text")
                first = False
                self.nul = self.nul or b"_x0000_" in piece
                yield piece

    def read(self, name: str) -> bytes:
        """A small part, whole."""
        if name in self and self.size(name) > _SMALL_MAX:
            raise too_large()
        return b"".join(self.pieces(name))

    def elements(self, name: str, wanted: set[str]) -> list[tuple[str, Attributes]]:
        """The elements of these names in order, and their attributes, without the prefixes that namespaces have: the
        namespaces of the strict form are others."""
        found: list[tuple[str, Attributes]] = []

        def begin(tag: str, attributes: Attributes) -> None:
            if bare(tag) in wanted:
                found.append((bare(tag), {bare(key): value for key, value in attributes.items()}))

        parser = new_parser()
        parser.StartElementHandler = begin
        parser.Parse(self.read(name), True)
        return found


def _is_read(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)""")


def _check_encoding(start: bytes) -> None:
    found = _ENCODING.match(start)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        found and found[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
    ):
        raise damaged("its XML is not in UTF-8")


def bare(name: str) -> str:
    return name.rpartition(":")[2]


def new_parser(separator: str | None = None) -> expat.XMLParserType:
    """One that takes no document type, and so no entities."""

    def refuse(*_: object) -> None:
        raise damaged("its XML has a document type")

    parser = expat.ParserCreate(namespace_separator=separator)
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    return parser


def feed(parser: expat.XMLParserType, pieces: Iterator[bytes]) -> None:
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)
