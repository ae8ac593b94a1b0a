"""Deciding before need is known: one verb for both methods."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.allocate.city.uncertain.benders import solve_benders
from salus.allocate.city.uncertain.equivalent import solve_equivalent
from salus.allocate.city.uncertain.risk import Risk
from salus.allocate.city.uncertain.stage import stage
from salus.allocate.lp.stop import Stop
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.answer import TwoStagePlan
    from salus.allocate.city.uncertain.scenarios import Scenarios
    from salus.core.clock import Clock
    from salus.core.groupmap import Runner

MOST_COLUMNS = 100_000
"""Columns of all scenarios together up to which they are solved as one programme."""


class Method(StrEnum):
    """How the scenarios are solved."""

    AUTO = "auto"
    EQUIVALENT = "deterministic equivalent"
    BENDERS = "benders"


@dataclass(frozen=True, slots=True)
class Choice:
    """A method, and why it is taken.

    Parameters
    ----------
    method : Method
        Never ``AUTO``.
    why : Message
        The reason, for people.
    """

    method: Method
    why: Message


def choose(problem: CityProblem, scenarios: Scenarios) -> Choice:
    """Choose the method for a city and its scenarios.

    Parameters
    ----------
    problem : CityProblem
        The city.
    scenarios : Scenarios
        What need may be.

    Returns
    -------
    Choice
        The deterministic equivalent while all scenarios together have no more than
        ``MOST_COLUMNS`` columns, or where whole numbers are decided after need is known;
        Benders otherwise.
    """
    one = stage(scenarios.city(problem, 0))
    columns = len(scenarios) * one.program.c.size
    if one.whole_later:
        return Choice(
            Method.EQUIVALENT, say("whole numbers are decided later, so prices prove nothing")
        )
    if columns <= MOST_COLUMNS:
        why = say(
            "the scenarios have {columns:,} columns together, no more than {most:,}",
            columns=columns,
            most=MOST_COLUMNS,
        )
        return Choice(Method.EQUIVALENT, why)
    why = say(
        "the scenarios have {columns:,} columns together, more than {most:,}",
        columns=columns,
        most=MOST_COLUMNS,
    )
    return Choice(Method.BENDERS, why)


def plan_two_stages(
    problem: CityProblem,
    scenarios: Scenarios,
    clock: Clock,
    risk: Risk = Risk(),  # noqa: B008 - frozen
    *,
    method: Method = Method.AUTO,
    stop: Stop = Stop(),  # noqa: B008 - frozen
    runner: Runner | None = None,
) -> TwoStagePlan:
    """Decide now what must be decided before need is known, and plan each scenario.

    What is decided now are the ``first`` blocks of the city's features, such as what surge
    opens; journeys and all else are decided in each scenario.

    Parameters
    ----------
    problem : CityProblem
        The city; its own need is not looked at.
    scenarios : Scenarios
        What need may be.
    clock : Clock
        Measures the time.
    risk : Risk
        How the costs of the scenarios are judged; by their mean when not given.
    method : Method
        How they are solved; chosen by :func:`choose` when not given.
    stop : Stop
        When to end early, with the best that was found.
    runner : Runner, optional
        Where the scenarios are solved; here, when not given.

    Returns
    -------
    TwoStagePlan

    Raises
    ------
    ValueError
        If the scenarios do not fit the city, or the method does not fit it.
    InputError
        If no decision leaves a plan to every scenario.

    Examples
    --------
    Half as much need or half as much again: beds open for the worse case, and more of them when
    its tail counts.

    >>> import numpy as np
    >>> from salus.allocate.city.checks import featured_city
    >>> from salus.allocate.city.uncertain.scenarios import Scenarios
    >>> from salus.core.clock import SystemClock
    >>> city = featured_city(3)
    >>> ahead = Scenarios(np.stack([0.5 * city.need, 1.5 * city.need]), np.array([0.7, 0.3]))
    >>> for risk in (Risk(), Risk(1.0, 0.8)):
    ...     plan = plan_two_stages(city, ahead, SystemClock(), risk)
    ...     plan.first["surge"].round(2).tolist(), round(plan.expected), round(plan.tail)
    ([0.14, 3.0], 6376, 16043)
    ([2.0, 3.0], 6488, 15773)
    """
    if method is Method.AUTO:
        method = choose(problem, scenarios).method
    solve = solve_benders if method is Method.BENDERS else solve_equivalent
    return solve(problem, scenarios, risk, clock, stop=stop, runner=runner)
