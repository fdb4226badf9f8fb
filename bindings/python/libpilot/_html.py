"""What a notebook shows of a result: tables in HTML, of text alone, which take the theme's colours."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape

from ._call import schema
from ._menu import PER
from ._notice import reading, titles
from ._policy import _REASONS, _UNITS, NANCHANG_2019
from ._results import OUTCOMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from ._account import AccountResult, AccountRow
    from ._city import CityAward, Report
    from ._documents import Comparison
    from ._draw import Draws
    from ._menu import Menu
    from ._policy import Award, AwardRange, Policy, PolicyDiff
    from ._panel import Sensitivity, Sweep
    from ._simulate import PolicyComparison

ROWS_MOST = 30  # of a table
_SHORT = 10  # characters that stay on one line
_WORD_MOST = 40  # characters without a space


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[object]], lang: str = "en") -> str:
    """A table in HTML: a caption, headings, and the first ROWS_MOST rows with how many more there are.

    A cell that is an int or a Decimal is a number, to the right and with its thousands apart; None is blank; years,
    which are no amounts, are text. Whatever text holds is shown, never obeyed. lang: ``en`` or ``zh``, of the table's
    own words.
    """
    every = list(rows)
    shown, more = every[:ROWS_MOST], len(every) - ROWS_MOST
    right = [any(_is_number(row[at]) for row in shown) for at in range(len(headings))]
    head = "".join(_cell("th", text, number) for text, number in zip(headings, right))
    body = "".join(
        f"<tr>{''.join(_cell('td', cell, number) for cell, number in zip(row, right))}</tr>" for row in shown
    )
    if more > 0:
        said = f"另有{more:,}行" if lang == "zh" else f"and {more:,} more"
        body += f'<tr><td colspan="{len(headings)}" style="text-align:left">{said}</td></tr>'
    style = "caption-side:top;text-align:left;color:inherit;font-weight:bold;padding:0.6em 0"
    title = f'<caption style="{style}">{escape(caption)}</caption>'
    return f'<table lang="{lang}">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _cell(kind: str, value: object, right: bool) -> str:
    if value is None:
        text = ""
    elif _is_number(value):
        text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    else:
        text = escape(value.isoformat() if isinstance(value, date) else str(value))
    style = "text-align:right" if right else "text-align:left"
    if right or len(text) <= _SHORT:
        style += ";white-space:nowrap"  # as numbers of clauses and months have hyphens
    elif any(len(word) > _WORD_MOST for word in text.split()):
        style += ";overflow-wrap:anywhere"  # rather than that one name makes the table wider than the page
    return f'<{kind} style="{style};padding:0.2em 0.6em">{text}</{kind}>'


def _words(code: str) -> str:
    """A word of the library's as people write it."""
    return code.replace("_", " ")


def _named(record: Mapping[str, Any]) -> str:
    return str(record.get("name") or record["id"])


def report(made: Report) -> str:
    """What each community has met and what not, and what is breached; in the report's language."""
    lang, zh = made.lang, made.lang == "zh"
    names, bodies = titles("outcome", lang), titles("actor", lang)
    counts = made.counts.to_dict()
    said = ("，" if zh else ", ").join(f"{names[one]} {counts[one]:,}" for one in OUTCOMES)
    under = made.receipt.policy
    communities = table(
        f"截至{made.as_of}，依据政策“{under}”：{said}"
        if zh
        else f"As of {made.as_of}, under {under}: {said}",
        ["社区" if zh else "community", *(names[one] for one in OUTCOMES)],
        [
            [one.name or one.id, *(getattr(one.counts, outcome) for outcome in OUTCOMES)]
            for one in made.by_community().values()
        ],
        lang,
    )
    breaches = table(
        names["breach"] if zh else "Breached",
        ["条款", "结论", "责任方", "下一步"] if zh else ["clause", "finding", "who has to act", "next"],
        [
            [
                one.clause,
                one.zh if zh else one.en,
                ("、" if zh else ", ").join(bodies[body] for body in one.who),
                one.next_zh if zh else one.next_en,
            ]
            for one in made.breaches
        ],
        lang,
    )
    return communities + (breaches if counts["breach"] else "")


