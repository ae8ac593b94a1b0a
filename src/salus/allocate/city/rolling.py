"""Planning by a rolling horizon: window after window, as time goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.bed_days import refuse_the_past
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.declined import Declined
from salus.allocate.city.features.surge import Opened, Surge
from salus.allocate.city.features.waiting import Waited, Waiting
from salus.allocate.city.plan import CityPlan
from salus.allocate.city.tally import tally

if TYPE_CHECKING:
    from datetime import date

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.problem import CityProblem, Feature
    from salus.core.clock import Clock

ROLLED = (Waiting, Surge, Declined)


class Rolling:
    """Plans a window of periods, keeps the first of them, moves on, and plans again.

    Those who are still in care take their share of what later windows have; those who wait are
    served first come, first served, within what they may wait. Each window also minds what its
    admissions take behind its end, so that no later window finds a bed taken twice. Units that
    a window opens stay open. The plan keeps all rules of the whole problem; it costs no less than
    a plan that sees all periods at once, and the difference is what looking ahead is worth.

    Waiting, surge and what is declined can be cut into windows. Lending, transfers, medicines,
    staff law and fairness tie the periods of a plan together beyond that, and are refused, as are
    levels and limits of the aims: plan all periods at once where they matter.

    Parameters
    ----------
    window : int
        Periods that are planned at once, 1 or more.
    keep : int
        Periods of each window that are kept, from 1 to ``window``.
    method : CityMethod, optional
        Plans the windows; :class:`Exact` when not given. Its limit of time holds for each window.
    as_of : date, optional
        Today; need before it is refused.

    Raises
    ------
    ValueError
        If the two numbers are out of range.

    Examples
    --------
    >>> from salus.allocate.city.checks import featured_city
    >>> from salus.core.clock import SystemClock
    >>> city, clock = featured_city(7), SystemClock()
    >>> whole, rolled = (each.solve(city, clock) for each in (Exact(), Rolling(2, 1)))
    >>> whole.cost <= rolled.cost
    True

    References
    ----------
    Sethi and Sorger (1991), A theory of rolling horizon decision making.
    """

    name: ClassVar[str] = "rolling"
    proves: ClassVar[bool] = False

    def __init__(
        self,
        window: int = 7,
        keep: int = 1,
        method: CityMethod | None = None,
        as_of: date | None = None,
    ) -> None:
        faults = []
        if window < 1:
            faults.append(f"window must be 1 or more, but is {window}")
        if not 1 <= keep <= max(window, 1):
            faults.append(f"keep must be from 1 to {window}, but is {keep}")
        if faults:
            raise ValueError("; ".join(faults))
        self.window, self.keep, self.as_of = window, keep, as_of
        self.method = method or Exact()

    def fits(self, problem: CityProblem) -> bool:
        """Tell whether all that is decided can be cut into windows."""
        return not self._uncut(problem)

    def _uncut(self, problem: CityProblem) -> list[str]:
        faults = [
            f"rolling cannot cut {feature.name} into windows"
            for feature in problem.features
            if not isinstance(feature, ROLLED)
        ]
        if problem.aims.order or problem.aims.limits:
            faults.append("rolling weighs all aims together, without levels or limits")
        return faults

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan window by window.

        Raises
        ------
        ValueError
            If something that is decided cannot be cut into windows.
        InputError
            If a period lies in the past.
        """
        if faults := self._uncut(problem):
            raise ValueError("; ".join(faults))
        if self.as_of is not None:
            refuse_the_past(problem.periods, self.as_of)
        start = clock.ticks()
        done = _Done.nothing(problem)
        for first in range(0, len(problem.periods), self.keep):
            window = _Window.of(problem, first, self.window, self.keep)
            done = done.then(window, self.method.solve(_within(done, window), clock))
        ended = clock.ticks()
        return replace(done.plan(self.name), solve_seconds=ended - start)


@dataclass(frozen=True, slots=True)
class _Window:
    """Periods of a problem, by their numbers there.

    Need from ``first`` up to ``stop`` is planned, what comes before ``kept`` is kept; what is
    admitted takes its share up to ``end``.
    """

    first: int
    kept: int
    stop: int
    end: int

    @classmethod
    def of(cls, problem: CityProblem, first: int, window: int, keep: int) -> _Window:
        periods = len(problem.periods)
        stop = min(first + window, periods)
        kept = periods if stop == periods and keep == window else min(first + keep, periods)
        return cls(first, kept, stop, min(stop + problem.stays.shape[1] - 1, periods))


@dataclass(frozen=True, slots=True, eq=False)
class _Bounded(Waiting):
    """Waiting whose limits were worked out before."""

    limit: Floats

    def most(self, problem: CityProblem) -> Floats:  # noqa: ARG002 - as the feature has it
        """Return the limits."""
        return self.limit


