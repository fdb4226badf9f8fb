"""Draws of a panel: by each row's luck, beside NumPy and beside the way it was; by common shocks, from a table.

python tests/bench/draw.py [ROWS] [DRAWS] [THREADS]    a million, a thousand and one unless told

All are given the same: what each row comes to in each year if it passes, by the notice, and the same chances. NumPy's
form is the fastest of those written here, each in blocks of rows that stay in the cache, drawn often enough to be
measured. They draw other numbers, so that sums are compared by what they are expected to be; where all is certain,
to the fen. Ratios are medians of rounds in turns. Fails where results differ.
"""

import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # its own threads, which more than halve NumPy's speed here

import libpilot
import numpy as np
from libpilot import NANCHANG_2019, Tally, _pilot, columns
from libpilot._column_inputs import read_claims

PASS, TAKE, ERROR = 0.9, 0.8, 0.05
BLOCK, ROUNDS = 1 << 14, 3
FASTER_THAN_BEFORE, FASTER_THAN_NUMPY, SECONDS = 5, 4, 1.0


def panel(rows):
    draw = np.random.default_rng(2019)
    first = 599 + draw.integers(0, 24, rows)
    return {
        "households": draw.integers(50, 5000, rows),
        "first": first.astype(np.int32),
        "last": (first + draw.integers(0, 36, rows)).astype(np.int32),
        "district": draw.integers(0, 9, rows),
    }


