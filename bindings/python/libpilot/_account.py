"""A community's money (4.4-1 to 4.5-1): two earmarked ledgers, what each lacks, and the fee that would do."""

from __future__ import annotations

from decimal import Decimal

from . import _pilot
from ._call import call
from ._policy import NANCHANG_2019, Policy, Range, Rate, native, range_of, receipt_of
from ._values import Value, fields, from_json, indented, load, month

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ._policy import Receipt
    from ._values import Document, Month


class Ledger(Value):
    """One ledger in a month, a year or the whole time, in yuan.

    opening + collected + reward + income + shortfall == cost + used + misused + rebate + closing in each
    month. Of a longer time opening is the first month's, closing the last one's, and the rest are the months'
    sums. billed, collected: fees (4.4-1), of the service alone. income: what counts of income_gross less
    income_cost, of the project's business (4.4.2-1) or of parking (4.4.2-5). used, misused: beside the
    monthly costs, for the ledger's purpose and for any other. result: what came in less what went out, before
    the rebate. gap: lacking before any source, after the fees, after the reward. shortfall: lacking after
    all, which somebody has to bring.
    """

    opening: Decimal
    reward: Decimal
    reward_forgone: Decimal
    income_gross: Decimal
    income_cost: Decimal
    income: Decimal
    cost: Decimal
    used: Decimal
    misused: Decimal
    result: Decimal
    gap: Decimal
    gap_after_fees: Decimal
    gap_after_reward: Decimal
    shortfall: Decimal
    closing: Decimal
    billed: Decimal = Decimal("0.00")
    collected: Decimal = Decimal("0.00")
    rebate: Decimal = Decimal("0.00")


class Margin(Value):
    """The service's profit as a fraction of its cost (4.5-1): profit / cost, in yuan. outcome: ``unknown``,
    ``loss``, ``break_even``, ``small_profit`` or ``above_cap``; none is a breach."""

    profit: Decimal
    cost: Decimal
    outcome: str


class AccountRow(Value):
    """A month, a calendar year or the whole time, from first to last, both included."""

    first: str
    last: str
    service: Ledger
    community: Ledger
    margin: Margin


class AccountAnswer(Value):
    """What it would take for the months from first to last to hold by themselves; each value does, and the
    next one below it does not. None: none does, or a price without an area.

    break_even_price: yuan per m² and month, at the collection rate given; break_even_billed: yuan a month;
    without_reward_*: likewise with no reward. collection_rate: a share such as ``"3/4"``, at the fee given.
    community_gap: what the community lacks, in yuan. reward_rate: yuan per reward_rate_per and month.
    """

    first: str
    last: str
    community_gap: Decimal
    community_gap_without_reward: Decimal
    reward_rate_per: str
    break_even_price: Decimal | None = None
    break_even_billed: Decimal | None = None
    without_reward_price: Decimal | None = None
    without_reward_billed: Decimal | None = None
    collection_rate: str | None = None
    reward_rate: Decimal | None = None


class AccountRange(Value):
    """What the ledgers lack over the whole time, over the readings, and the two together."""

    service: Range
    community: Range
    both: Range


class AccountResult(Value):
    """An account computed under a policy. award: of the claim, in all; reward_after: of it, for months after
    the account's. answers: one for each year. rates: the policy's, in date order. Amounts are Decimal yuan."""

    award: Decimal
    reward_after: Decimal
    total: AccountRow
    years: tuple[AccountRow, ...]
    months: tuple[AccountRow, ...]
    answers: tuple[AccountAnswer, ...]
    receipt: Receipt
    rates: tuple[Rate, ...]

    def plot(self, ax: Any = None, *, lang: str = "en") -> Any:
        """What the reward brings and what the community and its service lack, year by year, with the reward's rate under
        each; arguments as of Award.plot."""
        from ._plot import account

        return account(self, ax, lang)

    def _repr_html_(self) -> str:
        from ._html import account

        return account(self)


def _row(row: Mapping[str, Any]) -> AccountRow:
    # The community's only business is parking, and it has no fees: after them it lacks what it lacked before.
    community = {key.replace("parking", "income"): value for key, value in row["community"].items()}
    community["gap_after_fees_yuan"] = community["gap_yuan"]
    return AccountRow(
        row["first"],
        row["last"],
        Ledger(**fields(row["service"])),
        Ledger(**fields(community)),
        Margin(**fields(row["margin"])),
    )


def _result(row: dict[str, Any], policy: Policy) -> AccountResult:
    return AccountResult(
        Decimal(row["award_yuan"]),
        Decimal(row["reward_after_yuan"]),
        _row(row["total"]),
        tuple(map(_row, row["years"])),
        tuple(map(_row, row["months"])),
        tuple(AccountAnswer(**fields(answer)) for answer in row["answers"]),
        receipt_of(row),
        tuple(
            Rate(one["first"], one["last"], Decimal(one["yuan"]), one["per"])
            for one in policy.to_dict()["rates"]
        ),
    )


