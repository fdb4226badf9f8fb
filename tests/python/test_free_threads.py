"""Threads that ask at once are told what each would be told alone; a Python without a lock goes on without one."""

import json
import subprocess
import sys
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import libpilot
import pytest
from cases import TOP
from libpilot import NANCHANG_2019, _pilot
from libpilot._call import GIVEN

AT_ONCE = 8
DAY = "2020-02-29"


def at_once(work):
    """What work gives for each of the numbers below AT_ONCE, all begun together."""
    begin = Barrier(AT_ONCE)

    def one(number):
        begin.wait()
        return work(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


@pytest.mark.skipif(not sysconfig.get_config_var("Py_GIL_DISABLED"), reason="this Python's threads take turns")
def test_the_lock_stays_off():
    # Alone, as a dependency could turn the lock on; a warning says so where that happens.
    program = "import sys, libpilot._native; print(sys._is_gil_enabled())"
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout == "False\n"


def test_calls():
    lines = (TOP / "tests/cases/calls.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    cases = list(zip(lines[::2], lines[1::2]))

    def ask(number):
        turned = cases[number * 7 :] + cases[: number * 7]
        return [request for request, response in turned if _pilot.call((None,) * len(GIVEN), request) != response]

    assert at_once(ask) == [[]] * AT_ONCE


def test_what_threads_share_is_read(example_city):
    city = libpilot.City.load(example_city)
    document = city.to_dict()
    alone = libpilot.check(libpilot.City.load(example_city), as_of=DAY)
    wanted = (json.dumps(alone.to_dict()), str(alone), alone.findings, libpilot.verdict(document, as_of=DAY))
    shared = libpilot.check(city, as_of=DAY)

    def ask(number):
        own = libpilot.check(city, policy=NANCHANG_2019, as_of=DAY) if number % 2 else shared
        return json.dumps(own.to_dict()), str(own), own.findings, libpilot.verdict(document, as_of=DAY)

    assert all(told == wanted for told in at_once(ask))


def test_columns_and_what_they_add_to():
    numpy = pytest.importorskip("numpy")
    pytest.importorskip("narwhals")
    draw = numpy.random.default_rng(5)
    first = numpy.datetime64("2019-01", "M") + draw.integers(0, 24, 5000)
    claims = {"households": draw.integers(0, 2000, 5000), "first": first, "last": first + 11}
    groups = draw.integers(0, 3, 5000)
    reforms = [NANCHANG_2019.patch({"city_share": f"1/{2 + number}"}) for number in range(AT_ONCE)]
    wanted = [
        (
            libpilot.columns.awards(**claims, policy=policy).total.tolist(),
            libpilot.columns.tally(**claims, group=groups, groups=3, policy=policy),
        )
        for policy in reforms
    ]
    panel = libpilot.Panel({**claims, "town": groups}, group="town")
    everyone = libpilot.columns.Tally()

    def ask(number):
        policy = reforms[number]
        everyone.add(**claims)
        alone = libpilot.columns.awards(**claims, policy=policy).total.tolist()
        assert panel.cost(policy) == libpilot.Panel({**claims, "town": groups}, group="town").cost(policy)
        return alone, panel.cost(policy)

    assert at_once(ask) == wanted
    one = libpilot.columns.tally(**claims).fen()
    assert everyone.fen() == tuple(AT_ONCE * each for each in one)
