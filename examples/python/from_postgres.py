"""Holds a city out of a database against the notice: what each community lacks, and what it is owed.

python examples/python/from_postgres.py postgresql://office@server/city [DAY]
python examples/python/from_postgres.py city.db [DAY]

examples/data/city.sql makes the tables in either, PostgreSQL (pip install 'psycopg[binary]') or SQLite. DAY is
today where none is given. The exit status is 1 where something is breached and 2 where the city cannot be read.
"""

from __future__ import annotations

import contextlib
import datetime
import pathlib
import sqlite3
import sys
from typing import Any

import libpilot

# A query for each sheet of a template, with the library's keys for its columns: `City.to_tables()` shows them all. A
# column that is called as a list says how many rows it has, so that an area without contracts is known to have
# none; where the office's table may lack some, leave that column out: then it is not known.
SHEETS = {
    "districts": "select id, name from districts order by id",
    "communities": """
        select id, name, district, staff as "workstation.property_staff",
            (select count(*) from offices where community = communities.id) as offices,
            (select count(*) from assessments where community = communities.id) as assessments
        from communities order by id""",
    "offices": "select community as communities, area_dm2 / 100.0 as area_m2, route from offices order by id",
    "assessments": """
        select community as communities, year, result, made_on as "date"
        from assessments order by community, year""",
    "areas": """
        select id, name, households, entered_on as "steps.entry",
            (select count(*) from contracts where area = areas.id) as contracts
        from areas order by id""",
    "contracts": "select area as areas, signed_on, signed_by from contracts order by id",
}
BELONGS = "select area, community from area_communities order by area, community"


def connect(where: str) -> Any:
    """A connection that sees all tables as of one moment, and only reads."""
    if "://" in where:
        import psycopg

        connection = psycopg.connect(where)
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        return connection
    database = sqlite3.connect(f"{pathlib.Path(where).absolute().as_uri()}?mode=ro", uri=True)
    database.execute("begin")
    return database


def rows(connection: Any, query: str) -> list[dict[str, Any]]:
    cursor = connection.cursor()
    cursor.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def read_city(connection: Any) -> libpilot.City:
    """The city of any connection of Python's databases (DB-API). Raises libpilot.Error."""
    tables = {sheet: rows(connection, query) for sheet, query in SHEETS.items()}
    belongs: dict[str, list[str]] = {}
    for row in rows(connection, BELONGS):
        belongs.setdefault(row["area"], []).append(row["community"])
    for area in tables["areas"]:
        area["communities"] = belongs.get(area["id"], [])
    return libpilot.City.from_tables(tables)


def communities_of(path: str, city: dict[str, Any]) -> list[str]:
    """The communities that a finding of this path is about, by id; none where it is the city's or a district's."""
    kind, _, rest = path.lstrip("/").partition("/")
    number = int(rest.partition("/")[0] or 0)
    if kind == "communities":
        return [city[kind][number]["id"]]
    return list(city[kind][number]["communities"]) if kind == "areas" else []


def show(breaches: list[libpilot.Finding]) -> None:
    for finding in breaches:
        print(f"  {finding.clause:<6} {finding.en}\n         -> {finding.next_en}")


def main(where: str, day: str = "") -> int:
    as_of = day or datetime.date.today().isoformat()
    try:
        with contextlib.closing(connect(where)) as connection:
            city = read_city(connection)
        report = libpilot.check(city, as_of=as_of)
    except Exception as error:  # the library's, or whatever the database's own raises
        for problem in getattr(error, "problems", ()) or (error,):
            print(problem, file=sys.stderr)
        return 2

    records = city.to_dict()
    about = [(communities_of(finding.path, records), finding) for finding in report.breaches]
    counts = report.counts
    print(f"As of {as_of}: {counts.breach} breached, {counts.pending} pending, {counts.unknown} unknown\n")
    for community in records["communities"]:
        id = community["id"]
        award = city.award(as_of=as_of, community=id)
        parts = f"{award.city} city, {award.district} district"
        print(f"{community.get('name', id)}: owed {award.total} yuan ({parts})")
        if award.areas_unknown:
            print(f"  without {award.areas_unknown} of its areas, of which too little is known")
        show([finding for ids, finding in about if id in ids])
    print("Elsewhere:")
    show([finding for ids, finding in about if not ids])
    print(f"\nOwed in all: {city.award(as_of=as_of).total} yuan")
    return 0 if report.ok else 1


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
