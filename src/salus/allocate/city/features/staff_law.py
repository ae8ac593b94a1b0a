"""Staff law: how many patients each may care for, how long they may work, and their rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.staff_faults import faults_of
from salus.allocate.city.features.staff_rules import HOURS, RATIO, REST, MaximumHours, Ratio, Rest
from salus.allocate.city.features.staff_terms import Terms, Written, loaned, sliding
from salus.allocate.city.features.transfers import Transfers
from salus.allocate.city.features.units import Amount, Unit
from salus.allocate.city.order import writers
from salus.allocate.city.recount import Recount
from salus.allocate.city.tally import used_by
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.constraints import Constraint
    from salus.allocate.city.features.staff_rules import Rule, Staff
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft
    from salus.core.messages import Message

DAY = 24.0


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of the work of one kind of staff, in the unit that they are counted in.

    Parameters
    ----------
    rule : Constraint
        The rule that it comes from.
    staff : Staff
        Whose work.
    window : int
        Periods of a run.
    each : float or None
        The most that a head may work, for each period of the run; ``None`` where the limit is
        the capacity itself.
    """

    rule: Constraint
    staff: Staff
    window: int
    each: float | None


@dataclass(frozen=True, slots=True, eq=False)
class StaffLaw:
    """Work of staff is kept within the law, wherever they are lent to.

    The work of staff is what cases use of them, and what the bed-days beside which they must
    stand demand: a bed-day at a ratio of four patients for a nurse is a quarter of a nurse.
    People whom transfers bring count, and those whom they take away no longer do.

    What is limited is the work of all staff of a kind at a facility together, not that of each
    person. Every lawful roster keeps these limits; but not every plan that keeps them has a
    lawful roster. Rest between two shifts, such as after a night, is modelled as a share of each
    period that one may work and as periods of rest in a run, not shift by shift; rest after a
    loan is part of the way home, ``Lending.returning``. Who is on the way works nowhere. Where
    heads change within a run, each brings an equal part of the limit for each period that they
    are there. Runs that began before the plan are not looked at.

    Parameters
    ----------
    staff : tuple of Staff
        The resources that are people.
    rules : tuple of Ratio, MaximumHours or Rest
        What the law says.

    Examples
    --------
    Nurses for at most four patients of a ward or two of an ICU serve fewer than the beds would:

    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import staffed_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = staffed_city(7)
    >>> lawless = replace(city, features=city.features[:-1])
    >>> costs = [Exact().solve(each, SystemClock()).cost for each in (lawless, city)]
    >>> costs[0] < costs[1]
    True
    """

    staff: tuple[Staff, ...]
    rules: tuple[Rule, ...]
    name: ClassVar[str] = "staff_law"
    reads: ClassVar[str] = "capacity"
    first: ClassVar[tuple[str, ...]] = ()

    def of(self, resource: int) -> Staff:
        """Return the staff that is this resource."""
        return next(each for each in self.staff if each.resource == resource)

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        return [*faults_of(self.staff, self.rules, problem)]

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Hold the work of staff within each limit."""
        written = Written.of(draft)
        for number, limit in enumerate(self.limits(problem)):
            staff = limit.staff
            weights = self.weights(staff, len(problem.resources))
            busy = np.zeros(staff.heads.shape) if staff.busy is None else staff.busy
            parts = [
                written.occupied(r).times(weights[r]) for r in np.flatnonzero(weights).tolist()
            ]
            if limit.each is None:
                most = written.capacity(staff.resource)
                parts.append(written.added(staff.resource))
            else:
                most = staff.heads * limit.each - busy
                parts.append(loaned(draft, problem, staff.resource).times(-limit.each))
            sides = sliding(most, limit.window)
            rows = draft.rows(f"{self.name}.{limit.rule.name}.{number}", sides.shape, upper=sides)
            Terms.joined(parts).put(draft, rows, limit.window)

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> None:
        """Read nothing: the law decides nothing."""

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Add up the work of a plan, and name where it is too much."""
        broken: list[Violation] = []
        for limit, done, may in self.worked(problem, plan):
            broken += _broken(limit, problem, done, may)
        return Recount(violations=tuple(broken))

    def worked(
        self, problem: CityProblem, plan: CityPlan
    ) -> Iterator[tuple[Limit, Floats, Floats]]:
        """Tell what a plan lets staff work under each limit, and what they may.

        Parameters
        ----------
        problem : CityProblem
            With this law.
        plan : CityPlan
            Right or wrong.

        Yields
        ------
        limit : Limit
            In the order of :meth:`limits`.
        done, may : ndarray, shape (J, T - window + 1)
            Work of each run of periods from its first, in the unit of the staff.
        """
        occupied, capacity = _occupied(problem, plan), _capacity(problem, plan)
        for limit in self.limits(problem):
            staff = limit.staff
            weights = self.weights(staff, len(problem.resources))
            work = np.einsum("r,jrt->jt", weights, occupied)
            most = capacity[:, staff.resource]
            if limit.each is not None:
                work = work if staff.busy is None else work + staff.busy
                most = limit.each * (staff.heads + _lent(problem, plan, staff.resource))
            yield limit, sliding(work, limit.window), sliding(most, limit.window)

    def limits(self, problem: CityProblem) -> Iterator[Limit]:
        """Turn the rules into limits, in the unit of each staff."""
        for staff in self.staff:
            if any(isinstance(rule, Ratio) and rule.staff == staff.resource for rule in self.rules):
                yield Limit(RATIO, staff, 1, None)
        for rule in self.rules:
            if isinstance(rule, MaximumHours):
                staff = self.of(rule.staff)
                each = _counted(staff, rule.most) / rule.window
                yield Limit(HOURS, staff, rule.window, each)
            elif isinstance(rule, Rest):
                staff = self.of(rule.staff)
                hours = Amount(rule.share * DAY * problem.period_days, Unit.HOURS)
                each = _counted(staff, hours)
                yield Limit(REST, staff, 1, each)
                if rule.rest:
                    at_work = (rule.window - rule.rest) / rule.window
                    yield Limit(REST, staff, rule.window, each * at_work)

    def place(self, problem: CityProblem, block: str, where: tuple[int, ...]) -> Message:
        """Name a place of one of the blocks of the law, the last part of whose name counts it."""
        limit = [*self.limits(problem)][int(block.rpartition(".")[2])]
        return _where(limit, problem, where[0], where[1])

    def weights(self, staff: Staff, resources: int) -> Floats:
        """Tell how much work of a staff a resource-day of each resource is, shape (R,)."""
        weights = np.zeros(resources)
        weights[staff.resource] = 1.0
        for rule in self.rules:
            if isinstance(rule, Ratio) and rule.staff == staff.resource:
                weights[rule.beds] += _counted(staff, Amount(1.0, rule.per)) / rule.patients
        return weights


