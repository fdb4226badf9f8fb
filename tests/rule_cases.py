"""The cities of the cases of tests/cases/rules, for all that reads these in Python."""

import json
import pathlib

CASES = pathlib.Path(__file__).parent / "cases"
RECORDS = {"district": "districts", "community": "communities", "area": "areas"}


def merge(target, patch):
    """RFC 7396 within an object, as the C suite has it: a null stays."""
    for key, value in patch.items():
        if isinstance(target.get(key), dict) and isinstance(value, dict):
            merge(target[key], value)
        else:
            target[key] = value


def small_city(case):
    city = {
        "districts": [{"id": "360102"}],
        "communities": [{"id": "c", "district": "360102"}],
        "areas": [{"id": "a", "communities": ["c"]}],
    }
    if "with" in case:
        merge(city, json.loads((CASES / f"{case['with']}.json").read_text(encoding="utf-8")))
    for record, records in RECORDS.items():
        merge(city[records][0], case.get(record, {}))
    merge(city, case.get("city", {}))
    return city
