"""The check of a plan that knows no solver: every figure recounted, every broken rule named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.bound import lagrangian
from salus.allocate.city.constraints import (
    BOUND,
    CAPACITY,
    CASES,
    COST,
    JOURNEY,
    NEED,
    PRICE,
    TAKEN,
)
from salus.allocate.city.level_check import check_aims
from salus.allocate.city.programme import write
from salus.allocate.city.tally import tally
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.allocate.lp.bound import proved_bound
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.tally import Tally


@dataclass(frozen=True, slots=True)
class Verification:
    """What the check found.

    Parameters
    ----------
    violations : tuple of Violation
        Every rule that is broken, place by place; empty for a right plan.
    cost : float
        The cost, recounted; need that is served against the rules counts as unmet.
    bound : float
        No plan costs less, as the prices of this one prove; prices below 0 count as 0.
    gap : float
        Cost minus bound, as a share of the cost or of 1, whichever is more: 0 when the plan is
        proven best. Of a plan in levels, the widest of the gaps of its levels.
    """

    violations: tuple[Violation, ...]
    cost: float
    bound: float
    gap: float

    @property
    def right(self) -> bool:
        """Tell whether no rule is broken."""
        return not self.violations


def verify(problem: CityProblem, plan: CityPlan) -> Verification:
    """Recount a plan and check it against every rule.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan of any method, ours or not.

    Returns
    -------
    Verification
        A figure may pass its limit by 1e-6 of it, or by 1e-6 where the limit is below 1.

    Raises
    ------
    ValueError
        If the plan names places or periods that the problem does not have.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> plan = Exact().solve(city, SystemClock())
    >>> verify(city, plan).right, round(verify(city, plan).gap, 9)
    (True, 0.0)
    >>> wrong = verify(city, replace(plan, cost=0.0)).violations[0]
    >>> wrong.constraint.name, str(wrong.where)
    ('cost', 'the plan claims 0.000, its rows add up to 6,845.236')
    """
    counted = tally(problem, plan)
    aims = check_aims(problem, plan, counted)
    bound = _proven(problem, plan) if aims.bound is None else aims.bound
    violations = (
        *counted.violations,
        *_row_faults(problem, plan, counted),
        *_limit_faults(problem, plan, counted),
        *_claim_faults(plan, counted.cost, bound),
        *aims.violations,
    )
    whole = (counted.cost - bound) / max(1.0, abs(counted.cost))
    return Verification(violations, counted.cost, bound, whole if aims.bound is None else aims.gap)


def _proven(problem: CityProblem, plan: CityPlan) -> float:
    if problem.apart:
        return lagrangian(problem.costed, np.maximum(plan.price, 0))
    program = write(problem).program()
    proof = np.zeros(program.row_lower.shape) if plan.proof is None else plan.proof
    if proof.shape != program.row_lower.shape:
        message = f"proof must have shape {program.row_lower.shape}, but has {proof.shape}"
        raise ValueError(message)
    return proved_bound(program, proof)


def _row_faults(problem: CityProblem, plan: CityPlan, counted: Tally) -> Iterator[Violation]:
    astray = (counted.journey < 0) & (np.abs(plan.cases) > TOLERANCE)
    taken = np.zeros((len(problem.facilities), len(problem.services)), dtype=bool)
    taken[problem.arc_facility, problem.arc_service] = True
    takes = taken[plan.facility, plan.service]
    broken = (
        (TAKEN, astray & ~takes, np.abs(plan.cases)),
        (JOURNEY, astray & takes, np.abs(plan.cases)),
        (CASES, plan.cases < -TOLERANCE, -plan.cases),
    )
    for constraint, rows, amounts in broken:
        for row in np.flatnonzero(rows):
            where = say(
                "from {district} to {facility} for {service} on {period}",
                district=problem.districts[plan.district[row]],
                facility=problem.facilities[plan.facility[row]],
                service=problem.services[plan.service[row]],
                period=problem.periods[plan.period[row]],
            )
            yield Violation(constraint, where, float(amounts[row]))


def _limit_faults(problem: CityProblem, plan: CityPlan, counted: Tally) -> Iterator[Violation]:
    for i, s, t in _above(counted.served, counted.need):
        where = say(
            "{district} for {service} on {period}",
            district=problem.districts[i],
            service=problem.services[s],
            period=problem.periods[t],
        )
        yield Violation(NEED, where, float((counted.served - counted.need)[i, s, t]))
    for constraint, value, limit in (
        (CAPACITY, counted.used, counted.capacity),
        (PRICE, -plan.price, np.zeros_like(plan.price)),
    ):
        for j, r, t in _above(value, limit):
            where = say(
                "{resource} at {facility} on {period}",
                resource=problem.resources[r],
                facility=problem.facilities[j],
                period=problem.periods[t],
            )
            yield Violation(constraint, where, float(value[j, r, t] - limit[j, r, t]))


def _above(value: Floats, limit: Floats) -> NDArray[np.intp]:
    return np.argwhere(value > limit + TOLERANCE * np.maximum(1.0, limit))


def _claim_faults(plan: CityPlan, cost: float, bound: float) -> Iterator[Violation]:
    slack = TOLERANCE * max(1.0, abs(cost))
    if abs(plan.cost - cost) > slack:
        where = say(
            "the plan claims {claimed:,.3f}, its rows add up to {counted:,.3f}",
            claimed=plan.cost,
            counted=cost,
        )
        yield Violation(COST, where, abs(plan.cost - cost))
    if plan.bound is not None and plan.bound > bound + slack:
        where = say(
            "the plan claims {claimed:,.3f}, its prices prove {proven:,.3f}",
            claimed=plan.bound,
            proven=bound,
        )
        yield Violation(BOUND, where, plan.bound - bound)
