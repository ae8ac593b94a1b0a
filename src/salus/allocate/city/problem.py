"""What the city has to plan: need, capacity and the journeys that people can make."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.numbers import no_numbers
from salus.allocate.lp.program import at_places

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.recount import Recount
    from salus.allocate.lp.draft import Draft


class Feature(Protocol):
    """What a city may decide or must keep beside its journeys.

    A feature writes its own columns and rows into the city's programme, beside the blocks that
    :mod:`salus.allocate.city.programme` names; it reads its decision from a solution; and it
    recounts, from a plan alone, what the decision changes, costs and breaks.

    Attributes
    ----------
    name : str
        Key; its blocks begin with it.
    first : tuple of str
        Column blocks that are decided before demand is known.
    """

    name: ClassVar[str]
    first: ClassVar[tuple[str, ...]]

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem; empty when it fits."""

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Add columns, rows and charges to the programme."""

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> object:
        """Read the decision of a solution, a value that a plan carries."""

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Add up a decision anew; the plan may be wrong, or without this decision."""


@dataclass(frozen=True, eq=False)
class CityProblem:
    """Minimise travel plus penalised unmet need over districts, facilities and periods.

    Parameters
    ----------
    districts, facilities, services, resources : tuple of str
        Keys, at least one of each kind, none twice; ``I``, ``J``, ``S`` and ``R`` of them.
    periods : tuple of date
        The ``T`` periods (days), at least one.
    need : ndarray, shape (I, S, T)
        Cases that need each service, 0 or more.
    capacity : ndarray, shape (J, R, T)
        Resource-days that can be used, 0 or more.
    uses : ndarray, shape (S, R)
        Resource-days that one case takes over its whole stay, 0 or more, and above 0 for at
        least one resource of each service. They are charged to the day of admission: in the
        steady state, those who stay on weigh as much as those who will.
    arc_district, arc_facility, arc_service : ndarray of int, shape (A,)
        The journeys that are allowed, in all periods: from which district to which facility
        for which service.
    arc_minutes : ndarray, shape (A,)
        Minutes of travel of each journey, 0 or more.
    penalty : ndarray, shape (S,)
        Minutes of travel that one unmet case of a service counts as, above 0.
    period_days : float
        Days of a period, above 0: 1 for days, 7 for weeks.
    stay : ndarray, shape (S, L), optional
        Share of what a case takes that falls into the period of admission, the next one, and so
        on; rows add up to 1. What falls behind the last period is not charged. Without it, all
        falls into the period of admission: the steady state.
    arc_price : ndarray, shape (A,), optional
        Weighted minutes that practice adds to a journey, such as one out of the own consortium.
    features : tuple of Feature
        What else may be decided and must be kept: waiting, surge beds, lending and so on.
    aims : Aims
        How the terms of the objective are weighed.

    Raises
    ------
    ValueError
        If a shape does not fit, a number is out of range, an index points nowhere, or a key or
        journey occurs twice; everything that is wrong is named.

    Examples
    --------
    >>> from datetime import date
    >>> problem = CityProblem(
    ...     districts=("D1", "D2"),
    ...     facilities=("H1",),
    ...     services=("ward",),
    ...     resources=("bed",),
    ...     periods=(date(2026, 6, 28),),
    ...     need=np.array([[[2.0]], [[3.0]]]),
    ...     capacity=np.array([[[20.0]]]),
    ...     uses=np.array([[5.0]]),
    ...     arc_district=np.array([0, 1]),
    ...     arc_facility=np.array([0, 0]),
    ...     arc_service=np.array([0, 0]),
    ...     arc_minutes=np.array([10.0, 30.0]),
    ...     penalty=np.array([240.0]),
    ... )
    >>> problem.journeys(np.array([1, 1]), np.array([0, 0]), np.array([0, 0])).tolist()
    [1, 1]
    """

    districts: tuple[str, ...]
    facilities: tuple[str, ...]
    services: tuple[str, ...]
    resources: tuple[str, ...]
    periods: tuple[date, ...]
    need: Floats
    capacity: Floats
    uses: Floats
    arc_district: Whole
    arc_facility: Whole
    arc_service: Whole
    arc_minutes: Floats
    penalty: Floats
    period_days: float = 1.0
    stay: Floats | None = None
    arc_price: Floats | None = None
    features: tuple[Feature, ...] = ()
    aims: Aims = field(default_factory=Aims)

    def __post_init__(self) -> None:
        """Refuse a problem that means nothing, naming all that is wrong with it."""
        faults = list(no_numbers(self))
        faults = faults or [*_bad_keys(self), *_misfits(self)]
        faults = faults or [*_out_of_range(self), *_lost_indices(self)]
        faults = faults or [
            *_disordered(self),
            *_doubled_journeys(self),
            *_bad_stays(self),
            *_bad_features(self),
        ]
        if faults:
            raise ValueError("; ".join(faults))

    @property
    def plain(self) -> bool:
        """Whether nothing but journeys is decided, and what a period takes stays in it."""
        weighed = self.aims.order or self.aims.weights or self.aims.limits
        return not (self.features or weighed or self.stay is not None or self.priced)

    @property
    def priced(self) -> bool:
        """Whether practice adds to the price of a journey."""
        return self.arc_price is not None

    @property
    def apart(self) -> bool:
        """Whether the journeys of each period are decided by themselves, whatever they cost."""
        weighed = self.aims == Aims(self.aims.weights) and self.aims.weight(Aim.UNMET) > 0
        return weighed and not self.features and self.stay is None

    @cached_property
    def costed(self) -> CityProblem:
        """The plain problem of the same plans at the same costs, where this one is apart.

        Weights and what practice adds are in its minutes and penalties.
        """
        if self.plain:
            return self
        weight = self.aims.weight
        added = 0.0 if self.arc_price is None else weight(Aim.PRACTICE) * self.arc_price
        return replace(
            self,
            arc_minutes=weight(Aim.TRAVEL) * self.arc_minutes + added,
            penalty=weight(Aim.UNMET) * self.penalty,
            arc_price=None,
            aims=Aims(),
        )

    @cached_property
    def stays(self) -> Floats:
        """Share of what a case takes in each period after admission, shape (S, L)."""
        return np.ones((len(self.services), 1)) if self.stay is None else self.stay

    @cached_property
    def _journey_order(self) -> tuple[Whole, Whole]:
        key = self._keys(self.arc_district, self.arc_facility, self.arc_service)
        order = np.argsort(key, kind="stable")
        return key[order], order

    def journeys(self, district: Whole, facility: Whole, service: Whole) -> Whole:
        """Find the journeys of these places and services.

        Parameters
        ----------
        district, facility, service : ndarray of int, shape (n,)
            Indices within the problem.

        Returns
        -------
        ndarray of int, shape (n,)
            Index of each journey, -1 where it is not allowed.
        """
        known, order = self._journey_order
        if known.size == 0:
            return np.full(district.shape, -1)
        key = self._keys(district, facility, service)
        spot = np.minimum(np.searchsorted(known, key), known.size - 1)
        return np.where(known[spot] == key, order[spot], -1)

    def _keys(self, district: Whole, facility: Whole, service: Whole) -> Whole:
        return np.ravel_multi_index(
            (service, district, facility),
            (len(self.services), len(self.districts), len(self.facilities)),
        )


