"""The band between the worst and the best covered group: how high, how narrow it can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.features.fairness.fair import group_need
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.programme import write
from salus.allocate.lp.solve import solve

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.run import Method
    from salus.allocate.lp.solution import LinearSolution

# What the steps below leave one another, in shares of the need: the rounding of the solver.
SLACK = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class FreeCity:
    """The city without its bound, with columns for both ends of the band of shortfalls.

    Parameters
    ----------
    program : LinearProgram
        Without objective; whole numbers may be any.
    unmet : ndarray, shape (n,)
        What each column adds to unmet need.
    short : ndarray of int, shape (K,)
        Columns of the unmet shares of the groups with need.
    groups : ndarray of int, shape (K,)
        Which groups these are.
    share : ndarray, shape (K,)
        Their shares of the need.
    worst, best : ndarray of int, shape (1,)
        Columns of the largest and the smallest unmet share.
    rows : ndarray of int, shape (K,)
        Rows that hold each unmet share below the largest.
    way : Method
        How it is best solved.
    """

    program: LinearProgram
    unmet: Floats
    short: Whole
    groups: Whole
    share: Floats
    worst: Whole
    best: Whole
    rows: Whole
    way: Method

    def cost(self, *terms: tuple[Whole, Floats | float]) -> Floats:
        """Return an objective of some columns, shape (n,)."""
        found = np.zeros(self.program.c.size)
        for columns, amounts in terms:
            found[columns] += amounts
        return found

    def below(self, columns: Whole, most: Floats) -> FreeCity:
        """Lower the upper bounds of columns, never below what rounding may need."""
        upper = self.program.upper.copy()
        upper[columns] = np.minimum(upper[columns], most + SLACK)
        return replace(self, program=replace(self.program, upper=upper))

    def within(self, row: Floats, most: float) -> FreeCity:
        """Add a row."""
        program = replace(
            self.program,
            matrix=sparse.vstack([self.program.matrix, sparse.csr_array(row[None])], "csc"),
            row_lower=np.append(self.program.row_lower, -np.inf),
            row_upper=np.append(self.program.row_upper, most),
        )
        return replace(self, program=program)

    def least(self, cost: Floats) -> LinearSolution:
        """Make an objective as small as it can be."""
        return solve(replace(self.program, c=cost), by=self.way)


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """A band of coverage.

    Parameters
    ----------
    gap : float
        How wide it is, from 0 to 1.
    lowest : float
        Its lower end.
    holding : ndarray of int
        The groups that hold it down, as places among those with need.
    """

    gap: float
    lowest: float
    holding: Whole


def free_city(problem: CityProblem, rule: CoverageGap) -> FreeCity:
    """Write the city down without a bound on the gap, and without prices on fairness.

    Parameters
    ----------
    problem : CityProblem
        The city with its bound.
    rule : CoverageGap
        The bound, whose groups and weights are meant.
    """
    others = tuple(each for each in problem.features if not isinstance(each, CoverageGap | MaxMin))
    ends = MaxMin(rule.groups, 1.0, severity=rule.severity)
    free = replace(problem, features=(ends, *others), aims=Aims(limits=problem.aims.limits))
    written = write(free)
    draft = written.draft
    short = draft.column.blocks["maxmin.shortfall"].indices
    best = draft.columns("withheld.best", (1,), upper=1.0)
    rows = draft.rows("withheld.best", short.shape, lower=-1.0, upper=0.0)
    draft.put(rows, best, 1.0)
    draft.put(rows, short, -1.0)
    need = group_need(free, ends)
    groups = np.flatnonzero(need > 0)
    return FreeCity(
        program=replace(draft.program({}), integral=None),
        unmet=draft.cost(Aim.UNMET),
        short=short,
        groups=groups,
        share=need[groups] / need[groups].sum(),
        worst=draft.column.blocks["maxmin.worst"].indices,
        best=best,
        rows=draft.row.blocks["maxmin.worst"].indices,
        way=written.way,
    )


def fairest_band(city: FreeCity) -> Ends | None:
    """Raise the lowest coverage, then meet need, then lower the highest coverage.

    Returns
    -------
    Ends or None
        ``None`` where no plan keeps all else that is demanded.
    """
    first = city.least(city.cost((city.worst, 1.0)))
    if first.x is None or first.row_duals is None:
        return None
    kept = city.below(city.worst, first.x[city.worst])
    second = kept.least(kept.unmet)
    if second.objective is None:
        return None
    served = kept.within(kept.unmet, second.objective + SLACK * max(1.0, second.objective))
    third = served.least(city.cost((city.best, -1.0)))
    return None if third.x is None else _ends(city, third.x, first.row_duals)


def narrowest_band(city: FreeCity, rule: CoverageGap) -> Ends | None:
    """Make the gap as narrow as the overall coverage that a rule demands allows.

    Parameters
    ----------
    city : FreeCity
        The city without its bound.
    rule : CoverageGap
        With the overall coverage to reach.

    Returns
    -------
    Ends or None
        ``None`` where no plan reaches that coverage.
    """
    floor = city.within(city.cost((city.short, city.share)), 1 - rule.overall)
    found = floor.least(city.cost((city.worst, 1.0), (city.best, -1.0)))
    if found.x is None or found.row_duals is None:
        return None
    return _ends(city, found.x, found.row_duals)


def _ends(city: FreeCity, x: Floats, duals: Floats) -> Ends:
    missed = x[city.short]
    holding = np.flatnonzero(np.abs(duals[city.rows]) > SLACK)
    return Ends(float(np.ptp(missed)), 1 - float(missed.max()), holding)
