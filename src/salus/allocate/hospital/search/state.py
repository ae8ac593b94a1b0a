"""A plan in the hands of the search, with every count that a move needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salus.allocate.hospital.search.tables import NEED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.search.tables import Tables

    Whole = NDArray[np.int32]

OUT = -1
"""The day of a patient who is not admitted."""

BEDS, MINUTES, COST = 0, 1, 2
"""What is counted in all: people too many or mixed, minutes overtime, and the cost."""

DAY, ROOM, THEATRE, CARERS = 0, 1, 2, 3
"""Columns of ``place``."""

COUNT, SECOND, AGES = 0, 1, 2
"""Columns of ``in_room``."""

BUSY, USED, IN = 0, 1, 2
"""Columns of ``theatre_day`` and ``surgeon_day``."""


class State(NamedTuple):
    """Decisions first, and then what follows from them.

    Attributes
    ----------
    place : ndarray of int, shape (people, 4)
        Day of admission (``OUT`` for who is not admitted), room and theatre; and the number of
        nurses who care for a person, which follows.
    nurse : ndarray of int, shape (rooms, shifts)
        Of an empty room, too: somebody is always there when a patient comes.
    lying : ndarray of int, shape (rooms, days, slots)
        Who lies in a room; as many of them as ``in_room`` counts.
    in_room : ndarray of int, shape (rooms, days, 2 + ages)
        People, how many of them are of the second gender, and how many of each age group.
    room_work : ndarray of int, shape (rooms, shifts)
        Work of all people in a room.
    nurse_work : ndarray of int, shape (nurses, shifts)
        Work of all rooms of a nurse.
    lack : ndarray of int, shape (rooms, shifts, levels)
        Levels that a nurse of each level would lack, summed over people.
    shifts_by : ndarray of int, shape (people, nurses)
        Shifts in which a nurse cares for a person.
    theatre_day : ndarray of int, shape (theatres, days, 2)
        Minutes and surgeries.
    surgeon_day : ndarray of int, shape (surgeons, days, 2 + theatres)
        Minutes, theatres in which the surgeon operates, and surgeries in each theatre.
    total : ndarray of int, shape (3,)
        By ``BEDS``, ``MINUTES`` and ``COST``.
    mark : ndarray of int, shape (nurses + 1,)
        Scratch: when each nurse was last seen, and the count of such passes.
    aside : ndarray of int, shape (6, 4)
        Scratch: patients who were postponed for another one, and where they were.
    random : ndarray of uint, shape (1,)
        State of the generator.
    """

    place: Whole
    nurse: Whole
    lying: Whole
    in_room: Whole
    room_work: Whole
    nurse_work: Whole
    lack: Whole
    shifts_by: Whole
    theatre_day: Whole
    surgeon_day: Whole
    total: NDArray[np.int64]
    mark: NDArray[np.int64]
    aside: Whole
    random: NDArray[np.uint64]


class Kept(NamedTuple):
    """The decisions of a plan that the search holds on to.

    Attributes
    ----------
    place : ndarray of int, shape (patients, 3)
        Day, room and theatre.
    nurse : ndarray of int, shape (rooms, shifts)
    total : ndarray of int, shape (3,)
        As in ``State``.
    """

    place: Whole
    nurse: Whole
    total: NDArray[np.int64]


def empty_state(given: Tables, seed: int) -> State:
    """Make room for a plan in which nobody lies anywhere.

    Parameters
    ----------
    given : Tables
        What is planned.
    seed : int
        Of the random moves.

    Returns
    -------
    State
    """

    def zeros(*shape: int) -> Whole:
        return np.zeros(shape, dtype=np.int32)

    rooms, days, shifts = given.room_count, given.days, given.shifts
    levels = max(given.levels, int(given.care[:, NEED].max(initial=0)) + 1)
    place = zeros(given.everybody, 4)
    place[:, DAY] = OUT
    return State(
        place=place,
        nurse=zeros(rooms, shifts),
        lying=zeros(rooms, days, given.slots),
        in_room=zeros(rooms, days, AGES + given.ages),
        room_work=zeros(rooms, shifts),
        nurse_work=zeros(given.nurses, shifts),
        lack=zeros(rooms, shifts, levels),
        shifts_by=zeros(given.everybody, given.nurses),
        theatre_day=zeros(given.theatres, days, 2),
        surgeon_day=zeros(given.surgeons, days, IN + given.theatres),
        total=np.zeros(3, dtype=np.int64),
        mark=np.zeros(given.nurses + 1, dtype=np.int64),
        aside=zeros(6, 4),
        random=np.array([seed * 0x9E3779B97F4A7C15 % (1 << 64) or 1], dtype=np.uint64),
    )
