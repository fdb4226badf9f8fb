"""The example that reads a database, on a PostgreSQL server of its own: a socket in a folder, and no port."""

import contextlib
import datetime
import decimal
import os
import pathlib
import pwd
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import psycopg
import pytest
from libpilot import City

TOP = pathlib.Path(__file__).parents[2]
EXAMPLE = TOP / "examples/python/from_postgres.py"
sys.path.insert(0, str(EXAMPLE.parent))
import from_postgres  # noqa: E402


def owner():
    """Whom the server runs as: it refuses to be root's."""
    if os.getuid() != 0:
        return {}
    known = {one.pw_name: one for one in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@pytest.fixture(scope="module")
def server():
    """The address of a server, up to the database's name."""
    folder = tempfile.mkdtemp(prefix="pilot-")
    as_owner = owner()
    if as_owner:
        os.chown(folder, as_owner["user"], as_owner["group"])

    def run(*words):
        # Its output goes to a file: the server keeps what it was started with, and a pipe would never end.
        with open(f"{folder}.log", "a+", encoding="utf-8") as log:
            done = subprocess.run(words, cwd=folder, stdout=log, stderr=subprocess.STDOUT, **as_owner)
            log.seek(0)
            assert done.returncode == 0, log.read()

    data = f"{folder}/data"
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    try:
        run("initdb", "-D", data, "-U", "office", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N")
        run("pg_ctl", "-D", data, "-o", options, "-w", "start")
        try:
            yield f"postgresql://office@/{{}}?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)
        os.unlink(f"{folder}.log")


@pytest.fixture
def database(server, request):
    """The address of a database with the example's tables."""
    name = request.node.name[:60]
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name}")
    with psycopg.connect(server.format(name)) as connection:
        connection.execute((TOP / "examples/data/city.sql").read_text(encoding="utf-8"))
    return server.format(name)


def show(where, day="2020-02-29"):
    return subprocess.run(
        [sys.executable, EXAMPLE, where, day],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def spoil(database, sql):
    with psycopg.connect(database) as connection:
        connection.execute(sql)


def test_the_same_city_as_of_sqlite_and_of_json(database, tmp_path):
    path = tmp_path / "city.db"
    with contextlib.closing(sqlite3.connect(path)) as made:
        made.executescript((TOP / "examples/data/city.sql").read_text(encoding="utf-8"))
    texts = []
    for where in (database, str(path)):
        with contextlib.closing(from_postgres.connect(where)) as connection:
            texts.append(from_postgres.read_city(connection).to_json())
    # What examples/c/from_sqlite.c makes of the same rows.
    wanted = City.load(TOP / "tests/cases/from_sqlite.json").to_json()
    assert texts == [wanted, wanted]


def test_the_server_has_types_of_its_own(database):
    with contextlib.closing(from_postgres.connect(database)) as connection:
        contract = from_postgres.rows(connection, from_postgres.SHEETS["contracts"])[0]
        office = from_postgres.rows(connection, from_postgres.SHEETS["offices"])[0]
    assert contract["signed_on"] == datetime.date(2019, 11, 28)
    assert type(office["area_m2"]) is decimal.Decimal and office["area_m2"] == decimal.Decimal("96.05")


def test_what_it_prints(database):
    done = show(database)
    assert done.stdout == (TOP / "tests/cases/python/from_postgres.txt").read_text(encoding="utf-8")
    assert done.returncode == 1 and not done.stderr


def test_a_row_that_is_refused_and_a_server_that_is_not_there(database):
    spoil(database, "update areas set households = -642 where id = 'a2'")
    done = show(database)
    assert done.returncode == 2 and not done.stdout
    assert done.stderr.startswith('areas!C3 households "-642": ') and done.stderr.count("\n") == 1
    assert show("postgresql://office@/city?host=/nonexistent").returncode == 2


def test_all_tables_are_of_one_moment_and_only_read(database):
    with contextlib.closing(from_postgres.connect(database)) as connection:
        assert len(from_postgres.rows(connection, from_postgres.SHEETS["districts"])) == 2
        spoil(database, "update communities set name = 'x'; delete from contracts")
        assert from_postgres.read_city(connection) == City.load(TOP / "tests/cases/from_sqlite.json")
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("delete from contracts")
    with contextlib.closing(from_postgres.connect(database)) as connection:
        assert from_postgres.read_city(connection).to_dict()["areas"][0]["contracts"] == []
