"""examples/python/policy_simulation.ipynb, run from its first cell to its last, and what its text says."""

import csv
import re
from decimal import Decimal

import pytest
from cases import TOP

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")
pytest.importorskip("matplotlib")

FOLDER = TOP / "examples/python"
NOTEBOOK = FOLDER / "policy_simulation.ipynb"
NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"


def numbers(text):
    """The numbers of a text: of 80 %, 80% and 0.8 the same."""
    return {
        Decimal(number.replace(",", "")) / (100 if percent else 1)
        for number, percent in re.findall(rf"({NUMBER})( ?%)?", text.replace("_", ""))
    }


def printed(cell):
    """What a cell shows as text, however many messages bring a line; pictures are left out."""
    return "".join(
        output.get("text") or output.data["text/plain"] + "\n"
        for output in cell.get("outputs", ())
        if "image/png" not in output.get("data", {})
    ).strip()


@pytest.fixture(scope="module")
def run():
    """The notebook as it is after its run."""
    made = nbformat.read(NOTEBOOK, 4)
    client = nbclient.NotebookClient(
        made, kernel_name="python3", timeout=300, resources={"metadata": {"path": str(FOLDER)}}
    )
    return client.execute()


@pytest.fixture(scope="module")
def said(run):
    """What the cells print, by the cell."""
    return {cell.id: printed(cell) for cell in run.cells if cell.cell_type == "code"}


def test_it_is_kept_without_results():
    kept = nbformat.read(NOTEBOOK, nbformat.NO_CONVERT)
    nbformat.validate(kept)
    assert (kept.nbformat, kept.nbformat_minor) == (4, 5)
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in kept.cells)
    lines = [line for cell in kept.cells if cell.cell_type == "code" for line in cell.source.splitlines()]
    assert max(map(len, lines)) <= 110


def test_every_number_of_its_text_is_one_of_its_cells(run, said):
    code = "\n".join(cell.source for cell in run.cells if cell.cell_type == "code")
    known = numbers(code) | set().union(*map(numbers, said.values()))
    for cell in run.cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"`[^`]*`|\(clause [0-9.]+\)", "", cell.source)
            for number in re.findall(rf"{NUMBER}(?= (?:to {NUMBER} )?million)", text):
                shown = Decimal(number.replace(",", ""))
                assert any(round(one / 10**6) == shown for one in known), (cell.id, number)
            for number in numbers(re.sub(rf"(?:{NUMBER} to )?{NUMBER} million", "", text)):
                assert number in known, (cell.id, number)


def test_the_baseline_by_hand(said, monkeypatch):
    numpy = pytest.importorskip("numpy")
    monkeypatch.syspath_prepend(FOLDER)
    from rollout import make_panel

    with (TOP / "examples/data/provinces-2022.csv").open(encoding="utf-8") as file:
        made = make_panel(list(csv.DictReader(file)), 2022)
    assert said["data-table"].startswith("30 provinces\n51,192 compounds, 8,530,200 households")
    # 26 months to the end of 2021 at 18 yuan for those of the first month, then 12 of 12 and 12 of 6.
    late = numpy.random.default_rng(2022).integers(0, 12, 51192)
    total = int((made["households"] * ((26 - late) * 18 + 12 * 12 + 12 * 6)).sum())
    assert f"{total:,}.00 yuan in all" in said["baseline-cost"]
    flat = int((made["households"] * (26 - late + 24) * 13).sum())
    assert f"{flat:,}.00" in said["reforms-made"]


def test_what_its_conclusion_says(run, said):
    rows = [line.split() for line in said["readings-changed"].splitlines()[2:]]
    moved = {}
    for name, _, _, _, difference in rows:
        moved[name] = max(moved.get(name, 0), Decimal(difference.replace(",", "")))
    rates = sum(amount for name, amount in moved.items() if name.startswith("rates/"))
    assert moved.pop("month_rule") > rates > 0
    assert "pass_effect" in said["readings-question"]
    assert not {name for name in moved if not re.match("rates/|city_share", name)}

    within, before = (
        {line.split()[0]: Decimal(line.split()[place]) for line in said["budget-solved"].splitlines()[3:]}
        for place in (1, 2)
    )
    assert [year for year, amount in before.items() if amount > 1_500_000_000] == ["2021"]
    assert 1_499_000_000 < max(within.values()) <= 1_500_000_000
    assert all(within[year] == before[year] for year in ("2022", "2023"))
    assert max(before, key=before.get) == "2021"

    shares = [line.rsplit(None, 1) for line in said["uncertain-shares"].splitlines()]
    assert shares[0][0] == "the months that count" and int(shares[0][1][:-1]) > 50
    pictures = [cell.id for cell in run.cells if "image/png" in str(cell.get("outputs", ""))]
    assert pictures == ["reforms-compared", "readings-changed", "uncertain-drawn"]
