"""The days of admission that cost least, with the beds and theatres of a day as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.bound.choices import choices
from salus.allocate.hospital.bound.relaxation import ADMIT, relaxation
from salus.allocate.hospital.people import Gender
from salus.allocate.hospital.search.state import OUT
from salus.allocate.lp.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from salus.allocate.hospital.bound.choices import Choices
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.lp.draft import Draft
    from salus.allocate.lp.stop import Stop

WHOLE = 0.5
"""Above it, a variable that is 0 or 1 is 1."""
CLOSE = 0.1
"""Largest gap of a solution that is worth beginning with."""


def admissions(
    problem: HospitalProblem,
    stop: Stop,
    over: Callable[[], bool] | None = None,
    *,
    by_gender: bool = False,
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
    by_gender : bool
        Whether the rooms of each size are shared out among the genders, day by day. Fewer people
        then find no bed afterwards, but the programme takes longer.

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
    >>> days = admissions(hospital, Stop(), by_gender=True)
    >>> all(day >= each.release for day, each in zip(days, hospital.patients) if day != OUT)
    True
    """
    admissible = choices(problem)
    if not admissible.day.size:
        return None
    draft = relaxation(problem, admissible)
    if by_gender:
        _share_rooms(draft, problem, admissible)
    engine = Engine(draft.program(dict.fromkeys(draft.terms, 1.0)), over=over)
    found = engine.solve(stop)
    if found.x is None or found.gap is None or found.gap > CLOSE:
        return None
    chosen = found.x[draft.column.blocks[ADMIT].indices] > WHOLE
    days = np.full(len(problem.patients), OUT, dtype=np.int32)
    days[admissible.patient[chosen]] = admissible.day[chosen]
    return days


def _share_rooms(draft: Draft, problem: HospitalProblem, admissible: Choices) -> None:
    """Let each room of a day be of one gender; those of one size are told apart by no more."""
    beds, size = np.unique([each.beds for each in problem.rooms], return_inverse=True)
    place = {each.id: at for at, each in enumerate(problem.rooms)}
    lying = np.zeros((2, len(problem.rooms), problem.days))
    for each in problem.occupants:
        lying[int(each.gender is Gender.B), place[each.room], : each.stay] += 1
    of_size = size == np.arange(beds.size)[:, None]
    first, second = (of_size.astype(float) @ (there > 0) for there in lying)
    rooms = of_size.sum(axis=1)[:, None]
    upper = np.maximum(rooms - first, second)  # where occupants share a room, no plan keeps rules
    taken = draft.columns("second", first.shape, lower=second, upper=upper, integral=True)
    free = np.stack([np.full(problem.days, float(beds @ rooms[:, 0])), np.zeros(problem.days)])
    rows = draft.rows("gender", free.shape, upper=free - lying.sum(axis=1))
    draft.put(np.broadcast_to(rows[0], first.shape), taken, beds[:, None])
    draft.put(np.broadcast_to(rows[1], first.shape), taken, -beds[:, None])
    people = [problem.patients[each] for each in admissible.patient]
    gender = np.array([int(each.gender is Gender.B) for each in people])
    choice, day = admissible.nights()
    draft.put(rows[gender[choice], day], draft.column.blocks[ADMIT].indices[choice], 1.0)
