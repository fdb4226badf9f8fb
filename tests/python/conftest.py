import signal

import pytest
from cases import TOP

# However the suite was started, under nohup or in the background, signals do here what they do for people.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

collect_ignore = ["typed.py"]  # for the type checkers alone


@pytest.fixture(scope="session")
def example_city():
    return TOP / "examples/data/nanchang-2019.json"
