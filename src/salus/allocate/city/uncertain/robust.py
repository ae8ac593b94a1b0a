"""A plan that holds for every need of a set: shares of need, promised before need is known.

Each district sends fixed shares of its need to facilities, whatever the need turns out to be (an
affine rule). For every need of the set, no capacity is exceeded and no more stays unmet than
stated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.assembly import FEWEST_CASES
from salus.allocate.city.limit import Limit
from salus.allocate.city.plan import CityPlan
from salus.allocate.city.programme import write
from salus.allocate.city.uncertain.counterpart import per_case, write_counterpart
from salus.allocate.city.uncertain.stage import first_blocks, no_plan, usable
from salus.allocate.city.whole import best_in_time, relaxed
from salus.allocate.lp.bound import proved_bound
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import solve
from salus.allocate.lp.stop import Stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.counterpart import Counterpart
    from salus.allocate.city.uncertain.needs import NeedSet
    from salus.allocate.lp.solution import LinearSolution
    from salus.core.clock import Clock


@dataclass(frozen=True, slots=True, eq=False)
class RobustPlan:
    """Shares of need, what is decided beside them, and what holds for every need of the set.

    Parameters
    ----------
    needs : NeedSet
        The needs that the plan holds for.
    journey, period : ndarray of int, shape (n,)
        Journey within the problem, and period, of each row.
    share : ndarray, shape (n,)
        Share of its district's need for its service that takes this journey, from 0 to 1.
    decisions : tuple
        What the features of the problem decided.
    first : mapping of str to ndarray
        The same by the blocks of the features, such as ``"surge"``.
    cost : float
        No need of the set costs more, weighted minutes.
    nominal_cost : float
        What the nominal need costs.
    unmet : float
        Under no need of the set do more cases stay unmet.
    proof : ndarray, shape (m,)
        Prices of the rows of the counterpart.
    bound : float
        No shares have a lower cost, as these prices prove; whole numbers are relaxed.
    claim : float or None
        What the search over whole numbers says cannot be undercut.
    stopped : bool
        Whether a limit ended the search before its end.
    solve_seconds : float
        Time that it took; no part of the answer.
    """

    needs: NeedSet
    journey: Whole
    period: Whole
    share: Floats
    decisions: tuple[object, ...]
    first: Mapping[str, Floats]
    cost: float
    nominal_cost: float
    unmet: float
    proof: Floats
    bound: float
    claim: float | None = None
    stopped: bool = False
    solve_seconds: float = 0.0

    def plan(self, problem: CityProblem, need: Floats) -> tuple[CityProblem, CityPlan]:
        """Say who goes where, once need is known.

        Parameters
        ----------
        problem : CityProblem
            The city that was planned.
        need : ndarray, shape (I, S, T)
            The need. If it is none of the set, the plan may break its rules.

        Returns
        -------
        CityProblem
            The city with this need.
        CityPlan
            For that city, without a bound.
        """
        arc = self.journey
        district, service = problem.arc_district[arc], problem.arc_service[arc]
        cases = self.share * need[district, service, self.period]
        plan = CityPlan(
            method="robust",
            district=district,
            facility=problem.arc_facility[arc],
            service=service,
            period=self.period,
            cases=cases,
            price=np.zeros_like(problem.capacity, dtype=np.float64),
            cost=self.cost_of(problem, need),
            decisions=self.decisions,
        )
        return replace(problem, need=need), plan

    def unserved(self, problem: CityProblem) -> Floats:
        """Return the share of need that stays unmet, shape (I, S, T)."""
        left = np.ones_like(self.needs.nominal)
        place = (problem.arc_district[self.journey], problem.arc_service[self.journey], self.period)
        np.subtract.at(left, place, self.share)
        # Shares that add up to 1 leave nobody, but for the rounding of the sum.
        return np.where(left > FEWEST_CASES, left, 0.0)

    def per_case(self, problem: CityProblem) -> Floats:
        """Return what a case of each place costs, shape (I, S, T), weighted minutes."""
        journey, unmet = per_case(problem)
        found = self.unserved(problem) * unmet[:, None]
        place = (problem.arc_district[self.journey], problem.arc_service[self.journey], self.period)
        np.add.at(found, place, self.share * journey[self.journey])
        return found

    def fixed_cost(self, problem: CityProblem) -> float:
        """Return what the decisions cost whatever need is, weighted minutes."""
        row = np.zeros(0, dtype=np.int64)
        price = np.zeros_like(problem.capacity, dtype=np.float64)
        none = CityPlan("robust", row, row, row, row, np.zeros(0), price, 0.0)
        plan = replace(none, decisions=self.decisions)
        charges = (feature.recount(problem, plan).charges for feature in problem.features)
        return sum(
            problem.aims.weight(aim) * amount for one in charges for aim, amount in one.items()
        )

    def cost_of(self, problem: CityProblem, need: Floats) -> float:
        """Return what a need costs, weighted minutes."""
        return float((need * self.per_case(problem)).sum()) + self.fixed_cost(problem)


def plan_robustly(
    problem: CityProblem,
    needs: NeedSet,
    clock: Clock,
    stop: Stop = Stop(),  # noqa: B008 - frozen
) -> RobustPlan:
    """Promise shares of need such that the worst need of a set costs least.

    Parameters
    ----------
    problem : CityProblem
        The city; its own need is not looked at. Its features must decide before need is known
        and change nothing but capacities, such as surge: waiting, lending, transfers, medicines,
        staff law and fairness are refused, as are levels of the aims. Of these,
        :func:`~salus.allocate.city.uncertain.two_stage.plan_two_stages` takes the features.
    needs : NeedSet
        The needs that the plan must hold for.
    clock : Clock
        Measures the time.
    stop : Stop
        When to end early, with the best that was found, or a quick plan that serves the highest
        needs if nothing was; the programmes are always written.

    Returns
    -------
    RobustPlan

    Raises
    ------
    ValueError
        If the needs do not fit the city, or something is decided when need is known.
    InputError
        If no plan keeps all that is demanded.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.uncertain.needs import NeedSet
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> for budget in (0, 1, 4):
    ...     needs = NeedSet(city.need, 0.3 * city.need, budget)
    ...     plan = plan_robustly(city, needs, SystemClock())
    ...     round(plan.nominal_cost), round(plan.cost), round(plan.unmet, 1)
    (6845, 6845, 25.5)
    (9284, 10225, 46.8)
    (10315, 13410, 65.7)
    """
    limit = Limit(stop, clock, clock.ticks())
    written = write_counterpart(problem, needs)
    program = written.program()
    whole = program.integral is not None
    priced = solve(relaxed(program), stop=limit.left())
    found = priced
    if whole and priced.status is Status.TIME_LIMIT:
        found = replace(priced, x=None)
    elif whole and priced.status is not Status.INFEASIBLE:
        found = solve(program, stop=limit.left())
    if found.status is Status.INFEASIBLE:
        raise no_plan()
    plan = _read(written, found, priced)
    return replace(
        plan,
        claim=max(found.bound, plan.bound) if whole and found.bound is not None else None,
        stopped=found.status is not Status.OPTIMAL,
        solve_seconds=clock.ticks() - limit.since,
    )


def _quick(written: Counterpart) -> Floats:
    """Share out what a quick plan serves if every need is its highest, shape (n,)."""
    problem, highest = written.problem, written.needs.highest
    city = write(replace(problem, need=highest))
    served, _ = best_in_time(city, city.program(), None)
    need = highest[problem.arc_district[city.arcs], problem.arc_service[city.arcs]]
    cases = served[city.draft.column.blocks["cases"].indices]
    x = np.zeros(written.draft.column.size)
    x[written.draft.column.blocks["share"].indices] = cases / np.where(need > 0, need, 1.0)
    return x


def _read(written: Counterpart, found: LinearSolution, priced: LinearSolution) -> RobustPlan:
    problem, needs, draft = written.problem, written.needs, written.draft
    x = _quick(written) if found.x is None else found.x
    shares = np.clip(x[draft.column.blocks["share"].indices], 0.0, 1.0)
    journey, period = np.nonzero(shares > FEWEST_CASES)
    program = written.program()
    duals = np.zeros(program.row_lower.size) if priced.row_duals is None else priced.row_duals
    proof = usable(program, duals)
    plan = RobustPlan(
        needs=needs,
        journey=written.arcs[journey],
        period=period,
        share=shares[journey, period],
        decisions=tuple(feature.read(draft, x, problem) for feature in problem.features),
        first={name: x[draft.column.blocks[name].indices] for name in first_blocks(problem)},
        cost=0.0,
        nominal_cost=0.0,
        unmet=0.0,
        proof=proof,
        bound=max(proved_bound(program, proof), written.least_cost()),
    )
    return replace(
        plan,
        cost=needs.worst(plan.per_case(problem)) + plan.fixed_cost(problem),
        nominal_cost=plan.cost_of(problem, needs.nominal),
        unmet=needs.worst(plan.unserved(problem)),
    )
