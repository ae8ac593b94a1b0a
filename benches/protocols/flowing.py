"""How long a flow takes beside others: ``… flowing MODEL [PEER ...]``.

The model is ``nearest`` (180,000 journeys), ``all`` (2.7 million) or the folder of the United
States. In each turn every method builds its model from the same arrays, solves it and reads the
plan back; ours with prices, bound and proof. What a method takes is the processor time of one turn,
its ratio is to that of the same turn, and both are medians over the turns. Costs must agree.
Arithmetic keeps to one thread: the products of some peers wake others, whose waiting would count
against whoever comes next.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from benches.protocols import peers
from benches.protocols.cities import transport, united_states
from salus.allocate.city.auto import Auto
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salus.allocate.city.problem import CityProblem

    Method = Callable[[CityProblem], float]

CLOCK = SystemClock()
TURNS = 5
SLOW_TURNS = 3
"""Turns in which the linear programmes take part."""
TOLERANCE = 1e-6
SLOW: dict[str, Method] = {"scipy": peers.scipy, "highs": peers.highs}
QUICK: dict[str, Method] = {
    "ortools": peers.ortools,
    "ortools_by_kind": peers.ortools_by_kind,
    "auto": lambda problem: Auto().solve(problem, CLOCK).cost,
    "greedy": lambda problem: Greedy().solve(problem, CLOCK).cost,
}


def compare(problem: CityProblem, slow: Sequence[str]) -> dict[str, float]:
    """Return the processor seconds of each method, and its ratio to ours."""
    seconds: dict[str, list[float]] = {}
    cost: dict[str, float] = {}
    for turn in range(TURNS + 1):
        asked = {"flow": _flow} | QUICK
        if 1 <= turn <= SLOW_TURNS:
            asked |= {name: SLOW[name] for name in slow}
        for name, method in asked.items():
            start = time.process_time()
            cost[name] = method(problem)
            if turn:  # the first turn warms all
                seconds.setdefault(name, []).append(time.process_time() - start)
    _agree({name: each for name, each in cost.items() if name != "greedy"})
    found = {f"{name}_cpu": median(each) for name, each in seconds.items()}
    for name, each in seconds.items():
        if name != "flow":
            pairs = zip(each, seconds["flow"], strict=False)
            found[f"{name}_over_flow"] = median(theirs / ours for theirs, ours in pairs)
    return found | _checked(problem) | {"greedy_cost_over_best": cost["greedy"] / cost["flow"]}


def _flow(problem: CityProblem) -> float:
    return Flow().solve(problem, CLOCK).cost


def _checked(problem: CityProblem) -> dict[str, float]:
    plan = Flow().solve(problem, CLOCK)
    start = time.process_time()
    found = verify(problem, plan)
    seconds = time.process_time() - start
    if not found.right:
        message = f"the plan breaks {found.violations[0].constraint.name}"
        raise RuntimeError(message)
    arcs = float(problem.arc_minutes.size)
    return {"verify_cpu": seconds, "gap": found.gap, "cost": found.cost, "arcs": arcs}


def _agree(cost: dict[str, float]) -> None:
    low, high = min(cost.values()), max(cost.values())
    if high - low > TOLERANCE * high:
        message = f"the methods do not agree: {cost}"
        raise RuntimeError(message)


def model(name: str) -> CityProblem:
    """Make the model of this name."""
    if name in {"nearest", "all"}:
        return transport(nearest=20 if name == "nearest" else None)
    return united_states(Path(name))


if __name__ == "__main__":
    with threadpool_limits(1):
        sys.stdout.write(json.dumps(compare(model(sys.argv[1]), sys.argv[2:])) + "\n")
