"""Decide before need is known: for the middle, for all scenarios, cautiously, robustly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.uncertain.check import check_two_stages
from salus.allocate.city.uncertain.counterpart import decided_later
from salus.allocate.city.uncertain.recourse import Recourse, ask
from salus.allocate.city.uncertain.risk import Risk
from salus.allocate.city.uncertain.robust import plan_robustly
from salus.allocate.city.uncertain.robust_check import check_robust
from salus.allocate.city.uncertain.scenarios import Scenarios
from salus.allocate.city.uncertain.stage import first_blocks, stage, stages
from salus.allocate.city.uncertain.two_stage import plan_two_stages
from salus.allocate.city.uncertain.worth import decided_for_the_mean
from salus.allocate.lp.stop import Stop
from salus.core.messages import Message, say
from salus.service.plan_city import refuse_broken
from salus.service.uncertain.choice import CAUTIOUS, EXPECTED, MIDDLE, ROBUST, TAIL, Choice
from salus.service.uncertain.need_ahead import need_ahead
from salus.service.uncertain.robust_needs import robust_needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.recourse import Response
    from salus.allocate.city.uncertain.stage import Stage
    from salus.core.clock import Clock
    from salus.data.region.region import Region
    from salus.service.forecast_need import Need
    from salus.service.plan_city import CityAnswer
    from salus.service.rules import PlanningRules
    from salus.service.uncertain.need_ahead import NeedAhead

    Floats = NDArray[np.float64]

MOST_COLUMNS = 2_500
"""Columns of the programme of one scenario up to which all of them are planned."""
GAP = 1e-4
"""At which a search over whole numbers ends, as a share of the cost."""
DECIMALS = 6
"""Digits in which two decisions must differ to be judged apart."""
CAUTION = 0.5
"""What the worst twentieth counts of the cautious choice; the mean counts the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class PlannedAhead:
    """What to decide before need is known.

    Parameters
    ----------
    problem : CityProblem
        The city.
    ahead : NeedAhead
        What need may be.
    choices : tuple of Choice
        Those compared: for the middle first, the robust one last if there is one.
    known : ndarray, shape (k,)
        What each of the few scenarios that stand for all would cost were it known beforehand,
        weighted minutes.
    budget : float or None
        Districts that may be off at once under the robust choice; ``None`` without one.
    """

    problem: CityProblem
    ahead: NeedAhead
    choices: tuple[Choice, ...]
    known: Floats
    budget: float | None

    @property
    def of_planning(self) -> float:
        """What planning for all scenarios saves against the middle, weighted minutes on average.

        Of all scenarios that were drawn (value of the stochastic solution); below 0 where the few
        that were planned for misled.
        """
        return self.of(MIDDLE).cost - self.of(EXPECTED).cost

    @property
    def of_knowing(self) -> float:
        """What knowing need beforehand would save on average, weighted minutes.

        Of the few scenarios that stand for all (expected value of perfect information).
        """
        few = self.ahead.reduced
        costs = self.of(EXPECTED).costs[few.kept]
        return float(few.scenarios.probability @ (costs - self.known))

    def of(self, key: str) -> Choice:
        """Return the choice of a key; there must be one."""
        return next(each for each in self.choices if each.key == key)


def plan_ahead(
    region: Region,
    need: Need,
    planned: CityAnswer,
    rules: PlanningRules,
    *,
    seed: int,
    clock: Clock,
) -> tuple[PlannedAhead | None, tuple[Message, ...]]:
    """Decide what must be decided before need is known, in four ways, and judge them.

    Each way decides on the few scenarios that stand for all; all are judged on all that were
    drawn.

    Parameters
    ----------
    region : Region
        Places, services and stated demand.
    need : Need
        What it needs, with its forecasts.
    planned : CityAnswer
        The plan for the expected days.
    rules : PlanningRules
        What the plan takes for granted.
    seed : int
        Of the scenarios.
    clock : Clock
        Measures the time.

    Returns
    -------
    PlannedAhead or None
        ``None`` where nothing is decided before need is known, or the region is too large.
    tuple of Message
        What was taken for granted, or why nothing was planned.

    Raises
    ------
    MismatchError
        If a plan breaks a constraint or its proof does not hold.
    """
    problem = planned.problem
    if not first_blocks(problem):
        return None, ()
    one = stage(problem)
    if one.whole_later:
        return None, (_whole_later(),)
    columns = one.program.c.size
    if columns > MOST_COLUMNS:
        return None, (_too_large(columns),)
    severity = problem.penalty / rules.unmet_minutes
    ahead = need_ahead(region, need, severity, seed)
    first, budget = _decided(problem, ahead, severity, clock)
    choices, known = _judged(problem, ahead, severity, first)
    return PlannedAhead(problem, ahead, choices, known, budget), (ahead.assumption(),)


