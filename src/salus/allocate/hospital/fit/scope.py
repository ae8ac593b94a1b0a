"""How far a hospital's problem reaches, and what its rows may name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import Breach, Spot
from salus.allocate.hospital.fit.numbers import bounded, labels

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DAYS = 3660
"""Ten years."""
MOST_LEVELS = 100
"""Skill levels have a name each."""


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a problem reaches, and what its rows may name.

    Parameters
    ----------
    days, levels : int
        Of the horizon, and of skill.
    shifts, ages : tuple of str
        Names, in their order.
    rooms, surgeons : frozenset of str
        Keys.
    """

    days: int
    levels: int
    shifts: tuple[str, ...]
    ages: tuple[str, ...]
    rooms: frozenset[str]
    surgeons: frozenset[str]

    @property
    def horizon(self) -> int:
        """Number of shifts from the first to the last."""
        return self.days * len(self.shifts)

    def breaches(self) -> Iterator[Breach]:
        """Find what is wrong with the frame itself."""
        yield from bounded(Spot("days"), self.days, 1, MOST_DAYS)
        yield from bounded(Spot("levels"), self.levels, 1, MOST_LEVELS)
        yield from labels("shifts", self.shifts)
        yield from labels("ages", self.ages)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with the frame itself."""
        return next(self.breaches(), None) is None
