"""The Nanchang pilot of property services for old residential areas (2019), as a library.

>>> import libpilot
>>> award = libpilot.NANCHANG_2019.reward(households=1885, first="2019-12", last="2023-12")
>>> award.total, award.city, award.district
(Decimal('1255410.00'), Decimal('627705.00'), Decimal('627705.00'))

Amounts are exact: Decimal, int or text in, Decimal yuan out, and a float is refused. Areas are Decimal m². Months
are text, ``"2019-12"``, or anything that has a month; days are datetime.date or text. What is not known is None,
and a finding that would need it is ``unknown``. Every refusal is a :class:`Error` that names the place.
"""

from __future__ import annotations

from . import _pilot
from ._call import schema, words
from ._city import (
    AwardYear,
    City,
    CityAward,
    Counts,
    Finding,
    Report,
    Step,
    Summary,
    Timeline,
    check,
)
from ._codes import credit_code, division_code
from ._errors import (
    ArgumentError,
    CapacityError,
    DanglingIdError,
    DuplicateIdError,
    DuplicateKeyError,
    EncodingError,
    Error,
    FormatError,
    InconsistentError,
    JSONSyntaxError,
    LimitError,
    MissingKeyError,
    MissingValueError,
    NoMemoryError,
    NotFoundError,
    OrderError,
    PrecisionError,
    RangeError,
    StoppedError,
    TooLargeError,
    UnknownKeyError,
    WrongTypeError,
)
from ._menu import (
    Bill,
    BillLine,
    BillSum,
    Cheapest,
    Menu,
    Offer,
    OfferQuote,
    PriceFault,
    Quote,
    QuoteLine,
    Rounding,
    bill,
    bills,
    cheapest_service,
    compare_quotes,
    fee,
)
from ._notice import (
    Clause,
    Duty,
    Reading,
    Rule,
    clause,
    duties,
    reading,
    responsible,
    rule,
    titles,
)
from ._policy import (
    NANCHANG_2019,
    Assessment,
    Award,
    AwardLine,
    AwardRange,
    ClaimRun,
    Count,
    Policy,
    PolicyDiff,
    Range,
    Rate,
    Receipt,
)
from ._tables import CellProblem, Place
from ._values import problems
from ._vote import (
    Threshold,
    Unit,
    VoteResult,
    Weight,
    decide_vote,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._account import (
        Account,
        AccountAnswer,
        AccountRange,
        AccountResult,
        AccountRow,
        Ledger,
        Margin,
        break_even_fee,
    )
    from ._documents import (
        Comparison,
        ComparisonCheapest,
        ComparisonOffer,
        Contest,
        ContestOffer,
        Enclosure,
        Handover,
        HandoverSum,
        ItemShift,
        Outside,
        ShiftSum,
        comparison,
        contest,
        outside,
        quote_order,
    )
    from ._needed import Form, FormField, Needed
    from ._receipts import Difference, Verification, seal, verify
    from . import columns as columns
    from ._draw import Draws as Draws, Source as Source, draw as draw
    from ._panel import (
        Panel as Panel,
        Sensitivity as Sensitivity,
        SensitivityRow as SensitivityRow,
        Sweep as Sweep,
    )
    from ._shocks import (
        Distribution as Distribution,
        beta as beta,
        choice as choice,
        triangular as triangular,
        uniform as uniform,
    )
    from ._simulate import (
        Change as Change,
        PolicyComparison as PolicyComparison,
        PolicyComparisonRow as PolicyComparisonRow,
        FileTally as FileTally,
        compare as compare,
        simulate as simulate,
        simulate_file as simulate_file,
        solve as solve,
        tally_file as tally_file,
    )
    from ._template import template
    from ._values import Day
    from ._verdict import Verdict, check_many, verdict
    from .columns import Tally as Tally, TallyYear as TallyYear

    CLAUSES: tuple[Clause, ...]
    RULES: tuple[Rule, ...]
    READINGS: tuple[Reading, ...]

__version__: str = _pilot.version()

# What needs NumPy, and so is imported when it is asked for: by the module that has it.
_LAZY = {
    "columns": ("columns", "Tally", "TallyYear"),
    "_simulate": (
        "Change",
        "PolicyComparison",
        "PolicyComparisonRow",
        "FileTally",
        "compare",
        "simulate",
        "simulate_file",
        "solve",
        "tally_file",
    ),
    "_draw": ("Draws", "Source", "draw"),
    "_panel": ("Panel", "Sensitivity", "SensitivityRow", "Sweep"),
    "_shocks": ("Distribution", "beta", "choice", "triangular", "uniform"),
}

__all__ = [
    "CLAUSES",
    "NANCHANG_2019",
    "READINGS",
    "RULES",
    "Account",
    "AccountAnswer",
    "AccountRange",
    "AccountResult",
    "AccountRow",
    "ArgumentError",
    "Assessment",
    "Award",
    "AwardLine",
    "AwardRange",
    "AwardYear",
    "Bill",
    "BillLine",
    "BillSum",
    "CapacityError",
    "CellProblem",
    "Cheapest",
    "City",
    "CityAward",
    "ClaimRun",
    "Clause",
    "Comparison",
    "ComparisonCheapest",
    "ComparisonOffer",
    "Contest",
    "ContestOffer",
    "Count",
    "Counts",
    "DanglingIdError",
    "Difference",
    "DuplicateIdError",
    "DuplicateKeyError",
    "Duty",
    "Enclosure",
    "EncodingError",
    "Error",
    "Finding",
    "Form",
    "FormField",
    "FormatError",
    "Handover",
    "HandoverSum",
    "InconsistentError",
    "ItemShift",
    "JSONSyntaxError",
    "Ledger",
    "LimitError",
    "Margin",
    "Menu",
    "MissingKeyError",
    "MissingValueError",
    "Needed",
    "NoMemoryError",
    "NotFoundError",
    "Offer",
    "OfferQuote",
    "OrderError",
    "Outside",
    "Place",
    "Policy",
    "PolicyDiff",
    "PrecisionError",
    "PriceFault",
    "Quote",
    "QuoteLine",
    "Range",
    "RangeError",
    "Rate",
    "Reading",
    "Receipt",
    "Report",
    "Rounding",
    "Rule",
    "ShiftSum",
    "Step",
    "StoppedError",
    "Summary",
    "Threshold",
    "Timeline",
    "TooLargeError",
    "Unit",
    "UnknownKeyError",
    "Verdict",
    "Verification",
    "VoteResult",
    "Weight",
    "WrongTypeError",
    "bill",
    "bills",
    "break_even_fee",
    "cheapest_service",
    "check",
    "check_many",
    "clause",
    "compare_quotes",
    "comparison",
    "contest",
    "credit_code",
    "decide_vote",
    "division_code",
    "duties",
    "fee",
    "outside",
    "problems",
    "quote_order",
    "reading",
    "responsible",
    "rule",
    "schema",
    "seal",
    "template",
    "timeline",
    "titles",
    "verdict",
    "verify",
    "words",
]


def timeline(city: City, area: str, *, as_of: Day, policy: Policy | None = None) -> Timeline:
    """An area's way through the steps of part five, on the day. area: its id. Raises NotFoundError."""
    return city.timeline(area, as_of=as_of, policy=policy)


# Loaded on the first use, so that an import is quick.
_LATER = {
    "Account": "_account",
    "AccountAnswer": "_account",
    "AccountRange": "_account",
    "AccountResult": "_account",
    "AccountRow": "_account",
    "Ledger": "_account",
    "Margin": "_account",
    "break_even_fee": "_account",
    "Comparison": "_documents",
    "ComparisonCheapest": "_documents",
    "ComparisonOffer": "_documents",
    "Contest": "_documents",
    "ContestOffer": "_documents",
    "Enclosure": "_documents",
    "Handover": "_documents",
    "HandoverSum": "_documents",
    "ItemShift": "_documents",
    "Outside": "_documents",
    "ShiftSum": "_documents",
    "comparison": "_documents",
    "contest": "_documents",
    "outside": "_documents",
    "quote_order": "_documents",
    "Form": "_needed",
    "FormField": "_needed",
    "Needed": "_needed",
    "Difference": "_receipts",
    "Verification": "_receipts",
    "seal": "_receipts",
    "verify": "_receipts",
    "template": "_template",
    "Verdict": "_verdict",
    "check_many": "_verdict",
    "verdict": "_verdict",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        from importlib import import_module

        found = getattr(import_module(f".{_LATER[name]}", __name__), name)
        globals()[name] = found
        return found
    if name in ("CLAUSES", "RULES", "READINGS"):
        from ._notice import _listed

        return _listed(name)
    for module, names in _LAZY.items():
        if name in names:
            return _needs_numpy(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _needs_numpy(module: str, name: str) -> Any:
    from importlib import import_module

    try:
        made = import_module(f"libpilot.{module}")
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        raise ImportError(f"libpilot.{name} needs NumPy: pip install 'libpilot[columns]'") from error
    return made if name == module else getattr(made, name)


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for names in _LAZY.values() for name in names)])
