"""Whether a facility with beds for a case lacks the staff beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.short import FEWEST, Reason, Short, Why
from salus.allocate.city.features.staff_law import StaffLaw
from salus.allocate.city.features.staff_rules import HOURS, RATIO, REST
from salus.core.messages import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.features.staff_law import Limit

CAUSES = {
    RATIO.name: say("the patients that each may care for"),
    HOURS.name: say("the hours that each may work"),
    REST.name: say("their rest"),
}
"""What holds staff back, by the name of the rule."""


def unstaffed(short: Short, s: int, j: int, when: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell when the staff of a facility may do no more for a case.

    Parameters
    ----------
    short : Short
        The district.
    s, j : int
        Indices of the service and of the facility.
    when : ndarray of bool, shape (T,)
        Periods in which it has room.

    Returns
    -------
    ndarray of bool, shape (L, T)
        Limits of the law that a case admitted then would break; nothing where there is no law.
    """
    problem, law = short.problem, _law(short)
    if law is None:
        return np.zeros((0, when.size), dtype=bool)
    found = np.zeros((len([*law.limits(problem)]), when.size), dtype=bool)
    for place, (limit, done, may) in enumerate(law.worked(problem, short.plan)):
        if problem.uses[s] @ law.weights(limit.staff, len(problem.resources)) > 0:
            full = done[j] >= may[j] - FEWEST * np.maximum(1, may[j])
            found[place] = _at_admission(short, s, limit, full)
    return found & when


def _at_admission(short: Short, s: int, limit: Limit, full: NDArray[np.bool_]) -> NDArray[np.bool_]:
    # A case takes staff for as long as it stays, and a run of periods is full as a whole.
    periods = len(short.problem.periods)
    worked, stopped = np.zeros(periods, dtype=bool), np.zeros(periods, dtype=bool)
    for first in np.flatnonzero(full):
        worked[first : first + limit.window] = True
    for after, share in enumerate(short.problem.stays[s][:periods]):
        if share > 0:
            stopped[: periods - after] |= worked[after:]
    return stopped


def no_staff(short: Short, s: int, j: int, wanting: NDArray[np.bool_]) -> Reason:
    """Say which staff are wanting most often where there are beds, and by which rule.

    Parameters
    ----------
    short : Short
        The district.
    s, j : int
        Indices of the service and of the facility.
    wanting : ndarray of bool, shape (L, T)
        As :func:`unstaffed` finds it.

    Returns
    -------
    Reason
    """
    problem, names, law = short.problem, short.names, _law(short)
    assert law is not None  # noqa: S101 - staff are wanting by its limits
    limit = [*law.limits(problem)][int(np.argmax(wanting.sum(axis=1)))]
    facility, service = problem.facilities[j], problem.services[s]
    when = wanting.any(axis=0)
    sentence = say(
        "{facility} has beds for {service} on {days} days with unmet cases, but its {staff} may do "
        "no more, limited by {cause}.",
        facility=names.facility(facility),
        service=names.service(service),
        days=int(when.sum()),
        staff=names.resource(problem.resources[limit.staff.resource]),
        cause=CAUSES[limit.rule.name],
    )
    cases = float(short.unmet[s, when].sum())
    return Reason(Why.STAFF, service, facility, None, cases, sentence)


def _law(short: Short) -> StaffLaw | None:
    return next((one for one in short.problem.features if isinstance(one, StaffLaw)), None)
