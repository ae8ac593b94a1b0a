"""Whether the limits of a part lie inside one another, so that its plan is a flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.parts import Part

    Marks = NDArray[np.bool_]

SAME = 1e-12
"""Share by which two proportions may differ and still be one."""
NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Nesting:
    """Limits of each facility as a tree: what passes a limit passes those around it, too.

    Parameters
    ----------
    amount : ndarray, shape (s,)
        Units that one case of each service is, above 0.
    leaf : ndarray of int, shape (s,)
        The innermost limit that each service meets.
    around : ndarray of int, shape (c,)
        The next limit around each limit, -1 where there is none.
    room : ndarray, shape (J, c)
        Units that each limit lets pass at each facility; infinite for one that never binds.
    resource : ndarray of int, shape (J, c)
        The resource of the part that sets the limit, -1 where none does.
    rate : ndarray, shape (r,)
        Resource-days that one unit takes.
    """

    amount: Floats
    leaf: Whole
    around: Whole
    room: Floats
    resource: Whole
    rate: Floats

    def prices(self, node: Floats) -> Floats:
        """Turn what passing all limits from each one outwards costs into prices of resources.

        Parameters
        ----------
        node : ndarray, shape (J, c)
            Weighted minutes for a unit.

        Returns
        -------
        ndarray, shape (J, r)
            Weighted minutes for a resource-day.
        """
        outside = np.where(self.around < 0, 0.0, node[:, self.around])
        price = np.zeros((len(node), self.rate.size))
        place, limit = np.nonzero((self.resource >= 0) & (node > outside))
        kind = self.resource[place, limit]
        price[place, kind] = (node - outside)[place, limit] / self.rate[kind]
        return price


def nesting(part: Part) -> Nesting | None:
    """Find the tree of the limits of a part.

    A plan is a flow when (1) every resource takes its cases in one proportion, so that a case is
    some units and a unit takes so many days of each resource, and (2) of two resources, either
    one serves all services of the other, or they have none in common. A resource that all who
    could come would not use up is no limit and does not count.

    Parameters
    ----------
    part : Part
        Services that share resources.

    Returns
    -------
    Nesting or None
        ``None`` where the plan is no flow.

    Examples
    --------
    Ward and surgery share ward beds; surgery that takes ICU beds too lies in no one's limits.

    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.parts import split
    >>> [nesting(part) is not None for part in split(small_city(7))]
    [True, True, True, True]
    >>> [nesting(part) is not None for part in split(small_city(7, coupled=True))]
    [False, False]

    References
    ----------
    Edmonds (1970), Submodular functions, matroids, and certain polyhedra: nested families;
    Ahuja, Magnanti and Orlin (1993), Network Flows, chapter 1, for flows on trees of limits.
    """
    binding = np.flatnonzero(~_plenty(part)) if part.resources.size > 1 else np.arange(1)
    found = _proportions(part.uses[:, binding])
    if found is None:
        return None
    amount, rates = found
    rate = np.ones(part.resources.size)
    rate[binding] = rates
    limits = np.unique(part.uses[:, binding].T > 0, axis=0)
    if not (served := limits.any(axis=0)).all():
        limits = np.vstack([limits, ~served])
    if not _nested(limits):
        return None
    room = np.full((len(part.capacity), len(limits)), np.inf)
    resource = np.full(room.shape, NOBODY)
    for r in binding:
        limit = int(np.flatnonzero((limits == (part.uses[:, r] > 0)).all(axis=1))[0])
        units = part.capacity[:, r] / rate[r]
        tighter = units < room[:, limit]
        room[tighter, limit], resource[tighter, limit] = units[tighter], r
    return Nesting(amount, _innermost(limits.T), _around(limits), room, resource, rate)


def _plenty(part: Part) -> Marks:
    """Mark the resources of which everybody who could come would leave some, everywhere."""
    coming = np.zeros((len(part.capacity), len(part.uses)))
    np.add.at(coming, (part.facility, part.service), part.need[part.district, part.service])
    return np.asarray((coming @ part.uses <= part.capacity).all(axis=0))


def _proportions(uses: Floats) -> tuple[Floats, Floats] | None:
    """Write the uses as units of each case times days of each unit, where that is possible."""
    amount, rate = np.zeros(len(uses)), np.zeros(uses.shape[1])
    for first in range(len(uses)):
        if amount[first] == 0:
            amount[first] = uses[first].max(initial=0.0) or 1.0
            _spread(uses, amount, rate, first)
    taken = uses > 0
    off = np.abs(uses - np.outer(amount, rate))[taken] > SAME * uses[taken]
    return None if off.any() else (amount, rate)


def _spread(uses: Floats, amount: Floats, rate: Floats, first: int) -> None:
    waiting = [first]
    while waiting:
        s = waiting.pop()
        for r in np.flatnonzero((uses[s] > 0) & (rate == 0)):
            rate[r] = uses[s, r] / amount[s]
            others = np.flatnonzero((uses[:, r] > 0) & (amount == 0))
            amount[others] = uses[others, r] / rate[r]
            waiting.extend(others.tolist())


def _nested(limits: Marks) -> bool:
    sizes = limits.sum(axis=1)
    shared = limits.astype(np.int64) @ limits.T
    return bool(((shared == 0) | (shared == np.minimum.outer(sizes, sizes))).all())


def _innermost(members: Marks) -> Whole:
    """Find the smallest of the limits that each row lies in."""
    sizes = members.sum(axis=0)
    return np.where(members, sizes, sizes.max() + 1).argmin(axis=1)


def _around(limits: Marks) -> Whole:
    sizes = limits.sum(axis=1)
    inside = (limits.astype(np.int64) @ limits.T == sizes[:, None]) & (sizes > sizes[:, None])
    return np.where(inside.any(axis=1), np.where(inside, sizes, sizes.max() + 1).argmin(axis=1), -1)
