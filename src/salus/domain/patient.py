"""A person under care, known by a pseudonym only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salus.core.checks import named, within


class Sex(StrEnum):
    """Administrative sex, as FHIR R4 has it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Patient:
    """A person under care.

    Parameters
    ----------
    pseudonym : str
        Keyed pseudonym; no name, number or address is held beside it.
    sex : Sex
        Administrative sex.
    birth_year : int
        Year of birth, 1880 to 2200.
    district_id : str or None
        Where the person lives, when known.
    synthetic : bool
        Whether this person was made up; shown as a badge wherever the person appears.

    Raises
    ------
    ValueError
        If the pseudonym is empty or the year is out of range.
    """

    pseudonym: str
    sex: Sex
    birth_year: int
    district_id: str | None = None
    synthetic: bool = False

    def __post_init__(self) -> None:
        """Refuse a patient that cannot exist."""
        named("pseudonym", self.pseudonym)
        within("birth_year", self.birth_year, 1880, 2200)
