"""How the time to plan grows with the number of journeys: ``… growing METHOD JOURNEYS``.

One method plans a transportation model of three kinds, every hospital open to every district, in a
process of its own, whose memory is the driver's to measure.
"""

from __future__ import annotations

import json
import sys
import time
from math import sqrt
from typing import TYPE_CHECKING

from benches.protocols import peers
from benches.protocols.cities import transport
from salus.allocate.city.exact import Exact
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.problem import CityProblem

KINDS = 3
DISTRICTS_PER_HOSPITAL = 10
OURS: dict[str, CityMethod] = {"flow": Flow(), "exact": Exact(), "greedy": Greedy()}
QUICK_SECONDS = 1.0
"""What takes less than this is taken three times, and the least counts."""


def grow(method: str, journeys: int) -> dict[str, float]:
    """Plan once, and return the processor seconds and the journeys that there were."""
    hospitals = max(1, round(sqrt(journeys / KINDS / DISTRICTS_PER_HOSPITAL)))
    problem = transport(hospitals, round(journeys / KINDS / hospitals))
    seconds, cost = _once(method, problem)
    for _ in range(2 if seconds < QUICK_SECONDS else 0):
        seconds = min(seconds, _once(method, problem)[0])
    return {"journeys": float(problem.arc_minutes.size), "plan_cpu": seconds, "cost": cost}


def _once(method: str, problem: CityProblem) -> tuple[float, float]:
    start = time.process_time()
    if method in OURS:
        cost = OURS[method].solve(problem, SystemClock()).cost
    else:
        cost = peers.ortools(problem)
    return time.process_time() - start, cost


if __name__ == "__main__":
    sys.stdout.write(json.dumps(grow(sys.argv[1], int(sys.argv[2]))) + "\n")
