"""What if: the city planned again with stated changes, beside the plan that stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.city.explain.again import Standing
from salus.allocate.city.explain.changes.base import WHAT_IF, changed
from salus.allocate.city.explain.compare import Compared, compare
from salus.core.clock import SystemClock
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.explain.changes.base import Change
    from salus.allocate.city.explain.warm import Warm
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock
    from salus.core.errors import Where


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The answer to a what-if.

    Parameters
    ----------
    label : Message
        What changes.
    problem : CityProblem
        The problem with the changes.
    plan : CityPlan
        The plan made again.
    compared : Compared
        Both plans side by side.
    """

    label: Message
    problem: CityProblem
    plan: CityPlan
    compared: Compared


def what_if(
    problem: CityProblem,
    plan: CityPlan,
    changes: Sequence[Change],
    method: CityMethod,
    *,
    clock: Clock | None = None,
    warm: Warm | None = None,
    where: Where = WHAT_IF,
) -> Comparison:
    """Plan the city again with changes, and compare.

    Only services and periods that the changes can touch are planned again; the rest of the plan
    stays as it is. Where features let the parts touch, the whole city is.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan that stands.
    changes : sequence of Change
        What is otherwise, made one after the other: see
        :mod:`salus.allocate.city.explain.changes`.
    method : CityMethod
        Makes the new plan: the one that made the plan.
    clock : Clock, optional
        For the method; the clock of this machine when not given.
    warm : Warm, optional
        The city as it stays in the solver, for one question after the other where the parts of
        the city touch.
    where : Where
        Where the changes were asked for, to be named in faults.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        If places or services are unknown, or more is taken than there is; all faults at once.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.allocate.city.explain.changes.capacity import Lose
    >>> city = small_city(7)
    >>> plan = Exact().solve(city, SystemClock())
    >>> found = what_if(city, plan, [Lose("H3", "icu_bed", 3)], Exact())
    >>> str(found.label), round(found.compared.rows[0].difference)
    ('3 fewer of icu_bed at H3', 1054)
    """
    after = changed(problem, changes, where)
    new = None if warm is None or after is problem else warm.plan(after)
    new = new or Standing(problem, plan, method, clock or SystemClock()).again(after)
    parts = tuple(change.label() for change in changes)
    label = say("{parts}", parts=parts) if parts else say("nothing changes")
    return Comparison(label, after, new, compare((problem, plan), (after, new)))
