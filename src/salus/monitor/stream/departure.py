"""What the detector tells of: a source that departs, departs further, or is back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.checks import named

if TYPE_CHECKING:
    from datetime import datetime

TOGETHER = "together"
"""Name of the series that judges all quantities of a source together."""


class Change(StrEnum):
    """What happened to a source."""

    BEGAN = "began"
    """It was as usual, and one of its series is not any more."""
    JOINED = "joined"
    """Another of its series departs while one still does."""
    LASTS = "lasts"
    """One of its series departed before, and the newest reading is told of."""
    ENDED = "ended"
    """All its series are as usual again."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A change of a source, with what a person needs to judge it.

    Parameters
    ----------
    change : Change
        What happened.
    source : str
        The device.
    quantity : str
        LOINC code, or ``TOGETHER``.
    unit : str
        UCUM unit; ``"1"`` for ``TOGETHER``.
    place_id, district_id : str or None
        Where the device stands.
    since, at : datetime
        When the departure began, and the reading at which it could be known.
    level : float
        Moving average then, in the unit.
    low, high : float
        Usual range of the moving average, in the unit.
    size : float
        Standard deviations of the newest reading from the middle of the range; of what lasts, those
        of the reading that is farthest from it.
    value : float
        The newest reading, taken at ``at``, in the unit.

    Raises
    ------
    ValueError
        If source or quantity is empty.
    """

    change: Change
    source: str
    quantity: str
    unit: str
    place_id: str | None
    district_id: str | None
    since: datetime
    at: datetime
    level: float
    low: float
    high: float
    size: float
    value: float

    def __post_init__(self) -> None:
        """Refuse a departure of nothing."""
        named("source", self.source)
        named("quantity", self.quantity)

    @property
    def above(self) -> bool:
        """Whether the level lies above the middle of the usual range."""
        return self.level > (self.low + self.high) / 2
