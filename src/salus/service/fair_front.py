"""What it costs to cover the worst covered district better."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.pareto import front

if TYPE_CHECKING:
    from salus.allocate.city.pareto import Front
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

MOST_DISTRICTS = 500
"""In a larger region the worst covered district says little, and the front takes long."""
PLANS = 6
"""Plans of the front, with both ends."""


def fair_front(problem: CityProblem, clock: Clock) -> Front | None:
    """Find the plans that none beats in both need and the coverage of the worst covered district.

    The days count as one period in which beds are free on any day: what is lost by that is
    small where the days are alike, as those that are expected are. Districts that no journey
    leaves can be covered by no plan, and are left out.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    clock : Clock
        Measures the time.

    Returns
    -------
    Front or None
        ``None`` where more than journeys is decided, nobody needs care, or there are more than
        ``MOST_DISTRICTS`` districts.
    """
    reached = np.zeros(len(problem.districts), dtype=bool)
    reached[problem.arc_district] = True
    need = problem.need.sum(axis=2, keepdims=True) * reached[:, None, None]
    if not (problem.plain and need.any()) or len(problem.districts) > MOST_DISTRICTS:
        return None
    whole = replace(
        problem,
        periods=problem.periods[:1],
        period_days=problem.period_days * len(problem.periods),
        need=need,
        capacity=problem.capacity.sum(axis=2, keepdims=True),
    )
    even = MaxMin(Groups.districts(whole), price=1.0)
    return front(replace(whole, features=(even,)), clock, count=PLANS)
