"""The L-shaped method: scenarios answer a decision one by one, and a master learns from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.limit import Limit
from salus.allocate.city.uncertain.answer import Proof, TwoStagePlan, claimed, read_answer
from salus.allocate.city.uncertain.master import Master
from salus.allocate.city.uncertain.recourse import Recourse, Response, ask
from salus.allocate.city.uncertain.stack import proven, stack
from salus.allocate.city.uncertain.stage import first_bounds, no_plan, stages
from salus.allocate.city.uncertain.worth import decided_for_the_mean
from salus.allocate.lp.solution import Status

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.risk import Risk
    from salus.allocate.city.uncertain.scenarios import Scenarios
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.stop import Stop
    from salus.core.clock import Clock
    from salus.core.groupmap import Runner

GAP = 1e-8
"""Relative gap between the best decision and what the master knows at which the search ends."""

MOST_ROUNDS = 500
"""Rounds after which the search ends with the gap it has."""

SHORTEST = 0.1
"""Shortest step from the best decision to what the master proposes, whose proposals are wild."""


def solve_benders(
    problem: CityProblem,
    scenarios: Scenarios,
    risk: Risk,
    clock: Clock,
    *,
    stop: Stop,
    runner: Runner | None = None,
) -> TwoStagePlan:
    """Learn from the scenarios what a decision costs, until none can be better.

    The master proposes the decision that is best as far as is known. Each scenario answers with
    its cost there, and with prices that bound its cost everywhere (a cut each: the multicut
    form). The best decision so far costs no less than the optimum, the master's no more. After a
    proposal that is no better, the next is met half-way. Whole numbers may be any at first; then
    the master is held to them.

    Parameters
    ----------
    problem : CityProblem
        The city; its own need is not looked at.
    scenarios : Scenarios
        What need may be.
    risk : Risk
        How costs are judged.
    clock : Clock
        Measures the time.
    stop : Stop
        When to end early.
    runner : Runner, optional
        Where the scenarios answer; here, when not given.

    Returns
    -------
    TwoStagePlan

    Raises
    ------
    ValueError
        If whole numbers are decided after need is known: prices prove nothing there.
    InputError
        If no decision leaves a plan to every scenario.

    References
    ----------
    Van Slyke and Wets (1969), L-shaped linear programs; Birge and Louveaux (1988), A multicut
    algorithm for two-stage stochastic linear programs; Ben-Ameur and Neto (2007), Acceleration of
    cutting-plane and column generation algorithms.
    """
    begun = clock.ticks()
    found = stages(problem, scenarios)
    if any(one.whole_later for one in found):
        message = "Benders takes no whole numbers that are decided later, but the city has some"
        raise ValueError(message)
    built = clock.ticks()
    search = _Search(
        _Question(scenarios, risk, Recourse(problem, found), runner),
        Master(found, scenarios.probability, risk),
        Limit(replace(stop, gap=None), clock, begun),
        max(GAP, stop.gap or 0.0),
    )
    search.ask(decided_for_the_mean(problem, scenarios, found, whole=False, stop=search.left))
    last, done = search.improve()
    proof = _proof(search.master, last)
    claim = None
    if found[0].whole_first:
        search.cost = np.inf
        search.master.hold_to_whole()
        search.ask(np.rint(search.responses[0].x[found[0].first]))
        last, ended = search.improve()
        claim, done = claimed(last, proof), done and ended
    plan = read_answer("benders", found, scenarios, risk, search.responses, proof=proof)
    return replace(
        plan,
        claim=claim,
        stopped=not done,
        rounds=search.rounds,
        build_seconds=built - begun,
        solve_seconds=clock.ticks() - built,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """What is asked of the scenarios, and where."""

    scenarios: Scenarios
    risk: Risk
    recourse: Recourse
    runner: Runner | None

    def ask(self, first: Floats, stop: Stop) -> tuple[tuple[Response, ...], float]:
        found = ask(self.recourse, self.scenarios, first, self.runner, stop)
        costs = np.array([each.cost for each in found])
        return found, self.risk.of(costs, self.scenarios.probability)


@dataclass(slots=True)
class _Search:
    """The best decision so far."""

    question: _Question
    master: Master
    limit: Limit
    gap: float
    cost: float = np.inf
    responses: tuple[Response, ...] = ()
    rounds: int = 0
    step: float = 1.0

    @property
    def left(self) -> Stop:
        """What is left of the time; the master is always solved to its end."""
        return self.limit.left()

    def ask(self, first: Floats) -> None:
        """Let all scenarios answer, learn from them, and keep the decision if it is the best."""
        found, cost = self.question.ask(first, self.left)
        self.master.learn(found)
        self.rounds += 1
        if not self.responses or not cost >= self.cost:
            self.cost, self.responses = cost, found

    def improve(self) -> tuple[LinearSolution, bool]:
        """Propose and ask until nothing is left to gain; tell whether that was reached."""
        stages = self.master.stages
        while True:
            best = self.master.solve(self.left)
            if best.status is Status.INFEASIBLE:
                raise no_plan()
            if best.x is None or best.objective is None:
                return best, False
            if self.cost - best.objective <= self.gap * max(1.0, abs(best.objective)):
                return best, best.status is Status.OPTIMAL
            if self.left.seconds == 0 or self.rounds >= MOST_ROUNDS:
                return best, False
            first = np.clip(best.x[: stages[0].first.size], *first_bounds(stages))
            if best.row_duals is None:
                self.ask(np.where(stages[0].whole_columns, np.rint(first), first))
            else:
                self._approach(first)

    def _approach(self, first: Floats) -> None:
        """Ask somewhere between the best decision and what the master proposes.

        Where that is no better, by convexity its cut rules the proposal out all the same.
        """
        here, before = self.responses[0].x[self.master.stages[0].first], self.cost
        step = self.step if np.isfinite(before) else 1.0
        self.ask(here + step * (first - here))
        self.step = min(1.0, 2 * step) if self.cost < before else max(SHORTEST, step / 2)


def _proof(master: Master, last: LinearSolution) -> Proof:
    counts, prices = master.proof(last)
    return Proof(counts, prices, proven(stack(master.stages), counts, prices))
