"""What would the notice cost if every compound renovated in 2022 joined, and what other cities' schemes?

Households by province are published; sizes of compounds, their areas and communities are assumptions, by the seed.
"""

import argparse
import csv
import json
import pathlib

import matplotlib.pyplot as plt
import numpy as np

import libpilot

DATA = pathlib.Path(__file__).parents[1] / "data"
SPREAD = 1.0  # of the logarithm of a compound's households, within a province
AREA = (7940, 10200)  # 0.01 m² a household: the least and the most published for Nanchang
COMMUNITY = 2350  # households: the middle of the size that Nanchang plans for


def sizes(random, compounds, households):
    """Log-normal, at least 1 each, households in all: the largest remainders are rounded up."""
    weight = random.lognormal(0, SPREAD, compounds)
    share = weight / weight.sum() * (households - compounds)
    size = np.floor(share).astype(np.int64)
    size[np.argsort(size - share, kind="stable")[:households - compounds - size.sum()]] += 1
    return size + 1


def make_panel(provinces, seed):
    """A row for each compound: its province's number, households, area in 0.01 m², and the communities that
    are full with it."""
    random = np.random.Generator(np.random.Philox(seed))
    households = [sizes(random, int(p["compounds"]), int(p["households"])) for p in provinces]
    every = np.concatenate(households)
    return {
        "province": np.repeat(np.arange(len(provinces)), list(map(len, households))),
        "households": every,
        "area": every * random.integers(*AREA, len(every), endpoint=True),
        "communities": np.concatenate([np.diff(np.cumsum(part) // COMMUNITY, prepend=0) for part in households]),
    }


def policies():
    """The notice and the other cities' schemes, by id."""
    notice, reforms = libpilot.NANCHANG_2019, sorted((DATA / "reforms").glob("*.json"))
    patched = (notice.patch(json.loads(path.read_text("utf-8"))) for path in reforms)
    return {policy.to_dict()["id"]: policy for policy in (notice, *patched)}


def cost(panel, policy):
    """Fen by province and year of the policy, and the city's part: all its months served, all years passed."""
    years = libpilot.columns.years(policy)
    provinces = int(panel["province"][-1]) + 1
    tally = libpilot.Tally(policy, groups=provinces)
    tally.add(panel["households"], f"{years[0]}-01", f"{years[-1]}-12", building_area_dm2=panel["area"],
              communities=panel["communities"], group=panel["province"]).check()
    rows = [tally.years(province).values() for province in range(provinces)]
    return tuple(np.array([[int(getattr(year, side) * 100) for year in row] for row in rows]) for side in ("total", "city"))


def yuan(fen):
    return f"{int(fen) // 100:,}.{int(fen) % 100:02d}"


def table(head, rows):
    lines = head, [":--"] + ["--:"] * (len(head) - 1), *rows
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def page(provinces, panel, costs, seed):
    compounds, households = len(panel["households"]), int(panel["households"].sum())
    schemes = [[name, total.shape[1], *map(yuan, (total.sum(), city.sum(), (total - city).sum())),
                yuan((total[:, 0].sum() + households // 2) // households)] for name, (total, city) in costs.items()]
    notice = next(iter(costs.values()))[0]
    rows = [[f"{p['province']} {p['province_zh']}", p["compounds"], p["households"],
             *map(yuan, (*notice[i], notice[i].sum()))] for i, p in enumerate(provinces)]
    return f"""# A national roll-out

Made by `examples/python/rollout.py`, seed {seed}: {compounds:,} compounds with {households:,} households, those
on which work began in 2022 in the 30 provinces of `examples/data/provinces-2022.csv`. Costs are in yuan, for
service in every month that a scheme pays for, every assessment passed. Assumed: log-normal sizes of compounds,
{AREA[0] / 100:g} to {AREA[1] / 100:g} m² a household, a community for {COMMUNITY:,} households of a province.

{table(["scheme", "years", "total", "city", "district", "a household in the first year"], schemes)}

![Cost by year of each scheme](images/rollout-schemes.png)

The notice, by province:

{table(["province", "compounds", "households", *(f"year {i + 1}" for i in range(notice.shape[1])), "all"], rows)}

![Cost of the notice by province](images/rollout-provinces.png)
"""


def draw(provinces, costs, folder):
    # In fen: 100 million yuan is what China's yearbooks tell such sums in.
    hundred_million, width = 10**10, 0.2
    figure, axes = plt.subplots(figsize=(7, 3.5), layout="constrained")
    for i, (name, (total, _)) in enumerate(costs.items()):
        at = []
        for year in range(total.shape[1]):
            # The schemes that pay in a year stand side by side with the year in their middle.
            paying = [one for one, (other, _) in enumerate(costs.values()) if other.shape[1] > year]
            at.append(year + 1 + (paying.index(i) - (len(paying) - 1) / 2) * width)
        axes.bar(at, total.sum(axis=0) / hundred_million, width, label=name)
    axes.set(title="Cost by year of each scheme", xlabel="year of the scheme", ylabel="100 million yuan",
             xticks=range(1, 6))
    axes.legend(frameon=False)
    figure.savefig(folder / "rollout-schemes.png", dpi=100)
    notice = next(iter(costs.values()))[0].sum(axis=1)
    order = np.argsort(notice)
    figure, axes = plt.subplots(figsize=(7, 6), layout="constrained")
    axes.barh([provinces[i]["province"] for i in order], notice[order] / hundred_million)
    axes.set(title="Cost of the notice by province", xlabel="100 million yuan in five years",
             ylim=(-0.6, len(order) - 0.4))
    figure.savefig(folder / "rollout-provinces.png", dpi=100)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("docs"))
    options = parser.parse_args()
    provinces = list(csv.DictReader((DATA / "provinces-2022.csv").read_text("utf-8").splitlines()))
    panel = make_panel(provinces, options.seed)
    costs = {name: cost(panel, policy) for name, policy in policies().items()}
    (options.out / "images").mkdir(parents=True, exist_ok=True)
    draw(provinces, costs, options.out / "images")
    (options.out / "rollout.md").write_text(page(provinces, panel, costs, options.seed), encoding="utf-8")


if __name__ == "__main__":
    main()
