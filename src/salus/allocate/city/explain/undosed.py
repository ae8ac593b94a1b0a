"""Whether a facility with room for a case lacks the doses for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.short import FEWEST, Reason, Short, Why
from salus.allocate.city.features.medicines.dispensed import Dispensed
from salus.allocate.city.features.medicines.medicines import Medicines
from salus.core.messages import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats


def undosed(short: Short, s: int, j: int, when: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell when a facility has no unit of a medicine to spare for a case.

    A unit can be spared that is left at the end of the plan, or expires later, unused.

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
    ndarray of bool, shape (M, T)
        Medicines that a case needs and that are wanting; nothing where none are planned.
    """
    feature = next((one for one in short.problem.features if isinstance(one, Medicines)), None)
    done = short.plan.decision(Dispensed)
    if feature is None or done is None:
        return np.zeros((0, when.size), dtype=bool)
    wanting = np.zeros((len(feature.medicines), when.size), dtype=bool)
    for m in np.flatnonzero(feature.doses[s] > 0):
        lots = done.medicine == m
        left, lost = done.stock[j, lots].sum(axis=0), done.expired[j, lots].sum(axis=0)
        wanting[m] = _spare(left, lost) <= FEWEST * feature.doses[s, m]
    return wanting & when


def _spare(left: Floats, lost: Floats) -> Floats:
    """Units more that could be given in each period, and never be missed later."""
    gone = np.cumsum(lost) - lost
    least = np.minimum.accumulate((left + np.cumsum(lost))[::-1])[::-1]
    return least - gone


def no_doses(short: Short, s: int, j: int, wanting: NDArray[np.bool_]) -> Reason:
    """Say which medicine is wanting most often where there is room.

    Parameters
    ----------
    short : Short
        The district.
    s, j : int
        Indices of the service and of the facility.
    wanting : ndarray of bool, shape (M, T)
        As :func:`undosed` finds it.

    Returns
    -------
    Reason
    """
    problem, names = short.problem, short.names
    feature = next(one for one in problem.features if isinstance(one, Medicines))
    m = int(np.argmax(wanting.sum(axis=1)))
    facility, service = problem.facilities[j], problem.services[s]
    sentence = say(
        "{facility} has room for {service} on {days} days with unmet cases, and no {medicine} to "
        "spare.",
        facility=names.facility(facility),
        service=names.service(service),
        days=int(wanting.any(axis=0).sum()),
        medicine=names.medicine(feature.medicines[m]),
    )
    cases = float(short.unmet[s, wanting.any(axis=0)].sum())
    return Reason(Why.MEDICINE, service, facility, None, cases, sentence)
