"""The checks that every method of planning a city must pass, ours or yours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.surge import Surge
from salus.allocate.city.features.waiting import Waiting
from salus.allocate.city.problem import CityProblem
from salus.allocate.city.staffed import nurses_lent, nursing_law, step_down
from salus.allocate.city.verify import verify
from salus.allocate.city.violation import TOLERANCE
from salus.core.clock import SystemClock
from salus.core.rng import stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.plan import CityPlan
    from salus.core.clock import Clock

SEEDS = range(12)


def small_city(seed: int, *, coupled: bool = False, supply: float = 0.8) -> CityProblem:
    """Make a small random city.

    Parameters
    ----------
    seed : int
        Seed of the city, 0 or more.
    coupled : bool
        Whether the third service takes two kinds of resources.
    supply : float
        Resource-days per resource-day needed, on average; below 1 there is a shortage.

    Returns
    -------
    CityProblem
        4 districts, 3 facilities, 3 services, 2 resources, 3 periods of which two are equal;
        about two journeys in three are allowed.

    Examples
    --------
    >>> small_city(7).need.shape
    (4, 3, 3)
    """
    draw = stream(seed, "small city")
    need = draw.integers(0, 9, (4, 3, 3)).astype(np.float64)
    uses = np.array([[4.0, 0], [0, 2.5], [1.5, 0.5 if coupled else 0]])
    wanted = np.einsum("ist,sr->rt", need, uses)
    spread = draw.dirichlet(np.ones(3), size=2).T.round(3)
    capacity = np.round(supply * spread[:, :, None] * wanted, 2)
    need[:, :, 2], capacity[:, :, 2] = need[:, :, 0], capacity[:, :, 0]
    district, facility, service = np.nonzero(draw.random((4, 3, 3)) < 2 / 3)
    first = date(2026, 6, 28)
    return CityProblem(
        districts=("D1", "D2", "D3", "D4"),
        facilities=("H1", "H2", "H3"),
        services=("ward", "icu", "surgery"),
        resources=("ward_bed", "icu_bed"),
        periods=tuple(first + timedelta(days=day) for day in range(3)),
        need=need,
        capacity=capacity,
        uses=uses,
        arc_district=district,
        arc_facility=facility,
        arc_service=service,
        arc_minutes=draw.integers(5, 60, district.size).astype(np.float64),
        penalty=np.array([100.0, 300.0, 50.0]),
    )


def featured_city(seed: int, *, whole: bool = False) -> CityProblem:
    """Make a small random city in which stays reach on, cases wait, and beds can be opened.

    Parameters
    ----------
    seed : int
        Seed of the city, 0 or more.
    whole : bool
        Whether only whole bays open.

    Returns
    -------
    CityProblem
        As :func:`small_city` makes it, in shortage and with coupled services.

    Examples
    --------
    >>> [feature.name for feature in featured_city(7).features]
    ['waiting', 'surge']
    """
    bays = Surge(
        facility=np.array([0, 2]),
        resource=np.array([0, 1]),
        most=np.array([2.0, 3.0]),
        gives=np.array([[3.0, 4.0, 4.0], [1.0, 2.0, 0.0]]),
        price=np.array([150.0, 90.0]),
        whole=whole,
    )
    return replace(
        small_city(seed, coupled=True),
        stay=np.array([[0.5, 0.3, 0.2], [1.0, 0.0, 0.0], [0.25, 0.75, 0.0]]),
        features=(Waiting(np.array([4.0, 20.0, 1.0]), np.array([2, 0, 1])), bays),
    )


def staffed_city(seed: int, *, whole: bool = False) -> CityProblem:
    """Make a small random city whose staff are lent under the law, and whose patients are moved.

    Parameters
    ----------
    seed : int
        Seed of the city, 0 or more.
    whole : bool
        Whether only whole bays open, and whole nurses and patients move.

    Returns
    -------
    CityProblem
        As :func:`featured_city` makes it, with nurses as a third resource.

    Examples
    --------
    >>> [feature.name for feature in staffed_city(7).features]
    ['waiting', 'surge', 'transfers', 'lending', 'staff_law']
    """
    city, draw = featured_city(seed, whole=whole), stream(seed, "staffed city")
    wards, icus = city.capacity.mean(axis=2).sum(axis=0)
    nurses = np.rint((wards / 4 + icus / 2) * draw.dirichlet(np.ones(3)) + 1)
    heads = np.tile(nurses[:, None], 3)
    staffing = (step_down(whole=whole), nurses_lent(draw, nurses, whole=whole), nursing_law(heads))
    return replace(
        city,
        resources=(*city.resources, "nurse"),
        capacity=np.concatenate([city.capacity, heads[:, None]], axis=1),
        uses=np.pad(city.uses, ((0, 0), (0, 1))),
        features=(*city.features, *staffing),
    )


def check_city_solver(method: CityMethod, clock: Clock | None = None) -> None:
    """Hold a method to its promises, on a family of small seeded cities.

    Its plans break no rule; a method that proves has a bound and no gap; the same problem gives
    the same plan; a problem that does not fit is refused. Among the cities are some in plenty
    and in shortage, with services that share resources, and without need, beds or roads.

    Parameters
    ----------
    method : CityMethod
        The method.
    clock : Clock, optional
        Passed to the method; the clock of this machine when not given.

    Raises
    ------
    AssertionError
        If a promise is broken, naming the method and the promise.

    Examples
    --------
    >>> from salus.allocate.city.nearest import Nearest
    >>> check_city_solver(Nearest())
    """
    clock = clock or SystemClock()
    tried = 0
    for problem in _family():
        if method.fits(problem):
            _check_plan(method, problem, clock)
            tried += 1
        else:
            _check_refusal(method, problem, clock)
    _demand(method, tried > 0, "fits at least one small city")


def _family() -> Iterator[CityProblem]:
    for seed in SEEDS:
        yield small_city(seed)
        yield small_city(seed, coupled=True)
        yield small_city(seed, supply=2.0)
    city = small_city(0)
    yield replace(city, need=np.zeros_like(city.need))
    yield replace(city, capacity=np.zeros_like(city.capacity))
    yield replace(city, stay=np.array([[0.5, 0.5], [1.0, 0.0], [0.2, 0.8]]))
    yield featured_city(0)
    yield staffed_city(0)
    nowhere = {name: getattr(city, name)[:0] for name in _ARCS}
    yield replace(city, **nowhere)


_ARCS = ("arc_district", "arc_facility", "arc_service", "arc_minutes")


def _check_plan(method: CityMethod, problem: CityProblem, clock: Clock) -> None:
    plan = method.solve(problem, clock)
    checked = verify(problem, plan)
    broken = ", ".join(sorted({one.constraint.name for one in checked.violations}))
    _demand(method, checked.right, f"breaks no rule, but breaks {broken}")
    _demand(method, plan.method == method.name, f"signs its plans, but signs {plan.method}")
    if method.proves:
        _demand(method, plan.bound is not None, "claims a bound, since it proves")
        _demand(method, abs(checked.gap) <= TOLERANCE, f"leaves no gap, but leaves {checked.gap}")
    again = method.solve(problem, clock)
    _demand(method, _same(plan, again), "gives the same plan for the same problem")


def _same(one: CityPlan, other: CityPlan) -> bool:
    arrays = ("district", "facility", "service", "period", "cases", "price")
    return one.cost == other.cost and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays
    )


def _check_refusal(method: CityMethod, problem: CityProblem, clock: Clock) -> None:
    try:
        method.solve(problem, clock)
    except ValueError:
        return
    _demand(method, kept=False, promise="refuses a problem that does not fit, with ValueError")


def _demand(method: CityMethod, kept: bool, promise: str) -> None:  # noqa: FBT001 - the promise
    if not kept:
        message = f"{method.name} must keep this promise: it {promise}"
        raise AssertionError(message)
