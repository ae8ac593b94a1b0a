"""Those who lie in a hospital's beds: the ones who are there already, and the ones who wait."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]


class Gender(StrEnum):
    """Whom a room is shared with."""

    A = "A"
    B = "B"


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """What a room and its nurses need to know of somebody who lies in it.

    Parameters
    ----------
    id : str
        Key.
    gender : Gender
        Rooms are not mixed.
    age : int
        Place of the age group in the order of the problem.
    stay : int
        Days from the first, at least 1.
    work : ndarray of int, shape (stay * shifts,)
        Load on the nurse of the room in each shift of the stay, 0 or more.
    need : ndarray of int, shape (stay * shifts,)
        Skill that the care asks for in each shift of the stay, 0 or more.
    """

    id: str
    gender: Gender
    age: int
    stay: int
    work: Whole
    need: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Occupant(Person):
    """Somebody who lies in a room when the plan begins, and stays there.

    Parameters
    ----------
    room : str
        Where they lie.
    """

    room: str


@dataclass(frozen=True, slots=True, eq=False)
class Patient(Person):
    """Somebody who waits for a surgery and the stay after it.

    Parameters
    ----------
    mandatory : bool
        Whether the patient must be admitted; others may be postponed beyond the horizon.
    release : int
        First day on which they may be admitted.
    due : int or None
        Last such day of a mandatory patient; ``None`` of others.
    minutes : int
        Length of the surgery.
    surgeon : str
        Who operates.
    barred : frozenset of str
        Rooms that are not fit for them.
    """

    mandatory: bool
    release: int
    due: int | None
    minutes: int
    surgeon: str
    barred: frozenset[str] = frozenset()
