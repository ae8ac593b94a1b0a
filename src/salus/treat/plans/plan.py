"""A treatment plan of one condition, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.checks import named, within

if TYPE_CHECKING:
    from salus.core.messages import Message


class Better(StrEnum):
    """Which way an outcome should move."""

    LOWER = "lower"
    HIGHER = "higher"

    @property
    def sign(self) -> float:
        """What turns a change of the outcome into a benefit: -1 or 1."""
        return -1.0 if self is Better.LOWER else 1.0


@dataclass(frozen=True, slots=True)
class Arm:
    """One treatment that can be chosen.

    Parameters
    ----------
    key : str
        Name in files.
    name : Message
        Name for people.
    medicines : tuple of str
        ATC codes (WHO), all of them given together.

    Raises
    ------
    ValueError
        If the key is empty or there is no medicine.
    """

    key: str
    name: Message
    medicines: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse an arm that gives nothing."""
        named("key", self.key)
        within("medicines", len(self.medicines), 1, unit="codes")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What tells whether a treatment helped.

    Parameters
    ----------
    name : Message
        Name for people.
    loinc : str
        What is measured.
    unit : str
        UCUM unit; a measurement in another one is not used.
    better : Better
        Which way it should move.
    from_day, until_day : float
        Days after the start of treatment in which it is measured; 0 or more, ascending.
    reasons : tuple of str
        Categories of ICD-10 that a contact comes for when it looks after this treatment. What is
        measured at a contact for another reason tells of another illness, and is not used.

    Raises
    ------
    ValueError
        If a code is empty, there is no reason, or the days do not ascend.
    """

    name: Message
    loinc: str
    unit: str
    better: Better
    from_day: float
    until_day: float
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse an outcome that cannot be measured."""
        named("loinc", self.loinc)
        within("reasons", len(self.reasons), 1, unit="codes")
        within("from_day", self.from_day, 0, unit="days")
        within("until_day", self.until_day, self.from_day, unit="days")


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be done about a condition.

    Parameters
    ----------
    key : str
        Name in files.
    name : Message
        Name of the condition for people.
    icd10 : str
        Category of ICD-10, such as ``E11``.
    arms : tuple of Arm
        At least two; the first is the reference that others are compared with.
    outcome : Outcome
        What tells whether it helped.
    evidence : tuple of str
        Published sources, author and year.

    Raises
    ------
    ValueError
        If there are fewer than two arms, or two of one key.
    """

    key: str
    name: Message
    icd10: str
    arms: tuple[Arm, ...]
    outcome: Outcome
    evidence: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a plan without a choice."""
        named("icd10", self.icd10)
        keys = {arm.key for arm in self.arms}
        within("arms", len(keys), max(2, len(self.arms)), unit="different keys")