class Account:
    """A community's account as it is planned or was kept: fee, collection rate, claim, costs, incomes and
    uses. It never changes; compared by value and pickled.

    >>> account = Account.from_dict({"first": "2024-01", "last": "2024-12", "collection_rate": "3/4",
    ...     "fee": {"price_yuan": "0.3500", "building_area_m2": "83363.20"},
    ...     "costs": [{"ledger": "service", "first": "2024-01", "last": "2024-12", "monthly_yuan": "21500.00"}]})
    >>> account.compute().total.service.gap, account.answer("2024-01", "2024-06").break_even_price
    (Decimal('232732.56'), Decimal('0.3439'))
    >>> account.range().service.least, account.break_even_fee()
    (Decimal('0.00'), Decimal('0.3439'))
    >>> Account.load(account.to_json()) == account, account.to_dict()["collection_rate"]
    (True, '3/4')
    """

    __slots__ = ("_native",)

    def __init__(self, document: Document) -> None:
        """A path, JSON text or bytes, or a dict, as ``libpilot.schema("account")`` describes it. Raises the
        Error of whatever is wrong with it, with its place."""
        self._native = load(_pilot.Account, document, "account")

    @classmethod
    def load(cls, document: Document) -> Account:
        """The account of a path, JSON text or bytes, or a dict. Raises the Error of what is wrong with it.

        >>> account = Account.load({"first": "2024-01", "last": "2024-12", "collection_rate": "3/4",
        ...     "fee": {"price_yuan": "0.3500", "building_area_m2": "83363.20"},
        ...     "costs": [{"ledger": "service", "first": "2024-01", "last": "2024-12", "monthly_yuan": "21500.00"}]})
        >>> account.compute().total.margin
        Margin(profit=Decimal('4594.08'), cost=Decimal('258000.00'), outcome='small_profit')
        >>> account.break_even_fee()
        Decimal('0.3439')
        """
        return cls(document)

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Account:
        """The account of a dict; Decimals and datetime.dates in it are fine. Raises as load."""
        return cls(document)

    def compute(self, *, policy: Policy | None = None) -> AccountResult:
        """The account by month and year under the policy's rates and readings. Raises MissingValueError (a
        quantity that a rate of the claim is paid for), TooLargeError."""
        return _result(self._computed(policy), NANCHANG_2019 if policy is None else policy)

    def _computed(self, policy: Policy | None) -> dict[str, Any]:
        made: dict[str, Any] = self._call("account", policy)
        return made

    def _call(self, name: str, policy: Policy | None, **members: Any) -> Any:
        given = {"policy": native(policy), "account": self._native}
        return call(name, given=given, within="account", **members)

    def answer(
        self, first: Month | None = None, last: Month | None = None, *, policy: Policy | None = None
    ) -> AccountAnswer:
        """What it would take from the first to the last of these months, both included; the whole time where
        they are None. Raises RangeError, OrderError, and as compute."""
        terms = self.to_dict() if first is None or last is None else {}
        found = self._call(
            "account_answer",
            policy,
            first=terms["first"] if first is None else month(first, "first"),
            last=terms["last"] if last is None else month(last, "last"),
        )
        return AccountAnswer(**fields(found["answers"][0]))

    def break_even_fee(
        self,
        first: Month | None = None,
        last: Month | None = None,
        *,
        reward: bool = True,
        policy: Policy | None = None,
    ) -> Decimal | None:
        """The least fee at which the service lacks nothing over these months, in yuan per m² and month
        (4.4-1, 4.5-1): None where none does or no area is known. reward: with what the reward brings it,
        which is nothing unless the reading reward_payee says so. Raises as answer."""
        found = self.answer(first, last, policy=policy)
        return found.break_even_price if reward else found.without_reward_price

    def range(self, *, policy: Policy | None = None) -> AccountRange:
        """What the ledgers lack under every combination of the readings that bear on it, whatever the
        policy's own. Raises as compute."""
        found = self._call("account_range", policy)
        return AccountRange(*(range_of(found[key]) for key in AccountRange.__match_args__))

    def to_dict(self) -> dict[str, Any]:
        """The account's JSON form, without the keys that begin with ``x-``."""
        made: dict[str, Any] = from_json(self.to_json())
        return made

    def to_json(self, *, indent: bool = False) -> str:
        """Canonical: the same account, the same text."""
        return _pilot.account_json(self._native, indented(indent))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Account):
            return NotImplemented
        return self is other or self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __repr__(self) -> str:
        terms = self.to_dict()
        return f"<Account {terms['first']} to {terms['last']}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Account, (self.to_json(),))


def break_even_fee(
    account: Account | Document,
    first: Month | None = None,
    last: Month | None = None,
    *,
    reward: bool = True,
    policy: Policy | None = None,
) -> Decimal | None:
    """The least fee at which an account's service lacks nothing, in yuan per m² and month (4.4-1, 4.5-1): as
    :meth:`Account.break_even_fee`. account: an Account, or whatever Account.load takes. Raises as both.

    >>> break_even_fee({"first": "2024-01", "last": "2024-12", "collection_rate": "3/4",
    ...     "fee": {"price_yuan": "0.3500", "building_area_m2": "83363.20"},
    ...     "costs": [{"ledger": "service", "first": "2024-01", "last": "2024-12", "monthly_yuan": "21500.00"}]})
    Decimal('0.3439')
    """
    account = account if isinstance(account, Account) else Account.load(account)
    return account.break_even_fee(first, last, reward=reward, policy=policy)
