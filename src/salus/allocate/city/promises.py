"""What was promised and cannot be kept: coverage and limits of the aims, and what can be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aims
from salus.allocate.city.features.fairness.floors import CoverageFloors
from salus.allocate.city.programme import write
from salus.allocate.city.violation import TOLERANCE
from salus.allocate.lp.solve import solve
from salus.allocate.lp.stop import Stop
from salus.core.errors import Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem

LONGEST = Stop(seconds=60.0)
"""How long a promise is looked for that can be kept."""


def blame_floors(problem: CityProblem) -> tuple[Fault, ...]:
    """Find the groups that cannot be covered as they were promised.

    The promises are broken by as little as possible in sum, beside all else that must be kept.

    Parameters
    ----------
    problem : CityProblem
        A problem without any plan.

    Returns
    -------
    tuple of Fault
        Naming each group that is covered less than promised then, and what it can have; empty
        where the promises are not to blame.
    """
    rules = (each for each in problem.features if isinstance(each, CoverageFloors))
    return tuple(fault for rule in rules for fault in _broken(problem, rule))


def _broken(problem: CityProblem, rule: CoverageFloors) -> tuple[Fault, ...]:
    groups = np.flatnonzero(rule.seen(problem, problem.need).need > 0)
    least = rule.least[groups]
    broken = _breaks(problem, rule, groups, together=False)
    missing = np.zeros(0, int) if broken is None else np.flatnonzero(broken > TOLERANCE)
    if broken is None or not missing.size:
        return ()
    if np.ptp(least) == 0:
        # One share for all: what each could have while others have more is no advice.
        common = _breaks(problem, rule, groups, together=True)
        broken = broken if common is None else common
    return tuple(
        Fault(
            say(
                "{group} was promised a coverage of {least:.1%}, but no plan keeps all promises",
                group=rule.groups.names[groups[k]],
                least=least[k],
            ),
            Where("allocate.city"),
            say(
                "promise {reached:.1%} or less, or bring capacity within reach of {group}",
                reached=_down(least[k] - broken[k]),
                group=rule.groups.names[groups[k]],
            ),
        )
        for k in missing
    )


def _breaks(
    problem: CityProblem, rule: CoverageFloors, groups: Whole, *, together: bool
) -> Floats | None:
    """Break the promises by as little as possible in sum, or all by one share, shape (groups,)."""
    loose = replace(rule, least=np.zeros_like(rule.least))
    others = tuple(loose if each is rule else each for each in problem.features)
    draft = write(replace(problem, features=others, aims=Aims(limits=problem.aims.limits))).draft
    short = draft.column.blocks["floors.shortfall"].indices
    broken = draft.columns("promises.broken", (1,) if together else short.shape, upper=1.0)
    by = np.broadcast_to(broken, short.shape)
    kept = draft.rows("promises.kept", short.shape, lower=-1.0, upper=1 - rule.least[groups])
    draft.put(kept, short, 1.0)
    draft.put(kept, by, -1.0)
    draft.charge("broken", broken, 1.0)
    program = draft.program({"broken": 1.0})
    # What is advised must hold with whole numbers, too; who is to blame shows without them.
    found = solve(program if together else replace(program, integral=None), stop=LONGEST)
    return None if found.x is None else found.x[by]


def blame_limits(problem: CityProblem) -> tuple[Fault, ...]:
    """Find the limits of the aims that cannot be kept.

    They are passed by as little as possible in sum, each as a share of itself, beside all else
    that must be kept.

    Parameters
    ----------
    problem : CityProblem
        A problem without any plan.

    Returns
    -------
    tuple of Fault
        Naming each aim whose limit is passed then, and by what it could be kept; empty where the
        limits are not to blame.
    """
    limits = problem.aims.limits
    if not limits:
        return ()
    draft = write(problem).draft
    over = {}
    for aim, limit in limits.items():
        over[aim] = draft.columns(f"promises.{aim}", (1,))
        draft.put(draft.row.blocks[f"limit.{aim}"].indices, over[aim], -1.0)
        draft.charge("broken", over[aim], 1 / max(1.0, limit))
    x = solve(draft.program({"broken": 1.0})).x
    if x is None:
        return ()
    return tuple(
        Fault(
            say(
                "the aims allow {limit:,.0f} weighted minutes of {aim}, but the plan that passes "
                "their limits by least needs {least:,.0f}",
                limit=limits[aim],
                aim=aim.value,
                least=limits[aim] + float(x[column[0]]),
            ),
            Where("allocate.city"),
            say("allow {least:,.0f} or more", least=np.ceil(limits[aim] + float(x[column[0]]))),
        )
        for aim, column in over.items()
        if x[column[0]] > TOLERANCE * max(1.0, limits[aim])
    )


def _down(share: float) -> float:
    # Rounded down to what is shown, so that the advice works as it is read.
    return max(0.0, float(np.floor(share * 1000 + TOLERANCE)) / 1000)
