"""The exact plan of a coupled city, decomposed by price."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.assembly import FEWEST_CASES, Answer, solve_apart
from salus.allocate.city.delayed import Found, Rounds, begin, price_in
from salus.allocate.city.greedy import better
from salus.allocate.city.kept import Kept
from salus.allocate.city.limit import Limit
from salus.allocate.city.parts import groups
from salus.allocate.city.programme import prices, write
from salus.allocate.city.tally import tally
from salus.allocate.city.whole import Proven, best_in_time, plan_of, read_plan
from salus.allocate.city.withheld import refuse_withheld
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import solve
from salus.allocate.lp.stop import Stop

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Whole
    from salus.allocate.city.parts import Part
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

# A plan in whole numbers that saves less than this share is no better.
CLOSER = 1e-9


class Prices:
    """Plans with few journeys, and lets prices tell which others would pay.

    Of all journeys, few are used. The city's programme is solved with some of them; the prices
    of its rows, v for needs and u for what facilities admit, tell what every other is worth:

        r_at = minutes_a + price_a - v(need of a, t) - u(facility and service of a, t)

    Those below 0 are added, the lowest first, and the programme is solved again from where it
    was. When there are none, nothing undercuts the plan, and the prices prove it for all
    journeys. Each round bounds the whole problem, so that a limit leaves a plan with a true bound.

    Whole numbers are decided over the journeys that were priced in, then all journeys are priced
    anew around them. That is a good plan, not always the best one: the claim is the bound of the
    parts of numbers, which no plan undercuts.

    Parameters
    ----------
    stop : Stop, optional
        When to end early.
    rounds : Rounds, optional
        How many journeys are priced in, and how often.

    Examples
    --------
    >>> from salus.allocate.city.checks import featured_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = featured_city(7)
    >>> plan, exact = (each.solve(city, SystemClock()) for each in (Prices(), Exact()))
    >>> round(plan.cost - exact.cost, 6), round(plan.cost - plan.bound, 6)
    (0.0, 0.0)

    References
    ----------
    Dantzig and Wolfe (1960), Decomposition principle for linear programs; Gilmore and Gomory
    (1961), A linear programming approach to the cutting-stock problem.
    """

    name: ClassVar[str] = "prices"
    proves: ClassVar[bool] = True

    def __init__(self, stop: Stop | None = None, rounds: Rounds | None = None) -> None:
        self.stop = stop or Stop()
        self.rounds = rounds or Rounds()

    def fits(self, problem: CityProblem) -> bool:
        """Tell whether all aims are weighed together; levels are not priced."""
        return not problem.aims.order

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan that nothing can undercut.

        Raises
        ------
        ValueError
            If the aims stand on levels.
        InputError
            If no plan keeps all that is demanded.
        """
        if not self.fits(problem):
            message = "prices weighs all aims together, but the aims of this problem are ordered"
            raise ValueError(message)
        limit = Limit(self.stop, clock, clock.ticks())
        if problem.apart and (len(problem.periods) > 1 or len(groups(problem)) > 1):
            return self._apart(problem.costed, limit)
        kept, found, seconds = self._search(problem, limit)
        plan = _plan(kept, found, self.name)
        building = clock.ticks() - limit.since - seconds
        return replace(plan, build_seconds=building, solve_seconds=seconds)

    def _search(self, problem: CityProblem, limit: Limit) -> tuple[Kept, Found, float]:
        kept = Kept(problem)
        start = limit.clock.ticks()
        begin(problem, kept, self.rounds, limit)
        integral = kept.program.integral
        found = price_in(kept, self.rounds, limit if integral is None else limit.without_gap())
        if integral is not None:
            columns = np.flatnonzero(integral)
            found = _in_whole_numbers(kept, found, columns, self.rounds, limit)
        return kept, found, limit.clock.ticks() - start

    def _apart(self, problem: CityProblem, limit: Limit) -> CityPlan:
        ends: list[bool] = []
        answer = partial(self._answer, problem=problem, limit=limit, ends=ends)
        plan = solve_apart(problem, self.name, answer, limit.clock, proves=True)
        return replace(plan, stopped=not all(ends))

    def _answer(self, part: Part, problem: CityProblem, limit: Limit, ends: list[bool]) -> Answer:
        kept, found, seconds = self._search(_alone(problem, part), limit)
        ends.append(found.ended)
        cases = np.zeros(part.minutes.size)
        cases[kept.journeys.arc[found.columns]] = np.maximum(found.cases, 0)
        if not found.ended:
            cases = better(part, cases)
        proof = np.zeros(kept.program.row_lower.size) if found.proof is None else found.proof
        return Answer(cases, prices(kept.written, proof)[:, :, 0], seconds)


def _alone(problem: CityProblem, part: Part) -> CityProblem:
    return replace(
        problem,
        services=tuple(problem.services[s] for s in part.services),
        resources=tuple(problem.resources[r] for r in part.resources),
        periods=(problem.periods[part.periods[0]],),
        need=part.need[:, :, None],
        capacity=part.capacity[:, :, None],
        uses=part.uses,
        arc_district=part.district,
        arc_facility=part.facility,
        arc_service=part.service,
        arc_minutes=part.minutes,
        penalty=part.penalty,
    )


def _in_whole_numbers(
    kept: Kept, found: Found, integral: Whole, rounds: Rounds, limit: Limit
) -> Found:
    best = replace(found, x=None, cost=np.inf)
    while True:
        solution = solve(kept.whole(), stop=limit.left(), basis=False)
        if solution.x is None:
            return replace(best, ended=False)
        kept.fix(integral, np.rint(solution.x[integral]))
        around = price_in(kept, rounds, limit.without_gap())
        ended = around.ended and found.ended and solution.status is Status.OPTIMAL
        if around.cost >= best.cost * (1 - CLOSER):
            return replace(best, ended=ended)
        best = replace(around, bound=found.bound, proof=found.proof, ended=ended)
        if not ended:
            return best


def _plan(kept: Kept, found: Found, method: str) -> CityPlan:
    bound, proof = kept.prove(np.zeros(kept.program.row_lower.size))
    if found.proof is not None and found.bound >= bound:
        bound, proof = found.bound, found.proof
    claim = None if kept.program.integral is None else bound
    if found.x is None:
        plan = replace(_quick(kept.written.problem, method), bound=bound, proof=proof, claim=claim)
        return replace(plan, price=prices(kept.written, proof), stopped=True)
    plan = _read(kept, found, Proven(found.x, found.cost, bound, proof), method)
    return replace(plan, claim=claim, stopped=not found.ended)


def _quick(problem: CityProblem, method: str) -> CityPlan:
    written = write(problem)
    program = written.program()
    x, unkept = best_in_time(written, program, None)
    plan = plan_of(written, program, x, None, method)
    return replace(plan, cost=tally(problem, plan).cost, unkept=unkept)


def _read(kept: Kept, found: Found, proven: Proven, method: str) -> CityPlan:
    written = kept.written
    period, journey = np.divmod(found.columns, max(1, kept.journeys.arc.size))
    some = found.cases > FEWEST_CASES
    rows = (kept.journeys.arc[journey[some]], period[some], found.cases[some])
    plan = read_plan(written, rows, proven, method)
    if found.ended:
        refuse_withheld(written.problem, plan)
    # What only measures, such as fairness, may lie above what the decisions come to.
    return replace(plan, cost=tally(written.problem, plan).cost)
