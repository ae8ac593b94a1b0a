"""Days on which all mandatory surgeries fit into the minutes of their surgeons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.bound.choices import choices, mandatory
from salus.allocate.hospital.bound.conflict import Scarce
from salus.allocate.hospital.bound.packing import Packing
from salus.allocate.hospital.search.state import OUT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.problem import HospitalProblem

PATIENCE = 5.0
"""Seconds after which the search begins without; the public instances take some hundredths."""


def first_days(problem: HospitalProblem) -> NDArray[np.int32]:
    """Choose days for mandatory patients, so that no surgeon works overtime.

    A surgeon who has hardly more minutes than their mandatory surgeries take is what a walk from
    plan to plan mends last: several surgeries must change their days at once.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.

    Returns
    -------
    ndarray of int, shape (patients,)
        ``OUT`` for who may be admitted on any day, which are all where there are no such days.
    """
    days = np.full(len(problem.patients), OUT, dtype=np.int32)
    must = mandatory(problem, choices(problem))
    if must.day.size:
        chosen = Packing(problem, must, Scarce.SURGEON).chosen(PATIENCE)
        if chosen is not None:
            days[must.patient[chosen]] = must.day[chosen]
    return days
