"""A city in one scenario as a programme, and what in it is decided before need is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from salus.allocate.city.programme import write
from salus.allocate.lp.bound import proved_bound
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.programme import Written
    from salus.allocate.city.uncertain.scenarios import Scenarios
    from salus.allocate.lp.program import LinearProgram

    Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Stage:
    """The programme of one scenario.

    Parameters
    ----------
    written : Written
        What was written down.
    program : LinearProgram
        The finished programme.
    first : ndarray of int, shape (f,)
        Its columns that are decided before need is known, in the order of the features.
    """

    written: Written
    program: LinearProgram
    first: Whole

    @cached_property
    def later(self) -> Whole:
        """The columns that are decided when need is known, shape (n - f,)."""
        return np.delete(np.arange(self.program.c.size), self.first)

    @cached_property
    def rest(self) -> LinearProgram:
        """The programme where nothing is decided first, and whole numbers may be any."""
        return self.decided(np.zeros(self.first.size))

    def decided(self, first: Floats) -> LinearProgram:
        """Return the programme once this, shape (f,), is decided; whole numbers may be any."""
        lower, upper = self.program.lower.copy(), self.program.upper.copy()
        lower[self.first] = upper[self.first] = first
        return replace(self.program, lower=lower, upper=upper, integral=None)

    @property
    def whole_columns(self) -> Mask:
        """What is decided first in whole numbers, shape (f,)."""
        integral = self.program.integral
        return np.zeros(self.first.size, bool) if integral is None else integral[self.first]

    @property
    def whole_first(self) -> bool:
        """Whether something that is decided first is a whole number."""
        return bool(self.whole_columns.any())

    @property
    def whole_later(self) -> bool:
        """Whether something that is decided later is a whole number."""
        integral = self.program.integral
        return integral is not None and bool(integral[self.later].any())


def no_plan() -> InputError:
    """Tell that nothing can be decided that leaves every scenario a plan."""
    return InputError(
        Fault(
            say("no decision leaves every scenario a plan that keeps all that is demanded of it"),
            Where("allocate.city"),
            say("loosen a bound on fairness, or a rule that must be kept"),
        )
    )


def first_blocks(problem: CityProblem) -> tuple[str, ...]:
    """Name the column blocks that are decided before need is known, feature by feature."""
    return tuple(block for feature in problem.features for block in feature.first)


def stage(problem: CityProblem) -> Stage:
    """Write a city down, and find what is decided first.

    Examples
    --------
    >>> from salus.allocate.city.checks import featured_city
    >>> found = stage(featured_city(7))
    >>> found.first.size, found.written.draft.column_place(found.first[1])
    (2, ('surge', (1,)))
    """
    written = write(problem)
    blocks = [written.draft.column.blocks[name].indices.ravel() for name in first_blocks(problem)]
    first = np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.int64)
    return Stage(written, written.program(), first)


def stages(problem: CityProblem, scenarios: Scenarios) -> tuple[Stage, ...]:
    """Write a city down in each scenario.

    Parameters
    ----------
    problem : CityProblem
        The city; its own need is not looked at.
    scenarios : Scenarios
        What need may be.

    Returns
    -------
    tuple of Stage
        In the order of the scenarios.

    Raises
    ------
    ValueError
        If the scenarios do not fit the city, its aims have an order, or what is decided first
        differs in number between needs.
    """
    if problem.aims.order:
        message = (
            "costs of scenarios are weighed, but the aims are given an order: give the first "
            "aims larger weights instead, as Aims({Aim.UNMET: 10.0})"
        )
        raise ValueError(message)
    found = tuple(stage(scenarios.city(problem, k)) for k in range(len(scenarios)))
    sizes = {each.first.size for each in found}
    if len(sizes) > 1:
        message = f"what is decided first must be the same for all needs, but has sizes {sizes}"
        raise ValueError(message)
    return found


def first_bounds(found: tuple[Stage, ...]) -> tuple[Floats, Floats]:
    """Return the bounds that what is decided first has in all scenarios, shapes (f,)."""
    lower = np.max([each.program.lower[each.first] for each in found], axis=0)
    upper = np.min([each.program.upper[each.first] for each in found], axis=0)
    return lower, upper


def usable(program: LinearProgram, prices: Floats) -> Floats:
    """Drop the rounding of a solver that prices a side which a row does not have, shape (m,)."""
    absent = np.where(prices > 0, program.row_lower, program.row_upper)
    return np.where(np.isfinite(absent), prices, 0.0)


def cut(one: Stage, prices: Floats, *, costed: bool = True) -> tuple[float, Floats]:
    """Bound the cost of a scenario from below, whatever is decided first.

    Whoever pays the prices y no longer minds the rows (Lagrangian duality): for each decision x,
    the scenario costs at least constant + slope'x.

    Parameters
    ----------
    one : Stage
        The scenario.
    prices : ndarray, shape (m,)
        Of its rows.
    costed : bool
        Whether its costs count; without them, constant + slope'x is above 0 only for decisions
        that leave the scenario without a plan.

    Returns
    -------
    constant : float
    slope : ndarray, shape (f,)

    References
    ----------
    Van Slyke and Wets (1969), L-shaped linear programs.

    Examples
    --------
    >>> from salus.allocate.city.checks import featured_city
    >>> from salus.allocate.lp.solve import solve
    >>> one = stage(featured_city(7))
    >>> found = solve(one.program)
    >>> constant, slope = cut(one, found.row_duals)
    >>> touches = constant + slope @ found.x[one.first]
    >>> bool(np.isclose(touches, found.objective))
    True
    """
    rest = one.rest if costed else replace(one.rest, c=np.zeros_like(one.rest.c), offset=0.0)
    slope = rest.c[one.first] - one.program.matrix[:, one.first].T @ prices
    return proved_bound(rest, prices), slope
