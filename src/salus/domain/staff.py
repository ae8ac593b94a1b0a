"""Groups of people who care for patients, and how long they may work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.checks import named, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.messages import Message

UNITS = ("hours", "shifts")
"""What the work of a group may be counted in."""
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Working:
    """Those of a group who work at one facility.

    Parameters
    ----------
    people : float
        Who may work, 0 or more.
    staffed : float
        Hours or shifts that are worked on each day, 0 or more.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    people: float
    staffed: float

    def __post_init__(self) -> None:
        """Refuse impossible numbers."""
        within("people", self.people, 0, unit="persons")
        within("staffed", self.staffed, 0, unit="hours or shifts")


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """A group of people who do the same work, such as the nurses of a region.

    Parameters
    ----------
    id : str
        Key of the resource that they are.
    name : Message
        Name for people.
    unit : str
        What their work is counted in: ``hours`` or ``shifts``.
    shift_hours : float
        Length of a shift, from 0.5 to 24 hours.
    at : mapping of str to Working
        Who works where, by key of the facility.
    week_hours : float or None
        Most that a person works in seven days; ``None`` where nobody has said.
    rest_hours : float or None
        Least rest of a person in each day; ``None`` where nobody has said.
    days_off : int or None
        Least days of a person without work in any seven; ``None`` where nobody has said.
    patients : mapping of str to float
        Patients that one may care for at once, above 0, by key of the bed that they lie in.

    Raises
    ------
    ValueError
        If a key is empty, a unit is unknown or a number is out of range.

    Examples
    --------
    >>> from salus.core.messages import say
    >>> nurses = StaffGroup("nurse", say("nurses"), "shifts", 8, {}, patients={"ward_bed": 4})
    >>> nurses.hours_of_a_unit, nurses.work_of_a_bed_day("ward_bed")
    (8, 0.75)
    """

    id: str
    name: Message
    unit: str
    shift_hours: float
    at: Mapping[str, Working]
    week_hours: float | None = None
    rest_hours: float | None = None
    days_off: int | None = None
    patients: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        """Refuse a group that cannot exist."""
        named("staff_id", self.id)
        if self.unit not in UNITS:
            message = f"unit must be one of {', '.join(UNITS)}, but is {self.unit}"
            raise ValueError(message)
        within("shift_hours", self.shift_hours, 0.5, 24, "hours")
        for name, low, high in (("week_hours", 1, 168), ("rest_hours", 0, 23), ("days_off", 0, 6)):
            if (value := getattr(self, name)) is not None:
                within(name, value, low, high)
        for bed, patients in (self.patients or {}).items():
            within(f"patients[{bed}]", patients, 0.01, 1000, "patients")

    @property
    def hours_of_a_unit(self) -> float:
        """Return the hours of one unit that their work is counted in."""
        return self.shift_hours if self.unit == "shifts" else 1.0

    @property
    def units_of_a_shift(self) -> float:
        """Return what one shift counts."""
        return self.shift_hours / self.hours_of_a_unit

    def work_of_a_bed_day(self, bed_id: str) -> float:
        """Return what a patient asks of them around the clock, in their unit; 0 without a ratio."""
        patients = (self.patients or {}).get(bed_id)
        return 0.0 if patients is None else 24 / patients / self.hours_of_a_unit
