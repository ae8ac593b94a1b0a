"""Why a hospital has no plan that keeps the rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salus.core.messages import Message


class Scarce(StrEnum):
    """What there is too little of."""

    SURGEON = "surgeon"
    """Minutes of a surgeon."""
    THEATRE = "theatre"
    """Minutes of the theatres."""
    ROOM = "room"
    """Beds in rooms that are fit and not of the other gender."""
    BOTH = "theatre and room"
    """Either would do by itself."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days one after the other.

    Parameters
    ----------
    first, last : int
        Both belong to it.
    """

    first: int
    last: int

    @property
    def words(self) -> Message:
        """Say when."""
        if self.first == self.last:
            return say("on day {day}", day=self.first)
        return say("from day {first} to {last}", first=self.first, last=self.last)


@dataclass(frozen=True, slots=True)
class Conflict:
    """People who cannot all be admitted, or lie where they lie, although each must.

    Parameters
    ----------
    scarce : Scarce
        What they compete for.
    people : tuple of str
        Mandatory patients, without any one of whom the others do not prove it; or occupants.
    where : tuple of str
        The surgeon, theatres or rooms.
    span : Span
        When.
    wanted, there : int
        Minutes; of rooms people or bed-days.
    what, remedy : Message
        The conflict in a sentence, and what would end it.
    """

    scarce: Scarce
    people: tuple[str, ...]
    where: tuple[str, ...]
    span: Span
    wanted: int
    there: int
    what: Message
    remedy: Message


class InfeasibleHospitalError(InputError):
    """No plan of a hospital keeps the rules.

    Parameters
    ----------
    conflicts : iterable of Conflict
        Proofs, at least one.
    source : str
        File or value that states the hospital.
    """

    def __init__(self, conflicts: Iterable[Conflict], source: str = "HospitalProblem") -> None:
        self.conflicts = tuple(conflicts)
        super().__init__(*(Fault(each.what, Where(source), each.remedy) for each in self.conflicts))
