"""The Nanchang pilot of property services for old residential areas (2019), as a library.

>>> import libpilot
>>> award = libpilot.NANCHANG_2019.reward(households=1885, first="2019-12", last="2023-12")
>>> award.total, award.city, award.district
(Decimal('1255410.00'), Decimal('627705.00'), Decimal('627705.00'))

Amounts are exact: Decimal, int or text in, Decimal yuan out, and a float is refused. Areas are Decimal m². Months
are text, ``"2019-12"``, or anything that has a month; days are datetime.date or text. What is not known is None,
and a finding that would need it is ``unknown``. Every refusal is a :class:`Error` that names the place.

All names by task; ``help(libpilot.check)`` tells of one. What is marked * needs NumPy: ``libpilot[columns]``.

A city's records, held against the notice
  City, Place, CellProblem, template, problems  from JSON, a workbook or tables; what is wrong with them
  check, check_many, verdict, Report, Finding, Counts, Summary, Verdict  each rule's outcome, in words or alone
  Needed, Form, FormField, timeline, Timeline, Step  evidence that is missing; an area's way through part five
The reward, and what reforms of it cost
  NANCHANG_2019, Policy, Rate, PolicyDiff  the notice's parameters; a reform is a patch of them
  Assessment, Count, ClaimRun, Award, AwardLine, AwardRange, Range, CityAward, AwardYear  a claim, what it is paid
  columns, simulate, simulate_file  * the award of each row, of arrays, a frame or a file
  compare, PolicyComparison, PolicyComparisonRow, Change  * who gains by a reform, and how much
  Panel, Sweep, Sensitivity, SensitivityRow  * rows that are read once, under many reforms
  Tally, TallyYear, tally_file, FileTally, solve  * sums by group and year, and what a budget carries
  draw, Draws, Source, Distribution, uniform, triangular, beta, choice  * what is uncertain, and why
Prices, bills and offers
  Menu, PriceFault, Quote, QuoteLine, quote_order  services by grade, and what a selection costs
  fee, bill, bills, Bill, BillLine, BillSum, Rounding  what dwellings pay
  compare_quotes, Offer, OfferQuote, cheapest_service, Cheapest  the same of several menus
  comparison, Comparison, ComparisonOffer, ComparisonCheapest  a document's offers for one area
  contest, Contest, ContestOffer  an area's offers, as its owners vote on them
Votes, accounts, duties
  decide_vote, VoteResult, Threshold, Unit, Weight  what owners have decided
  Account, AccountResult, AccountRow, AccountAnswer, AccountRange, Ledger, Margin, break_even_fee  what is lacking
  responsible, duties, Duty  who answers for a matter, and who has to do what by when
  outside, Outside, Handover, HandoverSum, Enclosure, ItemShift, ShiftSum  money outside the gate
The notice itself, proofs, and what is refused
  CLAUSES, Clause, clause, RULES, Rule, rule, READINGS, Reading, reading  its clauses, rules and disputed readings
  titles, words, schema, credit_code, division_code  words in both languages, documents' schemas, codes
  seal, verify, Verification, Difference, Receipt  results that others can check
  Error, ArgumentError, CapacityError, DanglingIdError, DuplicateIdError, DuplicateKeyError,
  EncodingError, FormatError, InconsistentError, JSONSyntaxError, LimitError, MissingKeyError,
  MissingValueError, NoMemoryError, NotFoundError, OrderError, PrecisionError, RangeError, StoppedError,
  TooLargeError, UnknownKeyError, WrongTypeError
"""

from __future__ import annotations

