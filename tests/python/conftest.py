import pytest
from cases import TOP

collect_ignore = ["typed.py"]  # for the type checkers alone


@pytest.fixture(scope="session")
def example_city():
    return TOP / "examples/data/nanchang-2019.json"
