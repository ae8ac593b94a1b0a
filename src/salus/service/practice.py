"""From the tiers, consortia and insurance areas of a region to the practice of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.practice.practice import Practice
from salus.allocate.city.practice.rule import Rule, Terms
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from salus.core.messages import Message
    from salus.data.region.region import Region
    from salus.service.rules import PlanningRules


def practice_of(region: Region, rules: PlanningRules) -> Practice:
    """State the practice of a region, as far as its files tell it.

    Parameters
    ----------
    region : Region
        Its facilities may have tiers, and they and its districts consortia and insurance areas;
        its overrides let journeys pass whatever the rules say.
    rules : PlanningRules
        What each rule costs. That a facility is not able to give a service is never priced.

    Returns
    -------
    Practice
        Nothing is forbidden or priced where the files tell nothing.
    """
    facilities, districts, services = region.facilities, region.districts, region.services
    return Practice(
        terms=Terms(
            {
                Rule.UPWARD: rules.referral_minutes,
                Rule.FIRST_CONTACT: rules.first_contact_minutes,
                Rule.STEP_DOWN: rules.step_down_minutes,
                Rule.CONSORTIUM: rules.consortium_minutes,
                Rule.INSURANCE: rules.insurance_minutes,
            }
        ),
        tier=_tiers(each.tier for each in facilities),
        lowest=_tiers(each.lowest_tier for each in services),
        first=_tiers(each.first_contact_tier for each in services),
        down=_tiers(each.step_down_tier for each in services),
        consortium=tuple(each.consortium for each in facilities),
        district_consortium=tuple(each.consortium for each in districts),
        insurance=tuple(each.insurance_area for each in facilities),
        district_insurance=tuple(each.insurance_area for each in districts),
        overrides=region.overrides,
    )


def practice_assumptions(region: Region, rules: PlanningRules) -> Iterator[Message]:
    """Say which rules of practice a plan follows.

    Parameters
    ----------
    region : Region
        That is planned.
    rules : PlanningRules
        What each rule costs.

    Yields
    ------
    Message
        None where the files tell nothing of practice.
    """
    demands = any(
        each.lowest_tier or each.first_contact_tier or each.step_down_tier
        for each in region.services
    )
    if any(each.tier for each in region.facilities):
        if demands:
            yield say(
                "No service is given below its lowest tier. Each tier of upward referral adds "
                "{up:g} minutes, each tier past first contact {past:g}, each tier above the one to "
                "step down to {down:g}.",
                up=rules.referral_minutes,
                past=rules.first_contact_minutes,
                down=rules.step_down_minutes,
            )
        else:
            yield say(
                "Facilities have tiers, but services.csv does not say which tier a service needs, "
                "so the tiers change nothing."
            )
    if any(each.consortium for each in region.districts):
        yield say(
            "A journey out of the own consortium weighs {minutes:g} minutes more.",
            minutes=rules.consortium_minutes,
        )
    if any(each.insurance_area for each in region.districts):
        yield say(
            "A journey out of the own insurance area weighs {minutes:g} minutes more.",
            minutes=rules.insurance_minutes,
        )


def _tiers(tiers: Iterable[int | None]) -> NDArray[np.int64]:
    return np.array([tier or 0 for tier in tiers], dtype=np.int64)
