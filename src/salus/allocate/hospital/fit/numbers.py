"""Bounds of single numbers, vectors and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.fit.breach import EVERY, MOST, Breach, Spot
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from salus.core.messages import Message


def bounded(
    spot: Spot, value: int, low: int, high: int = MOST, reads: tuple[Spot, ...] = ()
) -> Iterator[Breach]:
    """Hold a whole number to its bounds.

    Parameters
    ----------
    spot : Spot
        Where it stands.
    value : int
        The number.
    low, high : int
        Inclusive bounds.
    reads : tuple of Spot
        Where the bounds come from.

    Yields
    ------
    Breach

    Examples
    --------
    >>> [str(each.remedy) for each in bounded(Spot("days"), 0, 1, 90)]
    ['write a whole number from 1 to 90']
    """
    if not low <= value <= high:
        remedy = say("write a whole number from {low} to {high}", low=low, high=high)
        yield Breach(spot, say("out of range"), remedy, value, reads)


def vector(
    spot: Spot,
    values: NDArray[np.int64],
    length: int,
    remedy: Message,
    reads: tuple[Spot, ...],
    *,
    high: int = MOST,
) -> Iterator[Breach]:
    """Hold a vector to its length, and its numbers to 0 and an upper bound.

    Parameters
    ----------
    spot : Spot
        Where it stands.
    values : ndarray of int, shape (length,)
        The vector.
    length : int
        How many numbers it must have.
    remedy : Message
        What to do where the length is another.
    reads : tuple of Spot
        Where the length comes from.
    high : int
        Inclusive bound.

    Yields
    ------
    Breach

    Examples
    --------
    >>> minutes, remedy = np.array([480, -1]), say("write 2 numbers")
    >>> [str(each.spot) for each in vector(Spot("theatres", 0, "minutes"), minutes, 2, remedy, ())]
    ['theatres[0].minutes[1]']
    """
    if values.ndim != 1 or not np.issubdtype(values.dtype, np.integer):
        what, write = (
            say("this is no vector of whole numbers"),
            say("write whole numbers in one row"),
        )
        yield Breach(spot, what, write, str(values.dtype))
        return
    if values.size != length:
        yield Breach(spot, say("the vector has the wrong length"), remedy, values.size, reads)
    yield from items(spot, values, high)


def items(
    spot: Spot, values: NDArray[np.int64], high: int, reads: tuple[Spot, ...] = ()
) -> Iterator[Breach]:
    """Hold each number of a vector to 0 and an upper bound.

    Parameters
    ----------
    spot : Spot
        Where the vector stands.
    values : ndarray of int
        The vector.
    high : int
        Inclusive bound.
    reads : tuple of Spot
        Where the bound comes from.

    Yields
    ------
    Breach
    """
    for place in np.flatnonzero((values < 0) | (values > high)).tolist():
        at = Spot(spot.part, spot.index, spot.field, place)
        yield from bounded(at, int(values[place]), 0, high, reads)


def keys(part: str, names: Iterable[str]) -> Iterator[Breach]:
    """Hold the rows of a part to a key each that is not empty and none twice.

    Parameters
    ----------
    part : str
        Which rows.
    names : iterable of str
        Their keys.

    Yields
    ------
    Breach
    """
    seen: set[str] = set()
    for index, name in enumerate(names):
        yield from _key(Spot(part, index, "id"), name, seen)


def labels(part: str, names: Sequence[str]) -> Iterator[Breach]:
    """Hold a list of names to at least one, none empty and none twice.

    Parameters
    ----------
    part : str
        Which list.
    names : sequence of str
        What it holds.

    Yields
    ------
    Breach
    """
    yield from listed(part, names)
    seen: set[str] = set()
    for index, name in enumerate(names):
        yield from _key(Spot(part, index), name, seen)


def listed(part: str, rows: Sequence[object]) -> Iterator[Breach]:
    """Hold a list to at least one row.

    Parameters
    ----------
    part : str
        Which list.
    rows : sequence
        What it holds.

    Yields
    ------
    Breach

    Examples
    --------
    >>> [str(each.remedy) for each in listed("rooms", ())]
    ['name at least one']
    """
    if not rows:
        yield Breach(Spot(part), say("the list is empty"), say("name at least one"))


def ids(part: str) -> tuple[Spot, ...]:
    """Name the rows of some part and the keys of all, as what a rule has looked at.

    Examples
    --------
    >>> [str(spot) for spot in ids("rooms")]
    ['rooms', 'rooms[*].id']
    """
    return Spot(part), Spot(part, EVERY, "id")


def _key(spot: Spot, name: str, seen: set[str]) -> Iterator[Breach]:
    if not name.strip():
        yield Breach(spot, say("the name is empty"), say("give it a name"))
    elif name in seen:
        yield Breach(spot, say("this name stands there twice"), say("give each its own"), name)
    seen.add(name)
