"""What an award costs in Python: nanoseconds a call, the median of many rounds. See run."""

import statistics
import time

from libpilot import NANCHANG_2019

ROUNDS, CALLS = 21, 10_000

times, total = [], 0
for _ in range(ROUNDS):
    began = time.perf_counter_ns()
    total = 0
    for i in range(CALLS):
        total += NANCHANG_2019.reward(households=1000 + i % 100, first="2019-12", last="2023-12").total
    times.append((time.perf_counter_ns() - began) / CALLS)
print(f"Python  {statistics.median(times):7.0f} ns  {total * 100:.0f}")
