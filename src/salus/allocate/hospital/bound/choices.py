"""The days on which each patient could be admitted, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salus.allocate.hospital.people import Gender

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.people import Patient
    from salus.allocate.hospital.problem import HospitalProblem

    Whole = NDArray[np.int64]


class Choices(NamedTuple):
    """A patient and a day of admission each, in the order of patients and days.

    Attributes
    ----------
    patient : ndarray of int, shape (n,)
        Place of the patient in the problem.
    day : ndarray of int, shape (n,)
        Of the admission.
    days : ndarray of int, shape (n,)
        In the house, within the horizon.
    minutes : ndarray of int, shape (n,)
        Of the surgery.
    surgeon : ndarray of int, shape (n,)
        Place of the surgeon in the problem.

    Examples
    --------
    >>> one = np.array([0])
    >>> Choices(one, one + 4, one + 3, one, one).nights()
    (array([0, 0, 0]), array([4, 5, 6]))
    """

    patient: Whole
    day: Whole
    days: Whole
    minutes: Whole
    surgeon: Whole

    def nights(self) -> tuple[Whole, Whole]:
        """List the days in the house of each choice: whose they are, and which, shape (nights,)."""
        whose = np.repeat(np.arange(self.day.size), self.days)
        begin = np.cumsum(self.days) - self.days
        return whose, self.day[whose] + np.arange(whose.size) - begin[whose]


class Site(NamedTuple):
    """What surgeons, theatres and occupants leave to those who wait.

    Attributes
    ----------
    surgeon : mapping of str to int
        Place of each surgeon.
    surgeon_minutes : ndarray of int, shape (surgeons, days)
    theatre_minutes : ndarray of int, shape (theatres, days)
    open_from : mapping of Gender to ndarray of int, shape (rooms,)
        First day from which a room has a bed that no occupant has, and none of the other gender.
    """

    surgeon: dict[str, int]
    surgeon_minutes: Whole
    theatre_minutes: Whole
    open_from: dict[Gender, Whole]


def site(problem: HospitalProblem) -> Site:
    """Lay out what there is for those who wait.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.

    Returns
    -------
    Site
    """
    days, surgeons, theatres = problem.days, problem.surgeons, problem.theatres
    return Site(
        {each.id: at for at, each in enumerate(surgeons)},
        np.array([each.minutes for each in surgeons], np.int64).reshape(len(surgeons), days),
        np.array([each.minutes for each in theatres], np.int64).reshape(len(theatres), days),
        {gender: _open_from(problem, gender) for gender in Gender},
    )


def _open_from(problem: HospitalProblem, gender: Gender) -> Whole:
    place = {each.id: at for at, each in enumerate(problem.rooms)}
    beds = np.array([each.beds for each in problem.rooms], np.int64)
    lying = np.zeros((beds.size, problem.days), np.int64)
    mixed = np.zeros(beds.size, np.int64)
    for each in problem.occupants:
        room = place[each.room]
        lying[room, : each.stay] += 1
        if each.gender is not gender:
            mixed[room] = max(mixed[room], each.stay)
    # Occupants only leave: what is full on a day was full before.
    return np.maximum(mixed, (lying >= beds[:, None]).sum(axis=1))


def operable(each: Patient, on: Site, days: int) -> Whole:
    """List the days on which a patient's surgeon and a theatre have the minutes.

    Parameters
    ----------
    each : Patient
        Who is operated on.
    on : Site
        What there is.
    days : int
        Length of the horizon.

    Returns
    -------
    ndarray of int
        From release to the last day.
    """
    window = np.arange(each.release, (days - 1 if each.due is None else each.due) + 1)
    most = on.theatre_minutes.max(axis=0, initial=-1)
    most = np.minimum(most, on.surgeon_minutes[on.surgeon[each.surgeon]])
    return window[most[window] >= each.minutes]


def bed_from(problem: HospitalProblem, each: Patient, on: Site) -> int:
    """Tell the first day from which a fit room may have a bed for a patient.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    each : Patient
        Who lies in it.
    on : Site
        What there is.

    Returns
    -------
    int
        ``days`` of the problem where there is none.
    """
    opened = on.open_from[each.gender].tolist()
    fit = (
        day for room, day in zip(problem.rooms, opened, strict=True) if room.id not in each.barred
    )
    return min(fit, default=problem.days)


def mandatory(problem: HospitalProblem, among: Choices) -> Choices:
    """Leave out those who need not be admitted.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    among : Choices
        Of all patients.

    Returns
    -------
    Choices
    """
    must = np.array([each.mandatory for each in problem.patients], np.bool_)
    return some(among, must[among.patient])


def some(among: Choices, which: NDArray[np.bool_]) -> Choices:
    """Leave out some choices.

    Parameters
    ----------
    among : Choices
        All of them.
    which : ndarray of bool, shape (n,)
        Those that stay.

    Returns
    -------
    Choices
    """
    return Choices(*(each[which] for each in among))


def choices(problem: HospitalProblem) -> Choices:
    """List on which days each patient could be admitted, if nobody else waited.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.

    Returns
    -------
    Choices
        Days from release to the last one on which the surgeon and a theatre have the minutes, and
        a room that is fit has a bed that no occupant of either gender keeps.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> found = choices(random_hospital(7))
    >>> [(int(who), int(day)) for who, day in zip(found.patient, found.day)][:3]
    [(0, 1), (0, 2), (0, 3)]
    """
    on = site(problem)
    days = [operable(each, on, problem.days) for each in problem.patients]
    days = [
        found[found >= bed_from(problem, each, on)]
        for each, found in zip(problem.patients, days, strict=True)
    ]
    counts = [each.size for each in days]
    patient = np.repeat(np.arange(len(counts)), counts)
    day = np.concatenate([*days, np.zeros(0, np.int64)])
    stay, minutes, surgeon = (
        np.array(each, dtype=np.int64)[patient]
        for each in (
            [each.stay for each in problem.patients],
            [each.minutes for each in problem.patients],
            [on.surgeon[each.surgeon] for each in problem.patients],
        )
    )
    return Choices(patient, day, np.minimum(stay, problem.days - day), minutes, surgeon)
