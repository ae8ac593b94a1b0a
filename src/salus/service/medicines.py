"""From the medicines of a region to a feature of its plan; what goes without for want of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.medicines.medicines import Medicines
from salus.allocate.city.features.medicines.supply import Batches, Orders, Routes
from salus.data.region.columns import FILES
from salus.data.region.repairs import Repairs, Rule
from salus.data.region.stores import out_of_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.data.region.region import Region
    from salus.domain.place import Facility
    from salus.service.rules import PlanningRules

MOST_ALONE = 10
"""Medicines of which it is found out what each alone withholds."""

LEAST_CASES = 1e-6
"""Fewer cases than this are rounding noise of a solver."""


def in_time(region: Region, first: date, days: int) -> Region:
    """List among the repairs what lies too far back or ahead to matter to a plan.

    Parameters
    ----------
    region : Region
        As it was read.
    first : date
        First day of the plan.
    days : int
        Days of the plan.

    Returns
    -------
    Region
        What is listed stays in its stores: a plan does not use it.
    """
    late = Repairs(region.repairs)
    for where, what, stale in out_of_time(region.stores, first, days):
        rule = Rule.STOCK_EXPIRED if stale else Rule.AFTER_THE_PLAN
        late.note(rule, where, what, left_out=True)
    return replace(region, repairs=late.in_order(FILES))


def medicines_of(region: Region, rules: PlanningRules, days: tuple[date, ...]) -> Medicines | None:
    """State the medicines of a region as a feature of its plan.

    Parameters
    ----------
    region : Region
        With its medicines.
    rules : PlanningRules
        With what money weighs.
    days : tuple of date
        The days of the plan, one after the other.

    Returns
    -------
    Medicines or None
        ``None`` where the region states no medicines, so that care lacks none.

    Notes
    -----
    A facility that is closed treats nobody, and its stock can still be sent.
    """
    stores = region.stores
    if not stores.medicines:
        return None
    return Medicines(
        medicines=tuple(each.id for each in stores.medicines),
        doses=np.array(
            [
                [each.doses.get(service.id, 0.0) for each in stores.medicines]
                for service in region.services
            ],
            dtype=np.float64,
        ),
        unit_cost=np.array([each.unit_cost for each in stores.medicines]),
        batches=_batches(region, days),
        depots=tuple(depot.id for depot in stores.depots),
        orders=_orders(region),
        routes=_routes(region),
        minutes_per_money=rules.minutes_per_money,
    )


def _batches(region: Region, days: tuple[date, ...]) -> Batches:
    place, kind = _indices(region)
    batches = [each for each in region.stores.batches if each.expires >= days[0]]
    since = [max(each.arrives or days[0], days[0]) for each in batches]
    return Batches(
        place=np.array([place[each.place_id] for each in batches], dtype=int),
        medicine=np.array([kind[each.medicine_id] for each in batches], dtype=int),
        units=np.array([each.units for each in batches], dtype=np.float64),
        last=np.array([(each.expires - days[0]).days for each in batches], dtype=int),
        arrives=np.array([(day - days[0]).days for day in since], dtype=int),
    )


def _orders(region: Region) -> Orders:
    (place, kind), orders = _indices(region), region.stores.orders
    return Orders(
        place=np.array([place[each.depot_id] for each in orders], dtype=int),
        medicine=np.array([kind[each.medicine_id] for each in orders], dtype=int),
        lead=np.array([each.days for each in orders], dtype=int),
        shelf_life=np.array([each.usable_days for each in orders], dtype=int),
        most=np.array([each.units for each in orders], dtype=np.float64),
        unit_cost=np.array([each.unit_cost for each in orders], dtype=np.float64),
    )


def _routes(region: Region) -> Routes:
    (place, _), routes = _indices(region), region.stores.routes
    return Routes(
        origin=np.array([place[each.from_id] for each in routes], dtype=int),
        target=np.array([place[each.to_id] for each in routes], dtype=int),
        periods=np.array([each.days for each in routes], dtype=int),
        most=np.array([each.units for each in routes], dtype=np.float64),
        price=np.array([each.unit_cost for each in routes], dtype=np.float64),
    )


def _indices(region: Region) -> tuple[dict[str, int], dict[str, int]]:
    stores = region.stores
    places = (*(each.id for each in region.facilities), *(each.id for each in stores.depots))
    place = {key: index for index, key in enumerate(places)}
    return place, {each.id: index for index, each in enumerate(stores.medicines)}


def stocked(problem: CityProblem) -> Medicines | None:
    """Find the medicines of a problem; ``None`` where none are planned."""
    return next((each for each in problem.features if isinstance(each, Medicines)), None)


def unsupplied(region: Region) -> tuple[Facility, ...]:
    """List the facilities that give care, but where no medicine lies and to which no way leads.

    Parameters
    ----------
    region : Region
        With its medicines.

    Returns
    -------
    tuple of Facility
        Of those that take a service which needs a medicine.
    """
    stores = region.stores
    dosed = {key for each in stores.medicines for key, units in each.doses.items() if units > 0}
    caring = {facility for facility, service in region.takes if service in dosed}
    supplied = {each.place_id for each in stores.batches} | {each.to_id for each in stores.routes}
    return tuple(each for each in region.facilities if each.id in caring - supplied)


@dataclass(frozen=True, slots=True, eq=False)
class Want:
    """Cases that stay unmet for want of medicines, as planning again confirms.

    Parameters
    ----------
    together : ndarray, shape (S,)
        Cases of each service that more are served when no medicine is short anywhere; below 0
        where others are then served instead.
    alone : mapping of str to ndarray, shape (S,)
        The same where one medicine alone is not short, by its key: at most ``MOST_ALONE``, the
        ones that most of the cases above need.
    """

    together: Floats
    alone: dict[str, Floats]


def want_of(
    problem: CityProblem, plan: CityPlan, again: Callable[[CityProblem], CityPlan]
) -> Want | None:
    """Find out how many stay unmet for want of a medicine, by planning as if it were plenty.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        Its best plan.
    again : callable
        Makes the best plan of another problem.

    Returns
    -------
    Want or None
        ``None`` where no medicines are planned.
    """
    supply = stocked(problem)
    if supply is None:
        return None
    served = _served(problem, plan)
    rest = tuple(each for each in problem.features if each is not supply)
    plenty = replace(problem, features=rest)
    together = _served(problem, again(plenty)) - served
    if np.abs(together).max(initial=0.0) <= LEAST_CASES:
        return Want(np.zeros_like(together), {})
    if len(supply.medicines) == 1:
        return Want(together, {supply.medicines[0]: together})
    alone = {}
    for m in _shortest(supply, together):
        doses = supply.doses.copy()
        doses[:, m] = 0.0
        other = replace(problem, features=(*rest, replace(supply, doses=doses)))
        alone[supply.medicines[m]] = _served(problem, again(other)) - served
    return Want(together, alone)


def _served(problem: CityProblem, plan: CityPlan) -> Floats:
    served = np.zeros(len(problem.services))
    np.add.at(served, plan.service, plan.cases)
    return served


def _shortest(supply: Medicines, together: Floats) -> list[int]:
    """List the medicines that cases go without, those that most of them need first."""
    wanted = np.maximum(together, 0.0) @ (supply.doses > 0)
    order = np.argsort(-wanted, kind="stable")
    return [int(m) for m in order[:MOST_ALONE] if wanted[m] > 0]
