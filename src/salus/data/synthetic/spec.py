"""What is asked of a synthetic city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile
from typing import TYPE_CHECKING

from salus.core.checks import within

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST, MOST = 2_000, 2_000_000
SHORTEST, LONGEST = 200, 1_826
CHUNK = 20_000
"""People made at a time; part of what a seed means."""


@dataclass(frozen=True, slots=True)
class CitySpec:
    """How large a city, from which seed, and when.

    Parameters
    ----------
    people : int
        People who live there, 2,000 to 2,000,000.
    seed : int
        0 or more; another seed is another city.
    days : int
        Days of patient records up to ``as_of``, 200 to 1,826.
    as_of : date
        The last day of all records.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> CitySpec(people=500)
    Traceback (most recent call last):
    ValueError: people must be between 2000 and 2000000 persons, but is 500
    """

    people: int = 200_000
    seed: int = 1
    days: int = 730
    as_of: date = date(2026, 6, 28)

    def __post_init__(self) -> None:
        """Refuse a city that cannot be made."""
        within("people", self.people, FEWEST, MOST, "persons")
        within("seed", self.seed, 0)
        within("days", self.days, SHORTEST, LONGEST, "days")
        within("as_of.year", self.as_of.year, 1990, 2100)

    @property
    def start(self) -> date:
        """The first day of patient records."""
        return self.as_of - timedelta(days=self.days - 1)

    @property
    def years(self) -> float:
        """The years that the patient records span."""
        return self.days / 365.25

    def chunks(self) -> Iterator[tuple[int, int]]:
        """Walk the people in parts: number of the first person, and how many.

        Examples
        --------
        >>> list(CitySpec(people=50_000).chunks())
        [(0, 20000), (20000, 20000), (40000, 10000)]
        """
        firsts = takewhile(lambda first: first < self.people, count(0, CHUNK))
        return ((first, min(CHUNK, self.people - first)) for first in firsts)
