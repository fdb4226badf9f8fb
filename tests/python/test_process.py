"""Imports, threads, processes and memory."""

import concurrent.futures
import multiprocessing
import os
import pathlib
import pickle
import subprocess
import sys
import threading

import libpilot
import pytest
from cases import TOP
from libpilot import NANCHANG_2019

ASKED = {"households": 1885, "first": "2019-12", "last": "2023-12"}


def python(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/"
    ).stdout


def test_the_import_is_of_the_standard_library():
    code = "import sys; before = set(sys.modules); import libpilot; print(*sorted(set(sys.modules) - before))"
    imported = {name.split(".")[0] for name in python(code).split()}
    assert not imported & {"numpy", "narwhals", "pandas", "dataclasses", "inspect", "pathlib", "difflib"}
    own = {name for name in imported if name.startswith(("libpilot", "swig_runtime_data"))}
    assert imported - own <= set(sys.stdlib_module_names)


def test_everything_that_is_exported_is_there():
    for name in dir(libpilot):
        assert getattr(libpilot, name) is not None
    with pytest.raises(AttributeError):
        libpilot.no_such_name
    text = pathlib.Path(libpilot.__file__).with_name("_pilot.pyi").read_text(encoding="utf-8")
    assert pathlib.Path(libpilot.__file__).with_name("py.typed").exists()
    # The stub that is written by hand names what SWIG made, and nothing else.
    stated = {
        line.split("(")[0].split()[1].rstrip(":")
        for line in text.splitlines()
        if line.startswith(("def ", "class "))
    }
    made = {
        name for name, value in vars(libpilot._pilot).items() if callable(value) and not name.startswith("_")
    }
    assert stated == made


def test_the_module_is_hardened_and_shows_what_python_looks_for_alone():
    module = sys.modules["libpilot._native"].__file__
    asked = [sys.executable, TOP / "tests/hardened.py", module]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
    shown = subprocess.run(
        ["nm", "-D", "--defined-only", module], capture_output=True, text=True, check=True
    ).stdout
    assert [line.split()[-1] for line in shown.splitlines()] == ["PyInit__native"]


def test_threads_share_a_policy():
    wanted = NANCHANG_2019.reward(**ASKED).to_json()
    start = threading.Barrier(4)

    def work(mode):
        start.wait()
        policy = NANCHANG_2019.with_reading(gate_mode=mode)
        for _ in range(200):
            assert NANCHANG_2019.reward(**ASKED).to_json() == wanted
            assert policy.reward(**ASKED).total == NANCHANG_2019.reward(**ASKED).total
        return NANCHANG_2019 == policy

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, ["once", "annual"] * 2)) == [True, False] * 2


def in_a_process(task):
    policy, award, report, error = task
    return (
        policy.reward(**ASKED) == award,
        report.to_json(),
        report.city.award(as_of="2020-02-29", policy=policy).total,
        (type(error).__name__, str(error)),
        policy,
        award,
        report,
    )


def test_processes_take_policies_awards_and_reports(example_city):
    report = libpilot.check(example_city, as_of="2020-02-29")
    policies = [NANCHANG_2019, NANCHANG_2019.patch({"city_share": "1/3"})]
    error = libpilot.RangeError("a sentence", "/a", "1")
    tasks = [(policy, policy.reward(**ASKED), report, error) for policy in policies]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for task, answer in zip(tasks, pool.map(in_a_process, tasks)):
            same, text, total, shown, policy, award, again = answer
            assert same
            assert text == report.to_json()
            assert total == report.city.award(as_of="2020-02-29").total
            assert shown == ("RangeError", "/a: a sentence")
            assert (policy, award, again) == task[:3]


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def refuse():
    with pytest.raises(libpilot.Error):
        NANCHANG_2019.reward(households=1, first="2019-13", last="2019-12")


@pytest.mark.slow
def test_nothing_is_left_behind(example_city):
    data = example_city.parent
    account = (data / "accounts/956-households.json").read_bytes()
    text = example_city.read_bytes()
    report = libpilot.check(text, as_of="2020-02-29")
    menu = {"id": "m", "best_is_low": True, "services": []}

    def bad_menu():
        with pytest.raises(libpilot.Error):
            libpilot.Menu.load(menu)

    work = [
        (200_000, lambda: NANCHANG_2019.reward(**ASKED, passed={2019: True, 2020: None})),
        (2_000, lambda: libpilot.City.load(text)),
        (500, lambda: libpilot.check(report.city, as_of="2020-02-29").counts),
        (2_000, lambda: NANCHANG_2019.patch({"city_share": "1/3"}).reward(**ASKED).lines),
        (5_000, refuse),
        (2_000, bad_menu),
        (500, libpilot.Account.load(account).compute),
        (2_000, lambda: libpilot.Account.load(account).answer("2022-01", "2022-12")),
        (2_000, lambda: libpilot.outside(data / "outside/enclosure.json")),
        (2_000, lambda: libpilot.contest(data / "contests/by-units.json")),
        (1_000, lambda: libpilot.comparison(data / "comparisons/foshan-mudanjiang.json")),
        (1_000, lambda: libpilot.titles("actor")),
        (2_000, lambda: libpilot.duties()),
        (500, lambda: pickle.loads(pickle.dumps(NANCHANG_2019))),
    ]
    for count, call in work:
        for _ in range(count // 10):
            call()
        before = resident()
        for _ in range(count):
            call()
        grown = resident() - before
        # The allocator moves some hundred KiB about by itself; what a call leaves behind adds up to more.
        assert grown < 2 << 20, f"{grown} bytes after {count} calls"


def test_without_numpy_there_is_one_clear_sentence():
    code = "import sys; sys.modules[{!r}] = None; import libpilot; libpilot.Tally"
    for module, said in (("numpy", "pip install 'libpilot[columns]'"), ("libpilot._tally", "_tally")):
        done = subprocess.run(
            [sys.executable, "-c", code.format(module)], capture_output=True, text=True, check=False, cwd="/"
        )
        assert done.returncode == 1 and said in done.stderr.splitlines()[-1]


BEGUN = """import sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            raise {error}
sys.meta_path.insert(0, Finder())
from libpilot.__main__ import main
main()"""


def test_a_command_that_ends_before_it_has_begun():
    """An interrupt while modules are imported, and a module of the package that is not there."""
    for name, error, ended, said in (
        ("libpilot.cli", "KeyboardInterrupt", 130, ""),
        ("libpilot.cli", "ImportError('no', name='libpilot.cli')", 1, "ImportError: no"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", BEGUN.format(name=name, error=error)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, (done.stderr.splitlines() or [""])[-1]) == (ended, said)
