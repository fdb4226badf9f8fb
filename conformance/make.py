#!/usr/bin/env python3
"""Makes the cases of the conformance pack, conformance/v1/cases, of those of tests/cases: make conformance.

What a case expects is what its file says, or what a few lines here work out by themselves; the library is not asked.
From the top of the project: conformance/make.py [--check | --renew]. A case that was in the pack stays as it is: one
that would go or change is refused but with --renew.
"""

import base64
import decimal
import fractions
import hashlib
import json
import pathlib
import re
import sys

sys.path[:0] = ["docs", "tests"]
from cases import DAY, table  # noqa: E402
from rule_cases import merge, small_city  # noqa: E402

CASES = pathlib.Path("tests/cases")
DATA = pathlib.Path("examples/data")
PACK = pathlib.Path("conformance/v1/cases")
EXACT = 2**53 - 1  # what any JSON reader keeps of a whole number
# Where the first record lies that a rule is asked of.
PLACES = {
    "city": "",
    "district": "/districts/0",
    "community": "/communities/0",
    "area": "/areas/0",
    "office": "/communities/0/offices/0",
    "appointment": "/communities/0/appointments/0",
    "handover": "/communities/0/handovers/0",
    "contract": "/areas/0/contracts/0",
    "charge": "/areas/0/charges/0",
    "income": "/areas/0/incomes/0",
    "parking": "/areas/0/parking/0",
}


def text_of(path):
    return pathlib.Path(path).read_text(encoding="utf-8")


def read(path):
    return json.loads(text_of(path))


def words(path, *keys):
    """English title -> name, and name -> Chinese title, of the words of a field of a schema."""
    of = read(path)
    for key in keys:
        of = of[key]
    return dict(zip(of["x-en-words"], of["enum"])), dict(zip(of["enum"], of["x-zh-words"]))


