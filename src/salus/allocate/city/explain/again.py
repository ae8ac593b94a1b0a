"""A plan made again after a change: only what the change can touch is planned anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.bound import lagrangian
from salus.allocate.city.explain.warm import Warm, WarmParts
from salus.allocate.city.parts import groups
from salus.allocate.city.tally import tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.tally import Tally
    from salus.core.clock import Clock


@dataclass(frozen=True, eq=False)
class Standing:
    """A plan that stands, and the method that makes it again.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan.
    method : CityMethod
        Makes the new plans: the one that made the plan, or one that agrees with it.
    clock : Clock
        For the method.
    """

    problem: CityProblem
    plan: CityPlan
    method: CityMethod
    clock: Clock

    @cached_property
    def warm(self) -> Warm | WarmParts:
        """What plans many small changes one after another, each from the last answer on."""
        return WarmParts(self.clock) if self.problem.plain else Warm(self.problem)

    def again(self, changed: CityProblem) -> CityPlan:
        """Plan a changed problem, and keep of the plan what the change cannot touch.

        Parameters
        ----------
        changed : CityProblem
            The same places, services, resources and periods, with other numbers or journeys.

        Returns
        -------
        CityPlan
            Of the whole changed problem; the very plan that stands where nothing changed.

        Examples
        --------
        >>> from salus.allocate.city.checks import small_city
        >>> from salus.allocate.city.exact import Exact
        >>> from salus.core.clock import SystemClock
        >>> city, clock = small_city(7), SystemClock()
        >>> standing = Standing(city, Exact().solve(city, clock), Exact(), clock)
        >>> standing.again(city) is standing.plan
        True
        """
        piece = touched(self.problem, changed)
        if piece.size == 0:
            return self.plan
        if not changed.plain or piece.size == _everything(changed).size:
            return self.method.solve(changed, self.clock)
        return _joined(
            changed, self.plan, self.method.solve(cut(changed, piece), self.clock), piece
        )

    def effect(self, changed: CityProblem) -> Effect:
        """Plan a changed problem, and count before and after only where it can be touched.

        Parameters
        ----------
        changed : CityProblem
            As for :meth:`again`.

        Returns
        -------
        Effect
        """
        piece = touched(self.problem, changed)
        if piece.size == 0:
            same = tally(self.problem, self.plan)
            return Effect(_everything(changed), same, same)
        before, after = cut(self.problem, piece), cut(changed, piece)
        new = self.method.solve(after, self.clock)
        old = _rows(self.plan, piece) if self.problem.plain else self.plan
        ended = not (self.plan.stopped or new.stopped)
        return Effect(piece, tally(before, old), tally(after, new), ended=ended)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """The services and periods that a change can touch.

    Parameters
    ----------
    services, periods : ndarray of int
        As indices within the problem, ascending.
    """

    services: Whole
    periods: Whole

    @property
    def size(self) -> int:
        """How many pairs of service and period there are."""
        return self.services.size * self.periods.size


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What a change does, counted where it can be touched.

    Parameters
    ----------
    piece : Piece
        Services and periods that were planned again.
    was, new : Tally
        The sums before and after, of these services and periods only.
    ended : bool
        Whether no limit ended the search for either plan: else, what lies between them is not
        what the change does.
    """

    piece: Piece
    was: Tally
    new: Tally
    ended: bool = True

    @property
    def saved(self) -> float:
        """Drop of the cost, weighted minutes; below 0 where the change costs more."""
        return self.was.cost - self.new.cost

    def unmet_avoided(self, services: int) -> Floats:
        """Count the cases of each service that stay unmet no more, shape (services,)."""
        whole = np.zeros(services)
        whole[self.piece.services] = (_unmet(self.was) - _unmet(self.new)).sum(axis=(0, 2))
        return whole


def _unmet(counted: Tally) -> Floats:
    return np.maximum(counted.need - counted.served, 0)


def touched(before: CityProblem, after: CityProblem) -> Piece:
    """Find the services and periods that differ, with all that share resources with them.

    Parameters
    ----------
    before, after : CityProblem
        The same places, services, resources and periods.

    Returns
    -------
    Piece
        Everything where the parts of a city touch and anything differs.

    Raises
    ------
    ValueError
        If the two are not of the same places, services, resources and periods.
    """
    _same_keys(before, after)
    if not (before.plain and after.plain and np.array_equal(before.uses, after.uses)):
        return _everything(before) if _differ(before, after) else _NOTHING
    services = [np.zeros(0, dtype=np.int64)]
    periods = np.zeros(len(before.periods), dtype=bool)
    for group in groups(before):
        differs = _when(before, after, group)
        if differs.any():
            services.append(group)
            periods |= differs
    return Piece(np.sort(np.concatenate(services)), np.flatnonzero(periods))


