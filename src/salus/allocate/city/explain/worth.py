"""What one more unit of a resource is worth, from which day on, and for how many units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.explain.again import Standing
from salus.allocate.city.explain.names import KEYS
from salus.allocate.city.explain.ranges import Range, Unit, range_of
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from datetime import date

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.explain.names import Names
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

MOST_TRIED = 40
"""Places at which one more unit is tried, at most; they matter where many are worth the same."""

# A saving is real from this share of the cost on: below is the rounding of solvers.
REAL_SAVING = 1e-9


@dataclass(frozen=True, slots=True)
class Worth:
    """What one more unit of a resource, such as a bed, saves from a period on.

    Parameters
    ----------
    facility, resource : str
        Keys of where and what.
    since : date
        The first period with the unit.
    predicted : float
        Saving by the prices, weighted minutes: an upper limit where no whole numbers are
        decided, as each further day of a bed saves no more than the one before.
    confirmed : float
        Drop of the cost when the plan is made again with the unit, above 0 unless it is worth
        nothing.
    unmet_avoided : tuple of float
        Cases of each service that are served in addition, in the order of the services; below
        0 where a service gives way to another.
    weighted_avoided : float
        The same together, each counting as its penalty: in cases of the mildest service, or of
        severity 1.
    minutes_saved : float
        Minutes that people travel less; below 0 where more travel since more are served.
    range : Range or None
        For how many units the value holds, where it was asked for.
    ended : bool
        Whether no limit ended the search for either plan: else, the value is none to trust.
    """

    facility: str
    resource: str
    since: date
    predicted: float
    confirmed: float
    unmet_avoided: tuple[float, ...]
    weighted_avoided: float
    minutes_saved: float
    range: Range | None = None
    ended: bool = True

    def sentence(self, names: Names = KEYS) -> Message:
        """Say what one more unit saves."""
        return say(
            "One more of {resource} at {facility} from {day} on saves {cases:,.1f} cases, weighted "
            "by severity, and {minutes:,.0f} weighted minutes in all.",
            resource=names.resource(self.resource),
            facility=names.facility(self.facility),
            day=self.since,
            cases=self.weighted_avoided,
            minutes=self.confirmed,
        )


def worth(
    standing: Standing, unit: Unit, *, ranged: bool = True, case_minutes: float | None = None
) -> Worth:
    """Tell what one more unit saves, confirmed by planning again.

    Parameters
    ----------
    standing : Standing
        The plan, and the method that makes it again.
    unit : Unit
        Where, what and since when.
    ranged : bool
        Whether to find for how many units the value holds, which takes a few more plans.
    case_minutes : float, optional
        Weighted minutes that a case of severity 1 counts; the least penalty when not given.

    Returns
    -------
    Worth

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city, clock = small_city(7), SystemClock()
    >>> standing = Standing(city, Exact().solve(city, clock), Exact(), clock)
    >>> found = worth(standing, Unit(2, 1, since=1))
    >>> found.resource, round(found.confirmed), round(found.weighted_avoided, 1)
    ('icu_bed', 198, 4.1)
    >>> found.range.found.value, round(found.range.fewer, 1), round(found.range.more, 1)
    ('curve', 1.2, 1.8)
    """
    problem, plan = standing.problem, standing.plan
    effect = standing.effect(unit.added(problem, 1.0))
    avoided = effect.unmet_avoided(len(problem.services))
    travel = [side.charges.get(Aim.TRAVEL, 0.0) for side in (effect.was, effect.new)]
    price = plan.price[unit.facility, unit.resource]
    return Worth(
        facility=problem.facilities[unit.facility],
        resource=problem.resources[unit.resource],
        since=problem.periods[unit.since],
        predicted=float(price @ unit.amounts(price.size)),
        confirmed=effect.saved,
        unmet_avoided=tuple(avoided.tolist()),
        weighted_avoided=float(avoided @ problem.penalty / (case_minutes or problem.penalty.min())),
        minutes_saved=travel[0] - travel[1],
        range=range_of(standing, unit) if ranged and effect.ended else None,
        ended=effect.ended,
    )


def tightest(
    problem: CityProblem,
    plan: CityPlan,
    method: CityMethod,
    clock: Clock,
    *,
    places: int = 5,
    bed_days: float | Floats = 0.85,
    since: int = 0,
    ranged: bool = False,
    case_minutes: float | None = None,
) -> tuple[Worth, ...]:
    """Tell what one more bed is worth where beds are worth most.

    Places that have beds are tried in the order of their prices, and each is planned again with
    one more; only what can feel it is planned. The price of an optimal plan is an upper limit of
    the saving, so the search ends when no further place can be among the best, and at
    ``MOST_TRIED`` places at the latest. What a new plan does not confirm is not returned.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        A plan with prices.
    method : CityMethod
        Makes the new plans; the one that made the plan.
    clock : Clock
        For the method.
    places : int
        How many to return at most.
    bed_days : float or ndarray, shape (J, R)
        Resource-days that one more unit gives in every period, of each resource at each facility
        or of all alike: its target occupancy, or the whole work of staff.
    since : int
        The first period with the unit.
    ranged : bool
        Whether to find for how many units each value holds.
    case_minutes : float, optional
        Weighted minutes that a case of severity 1 counts; the least penalty when not given.

    Returns
    -------
    tuple of Worth
        The greatest confirmed saving first; empty where the plan has no prices above 0, or a
        limit ended the plans that would confirm. Where whole numbers are decided, the prices
        are those of parts of them, and limit nothing.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city, clock = small_city(7), SystemClock()
    >>> best = tightest(city, Exact().solve(city, clock), Exact(), clock, places=1)[0]
    >>> best.facility, best.resource, round(best.confirmed)
    ('H3', 'icu_bed', 297)
    """
    standing = Standing(problem, plan, method, clock)
    # Where there is no bed at all, one more would be a new unit, which the prices do not cost.
    held = (problem.capacity > 0).any(axis=2)
    gives = np.broadcast_to(bed_days, held.shape)
    total = plan.price[:, :, since:].sum(axis=2) * held * gives
    ranked = np.argsort(-total, axis=None, kind="stable")[:MOST_TRIED]
    found: list[tuple[Worth, Unit]] = []
    for j, r in np.stack(np.unravel_index(ranked, total.shape), axis=1):
        least = found[-1][0].confirmed if len(found) == places else 0.0
        if total[j, r] <= least:
            break  # a price is an upper limit, so no later place can be worth more
        unit = Unit(int(j), int(r), float(gives[j, r]), since)
        one = worth(standing, unit, ranged=False, case_minutes=case_minutes)
        if one.ended and one.confirmed > REAL_SAVING * max(1.0, abs(plan.cost)):
            found = sorted([*found, (one, unit)], key=lambda each: -each[0].confirmed)
        del found[places:]
    if not ranged:
        return tuple(one for one, _ in found)
    return tuple(replace(one, range=range_of(standing, unit)) for one, unit in found)
