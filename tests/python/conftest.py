import signal
from importlib.util import find_spec

import pytest
from cases import TOP

# However the suite was started, under nohup or in the background, signals do here what they do for people.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

if find_spec("hypothesis"):
    from hypothesis import HealthCheck, settings

    # What passed passes again: other examples are asked for, by --hypothesis-profile=other.
    settings.register_profile(
        "other", max_examples=100, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.register_profile("same", settings.get_profile("other"), derandomize=True)
    settings.load_profile("same")

collect_ignore = ["typed.py"]  # for the type checkers alone
if not (find_spec("openpyxl") and find_spec("xlsxwriter")):
    collect_ignore.append("workbooks.py")  # which those that ask for it go without


@pytest.fixture(scope="session")
def example_city():
    return TOP / "examples/data/nanchang-2019.json"