_NUMBERS = ("need", "capacity", "uses", "arc_minutes", "penalty", "stay", "arc_price")
_INDICES = ("arc_district", "arc_facility", "arc_service")


def _bad_keys(problem: CityProblem) -> list[str]:
    faults = []
    for kind in ("districts", "facilities", "services", "resources", "periods"):
        keys = getattr(problem, kind)
        if not keys:
            faults.append(f"{kind} must hold at least one key, but holds none")
        elif len(set(keys)) < len(keys):
            twice = [str(key) for key, count in Counter(keys).items() if count > 1]
            faults.append(f"{kind} must hold no key twice, but holds twice {at_places(twice)}")
        sort, named = (date, "dates") if kind == "periods" else (str, "names")
        wrong = [repr(key) for key in keys if not (isinstance(key, sort) and key)]
        if wrong:
            faults.append(f"{kind} must hold {named}, but holds {at_places(wrong)}")
    return faults


def _misfits(problem: CityProblem) -> list[str]:
    i, j = len(problem.districts), len(problem.facilities)
    s, r, t = len(problem.services), len(problem.resources), len(problem.periods)
    journeys = problem.arc_minutes.shape if problem.arc_minutes.ndim == 1 else ("A",)
    shapes: dict[str, tuple[int | str, ...]] = {
        "need": (i, s, t),
        "capacity": (j, r, t),
        "uses": (s, r),
        "penalty": (s,),
        "arc_minutes": journeys,
        "arc_district": journeys,
        "arc_facility": journeys,
        "arc_service": journeys,
    }
    if problem.arc_price is not None:
        shapes["arc_price"] = journeys
    if problem.stay is not None:
        shapes["stay"] = (s, *problem.stay.shape[1:2]) if problem.stay.ndim > 1 else (s, "L")
    return [
        f"{name} must have shape {shape}, but has {getattr(problem, name).shape}"
        for name, shape in shapes.items()
        if getattr(problem, name).shape != shape
    ]


