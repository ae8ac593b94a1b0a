"""What it costs to cover the worst covered district better."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.fairness.fair import Fair
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.pareto import front

if TYPE_CHECKING:
    from salus.allocate.city.pareto import Front
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

MOST_DISTRICTS = 500
"""In a larger region the worst covered district says little, and the front takes long."""
MOST_JOURNEYS = 10_000
"""Journeys over all days of a plan up to which each day counts by itself."""
PLANS = 6
"""Plans of the front, with both ends."""


@dataclass(frozen=True, slots=True)
class FairFront:
    """The plans that none beats in both need and the coverage of the worst covered district.

    Parameters
    ----------
    front : Front
        The plans.
    by_day : bool
        Whether each day counts by itself; otherwise a bed is free on any day.
    """

    front: Front
    by_day: bool


def fair_front(problem: CityProblem, clock: Clock) -> FairFront | None:
    """Find the plans that none beats in both need and the coverage of the worst covered district.

    What is opened, lent or declined is part of each plan; bounds on fairness are not, for the
    front tells what they cost. Where there are more than ``MOST_JOURNEYS``, the days count as one
    period in which beds are free on any day: what is lost by that is small where the days are
    alike, as those that are expected are. Districts that no journey leaves can be covered by no
    plan, and are left out.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    clock : Clock
        Measures the time.

    Returns
    -------
    FairFront or None
        ``None`` where nobody needs care, where there are more than ``MOST_DISTRICTS`` districts,
        or where there are more than ``MOST_JOURNEYS`` and more than journeys is decided.
    """
    reached = np.zeros(len(problem.districts), dtype=bool)
    reached[problem.arc_district] = True
    features = tuple(each for each in problem.features if not isinstance(each, Fair))
    free = replace(problem, need=problem.need * reached[:, None, None], features=features)
    by_day = free.arc_minutes.size * len(free.periods) <= MOST_JOURNEYS
    if not (free.plain or by_day) or not free.need.any() or len(reached) > MOST_DISTRICTS:
        return None
    whole = free if by_day else _one_period(free)
    even = MaxMin(Groups.districts(whole), price=1.0)
    found = front(replace(whole, features=(*features, even)), clock, count=PLANS)
    return FairFront(found, by_day)


def _one_period(problem: CityProblem) -> CityProblem:
    return replace(
        problem,
        periods=problem.periods[:1],
        period_days=problem.period_days * len(problem.periods),
        need=problem.need.sum(axis=2, keepdims=True),
        capacity=problem.capacity.sum(axis=2, keepdims=True),
    )
