"""What a plan of a hospital breaks and what it costs, by the names of the competition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.allocate.hospital.site import Weights


class Hard(StrEnum):
    """What a plan must not do."""

    ROOM_GENDER_MIX = "RoomGenderMix"
    """Days and rooms: people of the rarer gender."""
    PATIENT_ROOM_COMPATIBILITY = "PatientRoomCompatibility"
    """Patients in a room that is not fit for them."""
    SURGEON_OVERTIME = "SurgeonOvertime"
    """Minutes above the day of a surgeon."""
    OPERATING_THEATER_OVERTIME = "OperatingTheaterOvertime"
    """Minutes above the day of a theatre."""
    MANDATORY_UNSCHEDULED_PATIENTS = "MandatoryUnscheduledPatients"
    """Mandatory patients who are not admitted."""
    ADMISSION_DAY = "AdmissionDay"
    """Patients admitted before release or after the last day."""
    ROOM_CAPACITY = "RoomCapacity"
    """Days and rooms: people without a bed."""
    NURSE_PRESENCE = "NursePresence"
    """Always 0: a plan that gives rooms to a nurse off duty cannot be read."""
    UNCOVERED_ROOM = "UncoveredRoom"
    """Shifts and rooms with people and without a nurse."""


class Soft(StrEnum):
    """What a plan should do little of."""

    ROOM_AGE_MIX = "RoomAgeMix"
    """Days and rooms: span of the age groups."""
    ROOM_SKILL_LEVEL = "RoomSkillLevel"
    """Shifts and people: levels that the nurse of the room lacks."""
    CONTINUITY_OF_CARE = "ContinuityOfCare"
    """People: nurses who care for them."""
    EXCESSIVE_NURSE_WORKLOAD = "ExcessiveNurseWorkload"
    """Shifts and nurses: work above the most."""
    OPEN_OPERATING_THEATER = "OpenOperatingTheater"
    """Days and theatres with a surgery."""
    SURGEON_TRANSFER = "SurgeonTransfer"
    """Days and surgeons: theatres beside the first."""
    PATIENT_DELAY = "PatientDelay"
    """Days from release to admission."""
    ELECTIVE_UNSCHEDULED_PATIENTS = "ElectiveUnscheduledPatients"
    """Optional patients who are not admitted."""

    def weight(self, weights: Weights) -> int:
        """Take what each unit costs."""
        return int(getattr(weights, _WEIGHTS[self]))


_WEIGHTS = {
    Soft.ROOM_AGE_MIX: "mixed_age",
    Soft.ROOM_SKILL_LEVEL: "skill",
    Soft.CONTINUITY_OF_CARE: "continuity",
    Soft.EXCESSIVE_NURSE_WORKLOAD: "overload",
    Soft.OPEN_OPERATING_THEATER: "open_theatre",
    Soft.SURGEON_TRANSFER: "transfer",
    Soft.PATIENT_DELAY: "delay",
    Soft.ELECTIVE_UNSCHEDULED_PATIENTS: "postponed",
}


@dataclass(frozen=True, slots=True)
class HospitalVerification:
    """What a plan breaks and costs, added up anew.

    Parameters
    ----------
    violations : mapping of Hard to int
        Amount of each.
    amounts : mapping of Soft to int
        Amount of each, before its weight. Where a room is not covered, the skill that its people
        miss there is not counted.
    weights : Weights
        What each unit costs.
    """

    violations: Mapping[Hard, int]
    amounts: Mapping[Soft, int]
    weights: Weights

    @property
    def total_violations(self) -> int:
        """Sum of all violations; a plan is feasible where it is 0."""
        return sum(self.violations.values())

    @property
    def costs(self) -> dict[Soft, int]:
        """Amount times weight of each."""
        return {each: each.weight(self.weights) * n for each, n in self.amounts.items()}

    @property
    def total_cost(self) -> int | None:
        """Sum of the costs; ``None`` where a room is not covered, as its skill is not defined."""
        covered = self.violations[Hard.UNCOVERED_ROOM] == 0
        return sum(self.costs.values()) if covered else None
