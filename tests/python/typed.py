"""What a user's own code looks like to the type checkers; they read it, and nothing runs it."""

import datetime
from decimal import Decimal
from typing import Any

import libpilot
from typing_extensions import assert_type

policy = libpilot.NANCHANG_2019.patch({"city_share": "1/3"}).with_reading(gate_mode="annual")
assert_type(policy, libpilot.Policy)
award = policy.reward(
    households=1885, first="2019-12", last=datetime.date(2023, 12, 31), passed={2019: True, 2020: None}
)
assert_type(award.total, Decimal)
assert_type([line.reason for line in award.lines], list[str])
assert_type(award.range().total.moved_by, tuple[str, ...])
policy.reward(first="2019-12", last="2019-12", area="118.50", passed=[libpilot.Assessment(2019, True)])

report = libpilot.check("city.json", as_of=datetime.date(2020, 2, 29))
assert_type(report.breaches, tuple[libpilot.Finding, ...])
assert_type(report.findings[0].due, "datetime.date | None")
assert_type(report.by_district()["360102"].counts.breach, int)
report.to_excel("report.xlsx", "zh")
assert_type(report.mark("city.xlsx", "marked.xlsx"), tuple[libpilot.Finding, ...])
assert_type([path.name for path in report.notices("letters")], list[str])

assert_type(libpilot.seal(award), str)
assert_type(libpilot.verify(libpilot.seal(report), "city.json", policy).differences[0].path, str)

menu = libpilot.Menu.load({"id": "m"})
assert_type(menu.quote("p", day="2020-01-01", area=Decimal(100)).month_per_dwelling, "Decimal | None")
assert_type(
    libpilot.bill(menu, items={"cleaning": 1}, area=80, first="2020-01", last="2020-12").total, Decimal
)
assert_type(libpilot.compare_quotes([(menu, "p"), (menu, {"cleaning": 2})], day="2020-01-01")[0].rank, int)
assert_type(libpilot.CLAUSES[0].actors, tuple[str, ...])
assert_type(libpilot.duties("reward")[0].due(), "datetime.date | None")
account = libpilot.Account.load("account.json")
assert_type(account.compute().years[0].service.shortfall, Decimal)
assert_type(libpilot.break_even_fee(account, "2022-01"), "Decimal | None")
assert_type(libpilot.outside({"as_of": "2020-02-29"}).ledger["owners"], Decimal)
assert_type(libpilot.contest("contest.json").chosen, "str | None")

# Each of these is a mistake that the checkers have to see: an ignore that is not needed is an error.
policy.reward(households=1.5, first="2019-12", last="2019-12")  # type: ignore[arg-type]
policy.reward(households=1)  # type: ignore[call-arg]
libpilot.fee(0.35, 10)  # type: ignore[arg-type]
libpilot.Weight(1)  # type: ignore[call-arg]
award.lines[0].amount = Decimal(1)  # type: ignore[misc]
report.breeches  # type: ignore[attr-defined]
account.compute().total.margin.profit = Decimal(1)  # type: ignore[misc]

assert_type(libpilot.columns.awards([1885], "2019-12", "2023-12").check(), libpilot.columns.Awards)
assert_type(libpilot.columns.bills(area=["61.37"], price=3500, months=1).check(), libpilot.columns.Bills)
lacking = libpilot.columns.accounts("2020-01", "2024-12", service_cost=[1], years=range(2020, 2025)).check()
assert_type(lacking, libpilot.columns.Accounts)
assert_type(lacking.both, libpilot.columns.LedgerColumns)
libpilot.columns.accounts("2020-01", "2024-12", billed=1, collection_rate=0.75)  # type: ignore[arg-type]
assert_type(libpilot.columns.Pass().check().bad, int)
tally = libpilot.columns.tally([1885], "2019-12", "2023-12", policy=policy)
assert_type(tally + tally, libpilot.Tally)
assert_type(tally.years()[2020].city, Decimal)
assert_type(libpilot.compare({}, policy, {"reform": policy}).changes[0].gained, Decimal)
assert_type(libpilot.tally_file("panel.csv").labels, list[Any])
