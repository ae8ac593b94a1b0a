"""What the competition calls what we call otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.allocate.hospital.fit.breach import Spot

PARTS = {
    "levels": "skill_levels",
    "shifts": "shift_types",
    "ages": "age_groups",
    "theatres": "operating_theaters",
}
PERSON = {
    "age": "age_group",
    "stay": "length_of_stay",
    "work": "workload_produced",
    "need": "skill_level_required",
}
FIELDS = {
    "occupants": {**PERSON, "room": "room_id"},
    "patients": {
        **PERSON,
        "release": "surgery_release_day",
        "due": "surgery_due_day",
        "minutes": "surgery_duration",
        "surgeon": "surgeon_id",
        "barred": "incompatible_room_ids",
    },
    "surgeons": {"minutes": "max_surgery_time"},
    "theatres": {"minutes": "availability"},
    "rooms": {"beds": "capacity"},
    "nurses": {"skill": "skill_level", "loads": "working_shifts"},
    "weights": {
        "mixed_age": "room_mixed_age",
        "skill": "room_nurse_skill",
        "continuity": "continuity_of_care",
        "overload": "nurse_eccessive_workload",
        "open_theatre": "open_operating_theater",
        "transfer": "surgeon_transfer",
        "delay": "patient_delay",
        "postponed": "unscheduled_optional",
    },
}
PLAN = frozenset({"patients", "nurses", "costs"})
"""What a solution has at most, where an instance has more."""

NOT_ADMITTED = "none"
"""The admission day of who is postponed."""


def path_of(spot: Spot) -> str:
    """Write a spot of a problem as a path in the competition's JSON.

    Examples
    --------
    >>> from salus.allocate.hospital.fit.breach import Spot
    >>> path_of(Spot("patients", 3, "due")), path_of(Spot("weights", field="delay"))
    ('patients[3].surgery_due_day', 'weights.patient_delay')
    """
    fields = FIELDS.get(spot.part, {})
    field = None if spot.field is None else fields.get(spot.field, spot.field)
    return str(replace(spot, part=PARTS.get(spot.part, spot.part), field=field))
