"""A small hospital in our own form: wards, rules, surgeries that were done, emergencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from salus.allocate.hospital.calendar import Calendar
from salus.allocate.hospital.files import write_hospital
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.nurse_rules import NurseRules
from salus.allocate.hospital.surgeries import Case, SurgeryKnown
from tests.fakes.timetables import HOSPITAL

if TYPE_CHECKING:
    from pathlib import Path

    from salus.allocate.hospital.problem import HospitalProblem


def stated(problem: HospitalProblem = HOSPITAL) -> Hospital:
    """State a hospital with everything that JSON has no place for."""
    patients, theatre = problem.patients, problem.theatres[0]
    return replace(
        Hospital.plain(problem),
        calendar=Calendar(date(2026, 3, 2), (390, 870, 1320), (480, 450, 510)),
        skills=("assistant", "registered", "specialist"),
        wards={problem.rooms[0].id: "north", problem.rooms[1].id: "south"},
        teams={each.id: "north" for each in problem.nurses[::2]},
        rules=NurseRules(rest=660, week=48 * 60, whole=150, shares=(0.0, 0.5, 0.0)),
        known=SurgeryKnown(
            (Case("s0", "hip", 100, 130), Case("s9", "", 60, 45)),
            {patients[0].id: "hip"},
            {(theatre.id, 1): 0.25},
            90.0,
            0.5,
        ),
    )


def written(folder: Path) -> Path:
    """Write the hospital that is stated, and return where."""
    place = folder / "hospital"
    write_hospital(stated(), place)
    return place
