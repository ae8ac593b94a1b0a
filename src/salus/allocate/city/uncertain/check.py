"""The check of a plan for uncertain need that knows no solver: all of it recounted."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.uncertain.constraints import (
    CLAIMED,
    COSTS,
    COUNTS,
    EXPECTED,
    JUDGED,
    ORDER,
    PROVEN,
    SCENARIO,
    TAIL,
    TOGETHER,
)
from salus.allocate.city.uncertain.risk import tail_mean
from salus.allocate.city.uncertain.stack import proven, stack
from salus.allocate.city.uncertain.stage import first_blocks, stages
from salus.allocate.city.verify import verify
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.constraints import Constraint
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.answer import TwoStagePlan
    from salus.allocate.city.uncertain.scenarios import Scenarios
    from salus.allocate.city.uncertain.stage import Stage
    from salus.allocate.city.uncertain.worth import Worth
    from salus.allocate.city.verify import Verification


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found.

    Parameters
    ----------
    violations : tuple of Violation
        Every rule that is broken, of the scenarios and of all together; empty when it is right.
    scenarios : tuple of Verification
        The check of each scenario's plan in its city.
    cost : float
        How the recounted costs are judged.
    bound : float
        No decision costs less, as the proof shows; whole numbers are relaxed.
    gap : float
        Cost minus bound, as a share of the cost or of 1, whichever is more.
    """

    violations: tuple[Violation, ...]
    scenarios: tuple[Verification, ...]
    cost: float
    bound: float
    gap: float

    @property
    def right(self) -> bool:
        """Tell whether no rule is broken."""
        return not self.violations


def check_two_stages(
    problem: CityProblem,
    scenarios: Scenarios,
    plan: TwoStagePlan,
    worth: Worth | None = None,
) -> Checked:
    """Recount a plan for uncertain need, scenario by scenario, and check it against every rule.

    Parameters
    ----------
    problem : CityProblem
        The city; its own need is not looked at.
    scenarios : Scenarios
        What need may be.
    plan : TwoStagePlan
        The answer of any method, ours or not.
    worth : Worth, optional
        What it is said to be worth; checked, too, when given.

    Returns
    -------
    Checked
        Figures may be off by 1e-6 of them, or by 1e-6 where they are below 1.

    Raises
    ------
    ValueError
        If the answer is not one to these scenarios.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import featured_city
    >>> from salus.allocate.city.uncertain.scenarios import equally_likely
    >>> from salus.allocate.city.uncertain.two_stage import plan_two_stages
    >>> from salus.core.clock import SystemClock
    >>> city = featured_city(3)
    >>> ahead = equally_likely(np.stack([0.5 * city.need, 1.5 * city.need]))
    >>> plan = plan_two_stages(city, ahead, SystemClock())
    >>> check_two_stages(city, ahead, plan).right
    True
    >>> wrong = replace(plan, expected=0.0)
    >>> [one.constraint.name for one in check_two_stages(city, ahead, wrong).violations]
    ['expected']
    """
    _same_scenarios(problem, scenarios, plan)
    found = stages(problem, scenarios)
    each = tuple(
        verify(one.written.problem, own) for one, own in zip(found, plan.plans, strict=True)
    )
    costs = np.array([one.cost for one in each])
    cost = plan.risk.of(costs, scenarios.probability)
    counts, prices = plan.proof.counts, plan.proof.prices
    bound = proven(stack(found), counts, prices)
    violations = (
        *_of_scenarios(each),
        *_apart(found, plan),
        *_misjudged(scenarios, plan, costs),
        *_unproven(scenarios, plan, cost, bound),
        *(() if worth is None else _out_of_order(scenarios, plan, worth)),
    )
    return Checked(violations, each, cost, bound, (cost - bound) / max(1.0, abs(cost)))


def _same_scenarios(problem: CityProblem, scenarios: Scenarios, plan: TwoStagePlan) -> None:
    sizes = {
        "plans": len(plan.plans),
        "costs": plan.costs.size,
        "counts": plan.proof.counts.size,
        "prices": len(plan.proof.prices),
    }
    faults = [
        f"{name} must be {len(scenarios)}, one for each scenario, but are {size}"
        for name, size in sizes.items()
        if size != len(scenarios)
    ]
    if set(plan.first) != set(first_blocks(problem)):
        faults.append(f"first must be {first_blocks(problem)}, but is {tuple(plan.first)}")
    if faults:
        raise ValueError("; ".join(faults))


def _of_scenarios(each: tuple[Verification, ...]) -> Iterator[Violation]:
    for k, one in enumerate(each):
        for broken in one.violations:
            where = say(
                "scenario {scenario}: {rule}, {where}",
                scenario=k + 1,
                rule=broken.constraint.name,
                where=broken.where,
            )
            yield Violation(SCENARIO, where, broken.amount)


