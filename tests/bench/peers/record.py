"""One community's record in two shapes, and the ten rules that every peer decides on it.

Each of the ten is one of the notice's that a threshold decides; by_libpilot, by_zen and by_rules.mjs
decide the same ten, and nothing else is asked of the peers. libpilot reads a city file, the peers the
plain record that their users would write. Dates are those of the default policy's readings: a step
that was due before the notice is late only where it was still open on the notice's day.

    python record.py FILE COUNT     writes COUNT plain records, one a line
"""

import itertools
import json
import sys

AS_OF = "2020-03-31"
MIN_AREA, MIN_STAFF, COMMUNITIES = 120, 1, 1
ITEMS = ["level_roads", "free_drainage", "tidy_stairwells", "improved_courtyards", "working_lights",
         "regulated_shop_signs", "orderly_parking", "bike_charging", "property_premises"]
CONTRACT = ["written", "states_content", "states_standard", "states_price"]
DUE = {"selection": "2019-11-01", "remediation": "2019-12-31", "assembly": "2019-11-30",
       "entry": "2019-12-31", "assessment": "2020-02-29"}

RULES = ["property_staff", "office_area", "one_community", "remediation_items", "contract_terms",
         *(f"{step}_on_time" for step in DUE)]

GOOD = {"property_staff": 2, "office_area_m2": 138.5, "communities": 1,
        "selection": "2019-08-20", "remediation": "2019-12-20", "assembly": "2019-11-18",
        "entry": "2019-12-06", "assessment": "2020-02-20", "remediation_items": ITEMS,
        "contract": dict.fromkeys(CONTRACT, True)}

# What is otherwise than in GOOD, and the rules that it breaks.
CASES = [
    ({}, []),
    ({"property_staff": 1, "office_area_m2": 120, **DUE}, []),
    ({"property_staff": 0}, ["property_staff"]),
    ({"office_area_m2": 119.99}, ["office_area"]),
    ({"communities": 2}, ["one_community"]),
    ({"selection": "2019-11-02"}, ["selection_on_time"]),
    ({"selection": "2019-10-31"}, []),
    ({"remediation": "2020-01-01"}, ["remediation_on_time"]),
    ({"remediation_items": ITEMS[:8]}, ["remediation_items"]),
    ({"remediation_items": []}, ["remediation_items"]),
    ({"assembly": "2019-12-01"}, ["assembly_on_time"]),
    ({"assembly": None}, ["assembly_on_time"]),
    ({"entry": "2020-01-08"}, ["entry_on_time"]),
    ({"assessment": "2020-03-01"}, ["assessment_on_time"]),
    ({"contract": {**GOOD["contract"], "states_price": False}}, ["contract_terms"]),
    ({"contract": {**GOOD["contract"], "written": False}}, ["contract_terms"]),
    ({"property_staff": 0, "office_area_m2": 60, "communities": 2, "remediation_items": ITEMS[3:],
      "contract": dict.fromkeys(CONTRACT, False), **dict.fromkeys(DUE, "2020-03-02")}, RULES),
]


def city(record):
    """The plain record as a city file."""
    step = {name: record[name] or "not_done" for name in DUE}
    assessment = {"year": 2019, "result": "passed", "date": step.pop("assessment")}
    ids = ["yuan-1", "yuan-2"][:record["communities"]]
    return {
        "name": "南昌市",
        "districts": [{"id": "360102", "name": "东湖区"}],
        "providers": [{"id": "provider-1", "name": "物业服务企业甲"}],
        "communities": [
            {"id": ids[0], "name": "院一社区", "district": "360102",
             "workstation": {"property_staff": record["property_staff"]},
             "offices": [{"area_m2": format(record["office_area_m2"], ".2f"), "route": "own"}],
             "assessments": [assessment]},
            *({"id": other, "name": "院二社区", "district": "360102"} for other in ids[1:])],
        "areas": [
            {"id": "area-yuan-1", "name": "院一片区", "communities": ids, "branch": "in_progress",
             "steps": step,
             "remediation_items": {item: item in record["remediation_items"] for item in ITEMS},
             "contracts": [{"provider": "provider-1", "signed_on": "2019-11-28", **record["contract"]}]}],
    }


def records(count):
    """Plain records: the cases over and over."""
    return itertools.islice(itertools.cycle({**GOOD, **changes} for changes, _ in CASES), count)


def expected(count):
    """The rules that each of them breaks."""
    return [sorted(broken) for _, broken in itertools.islice(itertools.cycle(CASES), count)]


def texts(count, shape=lambda record: record):
    return [json.dumps(shape(record), ensure_ascii=False) for record in records(count)]


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write("\n".join(texts(int(sys.argv[2]))) + "\n")
