"""The proof: what no plan can undercut, from prices alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
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
    kinds, districts, facilities = (
        problem.need.shape[1],
        *map(len, (problem.districts, problem.facilities)),
    )
    group = problem.arc_service * districts + problem.arc_district
    end = problem.arc_service * facilities + problem.arc_facility
    best = np.empty_like(problem.need, dtype=np.float64)
    known: dict[bytes, Floats] = {}
    for t in range(len(problem.periods)):
        charge = problem.uses @ price[:, :, t].T
        key = charge.tobytes()
        if key not in known:
            known[key] = _cheapest(problem, group, end, charge)
        best[:, :, t] = known[key].reshape(kinds, districts).T
    return float((problem.need * best).sum() - (price * problem.capacity).sum())


def _cheapest(problem: CityProblem, group: Whole, end: Whole, charge: Floats) -> Floats:
    cheapest = np.repeat(problem.penalty, len(problem.districts))
    np.minimum.at(cheapest, group, problem.arc_minutes + charge.ravel()[end])
    return cheapest
