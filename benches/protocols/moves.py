"""What a move of the hospital's search costs: ``python -m benches.protocols.moves INSTANCE``.

One core. The search as it is gives moves a second over all kinds; then each kind is tried alone,
at one temperature, on the plan that the search came to. Start-up is a process of its own that reads
the instance, builds a first plan, tries one move, and ends; what numba compiled is there already.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

from benches.drivers.measure import measure
from salus.allocate.hospital.competition.instance import read_instance
from salus.allocate.hospital.search.tables import tables
from salus.allocate.hospital.solver.chain import Chain
from salus.allocate.hospital.solver.cooling import Cooling
from salus.allocate.hospital.solver.first_days import first_days

KINDS = ("nurse", "nurses", "patient", "room", "theatre", "postpone", "exchange", "make_room")
SEED = 1
SEARCHED = 20_000_000
"""Moves of the search, in ``STEPS`` temperatures."""

STEPS = 200
TRIED = 200_000
"""Moves of one kind, ``REPEATS`` times; the median counts."""

REPEATS = 5
PART = 0.7
"""Where the search is when single kinds are tried: at a temperature of 2, rules at full price."""

FIRST_MOVE = """
import sys
from pathlib import Path
from salus.allocate.hospital.competition.instance import read_instance
from salus.allocate.hospital.solve import solve
from salus.allocate.hospital.stop import Stop
solve(read_instance(Path(sys.argv[1])), Stop(iterations=1))
"""


def main(path: Path) -> dict[str, float]:
    """Measure the search, each kind of move, and the way to the first one."""
    problem = read_instance(path)
    cooling = Cooling(float(max(1, problem.weights.postponed)))
    chain = Chain.begin(tables(problem, None), cooling, SEED, first_days(problem), None)
    began = time.perf_counter()
    for step in range(STEPS):
        chain.walk(cooling, step / (STEPS - 1), SEARCHED // STEPS)
    found = {"moves_per_second": SEARCHED / (time.perf_counter() - began)}
    for at, kind in enumerate(KINDS):
        chain.shares = (np.arange(len(KINDS)) >= at).astype(float)
        found[f"{kind}_ns"] = median(_walked(chain, cooling) for _ in range(REPEATS))
    found["start_seconds"] = median(_started(path) for _ in range(REPEATS))
    return found


def _walked(chain: Chain, cooling: Cooling) -> float:
    began = time.perf_counter()
    chain.walk(cooling, PART, TRIED)
    return (time.perf_counter() - began) / TRIED * 1e9


def _started(path: Path) -> float:
    taken, _ = measure([sys.executable, "-c", FIRST_MOVE, str(path)], os.environ)
    return taken.wall_seconds


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
