"""One peer at one work, in a process of its own: threads are set in its environment before it starts.

    python worker.py MODULE WORK ROWS THREADS [WAY]

Then a line on standard input asks and a line of JSON answers: version, run (seconds), digest.
A module has VERSION and, for each work (by that name, or by WAY), a function of (input, threads) that
gives two more: run, which is timed, and answer, which makes of run's result what work.DIGEST takes. What
a user does once, such as compiling a query or handing over the columns, lies outside run.
"""

import importlib
import json
import sys
import time

import work


def main(module, kind, rows, threads, way):
    peer = importlib.import_module(module)
    run, answer = getattr(peer, way)(work.INPUT[kind](rows), threads)
    result = None
    for line in sys.stdin:
        asked = line.strip()
        if asked == "run":
            result = None  # a result's memory is given back before the next is made
            start = time.perf_counter()
            result = run()
            reply = time.perf_counter() - start
        elif asked == "digest":
            reply = work.DIGEST[kind](answer(result))
        else:
            reply = peer.VERSION
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), (sys.argv[5:] or [sys.argv[2]])[0])
