"""How long a city takes as a workbook: beside python-calamine alone and the same city as JSON, in turns.

python tests/bench/workbook.py [COMMUNITIES [ROUNDS]]     10,000 of them: a few minutes, and about 3 GiB
"""

import datetime
import decimal
import gc
import json
import pathlib
import statistics
import sys
import tempfile
import time

import python_calamine
import xlsxwriter
from libpilot import City

EXAMPLE = pathlib.Path(__file__).parents[2] / "examples/data/nanchang-2019.json"


def city_of(communities):
    """The example's communities and areas again and again, with ids of their own; the rest of it once."""
    city = City.load(EXAMPLE).to_dict()
    known = {"communities": city["communities"], "areas": city["areas"]}
    city["communities"], city["areas"] = [], []
    for number in range(-(-communities // len(known["communities"]))):
        for kind, records in known.items():
            for record in records:
                made = {**record, "id": f"{record['id']}-{number}"}
                if kind == "areas":
                    made["communities"] = [f"{one}-{number}" for one in record["communities"]]
                city[kind].append(made)
    return json.dumps(city, ensure_ascii=False).encode()


def write(tables, path):
    """As offices have it: texts that cells share, numbers, and dates with the format of one."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    cells = 0
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        for column, title in enumerate(rows[0] if rows else ()):
            sheet.write_string(0, column, title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row.values()):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, (int, decimal.Decimal)):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    sheet.write_string(number, column, value)
                cells += value is not None
    book.close()
    return cells


def by_calamine(path):
    with python_calamine.load_workbook(path) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def seconds(call):
    """Of processor time: what else the machine does is not counted."""
    gc.collect()
    begun = time.process_time()
    call()
    return time.process_time() - begun


def bench(communities, rounds, folder):
    text, path = city_of(communities), pathlib.Path(folder) / "city.xlsx"
    city = City.load(text)
    tables = city.to_tables("zh")
    cells = write(tables, path)
    assert City.load(path) == city
    told = f"{len(text) / 1e6:.1f} MB of JSON, {cells:,} cells in {path.stat().st_size / 1e6:.1f} MB"
    print(f"{len(city.to_dict()['communities']):,} communities: {told}")
    ways = {
        "python-calamine alone": lambda: by_calamine(path),
        "City.load(json)": lambda: City.load(text),
        "City.load(xlsx)": lambda: City.load(path),
        "City.from_tables(tables)": lambda: City.from_tables(tables),
        'city.to_tables("zh")': lambda: city.to_tables("zh"),
    }
    taken = {name: [] for name in ways}
    for _ in range(rounds):
        for name, call in ways.items():
            taken[name].append(seconds(call))
    for name, times in taken.items():
        print(f"  {name:28} {statistics.median(times) * 1e3:9.1f} ms, {min(times) * 1e3:9.1f} at best")
    calamine, of_json, of_xlsx, *_ = taken.values()
    ratios = [own / (1.5 * bare + plain) for bare, plain, own in zip(calamine, of_json, of_xlsx)]
    print(f"  the workbook takes {statistics.median(ratios):.2f} of 1.5 times python-calamine and once JSON\n")


def main(communities=None, rounds=5):
    with tempfile.TemporaryDirectory() as folder:
        for count in (int(communities),) if communities else (200, 10_000):
            bench(count, int(rounds), folder)


main(*sys.argv[1:])
