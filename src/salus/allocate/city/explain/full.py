"""Why a facility within reach does not take a district's cases: full, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.short import FEWEST, NAMED, Reason, Short, Why
from salus.allocate.city.explain.undosed import no_doses, undosed
from salus.allocate.city.explain.unstaffed import no_staff, unstaffed
from salus.allocate.city.features.declined import Declined
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Whole
    from salus.allocate.city.problem import CityProblem


def at_facility(short: Short, s: int, arc: int) -> Reason:
    """Tell what stops cases of a service from making one journey that would be worthwhile.

    Parameters
    ----------
    short : Short
        The district.
    s : int
        Index of the service, of which cases stay unmet.
    arc : int
        Index of the journey.

    Returns
    -------
    Reason
        ``FULL`` where a resource of the facility is used up whenever cases stay unmet, ``STAFF``
        where its staff may do no more and ``MEDICINE`` where it has no doses to spare whenever it
        has room, else ``ROOM``: then the plan is not the best one.
    """
    problem, counted = short.problem, short.counted
    j = int(problem.arc_facility[arc])
    short_of = counted.used[j] >= counted.capacity[j] - FEWEST * np.maximum(1, counted.capacity[j])
    # A case takes its resources from its admission on, for as long as it stays.
    stopped = np.zeros((len(problem.resources), len(problem.periods)), dtype=bool)
    for after, share in enumerate(problem.stays[s][: len(problem.periods)]):
        if share > 0:
            stopped[:, : stopped.shape[1] - after] |= short_of[:, after:]
    stopped &= (problem.uses[s] > 0)[:, None]
    lacking = short.unmet[s] > FEWEST
    refused = _refused(problem, j, s)
    if not (lacking & ~refused).any():
        return _closed(short, s, j)
    lacking &= ~refused
    free = lacking & ~stopped.any(axis=0)
    if free.any():
        return _not_full(short, s, arc, free)
    r = int(np.argmax((stopped & lacking).sum(axis=1)))
    when = np.flatnonzero(stopped[r] & lacking)
    cases = float(short.unmet[s, when].sum())
    place = (problem.services[s], problem.facilities[j], problem.resources[r])
    return Reason(Why.FULL, *place, cases, _full(short, arc, r, when))


def _not_full(short: Short, s: int, arc: int, free: NDArray[np.bool_]) -> Reason:
    j = int(short.problem.arc_facility[arc])
    doses, staff = undosed(short, s, j, free), unstaffed(short, s, j, free)
    idle = free & ~doses.any(axis=0) & ~staff.any(axis=0)
    if idle.any():
        return _room(short, s, arc, idle)
    if staff.any(axis=0).sum() >= doses.any(axis=0).sum():
        return no_staff(short, s, j, staff)
    return no_doses(short, s, j, doses)


def _refused(problem: CityProblem, j: int, s: int) -> NDArray[np.bool_]:
    feature = next((one for one in problem.features if isinstance(one, Declined)), None)
    nothing = np.zeros(len(problem.periods), dtype=bool)
    return nothing if feature is None else feature.closed[j, s]


def _closed(short: Short, s: int, j: int) -> Reason:
    problem = short.problem
    sentence = say(
        "{facility} declines {service} whenever cases stay unmet.",
        facility=short.names.facility(problem.facilities[j]),
        service=short.names.service(problem.services[s]),
    )
    cases = float(short.unmet[s].sum())
    return Reason(Why.DECLINED, problem.services[s], problem.facilities[j], None, cases, sentence)


def _room(short: Short, s: int, arc: int, when: NDArray[np.bool_]) -> Reason:
    problem = short.problem
    facility = problem.facilities[problem.arc_facility[arc]]
    sentence = say(
        "{facility} has room for {service} on {days} days with unmet cases, and this plan does "
        "not use it.",
        facility=short.names.facility(facility),
        service=short.names.service(problem.services[s]),
        days=int(when.sum()),
    )
    cases = float(short.unmet[s, when].sum())
    return Reason(Why.ROOM, problem.services[s], facility, None, cases, sentence)


def _full(short: Short, arc: int, r: int, when: Whole) -> Message:
    problem, names = short.problem, short.names
    j = int(problem.arc_facility[arc])
    facility, resource = names.facility(problem.facilities[j]), names.resource(problem.resources[r])
    if not short.counted.capacity[j, r, when].max() > 0:
        return say(
            "{facility}, {minutes:,.0f} minutes away, has no {resource} on these days.",
            facility=facility,
            minutes=float(problem.arc_minutes[arc]),
            resource=resource,
        )
    return say(
        "{facility}, {minutes:,.0f} minutes away, has its {resource} used up on {days} days with "
        "unmet cases: by {users}. {value}",
        facility=facility,
        minutes=float(problem.arc_minutes[arc]),
        resource=resource,
        days=when.size,
        users=_users(short, j, r, when),
        value=_value(short, arc, r, when),
    )


def _using(short: Short, j: int, r: int, when: Whole) -> Whole:
    plan, problem = short.plan, short.problem
    # Who was admitted before and stays on uses it as well.
    begun = np.unique(when[:, None] - np.arange(problem.stays.shape[1]))
    rows = (plan.facility == j) & np.isin(plan.period, begun) & (plan.cases > FEWEST)
    return np.flatnonzero(rows & (problem.uses[plan.service, r] > 0))


def _users(short: Short, j: int, r: int, when: Whole) -> tuple[Message, ...]:
    plan, problem, names = short.plan, short.problem, short.names
    rows = _using(short, j, r, when)
    key = plan.district[rows] * len(problem.services) + plan.service[rows]
    users, place = np.unique(key, return_inverse=True)
    cases = np.bincount(place, plan.cases[rows], users.size)
    order = np.argsort(-cases, kind="stable")[:NAMED]
    return tuple(
        say(
            "{cases:,.1f} cases of {service} from {district}",
            cases=float(cases[k]),
            service=names.service(problem.services[users[k] % len(problem.services)]),
            district=names.district(problem.districts[users[k] // len(problem.services)]),
        )
        for k in order
    )


def _value(short: Short, arc: int, r: int, when: Whole) -> Message:
    """Say by arithmetic that those who are there are worth more, or what the prices say."""
    problem, plan = short.problem, short.plan
    s, j = int(problem.arc_service[arc]), int(problem.arc_facility[arc])
    rows = _using(short, j, r, when)
    if (plan.district[rows] == short.district).all():
        return say("It serves nobody but {district}.", district=short.called)
    journey = problem.journeys(plan.district[rows], plan.facility[rows], plan.service[rows])
    theirs = float((short.gain[journey] / problem.uses[plan.service[rows], r]).min(initial=np.inf))
    ours = float(short.gain[arc] / problem.uses[s, r])
    if ours <= theirs * (1 + FEWEST):
        return say(
            "Each of them saves {theirs:,.0f} weighted minutes or more for each resource-day, a "
            "case from {district} would save {ours:,.0f}.",
            theirs=theirs,
            district=short.called,
            ours=ours,
        )
    asked = _asked(short, s, j, when)
    if asked >= short.gain[arc] * (1 - FEWEST):
        return say(
            "By the prices of the plan, what a case takes there is worth {asked:,.0f} weighted "
            "minutes to others, and it would save {ours:,.0f}.",
            asked=asked,
            ours=float(short.gain[arc]),
        )
    return say("This plan does not put it to its best use.")


def _asked(short: Short, s: int, j: int, when: Whole) -> float:
    """Price the resources of a case on the cheapest of the days."""
    problem = short.problem
    price = np.pad(short.plan.price[j], ((0, 0), (0, problem.stays.shape[1])))
    each = [
        float((problem.uses[s][:, None] * share * price[:, t + after, None]).sum())
        for t in when
        for after, share in enumerate(problem.stays[s])
    ]
    return float(np.reshape(each, (when.size, -1)).sum(axis=1).min())