@dataclass(frozen=True, slots=True, eq=False)
class _Done:
    """What the windows so far decided.

    ``rows`` (4, n) are district, facility, service and period of ``cases``; ``waits`` (I, S, T) and
    ``opened`` (K,) are what the features decided; ``stopped`` tells whether a limit ended a window.
    """

    problem: CityProblem
    rows: Whole
    cases: Floats
    price: Floats
    waits: Floats
    opened: Floats
    stopped: bool = False

    @classmethod
    def nothing(cls, problem: CityProblem) -> _Done:
        surge = _one(problem, Surge)
        none = np.zeros((4, 0), dtype=np.int64)
        units = np.zeros(0 if surge is None else surge.most.size)
        price, waits = np.zeros(problem.capacity.shape), np.zeros(problem.need.shape)
        return cls(problem, none, np.zeros(0), price, waits, units)

    def then(self, window: _Window, plan: CityPlan) -> _Done:
        """Keep the first periods of the plan of a window."""
        span = window.kept - window.first
        kept = plan.period < span
        period = plan.period + window.first
        found = np.stack([plan.district, plan.facility, plan.service, period])
        price, waits = self.price.copy(), self.waits.copy()
        price[:, :, window.first : window.kept] = plan.price[:, :, :span]
        if (waited := plan.decision(Waited)) is not None:
            waits[:, :, window.first : window.kept] = waited.cases[:, :, :span]
        opened = plan.decision(Opened)
        return _Done(
            self.problem,
            np.concatenate([self.rows, found[:, kept]], axis=1),
            np.append(self.cases, plan.cases[kept]),
            price,
            waits,
            self.opened if opened is None else self.opened + opened.units,
            self.stopped or plan.stopped,
        )

    def taken(self) -> Floats:
        """Add up what those who were admitted take, shape (J, R, T)."""
        problem = self.problem
        _, facility, service, period = list(self.rows)
        found = np.zeros(problem.capacity.shape)
        periods = len(problem.periods)
        for after in range(problem.stays.shape[1]):
            there = period + after < periods
            share = self.cases * problem.stays[service, after]
            amount = share[there, None] * problem.uses[service[there]]
            np.add.at(found.swapaxes(1, 2), (facility[there], period[there] + after), amount)
        return found

    def plan(self, method: str) -> CityPlan:
        """Put the plan of the whole together."""
        values = {Waiting: Waited(self.waits), Surge: Opened(self.opened)}
        decisions = tuple(values.get(type(feature)) for feature in self.problem.features)
        district, facility, service, period = list(self.rows)
        found = CityPlan(
            method=method,
            district=district,
            facility=facility,
            service=service,
            period=period,
            cases=self.cases,
            price=self.price,
            cost=0.0,
            decisions=decisions,
            stopped=self.stopped,
        )
        return replace(found, cost=tally(self.problem, found).cost)


def _within(done: _Done, window: _Window) -> CityProblem:
    """State what a window has to plan, after what was done."""
    problem, span = done.problem, slice(window.first, window.end)
    need = problem.need[:, :, span].copy()
    need[:, :, window.stop - window.first :] = 0.0
    if window.first:
        need[:, :, 0] += done.waits[:, :, window.first - 1]
    capacity = problem.capacity - done.taken()
    if (surge := _one(problem, Surge)) is not None:
        np.add.at(capacity, (surge.facility, surge.resource), done.opened[:, None] * surge.gives)
    return replace(
        problem,
        periods=problem.periods[span],
        need=need,
        capacity=np.maximum(capacity[:, :, span], 0.0),
        features=tuple(_cut(feature, done, window) for feature in problem.features),
    )


def _cut(feature: Feature, done: _Done, window: _Window) -> Feature:
    span = slice(window.first, window.end)
    if isinstance(feature, Waiting):
        limit = feature.most(done.problem)[:, :, span].copy()
        # Nobody waits for what the window does not see.
        limit[:, :, window.stop - window.first - 1 :] = 0.0
        return _Bounded(feature.price, feature.longest, limit)
    if isinstance(feature, Surge):
        most = np.maximum(feature.most - done.opened, 0.0)
        return replace(feature, most=most, gives=feature.gives[:, span])
    if isinstance(feature, Declined):
        return Declined(feature.closed[:, :, span])
    message = f"rolling cannot cut {feature.name} into windows"
    raise ValueError(message)


def _one(problem: CityProblem, kind: type[Surge]) -> Surge | None:
    return next((each for each in problem.features if isinstance(each, kind)), None)
