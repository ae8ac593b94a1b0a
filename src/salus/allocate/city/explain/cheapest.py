"""The cheapest change that would serve a district, confirmed by planning again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.explain.candidates import Candidate, Costs, Wanted, candidates
from salus.allocate.city.explain.changes.base import changed
from salus.allocate.city.explain.names import KEYS
from salus.allocate.city.explain.short import FEWEST, unmet_of
from salus.allocate.city.tally import tally
from salus.core.errors import InputError
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.explain.again import Effect, Standing
    from salus.allocate.city.explain.changes.base import Change
    from salus.allocate.city.explain.names import Names


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that serves a district, and what it does.

    Parameters
    ----------
    change : Change
        The change, of the smallest size found that serves all.
    service : str
        Key of the service whose unmet cases it serves.
    size, cost : float
        Its size, in its own units, and what it counts by the costs that were given.
    served : float
        Cases of the district that are served in addition, of the service it was made for.
    saved : float
        Drop of the cost of the plan, weighted minutes.
    others_unmet : float
        Cases of other districts and services that stay unmet in addition.
    others_minutes : float
        Minutes by which all travel changes.
    """

    change: Change
    service: str
    size: float
    cost: float
    served: float
    saved: float
    others_unmet: float
    others_minutes: float

    def sentence(self, names: Names = KEYS) -> Message:
        """Say what the change is and does."""
        return say(
            "The cheapest change found that serves all its cases of {service}: {change}. It serves "
            "{served:,.1f} more of them; what stays unmet of all others changes by "
            "{others:+z,.1f} cases, and travel by {minutes:+z,.0f} minutes (confirmed by planning "
            "again).",
            service=names.service(self.service),
            change=self.change.label(names),
            served=self.served,
            others=self.others_unmet,
            minutes=self.others_minutes,
        )


def cheapest(
    standing: Standing,
    district: str,
    *,
    service: str | None = None,
    gives: float | Floats = 1.0,
    costs: Costs | None = None,
    beyond: Floats | None = None,
) -> tuple[Remedy, ...]:
    """Find the cheapest change that serves all unmet cases of a district.

    Each kind of change is tried at the largest size that would cost less than the best one so
    far, and is left out where that does not serve the district; where it does, the smallest size
    is found by halving. A unit serves those whom it saves most, so what counts is the district
    in the best plan with the change.

    Parameters
    ----------
    standing : Standing
        The plan, and the method that makes it again.
    district : str
        Key of the district.
    service : str, optional
        Which of its services; the one whose unmet cases weigh most when not given.
    gives : float or ndarray, shape (J, R)
        Resource-days that a unit, such as a bed, gives in each period, above 0; of each resource
        at each facility, or of all alike.
    costs : Costs, optional
        What changes count.
    beyond : ndarray, shape (J,), optional
        Minutes from the district to each facility, also beyond the travel limit; not finite
        where there is no way.

    Returns
    -------
    tuple of Remedy
        The cheapest first; kinds of change that cost as much as it are not told. Empty where
        nobody of the district goes short, no single change serves it, or a limit of time ended
        the plans that would show it.

    Raises
    ------
    ValueError
        If the district or service is not known.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.allocate.city.explain.again import Standing
    >>> from salus.core.clock import SystemClock
    >>> city, clock = small_city(7), SystemClock()
    >>> standing = Standing(city, Exact().solve(city, clock), Exact(), clock)
    >>> best = cheapest(standing, "D3")[0]
    >>> str(best.change.label()), round(best.served, 1)
    ('12 more of icu_bed at H2', 6.0)
    """
    _refuse(standing, district, service, gives)
    problem = standing.problem
    i = problem.districts.index(district)
    unmet = unmet_of(tally(problem, standing.plan))[i]
    heaviest = int(np.argmax(unmet.sum(axis=1) * problem.penalty))
    s = heaviest if service is None else problem.services.index(service)
    if not unmet[s].max() > FEWEST:
        return ()
    each = np.broadcast_to(np.asarray(gives, dtype=np.float64), problem.capacity.shape[:2])
    wanted = Wanted(i, s, unmet[s], each, costs or Costs(), beyond)
    search = _Search(standing, wanted)
    found: list[Remedy] = []
    for candidate in candidates(standing, wanted):
        least = min((one.cost for one in found), default=np.inf)
        size = search.smallest(candidate, least)
        if size is not None:
            found.append(search.remedy(candidate, size))
    return tuple(sorted(found, key=lambda one: (one.cost, one.others_unmet, -one.saved)))