def _out_of_range(problem: CityProblem) -> list[str]:
    faults = []
    for name in _NUMBERS:
        values = getattr(problem, name)
        if values is None:
            continue
        wrong = np.argwhere(~(np.isfinite(values) & (values >= 0)))
        if wrong.size:
            places = at_places([_place(problem, name, spot) for spot in wrong.tolist()])
            value = values[tuple(wrong[0])]
            faults.append(f"{name} must be finite and 0 or more, but holds {value} at {places}")
    if (free := np.flatnonzero(problem.penalty == 0)).size:
        places = at_places([problem.services[s] for s in free])
        faults.append(f"penalty must be above 0, but holds 0.0 at {places}")
    idle = np.flatnonzero(~(problem.uses > 0).any(axis=1))
    faults.extend(f"service {problem.services[s]} must use a resource, but uses none" for s in idle)
    return faults


def _place(problem: CityProblem, name: str, spot: list[int]) -> str:
    """Tell a place of an array by its keys, such as D1 / ward / 2026-06-28."""
    if name.startswith("arc_"):
        spot = [int(getattr(problem, each)[spot[0]]) for each in _INDICES]
    keys = {
        "need": (problem.districts, problem.services, problem.periods),
        "capacity": (problem.facilities, problem.resources, problem.periods),
        "uses": (problem.services, problem.resources),
        "penalty": (problem.services,),
        "stay": (problem.services,),
    }.get(name, (problem.districts, problem.facilities, problem.services))
    known = (
        f"{here[k]}" if 0 <= k < len(here) else f"{k}" for here, k in zip(keys, spot, strict=False)
    )
    return " / ".join(known)


def _lost_indices(problem: CityProblem) -> list[str]:
    faults = []
    there = (problem.districts, problem.facilities, problem.services)
    for name, keys in zip(_INDICES, there, strict=True):
        values = getattr(problem, name)
        if not np.issubdtype(values.dtype, np.integer):
            faults.append(f"{name} must hold whole numbers, but holds {values.dtype}")
        elif (wrong := values[(values < 0) | (values >= len(keys))]).size:
            faults.append(f"{name} must be from 0 to {len(keys) - 1}, but holds {wrong[0]}")
    return faults


def _disordered(problem: CityProblem) -> list[str]:
    return [
        f"periods must be in order, but {late} comes before {early}"
        for late, early in pairwise(problem.periods)
        if late > early
    ]


def _doubled_journeys(problem: CityProblem) -> list[str]:
    key, order = problem._journey_order  # noqa: SLF001 - a function of this file
    twice = order[1:][key[1:] == key[:-1]]
    return [
        f"journey {problem.districts[problem.arc_district[a]]} to "
        f"{problem.facilities[problem.arc_facility[a]]} for "
        f"{problem.services[problem.arc_service[a]]} occurs twice"
        for a in twice
    ]


def _bad_stays(problem: CityProblem) -> list[str]:
    faults = []
    if not 0 < problem.period_days < np.inf:
        faults.append(f"period_days must be finite and above 0, but is {problem.period_days}")
    shares = problem.stays.sum(axis=1)
    faults.extend(
        f"stay must add up to 1, but for {problem.services[s]} it adds up to {shares[s]}"
        for s in np.flatnonzero(~np.isclose(shares, 1))
    )
    return faults


def _bad_features(problem: CityProblem) -> list[str]:
    strange = [each for each in problem.features if not hasattr(each, "faults")]
    if strange:
        return [f"features must hold features of a city, but hold {each!r}" for each in strange]
    names = [feature.name for feature in problem.features]
    faults = [f"a feature may be given once, but {name} is twice" for name in _twice(names)]
    for feature in problem.features:
        wrong = list(no_numbers(feature, f"{feature.name}."))
        faults.extend(wrong or feature.faults(problem))
    return faults


def _twice(names: list[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]
