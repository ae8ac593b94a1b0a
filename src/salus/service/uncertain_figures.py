"""The figures of what is decided before need is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.service.figure import COST, NO_UNIT, WEIGHTED, Figure, figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.uncertain.plan_ahead import PlannedAhead

KEY = "uncertain"
SCENARIOS, DISTRICTS = say("scenarios"), say("districts")


def uncertain_figures(planned: PlannedAhead) -> Iterator[Figure]:
    """Collect what each choice leaves unmet, and what planning and knowing are worth.

    Parameters
    ----------
    planned : PlannedAhead
        What to decide before need is known.

    Yields
    ------
    Figure
    """
    for choice in planned.choices:
        name = f"{KEY}.{choice.key}"
        yield figure(f"{name}.average", say("unmet on average"), choice.average, WEIGHTED, 1)
        yield figure(f"{name}.tail", say("unmet in the worst twentieth"), choice.tail, WEIGHTED, 1)
        yield figure(f"{name}.worst", say("unmet in the worst case"), choice.worst, WEIGHTED, 1)
        yield figure(f"{name}.cost", say("cost on average"), choice.cost, COST)
    yield figure(
        f"{KEY}.of_planning",
        say("value of the stochastic solution (VSS)"),
        planned.of_planning,
        COST,
    )
    yield figure(
        f"{KEY}.of_knowing",
        say("expected value of perfect information (EVPI)"),
        planned.of_knowing,
        COST,
    )
    few = planned.ahead.reduced
    yield figure(f"{KEY}.drawn", say("drawn"), len(planned.ahead.drawn), SCENARIOS)
    yield figure(f"{KEY}.kept", say("kept"), len(few.scenarios), SCENARIOS)
    yield figure(f"{KEY}.distance", say("distance of those kept"), few.distance, WEIGHTED, 1)
    yield figure(f"{KEY}.seed", say("seed of the scenarios"), planned.ahead.seed, NO_UNIT)
    if planned.budget is not None:
        yield figure(f"{KEY}.budget", say("off at once"), planned.budget, DISTRICTS)
