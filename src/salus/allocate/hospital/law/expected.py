"""How much work is to be expected in each shift, before anybody is admitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.hospital.people import Person
    from salus.allocate.hospital.problem import HospitalProblem


def expected_work(problem: HospitalProblem) -> NDArray[np.float64]:
    """Add up the work of everybody, each patient on any day of theirs with the same chance.

    Parameters
    ----------
    problem : HospitalProblem
        The hospital.

    Returns
    -------
    ndarray, shape (levels, horizon)
        Work in each shift that asks for at least a level of skill.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> expected_work(random_hospital(7)).shape
    (3, 12)
    """
    work = np.zeros((problem.levels, problem.horizon))
    shifts = len(problem.shifts)
    for person, day, chance in _stays(problem):
        start = day * shifts
        inside = min(person.work.size, problem.horizon - start)
        for level in range(problem.levels):
            load = person.work[:inside] * (person.need[:inside] >= level)
            work[level, start : start + inside] += chance * load
    return work


def _stays(problem: HospitalProblem) -> Iterator[tuple[Person, int, float]]:
    for each in problem.occupants:
        yield each, 0, 1.0
    for patient in problem.patients:
        days = range(patient.release, problem.last_day(patient) + 1)
        for day in days:
            yield patient, day, 1 / len(days)