def exact(text):
    """Whether any JSON reader keeps the text as it is: no key twice, no number but whole ones that are small."""

    def members(pairs):
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key is there twice")
        return dict(pairs)

    def whole(digits):
        if abs(int(digits)) > EXACT or digits == "-0":
            raise ValueError("a number is large")
        return int(digits)

    def refuse(number):
        raise ValueError(f"{number} is no whole number")

    try:
        value = json.loads(text, object_pairs_hook=members, parse_int=whole, parse_float=refuse, parse_constant=refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def case(name, en, request, expect, clause=None, zh=None):
    """One case. Its id ends with what tells it from others, so that the id never means another case."""
    if isinstance(request, dict):
        request = json.dumps(request, ensure_ascii=False).encode()
    if set(request) & {*b"\r\n"}:
        raise ValueError(f"{name}: a request is one line")
    digest = hashlib.sha256(request + json.dumps(expect, ensure_ascii=False).encode()).hexdigest()[:8]
    try:
        text = request.decode()
        value = exact(text)
        asked = {"request": value} if value is not None else {"text": text}
    except UnicodeDecodeError:
        asked = {"base64": base64.b64encode(request).decode()}
    said = {key: value for key, value in {"clause": clause, "en": en, "zh": zh}.items() if value}
    return {"id": f"{name}/{digest}", **said, **asked, "expect": expect}


# Rules


def rules():
    """Name -> its row in the page of reference, the first of its clauses."""
    found = {}
    for row in table(text_of("docs/reference.md").split("\n"), "Rules"):
        found.setdefault(row["Rule"].strip("`"), row)
    return found


OUTCOMES = words("docs/schema/call/check.request.schema.json", "properties", "outcomes", "items")[1]


def finding_case(row, name, en, city, outcome, path=None, policy=None, as_of=DAY, finding=None):
    rule = row["Rule"].strip("`")
    request = {"call": "check", "city": city, "as_of": as_of}
    if policy:
        request["policy"] = policy
    wanted = {"rule": rule, "path": PLACES[row["Asked of"]] if path is None else path, "outcome": outcome}
    wanted |= finding or {}
    zh = f"{row['']}：{OUTCOMES[outcome]}"
    expect = {"status": "ok", "findings": [wanted]}
    return case(f"{name}/{rule}/{outcome}", en, request, expect, wanted.get("clause", row["Clause"]), zh)


def rule_cases(path):
    of = rules()
    for row in read(path):
        finding = {key: value for key, value in row.get("finding", {}).items() if key not in ("en", "zh")}
        yield finding_case(of[row["rule"]], "rule", row["says"], small_city(row), row["outcome"], row.get("path"),
                           row.get("policy"), row.get("as_of", DAY), finding)


# The last day of steps (5.3-1, 5.4-1, 5.5-1), and the day after it.
DUE = {
    "owners' assembly": ("2019-11-30", "2019-12-01"),
    "start of service": ("2019-12-31", "2020-01-01"),
    "assessment": ("2020-02-29", "2020-03-01"),
}
BEFORE, IN_FORCE, LATER = "2019-10-31", "2019-11-01", "2020-06-30"
# A step with a date of its own: what waits for it.
STEPS = {
    "assembly_on_time": ("assembly", "owners' assembly"),
    "committee_on_time": ("committee", "owners' assembly"),
    "entry_on_time": ("entry", "start of service"),
}
# The least that is enough, one more and one less, as the record has it.
LEAST = {
    "office_area": (lambda area: {"offices": [{"area_m2": area}]}, "120.00", "120.01", "119.99"),
    "property_staff": (lambda number: {"workstation": {"property_staff": number}}, 1, 2, 0),
}


def evidence_rules():
    """Rules that one record of evidence decides, under the one clause that they cite, by the last day of a step."""
    cited, reads = {}, {}
    lines = text_of("docs/reference.md").split("\n")
    for row in table(lines, "Rules"):
        cited.setdefault(row["Rule"].strip("`"), []).append(row["Clause"])
    for row in table(lines, "What a rule reads"):
        reads[row["Rule"].strip("`")] = {field.strip("` ").split("/", 1)[-1] if row["Asked of"] != "city"
                                         else field.strip("` ") for field in row["Fields"].split(",")}
    return [row for name, row in rules().items()
            if reads[name] == {"evidence/clause", "evidence/done"} and len(cited[name]) == 1
            and row["Waits for"] in DUE and "breach" in row["Outcomes"]]


def dated(row, made, due, after, late):
    """Cases around a last day of what made(day) has done on the day, made(False) not and made(None) does not say.
    late: done after it is a breach, as the day is the clause's own."""
    soft = "info" if "info" in row["Outcomes"] else "breach"
    found = {"found": due} if late else {}
    for en, record, as_of, outcome, finding in [
        ("done on the last day", made(due), LATER, "met", found),
        ("done on the day after the last", made(after), LATER, soft if late else "met", {}),
        ("done on the last day, asked on it", made(due), due, "met", {}),
        ("not done, asked on the last day", made(False), due, "pending", {"due": due}),
        ("not done, asked on the day after the last", made(False), after, soft, {"due": due}),
        ("nothing is known, asked on the last day", made(None), due, "unknown", {}),
        ("nothing is known, asked on the day after the last", made(None), after, "unknown", {}),
        ("not done, asked on the day before the notice is in force", made(False), BEFORE, "not_applicable", {}),
        ("not done, asked on the day on which the notice comes into force", made(False), IN_FORCE, "pending", {}),
    ]:
        yield finding_case(row, "boundary", en, small_city({row["Asked of"]: record}), outcome, as_of=as_of,
                           finding=finding)


def boundaries():
    for row in evidence_rules():
        clause = row["Clause"]

        def evidence(day, clause=clause):
            return {} if day is None else {"evidence": [{"clause": clause, "done": day or "not_done"}]}

        yield from dated(row, evidence, *DUE[row["Waits for"]], late=False)
    of = rules()
    for name, (step, last) in STEPS.items():

        def taken(day, step=step):
            return {} if day is None else {"steps": {step: day or "not_done"}}

        yield from dated(of[name], taken, *DUE[last], late=True)
    for name, (record, least, more, less) in LEAST.items():
        row = of[name]
        due, after = DUE[row["Waits for"]]
        for en, value, as_of, outcome in [
            ("the least that is enough", least, after, "met"),
            ("one more than the least", more, after, "met"),
            ("one less than the least, on the last day", less, due, "pending"),
            ("one less than the least, on the day after the last", less, after, "breach"),
        ]:
            city = small_city({row["Asked of"]: record(value)})
            yield finding_case(row, "boundary", en, city, outcome, as_of=as_of)
        yield finding_case(row, "boundary", "nothing is known", small_city({}), "unknown", as_of=after)


# Readings and amounts


def ok(result):
    return {"status": "ok", "result": result}


def reading_cases():
    clauses = {row["Switch"].strip("`"): row["Clause"]
               for row in table(text_of("docs/reference.md").split("\n"), "Disputed readings")}
    for row in read(CASES / "readings.json"):
        for option, of in row["options"].items():
            request = json.loads(json.dumps(row["request"]))
            merge(request.setdefault("policy", {}), {"readings": {row["reading"]: option}})
            yield case(f"reading/{row['reading']}/{option}", of["en"], request, ok(of["result"]),
                       clauses[row["reading"]], of["zh"])


def yuan(fen):
    return f"{decimal.Decimal(int(fen)) / 100:.2f}"


PASSED = [{"year": 2019, "result": "passed"}]


def awards():
    """Each worked number of a number of communities, for one of them; and its split where the city bears a third or
    two, rounded down."""
    for row in read(CASES / "reward.json"):
        each = decimal.Decimal(row["total_yuan"]) / row["communities"]
        city = decimal.Decimal(row["city_yuan"]) / row["communities"]
        claim = {"households": row["households"], "first": row["first"], "last": row["last"], "assessments": PASSED}
        en = f"{row['households']} households, {row['first']} to {row['last']}"
        zh = f"{row['households']}户，{row['first']}至{row['last']}"
        amounts = {"total_yuan": f"{each:.2f}", "city_yuan": f"{city:.2f}", "district_yuan": f"{each - city:.2f}"}
        yield case("amount/award", en, {"call": "award", "claim": claim}, ok(amounts), "4.4.1-4", zh)
        for share in ("1/3", "2/3", "0", "1"):
            part = int(each * 100 * fractions.Fraction(share).numerator // fractions.Fraction(share).denominator)
            amounts = {"total_yuan": f"{each:.2f}", "city_yuan": yuan(part), "district_yuan": yuan(each * 100 - part)}
            yield case("amount/award", f"{en}, of which the city bears {share}",
                       {"call": "award", "claim": claim, "policy": {"city_share": share}}, ok(amounts), "4.4.1-8",
                       f"{zh}，市级承担{share}")


# Yuan for a household and month, by year (4.4.1-4).
RATES = {2019: 18, 2020: 18, 2021: 18, 2022: 12, 2023: 6}


def months():
    """One household for one month: the first and the last month of each rate's years, and of the years beside them."""
    for year in (2018, *RATES, 2024):
        for month in (1, 12):
            on, rate = f"{year}-{month:02}", RATES.get(year, 0)
            claim = {"households": 1, "first": on, "last": on, "assessments": PASSED}
            yield case("amount/award", f"one household in {on}", {"call": "award", "claim": claim},
                       ok({"total_yuan": f"{rate}.00", "months_paid": int(rate > 0)}), "4.4.1-4", f"一户，{on}")


def fees():
    """price * area * months, rounded once, half up."""
    for price, area, months in [("0.3500", "83363.20", 12), ("0.3050", "61.37", 1), ("0.0050", "1.00", 1),
                                ("0.0049", "1.00", 1), ("0.3333", "0.01", 3), ("0.0001", "50.00", 1),
                                ("2.7000", "118.50", 7)]:
        exactly = fractions.Fraction(price) * fractions.Fraction(area) * months * 100
        yield case("amount/fee", f"{price} yuan a month for each of {area} m², {months} months",
                   {"call": "fee", "price_yuan": price, "area_m2": area, "months": months},
                   ok({"amount_yuan": yuan(int(exactly + fractions.Fraction(1, 2)))}), None,
                   f"每平方米每月{price}元，{area}平方米，{months}个月")


def account():
    """What tests/cases/account.txt has of the account of the examples."""
    years, total, answers, spans, rows = [], {}, [], {}, None
    for line in text_of(CASES / "account.txt").split("\n"):
        cells = line.split()
        if re.match(r"(\d{4}|all) +service", line):
            fees, reward, income, shortfall, rebate, closing = cells[3:9]
            rows = {"service": {"collected_yuan": fees, "reward_yuan": reward, "income_yuan": income,
                                "shortfall_yuan": shortfall, "rebate_yuan": rebate, "closing_yuan": closing},
                    "margin": {"outcome": cells[9]}}
        elif line.startswith("     community"):
            _, reward, income, shortfall, _, closing = cells[2:8]
            rows["community"] = {"reward_yuan": reward, "parking_yuan": income, "shortfall_yuan": shortfall,
                                 "closing_yuan": closing, "misused_yuan": cells[8] if len(cells) > 8 else "0.00"}
            years.append(rows)
        elif re.match(r"\d{4} +0\.", line):
            year, fee, without, share, gap, rate = cells
            answers.append((year, {"break_even_price_yuan": fee, "without_reward_price_yuan": without,
                                   "collection_rate": share, "community_gap_yuan": gap, "reward_rate_yuan": rate}))
        elif span := re.match(r"(service|community|both): (\S+) to (\S+) yuan(.*)", line):
            spans[span[1]] = {"least_yuan": span[2], "greatest_yuan": span[3],
                              "moved_by": re.findall(r"(\w+) \(", span[4])}
    *years, total = years
    document = read(DATA / "accounts/956-households.json")
    yield case("amount/account", "six years of a community's two ledgers", {"call": "account", "account": document},
               ok({"total": total, "years": years}), "4.4.1-5", "一个社区两本账六年的收支")
    for year, answer in answers:
        first = "2019-12" if year == "2019" else f"{year}-01"
        yield case("amount/account_answer", f"what it would take in {year}",
                   {"call": "account_answer", "account": document, "first": first, "last": f"{year}-12"},
                   ok({"answers": [answer]}), "4.4.1-5", f"{year}年收支平衡的条件")
    yield case("amount/account_range", "the shortfalls under every reading",
               {"call": "account_range", "account": document}, ok(spans), "4.4.1-5", "各读法下的缺口")


def vote_of(lines):
    """A vote's result, as the lines of tests/cases/vote.txt have it."""
    head = re.match(r"\w+, a matter that is (\w+) under (\S+) \(from (\S+)\): (not )?passed", lines[0])
    result = {"passed": not head[4], "kind": head[1], "law": head[2], "law_first": head[3]}
    for line in lines[1:]:
        name, reached, needed, area = re.match(r"  (\w+) +(\S+) of (\S+) (m² )?needed", line).groups()
        result[name] = ({"reached_m2": reached, "needed_m2": needed} if area
                        else {"reached": int(reached), "needed": int(needed)})
    return result


def votes():
    lines = text_of(CASES / "vote.txt").rstrip("\n").split("\n")
    units = read(DATA / "contests/by-units.json")
    yield case("amount/contest", "a provider is chosen unit by unit", {"call": "contest", "contest": units},
               ok({"outcome": lines[0].split()[1], "offers": [{"vote": vote_of(lines[1:6])}, {}]}), "5.4-2",
               "逐户表决选聘服务企业")
    totals = {"matter": "use_common_parts", "all": {"area_m2": "61370.00", "owners": 1000},
              "in_favour": {"area_m2": "33000.00", "owners": 540}, "against": {"area_m2": "12000.00", "owners": 195},
              "abstained": {"area_m2": "0", "owners": 0}}
    for day, at in (("2020-06-01", 6), ("2021-06-01", 11)):
        yield case("amount/vote", f"business with common parts, voted on {day}",
                   {"call": "vote", "vote": {"held_on": day, **totals}}, ok(vote_of(lines[at : at + 5])), "4.4.2-1",
                   f"{day}表决利用共有部分经营")


# What a vote has to reach by the law of the day and the kind of matter: those who vote, of all, and those in favour, of
# all (Property Law, article 76) or of those who vote (Civil Code, article 278).
LAWS = [
    ("2020-12-31", "hire_provider", ">1/2", ">1/2", "all"),
    ("2020-12-31", "use_fund", ">1/2", ">=2/3", "all"),
    ("2021-01-01", "hire_provider", ">=2/3", ">1/2", "voting"),
    ("2021-01-01", "use_common_parts", ">=2/3", ">=3/4", "voting"),
]


def reaches(part, whole, bound):
    sign, share = re.match(r"(\D+)(.*)", bound).groups()
    wanted = whole * fractions.Fraction(share)
    return part > wanted or (sign == ">=" and part == wanted)


def thresholds():
    """Votes of 1,200 owners with 1,200.00 m²: a share itself, a little less and a little more, of heads and of area."""
    whole = 120000
    for day, matter, participation, approval, of in LAWS:
        for share in ("1/2", "2/3", "3/4"):
            at = int(whole * fractions.Fraction(share))
            for heads, less in ((True, -100), (True, 0), (True, 100), (False, -1), (False, 0), (False, 1)):
                for against in (0, whole - at - less):
                    moved, plenty = (at + less, against), (110000, 10000 if against else 0)
                    owners, area = (moved, plenty) if heads else (plenty, moved)
                    passed = all(reaches(sum(side), whole, participation)
                                 and reaches(side[0], whole if of == "all" else sum(side), approval)
                                 for side in (owners, area))
                    weight = [{"area_m2": yuan(area[i]), "owners": owners[i] // 100} for i in (0, 1)]
                    en = f"{matter} on {day}: {weight[0]['owners']} owners of {weight[0]['area_m2']} m² are in " \
                         f"favour and {weight[1]['owners']} of {weight[1]['area_m2']} m² against, of 1,200"
                    yield case("amount/vote", en,
                               {"call": "vote", "vote": {"held_on": day, "matter": matter,
                                                         "all": {"area_m2": "1200.00", "owners": 1200},
                                                         "in_favour": weight[0], "against": weight[1],
                                                         "abstained": {"area_m2": "0", "owners": 0}}},
                               ok({"passed": passed}), "5.4-2")


def prices():
    """tests/cases/quote.txt and compare.txt."""
    menu = read(DATA / "menus/foshan-2019.json")
    *lines, last, dwelling = text_of(CASES / "quote.txt").rstrip("\n").split("\n")
    of_line = re.compile(r"  (\S+) yuan x (\S+): (\S+) a month, (\S+) a year .*, grade (\d)")
    rows = [of_line.match(line).groups() for line in lines]
    sums = re.match(r"in all (\S+) yuan a month, (\S+) a year; (\S+) a month for each m2; (\S+) for each", last)
    order = {"day": "2020-01-01", "selection": {"package": "comprehensive-3"},
             "premises": {"building_area_m2": "83240.57", "households": 956}}
    yield case("amount/quote", "comprehensive service at grade 3 of the menu of Foshan",
               {"call": "quote", "menu": menu, "order": order},
               ok({"month_yuan": sums[1], "year_yuan": sums[2], "month_yuan_per_m2": sums[3],
                   "month_yuan_per_dwelling": sums[4],
                   "lines": [{"yuan": price, "quantity_m2": area, "month_yuan": month, "year_yuan": year,
                              "grade": int(grade)} for price, area, month, year, grade in rows]}), "4.3-3",
               "佛山市菜单三级综合服务报价")
    area, total = re.match(r"a dwelling of (\S+) m2: (\S+) yuan", dwelling).groups()
    order |= {"premises": {"building_area_m2": area}, "period": {"first": "2020-01", "last": "2020-12"}}
    yield case("amount/bill", f"a dwelling of {area} m² for a year", {"call": "bill", "menu": menu, "order": order},
               ok({"months": 12, "total_yuan": total}), "4.3-3", f"{area}平方米住宅一年的账单")
    comparison = read(DATA / "comparisons/foshan-mudanjiang.json")
    by_rank = [line.split()[:5] for line in text_of(CASES / "compare.txt").split("\n")[1:5]]
    price = {(m["id"], s["id"], g["grade"]): fractions.Fraction(g["yuan"])
             for m in comparison["menus"] for s in m["services"] for g in s["grades"]}
    each = [sum(price[offer["menu"], item["service"], item["grade"]] for item in offer["selection"]["items"])
            for offer in comparison["offers"]]
    offers = []
    for of in each:
        rank, month, year, more, per = by_rank[sorted(each).index(of)]
        offers.append({"rank": int(rank), "quote": {"month_yuan": month, "year_yuan": year}, "year_more_yuan": more,
                       "year_more_yuan_per_dwelling": per})
    yield case("amount/compare", "four offers by the menus of two cities",
               {"call": "compare", "comparison": comparison}, ok({"offers": offers}), "5.4-2b", "按两市菜单比较四个方案")


def amounts_of(lines):
    """Title -> the numbers before it, of lines such as "  -204299.45  former providers"."""
    return {row[2]: row[1] for row in (re.match(r" +(-?[\d.]+)  (.+)", line) for line in lines) if row}


def outside():
    """tests/cases/outside.txt: a hand-over, then an enclosure."""
    text = text_of(CASES / "outside.txt")
    down, enclosed = text.split("items, yuan a year\n")
    rows = []
    for line in down.split("\n")[1:6]:
        cut, transfer, difference, city, district, zero = re.split(r" {2,}", line)[1:7]
        given = [None if cell == "?" else cell for cell in (cut, transfer, difference, city, district)]
        zero = {"yes": True, "no": False}.get(zero.split(",")[0].strip())
        rows.append(dict(zip(("cut_yuan", "transferred_yuan", "difference_yuan", "city_part_yuan",
                              "district_part_yuan", "zero_sum"), [*given, zero])))
    known = re.search(r"^those known +(.*)$", down, re.M)[1].split()
    ledger = amounts_of(down.split("who has more or less, yuan a year\n")[1].split("\n"))
    names = {"former providers": "former_provider_yuan", "street and community": "street_and_community_yuan",
             "city": "city_yuan", "district": "district_yuan", "city or district": "public_yuan",
             "owners": "owners_yuan"}
    handover = {"handover_sum": dict(zip(("cut_yuan", "transferred_yuan", "difference_yuan", "city_part_yuan",
                                          "district_part_yuan"), known)) |
                {"unfunded_yuan": re.search(r"money that has not followed its duty: (\S+)", down)[1]},
                "handovers": rows, "ledger": {names[title]: amount for title, amount in ledger.items()}}
    yield case("amount/outside", "who pays what after public services are handed down",
               {"call": "outside", "outside": read(DATA / "outside/handover.json")}, ok(handover), "4.3-8",
               "公共服务下沉后各方的经费")
    lines, who = enclosed.split("who has more or less, yuan a year\n")
    of = amounts_of(lines.split("\n"))
    result = {"sum": {"stays_public_yuan": of["in all: stays public"],
                      "stays_owners_yuan": of["in all: stays with the owners"],
                      "to_owners_yuan": of["in all: to the owners"]},
              "yuan_per_household": of["of what moves, for each dwelling"],
              "yuan_per_m2": of["of what moves, for each m2"], "months": 7,
              "in_year_yuan": of["of what moves, for 7 months of the year"],
              "under": [{"sum": {"to_owners_yuan": of[f'to the owners under "the layout {when}"']}}
                        for when in ("on the day", "when it was selected")]}
    yield case("amount/outside", "what an enclosure moves to the owners",
               {"call": "outside", "outside": read(DATA / "outside/enclosure.json")},
               ok({"enclosure": result, "ledger": {names[title]: amount for title, amount in
                                                   amounts_of(who.split("\n")).items()}}), "5.2-5",
               "封闭后转由业主承担的经费")


def responsible():
    """tests/cases/responsible.txt, in its order."""
    place = "docs/schema/call/responsible.request.schema.json"
    roles = words(place, "properties", "role", "anyOf", 0)[0]
    bodies = words(place, "$defs", "body")[0]
    duties, role, actor = [], None, None
    for line in text_of(CASES / "responsible.txt").split("\n")[1:]:
        if re.match(r"\S", line):
            role = roles[line]
        elif re.match(r"  \S", line):
            actor = bodies[line.strip()]
        elif line:
            duties.append({"role": role, "actor": actor, "clause": line.split()[0]})
    yield case("amount/responsible", "street lights in the courtyard of an open area",
               {"call": "responsible", "matter": "street_lights", "place": "courtyard", "layout": "open"},
               ok({"duties": duties}), "4.3-4", "开放式居民区庭院的路灯")


# Refusals


def refused(status, *places):
    return {"status": status, **({"problems": [{"status": of, "path": path} for of, path in places]} if places else {})}


# Whose path is longer than the library tells, and a line end within a text, which no line of requests can have.
LEFT_OUT = {"unknown_long_key", "syntax_raw_line_break"}


def malformed():
    """Each file as the document of a call, or by itself as the request where it cannot be read as JSON, as what is
    around a broken text changes what breaks. The line ends of a file are spaces here, as a request is one line."""
    menu = json.dumps(read(DATA / "menus/foshan-2019.json"), ensure_ascii=False)
    before = {"city": '"call":"check","as_of":"2020-02-29",', "policy": '"call":"policy",',
              "reform": '"call":"policy",', "account": '"call":"account",', "outside": '"call":"outside",',
              "contest": '"call":"contest",', "comparison": '"call":"compare",', "order": f'"call":"quote","menu":{menu},'}
    for row in read(CASES / "malformed.json"):
        kind, name = row["kind"], row.get("case") or row["file"].removesuffix(".json")
        if name in LEFT_OUT:
            continue
        text = (json.dumps(row["patch"], ensure_ascii=False).encode() if "patch" in row
                else (CASES / "malformed" / row["file"]).read_bytes())
        request, path = text.strip(b"\n").replace(b"\n", b" "), row["path"]
        if row.get("json", True) and row["status"] not in ("syntax", "encoding", "limit"):
            key = "policy" if kind == "reform" else kind
            request, path = f"{{{before[kind]}\"{key}\":".encode() + request + b"}", f"/{key}{path}"
        yield case(f"error/{row['status']}/{name}", f"a document of the kind {kind}: {name.replace('_', ' ')}", request,
                   refused(row["status"], (row["status"], path)))


def all_problems():
    """All that is wrong with a city, of a text as a whole or of a member, is told at once."""
    rows = read(CASES / "problems.json")
    text = text_of(CASES / "problems/city.json").strip("\n").replace("\n", " ")
    yield case(
        "error/all", "all that is wrong with a city is told at once",
        f'{{"call":"check","as_of":"2020-02-29","city":{text}}}'.encode(),
        refused(rows[0]["status"], *((row["status"], f"/city{row['path']}") for row in rows)), None,
        "一次列出全市数据的全部错误")


def refusals():
    """Those of tests/cases/calls.txt: statuses and places."""
    lines = [line for line in (CASES / "calls.txt").read_bytes().split(b"\n") if line and not line.startswith(b"#")]
    for request, response in zip(lines[::2], map(json.loads, lines[1::2])):
        if response["status"] != "ok":
            places = [(problem["status"], problem["path"]) for problem in response["problems"]]
            en = "; ".join(f"{status} at {path or 'the whole'}" for status, path in places)
            yield case(f"error/{response['status']}/request", en, request, refused(response["status"], *places))


# The pack


def subjects():
    """File of the pack -> its cases."""
    found = {f"rules-{path.stem}": list(rule_cases(path)) for path in sorted((CASES / "rules").glob("*.json"))}
    found["rules-boundaries"] = list(boundaries())
    found["readings"] = list(reading_cases())
    worked = (awards, months, fees, account, votes, thresholds, prices, outside, responsible)
    found["amounts"] = [of for make in worked for of in make()]
    errors = [*malformed(), *all_problems(), *refusals()]
    found["errors"] = [of for of in errors if "base64" not in of]
    found["bytes"] = [of for of in errors if "base64" in of]
    return found


def lines(cases):
    return "".join(json.dumps(of, ensure_ascii=False) + "\n" for of in cases)


def gone(ids):
    """Ids of cases that are in the pack as it is and not among these."""
    there = [json.loads(line)["id"] for path in sorted(PACK.glob("*.jsonl")) for line in text_of(path).split("\n")[:-1]]
    return [of for of in there if of not in ids]


def main(arguments):
    made = subjects()
    ids = [of["id"] for cases in made.values() for of in cases]
    if len(set(ids)) < len(ids):
        sys.exit(f"two cases are one: {', '.join(sorted({of for of in ids if ids.count(of) > 1}))}")
    if "--check" in arguments:
        there = {path.name: text_of(path) for path in PACK.glob("*.jsonl")}
        wanted = {f"{name}.jsonl": lines(cases) for name, cases in made.items()}
        wrong = sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))
        if wrong:
            sys.exit(f"{PACK}: {', '.join(wrong)}: not what make conformance makes")
        return
    if (missing := gone({*ids})) and "--renew" not in arguments:
        sys.exit(f"these cases are in the pack and would change or go, which v1 does not: {', '.join(missing)}")
    for name, cases in made.items():
        (PACK / f"{name}.jsonl").write_text(lines(cases), encoding="utf-8")
    print(f"{len(ids)} cases")


if __name__ == "__main__":
    main(sys.argv[1:])
