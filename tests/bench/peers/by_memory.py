"""What the machine's memory allows: columns copied, or read for their largest number, by as many threads as the work
has. It is not the work, so nothing is held against its answer.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

VERSION = f"NumPy {np.__version__}"


def awards(columns, threads):
    """Three columns of 8 bytes read, three written."""
    return _run(columns, len(columns), threads)


def tally(columns, threads):
    """Three columns of 8 bytes read."""
    return _run(columns, 0, threads)


def bills(columns, threads):
    """Three columns of 8 bytes read, one written."""
    return _run(columns, 1, threads)


def _run(columns, written, threads):
    out = [np.zeros_like(column) for column in columns[:written]]
    ends = np.linspace(0, len(columns[0]), threads + 1).astype(int)
    parts = [slice(*ends[thread:thread + 2]) for thread in range(threads)]

    def of(part):
        for to, column in zip(out, columns):
            np.copyto(to[part], column[part])
        for column in columns[written:]:
            column[part].max()

    if threads == 1:
        return lambda: of(parts[0]), lambda _: out
    pool = ThreadPoolExecutor(threads)
    return lambda: list(pool.map(of, parts)), lambda _: out
