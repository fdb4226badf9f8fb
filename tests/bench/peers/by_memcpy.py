"""Copying as many bytes as the work reads and writes: what the machine's memory allows. It is not the
work, so its answer is the copy.
"""

import numpy as np

VERSION = f"NumPy {np.__version__}"


def awards(columns, threads):
    """Three columns of 8 bytes read, three written."""
    out = [np.zeros_like(column) for column in columns]

    def run():
        for to, column in zip(out, columns):
            np.copyto(to, column)
    return run, lambda _: out