def _counted(staff: Staff, amount: Amount) -> float:
    found = staff.into_units(amount)
    if found is None:
        message = f"staff is counted in {staff.unit}, but is asked for {amount}"
        raise ValueError(message)
    return found


def _occupied(problem: CityProblem, plan: CityPlan) -> Floats:
    occupied = used_by(problem, plan)
    for feature in problem.features:
        if isinstance(feature, Transfers):
            freed = feature.recount(problem, plan).capacity
            occupied = occupied if freed is None else occupied - freed
    return occupied


def _capacity(problem: CityProblem, plan: CityPlan) -> Floats:
    capacity = problem.capacity
    for feature in writers(problem.features):
        if not isinstance(feature, Transfers):
            more = feature.recount(problem, plan).capacity
            capacity = capacity if more is None else capacity + more
    return capacity


def _lent(problem: CityProblem, plan: CityPlan, resource: int) -> Floats:
    heads = np.zeros((len(problem.facilities), len(problem.periods)))
    for feature in problem.features:
        if isinstance(feature, Lending):
            heads += feature.heads(problem, plan, resource)
    return heads


def _broken(limit: Limit, problem: CityProblem, done: Floats, may: Floats) -> Iterator[Violation]:
    over = done - may
    for j, t in np.argwhere(over > TOLERANCE * np.maximum(1.0, may)):
        yield Violation(limit.rule, _where(limit, problem, int(j), int(t)), float(over[j, t]))


def _where(limit: Limit, problem: CityProblem, j: int, t: int) -> Message:
    resource, facility = problem.resources[limit.staff.resource], problem.facilities[j]
    period = problem.periods[t]
    if limit.window == 1:
        return say(
            "{resource} at {facility} on {period}",
            resource=resource,
            facility=facility,
            period=period,
        )
    return say(
        "{resource} at {facility} in the {count} periods from {period} on",
        resource=resource,
        facility=facility,
        count=limit.window,
        period=period,
    )
