"""Measure all benchmarks, or those named: ``python -m benches.run [NAME ...]``."""

from __future__ import annotations

import sys

from benches.drivers.results import keep, write_table
from benches.drivers.sweep import missing, sweep
from benches.registry import benchmarks


def main(names: list[str]) -> int:
    """Measure and write down; return 2 when a name is unknown."""
    known = benchmarks()
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(known)}")
        return 2
    for name in names or known:
        absent = missing(known[name])
        if absent:
            print(f"{name}: left out, it wants {', '.join(map(str, absent))}")
            continue
        print(f"{name}: {known[name].sentence}")
        print(f"  written to {keep(known[name], sweep(known[name]))}")
    print(f"table in {write_table()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
