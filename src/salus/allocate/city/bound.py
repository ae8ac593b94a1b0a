"""The proof: what no plan can undercut, from prices alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem


def lagrangian(problem: CityProblem, price: Floats) -> float:
    """Bound the cost of every plan from below by Lagrangian duality.

    Whoever pays ``price`` for each resource-day no longer minds the capacities, and takes for
    every case the cheaper of its best journey and staying unmet:

        L(v) = sum_ist need_ist * min(penalty_s, min_j minutes_ijs + sum_r uses_sr v_jrt)
               - sum_jrt v_jrt capacity_jrt

    Parameters
    ----------
    problem : CityProblem
        What is planned.
    price : ndarray, shape (J, R, T)
        Any prices of 0 or more, weighted minutes per resource-day.

    Returns
    -------
    float
        Minutes-equivalents. The best prices reach the cost of the best plan.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> city = small_city(7)
    >>> free, dear = np.zeros(city.capacity.shape), np.full(city.capacity.shape, 5.0)
    >>> round(lagrangian(city, free)), round(lagrangian(city, dear))
    (2021, 2363)

    References
    ----------
    Everett (1963), Generalized Lagrange multiplier method; Geoffrion (1974), Lagrangean
    relaxation for integer programming.
    """
    group = problem.arc_service * len(problem.districts) + problem.arc_district
    order = np.argsort(group, kind="stable")
    groups, starts = np.unique(group[order], return_index=True)
    facility, service = problem.arc_facility[order], problem.arc_service[order]
    uses, minutes = problem.uses[service], problem.arc_minutes[order]
    best = np.empty_like(problem.need)
    for t in range(len(problem.periods)):
        cheapest = np.repeat(problem.penalty, len(problem.districts))
        if groups.size:
            paid = minutes + np.einsum("ar,ar->a", uses, price[facility, :, t])
            cheapest[groups] = np.minimum(cheapest[groups], np.minimum.reduceat(paid, starts))
        best[:, :, t] = cheapest.reshape(len(problem.services), -1).T
    return float((problem.need * best).sum() - (price * problem.capacity).sum())
