"""The least that would give a waiting patient a place, confirmed by dispatching again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.queue.openings import ROUNDING, left_over

if TYPE_CHECKING:
    from salus.allocate.queue.base import QueueMethod
    from salus.allocate.queue.problem import Floats, QueueProblem, Whole
    from salus.core.clock import Clock

# How far a cure is looked for: the soonest places, and units there.
PLACES = 3
UNITS = 3


@dataclass(frozen=True, slots=True)
class Cure:
    """More units of one resource at one place.

    Parameters
    ----------
    facility, resource : str
        Keys of where and what.
    units : int
        How many more units, 1 or more: with one less the patient still waits.
    """

    facility: str
    resource: str
    units: int


class Cures:
    """Looks for cures, dispatching a queue again and again.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.
    place : ndarray of int, shape (P,)
        Where the method sends each patient, -1 for those who wait.
    method : QueueMethod
        Dispatches again.
    clock : Clock
        For the method.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> from salus.allocate.queue.distribution import Distribution
    >>> from salus.core.clock import SystemClock
    >>> queue, method, clock = small_queue(7), Distribution(), SystemClock()
    >>> place = method.dispatch(queue, clock).place
    >>> Cures(queue, place, method, clock).find(int(np.flatnonzero(place < 0)[0]))
    Cure(facility='H2', resource='icu_bed', units=1)
    """

    def __init__(
        self, problem: QueueProblem, place: Whole, method: QueueMethod, clock: Clock
    ) -> None:
        self.problem, self.place = problem, place
        self._method, self._clock = method, clock
        self._tried: dict[tuple[int, int, int], Whole] = {}

    @cached_property
    def left(self) -> Floats:
        """Units that are left, shape (J, R)."""
        return left_over(self.problem, self.place)

    def choices(self, patient: int) -> list[int]:
        """List the places where a patient may go, the soonest first."""
        care = self.problem.care[patient]
        soonest = np.argsort(care, kind="stable")
        return list(soonest[: np.isfinite(care).sum()].tolist())

    def short(self, patient: int, facility: int) -> list[int]:
        """List the resources of which too little is left for a patient at a place."""
        uses = self.problem.uses[self.problem.service[patient]]
        return list(np.flatnonzero(self.left[facility] + ROUNDING < uses).tolist())

    def find(self, patient: int) -> Cure | None:
        """Find the fewest units that give a waiting patient a place, the soonest of equals.

        Only one resource at one place is tried at a time, at the 3 soonest places up to 3
        units; where more than that is short, there is no cure.
        """
        cells = [(j, r) for j in self.choices(patient)[:PLACES] for r in self.short(patient, j)]
        for units in range(1, UNITS + 1):
            for j, r in cells:
                if self._again(j, r, units)[patient] >= 0:
                    return Cure(self.problem.facilities[j], self.problem.resources[r], units)
        return None

    def confirms(self, patient: int, cure: Cure) -> bool:
        """Tell whether a patient has a place with the units, and waits with one unit less."""
        j = self.problem.facilities.index(cure.facility)
        r = self.problem.resources.index(cure.resource)
        less, enough = (self._again(j, r, units) for units in (cure.units - 1, cure.units))
        return bool(less[patient] < 0 <= enough[patient])

    def _again(self, facility: int, resource: int, units: int) -> Whole:
        cell = (facility, resource, units)
        if cell not in self._tried:
            free = self.problem.free.copy()
            free[facility, resource] += units
            more = replace(self.problem, free=free)
            self._tried[cell] = self._method.dispatch(more, self._clock).place
        return self._tried[cell]
