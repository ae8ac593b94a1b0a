"""The greedy plan: at each step the choice that raises the objective most."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.assembly import Answer, solve_apart
from salus.allocate.city.parts import split
from salus.allocate.city.shortlist import in_order
from salus.allocate.lp.inner import inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.parts import Part
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

    Key = tuple[bool, float, float, int, int]


class Greedy:
    """Serves as many as it can on the best journey left, then on the next best.

    A case gains penalty minus minutes. Twice a plan is filled: by the gain of a case, and, where
    cases differ in what they take, by the gain per share of the short resources that a case takes,
    many short stays before a long one; what saves more is kept. Which journeys are best is not
    sorted out beforehand: each district offers its nearest open facility, and looks for the next
    one only when its offer comes up and the facility is full.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> plan = Greedy().solve(small_city(7), SystemClock())
    >>> round(plan.cost), plan.bound is None
    (7330, True)

    References
    ----------
    Dantzig (1957), Discrete-variable extremum problems; Toyoda (1975), A simplified algorithm
    for obtaining approximate solutions to zero-one programming problems (several resources);
    Minoux (1978), Accelerated greedy algorithms for maximizing submodular set functions, for
    offers that are renewed only when they come up.
    """

    name: ClassVar[str] = "greedy"
    proves: ClassVar[bool] = False

    def fits(self, problem: CityProblem) -> bool:
        """Tell whether nothing but journeys is decided."""
        return problem.apart

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan without looking back.

        Raises
        ------
        ValueError
            If more than journeys is decided.
        """
        return solve_apart(problem, self.name, partial(_solve, clock=clock), clock)


def guarantee(problem: CityProblem) -> float:
    """Return the share of the greatest saving that a greedy plan reaches, whatever the numbers.

    The saving is what the plan costs less than serving nobody. A journey that the best plan uses
    and greedy passed by had met a full facility or a district without need, and what had filled
    that limit gained at least as much in the greedy order, per unit of that order; so the saving
    passed by at a limit is at most that of the greedy cases there, times the largest over the
    smallest amount that a unit takes. Each greedy case is counted at its district once and at its
    facility once per resource: one resource gives 1/2, k that every case takes alike 1/(k + 1).

    Parameters
    ----------
    problem : CityProblem
        What is planned.

    Returns
    -------
    float
        Above 0, at most 1/2.

    References
    ----------
    Korte and Hausmann (1978), An analysis of the greedy heuristic for independence systems;
    Jenkyns (1976), The efficacy of the "greedy" algorithm: the bound 1/k for k limits.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> guarantee(small_city(7)), round(guarantee(small_city(7, coupled=True)), 3)
    (0.5, 0.172)
    """
    return min(
        max(_share(part.uses, effort) for effort in _efforts(part)) for part in split(problem)
    )


def _share(uses: Floats, effort: Floats) -> float:
    if not effort.all():
        return 0.0
    amounts = uses / effort[:, None]
    least = np.where(amounts > 0, amounts, np.inf).min(axis=0)
    spread = amounts.max(axis=0) / least
    return 1 / (1 + float(((uses > 0) @ spread).max()))


def _solve(part: Part, clock: Clock) -> Answer:
    start = clock.ticks()
    cases = fill(part)
    return Answer(cases, np.zeros_like(part.capacity), clock.ticks() - start)


def fill(part: Part) -> Floats:
    """Serve the people of one part without looking back.

    Parameters
    ----------
    part : Part
        Services that share resources, in one period or several equal ones.

    Returns
    -------
    ndarray, shape (a,)
        Cases on each journey.
    """
    lines = _lines(part)
    plans = [_fill(part, lines, effort) for effort in _efforts(part)]
    return max(plans, key=lambda plan: inner(plan, part.gain))


def better(part: Part, cases: Floats) -> Floats:
    """Take the greedy plan of a part where it saves more than what a limit left, shape (a,)."""
    greedy = fill(part)
    return max((cases, greedy), key=lambda plan: inner(plan, part.gain))


