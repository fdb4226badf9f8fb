"""Long calls let other threads run, and end with what a signal's handler raises: Ctrl-C is answered at once.

A thread sends the signal as soon as it gets to run. Python is told never to take its lock from a thread that
computes, so that it runs only when the call itself gives the lock up. What is left of the call then is measured
in processor time, against the whole call's: a stopped one spends less than half of it, whatever else the machine
does."""

import _thread
import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import sysconfig
import threading
import time

import libpilot
import numpy
import pytest
from cases import TOP
from libpilot import NANCHANG_2019, _draw, _pilot, columns

if sysconfig.get_config_var("Py_GIL_DISABLED"):
    pytest.skip("this Python has no lock to give up", allow_module_level=True)

DATA = TOP / "examples/data"
DAY = "2020-02-29"


class Stopped(Exception):
    pass


@pytest.fixture(autouse=True)
def no_collection():
    """What a handler raises while a collector's callback runs, as hypothesis has one, is lost."""
    gc.disable()
    yield
    gc.enable()


def _stop(*_):
    raise Stopped


@contextlib.contextmanager
def signalled():
    """Sends the signal when this thread gives up Python's lock; gives a list that tells whether it did."""
    go, over, sent, gave_way = threading.Event(), _thread.allocate_lock(), [], []

    def send():
        go.wait()
        sent.append(True)
        os.kill(os.getpid(), signal.SIGALRM)
        over.release()  # nor any call in Python from here on: traced, it would go round until the signal is answered

    interval, handler = sys.getswitchinterval(), signal.signal(signal.SIGALRM, _stop)
    sys.setswitchinterval(1000)
    try:
        over.acquire()
        _thread.start_new_thread(send, ())
        go.set()
        yield gave_way
    finally:
        gave_way += sent
        sys.setswitchinterval(interval)
        with contextlib.suppress(Stopped):  # where the call was over before it came
            over.acquire()
        signal.signal(signal.SIGALRM, handler)


def spent(call):
    """Processor time of all threads, in seconds, and whether the call was stopped."""
    gc.collect()
    began = time.process_time()
    try:
        call()
    except Stopped:
        return time.process_time() - began, True
    return time.process_time() - began, False


def tries():
    """Where the machine is busy, the other thread may not be woken in time; where it is kept out, it never is."""
    end = time.monotonic() + 60
    yield
    while time.monotonic() < end:
        yield


def assert_stops(call):
    whole, _ = spent(call)
    threads = threading.active_count()
    for _ in tries():
        with signalled() as gave_way:
            part, stopped = spent(call)
        if stopped and part < whole / 2:
            break
    assert gave_way, "the call kept Python's lock to its end"
    assert stopped
    assert part < whole / 2, f"{part:.3f} of {whole:.3f} seconds were spent"
    assert threading.active_count() == threads, "a thread goes on"


def assert_gives_way(call):
    for _ in tries():
        with contextlib.suppress(Stopped), signalled() as gave_way:
            call()
        if gave_way:
            return
    raise AssertionError("the call kept Python's lock to its end")


def much(count, make):
    """A JSON list of so many items."""
    return "[" + ",".join(make(i) for i in range(count)) + "]"


@pytest.fixture(scope="module")
def text():
    """Of a city as the example, some thousand times as large."""
    city = json.loads((DATA / "nanchang-2019.json").read_text(encoding="utf-8"))
    communities, areas = city.pop("communities"), city.pop("areas")

    def copies(rows, copy):
        for row in rows:
            again = {**row, "id": f"{row['id']}-{copy}"}
            if "communities" in row:
                again["communities"] = [f"{one}-{copy}" for one in row["communities"]]
            yield json.dumps(again, ensure_ascii=False)

    lists = {
        key: "[" + ",".join(one for copy in range(1200) for one in copies(rows, copy)) + "]"
        for key, rows in (("communities", communities), ("areas", areas))
    }
    rest = json.dumps(city, ensure_ascii=False)
    return f'{rest[:-1]},"communities":{lists["communities"]},"areas":{lists["areas"]}}}'


@pytest.fixture(scope="module")
def city(text):
    return libpilot.City(text)


