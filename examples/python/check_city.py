"""Checks a city file against the notice and says what is breached, and who has to act.

python examples/python/check_city.py examples/data/nanchang-2019.json 2020-02-29
"""

import sys
from collections import Counter

import libpilot


def main(path: str, as_of: str) -> int:
    report = libpilot.check(path, as_of=as_of)

    print(f"{len(report.findings)} findings as of {report.as_of}")
    for district in report.by_district().values():
        counts = district.counts
        print(
            f"  {district.name}: {counts.breach} breached, {counts.pending} pending, {counts.unknown} unknown"
        )

    print("\nBreached")
    for finding in report.breaches:
        print(f"  {finding.clause:<8} {finding.en}")

    print("\nWho has to put how many right")
    bodies = libpilot.titles("actor")
    for body, count in Counter(body for finding in report.breaches for body in finding.who).most_common():
        print(f"  {count:>2} {bodies[body]}")

    # What is not known may be a breach as well: the file has to say more.
    print("\nEvidence to supply")
    for finding in report.unknowns:
        print(f"  {finding.path or '/'}: {finding.missing}")
    return 0 if report.ok else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
