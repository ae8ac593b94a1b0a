"""One level of a lexicographic plan: what it reached, what proves it, and what it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.allocate.city.aims import Aim
    from salus.allocate.city.arrays import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Aims that are made small together, once all levels before are kept.

    Parameters
    ----------
    aims : tuple of Aim
        The aims of the level.
    value : float
        What they add up to in the plan, weighted minutes.
    limit : float
        The most that they may add up to: the best there is, and what the tolerance of the aims
        allows the later levels.
    bound : float
        No plan that keeps the limits of the levels before has less, as the proof shows.
    proof : ndarray, shape (m + k,)
        Prices of the rows of the city's programme, and of the ``k`` limits of the levels before.
    claim : float or None
        What the search over whole numbers says cannot be undercut: it cannot be recounted.
    """

    aims: tuple[Aim, ...]
    value: float
    limit: float
    bound: float
    proof: Floats
    claim: float | None = None
