"""Dates moved by one secret distance for each person, so that what lies between them stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from salus.core.checks import named, within

if TYPE_CHECKING:
    from salus.trust.pseudonym.key import Key

Moment = TypeVar("Moment", bound=date)
WEEK = 7
LONGEST = 36_525
"""Days; a century."""


@dataclass(frozen=True, slots=True)
class DateShift:
    """How far dates are moved.

    Parameters
    ----------
    key : Key
        Kept apart from the dates.
    purpose : str
        What the dates are for; each purpose moves them otherwise.
    most_days : int
        The farthest, forward or back; 7 to 36525 days.
    weekdays : bool
        Whether a Monday stays a Monday: dates are moved by whole weeks. What follows the week stays
        true; there are fewer distances to guess.

    Raises
    ------
    ValueError
        If the purpose is empty or the distance out of range.

    Examples
    --------
    >>> from salus.trust.pseudonym.key import Key
    >>> shift = DateShift(Key(bytes(range(32))), "study", weekdays=True)
    >>> come, gone = (shift.moved("7001002003", date(2026, 3, day)) for day in (2, 9))
    >>> come != date(2026, 3, 2), (gone - come).days, come.strftime("%A")
    (True, 7, 'Monday')

    References
    ----------
    Hripcsak, G., Mirhaji, P., Low, A. F. H. and Malin, B. A. (2016). Preserving temporal relations
    in clinical data while maintaining privacy. Journal of the American Medical Informatics
    Association 23, 1040-1045.
    """

    key: Key
    purpose: str
    most_days: int = 364
    weekdays: bool = False

    def __post_init__(self) -> None:
        """Refuse a shift without purpose or of no use."""
        named("purpose", self.purpose)
        within("most_days", self.most_days, WEEK, LONGEST, "days")

    def offset(self, person: str) -> timedelta:
        """Return how far the dates of a person are moved: never by nothing.

        Parameters
        ----------
        person : str
            What tells the person apart.

        Returns
        -------
        timedelta
            Whole days, each distance as likely as any other.

        Raises
        ------
        ValueError
            If the person is empty.
        """
        named("person", person)
        step = WEEK if self.weekdays else 1
        steps = self.most_days // step
        # 256 bits: that some distances come up once more often than others does not show.
        drawn = int.from_bytes(self.key.code("date shift", self.purpose, person), "big")
        place = drawn % (2 * steps)
        return timedelta(days=step * (place - steps if place < steps else place - steps + 1))

    def moved(self, person: str, when: Moment) -> Moment:
        """Move one date of a person.

        Parameters
        ----------
        person : str
            Whose date it is.
        when : date or datetime
            Give moments in UTC, so that a change of summer time stretches nothing.

        Returns
        -------
        date or datetime
            As it was given; the time of day stays.

        Raises
        ------
        ValueError
            If the person is empty, or the moved date lies outside the calendar of the years 1 to
            9999.
        """
        try:
            return when + self.offset(person)
        except OverflowError:
            message = "a date must lie within the years 1 to 9999 after it was moved, but does not"
            raise ValueError(message) from None