def _apart(found: tuple[Stage, ...], plan: TwoStagePlan) -> Iterator[Violation]:
    """Name scenarios in which something else is decided first than what the answer says."""
    one = found[0]
    x = np.zeros(one.program.c.size)
    for name, values in plan.first.items():
        x[one.written.draft.column.blocks[name].indices] = values
    noise = x.copy()
    noise[one.later] = 1.0
    for feature in one.written.problem.features:
        if not feature.first:
            continue
        said, other = (
            feature.read(one.written.draft, each, one.written.problem) for each in (x, noise)
        )
        for k, own in enumerate(plan.plans):
            apart = _distance(said, other, own.decision(type(said)))
            if apart > TOLERANCE:
                where = say(
                    "{feature} in scenario {scenario}", feature=feature.name, scenario=k + 1
                )
                yield Violation(TOGETHER, where, apart)


def _distance(said: object, other: object, own: object) -> float:
    """Compare the fields of a decision that what is decided later does not touch."""
    if own is None:
        return float("inf")
    apart = 0.0
    for field in fields(said) if is_dataclass(said) else ():
        one, noisy, found = (np.asarray(getattr(each, field.name)) for each in (said, other, own))
        if not np.array_equal(one, noisy) or not np.issubdtype(one.dtype, np.number):
            continue
        if one.shape != found.shape:
            return float("inf")
        scale = max(1.0, float(np.abs(one).max(initial=0.0)))
        apart = max(apart, float(np.abs(one - found).max(initial=0.0)) / scale)
    return apart


def _misjudged(scenarios: Scenarios, plan: TwoStagePlan, costs: Floats) -> Iterator[Violation]:
    for k in np.flatnonzero(
        np.abs(plan.costs - costs) > TOLERANCE * np.maximum(1.0, np.abs(costs))
    ):
        where = say(
            "scenario {scenario} claims {claimed:,.3f}, its plan adds up to {counted:,.3f}",
            scenario=int(k) + 1,
            claimed=float(plan.costs[k]),
            counted=float(costs[k]),
        )
        yield Violation(COSTS, where, float(abs(plan.costs[k] - costs[k])))
    probability = scenarios.probability
    for constraint, claimed, counted in (
        (EXPECTED, plan.expected, float(probability @ costs)),
        (TAIL, plan.tail, tail_mean(costs, probability, plan.risk.level)),
        (JUDGED, plan.cost, plan.risk.of(costs, probability)),
    ):
        yield from _different(constraint, claimed, counted)


def _different(constraint: Constraint, claimed: float, counted: float) -> Iterator[Violation]:
    if not abs(claimed - counted) <= TOLERANCE * max(1.0, abs(counted)):
        where = say(
            "the answer claims {claimed:,.3f}, its scenarios add up to {counted:,.3f}",
            claimed=claimed,
            counted=counted,
        )
        yield Violation(constraint, where, abs(claimed - counted))


def _unproven(
    scenarios: Scenarios, plan: TwoStagePlan, cost: float, bound: float
) -> Iterator[Violation]:
    counts, probability = plan.proof.counts, scenarios.probability
    outside = np.maximum(
        plan.risk.least(probability) - counts, counts - plan.risk.most(probability)
    )
    astray = max(float(outside.max()), abs(float(counts.sum()) - 1.0))
    if astray > TOLERANCE**1.5:
        yield Violation(COUNTS, say("in the proof"), astray)
    slack = TOLERANCE * max(1.0, abs(cost))
    if not plan.proof.bound <= bound + slack:
        where = say(
            "the answer claims {claimed:,.3f}, its prices prove {proven:,.3f}",
            claimed=plan.proof.bound,
            proven=bound,
        )
        yield Violation(PROVEN, where, plan.proof.bound - bound)
    if plan.claim is not None:
        over = max(bound - plan.claim, plan.claim - cost)
        if over > slack:
            yield Violation(CLAIMED, say("in the proof"), over)


def _out_of_order(scenarios: Scenarios, plan: TwoStagePlan, worth: Worth) -> Iterator[Violation]:
    probability = scenarios.probability
    yield from _different(ORDER, worth.here_and_now, plan.cost)
    yield from _different(ORDER, worth.wait_and_see, plan.risk.of(worth.known, probability))
    if np.isfinite(worth.mean_plan):
        yield from _different(ORDER, worth.mean_plan, plan.risk.of(worth.for_the_mean, probability))
    slack = TOLERANCE * max(1.0, abs(plan.cost))
    for name, value in (("VSS", worth.of_planning), ("EVPI", worth.of_knowing)):
        if value < -slack:
            where = say("{name} is {value:,.3f}", name=name, value=value)
            yield Violation(ORDER, where, -value)
