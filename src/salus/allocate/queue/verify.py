"""The check of a dispatch that knows no method: every rule, patient by patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.violation import Violation
from salus.allocate.queue.constraints import (
    ACCEPTED,
    COST,
    LIMIT,
    MINUTES,
    OFFERED,
    PASSED_OVER,
    ROOM,
    STANDING,
    UNITS,
)
from salus.allocate.queue.dispatch import begins, signed
from salus.allocate.queue.openings import ROUNDING, left_over, room
from salus.allocate.queue.ranking import standing
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.constraints import Constraint
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import Flags, Floats, QueueProblem, Whole
    from salus.allocate.queue.ranking import Ranking

# Sums in another order differ by this share.
TOLERANCE = 1e-9
# Minutes, well below a second: a method may count in whole numbers.
NO_SOONER = 1e-3


def verify(
    problem: QueueProblem, dispatch: Dispatch, ranking: Ranking | None = None
) -> tuple[Violation, ...]:
    """Check a dispatch against every rule.

    Each patient has one row, so nobody can be sent to two places.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.
    dispatch : Dispatch
        The answer of any method, ours or not.
    ranking : Ranking, optional
        How facilities rank patients; the dispatch must then be stable. Without it, being
        passed over breaks no rule.

    Returns
    -------
    tuple of Violation
        Every rule that is broken, with patient or place; empty for a right dispatch. A patient
        who is passed over, or for whom there is room, is named once, with the soonest place.

    Raises
    ------
    ValueError
        If the dispatch has other patients or facilities than the problem.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.queue.checks import small_queue
    >>> from salus.allocate.queue.distribution import Distribution
    >>> from salus.core.clock import SystemClock
    >>> queue, method = small_queue(7), Distribution()
    >>> answer = method.dispatch(queue, SystemClock())
    >>> verify(queue, answer, method.ranking)
    ()
    >>> wrong = verify(queue, replace(answer, cost=0.0))[0]
    >>> wrong.constraint.name, str(wrong.where)
    ('cost', 'the dispatch claims 0.000, its rows add up to 6,570.000')
    """
    _same_queue(problem, dispatch)
    left = left_over(problem, dispatch.place)
    return (
        *_journey_faults(problem, dispatch.place),
        *_unit_faults(problem, left),
        *_better_faults(problem, dispatch.place, left, ranking),
        *_claim_faults(problem, dispatch),
    )


def _same_queue(problem: QueueProblem, dispatch: Dispatch) -> None:
    place, last = dispatch.place, len(problem.facilities) - 1
    faults = []
    if place.size != len(problem.patients):
        faults.append(f"rows must be {len(problem.patients)}, one a patient, but are {place.size}")
    if place.size and not -1 <= place.min() <= place.max() <= last:
        found = f"{place.min()} to {place.max()}"
        faults.append(f"place must be from -1 to {last}, but the dispatch holds {found}")
    if faults:
        raise ValueError("; ".join(faults))


def _journey_faults(problem: QueueProblem, place: Whole) -> Iterator[Violation]:
    people = np.flatnonzero(place >= 0)
    goes = place[people]
    beyond = problem.travel[people, goes] - problem.rules.travel_limit
    one = np.ones(people.size)
    for constraint, broken, amounts in (
        (OFFERED, ~problem.offered[goes, problem.service[people]], one),
        (ACCEPTED, ~problem.accepted[people, goes], one),
        (LIMIT, beyond > 0, beyond),
    ):
        for row in np.flatnonzero(broken):
            where = say(
                "{patient} at {facility}",
                patient=problem.patients[people[row]],
                facility=problem.facilities[goes[row]],
            )
            yield Violation(constraint, where, float(amounts[row]))


def _unit_faults(problem: QueueProblem, left: Floats) -> Iterator[Violation]:
    for j, r in np.argwhere(left < -ROUNDING):
        where = say(
            "{resource} at {facility}",
            resource=problem.resources[r],
            facility=problem.facilities[j],
        )
        yield Violation(UNITS, where, float(-left[j, r]))


def _better_faults(
    problem: QueueProblem, place: Whole, left: Floats, ranking: Ranking | None
) -> Iterator[Violation]:
    sooner = problem.care + NO_SOONER < begins(problem, place)[:, None]
    roomy = sooner & room(problem.uses, left)[problem.service]
    yield from _named(problem, ROOM, roomy)
    if ranking is not None:
        passed = sooner & _could_displace(problem, place, left, standing(problem, ranking))
        yield from _named(problem, PASSED_OVER, passed & ~roomy)


def _could_displace(problem: QueueProblem, place: Whole, left: Floats, ranks: Whole) -> Flags:
    """Tell where each patient has room if all who rank lower make way, shape (P, J)."""
    could = np.empty(ranks.shape, dtype=bool)
    for j, column in enumerate(ranks.T):
        there = np.flatnonzero(place == j)
        lowest_first = there[np.argsort(-column[there])]
        freed = problem.uses[problem.service[lowest_first]]
        reserve = left[j] + np.cumsum(np.vstack([np.zeros(left.shape[1]), freed]), axis=0)
        below = np.searchsorted(-column[lowest_first], -column)
        could[:, j] = (reserve[below] + ROUNDING >= problem.uses[problem.service]).all(axis=1)
    return could


def _named(problem: QueueProblem, constraint: Constraint, broken: Flags) -> Iterator[Violation]:
    for patient in np.flatnonzero(broken.any(axis=1)):
        soonest = np.where(broken[patient], problem.care[patient], np.inf).argmin()
        where = say(
            "{patient} at {facility}",
            patient=problem.patients[patient],
            facility=problem.facilities[soonest],
        )
        yield Violation(constraint, where, 1.0)


def _claim_faults(problem: QueueProblem, dispatch: Dispatch) -> Iterator[Violation]:
    true = signed(problem, dispatch.method, dispatch.place, 0.0)
    moved = (dispatch.rank != true.rank) | ~_alike(dispatch.points, true.points)
    off = ~_alike(dispatch.minutes, true.minutes)
    for constraint, broken, amounts in (
        (STANDING, moved, np.ones(moved.size)),
        (MINUTES, off, np.abs(dispatch.minutes - true.minutes)),
    ):
        for row in np.flatnonzero(broken):
            where = say("{patient}", patient=problem.patients[row])
            yield Violation(constraint, where, float(amounts[row]))
    if not _alike(np.array(dispatch.cost), np.array(true.cost)):
        where = say(
            "the dispatch claims {claimed:,.3f}, its rows add up to {counted:,.3f}",
            claimed=dispatch.cost,
            counted=true.cost,
        )
        yield Violation(COST, where, abs(dispatch.cost - true.cost))


def _alike(claimed: Floats, true: Floats) -> Flags:
    return np.isclose(claimed, true, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True)
