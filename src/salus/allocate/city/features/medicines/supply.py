"""What medicines there are, where they lie, and how they can be had and sent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.medicines.faults import Check

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """Units that lie somewhere or are on their way already.

    Parameters
    ----------
    place : ndarray of int, shape (B,)
        Where, as an index: the facilities of the problem, then the depots.
    medicine : ndarray of int, shape (B,)
        Which medicine.
    units : ndarray, shape (B,)
        How many, 0 or more.
    last : ndarray of int, shape (B,)
        Last period in which they may be used; behind the last period of the plan, they outlast
        it.
    arrives : ndarray of int, shape (B,), optional
        Period from which they lie there; 0, the beginning of the plan, when not given.
    """

    place: Whole
    medicine: Whole
    units: Floats
    last: Whole
    arrives: Whole | None = None

    @property
    def since(self) -> Whole:
        """Period from which each batch lies there, shape (B,)."""
        return np.zeros(self.place.shape, dtype=int) if self.arrives is None else self.arrives


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """Offers of units that depots may order, in any period.

    Parameters
    ----------
    place, medicine : ndarray of int, shape (K,)
        The depot, counted behind the facilities, and what it may order.
    lead : ndarray of int, shape (K,)
        Periods until the units arrive, 0 or more.
    shelf_life : ndarray of int, shape (K,)
        Periods in which they may be used, that of their arrival being the first; 1 or more.
    most : ndarray, shape (K,)
        Units that can be ordered in a period, 0 or more.
    unit_cost : ndarray, shape (K,)
        Money for a unit, 0 or more.
    """

    place: Whole
    medicine: Whole
    lead: Whole
    shelf_life: Whole
    most: Floats
    unit_cost: Floats

    @classmethod
    def none(cls) -> Orders:
        """Say that nothing can be ordered."""
        whole, amount = np.zeros(0, dtype=int), np.zeros(0)
        return cls(whole, whole, whole, whole, amount, amount)


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """Ways on which units are sent from place to place.

    Parameters
    ----------
    origin, target : ndarray of int, shape (N,)
        From where to where, as indices: the facilities, then the depots.
    periods : ndarray of int, shape (N,)
        Periods under way, 0 or more. What takes 0 can be given on arrival, but not sent on.
    most : ndarray, shape (N,)
        Units that can be sent in a period, of all medicines together, 0 or more.
    price : ndarray, shape (N,)
        Money for a unit, 0 or more.
    """

    origin: Whole
    target: Whole
    periods: Whole
    most: Floats
    price: Floats

    @classmethod
    def none(cls) -> Routes:
        """Say that nothing can be sent."""
        whole, amount = np.zeros(0, dtype=int), np.zeros(0)
        return cls(whole, whole, whole, amount, amount)


@dataclass(frozen=True, eq=False)
class Supply:
    """Medicines, and how they are had.

    Parameters
    ----------
    medicines : tuple of str
        Keys, at least one; ``M`` of them.
    doses : ndarray, shape (S, M)
        Units that a case of each service needs over its whole stay, 0 or more.
    unit_cost : ndarray, shape (M,)
        Money that a unit is worth: what is lost when it expires, 0 or more.
    batches : Batches
        What lies somewhere when the plan begins, or is on its way already.
    depots : tuple of str
        Keys of places beside the facilities. Places are counted: facilities first, then depots.
    orders : Orders, optional
        What depots can order; nothing when not given.
    routes : Routes, optional
        On which ways units are sent; none when not given.
    minutes_per_money : float
        Weighted minutes that a unit of money counts as, 0 or more.
    waste_weight : float
        How much money lost with what expires counts against money spent, 0 or more.
    """

    medicines: tuple[str, ...]
    doses: Floats
    unit_cost: Floats
    batches: Batches
    depots: tuple[str, ...] = ()
    orders: Orders | None = None
    routes: Routes | None = None
    minutes_per_money: float = 1.0
    waste_weight: float = 1.0

    @cached_property
    def offers(self) -> Orders:
        """What can be ordered."""
        return Orders.none() if self.orders is None else self.orders

    @cached_property
    def ways(self) -> Routes:
        """On which ways units can be sent."""
        return Routes.none() if self.routes is None else self.routes

    def places(self, problem: CityProblem) -> tuple[str, ...]:
        """List the keys of the places: facilities, then depots."""
        return (*problem.facilities, *self.depots)

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        check = Check()
        for keys in (self.places(problem), self.medicines):
            for key in (key for key in dict.fromkeys(keys) if keys.count(key) > 1):
                check.add(
                    f"medicines: a key may be given once, but {key} is {keys.count(key)} times"
                )
        if not self.medicines:
            check.add("medicines must hold at least one key, but holds none")
        services, kinds = len(problem.services), len(self.medicines)
        check.amounts("doses", self.doses, (services, kinds))
        check.amounts("unit_cost", self.unit_cost, (kinds,))
        for name in ("minutes_per_money", "waste_weight"):
            check.amounts(name, np.asarray(getattr(self, name), np.float64), ())
        self._check_batches(check, len(self.places(problem)))
        self._check_orders(check, len(problem.facilities), len(self.places(problem)))
        self._check_routes(check, len(self.places(problem)))
        return check.faults

    def _check_batches(self, check: Check, places: int) -> None:
        batches, shape = self.batches, self.batches.place.shape[:1]
        fine = [
            check.indices("batches.place", batches.place, shape, 0, places),
            check.indices("batches.medicine", batches.medicine, shape, 0, len(self.medicines)),
            check.indices("batches.last", batches.last, shape, 0),
            check.indices("batches.arrives", batches.since, shape, 0),
            check.amounts("batches.units", batches.units, shape),
        ]
        if all(fine):
            for b in np.flatnonzero(batches.last < batches.since):
                kind = self.medicines[batches.medicine[b]]
                check.add(
                    f"batch {b} of {kind} must be usable when it arrives in period "
                    f"{batches.since[b]}, but its last usable period is {batches.last[b]}",
                )

    def _check_orders(self, check: Check, facilities: int, places: int) -> None:
        orders, shape = self.offers, self.offers.place.shape[:1]
        check.indices("orders.place", orders.place, shape, facilities, places)
        check.indices("orders.medicine", orders.medicine, shape, 0, len(self.medicines))
        check.indices("orders.lead", orders.lead, shape, 0)
        check.indices("orders.shelf_life", orders.shelf_life, shape, 1)
        check.amounts("orders.most", orders.most, shape)
        check.amounts("orders.unit_cost", orders.unit_cost, shape)

    def _check_routes(self, check: Check, places: int) -> None:
        routes, shape = self.ways, self.ways.origin.shape[:1]
        fine = [
            check.indices("routes.origin", routes.origin, shape, 0, places),
            check.indices("routes.target", routes.target, shape, 0, places),
            check.indices("routes.periods", routes.periods, shape, 0),
            check.amounts("routes.most", routes.most, shape),
            check.amounts("routes.price", routes.price, shape),
        ]
        if all(fine):
            for n in np.flatnonzero(routes.origin == routes.target):
                message = f"route {n} must lead elsewhere, but begins and ends at place "
                check.add(message + f"{routes.origin[n]}")
