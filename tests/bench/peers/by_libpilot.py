"""libpilot itself: the default policy, caller-owned columns, threads as given."""

import numpy as np

import libpilot
import record
from libpilot import columns as pilot_columns

VERSION = libpilot.__version__
POLICY = libpilot.NANCHANG_2019


def awards(columns, threads):
    """Total, city and district of each row."""
    households, first, last = columns
    out = pilot_columns.Awards(*(np.zeros_like(households) for _ in range(3)))

    def run():
        pilot_columns.awards(households, first, last, policy=POLICY, threads=threads, out=out)
    return run, lambda _: list(out[:3])


def tally(columns, threads):
    """Rows, households, total, city and district of each year; no row is written."""
    households, first, last = columns

    def fen(amount):
        return int(amount * 100)

    def run():
        made = libpilot.Tally(POLICY)
        made.add(households, first, last, threads=threads)
        return made
    return run, lambda made: np.array(
        [[year.rows, year.households, fen(year.total), fen(year.city), fen(year.district)]
         for year in made.years().values()])


def bills(columns, threads):
    """Half up to the fen, once a bill."""
    area, price, months = columns
    out = pilot_columns.Bills(np.zeros_like(area))

    def run():
        pilot_columns.bills(area_dm2=area, price=price, months=months, threads=threads, out=out)
    return run, lambda _: [out.amounts]


def verdicts(count, threads):
    """A city file of one community in, the rules it breaches out: all rules are decided, not only the ten."""
    return _verdicts(record.texts(count, record.city))


def from_dicts(count, threads):
    """The same from the dict of a city file, without a text in between."""
    return _verdicts([record.city(one) for one in record.records(count)])


def many(count, threads):
    """The same texts as one iterable."""
    texts = record.texts(count, record.city)
    return (lambda: [made.rules("breach") for made in
                     libpilot.check_many(texts, policy=POLICY, as_of=record.AS_OF, threads=threads)],
            _of_the_ten)


def _verdicts(records):
    return (lambda: [libpilot.verdict(one, policy=POLICY, as_of=record.AS_OF).rules("breach") for one in records],
            _of_the_ten)


def _of_the_ten(verdicts):
    return [set(rules) & set(record.RULES) for rules in verdicts]


def findings(count, threads):
    """The same file in, its breaches out with their words and evidence."""
    texts = record.texts(count, record.city)
    return (lambda: [libpilot.check(text, policy=POLICY, as_of=record.AS_OF).breaches for text in texts],
            lambda verdicts: [{finding.rule for finding in breaches} & set(record.RULES) for breaches in verdicts])