@pytest.fixture(scope="module")
def report(city):
    return libpilot.check(city, as_of=DAY)


def test_reading_a_city(text, tmp_path):
    assert_stops(lambda: libpilot.City(text.encode()))
    assert_stops(lambda: libpilot.City(text))
    path = tmp_path / "city.json"
    path.write_text(text, encoding="utf-8")
    assert_stops(lambda: libpilot.City.load(path))


@pytest.mark.parametrize(
    "call",
    [
        lambda city: libpilot.check(city, as_of=DAY),
        libpilot.City.to_json,
        libpilot.City.to_dict,
        hash,
        repr,
        lambda city: city.award(as_of=DAY),
    ],
    ids=["check", "to_json", "to_dict", "hash", "repr", "award"],
)
def test_what_is_asked_of_a_city(city, call):
    assert_stops(lambda: call(city))


@pytest.mark.parametrize(
    "call",
    [
        libpilot.Report.to_json,
        pytest.param(libpilot.Report.to_dict, marks=pytest.mark.slow),
        libpilot.Report.to_text,
        libpilot.Report.other_readings,
        lambda report: report.of("breach"),
        pytest.param(lambda report: report == libpilot.check(report.city, as_of=DAY), marks=pytest.mark.slow),
    ],
    ids=["to_json", "to_dict", "to_text", "other_readings", "of", "eq"],
)
def test_what_is_asked_of_a_report(report, call):
    assert_stops(lambda: call(report))


FOSHAN = DATA / "menus/foshan-2019.json"


def padded(path):
    """The document, with much in it that is the caller's own: signals are looked for every ten milliseconds."""
    document = path.read_text(encoding="utf-8") if hasattr(path, "read_text") else path
    return '{"x-much":' + much(2_000_000, lambda _: '{"a":1.5}') + "," + document.lstrip()[1:]