_NOTHING = Piece(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def _everything(problem: CityProblem) -> Piece:
    return Piece(np.arange(len(problem.services)), np.arange(len(problem.periods)))


def _same_keys(before: CityProblem, after: CityProblem) -> None:
    kinds = ("districts", "facilities", "services", "resources", "periods")
    faults = [
        f"{kind} must be those of the plan, but differ"
        for kind in kinds
        if getattr(before, kind) != getattr(after, kind)
    ]
    if faults:
        raise ValueError("; ".join(faults))


def _when(before: CityProblem, after: CityProblem, group: Whole) -> NDArray[np.bool_]:
    resources = (before.uses[group] > 0).any(axis=0)
    need = (before.need[:, group] != after.need[:, group]).any(axis=(0, 1))
    capacity = (before.capacity[:, resources] != after.capacity[:, resources]).any(axis=(0, 1))
    always = not _same_journeys(before, after, group)
    always |= bool((before.penalty != after.penalty)[group].any())
    found: NDArray[np.bool_] = need | capacity | always
    return found


def _same_journeys(before: CityProblem, after: CityProblem, group: Whole) -> bool:
    names = ("arc_service", "arc_district", "arc_facility", "arc_minutes", "arc_price")
    untouched = all(getattr(before, name) is getattr(after, name) for name in names)
    return untouched or np.array_equal(_journeys(before, group), _journeys(after, group))


def _journeys(problem: CityProblem, group: Whole) -> Floats:
    kept = np.isin(problem.arc_service, group)
    price = np.zeros(kept.shape) if problem.arc_price is None else problem.arc_price
    places = (problem.arc_service, problem.arc_district, problem.arc_facility)
    rows: Floats = np.stack([*places, problem.arc_minutes, price])[:, kept].astype(np.float64)
    return rows[:, np.lexsort(rows[2::-1])]


def _differ(before: CityProblem, after: CityProblem) -> bool:
    everything = np.arange(len(before.services))
    same = before.features == after.features and before.aims == after.aims
    return not (
        same
        and _same_journeys(before, after, everything)
        and all(
            np.array_equal(getattr(before, name), getattr(after, name))
            for name in ("need", "capacity", "uses", "penalty", "stays")
        )
    )


def cut(problem: CityProblem, piece: Piece) -> CityProblem:
    """Keep of a plain problem only some services and periods; all of one that is not plain.

    Parameters
    ----------
    problem : CityProblem
        The whole.
    piece : Piece
        What to keep; nothing keeps all.

    Returns
    -------
    CityProblem
    """
    if not problem.plain or piece.size == 0:
        return problem
    services, periods = piece.services, piece.periods
    journeys = np.isin(problem.arc_service, services)
    return replace(
        problem,
        services=tuple(problem.services[s] for s in services),
        periods=tuple(problem.periods[t] for t in periods),
        need=problem.need[:, services][:, :, periods],
        capacity=problem.capacity[:, :, periods],
        uses=problem.uses[services],
        penalty=problem.penalty[services],
        arc_district=problem.arc_district[journeys],
        arc_facility=problem.arc_facility[journeys],
        arc_service=np.searchsorted(services, problem.arc_service[journeys]),
        arc_minutes=problem.arc_minutes[journeys],
    )


def _rows(plan: CityPlan, piece: Piece) -> CityPlan:
    kept = np.isin(plan.service, piece.services) & np.isin(plan.period, piece.periods)
    return replace(
        plan,
        district=plan.district[kept],
        facility=plan.facility[kept],
        service=np.searchsorted(piece.services, plan.service[kept]),
        period=np.searchsorted(piece.periods, plan.period[kept]),
        cases=plan.cases[kept],
        price=plan.price[:, :, piece.periods],
    )


def _joined(changed: CityProblem, old: CityPlan, new: CityPlan, piece: Piece) -> CityPlan:
    stays = ~(np.isin(old.service, piece.services) & np.isin(old.period, piece.periods))
    places = np.stack(
        [
            np.r_[old.period[stays], piece.periods[new.period]],
            np.r_[old.service[stays], piece.services[new.service]],
            np.r_[old.district[stays], new.district],
            np.r_[old.facility[stays], new.facility],
        ]
    )
    cases = np.r_[old.cases[stays], new.cases]
    order = np.lexsort(places[::-1])
    period, service, district, facility = places[:, order]
    price = old.price.copy()
    resources = np.flatnonzero((changed.uses[piece.services] > 0).any(axis=0))
    price[:, resources[:, None], piece.periods] = new.price[:, resources]
    plan = replace(
        new,
        district=district,
        facility=facility,
        service=service,
        period=period,
        cases=cases[order],
        price=price,
        stopped=old.stopped or new.stopped,
        bound=None if new.bound is None else lagrangian(changed, price),
    )
    return replace(plan, cost=tally(changed, plan).cost)
