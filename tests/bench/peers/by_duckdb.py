"""DuckDB, SQL with BIGINT throughout, over a table of its own that is filled outside the time; the result
is an Arrow table.
"""

import duckdb
import pyarrow

from by_numpy import END, START
from work import RATES

VERSION = duckdb.__version__


def clip(value, least, most):
    return f"(CASE WHEN {value} < {least} THEN {least} WHEN {value} > {most} THEN {most} ELSE {value} END)"


def awards(columns, threads):
    """A list of what a household gets from the first month up to each, looked into twice. Slower: the
    same over Arrow or NumPy where they lie; GREATEST and LEAST for CASE; the months of each rate; one
    list of all pairs of months, or a join with a table of them; a cursor's Arrow table, which is made by
    one thread, for the relation's; CREATE TABLE AS."""
    connection = duckdb.connect(config={"threads": threads})
    claims = pyarrow.table(dict(zip(("households", "first", "last"), columns)))  # noqa: F841, SQL reads it
    connection.execute("CREATE TABLE claim AS SELECT * FROM claims")
    sums = [0]
    for start, end, rate in RATES:
        for _ in range(start, end + 1):
            sums.append(sums[-1] + rate)
    # Lists count from 1. No row's last month lies before its first.
    query = f"""
        SELECT total, total // 2 AS city, total - total // 2 AS district
        FROM (SELECT households * ({sums}[{clip('"last"', START - 1, END)} - {START - 2}]
                                   - {sums}[{clip('"first"', START, END + 1)} - {START - 1}]) AS total
              FROM claim)"""
    return (lambda: connection.sql(query).to_arrow_table()), lambda result: [
        result[name].to_numpy() for name in ("total", "city", "district")]
