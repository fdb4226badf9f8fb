"""The benchmarks in C, as they are here and as another commit has them: built apart, run in turns on this machine.

python3 tests/bench/against.py REV [PROGRAM...]    PROGRAM: city, call, panel, quote or scale; those that both have

Each line is one figure: its median here and there, here over there, and how far apart the rounds of either lie. A
figure is the first number with a decimal point in a line that a program prints; the words and whole numbers of the
line are its name.
"""

import pathlib
import re
import statistics
import subprocess
import sys

TOP = pathlib.Path(__file__).parents[2]
ROUNDS = 5
FIGURE = re.compile(r"(?<![\w.])\d[\d,]*\.\d+")


def git(*words):
    return subprocess.run(["git", "-C", TOP, *words], check=True, capture_output=True, text=True).stdout.strip()


def checked_out(revision):
    """The commit's files, in build/against/."""
    commit = git("rev-parse", "--verify", f"{revision}^{{commit}}")
    place = TOP / "build/against" / commit[:12]
    if not place.exists():
        place.mkdir(parents=True)
        archive = subprocess.run(["git", "-C", TOP, "archive", commit], check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", place], input=archive, check=True)
    return place


def programs(place):
    return {path.stem for path in (place / "tests/bench").glob("*.c")}


def build(place, names):
    targets = [f"build/release/bench-{name}" for name in names]
    subprocess.run(["make", "-s", "-C", place, "-j2", *targets], check=True, stdout=subprocess.DEVNULL)


def figures(place, name):
    """Of one run, by name."""
    made = {}
    told = subprocess.run([place / f"build/release/bench-{name}"], cwd=place, check=True, capture_output=True, text=True)
    for line in told.stdout.splitlines():
        found = FIGURE.search(line)
        if found:
            named = " ".join(line[: found.start()].split()).rstrip(":")
            made[f"{name}: {named}"] = float(found.group().replace(",", ""))
    return made


def spread(values):
    return (max(values) - min(values)) / statistics.median(values) if statistics.median(values) else 0


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    there = checked_out(sys.argv[1])
    names = sys.argv[2:] or sorted(programs(TOP) & programs(there))
    for place in (TOP, there):
        build(place, names)
    found = {TOP: {}, there: {}}
    for name in names:
        for turn in range(ROUNDS):
            for place in (TOP, there)[:: 1 if turn % 2 else -1]:
                for key, value in figures(place, name).items():
                    found[place].setdefault(key, []).append(value)
    print(f"{'':60} {'here':>12} {sys.argv[1][:12]:>12} {'ratio':>7}  spread")
    for key, own in found[TOP].items():
        other = found[there].get(key)
        if other:
            middle, before = statistics.median(own), statistics.median(other)
            ratio = f"{middle / before:7.2f}" if before else ""
            print(f"{key:60} {middle:12,.2f} {before:12,.2f} {ratio}  {spread(own):.0%}, {spread(other):.0%}")
    for key in found[there].keys() - found[TOP].keys():
        print(f"{key:60} there alone")


main()