def _ranges(range: AwardRange) -> str:
    return table(
        "Over the readings of the notice, yuan",
        ["", "least", "greatest", "moved by"],
        [
            [name, one.least, one.greatest, ", ".join(reading(moved).title_en for moved in one.moved_by)]
            for name, one in (("in all", range.total), ("city", range.city), ("district", range.district))
        ],
    )


def award(made: Award) -> str:
    """The schedule, and the range over the readings."""
    lines = [
        [
            one.first,
            one.last,
            one.months,
            None if one.reason == "outside_period" else one.rate,
            None if one.reason == "outside_period" else _UNITS[one.per][0],
            one.quantity,
            "payable" if one.reason == "payable" else _REASONS[one.reason][0],
            one.amount,
            one.city,
            one.district,
            one.withheld,
            one.clause,
        ]
        for one in made.lines
    ]
    months = made.months_paid + made.months_withheld
    sums = [made.total, made.city, made.district, made.withheld, None]
    headings = [
        "from",
        "to",
        "months",
        "rate",
        "per",
        "quantity",
        "",
        "payable",
        "city",
        "district",
        "withheld",
        "clause",
    ]
    caption = f"Reward under {made.receipt.policy}, yuan"
    return table(
        caption, headings, [*lines, ["in all", None, months, None, None, None, None, *sums]]
    ) + _ranges(made.range())


def city_award(made: CityAward) -> str:
    """By year, and the range over the readings."""
    caption = f"Rewards of {made.areas:,} areas with {made.households:,} households, yuan"
    if made.areas_unknown:
        caption += f"; of {made.areas_unknown:,} more it is not known"
    years = [[str(one.year), one.total, one.city, one.district, one.withheld] for one in made.years]
    sums = [made.total, made.city, made.district, made.withheld]
    headings = ["year", "payable", "city", "district", "withheld"]
    return table(caption, headings, [*years, ["in all", *sums]]) + _ranges(made.range)


def _parameters() -> dict[str, Any]:
    found: dict[str, Any] = schema("policy")["properties"]
    return found


def _told(key: str, value: Any, known: Mapping[str, Any]) -> str:
    """A parameter's value in words. known: the parameters' schemas."""
    worded = any("enum" in one for one in known.get(key, {}).get("anyOf", ()))
    return _words(value) if worded and value is not None else _shown(value)


def _shown(value: Any) -> str:
    """Of a record its name, or what it has but for the records in it."""
    if isinstance(value, list):
        return "; ".join(map(_shown, value)) or "none"
    if isinstance(value, dict):
        if "per" in value:
            return f"{value['yuan']} yuan per {_UNITS[value['per']][0]} and month, {value['first']} to {value['last']}"
        if "name" in value:
            return str(value["name"])
        return ", ".join(
            f"{_words(key)} {_shown(one)}" for key, one in value.items() if not isinstance(one, dict)
        )
    bodies, matters = titles("actor"), titles("vote_matter")
    return "" if value is None else bodies.get(value) or matters.get(value) or str(value)


def policy(made: Policy) -> str:
    """Its parameters, and the disputed readings that are not the notice's usual ones."""
    document, usual = made.to_dict(), NANCHANG_2019.readings
    known = _parameters()
    switched = {name: option for name, option in document.pop("readings").items() if option != usual[name]}
    title = document.pop("name_en", None) or document.get("name_zh") or made.id
    otherwise = f"{len(switched)} of them otherwise than usual" if switched else "all of them as usual"
    parameters = table(
        f"{title} ({made.fingerprint}); {len(usual)} disputed readings, {otherwise}",
        ["parameter", "value", "meaning", "clause"],
        [
            [key, _told(key, value, known), known[key]["description"], known[key].get("x-clause")]
            for key, value in document.items()
            if key != "name_zh"
        ],
    )
    if not switched:
        return parameters
    return parameters + table(
        "Readings",
        ["reading", "option", "usual option", "clause"],
        [
            [reading(name).title_en, _words(option), _words(usual[name]), reading(name).clause]
            for name, option in switched.items()
        ],
    )


