"""What the components and rules of a hospital's plan are called."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from salus.allocate.hospital.kinds import ROOM, SURGEON, THEATRE, named
from salus.allocate.hospital.verification import Hard, Soft
from salus.core.messages import Message, say
from salus.report.charts.hospital.axis import day_name, day_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from salus.allocate.hospital.explain.effect import Effect
    from salus.allocate.hospital.explain.opening import Lack
    from salus.allocate.hospital.plan import Admission

COMPONENTS: Mapping[Soft, Message] = MappingProxyType(
    {
        Soft.ROOM_AGE_MIX: say("mixed ages"),
        Soft.ROOM_SKILL_LEVEL: say("missing skill"),
        Soft.CONTINUITY_OF_CARE: say("continuity of care"),
        Soft.EXCESSIVE_NURSE_WORKLOAD: say("overload of nurses"),
        Soft.OPEN_OPERATING_THEATER: say("open theatres"),
        Soft.SURGEON_TRANSFER: say("changes of theatre"),
        Soft.PATIENT_DELAY: say("waiting time"),
        Soft.ELECTIVE_UNSCHEDULED_PATIENTS: say("postponed patients"),
    }
)
UNITS: Mapping[Soft, Message] = MappingProxyType(
    {
        Soft.ROOM_AGE_MIX: say("rooms and days: steps between the youngest and the oldest"),
        Soft.ROOM_SKILL_LEVEL: say("people and shifts: levels that the nurse lacks"),
        Soft.CONTINUITY_OF_CARE: say("people: nurses who care for them"),
        Soft.EXCESSIVE_NURSE_WORKLOAD: say("nurses and shifts: work above the most"),
        Soft.OPEN_OPERATING_THEATER: say("theatres and days with a surgery"),
        Soft.SURGEON_TRANSFER: say("surgeons and days: theatres beside the first"),
        Soft.PATIENT_DELAY: say("days from release to admission"),
        Soft.ELECTIVE_UNSCHEDULED_PATIENTS: say("optional patients who are not admitted"),
    }
)
BREACHES: Mapping[Hard, Message] = MappingProxyType(
    {
        Hard.ROOM_GENDER_MIX: say("rooms and days: people of the rarer gender"),
        Hard.PATIENT_ROOM_COMPATIBILITY: say("patients in a room that is not fit for them"),
        Hard.SURGEON_OVERTIME: say("minutes above the day of a surgeon"),
        Hard.OPERATING_THEATER_OVERTIME: say("minutes above the day of a theatre"),
        Hard.MANDATORY_UNSCHEDULED_PATIENTS: say("mandatory patients who are not admitted"),
        Hard.ADMISSION_DAY: say("patients admitted before release or after their last day"),
        Hard.ROOM_CAPACITY: say("rooms and days: people without a bed"),
        Hard.NURSE_PRESENCE: say("rooms of nurses off duty"),
        Hard.UNCOVERED_ROOM: say("rooms and shifts with people and without a nurse"),
    }
)


def place(admission: Admission, first: date | None) -> Message:
    """Say when and where a patient is admitted."""
    return say(
        "{day}, {room}, {theatre}",
        day=day_name(admission.day, first),
        room=admission.room,
        theatre=admission.theatre,
    )


def lack(each: Lack, first: date | None) -> Message:
    """Say what there is too little of, and when.

    Parameters
    ----------
    each : Lack
        Of a surgeon, a theatre or a room.
    first : date or None
        The first day; ``None`` counts days from 0.

    Returns
    -------
    Message
    """
    days = day_names(each.days, first)
    if each.rule in {Hard.SURGEON_OVERTIME, Hard.OPERATING_THEATER_OVERTIME}:
        kind = SURGEON if each.rule is Hard.SURGEON_OVERTIME else THEATRE
        return say(
            "{name} lacks {minutes:,} minutes on {days}",
            name=named(kind, each.key),
            minutes=each.amount,
            days=days,
        )
    if each.rule is Hard.ROOM_CAPACITY:
        return say("{name} has no free bed on {days}", name=named(ROOM, each.key), days=days)
    return say("{name} has the other gender on {days}", name=named(ROOM, each.key), days=days)


def changes(effect: Effect) -> tuple[Message, ...]:
    """Say what costs more and what less, the largest first."""
    order = sorted(effect.costs.items(), key=lambda each: -abs(each[1]))
    return tuple(
        say("{component} {cost:+,}", component=COMPONENTS[component], cost=cost)
        for component, cost in order
    )
