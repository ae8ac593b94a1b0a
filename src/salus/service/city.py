"""From a region and its demand to the city problem, and back to names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.practice.rights import declined
from salus.allocate.city.problem import CityProblem
from salus.data.region.travel import journeys
from salus.service.medicines import medicines_of
from salus.service.moving import in_bed_now
from salus.service.offers import offered
from salus.service.practice import practice_of
from salus.service.staffing import care_now, staff_at

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from salus.allocate.city.problem import Feature
    from salus.data.region.region import Region
    from salus.data.region.travel import Journeys
    from salus.domain.demand import Demand
    from salus.service.rules import PlanningRules

MANY_DISTRICTS = 1000
NEAREST_OF_MANY = 20


def nearest_kept(region: Region, rules: PlanningRules) -> int | None:
    """Tell how many facilities are kept for each district; ``None`` keeps all within the limit.

    Above ``MANY_DISTRICTS`` districts the nearest ``NEAREST_OF_MANY`` are kept, unless the rules
    say otherwise.
    """
    if rules.nearest:
        return rules.nearest
    return NEAREST_OF_MANY if len(region.districts) > MANY_DISTRICTS else None


def city_problem(
    region: Region,
    demand: Demand,
    rules: PlanningRules,
    closed: Collection[str] = (),
    slow: float = 1.0,
) -> CityProblem:
    """State the city's allocation as a problem of arrays, as practice and declines leave it.

    Parameters
    ----------
    region : Region
        Places, resources and services.
    demand : Demand
        Cases per district, service and day, in the region's order.
    rules : PlanningRules
        Occupancy, travel and the weight of unmet need.
    closed : collection of str
        Facilities that take nobody.
    slow : float
        How many times as long every journey takes, 1 or more.

    Returns
    -------
    CityProblem
        Capacity is staffed units, less those that are kept in reserve, x target occupancy, in
        resource-days of each day; of staff groups all that they work. Inpatients who could be moved
        take theirs first. A case takes its whole stay from the day of its admission: what a ward in
        steady state needs.
    """
    free = unpractised(region, demand, rules, closed, slow)
    return declined(practice_of(region, rules).applied(free), region.declines)


def unpractised(
    region: Region,
    demand: Demand,
    rules: PlanningRules,
    closed: Collection[str] = (),
    slow: float = 1.0,
) -> CityProblem:
    """State the city's allocation before practice forbids and prices journeys.

    The parameters are those of :func:`city_problem`. With it, the ledger of
    :func:`salus.service.practice.practice_of` tells what practice does to each journey.
    """
    arcs = [_arcs(region, service.id, rules, closed, slow) for service in region.services]
    service = np.repeat(np.arange(len(arcs)), [len(one) for one in arcs])
    return CityProblem(
        districts=tuple(item.id for item in region.districts),
        facilities=tuple(item.id for item in region.facilities),
        services=tuple(item.id for item in region.services),
        resources=tuple(item.id for item in region.resources),
        periods=demand.days,
        need=demand.cases,
        capacity=_capacity(region, rules, closed, len(demand.days)),
        uses=np.array(
            [[s.resource_days(r.id) for r in region.resources] for s in region.services], float
        ),
        arc_district=np.concatenate([one.district for one in arcs]),
        arc_facility=np.concatenate([one.facility for one in arcs]),
        arc_service=service,
        arc_minutes=slow * np.concatenate([one.minutes for one in arcs]),
        penalty=np.array([s.severity * rules.unmet_minutes for s in region.services], float),
        features=_features(region, demand, rules, closed),
    )


def _features(
    region: Region, demand: Demand, rules: PlanningRules, closed: Collection[str]
) -> tuple[Feature, ...]:
    medicines = medicines_of(region, rules, demand.days)
    offers = offered(region, rules, closed, len(demand.days))
    return offers if medicines is None else (*offers, medicines)


def _arcs(
    region: Region, service_id: str, rules: PlanningRules, closed: Collection[str], slow: float
) -> Journeys:
    # Each service has its own nearest facilities: those that take it and are open.
    takes = frozenset(
        pair for pair in region.takes if pair[1] == service_id and pair[0] not in closed
    )
    return journeys(
        replace(region, takes=takes),
        rules.max_travel_minutes / slow,
        rules.speed_kmh,
        rules.detour,
        nearest_kept(region, rules),
    )


def _capacity(
    region: Region, rules: PlanningRules, closed: Collection[str], days: int
) -> NDArray[np.float64]:
    place = region.facility_index
    kind = region.resource_index
    staffed = np.zeros((len(place), len(kind)))
    for supply in region.supplies:
        if supply.facility_id not in closed:
            free = supply.staffed - supply.reserve
            staffed[place[supply.facility_id], kind[supply.resource_id]] = free
    at_work = staff_at(region, closed)
    usable = np.where(at_work > 0, at_work, staffed * rules.target_occupancy)
    whole = np.repeat(usable[:, :, None], days, axis=2)
    present = in_bed_now(region, closed, days)
    # Who is in a bed stays there, also beyond the target; nobody is added to them.
    return np.maximum(0.0, whole - present - care_now(region, present))
