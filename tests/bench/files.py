"""Files: sums by group beside DuckDB's of the same columns, and rows written beside a copy by the same reader and writer,
in turns, as many threads each; and the memory that a large file's sums take, in a process of its own.

python tests/bench/files.py [ROWS [LARGE]]     20 million and 100 million rows unless told: 2 GB of disk
"""

import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb
import libpilot
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.parquet

ROUNDS = 5
THREADS = 2
AT_ONCE = 1 << 20
MEMORY = 256  # million bytes
COLUMNS = ["id", "district", "households", "first", "last", "note"]
MONTHS = pa.array([f"{year}-{month:02d}" for year in range(1970, 2030) for month in range(1, 13)])


def claims(rows, groups, text):
    """Tables of at most so many rows at once; months as text, or as numbers."""
    draw = np.random.default_rng(2019)
    names = pa.array([f"district-{group:04d}" for group in range(groups)])
    for begin in range(0, rows, AT_ONCE):
        count = min(AT_ONCE, rows - begin)
        first = 599 + draw.integers(0, 24, count, np.int32)
        last = first + draw.integers(0, 36, count, np.int32)
        columns = (
            np.arange(begin, begin + count),
            names.take(pa.array(draw.integers(0, groups, count, np.int32))),
            draw.integers(50, 5000, count),
            *((MONTHS.take(pa.array(one)) if text else one) for one in (first, last)),
            draw.integers(0, 1 << 40, count),
        )
        yield pa.table(dict(zip(COLUMNS, columns)))


def writer_of(path, schema):
    makers = {
        ".csv": lambda: pa.csv.CSVWriter(path, schema),
        ".parquet": lambda: pa.parquet.ParquetWriter(path, schema),
        ".arrow": lambda: pa.ipc.new_file(path, schema),
    }
    return makers[path.suffix]()


def write(path, tables):
    writer = None
    for table in tables:
        writer = writer or writer_of(path, table.schema)
        writer.write_table(table)
    writer.close()
    with open(path, "rb") as file:
        os.fsync(file.fileno())  # as simulate_file does


def read(path):
    """All of its columns, a batch at a time, by the reader and in the sizes that simulate_file has."""
    if path.suffix == ".csv":
        text = pa.csv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, pa.string()))
        size = pa.csv.ReadOptions(block_size=1 << 22)
        batches = pa.csv.open_csv(path, size, pa.csv.ParseOptions(newlines_in_values=True), text)
    elif path.suffix == ".parquet":
        batches = pa.parquet.ParquetFile(path).iter_batches(AT_ONCE)
    else:
        file = pa.ipc.open_file(path)
        batches = map(file.get_batch, range(file.num_record_batches))
    return (pa.Table.from_batches([batch]) for batch in batches)


def by_duckdb(connection, path):
    months = "min(first), max(last)" if path.suffix == ".csv" else "sum(first), sum(last)"
    asked = f"select district, sum(households), {months} from '{path}' group by district order by district"
    return [row[:2] for row in connection.execute(asked).fetchall()]


def in_turns(ways):
    """The times of each, over rounds."""
    taken = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, call in ways.items():
            begun = time.perf_counter()
            call()
            taken[name].append(time.perf_counter() - begun)
    return taken


def show(what, rows, taken, bar):
    """The median of the rounds' ratios of the second to the first."""
    (other, before), (own, after) = taken.items()
    ratio = statistics.median(one / two for one, two in zip(after, before))
    for name, times in taken.items():
        print(f"{what:38} {name:24} {rows / statistics.median(times):13,.0f} rows/s")
    print(f"{'':38} {own} takes {ratio:.2f} times {other}; wanted {bar}, {'met' if ratio <= bar else 'not met'}")


def households_of(path, tally):
    """Those of each group's rows, of tables that are made again."""
    sums = {}
    for table in read(path):
        table = table.set_column(2, "households", table["households"].cast(pa.int64()))
        for row in table.group_by("district").aggregate([("households", "sum")]).to_pylist():
            sums[row["district"]] = sums.get(row["district"], 0) + row["households_sum"]
    return sums


def grouped(connection, path, rows, groups):
    made = libpilot.tally_file(path, group="district", threads=THREADS)
    if by_duckdb(connection, path) != sorted(households_of(path, made.tally).items()) or made.tally.rows != rows:
        sys.exit("the sums differ: DuckDB's of households and those of the file")
    frame = pa.concat_tables(list(read(path))[:1])
    rows_of = frame.set_column(2, "households", frame["households"].cast(pa.int64()))
    if made.labels != sorted(set(rows_of["district"].to_pylist())) or len(made.labels) != groups:
        sys.exit("the groups differ")
    taken = in_turns(
        {
            "DuckDB": lambda: by_duckdb(connection, path),
            "tally_file": lambda: libpilot.tally_file(path, group="district", threads=THREADS),
        }
    )
    show(f"{path.suffix[1:]}, {groups:,} groups", rows, taken, 1.5)
    return made.tally


def written(path, rows, sums):
    copied, made = path.with_name(f"copied{path.suffix}"), path.with_name(f"made{path.suffix}")
    taken = in_turns(
        {
            "copy": lambda: write(copied, read(path)),
            "simulate_file": lambda: libpilot.simulate_file(path, made, threads=THREADS),
        }
    )
    total = sum(
        pa.compute.sum(table["total_fen"].cast(pa.int64())).as_py()
        for table in (read(made) if path.suffix != ".csv" else read_made(made))
    )
    if total != sums.fen()[0]:
        sys.exit(f"the sums differ: {total} fen written, {sums.fen()[0]} of the tally")
    show(f"{path.suffix[1:]}, every row's award written", rows, taken, 2)
    copied.unlink(), made.unlink()


def read_made(path):
    with pa.csv.open_csv(path) as batches:
        yield from (pa.Table.from_batches([batch]) for batch in batches)


def memory(path):
    """What the sums of a file take at most, the interpreter and its libraries included, in million bytes."""
    told = subprocess.run(
        [sys.executable, __file__, "--sums-of", path], check=True, capture_output=True, text=True
    )
    return int(told.stdout) * 1024 / 1e6


def main(rows=20_000_000, large=100_000_000):
    if rows == "--sums-of":
        libpilot.tally_file(large, group="district", threads=THREADS)
        # Not ru_maxrss, in which the process that started this one is counted.
        print(re.search(r"VmHWM:\s*(\d+)", pathlib.Path("/proc/self/status").read_text())[1])
        return
    rows, large = int(rows), int(large)
    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")
    with tempfile.TemporaryDirectory() as folder:
        for suffix, count in ((".parquet", rows), (".arrow", rows), (".csv", rows // 4)):
            for groups in (1000, 9):
                path = pathlib.Path(folder) / f"panel{suffix}"
                write(path, claims(count, groups, suffix == ".csv"))
                if suffix == ".arrow":
                    continue
                sums = grouped(connection, path, count, groups)
            if suffix == ".arrow":
                sums = libpilot.tally_file(path).tally
            written(path, count, sums)
            path.unlink()
        path = pathlib.Path(folder) / "large.parquet"
        write(path, claims(large, 9, False))
        peak = memory(path)
        print(f"{large:,} rows of Parquet by group: {peak:.0f} MB at most; wanted {MEMORY}, "
              f"{'met' if peak <= MEMORY else 'not met'}")


main(*sys.argv[1:])
