"""The award as a function of DuckDB's SQL."""

import duckdb
import pyarrow as pa
import pytest
from libpilot import NANCHANG_2019, arrow
from panel import DISTRICTS, NAMED, REFORM


@pytest.fixture
def connection(panel):
    with duckdb.connect() as made:
        claims = panel.table  # noqa: F841 DuckDB finds it by its name
        made.execute("set threads = 2; create table claims as from claims")
        yield made


def rows(connection, call):
    found = connection.sql(f"select unnest({call}) from claims order by id").to_arrow_table()
    return found.cast(arrow.schema()).combine_chunks()


def test_rows_equal_one_process(connection, panel):
    arrow.register_duckdb(connection)
    assert rows(connection, "reward_fen(households, first, last)").equals(panel.expected(NANCHANG_2019))


def test_a_reform_by_its_own_name(connection, panel):
    """Both quantities and the masks, where no year has failed."""
    arrow.register_duckdb(connection, REFORM, "reform_fen")
    call = "reform_fen(households, area * 0.01, first, last, passed, 0)"
    found = rows(connection, call)
    both = panel.table.append_column("failed", pa.repeat(0, panel.table.num_rows))
    wanted = arrow.awards(both, REFORM, failed="failed", **NAMED[REFORM])
    assert found.equals(wanted.select(found.column_names).combine_chunks())


def test_sums_in_sql(connection, panel):
    arrow.register_duckdb(connection)
    sql = "select sum(reward_fen(households, first, last).total_fen) from claims"
    wanted = sum(value for value in panel.expected(NANCHANG_2019).column("total_fen").to_pylist() if value)
    assert connection.execute(sql).fetchall() == [(wanted,)]


def test_tally_of_a_query(connection, panel, policy):
    reader = connection.sql("from claims").to_arrow_reader(10_000)
    found = arrow.tally(reader, policy, "district", DISTRICTS, **NAMED[policy])
    assert found.to_bytes() == panel.expected_tally(policy)


def test_what_a_call_may_be(connection):
    arrow.register_duckdb(connection)
    for call, wanted in (
        ("1885, '2019-12', date '2023-12-31'", (125541000, 62770500, 62770500, "ok")),
        ("1885, 599, timestamp '2023-12-01 00:00:00', true", (125541000, 62770500, 62770500, "ok")),
        ("1885, '2019-12', '2023-12', 1, 2", (84825000, 42412500, 42412500, "ok")),
        ("1885, '2019-12', '2018-12'", (None, None, None, "order")),
        ("null, '2019-12', '2023-12'", (None, None, None, "missing_value")),
        ("1885.0, '2019-12', '2023-12'", (125541000, 62770500, 62770500, "ok")),
        ("1e0, 599, 599", (1800, 900, 900, "ok")),
        ("1.5, 599, 600", (None, None, None, "type")),
    ):
        assert connection.execute(f"select unnest(reward_fen({call}))").fetchall() == [wanted]
    for call, told in (
        ("1, 599", "found 2 arguments"),
        ("'1', 599, 600", "found a column of string"),
        ("1, 599, time '12:00:00'", "found a column of time"),
    ):
        with pytest.raises(duckdb.Error, match=told):
            connection.execute(f"select reward_fen({call})").fetchall()
