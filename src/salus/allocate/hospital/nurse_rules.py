"""Rules of the work of nurses, beyond those of the competition."""

from __future__ import annotations

from dataclasses import dataclass

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

    Examples
    --------
    >>> bool(NurseRules()), bool(NurseRules(rest=11 * 60))
    (False, True)
    """

    rest: int | None = None
    week: int | None = None
    whole: int | None = None
    shares: tuple[float, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any rule."""
        return not (self.rest is self.week is self.whole is None) or any(self.shares)
