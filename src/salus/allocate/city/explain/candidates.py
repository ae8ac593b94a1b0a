"""Changes that might serve a district, the most promising first."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.changes.capacity import Add
from salus.allocate.city.explain.changes.relax import Lend, LongerWait, MoreOffered, Room
from salus.allocate.city.explain.changes.roads import OpenRoad
from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.surge import Surge
from salus.allocate.city.features.waiting import Waiting
from salus.allocate.city.tally import tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.explain.again import Standing
    from salus.allocate.city.explain.changes.base import Change

MOST_PLACES = 8
"""Facilities that are considered for more units, at most: those that are nearest."""

MOST_ROADS = 4
"""Facilities to which a journey is opened, at most: those with most room."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What a change counts, to tell the cheapest: in any one measure, such as money.

    Parameters
    ----------
    unit : mapping of str to float
        One more unit of a resource, by its key, above 0; 1 where it is not named.
    lent : float
        A lent unit, as a share of a new one, 0 or more.
    road : float
        Journeys from a district to a facility opened, 0 or more.
    surge : float
        One more unit of a surge or lending offer that may be taken, 0 or more.
    wait : float
        Cases of a service waiting one period longer, 0 or more.
    """

    unit: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    lent: float = 0.5
    road: float = 1.0
    surge: float = 1.0
    wait: float = 1.0

    def __post_init__(self) -> None:
        """Refuse costs below 0, naming all of them."""
        named = {**{f"unit of {key}": cost for key, cost in self.unit.items()}}
        named |= {name: getattr(self, name) for name in ("lent", "road", "surge", "wait")}
        faults = [
            f"{name} must be finite and 0 or more, but is {cost}"
            for name, cost in named.items()
            if not (np.isfinite(cost) and cost >= 0)
        ]
        if faults:
            raise ValueError("; ".join(faults))

    def of(self, resource: str) -> float:
        """Return what one more unit of a resource counts."""
        return self.unit.get(resource, 1.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A kind of change of which more may be made.

    Parameters
    ----------
    sized : callable
        Makes the change of a size.
    cost : float
        What a unit of size counts, see :class:`Costs`.
    guess : float
        Size to try first, above 0.
    most : float
        The largest size that makes sense; all sizes are whole.
    """

    sized: Callable[[float], Change]
    cost: float
    guess: float = 1.0
    most: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What is to be served.

    Parameters
    ----------
    district, service : int
        Indices within the problem.
    unmet : ndarray, shape (T,)
        Its unmet cases in each period.
    gives : ndarray, shape (J, R)
        Resource-days that a unit of each resource gives at each facility in each period, above 0.
    costs : Costs
        What changes count.
    beyond : ndarray, shape (J,), optional
        Minutes of travel from the district to each facility, also beyond the limit; the longest
        journey of the service when not given.
    """

    district: int
    service: int
    unmet: Floats
    gives: Floats
    costs: Costs
    beyond: Floats | None = None


def candidates(standing: Standing, wanted: Wanted) -> Iterator[Candidate]:
    """List changes that might serve the unmet cases of a service of a district.

    More units of each resource at the nearest facilities, room for whole cases where a case
    takes several resources, idle units lent to them, journeys opened to facilities with room,
    and what the features of the problem could allow more of.

    Parameters
    ----------
    standing : Standing
        The plan.
    wanted : Wanted
        What is to be served.

    Yields
    ------
    Candidate
        The most promising kinds first.
    """
    near = _nearest(standing, wanted)
    for j in near:
        yield from _more(standing, wanted, int(j))
    yield from _lent(standing, wanted, near)
    yield from _roads(standing, wanted)
    yield from _features(standing, wanted, near)


def _nearest(standing: Standing, wanted: Wanted) -> Whole:
    problem = standing.problem
    mine = np.flatnonzero(
        (problem.arc_district == wanted.district) & (problem.arc_service == wanted.service)
    )
    order = np.argsort(problem.arc_minutes[mine], kind="stable")
    return problem.arc_facility[mine[order]][:MOST_PLACES]


def _most_at_once(standing: Standing, wanted: Wanted, j: int) -> float:
    # All need of all districts at one place is more than anybody could use there.
    problem = standing.problem
    everything = problem.need.sum(axis=(0, 2)) @ problem.uses
    return float((everything / wanted.gives[j]).max()) + 1.0


def _more(standing: Standing, wanted: Wanted, j: int) -> Iterator[Candidate]:
    problem = standing.problem
    facility, most = problem.facilities[j], _most_at_once(standing, wanted, j)
    uses, gives = problem.uses[wanted.service], wanted.gives[j]
    taken = np.flatnonzero(uses > 0)
    for r in taken:
        resource = problem.resources[r]
        guess = float(np.ceil(wanted.unmet.max() * uses[r] / gives[r]))

        def add(units: float, resource: str = resource, each: float = gives[r]) -> Change:
            return Add(facility, resource, units, float(each))

        yield Candidate(add, wanted.costs.of(resource), max(guess, 1.0), most)
    if taken.size > 1:
        each = sum(uses[r] / gives[r] * wanted.costs.of(problem.resources[r]) for r in taken)
        service = problem.services[wanted.service]
        guess = float(np.ceil(wanted.unmet.max()))
        yield Candidate(lambda cases: Room(facility, service, cases), each, guess, most)


def _idle(standing: Standing) -> Floats:
    counted = tally(standing.problem, standing.plan)
    return np.maximum(counted.capacity - counted.used, 0).min(axis=2)


def _lent(standing: Standing, wanted: Wanted, near: Whole) -> Iterator[Candidate]:
    problem, idle = standing.problem, _idle(standing)
    for r in np.flatnonzero(problem.uses[wanted.service] > 0):
        origin = int(np.argmax(idle[:, r]))
        for j in near[: 1 + MOST_PLACES // 4]:
            gives = float(wanted.gives[j, r])
            most = float(np.floor(idle[origin, r] / gives))
            guess = float(np.ceil(wanted.unmet.max() * problem.uses[wanted.service, r] / gives))
            if most < 1 or j == origin:
                continue
            names = (problem.facilities[origin], problem.facilities[j], problem.resources[r])

            def lend(
                units: float, names: tuple[str, str, str] = names, gives: float = gives
            ) -> Change:
                return Lend(*names, units, gives)

            cost = wanted.costs.lent * wanted.costs.of(problem.resources[r])
            yield Candidate(lend, cost, max(1.0, min(guess, most)), most)


def _roads(standing: Standing, wanted: Wanted) -> Iterator[Candidate]:
    problem = standing.problem
    service = problem.arc_service == wanted.service
    if not service.any():
        return
    taken = np.unique(problem.arc_facility[service])
    mine = problem.arc_facility[service & (problem.arc_district == wanted.district)]
    away = np.setdiff1d(taken, mine)
    room = _idle(standing)[away][:, problem.uses[wanted.service] > 0].min(axis=1, initial=np.inf)
    longest = float(problem.arc_minutes[service].max())
    for j in away[np.argsort(-room, kind="stable")][:MOST_ROADS]:
        if not room.max() > 0:
            return
        minutes = longest if wanted.beyond is None else float(wanted.beyond[j])
        if not np.isfinite(minutes):
            continue
        road = OpenRoad(
            problem.districts[wanted.district],
            problem.facilities[j],
            minutes,
            (problem.services[wanted.service],),
        )
        yield Candidate(lambda _, road=road: road, wanted.costs.road)  # type: ignore[misc]


def _features(standing: Standing, wanted: Wanted, near: Whole) -> Iterator[Candidate]:
    problem = standing.problem
    service = problem.services[wanted.service]
    for feature in problem.features:
        if isinstance(feature, Surge | Lending):
            at = feature.facility if isinstance(feature, Surge) else feature.host
            useful = np.isin(at, near) & (problem.uses[wanted.service, feature.resource] > 0)
            for k in np.flatnonzero(useful):
                cost, most = wanted.costs.surge, _most_at_once(standing, wanted, int(at[k]))
                yield Candidate(_offered(feature.name, int(k)), cost, 1.0, most)
        if isinstance(feature, Waiting) and len(problem.periods) > 1:
            yield Candidate(
                lambda size: LongerWait(service, int(size)),
                wanted.costs.wait,
                most=len(problem.periods) - 1.0,
            )


def _offered(feature: str, offer: int) -> Callable[[float], Change]:
    return lambda units: MoreOffered(feature, offer, units)
