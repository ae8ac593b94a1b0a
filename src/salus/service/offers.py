"""From what the facilities of a region offer to features of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.lending import Lending, periods_lost
from salus.allocate.city.features.lending import offered as willing
from salus.allocate.city.features.surge import Surge
from salus.service.moving import in_bed_now, transfers
from salus.service.staffing import given_a_day, hours_a_day, lent_in, staff_law

if TYPE_CHECKING:
    from collections.abc import Collection

    from salus.allocate.city.problem import Feature
    from salus.data.region.region import Region
    from salus.service.rules import PlanningRules

MINUTES_AN_HOUR = 60


def offered(
    region: Region, rules: PlanningRules, closed: Collection[str], days: int
) -> tuple[Feature, ...]:
    """State what can be opened, lent and moved, and the law of staff, as features of the plan.

    Parameters
    ----------
    region : Region
        With its offers, its staff and its inpatients.
    rules : PlanningRules
        Of an open unit the target occupancy is used, as of any other.
    closed : collection of str
        Facilities that take nobody, and open nothing.
    days : int
        Days of the plan.

    Returns
    -------
    tuple of Feature
        Empty where nothing is offered.
    """
    found = (
        _surge(region, rules, closed, days),
        _lending(region, rules, closed, days),
        transfers(region, closed, days),
        staff_law(region, closed, in_bed_now(region, closed, days)),
    )
    return tuple(feature for feature in found if feature is not None)


def _surge(
    region: Region, rules: PlanningRules, closed: Collection[str], days: int
) -> Surge | None:
    place, kind = region.facility_index, region.resource_index
    offers = [each for each in region.surge if each.facility_id not in closed and each.units >= 1]
    if not offers:
        return None
    return Surge(
        facility=np.array([place[each.facility_id] for each in offers]),
        resource=np.array([kind[each.resource_id] for each in offers]),
        most=np.array([each.units for each in offers]),
        gives=np.full((len(offers), days), rules.target_occupancy),
        price=np.array([each.minutes * days for each in offers]),
    )


def _lending(
    region: Region, rules: PlanningRules, closed: Collection[str], days: int
) -> Lending | None:
    place, kind = region.facility_index, region.resource_index
    offers = [
        each
        for each in region.lending
        if not {each.from_id, each.to_id} & set(closed) and each.units >= 1
    ]
    if not offers:
        return None
    minutes = np.array([each.minutes for each in offers])
    worked = np.array([hours_a_day(region, each) * MINUTES_AN_HOUR for each in offers])
    gives = np.array([given_a_day(region, each, rules.target_occupancy) for each in offers])
    lost = periods_lost(minutes, worked)
    candidates = Lending(
        lender=np.array([place[each.from_id] for each in offers]),
        host=np.array([place[each.to_id] for each in offers]),
        resource=np.array([kind[each.resource_id] for each in offers]),
        most=np.array([each.may_go for each in offers]),
        gives=np.repeat(gives[:, None], days, axis=1),
        price=minutes,
        away_price=np.zeros(len(offers)),
        going=lost,
        returning=lost,
        least=np.ones(len(offers)),
        unit=tuple(lent_in(region, each) for each in offers) if region.staff else (),
    )
    return willing(candidates, np.array([each.credentials for each in offers]))
