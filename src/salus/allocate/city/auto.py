"""The exact plan by whatever method is the quickest for each group of services."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.by_prices import Prices
from salus.allocate.city.exact import Exact
from salus.allocate.city.flow import Flow
from salus.allocate.city.nesting import nesting
from salus.allocate.city.parts import only, split
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salus.allocate.city.arrays import Whole
    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.parts import Part
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock
    from salus.core.messages import Message

MANY = 200_000
"""Journeys of a coupled group, over its different periods, above which prices are asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """How one group of services is planned.

    Parameters
    ----------
    services : ndarray of int, shape (n,)
        Services that share resources, ascending.
    method : CityMethod
        What plans them.
    why : Message
        The reason, with the names of the services.
    """

    services: Whole
    method: CityMethod
    why: Message


class Auto:
    """Plans each group of services that share resources by the method that fits it.

    A group whose limits are nested is a flow, which is many times as quick as the linear
    programme. Another one is coupled: it is planned by prices, if such a method is given and the
    group is large, and else by the linear programme. Groups share nothing, so that their plans,
    prices, costs and bounds add up to those of the whole. The plan says why.

    Parameters
    ----------
    prices : CityMethod, optional
        A method that proves, for coupled groups that are large; by prices when not given.
    many : int
        Journeys, over the periods that differ, above which a coupled group is large.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> plan = Auto().solve(small_city(7, coupled=True), SystemClock())
    >>> round(plan.cost), plan.bound is None
    (5947, False)
    >>> str(plan.why[0])
    'ward, icu, surgery by linear programme: they share resources that are no flow'
    """

    name: ClassVar[str] = "auto"
    proves: ClassVar[bool] = True

    def __init__(self, prices: CityMethod | None = None, many: int = MANY) -> None:
        self.prices: CityMethod = prices or Prices()
        self.many = many

    def fits(self, problem: CityProblem) -> bool:  # noqa: ARG002 - the protocol asks
        """Tell that every problem can be solved."""
        return True

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan that nothing can undercut."""
        problem = problem.costed if problem.apart else problem
        choices = self.choose(problem)
        by_method: dict[str, list[Choice]] = {}
        for choice in choices:
            by_method.setdefault(choice.method.name, []).append(choice)
        why = tuple(choice.why for choice in choices)
        if len(by_method) == 1:
            plan = choices[0].method.solve(problem, clock)
            return replace(plan, method=self.name, why=why)
        plans = [_apart(problem, group, clock) for group in by_method.values()]
        return replace(_joined(plans), method=self.name, why=why)

    def choose(
        self, problem: CityProblem, names: Mapping[str, Message] | None = None
    ) -> tuple[Choice, ...]:
        """Choose a method for each group of services.

        Parameters
        ----------
        problem : CityProblem
            What is planned.
        names : mapping of str to Message, optional
            What people call the services; their keys are told otherwise.

        Returns
        -------
        tuple of Choice
            Each service is in one of them.
        """
        if not problem.apart:
            return (self._whole(problem),)
        groups: dict[bytes, list[Part]] = {}
        for part in split(problem):
            groups.setdefault(part.services.tobytes(), []).append(part)
        return tuple(self._choice(problem, parts, names or {}) for parts in groups.values())

    def _whole(self, problem: CityProblem) -> Choice:
        services, journeys = np.arange(len(problem.services)), problem.arc_minutes.size
        columns = journeys * len(problem.periods)
        if columns > self.many and self.prices.fits(problem):
            why = say(
                "all services by prices: more than journeys is decided, and there are "
                "{columns:,} journeys in all periods",
                columns=columns,
            )
            return Choice(services, self.prices, why)
        why = say("all services by linear programme: more than journeys is decided")
        return Choice(services, Exact(), why)

    def _choice(
        self, problem: CityProblem, parts: list[Part], called: Mapping[str, Message]
    ) -> Choice:
        services = parts[0].services
        keys = [problem.services[s] for s in services]
        names = tuple(called.get(key, say("{name}", name=key)) for key in keys)
        if parts[0].resources.size == 1:
            why = say("{services} by flow: each case takes one kind of resource", services=names)
            return Choice(services, Flow(), why)
        if all(nesting(part) is not None for part in parts):
            why = say("{services} by flow: their limits lie within one another", services=names)
            return Choice(services, Flow(), why)
        journeys = sum(part.minutes.size for part in parts)
        prices = self.prices if journeys > self.many else None
        if prices is not None and prices.fits(only(problem, services)):
            why = say(
                "{services} by prices: they share resources that are no flow, and there are "
                "{journeys:,} journeys",
                services=names,
                journeys=journeys,
            )
            return Choice(services, prices, why)
        why = say(
            "{services} by linear programme: they share resources that are no flow", services=names
        )
        return Choice(services, Exact(), why)


def _apart(problem: CityProblem, group: list[Choice], clock: Clock) -> CityPlan:
    services = np.sort(np.concatenate([choice.services for choice in group]))
    plan = group[0].method.solve(only(problem, services), clock)
    return replace(plan, service=services[plan.service])


def _joined(plans: list[CityPlan]) -> CityPlan:
    """Add up the plans of services that share nothing."""
    columns = [
        np.stack([plan.period, plan.service, plan.district, plan.facility]) for plan in plans
    ]
    rows = np.concatenate(columns, axis=1)
    order = np.lexsort(rows[::-1])
    period, service, district, facility = rows[:, order]
    return replace(
        plans[0],
        district=district,
        facility=facility,
        service=service,
        period=period,
        cases=np.concatenate([plan.cases for plan in plans])[order],
        price=np.sum([plan.price for plan in plans], axis=0),
        cost=sum(plan.cost for plan in plans),
        bound=_sum(plan.bound for plan in plans),
        scaling=next((plan.scaling for plan in plans if plan.scaling), None),
        build_seconds=sum(plan.build_seconds for plan in plans),
        solve_seconds=sum(plan.solve_seconds for plan in plans),
    )


def _sum(bounds: Iterable[float | None]) -> float | None:
    found = list(bounds)
    proven = [bound for bound in found if bound is not None]
    return sum(proven) if len(proven) == len(found) else None
