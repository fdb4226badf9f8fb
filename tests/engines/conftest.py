import panel as panels
import pytest


@pytest.fixture(scope="session")
def panel():
    return panels.Panel()


@pytest.fixture(params=panels.NAMED, ids=["notice", "reform"])
def policy(request):
    return request.param
