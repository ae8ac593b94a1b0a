"""Rules of the work of nurses, beyond those of the competition."""

from __future__ import annotations

from dataclasses import dataclass

from salus.core.checks import within

DAYS = 7
"""Days over which the hours of ``week`` are added up."""


@dataclass(frozen=True, slots=True)
class NurseRules:
    """Rules that hold for each nurse and each shift, whatever they cost; by default, none.

    Parameters
    ----------
    rest : int or None
        Least minutes between the end of a shift and the start of the next one worked.
    week : int or None
        Most minutes in any 7 days in a row; a shift counts on the day on which it begins.
    whole : int or None
        Most minutes over the whole horizon.
    shares : tuple of float
        For each skill level, which share of the nurses at work in a shift must have at least this
        level, from 0 to 1; levels that are not named ask for nothing.

    Raises
    ------
    ValueError
        If a number of minutes is negative, or a share is not from 0 to 1.

    Examples
    --------
    >>> bool(NurseRules()), bool(NurseRules(rest=11 * 60))
    (False, True)
    """

    rest: int | None = None
    week: int | None = None
    whole: int | None = None
    shares: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is out of range."""
        for name in ("rest", "week", "whole"):
            minutes = getattr(self, name)
            if minutes is not None:
                within(name, minutes, 0, unit="minutes")
        for share in self.shares:
            within("shares", share, 0, 1)

    def __bool__(self) -> bool:
        """Tell whether there is any rule."""
        return not (self.rest is self.week is self.whole is None) or any(self.shares)
