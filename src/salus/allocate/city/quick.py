"""A plan in no time: what a limit leaves when it ends a search before it found anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.fairness.fair import Fair
from salus.allocate.city.features.fairness.floors import CoverageFloors
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.greedy import efforts
from salus.allocate.city.programme import pair_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scipy import sparse

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.programme import Written
    from salus.allocate.lp.program import LinearProgram

MOST_JOURNEYS = 8
"""The nearest journeys of each need that are tried."""

# Fewer cases than this in a step are rounding noise.
FEWEST = 1e-9
# What a bound on the gap is kept short of, for rounding.
SLACK = 1e-9


def nobody(written: Written) -> Floats:
    """Return the solution in which nobody is served and nothing is decided, shape (n,)."""
    x = np.zeros(written.draft.column.size)
    x[written.draft.column.blocks["unmet"].indices] = written.problem.need
    return x


def quick(
    written: Written, program: LinearProgram, start: Floats | None = None
) -> Iterator[Floats]:
    """Serve people greedily, within all rows of the programme, and decide nothing else.

    One journey after the other takes as many as every row allows: capacities, staff law,
    medicines at hand, limits of the aims. What was promised to groups is served first. Where two
    groups may not lie further apart than a bound, those above it are served less. Whether a
    bound on fairness is kept is not known before the plan is counted.

    Parameters
    ----------
    written : Written
        The city, with all its journeys.
    program : LinearProgram
        Its finished programme, all aims weighed together.
    start : ndarray, shape (n,), optional
        Where to begin, with something decided and nobody served; :func:`nobody` if not given.

    Yields
    ------
    ndarray, shape (n,)
        Solutions: journeys, unmet need and admissions; columns that only measure stay 0. Serving
        nobody is the last.

    Examples
    --------
    >>> from salus.allocate.city.checks import featured_city
    >>> from salus.allocate.city.programme import write
    >>> written = write(featured_city(7))
    >>> program = written.program()
    >>> costs = [program.value(x) for x in quick(written, program)]
    >>> max(costs) == costs[-1]
    True
    """
    problem = written.problem
    begin = nobody(written) if start is None else start
    moves = _moves(written, program)
    wanted = problem.need.sum(axis=(0, 2)) @ problem.uses
    for effort in efforts(wanted, problem.capacity.sum(axis=(0, 2)), problem.uses):
        x = moves.filled(begin.copy(), effort)
        evened = _evened(written, x)
        if evened is not None:
            yield evened
        yield x
    yield begin


@dataclass(frozen=True, slots=True, eq=False)
class _Moves:
    """Serving a case: one more on a journey, one fewer unmet, one more admitted.

    Parameters
    ----------
    written : Written
        The city.
    program : LinearProgram
        Its programme.
    case, unmet, admitted : ndarray of int, shape (k,)
        The columns that each move changes.
    need : ndarray of int, shape (k,)
        Number of the need that it serves, of those of shape (I, S, T).
    service : ndarray of int, shape (k,)
        Of the need.
    rows : sparse array, shape (m, k)
        What it adds to the rows that limit it.
    """

    written: Written
    program: LinearProgram
    case: Whole
    unmet: Whole
    admitted: Whole
    need: Whole
    service: Whole
    rows: sparse.csc_array

    def filled(self, x: Floats, effort: Floats) -> Floats:
        """Make moves from ``x`` on, the best first, each as far as all rows allow."""
        c, activity = self.program.c, self.program.matrix @ x
        gain = c[self.unmet] - c[self.case] - c[self.admitted]
        effort = effort[self.service]
        worth = np.divide(gain, effort, out=gain.copy(), where=effort > 0)
        first = np.lexsort((-worth, effort > 0))
        room = _Room(
            self,
            (self.program.row_upper - activity).tolist(),
            (activity - self.program.row_lower).tolist(),
        )
        left = x[self.written.draft.column.blocks["unmet"].indices].ravel()
        promised = _promised(self.written.problem)
        if promised.any():
            room.make(x, first, (left * promised.ravel()).tolist())
            served = left - x[self.written.draft.column.blocks["unmet"].indices].ravel()
            left = left - served
        room.make(x, first[gain[first] > 0], left.tolist())
        return x


@dataclass(frozen=True, slots=True, eq=False)
class _Room:
    """What is left in each row, up and down; plain lists, as a move touches a few numbers."""

    moves: _Moves
    above: list[float]
    below: list[float]

    def make(self, x: Floats, order: Whole, left: list[float]) -> None:
        moves, above, below = self.moves, self.above, self.below
        start, rows = moves.rows.indptr.tolist(), moves.rows.indices.tolist()
        values, need = moves.rows.data.tolist(), moves.need.tolist()
        done = np.zeros(moves.case.size)
        for k in order.tolist():
            served = left[need[k]]
            if served <= FEWEST:
                continue
            terms = [(rows[p], values[p]) for p in range(start[k], start[k + 1])]
            for row, value in terms:
                room = above[row] / value if value > 0 else -below[row] / value
                served = min(served, room)
            if served <= FEWEST:
                continue
            left[need[k]] -= served
            done[k] = served
            for row, value in terms:
                above[row] -= value * served
                below[row] += value * served
        x[moves.case] += done
        np.subtract.at(x, moves.unmet, done)
        np.add.at(x, moves.admitted, done)


def _moves(written: Written, program: LinearProgram) -> _Moves:
    problem, columns = written.problem, written.draft.column.blocks
    near = _nearest(written, program)
    district = problem.arc_district[written.arcs[near]]
    service = problem.arc_service[written.arcs[near]]
    pair = pair_numbers(problem, written.pairs)[problem.arc_facility[written.arcs[near]], service]
    case = columns["cases"].indices[near].ravel()
    unmet = columns["unmet"].indices[district, service].ravel()
    admitted = columns["admitted"].indices[pair].ravel()
    needing = problem.need.ravel() > 0
    need = np.arange(problem.need.size).reshape(problem.need.shape)[district, service].ravel()
    kept = needing[need]
    case, unmet, admitted, need = case[kept], unmet[kept], admitted[kept], need[kept]
    matrix = _limiting(written, program)
    rows = matrix[:, case] + matrix[:, admitted] - matrix[:, unmet]
    rows.eliminate_zeros()
    services = np.repeat(service, len(problem.periods))[kept]
    return _Moves(written, program, case, unmet, admitted, need, services, rows.tocsc())


def _nearest(written: Written, program: LinearProgram) -> Whole:
    problem, arcs = written.problem, written.arcs
    source = problem.arc_district[arcs] * len(problem.services) + problem.arc_service[arcs]
    cost = program.c[written.draft.column.blocks["cases"].indices].min(axis=1, initial=np.inf)
    order = np.lexsort((cost, source))
    source = source[order]
    place = np.arange(arcs.size) - np.searchsorted(source, source)
    return order[place < MOST_JOURNEYS]


def _limiting(written: Written, program: LinearProgram) -> sparse.csc_array:
    """Keep the rows that limit a move: not those it leaves as they are, nor those that measure."""
    fair = tuple(f"{one.name}." for one in written.problem.features if isinstance(one, Fair))
    limits = np.ones(program.row_lower.size)
    for name, block in written.draft.row.blocks.items():
        if name in ("need", "admitted") or (fair and name.startswith(fair)):
            limits[block.indices] = 0.0
    found = program.matrix.multiply(limits[:, None]).tocsc()
    found.eliminate_zeros()
    return found


def _promised(problem: CityProblem) -> Floats:
    """Tell which share of each need is promised, shape (I, S, T)."""
    share = np.zeros(len(problem.districts))
    for rule in problem.features:
        if isinstance(rule, CoverageFloors):
            share = np.maximum(share, rule.least[rule.groups.of])
    return np.broadcast_to(share[:, None, None], problem.need.shape)


def _evened(written: Written, x: Floats) -> Floats | None:
    """Serve those less who lie above a bound on the gap; ``None`` where there is no such bound."""
    rules = [one for one in written.problem.features if isinstance(one, CoverageGap)]
    if not rules:
        return None
    share = np.ones(len(written.problem.districts))
    for rule in rules:
        unmet = x[written.draft.column.blocks["unmet"].indices]
        found = rule.seen(written.problem, unmet).coverage
        most = max(0.0, np.nanmin(found, initial=1.0) + rule.most - SLACK)
        over = found > most
        factor = np.where(over, most / np.where(over, found, 1.0), 1.0)
        share = np.minimum(share, factor[rule.groups.of])
    return _served(written, x, share)


def _served(written: Written, x: Floats, share: Floats) -> Floats:
    """Serve a share of the cases of each district, shape (I,)."""
    problem, columns = written.problem, written.draft.column.blocks
    district, service = problem.arc_district[written.arcs], problem.arc_service[written.arcs]
    cases = x[columns["cases"].indices] * share[district, None]
    unmet, admitted = problem.need.astype(np.float64), np.zeros(columns["admitted"].indices.shape)
    np.subtract.at(unmet, (district, service), cases)
    pair = pair_numbers(problem, written.pairs)[problem.arc_facility[written.arcs], service]
    np.add.at(admitted, pair, cases)
    found = x.copy()
    for name, values in (("cases", cases), ("unmet", np.maximum(unmet, 0)), ("admitted", admitted)):
        found[columns[name].indices] = values
    return found
