"""The award as a function of DuckDB's SQL."""

import duckdb

import libpilot
from libpilot import arrow

connection = duckdb.connect()
arrow.register_duckdb(connection, libpilot.NANCHANG_2019)
connection.execute(
    """
    create table claims (id text, district text, households bigint, first date, last date);
    insert into claims values
        ('A', '360102', 1885, '2019-12-01', '2023-12-01'),
        ('B', '360103', 956, '2020-03-01', '2022-02-01'),
        ('C', '360111', null, '2019-12-01', '2023-12-01')
    """
)
connection.sql("select id, unnest(reward_fen(households, first, last)) from claims").show()
