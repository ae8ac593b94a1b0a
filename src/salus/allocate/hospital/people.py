"""Those who lie in a hospital's beds: the ones who are there already, and the ones who wait."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]


class Gender(StrEnum):
    """Whom a room is shared with."""

    A = "A"
    B = "B"


class Person(Protocol):
    """What a room and its nurses need to know of somebody who lies in it.

    ``work`` and ``need`` have one entry for each shift of the stay, counted from its first.
    """

    @property
    def id(self) -> str:
        """Key of the person."""

    @property
    def gender(self) -> Gender:
        """Whom a room is shared with."""

    @property
    def age(self) -> int:
        """Place of the age group in the order of the problem."""

    @property
    def stay(self) -> int:
        """Days from the first, at least 1."""

    @property
    def work(self) -> Whole:
        """Load on the nurse of the room, shape (stay * shifts,)."""

    @property
    def need(self) -> Whole:
        """Skill that the care asks for, shape (stay * shifts,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Occupant:
    """Somebody who lies in a room when the plan begins, and stays there.

    Parameters
    ----------
    id : str
        Key.
    gender : Gender
        Rooms are not mixed.
    age : int
        Place of the age group in the order of the problem.
    stay : int
        Days from day 0, at least 1.
    work : ndarray of int, shape (stay * shifts,)
        Load on the nurse of the room in each shift of the stay, 0 or more.
    need : ndarray of int, shape (stay * shifts,)
        Skill that the care asks for in each shift of the stay, 0 or more.
    room : str
        Where they lie.
    """

    id: str
    gender: Gender
    age: int
    stay: int
    work: Whole
    need: Whole
    room: str


@dataclass(frozen=True, slots=True, eq=False)
class Patient:
    """Somebody who waits for a surgery and the stay after it.

    Parameters
    ----------
    id : str
        Key.
    gender : Gender
        Rooms are not mixed.
    age : int
        Place of the age group in the order of the problem.
    stay : int
        Days from admission, at least 1.
    work : ndarray of int, shape (stay * shifts,)
        Load on the nurse of the room in each shift of the stay, 0 or more.
    need : ndarray of int, shape (stay * shifts,)
        Skill that the care asks for in each shift of the stay, 0 or more.
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

    id: str
    gender: Gender
    age: int
    stay: int
    work: Whole
    need: Whole
    mandatory: bool
    release: int
    due: int | None
    minutes: int
    surgeon: str
    barred: frozenset[str] = frozenset()
