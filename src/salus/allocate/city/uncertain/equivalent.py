"""The deterministic equivalent: all scenarios solved as one programme."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.limit import Limit
from salus.allocate.city.uncertain.answer import Proof, TwoStagePlan, claimed, read_answer
from salus.allocate.city.uncertain.recourse import Recourse, Response, ask
from salus.allocate.city.uncertain.stack import proven, stack
from salus.allocate.city.uncertain.stage import cut, first_bounds, no_plan, stages, usable
from salus.allocate.city.whole import relaxed
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import solve

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.risk import Risk
    from salus.allocate.city.uncertain.scenarios import Scenarios
    from salus.allocate.city.uncertain.stack import Stack
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.stop import Stop
    from salus.core.clock import Clock
    from salus.core.groupmap import Runner

# A scenario that counts less than this is left to chance by the joint programme.
UNCOUNTED = 1e-9


def solve_equivalent(
    problem: CityProblem,
    scenarios: Scenarios,
    risk: Risk,
    clock: Clock,
    *,
    stop: Stop,
    runner: Runner | None = None,
) -> TwoStagePlan:
    """Put all scenarios into one programme, joined by what is decided first, and solve it.

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
        Where scenarios are solved that do not count, or whose decision is in whole numbers.

    Returns
    -------
    TwoStagePlan

    Raises
    ------
    InputError
        If no decision leaves a plan to every scenario.
    """
    limit = Limit(stop, clock, clock.ticks())
    both = stack(stages(problem, scenarios))
    program = both.judged(scenarios.probability, risk)
    built = clock.ticks()
    whole = program.integral is not None
    priced = solve(relaxed(program), stop=limit.left())
    best = priced
    if whole and priced.status is Status.TIME_LIMIT:
        best = replace(priced, x=None)
    elif whole and priced.status is not Status.INFEASIBLE:
        best = solve(program, stop=limit.left())
    if best.status is Status.INFEASIBLE:
        raise no_plan()
    proof = _proof(both, scenarios, risk, priced)
    if best.x is None or both.stages[0].whole_first or (proof.counts < UNCOUNTED).any():
        responses = ask(
            Recourse(problem, both.stages), scenarios, _first(both, best.x), runner, limit.left()
        )
    else:
        responses = _responses(both, best.x, proof)
    ended = clock.ticks()
    plan = read_answer(
        "deterministic equivalent", both.stages, scenarios, risk, responses, proof=proof
    )
    return replace(
        plan,
        claim=claimed(best, proof) if whole else None,
        stopped=best.status is not Status.OPTIMAL,
        build_seconds=built - limit.since + clock.ticks() - ended,
        solve_seconds=ended - built,
    )


def _first(both: Stack, x: Floats | None) -> Floats:
    one, (lower, upper) = both.stages[0], first_bounds(both.stages)
    if x is None:
        return np.clip(0.0, lower, upper)
    found = np.clip(x[: one.first.size], lower, upper)
    return np.where(one.whole_columns, np.rint(found), found)


def _proof(both: Stack, scenarios: Scenarios, risk: Risk, priced: LinearSolution) -> Proof:
    counts = risk.least(scenarios.probability)
    if priced.row_duals is None:
        prices = tuple(np.zeros(one.program.row_lower.size) for one in both.stages)
        counts = scenarios.probability
    else:
        prices = tuple(
            usable(one.program, priced.row_duals[rows])
            for one, rows in zip(both.stages, both.rows, strict=True)
        )
        if risk.weight > 0:
            counts = counts + priced.row_duals[both.rows[-1].stop :]
        counts = risk.fitted(counts, scenarios.probability)
    return Proof(counts, prices, proven(both, counts, prices))


def _responses(both: Stack, x: Floats, proof: Proof) -> tuple[Response, ...]:
    found = []
    columns = zip(both.stages, both.places, proof.counts, proof.prices, strict=True)
    for one, place, count, prices in columns:
        own, alone = x[place], prices / count
        cost = one.program.value(own)
        constant, slope = cut(one, alone)
        found.append(
            Response(feasible=True, cost=cost, x=own, prices=alone, constant=constant, slope=slope)
        )
    return tuple(found)
