"""The check of limits and levels: each recounted, each bound proven again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.city.constraints import LEVEL, LIMIT
from salus.allocate.city.ladder import dearest, level_value, proven_levels
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from salus.allocate.city.aims import Aim
    from salus.allocate.city.level import Level
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.tally import Tally
    from salus.core.messages import Message


@dataclass(frozen=True, slots=True)
class AimCheck:
    """The limits and levels of a plan, recounted.

    Parameters
    ----------
    violations : tuple of Violation
        Limits that are passed, and levels that claim a false value, leave their limit, or claim
        a false bound.
    bound : float or None
        No plan that keeps the levels costs less; ``None`` without levels.
    gap : float
        The widest gap between value and bound of a level, as a share of its value or of its
        dearest unit, whichever is more; 0 without levels.
    """

    violations: tuple[Violation, ...] = ()
    bound: float | None = None
    gap: float = 0.0


def check_aims(problem: CityProblem, plan: CityPlan, counted: Tally) -> AimCheck:
    """Recount the limits and levels of a plan.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan, right or wrong.
    counted : Tally
        Its sums.

    Returns
    -------
    AimCheck

    Raises
    ------
    ValueError
        If the plan has other levels than the problem, or a proof does not fit.
    """
    if not (problem.aims.limits or problem.aims.order):
        return AimCheck()
    unit = dearest(problem)
    passed = tuple(_limit_faults(problem, counted, unit))
    if not problem.aims.order:
        return AimCheck(passed)
    proven = proven_levels(problem, plan)
    values = [level_value(problem, counted.charges, aims) for aims in problem.aims.levels]
    scales = [
        max(1.0, abs(value), *(problem.aims.weight(aim) * unit[aim] for aim in aims))
        for value, aims in zip(values, problem.aims.levels, strict=True)
    ]
    false = tuple(_level_faults(plan, values, proven, scales))
    gaps = [(v - b) / scale for v, b, scale in zip(values, proven, scales, strict=True)]
    return AimCheck((*passed, *false), sum(proven), max(gaps))


def _limit_faults(
    problem: CityProblem, counted: Tally, unit: Mapping[Aim, float]
) -> Iterator[Violation]:
    for aim, limit in problem.aims.limits.items():
        over = counted.charges.get(aim, 0.0) - limit
        if over > TOLERANCE * max(1.0, limit, unit[aim]):
            yield Violation(LIMIT, say("{aim}", aim=aim.value), over)


def _level_faults(
    plan: CityPlan, values: Sequence[float], proven: Sequence[float], scales: Sequence[float]
) -> Iterator[Violation]:
    rows = zip(plan.levels, values, proven, scales, strict=True)
    for place, (level, value, bound, scale) in enumerate(rows, 1):
        for broken, claimed, right in (
            (abs(level.value - value), level.value, value),
            (value - level.limit, value, level.limit),
            (level.bound - bound, level.bound, bound),
        ):
            if broken > TOLERANCE * scale:
                yield Violation(LEVEL, _where(place, level, claimed, right), broken)


def _where(place: int, level: Level, claimed: float, right: float) -> Message:
    return say(
        "level {place} ({aims}): {claimed:,.3f} against {right:,.3f}",
        place=place,
        aims=tuple(aim.value for aim in level.aims),
        claimed=claimed,
        right=right,
    )
