"""A workbook that is written by XlsxWriter: its language, its fonts, and what a cell takes."""

from __future__ import annotations

import io
from typing import Any

from ._errors import ArgumentError

TEXT_MOST = 32767  # characters of a cell


class Book:
    """What each kind of workbook is made on. The same calls give the same bytes. Raises ArgumentError (XlsxWriter is
    not there)."""

    def __init__(self, what: str, lang: str) -> None:
        """what: of an error, that needs it."""
        try:
            import xlsxwriter
        except ImportError:
            raise ArgumentError(
                f"{what} needs XlsxWriter: pip install libpilot[excel]",
                message_zh="写工作簿需要XlsxWriter：pip install libpilot[excel]",
            ) from None
        self._bytes = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = xlsxwriter.Workbook(self._bytes, options)
        self._lang = lang
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def content(self) -> bytes:
        """The file, when all is written."""
        self._book.close()
        return self._bytes.getvalue()

    def _say(self, en: str, zh: str) -> str:
        return zh if self._lang == "zh" else en

    def _format(self, **format: Any) -> Any:
        key = tuple(sorted(format.items()))
        if key not in self._formats:
            font = {"font_name": self._say("Calibri", "Microsoft YaHei"), "font_size": 10, "valign": "top"}
            self._formats[key] = self._book.add_format({**font, **format})
        return self._formats[key]

    def _print_footer(self, sheet: Any) -> None:
        sheet.set_footer(self._say("&L&A&RPage &P of &N", "&L&A&R第&P页，共&N页"))


def width_of(text: str) -> int:
    """How wide it is: a Chinese character as two letters."""
    return sum(2 if one > "\u2e7f" else 1 for one in text)
