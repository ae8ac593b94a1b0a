"""Whole numbers for a solver that counts in them: no coarser than a proof needs, no finer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.plan import Scaling

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.parts import Part

EXACT = 1e-12
"""Share of a number by which its stated decimals may be off in binary."""
FEWEST = 1000
"""Journeys that are tried before all are."""


def scale(part: Part, amount: Floats) -> Scaling:
    """Choose the whole numbers in which the flow of a part is counted.

    Minutes and penalties of a few decimals are counted in units in which they are whole, which
    loses nothing and is the quicker, the coarser the unit. Others are rounded as finely as the
    numbers of the solver allow.

    Parameters
    ----------
    part : Part
        What is planned as a flow.
    amount : ndarray, shape (s,)
        Units of flow that one case of each service is, above 0.

    Returns
    -------
    Scaling

    Examples
    --------
    Cases of 4 and 1.5 days and whole minutes: a minute of them is 15 and 40 whole units.

    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.parts import split
    >>> scale(split(small_city(7))[0], np.array([4.0, 1.5]))
    Scaling(amount_scale=1000000000, cost_scale=60.0)
    """
    total = float(part.need.sum(axis=0) @ amount)
    dearest = float((part.penalty / amount).max())
    nodes = part.need.size + part.capacity.size + len(part.capacity) + 1
    # Amounts must be exact as floats; prices may grow to 3 n^2 times the dearest cost.
    largest = 2**62 / (3 * nodes**2 * dearest)
    return Scaling(
        _power(2**53 / max(total, 1.0), 9),
        next(
            (unit for unit in _units(amount) if unit <= largest and _fits(part, unit / amount)),
            _power(largest, 8),
        ),
    )


def _power(largest: float, digits: int) -> int:
    return int(10 ** min(digits, max(0, math.floor(math.log10(largest)))))


def _units(amount: Floats) -> list[float]:
    # A minute per unit of the product of all amounts is a product of amounts and minutes per case.
    together = float(np.prod(np.unique(amount)))
    return [together * 10**digits for digits in range(4)]


def _fits(part: Part, times: Floats) -> bool:
    return (
        _are_whole(part.penalty * times)
        and _are_whole(part.minutes[:FEWEST] * times[part.service[:FEWEST]])
        and _are_whole(part.minutes * times[part.service])
    )


def _are_whole(costs: Floats) -> bool:
    return bool((np.abs(costs - np.rint(costs)) <= EXACT * costs).all())
