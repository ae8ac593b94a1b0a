"""The check of limits and levels: each recounted, each bound proven again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.city.constraints import LEVEL, LIMIT
from salus.allocate.city.ladder import level_value
from salus.allocate.city.violation import Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salus.allocate.city.level import Level
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.tally import Tally
    from salus.core.messages import Message

# The rounding of solvers, as a share of a figure or of 1.
TOLERANCE = 1e-6


def limit_faults(problem: CityProblem, counted: Tally) -> Iterator[Violation]:
    """Name each aim that takes more than its limit."""
    for aim, limit in problem.aims.limits.items():
        over = counted.charges.get(aim, 0.0) - limit
        if over > TOLERANCE * max(1.0, limit):
            yield Violation(LIMIT, say("{aim}", aim=aim.value), over)


def level_faults(
    problem: CityProblem, plan: CityPlan, counted: Tally, proven: Sequence[float]
) -> Iterator[Violation]:
    """Name each level that claims a false value, leaves its limit, or claims a false bound.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        A plan in levels.
    counted : Tally
        The plan, recounted.
    proven : sequence of float
        What the prices of each level prove; empty where there are no levels.
    """
    for place, (level, bound) in enumerate(zip(plan.levels, proven, strict=False), 1):
        value = level_value(problem, counted.charges, level.aims)
        slack = TOLERANCE * max(1.0, abs(value))
        for broken, claimed, right in (
            (abs(level.value - value), level.value, value),
            (value - level.limit, value, level.limit),
            (level.bound - bound, level.bound, bound),
        ):
            if broken > slack:
                yield Violation(LEVEL, _where(place, level, claimed, right), broken)


def level_gaps(problem: CityProblem, counted: Tally, proven: Sequence[float]) -> list[float]:
    """Return the gap of each level, as a share of its value or of 1."""
    values = [level_value(problem, counted.charges, aims) for aims in problem.aims.levels]
    return [
        (value - bound) / max(1.0, abs(value)) for value, bound in zip(values, proven, strict=False)
    ]


def _where(place: int, level: Level, claimed: float, right: float) -> Message:
    return say(
        "level {place} ({aims}): {claimed:,.3f} against {right:,.3f}",
        place=place,
        aims=tuple(aim.value for aim in level.aims),
        claimed=claimed,
        right=right,
    )
