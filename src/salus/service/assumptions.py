"""What a plan takes for granted, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.service.city import nearest_kept
from salus.service.fair_bounds import fairness_assumptions
from salus.service.practice import practice_assumptions
from salus.service.rights import rights_assumptions

if TYPE_CHECKING:
    from salus.data.region.region import Region
    from salus.service.forecast_need import Need
    from salus.service.request import DayRequest


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