def policy_diff(made: PolicyDiff) -> str:
    """What the reform changes, from what to what."""
    before, known = made.before.to_dict(), _parameters()
    rows = [
        [
            key,
            _told(key, before.get(key), known),
            _told(key, value, known),
            known.get(key, {}).get("description"),
            known.get(key, {}).get("x-clause"),
        ]
        for key, value in made.items()  # a dict, in which a user may have put what no parameter is
        if key != "readings"
    ]
    for name, option in made.get("readings", {}).items():
        one = reading(name)
        rows.append([name, _words(before["readings"][name]), _words(option), one.title_en, one.clause])
    caption = (
        f"From {made.before.id} ({made.before.fingerprint}) to {made.after.id} ({made.after.fingerprint}): "
    )
    return table(
        caption + (f"{len(rows)} changed" if rows else "nothing differs"),
        ["parameter", "before", "after", "meaning", "clause"],
        rows,
    )


def policy_comparison(made: PolicyComparison) -> str:
    """The totals by year, and who gains and loses."""
    totals = [made.totals(name) for name in made.policies]
    years = sorted({row.year for row in made.rows})
    rows: list[list[object]] = [[str(year), *(one[year] for one in totals)] for year in years]
    rows.append(["in all", *(sum(one.values(), Decimal(0)) for one in totals)])
    changes = [
        [one.policy, one.group, one.more, one.gained, one.less, one.lost, one.same] for one in made.changes
    ]
    headings = ["policy", "group", "rows with more", "gained", "rows with less", "lost", "rows as before"]
    if all(row[1] is None for row in changes):
        headings, changes = headings[:1] + headings[2:], [row[:1] + row[2:] for row in changes]
    return table("Rewards by year, yuan", ["year", *made.policies], rows) + (
        table(f"Beside {made.policies[0]}, yuan", headings, changes) if changes else ""
    )


def _span(row: AccountRow) -> str:
    """A calendar year, or the months of it that the account has."""
    if row.first == row.last:
        return row.first
    whole = row.first.endswith("-01") and row.last.endswith("-12")
    return row.first[:4] if whole and row.first[:4] == row.last[:4] else f"{row.first} to {row.last}"


def account(made: AccountResult) -> str:
    """By year: what comes in, what each ledger lacks, and the fee that would do."""
    fees = {one.first: one.break_even_price for one in made.answers}
    rows = [
        [
            _span(row) if row is not made.total else "in all",
            row.service.collected,
            row.service.reward + row.community.reward,
            row.service.income + row.community.income,
            row.service.shortfall,
            row.community.shortfall,
            _words(row.margin.outcome),
            fees.get(row.first) if row is not made.total else None,
        ]
        for row in (*made.years, made.total)
    ]
    return table(
        f"Account {made.total.first} to {made.total.last} under {made.receipt.policy}, yuan",
        [
            "year",
            "fees",
            "reward",
            "income",
            "the service lacks",
            "the community lacks",
            "the provider's margin",
            "break-even fee per m² and month",
        ],
        rows,
    )


def draws(made: Draws) -> str:
    """Totals by year that so many draws do not exceed, and what share of their spread each source brings."""
    shares = ("0.05", "0.25", "0.5", "0.75", "0.95")
    told = table(
        f"{len(made.total):,} draws (seed {made.seed}): the total, in yuan, that this share of them does not exceed",
        ["year", *(f"{Decimal(share):.0%}" for share in shares)],
        [["in all" if year is None else str(year), *sums] for year, sums in made.quantiles(shares).items()],
    )
    sources = made.known_sources
    if not sources:
        return told
    return told + table(
        "What the spread of the total comes from",
        ["source", "share by itself", "share with others"],
        [[one.title_en, f"{one.alone:.1%}", f"{one.with_others:.1%}"] for one in sources],
    )


