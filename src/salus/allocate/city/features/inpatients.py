"""Those who are in a facility now, in groups that are moved alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.faults import lost, misfits, out_of_range

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem


@dataclass(frozen=True, slots=True, eq=False)
class Inpatients:
    """Groups of patients in a facility, with what they still use there.

    The capacities of the problem are what is left beside them: a patient who is moved frees what
    they would still use.

    Parameters
    ----------
    facility, service : ndarray of int, shape (G,)
        Where each group is and what it is cared for, as indices within the problem.
    count : ndarray, shape (G,)
        Patients of each group, 0 or more.
    uses : ndarray, shape (G, R, T)
        Resource-days that one of them still uses in each period while they stay, 0 or more; all
        zero from the period on in which they are discharged anyway.
    stable : ndarray, shape (G, T)
        Share of each group that has been fit to travel by each period, from 0 to 1, never
        falling: only they may go.

    Examples
    --------
    Four patients use an ICU bed for two more days; half are fit today, all tomorrow:

    >>> stay = np.zeros((1, 2, 3))
    >>> stay[0, 1, :2] = 1.0
    >>> first = np.array([0])
    >>> four = Inpatients(first, first, np.array([4.0]), stay, np.array([[0.5, 1.0, 1.0]]))
    >>> four.ready.tolist(), four.still.tolist()
    ([[2.0, 4.0, 4.0]], [[True, True, False]])
    """

    facility: Whole
    service: Whole
    count: Floats
    uses: Floats
    stable: Floats

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        groups, r, t = self.facility.shape[0], len(problem.resources), len(problem.periods)
        name = "inpatients"
        faults = misfits(
            name,
            self,
            {
                **dict.fromkeys(("facility", "service", "count"), (groups,)),
                "uses": (groups, r, t),
                "stable": (groups, t),
            },
        )
        faults += out_of_range(name, self, ("count", "uses"))
        faults += out_of_range(name, self, ("stable",), most=1)
        sizes = {"facility": len(problem.facilities), "service": len(problem.services)}
        faults += lost(name, self, sizes)
        fall = np.diff(self.stable, axis=-1)
        if (fall < 0).any():
            faults.append(f"inpatients.stable must never fall, but falls by {-fall.min():g}")
        return faults

    @property
    def ready(self) -> Floats:
        """Patients of each group who have been fit to travel by each period, (G, T)."""
        return self.stable * self.count[:, None]

    @property
    def still(self) -> NDArray[np.bool_]:
        """Whether the group still uses anything from each period on, (G, T)."""
        left = self.uses.sum(axis=1)[:, ::-1].cumsum(axis=1)[:, ::-1]
        return left > 0