def efforts(wanted: Floats, held: Floats, uses: Floats) -> list[Floats]:
    """Weigh a case of each service: as 1, or as its share of the short resources.

    Parameters
    ----------
    wanted, held : ndarray, shape (R,)
        Resource-days that all cases would take, and that there are.
    uses : ndarray, shape (S, R)
        Resource-days that a case takes.

    Returns
    -------
    list of ndarray, shape (S,)
        One or two; the second only where cases differ in what they take.

    Examples
    --------
    >>> [found.tolist() for found in efforts(*np.array([[8.0, 1], [4, 2]]), np.eye(2))]
    [[1.0, 1.0], [0.25, 0.0]]
    """
    alike = np.ones(len(uses))
    scarce = (wanted > held) & (held > 0)
    weight = (scarce if scarce.any() else np.ones(scarce.shape)) / np.where(held > 0, held, 1.0)
    shares = uses @ weight
    return [alike] if np.ptp(shares) == 0 else [alike, shares]


def _efforts(part: Part) -> list[Floats]:
    return efforts(part.need.sum(axis=0) @ part.uses, part.capacity.sum(axis=0), part.uses)


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """The journeys worth taking, by source, nearest first; those of a source end before ``end``."""

    journey: Whole
    facility: Whole
    minutes: Floats
    start: list[int]
    end: list[int]


def _lines(part: Part) -> _Lines:
    journey = part.worthwhile
    source, minutes = part.source[journey], part.minutes[journey]
    if not in_order(source, minutes):
        order = np.lexsort((minutes, source))
        journey, source, minutes = journey[order], source[order], minutes[order]
    ends = np.searchsorted(source, np.arange(part.need.size + 1)).tolist()
    return _Lines(journey, part.facility[journey], minutes, ends[:-1], ends[1:])


class _Left:
    """What is left of need and capacity. Plain lists: a step touches a few single numbers."""

    def __init__(self, part: Part) -> None:
        taken = part.uses > 0
        self.need: list[float] = part.need.ravel().tolist()
        self.free: list[list[float]] = part.capacity.tolist()
        self.kinds = len(part.uses)
        self.open: list[NDArray[np.bool_]] = [
            np.all(part.capacity[:, row] > 0, axis=1) for row in taken
        ]
        self._takes = [[(r, u) for r, u in enumerate(row) if u > 0] for row in part.uses.tolist()]
        self._takers = [np.flatnonzero(column).tolist() for column in taken.T]

    def serve(self, source: int, facility: int) -> float:
        """Serve as many as can be; either nobody is left or the facility is full."""
        free, takes = self.free[facility], self._takes[source % self.kinds]
        room, scarce = min((free[r] / u, r) for r, u in takes)
        served = min(room, self.need[source])
        self.need[source] -= served
        for r, u in takes:
            free[r] = max(free[r] - served * u, 0.0)
        if served == room:
            free[scarce] = 0.0
        for r, _ in takes:
            if free[r] == 0.0:
                for s in self._takers[r]:
                    self.open[s][facility] = False
        return served


def _fill(part: Part, lines: _Lines, effort: Floats) -> Floats:
    cases, left, spot = np.zeros(part.minutes.size), _Left(part), lines.start.copy()
    penalty, efforts = part.penalty.tolist(), effort.tolist()

    def offer(source: int) -> Key:
        at, s = spot[source], source % left.kinds
        minutes, shares = float(lines.minutes[at]), efforts[s]
        gain = penalty[s] - minutes
        # What takes nothing that is short comes first; ties go to the nearer, then the earlier.
        density = gain / shares if shares else gain
        return bool(shares), -density, minutes, int(lines.journey[at]), source

    offers = [offer(source) for source, end in enumerate(lines.end) if spot[source] < end]
    heapify(offers)
    while offers:
        source = heappop(offers)[-1]
        at, end = spot[source], lines.end[source]
        ahead = left.open[source % left.kinds][lines.facility[at:end]]
        if not ahead[0]:
            step = int(ahead.argmax())
            spot[source] += step
            if step:
                heappush(offers, offer(source))
            continue
        cases[lines.journey[at]] = left.serve(source, int(lines.facility[at]))
        if left.need[source] > 0:
            heappush(offers, offer(source))
    return cases
