"""What it is worth to plan for all scenarios at once, and what it would be worth to know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.uncertain.recourse import Recourse, Warm, ask
from salus.allocate.city.uncertain.stage import first_bounds, stage, stages
from salus.allocate.lp.engine import UNLIMITED

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.answer import TwoStagePlan
    from salus.allocate.city.uncertain.scenarios import Scenarios
    from salus.allocate.city.uncertain.stage import Stage
    from salus.allocate.lp.stop import Stop
    from salus.core.groupmap import Runner


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """The plan held against knowing need, and against planning for its mean.

    Parameters
    ----------
    known : ndarray, shape (K,)
        Cost of each scenario if it were known before anything is decided.
    of_the_mean : ndarray, shape (f,)
        What is decided first when the mean is taken for what will be.
    for_the_mean : ndarray, shape (K,)
        Cost of each scenario after that decision; infinite where it leaves no plan.
    wait_and_see : float
        How the costs ``known`` are judged.
    here_and_now : float
        How the plan for all scenarios is judged.
    mean_plan : float
        How the costs ``for_the_mean`` are judged (EEV).

    References
    ----------
    Birge (1982), The value of the stochastic solution in stochastic linear programs with fixed
    recourse.
    """

    known: Floats
    of_the_mean: Floats
    for_the_mean: Floats
    wait_and_see: float
    here_and_now: float
    mean_plan: float

    @property
    def of_planning(self) -> float:
        """Value of the stochastic solution (VSS): what planning for all scenarios saves."""
        return self.mean_plan - self.here_and_now

    @property
    def of_knowing(self) -> float:
        """Expected value of perfect information (EVPI): what a perfect forecast would save."""
        return self.here_and_now - self.wait_and_see


def worth(
    problem: CityProblem, scenarios: Scenarios, plan: TwoStagePlan, runner: Runner | None = None
) -> Worth:
    """Find what a plan is worth.

    Parameters
    ----------
    problem : CityProblem
        The city.
    scenarios : Scenarios
        What need may be.
    plan : TwoStagePlan
        The plan; the other costs are judged by its risk, too.
    runner : Runner, optional
        Where the scenarios are solved; here, when not given.

    Returns
    -------
    Worth
        Of several best decisions for the mean, one is taken.

    Raises
    ------
    ValueError
        If the scenarios do not fit the city.
    """
    found = stages(problem, scenarios)
    recourse = Recourse(problem, found)
    known = _costs(recourse, scenarios, None, runner)
    first = decided_for_the_mean(problem, scenarios, found)
    after = _costs(recourse, scenarios, first, runner)
    return Worth(
        known=known,
        of_the_mean=first,
        for_the_mean=after,
        wait_and_see=plan.risk.of(known, scenarios.probability),
        here_and_now=plan.cost,
        mean_plan=plan.risk.of(after, scenarios.probability),
    )


def decided_for_the_mean(
    problem: CityProblem,
    scenarios: Scenarios,
    found: tuple[Stage, ...],
    *,
    whole: bool = True,
    stop: Stop = UNLIMITED,
) -> Floats:
    """Decide as if need were its mean, shape (f,).

    Parameters
    ----------
    problem : CityProblem
        The city.
    scenarios : Scenarios
        What need may be.
    found : tuple of Stage
        The scenarios' programmes, whose bounds the decision keeps.
    whole : bool
        Whether whole numbers must be whole.
    stop : Stop
        When to decide nothing instead.

    Returns
    -------
    ndarray, shape (f,)
    """
    mean = stage(replace(problem, need=scenarios.mean))
    if not whole:
        mean = replace(mean, program=replace(mean.program, integral=None))
    first = np.clip(Warm(mean).respond(None, stop=stop).x[mean.first], *first_bounds(found))
    return np.where(mean.whole_columns, np.rint(first), first)


def _costs(
    recourse: Recourse, scenarios: Scenarios, first: Floats | None, runner: Runner | None
) -> Floats:
    return np.array([each.cost for each in ask(recourse, scenarios, first, runner)])
