"""What a hospital states that JSON of the competition has no place for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.files import JSON
from salus.allocate.hospital.folder.named import named_cares
from salus.allocate.hospital.hospital import Hospital
from salus.core.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from salus.core.messages import Message


def unwritten(hospital: Hospital, path: Path) -> tuple[Message, ...]:
    """Name what a hospital states that its new form has no place for.

    Parameters
    ----------
    hospital : Hospital
        What is written.
    path : Path
        Where: JSON where the name ends in ``.json``, which has no names, dates and rules.

    Returns
    -------
    tuple of Message
    """
    if path.suffix.lower() != JSON:
        return ()
    rules, known, plain = hospital.rules, hospital.known, Hospital.plain(hospital.problem)
    cares = named_cares(hospital) != named_cares(replace(hospital, cares={}))
    parts = (
        (hospital.dated, say("dates and hours of shifts")),
        (hospital.skills != plain.skills, say("names of skills")),
        (cares, say("keys of care")),
        (hospital.genders != plain.genders, say("words for genders")),
        (hospital.wards or hospital.teams, say("wards")),
        (rules.rest is not None, say("the rule {name}", name="rest_hours")),
        (rules.week is not None, say("the rule {name}", name="most_hours_in_7_days")),
        (rules.whole is not None, say("the rule {name}", name="most_hours")),
        (rules.shares, say("the rule {name}", name="least_share")),
        (known.cases, say("history of surgeries")),
        (known.procedures, say("procedures")),
        (known.emergencies, say("emergencies")),
    )
    return tuple(part for stated, part in parts if stated)
