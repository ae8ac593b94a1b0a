"""The check of a robust plan that knows no solver: the worst need of the set, place by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.uncertain.constraints import CLAIMED, HELD, PROVEN, SHARES, STATED
from salus.allocate.city.uncertain.counterpart import write_counterpart
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.allocate.lp.bound import proved_bound
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.robust import RobustPlan


@dataclass(frozen=True, slots=True)
class RobustChecked:
    """What the check found.

    Parameters
    ----------
    violations : tuple of Violation
        Every rule that is broken; empty when the plan is right.
    cost : float
        The most that a need of the set costs.
    unmet : float
        The most cases that a need of the set leaves unmet.
    bound : float
        No shares have a lower cost, as the prices prove.
    gap : float
        Cost minus bound, as a share of the cost or of 1, whichever is more.
    """

    violations: tuple[Violation, ...]
    cost: float
    unmet: float
    bound: float
    gap: float

    @property
    def right(self) -> bool:
        """Tell whether no rule is broken."""
        return not self.violations


def check_robust(problem: CityProblem, plan: RobustPlan) -> RobustChecked:
    """Look for the need of the set that hurts a robust plan most, for each of its promises.

    What a promise is about grows with the need of each district by itself, so the worst need has
    the districts off that add most, as many as may be: sorting finds it.

    Parameters
    ----------
    problem : CityProblem
        The city that was planned.
    plan : RobustPlan
        The plan.

    Returns
    -------
    RobustChecked

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.uncertain.needs import NeedSet
    >>> from salus.allocate.city.uncertain.robust import plan_robustly
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> plan = plan_robustly(city, NeedSet(city.need, 0.3 * city.need, 1), SystemClock())
    >>> check_robust(city, plan).right
    True
    >>> bolder = replace(plan, needs=replace(plan.needs, budget=2))
    >>> "held" in {one.constraint.name for one in check_robust(city, bolder).violations}
    True
    """
    needs = plan.needs
    cost = needs.worst(plan.per_case(problem)) + plan.fixed_cost(problem)
    unmet = needs.worst(plan.unserved(problem))
    written = write_counterpart(problem, needs)
    bound = max(proved_bound(written.program(), plan.proof), written.least_cost())
    slack = TOLERANCE * max(1.0, abs(cost))
    violations = [*_bad_shares(problem, plan), *_overrun(problem, plan)]
    for claimed, counted in ((plan.cost, cost), (plan.unmet, unmet)):
        if not abs(claimed - counted) <= TOLERANCE * max(1.0, abs(counted)):
            where = say(
                "the plan states {claimed:,.3f}, the worst need makes it {counted:,.3f}",
                claimed=claimed,
                counted=counted,
            )
            violations.append(Violation(STATED, where, abs(claimed - counted)))
    if not plan.bound <= bound + slack:
        violations.append(Violation(PROVEN, say("in the proof"), plan.bound - bound))
    if plan.claim is not None and max(bound - plan.claim, plan.claim - cost) > slack:
        violations.append(Violation(CLAIMED, say("in the proof"), abs(plan.claim - cost)))
    return RobustChecked(
        tuple(violations), cost, unmet, bound, (cost - bound) / max(1.0, abs(cost))
    )


def _bad_shares(problem: CityProblem, plan: RobustPlan) -> Iterator[Violation]:
    total = np.zeros_like(plan.needs.nominal)
    place = (problem.arc_district[plan.journey], problem.arc_service[plan.journey], plan.period)
    np.add.at(total, place, plan.share)
    low = np.zeros_like(total)
    np.minimum.at(low, place, plan.share)
    over = np.maximum(total - 1, -low)
    for i, s, t in np.argwhere(over > TOLERANCE):
        where = say(
            "{district} for {service} on {period}",
            district=problem.districts[i],
            service=problem.services[s],
            period=problem.periods[t],
        )
        yield Violation(SHARES, where, float(over[i, s, t]))


def _overrun(problem: CityProblem, plan: RobustPlan) -> Iterator[Violation]:
    _, nominal = plan.plan(problem, plan.needs.nominal)
    recounts = [feature.recount(problem, nominal) for feature in problem.features]
    yield from (broken for one in recounts for broken in one.violations)
    more = (one.capacity for one in recounts if one.capacity is not None)
    limit: Floats = sum(more, problem.capacity.astype(np.float64))
    for j, r, t in np.ndindex(*limit.shape):
        used = plan.needs.worst(_per_case(problem, plan, j, r, t))
        over = used - limit[j, r, t]
        if over > TOLERANCE * max(1.0, abs(float(limit[j, r, t]))):
            where = say(
                "{resource} at {facility} on {period}",
                resource=problem.resources[r],
                facility=problem.facilities[j],
                period=problem.periods[t],
            )
            yield Violation(HELD, where, float(over))


def _per_case(problem: CityProblem, plan: RobustPlan, j: int, r: int, t: int) -> Floats:
    """Return what a case of each place takes of one resource, shape (I, S, T)."""
    found = np.zeros_like(plan.needs.nominal)
    after = t - plan.period
    stays = problem.stays
    rows = np.flatnonzero(
        (problem.arc_facility[plan.journey] == j) & (after >= 0) & (after < stays.shape[1])
    )
    arc = plan.journey[rows]
    district, service = problem.arc_district[arc], problem.arc_service[arc]
    takes = problem.uses[service, r] * stays[service, after[rows]] * plan.share[rows]
    np.add.at(found, (district, service, plan.period[rows]), takes)
    return found
