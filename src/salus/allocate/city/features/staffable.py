"""The beds that the staff of each place can care for: what a rule of thumb may fill."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.staff_law import StaffLaw

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem


def staffable(problem: CityProblem) -> CityProblem:
    """Cut capacities until the staff may care for all that is full, and drop all features.

    Where the beds of a place ask for more work than the law allows, all that they work on is
    cut alike. Any plan within these capacities keeps the law, whatever it fills, as long as
    nothing is lent, opened or moved; a better plan may fill more, where it chooses which beds.

    Parameters
    ----------
    problem : CityProblem
        With or without a staff law.

    Returns
    -------
    CityProblem
        Without features; with the same capacities where there is no law.

    Examples
    --------
    >>> from salus.allocate.city.checks import staffed_city
    >>> city = staffed_city(7)
    >>> cut = staffable(city)
    >>> bool((cut.capacity <= city.capacity).all()), cut.features
    (True, ())
    """
    capacity = problem.capacity
    for law in problem.features:
        if isinstance(law, StaffLaw):
            capacity = capacity * _share(law, problem)
    return replace(problem, features=(), capacity=capacity)


def _share(law: StaffLaw, problem: CityProblem) -> Floats:
    share = np.ones_like(problem.capacity, dtype=np.float64)
    # What no service takes, such as staff whom only beds ask for, no case fills.
    taken = np.any(problem.uses > 0, axis=0)
    filled = problem.capacity * taken[:, None]
    for limit in law.limits(problem):
        staff = limit.staff
        weights = law.weights(staff, len(problem.resources))
        if limit.each is None:
            most = problem.capacity[:, staff.resource]
        else:
            most = limit.each * staff.heads - (0.0 if staff.busy is None else staff.busy)
        asked = np.einsum("r,jrt->jt", weights, filled)
        part = np.divide(np.maximum(most, 0.0), asked, out=np.ones_like(asked), where=asked > most)
        worked = np.flatnonzero(weights)
        share[:, worked] = np.minimum(share[:, worked], part[:, None])
    return share
