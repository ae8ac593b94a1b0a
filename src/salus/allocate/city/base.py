"""What every method of planning a city promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock


class CityMethod(Protocol):
    """One way to decide who is cared for where.

    Attributes
    ----------
    name : str
        Short key of the method.
    proves : bool
        Whether its plans are optimal, with a bound that proves it.
    """

    name: ClassVar[str]
    proves: ClassVar[bool]

    def fits(self, problem: CityProblem) -> bool:
        """Tell whether the method can solve problems of this structure."""

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan; the same problem always gives the same one.

        Raises
        ------
        ValueError
            If the method does not fit the problem.
        """