DOCUMENTS = {
    "policy": (libpilot.Policy.from_json, lambda: padded(NANCHANG_2019.to_json())),
    "menu": (libpilot.Menu.load, lambda: padded(FOSHAN)),
    "account": (libpilot.Account.load, lambda: padded(DATA / "accounts/956-households.json")),
    "order": (
        lambda text: libpilot.quote_order(libpilot.Menu.load(FOSHAN), text),
        lambda: padded(DATA / "orders/foshan-entrance.json"),
    ),
    "comparison": (libpilot.comparison, lambda: padded(DATA / "comparisons/foshan-mudanjiang.json")),
    "outside": (libpilot.outside, lambda: padded(DATA / "outside/enclosure.json")),
    "contest": (libpilot.contest, lambda: padded(DATA / "contests/by-units.json")),
    "vote": (
        libpilot.decide_vote,
        lambda: (
            '{"held_on":"2021-01-01","matter":"hire_provider","units":'
            + much(150_000, lambda i: f'{{"area_m2":"61.37","owner":"{i}","ballot":"in_favour"}}')
            + "}"
        ),
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_reading_other_documents(name):
    call, make = DOCUMENTS[name]
    text = make()
    assert_stops(lambda: call(text))


ROWS = 3_000_000


def panel(rows=None):
    rows = rows or ROWS
    return {
        "households": numpy.arange(rows) % 3000,
        "first": numpy.full(rows, 598),
        "last": numpy.full(rows, 640) + numpy.arange(rows) % 12,
    }


def odd():
    """Rows that no pass finds a short way for."""
    made = panel()
    return {**made, "passed": numpy.arange(ROWS) % 32}


PASSES = {
    "awards": lambda threads: columns.awards(**odd(), years=True, threads=threads),
    "bills": lambda threads: columns.bills(
        area_dm2=numpy.arange(10 * ROWS), price=numpy.arange(10 * ROWS) % 9000, months=1, threads=threads
    ),
    "screen": lambda threads: columns.screen(
        office_area_dm2=numpy.arange(10 * ROWS), communities=1, staff=numpy.arange(10 * ROWS), threads=threads
    ),
    "accounts": lambda threads: columns.accounts(
        panel(ROWS // 10)["first"], panel(ROWS // 10)["last"], service_cost=7, threads=threads
    ),
    "tally": lambda threads: columns.tally(**odd(), group=numpy.arange(ROWS) % 7, groups=7, threads=threads),
}


@contextlib.contextmanager
def stopped_in(monkeypatch, native):
    """Sends the signal as the third call of this function of the binding begins. Gives the calls: of each, whether
    the exception had come before it."""
    plain, begun, ended, stopped = getattr(_pilot, native), [], [], threading.Event()

    def counted(*arguments):
        begun.append(stopped.is_set())
        if len(begun) == 3:
            os.kill(os.getpid(), signal.SIGALRM)
        if len(begun) >= 3 and threading.current_thread() is not threading.main_thread():
            stopped.wait(2)  # the main thread may take its time
            time.sleep(0.05)
        made = plain(*arguments)
        ended.append(True)
        return made

    def stop(*_):
        stopped.set()
        raise Stopped

    monkeypatch.setattr(_pilot, native, counted)
    handler = signal.signal(signal.SIGALRM, stop)
    try:
        with pytest.raises(Stopped):
            yield begun
        left = len(begun) - len(ended)
    finally:
        signal.signal(signal.SIGALRM, handler)
    assert left == 0 or threading.active_count() == 1, "a thread goes on"


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("name", PASSES)
def test_passes_over_columns(name, threads, monkeypatch):
    """Of the blocks that a pass would take, no thread begins another after the exception but one that it was about
    to begin."""
    native = {"accounts": "account", "bills": "fee", "awards": "award"}.get(name, name)
    native = "aggregate_add" if name == "tally" else f"{native}_columns"
    with stopped_in(monkeypatch, native) as begun:
        PASSES[name](threads)
    assert len(begun) >= 3
    assert begun.count(True) <= threads - 1


@pytest.mark.parametrize("name", PASSES)
def test_blocks_leave_no_trace(name, monkeypatch):
    """However the rows are cut into blocks, the results are the same."""
    from libpilot import _column_passes

    def arrays(made):
        if isinstance(made, numpy.ndarray):
            return [made]
        if isinstance(made, columns.Tally):
            return [made.to_bytes()]
        return [one for part in made for one in arrays(part)] if isinstance(made, tuple) else [made]

    monkeypatch.setitem(globals(), "ROWS", 3000)
    wanted = arrays(PASSES[name](1))
    monkeypatch.setattr("libpilot._tally._AT_ONCE", 10)
    monkeypatch.setattr(_column_passes, "_PAYS", 0)
    for size in (1, 7, 1000):
        monkeypatch.setattr(_column_passes, "FIRST_BLOCK", size)
        for threads in (1, 3):
            made = arrays(PASSES[name](threads))
            assert len(made) == len(wanted)
            for one, two in zip(made, wanted):
                assert numpy.array_equal(one, two)


def test_bad_rows_are_counted_over_blocks(monkeypatch):
    monkeypatch.setattr("libpilot._column_passes.FIRST_BLOCK", 10)
    monkeypatch.setattr("libpilot._column_passes._PAYS", 0)
    households = numpy.arange(100)
    households[[37, 88]] = -1
    for threads in (1, 2, 3):
        made = columns.awards(households, "2020-01", "2020-12", threads=threads)
        assert (made.bad, made.first_bad, made.status) == (2, 37, "range")
    assert columns.awards(households[:0], numpy.array([], int), "2020-12").total.shape == (0,)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_tally_gets_all_rows_or_none(threads, monkeypatch):
    rows = {**panel(200_000), "group": numpy.arange(200_000) % 3, "threads": threads}
    # Blocks of one size, however long they take, so that there are as many calls each time.
    for name, value in (("FIRST_BLOCK", 1 << 14), ("_PAYS", 0), ("_SHORT", 0), ("_LONG", 1e9)):
        monkeypatch.setattr(f"libpilot._column_passes.{name}", value)
    monkeypatch.setattr("libpilot._tally._AT_ONCE", 1 << 12)
    calls = {name: getattr(_pilot, name) for name in ("aggregate_add", "aggregate_merge")}
    count = 0

    def counting(call):
        def counted(*arguments):
            nonlocal count
            count += 1
            if count == at:
                raise Stopped
            return call(*arguments)

        return counted

    for name, call in calls.items():
        monkeypatch.setattr(_pilot, name, counting(call))
    at = 0
    before = columns.Tally(groups=3)
    before.add(**panel(10))
    after = columns.Tally.from_bytes(before.to_bytes())
    count = 0
    after.add(**rows)
    assert count >= 7
    for at in range(1, count + 1):
        sums = columns.Tally.from_bytes(before.to_bytes())
        count = 0
        with pytest.raises(Stopped):
            sums.add(**rows)
        assert sums == before, f"stopped at call {at}"
        count = -(1 << 30)
        assert sums.add(**rows).bad == 0
        assert sums == after


@pytest.mark.parametrize("threads", [1, 2])
def test_draws(threads, monkeypatch):
    rows = panel(1000)
    monkeypatch.setattr(_draw, "_AT_ONCE", 500 * 64)
    with stopped_in(monkeypatch, "draw_columns") as begun:
        libpilot.draw(rows, seed=1, draws=500, threads=threads)
    assert begun.count(True) <= threads - 1


def native_menu():
    return libpilot.Menu.load(FOSHAN)._native


def sums(groups):
    made = columns.Tally(groups=groups)
    made.add(**panel(10))
    return made


# So much that each call takes about ten milliseconds: a busy machine's next turn for the other thread.
AREAS = tuple(["61.37"] * 100_000)
GROUPS = 500_000
MONTHS = ("2019-12", "2020-11")
CHOICE = ("comprehensive-3", ())
WHOLE = {
    "patch": lambda: (NANCHANG_2019.patch, '{"x-much":' + much(2_000_000, str) + "}"),
    "bills": lambda: (_pilot.bills, native_menu(), CHOICE, AREAS, *MONTHS, None),
    "quote": lambda: (_pilot.quote, native_menu(), CHOICE, (AREAS, None, None, 9), DAY, 0),
    "compare": lambda: (_pilot.compare, ((native_menu(), CHOICE),) * 2, (AREAS, None, None, 9), DAY),
    "tally": lambda: (columns.Tally, NANCHANG_2019, 100_000),
    "rows": lambda: (lambda tally: tally.rows, sums(GROUPS)),
    "years": lambda: (columns.Tally.years, sums(100_000)),
    "to_bytes": lambda: (columns.Tally.to_bytes, sums(100_000)),
    "from_bytes": lambda: (columns.Tally.from_bytes, sums(100_000).to_bytes()),
    "merge": lambda: (columns.Tally.__iadd__, sums(GROUPS), sums(GROUPS)),
    "factor": lambda: (
        _pilot.budget_factor,
        NANCHANG_2019._native,
        sums(GROUPS)._native,
        -1,
        (0, 10**12, None),
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_other_threads_run(name):
    """What cannot be stopped, as it soon ends, lets others run."""
    call, *arguments = WHOLE[name]()
    assert_gives_way(lambda: call(*arguments))


def test_other_threads_run_while_rules_are_looked_for(report):
    assert_gives_way(lambda: report.rules("met"))


def test_small_calls_keep_the_lock():
    """Giving it up would cost as much as they do, and a wait where other threads compute."""
    plan, menu = NANCHANG_2019._native, native_menu()
    claim = (1885, None, None, "2019-12", "2023-12", True, None, ())
    with signalled() as gave_way:
        for _ in range(100):
            _pilot.reward(plan, claim)
            _pilot.fee("0.35", "61.37", 12, None)
            _pilot.bills(menu, CHOICE, AREAS[:3], *MONTHS, None)
    assert not gave_way


def test_control_c():
    """In a program of its own: KeyboardInterrupt, and Python goes on."""
    code = """if True:
        import os, signal, sys, threading, time, numpy, libpilot
        from libpilot import columns
        months = numpy.full(2_000_000, 600)
        def interrupt():
            while not done:
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(1)
        done = []
        thread = threading.Thread(target=interrupt)
        try:
            thread.start()
            while True:
                columns.awards(months, 598, months, years=True)
        except KeyboardInterrupt:
            done.append(True)
        thread.join()
        print("stopped", libpilot.fee("0.35", "61.37"))
    """
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd="/", timeout=120)
    assert told.stdout.startswith("stopped"), told.stderr
