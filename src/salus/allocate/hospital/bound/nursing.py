"""Everybody who may need care and every nurse on duty, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.bound.prices import Nursing

if TYPE_CHECKING:
    from salus.allocate.hospital.bound.choices import Choices
    from salus.allocate.hospital.people import Person
    from salus.allocate.hospital.problem import HospitalProblem


def nursing(problem: HospitalProblem, admissible: Choices) -> Nursing:
    """Lay out the care of all possible stays.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    admissible : Choices
        When the patients could be admitted.

    Returns
    -------
    Nursing
        One stay for each choice, in their order, then one for each occupant.

    Examples
    --------
    >>> from salus.allocate.hospital.bound.choices import choices
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> hospital = random_hospital(7)
    >>> found = nursing(hospital, choices(hospital))
    >>> found.first.size - choices(hospital).day.size == len(hospital.occupants)
    True
    """
    each_day, weights = len(problem.shifts), problem.weights
    people: list[Person] = [problem.patients[who] for who in admissible.patient]
    people += problem.occupants
    stays = np.array([min(each.stay, problem.days) for each in problem.occupants], np.int64)
    days = np.concatenate([admissible.days, stays])
    first = np.concatenate([admissible.day, np.zeros_like(stays)]) * each_day
    shifts = days * each_day
    rosters = [sorted(each.loads) for each in problem.nurses]
    duty_at = np.cumsum([0, *map(len, rosters)])
    return Nursing(
        first=first,
        shifts=shifts,
        at=np.cumsum(shifts) - shifts,
        work=_joined([each.work[:n] for each, n in zip(people, shifts, strict=True)]),
        need=_joined([each.need[:n] for each, n in zip(people, shifts, strict=True)]),
        skill=np.array([each.skill for each in problem.nurses], np.float64),
        duty_at=duty_at,
        shift=_joined(rosters).astype(np.int64),
        most=_joined(
            [
                [nurse.loads[shift] for shift in roster]
                for nurse, roster in zip(problem.nurses, rosters, strict=True)
            ]
        ),
        upcoming=np.array(
            [
                begin + np.searchsorted(roster, np.arange(problem.horizon))
                for begin, roster in zip(duty_at, rosters, strict=False)
            ],
            dtype=np.int64,
        ),
        weight=np.array([weights.continuity, weights.skill, weights.overload], np.float64),
    )


def _joined(parts: list[list[int]] | list[np.ndarray]) -> np.ndarray:
    return np.concatenate([*parts, np.zeros(0)]).astype(np.float64)