def sweep(made: Sweep) -> str:
    """What each reform costs."""
    rows = [
        [*map(str, point), *(Decimal(amount).scaleb(-2) for amount in made.fen(number)[:3])]
        for number, point in enumerate(made.points)
    ]
    return table(f"{len(made):,} reforms, yuan", [*made.names, "total", "city", "district"], rows)


def sensitivity(made: Sensitivity) -> str:
    """What each setting moves, the widest first."""
    rows: list[list[object]] = [["as it is", "", "", made.total, made.city, made.district, ""]]
    for row in made.rows:
        title = reading(row.name).title_en if row.kind == "reading" else row.name
        rows.append([title, row.name, _words(row.setting), row.total, row.city, row.district, row.difference])
    headings = ["what", "key", "setting", "total", "city", "district", "difference"]
    return table(f"One setting changed at a time, yuan; {len(made.unmoved)} move nothing", headings, rows)


def menu(made: Menu) -> str:
    """The services with the price of each grade, and the packages."""
    document = made.to_dict()
    services, packages = document["services"], document.get("packages") or []
    names = {one["id"]: _named(one) for one in services}
    prices = [{one["grade"]: Decimal(one["yuan"]) for one in service["grades"]} for service in services]
    grades = sorted({grade for one in prices for grade in one})
    caption = f"{_named(document)}: yuan a month"
    for word, key in (("from", "valid_from"), ("to", "valid_to")):
        caption += f", {word} {document[key]}" if document.get(key) else ""
    best = "the lowest grade is the best" if document["best_is_low"] else "the highest grade is the best"
    listed = table(
        f"{caption}; {best}",
        ["service", "kind", "per", *(f"grade {grade}" for grade in grades)],
        [
            [names[one["id"]], _words(one["kind"]), PER[one["per"]][0], *map(own.get, grades)]
            for one, own in zip(services, prices)
        ],
    )
    if not packages:
        return listed
    return listed + table(
        "Packages",
        ["package", "made of", "price", "per", "discount"],
        [
            [
                _named(one),
                ", ".join(f"{names[item['service']]} {item['grade']}" for item in one["items"]),
                None if one.get("yuan") is None else Decimal(one["yuan"]),
                PER[one["per"]][0] if one.get("per") else "",
                one.get("discount"),
            ]
            for one in packages
        ],
    )


def chosen(package: str | None, items: Mapping[str, int]) -> str:
    """What an offer is, in words."""
    services = ", ".join(f"{_words(service)} {grade}" for service, grade in items.items())
    return "; ".join(filter(None, [package, services]))


def comparison(made: Comparison) -> str:
    """The offers in the order of the document, and where each required service is cheapest."""
    offers = table(
        f"Offers on {made.day}, yuan",
        [
            "provider",
            "menu",
            "chosen, with grades",
            "a month",
            "a year",
            "more a year",
            "more a dwelling",
            "rank",
        ],
        [
            [
                one.provider,
                one.quote.menu,
                chosen(one.package, one.items),
                one.quote.month,
                one.quote.year,
                one.year_more,
                one.year_more_per_dwelling,
                one.rank,
            ]
            for one in made.offers
        ],
    )
    if not made.cheapest:
        return offers
    return offers + table(
        "Where a required service is cheapest, yuan",
        ["service", "required grade", "provider", "menu", "grade", "price", "per", "a month"],
        [
            [
                _words(one.service),
                one.required_grade,
                one.provider,
                one.menu,
                one.grade,
                one.yuan,
                PER[one.per][0],
                one.month,
            ]
            for one in made.cheapest
        ],
    )
