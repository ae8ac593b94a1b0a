"""When the days and shifts of a hospital's weeks are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from salus.core.checks import within
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.core.messages import Message

FIRST = date(2024, 1, 1)
"""First day of a hospital that counts its days without a calendar; a Monday."""
DAY = 24 * 60
"""Minutes of a day."""
DAWN = 6 * 60
"""When the first shift of such a hospital begins, in minutes after midnight."""


@dataclass(frozen=True)
class Calendar:
    """The first day, and the hours of each shift.

    Parameters
    ----------
    first : date
        Day 0.
    starts : tuple of int
        When each shift of a day begins, in minutes after its midnight.
    lengths : tuple of int
        How many minutes it lasts; it may reach into the next day.

    Raises
    ------
    ValueError
        If a shift does not begin within a day, or lasts less than nothing or more than a day.

    Examples
    --------
    >>> calendar = Calendar.even(3)
    >>> calendar.starts, calendar.lengths
    ((360, 840, 1320), (480, 480, 480))
    >>> calendar.date_of(2).isoformat(), calendar.day_of(date(2024, 1, 3)), calendar.end(2)
    ('2024-01-03', 2, 1800)
    """

    first: date
    starts: tuple[int, ...]
    lengths: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse hours that no day has."""
        for start, length in zip(self.starts, self.lengths, strict=True):
            within("starts", start, 0, DAY - 1, "minutes")
            within("lengths", length, 0, DAY, "minutes")

    @classmethod
    def even(cls, shifts: int, first: date = FIRST) -> Calendar:
        """Divide the day into shifts of one length, each of which begins on its own date.

        The first begins at six, or at midnight where there are too many for that.

        Parameters
        ----------
        shifts : int
            How many, 1 or more.
        first : date
            Day 0.

        Returns
        -------
        Calendar

        Examples
        --------
        >>> Calendar.even(2).starts, Calendar.even(4).starts
        ((360, 1080), (0, 360, 720, 1080))
        """
        length = DAY // shifts
        dawn = DAWN if DAWN + (shifts - 1) * length < DAY else 0
        starts = tuple(dawn + place * length for place in range(shifts))
        return cls(first, starts, (length,) * shifts)

    @cached_property
    def shifts(self) -> int:
        """Number of shifts of a day."""
        return len(self.starts)

    def has(self, days: int) -> bool:
        """Tell whether so many days, and the one after them, have dates.

        Examples
        --------
        >>> Calendar.even(3, date(9999, 12, 30)).has(1), Calendar.even(3, date.max).has(1)
        (True, False)
        """
        return days <= (date.max - self.first).days

    def date_of(self, day: int) -> date:
        """Return the date of a day."""
        return self.first + timedelta(days=day)

    def day_of(self, when: date) -> int:
        """Count the days from the first to a date; negative before it."""
        return (when - self.first).days

    def outside(self, when: date, days: int, later: int = 0) -> tuple[Message, Message] | None:
        """Say what is wrong with a date outside the weeks that are planned, and what to write.

        Parameters
        ----------
        when : date
            As it was written.
        days : int
            How many are planned.
        later : int
            By how many days both ends may be later.

        Returns
        -------
        tuple of Message, or None
            ``None`` where it is inside.

        Examples
        --------
        >>> for said in Calendar.even(3).outside(date(2024, 1, 9), 7):
        ...     print(said)
        the day is outside the weeks that are planned
        write a day from 2024-01-01 to 2024-01-07
        """
        first, last = self.date_of(later), self.date_of(days - 1 + later)
        if first <= when <= last:
            return None
        return (
            say("the day is outside the weeks that are planned"),
            say("write a day from {first} to {last}", first=str(first), last=str(last)),
        )

    def start(self, shift: int) -> int:
        """Return when a shift of the horizon begins, in minutes after the first midnight."""
        day, place = divmod(shift, self.shifts)
        return day * DAY + self.starts[place]

    def end(self, shift: int) -> int:
        """Return when a shift of the horizon ends, in minutes after the first midnight."""
        return self.start(shift) + self.lengths[shift % self.shifts]
