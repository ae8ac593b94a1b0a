"""How long a day of a theatre takes: surgeries one after the other, and emergencies between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from salus.allocate.hospital.overrun.lognormal import Lognormal


def within_minutes(
    surgeries: Sequence[Lognormal], rate: float, emergency: Lognormal, most: int
) -> NDArray[np.float64]:
    """Return the chance that a day ends at each whole minute, up to the most.

    The distributions of the surgeries are convolved on a grid of minutes, which is exact but for
    rounding each length to a minute; the sum over a Poisson number of emergencies is found by the
    recursion of Panjer.

    Parameters
    ----------
    surgeries : sequence of Lognormal
        Planned, in any order.
    rate : float
        Expected number of emergencies, 0 or more.
    emergency : Lognormal
        Length of one.
    most : int
        Last minute, 0 or more.

    Returns
    -------
    ndarray, shape (most + 1,)
        Adds up to the chance that the day takes no longer than the most.

    References
    ----------
    Panjer (1981), Recursive evaluation of a family of compound distributions, ASTIN Bulletin.

    Examples
    --------
    >>> from salus.allocate.hospital.overrun.lognormal import Lognormal
    >>> hour = Lognormal.of(60, 0.0)
    >>> day = within_minutes([hour, Lognormal.of(240, 0.0)], 0, hour, 480)
    >>> int(day.argmax()), float(day.sum().round(6))
    (300, 1.0)
    """
    day = np.zeros(most + 1)
    day[0] = 1.0
    if rate > 0:
        day = _emergencies(rate, emergency.by_minute(most))
    for each in surgeries:
        day = np.convolve(day, each.by_minute(most))[: most + 1]
    return day


def _emergencies(rate: float, one: NDArray[np.float64]) -> NDArray[np.float64]:
    chance = np.zeros_like(one)
    chance[0] = np.exp(rate * (one[0] - 1))
    weighted = np.arange(one.size) * one
    for minute in range(1, one.size):
        terms = weighted[1 : minute + 1] @ chance[minute - 1 :: -1]
        chance[minute] = rate / minute * terms
    return chance
