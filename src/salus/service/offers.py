"""From what the facilities of a region offer to features of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.surge import Surge

if TYPE_CHECKING:
    from collections.abc import Collection

    from salus.allocate.city.problem import Feature
    from salus.data.region.region import Region
    from salus.service.rules import PlanningRules


def offered(
    region: Region, rules: PlanningRules, closed: Collection[str], days: int
) -> tuple[Feature, ...]:
    """State what can be opened as a feature of the plan.

    Parameters
    ----------
    region : Region
        With its offers.
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
    place = {item.id: index for index, item in enumerate(region.facilities)}
    kind = {item.id: index for index, item in enumerate(region.resources)}
    offers = [each for each in region.surge if each.facility_id not in closed and each.units >= 1]
    if not offers:
        return ()
    surge = Surge(
        facility=np.array([place[each.facility_id] for each in offers]),
        resource=np.array([kind[each.resource_id] for each in offers]),
        most=np.array([each.units for each in offers]),
        gives=np.full((len(offers), days), rules.target_occupancy),
        price=np.array([each.minutes * days for each in offers]),
    )
    return (surge,)
