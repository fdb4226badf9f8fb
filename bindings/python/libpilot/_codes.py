"""Unified social credit codes and division codes, checked and never looked up."""

from __future__ import annotations

from ._call import call
from ._values import day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._values import Day


def credit_code(code: str) -> str:
    """The unified social credit code (GB 32100-2015) as it is, where both its check characters fit.

    Raises FormatError, which names the character that is wrong where that can be told.

    >>> credit_code("91110000600037341L")
    '91110000600037341L'
    >>> credit_code("91110000600073341L")
    Traceback (most recent call last):
    ...
    libpilot._errors.FormatError: /code: its check characters do not fit: characters 13 and 14, "73", may have \
changed places
    """
    call("credit_code", code=code)
    return code


def division_code(code: str, digits: int = 0, *, on: Day | None = None) -> str:
    """The division code as it is: of a district (6 digits), a street (9) or a community (12).

    digits: which of them, or 0 for any. on: a day, of which Nanchang's districts are looked at. Raises FormatError,
    NotFoundError (no such province, or district of Nanchang), RangeError (a district of another time), ArgumentError
    (digits).

    >>> division_code("360105", 6, on="2019-12-31")
    '360105'
    >>> division_code("360105", 6, on="2020-06-28")
    Traceback (most recent call last):
    ...
    libpilot._errors.RangeError: /code: 360105 is the code of Wanli, which was there until 2020-06-27
    """
    call("division_code", code=code, digits=digits, on=None if on is None else day(on, "on"))
    return code
