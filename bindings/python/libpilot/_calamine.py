"""python-calamine, and what it raises as the library's errors."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ._errors import ArgumentError
from ._sheet import damaged, locked, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The workbook of these bytes. Raises FormatError, ArgumentError (no python-calamine)."""
    try:
        import python_calamine as calamine
    except ImportError:
        raise refusal(
            ArgumentError,
            "reading workbooks needs python-calamine: pip install libpilot[excel]",
            "读取工作簿需要python-calamine：pip install libpilot[excel]",
        ) from None
    try:
        with calamine.load_workbook(BytesIO(data)) as workbook:
            yield workbook
    except calamine.PasswordError:
        raise locked() from None
    except calamine.CalamineError as error:
        raise damaged(error) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # which is no Exception
            raise
        raise damaged() from None
