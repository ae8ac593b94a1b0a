"""What the law demands of staff: how many patients each may care for, and how long they work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from salus.allocate.city.constraints import Constraint
from salus.allocate.city.features.units import Unit
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.features.units import Amount

_WORK = say("hours, shifts or days of work")
_PLACES = ("facilities", "resources", "periods")

RATIO = Constraint(
    "ratio",
    say("Nobody cares for more patients at once than the law allows."),
    _PLACES,
    say("resource-days"),
    "work_jrt <= capacity_jrt with what is lent and opened, where"
    " work_jrt = used_jrt + sum over beds b of occupied_jbt / ratio_rb",
)
HOURS = Constraint(
    "hours",
    say("Nobody works more hours in any run of periods than the law allows."),
    _PLACES,
    _WORK,
    "sum of work_jru + busy_jru <= sum of heads_jru most_r / W, over W periods u from t",
)
REST = Constraint(
    "rest",
    say("Staff work no more than a share of each period, and have periods of rest in any run."),
    _PLACES,
    _WORK,
    "work_jrt + busy_jrt <= share_r period heads_jrt; over W periods u from t:"
    " sum of work_jru + busy_jru <= sum of share_r period heads_jru (W - rest_r) / W",
)
CONSTRAINTS = (RATIO, HOURS, REST)


@dataclass(frozen=True, slots=True, eq=False)
class Staff:
    """A resource that are people.

    Parameters
    ----------
    resource : int
        Which, as an index within the problem.
    unit : Unit
        What its capacity is counted in.
    heads : ndarray, shape (J, T)
        People employed at each facility in each period, 0 or more, without loans.
    hours : float, optional
        Hours of one unit of its capacity, above 0, such as 12 for a shift; needed where a rule
        is said in another unit.
    busy : ndarray, shape (J, T), optional
        Units of its capacity that those who are in beds now take, 0 or more: the capacity of
        the problem is what is left beside them, but they count as work.
    """

    resource: int
    unit: Unit
    heads: Floats
    hours: float | None = None
    busy: Floats | None = None

    def hours_of(self, unit: Unit) -> float | None:
        """Return the hours of one unit; ``None`` where nobody has said."""
        if unit is Unit.HOURS:
            return 1.0
        return self.hours if unit is self.unit else None

    def into_units(self, amount: Amount) -> float | None:
        """Count an amount in the unit of the capacity; ``None`` where nobody has said how.

        Examples
        --------
        >>> import numpy as np
        >>> from salus.allocate.city.features.units import Amount
        >>> nurse = Staff(2, Unit.SHIFTS, np.ones((3, 3)), hours=8.0)
        >>> nurse.into_units(Amount(44, Unit.HOURS)), nurse.into_units(Amount(4.0, Unit.SHIFTS))
        (5.5, 4.0)
        """
        if amount.unit is self.unit:
            return amount.value
        theirs, ours = self.hours_of(amount.unit), self.hours_of(self.unit)
        return None if theirs is None or ours is None else amount.value * theirs / ours


@dataclass(frozen=True, slots=True)
class Ratio:
    """Staff care for so many patients at once, and no more.

    Parameters
    ----------
    staff, beds : int
        Which staff, and in which kind of bed their patients lie, as indices within the problem.
    patients : float
        Bed-days for each ``per`` of work, above 0: 4 where a nurse cares for four patients.
    per : Unit
        What the work is counted in.
    """

    staff: int
    beds: int
    patients: float
    per: Unit


@dataclass(frozen=True, slots=True)
class MaximumHours:
    """Staff work no more than so long in any run of periods.

    Parameters
    ----------
    staff : int
        Which, as an index within the problem.
    most : Amount
        Of each, in the whole run.
    window : int
        Periods of the run, from 1 to the periods of the problem.
    """

    staff: int
    most: Amount
    window: int


@dataclass(frozen=True, slots=True)
class Rest:
    """Staff work no more than a share of each period, and rest in some of any run of them.

    Parameters
    ----------
    staff : int
        Which, as an index within the problem.
    share : float
        Share of a period that one may work at most, above 0, at most 1: 0.5 for twelve hours of
        a day.
    rest : int
        Periods of rest that each has in any run, 0 or more, fewer than ``window``.
    window : int
        Periods of the run, from 1 to the periods of the problem.
    """

    staff: int
    share: float
    rest: int
    window: int


Rule: TypeAlias = Ratio | MaximumHours | Rest
