"""A plan in the hands of the search, with every count that a move needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.search.tables import Tables

    Whole = NDArray[np.int32]

OUT = -1
"""The day of a patient who is not admitted."""

BEDS, MINUTES, COST = 0, 1, 2
"""What is counted in all: people too many or mixed, minutes overtime, and the cost."""


class State(NamedTuple):
    """Decisions first, and then what follows from them.

    Parameters
    ----------
    day, room : ndarray of int, shape (people,)
        Admission and room; the day is ``OUT`` for who is not admitted.
    theatre : ndarray of int, shape (patients,)
    nurse : ndarray of int, shape (rooms, shifts)
        Of an empty room, too: somebody is always there when a patient comes.
    lying : ndarray of int, shape (rooms, days, slots)
        Who lies in a room; the first ``count`` of them.
    count, second : ndarray of int, shape (rooms, days)
        People, and how many of them are of the second gender.
    of_age : ndarray of int, shape (rooms, days, ages)
        People of each age group.
    room_work : ndarray of int, shape (rooms, shifts)
        Work of all people in a room.
    nurse_work : ndarray of int, shape (nurses, shifts)
        Work of all rooms of a nurse.
    lack : ndarray of int, shape (rooms, shifts, levels)
        Levels that a nurse of each level would lack, summed over people.
    shifts_by : ndarray of int, shape (people, nurses)
        Shifts in which a nurse cares for a person.
    carers : ndarray of int, shape (people,)
        Nurses who care for a person.
    busy, cases : ndarray of int, shape (theatres, days)
        Minutes and surgeries.
    operating : ndarray of int, shape (surgeons, days)
        Minutes.
    cases_in : ndarray of int, shape (surgeons, days, theatres)
        Surgeries of a surgeon in each theatre.
    theatres_of : ndarray of int, shape (surgeons, days)
        Theatres in which a surgeon operates.
    total : ndarray of int, shape (3,)
        By ``BEDS``, ``MINUTES`` and ``COST``.
    mark : ndarray of int, shape (nurses + 1,)
        Scratch: when each nurse was last seen, and the count of such passes.
    random : ndarray of uint, shape (1,)
        State of the generator.
    """

    day: Whole
    room: Whole
    theatre: Whole
    nurse: Whole
    lying: Whole
    count: Whole
    second: Whole
    of_age: Whole
    room_work: Whole
    nurse_work: Whole
    lack: Whole
    shifts_by: Whole
    carers: Whole
    busy: Whole
    cases: Whole
    operating: Whole
    cases_in: Whole
    theatres_of: Whole
    total: NDArray[np.int64]
    mark: NDArray[np.int64]
    random: NDArray[np.uint64]


class Kept(NamedTuple):
    """The decisions of a plan that the search holds on to.

    Parameters
    ----------
    day, room, theatre, nurse : ndarray of int
        As in ``State``.
    total : ndarray of int, shape (3,)
        As in ``State``.
    """

    day: Whole
    room: Whole
    theatre: Whole
    nurse: Whole
    total: NDArray[np.int64]


def empty_state(given: Tables, seed: int) -> State:
    """Make room for a plan in which nobody lies anywhere.

    Parameters
    ----------
    given : Tables
        What is planned.
    seed : int
        Of the random moves; any number but 0 modulo 2**64.

    Returns
    -------
    State
    """

    def zeros(*shape: int) -> Whole:
        return np.zeros(shape, dtype=np.int32)

    rooms, days, shifts, nurses = given.rooms_count, given.days, given.shifts, given.nurses
    levels = max(given.levels, int(given.need.max(initial=0)) + 1)
    return State(
        day=np.full(given.people, OUT, dtype=np.int32),
        room=zeros(given.people),
        theatre=zeros(given.patients),
        nurse=zeros(rooms, shifts),
        lying=zeros(rooms, days, given.slots),
        count=zeros(rooms, days),
        second=zeros(rooms, days),
        of_age=zeros(rooms, days, given.ages),
        room_work=zeros(rooms, shifts),
        nurse_work=zeros(nurses, shifts),
        lack=zeros(rooms, shifts, levels),
        shifts_by=zeros(given.people, nurses),
        carers=zeros(given.people),
        busy=zeros(given.theatres, days),
        cases=zeros(given.theatres, days),
        operating=zeros(given.surgeons, days),
        cases_in=zeros(given.surgeons, days, given.theatres),
        theatres_of=zeros(given.surgeons, days),
        total=np.zeros(3, dtype=np.int64),
        mark=np.zeros(nurses + 1, dtype=np.int64),
        random=np.array([seed * 0x9E3779B97F4A7C15 % (1 << 64) or 1], dtype=np.uint64),
    )
