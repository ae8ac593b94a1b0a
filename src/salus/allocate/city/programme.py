"""The whole city as one programme: journeys, what a facility admits, and what it uses.

A journey touches two rows alone: the need it serves and the admissions it adds to. All else lives
on what a facility admits, so that journeys can be left out and priced in one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.order import in_order
from salus.allocate.lp.draft import Draft
from salus.allocate.lp.run import Method

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.program import LinearProgram

# From so many rows on, an interior point is reached sooner than a first corner.
MANY_ROWS = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A city's programme, and where in it things stand.

    The blocks of rows are ``need`` (I, S, T), ``admitted`` (P, T) and ``capacity`` (J, R, T);
    those of columns ``cases`` (a, T), ``unmet`` (I, S, T) and ``admitted`` (P, T), where P counts
    the pairs of a facility and a service that some journey leads to. Features add their own. An
    aim with a limit adds a row ``limit.`` and its name.

    Parameters
    ----------
    problem : CityProblem
        What was written down.
    draft : Draft
        The programme.
    arcs : ndarray of int, shape (a,)
        The journeys that are columns, as indices within the problem.
    pairs : ndarray of int, shape (P, 2)
        Facility and service of each pair.
    """

    problem: CityProblem
    draft: Draft
    arcs: Whole
    pairs: Whole

    def program(self) -> LinearProgram:
        """Finish the programme with the weights of the problem."""
        aims = self.problem.aims
        return self.draft.program({aim: aims.weight(aim) for aim in Aim})

    @property
    def way(self) -> Method:
        """How it is best solved: through the interior where many rows touch.

        They do where there are several periods, or where features have many rows of their own.
        """
        rows = self.draft.row
        own = sum(rows.blocks[name].indices.size for name in ("need", "admitted", "capacity"))
        touching = rows.size if len(self.problem.periods) > 1 else rows.size - own
        return Method.INTERIOR if touching >= MANY_ROWS else Method.SIMPLEX


def write(problem: CityProblem, arcs: Whole | None = None) -> Written:
    """Write a city down as a programme.

    Parameters
    ----------
    problem : CityProblem
        What is planned.
    arcs : ndarray of int, shape (a,), optional
        The journeys to write as columns; all that somebody may need when not given.

    Returns
    -------
    Written

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.lp.solve import solve
    >>> written = write(small_city(7))
    >>> round(solve(written.program()).objective)
    6845
    """
    draft = Draft()
    if arcs is None:
        needed = problem.need.sum(axis=2)[problem.arc_district, problem.arc_service]
        arcs = np.flatnonzero(needed > 0)
    written = Written(problem, draft, arcs, pairs_of(problem))
    _journeys(written)
    _capacity(written)
    for feature in in_order(problem.features):
        feature.write(draft, problem)
    _limits(written)
    return written


def pairs_of(problem: CityProblem) -> Whole:
    """List the pairs of facility and service that some journey leads to, shape (P, 2)."""
    led_to = np.zeros((len(problem.facilities), len(problem.services)), dtype=bool)
    led_to[problem.arc_facility, problem.arc_service] = True
    return np.argwhere(led_to)


def journey_charges(problem: CityProblem, arcs: Whole) -> dict[Aim, Floats]:
    """Tell what a case on each journey adds to the terms of the objective, before weights.

    Parameters
    ----------
    problem : CityProblem
        What is planned.
    arcs : ndarray of int, shape (a,)
        Journeys, as indices within the problem.

    Returns
    -------
    dict of Aim to ndarray, shape (a,)
        Weighted minutes.
    """
    charges = {Aim.TRAVEL: problem.arc_minutes[arcs]}
    if problem.arc_price is not None:
        charges[Aim.PRACTICE] = problem.arc_price[arcs]
    return charges


def pair_numbers(problem: CityProblem, pairs: Whole) -> Whole:
    """Give each pair of facility and service its number, shape (J, S); -1 where it has none."""
    numbers = np.full((len(problem.facilities), len(problem.services)), -1)
    numbers[pairs[:, 0], pairs[:, 1]] = np.arange(len(pairs))
    return numbers


def _journeys(written: Written) -> None:
    problem, draft, arcs = written.problem, written.draft, written.arcs
    # Nobody is served before they need care, so need so far is a bound that holds always.
    so_far = problem.need.cumsum(axis=2)
    need = draft.rows("need", problem.need.shape, lower=problem.need, upper=problem.need)
    unmet = draft.columns("unmet", problem.need.shape, upper=so_far)
    district, service = problem.arc_district[arcs], problem.arc_service[arcs]
    periods = len(problem.periods)
    cases = draft.columns("cases", (arcs.size, periods), upper=so_far[district, service])
    shape = (len(written.pairs), periods)
    most = so_far.sum(axis=0)[written.pairs[:, 1]]
    admitted = draft.columns("admitted", shape, upper=most)
    balance = draft.rows("admitted", shape, lower=0.0, upper=0.0)
    draft.put(need, unmet, 1.0)
    draft.put(need[district, service], cases, 1.0)
    pair = pair_numbers(problem, written.pairs)[problem.arc_facility[arcs], service]
    draft.put(balance[pair], cases, 1.0)
    draft.put(balance, admitted, -1.0)
    draft.charge(Aim.UNMET, unmet, problem.penalty[:, None])
    for aim, charges in journey_charges(problem, arcs).items():
        draft.charge(aim, cases, charges[:, None])


def _capacity(written: Written) -> None:
    problem, draft = written.problem, written.draft
    capacity = draft.rows("capacity", problem.capacity.shape, upper=problem.capacity)
    admitted = draft.column.blocks["admitted"].indices
    facility, service = written.pairs.T
    periods = admitted.shape[1]
    for after in range(min(problem.stays.shape[1], periods)):
        share = problem.uses[service] * problem.stays[service, after, None]
        for resource in range(len(problem.resources)):
            rows = capacity[facility, resource, after:]
            draft.put(rows, admitted[:, : periods - after], share[:, resource, None])


def _limits(written: Written) -> None:
    # Behind all features, so that each term is whole.
    draft = written.draft
    for aim, limit in written.problem.aims.limits.items():
        most = limit - draft.constants.get(aim, 0.0)
        cost = draft.cost(aim)
        columns = np.flatnonzero(cost)
        draft.put(draft.rows(f"limit.{aim}", (1,), upper=most), columns, cost[columns])


def prices(written: Written, duals: Floats) -> Floats:
    """Return what one more resource-day is worth, shape (J, R, T), from prices of all rows."""
    rows = written.draft.row.blocks["capacity"].indices
    return np.maximum(-duals[rows], 0.0)