from . import _pilot
from ._call import schema as schema, words as words
from ._city import (
    AwardYear as AwardYear,
    City as City,
    CityAward as CityAward,
    Counts as Counts,
    Finding as Finding,
    Report as Report,
    Step as Step,
    Summary as Summary,
    Timeline as Timeline,
    check as check,
    timeline as timeline,
)
from ._codes import credit_code as credit_code, division_code as division_code
from ._errors import (
    ArgumentError as ArgumentError,
    CapacityError as CapacityError,
    DanglingIdError as DanglingIdError,
    DuplicateIdError as DuplicateIdError,
    DuplicateKeyError as DuplicateKeyError,
    EncodingError as EncodingError,
    Error as Error,
    FormatError as FormatError,
    InconsistentError as InconsistentError,
    JSONSyntaxError as JSONSyntaxError,
    LimitError as LimitError,
    MissingKeyError as MissingKeyError,
    MissingValueError as MissingValueError,
    NoMemoryError as NoMemoryError,
    NotFoundError as NotFoundError,
    OrderError as OrderError,
    PrecisionError as PrecisionError,
    RangeError as RangeError,
    StoppedError as StoppedError,
    TooLargeError as TooLargeError,
    UnknownKeyError as UnknownKeyError,
    WrongTypeError as WrongTypeError,
)
from ._menu import (
    Bill as Bill,
    BillLine as BillLine,
    BillSum as BillSum,
    Cheapest as Cheapest,
    Menu as Menu,
    Offer as Offer,
    OfferQuote as OfferQuote,
    PriceFault as PriceFault,
    Quote as Quote,
    QuoteLine as QuoteLine,
    Rounding as Rounding,
    bill as bill,
    bills as bills,
    cheapest_service as cheapest_service,
    compare_quotes as compare_quotes,
    fee as fee,
)
from ._notice import (
    Clause as Clause,
    Duty as Duty,
    Reading as Reading,
    Rule as Rule,
    clause as clause,
    duties as duties,
    reading as reading,
    responsible as responsible,
    rule as rule,
    titles as titles,
)
from ._policy import (
    NANCHANG_2019 as NANCHANG_2019,
    Assessment as Assessment,
    Award as Award,
    AwardLine as AwardLine,
    AwardRange as AwardRange,
    ClaimRun as ClaimRun,
    Count as Count,
    Policy as Policy,
    PolicyDiff as PolicyDiff,
    Range as Range,
    Rate as Rate,
    Receipt as Receipt,
)
from ._tables import CellProblem as CellProblem, Place as Place
from ._values import problems as problems
from ._vote import (
    Threshold as Threshold,
    Unit as Unit,
    VoteResult as VoteResult,
    Weight as Weight,
    decide_vote as decide_vote,
)

# There is no __all__: help() prints in full whatever that names, where it should be the page above. What is public is
# what dir() has.
_EAGER = tuple(name for name in dir() if not name.startswith("_") and name != "annotations")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._account import (
        Account as Account,
        AccountAnswer as AccountAnswer,
        AccountRange as AccountRange,
        AccountResult as AccountResult,
        AccountRow as AccountRow,
        Ledger as Ledger,
        Margin as Margin,
        break_even_fee as break_even_fee,
    )
    from ._documents import (
        Comparison as Comparison,
        ComparisonCheapest as ComparisonCheapest,
        ComparisonOffer as ComparisonOffer,
        Contest as Contest,
        ContestOffer as ContestOffer,
        Enclosure as Enclosure,
        Handover as Handover,
        HandoverSum as HandoverSum,
        ItemShift as ItemShift,
        Outside as Outside,
        ShiftSum as ShiftSum,
        comparison as comparison,
        contest as contest,
        outside as outside,
        quote_order as quote_order,
    )
    from ._needed import Form as Form, FormField as FormField, Needed as Needed
    from ._receipts import (
        Difference as Difference,
        Verification as Verification,
        seal as seal,
        verify as verify,
    )
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
    from ._template import template as template
    from ._verdict import Verdict as Verdict, check_many as check_many, verdict as verdict
    from .columns import Tally as Tally, TallyYear as TallyYear

    CLAUSES: tuple[Clause, ...]
    RULES: tuple[Rule, ...]
    READINGS: tuple[Reading, ...]

__version__: str = _pilot.version()

_LISTED = ("CLAUSES", "RULES", "READINGS")

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
    if name in _LISTED:
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
    lazy = (*_LATER, *_LISTED, *(name for names in _LAZY.values() for name in names))
    return sorted((*_EAGER, *lazy))
