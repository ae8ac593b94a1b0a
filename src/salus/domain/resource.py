"""What care is made of: beds first, then staff, devices and medicines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.checks import named, within

if TYPE_CHECKING:
    from salus.core.messages import Message


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of thing that a case occupies for a time.

    Parameters
    ----------
    id : str
        Key, such as ``ward_bed``.
    name : Message
        Name for people.
    unit : Message
        What one of it is called, such as "bed".
    """

    id: str
    name: Message
    unit: Message

    def __post_init__(self) -> None:
        """Refuse a resource without a key."""
        named("resource_id", self.id)


@dataclass(frozen=True, slots=True)
class Supply:
    """How much of a resource a facility has.

    Parameters
    ----------
    facility_id, resource_id : str
        Whose, and of what.
    staffed : float
        Units that can be used, 0 or more.
    occupancy : float or None
        Share of the units in use on an average day, from 0 to 1; ``None`` when not known.
    reserve : float
        Of the units, those that the facility keeps for itself, out of any plan.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> Supply("F1", "ward_bed", 40, 0.75).used
    30.0
    """

    facility_id: str
    resource_id: str
    staffed: float
    occupancy: float | None = None
    reserve: float = 0.0

    def __post_init__(self) -> None:
        """Refuse impossible amounts."""
        within("staffed", self.staffed, 0, unit="units")
        within("reserve", self.reserve, 0, self.staffed, "units")
        if self.occupancy is not None:
            within("occupancy", self.occupancy, 0, 1)

    @property
    def used(self) -> float:
        """Units in use on an average day; 0 where the occupancy is not known."""
        return self.staffed * (self.occupancy or 0.0)