def _whole_later() -> Message:
    return say(
        "What is decided before need is known is planned for the forecast's middle only, not for "
        "uncertain need: whole numbers are decided after need is known, too, and trying them in "
        "every scenario takes long."
    )


def _too_large(columns: int) -> Message:
    return say(
        "What is decided before need is known is planned for the forecast's middle only, not for "
        "uncertain need: that takes long where a plan has more than {most:,} unknowns, and this "
        "one has {columns:,}. Plan fewer days with --horizon, or a part of the region.",
        columns=columns,
        most=MOST_COLUMNS,
    )


def _decided(
    problem: CityProblem, ahead: NeedAhead, severity: Floats, clock: Clock
) -> tuple[dict[str, Floats], float | None]:
    """Decide in each way what is decided first, shapes (f,)."""
    kept, stop = ahead.reduced.scenarios, Stop(gap=GAP)
    middle = Scenarios(problem.need[None], np.ones(1))
    found = {MIDDLE: decided_for_the_mean(problem, middle, stages(problem, middle))}
    for key, risk in ((EXPECTED, Risk()), (CAUTIOUS, Risk(CAUTION, TAIL))):
        plan = plan_two_stages(problem, kept, clock, risk, stop=stop)
        refuse_broken(say("plan for uncertain need"), check_two_stages(problem, kept, plan))
        found[key] = _flat(plan.first)
    if decided_later(problem):
        return found, None
    needs = robust_needs(problem.need, ahead.drawn, severity, TAIL)
    safe = plan_robustly(problem, needs, clock, stop)
    refuse_broken(say("robust plan"), check_robust(problem, safe))
    return {**found, ROBUST: _flat(safe.first)}, needs.budget


def _flat(first: Mapping[str, Floats]) -> Floats:
    return np.concatenate([values.ravel() for values in first.values()])


def _judged(
    problem: CityProblem, ahead: NeedAhead, severity: Floats, first: Mapping[str, Floats]
) -> tuple[tuple[Choice, ...], Floats]:
    """Let each scenario that was drawn answer each choice, and the few decide for themselves."""
    found, kept = stages(problem, ahead.drawn), ahead.reduced.kept
    own = Recourse(problem, tuple(found[k] for k in kept))
    known = np.array([each.cost for each in ask(own, ahead.reduced.scenarios, None)])
    return tuple(_choices(found, Recourse(problem, found), ahead, severity, first)), known


def _choices(
    found: tuple[Stage, ...],
    recourse: Recourse,
    ahead: NeedAhead,
    severity: Floats,
    first: Mapping[str, Floats],
) -> Iterator[Choice]:
    one = found[0]
    unmet = one.written.draft.column.blocks["unmet"].indices
    asked: dict[bytes, tuple[Response, ...]] = {}
    for key, decided in first.items():
        same = decided.round(DECIMALS).tobytes()
        if same not in asked:
            asked[same] = ask(recourse, ahead.drawn, decided)
        answers = asked[same]
        yield Choice(
            key,
            decided,
            tuple(
                feature.read(one.written.draft, answers[0].x, one.written.problem)
                for feature in one.written.problem.features
                if feature.first
            ),
            np.array([severity @ each.x[unmet].sum(axis=(0, 2)) for each in answers]),
            np.array([each.cost for each in answers]),
            ahead.drawn.probability,
        )
