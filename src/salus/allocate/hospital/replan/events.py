"""What can happen after a plan was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from salus.allocate.hospital.kinds import NURSE, ROOM, SURGEON, THEATRE, named
from salus.core.messages import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from salus.allocate.hospital.people import Patient
    from salus.core.messages import Message

    Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NurseAway:
    """A nurse does not come.

    Parameters
    ----------
    nurse : str
        Key.
    shifts : tuple of int
        Counted over the whole horizon; those off duty mean nothing.
    """

    nurse: str
    shifts: tuple[int, ...]

    @property
    def said(self) -> Message:
        """Say in a few words what has happened."""
        return say("{nurse} is away", nurse=named(NURSE, self.nurse))


@dataclass(frozen=True, slots=True)
class SurgeonAway:
    """A surgeon operates less.

    Parameters
    ----------
    surgeon : str
        Key.
    days : tuple of int
        When.
    minutes : int
        What is left of each of these days, at most what there was.
    """

    surgeon: str
    days: tuple[int, ...]
    minutes: int = 0

    @property
    def said(self) -> Message:
        """Say in a few words what has happened."""
        surgeon = named(SURGEON, self.surgeon)
        if self.minutes:
            return say("{surgeon} operates less", surgeon=surgeon)
        return say("{surgeon} is away", surgeon=surgeon)


@dataclass(frozen=True, slots=True)
class TheatreClosed:
    """A theatre is closed, or open for less time.

    Parameters
    ----------
    theatre : str
        Key.
    days : tuple of int
        When.
    minutes : int
        What is left of each of these days, at most what there was.
    """

    theatre: str
    days: tuple[int, ...]
    minutes: int = 0

    @property
    def said(self) -> Message:
        """Say in a few words what has happened."""
        theatre = named(THEATRE, self.theatre)
        if self.minutes:
            return say("{theatre} is open for less time", theatre=theatre)
        return say("{theatre} is closed", theatre=theatre)


@dataclass(frozen=True, slots=True)
class RoomClosed:
    """A room takes nobody in any more; who lies there stays to the end of the own stay.

    Parameters
    ----------
    room : str
        Key.
    """

    room: str

    @property
    def said(self) -> Message:
        """Say in a few words what has happened."""
        return say("{room} is closed", room=named(ROOM, self.room))


@dataclass(frozen=True, slots=True)
class Emergency:
    """Somebody new has come.

    Parameters
    ----------
    patient : Patient
        Released from the day on which the plan is changed, or later.
    """

    patient: Patient

    @property
    def said(self) -> Message:
        """Say in a few words what has happened."""
        return say("{patient} is new", patient=self.patient.id)


@dataclass(frozen=True, slots=True, eq=False)
class StayChanged:
    """Somebody stays longer or shorter than was thought.

    Parameters
    ----------
    person : str
        Key of a patient or an occupant.
    stay : int
        Days from the first, at least 1.
    work, need : ndarray of int, shape (stay * shifts,), optional
        Care in each shift of the stay; by default what it was, and on each further day what the
        last one asked for.
    """

    person: str
    stay: int
    work: Whole | None = None
    need: Whole | None = None

    @property
    def said(self) -> Message:
        """Say in a few words what has happened."""
        return say("the stay of {person} is another", person=self.person)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A patient who has not been admitted will not come.

    Parameters
    ----------
    patient : str
        Key.
    """

    patient: str

    @property
    def said(self) -> Message:
        """Say in a few words what has happened."""
        return say("{patient} has withdrawn", patient=self.patient)


Event: TypeAlias = (
    NurseAway | SurgeonAway | TheatreClosed | RoomClosed | Emergency | StayChanged | Withdrawn
)
