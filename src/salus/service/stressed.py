"""Put a stress on the expected days: other demand, and facilities that close."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.changes.base import alike, changed
from salus.core.errors import Faults, InputError, Where
from salus.core.messages import say
from salus.domain.demand import Demand
from salus.service.called import called
from salus.service.city import city_problem
from salus.service.staffing import unit_gives

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salus.allocate.city.explain.changes.base import Change
    from salus.data.region.region import Region
    from salus.service.forecast_need import Need
    from salus.service.plan_city import CityAnswer
    from salus.service.rules import PlanningRules
    from salus.service.stress import Stress

PLACE = Where("--stress")


def stressed(
    region: Region, need: Need, expected: CityAnswer, stress: Stress
) -> tuple[Demand, tuple[str, ...]]:
    """Make the demand of a stress, and name the facilities that close.

    Parameters
    ----------
    region : Region
        Places and services.
    need : Need
        Expected and record demand.
    expected : CityAnswer
        The plan for the expected days, which tells how loaded each district is.
    stress : Stress
        What changes.

    Returns
    -------
    Demand
        Labelled with what changes.
    tuple of str
        Keys of the facilities that take nobody.

    Raises
    ------
    InputError
        If the region has no history to take a record from, or a facility is not known.
    """
    faults = Faults()
    _gather(region, need, stress, faults)
    faults.stop()
    demand = need.record if stress.record and need.record else need.expected
    loaded = _loaded(region, expected, stress.close_loaded)
    shut = tuple(item.id for item in region.facilities if item.district_id in loaded)
    closed = (*stress.close, *shut)
    changed = Demand(
        demand.districts,
        demand.services,
        demand.days,
        demand.cases * stress.demand,
        replace(stress, close_loaded=len(loaded)).label(called(region)),
    )
    return changed, tuple(dict.fromkeys(closed))


def refuse_stresses(
    region: Region, need: Need, stresses: Iterable[Stress], rules: PlanningRules
) -> None:
    """Refuse stresses that cannot be put on a region, before anything is planned.

    Parameters
    ----------
    region : Region
        Places and services.
    need : Need
        Expected and record demand.
    stresses : iterable of Stress
        What was asked for.
    rules : PlanningRules
        What the plan takes for granted.

    Raises
    ------
    InputError
        With all faults of all stresses: no history to take a record from, a place or resource
        that is not known, more taken than there is.
    """
    faults = Faults()
    for stress in stresses:
        _gather(region, need, stress, faults)
        changes = changes_of(region, stress, rules)
        if not changes:
            continue
        try:
            problem = city_problem(region, need.expected, rules, stress.close, stress.slow)
            changed(problem, changes, PLACE)
        except InputError as error:
            faults.extend(error.faults)
    faults.stop()


def changes_of(region: Region, stress: Stress, rules: PlanningRules) -> tuple[Change, ...]:
    """List what a stress changes about single places of a region.

    Parameters
    ----------
    region : Region
        Places, resources and staff.
    stress : Stress
        What changes.
    rules : PlanningRules
        Of a unit that is not staff, the target occupancy is used.

    Returns
    -------
    tuple of Change
    """
    each = unit_gives(region, rules.target_occupancy)
    place = region.facility_index
    kind = region.resource_index

    def gives(facility: str, resource: str) -> float:
        # What is not known is refused when the change is made.
        known = facility in place and resource in kind
        return float(each[place[facility], kind[resource]]) if known else rules.target_occupancy

    return stress.changes(gives)


def _gather(region: Region, need: Need, stress: Stress, faults: Faults) -> None:
    if stress.record and need.record is None:
        what = say("this region has no history of admissions, so it has no record week")
        remedy = say("add weekly_admissions.csv, or ask for another stress")
        faults.add(what, PLACE, remedy, stress.spec)
    known = {item.id for item in region.facilities}
    for key in stress.close:
        if key not in known:
            remedy = alike(key, known) or say("use a facility_id of facilities.csv")
            faults.add(say("no facility has this key"), PLACE, remedy, key)


def _loaded(region: Region, expected: CityAnswer, count: int) -> frozenset[str]:
    # A district is as loaded as its facilities together: resource-days used of those there are.
    district = {item.id: index for index, item in enumerate(region.districts)}
    capacity, used = np.zeros(len(district)), np.zeros(len(district))
    days = expected.problem.capacity.sum(axis=2)
    taken = (np.nan_to_num(expected.proposed.measures.load) * days).sum(axis=1)
    for index, facility in enumerate(region.facilities):
        if facility.district_id is not None:
            capacity[district[facility.district_id]] += days[index].sum()
            used[district[facility.district_id]] += taken[index]
    load = np.divide(used, capacity, out=np.full(len(district), -1.0), where=capacity > 0)
    # Equally loaded districts: the one with more capacity first, then file order.
    order = np.lexsort((-capacity, -load.round(9)))
    return frozenset(region.districts[index].id for index in order[:count] if load[index] >= 0)