def _refuse(standing: Standing, district: str, service: str | None, gives: float | Floats) -> None:
    problem = standing.problem
    faults = [
        f"{name} must be one of the problem, but is {key!r}"
        for name, key, keys in (
            ("district", district, problem.districts),
            ("service", service, problem.services),
        )
        if key is not None and key not in keys
    ]
    if not np.all(np.asarray(gives) > 0):
        faults.append(f"gives must be above 0, but is {gives}")
    if faults:
        raise ValueError("; ".join(faults))


class _Search:
    """Plans the city again with changes of some size."""

    def __init__(self, standing: Standing, wanted: Wanted) -> None:
        self._standing, self._wanted = standing, wanted

    def smallest(self, candidate: Candidate, dearest: float) -> float | None:
        """Find the smallest size that serves the district, at a cost below another one."""
        most = candidate.most
        if candidate.cost > 0 and np.isfinite(dearest):
            # Sizes that cost as much are no better.
            most = min(most, float(np.ceil(dearest / candidate.cost * (1 - FEWEST))) - 1)
        high = min(candidate.guess, most)
        if high <= 0 or not self._serves(candidate, most):
            return None
        low = 0.0
        while high < most and not self._serves(candidate, high):
            low, high = high, min(2 * high, most)
        return self._halved(candidate, *self._less(candidate, low, high))

    def _less(self, candidate: Candidate, low: float, high: float) -> tuple[float, float]:
        # The first guess is often the answer: so the last steps below it are tried first.
        step = 1.0
        while high - step > low:
            if not self._serves(candidate, high - step):
                return high - step, high
            high, step = high - step, 2 * step
        return low, high

    def _halved(self, candidate: Candidate, low: float, high: float) -> float:
        while high - low > 1:
            middle = float(np.floor((low + high) / 2))
            if self._serves(candidate, middle):
                high = middle
            else:
                low = middle
        return high

    def _serves(self, candidate: Candidate, size: float) -> bool:
        found = self._planned(candidate.sized(size))
        return found is not None and self._left(found) <= FEWEST

    def _left(self, found: Effect) -> float:
        s = int(np.searchsorted(found.piece.services, self._wanted.service))
        return float(unmet_of(found.new)[self._wanted.district, s].sum())

    def _planned(self, change: Change) -> Effect | None:
        try:
            found = self._standing.effect(changed(self._standing.problem, [change]))
        except InputError:
            return None  # more is lent than there is
        return found if found.ended else None

    def remedy(self, candidate: Candidate, size: float) -> Remedy:
        """Say what the change does."""
        change = candidate.sized(size)
        found = self._planned(change)
        assert found is not None  # noqa: S101 - it was planned to find its size
        sides = (found.was, found.new)
        unmet = [float(unmet_of(one).sum()) for one in sides]
        travel = [one.charges.get(Aim.TRAVEL, 0.0) for one in sides]
        served = float(self._wanted.unmet.sum()) - self._left(found)
        return Remedy(
            change=change,
            service=self._standing.problem.services[self._wanted.service],
            size=size,
            cost=size * candidate.cost,
            served=served,
            saved=found.saved,
            others_unmet=unmet[1] - unmet[0] + served,
            others_minutes=travel[1] - travel[0],
        )
