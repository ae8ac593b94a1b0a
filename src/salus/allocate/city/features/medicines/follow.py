"""Following each batch through the periods, from a plan alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.features.medicines.dispensed import Dispensed
from salus.allocate.city.features.medicines.first_expired import exchanged
from salus.allocate.city.features.medicines.lots import lots_of
from salus.allocate.city.features.medicines.rules import (
    AMOUNTS,
    BALANCE,
    DOSES,
    EXPIRES,
    FIRST_EXPIRED,
    ORDERED,
    ROUTE,
    SENDS,
)
from salus.allocate.city.recount import Recount
from salus.allocate.city.violation import Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.constraints import Constraint
    from salus.allocate.city.features.medicines.supply import Supply
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.messages import Message

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class _Trail:
    """The flows of each batch, shape (P, L, T) each, as a plan states them."""

    opening: Floats
    left: Floats
    within: Floats
    used: Floats


def follow(supply: Supply, problem: CityProblem, plan: CityPlan) -> Recount:
    """Follow each batch, and name what does not add up.

    A plan without a decision orders and sends nothing; what it admits takes its doses from what
    lies there.

    Parameters
    ----------
    supply : Supply
        What there is and can be had.
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan, right or wrong.

    Returns
    -------
    Recount

    Raises
    ------
    ValueError
        If the arrays of the decision do not have the shapes of the problem.
    """
    doses = _doses(supply, problem, plan)
    found = plan.decision(Dispensed) or _nothing_sent(supply, problem, doses)
    _refuse_misfits(supply, problem, found)
    money = float((supply.offers.unit_cost @ found.ordered).sum())
    money += float((supply.ways.price @ found.shipped.sum(axis=1)).sum())
    wasted = float(found.expired.sum(axis=(0, 2)) @ supply.unit_cost[found.medicine])
    rate = supply.minutes_per_money
    charges = {Aim.COST: rate * money, Aim.WASTE: rate * supply.waste_weight * wasted}
    check = _Broken(supply, problem, found)
    violations = (
        *check.amounts(),
        *check.limits(),
        *check.late(),
        *check.batches(check.trail()),
        *check.expiry(),
        *check.first_expired(),
        *check.doses(doses),
    )
    return Recount(None, None, charges, violations)


def _doses(supply: Supply, problem: CityProblem, plan: CityPlan) -> Floats:
    """Add up what those who are admitted need, shape (J, M, T)."""
    periods = len(problem.periods)
    shown = np.zeros((len(problem.facilities), len(problem.services), periods))
    np.add.at(shown, (plan.facility, plan.service, plan.period), plan.cases)
    needed = np.zeros((len(problem.facilities), len(supply.medicines), periods))
    for after, share in enumerate(problem.stays.T[:periods]):
        staying = shown[:, :, : periods - after]
        needed[:, :, after:] += np.einsum("jst,sm->jmt", staying, supply.doses * share[:, None])
    return needed


def _nothing_sent(supply: Supply, problem: CityProblem, doses: Floats) -> Dispensed:
    lots = lots_of(supply, problem)
    sent = np.zeros((supply.ways.origin.size, *lots.units.shape[1:]))
    return exchanged(supply, lots, np.zeros(lots.offered.shape), sent, doses)


def _refuse_misfits(supply: Supply, problem: CityProblem, found: Dispensed) -> None:
    lots, periods = found.medicine.size, len(problem.periods)
    places, facilities = len(supply.places(problem)), len(problem.facilities)
    shapes = {
        "last": (lots,),
        "ordered": (supply.offers.place.size, periods),
        "shipped": (supply.ways.origin.size, lots, periods),
        "used": (facilities, lots, periods),
        "expired": (places, lots, periods),
        "stock": (places, lots, periods),
    }
    faults = [
        f"{name} of the medicines must have shape {shape}, but has {getattr(found, name).shape}"
        for name, shape in shapes.items()
        if getattr(found, name).shape != shape
    ]
    if faults:
        raise ValueError("; ".join(faults))


@dataclass(frozen=True, slots=True, eq=False)
class _Broken:
    """Names the rules that a decision breaks."""

    supply: Supply
    problem: CityProblem
    found: Dispensed

    def trail(self) -> _Trail:
        """Add up what lies where when a period begins, what leaves, and what comes within it."""
        found, ways = self.found, self.supply.ways
        came, left, within = (np.zeros_like(found.stock) for _ in range(3))
        self._put_batches(came)
        periods = found.stock.shape[2]
        for n, under_way in enumerate(ways.periods):
            left[ways.origin[n]] += found.shipped[n]
            into = within if under_way == 0 else came
            ends = max(periods - under_way, 0)
            into[ways.target[n], :, under_way:] += found.shipped[n, :, :ends]
        came[:, :, 1:] += found.stock[:, :, :-1]
        used = np.zeros_like(found.stock)
        used[: len(found.used)] = found.used
        return _Trail(came, left, within, used)

    def _put_batches(self, came: Floats) -> None:
        supply, periods = self.supply, came.shape[2]
        number = {
            key: lot
            for lot, key in enumerate(zip(self.found.medicine, self.found.last, strict=True))
        }
        batches, offers = supply.batches, supply.offers
        for b in np.flatnonzero(batches.since < periods):
            lot = number[batches.medicine[b], min(batches.last[b], periods)]
            came[batches.place[b], lot, batches.since[b]] += batches.units[b]
        for k, t in np.argwhere(self.found.ordered != 0):
            arrival = t + offers.lead[k]
            last = min(arrival + offers.shelf_life[k] - 1, periods)
            becomes = number.get((offers.medicine[k], last))
            if arrival < periods and becomes is not None:
                came[offers.place[k], becomes, arrival] += self.found.ordered[k, t]

    def amounts(self) -> Iterator[Violation]:
        """Name amounts below zero."""
        found = self.found
        for values in (found.used, found.expired, found.stock):
            yield from self._cells(AMOUNTS, -values)
        for n, _, t in np.argwhere(found.shipped < -TOLERANCE):
            yield Violation(AMOUNTS, self._way(n, t), float(-found.shipped[n].min()))

    def limits(self) -> Iterator[Violation]:
        """Name what is sent or ordered beyond its limit."""
        sent, ways, offers = self.found.shipped.sum(axis=1), self.supply.ways, self.supply.offers
        for n, t in _above(sent, ways.most[:, None]):
            yield Violation(ROUTE, self._way(n, t), float(sent[n, t] - ways.most[n]))
        periods = len(self.problem.periods)
        in_time = np.arange(periods) + offers.lead[:, None] < periods
        most, ordered = np.where(in_time, offers.most[:, None], 0.0), self.found.ordered
        for k, t in _above(np.abs(ordered), np.where(ordered < 0, 0.0, most)):
            where = say(
                "{medicine} ordered by {place} on {period}",
                medicine=self.supply.medicines[offers.medicine[k]],
                place=self.supply.places(self.problem)[offers.place[k]],
                period=self.problem.periods[t],
            )
            over = abs(ordered[k, t]) - (0.0 if ordered[k, t] < 0 else most[k, t])
            yield Violation(ORDERED, where, float(over))

    def late(self) -> Iterator[Violation]:
        """Name what is sent and arrives expired or after the plan."""
        periods = len(self.problem.periods)
        arrival = np.arange(periods) + self.supply.ways.periods[:, None]
        usable = arrival[:, None] <= np.minimum(self.found.last, periods - 1)[None, :, None]
        sent = np.where(usable, 0.0, self.found.shipped)
        for n, lot, t in np.argwhere(sent > TOLERANCE):
            yield Violation(SENDS, self._way(n, t), float(sent[n, lot, t]))

    def batches(self, trail: _Trail) -> Iterator[Violation]:
        """Name each batch of which units appear, vanish, or leave before they came."""
        found = self.found
        there = trail.opening - trail.left + trail.within
        gone = trail.used + found.expired + found.stock
        yield from self._cells(BALANCE, np.abs(there - gone), TOLERANCE * np.abs(there))
        yield from self._cells(SENDS, trail.left, trail.opening)

    def expiry(self) -> Iterator[Violation]:
        """Name what is kept or given too long, and what is thrown away too soon."""
        found = self.found
        days = np.arange(found.stock.shape[2])[None, None]
        last = found.last[None, :, None]
        yield from self._cells(EXPIRES, np.where(days >= last, found.stock, 0.0))
        yield from self._cells(EXPIRES, np.where(days > last, found.used, 0.0))
        yield from self._cells(EXPIRES, np.where(days == last, 0.0, found.expired))

    def first_expired(self) -> Iterator[Violation]:
        """Name what is given although something that expires sooner lies beside it."""
        found, facilities = self.found, len(self.problem.facilities)
        left = (found.stock + found.expired)[:facilities]
        broken = np.zeros_like(found.used)
        for medicine in range(len(self.supply.medicines)):
            lots = np.flatnonzero(found.medicine == medicine)
            lots = lots[np.argsort(found.last[lots])]
            sooner = np.maximum.accumulate(left[:, lots], axis=1)
            broken[:, lots[1:]] = np.minimum(found.used[:, lots[1:]], sooner[:, :-1])
        yield from self._cells(FIRST_EXPIRED, broken, TOLERANCE * np.abs(found.used))

    def doses(self, needed: Floats) -> Iterator[Violation]:
        """Name where those who are admitted get other doses than they need."""
        given = np.zeros_like(needed)
        for lot, medicine in enumerate(self.found.medicine):
            given[:, medicine] += self.found.used[:, lot]
        for j, m, t in _above(np.abs(given - needed), TOLERANCE * needed):
            where = self._place(j, self.supply.medicines[m], t)
            yield Violation(DOSES, where, float(abs(given - needed)[j, m, t]))

    def _cells(
        self, rule: Constraint, values: Floats, limits: Floats | None = None
    ) -> Iterator[Violation]:
        bound = np.zeros_like(values) if limits is None else limits
        for p, lot, t in _above(values, bound):
            where = self._place(p, self.supply.medicines[self.found.medicine[lot]], t)
            yield Violation(rule, where, float(values[p, lot, t] - bound[p, lot, t]))

    def _place(self, place: int, medicine: str, period: int) -> Message:
        return say(
            "{medicine} at {place} on {period}",
            medicine=medicine,
            place=self.supply.places(self.problem)[place],
            period=self.problem.periods[period],
        )

    def _way(self, route: int, period: int) -> Message:
        places, ways = self.supply.places(self.problem), self.supply.ways
        return say(
            "from {origin} to {target} on {period}",
            origin=places[ways.origin[route]],
            target=places[ways.target[route]],
            period=self.problem.periods[period],
        )


def _above(values: Floats, limits: Floats) -> NDArray[np.intp]:
    return np.argwhere(values > limits + TOLERANCE * np.maximum(1.0, limits))
