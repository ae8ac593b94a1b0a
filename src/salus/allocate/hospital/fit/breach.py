"""A rule that does not hold, and where, by the names of our values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salus.core.errors import Shown
    from salus.core.messages import Message, Value

EVERY = -1
"""The index of a spot that means the field of every row."""
MOST = 10**6
"""No number of a problem is above it, so that sums stay exact."""
NO_ROOM = say("there is no room of this name")
NO_SURGEON = say("there is no surgeon of this name")
NO_PATIENT = say("there is no patient of this name")
NO_THEATRE = say("there is no theatre of this name")
NO_NURSE = say("there is no nurse of this name")
NO_AGE = say("there is no age group of this name")
FEW = 12
"""So many names are told of a long list."""


def few(names: Sequence[Value]) -> Value:
    """Keep all names of a short list; of a long one the first, and how many more there are.

    Examples
    --------
    >>> few(["0 early", "0 late"]), str(few([str(day) for day in range(14)]))[-17:]
    (('0 early', '0 late'), '10, 11 and 2 more')
    """
    told = tuple(names[:FEW])
    left = len(names) - FEW
    return say("{names} and {count:,} more", names=told, count=left) if left > 0 else told


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a problem or a plan.

    Parameters
    ----------
    part : str
        Field of the whole, such as ``patients``.
    index : int, optional
        Row of the part; ``EVERY`` for all of them.
    field : str, optional
        Field of the row.
    item : int, optional
        Place in the field; in a set, that in its order.
    inner : str, optional
        Field of what stands there.

    Examples
    --------
    >>> str(Spot("patients", 3, "work", 5)), str(Spot("rooms", EVERY, "id"))
    ('patients[3].work[5]', 'rooms[*].id')
    """

    part: str
    index: int | None = None
    field: str | None = None
    item: int | None = None
    inner: str | None = None

    def __str__(self) -> str:
        """Write the spot as a path."""
        row = "" if self.index is None else f"[{'*' if self.index == EVERY else self.index}]"
        item = "" if self.item is None else f"[{self.item}]"
        field, inner = (f".{each}" if each else "" for each in (self.field, self.inner))
        return f"{self.part}{row}{field}{item}{inner}"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that does not hold.

    Parameters
    ----------
    spot : Spot
        Where.
    what, remedy : Message
        What is wrong, and what to do.
    value : str, int, float or None
        What was found.
    reads : tuple of Spot
        What else the rule has looked at: where one of them could not be read, it says nothing.
    """

    spot: Spot
    what: Message
    remedy: Message
    value: Shown = None
    reads: tuple[Spot, ...] = ()

    def fault(self, where: Where) -> Fault:
        """Say it as a fault of the source that it came from."""
        return Fault(self.what, where, self.remedy, self.value)


class UnfitError(InputError):
    """A problem or a plan that means nothing.

    Parameters
    ----------
    source : str
        What it is.
    breaches : iterable of Breach
        All rules that do not hold.
    """

    def __init__(self, source: str, breaches: Iterable[Breach]) -> None:
        self.breaches = tuple(breaches)
        super().__init__(
            *(each.fault(Where(source, column=str(each.spot))) for each in self.breaches)
        )


def roots(breaches: Iterable[Breach]) -> Iterator[Breach]:
    """Leave out what follows from another breach.

    Parameters
    ----------
    breaches : iterable of Breach
        What a rule has looked at stands before it.

    Yields
    ------
    Breach

    Examples
    --------
    >>> days = Breach(Spot("days"), say("out of range"), say("write 1 or more"), 0)
    >>> due = Breach(Spot("patients", 3, "due"), say("too late"), say("look"), 5, (Spot("days"),))
    >>> len(list(roots([days, due])))
    1
    """
    broken: set[Spot] = set()
    for each in breaches:
        if broken.isdisjoint(each.reads):
            broken |= {each.spot} if each.spot.field else {each.spot, Spot(each.spot.part)}
            yield each


def unknown(spot: Spot, what: Message, name: str, reads: tuple[Spot, ...] = ()) -> Breach:
    """Say that there is nothing of this name.

    Parameters
    ----------
    spot : Spot
        Where it is named.
    what : Message
        What is not there.
    name : str
        The name.
    reads : tuple of Spot
        Where the names stand.

    Returns
    -------
    Breach

    Examples
    --------
    >>> nobody = unknown(Spot("patients", 3, "surgeon"), NO_SURGEON, "s9")
    >>> str(nobody.remedy)
    'name one that the hospital has'
    """
    return Breach(spot, what, say("name one that the hospital has"), name, reads)


def outside(spot: Spot, day: int, days: int) -> Breach:
    """Say that a day is outside the horizon.

    Parameters
    ----------
    spot : Spot
        Where it stands.
    day, days : int
        The day, and the length of the horizon.

    Returns
    -------
    Breach

    Examples
    --------
    >>> str(outside(Spot("admissions", 0, "day"), 28, 28).remedy)
    'write a day from 0 to 27'
    """
    remedy = say("write a day from 0 to {last}", last=days - 1)
    return Breach(spot, say("the day is outside the horizon"), remedy, day, (Spot("days"),))
