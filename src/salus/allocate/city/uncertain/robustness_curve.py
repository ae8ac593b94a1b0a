"""What it costs to be safe against more and more districts: the price of robustness."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.uncertain.robust import plan_robustly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.needs import NeedSet
    from salus.core.clock import Clock


@dataclass(frozen=True, slots=True, eq=False)
class RobustnessCurve:
    """What it costs to be safe against more and more districts.

    Parameters
    ----------
    budget : ndarray, shape (n,)
        Districts that may be off at once.
    cost : ndarray, shape (n,)
        The worst that any need of the set costs, weighted minutes.
    nominal_cost : ndarray, shape (n,)
        What the same plan costs when need is nominal.
    unmet : ndarray, shape (n,)
        The most that stays unmet, cases.
    """

    budget: Floats
    cost: Floats
    nominal_cost: Floats
    unmet: Floats

    @property
    def price(self) -> Floats:
        """Price of robustness: by what share the nominal need costs more than in the first plan."""
        first = self.nominal_cost[0]
        return (self.nominal_cost - first) / first if first > 0 else self.nominal_cost - first


def price_of_robustness(
    problem: CityProblem, needs: NeedSet, budgets: Sequence[float], clock: Clock
) -> RobustnessCurve:
    """Plan for one budget after the other.

    Parameters
    ----------
    problem : CityProblem
        The city.
    needs : NeedSet
        Nominal need and deviations; its budget is not looked at.
    budgets : sequence of float
        Districts that may be off at once, rising, each 0 or more; at least one.
    clock : Clock
        Measures the time.

    Returns
    -------
    RobustnessCurve

    Raises
    ------
    ValueError
        If a budget is out of range or they do not rise; or as :func:`plan_robustly`.
    """
    if not budgets or sorted(budgets) != list(budgets):
        message = f"budgets must be one or more that rise, but are {list(budgets)}"
        raise ValueError(message)
    sets = [replace(needs, budget=budget) for budget in budgets]
    plans = [plan_robustly(problem, one, clock) for one in sets]
    figures = np.array([(plan.cost, plan.nominal_cost, plan.unmet) for plan in plans])
    return RobustnessCurve(np.array(budgets, dtype=np.float64), *figures.T)