class Numpy:
    """What draws of NumPy need: each year's fen of each row and of one household in it."""

    def __init__(self, data):
        self.fen = np.ascontiguousarray(
            columns.awards(data["households"], data["first"], data["last"], years=True).years.T
        )
        self.units = self.fen // data["households"]
        self.households = data["households"]
        self.rows = len(self.households)

    def draws(self, form, draws, threads, error):
        spans = np.linspace(0, -(-self.rows // BLOCK), threads + 1).astype(int) * BLOCK

        def some(place):
            made = np.zeros((draws, len(self.fen)))
            random = np.random.Generator(np.random.SFC64([7, place]))
            for start in range(spans[place], min(spans[place + 1], self.rows), BLOCK):
                block = slice(start, min(start + BLOCK, self.rows))
                amounts = self.fen[:, block].astype(float)
                units, households = self.units[:, block].astype(float), self.households[block].astype(float)
                for draw in range(draws):
                    come = form(random, amounts.shape)
                    if error:
                        number = np.rint(
                            households * (1 + ERROR * (2 * random.random(len(households), np.float32) - 1))
                        )
                        amounts = units * number
                    made[draw] += come(amounts)
            return made

        with ThreadPoolExecutor(threads) as pool:
            return sum(pool.map(some, range(threads)))


def by_dot(come):
    def summed(amounts):
        return [np.dot(row.astype(float), fen) for row, fen in zip(come, amounts)]

    return summed


def bits16(random, shape):
    words = random.integers(0, 1 << 16, (shape[0] + 1, shape[1]), np.uint16)
    return by_dot((words[:-1] < round(PASS * 65536)) & (words[-1] < round(TAKE * 65536)))


def bits32(random, shape):
    words = random.integers(0, 1 << 32, (shape[0] + 1, shape[1]), np.uint32)
    return by_dot((words[:-1] < round(PASS * (1 << 32))) & (words[-1] < round(TAKE * (1 << 32))))


def floats(random, shape):
    words = random.random((shape[0] + 1, shape[1]), np.float32)
    return by_dot((words[:-1] < np.float32(PASS)) & (words[-1] < np.float32(TAKE)))


def product(random, shape):
    words = random.integers(0, 1 << 16, (shape[0] + 1, shape[1]), np.uint16)
    come = (words[:-1] < round(PASS * 65536)) & (words[-1] < round(TAKE * 65536))
    return lambda amounts: (come * amounts).sum(axis=1)


def masked(random, shape):
    words = random.integers(0, 1 << 16, (shape[0] + 1, shape[1]), np.uint16)
    come = (words[:-1] < round(PASS * 65536)) & (words[-1] < round(TAKE * 65536))
    return lambda amounts: np.einsum("yr,yr->y", come, amounts)


FORMS = {
    "16 bits, dot": bits16,
    "32 bits, dot": bits32,
    "floats, dot": floats,
    "16 bits, einsum": masked,
    "16 bits, product": product,
}


def before(data, draws, threads, error):
    """As draws were until they were made in C: Philox's words a block of rows at a time, and a tally of each draw."""
    claims = read_claims({name: data[name] for name in ("households", "first", "last")})
    years, rows = len(columns.years(NANCHANG_2019)), len(data["households"])
    native = NANCHANG_2019._native

    def one(number):
        tally = Tally(NANCHANG_2019)
        for start in range(0, rows, 1 << 16):
            stop = min(start + (1 << 16), rows)
            generator = np.random.Philox(key=[1, 0], counter=[start, number, 0, 0])
            words = generator.random_raw((stop - start) * 4).astype("<u8").view("<u4").reshape(-1, 8)
            good = 0
            for bit in range(years):
                good = good | (words[:, bit] < round(PASS * (1 << 32))).astype(np.int64) << bit
            part = claims.part(start, stop)
            number_of = part.households
            if error:
                millionths = round(ERROR * 10**6)
                off = (words[:, -1].astype(np.int64) * (2 * millionths + 1) >> 32) - millionths
                number_of = number_of + (number_of * off + 500_000) // 10**6
            taken = np.where(words[:, -2] < round(TAKE * (1 << 32)), number_of, 0)
            drawn = part._replace(households=taken, passed=good, failed=~good & ((1 << years) - 1))
            tally._add((*drawn.prepared(native), None)).check()
        return [cell[4] for cell in _pilot.aggregate_years(native, tally._native, -1)]

    with ThreadPoolExecutor(threads) as pool:
        return np.array(list(pool.map(one, range(draws))))


def seconds(call):
    start = time.perf_counter()
    made = call()
    return time.perf_counter() - start, made


def agrees(name, sums, fen, households, error):
    """Whether the draws' mean lies within six of its deviations of what theory expects."""
    both = PASS * TAKE
    means = fen.sum(axis=1) * both
    spread = ((fen.astype(float) ** 2).sum(axis=1) * (both * (1 - both) + error * ERROR**2)) ** 0.5
    off = np.abs(np.asarray(sums, float).mean(axis=0) - means)
    good = bool((off <= 6 * spread / len(sums) ** 0.5 + 1e-9 * means).all())
    if not good:
        print(f"{name}: the draws' mean is off by {off} where a deviation is {spread}", file=sys.stderr)
    return good


def compare(data, numpy, draws, threads, error):
    """One line for each of them, and whether all agree."""
    few = max(2, draws // 100)
    odds = {
        "pass_probability": str(PASS),
        "take_up": str(TAKE),
        "household_error": str(ERROR if error else 0),
    }
    ways = {
        "libpilot": (draws, lambda: libpilot.draw(data, seed=1, draws=draws, threads=threads, **odds).total),
        "before": (few, lambda: before(data, few, threads, error)),
    }
    for name, form in FORMS.items():
        ways[f"NumPy, {name}"] = few, lambda form=form: numpy.draws(form, few, threads, error)
    taken, good = {name: [] for name in ways}, True
    for turn in range(ROUNDS):
        for name, (number, call) in ways.items():
            took, made = seconds(call)
            taken[name].append(took / number)
            if not turn:
                good &= agrees(name, made, numpy.fen, numpy.households, error)
    own = taken.pop("libpilot")
    print(f"passes and take-up{', households' if error else ''}; {threads} threads:")
    print(f"  libpilot{'':22} {statistics.median(own) * draws:8.3f} s for {draws} draws")
    for name, times in taken.items():
        ratio = statistics.median(theirs / ours for theirs, ours in zip(times, own))
        print(f"  {name:30} {statistics.median(times) * draws:8.3f} s for as many, {ratio:6.1f} times")
    best = min((name for name in taken if name != "before"), key=lambda name: statistics.median(taken[name]))
    for name, bar in (("before", FASTER_THAN_BEFORE), (best, FASTER_THAN_NUMPY)):
        ratio = statistics.median(theirs / ours for theirs, ours in zip(taken[name], own))
        print(f"  bar: {bar} times {name}: {'met' if ratio >= bar else 'not met'}, {ratio:.1f}")
    return good


def certain(data, numpy):
    made = libpilot.draw(data, seed=1, draws=3)
    return bool((made.total == numpy.fen.sum(axis=1)).all() and (made.city * 2 == made.total).all())


def shocks(data, numpy, draws):
    """From a table of the districts and years, as a panel or a tally of them has it."""
    by = {
        "of the city": {},
        "of districts": {"by": "district"},
        "of districts and years": {"by": ["district", "year"]},
    }
    good = True
    for name, of in by.items():
        rate, take = libpilot.uniform("0.8", "0.95", **of), libpilot.triangular("0.7", "0.8", "0.9")
        made = libpilot.draw(data, seed=1, draws=2, pass_probability=rate, take_up=take, rows="expected")
        model = made._model
        taken = [
            seconds(lambda: model.cost(model.sample(1, "A", draws), 1, draws, 1, lambda more: None))
            for _ in range(ROUNDS)
        ]
        took = statistics.median(one for one, _ in taken)
        mean = taken[0][1][:, :, 0].sum(axis=1).mean() / (numpy.fen.sum() * 0.875 * 0.8)
        good &= abs(mean - 1) < 0.01
        told = "met" if took < SECONDS else "not met"
        print(f"common shocks {name}: {draws} draws in {took:.3f} s; bar: under {SECONDS:g} s: {told}")
    return good


def main():
    rows, draws, threads = (
        int(one) for one in [*sys.argv[1:], *("1000000", "1000", "1")[len(sys.argv) - 1 :]]
    )
    data = panel(rows)
    numpy = Numpy(data)
    print(f"{rows} rows")
    good = certain(data, numpy)
    for error in (False, True):
        good &= compare(data, numpy, draws, threads, error)
    good &= shocks(data, numpy, 100 * draws)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
