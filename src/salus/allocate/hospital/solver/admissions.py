"""The days of admission that cost least, with the beds and theatres of a day as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.bound.choices import choices
from salus.allocate.hospital.bound.relaxation import ADMIT, relaxation
from salus.allocate.hospital.search.state import OUT
from salus.allocate.lp.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.lp.stop import Stop

WHOLE = 0.5
"""Above it, a variable that is 0 or 1 is 1."""
CLOSE = 0.1
"""Largest gap of a solution that is worth beginning with."""


def admissions(
    problem: HospitalProblem,
    stop: Stop,
    over: Callable[[], bool] | None = None,
) -> NDArray[np.int32] | None:
    """Choose who is admitted and when, by branch and cut.

    How many are admitted is mostly a matter of the minutes of surgeons and of beds, which a walk
    from plan to plan fills less well. What it decides better is left to it: rooms, theatres one by
    one, and nurses.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    stop : Stop
        When to be content with the best so far.
    over : callable, optional
        Tells whether to stop before.

    Returns
    -------
    ndarray of int, shape (patients,), or None
        Day of each patient, ``OUT`` for who is not admitted; ``None`` where nothing was found that
        is close to the best.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.lp.stop import Stop
    >>> hospital = random_hospital(5)
    >>> days = admissions(hospital, Stop())
    >>> all(day >= each.release for day, each in zip(days, hospital.patients) if day != OUT)
    True
    """
    admissible = choices(problem)
    if not admissible.day.size:
        return None
    draft = relaxation(problem, admissible)
    engine = Engine(draft.program(dict.fromkeys(draft.terms, 1.0)), over=over)
    found = engine.solve(stop)
    if found.x is None or found.gap is None or found.gap > CLOSE:
        return None
    chosen = found.x[draft.column.blocks[ADMIT].indices] > WHOLE
    days = np.full(len(problem.patients), OUT, dtype=np.int32)
    days[admissible.patient[chosen]] = admissible.day[chosen]
    return days
