"""The answer to uncertain need: what is decided now, and a plan for each case of the future."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.tally import tally
from salus.allocate.city.uncertain.risk import tail_mean
from salus.allocate.city.whole import plan_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.uncertain.recourse import Response
    from salus.allocate.city.uncertain.risk import Risk
    from salus.allocate.city.uncertain.scenarios import Scenarios
    from salus.allocate.city.uncertain.stage import Stage
    from salus.allocate.lp.solution import LinearSolution


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """Why no decision is judged better.

    Parameters
    ----------
    counts : ndarray, shape (K,)
        What each scenario counts, within what the risk allows; together 1.
    prices : tuple of ndarray, shapes (m_k,)
        Prices of the rows of each scenario's programme, in the measure of ``counts``.
    bound : float
        What they prove that no decision undercuts; whole numbers are relaxed.
    """

    counts: Floats
    prices: tuple[Floats, ...]
    bound: float


@dataclass(frozen=True, slots=True, eq=False)
class TwoStagePlan:
    """What is decided before need is known, and what is done in each scenario.

    Parameters
    ----------
    method : str
        Name of the method.
    risk : Risk
        How the costs of the scenarios are judged.
    first : mapping of str to ndarray
        What is decided first, by the blocks of the features, such as ``"surge"``.
    plans : tuple of CityPlan
        One for each scenario, each with this first decision.
    costs : ndarray, shape (K,)
        Of the plans, weighted minutes.
    expected : float
        Their mean.
    tail : float
        The mean of the worst of them, beyond the level of the risk.
    cost : float
        How they are judged: the mixture of both.
    proof : Proof
        Why no decision is judged better.
    claim : float or None
        What the search over whole numbers says no decision can undercut: it cannot be recounted.
    stopped : bool
        Whether a limit ended the search before its end.
    rounds : int
        How often all scenarios were asked.
    build_seconds, solve_seconds : float
        Time that it took; no part of the answer.
    """

    method: str
    risk: Risk
    first: Mapping[str, Floats]
    plans: tuple[CityPlan, ...]
    costs: Floats
    expected: float
    tail: float
    cost: float
    proof: Proof
    claim: float | None = None
    stopped: bool = False
    rounds: int = 0
    build_seconds: float = 0.0
    solve_seconds: float = 0.0

    @property
    def bound(self) -> float:
        """The best that is known of what no decision undercuts."""
        return self.proof.bound if self.claim is None else max(self.proof.bound, self.claim)

    @property
    def gap(self) -> float:
        """Cost minus bound, as a share of the cost or of 1, whichever is more."""
        return (self.cost - self.bound) / max(1.0, abs(self.cost))


def read_answer(
    method: str,
    stages: tuple[Stage, ...],
    scenarios: Scenarios,
    risk: Risk,
    responses: tuple[Response, ...],
    *,
    proof: Proof,
) -> TwoStagePlan:
    """Read the plans of all scenarios, and judge them.

    Parameters
    ----------
    method : str
        Name of the method.
    stages : tuple of Stage
        The scenarios' programmes.
    scenarios : Scenarios
        Their probabilities.
    risk : Risk
        How costs are judged.
    responses : tuple of Response
        The scenarios' answers to one decision.
    proof : Proof
        Why none is better.

    Returns
    -------
    TwoStagePlan
    """
    plans = tuple(_plan(one, found, method) for one, found in zip(stages, responses, strict=True))
    costs = np.array([plan.cost for plan in plans])
    return TwoStagePlan(
        method=method,
        risk=risk,
        first=MappingProxyType(_first(stages[0], responses[0].x)),
        plans=plans,
        costs=costs,
        expected=float(scenarios.probability @ costs),
        tail=tail_mean(costs, scenarios.probability, risk.level),
        cost=risk.of(costs, scenarios.probability),
        proof=proof,
    )


def claimed(found: LinearSolution, proof: Proof) -> float | None:
    """Read what a search over whole numbers says, which is no less than what is proven."""
    if found.bound is None or not np.isfinite(found.bound):
        return None
    return max(found.bound, proof.bound)


def _plan(one: Stage, found: Response, method: str) -> CityPlan:
    plan = plan_of(one.written, one.program, found.x, found.prices, method)
    # What features read from a solution may cost less than it, where it is not the best.
    return replace(plan, cost=tally(one.written.problem, plan).cost)


def _first(one: Stage, x: Floats) -> dict[str, Floats]:
    blocks = one.written.draft.column.blocks
    named = [block for feature in one.written.problem.features for block in feature.first]
    return {name: x[blocks[name].indices] for name in named}
