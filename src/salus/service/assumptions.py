"""What a plan takes for granted, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.service.city import nearest_kept
from salus.service.fair_bounds import fairness_assumptions
from salus.service.medicines import unsupplied
from salus.service.moving import transfer_assumptions
from salus.service.practice import practice_assumptions
from salus.service.rights import rights_assumptions
from salus.service.staffing import staff_assumptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.data.region.region import Region
    from salus.service.forecast_need import Need
    from salus.service.request import DayRequest
    from salus.service.rules import PlanningRules

NAMED = 5
"""Facilities that a sentence names at most."""


def assumptions(region: Region, need: Need, request: DayRequest) -> tuple[Message, ...]:
    """Say what the plan of a day takes for granted.

    Parameters
    ----------
    region : Region
        That was planned.
    need : Need
        What it will need.
    request : DayRequest
        With the rules.

    Returns
    -------
    tuple of Message
    """
    rules = request.rules
    kept = nearest_kept(region, rules)
    return (
        say(
            "Capacity is staffed units times a target occupancy of {share:.0%}; a case takes its "
            "whole stay from the day of its admission, as in a steady state.",
            share=rules.target_occupancy,
        ),
        say(
            "Travel is the great circle times {detour:g} at {speed:g} km/h unless travel.csv says "
            "otherwise, and at most {limit:g} minutes.",
            detour=rules.detour,
            speed=rules.speed_kmh,
            limit=rules.max_travel_minutes,
        ),
        *(
            (
                say(
                    "Each district may use its {count} nearest facilities of each service only.",
                    count=kept,
                ),
            )
            if kept
            else ()
        ),
        say(
            "An unmet case of severity 1 weighs as much as {minutes:,g} minutes of travel.",
            minutes=rules.unmet_minutes,
        ),
        *practice_assumptions(region, rules),
        *taken_nowhere(region),
        *staff_assumptions(region),
        *transfer_assumptions(region),
        *_of_medicines(region, rules),
        *rights_assumptions(region),
        *fairness_assumptions(rules),
        say(
            "The status quo sends everybody of a district to the one facility nearest to its "
            "centre; what does not fit there stays unmet. In large districts people spread in "
            "truth, so its unmet need is an upper limit and no forecast."
        ),
        *(
            ()
            if any(source.dates for source in region.sources)
            else (say("No source is dated, so the plan begins tomorrow."),)
        ),
        *(
            (say("Record week: {record}.", record=need.record.label),)
            if need.record
            else (say("Record week: not planned, for there is no history of admissions."),)
        ),
    )


def taken_nowhere(region: Region) -> tuple[Message, ...]:
    """Name the services that no facility takes, and what is missing where it is.

    Parameters
    ----------
    region : Region
        Any region.

    Returns
    -------
    tuple of Message
        A sentence for each service.
    """
    taken = {service for _, service in region.takes}
    held = {supply.resource_id for supply in region.supplies if supply.staffed > 0}
    resources = {item.id: item.name for item in region.resources}
    return tuple(
        say(
            "No facility takes {service}: nobody has {missing}. All who need it stay unmet.",
            service=service.name,
            missing=tuple(resources[key] for key in service.uses if key not in held),
        )
        if any(key not in held for key in service.uses)
        else say(
            "No facility takes {service}, although there is what it uses. All who need it stay "
            "unmet.",
            service=service.name,
        )
        for service in region.services
        if service.id not in taken
    )


def _of_medicines(region: Region, rules: PlanningRules) -> Iterator[Message]:
    if not region.stores.medicines:
        return
    yield say(
        "All doses of a case fall due on the day of its admission, and it is admitted only where "
        "they lie; medicines that medicines.csv does not list are there."
    )
    places = unsupplied(region)
    if places:
        yield say(
            "{count:,} facilities that care have no stock in stock.csv and no way in "
            "deliveries.csv, so they give no medicine: {names}{more}.",
            count=len(places),
            names=tuple(place.name for place in places[:NAMED]),
            more="" if len(places) <= NAMED else ", …",
        )
    yield say(
        "A unit of the money of medicines weighs as much as {minutes:g} minutes of travel; what "
        "is left at the end of the plan is worth nothing and costs nothing.",
        minutes=rules.minutes_per_money,
    )
    yield say(
        "The status quo and the greedy plan order and send no medicines: they give what lies at "
        "each facility."
    )
