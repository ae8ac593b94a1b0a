"""What fairness costs: the front of plans that none beats in both need and fairness."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.features.fairness.fair import Fair, covered
from salus.allocate.city.ladder import level_value
from salus.allocate.city.lexicographic import solve_levels
from salus.allocate.city.limit import Limit
from salus.allocate.city.programme import write
from salus.allocate.city.solvers import Solvers
from salus.allocate.city.tally import tally
from salus.allocate.city.verify import verify
from salus.allocate.city.whole import plan_found
from salus.allocate.lp.stop import Stop
from salus.core.errors import DefectError, Fault, Where
from salus.core.messages import say
from salus.core.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock
    from salus.core.messages import Message
    from salus.core.progress import Progress

REST = tuple(aim for aim in Aim if aim is not Aim.UNFAIRNESS)
UNLIMITED = Stop()
# Figures closer than this share are the same to a solver.
SAME = 1e-6
METHOD = "exact"


@dataclass(frozen=True, slots=True, eq=False)
class FrontPoint:
    """One plan of the front.

    Parameters
    ----------
    problem : CityProblem
        What the plan was made for: with a limit on unfairness, or in levels at the ends.
    plan : CityPlan
        A verified plan with its bound.
    need : float
        Weighted minutes of all aims but unfairness: unmet need, travel and the rest.
    unfairness : float
        Weighted minutes of unfairness, before its weight.
    measure : float
        The same as :attr:`Front.measured` tells it.
    gap : float
        How far the plan may be from the best within its limit, as a share of its cost.
    """

    problem: CityProblem
    plan: CityPlan
    need: float
    unfairness: float
    measure: float
    gap: float


@dataclass(frozen=True, slots=True)
class Front:
    """Plans of which none is better in both.

    Parameters
    ----------
    points : tuple of FrontPoint
        From the plan that serves need best to the fairest: need rises, unfairness falls. Fewer
        than were asked for, or none, where a limit of time ended the search.
    measured : Message
        What the measure of the points is: that of the feature which charges unfairness, or, where
        there are several, the weighted minutes of all.
    """

    points: tuple[FrontPoint, ...]
    measured: Message


def front(
    problem: CityProblem,
    clock: Clock,
    *,
    count: int = 9,
    stop: Stop = UNLIMITED,
    progress: Progress = silent,
) -> Front:
    """Find the front of need against fairness.

    Both ends are found in levels: the best for need and then the fairest, the fairest and then
    the best for need. Between them unfairness gets limits in equal steps, and need is served
    as well as each limit allows; each solve begins where the last one ended.

    Parameters
    ----------
    problem : CityProblem
        With a feature that charges unfairness; an order of its aims is not used.
    clock : Clock
        Measures the time.
    count : int
        Plans to make, at least 2; those that another beats or equals in both are left out.
    stop : Stop
        Limits of each plan of the front.
    progress : Progress
        Hears how far it is.

    Returns
    -------
    Front

    Raises
    ------
    ValueError
        If the count is below 2, or nothing charges unfairness.
    InputError
        If no plan keeps all that is demanded.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.features.fairness.groups import Groups
    >>> from salus.allocate.city.features.fairness.maxmin import MaxMin
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> even = replace(city, features=(MaxMin(Groups.districts(city), 100.0),))
    >>> found = front(even, SystemClock(), count=4)
    >>> [(round(point.need), round(point.unfairness, 1)) for point in found.points]
    [(6845, 67.4), (6851, 51.5), (6857, 35.6), (6919, 19.6)]

    References
    ----------
    Haimes, Lasdon and Wismer (1971), On a bicriterion formulation: the epsilon-constraint method.
    """
    if count < 2:  # noqa: PLR2004 - a front has two ends
        message = f"count must be at least 2, but is {count}"
        raise ValueError(message)
    if not write(problem).draft.cost(Aim.UNFAIRNESS).any():
        message = "a front needs a feature that charges unfairness, but the problem has none"
        raise ValueError(message)
    # A weight of 0 would leave the fairest end to chance.
    weights = dict(problem.aims.weights) | {Aim.UNFAIRNESS: 1.0}
    problem = replace(problem, aims=replace(problem.aims, weights=weights))
    found: list[FrontPoint] = []
    for order in ((REST, (Aim.UNFAIRNESS,)), ((Aim.UNFAIRNESS,), REST)):
        progress(say("finding the ends of the front"), len(found) / count)
        end = replace(problem, aims=replace(problem.aims, order=order))
        found.extend(_point(end, solve_levels(end, METHOD, clock, stop)))
    ends = [point.unfairness for point in found]
    # Where a limit of time left an end without a plan, nothing lies between them.
    limits = np.linspace(ends[0], ends[1], count)[1:-1] if len(ends) > 1 else np.zeros(0)
    for point in _between(problem, limits, stop, clock):
        found.append(point)
        progress(say("finding plans between the ends of the front"), len(found) / count)
    charging = _charging(problem)
    return Front(
        undominated(found),
        say("unfairness (weighted minutes)") if charging is None else charging.measured,
    )


def undominated(points: Sequence[FrontPoint]) -> tuple[FrontPoint, ...]:
    """Leave out each point that another beats, or equals in both figures.

    Returns
    -------
    tuple of FrontPoint
        In the order of need.
    """
    kept: list[FrontPoint] = []
    for point in sorted(points, key=lambda each: (each.need, each.unfairness)):
        beaten = any(_beats(other, point) for other in points)
        if not (beaten or any(_no_worse(other, point) for other in kept)):
            kept.append(point)
    return tuple(kept)


def _beats(one: FrontPoint, other: FrontPoint) -> bool:
    return _no_worse(one, other) and not _no_worse(other, one)


def _no_worse(one: FrontPoint, other: FrontPoint) -> bool:
    return all(
        mine <= theirs + SAME * max(1.0, abs(theirs))
        for mine, theirs in ((one.need, other.need), (one.unfairness, other.unfairness))
    )


def _between(
    problem: CityProblem, limits: Floats, stop: Stop, clock: Clock
) -> Iterator[FrontPoint]:
    if not limits.size:
        return
    cities = [_limited(problem, float(limit)) for limit in limits]
    written = write(cities[0])
    row = int(written.draft.row.blocks[f"limit.{Aim.UNFAIRNESS}"].indices[0])
    fixed = written.draft.constants.get(Aim.UNFAIRNESS, 0.0)
    solvers = Solvers(written.program(), written.way)
    for city, limit in zip(cities, limits, strict=True):
        solvers.limit(row, float(limit) - fixed)
        each = Limit(stop, clock, clock.ticks())
        found, duals = solvers.solve(each)
        here = replace(written, problem=city)
        yield from _point(city, plan_found(here, solvers.program, found, duals, METHOD, limit=each))


def _limited(problem: CityProblem, limit: float) -> CityProblem:
    weights = dict(problem.aims.weights) | {Aim.UNFAIRNESS: 0.0}
    most = dict(problem.aims.limits) | {Aim.UNFAIRNESS: limit}
    return replace(problem, aims=replace(problem.aims, weights=weights, order=(), limits=most))


def _point(problem: CityProblem, plan: CityPlan) -> Iterator[FrontPoint]:
    """Make the point of a plan; none of what a limit left without one that keeps the rules."""
    found, charges = verify(problem, plan), tally(problem, plan).charges
    if plan.stopped and not found.right:
        return
    if not found.right:
        raise DefectError(
            Fault(
                say("a plan of the front breaks a rule"),
                Where("allocate.city.pareto"),
                say("report this problem with its input"),
                found.violations[0].constraint.name,
            )
        )
    charging, unfair = _charging(problem), charges.get(Aim.UNFAIRNESS, 0.0)
    seen = None if charging is None else covered(plan, charging.name)
    yield FrontPoint(
        problem,
        plan,
        level_value(problem, charges, REST),
        unfair,
        unfair if seen is None else seen.measure,
        found.gap,
    )


def _charging(problem: CityProblem) -> Fair | None:
    fair = [each for each in problem.features if isinstance(each, Fair) and each.charge(1.0) > 0]
    return fair[0] if len(fair) == 1 else None
