"""Delayed journeys: solve with a few, ask at its prices which others would pay, and go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aims
from salus.allocate.city.kept import Kept
from salus.allocate.city.whole import refuse
from salus.allocate.lp.solution import Status

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.limit import Limit
    from salus.allocate.city.problem import CityProblem

# A journey that saves less than this per case, in weighted minutes, is the rounding of a solver.
PAYS = 1e-7
# A gap below this share of the cost is the rounding of the proof.
CLOSED = 1e-10


@dataclass(frozen=True, slots=True)
class Rounds:
    """How many journeys are priced in.

    Parameters
    ----------
    first : int
        Journeys of each need to begin with, at least 1.
    more : int
        Journeys added for each need in a round at most, at least 1.
    most : int, optional
        Rounds after which the search ends early, at least 1.

    Raises
    ------
    ValueError
        If a number is below 1; all are named.

    Examples
    --------
    >>> Rounds(most=0)
    Traceback (most recent call last):
    ...
    ValueError: most must be at least 1, but is 0
    """

    first: int = 6
    more: int = 4
    most: int | None = None

    def __post_init__(self) -> None:
        """Refuse rounds that add nothing."""
        faults = [
            f"{name} must be at least 1, but is {value}"
            for name in ("first", "more", "most")
            if (value := getattr(self, name)) is not None and value < 1
        ]
        if faults:
            raise ValueError("; ".join(faults))


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best that was found so far.

    Parameters
    ----------
    x : ndarray, or None
        The best solution: what is decided beside journeys.
    columns, cases : ndarray
        Its journeys, and the cases on each.
    cost : float
        What it costs, weighted minutes.
    bound : float
        What no plan can undercut.
    proof : ndarray, or None
        Prices of the rows that prove the bound.
    ended : bool
        Whether the search came to its end.
    """

    x: Floats | None
    columns: Whole
    cases: Floats
    cost: float = np.inf
    bound: float = -np.inf
    proof: Floats | None = None
    ended: bool = False

    @property
    def gap(self) -> float:
        """Cost minus bound, as a share of the cost or of 1, whichever is more."""
        if np.isinf(self.cost) or np.isinf(self.bound):
            return np.inf
        return (self.cost - self.bound) / max(1.0, abs(self.cost))


def price_in(kept: Kept, rounds: Rounds, limit: Limit) -> Found:
    """Add journeys that pay until none is left, or a limit is reached.

    The programme with few journeys gives prices of its rows. A journey that costs less than its
    two rows pay would make the plan better: the cheapest such ones of each need are added. When
    there are none, the plan is the best of all plans, and its prices prove it.

    Parameters
    ----------
    kept : Kept
        The programme with the journeys to begin with; those that pay are added to it.
    rounds : Rounds
        How many journeys and rounds.
    limit : Limit
        When to end early.

    Returns
    -------
    Found
        What the rounds proved holds for the whole problem, whichever ended them.

    Raises
    ------
    InputError
        If no plan keeps all that is demanded.
    """
    found = Found(None, kept.columns, np.zeros(kept.columns.size))
    for _ in count() if rounds.most is None else range(rounds.most):
        solution = kept.solve(limit.left())
        if solution.status is Status.INFEASIBLE:
            possible = kept.make_possible(limit, rounds.more)
            if possible is Status.INFEASIBLE:
                refuse(kept.written.problem)
            if possible is Status.OPTIMAL:
                continue
            break
        if solution.x is not None and solution.objective is not None:
            found = _cheaper(found, kept, solution.x, solution.objective)
        if solution.row_duals is None:
            break
        found = _proven(found, kept, solution.row_duals)
        if solution.status is not Status.OPTIMAL:
            break
        more = kept.missing(solution.row_duals, rounds.more, -PAYS)
        if not more.size or found.gap <= CLOSED:
            return replace(found, ended=True)
        if limit.stop.gap is not None and found.gap <= limit.stop.gap:
            break
        kept.add(more)
    return found


def _cheaper(found: Found, kept: Kept, x: Floats, objective: float) -> Found:
    if objective >= found.cost:
        return found
    return replace(found, x=x, columns=kept.columns, cases=kept.cases(x), cost=objective)


def _proven(found: Found, kept: Kept, duals: Floats) -> Found:
    bound, proof = kept.prove(duals)
    return replace(found, bound=bound, proof=proof) if bound > found.bound else found


def begin(problem: CityProblem, kept: Kept, rounds: Rounds, limit: Limit) -> None:
    """Choose the journeys to begin with.

    In one period, the cheapest of each need. In several, the best of each need in the steady
    state, which is solved first: its prices already know where beds are short.

    Parameters
    ----------
    problem : CityProblem
        What is planned.
    kept : Kept
        The programme that the journeys are added to.
    rounds : Rounds
        How many.
    limit : Limit
        When to end early.
    """
    journeys = kept.journeys
    chosen = journeys
    value = np.tile(journeys.cost, journeys.periods)
    if journeys.periods > 1:
        steady = Kept(_steady(problem))
        chosen = steady.journeys
        begin(steady.written.problem, steady, rounds, limit)
        found = price_in(steady, rounds, limit)
        value = chosen.cost if found.proof is None else chosen.reduced(found.proof)
    columns = chosen.cheapest(value, rounds.first, np.inf)
    if journeys.periods > 1:
        each = np.arange(journeys.periods)[:, None] * journeys.arc.size
        columns = (each + columns).ravel()
    kept.add(columns[journeys.most[journeys.need(columns)] > 0])


def _steady(problem: CityProblem) -> CityProblem:
    return replace(
        problem,
        periods=problem.periods[:1],
        need=problem.need.mean(axis=2, keepdims=True),
        capacity=problem.capacity.mean(axis=2, keepdims=True),
        stay=None,
        features=(),
        aims=Aims(problem.aims.weights),
    )
