"""What a hospital has: rooms, theatres, surgeons and nurses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Room:
    """A room with beds.

    Parameters
    ----------
    id : str
        Key.
    beds : int
        How many people it holds, 0 or more.
    """

    id: str
    beds: int


@dataclass(frozen=True, slots=True, eq=False)
class Theatre:
    """An operating theatre.

    Parameters
    ----------
    id : str
        Key.
    minutes : ndarray of int, shape (days,)
        Minutes that it may be used each day; 0 where it is closed.
    """

    id: str
    minutes: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Surgeon:
    """Somebody who operates.

    Parameters
    ----------
    id : str
        Key.
    minutes : ndarray of int, shape (days,)
        Minutes of surgery each day; 0 where the surgeon is away.
    """

    id: str
    minutes: Whole


@dataclass(frozen=True, slots=True)
class Nurse:
    """A nurse with a roster that is fixed.

    Parameters
    ----------
    id : str
        Key.
    skill : int
        Level, 0 or more; a higher one can do more.
    loads : mapping of int to int
        For each shift on duty, counted over the whole horizon (day times shifts a day, plus the
        place of the shift in the day), the most work that is no overload.
    """

    id: str
    skill: int
    loads: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each unit that nobody wants costs, 0 or more.

    Parameters
    ----------
    mixed_age : int
        For each day and room, of the span of its age groups.
    skill : int
        For each person and shift, of each level that the nurse lacks.
    continuity : int
        For each nurse who cares for a person.
    overload : int
        For each unit of work above the most of a nurse in a shift.
    open_theatre : int
        For each theatre and day with a surgery.
    transfer : int
        For each further theatre of a surgeon on a day.
    delay : int
        For each day between release and admission.
    postponed : int
        For each optional patient who is not admitted.
    """

    mixed_age: int
    skill: int
    continuity: int
    overload: int
    open_theatre: int
    transfer: int
    delay: int
    postponed: int
