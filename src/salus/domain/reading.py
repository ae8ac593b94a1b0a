"""What a device measured: one value at one moment, as it is kept."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from salus.core.checks import named, within

LARGEST_SEQUENCE = 2**53 - 1
"""Above it JSON readers of other languages no longer tell neighbours apart."""

KEY = re.compile(r"[\w.:@-]{1,100}", re.ASCII)
"""How sources, places and quantities are called: what a topic and an address can hold."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that a device measured, in the usual unit of its quantity.

    Parameters
    ----------
    source : str
        The device, by its own key.
    sequence : int
        Number the device gave, 0 or more; with the source it is unique.
    quantity : str
        What is measured, a LOINC code.
    measured_at : datetime
        When, with a time zone; whole milliseconds are kept.
    value : float
        Finite, in the usual unit.
    unit : str
        UCUM unit of the value.
    place_id, district_id : str or None
        Where the device stands.

    Raises
    ------
    ValueError
        If a key is none, the value is not finite, the sequence is out of range, or the moment
        has no time zone.

    Examples
    --------
    >>> Reading("m-1", 0, "8867-4", datetime(2026, 6, 27, tzinfo=UTC), 71.0, "/min").milliseconds
    1782518400000
    """

    source: str
    sequence: int
    quantity: str
    measured_at: datetime
    value: float
    unit: str
    place_id: str | None = None
    district_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse a reading that cannot have been taken."""
        for field in ("source", "quantity", "place_id", "district_id"):
            key = getattr(self, field)
            if key is not None and not KEY.fullmatch(key):
                message = f"{field} must be a key of at most 100 letters, digits and .:@_-"
                raise ValueError(message)
        named("unit", self.unit)
        within("sequence", self.sequence, 0, LARGEST_SEQUENCE)
        if not math.isfinite(self.value):
            message = "value must be finite"
            raise ValueError(message)
        if self.measured_at.tzinfo is None:
            message = "measured_at must have a time zone"
            raise ValueError(message)

    @property
    def milliseconds(self) -> int:
        """The moment in milliseconds since 1970, UTC."""
        return milliseconds(self.measured_at)


def milliseconds(moment: datetime) -> int:
    """Write a moment as whole milliseconds since 1970, UTC.

    Examples
    --------
    >>> milliseconds(datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC))
    1500
    """
    since = moment - _START
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def moment_of(milliseconds: int) -> datetime:
    """Read a moment that was written as milliseconds since 1970, in UTC.

    Examples
    --------
    >>> moment_of(1500).isoformat()
    '1970-01-01T00:00:01.500000+00:00'
    """
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


_START = datetime(1970, 1, 1, tzinfo=UTC)
